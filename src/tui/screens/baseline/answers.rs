//! Warnings answered in words, and what keeps a draft from being submitted.

use super::{Editor, Focus, Step};
use crate::domain::label::Term as _;
use crate::domain::selection::Selection;
use crate::i18n::{Text, Words};
use crate::service::worker::Ask;
use crate::service::{Flag, ItemVerb, Live, Results, Run, Severity, Verb, Which, refusal_to_submit};
use crate::tui::catalog::Ready;
use crate::tui::overlays::{Blank, Overlay, Prompt};
use crate::tui::screens::{Screen as _, many};
use crate::tui::{Ctx, Notice};
use crate::words;

impl Editor {
    /// The warning that would be answered: the one that is told, as long as the cursor stands in its row; else one of
    /// the cell with the cursor.
    fn warning(&self) -> Option<&Live> {
        let is_warning = |flag: &Flag| flag.live.severity == Severity::Warning;
        let told = self.open.as_ref().and_then(|open| open.found.here()).filter(|flag| is_warning(flag));
        told.filter(|_| self.in_hand_is_here()).or_else(|| self.finding(is_warning)).map(|flag| &flag.live)
    }

    /// Whether there is a warning to answer. The answer is about words in the register.
    pub(super) fn may_answer(&self, _: &Ctx) -> Ready {
        match &self.open {
            Some(open) if open.is_changed() => Err(words!("请先按 Ctrl-S 保存。", "Save first with Ctrl-S.")),
            _ if self.warning().is_some() => Ok(()),
            _ => Err(words!("这里没有要说明的警告。", "There is no warning to answer here.")),
        }
    }

    /// Asks for the words.
    pub(super) fn ask_answer(&self) -> Vec<Step> {
        let Some(live) = self.warning() else { return Vec::new() };
        let (code, label) = (live.code.id(), live.code.label());
        let title = Words { zh: format!("说明 {code}：{}", label.zh), en: format!("Answer {code}: {}", label.en) };
        let blanks = vec![Blank::new(Text::new("说明", "answer"), live.answer.clone().unwrap_or_default())];
        vec![Step::sheet(Overlay::Prompt(Prompt::new("baseline.answer", title, blanks)))]
    }

    /// Answers the warning; empty words withdraw what was said.
    pub(super) fn answer(&self, text: &str) -> Result<Vec<Step>, Words> {
        let Some(live) = self.warning() else { return Ok(Vec::new()) };
        if text.is_empty() && live.answer.is_none() {
            return Err(words!("请写明为什么不改。", "Say why it stands."));
        }
        Ok(vec![Step::Ask(Ask::Answer {
            item: self.item,
            which: Box::new(Which::exactly(live)),
            text: text.to_owned(),
        })])
    }

    /// To the bureau, where nothing keeps it; else the reasons, and the first place.
    pub(super) fn submit(&mut self, ctx: &Ctx) -> Vec<Step> {
        let standing = self.open.as_ref().map(|open| open.found.flags()).unwrap_or_default();
        let standing: Vec<Live> = standing.iter().map(|flag| flag.live.clone()).collect();
        match refusal_to_submit(&standing) {
            None => self.try_to_submit(),
            Some(failure) => {
                self.show_obstacles();
                vec![Step::Say(Notice::failure(&failure, ctx))]
            }
        }
    }

    /// Tries it first: nobody here takes it back, so a person sees what it comes to and says yes.
    fn try_to_submit(&self) -> Vec<Step> {
        let filter = Selection::only(self.item.0).filter();
        vec![Step::Ask(Ask::Many { verb: Verb::Item(ItemVerb::Submit), filter, run: Run::Try })]
    }

    /// Takes what submitting would come to.
    pub(super) fn tried(&mut self, results: Results, ctx: &Ctx) -> Vec<Step> {
        match many::refused_alone(&results) {
            Some(failure) => self.refused(&failure.clone(), ctx),
            None => vec![many::sheet(results.into(), ctx)],
        }
    }

    /// Into the list, to the first finding that keeps the draft from being submitted; the cursor of the form goes along.
    pub(super) fn show_obstacles(&mut self) {
        if let Some(open) = &mut self.open
            && let Some(live) = open.found.take_first(Live::blocks)
        {
            self.focus = Focus::Findings;
            self.at = super::found::place(&super::form::rows(&open.work), &live).unwrap_or(self.at);
        }
    }
}
