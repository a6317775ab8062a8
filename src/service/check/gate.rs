//! What the checks keep from passing: a draft on its way to the bureau, a version on its way to publication.

use chrono::NaiveDate;

use super::live::{Live, message_of, version_facts};
use crate::checks::{Severity, check_procedure};
use crate::domain::ids::ItemId;
use crate::domain::label::{Lang, Term};
use crate::domain::stage::Stage;
use crate::i18n::{Failure, NextStep, Obstacle, Words};
use crate::service::setting::shortest_comment;
use crate::service::{Register, Result};
use crate::store::{ItemState, Life, Version, Write};
use crate::words;

impl Register {
    /// What would keep an item's draft from being submitted now: errors, and warnings that nobody answered.
    pub fn obstacles_to_submission(&self, item: ItemId) -> Result<Vec<Live>> {
        let mut findings = self.findings_of(item)?;
        findings.retain(Live::blocks);
        Ok(findings)
    }
}

/// The gate of submission (section 5): no error, and every warning answered in words.
pub(in crate::service) fn may_submit(findings: &[Live]) -> Result<()> {
    refusal_to_submit(findings).map_or(Ok(()), Err)
}

/// The refusal, where there is something to refuse for.
#[must_use]
pub fn refusal_to_submit(findings: &[Live]) -> Option<Failure> {
    let standing: Vec<&Live> = findings.iter().filter(|finding| finding.blocks()).collect();
    let errors = standing.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = standing.len() - errors;
    let codes = codes_of(&standing);
    let (zh, en) = (codes.join("、"), codes.join(", "));
    let (reason, next, step) = match (errors, warnings) {
        (0, 0) => return None,
        (0, _) => (
            words!("有 {warnings} 条警告没有说明（{zh}）。", "Warnings are not answered: {warnings} ({en})."),
            words!(
                "请改掉，或者用 cailiang check answer 写明理由。",
                "Mend them, or answer them in words with cailiang check answer."
            ),
            Some(NextStep::AnswerWarnings),
        ),
        (_, 0) => (
            words!("有 {errors} 处错误没有改（{zh}）。", "Errors stand: {errors} ({en})."),
            words!("请改正后再报送。", "Mend them, then submit."),
            None,
        ),
        _ => (
            words!(
                "有 {errors} 处错误没有改，{warnings} 条警告没有说明（{zh}）。",
                "Errors stand: {errors}; warnings are not answered: {warnings} ({en})."
            ),
            words!(
                "请改正错误；警告可以改掉，也可以用 cailiang check answer 写明理由。",
                "Mend the errors; mend the warnings, or answer them in words with cailiang check answer."
            ),
            Some(NextStep::MendAndAnswer),
        ),
    };
    let obstacles = standing.into_iter().map(obstacle).collect();
    let refusal = Failure::refused(reason, next).because_of(obstacles);
    Some(Failure { step, ..refusal })
}

/// What was done, with what will keep the draft from being submitted.
#[must_use]
pub fn told_with_what_is_ahead(done: Words, ahead: Option<&Failure>) -> Words {
    let Some(ahead) = ahead else { return done };
    let (zh, en) = (format!("{}；报送前：", done.zh), format!("{}; before it is submitted: ", done.en));
    ahead.reason.clone().before(&zh, &en)
}

/// The codes, each once, in the order in which they stand.
fn codes_of(findings: &[&Live]) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for finding in findings {
        if !codes.contains(&finding.code.id()) {
            codes.push(finding.code.id());
        }
    }
    codes
}

fn obstacle(finding: &Live) -> Obstacle {
    Obstacle {
        code: finding.code.id(),
        severity: finding.severity.id(),
        weight: finding.severity.label(),
        lowered: finding.lowered.clone(),
        ladder: finding.ladder.map(|at| at + 1),
        tier: finding.tier_label.clone(),
        field: finding.field,
        message: finding.message.clone(),
    }
}

/// The gate of publication (S4.3): every step before it, in order, none after the day of publication, a public comment
/// that ran as long as the register asks for, the publication's own day and number.
pub(in crate::service) fn may_publish(
    write: &Write<'_>,
    state: &ItemState,
    version: &Version,
    on: NaiveDate,
    number: &str,
) -> Result<()> {
    let steps = write.steps(state.id, state.version_no, state.batch)?;
    let life = Life { published_on: Some(on), publication: number.to_owned(), ..version.life.clone() };
    let mut facts = version_facts(write.day(), version.created_on, &life, Stage::Published, steps);
    facts.shortest_comment = shortest_comment(&write.settings()?);
    let found = check_procedure(&facts);
    if found.is_empty() {
        return Ok(());
    }
    let obstacles = found.iter().map(|finding| Obstacle {
        code: finding.code.id(),
        severity: finding.severity().id(),
        weight: finding.severity().label(),
        lowered: None,
        ladder: None,
        tier: None,
        field: None,
        message: message_of(finding, &version.baseline),
    });
    let obstacles: Vec<Obstacle> = obstacles.collect();
    let told = |lang: Lang| obstacles.iter().map(move |one| format!("{} {}", one.code, one.message.say(lang)));
    let reason = Words { zh: told(Lang::Zh).collect(), en: told(Lang::En).collect::<Vec<_>>().join(" ") };
    let next = words!("补齐后再公布。", "Publish when that is done.");
    Err(Failure::refused(reason, next).because_of(obstacles))
}
