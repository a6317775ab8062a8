//! Rows into items with ladders, tiers and conditions.
//!
//! The same rules serve workbooks and texts. In a workbook a merged cell goes on until its last row and a blank cell
//! of its own is blank; in a text, where merges are lost, a blank cell continues what stands above it.

mod cell;
mod draft;
mod finish;
mod ladder;
mod numbers;

pub(crate) use cell::RowView;
pub(crate) use cell::squeeze;
pub(crate) use finish::read_flag;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::grid::is_blank;
use super::heading::{Heading, Role};
use super::piece::{Matter, Notice, Piece, Place, Reason, Rejected, SheetSummary, Sink};
use crate::domain::item::text_identity;
use crate::domain::kind::Kind;
use crate::domain::source::bare_title;
use cell::Change;
use draft::{Draft, Plan, Row};
use finish::{Finished, finish, read_kind};

/// Identities seen in a file, to tell an item that stands there twice.
#[derive(Default)]
pub(crate) struct Seen(HashSet<u64>);

impl Seen {
    /// True if the item was there before.
    pub(crate) fn again(&mut self, agency: &str, code: &str, source: &str, title: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        agency.hash(&mut hasher);
        if code.is_empty() {
            text_identity(source, title).hash(&mut hasher);
        } else {
            code.hash(&mut hasher);
        }
        !self.0.insert(hasher.finish())
    }
}

/// Groups the rows of one table.
pub(crate) struct Walker<'a, E> {
    heading: &'a Heading,
    plan: Plan,
    kind: Option<Kind>,
    sheet: Arc<str>,
    draft: Option<Draft>,
    /// Title of the source that a section row names.
    section: String,
    /// Words above, for columns that stand for a group of items.
    above: Vec<(usize, String)>,
    told: HashSet<(u32, &'static str)>,
    sparse: bool,
    text: bool,
    seen: &'a mut Seen,
    sink: Sink<'a, E>,
    items: u64,
    tiers: u64,
}

impl<'a, E> Walker<'a, E> {
    pub(crate) fn new(
        heading: &'a Heading,
        kind: Option<Kind>,
        sheet: Arc<str>,
        seen: &'a mut Seen,
        sink: Sink<'a, E>,
    ) -> Self {
        Self {
            heading,
            plan: Plan::of(heading),
            kind,
            sheet,
            draft: None,
            section: String::new(),
            above: Vec::new(),
            told: HashSet::new(),
            sparse: false,
            text: false,
            seen,
            sink,
            items: 0,
            tiers: 0,
        }
    }

    /// Tells what the heading leaves unmapped, and what the titles above it name.
    pub(crate) fn begin(&mut self, titles: &[&str]) -> Result<(), E> {
        if let Some(title) = titles.iter().find_map(|words| title_in(words)) {
            self.section = title;
        }
        let row = self.heading.top;
        for (column, heading) in self.heading.unmapped() {
            let matter = Matter::UnmappedColumn { column: column + 1, heading: heading.to_owned() };
            (self.sink)(notice(&self.sheet, row + 1, matter))?;
        }
        Ok(())
    }

    /// Takes one row.
    pub(crate) fn row(&mut self, view: RowView<'_>) -> Result<(), E> {
        self.text = view.is_text();
        let row = self.plan.row(view);
        let number = view.row();
        if !row.cells.iter().any(|cell| cell.is_own(number)) {
            // Nothing begins here: merged cells go on, or the row is blank.
            if let Some(draft) = self.draft.as_mut() {
                draft.add(&self.plan, &row);
            }
            return self.beyond(view);
        }
        if self.repeats_heading(&row) {
            return self.tell(number, Matter::RepeatedHeading);
        }
        if let Some(words) = self.loose(&row) {
            return self.loosen(number, &words);
        }
        if self.starts(&row) {
            self.flush()?;
            self.open(&row)?;
        }
        let name = row.is_own(self.plan.name()) || row.is_own(self.plan.at(Role::Code));
        let Some(draft) = self.draft.as_mut() else {
            let words = row.cells.iter().map(|cell| cell.text.as_ref()).filter(|text| !text.is_empty());
            let words = words.collect::<Vec<_>>().join(" ");
            return (self.sink)(rejected(&self.sheet, number + 1, Reason::NoItem { words }));
        };
        if !name {
            draft.sparse = true;
            self.sparse = true;
        }
        draft.add(&self.plan, &row);
        self.beyond(view)
    }

    /// Ends the table.
    pub(crate) fn end(mut self) -> Result<SheetSummary, E> {
        self.flush()?;
        let heading_row = (self.heading.data > 0).then_some(self.heading.top + 1);
        let mapping = self.heading.mapping().iter().map(|(role, column)| (role.id(), *column)).collect();
        let headings = self.heading.words.clone();
        Ok(SheetSummary { name: self.sheet, heading_row, mapping, items: self.items, tiers: self.tiers, headings })
    }

