//! Findings answered in words, and the severities of a register.

use super::super::grammar::{CheckCommand, Findings, Items};
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use super::items::each;
use crate::i18n::{Failure, Term, Text, Words};
use crate::service::{CheckCode, Extent, Result, SettingKey, Which, checks};
use crate::words;

pub(super) fn run(desk: &mut Desk<'_, '_>, command: CheckCommand) -> Result<u8> {
    match command {
        CheckCommand::Answer { findings, text } => {
            let (items, which) = meant(findings)?;
            each(desk, &items, Text::new("说明", "answer"), |register, item| {
                register.answer_findings(item, &which, &text).map(drop)
            })
        }
        CheckCommand::Withdraw(findings) => {
            let (items, which) = meant(findings)?;
            each(desk, &items, Text::new("收回说明", "withdraw the answer of"), |register, item| {
                register.withdraw_answers(item, &which).map(drop)
            })
        }
        CheckCommand::Severity { code: Some(code), severity: Some(severity), reason } => {
            set_severity(desk, &code, &severity, &reason)
        }
        CheckCommand::Severity { .. } => severities(desk),
    }
}

/// The items, and which of their findings: the code is the last word.
fn meant(mut findings: Findings) -> Result<(Items, Which)> {
    let code = check_code(&findings.words.pop().unwrap_or_default())?;
    let items = Items { named: findings.words, filter: findings.filter, dry_run: findings.dry_run };
    let extent = if findings.all { Extent::Every } else { Extent::One };
    let Findings { ladder, tier, field, .. } = findings;
    Ok((items, Which { ladder, tier, field, extent, ..Which::every(code) }))
}

/// A check by its code.
fn check_code(words: &str) -> Result<CheckCode> {
    CheckCode::from_id(&words.trim().to_uppercase()).ok_or_else(|| {
        Failure::usage(
            words!("没有「{words}」这项检查。", "There is no check \"{words}\"."),
            words!(
                "事项后面写检查代码，如 E07；cailiang explain 列出全部检查。",
                "Behind the items stands the code of a check, such as E07; cailiang explain lists them."
            ),
        )
    })
}

fn set_severity(desk: &mut Desk<'_, '_>, code: &str, severity: &str, reason: &str) -> Result<u8> {
    let code = check_code(code)?;
    let mut register = desk.open()?;
    register.set_setting(SettingKey::Severity(code), severity, reason)?;
    let (id, now) = (code.id(), register.severities()?.of(code).label());
    desk.talk(&Words {
        zh: format!("{id} 在本登记库的级别：{}。", now.zh),
        en: format!("{id} is a {} in this register.", now.en),
    });
    Ok(0)
}

/// Every check with its severity here.
fn severities(desk: &mut Desk<'_, '_>) -> Result<u8> {
    const SEVERITIES: &[Column] = &[
        column("code", "检查", "code"),
        column("severity", "级别", "severity"),
        column("built_in", "原级别", "built-in"),
        column("finds", "查什么", "finds"),
        column("reason", "调低的理由", "reason"),
    ];
    let severities = desk.open()?.severities()?;
    let lang = desk.lang;
    let rows = checks().map(|check| {
        let lowered = severities.lowered(check.code);
        vec![
            Cell::Text(check.code.id().to_owned()),
            Cell::term(severities.of(check.code)),
            Cell::term(check.severity),
            Cell::Text(check.code.label().say(lang).to_owned()),
            Cell::or_null(lowered, |lowered| Cell::Text(lowered.reason.clone())),
        ]
    });
    let rows = rows.collect();
    desk.list(SEVERITIES, rows)?;
    Ok(0)
}
