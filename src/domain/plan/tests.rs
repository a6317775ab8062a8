//! The plan as a file, the plan of 2023, and the duties drawn from plans.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::agency::{Agency, AgencyForm, Level};
use crate::domain::calendar::Calendar;
use crate::domain::duty::{Closing, Duty, DutyKey, Standing, days_late, standing};
use crate::domain::ids::{AgencyId, EventId, ItemId};
use crate::domain::item::Verification;
use crate::domain::toml_error::{Expected, TomlProblem};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plan() -> Plan {
    Plan::built_in().unwrap()
}

fn node(id: i64, form: AgencyForm, level: Level, parent: i64, is_government: bool) -> Agency {
    Agency {
        id: AgencyId(id),
        code: id.to_string(),
        name: id.to_string(),
        short: String::new(),
        form,
        level,
        parent: (parent > 0).then_some(AgencyId(parent)),
        is_government,
        vertical: false,
    }
}

/// 1 city, 2 its bureau, 3 and 4 agencies, 5 tax (central); 10 county with bureau 11 and agency 12; 20 a zone that is
/// a government with agency 21; 30 a zone that is none.
fn agencies() -> Vec<Agency> {
    use AgencyForm::{Agency as Body, Bureau, Government, Zone};
    use Level::{City, County};
    let tax = Agency { vertical: true, ..node(5, Body, City, 1, false) };
    vec![
        node(1, Government, City, 0, true),
        node(2, Bureau, City, 1, false),
        node(3, Body, City, 1, false),
        node(4, Body, City, 1, false),
        tax,
        node(10, Government, County, 1, true),
        node(11, Bureau, County, 10, false),
        node(12, Body, County, 10, false),
        node(20, Zone, City, 1, true),
        node(21, Body, County, 20, false),
        node(30, Zone, County, 1, false),
    ]
}

fn item(id: i64, agency: i64, level: Level) -> ItemFacts {
    ItemFacts {
        item: ItemId(id),
        agency: AgencyId(agency),
        level,
        vertical: false,
        verification: Verification::Listed,
        in_force_since: None,
    }
}

/// «rule agency[:item]» of each duty.
fn said(proposal: &Proposal) -> Vec<String> {
    let line = |key: &DutyKey| {
        let item = key.item.map(|item| format!(":{item}")).unwrap_or_default();
        format!("{} {}{item}", crate::domain::label::Term::id(key.rule), key.agency)
    };
    proposal.duties.iter().map(|duty| line(&duty.key)).collect()
}

#[test]
fn the_plan_of_2023_has_its_dates() {
    let plan = plan();
    assert_eq!((plan.year, plan.starts), (2023, date("2023-08-14")));
    assert_eq!(plan.leads, [14, 7, 3]);
    for (rule, due) in [
        (DutyRule::Draft, Some("2023-08-31")),
        (DutyRule::Publish, Some("2023-10-31")),
        (DutyRule::RegionalTraining, Some("2023-08-31")),
        (DutyRule::SystemTraining, Some("2023-09-30")),
        (DutyRule::Refine, Some("2023-09-14")),
        (DutyRule::Adjust, Some("2023-09-14")),
        (DutyRule::PublishFollowing, None),
        (DutyRule::Distribute, None),
        (DutyRule::ProgressReport, None),
        (DutyRule::AnnualReport, Some("2023-11-10")),
    ] {
        assert_eq!(plan.rule(rule).unwrap().due.date(2023, plan.starts), due.map(date), "{rule:?}");
    }
}

#[test]
fn next_year_has_trainings_anew_and_drafts_what_is_missing() {
    let next = plan().next_year();
    assert_eq!((next.year, next.starts), (2024, date("2024-01-01")));
    assert_eq!(next.title, "2024年行政裁量权基准制定和管理计划");
    assert_eq!(next.document, plan().document);
    assert_eq!(next.rules.len(), plan().rules.len());
    for rule in &next.rules {
        let per_item = matches!(rule.rule, DutyRule::Draft | DutyRule::Publish);
        assert_eq!(rule.items == ItemScope::WithoutVersion, per_item, "{rule:?}");
    }
    assert_eq!(Plan::parse(&next.to_toml()), Ok(next.clone()));
    assert_eq!(next.next_year().rules, next.rules);

    let calendar = Calendar::built_in();
    let agencies = agencies();
    let schedule = Schedule { plan: &next, calendar: &calendar, agencies: &agencies };
    let since = |day: &str| ItemFacts { in_force_since: Some(date(day)), ..item(8, 3, Level::City) };
    assert_eq!(said(&schedule.item_duties(&[since("2023-12-31")])), Vec::<String>::new());
    let within = schedule.item_duties(&[since("2024-01-01")]);
    assert!(within.duties.iter().all(|duty| duty.closed == Closing::Done(date("2024-01-01"))));
    assert_eq!(said(&within), ["draft 3:8", "publish 1:8"]);
}

