//! The schema and its upgrades.
//!
//! `schema.sql` describes the newest state. Upgrades are numbered SQL texts, each in a transaction of its own; a
//! test holds that a database made by all upgrades equals one made from `schema.sql`.

use rusqlite::Connection;

use super::error::{Result, StoreError};

/// The whole schema as it is now.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// Marks the file as a register: «CAIL» as a number.
pub const APPLICATION_ID: i64 = 0x4341_494c;

/// Upgrade n (from 1) leads from version n to n + 1.
pub const UPGRADES: &[&str] = &[];

/// The version that a program with these upgrades writes.
#[must_use]
pub fn newest(upgrades: &[&str]) -> i64 {
    i64::try_from(upgrades.len()).unwrap_or(i64::MAX).saturating_add(1)
}

/// Creates everything in an empty database.
pub fn create(db: &Connection) -> Result<()> {
    db.execute_batch(SCHEMA)?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    db.pragma_update(None, "user_version", newest(UPGRADES))?;
    Ok(())
}

/// The version of a database; errors if it is not a register or newer than a program with these upgrades.
pub fn version(db: &Connection, upgrades: &[&str]) -> Result<i64> {
    let mark: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if mark != APPLICATION_ID {
        return Err(StoreError::Foreign(db.path().unwrap_or_default().into()));
    }
    let known = newest(upgrades);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(found)
}

/// Runs the upgrades that are missing after `found`.
pub fn upgrade(db: &mut Connection, found: i64, upgrades: &[&str]) -> Result<()> {
    let done = usize::try_from(found - 1).unwrap_or(0);
    for (sql, to) in upgrades.iter().zip(2_i64..).skip(done) {
        let step = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
        step.execute_batch(sql)?;
        step.pragma_update(None, "user_version", to)?;
        step.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Version 1 as it was first written; upgrades start from here.
    const FIRST: &str = include_str!("first.sql");

    fn described(db: &Connection) -> Vec<(String, String)> {
        let squeeze = |sql: String| {
            sql.lines().map(|line| line.split("--").next().unwrap_or_default().trim()).collect::<Vec<_>>().join(" ")
        };
        db.prepare("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, squeeze(row.get(1)?))))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap()
    }

    #[test]
    fn upgrades_lead_to_the_schema() {
        let fresh = Connection::open_in_memory().unwrap();
        create(&fresh).unwrap();
        let mut grown = Connection::open_in_memory().unwrap();
        grown.execute_batch(FIRST).unwrap();
        upgrade(&mut grown, 1, UPGRADES).unwrap();
        assert_eq!(described(&fresh), described(&grown));
        assert_eq!(version(&fresh, UPGRADES).unwrap(), newest(UPGRADES));
    }

    #[test]
    fn every_table_has_its_comment() {
        for (at, line) in SCHEMA.lines().enumerate().filter(|(_, line)| line.starts_with("CREATE TABLE")) {
            let before = SCHEMA.lines().nth(at.saturating_sub(1)).unwrap();
            let tally = line.contains("duty_tally");
            assert!(before.starts_with("--") || tally, "{line}");
        }
    }
}
