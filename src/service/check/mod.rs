//! The checks over many items: straight on files, or on the register. Files are read, and items checked, on as many
//! threads as the machine has; findings come in the order of files and rows, or of the register.

mod answering;
mod gate;
mod known;
pub mod live;
mod mends;
mod pool;
mod severity;

use std::iter::Peekable;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::import::unreadable_file;
use super::{Register, Result};
use crate::checks::{Code, Finding, Gate, Severities, Severity, Subject, VersionFacts, check};
use crate::domain::baseline::Baseline;
use crate::domain::filter::Filter;
use crate::domain::ids::ItemId;
use crate::domain::item::ItemText;
use crate::domain::label::Lang;
use crate::domain::measure::Span;
use crate::domain::source::Source;
use crate::exchange::{Entry, Options, Piece, Rejected};
use crate::i18n::{Failure, Words};
use crate::store::{Checkable, KeptAnswer, StoreError};

use live::{answer_to, gate_of, version_facts};
pub(super) use severity::severities_of;

use super::setting::shortest_comment;

pub use answering::{Extent, Which};
pub use gate::refusal_to_submit;
pub(super) use gate::{may_publish, may_submit};
pub use known::Known;
pub(super) use live::findings_in;
pub use live::{Checker, Live};
pub use mends::{Flag, Offer};

/// How files are checked.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// How they are read.
    pub reading: Options,
    /// The language of the messages.
    pub lang: Lang,
}

/// What the checks came to.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many items were checked.
    pub items: u64,
    /// How many tiers they have.
    pub tiers: u64,
    /// The findings.
    pub findings: Vec<Line>,
    /// Files that could not be read.
    pub unread: Vec<Failure>,
    /// Rows that are no items, with the reason: they were not checked.
    pub rejected: Vec<Words>,
}

/// One finding with its place, as the contract of `check --format json` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The check.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Code of the item, else its title.
    pub item: String,
    /// The ladder, from 1.
    pub ladder: Option<usize>,
    /// The tier as written.
    pub tier: Option<String>,
    /// The field.
    pub field: Option<&'static str>,
    /// The words: characters of the tier's standard or of the field.
    pub span: Option<Span>,
    /// The file as named.
    pub file: Option<String>,
    /// The sheet.
    pub sheet: Option<String>,
    /// The row, from 1.
    pub row: Option<u32>,
    /// The sentence.
    pub message: String,
    /// The clause that it rests on.
    pub clause: &'static str,
    /// The answer in words; nothing where there is none, and of a file.
    pub answer: Option<String>,
    /// Why the register lowered the severity of the check; nothing where it did not.
    pub lowered: Option<String>,
    /// The text that the span counts in.
    #[serde(skip)]
    pub words: Option<String>,
}

impl Checked {
    /// How many findings of such weight were answered in words.
    #[must_use]
    pub fn answered(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|line| line.severity == severity && line.answer.is_some()).count()
    }

    /// How many findings weigh so much.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|line| line.severity == severity).count()
    }
}

/// Items that travel together between threads.
const CHUNK: usize = 128;

/// Part of the result, to be put back in order.
#[derive(Default)]
struct Part {
    items: u64,
    tiers: u64,
    findings: Vec<Line>,
}

/// Checks files without a register. A file that cannot be read is told, and the others are checked all the same.
#[must_use]
pub fn check_files(paths: &[PathBuf], options: &CheckOptions) -> Checked {
    let mut checked = Checked::default();
    let outcomes = pool::run(
        paths,
        |path, send| read_chunks(path, &options.reading, send),
        |path, chunk: Vec<Entry>| check_entries(path, &chunk, options.lang),
    );
    for (path, (outcome, parts)) in paths.iter().zip(outcomes) {
        for part in parts {
            checked.take(part);
        }
        match outcome {
            Ok(rejected) => checked.rejected.extend(rejected.iter().map(|row| row_of(path, row))),
            Err(failure) => checked.unread.push(failure),
        }
    }
    checked
}

