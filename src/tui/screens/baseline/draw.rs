//! How a baseline is drawn: the form with the grid of tiers, the legal text beside or below it, the field being
//! written at the foot.

use ratatui::layout::Rect;

use super::form::{self, COLUMNS, Column, Row};
use super::{At, Editor, Open};
use crate::domain::kind::{Kind, Need};
use crate::domain::label::Term as _;
use crate::i18n::Lang;
use crate::tui::canvas::Canvas;
use crate::tui::screens::preview::returned;
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::field::TextField;
use crate::tui::{Ctx, layout};

/// The places of the screen.
struct Places {
    form: Rect,
    /// The legal text beside the form, or below it.
    pane: Rect,
    /// The field being written, over the pane below or the foot of the form.
    edit: Rect,
}

fn places(body: Rect) -> Places {
    if body.width >= layout::WIDE {
        let (left, right) = layout::beside(body, body.width * 13 / 20);
        let (_, edit) = layout::below(left, 8);
        return Places { form: left, pane: right, edit };
    }
    let (form, pane) = layout::below(body, (body.height * 2 / 5).clamp(6, 12));
    Places { form, pane, edit: pane }
}

/// How wide the field being written is.
pub fn edit_width(body: Rect) -> u16 {
    places(body).edit.width.saturating_sub(4)
}

