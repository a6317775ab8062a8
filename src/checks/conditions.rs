//! T10: quantities in the conditions of neighbouring tiers.
//!
//! Only quantities that measure the same thing are compared: the words before and after them must be equal. Anything
//! else keeps silent, for a condition may weigh several things at once.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::amount::crookedness;
use super::finding::{Detail, Finding};
use super::registry::Code;
use super::view::{LadderView, TierView};
use crate::reading::numeral;

/// A quantity with its ends, as a condition tells it. Places are bytes of `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Quantity<'a> {
    /// The condition without blanks.
    text: Cow<'a, str>,
    /// Where the words in front end that say what is measured.
    stem: usize,
    /// Where the quantity stands.
    place: (usize, usize),
    /// Where the words behind it end.
    end: usize,
    unit: &'static str,
    low: Option<(Decimal, bool)>,
    high: Option<(Decimal, bool)>,
}

/// Units in which things are counted: between 5 and 6 of them nothing lies.
const COUNTED: &[&str] = &[
    "人次", "人", "次", "户", "头", "只", "起", "辆", "台", "件", "个", "处", "株", "棵", "条", "张", "份", "批", "家",
    "艘", "日", "天",
];
/// Units of measure, longer ones first.
const MEASURED: &[&str] = &[
    "平方米",
    "立方米",
    "平方公里",
    "平米",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "公顷",
    "公斤",
    "千克",
    "毫克",
    "小时",
    "分钟",
    "个月",
    "个工作日",
    "工作日",
    "分贝",
    "万元",
    "亿元",
    "吨",
    "克",
    "升",
    "亩",
    "米",
    "倍",
    "月",
    "年",
    "元",
    "%",
    "％",
];

/// Checks the tiers of a ladder, pair by pair.
pub(super) fn check(ladder: &LadderView<'_>, found: &mut Vec<Finding>) {
    for run in ladder.runs.iter().filter(|run| run.len() > 1) {
        let quantities = Quantities::of(run);
        let mut blamed = None;
        for (at, (lighter, heavier)) in run.iter().zip(run.iter().skip(1)).enumerate() {
            let clash = quantities.of_tier(at).find_map(|quantity| {
                let other = quantities.of_tier(at + 1).find(|other| other.measures_as(quantity))?;
                (!quantity.meets(other)).then_some((quantity, other))
            });
            let Some((quantity, other)) = clash else { continue };
            if blamed == Some(lighter.at) {
                continue;
            }
            let on_lighter = quantity.crookedness() > other.crookedness();
            let (tier, own, neighbour, theirs) = if on_lighter {
                (lighter.at, quantity, heavier.at, other)
            } else {
                (heavier.at, other, lighter.at, quantity)
            };
            blamed = Some(heavier.at).filter(|_| !on_lighter);
            let details = vec![Detail::Tier(neighbour), Detail::Words(own.words()), Detail::Words(theirs.words())];
            found.push(Finding::of_tier(Code::T10, ladder.at, tier).with(details));
        }
    }
}

/// The quantities of a run of tiers, each with the place of its tier.
struct Quantities<'a>(Vec<(usize, Quantity<'a>)>);

impl<'a> Quantities<'a> {
    fn of(run: &[TierView<'a>]) -> Self {
        let mut quantities = Vec::with_capacity(run.len());
        for (at, tier) in run.iter().enumerate() {
            let told = tier.tier.conditions.iter().filter_map(|words| Quantity::in_condition(words));
            quantities.extend(told.map(|quantity| (at, quantity)));
        }
        Self(quantities)
    }

    /// Those of a tier that stand alone in what they measure.
    fn of_tier(&self, at: usize) -> impl Iterator<Item = &Quantity<'a>> {
        let first = self.0.partition_point(|(tier, _)| *tier < at);
        let all = self.0.iter().skip(first).take_while(move |(tier, _)| *tier == at).map(|(_, quantity)| quantity);
        let others = all.clone();
        let is_twin = |one: &Quantity<'_>, other: &Quantity<'_>| !std::ptr::eq(one, other) && one.measures_as(other);
        all.filter(move |quantity| !others.clone().any(|other| is_twin(quantity, other)))
    }
}

