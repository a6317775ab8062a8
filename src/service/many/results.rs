//! What can be done to many records, and what it came to.

use chrono::NaiveDate;

use crate::domain::ids::AgencyId;
use crate::i18n::{Failure, Text, Words};

/// What can be done to many records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// To items.
    Item(ItemVerb),
    /// To duties.
    Duty(DutyVerb),
}

/// What can be done to many items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemVerb {
    /// The agency confirms them.
    Verify,
    /// The agency disputes them.
    Dispute {
        /// Why.
        reason: String,
    },
    /// The bureau settles disputes and proposals.
    Settle {
        /// Why.
        reason: String,
        /// Where they go, if not where they are.
        agency: Option<AgencyId>,
    },
    /// The bureau takes them out.
    Exclude {
        /// Why.
        reason: String,
    },
    /// The bureau gives them to an agency.
    Assign(AgencyId),
    /// The drafts enter the legal officer's queue.
    Ready,
    /// The drafts go to the bureau.
    Submit,
    /// The open duty that is due first gets a later day.
    Extend {
        /// The new day.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// They go into a publication batch.
    Batch(String),
}

/// What can be done to many duties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyVerb {
    /// A later due day.
    Extend {
        /// The new day.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Waived.
    Waive {
        /// Why.
        reason: String,
    },
    /// Done on a day.
    Close {
        /// The day.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
}

/// Whether a verb is tried or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// All the work, rolled back at its end.
    Try,
    /// For good.
    Do,
}

/// What a verb came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// The verb.
    pub verb: Verb,
    /// Whether it was tried or done.
    pub run: Run,
    /// The records that it changes, or changed.
    pub changed: Vec<i64>,
    /// The records for which it is refused.
    pub refused: Vec<i64>,
    /// How many it leaves as they are.
    pub same: u64,
    /// One result a record, in order, at most [`ROWS`] of each outcome.
    pub rows: Vec<RowResult>,
    /// Why it ended before its end: called off, or the register could not be written to. What was done is done.
    pub stopped: Option<Failure>,
}

/// How many results of each outcome are told in full.
pub const ROWS: usize = 1_000;

/// What a verb came to for one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowResult {
    /// Which record.
    pub id: i64,
    /// The item's code, else its number; the agency of a duty about no item.
    pub code: String,
    /// The item's title.
    pub title: String,
    /// What came of it.
    pub outcome: RowOutcome,
}

/// What came of a verb for one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// It changes.
    Changed(Vec<Difference>),
    /// It stays as it is.
    Same,
    /// Not allowed, with the reason.
    Refused(Failure),
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub what: Text,
    /// What stood there.
    pub old: Words,
    /// What stands there after it.
    pub new: Words,
}

impl Results {
    pub(super) fn new(verb: Verb, run: Run) -> Self {
        Self { verb, run, changed: Vec::new(), refused: Vec::new(), same: 0, rows: Vec::new(), stopped: None }
    }

    /// How many records it was about.
    #[must_use]
    pub fn total(&self) -> u64 {
        (self.changed.len() + self.refused.len()) as u64 + self.same
    }

    /// How many records of an outcome like this one were counted before it.
    pub(super) fn count(&mut self, id: i64, outcome: &RowOutcome) -> usize {
        let put = |ids: &mut Vec<i64>| {
            ids.push(id);
            ids.len() - 1
        };
        match outcome {
            RowOutcome::Changed(_) => put(&mut self.changed),
            RowOutcome::Refused(_) => put(&mut self.refused),
            RowOutcome::Same => {
                self.same += 1;
                usize::try_from(self.same - 1).unwrap_or(usize::MAX)
            }
        }
    }
}
