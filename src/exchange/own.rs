//! Reading own exports back: nothing is trimmed, nothing filled down, nothing guessed.
//!
//! Rows belong together by their numbers. Where a person has edited a table, the first row of an item, a ladder or a
//! tier counts for what stands once in it, and other words below are told.

use std::sync::Arc;

use super::columns::{Column, Own, Scope, is_stale, own_heading, read_own};
use super::grid::Sheet;
use super::group::{RowView, Seen, notice};
use super::piece::{Entry, LadderRows, Matter, Piece, Place, Reason, Rejected, SheetSummary, Sink};
use crate::domain::baseline::{Baseline, Ladder, Tier};
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;

/// The mark in the item's number column of a row that goes on where the cells above had no more room.
pub(crate) const GOES_ON: &str = "续";

/// The columns of an own export, one for each column of the sheet.
pub(crate) struct OwnHeading {
    columns: Vec<Option<Column>>,
    /// The known columns in the order in which they are read, with their places.
    order: Vec<(usize, Column)>,
    words: Vec<String>,
}

impl OwnHeading {
    /// The heading in the sheet's first row, if it is that of an own export.
    pub(crate) fn of(sheet: &Sheet) -> Option<Self> {
        let words = sheet.rows.first()?;
        let columns = own_heading(words.iter().map(String::as_str))?;
        let mut order: Vec<_> = columns.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?))).collect();
        order.sort_by_key(|(_, column)| column.is_correction());
        Some(Self { columns, order, words: words.clone() })
    }

    fn summary(&self, name: Arc<str>) -> SheetSummary {
        let columns = self.columns.iter().enumerate();
        let named = columns.filter_map(|(at, column)| Some((column.as_ref()?.id(), u32::try_from(at + 1).ok()?)));
        let headings = self.words.clone();
        SheetSummary { name, heading_row: Some(1), mapping: named.collect(), items: 0, tiers: 0, headings }
    }
}

/// Reads the rows of one file of own sheets; an item may go on from one sheet to the next.
pub(crate) struct OwnReader<'a, E> {
    kind: Option<Kind>,
    heading: OwnHeading,
    sheet: Arc<str>,
    /// The cells of the row before, until it is sure that none goes on.
    pending: Option<(u32, Vec<String>)>,
    draft: Option<Draft>,
    seen: &'a mut Seen,
    sink: Sink<'a, E>,
    pub(crate) sheets: Vec<SheetSummary>,
}

struct Draft {
    number: u64,
    ladder: Option<u64>,
    tier: Option<u64>,
    entry: Entry,
    /// The cells of the first row, to tell where a later one differs.
    first: Vec<String>,
    tier_first: Vec<String>,
    unreadable: Option<Column>,
    /// The bands were told of other words of the law, and the places of ladders among them.
    stale_bands: bool,
    sheet_index: usize,
}

impl<'a, E> OwnReader<'a, E> {
    pub(crate) const fn new(
        heading: OwnHeading,
        sheet: Arc<str>,
        kind: Option<Kind>,
        seen: &'a mut Seen,
        sink: Sink<'a, E>,
    ) -> Self {
        Self { kind, heading, sheet, pending: None, draft: None, seen, sink, sheets: Vec::new() }
    }

    /// Tells the columns that nobody knows; called once for each sheet.
    pub(crate) fn begin(&mut self) -> Result<(), E> {
        self.sheets.push(self.heading.summary(Arc::clone(&self.sheet)));
        let columns = self.heading.columns.iter().zip(&self.heading.words).enumerate();
        for (at, (_, words)) in columns.filter(|(_, (column, words))| column.is_none() && !words.is_empty()) {
            let column = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let matter = Matter::UnmappedColumn { column, heading: words.clone() };
            (self.sink)(notice(&self.sheet, 1, matter))?;
        }
        Ok(())
    }

    /// Goes on with another sheet.
    pub(crate) fn turn(&mut self, heading: OwnHeading, sheet: Arc<str>) -> Result<(), E> {
        self.settle()?;
        self.heading = heading;
        self.sheet = sheet;
        self.begin()
    }

    /// Takes one row.
    pub(crate) fn row(&mut self, view: RowView<'_>) -> Result<(), E> {
        let width = self.heading.columns.len();
        let number = self.heading.columns.iter().position(|column| *column == Some(Column::Number));
        if number.is_some_and(|at| view.raw(at) == GOES_ON)
            && let Some((_, cells)) = self.pending.as_mut()
        {
            for (at, cell) in cells.iter_mut().enumerate().filter(|(at, _)| Some(*at) != number) {
                cell.push_str(view.raw(at));
            }
            return Ok(());
        }
        let mut cells = self.settle()?.unwrap_or_default();
        cells.resize_with(width, String::new);
        for (at, cell) in cells.iter_mut().enumerate() {
            cell.clear();
            cell.push_str(view.raw(at));
        }
        self.pending = Some((view.row(), cells));
        Ok(())
    }

    /// Ends the file.
    pub(crate) fn end(mut self) -> Result<Vec<SheetSummary>, E> {
        self.settle()?;
        self.flush()?;
        Ok(self.sheets)
    }

