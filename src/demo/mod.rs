//! The made-up city of the `demo` command, as values: agencies, sources, items and what happened to each.
//!
//! Every name, regulation and sentence is invented. The same day gives the same city, to the letter. Nothing here opens
//! a register, reads a clock or writes a file: the service replays the acts on a rehearsal register, day by day.
//! [`bulk()`] makes registers of any size, one item at a time.

mod acts;
mod bulk;
mod city;
mod data;
mod items;
mod ladder;
mod law;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::Deserialize;

use crate::domain::agency::{Agency, Level};
use crate::domain::baseline::Baseline;
use crate::domain::calendar::MonthDay;
use crate::domain::clause::Clause;
use crate::domain::duty::DutyRule;
use crate::domain::ids::{AgencyId, SourceId};
use crate::domain::item::ItemText;
use crate::domain::plan::{Due, Plan, PlanError};
use crate::domain::procedure::StepRecord;
use crate::domain::source::{Article, Source};
use crate::domain::stage::Act;

pub use bulk::{BulkItem, BulkStage, bulk};
pub use city::city;

/// The whole city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// Name of the city government.
    pub name: String,
    /// The day around which everything was arranged.
    pub today: NaiveDate,
    /// First day of the plan; nothing but a [`DemoAct::PublishedBefore`] reaches back beyond it.
    pub plan_start: NaiveDate,
    /// The plan's deadlines.
    pub dues: Dues,
    /// The tree, parents first; ids are 1 to n in this order.
    pub agencies: Vec<Agency>,
    /// Sources with their articles; ids are 1 to n in this order.
    pub sources: Vec<DemoSource>,
    /// Items with their history.
    pub items: Vec<DemoItem>,
    /// Publication batches, in order of publication; [`DemoAct::Publish`] names them by index.
    pub batches: Vec<DemoBatch>,
    /// Changes of the law, oldest first.
    pub events: Vec<DemoEvent>,
    /// Trainings that were held; who is not in the list has held none.
    pub trainings: Vec<DemoTraining>,
    /// Reports of counties to the city bureau.
    pub reports: Vec<DemoReport>,
    /// What agencies answer to warnings of the checks before they submit, by code, taken in turn.
    pub answers: BTreeMap<String, Vec<String>>,
}

/// The deadlines of the plan, all in the year of the day they were arranged around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dues {
    /// Verify and draft (S2.1).
    pub drafting: NaiveDate,
    /// Publish (S2.1).
    pub publication: NaiveDate,
    /// Regional training (S3.1).
    pub regional_training: NaiveDate,
    /// Training in each system (S3.2).
    pub system_training: NaiveDate,
    /// Annual report of the counties (S5.4).
    pub annual_report: NaiveDate,
}

/// A source with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSource {
    /// Its facts.
    pub source: Source,
    /// Its articles, numbered from 1 without gaps.
    pub articles: Vec<Article>,
}

/// An item with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoItem {
    /// Responsible agency.
    pub agency: AgencyId,
    /// What is written of it.
    pub text: ItemText,
    /// On which level it stands.
    pub level: Level,
    /// A central body's item.
    pub vertical: bool,
    /// What the first version says; `None` where nothing has been written.
    pub baseline: Option<Baseline>,
    /// The check that must find a deliberate defect in it.
    pub defect: Option<String>,
    /// What happened, in order of date.
    pub acts: Vec<(NaiveDate, DemoAct)>,
}

/// One thing that happened to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemoAct {
    /// The bureau lists it.
    List,
    /// The agency proposes it, with a reason; it was not listed.
    Propose(String),
    /// The agency confirms it.
    Verify,
    /// The agency disputes it.
    Dispute(String),
    /// The bureau settles the dispute, or takes the proposal up.
    Settle(String),
    /// The bureau excludes it.
    Exclude(String),
    /// The item's baseline is written.
    Draft,
    /// A version sent back is written anew.
    Rewrite(Box<Baseline>),
    /// The clerk marks it ready.
    Ready,
    /// The legal officer releases it.
    Submit,
    /// The bureau sends it back.
    Return(String),
    /// The bureau accepts it.
    Accept,
    /// The government approves it.
    Approve {
        /// Number of the approval.
        number: String,
    },
    /// A step of the procedure.
    Step(StepRecord),
    /// It is published in a batch.
    Publish {
        /// Number of the publication.
        number: String,
        /// Index into [`City::batches`].
        batch: usize,
    },
    /// A due day is moved.
    Extend {
        /// Of which duty.
        rule: DutyRule,
        /// The new due day.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// A duty is waived.
    Waive {
        /// Which duty.
        rule: DutyRule,
        /// Why.
        reason: String,
    },
    /// A new version is started and written.
    Revise(Box<Baseline>),
    /// The version in force is repealed.
    Repeal(String),
    /// The item's baseline was in force before the register was opened.
    PublishedBefore {
        /// First day in force.
        date: NaiveDate,
        /// Number of its publication.
        number: String,
    },
}

