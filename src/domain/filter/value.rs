//! What stands behind a field: terms, texts, clauses, days, numbers.

use std::fmt;

use super::super::clause::Clause;
use super::super::label::Term;
use super::day::{Day, days};
use super::field::nearest;
use super::parse::{error, half_width, is_none};
use super::{
    Condition, DayField, Field, Filter, FilterError, FilterProblem, Matching, NumberField, Operator, TextField,
};

/// A value as written.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) words: String,
    pub(super) quoted: bool,
    pub(super) span: [usize; 2],
}

/// What a day or a number is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison<T> {
    /// Within one of them.
    Within(Vec<Span<T>>),
    /// Before it.
    Below(T),
    /// Before it or equal.
    UpTo(T),
    /// After it.
    Above(T),
    /// After it or equal.
    From(T),
}

/// From `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<T> {
    /// The first.
    pub first: T,
    /// The last.
    pub last: T,
}

impl<T: fmt::Display + PartialEq> fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(spans) => super::list(f, ":", spans, |f, Span { first, last }| {
                if first == last { write!(f, "{first}") } else { write!(f, "{first}..{last}") }
            }),
            Self::Below(value) => write!(f, "<{value}"),
            Self::UpTo(value) => write!(f, "<={value}"),
            Self::Above(value) => write!(f, ">{value}"),
            Self::From(value) => write!(f, ">={value}"),
        }
    }
}

/// The condition that an operator and its values make; [`Operator::Differs`] is read as «is», for the caller to turn
/// round. `whole` is where all of it stands.
pub(super) fn condition(
    field: Field,
    operator: Operator,
    values: &[Value],
    whole: [usize; 2],
) -> Result<Filter, FilterError> {
    let context = Context { field, operator, whole };
    let compared = context.compares();
    let days = matches!(field, Field::Due | Field::Updated);
    let numbers = matches!(field, Field::DaysLate | Field::Version | Field::Year | Field::Id);
    if compared && !days && !numbers {
        return Err(context.wrong(FilterProblem::OperatorDoesNotFit { field, operator }));
    }
    let is_missing = |value: &&Value| field.may_be_missing() && !value.quoted && is_none(&value.words);
    let (missing, values): (Vec<&Value>, Vec<&Value>) = values.iter().partition(is_missing);
    if compared && !missing.is_empty() {
        return Err(context.wrong(FilterProblem::OperatorDoesNotFit { field, operator }));
    }
    let mut parts = Vec::new();
    if !missing.is_empty() {
        parts.push(Filter::Field(Condition::Missing(field)));
    }
    if !values.is_empty() {
        parts.push(Filter::Field(context.condition(&values)?));
    }
    Ok(Filter::any(parts))
}

struct Context {
    field: Field,
    operator: Operator,
    whole: [usize; 2],
}

impl Context {
    fn condition(&self, values: &[&Value]) -> Result<Condition, FilterError> {
        let text = |field| {
            let words = values.iter().map(|value| value.words.clone()).collect();
            Ok(Condition::Text { field, matching: self.matching(), values: words })
        };
        match self.field {
            Field::Kind => self.terms(values).map(Condition::Kind),
            Field::Stage => self.terms(values).map(Condition::Stage),
            Field::Standing => self.terms(values).map(Condition::Standing),
            Field::Level => self.terms(values).map(Condition::Level),
            Field::Verification => self.terms(values).map(Condition::Verification),
            Field::Duty => self.terms(values).map(Condition::Duty),
            Field::InForce => self.flag(values).map(Condition::InForce),
            Field::Agency => text(TextField::Agency),
            Field::Source => text(TextField::Source),
            Field::Code => text(TextField::Code),
            Field::Title => text(TextField::Title),
            Field::Clause => self.clauses(values),
            Field::Due => self.days(DayField::Due, values),
            Field::Updated => self.days(DayField::Updated, values),
            Field::DaysLate => self.numbers(NumberField::DaysLate, values),
            Field::Version => self.numbers(NumberField::Version, values),
            Field::Year => self.numbers(NumberField::Year, values),
            Field::Id => self.numbers(NumberField::Id, values),
        }
    }

    fn wrong(&self, problem: FilterProblem) -> FilterError {
        let [start, end] = self.whole;
        error(problem, start, end)
    }

    const fn matching(&self) -> Matching {
        match self.operator {
            Operator::Equals => Matching::Whole,
            _ => Matching::Part,
        }
    }

    /// Terms, also joined by 、 as Chinese lists are.
    fn terms<T: Term>(&self, values: &[&Value]) -> Result<Vec<T>, FilterError> {
        let mut terms = Vec::new();
        for value in values {
            let mut start = value.span[0];
            for word in value.words.split('、') {
                let end = if value.quoted { value.span[1] } else { start + word.chars().count() };
                terms.push(term(word).ok_or_else(|| error(self.unknown_value(word), start, end))?);
                start = end + 1;
            }
        }
        Ok(terms)
    }

    fn unknown_value(&self, word: &str) -> FilterProblem {
        let names = self.field.values().into_iter().flat_map(|(id, label)| [(id, id), (label.zh, id)]);
        FilterProblem::UnknownValue { field: self.field, word: word.to_owned(), nearest: nearest(word, names) }
    }