    /// Whether the row begins a new item.
    fn starts(&self, row: &Row<'_>) -> bool {
        let (code_at, name_at) = (self.plan.at(Role::Code), self.plan.name());
        let shown = |at| row.get(at).is_some_and(|cell| !cell.text.is_empty());
        let Some(draft) = self.draft.as_ref() else { return shown(code_at) || shown(name_at) };
        let other_agency = draft.change(row, self.plan.at(Role::Agency)) == Change::New
            && !draft.kept_is_empty(self.plan.at(Role::Agency));
        match (draft.change(row, code_at), draft.change(row, name_at)) {
            (Change::Blank | Change::Equal, Change::New) => true,
            (Change::Blank, Change::Equal) => {
                let source_at = self.plan.at(Role::Source);
                let other_source = draft.change(row, source_at) == Change::New && !draft.kept_is_empty(source_at);
                other_agency || other_source
            }
            (Change::Equal, _) => other_agency,
            (Change::New, Change::Same) => !self.counts_rows(draft, row),
            (Change::New, _) => true,
            (Change::Blank | Change::Same, _) => false,
        }
    }

    /// True where the numbers under one merged violation only count its rows.
    fn counts_rows(&self, draft: &Draft, row: &Row<'_>) -> bool {
        let code_at = self.plan.at(Role::Code);
        let last = code_at.and_then(|at| draft.kept.get(at)).map(|kept| kept.last().parse::<u32>());
        let this = row.get(code_at).map(|cell| cell.text.parse::<u32>());
        let next = matches!((last, this), (Some(Ok(last)), Some(Ok(this))) if this == last + 1);
        next && draft.change(row, self.plan.at(Role::Basis)) != Change::New
    }

    fn open(&mut self, row: &Row<'_>) -> Result<(), E> {
        let number = row.view.row();
        let told = row.get(self.plan.at(Role::Kind)).map(|cell| cell.text.as_ref()).unwrap_or_default();
        let kind = match read_kind(told) {
            Ok(told) => Some(told.or(self.kind).unwrap_or(self.heading.kind)),
            Err(reason) => {
                (self.sink)(rejected(&self.sheet, number + 1, reason))?;
                None
            }
        };
        let mut draft = Draft::new(&self.plan, kind, number);
        if row.view.is_text() {
            self.fill_down(&mut draft, row)?;
        }
        self.draft = Some(draft);
        Ok(())
    }

