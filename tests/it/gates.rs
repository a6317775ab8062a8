//! The gates: what the checks keep from passing, findings answered in words, severities and settings of a register.

use cailiang::domain::baseline::{Baseline, Tier};
use cailiang::domain::ids::ItemId;
use cailiang::service::{CheckCode, Live, Register, Which};
use serde_json::{Value, json};

use super::cli::Place;
use super::filled::fresh;
use super::tui_desk::form;

/// A draft with a warning of each sort: of the whole item, of one tier.
const TIERS: &[(&str, &str, &str)] = &[
    ("轻微", "首次违法，及时改正", "不予处罚"),
    ("一般", "拒不改正", "处二百元以上三百元以下罚款"),
    ("严重", "造成他人受伤", "处三百以上五百元以下罚款"),
];

fn draft(tiers: &[(&str, &str, &str)]) -> String {
    let tiers: Vec<Value> = tiers
        .iter()
        .map(|(label, condition, standard)| {
            let conditions: Vec<&str> = Some(*condition).into_iter().filter(|words| !words.is_empty()).collect();
            json!({ "label": label, "conditions": conditions, "standard": standard })
        })
        .collect();
    json!({
        "kind": "penalty",
        "fields": {
            "violation": "携犬外出不使用犬绳", "basis": "《云泽市养犬管理条例》第二十条",
            "band": "处二百元以上五百元以下罚款",
        },
        "ladders": [{ "tiers": tiers }],
    })
    .to_string()
}

/// A register with one drafted item, `A`.
fn drafted(tiers: &[(&str, &str, &str)]) -> Place {
    let place = Place::with_register();
    place.write("a.json", draft(tiers));
    place.on("2023-08-15", &["agency add 云泽市城管局", "item add 犬绳 --agency 城管局 --code A", "item verify A"]);
    place.on("2023-08-16", &["baseline edit A a.json"]);
    place
}

/// Code and answer of what is no note.
fn told(place: &Place) -> Vec<(String, Option<String>)> {
    let report = place.run("check --format json").json();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] != "note");
    let words = |value: &Value| value.as_str().map(str::to_owned);
    findings.map(|finding| (words(&finding["code"]).unwrap(), words(&finding["answer"]))).collect()
}

#[test]
fn a_draft_is_submitted_without_errors_and_with_its_warnings_answered() {
    let place = drafted(TIERS);
    let ready = place.run("--today 2023-08-17 baseline ready A").done();
    ready.says("报送前：有 3 条警告没有说明（E06、E07、R03）。").says("警告[R03]：阶次“严重”：");
    let refused = place.run("--today 2023-08-17 baseline submit A").ended(1);
    refused.says("有 3 条警告没有说明（E06、E07、R03）。").says("cailiang check answer");
    let error = place.run("--today 2023-08-17 baseline submit A --format json").ended(1).error()["error"].clone();
    assert_eq!(error["kind"], "refused");
    let places: Vec<_> = error["findings"].as_array().unwrap().iter().map(|one| (&one["code"], &one["tier"])).collect();
    assert_eq!(places, [(&json!("E06"), &Value::Null), (&json!("E07"), &Value::Null), (&json!("R03"), &json!("严重"))]);
    place.on(
        "2023-08-17",
        &[
            "check answer A E06 --text 不分较轻较重",
            "check answer A E07 --text 不分三档",
            "check answer A R03 --text 原文如此",
        ],
    );
    place.run("check").done().says("已说明：原文如此").says("警告 3（已说明 3）");
    place.run("check --strict").done();
    place.run("--today 2023-08-18 baseline submit A --dry-run").done();
    place.on("2023-08-18", &["baseline submit A"]);
    place.run("--today 2023-08-18 check withdraw A E06").ended(1).says("不能说明检查发现").says("已报送");
    let history = place.run("show A").done();
    history.says("说明检查发现");
    place.run("doctor").done();
}

