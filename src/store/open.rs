//! Opening, creating and upgrading the register's file.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{Result, StoreError};
use super::{Store, copy, schema, search};

/// How long to wait for another program that holds the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// File systems of the network, on which SQLite's locks cannot be trusted.
const NETWORK: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs", "fuse.davfs2"];

impl Store {
    /// Creates a register where there is no file yet.
    pub fn create(path: &Path) -> Result<Self> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        refuse_network(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(|error| placed(error.into(), path))?;
        // A baseline of four tiers fills three quarters of a page of the usual size; of this one, two fit.
        db.pragma_update(None, "page_size", 8192)?;
        prepare(&db).map_err(|error| placed(error, path))?;
        schema::create(&db).map_err(|error| placed(error, path))?;
        Ok(Self { db, path: path.to_owned(), trial: false })
    }

    /// A register that lives in memory only.
    pub fn in_memory() -> Result<Self> {
        let db = Connection::open_in_memory()?;
        prepare(&db)?;
        schema::create(&db)?;
        Ok(Self { db, path: ":memory:".into(), trial: false })
    }

    /// Opens an existing register, upgrading it where it is older: a copy is kept beside it first. An upgrade is refused
    /// while another program, an older one, has the register open.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_knowing(path, schema::UPGRADES)
    }

    fn open_knowing(path: &Path, upgrades: &[&str]) -> Result<Self> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        refuse_network(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connect = || Connection::open_with_flags(path, flags).map_err(|error| placed(error.into(), path));
        let mut db = connect()?;
        let version = |db: &Connection| schema::version(db, upgrades).map_err(|error| placed(error, path));
        if version(&db)? < schema::newest(upgrades) {
            drop(db);
            upgrade(path, upgrades)?;
            db = connect()?;
        }
        prepare(&db).map_err(|error| placed(error, path))?;
        Ok(Self { db, path: path.to_owned(), trial: false })
    }
}

/// Keeps a copy as `NAME.v1.db` and runs the upgrades that are missing, with everybody kept out.
fn upgrade(path: &Path, upgrades: &[&str]) -> Result<()> {
    let mut db = copy::alone(path)?;
    // Another program of this version may have been faster.
    let found = schema::version(&db, upgrades).map_err(|error| placed(error, path))?;
    if found == schema::newest(upgrades) {
        return Ok(());
    }
    let names = std::iter::once(format!("v{found}.db")).chain((2..).map(|n| format!("v{found}-{n}.db")));
    let kept = names.map(|name| path.with_extension(name)).find(|kept| !kept.exists());
    copy::copy(&db, &kept.unwrap_or_else(|| path.with_extension("old.db")))?;
    schema::upgrade(&mut db, found, upgrades).map_err(|error| placed(error, path))
}

fn prepare(db: &Connection) -> Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(128);
    // A place that cannot be written to keeps the mode it has: reading still works there.
    if !db.is_readonly("main")? {
        db.pragma_update(None, "journal_mode", "WAL")?;
    }
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "cache_size", -16_000)?;
    // Without this promise the engine plans many a kept statement anew each time that its parameters change.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    search::teach(db)?;
    Ok(())
}

/// Names the file in errors for which the engine leaves it out.
pub(super) fn placed(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::ReadOnly(_) => StoreError::ReadOnly(path.to_owned()),
        StoreError::Foreign(_) => StoreError::Foreign(path.to_owned()),
        StoreError::Engine(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) => {
            StoreError::ReadOnly(path.to_owned())
        }
        other => other,
    }
}

/// Refuses a place on a network file system, where the system tells (Linux).
pub(super) fn refuse_network(path: &Path) -> Result<()> {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mounts") else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(folder) = folder.canonicalize() else { return Ok(()) };
    match network_mount(&mounts, &folder) {
        Some(kind) => Err(StoreError::NetworkDrive { path: path.to_owned(), kind: kind.to_owned() }),
        None => Ok(()),
    }
}

