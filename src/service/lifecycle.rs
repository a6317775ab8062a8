//! The life of a baseline: written, released, reviewed, approved, published, revised, repealed.

use chrono::NaiveDate;
use serde_json::json;

use super::check::{findings_in, may_publish, may_submit, refusal_to_submit};
use super::{Register, Result, duties};
use crate::checks::{told, told_after};
use crate::domain::baseline::Baseline;
use crate::domain::ids::{BatchId, ItemId};
use crate::domain::item::Verification;
use crate::domain::label::Term;
use crate::domain::stage::{Act, Stage, decide};
use crate::i18n::{Failure, Words};
use crate::store::{Done, Entry, ItemState, Life, NewVersion, Published, StoreError, Version, Write};
use crate::words;

impl Register {
    /// Writes the content of the newest version; of a verified item, starts the first one. `seen` is the revision of
    /// the item that the writer had before the eyes: where another has written since, the save is refused. What the
    /// words tell is not kept beside them, so that it never contradicts words that change.
    pub fn edit_baseline(&mut self, item: ItemId, baseline: &Baseline, seen: Option<i64>) -> Result<ItemState> {
        self.perform(item, Act::Edit, "", None, |write, state, next| {
            if seen.is_some_and(|seen| seen != state.revision) {
                return Err(StoreError::Conflict.into());
            }
            same_kind(state, baseline)?;
            if state.stage.has_version() {
                let old = write.version(item, state.version_no)?;
                let baseline = told_after(&old.baseline, baseline.clone());
                write.change_content(item, state.version_no, &NewVersion::new(&baseline, None)?)?;
                write.change_life(item, state.version_no, &Life { ready_by: String::new(), ..old.life })?;
                Ok(json!({ "old": old.baseline, "new": baseline }))
            } else {
                next.version_no = state.version_no + 1;
                let baseline = told(baseline.clone());
                write.insert_version(item, next.version_no, &NewVersion::new(&baseline, None)?)?;
                Ok(json!({ "new": baseline }))
            }
        })
    }

    /// The clerk marks a draft ready: it enters the legal officer's queue. One that is there already is refused.
    pub fn mark_ready(&mut self, item: ItemId) -> Result<ItemState> {
        self.perform(item, Act::Ready, "", None, |write, state, _| {
            let Version { life, hash, .. } = write.version(item, state.version_no)?;
            if !life.ready_by.is_empty() {
                return Err(Failure::refused(
                    words!(
                        "已经提请法制审核，内容没有再改过。",
                        "It is before the legal officer already, unchanged since."
                    ),
                    words!(
                        "请等法制审核员报送；改动内容后可以再次提请。",
                        "The legal officer submits it; once changed, it can be marked ready again."
                    ),
                ));
            }
            let life = Life { ready_by: write.actor().to_owned(), ..life };
            write.change_life(item, state.version_no, &life)?;
            Ok(json!({ "version": state.version_no, "hash": hash }))
        })
    }

    /// Likewise; returns what will be asked of the draft at the next gate, told while it can still be mended.
    pub fn mark_ready_looking_ahead(&mut self, item: ItemId) -> Result<Option<Failure>> {
        self.mark_ready(item)?;
        Ok(refusal_to_submit(&self.findings_of(item)?))
    }

    /// The legal officer releases a draft to the bureau; this ends the drafting duty. It takes a draft without errors in
    /// which every warning was answered in words; what was answered stands in the trail.
    pub fn submit(&mut self, item: ItemId) -> Result<ItemState> {
        self.perform(item, Act::Submit, "", None, |write, state, _| {
            let findings = findings_in(write, item, state.version_no, state.stage)?;
            may_submit(&findings)?;
            let version = write.version(item, state.version_no)?;
            let (submitted_by, submitted_on) = (write.actor().to_owned(), Some(write.day()));
            write.change_life(item, state.version_no, &Life { submitted_by, submitted_on, ..version.life })?;
            let answered = findings.iter().filter(|finding| finding.answer.is_some());
            let answered: Vec<_> = answered
                .map(|finding| json!({ "code": finding.code.id(), "place": finding.place, "answer": finding.answer }))
                .collect();
            Ok(json!({ "version": state.version_no, "hash": version.hash, "answered": answered }))
        })
    }

