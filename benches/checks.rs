//! How fast standards are read and checked.

use cailiang::checks::{Gate, Subject, check};
use cailiang::domain::baseline::{Baseline, Ladder, Tier};
use cailiang::domain::item::ItemText;
use cailiang::domain::kind::Kind;

fn main() {
    divan::main();
}

const TIERS: &[(&str, &str, &str)] = &[
    ("较轻", "占用面积不足十平方米的", "责令限期改正，处二万元以上五万元以下罚款"),
    ("一般", "占用面积十平方米以上不足三十平方米的", "责令限期改正，处五万元以上十万元以下罚款"),
    ("较重", "占用面积三十平方米以上不足五十平方米的", "责令限期改正，处十万元以上十五万元以下罚款"),
    ("严重", "占用面积五十平方米以上的", "责令限期改正，处十五万元以上二十万元以下罚款"),
];

/// An item of four tiers with its basis in words.
fn item() -> (ItemText, Baseline) {
    let tier = |(label, condition, standard): &(&str, &str, &str)| Tier {
        label: (*label).to_owned(),
        conditions: vec![(*condition).to_owned()],
        standard: (*standard).to_owned(),
        ..Tier::default()
    };
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "违规占用道路");
    baseline
        .set_text("basis", "《甲州市道路条例》第三十条：由城市管理部门责令限期改正，处二万元以上二十万元以下罚款。");
    baseline.ladders = vec![Ladder { tiers: TIERS.iter().map(tier).collect(), ..Ladder::default() }];
    let text = ItemText {
        code: "A-1".to_owned(),
        title: "违规占用道路".to_owned(),
        kind: Kind::Penalty,
        citations: Vec::new(),
    };
    (text, baseline)
}

fn count(text: &ItemText, baseline: &Baseline) -> usize {
    check(&Subject { text, baseline, sources: &[], gate: Gate::File, version: None }).len()
}

/// One item while it is typed: everything a key costs.
#[divan::bench]
fn an_item_of_four_tiers(bencher: divan::Bencher) {
    let (text, baseline) = item();
    bencher.bench_local(|| count(divan::black_box(&text), divan::black_box(&baseline)));
}

/// A million standards, read and checked on one core.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_standards(bencher: divan::Bencher) {
    let (text, baseline) = item();
    bencher.bench_local(|| {
        (0..250_000).map(|_| count(divan::black_box(&text), divan::black_box(&baseline))).sum::<usize>()
    });
}
