//! Errors of the grammar in words of both languages: clap's own are English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Surroundings;
use super::out::broken;
use crate::i18n::{Failure, Lang, Words};
use crate::words;

/// Prints help or version, or tells what is wrong with the command line.
pub(super) fn answer(
    error: &clap::Error,
    lang: Lang,
    grammar: &clap::Command,
    around: &mut Surroundings<'_>,
) -> Result<u8, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(around.out, "{}", in_words(&error.render().to_string(), lang)).map_err(broken)?;
            Ok(0)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Err(subcommand_missing(grammar, &around.arguments))
        }
        _ => Err(failure(error)),
    }
}

/// Whether an error is wanted as JSON, told from a command line that could not be read.
pub(super) fn wants_json(arguments: &[std::ffi::OsString]) -> bool {
    let words: Vec<_> = arguments.iter().filter_map(|words| words.to_str()).collect();
    let machine = |format: &str| matches!(format, "json" | "jsonl" | "csv");
    words.windows(2).any(|pair| matches!(pair, ["--format", format] if machine(format)))
        || words.iter().any(|word| word.strip_prefix("--format=").is_some_and(machine))
}

/// The grammar writes one word in English, whatever the language.
pub(super) fn in_words(help: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => help.replace("[OPTIONS]", "[选项]"),
        Lang::En => help.to_owned(),
    }
}

/// A group of commands was named without one of them.
fn subcommand_missing(grammar: &clap::Command, arguments: &[std::ffi::OsString]) -> Failure {
    let named = |command: &clap::Command| {
        arguments.iter().filter_map(|word| word.to_str()).any(|word| word == command.get_name())
    };
    let Some(group) = grammar.get_subcommands().find(|command| command.has_subcommands() && named(command)) else {
        return Failure::usage(words!("缺少命令。", "A command is missing."), help_shows_usage());
    };
    let name = group.get_name();
    let list: Vec<&str> = group.get_subcommands().map(clap::Command::get_name).collect();
    let (zh, en) = (list.join("、"), list.join(", "));
    Failure::usage(words!("{name} 后面缺命令。", "{name} takes a command."), words!("可以写：{zh}。", "One of: {en}."))
}

fn help_shows_usage() -> Words {
    words!("加 --help 看用法。", "--help shows the usage.")
}

fn failure(error: &clap::Error) -> Failure {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(words)) => words.clone(),
        Some(ContextValue::Strings(words)) => words.join(" "),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    // Of several suggestions the last is the nearest.
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| match error.get(kind) {
            Some(ContextValue::String(words)) => Some(words.clone()),
            Some(ContextValue::Strings(words)) => words.last().cloned(),
            _ => None,
        })
        .unwrap_or_default();
    let reason = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = context(ContextKind::InvalidSubcommand);
            words!("没有命令「{word}」。", "There is no command \"{word}\".")
        }
        ErrorKind::UnknownArgument => words!("不认识的选项「{argument}」。", "Unknown option \"{argument}\"."),
        ErrorKind::MissingRequiredArgument => words!("缺少 {argument}。", "{argument} is missing."),
        ErrorKind::InvalidValue if value.is_empty() => words!("{argument} 后面缺值。", "{argument} takes a value."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words!("{argument} 的值「{value}」不对。", "\"{value}\" will not do for {argument}.")
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            words!("{argument} 不能和 {other} 一起用。", "{argument} cannot be used with {other}.")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            words!("{argument} 的值的个数不对。", "{argument} takes another number of values.")
        }
        _ => words!("命令行写得不对。", "The command line cannot be read."),
    };
    let next = if error.kind() == ErrorKind::ValueValidation && is_day(&argument) {
        words!("日期写成 2023-11-01。", "Write a day as 2023-11-01.")
    } else if suggested.is_empty() {
        help_shows_usage()
    } else {
        words!("是不是「{suggested}」？", "Did you mean \"{suggested}\"?")
    };
    Failure::usage(reason, next)
}

fn is_day(argument: &str) -> bool {
    ["--date", "--today", "--as-of", "--known-on", "--from", "--to", "--promulgated", "--effective", "--amended"]
        .iter()
        .any(|name| argument.starts_with(name))
}

/// A term that a person wrote and that is none of the set.
pub(super) fn no_such_term<T: crate::i18n::Term>(what: crate::i18n::Text, words: &str) -> Failure {
    let list = |say: fn(&T) -> String, comma: &str| T::ALL.iter().map(say).collect::<Vec<_>>().join(comma);
    Failure::usage(
        Words {
            zh: format!("{}没有「{words}」这个值。", what.zh), en: format!("\"{words}\" is no {}.", what.en)
        },
        Words {
            zh: format!("可以写：{}。", list(|term| format!("{}（{}）", term.label().zh, term.id()), "、")),
            en: format!("One of: {}.", list(|term| term.id().to_owned(), ", ")),
        },
    )
}

/// A term that a person wrote.
pub(super) fn term<T: crate::i18n::Term>(what: crate::i18n::Text, words: &str) -> Result<T, Failure> {
    T::from_words(words).ok_or_else(|| no_such_term::<T>(what, words))
}
