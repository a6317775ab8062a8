//! W: whether a table of weights adds up.

use rust_decimal::Decimal;

use super::Subject;
use super::finding::{Detail, Finding};
use super::reads::fines;
use super::registry::Code;
use super::statute::Statute;
use crate::domain::baseline::Weights;
use crate::domain::measure::Unit;
use crate::reading::read;

/// Checks the table of weights, where there is one.
pub(super) fn check(subject: &Subject<'_>, statute: &Statute<'_>, found: &mut Vec<Finding>) {
    let Some(weights) = &subject.baseline.weights else { return };
    let notes = [&weights.base, &weights.note, &subject.baseline.remarks].map(String::as_str).join("\n");
    if let Some(total) = total(weights)
        && total != Decimal::ONE_HUNDRED
        && !says(
            &notes,
            &[
                "封顶",
                "超过100",
                "超出100",
                "高于100",
                "按100",
                "以100%",
                "为限",
                "不超过",
                "不高于",
                "不得高于",
                "按上限",
            ],
        )
    {
        found.push(Finding::of_item(Code::W01).with(vec![Detail::Number(total)]));
    }
    if let (Some(start), Some((unit, base))) = (weights.start, base_of(weights, statute))
        && let Some(band) = statute.only_band(unit)
        && !says(&notes, &["按下限", "不低于", "不得低于", "法定下限的，按", "按最低", "按法定最低", "按法定下限"])
    {
        let comes_to = start * base / Decimal::ONE_HUNDRED;
        if comes_to < band.floor() {
            let details = vec![Detail::Number(start), Detail::Value(comes_to, unit), Detail::Value(band.floor(), unit)];
            found.push(Finding::of_item(Code::W02).with(details));
        }
    }
}

fn says(notes: &str, words: &[&str]) -> bool {
    let bare: String = notes.chars().filter(|sign| !sign.is_whitespace()).collect();
    words.iter().any(|word| bare.contains(word))
}

/// Starting point and the highest weight of each factor; `None` where one could not be read.
fn total(weights: &Weights) -> Option<Decimal> {
    let highest = |options: &[(String, Option<Decimal>)]| {
        options.iter().map(|(_, weight)| *weight).collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    let mut total = weights.start?;
    for factor in &weights.factors {
        total += highest(&factor.options)?;
    }
    Some(total)
}

/// What the percentage is taken of: an amount in yuan, or a percentage of something.
fn base_of(weights: &Weights, statute: &Statute<'_>) -> Option<(Unit, Decimal)> {
    let base: String = weights.base.chars().filter(|sign| !sign.is_whitespace()).collect();
    if let Some(percent) = percent_in(&base) {
        return Some((Unit::Percent, percent));
    }
    if let Some(yuan) = yuan_in(&base) {
        return Some((Unit::Yuan, yuan));
    }
    let of_the_most = ["最高", "上限"].iter().any(|most| base.contains(most));
    let most = statute.only_band(Unit::Yuan).and_then(|band| band.high);
    most.filter(|_| of_the_most).map(|most| (Unit::Yuan, most))
}

/// 「…×5%」: what stands before the sign, in digits.
fn percent_in(base: &str) -> Option<Decimal> {
    let (before, _) = base.split_once(['%', '％'])?;
    let digits = before.rfind(|sign: char| !sign.is_ascii_digit() && sign != '.').map_or(before, |at| {
        before.get(at..).unwrap_or_default().trim_start_matches(|sign: char| !sign.is_ascii_digit())
    });
    digits.parse().ok()
}

/// 「（20万元）」: the number in front of 元, read as a fine would be.
fn yuan_in(base: &str) -> Option<Decimal> {
    let (before, _) = base.split_once('元')?;
    let is_numeral = |sign: char| sign.is_ascii_digit() || ".一二两三四五六七八九十百千万亿零".contains(sign);
    let numeral: String = before.chars().rev().take_while(|sign| is_numeral(*sign)).collect();
    let numeral: String = numeral.chars().rev().collect();
    let reading = read(&format!("处{numeral}元罚款"));
    fines(&reading.measures).next()?.amount.as_ref()?.high
}
