//! Marks, acts over them, columns and views of the items, as keys and what must be seen after them.

use std::collections::BTreeSet;

use cailiang::domain::filter::Filter;
use cailiang::domain::selection::Selection;
use cailiang::i18n::Lang;
use cailiang::service::{Question, Register, Window};
use cailiang::tui::msg::Msg;
use proptest::prelude::*;

use super::tui_desk::{Desk, city, clock};

fn desk() -> Desk {
    Desk::open(city(), Lang::Zh, (80, 24))
}

#[track_caller]
fn sees(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(text.contains(words), "no {words} in\n{text}");
}

#[track_caller]
fn sees_not(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(!text.contains(words), "{words} in\n{text}");
}

/// The ids that a filter finds.
fn found(register: &Register, words: &str) -> BTreeSet<i64> {
    register.items_where(&Filter::parse(words).unwrap()).unwrap().into_iter().map(|id| id.0).collect()
}

fn count(register: &Register, words: &str) -> usize {
    found(register, words).len()
}

#[test]
fn marks_survive_sorting_scrolling_and_another_filter_and_esc_takes_them_away_first() {
    let mut desk = desk();
    desk.press("2 Space Space");
    sees(&desk, "已标记 2 / 400 个事项");
    desk.press("s 名 称 Enter End / 养 犬 Enter");
    sees(&desk, "已标记 2 / ");
    desk.press("Esc");
    sees_not(&desk, "已标记");
    sees(&desk, "筛选  养犬");
    desk.press("Esc");
    sees(&desk, " 400 个事项");
}

#[test]
fn everything_is_marked_without_being_loaded_and_ends_with_its_filter() {
    let mut desk = desk();
    desk.press("2 * Space");
    sees(&desk, "已标记 399 / 400 个事项");
    desk.press("End");
    sees(&desk, "●");
    desk.press("/ 养");
    sees_not(&desk, "已标记");
}

#[test]
fn what_will_change_is_seen_before_it_does_and_what_was_refused_stays_marked() {
    let mut desk = desk();
    let (listed, verified) = (count(&desk.register, "stage:listed"), count(&desk.register, "stage:verified"));
    desk.press("2 / 阶 段 : 待 核 对 , 已 核 对 Enter * v");
    sees(&desk, &format!("核对确认：将办理 {listed}，不能办理 {verified}"));
    sees(&desk, "阶段 待核对 → 已核对");
    desk.press("Esc");
    assert_eq!(count(&desk.register, "stage:listed"), listed, "looking changes nothing");
    desk.press("v Enter");
    assert_eq!(count(&desk.register, "stage:listed"), 0);
    sees(&desk, &format!("核对确认：已办理 {listed}，不能办理 {verified}"));
    // The reason of each in full, and only what was refused.
    desk.press("Tab Down Esc");
    sees(&desk, &format!("已标记 {verified} / {} 个事项", listed + verified));
    desk.press("Esc l");
    sees(&desk, &format!("核对确认：已办理 {listed}"));
}

#[test]
fn one_item_is_done_at_once_and_a_refusal_says_why() {
    let mut desk = desk();
    desk.press("2 / 阶 段 : 待 核 对 Enter");
    let listed = count(&desk.register, "stage:listed");
    desk.press("v");
    sees(&desk, "核对确认：");
    sees(&desk, "阶段 待核对 → 已核对");
    assert_eq!(count(&desk.register, "stage:listed"), listed - 1);
    desk.press("Esc / 阶 段 : 已 公 布 Enter v");
    sees(&desk, "已公布");
    sees_not(&desk, "→");
}

#[test]
fn one_item_is_submitted_or_excluded_only_after_its_preview() {
    let mut desk = desk();
    let excluded = count(&desk.register, "stage:excluded");
    desk.press("2 / stage:drafting Enter X 已 取 消 Enter");
    sees(&desk, "排除：将办理 1");
    desk.press("Esc");
    assert_eq!(count(&desk.register, "stage:excluded"), excluded, "looking changes nothing");
    desk.press("X 已 取 消 Enter Enter");
    sees(&desk, "起草中 → 已排除");
    assert_eq!(count(&desk.register, "stage:excluded"), excluded + 1);
    // What is refused says why at once.
    desk.press("Esc / stage:published Enter m");
    sees_not(&desk, "将办理");
}

