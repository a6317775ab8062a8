//! The register's file: domain values in, domain values out.
//!
//! Only this module names the database. Every write goes through [`Store::write`], which appends the trail entry
//! and the dated history rows in the same transaction and keeps the derived counts in step; there is no other way
//! to change a row. Nothing here decides whether something may be done: that is the work of `service`.

mod agencies;
mod asof;
mod condition;
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
mod write;

pub use asof::At;
pub use condition::AgencyLookup;
pub use duties::{DutyRecord, DutyRow};
pub use error::{Result, StoreError};
pub use items::{ItemState, NewItem, stage_of};
pub use lists::{DutyLine, ItemLine, Window};
pub use procedure::{Batch, Evidence, StepOf};
pub use records::{Event, Received, RegisterFacts, Training};
pub use search::Hit;
pub use sources::{Covered, SourceVersion};
pub use tally::{Group, Key, Of, Viewpoint};
pub use trail::{Chain, Entry, Head, Recorded, Stamp};
pub use versions::{Life, NewVersion, Published, Version};
pub use write::{Done, Write};

use std::path::{Path, PathBuf};

/// An open register.
#[derive(Debug)]
pub struct Store {
    db: rusqlite::Connection,
    path: PathBuf,
}

impl Store {
    /// Where the register lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A handle by which another thread can call off the statement that runs now.
    #[must_use]
    pub fn interrupter(&self) -> rusqlite::InterruptHandle {
        self.db.get_interrupt_handle()
    }
}
