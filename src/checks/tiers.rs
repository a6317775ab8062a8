//! T01 to T09 and T11: whether the tiers of a ladder fit one another.

use super::amount::{Meeting, crookedness};
use super::finding::{Detail, Finding};
use super::pairs::{Pair, pairs};
use super::registry::Code;
use super::statute::Statute;
use super::view::{LadderView, TierView};
use crate::domain::measure::Party;

/// Checks one ladder.
pub(super) fn check(ladder: &LadderView<'_>, statute: &Statute<'_>, found: &mut Vec<Finding>) {
    for tier in ladder.tiers() {
        check_ends(ladder, tier, found);
    }
    for run in &ladder.runs {
        check_pairs(ladder, &pairs(ladder, run, statute), found);
        check_conditions(ladder, run, found);
    }
    check_numbers(ladder, found);
}

/// T03.
fn check_ends(ladder: &LadderView<'_>, tier: &TierView<'_>, found: &mut Vec<Finding>) {
    for fine in tier.fines.iter().filter(|fine| !fine.sound && fine.range.is_inverted()) {
        if let (Some(low), Some(high)) = (fine.range.low, fine.range.high) {
            let unit = fine.range.unit;
            let details = vec![Detail::Value(low, unit), Detail::Value(high, unit)];
            found.push(Finding::of_tier(Code::T03, ladder.at, tier.at).at(fine.measure.span).with(details));
        }
    }
}

/// T01, T02, T04, T06, T07.
fn check_pairs(ladder: &LadderView<'_>, pairs: &[Pair<'_, '_>], found: &mut Vec<Finding>) {
    let mut blamed: Option<(Code, usize)> = None;
    for (at, pair) in pairs.iter().enumerate() {
        let code = match pair.meeting {
            Meeting::Gap(..) => Code::T01,
            Meeting::Overlap => Code::T02,
            Meeting::Lighter => Code::T04,
            Meeting::Equal => Code::T06,
            Meeting::Shared(_) => Code::T07,
            Meeting::Flush => continue,
        };
        if matches!(code, Code::T06 | Code::T07) {
            tell_meeting(ladder, pairs, at, pair, code, found);
            continue;
        }
        // A tier that clashes with both neighbours is the one at fault, and told once.
        let key = pair.fines.0.key;
        let next = pairs.iter().skip(at + 1).find(|next| next.fines.0.key.is_of_one_stair(&key));
        let shared = next.is_some_and(|next| next.lighter.at == pair.heavier.at && same_code(next.meeting, code));
        if blamed.take() == Some((code, pair.lighter.at)) {
            continue;
        }
        let on_heavier = shared || code == Code::T04 || !is_crooked(pair);
        if shared {
            blamed = Some((code, pair.heavier.at));
        }
        found.push(clash(ladder, pair, code, on_heavier));
    }
}

fn same_code(meeting: Meeting, code: Code) -> bool {
    matches!(
        (meeting, code),
        (Meeting::Gap(..), Code::T01) | (Meeting::Overlap, Code::T02) | (Meeting::Lighter, Code::T04)
    )
}

/// True where the lighter tier's end is less round than the heavier's: more likely it is the one mistyped.
fn is_crooked(pair: &Pair<'_, '_>) -> bool {
    match (pair.fines.0.range.high, pair.fines.1.range.low) {
        (Some(high), Some(low)) => crookedness(high) > crookedness(low),
        _ => false,
    }
}

fn clash(ladder: &LadderView<'_>, pair: &Pair<'_, '_>, code: Code, on_heavier: bool) -> Finding {
    let (tier, other, fine, beside) = if on_heavier {
        (pair.heavier.at, pair.lighter.at, pair.fines.1, pair.fines.0)
    } else {
        (pair.lighter.at, pair.heavier.at, pair.fines.0, pair.fines.1)
    };
    let unit = fine.range.unit;
    let mut details = vec![Detail::Tier(other)];
    match pair.meeting {
        Meeting::Gap(from, to) => details.extend([Detail::Value(from, unit), Detail::Value(to, unit)]),
        _ => details.extend([Detail::Range(fine.range), Detail::Range(beside.range)]),
    }
    let mut finding = Finding::of_tier(code, ladder.at, tier).at(fine.measure.span).with(details);
    finding.beside = Some(other);
    finding
}

/// T06 where all fines of the two tiers are equal, T07 once for a pair of tiers.
fn tell_meeting(
    ladder: &LadderView<'_>,
    pairs: &[Pair<'_, '_>],
    at: usize,
    pair: &Pair<'_, '_>,
    code: Code,
    found: &mut Vec<Finding>,
) {
    let of_both = |other: &&Pair<'_, '_>| other.heavier.at == pair.heavier.at;
    let told_before = pairs.iter().take(at).filter(of_both).any(|other| match code {
        Code::T06 => other.meeting == Meeting::Equal,
        _ => matches!(other.meeting, Meeting::Shared(_)),
    });
    let all_equal = pairs.iter().filter(of_both).all(|other| other.meeting == Meeting::Equal)
        && pair.lighter.fines.len() == pair.heavier.fines.len();
    if told_before || (code == Code::T06 && !all_equal) {
        return;
    }
    let other = Detail::Tier(pair.lighter.at);
    let details = match pair.meeting {
        Meeting::Shared(value) => vec![other, Detail::Value(value, pair.fines.1.range.unit)],
        _ => vec![other],
    };
    let mut finding = Finding::of_tier(code, ladder.at, pair.heavier.at).at(pair.fines.1.measure.span).with(details);
    finding.beside = Some(pair.lighter.at);
    found.push(finding);
}

