//! The command line: a grammar, its words, and thin calls of the services.
//!
//! Data goes to standard output, talk to standard error. Nothing here decides a rule: what a command may do is decided
//! by the service that it calls.

mod commands;
mod grammar;
mod out;
mod table;
mod usage;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches};

use crate::i18n::{Failure, Lang};
use crate::service::Clock;

pub use out::Terminal;

/// What the process was given by its surroundings; only `main` looks at them.
pub struct Surroundings<'a> {
    /// The command line, the program's name first.
    pub arguments: Vec<OsString>,
    /// The time.
    pub clock: Clock,
    /// The user's data folder, where the system tells.
    pub data_folder: Option<PathBuf>,
    /// The language told by environment or settings.
    pub lang: Option<Lang>,
    /// The editor of `baseline edit`.
    pub editor: Option<OsString>,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
    /// The terminal behind standard output, where there is one.
    pub terminal: Option<Terminal>,
    /// Whether standard error is a terminal: progress is shown only there.
    pub progress: bool,
}

/// Runs one command and returns the exit code.
#[must_use]
pub fn run(mut around: Surroundings<'_>) -> u8 {
    let lang = language_of(&around.arguments).or(around.lang).unwrap_or_default();
    let command = words::localise(grammar::Cli::command(), lang);
    let parsed = command.clone().try_get_matches_from(&around.arguments);
    let cli = parsed.and_then(|matches| grammar::Cli::from_arg_matches(&matches));
    match cli {
        Err(error) => usage::answer(&error, lang, &mut around),
        Ok(cli) => {
            let json = cli.global.format.is_some_and(|format| format != grammar::Format::Table);
            match commands::run(cli, lang, &command, &mut around) {
                Ok(code) => code,
                Err(failure) => tell(&failure, lang, json, around.err),
            }
        }
    }
}

/// Tells a failure on standard error and returns its exit code.
fn tell(failure: &Failure, lang: Lang, json: bool, err: &mut dyn Write) -> u8 {
    let line = if json {
        let (reason, next) = (failure.reason.say(lang), failure.next.say(lang));
        serde_json::json!({ "error": { "kind": failure.kind.id(), "reason": reason, "next": next } }).to_string()
    } else {
        crate::i18n::safe(&failure.say(lang), true).into_owned()
    };
    // Where standard error is gone, the exit code still tells.
    let _ = writeln!(err, "{line}");
    failure.kind.exit_code()
}

/// The language named with `--lang`, looked up before anything is parsed: errors of parsing are told in it too.
fn language_of(arguments: &[OsString]) -> Option<Lang> {
    let words = |at: usize| arguments.get(at).and_then(|words| words.to_str());
    (1..arguments.len()).find_map(|at| {
        let value = match words(at)? {
            "--lang" => words(at + 1),
            other => other.strip_prefix("--lang="),
        };
        value.and_then(language)
    })
}

/// A language by its name.
#[must_use]
pub fn language(words: &str) -> Option<Lang> {
    match words.trim().to_ascii_lowercase().as_str() {
        "zh" | "zh-cn" | "zh_cn" | "中文" => Some(Lang::Zh),
        "en" | "english" => Some(Lang::En),
        _ => None,
    }
}
