//! A text field, of one line or many: Chinese is typed, pasted, deleted and wrapped by whole characters, and the
//! terminal's own cursor stands at the edit point.

use std::ops::Range;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::Tone;
use crate::tui::width::Ruler;

/// Words being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextField {
    text: String,
    /// The edit point, a byte offset at the edge of a grapheme cluster.
    caret: usize,
    lines: Lines,
}

/// How many lines a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// One: line breaks become blanks.
    #[default]
    One,
    /// Many.
    Many,
}

impl TextField {
    /// A field with some words in it, the edit point behind them.
    #[must_use]
    pub fn new(text: impl Into<String>, lines: Lines) -> Self {
        let text = text.into();
        Self { caret: text.len(), text, lines }
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Writes at the edit point, as typing and pasting do.
    pub fn insert(&mut self, words: &str) {
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = words
            .chars()
            .map(|c| if c == '\t' || (c == '\n' && self.lines == Lines::One) { ' ' } else { c })
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        self.text.insert_str(self.caret, &clean);
        self.caret += clean.len();
        self.settle();
    }

    /// Takes a key; false where it is none of an editor's. `width` is that of the field on the screen.
    pub fn key(&mut self, key: Key, ruler: Ruler, width: u16) -> bool {
        if let Some(c) = key.character() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let many = self.lines == Lines::Many;
        match (key.code, key.ctrl || key.alt) {
            (KeyCode::Left, false) => self.caret = self.before(),
            (KeyCode::Right, false) => self.caret = self.after(),
            (KeyCode::Left, true) => self.caret = self.word_before(),
            (KeyCode::Right, true) => self.caret = self.word_after(),
            (KeyCode::Home, false) => self.caret = self.line_of(ruler, width).start,
            (KeyCode::End, false) => self.caret = self.line_of(ruler, width).end,
            (KeyCode::Home, true) => self.caret = 0,
            (KeyCode::End, true) => self.caret = self.text.len(),
            (KeyCode::Up, false) if many => self.move_line(-1, ruler, width),
            (KeyCode::Down, false) if many => self.move_line(1, ruler, width),
            (KeyCode::Backspace, false) => self.delete(self.before()..self.caret),
            (KeyCode::Delete, false) => self.delete(self.caret..self.after()),
            (KeyCode::Backspace | KeyCode::Char('w' | 'h'), true) => self.delete(self.word_before()..self.caret),
            (KeyCode::Delete, true) => self.delete(self.caret..self.word_after()),
            (KeyCode::Char('u'), true) if key.ctrl => self.delete(0..self.caret),
            (KeyCode::Char('k'), true) if key.ctrl => self.delete(self.caret..self.text.len()),
            (KeyCode::Char('j') | KeyCode::Enter, true) if many => self.insert("\n"),
            _ => return false,
        }
        self.settle();
        true
    }

    fn delete(&mut self, range: Range<usize>) {
        self.caret = range.start;
        self.text.replace_range(range, "");
    }

    /// After a change signs may have grown together: the edit point moves to the edge of its cluster.
    fn settle(&mut self) {
        let edges = self.text.grapheme_indices(true).map(|(at, _)| at).chain([self.text.len()]);
        self.caret = edges.into_iter().find(|at| *at >= self.caret).unwrap_or(self.text.len());
    }

    fn head(&self) -> &str {
        self.text.get(..self.caret).unwrap_or_default()
    }

    fn tail(&self) -> &str {
        self.text.get(self.caret..).unwrap_or_default()
    }

    fn before(&self) -> usize {
        self.head().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.caret + self.tail().graphemes(true).next().map_or(0, str::len)
    }

    /// The beginning of the word before the edit point. Each Chinese character is a word.
    fn word_before(&self) -> usize {
        let word = |(_, words): &(usize, &str)| !words.trim().is_empty();
        self.head().split_word_bound_indices().rfind(word).map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let mut end = self.caret;
        for words in self.tail().split_word_bounds() {
            end += words.len();
            if !words.trim().is_empty() {
                break;
            }
        }
        end
    }

    fn rows(&self, ruler: Ruler, width: u16) -> Vec<Range<usize>> {
        match self.lines {
            Lines::One => std::iter::once(0..self.text.len()).collect(),
            Lines::Many => ruler.wrap(&self.text, usize::from(width)),
        }
    }

    /// The row and the column of the edit point.
    fn place(&self, rows: &[Range<usize>], ruler: Ruler) -> (usize, usize) {
        let row = rows.iter().rposition(|row| row.start <= self.caret).unwrap_or(0);
        let start = rows.get(row).map_or(0, |row| row.start);
        (row, ruler.of(self.text.get(start..self.caret).unwrap_or_default()))
    }

    fn line_of(&self, ruler: Ruler, width: u16) -> Range<usize> {
        let rows = self.rows(ruler, width);
        let (row, _) = self.place(&rows, ruler);
        rows.get(row).cloned().unwrap_or_default()
    }

    fn move_line(&mut self, by: isize, ruler: Ruler, width: u16) {
        let rows = self.rows(ruler, width);
        let (row, column) = self.place(&rows, ruler);
        let Some(to) = row.checked_add_signed(by).and_then(|to| rows.get(to)) else { return };
        let mut at = to.start;
        let mut used = 0;
        for grapheme in self.text.get(to.clone()).unwrap_or_default().graphemes(true) {
            used += ruler.grapheme(grapheme);
            if used > column {
                break;
            }
            at += grapheme.len();
        }
        self.caret = at;
    }

    /// How many lines its words take.
    #[must_use]
    pub fn height(&self, ruler: Ruler, width: u16) -> u16 {
        u16::try_from(self.rows(ruler, width).len()).unwrap_or(u16::MAX)
    }

    /// Draws the field; with the focus, the terminal's cursor stands in it.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, focused: bool) {
        self.view_marked(canvas, area, focused, &[]);
    }

