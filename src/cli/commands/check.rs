//! The checks, on files or on the register.

use std::path::{Path, PathBuf};

use super::super::findings::{COLUMNS, View, cells, write_json, write_jsonl, write_sarif, write_text};
use super::super::grammar::{Check, Format};
use super::super::out::{Desk, broken};
use super::answers;
use super::items::kind;
use crate::domain::filter::Filter;
use crate::i18n::Failure;
use crate::service::{
    CheckOptions, Checked, FindingLine, Known, ReadingOptions, Result, Severity, check_files, parse_filter,
    parse_mapping, read_text,
};
use crate::words;

/// The endings of files that a folder is searched for.
const TABLES: &[&str] = &["csv", "xls", "xlsx"];

/// Columns of a text that goes to no terminal.
const WIDTH: usize = 100;

pub(super) fn check(desk: &mut Desk<'_, '_>, mut args: Check) -> Result<u8> {
    if let Some(command) = args.command.take() {
        return answers::run(desk, command);
    }
    let args = &args;
    let known = args.baseline_file.as_deref().map(Known::read).transpose()?;
    let mut checked = if args.paths.is_empty() {
        let filter = args.filter.as_deref().map_or(Ok(Filter::Everything), parse_filter)?;
        desk.open()?.check(&filter, desk.lang)?
    } else {
        let reading = ReadingOptions {
            kind: args.kind.as_deref().map(kind).transpose()?,
            mapping: args.mapping.as_deref().map(|path| parse_mapping(&read_text(path)?)).transpose()?,
            ..ReadingOptions::default()
        };
        check_files(&files_of(&args.paths)?, &CheckOptions { reading, lang: desk.lang })
    };
    let known = known.map_or(0, |known| known.take_from(&mut checked));
    write(desk, &checked, args, known)?;
    for row in &checked.rejected {
        desk.talk(row);
    }
    match unread(&checked) {
        Some(failure) => Err(failure),
        None => Ok(code(&checked, args.strict)),
    }
}

fn write(desk: &mut Desk<'_, '_>, checked: &Checked, args: &Check, known: usize) -> Result<()> {
    match desk.format() {
        Format::Json => write_json(desk.out, checked),
        Format::Jsonl => write_jsonl(desk.out, checked),
        Format::Sarif => write_sarif(desk.out, checked, desk.lang),
        Format::Csv => desk.list(COLUMNS, checked.findings.iter().map(cells).collect()),
        Format::Table | Format::Text => {
            let width = desk.terminal.map_or(WIDTH, |terminal| terminal.width);
            let view = View { lang: desk.lang, width, notes: args.notes, known };
            write_text(desk.out, checked, view).map_err(broken)
        }
    }
}

/// 1 where there is an error, with `--strict` also a warning that nobody answered.
fn code(checked: &Checked, strict: bool) -> u8 {
    let fails = |line: &FindingLine| match line.severity {
        Severity::Error => true,
        Severity::Warning => strict && line.answer.is_none(),
        Severity::Note => false,
    };
    u8::from(checked.findings.iter().any(fails))
}

/// What is said where files could not be read: the first, and how many more.
fn unread(checked: &Checked) -> Option<Failure> {
    let first = checked.unread.first()?.clone();
    let more = checked.unread.len() - 1;
    if more == 0 {
        return Some(first);
    }
    let next = words!("另有 {more} 个文件读不出来。", "{more} more files could not be read.");
    Some(Failure { next, ..first })
}

/// The files named, and the tables in the folders named, in the order of their names.
fn files_of(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(tables_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn tables_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let trouble = |error: std::io::Error| {
        Failure::usage(
            words!("文件夹 {} 读不出来：{error}。", "The folder {} cannot be read: {error}.", folder.display()),
            words!("请检查权限。", "Check the rights."),
        )
    };
    let entries = std::fs::read_dir(folder).map_err(trouble)?.collect::<std::io::Result<Vec<_>>>().map_err(trouble)?;
    let is_table = |path: &PathBuf| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        // `~$…` is what Excel leaves beside an open file.
        let open = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
        !open && ending.is_some_and(|ending| TABLES.contains(&ending.as_str()))
    };
    let mut found: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_table).collect();
    found.sort();
    if found.is_empty() {
        return Err(Failure::usage(
            words!("文件夹 {} 里没有表格。", "There is no table in the folder {}.", folder.display()),
            words!("能读 CSV、XLSX、XLS。", "CSV, XLSX and XLS can be read."),
        ));
    }
    Ok(found)
}
