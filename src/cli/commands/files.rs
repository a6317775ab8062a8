//! Import and export.

use std::io::BufWriter;
use std::path::Path;

use super::super::grammar::{Export, Format, Import};
use super::super::out::{Desk, PlainJson, Steady, broken};
use super::items::kind;
use crate::domain::filter::Filter;
use crate::i18n::{Failure, Text, Words, safe};
use crate::service::{
    Action, ImportEvent, ImportLine, ImportOptions, ImportReport, ImportStage, Imported, Mapping, NoticeLine,
    ReadingOptions, Register, RejectedLine, Result, Saved, parse_filter, rejected, try_file, unwritable_file,
    write_whole,
};
use crate::words;

/// How many notices and rejections a report for people shows in full.
const SHOWN: usize = 20;

/// Takes in a whole register from JSON, into one in which nothing was done yet.
fn import_register(desk: &mut Desk<'_, '_>, args: &Import) -> Result<u8> {
    let place = desk.place()?;
    if !args.apply {
        desk.talk(&words!(
            "这是整个登记库的 JSON；加 --apply 读入（只能读入还没有用过的登记库）。",
            "This is a whole register as JSON; --apply takes it in, into a register that was not worked with yet."
        ));
        return Ok(0);
    }
    let register = Register::import_json(&place, &args.file, desk.clock.clone(), "command line")?;
    register.index_all()?;
    desk.talk(&words!("已读入登记库：{}。", "The register was taken in: {}.", place.display()));
    Ok(0)
}

pub(super) fn import(desk: &mut Desk<'_, '_>, args: &Import) -> Result<u8> {
    if args.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        return import_register(desk, args);
    }
    let mut register = register_for(desk, args)?;
    let options = ImportOptions {
        apply: args.apply,
        skip_rejected: args.skip_rejected,
        stage: stage(args)?,
        agency: args.agency.clone(),
        reading: ReadingOptions {
            kind: args.kind.as_deref().map(kind).transpose()?,
            mapping: mapping(register.as_ref(), args)?,
            ..ReadingOptions::default()
        },
        saved: Saved::Fitting,
    };
    let mut report = Report::new(desk, args);
    match &mut register {
        None => {
            let outcome = try_file(&args.file, &options.reading, |event| report.take(&event))?;
            report.lines.close(&outcome);
            let (created, rejected) = (report.counted.0, report.counted.3);
            let counts = Imported { outcome, created, updated: 0, skipped: 0, rejected, unplaced: 0, written: false };
            report.print(desk, &counts)?;
            Ok(u8::from(rejected > 0))
        }
        Some(register) => {
            let imported = register.import(&args.file, &options, |event| report.take(&event));
            let imported = imported.inspect_err(|_| report.bar.finish_and_clear())?;
            report.lines.close(&imported.outcome);
            report.print(desk, &imported)?;
            if args.apply && imported.rejected > 0 && !args.skip_rejected {
                return Err(rejected(imported.rejected));
            }
            if let Some(name) = args.save_mapping.as_deref().filter(|_| args.apply) {
                let agency = args.agency.as_deref().unwrap_or_default();
                let told = options.reading.mapping.clone().unwrap_or_default();
                register.save_mapping(agency, name, &told.to_save(&imported.outcome.sheets))?;
            }
            register.index_all()?;
            Ok(u8::from(!args.apply && imported.rejected > 0))
        }
    }
}

/// The register, where this import needs one: a trial goes without where there is none.
fn register_for(desk: &Desk<'_, '_>, args: &Import) -> Result<Option<Register>> {
    let needed = args.apply || args.save_mapping.is_some() || args.agency.is_some();
    if !needed && !desk.place()?.exists() {
        return Ok(None);
    }
    desk.open().map(Some)
}

fn stage(args: &Import) -> Result<ImportStage> {
    match (args.stage.as_str(), args.date) {
        ("drafting" | "起草中", _) => Ok(ImportStage::Drafting),
        ("published" | "已公布", Some(on)) if !args.number.trim().is_empty() => {
            Ok(ImportStage::Published { on, number: args.number.trim().to_owned() })
        }
        ("published" | "已公布", _) => Err(Failure::usage(
            words!("作为已公布读入，要写施行日期和文号。", "To enter as published takes the day and the number."),
            words!("请用 --date 和 --number 写明。", "Give them with --date and --number."),
        )),
        (other, _) => Err(Failure::usage(
            words!("--stage 没有「{other}」这个值。", "\"{other}\" will not do for --stage."),
            words!("写 drafting 或 published。", "Write drafting or published."),
        )),
    }
}

/// A mapping from a file, else one saved for the agency.
fn mapping(register: Option<&Register>, args: &Import) -> Result<Option<Mapping>> {
    let Some(words) = &args.mapping else { return Ok(None) };
    let path = Path::new(words);
    if path.exists() {
        return crate::service::parse_mapping(&crate::service::read_text(path)?).map(Some);
    }
    match (register, &args.agency) {
        (Some(register), Some(agency)) => register.saved_mapping(agency, words).map(Some),
        _ => Err(Failure::usage(
            words!("没有文件 {words}。", "There is no file {words}."),
            words!("保存过的对应关系要同时写 --agency。", "A saved mapping goes with --agency."),
        )),
    }
}

