//! Verbs over many records: tried first, so that a person sees what will change before it does, then done. Each
//! record is a write of its own with its own trail entry, as if a person had done them one after another; what is
//! refused for one holds up no other.

mod results;

use chrono::NaiveDate;

pub use results::{Difference, DutyVerb, ItemVerb, ROWS, Results, RowOutcome, RowResult, Run, Verb};

use super::{Question, Register, Result, told_with_what_is_ahead};
use crate::domain::filter::Filter;
use crate::domain::ids::{DutyId, ItemId};
use crate::domain::item::Verification;
use crate::i18n::{Failure, FailureKind, Term, Text, Words};
use crate::store::{DutyRecord, ItemState, StoreError, Window};

impl Register {
    /// Tries a verb on every record that a filter finds, or does it; `came` is told how far it is.
    pub fn many(&mut self, verb: Verb, filter: &Filter, run: Run, came: &mut dyn FnMut(u64)) -> Result<Results> {
        // A register that cannot be written to refuses as a whole, not row by row.
        self.stamp()?;
        let ids = match &verb {
            Verb::Item(_) => self.items_where(filter)?.into_iter().map(|id| id.0).collect(),
            Verb::Duty(_) => self.duties_where(filter)?,
        };
        let mut results = Results::new(verb, run);
        match run {
            Run::Do => self.run_many(&ids, &mut results, came)?,
            Run::Try => self.trying(|register| register.run_many(&ids, &mut results, came))?,
        }
        Ok(results)
    }

    fn run_many(&mut self, ids: &[i64], results: &mut Results, came: &mut dyn FnMut(u64)) -> Result<()> {
        let verb = results.verb.clone();
        for (done, id) in (1..).zip(ids) {
            let done_one = self.go_on().and_then(|()| self.do_one(&verb, *id));
            if done_one.is_err() && self.go_on().is_err() {
                results.stopped = Some(called_off(results.run));
                break;
            }
            let outcome = match done_one {
                Ok(changes) if changes.is_empty() => RowOutcome::Same,
                Ok(changes) => RowOutcome::Changed(changes),
                Err(failure) if matches!(failure.kind, FailureKind::Internal | FailureKind::Busy) => {
                    results.stopped = Some(failure);
                    break;
                }
                Err(failure) => RowOutcome::Refused(failure),
            };
            if results.count(*id, &outcome) < ROWS {
                let (code, title) = self.name_of(&verb, *id)?;
                results.rows.push(RowResult { id: *id, code, title, outcome });
            }
            if done % 100 == 0 {
                came(done);
            }
        }
        Ok(())
    }

    /// Does a verb to one record; returns what it changed.
    fn do_one(&mut self, verb: &Verb, id: i64) -> Result<Vec<Difference>> {
        match verb {
            Verb::Item(verb) => self.do_one_item(verb, ItemId(id)),
            Verb::Duty(verb) => self.do_one_duty(verb, DutyId(id)),
        }
    }

    fn do_one_item(&mut self, verb: &ItemVerb, id: ItemId) -> Result<Vec<Difference>> {
        let old = self.store.item_state(id)?;
        let new = match verb {
            ItemVerb::Verify => self.verify_item(id, None)?,
            ItemVerb::Dispute { reason } => self.dispute_item(id, reason)?,
            ItemVerb::Settle { reason, agency } => self.settle_for(id, reason, *agency)?,
            ItemVerb::Exclude { reason } => self.exclude_item(id, reason)?,
            ItemVerb::Assign(agency) => self.assign_to(id, *agency)?,
            ItemVerb::Submit => self.submit(id)?,
            ItemVerb::Ready => {
                let ahead = self.mark_ready_looking_ahead(id)?;
                let queue = Text::new("待法制审核", "before the legal officer");
                let new = told_with_what_is_ahead(queue.into(), ahead.as_ref());
                return Ok(vec![Difference { what: Text::new("草稿", "draft"), old: Words::default(), new }]);
            }
            ItemVerb::Extend { to, reason } => {
                let duty = self.first_due(id)?;
                let new = self.extend_duty(duty.id, *to, reason)?;
                return Ok(duty_changes(&duty.duty, &new.duty));
            }
            ItemVerb::Batch(name) => return self.put_into_batch(&old, name),
        };
        Ok(self.item_changes(&old, &new))
    }

    fn put_into_batch(&mut self, item: &ItemState, name: &str) -> Result<Vec<Difference>> {
        let batches = self.store.batches()?;
        let named = |batch: &&crate::store::Batch| Some(batch.id) == item.batch;
        let old = batches.iter().find(named).map(|batch| batch.name.clone()).unwrap_or_default();
        if old == name.trim() && !old.is_empty() {
            return Ok(Vec::new());
        }
        self.new_batch(name, &[item.id])?;
        let known = batches.iter().any(|batch| batch.name == name.trim());
        let new = Words {
            zh: format!("{}{}", name.trim(), if known { "" } else { "（新）" }),
            en: format!("{}{}", name.trim(), if known { "" } else { " (new)" }),
        };
        Ok(vec![Difference { what: Text::new("批次", "batch"), old: Words::same(old), new }])
    }

