//! What is said of the tiers of a ladder: what the clerk chose, else what the label says, else the standard.

use crate::domain::baseline::{Ladder, Tier};
use crate::domain::tier_label::{Said, fine_band, read_ladder};

/// What is said of each tier of a ladder.
pub(super) fn said(ladder: &Ladder) -> Vec<Said> {
    read_ladder(ladder.tiers.iter().map(|tier| (tier.label.as_str(), told(tier))))
}

fn told(tier: &Tier) -> Said {
    let worded = || fine_band(&tier.label).or_else(|| fine_band(&tier.standard));
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
            let ladder = Ladder { tiers: vec![tier], ..Ladder::default() };
            assert_eq!(said(&ladder), [Said { grade, fine_band }], "{ladder:?}");
        }
    }
}
