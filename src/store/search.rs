//! The search index: candidates for words, two-character Chinese and pinyin initials.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Rows, Transaction, TransactionBehavior, params};

use super::Store;
use super::error::Result;
use crate::domain::ids::{AgencyId, ItemId};
use crate::domain::search;

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
        let quoted: Vec<String> = tokens
            .iter()
            .map(|token| match token.strip_suffix('*') {
                Some(head) => format!("\"{head}\"*"),
                None => format!("\"{token}\""),
            })
            .collect();
        format!("({})", quoted.join(" AND "))
    };
    let ways: Vec<String> = search::query(term).iter().map(way).collect();
    (!ways.is_empty()).then(|| ways.join(" OR "))
}

/// Teaches the engine to compare words as a search does: `has_words(term, text)`.
pub(super) fn teach(db: &Connection) -> Result<()> {
    db.create_scalar_function(
        "has_words",
        2,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        |context| {
            let words = |at: usize| context.get_raw(at).as_str_or_null().map(Option::unwrap_or_default);
            Ok(search::matches(words(0)?, words(1)?))
        },
    )?;
    Ok(())
}

impl Store {
    /// Items whose code or title match every term, in ascending order of id, after `after`, at most `limit`.
    pub fn search(&self, terms: &[&str], after: i64, limit: usize) -> Result<Vec<Hit>> {
        let expression: Vec<String> =
            terms.iter().filter_map(|term| expression(term)).map(|words| format!("({words})")).collect();
        if expression.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self.db.prepare_cached(
            "SELECT i.id, i.code, i.title FROM item_search s CROSS JOIN item i ON i.id = s.rowid
             WHERE s.item_search MATCH ?1 AND s.rowid > ?2 ORDER BY s.rowid",
        )?;
        let mut rows = statement.query(params![expression.join(" AND "), after])?;
        collect(&mut rows, terms, limit)
    }

    /// Items of some agencies whose code or title match every term, in ascending order of id, at most `limit`.
    pub fn search_in(&self, agencies: &[AgencyId], terms: &[&str], limit: usize) -> Result<Vec<Hit>> {
        let ids: Vec<String> = agencies.iter().map(ToString::to_string).collect();
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT id, code, title FROM item WHERE agency_id IN ({}) ORDER BY agency_id, id",
            ids.join(", ")
        ))?;
        let mut rows = statement.query([])?;
        collect(&mut rows, terms, limit)
    }

    /// Whether so many items may match an expression that the first of them are found sooner without the index.
    pub(super) fn is_frequent(&self, expression: &str) -> bool {
        let many = self.db.prepare_cached(
            "SELECT count(*) = 20000 FROM (SELECT 1 FROM item_search WHERE item_search MATCH ?1 LIMIT 20000)",
        );
        // An index that cannot answer is not worth an error here: the query itself will tell.
        many.and_then(|mut statement| statement.query_row([expression], |row| row.get(0))).unwrap_or(false)
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
            let mut items =
                tx.prepare_cached("SELECT id, code, title FROM item WHERE id BETWEEN ?1 AND ?2 ORDER BY id")?;
            let mut forget = tx.prepare_cached("DELETE FROM item_search WHERE rowid = ?1")?;
            let mut put = tx.prepare_cached("INSERT INTO item_search (rowid, words) VALUES (?1, ?2)")?;
            let mut rows = items.query(params![first, until])?;
            while let Some(item) = rows.next()? {
                words.clear();
                search::tokens(item.get_ref(1)?.as_str().unwrap_or_default(), &mut words);
                search::tokens(item.get_ref(2)?.as_str().unwrap_or_default(), &mut words);
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

/// The rows (id, code, title) that match every term, at most `limit`.
fn collect(rows: &mut Rows<'_>, terms: &[&str], limit: usize) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    while hits.len() < limit {
        let Some(row) = rows.next()? else { break };
        let (code, title) = (super::row::text(row, 1)?, super::row::text(row, 2)?);
        if terms.iter().all(|term| search::matches(term, title) || search::matches(term, code)) {
            hits.push(Hit { id: ItemId(row.get(0)?), code: code.to_owned(), title: title.to_owned() });
        }
    }
    Ok(hits)
}
