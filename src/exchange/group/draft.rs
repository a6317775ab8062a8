//! One item while its rows are read.

use super::super::heading::{Heading, Role};
use super::cell::{Cell, Change, Kept, RowView, squeeze};
use super::ladder::TierDraft;
use crate::domain::baseline::{FineBand, Grade};
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::tier_label::{fine_band, grade};

/// A column of the table: one with a role, or one kept as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) role: Option<Role>,
    pub(super) column: u32,
}

/// A row's cells, in the order of the columns.
pub(super) struct Row<'a> {
    pub(super) view: RowView<'a>,
    pub(super) cells: Vec<Cell<'a>>,
}

/// An item whose rows are still coming. Rows from 0.
pub(super) struct Draft {
    pub(super) kind: Option<Kind>,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) kept: Vec<Kept>,
    pub(super) tiers: Vec<TierDraft>,
    /// Remarks with their first and last row.
    pub(super) remarks: Vec<(String, u32, u32)>,
    /// Values beyond the heading, with their column.
    pub(super) beyond: Vec<(u32, String)>,
    /// True once a row of the item has left code and violation blank: blanks stand for the words above.
    pub(super) sparse: bool,
    /// Tiers that stand over two standards, with their row.
    pub(super) doubled: Vec<(u32, String)>,
}

/// The roles that make up the ladder of a penalty.
const LADDER: [Role; 5] = [Role::Tier, Role::Condition, Role::Standard, Role::Grade, Role::FineBand];

/// Where the columns of one table stand in a [`Row`].
pub(super) struct Plan {
    pub(super) columns: Vec<Column>,
    places: [Option<usize>; Role::COUNT],
}

impl Plan {
    pub(super) fn of(heading: &Heading) -> Self {
        let mapped = heading.columns.iter().map(|(role, column)| Column { role: Some(*role), column: *column });
        let other = heading.unmapped().map(|(column, _)| Column { role: None, column });
        let columns: Vec<Column> = mapped.chain(other).collect();
        let mut places = [None; Role::COUNT];
        for (at, column) in columns.iter().enumerate() {
            let place = column.role.and_then(Role::index).and_then(|index| places.get_mut(index));
            if let Some(place) = place {
                *place = Some(at);
            }
        }
        Self { columns, places }
    }

    /// Where a role stands; every role but mere fields.
    pub(super) fn at(&self, role: Role) -> Option<usize> {
        self.places.get(role.index()?).copied().flatten()
    }

    pub(super) fn row<'a>(&self, view: RowView<'a>) -> Row<'a> {
        Row { view, cells: self.columns.iter().map(|column| view.cell(column.column)).collect() }
    }

    /// The column that names an item: the violation, else the title.
    pub(super) fn name(&self) -> Option<usize> {
        self.at(Role::Violation).or_else(|| self.at(Role::Title))
    }
}

impl Row<'_> {
    pub(super) fn get(&self, at: Option<usize>) -> Option<&Cell<'_>> {
        at.and_then(|at| self.cells.get(at))
    }

    pub(super) fn is_own(&self, at: Option<usize>) -> bool {
        self.get(at).is_some_and(|cell| cell.is_own(self.view.row()))
    }
}

impl Draft {
    pub(super) fn new(plan: &Plan, kind: Option<Kind>, row: u32) -> Self {
        Self {
            kind,
            first: row,
            last: row,
            kept: plan.columns.iter().map(|_| Kept::default()).collect(),
            tiers: Vec::new(),
            remarks: Vec::new(),
            beyond: Vec::new(),
            sparse: false,
            doubled: Vec::new(),
        }
    }

    pub(super) fn change(&self, row: &Row<'_>, at: Option<usize>) -> Change {
        let kept = at.and_then(|at| self.kept.get(at));
        kept.zip(row.get(at)).map_or(Change::Blank, |(kept, cell)| kept.change(cell))
    }

