//! What the label of a tier says (轻微, 从重 …): the grade of the circumstances and the part of the fine. Only what is
//! certain: a label that names two grades says none.

use super::baseline::{FineBand, Grade};
use super::tier_number::{core, number};

/// How the words of a table may go on behind their first two characters, and what they name then; `None` names nothing
/// single. Of two endings that begin alike the longer stands first.
type Endings<T> = &'static [(&'static str, Option<T>)];

/// The words of grades: 较严重 lies between two, 不严重 denies one.
fn grades_from(first: char, second: char) -> Endings<Grade> {
    match (first, second) {
        ('特', '别') => &[("严重", Some(Grade::MostSevere)), ("重大", Some(Grade::MostSevere))],
        ('较', '为') => &[("严重", None)],
        ('较' | '不', '严') => &[("重", None)],
        ('轻', '微') => &[("", Some(Grade::Minor))],
        ('较', '轻') => &[("", Some(Grade::Lighter))],
        ('一', '般') => &[("", Some(Grade::Ordinary))],
        ('较', '重') => &[("", Some(Grade::Heavier))],
        ('严', '重') => &[("", Some(Grade::Severe))],
        _ => &[],
    }
}

/// The words of parts of the fine. What is refused (不予减轻) is no part, nor is harm that is reduced
/// (减轻危害后果).
fn fines_from(first: char, second: char) -> Endings<FineBand> {
    const NO: Option<FineBand> = Some(FineBand::NoPenalty);
    match (first, second) {
        ('减', '轻') => &[
            ("危害", None),
            ("违法", None),
            ("后果", None),
            ("损失", None),
            ("影响", None),
            ("不良", None),
            ("社会", None),
            ("环境", None),
            ("污染", None),
            ("", Some(FineBand::Mitigated)),
        ],
        ('不', '予') => &[
            ("从轻", None),
            ("减轻", None),
            ("处罚", NO),
            ("行政处罚", NO),
            ("以处罚", NO),
            ("罚款", NO),
            ("实施", NO),
        ],
        ('不', '得') => &[("从轻", None), ("减轻", None)],
        ('免', '除' | '于') => &[("处罚", NO), ("行政处罚", NO)],
        ('免', '予' | '罚') | ('不', '罚') => &[("", NO)],
        ('从', '轻') => &[("", Some(FineBand::Lenient))],
        ('从', '重') => &[("", Some(FineBand::Aggravated))],
        _ => &[],
    }
}

/// The text from where a word of a part of the fine may begin; `None` for most texts, at next to no cost. Short ones are
/// not looked at.
fn from_first_fine(text: &str) -> Option<&str> {
    const SHORT: usize = 16;
    if text.len() < SHORT {
        return Some(text);
    }
    // All of these words begin with 减, 不, 免 or 从, whose last bytes are rare enough in other characters.
    memchr::memchr3_iter(0x8F, 0x8D, 0x8E, text.as_bytes()).find_map(|last| {
        let begun = text.get(last.checked_sub(2)?..)?;
        let mut chars = begun.chars();
        (!fines_from(chars.next()?, chars.next()?).is_empty()).then_some(begun)
    })
}

/// Further words that a ladder is graded by, with their weight.
fn hints_from(first: char, second: char) -> Endings<u8> {
    match (first, second) {
        ('特', '大') => &[("", Some(7))],
        ('普', '通') => &[("", Some(4))],
        ('较', '大') => &[("", Some(5))],
        ('重', '大') => &[("", Some(6))],
        ('较', '严') => &[("重", Some(5))],
        ('较', '为') => &[("严重", Some(5))],
        _ => &[],
    }
}

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
        let Some(begun) = from_first_fine(words) else { return Self::default() };
        let mut named = fines(begun).flatten();
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
    named(text, grades_from)
}

fn fines(text: &str) -> impl Iterator<Item = Option<FineBand>> + '_ {
    named(text, fines_from)
}

fn hints(text: &str) -> impl Iterator<Item = Option<u8>> + '_ {
    named(text, hints_from)
}

/// What the words of a text name, in its order, each word behind the end of the one before it.
fn named<T: Copy + 'static>(text: &str, from: impl Fn(char, char) -> Endings<T>) -> impl Iterator<Item = Option<T>> {
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let mut first = rest.next()?;
        loop {
            let second = rest.next()?;
            let behind = rest.as_str();
            let found =
                from(first, second).iter().find_map(|(ending, named)| Some((behind.strip_prefix(ending)?, *named)));
            if let Some((behind, named)) = found {
                rest = behind.chars();
                return Some(named);
            }
            first = second;
        }
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the words of a text name in turn, at most three.
    fn all<T>(named: impl Iterator<Item = Option<T>>) -> Vec<Option<T>> {
        named.take(3).collect()
    }

    #[test]
    fn every_word_of_the_fine_is_met() {
        let seconds = "轻予得除于罚重";
        for first in '\0'..=char::MAX {
            for second in seconds.chars().filter(|second| !fines_from(first, *second).is_empty()) {
                let word = format!("{first}{second}");
                assert_eq!(from_first_fine(&format!("责令改正，不足从前，{word}")), Some(word.as_str()));
            }
        }
        assert_eq!(from_first_fine("不足十吨的，责令限期改正，处二万元以上五万元以下罚款"), None);
    }

    #[test]
    fn words_are_found_one_behind_the_other_and_the_longer_first() {
        assert_eq!(all(grades("轻微轻微一般")), [Some(Grade::Minor), Some(Grade::Minor), Some(Grade::Ordinary)]);
        assert_eq!(all(grades("情节特别严重")), [Some(Grade::MostSevere)]);
        assert_eq!(all(grades("较较严重")), [None]);
        assert_eq!(all(fines("不予以处罚不予")), [Some(FineBand::NoPenalty)]);
        assert_eq!(all(fines("减轻污染，减轻")), [None, Some(FineBand::Mitigated)]);
        assert_eq!(all(fines("免")), []);
        assert_eq!(all(hints("较重大")), [Some(6)]);
        assert_eq!(all(hints("较为严重特大")), [Some(5), Some(7)]);
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
