//! Days: months that end, rest days and working days by year.
//!
//! Whether a day is worked is known only for the years of a loaded table (2023 to 2026 are built in). For any other
//! year the answer is `None`, for the caller to say so; it is never guessed from the weekday.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::toml_error::{Expected, TomlError};

/// The rest days and make-up working days of the years that have been loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    years: BTreeMap<i32, BTreeMap<NaiveDate, Day>>,
}

/// What a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Day {
    /// Monday to Friday, worked.
    Workday,
    /// A Saturday or Sunday that is worked to make up for a holiday.
    MakeUpWorkday,
    /// Saturday or Sunday, free.
    Weekend,
    /// Part of a statutory holiday of that name, weekends and exchanged days included.
    Holiday(String),
}

/// Why a table of rest days was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarError {
    /// It could not be read.
    Unreadable(TomlError),
    /// A year stands in it twice.
    YearTwice(i32),
    /// A year that no calendar has.
    BadYear(i32),
    /// A holiday ends before it begins.
    Backwards {
        /// Its year.
        year: i32,
        /// Its name.
        name: String,
    },
    /// A make-up working day that is a weekday anyway: a slip of the pen.
    WorkedAnyway(NaiveDate),
    /// A day that is a holiday and worked, or stands in two holidays.
    Twice(NaiveDate),
}

/// A day of any year, written `08-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// The same-numbered day of the next month, clamped to that month's end («one month», S2.2, S2.3).
#[must_use]
pub fn one_month_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
}

impl Calendar {
    /// The table that comes with the program: 2023 to 2026.
    #[must_use]
    pub fn built_in() -> Self {
        // A test reads the embedded table, so that the default (which knows no year and says so) is never met.
        Self::parse(include_str!("rest-days.toml")).unwrap_or_default()
    }

    /// Reads a table of the form of `rest-days.toml`.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let table: Table =
            toml::from_str(text).map_err(|error| CalendarError::Unreadable(TomlError::of(text, &error)))?;
        let mut years = BTreeMap::new();
        for entry in table.year {
            let year = entry.number;
            if years.insert(year, entry.days()?).is_some() {
                return Err(CalendarError::YearTwice(year));
            }
        }
        Ok(Self { years })
    }

    /// Adds the years of `newer`; a year that is known already is replaced.
    pub fn load(&mut self, newer: Self) {
        self.years.extend(newer.years);
    }

    /// The years that are loaded, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.keys().copied()
    }

    /// What that day is; `None` in a year that is not loaded.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Option<Day> {
        let special = self.years.get(&date.year())?;
        let plain = if is_weekend(date) { Day::Weekend } else { Day::Workday };
        Some(special.get(&date).cloned().unwrap_or(plain))
    }

    /// Whether that day is worked; `None` in a year that is not loaded.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> Option<bool> {
        self.day(date).map(|day| matches!(day, Day::Workday | Day::MakeUpWorkday))
    }

    /// The first working day on or after `date`; `None` where a year on the way is not loaded.
    #[must_use]
    pub fn next_working_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        for day in date.iter_days() {
            if self.is_working_day(day)? {
                return Some(day);
            }
        }
        None
    }
}

impl MonthDay {
    /// 1 January.
    pub const NEW_YEAR: Self = Self { month: 1, day: 1 };

    /// The day, if some year has it.
    #[must_use]
    pub fn new(month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self { month, day })
    }

    /// That day in `year`; 29 February becomes the 28th where the year has none. `None` only for a year that no
    /// calendar has.
    #[must_use]
    pub fn on(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        let read = || {
            let (month, day) = text.split_once('-')?;
            Self::new(month.parse().ok()?, day.parse().ok()?)
        };
        read().ok_or(Expected::MonthDay)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(Expected::error)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    year: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    #[serde(rename = "year")]
    number: i32,
    /// The notice that the year rests on: for whoever reads the file.
    #[serde(default, rename = "notice")]
    _notice: String,
    #[serde(default)]
    holidays: Vec<Holiday>,
    #[serde(default)]
    working: Vec<MonthDay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    from: MonthDay,
    to: MonthDay,
}

