//! How one account likes its lists: columns, order, saved views. Kept beside the register, as drafts are; a register
//! in memory keeps it in memory. It is no part of the register: nothing is lost with it but a habit.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::drafts::write_beside;
use super::{Register, Result};
use crate::i18n::{Failure, FailureKind, io_trouble};
use crate::words;

/// How the list of items is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Columns by their identifiers, in order; the built-in ones where empty.
    pub columns: Vec<String>,
    /// Saved views, in the order in which they were saved.
    pub views: Vec<View>,
}

/// A view saved under a name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// What a person calls it.
    pub name: String,
    /// The filter as written.
    pub filter: String,
    /// The order, as `--sort` takes it.
    pub sort: String,
    /// Columns by their identifiers, in order; the built-in ones where empty.
    pub columns: Vec<String>,
}

impl Register {
    /// How the account at work likes its lists. A file that does not read is left where it is, and told.
    pub fn arrangement(&self) -> Result<Arrangement> {
        let Some(place) = self.place_of_arrangement() else { return Ok(self.arranged.clone()) };
        let Ok(bytes) = std::fs::read(&place) else { return Ok(Arrangement::default()) };
        serde_json::from_slice(&bytes).map_err(|error| {
            Failure::new(
                FailureKind::Internal,
                words!(
                    "保存的视图 {} 读不懂：{error}。",
                    "The saved views in {} do not read: {error}.",
                    place.display()
                ),
                words!("请移走这个文件；栏目和视图将从头设置。", "Move the file away; columns and views begin anew."),
            )
        })
    }

    /// Keeps how the account at work likes its lists.
    pub fn keep_arrangement(&mut self, arrangement: &Arrangement) -> Result<()> {
        let Some(place) = self.place_of_arrangement() else {
            self.arranged = arrangement.clone();
            return Ok(());
        };
        write_beside(&place, arrangement).map_err(|error| {
            let (file, why) = (place.display().to_string(), io_trouble(&error));
            Failure::new(
                FailureKind::Internal,
                crate::i18n::Words {
                    zh: format!("视图没有存到 {file}：{}。", why.zh),
                    en: format!("The views could not be kept in {file}: {}.", why.en),
                },
                words!("请检查登记库所在文件夹的权限。", "Check the rights of the register's folder."),
            )
        })
    }

    fn place_of_arrangement(&self) -> Option<PathBuf> {
        self.beside("views").map(|folder| folder.join(format!("{}.json", self.actor)))
    }
}