#[test]
fn acts_over_marks_ask_what_they_need() {
    let mut city = city();
    // The filter, keys on its first two items, what the sheet says of them, and a filter that finds them after it.
    for (filter, keys, told, after) in [
        ("stage:listed Space agency=市城管局", "a 市 公 安 局 Enter", "机关 市城管局 → 市公安局", "agency=市公安局"),
        ("standing:overdue", "e Ctrl-U 2023-09-20 Tab 人 手 不 足 Enter", "→ 2023-09-20", "due:2023-09-20"),
        ("verification:listed", "x 不 是 我 局 职 责 Enter", "核对 待核对 → 有异议", "verification:disputed"),
        ("verification:disputed", "t 维 持 Tab Enter", "核对 有异议 → 已核对", "stage:verified"),
        ("stage:drafting", "X 已 取 消 Enter", "阶段 起草中 → 已排除", "stage:excluded"),
        ("stage:drafting", "r", "草稿 无 → 待法制审核", ""),
        ("stage:verified", "b Ctrl-U 第 九 批 Enter", "批次 无 → 第九批（新）", ""),
    ] {
        let mut desk = Desk::open(city, Lang::Zh, (120, 40));
        let before = count(&desk.register, after);
        desk.press(&format!("2 / {filter} Enter Space Space {keys}"));
        sees(&desk, "将办理 2");
        sees(&desk, told);
        assert_eq!(count(&desk.register, after), before, "{keys}: only tried");
        desk.press("Enter");
        sees(&desk, "已办理 2");
        sees_not(&desk, "已标记");
        assert_eq!(count(&desk.register, after), if after.is_empty() { before } else { before + 2 }, "{keys}");
        city = desk.register;
    }
}

#[test]
fn what_is_marked_or_found_is_exported_and_no_file_is_written_over_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(city(), Lang::Zh, (120, 40));
    for (keys, name, rows) in [
        ("2 / GA-00 Enter Space Space", "marked.csv", Some(2)),
        ("Esc *", "found.csv", Some(9)),
        ("", "found.json", None),
        ("", "found.xlsx", None),
    ] {
        let path = folder.path().join(name);
        desk.press(keys).press("w Ctrl-U").press(path.to_str().unwrap()).press("Enter");
        sees(&desk, "已导出");
        let bytes = std::fs::read(&path).unwrap();
        if let Some(rows) = rows {
            let text = String::from_utf8(bytes).unwrap();
            let codes: BTreeSet<&str> = text.split("GA-00").skip(1).filter_map(|rest| rest.get(..1)).collect();
            assert_eq!(codes.len(), rows, "{text}");
        }
    }
    let path = folder.path().join("marked.csv");
    let before = std::fs::read(&path).unwrap();
    desk.press("w Ctrl-U").press(path.to_str().unwrap()).press("Enter");
    sees(&desk, "已经存在。要覆盖它吗");
    desk.press("n");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    desk.press("w Ctrl-U").press(path.to_str().unwrap()).press("Enter y");
    sees(&desk, "已导出 9 个事项");
    assert_ne!(std::fs::read(&path).unwrap(), before);
    desk.press("w Ctrl-U items.doc Enter");
    sees(&desk, "不知道要导出成什么格式");
}

