//! A table of any length of which only a window is held: about three heights, asked for as the cursor moves.

use std::borrow::Cow;

use ratatui::layout::Rect;

use crate::i18n::Text;
use crate::service::worker::Page;
use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};

/// The rows in hand and where the cursor stands among all of them.
#[derive(Debug, Clone)]
pub struct Windowed<T> {
    rows: Vec<T>,
    skip: u64,
    total: Option<u64>,
    cursor: u64,
    top: u64,
    /// The window that has been asked for and not yet come.
    asked: Option<(u64, u64)>,
    /// Whether the rows in hand are of this list, not of the one before it.
    fresh: bool,
}

impl<T> Default for Windowed<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), skip: 0, total: None, cursor: 0, top: 0, asked: None, fresh: false }
    }
}

impl<T> Windowed<T> {
    /// The row under the cursor, where it is in hand. What is still shown of the list before is not to be acted on.
    #[must_use]
    pub fn selected(&self) -> Option<&T> {
        self.row(self.cursor).filter(|_| self.fresh)
    }

    fn row(&self, at: u64) -> Option<&T> {
        self.rows.get(usize::try_from(at.checked_sub(self.skip)?).ok()?)
    }

    /// Where the cursor stands, from 0.
    #[must_use]
    pub const fn cursor(&self) -> u64 {
        self.cursor
    }

    /// How many rows there are, as far as is known.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether the rows in hand are of this list; else its number is not known either.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == Some(0)
    }

    /// Another list: back to its beginning. What is shown stays until the new rows come.
    pub const fn begin_anew(&mut self) {
        self.total = None;
        self.cursor = 0;
        self.top = 0;
        self.asked = None;
        self.fresh = false;
    }

    /// The same list, asked again after something was written.
    pub const fn ask_again(&mut self) {
        self.asked = None;
    }

    /// The window (skip, limit) that a screen of `height` rows needs and that is not in hand or under way.
    pub fn need(&mut self, height: u16, again: bool) -> Option<(u64, u64)> {
        let height = u64::from(height.max(1));
        let end = (self.top + height).min(self.total.unwrap_or(u64::MAX));
        let held = self.skip + self.rows.len() as u64;
        let in_hand = self.fresh && self.top >= self.skip && end <= held;
        let wanted = (self.top.saturating_sub(height), height * 3);
        let on_the_way =
            self.asked.is_some_and(|(skip, limit)| self.top >= skip && end.min(self.top + height) <= skip + limit);
        if !again && (in_hand || on_the_way) {
            return None;
        }
        self.asked = Some(wanted);
        Some(wanted)
    }

    /// Takes rows that came. A window that was not filled tells the end of the list.
    pub fn put(&mut self, page: Page<T>, height: u16) {
        let held = page.skip + page.rows.len() as u64;
        if (page.rows.len() as u64) < page.limit && (page.skip == 0 || !page.rows.is_empty()) {
            self.total = Some(held);
        }
        self.skip = page.skip;
        self.rows = page.rows;
        self.asked = None;
        self.fresh = true;
        self.hold(height);
    }

    /// Takes the number of all rows.
    pub fn put_total(&mut self, total: u64, height: u16) {
        self.total = Some(total);
        self.hold(height);
    }

    fn known(&self) -> u64 {
        self.total.unwrap_or(self.skip + self.rows.len() as u64)
    }

    /// Keeps cursor and first row within the list.
    fn hold(&mut self, height: u16) {
        let height = u64::from(height.max(1));
        self.cursor = self.cursor.min(self.known().saturating_sub(1));
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
    }

    /// Moves the cursor by so many rows.
    pub fn move_by(&mut self, by: i64, height: u16) {
        self.cursor = self.cursor.saturating_add_signed(by);
        self.hold(height);
    }

    /// Moves the cursor to a row, from 0.
    pub fn move_to(&mut self, row: u64, height: u16) {
        self.cursor = row;
        self.hold(height);
    }

    /// Puts the cursor on the line of the screen that was clicked; true where it stood there already.
    pub fn click(&mut self, line: u16, height: u16) -> bool {
        let row = self.top + u64::from(line);
        let same = row == self.cursor;
        if row < self.known() {
            self.move_to(row, height);
        }
        same
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading.
    pub title: Text,
    /// Its width; 0 takes what the others leave.
    pub width: u16,
    /// Whether its words stand at the right edge.
    pub right: bool,
    /// Its place in the order of the rows, where they are sorted by it.
    pub order: Option<Order>,
}

/// The place of a column in the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Rows are sorted by it alone; [`Sign::Up`] or [`Sign::Down`].
    Only(Sign),
    /// One of several, from 1.
    OneOf(Sign, usize),
}

/// Words of a cell and what they mean.
pub type Cell<'a> = (Cow<'a, str>, Tone);

/// The least that is left to the column that takes the rest.
const LEAST: u16 = 20;

