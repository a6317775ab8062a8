//! What happened to each item, as its story tells it, on days before today.

use chrono::{Datelike, NaiveDate};

use super::data::{AgencyEntry, BatchEntry, Data, EventEntry, SourceFile, Special, Story, Verb};
use super::{Change, DemoAct, DemoBatch, DemoError, PLAN_START, ago, fill};
use crate::domain::agency::Level;
use crate::domain::baseline::Baseline;
use crate::domain::duty::DutyRule;
use crate::domain::procedure::{Step, StepRecord};

/// An item whose history is to be told.
pub(super) struct History<'a> {
    pub(super) data: &'a Data,
    pub(super) file: &'a SourceFile,
    pub(super) agency: &'a AgencyEntry,
    pub(super) title: &'a str,
    /// Which item of its agency, from 1.
    pub(super) count: usize,
    /// Lets agencies begin at different stories.
    pub(super) offset: usize,
    pub(super) province: bool,
    pub(super) special: Option<&'a Special>,
    pub(super) baseline: &'a Baseline,
    pub(super) today: NaiveDate,
}

/// A public comment lasts so many days.
const COMMENT_DAYS: i64 = 9;

/// True where something is written, or was in force already.
pub(super) fn writes(acts: &[(NaiveDate, DemoAct)]) -> bool {
    acts.iter().any(|(_, act)| matches!(act, DemoAct::Draft | DemoAct::PublishedBefore { .. }))
}

/// A batch on its days.
pub(super) fn batch(entry: &BatchEntry, today: NaiveDate) -> DemoBatch {
    let published = ago(today, entry.published);
    DemoBatch {
        name: entry.name.clone(),
        created: ago(today, entry.created),
        published,
        number: format!("云政规〔{}〕{}号", published.year(), entry.number),
    }
}

