//! The append-only trail: one entry a write, each bound to the one before by its hash.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::Store;
use super::error::Result;
use crate::domain::baseline::hex;
use crate::domain::ids::ItemId;

/// Who writes, from where, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Day of UTC+8.
    pub day: NaiveDate,
    /// Time of UTC+8 as `2026-11-24T15:04:05+08:00`.
    pub at: String,
    /// The account.
    pub actor: String,
    /// Command line, interface or import.
    pub origin: &'static str,
}

/// What a write did, for people and for verification.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was done, as an identifier: `item.verify`.
    pub verb: &'static str,
    /// On which table.
    pub record: &'static str,
    /// On which row; 0 where there are many.
    pub record_id: i64,
    /// What, old and new.
    pub detail: serde_json::Value,
}

/// The head of the trail: what anchors keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// How many entries.
    pub count: i64,
    /// Hash of the last entry; empty for an empty trail.
    pub hash: String,
}

/// The head as it is now.
pub(super) fn head(db: &Connection) -> Result<Head> {
    let last = db
        .prepare_cached("SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { count: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(last.unwrap_or_default())
}

/// Hash of the entry with this number.
pub(super) fn hash(db: &Connection, seq: i64) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT hash FROM trail WHERE seq = ?1")?;
    Ok(statement.query_row([seq], |row| row.get(0)).optional()?)
}

/// Appends one entry after `head`. `digest` covers the history rows of this write.
pub(super) fn append(db: &Connection, head: &Head, stamp: &Stamp, entry: &Entry, digest: &str) -> Result<()> {
    let seq = head.count + 1;
    let detail = entry.detail.to_string();
    let hash = chain(&[
        &head.hash,
        &seq.to_string(),
        &stamp.at,
        &stamp.actor,
        stamp.origin,
        entry.verb,
        entry.record,
        &entry.record_id.to_string(),
        &detail,
        digest,
    ]);
    db.prepare_cached(
        "INSERT INTO trail (seq, at, actor, origin, verb, record, record_id, detail, digest, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        seq,
        stamp.at,
        stamp.actor,
        stamp.origin,
        entry.verb,
        entry.record,
        entry.record_id,
        detail,
        digest,
        head.hash,
        hash
    ])?;
    Ok(())
}

/// Whether the trail tells of nothing but these verbs.
pub(super) fn only_verbs(db: &Connection, verbs: &[&str]) -> Result<bool> {
    let mut statement = db.prepare("SELECT DISTINCT verb FROM trail")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !verbs.contains(&row.get_ref(0)?.as_str().unwrap_or_default()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// SHA-256 over parts, each closed by a unit separator so that no two lists of parts give the same bytes.
pub(super) fn chain(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    hex(&hasher.finalize())
}

/// What `audit` found on the way along the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Every entry follows from the one before.
    Whole(Head),
    /// The entry with this number does not.
    BrokenAt(i64),
}

/// Walks the whole chain.
pub(super) fn verify(db: &Connection) -> Result<Chain> {
    let mut statement = db.prepare(
        "SELECT seq, at, actor, origin, verb, record, record_id, detail, digest, prev, hash FROM trail ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut head = Head::default();
    while let Some(row) = rows.next()? {
        let (seq, record_id): (i64, i64) = (row.get(0)?, row.get(6)?);
        let text = |at: usize| row.get::<_, String>(at);
        let (prev, hash) = (text(9)?, text(10)?);
        let computed = chain(&[
            &head.hash,
            &seq.to_string(),
            &text(1)?,
            &text(2)?,
            &text(3)?,
            &text(4)?,
            &text(5)?,
            &record_id.to_string(),
            &text(7)?,
            &text(8)?,
        ]);
        if seq != head.count + 1 || prev != head.hash || hash != computed {
            return Ok(Chain::BrokenAt(seq));
        }
        head = Head { count: seq, hash };
    }
    Ok(Chain::Whole(head))
}

/// One entry as it stands in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Number.
    pub seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub actor: String,
    /// From where.
    pub origin: String,
    /// What was done.
    pub verb: String,
    /// Old and new, as JSON.
    pub detail: String,
}

impl Store {
    /// Head of the trail: what backups and exports print.
    pub fn trail_head(&self) -> Result<Head> {
        head(&self.db)
    }

    /// Hash of the entry with this number.
    pub fn trail_hash(&self, seq: i64) -> Result<Option<String>> {
        hash(&self.db, seq)
    }

    /// Walks the whole chain.
    pub fn verify_trail(&self) -> Result<Chain> {
        verify(&self.db)
    }

    /// The entries that concern an item, oldest first.
    pub fn trail_of_item(&self, item: ItemId) -> Result<Vec<Recorded>> {
        let mut statement = self.db.prepare_cached(
            "SELECT seq, at, actor, origin, verb, detail FROM trail
             WHERE seq IN (SELECT seq FROM item_history WHERE item_id = ?1
               UNION SELECT seq FROM trail WHERE record = 'item' AND record_id = ?1) ORDER BY seq",
        )?;
        let found = statement.query_map([item.0], |row| {
            Ok(Recorded {
                seq: row.get(0)?,
                at: row.get(1)?,
                actor: row.get(2)?,
                origin: row.get(3)?,
                verb: row.get(4)?,
                detail: row.get(5)?,
            })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}