impl Checked {
    fn take(&mut self, part: Part) {
        self.items += part.items;
        self.tiers += part.tiers;
        self.findings.extend(part.findings);
    }
}

fn row_of(path: &Path, rejected: &Rejected) -> Words {
    let (file, sheet, row) = (path.display(), &rejected.place.sheet, rejected.place.row);
    let (zh, en) = (rejected.reason.say(Lang::Zh), rejected.reason.say(Lang::En));
    Words {
        zh: format!("{file}：{sheet} 第 {row} 行没有检查：{zh}"),
        en: format!("{file}: {sheet} row {row} was not checked: {en}"),
    }
}

/// Reads a file and hands its items on in chunks; returns the rows that are no items.
fn read_chunks(path: &Path, options: &Options, send: &mut dyn FnMut(Vec<Entry>)) -> Result<Vec<Rejected>> {
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut rejected = Vec::new();
    let mut sink = |piece: Piece| {
        match piece {
            Piece::Entry(entry) => chunk.push(*entry),
            Piece::Rejected(row) => rejected.push(row),
            Piece::Notice(_) => {}
        }
        if chunk.len() >= CHUNK {
            send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)));
        }
        Ok::<(), crate::exchange::ReadError>(())
    };
    let outcome = crate::exchange::read(path, options, &mut sink);
    send(chunk);
    outcome.map_err(|error| unreadable_file(path, &error))?;
    Ok(rejected)
}

fn check_entries(path: &Path, entries: &[Entry], lang: Lang) -> Part {
    let mut part = Part::default();
    for entry in entries {
        let baseline = &entry.baseline;
        let subject = Subject { text: &entry.text, baseline, sources: &[], gate: Gate::File, version: None };
        part.items += 1;
        part.tiers += baseline.tier_count() as u64;
        for finding in check(&subject) {
            let mut line = line(&finding, &entry.text, baseline, lang);
            line.file = Some(path.display().to_string());
            line.sheet = Some(entry.place.sheet.to_string());
            line.row = Some(row(entry, &finding));
            part.findings.push(line);
        }
    }
    part
}

/// The row of the tier at fault, else of its ladder, else of the item.
fn row(entry: &Entry, finding: &Finding) -> u32 {
    let ladder = finding.ladder.and_then(|at| entry.ladder_rows.get(at));
    let tier = ladder.and_then(|rows| rows.tiers.get(finding.tier?)).copied();
    tier.or_else(|| ladder.map(|rows| rows.row)).unwrap_or(entry.place.row)
}

fn line(finding: &Finding, text: &ItemText, baseline: &Baseline, lang: Lang) -> Line {
    Line {
        code: finding.code,
        severity: finding.severity(),
        item: if text.code.is_empty() { text.title.clone() } else { text.code.clone() },
        ladder: finding.ladder.map(|at| at + 1),
        tier: finding.tier_label(baseline),
        field: finding.field,
        span: finding.span,
        file: None,
        sheet: None,
        row: None,
        message: finding.message(baseline, lang),
        clause: finding.clause(),
        answer: None,
        lowered: None,
        words: finding.words(baseline).map(str::to_owned),
    }
}

/// An item of the register on its way to a thread.
struct Kept {
    id: ItemId,
    text: ItemText,
    content: String,
    gate: Gate,
    facts: VersionFacts,
    answers: Vec<KeptAnswer>,
}

/// What all items of a register are checked with.
struct Common {
    sources: Vec<Source>,
    severities: Severities,
    shortest_comment: Option<u32>,
    lang: Lang,
}

impl Register {
    /// Checks the newest version of every item that a filter finds; items with no version have nothing to check.
    pub fn check(&self, filter: &Filter, lang: Lang) -> Result<Checked> {
        let settings = self.store.settings()?;
        let common = Common {
            sources: self.store.sources()?,
            severities: severities_of(&settings),
            shortest_comment: shortest_comment(&settings),
            lang,
        };
        let (outcome, parts) =
            pool::run_one(|send| self.send_items(filter, send), |chunk: Vec<Kept>| check_kept(chunk, &common));
        outcome?;
        let mut checked = Checked::default();
        for part in parts {
            checked.take(part?);
        }
        Ok(checked)
    }

