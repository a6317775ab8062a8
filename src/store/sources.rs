//! Legal sources, their versions and articles, and what rests on them.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::agencies::unique;
use super::error::Result;
use super::row::{day_or_none, number, owned, term, term_or_null};
use super::{Store, Write};
use crate::domain::ids::{ItemId, SourceId};
use crate::domain::label::Term;
use crate::domain::source::{Article, Source};

const COLUMNS: &str = "id, title, rank, issuer, number, promulgated, effective, amended, status";

/// An article with what rests on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The article.
    pub article: Article,
    /// How many items cite it.
    pub items: i64,
}

/// One text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceVersion {
    /// From 1.
    pub no: i64,
    /// «2019年修正».
    pub label: String,
    /// First day in force.
    pub effective: Option<NaiveDate>,
}

impl Store {
    /// Every source, by title.
    pub fn sources(&self) -> Result<Vec<Source>> {
        let mut statement = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM source ORDER BY id"))?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push(read(row)?);
        }
        Ok(sources)
    }

    /// How many items rest on a source by any of their clauses.
    pub fn items_of_source(&self, source: SourceId) -> Result<i64> {
        Ok(self
            .db
            .prepare_cached("SELECT count(DISTINCT item_id) FROM citation WHERE source_id = ?1")?
            .query_row([source.0], |row| row.get(0))?)
    }

    /// The texts kept of a source, oldest first.
    pub fn source_versions(&self, source: SourceId) -> Result<Vec<SourceVersion>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT no, label, effective FROM source_version WHERE source_id = ?1 ORDER BY no")?;
        let mut rows = statement.query([source.0])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(SourceVersion {
                no: number(row, 0)?,
                label: owned(row, 1)?,
                effective: day_or_none(row, 2)?,
            });
        }
        Ok(versions)
    }

    /// Articles of each source's newest text: how many, how many an item rests on, how many of the rest have a reason.
    pub fn coverage_of_all(&self) -> Result<HashMap<SourceId, [i64; 3]>> {
        let mut statement = self.db.prepare_cached(
            "SELECT source_id, count(*), sum(cited), sum(cited = 0 AND no_item_reason <> '') FROM
               (SELECT a.source_id, a.no_item_reason, EXISTS (SELECT 1 FROM citation c
                  WHERE c.source_id = a.source_id AND c.article = a.number AND c.suffix = a.suffix) AS cited
                FROM article a WHERE a.version_no = (SELECT max(no) FROM source_version v WHERE v.source_id = a.source_id))
             GROUP BY source_id",
        )?;
        let mut rows = statement.query([])?;
        let mut found = HashMap::new();
        while let Some(row) = rows.next()? {
            found.insert(SourceId(number(row, 0)?), [number(row, 1)?, number(row, 2)?, number(row, 3)?]);
        }
        Ok(found)
    }

    /// The articles of the newest text with the number of items that cite each (coverage, section 3).
    pub fn coverage(&self, source: SourceId) -> Result<Vec<Covered>> {
        let mut statement = self.db.prepare_cached(
            "SELECT a.number, a.suffix, a.text, a.no_item_reason,
               (SELECT count(DISTINCT c.item_id) FROM citation c
                WHERE c.source_id = a.source_id AND c.article = a.number AND c.suffix = a.suffix)
             FROM article a
             WHERE a.source_id = ?1 AND a.version_no = (SELECT max(no) FROM source_version WHERE source_id = ?1)
             ORDER BY a.number, a.suffix",
        )?;
        let mut rows = statement.query([source.0])?;
        let mut covered = Vec::new();
        while let Some(row) = rows.next()? {
            let article = Article {
                number: number(row, 0)?,
                suffix: number(row, 1)?,
                text: owned(row, 2)?,
                no_item_reason: owned(row, 3)?,
            };
            covered.push(Covered { article, items: number(row, 4)? });
        }
        Ok(covered)
    }
}

