//! An official's day at the terminal, at both sizes and in both languages; and every way to leave.

use cailiang::domain::filter::Filter;
use cailiang::i18n::Lang;
use cailiang::service::Register;
use portable_pty::CommandBuilder;

use super::pty_terminal::Terminal;
use super::tui_desk::{SIZES, clock};

const DEMO: [&str; 3] = ["demo", "--today", "2023-09-12"];

#[test]
fn a_day_at_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    // A workbook as the register itself writes it.
    let book = home.path().join("book.xlsx");
    let city = Register::demo(None, &clock()).unwrap();
    let (code, _) = super::tui_work::draft(&city);
    let filter = Filter::parse("kind:penalty").unwrap();
    let count = city.export_xlsx(std::fs::File::create(&book).unwrap(), &filter, Lang::Zh).unwrap();
    std::thread::scope(|scope| {
        for size in SIZES {
            for (lang, say) in [("zh", 0), ("en", 1)] {
                let (home, code) = (home.path(), code.as_str());
                scope.spawn(move || day(home, size, lang, say, code, count));
            }
        }
    });
}

fn day(home: &std::path::Path, size: (u16, u16), lang: &str, say: usize, code: &str, count: u64) {
    let words = |zh: &'static str, en: &'static str| if say == 0 { zh } else { en };
    let mut terminal = Terminal::cailiang(home, &[DEMO.as_slice(), &["--lang", lang]].concat(), size);
    terminal.sees(words("核对并起草", "verify and draft"));
    // Found by the initials of the agency, then by two characters of the title.
    terminal.types("2").sees("GA-001").types("/sthjj").sees("ST-00").misses("GA-001");
    terminal.types("\u{15}养犬").sees("养犬").misses("ST-00");
    assert!(terminal.cursor().is_some(), "the cursor stands in the filter");
    // A draft is opened, a tier edited, saved and undone.
    // Enter may come before the answer to the filter.
    terminal.types("\u{15}").types(code).types("\r\r").sees(words("裁量标准", "standard"));
    terminal.types("\r").sees("Ctrl-J");
    terminal.types("\u{15}处九百元罚款").sees("处九百元罚款").types("\r").sees(words("* 未保存", "* unsaved"));
    terminal.types("\u{13}").sees(words("已保存", "Saved, version"));
    terminal.types("u").sees(words("* 未保存", "* unsaved")).misses("处九百元罚款");
    terminal.types("\u{12}").sees("处九百元罚款").types("\u{1b}").sees(words("筛选", "filter"));
    terminal.types("u").sees(words("已撤销", "is undone"));
    // A workbook is tried, and nothing is written.
    terminal.types("5").sees(words("进入为", "enters as")).types("book.xlsx\r");
    terminal.sees(words("试读，没有写入", "trial, nothing written"));
    let unchanged = if say == 0 { format!("不变 {count}") } else { format!("{count} unchanged") };
    terminal.sees(&unchanged);
    // A duty is extended.
    terminal.types("\u{1b}OS").sees(words("未办结", "still open")).sees("▸ 2023");
    terminal.types("e").sees(words("新的到期日", "new due day"));
    terminal.types("\t").types("人手不足\r").sees(words("延期到 2023", "extend to 2023"));
    // The language, another size, and out.
    terminal.types("L").sees(words("Deadlines", "期限"));
    let (width, height) = size;
    terminal.resize(width - 10, height - 4).until("a smaller screen", |text| {
        text.lines().count() <= usize::from(height - 4) && text.contains(words("still open", "未办结"))
    });
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_baseline_is_written_with_the_checks_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let city = Register::demo(None, &clock()).unwrap();
    let (code, _) = super::tui_work::draft(&city);
    for size in SIZES {
        let mut terminal = Terminal::cailiang(home.path(), &DEMO, size);
        terminal.sees("核对并起草").types("2").sees("GA-001").types("/").types(&code).types("\r\r").sees("裁量标准");
        // A band of its own in the law, split into tiers; those that stand go after a second key.
        terminal.types("g\r").sees("Ctrl-J").types("\u{15}未经登记饲养犬只\r");
        for _ in ["basis", "band"] {
            terminal.types("\x1b[B\r").sees("Ctrl-J").types("\u{15}处二万元以上二十万元以下罚款\r").misses("Ctrl-J");
        }
        terminal
            .types("s")
            .sees("处二万元以上七万四千元以下罚款")
            .types("\r")
            .sees("将被替换")
            .types("\r")
            .misses("将被替换");
        // A gap is told while it is typed, and gone when it is.
        terminal.types("\x1b[B\x1b[B\r").sees("Ctrl-J");
        terminal.types("\u{15}处二万元以上五万元以下罚款").sees("T01").sees("空档");
        // A unit that is missing is completed by a key.
        terminal.types("\u{15}处二万以上七万四千元以下罚款").sees("R03").misses("T01");
        terminal.types("\u{18}").sees("已改").sees("处二万元以上七万四千元以下罚款").misses("R03");
        terminal.types("\r").types("\u{3}");
        assert_eq!(terminal.ends(), 0);
    }
}

