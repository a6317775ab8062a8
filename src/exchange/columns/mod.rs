//! The columns of the register as a table: one list for both directions, so that what goes out comes back the same.
//!
//! One row is one condition of one tier, or one item where there are no tiers. An item's number, and those of its
//! ladders and tiers, say what belongs together; the columns about stage and dates are for people and are not read.

mod cells;

pub use cells::{Facts, Position, Value, value};
pub(crate) use cells::{Own, is_stale, read_own};

use crate::domain::kind::{Field, Kind, all_fields};
use crate::domain::label::{Lang, Text};

/// How often a column is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In every row of the item.
    Item,
    /// In the item's first row.
    ItemOnce,
    /// In every row of the ladder.
    Ladder,
    /// In the ladder's first row.
    LadderOnce,
    /// In every row of the tier.
    Tier,
    /// In the tier's first row.
    TierOnce,
    /// In its own row.
    Condition,
    /// For people only: in every row, never read.
    Fact,
}

macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident = $zh:literal, $en:literal, $scope:ident, $width:literal;)+) => {
        /// A column of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Column {
            $($(#[$meta])* $name,)+
            /// An element of a kind's field list.
            Field(&'static Field),
        }

        impl Column {
            const OWN: &'static [Self] = &[$(Self::$name),+];

            /// The heading.
            #[must_use]
            pub const fn heading(self) -> Text {
                match self { $(Self::$name => Text::new($zh, $en),)+ Self::Field(field) => field.label }
            }

            /// How often it is filled.
            #[must_use]
            pub const fn scope(self) -> Scope {
                match self { $(Self::$name => Scope::$scope,)+ Self::Field(_) => Scope::ItemOnce }
            }

            /// Its width in a workbook, in characters.
            #[must_use]
            pub const fn width(self) -> u8 {
                match self { $(Self::$name => $width,)+ Self::Field(_) => 30 }
            }
        }
    };
}

columns! {
    /// Number of the item in this table.
    Number = "条目号", "no.", Item, 8;
    /// Code.
    Code = "代码", "code", Item, 12;
    /// Title.
    Title = "事项名称", "title", Item, 40;
    /// Kind.
    Kind = "事项类型", "kind", Item, 10;
    /// Agency.
    Agency = "实施主体", "agency", Item, 20;
    /// Level.
    Level = "层级", "level", Item, 8;
    /// Whether a central body acts.
    Vertical = "垂直管理", "vertical", Item, 8;
    /// Source clauses.
    Citations = "法律条款", "clauses", ItemOnce, 30;
    /// Statutory bands, where they were corrected by hand.
    Bands = "法定幅度明细", "bands", ItemOnce, 12;
    /// Number of the ladder in its item.
    Ladder = "阶梯号", "ladder no.", Ladder, 8;
    /// Its label.
    LadderLabel = "阶次序列", "ladder", Ladder, 20;
    /// Number of the band that it belongs to.
    LadderBand = "对应幅度号", "band no.", LadderOnce, 8;
    /// Number of the tier in its ladder.
    Tier = "阶次号", "tier no.", Tier, 8;
    /// Its label.
    TierLabel = "裁量阶次", "tier", Tier, 12;
    /// Grade of the circumstances.
    Grade = "情节等级", "grade", Tier, 10;
    /// Part of the fine.
    FineBand = "罚款档次", "part of the fine", Tier, 10;
    /// One condition.
    Condition = "适用条件", "condition", Condition, 40;
    /// The standard.
    Standard = "裁量标准", "tier standard", Tier, 40;
    /// Measures of the tier, where they were corrected by hand.
    Measures = "处罚措施明细", "measures", TierOnce, 12;
    /// Remarks on the tier.
    TierRemarks = "阶次备注", "tier remarks", TierOnce, 20;
    /// Remarks on the ladder.
    LadderRemarks = "序列备注", "ladder remarks", LadderOnce, 20;
    /// Remarks on the item.
    Remarks = "备注", "remarks", ItemOnce, 20;
    /// Whether 以上 includes the number.
    AboveIncludes = "以上含本数", "above includes", ItemOnce, 8;
    /// Whether 以下 includes the number.
    BelowIncludes = "以下含本数", "below includes", ItemOnce, 8;
    /// Months for which earlier violations count.
    LookBack = "追溯月数", "look-back months", ItemOnce, 8;
    /// What 拒不改正 means.
    RefusalMeans = "拒不改正的含义", "refusal means", ItemOnce, 12;
    /// Years of validity.
    ValidYears = "有效年数", "valid years", ItemOnce, 8;
    /// The weights form.
    Weights = "裁量权重", "weights", ItemOnce, 30;
    /// Columns that nobody has mapped.
    Other = "其他栏", "other columns", ItemOnce, 20;
    /// Stage of the newest version.
    Stage = "阶段", "stage", Fact, 10;
    /// Standing of the worst open duty.
    Standing = "期限状态", "standing", Fact, 12;
    /// When it is due.
    Due = "到期日", "due", Fact, 12;
    /// Number of the version.
    Version = "版本", "version", Fact, 8;
    /// Since when the version is in force.
    InForceFrom = "施行日期", "in force from", Fact, 12;
    /// Day of the last change.
    Updated = "更新日期", "updated", Fact, 12;
}

/// The columns of a table of these kinds, in order; of all kinds where none is given.
#[must_use]
pub fn columns(kinds: &[Kind]) -> Vec<Column> {
    let wanted = |field: &&Field| kinds.is_empty() || kinds.iter().any(|kind| kind.field(field.id).is_some());
    let fields = all_fields().filter(wanted).map(Column::Field);
    let (before, after) = Column::OWN.split_at(8);
    before.iter().copied().chain(fields).chain(after.iter().copied()).collect()
}

impl Column {
    /// The column with this heading, word by word, in either language.
    #[must_use]
    pub fn of_heading(words: &str) -> Option<Self> {
        let named = |column: &Self| column.heading().zh == words || column.heading().en == words;
        columns(&[]).into_iter().find(named)
    }

    /// True for corrections by hand: they are read after the words that they are about.
    pub(crate) const fn is_correction(self) -> bool {
        matches!(self, Self::Bands | Self::Measures)
    }

    /// Its identifier in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Standard => "tier_standard",
            Self::Field(field) => field.id,
            other => other.heading().en,
        }
    }
}

