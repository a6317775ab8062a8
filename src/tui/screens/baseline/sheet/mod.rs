//! Sheets over the editor: what a check means, a band split into tiers, another baseline taken over. A sheet takes every
//! key until it closes; what it makes is one step that undo takes back.

mod copy;
mod explain;
mod split;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::form::Row;
use super::{Editor, Step};
use crate::domain::baseline::Baseline;
use crate::i18n::Text;
use crate::service::ItemLine;
use crate::service::ItemView;
use crate::service::worker::Ask;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;

use copy::Copying;
use split::Splitting;

/// A sheet.
#[derive(Debug)]
pub(super) enum Sheet {
    /// What a check means.
    Explain(crate::service::CheckCode),
    /// A band split into tiers.
    Split(Box<Splitting>),
    /// Another baseline taken over.
    Copy(Box<Copying>),
}

/// The keys of an explanation.
const EXPLAIN_KEYS: &[(&str, Text)] = &[("Esc", Text::new("关闭", "close"))];

/// The keys of a band that is split; those of its choices stand beside them.
const SPLIT_KEYS: &[(&str, Text)] = &[("Enter", Text::new("采用", "take")), ("Esc", Text::new("取消", "cancel"))];

impl Sheet {
    /// The keys that work in it, for the footer.
    pub(super) const fn keys(&self) -> &'static [(&'static str, Text)] {
        match self {
            Self::Explain(_) => EXPLAIN_KEYS,
            Self::Split(_) => SPLIT_KEYS,
            Self::Copy(copying) => copying.keys(),
        }
    }
}

/// What a key came to.
enum Outcome {
    Stay,
    Close,
    Ask(Ask),
    /// The content that shall stand from now on.
    Take(Box<Baseline>),
}

impl Editor {
    /// What the check of the finding in hand means.
    pub(super) fn explain(&mut self) -> Vec<Step> {
        let code = self.finding(|_| true).map(|flag| flag.live.code);
        let in_hand = || self.open.as_ref()?.found.here().map(|flag| flag.live.code);
        self.sheet = code.or_else(in_hand).map(Sheet::Explain);
        Vec::new()
    }

    /// Offers to split a band of the law; the ladder with the cursor is the one that would be replaced.
    pub(super) fn begin_split(&mut self) -> Vec<Step> {
        let ladder = match self.row() {
            Some(Row::Tier(ladder, _) | Row::Ladder(ladder)) => Some(ladder),
            _ => None,
        };
        let steps = self.commit().unwrap_or_default();
        if let Some(open) = &self.open {
            self.sheet = Some(Sheet::Split(Box::new(Splitting::new(&open.work, ladder))));
        }
        steps
    }

    /// Offers other baselines, and earlier versions of this one.
    pub(super) fn begin_copy(&mut self) -> Vec<Step> {
        let mut steps = self.commit().unwrap_or_default();
        if let Some(open) = &self.open {
            let copying = Copying::new(&open.view);
            steps.push(Step::Ask(copying.ask()));
            self.sheet = Some(Sheet::Copy(Box::new(copying)));
        }
        steps
    }

    /// Takes a key into the sheet.
    pub(super) fn sheet_key(&mut self, key: Key, ctx: &Ctx) -> Vec<Step> {
        let (Some(sheet), Some(open)) = (&mut self.sheet, &self.open) else { return Vec::new() };
        let outcome = match (key.code, sheet) {
            (KeyCode::Char('c'), _) if key.ctrl => Outcome::Close,
            (_, Sheet::Explain(_)) => Outcome::Close,
            (_, Sheet::Split(splitting)) => splitting.key(key, &open.work),
            (_, Sheet::Copy(copying)) => copying.key(key, &open.work, &open.view, ctx),
        };
        match outcome {
            Outcome::Stay => Vec::new(),
            Outcome::Ask(ask) => vec![Step::Ask(ask)],
            Outcome::Close => {
                self.sheet = None;
                Vec::new()
            }
            Outcome::Take(baseline) => {
                self.sheet = None;
                let steps = self.change(*baseline);
                self.hold();
                steps
            }
        }
    }

    /// Words pasted into the sheet.
    pub(super) fn sheet_paste(&mut self, words: &str) -> Vec<Step> {
        match &mut self.sheet {
            Some(Sheet::Copy(copying)) => copying.paste(words).into_iter().map(Step::Ask).collect(),
            _ => Vec::new(),
        }
    }

    /// Items that the sheet asked for.
    pub(super) fn take_models(&mut self, items: Vec<ItemLine>) {
        if let Some(Sheet::Copy(copying)) = &mut self.sheet {
            copying.take_items(items, self.item);
        }
    }

    /// An item that the sheet asked for; given back where no sheet waits for it.
    pub(super) fn take_model(&mut self, view: Box<ItemView>) -> Option<Box<ItemView>> {
        match &mut self.sheet {
            Some(Sheet::Copy(copying)) if copying.waits_for(view.item.id) => {
                copying.take_item(&view);
                None
            }
            _ => Some(view),
        }
    }
}

/// Draws the sheet over the screen.
pub(super) fn view(canvas: &mut Canvas<'_>, area: Rect, sheet: &Sheet, ctx: &Ctx) {
    match sheet {
        Sheet::Explain(code) => explain::view(canvas, area, *code, ctx),
        Sheet::Split(splitting) => splitting.view(canvas, area, ctx),
        Sheet::Copy(copying) => copying.view(canvas, area, ctx),
    }
}

/// A tier in one line: label, conditions, standard.
fn view_tier(canvas: &mut Canvas<'_>, area: Rect, tier: &crate::domain::baseline::Tier) {
    use crate::tui::theme::Tone;
    let conditions = tier.conditions.join("；");
    let half = area.width.saturating_sub(14) / 2;
    canvas.text(area.x, area.y, 12, &tier.label, Tone::Strong);
    if conditions.is_empty() {
        canvas.text(area.x + 14, area.y, area.width.saturating_sub(14), &tier.standard, Tone::Normal);
        return;
    }
    canvas.text(area.x + 14, area.y, half.saturating_sub(2), &conditions, Tone::Faint);
    canvas.text(area.x + 14 + half, area.y, half, &tier.standard, Tone::Normal);
}
