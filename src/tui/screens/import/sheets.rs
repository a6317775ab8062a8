//! The sheets of a file as a person looks at them: the headings, the first rows, and over each column what it holds.

use ratatui::layout::Rect;

use super::roles;
use super::told::Column;
use crate::i18n::{Lang, Words};
use crate::service::{Fate, Outcome, Role, SheetLook, SheetSummary};
use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};
use crate::tui::width::Ruler;
use crate::tui::{Ctx, layout};

/// The narrowest and the widest that a column is drawn.
const WIDTHS: (usize, usize) = (6, 22);
/// The columns that the numbers of the rows take.
const GUTTER: u16 = 6;

/// One sheet.
#[derive(Debug)]
pub struct Sheet {
    /// Its rows as they stand.
    pub look: SheetLook,
    /// How it was read, where it was; of several tables the first.
    pub read: Option<SheetSummary>,
    /// What each column holds.
    roles: Vec<Option<&'static str>>,
    widths: Vec<u16>,
    /// Place of the headings among the rows.
    head: Option<usize>,
}

/// The sheets of a file.
pub fn of(outcome: &Outcome, ruler: Ruler) -> Vec<Sheet> {
    outcome.looks.iter().map(|look| Sheet::new(look, outcome, ruler)).collect()
}

impl Sheet {
    fn new(look: &SheetLook, outcome: &Outcome, ruler: Ruler) -> Self {
        let read = outcome.sheets.iter().find(|table| table.name == look.name).cloned();
        let mapped = read.iter().flat_map(|table| &table.mapping);
        let width = look.rows.iter().map(|(_, cells)| cells.len()).chain(mapped.map(|(_, at)| *at as usize)).max();
        let width = width.unwrap_or(0);
        let role = |at: usize| {
            let mut mapped = read.iter().flat_map(|table| &table.mapping);
            mapped.find(|(_, number)| *number as usize == at + 1).map(|(role, _)| *role)
        };
        let row = read.as_ref().and_then(|table| table.heading_row);
        let head = row.and_then(|row| look.rows.iter().position(|(number, _)| *number == row));
        let from = head.unwrap_or(0);
        let widest = |at: usize| {
            let cells = look.rows.iter().skip(from).filter_map(|(_, cells)| cells.get(at));
            let label = roles::mark(role(at), look.fate);
            let label = ruler.of(label.say(Lang::Zh)).max(ruler.of(label.say(Lang::En)));
            let widest = cells.map(|words| ruler.of(words)).max().unwrap_or(0).max(label);
            u16::try_from(widest.clamp(WIDTHS.0, WIDTHS.1)).unwrap_or(0)
        };
        let (roles, widths) = ((0..width).map(role).collect(), (0..width).map(widest).collect());
        Self { look: look.clone(), read, roles, widths, head }
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.roles.len()
    }

    /// Columns that say nothing known: they are kept as written.
    fn unmapped(&self) -> usize {
        self.roles.iter().enumerate().filter(|(at, role)| role.is_none() && !self.heading(*at).is_empty()).count()
    }

    /// The words over a column, else those in its first row.
    pub fn heading(&self, at: usize) -> &str {
        let told = self.read.as_ref().and_then(|table| table.headings.get(at));
        let first = self.look.rows.get(self.head.unwrap_or(0)).and_then(|(_, cells)| cells.get(at));
        told.or(first).map_or("", String::as_str)
    }

    /// The words for what a column holds.
    pub fn role(&self, at: usize) -> Words {
        roles::mark(self.roles.get(at).copied().flatten(), self.look.fate)
    }

