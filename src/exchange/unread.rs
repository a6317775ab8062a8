//! What the reader cannot read of an item's words, with place: told when a table is taken in.

use std::path::Path;
use std::sync::Arc;

use super::error::ReadError;
use super::piece::{Entry, Matter, Notice, Options, Outcome, Piece, Place, Sink};
use super::read::read;
use crate::domain::measure::words_at;
use crate::reading;

/// Reads a file like [`read`], and tells after every item which of its standards, and of the words of its band, the
/// reader cannot read as they stand.
///
/// # Errors
///
/// Those of [`read`].
pub fn read_telling<E: From<ReadError>>(path: &Path, options: &Options, sink: Sink<'_, E>) -> Result<Outcome, E> {
    read(path, options, &mut |piece: Piece| {
        let unread = match &piece {
            Piece::Entry(entry) => unread(entry),
            Piece::Notice(_) | Piece::Rejected(_) => Vec::new(),
        };
        sink(piece)?;
        unread.into_iter().try_for_each(|notice| sink(Piece::Notice(notice)))
    })
}

fn unread(entry: &Entry) -> Vec<Notice> {
    let mut found = Vec::new();
    tell(entry.baseline.text("band"), None, entry.place.row, &entry.place.sheet, &mut found);
    for (ladder, rows) in entry.baseline.ladders.iter().zip(&entry.ladder_rows) {
        for (tier, row) in ladder.tiers.iter().zip(&rows.tiers) {
            tell(&tier.standard, Some(&tier.label), *row, &entry.place.sheet, &mut found);
        }
    }
    found
}

fn tell(text: &str, tier: Option<&str>, row: u32, sheet: &Arc<str>, found: &mut Vec<Notice>) {
    found.extend(reading::read(text).problems.iter().map(|problem| {
        let words = words_at(text, problem.span);
        let matter = Matter::Unread { tier: tier.map(str::to_owned), problem: problem.code, words };
        Notice { place: Place { sheet: Arc::clone(sheet), row }, matter }
    }));
}
