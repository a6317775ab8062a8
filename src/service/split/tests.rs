use proptest::prelude::*;

use super::*;
use crate::checks::{Gate, Severity, Subject, check};
use crate::domain::baseline::Band;
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
fn what_the_law_imposes_with_the_fine_goes_into_every_tier() {
    const FINE: &str = "二万元以上五万元以下罚款";
    for (basis, expected) in [
        ("由公安机关责令改正，处{}。", "责令改正，处{}"),
        ("由公安机关责令限期改正，给予警告，没收违法所得，可以并处{}", "责令限期改正，给予警告，没收违法所得，并处{}"),
        ("单位或者个人有下列行为的，由公安机关处警告，并处{}", "给予警告，并处{}"),
        ("没收违法所得和非法财物，并处{}", "没收违法所得，没收非法财物，并处{}"),
        ("处{}，并吊销营业执照", "处{}，并吊销营业执照"),
        ("对单位给予警告，并处{}", "对单位给予警告，并处{}"),
        ("责令改正，对单位处{}", "责令改正，对单位处{}"),
        // Which tier these belong to is for a person to say.
        ("责令改正，可以给予警告，并处{}", "责令改正，并处{}"),
        ("处警告或者{}", "处{}"),
        ("责令改正，给予警告或者通报批评，并处{}", "责令改正，并处{}"),
        ("没收违法所得或者非法财物，并处{}", "处{}"),
        ("给予警告，可以并处或者单处{}", "处{}"),
        ("责令改正，处{}；情节严重的，责令停产停业，吊销许可证", "责令改正，处{}"),
        ("处{}，并责令停产停业或者吊销许可证", "处{}"),
        ("责令改正；逾期不改正的，处{}", "处{}"),
        ("责令改正，可以视情节给予警告，处{}", "责令改正，处{}"),
        ("给予警告，对直接负责的主管人员处{}", "对直接负责的主管人员和其他直接责任人员处{}"),
        ("处{}，并处五日以上十日以下拘留", "处{}"),
    ] {
        let first = standards(&basis.replace("{}", FINE), Preset::Midpoint).remove(0);
        assert_eq!(first, expected.replace("{}", "二万元以上三万五千元以下罚款"), "{basis}");
    }
}

#[test]
fn bands_told_by_hand_carry_their_measures() {
    let mut baseline = baseline("");
    let text = "责令改正，给予警告，处二万元以上五万元以下罚款";
    let measures = read_by(text, &baseline.conventions).measures;
    let band = Band { trigger: String::new(), party: Party::Unspecified, text: text.to_owned(), measures };
    baseline.bands = vec![band.clone(), Band { text: String::new(), trigger: "逾期不改正的".to_owned(), ..band }];
    let first =
        |band: &OpenBand| band.split(Preset::Midpoint, &baseline.conventions).unwrap().tiers[0].standard.clone();
    let bands = open_bands(&baseline);
    assert_eq!(first(&bands[0]), "责令改正，给予警告，处二万元以上三万五千元以下罚款");
    // Without the words of the law the measures are named by their kinds.
    assert_eq!(first(&bands[1]), "责令改正，给予警告，处二万元以上三万五千元以下罚款");
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
        beside in prop::sample::select(vec!["", "责令改正，", "责令停止违法行为，给予警告，并", "没收违法所得，并"]),
    ) {
        let (low, high) = match unit {
            "元" => (low * scale, (low + width) * scale),
            _ => (low % 50, low % 50 + width % 50 + 1),
        };
        let base = if unit == "元" { "" } else { "违法所得" };
        let basis = if low == 0 {
            format!("{beside}处{base}{high}{unit}以下罚款")
        } else {
            format!("{beside}处{base}{low}{unit}以上{high}{unit}以下罚款")
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
            .map(|tier| {
                let read = read_by(&tier.standard, &baseline.conventions).measures;
                let law = read_by(&basis, &baseline.conventions).measures;
                let kinds = |measures: &[Measure]| measures.iter().map(|measure| measure.kind).collect::<Vec<_>>();
                assert_eq!(kinds(&read), kinds(&law), "{basis}");
                read.last().unwrap().amount.clone().unwrap()
            })
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