    /// A column, as corrections know it.
    pub fn column(&self, at: usize) -> Option<Column<'_>> {
        let role = self.roles.get(at)?;
        let heading = self.read.as_ref().and_then(|table| table.headings.get(at)).map_or("", String::as_str);
        Some(Column { number: u32::try_from(at + 1).ok()?, heading, role: role.and_then(Role::from_id) })
    }

    /// What stands in a line over the table: which of how many, what was read, where the headings stand.
    fn title(&self, (at, count): (usize, usize), ctx: &Ctx) -> String {
        let (lang, key) = (ctx.lang, ctx.key("import.heading"));
        let name = &self.look.name;
        let place = if count > 1 { format!("{}/{count} ", at + 1) } else { String::new() };
        let (items, tiers) = self.read.as_ref().map_or((0, 0), |table| (table.items, table.tiers));
        let row = self.read.as_ref().and_then(|table| table.heading_row);
        let head = match (row, self.look.fate, lang) {
            (_, Fate::LeftOut, Lang::Zh) => "不读".to_owned(),
            (_, Fate::LeftOut, Lang::En) => "left out".to_owned(),
            (_, Fate::NoHeading, Lang::Zh) => format!("没有认出表头：按 {key} 指明"),
            (_, Fate::NoHeading, Lang::En) => format!("no headings recognised: {key} tells where"),
            (Some(row), _, Lang::Zh) => format!("表头第 {row} 行"),
            (Some(row), _, Lang::En) => format!("headings in row {row}"),
            (None, _, Lang::Zh) => "没有表头".to_owned(),
            (None, _, Lang::En) => "no headings".to_owned(),
        };
        let unmapped = match (self.unmapped(), self.look.fate, lang) {
            (0, ..) | (_, Fate::Fixed | Fate::NoHeading | Fate::LeftOut, _) => String::new(),
            (count, _, Lang::Zh) => format!("　{count} 列没有对应"),
            (count, _, Lang::En) => format!("   without a role: {count}"),
        };
        match lang {
            Lang::Zh => format!("工作表 {place}{name}　{head}　{items} 个事项 {tiers} 个阶次{unmapped}"),
            Lang::En => format!("sheet {place}{name}   {head}   {items} items, {tiers} tiers{unmapped}"),
        }
    }

    /// Draws it; `column` has the cursor where `here`.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, at: (usize, usize), column: Option<usize>, ctx: &Ctx) {
        let tone = if column.is_some() { Tone::Accent } else { Tone::Faint };
        canvas.text(area.x + 2, area.y, area.width.saturating_sub(3), &self.title(at, ctx), tone);
        let (_, grid) = layout::above(area, 1);
        let first = self.first_column(column.unwrap_or(0), grid.width);
        let from = self.head.unwrap_or(0);
        for (line, y) in (0..).zip(grid.y..grid.bottom()) {
            let row = if line == 0 { None } else { self.look.rows.get(from + line - 1) };
            if line > 0 && row.is_none() {
                break;
            }
            if let Some((number, _)) = row {
                canvas.right(grid.x, y, GUTTER - 2, &number.to_string(), Tone::Faint);
            }
            let mut x = grid.x + GUTTER;
            for (at, width) in self.widths.iter().enumerate().skip(first) {
                let room = (*width).min(grid.right().saturating_sub(x));
                match row {
                    None => {
                        let role = self.roles.get(at).copied().flatten();
                        let tone = if role.is_some() { Tone::Accent } else { Tone::Soon };
                        canvas.text(x, y, room, roles::mark(role, self.look.fate).say(ctx.lang), tone);
                    }
                    Some((_, cells)) => {
                        let heading = self.head.is_some() && line == 1;
                        let tone = if heading { Tone::Strong } else { Tone::Normal };
                        canvas.text(x, y, room, cells.get(at).map_or("", String::as_str), tone);
                    }
                }
                if column == Some(at) && row.is_none() {
                    canvas.sign(x - 2, y, Sign::Here, Tone::Accent);
                }
                if column == Some(at) {
                    canvas.tint(Rect { x, y, width: room, height: 1 }, Tone::Selected);
                }
                x = x.saturating_add(*width).saturating_add(2);
                if x >= grid.right() {
                    break;
                }
            }
        }
    }

    /// The first column shown, so that the one with the cursor is whole.
    fn first_column(&self, column: usize, room: u16) -> usize {
        let mut used = GUTTER;
        let mut first = column;
        for (at, width) in self.widths.iter().enumerate().take(column + 1).rev() {
            used = used.saturating_add(*width).saturating_add(2);
            if used > room.saturating_add(2) {
                break;
            }
            first = at;
        }
        first
    }
}