/// The columns of a heading row, where it is the heading of an own export: the numbers that say what belongs
/// together must be there; others may be missing, moved or added.
#[must_use]
pub(crate) fn own_heading<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Vec<Option<Column>>> {
    let found: Vec<Option<Column>> = cells.map(Column::of_heading).collect();
    let needed = [Column::Number, Column::Title, Column::Kind, Column::Ladder, Column::Tier];
    needed.iter().all(|column| found.contains(&Some(*column))).then_some(found)
}

/// The heading of the sheet that counts items by stage; it is no table of items.
pub(crate) const CHART: [Text; 2] = [Text::new("阶段", "stage"), Text::new("事项数", "items")];

/// True for the cells of that heading.
pub(crate) fn is_chart(first: &str, second: &str) -> bool {
    let [stage, items] = CHART;
    [Lang::Zh, Lang::En].iter().any(|lang| stage.say(*lang) == first && items.say(*lang) == second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_names_one_column() {
        let all = columns(&[]);
        for column in &all {
            for words in [column.heading().zh, column.heading().en] {
                let same = all.iter().filter(|c| c.heading().zh == words || c.heading().en == words).count();
                assert_eq!(same, 1, "{words}");
                assert_eq!(Column::of_heading(words), Some(*column));
            }
            assert_eq!(all.iter().filter(|other| other.id() == column.id()).count(), 1, "{}", column.id());
        }
    }
}
