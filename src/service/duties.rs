//! Duties follow the work: drawn when an item or agency comes, begun, ended and waived by what is done to it.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::{Agencies, Plans, Register, Result};
use crate::domain::agency::{Agency, Level};
use crate::domain::duty::{Closing, DutyKey, DutyRule};
use crate::domain::ids::{AgencyId, DutyId, EventId, ItemId};
use crate::domain::item::Verification;
use crate::domain::plan::{ItemFacts, NewDuty, Plan};
use crate::domain::stage::Stage;
use crate::i18n::Failure;
use crate::store::{Done, DutyRecord, DutyRow, Entry, ItemState, NewItem, Received, Write};
use crate::words;

impl Register {
    /// Draws the trainings and reports that agencies have by the plan in hand and that do not stand yet.
    pub(super) fn ensure_agency_duties(&mut self) -> Result<usize> {
        let plans = self.plans()?;
        let plan = plans.current()?;
        let stamp = self.stamp()?;
        let tree = &self.agencies;
        self.store.write(&stamp, |write| {
            let added = draw_agency_duties(write, &plans, plan, tree)?;
            if added == 0 {
                return Ok::<_, Failure>(Done::Nothing(0));
            }
            let detail = json!({ "year": plan.year, "added": added });
            Ok(Done::Wrote(added, Entry { verb: "duty.draw", record: "duty", record_id: 0, detail }))
        })
    }

    /// Moves the due day of an open duty; the original one stays in every report.
    pub fn extend_duty(&mut self, id: DutyId, to: NaiveDate, reason: &str) -> Result<DutyRow> {
        self.change_duty(id, "duty.extend", reason, |duty, _| match duty.due {
            None => Err(Failure::refused(
                words!("任务 {id} 没有到期日，不用延期。", "Duty {id} has no due day to extend."),
                words!("可以用 duty close 或 duty waive 结束它。", "End it with duty close or duty waive."),
            )),
            Some(due) if to <= due => Err(Failure::usage(
                words!(
                    "新的到期日 {to} 不晚于现在的 {due}。",
                    "The new due day {to} is not after the present one, {due}."
                ),
                words!("请写更晚的日期。", "Give a later day."),
            )),
            Some(_) => {
                duty.due = Some(to);
                Ok(())
            }
        })
    }

    /// The open duty of an item that is due first.
    pub(super) fn first_due(&self, item: ItemId) -> Result<DutyRow> {
        let open = |row: &DutyRow| row.duty.closing == Closing::Open && row.duty.due.is_some();
        let rows = self.store.duties_of_item(item)?;
        rows.into_iter().filter(open).min_by_key(|row| row.duty.due).ok_or_else(|| {
            Failure::refused(
                words!("事项没有未办结的、有到期日的任务。", "The item has no open duty with a due day."),
                words!("可以延期的任务见期限。", "The deadlines show what can be extended."),
            )
        })
    }

    /// Waives an open duty.
    pub fn waive_duty(&mut self, id: DutyId, reason: &str) -> Result<DutyRow> {
        self.change_duty(id, "duty.waive", reason, |duty, today| {
            duty.closing = Closing::Waived(today);
            Ok(())
        })
    }

    /// Closes an open duty as done on a day, for what the program does not see by itself (S2.2: applied directly).
    pub fn close_duty(&mut self, id: DutyId, on: Option<NaiveDate>, reason: &str) -> Result<DutyRow> {
        let on = self.day_as_told(on)?;
        self.change_duty(id, "duty.close", reason, |duty, _| {
            duty.closing = Closing::Done(on);
            Ok(())
        })
    }

    fn change_duty(
        &mut self,
        id: DutyId,
        verb: &'static str,
        reason: &str,
        change: impl FnOnce(&mut DutyRecord, NaiveDate) -> Result<()>,
    ) -> Result<DutyRow> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::usage(
                words!("延期、免除、办结都要写理由。", "Extending, waiving or closing a duty takes a reason."),
                words!("请用 --reason 写明。", "Give it with --reason."),
            ));
        }
        let stamp = self.stamp()?;
        let old = self.store.duty(id)?;
        if old.duty.closing != Closing::Open {
            return Err(Failure::refused(
                words!("任务 {id} 已经结束。", "Duty {id} has ended already."),
                words!("用 cailiang duty list 查看。", "See cailiang duty list."),
            ));
        }
        let mut next = old.duty.clone();
        change(&mut next, stamp.day)?;
        self.store.write(&stamp, |write| {
            let on = match next.closing {
                Closing::Done(on) | Closing::Waived(on) => on,
                Closing::Open => write.day(),
            };
            let new = write.change_duty(id, on, reason, |duty| *duty = next)?;
            let side = |duty: &DutyRecord| json!({ "due": duty.due, "closed": duty.closing });
            let detail = json!({ "old": side(&old.duty), "new": side(&new.duty), "reason": reason });
            Ok::<_, Failure>(Done::Wrote(new, Entry { verb, record: "duty", record_id: id.0, detail }))
        })
    }
}

