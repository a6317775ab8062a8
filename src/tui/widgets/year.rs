//! A year as twelve lines of days: how much is due on each, rest days told apart, a cursor on one day.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use ratatui::layout::Rect;

use super::heat;
use crate::domain::calendar::{Calendar, Day};
use crate::i18n::Lang;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Tone;

/// The calendar of a year.
#[derive(Debug, Clone)]
pub struct Year {
    /// The day with the cursor.
    pub cursor: NaiveDate,
    /// How much is due on each day.
    load: BTreeMap<NaiveDate, i64>,
}

/// Columns of a day.
const fn cell(area: Rect) -> u16 {
    if area.width < 106 { 2 } else { 3 }
}

/// Columns before the first day: the month.
const MONTH: u16 = 4;

impl Year {
    /// A calendar with the cursor on a day.
    #[must_use]
    pub const fn new(cursor: NaiveDate) -> Self {
        Self { cursor, load: BTreeMap::new() }
    }

    /// How much is due on each day.
    pub fn put(&mut self, load: Vec<(NaiveDate, i64)>) {
        self.load = load.into_iter().collect();
    }

    /// How much is due on a day.
    #[must_use]
    pub fn load(&self, day: NaiveDate) -> i64 {
        self.load.get(&day).copied().unwrap_or(0)
    }

    /// Moves the cursor by days.
    pub fn move_days(&mut self, by: i64) {
        let days = Days::new(by.unsigned_abs());
        let to = if by < 0 { self.cursor.checked_sub_days(days) } else { self.cursor.checked_add_days(days) };
        self.cursor = to.unwrap_or(self.cursor);
    }

    /// Moves the cursor by months, to the same day or the last of the month.
    pub fn move_months(&mut self, by: i32) {
        let months = Months::new(by.unsigned_abs());
        let to = if by < 0 { self.cursor.checked_sub_months(months) } else { self.cursor.checked_add_months(months) };
        self.cursor = to.unwrap_or(self.cursor);
    }

    /// To the next day on which something is due, or the one before.
    pub fn move_to_load(&mut self, forward: Forward) {
        let found = match forward {
            Forward::Yes => self.load.range(self.cursor..).map(|(day, _)| *day).find(|day| *day > self.cursor),
            Forward::No => self.load.range(..self.cursor).map(|(day, _)| *day).next_back(),
        };
        self.cursor = found.unwrap_or(self.cursor);
    }

    /// The day at a place of the area, for a click.
    #[must_use]
    pub fn day_at(&self, area: Rect, x: u16, y: u16) -> Option<NaiveDate> {
        let month = u32::from(y.checked_sub(area.y + 1)?) + 1;
        let day = u32::from(x.checked_sub(area.x + MONTH)? / cell(area)) + 1;
        NaiveDate::from_ymd_opt(self.cursor.year(), month, day)
    }

    /// Draws the year of the cursor: a line of day numbers, twelve months. Needs 13 lines and 74 columns.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect, today: NaiveDate, calendar: Option<&Calendar>, lang: Lang) {
        let (year, cell) = (self.cursor.year(), cell(area));
        canvas.text(area.x, area.y, MONTH, &year.to_string(), Tone::Strong);
        for day in 1..=31_u16 {
            let x = area.x + MONTH + (day - 1) * cell;
            let tone = if u32::from(day) == self.cursor.day() { Tone::Accent } else { Tone::Faint };
            if day % 5 == 0 || day == 1 {
                canvas.right(x, area.y, cell, &day.to_string(), tone);
            }
        }
        let largest = self.load.iter().filter(|(day, _)| day.year() == year).map(|(_, n)| *n).max().unwrap_or(0);
        for (month, y) in (1..=12_u32).zip(area.y + 1..area.bottom()) {
            let name = if lang == Lang::Zh { format!("{month}月") } else { english(month).to_owned() };
            canvas.text(area.x, y, MONTH, &name, Tone::Faint);
            for day in (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day)) {
                let x = area.x + MONTH + u16::try_from(day.day0()).unwrap_or(0) * cell;
                let load = self.load(day);
                let rests = matches!(calendar.and_then(|of| of.day(day)), Some(Day::Weekend | Day::Holiday(_)));
                let words = match load {
                    0 if rests => "-".to_owned(),
                    0 => "·".to_owned(),
                    1..=9 => load.to_string(),
                    10..=99 if cell > 2 => load.to_string(),
                    10..=99 => "+".to_owned(),
                    _ => "#".to_owned(),
                };
                let tone = match load {
                    0 => Tone::Faint,
                    _ if day < today => Tone::Late,
                    _ => Tone::Heat(heat::depth(load, largest)),
                };
                canvas.right(x, y, cell, &words, tone);
                if day == today {
                    canvas.tint(Rect::new(x, y, cell, 1), Tone::Accent);
                }
                if day == self.cursor {
                    canvas.tint(Rect::new(x, y, cell, 1), Tone::Selected);
                }
            }
            let sum: i64 =
                self.load.iter().filter(|(of, _)| of.year() == year && of.month() == month).map(|(_, n)| n).sum();
            if sum > 0 {
                canvas.right(area.x + MONTH + 31 * cell + 1, y, 7, &sum.to_string(), Tone::Normal);
            }
        }
    }
}

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forward {
    /// Later.
    Yes,
    /// Earlier.
    No,
}

const fn english(month: u32) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}
