//! What a verb will change, or has changed, one result a row; the reason of the row with the cursor in full below.

use std::borrow::Cow;
use std::sync::Arc;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::i18n::{Lang, Text, Words};
use crate::service::{Results as Outcomes, RowOutcome, RowResult, Run};
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::{Sign, Tone};
use crate::tui::{Ctx, layout};
use crate::words;

/// The sheet of results.
#[derive(Debug)]
pub struct Results {
    id: &'static str,
    verb: Words,
    told: Arc<Outcomes>,
    cursor: usize,
    /// Whether only what is refused is listed.
    refused_only: bool,
}

/// Lines for the reason in full.
const REASON: u16 = 3;

impl Results {
    /// The results of a verb; `id` tells the screen what Enter confirms where it was only tried.
    #[must_use]
    pub const fn new(id: &'static str, verb: Words, told: Arc<Outcomes>) -> Self {
        Self { id, verb, told, cursor: 0, refused_only: false }
    }

    fn rows(&self) -> impl Iterator<Item = &RowResult> {
        let listed = |row: &&RowResult| !self.refused_only || matches!(row.outcome, RowOutcome::Refused(_));
        self.told.rows.iter().filter(listed)
    }

    fn move_by(&mut self, by: isize) {
        let last = self.rows().count().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Whether Enter does what was tried.
    fn may_go_on(&self) -> bool {
        self.told.run == Run::Try && self.told.stopped.is_none() && !self.told.changed.is_empty()
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match key.as_command().code {
            KeyCode::Down | KeyCode::Char('j') => self.move_by(1),
            KeyCode::Up | KeyCode::Char('k') => self.move_by(-1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.move_by(10),
            KeyCode::PageUp => self.move_by(-10),
            KeyCode::Home => self.move_by(isize::MIN),
            KeyCode::End => self.move_by(isize::MAX),
            KeyCode::Tab => {
                self.refused_only = !self.refused_only && !self.told.refused.is_empty();
                self.cursor = 0;
            }
            KeyCode::Enter | KeyCode::F(10) if self.may_go_on() => return Outcome::Confirmed(self.id),
            KeyCode::Enter | KeyCode::Esc => return Outcome::Close,
            KeyCode::Char('c') if key.ctrl => return Outcome::Close,
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let listed = u16::try_from(self.told.rows.len()).unwrap_or(u16::MAX);
        let height = listed.max(1).saturating_add(REASON + 1).min(area.height.saturating_sub(3));
        let place = super::sheet(canvas, area, 108, height, &self.title(ctx.lang));
        let (list, below) = layout::below(place, REASON + 1);
        let top = super::first_line(self.cursor, list.height);
        for ((at, row), y) in self.rows().enumerate().skip(top).zip(list.y..list.bottom()) {
            view_row(canvas, Rect { y, height: 1, ..list }, row, ctx);
            if at == self.cursor {
                canvas.tint(Rect { y, height: 1, ..list }, Tone::Selected);
            }
        }
        canvas.rule(below);
        if let Some(row) = self.rows().nth(self.cursor) {
            let (words, tone) = in_full(row, ctx);
            canvas.paragraphs(layout::above(below, 1).1, &words, tone, 0);
        }
    }

    /// The keys that work here, for the footer.
    pub(super) fn keys(&self) -> Vec<(&'static str, Text)> {
        let does: &[_] = if self.may_go_on() { &[("Enter", Text::new("办理", "do it"))] } else { &[] };
        let leave = if self.may_go_on() { Text::new("不办理", "leave") } else { Text::new("关闭", "close") };
        let tab: &[_] = match (self.told.refused.is_empty(), self.refused_only) {
            (true, _) => &[],
            (false, false) => &[("Tab", Text::new("只看不能办理的", "refused only"))],
            (false, true) => &[("Tab", Text::new("看全部", "all"))],
        };
        [does, &[("Esc", leave)], tab].concat()
    }

    /// What is done and how often; and how much of it is listed, where that is not all.
    fn title(&self, lang: Lang) -> String {
        let (total, shown) = (self.told.total(), self.told.rows.len() as u64);
        let listed = match (total > shown, lang) {
            (false, _) => String::new(),
            (true, Lang::Zh) => format!("　列出前 {shown} 个"),
            (true, Lang::En) => format!("   the first {shown} listed"),
        };
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        format!("{}{colon}{}{listed}", self.verb.say(lang), totals(&self.told, lang))
    }
}

/// How many of each outcome: 「将办理 38，不能办理 4」.
#[must_use]
pub fn totals(results: &Outcomes, lang: Lang) -> String {
    let changed = results.changed.len();
    let mut parts = vec![match results.run {
        Run::Try => words!("将办理 {changed}", "{changed} would be done"),
        Run::Do => words!("已办理 {changed}", "{changed} done"),
    }];
    let (refused, same) = (results.refused.len(), results.same);
    if refused > 0 {
        parts.push(words!("不能办理 {refused}", "{refused} refused"));
    }
    if same > 0 {
        parts.push(words!("不变 {same}", "{same} unchanged"));
    }
    if let Some(stopped) = &results.stopped {
        parts.push(stopped.reason.clone().before("中途停止：", "stopped: "));
    }
    let comma = if lang == Lang::Zh { "，" } else { ", " };
    parts.iter().map(|part| part.say(lang)).collect::<Vec<_>>().join(comma)
}

fn view_row(canvas: &mut Canvas<'_>, line: Rect, row: &RowResult, ctx: &Ctx) {
    let (sign, tone) = match row.outcome {
        RowOutcome::Changed(_) => (Sign::Done, Tone::Done),
        RowOutcome::Same => (Sign::None, Tone::Faint),
        RowOutcome::Refused(_) => (Sign::Late, Tone::Late),
    };
    canvas.sign(line.x, line.y, sign, tone);
    let x = line.x + 2;
    canvas.text(x, line.y, 12, &row.code, Tone::Normal);
    let width = (line.width.saturating_sub(16)) * 2 / 5;
    canvas.text(x + 14, line.y, width, &row.title, Tone::Normal);
    let x = x + 14 + width + 2;
    let words = in_short(&row.outcome, ctx);
    canvas.text(
        x,
        line.y,
        line.right().saturating_sub(x),
        &words,
        if tone == Tone::Done { Tone::Normal } else { tone },
    );
}

/// What came of a record, in a line.
#[must_use]
pub fn in_short<'a>(outcome: &'a RowOutcome, ctx: &Ctx) -> Cow<'a, str> {
    match outcome {
        RowOutcome::Changed(changes) => {
            let arrow = if ctx.ruler.of("→") == 1 { "→" } else { "->" };
            let side = |words: &Words| match words.say(ctx.lang) {
                "" => ctx.say("无", "none").to_owned(),
                words => words.to_owned(),
            };
            let change = |change: &crate::service::Difference| {
                format!("{} {} {arrow} {}", change.what.say(ctx.lang), side(&change.old), side(&change.new))
            };
            Cow::Owned(changes.iter().map(change).collect::<Vec<_>>().join(ctx.say("，", ", ")))
        }
        RowOutcome::Same => Cow::Borrowed(ctx.say("不变", "unchanged")),
        RowOutcome::Refused(failure) => Cow::Borrowed(failure.reason.say(ctx.lang)),
    }
}

/// What came of a record, for the lines below the list.
fn in_full(row: &RowResult, ctx: &Ctx) -> (String, Tone) {
    match &row.outcome {
        RowOutcome::Refused(failure) => (ctx.in_keys(failure).say(ctx.lang), Tone::Late),
        outcome => (format!("{}　{}", row.title, in_short(outcome, ctx)), Tone::Normal),
    }
}
