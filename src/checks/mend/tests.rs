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

/// What a mend of the second tier uncovers, as code and tier; `None` where none is offered.
fn uncovered(first: &str, second: &str, third: &str) -> Option<Vec<(Code, Option<usize>)>> {
    let baseline = baseline("处一万元以上五十万元以下罚款", &[("1", first), ("2", second), ("3", third)]);
    let mend = mend_of(&baseline, Code::R03)?;
    Some(mend.uncovers.iter().map(|one| (one.code, one.tier)).collect())
}

#[test]
fn a_mend_tells_what_its_defect_hid() {
    let third = "处十五万元以上二十万元以下罚款";
    for (first, second, third, wanted) in [
        ("处五万元以上十二万元以下罚款", "处十二万以上十五万元以下罚款", third, Some(vec![])),
        // It overlaps, leaves a gap, is lighter; seen only once the unit stands.
        ("处五万元以上十三万元以下罚款", "处十二万以上十五万元以下罚款", third, Some(vec![(Code::T02, Some(1))])),
        ("处五万元以上十万元以下罚款", "处十二万以上十五万元以下罚款", third, Some(vec![(Code::T01, Some(1))])),
        (
            "处五万元以上十万元以下罚款",
            "处二万以上四万元以下罚款",
            "处十万元以上二十万元以下罚款",
            Some(vec![(Code::T04, Some(1))]),
        ),
        ("处五万元以上十二万元以下罚款", "处十二万以上六十万元以下罚款", third, Some(vec![(Code::L01, Some(1))])),
        // Upside down: the words are wrong in more than the unit.
        ("处五万元以上十二万元以下罚款", "处十五万以上十二万元以下罚款", third, None),
        // Nobody can tell which unit: nothing is written, whatever it would show.
        ("处五万元以上十二万元以下罚款", "处五以上十五万元以下罚款", third, None),
    ] {
        assert_eq!(uncovered(first, second, third), wanted, "{second} behind {first}");
    }
}

#[test]
fn what_a_mend_brings_itself_was_not_hidden() {
    let baseline = baseline("", &[("1", "处五万元以上十三万元以下罚款"), ("2", "处十二万以上十五万元以下罚款")]);
    with_subject(&baseline, |subject| {
        let before = check(subject);
        let finding = before.iter().find(|one| one.code == Code::R03).unwrap();
        let span = finding.span.unwrap();
        let hidden = taken_as_read(subject, 0, 1, &amounts(subject, &baseline.ladders[0].tiers[1].standard));
        let leads = |new: &str| {
            let old = words_at(&baseline.ladders[0].tiers[1].standard, span);
            let edit = Edit { ladder: 0, tier: 1, part: Part::Standard, span, old, new: new.to_owned() };
            let mend = Mend { edits: vec![edit], uncovers: Vec::new() };
            outcome(subject, &Known { before: &before, hidden: &hidden }, finding, &mend).is_some()
        };
        // The overlap was there all along; a tier that is lighter than the first one would be the mend's own.
        assert!(leads("十二万元以上"));
        assert!(!leads("二万元以上"));
    });
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
                let told = count(&mend.uncovers, one) > 0;
                prop_assert!(told || count(&after, one) <= count(&found, one), "{one:?} {mend:?}");
            }
            // Only of the amount that was silenced, and never by a change of the amount.
            let of_amounts = [Code::T01, Code::T02, Code::T04, Code::L01, Code::L02];
            prop_assert!(mend.uncovers.iter().all(|one| of_amounts.contains(&one.code)), "{mend:?}");
            prop_assert!(mend.uncovers.is_empty() || finding.code == Code::R03, "{mend:?}");
        }
    }
}
