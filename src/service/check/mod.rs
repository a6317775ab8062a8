//! The checks over many items: straight on files, or on the register. Files are read, and items checked, on as many
//! threads as the machine has; findings come in the order of files and rows, or of the register.

mod answering;
mod gate;
mod known;
pub mod live;
mod mends;
mod pool;
mod register;
mod severity;

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Result;
use super::import::unreadable_file;
use crate::checks::{Code, Finding, Gate, Severity, Subject, check};
use crate::domain::baseline::Baseline;
use crate::domain::item::ItemText;
use crate::domain::label::Lang;
use crate::domain::measure::Span;
use crate::exchange::{Entry, Options, Piece, Rejected};
use crate::i18n::{Failure, Words};

pub(super) use severity::severities_of;

use super::setting::shortest_comment;

pub use answering::{Extent, Which};
pub(super) use gate::{may_publish, may_submit};
pub use gate::{refusal_to_submit, told_with_what_is_ahead};
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
