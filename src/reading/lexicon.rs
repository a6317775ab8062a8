//! Finding the longest known word at a place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::lexer::SIGNS;
use super::numeral;
use super::words::{Tok, WORDS};

/// One word.
pub(super) struct Word {
    pub(super) chars: Box<[char]>,
    pub(super) tok: Tok,
}

/// Words by their first two characters.
///
/// A table with a row for each first and a column for each second character: where they meet stands the number of the
/// words that begin with both.
pub(super) struct Lexicon {
    /// From a character of the basic plane to its row and its column.
    places: Vec<Place>,
    width: usize,
    table: Vec<u16>,
    /// What begins with the same two characters; nothing at 0.
    alike: Vec<Alike>,
}

/// The words that begin with the same two characters.
#[derive(Default)]
struct Alike {
    /// Longer words, from the longest.
    longer: Vec<Word>,
    /// Of their third characters the last six bits each: most texts are seen at once to go on otherwise.
    thirds: u64,
    /// The word of these two characters alone; in the first column, of the one character.
    exact: Option<Word>,
}

/// Where a character stands in the table of words.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// 0 where nothing but text begins, 1 where a sign or a numeral does and no word; both rows are empty.
    row: u16,
    /// 0 where no word has it as its second character; in that column stand the words of one character.
    column: u16,
    is_numeral: bool,
    is_sign: bool,
}

/// The row of what begins no word but a sign or a numeral.
const SIGN: u16 = 1;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut by_beginning: BTreeMap<(char, Option<char>), Vec<Word>> = BTreeMap::new();
    for (tok, spellings) in WORDS {
        for spelling in *spellings {
            let chars: Box<[char]> = spelling.chars().map(|char| if char == '～' { '~' } else { char }).collect();
            if let Some(head) = chars.first().copied() {
                let second = chars.get(1).copied();
                by_beginning.entry((head, second)).or_default().push(Word { chars, tok: *tok });
            }
        }
    }
    Lexicon::new(by_beginning)
});

/// All words.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn new(by_beginning: BTreeMap<(char, Option<char>), Vec<Word>>) -> Self {
        let mut lexicon = Self {
            places: vec![Place::default(); 0x1_0000],
            width: 1,
            table: Vec::new(),
            alike: vec![Alike::default()],
        };
        for sign in SIGNS.chars() {
            lexicon.place(sign, |place| (place.row, place.is_sign) = (SIGN, true));
        }
        for sign in numeral::SIGNS.chars() {
            lexicon.place(sign, |place| (place.row, place.is_numeral) = (SIGN, true));
        }
        let numbered = |characters: BTreeSet<char>| characters.into_iter().zip(1..);
        for (second, column) in numbered(by_beginning.keys().filter_map(|(_, second)| *second).collect()) {
            lexicon.place(second, |place| place.column = column);
            lexicon.width = usize::from(column) + 1;
        }
        lexicon.table = vec![0; 2 * lexicon.width];
        for (head, row) in numbered(by_beginning.keys().map(|(head, _)| *head).collect()) {
            lexicon.place(head, |place| place.row = row + SIGN);
            lexicon.table.resize(lexicon.table.len() + lexicon.width, 0);
        }
        for (number, ((head, second), words)) in (1..).zip(by_beginning) {
            let cell = lexicon.cell(head, second);
            if let Some(cell) = lexicon.table.get_mut(cell) {
                *cell = number;
            }
            lexicon.alike.push(Alike::new(words));
        }
        lexicon
    }

    fn place(&mut self, char: char, set: impl FnOnce(&mut Place)) {
        if let Some(place) = self.places.get_mut(char as usize) {
            set(place);
        }
    }

    fn of(&self, char: char) -> Place {
        self.places.get(char as usize).copied().unwrap_or_default()
    }

    fn cell(&self, head: char, second: Option<char>) -> usize {
        let column = second.map_or(0, |second| self.of(second).column);
        usize::from(self.of(head).row) * self.width + usize::from(column)
    }

    /// True where neither a word nor a numeral nor a sign of the lexer begins with a character: it is text.
    pub(super) fn begins_nothing(&self, head: char) -> bool {
        self.of(head).row == 0
    }

    /// True for what the lexer looks for by itself.
    pub(super) fn is_sign(&self, char: char) -> bool {
        self.of(char).is_sign
    }

    /// True for a digit or a unit of a numeral.
    pub(super) fn is_numeral(&self, char: char) -> bool {
        self.of(char).is_numeral
    }

    /// The longest word at the beginning of some characters.
    pub(super) fn longest(&self, text: &[char]) -> Option<&Word> {
        let (head, behind) = text.split_first()?;
        let alike = |second| self.alike.get(usize::from(*self.table.get(self.cell(*head, second))?));
        let longest = alike(behind.first().copied())?.longest(behind.get(1..).unwrap_or_default());
        longest.or_else(|| alike(None)?.exact.as_ref())
    }
}

impl Alike {
    fn new(mut words: Vec<Word>) -> Self {
        words.sort_by_key(|word| std::cmp::Reverse(word.chars.len()));
        let exact = words.pop_if(|word| word.chars.len() <= 2);
        let thirds = words.iter().filter_map(|word| word.chars.get(2)).fold(0, |bits, third| bits | bit(*third));
        Self { longer: words, thirds, exact }
    }

    /// The longest of them, given what stands behind the two characters.
    fn longest(&self, behind: &[char]) -> Option<&Word> {
        let third = behind.first().filter(|third| self.thirds & bit(**third) != 0);
        let begins = |word: &&Word| word.chars.get(2..).is_some_and(|rest| behind.starts_with(rest));
        third.and_then(|_| self.longer.iter().find(begins)).or(self.exact.as_ref())
    }
}

const fn bit(char: char) -> u64 {
    1 << (char as u32 % u64::BITS)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_word_is_two_things() {
        let mut known: HashMap<&str, Tok> = HashMap::new();
        for (tok, spellings) in WORDS {
            for spelling in *spellings {
                let other = known.insert(spelling, *tok).filter(|other| other != tok);
                assert_eq!(other, None, "{spelling} is {tok:?} too");
            }
        }
    }
}
