//! A band of the law split into tiers by a preset.
//!
//! ```text
//! basis  -> bands     what the law allows, for whom, in which case      bands
//! bands  -> beside    what it imposes with the fine in every case       beside
//! band   -> cuts      the shares of a preset, rounded to usual amounts  cuts
//! cuts   -> ladder    labels, grades, standards in official words       split, words
//! ladder -> ladder    read again: what does not come to the same        reads_back
//!                     measures is not offered
//! ```
//!
//! The ends of the band stay as they are, neighbours share an end, and amounts are exact: no floating point.

mod beside;
mod words;

#[cfg(test)]
mod tests;

use rust_decimal::{Decimal, RoundingStrategy};

use beside::Beside;

use crate::domain::baseline::{Baseline, Conventions, FineBand, Grade, Ladder, Tier};
use crate::domain::label::Term as _;
use crate::domain::measure::{Amount, Measure, MeasureKind, Party, Unit};
use crate::i18n::Text;
use crate::reading::read_by;

/// A fine that the law leaves a choice in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBand {
    /// When it applies; empty where the law says nothing of it.
    pub trigger: String,
    /// Whom it strikes.
    pub party: Party,
    /// From where to where.
    pub amount: Amount,
    /// What the law imposes with it in every case.
    beside: Beside,
    /// Its place among the bands told by hand.
    told: Option<usize>,
}

/// How a band is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The lenient 30, the ordinary 40, the aggravated 30 per cent.
    ThirtyFortyThirty,
    /// So many equal parts.
    Equal(u8),
    /// Lenient below the middle, aggravated above it.
    Midpoint,
    /// By the number of the offence: so many parts, the last for all further ones.
    Offences(u8),
}

/// Least and most parts of a split.
pub const PARTS: std::ops::RangeInclusive<u8> = 2..=6;

impl Preset {
    /// The presets, each with a usual number of parts.
    pub const ALL: [Self; 4] = [Self::ThirtyFortyThirty, Self::Equal(4), Self::Midpoint, Self::Offences(3)];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::ThirtyFortyThirty => Text::new("从轻30% 一般40% 从重30%", "lenient 30, ordinary 40, aggravated 30 %"),
            Self::Equal(_) => Text::new("等分", "equal parts"),
            Self::Midpoint => Text::new("中点两档", "at the midpoint"),
            Self::Offences(_) => Text::new("按违法次数", "by the number of offences"),
        }
    }

    /// How many tiers it gives.
    #[must_use]
    pub const fn parts(self) -> u8 {
        match self {
            Self::ThirtyFortyThirty => 3,
            Self::Midpoint => 2,
            Self::Equal(parts) | Self::Offences(parts) => parts,
        }
    }

    /// The same with another number of parts, where it leaves that open.
    #[must_use]
    pub fn with_parts(self, parts: u8) -> Self {
        let parts = parts.clamp(*PARTS.start(), *PARTS.end());
        match self {
            Self::Equal(_) => Self::Equal(parts),
            Self::Offences(_) => Self::Offences(parts),
            fixed => fixed,
        }
    }

    /// Where the cuts lie, as shares of the whole.
    fn shares(self) -> Vec<Decimal> {
        match self {
            Self::ThirtyFortyThirty => vec![Decimal::new(3, 1), Decimal::new(7, 1)],
            Self::Midpoint => vec![Decimal::new(5, 1)],
            Self::Equal(parts) | Self::Offences(parts) => {
                (1..parts).map(|at| Decimal::from(at) / Decimal::from(parts)).collect()
            }
        }
    }
}

/// The bands of a baseline that can be split: those told by hand, else those of the band field, else of the basis.
#[must_use]
pub fn open_bands(baseline: &Baseline) -> Vec<OpenBand> {
    let read = |field: &str| {
        let text = baseline.text(field);
        let measures = read_by(text, &baseline.conventions).measures;
        (0..measures.len()).filter_map(|at| OpenBand::of(text, &measures, at, None)).collect::<Vec<_>>()
    };
    let told = baseline.bands.iter().enumerate().flat_map(|(at, band)| {
        (0..band.measures.len()).filter_map(move |measure| {
            let mut open = OpenBand::of(&band.text, &band.measures, measure, Some(at))?;
            if !band.trigger.is_empty() {
                open.trigger.clone_from(&band.trigger);
            }
            open.party = if open.party == Party::Unspecified { band.party } else { open.party };
            Some(open)
        })
    });
    let mut bands: Vec<OpenBand> = Vec::new();
    let sources = [told.collect(), read("band"), read("basis")];
    for band in sources.into_iter().find(|bands| !bands.is_empty()).unwrap_or_default() {
        if !bands.contains(&band) {
            bands.push(band);
        }
    }
    bands
}

impl OpenBand {
    fn of(text: &str, measures: &[Measure], at: usize, told: Option<usize>) -> Option<Self> {
        let measure = measures.get(at)?;
        let amount = measure.amount.clone().filter(|_| measure.kind == MeasureKind::Fine)?;
        let open = amount.high? > amount.low.unwrap_or_default();
        let trigger = measure.trigger.as_ref().map(|trigger| trigger.text.clone()).unwrap_or_default();
        let beside = || Beside::of(text, measures, at);
        open.then(|| Self { trigger, party: measure.party, amount, beside: beside(), told })
    }

