//! T10: quantities in the conditions of neighbouring tiers.
//!
//! Only quantities that measure the same thing are compared: the words before and after them must be equal. Anything
//! else keeps silent, for a condition may weigh several things at once.

use rust_decimal::Decimal;

use super::amount::crookedness;
use super::finding::{Detail, Finding};
use super::registry::Code;
use super::view::{LadderView, TierView};

/// A quantity with its ends, as a condition tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Quantity {
    /// The condition without blanks.
    text: Vec<char>,
    /// How many characters in front say what is measured.
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
        let quantities: Vec<Vec<Quantity>> = run.iter().map(quantities_of).collect();
        let pairs = run.iter().zip(&quantities).zip(run.iter().zip(&quantities).skip(1));
        let mut blamed = None;
        for ((lighter, before), (heavier, after)) in pairs {
            let clash = before.iter().find_map(|quantity| {
                let other = after.iter().find(|other| other.measures_as(quantity))?;
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

/// The quantities of a tier that stand alone in what they measure.
fn quantities_of(tier: &TierView<'_>) -> Vec<Quantity> {
    let all: Vec<Quantity> = tier.tier.conditions.iter().filter_map(|words| Quantity::in_condition(words)).collect();
    if all.len() < 2 {
        return all;
    }
    let alone = |quantity: &&Quantity| all.iter().filter(|other| other.measures_as(quantity)).count() == 1;
    all.iter().filter(alone).cloned().collect()
}

impl Quantity {
    /// The one quantity of a condition; a condition that tells several is left alone.
    fn in_condition(words: &str) -> Option<Self> {
        let mut text = Vec::with_capacity(words.len() / 2);
        // Nearly all are of the first range; asking for it first saves a look into the table of blanks.
        text.extend(words.chars().filter(|sign| matches!(sign, '一'..='鿿') || !sign.is_whitespace()));
        let ends = End::all(&text);
        let (first, last) = match ends.as_slice() {
            [only] => (only, only),
            [first, last] if first.to == last.from && first.upper != last.upper => (first, last),
            _ => return None,
        };
        if !last.unit.starts_with(first.unit) && !first.unit.starts_with(last.unit) {
            return None;
        }
        let of = |upper: bool| ends.iter().find(|end| end.upper == upper).map(|end| (end.value, end.inclusive));
        let (low, high) = (of(false), of(true));
        let (place, unit) = ((first.from, last.to), first.unit);
        let is_filler = |sign: &&char| ['在', '为', '达', '到', '已', '共'].contains(*sign);
        let is_end = |sign: &&char| ['的', '。', '；', '，'].contains(*sign);
        let stem = place.0 - text.iter().take(place.0).rev().take_while(is_filler).count();
        let end = text.len() - text.iter().skip(place.1).rev().take_while(is_end).count();
        Some(Self { text, stem, place, end, unit, low, high })
    }

    fn stem(&self) -> &[char] {
        self.text.get(..self.stem).unwrap_or_default()
    }

    fn tail(&self) -> &[char] {
        self.text.get(self.place.1..self.end).unwrap_or_default()
    }

    fn words(&self) -> String {
        self.text.get(self.place.0..self.place.1).unwrap_or_default().iter().collect()
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
        let counted = COUNTED.contains(&self.unit) && low - high == Decimal::ONE;
        (high == low && (high_in || low_in)) || counted
    }

    fn crookedness(&self) -> usize {
        [self.low, self.high].into_iter().flatten().map(|(value, _)| crookedness(value)).max().unwrap_or_default()
    }
}

/// One end of a quantity: 「不足十吨」, 「100吨以上」.
#[derive(Clone, Copy)]
struct End {
    from: usize,
    to: usize,
    value: Decimal,
    unit: &'static str,
    upper: bool,
    inclusive: bool,
}

impl End {
    fn all(text: &[char]) -> Vec<Self> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match Self::at(text, at) {
                Some(end) => {
                    at = end.to;
                    found.push(end);
                }
                None => at += 1,
            }
        }
        found
    }

    fn at(text: &[char], from: usize) -> Option<Self> {
        const BEFORE: &[(&str, bool, bool)] = &[
            ("不超过", true, true),
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
        let first = *text.get(from)?;
        let leads = matches!(first, '不' | '未' | '低' | '少' | '小' | '超' | '大' | '高');
        if !leads && !is_numeral(first) {
            return None;
        }
        let word = BEFORE.iter().filter(|_| leads).find(|(word, ..)| begins(text, from, word));
        let number = from + word.map_or(0, |(word, ..)| word.chars().count());
        let length = text.get(number..)?.iter().take_while(|sign| is_numeral(**sign)).count();
        let numeral = text.get(number..number + length).filter(|numeral| !numeral.is_empty())?;
        let unit = *MEASURED.iter().chain(COUNTED).find(|unit| begins(text, number + length, unit))?;
        let to = number + length + unit.chars().count();
        let behind = BEHIND.iter().find(|(word, _)| begins(text, to, word));
        if word.is_none() && behind.is_none() {
            return None;
        }
        let value = number_of(numeral)?;
        let end = |upper, inclusive, to| Some(Self { from, to, value, unit, upper, inclusive });
        match (word, behind) {
            (Some((_, upper, inclusive)), None) => end(*upper, *inclusive, to),
            (None, Some((word, upper))) => {
                let to = to + word.chars().count();
                // 「不含」 in brackets is rare enough to be left alone.
                if begins(text, to, "（不含") || begins(text, to, "(不含") { None } else { end(*upper, true, to) }
            }
            _ => None,
        }
    }
}

fn begins(text: &[char], at: usize, word: &str) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().iter();
    word.chars().all(|sign| rest.next() == Some(&sign))
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

/// A number in digits or in Chinese signs.
fn number_of(signs: &[char]) -> Option<Decimal> {
    if signs.iter().all(|sign| sign.is_ascii_digit() || *sign == '.') {
        return signs.iter().collect::<String>().parse().ok();
    }
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, 0_u64);
    for sign in signs {
        let unit = match sign {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                total = (section + digit).checked_mul(10_000)?;
                (section, digit) = (0, 0);
                continue;
            }
            '零' | '〇' => continue,
            sign => {
                digit = digit_of(*sign)?;
                continue;
            }
        };
        section += digit.max(1) * unit;
        digit = 0;
    }
    Some(Decimal::from(total.checked_add(section + digit)?))
}

const fn digit_of(sign: char) -> Option<u64> {
    Some(match sign {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(one: &str, two: &str) -> Option<bool> {
        let (one, two) = (Quantity::in_condition(one)?, Quantity::in_condition(two)?);
        one.measures_as(&two).then(|| one.meets(&two))
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
        ];
        for (one, two, expected) in cases {
            assert_eq!(meets(one, two), expected, "{one} {two}");
        }
    }
}
