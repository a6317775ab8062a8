//! What the checks find in the draft, where each finding stands in the form, and the way from one to the next.

use super::form::{COLUMNS, Column, Row, rows};
use super::{At, Editor, Focus, Open, Step};
use crate::domain::baseline::Baseline;
use crate::domain::label::Term as _;
use crate::service::worker::Ask;
use crate::service::{CheckCode, Flag, Live, Offer, Severity};
use crate::tui::catalog::Ready;
use crate::tui::{Ctx, Notice};
use crate::words;

/// The findings of a draft, and the one in hand.
#[derive(Debug, Default)]
pub(super) struct Found {
    flags: Vec<Flag>,
    at: usize,
}

impl Found {
    /// Takes new findings; the one in hand stays in hand as long as it is there.
    pub(super) fn put(&mut self, flags: Vec<Flag>) {
        let same = |one: &Live, other: &Live| {
            (one.code, one.ladder, one.tier, one.field) == (other.code, other.ladder, other.tier, other.field)
        };
        // Of several of one kind at one place, the one that was as many further on.
        let kept = self.here().and_then(|here| {
            let before = self.flags.iter().take(self.at).filter(|flag| same(&flag.live, &here.live)).count();
            let alike = flags.iter().enumerate().filter(|(_, flag)| same(&flag.live, &here.live));
            alike.map(|(at, _)| at).take(before + 1).last()
        });
        self.at = kept.unwrap_or(self.at).min(flags.len().saturating_sub(1));
        self.flags = flags;
    }

    /// All of them, in the order of the item.
    pub(super) fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// The place of the one in hand.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The one in hand.
    pub(super) fn here(&self) -> Option<&Flag> {
        self.flags.get(self.at)
    }

    /// How many weigh so much and have no answer.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.flags.iter().filter(|flag| flag.live.severity == severity && flag.live.answer.is_none()).count()
    }

    /// The counts in so few words that they stand in the first line of every screen.
    pub(super) fn short_counts(&self, ctx: &Ctx) -> String {
        let names = [
            (Severity::Error, ctx.say("错", "E")),
            (Severity::Warning, ctx.say("警", "W")),
            (Severity::Note, ctx.say("注", "N")),
        ];
        let some = names.iter().map(|(severity, name)| (self.count(*severity), name)).filter(|(count, _)| *count > 0);
        let mut counts = some.map(|(count, name)| format!("{name}{count}")).collect::<Vec<_>>().join(" ");
        if !counts.is_empty() {
            counts.push_str(ctx.say("　", "   "));
        }
        counts
    }

    /// How many have an answer.
    pub(super) fn answered(&self) -> usize {
        self.flags.iter().filter(|flag| flag.live.answer.is_some()).count()
    }

    /// Takes the first of its like in hand.
    pub(super) fn take_first(&mut self, wanted: impl Fn(&Live) -> bool) -> Option<Live> {
        self.at = self.flags.iter().position(|flag| wanted(&flag.live))?;
        self.here().map(|flag| flag.live.clone())
    }

    /// Takes a finding of the cell in hand, else of its row, so that what is told follows the cursor.
    pub(super) fn attend(&mut self, baseline: &Baseline, at: At) {
        let all = rows(baseline);
        let places: Vec<Option<At>> = self.flags.iter().map(|flag| place(&all, &flag.live)).collect();
        let here = places.get(self.at).copied().flatten();
        if here == Some(at) {
            return;
        }
        let of_cell = places.iter().position(|place| *place == Some(at));
        let of_row = || {
            let same_row = |place: &Option<At>| place.is_some_and(|place| place.row == at.row);
            places.iter().position(same_row).filter(|_| here.is_none_or(|here| here.row != at.row))
        };
        self.at = of_cell.or_else(of_row).unwrap_or(self.at);
    }

    /// Takes another in hand.
    pub(super) fn move_by(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.flags.len().saturating_sub(1));
    }
}