#[test]
fn several_items_have_one_result_each() {
    let place = drafted(TIERS);
    // One amount in the law: there is no range to divide.
    let plain = draft(&[("", "", "处三百元罚款")]).replace("处二百元以上五百元以下罚款", "处三百元罚款");
    place.write("b.json", plain);
    place.on("2023-08-15", &["item add 遗弃犬只 --agency 城管局 --code B", "item verify B", "baseline edit B b.json"]);
    for line in
        ["--today 2023-08-17 baseline submit A B --dry-run", "--today 2023-08-17 baseline submit --where 阶段:起草中"]
    {
        let rows = place.run(&format!("{line} --format json")).ended(1).json();
        let told: Vec<_> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (&row["code"], &row["done"], row["findings"].is_null()))
            .collect();
        assert_eq!(told, [(&json!("A"), &json!(false), false), (&json!("B"), &json!(true), true)], "{line}");
    }
    let again = place.run("--today 2023-08-17 baseline ready A --format json").done().json();
    assert_eq!((again[0]["done"].clone(), again[0]["findings"].as_array().unwrap().len()), (json!(true), 3));
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_next_step_in_both_languages() {
    let tiers =
        [TIERS, &[("特别严重", "", "处五百元罚款"), ("5", "造成多人受伤", "处四百以上五百元以下罚款")]].concat();
    let place = drafted(&tiers);
    for (line, zh, en) in [
        ("E04 --text 无", "E04 是错误，不能用说明代替改正。请改正内容", "E04 is an error"),
        ("T02 --text 无", "没有 T02 这条发现", "no finding T02"),
        ("E06 --tier 2 --text 无", "E06 不在那一处。它在：整个事项", "It stands at: the whole item"),
        (
            "R03 --tier 轻微 --text 无",
            "R03 不在那一处。它在：第1序列阶次“严重”、第1序列阶次“5”",
            "ladder 1, tier \"严重\"",
        ),
        ("R03 --text 无", "R03 有 2 处，没有写明是哪一处。请用 --ladder、--tier", "R03 stands at 2 places"),
        ("Z9 --text 无", "没有「Z9」这项检查", "no check \"Z9\""),
    ] {
        let code = if line.starts_with('Z') { 2 } else { 1 };
        place.run(&format!("--today 2023-08-17 check answer A {line}")).ended(code).says(zh);
        place.run(&format!("--lang en --today 2023-08-17 check answer A {line}")).ended(code).says(en);
    }
    place
        .run_words(&["--today", "2023-08-17", "check", "answer", "A", "E06", "--text", "  "])
        .ended(1)
        .says("不能为空");
    place.run("--today 2023-08-17 check withdraw A E06").ended(1).says("还没有说明");
    place.run("--today 2023-08-17 check answer E06 --text 无").ended(2).says("没有写明哪些事项");
    let note = drafted(&[("", "", "处二百元以上三百元以下以下罚款")]);
    note.run("--today 2023-08-17 check answer A R06 --text 无").ended(1).says("R06 只是提示，不需要说明");
    // A tier is told by its label or its number, all of them at once, or every item of a filter.
    place.run("--today 2023-08-17 check answer A R03 --tier 3 --text 三").done();
    place.run("--today 2023-08-17 check answer --where code=A R03 --tier 5 --ladder 1 --text 五 --dry-run").done();
    let answers = |place: &Place| told(place).into_iter().filter(|(code, _)| code == "R03").map(|(_, answer)| answer);
    assert_eq!(answers(&place).collect::<Vec<_>>(), [Some("三".to_owned()), None]);
    place.run("--today 2023-08-17 check answer --where code=A R03 --all --text 都").done();
    assert_eq!(answers(&place).collect::<Vec<_>>(), [Some("都".to_owned()), Some("都".to_owned())]);
    place.run("--today 2023-08-17 check withdraw A R03 --tier 5").done();
    assert_eq!(answers(&place).collect::<Vec<_>>(), [Some("都".to_owned()), None]);
}

