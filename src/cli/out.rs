//! Where a command writes: data, talk, progress.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;

use super::grammar::{Format, Global};
use super::table::{Cell, Column, Printer};
use crate::i18n::{Failure, FailureKind, Lang, Words, io_trouble, safe};
use crate::service::{Clock, Register, Result};
use crate::settings::KeyTable;
use crate::words;

/// The terminal behind standard output.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Its width in columns.
    pub width: usize,
}

/// What a command has at hand.
pub(super) struct Desk<'a, 'b> {
    pub(super) global: Global,
    pub(super) lang: Lang,
    pub(super) clock: Clock,
    pub(super) data_folder: Option<PathBuf>,
    pub(super) editor: Option<std::ffi::OsString>,
    pub(super) keys: KeyTable,
    pub(super) out: &'a mut (dyn Write + 'b),
    pub(super) err: &'a mut (dyn Write + 'b),
    pub(super) terminal: Option<Terminal>,
    pub(super) progress: bool,
}

impl Desk<'_, '_> {
    /// The register's file: told, or in the data folder.
    pub(super) fn place(&self) -> Result<PathBuf> {
        match (&self.global.db, &self.data_folder) {
            (Some(path), _) => local_path(path),
            (None, Some(folder)) => Ok(folder.join("cailiang").join("register.db")),
            (None, None) => Err(Failure::usage(
                words!("系统没有告诉数据文件夹在哪里。", "The system does not tell where the data folder is."),
                words!("请用 --db 指明登记库。", "Name the register with --db."),
            )),
        }
    }

    /// The register.
    pub(super) fn open(&self) -> Result<Register> {
        Register::open(&self.place()?, self.clock.clone(), "command line")
    }

    /// The register, where there is one: for what is told without one too. Trouble with it is said, and no more.
    pub(super) fn register_at_hand(&mut self) -> Option<Register> {
        let place = self.place().ok().filter(|place| place.exists())?;
        match Register::open(&place, self.clock.clone(), "command line") {
            Ok(register) => Some(register),
            Err(failure) => {
                self.talk(&failure.reason);
                None
            }
        }
    }

    /// The format of lists; a table where none was told.
    pub(super) fn format(&self) -> Format {
        self.global.format.unwrap_or(Format::Table)
    }

    /// A printer of a list.
    pub(super) fn printer(&mut self, columns: &[Column]) -> Printer<'_> {
        let (format, width) = (self.format(), self.terminal.map(|terminal| terminal.width));
        Printer::new(self.out, format, self.lang, columns, width)
    }

    /// Prints a list that stands in memory.
    pub(super) fn list(&mut self, columns: &[Column], rows: Vec<Vec<Cell>>) -> Result<()> {
        let mut printer = self.printer(columns);
        rows.into_iter().try_for_each(|row| printer.row(row)).map_err(broken)?;
        printer.finish().map_err(broken)?;
        Ok(())
    }

    /// A bar for work whose end is known; it shows itself on a terminal only.
    pub(super) fn progress_bar(&self, total: u64) -> indicatif::ProgressBar {
        self.seen_when_late(indicatif::ProgressBar::with_draw_target(
            Some(total),
            indicatif::ProgressDrawTarget::hidden(),
        ))
    }

    /// A counter for work whose end is not known: what it counts is told by `words`, with `{pos}` in them.
    pub(super) fn counter(&self, words: crate::i18n::Text) -> indicatif::ProgressBar {
        let bar = indicatif::ProgressBar::with_draw_target(None, indicatif::ProgressDrawTarget::hidden());
        match indicatif::ProgressStyle::with_template(words.say(self.lang)) {
            Ok(style) => self.seen_when_late(bar.with_style(style)),
            // Progress is a comfort: without a style there is none.
            Err(_) => bar,
        }
    }

    /// Lets a bar be seen, but not of work that is over at once.
    fn seen_when_late(&self, bar: indicatif::ProgressBar) -> indicatif::ProgressBar {
        if self.progress && !self.global.quiet {
            let late = bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(std::time::Duration::from_millis(500));
                if !late.is_finished() {
                    late.set_draw_target(indicatif::ProgressDrawTarget::stderr());
                }
            });
        }
        bar
    }

    /// One line of data.
    pub(super) fn say(&mut self, words: &Words) -> Result<()> {
        let line = safe(words.say(self.lang), true).into_owned();
        writeln!(self.out, "{line}").map_err(broken)
    }

    /// One line of talk, on standard error. Programs that asked for JSON get data and errors alone.
    pub(super) fn talk(&mut self, words: &Words) {
        if !self.global.quiet && !matches!(self.format(), Format::Json | Format::Jsonl) {
            let line = safe(words.say(self.lang), true).into_owned();
            // Talk that nobody can hear is no reason to stop.
            let _ = writeln!(self.err, "{line}");
        }
    }
}