/// The cell of the form, with all its rows, that a finding is about; `None` for what concerns the item as a whole.
pub(super) fn place(all: &[Row], live: &Live) -> Option<At> {
    let row = |wanted: &dyn Fn(&Row) -> bool| all.iter().position(wanted);
    let column = |wanted: Column| COLUMNS.iter().position(|column| *column == wanted).unwrap_or(0);
    match (live.ladder, live.tier, live.field) {
        (Some(ladder), Some(tier), _) => row(&|row| *row == Row::Tier(ladder, tier)).map(|row| At {
            row,
            cell: match live.code {
                CheckCode::E04 | CheckCode::T05 | CheckCode::T10 => column(Column::Conditions),
                CheckCode::T08 | CheckCode::T11 => column(Column::Label),
                _ => column(Column::Standard),
            },
        }),
        (Some(ladder), None, _) => row(&|row| *row == Row::Ladder(ladder)).map(At::first_of),
        (None, _, Some(id)) => row(&|row| matches!(row, Row::Field(field) if field.id == id)).map(At::first_of),
        _ => match live.code {
            CheckCode::W01 | CheckCode::W02 => row(&|row| *row == Row::Start).map(At::first_of),
            CheckCode::E03 | CheckCode::E06 | CheckCode::E07 => {
                row(&|row| matches!(row, Row::Ladder(_))).map(At::first_of)
            }
            _ => None,
        },
    }
}

impl Editor {
    /// Checks what is shown: at once where that is short, else on the register's thread.
    pub(super) fn look(&mut self) -> Vec<Step> {
        let written = self.row().zip(self.edit.as_ref()).map(|(row, edit)| (row, self.at.cell, edit.text().to_owned()));
        let Some(open) = &mut self.open else { return Vec::new() };
        open.take_typed(written.as_ref().map(|(row, cell, words)| (*row, *cell, words.as_str())));
        let Some(checker) = &open.checker else { return Vec::new() };
        let text = &open.view.item.text;
        if open.is_short() {
            let flags = checker.flags(text, open.shown());
            open.found.put(flags);
            self.attend();
            return Vec::new();
        }
        let (checker, baseline) = (checker.clone(), Box::new(open.shown().clone()));
        vec![Step::Ask(Ask::Check { checker, text: Box::new(text.clone()), baseline })]
    }

    /// What is told follows the cursor of the form.
    pub(super) fn attend(&mut self) {
        if self.focus == Focus::Form
            && let Some(open) = &mut self.open
        {
            let Open { found, work, typed, .. } = open;
            found.attend(typed.as_ref().unwrap_or(work), self.at);
        }
    }

    /// To the next finding that has no answer, or the one before, in the order of the form; with the words in the field
    /// taken.
    pub(super) fn jump(&mut self, forward: Way, ctx: &Ctx) -> Vec<Step> {
        let was_typing = self.edit.is_some();
        let mut steps = match self.commit() {
            Ok(steps) => steps,
            Err(notice) => return vec![Step::Say(notice)],
        };
        let Some(open) = &mut self.open else { return steps };
        let open_ones = open.found.flags.iter().enumerate().filter(|(_, flag)| flag.live.answer.is_none());
        let all = rows(&open.work);
        let stop = |(at, flag): (usize, &Flag)| (place(&all, &flag.live).unwrap_or_default(), at);
        let mut stops: Vec<(At, usize)> = open_ones.map(stop).collect();
        stops.sort_unstable();
        let stands = open.found.here().is_some_and(|here| place(&all, &here.live).unwrap_or_default() == self.at);
        let next = match forward {
            Way::Forward => {
                let passed =
                    |stop: &(At, usize)| if stands { *stop <= (self.at, open.found.at) } else { stop.0 < self.at };
                stops.iter().find(|stop| !passed(stop)).or_else(|| stops.first())
            }
            Way::Back => {
                let ahead =
                    |stop: &(At, usize)| if stands { *stop >= (self.at, open.found.at) } else { stop.0 >= self.at };
                stops.iter().rfind(|stop| !ahead(stop)).or_else(|| stops.last())
            }
        };
        if let Some((at, found)) = next.copied() {
            (self.at, open.found.at) = (at, found);
            if let Some(flag) = open.found.here() {
                let tone = super::draw::tone(&flag.live);
                let words = flag.live.message.clone().before(&format!("{} ", id(flag)), &format!("{} ", id(flag)));
                steps.push(Step::Say(Notice { tone, words }));
            }
            if was_typing {
                steps.extend(self.begin_words(ctx));
            }
        }
        steps
    }

