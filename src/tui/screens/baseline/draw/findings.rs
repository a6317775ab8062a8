//! What the checks find: a list below the form, one line on a small screen, the words underlined, sentences under the
//! field. Colour only adds: every finding has its sign and its code.

use ratatui::layout::Rect;

use super::super::form::{COLUMNS, Column, Row};
use super::super::found::{id, place};
use super::super::{At, Editor, Focus, Open};
use crate::i18n::Lang;
use crate::service::{Flag, Live, Severity};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Theme, Tone};
use crate::tui::widgets::band::BarFlag;
use crate::tui::widgets::field::Mark;

/// How a finding is shown; one that has been answered is quiet.
pub(in super::super) const fn tone(live: &Live) -> Tone {
    match (live.severity, &live.answer) {
        (_, Some(_)) | (Severity::Note, _) => Tone::Faint,
        (Severity::Error, _) => Tone::Late,
        (Severity::Warning, _) => Tone::Soon,
    }
}

const fn sign(live: &Live) -> Sign {
    match (live.severity, &live.answer) {
        (_, Some(_)) => Sign::Done,
        (Severity::Error, _) => Sign::Late,
        (Severity::Warning, _) => Sign::Soon,
        (Severity::Note, _) => Sign::None,
    }
}

fn head(canvas: &Canvas<'_>, flag: &Flag) -> String {
    format!("{} {}", canvas.theme().sign(sign(&flag.live)), id(flag))
}

/// How many there are of each weight.
fn counts(open: &Open, theme: Theme, ctx: &Ctx) -> String {
    let names = [
        (Severity::Error, Sign::Late, ctx.say("错误", "errors")),
        (Severity::Warning, Sign::Soon, ctx.say("警告", "warnings")),
        (Severity::Note, Sign::None, ctx.say("提示", "notes")),
    ];
    let gap = if ctx.lang == Lang::Zh { "　" } else { "   " };
    let some = names.iter().map(|(severity, sign, name)| (open.found.count(*severity), sign, name));
    let answered = (open.found.answered(), &Sign::Done, &ctx.say("已说明", "answered"));
    let told = some.chain([answered]).filter(|(count, ..)| *count > 0);
    told.map(|(count, sign, name)| format!("{}{name} {count}", theme.sign(*sign))).collect::<Vec<_>>().join(gap)
}

/// How many lines the list takes: its rule, and a line a finding.
pub(super) fn height(open: &Open, most: u16) -> u16 {
    let lines = open.found.flags().len().saturating_add(3);
    match open.checker {
        None => 0,
        Some(_) if open.found.flags().is_empty() => 1,
        Some(_) => u16::try_from(lines).unwrap_or(u16::MAX).min(most),
    }
}

/// The rule above the findings, with their counts.
fn view_rule(canvas: &mut Canvas<'_>, area: Rect, open: &Open, ctx: &Ctx) -> u16 {
    canvas.rule(area);
    if open.checker.is_none() {
        return area.x;
    }
    let counts = counts(open, canvas.theme(), ctx);
    let (words, tone) = if counts.is_empty() {
        (format!("{} {}", canvas.theme().sign(Sign::Done), ctx.say("没有发现问题", "nothing found")), Tone::Done)
    } else {
        (counts, Tone::Strong)
    };
    canvas.text(area.x + 2, area.y, area.width.saturating_sub(4), &format!(" {words} "), tone)
}

/// One line: the counts and the finding in hand.
pub(super) fn view_one(canvas: &mut Canvas<'_>, area: Rect, open: &Open, ctx: &Ctx) {
    let x = view_rule(canvas, area, open, ctx);
    let Some(flag) = open.found.here() else { return };
    let mend = flag.mend.as_ref().map(|offer| format!("{}{}  ", ctx.say("可改：", "mend: "), offer.mend.say()));
    let message = flag.live.message.say(ctx.lang);
    let words = format!(" {} {}{message} ", head(canvas, flag), mend.unwrap_or_default());
    canvas.text(x + 1, area.y, area.right().saturating_sub(x + 2), &words, tone(&flag.live));
}

/// The list; the finding in hand is told whole, with its mend.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, editor: &Editor, open: &Open, ctx: &Ctx) {
    if area.height == 0 {
        return;
    }
    canvas.clear(area);
    view_rule(canvas, area, open, ctx);
    let list = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let flags = open.found.flags();
    let at = open.found.at();
    let whole = flags.get(at).map(|flag| told(flag, list.width.saturating_sub(9), ctx)).unwrap_or_default();
    let whole_height = whole.len().clamp(1, usize::from(list.height.max(1)));
    // The one in hand stays in sight with all its lines.
    let before = usize::from(list.height).saturating_sub(whole_height);
    let top = at.saturating_sub(before);
    let mut y = list.y;
    for (index, flag) in flags.iter().enumerate().skip(top) {
        if y >= list.bottom() {
            break;
        }
        let in_hand = index == at;
        let tone = tone(&flag.live);
        canvas.text(list.x + 2, y, 7, &head(canvas, flag), tone);
        let (x, width) = (list.x + 8, list.width.saturating_sub(9));
        if in_hand {
            canvas.sign(list.x, y, Sign::Here, Tone::Accent);
            let from = y;
            for (words, tone) in whole.iter().take(whole_height) {
                canvas.text(x, y, width, words, *tone);
                y += 1;
            }
            if editor.focus == Focus::Findings {
                canvas.tint(Rect { x: list.x + 1, y: from, width: list.width - 1, height: y - from }, Tone::Selected);
            }
        } else {
            canvas.text(x, y, width, flag.live.message.say(ctx.lang), tone);
            y += 1;
        }
    }
}

