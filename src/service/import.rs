//! Taking a file into the register: tried first, then written all or nothing.
//!
//! A trial is the real thing up to the last step: the same rows, the same rules, and then everything is rolled back.
//! The file is read on one thread while the register is written on another, a few hundred items at a time, so that a
//! file of any length takes the same memory.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use chrono::NaiveDate;
use serde_json::json;

use super::duties::{self, Births, Plans};
use super::items::{identity_by_text, identity_of};
use super::{Agencies, Register, Result};
use crate::domain::agency::Agency;
use crate::domain::baseline::Baseline;
use crate::domain::ids::{AgencyId, ItemId, SourceId};
use crate::domain::item::{Citation, ItemText, Verification};
use crate::domain::label::Term;
use crate::domain::stage::Stage;
use crate::exchange::report::Action;
use crate::exchange::{Entry, Mapping, Notice, Options, Outcome, Piece, Place, ReadError};
use crate::i18n::{Failure, FailureKind, Text, Words};
use crate::store::{Done, Entry as TrailEntry, NewItem, NewVersion, Published, Write};
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
    /// How the file is read.
    pub reading: Options,
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
        /// Which parts changed.
        changes: Vec<Text>,
    },
    /// Something to know.
    Notice(&'a Notice),
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
    crate::exchange::read(path, reading, &mut tell_piece).map_err(unreadable)
}

impl Register {
    /// Takes a file in, or tries to. `tell` hears of every item, notice and rejection in the order of the file.
    pub fn import(&mut self, path: &Path, options: &ImportOptions, tell: impl FnMut(Event<'_>)) -> Result<Imported> {
        let agency = options.agency.as_deref().map(|words| self.agencies.find(words).cloned()).transpose()?;
        if let ImportStage::Published { on, .. } = &options.stage {
            self.day_as_told(Some(*on))?;
        }
        let plans = self.plans()?;
        let stamp = self.stamp()?;
        let tree = &self.agencies;
        let store = &mut self.store;
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(4);
            scope.spawn(move || read_ahead(path, options, &send));
            store.write(&stamp, |write| {
                let mut taking = Taking::new(write, agency, &plans, tree, tell)?;
                let outcome = taking.take_all(&receive)?;
                let imported = taking.came_to(outcome);
                let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if !options.apply || imported.created + imported.updated == 0 {
                    return Ok(Done::Nothing(imported));
                }
                if imported.rejected > 0 && !options.skip_rejected {
                    return Err(rejected(imported.rejected));
                }
                let detail = json!({
                    "file": file, "created": imported.created, "updated": imported.updated,
                    "skipped": imported.skipped, "rejected": imported.rejected,
                });
                let entry = TrailEntry { verb: "import.apply", record: "item", record_id: 0, detail };
                Ok(Done::Wrote(Imported { written: true, ..imported }, entry))
            })
        })
    }
}

/// Reads the file and sends it on; ends early where nobody listens any more.
fn read_ahead(path: &Path, options: &ImportOptions, send: &SyncSender<Parcel>) {
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
    let mut sink = |piece: Piece| {
        let version = match &piece {
            Piece::Entry(entry) => version_of(&entry.baseline, &options.stage),
            Piece::Notice(_) | Piece::Rejected(_) => None,
        };
        batch.push((piece, version));
        if batch.len() >= BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            send.send(Parcel::Pieces(full)).map_err(|_| Stop::Gone)?;
        }
        Ok::<(), Stop>(())
    };
    let end = match crate::exchange::read(path, &options.reading, &mut sink) {
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

/// The writing end of an import.
struct Taking<'w, 's, 'a, F> {
    write: &'w mut Write<'s>,
    agency: Option<Agency>,
    plans: &'a Plans,
    tree: &'a Agencies,
    births: Births<'a>,
    /// Whether the register held items before: otherwise none can stand already.
    had_items: bool,
    sources: HashMap<String, Option<SourceId>>,
    named: HashMap<String, Option<Agency>>,
    seen: HashSet<u64>,
    created: u64,
    updated: u64,
    skipped: u64,
    rejected: u64,
    tell: F,
}