    /// To the cell of the finding in hand.
    pub(super) fn go_to_finding(&mut self) -> Vec<Step> {
        self.focus = Focus::Form;
        if let Some(open) = &self.open
            && let Some(flag) = open.found.here()
        {
            self.at = place(&rows(&open.work), &flag.live).unwrap_or(self.at);
        }
        Vec::new()
    }

    /// Into the list of findings and out again, with the words in the field taken.
    pub(super) fn list_findings(&mut self) -> Vec<Step> {
        let steps = match self.commit() {
            Ok(steps) => steps,
            Err(notice) => return vec![Step::Say(notice)],
        };
        self.focus = if self.focus == Focus::Findings { Focus::Form } else { Focus::Findings };
        steps
    }

    /// Whether there is a finding to go to.
    pub(super) fn has_findings(&self, _: &Ctx) -> Ready {
        match &self.open {
            Some(open) if !open.found.flags.is_empty() => Ok(()),
            _ => Err(words!("没有发现问题。", "Nothing was found.")),
        }
    }

    /// The finding that a command is about: the one in hand in the list; else one of the cell with the cursor, the one
    /// in hand first.
    pub(super) fn finding(&self, wanted: impl Fn(&Flag) -> bool) -> Option<&Flag> {
        let open = self.open.as_ref()?;
        let here = open.found.here().filter(|flag| wanted(flag));
        if self.focus == Focus::Findings {
            return here;
        }
        let all = rows(open.shown());
        let of_cell = |flag: &&Flag| place(&all, &flag.live) == Some(self.at) && wanted(flag);
        here.filter(of_cell).or_else(|| open.found.flags.iter().find(of_cell))
    }

    /// Whether the finding in hand is where the cursor is: in its row, or about no place at all. In the list it is the
    /// one with the cursor.
    pub(super) fn in_hand_is_here(&self) -> bool {
        let Some(open) = &self.open else { return false };
        let here = open.found.here().and_then(|flag| place(&rows(open.shown()), &flag.live));
        self.focus == Focus::Findings || here.is_none_or(|here| here.row == self.at.row)
    }

    /// Writes the mend of the finding in hand: one step back undoes it.
    pub(super) fn mend(&mut self, ctx: &Ctx) -> Vec<Step> {
        let Some(Offer { mend, uncovers }) =
            self.finding(|flag| flag.mend.is_some()).and_then(|flag| flag.mend.clone())
        else {
            return Vec::new();
        };
        let Some(open) = &self.open else { return Vec::new() };
        let mut next = open.shown().clone();
        mend.apply(&mut next);
        let was_typing = self.edit.take().is_some();
        let mut steps = self.change(next);
        if was_typing {
            steps.extend(self.begin_words(ctx));
        }
        let said = mend.say();
        let shown = uncovers.iter().map(|(code, _)| code.id()).collect::<Vec<_>>().join(" ");
        let notice = if shown.is_empty() {
            Notice::done(words!("已改：{said}", "Mended: {said}"))
        } else {
            Notice::know(words!(
                "已改：{said}；原被掩盖的 {shown} 已显出。",
                "Mended: {said}; {shown}, hidden before, shows now."
            ))
        };
        steps.push(Step::Say(notice));
        steps
    }

    /// Whether the finding in hand has a mend.
    pub(super) fn may_mend(&self, ctx: &Ctx) -> Ready {
        self.may_edit(ctx)?;
        match self.finding(|flag| flag.mend.is_some()) {
            Some(_) => Ok(()),
            None => Err(words!("这里没有把握十足的改法。", "There is no certain mend here.")),
        }
    }
}

/// Which way the findings are gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Back,
}

/// The code of a finding.
pub(super) fn id(flag: &Flag) -> &'static str {
    flag.live.code.id()
}
