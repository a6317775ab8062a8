//! A baseline (基准编辑): the form of its kind, the ladder as a grid beside the legal text, edited in place.
//!
//! What is being written is a draft: kept beside the register with every change, saved on demand, and never lost with
//! a refusal. Where another has saved meanwhile, both stand side by side and a person decides.

mod commands;
mod draw;
mod form;
mod saving;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{Deed, Place, Screen, Step};
use crate::domain::baseline::{Baseline, FineBand, Grade};
use crate::domain::ids::ItemId;
use crate::domain::label::Term as _;
use crate::domain::stage::{self, Act as StageAct};
use crate::i18n::{Failure, FailureKind, Lang, Text, Words};
use crate::service::worker::{Answer, Ask};
use crate::service::{ItemView, Kept};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, Offer, Ready};
use crate::tui::key::Key;
use crate::tui::overlays::{Blank, Choose, Overlay, Prompt};
use crate::tui::widgets::band::BandBar;
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::{Ctx, Notice};
use crate::words;
use form::{Row, Way};

pub use commands::COMMANDS;

/// The screen's name.
pub const TITLE: Text = Text::new("基准编辑", "Baseline");

/// The editor of one item's baseline.
#[derive(Debug)]
pub struct Editor {
    item: ItemId,
    open: Option<Open>,
    at: At,
    edit: Option<TextField>,
    /// How far the pane with the legal text is scrolled.
    scroll: usize,
    /// Whether a small screen shows the band instead of the legal text.
    band: bool,
}

/// The cell with the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct At {
    row: usize,
    cell: usize,
}

/// The item once it has come.
#[derive(Debug)]
struct Open {
    view: Box<ItemView>,
    /// The content in the register as the writer saw it.
    saved: Baseline,
    /// The revision that it belongs to.
    seen: i64,
    /// What is being written.
    work: Baseline,
    /// The bar of each ladder, as far as its amounts can be read.
    bars: Vec<Option<BandBar>>,
    undo: Vec<Baseline>,
    redo: Vec<Baseline>,
    /// What was sent to be saved and has not been answered.
    saving: Option<Baseline>,
    /// What another has saved meanwhile, with its revision.
    theirs: Option<(Baseline, i64)>,
}

impl Open {
    fn new(view: Box<ItemView>) -> Self {
        let saved = newest(&view);
        Self {
            seen: view.state.revision,
            bars: bars(&saved),
            work: saved.clone(),
            saved,
            view,
            undo: Vec::new(),
            redo: Vec::new(),
            saving: None,
            theirs: None,
        }
    }

    fn is_changed(&self) -> bool {
        self.work != self.saved
    }

    /// Changes what is being written; what was before can be had back.
    fn change(&mut self, to: Baseline) -> bool {
        if to == self.work {
            return false;
        }
        let before = self.put(to);
        self.undo.push(before);
        self.redo.clear();
        true
    }

    /// Puts other content in place of what is being written; returns what was there.
    fn put(&mut self, to: Baseline) -> Baseline {
        self.bars = bars(&to);
        std::mem::replace(&mut self.work, to)
    }
}

/// The bars of the ladders: read once for every change, never while drawing.
fn bars(baseline: &Baseline) -> Vec<Option<BandBar>> {
    (0..baseline.ladders.len()).map(|ladder| BandBar::of(baseline, ladder)).collect()
}

/// The content of the newest version, or an empty one of the item's kind.
fn newest(view: &ItemView) -> Baseline {
    view.versions.last().map_or_else(|| Baseline::new(view.state.kind), |version| version.baseline.clone())
}

impl Editor {
    /// An editor for an item.
    #[must_use]
    pub const fn new(item: ItemId) -> Self {
        Self { item, open: None, at: At { row: 0, cell: 0 }, edit: None, scroll: 0, band: false }
    }

    fn row(&self) -> Option<Row> {
        form::rows(&self.open.as_ref()?.work).get(self.at.row).copied()
    }

    /// Whether the newest version may be written to; else why not.
    fn may_edit(&self, ctx: &Ctx) -> Ready {
        let open = self.open.as_ref().ok_or_else(|| words!("事项还没有读出来。", "The item has not come yet."))?;
        stage::decide(StageAct::Edit, open.view.state.stage, "").map(drop).map_err(|refusal| {
            let failure = Failure::from(refusal);
            let hint = match open.view.state.stage {
                stage::Stage::Listed => {
                    let key = ctx.key("baseline.verify");
                    words!("请先按 {key} 核对确认。", "Verify it first with {key}.")
                }
                stage::Stage::Published => {
                    let key = ctx.key("baseline.revise");
                    words!("按 {key} 启动修订。", "{key} begins a revision.")
                }
                _ => Words::default(),
            };
            Words {
                zh: format!("{}{}", failure.say(Lang::Zh), hint.zh),
                en: format!("{} {}", failure.say(Lang::En), hint.en),
            }
        })
    }

    fn may_edit_tier(&self, ctx: &Ctx) -> Ready {
        self.may_edit(ctx)?;
        match self.row() {
            Some(Row::Tier(..) | Row::Ladder(_)) => Ok(()),
            _ => Err(words!("光标不在阶次上。", "The cursor is on no tier.")),
        }
    }

