//! What the label of a tier says (轻微, 从重, 第三档, B …): the grade of the circumstances, the part of the fine, or its
//! number. Only what is certain: a label that names two grades says none.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::baseline::{FineBand, Grade};
use super::clause::{Chinese, count};

/// The words of grades. Of all tables here: those that another word is a part of stand before it, and `None` names
/// nothing single.
const GRADES: &[(&str, Option<Grade>)] = &[
    ("特别严重", Some(Grade::MostSevere)),
    ("特别重大", Some(Grade::MostSevere)),
    ("较为严重", None),
    ("较严重", None),
    ("不严重", None),
    ("轻微", Some(Grade::Minor)),
    ("较轻", Some(Grade::Lighter)),
    ("一般", Some(Grade::Ordinary)),
    ("较重", Some(Grade::Heavier)),
    ("严重", Some(Grade::Severe)),
];

/// The words of parts of the fine. What is refused (不予减轻) is no part, nor is harm that is reduced
/// (减轻危害后果).
const FINES: &[(&str, Option<FineBand>)] = &[
    ("减轻危害", None),
    ("减轻违法", None),
    ("减轻后果", None),
    ("减轻损失", None),
    ("减轻影响", None),
    ("减轻不良", None),
    ("减轻社会", None),
    ("减轻环境", None),
    ("减轻污染", None),
    ("不予从轻", None),
    ("不予减轻", None),
    ("不得从轻", None),
    ("不得减轻", None),
    ("不予处罚", Some(FineBand::NoPenalty)),
    ("不予行政处罚", Some(FineBand::NoPenalty)),
    ("不予以处罚", Some(FineBand::NoPenalty)),
    ("不予罚款", Some(FineBand::NoPenalty)),
    ("不予实施", Some(FineBand::NoPenalty)),
    ("免除处罚", Some(FineBand::NoPenalty)),
    ("免除行政处罚", Some(FineBand::NoPenalty)),
    ("免予", Some(FineBand::NoPenalty)),
    ("免于处罚", Some(FineBand::NoPenalty)),
    ("免于行政处罚", Some(FineBand::NoPenalty)),
    ("免罚", Some(FineBand::NoPenalty)),
    ("不罚", Some(FineBand::NoPenalty)),
    ("减轻", Some(FineBand::Mitigated)),
    ("从轻", Some(FineBand::Lenient)),
    ("从重", Some(FineBand::Aggravated)),
];

/// Further words that a ladder is graded by, with their weight.
const HINTS: &[(&str, Option<u8>)] = &[
    ("特大", Some(7)),
    ("普通", Some(4)),
    ("较大", Some(5)),
    ("重大", Some(6)),
    ("较严重", Some(5)),
    ("较为严重", Some(5)),
];

/// A whole cell that says no penalty; inside a sentence it says nothing yet.
const NONE: &str = "不予";

/// What is said of a tier on both axes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// The grade of the circumstances.
    pub grade: Option<Grade>,
    /// The part of the fine.
    pub fine_band: Option<FineBand>,
}

impl Said {
    /// What a label says by itself.
    #[must_use]
    pub fn by(label: &str) -> Self {
        Self { grade: grade(label), fine_band: fine_band(label) }
    }

    /// This, and where it says nothing the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { grade: self.grade.or(other.grade), fine_band: self.fine_band.or(other.fine_band) }
    }

    /// How heavy a tier is by what is said of it; the higher, the heavier. No scale of its own: grades and parts of the
    /// fine stay two axes, and only tiers of one ladder are put in order by it.
    #[must_use]
    pub const fn weight(self) -> Option<u8> {
        match (self.fine_band, self.grade) {
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
}

/// The grade that a label names, where it names one and no other.
#[must_use]
pub fn grade(label: &str) -> Option<Grade> {
    single(grades(label)).flatten()
}

/// The part of the fine that a label or a standard names, where it names one and no other.
#[must_use]
pub fn fine_band(words: &str) -> Option<FineBand> {
    OnFine::of(words).band
}

/// True where words let a tier lie below the law's minimum, be it as one of two ways (从轻或者减轻处罚).
#[must_use]
pub fn may_go_below(words: &str) -> bool {
    OnFine::of(words).below
}

/// What words say of the fine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnFine {
    /// The part that they name, where they name one and no other.
    pub band: Option<FineBand>,
    /// They let the tier lie below the law's minimum, be it as one of two ways.
    pub below: bool,
}

