//! What screens draw on: text by meaning, cut at whole characters, never beyond its place.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation as _;

use super::theme::{Sign, Theme, Tone};
use super::width::Ruler;
use crate::i18n::safe;

/// The screen while it is drawn.
#[derive(Debug)]
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    theme: Theme,
    ruler: Ruler,
    cursor: Option<Position>,
}

impl<'b> Canvas<'b> {
    /// A canvas over a buffer.
    pub const fn new(buffer: &'b mut Buffer, theme: Theme, ruler: Ruler) -> Self {
        Self { buffer, theme, ruler, cursor: None }
    }

    /// The look.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        self.theme
    }

    /// The measure.
    #[must_use]
    pub const fn ruler(&self) -> Ruler {
        self.ruler
    }

    /// Where the terminal's own cursor shall stand.
    #[must_use]
    pub const fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Puts the terminal's own cursor at the edit point, so that the input method's window follows.
    pub const fn place_cursor(&mut self, x: u16, y: u16) {
        self.cursor = Some(Position { x, y });
    }

    /// Writes at most `max` columns from (x, y); returns the column behind the last one. Text that is too long ends
    /// in `…`.
    pub fn text(&mut self, x: u16, y: u16, max: u16, text: &str, tone: Tone) -> u16 {
        let style = self.theme.style(tone);
        self.styled(x, y, max, text, style)
    }

    /// Likewise with a style of its own.
    pub fn styled(&mut self, x: u16, y: u16, max: u16, text: &str, style: Style) -> u16 {
        let text = safe(text, false);
        let text = self.ruler.cut(&text, usize::from(max));
        let area = self.buffer.area;
        if y < area.y || y >= area.bottom() {
            return x;
        }
        let end = x.saturating_add(max).min(area.right());
        let mut at = x;
        for grapheme in text.graphemes(true) {
            let width = u16::try_from(self.ruler.grapheme(grapheme)).unwrap_or(u16::MAX);
            if width == 0 {
                continue;
            }
            if at.saturating_add(width) > end {
                break;
            }
            self.put(at, y, width, grapheme, style);
            at += width;
        }
        at
    }

    fn put(&mut self, x: u16, y: u16, width: u16, grapheme: &str, style: Style) {
        let usual = Ruler::default().grapheme(grapheme);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(grapheme).set_style(style);
            // The terminal draws this sign wider than the library believes.
            if usual != usize::from(width)
                && let Some(width) = NonZeroU16::new(width)
            {
                cell.set_diff_option(CellDiffOption::ForcedWidth(width));
            }
        }
        for hidden in 1..width {
            if let Some(cell) = self.buffer.cell_mut((x + hidden, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Writes with the last column at the right edge of a place of `width` columns.
    pub fn right(&mut self, x: u16, y: u16, width: u16, text: &str, tone: Tone) {
        let used = u16::try_from(self.ruler.of(text)).unwrap_or(u16::MAX).min(width);
        self.text(x + (width - used), y, used, text, tone);
    }

    /// Underlines words that stand already, in the style of a meaning.
    pub fn underline(&mut self, x: u16, y: u16, width: u16, tone: Tone) {
        let style = self.theme.style(tone).add_modifier(Modifier::UNDERLINED);
        let area = Rect { x, y, width, height: 1 }.intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// Draws a sign.
    pub fn sign(&mut self, x: u16, y: u16, sign: Sign, tone: Tone) {
        self.text(x, y, 1, self.theme.sign(sign), tone);
    }

    /// A thin rule over the width of an area, on its first line.
    pub fn rule(&mut self, area: Rect) {
        if area.height > 0 {
            self.text(area.x, area.y, area.width, &self.theme.sign(Sign::Rule).repeat(area.width.into()), Tone::Faint);
        }
    }

    /// A thin vertical rule over the height of an area, on its first column.
    pub fn wall(&mut self, x: u16, area: Rect) {
        for y in area.y..area.bottom() {
            self.sign(x, y, Sign::Wall, Tone::Faint);
        }
    }

    /// Lays a style over an area without touching its text.
    pub fn tint(&mut self, area: Rect, tone: Tone) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, self.theme.style(tone));
    }

    /// Wipes an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.bottom() {
            // A wide character that reaches into the area from the left loses its half.
            if let Some(before) = area.x.checked_sub(1).and_then(|x| self.buffer.cell_mut((x, y)))
                && Ruler::default().grapheme(before.symbol()) > 1
            {
                before.set_symbol(" ");
            }
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Writes paragraphs into an area from line `skip` of their own on; returns how many lines they have in all.
    pub fn paragraphs(&mut self, area: Rect, text: &str, tone: Tone, skip: usize) -> usize {
        let text = safe(text, true);
        let lines = self.ruler.paragraphs(&text, area.width.into());
        for ((indent, words), y) in lines.iter().skip(skip).zip(area.y..area.bottom()) {
            let indent = u16::try_from(*indent).unwrap_or(0);
            self.text(area.x + indent, y, area.width.saturating_sub(indent), words, tone);
        }
        lines.len()
    }
}

/// The text of a screen, line by line, as a person sees it: the hidden half of a wide character is left out.
#[must_use]
pub fn screen_text(buffer: &Buffer, ruler: Ruler) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in area.y..area.bottom() {
        let mut line = String::new();
        let mut x = area.x;
        while x < area.right() {
            let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
            line.push_str(symbol);
            x += u16::try_from(ruler.grapheme(symbol)).unwrap_or(1).max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
