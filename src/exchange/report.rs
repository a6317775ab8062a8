//! The report of a dry run, as the contract of `import FILE --dry-run --format json` has it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::ReadError;
use super::piece::{Entry, Notice, Options, Outcome, Piece, Rejected, SheetSummary};
use super::unread::read_telling;
use crate::domain::label::Lang;

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// The file as given.
    pub file: String,
    /// Encoding of a text, `null` for a workbook.
    pub encoding: Option<String>,
    /// The tables.
    pub sheets: Vec<SheetLine>,
    /// The items.
    pub items: Vec<ItemLine>,
    /// Things to know.
    pub notices: Vec<NoticeLine>,
    /// Rows that cannot become items.
    pub rejected: Vec<RejectedLine>,
}

/// What is done with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is new.
    #[default]
    Create,
    /// The register has it, with other content.
    Update,
    /// The register has it as it is.
    Skip,
}

/// One table. Rows and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// Name of the sheet; of a text, its file name without the ending.
    pub name: String,
    /// Row of the heading.
    pub heading_row: Option<u32>,
    /// Each role with its column.
    pub mapping: BTreeMap<String, u32>,
    /// How many items.
    pub items: u64,
    /// How many tiers.
    pub tiers: u64,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// What is done with it.
    pub action: Action,
    /// Its code, `null` for none.
    pub code: Option<String>,
    /// Its title.
    pub title: String,
    /// The sheet.
    pub sheet: String,
    /// Its first row.
    pub row: u32,
    /// Its ladders.
    pub ladders: Vec<LadderLine>,
    /// The tiers of all its ladders.
    pub tiers: Vec<TierLine>,
    /// What an update changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeLine>,
}

/// One part that an update changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// Which.
    pub part: String,
    /// What stands there in the register.
    pub old: String,
    /// What will stand there.
    pub new: String,
}

/// One ladder of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderLine {
    /// Its number in the item, from 1.
    pub ladder: usize,
    /// The words that tell it from its neighbours.
    pub label: Option<String>,
    /// Its first row.
    pub row: u32,
}

/// One tier of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierLine {
    /// The ladder's number, from 1.
    pub ladder: usize,
    /// The label as written.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// Its conditions; several are alternatives.
    pub conditions: Vec<String>,
    /// Its standard as written.
    pub standard: String,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// What it is about: T11, `hidden_row`, `stale_cell` …
    pub code: String,
    /// The sentence.
    pub text: String,
}

/// One row that cannot become an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedLine {
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// Why.
    pub reason: String,
}

impl ImportReport {
    /// Reads a file and reports it; `decide` says what is done with each item.
    pub fn of(
        path: &Path,
        options: &Options,
        lang: Lang,
        decide: &mut dyn FnMut(&Entry) -> Action,
    ) -> Result<Self, ReadError> {
        let mut report = Self { file: path.display().to_string(), ..Self::default() };
        let outcome = read_telling::<ReadError>(path, options, &mut |piece| {
            match piece {
                Piece::Entry(entry) => report.items.push(ItemLine::of(&entry, decide(&entry))),
                Piece::Notice(notice) => report.notices.push(NoticeLine::of(&notice, lang)),
                Piece::Rejected(rejected) => report.rejected.push(RejectedLine::of(&rejected, lang)),
            }
            Ok(())
        })?;
        report.close(&outcome);
        Ok(report)
    }

    /// Takes what is known once the file is read.
    pub fn close(&mut self, outcome: &Outcome) {
        self.encoding = outcome.encoding.map(|encoding| encoding.id().to_owned());
        self.sheets = outcome.sheets.iter().map(SheetLine::of).collect();
    }
}

/// A report written while the file is read, so that a million items need no room. The items come first.
pub struct ReportWriter<W: Write> {
    out: W,
    lang: Lang,
    begun: bool,
    items: u64,
    rest: ImportReport,
}

