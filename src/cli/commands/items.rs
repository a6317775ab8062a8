//! Items, the life of their baselines, procedure steps, batches: verbs that take one item or many.

use std::path::Path;

use super::super::grammar::{BaselineCommand, BatchCommand, ItemAdd, ItemCommand, Items, StepCommand, StepRecordArgs};
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use super::super::usage;
use super::people::level;
use crate::domain::baseline::Baseline;
use crate::domain::ids::ItemId;
use crate::domain::kind::Kind;
use crate::domain::procedure::{Step, StepRecord};
use crate::domain::stage::Act;
use crate::i18n::{Failure, FailureKind, Term, Text};
use crate::service::{ItemForm, Register, Result, parse_filter, step_from_words};
use crate::words;

pub(super) fn item(desk: &mut Desk<'_, '_>, command: ItemCommand) -> Result<u8> {
    match command {
        ItemCommand::Add(args) => add(desk, args, None),
        ItemCommand::Propose { item, reason } => add(desk, item, Some(reason)),
        ItemCommand::Verify { items, date } => {
            each(desk, &items, Act::Verify.label(), |register, item| register.verify_item(item, date).map(drop))
        }
        ItemCommand::Dispute(args) => each(desk, &args.items, Act::Dispute.label(), |register, item| {
            register.dispute_item(item, &args.reason).map(drop)
        }),
        ItemCommand::Settle { items, agency } => each(desk, &items.items, Act::Settle.label(), |register, item| {
            register.settle_item(item, &items.reason, agency.as_deref()).map(drop)
        }),
        ItemCommand::Assign { items, agency } => each(desk, &items, Text::new("交办", "assign"), |register, item| {
            register.assign_item(item, &agency).map(drop)
        }),
        ItemCommand::Exclude(args) => each(desk, &args.items, Act::Exclude.label(), |register, item| {
            register.exclude_item(item, &args.reason).map(drop)
        }),
    }
}

fn add(desk: &mut Desk<'_, '_>, args: ItemAdd, proposed: Option<String>) -> Result<u8> {
    let form = ItemForm {
        agency: args.agency,
        code: args.code,
        title: args.title,
        kind: kind(&args.kind)?,
        level: args.level.as_deref().map(level).transpose()?,
        basis: args.basis,
        duty: args.duty,
        batch: args.batch,
        listed_on: args.date,
        proposed,
    };
    let title = form.title.clone();
    let id = desk.open()?.add_item(&form)?;
    desk.talk(&words!("已列入 #{id} {title}。", "Listed #{id} {title}."));
    Ok(0)
}

/// A kind as a person wrote it: 行政处罚, 处罚 or penalty.
pub(super) fn kind(words: &str) -> Result<Kind> {
    let whole = format!("行政{}", words.trim());
    Kind::from_words(&whole).map_or_else(|| usage::term(Text::new("种类", "kind"), words), Ok)
}

pub(super) fn baseline(desk: &mut Desk<'_, '_>, command: BaselineCommand) -> Result<u8> {
    match command {
        BaselineCommand::Edit { item, file } => edit(desk, &item, file.as_deref()),
        BaselineCommand::Ready(items) => {
            each(desk, &items, Act::Ready.label(), |register, item| register.mark_ready(item).map(drop))
        }
        BaselineCommand::Submit(items) => {
            each(desk, &items, Act::Submit.label(), |register, item| register.submit(item).map(drop))
        }
        BaselineCommand::Return(args) => each(desk, &args.items, Act::Return.label(), |register, item| {
            register.return_baseline(item, &args.reason).map(drop)
        }),
        BaselineCommand::Accept(items) => {
            each(desk, &items, Act::Accept.label(), |register, item| register.accept(item).map(drop))
        }
        BaselineCommand::Approve { items, date, number } => {
            each(desk, &items, Act::Approve.label(), |register, item| register.approve(item, date, &number).map(drop))
        }
        BaselineCommand::Reopen(args) => {
            each(desk, &args.items, Act::Reopen.label(), |register, item| register.reopen(item, &args.reason).map(drop))
        }
        BaselineCommand::Revise(items) => {
            each(desk, &items, Act::Revise.label(), |register, item| register.revise(item).map(drop))
        }
        BaselineCommand::Repeal { items, date } => each(desk, &items.items, Act::Repeal.label(), |register, item| {
            register.repeal(item, &items.reason, date).map(drop)
        }),
    }
}

