//! Taking in a table as agencies publish them, at the screen: looked at, corrected, saved, taken in again.

use cailiang::i18n::Lang;
use cailiang::service::Register;
use cailiang::service::worker::Ask;
use cailiang::tui::msg::Msg;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::tui_desk::{Desk, SIZES, city};

/// A workbook with title rows, merged cells, a column that nobody knows, a sheet whose headings nobody knows, and one
/// of notes.
const BOOK: &str = "tests/it/fixtures/published.xlsx";

#[test]
#[ignore = "writes the fixture anew"]
fn write_the_fixture() {
    book().save(BOOK).unwrap();
}

fn rows(sheet: &mut Worksheet, from: u32, rows: &[&[&str]]) {
    for (row, cells) in (from..).zip(rows) {
        for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, column, *cell).unwrap();
        }
    }
}

fn book() -> Workbook {
    let mut book = Workbook::new();
    book.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2023, 9, 1).unwrap()),
    );
    let plain = Format::new();
    let streets = book.add_worksheet().set_name("市容").unwrap();
    streets.merge_range(0, 0, 0, 7, "云泽市城市管理领域行政处罚裁量基准（市容）", &plain).unwrap();
    streets.merge_range(1, 0, 1, 7, "填报单位：云泽市城市管理局　2023 年 9 月", &plain).unwrap();
    for (column, words) in [(0, "序号"), (1, "违法行为"), (2, "处罚依据"), (7, "备注")] {
        streets.merge_range(2, column, 3, column, words, &plain).unwrap();
    }
    streets.merge_range(2, 3, 2, 6, "裁量基准", &plain).unwrap();
    rows(streets, 3, &[&["", "", "", "阶次", "由谁认定", "怎么认定", "处罚标准"]]);
    for (top, code, violation, basis) in [
        (4, "SR-1", "在临街门窗外堆放杂物，经责令拒不改正的", "《云泽市市容管理条例》第九条"),
        (6, "SR-2", "擅自在树木上刻划、悬挂物品的", "《云泽市市容管理条例》第十四条"),
    ] {
        for (column, words) in [(0, code), (1, violation), (2, basis)] {
            streets.merge_range(top, column, top + 1, column, words, &plain).unwrap();
        }
    }
    rows(
        streets,
        4,
        &[
            &["", "", "", "较轻", "现场执法人员", "占用面积不足一平方米的", "处五十元以上二百元以下罚款"],
            &[
                "",
                "",
                "",
                "较重",
                "中队负责人",
                "占用面积一平方米以上的",
                "处二百元以上五百元以下罚款",
                "五百元以上须集体讨论",
            ],
            &["", "", "", "较轻", "现场执法人员", "初次违法且及时恢复的", "处一百元以下罚款"],
            &["", "", "", "较重", "中队负责人", "两次以上的", "处一百元以上三百元以下罚款"],
        ],
    );
    let parks = book.add_worksheet().set_name("园林").unwrap();
    rows(
        parks,
        0,
        &[
            &["园林一览"],
            &["号", "做了什么", "凭哪一条", "怎样算", "罚多少"],
            &["YL-1", "损坏城市绿地设施的", "《云泽市绿化条例》第二十条", "价值不足一千元的", "处一千元以下罚款"],
        ],
    );
    let notes = book.add_worksheet().set_name("说明").unwrap();
    rows(notes, 0, &[&["本表自公布之日起施行，由市城市管理局解释。"]]);
    book
}

fn desk(size: (u16, u16)) -> Desk {
    Desk::open(city(), Lang::Zh, size)
}

/// Tries the fixture, for the agency that it comes from.
fn tried(register: Register, lang: Lang, size: (u16, u16)) -> Desk {
    let mut desk = Desk::open(register, lang, size);
    desk.press("5").press(BOOK).press("Enter Up Up Up Up Enter 城管局 Enter");
    desk.press("Down Down Down Down");
    desk
}

#[track_caller]
fn sees(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(text.contains(words), "no {words} in\n{text}");
}

