//! Every check with an example that has the defect and one that is mended.

use cailiang::checks::{Code, Finding, Gate, Subject, VersionFacts, check};
use cailiang::domain::baseline::{Answer, Band, Baseline, FineBand, Ladder, Tier, Weights};
use cailiang::domain::ids::SourceId;
use cailiang::domain::item::ItemText;
use cailiang::domain::kind::{Kind, Need};
use cailiang::domain::label::Term;
use cailiang::domain::measure::Party;
use cailiang::domain::procedure::{Step, StepRecord};
use cailiang::domain::source::{Rank, Source, SourceStatus};
use cailiang::reading::read;
use chrono::NaiveDate;

/// Label, conditions parted by |, standard.
pub type Row<'a> = (&'a str, &'a str, &'a str);

pub fn tier((label, conditions, standard): Row<'_>) -> Tier {
    Tier {
        label: label.to_owned(),
        conditions: conditions.split('|').filter(|words| !words.is_empty()).map(str::to_owned).collect(),
        standard: standard.to_owned(),
        ..Tier::default()
    }
}

pub fn ladder(rows: &[Row<'_>]) -> Ladder {
    Ladder { tiers: rows.iter().copied().map(tier).collect(), ..Ladder::default() }
}

fn labelled(label: &str, rows: &[Row<'_>]) -> Ladder {
    Ladder { label: Some(label.to_owned()), ..ladder(rows) }
}

pub fn penalty(basis: &str, ladders: Vec<Ladder>) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "违规堆放物料");
    baseline.set_text("basis", basis);
    baseline.ladders = ladders;
    baseline
}

fn text(kind: Kind, title: &str) -> ItemText {
    ItemText { code: "A-1".to_owned(), title: title.to_owned(), kind, citations: Vec::new() }
}

pub fn findings(baseline: &Baseline) -> Vec<Finding> {
    let text = text(baseline.kind, "");
    check(&Subject { text: &text, baseline, sources: &[], gate: Gate::File, version: None })
}

/// Code and tier of each finding, but for what the examples are not about.
pub fn told(baseline: &Baseline) -> Vec<(&'static str, Option<usize>)> {
    let beside = [Code::E06, Code::E07, Code::T07];
    let found = findings(baseline);
    found.iter().filter(|f| !beside.contains(&f.code)).map(|f| (f.code.id(), f.tier)).collect()
}

const LAW: &str = "《甲州市扬尘防治条例》第三十条：处一万元以上十万元以下罚款。";

