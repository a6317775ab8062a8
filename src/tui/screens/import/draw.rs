//! How an import is drawn: what is asked, what the trial came to, the columns, the report.

use ratatui::layout::Rect;

use super::{Focus, Import, roles};
use crate::i18n::{Lang, Term as _};
use crate::service::worker::{Remark, Trial};
use crate::service::{Action, ImportStage};
use crate::tui::canvas::Canvas;
use crate::tui::screens::listing::thousands;
use crate::tui::theme::{Sign, Tone};
use crate::tui::{Ctx, layout};

impl Import {
    /// Draws everything.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let (form, rest) = layout::above(area, 5);
        self.view_form(canvas, form, ctx);
        let Some(trial) = self.trial.as_deref() else {
            let hint = match self.running {
                Some(_) => ctx.say("正在读文件…", "Reading the file…"),
                None => ctx.say(
                    "写出文件名（xlsx、xls、csv），按 Enter 试读。试读什么都不写入。",
                    "Name a file (xlsx, xls, csv) and press Enter to try it. A trial writes nothing.",
                ),
            };
            canvas.paragraphs(
                Rect { x: rest.x + 2, width: rest.width.saturating_sub(4), ..rest },
                hint,
                Tone::Faint,
                0,
            );
            return;
        };
        let (counts, rest) = layout::above(rest, 3);
        Self::view_counts(canvas, counts, trial, ctx);
        if rest.height > 20 {
            let (upper, lower) = layout::above(rest, rest.height / 2);
            self.view_columns(canvas, Rect { height: upper.height.saturating_sub(1), ..upper }, ctx);
            self.view_report(canvas, lower, trial, ctx);
        } else if self.focus == Focus::Report {
            self.view_report(canvas, rest, trial, ctx);
        } else {
            self.view_columns(canvas, rest, ctx);
        }
    }

    fn view_form(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let by_file = ctx.say("（由文件说明）", "(as the file says)");
        let stage = match &self.stage {
            ImportStage::Drafting => ctx.say("起草中", "drafting").to_owned(),
            ImportStage::Published { on, number } => format!("{} {on} {number}", ctx.say("已公布", "published")),
        };
        let kind = self.kind.map_or(by_file, |kind| kind.label().say(ctx.lang));
        let lines = [
            (Focus::File, ctx.say("文件", "file")),
            (Focus::Agency, ctx.say("机关", "agency")),
            (Focus::Kind, ctx.say("种类", "kind")),
            (Focus::Stage, ctx.say("进入为", "enters as")),
        ];
        for ((focus, label), y) in lines.into_iter().zip(area.y..area.bottom()) {
            let here = self.focus == focus;
            if here {
                canvas.sign(area.x, y, Sign::Here, Tone::Accent);
            }
            canvas.text(area.x + 2, y, 10, label, if here { Tone::Accent } else { Tone::Faint });
            let place = Rect { x: area.x + 13, y, width: area.width.saturating_sub(14), height: 1 };
            match focus {
                Focus::File => self.file.view(canvas, place, here),
                Focus::Agency if self.agency.text().is_empty() && !here => {
                    canvas.text(place.x, y, place.width, by_file, Tone::Faint);
                }
                Focus::Agency => self.agency.view(canvas, place, here),
                Focus::Kind => {
                    canvas.text(place.x, y, place.width, kind, Tone::Normal);
                }
                _ => {
                    canvas.text(place.x, y, place.width, &stage, Tone::Normal);
                }
            }
        }
    }

    fn view_counts(canvas: &mut Canvas<'_>, area: Rect, trial: &Trial, ctx: &Ctx) {
        let imported = &trial.imported;
        let sheets: Vec<String> = imported
            .outcome
            .sheets
            .iter()
            .map(|sheet| match ctx.lang {
                Lang::Zh => format!("{}：{} 个事项 {} 个阶次", sheet.name, sheet.items, sheet.tiers),
                Lang::En => format!("{}: {} items {} tiers", sheet.name, sheet.items, sheet.tiers),
            })
            .collect();
        canvas.text(area.x + 2, area.y, area.width.saturating_sub(2), &sheets.join("　"), Tone::Faint);
        let (created, updated) = (thousands(imported.created), thousands(imported.updated));
        let (skipped, rejected) = (thousands(imported.skipped), thousands(imported.rejected));
        let state = match (imported.written, ctx.lang) {
            (true, Lang::Zh) => "已写入",
            (true, Lang::En) => "written",
            (false, Lang::Zh) => "试读，没有写入",
            (false, Lang::En) => "trial, nothing written",
        };
        let words = match ctx.lang {
            Lang::Zh => format!(
                "{state}：新增 {created}　更新 {updated}　不变 {skipped}　不能读入 {rejected}　提示 {}",
                trial.notice_count
            ),
            Lang::En => format!(
                "{state}: {created} new   {updated} updated   {skipped} unchanged   {rejected} rejected   {} notices",
                trial.notice_count
            ),
        };
        let unplaced = thousands(imported.unplaced);
        let words = match (imported.unplaced, ctx.lang) {
            (0, _) => words,
            (_, Lang::Zh) => format!("{words}　未指明机关 {unplaced}"),
            (_, Lang::En) => format!("{words}   {unplaced} without an agency"),
        };
        let tone = if imported.rejected + imported.unplaced > 0 {
            Tone::Late
        } else if imported.written {
            Tone::Done
        } else {
            Tone::Strong
        };
        canvas.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), &words, tone);
    }

    fn view_columns(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let here = self.focus == Focus::Columns;
        let title = ctx.say("列　表头　　　　　　　 用途　　　　　　样例", "columns: heading, role, sample");
        canvas.text(area.x + 2, area.y, area.width, title, if here { Tone::Accent } else { Tone::Faint });
        let (_, rows) = layout::above(area, 1);
        let top = if here { (self.column + 1).saturating_sub(usize::from(rows.height)) } else { 0 };
        for ((at, (number, heading, role, sample)), y) in
            self.columns().into_iter().enumerate().skip(top).zip(rows.y..rows.bottom())
        {
            canvas.right(area.x + 1, y, 3, &number.to_string(), Tone::Faint);
            canvas.text(area.x + 6, y, 20, &heading, Tone::Normal);
            let label = role.map(roles::label);
            let (words, tone) = match &label {
                Some(label) => (label.say(ctx.lang), Tone::Accent),
                None => (ctx.say("（按原文保留）", "(kept as written)"), Tone::Faint),
            };
            canvas.text(area.x + 28, y, 16, words, tone);
            canvas.text(area.x + 46, y, area.width.saturating_sub(47), &sample.join(" ┆ "), Tone::Faint);
            if here && at == self.column {
                canvas.tint(Rect { y, height: 1, ..rows }, Tone::Selected);
            }
        }
    }

    fn view_report(&self, canvas: &mut Canvas<'_>, area: Rect, trial: &Trial, ctx: &Ctx) {
        let here = self.focus == Focus::Report;
        let title = ctx.say("报告：不能读入的行、提示、事项", "report: rejected rows, notices, items");
        canvas.text(area.x + 2, area.y, area.width, title, if here { Tone::Accent } else { Tone::Faint });
        let (_, rows) = layout::above(area, 1);
        let top = if here { (self.line + 1).saturating_sub(usize::from(rows.height)) } else { 0 };
        let remark = |remark: &Remark| match ctx.lang {
            Lang::Zh => format!("{} 第 {} 行：{}", remark.sheet, remark.row, remark.words.zh),
            Lang::En => format!("{} row {}: {}", remark.sheet, remark.row, remark.words.en),
        };
        let item = |(action, name): &(Action, String)| {
            let action = match action {
                Action::Create => ctx.say("新增", "new"),
                Action::Update => ctx.say("更新", "update"),
                Action::Skip => ctx.say("不变", "as it is"),
            };
            format!("{action}　{name}")
        };
        let rejected = trial.rejected.iter().map(|of| (remark(of), Tone::Late));
        let notices = trial.notices.iter().map(|of| (remark(of), Tone::Soon));
        let stays = |name: &String| format!("{}　{name}", ctx.say("文件里没有，保持原样", "not in the file, stays"));
        let missing = trial.missing.iter().map(|of| (stays(of), Tone::Soon));
        let items = trial.items.iter().map(|of| (item(of), Tone::Normal));
        for ((at, (words, tone)), y) in
            rejected.chain(notices).chain(missing).chain(items).enumerate().skip(top).zip(rows.y..rows.bottom())
        {
            canvas.text(area.x + 2, y, area.width.saturating_sub(3), &words, tone);
            if here && at == self.line {
                canvas.tint(Rect { y, height: 1, ..rows }, Tone::Selected);
            }
        }
    }
}