impl<'a> Quantity<'a> {
    /// The one quantity of a condition; a condition that tells several is left alone.
    fn in_condition(words: &'a str) -> Option<Self> {
        let text = without_blanks(words);
        let mut ends = End::all(&text);
        let first = ends.next()?;
        let last = ends.next().unwrap_or(first);
        let one = first == last || first.to == last.from && first.upper != last.upper;
        let alike = last.unit.starts_with(first.unit) || first.unit.starts_with(last.unit);
        if !one || !alike || ends.next().is_some() {
            return None;
        }
        drop(ends);
        let of = |upper: bool| {
            [first, last].into_iter().find(|end| end.upper == upper).map(|end| (end.value, end.inclusive))
        };
        let (low, high) = (of(false), of(true));
        let (place, unit) = ((first.from, last.to), first.unit);
        let stem = text.get(..place.0)?.trim_end_matches(['在', '为', '达', '到', '已', '共']).len();
        let end = place.1 + text.get(place.1..)?.trim_end_matches(['的', '。', '；', '，']).len();
        Some(Self { text, stem, place, end, unit, low, high })
    }

    fn stem(&self) -> &str {
        self.text.get(..self.stem).unwrap_or_default()
    }

    fn tail(&self) -> &str {
        self.text.get(self.place.1..self.end).unwrap_or_default()
    }

    fn words(&self) -> String {
        self.text.get(self.place.0..self.place.1).unwrap_or_default().to_owned()
    }

    fn measures_as(&self, other: &Self) -> bool {
        self.unit == other.unit && self.stem() == other.stem() && self.tail() == other.tail()
    }

    /// True where the two ranges meet end to end, in either order; the same quantity twice is no matter of numbers.
    fn meets(&self, other: &Self) -> bool {
        if (self.low, self.high) == (other.low, other.high) {
            return true;
        }
        let (below, above) = if self.low.map(|(low, _)| low) <= other.low.map(|(low, _)| low) && self.high.is_some() {
            (self, other)
        } else {
            (other, self)
        };
        let (Some((high, high_in)), Some((low, low_in))) = (below.high, above.low) else { return false };
        let counted = || COUNTED.contains(&self.unit) && low - high == Decimal::ONE;
        (high == low && (high_in || low_in)) || counted()
    }

    fn crookedness(&self) -> usize {
        [self.low, self.high].into_iter().flatten().map(|(value, _)| crookedness(value)).max().unwrap_or_default()
    }
}

/// A text without its blanks.
fn without_blanks(text: &str) -> Cow<'_, str> {
    // No other bytes begin a blank. Asking all of them is faster than to read characters.
    let may_begin_blank = |byte: u8| byte <= b' ' || byte == 0xC2 || (0xE1..=0xE3).contains(&byte);
    let may = text.bytes().fold(false, |may, byte| may | may_begin_blank(byte));
    if may && text.contains(char::is_whitespace) {
        text.split_whitespace().collect::<String>().into()
    } else {
        text.into()
    }
}

/// One end of a quantity: 「不足十吨」, 「100吨以上」. Places are bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    from: usize,
    to: usize,
    value: Decimal,
    unit: &'static str,
    upper: bool,
    inclusive: bool,
}

