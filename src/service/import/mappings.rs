//! Mappings of columns: read from a file, saved for an agency, used again.

use std::collections::BTreeMap;

use serde_json::json;

use crate::exchange::Mapping;
use crate::i18n::Failure;
use crate::service::{Register, Result};
use crate::store::{Done, Entry as TrailEntry};
use crate::words;

/// A mapping that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMapping {
    /// Name of the agency.
    pub agency: String,
    /// Its name.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
}

/// Reads a mapping of columns, in TOML or JSON.
pub fn parse_mapping(text: &str) -> Result<Mapping> {
    Mapping::parse(text).map_err(|error| Failure::usage(error.reason(), error.next()))
}

/// The mapping that a table's report shows.
#[must_use]
pub fn mapping_of(columns: &BTreeMap<String, u32>) -> Mapping {
    serde_json::from_value(json!(columns)).unwrap_or_default()
}

impl Register {
    /// The mappings that were saved for an agency, or for any, by agency and name.
    pub fn saved_mappings(&self, agency: Option<&str>) -> Result<Vec<SavedMapping>> {
        let agency = agency.map(|words| self.agencies.find(words).map(|agency| agency.id)).transpose()?;
        let saved = self.store.mappings(agency)?;
        let read = saved.into_iter().map(|(agency, name, text)| {
            Ok(SavedMapping { agency: self.agencies.name(agency), name, mapping: parse_mapping(&text)? })
        });
        read.collect()
    }

    /// A mapping that was saved for an agency.
    pub fn saved_mapping(&self, agency: &str, name: &str) -> Result<Mapping> {
        let agency = self.agencies.find(agency)?;
        let text = self.store.mapping(agency.id, name)?.ok_or_else(|| {
            Failure::refused(
                words!("{}没有保存过「{name}」这个对应关系。", "No mapping \"{name}\" was saved for {}.", agency.name),
                words!("用 --save-mapping 保存。", "Save one with --save-mapping."),
            )
        })?;
        parse_mapping(&text)
    }

    /// Saves a mapping for an agency.
    pub fn save_mapping(&mut self, agency: &str, name: &str, mapping: &Mapping) -> Result<()> {
        let agency = self.agencies.find(agency)?.id;
        let name = name.trim();
        if name.is_empty() {
            return Err(Failure::usage(
                words!("对应关系没有名称。", "The mapping has no name."),
                words!("请写一个名称，例如来源文件的名称。", "Give it one, such as that of the file it comes from."),
            ));
        }
        let stamp = self.stamp()?;
        let toml = mapping.to_toml();
        self.store.write(&stamp, |write| {
            write.set_mapping(agency, name, &toml)?;
            let detail = json!({ "name": name, "mapping": toml });
            let entry = TrailEntry { verb: "mapping.save", record: "mapping", record_id: agency.0, detail };
            Ok::<_, Failure>(Done::Wrote((), entry))
        })
    }

    /// Removes a mapping that was saved for an agency.
    pub fn remove_mapping(&mut self, agency: &str, name: &str) -> Result<()> {
        let toml = self.saved_mapping(agency, name)?.to_toml();
        let agency = self.agencies.find(agency)?.id;
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            write.remove_mapping(agency, name)?;
            let detail = json!({ "name": name, "mapping": toml });
            let entry = TrailEntry { verb: "mapping.remove", record: "mapping", record_id: agency.0, detail };
            Ok::<_, Failure>(Done::Wrote((), entry))
        })
    }
}
