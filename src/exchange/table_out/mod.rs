//! The register as a table: CSV and workbook, row by row, never in memory as a whole.

mod csv_out;
#[cfg(test)]
mod tests;
mod xlsx_out;

pub use csv_out::CsvTable;
pub use xlsx_out::XlsxTable;

use super::columns::{Column, Facts, Position, Scope, Value, value};
use super::piece::Entry;
use crate::domain::label::Lang;

/// One item to be written.
#[derive(Debug, Clone, Copy)]
pub struct OutRow<'a> {
    /// The item with its baseline.
    pub entry: &'a Entry,
    /// What people want to see beside it.
    pub facts: Facts,
}

/// The rows of one item, in order.
fn positions(number: u64, entry: &Entry) -> Vec<Position<'_>> {
    let bare = Position { number, ladder: None, tier: None, condition: None };
    let mut rows = Vec::new();
    for ladder in entry.baseline.ladders.iter().enumerate() {
        let ladder_row = Position { ladder: Some(ladder), ..bare };
        if ladder.1.tiers.is_empty() {
            rows.push(ladder_row);
        }
        for tier in ladder.1.tiers.iter().enumerate() {
            let tier_row = Position { tier: Some(tier), ..ladder_row };
            if tier.1.conditions.is_empty() {
                rows.push(tier_row);
            }
            let conditions = tier.1.conditions.iter().enumerate();
            rows.extend(conditions.map(|(at, words)| Position { condition: Some((at, words.as_str())), ..tier_row }));
        }
    }
    if rows.is_empty() {
        rows.push(bare);
    }
    rows
}

/// The cell of a column; blank where the column is filled in an earlier row.
fn cell<'a>(column: Column, row: &OutRow<'a>, at: &Position<'a>, first: bool, lang: Lang) -> Value<'a> {
    let of_tier = at.condition.is_none_or(|(index, _)| index == 0);
    let of_ladder = of_tier && at.tier.is_none_or(|(index, _)| index == 0);
    let filled = match column.scope() {
        Scope::Item | Scope::Ladder | Scope::Tier | Scope::Condition | Scope::Fact => true,
        Scope::ItemOnce => first,
        Scope::LadderOnce => of_ladder,
        Scope::TierOnce => of_tier,
    };
    if filled { value(column, row.entry, &row.facts, at, lang) } else { Value::Blank }
}
