//! Flaws and what to do about them, in words.

use std::path::Path;

use crate::i18n::{Failure, FailureKind, Words};
use crate::store::Flaw;
use crate::words;

/// Kind, reason and next step of a register that is not replaced as a whole.
pub(in crate::service) fn in_use(path: &Path) -> (FailureKind, Words, Words) {
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
pub(in crate::service) fn unsound(flaw: &Flaw) -> (FailureKind, Words, Words) {
    (
        FailureKind::Refused,
        flaw_words(flaw),
        words!(
            "内容不可信，没有采用，登记库保持原样；请换一份导出文件或备份。",
            "It cannot be trusted and was not taken; the register is as it was. Use another export or backup."
        ),
    )
}

/// Kind, reason and next step where the register must be had alone and is not.
pub(in crate::service) fn open_elsewhere(path: &Path) -> (FailureKind, Words, Words) {
    (
        FailureKind::Busy,
        words!(
            "{} 正被另一个程序打开，未作改动。",
            "{} is open in another program. Nothing was changed.",
            path.display()
        ),
        words!(
            "请让所有人退出 cailiang（包括旧版本）后再试。",
            "Let everybody leave cailiang, older versions too, and try again."
        ),
    )
}

/// Reason and next step of a backup that is not sound.
pub(super) fn spoilt(flaw: &Flaw) -> Failure {
    let next = words!(
        "备份不可信，没有采用，登记库保持原样；请换一份备份。",
        "The backup cannot be trusted and was not taken; the register is as it was. Use another backup."
    );
    Failure::refused(flaw_words(flaw), next)
}

/// What to do about counts that are off.
pub(super) fn rebuild() -> Words {
    words!("汇总数可以重建：cailiang doctor --rebuild。", "Counts can be made anew: cailiang doctor --rebuild.")
}

/// What to do about damage.
pub(super) fn restore_backup() -> Words {
    words!(
        "请先复制一份登记库文件，再用 cailiang restore 从最近的完好备份恢复。",
        "Keep a copy of the file, then restore the newest sound backup with cailiang restore."
    )
}

/// What to do about a trail that is not the one that was known.
pub(super) fn compare_backups() -> Words {
    words!(
        "请把登记库与备份对照，查明是谁、何时改动了文件。",
        "Compare the register with its backups and find out who changed the file, and when."
    )
}

/// A flaw in words.
pub(in crate::service) fn flaw_words(flaw: &Flaw) -> Words {
    match flaw {
        Flaw::File(why) => words!("数据库文件：{why}。", "The database file: {why}."),
        Flaw::Corrupt { record, id, why } => words!(
            "表 {record} 第 {id} 条记录里有读不懂的值（{why}）。",
            "Table {record}, record {id} holds a value that does not read ({why})."
        ),
        Flaw::Unknown { table, column, words } => words!(
            "表 {table} 的「{column}」有不认识的值「{words}」。",
            "Table {table}: \"{words}\" is no value of \"{column}\"."
        ),
        Flaw::NoRegister => {
            words!("表 register 应有一条记录，却是空的。", "The table register must hold one record and is empty.")
        }
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
        Flaw::Answer { item, code } => words!(
            "事项 #{item} 对 {code} 的说明与操作记录不符：被改动、删除或另加。",
            "The answer to {code} of item #{item} is not what the trail tells: it was changed, removed or added."
        ),
        Flaw::Setting(key) => words!(
            "设置「{key}」与操作记录不符：被改动、删除或另加。",
            "The setting \"{key}\" is not what the trail tells: it was changed, removed or added."
        ),
        Flaw::Tally(table) => {
            words!("汇总表 {table} 与重新计数不符。", "The counts in {table} are not what counting gives.")
        }
        Flaw::Duties(item) => {
            words!("事项 #{item} 显示的任务状态与其任务不符。", "Item #{item} does not show the state of its duties.")
        }
    }
}
