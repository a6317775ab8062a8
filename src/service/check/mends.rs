//! Findings with their mends: what stands beside a draft at every key.

use super::live::{Checker, Live};
use crate::checks::{Finding, Gate, Mend, Subject, check, mend};
use crate::domain::baseline::Baseline;
use crate::domain::item::ItemText;

/// A finding, and what would take it away where that is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The finding.
    pub live: Live,
    /// Its mend.
    pub mend: Option<Mend>,
}

/// How many mends are looked for at a time: each is checked before it is offered.
const MENDS: usize = 8;

impl Checker {
    /// What the checks find in a draft, with mends; the heaviest findings stand where the item has them, not first.
    #[must_use]
    pub fn flags(&self, text: &ItemText, baseline: &Baseline) -> Vec<Flag> {
        let found = self.findings(text, baseline);
        // A mend rests on the words alone: neither sources nor the life of the version have a say in it.
        let subject = Subject { text, baseline, sources: &[], gate: Gate::File, version: None };
        let with_mends: Vec<&Finding> = found.iter().filter(|finding| finding.has_mends()).take(MENDS).collect();
        let before = if with_mends.is_empty() { Vec::new() } else { check(&subject) };
        let flag = |finding: &Finding| {
            let tried = with_mends.iter().any(|one| std::ptr::eq(*one, finding));
            let mend = tried.then(|| mend(&subject, &before, finding)).flatten();
            Flag { live: self.live(finding, baseline), mend }
        };
        found.iter().map(flag).collect()
    }
}