    /// True while a column has shown nothing.
    pub(super) fn kept_is_empty(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.kept.get(at)).is_none_or(|kept| kept.last().is_empty())
    }

    /// Takes one more row of the item.
    pub(super) fn add(&mut self, plan: &Plan, row: &Row<'_>) {
        let penalty = self.kind == Some(Kind::Penalty);
        let labels_ladder = penalty && self.take_tier(plan, row);
        let number = row.view.row();
        for (at, column) in plan.columns.iter().enumerate() {
            let Some((kept, cell)) = self.kept.get_mut(at).zip(row.cells.get(at)) else { continue };
            if cell.text.is_empty() && !cell.region.is_merged() {
                continue;
            }
            let change = kept.change(cell);
            match (column.role, change) {
                (_, Change::Blank | Change::Same) => kept.stand(cell),
                (Some(Role::Remarks), _) => {
                    let top = cell.region.top.max(number);
                    self.remarks.push((cell.text.clone().into_owned(), top, cell.region.bottom.max(top)));
                    kept.replace(cell);
                }
                (_, Change::Equal) => kept.stand(cell),
                (Some(role), Change::New) if penalty && LADDER.contains(&role) => kept.replace(cell),
                (role, Change::New) => kept.push(cell, !(labels_ladder && role == Some(Role::Basis))),
            }
        }
        self.last = number;
    }

    /// Takes the ladder part of a row. True if the words of the basis begin a ladder and are its label.
    fn take_tier(&mut self, plan: &Plan, row: &Row<'_>) -> bool {
        let places = [plan.at(Role::Tier), plan.at(Role::Condition), plan.at(Role::Standard)];
        let [tier_at, condition_at, standard_at] = places;
        let number = row.view.row();
        let own = places.into_iter().any(|at| row.is_own(at));
        let shown = places.into_iter().any(|at| row.get(at).is_some_and(|cell| !cell.text.is_empty()));
        let opens = self.tiers.is_empty() && shown;
        if !(own || opens) {
            if let Some(last) = self.tiers.last_mut() {
                last.last = number;
            }
            return false;
        }
        let (tier, standard) = (self.change(row, tier_at), self.change(row, standard_at));
        let begins = if tier == Change::Same { None } else { self.begins(plan, row) };
        let parted = standard == Change::New && self.tiers.last().is_some_and(|last| !last.standard.is_empty());
        if !(self.tiers.is_empty() || tier == Change::New || parted || begins.is_some()) {
            self.continue_tier(row, condition_at, standard_at);
            return false;
        }
        let label = match tier {
            Change::Blank if begins.is_some() => String::new(),
            Change::Blank => self.tiers.last().map(|last| last.label.clone()).unwrap_or_default(),
            _ => squeeze(text(row, tier_at)),
        };
        // A number that stands twice in cells of its own is a repeated number, not one over two standards; in a text
        // the two look alike.
        let one_cell = matches!(tier, Change::Same | Change::Blank) || (tier == Change::Equal && row.view.is_text());
        if parted && begins.is_none() && one_cell && !label.is_empty() {
            self.doubled.push((number, label.clone()));
        }
        let labels_ladder = begins.as_ref().is_some_and(|(role, _)| *role == Role::Basis);
        let (told_grade, told_band) = (text(row, plan.at(Role::Grade)), text(row, plan.at(Role::FineBand)));
        self.tiers.push(TierDraft {
            label,
            grade: Grade::from_words(told_grade).or_else(|| grade(told_grade)),
            fine_band: FineBand::from_words(told_band).or_else(|| fine_band(told_band)),
            conditions: Some(text(row, condition_at).to_owned())
                .filter(|words| !words.is_empty())
                .into_iter()
                .collect(),
            standard: text(row, standard_at).to_owned(),
            remarks: Vec::new(),
            first: number,
            last: number,
            begins: begins.map(|(_, words)| words),
        });
        labels_ladder
    }

    /// A row that belongs to the tier above: one more condition, or the standard that was still missing.
    fn continue_tier(&mut self, row: &Row<'_>, condition_at: Option<usize>, standard_at: Option<usize>) {
        let Some(last) = self.tiers.last_mut() else { return };
        last.last = row.view.row();
        if row.is_own(condition_at) {
            last.conditions.push(text(row, condition_at).to_owned());
        }
        if last.standard.is_empty() {
            text(row, standard_at).clone_into(&mut last.standard);
        }
    }

    /// The column whose new words begin a ladder in this row, with those words.
    fn begins(&self, plan: &Plan, row: &Row<'_>) -> Option<(Role, String)> {
        let later: &[Role] = &[Role::Ladder, Role::Basis, Role::Violation];
        let roles = if self.tiers.is_empty() { later.get(..1) } else { Some(later) };
        let changed = |role: &&Role| self.change(row, plan.at(**role)) == Change::New;
        let role = roles?.iter().find(changed)?;
        Some((*role, text(row, plan.at(*role)).to_owned()))
    }
}

fn text<'a>(row: &'a Row<'_>, at: Option<usize>) -> &'a str {
    row.get(at).map_or("", |cell| &cell.text)
}
