//! How wide text is on a terminal, where it may be cut and where a line may break.
//!
//! Everything is measured in grapheme clusters and columns: a Chinese character is two columns wide, a combining mark
//! none. Some terminals draw the ambiguous signs (①, №, Ⅳ, “) two columns wide: that is a setting. Nothing here draws.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Measures text as the terminal draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ruler {
    /// Whether the terminal draws ambiguous signs two columns wide.
    pub ambiguous_wide: bool,
}

/// Signs that never begin a line.
const NO_START: &str = "，。、；：？！）》〉」』】〕｝］”’％‰…—～·,.;:?!)]}%°℃々ー";

/// Signs that never end a line.
const NO_END: &str = "（《〈「『【〔｛［“‘([{￥$№";

impl Ruler {
    /// Columns of one grapheme cluster: 0, 1 or 2, rarely more.
    #[must_use]
    pub fn grapheme(self, grapheme: &str) -> usize {
        if self.ambiguous_wide { grapheme.width_cjk() } else { grapheme.width() }
    }

    /// Columns of a text.
    #[must_use]
    pub fn of(self, text: &str) -> usize {
        if text.is_ascii() {
            return text.len();
        }
        text.graphemes(true).map(|grapheme| self.grapheme(grapheme)).sum()
    }

    /// The text in at most `max` columns; what does not fit ends in `…` behind a whole character.
    #[must_use]
    pub fn cut(self, text: &str, max: usize) -> Cow<'_, str> {
        if self.of(text) <= max {
            return text.into();
        }
        let mark = if self.ambiguous_wide { ".." } else { "…" };
        let room = max.saturating_sub(self.of(mark));
        let mut end = 0;
        let mut used = 0;
        for (at, grapheme) in text.grapheme_indices(true) {
            used += self.grapheme(grapheme);
            if used > room {
                break;
            }
            end = at + grapheme.len();
        }
        let head = text.get(..end).unwrap_or_default();
        if max == 0 { Cow::Borrowed("") } else { Cow::Owned(format!("{head}{mark}")) }
    }

    /// The text filled up with blanks, or cut, to exactly `columns`.
    #[must_use]
    pub fn fit(self, text: &str, columns: usize) -> String {
        let mut fitted = self.cut(text, columns).into_owned();
        let blanks = columns.saturating_sub(self.of(&fitted));
        fitted.extend(std::iter::repeat_n(' ', blanks));
        fitted
    }

    /// Breaks a text into lines of at most `max` columns, as byte ranges that leave out only line breaks. No line
    /// begins with a closing sign or ends with an opening one, and words of Latin letters and digits stay whole, as
    /// far as the width allows. Blanks at the end of a line may stand beyond its edge.
    #[must_use]
    pub fn wrap(self, text: &str, max: usize) -> Vec<Range<usize>> {
        self.wrap_hanging(text, max, 0)
    }

    /// Likewise; every line of a paragraph but its first has `indent` columns less.
    fn wrap_hanging(self, text: &str, max: usize, indent: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = 0;
        for paragraph in text.split('\n') {
            let cells: Vec<(usize, &str)> =
                paragraph.grapheme_indices(true).map(|(at, grapheme)| (start + at, grapheme)).collect();
            let end = start + paragraph.len();
            let mut from = 0;
            let mut room = max.max(2);
            while let Some(to) = self.break_at(&cells, from, room) {
                let place = |at: usize| cells.get(at).map_or(end, |(byte, _)| *byte);
                lines.push(place(from)..place(to));
                from = to;
                room = max.saturating_sub(indent).max(2);
            }
            lines.push(cells.get(from).map_or(end, |(byte, _)| *byte)..end);
            start = end + 1;
        }
        lines
    }

    /// Where the line that begins with cell `from` ends, where not all of the rest fits.
    fn break_at(self, cells: &[(usize, &str)], from: usize, room: usize) -> Option<usize> {
        let mut used = 0;
        let rest = cells.iter().enumerate().skip(from);
        let over = rest
            .clone()
            .find(|(_, (_, grapheme))| {
                used += self.grapheme(grapheme);
                used > room && *grapheme != " "
            })?
            .0;
        let sign = |at: usize| cells.get(at).map_or("", |(_, grapheme)| *grapheme);
        let may_break = |at: usize| {
            let (before, after) = (sign(at - 1), sign(at));
            !(NO_START.contains(after)
                || NO_END.contains(before)
                || (is_word(before) && is_word(after))
                || after == " ")
        };
        let best = (from + 1..=over).rev().find(|at| may_break(*at));
        Some(best.unwrap_or(over).max(from + 1))
    }

    /// Lines for reading: the indent in columns and the words of each. Paragraphs that begin with a number such as
    /// （一）, 1. or （1） hang: their further lines stand under the words, not under the number.
    #[must_use]
    pub fn paragraphs(self, text: &str, max: usize) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let paragraph = paragraph.trim_end();
            let indent = self.of(marker(paragraph)).min(max / 3);
            for (at, range) in self.wrap_hanging(paragraph, max, indent).into_iter().enumerate() {
                let words = paragraph.get(range).unwrap_or_default().trim_end();
                lines.push(if at == 0 { (0, words.to_owned()) } else { (indent, words.trim_start().to_owned()) });
            }
        }
        lines
    }
}