/// What the duties of a new item depend on: agency, level, central body, verification, day in force, stage.
type Birth = (AgencyId, Level, bool, Verification, Option<NaiveDate>, Stage);

/// The duties that new items are born with, by the plan in hand. They depend on a few facts only, which many items
/// share: each combination is drawn once.
#[derive(Debug)]
pub(super) struct Births<'a> {
    plans: &'a Plans,
    tree: &'a Agencies,
    drawn: HashMap<Birth, Vec<DutyRecord>>,
}

impl<'a> Births<'a> {
    /// Nothing drawn yet.
    pub(super) fn new(plans: &'a Plans, tree: &'a Agencies) -> Self {
        Self { plans, tree, drawn: HashMap::new() }
    }

    /// The duties of an item that comes into the register like this.
    pub(super) fn of(&mut self, new: &NewItem<'_>) -> &[DutyRecord] {
        let published = new.version.and_then(|version| version.published.as_ref()).map(|published| published.on);
        let stage = match new.version {
            Some(_) if published.is_some() => Stage::Published,
            Some(_) => Stage::Drafting,
            None => crate::store::stage_of(new.verification),
        };
        let facts = ItemFacts {
            item: ItemId(0),
            agency: new.agency,
            level: new.level,
            vertical: new.vertical,
            verification: new.verification,
            in_force_since: published,
        };
        let key = (new.agency, new.level, new.vertical, new.verification, published, stage);
        let (plans, tree) = (self.plans, self.tree);
        self.drawn.entry(key).or_insert_with(|| {
            let drawn = plans.current().map(|plan| plans.schedule(plan, tree).item_duties(&[facts]).duties);
            drawn.unwrap_or_default().iter().map(|duty| record(duty, stage)).collect()
        })
    }
}

/// A drawn duty as the store keeps it.
pub(super) fn record(new: &NewDuty, stage: Stage) -> DutyRecord {
    DutyRecord {
        rule: new.key.rule,
        year: new.key.year,
        agency: new.key.agency,
        item: new.key.item,
        event: new.key.event,
        starts: Some(new.starts),
        drawn_on: None,
        due: new.due,
        begun: stage.has_begun(new.key.rule),
        closing: new.closed,
    }
}

/// What makes a stored duty the same as a drawn one.
pub(super) fn key_of(duty: &DutyRecord) -> DutyKey {
    DutyKey { rule: duty.rule, year: duty.year, agency: duty.agency, item: duty.item, event: duty.event }
}

/// Brings the duties of an item in step with an act of the day `on` that led from `old` to `new`.
pub(super) fn follow(
    write: &mut Write<'_>,
    plans: &Plans,
    tree: &Agencies,
    old: &ItemState,
    new: &ItemState,
    on: NaiveDate,
) -> Result<()> {
    let today = write.day();
    let rows = write.duties_of_item(new.id)?;
    let entered = |stage: Stage| new.stage == stage && old.stage != stage;
    for row in rows.iter().filter(|row| row.duty.closing == Closing::Open) {
        let rule = row.duty.rule;
        let closing = match (rule, new.stage) {
            (_, Stage::Excluded) => Closing::Waived(today),
            (DutyRule::Draft, stage) if stage.is_submitted() => Closing::Done(today),
            (DutyRule::Refine | DutyRule::Adjust, Stage::Submitted) if entered(Stage::Submitted) => {
                Closing::Done(today)
            }
            (DutyRule::Publish | DutyRule::PublishFollowing, Stage::Published) => Closing::Done(on),
            _ => Closing::Open,
        };
        let begun = row.duty.begun || new.stage.has_begun(rule);
        if (closing, begun) != (row.duty.closing, row.duty.begun) {
            let reason = if new.stage == Stage::Excluded { new.reason.as_str() } else { "" };
            write.change_duty(row.id, on, reason, |duty| {
                duty.closing = closing;
                duty.begun = begun;
            })?;
        }
    }
    let first = rows.iter().any(|row| row.duty.rule == DutyRule::Publish && row.duty.closing == Closing::Open);
    if entered(Stage::Approved) && !first {
        open_clock(write, plans, tree, new, DutyRule::PublishFollowing, None, on)?;
    }
    // What was in force before this register was handed to the officers before it, too.
    if entered(Stage::Published) && !write.version(new.id, new.version_no)?.life.before_register {
        open_clock(write, plans, tree, new, DutyRule::Distribute, None, on)?;
    }
    if old.stage == Stage::Listed && new.stage != Stage::Excluded {
        draw_missing(write, plans, tree, new, &rows)?;
    }
    Ok(())
}

