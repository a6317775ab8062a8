//! How a baseline is drawn: the form with the grid of tiers, the legal text and the bars beside or below it, the field
//! being written at the foot, what the checks find below all.

mod edit;
mod findings;
mod grid;
mod law;

use ratatui::layout::Rect;

use super::{Editor, Focus, Open};
use crate::tui::canvas::Canvas;
use crate::tui::screens::preview::returned;
use crate::tui::theme::Tone;
use crate::tui::{Ctx, layout};

pub(super) use findings::tone;
pub(super) use grid::cell_at;
pub(super) use law::law_extent;

/// The places of the screen.
struct Places {
    form: Rect,
    /// The legal text beside the form, or below it.
    pane: Rect,
    /// The field being written, over the pane below or below the form.
    edit: Rect,
    /// The findings: below the form, or over the pane.
    findings: Rect,
}

/// How many lines the field takes on a wide screen, its rule included.
const FIELD: u16 = 9;

/// How many lines the findings take at most on a wide screen, their rule included.
const LIST: u16 = 9;

fn places(body: Rect, editor: &Editor, open: Option<&Open>) -> Places {
    let typing = editor.edit.is_some();
    if body.width >= layout::WIDE {
        let (left, right) = layout::beside(body, body.width * 13 / 20);
        let list = open.map_or(0, |open| findings::height(open, LIST));
        let (above, findings) = layout::below(left, list);
        let (form, edit) = layout::below(above, if typing { FIELD } else { 0 });
        return Places { form, pane: right, edit, findings };
    }
    let (form, pane) = layout::below(body, (body.height * 2 / 5).clamp(6, 12));
    Places { form, pane, edit: pane, findings: pane }
}

/// How wide the field being written is.
pub(super) fn edit_width(body: Rect) -> u16 {
    let width = if body.width >= layout::WIDE { body.width * 13 / 20 } else { body.width };
    width.saturating_sub(4)
}

/// Draws everything.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, editor: &Editor, open: &Open, ctx: &Ctx) {
    let places = places(area, editor, Some(open));
    if let Some(reason) = returned(&open.view) {
        // On the rule below the head: the form keeps its place.
        let words = format!(" {}{reason} ", ctx.say("退回理由：", "returned because: "));
        let y = area.y.saturating_sub(1);
        canvas.text(area.x + 2, y, area.width.saturating_sub(4), &crate::i18n::safe(&words, false), Tone::Soon);
    }
    grid::view(canvas, places.form, open, editor.at, ctx);
    let pane = places.pane;
    if area.width >= layout::WIDE {
        canvas.wall(pane.x - 1, pane);
        let inner = Rect { x: pane.x + 1, width: pane.width.saturating_sub(1), ..pane };
        law::view(canvas, inner, editor, open, law::Show::Both, ctx);
        findings::view(canvas, places.findings, editor, open, ctx);
    } else if editor.edit.is_none() && editor.focus == Focus::Findings {
        findings::view(canvas, pane, editor, open, ctx);
    } else if editor.edit.is_none() {
        findings::view_one(canvas, pane, open, ctx);
        let inner = Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width.saturating_sub(2), height: pane.height - 1 };
        let show = if editor.band { law::Show::Band } else { law::Show::Law };
        law::view(canvas, inner, editor, open, show, ctx);
    }
    if let Some(edit) = &editor.edit {
        edit::view(canvas, places.edit, open, editor.at, edit, ctx);
    }
}
