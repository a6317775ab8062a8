//! The contract of a reading, and the reader on the published tables.

use std::fs;
use std::path::PathBuf;

use cailiang::domain::baseline::Conventions;
use cailiang::domain::label::Lang;
use cailiang::domain::measure::{Measure, MeasureKind};
use cailiang::reading::{Code, read, read_by};
use calamine::{Data, Reader, open_workbook_auto};
use serde_json::json;

/// The folder of the published tables, where it is present.
fn published() -> Option<PathBuf> {
    let named = std::env::var_os("CAILIANG_REAL").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/real");
    let found = named.into_iter().chain([beside]).find(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: the published tables are not here");
    }
    found
}

/// Sheet, row and words of each standard of a workbook.
fn standards(path: PathBuf) -> Vec<(String, u32, String)> {
    let mut workbook = open_workbook_auto(path).unwrap();
    let mut found = Vec::new();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).unwrap();
        let text = |row: u32, column: u32| match range.get_value((row, column)) {
            Some(Data::String(text)) => text.clone(),
            _ => String::new(),
        };
        let column = (0..8).find(|column| text(1, *column).contains("标准")).unwrap();
        let last = range.end().map_or(0, |(row, _)| row);
        for row in 2..=last {
            let words = text(row, column);
            if !words.trim().is_empty() {
                found.push((sheet.clone(), row + 1, words));
            }
        }
    }
    found
}

#[test]
fn the_standards_of_two_workbooks_hold_just_the_known_defects() {
    let Some(folder) = published() else { return };
    let known = [
        ("水污染防治法", 75, Code::R06),
        ("水污染防治法", 141, Code::R03),
        ("水污染防治法", 148, Code::R07),
        ("水污染防治法", 149, Code::R07),
        ("噪声污染防治法", 20, Code::R03),
        ("建管条例", 20, Code::R04),
        ("建管条例", 21, Code::R04),
        ("建管条例", 26, Code::R03),
    ];
    let mut problems = Vec::new();
    let mut count = 0;
    for file in ["jiangmen-environment.xls", "jiangmen-environment-2.xlsx"] {
        for (sheet, row, words) in standards(folder.join(file)) {
            count += 1;
            let reading = read(&words);
            assert!(!reading.measures.is_empty(), "{sheet} {row}: {words}");
            let fines = reading.measures.iter().filter(|measure| measure.kind == MeasureKind::Fine).count();
            assert_eq!(fines, words.matches("罚款").count(), "{sheet} {row}: {words}");
            problems.extend(reading.problems.iter().map(|problem| (sheet.clone(), row, problem.code)));
        }
    }
    assert_eq!(count, 208);
    let known: Vec<_> = known.map(|(sheet, row, code)| (sheet.to_owned(), row, code)).into();
    assert_eq!(problems, known);
}

