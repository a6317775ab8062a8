use proptest::prelude::*;

use super::*;
use crate::checks::Gate;
use crate::domain::baseline::Ladder;
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;

/// A penalty with one ladder, tiers as `label standard`.
fn baseline(basis: &str, tiers: &[(&str, &str)]) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "未经登记饲养犬只的");
    baseline.set_text("basis", basis);
    let tier = |(at, (label, standard)): (usize, &(&str, &str))| Tier {
        label: (*label).to_owned(),
        conditions: vec![format!("第{at}种情形的")],
        standard: (*standard).to_owned(),
        ..Tier::default()
    };
    baseline.ladders = vec![Ladder { tiers: tiers.iter().enumerate().map(tier).collect(), ..Ladder::default() }];
    baseline
}

fn with_subject<T>(baseline: &Baseline, work: impl FnOnce(&Subject<'_>) -> T) -> T {
    let text = ItemText { code: String::new(), title: "甲".to_owned(), kind: Kind::Penalty, citations: Vec::new() };
    work(&Subject { text: &text, baseline, sources: &[], gate: Gate::File, version: None })
}

/// The mend of the first finding of a code.
fn mend_of(baseline: &Baseline, code: Code) -> Option<Mend> {
    with_subject(baseline, |subject| {
        let found = check(subject);
        let finding = found.iter().find(|finding| finding.code == code);
        mend(subject, &found, finding.unwrap_or_else(|| panic!("no {code:?} in {baseline:?}")))
    })
}

/// One tier, mended.
fn mended(standard: &str, code: Code) -> Option<String> {
    let mut baseline = baseline("", &[("较轻", standard)]);
    let mend = mend_of(&baseline, code)?;
    mend.apply(&mut baseline);
    Some(baseline.ladders[0].tiers[0].standard.clone())
}

#[test]
fn words_are_mended_where_it_is_certain() {
    let cases = [
        (Code::R03, "处十二万以上十五万元以下罚款", Some("处十二万元以上十五万元以下罚款")),
        (Code::R03, "处二百以上五百元以下罚款", Some("处二百元以上五百元以下罚款")),
        (Code::R03, "处五万元以上十万以下罚款", Some("处五万元以上十万元以下罚款")),
        (Code::R03, "处8000以上1万元以下罚款", Some("处8000元以上1万元以下罚款")),
        (Code::R03, "处2万以上5万以下罚款", Some("处2万元以上5万元以下罚款")),
        (Code::R03, "处1-3万罚款", Some("处1-3万元罚款")),
        (Code::R03, "处二万罚款", Some("处二万元罚款")),
        (
            Code::R03,
            "责令改正，处五百以上一千元以下罚款；情节严重的，责令停业",
            Some("责令改正，处五百元以上一千元以下罚款；情节严重的，责令停业"),
        ),
        // 五元 or 五万元: nobody can tell.
        (Code::R03, "处五以上十万元以下罚款", None),
        (Code::R03, "处二以上五千元以下罚款", None),
        (Code::R03, "处五罚款", None),
        // Upside down with 元: another defect would come.
        (Code::R03, "处五万元以上十以下罚款", None),
        (Code::R07, "处货值金额20%以上30%的罚款", Some("处货值金额20%以上30%以下的罚款")),
        (Code::R07, "处二万元以上五万元罚款", Some("处二万元以上五万元以下罚款")),
        (Code::R06, "处以处一千元以上三千元以下罚款", Some("处以一千元以上三千元以下罚款")),
        (Code::R06, "处处二万元罚款", Some("处二万元罚款")),
        (Code::R06, "并处处二万元罚款", Some("并处二万元罚款")),
        (Code::R06, "处二万元以上三万元以下元罚款", Some("处二万元以上三万元以下罚款")),
        (Code::R06, "处二万元以上三万元以下以下罚款", Some("处二万元以上三万元以下罚款")),
        (Code::R06, "处二万元罚款罚款", Some("处二万元罚款")),
        (Code::R06, "处二万元元以下罚款", Some("处二万元以下罚款")),
        (Code::R06, "处二万元以上五万元以下下罚款", Some("处二万元以上五万元以下罚款")),
        (Code::R06, "处以以二万元罚款", Some("处以二万元罚款")),
        (Code::R06, "处二万元的的罚款", Some("处二万元的罚款")),
        // Alone, nothing tells what was meant.
        (Code::R02, "处七万元以下九万元以下罚款", None),
        (Code::R04, "处一百万一十元以上一百三十万元以下罚款", None),
    ];
    for (code, standard, expected) in cases {
        assert_eq!(mended(standard, code).as_deref(), expected, "{standard}");
    }
}

#[test]
fn an_amount_is_changed_only_where_one_reading_meets_the_neighbour() {
    let cases = [
        (
            Code::R04,
            "处一百万一十元以上一百三十万元以下罚款",
            Some("处一百一十万元以上一百三十万元以下罚款"),
            "一百一十万元",
        ),
        (Code::R04, "处一百万一十元以上一百三十万元以下罚款", None, "一百二十万元"),
        (Code::R02, "处七万元以下九万元以下罚款", Some("处七万元以上九万元以下罚款"), "七万元"),
        (Code::R02, "处七万元以下九万元以下罚款", None, "六万元"),
    ];
    for (code, standard, expected, before) in cases {
        let first = format!("处五万元以上{before}以下罚款");
        let baseline = baseline("", &[("1", &first), ("2", standard)]);
        let mend = mend_of(&baseline, code);
        let mended = mend.map(|mend| {
            let mut baseline = baseline.clone();
            mend.apply(&mut baseline);
            baseline.ladders[0].tiers[1].standard.clone()
        });
        assert_eq!(mended.as_deref(), expected, "{standard} behind {before}");
    }
}

#[test]
fn tiers_are_numbered_on() {
    let cases = [
        (["1", "2", "2", "4"], Some(["1", "2", "3", "4"])),
        (["1", "2", "4", "5"], Some(["1", "2", "3", "4"])),
        (["一档", "二档", "四档", "五档"], Some(["一档", "二档", "三档", "四档"])),
        (["A", "B", "D", "E"], Some(["A", "B", "C", "D"])),
    ];
    for (labels, expected) in cases {
        let tiers: Vec<(&str, String)> = labels
            .iter()
            .enumerate()
            .map(|(at, label)| (*label, format!("处{}万元以上{}万元以下罚款", at + 1, at + 2)))
            .collect();
        let tiers: Vec<(&str, &str)> = tiers.iter().map(|(label, standard)| (*label, standard.as_str())).collect();
        let mut baseline = baseline("", &tiers);
        let mended = mend_of(&baseline, Code::T08).map(|mend| {
            mend.apply(&mut baseline);
            baseline.ladders[0].tiers.iter().map(|tier| tier.label.clone()).collect::<Vec<_>>()
        });
        assert_eq!(mended, expected.map(|labels| labels.map(str::to_owned).to_vec()), "{labels:?}");
    }
}

proptest! {
    #[test]
    fn a_mend_takes_its_finding_away_and_brings_none(
        tiers in prop::collection::vec(
            ("[1-4]", "处[一二五七]?[百千万]{0,2}元?(以上|以下|)[一二五九][百千万]{1,2}元?(以下|以上|以下以下|)的?罚款"),
            1..4,
        ),
    ) {
        let tiers: Vec<(&str, &str)> = tiers.iter().map(|(label, words)| (label.as_str(), words.as_str())).collect();
        let baseline = baseline("处一百元以上十万元以下罚款", &tiers);
        let found = with_subject(&baseline, check);
        for finding in &found {
            let Some(mend) = with_subject(&baseline, |subject| super::mend(subject, &found, finding)) else { continue };
            let mut mended = baseline.clone();
            mend.apply(&mut mended);
            let after = with_subject(&mended, check);
            prop_assert!(count(&after, finding) < count(&found, finding), "{finding:?} {mend:?}");
            for one in after.iter().filter(|one| one.severity() != Severity::Note) {
                prop_assert!(count(&after, one) <= count(&found, one), "{one:?} {mend:?}");
            }
        }
    }
}