    /// The bureau sends a version back with reasons.
    pub fn return_baseline(&mut self, item: ItemId, reason: &str) -> Result<ItemState> {
        self.change_life(item, Act::Return, reason, None, |_, life| {
            void_acceptance(life);
            life.ready_by.clear();
            reason.trim().clone_into(&mut life.return_reason);
        })
    }

    /// The bureau accepts a version; the acceptance is bound to the hash of the content.
    pub fn accept(&mut self, item: ItemId) -> Result<ItemState> {
        self.perform(item, Act::Accept, "", None, |write, state, _| {
            let version = write.version(item, state.version_no)?;
            let four_eyes = version.author != write.actor() && version.life.submitted_by != write.actor();
            let life = Life {
                accepted_by: write.actor().to_owned(),
                accepted_on: Some(write.day()),
                accepted_hash: version.hash.clone(),
                ..version.life
            };
            write.change_life(item, state.version_no, &life)?;
            Ok(json!({ "hash": version.hash, "four_eyes": four_eyes }))
        })
    }

    /// Records the government's approval, with its day and number.
    pub fn approve(&mut self, item: ItemId, on: Option<NaiveDate>, number: &str) -> Result<ItemState> {
        let number = number.trim();
        if number.is_empty() {
            return Err(Failure::usage(
                words!("审定要写文号。", "An approval takes its number."),
                words!("请用 --number 写明，例如会议纪要号。", "Give it with --number."),
            ));
        }
        let day = self.day_as_told(on)?;
        self.change_life(item, Act::Approve, "", on, |_, life| {
            life.approved_on = Some(day);
            number.clone_into(&mut life.approval);
        })
    }

    /// Takes an accepted or approved version back to drafting; acceptance and approval are void.
    pub fn reopen(&mut self, item: ItemId, reason: &str) -> Result<ItemState> {
        self.change_life(item, Act::Reopen, reason, None, |_, life| {
            void_acceptance(life);
            life.ready_by.clear();
        })
    }

    /// Starts a new version from the last one.
    pub fn revise(&mut self, item: ItemId) -> Result<ItemState> {
        self.perform(item, Act::Revise, "", None, |write, state, next| {
            let last = write.version(item, state.version_no)?;
            next.version_no = state.version_no + 1;
            write.insert_version(item, next.version_no, &NewVersion::new(&last.baseline, None)?)?;
            Ok(json!({ "version": next.version_no }))
        })
    }

    /// Repeals the version in force.
    pub fn repeal(&mut self, item: ItemId, reason: &str, on: Option<NaiveDate>) -> Result<ItemState> {
        let day = self.day_as_told(on)?;
        self.perform(item, Act::Repeal, reason, on, |write, state, next| {
            let version = write.version(item, state.version_no)?;
            after_start(&version.life, day, 0)?;
            write.change_life(item, state.version_no, &Life { in_force_to: Some(day), ..version.life })?;
            next.in_force_no = 0;
            Ok(json!({ "reason": reason.trim() }))
        })
    }

