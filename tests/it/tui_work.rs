//! What people do in the interface, as keys and what must be seen after them.

use cailiang::domain::filter::Filter;
use cailiang::domain::ids::ItemId;
use cailiang::i18n::Lang;
use cailiang::service::{Question, Register, Window};
use cailiang::tui::msg::Msg;

use super::tui_desk::{Desk, city};

fn desk() -> Desk {
    Desk::open(city(), Lang::Zh, (80, 24))
}

/// The first item that is being drafted and has tiers: its filter and its id.
pub fn draft(register: &Register) -> (String, ItemId) {
    let mut found = None;
    let filter = Filter::parse("stage:drafting kind:penalty").unwrap();
    register
        .each_item(&Window::of(filter), Question::default(), |line| {
            let tiers = register.show_item(line.id)?.versions.last().map_or(0, |v| v.baseline.tier_count());
            if found.is_none() && tiers > 1 {
                found = Some((line.code.clone(), line.id));
            }
            Ok(())
        })
        .unwrap();
    found.unwrap()
}

/// Opens the editor on a draft.
fn editing() -> (Desk, ItemId) {
    let mut desk = desk();
    let (code, id) = draft(&desk.register);
    desk.press(&format!("2 / {code} Enter Enter"));
    (desk, id)
}

fn first_standard(desk: &Desk, id: ItemId) -> String {
    let view = desk.register.show_item(id).unwrap();
    view.versions.last().unwrap().baseline.ladders[0].tiers[0].standard.clone()
}

#[track_caller]
fn sees(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(text.contains(words), "no {words} in\n{text}");
}

#[test]
fn a_filter_answers_while_one_types() {
    for (keys, seen) in [("s t h j j", "市生态环境局"), ("养 犬", "养犬"), ("阶 段 : 已 退 回", "已退回")]
    {
        let mut desk = desk();
        desk.press("2 /").press(keys);
        sees(&desk, seen);
        let unfiltered = Desk::open(city(), Lang::Zh, (80, 24)).press("2").text();
        assert_ne!(desk.text(), unfiltered);
        desk.press("Esc");
        sees(&desk, "400 个事项");
    }
}

#[test]
fn chinese_typed_outside_a_field_opens_the_filter() {
    let mut desk = desk();
    desk.press("养 犬");
    sees(&desk, "筛选  养犬");
    assert!(desk.draw().1.is_some(), "the cursor stands in the filter");
}

#[test]
fn full_width_signs_are_keys() {
    for (key, seen) in [("？", "这一屏的按键"), ("：", "拼音首字母"), ("、", "▸"), ("ｑ", "")] {
        let mut desk = desk();
        desk.press("2").press(key);
        if key == "ｑ" {
            assert!(desk.left);
        } else {
            sees(&desk, seen);
        }
    }
}

#[test]
fn a_tier_is_edited_saved_and_undone() {
    let (mut desk, id) = editing();
    let before = first_standard(&desk, id);
    desk.press("Enter Ctrl-U 改过的标准 Enter");
    sees(&desk, "* 未保存");
    assert_eq!(first_standard(&desk, id), before, "nothing is written before it is saved");
    desk.press("Ctrl-S");
    sees(&desk, "已保存");
    assert!(first_standard(&desk, id).starts_with("改过的标准"));
    // Within the editor undo steps back, to be saved or not.
    desk.press("u");
    sees(&desk, "* 未保存");
    desk.press("Ctrl-R");
    assert!(!desk.text().contains("* 未保存"));
    // From the list it takes back what was saved, and redo does it again.
    desk.press("Esc u");
    assert_eq!(first_standard(&desk, id), before);
    desk.press("Ctrl-R");
    assert!(first_standard(&desk, id).starts_with("改过的标准"));
}

#[test]
fn two_saves_are_undone_one_after_the_other() {
    let (mut desk, id) = editing();
    let before = first_standard(&desk, id);
    desk.press("Enter Ctrl-U 第一次 Enter Ctrl-S Enter Ctrl-U 第二次 Enter Ctrl-S Esc u");
    assert_eq!(first_standard(&desk, id), "第一次");
    desk.press("u");
    assert_eq!(first_standard(&desk, id), before);
}

#[test]
fn another_save_meanwhile_is_refused_with_both_sides() {
    let (mut desk, id) = editing();
    desk.press("Enter Ctrl-U 我写的 Enter");
    let view = desk.register.show_item(id).unwrap();
    let mut theirs = view.versions.last().unwrap().baseline.clone();
    theirs.ladders[0].tiers[0].standard = "对方写的".to_owned();
    desk.register.edit_baseline(id, &theirs, None).unwrap();
    desk.press("Ctrl-S");
    assert_eq!(first_standard(&desk, id), "对方写的");
    sees(&desk, "我写的");
    sees(&desk, "对方写的");
    // Over theirs only after yes; and undo has theirs back.
    desk.press("Ctrl-S");
    sees(&desk, "请确认");
    desk.press("y");
    assert_eq!(first_standard(&desk, id), "我写的");
    desk.press("Esc u");
    assert_eq!(first_standard(&desk, id), "对方写的");
}

