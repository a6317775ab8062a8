//! The legal text, what another has saved, and the bars of the ladders.

use ratatui::layout::Rect;

use super::super::form::{self, Row};
use super::super::{Editor, Open};
use super::findings;
use crate::domain::kind::Kind;
use crate::domain::label::Term as _;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Tone;
use crate::tui::{Ctx, layout};

/// What stands beside the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    Law,
    Band,
    Both,
}

/// The legal text, or what belongs to the cell with the cursor.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, editor: &Editor, open: &Open, show: Show, ctx: &Ctx) {
    let mut area = area;
    let at = editor.at;
    let rows = form::rows(open.shown());
    let row = rows.get(at.row).copied();
    let state = &open.view.line;
    if show == Show::Band && open.theirs.is_none() && open.bars.iter().any(|bars| !bars.is_empty()) {
        view_bars(canvas, area, open, row, ctx);
        return;
    }
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
    if show != Show::Law {
        area = view_bars(canvas, area, open, row, ctx);
    }
    let law = law_of(open, row, at.cell, ctx);
    canvas.paragraphs(area, &law, Tone::Normal, editor.scroll);
}

/// The bars at the foot of an area, those of the ladder with the cursor first, as many as leave a line to the law;
/// returns the place above them.
fn view_bars(canvas: &mut Canvas<'_>, area: Rect, open: &Open, row: Option<Row>, ctx: &Ctx) -> Rect {
    let here = match row {
        Some(Row::Tier(ladder, _) | Row::Ladder(ladder)) => Some(ladder),
        _ => None,
    };
    let others = (0..open.bars.len()).filter(|ladder| Some(*ladder) != here);
    let mut stacked = Vec::new();
    let mut height = 0;
    for ladder in here.into_iter().chain(others) {
        let flags = findings::bar_flags(open, ladder);
        for bar in open.bars.get(ladder).into_iter().flatten() {
            let lines = bar.height(&flags, area.width);
            if stacked.is_empty() || height + lines + 1 < area.height.saturating_sub(MOST_LAW) {
                height += lines + u16::from(!stacked.is_empty());
                stacked.push((bar, flags.clone(), lines));
            }
        }
    }
    if stacked.is_empty() {
        return area;
    }
    let (above, below) = layout::below(area, height);
    let mut y = below.y;
    for (bar, flags, lines) in stacked {
        let place = Rect { y, height: lines.min(below.bottom().saturating_sub(y)), ..below };
        bar.view(canvas, place, &flags, &open.view.line.clause, ctx.lang);
        y += lines + 1;
    }
    Rect { height: above.height.saturating_sub(1), ..above }
}

/// So many lines are left to the law before more bars than one are stacked.
const MOST_LAW: u16 = 12;

/// What is read beside the cell: in a penalty the legal basis; else the whole of the cell.
fn law_of(open: &Open, row: Option<Row>, cell: usize, ctx: &Ctx) -> String {
    let basis = [open.shown().text("basis"), open.shown().text("band")].into_iter().filter(|words| !words.is_empty());
    let basis = basis.collect::<Vec<_>>().join("\n");
    match row {
        Some(Row::Tier(..) | Row::Ladder(_)) if open.shown().kind == Kind::Penalty => basis,
        Some(row) => {
            let words = form::read(open.shown(), row, cell, ctx.lang);
            if words.is_empty() { basis } else { words }
        }
        None => basis,
    }
}

/// How many lines the pane has, and how many the text in it: for scrolling.
pub(in super::super) fn law_extent(editor: &Editor, open: &Open, ctx: &Ctx) -> (usize, usize) {
    let pane = super::places(ctx.body, editor, Some(open)).pane;
    let at = editor.at;
    let row = form::rows(open.shown()).get(at.row).copied();
    let law = law_of(open, row, at.cell, ctx);
    let lines = ctx.ruler.paragraphs(&law, usize::from(pane.width.saturating_sub(2).max(2))).len();
    (usize::from(pane.height.saturating_sub(2).max(1)), lines)
}
