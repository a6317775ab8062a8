//! Registers of any size: the n-th item is computed from n alone, so that a million items take no more memory than one.

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::{DemoError, city};
use crate::domain::agency::AgencyForm;
use crate::domain::baseline::{Baseline, FineBand, Grade, Ladder, Tier};
use crate::domain::ids::AgencyId;
use crate::domain::item::{Citation, ClauseRole, ItemText};
use crate::domain::kind::Kind;
use crate::domain::label::Term;

/// One item of a large register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// Responsible agency of the city made for the same day.
    pub agency: AgencyId,
    /// What is written of it; code and title stand once in the whole register.
    pub text: ItemText,
    /// What its version says, in the stages that have one.
    pub baseline: Option<Baseline>,
    /// Where it stands.
    pub stage: BulkStage,
}

/// Where an item of a large register stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkStage {
    /// Listed.
    Listed,
    /// Verified.
    Verified,
    /// Being written.
    Drafting,
    /// Published and in force from that day.
    Published(NaiveDate),
}

/// So many items, spread evenly over the agencies of the city made for that day, over kinds (seven of ten are
/// penalties) and stages.
pub fn bulk(items: u64, today: NaiveDate) -> Result<impl Iterator<Item = BulkItem>, DemoError> {
    let pattern = Pattern::read(today)?;
    let items = usize::try_from(items).unwrap_or(usize::MAX);
    Ok((0..items).map_while(move |number| pattern.item(number)))
}

/// What items are put together from.
struct Pattern {
    today: NaiveDate,
    agencies: Vec<(AgencyId, String)>,
    authorities: Vec<Authority>,
    words: Words,
    /// Penalties by number of tiers, then one baseline for each other kind.
    penalties: Vec<Baseline>,
    others: Vec<Baseline>,
}

/// The citations of an item of the city, and how a legal basis names them.
struct Authority {
    citations: Vec<Citation>,
    basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    places: Vec<String>,
    acts: Vec<String>,
    #[serde(rename = "scale")]
    scales: Vec<Scale>,
    answers: std::collections::BTreeMap<String, String>,
}

/// Label, grade, band of the fine, conditions, standard.
type TierWords = (String, Grade, FineBand, Vec<String>, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    band: String,
    tiers: Vec<TierWords>,
}

impl Authority {
    fn of(citations: Vec<Citation>) -> Option<Self> {
        let authority = citations.iter().find(|citation| citation.role == ClauseRole::Authority)?;
        let basis = format!("《{}》{}", authority.title, authority.written);
        Some(Self { citations, basis })
    }
}

impl Pattern {
    fn read(today: NaiveDate) -> Result<Self, DemoError> {
        let words: Words = super::data::parse("bulk.toml", include_str!("bulk.toml"))?;
        let city = city(today)?;
        let agencies = city.agencies.into_iter().filter(|agency| agency.form == AgencyForm::Agency);
        let mut authorities: Vec<Authority> = city
            .items
            .into_iter()
            .filter(|item| item.text.kind == Kind::Penalty)
            .filter_map(|item| Authority::of(item.text.citations))
            .collect();
        authorities.dedup_by(|a, b| a.basis == b.basis);
        Ok(Self {
            today,
            agencies: agencies.map(|agency| (agency.id, agency.code)).collect(),
            authorities,
            penalties: words.scales.iter().map(penalty).collect(),
            others: Kind::ALL.iter().filter(|kind| **kind != Kind::Penalty).map(|kind| other(*kind, &words)).collect(),
            words,
        })
    }

    /// The item of that number; there is one for every number as long as no list of words is empty.
    fn item(&self, number: usize) -> Option<BulkItem> {
        let (agency, agency_code) = turn(&self.agencies, number)?;
        let round = number / self.agencies.len();
        let (kind_turn, stage_turn) = (round % 10, round / 10);
        let content =
            if kind_turn < 7 { turn(&self.penalties, number) } else { turn(&self.others, stage_turn * 3 + kind_turn) }?;
        let authority = turn(&self.authorities, number)?;
        let title = self.title(number)?;
        let stage = self.stage(stage_turn, number);
        let written = matches!(stage, BulkStage::Drafting | BulkStage::Published(_));
        let text = ItemText {
            code: code(agency_code, number),
            kind: content.kind,
            citations: authority.citations.clone(),
            title,
        };
        let baseline = written.then(|| {
            let mut baseline = content.clone();
            if content.kind == Kind::Penalty {
                let band = content.text("band");
                baseline
                    .set_text("basis", [&authority.basis, "：违反规定的，由主管部门责令改正，", band, "。"].concat());
                baseline.set_text("violation", text.title.as_str());
            } else {
                baseline.set_text("basis", authority.basis.as_str());
            }
            baseline
        });
        Some(BulkItem { agency: *agency, text, baseline, stage })
    }