    fn move_by(&mut self, rows: isize, cells: isize) -> Vec<Step> {
        let Some(open) = &self.open else { return Vec::new() };
        let all = form::rows(&open.work);
        self.at.row = self.at.row.saturating_add_signed(rows).min(all.len().saturating_sub(1));
        let row = all.get(self.at.row).copied();
        let last = row.map_or(0, Row::cells).saturating_sub(1);
        // Down the form one comes to the words of a tier, not to its label.
        if rows != 0 && last > 1 && self.at.cell == 0 {
            self.at.cell = last.saturating_sub(1);
        }
        self.at.cell = self.at.cell.saturating_add_signed(cells).min(last);
        Vec::new()
    }

    /// To the next cell in reading order, or the one before.
    fn next_cell(&mut self, by: isize) -> Vec<Step> {
        let cells = self.row().map_or(1, Row::cells);
        match self.at.cell.checked_add_signed(by) {
            Some(cell) if cell < cells => self.at.cell = cell,
            Some(_) => {
                self.at.cell = 0;
                self.at.row += 1;
                let rows = self.open.as_ref().map_or(0, |open| form::rows(&open.work).len());
                self.at.row = self.at.row.min(rows.saturating_sub(1));
            }
            None => {
                self.at.row = self.at.row.saturating_sub(1);
                self.at.cell = self.row().map_or(1, Row::cells) - 1;
            }
        }
        Vec::new()
    }