/// T05.
fn check_conditions(ladder: &LadderView<'_>, run: &[TierView<'_>], found: &mut Vec<Finding>) {
    let mut seen: Vec<(&str, &TierView<'_>)> = Vec::new();
    for tier in run {
        let before = seen.len();
        for words in &tier.tier.conditions {
            if bare(words).nth(1).is_none() {
                continue;
            }
            let mut others = seen.iter().take(before);
            let twin = others.find(|(other, before)| say_the_same(other, words) && !of_other_parties(before, tier));
            if let Some((_, before)) = twin {
                let details = vec![Detail::Tier(before.at), Detail::Words(words.trim().to_owned())];
                found.push(Finding::of_tier(Code::T05, ladder.at, tier.at).with(details));
                break;
            }
            seen.push((words, tier));
        }
    }
}

/// True where two conditions are the same but for blanks, punctuation and the 的 at the end.
fn say_the_same(one: &str, other: &str) -> bool {
    let counts = |sign: char| !is_mark(sign) && sign != '的';
    // Most differ in a character that counts, before anything that does not.
    let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let next = |words: &str| (0..4).find_map(|back| words.get(alike.checked_sub(back)?..))?.chars().next();
    let differ = next(one).zip(next(other)).is_some_and(|(one, other)| one != other && counts(one) && counts(other));
    !differ && bare(one).eq(bare(other))
}

/// The characters of a condition without blanks, punctuation and the 的 at its end.
fn bare(words: &str) -> impl Iterator<Item = char> + '_ {
    let words = words.trim_end_matches(is_mark);
    words.strip_suffix('的').unwrap_or(words).chars().filter(|sign| !is_mark(*sign))
}

fn is_mark(sign: char) -> bool {
    match sign {
        // Nearly every character of a condition: one look settles it.
        '一'..='鿿' => false,
        '，' | '。' | '；' | '、' | '：' | '（' | '）' | '“' | '”' | '—' | ',' | '.' | ';' | ':' | '(' | ')' | '"'
        | '/' | '-' => true,
        _ => sign.is_whitespace(),
    }
}

/// True where the standards of two tiers strike different parties, or different cases.
fn of_other_parties(one: &TierView<'_>, other: &TierView<'_>) -> bool {
    let meets = |fine: &super::view::Fine<'_>| {
        other.fines.iter().any(|twin| twin.key.party == fine.key.party && twin.key.case == fine.key.case)
    };
    !one.fines.is_empty() && !other.fines.is_empty() && !one.fines.iter().any(meets)
}

/// T08 and T11: the numbers as listed.
fn check_numbers(ladder: &LadderView<'_>, found: &mut Vec<Finding>) {
    for run in &ladder.runs {
        let mut listed: Vec<&TierView<'_>> = run.iter().collect();
        listed.sort_by_key(|tier| tier.at);
        let number_at = |at: usize| listed.get(at).and_then(|tier| tier.number);
        for (at, tier) in listed.iter().enumerate().skip(1) {
            let Some(above) = listed.get(at - 1) else { continue };
            let (label, number) = (tier.tier.label.trim(), tier.number);
            let (before, next) = (number_at(at - 1), number_at(at + 1));
            if !label.is_empty() && label == above.tier.label.trim() {
                // 1, 2, 2, 4: the second 2 should have been 3. Otherwise one tier stands over two standards.
                let mistyped = number.is_some_and(|number| next == Some(number + 2));
                if mistyped {
                    found.push(misnumbered(ladder, tier, number.unwrap_or_default() + 1));
                } else if !say_the_same(&tier.tier.standard, &above.tier.standard) {
                    let details = vec![Detail::Words(label.to_owned())];
                    let mut finding = Finding::of_tier(Code::T11, ladder.at, tier.at).with(details);
                    finding.beside = Some(above.at);
                    found.push(finding);
                }
                continue;
            }
            let (Some(number), Some(before)) = (number, before) else { continue };
            let repaired = at > 1 && number_at(at - 2) == Some(before) && number == before + 2;
            if number == before + 1 || number + 1 == before || repaired {
                continue;
            }
            found.push(misnumbered(ladder, tier, before + 1));
        }
    }
}

fn misnumbered(ladder: &LadderView<'_>, tier: &TierView<'_>, expected: u32) -> Finding {
    let details = vec![Detail::Number(expected.into()), Detail::Words(tier.tier.label.trim().to_owned())];
    Finding::of_tier(Code::T08, ladder.at, tier.at).with(details)
}

/// T09.
pub(super) fn check_lengths(ladders: &[LadderView<'_>], found: &mut Vec<Finding>) {
    if ladders.len() < 2 {
        return;
    }
    let is_of_persons = |ladder: &&LadderView<'_>| {
        let mut fines = ladder.tiers().flat_map(|tier| &tier.fines).peekable();
        ladder.party == Some(Party::PersonInCharge)
            || (fines.peek().is_some() && fines.all(|fine| fine.key.party == Party::PersonInCharge))
    };
    let lengths = |ladder: &LadderView<'_>| {
        let all = ladder.ladder.tiers.len();
        [all, all - ladder.tiers().filter(|tier| tier.fines.is_empty()).count()]
    };
    let (persons, units): (Vec<_>, Vec<_>) = ladders.iter().partition(is_of_persons);
    for ladder in persons {
        let own = lengths(ladder);
        let matches = units.iter().any(|unit| lengths(unit).iter().any(|length| own.contains(length)));
        if let Some(unit) = units.first().filter(|_| !matches) {
            let number = |of: &LadderView<'_>| Detail::Number(of.ladder.tiers.len().into());
            found.push(Finding::of_ladder(Code::T09, ladder.at).with(vec![number(ladder), number(unit)]));
        }
    }
}
