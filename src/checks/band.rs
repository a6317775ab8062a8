//! L01 to L04: whether the fines keep to the band of the law.

use rust_decimal::Decimal;

use super::Subject;
use super::amount::{Range, order};
use super::finding::{Detail, Finding};
use super::registry::Code;
use super::statute::Statute;
use super::view::{Fine, Key, LadderView, TierView};

/// Checks one ladder.
pub(super) fn check(ladder: &LadderView<'_>, statute: &Statute<'_>, found: &mut Vec<Finding>) {
    let mut inside = true;
    // Fines of one key have the same limits, and most ladders have one.
    let mut known: Option<(Key<'_>, Option<Limits>)> = None;
    for tier in ladder.tiers() {
        for fine in &tier.fines {
            let limits = match known {
                Some((key, limits)) if key == fine.key => limits,
                _ => Limits::of(ladder, fine, statute),
            };
            known = Some((fine.key, limits));
            let finding = limits.filter(|_| fine.sound).and_then(|limits| limits.broken_by(ladder, tier, fine));
            inside &= finding.is_none() && fine.sound;
            found.extend(finding);
        }
    }
    if inside {
        check_use(ladder, statute, found);
    }
}

/// What the law allows for a fine: with several bands the highest maximum and the lowest minimum.
#[derive(Clone, Copy)]
struct Limits {
    /// `None` where a band has no end.
    most: Option<Decimal>,
    least: Decimal,
}

impl Limits {
    /// `None` where no band is known, or more than those that are.
    fn of(ladder: &LadderView<'_>, fine: &Fine<'_>, statute: &Statute<'_>) -> Option<Self> {
        if statute.is_open() {
            return None;
        }
        let of_band = |range: Range| Self { most: range.high, least: range.floor() };
        let bands = statute.candidates(ladder, fine).map(|band| of_band(band.range));
        bands.reduce(|one, other| Self {
            most: one.most.zip(other.most).map(|(one, other)| one.max(other)),
            least: one.least.min(other.least),
        })
    }

    /// L01 and L02.
    fn broken_by(self, ladder: &LadderView<'_>, tier: &TierView<'_>, fine: &Fine<'_>) -> Option<Finding> {
        let unit = fine.range.unit;
        let finding = |code, limit: Decimal| {
            let details = vec![Detail::Range(fine.range), Detail::Value(limit, unit)];
            Some(Finding::of_tier(code, ladder.at, tier.at).at(fine.measure.span).with(details))
        };
        if let Some(most) = self.most
            && fine.range.high.or(fine.range.low).is_some_and(|high| order(high, most).is_gt())
        {
            return finding(Code::L01, most);
        }
        // 「五万元以下」 inside the band is read as «from its minimum».
        let low = fine.range.low.or_else(|| fine.range.high.filter(|high| order(*high, self.least).is_lt()));
        if low.is_some_and(|low| order(low, self.least).is_lt()) && !tier.lenient {
            return finding(Code::L02, self.least);
        }
        None
    }
}

/// L03: the tiers of each run, party by party, beside the one band that holds them all.
fn check_use(ladder: &LadderView<'_>, statute: &Statute<'_>, found: &mut Vec<Finding>) {
    for run in &ladder.runs {
        let mut keys = Vec::new();
        for fine in run.iter().filter(|tier| !tier.lenient).flat_map(|tier| &tier.fines) {
            if keys.iter().any(|key: &Key<'_>| key.is_of_one_stair(&fine.key)) {
                continue;
            }
            keys.push(fine.key);
            let fines = run.iter().filter(|tier| !tier.lenient).flat_map(|tier| &tier.fines);
            let ranges = fines.filter(|other| fine.key.is_of_one_stair(&other.key)).map(|other| other.range);
            let floors = ranges.clone().map(|range| range.floor());
            let low = floors.min_by(|one, other| order(*one, *other)).unwrap_or_default();
            let high = ranges.filter_map(|range| range.high).max_by(|one, other| order(*one, *other));
            let used = Range::between(fine.range.unit, (low > Decimal::ZERO).then_some(low), high);
            let mut bands = statute.candidates(ladder, fine);
            let (Some(band), None) = (bands.next(), bands.next()) else { continue };
            let short = high.zip(band.range.high).is_some_and(|(high, most)| high < most);
            if band.range.holds(&used) && (short || low > band.range.floor()) {
                let details = vec![Detail::Range(used), Detail::Range(band.range)];
                found.push(Finding::of_ladder(Code::L03, ladder.at).with(details));
            }
        }
    }
}

/// L04: the tiers fine, and the basis is there, but no band of a fine could be read from it.
pub(super) fn check_basis(
    subject: &Subject<'_>,
    ladders: &[LadderView<'_>],
    statute: &Statute<'_>,
    found: &mut Vec<Finding>,
) {
    let baseline = subject.baseline;
    let (band, basis) = (baseline.text("band"), baseline.text("basis"));
    let told = !band.trim().is_empty() || !basis.trim().is_empty() || !subject.text.citations.is_empty();
    let fines = ladders.iter().flat_map(LadderView::tiers).any(|tier| !tier.fines.is_empty());
    if told && fines && statute.is_unread() && !super::measures::names_no_fine(subject) {
        found.push(Finding::of_field(Code::L04, "basis"));
    }
}
