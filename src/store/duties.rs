//! Duties: their rows, their dated history, and what they come to for an item.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use super::error::{Result, StoreError};
use super::row::{day_or_none, iso, number, owned, term, text};
use super::write::DutyGroup;
use super::{Store, Write};
use crate::domain::duty::{Closing, DutyRule};
use crate::domain::ids::{AgencyId, DutyId, EventId, ItemId};
use crate::domain::item::DutyState;
use crate::domain::label::Term;

/// A duty to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRecord {
    /// Which rule.
    pub rule: DutyRule,
    /// Year of the plan, or of the event's day.
    pub year: i32,
    /// Whose duty.
    pub agency: AgencyId,
    /// About which item.
    pub item: Option<ItemId>,
    /// Opened by which event.
    pub event: Option<EventId>,
    /// When its clock starts.
    pub starts: Option<NaiveDate>,
    /// Day of the act that drew it; that of the write where not told.
    pub drawn_on: Option<NaiveDate>,
    /// Due day; none for «without delay».
    pub due: Option<NaiveDate>,
    /// Whether work has begun.
    pub begun: bool,
    /// How it ended.
    pub closing: Closing,
}

/// A duty as it stands in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// Row id.
    pub id: DutyId,
    /// What it is.
    pub duty: DutyRecord,
    /// Due day before any extension.
    pub original_due: Option<NaiveDate>,
    /// Reason of the last extension, waiver or closing.
    pub reason: String,
}

/// What of a duty counts for the item's standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyFacts {
    due: Option<NaiveDate>,
    begun: bool,
    closing: Closing,
}

impl DutyRecord {
    pub(super) const fn facts(&self) -> DutyFacts {
        DutyFacts { due: self.due, begun: self.begun, closing: self.closing }
    }

    fn group(&self) -> DutyGroup {
        let facts = self.facts();
        let state = state_of(facts);
        let open = matches!(facts.closing, Closing::Open);
        DutyGroup { agency: self.agency, rule: self.rule, year: self.year, state, due: self.due.filter(|_| open) }
    }
}

fn state_of(facts: DutyFacts) -> DutyState {
    match facts.closing {
        Closing::Open if facts.begun => DutyState::Begun,
        Closing::Open => DutyState::Idle,
        Closing::Waived(_) => DutyState::Waived,
        Closing::Done(on) if facts.due.is_some_and(|due| on > due) => DutyState::DoneLate,
        Closing::Done(_) => DutyState::Done,
    }
}

/// What several duties come to: the state of the worst, and the earliest due day of those that are open.
pub(super) fn summary(duties: impl Iterator<Item = DutyFacts>) -> (DutyState, Option<NaiveDate>) {
    // The worst first: an open duty outweighs every closed one, and of the open ones begun is what people see.
    let weight = |state: DutyState| match state {
        DutyState::Begun => 5,
        DutyState::Idle => 4,
        DutyState::DoneLate => 3,
        DutyState::Done => 2,
        DutyState::Waived => 1,
        DutyState::None => 0,
    };
    duties.fold((DutyState::None, None), |(worst, next_due), facts| {
        let state = state_of(facts);
        let due = facts.due.filter(|_| matches!(facts.closing, Closing::Open));
        let next_due = match (next_due, due) {
            (Some(one), Some(other)) => Some(std::cmp::min::<NaiveDate>(one, other)),
            (one, other) => one.or(other),
        };
        (if weight(state) > weight(worst) { state } else { worst }, next_due)
    })
}

const COLUMNS: &str = "id, rule, year, agency_id, item_id, event_id, starts, original_due, due, begun, closed, closed_on, reason, \
     drawn_on";

impl Store {
    /// One duty.
    pub fn duty(&self, id: DutyId) -> Result<DutyRow> {
        duty(&self.db, id)
    }

    /// The duties about an item, oldest first.
    pub fn duties_of_item(&self, item: ItemId) -> Result<Vec<DutyRow>> {
        duties_of_item(&self.db, item)
    }

