//! A finding: a code, a place, and the details that its sentence needs. Sentences are put together when they are shown.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::amount::Range;
use super::registry::{Code, Severity};
use crate::domain::baseline::Baseline;
use crate::domain::label::{Lang, Text};
use crate::domain::measure::{Span, Unit};

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub code: Code,
    /// The ladder, from 0; `None` for the item as a whole.
    pub ladder: Option<usize>,
    /// The tier in the ladder, from 0.
    pub tier: Option<usize>,
    /// The field at fault.
    pub field: Option<&'static str>,
    /// The words at fault: characters of the tier's standard, or of the field.
    pub span: Option<Span>,
    /// What the sentence tells.
    pub details: Vec<Detail>,
    /// The other tier of a pair, from 0.
    pub(super) beside: Option<usize>,
}

/// A part of a finding's sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A tier of the same ladder, from 0.
    Tier(usize),
    /// Words of the baseline.
    Words(String),
    /// A term.
    Term(Text),
    /// Several terms.
    Terms(Vec<Text>),
    /// A range.
    Range(Range),
    /// A value with its unit.
    Value(Decimal, Unit),
    /// A bare number.
    Number(Decimal),
    /// A day.
    Day(NaiveDate),
}

impl Finding {
    /// A finding about the item as a whole.
    #[must_use]
    pub const fn of_item(code: Code) -> Self {
        Self { code, ladder: None, tier: None, field: None, span: None, details: Vec::new(), beside: None }
    }

    /// A finding about a field.
    #[must_use]
    pub fn of_field(code: Code, field: &'static str) -> Self {
        Self { field: Some(field), ..Self::of_item(code) }
    }

    /// A finding about a ladder.
    #[must_use]
    pub fn of_ladder(code: Code, ladder: usize) -> Self {
        Self { ladder: Some(ladder), ..Self::of_item(code) }
    }

    /// A finding about a tier.
    #[must_use]
    pub fn of_tier(code: Code, ladder: usize, tier: usize) -> Self {
        Self { tier: Some(tier), ..Self::of_ladder(code, ladder) }
    }

    /// The same finding with its words.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }

    /// The same finding with what its sentence tells.
    #[must_use]
    pub fn with(self, details: Vec<Detail>) -> Self {
        Self { details, ..self }
    }

    /// Whether it may have a mend: its check knows what would be right.
    #[must_use]
    pub const fn has_mends(&self) -> bool {
        matches!(self.code, Code::R02 | Code::R03 | Code::R04 | Code::R06 | Code::R07 | Code::T08)
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.check().severity
    }

    /// The clause that it rests on.
    #[must_use]
    pub fn clause(&self) -> &'static str {
        self.code.check().clause
    }

    /// The tier as written, or its place where it has no label.
    #[must_use]
    pub fn tier_label(&self, baseline: &Baseline) -> Option<String> {
        Some(label_of(baseline, self.ladder?, self.tier?))
    }

    /// The words that the span counts in: the tier's standard, or the field.
    #[must_use]
    pub fn words<'b>(&self, baseline: &'b Baseline) -> Option<&'b str> {
        match (self.ladder, self.tier, self.field) {
            (Some(ladder), Some(tier), _) => {
                baseline.ladders.get(ladder)?.tiers.get(tier).map(|tier| tier.standard.as_str())
            }
            (_, _, Some(field)) => Some(baseline.text(field)),
            _ => None,
        }
    }

    /// The whole sentence, with the place.
    #[must_use]
    pub fn message(&self, baseline: &Baseline, lang: Lang) -> String {
        let mut message = self.place(baseline, lang);
        let mut rest = self.code.check().sentence.say(lang);
        while let Some((before, after)) = rest.split_once('{') {
            let (number, after) = after.split_once('}').unwrap_or((after, ""));
            message.push_str(before);
            let detail = number.parse().ok().and_then(|number: usize| self.details.get(number));
            if let Some(detail) = detail {
                message.push_str(&self.say(detail, baseline, lang));
            }
            rest = after;
        }
        message.push_str(rest);
        message
    }

    fn place(&self, baseline: &Baseline, lang: Lang) -> String {
        let several = baseline.ladders.len() > 1;
        let ladder = self.ladder.filter(|_| several).map(|at| at + 1);
        match (ladder, self.tier_label(baseline), lang) {
            (None, None, _) => String::new(),
            (Some(ladder), None, Lang::Zh) => format!("第{ladder}序列："),
            (Some(ladder), None, Lang::En) => format!("Ladder {ladder}: "),
            (None, Some(tier), Lang::Zh) => format!("阶次“{tier}”："),
            (None, Some(tier), Lang::En) => format!("Tier \"{tier}\": "),
            (Some(ladder), Some(tier), Lang::Zh) => format!("第{ladder}序列阶次“{tier}”："),
            (Some(ladder), Some(tier), Lang::En) => format!("Ladder {ladder}, tier \"{tier}\": "),
        }
    }

    pub(super) fn say(&self, detail: &Detail, baseline: &Baseline, lang: Lang) -> String {
        match detail {
            Detail::Tier(tier) => {
                let label = label_of(baseline, self.ladder.unwrap_or_default(), *tier);
                match lang {
                    Lang::Zh => format!("阶次“{label}”"),
                    Lang::En => format!("tier \"{label}\""),
                }
            }
            Detail::Words(words) => words.clone(),
            Detail::Term(text) => text.say(lang).to_owned(),
            Detail::Terms(texts) => {
                let comma = if lang == Lang::Zh { "、" } else { ", " };
                texts.iter().map(|text| text.say(lang)).collect::<Vec<_>>().join(comma)
            }
            Detail::Range(range) => range.say(lang),
            Detail::Value(value, unit) => super::amount::say(*value, *unit, lang),
            Detail::Number(number) => number.normalize().to_string(),
            Detail::Day(day) => day.to_string(),
        }
    }
}

fn label_of(baseline: &Baseline, ladder: usize, tier: usize) -> String {
    let label = baseline.ladders.get(ladder).and_then(|ladder| ladder.tiers.get(tier)).map(|tier| tier.label.trim());
    match label {
        Some(label) if !label.is_empty() => label.to_owned(),
        _ => (tier + 1).to_string(),
    }
}
