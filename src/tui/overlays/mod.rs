//! Sheets that lie over a screen and take every key until they close.

mod arrange;
mod choose;
mod confirm;
mod help;
mod palette;
mod prompt;
mod results;

use ratatui::layout::Rect;

pub use arrange::{Arrange, Entry};
pub use choose::Choose;
pub use confirm::Confirm;
pub use help::Help;
pub use palette::Palette;
pub use prompt::{Blank, Prompt};
pub use results::{Results, in_short, totals};

use super::canvas::Canvas;
use super::key::Key;
use super::theme::Tone;
use super::{Ctx, layout};
use crate::i18n::{Text, Words};

/// A sheet over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of this screen.
    Help(Help),
    /// All commands.
    Palette(Palette),
    /// A question with blanks to fill in.
    Prompt(Prompt),
    /// A question with yes and no.
    Confirm(Confirm),
    /// A list to choose from.
    Choose(Choose),
    /// The columns of a list.
    Arrange(Arrange),
    /// What a verb changes, one result a row.
    Results(Results),
}

/// What a key came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The sheet stays.
    Stay,
    /// The sheet closes and nothing happens.
    Close,
    /// A command is to be run, by its id.
    Run(&'static str),
    /// The blanks of this question are filled in.
    Filled(&'static str, Vec<String>),
    /// That entry of this list is chosen.
    Chosen(&'static str, usize),
    /// Yes to this question.
    Confirmed(&'static str),
}

impl Overlay {
    /// Takes a key.
    pub fn key(&mut self, key: Key, ctx: &Ctx) -> Outcome {
        match self {
            Self::Help(help) => help.key(key, ctx),
            Self::Palette(palette) => palette.key(key, ctx),
            Self::Prompt(prompt) => prompt.key(key, ctx),
            Self::Confirm(confirm) => confirm.key(key),
            Self::Choose(choose) => choose.key(key, ctx),
            Self::Arrange(arrange) => arrange.key(key),
            Self::Results(results) => results.key(key),
        }
    }

    /// The keys that work in the sheet, for the footer.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'static str, Text)> {
        const CANCEL: (&str, Text) = ("Esc", Text::new("取消", "cancel"));
        match self {
            Self::Help(_) => vec![("↑↓", Text::new("翻看", "scroll")), ("Esc", Text::new("关闭", "close"))],
            Self::Palette(_) => vec![("Enter", Text::new("执行", "run")), ("↑↓", Text::new("选择", "choose")), CANCEL],
            Self::Choose(_) => vec![("Enter", Text::new("选定", "take")), ("↑↓", Text::new("选择", "choose")), CANCEL],
            Self::Prompt(prompt) => {
                let next = ("Tab", Text::new("下一格", "next"));
                let next = Some(next).filter(|_| prompt.has_others());
                [("Enter", Text::new("确定", "accept"))].into_iter().chain(next).chain([CANCEL]).collect()
            }
            Self::Confirm(_) => vec![("y/F10", Text::new("是", "yes")), ("n/Esc", Text::new("否", "no"))],
            Self::Arrange(_) => vec![
                ("Enter", Text::new("确定", "accept")),
                ("Space", Text::new("显示/不显示", "on/off")),
                ("←→", Text::new("上移下移", "move up/down")),
                CANCEL,
            ],
            Self::Results(results) => results.keys(),
        }
    }

    /// Takes words pasted at once.
    pub fn paste(&mut self, words: &str) {
        match self {
            Self::Palette(palette) => palette.paste(words),
            Self::Prompt(prompt) => prompt.paste(words),
            Self::Choose(choose) => choose.paste(words),
            Self::Help(_) | Self::Confirm(_) | Self::Arrange(_) | Self::Results(_) => {}
        }
    }

    /// What was filled in will not do.
    pub fn refuse(&mut self, trouble: Words) {
        if let Self::Prompt(prompt) = self {
            prompt.refuse(trouble);
        }
    }

    /// Draws the sheet over the screen.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        match self {
            Self::Help(help) => help.view(canvas, area, ctx),
            Self::Palette(palette) => palette.view(canvas, area, ctx),
            Self::Prompt(prompt) => prompt.view(canvas, area, ctx),
            Self::Confirm(confirm) => confirm.view(canvas, area, ctx),
            Self::Choose(choose) => choose.view(canvas, area, ctx),
            Self::Arrange(arrange) => arrange.view(canvas, area, ctx),
            Self::Results(results) => results.view(canvas, area, ctx),
        }
    }
}

/// Wipes a sheet with a rule above and below and its title; returns the place within.
pub(in crate::tui) fn sheet(canvas: &mut Canvas<'_>, area: Rect, width: u16, height: u16, title: &str) -> Rect {
    let outer = layout::sheet(area, width.saturating_add(4), height.saturating_add(3));
    canvas.clear(outer);
    canvas.rule(outer);
    canvas.rule(Rect { y: outer.bottom().saturating_sub(1), height: 1, ..outer });
    canvas.text(outer.x + 2, outer.y + 1, outer.width.saturating_sub(4), title, Tone::Strong);
    inner(outer)
}

/// The place within such a sheet.
fn within(area: Rect, width: u16, height: u16) -> Rect {
    inner(layout::sheet(area, width.saturating_add(4), height.saturating_add(3)))
}

const fn inner(outer: Rect) -> Rect {
    Rect {
        x: outer.x + 2,
        y: outer.y + 2,
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(3),
    }
}

/// Says in the place of a list that nothing matches what was typed.
fn view_no_match(canvas: &mut Canvas<'_>, list: Rect, ctx: &Ctx) {
    canvas.text(list.x, list.y, list.width, ctx.say("没有匹配的项", "No match"), Tone::Faint);
}

/// The first line shown of a list so that the chosen one is in sight.
fn first_line(cursor: usize, height: u16) -> usize {
    (cursor + 1).saturating_sub(usize::from(height))
}
