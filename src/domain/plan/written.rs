//! A plan as a file in TOML: how it is written, and how its dates and due dates are read.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

use super::{Due, ItemScope, Occasion, Plan};
use crate::domain::label::Term;
use crate::domain::toml_error::Expected;

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => day.fmt(f),
            Self::OneMonth => f.write_str("one_month"),
            Self::WithoutDelay => f.write_str("without_delay"),
            Self::AnyTime => f.write_str("any_time"),
        }
    }
}

impl FromStr for Due {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        match text {
            "one_month" => Ok(Self::OneMonth),
            "without_delay" => Ok(Self::WithoutDelay),
            "any_time" => Ok(Self::AnyTime),
            _ => text.parse().map(Self::On).map_err(|_| Expected::Due),
        }
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(Expected::error)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "year = {}", self.year)?;
        writeln!(f, "title = {}", Quoted(&self.title))?;
        writeln!(f, "document = {}", Quoted(&self.document))?;
        writeln!(f, "starts = {}", self.starts)?;
        writeln!(f, "next_starts = \"{}\"", self.next_starts)?;
        writeln!(f, "leads = {:?}", self.leads)?;
        writeln!(f, "move_to_working_day = {}", self.move_to_working_day)?;
        for rule in &self.rules {
            writeln!(f, "\n[[duty]]\nrule = \"{}\"\nwho = \"{}\"", rule.rule.id(), rule.who.id())?;
            match (rule.who.occasion(), rule.items) {
                (Occasion::Item, ItemScope::All) => writeln!(f, "items = \"all\"")?,
                (_, ItemScope::WithoutVersion) => writeln!(f, "items = \"without_version\"")?,
                (Occasion::Agency | Occasion::Event, ItemScope::All) => {}
            }
            writeln!(f, "due = \"{}\"", rule.due)?;
        }
        Ok(())
    }
}

/// A text as a TOML basic string.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for sign in self.0.chars() {
            match sign {
                '"' | '\\' => write!(f, "\\{sign}")?,
                '\u{0}'..='\u{1f}' | '\u{7f}' => write!(f, "\\u{:04x}", u32::from(sign))?,
                _ => write!(f, "{sign}")?,
            }
        }
        f.write_str("\"")
    }
}

/// A date written as TOML has it (2023-08-14) or in quotes.
pub(super) fn toml_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::String(text) => text,
        _ => String::new(),
    };
    text.parse().map_err(|_| Expected::Date.error())
}
