//! Taking a file into the register: tried first, then written all or nothing.
//!
//! A trial is the real thing up to the last step: the same rows, the same rules, and then everything is rolled back.
//! The file is read on one thread while the register is written on another, a few hundred items at a time, so that a
//! file of any length takes the same memory.

mod carried;
mod changes;
mod mappings;
mod taking;

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use chrono::NaiveDate;
use serde_json::json;

pub use self::changes::Change;
pub use self::mappings::{SavedMapping, mapping_of, parse_mapping};
use self::taking::Taking;

use super::{Register, Result};
use crate::checks::told;
use crate::domain::agency::Agency;
use crate::domain::baseline::Baseline;
use crate::exchange::report::Action;
use crate::exchange::{Entry, Notice, Options, Outcome, Piece, Place, ReadError};
use crate::i18n::{Failure, Words};
use crate::store::{Done, Entry as TrailEntry, ItemName, NewVersion, Published};
use crate::words;

/// How an imported baseline enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportStage {
    /// As a draft.
    Drafting,
    /// As published and in force: the procedure is marked «before this register».
    Published {
        /// First day in force.
        on: NaiveDate,
        /// Number of the document.
        number: String,
    },
}

/// What the caller wants of an import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Write it; otherwise only try.
    pub apply: bool,
    /// Write the rest where rows are rejected.
    pub skip_rejected: bool,
    /// How the baselines enter.
    pub stage: ImportStage,
    /// The agency of items for which no column tells it.
    pub agency: Option<String>,
    /// Which saved mapping is used where the reading gives none.
    pub saved: Saved,
    /// How the file is read.
    pub reading: Options,
}

/// Which of an agency's saved mappings is used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Saved {
    /// The first whose headings are those of the file, if one's are.
    #[default]
    Fitting,
    /// None.
    None,
    /// The one of this name.
    Named(String),
}

/// What happened to one piece of the file, told as it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// An item: created, updated or as it was; `changes` names what an update touched.
    Item {
        /// As read.
        entry: &'a Entry,
        /// What was done.
        action: Action,
        /// What changed.
        changes: Vec<Change>,
    },
    /// Something to know.
    Notice(&'a Notice),
    /// An item of the register, of the same agency and source as the file's, that the file does not hold: it stays.
    Missing(&'a ItemName),
    /// A row that was not taken.
    Rejected {
        /// Where.
        place: &'a Place,
        /// Why.
        reason: Words,
    },
}

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The tables of the file.
    pub outcome: Outcome,
    /// New items.
    pub created: u64,
    /// Items with changed content.
    pub updated: u64,
    /// Items that stood as they are.
    pub skipped: u64,
    /// Rows that were not taken.
    pub rejected: u64,
    /// Items of a trial for which nothing tells the agency: they were not compared with the register.
    pub unplaced: u64,
    /// Whether it was written.
    pub written: bool,
}

/// How many pieces travel together between the threads.
const BATCH: usize = 256;

/// What the reading thread hands over.
enum Parcel {
    Pieces(Vec<(Piece, Option<NewVersion>)>),
    End(std::result::Result<Outcome, ReadError>),
}

