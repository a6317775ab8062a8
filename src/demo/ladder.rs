//! Tiers from the cuts of an article: the ranges follow one another without a gap, from the lowest cut to the highest.

use super::data::{Data, Family, Pays, PenaltyEntry, TierEntry};
use super::{DemoError, fill};
use crate::domain::baseline::{Ladder, Tier};

/// The ladders of one violation: one, or two where the article has a second party or case.
pub(super) fn ladders(
    data: &Data,
    penalty: &PenaltyEntry,
    cuts: &[String],
    act: &str,
) -> Result<Vec<Ladder>, DemoError> {
    let of = |index: usize| penalty.steps.get(index).map_or("", String::as_str);
    let values = [("act", act), ("it", &penalty.it), ("u", &penalty.u), ("s1", of(0)), ("s2", of(1)), ("s3", of(2))];
    let first = Pattern {
        family: family(data, &penalty.ladder)?,
        words: penalty.tier.as_ref().unwrap_or(&penalty.fine),
        ranges: if penalty.points { cuts.to_vec() } else { ranges(cuts) },
        lowest: cuts.first().map_or("", String::as_str),
        top: &penalty.top,
    };
    let mut ladders = vec![first.ladder(penalty.label.as_deref(), &values)];
    if let Some(second) = &penalty.second {
        let pattern = Pattern {
            family: family(data, &second.ladder)?,
            words: &second.fine,
            ranges: ranges(&second.cuts),
            lowest: second.cuts.first().map_or("", String::as_str),
            top: "",
        };
        ladders.push(pattern.ladder(Some(&second.label), &values));
    }
    Ok(ladders)
}

/// The fine as the law has it, over all cuts.
pub(super) fn whole(fine: &str, cuts: &[String]) -> String {
    let end = |cut: Option<&String>| cut.cloned().unwrap_or_default();
    fill(fine, &[("range", &range(&end(cuts.first()), &end(cuts.last())))])
}

struct Pattern<'a> {
    family: &'a Family,
    words: &'a str,
    ranges: Vec<String>,
    lowest: &'a str,
    top: &'a str,
}

impl Pattern<'_> {
    fn ladder(&self, label: Option<&str>, values: &[(&str, &str)]) -> Ladder {
        let mut ranges = self.ranges.iter();
        let mut tiers: Vec<Tier> =
            self.family.tiers.iter().map(|entry| self.tier(entry, &mut ranges, values)).collect();
        if let Some(heaviest) = tiers.last_mut() {
            heaviest.standard.push_str(self.top);
        }
        Ladder { label: label.map(str::to_owned), tiers, ..Ladder::default() }
    }

    fn tier<'r>(
        &self,
        entry: &TierEntry,
        ranges: &mut impl Iterator<Item = &'r String>,
        values: &[(&str, &str)],
    ) -> Tier {
        let standard = match entry.pays {
            Pays::Range => self.paying(ranges.next().map_or("", String::as_str)),
            Pays::Less => self.paying(&range("", self.lowest)),
            Pays::Nothing => "不予处罚".to_owned(),
            Pays::Warning => "给予警告".to_owned(),
        };
        Tier {
            label: entry.label.clone(),
            grade: Some(entry.grade),
            fine_band: Some(entry.band),
            conditions: entry.conditions.iter().map(|condition| fill(condition, values)).collect(),
            standard,
            ..Tier::default()
        }
    }

    /// A tier says what is done, so that the law's 可以 goes.
    fn paying(&self, range: &str) -> String {
        fill(&self.words.replace("可以", ""), &[("range", range)])
    }
}

fn family<'a>(data: &'a Data, name: &str) -> Result<&'a Family, DemoError> {
    data.families.get(name).ok_or_else(|| DemoError::NoSuch { what: "family of tiers", name: name.to_owned() })
}

fn ranges(cuts: &[String]) -> Vec<String> {
    cuts.iter().zip(cuts.iter().skip(1)).map(|(low, high)| range(low, high)).collect()
}

fn range(low: &str, high: &str) -> String {
    if low.is_empty() { format!("{high}以下") } else { format!("{low}以上{high}以下") }
}
