//! Which keys run which command: those of the catalogue, and those that the settings file puts in their place. Names
//! of keys are read here once; whatever presses, shows or tells a key asks here.

use std::collections::HashMap;

use super::catalog::{About, everything};
use super::key::Key;
use crate::i18n::{Failure, Text, Words};
use crate::settings::{KeyTable, KeyWish};
use crate::words;

/// The keys in force, by command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    of: HashMap<&'static str, Keys>,
}

/// The keys of one command, the one that footers show first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    each: Vec<(Key, String)>,
    shown: String,
}

/// What a command has without any.
const NONE: &Keys = &Keys { each: Vec::new(), shown: String::new() };

impl Keys {
    fn new(keys: Vec<Key>) -> Self {
        let each: Vec<(Key, String)> = keys.into_iter().map(|key| (key, key.to_string())).collect();
        let shown = each.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" ");
        Self { each, shown }
    }

    /// Whether the key is one of them.
    #[must_use]
    pub fn has(&self, key: Key) -> bool {
        self.each.iter().any(|(own, _)| *own == key)
    }

    /// Whether one of them has this name, in capital or small letters.
    #[must_use]
    pub fn are_named(&self, name: &str) -> bool {
        self.each.iter().any(|(_, own)| own.eq_ignore_ascii_case(name))
    }

    /// The name of the first.
    #[must_use]
    pub fn first(&self) -> &str {
        self.each.first().map_or("", |(_, name)| name)
    }

    /// The name of the first that works while words are typed or an input method is on.
    #[must_use]
    pub fn while_typing(&self) -> &str {
        self.each.iter().find(|(key, _)| key.works_while_typing()).map_or("", |(_, name)| name)
    }

    /// The names of all.
    #[must_use]
    pub fn names(&self) -> &str {
        &self.shown
    }
}

impl Default for Keymap {
    fn default() -> Self {
        let about = everything().into_iter().flat_map(|(_, commands)| commands);
        let keys = |about: &About| Keys::new(about.keys.iter().filter_map(|name| Key::named(name)).collect());
        Self { of: about.map(|about| (about.id, keys(&about))).collect() }
    }
}

impl Keymap {
    /// The keys of the catalogue with those that the settings want in their place.
    pub fn new(table: &KeyTable) -> Result<Self, Failure> {
        let built_in = Self::default();
        let mut map = built_in.clone();
        let wrong = |(line, reason, next)| table.wrong(line, reason, next);
        for wish in &table.wishes {
            let (id, keys) = built_in.read(wish).map_err(wrong)?;
            map.of.insert(id, keys);
        }
        map.clash(&built_in, &table.wishes).map_or(Ok(map), |trouble| Err(wrong(trouble)))
    }

    /// The keys of a command.
    #[must_use]
    pub fn of(&self, id: &str) -> &Keys {
        self.of.get(id).unwrap_or(NONE)
    }

    fn read(&self, wish: &KeyWish) -> Result<(&'static str, Keys), Trouble> {
        let Some((&id, _)) = self.of.get_key_value(wish.command.as_str()) else {
            let reason = words!("没有命令「{}」。", "there is no command \"{}\".", wish.command);
            let next = words!("cailiang keys 列出全部命令和键。", "cailiang keys lists the commands with their keys.");
            return Err((wish.line, reason, next));
        };
        let keys = wish.keys.iter().map(|(name, line)| read(name).map_err(|(reason, next)| (*line, reason, next)));
        let keys: Vec<Key> = keys.collect::<Result<_, _>>()?;
        if !keys.iter().any(|key| key.works_while_typing()) {
            let reason = words!(
                "{id} 没有一个键在打开输入法时也能用。",
                "{id} would have no key that works with an input method on."
            );
            let next = words!(
                "请至少写一个功能键、方向键一类的键，或带 Ctrl、Alt 的键。",
                "Give it at least one function key, named key, or key with Ctrl or Alt."
            );
            return Err((wish.line, reason, next));
        }
        Ok((id, Keys::new(keys)))
    }

    /// Two commands of one screen, or one of a screen and one of all screens, that would have the same key. What is
    /// built in may share one: a screen gives some common keys a meaning of its own.
    fn clash(&self, built_in: &Self, wishes: &[KeyWish]) -> Option<Trouble> {
        let all = everything();
        let common: &[About] = all.first().map_or(&[], |(_, commands)| commands);
        let wished = |about: &About| wishes.iter().find(|wish| wish.command == about.id);
        for (_, commands) in &all {
            let here: Vec<&About> = commands.iter().chain(common).collect();
            for one in &here {
                let Some(wish) = wished(one) else { continue };
                for (key, name) in &self.of(one.id).each {
                    let shared = |other: &&&About| {
                        other.id != one.id
                            && self.of(other.id).has(*key)
                            && !(built_in.of(one.id).has(*key) && built_in.of(other.id).has(*key))
                            // Of two that were wished for, the later line is at fault.
                            && wished(other).is_none_or(|other| other.line <= wish.line)
                    };
                    if let Some(other) = here.iter().find(shared) {
                        return Some(shares(wish, name, other));
                    }
                }
            }
        }
        None
    }
}

/// What is wrong: line, reason, next step.
type Trouble = (usize, Words, Words);

