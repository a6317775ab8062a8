//! The small records: the register itself, settings, plans, rest days, trainings, reports received, mappings, events.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::error::{Result, StoreError};
use super::row::{day, number, owned};
use super::{Store, Write};
use crate::domain::ids::{AgencyId, EventId, SourceId};

/// The register's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterFacts {
    /// Names this register in exports and backups.
    pub uid: String,
    /// Name of the city government.
    pub city: String,
    /// Year of the plan in hand.
    pub plan_year: i32,
    /// First day of the record.
    pub opened_on: NaiveDate,
    /// A made-up or rehearsal register: the day may be set by hand.
    pub rehearsal: bool,
}

/// A training held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// Row id, 0 before it is added.
    pub id: i64,
    /// Who held it.
    pub agency: AgencyId,
    /// When.
    pub on: NaiveDate,
    /// What it was about.
    pub title: String,
    /// How many took part.
    pub people: u32,
    /// Anything else.
    pub note: String,
}

/// A report received from a county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who sent it.
    pub agency: AgencyId,
    /// `progress` or `annual`.
    pub form: &'static str,
    /// About which year.
    pub year: i32,
    /// When it came.
    pub on: NaiveDate,
    /// Anything else.
    pub note: String,
}

/// An event that opens clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Row id.
    pub id: EventId,
    /// `amended`, `repealed`, `circumstances`, `provincial_baseline`.
    pub form: String,
    /// Which source.
    pub source: Option<SourceId>,
    /// Articles concerned, as written; empty for the whole source.
    pub articles: String,
    /// Day of entry into force.
    pub on: NaiveDate,
    /// What changed.
    pub note: String,
}

/// A setting that differs from the built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Which.
    pub key: String,
    /// Its value as written.
    pub value: String,
    /// Why, or by which source.
    pub reason: String,
}

impl Store {
    /// The register's own row; `None` in a file that has not been set up.
    pub fn facts(&self) -> Result<Option<RegisterFacts>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT id, uid, city, plan_year, opened_on, rehearsal FROM register WHERE id = 1")?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(RegisterFacts {
            uid: owned(row, 1)?,
            city: owned(row, 2)?,
            plan_year: number(row, 3)?,
            opened_on: day(row, 4)?,
            rehearsal: number(row, 5)?,
        }))
    }

    /// A setting, where it differs from the built-in one.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self.db.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Every setting that differs from the built-in one, by key.
    pub fn settings(&self) -> Result<Vec<Setting>> {
        settings(&self.db)
    }

    /// Plans by year, as TOML.
    pub fn plans(&self) -> Result<Vec<(i32, String)>> {
        let mut statement = self.db.prepare_cached("SELECT year, toml FROM plan ORDER BY year")?;
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Rest-day tables beside the built-in ones, as TOML.
    pub fn rest_days(&self) -> Result<Vec<(i32, String)>> {
        let mut statement = self.db.prepare_cached("SELECT year, toml FROM rest_days ORDER BY year")?;
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Trainings held, by day.
    pub fn trainings(&self) -> Result<Vec<Training>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT id, agency_id, on_day, title, people, note FROM training ORDER BY on_day, id")?;
        let mut rows = statement.query([])?;
        let mut trainings = Vec::new();
        while let Some(row) = rows.next()? {
            trainings.push(Training {
                id: number(row, 0)?,
                agency: AgencyId(number(row, 1)?),
                on: day(row, 2)?,
                title: owned(row, 3)?,
                people: number(row, 4)?,
                note: owned(row, 5)?,
            });
        }
        Ok(trainings)
    }

    /// A saved mapping of an agency, as TOML.
    pub fn mapping(&self, agency: AgencyId, name: &str) -> Result<Option<String>> {
        let mut statement = self.db.prepare_cached("SELECT toml FROM mapping WHERE agency_id = ?1 AND name = ?2")?;
        Ok(statement.query_row(params![agency.0, name], |row| row.get(0)).optional()?)
    }

    /// The saved mappings of an agency, or of all where none is named: agency, name, TOML.
    pub fn mappings(&self, agency: Option<AgencyId>) -> Result<Vec<(AgencyId, String, String)>> {
        let mut statement = self.db.prepare_cached(
            "SELECT agency_id, name, toml FROM mapping WHERE ?1 IS NULL OR agency_id = ?1 ORDER BY agency_id, name",
        )?;
        let mut rows = statement.query(params![agency.map(|id| id.0)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((AgencyId(number(row, 0)?), owned(row, 1)?, owned(row, 2)?));
        }
        Ok(found)
    }

    /// Events, oldest first.
    pub fn events(&self) -> Result<Vec<Event>> {
        let mut statement =
            self.db.prepare_cached("SELECT id, form, source_id, articles, on_day, note FROM event ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(Event {
                id: EventId(number(row, 0)?),
                form: owned(row, 1)?,
                source: number::<Option<i64>>(row, 2)?.map(SourceId),
                articles: owned(row, 3)?,
                on: day(row, 4)?,
                note: owned(row, 5)?,
            });
        }
        Ok(events)
    }
}

