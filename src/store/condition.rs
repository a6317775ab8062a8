//! A filter as the database answers it: a condition with its parameters, over items (`i`) or duties (`d`, with `i`
//! for the item where there is one). The words of a person only ever become parameters, never query text.

use chrono::NaiveDate;
use rusqlite::types::Value;

use super::search;
use super::tally::{STANDING_OF_DUTY, STANDING_OF_ITEM, Viewpoint};
use crate::domain::clause::Clause;
use crate::domain::duty::Standing;
use crate::domain::filter::{
    Comparison, Condition as On, Day, DayField, Field, Filter, Matching, NumberField, TextField,
};
use crate::domain::ids::AgencyId;
use crate::domain::label::Term;

/// Over what a condition speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Items.
    Items,
    /// Duties.
    Duties,
}

/// Which agencies a word stands for; with [`Matching::Whole`] only by a whole name or code.
pub type AgencyLookup<'a> = &'a dyn Fn(&str, Matching) -> Vec<AgencyId>;

/// A condition for a WHERE, with the parameters from ?1 on. ?1 is the day asked, ?2 the last day that is due soon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) parameters: Vec<Value>,
}

/// Turns a filter into a condition.
pub(super) fn condition(filter: &Filter, over: Over, view: Viewpoint, agencies: AgencyLookup<'_>) -> Condition {
    condition_for_few(filter, over, view, agencies, &|_| false)
}

/// Likewise, where only the first rows are wanted: words that `is_frequent` tells to be frequent are compared row by
/// row, which ends early, instead of being looked up in the index, which gathers every hit first.
pub(super) fn condition_for_few(
    filter: &Filter,
    over: Over,
    view: Viewpoint,
    agencies: AgencyLookup<'_>,
    is_frequent: &dyn Fn(&str) -> bool,
) -> Condition {
    let parameters = vec![Value::Text(view.day.to_string()), Value::Text(view.soon().to_string())];
    let mut writing = Writing { over, view, agencies, is_frequent, parameters };
    let sql = writing.filter(filter);
    Condition { sql, parameters: writing.parameters }
}

struct Writing<'a> {
    over: Over,
    view: Viewpoint,
    agencies: AgencyLookup<'a>,
    is_frequent: &'a dyn Fn(&str) -> bool,
    parameters: Vec<Value>,
}

