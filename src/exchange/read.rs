//! Reading a file from its first byte to its last entry.

use std::path::Path;
use std::sync::Arc;

use csv::StringRecord;

use super::columns::is_chart;
use super::error::ReadError;
use super::forms::{FormReader, Forms};
use super::grid::{self, Form, Sheet, TextTable, is_blank};
use super::group::{RowView, Seen, Walker, notice};
use super::heading::{Heading, Mapping, nearest};
use super::own::{OwnHeading, OwnReader};
use super::piece::{Fate, Looks, Matter, Options, Outcome, SheetLook, SheetSummary, Sink};
use crate::domain::kind::Kind;

/// Rows of a text among which its heading is looked for.
const HEAD: usize = 60;

/// Reads a file and hands every entry, notice and rejection to `sink`, in the order of its rows.
///
/// A text is never in memory as a whole; a workbook is.
///
/// # Errors
///
/// A [`ReadError`] where the file as a whole cannot be read, or what `sink` answers.
pub fn read<E: From<ReadError>>(path: &Path, options: &Options, sink: Sink<'_, E>) -> Result<Outcome, E> {
    match grid::detect(path)? {
        Form::Text => read_text(path, options, sink),
        form => read_sheets(&grid::read_workbook(path, form)?, options, sink),
    }
}

/// Reads the cells of a text table, or of the first sheet of a workbook, as they stand; blank rows too.
pub fn read_cells(path: &Path) -> Result<Vec<Vec<String>>, ReadError> {
    match grid::detect(path)? {
        Form::Text => {
            let (mut table, mut record, mut rows) = (TextTable::open(path)?, StringRecord::new(), Vec::new());
            while table.next(&mut record)? {
                rows.push(record.iter().map(str::to_owned).collect());
            }
            Ok(rows)
        }
        form => {
            let sheets = grid::read_workbook(path, form)?;
            Ok(sheets.into_iter().find(|sheet| !sheet.rows.is_empty()).map(|sheet| sheet.rows).unwrap_or_default())
        }
    }
}

pub(super) fn read_sheets<E: From<ReadError>>(
    sheets: &[Sheet],
    options: &Options,
    sink: Sink<'_, E>,
) -> Result<Outcome, E> {
    if sheets.iter().any(|sheet| OwnHeading::of(sheet).is_some()) {
        return read_own_sheets(sheets, options, sink);
    }
    let filled: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.is_blank()).collect();
    let (mapping, used) = chosen(&filled, options, sink)?;
    let mut outcome = Outcome { used, mapping: mapping.cloned(), ..Outcome::default() };
    // What names headings holds for the sheets that have them; where none has, that is an error.
    let fits = mapping.is_some_and(|mapping| fits(&filled, mapping));
    let mut seen = Seen::default();
    let mut strange = Vec::new();
    for sheet in filled {
        let name: Arc<str> = Arc::from(sheet.name.as_str());
        let Some(mapping) = mapping.map_or(Some(None), |mapping| mapping.on(&sheet.name).map(Some)) else {
            sink(notice(&name, 1, Matter::LeftOut { rows: filled_rows(sheet) }))?;
            outcome.looks.extend(look(sheet, Fate::LeftOut, None, options));
            continue;
        };
        let mapping = mapping.as_deref();
        let mapping = mapping.filter(|mapping| !fits || !mapping.names_headings() || Heading::fits(sheet, mapping));
        if let Some(forms) = Forms::find(sheet, mapping)? {
            tell_looks(sheet, &name, sink)?;
            outcome.looks.extend(look(sheet, Fate::Fixed, None, options));
            let mut reader = FormReader::new(forms, name, &mut seen, &mut *sink);
            let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
            (0..height).try_for_each(|row| reader.row(RowView::Sheet(sheet, row)))?;
            outcome.sheets.push(reader.end()?);
            continue;
        }
        let Some(heading) = Heading::find(sheet, 0, mapping, options.kind)? else {
            outcome.looks.extend(look(sheet, Fate::NoHeading, None, options));
            strange.push(sheet);
            continue;
        };
        tell_looks(sheet, &name, sink)?;
        outcome.looks.extend(look(sheet, Fate::Read, Some(heading.top), options));
        read_tables(sheet, &name, heading, (options.kind, mapping), &mut seen, &mut outcome.sheets, sink)?;
    }
    if outcome.sheets.is_empty() && (options.looks == Looks::Unwanted || outcome.looks.is_empty()) {
        let seen =
            strange.iter().filter_map(|sheet| nearest(sheet).map(|(row, words)| (sheet.name.clone(), row, words)));
        let seen: Vec<_> = seen.collect();
        return Err(E::from(if seen.is_empty() { ReadError::Empty } else { ReadError::NoHeading { seen } }));
    }
    for sheet in strange {
        sink(notice(&Arc::from(sheet.name.as_str()), 1, Matter::NoHeading { rows: filled_rows(sheet) }))?;
    }
    Ok(outcome)
}

