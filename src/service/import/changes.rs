//! What an update changes, part by part: what stood there, and what stands there now.

use crate::domain::baseline::{Answer, Baseline, Ladder, Tier};
use crate::domain::item::{Citation, ItemText};
use crate::i18n::{Text, Words};
use crate::words;

/// One part that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub part: Words,
    /// The words that stood there.
    pub old: String,
    /// The words that stand there now.
    pub new: String,
}

/// Gathers what differs.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// What differs between an item of the register and that of a file.
    pub(super) fn of(old_text: &ItemText, text: &ItemText, old: Option<&Baseline>, new: &Baseline) -> Self {
        let mut found = Self::default();
        found.note(Text::new("编码", "code"), &old_text.code, &text.code);
        found.note(Text::new("名称", "title"), &old_text.title, &text.title);
        found.note(Text::new("依据", "basis"), &citations(&old_text.citations), &citations(&text.citations));
        match old {
            Some(old) => found.note_content(old, new),
            None => found.push(Text::new("基准内容", "content").into(), "", &tiers_in_all(new)),
        }
        found
    }

    /// Says that a part changes, whether or not its words do.
    pub(super) fn push(&mut self, part: Words, old: &str, new: &str) {
        self.0.push(Change { part, old: old.to_owned(), new: new.to_owned() });
    }

    fn note(&mut self, part: impl Into<Words>, old: &str, new: &str) {
        if old != new {
            self.push(part.into(), old, new);
        }
    }

    fn note_content(&mut self, old: &Baseline, new: &Baseline) {
        for field in new.kind.fields() {
            let words = |of: &Baseline| of.fields.get(field.id).map(answer).unwrap_or_default();
            self.note(field.label, &words(old), &words(new));
        }
        let most = old.ladders.len().max(new.ladders.len());
        for at in 0..most {
            self.note_ladder(at, most, old.ladders.get(at), new.ladders.get(at));
        }
        self.note(Text::new("备注", "remarks"), &old.remarks, &new.remarks);
        let other = |of: &Baseline| of.other.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ");
        self.note(Text::new("其他列", "other columns"), &other(old), &other(new));
        if old.weights != new.weights {
            self.push(Text::new("权重", "weights").into(), "", "");
        }
        if self.0.is_empty() && old != new {
            self.push(Text::new("基准内容", "content").into(), "", "");
        }
    }

    fn note_ladder(&mut self, at: usize, most: usize, old: Option<&Ladder>, new: Option<&Ladder>) {
        let label = |of: Option<&Ladder>| of.and_then(|ladder| ladder.label.clone()).unwrap_or_default();
        let number = at + 1;
        self.note(words!("序列 {number}", "ladder {number}"), &label(old), &label(new));
        let tiers = |of: Option<&Ladder>| of.map(|ladder| ladder.tiers.clone()).unwrap_or_default();
        let (old, new) = (tiers(old), tiers(new));
        for tier in 0..old.len().max(new.len()) {
            let number = if most > 1 { format!("{}.{}", at + 1, tier + 1) } else { (tier + 1).to_string() };
            self.note_tier(&number, old.get(tier), new.get(tier));
        }
    }

    fn note_tier(&mut self, number: &str, old: Option<&Tier>, new: Option<&Tier>) {
        let name = words!("阶次 {number}", "tier {number}");
        let (Some(old), Some(new)) = (old, new) else {
            return self.note(name, &old.map(tier_words).unwrap_or_default(), &new.map(tier_words).unwrap_or_default());
        };
        let before = self.0.len();
        let part = |text: Text| name.clone().after(&format!(" {}", text.zh), &format!(" {}", text.en));
        self.note(part(Text::new("名称", "label")), &old.label, &new.label);
        let conditions = (old.conditions.join("；"), new.conditions.join("；"));
        self.note(part(Text::new("条件", "conditions")), &conditions.0, &conditions.1);
        self.note(part(Text::new("标准", "standard")), &old.standard, &new.standard);
        self.note(part(Text::new("备注", "remarks")), &old.remarks, &new.remarks);
        if self.0.len() == before && old != new {
            self.push(part(Text::new("读数", "reading")), "", "");
        }
    }
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Text(words) => words.clone(),
        Answer::NotApplicable { not_applicable } => not_applicable.clone(),
    }
}

fn citations(citations: &[Citation]) -> String {
    citations
        .iter()
        .map(|citation| format!("《{}》{}", citation.title, citation.written))
        .collect::<Vec<_>>()
        .join("；")
}

fn tier_words(tier: &Tier) -> String {
    [tier.label.as_str(), &tier.conditions.join("；"), &tier.standard].join(" ").trim().to_owned()
}

fn tiers_in_all(baseline: &Baseline) -> String {
    let tiers = baseline.ladders.iter().flat_map(|ladder| &ladder.tiers);
    tiers.map(tier_words).collect::<Vec<_>>().join(" ")
}
