//! Tables that tell fines as numbers: minimum, maximum and the one to be set, put into words.

use super::super::heading::Role;
use super::super::piece::{Entry, LadderRows};
use super::draft::{Draft, Plan};
use crate::domain::baseline::{Ladder, Tier};
use crate::domain::kind::Kind;

/// The number columns of one item, as written; blank and zero say nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    fine: [String; 3],
    detention: [String; 3],
    warning: bool,
}

impl Numbers {
    /// The number columns of a table that has any.
    pub(super) fn take(draft: &Draft, plan: &Plan) -> Option<Self> {
        if ![Role::FineHigh, Role::FineDefault, Role::DetentionHigh, Role::DetentionDefault]
            .iter()
            .any(|role| plan.at(*role).is_some())
        {
            return None;
        }
        let get = |role: Role| {
            let kept = plan.at(role).and_then(|at| draft.kept.get(at));
            kept.map_or("", |kept| kept.first()).to_owned()
        };
        let warning = get(Role::Warning);
        Some(Self {
            fine: [Role::FineLow, Role::FineHigh, Role::FineDefault].map(get),
            detention: [Role::DetentionLow, Role::DetentionHigh, Role::DetentionDefault].map(get),
            warning: !warning.is_empty() && !["不", "否", "0", "无", "N", "n"].iter().any(|no| warning.starts_with(no)),
        })
    }
}

/// Words the band and the standard of a penalty that has neither; true if it did.
pub(super) fn compose(numbers: &Numbers, entry: &mut Entry) -> bool {
    if entry.text.kind != Kind::Penalty {
        return false;
    }
    let Numbers { fine, detention, warning } = numbers;
    let [fine_low, fine_high, fine_default] = fine;
    let [detention_low, detention_high, detention_default] = detention;
    let mut band: Vec<String> = Vec::new();
    band.extend(warning.then(|| "警告".to_owned()));
    band.extend(range(fine_low, fine_high, "元").map(|words| format!("处{words}罚款")));
    band.extend(range(detention_low, detention_high, "日").map(|words| format!("处{words}拘留")));
    let mut standard: Vec<String> = Vec::new();
    standard.extend(number(fine_default).map(|fine| format!("处{fine}元罚款")));
    standard.extend(number(detention_default).map(|days| format!("处{days}日拘留")));
    let mut composed = false;
    if entry.baseline.text("band").is_empty() && !band.is_empty() {
        entry.baseline.set_text("band", band.join("；"));
        composed = true;
    }
    if entry.baseline.ladders.is_empty() && !standard.is_empty() {
        let tier = Tier { standard: standard.join("，"), ..Tier::default() };
        entry.baseline.ladders.push(Ladder { tiers: vec![tier], ..Ladder::default() });
        entry.ladder_rows.push(LadderRows { row: entry.place.row, tiers: vec![entry.place.row], labelled: Vec::new() });
        composed = true;
    }
    composed
}

fn number(words: &str) -> Option<&str> {
    Some(words).filter(|words| !words.is_empty() && words.chars().any(|c| c.is_ascii_digit() && c != '0'))
}

fn range(low: &str, high: &str, unit: &str) -> Option<String> {
    match (number(low), number(high)) {
        (Some(low), Some(high)) if low == high => Some(format!("{high}{unit}")),
        (Some(low), Some(high)) => Some(format!("{low}{unit}以上{high}{unit}以下")),
        (Some(low), None) => Some(format!("{low}{unit}以上")),
        (None, Some(high)) => Some(format!("{high}{unit}以下")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranges() {
        for (low, high, words) in [
            ("200", "2000", Some("200元以上2000元以下")),
            ("0", "15", Some("15元以下")),
            ("60", "60", Some("60元")),
            ("50", "", Some("50元以上")),
            ("0", "0", None),
        ] {
            assert_eq!(range(low, high, "元").as_deref(), words, "{low} {high}");
        }
    }
}
