//! A question with blanks to fill in: a date and a reason, a file.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::i18n::{Text, Words};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::Tone;
use crate::tui::widgets::field::{Lines, TextField};

/// One blank.
#[derive(Debug)]
pub struct Blank {
    label: Text,
    field: TextField,
}

impl Blank {
    /// A blank with some words in it already.
    #[must_use]
    pub fn new(label: Text, words: impl Into<String>) -> Self {
        Self { label, field: TextField::new(words, Lines::One) }
    }
}

/// A question with blanks.
#[derive(Debug)]
pub struct Prompt {
    id: &'static str,
    title: Words,
    blanks: Vec<Blank>,
    at: usize,
    /// Why what was filled in will not do.
    trouble: Option<Words>,
}

impl Prompt {
    /// A question; `id` tells the screen which one it was.
    #[must_use]
    pub const fn new(id: &'static str, title: Words, blanks: Vec<Blank>) -> Self {
        Self { id, title, blanks, at: 0, trouble: None }
    }

    /// Whether there is another blank to go to.
    pub(super) const fn has_others(&self) -> bool {
        self.blanks.len() > 1
    }

    /// The same question again, with what is wrong with the answer.
    pub fn refuse(&mut self, trouble: Words) {
        self.trouble = Some(trouble);
    }

    pub(super) fn paste(&mut self, words: &str) {
        if let Some(blank) = self.blanks.get_mut(self.at) {
            blank.field.insert(words);
        }
    }

    pub(super) fn key(&mut self, key: Key, ctx: &Ctx) -> Outcome {
        let last = self.blanks.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return Outcome::Close,
            KeyCode::Char('c') if key.ctrl => return Outcome::Close,
            KeyCode::Enter if self.at == last => return self.filled(),
            KeyCode::Char('s') if key.ctrl => return self.filled(),
            KeyCode::Enter | KeyCode::Tab | KeyCode::Down => self.at = if self.at == last { 0 } else { self.at + 1 },
            KeyCode::BackTab | KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            _ => {
                if let Some(blank) = self.blanks.get_mut(self.at) {
                    blank.field.key(key, ctx.ruler, 60);
                }
            }
        }
        Outcome::Stay
    }

    fn filled(&self) -> Outcome {
        Outcome::Filled(self.id, self.blanks.iter().map(|blank| blank.field.text().trim().to_owned()).collect())
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let trouble = self.trouble.as_ref().map(|words| words.say(ctx.lang));
        let width = 70.min(area.width.saturating_sub(6));
        let lines = trouble.map_or(0, |words| ctx.ruler.wrap(words, width.into()).len());
        let height = u16::try_from(self.blanks.len() + lines).unwrap_or(u16::MAX);
        let place = super::sheet(canvas, area, width, height, self.title.say(ctx.lang));
        let label_width = self.blanks.iter().map(|blank| ctx.ruler.of(blank.label.say(ctx.lang))).max().unwrap_or(0);
        let label_width = u16::try_from(label_width).unwrap_or(0).min(place.width / 2);
        for ((at, blank), y) in self.blanks.iter().enumerate().zip(place.y..place.bottom()) {
            let here = at == self.at;
            let tone = if here { Tone::Accent } else { Tone::Faint };
            canvas.text(place.x, y, label_width, blank.label.say(ctx.lang), tone);
            let x = place.x + label_width + 2;
            let field = Rect { x, y, width: place.right().saturating_sub(x), height: 1 };
            blank.field.view(canvas, field, here);
        }
        let below = place.y + u16::try_from(self.blanks.len()).unwrap_or(0);
        if let Some(words) = trouble {
            let area = Rect { y: below, height: place.bottom().saturating_sub(below), ..place };
            canvas.paragraphs(area, words, Tone::Late, 0);
        }
    }
}
