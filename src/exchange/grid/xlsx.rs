//! Office Open XML workbooks: cells through calamine, merges, hidden rows and columns from the parts themselves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::error::{Limit, ReadError};
use super::{MAX_UNPACKED, Merge, Rows, Sheet, check_merges, date, guarded, io_error, number, truth};

/// Merged regions above which a sheet is refused; real sheets hold some hundreds.
const MAX_MERGES: usize = 500_000;

/// What a sheet's part says that calamine does not tell.
#[derive(Default)]
struct Looks {
    merges: Vec<Merge>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
}

pub(super) fn read(path: &Path) -> Result<Vec<Sheet>, ReadError> {
    let open = || File::open(path).map(BufReader::new).map_err(|error| io_error(path, &error));
    let mut archive = ZipArchive::new(open()?).map_err(|error| damaged(&error))?;
    weigh(&mut archive)?;
    let parts = sheet_parts(&mut archive)?;
    let book = open()?;
    guarded(|| {
        let mut book: Xlsx<_> = Xlsx::new(book).map_err(|error| refused(&error))?;
        let listed = book.sheets_metadata().to_vec();
        let mut sheets = Vec::with_capacity(listed.len());
        let mut taken = 0;
        for entry in listed {
            let Some(part) = parts.get(&entry.name) else { continue };
            let Some(rows) = cells(&mut book, &entry.name, taken)? else { continue };
            taken = rows.taken;
            let looks = looks(&mut archive, part)?;
            let mut sheet = Sheet::new(entry.name, rows.rows, looks.merges);
            sheet.hidden = entry.visible != SheetVisible::Visible;
            sheet.hidden_rows = looks.hidden_rows;
            sheet.hidden_columns = looks.hidden_columns;
            sheets.push(sheet);
        }
        Ok(sheets)
    })
}

/// Unpacks every part into nothing, so that a bomb is found by its real size, whatever it declares, and a part that
/// is cut off is found by its checksum.
fn weigh(archive: &mut ZipArchive<BufReader<File>>) -> Result<(), ReadError> {
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            other => damaged(&other),
        })?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| damaged(&error))?;
        left = left.checked_sub(read).ok_or(ReadError::TooLarge(Limit::Unpacked(MAX_UNPACKED)))?;
    }
    Ok(())
}

/// All filled cells of a sheet; `None` for a chart sheet.
fn cells(book: &mut Xlsx<BufReader<File>>, name: &str, taken: u64) -> Result<Option<Rows>, ReadError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(refused(&error)),
    };
    let per_cent: Vec<bool> = reader.styles().iter().map(is_per_cent).collect();
    let mut rows = Rows::new(taken);
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| refused(&error))? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Float(value) if per_cent.get(style) == Some(&true) => format!("{}%", number(value * 100.0)),
            DataRef::Float(value) => number(*value),
            DataRef::Int(value) => value.to_string(),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(value) => truth(*value),
            DataRef::DateTime(value) => date(value),
            DataRef::Error(error) => error.to_string(),
            DataRef::Empty => continue,
        };
        rows.put(row, column, text)?;
    }
    Ok(Some(rows))
}

fn is_per_cent(style: &calamine::Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| {
        format.format_code.trim_end_matches(['_', ' ']).ends_with('%') || matches!(format.format_id, Some(9 | 10))
    })
}

/// Where each sheet's part lies in the package, by the sheet's name.
fn sheet_parts(archive: &mut ZipArchive<BufReader<File>>) -> Result<HashMap<String, String>, ReadError> {
    let main = relations(archive, "_rels/.rels", "")?
        .into_values()
        .find(|(kind, _)| kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |(_, target)| target);
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", main.as_str()));
    let links = relations(archive, &join(folder, &format!("_rels/{name}.rels")), folder)?;
    let mut parts = HashMap::new();
    walk(archive, &main, |tag| {
        if tag.local_name().as_ref() == "sheet" {
            let id = attribute(tag, "id").unwrap_or_default();
            if let (Some(name), Some((_, part))) = (attribute(tag, "name"), links.get(&id)) {
                parts.insert(name, part.clone());
            }
        }
        true
    })?;
    Ok(parts)
}

