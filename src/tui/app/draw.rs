//! How the frame around every screen is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::App;
use crate::i18n::{Lang, Text};
use crate::tui::canvas::Canvas;
use crate::tui::catalog;
use crate::tui::screens::Screen;
use crate::tui::theme::Tone;
use crate::tui::{Ctx, Notice, layout};

impl App {
    /// Draws everything; returns where the terminal's cursor shall stand.
    pub fn view(&self, buffer: &mut Buffer) -> Option<Position> {
        let area = buffer.area;
        let mut canvas = Canvas::new(buffer, self.options.theme, self.options.ruler);
        let ctx = Ctx { body: layout::frame(area).body, ..self.ctx() };
        if area.width < layout::LEAST.0 || area.height < layout::LEAST.1 {
            canvas.paragraphs(area, ctx.say("窗口太小，请放大。", "The window is too small."), Tone::Soon, 0);
            return None;
        }
        let frame = layout::frame(area);
        self.view_head(&mut canvas, frame.head, &ctx);
        canvas.rule(Rect { y: frame.head.y + 1, ..frame.head });
        canvas.rule(Rect { y: frame.foot.y - 1, ..frame.foot });
        if let Some(screen) = self.screen() {
            screen.view(&mut canvas, frame.body, &ctx);
        }
        self.view_foot(&mut canvas, frame.foot, &ctx);
        if let Some(overlay) = &self.overlay {
            overlay.view(&mut canvas, frame.body, &ctx);
        }
        canvas.cursor()
    }

    fn view_head(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let title = self.screen().map(|screen| screen.title(ctx)).unwrap_or_default();
        let who = match &self.facts {
            None => ctx.say("正在打开登记库…", "opening the register…").to_owned(),
            Some(facts) => {
                let rehearsal = if facts.rehearsal { ctx.say("演练　", "rehearsal   ") } else { "" };
                let city = facts.city.strip_suffix("人民政府").unwrap_or(&facts.city);
                format!("{rehearsal}{city}　local　{}", day_words(facts.today, ctx.lang))
            }
        };
        let who = self.waiting_words(ctx).unwrap_or(who);
        let width = u16::try_from(ctx.ruler.of(&who)).unwrap_or(0).min(area.width * 2 / 3);
        let x = canvas.text(area.x + 1, area.y, 12, ctx.say("裁量", "cailiang"), Tone::Faint) + 2;
        canvas.text(x, area.y, area.right().saturating_sub(x + width + 3), &title, Tone::Strong);
        canvas.right(area.right() - width - 1, area.y, width, &who, Tone::Faint);
    }

    /// What has been waited for longer than a moment.
    fn waiting_words(&self, ctx: &Ctx) -> Option<String> {
        let pending = self.pending.iter().find(|pending| pending.is_late())?;
        let cancel = match (pending.is_act(), ctx.lang) {
            (false, _) => String::new(),
            (true, Lang::Zh) => format!("　{} 取消", ctx.key("back")),
            (true, Lang::En) => format!("   {} cancels", ctx.key("back")),
        };
        let words = match (pending.came, ctx.lang) {
            (0, Lang::Zh) => "正在查询…".to_owned(),
            (0, Lang::En) => "working…".to_owned(),
            (came, Lang::Zh) => format!("已处理 {came} 个事项…"),
            (came, Lang::En) => format!("{came} items so far…"),
        };
        Some(words + &cancel)
    }

    fn view_foot(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        if let Some(notice) = &self.notice {
            return view_notice(canvas, area, notice, ctx);
        }
        let mut x = area.x + 1;
        for (key, label) in self.footer(ctx) {
            let label = label.say(ctx.lang);
            let width = u16::try_from(ctx.ruler.of(&key) + 1 + ctx.ruler.of(label)).unwrap_or(u16::MAX);
            // What has no room is passed over: help always has.
            if x.saturating_add(width) > area.right() {
                continue;
            }
            x = canvas.text(x, area.y, width, &key, Tone::Accent) + 1;
            x = canvas.text(x, area.y, width, label, Tone::Faint) + 3;
        }
    }

    /// The keys that work now with what they do: those of the sheet that takes them. While a field is being written,
    /// those of the field and those of every screen: commands of the list wait until its filter stands.
    fn footer(&self, ctx: &Ctx) -> Vec<(String, Text)> {
        if let Some(overlay) = &self.overlay {
            return overlay.keys().into_iter().map(|(key, label)| (key.to_owned(), label)).collect();
        }
        let screen = self.screen();
        let typing = screen.is_some_and(Screen::is_typing);
        let of_field = screen.filter(|_| typing).map(Screen::typing_keys).unwrap_or_default();
        let offers = if of_field.is_empty() { self.offers(ctx) } else { catalog::offers(super::COMMANDS, self, ctx) };
        let shown = offers.iter().filter(|offer| offer.about.footer && offer.ready.is_ok());
        let commands = shown.map(|offer| {
            let keys = ctx.keys.of(offer.about.id);
            let key = if typing { keys.while_typing() } else { keys.first() };
            (key.to_owned(), offer.about.label)
        });
        of_field.iter().map(|(key, label)| ((*key).to_owned(), *label)).chain(commands).collect()
    }
}

/// A notice at the foot: over the rule and the lines above where it is long.
fn view_notice(canvas: &mut Canvas<'_>, foot: Rect, notice: &Notice, ctx: &Ctx) {
    let words = crate::i18n::safe(notice.words.say(ctx.lang), true);
    let width = foot.width.saturating_sub(2);
    let lines = ctx.ruler.paragraphs(&words, width.into()).len();
    let height = u16::try_from(lines).unwrap_or(1).clamp(1, foot.y.saturating_sub(3).max(1));
    let area = Rect { y: foot.y + 1 - height, height, ..foot };
    canvas.clear(area);
    if height > 1 {
        canvas.rule(Rect { y: area.y - 1, height: 1, ..area });
    }
    canvas.paragraphs(Rect { x: area.x + 1, width, ..area }, &words, notice.tone, 0);
}

/// A day with its day of the week.
#[must_use]
pub fn day_words(day: chrono::NaiveDate, lang: Lang) -> String {
    use chrono::Datelike as _;
    let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    let zh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let week = if lang == Lang::Zh { zh.get(at) } else { en.get(at) };
    format!("{day} {}", week.copied().unwrap_or_default())
}
