//! What the register answers, as data, and how each answer is made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::ask::{Act, Ask};
use super::trial::{Trial, trial};
use crate::domain::agency::Agency;
use crate::domain::calendar::Calendar;
use crate::domain::duty::{DutyRule, Standing};
use crate::domain::filter::Filter;
use crate::domain::ids::ItemId;
use crate::domain::label::Term;
use crate::domain::plan::Due;
use crate::domain::stage::Stage;
use crate::i18n::{Failure, Text};
use crate::service::{
    Arrangement, Checker, Completion, DutyLine, Flag, ItemLine, ItemView, Kept, Key, Of, Overwrite, Question, Register,
    Result, Results, SavedMapping, SourcePage, SourceView, complete_path,
};

/// What an interface knows of the register as long as it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Name of the city government.
    pub city: String,
    /// Today.
    pub today: NaiveDate,
    /// Year of the plan in hand.
    pub plan_year: i32,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Every agency, parents first.
    pub agencies: Vec<Agency>,
    /// Rest days and working days.
    pub calendar: Calendar,
}

/// An answer.
#[derive(Debug)]
pub enum Answer {
    /// To [`Ask::Overview`].
    Overview(Box<Overview>),
    /// To [`Ask::Progress`].
    Progress(Box<Progress>),
    /// To [`Ask::Items`].
    Items(Page<ItemLine>),
    /// To [`Ask::CountItems`] and [`Ask::CountDuties`].
    Count(u64),
    /// To [`Ask::Preview`] and [`Ask::Item`]; the draft only to the latter.
    Item(Box<ItemView>, Option<Box<Kept>>),
    /// To [`Ask::Checker`].
    Checker(Arc<Checker>),
    /// To [`Ask::Check`].
    Checked(Vec<Flag>),
    /// To [`Ask::Models`].
    Models(Vec<ItemLine>),
    /// To [`Ask::Duties`].
    Duties(Page<DutyLine>),
    /// To [`Ask::DueDays`].
    DueDays(Vec<(NaiveDate, i64)>),
    /// To [`Ask::Sources`].
    Sources(Vec<SourcePage>),
    /// To [`Ask::Source`].
    Source(Box<SourceView>),
    /// To [`Ask::Import`].
    Trial(Box<Trial>),
    /// To [`Ask::Complete`].
    Completion(Completion),
    /// To [`Ask::Mappings`].
    Mappings(Vec<SavedMapping>),
    /// To [`Ask::Save`]: the revision after it and the number of the version.
    Saved {
        /// Which item.
        item: ItemId,
        /// Its revision now.
        revision: i64,
        /// The version written to.
        version: i64,
    },
    /// To [`Ask::Many`].
    Many(Box<Results>),
    /// To [`Ask::Export`]: the file, and how many items it holds, but for JSON.
    Exported {
        /// The file.
        path: PathBuf,
        /// How many items.
        count: Option<u64>,
    },
    /// To [`Ask::Export`]: a file stands there, and nothing was written.
    StandsAlready(PathBuf),
    /// To [`Ask::Arrangement`].
    Arrangement(Box<Arrangement>),
    /// To [`Ask::Act`]: what was done, and what stands in the way of the next act.
    Acted {
        /// What was done, in words.
        act: Text,
        /// What will be asked of the draft before it is submitted.
        ahead: Option<Failure>,
    },
    /// An act was done.
    Done,
    /// A draft or a habit was kept or thrown away: not worth a word.
    Kept,
}

/// Rows of a list from `skip` on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// How many rows stand before them.
    pub skip: u64,
    /// How many were asked for.
    pub limit: u64,
    /// The rows.
    pub rows: Vec<T>,
}

/// Where the register stands today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// All items.
    pub items: i64,
    /// Items with a version in force.
    pub in_force: i64,
    /// Items by stage, in the order of the stages.
    pub stages: Vec<(Stage, i64)>,
    /// The deadlines of the plan in hand, in order of date.
    pub deadlines: Vec<Deadline>,
    /// Agencies, the most overdue first.
    pub agencies: Vec<OverviewAgency>,
}

/// One deadline of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What has to be done.
    pub rule: DutyRule,
    /// By when, where all are due on one day.
    pub due: Option<NaiveDate>,
    /// Whether each is due one month after its start; else it has no day.
    pub in_a_month: bool,
    /// Duties by standing.
    pub standings: Vec<(Standing, i64)>,
}

/// One agency of the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverviewAgency {
    /// Its full name.
    pub name: String,
    /// Late duties.
    pub overdue: i64,
    /// Items by stage.
    pub stages: Vec<(Stage, i64)>,
}