#[test]
fn columns_and_views_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("register.db");
    drop(Register::demo(Some(&place), &clock()).unwrap());
    let open = || {
        let register = Register::open(&place, clock(), "interface").unwrap();
        Desk::open(register, Lang::Zh, (80, 24))
    };
    let mut desk = open();
    // Standing off, the fourth column; kind on.
    desk.press("2 c Down Down Down Space Down Down Space Enter");
    sees(&desk, "种类");
    sees_not(&desk, "情况");
    desk.press("/ 养 犬 Enter s 机 关 Enter O Ctrl-U 养 犬 各 局 Enter");
    sees(&desk, "已保存视图「养犬各局」");
    drop(desk);
    let mut desk = open();
    desk.press("2");
    sees(&desk, "种类");
    desk.press("o 养 犬 Enter");
    sees(&desk, "筛选  养犬");
    sees(&desk, "机关↑");
    desk.press("N Enter Ctrl-U 狗 Enter o 狗");
    sees(&desk, "狗　养犬");
    desk.press("Esc D Enter y o");
    sees_not(&desk, "狗");
    assert!(!std::fs::read_to_string(folder.path().join("register.views/local.json")).unwrap().contains("狗"));
}

#[test]
fn what_has_no_room_falls_off_from_the_right_and_is_said() {
    let mut desk = desk();
    // Everything on, in the order offered.
    desk.press("2 c").press(&"Down ".repeat(5)).press(&"Space Down ".repeat(11));
    sees(&desk, "这个宽度放不下");
    desk.press("Enter");
    sees(&desk, "编码");
    sees_not(&desk, "登记号");
    desk.resize(240, 24);
    sees(&desk, "种类");
}

#[test]
fn a_heading_sorts_and_the_margin_marks() {
    let mut desk = desk();
    desk.press("2");
    desk.update(Msg::Click { x: 40, y: 3 });
    sees(&desk, "机关↑");
    desk.update(Msg::Click { x: 40, y: 3 });
    sees(&desk, "机关↓");
    desk.update(Msg::Click { x: 3, y: 3 });
    sees(&desk, "编码↑1");
    sees(&desk, "机关↓2");
    desk.update(Msg::Click { x: 1, y: 6 });
    sees(&desk, "已标记 1 / 400");
    desk.update(Msg::Wheel(3));
    sees(&desk, "已标记 1 / 400");
}

#[test]
fn the_footer_tells_the_keys_of_the_mode() {
    let mut desk = desk();
    desk.press("2 /");
    sees(&desk, "Enter 到列表");
    sees_not(&desk, "Enter 打开");
    desk.press("Enter Space");
    sees(&desk, "v 核对确认");
    let mut desk = Desk::open(city(), Lang::En, (80, 24));
    desk.press("2 / CG-017 Enter Enter Enter");
    sees(&desk, "Esc give up");
}

/// The last line: the keys that work.
fn footer(desk: &Desk) -> String {
    desk.text().lines().last().unwrap().to_owned()
}

#[test]
fn the_footer_tells_the_keys_of_the_sheet_that_is_open() {
    for (keys, shown) in [
        ("2 :", "Enter 执行"),
        ("2 s", "Enter 选定"),
        ("2 c", "Space 显示/不显示"),
        ("2 ?", "↑↓ 翻看"),
        ("2 / stage:drafting Enter X", "Enter 确定"),
        ("2 / stage:listed Enter Space v", "Enter 办理"),
        ("2 O 甲 Enter D Enter", "y/F10 是"),
    ] {
        let mut desk = desk();
        desk.press(keys);
        let foot = footer(&desk);
        assert!(foot.contains(shown) && foot.contains("Esc"), "{keys}: {foot}");
        // Nowhere else: the lines of a sheet are its content's.
        assert_eq!(desk.text().matches(shown).count(), 1, "{}", desk.text());
        assert!(!foot.contains("打开") && !foot.contains("标记"), "{keys}: {foot}");
    }
}

#[test]
fn what_the_footer_of_the_calendar_tells_works_there() {
    let mut register = city();
    for (told, key, seen) in [
        ("/ 筛选", "/", "Enter 到列表"),
        ("t 本周", "t", "本周到期"),
        ("Tab 年历/日程", "Tab", "▸ 2023"),
        ("Enter 打开", "Enter", "未办结  到期:2023-09-12"),
    ] {
        let mut desk = Desk::open(register, Lang::Zh, (80, 24));
        desk.press("3 Tab");
        assert!(footer(&desk).contains(told), "{}", footer(&desk));
        sees_not(&desk, "▸ 2023");
        desk.press(key);
        sees(&desk, seen);
        register = desk.register;
    }
}

