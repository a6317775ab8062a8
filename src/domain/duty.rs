//! Duties and where they stand on a given day.
//!
//! Everything is answered «as of» a day: what was closed after it counts as open. The due day itself is still on
//! time. A duty without a due date is never late; its age is told instead. Nothing here knows what today is.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{AgencyId, EventId, ItemId};
use super::label::Term;

crate::terms! {
    /// What has to be done (section 6 of the policy's plan).
    pub enum DutyRule {
        /// The city agency verifies an item and drafts its baseline; ends with the submission.
        Draft = "draft", "核对并起草", "verify and draft";
        /// The city government publishes; ends with the publication in its name.
        Publish = "publish", "公布", "publish";
        /// A government holds a training for its region.
        RegionalTraining = "regional_training", "地区专题培训", "regional training";
        /// A city agency holds a training for its system.
        SystemTraining = "system_training", "系统专题培训", "system training";
        /// A published provincial baseline is refined, or applied directly with a reason.
        Refine = "refine", "细化省级基准", "refine";
        /// A baseline is adjusted after its basis or the circumstances changed.
        Adjust = "adjust", "调整", "adjust";
        /// The refined or adjusted baseline is published.
        PublishFollowing = "publish_following", "公布细化或调整结果", "publish the refined or adjusted";
        /// The published baseline is handed to the officers.
        Distribute = "distribute", "印发执法人员", "distribute to officers";
        /// A county tells the city bureau how far it is.
        ProgressReport = "progress_report", "报送进展情况", "progress report";
        /// A county sends its annual report to the city bureau.
        AnnualReport = "annual_report", "报送年度推进情况", "annual report";
    }
}

crate::terms! {
    /// Where a duty stands on a given day.
    pub enum Standing {
        /// Nothing done, not late, not due soon.
        NotStarted = "not_started", "未开始", "not started";
        /// Work has begun.
        OnTrack = "on_track", "进行中", "on track";
        /// Due within the largest lead.
        DueSoon = "due_soon", "即将到期", "due soon";
        /// Past its due date and open.
        Overdue = "overdue", "逾期", "overdue";
        /// Done in time, or without a due date.
        Done = "done", "按期办结", "done on time";
        /// Done after its due date.
        DoneLate = "done_late", "逾期办结", "done late";
        /// Waived by the bureau with a reason, or excluded.
        Waived = "waived", "已免除", "waived";
    }
}

/// How a duty ended, by the date of the act as told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Not yet.
    #[default]
    Open,
    /// Done on that day.
    Done(NaiveDate),
    /// Waived on that day.
    Waived(NaiveDate),
}

/// A duty with its clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What has to be done.
    pub rule: DutyRule,
    /// The plan's year, or that of the event.
    pub year: i32,
    /// The day on which the clock started.
    pub starts: Option<NaiveDate>,
    /// The due date before any extension; `None` where there is no date.
    pub original_due: Option<NaiveDate>,
    /// The due date in force.
    pub due: Option<NaiveDate>,
    /// Whether work had begun by the day that is asked about.
    pub begun: bool,
    /// How it ended.
    pub closed: Closing,
}

/// What makes a duty the same duty when a plan is generated again or an event is confirmed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyKey {
    /// What has to be done.
    pub rule: DutyRule,
    /// The plan's year, or that of the event.
    pub year: i32,
    /// Who has to do it.
    pub agency: AgencyId,
    /// For which item, where it is for one.
    pub item: Option<ItemId>,
    /// After which event, where one set it off.
    pub event: Option<EventId>,
}

impl DutyRule {
    /// The clauses that the duty rests on.
    #[must_use]
    pub const fn clauses(self) -> &'static [&'static str] {
        match self {
            Self::Draft | Self::Publish => &["S2.1"],
            Self::RegionalTraining => &["S3.1"],
            Self::SystemTraining => &["S3.2"],
            Self::Refine => &["S2.2"],
            Self::Adjust => &["S2.3"],
            Self::PublishFollowing => &["S2.2", "S2.3"],
            Self::Distribute => &["S4.3"],
            Self::ProgressReport | Self::AnnualReport => &["S5.4"],
        }
    }
}

impl Standing {
    /// True for a duty that still has to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::OnTrack | Self::DueSoon | Self::Overdue)
    }
}

/// Where the duty stood at the end of the day `on`; `leads` are the days before the due date at which one is reminded.
#[must_use]
pub fn standing(duty: &Duty, on: NaiveDate, leads: &[u32]) -> Standing {
    let lead = leads.iter().max().map_or(0, |&lead| i64::from(lead));
    match duty.closing_on(on) {
        Closing::Done(date) if days_after(duty.due, date) > 0 => Standing::DoneLate,
        Closing::Done(_) => Standing::Done,
        Closing::Waived(_) => Standing::Waived,
        Closing::Open => match duty.days_left(on) {
            Some(days) if days < 0 => Standing::Overdue,
            Some(days) if days <= lead => Standing::DueSoon,
            _ if duty.begun => Standing::OnTrack,
            _ => Standing::NotStarted,
        },
    }
}

/// Days from the due date in force to the closing, or to `on` while open; 0 where that is not late, where there is no
/// due date, and for a waived duty.
#[must_use]
pub fn days_late(duty: &Duty, on: NaiveDate) -> i64 {
    duty.late_from(duty.due, on)
}

/// Days late as [`days_late`] counts them, from the due date before any extension.
#[must_use]
pub fn days_late_from_original(duty: &Duty, on: NaiveDate) -> i64 {
    duty.late_from(duty.original_due, on)
}

impl Duty {
    /// How it had ended by the end of the day `on`.
    #[must_use]
    pub fn closing_on(&self, on: NaiveDate) -> Closing {
        match self.closed {
            Closing::Done(date) | Closing::Waived(date) if date > on => Closing::Open,
            closed => closed,
        }
    }

    /// Days from `on` to the due date in force: 0 on the due day, negative after it; `None` without a due date.
    #[must_use]
    pub fn days_left(&self, on: NaiveDate) -> Option<i64> {
        self.due.map(|due| (due - on).num_days())
    }

    /// Days from the start to the closing, or to `on` while open; `None` without a start or before it.
    #[must_use]
    pub fn age(&self, on: NaiveDate) -> Option<i64> {
        let end = match self.closing_on(on) {
            Closing::Done(date) | Closing::Waived(date) => date,
            Closing::Open => on,
        };
        self.starts.map(|starts| (end - starts).num_days()).filter(|&days| days >= 0)
    }

    fn late_from(&self, due: Option<NaiveDate>, on: NaiveDate) -> i64 {
        match self.closing_on(on) {
            Closing::Done(date) => days_after(due, date),
            Closing::Open => days_after(due, on),
            Closing::Waived(_) => 0,
        }
    }
}

fn days_after(due: Option<NaiveDate>, date: NaiveDate) -> i64 {
    due.map_or(0, |due| (date - due).num_days().max(0))
}

impl fmt::Display for DutyKey {
    /// One text per key, for a unique column: `draft/2023/12/345/-`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |id: Option<i64>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
        let (item, event) = (part(self.item.map(|id| id.0)), part(self.event.map(|id| id.0)));
        write!(f, "{}/{}/{}/{item}/{event}", self.rule.id(), self.year, self.agency)
    }
}

#[cfg(test)]
mod tests;
