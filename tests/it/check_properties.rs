//! Ladders without a defect are silent, and one perturbation is one finding, whatever the numbers.

use cailiang::checks::{Code, Gate, Subject, check};
use cailiang::domain::baseline::Baseline;
use cailiang::domain::item::ItemText;
use cailiang::domain::kind::Kind;
use cailiang::domain::label::{Lang, Term};
use proptest::prelude::*;

use super::check_rules::{ladder, penalty, told};

/// Ends of tiers in yuan, rising: one more than there are tiers. Two yuan apart at least, for whole yuan meet.
fn ends(tiers: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u64>> {
    (1_u64..5_000, prop::collection::vec(2_u64..40_000, tiers)).prop_map(|(first, steps)| {
        let mut ends = vec![first];
        for step in steps {
            ends.push(ends[ends.len() - 1] + step);
        }
        ends
    })
}

/// The ladder over ranges, under a law from end to end.
fn baseline(ranges: &[(u64, u64)], law: (u64, u64)) -> Baseline {
    let rows: Vec<(String, String, String)> = ranges
        .iter()
        .enumerate()
        .map(|(at, (low, high))| {
            let label = (at + 1).to_string();
            (label, format!("情形{at}甲"), format!("处{low}元以上{high}元以下罚款"))
        })
        .collect();
    let rows: Vec<_> = rows.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    penalty(&format!("《某法》第三条：处{}元以上{}元以下罚款。", law.0, law.1), vec![ladder(&rows)])
}

fn ranges(ends: &[u64]) -> Vec<(u64, u64)> {
    ends.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn law(ends: &[u64]) -> (u64, u64) {
    (ends[0], ends[ends.len() - 1])
}

proptest! {
    #[test]
    fn a_ladder_without_a_gap_is_silent(ends in ends(1..10)) {
        prop_assert_eq!(told(&baseline(&ranges(&ends), law(&ends))), []);
    }

    #[test]
    fn one_end_moved_is_one_finding(ends in ends(2..8), at in any::<prop::sample::Index>(), share in 1_u64..100, up in any::<bool>()) {
        let mut tiers = ranges(&ends);
        // An inner end: the upper one of a tier that has a neighbour above.
        let tier = at.index(tiers.len() - 1);
        let (low, high) = tiers[tier];
        let room = if up { tiers[tier + 1].1 - high } else { high - low };
        let by = (room * share / 100).clamp(1, room - 1);
        tiers[tier].1 = if up { high + by } else { high - by };
        // Whole yuan that follow one another meet.
        prop_assume!(up || by > 1);
        prop_assume!(tiers[tier].0 < tiers[tier].1);
        let found = told(&baseline(&tiers, law(&ends)));
        prop_assert_eq!(found.len(), 1, "{:?}", found);
        prop_assert_eq!(found[0].0, if up { "T02" } else { "T01" });
        prop_assert!(found[0].1 == Some(tier) || found[0].1 == Some(tier + 1));
    }

    #[test]
    fn ends_swapped_are_one_finding(ends in ends(1..8), at in any::<prop::sample::Index>()) {
        let mut tiers = ranges(&ends);
        let tier = at.index(tiers.len());
        tiers[tier] = (tiers[tier].1, tiers[tier].0);
        prop_assert_eq!(told(&baseline(&tiers, law(&ends))), [("T03", Some(tier))]);
    }

    #[test]
    fn beyond_the_law_is_one_finding(ends in ends(1..8), by in 1_u64..100_000, above in any::<bool>()) {
        let mut tiers = ranges(&ends);
        let last = tiers.len() - 1;
        if above {
            tiers[last].1 += by;
        } else {
            prop_assume!(by < ends[0]);
            tiers[0].0 -= by;
        }
        let expected = if above { ("L01", Some(last)) } else { ("L02", Some(0)) };
        prop_assert_eq!(told(&baseline(&tiers, law(&ends))), [expected]);
    }

    #[test]
    fn a_condition_repeated_is_one_finding(ends in ends(2..8), at in any::<prop::sample::Index>()) {
        let mut baseline = baseline(&ranges(&ends), law(&ends));
        let tiers = &mut baseline.ladders[0].tiers;
        let tier = 1 + at.index(tiers.len() - 1);
        tiers[tier].conditions = tiers[0].conditions.clone();
        prop_assert_eq!(told(&baseline), [("T05", Some(tier))]);
    }

    /// Any words in any place: no panic, spans inside the words, a message in both languages.
    #[test]
    fn any_words_are_checked(
        words in prop::collection::vec("[一二三十百千万亿元倍以上下处罚款没收吊销营业执照情节严重的，。；0-9%% \\u{0}-\\u{10ffff}]{0,24}", 12),
        labels in prop::collection::vec("[1-4一二三轻微严重一般 ]{0,3}", 3),
    ) {
        let rows: Vec<_> = (0..3).map(|at| (labels[at].as_str(), words[at].as_str(), words[at + 3].as_str())).collect();
        let mut baseline = penalty(&words[6], vec![ladder(&rows), ladder(&rows[..1])]);
        baseline.set_text("band", words[7].as_str());
        baseline.ladders[1].label = Some(words[8].clone());
        baseline.remarks.clone_from(&words[9]);
        let text = ItemText { code: words[10].clone(), title: words[11].clone(), kind: Kind::Penalty, citations: Vec::new() };
        for finding in check(&Subject { text: &text, baseline: &baseline, sources: &[], gate: Gate::File, version: None }) {
            for lang in [Lang::Zh, Lang::En] {
                prop_assert!(!finding.message(&baseline, lang).is_empty());
            }
            if let Some([start, end]) = finding.span {
                let length = finding.words(&baseline).unwrap_or_default().chars().count();
                prop_assert!(start <= end && end <= length, "{} {start}-{end} of {length}", finding.code.id());
            }
            prop_assert!(Code::from_id(finding.code.id()) == Some(finding.code));
        }
    }
}