#[test]
fn each_duty_is_laid_on_those_it_concerns() {
    let (plan, calendar, agencies) = (plan(), Calendar::built_in(), agencies());
    let schedule = Schedule { plan: &plan, calendar: &calendar, agencies: &agencies };
    let mut expected = vec![
        "regional_training 1",
        "regional_training 10",
        "regional_training 20",
        "system_training 2",
        "system_training 3",
        "system_training 4",
        "progress_report 10",
        "progress_report 20",
        "annual_report 10",
        "annual_report 20",
    ];
    assert_eq!(said(&schedule.agency_duties()), expected);

    let items = [
        item(1, 3, Level::City),
        item(2, 2, Level::City),
        item(3, 12, Level::County),
        item(4, 3, Level::Province),
        item(5, 5, Level::City),
        ItemFacts { vertical: true, ..item(6, 3, Level::City) },
        ItemFacts { verification: Verification::Excluded, ..item(7, 3, Level::City) },
        ItemFacts { verification: Verification::Proposed, ..item(8, 3, Level::City) },
        ItemFacts { verification: Verification::Disputed, ..item(9, 4, Level::City) },
    ];
    let of_items = ["draft 3:1", "draft 2:2", "draft 4:9", "publish 1:1", "publish 1:2", "publish 1:9"];
    assert_eq!(said(&schedule.item_duties(&items)), of_items);
    assert_eq!(said(&schedule.item_duties(&items[..1])), ["draft 3:1", "publish 1:1"]);
    expected.extend(of_items);
    let all = schedule.duties(&items);
    assert_eq!(said(&all), expected);
    assert_eq!(all.gaps, BTreeSet::new());
}

#[test]
fn drawing_twice_gives_the_same_keys_and_no_key_twice() {
    let (plan, calendar, agencies) = (plan(), Calendar::built_in(), agencies());
    let schedule = Schedule { plan: &plan, calendar: &calendar, agencies: &agencies };
    let items: Vec<ItemFacts> = (1..50).map(|id| item(id, 2 + id % 3, Level::City)).collect();
    let keys = |items: &[ItemFacts]| schedule.duties(items).duties.iter().map(|duty| duty.key).collect::<Vec<_>>();
    let first = keys(&items);
    let unique: BTreeSet<DutyKey> = first.iter().copied().collect();
    assert_eq!(unique.len(), first.len());
    let texts: BTreeSet<String> = first.iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), first.len());
    let published: Vec<ItemFacts> =
        items.iter().map(|item| ItemFacts { in_force_since: Some(date("2023-10-20")), ..*item }).collect();
    assert_eq!(keys(&published), first);
}

#[test]
fn an_item_in_force_before_the_register_has_its_duties_done_on_that_day() {
    let (plan, calendar, agencies) = (plan(), Calendar::built_in(), agencies());
    let schedule = Schedule { plan: &plan, calendar: &calendar, agencies: &agencies };
    let old = ItemFacts { in_force_since: Some(date("2021-05-01")), ..item(1, 3, Level::City) };
    for duty in schedule.item_duties(&[old]).duties {
        assert_eq!(duty.closed, Closing::Done(date("2021-05-01")));
    }
}

#[test]
fn events_start_clocks_of_one_month() {
    let (plan, calendar, agencies) = (plan(), Calendar::built_in(), agencies());
    let schedule = Schedule { plan: &plan, calendar: &calendar, agencies: &agencies };
    let items = [
        item(1, 3, Level::City),
        item(2, 12, Level::County),
        item(3, 3, Level::Province),
        item(4, 5, Level::City),
        item(5, 21, Level::County),
    ];
    let event = Some(EventId(7));
    let starts = date("2024-01-31");
    let refine = schedule.clocks(DutyRule::Refine, event, starts, &items);
    assert_eq!(said(&refine), ["refine 3:1", "refine 12:2", "refine 21:5"]);
    let first = refine.duties[0];
    assert_eq!((first.key.year, first.key.event, first.due), (2024, event, Some(date("2024-02-29"))));
    assert_eq!(said(&schedule.clocks(DutyRule::Adjust, event, starts, &items)), ["adjust 3:1"]);
    let following = schedule.clocks(DutyRule::PublishFollowing, event, starts, &items);
    assert_eq!(said(&following), ["publish_following 1:1", "publish_following 10:2", "publish_following 20:5"]);
    assert!(following.duties.iter().all(|duty| duty.due.is_none() && duty.starts == starts));
    let distribute = schedule.clocks(DutyRule::Distribute, None, starts, &items[..1]);
    assert_eq!(said(&distribute), ["distribute 3:1"]);
    assert_eq!(schedule.clocks(DutyRule::Draft, event, starts, &items), Proposal::default());
}

