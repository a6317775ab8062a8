//! A workbook: typed cells, frozen heading, widths, filters, a sheet that counts items by stage with a chart.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::{OutRow, cell, positions};
use crate::domain::kind::Kind;
use crate::domain::label::{Lang, Term, Text};
use crate::domain::stage::Stage;
use crate::exchange::columns::{CHART, Column, Value, columns};
use crate::exchange::own::GOES_ON;

/// Rows of a sheet below its heading.
const MAX_ROWS: u32 = 1_048_575;
/// UTF-16 units that a cell can hold.
const MAX_CELL: usize = 32_767;
const SHEET: Text = Text::new("事项", "Items");
const CHART_SHEET: Text = Text::new("按阶段统计", "By stage");

/// A workbook being written. Rows go to a file of the system's temporary folder until it is finished.
pub struct XlsxTable {
    book: Workbook,
    columns: Vec<Column>,
    lang: Lang,
    items: u64,
    stages: BTreeMap<Stage, u32>,
    sheets: usize,
    /// Rows filled on the sheet at hand, heading included.
    row: u32,
    most: u32,
    date: Format,
    heading: Format,
}

impl XlsxTable {
    /// Begins a workbook with the fields of these kinds, of all where none is given.
    pub fn begin(kinds: &[Kind], lang: Lang) -> Result<Self, XlsxError> {
        Self::with_rows(kinds, lang, MAX_ROWS)
    }

    /// As [`Self::begin`], with other room on a sheet.
    pub(crate) fn with_rows(kinds: &[Kind], lang: Lang, most: u32) -> Result<Self, XlsxError> {
        let mut table = Self {
            book: Workbook::new(),
            columns: columns(kinds),
            lang,
            items: 0,
            stages: BTreeMap::new(),
            sheets: 0,
            row: 0,
            most,
            date: Format::new().set_num_format("yyyy-mm-dd"),
            heading: Format::new().set_bold().set_align(FormatAlign::VerticalCenter).set_text_wrap(),
        };
        table.turn()?;
        Ok(table)
    }

    /// Writes one item; all its rows stand on one sheet where a sheet can hold them.
    pub fn push(&mut self, row: &OutRow<'_>) -> Result<(), XlsxError> {
        self.items += 1;
        if let Some(stage) = row.facts.stage {
            *self.stages.entry(stage).or_default() += 1;
        }
        let rows = positions(self.items, row.entry);
        if self.row > 1 && self.row as usize + rows.len() > self.most as usize + 1 {
            self.turn()?;
        }
        for (index, at) in rows.iter().enumerate() {
            let values = self.columns.iter().map(|column| cell(*column, row, at, index == 0, self.lang));
            let values: Vec<Value<'_>> = values.collect();
            self.write(&values)?;
        }
        Ok(())
    }

    /// Ends the workbook and writes it.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        self.close()?;
        self.chart()?;
        self.book.save_to_writer(out)
    }

    /// Writes a row; what a cell cannot hold goes on in rows below.
    fn write(&mut self, values: &[Value<'_>]) -> Result<(), XlsxError> {
        let mut rest: Vec<(u16, String)> = Vec::new();
        let row = self.next_row()?;
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        for (column, value) in (0_u16..).zip(values) {
            let literal;
            let text: &str = match value {
                Value::Blank => continue,
                Value::Number(number) => {
                    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
                    sheet.write_number(row, column, *number as f64)?;
                    continue;
                }
                Value::Date(date) => {
                    match excel_date(*date) {
                        Some(serial) => sheet.write_date_with_format(row, column, &serial, &self.date)?,
                        None => sheet.write_string(row, column, date.to_string())?,
                    };
                    continue;
                }
                Value::Text(text) if !text.starts_with('\'') => text,
                Value::Text(text) | Value::Literal(text) => {
                    literal = format!("'{text}");
                    &literal
                }
            };
            let (head, tail) = cut(text);
            sheet.write_string(row, column, head)?;
            if !tail.is_empty() {
                rest.push((column, tail.to_owned()));
            }
        }
        while !rest.is_empty() {
            rest = self.go_on(rest)?;
        }
        Ok(())
    }

    fn go_on(&mut self, rest: Vec<(u16, String)>) -> Result<Vec<(u16, String)>, XlsxError> {
        let row = self.next_row()?;
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        sheet.write_string(row, 0, GOES_ON)?;
        let mut more = Vec::new();
        for (column, text) in rest {
            let (head, tail) = cut(&text);
            sheet.write_string(row, column, head)?;
            if !tail.is_empty() {
                more.push((column, tail.to_owned()));
            }
        }
        Ok(more)
    }

    fn next_row(&mut self) -> Result<u32, XlsxError> {
        if self.row > self.most {
            self.turn()?;
        }
        self.row += 1;
        Ok(self.row - 1)
    }

    /// Begins another sheet.
    fn turn(&mut self) -> Result<(), XlsxError> {
        self.close()?;
        self.sheets += 1;
        let name = SHEET.say(self.lang);
        let name = if self.sheets == 1 { name.to_owned() } else { format!("{name} {}", self.sheets) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 3)?;
        for (at, column) in (0_u16..).zip(&self.columns) {
            sheet.set_column_width(at, f64::from(column.width()))?;
            sheet.write_string_with_format(0, at, column.heading().say(self.lang), &self.heading)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Puts the filter over what the sheet holds.
    fn close(&mut self) -> Result<(), XlsxError> {
        if self.sheets > 0 {
            let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
            let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
            sheet.autofilter(0, 0, self.row.saturating_sub(1).max(1), last)?;
        }
        Ok(())
    }

    fn chart(&mut self) -> Result<(), XlsxError> {
        let lang = self.lang;
        let name = CHART_SHEET.say(lang);
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_column_width(0, 16)?;
        for (column, text) in (0_u16..).zip(CHART) {
            sheet.write_string_with_format(0, column, text.say(lang), &self.heading)?;
        }
        let mut row = 0;
        for stage in Stage::ALL {
            row += 1;
            sheet.write_string(row, 0, stage.label().say(lang))?;
            sheet.write_number(row, 1, f64::from(self.stages.get(stage).copied().unwrap_or(0)))?;
        }
        let mut chart = Chart::new(ChartType::Bar);
        chart.add_series().set_categories((name, 1, 0, row, 0)).set_values((name, 1, 1, row, 1));
        chart.title().set_name(name);
        chart.legend().set_hidden();
        // The first stage stands on top, as in the table.
        chart.y_axis().set_reverse();
        sheet.insert_chart(0, 3, &chart)?;
        Ok(())
    }
}

/// The day as a workbook counts days; it knows none before 1900.
fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}

/// As much of a text as a cell holds, and the rest.
fn cut(text: &str) -> (&str, &str) {
    if text.len() <= MAX_CELL {
        return (text, "");
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_CELL
    });
    end.and_then(|(at, _)| text.split_at_checked(at)).unwrap_or((text, ""))
}
