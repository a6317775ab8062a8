//! The settings file: what one user wants at every start. An unknown key is an error with its line, never passed over.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::label::Lang;
use crate::domain::toml_error::{TomlError, TomlProblem, line_at};
use crate::i18n::{Failure, Words, io_trouble};
use crate::words;

/// The settings of one user; what is absent is built in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Language: `zh` or `en`.
    pub lang: Option<Lang>,
    /// The register's file.
    pub db: Option<PathBuf>,
    /// The editor of `baseline edit`.
    pub editor: Option<String>,
    /// Keys of the interface.
    pub keys: KeyTable,
}

/// The keys that a user wants for commands, as written: what they mean is for the interface to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyTable {
    /// The settings file.
    file: PathBuf,
    /// A line a command.
    pub wishes: Vec<KeyWish>,
}

/// The keys wanted for one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWish {
    /// Identifier of the command.
    pub command: String,
    /// Where it stands.
    pub line: usize,
    /// Names of keys, each with its line.
    pub keys: Vec<(String, usize)>,
}

/// The file as it is written. The keys are read by hand: each must be told with its line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    lang: Option<Lang>,
    db: Option<PathBuf>,
    editor: Option<String>,
    #[serde(rename = "keys")]
    _keys: Option<IgnoredAny>,
}

impl Settings {
    /// Reads the file at `path`; where `must` is not set, a file that does not exist is empty settings.
    pub fn read(path: &Path, must: bool) -> Result<Self, Failure> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must => Ok(Self::default()),
            Err(error) => Err(Failure::usage(
                {
                    let (file, why) = (path.display(), io_trouble(&error));
                    Words {
                        zh: format!("设置文件 {file} 读不出来：{}。", why.zh),
                        en: format!("The settings file {file} cannot be read: {}.", why.en),
                    }
                },
                words!("请检查 --config 指的文件。", "Check the file that --config names."),
            )),
        }
    }

    /// Reads settings from the text of the file at `path`.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Failure> {
        let unreadable = |error| wrong(path, &TomlError::of(text, &error));
        let Written { lang, db, editor, .. } = toml::from_str(text).map_err(unreadable)?;
        let mut keys = KeyTable { file: path.to_owned(), wishes: Vec::new() };
        let whole = DeTable::parse(text).map_err(unreadable)?;
        if let Some((_, table)) = whole.get_ref().iter().find(|(key, _)| key.get_ref() == "keys") {
            keys.gather("", table, text)?;
        }
        Ok(Self { lang, db, editor, keys })
    }
}

impl KeyTable {
    /// What is said where a line asks for something that cannot be.
    #[must_use]
    pub fn wrong(&self, line: usize, reason: Words, next: Words) -> Failure {
        at_line(&self.file, line, reason, next)
    }

    /// Takes the entries of a table. `items.open = "o"` without quotation marks is a table within, and means the same.
    fn gather(&mut self, above: &str, value: &Spanned<DeValue<'_>>, text: &str) -> Result<(), Failure> {
        let line = line_at(text, value.span().start);
        match value.get_ref() {
            DeValue::Table(table) => table.iter().try_for_each(|(key, value)| {
                let key = key.get_ref();
                self.gather(&if above.is_empty() { key.to_string() } else { format!("{above}.{key}") }, value, text)
            }),
            DeValue::String(_) if !above.is_empty() => self.wish(above, line, std::slice::from_ref(value), text),
            DeValue::Array(keys) if !above.is_empty() => {
                self.wish(above, line, &keys.iter().cloned().collect::<Vec<_>>(), text)
            }
            _ => Err(self.no_key_name(line)),
        }
    }

    fn wish(&mut self, command: &str, line: usize, names: &[Spanned<DeValue<'_>>], text: &str) -> Result<(), Failure> {
        if self.wishes.iter().any(|other| other.command == command) {
            let reason = words!("命令「{command}」写了两次。", "the command \"{command}\" stands there twice.");
            return Err(self.wrong(line, reason, words!("请只留一行。", "Leave one line.")));
        }
        let name = |value: &Spanned<DeValue<'_>>| {
            let line = line_at(text, value.span().start);
            let name = value.get_ref().as_str().ok_or_else(|| self.no_key_name(line))?;
            Ok((name.to_owned(), line))
        };
        let keys = names.iter().map(name).collect::<Result<_, Failure>>()?;
        self.wishes.push(KeyWish { command: command.to_owned(), line, keys });
        Ok(())
    }