#[test]
fn due_days_move_off_rest_days_only_if_the_plan_says_so() {
    let (mut plan, calendar, agencies) = (plan(), Calendar::built_in(), agencies());
    let due = |plan: &Plan, rule: DutyRule| {
        let proposal = Schedule { plan, calendar: &calendar, agencies: &agencies }.duties(&[item(1, 3, Level::City)]);
        let duty = proposal.duties.iter().find(|duty| duty.key.rule == rule).unwrap().due;
        (duty.unwrap().to_string(), proposal.gaps.into_iter().collect::<Vec<_>>())
    };
    assert_eq!(due(&plan, DutyRule::SystemTraining), ("2023-09-30".into(), vec![]));
    plan.move_to_working_day = true;
    assert_eq!(due(&plan, DutyRule::SystemTraining), ("2023-10-07".into(), vec![]));
    assert_eq!(due(&plan, DutyRule::Draft), ("2023-08-31".into(), vec![]));
    let next = plan.next_year();
    assert_eq!(due(&next, DutyRule::Draft), ("2024-09-02".into(), vec![]));
    let unknown = next.next_year().next_year().next_year();
    assert_eq!(due(&unknown, DutyRule::Draft), ("2027-08-31".into(), vec![Gap::YearNotLoaded(2027)]));
}

#[test]
fn what_cannot_be_laid_on_anybody_is_said() {
    let (plan, calendar) = (plan(), Calendar::built_in());
    let draw = |agencies: &[Agency], items: &[ItemFacts]| {
        Schedule { plan: &plan, calendar: &calendar, agencies }.item_duties(items)
    };
    let lost = draw(&agencies(), &[item(1, 99, Level::City)]);
    assert_eq!(lost.gaps, BTreeSet::from([Gap::UnknownAgency { item: ItemId(1), agency: AgencyId(99) }]));
    assert_eq!(lost.duties, vec![]);

    let circle =
        [node(3, AgencyForm::Agency, Level::City, 4, false), node(4, AgencyForm::Agency, Level::City, 3, false)];
    let alone = draw(&circle, &[item(1, 3, Level::City)]);
    assert_eq!(said(&alone), ["draft 3:1"]);
    assert_eq!(alone.gaps, BTreeSet::from([Gap::NoGovernment { agency: AgencyId(3), level: Level::City }]));

    let mut orphan = agencies();
    orphan[2].parent = None;
    assert_eq!(said(&draw(&orphan, &[item(1, 3, Level::City)])), ["draft 3:1", "publish 1:1"], "one city alone");
    orphan.push(node(50, AgencyForm::Government, Level::City, 0, true));
    assert_eq!(said(&draw(&orphan, &[item(1, 3, Level::City)])), ["draft 3:1"], "two cities: not guessed");
}

/// The numbers that the office will look at first: what stood on 1 November 2023.
#[test]
fn the_plan_of_2023_on_the_first_of_november() {
    let (plan, calendar, agencies) = (plan(), Calendar::built_in(), agencies());
    let schedule = Schedule { plan: &plan, calendar: &calendar, agencies: &agencies };
    let on = date("2023-11-01");
    let found: Vec<(DutyRule, Standing, i64)> = schedule
        .duties(&[ItemFacts { verification: Verification::Confirmed, ..item(1, 3, Level::City) }])
        .duties
        .into_iter()
        .filter(|new| [1, 3, 10].contains(&new.key.agency.0))
        .map(|new| {
            let begun = new.key.rule == DutyRule::Draft;
            let duty = Duty {
                rule: new.key.rule,
                year: new.key.year,
                starts: Some(new.starts),
                original_due: new.due,
                due: new.due,
                begun,
                closed: new.closed,
            };
            (new.key.rule, standing(&duty, on, &plan.leads), days_late(&duty, on))
        })
        .collect();
    assert_eq!(
        found,
        [
            (DutyRule::RegionalTraining, Standing::Overdue, 62),
            (DutyRule::RegionalTraining, Standing::Overdue, 62),
            (DutyRule::SystemTraining, Standing::Overdue, 32),
            (DutyRule::ProgressReport, Standing::NotStarted, 0),
            (DutyRule::AnnualReport, Standing::DueSoon, 0),
            (DutyRule::Draft, Standing::Overdue, 62),
            (DutyRule::Publish, Standing::Overdue, 1),
        ]
    );
}

