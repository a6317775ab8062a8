//! The real program in a folder of its own, for the tests of the command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder with a register, gone with its test.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What a command came to; all of it is shown where a test fails.
#[derive(Debug)]
#[allow(dead_code)]
pub struct Ran {
    /// The command line; `Debug` shows it in messages.
    #[allow(dead_code)]
    pub line: String,
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Place {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with a rehearsal register of a city, opened on 14 August 2023.
    pub fn with_register() -> Self {
        let place = Self::new();
        place.run("init --city 云泽市 --rehearsal --today 2023-08-14").done();
        place
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// The bytes of a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Whether a file stands there.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// The program in this folder, with its register.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cailiang"));
        command
            .current_dir(self.folder.path())
            .env("CAILIANG_DB", "register.db")
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env_remove("CAILIANG_LANG")
            .env_remove("EDITOR")
            .env_remove("VISUAL")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command line, split at blanks; words that hold blanks go through [`Self::run_words`].
    pub fn run(&self, line: &str) -> Ran {
        self.run_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the program with these words.
    pub fn run_words(&self, words: &[&str]) -> Ran {
        ran(self.command().args(words), words)
    }

    /// Runs a command line with something on standard input.
    pub fn run_with_input(&self, line: &str, input: &str) -> Ran {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut child = self
            .command()
            .args(&words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        told(child.wait_with_output().unwrap(), &words)
    }

    /// Runs command lines on one day, each of which must succeed.
    pub fn on(&self, day: &str, lines: &[&str]) {
        for line in lines {
            self.run(&format!("--today {day} {line}")).done();
        }
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command, words: &[&str]) -> Ran {
    told(command.output().unwrap(), words)
}

fn told(output: std::process::Output, words: &[&str]) -> Ran {
    Ran {
        line: words.join(" "),
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Ran {
    /// The same, which must have ended with 0.
    pub fn done(self) -> Self {
        self.ended(0)
    }

    /// The same, which must have ended with that code.
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The same, which must have said these words on either stream.
    pub fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words) || self.err.contains(words), "«{words}» was not said: {self:#?}");
        self
    }

    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Standard error as the one JSON object of a failure.
    pub fn error(&self) -> serde_json::Value {
        serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// The folder of published tables, where it is present.
pub fn real_tables() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real");
    let folder = std::env::var_os("CAILIANG_REAL").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("skipped: {} holds no published tables", folder.display());
        None
    }
}