/// The report of an import while it grows. Where it is not printed whole, only what people read is kept.
struct Report {
    lines: ImportReport,
    whole: bool,
    apply: bool,
    skip_rejected: bool,
    lang: crate::i18n::Lang,
    updates: Vec<(String, Vec<String>)>,
    counted: (u64, u64, u64, u64),
    bar: indicatif::ProgressBar,
}

impl Report {
    fn new(desk: &Desk<'_, '_>, args: &Import) -> Self {
        let lines = ImportReport { file: args.file.display().to_string(), ..ImportReport::default() };
        let whole = desk.format() != Format::Table;
        let bar = desk.counter(Text::new("{spinner} 已读 {human_pos} 个事项", "{spinner} {human_pos} items read"));
        let (apply, skip_rejected) = (args.apply, args.skip_rejected);
        Self { lines, whole, apply, skip_rejected, lang: desk.lang, updates: Vec::new(), counted: (0, 0, 0, 0), bar }
    }

    fn take(&mut self, event: &ImportEvent<'_>) {
        match event {
            ImportEvent::Item { entry, action, changes } => {
                self.bar.inc(1);
                match action {
                    Action::Create => self.counted.0 += 1,
                    Action::Update => self.counted.1 += 1,
                    Action::Skip => {}
                }
                if self.whole {
                    let changes = changes.iter().map(|change| change.line(self.lang)).collect();
                    self.lines.items.push(ImportLine { changes, ..ImportLine::of(entry, *action) });
                } else if *action == Action::Update && self.updates.len() < SHOWN {
                    let name = format!("{} {}", entry.text.code, entry.text.title);
                    self.updates.push((
                        safe(&name, false).into_owned(),
                        changes.iter().map(|change| cut(change.told().say(self.lang))).collect(),
                    ));
                }
            }
            ImportEvent::Missing(item) => {
                self.counted.2 += 1;
                if self.whole || self.lines.notices.len() < SHOWN {
                    let name = format!("#{} {} {}", item.id, item.code, item.title);
                    let name = safe(&name, false);
                    let text = words!(
                        "登记库里的 {name} 不在这个文件里，没有删除；如已取消，请另行排除或废止。",
                        "{name} of the register is not in this file and was not deleted; if it is gone, exclude or repeal it."
                    );
                    let text = text.say(self.lang).to_owned();
                    self.lines.notices.push(NoticeLine {
                        sheet: String::new(),
                        row: 0,
                        code: "missing".to_owned(),
                        text,
                    });
                }
            }
            ImportEvent::Notice(notice) => {
                self.counted.2 += 1;
                if self.whole || self.lines.notices.len() < SHOWN {
                    self.lines.notices.push(NoticeLine::of(notice, self.lang));
                }
            }
            ImportEvent::Rejected { place, reason } => {
                self.counted.3 += 1;
                if self.whole || self.lines.rejected.len() < SHOWN {
                    self.lines.rejected.push(RejectedLine {
                        sheet: place.sheet.to_string(),
                        row: place.row,
                        reason: reason.say(self.lang).to_owned(),
                    });
                }
            }
        }
    }

    fn print(&self, desk: &mut Desk<'_, '_>, imported: &Imported) -> Result<()> {
        self.bar.finish_and_clear();
        if self.whole {
            let out = PlainJson(BufWriter::new(&mut *desk.out));
            serde_json::to_writer_pretty(out, &self.lines).map_err(|error| broken(error.into()))?;
            return writeln!(desk.out).map_err(broken);
        }
        self.print_text(desk, imported)?;
        if imported.unplaced > 0 {
            desk.talk(&words!(
                "没有指明机关的 {} 个事项未与登记库对照；请用 --agency 指明机关。",
                "{} items for which no agency is told were not compared with the register; name it with --agency.",
                imported.unplaced
            ));
        }
        Ok(())
    }

