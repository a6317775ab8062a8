//! Lists of items and duties by a filter, row by row: a list of any length takes no memory.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::Store;
use super::asof::At;
use super::condition::{AgencyLookup, Over, condition, condition_for_few};
use super::duties::read_closing;
use super::error::{Result, StoreError};
use super::row::{day_or_none, number, owned, term, text};
use super::tally::{STANDING_OF_DUTY, STANDING_OF_ITEM, Viewpoint};
use crate::domain::agency::Level;
use crate::domain::duty::{Closing, DutyRule, Standing};
use crate::domain::filter::{Field, Filter, Sort};
use crate::domain::ids::{AgencyId, DutyId, ItemId};
use crate::domain::item::Verification;
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::stage::Stage;

/// An item as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    /// Which item.
    pub id: ItemId,
    /// Code, may be empty.
    pub code: String,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: Kind,
    /// Responsible agency.
    pub agency: AgencyId,
    /// Level.
    pub level: Level,
    /// Source of the first authority.
    pub source: String,
    /// Its clause.
    pub clause: String,
    /// All sources, joined by «；».
    pub sources: String,
    /// Stage.
    pub stage: Stage,
    /// Version in force, 0 for none.
    pub in_force: i64,
    /// Verification.
    pub verification: Verification,
    /// Standing of the worst open duty; `None` for an item without duties.
    pub standing: Option<Standing>,
    /// Due day of the worst open duty.
    pub due: Option<NaiveDate>,
    /// Newest version, 0 for none.
    pub version: i64,
    /// Time of the last write.
    pub updated: String,
    /// Publication batch, empty for none.
    pub batch: String,
}

/// What a version says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content<'r> {
    /// The baseline as it is kept.
    pub text: &'r str,
    /// First day in force.
    pub in_force_from: Option<NaiveDate>,
}

/// A duty as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyLine {
    /// Which duty.
    pub id: DutyId,
    /// Which rule.
    pub rule: DutyRule,
    /// Year of the plan.
    pub year: i32,
    /// Whose.
    pub agency: AgencyId,
    /// About which item.
    pub item: Option<ItemId>,
    /// Its code, else `#id`; empty where there is no item.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Stage of the item.
    pub stage: Option<Stage>,
    /// When the clock started.
    pub starts: Option<NaiveDate>,
    /// Due day in force.
    pub due: Option<NaiveDate>,
    /// Due day before any extension.
    pub original_due: Option<NaiveDate>,
    /// How it ended.
    pub closing: Closing,
    /// Standing on the day asked.
    pub standing: Standing,
    /// Reason of the last extension, waiver or closing.
    pub reason: String,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The filter.
    pub filter: Filter,
    /// The order; the list's own where empty.
    pub sort: Sort,
    /// How many rows are passed over.
    pub skip: u64,
    /// How many rows at most.
    pub limit: Option<u64>,
}

impl Window {
    /// Everything that a filter finds, in the list's own order.
    #[must_use]
    pub const fn of(filter: Filter) -> Self {
        Self { filter, sort: Sort(Vec::new()), skip: 0, limit: None }
    }

    fn limit(&self) -> String {
        format!("LIMIT {}", self.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX)))
    }
}

/// Up to so many rows are the first rows of a screen.
const FEW: u64 = 1_000;

impl Store {
    /// Items by a filter, in ascending order of id unless a sort is asked for.
    pub fn each_item<E: From<StoreError>>(
        &self,
        window: &Window,
        at: At,
        view: Viewpoint,
        agencies: AgencyLookup<'_>,
        take: impl FnMut(ItemLine) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let first_rows = window.sort.0.is_empty() && window.limit.is_some_and(|limit| limit < FEW);
        let is_frequent = |expression: &str| first_rows && self.is_frequent(expression);
        let found = condition_for_few(&window.filter, Over::Items, view, agencies, &is_frequent);
        let by = order(&window.sort, Over::Items);
        let tail = match self.first_by_number(window, at)? {
            Some(after) => format!("{} AND i.id > {after} ORDER BY {by} {}", found.sql, window.limit()),
            None => format!("{} ORDER BY {by} {} OFFSET {}", found.sql, window.limit(), window.skip),
        };
        self.item_lines(at, &tail, found.parameters, take)
    }

