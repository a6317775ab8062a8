//! The bands of the law, and which of them a fine belongs to.

use rust_decimal::Decimal;

use super::amount::Range;
use super::reads::{Reads, fines};
use super::view::{Fine, LadderView};
use crate::domain::measure::{Amount, Measure, MeasureKind, Party, Unit, words_at};
use crate::reading::Reading;

/// What the law allows.
pub(super) struct Statute<'a> {
    /// The bands of the item.
    general: Vec<Band<'a>>,
    /// The bands that belong to one ladder alone: told by hand, or quoted in its label.
    own: Vec<Vec<Band<'a>>>,
    /// The law refers to another provision, so that higher amounts may be allowed than are written here.
    open: bool,
}

/// One band.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band<'a> {
    /// Its place among the bands of the baseline, where it stands among them.
    at: Option<usize>,
    party: Party,
    amount: &'a Amount,
    /// Its range.
    pub(super) range: Range,
}

/// Which parties are looked at.
#[derive(Clone, Copy)]
enum Choice {
    Only(Party),
    Not(Party),
    Any,
}

impl Choice {
    fn takes(self, party: Party) -> bool {
        match self {
            Self::Only(only) => party == only,
            Self::Not(not) => party != not,
            Self::Any => true,
        }
    }
}

impl<'a> Statute<'a> {
    pub(super) fn of(reads: &'a Reads<'a>) -> Self {
        let baseline = reads.baseline;
        let by_hand: Vec<Vec<Band<'a>>> = baseline
            .bands
            .iter()
            .enumerate()
            .map(|(at, band)| fines(&band.measures).filter_map(|fine| Band::of(fine, band.party, Some(at))).collect())
            .collect();
        let read = |reading: &'a Reading| bands(&reading.measures);
        let general = [by_hand.concat(), read(&reads.band), read(&reads.basis)];
        let own = baseline.ladders.iter().zip(&reads.ladders).map(|(ladder, reads)| {
            let told = ladder.band.and_then(|at| by_hand.get(at)).cloned().unwrap_or_default();
            if told.is_empty() { read(&reads.label) } else { told }
        });
        Self {
            own: own.collect(),
            general: general.into_iter().find(|bands| !bands.is_empty()).unwrap_or_default(),
            open: baseline.bands.is_empty()
                && (refers(&reads.band, baseline.text("band")) || refers(&reads.basis, baseline.text("basis"))),
        }
    }

    /// True where no band of any fine could be read.
    pub(super) fn is_unread(&self) -> bool {
        self.general.is_empty() && self.own.iter().all(Vec::is_empty)
    }

    /// True where the law leaves a choice of fines.
    pub(super) fn has_range(&self) -> bool {
        self.general.iter().chain(self.own.iter().flatten()).any(|band| !band.range.is_point())
    }

