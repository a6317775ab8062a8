//! Plain text, such as the full text of a regulation: UTF-8, UTF-8 with BOM, or GB18030, never guessed.

use std::path::Path;

use encoding_rs::GB18030;

use super::error::ReadError;
use super::grid::io_error;

/// No regulation is longer than this many bytes.
const LONGEST: u64 = 16 << 20;

/// Reads a text whole.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let length = std::fs::metadata(path).map_err(|error| io_error(path, &error))?.len();
    if length > LONGEST {
        return Err(ReadError::Damaged { detail: format!("{length} bytes") });
    }
    let bytes = std::fs::read(path).map_err(|error| io_error(path, &error))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(|| ReadError::Encoding { line: line_of(bytes, error.valid_up_to()) }),
    }
}

fn line_of(bytes: &[u8], at: usize) -> u64 {
    bytes.iter().take(at).fold(1, |line, byte| line + u64::from(*byte == b'\n'))
}
