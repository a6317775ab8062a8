//! What is said of the tiers of a ladder: what the clerk chose, else what the label says, else the standard.

use super::reads::TierReads;
use crate::domain::baseline::{Ladder, Tier};
use crate::domain::tier_label::{Said, read_ladder};

/// What is said of each tier of a ladder.
pub(super) fn said(ladder: &Ladder, tiers: &[TierReads<'_>]) -> Vec<Said> {
    let told = |tier: &Tier| Said { grade: tier.grade, fine_band: tier.fine_band };
    let worded = |reads: &TierReads<'_>| Said {
        grade: reads.label_grade,
        fine_band: reads.label_on_fine.band.or(reads.standard_on_fine.band),
    };
    let tiers = ladder.tiers.iter().zip(tiers);
    read_ladder(tiers.map(|(tier, reads)| (tier.label.as_str(), told(tier), worded(reads))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::reads::Reads;
    use crate::domain::baseline::{Baseline, FineBand, Grade};
    use crate::domain::kind::Kind;

    #[test]
    fn told_before_labelled_before_worded() {
        let tier = |label: &str, standard: &str| Tier {
            label: label.to_owned(),
            standard: standard.to_owned(),
            ..Tier::default()
        };
        for (tier, grade, fine_band) in [
            (Tier { grade: Some(Grade::Severe), ..tier("一般", "") }, Some(Grade::Severe), None),
            (tier("从轻处罚", "减轻处罚"), None, Some(FineBand::Lenient)),
            (tier("1", "依法减轻处罚"), None, Some(FineBand::Mitigated)),
            (tier("一般或较重", ""), None, None),
        ] {
            let mut baseline = Baseline::new(Kind::Penalty);
            baseline.ladders = vec![Ladder { tiers: vec![tier], ..Ladder::default() }];
            let reads = Reads::of(&baseline);
            assert_eq!(reads.ladders[0].said, [Said { grade, fine_band }], "{:?}", baseline.ladders);
        }
    }
}
