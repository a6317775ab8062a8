//! Lists as people and programs read them: an aligned table, JSON, JSON lines, CSV.

use std::io::{self, Write};

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::grammar::Format;
use super::out::plain_json;
use crate::i18n::{Lang, Term, Text, safe};

/// A column of a list.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Stable key in JSON and CSV.
    pub key: &'static str,
    /// Heading for people.
    pub label: Text,
}

/// Shorthand for a column.
#[must_use]
pub const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { key, label: Text::new(zh, en) }
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A term of the field: identifier for programs, label for people.
    Term(&'static str, Text),
    /// A number.
    Number(i64),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// Several objects for programs, each with its line for people.
    Objects(Vec<(serde_json::Value, String)>),
    /// Nothing.
    Null,
}

impl Cell {
    /// A term.
    #[must_use]
    pub fn term<T: Term>(value: T) -> Self {
        Self::Term(value.id(), value.label())
    }

    /// A value or nothing.
    pub fn or_null<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Null, cell)
    }

    /// Several objects, or nothing where there are none.
    pub fn objects<T>(values: impl Iterator<Item = T>, of: impl Fn(T) -> (serde_json::Value, String)) -> Self {
        let objects: Vec<_> = values.map(of).collect();
        if objects.is_empty() { Self::Null } else { Self::Objects(objects) }
    }

    fn for_people(&self, lang: Lang) -> String {
        match self {
            Self::Text(words) => safe(words, false).into_owned(),
            Self::Term(_, label) => label.say(lang).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Flag(true) => Text::new("是", "yes").say(lang).to_owned(),
            Self::Flag(false) => Text::new("否", "no").say(lang).to_owned(),
            Self::Objects(objects) => {
                let lines: Vec<&str> = objects.iter().map(|(_, words)| words.as_str()).collect();
                safe(&lines.join(" | "), false).into_owned()
            }
            Self::Null => String::new(),
        }
    }

    fn for_csv(&self, terminal: bool) -> String {
        match self {
            Self::Text(words) if terminal => safe(words, true).into_owned(),
            Self::Text(words) => words.clone(),
            Self::Term(id, _) => (*id).to_owned(),
            Self::Flag(flag) => flag.to_string(),
            other => other.for_people(Lang::En),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(words) => words.as_str().into(),
            Self::Term(id, _) => (*id).into(),
            Self::Number(number) => (*number).into(),
            Self::Day(day) => day.to_string().into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Objects(objects) => objects.iter().map(|(object, _)| object.clone()).collect(),
            Self::Null => serde_json::Value::Null,
        }
    }
}

/// Writes rows one after another. A table is held back until its widths are known from the first rows; the other
/// formats are written as they come, so that a list of any length takes no memory.
pub struct Printer<'w> {
    out: &'w mut dyn Write,
    format: Format,
    lang: Lang,
    columns: Vec<Column>,
    width: Option<usize>,
    held: Vec<Vec<Cell>>,
    widths: Option<Vec<usize>>,
    rows: u64,
}

/// How many rows a table looks at before it settles its widths.
const LOOK_AHEAD: usize = 500;

impl<'w> Printer<'w> {
    /// A printer to `out`; `width` is that of the terminal, where there is one.
    pub fn new(out: &'w mut dyn Write, format: Format, lang: Lang, columns: &[Column], width: Option<usize>) -> Self {
        Self { out, format, lang, columns: columns.to_vec(), width, held: Vec::new(), widths: None, rows: 0 }
    }

