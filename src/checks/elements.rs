//! E: whether every element of a baseline is there.

use super::Subject;
use super::finding::{Detail, Finding};
use super::reads::Reads;
use super::registry::Code;
use super::statute::Statute;
use crate::domain::baseline::{Answer, FineBand, Grade, Tier};
use crate::domain::kind::{Field, Kind, Need};
use crate::domain::label::Term;

/// Checks the elements of any kind.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let code = match subject.baseline.kind {
        Kind::Penalty => return check_penalty(subject, found),
        Kind::Compulsion => Code::E11,
        Kind::Inspection => Code::E12,
        Kind::Reward => Code::E13,
        Kind::Confirmation => Code::E14,
        Kind::Licence => Code::E15,
        Kind::Levy => Code::E16,
        Kind::Grant => Code::E17,
    };
    for field in subject.baseline.kind.fields().iter().filter(|field| is_missing(subject, field)) {
        found.push(Finding::of_field(code, field.id).with(vec![Detail::Term(field.label)]));
    }
}

/// A required element needs words; a conditional one words, or the reason why it does not arise.
fn is_missing(subject: &Subject<'_>, field: &Field) -> bool {
    let filled = |words: &str| !blank(words);
    let answered = match (subject.baseline.fields.get(field.id), field.need) {
        (Some(Answer::Text(words)), _) => filled(words),
        (Some(Answer::NotApplicable { not_applicable }), Need::Conditional(_)) => filled(not_applicable),
        _ => false,
    };
    let cited = field.id == "basis" && !subject.text.citations.is_empty();
    field.need != Need::Optional && !answered && !cited
}

fn blank(words: &str) -> bool {
    words.chars().all(char::is_whitespace)
}

/// E01 to E05.
fn check_penalty(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let (baseline, text) = (subject.baseline, subject.text);
    if blank(baseline.text("violation")) && blank(&text.title) {
        found.push(Finding::of_field(Code::E01, "violation"));
    }
    if blank(baseline.text("basis")) && text.citations.is_empty() {
        found.push(Finding::of_field(Code::E02, "basis"));
    }
    if baseline.tier_count() == 0 && baseline.weights.is_none() {
        found.push(Finding::of_item(Code::E03));
    }
    // A list of codes gives each violation one fine; that the violation is the condition needs no words.
    let stands_alone = |tier: &Tier| baseline.tier_count() == 1 && blank(&tier.label);
    for (ladder, at, tier) in tiers(subject) {
        if !stands_alone(tier) && tier.conditions.iter().all(|words| blank(words)) {
            found.push(Finding::of_tier(Code::E04, ladder, at));
        }
        if blank(&tier.standard) && tier.measures.is_empty() {
            found.push(Finding::of_tier(Code::E05, ladder, at));
        }
    }
}

fn tiers<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (usize, usize, &'a Tier)> {
    let ladders = subject.baseline.ladders.iter().enumerate();
    ladders.flat_map(|(ladder, of)| of.tiers.iter().enumerate().map(move |(at, tier)| (ladder, at, tier)))
}

/// E06 and E07: only where the law is known to leave a range.
pub(super) fn check_circumstances(
    subject: &Subject<'_>,
    reads: &Reads<'_>,
    statute: &Statute<'_>,
    found: &mut Vec<Finding>,
) {
    let any = subject.baseline.tier_count() > 0;
    if !any || !statute.has_range() {
        return;
    }
    let said = || reads.ladders.iter().flat_map(|ladder| &ladder.said);
    let longest = subject.baseline.ladders.iter().map(|ladder| ladder.tiers.len()).max().unwrap_or_default();
    let wanted = [Grade::Minor, Grade::Lighter, Grade::Heavier, Grade::Severe];
    let is_missing = |grade: &Grade| said().all(|said| said.grade != Some(*grade));
    let missing: Vec<_> = wanted.iter().filter(|grade| is_missing(grade)).map(|grade| grade.label()).collect();
    let only_numbered = longest >= wanted.len() && said().all(|said| said.grade.is_none());
    if !missing.is_empty() && !only_numbered {
        found.push(Finding::of_item(Code::E06).with(vec![Detail::Terms(missing)]));
    }
    let wanted = [FineBand::Lenient, FineBand::Ordinary, FineBand::Aggravated];
    let is_missing = |band: &FineBand| said().all(|said| said.fine_band != Some(*band));
    let missing: Vec<_> = wanted.iter().filter(|band| is_missing(band)).map(|band| band.label()).collect();
    if !missing.is_empty() {
        found.push(Finding::of_item(Code::E07).with(vec![Detail::Terms(missing)]));
    }
}