    /// The number that stands before the rows of a window, where numbers tell places: in the whole list as it is now,
    /// as long as items are numbered without a gap. So the end of a long list comes as fast as its beginning.
    fn first_by_number(&self, window: &Window, at: At) -> Result<Option<u64>> {
        if window.skip == 0 || at != At::Now || window.filter != Filter::Everything || !window.sort.0.is_empty() {
            return Ok(None);
        }
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce((SELECT max(id) FROM item), 0) = coalesce((SELECT sum(n) FROM item_tally), 0)",
        )?;
        let no_gap: bool = statement.query_row([], |row| row.get(0))?;
        Ok(no_gap.then_some(window.skip))
    }

    /// Items by a filter with what their newest version says, in ascending order of id unless a sort is asked for. The
    /// lines tell nothing of further sources.
    pub fn each_item_whole<E: From<StoreError>>(
        &self,
        window: &Window,
        at: At,
        view: Viewpoint,
        agencies: AgencyLookup<'_>,
        mut take: impl FnMut(ItemLine, Option<Content<'_>>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let found = condition(&window.filter, Over::Items, view, agencies);
        let sql = format!(
            "SELECT {}, '', v.content, v.in_force_from
             FROM {} i LEFT JOIN version v ON v.item_id = i.id AND v.no = i.version_no
             WHERE ?1 = ?1 AND ?2 = ?2 AND {} ORDER BY {} {} OFFSET {}",
            item_columns(),
            items_at(at),
            found.sql,
            order(&window.sort, Over::Items),
            window.limit(),
            window.skip
        );
        let mut statement = self.db.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(found.parameters)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let content = match number::<Option<i64>>(row, 13)?.filter(|no| *no > 0) {
                None => None,
                Some(_) => Some(Content { text: text(row, 17)?, in_force_from: day_or_none(row, 18)? }),
            };
            take(item_line(row)?, content)?;
        }
        Ok(())
    }

    /// The line of one item, as it is now.
    pub fn item_line(&self, id: ItemId, view: Viewpoint) -> Result<ItemLine> {
        let parameters = condition(&Filter::Everything, Over::Items, view, &|_, _| Vec::new()).parameters;
        let mut line = None;
        self.item_lines(At::Now, &format!("i.id = {id}"), parameters, |found| {
            line = Some(found);
            Ok::<_, StoreError>(())
        })?;
        line.ok_or_else(|| StoreError::NotFound { record: "item", key: id.to_string() })
    }

    fn item_lines<E: From<StoreError>>(
        &self,
        at: At,
        tail: &str,
        parameters: Vec<Value>,
        mut take: impl FnMut(ItemLine) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = format!(
            "SELECT {},
               (SELECT group_concat(s.title, '；') FROM
                 (SELECT c.title FROM citation c WHERE c.item_id = i.id GROUP BY c.title ORDER BY min(c.ordinal)) s)
             FROM {} i WHERE ?1 = ?1 AND ?2 = ?2 AND {tail}",
            item_columns(),
            items_at(at)
        );
        let mut statement = self.db.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(parameters)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(item_line(row)?)?;
        }
        Ok(())
    }

    /// Duties by a filter, the earliest due day first and then by agency, unless a sort is asked for; those without a
    /// due day last.
    pub fn each_duty<E: From<StoreError>>(
        &self,
        window: &Window,
        at: At,
        view: Viewpoint,
        agencies: AgencyLookup<'_>,
        mut take: impl FnMut(DutyLine) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let found = condition(&window.filter, Over::Duties, view, agencies);
        let (duties, items) = if at == At::Now { ("duty", "item") } else { ("duty_at", "item_at") };
        let order = order(&window.sort, Over::Duties);
        let sql = format!(
            "SELECT d.id, d.rule, d.year, d.agency_id, d.item_id, coalesce(i.code, ''), coalesce(i.title, ''), i.stage,
               d.starts, d.due, d.original_due, d.closed, d.closed_on, {STANDING_OF_DUTY}, d.reason
             FROM {duties} d LEFT JOIN {items} i ON i.id = d.item_id
             WHERE ?2 = ?2 AND (d.starts IS NULL OR d.starts <= ?1) AND {} ORDER BY {order} {} OFFSET {}",
            found.sql,
            window.limit(),
            window.skip
        );
        let mut statement = self.db.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(found.parameters)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(duty_line(row)?)?;
        }
        Ok(())
    }
}

