//! Tiers into ladders: where one ladder ends and the next begins, and what a tier's label says.

use crate::domain::baseline::{FineBand, Grade};

/// A tier as its rows gave it. Rows from 0.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct TierDraft {
    pub(crate) label: String,
    pub(crate) grade: Option<Grade>,
    pub(crate) fine_band: Option<FineBand>,
    pub(crate) conditions: Vec<String>,
    pub(crate) standard: String,
    pub(crate) remarks: Vec<String>,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// The words that begin a new ladder here.
    pub(crate) begins: Option<String>,
}

/// A ladder of such tiers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LadderDraft {
    pub(crate) label: Option<String>,
    pub(crate) tiers: Vec<TierDraft>,
    pub(crate) remarks: Vec<String>,
}

/// Cuts the tiers of an item where other words of the law begin, and where the tiers start again.
pub(crate) fn split(tiers: Vec<TierDraft>) -> Vec<LadderDraft> {
    let mut ladders: Vec<LadderDraft> = Vec::new();
    let mut run: Vec<TierDraft> = Vec::new();
    for tier in tiers {
        if tier.begins.is_some() && !run.is_empty() {
            ladders.extend(split_run(std::mem::take(&mut run)));
        }
        run.push(tier);
    }
    if !run.is_empty() {
        ladders.extend(split_run(run));
    }
    ladders
}

fn split_run(mut tiers: Vec<TierDraft>) -> Vec<LadderDraft> {
    let label = tiers.first_mut().and_then(|tier| tier.begins.take());
    if tiers.len() == 1 || falls_throughout(&tiers) {
        return vec![LadderDraft { label, tiers, remarks: Vec::new() }];
    }
    let mut ladders = vec![LadderDraft { label, ..LadderDraft::default() }];
    for tier in tiers {
        let again = ladders.last().is_some_and(|ladder| starts_again(&ladder.tiers, &tier.label));
        if again {
            ladders.push(LadderDraft::default());
        }
        if let Some(ladder) = ladders.last_mut() {
            ladder.tiers.push(tier);
        }
    }
    ladders
}

/// True where the tiers are told from the heaviest down: one ladder, not many.
fn falls_throughout(tiers: &[TierDraft]) -> bool {
    if tiers.len() < 3 {
        return false;
    }
    let ordinals: Option<Vec<Ordinal>> = tiers.iter().map(|tier| ordinal(&tier.label)).collect();
    ordinals.is_some_and(|ordinals| {
        let pairs = ordinals.iter().zip(ordinals.iter().skip(1));
        pairs.clone().all(|(one, next)| one.scale == next.scale && next.number < one.number)
    })
}

/// True if a tier with this label falls back behind the ladder's last: to a number that the ladder has, or to its
/// beginning.
fn starts_again(ladder: &[TierDraft], label: &str) -> bool {
    let Some(last) = ladder.last() else { return false };
    if label.is_empty() || last.label == label {
        return false;
    }
    if ladder.iter().any(|tier| tier.label == label) {
        return true;
    }
    let first = ladder.first().and_then(|tier| ordinal(&tier.label));
    match (ordinal(&last.label), ordinal(label), first) {
        (Some(last), Some(this), Some(first)) if last.scale == this.scale && first.scale == this.scale => {
            let known = ladder.iter().filter_map(|tier| ordinal(&tier.label)).any(|have| have == this);
            this.number < last.number && (known || this.number <= first.number)
        }
        _ => false,
    }
}

/// Where a label stands on its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ordinal {
    scale: Scale,
    number: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Words,
    Numbers,
    Letters,
}

/// The words of grades and of parts of the fine, the longer before those that they hold.
const WORDS: &[(&str, u32)] = &[
    ("特别严重", 7),
    ("特别重大", 7),
    ("特大", 7),
    ("不予", 0),
    ("免予", 0),
    ("免罚", 0),
    ("不罚", 0),
    ("减轻", 1),
    ("轻微", 1),
    ("从轻", 2),
    ("较轻", 2),
    ("一般", 3),
    ("普通", 3),
    ("较重", 4),
    ("较大", 4),
    ("从重", 5),
    ("严重", 5),
    ("重大", 5),
];

fn ordinal(label: &str) -> Option<Ordinal> {
    if let Some((_, number)) = WORDS.iter().find(|(word, _)| label.contains(word)) {
        return Some(Ordinal { scale: Scale::Words, number: *number });
    }
    let core: String = label.chars().filter(|c| !"第档级类阶次等情节违法程度种（）().、．:：".contains(*c)).collect();
    if let Some(step) = ["轻", "中", "重"].iter().position(|word| *word == core) {
        return Some(Ordinal { scale: Scale::Words, number: 2 + u32::try_from(step).unwrap_or(0) });
    }
    if let Some(number) = numeral(&core) {
        return Some(Ordinal { scale: Scale::Numbers, number });
    }
    let mut letters = core.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            let number = u32::from(letter.to_ascii_uppercase()) - u32::from('A') + 1;
            Some(Ordinal { scale: Scale::Letters, number })
        }
        _ => None,
    }
}

