//! What waits for an answer, and what is done with answers: each goes to the screen that asked, and a deed that was
//! taken back to the deeds.

use std::mem::{Discriminant, discriminant};

use super::App;
use crate::domain::ids::ItemId;
use crate::service::Result;
use crate::service::worker::{Answer, Ask, Ticket};
use crate::tui::Notice;
use crate::tui::msg::Effect;
use crate::tui::overlays::Overlay;
use crate::tui::screens::{Deed, Step};
use crate::words;

/// Something that was asked and not yet answered.
#[derive(Debug)]
pub(super) struct Pending {
    ticket: Ticket,
    screen: u64,
    /// Whether the newest of its kind makes it needless, and which kind that is: a question, or a draft kept of an
    /// item. Acts are all answered.
    kind: Option<(Discriminant<Ask>, Option<ItemId>)>,
    /// Set for undo and redo: the deed, and whether it is done again.
    deed: Option<(Deed, Way)>,
    /// Set for an act: the form that it was filled into.
    form: Option<Box<Overlay>>,
    ticks: u32,
    /// How far it has come.
    pub(super) came: u64,
}

impl Pending {
    /// Whether it is an act: what a person waits for and can call off.
    pub(super) const fn is_act(&self) -> bool {
        self.kind.is_none()
    }

    /// Whether it takes so long that a person is told what is waited for.
    pub(super) const fn is_late(&self) -> bool {
        self.ticks >= PATIENCE
    }
}

/// Which way a deed goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

/// After so many ticks a person is told what is waited for.
const PATIENCE: u32 = 2;

impl App {
    /// Asks the register; of questions of a kind only the newest is waited for.
    pub(super) fn ask(&mut self, ask: Ask, deed: Option<(Deed, Way)>) -> Effect {
        let screen = self.screens.last().map_or(0, |(id, _)| *id);
        let kind = match &ask {
            Ask::KeepDraft { item, .. } => Some((discriminant(&ask), Some(*item))),
            ask if ask.is_question() => Some((discriminant(ask), None)),
            _ => None,
        };
        if kind.is_some() {
            self.pending.retain(|pending| pending.kind != kind);
        }
        let ticket = Ticket(self.next);
        self.next += 1;
        let form = if kind.is_none() { self.form.take() } else { None };
        self.pending.push(Pending { ticket, screen, kind, deed, form, ticks: 0, came: 0 });
        Effect::Ask(ticket, ask)
    }

    /// Work that a person waits for and can call off.
    pub(super) fn long_work(&self) -> Option<Ticket> {
        let long = |pending: &&Pending| pending.is_act() && pending.is_late();
        self.pending.iter().find(long).map(|pending| pending.ticket)
    }

    /// Undo and redo of a saved change: a new, compensating change, refused where the item has changed since.
    pub(super) fn take_back(&mut self, way: Way) -> Option<Effect> {
        let deed = if way == Way::Undo { self.done.pop() } else { self.undone.pop() }?;
        let content = if way == Way::Undo { &deed.before } else { &deed.after };
        let ask = Ask::Save { item: deed.item, baseline: Box::new(content.clone()), seen: deed.revision };
        Some(self.ask(ask, Some((deed, way))))
    }

    /// Takes an answer: to the screen that asked, wherever it is now.
    pub(super) fn answered(&mut self, ticket: Ticket, answered: Result<Answer>) -> Vec<Effect> {
        let Some(at) = self.pending.iter().position(|pending| pending.ticket == ticket) else { return Vec::new() };
        let pending = self.pending.remove(at);
        self.changed = true;
        let ctx = self.ctx();
        if let Ok(Answer::Saved { item, revision, .. }) = &answered {
            // Our own write moved the revision that earlier deeds on the item rest on.
            for deed in self.done.iter_mut().chain(&mut self.undone).filter(|deed| deed.item == *item) {
                deed.revision = *revision;
            }
        }
        if let Some((deed, way)) = pending.deed {
            let steps = self.taken_back(deed, way, answered);
            return self.take(steps);
        }
        let wrote = pending.is_act() && answered.is_ok() && !matches!(answered, Ok(Answer::Kept));
        let top = self.screens.last().is_some_and(|(id, _)| *id == pending.screen);
        let screen = self.screens.iter_mut().find(|(id, _)| *id == pending.screen);
        let mut steps = match (screen, answered) {
            (Some((_, screen)), Ok(answer)) => screen.answered(answer, &ctx),
            (Some((_, screen)), Err(failure)) if top && pending.form.is_some() => {
                let mut steps = screen.refused(&failure, &ctx);
                steps.retain(|step| !matches!(step, Step::Say(_)));
                steps.push(Step::Refuse(Box::new(failure)));
                steps
            }
            (Some((_, screen)), Err(failure)) => screen.refused(&failure, &ctx),
            (None, Err(failure)) => vec![Step::Say(Notice::failure(&failure, &ctx))],
            (None, Ok(_)) => Vec::new(),
        };
        if !top {
            // A sheet belongs to its screen: over another one it would ask the wrong one.
            steps.retain(|step| !matches!(step, Step::Open(_)));
        }
        if wrote && top {
            steps.extend(self.reappear());
        }
        // What is asked for next is no longer what the form asked for.
        self.form = pending.form.filter(|_| top && steps.iter().any(|step| matches!(step, Step::Refuse(_))));
        let effects = self.take(steps);
        self.form = None;
        effects
    }

    /// Takes the answer to undo or redo.
    fn taken_back(&mut self, mut deed: Deed, way: Way, answered: Result<Answer>) -> Vec<Step> {
        let name = deed.name.clone();
        let redo = self.options.keys.of("redo").while_typing();
        let mut steps = match answered {
            Ok(Answer::Saved { revision, .. }) => {
                deed.revision = revision;
                let said = match way {
                    Way::Undo => words!(
                        "已撤销对「{name}」的改动。{redo} 恢复。",
                        "The change of \"{name}\" is undone. {redo} does it again."
                    ),
                    Way::Redo => words!("已恢复对「{name}」的改动。", "The change of \"{name}\" is done again."),
                };
                let kept = if way == Way::Undo { &mut self.undone } else { &mut self.done };
                kept.push(deed);
                vec![Step::Say(Notice::done(said))]
            }
            Ok(_) => Vec::new(),
            Err(failure) => vec![Step::Say(Notice::failure(&failure, &self.ctx()))],
        };
        steps.extend(self.reappear());
        steps
    }

    /// Hears how far long work has come.
    pub(super) fn came(&mut self, ticket: Ticket, came: u64) {
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.ticket == ticket) {
            pending.came = came;
            self.changed = true;
        }
    }

    /// Time goes by.
    pub(super) fn tick(&mut self) {
        for pending in &mut self.pending {
            pending.ticks += 1;
            self.changed |= pending.ticks == PATIENCE;
        }
    }
}
