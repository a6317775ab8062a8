//! Care of the data: backups, bringing one back, examining.
//!
//! Nothing here changes what anybody entered. A backup is a copy that was examined, a restored register is that copy
//! to the byte with its trail, and what an examination can mend is derived data.

mod checkup;
mod words;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Clock, Register, Result};
use crate::i18n::{Failure, FailureKind};
use crate::store::{Chain, Exam, Flaw, Head, Store, StoreError};
use crate::words;

pub use checkup::{Checkup, Health, doctor};
pub(super) use words::{flaw_words, in_use, open_elsewhere, unsound};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its size in bytes.
    pub bytes: u64,
    /// How its trail ends: to be kept elsewhere too.
    pub head: Head,
    /// The file beside it that holds the anchor.
    pub anchor: PathBuf,
}

/// What is known of a trail outside of the register, as the file beside a backup holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Names the register.
    pub register: String,
    /// When it was taken.
    pub at: String,
    /// How many entries the trail had.
    pub count: i64,
    /// Hash of the last one.
    pub head: String,
}

/// What to do where a register stands already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// Leave it as it is.
    Refuse,
    /// Keep it under another name.
    KeepAside,
}

/// A register that was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How its trail ends.
    pub head: Head,
    /// Where the register that stood there was put.
    pub kept: Option<PathBuf>,
}

impl Anchor {
    /// Reads the file beside a backup.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(StoreError::from)?;
        toml::from_str(&text).map_err(|error| {
            let (file, why) = (path.display(), error.message());
            Failure::usage(
                words!("{file} 不是锚点文件（{why}）。", "{file} is no anchor ({why})."),
                words!(
                    "锚点文件由 cailiang backup 写在备份旁边。",
                    "cailiang backup writes the anchor beside the backup."
                ),
            )
        })
    }

    fn to_text(&self) -> String {
        let Self { register, at, count, head } = self;
        format!(
            "# 备份时操作记录的条数和末尾哈希，请另存一份。 Count and head of the trail at the backup: keep a copy elsewhere.\n\
             register = \"{register}\"\nat = \"{at}\"\ncount = {count}\nhead = \"{head}\"\n"
        )
    }

    fn to_head(&self) -> Head {
        Head { count: self.count, hash: self.head.clone() }
    }
}

impl Register {
    /// Where a backup goes when no place is told: beside the register, under a name with the time.
    #[must_use]
    pub fn backup_place(&self) -> PathBuf {
        timed_name(self.store.path(), "backup", &self.clock)
    }

    /// Copies the register to a new file while others write, examines the copy, and puts the anchor beside it.
    pub fn backup(&self, to: &Path) -> Result<Backup> {
        let anchor = anchor_of(to);
        if anchor.exists() {
            return Err(StoreError::Exists(anchor).into());
        }
        let copied = self.store.backup(to).map_err(|error| match error {
            StoreError::Unsound(flaw) => {
                Failure::new(FailureKind::Internal, flaw_words(&flaw), words::restore_backup())
            }
            other => other.into(),
        })?;
        let text = Anchor {
            register: self.facts.uid.clone(),
            at: format!("{}T{}+08:00", self.clock.day, self.clock.time),
            count: copied.head.count,
            head: copied.head.hash.clone(),
        };
        std::fs::write(&anchor, text.to_text()).map_err(StoreError::from)?;
        Ok(Backup { bytes: copied.bytes, head: copied.head, anchor })
    }

    /// Puts a backup in the place of the register at `to`. The backup is examined first, against the anchor beside it
    /// too; nothing is touched unless it is sound. The register that stood there is kept beside, under a name with the
    /// time. The result is the backup as it was: its trail ends where it ended.
    pub fn restore(from: &Path, to: &Path, present: Present, clock: &Clock) -> Result<Restored> {
        if !from.exists() {
            return Err(Failure::usage(
                words!("没有备份文件 {}。", "There is no backup {}.", from.display()),
                words!("请检查路径。", "Check the path."),
            ));
        }
        let stands = to.exists();
        if stands && present == Present::Refuse {
            return Err(Failure::refused(
                words!("{} 已有登记库，未作改动。", "A register stands at {}; nothing was changed.", to.display()),
                words!(
                    "确定要换成备份请加 --force：现有登记库会改名留在旁边。",
                    "Add --force to put the backup in its place: the present register is kept beside it."
                ),
            ));
        }
        let anchor = anchor_of(from);
        let told = if anchor.exists() { Some(Anchor::read(&anchor)?.to_head()) } else { None };
        let kept = timed_name(to, "before-restore", clock);
        let copied = Store::restore(from, to, &kept, told.as_ref()).map_err(|error| {
            let failure = match error {
                StoreError::Unsound(flaw) => words::spoilt(&flaw),
                StoreError::Damaged(why) => words::spoilt(&Flaw::File(why)),
                other => return other.into(),
            };
            failure.at(&words!("{}：", "{}: ", from.display()))
        })?;
        Ok(Restored { head: copied.head, kept: stands.then_some(kept) })
    }

    /// Walks the whole trail, looks whether answers and settings are those that it tells, and whether it still holds what
    /// was known of it. Returns how it ends.
    pub fn verify_trail(&self, anchor: Option<&Anchor>) -> Result<Head> {
        let head = match self.store.verify_trail()? {
            Chain::Whole(head) => head,
            Chain::BrokenAt(seq) => return Err(tampered(&Flaw::Chain(seq))),
        };
        if let Some(flaw) = self.store.examine(Exam::Answers)?.first() {
            return Err(tampered(flaw));
        }
        let Some(anchor) = anchor else { return Ok(head) };
        if anchor.register != self.facts.uid {
            return Err(Failure::usage(
                words!(
                    "这个锚点属于另一个登记库（{}）。",
                    "The anchor is that of another register ({}).",
                    anchor.register
                ),
                words!("请选本登记库备份旁边的锚点文件。", "Take the anchor beside a backup of this register."),
            ));
        }
        let told = anchor.to_head();
        let found = match self.store.trail_hash(told.count)? {
            Some(hash) => Head { count: told.count, hash },
            None => head.clone(),
        };
        if found == told || told.count == 0 { Ok(head) } else { Err(tampered(&Flaw::Head { found, told })) }
    }

    /// Examines the register.
    pub fn doctor(&self) -> Vec<Checkup> {
        checkup::all(&self.store)
    }

    /// Makes anew what is derived: counts, what items show of their duties, the search index.
    pub fn rebuild_derived(&mut self) -> Result<()> {
        self.store.rebuild()?;
        self.index_all()
    }
}

fn tampered(flaw: &Flaw) -> Failure {
    Failure::refused(flaw_words(flaw), words::compare_backups())
}

fn anchor_of(backup: &Path) -> PathBuf {
    let mut file = backup.as_os_str().to_owned();
    file.push(".anchor");
    file.into()
}

/// `register.db` becomes `register.backup-20230920-100000.db`.
fn timed_name(path: &Path, what: &str, clock: &Clock) -> PathBuf {
    let digits = |words: String| words.chars().filter(char::is_ascii_digit).collect::<String>();
    let (day, time) = (digits(clock.day.to_string()), digits(clock.time.clone()));
    path.with_extension(format!("{what}-{day}-{time}.db"))
}
