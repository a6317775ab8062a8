//! The statutory band drawn as a bar with each tier's segment on it, so that gaps and overlaps are seen. Colour only
//! adds: every segment carries its words, every gap and overlap its sign.

use ratatui::layout::Rect;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::domain::baseline::{Band, Tier};
use crate::domain::measure::{Measure, MeasureKind, Unit};
use crate::i18n::Lang;
use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};

/// A range of the fine in yuan; a point has both ends equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What it is called.
    pub label: String,
    /// Lower end.
    pub low: Decimal,
    /// Upper end.
    pub high: Decimal,
}

/// The band with its tiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandBar {
    band: Segment,
    tiers: Vec<Segment>,
}

/// What stands between two neighbouring tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// The one ends where the next begins.
    Joined,
    /// Amounts that no tier takes.
    Gap(Decimal, Decimal),
    /// Amounts that both take.
    Overlap(Decimal, Decimal),
}

impl BandBar {
    /// The bar for a ladder; `None` where no tier has an amount in yuan, which is then drawn nowhere.
    #[must_use]
    pub fn of(band: Option<&Band>, tiers: &[Tier]) -> Option<Self> {
        let tiers: Vec<Segment> = tiers.iter().filter_map(|tier| segment(&tier.label, &tier.measures)).collect();
        let low = tiers.iter().map(|tier| tier.low).min()?;
        let high = tiers.iter().map(|tier| tier.high).max()?;
        let told = band.and_then(|band| segment(&band.trigger, &band.measures));
        let band = told.unwrap_or(Segment { label: String::new(), low, high });
        Some(Self { band, tiers })
    }

    /// How many lines it takes.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.tiers.len() + 1).unwrap_or(u16::MAX)
    }

    /// What stands between a tier and the one before it; points are never apart.
    #[must_use]
    pub fn between(&self, at: usize) -> Between {
        let pair = at.checked_sub(1).and_then(|before| Some((self.tiers.get(before)?, self.tiers.get(at)?)));
        match pair {
            Some((one, two)) if one.low == one.high || two.low == two.high => Between::Joined,
            Some((one, two)) if two.low > one.high => Between::Gap(one.high, two.low),
            Some((one, two)) if two.low < one.high => Between::Overlap(two.low, one.high.min(two.high)),
            _ => Between::Joined,
        }
    }

    /// Draws it: the band above, a line a tier below.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, lang: Lang) {
        let label = 10.min(area.width / 5);
        let amounts = 18.min(area.width / 3);
        let bar =
            Rect { x: area.x + label + 1, width: area.width.saturating_sub(label + amounts + 2), height: 1, ..area };
        if bar.width < 8 || area.height == 0 {
            return;
        }
        let name = if lang == Lang::Zh { "法定幅度" } else { "by law" };
        canvas.text(area.x, area.y, label, name, Tone::Faint);
        let rule = canvas.theme().sign(Sign::Rule).repeat(usize::from(bar.width.saturating_sub(2)));
        canvas.sign(bar.x, area.y, Sign::Left, Tone::Faint);
        canvas.text(bar.x + 1, area.y, bar.width - 2, &rule, Tone::Faint);
        canvas.sign(bar.right() - 1, area.y, Sign::Right, Tone::Faint);
        let words = range(&self.band, lang);
        canvas.text(bar.right() + 1, area.y, amounts, &words, Tone::Faint);
        for ((at, tier), y) in self.tiers.iter().enumerate().zip(area.y + 1..area.bottom()) {
            canvas.text(area.x, y, label, &tier.label, Tone::Normal);
            let (from, to) = (self.column(tier.low, bar.width), self.column(tier.high, bar.width));
            let length = usize::from(to.saturating_sub(from).max(1));
            let filled = canvas.theme().sign(Sign::Bar).repeat(length);
            canvas.text(bar.x + from.min(bar.width - 1), y, bar.width - from.min(bar.width - 1), &filled, Tone::Accent);
            let (words, tone) = match self.between(at) {
                Between::Joined => (range(tier, lang), Tone::Normal),
                Between::Gap(..) => (
                    format!(
                        "{} {}{}",
                        range(tier, lang),
                        canvas.theme().sign(Sign::Late),
                        if lang == Lang::Zh { "空档" } else { "gap" }
                    ),
                    Tone::Late,
                ),
                Between::Overlap(..) => (
                    format!(
                        "{} {}{}",
                        range(tier, lang),
                        canvas.theme().sign(Sign::Late),
                        if lang == Lang::Zh { "重叠" } else { "overlap" }
                    ),
                    Tone::Late,
                ),
            };
            canvas.text(bar.right() + 1, y, area.right().saturating_sub(bar.right() + 1), &words, tone);
        }
    }

    fn column(&self, amount: Decimal, width: u16) -> u16 {
        let span = self.band.high - self.band.low;
        if span <= Decimal::ZERO {
            return 0;
        }
        let share = (amount - self.band.low) * Decimal::from(width) / span;
        share.round().to_u16().unwrap_or(if share.is_sign_negative() { 0 } else { width }).min(width)
    }
}

/// The range of the fine that measures come to.
fn segment(label: &str, measures: &[Measure]) -> Option<Segment> {
    let amount = measures
        .iter()
        .filter(|measure| measure.kind == MeasureKind::Fine)
        .filter_map(|measure| measure.amount.as_ref())
        .find(|amount| amount.unit == Unit::Yuan && amount.per.is_empty())?;
    let (low, high) = (amount.low.unwrap_or_default(), amount.high?);
    Some(Segment { label: label.to_owned(), low, high })
}

/// An amount as people write it: 2万, 500.
fn yuan(amount: Decimal, lang: Lang) -> String {
    let wan = Decimal::from(10_000);
    if lang == Lang::Zh && amount >= wan && (amount % Decimal::from(100)).is_zero() {
        format!("{}万", (amount / wan).normalize())
    } else {
        amount.normalize().to_string()
    }
}

fn range(segment: &Segment, lang: Lang) -> String {
    if segment.low == segment.high {
        return yuan(segment.low, lang);
    }
    format!("{}—{}", yuan(segment.low, lang), yuan(segment.high, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(ranges: &[(i64, i64)]) -> BandBar {
        let tiers: Vec<Segment> = ranges
            .iter()
            .map(|(low, high)| Segment {
                label: "阶".to_owned(), low: Decimal::from(*low), high: Decimal::from(*high)
            })
            .collect();
        BandBar {
            band: Segment { label: String::new(), low: Decimal::from(20_000), high: Decimal::from(200_000) },
            tiers,
        }
    }

    #[test]
    fn gaps_and_overlaps_are_told() {
        let bar =
            bar(&[(20_000, 50_000), (50_000, 100_000), (120_000, 170_000), (160_000, 200_000), (200_000, 200_000)]);
        let told: Vec<Between> = (0..5).map(|at| bar.between(at)).collect();
        let d = Decimal::from;
        assert_eq!(
            told,
            [
                Between::Joined,
                Between::Joined,
                Between::Gap(d(100_000), d(120_000)),
                Between::Overlap(d(160_000), d(170_000)),
                Between::Joined
            ]
        );
        assert_eq!((bar.column(d(20_000), 40), bar.column(d(200_000), 40), bar.column(d(999_999), 40)), (0, 40, 40));
        assert_eq!(range(&bar.tiers[2], Lang::Zh), "12万—17万");
    }
}
