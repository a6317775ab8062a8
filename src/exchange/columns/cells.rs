//! What stands in a cell, and how it is read back.
//!
//! A cell that begins with an apostrophe holds what follows it, letter by letter; an apostrophe alone is a text that
//! is there and empty. What is no plain text is written in words that can be read back where that is possible, and
//! as JSON where it is not.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::super::group::read_flag;
use super::super::piece::Entry;
use super::Column;
use crate::domain::agency::Level;
use crate::domain::baseline::{Answer, Baseline, Factor, FineBand, Grade, Ladder, Tier, Weights, content_hash};
use crate::domain::cite::citation;
use crate::domain::clause::Clause;
use crate::domain::item::{Citation, ClauseRole};
use crate::domain::kind::{Form, Kind};
use crate::domain::label::{Lang, Term, Text};
use crate::domain::stage::Stage;

/// What people want to see beside an item; none of it is read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Stage of the newest version.
    pub stage: Option<Stage>,
    /// Standing of the worst open duty.
    pub standing: Option<Text>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Number of the version.
    pub version: Option<u32>,
    /// Since when the version is in force.
    pub in_force_from: Option<NaiveDate>,
    /// Day of the last change.
    pub updated: Option<NaiveDate>,
}

/// Which row of an item a cell stands in.
#[derive(Debug, Clone, Copy)]
pub struct Position<'a> {
    /// Number of the item, from 1.
    pub number: u64,
    /// The ladder with its index.
    pub ladder: Option<(usize, &'a Ladder)>,
    /// The tier with its index.
    pub tier: Option<(usize, &'a Tier)>,
    /// The condition with its index.
    pub condition: Option<(usize, &'a str)>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Blank,
    /// Words that may mean something else if a sign opens them.
    Text(Cow<'a, str>),
    /// Words that are to be taken letter by letter.
    Literal(Cow<'a, str>),
    /// A whole number.
    Number(u64),
    /// A day.
    Date(NaiveDate),
}

const NOT_APPLICABLE: Text = Text::new("不适用：", "not applicable: ");
const ROLES: [(ClauseRole, &str); 2] = [(ClauseRole::Authority, "依据"), (ClauseRole::Duty, "违反")];

/// The cell of a column in a row.
#[must_use]
pub fn value<'a>(column: Column, entry: &'a Entry, facts: &Facts, at: &Position<'a>, lang: Lang) -> Value<'a> {
    let baseline = &entry.baseline;
    match column {
        Column::Number => Value::Number(at.number),
        Column::Code => words(&entry.text.code),
        Column::Title => words(&entry.text.title),
        Column::Kind => label(entry.text.kind, lang),
        Column::Agency => present(entry.agency.as_deref()),
        Column::Level => entry.level.map_or(Value::Blank, |level| label(level, lang)),
        Column::Vertical => entry.vertical.map_or(Value::Blank, flag),
        Column::Citations => cited(&entry.text.citations),
        Column::Field(field) => answer(baseline, field.id, field.form, lang),
        Column::Bands => correction(&law_of(baseline), &baseline.bands),
        Column::Remarks => words(&baseline.remarks),
        Column::AboveIncludes => {
            if baseline.conventions.above_includes {
                Value::Blank
            } else {
                flag(false)
            }
        }
        Column::BelowIncludes => {
            if baseline.conventions.below_includes {
                Value::Blank
            } else {
                flag(false)
            }
        }
        Column::LookBack => number(baseline.conventions.look_back_months),
        Column::RefusalMeans => words(&baseline.conventions.refusal_means),
        Column::ValidYears => number(baseline.conventions.valid_years),
        Column::Weights => baseline.weights.as_ref().map_or(Value::Blank, weights),
        Column::Other => other(&baseline.other),
        Column::Stage => facts.stage.map_or(Value::Blank, |stage| label(stage, lang)),
        Column::Standing => facts.standing.map_or(Value::Blank, |text| Value::Text(text.say(lang).into())),
        Column::Due => facts.due.map_or(Value::Blank, Value::Date),
        Column::Version => number(facts.version),
        Column::InForceFrom => facts.in_force_from.map_or(Value::Blank, Value::Date),
        Column::Updated => facts.updated.map_or(Value::Blank, Value::Date),
        _ => ladder_value(column, at, lang),
    }
}

fn ladder_value<'a>(column: Column, at: &Position<'a>, lang: Lang) -> Value<'a> {
    let Some((index, ladder)) = at.ladder else { return Value::Blank };
    match (column, at.tier) {
        (Column::Ladder, _) => Value::Number(index as u64 + 1),
        (Column::LadderLabel, _) => present(ladder.label.as_deref()),
        (Column::LadderBand, _) => ladder.band.map_or(Value::Blank, |band| Value::Number(band as u64 + 1)),
        (Column::LadderRemarks, _) => words(&ladder.remarks),
        (Column::Tier, Some((index, _))) => Value::Number(index as u64 + 1),
        (Column::TierLabel, Some((_, tier))) => words(&tier.label),
        (Column::Grade, Some((_, tier))) => tier.grade.map_or(Value::Blank, |grade| label(grade, lang)),
        (Column::FineBand, Some((_, tier))) => tier.fine_band.map_or(Value::Blank, |band| label(band, lang)),
        (Column::Condition, Some(_)) => present(at.condition.map(|(_, words)| words)),
        (Column::Standard, Some((_, tier))) => words(&tier.standard),
        (Column::Measures, Some((_, tier))) => correction(&tier.standard, &tier.measures),
        (Column::TierRemarks, Some((_, tier))) => words(&tier.remarks),
        _ => Value::Blank,
    }
}

fn words(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Blank } else { Value::Text(text.into()) }
}

/// Words that may be there and empty.
fn present(text: Option<&str>) -> Value<'_> {
    match text {
        None => Value::Blank,
        Some("") => Value::Literal("".into()),
        Some(text) => Value::Text(text.into()),
    }
}