/// Left edge and width of each column of a tier.
fn columns(area: Rect, open: &Open, lang: Lang) -> Vec<(u16, u16)> {
    let remarks = open.work.ladders.iter().flat_map(|ladder| &ladder.tiers).any(|tier| !tier.remarks.is_empty());
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
    form::rows(&open.work)
        .into_iter()
        .map(|row| {
            let words = |cell| form::read(&open.work, row, cell, ctx.lang);
            let height = match row {
                Row::Tier(..) => {
                    columns.iter().enumerate().map(|(at, (_, width))| lines(&words(at), *width)).max().unwrap_or(1)
                }
                // A rule and the headings of the grid.
                Row::Ladder(_) => 2,
                Row::Factor(_) => 1 + lines(&words(1), area.width.saturating_sub(6)),
                Row::Start | Row::Base => 1,
                Row::Field(field)
                    if matches!(
                        field.form,
                        crate::domain::kind::Form::Flag
                            | crate::domain::kind::Form::Count
                            | crate::domain::kind::Form::Line
                    ) =>
                {
                    1
                }
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
pub fn cell_at(open: &Open, at: At, ctx: &Ctx, x: u16, y: u16) -> Option<At> {
    let form = places(ctx.body).form;
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

/// Draws everything.
pub fn view(canvas: &mut Canvas<'_>, area: Rect, editor: &Editor, open: &Open, ctx: &Ctx) {
    let places = places(area);
    let at = editor.at;
    if let Some(reason) = returned(&open.view) {
        // On the rule below the head: the form keeps its place.
        let words = format!(" {}{reason} ", ctx.say("退回理由：", "returned because: "));
        let y = area.y.saturating_sub(1);
        canvas.text(area.x + 2, y, area.width.saturating_sub(4), &crate::i18n::safe(&words, false), Tone::Soon);
    }
    view_form(canvas, places.form, open, at, ctx);
    let pane = places.pane;
    let wide = area.width >= layout::WIDE;
    let show = match (wide, editor.band) {
        (true, _) => Show::Both,
        (false, true) => Show::Band,
        (false, false) => Show::Law,
    };
    if wide {
        canvas.wall(pane.x - 1, pane);
        let inner = Rect { x: pane.x + 1, width: pane.width.saturating_sub(1), ..pane };
        view_law(canvas, inner, open, at, editor.scroll, show, ctx);
    } else if editor.edit.is_none() {
        canvas.rule(pane);
        let inner = Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width.saturating_sub(2), height: pane.height - 1 };
        view_law(canvas, inner, open, at, editor.scroll, show, ctx);
    }
    if let Some(edit) = &editor.edit {
        view_edit(canvas, places.edit, open, at, edit, ctx);
    }
}

/// What stands beside the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Law,
    Band,
    Both,
}

fn view_form(canvas: &mut Canvas<'_>, area: Rect, open: &Open, at: At, ctx: &Ctx) {
    let page = lay_out(open, area, ctx);
    let top = top_line(&page, at, area.height);
    for (index, placed) in page.iter().enumerate() {
        let (from, to) = (placed.first.max(top), (placed.first + placed.height).min(top + area.height));
        if from >= to {
            continue;
        }
        let place = Rect { y: area.y + from - top, height: to - from, ..area };
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
        let words = form::read(&open.work, row, cell, ctx.lang);
        let place = Rect { x, width, ..area };
        let missing = words.is_empty() && matches!(COLUMNS.get(cell), Some(Column::Conditions | Column::Standard));
        if missing {
            canvas.text(x, area.y, width, &missing_words(canvas, ctx), Tone::Late);
        } else {
            view_lines(canvas, place, &words, Tone::Normal, skip, ctx);
        }
        if here == Some(cell) {
            canvas.tint(place, Tone::Selected);
        }
    }
}

/// Words in a place from line `skip` on; what does not fit ends in `…`.
fn view_lines(canvas: &mut Canvas<'_>, area: Rect, words: &str, tone: Tone, skip: usize, ctx: &Ctx) {
    let words = crate::i18n::safe(words, true);
    let lines = ctx.ruler.paragraphs(&words, usize::from(area.width.max(2)));
    let more = lines.len() > MOST;
    for ((at, (indent, line)), y) in lines.iter().enumerate().take(MOST).skip(skip).zip(area.y..area.bottom()) {
        let indent = u16::try_from(*indent).unwrap_or(0);
        let line = if more && at + 1 == MOST { format!("{line}……") } else { line.clone() };
        canvas.text(area.x + indent, y, area.width.saturating_sub(indent), &line, tone);
    }
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
        let label = form::read(&open.work, row, 0, ctx.lang);
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
            form::read(&open.work, row, 0, ctx.lang)
        } else {
            row.label(0).say(ctx.lang).to_owned()
        };
        let x = canvas.text(area.x + 2, area.y, area.width.saturating_sub(3), &label, tone) + 2;
        if here == Some(0) && matches!(row, Row::Factor(_)) {
            canvas.tint(Rect::new(area.x + 2, area.y, x - area.x - 4, 1), Tone::Selected);
        }
        let words = form::read(&open.work, row, 0, ctx.lang);
        if form::is_missing(&open.work, row) {
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
    let words = form::read(&open.work, row, cell, ctx.lang);
    let indent = if cell == 1 { 6 } else { 4 };
    let place = Rect { x: area.x + indent - 1, width: area.width.saturating_sub(indent), ..area };
    if !one_line {
        view_lines(canvas, place, &words, Tone::Normal, skip.saturating_sub(1), ctx);
        if here == Some(cell) {
            canvas.tint(place, Tone::Selected);
        }
    }
}

/// The legal text, or what belongs to the cell with the cursor.
fn view_law(canvas: &mut Canvas<'_>, area: Rect, open: &Open, at: At, scroll: usize, show: Show, ctx: &Ctx) {
    let mut area = area;
    let rows = form::rows(&open.work);
    let row = rows.get(at.row).copied();
    let state = &open.view.line;
    let head = format!(
        "{}　{}　{}",
        open.view.item.text.kind.label().say(ctx.lang),
        ctx.agency(open.view.item.agency),
        state.stage.label().say(ctx.lang)
    );
    canvas.text(area.x, area.y, area.width, &head, Tone::Faint);
    area = layout::above(area, 1).1;
    if let (Some((theirs, _)), Some(row)) = (&open.theirs, row) {
        canvas.text(
            area.x,
            area.y,
            area.width,
            ctx.say("登记库里现在（别人保存的）", "in the register now (saved by another)"),
            Tone::Late,
        );
        area = layout::above(area, 1).1;
        let words = form::read(theirs, row, at.cell, ctx.lang);
        let used = canvas.paragraphs(area, &words, Tone::Soon, 0);
        area = layout::above(area, u16::try_from(used + 1).unwrap_or(u16::MAX)).1;
    }
    let ladder = match row {
        Some(Row::Tier(ladder, _) | Row::Ladder(ladder)) => Some(ladder),
        _ => None,
    };
    let bar = ladder.and_then(|at| open.bars.get(at)?.as_ref()).filter(|_| show != Show::Law);
    if let Some(bar) = bar {
        let (text, below) = layout::below(area, bar.height());
        bar.view(canvas, below, ctx.lang);
        area = Rect { height: text.height.saturating_sub(1), ..text };
    }
    let law = law_of(open, row, at.cell, ctx);
    canvas.paragraphs(area, &law, Tone::Normal, scroll);
}

/// What is read beside the cell: in a penalty the legal basis; else the whole of the cell.
fn law_of(open: &Open, row: Option<Row>, cell: usize, ctx: &Ctx) -> String {
    let basis = [open.work.text("basis"), open.work.text("band")].into_iter().filter(|words| !words.is_empty());
    let basis = basis.collect::<Vec<_>>().join("\n");
    match row {
        Some(Row::Tier(..) | Row::Ladder(_)) if open.work.kind == Kind::Penalty => basis,
        Some(row) => {
            let words = form::read(&open.work, row, cell, ctx.lang);
            if words.is_empty() { basis } else { words }
        }
        None => basis,
    }
}

/// How many lines the pane has, and how many the text in it: for scrolling.
pub fn law_extent(open: &Open, at: At, ctx: &Ctx) -> (usize, usize) {
    let pane = places(ctx.body).pane;
    let row = form::rows(&open.work).get(at.row).copied();
    let law = law_of(open, row, at.cell, ctx);
    let lines = ctx.ruler.paragraphs(&law, usize::from(pane.width.saturating_sub(2).max(2))).len();
    (usize::from(pane.height.saturating_sub(2).max(1)), lines)
}

fn view_edit(canvas: &mut Canvas<'_>, area: Rect, open: &Open, at: At, edit: &TextField, ctx: &Ctx) {
    canvas.clear(area);
    canvas.rule(area);
    let row = form::rows(&open.work).get(at.row).copied();
    let label = row.map_or("", |row| row.label(at.cell).say(ctx.lang));
    let x = canvas.text(area.x + 2, area.y, area.width / 2, &format!(" {label} "), Tone::Accent);
    let hint = ctx.say(
        " Enter 完成　Ctrl-J 换行　Tab 下一格　Esc 放弃 ",
        " Enter done   Ctrl-J new line   Tab next   Esc give up ",
    );
    let width = u16::try_from(ctx.ruler.of(hint)).unwrap_or(0).min(area.right().saturating_sub(x + 3));
    canvas.right(area.right().saturating_sub(width + 2), area.y, width, hint, Tone::Faint);
    let field = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    edit.view(canvas, field, true);
}
