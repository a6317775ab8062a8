//! Copies of the register's file: backups, bringing one back, and having the file to oneself.
//!
//! A copy is written under another name, examined as it lies on the disk, and takes its name only then: what bears the
//! name of a backup is one. A copy is a single file, without the files that SQLite keeps beside an open register.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::care::{self, Exam, Flaw};
use super::error::{Result, StoreError};
use super::open::{placed, refuse_network};
use super::trail::{self, Head};
use super::{Store, schema};

/// A copy that was examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its size.
    pub bytes: u64,
    /// How its trail ends: the anchor to keep elsewhere.
    pub head: Head,
}

/// What SQLite keeps beside a register that is open, or was when the machine stopped.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

impl Store {
    /// Takes away a register that was made in vain, with the files beside it.
    pub fn discard(self) -> Result<()> {
        let Self { db, path, .. } = self;
        db.close().map_err(|(_, error)| error)?;
        for file in BESIDE.map(|ending| with_ending(&path, ending)) {
            match fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Copies the register as it stands now to a new file, while others write.
    pub fn backup(&self, to: &Path) -> Result<Copied> {
        copy(&self.db, to)
    }

    /// Puts the copy `from` in the place of the register at `to`, which is kept as `kept`, with whatever lies beside it.
    /// The copy is examined first, also against the anchor `told` where there is one; until it has passed, and where
    /// another program has the register open, nothing is touched.
    pub fn restore(from: &Path, to: &Path, kept: &Path, told: Option<&Head>) -> Result<Copied> {
        if !from.exists() {
            return Err(StoreError::Missing(from.to_owned()));
        }
        refuse_network(to)?;
        free(kept)?;
        let ready = Temporary::beside(to);
        let source = connect(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let copied = fill(&source, &ready.0).map_err(|error| placed(error, from))?;
        drop(source);
        if let Some(told) = told.filter(|told| **told != copied.head) {
            return Err(StoreError::Unsound(Flaw::Head { found: copied.head, told: told.clone() }));
        }
        let alone = if to.exists() { own(to)? } else { None };
        // Elsewhere the lock is held over the change of names; there an open file cannot be renamed at all.
        let alone = alone.filter(|_| !cfg!(windows));
        change_places(&ready.0, to, kept)?;
        drop(alone);
        Ok(copied)
    }
}

/// Copies an open register to a new file and examines the copy.
pub(super) fn copy(db: &Connection, to: &Path) -> Result<Copied> {
    free(to)?;
    let temporary = Temporary::beside(to);
    let copied = fill(db, &temporary.0).map_err(|error| placed(error, to))?;
    // The register may have gone on meanwhile: what was copied must be a part of it.
    let hash = trail::hash(db, copied.head.count)?;
    if hash.as_ref().is_some_and(|hash| *hash != copied.head.hash) || (hash.is_none() && copied.head.count > 0) {
        let told = Head { count: copied.head.count, hash: hash.unwrap_or_default() };
        return Err(StoreError::Unsound(Flaw::Head { found: copied.head, told }));
    }
    fs::rename(&temporary.0, to)?;
    settle(to)?;
    Ok(copied)
}

/// Opens a register that no other program has open, and keeps everybody out as long as the connection lives.
pub(super) fn alone(path: &Path) -> Result<Connection> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let taken = |error: rusqlite::Error| match error.into() {
        StoreError::Locked => StoreError::OpenElsewhere(path.to_owned()),
        other => placed(other, path),
    };
    // Whoever reads in WAL mode holds a lock as long as the file is open, also when idle: the exclusive one that the
    // first access takes here, and the change of mode, are refused then. There is nothing to wait for.
    db.busy_timeout(Duration::ZERO)?;
    db.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(taken)?;
    let mode: String = db.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0)).map_err(taken)?;
    if mode != "delete" {
        return Err(StoreError::OpenElsewhere(path.to_owned()));
    }
    db.execute_batch("BEGIN EXCLUSIVE; COMMIT").map_err(taken)?;
    Ok(db)
}

/// The register to oneself; none where the file is too damaged to be opened, by anybody.
fn own(path: &Path) -> Result<Option<Connection>> {
    match alone(path) {
        Ok(db) => Ok(Some(db)),
        Err(StoreError::Foreign(_) | StoreError::Damaged(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Copies page by page into a file that nobody has seen yet, and examines what lies on the disk then.
fn fill(from: &Connection, to: &Path) -> Result<Copied> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut copy = connect(to, flags)?;
    // All pages in one step: a writer in between cannot make it begin anew, nor is one kept waiting in WAL mode.
    match Backup::new(from, &mut copy)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(StoreError::Locked),
    }
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    settle(to)?;
    let copy = connect(to, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    schema::version(&copy, schema::UPGRADES)?;
    for exam in [Exam::File, Exam::Trail] {
        if let Some(flaw) = care::examine(&copy, exam)?.into_iter().next() {
            return Err(StoreError::Unsound(flaw));
        }
    }
    Ok(Copied { bytes: fs::metadata(to)?.len(), head: trail::head(&copy)? })
}

/// Takes the old files away under the name `kept` and gives `ready` their place; on trouble everything goes back.
fn change_places(ready: &Path, to: &Path, kept: &Path) -> Result<()> {
    let mut moved = Vec::new();
    let mut change = || {
        for ending in BESIDE {
            let (old, new) = (with_ending(to, ending), with_ending(kept, ending));
            if old.exists() {
                fs::rename(&old, &new)?;
                moved.push((old, new));
            }
        }
        fs::rename(ready, to)
    };
    if let Err(error) = change() {
        for (old, new) in moved.into_iter().rev() {
            fs::rename(new, old)?;
        }
        return Err(error.into());
    }
    settle(to)
}

/// Refuses a name that is taken, by a register or by what is left of one: SQLite would read it into the new file.
fn free(path: &Path) -> Result<()> {
    match BESIDE.iter().map(|ending| with_ending(path, ending)).find(|file| file.exists()) {
        Some(taken) => Err(StoreError::Exists(taken)),
        None => Ok(()),
    }
}

/// Waits until a file, and its name in the folder, are on the disk.
fn settle(path: &Path) -> Result<()> {
    File::options().write(true).open(path)?.sync_all()?;
    if cfg!(unix) {
        File::open(folder_of(path))?.sync_all()?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| placed(error.into(), path))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut file: OsString = path.as_os_str().to_owned();
    file.push(ending);
    file.into()
}

/// A file in the making; what is left of it goes away in the end.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path) -> Self {
        Self(with_ending(path, &format!(".{}.part", std::process::id())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        for ending in BESIDE {
            // Mostly there is none; one that will not go says by its name what it is.
            let _ = fs::remove_file(with_ending(&self.0, ending));
        }
    }
}
