//! Items: their words, their state and the dated rows that as-of needs.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::agencies::unique;
use super::citations::citations;
use super::duties::{DutyRecord, summary};
use super::error::{Result, StoreError};
use super::row::{day, day_or_none, iso, number, owned, term};
use super::versions::NewVersion;
use super::write::{ItemGroup, day_or_empty};
use super::{Store, Write};
use crate::domain::agency::Level;
use crate::domain::baseline::hex;
use crate::domain::ids::{AgencyId, BatchId, ItemId};
use crate::domain::item::{Citation, ClauseRole, DutyState, Item, ItemText, Verification, identity};
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::stage::Stage;

/// An item's number and names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemName {
    /// The item.
    pub id: ItemId,
    /// Its code, may be empty.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// An item to be added, with all that comes with it.
#[derive(Debug)]
pub struct NewItem<'a> {
    /// Responsible agency.
    pub agency: AgencyId,
    /// Identity inside the agency.
    pub identity: &'a str,
    /// What is written of it.
    pub text: &'a ItemText,
    /// Level.
    pub level: Level,
    /// Central body's item.
    pub vertical: bool,
    /// Publication batch.
    pub batch: Option<BatchId>,
    /// Verification.
    pub verification: Verification,
    /// Reason of a dispute, proposal or exclusion.
    pub reason: &'a str,
    /// Day on which it came into the register.
    pub listed_on: NaiveDate,
    /// Its first version, if there is one.
    pub version: Option<&'a NewVersion>,
    /// Its duties.
    pub duties: &'a [DutyRecord],
}

/// The part of an item that acts change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemState {
    /// Which item.
    pub id: ItemId,
    /// Responsible agency.
    pub agency: AgencyId,
    /// Kind; never changes.
    pub kind: Kind,
    /// Level.
    pub level: Level,
    /// Central body's item.
    pub vertical: bool,
    /// Batch.
    pub batch: Option<BatchId>,
    /// Verification.
    pub verification: Verification,
    /// Its reason.
    pub reason: String,
    /// Stage.
    pub stage: Stage,
    /// Newest version, 0 for none.
    pub version_no: i64,
    /// Version in force, 0 for none.
    pub in_force_no: i64,
    /// Counts writes.
    pub revision: i64,
    duty_state: DutyState,
    next_due: Option<NaiveDate>,
}

impl ItemState {
    fn group(&self) -> ItemGroup {
        ItemGroup {
            agency: self.agency,
            kind: self.kind,
            level: self.level,
            stage: self.stage,
            in_force: self.in_force_no > 0,
            duty_state: self.duty_state,
            next_due: self.next_due,
        }
    }
}

/// The stage of an item without a version.
#[must_use]
pub const fn stage_of(verification: Verification) -> Stage {
    match verification {
        Verification::Listed | Verification::Proposed | Verification::Disputed => Stage::Listed,
        Verification::Confirmed => Stage::Verified,
        Verification::Excluded => Stage::Excluded,
    }
}

const STATE: &str = "id, agency_id, kind, level, vertical, batch_id, verification, verification_reason, stage, version_no, \
                     in_force_no, revision, duty_state, next_due";

impl Store {
    /// An item whole.
    pub fn item(&self, id: ItemId) -> Result<Item> {
        let text = text(&self.db, id)?;
        let mut statement = self.db.prepare_cached(
            "SELECT id, agency_id, level, vertical, verification, verification_reason, listed_on FROM item WHERE id = ?1",
        )?;
        let mut rows = statement.query([id.0])?;
        let row = rows.next()?.ok_or_else(|| StoreError::NotFound { record: "item", key: id.to_string() })?;
        Ok(Item {
            id,
            agency: AgencyId(number(row, 1)?),
            text,
            level: term(row, 2)?,
            vertical: number(row, 3)?,
            verification: term(row, 4)?,
            verification_reason: owned(row, 5)?,
            listed_on: day(row, 6)?,
        })
    }

