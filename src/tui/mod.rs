//! The terminal interface: one loop, one channel, no waiting.
//!
//! Input and the worker that owns the register feed one channel; [`App::update`] turns each message into effects and
//! never waits; [`App::view`] draws what is, and changes nothing. One draw follows a drained batch of messages, and
//! only where something changed. Nothing here decides a rule or reads a file: services do.

pub mod app;
pub mod canvas;
pub mod catalog;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod msg;
pub mod overlays;
pub mod screens;
mod signals;
mod terminal;
pub mod theme;
pub mod widgets;
pub mod width;

use std::borrow::Cow;
use std::sync::Arc;

pub use app::App;
pub use terminal::{run, terminal_width};

use crate::i18n::{Failure, Lang, NextStep, Text, Words};
use crate::service::worker::Facts;
use crate::words;
use keymap::Keymap;
use theme::{Theme, Tone};
use width::Ruler;

/// How the interface looks and speaks at first.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language; it can be switched live.
    pub lang: Lang,
    /// Colours and signs.
    pub theme: Theme,
    /// The measure of text.
    pub ruler: Ruler,
    /// The keys.
    pub keys: Arc<Keymap>,
}

/// What a screen may look at beside itself.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The language.
    pub lang: Lang,
    /// The measure of text.
    pub ruler: Ruler,
    /// The keys in force.
    pub keys: Arc<Keymap>,
    /// What is known of the register; `None` until it is open.
    pub facts: Option<Arc<Facts>>,
    /// The place that screens draw in.
    pub body: ratatui::layout::Rect,
}

impl Ctx {
    /// Words in the language of the moment.
    #[must_use]
    pub fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text::new(zh, en).say(self.lang)
    }

    /// The key of a command, for a sentence: one that works with an input method on.
    #[must_use]
    pub fn key(&self, command: &str) -> &str {
        self.keys.of(command).while_typing()
    }

    /// A failure with its next step as it is done here: by a key.
    #[must_use]
    pub fn in_keys<'a>(&self, failure: &'a Failure) -> Cow<'a, Failure> {
        let Some(step) = failure.step else { return Cow::Borrowed(failure) };
        let (key, Text { zh, en }) = (self.key("baseline.answer"), screens::baseline::TITLE);
        let next = match step {
            NextStep::AnswerWarnings => words!(
                "请改掉，或者在「{zh}」按 {key} 写明理由。",
                "Mend them, or answer them in words with {key} on the screen {en}."
            ),
            NextStep::MendAndAnswer => words!(
                "请改正错误；警告可以改掉，也可以在「{zh}」按 {key} 写明理由。",
                "Mend the errors; mend the warnings, or answer them in words with {key} on the screen {en}."
            ),
        };
        Cow::Owned(Failure { next, ..failure.clone() })
    }

    /// What people call an agency: its short name, else its name.
    #[must_use]
    pub fn agency(&self, id: crate::domain::ids::AgencyId) -> &str {
        let agencies = self.facts.as_ref().map(|facts| facts.agencies.as_slice()).unwrap_or_default();
        // Agencies are numbered in the order of the list; a gap is searched for.
        let near = usize::try_from(id.0 - 1).ok().and_then(|at| agencies.get(at)).filter(|agency| agency.id == id);
        near.or_else(|| agencies.iter().find(|agency| agency.id == id))
            .map_or("", |agency| if agency.short.is_empty() { &agency.name } else { &agency.short })
    }

    /// Today, where the register is open.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.facts.as_ref().map(|facts| facts.today).unwrap_or_default()
    }
}

/// A sentence at the foot of the screen, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it means.
    pub tone: Tone,
    /// The sentence.
    pub words: Words,
}

impl Notice {
    /// Something was done.
    #[must_use]
    pub const fn done(words: Words) -> Self {
        Self { tone: Tone::Done, words }
    }

    /// Something to know.
    #[must_use]
    pub const fn know(words: Words) -> Self {
        Self { tone: Tone::Soon, words }
    }

    /// Something was refused or failed.
    #[must_use]
    pub fn failure(failure: &Failure, ctx: &Ctx) -> Self {
        let failure = ctx.in_keys(failure);
        let words = Words { zh: failure.say(Lang::Zh), en: failure.say(Lang::En) };
        Self { tone: Tone::Late, words }
    }
}
