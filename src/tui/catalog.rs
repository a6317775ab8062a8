//! One record per command: from it come dispatch, footer, help, palette and the table of keys in the README.

use std::fmt::Write as _;

use super::Ctx;
use super::keymap::Keys;
use super::screens::Step;
use crate::domain::search;
use crate::i18n::{Lang, Text, Words};

/// Whether a command can run now; a refusal carries its reason.
pub type Ready = Result<(), Words>;

/// A command, bound to what it works on.
#[derive(Debug)]
pub struct Spec<S: 'static> {
    /// What it is.
    pub about: About,
    /// Whether it can run.
    pub ready: fn(&S, &Ctx) -> Ready,
    /// Runs it.
    pub run: fn(&mut S, &Ctx) -> Vec<Step>,
}

/// A command as people meet it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Identifier, for settings: `items.filter`.
    pub id: &'static str,
    /// The keys that are built in, by name, the one that footers show first. Which are in force, a
    /// [`Keymap`](super::keymap::Keymap) tells.
    pub keys: &'static [&'static str],
    /// A word or two.
    pub label: Text,
    /// A sentence.
    pub help: Text,
    /// Whether the footer shows it.
    pub footer: bool,
}

/// A command with whether it can run now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The command.
    pub about: About,
    /// Whether it can run.
    pub ready: Ready,
}

/// Always ready.
pub fn always<S>(_: &S, _: &Ctx) -> Ready {
    Ok(())
}

/// What a list of commands offers now.
pub fn offers<S>(specs: &'static [Spec<S>], on: &S, ctx: &Ctx) -> Vec<Offer> {
    specs.iter().map(|spec| Offer { about: spec.about, ready: (spec.ready)(on, ctx) }).collect()
}

/// Runs the command with this id, where the list has it.
pub fn perform<S>(specs: &'static [Spec<S>], id: &str, on: &mut S, ctx: &Ctx) -> Option<Vec<Step>> {
    specs.iter().find(|spec| spec.about.id == id).map(|spec| (spec.run)(on, ctx))
}

impl About {
    /// Whether a word typed into the palette means it: in either language, by pinyin initials, by one of its keys.
    #[must_use]
    pub fn matches(&self, words: &str, keys: &Keys) -> bool {
        let within = |text: &str| search::matches(words, text);
        words.split_whitespace().all(|word| {
            within(self.label.zh)
                || within(self.help.zh)
                || self.label.en.to_lowercase().contains(&word.to_lowercase())
                || self.help.en.to_lowercase().contains(&word.to_lowercase())
                || keys.are_named(word)
        })
    }
}

/// Every command with the screen that it belongs to.
#[must_use]
pub fn everything() -> Vec<(Text, Vec<About>)> {
    fn about<S>(specs: &'static [Spec<S>]) -> Vec<About> {
        specs.iter().map(|spec| spec.about).collect()
    }
    use super::{app, screens};
    vec![
        (Text::new("各屏通用", "Everywhere"), about(app::COMMANDS)),
        (screens::overview::TITLE, about(screens::overview::COMMANDS)),
        (screens::items::TITLE, about(screens::items::COMMANDS)),
        (screens::baseline::TITLE, about(screens::baseline::COMMANDS)),
        (screens::deadlines::TITLE, about(screens::deadlines::COMMANDS)),
        (screens::sources::TITLE, about(screens::sources::COMMANDS)),
        (screens::import::TITLE, about(screens::import::COMMANDS)),
    ]
}

/// The table of keys for the README: a row a screen, each command with the first of its keys.
#[must_use]
pub fn key_table(lang: Lang) -> String {
    let head = Text::new("| 屏幕 | 按键 |\n|---|---|\n", "| screen | keys |\n|---|---|\n");
    let mut table = head.say(lang).to_owned();
    for (title, commands) in everything() {
        let command = |about: &About| {
            let key = about.keys.first().copied().unwrap_or_default();
            format!("`{key}` {}", about.label.say(lang))
        };
        let commands: Vec<String> = commands.iter().map(command).collect();
        let _ = writeln!(table, "| {} | {} |", title.say(lang), commands.join(" · "));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::Key;

    #[test]
    fn every_key_has_a_name_and_no_two_commands_share_one() {
        let all = everything();
        let common = &all[0].1;
        for (at, (title, commands)) in all.iter().enumerate() {
            let mut seen: Vec<(Key, &str)> = Vec::new();
            for about in commands.iter().chain(if at > 0 { common.as_slice() } else { &[] }) {
                for name in about.keys {
                    let key = Key::named(name).unwrap_or_else(|| panic!("{name} of {}", about.id));
                    let clash = seen.iter().find(|(other, _)| *other == key);
                    // A screen may give a common key a meaning of its own.
                    assert!(
                        clash.is_none() || common.contains(about),
                        "{name} of {} and {clash:?} in {}",
                        about.id,
                        title.en
                    );
                    seen.push((key, about.id));
                }
            }
        }
    }

    #[test]
    fn every_command_has_a_key_that_an_input_method_leaves_alone() {
        for (_, commands) in everything() {
            for about in commands {
                let safe = about.keys.iter().filter_map(|name| Key::named(name)).any(Key::works_while_typing);
                assert!(safe, "{} has none", about.id);
                assert!(!about.help.zh.is_empty() && !about.help.en.is_empty());
            }
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<&str> =
            everything().iter().flat_map(|(_, commands)| commands.iter().map(|about| about.id)).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
