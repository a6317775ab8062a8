//! What comes to the interface, and what it wants done. Both are data.

use super::key::Key;
use crate::service::worker::{Ask, Report, Ticket};

/// What comes through the one channel.
#[derive(Debug)]
pub enum Msg {
    /// A key.
    Key(Key),
    /// Words pasted at once.
    Paste(String),
    /// A click on a place of the screen.
    Click {
        /// Column.
        x: u16,
        /// Line.
        y: u16,
    },
    /// The wheel: lines down, negative for up.
    Wheel(i64),
    /// The terminal has another size.
    Resize(u16, u16),
    /// The terminal is gone: nothing more will be typed.
    InputEnded,
    /// The system asks for an end, told by this exit code.
    End(u8),
    /// The program goes on after it was stopped.
    Resumed,
    /// The worker says something.
    Worker(Report),
    /// Time goes by while something is waited for.
    Tick,
}

/// What the loop does for the interface.
#[derive(Debug)]
pub enum Effect {
    /// Ask the worker.
    Ask(Ticket, Ask),
    /// Call off what the worker does for a ticket.
    CallOff(Ticket),
    /// Give the terminal to the shell until the program is called back.
    Suspend,
    /// Take the terminal again and draw everything.
    Retake,
    /// Leave.
    Quit,
}
