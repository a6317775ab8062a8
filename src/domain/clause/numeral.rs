//! Numerals as they stand in clause numbers: 1 to 9999, nothing else.

use std::fmt;

/// A number in Chinese numerals (一百零五); from 10,000 on, which no clause number reaches, in digits.
#[derive(Debug, Clone, Copy)]
pub struct Chinese(pub u32);

/// The digits by value.
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

impl fmt::Display for Chinese {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        if number > 9999 {
            return number.fmt(f);
        }
        if number == 0 {
            return f.write_str("〇");
        }
        let mut rest = number;
        let mut gap = false;
        for (unit, sign) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = rest / unit;
            rest %= unit;
            if digit == 0 {
                gap = true;
                continue;
            }
            let begun = number >= unit * 10;
            if gap && begun {
                f.write_str("零")?;
            }
            gap = false;
            if !(unit == 10 && digit == 1 && !begun) {
                write!(f, "{}", DIGITS.get(digit as usize).unwrap_or(&'〇'))?;
            }
            f.write_str(sign)?;
        }
        Ok(())
    }
}

/// True for a sign of which Chinese numerals are made.
pub(super) fn is_chinese(sign: char) -> bool {
    digit(sign).is_some() || unit(sign).is_some()
}

/// The value of an ASCII or full-width digit.
pub(super) fn arabic(sign: char) -> Option<u32> {
    let ascii = match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0'))?,
        _ => sign,
    };
    ascii.to_digit(10)
}

/// The value of a sign that is number and brackets in one: ㈡, ⑵, ②.
pub(super) fn enclosed(sign: char) -> Option<u32> {
    let from = |first: char| u32::from(sign) - u32::from(first) + 1;
    match sign {
        '㈠'..='㈩' => Some(from('㈠')),
        '⑴'..='⒇' => Some(from('⑴')),
        '①'..='⑳' => Some(from('①')),
        _ => None,
    }
}

/// The value of a numeral, 1 to 9999: digits (82, ８２), with units (八十二, 一百十五, 两千), or digit by digit
/// (一二六〇). `None` for what has no single reading.
pub(super) fn read(numeral: impl Iterator<Item = char> + Clone) -> Option<u32> {
    let value = if numeral.clone().all(|sign| arabic(sign).is_some()) {
        read_digits(numeral, arabic)?
    } else if numeral.clone().all(|sign| digit(sign).is_some()) {
        read_digits(numeral, digit)?
    } else {
        read_units(numeral)?
    };
    (1..=9999).contains(&value).then_some(value)
}

/// The value of words that are one numeral and nothing else; 0 in digits counts.
pub(in crate::domain) fn count(words: &str) -> Option<u32> {
    if matches!(words, "0" | "０") { Some(0) } else { read(words.chars()) }
}

fn digit(sign: char) -> Option<u32> {
    Some(match sign {
        '〇' | '零' | '○' => 0,
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

fn unit(sign: char) -> Option<u32> {
    match sign {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn read_digits(numeral: impl Iterator<Item = char>, value: fn(char) -> Option<u32>) -> Option<u32> {
    numeral.take(5).try_fold(0, |number, sign| Some(number * 10 + value(sign)?))
}

/// Reads 一千二百六十, 十五, 一百零五, 一百十五. Units fall from left to right; a digit after a unit that is not the
/// next smaller one needs its 零 (一百五 is 105 to some and 150 to others).
fn read_units(numeral: impl Iterator<Item = char>) -> Option<u32> {
    let (mut sum, mut pending, mut last_unit, mut zero) = (0, None, 10_000, false);
    for sign in numeral {
        match (digit(sign), unit(sign)) {
            (Some(0), _) if pending.is_none() && !zero && sum > 0 => zero = true,
            (Some(value), _) if value > 0 && pending.is_none() => pending = Some(value),
            (_, Some(unit)) if unit < last_unit => {
                let count = match pending.take() {
                    Some(count) => count,
                    None if unit == 10 => 1,
                    None => return None,
                };
                if zero != (last_unit < 10_000 && last_unit > unit * 10) {
                    return None;
                }
                sum += count * unit;
                (last_unit, zero) = (unit, false);
            }
            _ => return None,
        }
    }
    match pending {
        Some(ones) if zero == (last_unit > 10) => Some(sum + ones),
        None if !zero => Some(sum),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Chinese, read};

    #[test]
    fn every_number_is_written_and_read_back() {
        for number in 1..=9999 {
            let written = Chinese(number).to_string();
            assert_eq!(read(written.chars()), Some(number), "{written}");
            assert_eq!(read(number.to_string().chars()), Some(number));
        }
    }

    #[test]
    fn numerals_are_written_as_in_statutes() {
        for (number, written) in [
            (10, "十"),
            (19, "十九"),
            (20, "二十"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1000, "一千"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
            (1260, "一千二百六十"),
            (12345, "12345"),
        ] {
            assert_eq!(Chinese(number).to_string(), written);
        }
    }

    #[test]
    fn other_styles_are_read_and_doubtful_ones_are_not() {
        for (numeral, value) in [
            ("一百十五", Some(115)),
            ("一百〇五", Some(105)),
            ("二百○一", Some(201)),
            ("两百", Some(200)),
            ("一二六〇", Some(1260)),
            ("８２", Some(82)),
            ("08", Some(8)),
            ("〇", None),
            ("0", None),
            ("十十八", None),
            ("一百五", None),
            ("百五十", None),
            ("一十百", None),
            ("一百零零五", None),
            ("二三十", None),
            ("12345", None),
            ("123456789012345678901234567890", None),
            ("一百零", None),
            ("1十", None),
        ] {
            assert_eq!(read(numeral.chars()), value, "{numeral}");
        }
    }
}
