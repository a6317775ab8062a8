//! The words that a finding is about: while they stand, an answer given to it stands.
//!
//! Places move when a tier is put in between or dropped; words do not. So a finding is known again by its words, and
//! two findings of one check about the same words are one question.

use super::finding::{Detail, Finding};
use super::registry::{Code, Family};
use crate::domain::baseline::{Baseline, Tier, content_hash};
use crate::domain::label::{Lang, Term};

impl Finding {
    /// The hash of the words that the finding is about: of the tier and the tier beside it, of the field, or, where it
    /// is about the whole item, of what its family looks at; with what its sentence tells. Of checks against the law,
    /// also of the words of the law.
    #[must_use]
    pub fn about(&self, baseline: &Baseline) -> String {
        let mut words = Words(String::new());
        let family = self.code.family();
        match (self.ladder, self.tier, self.field) {
            (Some(ladder), Some(tier), _) => {
                for at in std::iter::once(tier).chain(self.others()) {
                    words.tier(baseline, ladder, at, family);
                }
            }
            (Some(ladder), None, _) => words.labels(baseline, Some(ladder)),
            (None, _, Some(field)) => words.add(&serde_json::json!(baseline.fields.get(field)).to_string()),
            (None, _, None) if matches!(self.code, Code::E06 | Code::E07) => {
                words.labels(baseline, None);
                words.law(baseline);
            }
            (None, _, None) if family == Family::Weights => {
                words.add(&serde_json::json!(baseline.weights).to_string());
                words.law(baseline);
            }
            (None, _, None) => {}
        }
        if family == Family::Law && self.field != Some("basis") {
            words.law(baseline);
        }
        for (at, detail) in self.details.iter().enumerate() {
            if self.lasts(at) && !matches!(detail, Detail::Tier(_)) {
                words.add(&self.say(detail, baseline, Lang::Zh));
            }
        }
        content_hash(&words.0)
    }

    /// Where it stands, by the labels of ladder and tier or by the field; empty for the whole item.
    #[must_use]
    pub fn place_key(&self, baseline: &Baseline) -> String {
        match (self.ladder, self.tier_label(baseline), self.field) {
            (Some(ladder), Some(tier), _) => format!("{}/{tier}", ladder + 1),
            (Some(ladder), None, _) => (ladder + 1).to_string(),
            (None, _, Some(field)) => field.to_owned(),
            (None, _, None) => String::new(),
        }
    }

    /// The other tiers that it is about.
    fn others(&self) -> impl Iterator<Item = usize> + '_ {
        let told = self.details.iter().filter_map(|detail| match detail {
            Detail::Tier(at) => Some(*at),
            _ => None,
        });
        let beside = self.beside.filter(|at| !told.clone().any(|told| told == *at));
        told.chain(beside)
    }

    /// Whether a detail lasts: a day that goes by, or the day of a version, does not make another question.
    const fn lasts(&self, detail: usize) -> bool {
        match self.code {
            // The title, and which amendment it is.
            Code::L07 => matches!(detail, 0 | 3),
            // The last day, not how far off it is.
            Code::V01 => detail == 0,
            _ => true,
        }
    }
}

/// Words put together so that no two lists of them come to the same text.
struct Words(String);

impl Words {
    fn add(&mut self, words: &str) {
        self.0.push_str(words);
        self.0.push('\u{1f}');
    }

    fn tier(&mut self, baseline: &Baseline, ladder: usize, at: usize, family: Family) {
        let Some(tier) = baseline.ladders.get(ladder).and_then(|ladder| ladder.tiers.get(at)) else { return };
        if family == Family::Tiers {
            self.add(&tier.label);
        }
        tier.conditions.iter().for_each(|condition| self.add(condition));
        self.add(&tier.standard);
    }

    /// What tells the tiers of one ladder, or of all, from one another.
    fn labels(&mut self, baseline: &Baseline, only: Option<usize>) {
        for (at, ladder) in baseline.ladders.iter().enumerate().filter(|(at, _)| only.is_none_or(|only| only == *at)) {
            self.add(ladder.label.as_deref().unwrap_or_default());
            for Tier { label, grade, fine_band, .. } in &ladder.tiers {
                self.add(label);
                self.add(grade.map_or("", Term::id));
                self.add(fine_band.map_or("", Term::id));
            }
            self.add(if only == Some(at) { "" } else { "\u{1e}" });
        }
    }

    fn law(&mut self, baseline: &Baseline) {
        self.add(baseline.text("basis"));
        self.add(baseline.text("band"));
    }
}
