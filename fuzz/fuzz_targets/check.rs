//! Any words in any place of a penalty baseline are checked: no panic, spans inside the words that they count in, a
//! sentence in both languages. Lines are tiers: label, conditions, standard parted by tabs; the first line is the law,
//! the second the band; an empty line begins a further ladder.

#![no_main]

use cailiang::checks::{Gate, Subject, check};
use cailiang::domain::baseline::{Baseline, Ladder, Tier};
use cailiang::domain::item::ItemText;
use cailiang::domain::kind::Kind;
use cailiang::domain::label::{Lang, Term as _};
use libfuzzer_sys::fuzz_target;

fn tier(line: &str) -> Tier {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    Tier {
        label: cell().to_owned(),
        conditions: cell().split('|').filter(|words| !words.is_empty()).map(str::to_owned).collect(),
        standard: cell().to_owned(),
        ..Tier::default()
    }
}

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "违规堆放物料");
    baseline.set_text("basis", lines.next().unwrap_or_default());
    baseline.set_text("band", lines.next().unwrap_or_default());
    baseline.ladders.push(Ladder::default());
    for line in lines {
        match baseline.ladders.last_mut() {
            Some(ladder) if !line.is_empty() => ladder.tiers.push(tier(line)),
            _ => baseline.ladders.push(Ladder::default()),
        }
    }
    let item = ItemText { code: "A-1".to_owned(), title: String::new(), kind: Kind::Penalty, citations: Vec::new() };
    for finding in check(&Subject { text: &item, baseline: &baseline, sources: &[], gate: Gate::File, version: None }) {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!finding.message(&baseline, lang).is_empty());
        }
        if let Some([start, end]) = finding.span {
            let length = finding.words(&baseline).unwrap_or_default().chars().count();
            assert!(start <= end && end <= length, "{} {start}-{end} of {length}", finding.code.id());
        }
    }
});
