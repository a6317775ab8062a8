//! The elements of every kind, the circumstances of a penalty and its weights: an example that has the defect and one
//! that is mended.

use cailiang::checks::Code;
use cailiang::domain::baseline::{Answer, Baseline, FineBand, Weights};
use cailiang::domain::kind::{Kind, Need};
use cailiang::domain::label::Term;

use super::check_rules::{LAW, findings, ladder, penalty, run, told};

#[test]
fn elements_of_a_penalty() {
    let good = || penalty(LAW, vec![ladder(&[("1", "甲乙", "处一万元以上十万元以下罚款")])]);
    assert_eq!(told(&good()), []);
    let mut baseline = good();
    baseline.fields.remove("violation");
    assert_eq!(told(&baseline), [("E01", None)]);
    let mut baseline = good();
    baseline.fields.remove("basis");
    assert_eq!(told(&baseline), [("E02", None)]);
    let mut baseline = good();
    baseline.ladders.clear();
    assert_eq!(told(&baseline), [("E03", None)]);
    run(
        LAW,
        &[
            (&[("1", "", "处一万元以上十万元以下罚款")], &[("E04", Some(0))]),
            (&[("1", "甲乙", " ")], &[("E05", Some(0))]),
        ],
    );
}

#[test]
fn circumstances_and_bands_of_the_fine() {
    let of = |codes: &[Code], baseline: &Baseline| -> Vec<&'static str> {
        findings(baseline).iter().filter(|f| codes.contains(&f.code)).map(|f| f.code.id()).collect()
    };
    let both = [Code::E06, Code::E07];
    let mut full = penalty(
        LAW,
        vec![ladder(&[
            ("轻微", "甲乙", "不予处罚"),
            ("较轻", "丙丁", "处一万元以上三万元以下罚款"),
            ("较重", "戊己", "处三万元以上五万元以下罚款"),
            ("严重", "庚辛", "处五万元以上十万元以下罚款"),
        ])],
    );
    assert_eq!(of(&both, &full), ["E07"]);
    let bands = [FineBand::NoPenalty, FineBand::Lenient, FineBand::Ordinary, FineBand::Aggravated];
    for (tier, band) in full.ladders[0].tiers.iter_mut().zip(bands) {
        tier.fine_band = Some(band);
    }
    assert_eq!(of(&both, &full), Vec::<&str>::new());
    full.ladders[0].tiers.remove(0);
    assert_eq!(of(&both, &full), ["E06"]);
    // No range in the law: nothing to divide.
    let fixed = penalty("《某法》：处一万元罚款。", vec![ladder(&[("1", "甲乙", "处一万元罚款")])]);
    assert_eq!(of(&both, &fixed), Vec::<&str>::new());
}

#[test]
fn elements_of_the_other_kinds() {
    let kinds = [
        (Kind::Compulsion, "E11"),
        (Kind::Inspection, "E12"),
        (Kind::Reward, "E13"),
        (Kind::Confirmation, "E14"),
        (Kind::Licence, "E15"),
        (Kind::Levy, "E16"),
        (Kind::Grant, "E17"),
    ];
    assert_eq!(kinds.len() + 1, Kind::ALL.len());
    for (kind, code) in kinds {
        let mut full = Baseline::new(kind);
        for field in kind.fields() {
            match field.need {
                Need::Required => full.set_text(field.id, "内容"),
                Need::Conditional(_) => {
                    let answer = Answer::NotApplicable { not_applicable: "不发生该情形".to_owned() };
                    full.fields.insert(field.id.to_owned(), answer);
                }
                Need::Optional => {}
            }
        }
        assert_eq!(findings(&full), [], "{}", kind.id());
        for field in kind.fields().iter().filter(|field| field.need != Need::Optional) {
            let mut lacking = full.clone();
            lacking.fields.remove(field.id);
            let found = findings(&lacking);
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].code.id(), found[0].field), (code, Some(field.id)));
            // A required element cannot be answered away, and no answer goes without its reason.
            for reason in ["", "法律已有规定"] {
                let answer = Answer::NotApplicable { not_applicable: reason.to_owned() };
                lacking.fields.insert(field.id.to_owned(), answer);
                let answered = !reason.is_empty() && field.need != Need::Required;
                assert_eq!(findings(&lacking).is_empty(), answered, "{} {reason}", field.id);
            }
        }
    }
}

#[test]
fn weights() {
    let table = |start: &str, highest: &[&str], base: &str, note: &str| {
        let mut baseline = penalty("《某法》：处二万元以上二十万元以下罚款。", Vec::new());
        let factors: Vec<_> = highest
            .iter()
            .map(|weight| serde_json::json!({ "name": "情节", "options": [["轻", "0"], ["重", weight]] }))
            .collect();
        let json = serde_json::json!({ "start": start, "factors": factors, "base": base, "note": note });
        baseline.weights = Some(serde_json::from_value::<Weights>(json).unwrap());
        told(&baseline)
    };
    let most = "法定最高罚款数额（20万元）";
    assert_eq!(table("20", &["40", "40"], most, ""), []);
    assert_eq!(table("20", &["40", "43"], most, ""), [("W01", None)]);
    assert_eq!(table("20", &["40", "43"], most, "超过100%的，按100%计算"), []);
    assert_eq!(table("5", &["45", "50"], most, ""), [("W02", None)]);
    assert_eq!(table("5", &["45", "50"], "法定罚款上限", ""), [("W02", None)]);
    assert_eq!(table("5", &["45", "50"], most, "低于法定下限的，按下限计算"), []);
    assert_eq!(table("10", &["40", "50"], most, ""), []);
}
