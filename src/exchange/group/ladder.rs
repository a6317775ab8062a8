//! Tiers into ladders: where one ladder ends and the next begins, and what a tier's label says.

use crate::domain::baseline::{FineBand, Grade};
use crate::domain::tier_label::{Rank, Said, rank, read_ladder};

/// A tier as its rows gave it. Rows from 0.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct TierDraft {
    pub(crate) label: String,
    pub(crate) grade: Option<Grade>,
    pub(crate) fine_band: Option<FineBand>,
    pub(crate) conditions: Vec<String>,
    pub(crate) standard: String,
    pub(crate) remarks: Vec<String>,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// The words that begin a new ladder here.
    pub(crate) begins: Option<String>,
}

/// A ladder of such tiers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LadderDraft {
    pub(crate) label: Option<String>,
    pub(crate) tiers: Vec<TierDraft>,
    pub(crate) remarks: Vec<String>,
}

/// Cuts the tiers of an item where other words of the law begin, and where the tiers start again.
pub(crate) fn split(tiers: Vec<TierDraft>) -> Vec<LadderDraft> {
    let mut ladders: Vec<LadderDraft> = Vec::new();
    let mut run: Vec<TierDraft> = Vec::new();
    for tier in tiers {
        if tier.begins.is_some() && !run.is_empty() {
            ladders.extend(split_run(std::mem::take(&mut run)));
        }
        run.push(tier);
    }
    if !run.is_empty() {
        ladders.extend(split_run(run));
    }
    ladders
}

fn split_run(mut tiers: Vec<TierDraft>) -> Vec<LadderDraft> {
    let label = tiers.first_mut().and_then(|tier| tier.begins.take());
    if tiers.len() == 1 || falls_throughout(&tiers) {
        return vec![LadderDraft { label, tiers, remarks: Vec::new() }];
    }
    let mut ladders = vec![LadderDraft { label, ..LadderDraft::default() }];
    for tier in tiers {
        let again = ladders.last().is_some_and(|ladder| starts_again(&ladder.tiers, &tier.label));
        if again {
            ladders.push(LadderDraft::default());
        }
        if let Some(ladder) = ladders.last_mut() {
            ladder.tiers.push(tier);
        }
    }
    ladders
}

/// True where the tiers are told from the heaviest down: one ladder, not many.
fn falls_throughout(tiers: &[TierDraft]) -> bool {
    if tiers.len() < 3 {
        return false;
    }
    let ranks: Option<Vec<Rank>> = tiers.iter().map(|tier| rank(&tier.label)).collect();
    ranks.is_some_and(|ranks| {
        ranks.iter().zip(ranks.iter().skip(1)).all(|(one, next)| one.scale == next.scale && next.number < one.number)
    })
}

/// True if a tier with this label falls back behind the ladder's last: to a number that the ladder has, or to its
/// beginning.
fn starts_again(ladder: &[TierDraft], label: &str) -> bool {
    let Some(last) = ladder.last() else { return false };
    if label.is_empty() || last.label == label {
        return false;
    }
    if ladder.iter().any(|tier| tier.label == label) {
        return true;
    }
    let first = ladder.first().and_then(|tier| rank(&tier.label));
    match (rank(&last.label), rank(label), first) {
        (Some(last), Some(this), Some(first)) if last.scale == this.scale && first.scale == this.scale => {
            let known = ladder.iter().filter_map(|tier| rank(&tier.label)).any(|have| have == this);
            this.number < last.number && (known || this.number <= first.number)
        }
        _ => false,
    }
}

/// Gives each tier what the labels of its ladder say, where its row has not told it.
pub(crate) fn read_labels(tiers: &mut [TierDraft]) {
    let told = |tier: &TierDraft| Said { grade: tier.grade, fine_band: tier.fine_band };
    let said = read_ladder(tiers.iter().map(|tier| (tier.label.as_str(), told(tier), Said::by(&tier.label))));
    for (tier, said) in tiers.iter_mut().zip(said) {
        (tier.grade, tier.fine_band) = (said.grade, said.fine_band);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(labels: &[&str]) -> Vec<usize> {
        let tier = |label: &&str| TierDraft { label: (*label).to_owned(), ..TierDraft::default() };
        split(labels.iter().map(tier).collect()).iter().map(|ladder| ladder.tiers.len()).collect()
    }

    #[test]
    fn ladders_are_cut_where_tiers_start_again() {
        for (labels, wanted) in [
            (&["1", "2", "3", "1", "2"][..], &[3, 2][..]),
            (&["1", "2", "3", "2", "3"], &[3, 2]),
            (&["轻微", "一般", "严重", "轻微", "严重"], &[3, 2]),
            (&["情节较轻", "情节较重", "情节较轻"], &[2, 1]),
            (&["A", "B", "A", "B"], &[2, 2]),
            (&["第一档", "第二档", "第一档"], &[2, 1]),
            (&["Ⅰ", "Ⅱ", "Ⅰ"], &[2, 1]),
            (&["①", "②", "①"], &[2, 1]),
            (&["低风险", "高风险", "低风险", "高风险"], &[2, 2]),
            // A number set twice or left out is a defect of one ladder, not the end of it.
            (&["1", "2", "2", "3"], &[4]),
            (&["1", "3", "4"], &[3]),
            (&["1", "2", "4", "3"], &[4]),
            // From the heaviest down.
            (&["特别严重", "严重", "一般", "轻微"], &[4]),
            (&["", "", ""], &[3]),
            (&["十", "十一", "十二", "一"], &[3, 1]),
        ] {
            assert_eq!(sizes(labels), wanted, "{labels:?}");
        }
    }
}
