//! Versions of baselines: content and the dates of their life.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::{Result, StoreError};
use super::row::{day, day_or_none, iso, number, owned};
use super::{Store, Write};
use crate::domain::baseline::{Baseline, content_hash};
use crate::domain::ids::{BatchId, ItemId};

/// The content of a version to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    /// The baseline as JSON.
    pub content: String,
    /// Its SHA-256.
    pub hash: String,
    /// Set where the version enters as published.
    pub published: Option<Published>,
}

/// A publication as told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Day of publication and first day in force.
    pub on: NaiveDate,
    /// Number of the document.
    pub number: String,
    /// In force before this register was opened.
    pub before_register: bool,
}

impl NewVersion {
    /// A version with this content.
    pub fn new(baseline: &Baseline, published: Option<Published>) -> Result<Self> {
        let content = serde_json::to_string(baseline).map_err(|error| StoreError::Corrupt {
            record: "version",
            id: 0,
            why: error.to_string(),
        })?;
        let hash = content_hash(&content);
        Ok(Self { content, hash, published })
    }
}

/// A version as it stands in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub no: i64,
    /// The content.
    pub baseline: Baseline,
    /// SHA-256 of the content.
    pub hash: String,
    /// Who began it.
    pub author: String,
    /// When it was begun.
    pub created_on: NaiveDate,
    /// The life of the version.
    pub life: Life,
}

/// A version with its content as it is kept: whoever reads many can take the JSON apart elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptVersion {
    /// The content.
    pub content: String,
    /// When it was begun.
    pub created_on: NaiveDate,
    /// The life of the version.
    pub life: Life,
}

/// The dates and names of a version's life; empty names and absent dates for what has not happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Life {
    /// Who marked it ready.
    pub ready_by: String,
    /// Who released it.
    pub submitted_by: String,
    /// When.
    pub submitted_on: Option<NaiveDate>,
    /// Who accepted it.
    pub accepted_by: String,
    /// When.
    pub accepted_on: Option<NaiveDate>,
    /// Hash of the content that was accepted.
    pub accepted_hash: String,
    /// Day of the government's approval.
    pub approved_on: Option<NaiveDate>,
    /// Its number.
    pub approval: String,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// Number of the publication.
    pub publication: String,
    /// First day in force.
    pub in_force_from: Option<NaiveDate>,
    /// Last day in force.
    pub in_force_to: Option<NaiveDate>,
    /// In force before this register was opened: the procedure is not asked for.
    pub before_register: bool,
    /// The batch it was published in.
    pub batch: Option<BatchId>,
    /// Why it was sent back the last time.
    pub return_reason: String,
}

const COLUMNS: &str = "item_id, no, content, hash, author, created_on, ready_by, submitted_by, submitted_on, accepted_by, \
                       accepted_on, accepted_hash, approved_on, approval, published_on, publication, in_force_from, \
                       in_force_to, before_register, batch_id, return_reason";

/// The columns of a version under a name of the table.
pub(super) fn columns_of(table: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
}

impl Store {
    /// Every version of an item, oldest first.
    pub fn versions(&self, item: ItemId) -> Result<Vec<Version>> {
        let mut statement =
            self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM version WHERE item_id = ?1 ORDER BY no"))?;
        let mut rows = statement.query([item.0])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(read(row)?);
        }
        Ok(versions)
    }

    /// One version of an item.
    pub fn version(&self, item: ItemId, no: i64) -> Result<Version> {
        version(&self.db, item, no)
    }

    /// A version with its content as it is kept.
    pub fn kept_version(&self, item: ItemId, no: i64) -> Result<KeptVersion> {
        let mut statement =
            self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM version WHERE item_id = ?1 AND no = ?2"))?;
        let mut rows = statement.query(params![item.0, no])?;
        let missing = || StoreError::NotFound { record: "version", key: format!("{item}/{no}") };
        read_kept(rows.next()?.ok_or_else(missing)?)
    }
}

