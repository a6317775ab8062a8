//! Findings in every form: text with the words underlined, JSON, SARIF, CSV.

mod sarif;
mod text;

use std::io::Write;

use super::out::broken;
use super::table::{Cell, Column, column};
use crate::i18n::{Lang, Obstacle, Term};
use crate::service::{Checked, FindingLine, Result};

pub(super) use sarif::write_sarif;
pub(super) use text::{View, write_text};

/// Writes the report of the contract: `{"items", "tiers", "findings"}`, one finding a line.
pub(super) fn write_json(out: &mut dyn Write, checked: &Checked) -> Result<()> {
    write!(out, "{{\"items\": {}, \"tiers\": {},\n \"findings\": [", checked.items, checked.tiers).map_err(broken)?;
    for (at, line) in checked.findings.iter().enumerate() {
        out.write_all(if at == 0 { b"\n  " } else { b",\n  " }).map_err(broken)?;
        serde_json::to_writer(&mut *out, line).map_err(|error| broken(error.into()))?;
    }
    out.write_all(if checked.findings.is_empty() { b"]}\n" } else { b"\n ]}\n" }).map_err(broken)
}

/// Writes one finding a line.
pub(super) fn write_jsonl(out: &mut dyn Write, checked: &Checked) -> Result<()> {
    for line in &checked.findings {
        serde_json::to_writer(&mut *out, line).map_err(|error| broken(error.into()))?;
        out.write_all(b"\n").map_err(broken)?;
    }
    Ok(())
}

/// What stands in the way as an object, with the keys of a finding.
pub(super) fn obstacle_json(obstacle: &Obstacle, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "code": obstacle.code, "severity": obstacle.severity, "ladder": obstacle.ladder, "tier": obstacle.tier,
        "field": obstacle.field, "message": obstacle.message.say(lang), "lowered": obstacle.lowered,
    })
}

/// The columns of findings as a table.
pub(super) const COLUMNS: &[Column] = &[
    column("code", "检查", "code"),
    column("severity", "级别", "severity"),
    column("item", "事项", "item"),
    column("ladder", "序列", "ladder"),
    column("tier", "阶次", "tier"),
    column("field", "栏目", "field"),
    column("span", "字位", "span"),
    column("file", "文件", "file"),
    column("sheet", "工作表", "sheet"),
    column("row", "行", "row"),
    column("message", "说明", "message"),
    column("clause", "条款", "clause"),
    column("answer", "说明的理由", "answer"),
    column("lowered", "级别调低的理由", "lowered"),
];

/// A finding as a row.
pub(super) fn cells(line: &FindingLine) -> Vec<Cell> {
    let words = |value: Option<&str>| Cell::or_null(value, |value| Cell::Text(value.to_owned()));
    let number = |value: Option<usize>| Cell::or_null(value, |value| Cell::Number(i64::try_from(value).unwrap_or(0)));
    vec![
        Cell::Text(line.code.id().to_owned()),
        Cell::term(line.severity),
        Cell::Text(line.item.clone()),
        number(line.ladder),
        words(line.tier.as_deref()),
        words(line.field),
        Cell::or_null(line.span, |[start, end]| Cell::Text(format!("{start}-{end}"))),
        words(line.file.as_deref()),
        words(line.sheet.as_deref()),
        Cell::or_null(line.row, |row| Cell::Number(row.into())),
        Cell::Text(line.message.clone()),
        Cell::Text(line.clause.to_owned()),
        words(line.answer.as_deref()),
        words(line.lowered.as_deref()),
    ]
}
