//! Duties, plans, events.

use super::super::grammar::{Duties, DutyCommand, EventCommand, PlanCommand};
use super::super::out::{Desk, broken};
use super::super::table::{Cell, Column, column};
use super::items::chosen;
use super::questions;
use crate::domain::ids::{DutyId, EventId};
use crate::domain::label::Term;
use crate::i18n::{Failure, Text};
use crate::service::{EventForm, Question, Register, Result, Window, parse_filter};
use crate::words;

pub(super) fn duty(desk: &mut Desk<'_, '_>, command: DutyCommand) -> Result<u8> {
    match command {
        DutyCommand::List { filter, at } => questions::duties(desk, &filter, &at),
        DutyCommand::Extend { duty, many, to, reason } => {
            let verb = Text::new("延期", "extended");
            each(desk, &duty, &many, verb, |register, id| register.extend_duty(id, to, &reason).map(drop))
        }
        DutyCommand::Waive { duty, many, reason } => {
            let verb = Text::new("免除", "waived");
            each(desk, &duty, &many, verb, |register, id| register.waive_duty(id, &reason).map(drop))
        }
        DutyCommand::Close { duty, many, date, reason } => {
            let verb = Text::new("办结", "closed");
            each(desk, &duty, &many, verb, |register, id| register.close_duty(id, date, &reason).map(drop))
        }
        DutyCommand::Receive { agency, form, year, date, note } => {
            let name = desk.open()?.record_received(&agency, &form, year, date, &note)?;
            desk.talk(&words!("已登记收到{name}的报告。", "Recorded a report of {name}."));
            Ok(0)
        }
    }
}

/// Does one thing to each of the duties, one result a line; the code is 1 where one was refused.
fn each(
    desk: &mut Desk<'_, '_>,
    named: &[i64],
    many: &Duties,
    verb: Text,
    mut work: impl FnMut(&mut Register, DutyId) -> Result<()>,
) -> Result<u8> {
    let mut register = desk.open()?;
    let mut chosen: Vec<DutyId> = named.iter().copied().map(DutyId).collect();
    if let Some(filter) = &many.filter {
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
    let (zh, en) = (verb.zh, verb.en);
    let mut refused = 0;
    for id in &chosen {
        if many.dry_run {
            desk.talk(&words!("将{zh}：任务 {id}", "would be {en}: duty {id}"));
            continue;
        }
        match work(&mut register, *id) {
            Ok(()) => desk.talk(&words!("已{zh}：任务 {id}", "{en}: duty {id}")),
            Err(failure) if chosen.len() == 1 => return Err(failure),
            Err(failure) => {
                refused += 1;
                desk.talk(&failure.reason.clone().before(&format!("任务 {id}："), &format!("duty {id}: ")));
            }
        }
    }
    Ok(u8::from(refused > 0))
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
        }
        PlanCommand::Load { file } => {
            let added = register.load_plan(&crate::service::read_text(&file)?)?;
            desk.talk(&words!(
                "已读入计划，新增 {added} 项任务。",
                "The plan was taken in; {added} duties were added."
            ));
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
            let count = chosen.len();
            if items.dry_run {
                desk.talk(&words!("将为 {count} 个事项起算。", "A clock would start for {count} items."));
            } else {
                let opened = register.confirm_event(EventId(event), &chosen)?;
                desk.talk(&words!("已为 {opened} 个事项起算一个月。", "One month started for {opened} items."));
            }
        }
        EventCommand::List => {
            let rows = register.events()?.into_iter().map(|view| {
                vec![
                    Cell::Number(view.event.id.0),
                    Cell::Text(view.event.form),
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

/// The clauses of a duty's rule, as lists show them.
pub(super) fn clauses(rule: crate::domain::duty::DutyRule) -> String {
    rule.clauses().join(", ")
}

/// The label of a rule as a cell.
pub(super) fn rule(rule: crate::domain::duty::DutyRule) -> Cell {
    Cell::Term(rule.id(), rule.label())
}