    /// Takes one row, with a cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        self.rows += 1;
        match self.format {
            Format::Table | Format::Text | Format::Sarif => {
                self.held.push(cells);
                if self.held.len() >= LOOK_AHEAD { self.print_held() } else { Ok(()) }
            }
            Format::Json => {
                self.out.write_all(if self.rows == 1 { b"[\n" } else { b",\n" })?;
                self.object(&cells)
            }
            Format::Jsonl => {
                self.object(&cells)?;
                self.out.write_all(b"\n")
            }
            Format::Csv => {
                if self.rows == 1 {
                    self.csv_heading()?;
                }
                let terminal = self.width.is_some();
                let cells: Vec<String> = cells.iter().map(|cell| cell.for_csv(terminal)).collect();
                self.csv_record(&cells)
            }
        }
    }

    /// Writes what is still held and closes the list; returns how many rows there were.
    pub fn finish(mut self) -> io::Result<u64> {
        match self.format {
            Format::Table | Format::Text | Format::Sarif => self.print_held()?,
            Format::Json => self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?,
            Format::Csv if self.rows == 0 => self.csv_heading()?,
            Format::Jsonl | Format::Csv => {}
        }
        Ok(self.rows)
    }

    fn object(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (at, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            let open = if at == 0 { "{" } else { ", " };
            write!(self.out, "{open}\"{}\": {}", column.key, plain_json(&cell.json().to_string()))?;
        }
        self.out.write_all(b"}")
    }

    fn csv_heading(&mut self) -> io::Result<()> {
        let keys: Vec<String> = self.columns.iter().map(|column| column.key.to_owned()).collect();
        self.csv_record(&keys)
    }

    fn csv_record(&mut self, cells: &[String]) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(cells).map_err(io::Error::other)?;
        let line = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        self.out.write_all(&line)
    }

    fn print_held(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.held);
        let lines: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.for_people(self.lang)).collect()).collect();
        let any = |at: usize, is: fn(&Cell) -> bool| rows.iter().filter_map(|row| row.get(at)).any(is);
        let numeric: Vec<bool> =
            (0..self.columns.len()).map(|at| any(at, |cell| matches!(cell, Cell::Number(_)))).collect();
        if self.widths.is_none() {
            let headings: Vec<String> =
                self.columns.iter().map(|column| column.label.say(self.lang).to_owned()).collect();
            let whole: Vec<bool> = (0..self.columns.len())
                .map(|at| any(at, |cell| matches!(cell, Cell::Number(_) | Cell::Day(_))))
                .collect();
            let widths = fit(&headings, &lines, &whole, self.width);
            let headings: Vec<String> = headings.iter().zip(&widths).map(|(words, width)| cut(words, *width)).collect();
            if !rows.is_empty() {
                self.print_line(&headings, &widths, &numeric)?;
            }
            self.widths = Some(widths);
        }
        let widths = self.widths.clone().unwrap_or_default();
        lines.iter().try_for_each(|line| self.print_line(line, &widths, &numeric))
    }

    /// One line. Where there is no terminal to fit, words wider than those of the first rows push the rest aside.
    fn print_line(&mut self, cells: &[String], widths: &[usize], numeric: &[bool]) -> io::Result<()> {
        let mut line = String::new();
        for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let right = numeric.get(at).copied().unwrap_or(false);
            // A number further down may be longer than those that were looked at; cut, it would be another.
            let words = if self.width.is_some() && !right { cut(cell, *width) } else { cell.clone() };
            let blanks = " ".repeat(width.saturating_sub(words.width()));
            let gap = if at == 0 { "" } else { "  " };
            let (before, after) = if right { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            line.extend([gap, before, &words, after]);
        }
        writeln!(self.out, "{}", line.trim_end())
    }
}

/// The widths of the columns: as wide as their words, the widest cut until the line fits the terminal. Only words give
/// way, at first as long as they still tell something, and the headings of the others: a number or a day that was cut
/// would tell something else.
fn fit(headings: &[String], lines: &[Vec<String>], whole: &[bool], width: Option<usize>) -> Vec<usize> {
    let of_cells =
        |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|words| words.width()).max().unwrap_or(0);
    let cells: Vec<usize> = (0..headings.len()).map(of_cells).collect();
    let mut widths: Vec<usize> = headings.iter().zip(&cells).map(|(words, cell)| words.width().max(*cell)).collect();
    let Some(width) = width else { return widths };
    let room = width.saturating_sub(2 * headings.len().saturating_sub(1));
    for (words, others) in GIVING_WAY {
        let floor = |((whole, cell), width): ((&bool, &usize), &usize)| match (whole, others) {
            (false, _) => words,
            (true, Others::AsTheyAre) => *width,
            (true, Others::WithoutHeadings) => *cell,
        };
        let floors: Vec<usize> = whole.iter().zip(&cells).zip(&widths).map(floor).collect();
        while widths.iter().sum::<usize>() > room {
            let above = |(width, floor): &(&mut usize, &usize)| **width > **floor;
            let widest = widths.iter_mut().zip(&floors).filter(above).max_by_key(|(width, _)| **width);
            let Some((widest, _)) = widest else { break };
            *widest -= 1;
        }
    }
    widths
}