    fn flag(&self, values: &[&Value]) -> Result<bool, FilterError> {
        let [value] = values else { return Err(self.wrong(FilterProblem::OneValueOnly(self.field))) };
        match value.words.to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" | "是" | "有" => Ok(true),
            "no" | "false" | "0" | "否" | "无" => Ok(false),
            word => Err(error(self.unknown_value(word), value.span[0], value.span[1])),
        }
    }

    /// Clauses in any style; a bare number is an article.
    fn clauses(&self, values: &[&Value]) -> Result<Condition, FilterError> {
        let mut clauses = Vec::new();
        for value in values {
            let found = Clause::parse_list(&value.words)
                .or_else(|| Clause::parse_list(&format!("第{}条", value.words)))
                .ok_or_else(|| wrong_at(value, FilterProblem::NotAClause(value.words.clone())))?;
            clauses.extend(found);
        }
        Ok(Condition::Clause { matching: self.matching(), values: clauses })
    }

    fn days(&self, field: DayField, values: &[&Value]) -> Result<Condition, FilterError> {
        let not_a_day = |word: &str| FilterProblem::NotADay { field: self.field, word: word.to_owned() };
        let order = |first: Day, last: Day| match (first, last) {
            (Day::On(first), Day::On(last)) => first <= last,
            (Day::Days(first), Day::Days(last)) | (Day::Months(first), Day::Months(last)) => first <= last,
            _ => true,
        };
        Ok(Condition::Day { field, test: self.comparison(values, days, order, not_a_day)? })
    }

    fn numbers(&self, field: NumberField, values: &[&Value]) -> Result<Condition, FilterError> {
        let not_a_number = |word: &str| FilterProblem::NotANumber { field: self.field, word: word.to_owned() };
        let number = |word: &str| {
            let number = word.trim_end_matches(['天', '日', '年', 'd']).parse().ok()?;
            Some(Span { first: number, last: number })
        };
        Ok(Condition::Number {
            field,
            test: self.comparison(values, number, |first, last| first <= last, not_a_number)?,
        })
    }

    /// One comparison for one value; several values must be points or closed ranges.
    fn comparison<T: Copy>(
        &self,
        values: &[&Value],
        read: impl Fn(&str) -> Option<Span<T>>,
        in_order: impl Fn(T, T) -> bool,
        wrong: impl Fn(&str) -> FilterProblem,
    ) -> Result<Comparison<T>, FilterError> {
        let mut spans = Vec::new();
        for value in values {
            let read = |word: &str| {
                let word: String = word.trim().chars().map(half_width).collect();
                read(&word).ok_or_else(|| wrong_at(value, wrong(&word)))
            };
            let compared = match (self.compares(), ends(&value.words)) {
                (true, None) => compared(self.operator, read(&value.words)?),
                (true, Some(_)) | (false, Some(("", ""))) => return Err(wrong_at(value, wrong(&value.words))),
                (false, None) => Comparison::Within(vec![read(&value.words)?]),
                (false, Some((first, ""))) => Comparison::From(read(first)?.first),
                (false, Some(("", last))) => Comparison::UpTo(read(last)?.last),
                (false, Some((first, last))) => {
                    let (first, last) = (read(first)?.first, read(last)?.last);
                    if !in_order(first, last) {
                        return Err(wrong_at(value, FilterProblem::Backwards(self.field)));
                    }
                    Comparison::Within(vec![Span { first, last }])
                }
            };
            match compared {
                Comparison::Within(span) => spans.extend(span),
                open if values.len() == 1 => return Ok(open),
                _ => return Err(self.wrong(FilterProblem::OneValueOnly(self.field))),
            }
        }
        Ok(Comparison::Within(spans))
    }

    /// Whether the operator is one of order.
    const fn compares(&self) -> bool {
        !matches!(self.operator, Operator::Is | Operator::Equals | Operator::Differs)
    }
}

fn wrong_at(value: &Value, problem: FilterProblem) -> FilterError {
    error(problem, value.span[0], value.span[1])
}

fn compared<T>(operator: Operator, span: Span<T>) -> Comparison<T> {
    match operator {
        Operator::Below => Comparison::Below(span.first),
        Operator::UpTo => Comparison::UpTo(span.last),
        Operator::Above => Comparison::Above(span.last),
        _ => Comparison::From(span.first),
    }
}

/// The two ends of a range as written; `None` for a single value.
fn ends(words: &str) -> Option<(&str, &str)> {
    ["..", "…", "至", "~", "～"].iter().find_map(|sign| words.split_once(sign))
}

/// The term that the words name: id or label, or the only one whose id begins with them or whose label holds them.
fn term<T: Term>(words: &str) -> Option<T> {
    let like = |value: &T| value.label().zh.contains(words) || value.id().starts_with(words);
    let only = || {
        let mut alike = T::ALL.iter().copied().filter(like);
        alike.next().filter(|_| !words.is_empty() && alike.next().is_none())
    };
    T::from_words(words).or_else(only)
}
