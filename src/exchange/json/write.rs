//! Writing: envelope, tables, rows, as they come.

use std::io::{self, Write};

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;

use super::{Envelope, Shape, Value};

/// A file that is being written.
#[derive(Debug)]
pub struct Writer<'s, W> {
    out: W,
    table: Option<&'s Shape>,
    first_row: bool,
}

impl<'s, W: Write> Writer<'s, W> {
    /// Begins the file.
    pub fn begin(mut out: W, envelope: &Envelope) -> io::Result<Self> {
        out.write_all(b"{\"envelope\": ")?;
        serde_json::to_writer(&mut out, envelope)?;
        out.write_all(b",\n\"register\": {")?;
        Ok(Self { out, table: None, first_row: true })
    }

    /// Begins a table; the one before is complete.
    pub fn table(&mut self, shape: &'s Shape) -> io::Result<()> {
        let before = if self.table.is_some() { "\n],\n" } else { "\n" };
        self.table = Some(shape);
        self.first_row = true;
        write!(self.out, "{before}\"{}\": [", shape.name)
    }

    /// Writes a row of the table, a value a column.
    pub fn row<'v>(&mut self, values: impl Iterator<Item = Value<'v>>) -> io::Result<()> {
        let columns = self.table.map(|shape| shape.columns.as_slice()).unwrap_or_default();
        let mut before = if self.first_row { "\n{" } else { ",\n{" };
        self.first_row = false;
        for (column, value) in columns.iter().zip(values) {
            write!(self.out, "{before}\"{}\":", column.name)?;
            before = ",";
            match value {
                Value::Null => self.out.write_all(b"null")?,
                Value::Number(number) => write!(self.out, "{number}")?,
                Value::Text(words) => serde_json::to_writer(&mut self.out, words.as_ref())?,
                Value::Bytes(bytes) => write!(self.out, "\"{}\"", Base64Display::new(&bytes, &STANDARD))?,
            }
        }
        self.out.write_all(b"}")
    }

    /// Ends the file. Without this it is not one.
    pub fn end(mut self) -> io::Result<()> {
        let last = if self.table.is_some() { "\n]}}\n" } else { "}}\n" };
        self.out.write_all(last.as_bytes())?;
        self.out.flush()
    }
}
