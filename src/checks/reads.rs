//! Everything that is read of a baseline, once: standards, the band, the basis, the labels of ladders.

use std::borrow::Cow;

use super::labels;
use crate::domain::baseline::{Baseline, Grade, Tier};
use crate::domain::measure::{Measure, MeasureKind};
use crate::domain::tier_label::{OnFine, Said, grade};
use crate::reading::{Code as Flaw, Problem, Reading, read_by};

/// What the words of a baseline come to.
pub(super) struct Reads<'a> {
    pub(super) baseline: &'a Baseline,
    pub(super) ladders: Vec<LadderReads<'a>>,
    /// The band's own words.
    pub(super) band: Reading,
    /// The legal basis.
    pub(super) basis: Reading,
}

/// What is read of one ladder.
pub(super) struct LadderReads<'a> {
    /// The label: it often quotes the band that the ladder belongs to.
    pub(super) label: Reading,
    /// What is said of each tier: grade and part of the fine.
    pub(super) said: Vec<Said>,
    pub(super) tiers: Vec<TierReads<'a>>,
}

/// What is read of one tier.
pub(super) struct TierReads<'a> {
    /// The measures: corrected by hand, else as read.
    pub(super) measures: Cow<'a, [Measure]>,
    /// The grade that the label names.
    pub(super) label_grade: Option<Grade>,
    /// What the label says of the fine.
    pub(super) label_on_fine: OnFine,
    /// What the standard says of it.
    pub(super) standard_on_fine: OnFine,
    /// What is wrong with the words.
    pub(super) problems: Vec<Problem>,
    /// The measures are not those that the words come to: somebody has corrected them.
    by_hand: bool,
}

impl<'a> Reads<'a> {
    pub(super) fn of(baseline: &'a Baseline) -> Self {
        let read = |words: &str| {
            if words.is_empty() { Reading::default() } else { read_by(words, &baseline.conventions) }
        };
        let tier = |tier: &'a Tier| {
            let reading = read(&tier.standard);
            let by_hand = tier.is_corrected(&reading.measures);
            TierReads {
                measures: if by_hand { Cow::Borrowed(&tier.measures) } else { Cow::Owned(reading.measures) },
                label_grade: grade(&tier.label),
                label_on_fine: OnFine::of(&tier.label),
                standard_on_fine: OnFine::of(&tier.standard),
                problems: reading.problems,
                by_hand,
            }
        };
        let ladders = baseline.ladders.iter().map(|ladder| {
            let tiers: Vec<TierReads<'a>> = ladder.tiers.iter().map(tier).collect();
            LadderReads {
                label: ladder.label.as_deref().map(read).unwrap_or_default(),
                said: labels::said(ladder, &tiers),
                tiers,
            }
        });
        Self {
            ladders: ladders.collect(),
            band: read(baseline.text("band")),
            basis: read(baseline.text("basis")),
            baseline,
        }
    }
}

impl TierReads<'_> {
    /// True where the amount of a measure is what the words say: no check may rest on one that is not.
    pub(super) fn is_sound(&self, measure: &Measure) -> bool {
        let mistypes = |problem: &Problem| matches!(problem.code, Flaw::R01 | Flaw::R02 | Flaw::R03 | Flaw::R04);
        let touches = |problem: &Problem| {
            let ([start, end], [from, to]) = (problem.span, measure.span);
            problem.code == Flaw::R01 || (start < to && from < end)
        };
        self.by_hand || !self.problems.iter().any(|problem| mistypes(problem) && touches(problem))
    }
}

/// The fines of a reading that carry an amount.
pub(super) fn fines(measures: &[Measure]) -> impl Iterator<Item = &Measure> {
    measures.iter().filter(|measure| measure.kind == MeasureKind::Fine && measure.amount.is_some())
}