impl Write<'_> {
    /// Adds a source; its `id` is given here.
    pub fn add_source(&mut self, source: &Source) -> Result<SourceId> {
        let id: i64 = self
            .tx
            .prepare_cached(
                "INSERT INTO source (title, rank, issuer, number, promulgated, effective, amended, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
            )?
            .query_row(
                params![
                    source.title,
                    source.rank.map(Term::id),
                    source.issuer,
                    source.number,
                    source.promulgated.map(|day| day.to_string()),
                    source.effective.map(|day| day.to_string()),
                    source.amended.map(|day| day.to_string()),
                    source.status.id()
                ],
                |row| row.get(0),
            )
            .map_err(|error| unique(error, "source", &source.title))?;
        Ok(SourceId(id))
    }

    /// Writes a source as it is now.
    pub fn change_source(&mut self, source: &Source) -> Result<()> {
        self.tx
            .prepare_cached(
                "UPDATE source SET title = ?2, rank = ?3, issuer = ?4, number = ?5, promulgated = ?6, effective = ?7,
                 amended = ?8, status = ?9 WHERE id = ?1",
            )?
            .execute(params![
                source.id.0,
                source.title,
                source.rank.map(Term::id),
                source.issuer,
                source.number,
                source.promulgated.map(|day| day.to_string()),
                source.effective.map(|day| day.to_string()),
                source.amended.map(|day| day.to_string()),
                source.status.id()
            ])
            .map_err(|error| unique(error, "source", &source.title))?;
        Ok(())
    }

    /// The source with this title, where it is known.
    pub fn source_by_title(&self, title: &str) -> Result<Option<SourceId>> {
        let found = self
            .tx
            .prepare_cached("SELECT id FROM source WHERE title = ?1")?
            .query_row([title], |row| row.get(0))
            .optional()?;
        Ok(found.map(SourceId))
    }

    /// Ties citations of this title to the source; returns how many.
    pub fn tie_citations(&mut self, source: SourceId, title: &str) -> Result<usize> {
        let tied = self.tx.execute(
            "UPDATE citation SET source_id = ?1 WHERE source_id IS NULL AND title = ?2",
            params![source.0, title],
        )?;
        if tied > 0 {
            self.tx.execute(
                "UPDATE item SET source_id = ?1 WHERE source_id IS NULL AND source_title = ?2",
                params![source.0, title],
            )?;
        }
        Ok(tied)
    }

    /// Adds a text of a source with its articles; reasons why an article has no item are carried over.
    pub fn add_source_version(
        &mut self,
        source: SourceId,
        label: &str,
        effective: Option<NaiveDate>,
        articles: &[Article],
    ) -> Result<i64> {
        let last: i64 = self.tx.query_row(
            "SELECT coalesce(max(no), 0) FROM source_version WHERE source_id = ?1",
            [source.0],
            |row| row.get(0),
        )?;
        self.tx.execute(
            "INSERT INTO source_version (source_id, no, label, effective) VALUES (?1, ?2, ?3, ?4)",
            params![source.0, last + 1, label, effective.map(|day| day.to_string())],
        )?;
        let mut add = self.tx.prepare_cached(
            "INSERT INTO article (source_id, version_no, number, suffix, text, no_item_reason)
             VALUES (?1, ?2, ?3, ?4, ?5, coalesce(nullif(?6, ''), (SELECT no_item_reason FROM article
               WHERE source_id = ?1 AND version_no = ?2 - 1 AND number = ?3 AND suffix = ?4), ''))",
        )?;
        for article in articles {
            add.execute(params![
                source.0,
                last + 1,
                article.number,
                article.suffix,
                article.text,
                article.no_item_reason
            ])
            .map_err(|error| unique(error, "article", &article.number.to_string()))?;
        }
        Ok(last + 1)
    }

    /// Says why no item rests on an article.
    pub fn explain_article(&mut self, source: SourceId, number: u32, suffix: u32, reason: &str) -> Result<bool> {
        let changed = self.tx.execute(
            "UPDATE article SET no_item_reason = ?4 WHERE source_id = ?1 AND number = ?2 AND suffix = ?3
             AND version_no = (SELECT max(no) FROM source_version WHERE source_id = ?1)",
            params![source.0, number, suffix, reason],
        )?;
        Ok(changed > 0)
    }
}

/// The sources that an item cites, each once.
pub(super) fn cited(db: &Connection, item: ItemId) -> Result<Vec<Source>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM source WHERE id IN (SELECT source_id FROM citation WHERE item_id = ?1) ORDER BY id"
    ))?;
    let mut rows = statement.query([item.0])?;
    let mut sources = Vec::new();
    while let Some(row) = rows.next()? {
        sources.push(read(row)?);
    }
    Ok(sources)
}

fn read(row: &Row<'_>) -> Result<Source> {
    Ok(Source {
        id: SourceId(number(row, 0)?),
        title: owned(row, 1)?,
        rank: term_or_null(row, 2)?,
        issuer: owned(row, 3)?,
        number: owned(row, 4)?,
        promulgated: day_or_none(row, 5)?,
        effective: day_or_none(row, 6)?,
        amended: day_or_none(row, 7)?,
        status: term(row, 8)?,
    })
}