impl End {
    /// The ends in a text without blanks, in its order.
    fn all(text: &str) -> impl Iterator<Item = Self> {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let number = at + text.get(at..)?.find(is_numeral)?;
                let behind = text.get(number..)?.trim_start_matches(is_numeral);
                let end = Self::around(text.get(at..number)?, number, text.get(number..)?, behind);
                at = end.map_or(text.len() - behind.len(), |end| end.to);
                if end.is_some() {
                    return end;
                }
            }
        })
    }

    /// The end whose number begins at a place, given what stands before it, from it on, and behind it.
    fn around(before: &str, number: usize, text: &str, behind: &str) -> Option<Self> {
        const BEFORE: &[(&str, bool, bool)] = &[
            ("不超过", true, true),
            ("不高于", true, true),
            ("不大于", true, true),
            ("不低于", false, true),
            ("不少于", false, true),
            ("不小于", false, true),
            ("不足", true, false),
            ("不满", true, false),
            ("未满", true, false),
            ("低于", true, false),
            ("少于", true, false),
            ("小于", true, false),
            ("超过", false, false),
            ("大于", false, false),
            ("高于", false, false),
        ];
        const BEHIND: &[(&str, bool)] = &[("以上", false), ("以下", true), ("以内", true)];
        let leads = before.ends_with(['过', '于', '足', '满']);
        let word = BEFORE.iter().filter(|_| leads).find(|(word, ..)| before.ends_with(word));
        let unit = *MEASURED.iter().chain(COUNTED).find(|unit| behind.starts_with(**unit))?;
        let rest = behind.get(unit.len()..)?;
        let bound = BEHIND.iter().find(|(word, _)| rest.starts_with(word));
        let (from, upper, inclusive, rest) = match (word, bound) {
            (Some((word, upper, inclusive)), None) => (number - word.len(), *upper, *inclusive, rest),
            // 「不含」 in brackets is rare enough to be left alone.
            (None, Some((word, upper))) => {
                (number, *upper, true, rest.strip_prefix(word).filter(|rest| !excludes(rest))?)
            }
            _ => return None,
        };
        let value = numeral(text.strip_suffix(behind)?)?;
        Some(Self { from, to: number + text.len() - rest.len(), value, unit, upper, inclusive })
    }
}

fn excludes(rest: &str) -> bool {
    rest.strip_prefix(['（', '(']).is_some_and(|inside| inside.starts_with("不含"))
}

fn is_numeral(sign: char) -> bool {
    matches!(
        sign,
        '0'..='9'
            | '.'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '零'
            | '〇'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(one: &str, two: &str) -> Option<bool> {
        let (one, two) = (Quantity::in_condition(one)?, Quantity::in_condition(two)?);
        one.measures_as(&two).then(|| one.meets(&two))
    }

    #[test]
    fn blanks_are_taken_out() {
        for blank in ('\0'..=char::MAX).filter(|sign| sign.is_whitespace()) {
            assert_eq!(without_blanks(&format!("{blank}十{blank}{blank}吨")), "十吨", "{blank:?}");
        }
        assert!(matches!(without_blanks("超过、十吨"), Cow::Borrowed("超过、十吨")));
    }

    #[test]
    fn quantities_meet_or_do_not_or_measure_other_things() {
        let cases = [
            ("排放量100吨以上201吨以下的", "排放量200吨以上的", Some(false)),
            ("排放量100吨以上200吨以下的", "排放量200吨以上的", Some(true)),
            ("排放量10吨以下的", "排放量20吨以上30吨以下的", Some(false)),
            ("排放量不足十吨的", "排放量十吨以上不足三十吨的", Some(true)),
            ("排放量超过四十吨的", "排放量30吨以上40吨以下", Some(true)),
            ("数据有效率80%以上", "数据有效率50%以上不足80%", Some(true)),
            ("逾期5日以下", "逾期6日以上", Some(true)),
            ("面积5平方米以下", "面积6平方米以上", Some(false)),
            ("面积5平方米以下，首次的", "面积3平方米以上，再次的", None),
            ("一般污染物超标不足1倍", "重金属超标不足0.5倍", None),
            ("两年内第二次", "两年内第三次", None),
            ("面积10平方米以上20平方米以下且高度3米以上", "面积20平方米以上", None),
            ("储量不低于5吨不高于10吨的", "储量不低于10吨的", Some(true)),
            ("储量不低于5吨的", "储量不少于10吨的", Some(false)),
            ("面积 10 平方米以下", "面积10平方米以上", Some(true)),
            ("面积10平方米以下", "面积20平方米以上（不含）", None),
            ("储量1.5万吨以下", "储量一万五千吨以上", Some(true)),
            // No numeral: nothing is taken out of its middle.
            ("面积十5百平方米以下", "面积20平方米以上", None),
            // A unit was left out.
            ("面积一百五平方米以下", "面积200平方米以上", None),
        ];
        for (one, two, expected) in cases {
            assert_eq!(meets(one, two), expected, "{one} {two}");
        }
    }
}
