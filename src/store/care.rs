//! Whether a register is sound, and making anew what is derived.
//!
//! An examination reads and never mends. What is mended is derived data only (counts, what items show of their
//! duties, the search queue), so that no trail entry is due: nothing that a person entered is ever touched here.

use rusqlite::{Connection, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};

use super::Store;
use super::error::Result;
use super::items;
use super::row::{number, owned, text};
use super::trail::{self, Chain, Head};
use crate::domain::baseline::{content_hash, hex};
use crate::domain::ids::ItemId;

/// At most so many flaws of one kind are told: the first ones lead to the cause.
const FEW: usize = 20;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The engine's own examination of the file says so.
    File(String),
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
    /// A table of counts is not what counting gives.
    Tally(&'static str),
    /// An item does not show the state of its duties.
    Duties(ItemId),
}

crate::terms! {
    /// What is examined, each by itself.
    pub enum Exam {
        /// The file: pages, indexes, forms of values.
        File = "file", "数据库文件", "database file";
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

    /// Makes anew everything that is derived: counts, what items show of their duties, the search queue.
    pub fn rebuild(&mut self) -> Result<()> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(&format!(
            "UPDATE item SET duty_state = s.duty_state, next_due = s.next_due FROM ({DUTIES_OF_ITEMS}) s
             WHERE s.id = item.id AND (item.duty_state, item.next_due) <> (s.duty_state, s.next_due)"
        ))?;
        rebuild(&tx)?;
        tx.commit()?;
        Ok(())
    }
}

/// The first flaw of a register that was just loaded and whose trail must end like this.
pub(super) fn first_flaw(tx: &Transaction<'_>, told: &Head) -> Result<Option<Flaw>> {
    for exam in [Exam::References, Exam::Trail, Exam::Contents, Exam::Evidence, Exam::Items] {
        if let Some(flaw) = examine(tx, exam)?.into_iter().next() {
            return Ok(Some(flaw));
        }
    }
    let found = trail::head(tx)?;
    Ok((found != *told).then(|| Flaw::Head { found, told: told.clone() }))
}

/// Counts anew and queues every item for the search index.
pub(super) fn rebuild(tx: &Transaction<'_>) -> Result<()> {
    for (tally, counted) in TALLIES {
        tx.execute(&format!("DELETE FROM {tally}"), [])?;
        tx.execute(&format!("INSERT INTO {tally} {counted}"), [])?;
    }
    tx.execute_batch(
        "INSERT INTO item_search (item_search) VALUES ('delete-all');
         DELETE FROM search_queue;
         INSERT INTO search_queue (first_id, last_id) SELECT min(id), max(id) FROM item HAVING count(*) > 0;",
    )?;
    Ok(())
}

pub(super) fn examine(db: &Connection, exam: Exam) -> Result<Vec<Flaw>> {
    match exam {
        Exam::File => file(db),
        Exam::References => references(db),
        Exam::Trail => Ok(match trail::verify(db)? {
            Chain::Whole(_) => Vec::new(),
            Chain::BrokenAt(seq) => vec![Flaw::Chain(seq)],
        }),
        Exam::Contents => contents(db),
        Exam::Evidence => evidence(db),
        Exam::Items => unvouched(db),
        Exam::Derived => derived(db),
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

/// The tables of counts, each with the question that gives its rows.
const TALLIES: [(&str, &str); 2] = [
    (
        "item_tally",
        "SELECT agency_id, kind, level, stage, in_force_no > 0, duty_state, next_due, count(*) FROM item
         GROUP BY 1, 2, 3, 4, 5, 6, 7",
    ),
    (
        "duty_tally",
        "SELECT agency_id, rule, year,
           CASE closed WHEN 'open' THEN CASE WHEN begun = 1 THEN 'begun' ELSE 'idle' END
             WHEN 'done' THEN CASE WHEN closed_on > due THEN 'done_late' ELSE 'done' END ELSE closed END,
           CASE closed WHEN 'open' THEN coalesce(due, '') ELSE '' END, count(*) FROM duty GROUP BY 1, 2, 3, 4, 5",
    ),
];

/// What the duties of each item come to: [`super::duties::summary`] for all items at once.
const DUTIES_OF_ITEMS: &str = "
SELECT i.id, coalesce(w.next_due, '') AS next_due,
  CASE w.weight WHEN 5 THEN 'begun' WHEN 4 THEN 'idle' WHEN 3 THEN 'done_late' WHEN 2 THEN 'done' WHEN 1 THEN 'waived'
    ELSE 'none' END AS duty_state
FROM item i LEFT JOIN (SELECT item_id,
    max(CASE closed WHEN 'waived' THEN 1 WHEN 'done' THEN CASE WHEN closed_on > due THEN 3 ELSE 2 END
      ELSE CASE WHEN begun = 1 THEN 5 ELSE 4 END END) AS weight,
    min(CASE closed WHEN 'open' THEN due END) AS next_due
  FROM duty WHERE item_id IS NOT NULL GROUP BY item_id) w ON w.item_id = i.id";

fn derived(db: &Connection) -> Result<Vec<Flaw>> {
    let mut flaws = Vec::new();
    for (tally, counted) in TALLIES {
        let differs = format!(
            "SELECT EXISTS (SELECT * FROM {tally} EXCEPT {counted}) OR EXISTS ({counted} EXCEPT SELECT * FROM {tally})"
        );
        if db.query_row(&differs, [], |row| row.get(0))? {
            flaws.push(Flaw::Tally(tally));
        }
    }
    let mut statement = db.prepare(&format!(
        "SELECT i.id FROM item i JOIN ({DUTIES_OF_ITEMS}) s ON s.id = i.id
         WHERE (i.duty_state, i.next_due) <> (s.duty_state, s.next_due) ORDER BY i.id LIMIT {FEW}"
    ))?;
    let items = statement.query_map([], |row| row.get(0).map(|id| Flaw::Duties(ItemId(id))))?;
    flaws.extend(items.collect::<rusqlite::Result<Vec<_>>>()?);
    Ok(flaws)
}
