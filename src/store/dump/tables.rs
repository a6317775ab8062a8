//! The tables of a full copy: one list of columns and order, from which rows are written, read and described.
//!
//! A test holds the list against the schema, so that a new table or column is either here or left out on purpose:
//! a secret never slips into a file because nobody thought of it.

/// One table of a full copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, all of them, in the order of the schema.
    pub columns: &'static [Column],
    /// Its key, by which the rows are ordered.
    pub(super) key: &'static str,
    /// The rows that belong to the items in `picked`, as a condition.
    pub(super) part: &'static str,
}

/// One column.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub form: Form,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A whole number.
    Number,
    /// A whole number or nothing.
    NumberOrNull,
    /// Words. Where they are JSON or TOML they stay words: hashes cover the very bytes.
    Text,
    /// Words or nothing.
    TextOrNull,
    /// A file.
    Bytes,
}

/// What a full copy leaves out, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("item_tally", "counted anew from item"),
    ("duty_tally", "counted anew from duty"),
    ("search_queue", "filled anew: every item waits for the index"),
    ("item_search", "the index, made anew from item"),
];

/// What `part` conditions speak of. `picked` holds the items asked for.
pub(super) const PICKED: &str = "
CREATE TEMP TABLE picked (id INTEGER PRIMARY KEY);
CREATE TEMP VIEW picked_duty AS SELECT id, event_id FROM duty WHERE item_id IN (SELECT id FROM picked);
CREATE TEMP VIEW picked_event AS SELECT id, source_id FROM event WHERE id IN (SELECT event_id FROM picked_duty);
CREATE TEMP VIEW picked_source AS
  SELECT source_id AS id FROM citation WHERE item_id IN (SELECT id FROM picked)
  UNION SELECT source_id FROM item WHERE id IN (SELECT id FROM picked)
  UNION SELECT source_id FROM picked_event;
CREATE TEMP VIEW picked_batch AS
  SELECT batch_id AS id FROM item WHERE id IN (SELECT id FROM picked)
  UNION SELECT batch_id FROM version WHERE item_id IN (SELECT id FROM picked);
CREATE TEMP VIEW picked_step AS
  SELECT id FROM step WHERE item_id IN (SELECT id FROM picked) OR batch_id IN (SELECT id FROM picked_batch);
";

macro_rules! tables {
    ($($name:ident by $key:literal part $part:literal { $($column:ident: $form:ident),+ $(,)? })+) => {
        /// Every table of a full copy, those that others refer to first.
        pub const TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            columns: &[$(Column { name: stringify!($column), form: Form::$form }),+],
            key: $key,
            part: $part,
        }),+];
    };
}

