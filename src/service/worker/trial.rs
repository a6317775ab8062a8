//! The trial of a file, or its taking in, for an interface: what a person reads of it, and no more than that.

use std::path::Path;

use crate::i18n::{Lang, Words};
use crate::service::{Action, Change, ImportEvent, ImportOptions, Imported, Register, Result};

/// What the trial of a file came to, or its taking in.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Counts, tables and sheets.
    pub imported: Imported,
    /// Rows that were not taken.
    pub rejected: Heard,
    /// Things to know.
    pub notices: Heard,
    /// Items that change, with what changes.
    pub updated: Heard,
    /// New items.
    pub created: Heard,
    /// Items of the register that the file does not hold; they stay as they are.
    pub missing: Heard,
}

/// What was heard of one sort.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// The first of them, at most [`SHOWN`].
    pub lines: Vec<Line>,
    /// How many there are.
    pub count: u64,
}

/// A sentence about a row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sheet; empty where it is about none.
    pub sheet: String,
    /// The row, from 1; 0 where it is about none.
    pub row: u32,
    /// The sentence, or the name of an item.
    pub words: Words,
    /// What changes.
    pub changes: Vec<Change>,
}

/// How many lines of one sort are kept.
pub const SHOWN: usize = 1000;

impl Heard {
    fn hear(&mut self, line: impl FnOnce() -> Line) {
        self.count += 1;
        if self.lines.len() < SHOWN {
            self.lines.push(line());
        }
    }
}

/// Tries a file or takes it in; `came` is told how far it is.
pub(super) fn trial(
    register: &mut Register,
    path: &Path,
    options: &ImportOptions,
    came: &mut dyn FnMut(u64),
) -> Result<Trial> {
    let mut heard: [Heard; 5] = Default::default();
    let [rejected, notices, updated, created, missing] = &mut heard;
    let mut rows = 0;
    let imported = register.import(path, options, |event| match event {
        ImportEvent::Item { entry, action, changes } => {
            rows += 1;
            if rows % 500 == 0 {
                came(rows);
            }
            let of = match action {
                Action::Create => &mut *created,
                Action::Update => &mut *updated,
                Action::Skip => return,
            };
            of.hear(|| Line {
                sheet: entry.place.sheet.to_string(),
                row: entry.place.row,
                words: Words::same(format!("{} {}", entry.text.code, entry.text.title)),
                changes,
            });
        }
        ImportEvent::Notice(notice) => notices.hear(|| Line {
            sheet: notice.place.sheet.to_string(),
            row: notice.place.row,
            words: Words { zh: notice.matter.say(Lang::Zh), en: notice.matter.say(Lang::En) },
            changes: Vec::new(),
        }),
        ImportEvent::Missing(item) => missing.hear(|| Line {
            sheet: String::new(),
            row: 0,
            words: Words::same(format!("{} {}", item.code, item.title)),
            changes: Vec::new(),
        }),
        ImportEvent::Rejected { place, reason } => rejected.hear(|| Line {
            sheet: place.sheet.to_string(),
            row: place.row,
            words: reason,
            changes: Vec::new(),
        }),
    })?;
    if imported.written {
        register.index_all()?;
    }
    let [rejected, notices, updated, created, missing] = heard;
    Ok(Trial { imported, rejected, notices, updated, created, missing })
}
