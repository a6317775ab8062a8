//! Care of the data: backups, restoring, examining.

use std::path::Path;

use crate::i18n::{FailureKind, Words};
use crate::store::Flaw;
use crate::words;

/// Kind, reason and next step of a register that is not replaced as a whole.
pub(super) fn in_use(path: &Path) -> (FailureKind, Words, Words) {
    let path = path.display();
    (
        FailureKind::Refused,
        words!(
            "{path} 已经有人使用过，不能整体替换，未作改动。",
            "{path} has been worked with: it is not replaced as a whole. Nothing was changed."
        ),
        words!("请用 --db 指向一个新的位置再导入。", "Name a new place with --db and import there."),
    )
}

/// Kind, reason and next step of a copy that is not taken.
pub(super) fn unsound(flaw: &Flaw) -> (FailureKind, Words, Words) {
    (
        FailureKind::Refused,
        flaw_words(flaw),
        words!(
            "内容不可信，没有采用，登记库保持原样；请换一份导出文件或备份。",
            "It cannot be trusted and was not taken; the register is as it was. Use another export or backup."
        ),
    )
}

/// A flaw in words.
pub(super) fn flaw_words(flaw: &Flaw) -> Words {
    match flaw {
        Flaw::File(why) => words!("数据库文件：{why}。", "The database file: {why}."),
        Flaw::Value { table, row, column } => words!(
            "表 {table} 第 {row} 条记录：「{column}」的值类型不对。",
            "Table {table}, record {row}: the value of \"{column}\" is of the wrong form."
        ),
        Flaw::Row { table, row, why } => words!(
            "表 {table} 第 {row} 条记录不合规则（{why}）。",
            "Table {table}, record {row} breaks a rule ({why})."
        ),
        Flaw::Dangling { table, parent } => words!(
            "表 {table} 里有记录指向表 {parent} 中不存在的记录。",
            "A record of table {table} refers to one that table {parent} does not hold."
        ),
        Flaw::Chain(seq) => words!(
            "操作记录链在第 {seq} 条断开：有记录被改动、删除或调换。",
            "The trail breaks at entry {seq}: an entry was changed, removed or moved."
        ),
        Flaw::Head { found, told } => words!(
            "操作记录应为 {} 条、末尾哈希 {}，实际为 {} 条、{}。",
            "The trail should have {} entries and end with {}; it has {} and ends with {}.",
            told.count,
            told.hash,
            found.count,
            found.hash
        ),
        Flaw::Content { item, no } => words!(
            "事项 #{item} 第 {no} 版的内容与其哈希不符。",
            "The content of item #{item}, version {no}, does not have its hash."
        ),
        Flaw::Evidence { step, name } => words!(
            "程序记录 {step} 的证明材料「{name}」与其哈希不符。",
            "The evidence \"{name}\" of step {step} does not have its hash."
        ),
        Flaw::Item(item) => words!(
            "事项 #{item} 的文字或状态与其最新历史记录不符。",
            "The words or the state of item #{item} are not those that its newest history vouches for."
        ),
        Flaw::Tally(table) => {
            words!("汇总表 {table} 与重新计数不符。", "The counts in {table} are not what counting gives.")
        }
        Flaw::Duties(item) => {
            words!("事项 #{item} 显示的任务状态与其任务不符。", "Item #{item} does not show the state of its duties.")
        }
    }
}