tables! {
    register by "id" part "1 = 1" {
        id: Number, uid: Text, city: Text, plan_year: Number, opened_on: Text, rehearsal: Number,
    }
    setting by "key" part "1 = 1" {
        key: Text, value: Text, reason: Text,
    }
    agency by "id" part "1 = 1" {
        id: Number, code: Text, name: Text, short: Text, form: Text, level: Text, parent_id: NumberOrNull,
        is_government: Number, vertical: Number,
    }
    source by "id" part "id IN (SELECT id FROM picked_source)" {
        id: Number, title: Text, rank: TextOrNull, issuer: Text, number: Text, promulgated: TextOrNull,
        effective: TextOrNull, amended: TextOrNull, status: Text,
    }
    source_version by "source_id, no" part "source_id IN (SELECT id FROM picked_source)" {
        source_id: Number, no: Number, label: Text, effective: TextOrNull,
    }
    article by "source_id, version_no, number, suffix" part "source_id IN (SELECT id FROM picked_source)" {
        source_id: Number, version_no: Number, number: Number, suffix: Number, text: Text, no_item_reason: Text,
    }
    batch by "id" part "id IN (SELECT id FROM picked_batch)" {
        id: Number, name: Text, created_on: Text, published_on: TextOrNull, number: Text,
    }
    item by "id" part "id IN (SELECT id FROM picked)" {
        id: Number, agency_id: Number, identity: Text, code: Text, title: Text, kind: Text, level: Text,
        vertical: Number, source_id: NumberOrNull, source_title: Text, clause: Text, batch_id: NumberOrNull,
        verification: Text, verification_reason: Text, listed_on: Text, stage: Text, version_no: Number,
        in_force_no: Number, duty_state: Text, next_due: Text, updated: Text, revision: Number,
    }
    citation by "item_id, ordinal" part "item_id IN (SELECT id FROM picked)" {
        item_id: Number, ordinal: Number, role: Text, source_id: NumberOrNull, title: Text, article: Number,
        suffix: Number, paragraph: Number, subparagraph: Number, sub_item: Number, written: Text,
    }
    version by "item_id, no" part "item_id IN (SELECT id FROM picked)" {
        item_id: Number, no: Number, content: Text, hash: Text, author: Text, created_on: Text, ready_by: Text,
        submitted_by: Text, submitted_on: TextOrNull, accepted_by: Text, accepted_on: TextOrNull, accepted_hash: Text,
        approved_on: TextOrNull, approval: Text, published_on: TextOrNull, publication: Text,
        in_force_from: TextOrNull, in_force_to: TextOrNull, before_register: Number, batch_id: NumberOrNull,
        return_reason: Text,
    }
    finding_answer by "item_id, code, about" part "item_id IN (SELECT id FROM picked)" {
        item_id: Number, code: Text, about: Text, place: Text, answer: Text, answered_by: Text, answered_on: Text,
    }
    step by "id" part "id IN (SELECT id FROM picked_step)" {
        id: Number, item_id: NumberOrNull, version_no: NumberOrNull, batch_id: NumberOrNull, step: Text, on_day: Text,
        from_day: TextOrNull, number: Text, note: Text,
    }
    evidence by "step_id, name" part "step_id IN (SELECT id FROM picked_step)" {
        step_id: Number, name: Text, sha256: Text, bytes: Bytes,
    }
    plan by "year" part "1 = 1" {
        year: Number, toml: Text,
    }
    rest_days by "year" part "1 = 1" {
        year: Number, toml: Text,
    }
    event by "id" part "id IN (SELECT id FROM picked_event)" {
        id: Number, form: Text, source_id: NumberOrNull, articles: Text, on_day: Text, note: Text,
    }
    duty by "id" part "id IN (SELECT id FROM picked_duty)" {
        id: Number, rule: Text, year: Number, agency_id: Number, item_id: NumberOrNull, event_id: NumberOrNull,
        starts: TextOrNull, original_due: TextOrNull, due: TextOrNull, drawn_on: Text, begun_at_birth: Number, begun: Number,
        closed: Text, closed_on: TextOrNull, reason: Text,
    }
    duty_history by "duty_id, on_day, seq" part "duty_id IN (SELECT id FROM picked_duty)" {
        duty_id: Number, on_day: Text, seq: Number, due: TextOrNull, begun: Number, closed: Text,
        closed_on: TextOrNull, reason: Text,
    }
    item_history by "item_id, on_day, seq" part "item_id IN (SELECT id FROM picked)" {
        item_id: Number, on_day: Text, seq: Number, agency_id: Number, verification: Text, stage: Text,
        version_no: Number, in_force_no: Number, digest: Text,
    }
    training by "id" part "1 = 0" {
        id: Number, agency_id: Number, on_day: Text, title: Text, people: Number, note: Text,
    }
    received by "id" part "1 = 0" {
        id: Number, agency_id: Number, form: Text, year: Number, on_day: Text, note: Text,
    }
    mapping by "agency_id, name" part "1 = 0" {
        agency_id: Number, name: Text, toml: Text,
    }
    trail by "seq" part "seq IN (SELECT seq FROM item_history WHERE item_id IN (SELECT id FROM picked)
      UNION SELECT seq FROM duty_history WHERE duty_id IN (SELECT id FROM picked_duty)
      UNION SELECT seq FROM trail WHERE record = 'item' AND record_id IN (SELECT id FROM picked)
      UNION SELECT seq FROM trail WHERE record = 'event' AND record_id IN (SELECT id FROM picked_event))" {
        seq: Number, at: Text, actor: Text, origin: Text, verb: Text, record: Text, record_id: Number, detail: Text,
        digest: Text, prev: Text, hash: Text,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rusqlite::Connection;

    use super::*;
    use crate::store::schema;

    type Columns = Vec<(String, Form)>;

    /// Columns in order and the key of every table, as the database describes them.
    fn described(db: &Connection) -> BTreeMap<String, (Columns, String)> {
        let names: Vec<String> = db
            .prepare(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        names.into_iter().map(|name| (name.clone(), columns(db, &name))).collect()
    }

    fn columns(db: &Connection, table: &str) -> (Columns, String) {
        let (mut columns, mut key) = (Vec::new(), BTreeMap::new());
        let mut statement = db.prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1)").unwrap();
        let mut rows = statement.query([table]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let (name, kind, pk): (String, String, i64) =
                (row.get(0).unwrap(), row.get(1).unwrap(), row.get(3).unwrap());
            let given = row.get::<_, bool>(2).unwrap() || pk > 0;
            let form = match (kind.as_str(), given) {
                ("INTEGER" | "BIGINT", true) => Form::Number,
                ("INTEGER" | "BIGINT", false) => Form::NumberOrNull,
                ("TEXT", true) => Form::Text,
                ("TEXT", false) => Form::TextOrNull,
                ("BLOB", true) => Form::Bytes,
                other => panic!("{table}.{name}: no form for {other:?}"),
            };
            if pk > 0 {
                key.insert(pk, name.clone());
            }
            columns.push((name, form));
        }
        (columns, key.into_values().collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn the_list_is_the_schema() {
        let db = Connection::open_in_memory().unwrap();
        schema::create(&db).unwrap();
        let left_out: Vec<&str> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
        let mut schema = described(&db);
        schema.retain(|name, _| !left_out.contains(&name.as_str()));
        let listed: BTreeMap<String, (Columns, String)> = TABLES
            .iter()
            .map(|table| {
                let columns = table.columns.iter().map(|column| (column.name.to_owned(), column.form)).collect();
                (table.name.to_owned(), (columns, table.key.to_owned()))
            })
            .collect();
        assert_eq!(listed, schema, "list new tables and columns here and in register.schema.json, or leave them out");
    }
}
