//! What comes out of a file: entries, notices, rejections.

use std::sync::Arc;

use super::error::ReadError;
use super::grid::Encoding;
use super::heading::Mapping;
use crate::domain::agency::Level;
use crate::domain::baseline::Baseline;
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;
use crate::domain::label::Lang;
use crate::domain::tier_label::Said;
use crate::reading;

/// What the caller knows of a file beforehand.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The kind of every item, where no column tells it.
    pub kind: Option<Kind>,
    /// A mapping given by hand.
    pub mapping: Option<Mapping>,
    /// Mappings that were saved, by name. Where none is given by hand, the first that fits the file is used.
    pub saved: Vec<(String, Mapping)>,
    /// Whether a person will look at the sheets.
    pub looks: Looks,
}

/// Whether the first rows of each sheet are handed out as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looks {
    /// Not needed: a file in which no heading is recognised is an error.
    #[default]
    Unwanted,
    /// A person will say what is what: such a file is only looked at.
    Wanted,
}

/// Something read from a file, in the order of its rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// An item with its baseline.
    Entry(Box<Entry>),
    /// Something a person should know.
    Notice(Notice),
    /// A row that cannot become an item.
    Rejected(Rejected),
}

/// An item with its baseline, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is written of the item.
    pub text: ItemText,
    /// Its baseline.
    pub baseline: Baseline,
    /// The agency's name or code, where a column tells it.
    pub agency: Option<String>,
    /// The level, where a column tells it.
    pub level: Option<Level>,
    /// Whether a central body acts, where a column tells it.
    pub vertical: Option<bool>,
    /// Where it begins.
    pub place: Place,
    /// Rows of the ladders and tiers, in the order of the baseline.
    pub ladder_rows: Vec<LadderRows>,
    /// Fields that the file has a cell for in which nothing stands.
    pub blank: Vec<&'static str>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the sheet; of a text, its file name without the ending.
    pub sheet: Arc<str>,
    /// Row, from 1.
    pub row: u32,
}

/// Rows of one ladder, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LadderRows {
    /// Row of its first tier.
    pub row: u32,
    /// First row of each tier.
    pub tiers: Vec<u32>,
    /// What only the label of each tier says, and no cell of its own; empty where cells say all.
    pub labelled: Vec<Said>,
}

/// Something a person should know of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where.
    pub place: Place,
    /// What.
    pub matter: Matter,
}

/// What a notice is about. Columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// One tier over two standards; it counts as two.
    TwoStandards {
        /// Label of the tier.
        tier: String,
    },
    /// The row is hidden; it was read.
    HiddenRow,
    /// The column is hidden; it was read.
    HiddenColumn(u32),
    /// The sheet is hidden; it was read.
    HiddenSheet,
    /// Words under a merge, not part of the table.
    StaleCell {
        /// Column.
        column: u32,
        /// The words.
        words: String,
    },
    /// A column that nobody has mapped; kept as written.
    UnmappedColumn {
        /// Column.
        column: u32,
        /// Its heading.
        heading: String,
    },
    /// A row that is no item: a section, a note, a number without anything.
    LooseRow {
        /// Its words.
        words: String,
    },
    /// The heading again.
    RepeatedHeading,
    /// A sheet without a heading; not read.
    NoHeading {
        /// How many rows it has.
        rows: u32,
    },
    /// A sheet that the mapping leaves out; not read.
    LeftOut {
        /// How many rows it has.
        rows: u32,
    },
    /// A saved mapping fitted the file and was used.
    SavedMapping {
        /// Its name.
        name: String,
    },
    /// A blank cell took the words above it, as if it were merged with them.
    FilledDown {
        /// The column.
        column: u32,
    },
    /// The words of a standard were put together from number columns.
    Composed,
    /// The code looks like one that a spreadsheet has turned into a date.
    DateCode {
        /// As it stands.
        code: String,
    },
    /// The item stands in this file already.
    Twice {
        /// Its code or title.
        item: String,
    },
    /// Rows of one item are numbered one by one; the first number is its code.
    CountedRow {
        /// The number that was not taken.
        code: String,
    },
    /// An own export was edited: this row differs from the first of its item in a column that counts once an item.
    DiffersFromFirst {
        /// The column's heading.
        column: String,
    },
    /// An own export was edited: a correction by hand is about words that are others now.
    StaleCorrection {
        /// The column's heading.
        column: String,
    },
    /// An amount that the reader cannot read as it stands; the words are kept as written.
    Unread {
        /// Label of the tier; `None` where the words of the band are meant.
        tier: Option<String>,
        /// What is wrong.
        problem: reading::Code,
        /// The words.
        words: String,
    },
    /// A word that is none of the known terms.
    UnknownTerm {
        /// The column's heading.
        column: String,
        /// The word.
        word: String,
    },
}

/// A row that cannot become an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Why a row is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Tiers or conditions with no item above them.
    NoItem {
        /// The first words of the row.
        words: String,
    },
    /// The kind is none of the eight.
    UnknownKind {
        /// As written.
        word: String,
    },
    /// A cell of an own export cannot be read back.
    Unreadable {
        /// The column's heading.
        column: String,
    },
}

