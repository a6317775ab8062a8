//! Verbs that take one record or many: one result a line, tried first where a dry run was asked for.

use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use crate::cli::grammar::Format;
use crate::domain::stage::Stage;
use crate::i18n::{Failure, FailureKind, Term as _, Text, Words};
use crate::service::{Register, Result};
use crate::words;

/// One record that a verb was done to.
pub(super) struct Target {
    /// Its number.
    pub(super) id: i64,
    /// Its code, where it has one.
    pub(super) code: Option<String>,
    /// Its name for people.
    pub(super) name: Words,
}

/// What a verb came to for one record.
struct Outcome {
    target: Target,
    stage: Option<Stage>,
    refused: Option<Failure>,
}

/// Does one thing to each of the records. The code is 1 where one was refused; one record alone fails as a whole.
/// `work` returns the stage that the record has now, where it has one.
pub(super) fn each(
    desk: &mut Desk<'_, '_>,
    register: &mut Register,
    targets: Vec<Target>,
    verb: Text,
    dry_run: bool,
    mut work: impl FnMut(&mut Register, i64) -> Result<Option<Stage>>,
) -> Result<u8> {
    if dry_run {
        register.try_only();
    }
    let alone = targets.len() == 1;
    if targets.is_empty() {
        desk.talk(&words!("没有符合条件的。", "Nothing fits the filter."));
    }
    let mut outcomes = Vec::new();
    for target in targets {
        match work(register, target.id) {
            Ok(stage) => outcomes.push(Outcome { target, stage, refused: None }),
            Err(failure) if alone || failure.kind == FailureKind::Internal => return Err(failure),
            Err(failure) => outcomes.push(Outcome { target, stage: None, refused: Some(failure) }),
        }
        if let (Format::Table, Some(outcome)) = (desk.format(), outcomes.last()) {
            desk.talk(&told(outcome, verb, dry_run));
        }
    }
    let code = u8::from(outcomes.iter().any(|outcome| outcome.refused.is_some()));
    if desk.format() != Format::Table {
        list(desk, outcomes)?;
    }
    Ok(code)
}

fn told(outcome: &Outcome, verb: Text, dry_run: bool) -> Words {
    let (zh, en) = (verb.zh, verb.en);
    let (name_zh, name_en) = (&outcome.target.name.zh, &outcome.target.name.en);
    match (&outcome.refused, outcome.stage) {
        (Some(failure), _) => {
            failure.reason.clone().before(&format!("不能{zh}：{name_zh}："), &format!("cannot {en}: {name_en}: "))
        }
        (None, _) if dry_run => Words { zh: format!("将{zh}：{name_zh}"), en: format!("would {en}: {name_en}") },
        (None, Some(stage)) => {
            let stage = stage.label();
            Words {
                zh: format!("已{zh}：{name_zh}（{}）", stage.zh), en: format!("{en}: {name_en} ({})", stage.en)
            }
        }
        (None, None) => Words { zh: format!("已{zh}：{name_zh}"), en: format!("{en}: {name_en}") },
    }
}

/// The results for programs.
fn list(desk: &mut Desk<'_, '_>, outcomes: Vec<Outcome>) -> Result<()> {
    const RESULTS: &[Column] = &[
        column("id", "编号", "id"),
        column("code", "编码", "code"),
        column("done", "已办", "done"),
        column("stage", "阶段", "stage"),
        column("reason", "原因", "reason"),
    ];
    let lang = desk.lang;
    let rows = outcomes.into_iter().map(|Outcome { target, stage, refused }| {
        vec![
            Cell::Number(target.id),
            Cell::or_null(target.code, Cell::Text),
            Cell::Flag(refused.is_none()),
            Cell::or_null(stage, Cell::term),
            Cell::or_null(refused, |failure| Cell::Text(failure.say(lang))),
        ]
    });
    let rows = rows.collect();
    desk.list(RESULTS, rows)
}