#[test]
fn a_key_that_is_no_answer_is_told_which_is() {
    let mut desk = desk();
    desk.press("2 O 甲 Enter D Enter Enter");
    sees(&desk, "这里要按 y 或 F10 才办理");
    desk.press("y");
    sees_not(&desk, "请确认");
}

#[test]
fn a_list_without_a_match_says_so() {
    for (lang, said) in [(Lang::Zh, "没有匹配的项"), (Lang::En, "No match")] {
        for keys in ["2 s", "2 :"] {
            let mut desk = Desk::open(city(), lang, (80, 24));
            desk.press(keys);
            sees_not(&desk, said);
            desk.press("z q z q z q");
            sees(&desk, said);
        }
    }
}

#[test]
fn an_empty_list_and_a_wrong_value_name_the_condition_that_was_meant() {
    for (lang, filter, said) in [
        (Lang::Zh, "逾期 Space zqzq", "要找逾期的，请用 情况:逾期"),
        (Lang::En, "overdue Space zqzq", "use standing:overdue"),
        (Lang::Zh, "阶段:submited", "是不是「已报送」？"),
        (Lang::En, "stage:submited", "Did you mean submitted?"),
    ] {
        let mut desk = Desk::open(city(), lang, (120, 40));
        desk.press(&format!("2 / {filter} Enter"));
        sees(&desk, said);
    }
    let mut desk = desk();
    desk.press("2 / zqzq Enter");
    sees_not(&desk, "要找");
}

#[test]
fn a_long_name_in_the_help_stands_apart_from_its_sentence() {
    let mut desk = Desk::open(city(), Lang::En, (120, 40));
    desk.press("4 ?");
    sees(&desk, "sources/articles  between");
}

#[test]
fn every_sentence_of_the_help_is_read_whole_at_every_width() {
    let mut register = city();
    for (lang, width, height, keys) in [
        (Lang::Zh, 80, 24, "2"),
        (Lang::En, 80, 24, "2"),
        (Lang::En, 80, 24, "3"),
        (Lang::En, 52, 12, "4"),
        (Lang::Zh, 40, 10, "5"),
    ] {
        let mut desk = Desk::open(register, lang, (width, height));
        desk.press(keys).press("F1");
        let mut read = String::new();
        // Line by line to the end: the last line of the sheet is each time the next one.
        let lines = |desk: &Desk| desk.text().lines().skip(4).map(str::to_owned).collect::<Vec<_>>();
        let shown = usize::from(height) - 7;
        read.extend(lines(&desk).into_iter().take(shown));
        // More than there are lines.
        for _ in 0..200 {
            let before = desk.text();
            desk.press("Down");
            if desk.text() == before {
                break;
            }
            read.extend(lines(&desk).into_iter().nth(shown - 1));
        }
        assert!(!read.contains('…'), "{lang:?} {width}: {read}");
        // Of three columns only the sentence goes on below: without blanks it is read in one piece.
        let read: String = read.split_whitespace().collect();
        let leave = if lang == Lang::Zh {
            "退出程序；草稿留在登记库文件旁"
        } else {
            "leave;draftsarekeptbesidetheregister'sfile"
        };
        assert!(read.ends_with(leave), "{lang:?} {width}: {read}");
        register = desk.register;
    }
}

#[test]
fn marked_duties_are_waived_together() {
    let mut desk = desk();
    let late = |register: &Register| {
        let mut n = 0;
        let window = Window::of(Filter::parse("standing:waived").unwrap());
        register
            .each_duty(&window, Question::default(), |_| {
                n += 1;
                Ok(())
            })
            .unwrap();
        n
    };
    let before = late(&desk.register);
    desk.press("3 Space Space Space w 条 例 已 废 止 Enter");
    sees(&desk, "免除：将办理 3");
    sees(&desk, "未办结 → 已免除");
    desk.press("Enter");
    sees(&desk, "免除：已办理 3。");
    assert_eq!(late(&desk.register), before + 3);
}

