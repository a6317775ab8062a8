//! A plan: which duties a year holds, whose they are and when they are due.
//!
//! A plan is a file in TOML that a person can read and change; the one of 2023 is built in and next year's is derived
//! from it. The plan says what is due; [`Schedule`] draws the single duties from it. An unknown key, a rule given
//! twice or a rule given to somebody who cannot have it is an error: a plan is never read half.

mod schedule;
mod written;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::calendar::{MonthDay, one_month_after};
use super::duty::DutyRule;
use super::toml_error::TomlError;

pub use schedule::{Gap, ItemFacts, NewDuty, Proposal, Schedule};

/// The plan of one year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The year.
    pub year: i32,
    /// Title for people.
    pub title: String,
    /// The document that it rests on.
    pub document: String,
    /// The day on which the clocks of its yearly duties start.
    #[serde(deserialize_with = "written::toml_date")]
    pub starts: NaiveDate,
    /// The day on which next year's plan starts. 1 January unless set: trainings and annual reports go by the calendar
    /// year, and what was promulgated in the middle of a first year is in force from the first day of the next.
    #[serde(default = "new_year")]
    pub next_starts: MonthDay,
    /// Days before the due date at which one is reminded; the largest makes a duty «due soon».
    #[serde(default = "usual_leads")]
    pub leads: Vec<u32>,
    /// Whether a due day that is a rest day moves to the next working day.
    #[serde(default)]
    pub move_to_working_day: bool,
    /// The rules, at most one of each.
    #[serde(rename = "duty", default)]
    pub rules: Vec<PlanRule>,
}

/// One rule of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRule {
    /// What has to be done.
    pub rule: DutyRule,
    /// Who has to do it.
    pub who: Who,
    /// For which items, where it is done per item.
    #[serde(default)]
    pub items: ItemScope,
    /// By when.
    pub due: Due,
}

crate::terms! {
    /// Whose a duty is.
    pub enum Who {
        /// The city agency of each city item.
        CityAgencyOfItem = "city_agency_of_item", "事项所属市级机关", "the city agency of each item";
        /// The city government, for each city item.
        CityGovernmentOfItem = "city_government_of_item", "市人民政府（逐项）", "the city government for each item";
        /// Each city and county government, zones that are governments included.
        Governments = "governments", "市、县（区）人民政府", "each city and county government";
        /// Each city agency, the bureau included, central bodies not.
        CityAgencies = "city_agencies", "市级行政机关", "each city agency";
        /// Each county government, zones that are governments included.
        CountyGovernments = "county_governments", "县（区）人民政府", "each county government";
        /// The city or county agency of an item that an event strikes.
        AgencyConcerned = "agency_concerned", "相关市、县（区）行政机关", "the agency concerned";
        /// The agency of a city item that an event strikes.
        CityAgencyConcerned = "city_agency_concerned", "相关市级行政机关", "the city agency concerned";
        /// The government on the level of the item.
        SameLevelGovernment = "same_level_government", "同级人民政府", "the government of the same level";
    }
}

/// Which items a duty per item is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemScope {
    /// Every item; one that is in force already has its duty done on the day it entered into force.
    #[default]
    All,
    /// Only items that had no version in force when the plan started.
    WithoutVersion,
}

/// By when a duty is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// On that day of the plan's year.
    On(MonthDay),
    /// One month after its start.
    OneMonth,
    /// «Without delay»: no date, shown with its age.
    WithoutDelay,
    /// Any time: no date, shown with its age.
    AnyTime,
}

/// Why a plan was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// It could not be read.
    Unreadable(TomlError),
    /// A year outside 1949 to 9998.
    BadYear(i32),
    /// A lead outside 1 to 366 days, or none at all.
    BadLeads,
    /// A rule stands in it twice.
    RuleTwice(DutyRule),
    /// A rule given to somebody who cannot have it: a yearly duty to the agency an event strikes, and the like.
    WhoDoesNotFit {
        /// The rule.
        rule: DutyRule,
        /// Whose it was said to be.
        who: Who,
    },
    /// A duty after an event with a fixed day of the year.
    DueDoesNotFit(DutyRule),
}

