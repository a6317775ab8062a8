//! The whole register out and in, as JSON.
//!
//! What comes in is the register that went out: ids, history and trail with it. Nothing is appended and nothing is
//! merged, so it only replaces a register in which nobody has done anything yet.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use super::{Clock, Register, Result};
use crate::domain::filter::Filter;
use crate::exchange::json::{self, Anchor, Envelope, JsonError, JsonProblem, Part, Shape, Trouble, Value, Writer};
use crate::i18n::Failure;
use crate::store::{Cell, Column, Form, Head, Loading, Store, StoreError, TABLES};
use crate::words;

/// The description of the file that [`Register::export_json`] writes, as JSON Schema 2020-12.
pub const REGISTER_SCHEMA: &str = include_str!("../../register.schema.json");

/// Verbs that stand in the trail of a register before anybody has done anything.
const BIRTH: &[&str] = &["register.init", "duty.draw"];

/// How many bytes are collected before the system is asked to write or read.
const BUFFER: usize = 1 << 18;

impl Register {
    /// Writes the register in full, or the items that a filter finds with what belongs to them: their citations,
    /// versions, steps, evidence, duties, history and entries of the trail, the sources and batches concerned, and
    /// the tree of agencies, plans and settings to read them by. Returns the head of the trail.
    pub fn export_json(&self, out: &mut dyn Write, filter: Option<&Filter>) -> Result<Head> {
        let filter = filter.filter(|filter| **filter != Filter::Everything);
        let items = filter.map(|filter| self.items_where(filter)).transpose()?;
        let dump = self.store.dump(items.as_deref())?;
        let shapes = shapes();
        let out = BufWriter::with_capacity(BUFFER, out);
        let mut writer = Writer::begin(out, &self.envelope(dump.head(), filter)).map_err(StoreError::from)?;
        for (table, shape) in TABLES.iter().zip(&shapes) {
            writer.table(shape).map_err(StoreError::from)?;
            dump.each_row(table, |cells| writer.row(cells.iter().copied().map(value)).map_err(StoreError::from))?;
        }
        writer.end().map_err(StoreError::from)?;
        Ok(dump.head().clone())
    }

    fn envelope(&self, head: &Head, filter: Option<&Filter>) -> Envelope {
        Envelope {
            format: json::FORMAT,
            exported_at: format!("{}T{}+08:00", self.clock.day, self.clock.time),
            trail: Anchor { count: head.count, head: head.hash.clone() },
            filter: filter.map(ToString::to_string),
            program: concat!("cailiang ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Makes the register at `path` the one that the file `from` holds. There is no register at `path` yet, or one in
    /// which nothing was done since it was made. All or nothing: a file with a flaw leaves everything as it was.
    pub fn import_json(path: &Path, from: &Path, clock: Clock, origin: &'static str) -> Result<Self> {
        let unreadable = |error: std::io::Error| {
            let problem = JsonProblem::Io(crate::i18n::io_trouble(&error));
            named(from, JsonError { problem, line: 0, column: 0 }.into())
        };
        let file = BufReader::with_capacity(BUFFER, File::open(from).map_err(unreadable)?);
        let new = !path.exists();
        let mut store = if new { Store::create(path)? } else { Store::open(path)? };
        match store.load(BIRTH, |loading| fill(loading, file)) {
            Ok(()) => Self::around(store, clock, origin),
            Err(trouble) => {
                if new {
                    store.discard()?;
                }
                Err(match trouble {
                    LoadTrouble::File(failure) => named(from, failure),
                    LoadTrouble::Store(error @ StoreError::Unsound(_)) => named(from, error.into()),
                    LoadTrouble::Store(error) => error.into(),
                })
            }
        }
    }
}

/// Why a file was not taken in.
enum LoadTrouble {
    /// It cannot be read as a copy of a register.
    File(Failure),
    /// The store refused, or the whole is not sound.
    Store(StoreError),
}

impl From<StoreError> for LoadTrouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Hands the rows of a file to the store; returns how the trail must end.
fn fill(loading: &mut Loading<'_>, input: impl Read) -> std::result::Result<Head, LoadTrouble> {
    let take = |part: Part<'_>| match part {
        Part::Table(at) => TABLES.get(at).map_or(Ok(()), |table| loading.table(table)),
        Part::Row(values) => loading.row(&values.iter().map(cell).collect::<Vec<_>>()),
    };
    match json::read(input, &shapes(), take) {
        Ok(Envelope { trail, .. }) => Ok(Head { count: trail.count, hash: trail.head }),
        Err(Trouble::File(error)) => Err(LoadTrouble::File(error.into())),
        Err(Trouble::Taker(error, line)) => {
            Err(LoadTrouble::File(Failure::from(error).at(&words!("第 {line} 行：", "Line {line}: "))))
        }
    }
}

/// The tables as the file holds them, in the order of [`TABLES`].
fn shapes() -> Vec<Shape> {
    let form = |form| if form == Form::Bytes { json::Form::Base64 } else { json::Form::Plain };
    let column = |column: &Column| json::Column { name: column.name, form: form(column.form) };
    TABLES.iter().map(|table| Shape { name: table.name, columns: table.columns.iter().map(column).collect() }).collect()
}

fn value(cell: Cell<'_>) -> Value<'_> {
    match cell {
        Cell::Null => Value::Null,
        Cell::Number(number) => Value::Number(number),
        Cell::Text(words) => Value::Text(Cow::Borrowed(words)),
        Cell::Bytes(bytes) => Value::Bytes(Cow::Borrowed(bytes)),
    }
}

fn cell<'v>(value: &'v Value<'_>) -> Cell<'v> {
    match value {
        Value::Null => Cell::Null,
        Value::Number(number) => Cell::Number(*number),
        Value::Text(words) => Cell::Text(words),
        Value::Bytes(bytes) => Cell::Bytes(bytes),
    }
}

fn named(file: &Path, failure: Failure) -> Failure {
    let file = file.display();
    failure.at(&words!("{file}：", "{file}: "))
}
