//! Which column holds what, as given by hand: corrected, saved per agency, used again.
//!
//! A mapping mends what is recognised by itself: a role that it names stands where it says, the others are still
//! recognised. As a file it is TOML or JSON with one key a role; the `mapping` of a report is such a JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::error::ReadError;
use super::super::piece::SheetSummary;
use super::role::Role;
use crate::domain::label::Text;
use crate::i18n::Words;

/// A mapping given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// Row of the headings from 1; 0 where there is none and data begin in row 1; `None` to have it recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading_row: Option<u32>,
    /// How the table is laid out.
    #[serde(default, skip_serializing_if = "Layout::is_tiers")]
    pub layout: Layout,
    /// What holds for single sheets of a workbook, before what holds for all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets: BTreeMap<String, SheetMapping>,
    /// Where each role stands.
    #[serde(flatten)]
    pub columns: BTreeMap<Role, Place>,
}

/// What holds for one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SheetMapping {
    /// Whether it is not read at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leave_out: bool,
    /// Row of the headings from 1, as for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading_row: Option<u32>,
    /// Where each role stands.
    #[serde(flatten)]
    pub columns: BTreeMap<Role, Place>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// One heading, one tier or condition a row.
    #[default]
    Tiers,
    /// One form an item, told apart by the code column: the broken provision, the basis, then factors with weights or
    /// a matrix of conditions, then remarks.
    Weights,
}

/// A column: by number or by its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// Number from 1; 0 says that no column holds this role.
    Number(u32),
    /// The heading as written, blanks aside.
    Heading(String),
}

impl Layout {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde hands a reference
    fn is_tiers(&self) -> bool {
        *self == Self::Tiers
    }
}

impl Mapping {
    /// Reads a mapping from the text of a TOML or JSON file.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let read: Result<Self, usize> = if text.starts_with('{') {
            serde_json::from_str(text).map_err(|error| error.line())
        } else {
            toml::from_str(text).map_err(|error: toml::de::Error| {
                let start = error.span().map_or(0, |span| span.start);
                text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1
            })
        };
        let mapping = read.map_err(|line| ReadError::Mapping {
            detail: Text::new(
                "每一行应当是“列的用途 = 列号”，例如 violation = 2",
                "each line must be «role = column number», such as violation = 2",
            ),
            at: Words { zh: format!("第 {line} 行"), en: format!("line {line}") },
        })?;
        match mapping.column_twice() {
            Some(number) => Err(ReadError::Mapping {
                detail: Text::new("一列只能有一个用途", "a column has one role only"),
                at: Words { zh: format!("第 {number} 列"), en: format!("column {number}") },
            }),
            None => Ok(mapping),
        }
    }

    /// A column to which two roles were given.
    fn column_twice(&self) -> Option<u32> {
        let parts = self.sheets.values().map(|sheet| &sheet.columns).chain([&self.columns]);
        parts.into_iter().find_map(|columns| {
            let mut seen = Vec::new();
            columns.values().find_map(|place| match place {
                Place::Number(number) if *number > 0 && seen.contains(number) => Some(*number),
                Place::Number(number) => {
                    seen.push(*number);
                    None
                }
                Place::Heading(_) => None,
            })
        })
    }

    /// What holds for a sheet; `None` where it is left out.
    #[must_use]
    pub fn on(&self, sheet: &str) -> Option<Cow<'_, Self>> {
        let Some(own) = self.sheets.get(sheet) else { return Some(Cow::Borrowed(self)) };
        if own.leave_out {
            return None;
        }
        let mut columns = self.columns.clone();
        columns.extend(own.columns.iter().map(|(role, place)| (*role, place.clone())));
        let heading_row = own.heading_row.or(self.heading_row);
        Some(Cow::Owned(Self { heading_row, layout: self.layout, sheets: BTreeMap::new(), columns }))
    }

    /// Whether it names columns by their headings: only then can it be told whether it fits a file.
    #[must_use]
    pub fn names_headings(&self) -> bool {
        self.columns.values().any(|place| matches!(place, Place::Heading(_)))
    }

    /// The mapping with which tables were read, to be saved: columns by their headings, so that another file of the
    /// same form is known by them. What `self` says to leave out stays left out.
    #[must_use]
    pub fn to_save(&self, tables: &[SheetSummary]) -> Self {
        let mut saved = Self { layout: self.layout, ..Self::default() };
        let one = self.sheets.values().all(|sheet| !sheet.leave_out) && tables.len() == 1;
        for table in tables {
            let told = self.on(&table.name);
            let heading_row = told.as_deref().and_then(|told| told.heading_row).filter(|row| *row == 0);
            let columns = columns_to_save(table, told.as_deref());
            if one {
                (saved.heading_row, saved.columns) = (heading_row, columns);
            } else {
                // Of several tables on one sheet the first counts.
                let of = || SheetMapping { leave_out: false, heading_row, columns };
                saved.sheets.entry(table.name.to_string()).or_insert_with(of);
            }
        }
        let left_out = self.sheets.iter().filter(|(_, sheet)| sheet.leave_out);
        saved.sheets.extend(left_out.map(|(name, sheet)| (name.clone(), sheet.clone())));
        saved
    }

    /// The mapping as a TOML file, for saving.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut lines = Vec::new();
        lines.extend(self.heading_row.map(|row| format!("heading_row = {row}")));
        if self.layout == Layout::Weights {
            lines.push("layout = \"weights\"".to_owned());
        }
        lines.extend(self.columns.iter().map(line));
        for (name, sheet) in &self.sheets {
            lines.push(format!("\n[sheets.{}]", quoted(name)));
            if sheet.leave_out {
                lines.push("leave_out = true".to_owned());
            }
            lines.extend(sheet.heading_row.map(|row| format!("heading_row = {row}")));
            lines.extend(sheet.columns.iter().map(line));
        }
        lines.join("\n") + "\n"
    }
}