    /// The law refers elsewhere: what is written here is not all.
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    /// The bands that a fine of a ladder may belong to. A fine whose party the law names apart has only those.
    pub(super) fn candidates<'s>(
        &'s self,
        ladder: &LadderView<'_>,
        fine: &'s Fine<'s>,
    ) -> impl Iterator<Item = &'s Band<'a>> + Clone + 's {
        let own = self.own.get(ladder.at).filter(|own| !own.is_empty());
        let fits = own.unwrap_or(&self.general).iter().filter(|band| band.can_hold(fine));
        let party = if fine.key.party == Party::Unspecified { ladder.party } else { Some(fine.key.party) };
        let has = |choice: Choice| fits.clone().any(|band| choice.takes(band.party));
        let choices = match party {
            Some(party) => [Choice::Only(party), Choice::Only(Party::Unspecified)],
            None => [Choice::Not(Party::PersonInCharge), Choice::Any],
        };
        let choice = choices.into_iter().find(|choice| has(*choice)).unwrap_or(Choice::Any);
        fits.filter(move |band| choice.takes(band.party))
    }

    /// The narrowest band that holds a fine.
    pub(super) fn home(&self, ladder: &LadderView<'_>, fine: &Fine<'_>) -> Option<Range> {
        let width = |range: &Range| range.high.map_or(Decimal::MAX, |high| high - range.floor());
        let ranges = self.candidates(ladder, fine).map(|band| band.range);
        ranges.filter(|range| range.holds(&fine.range)).min_by_key(width)
    }

    /// The place of the one band that every fine of a ladder belongs to; nothing where more than one may be meant.
    pub(super) fn only_band_of(&self, ladder: &LadderView<'_>) -> Option<usize> {
        let in_band = ladder.tiers().filter(|tier| !tier.lenient).flat_map(|tier| &tier.fines);
        let mut common: Option<Vec<usize>> = None;
        for fine in in_band.filter(|fine| fine.sound) {
            let places = self.places_of(ladder, fine)?;
            match &mut common {
                Some(common) => common.retain(|place| places.contains(place)),
                None => common = Some(places),
            }
        }
        match common?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The places of the bands that hold a fine. One that is held by none belongs to the only candidate.
    fn places_of(&self, ladder: &LadderView<'_>, fine: &Fine<'_>) -> Option<Vec<usize>> {
        let candidates = self.candidates(ladder, fine);
        let holding: Vec<_> = candidates.clone().filter(|band| band.range.holds(&fine.range)).collect();
        let chosen = if holding.is_empty() { candidates.collect() } else { holding };
        let mut places: Vec<usize> = chosen.iter().filter_map(|band| self.place_of(band)).collect();
        places.dedup();
        let held = chosen.iter().any(|band| band.range.holds(&fine.range));
        (held || places.len() == 1).then_some(places)
    }

    /// The place of a band; one that a ladder quotes in its label is found by party and amount.
    fn place_of(&self, band: &Band<'_>) -> Option<usize> {
        let party = |other: &Band<'_>| {
            let anyone = other.party == Party::Unspecified || band.party == Party::Unspecified;
            anyone || other.party == band.party
        };
        let mut same = self.general.iter().filter(|other| party(other) && other.amount == band.amount);
        band.at.or_else(|| same.next()?.at.filter(|_| same.next().is_none()))
    }

    /// The upper limit in per cent or yuan of the one band in that unit, for tables of weights.
    pub(super) fn only_band(&self, unit: Unit) -> Option<Range> {
        let mut bands = self.general.iter().filter(|band| band.amount.unit == unit && band.amount.per.is_empty());
        match (bands.next(), bands.next()) {
            (Some(band), None) => Some(band.range),
            _ => None,
        }
    }
}

impl<'a> Band<'a> {
    fn of(fine: &'a Measure, party: Party, at: Option<usize>) -> Option<Self> {
        let amount = fine.amount.as_ref()?;
        let party = if fine.party == Party::Unspecified { party } else { fine.party };
        let range = Range::of(amount);
        (!range.is_inverted()).then_some(Self { at, party, amount, range })
    }

    /// The same unit, rate and base.
    fn can_hold(&self, fine: &Fine<'_>) -> bool {
        let base = match (self.amount.base.as_deref(), fine.key.base) {
            (Some(law), Some(tier)) => law.contains(tier) || tier.contains(law),
            _ => true,
        };
        (self.amount.unit != Unit::Yuan) == fine.key.ratio && self.amount.per == fine.key.per && base
    }
}

fn bands(measures: &[Measure]) -> Vec<Band<'_>> {
    fines(measures).filter_map(|fine| Band::of(fine, Party::Unspecified, None)).collect()
}

/// True where a text leaves the penalty to a provision that stands elsewhere. «The paragraph before» stands here.
fn refers(reading: &Reading, text: &str) -> bool {
    let elsewhere = |measure: &Measure| {
        let words = words_at(text, measure.span);
        !["前款", "前两款", "本条", "上款"].iter().any(|here| words.contains(here))
    };
    reading.measures.iter().any(|measure| measure.kind == MeasureKind::CrossReference && elsewhere(measure))
}
