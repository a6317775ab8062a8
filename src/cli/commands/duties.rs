//! Duties, plans, events.

use super::super::grammar::{Duties, DutyCommand, EventCommand, PlanCommand};
use super::super::out::{Desk, broken};
use super::super::table::{Cell, Column, column};
use super::items::chosen;
use super::many::{self, Did, Target};
use super::questions;
use crate::domain::ids::{DutyId, EventId};
use crate::i18n::{Failure, Text};
use crate::service::{EventForm, Question, Register, Result, Window, event_form, parse_filter};
use crate::words;

pub(super) fn duty(desk: &mut Desk<'_, '_>, command: DutyCommand) -> Result<u8> {
    match command {
        DutyCommand::List { filter, at } => questions::duties(desk, &filter, &at),
        DutyCommand::Extend { duty, many, to, reason } => {
            let verb = Text::new("延期", "extend");
            each(desk, &duty, &many, verb, |register, id| register.extend_duty(id, to, &reason).map(drop))
        }
        DutyCommand::Waive { duty, many, reason } => {
            let verb = Text::new("免除", "waive");
            each(desk, &duty, &many, verb, |register, id| register.waive_duty(id, &reason).map(drop))
        }
        DutyCommand::Close { duty, many, date, reason } => {
            let verb = Text::new("办结", "close");
            each(desk, &duty, &many, verb, |register, id| register.close_duty(id, date, &reason).map(drop))
        }
        DutyCommand::Receive { agency, form, year, date, note } => {
            let name = desk.open()?.record_received(&agency, &form, year, date, &note)?;
            desk.talk(&words!("已登记收到{name}的报告。", "Recorded a report of {name}."));
            Ok(0)
        }
    }
}

/// Does one thing to each of the duties.
fn each(
    desk: &mut Desk<'_, '_>,
    named: &[i64],
    many_duties: &Duties,
    verb: Text,
    mut work: impl FnMut(&mut Register, DutyId) -> Result<()>,
) -> Result<u8> {
    let mut register = desk.open()?;
    let mut chosen: Vec<DutyId> = named.iter().copied().map(DutyId).collect();
    if let Some(filter) = &many_duties.filter {
        let window = Window::of(parse_filter(filter)?);
        register.each_duty(&window, Question::default(), |line| {
            if line.standing.is_open() && !chosen.contains(&line.id) {
                chosen.push(line.id);
            }
            Ok(())
        })?;
    } else if chosen.is_empty() {
        return Err(Failure::usage(
            words!("没有写明哪些任务。", "No duties were named."),
            words!("写编号，或用 --where 给出条件。", "Name them by number, or give a filter with --where."),
        ));
    }
    let target = |id: &DutyId| Target { id: id.0, code: None, name: words!("任务 {id}", "duty {id}") };
    let targets = chosen.iter().map(target).collect();
    many::each(desk, &mut register, targets, verb, many_duties.dry_run, |register, id| {
        work(register, DutyId(id)).map(|()| Did::default())
    })
}

pub(super) fn plan(desk: &mut Desk<'_, '_>, command: PlanCommand) -> Result<u8> {
    let mut register = desk.open()?;
    match command {
        PlanCommand::Show { year } => {
            let plans = register.plans()?;
            let plan = match year {
                Some(year) => plans.of_year(year)?,
                None => plans.current()?,
            };
            desk.out.write_all(plan.to_toml().as_bytes()).map_err(broken)?;
        }
        PlanCommand::New { year } => {
            let year = year.unwrap_or(register.facts().plan_year + 1);
            let added = register.new_plan(year)?;
            desk.talk(&words!(
                "已生成 {year} 年计划，新增 {added} 项任务。",
                "Made the plan of {year}; {added} duties were added."
            ));
            unknown_years(desk, &register)?;
        }
        PlanCommand::Load { file } => {
            let added = register.load_plan(&crate::service::read_text(&file)?)?;
            desk.talk(&words!(
                "已读入计划，新增 {added} 项任务。",
                "The plan was taken in; {added} duties were added."
            ));
            unknown_years(desk, &register)?;
        }
        PlanCommand::RestDays { file } => {
            let years = register.load_rest_days(&crate::service::read_text(&file)?)?;
            let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
            desk.talk(&words!("已读入 {years} 年的节假日。", "Rest days of {years} were taken in."));
        }
    }
    Ok(0)
}

