//! Verbs that take one record or many: one result a line, tried first where a dry run was asked for.

use super::super::findings::obstacle_json;
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use crate::cli::grammar::Format;
use crate::domain::stage::Stage;
use crate::i18n::{Failure, FailureKind, Lang, Obstacle, Term as _, Text, Words};
use crate::service::{Register, Result, told_with_what_is_ahead};
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

/// What a verb did.
#[derive(Default)]
pub(super) struct Did {
    /// The stage that the record has now, where it has one.
    pub(super) stage: Option<Stage>,
    /// What will stand in the way of the next act.
    pub(super) ahead: Option<Failure>,
}

/// What a verb came to for one record.
struct Outcome {
    target: Target,
    did: std::result::Result<Did, Failure>,
}

impl Outcome {
    /// What stands in the way, of this act or of the next.
    fn obstacles(&self) -> &[Obstacle] {
        let trouble = match &self.did {
            Err(failure) => Some(failure),
            Ok(did) => did.ahead.as_ref(),
        };
        trouble.map_or(&[], Failure::obstacles)
    }
}

/// Does one thing to each of the records. The code is 1 where one was refused; one record alone fails as a whole.
pub(super) fn each(
    desk: &mut Desk<'_, '_>,
    register: &mut Register,
    targets: Vec<Target>,
    verb: Text,
    dry_run: bool,
    mut work: impl FnMut(&mut Register, i64) -> Result<Did>,
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
            Err(failure) if alone || failure.kind == FailureKind::Internal => return Err(failure),
            did => outcomes.push(Outcome { target, did }),
        }
        if let (Format::Table, Some(outcome)) = (desk.format(), outcomes.last()) {
            desk.talk(&told(outcome, verb, dry_run));
            for obstacle in outcome.obstacles() {
                desk.talk(&Words { zh: obstacle.say(Lang::Zh), en: obstacle.say(Lang::En) }.before("    ", "    "));
            }
        }
    }
    if desk.format() == Format::Table {
        tell_next_steps(desk, &outcomes);
    }
    let code = u8::from(outcomes.iter().any(|outcome| outcome.did.is_err()));
    if desk.format() != Format::Table {
        list(desk, outcomes)?;
    }
    Ok(code)
}

/// The next steps after refusals, each once.
fn tell_next_steps(desk: &mut Desk<'_, '_>, outcomes: &[Outcome]) {
    let mut steps: Vec<&Words> = Vec::new();
    for failure in outcomes.iter().filter_map(|outcome| outcome.did.as_ref().err()) {
        if !steps.contains(&&failure.next) && failure.next != Words::default() {
            steps.push(&failure.next);
        }
    }
    for step in steps {
        desk.talk(step);
    }
}

fn told(outcome: &Outcome, verb: Text, dry_run: bool) -> Words {
    let (zh, en) = (verb.zh, verb.en);
    let (name_zh, name_en) = (&outcome.target.name.zh, &outcome.target.name.en);
    let did = match &outcome.did {
        Ok(did) => did,
        Err(failure) => {
            let reason = failure.reason.clone();
            return reason.before(&format!("不能{zh}：{name_zh}："), &format!("cannot {en}: {name_en}: "));
        }
    };
    let done = match did.stage {
        _ if dry_run => Words { zh: format!("将{zh}：{name_zh}"), en: format!("would {en}: {name_en}") },
        Some(stage) => {
            let stage = stage.label();
            Words {
                zh: format!("已{zh}：{name_zh}（{}）", stage.zh), en: format!("{en}: {name_en} ({})", stage.en)
            }
        }
        None => Words { zh: format!("已{zh}：{name_zh}"), en: format!("{en}: {name_en}") },
    };
    told_with_what_is_ahead(done, did.ahead.as_ref())
}

/// The results for programs.
fn list(desk: &mut Desk<'_, '_>, outcomes: Vec<Outcome>) -> Result<()> {
    const RESULTS: &[Column] = &[
        column("id", "编号", "id"),
        column("code", "编码", "code"),
        column("done", "已办", "done"),
        column("stage", "阶段", "stage"),
        column("reason", "原因", "reason"),
        column("findings", "检查发现", "findings"),
    ];
    let lang = desk.lang;
    let rows = outcomes.into_iter().map(|outcome| {
        let findings =
            Cell::objects(outcome.obstacles().iter(), |obstacle| (obstacle_json(obstacle, lang), obstacle.say(lang)));
        let Outcome { target, did } = outcome;
        let (stage, refused) = match did {
            Ok(did) => (did.stage, None),
            Err(failure) => (None, Some(failure)),
        };
        vec![
            Cell::Number(target.id),
            Cell::or_null(target.code, Cell::Text),
            Cell::Flag(refused.is_none()),
            Cell::or_null(stage, Cell::term),
            Cell::or_null(refused, |failure| Cell::Text(failure.say(lang))),
            findings,
        ]
    });
    let rows = rows.collect();
    desk.list(RESULTS, rows)
}
