//! What is derived from the rows, made anew: counts, what items show of their duties, the search queue.
//!
//! Nothing that a person entered is ever touched here, so that no trail entry is due.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::Store;
use super::care::{FEW, Flaw};
use super::error::Result;
use crate::domain::ids::ItemId;

impl Store {
    /// Makes anew everything that is derived: counts, what items show of their duties, the search queue.
    pub fn rebuild(&mut self) -> Result<()> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(&format!(
            "UPDATE item SET duty_state = s.state, next_due = s.due FROM ({UNSHOWN}) s WHERE s.id = item.id"
        ))?;
        rebuild(&tx)?;
        tx.commit()?;
        Ok(())
    }
}

/// Counts anew and queues every item for the search index.
pub(super) fn rebuild(tx: &Transaction<'_>) -> Result<()> {
    for tally in &TALLIES {
        tx.execute(&format!("DELETE FROM {}", tally.name), [])?;
        count(tx, tally, tally.name)?;
    }
    tx.execute_batch(
        "INSERT INTO item_search (item_search) VALUES ('delete-all');
         DELETE FROM search_queue;
         INSERT INTO search_queue (first_id, last_id) SELECT min(id), max(id) FROM item HAVING count(*) > 0;",
    )?;
    Ok(())
}

/// A table of counts: its key, and the rows that are counted by it, one at a time. Grouping would sort all of them in
/// memory; a register may hold a million.
struct Tally {
    name: &'static str,
    key: &'static str,
    rows: &'static str,
}

const TALLIES: [Tally; 2] = [
    Tally {
        name: "item_tally",
        key: "agency_id, kind, level, stage, in_force, duty_state, next_due",
        rows: "SELECT agency_id, kind, level, stage, in_force_no > 0, duty_state, next_due, 1 FROM item WHERE TRUE",
    },
    Tally {
        name: "duty_tally",
        key: "agency_id, rule, year, state, due",
        rows: "SELECT agency_id, rule, year,
           CASE closed WHEN 'open' THEN CASE WHEN begun = 1 THEN 'begun' ELSE 'idle' END
             WHEN 'done' THEN CASE WHEN closed_on > due THEN 'done_late' ELSE 'done' END ELSE closed END,
           CASE closed WHEN 'open' THEN coalesce(due, '') ELSE '' END, 1 FROM duty WHERE TRUE",
    },
];

/// What the duties of each item come to, by [`super::duties::summary`], where it is not what the item shows.
const UNSHOWN: &str = "
SELECT id, due, state FROM (SELECT i.id, i.next_due, i.duty_state,
    coalesce((SELECT min(d.due) FROM duty d WHERE d.item_id = i.id AND d.closed = 'open'), '') AS due,
    CASE (SELECT max(CASE closed WHEN 'waived' THEN 1 WHEN 'done' THEN CASE WHEN closed_on > due THEN 3 ELSE 2 END
        ELSE CASE WHEN begun = 1 THEN 5 ELSE 4 END END) FROM duty d WHERE d.item_id = i.id)
      WHEN 5 THEN 'begun' WHEN 4 THEN 'idle' WHEN 3 THEN 'done_late' WHEN 2 THEN 'done' WHEN 1 THEN 'waived'
      ELSE 'none' END AS state
  FROM item i)
WHERE (next_due, duty_state) <> (due, state)";

/// What is derived and is not what it must be.
pub(super) fn flaws(db: &Connection) -> Result<Vec<Flaw>> {
    let mut flaws = Vec::new();
    for tally in &TALLIES {
        let Tally { name, key, .. } = tally;
        db.execute_batch(&format!(
            "CREATE TEMP TABLE counted AS SELECT * FROM {name} LIMIT 0; CREATE UNIQUE INDEX temp.counted_by ON counted ({key})"
        ))?;
        let differ = count(db, tally, "counted").and_then(|()| {
            let sql = format!(
                "SELECT EXISTS (SELECT * FROM {name} EXCEPT SELECT * FROM counted)
                   OR EXISTS (SELECT * FROM counted EXCEPT SELECT * FROM {name})"
            );
            Ok(db.query_row(&sql, [], |row| row.get::<_, bool>(0))?)
        });
        db.execute_batch("DROP TABLE temp.counted")?;
        if differ? {
            flaws.push(Flaw::Tally(name));
        }
    }
    let mut statement = db.prepare(&format!("{UNSHOWN} ORDER BY id LIMIT {FEW}"))?;
    let items = statement.query_map([], |row| row.get(0).map(|id| Flaw::Duties(ItemId(id))))?;
    flaws.extend(items.collect::<rusqlite::Result<Vec<_>>>()?);
    Ok(flaws)
}

/// Counts into an empty table of the form of a tally.
fn count(db: &Connection, tally: &Tally, into: &str) -> Result<()> {
    let Tally { key, rows, .. } = tally;
    db.execute(&format!("INSERT INTO {into} {rows} ON CONFLICT ({key}) DO UPDATE SET n = n + 1"), [])?;
    Ok(())
}
