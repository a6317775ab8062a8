//! Files to domain values and back: spreadsheets and CSV in, tables out.
//!
//! Nothing here knows a store or a terminal. A file is told by its content, never by its name; what is not
//! understood is kept as written and told as a [`Notice`]; nothing is dropped silently.

pub mod columns;
pub mod error;
mod forms;
pub mod grid;
mod group;
pub mod heading;
pub mod json;
mod own;
pub mod piece;
mod plain;
mod read;
pub mod report;
pub mod table_out;
#[cfg(test)]
mod tests;
mod unread;

pub use error::ReadError;
pub use heading::{Layout, Mapping};
pub use piece::{
    Entry, Fate, LadderRows, Looks, Matter, Notice, Options, Outcome, Piece, Place, Reason, Rejected, SheetLook,
    SheetSummary, Sink,
};
pub use plain::read_text;
pub use read::{read, read_cells};
pub use unread::read_telling;