/// What has no value stands last in either direction. Rows alike stand by id in the direction of the last key, duties
/// of one day by agency before that, so that an index gives them in their order.
fn order(sort: &Sort, over: Over) -> String {
    let mut keys: Vec<String> = Vec::new();
    let mut way = "";
    for key in &sort.0 {
        // The more days late, the earlier the due day.
        let (field, descending) = match key.field {
            Field::DaysLate => (Field::Due, !key.descending),
            field => (field, key.descending),
        };
        way = if descending { " DESC" } else { "" };
        keys.push(format!("{}{way} NULLS LAST", column(field, over)));
    }
    let last = sort.0.last().map(|key| key.field);
    keys.push(match (over, last) {
        (Over::Items, _) => format!("i.id{way}"),
        (Over::Duties, None) => "d.due NULLS LAST, d.agency_id, d.id".to_owned(),
        (Over::Duties, Some(Field::Due | Field::DaysLate)) => format!("d.agency_id{way}, d.id{way}"),
        (Over::Duties, Some(_)) => format!("d.id{way}"),
    });
    keys.join(", ")
}

fn column(field: Field, over: Over) -> &'static str {
    match (field, over) {
        (Field::Agency, Over::Items) => "i.agency_id",
        (Field::Agency, Over::Duties) => "d.agency_id",
        (Field::Kind, _) => "i.kind",
        (Field::Stage, _) => "i.stage",
        (Field::Level, _) => "i.level",
        (Field::Source, _) => "i.source_title",
        (Field::Clause, _) => "i.clause",
        (Field::Code, _) => "i.code",
        (Field::Title, _) => "i.title",
        (Field::Verification, _) => "i.verification",
        (Field::InForce, _) => "i.in_force_no",
        (Field::Version, _) => "i.version_no",
        (Field::Updated, _) => "i.updated",
        (Field::Standing, Over::Items) => STANDING_OF_ITEM,
        (Field::Standing, Over::Duties) => STANDING_OF_DUTY,
        (Field::Due | Field::DaysLate, Over::Items) => "nullif(i.next_due, '')",
        (Field::Due | Field::DaysLate, Over::Duties) => "d.due",
        (Field::Duty, Over::Duties) => "d.rule",
        (Field::Year, Over::Duties) => "d.year",
        (Field::Id, Over::Duties) => "d.id",
        (Field::Id | Field::Duty | Field::Year, Over::Items) => "i.id",
    }
}

const fn items_at(at: At) -> &'static str {
    match at {
        At::Now => "item",
        At::History => "item_at",
    }
}

/// The columns of [`item_line`], but for the last: all sources.
fn item_columns() -> String {
    format!(
        "i.id, i.code, i.title, i.kind, i.agency_id, i.level, i.source_title, i.clause, i.stage, i.in_force_no,
         i.verification, {STANDING_OF_ITEM}, i.next_due, i.version_no, i.updated,
         (SELECT b.name FROM batch b WHERE b.id = i.batch_id)"
    )
}

fn item_line(row: &Row<'_>) -> Result<ItemLine> {
    Ok(ItemLine {
        id: ItemId(number(row, 0)?),
        code: owned(row, 1)?,
        title: owned(row, 2)?,
        kind: term(row, 3)?,
        agency: AgencyId(number(row, 4)?),
        level: term(row, 5)?,
        source: owned(row, 6)?,
        clause: owned(row, 7)?,
        stage: term(row, 8)?,
        in_force: number(row, 9)?,
        verification: term(row, 10)?,
        standing: Standing::from_id(text(row, 11)?),
        due: day_or_none(row, 12)?,
        version: number(row, 13)?,
        updated: owned(row, 14)?,
        batch: number::<Option<String>>(row, 15)?.unwrap_or_default(),
        sources: number::<Option<String>>(row, 16)?.unwrap_or_default(),
    })
}

fn duty_line(row: &Row<'_>) -> Result<DutyLine> {
    let item = number::<Option<i64>>(row, 4)?.map(ItemId);
    let code = owned(row, 5)?;
    Ok(DutyLine {
        id: DutyId(number(row, 0)?),
        rule: term(row, 1)?,
        year: number(row, 2)?,
        agency: AgencyId(number(row, 3)?),
        item,
        code: if code.is_empty() { item.map(|id| format!("#{id}")).unwrap_or_default() } else { code },
        title: owned(row, 6)?,
        stage: super::row::term_or_null(row, 7)?,
        starts: day_or_none(row, 8)?,
        due: day_or_none(row, 9)?,
        original_due: day_or_none(row, 10)?,
        closing: read_closing(row, 11, 12)?,
        standing: term(row, 13)?,
        reason: owned(row, 14)?,
    })
}
