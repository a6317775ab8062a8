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
    /// Anything else, in the parser's own words.
    Other(String),
}

impl TomlError {
    /// The error of the parser, placed in `text`.
    pub(super) fn of(text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|&byte| byte == b'\n').count() + 1;
        let message = error.message();
        let quoted = |start: &str| Some(message.strip_prefix(start)?.split_once('`')?.0.to_owned());
        let problem = match (quoted("unknown field `"), quoted("missing field `")) {
            (Some(key), _) => TomlProblem::UnknownKey(key),
            (_, Some(key)) => TomlProblem::MissingKey(key),
            _ => TomlProblem::Other(message.to_owned()),
        };
        Self { line, problem }
    }
}
