//! One file for each group of commands.

mod answers;
mod care;
mod check;
mod duties;
mod edit;
mod explain;
mod files;
mod items;
mod keys;
mod many;
mod mappings;
mod people;
mod questions;
mod read;
mod setting;
mod show;

use std::sync::Arc;

use super::grammar::{Cli, Command, Demo, Format, Global};
use super::out::{Desk, broken};
use super::{Interface, Opener, Surroundings};
use crate::i18n::{Failure, FailureKind, Lang};
use crate::service::{Register, Result};
use crate::settings::Settings;
use crate::tui::keymap::Keymap;
use crate::words;

/// Runs one command; the code is 0 unless findings or single refusals make it 1.
pub(super) fn run(
    mut cli: Cli,
    lang: Lang,
    settings: Settings,
    grammar: &clap::Command,
    around: &mut Surroundings<'_>,
) -> Result<u8> {
    refuse_accounts(&cli)?;
    settle_format(&mut cli)?;
    let mut clock = around.clock.clone();
    if let Some(day) = cli.global.today {
        clock.day = day;
        clock.told = true;
    }
    let mut desk = Desk {
        global: Global { db: cli.global.db.or(settings.db), ..cli.global },
        lang,
        clock,
        data_folder: around.data_folder.clone(),
        keys: settings.keys,
        editor: settings.editor.map(Into::into).or_else(|| around.editor.clone()),
        out: around.out,
        err: around.err,
        terminal: around.terminal,
        progress: around.progress,
    };
    let desk = &mut desk;
    let Some(command) = cli.command else {
        if around.interface.is_none() || desk.global.format.is_some() {
            return questions::overview(desk, &desk.open()?);
        }
        let (place, clock) = (desk.place()?, desk.clock.clone());
        let open = Box::new(move || Register::open(&place, clock, "interface"));
        return open_interface(desk, around.interface, open);
    };
    match command {
        Command::Demo(Demo { items: None, out: None })
            if around.interface.is_some() && desk.global.format.is_none() =>
        {
            let clock = desk.clock.clone();
            open_interface(desk, around.interface, Box::new(move || Register::demo(None, &clock)))
        }
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
        Command::Mapping(command) => mappings::mapping(desk, &command),
        Command::Export(args) => files::export(desk, &args),
        Command::Check(args) => check::check(desk, args),
        Command::Setting(command) => setting::setting(desk, command),
        Command::Read(args) => read::read(desk, args),
        Command::Explain(args) => explain::explain(desk, &args),
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
            // The generator cannot bear a writer that fails.
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut grammar, "cailiang", &mut script);
            desk.out.write_all(&script).map_err(broken)?;
            Ok(0)
        }
        Command::Keys => keys::keys(desk),
        Command::Man => {
            super::man::write(grammar, desk.lang, &mut desk.out).map_err(broken)?;
            Ok(0)
        }
    }
}

/// Opens the interface on a register.
fn open_interface(desk: &Desk<'_, '_>, interface: Option<Interface<'_>>, open: Opener) -> Result<u8> {
    let Some(interface) = interface else { return Ok(0) };
    let keys = Keymap::new(&desk.keys)?;
    interface(open, desk.lang, Arc::new(keys))
}

/// A text for people is, of a list, its table; SARIF is a form of findings, not of lists.
fn settle_format(cli: &mut Cli) -> Result<()> {
    if cli.global.format == Some(Format::Text) {
        cli.global.format = Some(Format::Table);
    }
    let checks = matches!(cli.command, Some(Command::Check(_)));
    if cli.global.format == Some(Format::Sarif) && !checks {
        return Err(Failure::usage(
            words!("只有 check 命令能输出 sarif。", "Only the command check writes sarif."),
            words!("请用 --format json。", "Use --format json."),
        ));
    }
    Ok(())
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