pub(super) fn event(desk: &mut Desk<'_, '_>, command: EventCommand) -> Result<u8> {
    const EVENTS: &[Column] = &[
        column("id", "编号", "id"),
        column("form", "事件", "event"),
        column("source", "法源", "source"),
        column("articles", "条文", "articles"),
        column("date", "日期", "date"),
        column("affected", "涉及事项", "affected"),
        column("note", "说明", "note"),
    ];
    const AFFECTED: &[Column] = &[
        column("item", "编号", "item"),
        column("code", "编码", "code"),
        column("agency", "机关", "agency"),
        column("title", "名称", "title"),
        column("clause", "条款", "clause"),
        column("stage", "阶段", "stage"),
    ];
    let mut register = desk.open()?;
    match command {
        EventCommand::Register(args) => {
            let form = EventForm {
                form: args.form,
                source: args.source,
                articles: args.articles,
                on: args.date,
                note: args.note,
            };
            let id = register.register_event(&form)?;
            let affected = register.find_event(id)?.affected.len();
            desk.talk(&words!(
                "已登记事件 {id}，涉及 {affected} 个事项；用 event affected {id} 查看，event confirm {id} 确认。",
                "Registered event {id}, which strikes {affected} items; see event affected {id}, then event confirm {id}."
            ));
        }
        EventCommand::Affected { event } => {
            let view = register.find_event(EventId(event))?;
            let mut rows = Vec::new();
            for id in view.affected {
                let line = register.show_item(id)?.line;
                rows.push(vec![
                    Cell::Number(id.0),
                    Cell::Text(line.code),
                    Cell::Text(register.agencies().name(line.agency)),
                    Cell::Text(line.title),
                    Cell::Text(line.clause),
                    Cell::term(line.stage),
                ]);
            }
            desk.list(AFFECTED, rows)?;
        }
        EventCommand::Confirm { event, items } => {
            let all = items.named.is_empty() && items.filter.is_none();
            let view = register.find_event(EventId(event))?;
            let chosen = if all { view.affected } else { chosen(&register, &items)? };
            if items.dry_run {
                register.try_only();
            }
            let opened = register.confirm_event(EventId(event), &chosen)?;
            desk.talk(&if items.dry_run {
                words!("将为 {opened} 个事项起算。", "A clock would start for {opened} items.")
            } else {
                words!("已为 {opened} 个事项起算一个月。", "One month started for {opened} items.")
            });
            unknown_years(desk, &register)?;
        }
        EventCommand::List => {
            let rows = register.events()?.into_iter().map(|view| {
                vec![
                    Cell::Number(view.event.id.0),
                    event_cell(&view.event.form),
                    Cell::Text(view.source),
                    Cell::Text(view.event.articles),
                    Cell::Day(view.event.on),
                    Cell::Number(i64::try_from(view.affected.len()).unwrap_or(i64::MAX)),
                    Cell::Text(view.event.note),
                ]
            });
            let rows = rows.collect();
            desk.list(EVENTS, rows)?;
        }
    }
    Ok(0)
}

/// The form of an event as a cell.
fn event_cell(form: &str) -> Cell {
    match event_form(form) {
        Some((id, label)) => Cell::Term(id, label),
        None => Cell::Text(form.to_owned()),
    }
}

/// Years whose rest days are not known are said: their due days could not be moved.
fn unknown_years(desk: &mut Desk<'_, '_>, register: &Register) -> Result<()> {
    let years = register.years_without_rest_days()?;
    if !years.is_empty() {
        let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        desk.talk(&words!(
            "没有装入 {years} 年的节假日：这些年份里落在休息日的到期日没有顺延。用 cailiang plan rest-days 读入。",
            "The rest days of {years} are not loaded: due days of these years were not moved. Load them with cailiang plan rest-days."
        ));
    }
    Ok(())
}
