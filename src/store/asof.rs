//! The register as it stood on an earlier day: views with the columns of `item` and `duty` over the dated history.

use chrono::NaiveDate;
use rusqlite::params;

use super::Store;
use super::error::Result;

/// From where a question about the register is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// From the rows as they are: no write is younger than the day asked about.
    Now,
    /// From the history.
    History,
}

/// Of the acts that had happened by the day, the one recorded last tells the state: an act may be told with a day
/// before that of an earlier entry («in force since …»), and then it holds from that day on.
const VIEWS: &str = "
CREATE TEMP TABLE asof (day TEXT NOT NULL, known TEXT NOT NULL, seq BIGINT NOT NULL, reconstructed BIGINT NOT NULL);

CREATE TEMP VIEW duty_at AS
SELECT d.id, d.rule, d.year, d.agency_id, d.item_id, d.event_id, d.starts, d.original_due,
  CASE WHEN h.duty_id IS NULL THEN d.original_due ELSE h.due END AS due,
  CASE WHEN h.duty_id IS NULL THEN d.begun_at_birth ELSE h.begun END AS begun,
  coalesce(h.closed, 'open') AS closed, h.closed_on, coalesce(h.reason, '') AS reason
FROM asof a CROSS JOIN duty d
LEFT JOIN duty_history h ON h.duty_id = d.id AND (h.on_day, h.seq) =
  (SELECT x.on_day, x.seq FROM duty_history x WHERE x.duty_id = d.id AND x.on_day <= a.day AND x.seq <= a.seq
   ORDER BY x.seq DESC, x.on_day DESC LIMIT 1)
WHERE (d.starts IS NULL OR d.starts <= a.day) AND (d.drawn_on <= a.day OR a.reconstructed = 1)
  AND d.drawn_on <= a.known AND (a.known = '9999-12-31' OR d.item_id IS NULL OR EXISTS
    (SELECT 1 FROM item_history y WHERE y.item_id = d.item_id AND y.seq <= a.seq));

CREATE TEMP VIEW item_at AS
SELECT i.id, coalesce(h.agency_id, i.agency_id) AS agency_id, i.identity, i.code, i.title, i.kind, i.level, i.vertical,
  i.source_id, i.source_title, i.clause, i.batch_id, coalesce(h.verification, 'listed') AS verification,
  i.verification_reason, i.listed_on, coalesce(h.stage, 'listed') AS stage,
  coalesce(h.version_no, 0) AS version_no, coalesce(h.in_force_no, 0) AS in_force_no,
  CASE w.weight WHEN 5 THEN 'begun' WHEN 4 THEN 'idle' WHEN 3 THEN 'done_late' WHEN 2 THEN 'done' WHEN 1 THEN 'waived'
    ELSE 'none' END AS duty_state,
  coalesce(w.next_due, '') AS next_due,
  coalesce((SELECT t.at FROM trail t WHERE t.seq = h.seq), i.updated) AS updated, i.revision
FROM asof a CROSS JOIN item i
LEFT JOIN item_history h ON h.item_id = i.id AND (h.on_day, h.seq) =
  (SELECT x.on_day, x.seq FROM item_history x WHERE x.item_id = i.id AND x.on_day <= a.day AND x.seq <= a.seq
   ORDER BY x.seq DESC, x.on_day DESC LIMIT 1)
LEFT JOIN (SELECT item_id,
    max(CASE WHEN closed = 'waived' THEN 1 WHEN closed = 'done' THEN CASE WHEN closed_on > due THEN 3 ELSE 2 END
      WHEN begun = 1 THEN 5 ELSE 4 END) AS weight,
    min(CASE WHEN closed = 'open' THEN due END) AS next_due
  FROM duty_at WHERE item_id IS NOT NULL GROUP BY item_id) w ON w.item_id = i.id
WHERE h.item_id IS NOT NULL OR a.reconstructed = 1;
";

impl Store {
    /// Prepares to answer about the day `day`, with what had been recorded by the end of `known` where that is asked.
    /// Before the register was opened, items are taken as listed: that is a reconstruction, and said so by the caller.
    pub fn look_at(&self, day: NaiveDate, known: Option<NaiveDate>) -> Result<At> {
        let last: Option<String> = self
            .db
            .prepare_cached("SELECT substr(at, 1, 10) FROM trail ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .map_or_else(
                |error| if error == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(error) },
                |day| Ok(Some(day)),
            )?;
        let day_words = day.to_string();
        let recorded_by = |limit: &str| last.as_deref().is_none_or(|last| last <= limit);
        if recorded_by(&day_words) && known.is_none_or(|known| recorded_by(&known.to_string())) {
            return Ok(At::Now);
        }
        let seq: i64 = match known {
            None => i64::MAX,
            Some(known) => self.db.query_row(
                "SELECT coalesce(max(seq), 0) FROM trail WHERE substr(at, 1, 10) <= ?1",
                [known.to_string()],
                |row| row.get(0),
            )?,
        };
        let opened = self.facts()?.map(|facts| facts.opened_on);
        let reconstructed = known.is_none() && opened.is_some_and(|opened| day < opened);
        if !self.db.prepare("SELECT 1 FROM temp.sqlite_master WHERE name = 'asof'")?.exists([])? {
            self.db.execute_batch(VIEWS)?;
        }
        self.db.execute("DELETE FROM asof", [])?;
        self.db.execute(
            "INSERT INTO asof (day, known, seq, reconstructed) VALUES (?1, ?2, ?3, ?4)",
            params![
                day_words,
                known.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string()),
                seq,
                reconstructed
            ],
        )?;
        Ok(At::History)
    }
}
