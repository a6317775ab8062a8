//! What could be written instead of the words of an amount.

use rust_decimal::Decimal;

use crate::checks::registry::Code;
use crate::domain::measure::{Span, words_at};
use crate::reading::read;

/// What could stand in the place of the words at fault, the likeliest first.
pub(super) fn candidates(code: Code, text: &str, span: Span) -> Option<Vec<String>> {
    let words = words_at(text, span);
    Some(match code {
        Code::R02 => turned(&words).into_iter().collect(),
        Code::R03 => with_unit(&words, text, span),
        Code::R04 => with_dropped(&words),
        Code::R06 => without(&words),
        Code::R07 => closed(&words).into_iter().collect(),
        _ => return None,
    })
}

/// A run of numeral characters in words: where it begins and ends, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: usize,
    to: usize,
}

const fn is_numeral(sign: char) -> bool {
    matches!(
        sign,
        '0'..='9'
            | '０'..='９'
            | '.'
            | '．'
            | ','
            | '点'
            | '〇'
            | '零'
            | '○'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
    )
}

fn runs(words: &[char]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, sign)| is_numeral(**sign)) {
        match runs.last_mut().filter(|run| run.to == at) {
            Some(run) => run.to = at + 1,
            None => runs.push(Run { from: at, to: at + 1 }),
        }
    }
    runs
}

fn part(words: &[char], from: usize, to: usize) -> String {
    words.iter().skip(from).take(to.saturating_sub(from)).collect()
}

/// The words with others put in behind some of their characters.
fn with(words: &[char], behind: &[usize], new: &str) -> String {
    let mut all = String::new();
    for (at, sign) in words.iter().enumerate() {
        all.push(*sign);
        if behind.contains(&(at + 1)) {
            all.push_str(new);
        }
    }
    all
}

/// R03: 元 behind the number, where nothing but 元 can be meant.
fn with_unit(words: &str, text: &str, [start, end]: Span) -> Vec<String> {
    let signs: Vec<char> = words.chars().collect();
    let all: Vec<char> = text.chars().collect();
    let here = runs(&signs);
    let certain = match here.as_slice() {
        [only] => {
            let beside = runs(&all).into_iter().filter(|run| run.to <= start || run.from >= end);
            // The other end of the range stands at once before or behind.
            let mut near = beside.filter(|run| run.from.saturating_sub(end) <= 4 && start.saturating_sub(run.to) <= 6);
            let other = near.next_back().map(|run| part(&all, run.from, run.to));
            is_in_yuan(&part(&signs, only.from, only.to), other.as_deref())
        }
        many => many.last().is_some_and(|last| is_in_yuan(&part(&signs, last.from, last.to), None)),
    };
    let ends: Vec<usize> = here.iter().map(|run| run.to).collect();
    let last: Vec<usize> = ends.last().copied().into_iter().collect();
    if certain { vec![with(&signs, &last, "元"), with(&signs, &ends, "元")] } else { Vec::new() }
}

/// The least that a bare number comes to where 元 goes without saying.
const PLAIN: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// True where a number without a unit is one of yuan: had it shared 万, 千 or 百 with the other end, the range would be
/// upside down.
fn is_in_yuan(number: &str, other: Option<&str>) -> bool {
    let Some(value) = value_of(number) else { return false };
    let Some(other) = other else { return value >= PLAIN };
    let shared = other.chars().next_back().and_then(|sign| match sign {
        '亿' | '万' => Some(10_000),
        '千' => Some(1_000),
        '百' => Some(100),
        _ => None,
    });
    match (shared, value_of(other)) {
        (Some(unit), Some(most)) if !other.ends_with(number.chars().next_back().unwrap_or(' ')) => {
            value * Decimal::from(unit) > most
        }
        _ => true,
    }
}

fn value_of(number: &str) -> Option<Decimal> {
    read(&format!("处{number}元罚款")).measures.first()?.amount.as_ref()?.high
}

/// R07: the word that the second end lacks, or the first.
fn closed(words: &str) -> Option<String> {
    if words.contains("以上") {
        return Some(format!("{words}以下"));
    }
    let signs: Vec<char> = words.chars().collect();
    let first = *runs(&signs).first()?;
    let unit = signs.iter().skip(first.to).take_while(|sign| matches!(sign, '元' | '倍' | '%' | '％')).count();
    Some(with(&signs, &[first.to + unit], "以上"))
}

/// R02: the first of two 以下, or the second of two 以上, turned.
fn turned(words: &str) -> Option<String> {
    if words.matches("以下").count() == 2 {
        return Some(words.replacen("以下", "以上", 1));
    }
    let (head, tail) = words.rsplit_once("以上").filter(|(head, _)| head.contains("以上"))?;
    Some(format!("{head}以下{tail}"))
}

/// R06: once what stands twice, else nothing.
fn without(words: &str) -> Vec<String> {
    let half = words.chars().count() / 2;
    let once = |end: &str| words.strip_suffix(end).filter(|head| head.ends_with(['处', '以'])).map(str::to_owned);
    let doubled = (half > 0 && words.chars().skip(half).eq(words.chars().take(half)))
        .then(|| words.chars().take(half).collect::<String>());
    [once("处以"), once("处"), doubled, Some(String::new())].into_iter().flatten().collect()
}

/// R04: the numeral with a unit moved to its end, with the unit that its last digit lacks, or with 零.
fn with_dropped(words: &str) -> Vec<String> {
    let signs: Vec<char> = words.chars().collect();
    let mut all = Vec::new();
    for run in runs(&signs) {
        let (head, number) = (part(&signs, 0, run.from), part(&signs, run.from, run.to));
        let tail = part(&signs, run.to, signs.len());
        let moved =
            number.split_once('万').filter(|(_, low)| !low.is_empty()).map(|(high, low)| format!("{high}{low}万"));
        let units = ["千", "百", "十", "万"].map(|unit| format!("{number}{unit}"));
        let zero = number.split_once('万').map(|(high, low)| format!("{high}万零{low}"));
        let numerals = moved.into_iter().chain(units).chain(zero);
        all.extend(numerals.map(|number| format!("{head}{number}{tail}")));
    }
    all
}