/// Tries a file without a register: every item is new, nothing is written.
pub fn try_file(path: &Path, reading: &Options, mut tell: impl FnMut(Event<'_>)) -> Result<Outcome> {
    let mut tell_piece = |piece: Piece| {
        match &piece {
            Piece::Entry(entry) => tell(Event::Item { entry, action: Action::Create, changes: Vec::new() }),
            Piece::Notice(notice) => tell(Event::Notice(notice)),
            Piece::Rejected(row) => {
                tell(Event::Rejected { place: &row.place, reason: both(|lang| row.reason.say(lang)) });
            }
        }
        Ok::<(), ReadError>(())
    };
    crate::exchange::read_telling(path, reading, &mut tell_piece).map_err(|error| unreadable_file(path, &error))
}

impl Register {
    /// Takes a file in, or tries to. `tell` hears of every item, notice and rejection in the order of the file. Where a
    /// row is rejected that should not be skipped, nothing is written; the caller says so with [`rejected`].
    pub fn import(&mut self, path: &Path, options: &ImportOptions, tell: impl FnMut(Event<'_>)) -> Result<Imported> {
        let agency = options.agency.as_deref().map(|words| self.agencies.find(words).cloned()).transpose()?;
        if let ImportStage::Published { on, .. } = &options.stage {
            self.day_as_told(Some(*on))?;
        }
        let reading = self.reading(options, agency.as_ref())?;
        let plans = self.plans()?;
        let stamp = if options.apply { self.stamp()? } else { self.stamp_of_trial() };
        let tree = &self.agencies;
        let store = &mut self.store;
        let (send, receive) = sync_channel(4);
        let (file, stage) = (path.to_owned(), options.stage.clone());
        // Not waited for: where the import is called off, what has been read of the file is of no use to anybody.
        std::thread::spawn(move || read_ahead(&file, &reading, &stage, &send));
        let called_off = &self.called_off;
        store.write(&stamp, |write| {
            let mut taking = Taking::new(write, agency, &plans, tree, tell)?;
            taking.trial = !options.apply;
            let outcome = taking.take_all(path, &receive, called_off)?;
            taking.tell_missing()?;
            let imported = taking.came_to(outcome);
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let refused = imported.rejected > 0 && !options.skip_rejected;
            if !options.apply || refused || imported.created + imported.updated == 0 {
                return Ok(Done::Nothing(imported));
            }
            let detail = json!({
                "file": file, "created": imported.created, "updated": imported.updated,
                "skipped": imported.skipped, "rejected": imported.rejected,
            });
            let entry = TrailEntry { verb: "import.apply", record: "item", record_id: 0, detail };
            Ok(Done::Wrote(Imported { written: true, ..imported }, entry))
        })
    }

    /// How the file is read: as told, else by what was saved for the agency.
    fn reading(&self, options: &ImportOptions, agency: Option<&Agency>) -> Result<Options> {
        let mut reading = options.reading.clone();
        if let (None, Some(agency)) = (&reading.mapping, agency) {
            match &options.saved {
                Saved::None => {}
                Saved::Named(name) => reading.mapping = Some(self.saved_mapping(&agency.name, name)?),
                Saved::Fitting => {
                    let saved = self.saved_mappings(Some(&agency.name))?;
                    reading.saved = saved.into_iter().map(|saved| (saved.name, saved.mapping)).collect();
                }
            }
        }
        Ok(reading)
    }
}

/// Reads the file and sends it on; ends early where nobody listens any more.
fn read_ahead(path: &Path, reading: &Options, stage: &ImportStage, send: &SyncSender<Parcel>) {
    /// The reading ended, or the listener went away.
    enum Stop {
        Read(ReadError),
        Gone,
    }
    impl From<ReadError> for Stop {
        fn from(error: ReadError) -> Self {
            Self::Read(error)
        }
    }
    let mut batch = Vec::with_capacity(BATCH);
    let mut sink = |mut piece: Piece| {
        let version = match &mut piece {
            Piece::Entry(entry) => {
                // What the words come to is no correction.
                let baseline = std::mem::replace(&mut entry.baseline, Baseline::new(entry.text.kind));
                entry.baseline = told(baseline);
                version_of(&entry.baseline, stage)
            }
            Piece::Notice(_) | Piece::Rejected(_) => None,
        };
        batch.push((piece, version));
        if batch.len() >= BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            send.send(Parcel::Pieces(full)).map_err(|_| Stop::Gone)?;
        }
        Ok::<(), Stop>(())
    };
    let end = match crate::exchange::read_telling(path, reading, &mut sink) {
        Ok(outcome) => Ok(outcome),
        Err(Stop::Read(error)) => Err(error),
        Err(Stop::Gone) => return,
    };
    // Where nobody listens any more, there is nobody to tell.
    let _ = send.send(Parcel::Pieces(batch));
    let _ = send.send(Parcel::End(end));
}

fn version_of(baseline: &Baseline, stage: &ImportStage) -> Option<NewVersion> {
    let published = match stage {
        ImportStage::Drafting => None,
        ImportStage::Published { on, number } => {
            Some(Published { on: *on, number: number.clone(), before_register: true })
        }
    };
    NewVersion::new(baseline, published).ok()
}

/// What is said where rows were rejected and nothing was written.
#[must_use]
pub fn rejected(rows: u64) -> Failure {
    Failure::refused(
        words!("有 {rows} 行不能读入，没有写入任何内容。", "{rows} rows were rejected; nothing was written."),
        words!(
            "请先改好这些行，或用 --skip-rejected 跳过它们。",
            "Mend those rows, or pass over them with --skip-rejected."
        ),
    )
}

/// A file that cannot be read.
pub(super) fn unreadable_file(path: &Path, error: &ReadError) -> Failure {
    let failure = Failure::usage(error.reason(), error.next());
    // A file that could not be opened is named in the sentence itself.
    if matches!(error, ReadError::Io { .. }) {
        return failure;
    }
    let file = path.display();
    failure.at(&words!("{file}：", "{file}: "))
}

fn both(say: impl Fn(crate::i18n::Lang) -> String) -> Words {
    Words { zh: say(crate::i18n::Lang::Zh), en: say(crate::i18n::Lang::En) }
}
