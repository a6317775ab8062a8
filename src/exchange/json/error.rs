//! Why a file is not a copy of a register. Every sentence names the line and the next step.

use super::FORMAT;
use crate::i18n::{Failure, Words, json_trouble};
use crate::words;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong.
    pub problem: JsonProblem,
    /// Line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// Column of the line in bytes, from 1.
    pub column: usize,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonProblem {
    /// The system could not read it.
    Io(Words),
    /// It ends too early.
    CutOff,
    /// It is no JSON.
    Syntax(String),
    /// It is JSON, and no copy of a register.
    Foreign(String),
    /// It has another format.
    Format(u64),
    /// It holds only the items that this filter found.
    Partial(String),
    /// A key of the whole, or a table, is missing.
    Missing(&'static str),
    /// A key of the whole, or a table, stands twice.
    Twice(String),
    /// There is no such table.
    UnknownTable(String),
    /// Something about a row.
    Row {
        /// Of which table.
        table: &'static str,
        /// Which row, from 1.
        row: u64,
        /// What.
        problem: RowProblem,
    },
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    /// There is no such column.
    UnknownColumn(String),
    /// A column is missing.
    MissingColumn(&'static str),
    /// A column stands twice.
    ColumnTwice(&'static str),
    /// A value is neither a whole number nor words nor null, or no base64 where a file must stand.
    WrongValue(&'static str),
}

impl From<JsonError> for Failure {
    fn from(error: JsonError) -> Self {
        let (reason, next) = say(&error.problem);
        let failure = match error.problem {
            JsonProblem::Partial(_) => Self::refused(reason, next),
            _ => Self::usage(reason, next),
        };
        match (error.line, error.column) {
            (0, _) => failure,
            (line, column) => failure.at(&words!("第 {line} 行第 {column} 字节：", "Line {line}, byte {column}: ")),
        }
    }
}

fn say(problem: &JsonProblem) -> (Words, Words) {
    match problem {
        JsonProblem::Io(why) => (
            Words {
                zh: format!("读不到文件（{}）。", why.zh), en: format!("The file cannot be read ({}).", why.en)
            },
            words!("请检查路径和权限。", "Check its path and rights."),
        ),
        JsonProblem::CutOff => (
            words!("文件不完整，到这里就断了。", "The file is incomplete: it breaks off here."),
            words!("请重新复制或重新导出。", "Copy it again or export it again."),
        ),
        JsonProblem::Syntax(why) => (
            Words {
                zh: format!("这里不是 JSON（{}）。", json_trouble(why).zh),
                en: format!("This is not JSON ({why})."),
            },
            words!(
                "请用 cailiang export --to json 导出的原文件。",
                "Take the file as cailiang export --to json wrote it."
            ),
        ),
        JsonProblem::Foreign(why) => (
            Words {
                zh: format!("是 JSON，但不是登记库的导出文件（{}）。", json_trouble(why).zh),
                en: format!("It is JSON, but no export of a register ({why})."),
            },
            words!(
                "请选 cailiang export --to json 导出的文件；格式见 register.schema.json。",
                "Choose a file of cailiang export --to json; register.schema.json describes it."
            ),
        ),
        JsonProblem::Format(found) => (
            words!(
                "文件格式是第 {found} 版，本程序读第 {FORMAT} 版。",
                "The file has format {found}; this program reads format {FORMAT}."
            ),
            words!("请用写出它的那个版本的 cailiang。", "Use the version of cailiang that wrote it."),
        ),
        JsonProblem::Partial(filter) => (
            words!(
                "这份文件只含筛选「{filter}」的事项，不是完整的登记库，不能导入。",
                "This file holds only the items that \"{filter}\" found: it is no whole register and is not imported."
            ),
            words!(
                "请不带筛选重新导出；少量事项可以用 CSV 或 XLSX 转移。",
                "Export again without a filter; to move some items, use CSV or XLSX."
            ),
        ),
        JsonProblem::Missing(key) => (
            words!("文件里没有「{key}」。", "\"{key}\" is missing from the file."),
            words!("请重新导出，不要删改文件。", "Export again, and leave the file as it is written."),
        ),
        JsonProblem::Twice(key) => (
            words!("「{key}」写了两次。", "\"{key}\" stands twice."),
            words!("请重新导出，不要删改文件。", "Export again, and leave the file as it is written."),
        ),
        JsonProblem::UnknownTable(table) => (
            words!("没有「{table}」这个表。", "There is no table \"{table}\"."),
            words!("请换用较新的 cailiang，或重新导出。", "Use a newer cailiang, or export again."),
        ),
        JsonProblem::Row { table, row, problem } => {
            let place = words!("表 {table} 第 {row} 条记录：", "table {table}, record {row}: ");
            let (reason, next) = say_row(problem);
            (reason.before(&place.zh, &place.en), next)
        }
    }
}

fn say_row(problem: &RowProblem) -> (Words, Words) {
    let again = words!("请重新导出，不要删改文件。", "Export again, and leave the file as it is written.");
    match problem {
        RowProblem::UnknownColumn(name) => (
            words!("没有「{name}」这一列。", "there is no column \"{name}\"."),
            words!("请换用较新的 cailiang，或重新导出。", "Use a newer cailiang, or export again."),
        ),
        RowProblem::MissingColumn(name) => (words!("缺「{name}」这一列。", "the column \"{name}\" is missing."), again),
        RowProblem::ColumnTwice(name) => (words!("「{name}」写了两次。", "the column \"{name}\" stands twice."), again),
        RowProblem::WrongValue(name) => {
            (words!("「{name}」的值不能用。", "the value of \"{name}\" will not do."), again)
        }
    }
}
