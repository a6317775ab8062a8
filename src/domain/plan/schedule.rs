//! The single duties that a plan holds, for given agencies and items.
//!
//! Pure generation: the same plan, agencies and items always give the same duties under the same keys, so that
//! whoever keeps them adds those whose key is new and touches no other. Provincial items are reference and central
//! bodies stand outside the city's review (section 3): neither has duties.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::{ItemScope, Occasion, Plan, PlanRule, Who};
use crate::domain::agency::{Agency, AgencyForm, Level};
use crate::domain::calendar::{Calendar, MonthDay};
use crate::domain::duty::{Closing, DutyKey, DutyRule};
use crate::domain::ids::{AgencyId, EventId, ItemId};
use crate::domain::item::Verification;

/// A plan with what is needed to draw its duties.
#[derive(Debug, Clone, Copy)]
pub struct Schedule<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Rest days, for plans that move due dates to working days.
    pub calendar: &'a Calendar,
    /// All agencies of the register.
    pub agencies: &'a [Agency],
}

/// What generation needs to know of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemFacts {
    /// The item.
    pub item: ItemId,
    /// Its agency.
    pub agency: AgencyId,
    /// Its level.
    pub level: Level,
    /// A central body's item.
    pub vertical: bool,
    /// Where its verification stands: an excluded item has no duties, one that is only proposed none yet.
    pub verification: Verification,
    /// The first day of its version in force, where it has one.
    pub in_force_since: Option<NaiveDate>,
}

/// A duty to be entered if its key is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDuty {
    /// What makes it the same duty.
    pub key: DutyKey,
    /// The day on which its clock starts.
    pub starts: NaiveDate,
    /// The due date, `None` where there is none.
    pub due: Option<NaiveDate>,
    /// Done where the item was in force already.
    pub closed: Closing,
}

/// What was drawn, and what could not be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// The duties, by rule in the order of the plan.
    pub duties: Vec<NewDuty>,
    /// What has to be said to people.
    pub gaps: BTreeSet<Gap>,
}

/// Why a duty was not drawn, or not as the plan has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The item's agency is not in the register.
    UnknownAgency {
        /// The item.
        item: ItemId,
        /// Its agency.
        agency: AgencyId,
    },
    /// No government of that level stands above the agency: publishing cannot be laid on anybody.
    NoGovernment {
        /// The agency.
        agency: AgencyId,
        /// The level.
        level: Level,
    },
    /// A due date should move off rest days, but its year's table is not loaded: it stays as the plan has it.
    YearNotLoaded(i32),
}

impl Schedule<'_> {
    /// All yearly duties: those of agencies and those of items.
    #[must_use]
    pub fn duties(&self, items: &[ItemFacts]) -> Proposal {
        let mut proposal = self.agency_duties();
        let of_items = self.item_duties(items);
        proposal.duties.extend(of_items.duties);
        proposal.gaps.extend(of_items.gaps);
        proposal
    }

    /// Trainings and reports.
    #[must_use]
    pub fn agency_duties(&self) -> Proposal {
        let mut drawing = Drawing::new(self);
        for rule in self.rules(Occasion::Agency) {
            let starts = drawing.start(rule.rule);
            for agency in self.agencies.iter().filter(|agency| has(rule.who, agency)) {
                let key = DutyKey { rule: rule.rule, year: self.plan.year, agency: agency.id, item: None, event: None };
                drawing.draw(rule, key, starts, Closing::Open);
            }
        }
        drawing.proposal
    }

    /// Drafting and publishing of these items alone, as when items are added later.
    #[must_use]
    pub fn item_duties(&self, items: &[ItemFacts]) -> Proposal {
        let mut drawing = Drawing::new(self);
        for rule in self.rules(Occasion::Item) {
            let starts = drawing.start(rule.rule);
            for item in items.iter().filter(|item| item.has_duties() && item.level == Level::City) {
                let closed = match item.in_force_since {
                    Some(since) if rule.items == ItemScope::WithoutVersion && since < starts => continue,
                    Some(since) => Closing::Done(since),
                    None => Closing::Open,
                };
                if let Some(agency) = drawing.agency_of(rule.who, item) {
                    let (rule_id, year) = (rule.rule, self.plan.year);
                    let key = DutyKey { rule: rule_id, year, agency, item: Some(item.item), event: None };
                    drawing.draw(rule, key, starts, closed);
                }
            }
        }
        drawing.proposal
    }

    /// The clocks that start on one day for these items: refining or adjusting after an event, publishing what was
    /// refined or adjusted, distributing what was published. Empty where the plan has no such rule.
    #[must_use]
    pub fn clocks(&self, rule: DutyRule, event: Option<EventId>, starts: NaiveDate, items: &[ItemFacts]) -> Proposal {
        let mut drawing = Drawing::new(self);
        for rule in self.rules(Occasion::Event).filter(|of| of.rule == rule) {
            let concerned = |item: &&ItemFacts| match (item.level, rule.who) {
                (Level::Province, _) | (Level::County, Who::CityAgencyConcerned) => false,
                (Level::City | Level::County, _) => item.has_duties(),
            };
            for item in items.iter().filter(concerned) {
                if let Some(agency) = drawing.agency_of(rule.who, item) {
                    let key = DutyKey { rule: rule.rule, year: starts.year(), agency, item: Some(item.item), event };
                    drawing.draw(rule, key, starts, Closing::Open);
                }
            }
        }
        drawing.proposal
    }

    /// The due date, moved to a working day where the plan says so; `None` where the calendar cannot tell.
    #[must_use]
    pub fn moved(&self, due: NaiveDate) -> Option<NaiveDate> {
        if self.plan.move_to_working_day { self.calendar.next_working_day(due) } else { Some(due) }
    }

    fn rules(&self, occasion: Occasion) -> impl Iterator<Item = &PlanRule> {
        self.plan.rules.iter().filter(move |rule| rule.who.occasion() == occasion)
    }
}

