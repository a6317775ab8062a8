//! The settings file: what one user wants at every start. An unknown key is an error with its line, never passed over.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::domain::label::Lang;
use crate::domain::toml_error::{TomlError, TomlProblem};
use crate::i18n::{Failure, Words, io_trouble};
use crate::words;

/// The settings of one user; what is absent is built in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Language: `zh` or `en`.
    pub lang: Option<Lang>,
    /// The register's file.
    pub db: Option<PathBuf>,
    /// The editor of `baseline edit`.
    pub editor: Option<String>,
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

    fn parse(text: &str, path: &Path) -> Result<Self, Failure> {
        toml::from_str(text).map_err(|error| wrong(path, &TomlError::of(text, &error)))
    }
}

fn wrong(path: &Path, error: &TomlError) -> Failure {
    let (line, place) = (error.line, path.display());
    let reason = match &error.problem {
        TomlProblem::UnknownKey(key) => words!("没有「{key}」这项设置。", "there is no setting \"{key}\"."),
        TomlProblem::UnknownTerm(word) => words!("「{word}」不是可用的值。", "\"{word}\" may not stand there."),
        TomlProblem::MissingKey(key) => words!("缺少 {key}。", "{key} is missing."),
        TomlProblem::Expected(_) => words!("这里的值写得不对。", "the value has another form here."),
        TomlProblem::Other(why) => words!("读不懂：{why}。", "it does not read: {why}."),
    };
    let next = Words {
        zh: "可用的设置：lang（zh 或 en）、db、editor。".to_owned(),
        en: "Settings: lang (zh or en), db, editor.".to_owned(),
    };
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
        ] {
            let failure = Settings::parse(text, path).unwrap_err();
            assert!(failure.reason.en.contains(told), "{}", failure.reason.en);
        }
    }

    #[test]
    fn a_file_that_was_named_must_exist() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("absent.toml");
        assert_eq!(Settings::read(&path, false).unwrap(), Settings::default());
        assert!(Settings::read(&path, true).is_err());
    }
}
