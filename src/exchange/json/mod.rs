//! The register as one JSON object, in full: written row by row and read row by row, so that a file of any length
//! takes the same memory.
//!
//! ```json
//! {"envelope": {"format": 1, "exported_at": "…", "trail": {"count": 12, "head": "…"}, "filter": null, "program": "…"},
//!  "register": {"agency": [{"id": 1, "code": "ZF", …}, …], …}}
//! ```
//!
//! The envelope is written first, so that a part or a file of a newer program is refused before its rows are read;
//! a reader takes both keys, and the tables, in any order. Every row stands on a line of its own: what is wrong with
//! a file is told by its line. Words are kept to the byte, JSON and TOML inside them too, because hashes cover them;
//! files are base64. Which tables and columns there are is the caller's knowledge: nothing here knows a store.

mod error;
mod read;
mod write;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use error::{JsonError, JsonProblem};
pub use read::{Part, Trouble, read};
pub use write::Writer;

/// The format that this program writes and reads. It goes up with every change of `register.schema.json` after the
/// first release.
pub const FORMAT: u64 = 1;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Format of the file.
    pub format: u64,
    /// Time of UTC+8 at which it was written.
    pub exported_at: String,
    /// How the trail ends.
    pub trail: Anchor,
    /// The filter that the items were picked by; none in a full copy.
    pub filter: Option<String>,
    /// Which program wrote it.
    pub program: String,
}

/// Count and head of a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// How many entries.
    pub count: i64,
    /// Hash of the last one.
    pub head: String,
}

/// A table as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column as the file holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// How its values are written.
    pub form: Form,
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As they are.
    Plain,
    /// As base64.
    Base64,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Number(i64),
    /// Words.
    Text(Cow<'a, str>),
    /// A file.
    Bytes(Cow<'a, [u8]>),
}

#[cfg(test)]
mod tests;