#[test]
fn the_import_as_text() {
    let screens = [
        ("import_tried", ""),
        ("import_role", "Right Right Right Right Right Enter"),
        ("import_corrected", "Right Right Right Right Right Enter 适用条件 Enter"),
        ("import_unrecognised", "PageDown"),
        ("import_headings", "PageDown Enter"),
        ("import_report", "Down Right Down"),
        ("import_agency", "Up Up Up Up Enter gaj"),
        ("import_save", "F10 Enter Ctrl-O 城管表"),
    ];
    let mut city = city();
    for lang in [Lang::Zh, Lang::En] {
        for size in SIZES {
            for (name, keys) in screens {
                let mut desk = tried(city, lang, size);
                desk.press(keys);
                let name = format!("{name}_{}_{}", size.0, if lang == Lang::Zh { "zh" } else { "en" });
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(name, desk.text());
                });
                city = desk.register;
            }
        }
    }
}

#[test]
fn a_table_is_corrected_its_mapping_saved_and_used_by_itself() {
    let mut desk = tried(city(), Lang::Zh, (120, 40));
    sees(&desk, "1 列没有对应");
    // The headings are read wrong: the column is told what it holds; the sheet of parks where its headings stand, and then its columns.
    desk.press("Right Right Right Right Right Enter 适用条件 Enter");
    sees(&desk, "第 5 列“裁量基准/由谁认定”没有对应的用途");
    sees(&desk, "已改正，没有保存");
    desk.press("PageDown t");
    desk.press("Down Down Down Enter");
    sees(&desk, "表头第 2 行");
    for (moved, role) in
        [("", "编码"), ("Right", "违法行为"), ("Right", "法定依据"), ("Right", "适用条件"), ("Right", "裁量标准")]
    {
        desk.press(moved).press("Enter").press(role).press("Enter");
    }
    sees(&desk, "1 个事项 1 个阶次");
    sees(&desk, "新增 3");
    // The notes are left out.
    desk.press("PageDown x");
    sees(&desk, "3/3 说明　不读");
    // Saved under a name, and tried again by what was saved.
    desk.press("w 城管表 Enter");
    sees(&desk, "已保存列对应关系「城管表」。");
    sees(&desk, "已保存的「城管表」");
    sees(&desk, "新增 3");
    desk.press("F9 y");
    sees(&desk, "已写入：新增 3");
    // The same table again, by a new screen: the saved mapping is used by itself, and nothing is new.
    let mut desk = tried(desk.register, Lang::Zh, (120, 40));
    sees(&desk, "「城管表」，表头相符");
    sees(&desk, "新增 0　更新 0　不变 3");
    sees(&desk, "表头与已保存的列对应关系“城管表”相符，已按它读入。");
    // As recognised only: the two items without their conditions would change.
    desk.press("Up Enter Down Enter");
    sees(&desk, "按表头识别");
    sees(&desk, "更新 2　不变 0");
    desk.press("Down Down").press("Right");
    sees(&desk, "阶次 1 条件：占用面积不足一平方米的 → 现场执法人员");
    // And by name.
    desk.press("Shift-Tab Shift-Tab Enter Down Down Enter");
    sees(&desk, "不变 3");
}

#[test]
fn what_another_agency_saved_is_not_used() {
    let desk = tried(city(), Lang::Zh, (120, 40));
    let mut register = desk.register;
    let mapping =
        cailiang::service::parse_mapping("violation = \"违法行为\"\ncondition = \"裁量基准/怎么认定\"\n").unwrap();
    register.save_mapping("公安局", "表", &mapping).unwrap();
    let desk = tried(register, Lang::Zh, (120, 40));
    sees(&desk, "按表头识别");
    sees(&desk, "第 6 列“裁量基准/怎么认定”没有对应的用途");
}

#[test]
fn every_change_tries_again() {
    let mut desk = tried(city(), Lang::Zh, (80, 24));
    sees(&desk, "试读，没有写入：新增 2");
    // Without an agency nothing can be written, and the key that writes says why.
    desk.press("Up Up Up Up Enter Enter");
    sees(&desk, "未指明机关 2");
    desk.press("F9");
    sees(&desk, "请先在「机关」一格选定");
    desk.press("Enter 城管局 Enter").press("Down Down Enter Down Enter");
    sees(&desk, "作为已公布读入");
    desk.press("Tab 云城管规〔2023〕1号 Enter");
    sees(&desk, "已公布 2023-09-12 云城管规");
    sees(&desk, "试读，没有写入：新增 2");
    // A sheet left out takes its items away, and brings them back.
    desk.press("F12");
    sees(&desk, "新增 0");
    desk.press("F12");
    sees(&desk, "新增 2");
    // Another file: nothing of the last one is left.
    desk.press("Up Up Up x");
    assert!(!desk.text().contains("试读，没有写入"), "{}", desk.text());
}

