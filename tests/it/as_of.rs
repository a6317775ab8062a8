//! What stood on a day is told the same after later writes as on the day itself.

use std::path::Path;

use cailiang::domain::filter::Filter;
use cailiang::domain::stage::Stage;
use cailiang::i18n::FailureKind;
use cailiang::service::{Clock, DutyLine, ItemLine, Key, Of, Question, Register, TrainingForm, Window};
use chrono::{Days, NaiveDate};

fn clock(day: NaiveDate) -> Clock {
    Clock { day, time: "15:00:00".to_owned(), told: true }
}

/// Everything that lists and counts say of a day.
fn told(path: &Path, today: NaiveDate, of: NaiveDate) -> Vec<String> {
    let register = Register::open(path, clock(today), "test").unwrap();
    let question = Question { as_of: Some(of), known_on: None };
    let window = Window::of(Filter::Everything);
    let mut lines = Vec::new();
    let item = |line: ItemLine| {
        lines.push(format!("{line:?}"));
        Ok(())
    };
    register.each_item(&window, question, item).unwrap();
    let duty = |line: DutyLine| {
        lines.push(format!("{line:?}"));
        Ok(())
    };
    register.each_duty(&window, question, duty).unwrap();
    for (of, keys) in [
        (Of::Items, [Key::Agency, Key::Kind, Key::Stage, Key::Standing, Key::Verification, Key::InForce].as_slice()),
        (Of::Items, &[Key::Level, Key::Source]),
        (Of::Duties, &[Key::Agency, Key::Duty, Key::Year, Key::Standing]),
    ] {
        let groups = register.count(of, keys, &Filter::Everything, question).unwrap();
        lines.extend(groups.iter().map(|group| format!("{group:?}")));
    }
    lines
}

/// Does something of every kind, on that day.
fn work_on(path: &Path, day: NaiveDate) {
    let mut register = Register::open(path, clock(day), "test").unwrap();
    let agency = register.agencies().all()[2].name.clone();
    let form = TrainingForm { agency, title: "复训".to_owned(), on: None, people: 9, note: String::new() };
    register.record_training(&form).unwrap();
    let mut items = Vec::new();
    let each = |line: ItemLine| {
        items.push((line.id, line.stage));
        Ok(())
    };
    register.each_item(&Window::of(Filter::Everything), Question::default(), each).unwrap();
    for (id, stage) in items {
        let done = match stage {
            Stage::Listed => register.verify_item(id, None).map(drop),
            Stage::Verified => register.exclude_item(id, "没有裁量空间").map(drop),
            // A draft with findings that stand is refused, and stays as it is.
            Stage::Drafting | Stage::Returned => match register.submit(id) {
                Err(failure) if failure.kind == FailureKind::Refused => Ok(()),
                done => done.map(drop),
            },
            Stage::Submitted => register.accept(id).map(drop),
            Stage::Accepted => register.reopen(id, "补充条件").map(drop),
            Stage::Published => register.repeal(id, "依据废止", None).map(drop),
            _ => Ok(()),
        };
        done.unwrap();
    }
}

#[test]
fn a_past_day_is_told_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.db");
    let today = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
    Register::demo(Some(&path), &clock(today)).unwrap();
    let before = told(&path, today, today);
    assert!(before.len() > 1_000);
    let days = [1, 2, 5].map(|later| today.checked_add_days(Days::new(later)).unwrap());
    let mut told_then = vec![(today, before)];
    for day in days {
        work_on(&path, day);
        told_then.push((day, told(&path, day, day)));
    }
    let last = days[2].checked_add_days(Days::new(30)).unwrap();
    work_on(&path, last);
    for (day, then) in told_then {
        let now = told(&path, last, day);
        let differs: Vec<_> = then.iter().zip(&now).filter(|(then, now)| then != now).take(3).collect();
        assert!(differs.is_empty() && then.len() == now.len(), "{day}: {differs:#?}");
    }
}
