//! Setting up a register, the made-up city, backups, care.

use super::super::grammar::{Backup, Demo, Init, Restore};
use super::super::out::Desk;
use crate::i18n::Failure;
use crate::service::{NewRegister, Register, Result};
use crate::words;

pub(super) fn init(desk: &mut Desk<'_, '_>, args: Init) -> Result<u8> {
    let place = desk.place()?;
    let plan = args.plan.as_deref().map(crate::service::read_text).transpose()?;
    let city = match args.city {
        Some(city) => city,
        None => ask(desk, &words!("城市名称（如 云泽市）：", "Name of the city: "))?,
    };
    let new = NewRegister { city, year: args.year.unwrap_or(2023), plan, rehearsal: args.rehearsal };
    let register = Register::init(&place, desk.clock.clone(), "command line", &new)?;
    let city = &register.facts().city;
    desk.talk(&words!("已建立{city}的登记库：{}。", "Made the register of {city}: {}.", place.display()));
    desk.talk(&words!(
        "下一步：cailiang agency import 机关名单.csv，再 cailiang import 已有的基准表.xlsx。",
        "Next: cailiang agency import LIST.csv, then cailiang import TABLE.xlsx."
    ));
    Ok(0)
}

/// Asks a question on a terminal; a script that cannot answer is told to use the option.
fn ask(desk: &mut Desk<'_, '_>, question: &crate::i18n::Words) -> Result<String> {
    use std::io::IsTerminal;
    let missing = || {
        Failure::usage(
            words!("要写城市名称。", "A register needs the name of its city."),
            words!("例如 --city 云泽市。", "For example --city 云泽市."),
        )
    };
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    let lang = desk.lang;
    // The question goes to the terminal; an answer that never comes is an empty name, told by the service.
    let _ = write!(desk.err, "{}", question.say(lang)).and_then(|()| desk.err.flush());
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|_| missing())?;
    Ok(answer.trim().to_owned())
}

/// The made-up city. Nothing else on the machine is touched.
pub(super) fn demo(desk: &mut Desk<'_, '_>, args: Demo) -> Result<u8> {
    let clock = desk.clock.clone();
    match (args.items, args.out) {
        (None, None) => super::questions::overview(desk, &Register::demo(None, &clock)?),
        (None, Some(path)) => {
            Register::demo(Some(&path), &clock)?;
            desk.talk(&words!("虚构的城市已存到 {}。", "The made-up city was kept in {}.", path.display()));
            Ok(0)
        }
        (Some(_), None) => Err(Failure::usage(
            words!("要写明存到哪个文件。", "Name the file to keep it in."),
            words!("请用 --out 指明。", "Give it with --out."),
        )),
        (Some(items), Some(path)) => {
            let bar = desk.progress_bar(items);
            Register::demo_of_size(&path, &clock, items, |count| bar.set_position(count))?;
            bar.finish_and_clear();
            desk.talk(&words!("{items} 个事项已存到 {}。", "{items} items were kept in {}.", path.display()));
            Ok(0)
        }
    }
}
pub(super) fn backup(_desk: &mut Desk<'_, '_>, _args: Backup) -> Result<u8> {
    todo!()
}
pub(super) fn restore(_desk: &mut Desk<'_, '_>, _args: &Restore) -> Result<u8> {
    todo!()
}
pub(super) fn doctor(_desk: &mut Desk<'_, '_>) -> Result<u8> {
    todo!()
}
