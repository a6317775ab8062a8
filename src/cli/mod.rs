//! The command line: a grammar, its words, and thin calls of the services.
//!
//! Data goes to standard output, talk to standard error. Nothing here decides a rule: what a command may do is decided
//! by the service that it calls.

mod commands;
mod findings;
mod grammar;
mod man;
mod out;
mod table;
mod underline;
mod usage;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches};

use crate::i18n::{Failure, Lang};
use crate::service::{Clock, Register, Result};
use crate::settings::Settings;
use crate::tui::keymap::Keymap;

pub use out::Terminal;

/// Opens a register, on the thread that will own it.
pub type Opener = Box<dyn FnOnce() -> Result<Register> + Send>;

/// Opens the interface on a register and stays until it is left; returns the exit code.
pub type Interface<'a> = &'a dyn Fn(Opener, Lang, Arc<Keymap>) -> Result<u8>;

/// What the process was given by its surroundings; only `main` looks at them.
pub struct Surroundings<'a> {
    /// The command line, the program's name first.
    pub arguments: Vec<OsString>,
    /// The time.
    pub clock: Clock,
    /// The user's data folder, where the system tells.
    pub data_folder: Option<PathBuf>,
    /// The settings file of the user, where the system tells; it may be absent.
    pub settings_file: Option<PathBuf>,
    /// The language told by the environment.
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
    /// The interface; `None` where standard input or output is no terminal.
    pub interface: Option<Interface<'a>>,
}

/// Runs one command and returns the exit code.
#[must_use]
pub fn run(mut around: Surroundings<'_>) -> u8 {
    around.arguments = around.arguments.into_iter().map(negation).collect();
    let json = usage::wants_json(&around.arguments);
    let told = language_of(&around.arguments).or(around.lang);
    let (lang, done) = match settings(&around) {
        Err(failure) => (told.unwrap_or_default(), Err(failure)),
        Ok(settings) => {
            let lang = told.or(settings.lang).unwrap_or_default();
            (lang, parse_and_run(lang, settings, &mut around))
        }
    };
    // What could not be written out is a failure of the command, even where everything else went well.
    let done = done.and_then(|code| around.out.flush().map(|()| code).map_err(out::broken));
    match done {
        Ok(code) => code,
        // A pipe that was closed early has nobody left to be told.
        Err(failure) if out::nobody_listens(&failure) => 0,
        Err(failure) => tell(&failure, lang, json, around.err),
    }
}

fn parse_and_run(lang: Lang, settings: Settings, around: &mut Surroundings<'_>) -> Result<u8> {
    let command = words::localise(grammar::Cli::command(), lang);
    let parsed = command.clone().try_get_matches_from(&around.arguments);
    match parsed.and_then(|matches| grammar::Cli::from_arg_matches(&matches)) {
        Err(error) => usage::answer(&error, lang, &command, around),
        Ok(cli) => commands::run(cli, lang, settings, &command, around),
    }
}

/// Tells a failure on standard error and returns its exit code.
fn tell(failure: &Failure, lang: Lang, json: bool, err: &mut dyn Write) -> u8 {
    let line = if json {
        let (reason, next) = (failure.reason.say(lang), failure.next.say(lang));
        let mut error = serde_json::json!({ "kind": failure.kind.id(), "reason": reason, "next": next });
        if let (Some(obstacles), Some(object)) = (&failure.obstacles, error.as_object_mut()) {
            let findings = obstacles.iter().map(|obstacle| findings::obstacle_json(obstacle, lang)).collect();
            object.insert("findings".to_owned(), findings);
        }
        out::plain_json(&serde_json::json!({ "error": error }).to_string()).into_owned()
    } else {
        crate::i18n::safe(&failure.in_lines(lang), true).into_owned()
    };
    // Where standard error is gone, the exit code still tells.
    let _ = writeln!(err, "{line}");
    failure.kind.exit_code()
}

/// A negated condition of a filter (`-kind:penalty`) looks like an option: it is handed on as «not kind:penalty».
fn negation(argument: OsString) -> OsString {
    let condition = argument.to_str().and_then(|words| words.strip_prefix('-')).filter(|rest| {
        let field = rest.split([':', '：', '=', '＝', '<', '＜', '>', '＞', '!']).next().unwrap_or_default();
        field.len() > 1 && field.len() < rest.len() && field.chars().all(|c| c.is_alphabetic() || c == '_')
    });
    condition.map_or_else(|| argument.clone(), |condition| format!("not {condition}").into())
}

/// The settings: of the file named with `--config`, which must exist, else of the user's own.
fn settings(around: &Surroundings<'_>) -> Result<Settings> {
    match (value_of(&around.arguments, "--config"), &around.settings_file) {
        (Some(path), _) => Settings::read(Path::new(path), true),
        (None, Some(path)) => Settings::read(path, false),
        (None, None) => Ok(Settings::default()),
    }
}

/// The language named with `--lang`, looked up before anything is parsed: errors of parsing are told in it too.
fn language_of(arguments: &[OsString]) -> Option<Lang> {
    value_of(arguments, "--lang").and_then(language)
}

/// The value of an option, before anything is parsed.
fn value_of<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let words = |at: usize| arguments.get(at).and_then(|words| words.to_str());
    (1..arguments.len()).find_map(|at| match words(at)? {
        word if word == option => words(at + 1),
        other => other.strip_prefix(option)?.strip_prefix('='),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negated_condition_is_no_option() {
        for (argument, handed_on) in [
            ("-kind:penalty", "not kind:penalty"),
            ("-种类：处罚", "not 种类：处罚"),
            ("-days_late>=10", "not days_late>=10"),
            ("--db=a:b", "--db=a:b"),
            ("-q", "-q"),
            ("-due,code", "-due,code"),
            ("-", "-"),
            ("a:b", "a:b"),
        ] {
            assert_eq!(negation(argument.into()), OsString::from(handed_on));
        }
    }
}
