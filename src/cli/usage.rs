//! Errors of the grammar in words of both languages: clap's own are English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Surroundings, tell};
use crate::i18n::{Failure, Lang, Words};
use crate::words;

/// Prints help or version, or tells what is wrong with the command line.
pub(super) fn answer(error: &clap::Error, lang: Lang, around: &mut Surroundings<'_>) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = write!(around.out, "{}", error.render());
            0
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = write!(around.err, "{}", error.render());
            2
        }
        _ => {
            let json = around
                .arguments
                .windows(2)
                .any(|pair| pair.first().is_some_and(|w| w == "--format") && pair.last().is_some_and(|w| w != "table"));
            tell(&failure(error), lang, json, around.err)
        }
    }
}

fn failure(error: &clap::Error) -> Failure {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(words)) => words.clone(),
        Some(ContextValue::Strings(words)) => words.join(" "),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|words| !words.is_empty())
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
        words!("加 --help 看用法。", "--help shows the usage.")
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
