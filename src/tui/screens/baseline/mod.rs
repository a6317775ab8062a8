//! A baseline (基准编辑): the form of its kind, the ladder as a grid beside the legal text, edited in place.
//!
//! What is being written is a draft: kept beside the register with every change, saved on demand, and never lost with
//! a refusal. Where another has saved meanwhile, both stand side by side and a person decides. Every key is followed
//! by the checks: a draft never waits for them, and nothing is mended by itself.

mod answers;
mod commands;
mod cursor;
mod draw;
mod form;
mod found;
mod open;
mod saving;
mod shape;
mod sheet;
mod writing;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{Deed, Place, Screen, Step, many};
use crate::domain::baseline::{FineBand, Grade};
use crate::domain::ids::ItemId;
use crate::domain::label::Term as _;
use crate::domain::stage::{self, Act as StageAct};
use crate::i18n::{Failure, FailureKind, Lang, Text, Words};
use crate::service::told_with_what_is_ahead;
use crate::service::worker::{Act, Answer, Ask};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, Offer, Ready};
use crate::tui::key::Key;
use crate::tui::widgets::field::TextField;
use crate::tui::{Ctx, Notice};
use crate::words;
use form::{Row, Way};
use open::Open;
use sheet::Sheet;

pub use commands::COMMANDS;

/// The screen's name.
pub const TITLE: Text = Text::new("基准编辑", "Baseline");

/// The keys of a field that is being written.
const TYPING_KEYS: &[(&str, Text)] = &[
    ("Enter", Text::new("写好", "accept")),
    ("Tab", Text::new("下一格", "next cell")),
    ("Ctrl-S", Text::new("保存", "save")),
    ("Esc", Text::new("放弃", "give up")),
];

/// The editor of one item's baseline.
#[derive(Debug)]
pub struct Editor {
    item: ItemId,
    open: Option<Open>,
    at: At,
    edit: Option<TextField>,
    focus: Focus,
    sheet: Option<Sheet>,
    /// How far the pane with the legal text is scrolled.
    scroll: usize,
    /// Whether a small screen shows the band instead of the legal text.
    band: bool,
}

/// The cell with the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct At {
    row: usize,
    cell: usize,
}

impl At {
    const fn first_of(row: usize) -> Self {
        Self { row, cell: 0 }
    }
}

/// Where the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Form,
    Findings,
}

impl Editor {
    /// An editor for an item.
    #[must_use]
    pub const fn new(item: ItemId) -> Self {
        Self {
            item,
            open: None,
            at: At::first_of(0),
            edit: None,
            focus: Focus::Form,
            sheet: None,
            scroll: 0,
            band: false,
        }
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

    /// Whether words can be written where the cursor is; else why not.
    fn may_write(&self, ctx: &Ctx) -> Ready {
        if self.focus == Focus::Findings {
            let key = ctx.key("baseline.back");
            return Err(words!(
                "光标在问题清单里；按 {key} 回到表格再写。",
                "The cursor is in the list of findings; {key} goes back to the form."
            ));
        }
        match self.row().map(|row| row.way(self.at.cell)) {
            Some(Way::Line | Way::Lines) => Ok(()),
            _ => {
                let key = ctx.key("baseline.edit");
                Err(words!("这一格不能写字，按 {key} 选。", "This cell takes no words; {key} offers what it takes."))
            }
        }
    }

    fn may_edit_tier(&self, ctx: &Ctx) -> Ready {
        self.may_edit(ctx)?;
        match self.row() {
            Some(Row::Tier(..) | Row::Ladder(_)) => Ok(()),
            _ => Err(words!("光标不在阶次上。", "The cursor is on no tier.")),
        }
    }
}

impl Screen for Editor {
    fn place(&self) -> Place {
        Place::Baseline(self.item)
    }

    fn title(&self, ctx: &Ctx) -> String {
        let Some(open) = &self.open else { return TITLE.say(ctx.lang).to_owned() };
        let text = &open.view.item.text;
        let counts = open.found.short_counts(ctx);
        let mark = if open.is_changed() {
            ctx.say("* 未保存　", "* unsaved   ")
        } else if open.waits_for_officer() {
            ctx.say("待法制审核　", "ready   ")
        } else {
            ""
        };
        format!("{mark}{counts}{} {}", text.code, text.title)
    }

