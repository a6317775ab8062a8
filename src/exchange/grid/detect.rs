//! What a file is, by its content.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::super::error::{Foreign, ReadError};
use super::{io_error, ole};

/// How a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma- or tab-separated text.
    Text,
    /// Office Open XML workbook.
    Xlsx,
    /// Excel 97–2003 workbook.
    Xls,
}

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Tells the form of a file, or why it is none that is read.
pub fn detect(path: &Path) -> Result<Form, ReadError> {
    let mut file = File::open(path).map_err(|error| io_error(path, &error))?;
    let mut head = Vec::with_capacity(8192);
    file.by_ref().take(8192).read_to_end(&mut head).map_err(|error| io_error(path, &error))?;
    file.seek(SeekFrom::Start(0)).map_err(|error| io_error(path, &error))?;
    if head.starts_with(OLE) {
        return compound(path, file);
    }
    if head.starts_with(b"PK\x03\x04") {
        return package(file);
    }
    if head.starts_with(b"%PDF") {
        return Err(ReadError::Foreign(Foreign::Pdf));
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(ReadError::Foreign(Foreign::Utf16));
    }
    // A BIFF stream without its container: Excel 2 to 4.
    if head.starts_with(&[0x09, 0x00, 0x04]) || head.starts_with(&[0x09, 0x02]) || head.starts_with(&[0x09, 0x04]) {
        return Err(ReadError::Foreign(Foreign::Unknown));
    }
    text(&head)
}

fn text(head: &[u8]) -> Result<Form, ReadError> {
    let body = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let Some(start) = body.iter().position(|byte| !byte.is_ascii_whitespace()) else {
        return Err(ReadError::Empty);
    };
    if body.contains(&0) {
        return Err(ReadError::Foreign(Foreign::Unknown));
    }
    let opening: Vec<u8> = body.iter().skip(start).take(64).map(u8::to_ascii_lowercase).collect();
    let marks: [&[u8]; 5] = [b"<html", b"<!doctype", b"<?xml", b"<table", b"mime-version"];
    if marks.iter().any(|mark| opening.starts_with(mark)) {
        return Err(ReadError::Foreign(Foreign::Html));
    }
    if opening.starts_with(b"{\\rtf") {
        return Err(ReadError::Foreign(Foreign::Doc));
    }
    Ok(Form::Text)
}

fn compound(path: &Path, file: File) -> Result<Form, ReadError> {
    let container = ole::Container::open(file)?;
    let has = |name: &str| container.has(name);
    if has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if has("WordDocument") {
        let wps = matches!(ending.as_str(), "wps" | "wpt");
        return Err(ReadError::Foreign(if wps { Foreign::Wps } else { Foreign::Doc }));
    }
    if !has("Workbook") && !has("Book") {
        return Err(ReadError::Foreign(Foreign::Unknown));
    }
    if matches!(ending.as_str(), "et" | "ett") { Err(ReadError::Foreign(Foreign::Et)) } else { Ok(Form::Xls) }
}

fn package(file: File) -> Result<Form, ReadError> {
    let mut archive = zip::ZipArchive::new(std::io::BufReader::new(file))
        .map_err(|error| ReadError::Damaged { detail: error.to_string() })?;
    let has = |name: &str| archive.file_names().flatten().any(|part| part.eq_ignore_ascii_case(name));
    if has("word/document.xml") {
        return Err(ReadError::Foreign(Foreign::Docx));
    }
    if has("xl/workbook.bin") {
        return Err(ReadError::Foreign(Foreign::Xlsb));
    }
    if has("[Content_Types].xml")
        && archive.file_names().flatten().any(|part| part.to_ascii_lowercase().ends_with(".xml"))
    {
        return Ok(Form::Xlsx);
    }
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        // Only the first words matter; a longer part is not what it says.
        let _read = part.take(200).read_to_string(&mut kind);
    }
    let open_document = kind.contains("opendocument");
    Err(ReadError::Foreign(if open_document { Foreign::Ods } else { Foreign::Unknown }))
}
