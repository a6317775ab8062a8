//! What a person has marked in a list: single records, or everything that a filter finds but for some. Either is a
//! filter again, so that a million marked records take no more memory than three, and every question and verb takes
//! a selection as it takes a filter.

use std::collections::BTreeSet;

use super::filter::{Comparison, Condition, Filter, NumberField, Span};

/// What is marked, by the numbers of the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These; none at first.
    These(BTreeSet<i64>),
    /// Everything that a filter finds, but for these.
    AllBut {
        /// What was looked for when all was marked.
        filter: Filter,
        /// Marks that were taken away again.
        but: BTreeSet<i64>,
    },
}

impl Default for Selection {
    fn default() -> Self {
        Self::These(BTreeSet::new())
    }
}

impl Selection {
    /// One record alone.
    #[must_use]
    pub fn only(id: i64) -> Self {
        Self::These(BTreeSet::from([id]))
    }

    /// Everything that a filter finds.
    #[must_use]
    pub const fn all(filter: Filter) -> Self {
        Self::AllBut { filter, but: BTreeSet::new() }
    }

    /// Whether a record is marked that the filter of the moment finds.
    #[must_use]
    pub fn has(&self, id: i64) -> bool {
        match self {
            Self::These(these) => these.contains(&id),
            Self::AllBut { but, .. } => !but.contains(&id),
        }
    }

    /// Marks a record, or takes its mark away.
    pub fn turn(&mut self, id: i64) {
        let (Self::These(set) | Self::AllBut { but: set, .. }) = self;
        if !set.remove(&id) {
            set.insert(id);
        }
    }

    /// Whether nothing is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::These(these) if these.is_empty())
    }

    /// How many are marked, where the filter finds `found` in all; unknown as long as that is.
    #[must_use]
    pub fn count(&self, found: Option<u64>) -> Option<u64> {
        match self {
            Self::These(these) => Some(these.len() as u64),
            Self::AllBut { but, .. } => found.map(|found| found.saturating_sub(but.len() as u64)),
        }
    }

    /// The filter that finds what is marked.
    #[must_use]
    pub fn filter(&self) -> Filter {
        match self {
            Self::These(these) => numbered(these),
            Self::AllBut { filter, but } if but.is_empty() => filter.clone(),
            Self::AllBut { filter, but } => Filter::all(vec![filter.clone(), numbered(but).opposite()]),
        }
    }
}

impl FromIterator<i64> for Selection {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> Self {
        Self::These(ids.into_iter().collect())
    }
}

/// The filter for records by number; neighbouring numbers are one span.
fn numbered(ids: &BTreeSet<i64>) -> Filter {
    let mut spans: Vec<Span<i64>> = Vec::new();
    for &id in ids {
        match spans.last_mut() {
            Some(span) if span.last.checked_add(1) == Some(id) => span.last = id,
            _ => spans.push(Span { first: id, last: id }),
        }
    }
    // No record has a number below 1.
    let test = if spans.is_empty() { Comparison::Below(1) } else { Comparison::Within(spans) };
    Filter::Field(Condition::Number { field: NumberField::Id, test })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_a_filter_that_reads_back() {
        for (selection, words) in [
            (Selection::default(), "id<1"),
            ([7, 3, 1, 2].into_iter().collect(), "id:1..3,7"),
            (Selection::all(Filter::Everything), ""),
            (
                Selection::AllBut { filter: Filter::parse("养犬 or stage:listed").unwrap(), but: [4, 9].into() },
                "(养犬 or stage:listed) -id:4,9",
            ),
        ] {
            let filter = selection.filter();
            assert_eq!(filter.to_string(), words);
            assert_eq!(Filter::parse(words).unwrap(), filter);
        }
    }
}
