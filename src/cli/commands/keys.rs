//! The commands of the interface with the keys in force, for writing the table of keys in the settings file.

use super::super::out::{Desk, broken};
use super::super::table::{Cell, Column, column};
use crate::service::Result;
use crate::tui::catalog::everything;
use crate::tui::keymap::Keymap;

const COLUMNS: &[Column] = &[
    column("screen", "屏幕", "screen"),
    column("command", "命令", "command"),
    column("keys", "按键", "keys"),
    column("does", "作用", "does"),
];

/// Lists them; where the settings ask for what cannot be, what is built in, and then why.
pub(super) fn keys(desk: &mut Desk<'_, '_>) -> Result<u8> {
    let wanted = Keymap::new(&desk.keys);
    let keys = wanted.as_ref().map_or_else(|_| Keymap::default(), Clone::clone);
    let lang = desk.lang;
    let mut printer = desk.printer(COLUMNS);
    for (screen, commands) in everything() {
        for about in commands {
            let words = [screen.say(lang), about.id, keys.of(about.id).names(), about.label.say(lang)];
            printer.row(words.map(|words| Cell::Text(words.to_owned())).to_vec()).map_err(broken)?;
        }
    }
    printer.finish().map_err(broken)?;
    wanted.map(|_| 0)
}