    /// The duties of agencies that are about no item: trainings and reports.
    pub fn duties_of_agencies(&self) -> Result<Vec<DutyRow>> {
        duties_of_agencies(&self.db)
    }
}

impl Store {
    /// The years in which open duties fall due, in order.
    pub fn years_of_open_duties(&self) -> Result<Vec<i32>> {
        let mut statement = self.db.prepare_cached(
            "SELECT DISTINCT CAST(substr(due, 1, 4) AS INTEGER) FROM duty_tally WHERE due <> '' ORDER BY 1",
        )?;
        let found = statement.query_map([], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Adds a duty and brings its item in step.
    pub fn add_duty(&mut self, new: &DutyRecord) -> Result<DutyId> {
        let id = self.insert_duty(new)?;
        if let Some(item) = new.item {
            self.refresh_duties(item)?;
        }
        Ok(id)
    }

    /// Changes a duty by an act of the day `on`: extension, waiver, closing, reopening, beginning.
    pub fn change_duty(
        &mut self,
        id: DutyId,
        on: NaiveDate,
        reason: &str,
        change: impl FnOnce(&mut DutyRecord),
    ) -> Result<DutyRow> {
        let old = duty(&self.tx, id)?;
        let mut new = old.clone();
        change(&mut new.duty);
        if !reason.is_empty() {
            reason.clone_into(&mut new.reason);
        }
        if new == old {
            return Ok(new);
        }
        let (closed, closed_on) = closing_columns(new.duty.closing);
        let due = new.duty.due.map(|day| day.to_string());
        self.tx
            .prepare_cached(
                "UPDATE duty SET agency_id = ?2, due = ?3, begun = ?4, closed = ?5, closed_on = ?6, reason = ?7
                 WHERE id = ?1",
            )?
            .execute(params![id.0, new.duty.agency.0, due, new.duty.begun, closed, closed_on, new.reason])?;
        self.add_duty_history(&new, on)?;
        self.count_duty(old.duty.group(), -1);
        self.count_duty(new.duty.group(), 1);
        if let Some(item) = new.duty.item {
            self.refresh_duties(item)?;
        }
        Ok(new)
    }

    /// The open duties of a rule and year that were never extended and are not due on `due`.
    pub fn unextended(&self, rule: DutyRule, year: i32, due: Option<NaiveDate>) -> Result<Vec<DutyId>> {
        let mut statement = self.tx.prepare_cached(
            "SELECT id FROM duty WHERE closed = 'open' AND rule = ?1 AND year = ?2 AND due = original_due AND due <> ?3",
        )?;
        let found = statement
            .query_map(params![rule.id(), year, due.map(|day| day.to_string())], |row| row.get(0).map(DutyId))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The duties about an item as this write sees them.
    pub fn duties_of_item(&self, item: ItemId) -> Result<Vec<DutyRow>> {
        duties_of_item(&self.tx, item)
    }

    /// The duties about no item as this write sees them.
    pub fn duties_of_agencies(&self) -> Result<Vec<DutyRow>> {
        duties_of_agencies(&self.tx)
    }

    pub(super) fn duty_facts(&self, item: ItemId) -> Result<Vec<DutyFacts>> {
        Ok(self.duties_of_item(item)?.iter().map(|row| row.duty.facts()).collect())
    }

    pub(super) fn insert_duty(&mut self, new: &DutyRecord) -> Result<DutyId> {
        let (closed, closed_on) = closing_columns(new.closing);
        let due = new.due.map(iso);
        self.tx
            .prepare_cached(
                "INSERT INTO duty (rule, year, agency_id, item_id, event_id, starts, original_due, due, drawn_on, begun_at_birth,
                 begun, closed, closed_on, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?9, ?10, ?11, '')",
            )?
            .execute(params![
                new.rule.id(),
                new.year,
                new.agency.0,
                new.item.map(|id| id.0),
                new.event.map(|id| id.0),
                new.starts.map(iso),
                due,
                new.drawn_on.unwrap_or(self.stamp.day).to_string(),
                new.begun,
                closed,
                closed_on
            ])?;
        let id = DutyId(self.tx.last_insert_rowid());
        self.count_duty(new.group(), 1);
        if let Closing::Done(on) | Closing::Waived(on) = new.closing {
            let row = DutyRow { id, duty: new.clone(), original_due: new.due, reason: String::new() };
            self.add_duty_history(&row, on)?;
        }
        Ok(id)
    }

    fn add_duty_history(&mut self, row: &DutyRow, on: NaiveDate) -> Result<()> {
        let (closed, closed_on) = closing_columns(row.duty.closing);
        let (id, on) = (row.id.to_string(), on.to_string());
        let due = row.duty.due.map(|day| day.to_string());
        self.cover(&["duty", &id, &on, due.as_deref().unwrap_or_default(), closed, &row.reason]);
        self.tx
            .prepare_cached(
                "INSERT INTO duty_history (duty_id, on_day, seq, due, begun, closed, closed_on, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (duty_id, on_day, seq) DO UPDATE SET due = excluded.due, begun = excluded.begun,
                 closed = excluded.closed, closed_on = excluded.closed_on, reason = excluded.reason",
            )?
            .execute(params![row.id.0, on, self.seq, due, row.duty.begun, closed, closed_on, row.reason])?;
        Ok(())
    }
}

fn closing_columns(closing: Closing) -> (&'static str, Option<String>) {
    match closing {
        Closing::Open => ("open", None),
        Closing::Done(on) => ("done", Some(on.to_string())),
        Closing::Waived(on) => ("waived", Some(on.to_string())),
    }
}

fn duty(db: &Connection, id: DutyId) -> Result<DutyRow> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM duty WHERE id = ?1"))?;
    let mut rows = statement.query([id.0])?;
    let row = rows.next()?.ok_or_else(|| StoreError::NotFound { record: "duty", key: id.to_string() })?;
    read(row)
}

fn duties_of_item(db: &Connection, item: ItemId) -> Result<Vec<DutyRow>> {
    let mut statement =
        db.prepare_cached(&format!("SELECT {COLUMNS} FROM duty WHERE item_id = ?1 ORDER BY year, rule, id"))?;
    collect(statement.query([item.0])?)
}

fn duties_of_agencies(db: &Connection) -> Result<Vec<DutyRow>> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM duty WHERE item_id IS NULL ORDER BY id"))?;
    collect(statement.query([])?)
}

