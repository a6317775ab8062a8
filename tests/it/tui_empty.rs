//! What a list without rows leads to: words that a person can follow, in place of a filter that does not stand.

use cailiang::i18n::Lang;
use cailiang::service::{NewRegister, Register};

use super::tui_desk::{Desk, clock};

/// A register as it is on its first day.
fn new_register(folder: &tempfile::TempDir) -> Register {
    let new = NewRegister { city: "云泽市".to_owned(), year: None, plan: None, rehearsal: true };
    Register::init(&folder.path().join("register.db"), clock(), "interface", &new).unwrap()
}

#[test]
fn a_list_without_rows_says_what_to_do() {
    // Keys, what is said, and what is not.
    for (lang, keys, said, not_said) in [
        (Lang::Zh, "2", "还没有事项。按 F6 到「导入」读入表格，或者用 cailiang item add", "清除筛选"),
        (Lang::En, "2", "There are no items yet. F6 goes to Import", "clears the filter"),
        (Lang::Zh, "2 / 养 犬", "没有符合条件的事项。按 Esc 清除筛选。", "导入"),
        (Lang::Zh, "2 / 养 犬 Esc", "还没有事项。", "清除筛选"),
        // The trainings of the year stand in every register; none is due in this week.
        (Lang::Zh, "3 t", "本周没有未办结的任务到期。按 Ctrl-T 列出全部未办结的任务。", "清除筛选"),
        (Lang::Zh, "3 * w 不 办 Enter Enter", "没有未办结的任务。按 Ctrl-A 列出全部任务。任务随事项产生", "清除筛选"),
        (Lang::En, "3 * w no Enter Enter", "No duty is still open. Ctrl-A lists those that are done", "clears the"),
        (Lang::Zh, "3 / 养 犬 Enter", "没有符合条件的任务。按 Esc 清除筛选。", "导入"),
        (Lang::Zh, "4", "还没有法规。用 cailiang source import 收入法规全文。", "清除筛选"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(new_register(&folder), lang, (120, 24));
        desk.press(keys);
        let text = desk.text();
        assert!(text.replace('\n', "").contains(said), "{keys}: no {said} in\n{text}");
        assert!(!text.contains(not_said), "{keys}: {not_said} in\n{text}");
    }
}

#[test]
fn a_filter_of_sources_that_finds_none_is_taken_away_by_the_key_that_is_told() {
    let mut desk = Desk::open(super::tui_desk::city(), Lang::Zh, (80, 24));
    desk.press("4 / zqzq Enter");
    assert!(desk.text().contains("没有符合条件的法规。按 Esc 清除筛选。"), "{}", desk.text());
    desk.press("Esc");
    assert!(!desk.text().contains("清除筛选"), "{}", desk.text());
}
