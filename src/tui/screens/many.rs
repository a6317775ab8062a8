//! Acts over what is marked in a list, or over the row with the cursor. Marked rows are tried first: a sheet shows
//! what will change and what is refused, and Enter does it. One row alone is done at once, but for what the same person
//! cannot take back. What was refused stays marked.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Step;
use super::listing::{Listing, Numbered, thousands};
use crate::domain::filter::written_day;
use crate::domain::label::Term as _;
use crate::domain::selection::Selection;
use crate::domain::stage::Act;
use crate::i18n::{Failure, FailureKind, Lang, Text, Words};
use crate::service::worker::Ask;
use crate::service::{DutyVerb, ItemVerb, Results, RowOutcome, RowResult, Run, Verb};
use crate::tui::catalog::Ready;
use crate::tui::overlays::{self, Blank, Overlay, Prompt, totals};
use crate::tui::{Ctx, Notice};
use crate::words;

/// The question that Enter answers in the sheet of what will change.
pub const APPLY: &str = "many.apply";

/// The acts of a list.
#[derive(Debug, Default)]
pub struct Acts {
    /// What was tried and waits for yes.
    tried: Option<Arc<Results>>,
    /// What the last act came to.
    last: Option<Arc<Results>>,
}

impl Acts {
    /// Does a verb to the row with the cursor, or tries it on what is marked.
    pub fn begin<T: Numbered>(&mut self, list: &Listing<T>, verb: Verb) -> Vec<Step> {
        self.tried = None;
        let run = if list.marks().is_empty() && !is_final(&verb) { Run::Do } else { Run::Try };
        let ask = |filter| Step::Ask(Ask::Many { verb, filter, run });
        list.target().map(ask).into_iter().collect()
    }

    /// Does what was tried, to the records that it would change and to no others.
    pub fn confirmed(&self) -> Vec<Step> {
        let Some(tried) = &self.tried else { return Vec::new() };
        let filter = tried.changed.iter().copied().collect::<Selection>().filter();
        vec![Step::Ask(Ask::Many { verb: tried.verb.clone(), filter, run: Run::Do })]
    }

    /// Takes what a verb came to.
    pub fn answered<T: Numbered>(&mut self, results: Results, list: &mut Listing<T>, ctx: &Ctx) -> Vec<Step> {
        if results.run == Run::Try {
            if let Some(stopped) = &results.stopped {
                return vec![Step::Say(Notice::failure(stopped, ctx))];
            }
            let alone = || refused_alone(&results).filter(|_| list.marks().is_empty());
            if let Some(failure) = wrongly_asked(&results).or_else(alone) {
                return vec![Step::Refuse(Box::new(failure.clone()))];
            }
            let results = Arc::new(results);
            self.tried = Some(Arc::clone(&results));
            return vec![sheet(results, ctx)];
        }
        let results = match self.tried.take() {
            None => results,
            Some(tried) => {
                list.set_marks(left(&tried, &results));
                with_refused(&tried, results)
            }
        };
        let results = Arc::new(results);
        self.last = Some(Arc::clone(&results));
        match results.rows.as_slice() {
            [row] if results.stopped.is_none() => vec![Step::Say(match &row.outcome {
                RowOutcome::Refused(failure) => return vec![Step::Refuse(Box::new(failure.clone()))],
                outcome => {
                    let verb = verb_words(&results.verb, ctx);
                    let words = overlays::in_short(outcome, ctx);
                    let (zh, en, code) = (verb.zh, verb.en, &row.code);
                    Notice::done(words!("{zh}：{code}　{words}", "{en}: {code}   {words}"))
                }
            })],
            _ if results.refused.is_empty() && results.stopped.is_none() => {
                let verb = verb_words(&results.verb, ctx);
                let zh = format!("{}：{}。", verb.zh, totals(&results, Lang::Zh));
                let en = format!("{}: {}.", verb.en, totals(&results, Lang::En));
                vec![Step::Say(Notice::done(Words { zh, en }))]
            }
            _ => vec![sheet(results, ctx)],
        }
    }

    /// Whether there are results to look at.
    pub fn has_last(&self) -> Ready {
        match &self.last {
            Some(_) => Ok(()),
            None => Err(words!("还没有办理过。", "Nothing has been done yet.")),
        }
    }

    /// Shows the results of the last act again.
    pub fn show_last(&self, ctx: &Ctx) -> Vec<Step> {
        self.last.iter().map(|results| sheet(Arc::clone(results), ctx)).collect()
    }
}

/// Whether the same person cannot take it back.
const fn is_final(verb: &Verb) -> bool {
    matches!(verb, Verb::Item(ItemVerb::Submit | ItemVerb::Exclude { .. }))
}

/// Why the one record that was tried is refused.
pub fn refused_alone(results: &Results) -> Option<&Failure> {
    match results.rows.as_slice() {
        [RowResult { outcome: RowOutcome::Refused(failure), .. }] => Some(failure),
        _ => None,
    }
}

