//! Sheets of cells, as a person sees them: text, merges, hidden rows.
//!
//! What a file is, is told by its content; its name is only asked where contents are alike. No cell is guessed:
//! a whole number is written without «.0», a date in ISO, everything else as it stands.

mod detect;
mod ole;
mod text;
mod xls;
mod xlsx;

pub use detect::{Form, detect};
pub use text::{Encoding, TextTable};

use std::collections::HashMap;
use std::path::Path;

use super::error::{Limit, ReadError};

/// Cells of one workbook above which it is refused: some 160,000 rows of 60 columns.
pub const MAX_CELLS: u64 = 10_000_000;
/// Bytes of an unpacked workbook above which it is refused.
pub const MAX_UNPACKED: u64 = 1 << 30;

/// One sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// True where the sheet itself is hidden.
    pub hidden: bool,
    /// The cells by row and column, both from 0; a row ends with its last filled cell.
    pub rows: Vec<Vec<String>>,
    /// Merged regions of more than one cell.
    pub merges: Vec<Merge>,
    /// Hidden rows, from 0, ascending.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, from 0, ascending.
    pub hidden_columns: Vec<u32>,
    by_column: HashMap<u32, Vec<usize>>,
}

/// A merged region; rows and columns from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row: that of the anchor.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column: that of the anchor.
    pub left: u32,
    /// Last column.
    pub right: u32,
}

/// What stands at a place of the grid, seen through merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<'a> {
    /// The words; under a merge those of its anchor, except in columns to the right of the anchor's.
    pub text: &'a str,
    /// The region, of one cell where nothing is merged.
    pub region: Merge,
}

impl Merge {
    /// A single cell.
    #[must_use]
    pub const fn cell(row: u32, column: u32) -> Self {
        Self { top: row, bottom: row, left: column, right: column }
    }

    /// True for a region of more than one cell.
    #[must_use]
    pub const fn is_merged(&self) -> bool {
        self.top != self.bottom || self.left != self.right
    }

    /// How many columns it covers.
    pub(crate) const fn columns(&self) -> u32 {
        (self.right - self.left).saturating_add(1)
    }

    const fn is_sound(&self) -> bool {
        self.top <= self.bottom && self.left <= self.right && self.is_merged()
    }
}

impl Sheet {
    /// A sheet of these cells; unsound regions and those outside the cells are left out.
    #[must_use]
    pub fn of(name: &str, rows: Vec<Vec<String>>, merges: Vec<Merge>) -> Self {
        Self::new(name.to_owned(), rows, merges)
    }

    fn new(name: String, rows: Vec<Vec<String>>, merges: Vec<Merge>) -> Self {
        let mut sheet = Self { name, rows, ..Self::default() };
        sheet.trim();
        let width = sheet.width();
        let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        sheet.merges = merges.into_iter().filter(|m| m.is_sound() && m.top < height && m.left < width).collect();
        for (index, merge) in sheet.merges.iter().enumerate() {
            for column in merge.left..=merge.right.min(width) {
                sheet.by_column.entry(column).or_default().push(index);
            }
        }
        for list in sheet.by_column.values_mut() {
            list.sort_by_key(|&index| sheet.merges.get(index).map_or(0, |merge| merge.top));
        }
        sheet
    }

