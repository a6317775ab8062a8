//! A measure in a few words, to stand beside the words that it was read from.

use super::amount::{Range, say};
use crate::domain::label::{Lang, Term};
use crate::domain::measure::{Amount, Days, Force, Measure, Party, Unit};

/// What a measure comes to: kind, amount, party, force, case.
#[must_use]
pub fn describe(measure: &Measure, lang: Lang) -> String {
    let (comma, colon) = if lang == Lang::Zh { ("，", "：") } else { (", ", ": ") };
    let mut said = measure.kind.label().say(lang).to_owned();
    let what = match (&measure.amount, measure.days, &measure.object) {
        (Some(amount), ..) => describe_amount(amount, lang),
        (_, Some(days), _) => days_in_words(days, lang),
        (_, _, Some(object)) => object.clone(),
        _ => String::new(),
    };
    if !what.is_empty() {
        said.extend([colon, &what]);
    }
    if measure.party != Party::Unspecified {
        said.extend([comma, measure.party.label().say(lang)]);
    }
    if measure.force == Force::May {
        said.extend([comma, measure.force.label().say(lang)]);
    }
    if measure.daily_continuous {
        said.extend([comma, if lang == Lang::Zh { "按日连续" } else { "from day to day" }]);
    }
    if let Some(trigger) = &measure.trigger {
        said.extend([comma, "「", &trigger.text, "」"]);
    }
    said
}

/// An amount in a few words: its range, of what, for what, cap and floor.
#[must_use]
pub fn describe_amount(amount: &Amount, lang: Lang) -> String {
    let mut said = Range::of(amount).say(lang);
    let base =
        amount.base.as_deref().map(|base| if lang == Lang::Zh { format!("{base}的") } else { format!(" of {base}") });
    match (base, lang) {
        (Some(base), Lang::Zh) => said.insert_str(0, &base),
        (Some(base), Lang::En) => said.push_str(&base),
        (None, _) => {}
    }
    for per in &amount.per {
        said.extend([if lang == Lang::Zh { "／" } else { " per " }, per]);
    }
    let limit = |value, zh: &str, en: &str| {
        let value = say(value, Unit::Yuan, lang);
        if lang == Lang::Zh { format!("，{zh}{value}") } else { format!(", {en} {value}") }
    };
    said.extend(amount.cap.map(|cap| limit(cap, "最高", "at most")));
    said.extend(amount.floor.map(|floor| limit(floor, "最低", "at least")));
    said
}

fn days_in_words(days: Days, lang: Lang) -> String {
    let unit = if lang == Lang::Zh { "日" } else { " days" };
    match (days.low, days.high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}{unit}"),
        (Some(days), _) | (None, Some(days)) => format!("{days}{unit}"),
        (None, None) => String::new(),
    }
}
