//! What the system asks of the program while it holds the terminal: to end, and to be stopped for a while.

use cailiang::i18n::Lang;
use cailiang::service::Register;
use portable_pty::CommandBuilder;
use rustix::process::Signal;

use super::pty_terminal::Terminal;
use super::tui_desk::{Desk, clock};

#[test]
fn a_signal_leaves_the_terminal_as_it_was_and_the_draft_kept() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("register.db");
        let city = Register::demo(Some(&place), &clock()).unwrap();
        let (item, id) = super::tui_work::draft(&city);
        drop(city);
        let arguments = ["--db", "register.db", "--today", "2023-09-12"];
        let mut terminal = Terminal::cailiang(home.path(), &arguments, (80, 24));
        terminal.sees("核对并起草").types("2").sees("GA-001");
        terminal.types(&format!("/{item}\r\r")).sees("裁量标准").types("\r").sees("Ctrl-J");
        terminal.types("\u{15}断线前写的").sees("断线前写的");
        terminal.signal(signal);
        assert_eq!(terminal.ends(), code);
        let register = Register::open(&place, clock(), "interface").unwrap();
        let mut desk = Desk::open(register, Lang::Zh, (80, 24));
        assert!(desk.register.kept_draft(id).unwrap().is_some());
        assert!(desk.press(&format!("2 / {item} Enter Enter")).text().contains("断线前写的"));
    }
}

#[test]
fn a_program_that_was_stopped_comes_back_with_all_it_showed() {
    let home = tempfile::tempdir().unwrap();
    // A shell that stops its jobs, as those in which people work do.
    let mut command = CommandBuilder::new("sh");
    let script = "set -m\n\"$0\" demo --today 2023-09-12; echo the shell has it; read line; fg >/dev/null; echo over";
    command.args(["-c", script, env!("CARGO_BIN_EXE_cailiang")]);
    command.env("HOME", home.path());
    command.env("XDG_CONFIG_HOME", home.path());
    command.cwd(home.path());
    let mut terminal = Terminal::start(command, (80, 24));
    terminal.sees("核对并起草").types("2").sees("GA-001").types("/养犬").sees("筛选  养犬").types("\r");
    terminal.types("\u{1a}").sees("the shell has it");
    assert!(terminal.text().contains("输入 fg 回来"), "{}", terminal.text());
    assert!(terminal.is_plain());
    // It comes back larger, on the same list.
    terminal.resize(100, 30).types("\r").sees("筛选  养犬");
    terminal.until("a wider screen", |text| text.lines().count() > 24);
    assert!(!terminal.is_plain());
    terminal.types("q").sees("over");
    assert_eq!(terminal.ends(), 0);
}