/// A path that may be written as `sqlite:PATH`; other engines are told to be unknown.
fn local_path(path: &std::path::Path) -> Result<PathBuf> {
    let words = path.to_string_lossy();
    match words.split_once(':') {
        Some(("sqlite", rest)) => Ok(PathBuf::from(rest.trim_start_matches("//"))),
        Some((engine @ ("postgres" | "postgresql" | "mysql"), _)) => Err(Failure::usage(
            words!("这个版本不支持 {engine} 数据库。", "This version does not speak to {engine}."),
            words!("请指明一个文件。", "Name a file."),
        )),
        _ => Ok(path.to_owned()),
    }
}

/// Standard output is gone: a pipe that was closed ends the command quietly, anything else is told.
pub(super) fn broken(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::new(FailureKind::Refused, Words::default(), Words::default());
    }
    let why = io_trouble(&error);
    Failure::new(
        FailureKind::Internal,
        Words {
            zh: format!("输出写不出去：{}。", why.zh),
            en: format!("The output could not be written: {}.", why.en),
        },
        words!("请检查输出到哪里、磁盘是否已满。", "Check where the output goes and whether that disk is full."),
    )
}

/// Whether a failure is only that standard output was closed early.
pub(super) fn nobody_listens(failure: &Failure) -> bool {
    failure.reason == Words::default()
}

/// JSON made safe for a terminal: what a terminal could obey is written as an escape, which reads back the same.
pub(super) fn plain_json(json: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c != '\n' && safe(c.encode_utf8(&mut [0; 4]), true) != *c.encode_utf8(&mut [0; 4]);
    if !json.contains(obeyed) {
        return json.into();
    }
    let mut plain = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if obeyed(c) {
            let _ = std::fmt::Write::write_fmt(&mut plain, format_args!("\\u{:04x}", u32::from(c)));
        } else {
            plain.push(c);
        }
    }
    plain.into()
}

/// A writer of JSON that is safe for a terminal. It takes whole pieces of text, as a JSON writer hands them over.
pub(super) struct PlainJson<W>(pub(super) W);

impl<W: Write> Write for PlainJson<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(json) => self.0.write_all(plain_json(json).as_bytes())?,
            Err(_) => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A writer that remembers its first trouble instead of telling it, for writers that cannot stop in the middle: what
/// comes after is lost, and [`Steady::end`] tells why.
pub(super) struct Steady<W> {
    inner: W,
    trouble: Option<io::Error>,
    bar: indicatif::ProgressBar,
}

impl<W: Write> Steady<W> {
    /// Around a writer; the bar counts the bytes.
    pub(super) fn new(inner: W, bar: indicatif::ProgressBar) -> Self {
        Self { inner, trouble: None, bar }
    }

    /// Everything has been written, or the first trouble.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.bar.finish_and_clear();
        self.trouble.take().map_or_else(|| self.inner.flush(), Err)
    }
}

impl<W: Write> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.trouble.is_none() {
            self.trouble = self.inner.write_all(bytes).err();
            self.bar.inc(bytes.len() as u64);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_nothing_that_a_terminal_obeys_and_reads_back_the_same() {
        let words = "甲\u{9b}31m乙\u{7f}\u{202e}丙\u{1b}[1m\n丁";
        let json = serde_json::json!({ "words": words }).to_string();
        let plain = plain_json(&json);
        assert!(!plain.chars().any(|c| c.is_control() || c == '\u{202e}'), "{plain}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&plain).unwrap()["words"], words);
    }
}