    /// Likewise with words of it underlined.
    pub fn view_marked(&self, canvas: &mut Canvas<'_>, area: Rect, focused: bool, marks: &[Mark]) {
        if area.is_empty() {
            return;
        }
        let ruler = canvas.ruler();
        let rows = self.rows(ruler, area.width);
        let (row, column) = self.place(&rows, ruler);
        let height = usize::from(area.height);
        let top = row.saturating_sub(height.saturating_sub(1));
        // A line longer than the field moves so that the edit point stays in sight.
        let room = usize::from(area.width).saturating_sub(1);
        let slide = column.saturating_sub(room);
        let marks = self.in_bytes(marks);
        for (range, y) in rows.iter().skip(top).zip(area.y..area.bottom()) {
            let words = self.text.get(range.clone()).unwrap_or_default();
            let (pad, words) = behind(words, slide, ruler);
            let pad = u16::try_from(pad).unwrap_or(0).min(area.width);
            let shown = if ruler.of(words) > usize::from(area.width - pad) && self.lines == Lines::Many {
                words.trim_end()
            } else {
                words
            };
            canvas.text(area.x + pad, y, area.width - pad, shown, Tone::Normal);
            for mark in marks.iter().filter(|mark| mark.span[0] < range.end && mark.span[1] > range.start) {
                let [from, to] = mark.span.map(|byte| self.column_in(range, byte, ruler));
                let place =
                    |column: usize| u16::try_from(column.saturating_sub(slide)).unwrap_or(u16::MAX).min(area.width);
                canvas.underline(area.x + place(from), y, place(to) - place(from), mark.tone);
            }
        }
        if focused {
            let x = u16::try_from(column - slide).unwrap_or(0).min(area.width - 1);
            let y = u16::try_from(row - top).unwrap_or(0);
            canvas.place_cursor(area.x + x, area.y + y);
        }
    }
}

impl TextField {
    /// Marks with bytes in place of characters: the text is gone through once, however many there are.
    fn in_bytes(&self, marks: &[Mark]) -> Vec<Mark> {
        if marks.is_empty() {
            return Vec::new();
        }
        let bytes: Vec<usize> = self.text.char_indices().map(|(byte, _)| byte).collect();
        let byte = |character: usize| bytes.get(character).copied().unwrap_or(self.text.len());
        marks.iter().map(|mark| Mark { span: mark.span.map(byte), ..*mark }).collect()
    }

    /// The column of a byte within a row; its edge where the byte stands in another.
    fn column_in(&self, row: &Range<usize>, byte: usize, ruler: Ruler) -> usize {
        ruler.of(self.text.get(row.start..byte.clamp(row.start, row.end)).unwrap_or_default())
    }
}

/// Words that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Characters of the text, end exclusive.
    pub span: [usize; 2],
    /// What is said of them.
    pub tone: Tone,
}

