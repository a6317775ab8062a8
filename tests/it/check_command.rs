//! `check`, `read` and `explain` as programs and people meet them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cailiang"));
    command.args(arguments).current_dir(fixture("")).env_remove("CAILIANG_LANG").env_remove("CAILIANG_DB");
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&out(output)).unwrap()
}

/// Code, item, ladder, tier, row.
type Told<'a> = (&'a str, &'a str, Option<u64>, Option<&'a str>, u64);

/// What the table of defects holds, beside the notes and the circumstances.
const DEFECTS: &[Told<'_>] = &[
    ("R04", "A1", Some(1), Some("2"), 4),
    ("R02", "A2", Some(1), Some("2"), 7),
    ("R03", "A3", Some(1), Some("2"), 10),
    ("R07", "A4", Some(1), Some("2"), 12),
    ("T02", "A5", Some(1), Some("2"), 15),
    ("T01", "A6", Some(1), Some("3"), 19),
    ("T03", "A7", Some(1), Some("2"), 21),
    ("T10", "A8", Some(1), Some("2"), 24),
    ("L03", "A12", Some(1), None, 36),
    ("L05", "A12", Some(1), Some("情节严重"), 36),
    ("R06", "A13", Some(1), Some("较轻"), 37),
    ("L01", "A13", Some(1), Some("严重"), 38),
    ("T08", "A14", Some(1), Some("2"), 41),
    ("L06", "A14", Some(1), Some("2"), 41),
];

#[test]
fn a_table_of_real_defects_is_told_row_by_row() {
    let output = run(&["check", "defects.csv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output);
    assert_eq!((report["items"].as_u64(), report["tiers"].as_u64()), (Some(14), Some(40)));
    let findings = report["findings"].as_array().unwrap();
    let found: Vec<_> = findings
        .iter()
        .filter(|finding| !["T07", "E06", "E07"].contains(&finding["code"].as_str().unwrap()))
        .map(|finding| {
            assert_eq!((finding["file"].as_str(), finding["sheet"].as_str()), (Some("defects.csv"), Some("defects")));
            (
                finding["code"].as_str().unwrap(),
                finding["item"].as_str().unwrap(),
                finding["ladder"].as_u64(),
                finding["tier"].as_str(),
                finding["row"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, DEFECTS);
    let keys: Vec<&str> = findings[0].as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "code", "severity", "item", "ladder", "tier", "field", "span", "file", "sheet", "row", "message", "clause",
        "answer", "lowered",
    ];
    expected.sort_unstable();
    let mut keys = keys;
    keys.sort_unstable();
    assert_eq!(keys, expected);
}

#[test]
fn the_exit_code_tells_errors_warnings_and_what_could_not_be_read() {
    let cases: &[(&[&str], i32)] = &[
        (&["check", "clean.csv"], 0),
        (&["check", "clean.csv", "--strict"], 0),
        (&["check", "warnings.csv"], 0),
        (&["check", "warnings.csv", "--strict"], 1),
        (&["check", "clean.csv", "defects.csv"], 1),
        (&["check", "."], 1),
        (&["check", "no-such-file.csv"], 2),
        (&["check", "clean.csv", "no-such-file.csv"], 2),
        (&["check", "clean.csv", "--baseline-file", "clean.csv"], 2),
        (&["check", "--db", "no-such-register.db"], 2),
        (&["list", "--format", "sarif"], 2),
        (&["explain", "T02"], 0),
        (&["explain", "X99"], 2),
    ];
    for (arguments, code) in cases {
        let output = run(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}\n{}{told}", out(&output));
        assert_eq!(told.is_empty(), *code != 2, "{arguments:?} {told}");
    }
    // What could be read is told all the same.
    let output = run(&["check", "warnings.csv", "no-such-file.csv", "--format", "json"]);
    assert!(!json(&output)["findings"].as_array().unwrap().is_empty());
}

#[test]
fn known_findings_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let known = folder.path().join("known.json");
    std::fs::write(&known, run(&["check", "defects.csv", "--format", "json"]).stdout).unwrap();
    let known = known.to_str().unwrap();
    let output = run(&["check", "defects.csv", "--baseline-file", known, "--format", "json", "--strict"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json(&output)["findings"].as_array().unwrap().len(), 0);
    // A new defect fails, and it alone is told; rows may have moved.
    let text = std::fs::read_to_string(fixture("defects.csv")).unwrap();
    let changed = text.replacen("序号,", "又一行标题,,,,,,\n序号,", 1).replacen("处八万元以上十万元", "", 1).replacen(
        "处二万元以上六万元以下罚款,\n,,,2,二次的,处五万元",
        "处二万元以上六万元以下罚款,\n,,,2,二次的,处五十万元",
        1,
    );
    std::fs::write(folder.path().join("defects.csv"), changed).unwrap();
    let output = command(&["check", "defects.csv", "--baseline-file", known, "--format", "json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output);
    let codes: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["T03"]);
}

#[test]
fn text_shows_the_words_underlined() {
    let shown = out(&run(&["check", "defects.csv"]));
    let expected = "\
错误[T02]: 阶次“2”：幅度5万元至10万元与阶次“1”的2万元至6万元重叠；请使两个阶次首尾相接、互不交叉。
  --> defects.csv：defects 第 15 行，事项 A5
   |
15 | 处五万元以上十万元以下罚款
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^
   = 依据 实施意见一（一）1 行政处罚；说明见 cailiang explain T02
";
    assert!(shown.contains(expected), "{shown}");
    assert!(!shown.contains("提示[T07]") && shown.contains("检查了 14 个事项、40 个阶次"), "{shown}");
    assert!(out(&run(&["check", "defects.csv", "--notes"])).contains("提示[T07]"));
    let english = out(&run(&["check", "defects.csv", "--lang", "en"]));
    assert!(
        english.contains("error[R02]: Tier \"2\": “七万元以下九万元以下” has two upper or two lower words"),
        "{english}"
    );
    // A message names its place and ends as a sentence.
    for line in english.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning[")) {
        assert!(line.ends_with('.'), "{line}");
    }
}

#[test]
fn sarif_and_csv_carry_the_same_findings() {
    let count = json(&run(&["check", "defects.csv", "--format", "json"]))["findings"].as_array().unwrap().len();
    let sarif = json(&run(&["check", "defects.csv", "--format", "sarif"]));
    assert_eq!(sarif["version"], "2.1.0");
    let driver = &sarif["runs"][0]["tool"]["driver"];
    let rules = driver["rules"].as_array().unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), count);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "defects.csv");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 2);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
    }
    let csv = out(&run(&["check", "defects.csv", "--format", "csv"]));
    assert!(
        csv.starts_with("code,severity,item,ladder,tier,field,span,file,sheet,row,message,clause,answer,lowered\n")
    );
    assert_eq!(csv.lines().count(), count + 1);
    assert_eq!(out(&run(&["check", "defects.csv", "--format", "jsonl"])).lines().count(), count);
}

