//! Ranges of fines: what can be compared with what, and how two ranges lie to one another.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::domain::label::Lang;
use crate::domain::measure::{Amount, Unit};

/// A range of fines. Multiples are counted in per cent, so that 0.5 times and 50 % are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// How it was written.
    pub unit: Unit,
    /// Lower end; `None` for a ceiling.
    pub low: Option<Decimal>,
    /// Upper end; `None` for a floor.
    pub high: Option<Decimal>,
    low_inclusive: bool,
    high_inclusive: bool,
}

/// How a heavier tier's range lies to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// The same range.
    Equal,
    /// End meets end, and both include it.
    Shared(Decimal),
    /// End meets end.
    Flush,
    /// Nothing covers what lies between.
    Gap(Decimal, Decimal),
    /// They cross.
    Overlap,
    /// The heavier tier is the lighter fine.
    Lighter,
}

impl Range {
    /// The range of an amount.
    pub(super) fn of(amount: &Amount) -> Self {
        let scale = |value: Decimal| if amount.unit == Unit::Times { value * Decimal::ONE_HUNDRED } else { value };
        Self {
            unit: amount.unit,
            low: amount.low.map(scale),
            high: amount.high.map(scale),
            low_inclusive: amount.low_inclusive,
            high_inclusive: amount.high_inclusive,
        }
    }

    /// A range from end to end.
    pub(super) const fn between(unit: Unit, low: Option<Decimal>, high: Option<Decimal>) -> Self {
        Self { unit, low, high, low_inclusive: true, high_inclusive: true }
    }

    pub(super) fn is_point(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    pub(super) fn is_inverted(&self) -> bool {
        matches!((self.low, self.high), (Some(low), Some(high)) if order(low, high).is_gt())
    }

    /// The lower end, nothing for a ceiling.
    pub(super) fn floor(&self) -> Decimal {
        self.low.unwrap_or_default()
    }

    /// True where every amount of `other` is in this range.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let reaches = |low| order(low, self.floor()).is_ge();
        let above = other.low.is_none_or(reaches) && (other.low.is_some() || self.low.is_none());
        above
            && match (self.high, other.high) {
                (None, _) => true,
                (Some(most), Some(high)) => order(high, most).is_le(),
                (Some(_), None) => false,
            }
    }

    /// How `heavier` lies to this range; `None` where the words leave it open.
    pub(super) fn meets(&self, heavier: &Self) -> Option<Meeting> {
        let (this_high, high) = (self.high?, heavier.high?);
        let (this_low, low) = (self.floor(), heavier.floor());
        let (by_low, by_high) = (order(low, this_low), order(high, this_high));
        if by_low.is_eq() && by_high.is_eq() && self.low.is_some() == heavier.low.is_some() {
            return Some(Meeting::Equal);
        }
        if heavier.low.is_none() {
            // 「五万元以下」 in a heavier tier mostly means «from where the lighter one ends».
            return by_high.is_lt().then_some(Meeting::Lighter);
        }
        if (by_low.is_lt() && by_high.is_le()) || (by_low.is_eq() && by_high.is_lt()) {
            return Some(Meeting::Lighter);
        }
        let point = || self.is_point() || heavier.is_point();
        match order(low, this_high) {
            Ordering::Less => (!point()).then_some(Meeting::Overlap),
            Ordering::Greater => {
                // Fines are whole yuan: 「一千元以下」 and 「一千零一元以上」 meet.
                let next = self.unit == Unit::Yuan && low - this_high <= Decimal::ONE;
                (!next && !point()).then_some(Meeting::Gap(this_high, low))
            }
            Ordering::Equal => Some(match (self.high_inclusive, heavier.low_inclusive) {
                (true, true) => Meeting::Shared(low),
                (false, false) => Meeting::Gap(low, low),
                _ => Meeting::Flush,
            }),
        }
    }

    /// The range in words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let end = |value: Decimal| say(value, self.unit, lang);
        match (self.low, self.high, lang) {
            (Some(low), Some(high), _) if low == high => end(low),
            (Some(low), Some(high), Lang::Zh) => format!("{}至{}", end(low), end(high)),
            (Some(low), Some(high), Lang::En) => format!("{} to {}", end(low), end(high)),
            (None, Some(high), Lang::Zh) => format!("{}以下", end(high)),
            (None, Some(high), Lang::En) => format!("up to {}", end(high)),
            (Some(low), None, Lang::Zh) => format!("{}以上", end(low)),
            (Some(low), None, Lang::En) => format!("{} or more", end(low)),
            (None, None, _) => String::new(),
        }
    }
}

