//! The register as plain rows, out and in: every table verbatim, in a fixed order, nothing held in memory.
//!
//! Loading replaces the whole content in one transaction and appends nothing: ids, history and trail come back as
//! they were. What is derived is made anew, and what was loaded is examined like a register that is opened after an
//! accident; one flaw, and the file is as it was before. Nothing here knows a file format.

mod tables;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Row, ToSql, Transaction, TransactionBehavior, params_from_iter};

use super::Store;
use super::care::{self, Flaw};
use super::derived;
use super::error::{Result, StoreError};
use super::trail::{self, Head};
use crate::domain::ids::ItemId;

use tables::PICKED;
pub use tables::{Column, Form, LEFT_OUT, TABLES, Table};

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Number(i64),
    /// Words.
    Text(&'a str),
    /// A file.
    Bytes(&'a [u8]),
}

/// The register as it stands at one moment, whoever writes meanwhile.
pub struct Dump<'s> {
    tx: Transaction<'s>,
    head: Head,
    part: bool,
}

impl Dump<'_> {
    /// Head of the trail at that moment.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Hands over the rows of a table in the order of its key, a cell a column.
    pub fn each_row<E: From<StoreError>>(
        &self,
        table: &Table,
        take: impl FnMut(&[Cell<'_>]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        each_row(&self.tx, table, if self.part { table.part } else { "1 = 1" }, take)
    }
}

impl Store {
    /// Holds the register as it stands now: all of it, or what belongs to some items.
    pub fn dump(&self, part: Option<&[ItemId]>) -> Result<Dump<'_>> {
        // Never committed: what is picked goes away with it.
        let tx = self.db.unchecked_transaction()?;
        let head = trail::head(&tx)?;
        if let Some(items) = part {
            pick(&tx, items)?;
        }
        Ok(Dump { tx, head, part: part.is_some() })
    }

    /// Replaces the whole content by the rows that `fill` hands in, and the trail with them: nothing is appended. `fill`
    /// returns the head that the trail must have. A register whose trail tells of other verbs than `birth`, those of its
    /// making, is not replaced.
    pub fn load<E: From<StoreError>>(
        &mut self,
        birth: &[&str],
        fill: impl FnOnce(&mut Loading<'_>) -> std::result::Result<Head, E>,
    ) -> std::result::Result<(), E> {
        // The rows may come in any order; the references are examined at the end. The switch acts outside of a
        // transaction only.
        self.db.pragma_update(None, "foreign_keys", false).map_err(StoreError::from)?;
        let done = self.load_unbound(birth, fill);
        self.db.pragma_update(None, "foreign_keys", true).map_err(StoreError::from)?;
        done
    }

    fn load_unbound<E: From<StoreError>>(
        &mut self,
        birth: &[&str],
        fill: impl FnOnce(&mut Loading<'_>) -> std::result::Result<Head, E>,
    ) -> std::result::Result<(), E> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        if !trail::only_verbs(&tx, birth)? {
            return Err(StoreError::InUse(self.path.clone()).into());
        }
        for table in TABLES {
            tx.execute(&format!("DELETE FROM {}", table.name), []).map_err(StoreError::from)?;
        }
        let told = fill(&mut Loading { tx: &tx, insert: None, row: 0 })?;
        derived::rebuild(&tx)?;
        match care::first_flaw(&tx, &told)? {
            Some(flaw) => Err(StoreError::Unsound(flaw).into()),
            None => Ok(tx.commit().map_err(StoreError::from)?),
        }
    }
}

/// Rows on their way in.
pub struct Loading<'t> {
    tx: &'t Transaction<'t>,
    insert: Option<(&'static Table, CachedStatement<'t>)>,
    row: u64,
}

impl Loading<'_> {
    /// The rows of this table follow.
    pub fn table(&mut self, table: &'static Table) -> Result<()> {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let places: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
        self.insert = Some((table, self.tx.prepare_cached(&sql)?));
        self.row = 0;
        Ok(())
    }

    /// One row, a cell a column; the first row of a table is row 1 in what is told of flaws.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        let Some((table, insert)) = &mut self.insert else { return Ok(()) };
        self.row += 1;
        let (table, row) = (*table, self.row);
        if let Some((column, _)) = table.columns.iter().zip(cells).find(|(column, cell)| !fits(column.form, **cell)) {
            return Err(StoreError::Unsound(Flaw::Value { table: table.name, row, column: column.name }));
        }
        match insert.execute(params_from_iter(cells)) {
            Ok(_) => Ok(()),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                Err(StoreError::Unsound(Flaw::Row { table: table.name, row, why: error.to_string() }))
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(words) => ValueRef::Text(words.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

const fn fits(form: Form, cell: Cell<'_>) -> bool {
    matches!(
        (form, cell),
        (Form::Number | Form::NumberOrNull, Cell::Number(_))
            | (Form::Text | Form::TextOrNull, Cell::Text(_))
            | (Form::NumberOrNull | Form::TextOrNull, Cell::Null)
            | (Form::Bytes, Cell::Bytes(_))
    )
}

/// Notes the items that a part is made of.
fn pick(tx: &Transaction<'_>, items: &[ItemId]) -> Result<()> {
    tx.execute_batch(PICKED)?;
    let mut add = tx.prepare("INSERT OR IGNORE INTO temp.picked (id) VALUES (?1)")?;
    for item in items {
        add.execute([item.0])?;
    }
    Ok(())
}

/// Hands over the rows of a table under a condition; a value that is not of its column's form ends it.
pub(super) fn each_row<E: From<StoreError>>(
    db: &Connection,
    table: &Table,
    condition: &str,
    mut take: impl FnMut(&[Cell<'_>]) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {} WHERE {condition} ORDER BY {}", names.join(", "), table.name, table.key);
    let mut statement = db.prepare(&sql).map_err(StoreError::from)?;
    let mut rows = statement.query([]).map_err(StoreError::from)?;
    let mut row_no = 0;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        row_no += 1;
        let mut cells = Vec::with_capacity(names.len());
        for (at, column) in table.columns.iter().enumerate() {
            let why = |why: String| format!("{}: {why}", column.name);
            let corrupt = |error| StoreError::Corrupt { record: table.name, id: row_no, why: why(error) };
            cells.push(cell(row, at, column.form).map_err(corrupt)?);
        }
        take(&cells)?;
    }
    Ok(())
}

/// One column, with the reason where it does not hold what it must.
fn cell<'r>(row: &'r Row<'_>, at: usize, form: Form) -> std::result::Result<Cell<'r>, String> {
    let value = row.get_ref(at).map_err(|error| error.to_string())?;
    let cell = match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Number(number),
        ValueRef::Text(bytes) => Cell::Text(std::str::from_utf8(bytes).map_err(|error| error.to_string())?),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
        ValueRef::Real(number) => return Err(number.to_string()),
    };
    if fits(form, cell) { Ok(cell) } else { Err(format!("{:?}", value.data_type())) }
}
