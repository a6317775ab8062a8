//! The characters to read: half and full width made one, blanks taken out, each with its place in the text as given.

use crate::domain::measure::Span;

/// A text made ready for the lexer.
///
/// Positions inside the reader are indexes into `chars`; [`Script::span`] leads back to the text as given.
#[derive(Debug)]
pub(super) struct Script<'a> {
    /// The text as given.
    text: &'a str,
    chars: Vec<char>,
    /// Place of each character in the text as given; `None` while nothing has been taken out.
    places: Option<Vec<usize>>,
}

impl<'a> Script<'a> {
    /// Reads a text, its characters into the room given. A line break is kept (as `\n`) where a list item or an article
    /// begins behind it, and is a blank elsewhere.
    pub(super) fn in_room(mut chars: Vec<char>, text: &'a str) -> Self {
        chars.clear();
        chars.reserve(text.len() / 2);
        let mut rest = text.chars();
        while let Some(given) = rest.next() {
            let Some(kept) = kept(given, rest.as_str()) else {
                // The first blank: from here on index and place part.
                let places = (0..chars.len()).collect();
                return Self::without_blanks(chars, places, text, rest.as_str());
            };
            chars.push(kept);
        }
        Self { text, chars, places: None }
    }

    /// Reads what stands behind the first blank.
    fn without_blanks(mut chars: Vec<char>, mut places: Vec<usize>, text: &'a str, behind: &str) -> Self {
        let mut rest = behind.chars();
        let mut place = chars.len() + 1;
        while let Some(given) = rest.next() {
            if let Some(kept) = kept(given, rest.as_str()) {
                places.push(place);
                chars.push(kept);
            }
            place += 1;
        }
        Self { text, chars, places: Some(places) }
    }

    /// The room of its characters, for the next text.
    pub(super) fn into_room(self) -> Vec<char> {
        self.chars
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at an index, NUL past the end.
    pub(super) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The characters between two indexes.
    pub(super) fn chars(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end).unwrap_or_default()
    }

    /// The characters from an index on.
    pub(super) fn from(&self, start: usize) -> &[char] {
        self.chars.get(start..).unwrap_or_default()
    }

    /// The characters between two indexes as words.
    pub(super) fn words(&self, start: usize, end: usize) -> String {
        self.chars(start, end).iter().collect()
    }

    /// True where the characters from `index` on are these.
    pub(super) fn has(&self, index: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(offset, word)| self.at(index + offset) == word)
    }

    /// The text as given.
    pub(super) fn given(&self) -> &'a str {
        self.text
    }

    /// Where the characters between two indexes stand in the text as given.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let place = |index: usize| match &self.places {
            Some(places) => places.get(index).copied().unwrap_or_default(),
            None => index,
        };
        if end > start { [place(start), place(end - 1) + 1] } else { [place(start), place(start)] }
    }
}

/// How a character is read, given what stands behind it; `None` for a blank.
#[inline]
fn kept(given: char, behind: &str) -> Option<char> {
    match given {
        '一'..='鿿' => Some(given),
        '\n' | '\r' if opens_item(behind) => Some('\n'),
        _ => half_width(given),
    }
}

/// The half width form of a character, `None` for a blank.
fn half_width(given: char) -> Option<char> {
    match given {
        '。' | '、' => Some(given),
        '！'..='～' => char::from_u32(u32::from(given) - 0xFEE0),
        ' ' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => None,
        _ if given.is_whitespace() || given.is_control() => None,
        _ => Some(given),
    }
}

/// True where a line begins as a list item or an article does: 「（一）」 「(1)」 「1.」 「一、」 「①」 「第五条」.
fn opens_item(line: &str) -> bool {
    let numeral = |char: char| char.is_ascii_digit() || "零〇一二三四五六七八九十百千".contains(char);
    let mut chars = line.chars().filter_map(half_width).take(8);
    let Some(first) = chars.next() else { return false };
    let mut behind_number = || chars.find(|next| !numeral(*next));
    match first {
        '①'..='⑳' => true,
        '(' => line.chars().filter_map(half_width).nth(1).is_some_and(numeral) && behind_number() == Some(')'),
        '第' => behind_number() == Some('条'),
        // 「1.」 is a list number, the 「1.」 of 「1.5万元」 is not.
        _ if first.is_ascii_digit() => match behind_number() {
            Some('.') => !chars.next().is_some_and(|next| next.is_ascii_digit()),
            behind => matches!(behind, Some('、' | ')')),
        },
        _ => numeral(first) && behind_number() == Some('、'),
    }
}

#[cfg(test)]
impl<'a> Script<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self::in_room(Vec::new(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_places_stay() {
        let script = Script::new("处 二 万元\n罚款");
        assert_eq!(script.words(0, script.len()), "处二万元罚款");
        assert_eq!(script.span(0, 2), [0, 3]);
        assert_eq!(script.span(4, 6), [7, 9]);
    }

    #[test]
    fn full_width_becomes_half_width() {
        let script = Script::new("２０％，（含）");
        assert_eq!(script.words(0, script.len()), "20%,(含)");
        assert_eq!(script.span(0, 3), [0, 3]);
    }

    #[test]
    fn a_leading_blank_shifts_every_place() {
        let script = Script::new(" 处罚");
        assert_eq!(script.len(), 2);
        assert_eq!(script.span(0, 2), [1, 3]);
    }

    #[test]
    fn a_line_break_before_an_item_is_kept() {
        assert_eq!(Script::new("如下\n（一）甲").at(2), '\n');
        assert_eq!(Script::new("如下\n甲乙").at(2), '甲');
        assert_eq!(Script::new("市县\n（区）").at(2), '(');
    }
}
