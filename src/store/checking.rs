//! Items as the checks read them: many thousands in one pass, in three statements and not three an item.

use rusqlite::params_from_iter;

use super::Store;
use super::condition::{AgencyLookup, Over, condition};
use super::error::{Result, StoreError};
use super::row::{number, owned, term};
use super::tally::Viewpoint;
use super::versions::{KeptVersion, columns_of, read_kept};
use crate::domain::filter::Filter;
use crate::domain::ids::{BatchId, ItemId};
use crate::domain::item::ItemText;
use crate::domain::stage::Stage;

/// An item with its newest version, as the checks read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkable {
    /// Which item.
    pub id: ItemId,
    /// What is written of it; the citations come with [`Store::citations_between`].
    pub text: ItemText,
    /// Its stage.
    pub stage: Stage,
    /// The number of the version.
    pub no: i64,
    /// The batch that the item is in.
    pub batch: Option<BatchId>,
    /// The version.
    pub version: KeptVersion,
}

impl Store {
    /// The highest number of an item; 0 where there is none.
    pub fn last_item(&self) -> Result<ItemId> {
        Ok(ItemId(self.db.query_row("SELECT coalesce(max(id), 0) FROM item", [], |row| row.get(0))?))
    }

    /// The items that a filter finds and that have a version and are not excluded, in ascending order of id.
    pub fn each_checkable<E: From<StoreError>>(
        &self,
        filter: &Filter,
        view: Viewpoint,
        agencies: AgencyLookup<'_>,
        mut take: impl FnMut(Checkable) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let found = condition(filter, Over::Items, view, agencies);
        let sql = format!(
            "SELECT {}, i.id, i.code, i.title, i.kind, i.stage, i.version_no, i.batch_id
             FROM item i CROSS JOIN version v ON v.item_id = i.id AND v.no = i.version_no
             WHERE ?1 = ?1 AND ?2 = ?2 AND i.stage <> 'excluded' AND {} ORDER BY i.id",
            columns_of("v"),
            found.sql,
        );
        let mut statement = self.db.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(found.parameters)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let text =
                ItemText { code: owned(row, 22)?, title: owned(row, 23)?, kind: term(row, 24)?, citations: Vec::new() };
            take(Checkable {
                id: ItemId(number(row, 21)?),
                text,
                stage: term(row, 25)?,
                no: number(row, 26)?,
                batch: number::<Option<i64>>(row, 27)?.map(BatchId),
                version: read_kept(row)?,
            })?;
        }
        Ok(())
    }
}
