//! The statutory band drawn as a bar with each tier's segment on it, so that gaps and overlaps are seen. Colour only
//! adds: every segment carries its words, every gap and overlap its sign and the code of its finding.
//!
//! ```text
//!  法定幅度   2万 ├──────────────────────────────────────┤ 20万   第八十二条第一款
//!  1 较轻         ██████████                              2万—5万
//!                           ┈┈┈┈ 空档 5万—7万 ▲T01
//!  2 一般                       ████████████              7万—10万
//! ```
//!
//! What is drawn follows from the amounts; what is said of it, from the findings alone.

use ratatui::layout::Rect;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::domain::baseline::{Baseline, Tier};
use crate::domain::label::Term as _;
use crate::domain::measure::{Amount, Measure, MeasureKind, Party, Unit};
use crate::i18n::Lang;
use crate::service::read_measures;
use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};

/// A range of the fine; a point has both ends equal, a ceiling no lower end, a floor no upper one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    /// The tier, from 0.
    tier: usize,
    label: String,
    low: Option<Decimal>,
    high: Option<Decimal>,
}

/// The fines of a ladder that can be drawn on one line: for one party, in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandBar {
    kind: FineKind,
    /// Whether other bars of the ladder stand beside it: then it tells whom it is for.
    named: Named,
    low: Decimal,
    high: Decimal,
    /// Whether the law has been read; else the bar runs from the lightest tier to the heaviest.
    law: Option<Segment>,
    tiers: Vec<Segment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Alone,
    BesideOthers,
}

/// What two fines must share to stand on one bar.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FineKind {
    party: Party,
    unit: Unit,
    per: Vec<String>,
}

/// What a finding says of a tier of the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarFlag {
    /// The tier in its ladder, from 0.
    pub tier: usize,
    /// The code of the finding.
    pub code: &'static str,
    /// How it is shown.
    pub sign: Sign,
    /// And in which style.
    pub tone: Tone,
}

/// What stands between two neighbouring tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// The one ends where the next begins.
    Joined,
    /// Amounts that no tier takes.
    Gap(Decimal, Decimal),
    /// Amounts that both take.
    Overlap(Decimal, Decimal),
}

/// A line of the bar below its head.
enum Line<'b> {
    Tier(&'b Segment, Option<String>, Vec<&'b BarFlag>),
    Between(Between, &'b BarFlag),
}