impl Writing<'_> {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.parameters.push(value.into());
        format!("?{}", self.parameters.len())
    }

    fn filter(&mut self, filter: &Filter) -> String {
        match filter {
            Filter::Everything => "1 = 1".to_owned(),
            Filter::And(parts) => self.joined(parts, " AND "),
            Filter::Or(parts) => self.joined(parts, " OR "),
            // What is unknown is not the case: «not» finds it.
            Filter::Not(inner) => format!("NOT coalesce({}, 0)", self.filter(inner)),
            Filter::Word(word) => self.words(word, true),
            Filter::Phrase(phrase) => self.words(phrase, false),
            Filter::Field(on) => self.field(on),
        }
    }

    fn joined(&mut self, parts: &[Filter], by: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.filter(part)).collect();
        joined(&parts, by)
    }

    /// Words in title, code or agency. The index narrows down; the function `has_words` decides.
    fn words(&mut self, words: &str, initials: bool) -> String {
        let mut ways = Vec::new();
        if let Some(expression) = search::expression(words) {
            let index = (!(self.is_frequent)(&expression)).then(|| self.bind(expression));
            let words = self.bind(words.to_owned());
            let decides = if initials {
                format!("(has_words({words}, i.title) OR has_words({words}, i.code))")
            } else {
                format!("(instr(i.title, {words}) > 0 OR instr(i.code, {words}) > 0)")
            };
            ways.push(match index {
                Some(expression) => format!(
                    "(i.id IN (SELECT rowid FROM item_search WHERE item_search MATCH {expression}) AND {decides})"
                ),
                None => decides,
            });
        } else if !words.trim().is_empty() {
            let words = self.bind(words.to_owned());
            ways.push(format!("instr(i.title, {words}) > 0"));
        }
        let agencies = (self.agencies)(words, Matching::Part);
        if !agencies.is_empty() && !words.trim().is_empty() {
            ways.push(self.agency_in(&agencies));
        }
        if ways.is_empty() { "1 = 1".to_owned() } else { format!("({})", ways.join(" OR ")) }
    }

    fn agency_in(&self, agencies: &[AgencyId]) -> String {
        let ids: Vec<String> = agencies.iter().map(ToString::to_string).collect();
        let alias = if self.over == Over::Duties { "d" } else { "i" };
        // Numbers of our own, not words of a person.
        format!("{alias}.agency_id IN ({})", ids.join(", "))
    }

    fn field(&mut self, on: &On) -> String {
        match on {
            On::Kind(values) => terms("i.kind", values),
            On::Stage(values) => terms("i.stage", values),
            On::Level(values) => terms("i.level", values),
            On::Verification(values) => terms("i.verification", values),
            On::Standing(values) => self.standings(values),
            On::Duty(values) if self.over == Over::Duties => terms("d.rule", values),
            On::Duty(values) => {
                let rules = terms("o.rule", values);
                format!("EXISTS (SELECT 1 FROM duty o WHERE o.item_id = i.id AND {rules})")
            }
            On::InForce(true) => "i.in_force_no > 0".to_owned(),
            On::InForce(false) => "i.in_force_no = 0".to_owned(),
            On::Text { field, matching, values } => {
                let ways: Vec<String> = values.iter().map(|words| self.text(*field, *matching, words)).collect();
                joined(&ways, " OR ")
            }
            On::Clause { matching, values } => {
                let ways: Vec<String> = values.iter().map(|clause| clause_is(*clause, *matching)).collect();
                format!("EXISTS (SELECT 1 FROM citation c WHERE c.item_id = i.id AND {})", joined(&ways, " OR "))
            }
            On::Day { field, test } => self.day(*field, test),
            On::Number { field, test } => self.number(*field, test),
            On::Missing(field) => self.missing(*field).to_owned(),
        }
    }

    const fn standing(&self) -> &'static str {
        match self.over {
            Over::Items => STANDING_OF_ITEM,
            Over::Duties => STANDING_OF_DUTY,
        }
    }

    /// No index holds a standing: what it implies is said beside it, so that one serves.
    fn standings(&self, values: &[Standing]) -> String {
        let mut tests = vec![terms(self.standing(), values)];
        let only = |wanted: &[Standing]| values.iter().all(|value| wanted.contains(value));
        if only(&[Standing::Overdue]) {
            tests.push(format!("{} < ?1", self.due()));
        } else if only(&[Standing::Overdue, Standing::DueSoon]) {
            tests.push(format!("{} <= ?2", self.due()));
        }
        let open = [Standing::Overdue, Standing::DueSoon, Standing::OnTrack, Standing::NotStarted];
        if self.over == Over::Duties && only(&open) {
            tests.push("d.closed = 'open'".to_owned());
        }
        format!("({})", tests.join(" AND "))
    }

    /// The column that holds the due day; none is NULL.
    const fn due(&self) -> &'static str {
        match self.over {
            Over::Items => "nullif(i.next_due, '')",
            Over::Duties => "d.due",
        }
    }

    fn text(&mut self, field: TextField, matching: Matching, words: &str) -> String {
        if field == TextField::Agency {
            return self.agency_in(&(self.agencies)(words, matching));
        }
        let bound = self.bind(words.to_owned());
        match (field, matching) {
            (TextField::Code, Matching::Whole) => format!("i.code = {bound}"),
            (TextField::Code, Matching::Part) => format!("instr(lower(i.code), lower({bound})) > 0"),
            (TextField::Title, Matching::Whole) => format!("i.title = {bound}"),
            (TextField::Title, Matching::Part) => format!("has_words({bound}, i.title)"),
            (TextField::Source | TextField::Agency, _) => {
                let test = if matching == Matching::Whole {
                    format!("c.title = {bound}")
                } else {
                    format!("has_words({bound}, c.title)")
                };
                format!("EXISTS (SELECT 1 FROM citation c WHERE c.item_id = i.id AND {test})")
            }
        }
    }

    fn day(&mut self, field: DayField, test: &Comparison<Day>) -> String {
        let column = match field {
            DayField::Due => self.due(),
            DayField::Updated => "substr(i.updated, 1, 10)",
        };
        let today = self.view.day;
        self.compare(column, test, |day| Value::Text(words_of(day.on(today))))
    }

    fn number(&mut self, field: NumberField, test: &Comparison<i64>) -> String {
        // Days between two ISO dates: the one place where the engine's own calendar is used.
        let since = |due: &str, until: &str| format!("max(0, CAST(julianday({until}) - julianday({due}) AS INTEGER))");
        let column = match (field, self.over) {
            (NumberField::Id, over) => return self.ids(if over == Over::Duties { "d.id" } else { "i.id" }, test),
            (NumberField::Version, _) => "i.version_no".to_owned(),
            (NumberField::Year, Over::Duties) => "d.year".to_owned(),
            (NumberField::DaysLate, Over::Duties) => {
                since("d.due", "CASE d.closed WHEN 'open' THEN ?1 WHEN 'done' THEN d.closed_on ELSE d.due END")
            }
            (NumberField::DaysLate, Over::Items) => since(self.due(), "?1"),
            (NumberField::Year, Over::Items) => {
                let years = self.compare("o.year", test, |number| Value::Integer(*number));
                return format!("EXISTS (SELECT 1 FROM duty o WHERE o.item_id = i.id AND {years})");
            }
        };
        self.compare(&format!("coalesce({column}, 0)"), test, |number| Value::Integer(*number))
    }

    /// Rows by their numbers, of which there may be very many: single ones are one parameter, looked up by number.
    fn ids(&mut self, column: &str, test: &Comparison<i64>) -> String {
        let Comparison::Within(spans) = test else {
            return self.compare(column, test, |number| Value::Integer(*number));
        };
        let (single, wide): (Vec<_>, Vec<_>) = spans.iter().copied().partition(|span| span.first == span.last);
        let mut ways = Vec::new();
        if !wide.is_empty() {
            // Numbers of our own, not words of a person.
            let tests: Vec<String> =
                wide.iter().map(|span| format!("{column} BETWEEN {} AND {}", span.first, span.last)).collect();
            ways.push(joined(&tests, " OR "));
        }
        if !single.is_empty() {
            let list = single.iter().map(|span| span.first.to_string()).collect::<Vec<_>>().join(",");
            let list = self.bind(format!("[{list}]"));
            ways.push(format!("{column} IN (SELECT value FROM json_each({list}))"));
        }
        joined(&ways, " OR ")
    }

    fn compare<T>(&mut self, column: &str, test: &Comparison<T>, value: impl Fn(&T) -> Value) -> String {
        let sign = match test {
            Comparison::Within(spans) => {
                let ways: Vec<String> = spans
                    .iter()
                    .map(|span| {
                        let (first, last) = (self.bind(value(&span.first)), self.bind(value(&span.last)));
                        format!("{column} BETWEEN {first} AND {last}")
                    })
                    .collect();
                return joined(&ways, " OR ");
            }
            Comparison::Below(_) => "<",
            Comparison::UpTo(_) => "<=",
            Comparison::Above(_) => ">",
            Comparison::From(_) => ">=",
        };
        let (Comparison::Below(to) | Comparison::UpTo(to) | Comparison::Above(to) | Comparison::From(to)) = test else {
            return String::new();
        };
        let to = self.bind(value(to));
        format!("{column} {sign} {to}")
    }

    fn missing(&self, field: Field) -> &'static str {
        match (field, self.over) {
            (Field::Code, _) => "coalesce(i.code, '') = ''",
            (Field::Source, _) => "coalesce(i.source_title, '') = ''",
            (Field::Clause, _) => "coalesce(i.clause, '') = ''",
            (Field::Version, _) => "coalesce(i.version_no, 0) = 0",
            (Field::Due, Over::Items) => "i.next_due = ''",
            (Field::Due, Over::Duties) => "d.due IS NULL",
            (Field::Standing, Over::Items) => "i.duty_state = 'none'",
            _ => "1 = 0",
        }
    }
}

