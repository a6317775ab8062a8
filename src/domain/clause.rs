//! Clauses of a legal source: article, paragraph, item, sub-item (条、款、项、目).
//!
//! The words are read strictly: a numeral that has no single reading (第十十八条, 第一百五条) names no clause, and a
//! paragraph or item whose article is not named beside it (「前款」, 「第六项」 alone) is never given to one by guess.
//! Reading never fails on any text and takes time linear in its length.

mod numeral;
mod scan;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use numeral::Chinese;
pub(super) use numeral::count;
pub(super) use scan::{Found, leading};

/// A clause. Ordered by number: 第九条 before 第十条, the whole article before its paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Clause {
    /// Article (条), from 1.
    pub article: u32,
    /// The 之 number, 0 for none.
    pub suffix: u32,
    /// Paragraph (款), 0 for none.
    pub paragraph: u32,
    /// Item (项), 0 for none.
    pub item: u32,
    /// Sub-item (目), 0 for none.
    pub sub_item: u32,
}

impl Clause {
    /// The whole article of that number.
    #[must_use]
    pub const fn article(article: u32) -> Self {
        Self { article, suffix: 0, paragraph: 0, item: 0, sub_item: 0 }
    }

    /// The one clause that `text` names, in any style of numerals, with or without 第 and brackets. `None` where
    /// the text names no clause, more than one, or holds other words.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match <[Self; 1]>::try_from(Self::parse_list(text)?) {
            Ok([clause]) => Some(clause),
            Err(_) => None,
        }
    }

    /// The clauses of a text that is a list of clauses and nothing else; never empty.
    #[must_use]
    pub fn parse_list(text: &str) -> Option<Vec<Self>> {
        scan::whole(text).map(|found| found.clauses)
    }

    /// Every clause that `text` names amid other words, in the order of the text; lists that share a prefix
    /// (第二十条第一、三款) and ranges (第三条至第五条) are spelt out. A range of more than 200 clauses gives its ends.
    #[must_use]
    pub fn parse_all(text: &str) -> Vec<Self> {
        scan::all(text).into_iter().flat_map(|found| found.clauses).collect()
    }

    /// One number that sorts like the clause itself and fits a BIGINT: four digits of article, then three each of
    /// 之, paragraph, item, sub-item. Larger numbers, which no source has, count as the largest that fits.
    #[must_use]
    pub fn sort_key(&self) -> i64 {
        [self.suffix, self.paragraph, self.item, self.sub_item]
            .into_iter()
            .fold(i64::from(self.article.min(9999)), |key, part| key * 1000 + i64::from(part.min(999)))
    }

    /// True when `other` is this clause or a part of it: an article covers its paragraphs and items.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let within = |whole: u32, part: u32| whole == 0 || whole == part;
        self.article == other.article
            && self.suffix == other.suffix
            && within(self.paragraph, other.paragraph)
            && within(self.item, other.item)
            && within(self.sub_item, other.sub_item)
    }
}

impl fmt::Display for Clause {
    /// The form of official drafting: 第八十二条第一款第（二）项第1目.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}条", Chinese(self.article))?;
        if self.suffix > 0 {
            write!(f, "之{}", Chinese(self.suffix))?;
        }
        if self.paragraph > 0 {
            write!(f, "第{}款", Chinese(self.paragraph))?;
        }
        if self.item > 0 {
            write!(f, "第（{}）项", Chinese(self.item))?;
        }
        if self.sub_item > 0 {
            write!(f, "第{}目", self.sub_item)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