/// How many columns from the left have room; what does not falls off from the right.
#[must_use]
pub fn fitting(width: u16, widths: impl IntoIterator<Item = u16>) -> usize {
    let mut taken = 0;
    widths
        .into_iter()
        .take_while(|column| {
            taken += 2 + if *column == 0 { LEAST } else { *column };
            taken <= width
        })
        .count()
}

/// Draws a table: headings, then the rows; `cell` gives the words of each, `is_marked` tells the marked ones.
pub fn view<'a, T>(
    canvas: &mut Canvas<'_>,
    area: Rect,
    columns: &[Column],
    table: &'a Windowed<T>,
    lang: crate::i18n::Lang,
    cell: impl Fn(&'a T, usize) -> Cell<'a>,
    is_marked: impl Fn(&T) -> bool,
) {
    let places = places(area, columns);
    view_headings(canvas, area.y, columns, &places, lang);
    for (y, at) in (area.y + 1..area.bottom()).zip(table.top..) {
        if at >= table.known() {
            break;
        }
        let here = at == table.cursor;
        if here {
            canvas.sign(area.x, y, Sign::Here, Tone::Accent);
        }
        let Some(row) = table.row(at) else { continue };
        if is_marked(row) {
            canvas.sign(area.x + 1, y, Sign::Mark, Tone::Accent);
        }
        for (index, (column, (x, width))) in columns.iter().zip(&places).enumerate() {
            let (words, tone) = cell(row, index);
            if column.right {
                canvas.right(*x, y, *width, &words, tone);
            } else {
                canvas.text(*x, y, *width, &words, tone);
            }
        }
        if here {
            canvas.tint(Rect { x: area.x, y, width: area.width, height: 1 }, Tone::Selected);
        }
    }
}

fn view_headings(canvas: &mut Canvas<'_>, y: u16, columns: &[Column], places: &[(u16, u16)], lang: crate::i18n::Lang) {
    for (column, (x, width)) in columns.iter().zip(places) {
        let title = column.title.say(lang);
        let (title, tone) = match column.order {
            None => (Cow::Borrowed(title), Tone::Faint),
            Some(Order::Only(sign)) => (Cow::Owned(format!("{title}{}", canvas.theme().sign(sign))), Tone::Normal),
            Some(Order::OneOf(sign, place)) => {
                (Cow::Owned(format!("{title}{}{place}", canvas.theme().sign(sign))), Tone::Normal)
            }
        };
        if column.right {
            canvas.right(*x, y, *width, &title, tone);
        } else {
            canvas.text(*x, y, *width, &title, tone);
        }
    }
}

/// The column that stands at `x`, with the gap behind it.
#[must_use]
pub fn column_at(area: Rect, columns: &[Column], x: u16) -> Option<usize> {
    places(area, columns).iter().position(|(left, width)| (*left..left + width + 2).contains(&x))
}

/// Left edge and width of each column, two columns after the signs of cursor and mark and between them.
fn places(area: Rect, columns: &[Column]) -> Vec<(u16, u16)> {
    let gaps = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0) * 2 + 2;
    let fixed: u16 = columns.iter().map(|column| column.width).sum();
    let rest = area.width.saturating_sub(fixed + gaps);
    let mut x = area.x + 2;
    columns
        .iter()
        .map(|column| {
            let width = if column.width == 0 { rest } else { column.width };
            let width = width.min(area.right().saturating_sub(x));
            let place = (x, width);
            x = (x + width + 2).min(area.right());
            place
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(skip: u64, limit: u64, total: u64) -> Page<u64> {
        Page { skip, limit, rows: (skip..total.min(skip + limit)).collect() }
    }

    #[test]
    fn a_window_follows_the_cursor() {
        let mut table = Windowed::default();
        assert_eq!(table.need(10, false), Some((0, 30)));
        assert_eq!(table.need(10, false), None, "it is on its way");
        table.put(page(0, 30, 1_000_000), 10);
        assert_eq!((table.selected(), table.total()), (Some(&0), None));
        table.put_total(1_000_000, 10);
        assert_eq!(table.need(10, false), None);
        table.move_by(i64::MAX, 10);
        assert_eq!((table.cursor(), table.selected()), (999_999, None));
        let (skip, limit) = table.need(10, false).unwrap();
        table.put(page(skip, limit, 1_000_000), 10);
        assert_eq!(table.selected(), Some(&999_999));
        table.move_by(-5, 10);
        assert_eq!(table.need(10, false), None);
        table.move_to(0, 10);
        assert_eq!(table.need(10, false), Some((0, 30)));
    }

    #[test]
    fn a_shorter_list_pulls_the_cursor_back() {
        let mut table = Windowed::default();
        table.put(page(0, 30, 20), 10);
        table.move_to(19, 10);
        table.put(page(0, 30, 5), 10);
        assert_eq!((table.cursor(), table.total()), (4, Some(5)));
        table.put(page(0, 30, 0), 10);
        assert!(table.is_empty() && table.selected().is_none());
    }
}
