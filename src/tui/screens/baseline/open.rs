//! An item that is open in the editor: what the register has, what is being written, what the checks find in it.

use std::sync::Arc;

use super::form;
use super::form::Row;
use super::found::Found;
use crate::domain::baseline::Baseline;
use crate::domain::stage::Stage;
use crate::service::{Checker, ItemView};
use crate::tui::widgets::band::BandBar;

/// The item once it has come.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) view: Box<ItemView>,
    /// The content in the register as the writer saw it.
    pub(super) saved: Baseline,
    /// The revision that it belongs to.
    pub(super) seen: i64,
    /// What is being written.
    pub(super) work: Baseline,
    /// The same with the words that are in the field at the moment.
    pub(super) typed: Option<Baseline>,
    /// The bars of each ladder, as far as its amounts can be read.
    pub(super) bars: Vec<Vec<BandBar>>,
    /// With what it is checked; `None` until that has come.
    pub(super) checker: Option<Arc<Checker>>,
    /// What the checks find in what is shown.
    pub(super) found: Found,
    pub(super) undo: Vec<Baseline>,
    pub(super) redo: Vec<Baseline>,
    /// What was sent to be saved and has not been answered.
    pub(super) saving: Option<Baseline>,
    /// What another has saved meanwhile, with its revision.
    pub(super) theirs: Option<(Baseline, i64)>,
}

/// Drafts of up to so many characters are checked between two keys; longer ones on the register's thread.
const BETWEEN_KEYS: usize = 20_000;

impl Open {
    pub(super) fn new(view: Box<ItemView>) -> Self {
        let saved = newest(&view);
        Self {
            seen: view.state.revision,
            bars: bars(&saved),
            work: saved.clone(),
            typed: None,
            saved,
            view,
            checker: None,
            found: Found::default(),
            undo: Vec::new(),
            redo: Vec::new(),
            saving: None,
            theirs: None,
        }
    }

    /// Whether the draft is in the legal officer's queue.
    pub(super) fn waits_for_officer(&self) -> bool {
        let newest = self.view.versions.last().filter(|_| self.view.state.stage == Stage::Drafting);
        newest.is_some_and(|version| !version.life.ready_by.is_empty())
    }

    pub(super) fn is_changed(&self) -> bool {
        self.work != self.saved
    }

    /// What is shown: with the words in the field, as far as they will do.
    pub(super) fn shown(&self) -> &Baseline {
        self.typed.as_ref().unwrap_or(&self.work)
    }

    /// Changes what is being written; what was before can be had back.
    pub(super) fn change(&mut self, to: Baseline) -> bool {
        if to == self.work {
            return false;
        }
        let before = self.put(to);
        self.undo.push(before);
        self.redo.clear();
        true
    }

    /// Puts other content in place of what is being written; returns what was there.
    pub(super) fn put(&mut self, to: Baseline) -> Baseline {
        std::mem::replace(&mut self.work, to)
    }

    /// Takes the words in the field into what is shown.
    pub(super) fn take_typed(&mut self, written: Option<(Row, usize, &str)>) {
        self.typed = written.and_then(|(row, cell, words)| {
            let mut baseline = self.work.clone();
            // What will not do as it stands is not shown; the next key may mend it.
            form::write(&mut baseline, row, cell, words).ok().map(|()| baseline)
        });
        self.bars = bars(self.shown());
    }

    /// Whether what is shown can be checked before the next key comes.
    pub(super) fn is_short(&self) -> bool {
        let shown = self.shown();
        let tiers = shown.ladders.iter().flat_map(|ladder| &ladder.tiers);
        let words = tiers.map(|tier| tier.standard.len() + tier.conditions.iter().map(String::len).sum::<usize>());
        // A Chinese character takes three bytes.
        (words.sum::<usize>() + shown.text("basis").len() + shown.text("band").len()) / 3 <= BETWEEN_KEYS
    }
}

/// The bars of the ladders: read once for every change, never while drawing.
fn bars(baseline: &Baseline) -> Vec<Vec<BandBar>> {
    (0..baseline.ladders.len()).map(|ladder| BandBar::of(baseline, ladder)).collect()
}

/// The content of the newest version, or an empty one of the item's kind.
pub(super) fn newest(view: &ItemView) -> Baseline {
    view.versions.last().map_or_else(|| Baseline::new(view.state.kind), |version| version.baseline.clone())
}
