//! The checks over a register. Every thread reads a part of its items for itself, on a connection of its own.

use std::iter::Peekable;

use super::live::{answer_to, gate_of, version_facts};
use super::{CHUNK, Checked, Part, line, pool, severities_of, shortest_comment};
use crate::checks::{Gate, Severities, Subject, VersionFacts, check};
use crate::domain::baseline::Baseline;
use crate::domain::filter::{Comparison, Condition, Filter, NumberField, Span};
use crate::domain::ids::ItemId;
use crate::domain::item::ItemText;
use crate::domain::label::Lang;
use crate::domain::source::Source;
use crate::service::{Register, Result};
use crate::store::{Checkable, KeptAnswer, Store, StoreError};

/// Parts of a register for each thread: one that has easy items takes more of them.
const PARTS_A_THREAD: i64 = 4;

/// An item of the register as it is checked.
struct Kept {
    id: ItemId,
    text: ItemText,
    content: String,
    gate: Gate,
    facts: VersionFacts,
    answers: Vec<KeptAnswer>,
}

/// What all items of a register are checked with.
struct Common {
    sources: Vec<Source>,
    severities: Severities,
    shortest_comment: Option<u32>,
    lang: Lang,
}

impl Register {
    /// Checks the newest version of every item that a filter finds; items with no version have nothing to check. What
    /// is written meanwhile may be seen in one part of the register and not in another.
    pub fn check(&self, filter: &Filter, lang: Lang) -> Result<Checked> {
        let settings = self.store.settings()?;
        let common = Common {
            sources: self.store.sources()?,
            severities: severities_of(&settings),
            shortest_comment: shortest_comment(&settings),
            lang,
        };
        self.catch_up(filter)?;
        let mut checked = Checked::default();
        if self.store.is_in_memory() {
            checked.take(self.check_part(filter, &common)?);
            return Ok(checked);
        }
        let (path, clock, origin) = (self.store.path(), &self.clock, self.origin);
        let parts = pool::each(
            parts_of(filter, self.store.last_item()?),
            || Self::around(Store::open(path)?, clock.clone(), origin),
            |register, part| register.as_ref().map_err(Clone::clone)?.check_part(&part, &common),
        );
        for part in parts {
            checked.take(part?);
        }
        Ok(checked)
    }

    fn check_part(&self, filter: &Filter, common: &Common) -> Result<Part> {
        let mut part = Part::default();
        let mut chunk = Vec::with_capacity(CHUNK);
        self.each_checkable(filter, |found| {
            chunk.push(self.kept(found)?);
            if chunk.len() >= CHUNK {
                self.complete(&mut chunk)?;
                check_kept(chunk.drain(..), common, &mut part)?;
            }
            Ok(())
        })?;
        self.complete(&mut chunk)?;
        check_kept(chunk.drain(..), common, &mut part)?;
        Ok(part)
    }

    fn kept(&self, found: Checkable) -> Result<Kept> {
        let Checkable { id, text, stage, no, batch, version } = found;
        let gate = gate_of(stage);
        let steps = self.steps_to_check(id, no, batch, gate, &version.life)?;
        let facts = version_facts(self.clock.day, version.created_on, &version.life, stage, steps);
        Ok(Kept { id, text, content: version.content, gate, facts, answers: Vec::new() })
    }

    /// Gives the items of a chunk their citations and answers; both come in the order of the items.
    fn complete(&self, chunk: &mut [Kept]) -> Result<()> {
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { return Ok(()) };
        let (first, last) = (first.id, last.id);
        let mut citations = self.store.citations_between(first, last)?.into_iter().peekable();
        let mut answers = self.store.answers_between(first, last)?.into_iter().peekable();
        for kept in chunk {
            kept.text.citations = those_of(kept.id, &mut citations);
            kept.answers = those_of(kept.id, &mut answers);
        }
        Ok(())
    }
}

/// A filter cut into parts by the numbers of the items, of which the last is told.
fn parts_of(filter: &Filter, last: ItemId) -> Vec<Filter> {
    let count = PARTS_A_THREAD * i64::try_from(pool::threads()).unwrap_or(1);
    let length = last.0 / count + 1;
    let part = |at: i64| {
        let span = Span { first: at * length + 1, last: (at + 1) * length };
        let test = Comparison::Within(vec![span]);
        Filter::all(vec![Filter::Field(Condition::Number { field: NumberField::Id, test }), filter.clone()])
    };
    (0..count).map(part).collect()
}

/// What belongs to an item of all that comes in the order of the items; what belongs to none before it is passed over.
fn those_of<T>(item: ItemId, all: &mut Peekable<impl Iterator<Item = (ItemId, T)>>) -> Vec<T> {
    let upto = std::iter::from_fn(|| all.next_if(|(id, _)| *id <= item));
    upto.filter(|(id, _)| *id == item).map(|(_, one)| one).collect()
}

fn check_kept(chunk: impl Iterator<Item = Kept>, common: &Common, part: &mut Part) -> Result<()> {
    for mut kept in chunk {
        kept.facts.shortest_comment = common.shortest_comment;
        let corrupt =
            |error: serde_json::Error| StoreError::Corrupt { record: "version", id: kept.id.0, why: error.to_string() };
        let baseline: Baseline = serde_json::from_str(&kept.content).map_err(corrupt)?;
        let cited: Vec<&Source> = cited(&kept.text, &common.sources);
        let subject = Subject {
            text: &kept.text,
            baseline: &baseline,
            sources: &cited,
            gate: kept.gate,
            version: Some(&kept.facts),
        };
        part.items += 1;
        part.tiers += baseline.tier_count() as u64;
        for finding in check(&subject) {
            let mut line = line(&finding, &kept.text, &baseline, common.lang);
            line.severity = common.severities.of(finding.code);
            line.lowered = common.severities.lowered(finding.code).map(|lowered| lowered.reason.clone());
            if !kept.answers.is_empty() {
                let answer = answer_to(&kept.answers, finding.code, &finding.about(&baseline));
                line.answer = answer.map(|answer| answer.text.clone());
            }
            part.findings.push(line);
        }
    }
    Ok(())
}

/// The sources of an item, each once.
fn cited<'s>(text: &ItemText, sources: &'s [Source]) -> Vec<&'s Source> {
    let mut cited: Vec<&Source> = Vec::new();
    for citation in &text.citations {
        let Some(id) = citation.source else { continue };
        // Ids are given in order, so that the place is found at once.
        let source = sources.binary_search_by_key(&id, |source| source.id).ok().and_then(|at| sources.get(at));
        if let Some(source) = source.filter(|source| !cited.iter().any(|other| other.id == source.id)) {
            cited.push(source);
        }
    }
    cited
}