    fn no_key_name(&self, line: usize) -> Failure {
        self.wrong(
            line,
            words!("这里要写键名。", "the name of a key must stand here."),
            words!(
                "写一个键名，或用方括号写几个：\"items.open\" = [\"Enter\", \"o\"]。",
                "Write one, or several in brackets: \"items.open\" = [\"Enter\", \"o\"]."
            ),
        )
    }
}

fn wrong(path: &Path, error: &TomlError) -> Failure {
    let reason = match &error.problem {
        TomlProblem::UnknownKey(key) => words!("没有「{key}」这项设置。", "there is no setting \"{key}\"."),
        TomlProblem::UnknownTerm(word) => words!("「{word}」不是可用的值。", "\"{word}\" may not stand there."),
        TomlProblem::MissingKey(key) => words!("缺少 {key}。", "{key} is missing."),
        TomlProblem::Expected(_) => words!("这里的值写得不对。", "the value has another form here."),
        TomlProblem::Other(why) => words!("读不懂：{why}。", "it does not read: {why}."),
    };
    let next = Words {
        zh: "可用的设置：lang（zh 或 en）、db、editor、[keys]。".to_owned(),
        en: "Settings: lang (zh or en), db, editor, [keys].".to_owned(),
    };
    at_line(path, error.line, reason, next)
}

fn at_line(path: &Path, line: usize, reason: Words, next: Words) -> Failure {
    let place = path.display();
    Failure::usage(reason.before(&format!("{place} 第 {line} 行："), &format!("{place}, line {line}: ")), next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_their_errors() {
        let path = Path::new("settings.toml");
        let settings = Settings::parse("lang = \"en\"\ndb = \"a.db\"\n", path).unwrap();
        assert_eq!((settings.lang, settings.db), (Some(Lang::En), Some("a.db".into())));
        for (text, told) in [
            ("lang = \"en\"\ncolour = 1\n", "settings.toml, line 2: there is no setting \"colour\"."),
            ("\nlang = \"fr\"\n", "settings.toml, line 2: \"fr\" may not stand there."),
            ("lang = \n", "line 1: it does not read"),
            ("keys = 1\n", "line 1: the name of a key must stand here."),
            ("[keys]\n\nquit = 1\n", "line 3: the name of a key must stand here."),
            ("[keys]\nquit = [\n\"F10\",\n2]\n", "line 4: the name of a key must stand here."),
            ("[keys]\n\"a.b\" = \"x\"\na.b = \"y\"\n", "the command \"a.b\" stands there twice."),
        ] {
            let failure = Settings::parse(text, path).unwrap_err();
            assert!(failure.reason.en.contains(told), "{}", failure.reason.en);
            assert!(!failure.next.en.is_empty());
        }
    }

    #[test]
    fn keys_are_written_in_three_ways() {
        let text = "[keys]\nquit = \"F10\"\n\"items.open\" = [\"Enter\",\n \"o\"]\nimport.try = \"F8\"\n";
        let keys = Settings::parse(text, Path::new("settings.toml")).unwrap().keys;
        let wish = |command: &str, line, keys: &[(&str, usize)]| KeyWish {
            command: command.to_owned(),
            line,
            keys: keys.iter().map(|(name, line)| ((*name).to_owned(), *line)).collect(),
        };
        let mut wishes = keys.wishes;
        wishes.sort_by_key(|wish| wish.line);
        assert_eq!(
            wishes,
            [
                wish("quit", 2, &[("F10", 2)]),
                wish("items.open", 3, &[("Enter", 3), ("o", 4)]),
                wish("import.try", 5, &[("F8", 5)])
            ]
        );
    }

    #[test]
    fn a_file_that_was_named_must_exist() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("absent.toml");
        assert_eq!(Settings::read(&path, false).unwrap(), Settings::default());
        assert!(Settings::read(&path, true).is_err());
    }
}
