//! The clauses that items cite.

use rusqlite::{Connection, Row, params};

use super::error::Result;
use super::row::{number, owned, term};
use super::{Store, Write};
use crate::domain::clause::Clause;
use crate::domain::ids::{ItemId, SourceId};
use crate::domain::item::{Citation, ItemText};
use crate::domain::kind::Kind;
use crate::domain::label::Term;

impl Store {
    /// The words of an item whose code, title and kind are known already.
    pub fn citations_with(&self, id: ItemId, code: String, title: String, kind: Kind) -> Result<ItemText> {
        Ok(ItemText { code, title, kind, citations: citations(&self.db, id)? })
    }

    /// The citations of all items from one to another, in the order of the items and of each item's own.
    pub fn citations_between(&self, first: ItemId, last: ItemId) -> Result<Vec<(ItemId, Citation)>> {
        between(&self.db, first, last)
    }
}

impl Write<'_> {
    pub(super) fn add_citations(&mut self, id: ItemId, citations: &[Citation]) -> Result<()> {
        let mut add = self.tx.prepare_cached(
            "INSERT INTO citation (item_id, ordinal, role, source_id, title, article, suffix, paragraph, subparagraph,
             sub_item, written) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for (ordinal, citation) in (1_i64..).zip(citations) {
            let clause = citation.clause.unwrap_or_default();
            add.execute(params![
                id.0,
                ordinal,
                citation.role.id(),
                citation.source.map(|id| id.0),
                citation.title,
                clause.article,
                clause.suffix,
                clause.paragraph,
                clause.item,
                clause.sub_item,
                citation.written
            ])?;
        }
        Ok(())
    }
}

/// The citations of an item, in its own order.
pub(super) fn citations(db: &Connection, id: ItemId) -> Result<Vec<Citation>> {
    Ok(between(db, id, id)?.into_iter().map(|(_, citation)| citation).collect())
}

fn between(db: &Connection, first: ItemId, last: ItemId) -> Result<Vec<(ItemId, Citation)>> {
    let mut statement = db.prepare_cached(
        "SELECT item_id, role, source_id, title, article, suffix, paragraph, subparagraph, sub_item, written
         FROM citation WHERE item_id BETWEEN ?1 AND ?2 ORDER BY item_id, ordinal",
    )?;
    let mut rows = statement.query([first.0, last.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((ItemId(number(row, 0)?), citation(row)?));
    }
    Ok(found)
}

fn citation(row: &Row<'_>) -> Result<Citation> {
    let clause = Clause {
        article: number(row, 4)?,
        suffix: number(row, 5)?,
        paragraph: number(row, 6)?,
        item: number(row, 7)?,
        sub_item: number(row, 8)?,
    };
    Ok(Citation {
        role: term(row, 1)?,
        source: number::<Option<i64>>(row, 2)?.map(SourceId),
        title: owned(row, 3)?,
        clause: (clause.article > 0).then_some(clause),
        written: owned(row, 9)?,
    })
}