impl OnFine {
    /// Reads a label, a condition or a standard.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let mut named = fines(words).flatten();
        let Some(first) = named.next() else {
            let none = is_none(words);
            return Self { band: none.then_some(FineBand::NoPenalty), below: none };
        };
        let is_below = |band| matches!(band, FineBand::NoPenalty | FineBand::Mitigated);
        let (mut only, mut below) = (true, is_below(first));
        for other in named {
            only &= other == first;
            below |= is_below(other);
        }
        Self { band: only.then_some(first), below }
    }
}

/// True for a cell that holds nothing but 不予.
fn is_none(words: &str) -> bool {
    words.trim_start().strip_prefix(NONE).is_some_and(|behind| behind.chars().all(char::is_whitespace))
}

/// What is said of the tiers of a ladder, given their labels, what is told of each beside its label, and what its words
/// say by themselves.
///
/// 一般 is a grade; beside 从轻 and 从重 it is a part of the fine, and so it is beside one of them where no other grade is
/// named. Then 「较重（一般）」 tells both.
#[must_use]
pub fn read_ladder<'a>(tiers: impl Iterator<Item = (&'a str, Said, Said)> + Clone) -> Vec<Said> {
    let mut ladder: Vec<Said> = tiers.clone().map(|(_, told, worded)| told.or(worded)).collect();
    let names = |band| ladder.iter().any(|said| said.fine_band == Some(band));
    let grades = ladder.iter().any(|said| said.grade.is_some_and(|grade| grade != Grade::Ordinary));
    let ordinary_is_fine = match (names(FineBand::Lenient), names(FineBand::Aggravated)) {
        (true, true) => true,
        (false, false) => false,
        _ => !grades,
    };
    for (said, (label, told, _)) in ladder.iter_mut().zip(tiers).filter(|_| ordinary_is_fine) {
        let free = said.fine_band.is_none();
        if let Some(both) = as_ordinary_fine(label).filter(|_| free) {
            *said = Said { grade: told.grade.or(both.grade), ..both };
        }
    }
    ladder
}

/// What a label with 一般 says where that is a part of the fine: a grade only where one stands before or in its brackets.
/// `None` where 一般 is not named, or is one of two.
fn as_ordinary_fine(label: &str) -> Option<Said> {
    let (head, tail) = label.split_once(['（', '(']).unwrap_or((label, ""));
    match (grade(head), grade(tail)) {
        (Some(Grade::Ordinary), grade) | (grade, Some(Grade::Ordinary)) => {
            Some(Said { grade, fine_band: Some(FineBand::Ordinary) })
        }
        _ => None,
    }
}

fn grades(text: &str) -> impl Iterator<Item = Option<Grade>> + '_ {
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(GRADES));
    named(text, &WORDS, GRADES)
}

fn fines(text: &str) -> impl Iterator<Item = Option<FineBand>> + '_ {
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(FINES));
    named(text, &WORDS, FINES)
}

fn hints(text: &str) -> impl Iterator<Item = Option<u8>> + '_ {
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(HINTS));
    named(text, &WORDS, HINTS)
}

/// Finds the words of a table; where several begin at one place, the first of the table.
fn automaton<T>(words: &[(&str, T)]) -> AhoCorasick {
    // The kind that is built in a moment: most of the search is done by what the crate looks for before it.
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    let mut builder = AhoCorasick::builder();
    let built = builder.match_kind(MatchKind::LeftmostFirst).kind(kind).build(words.iter().map(|(word, _)| word));
    #[expect(clippy::expect_used, reason = "fails only where the tables are too large for memory")]
    built.expect("a table of words")
}

