//! The city is what its description promises.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::*;
use crate::domain::agency::AgencyForm;
use crate::domain::duty::Standing;
use crate::domain::item::{ClauseRole, identity};
use crate::domain::kind::{Kind, Need};
use crate::domain::label::Term;
use crate::domain::procedure::{missing, out_of_order};
use crate::domain::source::{Rank, SourceStatus};
use crate::domain::stage::{Stage, decide};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 20).unwrap()
}

fn the_city() -> City {
    city(day()).unwrap()
}

/// The stage after an item's acts; every one of them must be legal.
fn replay(item: &DemoItem) -> Stage {
    let mut stage = Stage::Listed;
    for (date, act) in &item.acts {
        if let DemoAct::PublishedBefore { .. } = act {
            assert_eq!(stage, Stage::Listed, "{}", item.text.title);
            stage = Stage::Published;
        }
        if let Some(row) = act.act() {
            let row = decide(row, stage, act.reason())
                .unwrap_or_else(|refusal| panic!("{} on {date}: {refusal:?}", item.text.title));
            stage = row.to.unwrap_or(stage);
        }
    }
    stage
}

#[test]
fn counts() {
    let city = the_city();
    assert_eq!(city.agencies.len(), 43);
    assert_eq!(city.sources.len(), 25);
    assert_eq!(city.items.len(), 400);
    let rank = |rank| city.sources.iter().filter(|of| of.source.rank == Some(rank)).count();
    assert_eq!((rank(Rank::CityRegulation), rank(Rank::CityRule)), (16, 7));
    let status = |status| city.sources.iter().filter(|of| of.source.status == status).count();
    assert_eq!((status(SourceStatus::Amended), status(SourceStatus::Repealed)), (1, 1));
    for source in &city.sources {
        assert!((6..=15).contains(&source.articles.len()), "{}", source.source.title);
    }
    let penalties = city.items.iter().filter(|item| item.text.kind == Kind::Penalty).count();
    assert!((270..=300).contains(&penalties), "{penalties}");
    for kind in Kind::ALL {
        assert!(city.items.iter().any(|item| item.text.kind == *kind), "{}", kind.id());
    }
    assert!((10..=20).contains(&city.items.iter().filter(|item| item.defect.is_some()).count()));
}

#[test]
fn the_tree_has_its_parents_first() {
    let city = the_city();
    for (number, agency) in (1..).zip(&city.agencies) {
        assert_eq!(agency.id.0, number);
        assert!(agency.parent.map_or(number == 1, |parent| parent.0 < number), "{}", agency.name);
        assert_eq!(agency.is_government, agency.form == AgencyForm::Government || agency.code == "KF");
    }
    let distinct = |of: fn(&Agency) -> &str| city.agencies.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(distinct(|agency| &agency.code), 43);
    assert_eq!(distinct(|agency| &agency.name), 43);
    for agency in city.agencies.iter().filter(|agency| agency.form == AgencyForm::Agency) {
        assert!(city.items.iter().any(|item| item.agency == agency.id), "{} has no item", agency.name);
    }
}

#[test]
fn the_same_day_gives_the_same_city() {
    assert_eq!(the_city(), the_city());
}

#[test]
fn every_citation_stands_in_its_source() {
    let city = the_city();
    for item in &city.items {
        assert_eq!(item.text.citations[0].role, ClauseRole::Authority);
        for citation in &item.text.citations {
            let source = city.sources.iter().find(|of| Some(of.source.id) == citation.source).unwrap();
            let clause = citation.clause.unwrap();
            let article = source.articles.iter().find(|article| article.number == clause.article).unwrap();
            let lines = article.text.lines().count();
            let written = &citation.written;
            assert_eq!(source.source.title, citation.title);
            assert_eq!(Clause::parse(written).as_ref(), Some(&clause), "{written}");
            assert!(usize::try_from(clause.paragraph).unwrap() <= lines, "{} {written}", citation.title);
            assert!(clause.item == 0 || usize::try_from(clause.item).unwrap() < lines, "{} {written}", citation.title);
            if clause.item > 0 {
                let sign = written.split('第').next_back().unwrap().trim_end_matches('项').to_owned();
                assert!(article.text.contains(&format!("\n{sign}")), "{} {written}", citation.title);
            }
        }
    }
}

