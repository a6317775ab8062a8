//! Whether a register is sound: an examination reads, tells, and never mends.

use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};

use super::Store;
use super::derived;
use super::dump::{TABLES, each_row};
use super::error::{Result, StoreError};
use super::items;
use super::row::{number, owned, text};
use super::trail::{self, Chain, Head};
use super::vouched;
use crate::domain::agency::{AgencyForm, Level};
use crate::domain::baseline::{content_hash, hex};
use crate::domain::duty::DutyRule;
use crate::domain::ids::ItemId;
use crate::domain::item::{ClauseRole, DutyState, Verification};
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::procedure::Step;
use crate::domain::source::{Rank, SourceStatus};
use crate::domain::stage::Stage;

/// At most so many flaws of one kind are told: the first ones lead to the cause.
pub(super) const FEW: usize = 20;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The engine's own examination of the file says so.
    File(String),
    /// A value does not read back.
    Corrupt {
        /// Which table.
        record: &'static str,
        /// Which of its rows, in the order of its key, from 1.
        id: i64,
        /// Column and value.
        why: String,
    },
    /// Words that are no term, or no day, where one must stand.
    Unknown {
        /// In which table.
        table: &'static str,
        /// In which column.
        column: &'static str,
        /// The words.
        words: String,
    },
    /// There is no row for the register itself.
    NoRegister,
    /// A value of a row that is loaded is of the wrong form.
    Value {
        /// Which table.
        table: &'static str,
        /// Which of its rows, from 1.
        row: u64,
        /// Which column.
        column: &'static str,
    },
    /// A row that is loaded breaks a rule of the table.
    Row {
        /// Which table.
        table: &'static str,
        /// Which of its rows, from 1.
        row: u64,
        /// The rule.
        why: String,
    },
    /// A row refers to one that is not there.
    Dangling {
        /// Which table.
        table: String,
        /// To which table it refers.
        parent: String,
    },
    /// The trail's entry with this number does not follow from the one before.
    Chain(i64),
    /// The trail does not end as it is told to.
    Head {
        /// How it ends.
        found: Head,
        /// How it should.
        told: Head,
    },
    /// The content of a version does not have its hash.
    Content {
        /// Of which item.
        item: ItemId,
        /// Which version.
        no: i64,
    },
    /// A file that proves a step does not have its hash.
    Evidence {
        /// Of which step.
        step: i64,
        /// Name of the file.
        name: String,
    },
    /// The words or the state of an item are not those that its history vouches for.
    Item(ItemId),
    /// An answer to a finding of an item is not what the trail tells.
    Answer {
        /// Of which item.
        item: ItemId,
        /// To which check.
        code: String,
    },
    /// A setting, such as the severity of a check, is not what the trail tells.
    Setting(String),
    /// A table of counts is not what counting gives.
    Tally(&'static str),
    /// An item does not show the state of its duties.
    Duties(ItemId),
}

crate::terms! {
    /// What is examined, each by itself.
    pub enum Exam {
        /// The file: pages and indexes.
        File = "file", "数据库文件", "database file";
        /// Values that are not of their column's form.
        Values = "values", "字段的值", "values";
        /// Rows that refer to others.
        References = "references", "记录之间的引用", "references between records";
        /// The chain of the trail.
        Trail = "trail", "操作记录链", "trail";
        /// Hashes of versions.
        Contents = "contents", "基准内容的哈希", "hashes of contents";
        /// Hashes of evidence.
        Evidence = "evidence", "证明材料的哈希", "hashes of evidence";
        /// Items against the newest row of their history.
        Items = "items", "事项与其历史", "items and their history";
        /// Answers to findings, and settings, against the trail.
        Answers = "answers", "说明、设置与操作记录", "answers and settings against the trail";
        /// Counts, and what items show of their duties.
        Derived = "derived", "汇总数", "counts";
    }
}

impl Store {
    /// Examines one thing; the first flaws of it.
    pub fn examine(&self, exam: Exam) -> Result<Vec<Flaw>> {
        examine(&self.db, exam)
    }