impl<'w, 's, 'a, F: FnMut(Event<'_>)> Taking<'w, 's, 'a, F> {
    fn new(
        write: &'w mut Write<'s>,
        agency: Option<Agency>,
        plans: &'a Plans,
        tree: &'a Agencies,
        tell: F,
    ) -> Result<Self> {
        let had_items = !write.item_states(ItemId(0), 1)?.is_empty();
        Ok(Self {
            write,
            agency,
            plans,
            tree,
            births: Births::new(plans, tree),
            had_items,
            sources: HashMap::new(),
            named: HashMap::new(),
            seen: HashSet::new(),
            created: 0,
            updated: 0,
            skipped: 0,
            rejected: 0,
            tell,
        })
    }

    fn take_all(&mut self, receive: &Receiver<Parcel>) -> Result<Outcome> {
        while let Ok(parcel) = receive.recv() {
            match parcel {
                Parcel::Pieces(pieces) => {
                    for (piece, version) in pieces {
                        self.take(piece, version)?;
                    }
                }
                Parcel::End(end) => return end.map_err(unreadable),
            }
        }
        Err(Failure::new(
            FailureKind::Internal,
            words!(
                "读文件的线程意外结束，登记库保持原样。",
                "Reading the file ended unexpectedly. The register is as it was."
            ),
            words!("请再试一次。", "Try again."),
        ))
    }

    const fn came_to(&self, outcome: Outcome) -> Imported {
        Imported {
            outcome,
            created: self.created,
            updated: self.updated,
            skipped: self.skipped,
            rejected: self.rejected,
            written: false,
        }
    }

    fn take(&mut self, piece: Piece, version: Option<NewVersion>) -> Result<()> {
        match piece {
            Piece::Notice(notice) => (self.tell)(Event::Notice(&notice)),
            Piece::Rejected(row) => self.reject(&row.place, both(|lang| row.reason.say(lang))),
            Piece::Entry(mut entry) => {
                let Some(version) = version else {
                    let reason = words!("内容无法保存。", "The content cannot be kept.");
                    self.reject(&entry.place, reason);
                    return Ok(());
                };
                match self.take_entry(&mut entry, &version)? {
                    Ok((action, changes)) => (self.tell)(Event::Item { entry: &entry, action, changes }),
                    Err(reason) => self.reject(&entry.place, reason),
                }
            }
        }
        Ok(())
    }

    fn reject(&mut self, place: &Place, reason: Words) {
        self.rejected += 1;
        (self.tell)(Event::Rejected { place, reason });
    }

    /// Takes one item; the inner error is the reason why it cannot be taken.
    fn take_entry(
        &mut self,
        entry: &mut Entry,
        version: &NewVersion,
    ) -> Result<std::result::Result<(Action, Vec<Text>), Words>> {
        let agency = match self.agency_of(entry) {
            Ok(agency) => agency,
            Err(reason) => return Ok(Err(reason)),
        };
        self.tie_sources(&mut entry.text.citations)?;
        let (identity, standing) = self.identify(agency.id, &entry.text)?;
        if !self.seen.insert(fingerprint(agency.id, &identity)) {
            return Ok(Err(words!(
                "同一文件里已有这个事项（编码或名称相同）。",
                "The item stands in this file already, with the same code or title."
            )));
        }
        match standing {
            Some(id) => self.update(id, &identity, entry, version),
            None => {
                self.create(entry, &agency, &identity, version)?;
                Ok(Ok((Action::Create, Vec::new())))
            }
        }
    }

    fn agency_of(&mut self, entry: &Entry) -> std::result::Result<Agency, Words> {
        let Some(name) = entry.agency.as_deref().filter(|name| !name.trim().is_empty()) else {
            return self.agency.clone().ok_or_else(|| {
                words!(
                    "表里没有机关一栏；请用 --agency 指明机关。",
                    "No column names the agency; name it with --agency."
                )
            });
        };
        let tree = self.tree;
        let found = self.named.entry(name.to_owned()).or_insert_with(|| tree.find(name).ok().cloned());
        found.clone().ok_or_else(|| {
            words!(
                "登记库里没有机关「{name}」；请先用 cailiang agency add 新增。",
                "The register has no agency \"{name}\"; add it first with cailiang agency add."
            )
        })
    }

    fn tie_sources(&mut self, citations: &mut [Citation]) -> Result<()> {
        for citation in citations.iter_mut().filter(|citation| !citation.title.is_empty()) {
            citation.source = match self.sources.get(&citation.title) {
                Some(known) => *known,
                None => {
                    let found = self.write.source_by_title(&citation.title)?;
                    self.sources.insert(citation.title.clone(), found);
                    found
                }
            };
        }
        Ok(())
    }

    /// The identity of an item, and the item that has it already. A code that stands for another item (another source
    /// and another violation: a second document numbered from 1) does not identify; then the words do.
    fn identify(&self, agency: AgencyId, text: &ItemText) -> Result<(String, Option<ItemId>)> {
        let by_code = identity_of(text);
        let by_words = identity_by_text(text);
        let here = |identity: &str| self.seen.contains(&fingerprint(agency, identity));
        if !self.had_items {
            return Ok(if here(&by_code) { (by_words, None) } else { (by_code, None) });
        }
        if let Some(id) = self.write.by_identity(agency, &by_words)? {
            return Ok((by_words, Some(id)));
        }
        match self.write.by_identity(agency, &by_code)? {
            Some(_) if here(&by_code) => Ok((by_words, None)),
            Some(id) if by_code != by_words && is_another(&self.write.text(id)?, text) => Ok((by_words, None)),
            found => Ok((by_code, found)),
        }
    }

    fn create(&mut self, entry: &Entry, agency: &Agency, identity: &str, version: &NewVersion) -> Result<()> {
        // What nobody has written about is only listed.
        let version = Some(version).filter(|_| !entry.baseline.is_empty());
        let mut new = NewItem {
            agency: agency.id,
            identity,
            text: &entry.text,
            level: entry.level.unwrap_or(agency.level),
            vertical: entry.vertical.unwrap_or(agency.vertical),
            batch: None,
            verification: if version.is_some() { Verification::Confirmed } else { Verification::Listed },
            reason: "",
            listed_on: self.write.day(),
            version,
            duties: &[],
        };
        new.duties = self.births.of(&new);
        self.write.add_item(&new)?;
        self.created += 1;
        Ok(())
    }

    fn update(
        &mut self,
        id: ItemId,
        identity: &str,
        entry: &Entry,
        version: &NewVersion,
    ) -> Result<std::result::Result<(Action, Vec<Text>), Words>> {
        let (text, new) = (&entry.text, &entry.baseline);
        let state = self.write.state(id)?;
        let old_text = self.write.text(id)?;
        let old = if state.version_no > 0 { Some(self.write.version(id, state.version_no)?) } else { None };
        let same_words = same_text(&old_text, text);
        let same_content = old.as_ref().map_or(new.is_empty(), |old| old.hash == version.hash);
        if same_words && same_content {
            self.skipped += 1;
            return Ok(Ok((Action::Skip, Vec::new())));
        }
        if state.kind != text.kind {
            return Ok(Err(words!("登记库里这个事项是另一个种类。", "In the register the item is of another kind.")));
        }
        if matches!(state.stage, Stage::Submitted | Stage::Accepted | Stage::Approved) && !same_content {
            let (zh, en) = (state.stage.label().zh, state.stage.label().en);
            return Ok(Err(words!(
                "登记库里这个事项{zh}，不能覆盖；请先退回或撤回。",
                "In the register the item is {en} and cannot be overwritten; return or reopen it first."
            )));
        }
        let changes = changes(&old_text, text, old.as_ref().map(|old| &old.baseline), new);
        if !same_words {
            self.write.change_item_text(id, identity, text)?;
        }
        let day = self.write.day();
        let on = version.published.as_ref().map_or(day, |published| published.on);
        let before = state.clone();
        let mut next = state;
        if !same_content {
            self.put_content(&before, &mut next, version)?;
        }
        let after = self.write.change_item(id, on, |state| *state = next)?;
        duties::follow(self.write, self.plans, self.tree, &before, &after, on)?;
        self.updated += 1;
        Ok(Ok((Action::Update, changes)))
    }

    /// Writes the content into the open version, or begins a new one.
    fn put_content(
        &mut self,
        before: &crate::store::ItemState,
        next: &mut crate::store::ItemState,
        version: &NewVersion,
    ) -> Result<()> {
        next.verification = Verification::Confirmed;
        let id = before.id;
        if version.published.is_none() && before.stage.is_open() {
            self.write.change_content(id, before.version_no, version)?;
            next.stage = Stage::Drafting;
            return Ok(());
        }
        next.version_no = before.version_no + 1;
        self.write.insert_version(id, next.version_no, version)?;
        match &version.published {
            None => next.stage = Stage::Drafting,
            Some(published) => {
                if before.in_force_no > 0 {
                    let old = self.write.version(id, before.in_force_no)?;
                    let life = crate::store::Life { in_force_to: published.on.pred_opt(), ..old.life };
                    self.write.change_life(id, before.in_force_no, &life)?;
                }
                next.in_force_no = next.version_no;
                next.stage = Stage::Published;
            }
        }
        Ok(())
    }
}

