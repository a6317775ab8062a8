//! Legal sources: entering them, splitting their text into articles, and which articles have items.

use chrono::NaiveDate;
use serde_json::json;

use super::{Register, Result};
use crate::domain::articles::split_articles;
use crate::domain::clause::Clause;
use crate::domain::ids::SourceId;
use crate::domain::source::{Article, Rank, Source, SourceStatus, bare_title};
use crate::i18n::Failure;
use crate::store::{Covered, Done, Entry, SourceVersion};
use crate::words;

/// A source to be added or a text of a known one.
#[derive(Debug, Clone, Default)]
pub struct NewSource {
    /// Title, with or without 《》.
    pub title: String,
    /// Rank.
    pub rank: Option<Rank>,
    /// Who made it.
    pub issuer: String,
    /// Document number.
    pub number: String,
    /// Day of promulgation.
    pub promulgated: Option<NaiveDate>,
    /// First day in force.
    pub effective: Option<NaiveDate>,
    /// Day on which the newest amendment entered into force.
    pub amended: Option<NaiveDate>,
    /// Status; in force where not told.
    pub status: Option<SourceStatus>,
    /// Name of the text («2019年修正»).
    pub label: String,
    /// The full text; empty where only the facts are entered.
    pub text: String,
}

/// A source with its articles and what rests on them.
#[derive(Debug, Clone)]
pub struct SourceView {
    /// The source.
    pub source: Source,
    /// The texts kept.
    pub versions: Vec<SourceVersion>,
    /// Articles of the newest text.
    pub articles: Vec<Covered>,
    /// How many items rest on the source.
    pub items: i64,
}

/// A source in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePage {
    /// The source.
    pub source: Source,
    /// Articles of its newest text.
    pub articles: i64,
    /// Of them, those that an item rests on.
    pub covered: i64,
    /// Of the rest, those with a reason.
    pub explained: i64,
}

impl Register {
    /// Every source.
    pub fn sources(&self) -> Result<Vec<Source>> {
        Ok(self.store.sources()?)
    }

    /// Every source with how far its articles are covered.
    pub fn sources_with_coverage(&self) -> Result<Vec<SourcePage>> {
        let coverage = self.store.coverage_of_all()?;
        let page = |source: Source| {
            let [articles, covered, explained] = coverage.get(&source.id).copied().unwrap_or_default();
            SourcePage { source, articles, covered, explained }
        };
        Ok(self.store.sources()?.into_iter().map(page).collect())
    }

    /// The one source that a person means: exact title, else the only one that holds the words.
    pub fn find_source(&self, words: &str) -> Result<Source> {
        let title = bare_title(words);
        let all = self.store.sources()?;
        if let Some(source) = all.iter().find(|source| source.title == title) {
            return Ok(source.clone());
        }
        let near: Vec<&Source> = all.iter().filter(|s| crate::domain::search::matches(&title, &s.title)).collect();
        match near.as_slice() {
            [one] if !title.is_empty() => Ok((*one).clone()),
            [] | [_] => Err(Failure::refused(
                words!("没有法源「{title}」。", "There is no source \"{title}\"."),
                words!(
                    "cailiang source list 列出全部；cailiang source add 可以新增。",
                    "cailiang source list shows all; cailiang source add adds one."
                ),
            )),
            many => {
                let titles = many.iter().take(5).map(|source| source.title.as_str()).collect::<Vec<_>>().join("、");
                Err(Failure::refused(
                    words!("「{title}」可以指不止一部法源。", "\"{title}\" fits more than one source."),
                    words!("请写全名：{titles}。", "Write the full title: {titles}."),
                ))
            }
        }
    }

    /// A source with its coverage.
    pub fn show_source(&self, words: &str) -> Result<SourceView> {
        let source = self.find_source(words)?;
        Ok(SourceView {
            versions: self.store.source_versions(source.id)?,
            articles: self.store.coverage(source.id)?,
            items: self.store.items_of_source(source.id)?,
            source,
        })
    }