impl ItemFacts {
    fn has_duties(&self) -> bool {
        !self.vertical && !matches!(self.verification, Verification::Excluded | Verification::Proposed)
    }
}

/// One run over the rules, with what was looked up on the way.
struct Drawing<'a> {
    schedule: &'a Schedule<'a>,
    agencies: HashMap<AgencyId, &'a Agency>,
    governments: HashMap<(AgencyId, Level), Option<AgencyId>>,
    proposal: Proposal,
}

impl<'a> Drawing<'a> {
    fn new(schedule: &'a Schedule<'a>) -> Self {
        let agencies = schedule.agencies.iter().map(|agency| (agency.id, agency)).collect();
        Self { schedule, agencies, governments: HashMap::new(), proposal: Proposal::default() }
    }

    /// The annual report speaks of the whole year; everything else starts with the plan.
    fn start(&self, rule: DutyRule) -> NaiveDate {
        let plan = self.schedule.plan;
        match rule {
            DutyRule::AnnualReport => MonthDay::NEW_YEAR.on(plan.year).unwrap_or(plan.starts),
            _ => plan.starts,
        }
    }

    fn draw(&mut self, rule: &PlanRule, key: DutyKey, starts: NaiveDate, closed: Closing) {
        let due = rule.due.date(key.year, starts).map(|due| self.moved(due));
        self.proposal.duties.push(NewDuty { key, starts, due, closed });
    }

    /// The due date, moved to a working day where the plan says so and the calendar can tell.
    fn moved(&mut self, due: NaiveDate) -> NaiveDate {
        self.schedule.moved(due).unwrap_or_else(|| {
            self.proposal.gaps.insert(Gap::YearNotLoaded(due.year()));
            due
        })
    }

    fn agency_of(&mut self, who: Who, item: &ItemFacts) -> Option<AgencyId> {
        let Some(agency) = self.agencies.get(&item.agency).copied() else {
            self.proposal.gaps.insert(Gap::UnknownAgency { item: item.item, agency: item.agency });
            return None;
        };
        if agency.vertical {
            return None;
        }
        if !matches!(who, Who::CityGovernmentOfItem | Who::SameLevelGovernment) {
            return Some(agency.id);
        }
        let key = (agency.id, item.level);
        let government = match self.governments.get(&key) {
            Some(&known) => known,
            None => government_above(agency, item.level, &self.agencies),
        };
        self.governments.insert(key, government);
        if government.is_none() {
            self.proposal.gaps.insert(Gap::NoGovernment { agency: agency.id, level: item.level });
        }
        government
    }
}

/// Whether a yearly duty of an agency is this one's.
fn has(who: Who, agency: &Agency) -> bool {
    match (who, government_level(agency)) {
        (Who::Governments, level) => matches!(level, Some(Level::City | Level::County)),
        (Who::CountyGovernments, level) => level == Some(Level::County),
        (Who::CityAgencies, _) => {
            let form = matches!(agency.form, AgencyForm::Agency | AgencyForm::Bureau);
            form && agency.level == Level::City && !agency.vertical
        }
        _ => false,
    }
}

/// The level on which a node governs; a zone that is a government counts as a county.
fn government_level(agency: &Agency) -> Option<Level> {
    match agency.form {
        _ if !agency.is_government => None,
        AgencyForm::Zone => Some(Level::County),
        _ => Some(agency.level),
    }
}

/// The nearest government of that level above the agency. A register with one city government is that city's, whatever
/// the tree leaves out; a county is never inferred.
fn government_above(agency: &Agency, level: Level, agencies: &HashMap<AgencyId, &Agency>) -> Option<AgencyId> {
    let mut node = agency;
    // A tree is never deeper than its number of nodes: a circle in the records ends here.
    for _ in 0..agencies.len() {
        if government_level(node) == Some(level) {
            return Some(node.id);
        }
        let Some(parent) = node.parent.and_then(|parent| agencies.get(&parent)) else { break };
        node = parent;
    }
    let mut all = agencies.values().filter(|other| government_level(other) == Some(level));
    match (all.next(), all.next()) {
        (Some(only), None) if level == Level::City => Some(only.id),
        _ => None,
    }
}