    /// The state of an item.
    pub fn item_state(&self, id: ItemId) -> Result<ItemState> {
        state(&self.db, id)
    }

    /// The item with this identity in an agency.
    pub fn item_by_identity(&self, agency: AgencyId, identity: &str) -> Result<Option<ItemId>> {
        by_identity(&self.db, agency, identity)
    }

    /// Items whose identity is this code, in any agency.
    pub fn items_by_code(&self, code: &str) -> Result<Vec<ItemId>> {
        // By agency first: the unique index answers, a second index on the code alone is not needed.
        let mut statement = self.db.prepare_cached(
            "SELECT i.id FROM agency a CROSS JOIN item i ON i.agency_id = a.id AND i.identity = ?1 ORDER BY i.id",
        )?;
        let found = statement.query_map([identity(code, "", "")], |row| row.get(0).map(ItemId))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Adds an item with its first version and duties.
    pub fn add_item(&mut self, new: &NewItem<'_>) -> Result<ItemId> {
        let (duty_state, next_due) = summary(new.duties.iter().map(DutyRecord::facts));
        let published = new.version.and_then(|version| version.published.as_ref());
        let stage = match (new.version, published) {
            (None, _) => stage_of(new.verification),
            (Some(_), None) => Stage::Drafting,
            (Some(_), Some(_)) => Stage::Published,
        };
        let (version_no, in_force_no) = (i64::from(new.version.is_some()), i64::from(published.is_some()));
        let authority = first_authority(new.text);
        self.tx
            .prepare_cached(
                "INSERT INTO item (agency_id, identity, code, title, kind, level, vertical, source_id, source_title, clause,
                 batch_id, verification, verification_reason, listed_on, stage, version_no, in_force_no, duty_state,
                 next_due, updated, revision)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, 1)",
            )?
            .execute(params![
                new.agency.0,
                new.identity,
                new.text.code,
                new.text.title,
                new.text.kind.id(),
                new.level.id(),
                new.vertical,
                authority.and_then(|citation| citation.source).map(|id| id.0),
                authority.map(|citation| citation.title.as_str()).unwrap_or_default(),
                authority.map(clause_words).unwrap_or_default(),
                new.batch.map(|id| id.0),
                new.verification.id(),
                new.reason,
                iso(new.listed_on),
                stage.id(),
                version_no,
                in_force_no,
                duty_state.id(),
                day_or_empty(next_due),
                self.stamp.at
            ])
            .map_err(|error| unique(error, "item", new.identity))?;
        let id = ItemId(self.tx.last_insert_rowid());
        self.add_citations(id, &new.text.citations)?;
        if let Some(version) = new.version {
            self.insert_version(id, 1, version)?;
        }
        let state = ItemState {
            id,
            agency: new.agency,
            kind: new.text.kind,
            level: new.level,
            vertical: new.vertical,
            batch: new.batch,
            verification: new.verification,
            reason: String::new(),
            stage,
            version_no,
            in_force_no,
            revision: 1,
            duty_state,
            next_due,
        };
        let digest = digest(new.text, new.version.map(|version| version.hash.as_str()).unwrap_or_default());
        let on = published.map_or(new.listed_on, |published| published.on.min(new.listed_on));
        self.add_item_history(&state, on, &digest)?;
        for duty in new.duties {
            self.insert_duty(&DutyRecord { item: Some(id), drawn_on: Some(on), ..duty.clone() })?;
        }
        self.count_item(state.group(), 1);
        self.queue_for_search(id.0)?;
        Ok(id)
    }

    /// The state of an item as this write sees it.
    pub fn state(&self, id: ItemId) -> Result<ItemState> {
        state(&self.tx, id)
    }

    /// The items of an agency that rest on a source first of all, without those that were taken out or repealed.
    pub fn items_of_source(&self, agency: AgencyId, source_title: &str) -> Result<Vec<ItemName>> {
        let mut statement = self.tx.prepare_cached(
            "SELECT id, code, title FROM item WHERE agency_id = ?1 AND source_title = ?2
             AND stage NOT IN ('excluded', 'repealed') ORDER BY id",
        )?;
        let found = statement.query_map(params![agency.0, source_title], |row| {
            Ok(ItemName { id: ItemId(row.get(0)?), code: row.get(1)?, title: row.get(2)? })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The item with this identity in an agency, as this write sees it.
    pub fn by_identity(&self, agency: AgencyId, identity: &str) -> Result<Option<ItemId>> {
        by_identity(&self.tx, agency, identity)
    }

    /// The states of the items after `after`, in order of id, at most `limit`.
    pub fn item_states(&self, after: ItemId, limit: usize) -> Result<Vec<ItemState>> {
        let sql = format!("SELECT {STATE} FROM item WHERE id > ?1 ORDER BY id LIMIT ?2");
        let mut statement = self.tx.prepare_cached(&sql)?;
        let mut rows = statement.query(params![after.0, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut states = Vec::new();
        while let Some(row) = rows.next()? {
            states.push(read_state(row)?);
        }
        Ok(states)
    }

    /// The words of an item as this write sees them.
    pub fn text(&self, id: ItemId) -> Result<ItemText> {
        text(&self.tx, id)
    }

    /// Changes the state of an item by an act of the day `on`. Content that has changed is covered too.
    pub fn change_item(&mut self, id: ItemId, on: NaiveDate, change: impl FnOnce(&mut ItemState)) -> Result<ItemState> {
        let old = self.state(id)?;
        let mut new = old.clone();
        change(&mut new);
        new.revision = old.revision + 1;
        self.tx
            .prepare_cached(
                "UPDATE item SET agency_id = ?2, level = ?3, vertical = ?4, batch_id = ?5, verification = ?6,
                 verification_reason = ?7, stage = ?8, version_no = ?9, in_force_no = ?10, updated = ?11, revision = ?12
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                new.agency.0,
                new.level.id(),
                new.vertical,
                new.batch.map(|id| id.0),
                new.verification.id(),
                new.reason,
                new.stage.id(),
                new.version_no,
                new.in_force_no,
                self.stamp.at,
                new.revision
            ])
            .map_err(|error| unique(error, "item", &id.to_string()))?;
        let text = self.text(id)?;
        let hash = self.version_hash(id, new.version_no)?;
        self.add_item_history(&new, on, &digest(&text, &hash))?;
        self.count_item(old.group(), -1);
        self.count_item(new.group(), 1);
        if old.agency != new.agency {
            self.queue_for_search(id.0)?;
        }
        Ok(new)
    }

    /// Writes the words of an item anew.
    pub fn change_item_text(&mut self, id: ItemId, identity: &str, text: &ItemText) -> Result<()> {
        let authority = first_authority(text);
        self.tx
            .prepare_cached(
                "UPDATE item SET identity = ?2, code = ?3, title = ?4, source_id = ?5, source_title = ?6, clause = ?7
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                identity,
                text.code,
                text.title,
                authority.and_then(|citation| citation.source).map(|id| id.0),
                authority.map(|citation| citation.title.as_str()).unwrap_or_default(),
                authority.map(clause_words).unwrap_or_default()
            ])
            .map_err(|error| unique(error, "item", identity))?;
        self.tx.prepare_cached("DELETE FROM citation WHERE item_id = ?1")?.execute([id.0])?;
        self.add_citations(id, &text.citations)?;
        self.queue_for_search(id.0)
    }

    /// Brings what an item shows of its duties in step with them.
    pub(super) fn refresh_duties(&mut self, id: ItemId) -> Result<()> {
        let old = self.state(id)?;
        let (duty_state, next_due) = summary(self.duty_facts(id)?.into_iter());
        if (old.duty_state, old.next_due) == (duty_state, next_due) {
            return Ok(());
        }
        self.tx.prepare_cached("UPDATE item SET duty_state = ?2, next_due = ?3 WHERE id = ?1")?.execute(params![
            id.0,
            duty_state.id(),
            day_or_empty(next_due)
        ])?;
        let new = ItemState { duty_state, next_due, ..old.clone() };
        self.count_item(old.group(), -1);
        self.count_item(new.group(), 1);
        Ok(())
    }

    fn add_item_history(&mut self, state: &ItemState, on: NaiveDate, digest: &str) -> Result<()> {
        let (item, on) = (state.id.to_string(), iso(on));
        self.cover(&[&item, &on, state.verification.id(), state.stage.id(), digest]);
        self.tx
            .prepare_cached(
                "INSERT INTO item_history (item_id, on_day, seq, agency_id, verification, stage, version_no, in_force_no, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (item_id, on_day, seq) DO UPDATE SET agency_id = excluded.agency_id,
                 verification = excluded.verification, stage = excluded.stage, version_no = excluded.version_no,
                 in_force_no = excluded.in_force_no, digest = excluded.digest",
            )?
            .execute(params![
                state.id.0,
                on,
                self.seq,
                state.agency.0,
                state.verification.id(),
                state.stage.id(),
                state.version_no,
                state.in_force_no,
                digest
            ])?;
        Ok(())
    }
}

/// SHA-256 over the words of an item and the hash of its newest version's content.
pub(super) fn digest(text: &ItemText, content_hash: &str) -> String {
    let mut hasher = Sha256::new();
    let mut part = |words: &str| {
        hasher.update(words.as_bytes());
        hasher.update([0x1f]);
    };
    for words in [&text.code, &text.title, text.kind.id(), content_hash] {
        part(words);
    }
    for citation in &text.citations {
        for words in [citation.role.id(), &citation.title, &citation.written] {
            part(words);
        }
    }
    hex(&hasher.finalize())
}

fn first_authority(text: &ItemText) -> Option<&Citation> {
    text.citations.iter().find(|citation| citation.role == ClauseRole::Authority).or_else(|| text.citations.first())
}

fn clause_words(citation: &Citation) -> String {
    citation.clause.map_or_else(|| citation.written.clone(), |clause| clause.to_string())
}

fn by_identity(db: &Connection, agency: AgencyId, identity: &str) -> Result<Option<ItemId>> {
    let found = db
        .prepare_cached("SELECT id FROM item WHERE agency_id = ?1 AND identity = ?2")?
        .query_row(params![agency.0, identity], |row| row.get(0))
        .optional()?;
    Ok(found.map(ItemId))
}

fn state(db: &Connection, id: ItemId) -> Result<ItemState> {
    let mut statement = db.prepare_cached(&format!("SELECT {STATE} FROM item WHERE id = ?1"))?;
    let mut rows = statement.query([id.0])?;
    read_state(rows.next()?.ok_or_else(|| StoreError::NotFound { record: "item", key: id.to_string() })?)
}

/// Reads the columns of [`STATE`].
fn read_state(row: &Row<'_>) -> Result<ItemState> {
    Ok(ItemState {
        id: ItemId(number(row, 0)?),
        agency: AgencyId(number(row, 1)?),
        kind: term(row, 2)?,
        level: term(row, 3)?,
        vertical: number(row, 4)?,
        batch: number::<Option<i64>>(row, 5)?.map(BatchId),
        verification: term(row, 6)?,
        reason: owned(row, 7)?,
        stage: term(row, 8)?,
        version_no: number(row, 9)?,
        in_force_no: number(row, 10)?,
        revision: number(row, 11)?,
        duty_state: term(row, 12)?,
        next_due: day_or_none(row, 13)?,
    })
}

/// The words of an item with its citations.
pub(super) fn text(db: &Connection, id: ItemId) -> Result<ItemText> {
    let mut statement = db.prepare_cached("SELECT id, code, title, kind FROM item WHERE id = ?1")?;
    let mut rows = statement.query([id.0])?;
    let row = rows.next()?.ok_or_else(|| StoreError::NotFound { record: "item", key: id.to_string() })?;
    Ok(ItemText { code: owned(row, 1)?, title: owned(row, 2)?, kind: term(row, 3)?, citations: citations(db, id)? })
}
