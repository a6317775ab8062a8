//! Items: listing, proposing, verifying, disputing, settling, assigning, excluding.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::duties::{self, Births};
use super::{Register, Result};
use crate::domain::agency::Level;
use crate::domain::cite::citations;
use crate::domain::ids::{AgencyId, BatchId, ItemId};
use crate::domain::item::{ClauseRole, ItemText, Verification, identity, text_identity};
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::stage::{Act, decide};
use crate::i18n::{Failure, Words};
use crate::store::{Done, Entry, ItemState, NewItem, Write};
use crate::words;

/// An item to be listed or proposed.
#[derive(Debug, Clone)]
pub struct ItemForm {
    /// Responsible agency, as a person names it.
    pub agency: String,
    /// Code, may be empty.
    pub code: String,
    /// Title; of a penalty, the violation.
    pub title: String,
    /// Kind.
    pub kind: Kind,
    /// Level; that of the agency where not told.
    pub level: Option<Level>,
    /// The authority to act: «《甲条例》第十条第一款».
    pub basis: String,
    /// The duty that is broken, likewise; may be empty.
    pub duty: String,
    /// Batch, by name; may be empty.
    pub batch: String,
    /// Day of listing; today where not told.
    pub listed_on: Option<NaiveDate>,
    /// Set where an agency proposes the item: why.
    pub proposed: Option<String>,
}

/// An item to be listed, with its agency found and its words read.
pub(super) struct NewEntry {
    pub(super) agency: AgencyId,
    pub(super) text: ItemText,
    pub(super) level: Level,
    pub(super) vertical: bool,
    pub(super) batch: String,
    pub(super) listed_on: Option<NaiveDate>,
    pub(super) proposed: Option<String>,
}

impl Register {
    /// The one item that a person means: `#12` by number, a code, `agency/code`, or words that only one title has.
    pub fn find_item(&self, words: &str) -> Result<ItemId> {
        let words = words.trim();
        if let Some(id) = words.strip_prefix('#').and_then(|number| number.parse().ok()) {
            return Ok(self.store.item_state(ItemId(id))?.id);
        }
        if let Some((agency, code)) = words.split_once('/') {
            let agency = self.agencies.find(agency)?.id;
            if let Some(id) = self.store.item_by_identity(agency, &identity(code, "", ""))? {
                return Ok(id);
            }
        }
        let by_code = if words.is_empty() { Vec::new() } else { self.store.items_by_code(words)? };
        match by_code.as_slice() {
            [one] => Ok(*one),
            [] => self.item_by_title(words),
            many => Err(self.ambiguous(words, many)),
        }
    }

    fn item_by_title(&self, words: &str) -> Result<ItemId> {
        let terms: Vec<&str> = words.split_whitespace().collect();
        self.index_all()?;
        let hits = self.store.search(None, &terms, 7)?;
        match hits.as_slice() {
            [one] => Ok(one.id),
            [] => Err(Failure::refused(
                words!("没有事项「{words}」。", "There is no item \"{words}\"."),
                words!(
                    "用 cailiang find 查找，或写 #编号、编码、机关/编码。",
                    "Search with cailiang find, or give #number, code or agency/code."
                ),
            )),
            many => Err(self.ambiguous(words, &many.iter().map(|hit| hit.id).collect::<Vec<_>>())),
        }
    }

    fn ambiguous(&self, words: &str, items: &[ItemId]) -> Failure {
        let named = |id: &ItemId| {
            let text = self.store.item(*id).ok();
            text.map(|item| format!("{} {} {}", self.agencies.name(item.agency), item.text.code, item.text.title))
        };
        let list =
            items.iter().take(6).map(|id| format!("#{id} {}", named(id).unwrap_or_default())).collect::<Vec<_>>();
        Failure::refused(
            words!("「{words}」可以指不止一个事项。", "\"{words}\" fits more than one item."),
            Words {
                zh: format!("请写 #编号：\n{}", list.join("\n")),
                en: format!("Give the #number:\n{}", list.join("\n")),
            },
        )
    }

    /// Lists an item, or records an agency's proposal.
    pub fn add_item(&mut self, form: &ItemForm) -> Result<ItemId> {
        let agency = self.agencies.find(&form.agency)?.clone();
        if form.title.trim().is_empty() {
            return Err(Failure::usage(
                words!("事项名称不能为空。", "An item needs a title."),
                words!("处罚事项写违法行为。", "For a penalty, write the violation."),
            ));
        }
        let mut cited = citations(&form.basis, "", ClauseRole::Authority);
        cited.extend(citations(&form.duty, "", ClauseRole::Duty));
        let text =
            ItemText { code: one_line(&form.code), title: one_line(&form.title), kind: form.kind, citations: cited };
        self.list_item(&NewEntry {
            agency: agency.id,
            text,
            level: form.level.unwrap_or(agency.level),
            vertical: agency.vertical,
            batch: form.batch.clone(),
            listed_on: form.listed_on,
            proposed: form.proposed.clone(),
        })
    }

