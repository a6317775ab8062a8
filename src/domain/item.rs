//! Enforcement items: identity, source clauses, verification.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::Level;
use super::clause::Clause;
use super::ids::{AgencyId, ItemId, SourceId};
use super::kind::Kind;

crate::terms! {
    /// What a source clause does for an item.
    pub enum ClauseRole {
        /// The duty that is broken.
        Duty = "duty", "义务条款", "duty broken";
        /// The authority to act.
        Authority = "authority", "依据条款", "authority to act";
    }
}

crate::terms! {
    /// Where the agency's verification of a listed item stands.
    pub enum Verification {
        /// Listed by the bureau, not yet answered.
        Listed = "listed", "待核对", "listed";
        /// Proposed by an agency, not yet listed by the bureau.
        Proposed = "proposed", "已提议", "proposed";
        /// Confirmed by the agency.
        Confirmed = "confirmed", "已核对", "confirmed";
        /// Disputed: «not ours», «no discretion here».
        Disputed = "disputed", "有异议", "disputed";
        /// Excluded by the bureau with a reason.
        Excluded = "excluded", "已排除", "excluded";
    }
}

/// A clause of a source as an item cites it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// What it does for the item.
    pub role: ClauseRole,
    /// The source in the register, where its title is known there.
    pub source: Option<SourceId>,
    /// The source's title without 《》.
    pub title: String,
    /// The clause, where one is named.
    pub clause: Option<Clause>,
    /// The clause as written.
    pub written: String,
}

/// What is written of an item, without its place in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    /// Code as the agency or the bureau gives it; may be empty.
    pub code: String,
    /// Title; of a penalty, the violation.
    pub title: String,
    /// Kind.
    pub kind: Kind,
    /// Source clauses, authority first.
    pub citations: Vec<Citation>,
}

/// An item of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Row id.
    pub id: ItemId,
    /// Responsible agency.
    pub agency: AgencyId,
    /// What is written of it.
    pub text: ItemText,
    /// On which level it stands.
    pub level: Level,
    /// A central body's item: listed, no duties.
    pub vertical: bool,
    /// Where verification stands.
    pub verification: Verification,
    /// Reason given with a dispute, an exclusion or a proposal.
    pub verification_reason: String,
    /// Day on which it came into the register.
    pub listed_on: NaiveDate,
}

/// The identity of an item inside its agency: its code, else source title and violation.
#[must_use]
pub fn identity(code: &str, source_title: &str, violation: &str) -> String {
    let code: String = code.split_whitespace().collect();
    if code.is_empty() { text_identity(source_title, violation) } else { format!("c:{code}") }
}

/// The identity of an item that has no code of its own.
#[must_use]
pub fn text_identity(source_title: &str, violation: &str) -> String {
    let violation: String = violation.split_whitespace().collect();
    format!("t:{}\u{1f}{violation}", super::source::bare_title(source_title))
}

crate::terms! {
    /// What the duties of an item come to, apart from any day: with the earliest open due day it gives the
    /// item's standing on every day.
    pub enum DutyState {
        /// The item has no duties.
        None = "none", "无任务", "none";
        /// Open, and nothing done.
        Idle = "idle", "未开始", "not begun";
        /// Open, and work has begun.
        Begun = "begun", "进行中", "begun";
        /// All closed, none late.
        Done = "done", "按期办结", "done on time";
        /// All closed, at least one late.
        DoneLate = "done_late", "逾期办结", "done late";
        /// All waived.
        Waived = "waived", "已免除", "waived";
    }
}