impl Year {
    fn days(self) -> Result<BTreeMap<NaiveDate, Day>, CalendarError> {
        let year = self.number;
        let date = |day: MonthDay| day.on(year).ok_or(CalendarError::BadYear(year));
        let mut days = BTreeMap::new();
        let mut put = |date: NaiveDate, day: Day| match days.insert(date, day) {
            Some(_) => Err(CalendarError::Twice(date)),
            None => Ok(()),
        };
        for Holiday { name, from, to } in self.holidays {
            if to < from {
                return Err(CalendarError::Backwards { year, name });
            }
            let last = date(to)?;
            for day in date(from)?.iter_days().take_while(|&day| day <= last) {
                put(day, Day::Holiday(name.clone()))?;
            }
        }
        for day in self.working {
            let day = date(day)?;
            if !is_weekend(day) {
                return Err(CalendarError::WorkedAnyway(day));
            }
            put(day, Day::MakeUpWorkday)?;
        }
        Ok(days)
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::super::toml_error::TomlProblem;
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Counted independently with the chinesecalendar package.
    #[test]
    fn each_year_has_as_many_working_days_as_its_notice_leaves() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2023, 2024, 2025, 2026]);
        for (year, working, made_up, holidays) in
            [(2023, 249, 7, 26), (2024, 251, 8, 28), (2025, 248, 5, 28), (2026, 248, 6, 33)]
        {
            let days: Vec<Day> = date(&format!("{year}-01-01"))
                .iter_days()
                .take_while(|day| day.year() == year)
                .filter_map(|day| calendar.day(day))
                .collect();
            let count = |wanted: fn(&Day) -> bool| days.iter().filter(|day| wanted(day)).count();
            assert_eq!(count(|day| matches!(day, Day::Workday | Day::MakeUpWorkday)), working, "{year}");
            assert_eq!(count(|day| *day == Day::MakeUpWorkday), made_up, "{year}");
            assert_eq!(count(|day| matches!(day, Day::Holiday(_))), holidays, "{year}");
        }
    }

    #[test]
    fn days_are_what_the_notices_say() {
        let calendar = Calendar::built_in();
        for (day, expected) in [
            ("2023-08-31", Some(true)),
            ("2023-09-29", Some(false)),
            ("2023-09-30", Some(false)),
            ("2023-10-06", Some(false)),
            ("2023-10-07", Some(true)),
            ("2023-10-08", Some(true)),
            ("2023-12-31", Some(false)),
            ("2024-02-09", Some(true)),
            ("2024-02-18", Some(true)),
            ("2025-10-08", Some(false)),
            ("2025-10-11", Some(true)),
            ("2026-01-04", Some(true)),
            ("2026-02-28", Some(true)),
            ("2026-10-10", Some(true)),
            ("2026-08-31", Some(true)),
            ("2022-12-31", None),
            ("2027-01-04", None),
        ] {
            assert_eq!(calendar.is_working_day(date(day)), expected, "{day}");
        }
        assert_eq!(calendar.day(date("2026-02-20")), Some(Day::Holiday("春节".to_owned())));
        assert_eq!(calendar.day(date("2024-08-31")), Some(Day::Weekend));
    }

    #[test]
    fn the_next_working_day_may_be_the_day_itself_or_unknown() {
        let calendar = Calendar::built_in();
        for (day, expected) in [
            ("2023-08-31", Some("2023-08-31")),
            ("2023-09-29", Some("2023-10-07")),
            ("2024-08-31", Some("2024-09-02")),
            ("2023-12-31", Some("2024-01-02")),
            ("2026-12-31", Some("2026-12-31")),
            ("2022-12-30", None),
        ] {
            assert_eq!(calendar.next_working_day(date(day)), expected.map(date), "{day}");
        }
        let mut short = Calendar::parse("[[year]]\nyear = 2028").unwrap();
        assert_eq!(short.next_working_day(date("2028-12-30")), None, "the year ends in a weekend; 2029 is not loaded");
        short.load(
            Calendar::parse(
                "[[year]]\nyear = 2029\nholidays = [{ name = \"元旦\", from = \"01-01\", to = \"01-01\" }]",
            )
            .unwrap(),
        );
        assert_eq!(short.next_working_day(date("2028-12-30")), Some(date("2029-01-02")));
    }

    #[test]
    fn one_month_ends_with_the_month() {
        for (from, to) in [
            ("2023-08-14", "2023-09-14"),
            ("2023-01-31", "2023-02-28"),
            ("2024-01-31", "2024-02-29"),
            ("2024-01-29", "2024-02-29"),
            ("2023-01-29", "2023-02-28"),
            ("2023-03-31", "2023-04-30"),
            ("2023-04-30", "2023-05-30"),
            ("2023-12-31", "2024-01-31"),
            ("2024-02-29", "2024-03-29"),
        ] {
            assert_eq!(one_month_after(date(from)), date(to), "{from}");
        }
        assert_eq!(one_month_after(NaiveDate::MAX), NaiveDate::MAX);
    }

    #[test]
    fn days_of_any_year() {
        let leap: MonthDay = "02-29".parse().unwrap();
        assert_eq!(leap.on(2024), Some(date("2024-02-29")));
        assert_eq!(leap.on(2025), Some(date("2025-02-28")));
        assert_eq!(leap.on(i32::MAX), None);
        assert_eq!("8-5".parse::<MonthDay>().unwrap().to_string(), "08-05");
        for wrong in ["02-30", "13-01", "00-01", "0831", "", "08-31-01", "八-一"] {
            assert_eq!(wrong.parse::<MonthDay>(), Err(Expected::MonthDay), "{wrong}");
        }
    }

    #[test]
    fn a_wrong_table_is_refused_with_its_place() {
        let entry = |rest: &str| Calendar::parse(&format!("[[year]]\nyear = 2027\n{rest}")).unwrap_err();
        let unreadable = |line, problem| CalendarError::Unreadable(TomlError { line, problem });
        assert_eq!(entry("holiday = []"), unreadable(3, TomlProblem::UnknownKey("holiday".into())));
        assert_eq!(entry("[[year]]"), unreadable(3, TomlProblem::MissingKey("year".into())));
        assert_eq!(entry("working = [\"02-30\"]"), unreadable(3, TomlProblem::Expected(Expected::MonthDay)));
        assert!(matches!(entry("="), CalendarError::Unreadable(TomlError { line: 3, .. })));
        assert_eq!(entry("[[year]]\nyear = 2027"), CalendarError::YearTwice(2027));
        assert_eq!(entry("working = [\"01-01\"]"), CalendarError::WorkedAnyway(date("2027-01-01")));
        let holiday = "holidays = [{ name = \"甲\", from = \"01-02\", to = \"01-03\" }]";
        assert_eq!(entry(&format!("{holiday}\nworking = [\"01-02\"]")), CalendarError::Twice(date("2027-01-02")));
        let backwards = "holidays = [{ name = \"甲\", from = \"01-03\", to = \"01-02\" }]";
        assert_eq!(entry(backwards), CalendarError::Backwards { year: 2027, name: "甲".into() });
        assert_eq!(
            Calendar::parse("[[year]]\nyear = 300000\nworking = [\"01-01\"]"),
            Err(CalendarError::BadYear(300_000))
        );
    }
}
