//! The files of the made-up city, as they are written. Only the form is checked here, nothing is made up.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Change, DemoError};
use crate::domain::agency::{AgencyForm, Level};
use crate::domain::baseline::{FineBand, Grade};
use crate::domain::duty::DutyRule;
use crate::domain::kind::Kind;
use crate::domain::source::Rank;

/// Everything that was read.
pub(super) struct Data {
    pub(super) agencies: Vec<AgencyEntry>,
    pub(super) sources: Vec<SourceFile>,
    pub(super) families: BTreeMap<String, Family>,
    pub(super) kinds: BTreeMap<Kind, Vec<BTreeMap<String, String>>>,
    pub(super) specials: Vec<Special>,
    pub(super) stories: Stories,
    pub(super) work: Work,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgencyEntry {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) short: String,
    #[serde(default = "plain_agency")]
    pub(super) form: AgencyForm,
    #[serde(default = "city_level")]
    pub(super) level: Level,
    pub(super) parent: Option<String>,
    #[serde(default)]
    pub(super) is_government: bool,
    #[serde(default)]
    pub(super) vertical: bool,
    /// The pool of stories for its items.
    #[serde(default)]
    pub(super) pace: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceFile {
    pub(super) title: String,
    pub(super) rank: Rank,
    pub(super) issuer: String,
    pub(super) number: String,
    pub(super) promulgated: NaiveDate,
    pub(super) effective: NaiveDate,
    /// Stories for all its items, whatever the agency's pace.
    #[serde(default)]
    pub(super) stories: Vec<String>,
    #[serde(rename = "article")]
    pub(super) articles: Vec<ArticleEntry>,
}

/// One article; its number is its place in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleEntry {
    pub(super) text: String,
    /// Why no item rests on it.
    #[serde(default)]
    pub(super) none: String,
    pub(super) penalty: Option<PenaltyEntry>,
    #[serde(default, rename = "item")]
    pub(super) items: Vec<OtherEntry>,
}

/// The violations that an article punishes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PenaltyEntry {
    pub(super) agency: String,
    /// County agencies that hold the same items.
    #[serde(default)]
    pub(super) also: Vec<String>,
    /// Cuts of the county's ladders, where they differ.
    #[serde(default)]
    pub(super) county_cuts: Vec<String>,
    /// Whether the province has published a baseline too, kept for reference.
    #[serde(default)]
    pub(super) province: bool,
    /// The violation, and the clause of the duty that it breaks: article, paragraph, item with dots between.
    pub(super) acts: Vec<(String, String)>,
    #[serde(default)]
    pub(super) label: Option<String>,
    pub(super) fine: String,
    /// The words of a tier, where they are not those of the law.
    pub(super) tier: Option<String>,
    pub(super) cuts: Vec<String>,
    #[serde(default)]
    pub(super) points: bool,
    pub(super) ladder: String,
    /// What the heaviest tier adds.
    #[serde(default)]
    pub(super) top: String,
    #[serde(default)]
    pub(super) it: String,
    #[serde(default)]
    pub(super) u: String,
    #[serde(default)]
    pub(super) steps: Vec<String>,
    pub(super) second: Option<SecondEntry>,
}

/// The second, parallel ladder of an article.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondEntry {
    pub(super) label: String,
    pub(super) fine: String,
    pub(super) cuts: Vec<String>,
    pub(super) ladder: String,
}

/// An item of another kind than penalty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherEntry {
    pub(super) kind: Kind,
    pub(super) agency: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) say: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) na: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Family {
    pub(super) tiers: Vec<TierEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TierEntry {
    pub(super) label: String,
    pub(super) grade: Grade,
    pub(super) band: FineBand,
    #[serde(default)]
    pub(super) pays: Pays,
    pub(super) conditions: Vec<String>,
}

/// What a tier costs.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Pays {
    /// The next range of the cuts.
    #[default]
    Range,
    /// No penalty.
    Nothing,
    /// A warning.
    Warning,
    /// Less than the lowest cut.
    Less,
}

/// An item that differs from its article's pattern.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Special {
    pub(super) title: String,
    pub(super) defect: Option<String>,
    pub(super) tier: Option<usize>,
    pub(super) standard: Option<String>,
    pub(super) conditions: Option<Vec<String>>,
    pub(super) story: Option<String>,
    pub(super) weights: Option<crate::domain::baseline::Weights>,
    #[serde(default)]
    pub(super) codeless: bool,
    pub(super) missing: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Stories {
    pub(super) pools: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    pub(super) by_name: BTreeMap<String, Story>,
}

