//! The field being written, with what the checks say of its words.

use ratatui::layout::Rect;

use super::super::{At, Open, form};
use super::findings;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Tone;
use crate::tui::widgets::field::{Mark, TextField};

/// Draws the field over its rule, and below it the findings of its cell and of what it touches.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, open: &Open, at: At, edit: &TextField, ctx: &Ctx) {
    canvas.clear(area);
    canvas.rule(area);
    let row = form::rows(open.shown()).get(at.row).copied();
    let label = row.map_or("", |row| row.label(at.cell).say(ctx.lang));
    let x = canvas.text(area.x + 2, area.y, area.width / 2, &format!(" {label} "), Tone::Accent);
    let hint = ctx.say(
        " Enter 完成　Ctrl-J 换行　Tab 下一格　Esc 放弃 ",
        " Enter done   Ctrl-J new line   Tab next   Esc give up ",
    );
    let width = u16::try_from(ctx.ruler.of(hint)).unwrap_or(0).min(area.right().saturating_sub(x + 3));
    canvas.right(area.right().saturating_sub(width + 2), area.y, width, hint, Tone::Faint);
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    // The words have the first lines, as many as they need; what is said of them the rest.
    let least = edit.height(ctx.ruler, inner.width).clamp(1, inner.height.saturating_sub(2).max(1));
    let said = findings::below_field(
        canvas,
        Rect { y: inner.y + least, height: inner.height.saturating_sub(least), ..inner },
        open,
        at,
        ctx,
    );
    let field = Rect { height: inner.height.saturating_sub(said), ..inner };
    // The draft has the words without the blanks around them.
    let lead = edit.text().chars().take_while(|sign| sign.is_whitespace()).count();
    let marks: Vec<Mark> = row
        .map(|row| findings::marks(open, row, at.cell))
        .unwrap_or_default()
        .into_iter()
        .map(|mark| Mark { span: mark.span.map(|at| at + lead), ..mark })
        .collect();
    edit.view_marked(canvas, field, true, &marks);
}
