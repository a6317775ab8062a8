//! How an import is drawn: what is asked, what the trial came to, the sheet with its columns, the report.

use ratatui::layout::Rect;

use super::{Focus, Import, Running};
use crate::i18n::{Lang, Term as _};
use crate::service::worker::Trial;
use crate::service::{ImportStage, Saved};
use crate::tui::canvas::Canvas;
use crate::tui::screens::listing::thousands;
use crate::tui::theme::{Sign, Tone};
use crate::tui::{Ctx, layout};
use crate::words;

/// Lines of the form: the file, then two fields a line.
const FORM: u16 = 4;
/// The fields by line and side.
const FIELDS: &[(Focus, u16, Side)] = &[
    (Focus::File, 0, Side::Whole),
    (Focus::Agency, 1, Side::Left),
    (Focus::Kind, 1, Side::Right),
    (Focus::Stage, 2, Side::Left),
    (Focus::Mapping, 2, Side::Right),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Whole,
    Left,
    Right,
}

fn place_of(line: u16, side: Side, area: Rect) -> Rect {
    let half = area.width / 2;
    let (x, width) = match side {
        Side::Whole => (area.x, area.width),
        Side::Left => (area.x, half),
        Side::Right => (area.x + half, area.width - half),
    };
    Rect { x, y: area.y + line, width, height: 1 }
}

impl Import {
    /// Which field a click means.
    pub(super) fn place_at(x: u16, y: u16, area: Rect) -> Option<Focus> {
        let hit = |(_, line, side): &&(Focus, u16, Side)| place_of(*line, *side, area).contains((x, y).into());
        FIELDS.iter().find(hit).map(|(focus, ..)| *focus)
    }

