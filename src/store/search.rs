//! The search index: candidates for words, two-character Chinese and pinyin initials.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::Store;
use super::error::Result;
use super::row::text;
use crate::domain::ids::{AgencyId, ItemId};
use crate::domain::search::{self, Sought};

/// So many candidates take the index some 25 ms to gather, whatever the first of them cost.
const FREQUENT: i64 = 10_000;

/// A hit of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which item.
    pub id: ItemId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// The expression for the index that one term comes to; `None` where the term has nothing to search for.
pub(super) fn expression(term: &str) -> Option<String> {
    let way = |tokens: &Vec<String>| {
        let quoted: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
        format!("({})", quoted.join(" AND "))
    };
    let ways: Vec<String> = search::query(term).iter().map(way).collect();
    (!ways.is_empty()).then(|| ways.join(" OR "))
}

/// The token under which the index holds the items of an agency: no token of words has this sign.
fn agency_token(agency: AgencyId) -> String {
    format!("§{agency}")
}

/// Teaches the engine to compare words as a search does: `has_words(term, text)`.
pub(super) fn teach(db: &Connection) -> Result<()> {
    db.create_scalar_function(
        "has_words",
        2,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        |context| {
            // The term stays the same from row to row: it is made ready once.
            let sought = context.get_or_create_aux(0, |term| Ok::<_, FromSqlError>(Sought::of(term.as_str()?)))?;
            let text = context.get_raw(1).as_str_or_null()?.unwrap_or_default();
            Ok(sought.is_in(text))
        },
    )?;
    Ok(())
}

impl Store {
    /// Items whose code or title match every term, in ascending order of id, at most `limit`; where agencies are
    /// given, items of those.
    pub fn search(&self, agencies: Option<&[AgencyId]>, terms: &[&str], limit: usize) -> Result<Vec<Hit>> {
        let of_agencies = agencies.map(|ids| ids.iter().copied().map(agency_token).collect::<Vec<_>>().join(" OR "));
        let words = terms.iter().filter_map(|term| expression(term));
        let needed: Vec<String> = of_agencies.into_iter().chain(words).map(|part| format!("({part})")).collect();
        if needed.is_empty() || agencies.is_some_and(<[AgencyId]>::is_empty) {
            return Ok(Vec::new());
        }
        let mut statement = self.db.prepare_cached(
            "SELECT i.id, i.code, i.title FROM item_search s CROSS JOIN item i ON i.id = s.rowid
             WHERE s.item_search MATCH ?1 ORDER BY s.rowid",
        )?;
        let mut rows = statement.query([needed.join(" AND ")])?;
        let sought: Vec<Sought> = terms.iter().map(|term| Sought::of(term)).collect();
        let mut hits = Vec::new();
        while hits.len() < limit {
            let Some(row) = rows.next()? else { break };
            let (code, title) = (text(row, 1)?, text(row, 2)?);
            if sought.iter().all(|term| term.is_in(title) || term.is_in(code)) {
                hits.push(Hit { id: ItemId(row.get(0)?), code: code.to_owned(), title: title.to_owned() });
            }
        }
        Ok(hits)
    }

    /// Whether so many items may match an expression that the first of them are found sooner without the index.
    pub(super) fn is_frequent(&self, expression: &str) -> bool {
        let many = self.db.prepare_cached(
            "SELECT count(*) = ?2 FROM (SELECT 1 FROM item_search WHERE item_search MATCH ?1 LIMIT ?2)",
        );
        // An index that cannot answer is not worth an error here: the query itself will tell.
        many.and_then(|mut statement| statement.query_row(params![expression, FREQUENT], |row| row.get(0)))
            .unwrap_or(false)
    }

    /// Whether items wait for the index.
    pub fn search_is_behind(&self) -> Result<bool> {
        Ok(self.db.query_row("SELECT EXISTS (SELECT 1 FROM search_queue)", [], |row| row.get(0))?)
    }

    /// Indexes at most `limit` of the waiting items; true where more wait. Index and queue hold nothing that is not
    /// derived from the items, so this write needs no entry in the trail.
    pub fn index_some(&self, limit: i64) -> Result<bool> {
        let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let mut left = limit;
        let ranges: Vec<(i64, i64, i64)> = tx
            .prepare_cached("SELECT rowid, first_id, last_id FROM search_queue ORDER BY first_id LIMIT 1000")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        // Held back in memory up to this many bytes, words reach the file in few large pieces.
        tx.execute("INSERT INTO item_search (item_search, rank) VALUES ('hashsize', 33554432)", [])?;
        // Taking words out makes the index write all it holds back: only what may stand in it is taken out.
        let indexed: i64 =
            tx.query_row("SELECT coalesce(max(id), 0) FROM item_search_docsize", [], |row| row.get(0))?;
        let mut words = String::new();
        for (row, first, last) in ranges {
            if left <= 0 {
                break;
            }
            let until = last.min(first.saturating_add(left - 1));
            let mut items = tx
                .prepare_cached("SELECT id, code, title, agency_id FROM item WHERE id BETWEEN ?1 AND ?2 ORDER BY id")?;
            let mut forget = tx.prepare_cached("DELETE FROM item_search WHERE rowid = ?1")?;
            let mut put = tx.prepare_cached("INSERT INTO item_search (rowid, words) VALUES (?1, ?2)")?;
            let mut rows = items.query(params![first, until])?;
            while let Some(item) = rows.next()? {
                words.clear();
                search::tokens(text(item, 1)?, &mut words);
                search::tokens(text(item, 2)?, &mut words);
                words.push_str(&agency_token(AgencyId(item.get(3)?)));
                let id: i64 = item.get(0)?;
                if id <= indexed {
                    forget.execute([id])?;
                }
                put.execute(params![id, words])?;
            }
            left -= until - first + 1;
            if until == last {
                tx.prepare_cached("DELETE FROM search_queue WHERE rowid = ?1")?.execute([row])?;
            } else {
                tx.prepare_cached("UPDATE search_queue SET first_id = ?2 WHERE rowid = ?1")?
                    .execute(params![row, until + 1])?;
            }
        }
        tx.commit()?;
        self.search_is_behind()
    }
}