/// The sheet of what a verb changes.
pub fn sheet(results: Arc<Results>, ctx: &Ctx) -> Step {
    let verb = verb_words(&results.verb, ctx);
    Step::sheet(Overlay::Results(overlays::Results::new(APPLY, verb, results)))
}

/// Why nothing at all will change, where that is due to what was filled in and not to the records.
fn wrongly_asked(results: &Results) -> Option<&Failure> {
    fn at_fault(row: &RowResult) -> Option<&Failure> {
        match &row.outcome {
            RowOutcome::Refused(failure) => Some(failure).filter(|failure| failure.kind == FailureKind::Usage),
            _ => None,
        }
    }
    let (first, others) = results.rows.split_first()?;
    let all = results.changed.is_empty() && results.same == 0 && others.iter().all(|row| at_fault(row).is_some());
    at_fault(first).filter(|_| all)
}

/// What stays marked: what was refused, and what was not come to.
fn left(tried: &Results, done: &Results) -> Selection {
    let changed: HashSet<i64> = done.changed.iter().copied().collect();
    tried.refused.iter().chain(tried.changed.iter().filter(|id| !changed.contains(id))).copied().collect()
}

/// The results of what was done with what had been refused when it was tried.
fn with_refused(tried: &Results, mut done: Results) -> Results {
    let refused = tried.rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Refused(_)));
    done.rows = refused.cloned().chain(std::mem::take(&mut done.rows)).collect();
    done.refused.extend(&tried.refused);
    done.same += tried.same;
    done
}

/// A verb in words.
fn verb_words(verb: &Verb, ctx: &Ctx) -> Words {
    match verb {
        Verb::Item(ItemVerb::Verify) => Act::Verify.label().into(),
        Verb::Item(ItemVerb::Dispute { .. }) => Act::Dispute.label().into(),
        Verb::Item(ItemVerb::Settle { agency: Some(agency), .. }) => {
            let name = ctx.agency(*agency);
            words!("裁定，交给{name}", "settle, to {name}")
        }
        Verb::Item(ItemVerb::Settle { .. }) => Act::Settle.label().into(),
        Verb::Item(ItemVerb::Exclude { .. }) => Act::Exclude.label().into(),
        Verb::Item(ItemVerb::Assign(agency)) => {
            let name = ctx.agency(*agency);
            words!("交办给{name}", "assign to {name}")
        }
        Verb::Item(ItemVerb::Ready) => Act::Ready.label().into(),
        Verb::Item(ItemVerb::Submit) => Act::Submit.label().into(),
        Verb::Item(ItemVerb::Batch(name)) => words!("编入批次「{name}」", "put into batch \"{name}\""),
        Verb::Item(ItemVerb::Extend { to, .. }) | Verb::Duty(DutyVerb::Extend { to, .. }) => {
            words!("延期到 {to}", "extend to {to}")
        }
        Verb::Duty(DutyVerb::Waive { .. }) => Text::new("免除", "waive").into(),
        Verb::Duty(DutyVerb::Close { on, .. }) => words!("{on} 办结", "done on {on}"),
    }
}

/// A question with blanks about what an act needs to know; the title tells what it is about.
pub fn ask<T: Numbered>(
    id: &'static str,
    verb: Text,
    list: &Listing<T>,
    row: impl FnOnce(&T) -> Words,
    noun: Text,
    blanks: Vec<Blank>,
) -> Vec<Step> {
    let Some(about) = about(list, row, noun) else { return Vec::new() };
    let title = about.before(&format!("{}：", verb.zh), &format!("{}: ", verb.en));
    vec![Step::sheet(Overlay::Prompt(Prompt::new(id, title, blanks)))]
}

/// What an act is about, in words.
pub fn about<T: Numbered>(list: &Listing<T>, row: impl FnOnce(&T) -> Words, noun: Text) -> Option<Words> {
    if list.marks().is_empty() {
        return list.table.selected().map(row);
    }
    let count = list.marks().count(list.table.total()).map_or_else(|| "…".to_owned(), thousands);
    Some(Words { zh: format!("标记的 {count} {}", noun.zh), en: format!("{count} marked {}", noun.en) })
}

/// A day that a person wrote.
pub fn day(words: &str) -> Result<NaiveDate, Words> {
    written_day(words)
        .ok_or_else(|| words!("「{words}」不是日期；写成 2023-10-31。", "\"{words}\" is no day; write 2023-10-31."))
}

/// A reason, which may not be empty.
pub fn reason(words: &str) -> Result<String, Words> {
    if words.is_empty() { Err(words!("请写明理由。", "Say why.")) } else { Ok(words.to_owned()) }
}

/// The blank for a reason.
pub fn reason_blank() -> Blank {
    Blank::new(Text::new("理由", "reason"), "")
}
