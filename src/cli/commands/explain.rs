//! What a check, a refusal or an act means.

use super::super::grammar::{Explain, Format};
use super::super::out::{Desk, broken};
use super::super::table::{Cell, column};
use crate::domain::stage::{Act, Stage, TRANSITIONS};
use crate::i18n::{Failure, FailureKind, Lang, Term, Text, Words};
use crate::service::{Check, CheckCode, Lowered, Result, Severities, checks};
use crate::words;

pub(super) fn explain(desk: &mut Desk<'_, '_>, args: &Explain) -> Result<u8> {
    let Some(topic) = args.topic.as_deref().map(str::trim) else { return list(desk) };
    if let Some(code) = CheckCode::from_id(&topic.to_uppercase()) {
        return explain_check(desk, code.check());
    }
    if let Some((kind, text)) = REFUSALS.iter().find(|(kind, _)| kind.id().eq_ignore_ascii_case(topic)) {
        return explain_refusal(desk, *kind, *text);
    }
    if let Some(act) = Act::from_words(topic) {
        return explain_act(desk, act);
    }
    Err(Failure::usage(
        words!("没有「{topic}」这项检查、拒绝或动作。", "\"{topic}\" is no check, refusal or act."),
        words!("cailiang explain 列出全部检查。", "cailiang explain lists all checks."),
    ))
}

fn list(desk: &mut Desk<'_, '_>) -> Result<u8> {
    let columns = [
        column("code", "检查", "code"),
        column("severity", "级别", "severity"),
        column("clause", "条款", "clause"),
        column("finds", "查什么", "finds"),
    ];
    let lang = desk.lang;
    let row = |check: &Check| {
        vec![
            Cell::Text(check.code.id().to_owned()),
            Cell::term(check.severity),
            Cell::Text(check.clause.to_owned()),
            Cell::Text(check.code.label().say(lang).to_owned()),
        ]
    };
    desk.list(&columns, checks().map(row).collect())?;
    Ok(0)
}

fn explain_check(desk: &mut Desk<'_, '_>, check: &Check) -> Result<u8> {
    let lang = desk.lang;
    let severities = match desk.register_at_hand() {
        Some(register) => register.severities()?,
        None => Severities::default(),
    };
    let lowered = severities.lowered(check.code);
    if matches!(desk.format(), Format::Json | Format::Jsonl) {
        let value = serde_json::json!({
            "code": check.code.id(), "severity": check.severity.id(), "family": check.code.family().label().say(lang),
            "clause": check.clause, "finds": check.code.label().say(lang), "explanation": check.explanation.say(lang),
            "wrong": check.wrong, "right": check.right,
            "lowered": lowered.map(|lowered| {
                serde_json::json!({ "severity": lowered.severity.id(), "reason": lowered.reason })
            }),
        });
        writeln!(desk.out, "{value}").map_err(broken)?;
        return Ok(0);
    }
    let label = |zh, en| Text::new(zh, en).say(lang);
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let [wrong, right] = check.labels_of_examples();
    let lines = [
        format!("{} {}{colon}{}", check.code.id(), check.severity.label().say(lang), check.code.label().say(lang)),
        String::new(),
        check.explanation.say(lang).to_owned(),
        String::new(),
        format!("  {}{colon}{}", wrong.say(lang), check.wrong),
        format!("  {}{colon}{}", right.say(lang), check.right),
        String::new(),
        format!("{}{colon}{} [{}]", label("依据", "rests on"), check.basis().say(lang), check.clause),
    ];
    for line in lines {
        writeln!(desk.out, "{line}").map_err(broken)?;
    }
    if let Some(Lowered { severity, reason }) = lowered {
        let severity = severity.label();
        desk.say(&Words {
            zh: format!("本登记库调低为{}：{reason}", severity.zh),
            en: format!("lowered to {} in this register: {reason}", severity.en),
        })?;
    }
    Ok(0)
}

/// The kinds of refusal, by the name that a failure carries in JSON.
const REFUSALS: &[(FailureKind, Text)] = &[
    (
        FailureKind::Refused,
        Text::new(
            "实体上不允许：阶段不对、缺程序、有错误没有改，或者检查查出了问题。说明里写明缺什么、下一步做什么。",
            "Not possible for a reason of substance: the wrong stage, a missing step, an error that stands, or findings. The \
             message says what is missing and what to do.",
        ),
    ),
    (
        FailureKind::Usage,
        Text::new(
            "命令写得不对，或者文件读不出来。什么都没有改动。",
            "The command is wrong, or a file cannot be read. Nothing was changed.",
        ),
    ),
    (
        FailureKind::Right,
        Text::new(
            "该账户无权这样做：各机关只能改自己的事项，审查不能由起草人自己做。",
            "The account has no right to this: an agency changes its own items only, and nobody reviews an own draft.",
        ),
    ),
    (
        FailureKind::Busy,
        Text::new(
            "别人正在写，或者在您读取之后改过。您的内容没有丢；请重试，或者对照后再改。",
            "Another is writing, or has written since you read. Nothing of yours is lost; try again, or compare first.",
        ),
    ),
    (
        FailureKind::Internal,
        Text::new(
            "程序缺陷或者文件损坏。登记库保持原样；请运行 cailiang doctor。",
            "A defect of the program, or a damaged file. The register is as it was; run cailiang doctor.",
        ),
    ),
];

fn explain_refusal(desk: &mut Desk<'_, '_>, kind: FailureKind, text: Text) -> Result<u8> {
    desk.say(&words!("{}（退出码 {}）", "{} (exit code {})", kind.id(), kind.exit_code()))?;
    desk.say(&text.into())?;
    Ok(0)
}

/// Who may do an act, and when: from the table that decides it.
fn explain_act(desk: &mut Desk<'_, '_>, act: Act) -> Result<u8> {
    for row in TRANSITIONS.iter().filter(|row| row.act == act) {
        let join = |lang: Lang, comma: &str| {
            row.from.iter().map(|stage: &Stage| stage.label().say(lang)).collect::<Vec<_>>().join(comma)
        };
        let (zh, en) = (join(Lang::Zh, "、"), join(Lang::En, ", "));
        let (role, name) = (row.role.label(), act.label());
        desk.say(&crate::i18n::Words {
            zh: format!("{}：由{}在「{zh}」阶段办理。", name.zh, role.zh),
            en: format!("{}: done by the {} in the stage {en}.", name.en, role.en),
        })?;
        if let Some(to) = row.to.map(Term::label) {
            desk.say(&crate::i18n::Words {
                zh: format!("办理后为「{}」。", to.zh),
                en: format!("It leads to {}.", to.en),
            })?;
        }
        if row.reason {
            desk.say(&words!("要写明理由。", "It takes a reason."))?;
        }
    }
    Ok(0)
}