    /// How many items wait for the search index.
    pub fn search_lag(&self) -> Result<i64> {
        let sql = "SELECT coalesce(sum(last_id - first_id + 1), 0) FROM search_queue";
        Ok(self.db.query_row(sql, [], |row| row.get(0))?)
    }
}

/// The first flaw of a register that was just loaded and whose trail must end like this.
pub(super) fn first_flaw(tx: &Transaction<'_>, told: &Head) -> Result<Option<Flaw>> {
    if tx.query_row("SELECT count(*) FROM register", [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(Some(Flaw::NoRegister));
    }
    if let Some(flaw) = unknown_words(tx)?.into_iter().next() {
        return Ok(Some(flaw));
    }
    for exam in [Exam::References, Exam::Trail, Exam::Contents, Exam::Evidence, Exam::Items, Exam::Answers] {
        if let Some(flaw) = examine(tx, exam)?.into_iter().next() {
            return Ok(Some(flaw));
        }
    }
    let found = trail::head(tx)?;
    Ok((found != *told).then(|| Flaw::Head { found, told: told.clone() }))
}

pub(super) fn examine(db: &Connection, exam: Exam) -> Result<Vec<Flaw>> {
    match exam {
        Exam::File => file(db),
        Exam::Values => values(db),
        Exam::References => references(db),
        Exam::Trail => Ok(match trail::verify(db)? {
            Chain::Whole(_) => Vec::new(),
            Chain::BrokenAt(seq) => vec![Flaw::Chain(seq)],
        }),
        Exam::Contents => contents(db),
        Exam::Evidence => evidence(db),
        Exam::Items => unvouched(db),
        Exam::Answers => vouched::flaws(db),
        Exam::Derived => derived::flaws(db),
    }
}

fn file(db: &Connection) -> Result<Vec<Flaw>> {
    let mut statement = db.prepare("SELECT integrity_check FROM pragma_integrity_check")?;
    let mut rows = statement.query([])?;
    let mut flaws = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| flaws.len() < FEW) {
        let found = owned(row, 0)?;
        if found != "ok" {
            flaws.push(Flaw::File(found));
        }
    }
    Ok(flaws)
}

/// Whether words may stand in a column.
type Fits = fn(&str) -> bool;

/// Columns that hold the identifier of a term.
const TERMS: &[(&str, &str, Fits)] = &[
    ("agency", "form", known::<AgencyForm>),
    ("agency", "level", known::<Level>),
    ("source", "rank", known::<Rank>),
    ("source", "status", known::<SourceStatus>),
    ("item", "kind", known::<Kind>),
    ("item", "level", known::<Level>),
    ("item", "verification", known::<Verification>),
    ("item", "stage", known::<Stage>),
    ("item", "duty_state", known::<DutyState>),
    ("citation", "role", known::<ClauseRole>),
    ("step", "step", known::<Step>),
    ("duty", "rule", known::<DutyRule>),
    ("duty", "closed", is_closing),
    ("duty_history", "closed", is_closing),
    ("item_history", "verification", known::<Verification>),
    ("item_history", "stage", known::<Stage>),
];

/// Columns that hold a day, or nothing.
const DAYS: &[(&str, &[&str])] = &[
    ("register", &["opened_on"]),
    ("source", &["promulgated", "effective", "amended"]),
    ("source_version", &["effective"]),
    ("batch", &["created_on", "published_on"]),
    ("item", &["listed_on", "next_due"]),
    (
        "version",
        &["created_on", "submitted_on", "accepted_on", "approved_on", "published_on", "in_force_from", "in_force_to"],
    ),
    ("finding_answer", &["answered_on"]),
    ("step", &["on_day", "from_day"]),
    ("event", &["on_day"]),
    ("duty", &["starts", "original_due", "due", "closed_on"]),
    ("duty_history", &["on_day", "due", "closed_on"]),
    ("item_history", &["on_day"]),
    ("training", &["on_day"]),
    ("received", &["on_day"]),
];

fn known<T: Term>(id: &str) -> bool {
    T::from_id(id).is_some()
}

fn is_closing(id: &str) -> bool {
    matches!(id, "open" | "done" | "waived")
}

fn is_day(words: &str) -> bool {
    words.is_empty() || words.parse::<NaiveDate>().is_ok()
}

