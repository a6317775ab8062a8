//! Readings in short, so that tables of them can be read.
//!
//! `F 200000..400000`, `F 5000`, `F ..5000`, `F >1000..<5000` · `x` times, `%` per cent · `*违法所得` base ·
//! `/日/平方米` rate · `cap=30000` `floor=10000` · `@unit` `@individual` `@charge` · `?` may · `{逾期不改正的}` trigger ·
//! other kinds by their identifier, `[…]` object or days · `!R03` problems, behind all measures.

use cailiang::domain::label::Term;
use cailiang::domain::measure::{Amount, Force, Measure, MeasureKind, Party, Unit};
use cailiang::reading::{Reading, read};

/// Every text of a table reads as told.
pub(crate) fn holds(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, expected)| {
            let found = short(&read(text));
            (found != *expected).then(|| format!("\n{text}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}{}", wrong.len(), table.len(), wrong.concat());
}

/// A whole reading.
pub(crate) fn short(reading: &Reading) -> String {
    let measures = reading.measures.iter().map(measure);
    let problems = reading.problems.iter().map(|problem| format!("!{:?}", problem.code));
    measures.chain(problems).collect::<Vec<_>>().join(" | ")
}

fn measure(measure: &Measure) -> String {
    let mut words = match (measure.kind, &measure.amount) {
        (MeasureKind::Fine, Some(told)) => format!("F {}", amount(told)),
        (MeasureKind::Fine, None) if measure.daily_continuous => "F daily".to_owned(),
        (MeasureKind::Fine, None) => "F ?".to_owned(),
        (kind, _) => kind.id().to_owned(),
    };
    if let Some(object) = &measure.object {
        words.extend(["[", object, "]"]);
    }
    if let Some(days) = measure.days {
        let end = |day: Option<u32>| day.map_or(String::new(), |day| day.to_string());
        words.extend(["[", &end(days.low), "-", &end(days.high), "]"]);
    }
    words += match measure.party {
        Party::Unspecified => "",
        Party::Unit => " @unit",
        Party::Individual => " @individual",
        Party::PersonInCharge => " @charge",
    };
    if measure.force == Force::May {
        words += " ?";
    }
    if let Some(trigger) = &measure.trigger {
        words.extend([" {", &trigger.text, "}"]);
    }
    words
}

fn amount(amount: &Amount) -> String {
    let low = amount.low.map(|low| format!("{}{low}", if amount.low_inclusive { "" } else { ">" }));
    let high = amount.high.map(|high| format!("{}{high}", if amount.high_inclusive { "" } else { "<" }));
    let mut words = match (low, high) {
        (Some(low), Some(high)) if low == high => low,
        (low, high) => format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default()),
    };
    words += match amount.unit {
        Unit::Yuan => "",
        Unit::Times => "x",
        Unit::Percent => "%",
    };
    if let Some(base) = &amount.base {
        words.extend([" *", base]);
    }
    for per in &amount.per {
        words.extend([" /", per]);
    }
    for (name, limit) in [("cap", amount.cap), ("floor", amount.floor)] {
        if let Some(limit) = limit {
            words.extend([" ", name, "=", &limit.to_string()]);
        }
    }
    words
}
