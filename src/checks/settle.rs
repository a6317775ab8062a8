//! One defect, one finding: what follows from another finding is dropped, and the rest put in order.

use super::finding::Finding;
use super::registry::Code;

/// Where the first stands at a tier, the others are its consequences there.
const CONSEQUENCES: &[(Code, &[Code])] = &[
    (Code::T03, &[Code::T01, Code::T02, Code::T04, Code::L01, Code::L02]),
    (Code::T04, &[Code::T01, Code::T02, Code::L02]),
    (Code::L01, &[Code::T01, Code::T02, Code::T04]),
    (Code::L02, &[Code::T01, Code::T02]),
    (Code::T11, &[Code::T06, Code::T07]),
];

/// Drops consequences and puts findings in order: the item's own, then by ladder, tier and code.
pub(super) fn settle(found: &mut Vec<Finding>) {
    if found.len() > 1 {
        let is_cause = |finding: &&Finding| CONSEQUENCES.iter().any(|(code, _)| *code == finding.code);
        let causes: Vec<(Code, Option<usize>, Option<usize>)> =
            found.iter().filter(is_cause).map(|finding| (finding.code, finding.ladder, finding.tier)).collect();
        let follows = |finding: &Finding| {
            causes.iter().any(|(cause, ladder, tier)| {
                let here =
                    *ladder == finding.ladder && tier.is_some() && (*tier == finding.tier || *tier == finding.beside);
                here && CONSEQUENCES.iter().any(|(code, drops)| code == cause && drops.contains(&finding.code))
            })
        };
        found.retain(|finding| finding.tier.is_none() || !follows(finding));
        found.sort_by_key(|finding| (finding.ladder, finding.tier, finding.code));
    }
}