/// The items that a person named, each once, in the order given; then those of the filter.
pub(super) fn chosen(register: &Register, items: &Items) -> Result<Vec<ItemId>> {
    let mut found = Vec::new();
    for words in &items.named {
        found.push(register.find_item(words)?);
    }
    if let Some(filter) = &items.filter {
        found.extend(register.items_where(&parse_filter(filter)?)?);
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|id| seen.insert(*id));
    if found.is_empty() && items.filter.is_none() {
        return Err(Failure::usage(
            words!("没有写明哪些事项。", "No items were named."),
            words!("写编码，或用 --where 给出条件。", "Name them by code, or give a filter with --where."),
        ));
    }
    Ok(found)
}

/// Does one thing to each of the items, one result a line; the code is 1 where one was refused.
fn each(
    desk: &mut Desk<'_, '_>,
    items: &Items,
    verb: Text,
    mut work: impl FnMut(&mut Register, ItemId) -> Result<()>,
) -> Result<u8> {
    let mut register = desk.open()?;
    let chosen = chosen(&register, items)?;
    let (zh, en) = (verb.zh, verb.en);
    let mut refused = 0;
    for id in &chosen {
        let item = register.item(*id)?;
        let name = format!("#{id} {} {}", item.text.code, item.text.title);
        if items.dry_run {
            desk.talk(&words!("将{zh}：{name}", "would {en}: {name}"));
            continue;
        }
        match work(&mut register, *id) {
            Ok(()) => {
                let stage = register.item_stage(*id)?.label();
                let (stage_zh, stage_en) = (stage.zh, stage.en);
                desk.talk(&words!("已{zh}：{name}（{stage_zh}）", "{en}: {name} ({stage_en})"));
            }
            // One item alone: its refusal is the command's.
            Err(failure) if chosen.len() == 1 => return Err(failure),
            Err(failure) if failure.kind == FailureKind::Internal => return Err(failure),
            Err(failure) => {
                refused += 1;
                desk.talk(&failure.reason.clone().before(&format!("未{zh}：{name}："), &format!("not done: {name}: ")));
            }
        }
    }
    Ok(u8::from(refused > 0))
}

/// Edits the content: from a file, from standard input, or in the editor.
fn edit(desk: &mut Desk<'_, '_>, item: &str, file: Option<&Path>) -> Result<u8> {
    let mut register = desk.open()?;
    let id = register.find_item(item)?;
    let view = register.show_item(id)?;
    let seen = view.state.revision;
    let before =
        view.versions.last().map_or_else(|| Baseline::new(view.state.kind), |version| version.baseline.clone());
    let text = match file {
        Some(path) if path == Path::new("-") => read_stdin()?,
        Some(path) => crate::service::read_text(path)?,
        None => in_editor(desk, &before)?,
    };
    let after = parse_baseline(&text)?;
    if after == before {
        desk.talk(&words!("内容没有变化。", "The content is unchanged."));
        return Ok(0);
    }
    let kept = register.edit_baseline(id, &after, Some(seen)).inspect_err(|_| {
        // What was typed is not lost with a refusal.
        if file.is_none() {
            let place = std::env::temp_dir().join(format!("cailiang-{id}.json"));
            if std::fs::write(&place, &text).is_ok() {
                desk.talk(&words!("您写的内容存在 {}。", "What you wrote is kept in {}.", place.display()));
            }
        }
    })?;
    desk.talk(&words!("已保存 #{id}，第 {} 版。", "Saved #{id}, version {}.", kept.version_no));
    Ok(0)
}

/// Reads a baseline from JSON; an error names line and column.
pub(super) fn parse_baseline(text: &str) -> Result<Baseline> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Failure::usage(
            words!(
                "第 {line} 行第 {column} 列读不懂：{error}。",
                "Line {line}, column {column} does not read: {error}."
            ),
            words!(
                "cailiang show 事项 --format json 给出现在的样子。",
                "cailiang show ITEM --format json gives the present form."
            ),
        )
    })
}

fn read_stdin() -> Result<String> {
    std::io::read_to_string(std::io::stdin()).map_err(|error| {
        Failure::usage(
            words!("标准输入读不出来：{error}。", "Standard input could not be read: {error}."),
            crate::i18n::Words::default(),
        )
    })
}

fn in_editor(desk: &Desk<'_, '_>, before: &Baseline) -> Result<String> {
    let trouble = |error: &dyn std::fmt::Display| {
        Failure::usage(
            words!("编辑器没有开起来：{error}。", "The editor could not be run: {error}."),
            words!("请设置 EDITOR，或给出 JSON 文件。", "Set EDITOR, or give a JSON file."),
        )
    };
    let editor = desk.editor.clone().ok_or_else(|| trouble(&"EDITOR"))?;
    let place = std::env::temp_dir().join(format!("cailiang-edit-{}.json", std::process::id()));
    let json = serde_json::to_string_pretty(before).map_err(|error| trouble(&error))?;
    std::fs::write(&place, json).map_err(|error| trouble(&error))?;
    let status = std::process::Command::new(&editor).arg(&place).status().map_err(|error| trouble(&error))?;
    let text = std::fs::read_to_string(&place).map_err(|error| trouble(&error))?;
    if !status.success() {
        return Err(trouble(&status));
    }
    // The text was read; a file left in the temporary folder does no harm.
    drop(std::fs::remove_file(&place));
    Ok(text)
}

