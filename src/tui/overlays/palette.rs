//! All commands that work here, found by words of either language, by pinyin initials or by key. One that cannot run
//! says why.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::catalog::Offer;
use crate::tui::key::Key;
use crate::tui::theme::Tone;
use crate::tui::widgets::field::{Lines, TextField};

/// The command palette.
#[derive(Debug)]
pub struct Palette {
    offers: Vec<Offer>,
    words: TextField,
    cursor: usize,
}

impl Palette {
    /// A palette of these commands.
    #[must_use]
    pub fn new(offers: Vec<Offer>) -> Self {
        Self { offers, words: TextField::new("", Lines::One), cursor: 0 }
    }

    fn found(&self, ctx: &Ctx) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(|offer| offer.about.matches(self.words.text(), ctx.keys.of(offer.about.id)))
    }

    pub(super) fn paste(&mut self, words: &str) {
        self.words.insert(words);
        self.cursor = 0;
    }

    pub(super) fn key(&mut self, key: Key, ctx: &Ctx) -> Outcome {
        match key.code {
            KeyCode::Esc => return Outcome::Close,
            KeyCode::Char('c') if key.ctrl => return Outcome::Close,
            KeyCode::Enter => return self.chosen(ctx),
            KeyCode::Down => self.cursor = (self.cursor + 1).min(self.found(ctx).count().saturating_sub(1)),
            KeyCode::Up => self.cursor = self.cursor.saturating_sub(1),
            _ => {
                if self.words.key(key, ctx.ruler, 60) {
                    self.cursor = 0;
                }
            }
        }
        Outcome::Stay
    }

    fn chosen(&self, ctx: &Ctx) -> Outcome {
        match self.found(ctx).nth(self.cursor) {
            Some(Offer { about, ready: Ok(()) }) => Outcome::Run(about.id),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let title =
            ctx.say("命令　输入汉字、拼音首字母、英文或按键", "Commands   type words, pinyin initials or a key");
        let place = super::sheet(canvas, area, 76, 16, title);
        canvas.text(place.x, place.y, 2, "> ", Tone::Accent);
        let field = Rect { x: place.x + 2, width: place.width.saturating_sub(2), height: 1, ..place };
        self.words.view(canvas, field, true);
        let list = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
        if self.found(ctx).next().is_none() {
            super::view_no_match(canvas, list, ctx);
        }
        let top = super::first_line(self.cursor, list.height);
        for ((at, offer), y) in self.found(ctx).enumerate().skip(top).zip(list.y..list.bottom()) {
            let tone = if offer.ready.is_ok() { Tone::Normal } else { Tone::Faint };
            let keys = ctx.keys.of(offer.about.id).names();
            let keys_width = 18.min(list.width / 3);
            let x = canvas.text(list.x, y, 22, offer.about.label.say(ctx.lang), tone).max(list.x + 24);
            let about = match &offer.ready {
                Ok(()) => offer.about.help.say(ctx.lang),
                Err(reason) => reason.say(ctx.lang),
            };
            canvas.text(x, y, (list.right() - keys_width).saturating_sub(x + 2), about, Tone::Faint);
            canvas.right(list.right() - keys_width, y, keys_width, keys, tone);
            if at == self.cursor {
                canvas.tint(Rect { y, height: 1, ..list }, Tone::Selected);
            }
        }
    }
}