impl BandBar {
    /// The bars of a ladder, by what was told of its amounts, else by what its words and those of the law read as.
    /// None where no tier has an amount: then there is nothing to draw.
    #[must_use]
    pub fn of(baseline: &Baseline, ladder: usize) -> Vec<Self> {
        let Some(ladder) = baseline.ladders.get(ladder) else { return Vec::new() };
        let told = |tier: &Tier| match tier.measures.as_slice() {
            [] => read_measures(&tier.standard),
            told => told.to_vec(),
        };
        let read: Vec<(&Tier, Vec<Measure>)> = ladder.tiers.iter().map(|tier| (tier, told(tier))).collect();
        let law: Vec<Measure> = match ladder.band.and_then(|at| baseline.bands.get(at)) {
            Some(band) => band.measures.clone(),
            None => [baseline.text("band"), baseline.text("basis")].into_iter().flat_map(read_measures).collect(),
        };
        let mut kinds: Vec<FineKind> = Vec::new();
        for amount in read.iter().flat_map(|(_, measures)| fines(measures)) {
            let kind = FineKind::of(amount);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let named = if kinds.len() > 1 { Named::BesideOthers } else { Named::Alone };
        kinds.into_iter().filter_map(|kind| Self::of_kind(kind, named, &read, &law)).collect()
    }

    fn of_kind(kind: FineKind, named: Named, read: &[(&Tier, Vec<Measure>)], law: &[Measure]) -> Option<Self> {
        let of = |(tier, (words, measures)): (usize, &(&Tier, Vec<Measure>))| {
            let (_, amount) = fines(measures).find(|fine| FineKind::of(*fine) == kind)?;
            Some(Segment { tier, label: words.label.clone(), low: amount.low, high: amount.high })
        };
        let tiers: Vec<Segment> = read.iter().enumerate().filter_map(of).collect();
        let lows = tiers.iter().map(|tier| tier.low.or(tier.high).unwrap_or_default());
        let least = if tiers.iter().any(|tier| tier.low.is_none()) { Some(Decimal::ZERO) } else { lows.min() }?;
        let most = tiers.iter().filter_map(|tier| tier.high.or(tier.low)).max()?;
        // A basis may hold several bands; the one that holds the ladder is its own.
        let holds = |amount: &Amount| {
            amount.low.unwrap_or_default() <= least.max(tiers.first().and_then(|tier| tier.low).unwrap_or_default())
                && amount.high.is_some_and(|high| high >= most)
        };
        let party =
            |party: Party| party == kind.party || party == Party::Unspecified || kind.party == Party::Unspecified;
        let band = fines(law)
            .filter(|(of, amount)| party(*of) && amount.unit == kind.unit && amount.per == kind.per)
            .map(|(_, amount)| amount)
            .find(|amount| holds(amount));
        let law = band.map(|amount| Segment { tier: 0, label: String::new(), low: amount.low, high: amount.high });
        let (low, high) = match &law {
            Some(law) => (law.low.unwrap_or_default().min(least), law.high.unwrap_or(most)),
            None => (least, most),
        };
        Some(Self { kind, named, low, high, law, tiers })
    }

    /// How many lines it takes in a place of that width.
    #[must_use]
    pub fn height(&self, flags: &[BarFlag], width: u16) -> u16 {
        u16::try_from(self.lines(flags, width, Lang::Zh).len() + 1).unwrap_or(u16::MAX)
    }

    /// What stands between a tier and the one before it; points are never apart.
    fn between(&self, at: usize) -> Between {
        let pair = at.checked_sub(1).and_then(|before| Some((self.tiers.get(before)?, self.tiers.get(at)?)));
        let Some((one, two)) = pair else { return Between::Joined };
        match (one.high, two.low) {
            _ if one.low == one.high || two.low == two.high => Between::Joined,
            (Some(high), Some(low)) if low > high => Between::Gap(high, low),
            (Some(high), Some(low)) if low < high => {
                Between::Overlap(low, two.high.map_or(high, |most| most.min(high)))
            }
            _ => Between::Joined,
        }
    }

    /// The lines below the head: tiers, and what the findings say of what lies between them.
    fn lines<'b>(&'b self, flags: &'b [BarFlag], width: u16, lang: Lang) -> Vec<Line<'b>> {
        let mut lines = Vec::new();
        for (at, tier) in self.tiers.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| self.tiers.get(before)).map(|tier| tier.tier);
            let between = self.between(at);
            let code = match between {
                Between::Joined => "",
                Between::Gap(..) => "T01",
                Between::Overlap(..) => "T02",
            };
            let of_pair = |flag: &&BarFlag| flag.code == code && (flag.tier == tier.tier || Some(flag.tier) == before);
            let told = flags.iter().find(of_pair);
            let others = flags.iter().filter(|flag| flag.tier == tier.tier && !matches!(flag.code, "T01" | "T02"));
            let others = others.collect();
            match (told, between) {
                (Some(flag), Between::Gap(..)) => {
                    lines.extend([Line::Between(between, flag), Line::Tier(tier, None, others)]);
                }
                (Some(flag), Between::Overlap(..)) if width < ROOMY => {
                    lines.extend([Line::Tier(tier, None, others), Line::Between(between, flag)]);
                }
                (Some(flag), Between::Overlap(..)) => {
                    let words = self.say_between(between, lang);
                    lines.push(Line::Tier(tier, Some(words), [vec![flag], others].concat()));
                }
                _ => lines.push(Line::Tier(tier, None, others)),
            }
        }
        lines
    }

    /// Draws it: the band above, a line a tier below; `clause` is where the band stands.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, flags: &[BarFlag], clause: &str, lang: Lang) {
        let place = self.lay_out(canvas, area, lang);
        if place.bar.width < 6 || area.height == 0 {
            return;
        }
        self.view_head(canvas, &place, clause, lang);
        for (line, y) in self.lines(flags, area.width, lang).iter().zip(area.y + 1..area.bottom()) {
            match line {
                Line::Tier(tier, told, flags) => {
                    canvas.text(area.x, y, place.label, &tier.label, Tone::Normal);
                    let (from, to) = self.extent(tier.low, tier.high, place.bar.width);
                    fill(canvas, place.bar, y, (from, to), (Sign::Bar, Tone::Accent));
                    let x = place.bar.right() + 1;
                    let mut x =
                        canvas.text(x, y, area.right().saturating_sub(x), &self.range(tier, lang), Tone::Normal);
                    if let Some(words) = told {
                        x = canvas.text(x + 2, y, area.right().saturating_sub(x + 2), words, Tone::Late);
                    }
                    for flag in flags {
                        let words = format!("{}{}", canvas.theme().sign(flag.sign), flag.code);
                        x = canvas.text(x + 1, y, area.right().saturating_sub(x + 1), &words, flag.tone);
                    }
                }
                Line::Between(between, flag) => self.view_between(canvas, &place, y, (*between, flag), lang),
            }
        }
    }

    fn lay_out(&self, canvas: &Canvas<'_>, area: Rect, lang: Lang) -> Places {
        let ruler = canvas.ruler();
        let columns = |words: &str| u16::try_from(ruler.of(words)).unwrap_or(u16::MAX);
        let labels = self.tiers.iter().map(|tier| columns(&tier.label)).max().unwrap_or(0);
        let label = labels.max(columns(head_words(lang))).min((area.width / 4).max(4));
        let low = columns(&self.value(self.low, lang));
        let ranges = self.tiers.iter().map(|tier| columns(&self.range(tier, lang))).max().unwrap_or(0);
        let overlap = if area.width < ROOMY { 4 } else { 26 };
        let amounts = (ranges + overlap + 1).min(area.width / 2);
        let x = area.x + label + low + 2;
        let width = area.right().saturating_sub(x + amounts + 1);
        Places { area, label, bar: Rect { x, width, height: 1, ..area } }
    }

    fn view_head(&self, canvas: &mut Canvas<'_>, place: &Places, clause: &str, lang: Lang) {
        let (area, bar) = (place.area, place.bar);
        let name = if self.law.is_some() { head_words(lang) } else { tiers_words(lang) };
        canvas.text(area.x, area.y, place.label, name, Tone::Faint);
        let low = self.value(self.low, lang);
        canvas.right(area.x + place.label, area.y, bar.x.saturating_sub(area.x + place.label + 1), &low, Tone::Faint);
        let rule = canvas.theme().sign(Sign::Rule).repeat(usize::from(bar.width.saturating_sub(2)));
        canvas.sign(bar.x, area.y, Sign::Left, Tone::Faint);
        canvas.text(bar.x + 1, area.y, bar.width - 2, &rule, Tone::Faint);
        canvas.sign(bar.right() - 1, area.y, Sign::Right, Tone::Faint);
        let mut words = self.value(self.high, lang);
        for per in &self.kind.per {
            words.extend([if lang == Lang::Zh { "／" } else { "/" }, per]);
        }
        if self.named == Named::BesideOthers && self.kind.party != Party::Unspecified {
            words.extend(["  ", self.kind.party.label().say(lang)]);
        } else if self.law.is_some() && !clause.is_empty() {
            words.extend(["  ", clause]);
        }
        canvas.text(bar.right() + 1, area.y, area.right().saturating_sub(bar.right() + 1), &words, Tone::Faint);
    }

    /// A gap or an overlap on a line of its own, its words where there is room for them.
    fn view_between(&self, canvas: &mut Canvas<'_>, place: &Places, y: u16, told: (Between, &BarFlag), lang: Lang) {
        let ((between, flag), bar, area) = (told, place.bar, place.area);
        let (from, to, sign) = match between {
            Between::Gap(from, to) => (from, to, Sign::Gap),
            Between::Overlap(from, to) => (from, to, Sign::Other),
            Between::Joined => return,
        };
        let (from, to) = self.extent(Some(from), Some(to), bar.width);
        fill(canvas, place.bar, y, (from, to), (sign, flag.tone));
        let words = format!("{} {}{}", self.say_between(between, lang), canvas.theme().sign(flag.sign), flag.code);
        let width = u16::try_from(canvas.ruler().of(&words)).unwrap_or(u16::MAX);
        let behind = bar.x + to + 1;
        let x = if behind.saturating_add(width) <= area.right() {
            behind
        } else {
            (bar.x + from).saturating_sub(width + 1).max(area.x)
        };
        canvas.text(x, y, area.right().saturating_sub(x), &words, flag.tone);
    }

    /// First and last column of a range; an end that is open lies at the end of the bar.
    fn extent(&self, low: Option<Decimal>, high: Option<Decimal>, width: u16) -> (u16, u16) {
        (self.column(low.unwrap_or(self.low), width), high.map_or(width, |high| self.column(high, width)))
    }

    fn column(&self, amount: Decimal, width: u16) -> u16 {
        let span = self.high - self.low;
        if span <= Decimal::ZERO {
            return 0;
        }
        let share = (amount - self.low).checked_mul(Decimal::from(width)).and_then(|share| share.checked_div(span));
        let Some(share) = share else { return width };
        share.round().to_u16().unwrap_or(if share.is_sign_negative() { 0 } else { width }).min(width)
    }

    fn say_between(&self, between: Between, lang: Lang) -> String {
        let (word, from, to) = match (between, lang) {
            (Between::Gap(from, to), Lang::Zh) => ("空档", from, to),
            (Between::Gap(from, to), Lang::En) => ("gap", from, to),
            (Between::Overlap(from, to), Lang::Zh) => ("重叠", from, to),
            (Between::Overlap(from, to), Lang::En) => ("overlap", from, to),
            (Between::Joined, _) => return String::new(),
        };
        format!("{word} {}—{}", self.value(from, lang), self.value(to, lang))
    }

    /// An amount as people write it: 2万, 500, 1.5倍, 20%.
    fn value(&self, amount: Decimal, lang: Lang) -> String {
        let wan = Decimal::from(10_000);
        match (self.kind.unit, lang) {
            (Unit::Yuan, Lang::Zh) if amount >= wan && (amount % Decimal::from(100)).is_zero() => {
                format!("{}万", (amount / wan).normalize())
            }
            (Unit::Yuan, Lang::En) if amount >= wan && (amount % Decimal::ONE_HUNDRED).is_zero() => {
                format!("{}k", (amount / Decimal::ONE_THOUSAND).normalize())
            }
            (Unit::Yuan, _) => amount.normalize().to_string(),
            (Unit::Times, Lang::Zh) => format!("{}倍", amount.normalize()),
            (Unit::Times, Lang::En) => format!("{}x", amount.normalize()),
            (Unit::Percent, _) => format!("{}%", amount.normalize()),
        }
    }

    fn range(&self, segment: &Segment, lang: Lang) -> String {
        let value = |amount| self.value(amount, lang);
        match (segment.low, segment.high, lang) {
            (Some(low), Some(high), _) if low == high => value(low),
            (Some(low), Some(high), _) => format!("{}—{}", value(low), value(high)),
            (None, Some(high), Lang::Zh) => format!("{}以下", value(high)),
            (None, Some(high), Lang::En) => format!("up to {}", value(high)),
            (Some(low), None, Lang::Zh) => format!("{}以上", value(low)),
            (Some(low), None, Lang::En) => format!("from {}", value(low)),
            (None, None, _) => String::new(),
        }
    }
}