/// An item in the hands of the service, its warnings answered.
fn answered(register: &mut Register) -> (ItemId, Baseline) {
    register
        .add_agency(&cailiang::service::NewAgency { name: "云泽市城管局".to_owned(), ..Default::default() })
        .unwrap();
    let form = form("城管局", "A", "犬绳");
    let item = register.add_item(&form).unwrap();
    register.verify_item(item, None).unwrap();
    let baseline: Baseline = serde_json::from_str(&draft(TIERS)).unwrap();
    register.edit_baseline(item, &baseline, None).unwrap();
    for code in [CheckCode::E06, CheckCode::E07, CheckCode::R03] {
        register.answer_findings(item, &Which::every(code), "原因").unwrap();
    }
    (item, baseline)
}

fn codes(findings: &[Live]) -> Vec<&'static str> {
    use cailiang::i18n::Term;
    findings.iter().filter(|finding| finding.answer.is_some()).map(|finding| finding.code.id()).collect()
}

/// An edit, and whose answers outlive it.
type Edit = (&'static str, fn(&mut Baseline), &'static [&'static str]);

const EDITS: &[Edit] = &[
    ("nothing", |_| {}, &["E06", "E07", "R03"]),
    ("remarks", |of| of.remarks.push_str("另行解释"), &["E06", "E07", "R03"]),
    ("the violation", |of| of.set_text("violation", "遛犬不牵绳"), &["E06", "E07", "R03"]),
    ("look-back", |of| of.conventions.look_back_months = Some(24), &["E06", "E07", "R03"]),
    ("another tier's condition", |of| of.ladders[0].tiers[1].conditions[0].push('！'), &["E06", "E07", "R03"]),
    ("another tier's standard", |of| of.ladders[0].tiers[1].standard.push('。'), &["E06", "E07", "R03"]),
    ("the tier's remarks", |of| of.ladders[0].tiers[2].remarks.push('注'), &["E06", "E07", "R03"]),
    ("the tier's condition", |of| of.ladders[0].tiers[2].conditions[0].push('的'), &["E06", "E07"]),
    ("one condition more", |of| of.ladders[0].tiers[2].conditions.push("两次以上".to_owned()), &["E06", "E07"]),
    ("the tier's standard", |of| of.ladders[0].tiers[2].standard.push('。'), &["E06", "E07"]),
    ("the standard mended", |of| "处五百元罚款".clone_into(&mut of.ladders[0].tiers[2].standard), &["E06", "E07"]),
    ("the words of the law", |of| of.set_text("basis", "《云泽市养犬管理条例》第二十一条"), &["R03"]),
    ("a label", |of| "二".clone_into(&mut of.ladders[0].tiers[1].label), &["R03"]),
    ("a grade", |of| of.ladders[0].tiers[1].grade = Some(cailiang::domain::baseline::Grade::Ordinary), &["R03"]),
    (
        "a tier in front",
        |of| of.ladders[0].tiers.insert(0, Tier { label: "较轻".to_owned(), ..Tier::default() }),
        &["R03"],
    ),
    ("tiers in another order", |of| of.ladders[0].tiers.swap(1, 2), &["R03"]),
    ("the tier dropped", |of| drop(of.ladders[0].tiers.pop()), &[]),
    ("the ladder dropped", |of| of.ladders.clear(), &[]),
];

#[test]
fn an_answer_stands_while_the_words_that_it_was_about_stand() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = fresh(&folder.path().join("a.db"));
    let (item, baseline) = answered(&mut register);
    let text = register.item(item).unwrap().text;
    for (name, edit, expected) in EDITS {
        let mut edited = baseline.clone();
        edit(&mut edited);
        let in_hand = register.checker(item).unwrap().check(&text, &edited);
        assert_eq!(codes(&in_hand), *expected, "{name}, unsaved");
        register.edit_baseline(item, &edited, None).unwrap();
        let saved = register.findings_of(item).unwrap();
        assert_eq!(in_hand, saved, "{name}");
        // The words come back, and the answers with them.
        register.edit_baseline(item, &baseline, None).unwrap();
        assert_eq!(codes(&register.findings_of(item).unwrap()), ["E06", "E07", "R03"], "{name}, undone");
    }
}

#[test]
fn an_open_draft_is_not_disturbed_by_an_answer_and_the_trail_tells_old_and_new() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = fresh(&folder.path().join("a.db"));
    let (item, baseline) = answered(&mut register);
    let seen = register.show_item(item).unwrap().state.revision;
    register.answer_findings(item, &Which::every(CheckCode::E06), "另有原因").unwrap();
    // The same once more is no write.
    register.answer_findings(item, &Which::every(CheckCode::E06), " 另有原因 ").unwrap();
    let this = register.findings_of(item).unwrap().into_iter().find(|finding| finding.code == CheckCode::R03).unwrap();
    register.withdraw_answers(item, &Which::exactly(&this)).unwrap();
    let edited = Baseline { remarks: "注".to_owned(), ..baseline };
    register.edit_baseline(item, &edited, Some(seen)).unwrap();
    let trail = register.show_item(item).unwrap().trail;
    let told: Vec<_> = trail
        .iter()
        .filter(|entry| entry.verb.starts_with("finding."))
        .map(|entry| {
            let detail: Value = serde_json::from_str(&entry.detail).unwrap();
            let finding = &detail["findings"][0];
            (entry.verb.clone(), detail["code"].clone(), finding["old"].clone(), finding["new"].clone())
        })
        .skip(3)
        .collect();
    let entry = |verb: &str, code, old, new| (verb.to_owned(), json!(code), json!(old), json!(new));
    assert_eq!(
        told,
        [
            entry("finding.answer", "E06", Some("原因"), Some("另有原因")),
            entry("finding.withdraw", "R03", Some("原因"), None),
        ]
    );
}