/// Step by step: the least width of words, and how the other columns give way.
const GIVING_WAY: [(usize, Others); 4] =
    [(8, Others::AsTheyAre), (8, Others::WithoutHeadings), (4, Others::WithoutHeadings), (1, Others::WithoutHeadings)];

/// How columns of numbers and days give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    AsTheyAre,
    WithoutHeadings,
}

/// The words cut to a width in columns; what was cut is told by … at a full character.
#[must_use]
pub fn cut(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for cluster in words.graphemes(true) {
        let wide = cluster.width();
        if used + wide + 1 > width {
            break;
        }
        kept.push_str(cluster);
        used += wide;
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(format: Format, width: Option<usize>) -> String {
        let mut out = Vec::new();
        let columns = [column("title", "事项", "item"), column("n", "数", "n")];
        let mut printer = Printer::new(&mut out, format, Lang::Zh, &columns, width);
        printer.row(vec![Cell::Text("违规养犬\u{1b}[1m的行为人".into()), Cell::Number(7)]).unwrap();
        printer.row(vec![Cell::Null, Cell::Number(12)]).unwrap();
        assert_eq!(printer.finish().unwrap(), 2);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_format() {
        assert_eq!(
            printed(Format::Json, None),
            "[\n{\"title\": \"违规养犬\\u001b[1m的行为人\", \"n\": 7},\n{\"title\": null, \"n\": 12}\n]\n"
        );
        assert_eq!(printed(Format::Csv, None), "title,n\n违规养犬\u{1b}[1m的行为人,7\n,12\n");
        assert_eq!(printed(Format::Table, Some(16)), "事项          数\n违规养犬␛[1…   7\n              12\n");
    }

    /// The lines of a table with a number, a day, a name and a reason, `rows` times.
    fn lines(width: Option<usize>, rows: usize) -> Vec<String> {
        let mut out = Vec::new();
        let columns = [
            column("n", "编号", "n"),
            column("due", "到期", "due"),
            column("title", "事项", "item"),
            column("reason", "理由", "reason"),
        ];
        let mut printer = Printer::new(&mut out, Format::Table, Lang::Zh, &columns, width);
        for row in 0..rows {
            let last = row + 1 == rows;
            let words = |words: &str| Cell::Text(if last { words.repeat(3) } else { words.to_owned() });
            let due = NaiveDate::from_ymd_opt(2023, 9, 12).unwrap();
            let n = i64::try_from(row).unwrap();
            printer.row(vec![Cell::Number(n), Cell::Day(due), words("不即时清除犬只粪便"), words("人手不足")]).unwrap();
        }
        printer.finish().unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_table_is_no_wider_than_the_terminal_and_numbers_and_days_stay_whole() {
        for width in [24, 32, 40, 60, 80] {
            let lines = lines(Some(width), 3);
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:#?}");
            assert!(lines.iter().skip(1).all(|line| line.contains("2023-09-12")), "{width}: {lines:#?}");
            assert!(lines.last().unwrap().contains('…'), "{width}: {lines:#?}");
        }
        assert!(lines(Some(120), 3).iter().all(|line| !line.contains('…')));
        assert!(lines(Some(60), 1001).last().unwrap().starts_with("1000  "));
    }

    #[test]
    fn what_goes_elsewhere_than_to_a_terminal_is_whole_however_far_down_it_stands() {
        let lines = lines(None, LOOK_AHEAD + 2);
        let last = lines.last().unwrap();
        assert!(last.contains(&"不即时清除犬只粪便".repeat(3)) && last.ends_with(&"人手不足".repeat(3)), "{last}");
    }

    #[test]
    fn a_wide_character_is_never_cut_in_half() {
        for (words, width, kept) in
            [("违规养犬", 8, "违规养犬"), ("违规养犬", 7, "违规养…"), ("违规养犬", 6, "违规…"), ("ab", 1, "…")]
        {
            assert_eq!(cut(words, width), kept);
        }
    }
}
