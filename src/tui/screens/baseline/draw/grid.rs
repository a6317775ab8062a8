//! The form: a line or more a row, the tiers as a grid, the words of findings underlined.

use ratatui::layout::Rect;

use super::super::form::{self, COLUMNS, Column, Row};
use super::super::{At, Editor, Open};
use super::findings;
use crate::domain::kind::{Form, Need};
use crate::i18n::Lang;
use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::field::Mark;
use crate::tui::{Ctx, layout};

/// Left edge and width of each column of a tier.
fn columns(area: Rect, open: &Open, lang: Lang) -> Vec<(u16, u16)> {
    let remarks = open.shown().ladders.iter().flat_map(|ladder| &ladder.tiers).any(|tier| !tier.remarks.is_empty());
    let term = if lang == Lang::Zh { 6 } else { 8 };
    let fixed = |column: &Column| match column {
        Column::Label => 6,
        Column::Grade | Column::FineBand => term,
        Column::Remarks => {
            if remarks {
                10
            } else {
                4
            }
        }
        Column::Conditions | Column::Standard => 0,
    };
    let gaps = 2 * u16::try_from(COLUMNS.len()).unwrap_or(0) + 1;
    let taken: u16 = COLUMNS.iter().map(fixed).sum::<u16>() + gaps;
    let share = area.width.saturating_sub(taken) / 2;
    let mut x = area.x + 2;
    COLUMNS
        .iter()
        .map(|column| {
            let width = if fixed(column) == 0 { share } else { fixed(column) };
            let place = (x, width.min(area.right().saturating_sub(x)));
            x = (x + width + 2).min(area.right());
            place
        })
        .collect()
}

/// A row of the form as it lies on the page: first line and height, which hold its heading where it has one.
struct Placed {
    row: Row,
    first: u16,
    height: u16,
}

/// Most lines that a cell shows; the rest is read in the pane.
const MOST: usize = 5;

fn lay_out(open: &Open, area: Rect, ctx: &Ctx) -> Vec<Placed> {
    let columns = columns(area, open, ctx.lang);
    let lines = |words: &str, width: u16| ctx.ruler.paragraphs(words, usize::from(width.max(2))).len().min(MOST);
    let mut first = 0;
    form::rows(open.shown())
        .into_iter()
        .map(|row| {
            let words = |cell| form::read(open.shown(), row, cell, ctx.lang);
            let height = match row {
                Row::Tier(..) => {
                    columns.iter().enumerate().map(|(at, (_, width))| lines(&words(at), *width)).max().unwrap_or(1)
                }
                // A rule and the headings of the grid.
                Row::Ladder(_) => 2,
                Row::Factor(_) => 1 + lines(&words(1), area.width.saturating_sub(6)),
                Row::Start | Row::Base => 1,
                Row::Field(field) if matches!(field.form, Form::Flag | Form::Count | Form::Line) => 1,
                _ => 1 + if words(0).is_empty() { 0 } else { lines(&words(0), area.width.saturating_sub(4)) },
            };
            let height = u16::try_from(height.max(1)).unwrap_or(1);
            let placed = Placed { row, first, height };
            first += height;
            placed
        })
        .collect()
}

/// The first line of the page that is shown: the cursor's row stands near the middle.
fn top_line(page: &[Placed], at: At, height: u16) -> u16 {
    let whole = page.last().map_or(0, |placed| placed.first + placed.height);
    let here = page.get(at.row).map_or(0, |placed| placed.first + placed.height / 2);
    here.saturating_sub(height / 2).min(whole.saturating_sub(height))
}

/// The cell at a place of the screen, for a click.
pub(in super::super) fn cell_at(editor: &Editor, open: &Open, ctx: &Ctx, x: u16, y: u16) -> Option<At> {
    let at = editor.at;
    let form = super::places(ctx.body, editor, Some(open)).form;
    if !form.contains((x, y).into()) {
        return None;
    }
    let page = lay_out(open, form, ctx);
    let line = y - form.y + top_line(&page, at, form.height);
    let row = page.iter().position(|placed| (placed.first..placed.first + placed.height).contains(&line))?;
    let is_tier = page.get(row).is_some_and(|placed| matches!(placed.row, Row::Tier(..)));
    let cell = columns(form, open, ctx.lang).iter().rposition(|(left, _)| *left <= x).unwrap_or(0);
    Some(At { row, cell: if is_tier { cell } else { 0 } })
}