/// How two values lie; whole ones, as nearly all are, without scaling.
pub(super) fn order(one: Decimal, other: Decimal) -> Ordering {
    if one.scale() == 0 && other.scale() == 0 { one.mantissa().cmp(&other.mantissa()) } else { one.cmp(&other) }
}

/// A value in words; multiples are given in per cent.
pub(super) fn say(value: Decimal, unit: Unit, lang: Lang) -> String {
    match (unit, lang) {
        (Unit::Yuan, Lang::Zh) => {
            let wan = (value / Decimal::from(10_000)).normalize();
            if wan >= Decimal::ONE && wan.scale() <= 2 {
                format!("{wan}万元")
            } else {
                format!("{}元", value.normalize())
            }
        }
        (Unit::Yuan, Lang::En) => format!("{} yuan", thousands(value)),
        (Unit::Times, Lang::Zh) => format!("{}倍", (value / Decimal::ONE_HUNDRED).normalize()),
        (Unit::Times, Lang::En) => format!("{} times", (value / Decimal::ONE_HUNDRED).normalize()),
        (Unit::Percent, _) => format!("{}%", value.normalize()),
    }
}

/// A number with commas between its thousands.
fn thousands(value: Decimal) -> String {
    let words = value.normalize().to_string();
    let (whole, rest) = words.split_once('.').map_or((words.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut said = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            said.push(',');
        }
        said.push(digit);
    }
    if let Some(rest) = rest {
        said.extend([".", rest]);
    }
    said
}

/// How many digits stand before the zeros at the end: 25万 is less round than 20万, and so more likely mistyped.
pub(super) fn crookedness(value: Decimal) -> usize {
    value.mantissa().unsigned_abs().to_string().trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(low: Option<i64>, high: Option<i64>) -> Range {
        Range::between(Unit::Yuan, low.map(Decimal::from), high.map(Decimal::from))
    }

    #[test]
    fn every_way_in_which_two_ranges_can_lie() {
        let d = |value: i64| Decimal::from(value);
        let cases = [
            ((Some(1), Some(5)), (Some(5), Some(9)), Some(Meeting::Shared(d(5)))),
            ((Some(10), Some(50)), (Some(70), Some(90)), Some(Meeting::Gap(d(50), d(70)))),
            ((Some(10), Some(50)), (Some(51), Some(90)), None),
            ((Some(1), Some(5)), (Some(3), Some(9)), Some(Meeting::Overlap)),
            ((Some(1), Some(9)), (Some(3), Some(5)), Some(Meeting::Overlap)),
            ((Some(1), Some(5)), (Some(1), Some(5)), Some(Meeting::Equal)),
            ((Some(5), Some(9)), (Some(1), Some(5)), Some(Meeting::Lighter)),
            ((Some(5), Some(9)), (Some(3), Some(7)), Some(Meeting::Lighter)),
            ((Some(5), Some(9)), (Some(5), Some(7)), Some(Meeting::Lighter)),
            ((None, Some(5)), (Some(5), Some(9)), Some(Meeting::Shared(d(5)))),
            ((None, Some(5)), (None, Some(9)), None),
            ((Some(3), Some(5)), (None, Some(4)), Some(Meeting::Lighter)),
            // Points.
            ((Some(5), Some(5)), (Some(9), Some(9)), None),
            ((Some(5), Some(5)), (Some(5), Some(9)), Some(Meeting::Shared(d(5)))),
            ((Some(5), Some(9)), (Some(9), Some(9)), Some(Meeting::Shared(d(9)))),
            ((Some(5), Some(9)), (Some(7), Some(7)), None),
            ((Some(9), Some(9)), (Some(5), Some(5)), Some(Meeting::Lighter)),
            // A floor without an end.
            ((Some(5), None), (Some(7), Some(9)), None),
        ];
        for ((low, high), (next_low, next_high), meeting) in cases {
            assert_eq!(yuan(low, high).meets(&yuan(next_low, next_high)), meeting, "{low:?}{high:?} {next_low:?}");
        }
    }

    #[test]
    fn amounts_in_words() {
        let cases = [
            (15_000, Unit::Yuan, "1.5万元", "15,000 yuan"),
            (900, Unit::Yuan, "900元", "900 yuan"),
            (1_000_010, Unit::Yuan, "1000010元", "1,000,010 yuan"),
            (150, Unit::Times, "1.5倍", "1.5 times"),
            (20, Unit::Percent, "20%", "20%"),
        ];
        for (value, unit, zh, en) in cases {
            assert_eq!(say(Decimal::from(value), unit, Lang::Zh), zh);
            assert_eq!(say(Decimal::from(value), unit, Lang::En), en);
        }
        assert!(crookedness(Decimal::from(250_000)) > crookedness(Decimal::from(200_000)));
    }
}
