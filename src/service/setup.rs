//! Setting up a register, and taking in the plans and rest days of further years.

use std::collections::HashSet;
use std::path::Path;

use serde_json::json;

use super::duties;
use super::plans::{Plans, calendar_failure, plan_failure};
use super::{Agencies, Clock, Register, Result};
use crate::domain::agency::{Agency, AgencyForm, Level};
use crate::domain::calendar::Calendar;
use crate::domain::duty::{Closing, DutyKey};
use crate::domain::ids::{AgencyId, ItemId};
use crate::domain::plan::{ItemFacts, Plan};
use crate::i18n::Failure;
use crate::store::{Done, Entry, RegisterFacts, Store, Write};
use crate::words;

/// How many items are looked at in one go when a plan is drawn for all.
const PAGE: usize = 5_000;

/// What a new register starts with.
#[derive(Debug, Clone)]
pub struct NewRegister {
    /// Name of the city: 云泽市.
    pub city: String,
    /// Year of the plan: that of the built-in plan, which is meant by `None`, or a year after it.
    pub year: Option<i32>,
    /// Another plan than the built-in one, as TOML.
    pub plan: Option<String>,
    /// Whether the day may be set by hand.
    pub rehearsal: bool,
}

impl Register {
    /// Makes a register with the city's government, its justice bureau and the plan.
    pub fn init(path: &Path, clock: Clock, origin: &'static str, new: &NewRegister) -> Result<Self> {
        let plan = first_plan(new)?;
        let city = new.city.trim();
        if city.is_empty() {
            return Err(Failure::usage(
                words!("要写城市名称。", "A register needs the name of its city."),
                words!("例如 --city 云泽市。", "For example --city 云泽市."),
            ));
        }
        let store = Store::create(path)?;
        let stem = city.strip_suffix("人民政府").unwrap_or(city);
        let government = node("ZF", &format!("{stem}人民政府"), &format!("{stem}政府"), AgencyForm::Government, None);
        let bureau = node("SFJ", &format!("{stem}司法局"), "司法局", AgencyForm::Bureau, Some(AgencyId(1)));
        Self::set_up(store, clock, origin, &government.name.clone(), &plan, new.rehearsal, &[government, bureau])
    }

    /// Writes the first entry of a register: its own row, its plan and its first agencies, parents before children.
    pub(super) fn set_up(
        mut store: Store,
        clock: Clock,
        origin: &'static str,
        city: &str,
        plan: &Plan,
        rehearsal: bool,
        agencies: &[Agency],
    ) -> Result<Self> {
        let uid = crate::domain::baseline::content_hash(&format!("{city}{}{}", clock.day, clock.time));
        let facts = RegisterFacts {
            uid: uid.chars().take(16).collect(),
            city: city.to_owned(),
            plan_year: plan.year,
            opened_on: clock.day,
            rehearsal,
        };
        // The stamp is made by hand: a rehearsal register may be born on any day.
        let stamp = crate::store::Stamp {
            day: clock.day,
            at: format!("{}T{}+08:00", clock.day, clock.time),
            actor: "local".to_owned(),
            origin,
        };
        store.write(&stamp, |write| {
            write.set_facts(&facts)?;
            write.set_plan(plan.year, &plan.to_toml())?;
            for agency in agencies {
                write.add_agency(agency)?;
            }
            let detail = json!({ "city": city, "plan": plan.year, "rehearsal": rehearsal, "agencies": agencies });
            Ok::<_, Failure>(Done::Wrote((), Entry { verb: "register.init", record: "register", record_id: 1, detail }))
        })?;
        let mut register = Self::around(store, clock, origin)?;
        register.ensure_agency_duties()?;
        Ok(register)
    }

    /// Takes in next year's plan, made from the newest one, and draws its duties. Nothing that was entered is lost.
    pub fn new_plan(&mut self, year: i32) -> Result<usize> {
        let plans = self.plans()?;
        if plans.of_year(year).is_ok() {
            return Err(Failure::refused(
                words!("{year} 年的计划已经有了。", "The plan of {year} stands already."),
                words!(
                    "要改它，请先 plan show 存成文件，改好再 plan load。",
                    "To change it, save plan show, edit it and plan load it."
                ),
            ));
        }
        let newest = plans.all().iter().max_by_key(|plan| plan.year).cloned();
        let plan = up_to_year(newest.map_or_else(built_in, Ok)?, year)?;
        self.take_plan(&plan)
    }

    /// Takes in a plan from TOML and draws its duties; open duties that were not extended move to its due days.
    pub fn load_plan(&mut self, toml: &str) -> Result<usize> {
        let plan = Plan::parse(toml).map_err(plan_failure)?;
        self.take_plan(&plan)
    }