/// Whether a mapping names the headings of a sheet.
fn fits(sheets: &[&Sheet], mapping: &Mapping) -> bool {
    let fits = |sheet: &Sheet, mapping: &Mapping| mapping.names_headings() && Heading::fits(sheet, mapping);
    sheets.iter().any(|sheet| mapping.on(&sheet.name).is_some_and(|mapping| fits(sheet, &mapping)))
}

/// The mapping to read by: the one given by hand, else the first saved one that fits. The latter is told.
fn chosen<'o, E>(
    sheets: &[&Sheet],
    options: &'o Options,
    sink: Sink<'_, E>,
) -> Result<(Option<&'o Mapping>, Option<String>), E> {
    if options.mapping.is_some() {
        return Ok((options.mapping.as_ref(), None));
    }
    let found = options.saved.iter().find(|(_, mapping)| fits(sheets, mapping));
    let Some((name, mapping)) = found else { return Ok((None, None)) };
    sink(notice(&Arc::from(""), 0, Matter::SavedMapping { name: name.clone() }))?;
    Ok((Some(mapping), Some(name.clone())))
}

/// How many rows of a sheet a person looks at: its first, and those from the heading on.
const SHOWN: (u32, u32) = (40, 12);
/// How many columns.
const WIDE: u32 = 64;
/// How many characters of a cell.
const LONG: usize = 120;

/// A sheet as it stands, where somebody wants to see it.
fn look(sheet: &Sheet, fate: Fate, heading: Option<u32>, options: &Options) -> Option<SheetLook> {
    if options.looks == Looks::Unwanted {
        return None;
    }
    let from = heading.unwrap_or(0);
    let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let shown = (0..height).filter(|row| *row < SHOWN.0 || (from..from + SHOWN.1).contains(row));
    let cell = |row: u32, column: u32| {
        let spot = sheet.spot(row, column);
        // What a merge continues is blank to the eye, and so is what is hidden under it.
        let words = if (spot.region.top, spot.region.left) == (row, column) { spot.text } else { "" };
        words.split_whitespace().collect::<String>().chars().take(LONG).collect()
    };
    let cells = |row: u32| (0..sheet.width().min(WIDE)).map(|column| cell(row, column)).collect();
    let rows = shown.map(|row| (row + 1, cells(row))).collect();
    Some(SheetLook { name: Arc::from(sheet.name.as_str()), fate, rows })
}

/// Own sheets, one after the other; a sheet that is neither own nor the count by stage is told.
fn read_own_sheets<E>(sheets: &[Sheet], options: &Options, sink: Sink<'_, E>) -> Result<Outcome, E> {
    let mut seen = Seen::default();
    let mut own = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.is_blank()) {
        let name: Arc<str> = Arc::from(sheet.name.as_str());
        match OwnHeading::of(sheet) {
            Some(heading) => own.push((heading, name, sheet)),
            None if is_chart(sheet.cell(0, 0), sheet.cell(0, 1)) => {}
            None => sink(notice(&name, 1, Matter::NoHeading { rows: filled_rows(sheet) }))?,
        }
    }
    let looks = own.iter().filter_map(|(_, _, sheet)| look(sheet, Fate::Fixed, None, options)).collect();
    let mut own = own.into_iter();
    let Some((heading, name, sheet)) = own.next() else { return Ok(Outcome::default()) };
    let mut reader = OwnReader::new(heading, name, options.kind, &mut seen, sink);
    reader.begin()?;
    read_own_rows(&mut reader, sheet)?;
    for (heading, name, sheet) in own {
        reader.turn(heading, name)?;
        read_own_rows(&mut reader, sheet)?;
    }
    Ok(Outcome { sheets: reader.end()?, looks, ..Outcome::default() })
}

fn read_own_rows<E>(reader: &mut OwnReader<'_, E>, sheet: &Sheet) -> Result<(), E> {
    let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    (1..height).try_for_each(|row| reader.row(RowView::Sheet(sheet, row)))
}

