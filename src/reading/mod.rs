//! From the words of a standard or a penalty clause to measures.
//!
//! The reader is a parser in four steps, none of which knows the next:
//!
//! ```text
//! text    -> script      one width, no blanks, places kept      script
//! script  -> tokens      known words, numbers, rates            lexer, lexicon, words
//! tokens  -> phrases     what punctuation parts; conditions     phrase
//! phrases -> measures    the walk and what is in force          clause, state, trigger, party
//!                        amounts and fines                      quantity, numeral, fine, noun, amount, cap
//!                        all other kinds                        penalty, licence
//! ```
//!
//! A clause as the reader sees it:
//!
//! ```text
//! text      = sentence ("。" sentence)*
//! sentence  = segment ("；" segment)*          a cap and a trigger reach no further than their segment
//! segment   = phrase ("，" phrase)*
//! phrase    = condition | [object] [force] predicate (joint predicate)*
//! condition = words "的"                       a trigger where it holds 逾期, 情节, 造成, 违法所得 …
//! object    = "对" noun [","]                   the party
//! predicate = fine | "责令" order | "没收" objects | "吊销" object | "给予" warning …
//! fine      = [verb] [rate] [base] quantity ["的"] ["标准" verb] "罚款"
//!           | "罚款" ["数额为"] [rate] quantity | verb "罚款"
//! ```
//!
//! It reads any text, in time linear in its length, and never panics. It never guesses: where the words of an amount
//! cannot be read the measure stands without it, and a [`Problem`] says where. It never looks at other cells, at the
//! law's band or at a clock, and it never changes the words.

mod amount;
mod cap;
mod clause;
mod fine;
mod lexer;
mod lexicon;
mod licence;
mod noun;
mod numeral;
mod party;
mod penalty;
mod phrase;
mod problem;
mod quantity;
mod script;
mod state;
mod trigger;
mod words;

use std::cell::Cell;

use rust_decimal::Decimal;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

pub use problem::{Code, Problem};

use crate::domain::baseline::Conventions;
use crate::domain::label::Lang;
use crate::domain::measure::Measure;

/// What a text comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The measures, in the order of the text.
    pub measures: Vec<Measure>,
    /// What is wrong with the words, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Reads a text by the usual convention: 以上 and 以下 include the number.
#[must_use]
pub fn read(text: &str) -> Reading {
    read_by(text, &Conventions::default())
}

/// Reads a text by the conventions of its document.
#[must_use]
pub fn read_by(text: &str, conventions: &Conventions) -> Reading {
    let mut rooms = ROOMS.take();
    let script = script::Script::in_room(std::mem::take(&mut rooms.chars), text);
    lexer::split(&script, &mut rooms.tokens);
    phrase::split(&script, &rooms.tokens, &mut rooms.phrases);
    let reading = clause::read(&script, &rooms.tokens, &rooms.phrases, conventions, &mut rooms.pending);
    rooms.chars = script.into_room();
    if rooms.chars.capacity() <= LARGEST_ROOM {
        ROOMS.set(rooms);
    }
    reading
}

/// The value of words that are one numeral and nothing else, in any writing: 3000, 1.5万, 一百五十. `None` for what is no
/// numeral and for one that left out a unit.
#[must_use]
pub fn numeral(words: &str) -> Option<Decimal> {
    let mut room = ['\0'; numeral::LONGEST];
    let mut signs = words.chars();
    let length = room.iter_mut().zip(&mut signs).map(|(slot, sign)| *slot = sign).count();
    let read = numeral::read(room.get(..length).filter(|_| signs.next().is_none())?)?;
    (!read.dropped).then_some(read.value)
}

/// What the steps of a reading are written into, kept for the next reading.
#[derive(Debug, Default)]
struct Rooms {
    chars: Vec<char>,
    tokens: Vec<lexer::Token>,
    phrases: Vec<phrase::Phrase>,
    pending: Vec<amount::Pending>,
}

impl Rooms {
    const EMPTY: Self = Self { chars: Vec::new(), tokens: Vec::new(), phrases: Vec::new(), pending: Vec::new() };
}

/// For how many characters room is kept: more than any standard has.
const LARGEST_ROOM: usize = 1 << 14;

thread_local! {
    static ROOMS: Cell<Rooms> = const { Cell::new(Rooms::EMPTY) };
}

impl Reading {
    /// The reading with its text as the contract's JSON object.
    #[must_use]
    pub const fn report<'a>(&'a self, text: &'a str, lang: Lang) -> Report<'a> {
        Report { text, reading: self, lang }
    }
}

/// A reading beside its text: `{"text", "measures", "problems"}`.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    text: &'a str,
    reading: &'a Reading,
    lang: Lang,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let problems: Vec<Told> =
            self.reading.problems.iter().map(|problem| Told::new(*problem, self.text, self.lang)).collect();
        let mut report = serializer.serialize_struct("Report", 3)?;
        report.serialize_field("text", self.text)?;
        report.serialize_field("measures", &self.reading.measures)?;
        report.serialize_field("problems", &problems)?;
        report.end()
    }
}

/// A problem with its message.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    problem: Problem,
    message: String,
}

impl Told {
    fn new(problem: Problem, text: &str, lang: Lang) -> Self {
        Self { problem, message: problem.message(text, lang) }
    }
}

/// A problem before its place is led back to the text as given: characters of the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Flaw {
    code: Code,
    start: usize,
    end: usize,
}
