//! Comma-separated text as a stream of rows: UTF-8, UTF-8 with BOM, or GB18030, never guessed.
//!
//! The file is read twice: once to be sure of its encoding, once for its cells. At no time does more than one row of
//! it stand in memory.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use csv::StringRecord;
use encoding_rs::{DecoderResult, GB18030};

use super::super::error::ReadError;
use super::io_error;

/// Bytes of one row above which a quotation mark must have been left open.
const MAX_ROW: usize = 4 << 20;
const CHUNK: usize = 256 << 10;
/// Put behind the end of the text: where it comes back inside a cell, a quotation mark was left open.
const SENTINEL: &str = "\u{1}end of table\u{1}";

/// The encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8Bom,
    /// GB18030, and so GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// The name used in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Bom => "utf-8-bom",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// A text that is read row by row.
pub struct TextTable {
    /// Its encoding.
    pub encoding: Encoding,
    reader: csv::Reader<Source>,
    unread: Rc<Cell<usize>>,
    /// Number of the row read last, from 1; blank lines count, line breaks inside a cell do not.
    row: u32,
    /// Line breaks inside cells so far.
    inner: u64,
    /// 1 where lines end with CR and LF: the reader leaves the LF for the next row.
    pending: u64,
}

impl TextTable {
    /// Tells encoding and separator, and stands before the first row.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let mut file = File::open(path).map_err(|error| io_error(path, &error))?;
        let Survey { encoding, separator, crlf } = survey(path, &mut file)?;
        let start = if encoding == Encoding::Utf8Bom { 3 } else { 0 };
        file.seek(SeekFrom::Start(start)).map_err(|error| io_error(path, &error))?;
        let unread = Rc::new(Cell::new(0));
        let source = Source::new(file, encoding, if crlf { "\r\n" } else { "\n" }, Rc::clone(&unread));
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .buffer_capacity(CHUNK)
            .from_reader(source);
        Ok(Self { encoding, reader, unread, row: 0, inner: 0, pending: u64::from(crlf) })
    }

    /// Number of the row read last, from 1.
    #[must_use]
    pub const fn row(&self) -> u32 {
        self.row
    }

    /// Reads the next row; false at the end.
    pub fn next(&mut self, record: &mut StringRecord) -> Result<bool, ReadError> {
        self.unread.set(0);
        if !self.reader.read_record(record).map_err(|error| self.failed(error))? {
            return Ok(false);
        }
        self.inner += record.as_slice().bytes().filter(|&byte| byte == b'\n').count() as u64;
        let lines = self.reader.position().line() - 1 + self.pending;
        let counted = u32::try_from(lines.saturating_sub(self.inner)).unwrap_or(u32::MAX);
        self.row = self.row.saturating_add(1).max(counted);
        match record.iter().next_back() {
            Some(SENTINEL) if record.len() == 1 => Ok(false),
            Some(last) if last.trim_end().ends_with(SENTINEL) => Err(ReadError::OpenQuote { row: self.row }),
            _ => Ok(true),
        }
    }

    fn failed(&self, error: csv::Error) -> ReadError {
        match error.into_kind() {
            csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                ReadError::OpenQuote { row: self.row + 1 }
            }
            csv::ErrorKind::Utf8 { .. } => ReadError::Encoding { line: u64::from(self.row) + 1 },
            csv::ErrorKind::Io(error) => ReadError::Io { file: String::new(), reason: crate::i18n::io_trouble(&error) },
            other => ReadError::Damaged { detail: format!("{other:?}") },
        }
    }
}

/// What the first pass finds.
struct Survey {
    encoding: Encoding,
    separator: u8,
    crlf: bool,
}

/// First pass: the encoding by proof, separator and line ends by the first lines.
fn survey(path: &Path, file: &mut File) -> Result<Survey, ReadError> {
    let mut buffer = vec![0; CHUNK];
    let filled = fill(file, &mut buffer).map_err(|error| io_error(path, &error))?;
    let head = buffer.get(..filled).unwrap_or_default();
    let separator = separator(head);
    let bom = head.starts_with(b"\xEF\xBB\xBF");
    let first_end = head.iter().position(|&byte| byte == b'\n').and_then(|at| head.get(at.checked_sub(1)?));
    let crlf = first_end == Some(&b'\r');
    let encoding = match (broken_utf8(path, file, &mut buffer)?, bom) {
        (None, true) => Encoding::Utf8Bom,
        (None, false) => Encoding::Utf8,
        (Some(line), true) => return Err(ReadError::Encoding { line }),
        (Some(line), false) => match check_gb18030(path, file, &mut buffer) {
            // The encoding that got further is the likelier one: its line is the one at fault.
            Err(ReadError::Encoding { line: other }) => return Err(ReadError::Encoding { line: line.max(other) }),
            other => other.map(|()| Encoding::Gb18030)?,
        },
    };
    Ok(Survey { encoding, separator, crlf })
}