fn filled_rows(sheet: &Sheet) -> u32 {
    let rows = sheet.rows.iter().filter(|row| row.iter().any(|cell| !is_blank(cell))).count();
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Tells what a person looking at the sheet would not see, or see otherwise.
fn tell_looks<E>(sheet: &Sheet, name: &Arc<str>, sink: Sink<'_, E>) -> Result<(), E> {
    if sheet.hidden {
        sink(notice(name, 1, Matter::HiddenSheet))?;
    }
    let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    for &row in sheet.hidden_rows.iter().filter(|row| **row < height) {
        sink(notice(name, row + 1, Matter::HiddenRow))?;
    }
    for &column in sheet.hidden_columns.iter().filter(|column| **column < sheet.width()) {
        sink(notice(name, 1, Matter::HiddenColumn(column + 1)))?;
    }
    for (row, column, words) in sheet.stale() {
        let matter = Matter::StaleCell { column: column + 1, words: words.to_owned() };
        sink(notice(name, row + 1, matter))?;
    }
    Ok(())
}

/// The tables of one sheet, one below the other, each with a heading of its own.
fn read_tables<E: From<ReadError>>(
    sheet: &Sheet,
    name: &Arc<str>,
    mut heading: Heading,
    (kind, mapping): (Option<Kind>, Option<&Mapping>),
    seen: &mut Seen,
    done: &mut Vec<SheetSummary>,
    sink: Sink<'_, E>,
) -> Result<(), E> {
    let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let mut from = 0;
    loop {
        let next = (heading.data..height).find(|&row| heading_changes(sheet, &heading, row));
        let titles: Vec<&str> = (from..heading.top).map(|row| sheet.cell(row, 0)).collect();
        let mut walker = Walker::new(&heading, kind, Arc::clone(name), seen, &mut *sink);
        walker.begin(&titles)?;
        for row in heading.data..next.unwrap_or(height) {
            walker.row(RowView::Sheet(sheet, row))?;
        }
        done.push(walker.end()?);
        let Some(next) = next else { return Ok(()) };
        let Some(other) = Heading::find(sheet, next, mapping, kind)? else { return Ok(()) };
        (from, heading) = (next, other);
    }
}

/// True where another heading than the one above begins.
fn heading_changes(sheet: &Sheet, heading: &Heading, row: u32) -> bool {
    let cells = sheet.rows.get(row as usize).into_iter().flatten().map(String::as_str).enumerate();
    Heading::begins(sheet, row) && !heading.is_repeated_by(cells)
}

fn read_text<E: From<ReadError>>(path: &Path, options: &Options, sink: Sink<'_, E>) -> Result<Outcome, E> {
    let mut table = TextTable::open(path)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let sheet_name: Arc<str> = Arc::from(name.as_str());
    let (head, records) = read_head(&mut table, &name)?;
    let encoding = Some(table.encoding);
    let mut seen = Seen::default();
    let all = |fate, heading| look(&head, fate, heading, options).into_iter().collect();
    if let Some(heading) = OwnHeading::of(&head) {
        let mut reader = OwnReader::new(heading, sheet_name, options.kind, &mut seen, sink);
        reader.begin()?;
        each_record(&mut table, records.iter().skip(1), |view| reader.row(view))?;
        return Ok(Outcome { encoding, sheets: reader.end()?, looks: all(Fate::Fixed, None), ..Outcome::default() });
    }
    let (mapping, used) = chosen(&[&head], options, sink)?;
    let came_to = |sheets, looks| Outcome { encoding, sheets, looks, mapping: mapping.cloned(), used };
    // A text is one sheet: what holds for single ones says nothing of it.
    if let Some(forms) = Forms::find(&head, mapping)? {
        let mut reader = FormReader::new(forms, sheet_name, &mut seen, sink);
        each_record(&mut table, records.iter(), |view| reader.row(view))?;
        return Ok(came_to(vec![reader.end()?], all(Fate::Fixed, None)));
    }
    let Some(heading) = Heading::find(&head, 0, mapping, options.kind)? else {
        let looks: Vec<_> = all(Fate::NoHeading, None);
        let seen: Vec<_> = nearest(&head).map(|(row, words)| (name, row, words)).into_iter().collect();
        return match (looks.is_empty(), seen.is_empty()) {
            (false, false) => Ok(came_to(Vec::new(), looks)),
            (_, true) => Err(E::from(ReadError::Empty)),
            (true, false) => Err(E::from(ReadError::NoHeading { seen })),
        };
    };
    let looks = all(Fate::Read, Some(heading.top));
    let titles: Vec<&str> = (0..heading.top).map(|row| head.cell(row, 0)).collect();
    let mut walker = Walker::new(&heading, options.kind, sheet_name, &mut seen, sink);
    walker.begin(&titles)?;
    let data = records.iter().filter(|(row, _)| *row >= heading.data);
    each_record(&mut table, data, |view| walker.row(view))?;
    Ok(came_to(vec![walker.end()?], looks))
}

/// Hands out the records that were read already, then the rest of a text.
fn each_record<'r, E: From<ReadError>>(
    table: &mut TextTable,
    read: impl Iterator<Item = &'r (u32, StringRecord)>,
    mut take: impl FnMut(RowView<'_>) -> Result<(), E>,
) -> Result<(), E> {
    for (row, record) in read {
        take(RowView::Text(record, *row))?;
    }
    let mut record = StringRecord::new();
    while table.next(&mut record)? {
        take(RowView::Text(&record, table.row() - 1))?;
    }
    Ok(())
}

/// The first rows of a text, as a sheet in which a heading can be recognised, and as records with their row from 0.
fn read_head(table: &mut TextTable, name: &str) -> Result<(Sheet, Vec<(u32, StringRecord)>), ReadError> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut records = Vec::new();
    let mut record = StringRecord::new();
    while records.len() < HEAD && table.next(&mut record)? {
        let row = table.row() - 1;
        // Blank lines are rows; so many of them that the heading drowns are not looked through.
        rows.resize_with((row as usize).min(rows.len() + HEAD), Vec::new);
        rows.push(record.iter().map(str::to_owned).collect());
        records.push((row, record.clone()));
    }
    Ok((Sheet::of(name, rows, Vec::new()), records))
}