fn label<'a>(term: impl Term, lang: Lang) -> Value<'a> {
    Value::Text(term.label().say(lang).into())
}

fn flag<'a>(value: bool) -> Value<'a> {
    Value::Text(if value { "是" } else { "否" }.into())
}

fn number<'a>(value: Option<u32>) -> Value<'a> {
    value.map_or(Value::Blank, |value| Value::Number(u64::from(value)))
}

fn json<'a>(value: &impl Serialize, blank: bool) -> Value<'a> {
    match serde_json::to_string(value) {
        Ok(text) if !blank => Value::Text(text.into()),
        _ => Value::Blank,
    }
}

/// Something that was corrected by hand, with the words that it is about: beside other words it does not count.
#[derive(Serialize, Deserialize)]
struct Correction<T> {
    /// The hash of the words.
    about: String,
    /// What was told instead of what they say.
    told: T,
}

fn correction<'a, T: Serialize>(words: &str, told: &[T]) -> Value<'a> {
    if told.is_empty() { Value::Blank } else { json(&Correction { about: content_hash(words), told }, false) }
}

/// The words that bands are about.
fn law_of(baseline: &Baseline) -> String {
    [baseline.text("band"), baseline.text("basis")].join("\0")
}

/// True where a cell holds a correction of other words than those that the entry has now. The words stand in the same
/// row and are read before.
pub(crate) fn is_stale(column: Column, own: &Own<'_>, entry: &Entry) -> bool {
    let Some(text) = own.text().filter(|_| column.is_correction()) else { return false };
    let Ok(correction) = serde_json::from_str::<Correction<IgnoredAny>>(text) else { return false };
    let hash = match column {
        Column::Bands => content_hash(&law_of(&entry.baseline)),
        _ => {
            let tier = entry.baseline.ladders.last().and_then(|ladder| ladder.tiers.last());
            content_hash(tier.map_or("", |tier| &tier.standard))
        }
    };
    hash != correction.about
}

