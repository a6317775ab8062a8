//! Counts by group. On the day itself they come from the tallies, which every write keeps in step; for an earlier
//! day, or by a key that has no tally, from the rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::params_from_iter;

use super::Store;
use super::asof::At;
use super::condition::{AgencyLookup, Over, condition};
use super::error::Result;
use super::row::day;
use crate::domain::duty::DutyRule;
use crate::domain::filter::{Condition, Filter, TextField};
use crate::domain::label::Term as _;

crate::terms! {
    /// What items and duties can be counted by.
    pub enum Key {
        /// Agency.
        Agency = "agency", "机关", "agency";
        /// Kind.
        Kind = "kind", "种类", "kind";
        /// Level.
        Level = "level", "层级", "level";
        /// Source.
        Source = "source", "法源", "source";
        /// Stage.
        Stage = "stage", "阶段", "stage";
        /// Standing.
        Standing = "standing", "情况", "standing";
        /// Whether a version is in force.
        InForce = "in_force", "现行有效", "in force";
        /// Verification.
        Verification = "verification", "核对", "verification";
        /// Rule of a duty.
        Duty = "duty", "任务", "duty";
        /// Year of a duty.
        Year = "year", "年度", "year";
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Items.
    Items,
    /// Duties.
    Duties,
}

/// One group: its keys in the order asked for, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Identifier or name for each key; empty where there is none.
    pub keys: Vec<String>,
    /// How many.
    pub count: i64,
}

/// The day and the lead that a standing is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewpoint {
    /// The day asked about.
    pub day: NaiveDate,
    /// Days before a due day from which it is due soon.
    pub lead: u32,
}

impl Viewpoint {
    /// The last due day that is due soon.
    pub(super) fn soon(self) -> NaiveDate {
        self.day.checked_add_days(chrono::Days::new(u64::from(self.lead))).unwrap_or(NaiveDate::MAX)
    }
}

/// Standing of an item or of a group, by the columns `duty_state` and `next_due`; ?1 is the day, ?2 the last soon day.
pub(super) const STANDING_OF_ITEM: &str = "CASE WHEN i.duty_state IN ('idle', 'begun') THEN \
     CASE WHEN i.next_due <> '' AND i.next_due < ?1 THEN 'overdue' WHEN i.next_due <> '' AND i.next_due <= ?2 THEN 'due_soon' \
     WHEN i.duty_state = 'begun' THEN 'on_track' ELSE 'not_started' END \
     WHEN i.duty_state = 'none' THEN '' ELSE i.duty_state END";

/// Standing of a duty row, likewise.
pub(super) const STANDING_OF_DUTY: &str = "CASE WHEN d.closed = 'waived' THEN 'waived' \
     WHEN d.closed = 'done' THEN CASE WHEN d.closed_on > d.due THEN 'done_late' ELSE 'done' END \
     WHEN d.due < ?1 THEN 'overdue' WHEN d.due <= ?2 THEN 'due_soon' WHEN d.begun = 1 THEN 'on_track' ELSE 'not_started' END";

/// Standing of a group of `duty_tally`, likewise.
const STANDING_OF_TALLY: &str = "CASE WHEN d.state IN ('idle', 'begun') THEN \
     CASE WHEN d.due <> '' AND d.due < ?1 THEN 'overdue' WHEN d.due <> '' AND d.due <= ?2 THEN 'due_soon' \
     WHEN d.state = 'begun' THEN 'on_track' ELSE 'not_started' END ELSE d.state END";

/// From where groups are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// The tallies.
    Tally,
    /// The rows as they are.
    Now,
    /// The rows as they were.
    History,
}

impl Store {
    /// Counts the items or duties that a filter finds, by keys, in the order of the keys. A duty counts once its clock
    /// has started. Keys that do not belong to what is counted are left out.
    pub fn count(
        &self,
        of: Of,
        keys: &[Key],
        filter: &Filter,
        at: At,
        view: Viewpoint,
        agencies: AgencyLookup<'_>,
    ) -> Result<Vec<Group>> {
        let over = if of == Of::Items { Over::Items } else { Over::Duties };
        let found = condition(filter, over, view, agencies);
        let untallied = keys.iter().any(|key| matches!(key, Key::Source | Key::Verification));
        let rows = match at {
            At::History => Rows::History,
            At::Now if untallied || !is_tallied(of, filter) => Rows::Now,
            At::Now => Rows::Tally,
        };
        let by: Vec<&str> = keys.iter().filter_map(|key| column(of, *key, rows)).collect();
        let columns = if by.is_empty() { String::new() } else { by.join(", ") + ", " };
        let group =
            if by.is_empty() { String::new() } else { format!("GROUP BY {0} ORDER BY {0}", ordinals(by.len())) };
        let sql = format!("SELECT {columns}{} AND {} {group}", selection(of, rows), found.sql);
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(found.parameters))?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            let keys = (0..by.len()).map(|at| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default));
            let keys: Vec<String> = keys.collect::<rusqlite::Result<_>>()?;
            groups.push(Group { keys, count: row.get::<_, Option<i64>>(by.len())?.unwrap_or(0) });
        }
        Ok(groups)
    }

    /// Open duties by due day, in order of days; duties without a due day are left out.
    pub fn due_days(&self) -> Result<Vec<(NaiveDate, i64)>> {
        let mut statement = self.db.prepare_cached(
            "SELECT due, sum(n) FROM duty_tally WHERE state IN ('idle', 'begun') AND due <> '' GROUP BY due ORDER BY due",
        )?;
        let mut rows = statement.query([])?;
        let mut days = Vec::new();
        while let Some(row) = rows.next()? {
            days.push((day(row, 0)?, row.get(1)?));
        }
        Ok(days)
    }

    /// How many duties of a rule were done on which day, in order of days. They are counted here and not by the
    /// engine: its sorting of them all is one step that cannot be called off.
    pub fn done_days(&self, rule: DutyRule) -> Result<Vec<(NaiveDate, i64)>> {
        let mut statement = self.db.prepare_cached("SELECT closed_on FROM duty WHERE rule = ?1 AND closed = 'done'")?;
        let mut rows = statement.query([rule.id()])?;
        let mut days = BTreeMap::new();
        while let Some(row) = rows.next()? {
            *days.entry(day(row, 0)?).or_insert(0) += 1;
        }
        Ok(days.into_iter().collect())
    }
}