/// Drafted and published over the year of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// How many duties to draft there are.
    pub total: i64,
    /// Drafting done by day.
    pub drafted: Series,
    /// Publishing done by day.
    pub published: Series,
}

/// How many on which day, in order of days.
pub type Series = Vec<(NaiveDate, i64)>;

/// What an interface knows of a register from the beginning.
pub fn facts_of(register: &Register) -> Result<Facts> {
    let facts = register.facts();
    Ok(Facts {
        city: facts.city.clone(),
        today: register.today(),
        plan_year: facts.plan_year,
        rehearsal: facts.rehearsal,
        agencies: register.agencies().all().to_vec(),
        calendar: register.plans()?.calendar().clone(),
    })
}

/// Answers one question or does one act; `came` is told how far a long one is.
pub fn answer(register: &mut Register, ask: Ask, came: &mut dyn FnMut(u64)) -> Result<Answer> {
    let now = Question::default();
    Ok(match ask {
        Ask::Overview => Answer::Overview(Box::new(overview(register)?)),
        Ask::Progress => Answer::Progress(Box::new(progress(register)?)),
        Ask::Items(window) => {
            let (skip, limit) = (window.skip, window.limit.unwrap_or(u64::MAX));
            Answer::Items(Page { skip, limit, rows: register.item_window(&window)? })
        }
        Ask::CountItems(filter) => Answer::Count(count(register, Of::Items, &filter)?),
        Ask::Preview(item) => Answer::Item(Box::new(register.show_item(item)?), None),
        Ask::Item(item) => Answer::Item(Box::new(register.show_item(item)?), register.kept_draft(item)?.map(Box::new)),
        Ask::Checker(item) => Answer::Checker(Arc::new(register.checker(item)?)),
        Ask::Check { checker, text, baseline } => Answer::Checked(checker.flags(&text, &baseline)),
        Ask::Models { kind, near, words } => Answer::Models(register.models(kind, near, &words)?),
        Ask::Duties(window) => {
            let (skip, limit, mut rows) = (window.skip, window.limit.unwrap_or(u64::MAX), Vec::new());
            register.each_duty(&window, now, |line| {
                rows.push(line);
                Ok(())
            })?;
            Answer::Duties(Page { skip, limit, rows })
        }
        Ask::CountDuties(filter) => Answer::Count(count(register, Of::Duties, &filter)?),
        Ask::DueDays => Answer::DueDays(register.due_days()?),
        Ask::Sources => Answer::Sources(register.sources_with_coverage()?),
        Ask::Source(title) => Answer::Source(Box::new(register.show_source(&title)?)),
        Ask::Import { path, options } => Answer::Trial(Box::new(trial(register, &path, &options, came)?)),
        Ask::Complete(words) => Answer::Completion(complete_path(&words)),
        Ask::Mappings(agency) => Answer::Mappings(register.saved_mappings(Some(&agency))?),
        Ask::SaveMapping { agency, name, mapping } => {
            register.save_mapping(&agency, &name, &mapping)?;
            Answer::Done
        }
        Ask::KeepDraft { item, draft } => {
            register.keep_draft(item, draft.as_deref())?;
            Answer::Kept
        }
        Ask::Save { item, baseline, seen } => {
            let state = register.edit_baseline(item, &baseline, Some(seen))?;
            register.keep_draft(item, None)?;
            Answer::Saved { item, revision: state.revision, version: state.version_no }
        }
        Ask::Answer { item, which, text } => {
            if text.is_empty() {
                register.withdraw_answers(item, &which)?;
            } else {
                register.answer_findings(item, &which, &text)?;
            }
            Answer::Done
        }
        Ask::Act { item, act, reason } => act_on_item(register, item, act, &reason)?,
        Ask::Many { verb, filter, run } => Answer::Many(Box::new(register.many(verb, &filter, run, came)?)),
        Ask::Export { path, overwrite: Overwrite::Refuse, .. } if path.exists() => Answer::StandsAlready(path),
        Ask::Export { path, filter, lang, overwrite } => {
            let count = register.export_file(&path, &filter, lang, overwrite, came)?;
            Answer::Exported { path, count }
        }
        Ask::Arrangement => Answer::Arrangement(Box::new(register.arrangement()?)),
        Ask::KeepArrangement(arrangement) => {
            register.keep_arrangement(&arrangement)?;
            Answer::Kept
        }
        Ask::Explain { source, article, reason } => {
            register.explain_article(&source, &article, &reason)?;
            Answer::Done
        }
    })
}

