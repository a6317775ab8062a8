//! Which column holds what, as given by hand: corrected, saved per agency, used again.
//!
//! A mapping mends what is recognised by itself: a role that it names stands where it says, the others are still
//! recognised. As a file it is TOML or JSON with one key a role; the `mapping` of a report is such a JSON.

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
        let mut seen = Vec::new();
        self.columns.values().find_map(|place| match place {
            Place::Number(number) if *number > 0 && seen.contains(number) => Some(*number),
            Place::Number(number) => {
                seen.push(*number);
                None
            }
            Place::Heading(_) => None,
        })
    }

    /// The mapping that was used for a table, to be corrected and saved.
    #[must_use]
    pub fn of(table: &SheetSummary) -> Self {
        let columns = table.mapping.iter();
        let columns = columns.filter_map(|(id, column)| Some((Role::from_id(id)?, Place::Number(*column)))).collect();
        Self { heading_row: table.heading_row, layout: Layout::Tiers, columns }
    }

    /// The mapping as a TOML file, for saving.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut lines = Vec::new();
        if let Some(row) = self.heading_row {
            lines.push(format!("heading_row = {row}"));
        }
        if self.layout == Layout::Weights {
            lines.push("layout = \"weights\"".to_owned());
        }
        for (role, place) in &self.columns {
            lines.push(match place {
                Place::Number(number) => format!("{} = {number}", role.id()),
                // A JSON string is a TOML string.
                Place::Heading(words) => format!("{} = {}", role.id(), serde_json::Value::from(words.as_str())),
            });
        }
        lines.join("\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read_from_toml_and_json_and_written_back() {
        let toml = "heading_row = 3\nlayout = \"weights\"\ncode = 1\nviolation = \"违法 行为\"\ntier = 0\n";
        let json = r#"{"heading_row": 3, "layout": "weights", "code": 1, "violation": "违法 行为", "tier": 0}"#;
        let mapping = Mapping::parse(toml).unwrap();
        assert_eq!(mapping, Mapping::parse(json).unwrap());
        assert_eq!(mapping.to_toml(), toml);
        assert_eq!(Mapping::parse(&serde_json::to_string(&mapping).unwrap()).unwrap(), mapping);
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
