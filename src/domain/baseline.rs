//! What a baseline says: the content of one version, whole, without identity, stage or dates.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::kind::Kind;
use super::measure::{Measure, Party};

crate::terms! {
    /// The grade of the circumstances. An axis of its own: never merged with [`FineBand`].
    pub enum Grade {
        /// 轻微.
        Minor = "minor", "轻微", "minor";
        /// 较轻.
        Lighter = "lighter", "较轻", "lighter";
        /// 一般.
        Ordinary = "ordinary", "一般", "ordinary";
        /// 较重.
        Heavier = "heavier", "较重", "heavier";
        /// 严重.
        Severe = "severe", "严重", "severe";
        /// 特别严重.
        MostSevere = "most_severe", "特别严重", "most severe";
    }
}

crate::terms! {
    /// Which part of the fine a tier takes.
    pub enum FineBand {
        /// 不予处罚.
        NoPenalty = "no_penalty", "不予", "no penalty";
        /// 减轻.
        Mitigated = "mitigated", "减轻", "mitigated";
        /// 从轻.
        Lenient = "lenient", "从轻", "lenient";
        /// 一般.
        Ordinary = "ordinary", "一般", "ordinary";
        /// 从重.
        Aggravated = "aggravated", "从重", "aggravated";
    }
}

/// The content of one version of a baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Which field list applies.
    pub kind: Kind,
    /// The answers, by field id of the kind's list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Answer>,
    /// Statutory bands, where they have been told or corrected by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Ladders of tiers; empty for every kind but penalty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ladders: Vec<Ladder>,
    /// The weights form, for tables that compute the fine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// What the document says of its own terms.
    #[serde(default, skip_serializing_if = "Conventions::is_default")]
    pub conventions: Conventions,
    /// Remarks on the whole item.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
    /// Columns that nobody has mapped, kept as written: heading and words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<(String, String)>,
}

/// The answer to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected text, or {\"not_applicable\": \"the reason\"}")]
pub enum Answer {
    /// The words; a flag is `是` or `否`.
    Text(String),
    /// «The law settles it», «it does not arise»: a conditional field answered with a reason.
    NotApplicable {
        /// Why.
        not_applicable: String,
    },
}

impl Answer {
    /// The words where there are any.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::NotApplicable { .. } => None,
        }
    }
}

/// What the law allows for one trigger and one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The trigger words, empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trigger: String,
    /// Whom it strikes.
    pub party: Party,
    /// The words of the law.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What the law allows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
}

/// The tiers for one band.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// The words that tell this ladder from its neighbours («逾期不拆除的», «直接负责的主管人员»).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Index into [`Baseline::bands`] of the band that it belongs to, where that has been told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<usize>,
    /// The tiers, from the lightest.
    pub tiers: Vec<Tier>,
    /// Remarks on the ladder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}

/// One tier: circumstances and what they cost.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The tier as written: 轻微, 较轻, 一, A, 1. Its ordinal is its place in the ladder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Grade of the circumstances, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Part of the fine, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fine_band: Option<FineBand>,
    /// Conditions; several are alternatives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// The standard as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standard: String,
    /// Measures that were corrected by hand. The standard tells all others: a baseline that is given out is filled with
    /// them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Remarks on the tier.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}

/// The weights form: fine = min(Σ, 100 %) × base.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Starting point in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Decimal>,
    /// The factors.
    pub factors: Vec<Factor>,
    /// What the percentage is taken of, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// Notes on the computation, the cap and the floor, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One factor of the weights form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// What is looked at.
    pub name: String,
    /// Its options with their weights in per cent; `None` where the weight could not be read.
    pub options: Vec<(String, Option<Decimal>)>,
}

/// What a document says of its own terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Whether 以上 includes the number.
    #[serde(default = "yes")]
    pub above_includes: bool,
    /// Whether 以下 includes the number.
    #[serde(default = "yes")]
    pub below_includes: bool,
    /// For how many months back earlier violations count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_back_months: Option<u32>,
    /// What 拒不改正 means here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refusal_means: String,
    /// For how many years the document is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_years: Option<u32>,
}

const fn yes() -> bool {
    true
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            above_includes: true,
            below_includes: true,
            look_back_months: None,
            refusal_means: String::new(),
            valid_years: None,
        }
    }
}

impl Conventions {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Tier {
    /// Whether its measures were corrected by hand: they are not those that its words were read as.
    #[must_use]
    pub fn is_corrected(&self, read: &[Measure]) -> bool {
        !self.measures.is_empty() && self.measures != read
    }
}

impl Baseline {
    /// An empty baseline of a kind.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            fields: BTreeMap::new(),
            bands: Vec::new(),
            ladders: Vec::new(),
            weights: None,
            conventions: Conventions::default(),
            remarks: String::new(),
            other: Vec::new(),
        }
    }

    /// The words of a field, empty where there are none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Answer::text).unwrap_or_default()
    }

    /// Answers a field in words; empty words take the answer away.
    pub fn set_text(&mut self, field: &str, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.fields.remove(field);
        } else {
            self.fields.insert(field.to_owned(), Answer::Text(text));
        }
    }

    /// Takes away the bands that were told by hand, and which ladder belongs to which: the words of the law tell anew.
    pub fn forget_bands(&mut self) {
        self.bands.clear();
        for ladder in &mut self.ladders {
            ladder.band = None;
        }
    }

    /// True where nothing has been written: the item is only listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::new(self.kind)
    }

    /// How many tiers stand in all ladders.
    #[must_use]
    pub fn tier_count(&self) -> usize {
        self.ladders.iter().map(|ladder| ladder.tiers.len()).sum()
    }
}

/// SHA-256 in lower-case hexadecimal: what an acceptance is bound to.
#[must_use]
pub fn content_hash(content: &str) -> String {
    hex(&Sha256::digest(content.as_bytes()))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(DIGITS.get(usize::from(nibble)).copied().map_or('0', char::from));
        }
    }
    text
}
