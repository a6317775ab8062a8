//! The columns of the items: which there are, how wide they are, what stands in them.

use std::borrow::Cow;

use crate::domain::filter::Field;
use crate::domain::label::Term as _;
use crate::service::ItemLine;
use crate::tui::Ctx;
use crate::tui::overlays::Entry;
use crate::tui::screens::standing::standing;
use crate::tui::theme::{Theme, Tone};
use crate::tui::widgets::table::{self, Cell, Column, Order};

crate::terms! {
    /// A column of the items.
    pub enum ItemColumn {
        /// The code, else the number in the register.
        Code = "code", "编码", "code";
        /// The title.
        Title = "title", "名称", "title";
        /// The responsible agency.
        Agency = "agency", "机关", "agency";
        /// Where the worst open duty stands.
        Standing = "standing", "情况", "standing";
        /// The stage.
        Stage = "stage", "阶段", "stage";
        /// The kind.
        Kind = "kind", "种类", "kind";
        /// The agency's verification.
        Verification = "verification", "核对", "verification";
        /// The due day of the worst open duty.
        Due = "due", "到期", "due";
        /// The source of the first authority.
        Source = "source", "法源", "source";
        /// Its clause.
        Clause = "clause", "条款", "clause";
        /// The number of the version in force.
        InForce = "in_force", "现行版本", "in force";
        /// The number of the newest version.
        Version = "version", "最新版本", "version";
        /// The day of the last change.
        Updated = "updated", "更新", "updated";
        /// The publication batch.
        Batch = "batch", "批次", "batch";
        /// The level.
        Level = "level", "层级", "level";
        /// The number in the register.
        Id = "id", "登记号", "number";
    }
}

/// The columns of somebody who chose none.
pub const USUAL: &[ItemColumn] =
    &[ItemColumn::Code, ItemColumn::Title, ItemColumn::Agency, ItemColumn::Standing, ItemColumn::Stage];

impl ItemColumn {
    /// The columns with these identifiers; the usual ones where none is known.
    pub fn read(ids: &[String]) -> Vec<Self> {
        let known: Vec<Self> = ids.iter().filter_map(|id| Self::from_id(id)).collect();
        if known.is_empty() { USUAL.to_vec() } else { known }
    }

    /// How wide it is; 0 takes what the others leave.
    const fn width(self) -> u16 {
        match self {
            Self::Title => 0,
            Self::Source => 20,
            Self::Agency | Self::Clause | Self::Batch => 12,
            Self::Standing | Self::Verification | Self::Level => 14,
            Self::Code | Self::Stage | Self::Kind | Self::Due | Self::Updated | Self::InForce | Self::Version => 10,
            Self::Id => 8,
        }
    }

    /// The field that it is sorted by.
    pub const fn field(self) -> Option<Field> {
        Some(match self {
            Self::Code => Field::Code,
            Self::Title => Field::Title,
            Self::Agency => Field::Agency,
            Self::Standing => Field::Standing,
            Self::Stage => Field::Stage,
            Self::Kind => Field::Kind,
            Self::Verification => Field::Verification,
            Self::Due => Field::Due,
            Self::Source => Field::Source,
            Self::Clause => Field::Clause,
            Self::InForce => Field::InForce,
            Self::Version => Field::Version,
            Self::Updated => Field::Updated,
            Self::Level => Field::Level,
            Self::Id => Field::Id,
            Self::Batch => return None,
        })
    }

    const fn is_number(self) -> bool {
        matches!(self, Self::InForce | Self::Version | Self::Id)
    }

    /// What stands in it.
    pub fn cell(self, line: &ItemLine, ctx: &Ctx, theme: Theme) -> Cell<'static> {
        let version = |no: i64| if no > 0 { no.to_string() } else { String::new() };
        let words = match self {
            Self::Code if line.code.is_empty() => return (Cow::Owned(format!("#{}", line.id)), Tone::Faint),
            Self::Standing => return standing(line.standing, line.due, ctx, theme),
            Self::Code => line.code.clone(),
            Self::Title => line.title.clone(),
            Self::Agency => ctx.agency(line.agency).to_owned(),
            Self::Stage => return (Cow::Borrowed(line.stage.label().say(ctx.lang)), Tone::Normal),
            Self::Kind => return (Cow::Borrowed(line.kind.label().say(ctx.lang)), Tone::Normal),
            Self::Verification => return (Cow::Borrowed(line.verification.label().say(ctx.lang)), Tone::Normal),
            Self::Level => return (Cow::Borrowed(line.level.label().say(ctx.lang)), Tone::Normal),
            Self::Due => line.due.map(|due| due.to_string()).unwrap_or_default(),
            Self::Source => line.source.clone(),
            Self::Clause => line.clause.clone(),
            Self::InForce => version(line.in_force),
            Self::Version => version(line.version),
            Self::Updated => line.updated.get(..10).unwrap_or_default().to_owned(),
            Self::Batch => line.batch.clone(),
            Self::Id => line.id.to_string(),
        };
        (Cow::Owned(words), Tone::Normal)
    }
}

/// The columns that have room in a list of that width, with their place in the order of the rows.
pub fn columns(chosen: &[ItemColumn], width: u16, order: impl Fn(Field) -> Option<Order>) -> Vec<Column> {
    let fit = table::fitting(width, chosen.iter().map(|column| column.width()));
    let column = |column: &ItemColumn| Column {
        title: column.label(),
        width: column.width(),
        right: column.is_number(),
        order: column.field().and_then(&order),
    };
    // One column is always shown, however narrow the list.
    chosen.iter().take(fit.max(1)).map(column).collect()
}

/// Every column for the sheet in which they are chosen: those that are shown first, in their order.
pub fn entries(chosen: &[ItemColumn]) -> Vec<Entry> {
    let entry =
        |column: ItemColumn, shown| Entry { id: column.id(), label: column.label(), width: column.width(), shown };
    let others = ItemColumn::ALL.iter().filter(|column| !chosen.contains(column)).map(|column| entry(*column, false));
    chosen.iter().map(|column| entry(*column, true)).chain(others).collect()
}
