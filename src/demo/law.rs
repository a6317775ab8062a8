//! The sources: articles in words, and which clause a violation stands in.

use chrono::NaiveDate;

use super::data::{ArticleEntry, Data, PenaltyEntry, SourceFile};
use super::{Change, DemoError, DemoSource, ago, fill, ladder};
use crate::domain::clause::Clause;
use crate::domain::ids::SourceId;
use crate::domain::source::{Article, Source, SourceStatus};

/// Every source with its articles.
pub(super) fn sources(data: &Data, today: NaiveDate) -> Result<Vec<DemoSource>, DemoError> {
    (1..).zip(&data.sources).map(|(number, file)| source(data, number, file, today)).collect()
}

fn source(data: &Data, number: i64, file: &SourceFile, today: NaiveDate) -> Result<DemoSource, DemoError> {
    let changed = |change: Change| {
        let event = data.work.events.iter().find(|event| event.source == file.title && event.change == change)?;
        Some(ago(today, event.ago))
    };
    let amended = changed(Change::Amended);
    let status = match (changed(Change::Repealed), amended) {
        (Some(_), _) => SourceStatus::Repealed,
        (None, Some(_)) => SourceStatus::Amended,
        (None, None) => SourceStatus::InForce,
    };
    let source = Source {
        id: SourceId(number),
        title: file.title.clone(),
        rank: Some(file.rank),
        issuer: file.issuer.clone(),
        number: file.number.clone(),
        promulgated: Some(file.promulgated),
        effective: Some(file.effective),
        amended,
        status,
    };
    let articles = (1..).zip(&file.articles).map(|(number, entry)| article(number, entry)).collect::<Result<_, _>>()?;
    Ok(DemoSource { source, articles })
}

fn article(number: u32, entry: &ArticleEntry) -> Result<Article, DemoError> {
    let mut text = opening(entry)?;
    if let Some(penalty) = entry.penalty.as_ref().filter(|_| is_list(entry)) {
        for (number, (act, _)) in (1..).zip(&penalty.acts) {
            let end = if number == penalty.acts.len() { "。" } else { "；" };
            text.extend(["\n", &item_sign(number), act, "的", end]);
        }
    }
    Ok(Article { number, suffix: 0, text, no_item_reason: entry.none.clone() })
}

/// The words of an article up to its list, where it has one.
pub(super) fn opening(entry: &ArticleEntry) -> Result<String, DemoError> {
    let Some(penalty) = &entry.penalty else { return Ok(entry.text.clone()) };
    let acts: Vec<&str> = penalty.acts.iter().map(|(act, _)| act.as_str()).collect();
    let second = penalty.second.as_ref().map(|second| ladder::whole(&second.fine, &second.cuts)).unwrap_or_default();
    Ok(fill(
        &entry.text,
        &[
            ("duty", &duties(penalty)?),
            ("act", &acts.join("，或者")),
            ("fine", &ladder::whole(&penalty.fine, &penalty.cuts)),
            ("second", &second),
        ],
    ))
}

/// The clause of the violation at `place`, counted from 1.
pub(super) fn clause_of(article: u32, entry: &ArticleEntry, place: u32) -> Clause {
    Clause { item: if is_list(entry) { place } else { 0 }, ..Clause::article(article) }
}

/// The words of the violation at `place` as they stand in the article.
pub(super) fn words_of(entry: &ArticleEntry, place: usize) -> Result<String, DemoError> {
    let mut words = opening(entry)?;
    if let Some((act, _)) = entry.penalty.as_ref().filter(|_| is_list(entry)).and_then(|of| of.acts.get(place - 1)) {
        words.extend([&item_sign(place), act, "的。"]);
    }
    Ok(words)
}

/// A clause written as article, paragraph, item with dots between; an empty number is none.
pub(super) fn clause(written: &str) -> Result<Clause, DemoError> {
    let bad = || DemoError::BadClause(written.to_owned());
    let number = |part: &str| if part.is_empty() { Ok(0) } else { part.parse().map_err(|_| bad()) };
    let parts = written.split('.').map(number).collect::<Result<Vec<u32>, _>>()?;
    match *parts.as_slice() {
        [article] => Ok(Clause::article(article)),
        [article, paragraph] => Ok(Clause { paragraph, ..Clause::article(article) }),
        [article, paragraph, item] => Ok(Clause { paragraph, item, ..Clause::article(article) }),
        _ => Err(bad()),
    }
}

/// The words of a clause: its paragraph, or its item behind the opening of the article.
pub(super) fn text_of(articles: &[Article], clause: &Clause) -> String {
    let Some(article) = articles.iter().find(|article| article.number == clause.article) else { return String::new() };
    let line = |index: u32| usize::try_from(index).ok().and_then(|index| article.text.lines().nth(index));
    match (clause.paragraph, clause.item) {
        (0, 0) => article.text.lines().collect(),
        (paragraph, 0) => line(paragraph - 1).unwrap_or_default().to_owned(),
        (_, item) => [line(0), line(item)].into_iter().flatten().collect(),
    }
}

/// Violations stand in a list unless the article names them in its sentence.
fn is_list(entry: &ArticleEntry) -> bool {
    !entry.text.contains("{act}")
}

/// The duties that an article's violations break: the one clause of all, else the articles.
fn duties(penalty: &PenaltyEntry) -> Result<String, DemoError> {
    let mut clauses = penalty.acts.iter().map(|(_, duty)| clause(duty)).collect::<Result<Vec<_>, _>>()?;
    clauses.dedup();
    if clauses.len() > 1 {
        for clause in &mut clauses {
            *clause = Clause::article(clause.article);
        }
        clauses.sort();
        clauses.dedup();
    }
    Ok(clauses.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
}

fn item_sign(number: usize) -> String {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    format!("（{}）", NUMERALS.get(number - 1).copied().unwrap_or_default())
}
