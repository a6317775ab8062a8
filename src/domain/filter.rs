//! The one filter language, for lists, exports, verbs that change many items, and the interface.
//!
//! ```text
//! 养犬 kind:penalty stage:drafting,returned due<=+14d -agency:城管
//! 种类：处罚 （情况：逾期 或 到期<2023-11-01） 非 核对：有异议
//! ```
//!
//! | form | finds |
//! |---|---|
//! | `养犬` `sthjj` | the word in title, violation, agency or code; Latin letters also as pinyin initials |
//! | `"责令 改正"` | exactly these signs |
//! | `field:value` | a term by id or label; a text that holds the value; a clause or a part of it |
//! | `field=value` | the same, but the whole text, the very clause |
//! | `field:a,b` | either |
//! | `field!=value` | not that |
//! | `due<2023-11-01` `<=` `>` `>=` | days and numbers compared |
//! | `due:2023-08-01..2023-08-31` `due:2023-08` | within, both ends included; a month or a year is the range of its days |
//! | `due<=+14d` `updated>-1m` `due:today` | relative to the day asked: days, weeks (w), months (m) |
//! | `due:none` | without one: code, source, clause, standing, due, version |
//! | `a b` `a or b` `not a` `-a` `( )` | both, either, not; «not» binds closest, «or» loosest; also 且 或 非 |
//!
//! Fields have Chinese and English names ([`Field`]); full-width punctuation counts as half-width; blanks may stand
//! around operators. Brackets in the middle of a word belong to it. `standing`, `due` and `days_late` speak of an
//! item's worst open duty, in lists of duties of the duty itself.
//!
//! Parsing is pure and gives a [`Filter`] in domain terms; [`Filter`] displayed is the canonical text, which parses to
//! the same filter. How a store answers it is the store's business: no query language appears here.

mod day;
mod error;
mod field;
mod parse;
mod sort;
mod value;

use std::fmt::{self, Write as _};

use super::agency::Level;
use super::clause::Clause;
use super::duty::{DutyRule, Standing};
use super::item::Verification;
use super::kind::Kind;
use super::label::Term;
use super::stage::Stage;

pub use day::{Day, written_day};
pub use error::{FilterError, FilterProblem, Operator};
pub use field::{DayField, Field, NumberField, TextField};
pub use sort::{Sort, SortKey};
pub use value::{Comparison, Span};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Everything: the empty text.
    Everything,
    /// All of them; never fewer than two, none of them an `And` itself.
    And(Vec<Filter>),
    /// One of them; never fewer than two, none of them an `Or` itself.
    Or(Vec<Filter>),
    /// Not that; never a `Not` inside a `Not`.
    Not(Box<Filter>),
    /// A bare word: a substring, or pinyin initials.
    Word(String),
    /// A phrase in quotes: a substring as it stands.
    Phrase(String),
    /// A condition on a field.
    Field(Condition),
}

/// A condition on one field. Lists are alternatives and never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The kind.
    Kind(Vec<Kind>),
    /// The stage.
    Stage(Vec<Stage>),
    /// The standing of the duty.
    Standing(Vec<Standing>),
    /// The level.
    Level(Vec<Level>),
    /// The verification.
    Verification(Vec<Verification>),
    /// The rule of a duty.
    Duty(Vec<DutyRule>),
    /// Whether a version is in force.
    InForce(bool),
    /// The words of a field.
    Text {
        /// Which field.
        field: TextField,
        /// Part or whole.
        matching: Matching,
        /// The words.
        values: Vec<String>,
    },
    /// A clause of any source that is cited.
    Clause {
        /// Part: the clause or one within it. Whole: the very clause.
        matching: Matching,
        /// The clauses.
        values: Vec<Clause>,
    },
    /// A day.
    Day {
        /// Which field.
        field: DayField,
        /// Compared with what.
        test: Comparison<Day>,
    },
    /// A number.
    Number {
        /// Which field.
        field: NumberField,
        /// Compared with what.
        test: Comparison<i64>,
    },
    /// The field is empty.
    Missing(Field),
}

/// How much of a field a value must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// Some part of it (`:`).
    Part,
    /// The whole (`=`).
    Whole,
}

impl Filter {
    /// Reads a filter.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }

