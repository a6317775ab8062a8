use proptest::prelude::*;

use super::*;
use crate::checks::{Gate, Severity, Subject, check};
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;

fn baseline(basis: &str) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "未经登记饲养犬只的");
    baseline.set_text("basis", basis);
    baseline
}

fn standards(basis: &str, preset: Preset) -> Vec<String> {
    let baseline = baseline(basis);
    let bands = open_bands(&baseline);
    let ladder = bands.first().and_then(|band| band.split(preset, &baseline.conventions));
    ladder.map(|ladder| ladder.tiers.into_iter().map(|tier| tier.standard).collect()).unwrap_or_default()
}

#[test]
fn a_band_is_split_in_official_words() {
    let cases: &[(&str, Preset, &[&str])] = &[
        (
            "处二万元以上二十万元以下罚款",
            Preset::ThirtyFortyThirty,
            &[
                "处二万元以上七万四千元以下罚款",
                "处七万四千元以上十四万六千元以下罚款",
                "处十四万六千元以上二十万元以下罚款",
            ],
        ),
        ("可以处五万元以下罚款", Preset::Midpoint, &["处二万五千元以下罚款", "处二万五千元以上五万元以下罚款"]),
        (
            "处一万元以上五万元以下罚款",
            Preset::Equal(3),
            &["处一万元以上二万三千元以下罚款", "处二万三千元以上三万七千元以下罚款", "处三万七千元以上五万元以下罚款"],
        ),
        (
            "处违法所得一倍以上五倍以下罚款，最高不超过三万元",
            Preset::Midpoint,
            &["处违法所得一倍以上三倍以下罚款，最高不超过三万元", "处违法所得三倍以上五倍以下罚款，最高不超过三万元"],
        ),
        (
            "处工程合同价款百分之二以上百分之四以下罚款",
            Preset::Midpoint,
            &["处工程合同价款百分之二以上百分之三以下罚款", "处工程合同价款百分之三以上百分之四以下罚款"],
        ),
        (
            "按每平方米处五十元以上一百元以下罚款",
            Preset::Midpoint,
            &["每平方米处五十元以上七十五元以下罚款", "每平方米处七十五元以上一百元以下罚款"],
        ),
        ("处五元以上七元以下罚款", Preset::Equal(6), &[]),
        ("处五百元罚款", Preset::Midpoint, &[]),
    ];
    for (basis, preset, expected) in cases {
        assert_eq!(standards(basis, *preset), *expected, "{basis}");
    }
}

#[test]
fn bands_are_told_apart_by_case_and_party() {
    let basis = "处一万元以上五万元以下罚款；逾期不改正的，处五万元以上十万元以下罚款，对直接负责的主管人员处一千元以上五千元以下罚款";
    let baseline = baseline(basis);
    let bands = open_bands(&baseline);
    let names: Vec<Option<String>> = bands.iter().map(OpenBand::name).collect();
    let expected = [None, Some("逾期不改正的"), Some("逾期不改正的，责任人员")];
    assert_eq!(names, expected.map(|name| name.map(str::to_owned)));
    let persons = bands[2].split(Preset::Midpoint, &baseline.conventions).unwrap();
    assert_eq!(persons.tiers[0].standard, "对直接负责的主管人员和其他直接责任人员处一千元以上三千元以下罚款");
}

#[test]
fn offences_are_counted_in_the_conditions() {
    let mut baseline = baseline("处二百元以上一千元以下罚款");
    let of = |baseline: &Baseline| {
        let ladder = open_bands(baseline)[0].split(Preset::Offences(3), &baseline.conventions).unwrap();
        ladder.tiers.iter().map(|tier| tier.conditions.join("")).collect::<Vec<_>>()
    };
    assert_eq!(of(&baseline), ["一年内第一次违反的", "一年内第二次违反的", "一年内第三次以上违反的"]);
    baseline.conventions.look_back_months = Some(24);
    assert_eq!(of(&baseline)[0], "二年内第一次违反的");
    baseline.conventions.look_back_months = Some(18);
    assert_eq!(of(&baseline)[0], "十八个月内第一次违反的");
}

fn presets() -> impl Strategy<Value = Preset> {
    prop_oneof![
        Just(Preset::ThirtyFortyThirty),
        Just(Preset::Midpoint),
        PARTS.prop_map(Preset::Equal),
        PARTS.prop_map(Preset::Offences),
    ]
}

proptest! {
    #[test]
    fn tiers_follow_one_another_from_end_to_end_and_read_back(
        low in 0_u32..2_000, width in 1_u32..3_000, scale in prop::sample::select(vec![1_u32, 100, 10_000]),
        unit in prop::sample::select(vec!["元", "倍", "%"]), preset in presets(),
    ) {
        let (low, high) = match unit {
            "元" => (low * scale, (low + width) * scale),
            _ => (low % 50, low % 50 + width % 50 + 1),
        };
        let base = if unit == "元" { "" } else { "违法所得" };
        let basis = if low == 0 {
            format!("处{base}{high}{unit}以下罚款")
        } else {
            format!("处{base}{low}{unit}以上{high}{unit}以下罚款")
        };
        let mut baseline = baseline(&basis);
        let band = open_bands(&baseline).remove(0);
        let Some(ladder) = band.split(preset, &baseline.conventions) else {
            // Only a band of few steps can be too narrow.
            prop_assert!(unit == "元" && high - low < 20, "{basis} {preset:?}");
            return Ok(());
        };
        let amounts: Vec<Amount> = ladder
            .tiers
            .iter()
            .map(|tier| read_by(&tier.standard, &baseline.conventions).measures[0].amount.clone().unwrap())
            .collect();
        prop_assert_eq!(amounts.len(), usize::from(preset.parts()));
        prop_assert_eq!(amounts[0].low, band.amount.low);
        prop_assert_eq!(amounts[amounts.len() - 1].high, band.amount.high);
        for (one, next) in amounts.iter().zip(&amounts[1..]) {
            prop_assert_eq!(one.high, next.low);
            prop_assert!(one.high < next.high);
        }
        let mut ladder = ladder;
        for (at, tier) in ladder.tiers.iter_mut().enumerate() {
            if tier.conditions.is_empty() {
                tier.conditions = vec![format!("甲乙丙丁情形之{at}的")];
            }
        }
        baseline.ladders.push(ladder);
        let text = ItemText { code: String::new(), title: "甲".to_owned(), kind: Kind::Penalty, citations: Vec::new() };
        let subject = Subject { text: &text, baseline: &baseline, sources: &[], gate: Gate::File, version: None };
        let errors: Vec<_> = check(&subject).into_iter().filter(|finding| finding.severity() == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{errors:?} {baseline:?}");
    }
}
