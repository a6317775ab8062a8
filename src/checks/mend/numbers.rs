//! T08: the numbers of tiers, written anew from the first wrong one on.

use super::{Edit, Part, whole};
use crate::domain::baseline::Ladder;
use crate::domain::tier_number::{number, with_number};

/// The labels of a tier and those behind it, numbered on from the one before.
pub(super) fn renumbered(ladder: &Ladder, at: usize, from: usize) -> Option<Vec<Edit>> {
    let number_of = |tier: usize| number(&ladder.tiers.get(tier)?.label);
    let first = (0..from).rev().map_while(number_of).last()?;
    let mut next = number_of(from.checked_sub(1)?)?;
    let mut edits = Vec::new();
    for (tier, of) in ladder.tiers.iter().enumerate().skip(from) {
        let Some(present) = number(&of.label) else { break };
        if tier > from && present == first {
            // The numbers of another run.
            break;
        }
        next += 1;
        if present != next {
            let (old, new) = (of.label.clone(), with_number(&of.label, next)?);
            edits.push(Edit { ladder: at, tier, part: Part::Label, span: whole(of), old, new });
        }
    }
    (!edits.is_empty()).then_some(edits)
}