    /// In a text a blank in a column that stands for a group of items takes the words above.
    fn fill_down(&mut self, draft: &mut Draft, row: &Row<'_>) -> Result<(), E> {
        let always = [Role::Source, Role::Kind, Role::Level];
        let where_sparse = [Role::Agency, Role::Basis];
        for (at, column) in self.plan.columns.iter().enumerate() {
            let Some(role) = column.role else { continue };
            let fills = always.contains(&role) || (self.sparse && where_sparse.contains(&role));
            let Some(cell) = row.cells.get(at) else { continue };
            let known = self.above.iter_mut().find(|(place, _)| *place == at);
            match known {
                Some((_, words)) if !cell.text.is_empty() => cell.text.as_ref().clone_into(words),
                Some((_, words)) if fills => {
                    if let Some(kept) = draft.kept.get_mut(at) {
                        kept.fill(words);
                    }
                    if role == Role::Kind
                        && let Ok(kind) = read_kind(words)
                    {
                        draft.kind = kind;
                    }
                    if self.told.insert((column.column, "filled")) {
                        let matter = Matter::FilledDown { column: column.column + 1 };
                        (self.sink)(notice(&self.sheet, row.view.row() + 1, matter))?;
                    }
                }
                None if !cell.text.is_empty() && (always.contains(&role) || where_sparse.contains(&role)) => {
                    self.above.push((at, cell.text.clone().into_owned()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), E> {
        let Some(draft) = self.draft.take() else { return Ok(()) };
        if draft.kind.is_none() {
            return Ok(());
        }
        let counted = self.counted(&draft);
        let Finished { entry, matters } =
            finish(draft, &self.plan, self.heading, &self.sheet, &self.section, self.text);
        self.items += 1;
        self.tiers += entry.baseline.tier_count() as u64;
        let source = entry.text.citations.first().map_or("", |citation| citation.title.as_str());
        let agency = entry.agency.as_deref().unwrap_or_default();
        let again = self.seen.again(agency, &entry.text.code, source, &entry.text.title);
        let item = if entry.text.code.is_empty() { &entry.text.title } else { &entry.text.code };
        let twice = again.then(|| (entry.place.row, Matter::Twice { item: item.clone() }));
        (self.sink)(Piece::Entry(Box::new(entry)))?;
        for (row, matter) in matters.into_iter().chain(counted).chain(twice) {
            if matter == Matter::Composed && !self.told.insert((0, "composed")) {
                continue;
            }
            (self.sink)(notice(&self.sheet, row, matter))?;
        }
        Ok(())
    }

    /// Numbers of rows that were not taken for codes.
    fn counted(&self, draft: &Draft) -> Vec<(u32, Matter)> {
        let kept = self.plan.at(Role::Code).and_then(|at| draft.kept.get(at));
        let codes = kept.into_iter().flat_map(|kept| kept.all().skip(1));
        codes.map(|code| (draft.first + 1, Matter::CountedRow { code: code.to_owned() })).collect()
    }

    fn repeats_heading(&self, row: &Row<'_>) -> bool {
        let telling = [self.plan.name(), self.plan.at(Role::Tier), self.plan.at(Role::Standard)];
        let number = row.view.row();
        let short = |at: Option<usize>| row.get(at).is_some_and(|cell| cell.is_own(number) && cell.text.len() <= 60);
        if !telling.into_iter().any(short) {
            return false;
        }
        let columns = self.plan.columns.iter().zip(&row.cells);
        let own = columns.filter(|(_, cell)| cell.is_own(number));
        self.heading.is_repeated_by(own.map(|(column, cell)| (column.column as usize, cell.text.as_ref())))
    }

    /// The words of a row that is no part of any item: a section, a note, a lone number, the columns counted.
    fn loose(&self, row: &Row<'_>) -> Option<String> {
        let number = row.view.row();
        let mut own = row.cells.iter().zip(&self.plan.columns).filter(|(cell, _)| cell.is_own(number));
        let (cell, column) = own.next()?;
        let words = cell.text.as_ref();
        if let Some((second, _)) = own.next() {
            let counts = number == self.heading.data && counts_columns(row, words, &second.text);
            return counts.then(|| words.to_owned());
        }
        if column.role == Some(Role::Code) {
            // A number alone, prepared for an item that was never written.
            let goes_on = row.cells.iter().any(|cell| cell.region.top < number && !cell.text.is_empty());
            let sentence = words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() >= 5;
            return (sentence || !goes_on).then(|| words.to_owned());
        }
        let section = column.column == 0 && cell.region.columns() >= 3;
        section.then(|| words.to_owned())
    }

    fn loosen(&mut self, number: u32, words: &str) -> Result<(), E> {
        self.flush()?;
        if let Some(title) = title_in(words) {
            self.section = title;
        }
        self.tell(number, Matter::LooseRow { words: words.to_owned() })
    }

    /// Keeps what stands to the right of the heading.
    fn beyond(&mut self, view: RowView<'_>) -> Result<(), E> {
        let width = u32::try_from(self.heading.words.len()).unwrap_or(u32::MAX);
        let unnamed = |column: &u32| {
            let blank = self.heading.words.get(*column as usize).is_none_or(String::is_empty);
            blank && !self.heading.columns.values().any(|taken| taken == column)
        };
        let first = if self.heading.words.iter().any(String::is_empty) { 0 } else { width };
        for column in (first..view.width()).filter(unnamed) {
            let cell = view.cell(column);
            if !cell.is_own(view.row()) {
                continue;
            }
            if self.told.insert((column, "beyond")) {
                let matter = Matter::UnmappedColumn { column: column + 1, heading: String::new() };
                (self.sink)(notice(&self.sheet, view.row() + 1, matter))?;
            }
            if let Some(draft) = self.draft.as_mut() {
                draft.beyond.push((column, cell.text.into_owned()));
            }
        }
        Ok(())
    }

    fn tell(&mut self, row: u32, matter: Matter) -> Result<(), E> {
        (self.sink)(notice(&self.sheet, row + 1, matter))
    }
}

/// True for the row «1 2 3 4» under a heading, which counts the columns.
fn counts_columns(row: &Row<'_>, first: &str, second: &str) -> bool {
    let numbers: Option<Vec<u32>> = row.cells.iter().map(|cell| cell.text.parse().ok()).collect();
    let counted = numbers.is_some_and(|mut numbers| {
        numbers.sort_unstable();
        numbers.len() >= 4
            && numbers.windows(2).all(|pair| pair.first().zip(pair.last()).is_some_and(|(a, b)| a + 1 == *b))
    });
    counted && !is_blank(first) && !is_blank(second)
}

/// The one title of a source that words name.
fn title_in(words: &str) -> Option<String> {
    let (_, after) = words.split_once('《')?;
    let end = after.find('》')?;
    let title = after.get(..end)?;
    let short = words.chars().count() <= 80 && !after.get(end..).unwrap_or_default().contains('《');
    short.then(|| bare_title(title))
}

pub(crate) fn notice(sheet: &Arc<str>, row: u32, matter: Matter) -> Piece {
    Piece::Notice(Notice { place: Place { sheet: Arc::clone(sheet), row }, matter })
}

fn rejected(sheet: &Arc<str>, row: u32, reason: Reason) -> Piece {
    Piece::Rejected(Rejected { place: Place { sheet: Arc::clone(sheet), row }, reason })
}
