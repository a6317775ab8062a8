//! Keys as people name them: `Ctrl-S`, `F5`, `u`, `PageDown`. With a Chinese input method on, the full-width signs
//! ： ？ ／ 、 and full-width letters count as their half-width ones.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which.
    pub code: KeyCode,
    /// With Ctrl held.
    pub ctrl: bool,
    /// With Alt held.
    pub alt: bool,
}

const NAMED: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Space", KeyCode::Char(' ')),
];

impl Key {
    /// A key without Ctrl or Alt.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The key as the terminal tells it.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            code => code,
        };
        Self { code, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) }
    }

    /// The key with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if let Some(rest) = name.strip_prefix("Ctrl-").filter(|rest| !rest.is_empty()) {
            let key = Self::named(rest)?;
            let code = if let KeyCode::Char(c) = key.code { KeyCode::Char(c.to_ascii_lowercase()) } else { key.code };
            return Some(Self { ctrl: true, code, ..key });
        }
        if let Some(rest) = name.strip_prefix("Alt-").filter(|rest| !rest.is_empty()) {
            return Some(Self { alt: true, ..Self::named(rest)? });
        }
        if let Some((_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
            return Some(Self::plain(*code));
        }
        if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
            return (1..=24).contains(&number).then_some(Self::plain(KeyCode::F(number)));
        }
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::plain(KeyCode::Char(c))),
            _ => None,
        }
    }

    /// The name of another key that terminals send for this one.
    #[must_use]
    pub const fn same_in_a_terminal(self) -> Option<&'static str> {
        match self.code {
            KeyCode::Char('i') if self.ctrl => Some("Tab"),
            KeyCode::Char('m') if self.ctrl => Some("Enter"),
            KeyCode::Char('h') if self.ctrl => Some("Backspace"),
            KeyCode::Char('[') if self.ctrl => Some("Esc"),
            _ => None,
        }
    }

    /// The character that the key writes, where it writes one.
    #[must_use]
    pub const fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The key as a command: full-width signs and letters of an input method as half-width ones.
    #[must_use]
    pub fn as_command(self) -> Self {
        let half = |c: char| match c {
            '、' => '/',
            '。' => '.',
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        match self.code {
            KeyCode::Char(c) => Self { code: KeyCode::Char(half(c)), ..self },
            _ => self,
        }
    }

    /// Whether it works while words are being typed: a function key, or one with Ctrl or Alt.
    #[must_use]
    pub const fn works_while_typing(self) -> bool {
        self.ctrl || self.alt || !matches!(self.code, KeyCode::Char(_))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            KeyCode::F(number) => write!(f, "F{number}"),
            code => match NAMED.iter().find(|(_, known)| *known == code) {
                Some((name, _)) => f.write_str(name),
                None => match code {
                    KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
                    KeyCode::Char(c) => write!(f, "{c}"),
                    _ => f.write_str("?"),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for name in ["Ctrl-S", "F5", "u", "U", "PageDown", "Alt-Enter", "?", "/", ":", "Space", "Shift-Tab", "Ctrl-Up"]
        {
            assert_eq!(Key::named(name).unwrap().to_string(), name);
        }
        for name in ["", "Ctrl-", "Foo", "uu", "F0", "F25"] {
            assert_eq!(Key::named(name), None, "{name}");
        }
    }

    #[test]
    fn full_width_signs_are_commands() {
        for (typed, command) in [
            ("：", ":"),
            ("？", "?"),
            ("／", "/"),
            ("、", "/"),
            ("ｕ", "u"),
            ("Ｌ", "L"),
            ("　", "Space"),
            ("中", "中"),
        ] {
            assert_eq!(Key::named(typed).unwrap().as_command(), Key::named(command).unwrap(), "{typed}");
        }
    }
}
