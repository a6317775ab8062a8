//! Items, the life of their baselines, procedure steps, batches: verbs that take one item or many.

use std::path::Path;

use super::super::grammar::{BaselineCommand, BatchCommand, ItemAdd, ItemCommand, Items, StepCommand, StepRecordArgs};
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use super::super::usage;
use super::edit;
use super::many::{self, Did, Target};
use super::people::level;
use crate::domain::ids::ItemId;
use crate::domain::kind::Kind;
use crate::domain::procedure::{Step, StepRecord};
use crate::domain::stage::Act;
use crate::i18n::{Failure, Term, Text, Words, io_trouble, safe};
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
    let (title, proposed) = (form.title.clone(), form.proposed.is_some());
    let id = desk.open()?.add_item(&form)?;
    desk.talk(&if proposed {
        words!("已提议 #{id} {title}，等司法局裁定。", "Proposed #{id} {title}; the bureau settles it.")
    } else {
        words!("已列入 #{id} {title}。", "Listed #{id} {title}.")
    });
    Ok(0)
}

/// A kind as a person wrote it: 行政处罚, 处罚 or penalty.
pub(super) fn kind(words: &str) -> Result<Kind> {
    let whole = format!("行政{}", words.trim());
    Kind::from_words(&whole).map_or_else(|| usage::term(Text::new("种类", "kind"), words), Ok)
}

pub(super) fn baseline(desk: &mut Desk<'_, '_>, command: BaselineCommand) -> Result<u8> {
    match command {
        BaselineCommand::Edit { item, file } => edit::edit(desk, &item, file.as_deref()),
        BaselineCommand::Ready(items) => {
            each_then(desk, &items, Act::Ready.label(), Register::mark_ready_looking_ahead)
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

/// Does one thing to each of the items.
pub(super) fn each(
    desk: &mut Desk<'_, '_>,
    items: &Items,
    verb: Text,
    mut work: impl FnMut(&mut Register, ItemId) -> Result<()>,
) -> Result<u8> {
    each_then(desk, items, verb, |register, item| work(register, item).map(|()| None))
}

/// Does one thing to each of the items; `work` returns what will stand in the way of the next.
fn each_then(
    desk: &mut Desk<'_, '_>,
    items: &Items,
    verb: Text,
    mut work: impl FnMut(&mut Register, ItemId) -> Result<Option<Failure>>,
) -> Result<u8> {
    let mut register = desk.open()?;
    let mut targets = Vec::new();
    for id in chosen(&register, items)? {
        let text = register.item(id)?.text;
        let name = Words::same(safe(&format!("#{id} {} {}", text.code, text.title), false));
        targets.push(Target { id: id.0, code: Some(text.code).filter(|code| !code.is_empty()), name });
    }
    many::each(desk, &mut register, targets, verb, items.dry_run, |register, id| {
        let ahead = work(register, ItemId(id))?;
        Ok(Did { stage: Some(register.item_stage(ItemId(id))?), ahead })
    })
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
        let why = io_trouble(&error);
        Failure::usage(
            Words {
                zh: format!("证明材料 {} 读不出来：{}。", path.display(), why.zh),
                en: format!("The evidence {} could not be read: {}.", path.display(), why.en),
            },
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