#[test]
fn every_code_and_refusal_is_explained_in_both_languages() {
    use cailiang::checks::{Code, checks};
    use cailiang::domain::label::Term;
    assert_eq!(checks().count(), Code::ALL.len());
    for check in checks() {
        let code = check.code.id();
        let (zh, en) = (out(&run(&["explain", code])), out(&run(&["explain", code, "--lang", "en"])));
        for shown in [&zh, &en] {
            assert!(
                shown.contains(check.wrong) && shown.contains(check.right) && shown.contains(check.clause),
                "{shown}"
            );
        }
        assert!(zh.contains(check.explanation.zh) && en.contains(check.explanation.en));
        assert!(zh.contains(check.basis().zh) && en.contains(check.basis().en));
    }
    for topic in ["refused", "usage", "right", "busy", "internal", "submit", "publish", "报送"] {
        let (zh, en) = (run(&["explain", topic]), run(&["explain", topic, "--lang", "en"]));
        assert!(zh.status.success() && out(&zh) != out(&en), "{topic}");
    }
    assert_eq!(out(&run(&["explain", "--format", "jsonl"])).lines().count(), Code::ALL.len());
}

fn read(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = command(&[&["read"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn read_gives_one_object_a_line() {
    let input = "\u{feff}处五万元罚款\r\n\n处七万元以下九万元以下罚款".as_bytes();
    let output = read(input, &["--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0));
    let printed = out(&output);
    let lines: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["处五万元罚款", "", "处七万元以下九万元以下罚款"]);
    assert_eq!(lines[0]["measures"][0]["amount"]["low"], "50000");
    assert_eq!(lines[2]["problems"][0]["code"], "R02");
    assert_eq!(read(b"", &["--format", "jsonl"]).stdout, b"");
    let arguments = run(&["read", "处五万元罚款", "警告", "--format", "jsonl"]);
    assert_eq!(out(&arguments).lines().count(), 2);
    let array: Value = serde_json::from_slice(&read(input, &["--format", "json"]).stdout).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 3);
}

#[test]
fn read_refuses_what_is_no_text() {
    let output = read(b"\xe5\xa4\x84\n\xff\xfe\n", &["--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("第 2 行"));
}

#[test]
fn read_for_people_underlines_the_words() {
    let shown = out(&run(&["read", "给予警告，并处五万元罚款", "--format", "text"]));
    assert_eq!(
        shown,
        "给予警告，并处五万元罚款\n\
         \u{20}   ^^^^ 警告\n\
         \u{20}         ^^^^^^^^^^^^^^ 罚款：5万元\n\n"
    );
    assert!(out(&run(&["read", "没有处罚"])).contains("没有读到处罚措施"));
}

#[test]
fn the_table_of_the_readme_is_that_of_the_registry() {
    use cailiang::checks::checks;
    use cailiang::domain::label::{Lang, Term};
    let row = |check: &cailiang::checks::Check| {
        let (code, severity) = (check.code.id(), check.severity.id());
        format!("| {code} | {severity} | {} |\n", check.code.label().say(Lang::En))
    };
    let table: String = checks().map(row).collect();
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let expected = format!("| code | severity | finds |\n|---|---|---|\n{table}");
    assert!(readme.contains(&expected), "the README's table should be\n{expected}");
}