/// Whether a tally knows everything that a filter asks of items; of duties it is asked only for all of them, since it
/// does not know from which day a clock runs.
fn is_tallied(of: Of, filter: &Filter) -> bool {
    match filter {
        Filter::Everything => true,
        _ if of == Of::Duties => false,
        Filter::And(parts) | Filter::Or(parts) => parts.iter().all(|part| is_tallied(of, part)),
        Filter::Not(inner) => is_tallied(of, inner),
        Filter::Field(on) => matches!(
            on,
            Condition::Kind(_)
                | Condition::Stage(_)
                | Condition::Level(_)
                | Condition::Standing(_)
                | Condition::Text { field: TextField::Agency, .. }
        ),
        Filter::Word(_) | Filter::Phrase(_) => false,
    }
}

fn ordinals(n: usize) -> String {
    (1..=n).map(|n| n.to_string()).collect::<Vec<_>>().join(", ")
}

/// The column of a key; `None` for a key that does not belong to what is counted.
fn column(of: Of, key: Key, rows: Rows) -> Option<&'static str> {
    Some(match (of, key) {
        (_, Key::Agency) => "a.name",
        (Of::Items, Key::Kind) => "i.kind",
        (Of::Items, Key::Level) => "i.level",
        (Of::Items, Key::Source) => "i.source_title",
        (Of::Items, Key::Stage) => "i.stage",
        (Of::Items, Key::Verification) => "i.verification",
        (Of::Items, Key::Standing) => STANDING_OF_ITEM,
        (Of::Items, Key::InForce) if rows == Rows::Tally => "CASE WHEN i.in_force = 1 THEN 'true' ELSE 'false' END",
        (Of::Items, Key::InForce) => "CASE WHEN i.in_force_no > 0 THEN 'true' ELSE 'false' END",
        (Of::Duties, Key::Duty) => "d.rule",
        (Of::Duties, Key::Year) => "CAST(d.year AS TEXT)",
        (Of::Duties, Key::Standing) if rows == Rows::Tally => STANDING_OF_TALLY,
        (Of::Duties, Key::Standing) => STANDING_OF_DUTY,
        (Of::Items, Key::Duty | Key::Year) | (Of::Duties, _) => return None,
    })
}

/// What is summed, from where, up to the open end of the condition. A tally knows by the year that a clock has started.
const fn selection(of: Of, rows: Rows) -> &'static str {
    match (of, rows) {
        (Of::Items, Rows::Tally) => {
            "sum(i.n) FROM item_tally i JOIN agency a ON a.id = i.agency_id WHERE ?1 = ?1 AND ?2 = ?2"
        }
        (Of::Items, Rows::Now) => "count(*) FROM item i JOIN agency a ON a.id = i.agency_id WHERE ?1 = ?1 AND ?2 = ?2",
        (Of::Items, Rows::History) => {
            "count(*) FROM item_at i JOIN agency a ON a.id = i.agency_id WHERE ?1 = ?1 AND ?2 = ?2"
        }
        (Of::Duties, Rows::Tally) => {
            "sum(d.n) FROM duty_tally d JOIN agency a ON a.id = d.agency_id
             WHERE ?2 = ?2 AND d.year <= CAST(substr(?1, 1, 4) AS INTEGER)"
        }
        (Of::Duties, Rows::Now) => {
            "count(*) FROM duty d JOIN agency a ON a.id = d.agency_id LEFT JOIN item i ON i.id = d.item_id
             WHERE ?2 = ?2 AND (d.starts IS NULL OR d.starts <= ?1)"
        }
        (Of::Duties, Rows::History) => {
            "count(*) FROM duty_at d JOIN agency a ON a.id = d.agency_id LEFT JOIN item_at i ON i.id = d.item_id
             WHERE ?2 = ?2 AND (d.starts IS NULL OR d.starts <= ?1)"
        }
    }
}
