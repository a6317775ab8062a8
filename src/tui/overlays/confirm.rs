//! A question with yes and no. Enter alone is never yes: what is asked here cannot be undone by a key.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::i18n::Words;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::Tone;

/// A question.
#[derive(Debug)]
pub struct Confirm {
    id: &'static str,
    question: Words,
    asked: Asked,
}

/// Whether a key came that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Once,
    Again,
}

impl Confirm {
    /// A question; `id` tells the screen which one it was.
    #[must_use]
    pub const fn new(id: &'static str, question: Words) -> Self {
        Self { id, question, asked: Asked::Once }
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match key.as_command().code {
            KeyCode::Char('y' | 'Y') | KeyCode::F(10) => Outcome::Confirmed(self.id),
            KeyCode::Char('n' | 'N' | 'c') | KeyCode::Esc => Outcome::Close,
            _ => {
                self.asked = Asked::Again;
                Outcome::Stay
            }
        }
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let width = 64.min(area.width.saturating_sub(6));
        let words = self.question.say(ctx.lang);
        let again = match self.asked {
            Asked::Once => "",
            Asked::Again => ctx.say(
                "这里要按 y 或 F10 才办理，按 n 或 Esc 不办理。",
                "Only y or F10 does it here; n or Esc leaves it.",
            ),
        };
        let lines = ctx.ruler.wrap(words, width.into()).len() + if again.is_empty() { 0 } else { 2 };
        let title = ctx.say("请确认", "Please confirm");
        let place = super::sheet(canvas, area, width, u16::try_from(lines).unwrap_or(u16::MAX), title);
        canvas.paragraphs(place, words, Tone::Normal, 0);
        canvas.text(place.x, place.bottom().saturating_sub(1), place.width, again, Tone::Late);
    }
}
