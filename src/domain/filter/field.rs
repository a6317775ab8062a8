//! The fields of the filter language, by their names in both languages.

use super::super::agency::Level;
use super::super::duty::{DutyRule, Standing};
use super::super::item::Verification;
use super::super::kind::Kind;
use super::super::label::{Term, Text};
use super::super::stage::Stage;

crate::terms! {
    /// A field that can be filtered and sorted by.
    pub enum Field {
        /// The responsible agency, by name, short name or code.
        Agency = "agency", "机关", "agency";
        /// The kind of item.
        Kind = "kind", "种类", "kind";
        /// The stage.
        Stage = "stage", "阶段", "stage";
        /// Where the duty stands.
        Standing = "standing", "情况", "standing";
        /// The level.
        Level = "level", "层级", "level";
        /// A source that is cited.
        Source = "source", "法源", "source";
        /// A clause that is cited.
        Clause = "clause", "条款", "clause";
        /// The item's code.
        Code = "code", "编码", "code";
        /// The item's title.
        Title = "title", "名称", "title";
        /// The agency's verification.
        Verification = "verification", "核对", "verification";
        /// Whether a version is in force.
        InForce = "in_force", "有效", "in force";
        /// The due date.
        Due = "due", "到期", "due";
        /// Days late.
        DaysLate = "days_late", "逾期天数", "days late";
        /// Number of the newest version.
        Version = "version", "版本", "version";
        /// Day of the last change.
        Updated = "updated", "更新", "updated";
        /// The rule of the duty.
        Duty = "duty", "任务", "duty";
        /// The year of the duty.
        Year = "year", "年度", "year";
        /// The number that the register gave: `#12` of an item, of a duty in lists of duties.
        Id = "id", "登记号", "register number";
    }
}

/// A field of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// [`Field::Agency`].
    Agency,
    /// [`Field::Source`].
    Source,
    /// [`Field::Code`].
    Code,
    /// [`Field::Title`].
    Title,
}

/// A field that is a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayField {
    /// [`Field::Due`].
    Due,
    /// [`Field::Updated`].
    Updated,
}

/// A field that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    /// [`Field::DaysLate`].
    DaysLate,
    /// [`Field::Version`].
    Version,
    /// [`Field::Year`].
    Year,
    /// [`Field::Id`].
    Id,
}

impl Field {
    /// The field of that name: identifier, label or synonym, in any letter case, with `-` for `_`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.replace('-', "_");
        Self::from_words(&word).or_else(|| Self::ALL.iter().copied().find(|field| field.synonyms().contains(&&*word)))
    }

    /// Whether an item or a duty can be without it.
    #[must_use]
    pub const fn may_be_missing(self) -> bool {
        matches!(self, Self::Code | Self::Source | Self::Clause | Self::Standing | Self::Due | Self::Version)
    }

    /// The values that it can take, by id and label; empty for fields of words, days and numbers.
    #[must_use]
    pub fn values(self) -> Vec<(&'static str, Text)> {
        fn all<T: Term>() -> Vec<(&'static str, Text)> {
            T::ALL.iter().map(|value| (value.id(), value.label())).collect()
        }
        match self {
            Self::Kind => all::<Kind>(),
            Self::Stage => all::<Stage>(),
            Self::Standing => all::<Standing>(),
            Self::Level => all::<Level>(),
            Self::Verification => all::<Verification>(),
            Self::Duty => all::<DutyRule>(),
            Self::InForce => vec![("yes", Text::new("是", "yes")), ("no", Text::new("否", "no"))],
            _ => Vec::new(),
        }
    }

    /// The field whose name is most like the word, if one is alike at all.
    pub(super) fn nearest(word: &str) -> Option<Self> {
        let names = |field: Self| [field.id(), field.label().zh].into_iter().chain(field.synonyms().iter().copied());
        nearest(word, Self::ALL.iter().flat_map(|&field| names(field).map(move |name| (name, field))))
    }

    const fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Agency => &["单位", "部门"],
            Self::Kind => &["类型", "类别"],
            Self::Source => &["法规", "依据"],
            Self::Code => &["编号", "代码"],
            Self::Title => &["标题", "事项"],
            Self::Due => &["期限", "到期日"],
            Self::DaysLate => &["逾期"],
            Self::Year => &["年份"],
            _ => &[],
        }
    }
}

/// The choice whose name is most like the word: one begins with the other, or few signs differ.
pub(super) fn nearest<T>(word: &str, names: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
    let word: Vec<char> = word.to_lowercase().chars().take(32).collect();
    let measured = names.filter_map(|(name, choice)| {
        let name: Vec<char> = name.chars().collect();
        let begins = word.len() > 1 && (name.starts_with(&word) || word.starts_with(&name));
        let distance = if begins { 1 } else { edits(&word, &name) };
        let allowed = name.len().min(word.len()) / 3 + usize::from(name.len() > 1);
        (distance <= allowed && distance < name.len()).then_some((distance, choice))
    });
    measured.min_by_key(|&(distance, _)| distance).map(|(_, choice)| choice)
}

/// How many signs must be put in, taken out or replaced to turn one word into the other.
fn edits(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, sign) in from.iter().enumerate() {
        let mut before = line;
        let mut left = line + 1;
        let mut next = vec![left];
        for (other, &above) in to.iter().zip(row.iter().skip(1)) {
            left = (left + 1).min(above + 1).min(before + usize::from(sign != other));
            next.push(left);
            before = above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

impl TextField {
    /// The field in general.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Agency => Field::Agency,
            Self::Source => Field::Source,
            Self::Code => Field::Code,
            Self::Title => Field::Title,
        }
    }
}

impl DayField {
    /// The field in general.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Due => Field::Due,
            Self::Updated => Field::Updated,
        }
    }
}

impl NumberField {
    /// The field in general.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::DaysLate => Field::DaysLate,
            Self::Version => Field::Version,
            Self::Year => Field::Year,
            Self::Id => Field::Id,
        }
    }
}
