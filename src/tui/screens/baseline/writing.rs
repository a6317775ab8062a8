//! Writing: a field over a cell, its words taken or given up, steps back and forth.

use super::form::{self, Row, Way};
use super::{Editor, Focus, Step};
use crate::domain::baseline::{Baseline, FineBand, Grade};
use crate::i18n::{Text, Words};
use crate::service::Kept;
use crate::service::worker::Ask;
use crate::tui::overlays::{Blank, Choose, Overlay, Prompt};
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::{Ctx, Notice};
use crate::words;

impl Editor {
    /// Opens the cell for writing, or offers its values.
    pub(super) fn begin(&mut self, ctx: &Ctx) -> Vec<Step> {
        if self.focus == Focus::Findings {
            return self.go_to_finding();
        }
        let (Some(open), Some(row)) = (&self.open, self.row()) else { return Vec::new() };
        let lines = match row.way(self.at.cell) {
            Way::Line => Lines::One,
            Way::Lines => Lines::Many,
            Way::Flag => {
                let mut next = open.work.clone();
                if let Row::Field(field) = row {
                    form::turn_flag(&mut next, field);
                }
                return self.change(next);
            }
            Way::Grade => return vec![choose::<Grade>("baseline.grade", words!("情节", "Grade"))],
            Way::FineBand => {
                return vec![choose::<FineBand>("baseline.fine_band", words!("罚款档", "Part of the fine"))];
            }
        };
        let words = form::words_to_edit(&open.work, row, self.at.cell, ctx.lang);
        self.edit = Some(TextField::new(words, lines));
        Vec::new()
    }

    /// Likewise where the cell holds words.
    pub(super) fn begin_words(&mut self, ctx: &Ctx) -> Vec<Step> {
        match self.row() {
            Some(row) if matches!(row.way(self.at.cell), Way::Line | Way::Lines) => self.begin(ctx),
            _ => Vec::new(),
        }
    }

    /// Takes what was written into the cell. What will not do stays in the field, with the reason.
    pub(super) fn commit(&mut self) -> Result<Vec<Step>, Notice> {
        let (Some(open), Some(row), Some(edit)) = (&self.open, self.row(), &self.edit) else { return Ok(Vec::new()) };
        let mut next = open.work.clone();
        form::write(&mut next, row, self.at.cell, edit.text()).map_err(Notice::know)?;
        self.edit = None;
        Ok(self.change(next))
    }

    /// Gives up what was written into the cell; redo has it back.
    pub(super) fn give_up(&mut self, ctx: &Ctx) -> Vec<Step> {
        let (Some(row), Some(edit)) = (self.row(), self.edit.take()) else { return Vec::new() };
        let Some(open) = &mut self.open else { return Vec::new() };
        let mut written = open.work.clone();
        if form::write(&mut written, row, self.at.cell, edit.text()).is_ok() && written != open.work {
            open.redo.push(written);
            let mut steps = self.keep();
            let key = ctx.key("baseline.redo");
            steps.push(Step::Say(Notice::know(words!(
                "没有采用刚才写的，{key} 可取回。",
                "What was typed was not taken; {key} has it back."
            ))));
            return steps;
        }
        self.keep()
    }

    pub(super) fn change(&mut self, to: Baseline) -> Vec<Step> {
        if let Some(open) = &mut self.open {
            open.change(to);
        }
        // What was typed meanwhile may have been kept, though the content is what it was.
        self.keep()
    }

    /// After a change: checks what is shown, and keeps the draft with what is being typed. A draft that says nothing new
    /// is thrown away.
    pub(super) fn keep(&mut self) -> Vec<Step> {
        let mut steps = self.look();
        let Some(open) = &self.open else { return steps };
        let draft =
            (*open.shown() != open.saved).then(|| Box::new(Kept { seen: open.seen, baseline: open.shown().clone() }));
        steps.push(Step::Ask(Ask::KeepDraft { item: self.item, draft }));
        steps
    }

    pub(super) fn undo(&mut self) -> Vec<Step> {
        if let Some(open) = &mut self.open
            && let Some(before) = open.undo.pop()
        {
            let after = open.put(before);
            open.redo.push(after);
        }
        self.hold();
        self.keep()
    }

    pub(super) fn redo(&mut self) -> Vec<Step> {
        if let Some(open) = &mut self.open
            && let Some(next) = open.redo.pop()
        {
            let before = open.put(next);
            open.undo.push(before);
        }
        self.hold();
        self.keep()
    }

    /// Asks why a conditional field does not apply.
    pub(super) fn ask_not_applicable(&self) -> Vec<Step> {
        let Some(Row::Field(field)) = self.row() else { return Vec::new() };
        let title = Words {
            zh: format!("「{}」为什么不适用", field.label.zh),
            en: format!("Why \"{}\" does not apply", field.label.en),
        };
        let blanks = vec![Blank::new(Text::new("理由", "reason"), "")];
        vec![Step::sheet(Overlay::Prompt(Prompt::new("baseline.not_applicable", title, blanks)))]
    }
}

fn choose<T: crate::domain::label::Term>(id: &'static str, title: Words) -> Step {
    let none = std::iter::once(words!("（不写）", "(none)"));
    let choices = none.chain(T::ALL.iter().map(|value| Words::from(value.label()))).collect();
    Step::sheet(Overlay::Choose(Choose::new(id, title, choices)))
}