impl Write<'_> {
    /// Writes the register's own row.
    pub fn set_facts(&mut self, facts: &RegisterFacts) -> Result<()> {
        self.tx.execute(
            "INSERT INTO register (id, uid, city, plan_year, opened_on, rehearsal) VALUES (1, ?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET city = excluded.city, plan_year = excluded.plan_year,
             rehearsal = excluded.rehearsal",
            params![facts.uid, facts.city, facts.plan_year, facts.opened_on.to_string(), facts.rehearsal],
        )?;
        Ok(())
    }

    /// Writes a setting with its reason.
    pub fn set_setting(&mut self, key: &str, value: &str, reason: &str) -> Result<()> {
        self.tx.execute(
            "INSERT INTO setting (key, value, reason) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, reason = excluded.reason",
            params![key, value, reason],
        )?;
        Ok(())
    }

    /// Every setting as this write sees it.
    pub fn settings(&self) -> Result<Vec<Setting>> {
        settings(&self.tx)
    }

    /// Takes a setting back to the built-in one.
    pub fn clear_setting(&mut self, key: &str) -> Result<()> {
        self.tx.execute("DELETE FROM setting WHERE key = ?1", [key])?;
        Ok(())
    }

    /// Writes the plan of a year.
    pub fn set_plan(&mut self, year: i32, toml: &str) -> Result<()> {
        self.tx.execute(
            "INSERT INTO plan (year, toml) VALUES (?1, ?2) ON CONFLICT (year) DO UPDATE SET toml = excluded.toml",
            params![year, toml],
        )?;
        Ok(())
    }

    /// Writes the rest days of a year.
    pub fn set_rest_days(&mut self, year: i32, toml: &str) -> Result<()> {
        self.tx.execute(
            "INSERT INTO rest_days (year, toml) VALUES (?1, ?2) ON CONFLICT (year) DO UPDATE SET toml = excluded.toml",
            params![year, toml],
        )?;
        Ok(())
    }

    /// Records a training.
    pub fn add_training(&mut self, training: &Training) -> Result<i64> {
        let id = self.tx.query_row(
            "INSERT INTO training (agency_id, on_day, title, people, note) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            params![training.agency.0, training.on.to_string(), training.title, training.people, training.note],
            |row| row.get(0),
        )?;
        Ok(id)
    }

    /// Records a report received.
    pub fn add_received(&mut self, received: &Received) -> Result<i64> {
        let id = self.tx.query_row(
            "INSERT INTO received (agency_id, form, year, on_day, note) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            params![received.agency.0, received.form, received.year, received.on.to_string(), received.note],
            |row| row.get(0),
        )?;
        Ok(id)
    }

    /// Saves a mapping of an agency.
    pub fn set_mapping(&mut self, agency: AgencyId, name: &str, toml: &str) -> Result<()> {
        self.tx.execute(
            "INSERT INTO mapping (agency_id, name, toml) VALUES (?1, ?2, ?3)
             ON CONFLICT (agency_id, name) DO UPDATE SET toml = excluded.toml",
            params![agency.0, name, toml],
        )?;
        Ok(())
    }

    /// Removes a mapping of an agency.
    pub fn remove_mapping(&mut self, agency: AgencyId, name: &str) -> Result<()> {
        self.tx.execute("DELETE FROM mapping WHERE agency_id = ?1 AND name = ?2", params![agency.0, name])?;
        Ok(())
    }

    /// Registers an event; its `id` is given here.
    pub fn add_event(&mut self, event: &Event) -> Result<EventId> {
        let id = self.tx.query_row(
            "INSERT INTO event (form, source_id, articles, on_day, note) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            params![event.form, event.source.map(|id| id.0), event.articles, event.on.to_string(), event.note],
            |row| row.get(0),
        );
        id.map(EventId).map_err(StoreError::from)
    }
}

pub(super) fn settings(db: &Connection) -> Result<Vec<Setting>> {
    let mut statement = db.prepare_cached("SELECT key, value, reason FROM setting ORDER BY key")?;
    let mut rows = statement.query([])?;
    let mut settings = Vec::new();
    while let Some(row) = rows.next()? {
        settings.push(Setting { key: owned(row, 0)?, value: owned(row, 1)?, reason: owned(row, 2)? });
    }
    Ok(settings)
}
