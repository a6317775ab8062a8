//! Looking a register over: each thing by itself, so that one that fails does not hide the others.

use std::path::Path;

use super::super::{Result, plans};
use super::words::{flaw_words, rebuild, restore_backup};
use crate::domain::calendar::Calendar;
use crate::domain::label::Term;
use crate::domain::plan::Plan;
use crate::i18n::{Text, Words};
use crate::store::{Exam, Head, Store};
use crate::words;

crate::terms! {
    /// How a checkup ended.
    pub enum Health {
        /// As it must be.
        Sound = "sound", "正常", "sound";
        /// Something to know.
        Notice = "notice", "提示", "notice";
        /// Not as it must be.
        Failed = "failed", "不正常", "failed";
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// Identifier.
    pub id: &'static str,
    /// What was looked at.
    pub label: Text,
    /// How it ended.
    pub health: Health,
    /// What was found; empty where there is nothing to say.
    pub found: Vec<Words>,
    /// What to do; empty where there is nothing to do.
    pub next: Words,
}

/// Examines the register at `path`, also one that cannot be worked with any more.
#[must_use]
pub fn doctor(path: &Path) -> Vec<Checkup> {
    match Store::open(path) {
        Ok(store) => all(&store),
        Err(error) => vec![checkup("open", Text::new("打开登记库", "opening the register"), Err(error.into()))],
    }
}

pub(super) fn all(store: &Store) -> Vec<Checkup> {
    let examined = Exam::ALL.iter().map(|exam| checkup(exam.id(), exam.label(), examine(store, *exam)));
    examined
        .chain([
            checkup("search", Text::new("检索索引", "search index"), search(store)),
            checkup("plan", Text::new("年度计划", "plans"), yearly_plans(store)),
            checkup("rest_days", Text::new("节假日表", "rest days"), rest_days(store)),
        ])
        .collect()
}

/// What a checkup comes to: how it ended, what was found, what to do.
type Outcome = Result<(Health, Vec<Words>, Words)>;

fn checkup(id: &'static str, label: Text, outcome: Outcome) -> Checkup {
    let (health, found, next) = outcome.unwrap_or_else(|failure| (Health::Failed, vec![failure.reason], failure.next));
    Checkup { id, label, health, found, next }
}

const fn sound(found: Vec<Words>) -> (Health, Vec<Words>, Words) {
    (Health::Sound, found, Words { zh: String::new(), en: String::new() })
}

fn examine(store: &Store, exam: Exam) -> Outcome {
    let flaws = store.examine(exam)?;
    if !flaws.is_empty() {
        let next = if exam == Exam::Derived { rebuild() } else { restore_backup() };
        return Ok((Health::Failed, flaws.iter().map(flaw_words).collect(), next));
    }
    if exam != Exam::Trail {
        return Ok(sound(Vec::new()));
    }
    let Head { count, hash } = store.trail_head()?;
    Ok(sound(vec![words!("共 {count} 条，末尾哈希 {hash}。", "{count} entries, ending with {hash}.")]))
}

fn search(store: &Store) -> Outcome {
    Ok(match store.search_lag()? {
        0 => sound(Vec::new()),
        lag => (
            Health::Notice,
            vec![words!("有 {lag} 个事项等待编入索引。", "{lag} items wait for the index.")],
            words!("下一次检索时自动编入，不用处理。", "The next search does it; there is nothing to do."),
        ),
    })
}

fn yearly_plans(store: &Store) -> Outcome {
    let mut years = Vec::new();
    for (year, toml) in store.plans()? {
        Plan::parse(&toml).map_err(plans::plan_failure)?;
        years.push(year);
    }
    let current = store.facts()?.map(|facts| facts.plan_year);
    Ok(match current {
        Some(year) if years.contains(&year) => sound(Vec::new()),
        Some(year) => (
            Health::Failed,
            vec![words!("没有 {year} 年的计划。", "There is no plan of {year}.")],
            words!("用 cailiang plan load 读入。", "Read it with cailiang plan load."),
        ),
        None => (
            Health::Failed,
            vec![words!("登记库还没有建好。", "The register has not been set up.")],
            words!("请删除该文件，再运行 cailiang init。", "Delete the file and run cailiang init again."),
        ),
    })
}

fn rest_days(store: &Store) -> Outcome {
    let mut calendar = Calendar::built_in();
    for (_, toml) in store.rest_days()? {
        calendar.load(Calendar::parse(&toml).map_err(plans::calendar_failure)?);
    }
    let year = store.facts()?.map(|facts| facts.plan_year);
    Ok(match year.filter(|year| !calendar.years().any(|known| known == *year)) {
        None => sound(Vec::new()),
        Some(year) => (
            Health::Notice,
            vec![words!("{year} 年的节假日表没有装入。", "The rest days of {year} are not loaded.")],
            words!(
                "国务院办公厅通知公布后，用 cailiang plan rest-days 装入。",
                "Load them with cailiang plan rest-days once the State Council has announced them."
            ),
        ),
    })
}