/// The roles of a table, each by the heading of its column where no other column has the same.
fn columns_to_save(table: &SheetSummary, told: Option<&Mapping>) -> BTreeMap<Role, Place> {
    let place = |column: u32| {
        let words = table.headings.get(column.saturating_sub(1) as usize).filter(|words| !words.is_empty());
        let alone = |words: &&String| table.headings.iter().filter(|other| other == words).count() == 1;
        words.filter(alone).map_or(Place::Number(column), |words| Place::Heading(words.clone()))
    };
    let mut columns: BTreeMap<Role, Place> = BTreeMap::new();
    let none = told.into_iter().flat_map(|told| &told.columns).filter(|(_, place)| **place == Place::Number(0));
    columns.extend(none.map(|(role, place)| (*role, place.clone())));
    columns.extend(table.mapping.iter().filter_map(|(id, column)| Some((Role::from_id(id)?, place(*column)))));
    columns
}

fn line((role, place): (&Role, &Place)) -> String {
    match place {
        Place::Number(number) => format!("{} = {number}", role.id()),
        Place::Heading(words) => format!("{} = {}", role.id(), quoted(words)),
    }
}

/// A JSON string is a TOML string.
fn quoted(words: &str) -> String {
    serde_json::Value::from(words).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read_from_toml_and_json_and_written_back() {
        let toml = "heading_row = 3\nlayout = \"weights\"\ncode = 1\nviolation = \"违法 行为\"\ntier = 0\n\n\
                    [sheets.\"表 1\"]\nheading_row = 2\nbasis = 4\n\n[sheets.\"说明\"]\nleave_out = true\n";
        let json = r#"{"heading_row": 3, "layout": "weights", "code": 1, "violation": "违法 行为", "tier": 0,
            "sheets": {"表 1": {"heading_row": 2, "basis": 4}, "说明": {"leave_out": true}}}"#;
        let mapping = Mapping::parse(toml).unwrap();
        assert_eq!(mapping, Mapping::parse(json).unwrap());
        assert_eq!(mapping.to_toml(), toml);
        assert_eq!(Mapping::parse(&serde_json::to_string(&mapping).unwrap()).unwrap(), mapping);
    }

    #[test]
    fn what_holds_for_a_sheet_goes_before_what_holds_for_all() {
        let mapping =
            Mapping::parse("violation = 2\nbasis = 3\n[sheets.\"甲\"]\nbasis = 4\n[sheets.\"乙\"]\nleave_out = true")
                .unwrap();
        let at = |sheet: &str| mapping.on(sheet).map(|on| on.columns.get(&Role::Basis).cloned());
        assert_eq!(at("甲"), Some(Some(Place::Number(4))));
        assert_eq!(at("乙"), None);
        assert_eq!(at("丙"), Some(Some(Place::Number(3))));
    }

    #[test]
    fn a_mapping_is_saved_by_headings_where_they_tell_a_column() {
        let words = ["号", "行为", "标准", "标准", ""];
        let table = SheetSummary {
            name: "表".into(),
            heading_row: Some(2),
            mapping: vec![("code", 1), ("violation", 2), ("standard", 4), ("remarks", 5)],
            items: 1,
            tiers: 1,
            headings: words.map(str::to_owned).to_vec(),
        };
        let told = Mapping::parse("tier = 0\nviolation = 2\n").unwrap();
        let one = told.to_save(std::slice::from_ref(&table));
        assert_eq!(one.to_toml(), "code = \"号\"\nviolation = \"行为\"\ntier = 0\nstandard = 4\nremarks = 5\n");
        let told = Mapping::parse("[sheets.\"说明\"]\nleave_out = true\n").unwrap();
        let several = told.to_save(&[table]).to_toml();
        assert!(several.starts_with("\n[sheets.\"表\"]\ncode = \"号\"\n"), "{several}");
        assert!(several.ends_with("\n[sheets.\"说明\"]\nleave_out = true\n"), "{several}");
    }

    #[test]
    fn a_wrong_mapping_is_told() {
        for text in [
            "colour = 1\n",
            "code = -1\n",
            "code: 1",
            "{\"code\": ",
            "layout = \"round\"\n",
            "violation = 3\nbasis = 3\n",
        ] {
            assert!(matches!(Mapping::parse(text), Err(ReadError::Mapping { .. })), "{text}");
        }
    }
}
