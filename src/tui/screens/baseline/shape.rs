//! The structure of a penalty: tiers and ladders added, taken away, moved. Pure, like the form itself.

use super::form::Row;
use crate::domain::baseline::{Baseline, Ladder, Tier};
use crate::domain::kind::Kind;

/// Adds a tier behind a row, or a first ladder with one; returns its row.
pub fn add_tier(baseline: &mut Baseline, behind: Row) -> Option<Row> {
    if baseline.kind != Kind::Penalty {
        return None;
    }
    if baseline.ladders.is_empty() {
        baseline.ladders.push(Ladder { tiers: vec![Tier::default()], ..Ladder::default() });
        return Some(Row::Tier(0, 0));
    }
    let (ladder, at) = match behind {
        Row::Tier(ladder, tier) => (ladder, tier + 1),
        Row::Ladder(ladder) => (ladder, 0),
        _ => (baseline.ladders.len() - 1, usize::MAX),
    };
    let tiers = &mut baseline.ladders.get_mut(ladder)?.tiers;
    let at = at.min(tiers.len());
    tiers.insert(at, Tier::default());
    Some(Row::Tier(ladder, at))
}

/// Adds a ladder with one tier; returns its row.
pub fn add_ladder(baseline: &mut Baseline) -> Option<Row> {
    if baseline.kind != Kind::Penalty {
        return None;
    }
    baseline.ladders.push(Ladder { tiers: vec![Tier::default()], ..Ladder::default() });
    Some(Row::Ladder(baseline.ladders.len() - 1))
}

/// Takes a tier away; with its last tier goes its ladder. A ladder's row takes the whole ladder away.
pub fn remove(baseline: &mut Baseline, row: Row) -> bool {
    match row {
        Row::Ladder(at) if at < baseline.ladders.len() => {
            baseline.ladders.remove(at);
            true
        }
        Row::Tier(ladder, tier) => {
            let Some(of) = baseline.ladders.get_mut(ladder).filter(|of| tier < of.tiers.len()) else { return false };
            of.tiers.remove(tier);
            if of.tiers.is_empty() {
                baseline.ladders.remove(ladder);
            }
            true
        }
        _ => false,
    }
}

/// Moves a tier by one place within its ladder; returns its new row.
pub fn move_tier(baseline: &mut Baseline, row: Row, by: isize) -> Option<Row> {
    let Row::Tier(ladder, tier) = row else { return None };
    let tiers = &mut baseline.ladders.get_mut(ladder)?.tiers;
    let to = tier.checked_add_signed(by).filter(|to| *to < tiers.len() && tier < tiers.len())?;
    tiers.swap(tier, to);
    Some(Row::Tier(ladder, to))
}

#[cfg(test)]
mod tests {
    use super::super::form::{read, write};
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn tiers_come_go_and_move() {
        let mut baseline = Baseline::new(Kind::Penalty);
        assert_eq!(add_tier(&mut baseline, Row::Remarks), Some(Row::Tier(0, 0)));
        write(&mut baseline, Row::Tier(0, 0), 0, "较轻").unwrap();
        assert_eq!(add_tier(&mut baseline, Row::Tier(0, 0)), Some(Row::Tier(0, 1)));
        assert_eq!(move_tier(&mut baseline, Row::Tier(0, 1), -1), Some(Row::Tier(0, 0)));
        assert_eq!(move_tier(&mut baseline, Row::Tier(0, 0), -1), None);
        assert_eq!(read(&baseline, Row::Tier(0, 1), 0, Lang::Zh), "较轻");
        assert_eq!(add_ladder(&mut baseline), Some(Row::Ladder(1)));
        assert!(remove(&mut baseline, Row::Tier(1, 0)) && baseline.ladders.len() == 1);
        assert!(!remove(&mut baseline, Row::Tier(5, 0)));
        assert_eq!(add_tier(&mut Baseline::new(Kind::Reward), Row::Remarks), None);
    }
}