    /// Draws everything.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let (form, rest) = layout::above(area, FORM);
        self.view_form(canvas, form, ctx);
        let Some(trial) = self.trial.as_deref() else {
            let place = Rect { x: rest.x + 2, width: rest.width.saturating_sub(4), ..rest };
            return self.view_hint(canvas, place, ctx);
        };
        let (counts, rest) = layout::above(rest, 2);
        self.view_counts(canvas, counts, trial, ctx);
        let here = |focus| self.focus == focus;
        let rows = self.sheets.get(self.sheet).map_or(0, |sheet| sheet.look.rows.len());
        let whole = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(3);
        // A small screen shows the report alone where it has the focus.
        let table = match rest.height {
            0..=20 if here(Focus::Report) => 0,
            0..=20 => whole.min(rest.height.saturating_sub(4)).min(10),
            height => whole.min(height / 2),
        };
        let (table, report) = layout::above(rest, table);
        if let Some(sheet) = self.sheets.get(self.sheet).filter(|_| table.height > 0) {
            let table = Rect { height: table.height - 1, ..table };
            let column = here(Focus::Columns).then_some(self.column);
            sheet.view(canvas, table, (self.sheet, self.sheets.len()), column, ctx);
        }
        self.report.view(canvas, report, here(Focus::Report), ctx);
    }

    /// What to do while nothing has been tried: the names to choose from, why it could not be, or where to begin.
    fn view_hint(&self, canvas: &mut Canvas<'_>, place: Rect, ctx: &Ctx) {
        if !self.names.is_empty() {
            return view_names(canvas, place, &self.names);
        }
        match (&self.trouble, self.running) {
            (_, Some(_)) => {
                canvas.text(place.x, place.y, place.width, ctx.say("正在读文件…", "Reading the file…"), Tone::Faint);
            }
            (Some(trouble), None) => {
                canvas.paragraphs(place, trouble.say(ctx.lang), Tone::Late, 0);
            }
            (None, None) => {
                let hint = ctx.say(
                    "写出或粘贴文件名（xlsx、xls、csv），Tab 补全，Enter 试读。试读什么都不写入。",
                    "Type or paste the name of a file (xlsx, xls, csv); Tab completes it, Enter tries it. A trial writes nothing.",
                );
                canvas.paragraphs(place, hint, Tone::Faint, 0);
            }
        }
    }

    fn view_form(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        for (focus, line, side) in FIELDS {
            let place = place_of(*line, *side, area);
            let here = self.focus == *focus;
            if here {
                canvas.sign(place.x, place.y, Sign::Here, Tone::Accent);
            }
            let label = match focus {
                Focus::File => ctx.say("文件", "file"),
                Focus::Agency => ctx.say("机关", "agency"),
                Focus::Kind => ctx.say("种类", "kind"),
                Focus::Stage => ctx.say("进入为", "enters as"),
                _ => ctx.say("对应", "mapping"),
            };
            canvas.text(place.x + 2, place.y, 9, label, if here { Tone::Accent } else { Tone::Faint });
            let value = Rect { x: place.x + 12, width: place.width.saturating_sub(13), ..place };
            if *focus == Focus::File {
                self.file.view(canvas, value, here);
                continue;
            }
            let (words, tone) = self.value(*focus, ctx);
            let x = canvas.text(value.x, value.y, value.width, &words, tone);
            if here {
                canvas.tint(Rect { width: x - value.x, ..value }, Tone::Selected);
            }
        }
    }

    fn value(&self, focus: Focus, ctx: &Ctx) -> (String, Tone) {
        let by_file = (ctx.say("由文件说明", "as the file says").to_owned(), Tone::Faint);
        match (focus, &self.stage) {
            (Focus::Agency, _) => self.agency.as_ref().map_or(by_file, |(_, name)| (name.clone(), Tone::Normal)),
            (Focus::Kind, _) => self.kind.map_or(by_file, |kind| (kind.label().say(ctx.lang).to_owned(), Tone::Normal)),
            (Focus::Stage, ImportStage::Drafting) => (ctx.say("起草中", "drafting").to_owned(), Tone::Normal),
            (Focus::Stage, ImportStage::Published { on, number }) => {
                (format!("{} {on} {number}", ctx.say("已公布", "published")), Tone::Normal)
            }
            _ => self.mapping_words(ctx.lang),
        }
    }

    fn mapping_words(&self, lang: Lang) -> (String, Tone) {
        let used = self.trial.as_deref().and_then(|trial| trial.imported.outcome.used.as_deref());
        match (&self.told, &self.saved, used, lang) {
            (Some(_), _, _, Lang::Zh) => ("已改正，没有保存".to_owned(), Tone::Soon),
            (Some(_), _, _, Lang::En) => ("corrected, not saved".to_owned(), Tone::Soon),
            (None, Saved::Named(name), _, Lang::Zh) => (format!("已保存的「{name}」"), Tone::Normal),
            (None, Saved::Named(name), _, Lang::En) => (format!("saved \"{name}\""), Tone::Normal),
            (None, Saved::Fitting, Some(name), Lang::Zh) => (format!("「{name}」，表头相符"), Tone::Normal),
            (None, Saved::Fitting, Some(name), Lang::En) => (format!("\"{name}\", which fits"), Tone::Normal),
            (None, _, _, Lang::Zh) => ("按表头识别".to_owned(), Tone::Faint),
            (None, _, _, Lang::En) => ("as recognised".to_owned(), Tone::Faint),
        }
    }

    fn view_counts(&self, canvas: &mut Canvas<'_>, area: Rect, trial: &Trial, ctx: &Ctx) {
        let imported = &trial.imported;
        let state = match (self.running, imported.written) {
            (Some(Running::Trial), _) => ctx.say("正在试读…", "trying…"),
            (Some(Running::Apply), _) => ctx.say("正在写入…", "writing…"),
            (None, true) => ctx.say("已写入", "written"),
            (None, false) => ctx.say("试读，没有写入", "trial, nothing written"),
        };
        let (created, updated) = (thousands(imported.created), thousands(imported.updated));
        let (skipped, rejected) = (thousands(imported.skipped), thousands(imported.rejected));
        let notices = thousands(trial.notices.count);
        let words = match ctx.lang {
            Lang::Zh => {
                format!("{state}：新增 {created}　更新 {updated}　不变 {skipped}　不能读入 {rejected}　提示 {notices}")
            }
            Lang::En => format!(
                "{state}: {created} new  {updated} updated  {skipped} unchanged  {rejected} rejected  {notices} notices"
            ),
        };
        let tone = if self.running.is_some() {
            Tone::Faint
        } else if imported.rejected + imported.unplaced > 0 {
            Tone::Late
        } else if imported.written {
            Tone::Done
        } else {
            Tone::Strong
        };
        canvas.text(area.x + 2, area.y, area.width.saturating_sub(2), &words, tone);
        if imported.unplaced > 0 {
            let words = words!(
                "未指明机关 {}：请在「机关」一格选定，才能与登记库对照、写入。",
                "{} without an agency: choose it above, for them to be compared and written.",
                thousands(imported.unplaced)
            );
            canvas.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), words.say(ctx.lang), Tone::Late);
        }
    }
}

/// The names among which there is a choice, in columns.
fn view_names(canvas: &mut Canvas<'_>, place: Rect, names: &[String]) {
    let ruler = canvas.ruler();
    let widest = names.iter().map(|name| ruler.of(name)).max().unwrap_or(1);
    let width = u16::try_from(widest + 3).unwrap_or(u16::MAX).clamp(8, place.width.max(8));
    let columns = (place.width / width).max(1);
    for (name, at) in names.iter().zip(0_u16..) {
        let (x, y) = (place.x + (at % columns) * width, place.y + at / columns);
        if y >= place.bottom() {
            break;
        }
        canvas.text(x, y, width.saturating_sub(2), name, Tone::Normal);
    }
}