#[test]
fn a_mapping_is_corrected_saved_and_used_again() {
    let home = tempfile::tempdir().unwrap();
    std::fs::copy("tests/it/fixtures/published.xlsx", home.path().join("published.xlsx")).unwrap();
    let mut terminal = Terminal::cailiang(home.path(), &DEMO, (80, 24));
    let (up, down, right) = ("\u{1b}[A", "\u{1b}[B", "\u{1b}[C");
    // The name is completed; then the agency is told.
    terminal.sees("核对并起草").types("5").sees("进入为").types("pu\t").sees("published.xlsx");
    terminal.types("\r").sees("未指明机关 2");
    terminal.types(&up.repeat(4)).types("\r").sees("归哪个机关").types("城管局").types("\r").misses("未指明机关");
    // A column is told what it holds, and the mapping is saved.
    terminal.types(&down.repeat(4)).types(&right.repeat(5)).types("\r").sees("怎么认定」，现在");
    terminal.types("适用条件\r").sees("第 5 列“裁量基准/由谁认定”");
    terminal.types("w").sees("名称").types("城管表\r").sees("已保存列对应关系「城管表」。").sees("已保存的「城管表」");
    // The file again: the mapping is used by itself, and the file taken in by it.
    terminal.types(&up.repeat(5)).types("\u{15}").misses("「城管表」").types("published.xlsx\r");
    terminal.sees("「城管表」，表头相符").sees("新增 2");
    terminal.types("\u{1b}[20~").sees("请确认").types("y").sees("已写入：新增 2");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn chinese_is_typed_pasted_and_deleted_with_the_cursor_at_the_edit_point() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::cailiang(home.path(), &DEMO, (80, 24));
    terminal.sees("核对并起草").types("2").sees("GA-001");
    // Bracketed paste goes into the filter as it is.
    terminal.types("/\u{1b}[200~养犬登记\u{1b}[201~").sees("筛选  养犬登记");
    // Two columns and the label before it; each character is two columns wide.
    terminal.until_cursor((8 + 8, 2));
    terminal.types("\u{7f}").sees("筛选  养犬登 ").until_cursor((8 + 6, 2));
    terminal.types("\u{1b}[D\u{1b}[D\u{1b}[D犬").sees("筛选  犬养犬登").until_cursor((8 + 2, 2));
    terminal.types("\u{3}");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn rows_are_marked_by_key_and_mouse_and_an_act_over_them_is_seen_first() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::cailiang(home.path(), &DEMO, (80, 24));
    terminal.sees("核对并起草").types("2").sees("GA-001");
    terminal.types(" ").sees("已标记 1 / 400");
    // A click before the third row, then on the heading of the agencies.
    terminal.types("\u{1b}[<0;2;7M\u{1b}[<0;2;7m").sees("已标记 2 / 400");
    terminal.types("\u{1b}[<0;41;4M\u{1b}[<0;41;4m").sees("机关↑");
    terminal.types("*v").sees("核对确认：将办理 42，不能办理 358");
    terminal.types("q\u{1b}").sees("已标记 400 / 400").types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn the_terminal_is_restored_after_ctrl_c() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::cailiang(home.path(), &DEMO, (80, 24));
    terminal.sees("核对并起草").types("\u{3}");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn the_terminal_is_restored_where_there_is_no_register() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::cailiang(home.path(), &["--db", "nowhere.db"], (80, 24));
    assert_eq!(terminal.ends(), 2);
    assert!(terminal.text().contains("没有登记库"), "{}", terminal.text());
}

#[test]
fn a_key_that_cannot_be_is_told_before_the_interface_opens() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("keys.toml"), "[keys]\nhelp = \"F2\"\n").unwrap();
    let mut terminal = Terminal::cailiang(home.path(), &["--config", "keys.toml", "demo"], (80, 24));
    assert_eq!(terminal.ends(), 2);
    assert!(terminal.text().contains("keys.toml 第 2 行：F2 已经是 overview（总览）的键。"), "{}", terminal.text());
    assert!(!String::from_utf8_lossy(&terminal.all).contains("\u{1b}[?1049h"), "it opened");
}

#[test]
fn the_terminal_is_restored_after_a_panic() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "pty_story::in_a_terminal_that_panics", "--ignored", "--nocapture", "--test-threads=1"]);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    let mut terminal = Terminal::start(command, (80, 24));
    terminal.ends();
    let all = String::from_utf8_lossy(&terminal.all).into_owned();
    assert!(all.contains("\u{1b}[?1049h"), "the interface was open");
    assert!(all.contains("deliberate"), "the reason is told");
}

/// Run by the test above in a terminal of its own.
#[test]
#[ignore = "panics on purpose"]
fn in_a_terminal_that_panics() {
    let options = cailiang::tui::Options {
        lang: Lang::Zh,
        theme: cailiang::tui::theme::Theme { colour: true, plain: false },
        ruler: cailiang::tui::width::Ruler::default(),
        keys: std::sync::Arc::default(),
    };
    let ended = cailiang::tui::run(|| panic!("deliberate"), options);
    assert!(ended.is_err());
}