    /// Opens the cell for writing, or offers its values.
    fn begin(&mut self, ctx: &Ctx) -> Vec<Step> {
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

    /// Takes what was written into the cell. What will not do stays in the field, with the reason.
    fn commit(&mut self) -> Result<Vec<Step>, Notice> {
        let (Some(open), Some(row), Some(edit)) = (&self.open, self.row(), &self.edit) else { return Ok(Vec::new()) };
        let mut next = open.work.clone();
        form::write(&mut next, row, self.at.cell, edit.text()).map_err(Notice::know)?;
        self.edit = None;
        Ok(self.change(next))
    }

    /// Gives up what was written into the cell; redo has it back.
    fn give_up(&mut self, ctx: &Ctx) -> Vec<Step> {
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

    fn change(&mut self, to: Baseline) -> Vec<Step> {
        let changed = self.open.as_mut().is_some_and(|open| open.change(to));
        if changed { self.keep() } else { Vec::new() }
    }

    /// Keeps the draft as it is, with what is being typed; a draft that says nothing new is thrown away.
    fn keep(&self) -> Vec<Step> {
        let Some(open) = &self.open else { return Vec::new() };
        let mut baseline = open.work.clone();
        if let (Some(row), Some(edit)) = (self.row(), &self.edit) {
            // What will not do as it stands is not kept either; the next key may mend it.
            let _ = form::write(&mut baseline, row, self.at.cell, edit.text());
        }
        let draft = (baseline != open.saved).then(|| Box::new(Kept { seen: open.seen, baseline }));
        vec![Step::Ask(Ask::KeepDraft { item: self.item, draft })]
    }

    fn undo(&mut self) -> Vec<Step> {
        if let Some(open) = &mut self.open
            && let Some(before) = open.undo.pop()
        {
            let after = open.put(before);
            open.redo.push(after);
        }
        self.hold();
        self.keep()
    }

    fn redo(&mut self) -> Vec<Step> {
        if let Some(open) = &mut self.open
            && let Some(next) = open.redo.pop()
        {
            let before = open.put(next);
            open.undo.push(before);
        }
        self.hold();
        self.keep()
    }

    /// Keeps the cursor within the form.
    fn hold(&mut self) {
        self.move_by(0, 0);
    }
}

fn choose<T: crate::domain::label::Term>(id: &'static str, title: Words) -> Step {
    let none = std::iter::once(words!("（不写）", "(none)"));
    let choices = none.chain(T::ALL.iter().map(|value| Words::from(value.label()))).collect();
    Step::sheet(Overlay::Choose(Choose::new(id, title, choices)))
}

impl Screen for Editor {
    fn place(&self) -> Place {
        Place::Baseline(self.item)
    }

    fn title(&self, ctx: &Ctx) -> String {
        let Some(open) = &self.open else { return TITLE.say(ctx.lang).to_owned() };
        let text = &open.view.item.text;
        let mark = if open.is_changed() { ctx.say("* 未保存　", "* unsaved   ") } else { "" };
        format!("{mark}{} {}", text.code, text.title)
    }

    fn offers(&self, ctx: &Ctx) -> Vec<Offer> {
        catalog::offers(COMMANDS, self, ctx)
    }

    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        catalog::perform(COMMANDS, id, self, ctx).unwrap_or_default()
    }

    fn appear(&mut self, _ctx: &Ctx) -> Vec<Step> {
        vec![Step::Ask(Ask::Item(self.item))]
    }

    fn answered(&mut self, answer: Answer, ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Item(view, draft) => self.take(view, draft, ctx),
            Answer::Saved { item, revision, version } => {
                let Some(open) = &mut self.open else { return Vec::new() };
                let Some(after) = open.saving.take() else { return Vec::new() };
                let before = std::mem::replace(&mut open.saved, after.clone());
                open.seen = revision;
                open.theirs = None;
                let name = open.view.item.text.title.clone();
                let deed = Deed { item, name, before, after, revision };
                vec![
                    Step::Saved(Box::new(deed)),
                    Step::Say(Notice::done(words!("已保存，第 {version} 版。", "Saved, version {version}."))),
                ]
            }
            Answer::Done => vec![Step::Say(Notice::done(words!("已办理。", "Done.")))],
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, failure: &Failure, _ctx: &Ctx) -> Vec<Step> {
        let conflict = failure.kind == FailureKind::Busy;
        let was_saving = self.open.as_mut().and_then(|open| open.saving.take()).is_some();
        let mut steps = vec![Step::Say(Notice::failure(failure))];
        if was_saving && conflict {
            steps.push(Step::Ask(Ask::Item(self.item)));
        }
        steps
    }

    fn is_typing(&self) -> bool {
        self.edit.is_some()
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        let width = draw::edit_width(ctx.body);
        let edit = self.edit.as_mut()?;
        let finished = match key.code {
            KeyCode::Esc => return Some(self.give_up(ctx)),
            KeyCode::Enter if !key.ctrl && !key.alt => 0,
            KeyCode::Tab => 1,
            KeyCode::BackTab => -1,
            _ => return edit.key(key, ctx.ruler, width).then(|| self.keep()),
        };
        let mut steps = match self.commit() {
            Ok(steps) => steps,
            Err(notice) => return Some(vec![Step::Say(notice)]),
        };
        if finished != 0 {
            steps.extend(self.next_cell(finished));
            if self.row().is_some_and(|row| matches!(row.way(self.at.cell), Way::Line | Way::Lines)) {
                steps.extend(self.begin(ctx));
            }
        }
        Some(steps)
    }

    fn pasted(&mut self, words: &str, ctx: &Ctx) -> Vec<Step> {
        if self.edit.is_none() {
            if let Err(reason) = self.may_edit(ctx) {
                return vec![Step::Say(Notice::know(reason))];
            }
            self.begin(ctx);
        }
        match &mut self.edit {
            Some(edit) => {
                edit.insert(words);
                self.keep()
            }
            None => Vec::new(),
        }
    }

    fn filled(&mut self, _id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        let [reason] = values else { return Ok(Vec::new()) };
        if reason.is_empty() {
            return Err(words!("请写明为什么不适用。", "Say why it does not apply."));
        }
        let (Some(open), Some(Row::Field(field))) = (&self.open, self.row()) else { return Ok(Vec::new()) };
        let mut next = open.work.clone();
        form::not_applicable(&mut next, field, reason);
        Ok(self.change(next))
    }

    fn chosen(&mut self, id: &str, at: usize, _ctx: &Ctx) -> Vec<Step> {
        let (Some(open), Some(row)) = (&self.open, self.row()) else { return Vec::new() };
        let word = match id {
            "baseline.grade" => at.checked_sub(1).and_then(|at| Grade::ALL.get(at)).map(|grade| grade.id()),
            _ => at.checked_sub(1).and_then(|at| FineBand::ALL.get(at)).map(|band| band.id()),
        };
        let mut next = open.work.clone();
        match form::write(&mut next, row, self.at.cell, word.unwrap_or_default()) {
            Ok(()) => self.change(next),
            Err(reason) => vec![Step::Say(Notice::know(reason))],
        }
    }

    fn confirmed(&mut self, _id: &str, _ctx: &Ctx) -> Vec<Step> {
        if let Some(open) = &mut self.open
            && let Some((theirs, revision)) = open.theirs.take()
        {
            open.seen = revision;
            open.saved = theirs;
        }
        self.save()
    }

    fn clicked(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        if let Some(open) = self.open.as_ref().filter(|_| self.edit.is_none())
            && let Some(at) = draw::cell_at(open, self.at, ctx, x, y)
        {
            self.at = at;
        }
        Vec::new()
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        if let Some(open) = &self.open {
            draw::view(canvas, area, self, open, ctx);
        }
    }
}

impl Editor {
    /// Asks why a conditional field does not apply.
    fn ask_not_applicable(&self) -> Vec<Step> {
        let Some(Row::Field(field)) = self.row() else { return Vec::new() };
        let title = Words {
            zh: format!("「{}」为什么不适用", field.label.zh),
            en: format!("Why \"{}\" does not apply", field.label.en),
        };
        let blanks = vec![Blank::new(Text::new("理由", "reason"), "")];
        vec![Step::sheet(Overlay::Prompt(Prompt::new("baseline.not_applicable", title, blanks)))]
    }
}

impl Editor {
    /// The legal text one pane on; from its end back to its beginning.
    fn scroll_on(&mut self, ctx: &Ctx) {
        let Some(open) = &self.open else { return };
        let (page, lines) = draw::law_extent(open, self.at, ctx);
        self.scroll = if self.scroll + page < lines { self.scroll + page } else { 0 };
    }
}