#[test]
fn every_article_has_an_item_a_duty_or_a_reason() {
    let city = the_city();
    let cited: BTreeSet<(i64, u32)> = city
        .items
        .iter()
        .flat_map(|item| &item.text.citations)
        .map(|of| (of.source.unwrap().0, of.clause.as_ref().unwrap().article))
        .collect();
    let mut bare = 0;
    for source in &city.sources {
        for article in &source.articles {
            let held = cited.contains(&(source.source.id.0, article.number));
            assert!(!held || article.no_item_reason.is_empty(), "{} {}", source.source.title, article.number);
            bare += usize::from(!held && article.no_item_reason.is_empty());
        }
    }
    assert!((1..=8).contains(&bare), "a few articles are still to be looked at: {bare}");
}

#[test]
fn acts_are_legal_in_order_and_inside_the_plan() {
    for today in (0..400).step_by(19).map(|days| day() + Days::new(days)) {
        let city = city(today).unwrap();
        for item in &city.items {
            replay(item);
            for pair in item.acts.windows(2) {
                assert!(pair[0].0 <= pair[1].0, "{}: {pair:?}", item.text.title);
            }
            for (date, act) in &item.acts {
                assert!((city.plan_start..=today).contains(date), "{} {act:?}", item.text.title);
            }
        }
    }
}

#[test]
fn every_stage_is_there() {
    let city = the_city();
    let mut counts: BTreeMap<Stage, usize> = BTreeMap::new();
    for item in &city.items {
        *counts.entry(replay(item)).or_default() += 1;
    }
    // An item is never superseded itself: one of its versions is.
    for stage in Stage::ALL.iter().filter(|stage| **stage != Stage::Superseded) {
        assert!(counts.get(stage).is_some_and(|count| *count >= 4), "{}: {counts:?}", stage.id());
    }
    let twice = |item: &&DemoItem| {
        let published = |act: &DemoAct| matches!(act, DemoAct::Publish { .. } | DemoAct::PublishedBefore { .. });
        item.acts.iter().filter(|(_, act)| published(act)).count() > 1
    };
    assert!(city.items.iter().filter(twice).count() >= 4);
    for (what, is) in [
        ("disputed", (|act| matches!(act, DemoAct::Dispute(_))) as fn(&DemoAct) -> bool),
        ("proposed", |act| matches!(act, DemoAct::Propose(_))),
        ("ready", |act| matches!(act, DemoAct::Ready)),
    ] {
        assert!(city.items.iter().any(|item| item.acts.last().is_some_and(|(_, act)| is(act))), "{what}");
    }
}

/// The standing of an item's drafting duty, from its acts alone.
fn standing(city: &City, item: &DemoItem) -> Standing {
    let mut due = city.dues.drafting;
    let (mut done, mut begun, mut waived) = (None, false, false);
    for (date, act) in &item.acts {
        match act {
            DemoAct::Extend { rule: DutyRule::Draft, to, .. } => due = *to,
            DemoAct::Waive { rule: DutyRule::Draft, .. } | DemoAct::Exclude(_) => waived = true,
            DemoAct::Submit | DemoAct::PublishedBefore { .. } => done = done.or(Some(*date)),
            DemoAct::Verify | DemoAct::Draft => begun = true,
            _ => {}
        }
    }
    match done {
        _ if waived => Standing::Waived,
        Some(done) if done <= due => Standing::Done,
        Some(_) => Standing::DoneLate,
        None if due < city.today => Standing::Overdue,
        None if due <= city.today + Days::new(14) => Standing::DueSoon,
        None if begun => Standing::OnTrack,
        None => Standing::NotStarted,
    }
}

#[test]
fn every_standing_is_there() {
    let city = the_city();
    let concerned = city.items.iter().filter(|item| item.level == Level::City && !item.vertical);
    let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
    let mut lateness = BTreeSet::new();
    for item in concerned {
        let standing = standing(&city, item);
        *counts.entry(standing).or_default() += 1;
        if standing == Standing::Overdue {
            let extended = item.acts.iter().find_map(|(_, act)| match act {
                DemoAct::Extend { rule: DutyRule::Draft, to, .. } => Some(*to),
                _ => None,
            });
            lateness.insert(city.today - extended.unwrap_or(city.dues.drafting));
        }
    }
    for standing in Standing::ALL {
        assert!(counts.get(standing).is_some_and(|count| *count >= 2), "{}: {counts:?}", standing.id());
    }
    assert!(lateness.len() >= 4, "{lateness:?}");
}

