//! Setting up a register, the made-up city, backups, care.

use chrono::Datelike as _;

use super::super::grammar::{Backup, Demo, Doctor, Init, Restore};
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use crate::i18n::Failure;
use crate::service::{Health, NewRegister, Present, Register, Result};
use crate::words;

pub(super) fn init(desk: &mut Desk<'_, '_>, args: Init) -> Result<u8> {
    let place = desk.place()?;
    let plan = args.plan.as_deref().map(crate::service::read_text).transpose()?;
    let city = match args.city {
        Some(city) => city,
        None => ask(desk, &words!("城市名称（如 云泽市）：", "Name of the city: "))?,
    };
    let is_told = args.year.is_some() || plan.is_some();
    let new = NewRegister { city, year: args.year, plan, rehearsal: args.rehearsal };
    let register = Register::init(&place, desk.clock.clone(), "command line", &new)?;
    let city = &register.facts().city;
    desk.talk(&words!("已建立{city}的登记库：{}。", "Made the register of {city}: {}.", place.display()));
    let (present, year) = (desk.clock.day.year(), register.facts().plan_year);
    if !is_told && present > year {
        desk.talk(&words!(
            "期限按 {year} 年计划计算；要用以后的年度，请用 --year 重新建库，如 --year {present}。",
            "Deadlines follow the plan of {year}; for a later one make the register again with --year, as in --year {present}."
        ));
    }
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
pub(super) fn backup(desk: &mut Desk<'_, '_>, args: Backup) -> Result<u8> {
    let register = desk.open()?;
    let place = args.file.unwrap_or_else(|| register.backup_place());
    let made = register.backup(&place)?;
    let (bytes, count, head) = (made.bytes, made.head.count, &made.head.hash);
    desk.talk(&words!(
        "已备份到 {}（{bytes} 字节），并已打开核对。",
        "Made the backup {} ({bytes} bytes) and verified it by opening.",
        place.display()
    ));
    desk.say(&words!("留痕 {count} 条，末条 {head}", "Trail: {count} entries, head {head}"))?;
    Ok(0)
}

pub(super) fn restore(desk: &mut Desk<'_, '_>, args: &Restore) -> Result<u8> {
    let place = desk.place()?;
    let present = if args.force { Present::KeepAside } else { Present::Refuse };
    let restored = Register::restore(&args.file, &place, present, &desk.clock)?;
    let count = restored.head.count;
    desk.talk(&words!(
        "已从 {} 恢复，留痕 {count} 条。",
        "Restored from {}; the trail has {count} entries.",
        args.file.display()
    ));
    if let Some(kept) = restored.kept {
        desk.talk(&words!("原来的登记库存为 {}。", "The register that stood there is kept as {}.", kept.display()));
    }
    Ok(0)
}

/// Looks whether the register is sound; the code is 1 where something is not.
pub(super) fn doctor(desk: &mut Desk<'_, '_>, args: &Doctor) -> Result<u8> {
    const CHECKUPS: &[Column] = &[
        column("id", "检查", "check"),
        column("label", "内容", "about"),
        column("health", "结果", "result"),
        column("found", "发现", "found"),
        column("next", "下一步", "next step"),
    ];
    let place = desk.place()?;
    if args.rebuild {
        desk.open()?.rebuild_derived()?;
        desk.talk(&words!("计数和搜索索引已重建。", "The counts and the search index were made anew."));
    }
    let checkups = crate::service::doctor(&place);
    let sick = checkups.iter().any(|checkup| checkup.health == Health::Failed);
    let lang = desk.lang;
    let rows = checkups.into_iter().map(|checkup| {
        vec![
            Cell::Text(checkup.id.to_owned()),
            Cell::Text(checkup.label.say(lang).to_owned()),
            Cell::term(checkup.health),
            Cell::Text(checkup.found.iter().map(|words| words.say(lang)).collect::<Vec<_>>().join(" ")),
            Cell::Text(checkup.next.say(lang).to_owned()),
        ]
    });
    let rows = rows.collect();
    desk.list(CHECKUPS, rows)?;
    Ok(u8::from(sick))
}
