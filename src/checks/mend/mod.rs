//! Mends: what would take a finding away, where that is certain.
//!
//! ```text
//! finding  -> candidates   what a person would write instead       words, numbers
//! each     -> checked      the finding is gone, no other has come  here
//! ```
//!
//! A defect of the words keeps checks of the amount silent. Where a mend keeps the amount as it was read and one of those
//! checks then speaks, its error was there all along: the mend is offered and tells it.
//!
//! A mend that left a doubt would be a guess: words whose amount changes (R02, R04) are mended only where exactly one
//! reading makes the tier meet its neighbour; all others keep every measure as it was read. Nothing here writes.

mod numbers;
mod words;

#[cfg(test)]
mod tests;

use super::finding::Finding;
use super::registry::{Code, Severity};
use super::{Subject, check};
use crate::domain::baseline::{Baseline, Tier};
use crate::domain::measure::{Measure, Span, words_at};
use crate::reading::read_by;

/// Words put in the place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// What is written where; never two in one text.
    pub edits: Vec<Edit>,
    /// What the defect hid and will show once it is gone; about the mended words.
    pub uncovers: Vec<Finding>,
}

/// One change of one text of a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The ladder, from 0.
    pub ladder: usize,
    /// The tier in the ladder, from 0.
    pub tier: usize,
    /// Which text of it.
    pub part: Part,
    /// The characters that go.
    pub span: Span,
    /// What stood there.
    pub old: String,
    /// What comes in their place.
    pub new: String,
}

/// A text of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its label.
    Label,
    /// Its standard.
    Standard,
}

impl Mend {
    /// Writes it.
    pub fn apply(&self, baseline: &mut Baseline) {
        for edit in &self.edits {
            let tier = baseline.ladders.get_mut(edit.ladder).and_then(|ladder| ladder.tiers.get_mut(edit.tier));
            let Some(tier) = tier else { continue };
            match edit.part {
                Part::Label => tier.label = replaced(&tier.label, edit.span, &edit.new),
                Part::Standard => {
                    tier.standard = replaced(&tier.standard, edit.span, &edit.new);
                    // What was read from the old words does not hold for the new ones.
                    tier.measures.clear();
                }
            }
        }
    }

    /// What goes and what comes, in a few words.
    #[must_use]
    pub fn say(&self) -> String {
        let join = |words: fn(&Edit) -> &str| self.edits.iter().map(words).collect::<Vec<_>>().join("、");
        format!("{} → {}", join(|edit| &edit.old), join(|edit| &edit.new))
    }
}

/// The mend of a finding, where one is certain; `before` is all that is found in the subject as it stands.
#[must_use]
pub fn mend(subject: &Subject<'_>, before: &[Finding], finding: &Finding) -> Option<Mend> {
    let outcome = |mend: &Mend, hidden: &[Finding]| outcome(subject, &Known { before, hidden }, finding, mend);
    let (ladder, tier) = (finding.ladder?, finding.tier?);
    let of = subject.baseline.ladders.get(ladder)?;
    if finding.code == Code::T08 {
        let mend = Mend { edits: numbers::renumbered(of, ladder, tier)?, uncovers: Vec::new() };
        return outcome(&mend, &[]).is_some().then_some(mend);
    }
    let standard = &of.tiers.get(tier)?.standard;
    let span = finding.span?;
    let old = words_at(standard, span);
    let mends = words::candidates(finding.code, standard, span)?.into_iter().map(|new| {
        let edit = Edit { ladder, tier, part: Part::Standard, span, old: old.clone(), new };
        Mend { edits: vec![edit], uncovers: Vec::new() }
    });
    if matches!(finding.code, Code::R02 | Code::R04) {
        let meets = |mend: &Mend| outcome(mend, &[]).is_some_and(|outcome| outcome.meets);
        let mut fitting = mends.filter(meets);
        let only = fitting.next()?;
        return fitting.next().is_none().then_some(only);
    }
    let as_read = amounts(subject, standard);
    let mut keeping = mends.filter(|mend| {
        let mut mended = subject.baseline.clone();
        mend.apply(&mut mended);
        let words = mended.ladders.get(ladder).and_then(|of| of.tiers.get(tier)).map(|tier| tier.standard.as_str());
        words.is_some_and(|words| as_read == amounts(subject, words))
    });
    let hidden = if finding.code == Code::R03 { taken_as_read(subject, ladder, tier, &as_read) } else { Vec::new() };
    keeping.find_map(|mend| outcome(&mend, &hidden).map(|outcome| Mend { uncovers: outcome.uncovers, ..mend }))
}

