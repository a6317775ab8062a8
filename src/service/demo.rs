//! The made-up city: its story is replayed through the same use cases that people use, each act on its own day, in a
//! register in which the day may be set. And registers of any size, for measuring.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;

use super::duties::Births;
use super::events::EventForm;
use super::items::{NewEntry, identity_of};
use super::{Clock, Register, Result, TrainingForm, Which};
use crate::demo::{self, BulkItem, BulkStage, Change, City, DemoAct, DemoError, DemoItem};
use crate::domain::baseline::Baseline;
use crate::domain::duty::{Closing, DutyRule};
use crate::domain::ids::{ItemId, SourceId};
use crate::domain::item::Verification;
use crate::domain::label::Term;
use crate::domain::source::{Source, SourceStatus};
use crate::i18n::{Failure, FailureKind};
use crate::store::{Done, Entry, NewItem, NewVersion, Published, Store, Write};
use crate::words;

/// Items of a large register that share one write.
const CHUNK: usize = 10_000;

impl Register {
    /// The made-up city as it stands on the clock's day: in memory, or in a new file.
    pub fn demo(place: Option<&Path>, clock: &Clock) -> Result<Self> {
        let city = demo::city(clock.day).map_err(broken)?;
        let mut register = Self::demo_shell(place, &city)?;
        register.replay(&city)?;
        register.index_all()?;
        register.set_day(clock.day);
        Ok(register)
    }

    /// A register of so many items in a new file; `tell` hears how many stand.
    pub fn demo_of_size(place: &Path, clock: &Clock, items: u64, mut tell: impl FnMut(u64)) -> Result<Self> {
        let city = demo::city(clock.day).map_err(broken)?;
        let mut register = Self::demo_shell(Some(place), &city)?;
        register.set_day(clock.day);
        let mut all = demo::bulk(items, clock.day).map_err(broken)?.peekable();
        let mut count = 0;
        while all.peek().is_some() {
            count += register.fill(all.by_ref().take(CHUNK))?;
            tell(count);
        }
        register.index_all()?;
        Ok(register)
    }

    /// The city's plan, agencies and sources, on the first day of the plan.
    fn demo_shell(place: Option<&Path>, city: &City) -> Result<Self> {
        let store = match place {
            Some(path) => Store::create(path)?,
            None => Store::in_memory()?,
        };
        let plan = city.plan().map_err(super::plans::plan_failure)?;
        let clock = Clock { day: city.plan_start, time: "09:00:00".to_owned(), told: false };
        let mut register = Self::set_up(store, clock, "demo", &city.name, &plan, true, &city.agencies)?;
        let stamp = register.stamp()?;
        register.store.write(&stamp, |write| {
            for source in &city.sources {
                // Amendments and repeals happen on their own days, by the city's events.
                let at_first = Source { status: SourceStatus::InForce, amended: None, ..source.source.clone() };
                let id = write.add_source(&at_first)?;
                write.add_source_version(id, "", at_first.effective, &source.articles)?;
            }
            let detail = json!({ "sources": city.sources.len() });
            Ok::<_, Failure>(Done::Wrote((), Entry { verb: "source.import", record: "source", record_id: 0, detail }))
        })?;
        Ok(register)
    }

