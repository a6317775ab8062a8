//! Words with marks under a part of them, in columns of the terminal: a Chinese character takes two.

use unicode_width::UnicodeWidthChar;

use crate::domain::measure::Span;
use crate::i18n::safe;

/// A line of words and the marks below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Underlined {
    pub(super) words: String,
    pub(super) marks: String,
}

/// How much stands in front of the marked words where a line is cut.
const BEFORE: usize = 24;

/// Marks the characters of a span. A text wider than `width` columns is cut to the part around them; line breaks and
/// signs that a terminal would obey become visible or blank, one for one.
pub(super) fn underlined(text: &str, span: Option<Span>, width: usize) -> Underlined {
    let signs: Vec<char> = text.chars().map(harmless).collect();
    let [start, end] = span.map_or([0, 0], |[start, end]| [start.min(signs.len()), end.min(signs.len())]);
    let (from, to) = window(&signs, start, width.max(20));
    let part = |from: usize, to: usize| signs.get(from..to).unwrap_or_default();
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let before: String = part(from, start.max(from)).iter().collect();
    let marked: String = part(start.max(from), end.min(to)).iter().collect();
    let behind: String = part(end.clamp(start.max(from), to), to).iter().collect();
    let blanks = columns_of(&before) + usize::from(from > 0);
    let marks = if span.is_some() {
        format!("{}{}", " ".repeat(blanks), "^".repeat(columns_of(&marked).max(1)))
    } else {
        String::new()
    };
    Underlined { words: format!("{}{before}{marked}{behind}{}", cut(from > 0), cut(to < signs.len())), marks }
}

/// Which characters are shown.
fn window(signs: &[char], start: usize, width: usize) -> (usize, usize) {
    let room = width.saturating_sub(2);
    let all: usize = signs.iter().map(|sign| columns(*sign)).sum();
    if all <= width {
        return (0, signs.len());
    }
    let mut from = start;
    let mut used = 0;
    while let Some(sign) = from.checked_sub(1).and_then(|at| signs.get(at)) {
        used += columns(*sign);
        if used > BEFORE.min(room / 2) {
            break;
        }
        from -= 1;
    }
    let mut to = from;
    let mut used = 0;
    while let Some(sign) = signs.get(to) {
        used += columns(*sign);
        if used > room {
            break;
        }
        to += 1;
    }
    (from, to)
}

fn columns(sign: char) -> usize {
    sign.width().unwrap_or(1)
}

fn columns_of(words: &str) -> usize {
    words.chars().map(columns).sum()
}

fn harmless(sign: char) -> char {
    if sign.is_whitespace() {
        // An ideographic blank keeps its two columns.
        return if sign == '\u{3000}' { sign } else { ' ' };
    }
    let mut buffer = [0; 4];
    let shown = safe(sign.encode_utf8(&mut buffer), false).chars().next();
    shown.unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Option<Span>, width: usize) -> (String, String) {
        let Underlined { words, marks } = underlined(text, span, width);
        (words, marks)
    }

    #[test]
    fn marks_stand_under_their_words() {
        assert_eq!(shown("处5万元罚款", Some([1, 4]), 80), ("处5万元罚款".into(), "  ^^^^^".into()));
        assert_eq!(shown("甲\n乙\u{1b}[1m", Some([2, 3]), 80), ("甲 乙␛[1m".into(), "   ^^".into()));
        assert_eq!(shown("甲乙", None, 80), ("甲乙".into(), String::new()));
        assert_eq!(shown("甲乙", Some([5, 9]), 80), ("甲乙".into(), "    ^".into()));
    }

    #[test]
    fn a_long_text_is_cut_around_the_marked_words() {
        let text = format!("{}罚款{}", "甲".repeat(50), "乙".repeat(50));
        let (words, marks) = shown(&text, Some([50, 52]), 40);
        assert!(words.starts_with("…甲") && words.ends_with("乙…"), "{words}");
        assert!(columns_of(&words) <= 40);
        let blanks = marks.len() - marks.trim_start().len();
        assert_eq!(blanks, columns_of(words.split("罚款").next().unwrap()));
        assert_eq!(marks.trim_start(), "^^^^");
    }
}