    /// True where no cell shows anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.rows.iter().flatten().all(|cell| is_blank(cell))
    }

    /// How many columns the widest row has.
    #[must_use]
    pub fn width(&self) -> u32 {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        u32::try_from(widest).unwrap_or(u32::MAX)
    }

    /// The cell's own words, blank where it has none.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> &str {
        self.rows.get(row as usize).and_then(|cells| cells.get(column as usize)).map_or("", String::as_str)
    }

    /// What a person sees at a place.
    #[must_use]
    pub fn spot(&self, row: u32, column: u32) -> Spot<'_> {
        let Some(region) = self.region(row, column) else {
            return Spot { text: self.cell(row, column), region: Merge::cell(row, column) };
        };
        let text = if column == region.left { self.cell(region.top, region.left) } else { "" };
        Spot { text, region }
    }

    /// Cells with words of their own under a merge, other than its anchor: not part of the table.
    pub fn stale(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        let cells =
            (0_u32..).zip(&self.rows).flat_map(|(row, cells)| (0_u32..).zip(cells).map(move |cell| (row, cell)));
        cells.filter_map(|(row, (column, words))| {
            let region = self.region(row, column).filter(|_| !is_blank(words))?;
            let anchor = row == region.top && column == region.left;
            (!anchor).then_some((row, column, words.as_str()))
        })
    }

    fn region(&self, row: u32, column: u32) -> Option<Merge> {
        let list = self.by_column.get(&column)?;
        let after = list.partition_point(|&index| self.merges.get(index).is_some_and(|merge| merge.top <= row));
        // Regions do not overlap in sound files; in others the nearest one that holds the row counts.
        list.get(..after)?.iter().rev().take(8).find_map(|&index| {
            let merge = self.merges.get(index)?;
            (merge.bottom >= row).then_some(*merge)
        })
    }

    fn trim(&mut self) {
        for row in &mut self.rows {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
        while self.rows.last().is_some_and(Vec::is_empty) {
            self.rows.pop();
        }
    }
}

/// Reads a whole workbook; [`Form::Text`] is read by [`TextTable`] instead.
pub fn read_workbook(path: &Path, form: Form) -> Result<Vec<Sheet>, ReadError> {
    match form {
        Form::Xlsx => xlsx::read(path),
        Form::Xls => xls::read(path),
        Form::Text => Ok(Vec::new()),
    }
}

/// True for a cell that shows nothing.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Signs of no width that copying leaves behind.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}')
}

pub(super) fn io_error(path: &Path, error: &std::io::Error) -> ReadError {
    ReadError::Io { file: path.display().to_string(), reason: crate::i18n::io_trouble(error) }
}

/// Runs a foreign reader that may panic on broken files, so that such a file is told and nothing falls.
fn guarded<T>(work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(ReadError::Damaged { detail: "unexpected structure".to_owned() }))
}

/// Refuses merged regions that together cover more than a table can hold.
fn check_merges(merges: &[Merge]) -> Result<(), ReadError> {
    let sound = merges.iter().filter(|merge| merge.is_sound());
    let covered: u64 = sound.map(|merge| u64::from(merge.columns().min(16_384))).sum();
    if covered > MAX_CELLS { Err(ReadError::TooLarge(Limit::Cells(MAX_CELLS))) } else { Ok(()) }
}

/// Puts a cell where it belongs, and counts what the rows take.
struct Rows {
    rows: Vec<Vec<String>>,
    taken: u64,
}

impl Rows {
    const fn new(taken: u64) -> Self {
        Self { rows: Vec::new(), taken }
    }

    fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        let (row, column) = (row as usize, column as usize);
        if self.rows.len() <= row {
            self.take(row + 1 - self.rows.len())?;
            self.rows.resize_with(row + 1, Vec::new);
        }
        let Some(have) = self.rows.get(row).map(Vec::len) else { return Ok(()) };
        if have <= column {
            self.take(column + 1 - have)?;
        }
        if let Some(cells) = self.rows.get_mut(row) {
            if have <= column {
                cells.resize_with(column + 1, String::new);
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
        Ok(())
    }

    fn take(&mut self, more: usize) -> Result<(), ReadError> {
        self.taken = self.taken.saturating_add(more as u64);
        if self.taken > MAX_CELLS { Err(ReadError::TooLarge(Limit::Cells(MAX_CELLS))) } else { Ok(()) }
    }
}

/// A number as a person would write it.
fn number(value: f64) -> String {
    // Adding zero turns a negative zero into zero.
    let value = value + 0.0;
    // Fifteen significant digits are what a spreadsheet shows: 0.1 + 0.2 stands there as 0.3.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// A serial date as ISO; with a time where there is one.
fn date(value: &calamine::ExcelDateTime) -> String {
    if !value.is_datetime() {
        return number(value.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (value.as_f64() < 1.0, time == "00:00:00") {
        (true, _) => time,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

fn truth(value: bool) -> String {
    if value { "是" } else { "否" }.to_owned()
}