#[test]
fn a_column_left_out_stays_out() {
    let mut desk = tried(city(), Lang::Zh, (120, 40));
    desk.press("End Enter Enter");
    sees(&desk, "2 列没有对应");
    desk.press("Left Enter Enter");
    sees(&desk, "3 列没有对应");
}

#[test]
fn files_are_named_by_tab_by_paste_and_told_where_they_will_not_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, bytes) in
        [("甲表.csv", b"".as_slice()), ("甲乙表.csv", b""), ("网页.xls", b"<html></html>"), ("丙.doc", b"")]
    {
        std::fs::write(at(name), bytes).unwrap();
    }
    let mut desk = desk((120, 40));
    desk.press("5");
    desk.update(Msg::Paste(format!("'{}'", at("甲").display())));
    desk.press("Tab");
    sees(&desk, "甲乙表.csv   甲表.csv");
    desk.press("乙 Tab");
    sees(&desk, "甲乙表.csv");
    desk.press("Enter");
    sees(&desk, "文件是空的");
    // What cannot be read says what to do, until another file is named.
    desk.press("Ctrl-U");
    desk.update(Msg::Paste(format!("file://{}", at("网页.xls").display())));
    desk.press("Enter");
    sees(&desk, "另存为");
    desk.press("Down");
    sees(&desk, "另存为");
    desk.press("Up Backspace");
    assert!(!desk.text().contains("另存为"));
}

#[test]
fn of_two_trials_the_newer_one_counts() {
    let mut desk = tried(city(), Lang::Zh, (120, 40));
    let mut asked = desk.press_unanswered("F7");
    asked.extend(desk.press_unanswered("F12"));
    let imports: Vec<_> = asked.into_iter().filter(|(_, ask)| matches!(ask, Ask::Import { .. })).collect();
    assert_eq!(imports.len(), 2);
    sees(&desk, "正在试读…");
    let before = desk.text();
    let mut imports = imports.into_iter();
    let (ticket, ask) = imports.next().unwrap();
    desk.answer(ticket, ask);
    assert_eq!(desk.text(), before, "an answer that is overtaken changes nothing");
    let (ticket, ask) = imports.next().unwrap();
    desk.answer(ticket, ask);
    sees(&desk, "新增 0");
}

#[test]
fn another_file_is_named_while_the_last_one_is_still_tried() {
    let mut desk = Desk::open(city(), Lang::Zh, (80, 24));
    desk.press("5 tests/it/fixtures/published.xlsx");
    let asked = desk.press_unanswered("Enter");
    assert!(asked.iter().any(|(_, ask)| matches!(ask, Ask::Import { .. })));
    desk.press("Ctrl-U n");
    for (ticket, ask) in asked {
        desk.answer(ticket, ask);
    }
    // What comes of the last one is of no interest, and takes the field from nobody.
    desk.press("e x t");
    let text = desk.text();
    assert!(text.lines().any(|line| line.contains("文件") && line.contains("next")), "{text}");
    assert!(!text.contains("试读，没有写入"), "{text}");
}

#[test]
fn a_mapping_is_saved_under_its_name_while_another_file_is_named() {
    let mut desk = tried(city(), Lang::Zh, (120, 40));
    desk.press("Right Right Right Right Right Enter 适用条件 Enter");
    desk.press("w 城管表");
    let asked = desk.press_unanswered("Enter");
    assert!(asked.iter().any(|(_, ask)| matches!(ask, Ask::SaveMapping { .. })));
    desk.press("Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Ctrl-U");
    desk.update(Msg::Paste("another.csv".to_owned()));
    sees(&desk, "another.csv");
    for (ticket, ask) in asked {
        desk.answer(ticket, ask);
    }
    sees(&desk, "已保存列对应关系「城管表」。");
    // The new file is tried by no mapping that was told for the other.
    assert!(!desk.text().contains("已保存的「城管表」"), "{}", desk.text());
}