impl Plan {
    /// The plan of 2023 that comes with the program. A test reads it, so that the error is never met.
    pub fn built_in() -> Result<Self, PlanError> {
        Self::parse(include_str!("plan-2023.toml"))
    }

    /// Reads a plan.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        let mut plan: Self =
            toml::from_str(text).map_err(|error| PlanError::Unreadable(TomlError::of(text, &error)))?;
        plan.validate()?;
        plan.leads.sort_unstable_by(|a, b| b.cmp(a));
        plan.leads.dedup();
        Ok(plan)
    }

    /// The plan in TOML, as [`Plan::parse`] reads it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        self.to_string()
    }

    /// Next year's plan: the same rules a year later, trainings and reports anew, drafting and publishing only for
    /// items with no version in force.
    #[must_use]
    pub fn next_year(&self) -> Self {
        let year = self.year + 1;
        let rules = self.rules.iter().map(|rule| PlanRule { items: rule.items.next(rule.rule), ..*rule });
        Self {
            year,
            title: self.title.replace(&self.year.to_string(), &year.to_string()),
            starts: self.next_starts.on(year).unwrap_or(self.starts),
            rules: rules.collect(),
            ..self.clone()
        }
    }

    /// The plan's rule for that duty.
    #[must_use]
    pub fn rule(&self, rule: DutyRule) -> Option<&PlanRule> {
        self.rules.iter().find(|of| of.rule == rule)
    }

    fn validate(&self) -> Result<(), PlanError> {
        if !(1949..=9998).contains(&self.year) || !(1949..=9998).contains(&self.starts.year()) {
            return Err(PlanError::BadYear(self.year));
        }
        if self.leads.is_empty() || self.leads.iter().any(|lead| !(1..=366).contains(lead)) {
            return Err(PlanError::BadLeads);
        }
        for (at, &PlanRule { rule, who, due, .. }) in self.rules.iter().enumerate() {
            if self.rules.iter().take(at).any(|before| before.rule == rule) {
                return Err(PlanError::RuleTwice(rule));
            }
            if occasion_of(rule) != who.occasion() {
                return Err(PlanError::WhoDoesNotFit { rule, who });
            }
            if who.occasion() == Occasion::Event && matches!(due, Due::On(_)) {
                return Err(PlanError::DueDoesNotFit(rule));
            }
        }
        Ok(())
    }
}

/// What a duty is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// Each item, once a year.
    Item,
    /// Each agency or government, once a year.
    Agency,
    /// Each item that an event strikes, or whatever follows from one.
    Event,
}

const fn occasion_of(rule: DutyRule) -> Occasion {
    match rule {
        DutyRule::Draft | DutyRule::Publish => Occasion::Item,
        DutyRule::RegionalTraining | DutyRule::SystemTraining | DutyRule::ProgressReport | DutyRule::AnnualReport => {
            Occasion::Agency
        }
        DutyRule::Refine | DutyRule::Adjust | DutyRule::PublishFollowing | DutyRule::Distribute => Occasion::Event,
    }
}

impl Who {
    const fn occasion(self) -> Occasion {
        match self {
            Self::CityAgencyOfItem | Self::CityGovernmentOfItem => Occasion::Item,
            Self::Governments | Self::CityAgencies | Self::CountyGovernments => Occasion::Agency,
            Self::AgencyConcerned | Self::CityAgencyConcerned | Self::SameLevelGovernment => Occasion::Event,
        }
    }
}

impl ItemScope {
    fn next(self, rule: DutyRule) -> Self {
        if occasion_of(rule) == Occasion::Item { Self::WithoutVersion } else { self }
    }
}

impl Due {
    /// The day in `year` for a clock that starts on `starts`; `None` where there is no date.
    #[must_use]
    pub fn date(self, year: i32, starts: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::On(day) => day.on(year),
            Self::OneMonth => Some(one_month_after(starts)),
            Self::WithoutDelay | Self::AnyTime => None,
        }
    }
}

fn new_year() -> MonthDay {
    MonthDay::NEW_YEAR
}

fn usual_leads() -> Vec<u32> {
    vec![14, 7, 3]
}

#[cfg(test)]
mod tests;