#[test]
fn what_is_published_went_through_every_step() {
    let city = the_city();
    for item in &city.items {
        let mut steps = Vec::new();
        for (date, act) in &item.acts {
            match act {
                DemoAct::Step(record) => {
                    assert_eq!(record.on, *date);
                    assert!(record.from.is_none_or(|from| from <= *date && from >= city.plan_start));
                    steps.push(record.clone());
                }
                DemoAct::Publish { batch, number } => {
                    assert_eq!(missing(&steps), [], "{}", item.text.title);
                    assert_eq!(out_of_order(&steps), None, "{}", item.text.title);
                    assert_eq!((city.batches[*batch].published, &city.batches[*batch].number), (*date, number));
                }
                DemoAct::Revise(_) => steps.clear(),
                _ => {}
            }
        }
    }
    for batch in 0..city.batches.len() {
        let of_batch = |act: &DemoAct| matches!(act, DemoAct::Publish { batch: of, .. } if *of == batch);
        assert!(city.items.iter().any(|item| item.acts.iter().any(|(_, act)| of_batch(act))), "{batch}");
    }
}

#[test]
fn county_provincial_and_central_items_have_no_duties_to_move() {
    let city = the_city();
    for item in city.items.iter().filter(|item| item.level != Level::City || item.vertical) {
        let moves = |act: &DemoAct| matches!(act, DemoAct::Extend { .. } | DemoAct::Waive { .. });
        assert!(!item.acts.iter().any(|(_, act)| moves(act)), "{}", item.text.title);
    }
    assert!(city.items.iter().any(|item| item.level == Level::Province));
    assert!(city.items.iter().any(|item| item.level == Level::County));
    assert!(city.items.iter().any(|item| item.vertical));
}

#[test]
fn identities_are_distinct_within_an_agency() {
    let city = the_city();
    let mut seen = BTreeSet::new();
    for item in &city.items {
        let id = identity(&item.text.code, &item.text.citations[0].title, &item.text.title);
        assert!(seen.insert((item.agency, id)), "{}", item.text.title);
    }
    assert!(city.items.iter().any(|item| item.text.code.is_empty()));
}

#[test]
fn baselines_are_complete_where_nothing_is_said_to_be_missing() {
    let city = the_city();
    for item in &city.items {
        let Some(baseline) = &item.baseline else { continue };
        assert_eq!(baseline.kind, item.text.kind);
        for field in baseline.kind.fields() {
            let answered = baseline.fields.contains_key(field.id);
            let asked = field.need != Need::Optional;
            let told = item.defect.as_deref().is_some_and(|code| code.starts_with('E'));
            assert!(answered || !asked || told, "{} lacks {}", item.text.title, field.id);
        }
        for id in baseline.fields.keys() {
            assert!(baseline.kind.field(id).is_some(), "{} has no field {id}", baseline.kind.id());
        }
        let empty = baseline.ladders.iter().flat_map(|of| &of.tiers).any(|tier| tier.conditions.is_empty());
        assert_eq!(empty, item.defect.as_deref() == Some("E04"));
        assert!(!format!("{baseline:?}").contains("{range}"));
    }
}

#[test]
fn no_placeholder_is_left() {
    let city = the_city();
    let mut words: Vec<&str> = Vec::new();
    for source in &city.sources {
        words.extend(source.articles.iter().map(|article| article.text.as_str()));
    }
    for item in &city.items {
        words.extend(item.acts.iter().map(|(_, act)| act.reason()));
        let Some(baseline) = &item.baseline else { continue };
        words.extend(baseline.fields.values().filter_map(crate::domain::baseline::Answer::text));
        for tier in baseline.ladders.iter().flat_map(|ladder| &ladder.tiers) {
            words.extend(tier.conditions.iter().map(String::as_str));
            words.push(&tier.standard);
        }
    }
    for words in words {
        assert!(!words.contains(['{', '}']), "{words}");
    }
}

/// The value of a cut in hundredths: 一万五千元, 一点五倍, 百分之五十; `None` for no cut.
fn value(cut: &str) -> Option<u64> {
    if let Some(percent) = cut.strip_prefix("百分之") {
        return numeral(percent);
    }
    let (words, unit) = [("元", 100), ("倍", 100)].iter().find_map(|(unit, of)| Some((cut.strip_suffix(unit)?, of)))?;
    let (whole, tenths) = words.split_once('点').unwrap_or((words, ""));
    Some(numeral(whole)? * unit + if tenths.is_empty() { 0 } else { numeral(tenths)? * unit / 10 })
}

fn numeral(words: &str) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0, 0, 0);
    for sign in words.chars() {
        match "零一二三四五六七八九".chars().position(|of| of == sign).or((sign == '两').then_some(2)) {
            Some(of) => digit = u64::try_from(of).ok()?,
            None if sign == '万' => (total, section, digit) = ((section + digit) * 10_000, 0, 0),
            None => {
                let unit = [('十', 10), ('百', 100), ('千', 1000)].iter().find(|(of, _)| *of == sign)?.1;
                (section, digit) = (section + digit.max(1) * unit, 0);
            }
        }
    }
    Some(total + section + digit)
}