/// What a whole file came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Encoding of a text; `None` for a workbook.
    pub encoding: Option<Encoding>,
    /// The tables, in the order of the file.
    pub sheets: Vec<SheetSummary>,
    /// The sheets as they stand, where they were wanted.
    pub looks: Vec<SheetLook>,
    /// The mapping that was used, given or saved.
    pub mapping: Option<Mapping>,
    /// Its name, where it is a saved one that fitted.
    pub used: Option<String>,
}

/// The first rows of a sheet as they stand, for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLook {
    /// Name of the sheet.
    pub name: Arc<str>,
    /// What is done with it.
    pub fate: Fate,
    /// Rows with their number from 1; cells in one line, long ones cut.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// What is done with a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is read, with columns that can be told otherwise.
    Read,
    /// It is read in a form of its own: an own export, a table of weights. Nothing is to be corrected.
    Fixed,
    /// No heading was recognised.
    NoHeading,
    /// The mapping says that it is not to be read.
    LeftOut,
}

/// One table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSummary {
    /// Name of the sheet.
    pub name: Arc<str>,
    /// Row of the heading, from 1; `None` where the mapping says that there is none.
    pub heading_row: Option<u32>,
    /// Each role with its column, from 1.
    pub mapping: Vec<(&'static str, u32)>,
    /// How many items.
    pub items: u64,
    /// How many tiers.
    pub tiers: u64,
    /// The words over each column, those of several rows joined.
    pub headings: Vec<String>,
}

/// Where pieces go; an error of the receiver ends the reading.
pub type Sink<'a, E> = &'a mut dyn FnMut(Piece) -> Result<(), E>;

