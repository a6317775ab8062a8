//! The manual page: every command of the grammar with its words, in one page.

use std::io::{self, Write};

use clap::{Arg, Command};
use clap_mangen::roff::{Inline, Roff, bold, roman};

use super::usage::in_words;
use crate::i18n::{Lang, Text};

const NAME: Text = Text::new("名称", "NAME");
const SYNOPSIS: Text = Text::new("用法", "SYNOPSIS");
const OPTIONS: Text = Text::new("通用选项", "GLOBAL OPTIONS");
const COMMANDS: Text = Text::new("命令", "COMMANDS");
const EXIT: Text = Text::new("退出码", "EXIT STATUS");
const CODES: &[(&str, Text)] = &[
    ("0", Text::new("完成", "done")),
    ("1", Text::new("有发现，或因实质原因被拒绝", "findings, or refused for a reason of substance")),
    ("2", Text::new("用法不对，或输入读不懂", "wrong usage or unreadable input")),
    ("3", Text::new("没有权限", "no right")),
    ("4", Text::new("被占用或冲突，可以再试", "busy or conflict: try again")),
    ("5", Text::new("程序内部出错，或文件损坏", "internal error or damaged file")),
];

/// Writes the page.
pub(super) fn write(grammar: &Command, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut grammar = grammar.clone();
    grammar.build();
    let mut page = Roff::new();
    page.control("TH", ["CAILIANG", "1", "", concat!("cailiang ", env!("CARGO_PKG_VERSION"))]);
    page.control("SH", [NAME.say(lang)]);
    page.text([roman(format!("cailiang - {}", about(&grammar)))]);
    page.control("SH", [SYNOPSIS.say(lang)]);
    page.text([bold(usage(&mut grammar, lang))]);
    page.control("SH", [OPTIONS.say(lang)]);
    grammar.get_arguments().for_each(|arg| option(&mut page, arg));
    page.control("SH", [COMMANDS.say(lang)]);
    for command in grammar.get_subcommands_mut() {
        describe(&mut page, command, lang);
    }
    page.control("SH", [EXIT.say(lang)]);
    for (code, text) in CODES {
        term(&mut page, vec![bold(*code)], text.say(lang));
    }
    page.to_writer(out)
}

/// A command with its own options, then the commands below it.
fn describe(page: &mut Roff, command: &mut Command, lang: Lang) {
    if !command.has_subcommands() {
        page.control("SS", [usage(command, lang).as_str()]);
        page.text([roman(about(command))]);
        command.get_arguments().filter(|arg| !arg.is_global_set()).for_each(|arg| option(page, arg));
    }
    for below in command.get_subcommands_mut() {
        describe(page, below, lang);
    }
}

fn option(page: &mut Roff, arg: &Arg) {
    let Some(help) = arg.get_help() else { return };
    let short = arg.get_short().map(|letter| format!("-{letter}, ")).unwrap_or_default();
    term(page, vec![bold(format!("{short}{arg}"))], &help.to_string());
}

fn term(page: &mut Roff, name: Vec<Inline>, words: &str) {
    page.control("TP", []);
    page.text(name);
    page.text([roman(words)]);
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// The line of usage without its heading.
fn usage(command: &mut Command, lang: Lang) -> String {
    let usage = command.render_usage().to_string();
    in_words(usage.trim_start_matches("Usage:").trim(), lang)
}
