//! The reader on texts given as arguments, or line by line on standard input.

use std::io::{self, BufRead as _};

use super::super::grammar::{Format, Read};
use super::super::out::{Desk, broken};
use super::super::underline::underlined;
use crate::i18n::{Failure, Lang};
use crate::reading::{Reading, read as read_text};
use crate::service::{Result, describe};
use crate::words;

/// Columns of a text that goes to no terminal.
const WIDTH: usize = 100;

pub(super) fn read(desk: &mut Desk<'_, '_>, args: Read) -> Result<u8> {
    let mut count = 0_u64;
    let mut take = |desk: &mut Desk<'_, '_>, text: &str| {
        count += 1;
        write(desk, text, count).map_err(broken)
    };
    if args.text.is_empty() {
        each_line(|line| take(desk, line))?;
    } else {
        args.text.iter().try_for_each(|text| take(desk, text))?;
    }
    if desk.format() == Format::Json {
        desk.out.write_all(if count == 0 { b"[]\n" } else { b"\n]\n" }).map_err(broken)?;
    }
    Ok(0)
}

/// Every line of standard input, without its end; a line that is no UTF-8 ends the reading.
fn each_line(mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let length = input.read_until(b'\n', &mut line).map_err(|error| {
            Failure::usage(
                words!("标准输入读不出来：{error}。", "Standard input could not be read: {error}."),
                words!("也可以把文字写在命令后面。", "The text can be given as an argument as well."),
            )
        })?;
        if length == 0 {
            break;
        }
        let mut bytes = line.strip_suffix(b"\n").unwrap_or(&line);
        bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        if number == 1 {
            bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Failure::usage(
                words!("第 {number} 行不是 UTF-8 文字。", "Line {number} is no UTF-8 text."),
                words!("请先转换成 UTF-8。", "Convert it to UTF-8 first."),
            )
        })?;
        take(text)?;
    }
    Ok(())
}

fn write(desk: &mut Desk<'_, '_>, text: &str, number: u64) -> io::Result<()> {
    let reading = read_text(text);
    match desk.format() {
        Format::Jsonl => {
            serde_json::to_writer(&mut *desk.out, &reading.report(text, desk.lang))?;
            desk.out.write_all(b"\n")
        }
        Format::Json => {
            desk.out.write_all(if number == 1 { b"[\n" } else { b",\n" })?;
            Ok(serde_json::to_writer(&mut *desk.out, &reading.report(text, desk.lang))?)
        }
        _ => write_for_people(desk, text, &reading),
    }
}

/// The text, then each measure and each problem under its words.
fn write_for_people(desk: &mut Desk<'_, '_>, text: &str, reading: &Reading) -> io::Result<()> {
    let width = desk.terminal.map_or(WIDTH, |terminal| terminal.width);
    let lang = desk.lang;
    let measures = reading.measures.iter().map(|measure| (measure.span, describe(measure, lang)));
    let problems =
        reading.problems.iter().map(|problem| (problem.span, format!("{:?} {}", problem.code, problem.code.say(lang))));
    let mut told: Vec<_> = measures.chain(problems).collect();
    told.sort_by_key(|(span, _)| *span);
    let mut shown = String::new();
    for (span, what) in &told {
        let lines = underlined(text, Some(*span), width);
        if lines.words != shown {
            writeln!(desk.out, "{}", lines.words)?;
            shown = lines.words;
        }
        writeln!(desk.out, "{} {}", lines.marks, crate::i18n::safe(what, false))?;
    }
    if told.is_empty() {
        writeln!(desk.out, "{}", underlined(text, None, width).words)?;
        writeln!(desk.out, "{}", if lang == Lang::Zh { "（没有读到处罚措施）" } else { "(no measure was read)" })?;
    }
    writeln!(desk.out)
}
