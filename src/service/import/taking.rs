//! The writing end of an import: item by item, what stands is compared, what is new is added.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::carried::carry_over;
use super::changes::{Change, Changes};
use super::{Event, Imported, Parcel, both, unreadable_file};
use crate::domain::agency::Agency;
use crate::domain::ids::{AgencyId, ItemId, SourceId};
use crate::domain::item::{Citation, ItemText, Verification};
use crate::domain::label::Term;
use crate::domain::stage::Stage;
use crate::exchange::report::Action;
use crate::exchange::{Entry, Outcome, Piece, Place};
use crate::i18n::{Failure, FailureKind, Text, Words};
use crate::service::Plans;
use crate::service::duties::{self, Births};
use crate::service::items::{identity_by_text, identity_of};
use crate::service::{Agencies, Result};
use crate::store::{ItemState, Life, NewItem, NewVersion, StoreError, Write};
use crate::words;

/// How long the reading may take nothing before it is looked whether the import was called off.
const GLANCE: Duration = Duration::from_millis(50);

/// The writing end of an import.
pub(super) struct Taking<'w, 's, 'a, F> {
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
    /// Items of the register that the file holds, and which sources of which agencies it is about.
    held: HashSet<ItemId>,
    about: BTreeSet<(AgencyId, String)>,
    created: u64,
    updated: u64,
    skipped: u64,
    rejected: u64,
    /// Nothing will be kept: an item for which nothing tells the agency is let pass.
    pub(super) trial: bool,
    unplaced: u64,
    tell: F,
}