/// Conditions joined by a word. Many are joined in halves: the engine bears a tree of a thousand levels, no more.
fn joined(parts: &[String], by: &str) -> String {
    if parts.len() <= 64 {
        return format!("({})", parts.join(by));
    }
    let (first, second) = parts.split_at(parts.len() / 2);
    format!("({}{by}{})", joined(first, by), joined(second, by))
}

/// An ISO day as the columns hold it; days outside the four-digit years sort before or after all.
fn words_of(day: NaiveDate) -> String {
    use chrono::Datelike;
    match day.year() {
        ..=0 => String::new(),
        1..=9999 => day.to_string(),
        _ => "9999-12-31".to_owned(),
    }
}

/// A citation's columns are that clause or, for a part, lie within it.
fn clause_is(clause: Clause, matching: Matching) -> String {
    let parts = [
        ("article", clause.article),
        ("suffix", clause.suffix),
        ("paragraph", clause.paragraph),
        ("subparagraph", clause.item),
        ("sub_item", clause.sub_item),
    ];
    let tests: Vec<String> = parts
        .into_iter()
        .filter(|(name, value)| matching == Matching::Whole || *value > 0 || matches!(*name, "article" | "suffix"))
        .map(|(name, value)| format!("c.{name} = {value}"))
        .collect();
    format!("({})", tests.join(" AND "))
}

/// The column is one of these terms; their identifiers are our own words.
fn terms<T: Term>(column: &str, values: &[T]) -> String {
    let ids: Vec<String> = values.iter().map(|value| format!("'{}'", value.id())).collect();
    format!("({column}) IN ({})", ids.join(", "))
}
