//! In which order a list is shown: `-due,code` is by due date, latest first, then by code.

use std::fmt;
use std::str::FromStr;

use super::parse::{error, half_width};
use super::{Field, FilterError, FilterProblem};
use crate::domain::label::Term;

/// Sort keys, the weightiest first; none is the list's own order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sort(pub Vec<SortKey>);

/// One sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// By what.
    pub field: Field,
    /// Largest or latest first.
    pub descending: bool,
}

impl FromStr for Sort {
    type Err = FilterError;

    /// Field names by comma, each with `-` in front for descending order; full width counts as half width.
    fn from_str(text: &str) -> Result<Self, FilterError> {
        let half: String = text.chars().map(half_width).collect();
        let mut keys: Vec<SortKey> = Vec::new();
        let mut start = 0;
        for part in half.split([',', '、']) {
            let word = part.trim();
            let from = start + part.chars().take_while(|sign| sign.is_whitespace()).count();
            let to = from + word.chars().count();
            start += part.chars().count() + 1;
            if word.is_empty() && half.trim().is_empty() {
                break;
            }
            let name = word.trim_start_matches(['-', '+']).trim_start();
            let Some(field) = Field::named(name) else {
                let nearest = Field::nearest(name);
                return Err(error(FilterProblem::UnknownField { word: name.to_owned(), nearest }, from, to));
            };
            if keys.iter().any(|key| key.field == field) {
                return Err(error(FilterProblem::SortedTwice(field), from, to));
            }
            keys.push(SortKey { field, descending: word.starts_with('-') });
        }
        Ok(Self(keys))
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::list(f, "", &self.0, |f, key| write!(f, "{}{}", if key.descending { "-" } else { "" }, key.field.id()))
    }
}