impl<'w, 's, 'a, F: FnMut(Event<'_>)> Taking<'w, 's, 'a, F> {
    pub(super) fn new(
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
            held: HashSet::new(),
            about: BTreeSet::new(),
            created: 0,
            updated: 0,
            skipped: 0,
            rejected: 0,
            trial: false,
            unplaced: 0,
            tell,
        })
    }

    /// Takes what is read of the file, until its end or until it is called off.
    pub(super) fn take_all(
        &mut self,
        path: &Path,
        receive: &Receiver<Parcel>,
        called_off: &AtomicBool,
    ) -> Result<Outcome> {
        loop {
            if called_off.load(Ordering::Relaxed) {
                return Err(StoreError::Cancelled.into());
            }
            match receive.recv_timeout(GLANCE) {
                Ok(Parcel::Pieces(pieces)) => {
                    for (piece, version) in pieces {
                        self.take(piece, version)?;
                    }
                }
                Ok(Parcel::End(end)) => return end.map_err(|error| unreadable_file(path, &error)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
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

    pub(super) const fn came_to(&self, outcome: Outcome) -> Imported {
        Imported {
            outcome,
            created: self.created,
            updated: self.updated,
            skipped: self.skipped,
            rejected: self.rejected,
            unplaced: self.unplaced,
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
                match self.take_entry(&mut entry, version)? {
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
        version: NewVersion,
    ) -> Result<std::result::Result<(Action, Vec<Change>), Words>> {
        let agency = match self.agency_of(entry) {
            Ok(agency) => agency,
            Err(_) if self.trial && entry.agency.as_deref().is_none_or(|name| name.trim().is_empty()) => {
                self.unplaced += 1;
                self.created += 1;
                return Ok(Ok((Action::Create, Vec::new())));
            }
            Err(reason) => return Ok(Err(reason)),
        };
        self.tie_sources(&mut entry.text.citations)?;
        let (identity, standing) = self.identify(agency.id, &entry.text)?;
        let twice = self.is_twin(agency.id, &entry.text) || !self.seen.insert(fingerprint(agency.id, &identity));
        if twice {
            return Ok(Err(words!(
                "同一文件里已有这个事项（编码或名称相同）。",
                "The item stands in this file already, with the same code or title."
            )));
        }
        if self.had_items {
            self.held.extend(standing);
            let source = entry.text.citations.first().map(|citation| citation.title.clone()).unwrap_or_default();
            self.about.insert((agency.id, source));
        }
        match standing {
            Some(id) => self.update(id, &identity, entry, version),
            None => {
                self.create(entry, &agency, &identity, &version)?;
                Ok(Ok((Action::Create, Vec::new())))
            }
        }
    }

    /// Whether the file held an item of the same code, source and words before.
    fn is_twin(&mut self, agency: AgencyId, text: &ItemText) -> bool {
        let both = format!("{}\u{0}{}", identity_of(text), identity_by_text(text));
        !text.code.is_empty() && !self.seen.insert(fingerprint(agency, &both))
    }

    /// Tells the items of the register that a newer file would hold if they still stood in it (none is deleted).
    pub(super) fn tell_missing(&mut self) -> Result<()> {
        for (agency, source) in std::mem::take(&mut self.about) {
            for item in self.write.items_of_source(agency, &source)? {
                if !self.held.contains(&item.id) {
                    (self.tell)(Event::Missing(&item));
                }
            }
        }
        Ok(())
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
        let here = |identity: &str| self.seen.contains(&fingerprint(agency, identity));
        if !self.had_items {
            return Ok((if here(&by_code) { identity_by_text(text) } else { by_code }, None));
        }
        let by_words = identity_by_text(text);
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
        let id = self.write.add_item(&new)?;
        if self.had_items {
            self.held.insert(id);
        }
        self.created += 1;
        Ok(())
    }

    fn update(
        &mut self,
        id: ItemId,
        identity: &str,
        entry: &mut Entry,
        mut version: NewVersion,
    ) -> Result<std::result::Result<(Action, Vec<Change>), Words>> {
        let state = self.write.state(id)?;
        let old_text = self.write.text(id)?;
        let old = if state.version_no > 0 { Some(self.write.version(id, state.version_no)?) } else { None };
        if let Some(old) = old.as_ref().filter(|old| old.hash != version.hash) {
            carry_over(&old.baseline, entry);
            version = NewVersion::new(&entry.baseline, version.published)?;
        }
        let (text, new) = (&entry.text, &entry.baseline);
        let same_words = same_text(&old_text, text);
        let same_content = old.as_ref().map_or(new.is_empty(), |old| old.hash == version.hash);
        // What stands as a draft and now comes as published enters into force, though no word of it changed.
        let enters = version.published.is_some() && !matches!(state.stage, Stage::Published | Stage::Repealed);
        if same_words && same_content && !enters {
            self.skipped += 1;
            return Ok(Ok((Action::Skip, Vec::new())));
        }
        if let Some(reason) = self.refusal(&state, text, &version, same_content && !enters)? {
            return Ok(Err(reason));
        }
        let mut changes = Changes::of(&old_text, text, old.as_ref().map(|old| &old.baseline), new);
        if enters {
            changes.push(Text::new("现行版本", "version in force"), "", "");
        }
        if !same_words {
            self.write.change_item_text(id, identity, text)?;
        }
        let day = self.write.day();
        let on = version.published.as_ref().map_or(day, |published| published.on);
        let before = state.clone();
        let mut next = state;
        if !same_content || enters {
            self.put_content(&before, &mut next, &version)?;
        }
        let after = self.write.change_item(id, on, |state| *state = next)?;
        if version.published.is_some() {
            duties::done_on(self.write, id, on)?;
        }
        duties::follow(self.write, self.plans, self.tree, &before, &after, on)?;
        self.updated += 1;
        Ok(Ok((Action::Update, changes.0)))
    }

    /// Why an item of the register cannot take what the file holds; `words_only` where only its words changed.
    fn refusal(
        &self,
        state: &ItemState,
        text: &ItemText,
        version: &NewVersion,
        words_only: bool,
    ) -> Result<Option<Words>> {
        let (zh, en) = (state.stage.label().zh, state.stage.label().en);
        Ok(match state.stage {
            _ if state.kind != text.kind => {
                Some(words!("登记库里这个事项是另一个种类。", "In the register the item is of another kind."))
            }
            Stage::Excluded => Some(words!(
                "登记库里这个事项{zh}，不再收入内容；请从表中删去。",
                "In the register the item is {en} and takes no content; take it out of the table."
            )),
            Stage::Submitted | Stage::Accepted | Stage::Approved if !words_only => Some(words!(
                "登记库里这个事项{zh}，不能覆盖；请先退回或撤回。",
                "In the register the item is {en} and cannot be overwritten; return or reopen it first."
            )),
            _ => self.too_early(state, version)?,
        })
    }

    /// Why a version cannot enter into force on its day: the one in force began on that day or later.
    fn too_early(&self, state: &ItemState, version: &NewVersion) -> Result<Option<Words>> {
        let Some(published) = version.published.as_ref().filter(|_| state.in_force_no > 0) else { return Ok(None) };
        let standing = self.write.version(state.id, state.in_force_no)?.life;
        let (on, since) = (published.on, standing.in_force_from.unwrap_or(published.on));
        Ok((since >= on).then(|| {
            words!(
                "登记库里的现行版本自 {since} 起施行，不早于 {on}；请核对施行日期。",
                "The version in force in the register began on {since}, not before {on}; check the day."
            )
        }))
    }

    /// Writes the content into the open version, or begins a new one.
    fn put_content(&mut self, before: &ItemState, next: &mut ItemState, version: &NewVersion) -> Result<()> {
        next.verification = Verification::Confirmed;
        let id = before.id;
        if version.published.is_none() && before.stage.is_open() {
            self.write.change_content(id, before.version_no, version)?;
            next.stage = Stage::Drafting;
            return Ok(());
        }
        if before.stage.is_open() {
            // The draft itself becomes what is published.
            self.write.change_content(id, before.version_no, version)?;
            let draft = self.write.version(id, before.version_no)?.life;
            self.write.change_life(id, before.version_no, &published_life(draft, version))?;
        } else {
            next.version_no = before.version_no + 1;
            self.write.insert_version(id, next.version_no, version)?;
        }
        match &version.published {
            None => next.stage = Stage::Drafting,
            Some(published) => {
                if before.in_force_no > 0 {
                    let old = self.write.version(id, before.in_force_no)?;
                    let life = Life { in_force_to: published.on.pred_opt(), ..old.life };
                    self.write.change_life(id, before.in_force_no, &life)?;
                }
                next.in_force_no = next.version_no;
                next.stage = Stage::Published;
            }
        }
        Ok(())
    }
}

/// The life of a draft that enters as published.
fn published_life(draft: Life, version: &NewVersion) -> Life {
    let Some(published) = &version.published else { return draft };
    Life {
        published_on: Some(published.on),
        publication: published.number.clone(),
        in_force_from: Some(published.on),
        before_register: published.before_register,
        ..draft
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
