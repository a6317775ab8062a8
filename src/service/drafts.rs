//! Unsaved drafts, kept beside the register so that a crash or a lost connection loses nothing that was typed.
//!
//! A draft is not part of the register: it is written whole or not at all, and thrown away with the save. A register in
//! memory keeps its drafts there, as long as it is open.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Register, Result};
use crate::domain::baseline::Baseline;
use crate::domain::ids::ItemId;
use crate::i18n::{Failure, FailureKind};
use crate::words;

/// A draft that was not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The revision of the item that the writer had before the eyes.
    pub seen: i64,
    /// What was written.
    pub baseline: Baseline,
}

impl Register {
    /// Keeps a draft of an item, or throws away what was kept.
    pub fn keep_draft(&mut self, item: ItemId, draft: Option<&Kept>) -> Result<()> {
        let Some(place) = self.place_of_draft(item) else {
            match draft {
                None => self.drafts.remove(&item),
                Some(draft) => self.drafts.insert(item, draft.clone()),
            };
            return Ok(());
        };
        let kept = match draft {
            None => match std::fs::remove_file(&place) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            Some(draft) => write_beside(&place, draft),
        };
        kept.map_err(|error| {
            Failure::new(
                FailureKind::Internal,
                words!("草稿没有存下来：{error}。", "The draft could not be kept: {error}."),
                words!("请尽快保存。", "Save soon."),
            )
        })
    }

    /// The draft kept of an item. One that does not read is left where it is, and told.
    pub fn kept_draft(&self, item: ItemId) -> Result<Option<Kept>> {
        let Some(place) = self.place_of_draft(item) else { return Ok(self.drafts.get(&item).cloned()) };
        let Ok(bytes) = std::fs::read(&place) else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            Failure::new(
                FailureKind::Internal,
                words!(
                    "留存的草稿 {} 读不懂：{error}。",
                    "The draft kept in {} does not read: {error}.",
                    place.display()
                ),
                words!("请移走这个文件再打开事项。", "Move the file away and open the item again."),
            )
        })
    }

    fn place_of_draft(&self, item: ItemId) -> Option<PathBuf> {
        self.beside("drafts").map(|folder| folder.join(format!("{}-{item}.json", self.actor)))
    }

    /// A folder beside the register, for what is not part of it; none where the register is in memory.
    pub(super) fn beside(&self, name: &str) -> Option<PathBuf> {
        let path = self.store.path();
        let kept_on_disk = !self.store.is_in_memory() && path.exists();
        kept_on_disk.then(|| path.with_extension(name))
    }
}

/// Writes a file beside the register, whole or not at all.
pub(super) fn write_beside(place: &Path, what: &impl Serialize) -> std::io::Result<()> {
    let part = place.with_extension("part");
    std::fs::create_dir_all(place.parent().unwrap_or(place))?;
    std::fs::write(&part, serde_json::to_vec(what).map_err(std::io::Error::other)?)?;
    std::fs::rename(&part, place)
}
