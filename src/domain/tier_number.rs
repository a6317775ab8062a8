//! The number of a tier that is only numbered: 1, 一, 第一档, A, Ⅰ, ①, 甲, and the same label with another number.

use super::clause::{Chinese, count};

/// The number of a tier that is only numbered: 1, 一, 第一档, A, Ⅰ, ①, 甲. The letters I, V and X alone may be letters or
/// numerals and say none.
#[must_use]
pub fn number(label: &str) -> Option<u32> {
    let core = core(label);
    if let Some(number) = count(core) {
        return Some(number).filter(|number| *number < 1000);
    }
    let mut signs = core.chars();
    match (signs.next()?, signs.next()) {
        ('I' | 'V' | 'X' | 'i' | 'v' | 'x', None) => None,
        (sign, None) => STYLES.iter().find_map(|row| row.chars().zip(1..).find(|one| one.0 == sign)).map(|one| one.1),
        _ => ROMAN.iter().zip(1..).find(|(numeral, _)| **numeral == core).map(|(_, number)| number),
    }
}

/// Numerals of one sign each, in their order.
const STYLES: [&str; 7] = [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "甲乙丙丁戊己庚辛壬癸",
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽",
];

/// Numerals of several letters.
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// What is set before the number of a label.
const BEFORE: &[&str] = &["违法", "情节", "程度", "第", "（", "(", " ", "　"];

/// What is set behind it, longer words first.
const BEHIND: &[&str] = &[
    "阶次", "档次", "等次", "等级", "违法", "情节", "程度", "档", "级", "阶", "类", "等", "种", "）", ")", ".", "．",
    "、", "：", ":", " ", "　",
];

/// The characters that words of [`BEFORE`] begin with: one look settles most labels.
const FIRST: &[char] = &['违', '情', '程', '第', '（', '(', ' ', '　'];

/// The characters that words of [`BEHIND`] end with.
const LAST: &[char] =
    &['次', '级', '法', '节', '度', '档', '阶', '类', '等', '种', '）', ')', '.', '．', '、', '：', ':', ' ', '　'];

/// A label without what is set around its number.
pub(super) fn core(label: &str) -> &str {
    let mut core = label.trim();
    while core.starts_with(FIRST)
        && let Some(rest) = BEFORE.iter().find_map(|word| core.strip_prefix(word))
    {
        core = rest;
    }
    while core.ends_with(LAST)
        && let Some(rest) = BEHIND.iter().find_map(|word| core.strip_suffix(word))
    {
        core = rest;
    }
    core
}

/// The label of a numbered tier with another number, in its own style; `None` where the style does not reach so far.
#[must_use]
pub fn with_number(label: &str, new: u32) -> Option<String> {
    number(label)?;
    let core = core(label);
    let first = core.chars().next()?;
    let at = usize::try_from(new).ok()?.checked_sub(1)?;
    let row = STYLES.iter().find(|signs| signs.contains(first));
    let written = match row {
        _ if ROMAN.contains(&core) && core.len() > 1 => (*ROMAN.get(at)?).to_owned(),
        Some(signs) => signs.chars().nth(at)?.to_string(),
        None if first.is_ascii_digit() => new.to_string(),
        None if ('０'..='９').contains(&first) => new.to_string().chars().map(wide).collect(),
        None => Chinese(new).to_string(),
    };
    Some(label.replacen(core, &written, 1))
}

/// A digit in the width of Chinese characters.
fn wide(digit: char) -> char {
    digit.to_digit(10).and_then(|value| char::from_u32(u32::from('０') + value)).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_around_a_number_is_looked_for() {
        assert!(BEFORE.iter().all(|word| word.starts_with(FIRST)));
        assert!(BEHIND.iter().all(|word| word.ends_with(LAST)));
    }

    #[test]
    fn numbers_in_every_style() {
        for (label, wanted) in [
            ("1", Some(1)),
            ("0", Some(0)),
            ("12", Some(12)),
            ("１２", Some(12)),
            ("一", Some(1)),
            ("第三档", Some(3)),
            ("十二级", Some(12)),
            ("二十", Some(20)),
            ("（二）", Some(2)),
            ("第二种情节", Some(2)),
            ("违法程度3", Some(3)),
            ("B", Some(2)),
            ("c类", Some(3)),
            ("Ⅳ级", Some(4)),
            ("III", Some(3)),
            ("③", Some(3)),
            ("⑵", Some(2)),
            ("乙档", Some(2)),
            // Letter or numeral.
            ("I", None),
            ("轻微", None),
            ("一般", None),
            ("第三次", None),
            ("", None),
            ("档", None),
            ("2019", None),
        ] {
            assert_eq!(number(label), wanted, "{label}");
        }
    }

    #[test]
    fn a_number_is_written_anew_in_the_style_of_its_label() {
        for (label, number, wanted) in [
            ("4", 3, Some("3")),
            ("第四档", 3, Some("第三档")),
            ("（十二）", 11, Some("（十一）")),
            ("C级", 4, Some("D级")),
            ("Ⅳ", 3, Some("Ⅲ")),
            ("II", 3, Some("III")),
            ("⑤", 4, Some("④")),
            ("㈤", 4, Some("㈣")),
            ("⑳", 21, None),
            ("乙", 3, Some("丙")),
            ("９", 10, Some("１０")),
            ("一般", 2, None),
        ] {
            assert_eq!(with_number(label, number).as_deref(), wanted, "{label}");
        }
    }
}
