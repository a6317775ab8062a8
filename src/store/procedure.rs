//! Procedure steps with their evidence, and publication batches.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::agencies::unique;
use super::error::{Result, StoreError};
use super::row::{day, day_or_none, number, owned, term};
use super::{Store, Write};
use crate::domain::ids::{BatchId, ItemId};
use crate::domain::label::Term;
use crate::domain::procedure::StepRecord;

/// A publication batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Row id.
    pub id: BatchId,
    /// Name, unique.
    pub name: String,
    /// When it was put together.
    pub created_on: NaiveDate,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
    /// Number of the publication.
    pub number: String,
}

/// To what a step belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOf {
    /// One version of an item.
    Version(ItemId, i64),
    /// A whole batch.
    Batch(BatchId),
}

/// A file that proves a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// File name.
    pub name: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Steps of a version, and of the batch it stands in, in the order in which they were recorded.
    pub fn steps(&self, item: ItemId, version_no: i64, batch: Option<BatchId>) -> Result<Vec<StepRecord>> {
        steps(&self.db, item, version_no, batch)
    }

    /// Every batch, oldest first.
    pub fn batches(&self) -> Result<Vec<Batch>> {
        let mut statement =
            self.db.prepare_cached("SELECT id, name, created_on, published_on, number FROM batch ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut batches = Vec::new();
        while let Some(row) = rows.next()? {
            batches.push(read_batch(row)?);
        }
        Ok(batches)
    }

    /// The items of a batch.
    pub fn items_of_batch(&self, batch: BatchId) -> Result<Vec<ItemId>> {
        let mut statement = self.db.prepare_cached("SELECT id FROM item WHERE batch_id = ?1 ORDER BY id")?;
        let found = statement.query_map([batch.0], |row| row.get(0).map(ItemId))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The evidence files of a version's steps: step, name, SHA-256.
    pub fn evidence_names(&self, item: ItemId, version_no: i64) -> Result<Vec<(String, String, String)>> {
        let mut statement = self.db.prepare_cached(
            "SELECT s.step, e.name, e.sha256 FROM step s JOIN evidence e ON e.step_id = s.id
             WHERE s.item_id = ?1 AND s.version_no = ?2 ORDER BY s.id, e.name",
        )?;
        let found =
            statement.query_map(params![item.0, version_no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Steps of a version, and of the batch it stands in, as this write sees them.
    pub fn steps(&self, item: ItemId, version_no: i64, batch: Option<BatchId>) -> Result<Vec<StepRecord>> {
        steps(&self.tx, item, version_no, batch)
    }

    /// Records a step with its evidence.
    pub fn add_step(&mut self, of: StepOf, record: &StepRecord, evidence: &[Evidence]) -> Result<i64> {
        let (item, version_no, batch) = match of {
            StepOf::Version(item, no) => (Some(item.0), Some(no), None),
            StepOf::Batch(batch) => (None, None, Some(batch.0)),
        };
        let id: i64 = self
            .tx
            .prepare_cached(
                "INSERT INTO step (item_id, version_no, batch_id, step, on_day, from_day, number, note)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
            )?
            .query_row(
                params![
                    item,
                    version_no,
                    batch,
                    record.step.id(),
                    record.on.to_string(),
                    record.from.map(|day| day.to_string()),
                    record.number,
                    record.note
                ],
                |row| row.get(0),
            )?;
        for file in evidence {
            self.tx
                .prepare_cached("INSERT INTO evidence (step_id, name, sha256, bytes) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, file.name, file.sha256, file.bytes])
                .map_err(|error| unique(error, "evidence", &file.name))?;
        }
        Ok(id)
    }

    /// Adds a batch.
    pub fn add_batch(&mut self, name: &str) -> Result<BatchId> {
        let day = self.stamp.day.to_string();
        self.tx
            .prepare_cached("INSERT INTO batch (name, created_on, number) VALUES (?1, ?2, '') RETURNING id")?
            .query_row(params![name, day], |row| row.get(0).map(BatchId))
            .map_err(|error| unique(error, "batch", name))
    }

    /// The batch with this name.
    pub fn batch_by_name(&self, name: &str) -> Result<Option<BatchId>> {
        let found = self
            .tx
            .prepare_cached("SELECT id FROM batch WHERE name = ?1")?
            .query_row([name], |row| row.get(0).map(BatchId))
            .optional()?;
        Ok(found)
    }

    /// Marks a batch as published.
    pub fn publish_batch(&mut self, batch: BatchId, on: NaiveDate, number: &str) -> Result<()> {
        let changed = self.tx.execute(
            "UPDATE batch SET published_on = ?2, number = ?3 WHERE id = ?1",
            params![batch.0, on.to_string(), number],
        )?;
        if changed == 0 {
            return Err(StoreError::NotFound { record: "batch", key: batch.to_string() });
        }
        Ok(())
    }
}

fn steps(db: &Connection, item: ItemId, version_no: i64, batch: Option<BatchId>) -> Result<Vec<StepRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT id, step, on_day, from_day, number, note FROM step WHERE item_id = ?1 AND version_no = ?2
         UNION ALL
         SELECT id, step, on_day, from_day, number, note FROM step WHERE batch_id = ?3
         ORDER BY 1",
    )?;
    let mut rows = statement.query(params![item.0, version_no, batch.map(|id| id.0)])?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(StepRecord {
            step: term(row, 1)?,
            on: day(row, 2)?,
            from: day_or_none(row, 3)?,
            number: owned(row, 4)?,
            note: owned(row, 5)?,
        });
    }
    Ok(steps)
}

fn read_batch(row: &Row<'_>) -> Result<Batch> {
    Ok(Batch {
        id: BatchId(number(row, 0)?),
        name: owned(row, 1)?,
        created_on: day(row, 2)?,
        published_on: day_or_none(row, 3)?,
        number: owned(row, 4)?,
    })
}
