//! Where a command writes: data, talk, progress.

use std::io::{self, Write};
use std::path::PathBuf;

use super::grammar::{Format, Global};
use super::table::{Cell, Column, Printer};
use crate::i18n::{Failure, FailureKind, Lang, Words, safe};
use crate::service::{Clock, Register, Result};
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

    /// A bar for work that takes long; it shows itself on a terminal only.
    pub(super) fn progress_bar(&self, total: u64) -> indicatif::ProgressBar {
        if self.progress && !self.global.quiet {
            indicatif::ProgressBar::new(total)
        } else {
            indicatif::ProgressBar::hidden()
        }
    }

    /// One line of data.
    pub(super) fn say(&mut self, words: &Words) -> Result<()> {
        let line = safe(words.say(self.lang), true).into_owned();
        writeln!(self.out, "{line}").map_err(broken)
    }

    /// One line of talk, on standard error.
    pub(super) fn talk(&mut self, words: &Words) {
        if !self.global.quiet {
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
    Failure::new(
        FailureKind::Internal,
        words!("输出写不出去：{error}。", "The output could not be written: {error}."),
        Words::default(),
    )
}
