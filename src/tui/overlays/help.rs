//! The keys that work on this screen, with what they do.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::catalog::Offer;
use crate::tui::key::Key;
use crate::tui::theme::Tone;

/// The sheet of help.
#[derive(Debug)]
pub struct Help {
    offers: Vec<Offer>,
    top: usize,
}

impl Help {
    /// Help for these commands.
    #[must_use]
    pub const fn new(offers: Vec<Offer>) -> Self {
        Self { offers, top: 0 }
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.top += 1,
            KeyCode::Up | KeyCode::Char('k') => self.top = self.top.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.top += 10,
            KeyCode::PageUp => self.top = self.top.saturating_sub(10),
            _ => return Outcome::Close,
        }
        self.top = self.top.min(self.offers.len().saturating_sub(5));
        Outcome::Stay
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let height = u16::try_from(self.offers.len() + 1).unwrap_or(u16::MAX);
        let title = ctx.say("这一屏的按键", "Keys of this screen");
        let place = super::sheet(canvas, area, 92, height, title);
        let keys_width = 18.min(place.width / 3);
        for (offer, y) in self.offers.iter().skip(self.top).zip(place.y..place.bottom()) {
            let tone = if offer.ready.is_ok() { Tone::Normal } else { Tone::Faint };
            canvas.text(
                place.x,
                y,
                keys_width,
                ctx.keys.of(offer.about.id).names(),
                if offer.ready.is_ok() { Tone::Accent } else { tone },
            );
            let label = offer.about.label.say(ctx.lang);
            let x = canvas.text(place.x + keys_width + 2, y, 18, label, tone);
            let x = (x + 2).max(place.x + keys_width + 18);
            canvas.text(x, y, place.right().saturating_sub(x), offer.about.help.say(ctx.lang), Tone::Faint);
        }
    }
}