#[test]
fn what_was_given_up_can_be_had_back() {
    let (mut desk, _) = editing();
    desk.press("Enter Ctrl-U 打了一半 Esc");
    assert!(!desk.text().contains("打了一半"));
    desk.press("Ctrl-R");
    sees(&desk, "打了一半");
}

#[test]
fn a_draft_that_a_newer_one_replaced_is_not_waited_for() {
    let (mut desk, _) = editing();
    let mut asked = desk.press_unanswered("Enter 甲 乙 丙");
    assert_eq!(asked.len(), 3, "every key keeps the draft");
    // Of drafts that wait the worker writes only the newest.
    let (ticket, ask) = asked.pop().unwrap();
    desk.answer(ticket, ask);
    assert!(!desk.is_waiting());
}

#[test]
fn an_unsaved_draft_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("register.db");
    let clock = super::tui_desk::clock();
    let register = Register::demo(Some(&place), &clock).unwrap();
    let mut desk = Desk::open(register, Lang::Zh, (80, 24));
    let (code, id) = draft(&desk.register);
    // Half a word is typed, and then the connection is lost.
    desk.press(&format!("2 / {code} Enter Enter Enter Ctrl-U 断线前写的"));
    drop(desk);
    let register = Register::open(&place, clock, "interface").unwrap();
    let mut desk = Desk::open(register, Lang::Zh, (80, 24));
    desk.press(&format!("2 / {code} Enter Enter"));
    sees(&desk, "已恢复上次没有保存的草稿");
    sees(&desk, "断线前写的");
    desk.press("Ctrl-S");
    assert_eq!(first_standard(&desk, id), "断线前写的");
    assert!(desk.register.kept_draft(id).unwrap().is_none(), "a saved draft is thrown away");
}

#[test]
fn a_published_baseline_is_not_edited_and_says_why() {
    let mut desk = desk();
    desk.press("2 / stage:published Enter Enter Enter");
    sees(&desk, "启动修订");
    desk.press("F12");
    sees(&desk, "起草中");
}

#[test]
fn a_duty_is_extended_with_a_reason() {
    let mut desk = desk();
    desk.press("3 e");
    sees(&desk, "新的到期日");
    desk.press("Tab Enter");
    sees(&desk, "请写明理由");
    desk.press("Shift-Tab Ctrl-U 2023-13-01 Tab 人手不足 Enter");
    sees(&desk, "不是日期");
    desk.press("Shift-Tab Ctrl-U 2023-10-20 Enter Enter");
    sees(&desk, "延期到 2023-10-20");
    desk.press("Tab").press("Esc");
    let mut found = 0;
    let filter = Filter::parse("due:2023-10-20").unwrap();
    desk.register
        .each_duty(&Window::of(filter), Question::default(), |line| {
            found += 1;
            assert_eq!(line.reason, "人手不足");
            Ok(())
        })
        .unwrap();
    assert_eq!(found, 1);
}

#[test]
fn this_week_is_from_monday_to_sunday() {
    let mut desk = desk();
    for day in ["2023-09-10", "2023-09-11", "2023-09-17", "2023-09-18"] {
        desk.press(&format!("3 Home e Ctrl-U {day} Tab 测试 Enter"));
    }
    // It is Tuesday, the twelfth.
    desk.press("t");
    sees(&desk, "本周到期");
    for (key, shown, hidden) in [("Home", "2023-09-11+", "2023-09-10"), ("End", "2023-09-17+", "2023-09-18")] {
        desk.press(key);
        sees(&desk, shown);
        assert!(!desk.text().contains(hidden), "{}", desk.text());
    }
    desk.press("t");
    sees(&desk, "未办结");
    desk.press("End");
    assert!(!desk.text().contains("2023-09-17+"), "{}", desk.text());
}

#[test]
fn a_click_on_a_heading_of_the_deadlines_sorts_by_it() {
    let mut desk = desk();
    desk.press("3");
    let heading = |desk: &Desk| desk.text().lines().position(|line| line.contains("机关")).unwrap();
    let y = u16::try_from(heading(&desk)).unwrap();
    let first = |desk: &Desk| desk.text().lines().nth(usize::from(y) + 1).unwrap().to_owned();
    let before = first(&desk);
    desk.update(Msg::Click { x: 46, y });
    sees(&desk, "机关↑");
    desk.update(Msg::Click { x: 46, y });
    sees(&desk, "机关↓");
    let after = first(&desk);
    assert_ne!(after, before);
    desk.update(Msg::Click { x: 5, y });
    desk.update(Msg::Click { x: 5, y });
    // By the day first, and by the agency behind it.
    sees(&desk, "到期↓1");
    sees(&desk, "机关↓2");
}