    /// Takes the row that was kept back; its cells come back as room for the next.
    fn settle(&mut self) -> Result<Option<Vec<String>>, E> {
        let Some((row, cells)) = self.pending.take() else { return Ok(None) };
        if cells.iter().all(String::is_empty) {
            return Ok(Some(cells));
        }
        let get = |column: Column| {
            let at = self.heading.columns.iter().position(|have| *have == Some(column));
            at.and_then(|at| cells.get(at)).map_or(Own::of(""), |raw| Own::of(raw))
        };
        let (number, ladder, tier) =
            (get(Column::Number).number(), get(Column::Ladder).number(), get(Column::Tier).number());
        let known = self.draft.as_ref().map(|draft| draft.number);
        let Some(number) = number.or(known) else {
            let words = cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            self.reject(row + 1, Reason::NoItem { words })?;
            return Ok(Some(cells));
        };
        let begins = known != Some(number);
        if begins {
            self.flush()?;
            self.draft = Some(self.open(number, row, &cells));
        }
        self.take(row, &cells, begins, (ladder, tier))?;
        Ok(Some(cells))
    }

    fn open(&self, number: u64, row: u32, cells: &[String]) -> Draft {
        let kind = self.kind.unwrap_or(Kind::Penalty);
        let text = ItemText { code: String::new(), title: String::new(), kind, citations: Vec::new() };
        let place = Place { sheet: Arc::clone(&self.sheet), row: row + 1 };
        let baseline = Baseline::new(kind);
        let entry = Entry {
            text,
            baseline,
            agency: None,
            level: None,
            vertical: None,
            place,
            ladder_rows: Vec::new(),
            blank: Vec::new(),
        };
        Draft {
            number,
            ladder: None,
            tier: None,
            entry,
            first: cells.to_vec(),
            tier_first: Vec::new(),
            unreadable: None,
            stale_bands: false,
            sheet_index: self.sheets.len().saturating_sub(1),
        }
    }

    fn take(
        &mut self,
        row: u32,
        cells: &[String],
        begins: bool,
        (ladder, tier): (Option<u64>, Option<u64>),
    ) -> Result<(), E> {
        let Some(draft) = self.draft.as_mut() else { return Ok(()) };
        let new_ladder = ladder.is_some() && ladder != draft.ladder;
        if new_ladder {
            draft.entry.baseline.ladders.push(Ladder::default());
            draft.entry.ladder_rows.push(LadderRows { row: row + 1, ..LadderRows::default() });
            (draft.ladder, draft.tier) = (ladder, None);
        }
        let new_tier = tier.is_some() && tier != draft.tier && draft.ladder.is_some();
        if new_tier {
            if let Some(ladder) = draft.entry.baseline.ladders.last_mut() {
                ladder.tiers.push(Tier::default());
            }
            if let Some(rows) = draft.entry.ladder_rows.last_mut() {
                rows.tiers.push(row + 1);
            }
            draft.tier = tier;
            draft.tier_first = cells.to_vec();
        }
        for (at, column) in self.heading.order.iter().copied() {
            let Some(raw) = cells.get(at) else { continue };
            let heading = || self.heading.words.get(at).cloned().unwrap_or_default();
            let reads = match column.scope() {
                Scope::Item | Scope::ItemOnce => begins,
                Scope::Ladder | Scope::LadderOnce => new_ladder,
                Scope::Tier | Scope::TierOnce => new_tier,
                Scope::Condition => true,
                Scope::Fact => continue,
            };
            let first = match column.scope() {
                Scope::Tier => draft.tier_first.get(at),
                Scope::Item => draft.first.get(at),
                _ => None,
            };
            if reads && is_stale(column, &Own::of(raw), &draft.entry) {
                draft.stale_bands |= column == Column::Bands;
                (self.sink)(notice(&self.sheet, row + 1, Matter::StaleCorrection { column: heading() }))?;
            } else if reads {
                if read_own(column, &Own::of(raw), &mut draft.entry).is_err() {
                    draft.unreadable.get_or_insert(column);
                }
            } else if !raw.is_empty() && column != Column::Number && first.is_some_and(|first| first != raw) {
                (self.sink)(notice(&self.sheet, row + 1, Matter::DiffersFromFirst { column: heading() }))?;
            }
        }
        if begins {
            let strange = self.heading.columns.iter().zip(&self.heading.words).zip(cells);
            let strange = strange.filter(|((column, _), raw)| column.is_none() && !raw.is_empty());
            draft.entry.baseline.other.extend(strange.map(|((_, words), raw)| (words.clone(), raw.clone())));
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), E> {
        let Some(draft) = self.draft.take() else { return Ok(()) };
        let mut entry = draft.entry;
        if draft.stale_bands {
            entry.baseline.forget_bands();
        }
        let place = entry.place.clone();
        if let Some(column) = draft.unreadable {
            let reason = match column {
                Column::Kind => Reason::UnknownKind { word: entry.text.title.clone() },
                column => Reason::Unreadable { column: column.heading().zh.to_owned() },
            };
            return (self.sink)(Piece::Rejected(Rejected { place, reason }));
        }
        if let Some(sheet) = self.sheets.get_mut(draft.sheet_index) {
            sheet.items += 1;
            sheet.tiers += entry.baseline.tier_count() as u64;
        }
        let source = entry.text.citations.first().map_or("", |citation| citation.title.as_str());
        let agency = entry.agency.as_deref().unwrap_or_default();
        let again = self.seen.again(agency, &entry.text.code, source, &entry.text.title);
        let item = if entry.text.code.is_empty() { entry.text.title.clone() } else { entry.text.code.clone() };
        (self.sink)(Piece::Entry(Box::new(entry)))?;
        if again {
            (self.sink)(notice(&place.sheet, place.row, Matter::Twice { item }))?;
        }
        Ok(())
    }

    fn reject(&mut self, row: u32, reason: Reason) -> Result<(), E> {
        (self.sink)(Piece::Rejected(Rejected { place: Place { sheet: Arc::clone(&self.sheet), row }, reason }))
    }
}
