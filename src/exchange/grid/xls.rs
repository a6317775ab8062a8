//! Excel 97–2003 workbooks: cells and merges through calamine, hidden rows from the records themselves.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, SheetVisible, Xls};

use super::super::error::{Limit, ReadError};
use super::ole::{Container, u16_at, u32_at};
use super::{MAX_CELLS, Merge, Rows, Sheet, check_merges, date, guarded, io_error, number, truth};

/// What the records of one sheet say that calamine does not tell.
#[derive(Default)]
struct Looks {
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
}

pub(super) fn read(path: &Path) -> Result<Vec<Sheet>, ReadError> {
    let file = std::fs::File::open(path).map_err(|error| io_error(path, &error))?;
    let container = Container::open(file)?;
    let stream = container.stream(if container.has("Workbook") { "Workbook" } else { "Book" })?;
    let mut looks = survey(&stream)?.into_iter();
    drop(stream);
    let bytes = container.into_bytes();
    guarded(|| {
        let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let listed = book.sheets_metadata().to_vec();
        let mut sheets = Vec::with_capacity(listed.len());
        let mut taken = 0;
        for entry in listed {
            let looks = looks.next().unwrap_or_default();
            let mut rows = Rows::new(taken);
            let Ok(range) = book.worksheet_range(&entry.name) else { continue };
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let place = (top + u32::try_from(row).unwrap_or(0), left + u32::try_from(column).unwrap_or(0));
                rows.put(place.0, place.1, words(value))?;
            }
            taken = rows.taken;
            let merges = book.merge_cells_by_sheet_name(&entry.name).map_err(|error| damaged(&error))?;
            let merges: Vec<Merge> = merges
                .into_iter()
                .map(|m| Merge { top: m.start.0, bottom: m.end.0, left: m.start.1, right: m.end.1 })
                .collect();
            check_merges(&merges)?;
            let mut sheet = Sheet::new(entry.name, rows.rows, merges);
            sheet.hidden = entry.visible != SheetVisible::Visible;
            sheet.hidden_rows = looks.hidden_rows;
            sheet.hidden_columns = looks.hidden_columns;
            sheets.push(sheet);
        }
        Ok(sheets)
    })
}

fn words(value: &Data) -> String {
    match value {
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number(*value),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => truth(*value),
        Data::DateTime(value) => date(value),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// Walks the records once: refuses what is locked, out of bounds or immense before calamine reserves room for it,
/// and gathers the hidden rows and columns of each sheet in the order of the workbook.
fn survey(stream: &[u8]) -> Result<Vec<Looks>, ReadError> {
    let mut starts = Vec::new();
    for (kind, data) in Records::at(stream, 0) {
        match kind {
            0x002F if u16_at(data, 0) != Some(0) => return Err(ReadError::Encrypted),
            0x002F => return Err(ReadError::Encrypted),
            0x0085 => starts.push(u32_at(data, 0).unwrap_or(u32::MAX) as usize),
            0x000A => break,
            _ => {}
        }
    }
    starts.into_iter().map(|start| survey_sheet(stream, start)).collect()
}

fn survey_sheet(stream: &[u8], start: usize) -> Result<Looks, ReadError> {
    if start >= stream.len() {
        return Err(ReadError::Damaged { detail: "sheet outside the workbook".to_owned() });
    }
    let mut looks = Looks::default();
    let mut depth = 0_u32;
    let (mut rows, mut columns) = (0_u64, 0_u64);
    for (kind, data) in Records::at(stream, start) {
        match kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth > 1 => {}
            0x0208 => {
                let hidden = u32_at(data, 12).is_some_and(|flags| flags & 0x20 != 0);
                looks.hidden_rows.extend(u16_at(data, 0).filter(|_| hidden).map(u32::from));
            }
            0x007D if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                let (first, last) = (u16_at(data, 0).unwrap_or(1), u16_at(data, 2).unwrap_or(0).min(256));
                looks.hidden_columns.extend((first..=last).map(u32::from));
            }
            0x0200 => check_dimensions(data)?,
            0x0203..=0x0205 | 0x027E | 0x00FD | 0x00D6 | 0x00BD | 0x0006 => {
                rows = rows.max(u16_at(data, 0).map_or(0, |row| u64::from(row) + 1));
                columns = columns.max(u16_at(data, 2).map_or(0, |column| u64::from(column) + 1));
            }
            _ => {}
        }
    }
    if rows * columns > MAX_CELLS {
        return Err(ReadError::TooLarge(Limit::Cells(MAX_CELLS)));
    }
    looks.hidden_rows.sort_unstable();
    Ok(looks)
}

fn check_dimensions(data: &[u8]) -> Result<(), ReadError> {
    if data.len() != 14 {
        return Ok(());
    }
    let rows = u64::from(u32_at(data, 4).unwrap_or(0).saturating_sub(u32_at(data, 0).unwrap_or(0)));
    let columns = u64::from(u16_at(data, 10).unwrap_or(0).saturating_sub(u16_at(data, 8).unwrap_or(0)));
    if rows * columns > MAX_CELLS.saturating_mul(8) {
        return Err(ReadError::TooLarge(Limit::Cells(MAX_CELLS)));
    }
    Ok(())
}

/// The records from a place to the end of the stream.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn at(stream: &'a [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default() }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = self.rest.get(4 + length..)?;
        Some((kind, data))
    }
}

fn damaged(error: &calamine::XlsError) -> ReadError {
    match error {
        calamine::XlsError::Password => ReadError::Encrypted,
        other => ReadError::Damaged { detail: other.to_string() },
    }
}