/// Draws the plan's duties for an item that had none: one that an agency proposed and the bureau took in.
fn draw_missing(
    write: &mut Write<'_>,
    plans: &Plans,
    tree: &Agencies,
    item: &ItemState,
    rows: &[DutyRow],
) -> Result<()> {
    let drawn = plans.schedule(plans.current()?, tree).item_duties(&[facts_of(item)]);
    for duty in &drawn.duties {
        if !rows.iter().any(|row| key_of(&row.duty) == duty.key) {
            write.add_duty(&record(duty, item.stage))?;
        }
    }
    Ok(())
}

const fn facts_of(item: &ItemState) -> ItemFacts {
    ItemFacts {
        item: item.id,
        agency: item.agency,
        level: item.level,
        vertical: item.vertical,
        verification: item.verification,
        in_force_since: None,
    }
}

/// Opens a clock that starts on a day, unless the same one stands already; true where it was opened.
pub(super) fn open_clock(
    write: &mut Write<'_>,
    plans: &Plans,
    tree: &Agencies,
    item: &ItemState,
    rule: DutyRule,
    event: Option<EventId>,
    starts: NaiveDate,
) -> Result<bool> {
    let rows = write.duties_of_item(item.id)?;
    let drawn = plans.schedule(plans.current()?, tree).clocks(rule, event, starts, &[facts_of(item)]);
    let mut opened = false;
    for duty in &drawn.duties {
        let same =
            |row: &DutyRow| key_of(&row.duty) == duty.key && (event.is_some() || row.duty.starts == Some(starts));
        if !rows.iter().any(same) {
            write.add_duty(&DutyRecord { drawn_on: Some(starts), ..record(duty, item.stage) })?;
            opened = true;
        }
    }
    Ok(opened)
}

/// The open duties of an item's agency go with the item to another agency.
pub(super) fn hand_over(write: &mut Write<'_>, item: &ItemState, to: AgencyId) -> Result<()> {
    let today = write.day();
    for row in write.duties_of_item(item.id)? {
        if row.duty.closing == Closing::Open && row.duty.agency == item.agency {
            write.change_duty(row.id, today, "", |duty| duty.agency = to)?;
        }
    }
    Ok(())
}

/// The open duties of an item are done on a day: its baseline was in force before the register was opened. A clock that
/// an event started later runs on.
pub(super) fn done_on(write: &mut Write<'_>, item: ItemId, on: NaiveDate) -> Result<()> {
    for row in write.duties_of_item(item)? {
        let later = row.duty.event.is_some() && row.duty.starts.is_some_and(|starts| starts > on);
        if row.duty.closing == Closing::Open && !later {
            write.change_duty(row.id, on, "", |duty| duty.closing = Closing::Done(on))?;
        }
    }
    Ok(())
}

/// The published baseline was handed to the officers.
pub(super) fn distributed(write: &mut Write<'_>, item: ItemId, on: NaiveDate) -> Result<()> {
    for row in write.duties_of_item(item)? {
        if row.duty.rule == DutyRule::Distribute && row.duty.closing == Closing::Open {
            write.change_duty(row.id, on, "", |duty| duty.closing = Closing::Done(on))?;
        }
    }
    Ok(())
}

/// An agency held a training: the duty of that year ends.
pub(super) fn trained(write: &mut Write<'_>, agency: &Agency, on: NaiveDate) -> Result<()> {
    let rule = if agency.is_government { DutyRule::RegionalTraining } else { DutyRule::SystemTraining };
    end_of_agency(write, agency.id, rule, on.year(), on)
}

/// A county's report came: the duty of that year ends.
pub(super) fn received(write: &mut Write<'_>, received: &Received) -> Result<()> {
    let rule = if received.form == "annual" { DutyRule::AnnualReport } else { DutyRule::ProgressReport };
    end_of_agency(write, received.agency, rule, received.year, received.on)
}

fn end_of_agency(write: &mut Write<'_>, agency: AgencyId, rule: DutyRule, year: i32, on: NaiveDate) -> Result<()> {
    for row in write.duties_of_agencies()? {
        let duty = &row.duty;
        let begun = duty.starts.is_none_or(|starts| starts <= on);
        if duty.agency == agency && duty.rule == rule && duty.year == year && begun && duty.closing == Closing::Open {
            write.change_duty(row.id, on, "", |duty| duty.closing = Closing::Done(on))?;
        }
    }
    Ok(())
}

/// Draws the missing trainings and reports of a plan; returns how many.
pub(super) fn draw_agency_duties(write: &mut Write<'_>, plans: &Plans, plan: &Plan, tree: &Agencies) -> Result<usize> {
    let standing: HashSet<DutyKey> = write.duties_of_agencies()?.iter().map(|row| key_of(&row.duty)).collect();
    let drawn = plans.schedule(plan, tree).agency_duties();
    let mut added = 0;
    for duty in drawn.duties.iter().filter(|duty| !standing.contains(&duty.key)) {
        write.add_duty(&record(duty, Stage::Listed))?;
        added += 1;
    }
    Ok(added)
}
