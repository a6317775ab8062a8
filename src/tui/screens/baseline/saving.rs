//! Between the draft and the register: saving, what another has saved meanwhile, a draft that comes back.

use super::open::{Open, newest};
use super::{At, Editor, Row, Step, form};
use crate::domain::kind::Kind;
use crate::service::worker::{Act, Ask};
use crate::service::{ItemView, Kept};
use crate::tui::overlays::{Confirm, Overlay};
use crate::tui::screens::preview::returned;
use crate::tui::{Ctx, Notice};
use crate::words;

impl Editor {
    pub(super) fn save(&mut self) -> Vec<Step> {
        let mut steps = match self.commit() {
            Ok(steps) => steps,
            Err(notice) => return vec![Step::Say(notice)],
        };
        let Some(open) = &mut self.open else { return steps };
        if let Some((_, revision)) = &open.theirs {
            let question = words!(
                "别人在您打开之后保存过这个事项（修订号 {revision}）。用您的内容覆盖吗？对方的内容可用撤销取回。",
                "Another has saved this item since you opened it (revision {revision}). Write yours over it? Undo has theirs back."
            );
            steps.push(Step::sheet(Overlay::Confirm(Confirm::new("baseline.overwrite", question))));
        } else if open.is_changed() {
            open.saving = Some(open.work.clone());
            let baseline = Box::new(open.work.clone());
            steps.push(Step::Ask(Ask::Save { item: self.item, baseline, seen: open.seen }));
        } else {
            steps.push(Step::Say(Notice::know(words!("内容没有变化。", "The content is unchanged."))));
        }
        steps
    }

    /// Another's content in place of what was written, which undo has back.
    pub(super) fn take_theirs(&mut self) -> Vec<Step> {
        if let Some(open) = &mut self.open
            && let Some((theirs, revision)) = open.theirs.take()
        {
            open.change(theirs.clone());
            open.saved = theirs;
            open.seen = revision;
        }
        self.hold();
        self.keep()
    }

    pub(super) fn act(&self, act: Act) -> Vec<Step> {
        vec![Step::Ask(Ask::Act { item: self.item, act, reason: String::new() })]
    }

    /// Takes the item as it came: for the first time, or again after a write or a refusal.
    pub(super) fn take(&mut self, view: Box<ItemView>, draft: Option<Box<Kept>>, ctx: &Ctx) -> Vec<Step> {
        let Some(open) = &mut self.open else { return self.take_first(view, draft) };
        let (now, revision) = (newest(&view), view.state.revision);
        open.view = view;
        if open.saving.is_some() {
            return Vec::new();
        }
        if !open.is_changed() || now == open.work {
            open.put(now.clone());
            open.saved = now;
            open.seen = revision;
            open.theirs = None;
        } else if now == open.saved {
            // An act moved the revision; the content is what the writer saw.
            open.seen = revision;
        } else if revision != open.seen {
            open.theirs = Some((now, revision));
            let (save, theirs) = (ctx.key("baseline.save"), ctx.key("baseline.theirs"));
            return vec![Step::Say(Notice::know(words!(
                "别人保存过这个事项：下方是登记库里现在的内容，您写的都在。{save} 覆盖，{theirs} 采用对方的。",
                "Another has saved this item: what the register has stands below, what you wrote is all here. {save} writes yours over it, {theirs} takes theirs."
            )))];
        }
        self.hold();
        self.look()
    }

    pub(super) fn take_first(&mut self, view: Box<ItemView>, draft: Option<Box<Kept>>) -> Vec<Step> {
        let mut open = Open::new(view);
        let mut steps = Vec::new();
        if let Some(reason) = returned(&open.view) {
            let reason = words!("退回理由：{reason}", "Returned because: {reason}");
            steps.push(Step::Say(Notice::know(reason)));
        }
        if let Some(draft) =
            draft.filter(|draft| draft.baseline != open.saved && draft.baseline.kind == open.saved.kind)
        {
            if draft.seen != open.seen {
                open.theirs = Some((open.saved.clone(), open.seen));
            }
            open.seen = draft.seen;
            open.change(draft.baseline);
            steps.push(Step::Say(Notice::know(words!(
                "已恢复上次没有保存的草稿；u 退回登记库里的内容。",
                "An unsaved draft is back; u returns to what the register has."
            ))));
        }
        let penalty = open.work.kind == Kind::Penalty;
        let rows = form::rows(&open.work);
        // In a penalty the ladder is what is worked on.
        let first = rows.iter().position(|row| matches!(row, Row::Tier(..))).filter(|_| penalty);
        self.at = first.map_or(At::default(), |row| At { row, cell: 4 });
        self.open = Some(open);
        steps.extend(self.look());
        steps
    }
}
