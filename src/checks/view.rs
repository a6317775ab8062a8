//! A ladder as the checks of tiers see it: parallel ladders told apart, tiers from the lightest, fines by party and
//! case.

use super::amount::Range;
use super::reads::{LadderReads, Reads, TierReads, fines};
use crate::domain::baseline::{Baseline, FineBand, Ladder, Tier};
use crate::domain::measure::{Measure, Party, Unit};
use crate::domain::tier_label::{Said, may_go_below};
use crate::domain::tier_number::number;

/// One ladder.
pub(super) struct LadderView<'a> {
    /// Its place, from 0.
    pub(super) at: usize,
    pub(super) ladder: &'a Ladder,
    /// The party that its label names.
    pub(super) party: Option<Party>,
    /// Its tiers, told apart where their numbers start again; each run from the lightest.
    pub(super) runs: Vec<Vec<TierView<'a>>>,
}

/// One tier.
pub(super) struct TierView<'a> {
    /// Its place in the ladder, from 0.
    pub(super) at: usize,
    pub(super) tier: &'a Tier,
    /// Its number, where it is only numbered.
    pub(super) number: Option<u32>,
    /// How heavy it is by its label.
    pub(super) weight: Option<u8>,
    /// No penalty, or mitigated: it stands outside the band.
    pub(super) lenient: bool,
    pub(super) fines: Vec<Fine<'a>>,
}

/// One fine with an amount.
pub(super) struct Fine<'a> {
    pub(super) measure: &'a Measure,
    pub(super) key: Key<'a>,
    pub(super) range: Range,
    /// Its amount can be relied on.
    pub(super) sound: bool,
}

/// What must agree for two fines to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) party: Party,
    pub(super) ratio: bool,
    pub(super) base: Option<&'a str>,
    pub(super) per: &'a [String],
    pub(super) case: Case<'a>,
    nth: usize,
}

impl Key<'_> {
    /// True where two fines are steps of one stair; a base that was forgotten is no other one.
    pub(super) fn is_of_one_stair(&self, other: &Self) -> bool {
        let base = self.base.is_none() || other.base.is_none() || self.base == other.base;
        base && Key { base: None, ..*self } == Key { base: None, ..*other }
    }
}

/// The case in which a fine is imposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case<'a> {
    /// The tier's own.
    Plain,
    /// After a time limit, or a refusal.
    Late,
    /// Without gains.
    NoGains,
    /// One of several cases in one tier.
    Other(&'a str),
}

/// Every ladder of a baseline.
pub(super) fn view<'a>(baseline: &'a Baseline, reads: &'a Reads<'a>) -> Vec<LadderView<'a>> {
    let ladders = baseline.ladders.iter().zip(&reads.ladders).enumerate();
    ladders.map(|(at, (ladder, reads))| LadderView::of(at, ladder, reads)).collect()
}

impl<'a> LadderView<'a> {
    fn of(at: usize, ladder: &'a Ladder, reads: &'a LadderReads<'a>) -> Self {
        let tiers = ladder.tiers.iter().zip(&reads.tiers).zip(&reads.said).enumerate();
        let mut runs: Vec<Vec<TierView<'a>>> = Vec::new();
        for (at, ((tier, reads), said)) in tiers {
            let view = TierView::of(at, tier, reads, *said);
            match runs.last_mut().filter(|run| !starts_again(run, &view)) {
                Some(run) => run.push(view),
                None => {
                    let mut run = Vec::with_capacity(ladder.tiers.len() - at);
                    run.push(view);
                    runs.push(run);
                }
            }
        }
        runs.iter_mut().for_each(put_in_order);
        Self { at, ladder, party: ladder.label.as_deref().and_then(party_of), runs }
    }

    /// Every tier.
    pub(super) fn tiers(&self) -> impl Iterator<Item = &TierView<'a>> {
        self.runs.iter().flatten()
    }
}

