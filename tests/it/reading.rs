//! The reader on the published tables.

use std::fs;
use std::path::PathBuf;

use cailiang::domain::measure::MeasureKind;
use cailiang::reading::{Code, read};
use calamine::{Data, Reader, open_workbook_auto};

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
