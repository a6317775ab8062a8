//! Puts the city together from its files.

use chrono::NaiveDate;

use super::data::{AgencyEntry, Data, EventEntry, ReportEntry, TrainingEntry};
use super::{City, DemoError, DemoEvent, DemoReport, DemoTraining, Dues, PLAN_START, acts, ago, items, law};
use crate::domain::agency::{Agency, AgencyForm};
use crate::domain::clause::Clause;
use crate::domain::ids::{AgencyId, SourceId};

/// The city as it stands on a day.
pub fn city(today: NaiveDate) -> Result<City, DemoError> {
    let data = Data::read()?;
    let agencies = agencies(&data)?;
    let sources = law::sources(&data, today)?;
    let items = items::items(&data, &agencies, &sources, today)?;
    let work = &data.work;
    Ok(City {
        name: work.name.clone(),
        today,
        plan_start: ago(today, PLAN_START),
        dues: Dues::around(today),
        batches: work.batches.iter().map(|batch| acts::batch(batch, today)).collect(),
        events: work.events.iter().map(|event| self::event(&data, event, today)).collect::<Result<_, _>>()?,
        trainings: trainings(&data, today)?,
        reports: reports(&data, today)?,
        answers: work.answers.clone(),
        agencies,
        sources,
        items,
    })
}

fn agencies(data: &Data) -> Result<Vec<Agency>, DemoError> {
    let agency = |(number, entry): (i64, &AgencyEntry)| {
        let parent = entry.parent.as_deref().map(|code| data.agency(code)).transpose()?;
        Ok(Agency {
            id: AgencyId(number),
            code: entry.code.clone(),
            name: entry.name.clone(),
            short: entry.short.clone(),
            form: entry.form,
            level: entry.level,
            parent: parent.map(|(number, _)| AgencyId(number)),
            is_government: entry.is_government || entry.form == AgencyForm::Government,
            vertical: entry.vertical,
        })
    };
    (1..).zip(&data.agencies).map(agency).collect()
}

fn event(data: &Data, entry: &EventEntry, today: NaiveDate) -> Result<DemoEvent, DemoError> {
    Ok(DemoEvent {
        date: ago(today, entry.ago),
        source: SourceId(data.source(&entry.source)?),
        change: entry.change,
        text: entry.text.clone(),
        clauses: entry.articles.iter().map(|&article| Clause::article(article)).collect(),
    })
}

fn trainings(data: &Data, today: NaiveDate) -> Result<Vec<DemoTraining>, DemoError> {
    let training = |entry: &TrainingEntry| {
        Ok(DemoTraining {
            rule: entry.rule,
            agency: AgencyId(data.agency(&entry.agency)?.0),
            date: ago(today, entry.ago),
            title: entry.title.clone(),
            people: entry.people,
        })
    };
    data.work.trainings.iter().map(training).collect()
}

fn reports(data: &Data, today: NaiveDate) -> Result<Vec<DemoReport>, DemoError> {
    let report = |entry: &ReportEntry| {
        Ok(DemoReport {
            rule: entry.rule,
            county: AgencyId(data.agency(&entry.agency)?.0),
            date: ago(today, entry.ago),
            text: entry.text.clone(),
        })
    };
    data.work.reports.iter().map(report).collect()
}
