//! The checks that look at the life of a version: its procedure, its sources, its term.

use cailiang::checks::{Gate, Subject, VersionFacts, check};
use cailiang::domain::baseline::Baseline;
use cailiang::domain::ids::SourceId;
use cailiang::domain::kind::Kind;
use cailiang::domain::label::Term;
use cailiang::domain::procedure::{Step, StepRecord};
use cailiang::domain::source::{Rank, Source, SourceStatus};
use chrono::NaiveDate;

use super::check_rules::text;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts() -> VersionFacts {
    let step = |step, on: &str| StepRecord {
        step,
        on: day(on),
        from: (step == Step::Comment).then(|| day("2023-08-01")),
        number: String::new(),
        note: String::new(),
    };
    VersionFacts {
        today: day("2023-11-01"),
        dated: day("2023-10-20"),
        in_force_from: Some(day("2023-10-20")),
        approved_on: Some(day("2023-10-10")),
        published: Some((Some(day("2023-10-20")), "甲政规〔2023〕5号".to_owned())),
        before_register: false,
        steps: vec![
            step(Step::Evaluation, "2023-08-01"),
            step(Step::Comment, "2023-08-30"),
            step(Step::Legality, "2023-09-05"),
            step(Step::Decision, "2023-09-10"),
        ],
        shortest_comment: Some(30),
    }
}

fn codes_of(version: &VersionFacts, gate: Gate, sources: &[&Source], years: Option<u32>) -> Vec<&'static str> {
    let mut baseline = Baseline::new(Kind::Reward);
    for field in Kind::Reward.fields() {
        baseline.set_text(field.id, "内容");
    }
    baseline.conventions.valid_years = years;
    let text = text(Kind::Reward, "奖励");
    let subject = Subject { text: &text, baseline: &baseline, sources, gate, version: Some(version) };
    check(&subject).iter().map(|finding| finding.code.id()).collect()
}

/// A code, and what makes it speak.
type Spoil = (&'static str, fn(&mut VersionFacts));

#[test]
fn the_procedure_speaks_at_publication_only() {
    let spoil: [Spoil; 7] = [
        ("P01", |facts| drop(facts.steps.remove(2))),
        ("P02", |facts| facts.steps[3].on = day("2023-09-01")),
        ("P02", |facts| facts.published = Some((Some(day("2023-10-01")), "甲".to_owned()))),
        ("P03", |facts| facts.steps[1].from = Some(day("2023-08-10"))),
        ("P04", |facts| facts.published = Some((Some(day("2023-10-20")), " ".to_owned()))),
        ("P04", |facts| facts.published = Some((None, "甲".to_owned()))),
        ("", |facts| facts.shortest_comment = None),
    ];
    for (code, spoil) in spoil {
        let mut version = facts();
        assert_eq!(codes_of(&version, Gate::Publication, &[], None), Vec::<&str>::new());
        spoil(&mut version);
        let expected: Vec<&str> = Some(code).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(codes_of(&version, Gate::Publication, &[], None), expected);
        assert_eq!(codes_of(&version, Gate::Register, &[], None), Vec::<&str>::new());
        version.before_register = true;
        assert_eq!(codes_of(&version, Gate::Publication, &[], None), Vec::<&str>::new());
    }
}

#[test]
fn sources_change_and_terms_run_out() {
    let source = |amended: Option<&str>, status| Source {
        id: SourceId(1),
        title: "某条例".to_owned(),
        rank: Some(Rank::CityRegulation),
        issuer: String::new(),
        number: String::new(),
        promulgated: None,
        effective: None,
        amended: amended.map(day),
        status,
    };
    for (source, told) in [
        (source(None, SourceStatus::InForce), false),
        (source(Some("2023-09-01"), SourceStatus::Amended), false),
        (source(Some("2023-10-30"), SourceStatus::Amended), true),
        // An amendment that is still to come has its own warning when it comes.
        (source(Some("2024-01-01"), SourceStatus::Amended), false),
        (source(None, SourceStatus::Repealed), true),
    ] {
        let codes = codes_of(&facts(), Gate::Register, &[&source], None);
        assert_eq!(codes == ["L07"], told, "{source:?}");
        assert_eq!(codes_of(&facts(), Gate::File, &[&source], None), Vec::<&str>::new());
    }
    for (from, years, told) in
        [("2023-10-20", 3, false), ("2021-02-01", 3, false), ("2021-01-30", 3, true), ("2018-01-01", 5, true)]
    {
        let version = VersionFacts { in_force_from: Some(day(from)), ..facts() };
        assert_eq!(codes_of(&version, Gate::Register, &[], Some(years)) == ["V01"], told, "{from}");
    }
}
