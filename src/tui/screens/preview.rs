//! An item as it is read: what it is, what stands in its baseline, what has to be done.

use ratatui::layout::Rect;

use crate::domain::baseline::{Answer as Words, Baseline};
use crate::domain::duty::Closing;
use crate::domain::label::Term as _;
use crate::service::{ItemView, days_late};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Tone;

/// Lines of a page: indent, words, meaning.
pub type Lines = Vec<(usize, String, Tone)>;

/// A page while it is written.
struct Page<'a> {
    lines: Lines,
    width: usize,
    ctx: &'a Ctx,
}

impl Page<'_> {
    fn words(&mut self, indent: usize, words: &str, tone: Tone) {
        let words = crate::i18n::safe(words, true);
        for (hang, line) in self.ctx.ruler.paragraphs(&words, self.width.saturating_sub(indent)) {
            self.lines.push((indent + hang, line, tone));
        }
    }

    fn heading(&mut self, words: &str) {
        self.lines.push((0, String::new(), Tone::Normal));
        self.words(0, words, Tone::Faint);
    }

    fn baseline(&mut self, baseline: &Baseline) {
        let lang = self.ctx.lang;
        for field in baseline.kind.fields() {
            match baseline.fields.get(field.id) {
                None => {}
                Some(Words::Text(words)) => {
                    self.heading(field.label.say(lang));
                    self.words(2, words, Tone::Normal);
                }
                Some(Words::NotApplicable { not_applicable }) => {
                    self.heading(field.label.say(lang));
                    let none = self.ctx.say("不适用：", "not applicable: ");
                    self.words(2, &format!("{none}{not_applicable}"), Tone::Normal);
                }
            }
        }
        for ladder in &baseline.ladders {
            let label = ladder.label.clone().unwrap_or_else(|| self.ctx.say("阶次", "tiers").to_owned());
            self.heading(&label);
            for tier in &ladder.tiers {
                self.words(2, &format!("{}　{}", tier.label, tier.standard), Tone::Normal);
                for condition in &tier.conditions {
                    self.words(4, condition, Tone::Faint);
                }
            }
        }
        for factor in baseline.weights.iter().flat_map(|weights| &weights.factors) {
            self.heading(&factor.name);
            for (option, weight) in &factor.options {
                let weight = weight.map(|weight| format!("{weight}%　")).unwrap_or_default();
                self.words(2, &format!("{weight}{option}"), Tone::Normal);
            }
        }
        if !baseline.remarks.is_empty() {
            self.heading(self.ctx.say("备注", "remarks"));
            self.words(2, &baseline.remarks, Tone::Normal);
        }
    }

    fn duties(&mut self, view: &ItemView) {
        if !view.duties.is_empty() {
            self.heading(self.ctx.say("任务", "duties"));
        }
        for row in &view.duties {
            let duty = &row.duty;
            let due = duty.due.map(|due| due.to_string()).unwrap_or_default();
            let late = days_late(duty.closing, duty.due, self.ctx.today());
            let (end, tone) = match duty.closing {
                Closing::Open if late > 0 => (format!("{} {late}", self.ctx.say("逾期天数", "days late")), Tone::Late),
                Closing::Open => (String::new(), Tone::Normal),
                Closing::Done(on) => (format!("{} {on}", self.ctx.say("办结", "done")), Tone::Done),
                Closing::Waived(on) => (format!("{} {on} {}", self.ctx.say("免除", "waived"), row.reason), Tone::Faint),
            };
            let rule = duty.rule.label().say(self.ctx.lang);
            self.words(2, &format!("{rule}　{due}　{end}"), tone);
        }
    }
}

/// Why the newest version was sent back, until it is accepted.
pub fn returned(view: &ItemView) -> Option<&str> {
    let life = &view.versions.last()?.life;
    Some(life.return_reason.as_str()).filter(|reason| !reason.is_empty() && life.accepted_on.is_none())
}

/// The page of an item for a place of that width.
pub fn lines(view: &ItemView, width: u16, ctx: &Ctx) -> Lines {
    let mut page = Page { lines: Vec::new(), width: width.into(), ctx };
    let item = &view.item;
    page.words(0, &item.text.title, Tone::Strong);
    let kind = item.text.kind.label().say(ctx.lang);
    let place = format!("{kind}　{}　{}", ctx.agency(item.agency), view.line.stage.label().say(ctx.lang));
    page.words(0, &place, Tone::Faint);
    for citation in &item.text.citations {
        let clause = citation.clause.map_or_else(|| citation.written.clone(), |clause| clause.to_string());
        page.words(0, &format!("《{}》{clause}", citation.title), Tone::Faint);
    }
    if !item.verification_reason.is_empty() {
        page.words(
            0,
            &format!("{}：{}", item.verification.label().say(ctx.lang), item.verification_reason),
            Tone::Soon,
        );
    }
    if let Some(version) = view.versions.last() {
        if let Some(reason) = returned(view) {
            page.words(0, &format!("{}{reason}", ctx.say("退回理由：", "returned because: ")), Tone::Soon);
        }
        page.baseline(&version.baseline);
    } else {
        page.heading(ctx.say("还没有写基准", "No baseline has been written"));
    }
    page.duties(view);
    page.lines
}

/// Draws the page from line `skip` on.
pub fn view(canvas: &mut Canvas<'_>, area: Rect, view: &ItemView, skip: usize, ctx: &Ctx) {
    for ((indent, words, tone), y) in lines(view, area.width, ctx).iter().skip(skip).zip(area.y..area.bottom()) {
        let indent = u16::try_from(*indent).unwrap_or(0);
        canvas.text(area.x + indent, y, area.width.saturating_sub(indent), words, *tone);
    }
}
