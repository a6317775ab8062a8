//! What a person says about the columns and sheets of a file. Pure: a mapping goes in, and comes out corrected.

use crate::service::{ColumnPlace as Place, Mapping, Role, SheetMapping};

/// Two roles that a heading of one table takes for each other: who takes one away means both.
const TWINS: [(Role, Role); 2] = [(Role::Violation, Role::Title), (Role::Standard, Role::Band)];

/// Which part of a mapping a correction goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The file has one sheet: what holds for all, so that another file's sheet may have another name.
    All,
    /// One sheet of several.
    Sheet(&'a str),
}

/// A column: its number from 1, the words over it, and what it holds as the table was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// Number from 1.
    pub number: u32,
    /// The words over it.
    pub heading: &'a str,
    /// What it holds.
    pub role: Option<Role>,
}

/// Says what a column holds; `None` leaves it out.
pub fn tell_role(mapping: &mut Mapping, part: Part<'_>, column: Column<'_>, role: Option<Role>) {
    let columns = match part {
        Part::All => &mut mapping.columns,
        Part::Sheet(name) => &mut mapping.sheets.entry(name.to_owned()).or_default().columns,
    };
    let here = |place: &Place| match place {
        Place::Number(number) => *number == column.number,
        Place::Heading(words) => words == column.heading,
    };
    let mut gone: Vec<Role> = columns.iter().filter(|(_, place)| here(place)).map(|(role, _)| *role).collect();
    gone.extend(column.role);
    let twins = TWINS.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
    let twin = twins.filter(|(one, other)| Some(*one) == column.role && !columns.contains_key(other));
    gone.extend(twin.map(|(_, other)| other).collect::<Vec<_>>());
    for role in gone {
        columns.insert(role, Place::Number(0));
    }
    if let Some(role) = role {
        columns.insert(role, Place::Number(column.number));
    }
}

/// Says in which row the headings stand: 0 for none, `None` to have them recognised. What was said of columns does not
/// hold for other headings.
pub fn tell_heading(mapping: &mut Mapping, part: Part<'_>, row: Option<u32>) {
    match part {
        Part::All => {
            mapping.heading_row = row;
            mapping.columns.clear();
        }
        Part::Sheet(name) => {
            mapping.sheets.insert(name.to_owned(), SheetMapping { heading_row: row, ..SheetMapping::default() });
        }
    }
}

/// Leaves a sheet out, or takes it again.
pub fn turn_sheet(mapping: &mut Mapping, name: &str) {
    let sheet = mapping.sheets.entry(name.to_owned()).or_default();
    sheet.leave_out = !sheet.leave_out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(toml: &str, part: Part<'_>, column: Column<'_>, role: Option<Role>) -> String {
        let mut mapping = if toml.is_empty() { Mapping::default() } else { Mapping::parse(toml).unwrap() };
        tell_role(&mut mapping, part, column, role);
        mapping.to_toml()
    }

    #[test]
    fn a_column_is_told_to_hold_something_else_or_nothing() {
        let column = |number, heading, role| Column { number, heading, role };
        let tier = column(4, "档", Some(Role::Tier));
        for (before, part, column, role, after) in [
            ("", Part::All, column(6, "怎么认定", None), Some(Role::Condition), "condition = 6\n"),
            ("", Part::All, tier, Some(Role::Grade), "tier = 0\ngrade = 4\n"),
            ("", Part::All, tier, None, "tier = 0\n"),
            ("tier = 3\n", Part::All, tier, Some(Role::Tier), "tier = 4\n"),
            ("condition = \"档\"\n", Part::All, tier, Some(Role::Tier), "tier = 4\ncondition = 0\n"),
            ("", Part::Sheet("甲"), tier, Some(Role::Grade), "\n[sheets.\"甲\"]\ntier = 0\ngrade = 4\n"),
            // The twin would be recognised in its place.
            ("", Part::All, column(5, "幅度", Some(Role::Standard)), None, "band = 0\nstandard = 0\n"),
            ("band = 2\n", Part::All, column(5, "幅度", Some(Role::Standard)), None, "band = 2\nstandard = 0\n"),
        ] {
            assert_eq!(told(before, part, column, role), after, "{before:?} {column:?} {role:?}");
        }
    }

    #[test]
    fn headings_and_sheets_are_told() {
        let mut mapping = Mapping::parse("tier = 4\n").unwrap();
        tell_heading(&mut mapping, Part::All, Some(3));
        assert_eq!(mapping.to_toml(), "heading_row = 3\n");
        turn_sheet(&mut mapping, "说明");
        assert!(mapping.on("说明").is_none());
        turn_sheet(&mut mapping, "说明");
        assert!(mapping.on("说明").is_some());
    }
}