pub(super) fn step(desk: &mut Desk<'_, '_>, command: StepCommand) -> Result<u8> {
    let StepCommand::Record(args) = command;
    // With --where the one positional word is the step.
    let (item, word) = match (&args.filter, &args.step_option) {
        (None, _) => (args.item.clone(), args.step.clone()),
        (Some(_), Some(step)) => (None, Some(step.clone())),
        (Some(_), None) => (None, args.item.clone()),
    };
    let step = step_from_words(word.as_deref().unwrap_or_default())?;
    let record = step_record(desk, step, &args);
    let files = args.evidence.iter().map(|path| evidence(path)).collect::<Result<Vec<_>>>()?;
    let items = Items { named: item.into_iter().collect(), filter: args.filter, dry_run: args.dry_run };
    let verb = step.label();
    each(desk, &items, Text::new(verb.zh, verb.en), |register, id| register.record_step(id, &record, files.clone()))
}

fn step_record(desk: &Desk<'_, '_>, step: Step, args: &StepRecordArgs) -> StepRecord {
    StepRecord {
        step,
        on: args.to.or(args.date).unwrap_or(desk.clock.day),
        from: args.from,
        number: args.number.trim().to_owned(),
        note: args.note.trim().to_owned(),
    }
}

fn evidence(path: &Path) -> Result<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::usage(
            words!("证明材料 {} 读不出来：{error}。", "The evidence {} could not be read: {error}.", path.display()),
            words!("请检查文件名。", "Check the name."),
        )
    })?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
}

pub(super) fn batch(desk: &mut Desk<'_, '_>, command: BatchCommand) -> Result<u8> {
    const BATCHES: &[Column] = &[
        column("name", "批次", "batch"),
        column("items", "事项数", "items"),
        column("created", "建立", "created"),
        column("published", "公布", "published"),
        column("number", "文号", "number"),
    ];
    const RESULTS: &[Column] = &[
        column("item", "事项", "item"),
        column("title", "名称", "title"),
        column("done", "已公布", "published"),
        column("reason", "原因", "reason"),
    ];
    let mut register = desk.open()?;
    match command {
        BatchCommand::New { name, items } => {
            let none = items.named.is_empty() && items.filter.is_none();
            let chosen = if none { Vec::new() } else { chosen(&register, &items)? };
            let count = chosen.len();
            if !items.dry_run {
                register.new_batch(&name, &chosen)?;
            }
            desk.talk(&words!("批次「{name}」收入 {count} 个事项。", "The batch \"{name}\" takes {count} items."));
        }
        BatchCommand::Publish { name, date, number } => {
            let results = register.publish_batch(&name, date, &number)?;
            let refused = results.iter().any(|(_, result)| result.is_err());
            let mut rows = Vec::new();
            for (id, result) in results {
                let item = register.item(id)?;
                let reason = result.as_ref().err().map(|failure| failure.reason.say(desk.lang).to_owned());
                let (code, title) = (item.text.code, item.text.title);
                let code = if code.is_empty() { format!("#{id}") } else { code };
                rows.push(vec![
                    Cell::Text(code),
                    Cell::Text(title),
                    Cell::Flag(result.is_ok()),
                    Cell::or_null(reason, Cell::Text),
                ]);
            }
            desk.list(RESULTS, rows)?;
            return Ok(u8::from(refused));
        }
        BatchCommand::Show { name: Some(name) } => {
            let view = register.find_batch(&name)?;
            let mut rows = Vec::new();
            for id in view.items {
                let item = register.item(id)?;
                let published = register.item_stage(id)? == crate::domain::stage::Stage::Published;
                rows.push(vec![
                    Cell::Text(format!("#{id} {}", item.text.code)),
                    Cell::Text(item.text.title),
                    Cell::Flag(published),
                    Cell::Null,
                ]);
            }
            desk.list(RESULTS, rows)?;
        }
        BatchCommand::Show { name: None } => {
            let rows = register.batches()?.into_iter().map(|view| {
                vec![
                    Cell::Text(view.batch.name),
                    Cell::Number(i64::try_from(view.items.len()).unwrap_or(i64::MAX)),
                    Cell::Day(view.batch.created_on),
                    Cell::or_null(view.batch.published_on, Cell::Day),
                    Cell::Text(view.batch.number),
                ]
            });
            let rows = rows.collect();
            desk.list(BATCHES, rows)?;
        }
    }
    Ok(0)
}
