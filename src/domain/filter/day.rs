//! Days as people write them: fixed, or relative to the day asked.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

use super::value::Span;

/// A day, fixed or relative to the day asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// That day.
    On(NaiveDate),
    /// So many days after the day asked.
    Days(i32),
    /// So many months after the day asked, clamped to the month's end.
    Months(i32),
}

impl Day {
    /// The day, when asked on `today`.
    #[must_use]
    pub fn on(self, today: NaiveDate) -> NaiveDate {
        let bound = |ahead: bool| if ahead { NaiveDate::MAX } else { NaiveDate::MIN };
        match self {
            Self::On(date) => date,
            Self::Days(count) => {
                let days = Days::new(count.unsigned_abs().into());
                let moved = if count < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) };
                moved.unwrap_or(bound(count > 0))
            }
            Self::Months(count) => {
                let months = Months::new(count.unsigned_abs());
                let moved = if count < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) };
                moved.unwrap_or(bound(count > 0))
            }
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Days(0) => f.write_str("today"),
            Self::Days(days) => write!(f, "{days:+}d"),
            Self::Months(months) => write!(f, "{months:+}m"),
        }
    }
}

/// The days that a word names: a day, a month, a year, today, or so many days, weeks or months from it.
pub(super) fn days(word: &str) -> Option<Span<Day>> {
    if let Some(day) = relative_day(word) {
        return Some(Span { first: day, last: day });
    }
    let (year, month, day) = parts(word)?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let length = match (month, day) {
        (_, Some(_)) => return Some(Span { first: Day::On(first), last: Day::On(first) }),
        (Some(_), None) => Months::new(1),
        (None, None) => Months::new(12),
    };
    let last = first.checked_add_months(length)?.pred_opt()?;
    Some(Span { first: Day::On(first), last: Day::On(last) })
}

/// The one day that a word names: `2023-10-31`, `2023/10/31`, `2023.10.31`, `20231031` or `2023年10月31日`.
#[must_use]
pub fn written_day(word: &str) -> Option<NaiveDate> {
    let (year, month, day) = parts(word.trim())?;
    NaiveDate::from_ymd_opt(year, month?, day?)
}

/// Year, month and day as they are written; month or day may be left out from the end.
fn parts(word: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day) = if let Some(run) = number(word).filter(|_| word.len() == 8) {
        (run / 10_000, Some(run / 100 % 100), Some(run % 100))
    } else {
        let plain = word.replace(['年', '月', '/', '.'], "-").replace('日', "");
        let mut parts = plain.trim_end_matches('-').split('-').map(number);
        let mut next = || parts.next().map_or(Some(None), |part| part.map(Some));
        let found = (next()??, next()?, next()?);
        if parts.next().is_some() {
            return None;
        }
        found
    };
    let year = i32::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
    Some((year, month, day))
}

fn relative_day(word: &str) -> Option<Day> {
    if word.eq_ignore_ascii_case("today") || matches!(word, "今天" | "今日") {
        return Some(Day::Days(0));
    }
    let unit = word.chars().next_back()?;
    let count: i32 = word.strip_suffix(unit)?.parse().ok()?;
    match unit {
        'd' | 'D' | '天' | '日' => Some(Day::Days(count)),
        'w' | 'W' | '周' => count.checked_mul(7).map(Day::Days),
        'm' | 'M' | '月' => Some(if count == 0 { Day::Days(0) } else { Day::Months(count) }),
        _ => None,
    }
}
