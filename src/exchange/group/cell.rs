//! Cells as the grouping sees them: tidied words, and whether they are new.

use std::borrow::Cow;

use csv::StringRecord;

use super::super::grid::{Merge, Sheet, is_invisible};

/// One row of either form.
#[derive(Clone, Copy)]
pub(crate) enum RowView<'a> {
    /// Of a workbook; the row from 0.
    Sheet(&'a Sheet, u32),
    /// Of a text, with the row's number from 0.
    Text(&'a StringRecord, u32),
}

/// A cell with tidied words.
pub(crate) struct Cell<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) region: Merge,
}

/// What a cell is against the last words of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nothing stands there.
    Blank,
    /// The merged cell goes on.
    Same,
    /// The same words in a cell of their own.
    Equal,
    /// Other words.
    New,
}

/// The words that a column has shown within one item.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    first: String,
    /// Later words; false for those that became the label of a ladder.
    more: Vec<(String, bool)>,
    region: Option<Merge>,
}

impl<'a> RowView<'a> {
    /// Number of the row, from 0.
    pub(crate) const fn row(&self) -> u32 {
        match self {
            Self::Sheet(_, row) | Self::Text(_, row) => *row,
        }
    }

    pub(crate) const fn is_text(&self) -> bool {
        matches!(self, Self::Text(..))
    }

    /// How many cells the row has.
    pub(crate) fn width(&self) -> u32 {
        let width = match self {
            Self::Sheet(sheet, row) => sheet.rows.get(*row as usize).map_or(0, Vec::len),
            Self::Text(record, _) => record.len(),
        };
        u32::try_from(width).unwrap_or(u32::MAX)
    }

    /// The cell's own words as they stand.
    pub(crate) fn raw(&self, column: usize) -> &'a str {
        match self {
            Self::Sheet(sheet, row) => {
                sheet.rows.get(*row as usize).and_then(|cells| cells.get(column)).map_or("", String::as_str)
            }
            Self::Text(record, _) => record.get(column).unwrap_or_default(),
        }
    }

    /// The cell in a column, tidied.
    pub(crate) fn cell(&self, column: u32) -> Cell<'a> {
        match self {
            Self::Sheet(sheet, row) => {
                let spot = sheet.spot(*row, column);
                Cell { text: tidy(spot.text), region: spot.region }
            }
            Self::Text(record, row) => {
                let text = record.get(column as usize).unwrap_or_default();
                Cell { text: tidy(text), region: Merge::cell(*row, column) }
            }
        }
    }
}

impl Cell<'_> {
    /// True where the cell has words and begins in this row.
    pub(crate) fn is_own(&self, row: u32) -> bool {
        self.region.top == row && !self.text.is_empty()
    }
}

impl Kept {
    /// What a cell is against what the column showed last.
    pub(crate) fn change(&self, cell: &Cell<'_>) -> Change {
        if cell.region.is_merged() && self.region == Some(cell.region) {
            Change::Same
        } else if cell.text.is_empty() {
            Change::Blank
        } else if self.region.is_some() && self.last() == cell.text {
            Change::Equal
        } else {
            Change::New
        }
    }

    /// Keeps a cell beside what the column showed before; `field` is false for a ladder's label.
    pub(crate) fn push(&mut self, cell: &Cell<'_>, field: bool) {
        if self.region.is_none() || (self.first.is_empty() && self.more.is_empty()) {
            self.first = cell.text.clone().into_owned();
        } else {
            self.more.push((cell.text.clone().into_owned(), field));
        }
        self.region = Some(cell.region);
    }

    /// Keeps a cell in place of what the column showed before.
    pub(crate) fn replace(&mut self, cell: &Cell<'_>) {
        self.first.clear();
        self.first.push_str(&cell.text);
        self.region = Some(cell.region);
    }

    /// Remembers where the column stands, so that a merged cell is known again.
    pub(crate) fn stand(&mut self, cell: &Cell<'_>) {
        if self.region.is_some() || cell.region.is_merged() {
            self.region = Some(cell.region);
        }
    }

    /// Takes words that stand above the item.
    pub(crate) fn fill(&mut self, words: &str) {
        words.clone_into(&mut self.first);
        self.region = Some(Merge::cell(u32::MAX, 0));
    }

    pub(crate) fn last(&self) -> &str {
        self.more.last().map_or(self.first.as_str(), |(words, _)| words)
    }

    pub(crate) fn first(&self) -> &str {
        &self.first
    }

    /// All words that belong to the field.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let more = self.more.iter().filter(|(_, field)| *field).map(|(words, _)| words.as_str());
        [self.first.as_str()].into_iter().chain(more).filter(|words| !words.is_empty())
    }

    /// Takes all words that belong to the field, one below the other, each once.
    pub(crate) fn take(&mut self) -> String {
        if self.more.is_empty() {
            return std::mem::take(&mut self.first);
        }
        let mut lines: Vec<&str> = Vec::new();
        for words in self.all() {
            if !lines.contains(&words) {
                lines.push(words);
            }
        }
        lines.join("\n")
    }
}

/// Words without stray blanks: none at the ends of lines, no blank lines, no signs of no width at the ends.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    let stray = |c: char| c.is_whitespace() || is_invisible(c);
    let trimmed = text.trim_matches(stray);
    let bytes = trimmed.as_bytes();
    if !bytes.contains(&b'\n') && !bytes.contains(&b'\r') {
        return Cow::Borrowed(trimmed);
    }
    let lines = trimmed.split(['\n', '\r']).map(|line| line.trim_matches(stray)).filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Words in one line. Breaks between Chinese characters vanish; elsewhere one blank stands for them.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for part in text.split('\n') {
        let between = line.chars().next_back().zip(part.chars().next());
        if between.is_some_and(|(before, after)| before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()) {
            line.push(' ');
        }
        line.push_str(part);
    }
    Cow::Owned(line)
}

/// A code or a tier's label: without any blank.
pub(crate) fn squeeze(text: &str) -> String {
    let stray = |c: char| c.is_whitespace() || is_invisible(c);
    if text.contains(stray) { text.chars().filter(|c| !stray(*c)).collect() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_blanks_go_and_paragraphs_stay() {
        for (text, tidied) in [
            (" 甲 ", "甲"),
            ("\u{3000}甲 乙\u{a0}", "甲 乙"),
            ("甲 \r\n\r\n 乙\n", "甲\n乙"),
            ("\u{feff}甲", "甲"),
            (" \n ", ""),
        ] {
            assert_eq!(tidy(text), tidied, "{text:?}");
        }
        assert_eq!(one_line("未按\n规定"), "未按规定");
        assert_eq!(one_line("ISO\n9001"), "ISO 9001");
    }
}
