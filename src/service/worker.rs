//! The thread that owns the register, for an interface that never waits.
//!
//! Questions and acts go in with a ticket, answers come out with it. The newest question of a kind replaces one that
//! waits and calls off one that runs; acts are done one after another, all of them. Nothing here draws or decides a
//! rule.

mod answer;
mod ask;
mod trial;

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

pub use answer::{Answer, Deadline, Facts, Overview, OverviewAgency, Page, Progress, Series, answer, facts_of};
pub use ask::{Act, Ask};
pub use trial::{Heard, Line, SHOWN, Trial};

use super::queries::Interrupter;
use super::{Register, Result};
use crate::i18n::Failure;
use crate::store::StoreError;

/// Which question an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the worker says.
#[derive(Debug)]
pub enum Report {
    /// The register is open, or could not be opened.
    Opened(Result<Facts>),
    /// An answer.
    Answered(Ticket, Result<Answer>),
    /// A long piece of work has come so far.
    Came(Ticket, u64),
    /// The thread has ended; nothing more will be answered.
    Ended,
}

/// The handle on the thread.
#[derive(Debug)]
pub struct Worker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(Ticket, Ask)>,
    running: Option<(Ticket, Running)>,
    /// What waits and shall not be done.
    called_off: Vec<Ticket>,
    /// Whether what runs was called off only to be taken up again.
    gave_way: bool,
    interrupt: Option<Interrupter>,
    ended: bool,
}

/// What may be done with a running piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Running {
    /// A question of that kind, or an import: a newer question calls it off, and so does leaving.
    Question(std::mem::Discriminant<Ask>),
    /// Likewise, and it gives way to any other.
    Background(std::mem::Discriminant<Ask>),
    /// An act: only a person calls it off.
    Act,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue").field("waiting", &self.waiting).field("running", &self.running).finish_non_exhaustive()
    }
}

impl Worker {
    /// Opens a register on a thread of its own; `tell` is called on that thread.
    pub fn start(
        open: impl FnOnce() -> Result<Register> + Send + 'static,
        tell: impl Fn(Report) + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            let ending = Ending(tell);
            let tell = &ending.0;
            match open() {
                Err(failure) => tell(Report::Opened(Err(failure))),
                Ok(mut register) => {
                    let facts = register.interrupter().and_then(|interrupter| {
                        theirs.lock().interrupt = Some(interrupter);
                        facts_of(&register)
                    });
                    tell(Report::Opened(facts));
                    theirs.serve(&mut register, tell);
                }
            }
        });
        Self { shared, thread: Some(thread) }
    }

    /// Hands a question or an act to the thread.
    pub fn ask(&self, ticket: Ticket, ask: Ask) {
        let mut queue = self.shared.lock();
        queue.waiting.retain(|(_, other)| !ask.makes_needless(other));
        let kind = discriminant(&ask);
        match queue.running {
            Some((_, Running::Question(running) | Running::Background(running))) if running == kind => {
                queue.gave_way = false;
                queue.call_off();
            }
            Some((_, Running::Background(_))) if !ask.gives_way() => {
                queue.gave_way = true;
                queue.call_off();
            }
            _ => {}
        }
        let place = if ask.gives_way() {
            queue.waiting.len()
        } else {
            queue.waiting.iter().position(|(_, other)| other.gives_way()).unwrap_or(queue.waiting.len())
        };
        queue.waiting.insert(place, (ticket, ask));
        drop(queue);
        self.shared.wake.notify_one();
    }

    /// Calls off a piece of work: what has not been written is not.
    pub fn call_off(&self, ticket: Ticket) {
        let mut queue = self.shared.lock();
        // What waits is answered in its turn: that it was called off.
        if queue.waiting.iter().any(|(other, _)| *other == ticket) {
            queue.called_off.push(ticket);
        }
        if queue.running.is_some_and(|(running, _)| running == ticket) {
            queue.call_off();
        }
    }
}

/// What was typed and saved is written before the program ends; questions and imports are called off.
impl Drop for Worker {
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.ended = true;
        queue.waiting.retain(|(_, ask)| !ask.may_be_left());
        if queue.running.is_some_and(|(_, running)| running != Running::Act) {
            queue.call_off();
        }
        drop(queue);
        self.shared.wake.notify_one();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has told its end already.
            let _ = thread.join();
        }
    }
}

impl Queue {
    /// Interrupts what runs. The thread takes the lock before it begins and after it ends a piece of work, so that
    /// nothing else can be hit.
    fn call_off(&self) {
        if let Some(interrupt) = &self.interrupt {
            interrupt.interrupt();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        // A poisoned lock means that the thread is gone; the queue itself is still whole.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, register: &mut Register, tell: &impl Fn(Report)) {
        while let Some((ticket, ask)) = self.next() {
            if self.was_called_off(ticket) {
                tell(Report::Answered(ticket, Err(Failure::from(StoreError::Cancelled))));
                continue;
            }
            let again = ask.gives_way().then(|| ask.clone());
            let answered = answer(register, ask, &mut |came| tell(Report::Came(ticket, came)));
            let mut queue = self.lock();
            queue.running = None;
            let gave_way = std::mem::take(&mut queue.gave_way);
            match again {
                Some(ask) if gave_way && answered.is_err() && !queue.ended => queue.waiting.push_back((ticket, ask)),
                _ => {
                    drop(queue);
                    tell(Report::Answered(ticket, answered));
                }
            }
        }
    }

    /// Whether a piece of work that comes up was called off while it waited; then it is over with it.
    fn was_called_off(&self, ticket: Ticket) -> bool {
        let mut queue = self.lock();
        let called_off = queue.called_off.iter().position(|other| *other == ticket);
        if let Some(at) = called_off {
            queue.called_off.swap_remove(at);
            queue.running = None;
        }
        called_off.is_some()
    }

    /// The next piece of work; `None` once the handle is gone.
    fn next(&self) -> Option<(Ticket, Ask)> {
        let mut queue = self.lock();
        loop {
            if let Some((ticket, ask)) = queue.waiting.pop_front() {
                let kind = discriminant(&ask);
                let running = match (ask.gives_way(), ask.is_question()) {
                    (true, _) => Running::Background(kind),
                    (false, true) => Running::Question(kind),
                    (false, false) if ask.may_be_left() => Running::Question(kind),
                    (false, false) => Running::Act,
                };
                queue.running = Some((ticket, running));
                match (&queue.interrupt, running) {
                    (Some(interrupt), Running::Question(_) | Running::Background(_)) => interrupt.begin_question(),
                    (Some(interrupt), Running::Act) => interrupt.begin_act(),
                    (None, _) => {}
                }
                return Some((ticket, ask));
            }
            if queue.ended {
                return None;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Tells the end of the thread, whatever ended it.
struct Ending<F: Fn(Report)>(F);

impl<F: Fn(Report)> Drop for Ending<F> {
    fn drop(&mut self) {
        (self.0)(Report::Ended);
    }
}
