//! The cursor: over the cells of the form, or over the list of findings.

use super::form::{self, Row};
use super::{Editor, Focus, Step, draw};
use crate::tui::Ctx;

impl Editor {
    pub(super) fn row(&self) -> Option<Row> {
        form::rows(&self.open.as_ref()?.work).get(self.at.row).copied()
    }

    pub(super) fn move_by(&mut self, rows: isize, cells: isize) -> Vec<Step> {
        let Some(open) = &mut self.open else { return Vec::new() };
        if self.focus == Focus::Findings {
            open.found.move_by(rows);
            return Vec::new();
        }
        let all = form::rows(&open.work);
        self.at.row = self.at.row.saturating_add_signed(rows).min(all.len().saturating_sub(1));
        let row = all.get(self.at.row).copied();
        let last = row.map_or(0, Row::cells).saturating_sub(1);
        // Down the form one comes to the words of a tier, not to its label.
        if rows != 0 && last > 1 && self.at.cell == 0 {
            self.at.cell = last.saturating_sub(1);
        }
        self.at.cell = self.at.cell.saturating_add_signed(cells).min(last);
        self.attend();
        Vec::new()
    }

    /// To the next cell in reading order, or the one before.
    pub(super) fn next_cell(&mut self, by: isize) -> Vec<Step> {
        let cells = self.row().map_or(1, Row::cells);
        match self.at.cell.checked_add_signed(by) {
            Some(cell) if cell < cells => self.at.cell = cell,
            Some(_) => {
                self.at.cell = 0;
                self.at.row += 1;
                let rows = self.open.as_ref().map_or(0, |open| form::rows(&open.work).len());
                self.at.row = self.at.row.min(rows.saturating_sub(1));
            }
            None => {
                self.at.row = self.at.row.saturating_sub(1);
                self.at.cell = self.row().map_or(1, Row::cells) - 1;
            }
        }
        self.attend();
        Vec::new()
    }

    /// Keeps the cursor within the form.
    pub(super) fn hold(&mut self) {
        self.move_by(0, 0);
    }

    /// The legal text one pane on; from its end back to its beginning.
    pub(super) fn scroll_on(&mut self, ctx: &Ctx) {
        let Some(open) = &self.open else { return };
        let (page, lines) = draw::law_extent(self, open, ctx);
        self.scroll = if self.scroll + page < lines { self.scroll + page } else { 0 };
    }
}
