//! The README's examples: every `$` line is run in one folder, word for word, and every line that the README shows under
//! it is printed.

use std::path::Path;
use std::process::Command;

/// One example: the command line and the lines that must follow.
struct Example {
    command: String,
    output: Vec<String>,
}

fn examples(readme: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) => found.push(Example { command: command.to_owned(), output: Vec::new() }),
                None => found.last_mut().unwrap().output.push(line.to_owned()),
            }
        }
    }
    found
}

/// Splits a line as a shell does, as far as the README needs it: blanks, and quotes of both forms.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in line.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') if word.is_empty() => {}
            (None, ' ') => words.push(std::mem::take(&mut word)),
            _ => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Copies the examples of the repository, as the README's first line does.
fn copy_examples(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|ending| ending == "csv") {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn the_tour_of_the_readme_works_word_for_word() {
    let readme = include_str!("../../README.md");
    let folder = tempfile::tempdir().unwrap();
    copy_examples(folder.path());
    let mut register = "register.db".to_owned();
    let examples = examples(readme);
    assert!(examples.len() > 15, "the README lost its tour");
    for example in examples {
        let words = words(&example.command);
        if words[0] == "export" {
            register = words[1].strip_prefix("CAILIANG_DB=").unwrap().to_owned();
            continue;
        }
        assert_eq!(words[0], "cailiang", "{}", example.command);
        let output = Command::new(env!("CARGO_BIN_EXE_cailiang"))
            .args(&words[1..])
            .current_dir(folder.path())
            .env("CAILIANG_DB", &register)
            .env_remove("CAILIANG_LANG")
            .output()
            .unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        // The README may leave lines out, but shows none that is not printed, in order.
        let mut lines = printed.lines();
        for shown in &example.output {
            assert!(lines.any(|line| line == shown), "$ {}\n{shown}\nis not in\n{printed}", example.command);
        }
        assert!(output.status.code().is_some_and(|code| code <= 1), "$ {}\n{printed}", example.command);
    }
}
