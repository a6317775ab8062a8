//! The use cases, one function each: rights, rule, write and trail entry in one transaction.
//!
//! A [`Register`] is an open register in the hands of one account on one day. Everything that a screen or a command
//! does goes through it; nothing here prints or asks.

mod agencies;
mod arrangement;
mod care;
pub mod check;
mod demo;
mod drafts;
mod duties;
mod events;
mod files;
mod filled;
mod filter_words;
mod import;
mod items;
mod lifecycle;
mod many;
mod models;
mod paths;
mod plans;
mod procedure;
mod queries;
mod setting;
mod setup;
mod sources;
mod split;
mod transfer;
mod trouble;
mod verbs;
pub mod worker;

pub use agencies::{Agencies, NewAgency, form_from_words};
pub use arrangement::{Arrangement, View};
pub use care::{Anchor, Backup, Checkup, Health, Present, Restored, doctor};
pub use check::{
    CheckOptions, Checked, Checker, Extent, Flag, Known, Line as FindingLine, Live, Offer, Which, check_files,
    refusal_to_submit, told_with_what_is_ahead,
};
pub use drafts::Kept;
pub use events::{EventForm, EventView, event_form};
pub use files::{Overwrite, read_table, read_text, unwritable_file, write_whole};
pub use filled::{Unread, filled, say_band, say_measures, say_tier, told_after, unread};
pub use import::{
    Change, Event as ImportEvent, ImportOptions, ImportStage, Imported, Saved, SavedMapping, mapping_of, parse_mapping,
    rejected, try_file,
};
pub use items::ItemForm;
pub use many::{Difference, DutyVerb, ItemVerb, ROWS, Results, RowOutcome, RowResult, Run, Verb};
pub use paths::{Completion, complete_path, path_of};
pub use plans::Plans;
pub use procedure::{BatchView, TrainingForm, step_from_words};
pub use queries::{ItemView, Question, days_late, parse_filter, parse_sort};
pub use setting::{SettingKey, SettingView};
pub use setup::NewRegister;
pub use sources::{NewSource, SourcePage, SourceView};
pub use split::{OpenBand, PARTS, Preset, open_bands};
pub use transfer::REGISTER_SCHEMA;
pub use verbs::verb_words;

pub use crate::checks::{
    Check, Code as CheckCode, Edit, Family, Lowered, Mend, Part, Severities, Severity, checks, describe,
    describe_amount,
};
pub use crate::exchange::heading::{Place as ColumnPlace, Role, SheetMapping};
pub use crate::exchange::report::{
    Action, ChangeLine, ImportReport, ItemLine as ImportLine, NoticeLine, RejectedLine, SheetLine,
};
pub use crate::exchange::{Fate, Looks, Mapping, Notice, Options as ReadingOptions, Outcome, SheetLook, SheetSummary};
pub use crate::store::{Covered, DutyLine, Group, ItemLine, ItemName, Key, Of, StepOf, Version, Window};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;

use crate::domain::ids::ItemId;
use crate::i18n::Failure;
use crate::store::{RegisterFacts, Stamp, Store, StoreError};
use crate::words;

/// The result of every use case.
pub type Result<T> = std::result::Result<T, Failure>;

/// The time as the program is told it. Only `main` reads the clock of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Today, in UTC+8, or the day told with `--today`.
    pub day: NaiveDate,
    /// The time of day in UTC+8, as `15:04:05`.
    pub time: String,
    /// Whether the day was told: then only a rehearsal register can be written to.
    pub told: bool,
}

/// An open register.
#[derive(Debug)]
pub struct Register {
    store: Store,
    clock: Clock,
    actor: String,
    origin: &'static str,
    facts: RegisterFacts,
    agencies: Agencies,
    /// Set where a long piece of work shall not go on: it is looked at between rows.
    called_off: Arc<AtomicBool>,
    /// How lists are looked at, where there is no disk to keep it on.
    arranged: Arrangement,
    /// Drafts, likewise.
    drafts: BTreeMap<ItemId, Kept>,
}

/// What the words of a standard or of a penalty clause come to.
#[must_use]
pub fn read_measures(words: &str) -> Vec<crate::domain::measure::Measure> {
    crate::reading::read(words).measures
}

impl Register {
    /// Opens the register at `path`.
    pub fn open(path: &Path, clock: Clock, origin: &'static str) -> Result<Self> {
        Self::around(Store::open(path)?, clock, origin)
    }

    /// A register around an open store that has been set up.
    fn around(store: Store, clock: Clock, origin: &'static str) -> Result<Self> {
        let Some(facts) = store.facts()? else {
            return Err(Failure::usage(
                words!("{} 还没有建好。", "{} has not been set up.", store.path().display()),
                words!("请删除该文件，再运行 cailiang init。", "Delete the file and run cailiang init again."),
            ));
        };
        let agencies = Agencies::new(store.agencies()?);
        Ok(Self {
            store,
            clock,
            actor: "local".to_owned(),
            origin,
            facts,
            agencies,
            called_off: Arc::default(),
            arranged: Arrangement::default(),
            drafts: BTreeMap::new(),
        })
    }

    /// The register's own facts.
    #[must_use]
    pub const fn facts(&self) -> &RegisterFacts {
        &self.facts
    }

    /// The tree of agencies.
    #[must_use]
    pub const fn agencies(&self) -> &Agencies {
        &self.agencies
    }

    /// Today.
    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.clock.day
    }

    /// From here on nothing is kept: every use case does all its work, is refused where it would be, and is then rolled
    /// back. For the dry run of a verb.
    pub fn try_only(&mut self) {
        self.store.set_trial();
    }

    /// Does some work as [`Register::try_only`] does, that work alone.
    fn trying<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.store.is_trial();
        self.store.set_trial();
        let done = work(self);
        if !before {
            self.store.end_trial();
        }
        done
    }

    /// Refuses to go on once the work has been called off.
    fn go_on(&self) -> Result<()> {
        if self.called_off.load(Ordering::Relaxed) { Err(StoreError::Cancelled.into()) } else { Ok(()) }
    }

    /// Sets the day of a rehearsal register, for the made-up city.
    fn set_day(&mut self, day: NaiveDate) {
        self.clock.day = day;
    }

    /// The stamp of a write that happens now.
    fn stamp(&self) -> Result<Stamp> {
        if self.clock.told && !self.facts.rehearsal && !self.store.is_trial() {
            return Err(Failure::refused(
                words!(
                    "这是正式登记库，不能用 --today 指定的日期写入。",
                    "This is a register in use: it cannot be written to under a day set with --today."
                ),
                words!(
                    "去掉 --today，或用 cailiang init --rehearsal 建一个演练库。",
                    "Leave --today out, or make a rehearsal register with cailiang init --rehearsal."
                ),
            ));
        }
        Ok(self.stamp_of_trial())
    }

    /// The stamp of work that is rolled back at its end: any day will do.
    fn stamp_of_trial(&self) -> Stamp {
        Stamp {
            day: self.clock.day,
            at: format!("{}T{}+08:00", self.clock.day, self.clock.time),
            actor: self.actor.clone(),
            origin: self.origin,
        }
    }
}