#[test]
fn every_figure_of_the_overview_opens_its_list() {
    for (keys, seen) in [
        ("Enter", "任务:核对并起草 情况:逾期"),
        ("Tab Enter", "阶段:待核对"),
        ("Tab Tab Enter", "情况:逾期"),
        ("Tab Tab Right Right Enter", "阶段:已核对"),
        ("Tab Tab Tab Enter", "情况:按期办结"),
    ] {
        let mut desk = desk();
        desk.press(keys);
        sees(&desk, seen);
        let first = desk.text().lines().nth(2).unwrap().to_owned();
        assert!(!first.contains("…") || first.contains("机关="), "{first}");
    }
}

#[test]
fn esc_leads_back_to_where_a_list_was_opened_and_first_takes_away_what_was_written_there() {
    let mut register = city();
    // Keys, and the screen that they lead to.
    for (keys, seen) in [
        ("Enter Esc", "总览　2023"),
        ("Tab Enter Esc", "总览　2023"),
        // Into an item and out again.
        ("Tab Enter Enter Esc", "筛选  阶段:待核对"),
        ("Tab Enter Enter Esc Esc", "总览　2023"),
        // What a person wrote goes first, and then it is one step back.
        ("Tab Enter / 养 犬 Enter Esc", "  400 个事项"),
        ("Tab Enter / 养 犬 Enter Esc Esc", "总览　2023"),
        ("Tab Enter / Esc", "  400 个事项"),
        ("Tab Enter Space Esc", "筛选  阶段:待核对"),
        ("2 / 养 犬 Enter Esc", "  400 个事项"),
        ("2 / 养 犬 Enter Esc Esc", "总览　2023"),
        ("4 Tab Enter Esc", "第十一条"),
        // A day of the calendar, and the filter that stood before it.
        ("3 / 起 草 Enter Tab Enter", "到期:2023-09-12"),
        ("3 / 起 草 Enter Tab Enter Esc", "▸ 2023"),
        ("3 / 起 草 Enter Tab Enter Esc Esc", "起草"),
        ("3 Tab Enter / 起 草 Enter Esc", "（按 / 输入"),
    ] {
        let mut desk = Desk::open(register, Lang::Zh, (80, 24));
        desk.press(keys);
        let text = desk.text();
        assert!(text.contains(seen) || (seen == "▸ 2023" && text.contains(" 12月 ")), "{keys}: no {seen} in\n{text}");
        register = desk.register;
    }
}

#[test]
fn a_figure_without_a_list_behind_it_says_that_esc_goes_back() {
    let mut desk = desk();
    // No training is due soon.
    desk.press("Down Right Enter");
    sees(&desk, "没有符合条件的任务。按 Esc 返回。");
    desk.press("Esc");
    sees(&desk, "总览　2023");
}

#[test]
fn the_number_on_the_overview_is_the_length_of_its_list() {
    let mut desk = desk();
    let text = desk.text();
    let row = text.lines().find(|line| line.contains("核对并起草")).unwrap();
    let late: Vec<&str> = row.split_whitespace().collect();
    let late = late.iter().rev().nth(5).unwrap().to_string();
    desk.press("Enter");
    sees(&desk, &format!("{late} 项任务"));
}

#[test]
fn a_file_is_tried_corrected_and_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    let rows = "机关,序号,事项,依据,阶次,怎么认定,裁量标准\n市城管局,ZZ-1,占道堆放新样式杂物,《云泽市市容管理条例》第九条,较轻,初次,处五十元以上二百元以下罚款\n\
                不存在的局,ZZ-2,另一行为,《云泽市市容管理条例》第九条,较轻,初次,处五十元罚款\n";
    std::fs::write(&file, rows).unwrap();
    let mut desk = Desk::open(city(), Lang::Zh, (120, 40));
    desk.press("5").press(file.to_str().unwrap()).press("Enter");
    sees(&desk, "试读，没有写入：新增 1");
    sees(&desk, "没有机关「不存在的局」");
    // The column that nobody knew is told to be the condition.
    desk.press("Up Right Right Right Right Right Enter 适用条件 Enter");
    sees(&desk, "适用条件");
    desk.press("F9");
    sees(&desk, "有 1 行不能读入");
    desk.press("y");
    sees(&desk, "已写入：新增 1");
    desk.press("2 / ZZ-1 Enter Enter");
    sees(&desk, "占道堆放新样式杂物");
    sees(&desk, "初次");
}

#[test]
fn the_language_changes_live_and_a_command_that_cannot_run_says_why() {
    let mut desk = desk();
    desk.press("L");
    sees(&desk, "Overview");
    desk.press("u");
    sees(&desk, "There is no change to undo.");
    desk.press("Ctrl-P q u i t");
    sees(&desk, "quit");
    desk.press("Enter");
    assert!(desk.left);
}

#[test]
fn a_smaller_window_keeps_the_place() {
    let mut desk = Desk::open(city(), Lang::Zh, (120, 40));
    desk.press("2 End");
    let last =
        desk.text().lines().find(|line| line.starts_with('▸')).unwrap().split_whitespace().nth(1).unwrap().to_owned();
    desk.resize(80, 24);
    sees(&desk, &format!("▸ {last}"));
    desk.resize(20, 5);
    assert!(desk.text().contains("窗口太小"));
}