/// Words that are no term and no day where one must stand: the register could not be worked with.
fn unknown_words(db: &Connection) -> Result<Vec<Flaw>> {
    let days =
        DAYS.iter().flat_map(|(table, columns)| columns.iter().map(move |column| (*table, *column, is_day as _)));
    let mut flaws = Vec::new();
    for (table, column, fits) in TERMS.iter().copied().chain(days) {
        let mut statement =
            db.prepare(&format!("SELECT DISTINCT {column} FROM {table} WHERE typeof({column}) = 'text'"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let words = text(row, 0)?;
            if !fits(words) {
                flaws.push(Flaw::Unknown { table, column, words: words.to_owned() });
            }
        }
    }
    flaws.truncate(FEW);
    Ok(flaws)
}

/// Values that do not read back: of each table the first that is not of its column's form, and unknown words.
fn values(db: &Connection) -> Result<Vec<Flaw>> {
    let mut flaws = Vec::new();
    for table in TABLES {
        match each_row(db, table, "1 = 1", |_| Ok(())) {
            Err(StoreError::Corrupt { record, id, why }) => flaws.push(Flaw::Corrupt { record, id, why }),
            other => other?,
        }
    }
    if flaws.is_empty() {
        flaws = unknown_words(db)?;
    }
    Ok(flaws)
}

fn references(db: &Connection) -> Result<Vec<Flaw>> {
    let mut statement = db.prepare("SELECT \"table\", parent FROM pragma_foreign_key_check")?;
    let mut rows = statement.query([])?;
    let mut flaws = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| flaws.len() < FEW) {
        flaws.push(Flaw::Dangling { table: owned(row, 0)?, parent: owned(row, 1)? });
    }
    Ok(flaws)
}

fn contents(db: &Connection) -> Result<Vec<Flaw>> {
    let mut statement = db.prepare("SELECT item_id, no, content, hash FROM version ORDER BY item_id, no")?;
    let mut rows = statement.query([])?;
    let mut flaws = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| flaws.len() < FEW) {
        if content_hash(text(row, 2)?) != text(row, 3)? {
            flaws.push(Flaw::Content { item: ItemId(number(row, 0)?), no: number(row, 1)? });
        }
    }
    Ok(flaws)
}

fn evidence(db: &Connection) -> Result<Vec<Flaw>> {
    let mut statement = db.prepare("SELECT step_id, name, sha256, bytes FROM evidence ORDER BY step_id, name")?;
    let mut rows = statement.query([])?;
    let mut flaws = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| flaws.len() < FEW) {
        let bytes = row.get_ref(3)?.as_bytes().unwrap_or_default();
        if hex(&Sha256::digest(bytes)) != text(row, 2)? {
            flaws.push(Flaw::Evidence { step: number(row, 0)?, name: owned(row, 1)? });
        }
    }
    Ok(flaws)
}

/// Items that no row of their newest entry vouches for. One entry can hold several rows of an item, on several days.
fn unvouched(db: &Connection) -> Result<Vec<Flaw>> {
    let mut items = db.prepare(
        "SELECT i.id, coalesce((SELECT v.hash FROM version v WHERE v.item_id = i.id AND v.no = i.version_no), '')
         FROM item i ORDER BY i.id",
    )?;
    let mut vouching = db.prepare(
        "SELECT h.digest FROM item_history h JOIN item i ON i.id = h.item_id
         WHERE h.item_id = ?1 AND h.seq = (SELECT max(x.seq) FROM item_history x WHERE x.item_id = ?1)
           AND (h.agency_id, h.verification, h.stage, h.version_no, h.in_force_no)
             = (i.agency_id, i.verification, i.stage, i.version_no, i.in_force_no)",
    )?;
    let mut rows = items.query([])?;
    let mut flaws = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| flaws.len() < FEW) {
        let id = ItemId(number(row, 0)?);
        let digest = items::digest(&items::text(db, id)?, text(row, 1)?);
        let mut found = vouching.query([id.0])?;
        let mut vouched = false;
        while let Some(row) = found.next()? {
            vouched |= text(row, 0)? == digest;
        }
        if !vouched {
            flaws.push(Flaw::Item(id));
        }
    }
    Ok(flaws)
}
