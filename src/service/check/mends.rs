//! Findings with their mends: what stands beside a draft at every key.

use super::live::{Checker, Live, message_of};
use crate::checks::{Code, Finding, Gate, Mend, Subject, check, mend};
use crate::domain::baseline::Baseline;
use crate::domain::item::ItemText;
use crate::domain::label::Term;
use crate::i18n::Words;

/// A finding, and what would take it away where that is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The finding.
    pub live: Live,
    /// Its mend.
    pub mend: Option<Offer>,
}

/// A mend, and what will show once it is written: what its defect hid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The mend.
    pub mend: Mend,
    /// The sentences of the findings that it uncovers, with their codes.
    pub uncovers: Vec<(Code, Words)>,
}

impl Offer {
    /// What goes and what comes, and what will show then.
    #[must_use]
    pub fn say(&self) -> Words {
        let said = Words::same(self.mend.say());
        self.uncovers.iter().fold(said, |said, (code, shown)| {
            let (id, zh, en) = (code.id(), shown.zh.trim_end_matches('。'), shown.en.trim_end_matches('.'));
            said.after(&format!("；改后显出原被掩盖的 {id}：{zh}"), &format!("; uncovers {id}: {en}"))
        })
    }
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
            Flag { live: self.live(finding, baseline), mend: mend.map(|mend| offer(mend, baseline)) }
        };
        found.iter().map(flag).collect()
    }
}

fn offer(mend: Mend, baseline: &Baseline) -> Offer {
    if mend.uncovers.is_empty() {
        return Offer { mend, uncovers: Vec::new() };
    }
    let mut mended = baseline.clone();
    mend.apply(&mut mended);
    let uncovers = mend.uncovers.iter().map(|finding| (finding.code, message_of(finding, &mended))).collect();
    Offer { mend, uncovers }
}
