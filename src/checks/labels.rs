//! What is said of the tiers of a ladder: what the clerk chose, else what the label says, else the standard.

use crate::domain::baseline::{FineBand, Ladder, Tier};
use crate::domain::tier_label::{Said, fine_band, read_ladder};

/// What is said of each tier of a ladder, given what its standard says of the fine.
pub(super) fn said(ladder: &Ladder, worded: impl Iterator<Item = Option<FineBand>> + Clone) -> Vec<Said> {
    let tiers = ladder.tiers.iter().zip(worded);
    read_ladder(tiers.map(|(tier, worded)| (tier.label.as_str(), told(tier, worded))))
}

fn told(tier: &Tier, worded: Option<FineBand>) -> Said {
    let worded = || fine_band(&tier.label).or(worded);
    Said { grade: tier.grade, fine_band: tier.fine_band.or_else(worded) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::baseline::{FineBand, Grade};

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
            let worded = [super::fine_band(&tier.standard)];
            let ladder = Ladder { tiers: vec![tier], ..Ladder::default() };
            assert_eq!(said(&ladder, worded.into_iter()), [Said { grade, fine_band }], "{ladder:?}");
        }
    }
}
