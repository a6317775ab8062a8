//! Findings with their mends: what stands beside a draft at every key.

use super::live::{Checker, Live};
use crate::checks::{Finding, Gate, Mend, Subject, mend};
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
        let mut left = MENDS;
        let flag = |live: Live| {
            let tried = left > 0 && finding_of(&live).has_mends();
            left -= usize::from(tried);
            let mend = tried.then(|| mend_of(&live, text, baseline)).flatten();
            Flag { live, mend }
        };
        self.check(text, baseline).into_iter().map(flag).collect()
    }
}

fn finding_of(live: &Live) -> Finding {
    let mut finding = Finding::of_item(live.code);
    (finding.ladder, finding.tier, finding.field, finding.span) = (live.ladder, live.tier, live.field, live.span);
    finding
}

/// A mend rests on the words alone: neither sources nor the life of the version have a say in it.
fn mend_of(live: &Live, text: &ItemText, baseline: &Baseline) -> Option<Mend> {
    let subject = Subject { text, baseline, sources: &[], gate: Gate::File, version: None };
    mend(&subject, &finding_of(live))
}
