//! What the checks need of an item beside its baseline, and the answers that findings were given.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::error::Result;
use super::records::{Setting, settings};
use super::row::{day, iso, number, owned};
use super::{Store, Write, items, sources};
use crate::domain::ids::ItemId;
use crate::domain::item::ItemText;
use crate::domain::source::Source;

/// An answer in words to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The check, as an identifier.
    pub code: String,
    /// SHA-256 of the words that it was about.
    pub about: String,
    /// Where they stood, for people.
    pub place: String,
    /// The answer.
    pub text: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// What the checks need of an item beside its baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFacts {
    /// The words of the item.
    pub text: ItemText,
    /// The sources that it cites, each once.
    pub sources: Vec<Source>,
    /// The answers, of earlier words too.
    pub answers: Vec<KeptAnswer>,
    /// The settings of the register.
    pub settings: Vec<Setting>,
}

impl Store {
    /// What the checks need of an item beside its baseline.
    pub fn check_facts(&self, item: ItemId) -> Result<CheckFacts> {
        check_facts(&self.db, item)
    }

    /// The answers to an item's findings, of earlier words too.
    pub fn answers(&self, item: ItemId) -> Result<Vec<KeptAnswer>> {
        answers(&self.db, item)
    }

    /// The answers to the findings of all items from one to another, in the order of the items.
    pub fn answers_between(&self, first: ItemId, last: ItemId) -> Result<Vec<(ItemId, KeptAnswer)>> {
        between(&self.db, first, last)
    }
}

impl Write<'_> {
    /// What the checks need of an item beside its baseline, as this write sees it.
    pub fn check_facts(&self, item: ItemId) -> Result<CheckFacts> {
        check_facts(&self.tx, item)
    }

    /// Keeps an answer in the place of an earlier one to the same finding.
    pub fn set_answer(&mut self, item: ItemId, answer: &KeptAnswer) -> Result<()> {
        self.tx
            .prepare_cached(
                "INSERT INTO finding_answer (item_id, code, about, place, answer, answered_by, answered_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (item_id, code, about) DO UPDATE SET place = excluded.place, answer = excluded.answer,
                 answered_by = excluded.answered_by, answered_on = excluded.answered_on",
            )?
            .execute(params![
                item.0,
                answer.code,
                answer.about,
                answer.place,
                answer.text,
                answer.by,
                iso(answer.on)
            ])?;
        Ok(())
    }

    /// Takes an answer away.
    pub fn remove_answer(&mut self, item: ItemId, code: &str, about: &str) -> Result<()> {
        self.tx
            .prepare_cached("DELETE FROM finding_answer WHERE item_id = ?1 AND code = ?2 AND about = ?3")?
            .execute(params![item.0, code, about])?;
        Ok(())
    }
}

fn check_facts(db: &Connection, item: ItemId) -> Result<CheckFacts> {
    Ok(CheckFacts {
        text: items::text(db, item)?,
        sources: sources::cited(db, item)?,
        answers: answers(db, item)?,
        settings: settings(db)?,
    })
}

fn answers(db: &Connection, item: ItemId) -> Result<Vec<KeptAnswer>> {
    Ok(between(db, item, item)?.into_iter().map(|(_, answer)| answer).collect())
}

pub(super) fn between(db: &Connection, first: ItemId, last: ItemId) -> Result<Vec<(ItemId, KeptAnswer)>> {
    let mut statement = db.prepare_cached(
        "SELECT code, about, place, answer, answered_by, answered_on, item_id FROM finding_answer
         WHERE item_id BETWEEN ?1 AND ?2 ORDER BY item_id, code, about",
    )?;
    let mut rows = statement.query([first.0, last.0])?;
    let mut answers = Vec::new();
    while let Some(row) = rows.next()? {
        let answer = KeptAnswer {
            code: owned(row, 0)?,
            about: owned(row, 1)?,
            place: owned(row, 2)?,
            text: owned(row, 3)?,
            by: owned(row, 4)?,
            on: day(row, 5)?,
        };
        answers.push((ItemId(number(row, 6)?), answer));
    }
    Ok(answers)
}
