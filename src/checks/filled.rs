//! A baseline with what its words tell put in, and one with that taken out again.
//!
//! Words are the truth: a register keeps them, and beside them only what somebody corrected by hand. Whoever gets a
//! baseline as data gets it filled; what comes back filled is kept as it was told.
//!
//! ```text
//! told   -> filled   measures of the tiers, bands of the law, the band of each ladder      filled
//! filled -> told     what the words come to is no correction                               told
//! filled -> told     nor is what former words came to                                      told_after
//! ```

use super::reads::{Reads, fines};
use super::statute::Statute;
use super::view::view;
use crate::domain::baseline::{Band, Baseline, Ladder, Tier};
use crate::domain::kind::Kind;
use crate::domain::measure::{Measure, Span, words_at};
use crate::reading::{Reading, read_by};

/// The baseline with what its words tell: the measures of every tier, the statutory bands, and the band of each ladder
/// where only one can be meant. What was told by hand stays.
#[must_use]
pub fn filled(baseline: &Baseline) -> Baseline {
    let mut full = baseline.clone();
    if baseline.kind != Kind::Penalty {
        return full;
    }
    let reads = Reads::of(baseline);
    for (ladder, reads) in full.ladders.iter_mut().zip(&reads.ladders) {
        for (tier, reads) in ladder.tiers.iter_mut().zip(&reads.tiers) {
            tier.measures = reads.measures.to_vec();
        }
    }
    if baseline.bands.is_empty() {
        full.bands = bands_of(&reads);
    }
    let found = bands_of_ladders(&full);
    for (ladder, found) in full.ladders.iter_mut().zip(found) {
        ladder.band = ladder.band.or(found);
    }
    if baseline.bands.is_empty() {
        add_quoted(&mut full, &reads);
    }
    full
}

/// The baseline without what its words tell: only corrections stay.
#[must_use]
pub fn told(mut baseline: Baseline) -> Baseline {
    let conventions = &baseline.conventions;
    for tier in baseline.ladders.iter_mut().flat_map(|ladder| &mut ladder.tiers) {
        // What nobody told need not be read.
        if !tier.measures.is_empty() && !tier.is_corrected(&read_by(&tier.standard, conventions).measures) {
            tier.measures.clear();
        }
    }
    if !baseline.bands.is_empty() {
        let mut read = baseline.clone();
        read.forget_bands();
        let read = filled(&read);
        if baseline.bands == read.bands && same_places(&baseline, &read) {
            baseline.forget_bands();
        }
    }
    baseline
}

/// What is told in a baseline that somebody wrote over `before`, which was given out filled. What was read from words
/// that are others now is no correction, and a correction of such words fell away with them, unless it is a new one.
#[must_use]
pub fn told_after(before: &Baseline, baseline: Baseline) -> Baseline {
    let mut baseline = told(baseline);
    let shown = filled(before);
    drop_former_measures(before, &shown, &mut baseline);
    let same_law = ["band", "basis"].iter().all(|field| before.text(field) == baseline.text(field));
    if !baseline.bands.is_empty() && baseline.bands == shown.bands {
        if !same_law || (before.bands.is_empty() && same_places(&baseline, &shown)) {
            baseline.forget_bands();
        }
        for ((ladder, shown), before) in baseline.ladders.iter_mut().zip(&shown.ladders).zip(&before.ladders) {
            if before.band.is_none() && ladder.band == shown.band {
                ladder.band = None;
            }
        }
    }
    baseline
}

/// Takes out measures that stood before: over other words, or as they were read by other conventions.
fn drop_former_measures(before: &Baseline, shown: &Baseline, baseline: &mut Baseline) {
    for ((ladder, shown), before) in baseline.ladders.iter_mut().zip(&shown.ladders).zip(&before.ladders) {
        for (place, tier) in ladder.tiers.iter_mut().enumerate().filter(|(_, tier)| !tier.measures.is_empty()) {
            let is_former = |at: usize, (one, stood): (&Tier, &Tier)| {
                let same = at == place || (one.label == tier.label && one.conditions == tier.conditions);
                let holds = one.standard == tier.standard && !stood.measures.is_empty();
                same && !holds && one.measures == tier.measures
            };
            if shown.tiers.iter().zip(&before.tiers).enumerate().any(|(at, pair)| is_former(at, pair)) {
                tier.measures.clear();
            }
        }
    }
}