    fn print_text(&self, desk: &mut Desk<'_, '_>, imported: &Imported) -> Result<()> {
        for sheet in &self.lines.sheets {
            desk.say(&words!(
                "{}：{} 个事项，{} 个阶次",
                "{}: {} items, {} tiers",
                sheet.name,
                sheet.items,
                sheet.tiers
            ))?;
        }
        for (item, changes) in &self.updates {
            desk.say(&words!("  更新 {item}", "  update {item}"))?;
            for change in changes {
                desk.say(&Words::same(format!("    {change}")))?;
            }
        }
        for notice in &self.lines.notices {
            let (sheet, row, text) = (&notice.sheet, notice.row, &notice.text);
            desk.say(&if row == 0 {
                Words::same(format!("  {text}"))
            } else {
                words!("  {sheet} 第 {row} 行：{text}", "  {sheet} row {row}: {text}")
            })?;
        }
        let more = self.counted.2 - self.lines.notices.len() as u64;
        if more > 0 {
            desk.say(&words!(
                "  另有 {more} 条提示，用 --format json 看全部。",
                "  {more} more notices: see --format json."
            ))?;
        }
        self.print_rejected(desk);
        let Imported { created, updated, skipped, rejected, .. } = imported;
        let counts = words!(
            "新增 {created}，更新 {updated}，不变 {skipped}，不能读入 {rejected}。",
            "{created} new, {updated} updated, {skipped} unchanged, {rejected} rejected."
        );
        let end = match (imported.written, created + updated) {
            _ if self.refused(imported) => words!("没有写入。", " Nothing was written."),
            (true, _) => words!("已写入登记库。", " Written."),
            (false, 0) => words!("登记库没有变化。", " The register is unchanged."),
            (false, _) => words!("这是试读，没有写入；加 --apply 写入。", " This was a trial; --apply writes it."),
        };
        desk.say(&Words { zh: counts.zh + &end.zh, en: counts.en + &end.en })
    }

    /// Whether the import was to be written and was not, because of rejected rows.
    const fn refused(&self, imported: &Imported) -> bool {
        self.apply && !self.skip_rejected && imported.rejected > 0
    }

    fn print_rejected(&self, desk: &mut Desk<'_, '_>) {
        for row in &self.lines.rejected {
            let (sheet, number, reason) = (&row.sheet, row.row, &row.reason);
            desk.talk(&words!(
                "不能读入：{sheet} 第 {number} 行：{reason}",
                "rejected: {sheet} row {number}: {reason}"
            ));
        }
    }
}

/// The beginning of a change that is long; the whole stands in the JSON.
fn cut(words: &str) -> String {
    const MOST: usize = 160;
    let line = safe(words, false);
    let mut short: String = line.chars().take(MOST).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

pub(super) fn export(desk: &mut Desk<'_, '_>, args: &Export) -> Result<u8> {
    let form = form(args)?;
    let filter = args.filter.as_deref().map_or(Ok(Filter::Everything), parse_filter)?;
    if form == "schema" {
        return write_out(desk, args, |out| {
            out.write_all(crate::service::REGISTER_SCHEMA.as_bytes()).map_err(broken)?;
            Ok(words!("JSON 的说明", "the description of the JSON"))
        });
    }
    let register = desk.open()?;
    let lang = desk.lang;
    let items = |count: u64| words!(" {count} 个事项", "{count} items");
    write_out(desk, args, |mut out| match form {
        "csv" => register.export_csv(out, &filter, lang).map(items),
        "xlsx" => register.export_xlsx(out, &filter, lang).map(items),
        _ if filter == Filter::Everything => {
            register.export_json(&mut out, None)?;
            Ok(words!("整个登记库", "the whole register"))
        }
        _ => {
            register.export_json(&mut out, Some(&filter))?;
            Ok(words!("筛选出的事项", "the items that the filter found"))
        }
    })
}

fn form(args: &Export) -> Result<&'static str> {
    let ending = args.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let words = args.to.clone().or(ending).unwrap_or_default();
    ["csv", "xlsx", "json", "schema"].into_iter().find(|form| *form == words).ok_or_else(|| {
        Failure::usage(
            words!("不知道要导出成什么格式（「{words}」）。", "The format \"{words}\" is not known."),
            words!(
                "扩展名写 .csv、.xlsx 或 .json，或用 --to 指明。",
                "End the name in .csv, .xlsx or .json, or give --to."
            ),
        )
    })
}

/// Writes to the file, or to standard output for `-`; `work` says what it wrote.
fn write_out(
    desk: &mut Desk<'_, '_>,
    args: &Export,
    work: impl FnOnce(&mut (dyn SendWrite + '_)) -> Result<Words>,
) -> Result<u8> {
    let bar = desk.counter(Text::new("{spinner} 已写出 {bytes}", "{spinner} {bytes} written"));
    if args.file == Path::new("-") {
        let mut out = Steady::new(BufWriter::new(std::io::stdout()), bar);
        work(&mut out)?;
        out.end().map_err(broken)?;
        return Ok(0);
    }
    let wrote = write_whole(&args.file, args.force, |file| {
        let mut out = Steady::new(BufWriter::with_capacity(1 << 18, file), bar);
        let wrote = work(&mut out)?;
        out.end().map_err(|error| unwritable_file(&error))?;
        Ok(wrote)
    })?;
    let (zh, en, file) = (wrote.zh, wrote.en, args.file.display());
    desk.talk(&words!("已导出{zh}到 {file}。", "Exported {en} to {file}."));
    Ok(0)
}

/// What the writers of all formats need.
trait SendWrite: std::io::Write + Send {}
impl<T: std::io::Write + Send> SendWrite for T {}