    /// All of `parts`, in the simplest form.
    #[must_use]
    pub fn all(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::Everything => Vec::new(),
            Self::And(inner) => inner,
            other => vec![other],
        });
        one_or(flat.collect(), Self::And)
    }

    /// One of `parts`, in the simplest form; everything where one of them is everything.
    #[must_use]
    pub fn any(parts: Vec<Self>) -> Self {
        if parts.contains(&Self::Everything) {
            return Self::Everything;
        }
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::Or(inner) => inner,
            other => vec![other],
        });
        one_or(flat.collect(), Self::Or)
    }

    /// The opposite, in the simplest form.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

fn one_or(mut parts: Vec<Filter>, many: fn(Vec<Filter>) -> Filter) -> Filter {
    if parts.len() > 1 { many(parts) } else { parts.pop().unwrap_or(Filter::Everything) }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::And(parts) => joined(f, parts, " ", |part| matches!(part, Self::Or(_))),
            Self::Or(parts) => joined(f, parts, " or ", |_| false),
            Self::Not(inner) => {
                f.write_str("-")?;
                bracketed(f, inner, matches!(**inner, Self::And(_) | Self::Or(_)))
            }
            Self::Word(word) => f.write_str(word),
            Self::Phrase(phrase) => quoted(f, phrase),
            Self::Field(condition) => condition.fmt(f),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Filter], by: &str, brackets: fn(&Filter) -> bool) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(by)?;
        }
        bracketed(f, part, brackets(part))?;
    }
    Ok(())
}

fn bracketed(f: &mut fmt::Formatter<'_>, part: &Filter, brackets: bool) -> fmt::Result {
    if brackets { write!(f, "({part})") } else { write!(f, "{part}") }
}

fn quoted(f: &mut fmt::Formatter<'_>, phrase: &str) -> fmt::Result {
    f.write_str("\"")?;
    for sign in phrase.chars() {
        if matches!(sign, '"' | '＂' | '\\') {
            f.write_str("\\")?;
        }
        f.write_char(sign)?;
    }
    f.write_str("\"")
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field().id())?;
        match self {
            Self::Kind(values) => terms(f, values),
            Self::Stage(values) => terms(f, values),
            Self::Standing(values) => terms(f, values),
            Self::Level(values) => terms(f, values),
            Self::Verification(values) => terms(f, values),
            Self::Duty(values) => terms(f, values),
            Self::InForce(true) => f.write_str(":yes"),
            Self::InForce(false) => f.write_str(":no"),
            Self::Text { matching, values, .. } => list(f, matching.sign(), values, |f, value| {
                if parse::is_plain(value) { f.write_str(value) } else { quoted(f, value) }
            }),
            Self::Clause { matching, values } => list(f, matching.sign(), values, |f, clause| clause.fmt(f)),
            Self::Day { test, .. } => test.fmt(f),
            Self::Number { test, .. } => test.fmt(f),
            Self::Missing(_) => f.write_str(":none"),
        }
    }
}

fn terms<T: Term>(f: &mut fmt::Formatter<'_>, values: &[T]) -> fmt::Result {
    list(f, ":", values, |f, value| f.write_str(value.id()))
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    sign: &str,
    values: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        f.write_str(if at == 0 { sign } else { "," })?;
        write(f, value)?;
    }
    Ok(())
}

impl Condition {
    /// The field that the condition is on.
    #[must_use]
    pub const fn field(&self) -> Field {
        match self {
            Self::Kind(_) => Field::Kind,
            Self::Stage(_) => Field::Stage,
            Self::Standing(_) => Field::Standing,
            Self::Level(_) => Field::Level,
            Self::Verification(_) => Field::Verification,
            Self::Duty(_) => Field::Duty,
            Self::InForce(_) => Field::InForce,
            Self::Text { field, .. } => field.field(),
            Self::Clause { .. } => Field::Clause,
            Self::Day { field, .. } => field.field(),
            Self::Number { field, .. } => field.field(),
            Self::Missing(field) => *field,
        }
    }
}

impl Matching {
    const fn sign(self) -> &'static str {
        match self {
            Self::Part => ":",
            Self::Whole => "=",
        }
    }
}

#[cfg(test)]
mod tests;