    /// Adds a source, or a newer text of a source with that title. Items that cite the title are tied to it.
    /// Returns the source and how many articles its text was split into.
    pub fn add_source(&mut self, new: &NewSource) -> Result<(SourceId, usize)> {
        let title = bare_title(&new.title);
        if title.is_empty() {
            return Err(Failure::usage(
                words!("法源名称不能为空。", "A source needs a title."),
                words!("请写出全名，如《云泽市养犬管理条例》。", "Write its full title."),
            ));
        }
        let articles = articles_of(new)?;
        let known = self.store.sources()?.into_iter().find(|source| source.title == title);
        if known.is_some() && articles.is_empty() {
            return Err(Failure::refused(
                words!("法源《{title}》已经有了。", "The source \"{title}\" exists already."),
                words!(
                    "要收新的文本，请用 cailiang source import。",
                    "To take in a newer text, use cailiang source import."
                ),
            ));
        }
        let stamp = self.stamp()?;
        let count = articles.len();
        let id = self.store.write(&stamp, |write| {
            let old = known.clone();
            let source = merged(known, new, title);
            let id = match &old {
                Some(old) => {
                    write.change_source(&source)?;
                    old.id
                }
                None => write.add_source(&source)?,
            };
            if !articles.is_empty() {
                write.add_source_version(id, new.label.trim(), new.effective, &articles)?;
            }
            let tied = write.tie_citations(id, &source.title)?;
            let detail = json!({ "old": old, "new": Source { id, ..source }, "articles": count, "tied": tied });
            Ok::<_, Failure>(Done::Wrote(id, Entry { verb: "source.add", record: "source", record_id: id.0, detail }))
        })?;
        Ok((id, count))
    }

    /// Says why no item rests on an article.
    pub fn explain_article(&mut self, source: &str, article: &str, reason: &str) -> Result<()> {
        let source = self.find_source(source)?;
        let unreadable = || {
            Failure::usage(
                words!("「{article}」不是条文编号。", "\"{article}\" names no article."),
                words!("请写成「第十二条」或「12」。", "Write 第十二条 or 12."),
            )
        };
        let clause = article
            .trim()
            .parse::<u32>()
            .ok()
            .map(Clause::article)
            .or_else(|| Clause::parse(article))
            .ok_or_else(unreadable)?;
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            if !write.explain_article(source.id, clause.article, clause.suffix, reason.trim())? {
                return Err(Failure::refused(
                    words!("《{}》没有{clause}。", "\"{}\" has no {clause}.", source.title),
                    words!("cailiang source show 列出条文。", "cailiang source show lists the articles."),
                ));
            }
            let detail = json!({ "article": clause.to_string(), "reason": reason.trim() });
            Ok(Done::Wrote((), Entry { verb: "source.explain", record: "source", record_id: source.id.0, detail }))
        })
    }
}

fn articles_of(new: &NewSource) -> Result<Vec<Article>> {
    if new.text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let articles: Vec<Article> = split_articles(&new.text)
        .into_iter()
        .map(|article| Article {
            number: article.number,
            suffix: article.suffix,
            text: article.text,
            no_item_reason: String::new(),
        })
        .collect();
    if articles.is_empty() {
        return Err(Failure::usage(
            words!("文本里没有找到以「第……条」起头的行。", "No line of the text begins with 第……条."),
            words!("请检查是不是法规全文，每条另起一行。", "Check that it is the full text, one article a line."),
        ));
    }
    Ok(articles)
}

/// The source as it is after `new`: what is told replaces what stood.
fn merged(known: Option<Source>, new: &NewSource, title: String) -> Source {
    let words = |new: &str, old: Option<&String>| {
        if new.trim().is_empty() { old.cloned().unwrap_or_default() } else { new.trim().to_owned() }
    };
    let old = known.as_ref();
    Source {
        id: old.map_or(SourceId(0), |old| old.id),
        title,
        rank: new.rank.or(old.and_then(|old| old.rank)),
        issuer: words(&new.issuer, old.map(|old| &old.issuer)),
        number: words(&new.number, old.map(|old| &old.number)),
        promulgated: new.promulgated.or(old.and_then(|old| old.promulgated)),
        effective: new.effective.or(old.and_then(|old| old.effective)),
        amended: new.amended.or(old.and_then(|old| old.amended)),
        status: new.status.or(old.map(|old| old.status)).unwrap_or(SourceStatus::InForce),
    }
}
