//! Tables of forms: one block of rows an item, with the broken provision, the basis, then factors with weights or a
//! matrix of conditions, then remarks. Headings stand inside each block, so that no column means the same throughout.

mod block;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::ReadError;
use super::grid::{Sheet, is_blank};
use super::group::{RowView, Seen, notice};
use super::heading::{Layout, Mapping, Place, Role, bare};
use super::piece::{Matter, Piece, Reason, Rejected, SheetSummary, Sink};
use crate::domain::label::Text;
use block::Block;

/// Where the parts of the forms stand. Columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forms {
    /// The column that numbers the items, if one does.
    code: Option<u32>,
    /// The column of the labels.
    label: u32,
    /// Row of the first label, from 0.
    first: u32,
}

/// What a label in the first column of a form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Duty,
    Basis,
    Heading,
    Start,
    Remarks,
}

impl Label {
    fn of(words: &str) -> Option<Self> {
        let words = bare(words);
        if words == "裁量起点" || words == "起点" {
            return Some(Self::Start);
        }
        let (role, strength) = Role::read(&words).first().copied()?;
        match (role, strength) {
            (Role::Duty, 3) => Some(Self::Duty),
            (Role::Basis, 3) => Some(Self::Basis),
            (Role::Violation, 3) => Some(Self::Heading),
            (Role::Remarks, 3) => Some(Self::Remarks),
            _ => None,
        }
    }
}

impl Forms {
    /// Recognises a table of forms: a broken provision and a basis as labels in one column, one below the other.
    pub(crate) fn find(sheet: &Sheet, mapping: Option<&Mapping>) -> Result<Option<Self>, ReadError> {
        let given = mapping.filter(|mapping| mapping.layout == Layout::Weights);
        let code = given.and_then(|mapping| match mapping.columns.get(&Role::Code) {
            Some(Place::Number(number)) => number.checked_sub(1),
            _ => None,
        });
        let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).min(60);
        let label_at = |row: u32, column: u32| Label::of(sheet.cell(row, column));
        let found = (0..height).find_map(|row| {
            let column = (0..sheet.width().min(4)).find(|&column| label_at(row, column) == Some(Label::Duty))?;
            let basis = row + 1 < height && label_at(row + 1, column) == Some(Label::Basis);
            let filled = !is_blank(sheet.cell(row, column + 1)) && !is_blank(sheet.cell(row + 1, column + 1));
            (basis && filled).then_some((row, column))
        });
        let Some((first, label)) = found else {
            let asked = Err(ReadError::Mapping {
                detail: Text::new(
                    "表中没有“违反条款”和“处罚依据”上下相连的表格，不是权重表",
                    "no form begins with the broken provision above the legal basis, so that this is no table of weights",
                ),
                at: crate::i18n::Words::same("layout = \"weights\""),
            });
            return if given.is_some() { asked } else { Ok(None) };
        };
        let numbered = label.checked_sub(1).filter(|&column| !is_blank(sheet.cell(first, column)));
        Ok(Some(Self { code: code.or(numbered), label, first }))
    }
}

/// Reads the blocks of one table of forms.
pub(crate) struct FormReader<'a, E> {
    forms: Forms,
    sheet: Arc<str>,
    block: Option<Block>,
    seen: &'a mut Seen,
    sink: Sink<'a, E>,
    items: u64,
    tiers: u64,
}

impl<'a, E> FormReader<'a, E> {
    pub(crate) const fn new(forms: Forms, sheet: Arc<str>, seen: &'a mut Seen, sink: Sink<'a, E>) -> Self {
        Self { forms, sheet, block: None, seen, sink, items: 0, tiers: 0 }
    }

    /// Takes one row; those above the first label are titles.
    pub(crate) fn row(&mut self, view: RowView<'_>) -> Result<(), E> {
        if view.row() < self.forms.first {
            return Ok(());
        }
        let cells: Vec<String> =
            (self.forms.label..view.width()).map(|column| own_words(view, column).into_owned()).collect();
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        let code = self.forms.code.map(|column| view.cell(column).text.into_owned()).unwrap_or_default();
        let label = cells.first().and_then(|words| Label::of(words));
        let begins = match &self.block {
            None => true,
            Some(block) if code.is_empty() || self.forms.code.is_none() => {
                label == Some(Label::Duty) && block.is_filled()
            }
            Some(block) => block.code != code,
        };
        if begins {
            self.flush()?;
            self.block = Some(Block::new(code, view.row()));
        }
        if let Some(block) = self.block.as_mut() {
            block.add(view.row(), label, cells);
        }
        Ok(())
    }

    /// Ends the table.
    pub(crate) fn end(mut self) -> Result<SheetSummary, E> {
        self.flush()?;
        let mut mapping: BTreeMap<&'static str, u32> = BTreeMap::new();
        mapping.extend(self.forms.code.map(|column| (Role::Code.id(), column + 1)));
        let mapping = mapping.into_iter().collect();
        let (items, tiers) = (self.items, self.tiers);
        let heading_row = Some(self.forms.first + 1);
        Ok(SheetSummary { name: self.sheet, heading_row, mapping, items, tiers, headings: Vec::new() })
    }

    fn flush(&mut self) -> Result<(), E> {
        let Some(block) = self.block.take() else { return Ok(()) };
        let (entry, loose) = block.finish(&self.sheet);
        for (row, words) in loose {
            (self.sink)(notice(&self.sheet, row + 1, Matter::LooseRow { words }))?;
        }
        if entry.text.title.is_empty() {
            let reason = Reason::NoItem { words: entry.baseline.text("basis").to_owned() };
            return (self.sink)(Piece::Rejected(Rejected { place: entry.place, reason }));
        }
        self.items += 1;
        self.tiers += entry.baseline.tier_count() as u64;
        let source = entry.text.citations.first().map_or("", |citation| citation.title.as_str());
        let again = self.seen.again("", &entry.text.code, source, &entry.text.title);
        let (row, item) = (entry.place.row, entry.text.title.clone());
        (self.sink)(Piece::Entry(Box::new(entry)))?;
        if again { (self.sink)(notice(&self.sheet, row, Matter::Twice { item })) } else { Ok(()) }
    }
}

/// The words of a cell that begins in this row; what a merge continues is blank, as it is in a text.
fn own_words(view: RowView<'_>, column: u32) -> std::borrow::Cow<'_, str> {
    let cell = view.cell(column);
    if cell.region.top == view.row() { cell.text } else { "".into() }
}