fn separator(head: &[u8]) -> u8 {
    let (mut counts, mut quoted) = ([0_usize; 3], false);
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => counts[0] += 1,
            b'\t' if !quoted => counts[1] += 1,
            b';' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let [commas, tabs, semicolons] = counts;
    if tabs > commas && tabs > semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// The line at which the text stops being UTF-8, if it does.
fn broken_utf8(path: &Path, file: &mut File, buffer: &mut [u8]) -> Result<Option<u64>, ReadError> {
    file.seek(SeekFrom::Start(0)).map_err(|error| io_error(path, &error))?;
    let (mut kept, mut done) = (0, 0_u64);
    loop {
        let room = buffer.get_mut(kept..).unwrap_or_default();
        let read = fill(file, room).map_err(|error| io_error(path, &error))?;
        let filled = kept + read;
        let whole = buffer.get(..filled).unwrap_or_default();
        let (valid, broken) = match std::str::from_utf8(whole) {
            Ok(_) => (filled, false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || read == 0),
        };
        if broken {
            return Ok(Some(line_at(file, done + valid as u64).map_err(|error| io_error(path, &error))?));
        }
        if read == 0 {
            return Ok(None);
        }
        done += valid as u64;
        kept = filled - valid;
        buffer.copy_within(valid..filled, 0);
    }
}

/// The number of the line that holds a byte, from 1.
fn line_at(file: &mut File, offset: u64) -> std::io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
    let mut lines = 1;
    for byte in BufReader::new(file.take(offset)).bytes() {
        lines += u64::from(byte? == b'\n');
    }
    Ok(lines)
}

/// Every byte must belong to a character of the standard; a private-use character tells another encoding.
fn check_gb18030(path: &Path, file: &mut File, buffer: &mut [u8]) -> Result<(), ReadError> {
    file.seek(SeekFrom::Start(0)).map_err(|error| io_error(path, &error))?;
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(CHUNK * 2);
    let mut line = 1_u64;
    loop {
        let read = fill(file, buffer).map_err(|error| io_error(path, &error))?;
        let mut rest = buffer.get(..read).unwrap_or_default();
        loop {
            text.clear();
            let (result, used) = decoder.decode_to_string_without_replacement(rest, &mut text, read == 0);
            let odd = text.find(|c: char| matches!(c, '\u{e000}'..='\u{f8ff}') || c == '\u{80}' || c == '\0');
            let sound = odd.map_or(text.as_str(), |at| text.get(..at).unwrap_or_default());
            line += sound.bytes().filter(|&byte| byte == b'\n').count() as u64;
            if odd.is_some() || matches!(result, DecoderResult::Malformed(..)) {
                return Err(ReadError::Encoding { line });
            }
            rest = rest.get(used..).unwrap_or_default();
            if result == DecoderResult::InputEmpty {
                break;
            }
        }
        if read == 0 {
            return Ok(());
        }
    }
}

fn fill(file: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The text as UTF-8, with the sentinel behind it; stops where one row grows without end.
struct Source {
    inner: Inner,
    tail: std::io::Cursor<String>,
    unread: Rc<Cell<usize>>,
}

enum Inner {
    Utf8(File),
    Gb18030 { file: BufReader<File>, decoder: encoding_rs::Decoder, text: String, at: usize, done: bool },
}

impl Source {
    fn new(file: File, encoding: Encoding, line_end: &str, unread: Rc<Cell<usize>>) -> Self {
        let inner = match encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => Inner::Utf8(file),
            Encoding::Gb18030 => Inner::Gb18030 {
                file: BufReader::with_capacity(CHUNK, file),
                decoder: GB18030.new_decoder_without_bom_handling(),
                text: String::with_capacity(CHUNK * 2),
                at: 0,
                done: false,
            },
        };
        Self { inner, tail: std::io::Cursor::new(format!("{line_end}{SENTINEL}{line_end}")), unread }
    }
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = match &mut self.inner {
            Inner::Utf8(file) => file.read(out)?,
            Inner::Gb18030 { file, decoder, text, at, done } => {
                if *at == text.len() && !*done {
                    *done = decode(file, decoder, text)?;
                    *at = 0;
                }
                let rest = text.as_bytes().get(*at..).unwrap_or_default();
                let taken = rest.len().min(out.len());
                out.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
                *at += taken;
                taken
            }
        };
        self.unread.set(self.unread.get() + read);
        if self.unread.get() > MAX_ROW + CHUNK {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        if read == 0 { self.tail.read(out) } else { Ok(read) }
    }
}

/// Decodes until there is text; true once the file has ended. The first pass has proved that it decodes.
fn decode(file: &mut BufReader<File>, decoder: &mut encoding_rs::Decoder, text: &mut String) -> std::io::Result<bool> {
    use std::io::BufRead;
    text.clear();
    while text.is_empty() {
        let bytes = file.fill_buf()?;
        let last = bytes.is_empty();
        let (result, used) = decoder.decode_to_string_without_replacement(bytes, text, last);
        if matches!(result, DecoderResult::Malformed(..)) {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        file.consume(used);
        if last {
            return Ok(true);
        }
    }
    Ok(false)
}