fn is_word(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    chars.next().is_some_and(|c| (c.is_alphanumeric() && grapheme.width() < 2) || matches!(c, '-' | '\'' | '_' | '/'))
}

/// The number that a paragraph begins with: （一）, 1., 1、, （1）, 一、, ①; empty where there is none.
fn marker(paragraph: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let mut chars = paragraph.char_indices().peekable();
    let open = chars.next_if(|(_, c)| matches!(c, '（' | '(')).is_some();
    let mut digits = 0;
    while chars.next_if(|(_, c)| is_number(*c)).is_some() {
        digits += 1;
    }
    let closes = |c: char| if open { matches!(c, '）' | ')') } else { matches!(c, '.' | '．' | '、') };
    match chars.next() {
        Some((at, c)) if (1..=4).contains(&digits) && closes(c) => {
            paragraph.get(..at + c.len_utf8()).unwrap_or_default()
        }
        Some((0, c)) if ('①'..='⑳').contains(&c) => paragraph.get(..c.len_utf8()).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NARROW: Ruler = Ruler { ambiguous_wide: false };
    const WIDE: Ruler = Ruler { ambiguous_wide: true };

    #[test]
    fn columns() {
        for (text, narrow, wide) in
            [("", 0, 0), ("abc", 3, 3), ("裁量", 4, 4), ("①Ⅳ", 2, 4), ("e\u{301}", 1, 1), ("👨‍👩‍👧", 2, 2), ("ｱ", 1, 1)]
        {
            assert_eq!((NARROW.of(text), WIDE.of(text)), (narrow, wide), "{text}");
        }
    }

    #[test]
    fn cutting() {
        for (text, max, cut) in [
            ("裁量基准", 8, "裁量基准"),
            ("裁量基准", 7, "裁量基…"),
            ("裁量基准", 6, "裁量…"),
            ("甲", 1, "…"),
            ("甲", 0, ""),
        ] {
            assert_eq!(NARROW.cut(text, max), cut, "{text} {max}");
        }
        assert_eq!(WIDE.cut("裁量基准", 7), "裁量..");
        assert_eq!(NARROW.fit("裁量", 6), "裁量  ");
    }

    #[test]
    fn lines() {
        let wrapped = |text: &str, max| {
            NARROW
                .wrap(text, max)
                .into_iter()
                .map(|range| text.get(range).unwrap().to_owned())
                .collect::<Vec<_>>()
                .join("|")
        };
        for (text, max, lines) in [
            ("处二万元以上二十万元以下罚款", 10, "处二万元以|上二十万元|以下罚款"),
            ("责令改正，处罚款", 8, "责令改|正，处罚|款"),
            ("依照《养犬条例》", 6, "依照|《养犬|条例》"),
            ("fine of 20000 yuan", 9, "fine of |20000 |yuan"),
            ("第12345条", 6, "第|12345|条"),
            ("甲\n\n乙", 4, "甲||乙"),
            ("", 4, ""),
        ] {
            assert_eq!(wrapped(text, max), lines, "{text}");
        }
    }

    #[test]
    fn numbered_paragraphs_hang() {
        let lines = NARROW.paragraphs("（一）未登记养犬的，责令改正\n甲乙丙丁戊己庚辛", 14);
        let lines: Vec<String> = lines.iter().map(|(indent, words)| format!("{indent}{words}")).collect();
        assert_eq!(lines, ["0（一）未登记养", "4犬的，责令", "4改正", "0甲乙丙丁戊己庚", "0辛"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in "[甲乙，。（）《》①a1 \u{301}\n]{0,60}", max in 4..20_usize, wide in any::<bool>()) {
            let ruler = Ruler { ambiguous_wide: wide };
            let mut joined = String::new();
            for range in ruler.wrap(&text, max) {
                prop_assert!(ruler.of(text.get(range.clone()).unwrap().trim_end()) <= max, "{text:?}");
                joined.push_str(text.get(range).unwrap());
            }
            prop_assert_eq!(joined, text.replace('\n', ""));
            prop_assert!(ruler.of(&ruler.cut(&text.replace('\n', ""), max)) <= max);
        }
    }
}
