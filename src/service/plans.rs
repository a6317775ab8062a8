//! The plans of a register by year, with the calendar they count by; and what is said of files that hold them.

use super::{Agencies, Register, Result};
use crate::domain::calendar::{Calendar, CalendarError};
use crate::domain::label::Term;
use crate::domain::plan::{Plan, PlanError, Schedule};
use crate::domain::toml_error::{Expected, TomlError, TomlProblem};
use crate::i18n::{Failure, Words};
use crate::words;

/// The plans of the register with the calendar they count by.
#[derive(Debug)]
pub struct Plans {
    all: Vec<Plan>,
    current: i32,
    calendar: Calendar,
}

impl Plans {
    /// The plans by year.
    #[must_use]
    pub fn all(&self) -> &[Plan] {
        &self.all
    }

    /// The plan in hand.
    pub fn current(&self) -> Result<&Plan> {
        self.of_year(self.current)
    }

    /// The plan of a year.
    pub fn of_year(&self, year: i32) -> Result<&Plan> {
        self.all.iter().find(|plan| plan.year == year).ok_or_else(|| {
            Failure::refused(
                words!("没有 {year} 年的计划。", "There is no plan of {year}."),
                words!(
                    "用 cailiang plan new {year} 生成，或用 plan load 读入。",
                    "Make it with cailiang plan new {year}, or read it with plan load."
                ),
            )
        })
    }

    /// The largest lead in days: from there a duty is due soon.
    #[must_use]
    pub fn lead(&self) -> u32 {
        self.current().ok().and_then(|plan| plan.leads.first().copied()).unwrap_or(14)
    }

    /// The calendar.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// These plans with one more, or with another of its year.
    pub(super) fn with(mut self, plan: Plan, current: i32) -> Self {
        self.all.retain(|other| other.year != plan.year);
        self.all.push(plan);
        self.all.sort_by_key(|plan| plan.year);
        self.current = current;
        self
    }

    pub(super) fn schedule<'a>(&'a self, plan: &'a Plan, tree: &'a Agencies) -> Schedule<'a> {
        Schedule { plan, calendar: &self.calendar, agencies: tree.all() }
    }
}

impl Register {
    /// The plans, read anew.
    pub fn plans(&self) -> Result<Plans> {
        let parse = |(_, text): (i32, String)| Plan::parse(&text).map_err(plan_failure);
        let all = self.store.plans()?.into_iter().map(parse).collect::<Result<_>>()?;
        let mut calendar = Calendar::built_in();
        for (_, text) in self.store.rest_days()? {
            calendar.load(Calendar::parse(&text).map_err(calendar_failure)?);
        }
        Ok(Plans { all, current: self.facts.plan_year, calendar })
    }
}

/// Says why a plan was refused.
pub(super) fn plan_failure(error: PlanError) -> Failure {
    let reason = match error {
        PlanError::Unreadable(error) => toml_words(&error),
        PlanError::BadYear(year) => words!("年份 {year} 不对。", "The year {year} will not do."),
        PlanError::BadLeads => words!("leads 要写 1 到 366 之间的天数。", "leads takes days from 1 to 366."),
        PlanError::RuleTwice(rule) => words!("任务 {} 写了两次。", "The duty {} stands twice.", rule.id()),
        PlanError::WhoDoesNotFit { rule, who } => {
            let (rule, who) = (rule.id(), who.id());
            words!("任务 {rule} 不能交给 {who}。", "The duty {rule} cannot be laid on {who}.")
        }
        PlanError::DueDoesNotFit(rule) => {
            words!(
                "任务 {} 由事件起算，不能写固定日期。",
                "The duty {} starts with an event: it takes no fixed day.",
                rule.id()
            )
        }
    };
    Failure::usage(reason.before("计划文件：", "Plan file: "), words!("请改好后重试。", "Mend it and try again."))
}

/// Says why a table of rest days was refused.
pub(super) fn calendar_failure(error: CalendarError) -> Failure {
    let reason = match error {
        CalendarError::Unreadable(error) => toml_words(&error),
        CalendarError::YearTwice(year) => words!("{year} 年写了两次。", "The year {year} stands twice."),
        CalendarError::BadYear(year) => words!("年份 {year} 不对。", "The year {year} will not do."),
        CalendarError::Backwards { year, name } => {
            words!("{year} 年的「{name}」结束早于开始。", "\"{name}\" of {year} ends before it begins.")
        }
        CalendarError::WorkedAnyway(day) => {
            words!("{day} 本来就是工作日，不用写成调休上班。", "{day} is a working day anyway: no make-up day.")
        }
        CalendarError::Twice(day) => words!("{day} 写了两次。", "{day} stands twice."),
    };
    Failure::usage(reason.before("节假日文件：", "Rest days: "), words!("请改好后重试。", "Mend it and try again."))
}

fn toml_words(error: &TomlError) -> Words {
    let line = error.line;
    match &error.problem {
        TomlProblem::UnknownKey(key) => words!("第 {line} 行：不认识的键 {key}。", "line {line}: unknown key {key}."),
        TomlProblem::MissingKey(key) => words!("第 {line} 行：缺少 {key}。", "line {line}: {key} is missing."),
        TomlProblem::UnknownTerm(word) => {
            words!("第 {line} 行：「{word}」不是可用的值。", "line {line}: \"{word}\" may not stand there.")
        }
        TomlProblem::Expected(form) => {
            let form = match form {
                Expected::Date => "YYYY-MM-DD",
                Expected::MonthDay => "MM-DD",
                Expected::Due => "MM-DD, one_month, without_delay, any_time",
            };
            words!("第 {line} 行：应写成 {form}。", "line {line}: write {form}.")
        }
        TomlProblem::Other(why) => Words {
            // The parser speaks English only.
            zh: format!("第 {line} 行：写法不合 TOML，或者值的类型不对。"),
            en: format!("line {line}: {why}."),
        },
    }
}
