//! Editing the content of a baseline: from a file, from standard input, or in an editor. Nothing typed is lost.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::out::Desk;
use crate::domain::baseline::{Answer, Baseline, Ladder, Tier};
use crate::domain::kind::Kind;
use crate::i18n::{Failure, Words, io_trouble, json_trouble};
use crate::service::{Result, told_after};
use crate::words;

/// Edits the content of an item's baseline.
pub(super) fn edit(desk: &mut Desk<'_, '_>, item: &str, file: Option<&Path>) -> Result<u8> {
    let mut register = desk.open()?;
    let id = register.find_item(item)?;
    let view = register.show_item(id)?;
    let seen = view.state.revision;
    let last = view.versions.last().map(|version| version.baseline.clone());
    let before = last.unwrap_or_else(|| Baseline::new(view.state.kind));
    let (text, kept) = match file {
        Some(path) if path == Path::new("-") => (read_stdin()?, None),
        Some(path) => (crate::service::read_text(path)?, None),
        None => {
            let place = in_editor(desk, &before)?;
            let text = std::fs::read_to_string(&place).map_err(|error| editor_failed(&io_trouble(&error)))?;
            (text, Some(place))
        }
    };
    let saved = parse(&text).and_then(|after| {
        // What was given out filled comes back filled.
        if told_after(&before, after.clone()) == told_after(&before, before.clone()) {
            return Ok(None);
        }
        register.edit_baseline(id, &after, Some(seen)).map(Some)
    });
    match (&saved, kept) {
        // What was typed is not lost with a refusal.
        (Err(_), Some(place)) => {
            let place = place.display();
            desk.talk(&words!(
                "您写的内容存在 {place}；改好后用 cailiang baseline edit {item} {place} 保存。",
                "What you wrote is kept in {place}; mend it and save it with cailiang baseline edit {item} {place}."
            ));
        }
        // The text is in the register; a file left in the temporary folder does no harm.
        (Ok(_), Some(place)) => drop(std::fs::remove_file(place)),
        (_, None) => {}
    }
    match saved? {
        None => desk.talk(&words!("内容没有变化。", "The content is unchanged.")),
        Some(state) => desk.talk(&words!("已保存 #{id}，第 {} 版。", "Saved #{id}, version {}.", state.version_no)),
    }
    Ok(0)
}

/// Reads a baseline from JSON; an error names line and column. What was left blank in a form does not count.
fn parse(text: &str) -> Result<Baseline> {
    let baseline: Baseline = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let why = json_trouble(&error.to_string());
        Failure::usage(
            Words {
                zh: format!("第 {line} 行第 {column} 列读不懂：{}。", why.zh),
                en: format!("Line {line}, column {column} does not read: {}.", why.en),
            },
            words!(
                "cailiang show 事项 --format json 里的 baseline 是现在的样子。",
                "The key baseline of cailiang show ITEM --format json has the present form."
            ),
        )
    })?;
    Ok(without_blanks(baseline))
}

/// The content as a form in JSON: every field of the kind, blank where nothing is written yet.
fn form(before: &Baseline) -> serde_json::Result<String> {
    let mut form = before.clone();
    for field in form.kind.fields() {
        form.fields.entry(field.id.to_owned()).or_insert_with(|| Answer::Text(String::new()));
    }
    let mut form = serde_json::to_value(form)?;
    if let Some(keys) = form.as_object_mut()
        && before.kind == Kind::Penalty
        && before.ladders.is_empty()
        && before.weights.is_none()
    {
        let tier = json!({ "label": "", "conditions": [""], "standard": "" });
        keys.insert("ladders".to_owned(), json!([{ "tiers": [tier] }]));
    }
    serde_json::to_string_pretty(&form)
}

fn without_blanks(mut baseline: Baseline) -> Baseline {
    baseline.fields.retain(|_, answer| answer.text().is_none_or(|text| !text.trim().is_empty()));
    for ladder in &mut baseline.ladders {
        for tier in &mut ladder.tiers {
            tier.conditions.retain(|condition| !condition.trim().is_empty());
        }
        ladder.tiers.retain(|tier| *tier != Tier::default());
    }
    baseline.ladders.retain(|ladder| *ladder != Ladder::default());
    baseline
}

fn read_stdin() -> Result<String> {
    std::io::read_to_string(std::io::stdin()).map_err(|error| {
        let why = io_trouble(&error);
        Failure::usage(
            Words {
                zh: format!("标准输入读不出来：{}。", why.zh),
                en: format!("Standard input could not be read: {}.", why.en),
            },
            words!("请给出 JSON 文件。", "Give a JSON file."),
        )
    })
}

/// Opens the form in the editor; returns the file with what was written.
fn in_editor(desk: &Desk<'_, '_>, before: &Baseline) -> Result<PathBuf> {
    let unset = || words!("没有设置 EDITOR", "EDITOR is not set");
    let editor = desk.editor.clone().filter(|editor| !editor.is_empty()).ok_or_else(|| editor_failed(&unset()))?;
    let place = std::env::temp_dir().join(format!("cailiang-edit-{}.json", std::process::id()));
    let json = form(before).map_err(|error| editor_failed(&json_trouble(&error.to_string())))?;
    // A new file only: nobody can lead the text elsewhere by a link that stands there already.
    std::fs::File::create_new(&place)
        .and_then(|mut file| writeln!(file, "{json}"))
        .map_err(|error| editor_failed(&io_trouble(&error)))?;
    let status = command(&editor).arg(&place).status().map_err(|error| editor_failed(&io_trouble(&error)))?;
    if status.success() {
        return Ok(place);
    }
    let place = place.display();
    Err(editor_failed(&words!(
        "编辑器没有正常退出，内容存在 {place}",
        "the editor failed; the text is kept in {place}"
    )))
}

/// The editor as it is set: a program, or a program with its options.
fn command(editor: &OsStr) -> std::process::Command {
    let words: Vec<&str> = editor.to_str().map(|words| words.split_whitespace().collect()).unwrap_or_default();
    match words.split_first() {
        Some((program, options)) if !Path::new(editor).exists() => {
            let mut command = std::process::Command::new(program);
            command.args(options);
            command
        }
        _ => std::process::Command::new(editor),
    }
}

fn editor_failed(why: &Words) -> Failure {
    Failure::usage(
        Words {
            zh: format!("没有在编辑器里改成：{}。", why.zh), en: format!("Nothing was edited: {}.", why.en)
        },
        words!("请设置 EDITOR，或给出 JSON 文件。", "Set EDITOR, or give a JSON file."),
    )
}
