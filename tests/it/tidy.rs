//! The house rules that a compiler does not hold: who may use whom, which layer names which crate, how long a file is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each module with the modules of this crate that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("reading", &["domain"]),
    ("i18n", &["domain"]),
    ("demo", &["domain"]),
    ("checks", &["domain", "reading"]),
    ("store", &["domain"]),
    ("exchange", &["domain", "reading", "i18n"]),
    ("service", &["domain", "reading", "checks", "store", "exchange", "i18n", "demo"]),
    ("settings", &["domain", "i18n"]),
    ("cli", &["domain", "i18n", "service", "settings", "reading", "tui"]),
    ("tui", &["domain", "i18n", "service", "settings"]),
];

/// Crates that one layer alone may name.
const OWNERS: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("calamine", &["exchange"]),
    ("rust_xlsxwriter", &["exchange"]),
    ("encoding_rs", &["exchange"]),
    ("quick_xml", &["exchange"]),
    ("zip", &["exchange"]),
    ("csv", &["exchange", "cli"]),
    ("clap", &["cli"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("signal_hook", &["tui"]),
    ("rustix", &["tui"]),
    ("etcetera", &["main"]),
];

/// A file longer than this is two.
const LONGEST: usize = 520;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its layer and its text up to its tests.
fn files() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
            let layer = first.trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (path, layer, text)
        })
        .collect()
}

/// The crate's modules that a line uses: `use crate::store::…` and `crate::store::…` inside.
fn used(text: &str) -> Vec<String> {
    let code = text.lines().map(|line| line.split("//").next().unwrap());
    code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned))
        .collect()
}

#[test]
fn layers_use_only_what_stands_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut broken = Vec::new();
    for (path, layer, text) in files() {
        let Some(allowed) = allowed.get(layer.as_str()) else { continue };
        for name in used(&text) {
            let other = MAY_USE.iter().any(|(module, _)| *module == name) && name != layer;
            if other && !allowed.contains(&name.as_str()) {
                broken.push(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn a_crate_is_named_by_its_own_layer_only() {
    let mut broken = Vec::new();
    for (path, layer, text) in files() {
        for (name, owners) in OWNERS {
            let names = |line: &str| line.contains(&format!("{name}::")) && !line.trim_start().starts_with("//");
            if text.lines().any(names) && !owners.contains(&layer.as_str()) {
                broken.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_file_opens_with_what_it_is_and_is_no_longer_than_a_sitting() {
    let mut broken = Vec::new();
    for (path, _, text) in files() {
        let tests_only = path.file_name().is_some_and(|name| name == "tests.rs");
        if !text.starts_with("//!") && !tests_only {
            broken.push(format!("{} does not say what it is", path.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            broken.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn only_the_program_itself_looks_at_clock_and_environment() {
    let mut broken = Vec::new();
    for (path, layer, text) in files() {
        for word in ["Utc::now", "Local::now", "SystemTime::now", "env::var"] {
            if layer != "main" && text.contains(word) {
                broken.push(format!("{} uses {word}", path.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}
