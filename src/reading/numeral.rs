//! Numerals: 二万, 两千, 一万五千, 一点五, 伍佰, 二〇〇〇, 3000, 3,000, 1.5万, 5千.
//!
//! ```text
//! numeral = group+            number and unit in turn, units falling, 万 and 亿 closing a section
//! group   = ["零"] [number] [unit]
//! number  = decimal | digit+ ["点" digit+]
//! unit    = 十 | 百 | 千 | 万 | 亿
//! ```
//!
//! A numeral that left out a unit or a 零 (「一百万一十」, 「一万五」) has a reading, and says so.

use rust_decimal::Decimal;

/// The longest numeral that is read; longer runs are no amounts.
pub(super) const LONGEST: usize = 24;

/// What a run of numeral characters comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) value: Decimal,
    /// A unit or a 零 was left out: the value is the one as written.
    pub(super) dropped: bool,
    /// The unit word that a bare number before it may share (「一至三万元」), 1 for none.
    pub(super) unit: i64,
}

/// Every character of a numeral.
pub(super) const SIGNS: &str = "0123456789零〇○一壹弌二两贰貳兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億";

/// The value of a digit in ordinary, banking or Arabic writing.
pub(super) fn digit(char: char) -> Option<i64> {
    Some(match char {
        '0'..='9' => i64::from(u32::from(char) - u32::from('0')),
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '两' | '贰' | '貳' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a unit word.
pub(super) fn unit(char: char) -> Option<i64> {
    Some(match char {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

/// A number before its unit: `mantissa` over ten to the `scale`.
struct Number {
    mantissa: i64,
    scale: u32,
    digits: usize,
    /// A leading 零 stood before other digits.
    zero: bool,
}

impl Number {
    /// What one step of its mantissa counts; `None` past the places that are kept.
    fn millionths(&self) -> Option<i64> {
        [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1].get(usize::try_from(self.scale).ok()?).copied()
    }
}

/// Reads a run of numeral characters; `None` where it is no number (「万」, 「十百」, 「三万万」).
pub(super) fn read(chars: &[char]) -> Option<Numeral> {
    if chars.is_empty() || chars.len() > LONGEST {
        return None;
    }
    let mut rest = chars;
    let mut sum = Sum::default();
    while !rest.is_empty() {
        let (number, unit, after) = group(rest)?;
        sum.add(number.as_ref(), unit, after.is_empty())?;
        rest = after;
    }
    Some(Numeral { value: sum.value()?, dropped: sum.dropped, unit: sum.shared })
}

/// Reads digits and the unit behind them; a unit at once has no number.
fn group(chars: &[char]) -> Option<(Option<Number>, Option<i64>, &[char])> {
    let mut number = Number { mantissa: 0, scale: 0, digits: 0, zero: false };
    let mut point = false;
    let mut ends = None;
    let mut rest = chars;
    while let Some((first, tail)) = rest.split_first() {
        match digit(*first) {
            Some(value) => {
                if number.digits == 0 && value == 0 && !first.is_ascii_digit() {
                    number.zero = true;
                }
                number.mantissa = number.mantissa.checked_mul(10)?.checked_add(value)?;
                number.digits += 1;
                number.scale += u32::from(point);
            }
            None if *first == ',' => {}
            None if matches!(first, '.' | '点') && !point && number.digits > 0 => point = true,
            None => {
                ends = Some(unit(*first)?);
                rest = tail;
                break;
            }
        }
        rest = tail;
    }
    let complete = !point || number.scale > 0;
    complete.then_some((Some(number).filter(|number| number.digits > 0), ends, rest))
}

/// The decimal places that are kept while adding up.
const PLACES: u32 = 6;
const ONE: i64 = 1_000_000;

/// The value so far in millionths: closed sections, the open section below 万, and the unit that came last.
struct Sum {
    total: i128,
    section: i128,
    last_unit: i64,
    last_closing: i64,
    shared: i64,
    dropped: bool,
    begun: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            total: 0,
            section: 0,
            last_unit: i64::MAX,
            last_closing: i64::MAX,
            shared: 1,
            dropped: false,
            begun: false,
        }
    }
}

impl Sum {
    /// Adds one group; `None` where the units do not fall.
    fn add(&mut self, number: Option<&Number>, unit: Option<i64>, last: bool) -> Option<()> {
        let zero = number.is_some_and(|number| number.zero);
        let lone = number.is_some_and(|number| number.digits == 1);
        let value = match number {
            Some(number) if zero && lone && unit == Some(10) => i128::from(number.mantissa.max(1)) * i128::from(ONE),
            Some(number) => i128::from(number.mantissa) * i128::from(number.millionths()?),
            None if unit == Some(10) => i128::from(ONE),
            // 「二十万」: the section before 万 is its number.
            None if unit >= Some(10_000) && self.section > 0 => 0,
            None => return None,
        };
        match unit {
            Some(closing @ 10_000..) => self.close(value, closing, number.is_some() && !zero)?,
            Some(small) => {
                if small >= self.last_unit {
                    return None;
                }
                // 「一百万一十」: between 百万 and 十 stand neither the units nor a 零.
                self.dropped |= self.begun && !zero && self.last_unit.min(10_000) / small > 10;
                self.shared = if self.begun || small == 10 || !lone { self.shared } else { small };
                self.section += value * i128::from(small);
                self.last_unit = small;
            }
            None if !last => return None,
            // 「一万五」, 「3百5」: the digit stands for the next smaller unit, which was left out.
            None if self.begun && lone && !zero && self.last_unit > 10 && value > 0 => {
                self.dropped = true;
                self.section += value * i128::from(self.last_unit / 10);
            }
            None => self.section += value,
        }
        self.begun = true;
        Some(())
    }

    /// Closes the section with 万 or 亿.
    fn close(&mut self, value: i128, closing: i64, counted: bool) -> Option<()> {
        if closing >= self.last_closing {
            return None;
        }
        self.dropped |= counted && self.section > 0 && self.last_unit > 10;
        self.total += (self.section + value) * i128::from(closing);
        self.section = 0;
        (self.last_unit, self.last_closing) = (closing, closing);
        self.shared = closing;
        Some(())
    }

    /// The sum as a decimal; `None` past its range.
    fn value(&self) -> Option<Decimal> {
        let sum = self.total + self.section;
        // Whole numbers of an everyday size need no division of 128 bits.
        match i64::try_from(sum) {
            Ok(small) if small % ONE == 0 => Some(Decimal::from(small / ONE)),
            _ => Decimal::try_from_i128_with_scale(sum, PLACES).ok().map(|value| value.normalize()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(words: &str) -> Option<(String, bool)> {
        let chars: Vec<char> = words.chars().collect();
        read(&chars).map(|numeral| (numeral.value.to_string(), numeral.dropped))
    }

    #[test]
    fn the_signs_are_all_digits_and_units() {
        let found: Vec<char> =
            ('\0'..=char::MAX).filter(|char| digit(*char).is_some() || unit(*char).is_some()).collect();
        let mut told: Vec<char> = SIGNS.chars().collect();
        told.sort_unstable();
        assert_eq!(found, told);
    }

    #[test]
    fn numerals() {
        let table = [
            ("二万", "20000"),
            ("两千", "2000"),
            ("一万五千", "15000"),
            ("一百二十", "120"),
            ("十五", "15"),
            ("一百一十万", "1100000"),
            ("二十五万", "250000"),
            ("一点五", "1.5"),
            ("零点五", "0.5"),
            ("一百零五", "105"),
            ("一万零五百", "10500"),
            ("一万零十", "10010"),
            ("一亿五千万", "150000000"),
            ("一亿零三百万", "103000000"),
            ("二〇〇〇", "2000"),
            ("5万", "50000"),
            ("1.5万", "15000"),
            ("1.50", "1.5"),
            ("3000", "3000"),
            ("3,000", "3000"),
            ("1万5千", "15000"),
            ("1万500", "10500"),
            ("3百5十", "350"),
            ("伍佰", "500"),
            ("壹萬伍仟", "15000"),
            ("0", "0"),
        ];
        for (words, expected) in table {
            assert_eq!(value(words), Some((expected.to_owned(), false)), "{words}");
        }
    }

    #[test]
    fn numerals_that_dropped_a_unit() {
        let table = [
            ("一百万一十", "1000010"),
            ("一百万三十", "1000030"),
            ("一万五", "15000"),
            ("三百五", "350"),
            ("一千五十", "1050"),
            ("二百五万", "2050000"),
        ];
        for (words, expected) in table {
            assert_eq!(value(words), Some((expected.to_owned(), true)), "{words}");
        }
    }

    #[test]
    fn no_numerals() {
        for words in [
            "",
            "万",
            "百",
            "十百",
            "三万万",
            "一百万八十万",
            "5.",
            "一二三四五六七八九十一二三四五六七八九十一二三四五六七",
            "99999999999999999999",
            "点五",
        ] {
            assert_eq!(value(words), None, "{words}");
        }
    }
}
