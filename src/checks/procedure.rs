//! P: whether the procedure was kept.

use super::VersionFacts;
use super::finding::{Detail, Finding};
use super::registry::Code;
use crate::domain::label::{Term, Text};
use crate::domain::procedure::{BEFORE_PUBLICATION, Step, StepRecord, missing, out_of_order};

/// Checks the steps of a version. What was in force before the register was opened is not asked for them.
pub(super) fn check(version: &VersionFacts, found: &mut Vec<Finding>) {
    if version.before_register {
        return;
    }
    let missing: Vec<Text> = missing(&version.steps).into_iter().map(Term::label).collect();
    if !missing.is_empty() {
        found.push(Finding::of_item(Code::P01).with(vec![Detail::Terms(missing)]));
    }
    check_order(version, found);
    check_comment(version, found);
    if let Some((on, number)) = &version.published {
        let lacking =
            [(on.is_none(), Text::new("公布日期", "day")), (number.trim().is_empty(), Text::new("文号", "number"))];
        let lacking: Vec<Text> = lacking.into_iter().filter(|(lacks, _)| *lacks).map(|(_, name)| name).collect();
        if !lacking.is_empty() {
            found.push(Finding::of_item(Code::P04).with(vec![Detail::Terms(lacking)]));
        }
    }
}

/// P02: the four steps among themselves, then approval and publication.
fn check_order(version: &VersionFacts, found: &mut Vec<Finding>) {
    const APPROVAL: Text = Text::new("政府审定", "approval");
    const PUBLICATION: Text = Text::new("公布", "publication");
    let mut tell = |later: Text, earlier: Text| {
        found.push(Finding::of_item(Code::P02).with(vec![Detail::Term(later), Detail::Term(earlier)]));
    };
    if let Some(pair) = out_of_order(&version.steps) {
        tell(pair.later.label(), pair.earlier.label());
        return;
    }
    let last = |step: &Step| last_record(version, *step).map(|record| (record.on, step.label()));
    let steps = BEFORE_PUBLICATION.iter().filter_map(last);
    let approval = version.approved_on.map(|on| (on, APPROVAL));
    let published = version.published.as_ref().and_then(|(on, _)| *on);
    if let Some(on) = published
        && let Some((_, step)) = steps.chain(approval).find(|(day, _)| *day > on)
    {
        tell(PUBLICATION, step);
    }
}

/// P03.
fn check_comment(version: &VersionFacts, found: &mut Vec<Finding>) {
    let Some((record, shortest)) = last_record(version, Step::Comment).zip(version.shortest_comment) else { return };
    let Some(from) = record.from else { return };
    let days = (record.on - from).num_days() + 1;
    if days < i64::from(shortest) {
        let details = vec![Detail::Number(days.into()), Detail::Number(shortest.into())];
        found.push(Finding::of_item(Code::P03).with(details));
    }
}

fn last_record(version: &VersionFacts, step: Step) -> Option<&StepRecord> {
    version.steps.iter().rev().find(|record| record.step == step)
}
