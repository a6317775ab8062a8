//! The register's file: domain values in, domain values out.
//!
//! Only this module names the database. Every write goes through [`Store::write`], which appends the trail entry
//! and the dated history rows in the same transaction and keeps the derived counts in step; there is no other way
//! to change a row. Parameters are written `?1`, which SQLite takes by its number; `$1` it takes as a name and counts by
//! first appearance, so that statements bind the wrong values without a word. Nothing here decides whether something may be done: that is the work of `service`.

mod agencies;
mod answers;
mod asof;
mod care;
mod checking;
mod citations;
mod condition;
mod copy;
mod derived;
mod dump;
mod duties;
mod error;
mod items;
mod lists;
mod open;
mod procedure;
mod records;
mod row;
mod schema;
mod search;
mod sources;
mod tally;
mod trail;
mod versions;
mod vouched;
mod write;

pub use answers::{CheckFacts, KeptAnswer};
pub use asof::At;
pub use care::{Exam, Flaw};
pub use checking::Checkable;
pub use condition::AgencyLookup;
pub use copy::Copied;
pub use dump::{Cell, Column, Dump, Form, LEFT_OUT, Loading, TABLES, Table};
pub use duties::{DutyRecord, DutyRow};
pub use error::{Result, StoreError};
pub use items::{ItemName, ItemState, NewItem, stage_of};
pub use lists::{Content, DutyLine, ItemLine, Window};
pub use procedure::{Batch, Evidence, StepOf};
pub use records::{Event, Received, RegisterFacts, Setting, Training};
pub use search::Hit;
pub use sources::{Covered, SourceVersion};
pub use tally::{Group, Key, Of, Viewpoint};
pub use trail::{Chain, Entry, Head, Recorded, Stamp};
pub use versions::{KeptVersion, Life, NewVersion, Published, Version};
pub use write::{Done, Write};

use std::path::{Path, PathBuf};

/// After so many steps of a statement it is looked whether it was called off: some tens of microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 1_000;

/// An open register.
#[derive(Debug)]
pub struct Store {
    db: rusqlite::Connection,
    path: PathBuf,
    /// Every write is rolled back at its end.
    trial: bool,
}

impl Store {
    /// Where the register lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it lies in memory alone, where no second connection reaches it.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        self.db.path().is_none_or(str::is_empty)
    }

    /// A handle by which another thread can call off the statement that runs now.
    #[must_use]
    pub fn interrupter(&self) -> rusqlite::InterruptHandle {
        self.db.get_interrupt_handle()
    }

    /// From here on a statement that runs is called off soon after `so` has become true. Unlike the handle it also
    /// reaches a statement that is only about to run.
    pub fn call_off_when(&mut self, so: impl Fn() -> bool + Send + 'static) -> Result<()> {
        Ok(self.db.progress_handler(STEPS_BETWEEN_LOOKS, Some(so))?)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn no_statement_names_its_parameters() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                for (at, line) in code.enumerate() {
                    let named = line.split('$').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                    assert!(!named, "{}: {at}: {line}", path.display());
                }
            }
        }
    }
}
