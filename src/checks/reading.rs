//! R: what the reader could not read in the standards.

use super::Subject;
use super::finding::{Detail, Finding};
use super::reads::Reads;
use super::registry::Code;
use crate::domain::measure::words_at;
use crate::reading::Code as Flaw;

/// Tells every problem of every standard at its words.
pub(super) fn check(subject: &Subject<'_>, reads: &Reads<'_>, found: &mut Vec<Finding>) {
    for (ladder, (of, reads)) in subject.baseline.ladders.iter().zip(&reads.ladders).enumerate() {
        for (at, (tier, reads)) in of.tiers.iter().zip(&reads.tiers).enumerate() {
            for problem in &reads.problems {
                let words = words_at(&tier.standard, problem.span);
                let finding = Finding::of_tier(code_of(problem.code), ladder, at);
                found.push(finding.at(problem.span).with(vec![Detail::Words(words)]));
            }
        }
    }
}

const fn code_of(flaw: Flaw) -> Code {
    match flaw {
        Flaw::R01 => Code::R01,
        Flaw::R02 => Code::R02,
        Flaw::R03 => Code::R03,
        Flaw::R04 => Code::R04,
        Flaw::R05 => Code::R05,
        Flaw::R06 => Code::R06,
        Flaw::R07 => Code::R07,
    }
}
