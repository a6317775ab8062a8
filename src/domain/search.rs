//! Searching Chinese as people type it: by any two neighbouring characters, by words of Latin letters and digits,
//! and by the initials of the pinyin, with every reading of a heteronym (重庆 is found by `cq` and by `zq`).
//!
//! A text is turned into [`tokens`] for an index; a query is turned into the tokens that a hit must have. The index
//! gives candidates only: [`matches()`] decides.

use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

/// Marks a token of initials, so that the initials `sz` are never taken for the written letters.
const INITIALS_MARK: char = 'ㄅ';

/// First and last character of the block that the table of initials covers.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// The initials under which a character can be typed, as a set of the letters a–z (bit 0 is `a`).
fn initials(c: char) -> u32 {
    static TABLE: OnceLock<Vec<u32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| (FIRST..=LAST).map(|code| char::from_u32(code).map_or(0, look_up)).collect());
    match u32::from(c) {
        code @ FIRST..=LAST => table.get((code - FIRST) as usize).copied().unwrap_or(0),
        _ if c.is_ascii_lowercase() => bit(c),
        _ => 0,
    }
}

fn look_up(c: char) -> u32 {
    c.to_pinyin_multi()
        .into_iter()
        .flatten()
        .filter_map(|reading| reading.plain().chars().next())
        .filter(char::is_ascii_lowercase)
        .fold(0, |set, letter| set | bit(letter))
}

fn bit(letter: char) -> u32 {
    1 << (u32::from(letter) - u32::from('a'))
}

fn letters(set: u32) -> impl Iterator<Item = char> {
    ('a'..='z').filter(move |letter| set & bit(*letter) != 0)
}

/// The text as it is compared: full-width forms as half-width ones, small letters, nothing but letters and digits.
fn squeezed(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
}

/// Appends the index tokens of `text` to `out`, each followed by a blank.
pub fn tokens(text: &str, out: &mut String) {
    let mut before: Option<char> = None;
    for c in squeezed(text) {
        if let Some(before) = before {
            out.push(before);
            out.push(c);
            out.push(' ');
            for first in letters(initials(before)) {
                for second in letters(initials(c)) {
                    out.extend([INITIALS_MARK, first, second, ' ']);
                }
            }
        }
        before = Some(c);
    }
    if let Some(last) = before {
        out.push(last);
        out.push(' ');
    }
}

/// What an index must hold for a text to match `term`: each inner list is one way, all of whose tokens are needed.
/// A token that ends in `*` stands for all that begin with it. Empty where the term has nothing to search for.
#[must_use]
pub fn query(term: &str) -> Vec<Vec<String>> {
    let term: Vec<char> = squeezed(term).collect();
    let pairs = || term.iter().zip(term.iter().skip(1));
    match term.as_slice() {
        [] => Vec::new(),
        [one] => vec![vec![format!("{one}*")]],
        _ => {
            let mut ways = vec![pairs().map(|(a, b)| format!("{a}{b}")).collect()];
            if term.iter().all(char::is_ascii_lowercase) {
                ways.push(pairs().map(|(a, b)| format!("{INITIALS_MARK}{a}{b}")).collect());
            }
            ways
        }
    }
}

/// Whether a text matches a term: it has the term's letters in a row, or characters in a row with those initials. Of a
/// term without letters the signs count as they stand.
#[must_use]
pub fn matches(term: &str, text: &str) -> bool {
    let signs = term.trim();
    let term: Vec<char> = squeezed(term).collect();
    if term.is_empty() {
        return text.contains(signs);
    }
    let text: Vec<char> = squeezed(text).collect();
    let by_initials = term.len() > 1 && term.iter().all(char::is_ascii_lowercase);
    let fits = |window: &[char]| {
        window == term || (by_initials && window.iter().zip(&term).all(|(c, letter)| initials(*c) & bit(*letter) != 0))
    };
    text.windows(term.len()).any(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_substrings_and_initials() {
        for (term, text, found) in [
            ("养犬", "违规养犬的", true),
            ("犬养", "违规养犬的", false),
            ("sthjj", "云泽市生态环境局", true),
            ("hjj", "云泽市生态环境局", true),
            ("sthjx", "云泽市生态环境局", false),
            ("cq", "重庆路", true),
            ("zq", "重庆路", true),
            ("YZ-12", "yz12号", true),
            ("ＹＺ", "YZ-12", true),
            ("一", "第一项", true),
            ("", "甲", true),
            ("%", "甲", false),
            ("😀", "甲", false),
            ("《", "《甲条例》", true),
        ] {
            assert_eq!(matches(term, text), found, "{term} in {text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_index_finds_what_matches(text in "[养犬重庆生态a-c1-3（）]{0,12}", term in "[养犬重庆a-z1-3]{1,3}") {
            let mut index = String::new();
            tokens(&text, &mut index);
            let held: Vec<&str> = index.split(' ').collect();
            let has = |token: &String| match token.strip_suffix('*') {
                Some(head) => held.iter().any(|held| held.starts_with(head)),
                None => held.contains(&token.as_str()),
            };
            if matches(&term, &text) {
                assert!(query(&term).iter().any(|way| way.iter().all(has)), "{term} in {text}: {index}");
            }
        }
    }
}