#[test]
fn every_word_of_a_fine_in_the_statutes_is_read() {
    let Some(folder) = published() else { return };
    let text = fs::read_to_string(folder.join("statute-penalty-forms.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut clauses = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let clause = &row[2];
        let reading = read(clause);
        assert!(reading.problems.is_empty(), "{clause}");
        let fines = reading.measures.iter().filter(|measure| measure.kind == MeasureKind::Fine).count();
        // An announcement (以下罚款), a remark on the tariff and two amounts before one word make the difference.
        let words = clause.matches("罚款").count()
            - clause.matches("并处以下罚款：").count()
            - clause.matches("罚款总额").count()
            - clause.matches("罚款的标准").count();
        let shared = clause.matches("元或者每").count() + clause.matches("元、袋装").count();
        assert_eq!(fines, words + shared, "{clause}");
        clauses += 1;
    }
    assert_eq!(clauses, 120);
}

/// A reading as the contract's JSON object.
fn json(text: &str) -> serde_json::Value {
    serde_json::to_value(read(text).report(text, Lang::En)).unwrap()
}

#[test]
fn a_reading_has_the_shape_of_the_contract() {
    let text = "逾期不改正的，处二十万元以上四十万元以下罚款，对直接负责的主管人员处一万元罚款";
    let amount = |low: &str, high: &str| {
        json!({"unit": "yuan", "low": low, "high": high, "low_inclusive": true, "high_inclusive": true,
               "base": null, "per": [], "cap": null, "floor": null})
    };
    let trigger = json!({"text": "逾期不改正的", "span": [0, 6]});
    assert_eq!(
        json(text),
        json!({"text": text, "problems": [], "measures": [
            {"kind": "fine", "party": "unspecified", "force": "must", "trigger": trigger, "span": [7, 22], "amount": amount("200000", "400000")},
            {"kind": "fine", "party": "person_in_charge", "force": "must", "trigger": trigger, "span": [23, 39], "amount": amount("10000", "10000")},
        ]})
    );
}

#[test]
fn each_kind_carries_its_own_keys() {
    let measure = |text: &str| json(text)["measures"][0].clone();
    let plain = |kind: &str, span: [usize; 2]| json!({"kind": kind, "party": "unspecified", "force": "must", "trigger": null, "span": span});
    let with = |mut measure: serde_json::Value, key: &str, value: serde_json::Value| {
        measure[key] = value;
        measure
    };
    assert_eq!(measure("给予警告"), plain("warning", [2, 4]));
    assert_eq!(measure("处以罚款"), with(plain("fine", [0, 4]), "amount", json!(null)));
    let daily = with(plain("fine", [0, 6]), "amount", json!(null));
    assert_eq!(measure("按日连续处罚"), with(daily, "daily_continuous", json!(true)));
    assert_eq!(
        measure("处十日以上十五日以下拘留"),
        with(plain("detention", [0, 12]), "days", json!({"low": 10, "high": 15}))
    );
    assert_eq!(measure("吊销营业执照"), with(plain("revoke_licence", [0, 6]), "object", json!("营业执照")));
    assert_eq!(measure("降低资质等级"), with(plain("downgrade", [0, 6]), "object", json!("资质等级")));
    assert_eq!(measure("责令改正"), plain("order", [0, 4]));
}

#[test]
fn spans_stand_on_the_words() {
    let table = [
        ("处警告或者五百元以下罚款", vec!["警告", "五百元以下罚款"]),
        ("对个人可以处二百元以下的罚款", vec!["对个人可以处二百元以下的罚款"]),
        ("处五日以下拘留或者一千元以下罚款", vec!["处五日以下拘留", "一千元以下罚款"]),
        ("按照每株二百元的标准处以罚款", vec!["每株二百元的标准处以罚款"]),
        ("没收违法所得和工具", vec!["没收违法所得", "工具"]),
        ("责令 改正，吊销 许可证", vec!["责令 改正", "吊销 许可证"]),
    ];
    for (text, expected) in table {
        let words = |[start, end]: [usize; 2]| text.chars().skip(start).take(end - start).collect::<String>();
        let found: Vec<String> = read(text).measures.iter().map(|measure| words(measure.span)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_measure_comes_back_from_its_json() {
    for text in
        ["处违法所得一倍以上三倍以下罚款，最高不超过三万元", "处五日以下拘留", "吊销许可证", "按日连续处罚", "给予警告"]
    {
        for measure in read(text).measures {
            let back: Measure = serde_json::from_value(serde_json::to_value(&measure).unwrap()).unwrap();
            assert_eq!(back, measure);
        }
    }
}

#[test]
fn a_problem_shows_its_words_in_both_languages() {
    let text = "处七万元以下九万元以下罚款";
    let reading = read(text);
    let problem = reading.problems[0];
    assert_eq!((problem.code, problem.span), (Code::R02, [1, 11]));
    assert!(problem.message(text, Lang::Zh).contains("「七万元以下九万元以下」"));
    assert!(problem.message(text, Lang::En).contains("“七万元以下九万元以下”"));
}

#[test]
fn the_conventions_of_the_document_decide_on_inclusion() {
    let conventions = Conventions { below_includes: false, ..Conventions::default() };
    let reading = read_by("处二万元以上五万元以下罚款，对个人处五百元至一千元罚款", &conventions);
    let inclusive: Vec<_> = reading
        .measures
        .iter()
        .map(|measure| {
            let amount = measure.amount.as_ref().unwrap();
            (amount.low_inclusive, amount.high_inclusive)
        })
        .collect();
    assert_eq!(inclusive, [(true, false), (true, true)]);
}
