//! The items: what the articles say turned into titles, citations and baselines.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::acts::{self, History};
use super::data::{ArticleEntry, Data, OtherEntry, PenaltyEntry, SourceFile, Special};
use super::{DemoError, DemoItem, DemoSource, fill, ladder, law};
use crate::domain::agency::{Agency, Level};
use crate::domain::baseline::{Answer, Baseline};
use crate::domain::clause::Clause;
use crate::domain::item::{Citation, ClauseRole, ItemText};
use crate::domain::kind::{Kind, Need};

/// Every item with its history, in the order of the sources.
pub(super) fn items(
    data: &Data,
    agencies: &[Agency],
    sources: &[DemoSource],
    today: NaiveDate,
) -> Result<Vec<DemoItem>, DemoError> {
    let mut writing = Writing { data, agencies, counts: BTreeMap::new(), variants: BTreeMap::new(), items: Vec::new() };
    for (file, source) in data.sources.iter().zip(sources) {
        for (number, entry) in (1..).zip(&file.articles) {
            let place = Place { file, source, number, entry };
            if let Some(penalty) = &entry.penalty {
                writing.penalties(&place, penalty, today)?;
            }
            for other in &entry.items {
                writing.other(&place, other, today)?;
            }
        }
    }
    Ok(writing.items)
}

/// An article in its source.
struct Place<'a> {
    file: &'a SourceFile,
    source: &'a DemoSource,
    number: u32,
    entry: &'a ArticleEntry,
}

struct Writing<'a> {
    data: &'a Data,
    agencies: &'a [Agency],
    /// How many items each agency has, by code.
    counts: BTreeMap<&'a str, usize>,
    /// How many items of each kind took a variant.
    variants: BTreeMap<Kind, usize>,
    items: Vec<DemoItem>,
}

/// What is settled of an item before its history.
struct Content<'a> {
    agency: &'a str,
    province: bool,
    title: &'a str,
    citations: Vec<Citation>,
    baseline: Baseline,
    special: Option<&'a Special>,
}

impl<'a> Writing<'a> {
    fn penalties(&mut self, place: &Place<'a>, penalty: &'a PenaltyEntry, today: NaiveDate) -> Result<(), DemoError> {
        for (at, (act, duty)) in (1..).zip(&penalty.acts) {
            let duty = law::clause(duty)?;
            let authority = law::clause_of(place.number, place.entry, u32::try_from(at).unwrap_or_default());
            let citations = vec![place.cite(ClauseRole::Authority, authority), place.cite(ClauseRole::Duty, duty)];
            let basis = place.basis(&citations, &law::words_of(place.entry, at)?);
            let special = self.data.specials.iter().find(|special| special.title == *act);
            let content = |agency, cuts: &[String], special| {
                let baseline = penalty_baseline(self.data, penalty, cuts, act, &basis, special)?;
                Ok(Content { agency, province: false, title: act, citations: citations.clone(), baseline, special })
            };
            let mut contents = vec![content(&penalty.agency, &penalty.cuts, special)?];
            let county_cuts = if penalty.county_cuts.is_empty() { &penalty.cuts } else { &penalty.county_cuts };
            for county in &penalty.also {
                contents.push(content(county, county_cuts, None)?);
            }
            if penalty.province {
                contents.push(Content { province: true, ..content(&penalty.agency, &penalty.cuts, None)? });
            }
            for content in contents {
                self.finish(place, content, today)?;
            }
        }
        Ok(())
    }

    fn other(&mut self, place: &Place<'a>, other: &'a OtherEntry, today: NaiveDate) -> Result<(), DemoError> {
        let citations = vec![place.cite(ClauseRole::Authority, Clause::article(place.number))];
        let special = self.data.specials.iter().find(|special| special.title == other.title);
        let variant = self.variant(other.kind);
        let (_, agency) = self.data.agency(&other.agency)?;
        let clause = Clause::article(place.number).to_string();
        let source = format!("《{}》", place.file.title);
        let values = [("agency", agency.name.as_str()), ("source", source.as_str()), ("clause", clause.as_str())];
        let mut baseline = Baseline::new(other.kind);
        for (field, words) in variant.into_iter().flatten().chain(&other.say) {
            baseline.set_text(field, fill(words, &values));
        }
        if other.kind.field("basis").is_some() {
            baseline.set_text("basis", place.basis(&citations, &law::opening(place.entry)?));
        }
        for (field, reason) in &other.na {
            answer_not_applicable(&mut baseline, field, reason);
        }
        answer_the_rest(&mut baseline);
        if let Some(missing) = special.and_then(|special| special.missing.as_ref()) {
            baseline.fields.remove(missing);
        }
        let (agency, title) = (other.agency.as_str(), other.title.as_str());
        self.finish(place, Content { agency, province: false, title, citations, baseline, special }, today)
    }