/// From this width on an overlap is told behind the amounts of its tier.
const ROOMY: u16 = 90;

/// Where the parts of a bar stand.
struct Places {
    area: Rect,
    label: u16,
    bar: Rect,
}

const fn head_words(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "法定幅度",
        Lang::En => "by law",
    }
}

const fn tiers_words(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "各阶次",
        Lang::En => "tiers",
    }
}

/// Fills columns of a bar with a sign.
fn fill(canvas: &mut Canvas<'_>, bar: Rect, y: u16, (from, to): (u16, u16), (sign, tone): (Sign, Tone)) {
    let from = from.min(bar.width - 1);
    let filled = canvas.theme().sign(sign).repeat(usize::from(to.saturating_sub(from).max(1)));
    canvas.text(bar.x + from, y, bar.width - from, &filled, tone);
}

/// The fines of measures that carry an amount, with their party.
fn fines(measures: &[Measure]) -> impl Iterator<Item = (Party, &Amount)> {
    let fines = measures.iter().filter(|measure| measure.kind == MeasureKind::Fine);
    fines.filter_map(|measure| Some((measure.party, measure.amount.as_ref()?)))
}

impl FineKind {
    fn of((party, amount): (Party, &Amount)) -> Self {
        Self { party, unit: amount.unit, per: amount.per.clone() }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::domain::baseline::Ladder;
    use crate::domain::kind::Kind;
    use crate::tui::canvas::screen_text;
    use crate::tui::theme::Theme;
    use crate::tui::width::Ruler;

    fn drawn(basis: &str, standards: &[&str], flags: &[(usize, &'static str)], width: u16, plain: bool) -> String {
        let mut baseline = Baseline::new(Kind::Penalty);
        baseline.set_text("basis", basis);
        let labels = ["1 较轻", "2 一般", "3 较重", "4 严重"];
        let tier = |(label, words): (&&str, &&str)| Tier {
            label: (*label).to_owned(),
            standard: (*words).to_owned(),
            ..Tier::default()
        };
        let tiers = labels.iter().zip(standards).map(tier).collect();
        baseline.ladders = vec![Ladder { tiers, ..Ladder::default() }];
        let flags: Vec<BarFlag> = flags
            .iter()
            .map(|(tier, code)| BarFlag { tier: *tier, code, sign: Sign::Late, tone: Tone::Late })
            .collect();
        let bars = BandBar::of(&baseline, 0);
        let height = bars.iter().map(|bar| bar.height(&flags, width)).sum();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let mut canvas = Canvas::new(&mut buffer, Theme { colour: false, plain }, Ruler::default());
        let mut y = 0;
        for bar in bars {
            let height = bar.height(&flags, width);
            bar.view(&mut canvas, Rect::new(0, y, width, height), &flags, "第八十二条第一款", Lang::Zh);
            y += height;
        }
        screen_text(&buffer, Ruler::default())
    }

    const LAW: &str = "处二万元以上二十万元以下罚款";
    const TIERS: &[&str] = &[
        "处二万元以上五万元以下罚款",
        "处五万元以上十万元以下罚款",
        "处十二万元以上十七万元以下罚款",
        "处十六万元以上二十万元以下罚款",
    ];

    #[test]
    fn gaps_and_overlaps_are_told_where_there_is_a_finding() {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("band_roomy", drawn(LAW, TIERS, &[(2, "T01"), (3, "T02")], 100, false));
            insta::assert_snapshot!("band_narrow", drawn(LAW, TIERS, &[(2, "T01"), (3, "T02")], 42, false));
            insta::assert_snapshot!("band_plain", drawn(LAW, TIERS, &[(2, "T01"), (3, "T02"), (3, "L01")], 78, true));
        });
        let quiet = drawn(LAW, TIERS, &[], 78, false);
        assert!(!quiet.contains("空档") && !quiet.contains("重叠"), "{quiet}");
    }

    #[test]
    fn ceilings_points_multiples_and_parties_are_drawn() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            (
                "处五万元以下罚款",
                &["处一万元以下罚款", "处一万元以上五万元以下罚款"],
                &["1万以下", "1万—5万", "├", "法定幅度"],
            ),
            ("处一百元以上五百元以下罚款", &["处一百元罚款", "处五百元罚款"], &[" 100\n", " 500\n"]),
            ("处货值金额一倍以上五倍以下罚款", &["处货值金额一倍以上二点五倍以下罚款"], &["1倍—2.5倍", "5倍"]),
            ("处合同价款百分之一以上百分之五以下罚款", &["处合同价款百分之一以上百分之二以下罚款"], &["1%—2%", "5%"]),
            (
                "对单位处二万元以上十万元以下罚款，对个人处一千元以上五千元以下罚款",
                &["对单位处二万元以上五万元以下罚款，对个人处一千元以上二千元以下罚款"],
                &["10万  单位", "5000  个人", "1000—2000"],
            ),
            ("", &["处一千元以上二千元以下罚款", "处二千元以上三千元以下罚款"], &["各阶次"]),
            ("责令改正", &["责令改正"], &[]),
        ];
        for (law, standards, seen) in cases {
            let text = drawn(law, standards, &[], 78, false);
            for words in *seen {
                assert!(text.contains(words), "no {words} in\n{text}");
            }
            assert_eq!(seen.is_empty(), text.is_empty());
        }
    }
}
