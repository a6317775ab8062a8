//! Mappings of columns that were saved for agencies.

use super::super::grammar::MappingCommand;
use super::super::out::{Desk, broken};
use super::super::table::{Cell, Column, column};
use crate::service::Result;
use crate::words;

const COLUMNS: &[Column] = &[
    column("agency", "机关", "agency"),
    column("name", "名称", "name"),
    column("columns", "对应的列", "columns told"),
    column("sheets", "工作表", "sheets told"),
];

pub(super) fn mapping(desk: &mut Desk<'_, '_>, command: &MappingCommand) -> Result<u8> {
    match command {
        MappingCommand::List { agency } => {
            let saved = desk.open()?.saved_mappings(agency.as_deref())?;
            let mut printer = desk.printer(COLUMNS);
            for saved in saved {
                let sheets = &saved.mapping.sheets;
                let columns = saved.mapping.columns.len() + sheets.values().map(|of| of.columns.len()).sum::<usize>();
                let number = |count| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
                let cells =
                    vec![Cell::Text(saved.agency), Cell::Text(saved.name), number(columns), number(sheets.len())];
                printer.row(cells).map_err(broken)?;
            }
            printer.finish().map_err(broken)?;
        }
        MappingCommand::Show { agency, name } => {
            let toml = desk.open()?.saved_mapping(agency, name)?.to_toml();
            desk.out.write_all(toml.as_bytes()).map_err(broken)?;
        }
        MappingCommand::Remove { agency, name } => {
            desk.open()?.remove_mapping(agency, name)?;
            desk.talk(&words!("已删除列对应关系「{name}」。", "The mapping \"{name}\" is removed."));
        }
    }
    Ok(0)
}
