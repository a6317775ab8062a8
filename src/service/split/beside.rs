//! What the law imposes together with a fine in every case: it goes into each tier beside the fine.
//!
//! Carried is what must be imposed, in the same case, on the same party, in the same sentence. One of two ways (或者), what
//! may be imposed (可以), what depends on the circumstances and what has another case stay with the law: which tier they
//! belong to is for a person to say.

use crate::domain::label::Term as _;
use crate::domain::measure::{Force, Measure, MeasureKind, Party, words_at};

/// The measures beside a fine, in the order of the law.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Beside {
    /// In front of the fine.
    pub(super) before: Vec<Other>,
    /// How the law goes on to the fine: 处 or 并处.
    pub(super) joint: &'static str,
    /// Behind the fine.
    pub(super) behind: Vec<Other>,
}

/// A measure that is no fine, as a standard says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) kind: MeasureKind,
    pub(super) party: Party,
    pub(super) object: Option<String>,
    pub(super) words: String,
}

impl Other {
    /// True where a measure is this one, and bare of conditions.
    pub(super) fn is(&self, read: &Measure) -> bool {
        let same = (self.kind, self.party, &self.object) == (read.kind, read.party, &read.object);
        same && read.force == Force::Must && read.trigger.is_none()
    }
}

impl Beside {
    /// What stands beside the fine at a place among the measures read from a text.
    pub(super) fn of(text: &str, measures: &[Measure], at: usize) -> Self {
        let Some(fine) = measures.get(at) else { return Self::default() };
        let gap = |from: usize, to: usize| between(text, measures.get(from), measures.get(to));
        let joined = |from: usize, to: usize| (from..to).all(|one| goes_on(&gap(one, one + 1)));
        let take = |other: &Measure| Other {
            kind: other.kind,
            party: other.party,
            object: other.object.clone(),
            words: in_words(other, text),
        };
        // 「并处或者单处」: the fine may stand without the others.
        let of_fine = words_at(text, fine.span);
        if of_fine.contains("单处") || of_fine.starts_with('或') {
            return Self::default();
        }
        let says_both = of_fine.starts_with('并') || (at > 0 && gap(at - 1, at).contains('并'));
        let chosen = |place: usize| match place.checked_sub(1) {
            Some(last) => is_choice(last_part(&gap(last, place))),
            None => is_choice(last_part(&between(text, None, measures.get(place)))),
        };
        let with = |(place, other): &(usize, &Measure)| {
            goes_with(other, fine, text) && !chosen(*place) && !begins_choice(&gap(*place, *place + 1))
        };
        let head = measures.iter().enumerate().take(at);
        let before = head.filter(with).filter(|(place, _)| joined(*place, at));
        let tail = measures.iter().enumerate().skip(at + 1);
        let behind = tail.filter(with).filter(|(place, other)| other.party == fine.party && joined(at, *place));
        Self {
            before: before.map(|(_, other)| take(other)).collect(),
            behind: behind.map(|(_, other)| take(other)).collect(),
            joint: if says_both { "并" } else { "" },
        }
    }
}

/// True for a measure that comes with a fine whenever it is imposed.
fn goes_with(other: &Measure, fine: &Measure, text: &str) -> bool {
    use MeasureKind::{CrossReference, Detention, Fine, NoPenalty, Order, Transfer};
    let case = |measure: &Measure| measure.trigger.as_ref().map(|trigger| trigger.text.clone());
    // An order is told once for all whom the law then fines one by one.
    let for_all = other.kind == Order && other.party == Party::Unspecified && fine.party != Party::PersonInCharge;
    other.force == Force::Must
        && !matches!(other.kind, Fine | Detention | NoPenalty | Transfer | CrossReference)
        && case(other) == case(fine)
        && (other.party == fine.party || for_all)
        && !is_choice(&words_at(text, other.span))
}

/// The words between two measures; from the beginning, or to the end, where there is none.
fn between(text: &str, one: Option<&Measure>, next: Option<&Measure>) -> String {
    let from = one.map_or(0, |one| {
        let [_, end] = one.span;
        end
    });
    let to = next.map_or(usize::MAX, |next| {
        let [start, _] = next.span;
        start
    });
    words_at(text, [from, to])
}

/// True where the law goes on from one measure to the next in one sentence.
fn goes_on(gap: &str) -> bool {
    !gap.contains(['；', ';', '。', '\n'])
}

fn is_choice(words: &str) -> bool {
    words.contains('或') || words.contains("情节") || words.contains("视")
}

/// What stands directly in front of a measure: what comes before the last comma says of whom the law speaks.
fn last_part(gap: &str) -> &str {
    gap.rsplit(['，', '、', '；', '。', '：', '\n']).next().unwrap_or(gap)
}

/// True where another measure is offered instead of the one before: 「，或者……」.
fn begins_choice(gap: &str) -> bool {
    let first = gap.split(['，', '、', '；', '。', '\n']).next().unwrap_or(gap);
    is_choice(first) || gap.trim_start_matches(['，', '、']).starts_with('或')
}

/// A measure in words that stand alone.
fn in_words(measure: &Measure, text: &str) -> String {
    use MeasureKind::{ConfiscateGains, ConfiscateProperty, Criticism, RevokeLicence, SuspendLicence, Warning};
    let words = words_at(text, measure.span);
    let words = if words.trim().is_empty() { measure.kind.label().zh.to_owned() } else { words };
    let verbs: &[&str] = match measure.kind {
        Warning | Criticism => &["给予", "予以"],
        ConfiscateGains | ConfiscateProperty => &["没收", "收缴", "追缴"],
        SuspendLicence => &["暂扣", "扣留"],
        RevokeLicence => &["吊销", "撤销"],
        _ => &[],
    };
    match verbs.first() {
        Some(verb) if !verbs.iter().any(|verb| words.starts_with(verb)) => format!("{verb}{words}"),
        _ => words,
    }
}