#[test]
fn a_returned_item_shows_why_on_its_baseline() {
    let mut desk = desk();
    desk.press("2 / stage:returned Enter Enter");
    sees(&desk, "退回理由");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A selection is the set that a person would have kept by hand, whatever was marked and unmarked in which view.
    #[test]
    fn a_selection_is_the_set_of_its_marks(
        steps in prop::collection::vec((0..6_usize, 1..400_i64), 1..12),
    ) {
        const VIEWS: [&str; 3] = ["stage:drafting", "养犬 or stage:listed", ""];
        thread_local! { static CITY: Register = city(); }
        CITY.with(|register| {
            let (mut selection, mut model) = (Selection::default(), BTreeSet::new());
            for (step, id) in steps {
                match VIEWS.get(step) {
                    Some(view) => {
                        selection = Selection::all(Filter::parse(view).unwrap());
                        model = found(register, view);
                    }
                    // Only rows in sight are turned: those that the filter finds.
                    None => {
                        let in_sight = match &selection {
                            Selection::These(_) => true,
                            Selection::AllBut { filter, .. } => found(register, &filter.to_string()).contains(&id),
                        };
                        if in_sight {
                            prop_assert_eq!(selection.has(id), model.contains(&id));
                            selection.turn(id);
                            if !model.remove(&id) {
                                model.insert(id);
                            }
                        }
                    }
                }
                let marked: BTreeSet<i64> =
                    register.items_where(&selection.filter()).unwrap().into_iter().map(|id| id.0).collect();
                prop_assert_eq!(&marked, &model);
                let total = match &selection {
                    Selection::These(_) => None,
                    Selection::AllBut { filter, .. } => Some(count(register, &filter.to_string()) as u64),
                };
                prop_assert_eq!(selection.count(total), Some(model.len() as u64));
            }
            Ok(())
        })?;
    }
}

#[test]
fn what_is_typed_after_the_filter_was_left_is_a_word_of_its_own() {
    let mut desk = Desk::open(city(), Lang::Zh, (80, 24));
    desk.press("2 / g a Enter 犬");
    assert!(desk.text().contains("ga 犬"), "{}", desk.text());
    desk.press("只");
    assert!(desk.text().contains("ga 犬只"), "{}", desk.text());
}

#[test]
fn a_form_whose_answer_is_refused_comes_back_with_what_was_typed() {
    let asks = [
        ("2 w Ctrl-U 清单.doc Enter", &["导出筛选出的", "清单.doc", "文件名以 .csv、.xlsx 或 .json 结尾"][..]),
        ("2 w Ctrl-U /nowhere/清单.csv Enter", &["导出筛选出的", "/nowhere/清单.csv"]),
        ("3 Space Space e Ctrl-U 2020年1月2日 Tab 人手不足 Enter", &["2020年1月2日", "人手不足", "请写更晚的日期"]),
        ("3 e Ctrl-U 2020/1/2 Tab 人手不足 Enter", &["2020/1/2", "人手不足", "请写更晚的日期"]),
    ];
    for (keys, seen) in asks {
        let mut desk = desk();
        desk.press(keys);
        for words in seen {
            sees(&desk, words);
        }
        // What is typed next goes on in the form, and Esc leaves it.
        desk.press("新");
        sees(&desk, "新");
        desk.press("Esc");
        sees_not(&desk, "新");
        sees_not(&desk, "Esc 取消");
    }
}

#[test]
fn a_form_that_came_back_is_answered_anew() {
    let mut desk = desk();
    desk.press("3 Space Space e Ctrl-U 20200102 Tab 人手不足 Enter Shift-Tab Ctrl-U 2026年12月30日 Ctrl-S");
    sees(&desk, "延期到 2026-12-30");
    desk.press("Enter");
    desk.press("/ due:20261230 Enter");
    sees(&desk, " 2 项任务");
}
