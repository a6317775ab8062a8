//! Amounts in the words of official texts: 二万元以上七万四千元以下, 一点五倍, 百分之二十.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::beside::Beside;
use crate::domain::clause::Chinese;
use crate::domain::measure::{Amount, Party, Unit};

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number in Chinese numerals; `None` past 9999 亿, with more than six places, and for 10.5 and its like: what stands
/// before 点 must end in a digit.
pub(super) fn number(value: Decimal) -> Option<String> {
    let value = value.normalize();
    if value.is_sign_negative() || value.scale() > 6 {
        return None;
    }
    let integer = value.trunc().to_u64()?;
    if integer > 0 && integer.is_multiple_of(10) && !value.is_integer() {
        return None;
    }
    let mut words = whole(integer)?;
    let places = value.fract().to_string();
    if let Some((_, places)) = places.split_once('.') {
        words.push('点');
        words.extend(places.chars().filter_map(|place| DIGITS.get(place.to_digit(10)? as usize)));
    }
    Some(words)
}

/// A whole number: sections of four digits, closed by 亿 and 万.
fn whole(value: u64) -> Option<String> {
    if value == 0 {
        return Some(DIGITS.iter().take(1).collect());
    }
    let mut words = String::new();
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let section = value / unit % 10_000;
        if unit == 100_000_000 && value / unit > 9_999 {
            return None;
        }
        if section == 0 {
            continue;
        }
        // 「二十万零五百」: a section that is not full says so.
        if !words.is_empty() && section < 1_000 {
            words.push('零');
        }
        words.push_str(&section_words(u32::try_from(section).ok()?, words.is_empty()));
        words.push_str(name);
    }
    Some(words)
}

fn section_words(section: u32, first: bool) -> String {
    // 「十二万」, but 「一百万零一十二」.
    let one = if !first && (10..20).contains(&section) { "一" } else { "" };
    format!("{one}{}", Chinese(section))
}

/// A value with its unit.
pub(super) fn value(value: Decimal, unit: Unit) -> Option<String> {
    let written = number(value).or_else(|| (!value.is_integer()).then(|| value.normalize().to_string()))?;
    Some(match unit {
        Unit::Yuan => format!("{written}元"),
        Unit::Times => format!("{written}倍"),
        Unit::Percent if written.starts_with(|sign: char| sign.is_ascii_digit()) => format!("{written}%"),
        Unit::Percent => format!("百分之{written}"),
    })
}

/// A fine as a standard says it: for whom, of what, how much, with its cap and floor; with what the law imposes beside it.
pub(super) fn fine(party: Party, amount: &Amount, beside: &Beside) -> Option<String> {
    let whom = match party {
        Party::Unspecified => "",
        Party::Unit => "对单位",
        Party::Individual => "对个人",
        Party::PersonInCharge => "对直接负责的主管人员和其他直接责任人员",
    };
    // What is for all stands before the party is named.
    let (of_party, for_all): (Vec<_>, Vec<_>) = beside.before.iter().partition(|other| other.party == party);
    let mut words = String::new();
    let said = for_all
        .iter()
        .map(|other| ("", other))
        .chain(of_party.iter().enumerate().map(|(at, other)| (if at == 0 { whom } else { "" }, other)));
    for (whom, other) in said {
        words.extend([whom, &other.words, "，"]);
    }
    let whom = if of_party.is_empty() { whom } else { "" };
    let joint = if words.is_empty() { "" } else { beside.joint };
    let rates: String = amount.per.iter().flat_map(|per| ["每", per]).collect();
    let base = amount.base.as_deref().unwrap_or_default();
    let range = match (amount.low, amount.high?) {
        (None, high) => format!("{}以下", value(high, amount.unit)?),
        (Some(low), high) if low == high => value(low, amount.unit)?,
        (Some(low), high) => format!("{}以上{}以下", value(low, amount.unit)?, value(high, amount.unit)?),
    };
    let [first, then] = if rates.is_empty() { [whom, joint] } else { [joint, whom] };
    words.extend([first, then, &rates, "处", base, &range, "罚款"]);
    if let Some(cap) = amount.cap {
        words.extend(["，最高不超过", &value(cap, Unit::Yuan)?]);
    }
    if let Some(floor) = amount.floor {
        words.extend(["，且不低于", &value(floor, Unit::Yuan)?]);
    }
    for other in &beside.behind {
        words.extend(["，并", &other.words]);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reading::read;

    #[test]
    fn numbers_are_written_as_in_official_texts() {
        let cases = [
            ("0", "零"),
            ("10", "十"),
            ("12", "十二"),
            ("110", "一百一十"),
            ("105", "一百零五"),
            ("2000", "二千"),
            ("3050", "三千零五十"),
            ("74000", "七万四千"),
            ("120000", "十二万"),
            ("200500", "二十万零五百"),
            ("1120000", "一百一十二万"),
            ("1000010", "一百万零一十"),
            ("120000000", "一亿二千万"),
            ("1.5", "一点五"),
            ("0.25", "零点二五"),
        ];
        for (value, words) in cases {
            assert_eq!(number(value.parse().unwrap()).unwrap(), words);
        }
        assert_eq!(number("1000000000000".parse().unwrap()), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(yuan in 1_u64..1_000_000_000_000, hundredths in 1_i64..100_000) {
            let of = |words: &str| read(&format!("处违法所得{words}罚款")).measures[0].amount.clone().unwrap();
            let whole = Decimal::from(yuan);
            let words = value(whole, Unit::Yuan).unwrap();
            let reading = read(&format!("处{words}罚款"));
            prop_assert!(reading.problems.is_empty(), "{words}: {:?}", reading.problems);
            prop_assert_eq!(reading.measures[0].amount.as_ref().unwrap().high, Some(whole), "{}", words);
            let part = Decimal::new(hundredths, 2).normalize();
            for unit in [Unit::Times, Unit::Percent] {
                let words = value(part, unit).unwrap();
                prop_assert_eq!(of(&words).high, Some(part), "{}", words);
            }
        }
    }
}