    /// The kind's next set of words.
    fn variant(&mut self, kind: Kind) -> Option<&'a BTreeMap<String, String>> {
        let variants = self.data.kinds.get(&kind)?;
        let count = self.variants.entry(kind).or_default();
        *count += 1;
        variants.get(*count % variants.len().max(1))
    }

    fn finish(&mut self, place: &Place<'a>, content: Content<'a>, today: NaiveDate) -> Result<(), DemoError> {
        let (number, entry) = self.data.agency(content.agency)?;
        let agency = self
            .agencies
            .iter()
            .find(|agency| agency.id.0 == number)
            .ok_or_else(|| DemoError::NoSuch { what: "agency", name: content.agency.to_owned() })?;
        let count = self.counts.entry(entry.code.as_str()).or_default();
        *count += 1;
        let code = match (content.special.is_some_and(|special| special.codeless), content.province) {
            (true, _) => String::new(),
            (false, true) => format!("{}-P{count:02}", entry.code),
            (false, false) => format!("{}-{count:03}", entry.code),
        };
        let history = History {
            data: self.data,
            file: place.file,
            agency: entry,
            title: content.title,
            count: *count,
            offset: usize::try_from(number).unwrap_or_default(),
            province: content.province,
            special: content.special,
            baseline: &content.baseline,
            today,
        };
        let acts = history.acts()?;
        let kind = content.baseline.kind;
        self.items.push(DemoItem {
            agency: agency.id,
            text: ItemText { code, title: content.title.to_owned(), kind, citations: content.citations },
            level: if content.province { Level::Province } else { agency.level },
            vertical: agency.vertical,
            baseline: acts::writes(&acts).then_some(content.baseline),
            defect: content.special.and_then(|special| special.defect.clone()),
            acts,
        });
        Ok(())
    }
}

impl Place<'_> {
    fn cite(&self, role: ClauseRole, clause: Clause) -> Citation {
        let written = clause.to_string();
        let title = self.file.title.clone();
        Citation { role, source: Some(self.source.source.id), title, clause: Some(clause), written }
    }

    /// The legal basis in words: the duty where there is one, then the authority.
    fn basis(&self, citations: &[Citation], authority: &str) -> String {
        let title = &self.file.title;
        let line = |citation: &Citation| match (&citation.role, &citation.clause) {
            (ClauseRole::Duty, Some(clause)) => {
                format!("《{title}》{}：{}", citation.written, law::text_of(&self.source.articles, clause))
            }
            _ => format!("《{title}》{}：{}", citation.written, authority.replace('\n', "")),
        };
        citations.iter().rev().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn penalty_baseline(
    data: &Data,
    penalty: &PenaltyEntry,
    cuts: &[String],
    act: &str,
    basis: &str,
    special: Option<&Special>,
) -> Result<Baseline, DemoError> {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", act);
    baseline.set_text("basis", basis);
    let second = penalty.second.as_ref().map(|second| ladder::whole(&second.fine, &second.cuts));
    let bands: Vec<String> =
        [Some(ladder::whole(&penalty.fine, &penalty.cuts)), second].into_iter().flatten().collect();
    baseline.set_text("band", bands.join("；"));
    baseline.ladders = ladder::ladders(data, penalty, cuts, act)?;
    baseline.conventions.look_back_months = Some(24);
    if let Some(special) = special {
        apply(special, &mut baseline);
    }
    Ok(baseline)
}

/// Writes what is special about an item into its first ladder.
fn apply(special: &Special, baseline: &mut Baseline) {
    if special.weights.is_some() {
        baseline.weights.clone_from(&special.weights);
        baseline.ladders.clear();
    }
    let tier = special.tier.and_then(|number| baseline.ladders.first_mut()?.tiers.get_mut(number.checked_sub(1)?));
    if let Some(tier) = tier {
        if let Some(standard) = &special.standard {
            tier.standard.clone_from(standard);
        }
        if let Some(conditions) = &special.conditions {
            tier.conditions.clone_from(conditions);
        }
    }
}

fn answer_not_applicable(baseline: &mut Baseline, field: &str, reason: &str) {
    baseline.fields.insert(field.to_owned(), Answer::NotApplicable { not_applicable: reason.to_owned() });
}

/// Conditional elements that nobody spoke of do not arise.
fn answer_the_rest(baseline: &mut Baseline) {
    for field in baseline.kind.fields() {
        if matches!(field.need, Need::Conditional(_)) && !baseline.fields.contains_key(field.id) {
            let reason = if field.id == "full_coverage" {
                "不属于直接涉及公共安全和人民群众生命健康的重点领域，不实行全覆盖监管。"
            } else {
                "依据条款未作规定，实践中不发生该情形。"
            };
            answer_not_applicable(baseline, field.id, reason);
        }
    }
}
