//! The checks on a draft in hand: what is needed of the register is fetched once, and then no key waits for it.

use chrono::NaiveDate;

use crate::checks::{Code, Finding, Gate, Severities, Severity, Subject, VersionFacts, check};
use crate::domain::baseline::Baseline;
use crate::domain::ids::{BatchId, ItemId};
use crate::domain::item::ItemText;
use crate::domain::label::Lang;
use crate::domain::measure::Span;
use crate::domain::procedure::StepRecord;
use crate::domain::source::Source;
use crate::domain::stage::Stage;
use crate::i18n::Words;
use crate::service::{Register, Result};
use crate::store::{CheckFacts, KeptAnswer, KeptVersion, Life, Version, Write};

use super::severity::severities_of;
use crate::service::setting::shortest_comment;

/// All that the checks of one item need beside the words in hand. It holds no register: it can go to any thread.
#[derive(Debug, Clone)]
pub struct Checker {
    sources: Vec<Source>,
    gate: Gate,
    version: VersionFacts,
    severities: Severities,
    answers: Vec<KeptAnswer>,
}

/// A finding as it stands now, with how much it weighs here and the answer that it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// The check.
    pub code: Code,
    /// How much it weighs in this register.
    pub severity: Severity,
    /// Why the register lowered the severity; nothing where it is the built-in one.
    pub lowered: Option<String>,
    /// The ladder, from 0; `None` for the item as a whole.
    pub ladder: Option<usize>,
    /// The tier in the ladder, from 0.
    pub tier: Option<usize>,
    /// The tier as written, or its number where it has no label.
    pub tier_label: Option<String>,
    /// The field at fault.
    pub field: Option<&'static str>,
    /// The words at fault: characters of the tier's standard, or of the field.
    pub span: Option<Span>,
    /// The sentence, with the place.
    pub message: Words,
    /// The clause that it rests on.
    pub clause: &'static str,
    /// The answer in words, as long as the words that it was about stand.
    pub answer: Option<String>,
    /// The hash of those words.
    pub about: String,
    /// Where they stand, for the record.
    pub place: String,
}

impl Live {
    /// Whether it keeps a draft from being submitted: an error, or a warning that nobody answered.
    #[must_use]
    pub const fn blocks(&self) -> bool {
        match self.severity {
            Severity::Error => true,
            Severity::Warning => self.answer.is_none(),
            Severity::Note => false,
        }
    }
}

impl Checker {
    pub(in crate::service) fn new(facts: CheckFacts, gate: Gate, version: VersionFacts) -> Self {
        let severities = severities_of(&facts.settings);
        Self { sources: facts.sources, gate, version, severities, answers: facts.answers }
    }

    /// The findings of a draft, in the order of the item: its own, then ladder by ladder, tier by tier.
    #[must_use]
    pub fn check(&self, text: &ItemText, baseline: &Baseline) -> Vec<Live> {
        self.findings(text, baseline).iter().map(|finding| self.live(finding, baseline)).collect()
    }

    pub(super) fn findings(&self, text: &ItemText, baseline: &Baseline) -> Vec<Finding> {
        let sources: Vec<&Source> = self.sources.iter().collect();
        let version = Some(&self.version);
        check(&Subject { text, baseline, sources: &sources, gate: self.gate, version })
    }

    pub(super) fn live(&self, finding: &Finding, baseline: &Baseline) -> Live {
        let about = finding.about(baseline);
        Live {
            code: finding.code,
            severity: self.severities.of(finding.code),
            lowered: self.severities.lowered(finding.code).map(|lowered| lowered.reason.clone()),
            ladder: finding.ladder,
            tier: finding.tier,
            tier_label: finding.tier_label(baseline),
            field: finding.field,
            span: finding.span,
            message: message_of(finding, baseline),
            clause: finding.clause(),
            answer: answer_to(&self.answers, finding.code, &about).map(|answer| answer.text.clone()),
            about,
            place: finding.place_key(baseline),
        }
    }
}

/// The sentence of a finding in both languages.
pub(super) fn message_of(finding: &Finding, baseline: &Baseline) -> Words {
    Words { zh: finding.message(baseline, Lang::Zh), en: finding.message(baseline, Lang::En) }
}

/// The answer to a finding about these words.
pub(super) fn answer_to<'a>(answers: &'a [KeptAnswer], code: Code, about: &str) -> Option<&'a KeptAnswer> {
    use crate::domain::label::Term;
    answers.iter().find(|answer| answer.code == code.id() && answer.about == about)
}

impl Register {
    /// What is needed to check a draft of an item without asking the register again.
    pub fn checker(&self, item: ItemId) -> Result<Checker> {
        let state = self.store.item_state(item)?;
        let gate = gate_of(state.stage);
        let facts = self.store.check_facts(item)?;
        let mut version = if state.version_no == 0 {
            version_facts(self.clock.day, self.clock.day, &Life::default(), state.stage, Vec::new())
        } else {
            let KeptVersion { created_on, life, .. } = self.store.kept_version(item, state.version_no)?;
            let steps = self.steps_to_check(item, state.version_no, state.batch, gate, &life)?;
            version_facts(self.clock.day, created_on, &life, state.stage, steps)
        };
        version.shortest_comment = shortest_comment(&facts.settings);
        Ok(Checker::new(facts, gate, version))
    }

    /// The steps of a version, where its gate looks at them.
    pub(super) fn steps_to_check(
        &self,
        item: ItemId,
        no: i64,
        batch: Option<BatchId>,
        gate: Gate,
        life: &Life,
    ) -> Result<Vec<StepRecord>> {
        if gate != Gate::Publication || life.before_register {
            return Ok(Vec::new());
        }
        Ok(self.store.steps(item, no, batch)?)
    }

    /// The findings of an item's newest version; none where nothing has been written.
    pub fn findings_of(&self, item: ItemId) -> Result<Vec<Live>> {
        let version_no = self.store.item_state(item)?.version_no;
        if version_no == 0 {
            return Ok(Vec::new());
        }
        let version = self.store.version(item, version_no)?;
        Ok(self.checker(item)?.check(&self.store.item(item)?.text, &version.baseline))
    }
}

/// The findings of a draft as a write sees it, for its gate and for answers.
pub(in crate::service) fn findings_in(write: &Write<'_>, item: ItemId, no: i64, stage: Stage) -> Result<Vec<Live>> {
    let Version { baseline, created_on, life, .. } = write.version(item, no)?;
    let facts = write.check_facts(item)?;
    let text = facts.text.clone();
    let version = version_facts(write.day(), created_on, &life, stage, Vec::new());
    Ok(Checker::new(facts, Gate::Register, version).check(&text, &baseline))
}

/// The gate at which an item stands.
pub(super) const fn gate_of(stage: Stage) -> Gate {
    match stage {
        Stage::Approved | Stage::Published => Gate::Publication,
        _ => Gate::Register,
    }
}

/// The life of a version as the checks look at it.
pub(in crate::service) fn version_facts(
    today: NaiveDate,
    created_on: NaiveDate,
    life: &Life,
    stage: Stage,
    steps: Vec<StepRecord>,
) -> VersionFacts {
    VersionFacts {
        today,
        dated: life.in_force_from.unwrap_or(created_on),
        in_force_from: life.in_force_from,
        approved_on: life.approved_on,
        published: (stage == Stage::Published).then(|| (life.published_on, life.publication.clone())),
        before_register: life.before_register,
        steps,
        shortest_comment: None,
    }
}