#[test]
fn a_wrong_plan_is_refused_with_its_place() {
    let good = plan().to_toml();
    let unreadable = |line, problem| Err(PlanError::Unreadable(TomlError { line, problem }));
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        Plan::parse(&good.replacen(from, to, 1))
    };
    assert_eq!(with("leads =", "lead ="), unreadable(6, TomlProblem::UnknownKey("lead".into())));
    assert_eq!(with("due = \"08-31\"", "do = \"08-31\""), unreadable(13, TomlProblem::UnknownKey("do".into())));
    assert_eq!(with("due = \"08-31\"", ""), unreadable(9, TomlProblem::MissingKey("due".into())));
    for (from, to, line, problem) in [
        ("due = \"08-31\"", "due = \"08-32\"", 13, TomlProblem::Expected(Expected::Due)),
        ("due = \"08-31\"", "due = \"soon\"", 13, TomlProblem::Expected(Expected::Due)),
        ("next_starts = \"01-01\"", "next_starts = \"1\"", 5, TomlProblem::Expected(Expected::MonthDay)),
        ("rule = \"draft\"", "rule = \"drafting\"", 10, TomlProblem::UnknownTerm("drafting".into())),
        ("who = \"city_agencies\"", "who = \"all\"", 28, TomlProblem::UnknownTerm("all".into())),
        ("starts = 2023-08-14", "starts = 2023-08-14T08:00:00", 4, TomlProblem::Expected(Expected::Date)),
        ("starts = 2023-08-14", "starts = \"2023-8\"", 4, TomlProblem::Expected(Expected::Date)),
    ] {
        assert_eq!(with(from, to), unreadable(line, problem), "{to}");
    }
    assert!(matches!(with("year = 2023", "year ="), Err(PlanError::Unreadable(TomlError { line: 1, .. }))));
    assert_eq!(with("2023-08-14", "\"2023-08-14\""), Ok(plan()));
    assert_eq!(with("year = 2023", "year = 20230"), Err(PlanError::BadYear(20230)));
    assert_eq!(with("[14, 7, 3]", "[]"), Err(PlanError::BadLeads));
    assert_eq!(with("[14, 7, 3]", "[0]"), Err(PlanError::BadLeads));
    assert_eq!(with("[14, 7, 3]", "[3, 14, 7, 7]").unwrap().leads, [14, 7, 3]);
    assert_eq!(with("rule = \"publish\"", "rule = \"draft\""), Err(PlanError::RuleTwice(DutyRule::Draft)));
    assert_eq!(
        with("\"city_agency_of_item\"", "\"governments\""),
        Err(PlanError::WhoDoesNotFit { rule: DutyRule::Draft, who: Who::Governments })
    );
    assert_eq!(with("\"one_month\"", "\"08-31\""), Err(PlanError::DueDoesNotFit(DutyRule::Refine)));
}

proptest! {
    #[test]
    fn every_plan_is_read_back_from_its_file(
        title in any::<String>(),
        document in any::<String>(),
        year in 1949..9998_i32,
        (month, day) in (1..=12_u32, 1..=28_u32),
        moves in any::<bool>(),
        lead in 1..=366_u32,
        keep in prop::sample::subsequence((0..10).collect::<Vec<usize>>(), 0..=10),
        next in any::<bool>(),
    ) {
        let built_in = plan();
        let starts = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let next_starts = MonthDay::new(month, day).unwrap();
        let rules = keep.iter().map(|&at| built_in.rules[at]).collect();
        let mut plan =
            Plan { year, title, document, starts, next_starts, leads: vec![lead], move_to_working_day: moves, rules };
        if next {
            plan = plan.next_year();
        }
        prop_assert_eq!(Plan::parse(&plan.to_toml()), Ok(plan));
    }
}
