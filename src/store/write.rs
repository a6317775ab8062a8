//! One write: a transaction that carries its trail entry, its history rows and the derived counts with it.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::Store;
use super::error::{Result, StoreError};
use super::row::iso;
use super::trail::{self, Entry, Head, Stamp};
use crate::domain::agency::Level;
use crate::domain::baseline::hex;
use crate::domain::duty::DutyRule;
use crate::domain::ids::AgencyId;
use crate::domain::item::DutyState;
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::stage::Stage;

/// How a piece of work ended.
#[derive(Debug)]
pub enum Done<T> {
    /// It wrote: this entry goes into the trail.
    Wrote(T, Entry),
    /// There was nothing to change: nothing is kept, not even an entry.
    Nothing(T),
}

/// An open write. Dropped without an end, it leaves the register as it was.
pub struct Write<'s> {
    pub(super) tx: Transaction<'s>,
    pub(super) stamp: &'s Stamp,
    /// Number of the entry that this write will append.
    pub(super) seq: i64,
    head: Head,
    history: Option<Sha256>,
    items: HashMap<ItemGroup, i64>,
    duties: HashMap<DutyGroup, i64>,
    unindexed: Option<(i64, i64)>,
}

/// One row of `item_tally`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ItemGroup {
    pub(super) agency: AgencyId,
    pub(super) kind: Kind,
    pub(super) level: Level,
    pub(super) stage: Stage,
    pub(super) in_force: bool,
    pub(super) duty_state: DutyState,
    pub(super) next_due: Option<NaiveDate>,
}

/// One row of `duty_tally`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct DutyGroup {
    pub(super) agency: AgencyId,
    pub(super) rule: DutyRule,
    pub(super) year: i32,
    pub(super) state: DutyState,
    pub(super) due: Option<NaiveDate>,
}

impl Store {
    /// From here on every write is rolled back at its end.
    pub fn set_trial(&mut self) {
        self.trial = true;
    }

    /// From here on writes are kept again.
    pub fn end_trial(&mut self) {
        self.trial = false;
    }

    /// Whether writes are rolled back.
    #[must_use]
    pub const fn is_trial(&self) -> bool {
        self.trial
    }

    /// Runs `work` as one write. An error of any kind rolls everything back.
    pub fn write<T, E>(
        &mut self,
        stamp: &Stamp,
        work: impl FnOnce(&mut Write<'_>) -> std::result::Result<Done<T>, E>,
    ) -> std::result::Result<T, E>
    where
        E: From<StoreError>,
    {
        let trial = self.trial;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let head = trail::head(&tx)?;
        let mut write = Write {
            seq: head.count + 1,
            tx,
            stamp,
            head,
            history: None,
            items: HashMap::new(),
            duties: HashMap::new(),
            unindexed: None,
        };
        match work(&mut write)? {
            Done::Nothing(value) => Ok(value),
            Done::Wrote(value, _) if trial => Ok(value),
            Done::Wrote(value, entry) => {
                write.finish(&entry)?;
                Ok(value)
            }
        }
    }
}

impl Write<'_> {
    /// The day of this write.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.stamp.day
    }

    /// The account that writes.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.stamp.actor
    }

    /// Counts an item into its group (`by` 1) or out of it (`by` −1).
    pub(super) fn count_item(&mut self, group: ItemGroup, by: i64) {
        *self.items.entry(group).or_default() += by;
    }

    /// Counts a duty into its group or out of it.
    pub(super) fn count_duty(&mut self, group: DutyGroup, by: i64) {
        *self.duties.entry(group).or_default() += by;
    }

    /// Puts a history row under the digest of this write's trail entry.
    pub(super) fn cover(&mut self, parts: &[&str]) {
        let hasher = self.history.get_or_insert_default();
        for part in parts {
            hasher.update(part.as_bytes());
            hasher.update([0x1f]);
        }
        hasher.update([0x1e]);
    }

    /// Notes that the words of an item must be indexed anew. Neighbouring items share a row of the queue.
    pub(super) fn queue_for_search(&mut self, item: i64) -> Result<()> {
        match &mut self.unindexed {
            Some((_, last)) if *last == item || *last + 1 == item => *last = item,
            _ => {
                self.flush_queue()?;
                self.unindexed = Some((item, item));
            }
        }
        Ok(())
    }

    fn flush_queue(&mut self) -> Result<()> {
        if let Some((first, last)) = self.unindexed.take() {
            self.tx
                .prepare_cached("INSERT INTO search_queue (first_id, last_id) VALUES (?1, ?2)")?
                .execute(params![first, last])?;
        }
        Ok(())
    }

    fn finish(mut self, entry: &Entry) -> Result<()> {
        self.flush_queue()?;
        self.flush_items()?;
        self.flush_duties()?;
        let digest = self.history.take().map(|hasher| hex(&hasher.finalize())).unwrap_or_default();
        trail::append(&self.tx, &self.head, self.stamp, entry, &digest)?;
        self.tx.commit()?;
        Ok(())
    }

    fn flush_items(&mut self) -> Result<()> {
        let mut add = self.tx.prepare_cached(
            "INSERT INTO item_tally (agency_id, kind, level, stage, in_force, duty_state, next_due, n)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (agency_id, kind, level, stage, in_force, duty_state, next_due) DO UPDATE SET n = n + excluded.n",
        )?;
        for (group, n) in self.items.drain().filter(|(_, n)| *n != 0) {
            add.execute(params![
                group.agency.0,
                group.kind.id(),
                group.level.id(),
                group.stage.id(),
                group.in_force,
                group.duty_state.id(),
                day_or_empty(group.next_due),
                n
            ])?;
        }
        self.tx.prepare_cached("DELETE FROM item_tally WHERE n = 0")?.execute([])?;
        Ok(())
    }

    fn flush_duties(&mut self) -> Result<()> {
        let mut add = self.tx.prepare_cached(
            "INSERT INTO duty_tally (agency_id, rule, year, state, due, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (agency_id, rule, year, state, due) DO UPDATE SET n = n + excluded.n",
        )?;
        for (group, n) in self.duties.drain().filter(|(_, n)| *n != 0) {
            add.execute(params![
                group.agency.0,
                group.rule.id(),
                group.year,
                group.state.id(),
                day_or_empty(group.due),
                n
            ])?;
        }
        self.tx.prepare_cached("DELETE FROM duty_tally WHERE n = 0")?.execute([])?;
        Ok(())
    }
}

/// A day as text, empty for none: groups and keys take no NULL.
pub(super) fn day_or_empty(day: Option<NaiveDate>) -> String {
    day.map(iso).unwrap_or_default()
}
