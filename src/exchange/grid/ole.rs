//! The container of old Office files: just enough to list and read its streams.
//!
//! Every chain is followed for at most as many steps as the file has sectors, so that a loop ends.

use std::fs::File;
use std::io::Read;

use super::super::error::{Limit, ReadError};

/// Bytes of an old workbook above which it is refused; 65,536 rows of long text stay far below.
const MAX_FILE: u64 = 256 << 20;
const END: u32 = 0xFFFF_FFFA;

/// A container read into memory.
pub(super) struct Container {
    bytes: Vec<u8>,
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    cutoff: u64,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl Container {
    pub(super) fn open(file: File) -> Result<Self, ReadError> {
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(ReadError::TooLarge(Limit::Unpacked(MAX_FILE)));
        }
        Self::parse(bytes).ok_or_else(|| damaged("compound file"))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let read = entry.and_then(|entry| {
            if entry.size < self.cutoff {
                chain(&self.mini_stream, 64, &self.mini_fat, entry.start, 0, entry.size)
            } else {
                chain(&self.bytes, self.sector, &self.fat, entry.start, self.sector, entry.size)
            }
        });
        read.ok_or_else(|| damaged(name))
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let sector = match u16_at(&bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let fat = read_fat(&bytes, sector)?;
        let directory = chain(&bytes, sector, &fat, u32_at(&bytes, 48)?, sector, u64::MAX)?;
        let entries: Vec<Entry> = directory.chunks_exact(128).filter_map(entry).collect();
        let mini_fat = numbers(&chain(&bytes, sector, &fat, u32_at(&bytes, 60)?, sector, u64::MAX)?);
        let root = entries.first()?;
        let mini_stream = chain(&bytes, sector, &fat, root.start, sector, root.size).unwrap_or_default();
        let cutoff = u64::from(u32_at(&bytes, 56)?);
        Some(Self { bytes, sector, fat, mini_fat, mini_stream, cutoff, entries })
    }
}

fn entry(raw: &[u8]) -> Option<Entry> {
    if !matches!(raw.get(66)?, 1 | 2 | 5) {
        return None;
    }
    let length = usize::from(u16_at(raw, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> = raw.get(..length)?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
    let name = String::from_utf16_lossy(&units);
    Some(Entry { name, start: u32_at(raw, 116)?, size: u64::from(u32_at(raw, 120)?) })
}

fn read_fat(bytes: &[u8], sector: usize) -> Option<Vec<u32>> {
    let mut places: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).collect();
    let mut next = u32_at(bytes, 68)?;
    let most = bytes.len() / sector + 1;
    for _ in 0..most {
        if next >= END {
            break;
        }
        let table = numbers(sector_at(bytes, sector, next)?);
        let (last, more) = table.split_last()?;
        places.extend_from_slice(more);
        next = *last;
    }
    let mut fat = Vec::new();
    for place in places.into_iter().filter(|&place| place < END).take(most) {
        fat.extend(numbers(sector_at(bytes, sector, place)?));
    }
    Some(fat)
}

/// The bytes of a chain, up to `size`; `None` where it leaves the file or never ends.
fn chain(bytes: &[u8], sector: usize, fat: &[u32], start: u32, offset: usize, size: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = start;
    for _ in 0..=fat.len() {
        if at >= END || out.len() as u64 >= size {
            if size != u64::MAX {
                out.truncate(usize::try_from(size).ok()?);
                return (out.len() as u64 == size).then_some(out);
            }
            return Some(out);
        }
        let from = (at as usize).checked_mul(sector)?.checked_add(offset)?;
        // The last sector of a file may be cut short.
        let until = from.checked_add(sector)?.min(bytes.len());
        out.extend_from_slice(bytes.get(from..until)?);
        at = *fat.get(at as usize)?;
    }
    None
}

fn sector_at(bytes: &[u8], sector: usize, number: u32) -> Option<&[u8]> {
    let from = (number as usize).checked_add(1)?.checked_mul(sector)?;
    bytes.get(from..from.checked_add(sector)?)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { detail: detail.to_owned() }
}