/// The lines of a finding: the sentence, its answer, its mend.
fn told(flag: &Flag, width: u16, ctx: &Ctx) -> Vec<(String, Tone)> {
    let tone = tone(&flag.live);
    let tone = if tone == Tone::Faint { Tone::Normal } else { tone };
    let mut lines = wrapped(flag.live.message.say(ctx.lang), width, tone, ctx);
    if let Some(answer) = &flag.live.answer {
        let words = format!("{}{answer}", ctx.say("已说明：", "answered: "));
        lines.extend(wrapped(&words, width, Tone::Done, ctx));
    }
    if let Some(offer) = &flag.mend {
        let words = format!("{}{}", ctx.say("可改：", "mend: "), offer.say().say(ctx.lang));
        lines.extend(wrapped(&words, width, Tone::Accent, ctx));
    }
    lines
}

fn wrapped(words: &str, width: u16, tone: Tone, ctx: &Ctx) -> Vec<(String, Tone)> {
    let words = crate::i18n::safe(words, true);
    ctx.ruler.paragraphs(&words, usize::from(width.max(2))).into_iter().map(|(_, line)| (line, tone)).collect()
}

/// What is said under the field: of its own cell first, then of the tiers beside it; returns how many lines it took, from
/// the lower edge of the area up.
pub(super) fn below_field(canvas: &mut Canvas<'_>, area: Rect, open: &Open, at: At, ctx: &Ctx) -> u16 {
    let rows = super::super::form::rows(open.shown());
    let neighbours = |live: &Live| match rows.get(at.row) {
        Some(Row::Tier(ladder, tier)) => {
            live.ladder == Some(*ladder) && live.tier.is_some_and(|other| other.abs_diff(*tier) <= 1)
        }
        _ => false,
    };
    let own = |flag: &&Flag| place(&rows, &flag.live) == Some(at);
    let near = |flag: &&Flag| !own(flag) && neighbours(&flag.live) && flag.live.span.is_some() && flag.live.blocks();
    let flags = open.found.flags();
    let chosen = flags.iter().filter(own).chain(flags.iter().filter(near));
    let mut lines: Vec<(Option<String>, Tone, String, Tone)> = Vec::new();
    for flag in chosen {
        for (index, (words, of_words)) in told(flag, area.width.saturating_sub(6), ctx).into_iter().enumerate() {
            let head = (index == 0).then(|| head(canvas, flag));
            lines.push((head, tone(&flag.live), words, of_words));
        }
    }
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
    let top = area.bottom() - height;
    for ((head, of_head, words, of_words), y) in lines.iter().zip(top..area.bottom()) {
        if let Some(head) = head {
            canvas.text(area.x, y, 6, head, *of_head);
        }
        canvas.text(area.x + 6, y, area.width.saturating_sub(6), words, *of_words);
    }
    height
}

/// The words of a cell that findings are about.
pub(super) fn marks(open: &Open, row: Row, cell: usize) -> Vec<Mark> {
    let is_of_cell = |live: &Live| match row {
        Row::Tier(ladder, tier) => {
            COLUMNS.get(cell) == Some(&Column::Standard) && (live.ladder, live.tier) == (Some(ladder), Some(tier))
        }
        Row::Field(field) => live.tier.is_none() && live.field == Some(field.id),
        _ => false,
    };
    let of_cell = open.found.flags().iter().map(|flag| &flag.live).filter(|live| is_of_cell(live));
    let mut marks: Vec<Mark> = of_cell.filter_map(|live| Some(Mark { span: live.span?, tone: tone(live) })).collect();
    // Where they lie over one another the heaviest is seen.
    marks.sort_by_key(|mark| mark.tone != Tone::Faint);
    marks.sort_by_key(|mark| mark.tone == Tone::Late);
    marks
}

/// The sign that stands before each row: of its heaviest finding that has no answer.
pub(super) fn signs_of_rows(open: &Open, rows: &[Row]) -> Vec<Option<(Sign, Tone)>> {
    let mut heaviest: Vec<Option<&Live>> = vec![None; rows.len()];
    for live in open.found.flags().iter().map(|flag| &flag.live).filter(|live| live.blocks()) {
        let row = place(rows, live).and_then(|at| heaviest.get_mut(at.row));
        if let Some(row) = row.filter(|row| row.is_none_or(|other| live.severity < other.severity)) {
            *row = Some(live);
        }
    }
    heaviest.into_iter().map(|live| live.map(|live| (sign(live), tone(live)))).collect()
}

/// What the findings say of the tiers of a ladder, for its bars.
pub(super) fn bar_flags(open: &Open, ladder: usize) -> Vec<BarFlag> {
    let of_ladder = open.found.flags().iter().filter(|flag| flag.live.ladder == Some(ladder) && flag.live.blocks());
    let told = of_ladder.filter(|flag| id(flag).starts_with(['T', 'L', 'R']) && flag.live.span.is_some());
    told.filter_map(|flag| {
        let (sign, tone) = (sign(&flag.live), tone(&flag.live));
        Some(BarFlag { tier: flag.live.tier?, code: id(flag), sign, tone })
    })
    .collect()
}
