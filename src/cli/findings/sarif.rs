//! Findings as SARIF 2.1.0, which editors and code hosts read. The rules are those of the registry.

use std::io::Write;

use serde_json::{Value, json};

use super::super::out::broken;
use crate::i18n::{Lang, Term};
use crate::service::{Check, CheckCode, Checked, FindingLine, Result, Severity, checks};

/// Writes one run with every rule and the findings as results.
pub(in crate::cli) fn write_sarif(out: &mut dyn Write, checked: &Checked, lang: Lang) -> Result<()> {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cailiang",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": checks().map(|check| rule(check, lang)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": checked.unread.is_empty(),
                "ruleConfigurationOverrides": overrides(checked),
            }],
            "columnKind": "unicodeCodePoints",
            "results": checked.findings.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log).map_err(|error| broken(error.into()))?;
    out.write_all(b"\n").map_err(broken)
}

fn rule(check: &Check, lang: Lang) -> Value {
    json!({
        "id": check.code.id(),
        "shortDescription": { "text": check.code.label().say(lang) },
        "fullDescription": { "text": check.explanation.say(lang) },
        "help": { "text": format!("✗ {}\n✓ {}", check.wrong, check.right) },
        "defaultConfiguration": { "level": level(check.severity) },
        "properties": { "clause": check.clause },
    })
}

/// The checks that weigh less in this register, as far as they found something.
fn overrides(checked: &Checked) -> Vec<Value> {
    let mut lowered: Vec<&FindingLine> = checked.findings.iter().filter(|line| line.lowered.is_some()).collect();
    lowered.sort_by_key(|line| line.code);
    lowered.dedup_by_key(|line| line.code);
    let one = |line: &FindingLine| {
        json!({
            "descriptor": { "id": line.code.id() },
            "configuration": { "level": level(line.severity) },
            "properties": { "reason": line.lowered },
        })
    };
    lowered.into_iter().map(one).collect()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(line: &FindingLine) -> Value {
    let mut location = json!({ "logicalLocations": [{ "name": line.item, "fullyQualifiedName": path_of(line) }] });
    if let (Some(file), Some(object)) = (&line.file, location.as_object_mut()) {
        let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
        if let (Some(row), Some(object)) = (line.row, physical.as_object_mut()) {
            object.insert("region".to_owned(), region(row, line));
        }
        object.insert("physicalLocation".to_owned(), physical);
    }
    // What a person answered is accepted by that person, not by the tool: in the words of SARIF, suppressed from outside.
    let answers = line.answer.iter();
    let suppressions: Vec<Value> =
        answers.map(|answer| json!({ "kind": "external", "justification": answer })).collect();
    json!({
        "suppressions": suppressions,
        "ruleId": line.code.id(),
        "ruleIndex": CheckCode::ALL.iter().position(|code| *code == line.code),
        "level": level(line.severity),
        "message": { "text": line.message },
        "locations": [location],
        "partialFingerprints": { "place/v1": format!("{}:{}", line.code.id(), path_of(line)) },
    })
}

/// A row of a sheet stands where a line of a text would.
fn region(row: u32, line: &FindingLine) -> Value {
    match (&line.words, line.span) {
        (Some(words), Some(_)) => json!({ "startLine": row, "snippet": { "text": words } }),
        _ => json!({ "startLine": row }),
    }
}

fn path_of(line: &FindingLine) -> String {
    let mut path = String::new();
    if let Some(sheet) = &line.sheet {
        path.extend([sheet, "/"]);
    }
    path.push_str(&line.item);
    if let Some(ladder) = line.ladder {
        path.extend(["/", &ladder.to_string()]);
    }
    for part in [line.tier.as_deref(), line.field].into_iter().flatten() {
        path.extend(["/", part]);
    }
    path
}

/// A path as a URI reference: what may not stand in one is written in per cent.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.extend(["%".to_owned(), format!("{byte:02X}")]);
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("基准 1.xls"), "%E5%9F%BA%E5%87%86%201.xls");
        assert_eq!(uri("a\\b/c-1.csv"), "a/b/c-1.csv");
    }
}