    /// The words that tell its ladder from others: the case, else the party.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let party = (self.party != Party::Unspecified).then(|| self.party.label().zh.to_owned());
        match (self.trigger.is_empty(), party) {
            (true, party) => party,
            (false, None) => Some(self.trigger.clone()),
            (false, Some(party)) => Some(format!("{}，{party}", self.trigger)),
        }
    }

    /// The ends of the tiers, from the lowest to the highest; `None` where the band is too narrow for so many.
    fn cuts(&self, preset: Preset) -> Option<Vec<Decimal>> {
        let (low, high) = (self.amount.low.unwrap_or_default(), self.amount.high?);
        let step = step(high - low, self.amount.unit);
        let cut = |share: Decimal| {
            let exact = low + (high - low) * share;
            (exact / step).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * step
        };
        let mut cuts = vec![low];
        cuts.extend(preset.shares().into_iter().map(|share| cut(share).normalize()));
        cuts.push(high);
        cuts.is_sorted_by(|one, next| one < next).then_some(cuts)
    }

    /// The ladder that a preset makes of the band; `None` where the band is too narrow for it, or where its fine cannot
    /// be written so that it reads as what is meant.
    #[must_use]
    pub fn split(&self, preset: Preset, conventions: &Conventions) -> Option<Ladder> {
        let cuts = self.cuts(preset)?;
        let ends = cuts.iter().zip(cuts.iter().skip(1));
        let mut tiers = Vec::new();
        for (at, (low, high)) in ends.enumerate() {
            // A ceiling stays one in its lowest tier.
            let low = (at > 0 || self.amount.low.is_some()).then_some(*low);
            let amount = Amount { low, high: Some(*high), ..self.amount.clone() };
            let standard = self.standard(&amount, conventions)?;
            tiers.push(Tier { standard, ..tier(preset, at, conventions)? });
        }
        Some(Ladder { label: self.name(), band: self.told, tiers, ..Ladder::default() })
    }

    /// The words of a tier; without what stands beside the fine where that cannot be written so that it reads as the same.
    fn standard(&self, amount: &Amount, conventions: &Conventions) -> Option<String> {
        let alone = Beside::default();
        [&self.beside, &alone].into_iter().find_map(|beside| {
            let standard = words::fine(self.party, amount, beside)?;
            self.reads_back(&standard, amount, beside, conventions).then_some(standard)
        })
    }

    fn reads_back(&self, standard: &str, amount: &Amount, beside: &Beside, conventions: &Conventions) -> bool {
        let reading = read_by(standard, conventions);
        let bare = |amount: &Amount| Amount { low_inclusive: true, high_inclusive: true, ..amount.clone() };
        let is_fine = |read: &Measure| {
            read.party == self.party && read.amount.as_ref().is_some_and(|read| bare(read) == bare(amount))
        };
        let mut read = reading.measures.iter();
        let all = beside.before.iter().all(|other| read.next().is_some_and(|read| other.is(read)))
            && read.next().is_some_and(is_fine)
            && beside.behind.iter().all(|other| read.next().is_some_and(|read| other.is(read)));
        all && read.next().is_none() && reading.problems.is_empty()
    }
}

/// To what amounts are rounded: a power of ten that goes twenty times into the band.
fn step(width: Decimal, unit: Unit) -> Decimal {
    let least = if unit == Unit::Yuan { Decimal::ONE } else { Decimal::new(1, 2) };
    let mut step = least;
    while step * Decimal::from(200) <= width {
        step *= Decimal::TEN;
    }
    step
}

/// Label, grade and band of the fine of a tier; its conditions where the preset gives them.
fn tier(preset: Preset, at: usize, conventions: &Conventions) -> Option<Tier> {
    const GRADES: [&[Grade]; 5] = [
        &[Grade::Lighter, Grade::Heavier],
        &[Grade::Lighter, Grade::Ordinary, Grade::Heavier],
        &[Grade::Lighter, Grade::Ordinary, Grade::Heavier, Grade::Severe],
        &[Grade::Minor, Grade::Lighter, Grade::Ordinary, Grade::Heavier, Grade::Severe],
        &[Grade::Minor, Grade::Lighter, Grade::Ordinary, Grade::Heavier, Grade::Severe, Grade::MostSevere],
    ];
    let parts = usize::from(preset.parts());
    let grade = *GRADES.get(parts.checked_sub(2)?)?.get(at)?;
    let fine_band = match grade {
        _ if at == 0 => FineBand::Lenient,
        _ if at + 1 == parts => FineBand::Aggravated,
        Grade::Minor | Grade::Lighter => FineBand::Lenient,
        Grade::Ordinary => FineBand::Ordinary,
        Grade::Heavier if parts == 4 => FineBand::Ordinary,
        Grade::Heavier | Grade::Severe | Grade::MostSevere => FineBand::Aggravated,
    };
    let label = match preset {
        Preset::ThirtyFortyThirty | Preset::Midpoint => fine_band.label().zh.to_owned(),
        Preset::Equal(_) => grade.label().zh.to_owned(),
        Preset::Offences(_) => offence(at, parts)?,
    };
    let conditions = match preset {
        Preset::Offences(_) => vec![format!("{}{}违反的", look_back(conventions)?, offence(at, parts)?)],
        _ => Vec::new(),
    };
    // How often somebody offended is no grade of the circumstances.
    let grade = (!matches!(preset, Preset::Offences(_))).then_some(grade);
    Some(Tier { label, grade, fine_band: Some(fine_band), conditions, ..Tier::default() })
}

fn offence(at: usize, parts: usize) -> Option<String> {
    let number = words::number(Decimal::from(at + 1))?;
    let further = if at + 1 == parts { "以上" } else { "" };
    Some(format!("第{number}次{further}"))
}

/// The window in which earlier violations count; a year where the document does not say.
fn look_back(conventions: &Conventions) -> Option<String> {
    let months = conventions.look_back_months.unwrap_or(12);
    let (count, unit) = if months.is_multiple_of(12) { (months / 12, "年内") } else { (months, "个月内") };
    Some(format!("{}{unit}", words::number(Decimal::from(count))?))
}
