//! `register.schema.json` is made from the list of tables and the comments of `schema.sql`, and holds for a real export.

use std::collections::BTreeMap;
use std::path::Path;

use cailiang::service::{REGISTER_SCHEMA, Register};
use cailiang::store::{Column, Form, TABLES};
use serde_json::{Value, json};

use crate::filled::filled;

#[test]
fn the_schema_describes_what_is_written() {
    let schema = described();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("register.schema.json");
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    if std::env::var_os("CAILIANG_WRITE_SCHEMA").is_some() {
        std::fs::write(path, &text).unwrap();
    } else {
        assert_eq!(REGISTER_SCHEMA, text, "stale: run this test with CAILIANG_WRITE_SCHEMA=1 and build again");
    }
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut value = exported(&filled(&folder.path().join("a.db")));
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for table in TABLES {
        let row = value["register"][table.name][0].as_object_mut().unwrap();
        row.insert("colour".to_owned(), json!(1));
        assert!(!validator.is_valid(&value), "{}: a column too many", table.name);
        value["register"][table.name][0].as_object_mut().unwrap().remove("colour");
    }
    assert!(validator.is_valid(&value));
}

fn exported(register: &Register) -> Value {
    let mut bytes = Vec::new();
    register.export_json(&mut bytes, None).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The schema as the list of tables and the comments of `schema.sql` give it.
fn described() -> Value {
    let comments = comments();
    let words = |key: &str| comments.get(key).cloned().unwrap_or_default();
    let mut tables = serde_json::Map::new();
    for table in TABLES {
        let column = |column: &Column| {
            let mut described = match column.form {
                Form::Number => json!({ "type": "integer" }),
                Form::NumberOrNull => json!({ "type": ["integer", "null"] }),
                Form::Text => json!({ "type": "string" }),
                Form::TextOrNull => json!({ "type": ["string", "null"] }),
                Form::Bytes => json!({ "type": "string", "contentEncoding": "base64" }),
            };
            let comment = words(&format!("{}.{}", table.name, column.name));
            if !comment.is_empty() {
                described["description"] = json!(comment);
            }
            match (table.name, column.name) {
                ("version", "content") | ("trail", "detail") => {
                    described["contentMediaType"] = json!("application/json");
                }
                (_, "toml") => described["contentMediaType"] = json!("application/toml"),
                _ => {}
            }
            (column.name.to_owned(), described)
        };
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let rows = json!({
            "type": "object", "additionalProperties": false, "required": names,
            "properties": table.columns.iter().map(column).collect::<serde_json::Map<_, _>>(),
        });
        let table_words = words(table.name);
        tables.insert(table.name.to_owned(), json!({ "type": "array", "description": table_words, "items": rows }));
    }
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A register of administrative discretion baselines, as cailiang export --to json writes it",
        "description": "Tables hold the rows of the database verbatim, in the order of their keys. Counts and the search index are left out: they are made anew.",
        "type": "object", "additionalProperties": false, "required": ["envelope", "register"],
        "properties": {
            "envelope": envelope(),
            "register": { "type": "object", "additionalProperties": false, "required": names, "properties": tables },
        },
    })
}

fn envelope() -> Value {
    json!({
        "type": "object", "additionalProperties": false,
        "required": ["format", "exported_at", "trail", "filter", "program"],
        "properties": {
            "format": { "const": 1, "description": "Format of the file." },
            "exported_at": { "type": "string", "format": "date-time", "description": "Time of UTC+8 at which it was written." },
            "trail": {
                "type": "object", "additionalProperties": false, "required": ["count", "head"],
                "description": "How the trail of the register ends: the anchor.",
                "properties": {
                    "count": { "type": "integer", "minimum": 0 },
                    "head": { "type": "string", "pattern": "^([0-9a-f]{64})?$" },
                },
            },
            "filter": { "type": ["string", "null"], "description": "The filter that the items were picked by; null in a full copy. Only a full copy can be imported." },
            "program": { "type": "string", "description": "Which program wrote it." },
        },
    })
}

/// The comments of `schema.sql`, by table and by `table.column`.
fn comments() -> BTreeMap<String, String> {
    let (mut found, mut table, mut before) = (BTreeMap::new(), String::new(), String::new());
    for line in include_str!("../../schema.sql").lines() {
        let (code, comment) = line.split_once("--").map_or((line, ""), |(code, comment)| (code, comment.trim()));
        let code = code.trim();
        if let Some(rest) = code.strip_prefix("CREATE TABLE ") {
            rest.trim_end_matches(" (").clone_into(&mut table);
            found.insert(table.clone(), std::mem::take(&mut before));
        } else if code.is_empty() {
            let blank = if before.is_empty() || comment.is_empty() { "" } else { " " };
            before = if comment.is_empty() { String::new() } else { format!("{before}{blank}{comment}") };
        } else if let (Some(name), false) = (code.split(' ').next(), comment.is_empty()) {
            found.insert(format!("{table}.{name}"), comment.to_owned());
        }
    }
    found
}
