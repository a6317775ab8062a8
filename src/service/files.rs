//! Files: texts and lists read in, the register written out as CSV and XLSX.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::import::unreadable_file;
use super::{Question, Register, Result};
use crate::domain::baseline::Baseline;
use crate::domain::filter::Filter;
use crate::domain::kind::Kind;
use crate::domain::label::Lang;
use crate::exchange::columns::Facts;
use crate::exchange::table_out::{CsvTable, OutRow, XlsxTable};
use crate::exchange::{Entry, Place};
use crate::i18n::{Failure, FailureKind, Term, Words};
use crate::store::{Content, ItemLine, StoreError, Window};
use crate::words;

/// Reads a plain text, such as the full text of a regulation.
pub fn read_text(path: &Path) -> Result<String> {
    crate::exchange::read_text(path).map_err(|error| unreadable_file(path, &error))
}

/// Reads the cells of a CSV or of the first sheet of a workbook.
pub fn read_table(path: &Path) -> Result<Vec<Vec<String>>> {
    crate::exchange::read_cells(path).map_err(|error| unreadable_file(path, &error))
}

/// What becomes of a file that stands where another is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// It stays, and the export is refused.
    Refuse,
    /// The new one takes its place.
    Replace,
}

/// Told how many items have been written.
type Came<'a> = &'a mut dyn FnMut(u64);

impl Register {
    /// Writes the items that a filter finds as CSV; returns how many.
    pub fn export_csv(&self, out: impl Write, filter: &Filter, lang: Lang) -> Result<u64> {
        self.write_csv(out, filter, lang, &mut |_| {})
    }

    /// Writes the items that a filter finds as a workbook; returns how many.
    pub fn export_xlsx(&self, out: impl Write + Send, filter: &Filter, lang: Lang) -> Result<u64> {
        self.write_xlsx(out, filter, lang, &mut |_| {})
    }

    /// Writes the items that a filter finds to a file, as its ending tells: CSV, XLSX, JSON. Returns how many, but for
    /// JSON. Called off, it leaves no file.
    pub fn export_file(
        &self,
        path: &Path,
        filter: &Filter,
        lang: Lang,
        overwrite: Overwrite,
        came: &mut dyn FnMut(u64),
    ) -> Result<Option<u64>> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !["csv", "xlsx", "json"].contains(&ending.as_str()) {
            return Err(Failure::usage(
                words!("不知道要导出成什么格式（「{ending}」）。", "The format \"{ending}\" is not known."),
                words!("文件名以 .csv、.xlsx 或 .json 结尾。", "End the name in .csv, .xlsx or .json."),
            ));
        }
        write_whole(path, overwrite == Overwrite::Replace, |file| {
            let mut out = BufWriter::with_capacity(1 << 18, file);
            let count = match ending.as_str() {
                "csv" => Some(self.write_csv(&mut out, filter, lang, came)?),
                "xlsx" => Some(self.write_xlsx(&mut out, filter, lang, came)?),
                _ => {
                    self.export_json(&mut out, Some(filter))?;
                    None
                }
            };
            out.flush().map_err(|error| unwritable_file(&error))?;
            self.go_on()?;
            Ok(count)
        })
    }

    fn write_csv(&self, out: impl Write, filter: &Filter, lang: Lang, came: Came<'_>) -> Result<u64> {
        let kinds = self.kinds_of(filter)?;
        let mut table = CsvTable::begin(out, &kinds, lang).map_err(unwritable)?;
        let count = self.each_entry(filter, came, |row| table.push(row).map_err(unwritable))?;
        table.finish().and_then(|mut out| out.flush()).map_err(unwritable)?;
        Ok(count)
    }

    fn write_xlsx(&self, out: impl Write + Send, filter: &Filter, lang: Lang, came: Came<'_>) -> Result<u64> {
        let kinds = self.kinds_of(filter)?;
        let mut table = XlsxTable::begin(&kinds, lang).map_err(unwritable)?;
        let count = self.each_entry(filter, came, |row| table.push(row).map_err(unwritable))?;
        table.finish(out).map_err(unwritable)?;
        Ok(count)
    }

    /// The kinds among the items that a filter finds: a table has the columns of those.
    fn kinds_of(&self, filter: &Filter) -> Result<Vec<Kind>> {
        let groups = self.count(crate::store::Of::Items, &[crate::store::Key::Kind], filter, Question::default())?;
        Ok(groups.iter().filter_map(|group| group.keys.first().and_then(|id| Kind::from_id(id))).collect())
    }

    fn each_entry(
        &self,
        filter: &Filter,
        came: Came<'_>,
        mut push: impl FnMut(&OutRow<'_>) -> Result<()>,
    ) -> Result<u64> {
        let mut count = 0;
        let place = Place { sheet: "".into(), row: 0 };
        self.each_item_whole(&Window::of(filter.clone()), |line, content| {
            count += 1;
            if count % 500 == 0 {
                came(count);
                self.go_on()?;
            }
            let (entry, facts) = self.entry_of(line, content, &place)?;
            push(&OutRow { entry: &entry, facts })
        })?;
        Ok(count)
    }

    fn entry_of(&self, line: ItemLine, content: Option<Content<'_>>, place: &Place) -> Result<(Entry, Facts)> {
        let baseline = match &content {
            None => Baseline::new(line.kind),
            Some(content) => serde_json::from_str(content.text).map_err(|error| StoreError::Corrupt {
                record: "version",
                id: line.id.0,
                why: error.to_string(),
            })?,
        };
        let mut text = self.store.citations_with(line.id, line.code, line.title, line.kind)?;
        for citation in &mut text.citations {
            citation.source = None;
        }
        let entry = Entry {
            text,
            baseline,
            agency: Some(self.agencies.name(line.agency)),
            level: Some(line.level),
            vertical: Some(self.agencies.get(line.agency).is_some_and(|agency| agency.vertical)),
            place: place.clone(),
            ladder_rows: Vec::new(),
            blank: Vec::new(),
        };
        let facts = Facts {
            stage: Some(line.stage),
            standing: line.standing.map(Term::label),
            due: line.due,
            version: u32::try_from(line.version).ok().filter(|version| *version > 0),
            in_force_from: content.and_then(|content| content.in_force_from),
            updated: line.updated.get(..10).and_then(|day| day.parse().ok()),
        };
        Ok((entry, facts))
    }
}