    fn offers(&self, ctx: &Ctx) -> Vec<Offer> {
        // A sheet takes the keys.
        if self.sheet.is_some() {
            return Vec::new();
        }
        let mut offers = catalog::offers(COMMANDS, self, ctx);
        if self.focus == Focus::Findings
            && let Some(offer) = offers.iter_mut().find(|offer| offer.about.id == "baseline.edit")
        {
            offer.about.label = Text::new("跳到", "go there");
        }
        offers
    }

    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        catalog::perform(COMMANDS, id, self, ctx).unwrap_or_default()
    }

    fn appear(&mut self, _ctx: &Ctx) -> Vec<Step> {
        vec![Step::Ask(Ask::Item(self.item)), Step::Ask(Ask::Checker(self.item))]
    }

    fn answered(&mut self, answer: Answer, ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Item(view, draft) => match self.take_model(view) {
                Some(view) if view.item.id == self.item => self.take(view, draft, ctx),
                _ => Vec::new(),
            },
            Answer::Models(items) => {
                self.take_models(items);
                Vec::new()
            }
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
            Answer::Checker(checker) => {
                if let Some(open) = &mut self.open {
                    open.checker = Some(checker);
                }
                self.look()
            }
            Answer::Checked(flags) => {
                if let Some(open) = &mut self.open {
                    open.found.put(flags);
                }
                self.attend();
                Vec::new()
            }
            Answer::Acted { act, ahead } => {
                let end = if ahead.is_some() { Text::new("", "") } else { Text::new("。", ".") };
                let done = Words::from(act).before("已", "Done: ").after(end.zh, end.en);
                vec![Step::Say(Notice::done(told_with_what_is_ahead(done, ahead.as_ref())))]
            }
            Answer::Many(results) => self.tried(*results, ctx),
            Answer::Done => vec![Step::Say(Notice::done(words!("已办理。", "Done.")))],
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, failure: &Failure, ctx: &Ctx) -> Vec<Step> {
        let conflict = failure.kind == FailureKind::Busy;
        let was_saving = self.open.as_mut().and_then(|open| open.saving.take()).is_some();
        let mut steps = vec![Step::Say(Notice::failure(failure, ctx))];
        if failure.obstacles.is_some() {
            self.show_obstacles();
        }
        if was_saving && conflict {
            steps.push(Step::Ask(Ask::Item(self.item)));
        }
        steps
    }

    fn is_typing(&self) -> bool {
        self.edit.is_some() || self.sheet.is_some()
    }

    fn typing_keys(&self) -> &'static [(&'static str, Text)] {
        match &self.sheet {
            Some(sheet) => sheet.keys(),
            None if self.edit.is_some() => TYPING_KEYS,
            None => &[],
        }
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        if self.sheet.is_some() {
            let of_every_screen = ["help", "palette"].iter().any(|id| ctx.keys.of(id).has(key));
            let elsewhere = matches!(key.code, KeyCode::F(1..=6)) || (of_every_screen && key.works_while_typing());
            return (!elsewhere).then(|| self.sheet_key(key, ctx));
        }
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
            steps.extend(self.begin_words(ctx));
        }
        Some(steps)
    }

    fn pasted(&mut self, words: &str, ctx: &Ctx) -> Vec<Step> {
        if self.sheet.is_some() {
            return self.sheet_paste(words);
        }
        if self.edit.is_none() {
            if let Err(reason) = self.may_edit(ctx).and_then(|()| self.may_write(ctx)) {
                return vec![Step::Say(Notice::know(reason))];
            }
            self.begin_words(ctx);
        }
        match &mut self.edit {
            Some(edit) => {
                edit.insert(words);
                self.keep()
            }
            None => Vec::new(),
        }
    }

    /// Chinese typed on a cell is written into it: an input method gives it without a key before.
    fn begin_filter(&mut self, words: &str, ctx: &Ctx) -> Option<Vec<Step>> {
        Some(self.pasted(words, ctx))
    }

    fn filled(&mut self, id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        let [reason] = values else { return Ok(Vec::new()) };
        if id == "baseline.answer" {
            return self.answer(reason);
        }
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

    fn confirmed(&mut self, id: &str, _ctx: &Ctx) -> Vec<Step> {
        if id == many::APPLY {
            return self.act(Act::Submit);
        }
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
            && let Some(at) = draw::cell_at(self, open, ctx, x, y)
        {
            (self.at, self.focus) = (at, Focus::Form);
            self.attend();
        }
        Vec::new()
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        if let Some(open) = &self.open {
            draw::view(canvas, area, self, open, ctx);
        }
        if let Some(sheet) = &self.sheet {
            sheet::view(canvas, area, sheet, ctx);
        }
    }
}
