//! Items whose baselines may serve as a model for another.

use super::{Register, Result};
use crate::domain::filter::{Comparison, Condition, Filter, Matching, NumberField, TextField};
use crate::domain::ids::AgencyId;
use crate::domain::kind::Kind;
use crate::store::{ItemLine, Window};

/// How many are offered at a time.
const MOST: u64 = 30;

impl Register {
    /// Items of a kind that hold a baseline and match every word; those of one agency come first.
    pub fn models(&self, kind: Kind, near: AgencyId, words: &str) -> Result<Vec<ItemLine>> {
        let name = self.agencies.name(near).clone();
        let of_agency =
            Filter::Field(Condition::Text { field: TextField::Agency, matching: Matching::Whole, values: vec![name] });
        let of_others = Filter::Not(Box::new(of_agency.clone()));
        let mut found = Vec::new();
        for agency in [of_agency, of_others] {
            let mut wanted: Vec<Filter> = words.split_whitespace().map(|word| Filter::Word(word.to_owned())).collect();
            let written = Comparison::Above(0);
            wanted.push(Filter::Field(Condition::Kind(vec![kind])));
            wanted.push(Filter::Field(Condition::Number { field: NumberField::Version, test: written }));
            wanted.push(agency);
            let left = MOST.saturating_sub(found.len() as u64);
            found.extend(self.item_window(&Window { limit: Some(left), ..Window::of(Filter::all(wanted)) })?);
        }
        Ok(found)
    }
}