/// The disk is full or gone while a file is written.
#[must_use]
pub fn unwritable_file(error: &std::io::Error) -> Failure {
    let why = crate::i18n::io_trouble(error);
    Failure::new(
        FailureKind::Internal,
        Words {
            zh: format!("文件写不出去：{}。", why.zh), en: format!("The file could not be written: {}.", why.en)
        },
        words!("请检查磁盘空间和权限。", "Check the disk's space and rights."),
    )
}

fn unwritable(error: impl std::fmt::Display) -> Failure {
    Failure::new(
        FailureKind::Internal,
        words!("文件写不出去：{error}。", "The file could not be written: {error}."),
        words!("请检查磁盘空间和权限。", "Check the disk's space and rights."),
    )
}

/// Puts a file in its place only when it is whole and on the disk: what stood there stays until then.
pub fn write_whole<T>(path: &Path, force: bool, work: impl FnOnce(&std::fs::File) -> Result<T>) -> Result<T> {
    if path.exists() && !force {
        return Err(Failure::usage(
            words!("{} 已经存在，没有覆盖。", "{} exists and was not written over.", path.display()),
            words!("换一个文件名，或加 --force。", "Choose another name, or give --force."),
        ));
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let file = std::fs::File::create(&part).map_err(|error| cannot_make(path, &error))?;
    let done = work(&file)
        .and_then(|done| file.sync_all().map(|()| done).map_err(|error| unwritable_file(&error)))
        .inspect_err(|_| drop(std::fs::remove_file(&part)))?;
    drop(file);
    std::fs::rename(&part, path).map_err(|error| {
        drop(std::fs::remove_file(&part));
        cannot_make(path, &error)
    })?;
    Ok(done)
}

fn cannot_make(path: &Path, error: &std::io::Error) -> Failure {
    let busy = matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ResourceBusy);
    let why = crate::i18n::io_trouble(error);
    Failure::new(
        if busy { FailureKind::Busy } else { FailureKind::Usage },
        Words {
            zh: format!("{} 写不进去：{}。", path.display(), why.zh),
            en: format!("{} cannot be written: {}.", path.display(), why.en),
        },
        if busy {
            words!(
                "如果它正在 Excel 或 WPS 里打开，请先关闭；否则检查权限。",
                "If it is open in Excel or WPS, close it first; otherwise check the rights."
            )
        } else {
            words!("请检查文件夹，或换一个位置。", "Check the folder, or choose another place.")
        },
    )
}