/// What stands from column `from` on, and how many columns of a character cut in half are left blank before it.
fn behind(words: &str, from: usize, ruler: Ruler) -> (usize, &str) {
    let mut used = 0;
    for (at, grapheme) in words.grapheme_indices(true) {
        if used >= from {
            return (used - from, words.get(at..).unwrap_or_default());
        }
        used += ruler.grapheme(grapheme);
    }
    (0, if used > from || from == 0 { words } else { "" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Types keys by name, `_` for a space, and shows the text with `|` at the edit point.
    fn after(text: &str, lines: Lines, keys: &str) -> String {
        let mut field = TextField::new(text, lines);
        for name in keys.split(' ').filter(|name| !name.is_empty()) {
            field.key(Key::named(name).unwrap(), Ruler::default(), 8);
        }
        let (head, tail) = field.text.split_at(field.caret);
        format!("{head}|{tail}")
    }

    #[test]
    fn editing_by_whole_characters() {
        for (text, lines, keys, result) in [
            ("责令改正", Lines::One, "Left Backspace", "责令|正"),
            ("e\u{301}x", Lines::One, "Left Backspace", "|x"),
            ("👨‍👩‍👧甲", Lines::One, "Home Delete", "|甲"),
            ("甲乙", Lines::One, "Home 丙 Right 丁", "丙甲丁|乙"),
            ("责令改正 twice", Lines::One, "Ctrl-W", "责令改正 |"),
            ("责令改正", Lines::One, "Ctrl-W Ctrl-W", "责令|"),
            ("甲乙丙丁戊己", Lines::Many, "Up", "甲乙|丙丁戊己"),
            ("甲乙丙丁戊己", Lines::Many, "Home", "甲乙丙丁|戊己"),
            ("甲\n乙", Lines::Many, "Up End", "甲|\n乙"),
            ("甲", Lines::Many, "Ctrl-J 乙", "甲\n乙|"),
            ("甲", Lines::One, "Ctrl-J 乙", "甲乙|"),
            ("甲乙", Lines::One, "Ctrl-U", "|"),
        ] {
            assert_eq!(after(text, lines, keys), result, "{text} {keys}");
        }
    }

    #[test]
    fn pasting_keeps_lines_only_where_there_are_many() {
        for (lines, result) in [(Lines::One, "甲 乙 丙"), (Lines::Many, "甲\n乙 丙")] {
            let mut field = TextField::new("", lines);
            field.insert("甲\r\n乙\t丙\u{1b}\u{7}");
            assert_eq!(field.text(), result);
        }
    }

    #[test]
    fn marked_words_are_underlined_across_lines_and_beside_wide_characters() {
        use ratatui::style::Modifier;
        for (text, lines, width, span, expected) in [
            ("处二万以上", Lines::Many, 12, [1, 3], "..____........"),
            ("处二万以上五", Lines::Many, 7, [2, 4], "....__.|__....."),
            ("a二b", Lines::One, 8, [1, 2], ".__....."),
            // A line that has slid so that its end is in sight.
            ("甲乙丙丁戊", Lines::One, 6, [3, 4], ".__..."),
        ] {
            let area = Rect::new(0, 0, width, 2);
            let mut buffer = ratatui::buffer::Buffer::empty(area);
            let theme = crate::tui::theme::Theme { colour: false, plain: false };
            let mut canvas = Canvas::new(&mut buffer, theme, Ruler::default());
            let mark = Mark { span, tone: Tone::Late };
            TextField::new(text, lines).view_marked(&mut canvas, area, true, &[mark]);
            let sign = |x, y| if buffer[(x, y)].modifier.contains(Modifier::UNDERLINED) { '_' } else { '.' };
            let line = |y| (0..width).map(|x| sign(x, y)).collect::<String>();
            let drawn = format!("{}|{}", line(0), line(1));
            assert!(drawn.starts_with(expected.trim_end_matches('.')), "{text}: {drawn}");
            let marked = |words: &str| words.matches('_').count();
            assert_eq!(marked(&drawn), marked(expected), "{text}: {drawn}");
        }
    }

    proptest! {
        #[test]
        fn the_edit_point_stays_at_an_edge(text in "[甲a \u{301}\u{200d}👨\n]{0,12}", keys in prop::collection::vec(prop::sample::select(vec!["Left", "Right", "Up", "Down", "Home", "End", "Backspace", "Delete", "Ctrl-W", "甲", "\u{301}"]), 0..12)) {
            let mut field = TextField::new(text, Lines::Many);
            for key in keys {
                field.key(Key::named(key).unwrap(), Ruler::default(), 6);
                prop_assert!(field.text.is_char_boundary(field.caret));
                let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 6, 3));
                let mut canvas = Canvas::new(&mut buffer, crate::tui::theme::Theme { colour: false, plain: false }, Ruler::default());
                field.view(&mut canvas, Rect::new(0, 0, 6, 3), true);
                let cursor = canvas.cursor().unwrap();
                prop_assert!(cursor.x < 6 && cursor.y < 3);
            }
        }
    }
}
