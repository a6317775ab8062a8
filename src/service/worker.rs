//! The thread that owns the register, for an interface that never waits.
//!
//! Questions and acts go in with a ticket, answers come out with it. The newest question of a kind replaces one that
//! waits and calls off one that runs; acts are done one after another, all of them. Nothing here draws or decides a
//! rule.

mod answer;
mod ask;

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

pub use answer::{
    Answer, Deadline, Facts, Overview, OverviewAgency, Page, Progress, Remark, Series, Trial, answer, facts_of,
};
pub use ask::{Act, Ask, DutyAct};

use super::{Register, Result};

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
    interrupt: Option<Box<dyn Fn() + Send>>,
    ended: bool,
}

/// What may be done with a running piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Running {
    /// A question of that kind: a newer one calls it off.
    Question(std::mem::Discriminant<Ask>),
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
        std::thread::spawn(move || {
            let ending = Ending(tell);
            let tell = &ending.0;
            match open() {
                Err(failure) => tell(Report::Opened(Err(failure))),
                Ok(mut register) => {
                    theirs.lock().interrupt = Some(Box::new(register.interrupter()));
                    tell(Report::Opened(facts_of(&register)));
                    theirs.serve(&mut register, tell);
                }
            }
        });
        Self { shared }
    }

    /// Hands a question or an act to the thread.
    pub fn ask(&self, ticket: Ticket, ask: Ask) {
        let mut queue = self.shared.lock();
        if ask.newest_counts() {
            queue.waiting.retain(|(_, other)| discriminant(other) != discriminant(&ask));
        }
        if queue.running.is_some_and(|(_, running)| running == Running::Question(discriminant(&ask))) {
            queue.call_off();
        }
        queue.waiting.push_back((ticket, ask));
        drop(queue);
        self.shared.wake.notify_one();
    }

    /// Calls off a piece of work: what has not been written is not.
    pub fn call_off(&self, ticket: Ticket) {
        let mut queue = self.shared.lock();
        queue.waiting.retain(|(other, _)| *other != ticket);
        if queue.running.is_some_and(|(running, _)| running == ticket) {
            queue.call_off();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.wake.notify_one();
    }
}

impl Queue {
    /// Interrupts what runs. The thread takes the lock before it begins and after it ends a piece of work, so that
    /// nothing else can be hit.
    fn call_off(&self) {
        if let Some(interrupt) = &self.interrupt {
            interrupt();
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
            let answered = answer(register, ask, &mut |came| tell(Report::Came(ticket, came)));
            self.lock().running = None;
            tell(Report::Answered(ticket, answered));
        }
    }

    /// The next piece of work; `None` once the handle is gone.
    fn next(&self) -> Option<(Ticket, Ask)> {
        let mut queue = self.lock();
        loop {
            if queue.ended {
                return None;
            }
            if let Some((ticket, ask)) = queue.waiting.pop_front() {
                let running = if ask.is_question() { Running::Question(discriminant(&ask)) } else { Running::Act };
                queue.running = Some((ticket, running));
                return Some((ticket, ask));
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