    pub(super) fn list_item(&mut self, entry: &NewEntry) -> Result<ItemId> {
        let plans = self.plans()?;
        let stamp = self.stamp()?;
        let listed_on = self.day_as_told(entry.listed_on)?;
        let tree = &self.agencies;
        self.store.write(&stamp, |write| {
            let mut text = entry.text.clone();
            for citation in &mut text.citations {
                citation.source = write.source_by_title(&citation.title)?;
            }
            let identity = identity_of(&text);
            let mut new = NewItem {
                agency: entry.agency,
                identity: &identity,
                text: &text,
                level: entry.level,
                vertical: entry.vertical,
                batch: batch_named(write, &entry.batch)?,
                verification: if entry.proposed.is_some() { Verification::Proposed } else { Verification::Listed },
                reason: entry.proposed.as_deref().unwrap_or_default(),
                listed_on,
                version: None,
                duties: &[],
            };
            let mut births = Births::new(&plans, tree);
            new.duties = births.of(&new);
            let name = tree.name(entry.agency);
            let id = write.add_item(&new).map_err(|error| stands_already(error, &name))?;
            let detail = json!({ "new": { "agency": name, "code": text.code, "title": text.title } });
            let verb = if entry.proposed.is_some() { "item.propose" } else { "item.add" };
            Ok::<_, Failure>(Done::Wrote(id, Entry { verb, record: "item", record_id: id.0, detail }))
        })
    }

    /// The agency confirms that the item is its own (S2.1); `on` is the day of the confirmation as told.
    pub fn verify_item(&mut self, item: ItemId, on: Option<NaiveDate>) -> Result<ItemState> {
        self.perform(item, Act::Verify, "", on, |_, _, next| {
            next.verification = Verification::Confirmed;
            next.reason.clear();
            Ok(json!({}))
        })
    }

    /// The agency disputes the item.
    pub fn dispute_item(&mut self, item: ItemId, reason: &str) -> Result<ItemState> {
        self.perform(item, Act::Dispute, reason, None, |_, _, next| {
            next.verification = Verification::Disputed;
            reason.trim().clone_into(&mut next.reason);
            Ok(json!({ "reason": reason.trim() }))
        })
    }

    /// The bureau settles a dispute or a proposal: the item stays where it is, or goes to another agency to verify.
    pub fn settle_item(&mut self, item: ItemId, reason: &str, agency: Option<&str>) -> Result<ItemState> {
        let to = agency.map(|words| self.agencies.find(words).map(|agency| agency.id)).transpose()?;
        self.settle_for(item, reason, to)
    }

    /// Likewise, with the agency found.
    pub(super) fn settle_for(&mut self, item: ItemId, reason: &str, to: Option<AgencyId>) -> Result<ItemState> {
        self.perform(item, Act::Settle, reason, None, |write, state, next| {
            next.verification = Verification::Confirmed;
            reason.trim().clone_into(&mut next.reason);
            if let Some(agency) = to.filter(|to| *to != state.agency) {
                next.agency = agency;
                next.verification = Verification::Listed;
                next.stage = crate::domain::stage::Stage::Listed;
                duties::hand_over(write, state, agency)?;
            }
            Ok(json!({ "reason": reason.trim(), "agency": next.agency }))
        })
    }

    /// The bureau takes the item out: its open duties are waived, its record stays.
    pub fn exclude_item(&mut self, item: ItemId, reason: &str) -> Result<ItemState> {
        self.perform(item, Act::Exclude, reason, None, |_, _, next| {
            next.verification = Verification::Excluded;
            reason.trim().clone_into(&mut next.reason);
            Ok(json!({ "reason": reason.trim() }))
        })
    }

    /// The bureau gives an item that is not yet submitted to another agency.
    pub fn assign_item(&mut self, item: ItemId, agency: &str) -> Result<ItemState> {
        let to = self.agencies.find(agency)?.id;
        self.assign_to(item, to)
    }

