//! What the label of a tier says: its number, or how grave the circumstances are.

use crate::domain::baseline::{FineBand, Grade, Tier};
use crate::domain::clause::Chinese;

/// The number of a tier that is only numbered: 1, 一, 第一档, A, Ⅰ, ①.
pub(super) fn ordinal(label: &str) -> Option<u32> {
    let bare = label.trim().trim_start_matches(['第', '（', '(']).trim_end_matches(['）', ')', '.', '、', '．']);
    let bare = ["阶次", "档次", "等级", "档", "级", "阶", "类", "等"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .unwrap_or(bare)
        .trim();
    if let Ok(number) = bare.parse::<u32>() {
        return Some(number).filter(|number| *number < 1000);
    }
    let mut signs = bare.chars();
    match (signs.next()?, signs.next(), signs.next()) {
        (sign @ 'A'..='Z', None, None) => Some(u32::from(sign) - u32::from('A') + 1),
        (sign @ 'Ⅰ'..='Ⅻ', None, None) => Some(u32::from(sign) - u32::from('Ⅰ') + 1),
        (sign @ '①'..='⑳', None, None) => Some(u32::from(sign) - u32::from('①') + 1),
        (sign @ '０'..='９', None, None) => Some(u32::from(sign) - u32::from('０')),
        ('十', None, None) => Some(10),
        ('十', Some(unit), None) => digit(unit).map(|unit| 10 + unit),
        (sign, None, None) => digit(sign),
        _ => None,
    }
}

fn digit(sign: char) -> Option<u32> {
    "一二三四五六七八九".chars().zip(1..).find(|(known, _)| *known == sign).map(|(_, number)| number)
}

/// The label of a numbered tier with another number, in its own style; `None` where the style does not reach so far.
pub(super) fn with_ordinal(label: &str, number: u32) -> Option<String> {
    ordinal(label)?;
    let is_number = |sign: char| sign.is_ascii_digit() || is_sign(sign);
    let start = label.find(is_number)?;
    let (head, rest) = label.split_at_checked(start)?;
    let tail = rest.trim_start_matches(is_number);
    let first = rest.chars().next()?;
    let sign = |base: char, most: u32| (number <= most).then(|| char::from_u32(u32::from(base) + number - 1)).flatten();
    let new = match first {
        '0'..='9' => number.to_string(),
        'A'..='Z' => sign('A', 26)?.to_string(),
        'Ⅰ'..='Ⅻ' => sign('Ⅰ', 12)?.to_string(),
        '①'..='⑳' => sign('①', 20)?.to_string(),
        '０'..='９' => char::from_u32(u32::from('０') + number).filter(|_| number < 10)?.to_string(),
        _ => (1..=19).contains(&number).then(|| Chinese(number).to_string())?,
    };
    Some(format!("{head}{new}{tail}"))
}

const fn is_sign(sign: char) -> bool {
    let chinese = matches!(sign, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    chinese || matches!(sign, 'A'..='Z' | 'Ⅰ'..='Ⅻ' | '①'..='⑳' | '０'..='９')
}

/// The grade of the circumstances: told, or named by the label.
pub(super) fn grade(tier: &Tier) -> Option<Grade> {
    const WORDS: &[(&str, Grade)] = &[
        ("特别严重", Grade::MostSevere),
        ("轻微", Grade::Minor),
        ("较轻", Grade::Lighter),
        ("较重", Grade::Heavier),
        ("严重", Grade::Severe),
        ("一般", Grade::Ordinary),
    ];
    tier.grade.or_else(|| WORDS.iter().find(|(words, _)| tier.label.contains(words)).map(|(_, grade)| *grade))
}

/// The band of the fine: told, or named by the label or the standard.
pub(super) fn fine_band(tier: &Tier) -> Option<FineBand> {
    const WORDS: &[(&str, FineBand)] = &[
        ("不予", FineBand::NoPenalty),
        ("免予", FineBand::NoPenalty),
        ("减轻", FineBand::Mitigated),
        ("从轻", FineBand::Lenient),
        ("从重", FineBand::Aggravated),
    ];
    let named = |words: &str| {
        // One pass over the characters settles most standards.
        let may = words.contains(['予', '轻', '重']);
        may.then(|| WORDS.iter().find(|(known, _)| words.contains(known)).map(|(_, band)| *band)).flatten()
    };
    tier.fine_band.or_else(|| named(&tier.label)).or_else(|| named(&tier.standard))
}

/// How heavy a tier is by what is told of it; the higher, the heavier. No scale of its own: grades and bands of the
/// fine stay two axes, and only tiers of one ladder are put in order by it.
pub(super) fn weight(tier: &Tier, band: Option<FineBand>) -> Option<u8> {
    match (band, grade(tier)) {
        (Some(FineBand::NoPenalty), _) => Some(0),
        (_, Some(grade)) => Some(match grade {
            Grade::Minor => 2,
            Grade::Lighter => 3,
            Grade::Ordinary => 4,
            Grade::Heavier => 5,
            Grade::Severe => 6,
            Grade::MostSevere => 7,
        }),
        (Some(FineBand::Mitigated), None) => Some(1),
        (Some(FineBand::Lenient), None) => Some(3),
        (Some(FineBand::Ordinary), None) => Some(4),
        (Some(FineBand::Aggravated), None) => Some(5),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_style() {
        let cases = [
            ("1", Some(1)),
            ("12", Some(12)),
            ("一", Some(1)),
            ("第三档", Some(3)),
            ("十二级", Some(12)),
            ("（二）", Some(2)),
            ("B", Some(2)),
            ("Ⅳ级", Some(4)),
            ("③", Some(3)),
            ("轻微", None),
            ("一般", None),
            ("", None),
            ("2019", None),
        ];
        for (label, number) in cases {
            assert_eq!(ordinal(label), number, "{label}");
        }
    }

    #[test]
    fn a_number_is_written_anew_in_the_style_of_its_label() {
        let cases = [
            ("4", 3, Some("3")),
            ("第四档", 3, Some("第三档")),
            ("（十二）", 11, Some("（十一）")),
            ("C级", 4, Some("D级")),
            ("Ⅳ", 3, Some("Ⅲ")),
            ("⑤", 4, Some("④")),
            ("９", 10, None),
            ("一般", 2, None),
        ];
        for (label, number, expected) in cases {
            assert_eq!(with_ordinal(label, number).as_deref(), expected, "{label}");
        }
    }

    #[test]
    fn labels_tell_grade_and_band() {
        let tier = |label: &str| Tier { label: label.to_owned(), ..Tier::default() };
        assert_eq!(grade(&tier("情节特别严重")), Some(Grade::MostSevere));
        assert_eq!(grade(&tier("较重违法")), Some(Grade::Heavier));
        assert_eq!(fine_band(&tier("从轻处罚")), Some(FineBand::Lenient));
        let weight = |label: &str| weight(&tier(label), fine_band(&tier(label)));
        assert!(weight("减轻") < weight("从轻"));
        assert_eq!(weight("3"), None);
    }
}