fn answer<'a>(baseline: &'a Baseline, field: &str, form: Form, lang: Lang) -> Value<'a> {
    match baseline.fields.get(field) {
        None => Value::Blank,
        Some(Answer::NotApplicable { not_applicable }) => {
            Value::Text(format!("{}{not_applicable}", NOT_APPLICABLE.say(lang)).into())
        }
        Some(Answer::Text(text)) if reason_in(text).is_some() => Value::Literal(text.into()),
        Some(Answer::Text(text)) if form == Form::Count => match text.parse::<u32>() {
            Ok(count) if count.to_string() == *text => Value::Number(u64::from(count)),
            _ => present(Some(text)),
        },
        Some(Answer::Text(text)) => present(Some(text)),
    }
}

fn reason_in(text: &str) -> Option<&str> {
    text.strip_prefix(NOT_APPLICABLE.zh).or_else(|| text.strip_prefix(NOT_APPLICABLE.en))
}

/// A citation without the row of its source, which means nothing outside its register.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CitationCell {
    role: ClauseRole,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clause: Option<Clause>,
    #[serde(default)]
    written: String,
}

fn cited<'a>(citations: &[Citation]) -> Value<'a> {
    let line = |citation: &Citation| {
        let role = ROLES.iter().find(|(role, _)| *role == citation.role).map_or("", |(_, words)| words);
        format!("{role}《{}》{}", citation.title, citation.written)
    };
    let text = citations.iter().map(line).collect::<Vec<_>>().join("\n");
    let same = |read: Vec<Citation>| {
        read.len() == citations.len()
            && read.iter().zip(citations).all(|(one, other)| *one == Citation { source: None, ..other.clone() })
    };
    if read_citation_lines(&text).is_some_and(same) {
        return words_owned(text);
    }
    let cells: Vec<CitationCell> = citations
        .iter()
        .map(|c| CitationCell { role: c.role, title: c.title.clone(), clause: c.clause, written: c.written.clone() })
        .collect();
    json(&cells, false)
}

fn words_owned<'a>(text: String) -> Value<'a> {
    if text.is_empty() { Value::Blank } else { Value::Text(text.into()) }
}

fn read_citation_lines(text: &str) -> Option<Vec<Citation>> {
    let lines = text.split('\n').filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (role, rest) = ROLES.iter().find_map(|(role, words)| Some((*role, line.strip_prefix(words)?)))?;
            let (title, written) = rest.strip_prefix('《')?.rsplit_once('》')?;
            let read = citation(title, written, role);
            (read.title == title).then_some(read)
        })
        .collect()
}

fn read_citations(text: &str) -> Option<Vec<Citation>> {
    if !text.starts_with('[') {
        return read_citation_lines(text);
    }
    let cells: Vec<CitationCell> = serde_json::from_str(text).ok()?;
    let whole =
        |c: CitationCell| Citation { role: c.role, source: None, title: c.title, clause: c.clause, written: c.written };
    Some(cells.into_iter().map(whole).collect())
}

fn other<'a>(columns: &[(String, String)]) -> Value<'a> {
    let lines: Vec<String> = columns.iter().map(|(heading, words)| format!("{heading}：{words}")).collect();
    let text = lines.join("\n");
    if read_other_lines(&text).is_some_and(|read| read == columns) { words_owned(text) } else { json(&columns, false) }
}

fn read_other_lines(text: &str) -> Option<Vec<(String, String)>> {
    let pair = |line: &str| line.split_once('：').map(|(heading, words)| (heading.to_owned(), words.to_owned()));
    if text.starts_with(['[', '\'']) {
        None
    } else {
        text.split('\n').filter(|line| !line.is_empty()).map(pair).collect()
    }
}

fn read_other(text: &str) -> Option<Vec<(String, String)>> {
    if text.starts_with('[') { serde_json::from_str(text).ok() } else { read_other_lines(text) }
}