    /// Likewise, with the agency found.
    pub(super) fn assign_to(&mut self, item: ItemId, to: AgencyId) -> Result<ItemState> {
        let stamp = self.stamp()?;
        let name = self.agencies.name(to);
        self.store.write(&stamp, |write| {
            let state = write.state(item)?;
            if state.stage.is_submitted() {
                decide(Act::Edit, state.stage, "")?;
            }
            if state.agency == to {
                return Ok::<_, Failure>(Done::Nothing(state));
            }
            duties::hand_over(write, &state, to)?;
            let day = write.day();
            let new = write.change_item(item, day, |next| next.agency = to)?;
            let detail = json!({ "old": { "agency": state.agency }, "new": { "agency": to, "name": name } });
            Ok(Done::Wrote(new, Entry { verb: "item.assign", record: "item", record_id: item.0, detail }))
        })
    }

    /// One act of the stage table on an item: the table decides, `work` fills in what the act writes, duties follow.
    pub(super) fn perform(
        &mut self,
        item: ItemId,
        act: Act,
        reason: &str,
        on: Option<NaiveDate>,
        work: impl FnOnce(&mut Write<'_>, &ItemState, &mut ItemState) -> Result<Value>,
    ) -> Result<ItemState> {
        let stamp = self.stamp()?;
        let on = self.day_as_told(on)?;
        let plans = self.plans()?;
        let tree = &self.agencies;
        self.store.write(&stamp, |write| {
            let old = write.state(item)?;
            let transition = decide(act, old.stage, reason)?;
            let mut next = old.clone();
            if let Some(stage) = transition.to {
                next.stage = stage;
            }
            let mut detail = work(write, &old, &mut next)?;
            if let Some(fields) = detail.as_object_mut() {
                fields.insert("from".to_owned(), json!(old.stage.id()));
                fields.insert("to".to_owned(), json!(next.stage.id()));
            }
            let new = write.change_item(item, on, |state| *state = next)?;
            duties::follow(write, &plans, tree, &old, &new, on)?;
            let verb = verb_of(act);
            Ok(Done::Wrote(new, Entry { verb, record: "item", record_id: item.0, detail }))
        })
    }

    /// The day of an act as told: today where not told; never a day to come.
    pub(super) fn day_as_told(&self, told: Option<NaiveDate>) -> Result<NaiveDate> {
        match told {
            Some(day) if day > self.clock.day => Err(Failure::usage(
                words!("{day} 还没有到（今天是 {}）。", "{day} is yet to come (today is {}).", self.clock.day),
                words!("请写实际发生的日期。", "Give the day on which it happened."),
            )),
            told => Ok(told.unwrap_or(self.clock.day)),
        }
    }
}

/// Names and codes stand in one line, whatever was pasted.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The verb of the trail for an act.
const fn verb_of(act: Act) -> &'static str {
    match act {
        Act::Verify => "item.verify",
        Act::Dispute => "item.dispute",
        Act::Exclude => "item.exclude",
        Act::Settle => "item.settle",
        Act::Edit => "baseline.edit",
        Act::Answer => "finding.answer",
        Act::Ready => "baseline.ready",
        Act::Submit => "baseline.submit",
        Act::Return => "baseline.return",
        Act::Accept => "baseline.accept",
        Act::Approve => "baseline.approve",
        Act::Reopen => "baseline.reopen",
        Act::Publish => "baseline.publish",
        Act::Revise => "baseline.revise",
        Act::Repeal => "baseline.repeal",
    }
}

/// The identity of an item by its words.
#[must_use]
pub fn identity_of(text: &ItemText) -> String {
    let source = text.citations.first().map(|citation| citation.title.as_str()).unwrap_or_default();
    identity(&text.code, source, &text.title)
}

/// The identity of an item whose code is taken by another.
#[must_use]
pub(super) fn identity_by_text(text: &ItemText) -> String {
    let source = text.citations.first().map(|citation| citation.title.as_str()).unwrap_or_default();
    text_identity(source, &text.title)
}

pub(super) fn batch_named(write: &mut Write<'_>, name: &str) -> Result<Option<BatchId>> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    write.batch_by_name(name)?.map(Some).ok_or_else(|| {
        Failure::refused(
            words!("没有批次「{name}」。", "There is no batch \"{name}\"."),
            words!("用 cailiang batch new 新建。", "Make it with cailiang batch new."),
        )
    })
}

fn stands_already(error: crate::store::StoreError, agency: &str) -> Failure {
    match error {
        crate::store::StoreError::Duplicate { .. } => Failure::refused(
            words!("{agency}已经有这个编码或同名的事项。", "{agency} has an item with this code or title already."),
            words!(
                "用 cailiang find 查看；编码在一个机关内不能重复。",
                "See cailiang find; a code is unique within an agency."
            ),
        ),
        other => other.into(),
    }
}