fn shares(wish: &KeyWish, name: &str, other: &About) -> Trouble {
    let line =
        wish.keys.iter().find(|(own, _)| Key::named(own) == Key::named(name)).map_or(wish.line, |(_, line)| *line);
    let Text { zh, en } = other.label;
    let id = other.id;
    (
        line,
        words!("{name} 已经是 {id}（{zh}）的键。", "{name} is the key of {id} ({en}) already."),
        words!("请换一个键，或在 [keys] 里给 {id} 另写一个。", "Take another, or give {id} another one in [keys]."),
    )
}

/// The key that a name stands for; else why none does, and what to write.
fn read(name: &str) -> Result<Key, (Words, Words)> {
    let known = Key::named(name).filter(|key| !matches!(key.code, crossterm::event::KeyCode::Char(c) if !c.is_ascii()));
    let Some(key) = known else {
        return Err((
            words!("没有叫「{name}」的键。", "there is no key \"{name}\"."),
            words!(
                "键名如 a、A、?、Space、Enter、Esc、Tab、Shift-Tab、Backspace、Delete、Insert、Up、Down、Left、Right、Home、End、PageUp、PageDown、F1、Ctrl-S、Alt-Enter。",
                "Names are such as a, A, ?, Space, Enter, Esc, Tab, Shift-Tab, Backspace, Delete, Insert, Up, Down, Left, Right, Home, End, PageUp, PageDown, F1, Ctrl-S, Alt-Enter."
            ),
        ));
    };
    match key.same_in_a_terminal() {
        None => Ok(key),
        Some(other) => Err((
            words!("终端分不清 {key} 和 {other}。", "terminals do not tell {key} from {other}."),
            words!("请写 {other}，或换一个键。", "Write {other}, or take another key."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::settings::Settings;

    fn map(table: &str) -> Result<Keymap, Failure> {
        Keymap::new(&Settings::parse(&format!("[keys]\n{table}\n"), Path::new("s.toml"))?.keys)
    }

    #[test]
    fn what_is_wished_for_takes_the_place_of_what_is_built_in() {
        let map = map("\"sources.open\" = [\"o\", \"Ctrl-o\"]\nquit = \"F13\"").unwrap();
        let open = map.of("sources.open");
        assert_eq!((open.names(), open.first(), open.while_typing()), ("o Ctrl-O", "o", "Ctrl-O"));
        assert!(open.has(Key::named("Ctrl-O").unwrap()) && !open.has(Key::named("Enter").unwrap()));
        assert_eq!(map.of("quit").names(), "F13");
        assert_eq!(map.of("help"), Keymap::default().of("help"));
    }

    #[test]
    fn what_cannot_be_is_told_with_its_line_and_the_next_step() {
        for (table, zh, en) in [
            ("\nopen = \"o\"", "第 3 行：没有命令「open」。", "line 3: there is no command \"open\"."),
            ("quit = \"Strg-Q\"", "没有叫「Strg-Q」的键。", "there is no key \"Strg-Q\"."),
            ("quit = [\"F10\",\n\"养\"]", "第 3 行：没有叫「养」的键。", "line 3: there is no key \"养\"."),
            ("quit = \"F99\"", "没有叫「F99」的键。", "there is no key \"F99\"."),
            ("quit = \"Ctrl-M\"", "分不清 Ctrl-M 和 Enter。", "do not tell Ctrl-M from Enter."),
            ("quit = \"Q\"", "没有一个键在打开输入法时也能用", "no key that works with an input method on"),
            ("quit = []", "没有一个键在打开输入法时也能用", "no key that works with an input method on"),
            // Within a screen; with a command of all screens; a common command against one of a screen.
            ("sources.open = [\"e\", \"F12\"]", "e 已经是 sources.explain（", "e is the key of sources.explain ("),
            ("sources.open = [\"q\", \"F12\"]", "q 已经是 quit（退出）的键。", "q is the key of quit (quit) already."),
            ("quit = \"F9\"", "F9 已经是 ", "F9 is the key of "),
            // Two wishes: the later line is told.
            (
                "quit = \"F20\"\nhelp = \"F20\"",
                "第 3 行：F20 已经是 quit（退出）的键。",
                "line 3: F20 is the key of quit (quit)",
            ),
        ] {
            let failure = map(table).unwrap_err();
            assert!(failure.reason.zh.contains(zh), "{}", failure.reason.zh);
            assert!(failure.reason.en.contains(en), "{}", failure.reason.en);
            assert!(failure.reason.en.starts_with("s.toml, line ") && !failure.next.zh.is_empty());
        }
    }

    #[test]
    fn keys_may_be_exchanged() {
        let map = map("deadlines.extend = [\"w\", \"F9\"]\ndeadlines.waive = [\"e\", \"F7\"]").unwrap();
        assert_eq!((map.of("deadlines.extend").first(), map.of("deadlines.waive").first()), ("w", "e"));
    }

    #[test]
    fn every_key_told_in_a_sentence_is_that_of_a_command() {
        let map = Keymap::default();
        let mut files = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/tui"))];
        let mut told = 0;
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for id in text.split("ctx.key(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(!map.of(id).while_typing().is_empty(), "{id} in {}", path.display());
                told += 1;
            }
        }
        assert!(told > 5, "{told}");
    }
}