/// «起点 20%», «基数 …», «说明 …», «【factor】», «option = 5%».
fn weights<'a>(weights: &Weights) -> Value<'a> {
    let mut lines = Vec::new();
    lines.extend(weights.start.map(|start| format!("起点 {start}%")));
    if !weights.base.is_empty() {
        lines.push(format!("基数 {}", weights.base));
    }
    lines.extend(weights.note.split('\n').filter(|_| !weights.note.is_empty()).map(|line| format!("说明 {line}")));
    for factor in &weights.factors {
        lines.push(format!("【{}】", factor.name));
        for (option, weight) in &factor.options {
            lines.push(format!("{option} = {}", weight.map_or_else(|| "?".to_owned(), |weight| format!("{weight}%"))));
        }
    }
    let text = lines.join("\n");
    // A decimal keeps its digits, so that 5 and 5.0 are told apart here though they are equal.
    let same = |read: Weights| serde_json::to_string(&read).ok() == serde_json::to_string(weights).ok();
    if read_weight_lines(&text).is_some_and(same) { words_owned(text) } else { json(weights, false) }
}

fn read_weight_lines(text: &str) -> Option<Weights> {
    let mut weights = Weights::default();
    if text.is_empty() {
        return None;
    }
    for line in text.split('\n') {
        if let Some(name) = line.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')) {
            weights.factors.push(Factor { name: name.to_owned(), options: Vec::new() });
        } else if let Some(factor) = weights.factors.last_mut() {
            let (option, weight) = line.rsplit_once(" = ")?;
            let weight = if weight == "?" { None } else { Some(per_cent(weight)?) };
            factor.options.push((option.to_owned(), weight));
        } else {
            let (name, words) = line.split_once(' ')?;
            match name {
                "起点" => weights.start = Some(per_cent(words)?),
                "基数" => words.clone_into(&mut weights.base),
                "说明" if weights.note.is_empty() => words.clone_into(&mut weights.note),
                "说明" => weights.note = format!("{}\n{words}", weights.note),
                _ => return None,
            }
        }
    }
    Some(weights)
}

fn per_cent(words: &str) -> Option<Decimal> {
    words.strip_suffix('%')?.parse().ok()
}

fn read_weights(text: &str) -> Option<Weights> {
    if text.starts_with('{') { serde_json::from_str(text).ok() } else { read_weight_lines(text) }
}

/// What one cell of an own export says.
pub(crate) struct Own<'a> {
    raw: &'a str,
}

impl<'a> Own<'a> {
    pub(crate) const fn of(raw: &'a str) -> Self {
        Self { raw }
    }

    pub(crate) const fn is_blank(&self) -> bool {
        self.raw.is_empty()
    }

    /// The words; `None` where nothing stands there.
    pub(crate) fn text(&self) -> Option<&'a str> {
        if self.raw.is_empty() { None } else { Some(self.raw.strip_prefix('\'').unwrap_or(self.raw)) }
    }

    fn words(&self) -> String {
        self.text().unwrap_or_default().to_owned()
    }

    /// A number from 1.
    pub(crate) fn number(&self) -> Option<u64> {
        self.text()?.trim().parse().ok()
    }

    pub(crate) fn term<T: Term>(&self) -> Result<Option<T>, ()> {
        match self.text().map(str::trim).filter(|words| !words.is_empty()) {
            None => Ok(None),
            Some(words) => T::from_words(words).map(Some).ok_or(()),
        }
    }

    fn count(&self) -> Result<Option<u32>, ()> {
        if self.is_blank() {
            Ok(None)
        } else {
            self.text().and_then(|words| words.trim().parse().ok()).map(Some).ok_or(())
        }
    }

    fn flag(&self) -> Result<Option<bool>, ()> {
        if self.is_blank() { Ok(None) } else { read_flag(self.raw.trim()).map(Some).ok_or(()) }
    }

    fn correction<T: Default + for<'de> Deserialize<'de>>(&self) -> Result<T, ()> {
        let read = |text| serde_json::from_str::<Correction<T>>(text).map(|correction| correction.told).map_err(|_| ());
        self.text().map_or_else(|| Ok(T::default()), read)
    }

    fn parsed<T: Default>(&self, read: impl Fn(&str) -> Option<T>) -> Result<T, ()> {
        self.text().map_or_else(|| Ok(T::default()), |text| read(text).ok_or(()))
    }
}