/// True where the numbers or labels of a run begin anew.
fn starts_again(run: &[TierView<'_>], next: &TierView<'_>) -> bool {
    let Some(first) = run.first().filter(|_| run.len() > 1) else { return false };
    match (first.number, next.number) {
        (Some(first), Some(next)) => first == next,
        (None, None) => !next.tier.label.is_empty() && first.tier.label == next.tier.label,
        _ => false,
    }
}

/// Puts the tiers in order from the lightest, where they are listed otherwise and their labels or amounts tell so.
fn put_in_order(run: &mut Vec<TierView<'_>>) {
    if run.iter().all(|tier| tier.weight.is_some()) {
        run.sort_by_key(|tier| tier.weight);
        return;
    }
    let numbers: Option<Vec<u32>> = run.iter().map(|tier| tier.number).collect();
    let falling_numbers = numbers.is_some_and(|numbers| numbers.len() > 1 && numbers.is_sorted_by(|a, b| a > b));
    let highs: Option<Vec<_>> =
        run.iter().map(|tier| tier.fines.first().filter(|fine| fine.sound).and_then(|fine| fine.range.high)).collect();
    let falling_amounts = highs.is_some_and(|highs| highs.len() > 2 && highs.is_sorted_by(|a, b| a > b));
    if falling_numbers || falling_amounts {
        run.reverse();
    }
}

impl<'a> TierView<'a> {
    fn of(at: usize, tier: &'a Tier, reads: &'a TierReads<'a>, said: Said) -> Self {
        let mut seen: Vec<Fine<'a>> = Vec::new();
        for measure in fines(&reads.measures) {
            let Some(amount) = &measure.amount else { continue };
            let mut key = Key {
                party: measure.party,
                ratio: amount.unit != Unit::Yuan,
                base: amount.base.as_deref(),
                per: &amount.per,
                case: Case::of(measure),
                nth: 0,
            };
            let several = || fines(&reads.measures).filter(|other| alike(other, measure)).nth(1).is_some();
            if let (Case::Plain, Some(trigger)) = (key.case, &measure.trigger)
                && several()
            {
                key.case = Case::Other(&trigger.text);
            }
            key.nth = seen.iter().filter(|fine| Key { nth: 0, ..fine.key } == key).count();
            let range = Range::of(amount);
            seen.push(Fine { measure, key, range, sound: reads.is_sound(measure) && !range.is_inverted() });
        }
        Self {
            at,
            tier,
            // A label that names a grade is not one that is only numbered.
            number: if reads.label_grade.is_some() { None } else { number(&tier.label) },
            weight: said.weight(),
            lenient: matches!(said.fine_band, Some(FineBand::NoPenalty | FineBand::Mitigated))
                || reads.label_on_fine.below
                || reads.standard_on_fine.below
                || says_mitigated(tier),
            fines: seen,
        }
    }
}

impl TierView<'_> {
    /// True where every condition speaks of an order that was not followed.
    pub(super) fn is_late(&self) -> bool {
        !self.tier.conditions.is_empty() && self.tier.conditions.iter().all(|words| is_late(words))
    }
}

impl<'a> Case<'a> {
    fn of(measure: &'a Measure) -> Self {
        match measure.trigger.as_ref().map(|trigger| trigger.text.as_str()) {
            Some(words) if is_late(words) => Case::Late,
            Some(words) if ["没有违法所得", "无违法所得", "违法所得无法"].iter().any(|no| words.contains(no)) => {
                Case::NoGains
            }
            _ => Case::Plain,
        }
    }
}

/// The same but for case and amount.
fn alike(a: &Measure, b: &Measure) -> bool {
    let of = |measure: &Measure| {
        let amount = measure.amount.as_ref();
        (measure.party, amount.map(|amount| amount.unit == Unit::Yuan))
    };
    let (first, second) = (a.amount.as_ref(), b.amount.as_ref());
    of(a) == of(b)
        && first.map(|amount| &amount.base) == second.map(|amount| &amount.base)
        && first.map(|amount| &amount.per) == second.map(|amount| &amount.per)
}

/// True for words about a time limit that has passed, or a refusal.
fn is_late(words: &str) -> bool {
    // One pass over the characters settles most texts.
    let may = words.contains(['逾', '拒', '仍', '期']);
    may && ["逾期", "拒不", "仍不", "仍未", "期满"].iter().any(|late| words.contains(late))
}

fn says_mitigated(tier: &Tier) -> bool {
    let besides = std::iter::once(&tier.remarks).filter(|words| !words.is_empty());
    besides.chain(&tier.conditions).any(|words| may_go_below(words))
}

/// The party that words name.
fn party_of(words: &str) -> Option<Party> {
    let has = |known: &[&str]| known.iter().any(|word| words.contains(word));
    if has(&["主管人员", "责任人", "负责人", "法定代表人"]) {
        return Some(Party::PersonInCharge);
    }
    if has(&["个人", "自然人"]) {
        return (!has(&["单位"])).then_some(Party::Individual);
    }
    has(&["单位", "企业", "法人"]).then_some(Party::Unit)
}