impl DemoAct {
    /// The row of the stage table that it needs; `None` for what the table does not know.
    #[must_use]
    pub const fn act(&self) -> Option<Act> {
        Some(match self {
            Self::Verify => Act::Verify,
            Self::Dispute(_) => Act::Dispute,
            Self::Settle(_) => Act::Settle,
            Self::Exclude(_) => Act::Exclude,
            Self::Draft | Self::Rewrite(_) => Act::Edit,
            Self::Ready => Act::Ready,
            Self::Submit => Act::Submit,
            Self::Return(_) => Act::Return,
            Self::Accept => Act::Accept,
            Self::Approve { .. } => Act::Approve,
            Self::Publish { .. } => Act::Publish,
            Self::Revise(_) => Act::Revise,
            Self::Repeal(_) => Act::Repeal,
            Self::List
            | Self::Propose(_)
            | Self::Step(_)
            | Self::Extend { .. }
            | Self::Waive { .. }
            | Self::PublishedBefore { .. } => return None,
        })
    }

    /// The reasons given with it, empty where there are none.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Propose(reason)
            | Self::Dispute(reason)
            | Self::Settle(reason)
            | Self::Exclude(reason)
            | Self::Return(reason)
            | Self::Repeal(reason)
            | Self::Extend { reason, .. }
            | Self::Waive { reason, .. } => reason,
            _ => "",
        }
    }
}

/// A publication batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoBatch {
    /// Name.
    pub name: String,
    /// Day on which it was put together.
    pub created: NaiveDate,
    /// Day of publication.
    pub published: NaiveDate,
    /// Number of the publication.
    pub number: String,
}

/// What an event did to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It was amended (S2.3).
    Amended,
    /// It was repealed (S2.3).
    Repealed,
    /// The province published its baseline for it (S2.2).
    ProvincialBaseline,
}

/// A change of the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoEvent {
    /// Its day.
    pub date: NaiveDate,
    /// The source.
    pub source: SourceId,
    /// What happened to it.
    pub change: Change,
    /// In words.
    pub text: String,
    /// The clauses concerned; empty for the whole source.
    pub clauses: Vec<Clause>,
}

/// A training that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoTraining {
    /// The duty that it fulfils: regional or system training.
    pub rule: DutyRule,
    /// Who held it.
    pub agency: AgencyId,
    /// When.
    pub date: NaiveDate,
    /// Title.
    pub title: String,
    /// How many people came.
    pub people: u32,
}

/// A county's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoReport {
    /// The duty that it fulfils: progress report or annual report.
    pub rule: DutyRule,
    /// The county government.
    pub county: AgencyId,
    /// Day of receipt.
    pub date: NaiveDate,
    /// What it says.
    pub text: String,
}

/// Why the city could not be made. A test makes it, so that these errors are never met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// One of its files cannot be read.
    #[error("{file}: {error}")]
    Unreadable {
        /// The file.
        file: &'static str,
        /// What the parser says.
        error: Box<toml::de::Error>,
    },
    /// A name that stands nowhere.
    #[error("no {what} named {name}")]
    NoSuch {
        /// What was looked for.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A clause that is not written as numbers with dots between.
    #[error("not a clause: {0}")]
    BadClause(String),
}

/// The plan began so many days ago.
const PLAN_START: i64 = 85;

impl City {
    /// The plan of 2023 with its year and its deadlines moved around the city's day.
    pub fn plan(&self) -> Result<Plan, PlanError> {
        let mut plan = Plan::built_in()?;
        plan.year = self.today.year();
        plan.title = plan.title.replace("2023", &plan.year.to_string());
        plan.starts = self.plan_start;
        for rule in &mut plan.rules {
            if let Some(due) = self.dues.of(rule.rule).and_then(|due| MonthDay::new(due.month(), due.day())) {
                rule.due = Due::On(due);
            }
        }
        Ok(plan)
    }

    /// The agency with that code.
    #[must_use]
    pub fn agency(&self, code: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.code == code)
    }
}

impl Dues {
    /// A plan's deadlines are days of one year: what would fall outside the year of `today` is moved to its edge.
    fn around(today: NaiveDate) -> Self {
        let due = |days: i64| {
            let day = ago(today, days);
            let edge = |month, of_month| NaiveDate::from_ymd_opt(today.year(), month, of_month).unwrap_or(day);
            day.clamp(edge(1, 1), edge(12, 31))
        };
        Self {
            drafting: due(20),
            publication: due(-12),
            regional_training: due(20),
            system_training: due(-5),
            annual_report: due(-22),
        }
    }

    /// The deadline of a rule, where the plan has one.
    #[must_use]
    pub const fn of(&self, rule: DutyRule) -> Option<NaiveDate> {
        match rule {
            DutyRule::Draft => Some(self.drafting),
            DutyRule::Publish => Some(self.publication),
            DutyRule::RegionalTraining => Some(self.regional_training),
            DutyRule::SystemTraining => Some(self.system_training),
            DutyRule::AnnualReport => Some(self.annual_report),
            DutyRule::Refine
            | DutyRule::Adjust
            | DutyRule::PublishFollowing
            | DutyRule::Distribute
            | DutyRule::ProgressReport => None,
        }
    }
}

/// So many days before a day; after it where negative.
fn ago(today: NaiveDate, days: i64) -> NaiveDate {
    today.checked_sub_signed(TimeDelta::days(days)).unwrap_or(today)
}

/// A template with its `{names}` filled in; a name without a value stays as it is.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, after)| values.iter().find(|(of, _)| *of == name).map(|(_, value)| (*value, after)));
        if let Some((value, after)) = known {
            out.push_str(value);
            rest = after;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