    /// Place, act and the number of a grid cell: distinct for every number.
    fn title(&self, number: usize) -> Option<String> {
        let (places, acts) = (&self.words.places, &self.words.acts);
        let (place, act) = (turn(places, number)?, turn(acts, number / places.len())?);
        let cell = number / places.len() / acts.len() + 1;
        Some([place, act, "（第", &cell.to_string(), "网格）"].concat())
    }

    fn stage(&self, turn: usize, number: usize) -> BulkStage {
        match turn % 4 {
            0 => BulkStage::Listed,
            1 => BulkStage::Verified,
            2 => BulkStage::Drafting,
            _ => {
                let days = 1 + number as u64 % 900;
                BulkStage::Published(self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today))
            }
        }
    }
}

/// The code of an agency and seven digits: `CG-0000042`.
fn code(agency: &str, number: usize) -> String {
    let digits = number.to_string();
    let zeros = "0000000".get(digits.len()..).unwrap_or_default();
    [agency, "-", zeros, &digits].concat()
}

fn turn<T>(list: &[T], number: usize) -> Option<&T> {
    list.get(number % list.len().max(1))
}

fn penalty(scale: &Scale) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("band", scale.band.as_str());
    let tier = |(label, grade, band, conditions, standard): &TierWords| Tier {
        label: label.clone(),
        grade: Some(*grade),
        fine_band: Some(*band),
        conditions: conditions.clone(),
        standard: standard.clone(),
        ..Tier::default()
    };
    baseline.ladders = vec![Ladder { tiers: scale.tiers.iter().map(tier).collect(), ..Ladder::default() }];
    baseline
}

fn other(kind: Kind, words: &Words) -> Baseline {
    let mut baseline = Baseline::new(kind);
    for field in kind.fields() {
        baseline.set_text(field.id, words.answers.get(field.id).map_or("", String::as_str));
    }
    baseline
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, 20).unwrap()
    }

    #[test]
    fn bulk_items_are_distinct_and_spread() {
        let items: Vec<BulkItem> = bulk(20_000, day()).unwrap().collect();
        assert_eq!(items.len(), 20_000);
        let distinct = |of: fn(&BulkItem) -> &str| items.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!((distinct(|item| &item.text.code), distinct(|item| &item.text.title)), (20_000, 20_000));
        let mut agencies: BTreeMap<AgencyId, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        let mut stages = [0; 4];
        let mut tiers = BTreeSet::new();
        for item in &items {
            *agencies.entry(item.agency).or_default() += 1;
            *kinds.entry(item.text.kind).or_default() += 1;
            let (stage, written) = match item.stage {
                BulkStage::Listed => (0, false),
                BulkStage::Verified => (1, false),
                BulkStage::Drafting => (2, true),
                BulkStage::Published(on) => {
                    assert!(on < day());
                    (3, true)
                }
            };
            stages[stage] += 1;
            assert_eq!(item.baseline.is_some(), written);
            if let Some(baseline) = &item.baseline {
                assert!(baseline.kind.fields().iter().all(|field| baseline.fields.contains_key(field.id)));
                tiers.insert(baseline.tier_count());
            }
        }
        let (least, most) = (agencies.values().min().unwrap(), agencies.values().max().unwrap());
        assert!(agencies.len() == 29 && most - least <= 1, "{agencies:?}");
        assert!(stages.iter().all(|count| (4_500..5_500).contains(count)), "{stages:?}");
        assert!((13_500..14_500).contains(&kinds[&Kind::Penalty]), "{kinds:?}");
        assert!(kinds.len() == 8 && kinds.values().all(|count| *count > 500), "{kinds:?}");
        assert_eq!(tiers, BTreeSet::from([0, 1, 2, 3, 4]));
        assert_eq!(items, bulk(20_000, day()).unwrap().collect::<Vec<_>>());
    }
}