/// Tiers of one ladder under [`LAW`], and what is told of them.
type Case<'a> = (&'a [Row<'a>], &'a [(&'a str, Option<usize>)]);

fn run(basis: &str, cases: &[Case<'_>]) {
    for (rows, expected) in cases {
        let baseline = penalty(basis, vec![ladder(rows)]);
        assert_eq!(told(&baseline), *expected, "{rows:?}\n{:#?}", findings(&baseline));
    }
}

#[test]
fn tiers_of_one_ladder() {
    run(
        LAW,
        &[
            // Right: end to end; a shared end is lawful.
            (
                &[
                    ("1", "甲", "处一万元以上三万元以下罚款"),
                    ("2", "乙", "处三万元以上五万元以下罚款"),
                    ("3", "丙", "处五万元以上十万元以下罚款"),
                ],
                &[],
            ),
            (
                &[("1", "甲", "处一万元以上三万元以下罚款"), ("2", "乙", "处五万元以上十万元以下罚款")],
                &[("T01", Some(1))],
            ),
            (
                &[("1", "甲", "处一万元以上六万元以下罚款"), ("2", "乙", "处五万元以上十万元以下罚款")],
                &[("T02", Some(1))],
            ),
            // 25 is less round than 20: the lighter tier is the one mistyped.
            (
                &[("1", "甲", "处一万元以上二万五千元以下罚款"), ("2", "乙", "处二万元以上十万元以下罚款")],
                &[("T02", Some(0))],
            ),
            // One tier that clashes on both sides is told once.
            (
                &[
                    ("1", "甲", "处一万元以上三万元以下罚款"),
                    ("2", "乙", "处二万元以上七万元以下罚款"),
                    ("3", "丙", "处五万元以上十万元以下罚款"),
                ],
                &[("T02", Some(1))],
            ),
            (
                &[("1", "甲", "处三万元以上一万元以下罚款"), ("2", "乙", "处三万元以上十万元以下罚款")],
                &[("T03", Some(0))],
            ),
            (
                &[("较轻", "甲", "处五万元以上十万元以下罚款"), ("严重", "乙", "处一万元以上五万元以下罚款")],
                &[("T04", Some(1))],
            ),
            // Listed from the heaviest.
            (
                &[
                    ("严重", "甲", "处五万元以上十万元以下罚款"),
                    ("较重", "乙", "处三万元以上五万元以下罚款"),
                    ("较轻", "丙", "处一万元以上三万元以下罚款"),
                ],
                &[],
            ),
        ],
    );
}

#[test]
fn conditions_and_numbers_of_one_ladder() {
    run(
        LAW,
        &[
            (
                &[("1", "首次违法的", "处一万元以上三万元以下罚款"), ("2", "首次 违法", "处三万元以上十万元以下罚款")],
                &[("T05", Some(1))],
            ),
            // One condition, another party: told apart.
            (
                &[
                    ("单位", "首次的", "对单位处一万元以上十万元以下罚款"),
                    ("个人", "首次的", "对个人处一万元以上十万元以下罚款"),
                ],
                &[],
            ),
            (
                &[("1", "甲乙", "处一万元以上十万元以下罚款"), ("2", "丙丁", "处一万元以上十万元以下罚款")],
                &[("T06", Some(1))],
            ),
            (
                &[("1", "甲乙", "处一万元以上三万元以下罚款"), ("3", "丙丁", "处三万元以上十万元以下罚款")],
                &[("T08", Some(1))],
            ),
            (
                &[
                    ("1", "甲乙", "处一万元以上三万元以下罚款"),
                    ("2", "丙丁", "处三万元以上五万元以下罚款"),
                    ("2", "戊己", "处五万元以上八万元以下罚款"),
                    ("4", "庚辛", "处八万元以上十万元以下罚款"),
                ],
                &[("T08", Some(2))],
            ),
            (
                &[
                    ("1", "甲乙", "处一万元以上三万元以下罚款"),
                    ("2", "浓度超标", "处三万元以上五万元以下罚款，每超一倍加一万元"),
                    ("2", "总量超标", "处三万元以上五万元以下罚款，每超一倍加二万元"),
                    ("3", "庚辛", "处五万元以上十万元以下罚款"),
                ],
                &[("T11", Some(2))],
            ),
            (
                &[
                    ("1", "倾倒100吨以下的", "处一万元以上三万元以下罚款"),
                    ("2", "倾倒100吨以上201吨以下的", "处三万元以上五万元以下罚款"),
                    ("3", "倾倒200吨以上的", "处五万元以上十万元以下罚款"),
                ],
                &[("T10", Some(1))],
            ),
            (
                &[
                    ("1", "倾倒不足100吨的", "处一万元以上三万元以下罚款"),
                    ("2", "倾倒100吨以上不足200吨的", "处三万元以上五万元以下罚款"),
                    ("3", "倾倒200吨以上的|造成后果的", "处五万元以上十万元以下罚款"),
                ],
                &[],
            ),
        ],
    );
}

#[test]
fn what_is_lawful_is_silent() {
    run(
        LAW,
        &[
            // Points.
            (
                &[
                    ("情节轻微", "及时改正的", "不予处罚"),
                    ("情节较轻", "首次的", "处一万元罚款"),
                    ("情节较重", "二次的", "处五万元罚款"),
                    ("情节严重", "三次的", "处十万元罚款"),
                ],
                &[],
            ),
            (
                &[
                    ("1", "甲乙", "处一万元罚款"),
                    ("2", "丙丁", "处一万元以上十万元以下罚款"),
                    ("3", "戊己", "处十万元罚款"),
                ],
                &[],
            ),
            // Mitigated below the band; a gap beside it.
            (
                &[
                    ("减轻", "立功的", "处五千元以下罚款"),
                    ("从轻", "配合的", "处一万元以上四万元以下罚款"),
                    ("一般", "其他的", "处四万元以上七万元以下罚款"),
                    ("从重", "抗拒的", "处七万元以上十万元以下罚款"),
                ],
                &[],
            ),
            // A ceiling is read from the minimum.
            (&[("1", "甲乙", "处五万元以下罚款"), ("2", "丙丁", "处五万元以上十万元以下罚款")], &[]),
            // Whole yuan: end to end.
            (&[("1", "甲乙", "处一万元以上二万元以下罚款"), ("2", "丙丁", "处20001元以上十万元以下罚款")], &[]),
        ],
    );
    // Two bands in one ladder: the gap is the law's.
    run(
        "《甲州市某条例》：处一万元以上五万元以下罚款；情节严重的，处十万元以上五十万元以下罚款。",
        &[(
            &[
                ("1", "首次的", "处一万元以上三万元以下罚款"),
                ("2", "二次的", "处三万元以上五万元以下罚款"),
                ("3", "造成后果的", "处十万元以上五十万元以下罚款"),
            ],
            &[],
        )],
    );
    // Unit and person side by side, and a second case in each tier.
    run(
        "《某法》：对单位处一万元以上十万元以下罚款，对直接负责的主管人员处一千元以上五千元以下罚款；逾期不改正的，\
         对单位处十万元以上二十万元以下罚款。",
        &[(
            &[
                (
                    "1",
                    "甲乙",
                    "对单位处一万元以上五万元以下罚款，对直接负责的主管人员处一千元以上三千元以下罚款；逾期不改正的，\
                     对单位处十万元以上十五万元以下罚款",
                ),
                (
                    "2",
                    "丙丁",
                    "对单位处五万元以上十万元以下罚款，对直接负责的主管人员处三千元以上五千元以下罚款；逾期不改正的，\
                     对单位处十五万元以上二十万元以下罚款",
                ),
            ],
            &[],
        )],
    );
}

#[test]
fn an_unread_amount_is_one_finding() {
    let around = |standard: &'static str| {
        vec![ladder(&[
            ("1", "甲乙", "处一万元以上三万元以下罚款"),
            ("2", "丙丁", standard),
            ("3", "戊己", "处五万元以上十万元以下罚款"),
        ])]
    };
    for (standard, expected) in [
        ("处三万元以上□万元以下罚款", &[("R01", Some(1))][..]),
        ("处三万元以下五万元以下罚款", &[("R02", Some(1))]),
        ("处三万以上五万元以下罚款", &[("R03", Some(1))]),
        ("处三万五元以上五万元以下罚款", &[("R04", Some(1))]),
        ("处以处三万元以上五万元以下罚款", &[("R06", Some(1))]),
        ("处三万元以上五万元以下罚款", &[]),
    ] {
        assert_eq!(told(&penalty(LAW, around(standard))), expected, "{standard}");
    }
    let of_goods = "《甲州市某条例》：处货值金额百分之十以上百分之五十以下罚款。";
    run(
        of_goods,
        &[
            (
                &[("1", "甲乙", "处货值金额10%以上30%以下罚款"), ("2", "丙丁", "处货值金额30%以上50%的罚款")],
                &[("R07", Some(1))],
            ),
            (
                &[("1", "甲乙", "处10%以上30%以下罚款"), ("2", "丙丁", "处货值金额30%以上50%以下罚款")],
                &[("R05", Some(0))],
            ),
        ],
    );
}

#[test]
fn fines_and_the_band() {
    run(
        LAW,
        &[
            (
                &[("1", "甲乙", "处一万元以上五万元以下罚款"), ("2", "丙丁", "处五万元以上十二万元以下罚款")],
                &[("L01", Some(1))],
            ),
            (
                &[("1", "甲乙", "处五千元以上五万元以下罚款"), ("2", "丙丁", "处五万元以上十万元以下罚款")],
                &[("L02", Some(0))],
            ),
            (
                &[("1", "甲乙", "处一万元以上五万元以下罚款"), ("2", "丙丁", "处五万元以上八万元以下罚款")],
                &[("L03", None)],
            ),
            // What lies outside the band clashes with its neighbours too; it is told once.
            (
                &[("1", "甲乙", "处一万元以上三十万元以下罚款"), ("2", "丙丁", "处三万元以上十万元以下罚款")],
                &[("L01", Some(0))],
            ),
            (
                &[
                    ("1", "甲乙", "处一万元以上五万元以下罚款，没收工具"),
                    ("2", "丙丁", "处五万元以上十万元以下罚款，没收工具"),
                ],
                &[("L06", Some(0))],
            ),
        ],
    );
    run("《甲州市扬尘防治条例》第三十条", &[(&[("1", "甲乙", "处一万元罚款")], &[("L04", None)])]);
    // A second, higher band; a reference elsewhere; another unit; another party.
    for basis in [
        "《某法》：处一万元以上五万元以下罚款；情节严重的，处五万元以上十万元以下罚款。",
        "《某法》：处一万元以上五万元以下罚款；构成违反消防管理行为的，依照《消防法》第六十条的规定处罚。",
    ] {
        run(
            basis,
            &[(&[("1", "甲乙", "处一万元以上五万元以下罚款"), ("2", "丙丁", "处五万元以上十万元以下罚款")], &[])],
        );
    }
    let person = "《某法》：处十万元以上五十万元以下罚款，对直接负责的主管人员处一万元以上五万元以下罚款。";
    run(
        person,
        &[(
            &[("1", "甲乙", "处十万元以上五十万元以下罚款，对直接负责的主管人员处一万元以上八万元以下罚款")],
            &[("L01", Some(0))],
        )],
    );
}

#[test]
fn ladders_of_their_own() {
    let first = [("1", "甲乙", "处一万元以上五万元以下罚款"), ("2", "丙丁", "处五万元以上十万元以下罚款")];
    let late = [("1", "甲乙", "处十万元以上二十万元以下罚款"), ("2", "丙丁", "处二十万元以上三十万元以下罚款")];
    let persons = [
        ("1", "甲乙", "处五千元以上八千元以下罚款"),
        ("2", "丙丁", "处八千元以上九千元以下罚款"),
        ("3", "戊己", "处九千元以上一万元以下罚款"),
    ];
    let of_late = "逾期不改正的，处十万元以上三十万元以下罚款";
    let of_persons = "对直接负责的主管人员，处五千元以上一万元以下罚款";
    // The label quotes the band.
    let ladders = vec![ladder(&first), labelled(of_late, &late), labelled(of_persons, &persons[..2])];
    assert_eq!(told(&penalty(LAW, ladders)), [("L03", None)]);
    let ladders = vec![ladder(&first), labelled(of_late, &late), labelled(of_persons, &persons)];
    assert_eq!(told(&penalty(LAW, ladders)), [("T09", None)]);
    // Numbers that start again are told apart, in one list too.
    let one: Vec<Row<'_>> = first.iter().chain(&late).copied().collect();
    assert_eq!(
        told(&penalty(
            "《某法》：处一万元以上十万元以下罚款；逾期不改正的，处十万元以上三十万元以下罚款。",
            vec![ladder(&one)]
        )),
        []
    );
    // A band told by hand.
    let mut by_hand = penalty("《甲州市扬尘防治条例》第三十条", vec![ladder(&first)]);
    by_hand.bands.push(Band {
        trigger: String::new(),
        party: Party::Unspecified,
        text: String::new(),
        measures: read("处一万元以上八万元以下罚款").measures,
    });
    assert_eq!(told(&by_hand), [("L01", Some(1))]);
}

#[test]
fn what_a_source_may_set() {
    let one = |standard: &str| vec![ladder(&[("严重", "甲乙", standard)])];
    let code = |basis: &str, standard: &str| {
        let found = findings(&penalty(basis, one(standard)));
        found.iter().find(|finding| matches!(finding.code, Code::L05 | Code::L06)).map(|finding| finding.code.id())
    };
    let local = "《甲州市某条例》：处一万元罚款，吊销营业执照，没收违法所得，处五日拘留。";
    assert_eq!(code(local, "处一万元罚款，吊销营业执照"), Some("L05"));
    assert_eq!(code(local, "处一万元罚款，没收违法所得"), None);
    assert_eq!(code(local, "处一万元罚款，处五日拘留"), Some("L05"));
    assert_eq!(code("《甲州市某条例》：处一万元罚款，吊销许可证。", "处一万元罚款，吊销许可证"), None);
    let rule = "《甲州市某办法》：处一万元罚款，没收违法所得。";
    assert_eq!(code(rule, "处一万元罚款，没收违法所得"), Some("L05"));
    assert_eq!(code(rule, "给予警告，处一万元罚款"), Some("L06"));
    let higher = "《中华人民共和国某法》第九条、《甲州市某办法》：处一万元罚款，没收违法所得，吊销营业执照。";
    assert_eq!(code(higher, "处一万元罚款，没收违法所得，吊销营业执照"), None);
    assert_eq!(code(local, "处一万元罚款，由市场监督管理部门依法吊销营业执照"), None);
}

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

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts() -> VersionFacts {
    let step = |step, on: &str| StepRecord {
        step,
        on: day(on),
        from: (step == Step::Comment).then(|| day("2023-08-01")),
        number: String::new(),
        note: String::new(),
    };
    VersionFacts {
        today: day("2023-11-01"),
        dated: day("2023-10-20"),
        in_force_from: Some(day("2023-10-20")),
        approved_on: Some(day("2023-10-10")),
        published: Some((Some(day("2023-10-20")), "甲政规〔2023〕5号".to_owned())),
        before_register: false,
        steps: vec![
            step(Step::Evaluation, "2023-08-01"),
            step(Step::Comment, "2023-08-30"),
            step(Step::Legality, "2023-09-05"),
            step(Step::Decision, "2023-09-10"),
        ],
        shortest_comment: Some(30),
    }
}

fn codes_of(version: &VersionFacts, gate: Gate, sources: &[&Source], years: Option<u32>) -> Vec<&'static str> {
    let mut baseline = Baseline::new(Kind::Reward);
    for field in Kind::Reward.fields() {
        baseline.set_text(field.id, "内容");
    }
    baseline.conventions.valid_years = years;
    let text = text(Kind::Reward, "奖励");
    let subject = Subject { text: &text, baseline: &baseline, sources, gate, version: Some(version) };
    check(&subject).iter().map(|finding| finding.code.id()).collect()
}

/// A code, and what makes it speak.
type Spoil = (&'static str, fn(&mut VersionFacts));

#[test]
fn the_procedure_speaks_at_publication_only() {
    let spoil: [Spoil; 7] = [
        ("P01", |facts| drop(facts.steps.remove(2))),
        ("P02", |facts| facts.steps[3].on = day("2023-09-01")),
        ("P02", |facts| facts.published = Some((Some(day("2023-10-01")), "甲".to_owned()))),
        ("P03", |facts| facts.steps[1].from = Some(day("2023-08-10"))),
        ("P04", |facts| facts.published = Some((Some(day("2023-10-20")), " ".to_owned()))),
        ("P04", |facts| facts.published = Some((None, "甲".to_owned()))),
        ("", |facts| facts.shortest_comment = None),
    ];
    for (code, spoil) in spoil {
        let mut version = facts();
        assert_eq!(codes_of(&version, Gate::Publication, &[], None), Vec::<&str>::new());
        spoil(&mut version);
        let expected: Vec<&str> = Some(code).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(codes_of(&version, Gate::Publication, &[], None), expected);
        assert_eq!(codes_of(&version, Gate::Register, &[], None), Vec::<&str>::new());
        version.before_register = true;
        assert_eq!(codes_of(&version, Gate::Publication, &[], None), Vec::<&str>::new());
    }
}

#[test]
fn sources_change_and_terms_run_out() {
    let source = |amended: Option<&str>, status| Source {
        id: SourceId(1),
        title: "某条例".to_owned(),
        rank: Some(Rank::CityRegulation),
        issuer: String::new(),
        number: String::new(),
        promulgated: None,
        effective: None,
        amended: amended.map(day),
        status,
    };
    for (source, told) in [
        (source(None, SourceStatus::InForce), false),
        (source(Some("2023-09-01"), SourceStatus::Amended), false),
        (source(Some("2023-10-30"), SourceStatus::Amended), true),
        // An amendment that is still to come has its own warning when it comes.
        (source(Some("2024-01-01"), SourceStatus::Amended), false),
        (source(None, SourceStatus::Repealed), true),
    ] {
        let codes = codes_of(&facts(), Gate::Register, &[&source], None);
        assert_eq!(codes == ["L07"], told, "{source:?}");
        assert_eq!(codes_of(&facts(), Gate::File, &[&source], None), Vec::<&str>::new());
    }
    for (from, years, told) in
        [("2023-10-20", 3, false), ("2021-02-01", 3, false), ("2021-01-30", 3, true), ("2018-01-01", 5, true)]
    {
        let version = VersionFacts { in_force_from: Some(day(from)), ..facts() };
        assert_eq!(codes_of(&version, Gate::Register, &[], Some(years)) == ["V01"], told, "{from}");
    }
}

#[test]
fn every_message_names_its_place_in_both_languages() {
    use cailiang::domain::label::Lang;
    let baseline = penalty(
        LAW,
        vec![ladder(&[("较轻", "甲乙", "处一万元以上三万元以下罚款"), ("严重", "丙丁", "处五万元以上十万元以下罚款")])],
    );
    let found = findings(&baseline);
    let gap = found.iter().find(|finding| finding.code == Code::T01).unwrap();
    assert_eq!(
        gap.message(&baseline, Lang::Zh),
        "阶次“严重”：与阶次“较轻”之间有空档：3万元到5万元之间没有阶次可用；请使两个阶次首尾相接。"
    );
    assert_eq!(
        gap.message(&baseline, Lang::En),
        "Tier \"严重\": There is a gap towards tier \"较轻\": nothing covers 30,000 yuan to 50,000 yuan; let the two tiers meet."
    );
    for code in Code::ALL {
        let empty = Finding::of_item(*code).message(&baseline, Lang::En);
        assert!(!empty.contains(['{', '}']), "{empty}");
    }
}
