//! What a file leaves open stays as it stands in the register: what somebody set by hand survives the next import of
//! the table.
//!
//! | set by hand | stays while |
//! |---|---|
//! | grade, part of the fine | label, conditions and standard of the tier stay, and no cell of the file tells another |
//! | measures of a tier | likewise |
//! | bands of the law | the words of the band and the basis stay |
//! | the band of a ladder | likewise, and the ladder's label and tiers |
//! | a field | the file has no cell for it, nor its words elsewhere (the words of the band: and the basis stays) |
//! | «not applicable» | the file has no words for the field |
//! | conventions | the file tells no other |
//! | all tiers or weights | the file has none at all |
//!
//! A blank cell takes no correction away.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::domain::baseline::{Answer, Baseline, Conventions, Ladder, Tier};
use crate::domain::tier_label::Said;
use crate::exchange::Entry;

/// Puts into an entry what stands in the register and the file leaves open.
pub(super) fn carry_over(old: &Baseline, entry: &mut Entry) {
    let mut new = std::mem::replace(&mut entry.baseline, Baseline::new(old.kind));
    if new.kind == old.kind {
        carry_fields(old, &mut new, &entry.blank);
        carry_conventions(&old.conventions, &mut new.conventions);
        if new.ladders.is_empty() && new.weights.is_none() {
            new.ladders.clone_from(&old.ladders);
            new.weights.clone_from(&old.weights);
        }
        carry_tiers(old, &mut new, |ladder, tier| {
            let labelled = entry.ladder_rows.get(ladder).and_then(|rows| rows.labelled.get(tier));
            labelled.copied().unwrap_or_default()
        });
        carry_bands(old, &mut new);
    }
    entry.baseline = new;
}

fn carry_fields(old: &Baseline, new: &mut Baseline, blank: &[&str]) {
    let open = |id: &str, answer: &Answer| answer.text().is_none() || !blank.contains(&id);
    // Words that stood in a wrong column stand in the right one now.
    let moved = |answer: &Answer, lines: &HashSet<String>| {
        answer.text().is_some_and(|words| words.lines().all(|line| lines.contains(line)))
    };
    let mut lines = None;
    // The band's words are about the basis, which is looked at first.
    let (band, others): (Vec<_>, Vec<_>) = old.fields.iter().partition(|(id, _)| *id == "band");
    for (id, answer) in others.into_iter().chain(band) {
        let stale = id == "band" && old.text("basis") != new.text("basis");
        if stale || new.fields.contains_key(id) || !open(id, answer) {
            continue;
        }
        if !moved(answer, lines.get_or_insert_with(|| lines_of(new))) {
            new.fields.insert(id.clone(), answer.clone());
        }
    }
}

/// Every line that stands anywhere in a baseline.
fn lines_of(baseline: &Baseline) -> HashSet<String> {
    let fields = baseline.fields.values().filter_map(Answer::text);
    let tiers = baseline.ladders.iter().flat_map(|ladder| &ladder.tiers);
    let tiers = tiers.flat_map(|tier| {
        let conditions = tier.conditions.iter().map(String::as_str);
        conditions.chain([tier.label.as_str(), tier.standard.as_str(), tier.remarks.as_str()])
    });
    let other = baseline.other.iter().map(|(_, words)| words.as_str()).chain([baseline.remarks.as_str()]);
    fields.chain(tiers).chain(other).flat_map(str::lines).map(str::to_owned).collect()
}

fn carry_conventions(old: &Conventions, new: &mut Conventions) {
    let usual = Conventions::default();
    if new.above_includes == usual.above_includes {
        new.above_includes = old.above_includes;
    }
    if new.below_includes == usual.below_includes {
        new.below_includes = old.below_includes;
    }
    new.look_back_months = new.look_back_months.or(old.look_back_months);
    new.valid_years = new.valid_years.or(old.valid_years);
    if new.refusal_means.is_empty() {
        new.refusal_means.clone_from(&old.refusal_means);
    }
}

fn carry_tiers(old: &Baseline, new: &mut Baseline, labelled: impl Fn(usize, usize) -> Said) {
    let corrected = |tier: &Tier| tier.grade.is_some() || tier.fine_band.is_some() || !tier.measures.is_empty();
    let mut standing: HashMap<_, VecDeque<&Tier>> = HashMap::new();
    for ladder in &old.ladders {
        for tier in &ladder.tiers {
            standing.entry(words_of(ladder.label.as_deref(), tier)).or_default().push_back(tier);
        }
    }
    for (at, ladder) in new.ladders.iter_mut().enumerate() {
        for (place, tier) in ladder.tiers.iter_mut().enumerate() {
            let same = standing.get_mut(&words_of(ladder.label.as_deref(), tier));
            let Some(stood) = same.and_then(VecDeque::pop_front).filter(|stood| corrected(stood)) else { continue };
            let labelled = labelled(at, place);
            tier.grade = settled(stood.grade, tier.grade, labelled.grade);
            tier.fine_band = settled(stood.fine_band, tier.fine_band, labelled.fine_band);
            if tier.measures.is_empty() {
                tier.measures.clone_from(&stood.measures);
            }
        }
    }
}

/// What is told by a cell counts; what only the label says gives way to what stands.
fn settled<T: PartialEq>(stood: Option<T>, read: Option<T>, labelled: Option<T>) -> Option<T> {
    if read == labelled { stood.or(read) } else { read }
}

fn carry_bands(old: &Baseline, new: &mut Baseline) {
    if ["band", "basis"].iter().any(|field| old.text(field) != new.text(field)) {
        return;
    }
    if new.bands.is_empty() {
        new.bands.clone_from(&old.bands);
    }
    if new.bands != old.bands {
        return;
    }
    let mut standing: HashMap<_, VecDeque<Option<usize>>> = HashMap::new();
    for ladder in &old.ladders {
        standing.entry(words_of_all(ladder)).or_default().push_back(ladder.band);
    }
    for ladder in &mut new.ladders {
        let stood = standing.get_mut(&words_of_all(ladder)).and_then(VecDeque::pop_front).flatten();
        ladder.band = ladder.band.or(stood);
    }
}

/// What a correction of a tier is about.
type TierWords = (Option<String>, String, Vec<String>, String);

fn words_of(ladder: Option<&str>, tier: &Tier) -> TierWords {
    (ladder.map(str::to_owned), tier.label.clone(), tier.conditions.clone(), tier.standard.clone())
}

fn words_of_all(ladder: &Ladder) -> Vec<TierWords> {
    let own = (ladder.label.clone(), String::new(), Vec::new(), String::new());
    std::iter::once(own).chain(ladder.tiers.iter().map(|tier| words_of(None, tier))).collect()
}

#[cfg(test)]
mod tests;