fn fingerprint(agency: AgencyId, identity: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (agency, identity).hash(&mut hasher);
    hasher.finish()
}

/// The same code, but another source and another violation.
fn is_another(old: &ItemText, new: &ItemText) -> bool {
    let source = |text: &ItemText| text.citations.first().map(|citation| citation.title.clone());
    old.title != new.title && source(old) != source(new)
}

/// The same words; to which source of the register a citation is tied does not count.
fn same_text(old: &ItemText, new: &ItemText) -> bool {
    let untied = |citation: &Citation| Citation { source: None, ..citation.clone() };
    old.code == new.code
        && old.title == new.title
        && old.kind == new.kind
        && old.citations.iter().map(untied).eq(new.citations.iter().map(untied))
}

/// Which parts an update touches, for the report.
fn changes(old_text: &ItemText, text: &ItemText, old: Option<&Baseline>, new: &Baseline) -> Vec<Text> {
    let mut found = Vec::new();
    let mut note = |differs: bool, zh: &'static str, en: &'static str| {
        if differs {
            found.push(Text::new(zh, en));
        }
    };
    note(old_text.code != text.code, "编码", "code");
    note(old_text.title != text.title, "名称", "title");
    note(
        !same_text(&ItemText { code: text.code.clone(), title: text.title.clone(), ..old_text.clone() }, text),
        "依据",
        "basis",
    );
    let Some(old) = old else {
        note(true, "基准内容", "content");
        return found;
    };
    note(old.ladders != new.ladders, "阶次", "tiers");
    note(old.weights != new.weights, "权重", "weights");
    note(old.remarks != new.remarks, "备注", "remarks");
    for field in new.kind.fields() {
        if old.fields.get(field.id) != new.fields.get(field.id) {
            found.push(field.label);
        }
    }
    found
}

