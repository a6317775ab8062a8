//! All words for people that are put together at run time, in both languages at once.
//!
//! [`words!`](crate::words) takes both sentences in one place, so that a missing translation does not compile.

mod foreign;

pub use crate::domain::label::{Lang, Term, Text};
pub use foreign::{io_trouble, json_trouble};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The Chinese sentence.
    pub zh: String,
    /// The English sentence.
    pub en: String,
}

impl Words {
    /// The sentence in `lang`.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The sentence with words in front of it.
    #[must_use]
    pub fn before(self, zh: &str, en: &str) -> Self {
        Self { zh: format!("{zh}{}", self.zh), en: format!("{en}{}", self.en) }
    }

    /// The sentence with words behind it.
    #[must_use]
    pub fn after(self, zh: &str, en: &str) -> Self {
        Self { zh: self.zh + zh, en: self.en + en }
    }

    /// The same words in both languages: names, codes, numbers.
    pub fn same(words: impl Into<String>) -> Self {
        let zh = words.into();
        Self { en: zh.clone(), zh }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self { zh: text.zh.to_owned(), en: text.en.to_owned() }
    }
}

/// Both sentences, each a format string: `words!("找不到 {name}", "{name} was not found")`.
#[macro_export]
macro_rules! words {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::i18n::Words { zh: format!($zh $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}

/// What kind of trouble a failure is; the exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// Refused for a reason of substance, or findings: exit 1.
    Refused,
    /// Wrong usage or unreadable input: exit 2.
    Usage,
    /// No right: exit 3.
    Right,
    /// Busy or in conflict; trying again may help: exit 4.
    Busy,
    /// A defect of the program or a damaged file: exit 5.
    Internal,
}

impl FailureKind {
    /// The exit code of the process.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Right => 3,
            Self::Busy => 4,
            Self::Internal => 5,
        }
    }

    /// The identifier in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Usage => "usage",
            Self::Right => "right",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }
}

/// Trouble as a person meets it: what kind, what happened, what to do next. Both are full sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of trouble.
    pub kind: FailureKind,
    /// What happened, with the file, field or key.
    pub reason: Words,
    /// What to do next, by the command line where it is done there; empty where the reason says it already.
    pub next: Words,
    /// The same as a step, where the terminal interface has a way of its own to it.
    pub step: Option<NextStep>,
    /// What stands in the way, one by one, where it can be told so.
    pub obstacles: Option<Box<[Obstacle]>>,
}

/// A next step that every way of use words by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Answer the warnings in words, or mend them.
    AnswerWarnings,
    /// Mend the errors; answer the warnings in words, or mend them.
    MendAndAnswer,
}

/// One thing that stands in the way: a finding with its place, as reports of the checks have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The check.
    pub code: &'static str,
    /// How much it weighs, as an identifier.
    pub severity: &'static str,
    /// The same for people.
    pub weight: Text,
    /// Why it weighs less here than by itself; nothing where it does not.
    pub lowered: Option<String>,
    /// The ladder, from 1.
    pub ladder: Option<usize>,
    /// The tier as written.
    pub tier: Option<String>,
    /// The field.
    pub field: Option<&'static str>,
    /// The sentence, with the place.
    pub message: Words,
}

impl Obstacle {
    /// One line for people: weight, code, sentence, and why it weighs less here.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (weight, message) = (self.weight.say(lang), self.message.say(lang));
        let (code, lowered) = (self.code, self.lowered.as_deref());
        match (lang, lowered) {
            (Lang::Zh, None) => format!("{weight}[{code}]：{message}"),
            (Lang::En, None) => format!("{weight}[{code}]: {message}"),
            (Lang::Zh, Some(reason)) => format!("{weight}[{code}]：{message}（本登记库调低：{reason}）"),
            (Lang::En, Some(reason)) => format!("{weight}[{code}]: {message} (lowered in this register: {reason})"),
        }
    }
}

impl Failure {
    /// A failure with its reason and next step.
    #[must_use]
    pub const fn new(kind: FailureKind, reason: Words, next: Words) -> Self {
        Self { kind, reason, next, step: None, obstacles: None }
    }

    /// Refused for a reason of substance.
    #[must_use]
    pub const fn refused(reason: Words, next: Words) -> Self {
        Self::new(FailureKind::Refused, reason, next)
    }

    /// Wrong usage or unreadable input.
    #[must_use]
    pub const fn usage(reason: Words, next: Words) -> Self {
        Self::new(FailureKind::Usage, reason, next)
    }

    /// The same failure with what stands in the way, one by one.
    #[must_use]
    pub fn because_of(self, obstacles: Vec<Obstacle>) -> Self {
        Self { obstacles: Some(obstacles.into()), ..self }
    }

    /// What stands in the way, one by one; empty where it is not told so.
    #[must_use]
    pub fn obstacles(&self) -> &[Obstacle] {
        self.obstacles.as_deref().unwrap_or_default()
    }

    /// The same failure with its place in front of the reason.
    #[must_use]
    pub fn at(self, place: &Words) -> Self {
        Self { reason: self.reason.before(&place.zh, &place.en), ..self }
    }

    /// Reason and next step, with what stands in the way between them, a line each.
    #[must_use]
    pub fn in_lines(&self, lang: Lang) -> String {
        if self.obstacles().is_empty() {
            return self.say(lang);
        }
        let mut lines = vec![self.reason.say(lang).to_owned()];
        lines.extend(self.obstacles().iter().map(|obstacle| format!("  {}", obstacle.say(lang))));
        lines.push(self.next.say(lang).to_owned());
        lines.join("\n")
    }

    /// Reason and next step in one paragraph.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (reason, next) = (self.reason.say(lang), self.next.say(lang));
        match (next.is_empty(), lang) {
            (true, _) => reason.to_owned(),
            (false, Lang::Zh) => format!("{reason}{next}"),
            (false, Lang::En) if reason.ends_with('\n') => format!("{reason}{next}"),
            (false, Lang::En) => format!("{reason} {next}"),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for Failure {}

/// Text made safe for a terminal: control characters and escapes, and the marks that turn the direction of
/// writing, become visible signs; line breaks and tabs become spaces unless `keep_lines` is set.
#[must_use]
pub fn safe(text: &str, keep_lines: bool) -> std::borrow::Cow<'_, str> {
    let harmless = |c: char| {
        !(c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
            || (keep_lines && c == '\n')
    };
    if text.chars().all(harmless) {
        return text.into();
    }
    text.chars()
        .map(|c| match c {
            _ if harmless(c) => c,
            '\n' | '\t' => ' ',
            '\r' => '\u{200b}',
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            _ => '\u{fffd}',
        })
        .filter(|c| *c != '\u{200b}')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_never_reach_the_terminal() {
        assert_eq!(safe("甲\u{1b}[31m乙\r\n丙\u{9b}丁\u{202e}", false), "甲␛[31m乙 丙\u{fffd}丁\u{fffd}");
        assert_eq!(safe("甲\n乙", true), "甲\n乙");
    }
}