/// Adds the bands that ladders quote in their labels and the law's own words do not hold: a second law, a later case.
fn add_quoted(full: &mut Baseline, reads: &Reads<'_>) {
    let Baseline { bands, ladders, .. } = full;
    for (ladder, reads) in ladders.iter_mut().zip(&reads.ladders).filter(|(ladder, _)| ladder.band.is_none()) {
        let quoted = grouped(&reads.label, ladder.label.as_deref().unwrap_or_default());
        let mut fining = quoted.into_iter().filter(|band| fines(&band.measures).next().is_some());
        let (Some(band), None) = (fining.next(), fining.next()) else { continue };
        let known = bands.iter().position(|known| *known == band);
        ladder.band = known.or(Some(bands.len()));
        if known.is_none() {
            bands.push(band);
        }
    }
}

/// True where every ladder that names its band names the same one in both.
fn same_places(baseline: &Baseline, shown: &Baseline) -> bool {
    let band = |ladder: &Ladder| ladder.band;
    let shown = shown.ladders.iter().map(band).chain(std::iter::repeat(None));
    baseline.ladders.iter().map(band).zip(shown).all(|(told, shown)| told.is_none() || told == shown)
}

/// The bands that the law's words tell: those of the band field, else of the basis, as they count for the checks.
fn bands_of(reads: &Reads<'_>) -> Vec<Band> {
    let law = [(&reads.band, "band"), (&reads.basis, "basis")];
    let fining = law.iter().find(|(reading, _)| fines(&reading.measures).next().is_some());
    let chosen = fining.or_else(|| law.iter().find(|(reading, _)| !reading.measures.is_empty()));
    chosen.map(|(reading, field)| grouped(reading, reads.baseline.text(field))).unwrap_or_default()
}

/// Measures of one case and one party are one band.
fn grouped(reading: &Reading, text: &str) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for measure in &reading.measures {
        let trigger = measure.trigger.as_ref().map_or("", |trigger| trigger.text.as_str());
        match bands.iter_mut().find(|band| band.trigger == trigger && band.party == measure.party) {
            Some(band) => band.measures.push(measure.clone()),
            None => bands.push(Band {
                trigger: trigger.to_owned(),
                party: measure.party,
                text: String::new(),
                measures: vec![measure.clone()],
            }),
        }
    }
    for band in &mut bands {
        cut_out(band, text);
    }
    bands
}

/// Gives a band its own words, with the places of its measures in them.
fn cut_out(band: &mut Band, text: &str) {
    let spans = |measure: &Measure| {
        let trigger = measure.trigger.as_ref().map(|trigger| trigger.span);
        [Some(measure.span), trigger].into_iter().flatten()
    };
    let start = band.measures.iter().flat_map(spans).map(|[start, _]| start).min().unwrap_or_default();
    let end = band.measures.iter().flat_map(spans).map(|[_, end]| end).max().unwrap_or_default();
    band.text = words_at(text, [start, end]);
    let moved = |[from, to]: Span| [from - start, to - start];
    for measure in &mut band.measures {
        measure.span = moved(measure.span);
        if let Some(trigger) = &mut measure.trigger {
            trigger.span = moved(trigger.span);
        }
    }
}

/// The band that each ladder belongs to, where only one can be meant.
fn bands_of_ladders(full: &Baseline) -> Vec<Option<usize>> {
    let reads = Reads::of(full);
    let statute = Statute::of(&reads);
    view(full, &reads).iter().map(|ladder| statute.only_band_of(ladder)).collect()
}

#[cfg(test)]
mod tests;
