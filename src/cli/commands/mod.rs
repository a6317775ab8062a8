//! One file for each group of commands.

mod care;
mod duties;
mod files;
mod items;
mod people;
mod questions;
mod show;

use super::Surroundings;
use super::grammar::{Cli, Command};
use super::out::{Desk, broken};
use crate::i18n::{Failure, FailureKind, Lang};
use crate::service::Result;
use crate::words;

/// Runs one command; the code is 0 unless findings or single refusals make it 1.
pub(super) fn run(cli: Cli, lang: Lang, grammar: &clap::Command, around: &mut Surroundings<'_>) -> Result<u8> {
    refuse_accounts(&cli)?;
    let mut clock = around.clock.clone();
    if let Some(day) = cli.global.today {
        clock.day = day;
        clock.told = true;
    }
    let mut desk = Desk {
        global: cli.global,
        lang,
        clock,
        data_folder: around.data_folder.clone(),
        editor: around.editor.clone(),
        out: around.out,
        err: around.err,
        terminal: around.terminal,
        progress: around.progress,
    };
    let desk = &mut desk;
    let Some(command) = cli.command else { return questions::overview(desk, &desk.open()?) };
    match command {
        Command::Demo(args) => care::demo(desk, args),
        Command::Init(args) => care::init(desk, args),
        Command::Agency(command) => people::agency(desk, command),
        Command::Source(command) => people::source(desk, command),
        Command::Training(command) => people::training(desk, command),
        Command::Item(command) => items::item(desk, command),
        Command::Baseline(command) => items::baseline(desk, command),
        Command::Step(command) => items::step(desk, command),
        Command::Batch(command) => items::batch(desk, command),
        Command::Event(command) => duties::event(desk, command),
        Command::Duty(command) => duties::duty(desk, command),
        Command::Plan(command) => duties::plan(desk, command),
        Command::Import(args) => files::import(desk, &args),
        Command::Export(args) => files::export(desk, &args),
        Command::Status(args) => questions::status(desk, &args),
        Command::Overdue(args) => questions::overdue(desk, &args),
        Command::List(args) => questions::list(desk, &args),
        Command::Find(args) => questions::find(desk, &args),
        Command::Show(args) => show::show(desk, &args),
        Command::Backup(args) => care::backup(desk, args),
        Command::Restore(args) => care::restore(desk, &args),
        Command::Doctor(args) => care::doctor(desk, &args),
        Command::Completions(args) => {
            let mut grammar = grammar.clone();
            clap_complete::generate(args.shell, &mut grammar, "cailiang", &mut desk.out);
            Ok(0)
        }
        Command::Man => {
            clap_mangen::Man::new(grammar.clone()).render(&mut desk.out).map_err(broken)?;
            Ok(0)
        }
    }
}

/// Until accounts are set up there is one, `local`.
fn refuse_accounts(cli: &Cli) -> Result<()> {
    match cli.global.account.as_deref() {
        None | Some("local") => Ok(()),
        Some(account) => Err(Failure::new(
            FailureKind::Right,
            words!("没有账户「{account}」。", "There is no account \"{account}\"."),
            words!("现在只有 local 一个账户，可以不写 --as。", "There is one account, local: leave --as out."),
        )),
    }
}
