//! Legal sources: laws, regulations, rules; their versions and articles.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::SourceId;

crate::terms! {
    /// The rank of a source. What a source may set depends on it (Administrative Penalty Law, articles 10 to 16).
    pub enum Rank {
        /// A law of the National People's Congress or its Standing Committee.
        Law = "law", "法律", "law";
        /// An administrative regulation of the State Council.
        AdministrativeRegulation = "administrative_regulation", "行政法规", "administrative regulation";
        /// A local regulation of a province.
        ProvincialRegulation = "provincial_regulation", "省地方性法规", "provincial regulation";
        /// A local regulation of a city.
        CityRegulation = "city_regulation", "市地方性法规", "city regulation";
        /// A departmental rule.
        DepartmentalRule = "departmental_rule", "部门规章", "departmental rule";
        /// A rule of a provincial government.
        ProvincialRule = "provincial_rule", "省政府规章", "provincial government rule";
        /// A rule of a city government.
        CityRule = "city_rule", "市政府规章", "city government rule";
        /// A normative document.
        Document = "document", "规范性文件", "normative document";
    }
}

crate::terms! {
    /// Whether a source is still the law.
    pub enum SourceStatus {
        /// In force as promulgated.
        InForce = "in_force", "现行有效", "in force";
        /// In force as amended.
        Amended = "amended", "已修改", "amended";
        /// No longer in force.
        Repealed = "repealed", "已废止", "repealed";
    }
}

/// A legal source with the facts that do not change with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Row id.
    pub id: SourceId,
    /// Title without 《》, unique in the register.
    pub title: String,
    /// Rank; `None` where only the title is known.
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
    /// Whether it is still the law.
    pub status: SourceStatus,
}

/// One article of a version of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Number of the article, from 1; 第二十条之一 has `suffix` 1.
    pub number: u32,
    /// The 之 number, 0 where there is none.
    pub suffix: u32,
    /// The words, without the number.
    pub text: String,
    /// Why this article has no item, in words; empty where nobody has said.
    pub no_item_reason: String,
}

/// The title as identity: without blanks, the note of edition in brackets at the end («（2019年修正）»), and
/// the 《》 around the whole.
#[must_use]
pub fn bare_title(words: &str) -> String {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = without_edition(&words);
    let bare = bare.strip_prefix('《').and_then(|rest| rest.strip_suffix('》')).unwrap_or(bare);
    without_edition(bare).to_owned()
}

fn without_edition(words: &str) -> &str {
    let is_edition =
        |note: &str| note.contains('年') && ["修", "订", "改", "公布", "施行"].iter().any(|w| note.contains(w));
    [('（', '）'), ('(', ')')]
        .iter()
        .find_map(|&(open, close)| {
            let head = words.strip_suffix(close)?;
            let at = head.rfind(open)?;
            let note = head.get(at + open.len_utf8()..)?;
            if is_edition(note) { head.get(..at) } else { None }
        })
        .unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::bare_title;

    #[test]
    fn titles_lose_brackets_and_edition() {
        for (words, bare) in [
            ("《甲市养犬管理条例》", "甲市养犬管理条例"),
            ("《甲市养犬管理条例》（2019年修正）", "甲市养犬管理条例"),
            ("甲市养犬管理条例（2019年修正）", "甲市养犬管理条例"),
            ("甲市养犬 管理条例", "甲市养犬管理条例"),
            ("甲市实施《乙法》办法", "甲市实施《乙法》办法"),
            ("甲市规定（试行）", "甲市规定（试行）"),
        ] {
            assert_eq!(bare_title(words), bare, "{words}");
        }
    }
}
