//! The settings of a register.

use super::super::grammar::SettingCommand;
use super::super::out::Desk;
use super::super::table::{Cell, Column, column};
use crate::service::{Result, SettingKey};
use crate::words;

pub(super) fn setting(desk: &mut Desk<'_, '_>, command: SettingCommand) -> Result<u8> {
    match command {
        SettingCommand::List => list(desk)?,
        SettingCommand::Set { key, value, reason } => {
            let key = SettingKey::from_words(&key)?;
            desk.open()?.set_setting(key, &value, &reason)?;
            desk.talk(&words!("已设置 {}。", "{} is set.", key.id()));
        }
        SettingCommand::Clear { key, reason } => {
            let key = SettingKey::from_words(&key)?;
            desk.open()?.clear_setting(key, &reason)?;
            desk.talk(&words!("{} 已恢复默认。", "{} is unset.", key.id()));
        }
    }
    Ok(0)
}

fn list(desk: &mut Desk<'_, '_>) -> Result<()> {
    const SETTINGS: &[Column] = &[
        column("key", "设置", "key"),
        column("value", "值", "value"),
        column("about", "内容", "about"),
        column("reason", "出处或者理由", "source or reason"),
    ];
    let lang = desk.lang;
    let rows = desk.open()?.settings()?.into_iter().map(|setting| {
        vec![
            Cell::Text(setting.key.id()),
            Cell::or_null(setting.value, Cell::Text),
            Cell::Text(setting.key.label().say(lang).to_owned()),
            Cell::or_null(Some(setting.reason).filter(|reason| !reason.is_empty()), Cell::Text),
        ]
    });
    let rows = rows.collect();
    desk.list(SETTINGS, rows)
}
