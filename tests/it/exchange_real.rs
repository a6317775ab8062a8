//! The published tables, where they are present, against what a reader by hand counts in them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};

use cailiang::domain::label::Lang;
use cailiang::exchange::Options;
use cailiang::exchange::columns::Facts;
use cailiang::exchange::report::{Action, ImportReport, ReportWriter};
use cailiang::exchange::table_out::{CsvTable, OutRow, XlsxTable};
use cailiang::exchange::{Entry, Piece, ReadError, read, read_telling};

/// The folder of published tables; nothing where it is absent.
fn real(file: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real");
    let folder = std::env::var_os("CAILIANG_REAL").map_or(beside, PathBuf::from);
    let path = folder.join(file);
    if !path.is_file() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

fn report(path: &Path) -> ImportReport {
    ImportReport::of(path, &Options::default(), Lang::Zh, &mut |_| Action::Create).unwrap()
}

/// Name, items, tiers and conditions of a sheet.
type Count = (&'static str, u64, u64, usize);

/// What stands in each sheet of each file.
const COUNTS: &[(&str, &[Count])] = &[
    (
        "jiangmen-environment.xls",
        &[
            ("环境影响评价法", 4, 16, 18),
            ("水污染防治法", 25, 113, 148),
            ("噪声污染防治法", 4, 24, 30),
            ("潭江条例", 3, 11, 13),
        ],
    ),
    ("jiangmen-environment-2.xlsx", &[("建管条例", 6, 32, 32), ("畜禽条例", 4, 12, 12)]),
    ("shenzhen-city-management-gbk.csv", &[("shenzhen-city-management-gbk", 10, 31, 31)]),
    ("xinjiang-road-traffic.csv", &[("xinjiang-road-traffic", 12, 12, 0)]),
    ("guangdong-weight-tables.csv", &[("guangdong-weight-tables", 24, 84, 103)]),
];

#[test]
fn nothing_of_a_published_table_is_lost() {
    for (file, sheets) in COUNTS {
        let Some(path) = real(file) else { return };
        let report = report(&path);
        assert_eq!(report.rejected, [], "{file}");
        let counted: Vec<_> = report
            .sheets
            .iter()
            .map(|sheet| {
                let items = report.items.iter().filter(|item| item.sheet == sheet.name);
                let conditions = items.flat_map(|item| &item.tiers).map(|tier| tier.conditions.len()).sum::<usize>();
                (sheet.name.as_str(), sheet.items, sheet.tiers, conditions)
            })
            .collect();
        assert_eq!(counted, *sheets, "{file}");
    }
}

#[test]
fn merged_tiers_keep_their_conditions_and_doubled_ones_are_told() {
    let Some(path) = real("jiangmen-environment.xls") else { return };
    let report = report(&path);
    let item = |code: &str| report.items.iter().find(|item| item.code.as_deref() == Some(code)).unwrap();
    let tiers: Vec<_> =
        item("2-1").tiers.iter().map(|tier| (tier.label.as_str(), tier.row, tier.conditions.len())).collect();
    assert_eq!(tiers, [("1", 3, 1), ("2", 4, 2), ("3", 6, 1), ("4", 7, 3), ("5", 10, 2)]);
    let labels: Vec<_> = item("2-6").tiers.iter().map(|tier| tier.label.as_str()).collect();
    assert_eq!(labels, ["1", "2", "3", "3", "4"]);
    let notices: Vec<_> = report.notices.iter().map(|n| (n.sheet.as_str(), n.row, n.code.as_str())).collect();
    let water = [(39, "T11"), (75, "R06"), (141, "R03"), (148, "R07"), (149, "R07")];
    let mut told: Vec<_> = water.iter().map(|(row, code)| ("水污染防治法", *row, *code)).collect();
    told.push(("噪声污染防治法", 20, "R03"));
    assert_eq!(notices, told);
    let ladders: Vec<_> = item("2-9").ladders.iter().map(|ladder| (ladder.row, ladder.label.is_some())).collect();
    assert_eq!(ladders, [(57, false), (62, true)]);
}

#[test]
fn parallel_ladders_stay_apart() {
    let Some(path) = real("jiangmen-environment-2.xlsx") else { return };
    let report = report(&path);
    let item = report.items.iter().find(|item| item.code.as_deref() == Some("8-3")).unwrap();
    let notices: Vec<_> = report.notices.iter().map(|n| (n.sheet.as_str(), n.row, n.code.as_str())).collect();
    assert_eq!(notices, [("建管条例", 20, "R04"), ("建管条例", 21, "R04"), ("建管条例", 26, "R03")]);
    let sizes = [1, 2, 3].map(|ladder| item.tiers.iter().filter(|tier| tier.ladder == ladder).count());
    assert_eq!((item.ladders.len(), sizes), (3, [4, 4, 5]));
    assert!(item.ladders[2].label.as_deref().unwrap().starts_with("对直接负责的主管人员"));
}

#[test]
fn a_report_written_on_the_way_says_the_same() {
    let Some(path) = real("jiangmen-environment.xls") else { return };
    let mut writer = ReportWriter::new(Vec::new(), &path.display().to_string(), Lang::Zh);
    let outcome = read_telling::<ReadError>(&path, &Options::default(), &mut |piece| {
        writer.piece(&piece, Action::Create).unwrap();
        Ok(())
    })
    .unwrap();
    let bytes = writer.finish(&outcome).unwrap();
    assert_eq!(serde_json::from_slice::<ImportReport>(&bytes).unwrap(), report(&path));
}

/// The entries of a file, without their places and blank cells.
fn entries(path: &Path) -> Vec<Entry> {
    let mut entries = Vec::new();
    read::<ReadError>(path, &Options::default(), &mut |piece| {
        if let Piece::Entry(mut entry) = piece {
            entry.place.sheet = "".into();
            entry.place.row = 0;
            entry.ladder_rows.clear();
            entry.blank.clear();
            entries.push(*entry);
        }
        Ok(())
    })
    .unwrap();
    entries
}

#[test]
fn published_tables_come_back_from_own_exports() {
    let folder = tempfile::tempdir().unwrap();
    for (file, _) in COUNTS {
        let Some(path) = real(file) else { return };
        let wanted = entries(&path);
        let (csv, xlsx) = (folder.path().join("out.csv"), folder.path().join("out.xlsx"));
        let mut text = CsvTable::begin(std::fs::File::create(&csv).unwrap(), &[], Lang::Zh).unwrap();
        let mut book = XlsxTable::begin(&[], Lang::Zh).unwrap();
        for entry in &wanted {
            text.push(&OutRow { entry, facts: Facts::default() }).unwrap();
            book.push(&OutRow { entry, facts: Facts::default() }).unwrap();
        }
        text.finish().unwrap();
        book.finish(std::fs::File::create(&xlsx).unwrap()).unwrap();
        assert_eq!(entries(&csv), wanted, "{file}");
        assert_eq!(entries(&xlsx), wanted, "{file}");
    }
}