    /// Everything that happened, in order of day; on one day in the order of the story.
    fn replay(&mut self, city: &City) -> Result<()> {
        let mut happenings: Vec<(NaiveDate, Happening<'_>)> = Vec::new();
        for (at, item) in city.items.iter().enumerate() {
            happenings.extend(item.acts.iter().map(|(day, act)| (*day, Happening::Act(at, act))));
        }
        happenings.extend(city.batches.iter().map(|batch| (batch.created, Happening::Batch(&batch.name))));
        happenings.extend(city.events.iter().map(|event| (event.date, Happening::Event(event))));
        happenings.extend(city.trainings.iter().map(|training| (training.date, Happening::Training(training))));
        happenings.extend(city.reports.iter().map(|report| (report.date, Happening::Report(report))));
        happenings.sort_by_key(|(day, happening)| (*day, happening.rank()));
        let mut ids: Vec<Option<ItemId>> = vec![None; city.items.len()];
        for (day, happening) in happenings {
            self.set_day(day.max(city.plan_start));
            match happening {
                Happening::Act(at, act) => {
                    let Some(item) = city.items.get(at) else { continue };
                    let known = ids.get(at).copied().flatten();
                    let id = self.replay_act(city, item, act, known)?;
                    if let Some(place) = ids.get_mut(at) {
                        *place = Some(id);
                    }
                }
                Happening::Batch(name) => drop(self.new_batch(name, &[])?),
                Happening::Event(event) => self.replay_event(event)?,
                Happening::Training(training) => {
                    let agency = self.agencies.name(training.agency);
                    let (title, people) = (training.title.clone(), training.people);
                    self.record_training(&TrainingForm { agency, title, on: None, people, note: String::new() })?;
                }
                Happening::Report(report) => {
                    let form = if report.rule == DutyRule::AnnualReport { "annual" } else { "progress" };
                    let county = self.agencies.name(report.county);
                    self.record_received(&county, form, None, None, &report.text)?;
                }
            }
        }
        self.publish_batches(city)
    }

    /// A batch counts as published on its day.
    fn publish_batches(&mut self, city: &City) -> Result<()> {
        for batch in city.batches.iter().filter(|batch| batch.published <= city.today) {
            self.set_day(batch.published);
            let view = self.find_batch(&batch.name)?;
            let stamp = self.stamp()?;
            self.store.write(&stamp, |write| {
                write.publish_batch(view.batch.id, batch.published, &batch.number)?;
                let detail = json!({ "on": batch.published, "number": batch.number });
                let entry = Entry { verb: "batch.publish", record: "batch", record_id: view.batch.id.0, detail };
                Ok::<_, Failure>(Done::Wrote((), entry))
            })?;
        }
        Ok(())
    }

    fn replay_act(&mut self, city: &City, item: &DemoItem, act: &DemoAct, known: Option<ItemId>) -> Result<ItemId> {
        let baseline = item.baseline.as_ref();
        let id = match (act, known) {
            (DemoAct::List | DemoAct::Propose(_), _) => return self.list_demo(item, act.reason()),
            (_, Some(id)) => id,
            (_, None) => return Err(out_of_order()),
        };
        match act {
            DemoAct::List | DemoAct::Propose(_) => {}
            DemoAct::Verify => drop(self.verify_item(id, None)?),
            DemoAct::Dispute(reason) => drop(self.dispute_item(id, reason)?),
            DemoAct::Settle(reason) => drop(self.settle_item(id, reason, None)?),
            DemoAct::Exclude(reason) => drop(self.exclude_item(id, reason)?),
            DemoAct::Draft => drop(self.edit_baseline(id, baseline.ok_or_else(out_of_order)?, None)?),
            DemoAct::Rewrite(anew) => drop(self.edit_baseline(id, anew, None)?),
            DemoAct::Ready => drop(self.mark_ready(id)?),
            DemoAct::Submit => {
                self.answer_demo(city, id)?;
                self.submit(id)?;
            }
            DemoAct::Return(reason) => drop(self.return_baseline(id, reason)?),
            DemoAct::Accept => drop(self.accept(id)?),
            DemoAct::Approve { number } => drop(self.approve(id, None, number)?),
            DemoAct::Step(record) => self.record_step(id, record, Vec::new())?,
            DemoAct::Publish { number, batch } => {
                let name = city.batches.get(*batch).map(|batch| batch.name.clone()).unwrap_or_default();
                let batch = self.new_batch(&name, &[id])?;
                self.publish(id, self.clock.day, number, Some(batch))?;
            }
            DemoAct::Extend { rule, to, reason } => {
                let duty = self.open_duty(id, *rule)?;
                self.extend_duty(duty, *to, reason)?;
            }
            DemoAct::Waive { rule, reason } => {
                let duty = self.open_duty(id, *rule)?;
                self.waive_duty(duty, reason)?;
            }
            DemoAct::Revise(anew) => {
                self.revise(id)?;
                self.edit_baseline(id, anew, None)?;
            }
            DemoAct::Repeal(reason) => drop(self.repeal(id, reason, None)?),
            DemoAct::PublishedBefore { date, number } => {
                self.put_in_force(id, baseline.ok_or_else(out_of_order)?, *date, number)?;
            }
        }
        Ok(id)
    }

    /// Warnings are answered before a draft goes to the bureau, as the gate asks.
    fn answer_demo(&mut self, city: &City, id: ItemId) -> Result<()> {
        for finding in self.obstacles_to_submission(id)? {
            let texts = city.answers.get(finding.code.id()).map_or(&[][..], Vec::as_slice);
            let turn = usize::try_from(id.0).unwrap_or_default() % texts.len().max(1);
            if let Some(text) = texts.get(turn) {
                self.answer_findings(id, &Which::exactly(&finding), text)?;
            }
        }
        Ok(())
    }

    fn list_demo(&mut self, item: &DemoItem, proposed: &str) -> Result<ItemId> {
        self.list_item(&NewEntry {
            agency: item.agency,
            text: item.text.clone(),
            level: item.level,
            vertical: item.vertical,
            batch: String::new(),
            listed_on: None,
            proposed: Some(proposed).filter(|reason| !reason.is_empty()).map(str::to_owned),
        })
    }

    fn open_duty(&self, item: ItemId, rule: DutyRule) -> Result<crate::domain::ids::DutyId> {
        let duties = self.store.duties_of_item(item)?;
        let open = duties.iter().find(|row| row.duty.rule == rule && row.duty.closing == Closing::Open);
        open.map(|row| row.id).ok_or_else(out_of_order)
    }

    fn replay_event(&mut self, event: &demo::DemoEvent) -> Result<()> {
        let form = match event.change {
            Change::Amended => "amended",
            Change::Repealed => "repealed",
            Change::ProvincialBaseline => "provincial_baseline",
        };
        let articles = event.clauses.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        let form = EventForm {
            form: form.to_owned(),
            source: Some(self.title_of(event.source)?),
            articles,
            on: None,
            note: event.text.clone(),
        };
        let id = self.register_event(&form)?;
        let affected = self.find_event(id)?.affected;
        self.confirm_event(id, &affected)?;
        Ok(())
    }

    fn title_of(&self, id: SourceId) -> Result<String> {
        let sources = self.store.sources()?;
        Ok(sources.into_iter().find(|source| source.id == id).map(|source| source.title).unwrap_or_default())
    }

    /// Adds many items in one write; returns how many.
    fn fill(&mut self, items: impl Iterator<Item = BulkItem>) -> Result<u64> {
        let plans = self.plans()?;
        let stamp = self.stamp()?;
        let tree = &self.agencies;
        self.store.write(&stamp, |write| {
            let mut births = Births::new(&plans, tree);
            let mut count = 0;
            for item in items {
                add_bulk(write, &mut births, tree, &item)?;
                count += 1;
            }
            let detail = json!({ "items": count });
            Ok::<_, Failure>(Done::Wrote(count, Entry { verb: "demo.fill", record: "item", record_id: 0, detail }))
        })
    }
}

fn add_bulk(write: &mut Write<'_>, births: &mut Births<'_>, tree: &super::Agencies, item: &BulkItem) -> Result<()> {
    let published = match item.stage {
        BulkStage::Published(on) => {
            Some(Published { on, number: "云政规〔2023〕1号".to_owned(), before_register: true })
        }
        BulkStage::Listed | BulkStage::Verified | BulkStage::Drafting => None,
    };
    let version = item.baseline.as_ref().map(|baseline: &Baseline| NewVersion::new(baseline, published)).transpose()?;
    let identity = identity_of(&item.text);
    let agency = tree.get(item.agency);
    let mut new = NewItem {
        agency: item.agency,
        identity: &identity,
        text: &item.text,
        level: agency.map_or(crate::domain::agency::Level::City, |agency| agency.level),
        vertical: agency.is_some_and(|agency| agency.vertical),
        batch: None,
        verification: if item.stage == BulkStage::Listed { Verification::Listed } else { Verification::Confirmed },
        reason: "",
        listed_on: write.day(),
        version: version.as_ref(),
        duties: &[],
    };
    new.duties = births.of(&new);
    write.add_item(&new)?;
    Ok(())
}

/// Something that happened in the city on a day.
enum Happening<'a> {
    Act(usize, &'a DemoAct),
    Batch(&'a str),
    Event(&'a demo::DemoEvent),
    Training(&'a demo::DemoTraining),
    Report(&'a demo::DemoReport),
}

impl Happening<'_> {
    /// Batches stand before what is put into them; events strike what stands already.
    const fn rank(&self) -> u8 {
        match self {
            Self::Batch(_) => 0,
            Self::Act(..) => 1,
            Self::Event(_) | Self::Training(_) | Self::Report(_) => 2,
        }
    }
}

fn broken(error: DemoError) -> Failure {
    Failure::new(
        FailureKind::Internal,
        words!("虚构城市的数据有误：{error}。", "The data of the made-up city are wrong: {error}."),
        words!("请换用别的版本，并告诉维护者。", "Use another version and tell the maintainers."),
    )
}

fn out_of_order() -> Failure {
    Failure::new(
        FailureKind::Internal,
        words!("虚构城市的情节前后不符。", "The story of the made-up city is out of order."),
        words!("请换用别的版本，并告诉维护者。", "Use another version and tell the maintainers."),
    )
}