#[test]
fn a_new_version_keeps_the_answers_of_the_last() {
    let place = drafted(TIERS);
    let answer = "check answer A E06 --text 甲";
    place.on(
        "2023-08-17",
        &[
            answer,
            "check answer A E07 --text 乙",
            "check answer A R03 --text 丙",
            "baseline submit A",
            "baseline accept A",
        ],
    );
    place.on(
        "2023-08-18",
        &[
            "baseline approve A --number 1",
            "step record A evaluation",
            "step record A comment --from 2023-08-01 --to 2023-08-10",
        ],
    );
    place.on("2023-08-18", &["step record A legality", "step record A decision", "batch new 批 A"]);
    let refused = place.run("--today 2023-08-18 batch publish 批 --number 2").ended(1);
    refused.says("P02 程序顺序不对");
    place.on("2023-08-18", &["step record A evaluation --date 2023-08-10"]);
    // The shortest comment is asked for once the register sets it.
    place.on("2023-08-18", &["setting set shortest_comment 30天 --reason 甲办法第三条"]);
    place.run("--today 2023-08-18 batch publish 批 --number 2").ended(1).says("P03 征求意见10日，短于规定的30日");
    place.on("2023-08-18", &["setting set shortest_comment 10 --reason 甲办法第四条", "batch publish 批 --number 2"]);
    place.run("check --where code=A").done().says("警告 3（已说明 3）");
    place.on("2023-08-18", &["setting set shortest_comment 20 --reason 甲办法第五条"]);
    place.run("check --where code=A").ended(1).says("错误[P03]");
    place.on("2023-08-18", &["setting clear shortest_comment"]);
    place.on("2023-09-01", &["baseline revise A", "baseline submit A"]);
    assert_eq!(told(&place).len(), 3);
}

