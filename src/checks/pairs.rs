//! Neighbouring tiers, pair by pair: how their fines meet.

use super::amount::Meeting;
use super::statute::Statute;
use super::view::{Fine, LadderView, TierView};

/// Two neighbours and how one fine of theirs meets.
pub(super) struct Pair<'v, 'a> {
    pub(super) lighter: &'v TierView<'a>,
    pub(super) heavier: &'v TierView<'a>,
    pub(super) fines: (&'v Fine<'a>, &'v Fine<'a>),
    pub(super) meeting: Meeting,
}

/// Every pair of comparable fines of neighbouring tiers, track by track.
pub(super) fn pairs<'v, 'a>(
    ladder: &'v LadderView<'a>,
    run: &'v [TierView<'a>],
    statute: &Statute<'_>,
) -> Vec<Pair<'v, 'a>> {
    let mut found = Vec::new();
    for (lighter, heavier) in run.iter().zip(run.iter().skip(1)) {
        if !can_be_compared(lighter, heavier) {
            continue;
        }
        for fine in &lighter.fines {
            let Some(other) = heavier.fines.iter().find(|other| fine.key.is_of_one_stair(&other.key)) else { continue };
            if !fine.sound || !other.sound {
                continue;
            }
            let Some(meeting) = fine.range.meets(&other.range) else { continue };
            if is_defect(meeting) && of_two_cases(ladder, statute, (lighter, fine), (heavier, other)) {
                continue;
            }
            found.push(Pair { lighter, heavier, fines: (fine, other), meeting });
        }
    }
    found
}

const fn is_defect(meeting: Meeting) -> bool {
    matches!(meeting, Meeting::Gap(..) | Meeting::Overlap | Meeting::Lighter)
}

/// Tiers under one number, of one grade, mitigated or without penalty are no steps of one stair.
fn can_be_compared(lighter: &TierView<'_>, heavier: &TierView<'_>) -> bool {
    let one_number = !lighter.tier.label.is_empty() && lighter.tier.label == heavier.tier.label;
    let one_weight = lighter.weight.is_some() && lighter.weight == heavier.weight;
    !one_number && !one_weight && !lighter.lenient && !heavier.lenient
}

/// True where the two fines follow two bands of the law. Where no band tells, conditions about a time limit do.
fn of_two_cases(
    ladder: &LadderView<'_>,
    statute: &Statute<'_>,
    (lighter, fine): (&TierView<'_>, &Fine<'_>),
    (heavier, other): (&TierView<'_>, &Fine<'_>),
) -> bool {
    let known = statute.candidates(ladder, fine).next().is_some();
    match (statute.home(ladder, fine), statute.home(ladder, other)) {
        (Some(one), Some(two)) => one != two,
        _ => !known && lighter.is_late() != heavier.is_late(),
    }
}