/// What the words of a text name, in its order; `None` for words that name nothing single.
fn named<'a, T: Copy>(
    text: &'a str,
    automaton: &'static AhoCorasick,
    words: &'static [(&'static str, Option<T>)],
) -> impl Iterator<Item = Option<T>> + 'a {
    automaton.find_iter(text).filter_map(|found| Some(words.get(found.pattern().as_usize())?.1))
}

fn single<T: PartialEq>(mut named: impl Iterator<Item = T>) -> Option<T> {
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// Where a label stands among those that are counted or graded, so that it can be seen whether tiers begin anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// What is counted by.
    pub scale: Scale,
    /// Its place on the scale.
    pub number: u32,
}

/// What tiers are counted by. Places on different scales are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// Words of gravity.
    Words,
    /// Numbers.
    Numbers,
    /// Letters.
    Letters,
}

/// Where a label stands; for one that names two grades, the lighter. A hint, not a reading: it also knows words that are
/// no grades.
#[must_use]
pub fn rank(label: &str) -> Option<Rank> {
    let words = |number: u8| Rank { scale: Scale::Words, number: u32::from(number) };
    let grade = || grades(label).flatten().filter_map(|one| Said { grade: Some(one), fine_band: None }.weight()).min();
    let fine = || Said { grade: None, fine_band: fine_band(label) }.weight();
    let no_penalty = fine().filter(|weight| *weight == 0);
    let hint = || hints(label).flatten().min();
    if let Some(weight) = no_penalty.or_else(grade).or_else(fine).or_else(hint) {
        return Some(words(weight));
    }
    let core = core(label);
    if let Some(step) = ["轻", "中", "重"].iter().position(|word| *word == core) {
        return u8::try_from(step + 3).ok().map(words);
    }
    let is_letter = core.len() == 1 && core.starts_with(|sign: char| sign.is_ascii_alphabetic());
    let scale = if is_letter { Scale::Letters } else { Scale::Numbers };
    number(label).map(|number| Rank { scale, number })
}

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