impl Write<'_> {
    /// One version as this write sees it.
    pub fn version(&self, item: ItemId, no: i64) -> Result<Version> {
        version(&self.tx, item, no)
    }

    /// Adds the version with this number.
    pub fn insert_version(&mut self, item: ItemId, no: i64, new: &NewVersion) -> Result<()> {
        let published = new.published.as_ref();
        self.tx
            .prepare_cached(
                "INSERT INTO version (item_id, no, content, hash, author, created_on, ready_by, submitted_by, accepted_by,
                 accepted_hash, approval, published_on, publication, in_force_from, before_register, return_reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', '', '', '', '', ?7, ?8, ?7, ?9, '')",
            )?
            .execute(params![
                item.0,
                no,
                new.content,
                new.hash,
                self.stamp.actor,
                iso(self.stamp.day),
                published.map(|published| iso(published.on)),
                published.map(|published| published.number.as_str()).unwrap_or_default(),
                published.is_some_and(|published| published.before_register)
            ])?;
        Ok(())
    }

    /// Replaces the content of a version; the caller has made sure that it may be written to.
    pub fn change_content(&mut self, item: ItemId, no: i64, new: &NewVersion) -> Result<()> {
        self.tx
            .prepare_cached("UPDATE version SET content = ?3, hash = ?4 WHERE item_id = ?1 AND no = ?2")?
            .execute(params![item.0, no, new.content, new.hash])?;
        Ok(())
    }

    /// Writes the dates and names of a version's life.
    pub fn change_life(&mut self, item: ItemId, no: i64, life: &Life) -> Result<()> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        self.tx
            .prepare_cached(
                "UPDATE version SET ready_by = ?3, submitted_by = ?4, submitted_on = ?5, accepted_by = ?6, accepted_on = ?7,
                 accepted_hash = ?8, approved_on = ?9, approval = ?10, published_on = ?11, publication = ?12,
                 in_force_from = ?13, in_force_to = ?14, before_register = ?15, batch_id = ?16, return_reason = ?17
                 WHERE item_id = ?1 AND no = ?2",
            )?
            .execute(params![
                item.0,
                no,
                life.ready_by,
                life.submitted_by,
                day(life.submitted_on),
                life.accepted_by,
                day(life.accepted_on),
                life.accepted_hash,
                day(life.approved_on),
                life.approval,
                day(life.published_on),
                life.publication,
                day(life.in_force_from),
                day(life.in_force_to),
                life.before_register,
                life.batch.map(|id| id.0),
                life.return_reason
            ])?;
        Ok(())
    }

    /// Hash of a version's content, empty where there is no such version.
    pub(super) fn version_hash(&self, item: ItemId, no: i64) -> Result<String> {
        let found = self
            .tx
            .prepare_cached("SELECT hash FROM version WHERE item_id = ?1 AND no = ?2")?
            .query_row(params![item.0, no], |row| row.get(0))
            .optional()?;
        Ok(found.unwrap_or_default())
    }
}

fn version(db: &Connection, item: ItemId, no: i64) -> Result<Version> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM version WHERE item_id = ?1 AND no = ?2"))?;
    let mut rows = statement.query(params![item.0, no])?;
    let missing = || StoreError::NotFound { record: "version", key: format!("{item}/{no}") };
    read(rows.next()?.ok_or_else(missing)?)
}

fn read(row: &Row<'_>) -> Result<Version> {
    let (item, no): (i64, i64) = (number(row, 0)?, number(row, 1)?);
    let content = owned(row, 2)?;
    let baseline = serde_json::from_str(&content).map_err(|error| StoreError::Corrupt {
        record: "version",
        id: item,
        why: format!("{no}: {error}"),
    })?;
    let life = read_life(row)?;
    Ok(Version { no, baseline, hash: owned(row, 3)?, author: owned(row, 4)?, created_on: day(row, 5)?, life })
}

pub(super) fn read_kept(row: &Row<'_>) -> Result<KeptVersion> {
    Ok(KeptVersion { content: owned(row, 2)?, created_on: day(row, 5)?, life: read_life(row)? })
}

fn read_life(row: &Row<'_>) -> Result<Life> {
    Ok(Life {
        ready_by: owned(row, 6)?,
        submitted_by: owned(row, 7)?,
        submitted_on: day_or_none(row, 8)?,
        accepted_by: owned(row, 9)?,
        accepted_on: day_or_none(row, 10)?,
        accepted_hash: owned(row, 11)?,
        approved_on: day_or_none(row, 12)?,
        approval: owned(row, 13)?,
        published_on: day_or_none(row, 14)?,
        publication: owned(row, 15)?,
        in_force_from: day_or_none(row, 16)?,
        in_force_to: day_or_none(row, 17)?,
        before_register: number(row, 18)?,
        batch: number::<Option<i64>>(row, 19)?.map(BatchId),
        return_reason: owned(row, 20)?,
    })
}
