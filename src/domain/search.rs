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
fn squeezed(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len() / 2);
    for c in text.chars() {
        match c {
            // Characters of this block have no cases: the tables need not be asked.
            '\u{4e00}'..='\u{9fff}' => letters.push(c),
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
                letters.extend(Some(narrow.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric));
            }
            _ if c.is_ascii() => letters.extend(Some(c.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric)),
            _ => letters.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
        }
    }
    letters
}

/// Appends the index tokens of `text` to `out`, each followed by a blank: every character, every two neighbouring
/// ones, and the initials of every two and every three.
pub fn tokens(text: &str, out: &mut String) {
    let text = squeezed(text);
    for (at, &c) in text.iter().enumerate() {
        out.extend([c, ' ']);
        let Some(&second) = text.get(at + 1) else { break };
        out.extend([c, second, ' ']);
        let third = text.get(at + 2).map_or(0, |c| initials(*c));
        for a in letters(initials(c)) {
            for b in letters(initials(second)) {
                out.extend([INITIALS_MARK, a, b, ' ']);
                for c in letters(third) {
                    out.extend([INITIALS_MARK, a, b, c, ' ']);
                }
            }
        }
    }
}

/// What an index must hold for a text to match `term`: each inner list is one way, all of whose tokens are needed.
/// Empty where the term has nothing to search for.
#[must_use]
pub fn query(term: &str) -> Vec<Vec<String>> {
    let term = squeezed(term);
    match term.as_slice() {
        [] => Vec::new(),
        [one] => vec![vec![one.to_string()]],
        _ => {
            let runs = |of: usize| term.windows(of).map(|run| run.iter().collect::<String>());
            let mut ways = vec![runs(2).collect()];
            if term.iter().all(char::is_ascii_lowercase) {
                // Three letters hold the twos in them, and far fewer texts have them.
                ways.push(runs(term.len().min(3)).map(|run| format!("{INITIALS_MARK}{run}")).collect());
            }
            ways
        }
    }
}

/// A term made ready to be looked for in many texts.
#[derive(Debug, Clone)]
pub struct Sought {
    letters: Vec<char>,
    by_initials: bool,
    /// The term as it stands, for one without letters.
    signs: String,
}

impl Sought {
    /// Makes a term ready.
    #[must_use]
    pub fn of(term: &str) -> Self {
        let letters = squeezed(term);
        let by_initials = letters.len() > 1 && letters.iter().all(char::is_ascii_lowercase);
        Self { letters, by_initials, signs: term.trim().to_owned() }
    }

    /// Whether a text has the term's letters in a row, or characters in a row with those initials. Of a term without
    /// letters the signs count as they stand.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        if self.letters.is_empty() {
            return text.contains(&self.signs);
        }
        let has_initial = |(c, letter): (&char, &char)| initials(*c) & bit(*letter) != 0;
        let fits = |window: &[char]| {
            window == self.letters || (self.by_initials && window.iter().zip(&self.letters).all(has_initial))
        };
        squeezed(text).windows(self.letters.len()).any(fits)
    }
}

/// Whether a text matches a term.
#[must_use]
pub fn matches(term: &str, text: &str) -> bool {
    Sought::of(term).is_in(text)
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
            let has = |token: &String| held.contains(&token.as_str());
            if matches(&term, &text) {
                assert!(query(&term).iter().any(|way| way.iter().all(has)), "{term} in {text}: {index}");
            }
        }
    }
}
