//! The checks on whole corpora: the made-up city, and the published tables where they lie beside the repository.

use std::path::{Path, PathBuf};

use cailiang::checks::{Gate, Severity, Subject, check};
use cailiang::demo::{DemoAct, city};
use cailiang::domain::filter::Filter;
use cailiang::domain::label::{Lang, Term};
use cailiang::domain::source::Source;
use cailiang::domain::stage::Stage;
use cailiang::exchange::Options;
use cailiang::service::{CheckOptions, Checked, Clock, ItemLine, Question, Register, Window, check_files};
use chrono::NaiveDate;

#[test]
fn the_defects_of_the_made_up_city_are_found_and_nothing_else_is_wrong() {
    let city = city(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()).unwrap();
    let sources: Vec<&Source> = city.sources.iter().map(|source| &source.source).collect();
    let mut defects = 0;
    for item in &city.items {
        let Some(baseline) = &item.baseline else { continue };
        let subject = Subject { text: &item.text, baseline, sources: &sources, gate: Gate::Register, version: None };
        let found = check(&subject);
        let told: Vec<&str> = found.iter().map(|finding| finding.code.id()).collect();
        if let Some(defect) = &item.defect {
            defects += 1;
            assert!(told.contains(&defect.as_str()), "{} has {told:?}, not {defect}", item.text.title);
        }
        let errors = || found.iter().filter(|finding| finding.severity() == Severity::Error);
        let expected = usize::from(errors().any(|finding| Some(finding.code.id()) == item.defect.as_deref()));
        let said: Vec<String> = errors().map(|finding| finding.message(baseline, Lang::En)).collect();
        assert_eq!(said.len(), expected, "{} {said:?}", item.text.title);
        let submitted = item.acts.iter().any(|(_, act)| matches!(act, DemoAct::Submit));
        assert!(!submitted || said.is_empty(), "{} was submitted with {said:?}", item.text.title);
    }
    assert!(defects > 10);
}

#[test]
fn the_made_up_city_passed_its_own_gates() {
    for day in ["2026-11-24", "2024-02-29"] {
        let clock = Clock { day: day.parse().unwrap(), time: "10:00:00".to_owned(), told: false };
        let register = Register::demo(None, &clock).unwrap();
        let mut items = Vec::new();
        let each = |line: ItemLine| {
            items.push((line.id, line.title, line.stage));
            Ok(())
        };
        register.each_item(&Window::of(Filter::Everything), Question::default(), each).unwrap();
        let (mut answered, mut left) = (0, 0);
        for (id, title, stage) in items {
            let findings = register.findings_of(id).unwrap();
            let blocking: Vec<&str> = findings.iter().filter(|one| one.blocks()).map(|one| one.code.id()).collect();
            match stage {
                // The law may be amended, and a term run out, while the bureau reviews.
                Stage::Submitted | Stage::Accepted | Stage::Approved => {
                    let grave: Vec<_> = blocking.iter().filter(|code| !["L07", "V01"].contains(*code)).collect();
                    assert!(grave.is_empty(), "{day}: {title} {grave:?}");
                }
                _ => left += usize::from(stage == Stage::Drafting && !blocking.is_empty()),
            }
            answered += findings.iter().filter(|one| one.answer.is_some()).count();
        }
        assert!(answered > 5 && left > 10, "{day}: {answered} answered, {left} drafts with something to mend");
    }
}

fn published(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real");
    let folder = std::env::var_os("CAILIANG_REAL").map_or(beside, PathBuf::from);
    let path = folder.join(name);
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

/// Code, sheet and row of what weighs so much, but for the circumstances that no table of its time tells.
fn rows(checked: &Checked, severity: Severity) -> Vec<(&'static str, String, u32)> {
    let findings = checked.findings.iter().filter(|line| line.severity == severity);
    findings
        .filter(|line| !matches!(line.code.id(), "E06" | "E07"))
        .map(|line| (line.code.id(), line.sheet.clone().unwrap(), line.row.unwrap()))
        .collect()
}

fn is(found: &[(&'static str, String, u32)], expected: &[(&str, &str, u32)]) {
    let found: Vec<_> = found.iter().map(|(code, sheet, row)| (*code, sheet.as_str(), *row)).collect();
    assert_eq!(found, expected);
}

fn checked(name: &str) -> Option<Checked> {
    let checked = check_files(&[published(name)?], &CheckOptions { reading: Options::default(), lang: Lang::Zh });
    assert!(checked.unread.is_empty() && checked.rejected.is_empty());
    Some(checked)
}

#[test]
fn published_tables_have_their_own_defects_and_no_others() {
    if let Some(checked) = checked("jiangmen-environment.xls") {
        is(&rows(&checked, Severity::Error), &[]);
        let warnings = [
            ("T11", "水污染防治法", 39),
            ("R03", "水污染防治法", 141),
            ("R07", "水污染防治法", 148),
            ("R07", "水污染防治法", 149),
            ("R03", "噪声污染防治法", 20),
        ];
        is(&rows(&checked, Severity::Warning), &warnings);
        let notes = rows(&checked, Severity::Note);
        let notes: Vec<_> = notes.into_iter().filter(|(code, ..)| *code != "T07").collect();
        is(&notes, &[("T06", "水污染防治法", 54), ("R06", "水污染防治法", 75)]);
    }
    if let Some(checked) = checked("jiangmen-environment-2.xlsx") {
        is(&rows(&checked, Severity::Error), &[("R04", "建管条例", 20), ("R04", "建管条例", 21)]);
        is(&rows(&checked, Severity::Warning), &[("T09", "建管条例", 23), ("R03", "建管条例", 26)]);
    }
    if let Some(checked) = checked("shenzhen-city-management-gbk.csv") {
        is(&rows(&checked, Severity::Error), &[]);
        let sheet = "shenzhen-city-management-gbk";
        is(&rows(&checked, Severity::Warning), &[("L06", sheet, 22), ("L06", sheet, 25)]);
    }
    for name in ["guangdong-weight-tables.csv", "xinjiang-road-traffic.csv"] {
        if let Some(checked) = checked(name) {
            is(&rows(&checked, Severity::Error), &[]);
        }
    }
}
