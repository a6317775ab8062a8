//! What a check means: why, a wrong example, a right one, the clause that it rests on.

use ratatui::layout::Rect;

use crate::domain::label::Term as _;
use crate::service::{CheckCode, Severity};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::overlays::sheet;
use crate::tui::theme::Tone;

/// Draws the sheet.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, code: CheckCode, ctx: &Ctx) {
    let check = code.check();
    let width = 72.min(area.width.saturating_sub(6));
    let colon = ctx.say("：", ": ");
    let labelled = |label: &str, words: &str| format!("{label}{colon}{words}");
    let ([wrong, right], note) = (check.labels_of_examples(), check.severity == Severity::Note);
    let parts = [
        (check.explanation.say(ctx.lang).to_owned(), Tone::Normal),
        (String::new(), Tone::Normal),
        (labelled(wrong.say(ctx.lang), check.wrong), if note { Tone::Normal } else { Tone::Late }),
        (labelled(right.say(ctx.lang), check.right), if note { Tone::Normal } else { Tone::Done }),
        (String::new(), Tone::Normal),
        (labelled(ctx.say("依据", "rests on"), check.basis().say(ctx.lang)), Tone::Faint),
    ];
    let lines = |words: &str| u16::try_from(ctx.ruler.paragraphs(words, width.into()).len()).unwrap_or(u16::MAX);
    let height: u16 = parts.iter().map(|(words, _)| lines(words)).sum();
    let title = format!("{} {}　{}", code.id(), check.severity.label().say(ctx.lang), code.label().say(ctx.lang));
    let place = sheet(canvas, area, width, height, &title);
    let mut y = place.y;
    for (words, tone) in &parts {
        let rest = Rect { y, height: place.bottom().saturating_sub(y), ..place };
        canvas.paragraphs(rest, words, *tone, 0);
        y += lines(words);
    }
}