fn act_on_item(register: &mut Register, item: ItemId, act: Act, reason: &str) -> Result<Answer> {
    use crate::domain::stage::Act as StageAct;
    let (act, ahead) = match act {
        Act::Verify => (StageAct::Verify, register.verify_item(item, None).map(|_| None)),
        Act::Dispute => (StageAct::Dispute, register.dispute_item(item, reason).map(|_| None)),
        Act::Ready => (StageAct::Ready, register.mark_ready_looking_ahead(item)),
        Act::Submit => (StageAct::Submit, register.submit(item).map(|_| None)),
        Act::Revise => (StageAct::Revise, register.revise(item).map(|_| None)),
    };
    Ok(Answer::Acted { act: act.label(), ahead: ahead? })
}

fn count(register: &Register, of: Of, filter: &Filter) -> Result<u64> {
    let groups = register.count(of, &[], filter, Question::default())?;
    Ok(groups.first().map_or(0, |group| u64::try_from(group.count).unwrap_or(0)))
}

fn overview(register: &Register) -> Result<Overview> {
    let (now, everything) = (Question::default(), &Filter::Everything);
    let items = register.count(Of::Items, &[Key::Agency, Key::Stage, Key::InForce], everything, now)?;
    let duties = register.count(Of::Duties, &[Key::Agency, Key::Duty, Key::Standing], everything, now)?;
    let mut overview = Overview::default();
    let mut stages: BTreeMap<Stage, i64> = BTreeMap::new();
    let mut agencies: BTreeMap<&str, (i64, BTreeMap<Stage, i64>)> = BTreeMap::new();
    for group in &items {
        let [agency, stage, in_force] = group.keys.as_slice() else { continue };
        let Some(stage) = Stage::from_id(stage) else { continue };
        overview.items += group.count;
        overview.in_force += if in_force == "true" { group.count } else { 0 };
        *stages.entry(stage).or_default() += group.count;
        *agencies.entry(agency).or_default().1.entry(stage).or_default() += group.count;
    }
    let mut rules: BTreeMap<DutyRule, BTreeMap<Standing, i64>> = BTreeMap::new();
    for group in &duties {
        let [agency, rule, standing] = group.keys.as_slice() else { continue };
        let (Some(rule), Some(standing)) = (DutyRule::from_id(rule), Standing::from_id(standing)) else { continue };
        *rules.entry(rule).or_default().entry(standing).or_default() += group.count;
        if standing == Standing::Overdue {
            agencies.entry(agency).or_default().0 += group.count;
        }
    }
    overview.stages = stages.into_iter().collect();
    overview.agencies = agencies
        .into_iter()
        .map(|(name, (overdue, stages))| OverviewAgency {
            name: name.to_owned(),
            overdue,
            stages: stages.into_iter().collect(),
        })
        .collect();
    overview.agencies.sort_by_key(|agency| {
        (std::cmp::Reverse(agency.overdue), std::cmp::Reverse(agency.stages.iter().map(|(_, n)| n).sum::<i64>()))
    });
    overview.deadlines = deadlines(register, &rules)?;
    Ok(overview)
}

/// The deadlines of the plan in hand, dated ones first, and what else there is to do.
fn deadlines(register: &Register, rules: &BTreeMap<DutyRule, BTreeMap<Standing, i64>>) -> Result<Vec<Deadline>> {
    let plans = register.plans()?;
    let plan = plans.current()?;
    let mut deadlines: Vec<Deadline> = rules
        .iter()
        .map(|(rule, standings)| {
            let due = plan.rule(*rule).map(|of| of.due);
            Deadline {
                rule: *rule,
                due: if let Some(Due::On(day)) = due { day.on(plan.year) } else { None },
                in_a_month: due == Some(Due::OneMonth),
                standings: standings.iter().map(|(at, n)| (*at, *n)).collect(),
            }
        })
        .collect();
    deadlines.sort_by_key(|deadline| (deadline.due.is_none(), deadline.due, deadline.rule));
    Ok(deadlines)
}

fn progress(register: &Register) -> Result<Progress> {
    let drafts = register.count(Of::Duties, &[Key::Duty], &Filter::Everything, Question::default())?;
    let total = drafts.iter().find(|group| group.keys.first().is_some_and(|id| id == DutyRule::Draft.id()));
    Ok(Progress {
        total: total.map_or(0, |group| group.count),
        drafted: register.done_days(DutyRule::Draft)?,
        published: register.done_days(DutyRule::Publish)?,
    })
}
