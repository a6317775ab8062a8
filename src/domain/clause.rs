//! Clauses of a legal source.
use serde::{Deserialize, Serialize};
/// A clause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// Article, from 1.
    pub article: u32,
    /// The 之 number, 0 for none.
    pub suffix: u32,
    /// Paragraph (款), 0 for none.
    pub paragraph: u32,
    /// Item (项), 0 for none.
    pub item: u32,
    /// Sub-item (目), 0 for none.
    pub sub_item: u32,
}

impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.article)
    }
}