/// Draws the part of the form that has the cursor in it.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, open: &Open, at: At, ctx: &Ctx) {
    let page = lay_out(open, area, ctx);
    let top = top_line(&page, at, area.height);
    let rows: Vec<Row> = page.iter().map(|placed| placed.row).collect();
    let signs = findings::signs_of_rows(open, &rows);
    for ((index, placed), sign) in page.iter().enumerate().zip(signs) {
        let (from, to) = (placed.first.max(top), (placed.first + placed.height).min(top + area.height));
        if from >= to {
            continue;
        }
        let place = Rect { y: area.y + from - top, height: to - from, ..area };
        if let Some((sign, tone)) = sign.filter(|_| from == placed.first) {
            canvas.sign(place.x + 1, place.y, sign, tone);
        }
        let skip = usize::from(from - placed.first);
        view_row(canvas, place, open, placed.row, skip, (index == at.row).then_some(at.cell), ctx);
    }
}

/// Draws a row from its line `skip` on; `here` is the cell with the cursor.
fn view_row(canvas: &mut Canvas<'_>, area: Rect, open: &Open, row: Row, skip: usize, here: Option<usize>, ctx: &Ctx) {
    if here.is_some() {
        canvas.sign(area.x, area.y, Sign::Here, Tone::Accent);
    }
    match row {
        Row::Tier(..) => view_tier(canvas, area, open, row, skip, here, ctx),
        Row::Ladder(_) => view_ladder(canvas, area, open, row, skip, here, ctx),
        _ => view_field(canvas, area, open, row, skip, here, ctx),
    }
}

fn view_tier(canvas: &mut Canvas<'_>, area: Rect, open: &Open, row: Row, skip: usize, here: Option<usize>, ctx: &Ctx) {
    for (cell, (x, width)) in columns(area, open, ctx.lang).into_iter().enumerate() {
        let words = form::read(open.shown(), row, cell, ctx.lang);
        let place = Rect { x, width, ..area };
        let missing = words.is_empty() && matches!(COLUMNS.get(cell), Some(Column::Conditions | Column::Standard));
        if missing {
            canvas.text(x, area.y, width, &missing_words(canvas, ctx), Tone::Late);
        } else {
            view_lines(canvas, place, &words, skip, &findings::marks(open, row, cell), ctx);
        }
        if here == Some(cell) {
            canvas.tint(place, Tone::Selected);
        }
    }
}

/// Words in a place from line `skip` on, those of findings underlined; what does not fit ends in `…`.
fn view_lines(canvas: &mut Canvas<'_>, area: Rect, words: &str, skip: usize, marks: &[Mark], ctx: &Ctx) {
    let words = crate::i18n::safe(words, true);
    let lines = ctx.ruler.paragraphs(&words, usize::from(area.width.max(2)));
    let more = lines.len() > MOST;
    let starts = if marks.is_empty() { Vec::new() } else { starts(&words, &lines) };
    for ((at, (indent, line)), y) in lines.iter().enumerate().take(MOST).skip(skip).zip(area.y..area.bottom()) {
        let indent = u16::try_from(*indent).unwrap_or(0);
        let cut = if more && at + 1 == MOST { format!("{line}……") } else { line.clone() };
        canvas.text(area.x + indent, y, area.width.saturating_sub(indent), &cut, Tone::Normal);
        let Some(start) = starts.get(at) else { continue };
        for mark in marks {
            let column = |character: usize| {
                let head: String = line.chars().take(character.saturating_sub(*start)).collect();
                u16::try_from(ctx.ruler.of(&head)).unwrap_or(u16::MAX).min(area.width.saturating_sub(indent))
            };
            let (from, to) = (column(mark.span[0]), column(mark.span[1]));
            canvas.underline(area.x + indent + from, y, to - from, mark.tone);
        }
    }
}

/// Which character of the words each line begins with: lines leave out only blanks and breaks.
fn starts(words: &str, lines: &[(usize, String)]) -> Vec<usize> {
    let all: Vec<char> = words.chars().collect();
    let mut at = 0;
    let mut starts = Vec::with_capacity(lines.len());
    for (_, line) in lines {
        let mut signs = line.chars().peekable();
        while signs.peek().is_some() && at < all.len() && all.get(at) != signs.peek() {
            at += 1;
        }
        starts.push(at);
        at += signs.count();
    }
    starts
}