fn rejected(rows: u64) -> Failure {
    Failure::refused(
        words!("有 {rows} 行不能读入，没有写入任何内容。", "{rows} rows were rejected; nothing was written."),
        words!(
            "请先改好这些行，或用 --skip-rejected 跳过它们。",
            "Mend those rows, or pass over them with --skip-rejected."
        ),
    )
}

/// A file that cannot be read.
pub(super) fn unreadable(error: ReadError) -> Failure {
    Failure::usage(both(|lang| error.say(lang)), Words::default())
}

fn both(say: impl Fn(crate::i18n::Lang) -> String) -> Words {
    Words { zh: say(crate::i18n::Lang::Zh), en: say(crate::i18n::Lang::En) }
}

/// Reads a mapping of columns, in TOML or JSON.
pub fn parse_mapping(text: &str) -> Result<Mapping> {
    Mapping::parse(text).map_err(unreadable)
}

/// The mapping that a table's report shows.
#[must_use]
pub fn mapping_of(columns: &std::collections::BTreeMap<String, u32>) -> Mapping {
    serde_json::from_value(json!(columns)).unwrap_or_default()
}

impl Register {
    /// A mapping that was saved for an agency.
    pub fn saved_mapping(&self, agency: &str, name: &str) -> Result<Mapping> {
        let agency = self.agencies.find(agency)?;
        let text = self.store.mapping(agency.id, name)?.ok_or_else(|| {
            Failure::refused(
                words!("{}没有保存过「{name}」这个对应关系。", "No mapping \"{name}\" was saved for {}.", agency.name),
                words!("用 --save-mapping 保存。", "Save one with --save-mapping."),
            )
        })?;
        parse_mapping(&text)
    }

    /// Saves a mapping for an agency.
    pub fn save_mapping(&mut self, agency: &str, name: &str, mapping: &Mapping) -> Result<()> {
        let agency = self.agencies.find(agency)?.id;
        let stamp = self.stamp()?;
        let toml = mapping.to_toml();
        self.store.write(&stamp, |write| {
            write.set_mapping(agency, name, &toml)?;
            let detail = json!({ "name": name, "mapping": toml });
            let entry = TrailEntry { verb: "mapping.save", record: "mapping", record_id: agency.0, detail };
            Ok::<_, Failure>(Done::Wrote((), entry))
        })
    }
}
