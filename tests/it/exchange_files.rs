//! Files as they come: workbooks with merges and hidden rows, files under false names, files that are none.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::fs;
use std::path::Path;

use cailiang::domain::label::Lang;
use cailiang::exchange::report::{Action, ImportReport};
use cailiang::exchange::{Options, ReadError};
use rust_xlsxwriter::{Format, Workbook};

const HEAD: [&str; 7] = ["序 号", "违法行为", "法律依据", "类别", "裁量情节（任一）", "裁量标准", "备注"];

/// A small table for print: a title, merges, a hidden row, a stale cell, numbers, a percentage, a date.
fn workbook(path: &Path) {
    let plain = Format::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("环境").unwrap();
    sheet.merge_range(0, 0, 0, 6, "某市裁量基准", &plain).unwrap();
    for (column, words) in (0..).zip(HEAD) {
        sheet.write_string(1, column, words).unwrap();
    }
    for (column, words) in [(0, "1-1"), (1, "未按\n规定申报"), (2, "《甲条例》第一条：罚")] {
        sheet.merge_range(2, column, 4, column, words, &plain).unwrap();
    }
    sheet.write_string(3, 1, "残留").unwrap();
    sheet.write_number(2, 3, 1).unwrap();
    sheet.write_string(2, 4, "首次").unwrap();
    sheet.write_number_with_format(2, 5, 0.05, &Format::new().set_num_format("0%")).unwrap();
    sheet.merge_range(3, 3, 4, 3, "", &plain).unwrap();
    sheet.write_number(3, 3, 2).unwrap();
    sheet.write_string(3, 4, "再次").unwrap();
    sheet.write_string(4, 4, "三次").unwrap();
    sheet.merge_range(3, 5, 4, 5, "处一千元罚款", &plain).unwrap();
    sheet.set_row_hidden(3).unwrap();
    book.save(path).unwrap();
}

fn report(path: &Path) -> Result<ImportReport, ReadError> {
    ImportReport::of(path, &Options::default(), Lang::Zh, &mut |_| Action::Create)
}

#[test]
fn a_workbook_is_read_under_any_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["table.xlsx", "table.xls", "table.csv", "table"] {
        let path = folder.path().join(name);
        workbook(&path);
        let report = report(&path).unwrap();
        let notices: Vec<_> = report.notices.iter().map(|notice| (notice.row, notice.code.as_str())).collect();
        assert_eq!(notices, [(4, "hidden_row"), (4, "stale_cell")], "{name}");
        let item = &report.items[0];
        assert_eq!((item.code.as_deref(), item.title.as_str(), item.row), (Some("1-1"), "未按规定申报", 3));
        let tiers: Vec<_> = item
            .tiers
            .iter()
            .map(|tier| (tier.label.as_str(), tier.row, tier.conditions.join("/"), tier.standard.as_str()))
            .collect();
        assert_eq!(tiers, [("1", 3, "首次".to_owned(), "5%"), ("2", 4, "再次/三次".to_owned(), "处一千元罚款")]);
    }
}

#[test]
fn a_damaged_workbook_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.xlsx");
    workbook(&path);
    let whole = fs::read(&path).unwrap();
    for part in [5, 30, 60, 95] {
        fs::write(&path, &whole[..whole.len() * part / 100]).unwrap();
        assert!(matches!(report(&path), Err(ReadError::Damaged { .. })), "{part} %");
    }
    // One flipped byte in the packed data is found by the checksum.
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 0x55;
    fs::write(&path, flipped).unwrap();
    assert!(report(&path).is_err());
}

#[test]
fn what_is_no_table_is_refused_with_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.xls");
    let strange: [&[u8]; 7] = [
        b"",
        b"\xEF\xBB\xBF \r\n",
        b"<html><table></table></html>",
        b"%PDF-1.7",
        b"\xFF\xFEa\0",
        b"\0\0\0\0",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut off",
    ];
    for bytes in strange {
        fs::write(&path, bytes).unwrap();
        let error = report(&path).unwrap_err();
        assert!(error.next().zh.contains('请') && error.next().en.ends_with('.'), "{error:?}");
    }
    let missing = report(&folder.path().join("nowhere.csv")).unwrap_err();
    assert!(missing.reason().en.contains("nowhere.csv"));
}

#[test]
fn what_cannot_be_read_of_a_standard_is_told_with_its_place() {
    // Standard, and what is told of it: code and a part of the sentence.
    let cases = [
        ("处二千元以上五千元以下罚款", None),
        ("处二万以上五万元以下罚款", Some(("R03", "阶次“1”的“二万以上"))),
        ("处一百万一十元以上一百三十万元以下罚款", Some(("R04", "阶次“1”的“一百万一十元"))),
        ("处七万元以下九万元以下罚款", Some(("R02", "七万元以下九万元以下"))),
        ("处货值金额20%以上30%的罚款", Some(("R07", "区间没有写完"))),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (standard, told) in cases {
        let path = folder.path().join("表.csv");
        let rows =
            format!("序号,违法行为,法律依据,裁量阶次,适用条件,裁量标准\n1,堆放物料,《甲法》第一条,1,首次,{standard}\n");
        std::fs::write(&path, rows).unwrap();
        let report = report(&path).unwrap();
        let notices: Vec<_> = report.notices.iter().map(|n| (n.row, n.code.as_str())).collect();
        assert_eq!(notices, told.iter().map(|(code, _)| (2, *code)).collect::<Vec<_>>(), "{standard}");
        if let Some((_, words)) = told {
            assert!(report.notices[0].text.contains(words), "{}", report.notices[0].text);
        }
    }
}