/// What is found where the amounts of a tier stand as they were read, whatever is wrong with its words.
fn taken_as_read(subject: &Subject<'_>, ladder: usize, tier: usize, amounts: &[Measure]) -> Vec<Finding> {
    let mut taken = subject.baseline.clone();
    if let Some(tier) = taken.ladders.get_mut(ladder).and_then(|of| of.tiers.get_mut(tier)) {
        // Without their places they are no longer those of the words, and count as set by hand.
        tier.measures = amounts.to_vec();
    }
    check(&Subject { baseline: &taken, ..*subject })
}

/// What is known of a subject before a mend.
struct Known<'a> {
    /// What is found in it.
    before: &'a [Finding],
    /// What is found once the amounts at fault are taken as read.
    hidden: &'a [Finding],
}

/// What a mend leads to.
struct Outcome {
    /// The tier now ends where its neighbour begins, or begins where it ends.
    meets: bool,
    uncovers: Vec<Finding>,
}

/// What a mend leads to, where it takes its finding away and brings none that must be acted on but what was hidden.
fn outcome(subject: &Subject<'_>, known: &Known<'_>, finding: &Finding, mend: &Mend) -> Option<Outcome> {
    let mut mended = subject.baseline.clone();
    mend.apply(&mut mended);
    let after = check(&Subject { baseline: &mended, ..*subject });
    let before = known.before;
    let gone = count(&after, finding) < count(before, finding);
    let come = |one: &&Finding| one.severity() != Severity::Note && count(&after, one) > count(before, one);
    let uncovers: Vec<Finding> = after.iter().filter(come).cloned().collect();
    let all_hidden = uncovers.iter().all(|one| count(&after, one) <= count(known.hidden, one));
    // A range that is upside down has more wrong than its words tell.
    let upright =
        !after.iter().any(|one| one.code == Code::T03 && (one.ladder, one.tier) == (finding.ladder, finding.tier));
    let meetings = |found: &[Finding]| {
        let beside = |at: Option<usize>| at == finding.tier || at == finding.tier.map(|tier| tier + 1);
        found.iter().filter(|one| one.code == Code::T07 && one.ladder == finding.ladder && beside(one.tier)).count()
    };
    let meets = meetings(&after) > meetings(before);
    (gone && all_hidden && upright).then_some(Outcome { meets, uncovers })
}

/// How many findings of one's kind stand at its place.
fn count(found: &[Finding], one: &Finding) -> usize {
    let place = |finding: &Finding| (finding.code, finding.ladder, finding.tier, finding.field);
    found.iter().filter(|other| place(other) == place(one)).count()
}

/// What words come to, wherever in them it stands.
fn amounts(subject: &Subject<'_>, words: &str) -> Vec<Measure> {
    let unplaced = |mut measure: Measure| {
        measure.span = [0, 0];
        if let Some(trigger) = &mut measure.trigger {
            trigger.span = [0, 0];
        }
        measure
    };
    read_by(words, &subject.baseline.conventions).measures.into_iter().map(unplaced).collect()
}

fn replaced(words: &str, [start, end]: Span, new: &str) -> String {
    let (head, tail) = (words.chars().take(start), words.chars().skip(end));
    head.chain(new.chars()).chain(tail).collect()
}

/// Whole label of a tier, as a span.
fn whole(tier: &Tier) -> Span {
    [0, tier.label.chars().count()]
}