impl Matter {
    /// The code in reports; T11 is that of the check.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TwoStandards { .. } => "T11",
            Self::HiddenRow => "hidden_row",
            Self::HiddenColumn(_) => "hidden_column",
            Self::HiddenSheet => "hidden_sheet",
            Self::StaleCell { .. } => "stale_cell",
            Self::UnmappedColumn { .. } => "unmapped_column",
            Self::LooseRow { .. } => "loose_row",
            Self::RepeatedHeading => "repeated_heading",
            Self::NoHeading { .. } => "no_heading",
            Self::LeftOut { .. } => "left_out",
            Self::SavedMapping { .. } => "saved_mapping",
            Self::FilledDown { .. } => "filled_down",
            Self::Composed => "composed",
            Self::DateCode { .. } => "date_code",
            Self::Twice { .. } => "twice",
            Self::CountedRow { .. } => "counted_row",
            Self::DiffersFromFirst { .. } => "differs_from_first",
            Self::Unread { problem, .. } => problem.id(),
            Self::StaleCorrection { .. } => "stale_correction",
            Self::UnknownTerm { .. } => "unknown_term",
        }
    }

    /// The sentence for people, with the next step where there is one.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::TwoStandards { tier } => {
                format!("阶次“{tier}”下有两个不同的裁量标准，按两个阶次读入；请核对原表，各给一个阶次。")
            }
            Self::HiddenRow => "这一行在表中是隐藏的，已照常读入；如不需要，请在表中删除。".to_owned(),
            Self::HiddenColumn(column) => format!("第 {column} 列在表中是隐藏的，已照常读入；如不需要，请在表中删除。"),
            Self::HiddenSheet => "这个工作表是隐藏的，已照常读入；如不需要，请在文件中删除。".to_owned(),
            Self::StaleCell { column, words } => {
                format!("第 {column} 列合并单元格下面残留文字“{}”，不属于本表，没有使用。", cut(words))
            }
            Self::UnmappedColumn { column, heading } => {
                format!(
                    "第 {column} 列“{heading}”没有对应的用途，按原文保留；如有用途，请在导入界面或用 --mapping 指明。"
                )
            }
            Self::LooseRow { words } => format!("这一行不是事项：“{}”，没有读入。", cut(words)),
            Self::RepeatedHeading => "这一行重复了表头，已跳过。".to_owned(),
            Self::NoHeading { rows } => {
                format!("这个工作表没有认出表头，{rows} 行没有读入；如是基准表，请在导入界面或用 --mapping 指明各列。")
            }
            Self::LeftOut { rows } => format!("按对应关系，这个工作表的 {rows} 行没有读入。"),
            Self::SavedMapping { name } => format!("表头与已保存的列对应关系“{name}”相符，已按它读入。"),
            Self::FilledDown { column } => format!("第 {column} 列的空白单元格按上一项填充；请核对。"),
            Self::Composed => "裁量标准由各数值列组成文字；原值保留在其他栏。".to_owned(),
            Self::DateCode { code } => format!("代码“{code}”像是被表格软件改成了日期；请在原表中改为文本。"),
            Self::Twice { item } => format!("事项“{}”在本文件中出现两次；请核对是否重复。", cut(item)),
            Self::CountedRow { code } => format!("同一违法行为逐行编号，编号“{code}”没有作为代码；请核对。"),
            Self::DiffersFromFirst { column } => format!("“{column}”与该事项第一行不一致，以第一行为准；请核对。"),
            Self::StaleCorrection { column } => {
                format!("“{column}”一栏更正的是原来的文字，文字已改，没有采用；如仍需更正，请重新更正。")
            }
            Self::Unread { tier: Some(tier), problem, words } => {
                format!("阶次“{tier}”的“{}”：{}", cut(words), problem.say(Lang::Zh))
            }
            Self::Unread { tier: None, problem, words } => {
                format!("法定幅度的“{}”：{}", cut(words), problem.say(Lang::Zh))
            }
            Self::UnknownTerm { column, word } => {
                format!("“{column}”一栏的“{}”不是已知用语，没有采用；请改正。", cut(word))
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::TwoStandards { tier } => format!(
                "Tier \"{tier}\" stands over two different standards and was read as two tiers; check the table and give each its own number."
            ),
            Self::HiddenRow => {
                "The row is hidden in the table; it was read. Delete it there if it is not wanted.".to_owned()
            }
            Self::HiddenColumn(column) => {
                format!("Column {column} is hidden in the table; it was read. Delete it there if it is not wanted.")
            }
            Self::HiddenSheet => "The sheet is hidden; it was read. Delete it if it is not wanted.".to_owned(),
            Self::StaleCell { column, words } => format!(
                "Column {column} holds \"{}\" under a merged cell; it is not part of the table and was not used.",
                cut(words)
            ),
            Self::UnmappedColumn { column, heading } => format!(
                "Column {column} \"{heading}\" has no known meaning and is kept as written; if it has a role, tell it on the import screen or with --mapping."
            ),
            Self::LooseRow { words } => format!("The row is no item: \"{}\"; it was not read.", cut(words)),
            Self::RepeatedHeading => "The row repeats the heading and was skipped.".to_owned(),
            Self::NoHeading { rows } => format!(
                "No heading was recognised on this sheet; its {rows} rows were not read. If it is a table of baselines, tell its columns on the import screen or with --mapping."
            ),
            Self::LeftOut { rows } => format!("As the mapping says, the {rows} rows of this sheet were not read."),
            Self::SavedMapping { name } => {
                format!("The headings fit the saved mapping \"{name}\", which was used.")
            }
            Self::FilledDown { column } => {
                format!("Blank cells of column {column} took the words of the item above; check them.")
            }
            Self::Composed => "The standard was worded from number columns; their values are kept as well.".to_owned(),
            Self::DateCode { code } => {
                format!("The code \"{code}\" looks like one that a spreadsheet turned into a date; make it text there.")
            }
            Self::Twice { item } => format!("The item \"{}\" stands twice in this file; check it.", cut(item)),
            Self::CountedRow { code } => {
                format!(
                    "The rows of one violation are numbered one by one; \"{code}\" was not taken for a code. Check it."
                )
            }
            Self::DiffersFromFirst { column } => {
                format!("\"{column}\" differs from the item's first row, which was taken; check it.")
            }
            Self::StaleCorrection { column } => format!(
                "What stands in \"{column}\" corrects words that are others now; it was not taken. Correct it anew if need be."
            ),
            Self::Unread { tier: Some(tier), problem, words } => {
                format!("\"{}\" in tier \"{tier}\": {}", cut(words), problem.say(Lang::En))
            }
            Self::Unread { tier: None, problem, words } => {
                format!("\"{}\" in the statutory band: {}", cut(words), problem.say(Lang::En))
            }
            Self::UnknownTerm { column, word } => {
                format!("\"{}\" in column \"{column}\" is no known term and was not taken; correct it.", cut(word))
            }
        }
    }
}

impl Reason {
    /// The sentence for people, with the next step.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NoItem { words }, Lang::Zh) => {
                format!("“{}”上方没有事项，不知道属于哪一项；请补上代码或者违法行为。", cut(words))
            }
            (Self::NoItem { words }, Lang::En) => format!(
                "No item stands above \"{}\", so that it belongs to none; add the code or the violation.",
                cut(words)
            ),
            (Self::UnknownKind { word }, Lang::Zh) => format!(
                "事项类型“{}”不是行政处罚、许可、强制、检查、奖励、确认、征收征用、给付之一；请改正，或者用 --kind 指定。",
                cut(word)
            ),
            (Self::UnknownKind { word }, Lang::En) => format!(
                "The kind \"{}\" is none of penalty, licence, compulsion, inspection, reward, confirmation, levy, grant; correct it or give --kind.",
                cut(word)
            ),
            (Self::Unreadable { column }, Lang::Zh) => {
                format!("“{column}”一栏的内容无法还原；请恢复导出时的内容，或者清空该单元格。")
            }
            (Self::Unreadable { column }, Lang::En) => format!(
                "What stands in column \"{column}\" cannot be read back; restore what was exported, or clear the cell."
            ),
        }
    }
}

/// The first words of a text in one line, for a message.
fn cut(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(60).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

impl From<std::convert::Infallible> for ReadError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
