//! The tree of agencies.

use rusqlite::{Connection, Row, params};

use super::error::{Result, StoreError};
use super::row::{number, owned, term};
use super::{Store, Write};
use crate::domain::agency::Agency;
use crate::domain::ids::AgencyId;
use crate::domain::label::Term;

const COLUMNS: &str = "id, code, name, short, form, level, parent_id, is_government, vertical";

impl Store {
    /// Every node, in the order in which they were entered: parents before children.
    pub fn agencies(&self) -> Result<Vec<Agency>> {
        agencies(&self.db)
    }
}

impl Write<'_> {
    /// Every node as this write sees it: another program may have added some since the register was opened.
    pub fn agencies(&self) -> Result<Vec<Agency>> {
        agencies(&self.tx)
    }

    /// Adds a node; its `id` is given here.
    pub fn add_agency(&mut self, agency: &Agency) -> Result<AgencyId> {
        let done = self
            .tx
            .prepare_cached(
                "INSERT INTO agency (code, name, short, form, level, parent_id, is_government, vertical)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
            )?
            .query_row(
                params![
                    agency.code,
                    agency.name,
                    agency.short,
                    agency.form.id(),
                    agency.level.id(),
                    agency.parent.map(|id| id.0),
                    agency.is_government,
                    agency.vertical
                ],
                |row| row.get(0),
            );
        done.map(AgencyId).map_err(|error| unique(error, "agency", &agency.name))
    }

    /// Writes a node as it is now.
    pub fn change_agency(&mut self, agency: &Agency) -> Result<()> {
        self.tx
            .prepare_cached(
                "UPDATE agency SET code = ?2, name = ?3, short = ?4, form = ?5, level = ?6, parent_id = ?7,
                 is_government = ?8, vertical = ?9 WHERE id = ?1",
            )?
            .execute(params![
                agency.id.0,
                agency.code,
                agency.name,
                agency.short,
                agency.form.id(),
                agency.level.id(),
                agency.parent.map(|id| id.0),
                agency.is_government,
                agency.vertical
            ])
            .map_err(|error| unique(error, "agency", &agency.name))?;
        Ok(())
    }
}

fn agencies(db: &Connection) -> Result<Vec<Agency>> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM agency ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let mut agencies = Vec::new();
    while let Some(row) = rows.next()? {
        agencies.push(read(row)?);
    }
    Ok(agencies)
}

fn read(row: &Row<'_>) -> Result<Agency> {
    Ok(Agency {
        id: AgencyId(number(row, 0)?),
        code: owned(row, 1)?,
        name: owned(row, 2)?,
        short: owned(row, 3)?,
        form: term(row, 4)?,
        level: term(row, 5)?,
        parent: number::<Option<i64>>(row, 6)?.map(AgencyId),
        is_government: number(row, 7)?,
        vertical: number(row, 8)?,
    })
}

/// Turns a broken uniqueness into the record that stands already.
pub(super) fn unique(error: rusqlite::Error, record: &'static str, key: &str) -> StoreError {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) {
        StoreError::Duplicate { record, key: key.to_owned() }
    } else {
        error.into()
    }
}