impl History<'_> {
    /// The acts in order of date.
    pub(super) fn acts(&self) -> Result<Vec<(NaiveDate, DemoAct)>, DemoError> {
        let story = self.story()?;
        let mut acts = Vec::with_capacity(story.acts.len());
        // Work before the government's decisions was done up to four days earlier, so that items differ; decisions
        // and batches have one day for all.
        let mut earlier = i64::try_from((self.count * 3 + self.offset) % 5).unwrap_or_default();
        for &(days, verb) in &story.acts {
            if matches!(verb, Verb::Decision | Verb::Approve | Verb::Publish | Verb::Before) {
                earlier = 0;
            }
            let days = if days < PLAN_START - 4 { days + earlier } else { days };
            let day = ago(self.today, days);
            acts.push((day, self.act(verb, day, story)?));
        }
        Ok(acts)
    }

    fn story(&self) -> Result<&Story, DemoError> {
        let of_pool = |pool: &[String]| pool.get((self.count + self.offset * 7) % pool.len().max(1)).cloned();
        let pace = if self.agency.vertical { "vertical" } else { &self.agency.pace };
        let special = self.special.and_then(|special| {
            let unfinished = special.defect.is_some() || special.missing.is_some();
            special.story.clone().or_else(|| unfinished.then(|| "drafting".to_owned()))
        });
        let name = special
            .or_else(|| self.province.then(|| "before".to_owned()))
            .or_else(|| of_pool(&self.file.stories))
            .or_else(|| of_pool(self.data.stories.pools.get(pace)?))
            .unwrap_or_else(|| pace.to_owned());
        self.data.stories.by_name.get(&name).ok_or(DemoError::NoSuch { what: "story", name })
    }

    fn act(&self, verb: Verb, day: NaiveDate, story: &Story) -> Result<DemoAct, DemoError> {
        let draft_to = || ago(self.today, story.draft_to.unwrap_or_default());
        let publish_to = || ago(self.today, story.publish_to.unwrap_or_default());
        Ok(match verb {
            Verb::List => DemoAct::List,
            Verb::Propose => DemoAct::Propose(self.words("propose")?),
            Verb::Verify => DemoAct::Verify,
            Verb::Dispute => DemoAct::Dispute(self.words("dispute")?),
            Verb::Settle => DemoAct::Settle(self.words("settle")?),
            Verb::Exclude => DemoAct::Exclude(self.words("exclude")?),
            Verb::Draft => DemoAct::Draft,
            Verb::Rewrite | Verb::Revise => {
                let reworked = Box::new(reworked(self.baseline));
                if verb == Verb::Rewrite { DemoAct::Rewrite(reworked) } else { DemoAct::Revise(reworked) }
            }
            Verb::Evaluation => self.step(Step::Evaluation, day)?,
            Verb::Comment => self.step(Step::Comment, day)?,
            Verb::Legality => self.step(Step::Legality, day)?,
            Verb::Decision => self.step(Step::Decision, day)?,
            Verb::Distribution => self.step(Step::Distribution, day)?,
            Verb::Filing => self.step(Step::Filing, day)?,
            Verb::Ready => DemoAct::Ready,
            Verb::Submit => DemoAct::Submit,
            Verb::Return => DemoAct::Return(self.words("return")?),
            Verb::Accept => DemoAct::Accept,
            Verb::Approve => {
                DemoAct::Approve { number: format!("云政审〔{}〕{}号", day.year(), day.iso_week().week()) }
            }
            Verb::Publish => self.publish(day)?,
            Verb::Before => self.before(day),
            Verb::ExtendDraft => self.extend(DutyRule::Draft, draft_to())?,
            Verb::ExtendPublish => self.extend(DutyRule::Publish, publish_to())?,
            Verb::WaiveDraft => DemoAct::Waive { rule: DutyRule::Draft, reason: self.words("waive")? },
            Verb::WaivePublish => DemoAct::Waive { rule: DutyRule::Publish, reason: self.words("waive")? },
            Verb::Repeal => {
                let gone = |event: &EventEntry| event.source == self.file.title && event.change == Change::Repealed;
                let with_its_source = self.data.work.events.iter().any(gone);
                DemoAct::Repeal(self.words(if with_its_source { "repeal_with_source" } else { "repeal" })?)
            }
        })
    }

    fn step(&self, step: Step, on: NaiveDate) -> Result<DemoAct, DemoError> {
        let key = match step {
            Step::Evaluation => "evaluation",
            Step::Comment => "comment",
            Step::Legality => "legality",
            Step::Decision => "decision",
            Step::Distribution => "distribution",
            Step::Filing => "filing",
        };
        let number = match step {
            Step::Legality => format!("{}法审〔{}〕{}号", self.agency.short, on.year(), self.count),
            Step::Decision => format!("{}会纪〔{}〕{}号", self.agency.short, on.year(), on.iso_week().week()),
            Step::Evaluation | Step::Comment | Step::Distribution | Step::Filing => String::new(),
        };
        let from = (step == Step::Comment).then(|| ago(on, COMMENT_DAYS));
        Ok(DemoAct::Step(StepRecord { step, on, from, number, note: self.words(key)? }))
    }

    /// In the batch of that day.
    fn publish(&self, day: NaiveDate) -> Result<DemoAct, DemoError> {
        let batches = self.data.work.batches.iter().map(|entry| batch(entry, self.today)).enumerate();
        batches
            .into_iter()
            .find_map(|(index, batch)| {
                (batch.published == day).then_some(DemoAct::Publish { number: batch.number, batch: index })
            })
            .ok_or_else(|| DemoError::NoSuch { what: "batch", name: day.to_string() })
    }

    fn before(&self, listed: NaiveDate) -> DemoAct {
        let spread = i64::try_from((self.count * 97 + self.offset * 31) % 900).unwrap_or_default();
        let soonest = self.file.effective.max(ago(listed, 120 + spread));
        let date = soonest.min(ago(listed, 30));
        let issuer = match self.agency.level {
            _ if self.province => '岚',
            Level::County => self.agency.short.chars().next().unwrap_or('云'),
            Level::City | Level::Province => '云',
        };
        DemoAct::PublishedBefore { date, number: format!("{issuer}政规〔{}〕{}号", date.year(), date.month()) }
    }

    fn extend(&self, rule: DutyRule, to: NaiveDate) -> Result<DemoAct, DemoError> {
        Ok(DemoAct::Extend { rule, to, reason: self.words("extend")? })
    }

    /// The item's turn of the words for a verb.
    fn words(&self, verb: &str) -> Result<String, DemoError> {
        let pool = self.data.work.reasons.get(verb).map_or(&[][..], Vec::as_slice);
        let words = pool
            .get((self.count + self.offset) % pool.len().max(1))
            .ok_or_else(|| DemoError::NoSuch { what: "reason", name: verb.to_owned() })?;
        let source = format!("《{}》", self.file.title);
        Ok(fill(words, &[("title", self.title), ("source", &source)]))
    }
}

/// A baseline after one more round of work: the heaviest tier of each ladder takes one more condition, and validity is
/// told.
fn reworked(baseline: &Baseline) -> Baseline {
    let mut new = baseline.clone();
    for tier in new.ladders.iter_mut().filter_map(|ladder| ladder.tiers.last_mut()) {
        tier.conditions.push("涉及未成年人、老年人、残疾人权益，情节恶劣的".to_owned());
    }
    new.conventions.valid_years = Some(5);
    "本基准自公布之日起施行，有效期五年。".clone_into(&mut new.remarks);
    new
}