    /// Takes in a table of rest days.
    pub fn load_rest_days(&mut self, toml: &str) -> Result<Vec<i32>> {
        let years: Vec<i32> = Calendar::parse(toml).map_err(calendar_failure)?.years().collect();
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            for year in &years {
                write.set_rest_days(*year, toml)?;
            }
            let detail = json!({ "years": years });
            Ok::<_, Failure>(Done::Wrote(
                (),
                Entry { verb: "calendar.load", record: "rest_days", record_id: 0, detail },
            ))
        })?;
        Ok(years)
    }

    /// Years of open due days that a plan would move off rest days, if the rest days of the year were loaded.
    pub fn years_without_rest_days(&self) -> Result<Vec<i32>> {
        let plans = self.plans()?;
        if !plans.all().iter().any(|plan| plan.move_to_working_day) {
            return Ok(Vec::new());
        }
        let known: Vec<i32> = plans.calendar().years().collect();
        let mut years = self.store.years_of_open_duties()?;
        years.retain(|year| !known.contains(year));
        Ok(years)
    }

    fn take_plan(&mut self, plan: &Plan) -> Result<usize> {
        let stamp = self.stamp()?;
        let facts = RegisterFacts { plan_year: self.facts.plan_year.max(plan.year), ..self.facts.clone() };
        let plans = Plans::with(self.plans()?, plan.clone(), facts.plan_year);
        let tree = &self.agencies;
        let added = self.store.write(&stamp, |write| {
            write.set_plan(plan.year, &plan.to_toml())?;
            write.set_facts(&facts)?;
            let mut added = duties::draw_agency_duties(write, &plans, plan, tree)?;
            added += draw_item_duties(write, &plans, plan, tree)?;
            move_due_days(write, &plans, plan, tree)?;
            let detail = json!({ "year": plan.year, "added": added });
            Ok::<_, Failure>(Done::Wrote(
                added,
                Entry { verb: "plan.load", record: "plan", record_id: i64::from(plan.year), detail },
            ))
        })?;
        self.facts = facts;
        Ok(added)
    }
}

/// Draws the missing duties of every item by a plan, a page at a time.
fn draw_item_duties(write: &mut Write<'_>, plans: &Plans, plan: &Plan, tree: &Agencies) -> Result<usize> {
    let (mut after, mut added) = (ItemId(0), 0);
    loop {
        let page = write.item_states(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(added) };
        after = last.id;
        let mut facts = Vec::with_capacity(page.len());
        for state in &page {
            let in_force_since = if state.in_force_no > 0 {
                write.version(state.id, state.in_force_no)?.life.in_force_from
            } else {
                None
            };
            facts.push(ItemFacts {
                item: state.id,
                agency: state.agency,
                level: state.level,
                vertical: state.vertical,
                verification: state.verification,
                in_force_since,
            });
        }
        let drawn = plans.schedule(plan, tree).item_duties(&facts);
        let stages: std::collections::HashMap<ItemId, _> = page.iter().map(|state| (state.id, state.stage)).collect();
        for duty in &drawn.duties {
            let Some((item, stage)) = duty.key.item.and_then(|item| Some((item, *stages.get(&item)?))) else {
                continue;
            };
            let standing: HashSet<DutyKey> =
                write.duties_of_item(item)?.iter().map(|row| duties::key_of(&row.duty)).collect();
            if !standing.contains(&duty.key) {
                write.add_duty(&duties::record(duty, stage))?;
                added += 1;
            }
        }
    }
}

/// Moves the open duties of a plan's year that were never extended to the days that the plan now has.
fn move_due_days(write: &mut Write<'_>, plans: &Plans, plan: &Plan, tree: &Agencies) -> Result<()> {
    let drawn = plans.schedule(plan, tree).agency_duties();
    let today = write.day();
    for row in write.duties_of_agencies()? {
        let key = duties::key_of(&row.duty);
        let Some(new) = drawn.duties.iter().find(|duty| duty.key == key) else { continue };
        if row.duty.closing == Closing::Open && row.duty.due == row.original_due && row.duty.due != new.due {
            write.change_duty(row.id, today, "plan", |duty| duty.due = new.due)?;
        }
    }
    let schedule = plans.schedule(plan, tree);
    let due = |rule| {
        let due = plan.rule(rule).and_then(|rule| rule.due.date(plan.year, plan.starts));
        due.map(|due| schedule.moved(due).unwrap_or(due))
    };
    for rule in [crate::domain::duty::DutyRule::Draft, crate::domain::duty::DutyRule::Publish] {
        for id in write.unextended(rule, plan.year, due(rule))? {
            write.change_duty(id, today, "plan", |duty| duty.due = due(rule))?;
        }
    }
    Ok(())
}

fn node(code: &str, name: &str, short: &str, form: AgencyForm, parent: Option<AgencyId>) -> Agency {
    Agency {
        id: AgencyId(0),
        code: code.to_owned(),
        name: name.to_owned(),
        short: short.to_owned(),
        form,
        level: Level::City,
        parent,
        is_government: form == AgencyForm::Government,
        vertical: false,
    }
}

fn first_plan(new: &NewRegister) -> Result<Plan> {
    match &new.plan {
        Some(toml) => Plan::parse(toml).map_err(plan_failure),
        None => {
            let plan = built_in()?;
            let year = new.year.unwrap_or(plan.year);
            up_to_year(plan, year)
        }
    }
}

/// The plan that comes with the program.
pub(super) fn built_in() -> Result<Plan> {
    Plan::built_in().map_err(plan_failure)
}

fn up_to_year(mut plan: Plan, year: i32) -> Result<Plan> {
    if year < plan.year || year > plan.year + 100 {
        return Err(Failure::usage(
            words!(
                "不能从 {} 年的计划生成 {year} 年的计划。",
                "A plan of {year} cannot be made from that of {}.",
                plan.year
            ),
            words!(
                "请写 {} 年或以后的年份，或用 --plan 给出计划文件。",
                "Give {} or a later year, or a plan file.",
                plan.year
            ),
        ));
    }
    while plan.year < year {
        plan = plan.next_year();
    }
    Ok(plan)
}