fn missing_words(canvas: &Canvas<'_>, ctx: &Ctx) -> String {
    format!("{}{}", canvas.theme().sign(Sign::Late), ctx.say("缺", "missing"))
}

fn view_ladder(
    canvas: &mut Canvas<'_>,
    area: Rect,
    open: &Open,
    row: Row,
    skip: usize,
    here: Option<usize>,
    ctx: &Ctx,
) {
    let mut y = area.y;
    if skip == 0 {
        let label = form::read(open.shown(), row, 0, ctx.lang);
        canvas.rule(Rect { x: area.x + 2, width: area.width.saturating_sub(3), height: 1, ..area });
        if !label.is_empty() || here.is_some() {
            let label = if label.is_empty() { row.label(0).say(ctx.lang).to_owned() } else { label };
            let end = canvas.text(area.x + 4, y, area.width.saturating_sub(8), &format!(" {label} "), Tone::Normal);
            if here.is_some() {
                canvas.tint(Rect::new(area.x + 4, y, end - area.x - 4, 1), Tone::Selected);
            }
        }
        y += 1;
    }
    if y < area.bottom() {
        for (column, (x, width)) in COLUMNS.iter().zip(columns(area, open, ctx.lang)) {
            canvas.text(x, y, width, column.label().say(ctx.lang), Tone::Faint);
        }
    }
}

fn view_field(canvas: &mut Canvas<'_>, area: Rect, open: &Open, row: Row, skip: usize, here: Option<usize>, ctx: &Ctx) {
    let one_line = area.height == 1 && skip == 0;
    let mut area = area;
    if skip == 0 {
        let tone = if here.is_some() { Tone::Accent } else { Tone::Faint };
        let label = if matches!(row, Row::Factor(_)) {
            form::read(open.shown(), row, 0, ctx.lang)
        } else {
            row.label(0).say(ctx.lang).to_owned()
        };
        let x = canvas.text(area.x + 2, area.y, area.width.saturating_sub(3), &label, tone) + 2;
        if here == Some(0) && matches!(row, Row::Factor(_)) {
            canvas.tint(Rect::new(area.x + 2, area.y, x - area.x - 4, 1), Tone::Selected);
        }
        let words = form::read(open.shown(), row, 0, ctx.lang);
        if form::is_missing(open.shown(), row) {
            let words = match row {
                Row::Field(field) => match field.need {
                    Need::Conditional(question) => format!("{} {}", missing_words(canvas, ctx), question.say(ctx.lang)),
                    _ => missing_words(canvas, ctx),
                },
                _ => missing_words(canvas, ctx),
            };
            canvas.text(x, area.y, area.right().saturating_sub(x), &words, Tone::Late);
        } else if one_line && !matches!(row, Row::Factor(_)) {
            canvas.text(x, area.y, area.right().saturating_sub(x), &words, Tone::Normal);
        }
        if here.is_some() && one_line && x < area.right() {
            canvas.tint(Rect { x, width: area.right() - x, height: 1, ..area }, Tone::Selected);
        }
        area = layout::above(area, 1).1;
    }
    let cell = usize::from(matches!(row, Row::Factor(_)));
    let words = form::read(open.shown(), row, cell, ctx.lang);
    let indent = if cell == 1 { 6 } else { 4 };
    let place = Rect { x: area.x + indent - 1, width: area.width.saturating_sub(indent), ..area };
    if !one_line {
        view_lines(canvas, place, &words, skip.saturating_sub(1), &findings::marks(open, row, cell), ctx);
        if here == Some(cell) {
            canvas.tint(place, Tone::Selected);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::width::Ruler;

    #[test]
    fn every_line_knows_with_which_character_it_begins() {
        for (words, width, expected) in [
            ("处二万元以上", 6, vec![0, 3]),
            ("甲乙\n丙丁", 8, vec![0, 3]),
            ("（一）甲乙丙丁", 12, vec![0, 6]),
            ("甲乙 丙丁", 4, vec![0, 3]),
            ("", 4, vec![0]),
        ] {
            let lines = Ruler::default().paragraphs(words, width);
            assert_eq!(starts(words, &lines), expected, "{words}");
        }
    }
}