    /// Publishes an approved version: it needs the four steps before publication, in order, a day and a number.
    pub fn publish(&mut self, item: ItemId, on: NaiveDate, number: &str, batch: Option<BatchId>) -> Result<ItemState> {
        let number = number.trim();
        if number.is_empty() {
            return Err(Failure::usage(
                words!("公布要写文号（P04）。", "A publication takes its number (P04)."),
                words!("请用 --number 写明。", "Give it with --number."),
            ));
        }
        self.perform(item, Act::Publish, "", Some(on), |write, state, next| {
            let version = write.version(item, state.version_no)?;
            may_publish(write, state, &version, on, number)?;
            if state.in_force_no > 0 {
                let old = write.version(item, state.in_force_no)?;
                after_start(&old.life, on, 1)?;
                write.change_life(item, state.in_force_no, &Life { in_force_to: on.pred_opt(), ..old.life })?;
            }
            let life = Life {
                published_on: Some(on),
                publication: number.to_owned(),
                in_force_from: Some(on),
                batch,
                ..version.life
            };
            write.change_life(item, state.version_no, &life)?;
            next.in_force_no = state.version_no;
            Ok(json!({ "number": number, "on": on, "batch": batch }))
        })
    }

    /// Enters a baseline that was in force before this register was opened: the procedure is marked so, and the duties
    /// are done on its day.
    pub fn put_in_force(
        &mut self,
        item: ItemId,
        baseline: &Baseline,
        on: NaiveDate,
        number: &str,
    ) -> Result<ItemState> {
        let published = Published { on, number: number.trim().to_owned(), before_register: true };
        let new = NewVersion::new(baseline, Some(published))?;
        let plans = self.plans()?;
        let stamp = self.stamp()?;
        let tree = &self.agencies;
        self.store.write(&stamp, |write| {
            let old = write.state(item)?;
            same_kind(&old, baseline)?;
            if old.version_no > 0 {
                decide(Act::Edit, Stage::Published, "")?;
            }
            write.insert_version(item, 1, &new)?;
            let state = write.change_item(item, on, |state| {
                state.verification = Verification::Confirmed;
                state.stage = Stage::Published;
                (state.version_no, state.in_force_no) = (1, 1);
            })?;
            duties::done_on(write, item, on)?;
            duties::follow(write, &plans, tree, &old, &state, on)?;
            let detail = json!({ "on": on, "number": number.trim(), "hash": new.hash });
            Ok::<_, Failure>(Done::Wrote(
                state,
                Entry { verb: "baseline.in_force", record: "item", record_id: item.0, detail },
            ))
        })
    }

    /// An act that only writes to the version's life.
    fn change_life(
        &mut self,
        item: ItemId,
        act: Act,
        reason: &str,
        on: Option<NaiveDate>,
        change: impl FnOnce(&Write<'_>, &mut Life),
    ) -> Result<ItemState> {
        self.perform(item, act, reason, on, |write, state, _| {
            let version = write.version(item, state.version_no)?;
            let mut life = version.life;
            change(write, &mut life);
            write.change_life(item, state.version_no, &life)?;
            Ok(json!({ "version": state.version_no, "hash": version.hash, "reason": reason.trim() }))
        })
    }
}

fn same_kind(state: &ItemState, baseline: &Baseline) -> Result<()> {
    if baseline.kind == state.kind {
        return Ok(());
    }
    let (given, kind) = (baseline.kind.label(), state.kind.label());
    Err(Failure::usage(
        Words {
            zh: format!("这个事项是{}，内容写的却是{}。", kind.zh, given.zh),
            en: format!("The item is a {}; the content is that of a {}.", kind.en, given.en),
        },
        words!("请把 kind 改成 {}。", "Set kind to {}.", state.kind.id()),
    ))
}

/// What ends a version in force happens `days` after its first day at the earliest.
fn after_start(life: &Life, on: NaiveDate, days: i64) -> Result<()> {
    match life.in_force_from {
        Some(since) if (on - since).num_days() < days => Err(Failure::refused(
            words!(
                "现行版本自 {since} 起施行，{on} 太早了。",
                "The version in force began on {since}: {on} is too early."
            ),
            words!("请核对日期。", "Check the day."),
        )),
        _ => Ok(()),
    }
}

fn void_acceptance(life: &mut Life) {
    life.accepted_by.clear();
    life.accepted_on = None;
    life.accepted_hash.clear();
    life.approved_on = None;
    life.approval.clear();
}
