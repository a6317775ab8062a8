//! Names of files as people type and paste them.

use std::path::{Path, PathBuf, is_separator};

/// How a name that was begun goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What was begun.
    pub begun: String,
    /// As far as it goes on in one way only.
    pub words: String,
    /// The names among which there is a choice; folders end with a separator.
    pub choices: Vec<String>,
}

/// The file that words name: a path as typed, in quotation marks as a terminal writes one that was dragged onto it, or a
/// `file://` address as file managers copy it.
#[must_use]
pub fn path_of(words: &str) -> PathBuf {
    let words = words.trim();
    let bare = ['\'', '"', '“', '”', '‘', '’'].iter().fold(words, |words, mark| words.trim_matches(*mark)).trim();
    if let Some(address) = bare.strip_prefix("file://") {
        let path = decoded(address.strip_prefix("localhost").unwrap_or(address));
        // file:///C:/…
        let drive = path.get(2..3) == Some(":") && path.starts_with('/');
        return PathBuf::from(if drive { path.get(1..).unwrap_or_default() } else { &path });
    }
    // On Unix a shell's way to write a blank; elsewhere the sign between folders.
    let escaped = cfg!(unix) && bare == words && bare.contains('\\');
    PathBuf::from(if escaped { unescaped(bare) } else { bare.to_owned() })
}

fn unescaped(words: &str) -> String {
    let mut out = String::new();
    let mut signs = words.chars();
    while let Some(sign) = signs.next() {
        out.extend(if sign == '\\' { signs.next() } else { Some(sign) });
    }
    out
}

/// An address with its `%E5` read.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let read = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        match (first, after) {
            (b'%', [high, low, behind @ ..]) if read(&[*high, *low]).is_some() => {
                bytes.extend(read(&[*high, *low]));
                rest = behind;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

/// The ends of the files that can be taken in.
const TABLES: &[&str] = &["xlsx", "xlsm", "xls", "csv", "txt"];

/// How a name goes on: folders and tables of the folder that it names so far.
#[must_use]
pub fn complete_path(begun: &str) -> Completion {
    let (folder, start) = begun.rfind(is_separator).map_or(("", begun), |at| begun.split_at(at + 1));
    let mut choices: Vec<String> =
        std::fs::read_dir(if folder.is_empty() { Path::new(".") } else { Path::new(folder) })
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok().and_then(|entry| offered(&entry.path(), start)))
            .collect();
    choices.sort();
    let together = choices.iter().skip(1).fold(choices.first().cloned().unwrap_or_default(), |whole, choice| {
        whole.chars().zip(choice.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
    });
    let words = if choices.is_empty() { begun.to_owned() } else { format!("{folder}{together}") };
    Completion { begun: begun.to_owned(), words, choices }
}

fn offered(path: &Path, start: &str) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    // What is hidden is shown to those who ask; what begins with ~$ marks a workbook that is open in Excel.
    if !name.starts_with(start) || name.starts_with("~$") || (name.starts_with('.') && !start.starts_with('.')) {
        return None;
    }
    if path.is_dir() {
        return Some(format!("{name}{}", std::path::MAIN_SEPARATOR));
    }
    let end = path.extension()?.to_str()?.to_lowercase();
    TABLES.contains(&end.as_str()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_many_ways() {
        for (words, path) in [
            ("  /表/城管 基准.xlsx ", "/表/城管 基准.xlsx"),
            ("'/表/城管 基准.xlsx'", "/表/城管 基准.xlsx"),
            ("\"C:\\表\\基准.xls\"", "C:\\表\\基准.xls"),
            ("“/表/基准.csv”", "/表/基准.csv"),
            ("file:///%E8%A1%A8/a%20b.csv", "/表/a b.csv"),
            ("file:///C:/a/b.csv", "C:/a/b.csv"),
            ("file:///50%25.csv", "/50%.csv"),
            ("file:///100%", "/100%"),
        ] {
            assert_eq!(path_of(words), PathBuf::from(path), "{words}");
        }
        if cfg!(unix) {
            assert_eq!(path_of("/表/城管\\ 基准\\(1\\).xlsx"), PathBuf::from("/表/城管 基准(1).xlsx"));
        }
    }

    #[test]
    fn a_name_goes_on_to_folders_and_tables() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        std::fs::create_dir(place("基准表")).unwrap();
        for name in ["基准一.xlsx", "基准二.XLS", "基准.doc", "~$基准一.xlsx", ".基准.csv", "别的.csv"] {
            std::fs::write(place(name), "").unwrap();
        }
        let at = |begun: &str| place(begun).display().to_string();
        let several = complete_path(&at("基"));
        assert_eq!(several.words, at("基准"));
        assert_eq!(several.choices, ["基准一.xlsx", "基准二.XLS", &format!("基准表{}", std::path::MAIN_SEPARATOR)]);
        let one = complete_path(&at("别"));
        assert_eq!((one.words, one.choices.len()), (at("别的.csv"), 1));
        let none = complete_path(&at("没有"));
        assert_eq!((none.words, none.choices.len()), (at("没有"), 0));
        assert_eq!(complete_path(&at(".基")).choices, [".基准.csv"]);
    }
}