    fn do_one_duty(&mut self, verb: &DutyVerb, id: DutyId) -> Result<Vec<Difference>> {
        let old = self.store.duty(id)?;
        let new = match verb {
            DutyVerb::Extend { to, reason } => self.extend_duty(id, *to, reason)?,
            DutyVerb::Waive { reason } => self.waive_duty(id, reason)?,
            DutyVerb::Close { on, reason } => self.close_duty(id, Some(*on), reason)?,
        };
        Ok(duty_changes(&old.duty, &new.duty))
    }

    fn item_changes(&self, old: &ItemState, new: &ItemState) -> Vec<Difference> {
        let mut changes = Vec::new();
        if old.agency != new.agency {
            let name = |id| Words::same(self.agencies.short(id));
            changes.push(Difference {
                what: Text::new("机关", "agency"),
                old: name(old.agency),
                new: name(new.agency),
            });
        }
        let mut term = |what, old: Text, new: Text| {
            if old != new {
                changes.push(Difference { what, old: old.into(), new: new.into() });
            }
        };
        term(Text::new("阶段", "stage"), old.stage.label(), new.stage.label());
        // What a stage says already is not said again.
        let apart = |state: &ItemState| matches!(state.verification, Verification::Disputed | Verification::Proposed);
        if old.stage == new.stage || apart(old) || apart(new) {
            term(Text::new("核对", "verification"), old.verification.label(), new.verification.label());
        }
        if changes.is_empty() && old.reason != new.reason {
            let (old, new) = (Words::same(old.reason.as_str()), Words::same(new.reason.as_str()));
            changes.push(Difference { what: Text::new("理由", "reason"), old, new });
        }
        changes
    }

    /// What people call a record: code and title of the item, or the agency.
    fn name_of(&self, verb: &Verb, id: i64) -> Result<(String, String)> {
        let (item, agency) = match verb {
            Verb::Item(_) => (Some(ItemId(id)), None),
            Verb::Duty(_) => {
                let duty = self.store.duty(DutyId(id))?.duty;
                (duty.item, Some(duty.agency))
            }
        };
        let Some(item) = item else {
            return Ok((String::new(), agency.map(|id| self.agencies.short(id)).unwrap_or_default()));
        };
        let text = self.store.item(item)?.text;
        Ok((if text.code.is_empty() { format!("#{item}") } else { text.code }, text.title))
    }

    /// The duties that a filter finds, by number.
    fn duties_where(&self, filter: &Filter) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        self.each_duty(&Window::of(filter.clone()), Question::default(), |line| {
            found.push(line.id.0);
            Ok(())
        })?;
        Ok(found)
    }
}

/// What must be said of work that was called off.
fn called_off(run: Run) -> Failure {
    match run {
        Run::Try => StoreError::Cancelled.into(),
        Run::Do => Failure::refused(
            crate::words!("已中止；办好的不退回。", "Called off; what was done stays done."),
            crate::words!("其余的还标记着，可以接着办。", "The others are still marked: go on with them."),
        ),
    }
}

fn duty_changes(old: &DutyRecord, new: &DutyRecord) -> Vec<Difference> {
    use crate::domain::duty::Closing;
    let mut changes = Vec::new();
    if old.due != new.due {
        let day = |due: Option<NaiveDate>| Words::same(due.map(|due| due.to_string()).unwrap_or_default());
        changes.push(Difference { what: old.rule.label(), old: day(old.due), new: day(new.due) });
    }
    if old.closing != new.closing {
        let state = |closing| match closing {
            Closing::Open => Text::new("未办结", "open").into(),
            Closing::Done(on) => crate::words!("{on} 办结", "done {on}"),
            Closing::Waived(_) => Text::new("已免除", "waived").into(),
        };
        changes.push(Difference { what: old.rule.label(), old: state(old.closing), new: state(new.closing) });
    }
    changes
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use super::*;
    use crate::service::Clock;

    #[test]
    fn what_is_called_off_ends_at_once_and_keeps_what_was_done() {
        let clock = Clock { day: "2023-09-12".parse().unwrap(), time: "09:00:00".to_owned(), told: false };
        let mut register = Register::demo(None, &clock).unwrap();
        let trail = |register: &Register| register.store.trail_head().unwrap().count;
        for run in [Run::Try, Run::Do] {
            let (stop, before) = (Arc::clone(&register.called_off), trail(&register));
            let results = register
                .many(Verb::Item(ItemVerb::Batch("甲".to_owned())), &Filter::Everything, run, &mut |_| {
                    stop.store(true, Ordering::Relaxed);
                })
                .unwrap();
            register.called_off.store(false, Ordering::Relaxed);
            assert_eq!(results.total(), 100);
            assert!(results.stopped.is_some() && results.refused.is_empty());
            let written = if run == Run::Do { results.changed.len() as u64 } else { 0 };
            assert_eq!(u64::try_from(trail(&register) - before).unwrap(), written, "{run:?}");
        }
    }
}