#[test]
fn severities_are_lowered_with_a_reason_and_told_wherever_they_count() {
    let place = drafted(TIERS);
    for (line, code, zh, en) in [
        ("E07 note", 1, "要写明出处或者理由", "takes its source or reason"),
        ("E07 error --reason 严", 1, "E07 本来是警告，级别只能调低", "only ever lowered"),
        ("P01 note --reason 省事", 1, "登记库不能放宽", "cannot do without it"),
        ("E07 轻 --reason 严", 2, "没有「轻」这个级别", "no severity"),
        ("E99 note --reason 严", 2, "没有「E99」这项检查", "no check"),
    ] {
        place.run(&format!("--today 2023-08-17 check severity {line}")).ended(code).says(zh);
        place.run(&format!("--lang en --today 2023-08-17 check severity {line}")).ended(code).says(en);
    }
    place.on("2023-08-17", &["check severity E07 note --reason 本市不分三档"]);
    place.run("explain E07").done().says("本登记库调低为提示：本市不分三档");
    assert_eq!(place.run("explain E07 --format json").json()["lowered"]["severity"], "note");
    place.run("check --notes").done().says("本登记库由警告调低：本市不分三档");
    let sarif = place.run("check --format sarif").done().json();
    let told = &sarif["runs"][0]["invocations"][0]["ruleConfigurationOverrides"][0];
    assert_eq!((&told["descriptor"]["id"], &told["configuration"]["level"]), (&json!("E07"), &json!("note")));
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.iter().find(|result| result["ruleId"] == "E07").unwrap()["level"], "note");
    place.run("--today 2023-08-17 baseline submit A").ended(1).says("有 2 条警告没有说明（E06、R03）");
    let line = place.run("check severity --format csv").done().out;
    assert!(line.lines().any(|line| line.starts_with("E07,note,warning,") && line.ends_with("本市不分三档")), "{line}");
    place.run("setting list").done().says("check.E07");
    // A file is checked by the built-in severities, wherever it lies.
    let files = drafted(&[]);
    files.write("表.csv", "违法行为,裁量阶次,适用条件,裁量标准\n甲,一般,拒不改正,处三百以上五百元以下罚款\n");
    files.on("2023-08-17", &["check severity R03 note --reason 试"]);
    assert!(files.run("check 表.csv").out.contains("警告[R03]"));
    // Raised back, by its own level.
    place.on("2023-08-18", &["check severity E07 warning"]);
    place.run("--today 2023-08-18 baseline submit A").ended(1).says("E06、E07、R03");
}

#[test]
fn an_error_that_was_lowered_is_answered_and_no_answer_outlives_its_being_raised_back() {
    let place =
        drafted(&[("一般", "拒不改正", "处二百元以上三百元以下罚款"), ("严重", "", "处三百元以上五百元以下罚款")]);
    place.on("2023-08-17", &["check severity E04 warning --reason 过渡期"]);
    let line = "--today 2023-08-17 baseline submit A";
    place.run(line).ended(1).says("警告[E04]：").says("（本登记库调低：过渡期）");
    place.run(&format!("{line} --lang en")).ended(1).says("(lowered in this register: 过渡期)");
    place.on(
        "2023-08-17",
        &[
            "check answer A E04 --text 随后补充",
            "check answer A E06 --text 无",
            "check answer A E07 --text 无",
            "baseline submit A --dry-run",
            "check severity E04 error",
        ],
    );
    place
        .run("--today 2023-08-17 baseline submit A")
        .ended(1)
        .says("有 1 处错误没有改（E04）。")
        .says("请改正后再报送");
    place.run("--lang en --today 2023-08-17 baseline submit A").ended(1).says("Errors stand: 1 (E04).");
}

#[test]
fn settings_are_typed_and_known_by_name() {
    let place = Place::with_register();
    for (line, code, says) in [
        ("set comment 30 --reason 甲", 2, "可以设置：shortest_comment"),
        ("set shortest_comment 很久 --reason 甲", 2, "不是天数"),
        ("set shortest_comment 0 --reason 甲", 2, "1 到 366"),
        ("clear 别的", 2, "没有「别的」这项设置"),
        ("clear shortest_comment", 0, "已恢复默认"),
        ("set shortest_comment 30日 --reason 甲办法", 0, "已设置"),
        ("set check.E07 note --reason 甲办法", 0, "已设置"),
    ] {
        place.run(&format!("--today 2023-08-17 setting {line}")).ended(code).says(says);
    }
    let rows = place.run("setting list --format json").done().json();
    let told: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (&row["key"], &row["value"], &row["reason"])).collect();
    assert_eq!(
        told,
        [
            (&json!("shortest_comment"), &json!("30"), &json!("甲办法")),
            (&json!("check.E07"), &json!("note"), &json!("甲办法"))
        ]
    );
    place.run("--today 2023-08-17 setting set shortest_comment 30 --reason  甲办法").done();
    place.run("doctor").done();
}
