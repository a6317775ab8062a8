//! CSV that Excel opens: UTF-8 with BOM, CRLF, and no cell that a spreadsheet takes for a formula.

use std::io::{self, Write};

use super::{OutRow, cell, positions};
use crate::domain::kind::Kind;
use crate::domain::label::Lang;
use crate::exchange::columns::{Column, Value, columns};

/// A CSV file being written.
pub struct CsvTable<W: Write> {
    writer: csv::Writer<W>,
    columns: Vec<Column>,
    lang: Lang,
    items: u64,
}

impl<W: Write> CsvTable<W> {
    /// Begins a table with the fields of these kinds, of all where none is given.
    pub fn begin(mut out: W, kinds: &[Kind], lang: Lang) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let columns = columns(kinds);
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(256 << 10).from_writer(out);
        writer.write_record(columns.iter().map(|column| column.heading().say(lang)))?;
        Ok(Self { writer, columns, lang, items: 0 })
    }

    /// Writes one item.
    pub fn push(&mut self, row: &OutRow<'_>) -> io::Result<()> {
        self.items += 1;
        for (index, at) in positions(self.items, row.entry).iter().enumerate() {
            for column in &self.columns {
                let value = cell(*column, row, at, index == 0, self.lang);
                match value {
                    Value::Blank => self.writer.write_field("")?,
                    Value::Text(text) if is_charged(&text) => self.writer.write_field(format!("'{text}"))?,
                    Value::Text(text) => self.writer.write_field(text.as_bytes())?,
                    Value::Literal(text) => self.writer.write_field(format!("'{text}"))?,
                    Value::Number(number) => self.writer.write_field(number.to_string())?,
                    Value::Date(date) => self.writer.write_field(date.to_string())?,
                }
            }
            self.writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    /// Ends the table and hands back where it was written.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

/// True for words that a spreadsheet would calculate, or that an apostrophe opens.
fn is_charged(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\''])
}