/// A small number in any of the ways in which tiers are counted.
fn numeral(words: &str) -> Option<u32> {
    let digits: Option<String> = words.chars().map(|c| digit(c).and_then(|d| char::from_digit(d, 10))).collect();
    if let Some(number) = digits.filter(|digits| !digits.is_empty()).and_then(|digits| digits.parse().ok()) {
        return Some(number);
    }
    let place =
        |signs: &str, c: char| signs.chars().position(|sign| sign == c).and_then(|at| u32::try_from(at + 1).ok());
    let mut signs = words.chars();
    let (first, second, third) = (signs.next()?, signs.next(), signs.next());
    match (first, second, third) {
        (one, None, _) => place("一二三四五六七八九十", one)
            .or_else(|| place("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", one))
            .or_else(|| place("①②③④⑤⑥⑦⑧⑨⑩", one))
            .or_else(|| place("甲乙丙丁戊己庚辛壬癸", one)),
        ('十', Some(ones), None) => place("一二三四五六七八九", ones).map(|ones| 10 + ones),
        _ => {
            let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
            roman.iter().position(|sign| *sign == words).and_then(|at| u32::try_from(at + 1).ok())
        }
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// The grade that a label says, where it says one and no other.
pub(crate) fn grade(label: &str) -> Option<Grade> {
    if label.is_empty() {
        return None;
    }
    let plain = label.replace("特别严重", "").replace("特别重大", "");
    let most = (plain.len() < label.len()).then_some(Grade::MostSevere);
    let words = [
        ("轻微", Grade::Minor),
        ("较轻", Grade::Lighter),
        ("一般", Grade::Ordinary),
        ("较重", Grade::Heavier),
        ("严重", Grade::Severe),
    ];
    let mut said = words.iter().filter(|(word, _)| plain.contains(word)).map(|(_, grade)| *grade).chain(most);
    said.next().filter(|_| said.next().is_none())
}

/// The part of the fine that a label says, where it says one and no other.
pub(crate) fn fine_band(label: &str) -> Option<FineBand> {
    let words = [
        ("不予", FineBand::NoPenalty),
        ("免予", FineBand::NoPenalty),
        ("免罚", FineBand::NoPenalty),
        ("减轻", FineBand::Mitigated),
        ("从轻", FineBand::Lenient),
        ("从重", FineBand::Aggravated),
    ];
    let mut said = words.iter().filter(|(word, _)| label.contains(word)).map(|(_, band)| *band);
    said.next().filter(|_| said.next().is_none())
}

/// Says what the labels of a ladder say together: beside 从轻 and 从重, 一般 is a part of the fine and no grade.
pub(crate) fn read_labels(tiers: &mut [TierDraft]) {
    let mut said: Vec<_> = tiers.iter().map(|tier| (grade(&tier.label), fine_band(&tier.label))).collect();
    let fines = said.iter().any(|(_, band)| band.is_some());
    let grades = said.iter().any(|(grade, _)| grade.is_some_and(|grade| grade != Grade::Ordinary));
    for (tier, said) in tiers.iter_mut().zip(&mut said) {
        if fines && !grades && tier.label.starts_with("一般") {
            *said = (None, Some(FineBand::Ordinary));
        }
        tier.grade = tier.grade.or(said.0);
        tier.fine_band = tier.fine_band.or(said.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(labels: &[&str]) -> Vec<usize> {
        let tier = |label: &&str| TierDraft { label: (*label).to_owned(), ..TierDraft::default() };
        split(labels.iter().map(tier).collect()).iter().map(|ladder| ladder.tiers.len()).collect()
    }

    #[test]
    fn ladders_are_cut_where_tiers_start_again() {
        for (labels, wanted) in [
            (&["1", "2", "3", "1", "2"][..], &[3, 2][..]),
            (&["1", "2", "3", "2", "3"], &[3, 2]),
            (&["轻微", "一般", "严重", "轻微", "严重"], &[3, 2]),
            (&["情节较轻", "情节较重", "情节较轻"], &[2, 1]),
            (&["A", "B", "A", "B"], &[2, 2]),
            (&["第一档", "第二档", "第一档"], &[2, 1]),
            (&["Ⅰ", "Ⅱ", "Ⅰ"], &[2, 1]),
            (&["①", "②", "①"], &[2, 1]),
            (&["低风险", "高风险", "低风险", "高风险"], &[2, 2]),
            // A number set twice or left out is a defect of one ladder, not the end of it.
            (&["1", "2", "2", "3"], &[4]),
            (&["1", "3", "4"], &[3]),
            (&["1", "2", "4", "3"], &[4]),
            // From the heaviest down.
            (&["特别严重", "严重", "一般", "轻微"], &[4]),
            (&["", "", ""], &[3]),
            (&["十", "十一", "十二", "一"], &[3, 1]),
        ] {
            assert_eq!(sizes(labels), wanted, "{labels:?}");
        }
    }

    #[test]
    fn labels_say_grade_or_part_of_the_fine() {
        for (label, said, fine) in [
            ("情节轻微", Some(Grade::Minor), None),
            ("较轻", Some(Grade::Lighter), None),
            ("特别严重", Some(Grade::MostSevere), None),
            ("一般或较重", None, None),
            ("从轻处罚", None, Some(FineBand::Lenient)),
            ("不予处罚", None, Some(FineBand::NoPenalty)),
            ("3", None, None),
        ] {
            assert_eq!((grade(label), fine_band(label)), (said, fine), "{label}");
        }
        let tier = |label: &str| TierDraft { label: label.to_owned(), ..TierDraft::default() };
        let mut tiers = [tier("从轻"), tier("一般"), tier("从重")];
        read_labels(&mut tiers);
        assert_eq!((tiers[1].grade, tiers[1].fine_band), (None, Some(FineBand::Ordinary)));
        let mut tiers = [tier("不予处罚"), tier("轻微"), tier("一般")];
        read_labels(&mut tiers);
        assert_eq!((tiers[2].grade, tiers[2].fine_band), (Some(Grade::Ordinary), None));
    }
}