/// What happened to an item.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    pub(super) draft_to: Option<i64>,
    pub(super) publish_to: Option<i64>,
    pub(super) acts: Vec<(i64, Verb)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verb {
    List,
    Propose,
    Verify,
    Dispute,
    Settle,
    Exclude,
    Draft,
    Rewrite,
    Evaluation,
    Comment,
    Legality,
    Decision,
    Distribution,
    Filing,
    Ready,
    Submit,
    Return,
    Accept,
    Approve,
    Publish,
    Before,
    ExtendDraft,
    ExtendPublish,
    WaiveDraft,
    WaivePublish,
    Revise,
    Repeal,
}

/// Reasons and notes by verb, and what stands beside the items.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Work {
    pub(super) name: String,
    pub(super) reasons: BTreeMap<String, Vec<String>>,
    pub(super) answers: BTreeMap<String, Vec<String>>,
    #[serde(rename = "batch")]
    pub(super) batches: Vec<BatchEntry>,
    #[serde(rename = "event")]
    pub(super) events: Vec<EventEntry>,
    #[serde(rename = "training")]
    pub(super) trainings: Vec<TrainingEntry>,
    #[serde(rename = "report")]
    pub(super) reports: Vec<ReportEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BatchEntry {
    pub(super) name: String,
    pub(super) created: i64,
    pub(super) published: i64,
    pub(super) number: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventEntry {
    pub(super) ago: i64,
    pub(super) source: String,
    pub(super) change: Change,
    pub(super) text: String,
    pub(super) articles: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrainingEntry {
    pub(super) rule: DutyRule,
    pub(super) agency: String,
    pub(super) ago: i64,
    pub(super) title: String,
    pub(super) people: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportEntry {
    pub(super) rule: DutyRule,
    pub(super) agency: String,
    pub(super) ago: i64,
    pub(super) text: String,
}

impl Data {
    /// Reads every file of the city.
    pub(super) fn read() -> Result<Self, DemoError> {
        #[derive(Deserialize)]
        struct Agencies {
            agency: Vec<AgencyEntry>,
        }
        #[derive(Deserialize)]
        struct Specials {
            special: Vec<Special>,
        }
        let Agencies { agency: agencies } = parse("agencies.toml", include_str!("agencies.toml"))?;
        let Specials { special: specials } = parse("specials.toml", include_str!("specials.toml"))?;
        Ok(Self {
            agencies,
            sources: SOURCES.iter().map(|(name, text)| parse(name, text)).collect::<Result<_, _>>()?,
            families: parse("ladders.toml", include_str!("ladders.toml"))?,
            kinds: parse("kinds.toml", include_str!("kinds.toml"))?,
            specials,
            stories: parse("stories.toml", include_str!("stories.toml"))?,
            work: parse("work.toml", include_str!("work.toml"))?,
        })
    }

    /// The number of an agency, counted from 1 in the order of the file.
    pub(super) fn agency(&self, code: &str) -> Result<(i64, &AgencyEntry), DemoError> {
        (1..)
            .zip(&self.agencies)
            .find(|(_, agency)| agency.code == code)
            .ok_or_else(|| DemoError::NoSuch { what: "agency", name: code.to_owned() })
    }

    /// The number of a source, counted from 1 in the order of the files.
    pub(super) fn source(&self, title: &str) -> Result<i64, DemoError> {
        (1..)
            .zip(&self.sources)
            .find_map(|(number, source)| (source.title == title).then_some(number))
            .ok_or_else(|| DemoError::NoSuch { what: "source", name: title.to_owned() })
    }
}

/// Reads one file.
pub(super) fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DemoError> {
    toml::from_str(text).map_err(|error| DemoError::Unreadable { file, error: Box::new(error) })
}

const fn plain_agency() -> AgencyForm {
    AgencyForm::Agency
}

const fn city_level() -> Level {
    Level::City
}

macro_rules! source_files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("sources/", $name)))),+]
    };
}

const SOURCES: &[(&str, &str)] = source_files![
    "01-dogs.toml",
    "02-streets.toml",
    "03-dust.toml",
    "04-gas.toml",
    "05-property.toml",
    "06-ebikes.toml",
    "07-rivers.toml",
    "08-wetlands.toml",
    "09-trees.toml",
    "10-civility.toml",
    "11-historic.toml",
    "12-coast.toml",
    "13-elderly.toml",
    "14-lifts.toml",
    "15-schools.toml",
    "16-bravery.toml",
    "17-kitchen.toml",
    "18-parking.toml",
    "19-billboards.toml",
    "20-homestays.toml",
    "21-bikes.toml",
    "22-markets.toml",
    "23-noise.toml",
    "24-fire-lanes.toml",
    "25-blood.toml",
];
