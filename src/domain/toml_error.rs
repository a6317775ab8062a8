//! What is wrong with a file in TOML, with the line: for the tables and plans that people write by hand.

/// An error of reading TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: TomlProblem,
}

/// What is wrong in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TomlProblem {
    /// A key that means nothing here.
    UnknownKey(String),
    /// A key that must be there; the line is that of the table that lacks it.
    MissingKey(String),
    /// A word that is none of the terms that may stand there.
    UnknownTerm(String),
    /// A value of another form than the one expected.
    Expected(Expected),
    /// Anything else, in the parser's own words.
    Other(String),
}

/// The form that a value should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A day: YYYY-MM-DD.
    Date,
    /// A day of any year: MM-DD.
    MonthDay,
    /// MM-DD, `one_month`, `without_delay` or `any_time`.
    Due,
}

impl Expected {
    const ALL: [Self; 3] = [Self::Date, Self::MonthDay, Self::Due];

    /// The error for the parser to carry, and to be known by when it comes back with its place.
    pub(super) fn error<E: serde::de::Error>(self) -> E {
        E::custom(self.mark())
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::Date => "expected a date",
            Self::MonthDay => "expected a month and day",
            Self::Due => "expected a due date",
        }
    }
}

impl TomlError {
    /// The error of the parser, placed in `text`.
    #[must_use]
    pub fn of(text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let line = line_at(text, start);
        let message = error.message();
        let quoted = |start: &str| Some(message.strip_prefix(start)?.split_once('`')?.0.to_owned());
        let problem = if let Some(key) = quoted("unknown field `") {
            TomlProblem::UnknownKey(key)
        } else if let Some(key) = quoted("missing field `") {
            TomlProblem::MissingKey(key)
        } else if let Some(word) = quoted("unknown variant `") {
            TomlProblem::UnknownTerm(word)
        } else if let Some(expected) = Expected::ALL.into_iter().find(|expected| expected.mark() == message) {
            TomlProblem::Expected(expected)
        } else {
            TomlProblem::Other(message.to_owned())
        };
        Self { line, problem }
    }
}

/// The line, from 1, on which the byte at an offset stands.
#[must_use]
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}
