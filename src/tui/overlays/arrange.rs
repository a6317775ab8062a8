//! Which columns a list has, and in which order. What has no room at this width is said beside it.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::i18n::{Text, Words};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::table;

/// A column that can be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its identifier.
    pub id: &'static str,
    /// Its heading.
    pub label: Text,
    /// Its width; 0 takes what the others leave.
    pub width: u16,
    /// Whether it is shown.
    pub shown: bool,
}

/// The sheet of columns.
#[derive(Debug)]
pub struct Arrange {
    id: &'static str,
    title: Words,
    entries: Vec<Entry>,
    /// How wide the list is.
    room: u16,
    cursor: usize,
}

impl Arrange {
    /// The columns in their order; `id` tells the screen what was arranged.
    #[must_use]
    pub const fn new(id: &'static str, title: Words, entries: Vec<Entry>, room: u16) -> Self {
        Self { id, title, entries, room, cursor: 0 }
    }

    /// Moves the column with the cursor up or down.
    fn shift(&mut self, by: isize) {
        let to = self.cursor.saturating_add_signed(by).min(self.entries.len().saturating_sub(1));
        if to != self.cursor {
            self.entries.swap(self.cursor, to);
            self.cursor = to;
        }
    }

    fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.shown)
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        let last = self.entries.len().saturating_sub(1);
        let shifts = key.ctrl || key.alt;
        match key.as_command().code {
            KeyCode::Up if shifts => self.shift(-1),
            KeyCode::Down if shifts => self.shift(1),
            KeyCode::Char('K' | '-') | KeyCode::Left => self.shift(-1),
            KeyCode::Char('J' | '+' | '=') | KeyCode::Right => self.shift(1),
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(last),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = last,
            KeyCode::Char(' ') | KeyCode::Insert => {
                if let Some(entry) = self.entries.get_mut(self.cursor) {
                    entry.shown = !entry.shown;
                }
            }
            // A list without a column would show nothing.
            KeyCode::Enter if self.shown().next().is_some() => {
                return Outcome::Filled(self.id, self.shown().map(|entry| entry.id.to_owned()).collect());
            }
            KeyCode::Esc => return Outcome::Close,
            KeyCode::Char('c') if key.ctrl => return Outcome::Close,
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let height = u16::try_from(self.entries.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(3));
        let list = super::sheet(canvas, area, 60, height, self.title.say(ctx.lang));
        let fit = table::fitting(self.room, self.shown().map(|entry| entry.width));
        let top = super::first_line(self.cursor, list.height);
        let mut before = self.entries.iter().take(top).filter(|entry| entry.shown).count();
        for ((at, entry), y) in self.entries.iter().enumerate().skip(top).zip(list.y..list.bottom()) {
            let tone = if entry.shown { Tone::Normal } else { Tone::Faint };
            if entry.shown {
                canvas.sign(list.x, y, Sign::Done, Tone::Accent);
            }
            canvas.text(list.x + 2, y, 20, entry.label.say(ctx.lang), tone);
            if entry.shown && before >= fit {
                let words = ctx.say("这个宽度放不下", "no room at this width");
                canvas.right(list.x, y, list.width, words, Tone::Soon);
            }
            before += usize::from(entry.shown);
            if at == self.cursor {
                canvas.tint(Rect { y, height: 1, ..list }, Tone::Selected);
            }
        }
    }
}