#[test]
fn tiers_divide_the_statutory_band_without_a_gap() {
    let data = super::data::Data::read().unwrap();
    let city = the_city();
    let mut ladders = 0;
    for entry in data.sources.iter().flat_map(|file| &file.articles) {
        let Some(penalty) = &entry.penalty else { continue };
        let mut all = vec![(&penalty.cuts, &penalty.ladder, penalty.points)];
        all.extend(penalty.second.iter().map(|second| (&second.cuts, &second.ladder, false)));
        if !penalty.county_cuts.is_empty() {
            all.push((&penalty.county_cuts, &penalty.ladder, false));
            assert_eq!(penalty.county_cuts.last(), penalty.cuts.last());
        }
        for (cuts, family, points) in all {
            let values: Vec<u64> =
                cuts.iter().map(|cut| if cut.is_empty() { 0 } else { value(cut).unwrap() }).collect();
            assert!(values.is_sorted_by(|low, high| low < high), "{cuts:?}");
            let paying =
                data.families[family].tiers.iter().filter(|tier| tier.pays == super::data::Pays::Range).count();
            assert_eq!(paying, cuts.len() - usize::from(!points), "{family}: {cuts:?}");
            ladders += 1;
        }
    }
    assert!(ladders > 100);
    for item in city.items.iter().filter(|item| item.defect.is_none()) {
        let ladders = item.baseline.iter().flat_map(|baseline| &baseline.ladders);
        for ladder in ladders.filter(|ladder| ladder.tiers.iter().all(|tier| tier.standard.contains("以上"))) {
            for pair in ladder.tiers.windows(2) {
                let end = |tier: &crate::domain::baseline::Tier| {
                    let (_, rest) = tier.standard.split_once("以上").unwrap();
                    rest.split_once("以下").unwrap().0.to_owned()
                };
                assert!(pair[1].standard.contains(&format!("{}以上", end(&pair[0]))), "{}", item.text.title);
            }
        }
    }
}

#[test]
fn specials_all_found_their_item() {
    let data = super::data::Data::read().unwrap();
    let city = the_city();
    for special in &data.specials {
        let item = city.items.iter().find(|item| item.text.title == special.title);
        let item = item.unwrap_or_else(|| panic!("no item {}", special.title));
        let standards = item.baseline.iter().flat_map(|of| &of.ladders).flat_map(|of| &of.tiers);
        if let Some(standard) = &special.standard {
            assert!(standards.clone().any(|tier| tier.standard == *standard), "{}", special.title);
        }
        if let Some(code) = &special.defect {
            assert_eq!(item.defect.as_ref(), Some(code));
            assert_eq!(replay(item), Stage::Drafting);
        }
    }
}

#[test]
fn the_plan_stands_around_the_day() {
    let city = the_city();
    let plan = city.plan().unwrap();
    assert_eq!(city.plan_start, day() - Days::new(85));
    assert_eq!(city.dues.drafting, day() - Days::new(20));
    assert_eq!(city.dues.publication, day() + Days::new(12));
    for rule in DutyRule::ALL {
        if let Some(due) = city.dues.of(*rule) {
            assert_eq!(plan.rule(*rule).unwrap().due.date(plan.year, plan.starts), Some(due), "{}", rule.id());
        }
    }
    assert!(Plan::parse(&plan.to_toml()).is_ok());
    for edge in ["2026-12-28", "2027-01-03", "2028-02-29"] {
        let city = super::city(edge.parse().unwrap()).unwrap();
        let plan = city.plan().unwrap();
        assert_eq!(plan.rule(DutyRule::Publish).unwrap().due.date(plan.year, plan.starts), Some(city.dues.publication));
    }
}

#[test]
fn trainings_reports_and_events_are_told_and_some_are_missing() {
    let city = the_city();
    let held = |rule| city.trainings.iter().filter(|training| training.rule == rule).count();
    let governments = city.agencies.iter().filter(|agency| agency.is_government).count();
    assert!((1..governments).contains(&held(DutyRule::RegionalTraining)));
    assert!((1..21).contains(&held(DutyRule::SystemTraining)));
    assert!(city.trainings.iter().any(|training| training.date > city.dues.regional_training));
    for report in &city.reports {
        let county = city.agencies.iter().find(|agency| agency.id == report.county).unwrap();
        assert!(county.is_government && county.level == Level::County && report.date <= city.today);
    }
    assert!(city.reports.iter().any(|report| report.rule == DutyRule::AnnualReport));
    assert_eq!(city.events.len(), 3);
    assert_eq!(city.batches.len(), 2);
}
