//! A list to choose from; typing narrows it down.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::domain::search;
use crate::i18n::Words;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::Tone;
use crate::tui::widgets::field::{Lines, TextField};

/// A list to choose from.
#[derive(Debug)]
pub struct Choose {
    id: &'static str,
    title: Words,
    choices: Vec<Words>,
    words: TextField,
    cursor: usize,
}

impl Choose {
    /// A list; `id` tells the screen which one it was.
    #[must_use]
    pub fn new(id: &'static str, title: Words, choices: Vec<Words>) -> Self {
        Self { id, title, choices, words: TextField::new("", Lines::One), cursor: 0 }
    }

    fn found(&self) -> impl Iterator<Item = (usize, &Words)> {
        let words = self.words.text();
        self.choices.iter().enumerate().filter(move |(_, choice)| {
            search::matches(words, &choice.zh) || choice.en.to_lowercase().contains(&words.to_lowercase())
        })
    }

    pub(super) fn paste(&mut self, words: &str) {
        self.words.insert(words);
        self.cursor = 0;
    }

    pub(super) fn key(&mut self, key: Key, ctx: &Ctx) -> Outcome {
        match key.code {
            KeyCode::Esc => return Outcome::Close,
            KeyCode::Char('c') if key.ctrl => return Outcome::Close,
            KeyCode::Enter => {
                return self.found().nth(self.cursor).map_or(Outcome::Stay, |(at, _)| Outcome::Chosen(self.id, at));
            }
            KeyCode::Down => self.cursor = (self.cursor + 1).min(self.found().count().saturating_sub(1)),
            KeyCode::Up => self.cursor = self.cursor.saturating_sub(1),
            _ => {
                if self.words.key(key, ctx.ruler, 40) {
                    self.cursor = 0;
                }
            }
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let height = u16::try_from(self.choices.len() + 1).unwrap_or(u16::MAX).min(16);
        let place = super::sheet(canvas, area, 52, height, self.title.say(ctx.lang));
        canvas.text(place.x, place.y, 2, "> ", Tone::Accent);
        let field = Rect { x: place.x + 2, width: place.width.saturating_sub(2), height: 1, ..place };
        self.words.view(canvas, field, true);
        let list = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
        if self.found().next().is_none() {
            super::view_no_match(canvas, list, ctx);
        }
        let top = super::first_line(self.cursor, list.height);
        for ((at, (_, choice)), y) in self.found().enumerate().skip(top).zip(list.y..list.bottom()) {
            canvas.text(list.x, y, list.width, choice.say(ctx.lang), Tone::Normal);
            if at == self.cursor {
                canvas.tint(Rect { y, height: 1, ..list }, Tone::Selected);
            }
        }
    }
}
