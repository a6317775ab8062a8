//! The checks of tiers, amounts and bands: an example that has the defect and one that is mended. What tests of checks
//! share.

use cailiang::checks::{Code, Finding, Gate, Subject, check};
use cailiang::domain::baseline::{Band, Baseline, Ladder, Tier};
use cailiang::domain::item::ItemText;
use cailiang::domain::kind::Kind;
use cailiang::domain::label::Term;
use cailiang::domain::measure::Party;
use cailiang::reading::read;

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

pub fn text(kind: Kind, title: &str) -> ItemText {
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

pub const LAW: &str = "《甲州市扬尘防治条例》第三十条：处一万元以上十万元以下罚款。";

/// Tiers of one ladder under [`LAW`], and what is told of them.
type Case<'a> = (&'a [Row<'a>], &'a [(&'a str, Option<usize>)]);

pub fn run(basis: &str, cases: &[Case<'_>]) {
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