impl<W: Write> ReportWriter<W> {
    /// Begins a report; nothing is written before the first item.
    pub fn new(out: W, file: &str, lang: Lang) -> Self {
        let rest = ImportReport { file: file.to_owned(), ..ImportReport::default() };
        Self { out, lang, begun: false, items: 0, rest }
    }

    /// Takes a piece; `action` is what is done with an item.
    pub fn piece(&mut self, piece: &Piece, action: Action) -> io::Result<()> {
        match piece {
            Piece::Entry(entry) => {
                self.begin()?;
                if self.items > 0 {
                    self.out.write_all(b",\n")?;
                }
                self.items += 1;
                serde_json::to_writer(&mut self.out, &ItemLine::of(entry, action))?;
            }
            Piece::Notice(notice) => self.rest.notices.push(NoticeLine::of(notice, self.lang)),
            Piece::Rejected(rejected) => self.rest.rejected.push(RejectedLine::of(rejected, self.lang)),
        }
        Ok(())
    }

    /// Ends the report and hands back where it was written.
    pub fn finish(mut self, outcome: &Outcome) -> io::Result<W> {
        self.begin()?;
        self.rest.close(outcome);
        self.out.write_all(b"],\n\"encoding\":")?;
        serde_json::to_writer(&mut self.out, &self.rest.encoding)?;
        self.out.write_all(b",\n\"sheets\":")?;
        serde_json::to_writer(&mut self.out, &self.rest.sheets)?;
        self.out.write_all(b",\n\"notices\":")?;
        serde_json::to_writer(&mut self.out, &self.rest.notices)?;
        self.out.write_all(b",\n\"rejected\":")?;
        serde_json::to_writer(&mut self.out, &self.rest.rejected)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            self.out.write_all(b"{\"file\":")?;
            serde_json::to_writer(&mut self.out, &self.rest.file)?;
            self.out.write_all(b",\n\"items\":[")?;
        }
        Ok(())
    }
}

impl SheetLine {
    fn of(sheet: &SheetSummary) -> Self {
        Self {
            name: sheet.name.to_string(),
            heading_row: sheet.heading_row,
            mapping: sheet.mapping.iter().map(|(role, column)| ((*role).to_owned(), *column)).collect(),
            items: sheet.items,
            tiers: sheet.tiers,
        }
    }
}

impl ItemLine {
    /// The line of an entry.
    #[must_use]
    pub fn of(entry: &Entry, action: Action) -> Self {
        let ladders = || entry.baseline.ladders.iter().zip(&entry.ladder_rows).enumerate();
        Self {
            action,
            code: Some(entry.text.code.clone()).filter(|code| !code.is_empty()),
            title: entry.text.title.clone(),
            sheet: entry.place.sheet.to_string(),
            row: entry.place.row,
            ladders: ladders()
                .map(|(at, (ladder, rows))| LadderLine { ladder: at + 1, label: ladder.label.clone(), row: rows.row })
                .collect(),
            tiers: ladders()
                .flat_map(|(at, (ladder, rows))| ladder.tiers.iter().zip(&rows.tiers).map(move |tier| (at + 1, tier)))
                .map(|(ladder, (tier, row))| TierLine {
                    ladder,
                    label: tier.label.clone(),
                    row: *row,
                    conditions: tier.conditions.clone(),
                    standard: tier.standard.clone(),
                })
                .collect(),
            changes: Vec::new(),
        }
    }
}

impl NoticeLine {
    /// The line of a notice.
    #[must_use]
    pub fn of(notice: &Notice, lang: Lang) -> Self {
        Self {
            sheet: notice.place.sheet.to_string(),
            row: notice.place.row,
            code: notice.matter.code().to_owned(),
            text: notice.matter.say(lang),
        }
    }
}

impl RejectedLine {
    /// The line of a rejection.
    #[must_use]
    pub fn of(rejected: &Rejected, lang: Lang) -> Self {
        Self { sheet: rejected.place.sheet.to_string(), row: rejected.place.row, reason: rejected.reason.say(lang) }
    }
}