fn collect(mut rows: rusqlite::Rows<'_>) -> Result<Vec<DutyRow>> {
    let mut duties = Vec::new();
    while let Some(row) = rows.next()? {
        duties.push(read(row)?);
    }
    Ok(duties)
}

/// Reads the columns of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<DutyRow> {
    let duty = DutyRecord {
        rule: term(row, 1)?,
        year: number(row, 2)?,
        agency: AgencyId(number(row, 3)?),
        item: number::<Option<i64>>(row, 4)?.map(ItemId),
        event: number::<Option<i64>>(row, 5)?.map(EventId),
        starts: day_or_none(row, 6)?,
        drawn_on: day_or_none(row, 13)?,
        due: day_or_none(row, 8)?,
        begun: number(row, 9)?,
        closing: read_closing(row, 10, 11)?,
    };
    Ok(DutyRow { id: DutyId(number(row, 0)?), duty, original_due: day_or_none(row, 7)?, reason: owned(row, 12)? })
}

/// Reads a closing from its two columns.
pub(super) fn read_closing(row: &Row<'_>, closed: usize, closed_on: usize) -> Result<Closing> {
    let on = day_or_none(row, closed_on)?;
    match (text(row, closed)?, on) {
        ("open", _) => Ok(Closing::Open),
        ("done", Some(on)) => Ok(Closing::Done(on)),
        ("waived", Some(on)) => Ok(Closing::Waived(on)),
        (other, _) => Err(StoreError::Corrupt { record: "duty", id: number(row, 0)?, why: other.to_owned() }),
    }
}