/// The network file system that holds `folder`, by the table of mounts.
fn network_mount<'m>(mounts: &'m str, folder: &Path) -> Option<&'m str> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            let (place, kind) = (words.next()?.replace("\\040", " "), words.next()?);
            folder.starts_with(&place).then_some((place.len(), kind))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind)
        .filter(|kind| NETWORK.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Done, Entry, Exam, Stamp};

    /// What a program of the next version would bring along.
    const NEXT: &[&str] = &["ALTER TABLE setting ADD COLUMN since TEXT NOT NULL DEFAULT ''"];

    fn set(store: &mut Store, value: &str) -> Result<()> {
        let day = chrono::NaiveDate::from_ymd_opt(2023, 9, 20).unwrap();
        let at = "2023-09-20T10:00:00+08:00".to_owned();
        let stamp = Stamp { day, at, actor: "local".to_owned(), origin: "test" };
        store.write(&stamp, |write| {
            write.set_setting("key", value, "")?;
            let detail = serde_json::json!({ "new": value });
            Ok(Done::Wrote((), Entry { verb: "setting", record: "setting", record_id: 0, detail }))
        })
    }

    fn user_version(path: &Path) -> i64 {
        let db = Connection::open(path).unwrap();
        db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_register_is_kept_and_upgraded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        let mut store = Store::create(&path).unwrap();
        set(&mut store, "before").unwrap();
        drop(store);
        for kept in ["register.v1.db", "register.v1-2.db"] {
            let newer = Store::open_knowing(&path, NEXT).unwrap();
            assert_eq!(newer.setting("key").unwrap().as_deref(), Some("before"));
            assert_eq!(newer.examine(Exam::Trail).unwrap(), []);
            assert_eq!(user_version(&path), 2);
            assert!(matches!(Store::open(&path), Err(StoreError::Newer { found: 2, known: 1 })));
            drop(newer);
            let older = folder.path().join(kept);
            assert_eq!(user_version(&older), 1);
            std::fs::copy(&older, &path).unwrap();
            assert_eq!(Store::open(&path).unwrap().setting("key").unwrap().as_deref(), Some("before"));
        }
    }

    #[test]
    fn an_upgrade_is_refused_while_an_older_program_has_the_register_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        let mut older = Store::create(&path).unwrap();
        assert!(matches!(Store::open_knowing(&path, NEXT), Err(StoreError::OpenElsewhere(place)) if place == path));
        assert_eq!(user_version(&path), 1);
        assert!(!folder.path().join("register.v1.db").exists());
        set(&mut older, "still at work").unwrap();
        drop(older);
        let newer = Store::open_knowing(&path, NEXT).unwrap();
        assert_eq!(newer.setting("key").unwrap().as_deref(), Some("still at work"));
        // Two programs of the new version work side by side again.
        let mut other = Store::open_knowing(&path, NEXT).unwrap();
        set(&mut other, "side by side").unwrap();
        assert_eq!(newer.setting("key").unwrap().as_deref(), Some("side by side"));
    }

    #[test]
    fn an_upgrade_that_fails_leaves_the_register_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        set(&mut Store::create(&path).unwrap(), "before").unwrap();
        let broken = &["CREATE TABLE extra (id BIGINT); CREATE TABLE extra (id BIGINT)"];
        Store::open_knowing(&path, broken).unwrap_err();
        let mut store = Store::open(&path).unwrap();
        assert!(!store.db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'extra'").unwrap().exists([]).unwrap());
        set(&mut store, "after").unwrap();
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("register.db")).unwrap();
        set(&mut store, "before").unwrap();
        let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let limit: i64 = store.db.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0)).unwrap();
        assert_eq!(limit, pages);
        assert!(matches!(set(&mut store, &"long".repeat(10_000)), Err(StoreError::Full)));
        assert_eq!(store.setting("key").unwrap().as_deref(), Some("before"));
        for exam in [Exam::File, Exam::Trail, Exam::Derived] {
            assert_eq!(store.examine(exam).unwrap(), []);
        }
    }

    #[test]
    fn a_place_that_cannot_be_written_to_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        set(&mut Store::create(&path).unwrap(), "before").unwrap();
        let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        prepare(&db).unwrap();
        let mut store = Store { db, path, trial: false };
        assert_eq!(store.setting("key").unwrap().as_deref(), Some("before"));
        assert!(matches!(set(&mut store, "after"), Err(StoreError::ReadOnly(_))));
        let nowhere = folder.path().join("none").join("backup.db");
        assert!(matches!(store.backup(&nowhere), Err(StoreError::ReadOnly(place)) if place == nowhere));
        store.backup(&folder.path().join("backup.db")).unwrap();
    }

    #[test]
    fn network_places_are_told_by_the_longest_mount() {
        let mounts = "/dev/sda / ext4 rw 0 0\nserver:/x /mnt/share nfs4 rw 0 0\n/dev/sdb /mnt/share/local ext4 rw 0 0\n\
                      //pc/d /mnt/my\\040disk cifs rw 0 0\n";
        for (folder, kind) in [
            ("/home/clerk", None),
            ("/mnt/share/register", Some("nfs4")),
            ("/mnt/share/local/register", None),
            ("/mnt/my disk", Some("cifs")),
            ("/mnt/shared", None),
        ] {
            assert_eq!(network_mount(mounts, Path::new(folder)), kind, "{folder}");
        }
    }
}
