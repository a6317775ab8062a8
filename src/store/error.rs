//! What can go wrong with the register's file, as data; `i18n` says it.

use std::path::PathBuf;

use super::care::Flaw;

/// Trouble with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no register at this place.
    #[error("no register at {0}")]
    Missing(PathBuf),
    /// There is a file already.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// The file was written by a newer program.
    #[error("schema {found} is newer than {known}")]
    Newer {
        /// Version of the file.
        found: i64,
        /// Newest version that this program knows.
        known: i64,
    },
    /// The file is not a register.
    #[error("not a register: {0}")]
    Foreign(PathBuf),
    /// The file is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The place cannot be written to.
    #[error("read-only: {0}")]
    ReadOnly(PathBuf),
    /// The disk is full.
    #[error("disk full")]
    Full,
    /// Another program holds the file.
    #[error("locked by another program")]
    Locked,
    /// Another program has the register open, which must be had alone for this.
    #[error("{0} is open elsewhere")]
    OpenElsewhere(PathBuf),
    /// The file lies on a network file system, on which locks cannot be trusted.
    #[error("{path} is on the network file system {kind}")]
    NetworkDrive {
        /// The file.
        path: PathBuf,
        /// Type of the file system.
        kind: String,
    },
    /// The record was changed by another since it was read.
    #[error("changed since it was read")]
    Conflict,
    /// A record that must exist does not.
    #[error("no {record} {key}")]
    NotFound {
        /// Which record.
        record: &'static str,
        /// What was looked for.
        key: String,
    },
    /// The register holds work already: it is not replaced as a whole.
    #[error("{0} is in use")]
    InUse(PathBuf),
    /// A copy of a register, or what it was loaded from, is not sound.
    #[error("not sound: {0:?}")]
    Unsound(Flaw),
    /// A name or code that must be unique stands already.
    #[error("{record} {key} exists")]
    Duplicate {
        /// Which record.
        record: &'static str,
        /// What stands already.
        key: String,
    },
    /// The work was called off.
    #[error("cancelled")]
    Cancelled,
    /// A stored value does not read back: the file was changed by hand or is damaged.
    #[error("{record} {id}: {why}")]
    Corrupt {
        /// Which record.
        record: &'static str,
        /// Its row.
        id: i64,
        /// What does not read.
        why: String,
    },
    /// More conditions than one question can hold.
    #[error("too many conditions")]
    TooMuch,
    /// Files beside the database.
    #[error("{0}")]
    File(std::io::Error),
    /// Anything else from the engine.
    #[error("database: {0}")]
    Engine(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Locked,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly(PathBuf::new()),
            Some(Code::DatabaseCorrupt | Code::SystemIoFailure) => Self::Damaged(error.to_string()),
            Some(Code::NotADatabase) => Self::Foreign(PathBuf::new()),
            Some(Code::OperationInterrupted) => Self::Cancelled,
            // The engine bears so many values and conditions in one question, and no more.
            Some(Code::TooBig) => Self::TooMuch,
            _ => Self::of_engine(error),
        }
    }
}

impl StoreError {
    /// The engine's own words, without the question that was put to it: a person did not write that.
    fn of_engine(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqlInputError { msg, .. } if msg.starts_with("variable number must be") => Self::TooMuch,
            rusqlite::Error::SqlInputError { error, msg, .. } => {
                Self::Engine(rusqlite::Error::SqliteFailure(error, Some(msg)))
            }
            other => Self::Engine(other),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::File(error),
        }
    }
}

/// The result of everything here.
pub type Result<T> = std::result::Result<T, StoreError>;
