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

    pub(super) fn key(&mut self, key: Key, ctx: &Ctx) -> Outcome {
        match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.top += 1,
            KeyCode::Up | KeyCode::Char('k') => self.top = self.top.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.top += 10,
            KeyCode::PageUp => self.top = self.top.saturating_sub(10),
            KeyCode::Home => self.top = 0,
            KeyCode::End => self.top = usize::MAX,
            _ => return Outcome::Close,
        }
        let lines = self.lines(super::within(ctx.body, WIDTH, 0).width, ctx).len();
        let place = super::within(ctx.body, WIDTH, u16::try_from(lines).unwrap_or(u16::MAX));
        self.top = self.top.min(lines.saturating_sub(place.height.into()));
        Outcome::Stay
    }

    /// All lines at a width: what has no room beside its keys goes on below.
    fn lines(&self, width: u16, ctx: &Ctx) -> Vec<Line> {
        self.offers.iter().flat_map(|offer| entry(offer, width, ctx)).collect()
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let lines = self.lines(super::within(area, WIDTH, 0).width, ctx);
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let place = super::sheet(canvas, area, WIDTH, height, ctx.say("这一屏的按键", "Keys of this screen"));
        let top = self.top.min(lines.len().saturating_sub(place.height.into()));
        for (line, y) in lines.iter().skip(top).zip(place.y..place.bottom()) {
            let tones = if line.ready { [Tone::Accent, Tone::Normal, Tone::Faint] } else { [Tone::Faint; 3] };
            for ((x, words), tone) in line.parts.iter().zip(tones) {
                canvas.text(place.x + x, y, place.width.saturating_sub(*x), words, tone);
            }
        }
    }
}

/// Columns of the sheet.
const WIDTH: u16 = 92;

/// Fewer columns than these are none for a sentence: it then stands below the name.
const LEAST_FOR_A_SENTENCE: u16 = 24;

/// A line of an entry.
struct Line {
    /// Whether the command can run now.
    ready: bool,
    /// What stands in it of the keys, the name and the sentence, each with its column.
    parts: [(u16, String); 3],
}

/// The lines of a command: its keys, its name, what it does.
fn entry(offer: &Offer, width: u16, ctx: &Ctx) -> Vec<Line> {
    let keys_width = 18.min(width / 3);
    let at_name = keys_width + 2;
    let name_width = 18.min(width.saturating_sub(at_name));
    let name = offer.about.label.say(ctx.lang);
    let name_end = at_name + u16::try_from(ctx.ruler.of(name)).unwrap_or(u16::MAX).min(name_width);
    let beside = (name_end + 2).max(keys_width + 18);
    let (at_sentence, before) =
        if width.saturating_sub(beside) < LEAST_FOR_A_SENTENCE { (at_name, 1) } else { (beside, 0) };
    let part = |words: &str, x: u16, width: u16, before: usize| {
        let lines = ctx.ruler.paragraphs(words, width.into());
        std::iter::repeat_n((x, String::new()), before)
            .chain(lines.into_iter().map(move |(indent, words)| (x + u16::try_from(indent).unwrap_or(0), words)))
            .collect::<Vec<_>>()
    };
    let parts = [
        part(ctx.keys.of(offer.about.id).names(), 0, keys_width, 0),
        part(name, at_name, name_width, 0),
        part(offer.about.help.say(ctx.lang), at_sentence, width.saturating_sub(at_sentence), before),
    ];
    let height = parts.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| Line {
        ready: offer.ready.is_ok(),
        parts: parts.each_ref().map(|lines| lines.get(at).cloned().unwrap_or_default()),
    };
    (0..height).map(line).collect()
}