/// Reads a cell back into an entry, its ladder and its tier; an error where it cannot be read.
pub(crate) fn read_own(column: Column, own: &Own<'_>, entry: &mut Entry) -> Result<(), ()> {
    let baseline = &mut entry.baseline;
    let conventions = &mut baseline.conventions;
    match column {
        Column::Code => entry.text.code = own.words(),
        Column::Title => entry.text.title = own.words(),
        Column::Kind => {
            entry.text.kind = own.term::<Kind>()?.unwrap_or(Kind::Penalty);
            baseline.kind = entry.text.kind;
        }
        Column::Agency => entry.agency = own.text().map(str::to_owned),
        Column::Level => entry.level = own.term::<Level>()?,
        Column::Vertical => entry.vertical = own.flag()?,
        Column::Citations => entry.text.citations = own.parsed(read_citations)?,
        Column::Field(field) if own.is_blank() => {
            entry.blank.extend(baseline.kind.field(field.id).map(|field| field.id));
        }
        Column::Field(field) => read_answer(field.id, own, baseline),
        Column::Bands => baseline.bands = own.correction()?,
        Column::Remarks => baseline.remarks = own.words(),
        Column::AboveIncludes => {
            conventions.above_includes = own.flag()?.unwrap_or(true);
        }
        Column::BelowIncludes => {
            conventions.below_includes = own.flag()?.unwrap_or(true);
        }
        Column::LookBack => conventions.look_back_months = own.count()?,
        Column::RefusalMeans => conventions.refusal_means = own.words(),
        Column::ValidYears => conventions.valid_years = own.count()?,
        Column::Weights => baseline.weights = own.text().map(|text| read_weights(text).ok_or(())).transpose()?,
        Column::Other => baseline.other = own.parsed(read_other)?,
        _ => return read_ladder(column, own, baseline),
    }
    Ok(())
}

fn read_answer(field: &str, own: &Own<'_>, baseline: &mut Baseline) {
    let Some(text) = own.text() else { return };
    // An apostrophe says that the words are no reason, whatever they look like.
    let answer = match reason_in(own.raw) {
        Some(reason) => Answer::NotApplicable { not_applicable: reason.to_owned() },
        None => Answer::Text(text.to_owned()),
    };
    baseline.fields.insert(field.to_owned(), answer);
}

fn read_ladder(column: Column, own: &Own<'_>, baseline: &mut Baseline) -> Result<(), ()> {
    let Some(ladder) = baseline.ladders.last_mut() else { return Ok(()) };
    match column {
        Column::LadderLabel => ladder.label = own.text().map(str::to_owned),
        Column::LadderBand => ladder.band = own.count()?.and_then(|band| usize::try_from(band).ok()?.checked_sub(1)),
        Column::LadderRemarks => ladder.remarks = own.words(),
        _ => {
            let Some(tier) = ladder.tiers.last_mut() else { return Ok(()) };
            match column {
                Column::TierLabel => tier.label = own.words(),
                Column::Grade => tier.grade = own.term::<Grade>()?,
                Column::FineBand => tier.fine_band = own.term::<FineBand>()?,
                Column::Condition => tier.conditions.extend(own.text().map(str::to_owned)),
                Column::Standard => tier.standard = own.words(),
                Column::Measures => tier.measures = own.correction()?,
                Column::TierRemarks => tier.remarks = own.words(),
                _ => {}
            }
        }
    }
    Ok(())
}
