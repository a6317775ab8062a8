//! The report of a trial as a list: rejected rows, notices, what changes from what to what, what is new, and what of the
//! register is not in the file.

use ratatui::layout::Rect;

use crate::i18n::{Text, Words};
use crate::service::worker::{Heard, Line, Trial};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::screens::listing::thousands;
use crate::tui::theme::{Sign, Tone};
use crate::words;

/// The lines, sort by sort.
#[derive(Debug, Default)]
pub struct Report {
    groups: Vec<Group>,
    lines: Vec<Row>,
    /// The line with the cursor.
    at: usize,
}

/// One sort.
#[derive(Debug)]
struct Group {
    name: Text,
    tone: Tone,
    count: u64,
    /// Its first line.
    first: usize,
}

#[derive(Debug)]
struct Row {
    words: Words,
    tone: Tone,
    indent: u16,
}

/// How many lines a long one takes where the cursor is.
const TALL: usize = 5;

impl Report {
    /// The report of a trial.
    pub fn of(trial: &Trial) -> Self {
        let mut report = Self::default();
        let sheets = trial.imported.outcome.looks.len();
        report.add(Text::new("不能读入", "rejected"), Tone::Late, (&trial.rejected, sheets));
        report.add(Text::new("提示", "notices"), Tone::Soon, (&trial.notices, sheets));
        report.add(Text::new("更新", "updated"), Tone::Normal, (&trial.updated, sheets));
        report.add(Text::new("新增", "new"), Tone::Normal, (&trial.created, sheets));
        report.add(Text::new("文件里没有", "not in the file"), Tone::Soon, (&trial.missing, sheets));
        report
    }

    fn add(&mut self, name: Text, tone: Tone, (heard, sheets): (&Heard, usize)) {
        if heard.count == 0 {
            return;
        }
        self.groups.push(Group { name, tone, count: heard.count, first: self.lines.len() });
        for line in &heard.lines {
            self.lines.push(Row { words: placed(line, sheets), tone, indent: 0 });
            self.lines.extend(line.changes.iter().map(|change| Row {
                words: change.told(),
                tone: Tone::Faint,
                indent: 2,
            }));
        }
        let more = heard.count - u64::try_from(heard.lines.len()).unwrap_or(0);
        if more > 0 {
            let words = words!(
                "另有 {more} 条没有列出；cailiang import --format json 列出全部。",
                "{more} more are not listed; cailiang import --format json lists them all."
            );
            self.lines.push(Row { words, tone: Tone::Faint, indent: 0 });
        }
    }

    /// Moves the cursor; false at the upper end.
    pub fn step(&mut self, by: isize) -> bool {
        let from = self.at;
        self.at = self.at.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
        by > 0 || self.at != from
    }

    /// To the next sort of lines, or the one before.
    pub fn turn(&mut self, by: isize) {
        let here = self.here();
        let to = here.saturating_add_signed(by).min(self.groups.len().saturating_sub(1));
        if let Some(group) = self.groups.get(to) {
            self.at = group.first;
        }
    }

    fn here(&self) -> usize {
        self.groups.iter().rposition(|group| group.first <= self.at).unwrap_or(0)
    }

    /// Draws it, with the cursor where `here`.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, here: bool, ctx: &Ctx) {
        if area.height == 0 {
            return;
        }
        let tone = if here { Tone::Accent } else { Tone::Faint };
        let mut x = canvas.text(area.x + 2, area.y, area.width, ctx.say("报告", "report"), tone) + 3;
        for (at, group) in self.groups.iter().enumerate() {
            let words = format!("{} {}", group.name.say(ctx.lang), thousands(group.count));
            let from = x;
            x = canvas.text(x, area.y, area.right().saturating_sub(x), &words, group.tone);
            if here && at == self.here() {
                canvas.tint(Rect { x: from, y: area.y, width: x - from, height: 1 }, Tone::Selected);
            }
            x += 3;
        }
        let list = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let width = list.width.saturating_sub(4);
        // The line with the cursor is shown whole, over several lines of the screen.
        let tall = |row: &Row| {
            ctx.ruler.paragraphs(row.words.say(ctx.lang), usize::from(width - row.indent)).len().clamp(1, TALL)
        };
        let shown = if here { self.lines.get(self.at).map_or(1, tall) } else { 1 };
        let top = if here { (self.at + shown).saturating_sub(usize::from(list.height)) } else { 0 };
        let mut y = list.y;
        for (at, row) in self.lines.iter().enumerate().skip(top) {
            if y >= list.bottom() {
                break;
            }
            let (x, words) = (list.x + 2 + row.indent, row.words.say(ctx.lang));
            let height = if here && at == self.at { u16::try_from(shown).unwrap_or(1) } else { 1 };
            let place = Rect { x, y, width: width - row.indent, height: height.min(list.bottom() - y) };
            if height > 1 {
                canvas.paragraphs(place, words, row.tone, 0);
            } else {
                canvas.text(x, y, place.width, words, row.tone);
            }
            if here && at == self.at {
                canvas.sign(list.x, y, Sign::Here, Tone::Accent);
                canvas.tint(Rect { x: list.x, width: list.width, ..place }, Tone::Selected);
            }
            y += place.height;
        }
    }
}

/// Where a line belongs, and what it says; of the only sheet the name is not repeated.
fn placed(line: &Line, sheets: usize) -> Words {
    let Line { sheet, row, words, .. } = line;
    match (row, sheets) {
        (0, _) => words.clone(),
        (_, 1) => words.clone().before(&format!("第 {row} 行："), &format!("row {row}: ")),
        _ => words.clone().before(&format!("{sheet} 第 {row} 行："), &format!("{sheet} row {row}: ")),
    }
}
