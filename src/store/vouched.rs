//! What was said of findings, and the settings, against the trail: neither has a history of its own, and the trail tells
//! every change of them with the value that stood afterwards.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use super::answers;
use super::care::{FEW, Flaw};
use super::error::Result;
use super::records::{Setting, settings};
use super::row::{iso, number, owned, text};
use crate::domain::ids::ItemId;

/// A finding that was answered: item, check, hash of the words that it is about.
type Finding = (i64, String, String);

/// An answer as the trail or its row has it.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    place: String,
    text: String,
    by: String,
    on: String,
}

/// What must stand by the trail.
#[derive(Default)]
struct Told {
    answers: BTreeMap<Finding, Answer>,
    settings: BTreeMap<String, (String, String)>,
}

/// Answers and settings that are not what the trail tells; answers in the order of the items.
pub(super) fn flaws(db: &Connection) -> Result<Vec<Flaw>> {
    let Told { answers: mut told, settings: mut told_settings } = told(db)?;
    let mut wrong: Vec<(i64, String)> = Vec::new();
    for (item, kept) in answers::between(db, ItemId(i64::MIN), ItemId(i64::MAX))? {
        let stands = Answer { place: kept.place, text: kept.text, by: kept.by, on: iso(kept.on) };
        if told.remove(&(item.0, kept.code.clone(), kept.about)) != Some(stands) {
            wrong.push((item.0, kept.code));
        }
    }
    wrong.extend(told.into_keys().map(|(item, code, _)| (item, code)));
    wrong.sort_unstable();
    wrong.dedup();
    let mut flaws: Vec<Flaw> =
        wrong.into_iter().map(|(item, code)| Flaw::Answer { item: ItemId(item), code }).collect();
    for Setting { key, value, reason } in settings(db)? {
        if told_settings.remove(&key) != Some((value, reason)) {
            flaws.push(Flaw::Setting(key));
        }
    }
    flaws.extend(told_settings.into_keys().map(Flaw::Setting));
    flaws.truncate(FEW);
    Ok(flaws)
}

/// Goes through the trail once and keeps what stands at its end.
fn told(db: &Connection) -> Result<Told> {
    let mut statement = db.prepare(
        "SELECT record_id, detail, actor, substr(at, 1, 10) FROM trail
         WHERE verb IN ('finding.answer', 'finding.withdraw', 'setting.set', 'setting.clear') ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut told = Told::default();
    while let Some(row) = rows.next()? {
        // The chain vouches for the words: what does not read was never written by this program.
        let Ok(detail) = serde_json::from_str::<Value>(text(row, 1)?) else { continue };
        let of = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(findings) = detail.get("findings").and_then(Value::as_array) {
            for finding in findings {
                let key = (number(row, 0)?, of(&detail, "code"), of(finding, "about"));
                let new = finding.get("new").and_then(Value::as_str);
                let Some(new) = new else {
                    told.answers.remove(&key);
                    continue;
                };
                let answer = Answer {
                    place: of(finding, "place"),
                    text: new.to_owned(),
                    by: owned(row, 2)?,
                    on: owned(row, 3)?,
                };
                told.answers.insert(key, answer);
            }
            continue;
        }
        let key = of(&detail, "key");
        match detail.get("new").filter(|new| new.is_object()) {
            Some(new) => told.settings.insert(key, (of(new, "value"), of(new, "reason"))),
            None => told.settings.remove(&key),
        };
    }
    Ok(told)
}
