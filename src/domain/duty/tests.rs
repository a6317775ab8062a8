//! Standings as tables, and over all combinations against an independent reading of the rules.

use chrono::{Days, NaiveDate};

use super::*;
use crate::domain::label::Term;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn duty(due: Option<&str>, begun: bool, closed: Closing) -> Duty {
    let due = due.map(date);
    Duty { rule: DutyRule::Draft, year: 2023, starts: Some(date("2023-08-14")), original_due: due, due, begun, closed }
}

const LEADS: &[u32] = &[14, 7, 3];

#[test]
fn a_duty_stands_by_the_day_asked() {
    use Standing::{Done, DoneLate, DueSoon, NotStarted, OnTrack, Overdue, Waived};
    let due = Some("2023-08-31");
    let done = |day: &str| Closing::Done(date(day));
    let waived = |day: &str| Closing::Waived(date(day));
    for (due, begun, closed, on, expected, late) in [
        (due, false, Closing::Open, "2023-08-16", NotStarted, 0),
        (due, true, Closing::Open, "2023-08-16", OnTrack, 0),
        (due, true, Closing::Open, "2023-08-17", DueSoon, 0),
        (due, false, Closing::Open, "2023-08-31", DueSoon, 0),
        (due, true, Closing::Open, "2023-09-01", Overdue, 1),
        (due, true, Closing::Open, "2023-11-01", Overdue, 62),
        (due, true, done("2023-08-31"), "2023-08-31", Done, 0),
        (due, true, done("2023-08-31"), "2023-08-30", DueSoon, 0),
        (due, true, done("2023-09-05"), "2023-09-04", Overdue, 4),
        (due, true, done("2023-09-05"), "2023-09-05", DoneLate, 5),
        (due, true, done("2023-09-05"), "2024-09-05", DoneLate, 5),
        (due, false, waived("2023-09-05"), "2023-09-04", Overdue, 4),
        (due, false, waived("2023-09-05"), "2023-09-05", Waived, 0),
        (None, false, Closing::Open, "2030-01-01", NotStarted, 0),
        (None, true, Closing::Open, "2030-01-01", OnTrack, 0),
        (None, true, done("2030-01-01"), "2030-01-01", Done, 0),
    ] {
        let duty = duty(due, begun, closed);
        assert_eq!(standing(&duty, date(on), LEADS), expected, "{duty:?} on {on}");
        assert_eq!(days_late(&duty, date(on)), late, "{duty:?} on {on}");
    }
}

#[test]
fn an_extension_keeps_the_days_from_the_original_date() {
    let mut duty = duty(Some("2023-08-31"), true, Closing::Open);
    duty.due = Some(date("2023-09-30"));
    let on = date("2023-10-02");
    assert_eq!((days_late(&duty, on), days_late_from_original(&duty, on)), (2, 32));
    assert_eq!(standing(&duty, date("2023-09-10"), LEADS), Standing::OnTrack);
    duty.closed = Closing::Done(date("2023-09-20"));
    assert_eq!(standing(&duty, on, LEADS), Standing::Done);
    assert_eq!((days_late(&duty, on), days_late_from_original(&duty, on)), (0, 20));
}

#[test]
fn without_leads_only_the_due_day_is_soon() {
    let duty = duty(Some("2023-08-31"), false, Closing::Open);
    assert_eq!(standing(&duty, date("2023-08-30"), &[]), Standing::NotStarted);
    assert_eq!(standing(&duty, date("2023-08-31"), &[]), Standing::DueSoon);
}

#[test]
fn the_age_runs_until_the_closing() {
    let mut duty = duty(None, true, Closing::Open);
    assert_eq!(duty.age(date("2023-08-13")), None);
    assert_eq!(duty.age(date("2023-09-14")), Some(31));
    duty.closed = Closing::Done(date("2023-08-24"));
    assert_eq!(duty.age(date("2023-08-20")), Some(6));
    assert_eq!(duty.age(date("2023-09-14")), Some(10));
    duty.starts = None;
    assert_eq!(duty.age(date("2023-09-14")), None);
}

/// Every day around every due date, closing and lead, against the rules said the other way round.
#[test]
fn all_combinations_agree_with_the_rules() {
    let start = date("2024-02-20");
    let days: Vec<NaiveDate> = (0..20).map(|day| start + Days::new(day)).collect();
    let dates: Vec<Option<NaiveDate>> = days.iter().copied().map(Some).chain([None]).collect();
    let closings = days.iter().flat_map(|&day| [Closing::Done(day), Closing::Waived(day)]).chain([Closing::Open]);
    for closed in closings.collect::<Vec<_>>() {
        for &due in &dates {
            for on in &days {
                for (begun, lead) in [(false, 0), (true, 0), (false, 3), (true, 3)] {
                    let duty = Duty { due, begun, closed, ..duty(None, false, Closing::Open) };
                    let found = standing(&duty, *on, &[lead, 1.min(lead)]);
                    let in_time = |day: NaiveDate| due.is_none_or(|due| day <= due);
                    let near = due.is_some_and(|due| *on + Days::new(lead.into()) >= due);
                    let expected = match closed {
                        Closing::Done(day) if day <= *on && in_time(day) => Standing::Done,
                        Closing::Done(day) if day <= *on => Standing::DoneLate,
                        Closing::Waived(day) if day <= *on => Standing::Waived,
                        _ if !in_time(*on) => Standing::Overdue,
                        _ if near => Standing::DueSoon,
                        _ if begun => Standing::OnTrack,
                        _ => Standing::NotStarted,
                    };
                    assert_eq!(found, expected, "{duty:?} on {on}");
                    let late = matches!(found, Standing::Overdue | Standing::DoneLate);
                    assert_eq!(days_late(&duty, *on) > 0, late, "{duty:?} on {on}");
                }
            }
        }
    }
}

#[test]
fn keys_are_told_apart_in_one_text() {
    let key = DutyKey { rule: DutyRule::Draft, year: 2023, agency: AgencyId(12), item: Some(ItemId(345)), event: None };
    assert_eq!(key.to_string(), "draft/2023/12/345/-");
    let other = DutyKey { item: None, event: Some(EventId(345)), ..key };
    assert_ne!(key.to_string(), other.to_string());
}

#[test]
fn every_rule_rests_on_a_clause() {
    for rule in DutyRule::ALL {
        assert!(rule.clauses().iter().all(|clause| clause.starts_with('S')) && !rule.clauses().is_empty());
    }
}