    fn send_items(&self, filter: &Filter, send: &mut dyn FnMut(Vec<Kept>)) -> Result<()> {
        let mut chunk = Vec::with_capacity(CHUNK);
        self.each_checkable(filter, |found| {
            chunk.push(self.kept(found)?);
            if chunk.len() >= CHUNK {
                self.complete(&mut chunk)?;
                send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)));
            }
            Ok(())
        })?;
        self.complete(&mut chunk)?;
        send(chunk);
        Ok(())
    }

    fn kept(&self, found: Checkable) -> Result<Kept> {
        let Checkable { id, text, stage, no, batch, version } = found;
        let gate = gate_of(stage);
        let steps = self.steps_to_check(id, no, batch, gate, &version.life)?;
        let facts = version_facts(self.clock.day, version.created_on, &version.life, stage, steps);
        Ok(Kept { id, text, content: version.content, gate, facts, answers: Vec::new() })
    }

    /// Gives the items of a chunk their citations and answers; both come in the order of the items.
    fn complete(&self, chunk: &mut [Kept]) -> Result<()> {
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { return Ok(()) };
        let (first, last) = (first.id, last.id);
        let mut citations = self.store.citations_between(first, last)?.into_iter().peekable();
        let mut answers = self.store.answers_between(first, last)?.into_iter().peekable();
        for kept in chunk {
            kept.text.citations = those_of(kept.id, &mut citations);
            kept.answers = those_of(kept.id, &mut answers);
        }
        Ok(())
    }
}

/// What belongs to an item of all that comes in the order of the items; what belongs to none before it is passed over.
fn those_of<T>(item: ItemId, all: &mut Peekable<impl Iterator<Item = (ItemId, T)>>) -> Vec<T> {
    let upto = std::iter::from_fn(|| all.next_if(|(id, _)| *id <= item));
    upto.filter(|(id, _)| *id == item).map(|(_, one)| one).collect()
}

fn check_kept(chunk: Vec<Kept>, common: &Common) -> Result<Part> {
    let mut part = Part::default();
    for mut kept in chunk {
        kept.facts.shortest_comment = common.shortest_comment;
        let corrupt =
            |error: serde_json::Error| StoreError::Corrupt { record: "version", id: kept.id.0, why: error.to_string() };
        let baseline: Baseline = serde_json::from_str(&kept.content).map_err(corrupt)?;
        let cited: Vec<&Source> = cited(&kept.text, &common.sources);
        let subject = Subject {
            text: &kept.text,
            baseline: &baseline,
            sources: &cited,
            gate: kept.gate,
            version: Some(&kept.facts),
        };
        part.items += 1;
        part.tiers += baseline.tier_count() as u64;
        for finding in check(&subject) {
            let mut line = line(&finding, &kept.text, &baseline, common.lang);
            line.severity = common.severities.of(finding.code);
            line.lowered = common.severities.lowered(finding.code).map(|lowered| lowered.reason.clone());
            if !kept.answers.is_empty() {
                let answer = answer_to(&kept.answers, finding.code, &finding.about(&baseline));
                line.answer = answer.map(|answer| answer.text.clone());
            }
            part.findings.push(line);
        }
    }
    Ok(part)
}

/// The sources of an item, each once.
fn cited<'s>(text: &ItemText, sources: &'s [Source]) -> Vec<&'s Source> {
    let mut cited: Vec<&Source> = Vec::new();
    for citation in &text.citations {
        let Some(id) = citation.source else { continue };
        // Ids are given in order, so that the place is found at once.
        let source = sources.binary_search_by_key(&id, |source| source.id).ok().and_then(|at| sources.get(at));
        if let Some(source) = source.filter(|source| !cited.iter().any(|other| other.id == source.id)) {
            cited.push(source);
        }
    }
    cited
}
