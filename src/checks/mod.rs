//! The checks: a compiler for baselines.
//!
//! ```text
//! baseline -> reads      every standard, the band, the basis read once      reads
//! reads    -> view       ladders told apart, fines by party and case        view, amount
//! reads    -> law        the bands that the fines are compared with         statute
//! all      -> findings   one file a family                                  elements, reading, tiers, conditions,
//!                                                                           band, weights, procedure, validity
//! findings -> findings   one defect, one finding                            settle
//! ```
//!
//! Pure: no store, no clock, no words but those of the registry and of the texts checked. An error must be true: where
//! the words leave a doubt (a second trigger, another party, an unread amount) a check keeps silent. Nothing here
//! changes a baseline or answers a finding.

mod about;
mod amount;
mod band;
mod conditions;
mod describe;
mod elements;
mod filled;
mod finding;
mod labels;
mod measures;
mod mend;
mod pairs;
mod procedure;
mod reading;
mod reads;
mod registry;
mod settle;
mod severity;
mod statute;
mod tiers;
mod validity;
mod view;
mod weights;

use chrono::NaiveDate;

use crate::domain::baseline::Baseline;
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;
use crate::domain::procedure::StepRecord;
use crate::domain::source::Source;

pub use describe::{describe, describe_amount};
pub use filled::{filled, told, told_after};
pub use finding::{Detail, Finding};
pub use mend::{Edit, Mend, Part, mend};
pub use registry::{Check, Code, Family, Gate, Severity, checks};
pub use severity::{Lowered, NotLowered, Severities};

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What is written of the item.
    pub text: &'a ItemText,
    /// Its baseline.
    pub baseline: &'a Baseline,
    /// The sources that the item cites, as far as a register knows them.
    pub sources: &'a [&'a Source],
    /// When the checks are run.
    pub gate: Gate,
    /// What the register knows of the version; nothing of a file.
    pub version: Option<&'a VersionFacts>,
}

/// The life of a version as far as checks look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionFacts {
    /// The day of the question.
    pub today: NaiveDate,
    /// The day of the law that it follows: its first day in force, else the day on which it was written.
    pub dated: NaiveDate,
    /// First day in force.
    pub in_force_from: Option<NaiveDate>,
    /// Day of the government's approval.
    pub approved_on: Option<NaiveDate>,
    /// Day and number of the publication, where it was published.
    pub published: Option<(Option<NaiveDate>, String)>,
    /// The procedure was done before the register was opened: it is not asked for.
    pub before_register: bool,
    /// The steps, in the order in which they were recorded.
    pub steps: Vec<StepRecord>,
    /// The shortest comment period in days, where it is set.
    pub shortest_comment: Option<u32>,
}

/// Checks the procedure of a version alone.
#[must_use]
pub fn check_procedure(version: &VersionFacts) -> Vec<Finding> {
    let mut found = Vec::new();
    procedure::check(version, &mut found);
    found
}

/// Checks a baseline. Findings stand in the order of the item: its own, then ladder by ladder, tier by tier.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    // Room for what a baseline usually gives: growing step by step costs more.
    let mut found = Vec::with_capacity(8);
    elements::check(subject, &mut found);
    if subject.baseline.kind == Kind::Penalty {
        check_penalty(subject, &mut found);
    }
    if let Some(version) = subject.version {
        validity::check(subject, version, &mut found);
        procedure::check(version, &mut found);
    }
    found.retain(|finding| finding.code.check().gates.contains(&subject.gate));
    settle::settle(&mut found);
    found
}

fn check_penalty(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let reads = reads::Reads::of(subject.baseline);
    let statute = statute::Statute::of(&reads);
    let ladders = view::view(subject.baseline, &reads);
    elements::check_circumstances(subject, &reads, &statute, found);
    reading::check(subject, &reads, found);
    for ladder in &ladders {
        tiers::check(ladder, &statute, found);
        conditions::check(ladder, found);
        band::check(ladder, &statute, found);
    }
    tiers::check_lengths(&ladders, found);
    band::check_basis(subject, &ladders, &statute, found);
    measures::check(subject, &ladders, &reads, found);
    weights::check(subject, &statute, found);
}