type Relations = HashMap<String, (String, String)>;

fn relations(archive: &mut ZipArchive<BufReader<File>>, part: &str, folder: &str) -> Result<Relations, ReadError> {
    let mut links = HashMap::new();
    walk(archive, part, |tag| {
        if tag.local_name().as_ref() == "Relationship" {
            let target = attribute(tag, "Target").unwrap_or_default();
            let target = target.strip_prefix('/').map_or_else(|| join(folder, &target), str::to_owned);
            if let (Some(id), Some(kind)) = (attribute(tag, "Id"), attribute(tag, "Type")) {
                links.insert(id, (kind, target));
            }
        }
        true
    })?;
    Ok(links)
}

fn join(folder: &str, name: &str) -> String {
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in name.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

fn looks(archive: &mut ZipArchive<BufReader<File>>, part: &str) -> Result<Looks, ReadError> {
    let mut looks = Looks::default();
    let mut row = 0_u32;
    walk(archive, part, |tag| {
        let hidden = || attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true");
        match tag.local_name().as_ref() {
            "row" => {
                row = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                if hidden() {
                    looks.hidden_rows.push(row.saturating_sub(1));
                }
            }
            "col" if hidden() => {
                let end = |name| attribute(tag, name).and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
                looks.hidden_columns.extend((end("min").max(1)..=end("max").min(256)).map(|column| column - 1));
            }
            "mergeCell" => {
                looks.merges.extend(attribute(tag, "ref").as_deref().and_then(region));
                return looks.merges.len() <= MAX_MERGES;
            }
            _ => {}
        }
        true
    })?;
    if looks.merges.len() > MAX_MERGES {
        return Err(ReadError::TooLarge(Limit::Cells(super::MAX_CELLS)));
    }
    check_merges(&looks.merges)?;
    Ok(looks)
}

fn region(words: &str) -> Option<Merge> {
    let (start, end) = words.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(start)?, place(end)?);
    Some(Merge { top, bottom, left, right })
}

fn place(words: &str) -> Option<(u32, u32)> {
    let words = words.replace('$', "");
    let digits = words.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = words.split_at_checked(digits)?;
    let mut column = 0_u32;
    for letter in letters.chars() {
        let value = letter.to_digit(36)?.checked_sub(9)?;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Hands every opening tag of a part to `visit` until it answers false; a part that is not there has none.
fn walk(
    archive: &mut ZipArchive<BufReader<File>>,
    part: &str,
    mut visit: impl FnMut(&BytesStart<'_>) -> bool,
) -> Result<(), ReadError> {
    let name = archive.file_names().flatten().find(|name| name.eq_ignore_ascii_case(part)).map(Cow::into_owned);
    let Some(name) = name else { return Ok(()) };
    let entry = archive.by_name(&name).map_err(|error| damaged(&error))?;
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(entry));
    walk_events(&mut xml, &mut visit)
}

fn walk_events<R: BufRead>(
    xml: &mut quick_xml::Reader<R>,
    visit: &mut impl FnMut(&BytesStart<'_>) -> bool,
) -> Result<(), ReadError> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| damaged(&error))? {
            Event::Start(tag) | Event::Empty(tag) if !visit(&tag) => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name).and_then(|attribute| {
        let raw = attribute.value.as_ref();
        quick_xml::escape::unescape(raw).ok().map(Cow::into_owned)
    })
}

fn damaged(error: &impl std::fmt::Display) -> ReadError {
    ReadError::Damaged { detail: error.to_string() }
}

fn refused(error: &calamine::XlsxError) -> ReadError {
    match error {
        calamine::XlsxError::Password => ReadError::Encrypted,
        other => damaged(other),
    }
}
