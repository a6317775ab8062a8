//! Opening, creating and upgrading the register's file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::{Result, StoreError};
use super::{Store, schema, search};

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
        prepare(&db).map_err(|error| placed(error, path))?;
        schema::create(&db).map_err(|error| placed(error, path))?;
        Ok(Self { db, path: path.to_owned(), trial: false })
    }

    /// Takes away a register that was made in vain, with the files beside it.
    pub fn discard(self) -> Result<()> {
        let Self { db, path, .. } = self;
        db.close().map_err(|(_, error)| error)?;
        for ending in ["", "-wal", "-shm"] {
            let mut file = path.clone().into_os_string();
            file.push(ending);
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// A register that lives in memory only.
    pub fn in_memory() -> Result<Self> {
        let db = Connection::open_in_memory()?;
        prepare(&db)?;
        schema::create(&db)?;
        Ok(Self { db, path: ":memory:".into(), trial: false })
    }

    /// Opens an existing register, upgrading it where it is older: a copy is kept beside it first.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        refuse_network(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags).map_err(|error| placed(error.into(), path))?;
        let found = schema::version(&db).map_err(|error| placed(error, path))?;
        prepare(&db).map_err(|error| placed(error, path))?;
        if found < schema::newest() {
            let kept = path.with_extension(format!("v{found}.db"));
            db.backup("main", &kept, None::<fn(rusqlite::backup::Progress)>)?;
            schema::upgrade(&mut db, found).map_err(|error| placed(error, path))?;
        }
        Ok(Self { db, path: path.to_owned(), trial: false })
    }
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
    search::teach(db)?;
    Ok(())
}

/// Names the file in errors for which the engine leaves it out.
fn placed(error: StoreError, path: &Path) -> StoreError {
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
fn refuse_network(path: &Path) -> Result<()> {
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