/// A label without what is set around its number.
fn core(label: &str) -> &str {
    const BEFORE: &[&str] = &["违法", "情节", "程度", "第", "（", "(", " ", "　"];
    const BEHIND: &[&str] = &[
        "阶次", "档次", "等次", "等级", "违法", "情节", "程度", "档", "级", "阶", "类", "等", "种", "）", ")", ".",
        "．", "、", "：", ":", " ", "　",
    ];
    let mut core = label.trim();
    while let Some(rest) = BEFORE.iter().find_map(|word| core.strip_prefix(word)) {
        core = rest;
    }
    while let Some(rest) = BEHIND.iter().find_map(|word| core.strip_suffix(word)) {
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
    fn every_word_is_found() {
        let unfound = GRADES.iter().filter(|(word, term)| grades(word).next() != Some(*term)).map(|(word, _)| *word);
        let unfound =
            unfound.chain(FINES.iter().filter(|(word, term)| fines(word).next() != Some(*term)).map(|(w, _)| *w));
        let hints = HINTS.iter().filter(|(word, term)| hints(word).next() != Some(*term)).map(|(word, _)| *word);
        assert_eq!(unfound.chain(hints).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn labels_name_a_grade_or_a_part_of_the_fine() {
        for (label, grade, fine_band) in [
            ("情节轻微", Some(Grade::Minor), None),
            ("较轻", Some(Grade::Lighter), None),
            ("较重违法", Some(Grade::Heavier), None),
            ("情节特别严重", Some(Grade::MostSevere), None),
            ("轻微违法行为（轻微）", Some(Grade::Minor), None),
            ("轻微不罚", Some(Grade::Minor), Some(FineBand::NoPenalty)),
            ("一般（从轻）", Some(Grade::Ordinary), Some(FineBand::Lenient)),
            ("从轻处罚", None, Some(FineBand::Lenient)),
            ("不予处罚", None, Some(FineBand::NoPenalty)),
            ("不予", None, Some(FineBand::NoPenalty)),
            ("首违免罚", None, Some(FineBand::NoPenalty)),
            // Two are none.
            ("一般或较重", None, None),
            ("严重或者特别严重", None, None),
            ("从轻或者减轻", None, None),
            // Neither between two grades nor denied.
            ("情节较严重", None, None),
            ("情节不严重", None, None),
            ("不予减轻处罚", None, None),
            ("不予配合", None, None),
            ("主动消除或者减轻危害后果", None, None),
            ("主动减轻危害后果，从轻处罚", None, Some(FineBand::Lenient)),
            ("3", None, None),
            ("", None, None),
        ] {
            assert_eq!(Said::by(label), Said { grade, fine_band }, "{label}");
        }
    }

    #[test]
    fn one_of_two_ways_may_lie_below_the_minimum() {
        for (words, may) in [
            ("从轻或者减轻处罚", true),
            ("不予处罚", true),
            ("不予", true),
            ("不得减轻处罚", false),
            ("从轻处罚", false),
            ("处一万元罚款", false),
        ] {
            assert_eq!(may_go_below(words), may, "{words}");
        }
    }

    #[test]
    fn ordinary_is_told_by_what_stands_beside_it() {
        let fine = Said { grade: None, fine_band: Some(FineBand::Ordinary) };
        let ordinary = Said { grade: Some(Grade::Ordinary), fine_band: None };
        let both = Said { grade: Some(Grade::Heavier), fine_band: Some(FineBand::Ordinary) };
        for (labels, at, wanted) in [
            (&["从轻", "一般", "从重"][..], 1, fine),
            (&["一般", "从重"], 0, fine),
            (&["不予处罚", "轻微", "一般"], 2, ordinary),
            (&["不予处罚", "一般"], 1, ordinary),
            (&["从轻", "轻微", "一般"], 2, ordinary),
            (&["从轻", "轻微", "一般", "从重"], 2, fine),
            (&["轻微", "一般", "严重"], 1, ordinary),
            (&["较轻（从轻）", "较重（一般）", "严重（从重）"], 1, both),
            (&["从轻", "一般(较重)", "从重"], 1, both),
            // One of two, whatever stands beside it.
            (&["从轻", "一般或较重", "从重"], 1, Said::default()),
            (&["较轻", "较重（一般）", "严重"], 1, Said::default()),
        ] {
            let said = read_ladder(labels.iter().map(|label| (*label, Said::default(), Said::by(label))));
            assert_eq!(said[at], wanted, "{labels:?}");
        }
        // What is told goes before what the label says.
        let told = Said { grade: Some(Grade::Severe), fine_band: None };
        let ladder = [("从轻", Said::default()), ("一般", told), ("从重", told)];
        let said = read_ladder(ladder.iter().map(|(label, told)| (*label, *told, Said::by(label))));
        assert_eq!(said[1], Said { fine_band: Some(FineBand::Ordinary), ..told });
        assert_eq!(said[2], Said { fine_band: Some(FineBand::Aggravated), ..told });
    }

    #[test]
    fn weights_rise() {
        let weight = |label: &str| Said::by(label).weight();
        for pair in ["不予处罚", "减轻", "轻微", "较轻", "一般", "较重", "严重", "特别严重"].windows(2)
        {
            assert!(weight(pair[0]).is_some() && weight(pair[0]) < weight(pair[1]), "{pair:?}");
        }
        assert_eq!((weight("3"), weight("一般或较重")), (None, None));
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

    #[test]
    fn ranks_show_where_tiers_begin_anew() {
        let rank = |label: &str| rank(label).map(|rank| (rank.scale, rank.number));
        assert!(rank("一般或较重") < rank("较重"), "the lighter of two");
        assert_eq!(rank("中"), rank("一般"));
        assert_eq!(rank("重大"), rank("严重"));
        assert_eq!(rank("B"), Some((Scale::Letters, 2)));
        assert_eq!(rank("III"), Some((Scale::Numbers, 3)));
        assert_eq!(rank("低风险"), None);
    }
}
