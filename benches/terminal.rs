//! The real program in a real pseudo-terminal, beside csvlens and `VisiData` on the same rows in the same run:
//! `cargo bench --bench terminal -- 100000 1000000`. Rivals are looked for on the path; an absent one is said.
//!
//! A program gets one key at a time. A key is answered by a frame when the first bytes come after it, and wholly when
//! the lines of the table are as they stay. Counts that come later, in the background, are not waited for.

// What a bench begins with must be there.
#![allow(clippy::expect_used)]

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const WIDTH: u16 = 120;
const HEIGHT: u16 = 40;
/// Rows that have not changed for so long are as they stay.
const QUIET: Duration = Duration::from_millis(500);
/// Rows that have not begun to change after so long do not change.
const IDLE: Duration = Duration::from_secs(2);
/// What takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(20);
/// The day of the made-up register.
const DAY: &str = "2023-09-12";
/// How often a program is started; the median counts.
const STARTS: usize = 5;

/// What is done with a program, and how it is said to it: a name, the keys one by one.
type Deed = (&'static str, &'static [&'static str]);

/// A program that shows rows.
struct Program {
    name: &'static str,
    /// The words on its first usable screen.
    usable: &'static str,
    /// The lines of the screen that hold rows, and what else tells that a deed is done.
    rows: std::ops::Range<u16>,
    /// Keys that come before the deeds.
    before: &'static [&'static str],
    deeds: &'static [Deed],
}

const OURS: Program = Program {
    name: "cailiang",
    usable: "核对并起草",
    rows: 4..38,
    before: &["2"],
    deeds: &[
        ("a row down", &["j", "j", "j", "j", "j", "j", "j", "j"]),
        ("a page down", &["\x1b[6~"; 8]),
        ("the last row, and back", &["G", "g", "G", "g"]),
        ("a key in the filter: 噪声", &["/", "噪", "声", "\x7f", "\x7f"]),
        ("a key in the filter: sthjj", &["s", "t", "h", "j", "j"]),
        ("a key in the filter: three words", &["\x15", "处", "罚", " ", "生", "态", " ", "违", "法"]),
        ("the filter taken away", &["\x1b"]),
        ("another screen, and back", &["\x1bOQ", "\x1bOR", "\x1bOS", "\x1bOR"]),
        ("a baseline, and back", &["\r", "\x1b"]),
    ],
};

const CSVLENS: Program = Program {
    name: "csvlens",
    usable: "Row",
    rows: 3..38,
    before: &[],
    deeds: &[
        ("a row down", &["j", "j", "j", "j", "j", "j", "j", "j"]),
        ("a page down", &["\x1b[6~"; 8]),
        ("the last row, and back", &["G", "g", "G", "g"]),
        ("a key in the filter: 噪声", &["&噪声\r"]),
    ],
};

const VISIDATA: Program = Program {
    name: "vd",
    usable: "rows",
    rows: 1..40,
    before: &[],
    deeds: &[
        ("a row down", &["j", "j", "j", "j", "j", "j", "j", "j"]),
        ("a page down", &["\x1b[6~"; 8]),
        ("the last row, and back", &["G", "gk", "G", "gk"]),
        ("a key in the filter: 噪声", &["g|噪声\r"]),
    ],
};

fn main() {
    let told: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if told.is_empty() { vec![100_000] } else { told };
    let folder = tempfile::tempdir().expect("a folder");
    println!("{:>9}  {:34} {:10} {:>9} {:>9} {:>9} {:>8}", "rows", "", "", "frame/ms", "whole/ms", "worst/ms", "ratio");
    for rows in sizes {
        let (register, csv) = make(folder.path(), rows);
        let ours = env!("CARGO_BIN_EXE_cailiang");
        let mut table = Vec::new();
        let (day, db) = (format!("--today={DAY}"), format!("--db={}", register.display()));
        let csv = csv.to_string_lossy();
        let mut run = |program, words: &[&str]| run(program, words, folder.path(), |line| tell(rows, &mut table, line));
        run(&OURS, &[ours, &db, &day, "--lang=zh"]);
        run(&CSVLENS, &["csvlens", &csv]);
        run(&VISIDATA, &["vd", "-f", "csv", &csv]);
    }
}

/// A made-up register of so many items, and the same rows as a table.
fn make(folder: &Path, rows: u64) -> (std::path::PathBuf, std::path::PathBuf) {
    let (register, csv) = (folder.join(format!("{rows}.db")), folder.join(format!("{rows}.csv")));
    let ours = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_cailiang")).args(arguments).env("HOME", folder).output();
        let done = done.expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let (db, out) = (register.to_string_lossy(), csv.to_string_lossy());
    ours(&["--today", DAY, "demo", "--items", &rows.to_string(), "--out", &db, "--quiet"]);
    ours(&["--today", DAY, "--db", &db, "export", &out, "--quiet"]);
    (register, csv)
}

/// One line of the result: what, by whom, first frame, whole answer, worst whole answer.
struct Line {
    deed: &'static str,
    who: &'static str,
    frame: f64,
    whole: f64,
    worst: f64,
}

/// Tells a line as soon as it is measured, with its ratio to the first program that did the same.
fn tell(rows: u64, table: &mut Vec<Line>, line: Line) {
    let base = table.iter().find(|other| other.deed == line.deed).map_or(line.whole, |other| other.whole);
    let ratio = line.whole / base;
    println!(
        "{rows:>9}  {:34} {:10} {:>9.1} {:>9.1} {:>9.1} {ratio:>8.1}",
        line.deed, line.who, line.frame, line.whole, line.worst
    );
    table.push(line);
}

fn run(program: &Program, words: &[&str], home: &Path, mut tell: impl FnMut(Line)) {
    let who = program.name;
    let mut line = |deed, frame, whole, worst| tell(Line { deed, who, frame, whole, worst });
    let mut starts = Vec::new();
    let mut last = None;
    for _ in 0..STARTS {
        let Some(mut terminal) = Terminal::start(words, home) else {
            println!("{who}: not installed");
            return;
        };
        starts.push(terminal.waits_for(program.usable));
        if let Some(earlier) = last.replace(terminal) {
            Terminal::end(earlier);
        }
    }
    starts.sort_by(f64::total_cmp);
    let worst = starts.last().copied().unwrap_or_default();
    let median = starts.get(STARTS / 2).copied().unwrap_or_default();
    line("first usable screen", median, median, worst);
    let Some(mut terminal) = last else { return };
    terminal.settle(&program.rows);
    for key in program.before {
        terminal.press(key, &program.rows);
    }
    for (deed, keys) in program.deeds {
        let mut times: Vec<(f64, f64)> = keys.iter().map(|key| terminal.press(key, &program.rows)).collect();
        times.sort_by(|one, two| one.1.total_cmp(&two.1));
        let (frame, whole) = times.get(times.len() / 2).copied().unwrap_or_default();
        line(deed, frame, whole, times.last().map_or(0.0, |(_, whole)| *whole));
    }
    let memory = terminal.memory();
    line("peak memory in MB", memory, memory, memory);
    terminal.end();
}

/// A program in a terminal.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    write: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(words: &[&str], home: &Path) -> Option<Self> {
        let (program, arguments) = words.split_first()?;
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        let size = PtySize { rows: HEIGHT, cols: WIDTH, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).ok()?;
        drop(pair.slave);
        let mut read = pair.master.try_clone_reader().expect("its output");
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = read.read(&mut buffer) {
                let part = buffer.get(..count).unwrap_or_default().to_vec();
                if send.send((Instant::now(), part)).is_err() {
                    return;
                }
            }
        });
        let write = pair.master.take_writer().expect("its input");
        let screen = vt100::Parser::new(HEIGHT, WIDTH, 0);
        Some(Self { child, write, bytes, screen, started, _master: pair.master })
    }

    /// Milliseconds from the start until a text stands on the screen.
    fn waits_for(&mut self, words: &str) -> f64 {
        while let Ok((at, part)) = self.bytes.recv_timeout(PATIENCE) {
            self.screen.process(&part);
            if self.screen.screen().contents().contains(words) {
                return milliseconds(at - self.started);
            }
        }
        f64::NAN
    }

    /// Presses a key; milliseconds until the first bytes, and until the rows are as they stay.
    fn press(&mut self, key: &str, rows: &std::ops::Range<u16>) -> (f64, f64) {
        let from = Instant::now();
        self.write.write_all(key.as_bytes()).expect("the program takes keys");
        self.write.flush().expect("the program takes keys");
        let (first, settled) = self.settle(rows);
        (first.map_or(0.0, |at| milliseconds(at - from)), settled.map_or(0.0, |at| milliseconds(at - from)))
    }

    /// Takes what comes until the rows have stood still for a while: the first moment, and when they changed last.
    fn settle(&mut self, rows: &std::ops::Range<u16>) -> (Option<Instant>, Option<Instant>) {
        let (mut first, mut changed) = (None, None);
        let mut before = self.rows(rows);
        let begun = Instant::now();
        loop {
            let still = changed.map_or(begun + IDLE, |at: Instant| at + QUIET).min(begun + PATIENCE);
            let left = still.saturating_duration_since(Instant::now());
            let Ok((at, part)) = self.bytes.recv_timeout(left) else { break };
            first = first.or(Some(at));
            self.screen.process(&part);
            let now = self.rows(rows);
            if now != before {
                changed = Some(at);
                before = now;
            }
        }
        (first, changed.or(first))
    }

    fn rows(&self, rows: &std::ops::Range<u16>) -> Vec<String> {
        let lines = self.screen.screen().rows(0, WIDTH);
        lines.skip(usize::from(rows.start)).take(usize::from(rows.end - rows.start)).collect()
    }

    /// The most memory that the program had, in MB.
    fn memory(&self) -> f64 {
        let status = self.child.process_id().map(|id| std::fs::read_to_string(format!("/proc/{id}/status")));
        let status = status.and_then(Result::ok).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes: f64 = peak.and_then(|words| words.split_whitespace().next()?.parse().ok()).unwrap_or(f64::NAN);
        kilobytes / 1024.0
    }

    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
