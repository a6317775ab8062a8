//! The full text of a source, split into its articles.
//!
//! Headings of parts, chapters and sections and whatever stands before the first article (title, table of contents,
//! preamble) are not articles; everything else belongs to the article above it, so that no words are lost.

use super::clause::Clause;

/// One article of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// Number of the article, from 1.
    pub number: u32,
    /// The 之 number, 0 where there is none.
    pub suffix: u32,
    /// The words without the number, one line a paragraph, blanks at both ends of lines taken away.
    pub text: String,
}

/// Splits a full text at lines that begin with 第X条. Such a line begins an article if its number is higher than that
/// of the article above and it is set off by a blank, or follows a complete sentence with words of its own: a wrapped
/// line that happens to begin with 「第三条规定的」 stays part of its article.
#[must_use]
pub fn split_articles(text: &str) -> Vec<ArticleText> {
    let mut articles: Vec<ArticleText> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some((clause, words)) = heading(line)
            && follows(articles.last(), &clause, words)
        {
            articles.push(ArticleText {
                number: clause.article,
                suffix: clause.suffix,
                text: words.trim_start().to_owned(),
            });
        } else if let Some(article) = articles.last_mut()
            && !is_division(line)
        {
            if !article.text.is_empty() {
                article.text.push('\n');
            }
            article.text.push_str(line);
        }
    }
    articles
}

/// The article named at the start of a line, and the words behind it.
fn heading(line: &str) -> Option<(Clause, &str)> {
    let end = line.strip_prefix('第')?.find('条')? + "第条".len();
    let numbered = |end: usize| Some((Clause::parse(line.get(..end)?)?, line.get(end..)?));
    let suffixed = line.get(end..).filter(|rest| rest.starts_with('之')).and_then(|rest| {
        let sign = rest.chars().nth(1)?;
        numbered(end + '之'.len_utf8() + sign.len_utf8())
    });
    suffixed.or_else(|| numbered(end))
}

fn follows(last: Option<&ArticleText>, clause: &Clause, words: &str) -> bool {
    let set_off = words.is_empty() || words.starts_with(char::is_whitespace);
    let goes_on =
        ["规定", "的", "、", "，", "和", "至", "或", "与", "及", "第", "中"].iter().any(|word| words.starts_with(word));
    last.is_none_or(|last| {
        let complete = last.text.ends_with(['。', '”', '》']);
        (clause.article, clause.suffix) > (last.number, last.suffix) && (set_off || (complete && !goes_on))
    })
}

/// True for the heading of a part, chapter or section (第二章 法律责任).
fn is_division(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    let numeral =
        |sign: char| sign.is_whitespace() || sign.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(sign);
    let unit = rest.trim_start_matches(numeral);
    unit.len() < rest.len()
        && ["章", "节", "编", "分编"].iter().any(|name| {
            unit.strip_prefix(name).is_some_and(|title| title.is_empty() || title.starts_with(char::is_whitespace))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> Vec<(u32, u32, String)> {
        split_articles(text).into_iter().map(|article| (article.number, article.suffix, article.text)).collect()
    }

    fn article(number: u32, suffix: u32, text: &str) -> (u32, u32, String) {
        (number, suffix, text.to_owned())
    }

    #[test]
    fn a_law_is_split_at_its_articles() {
        let text = "甲市条例\n（2020年通过）\n目 录\n第一章 总则\n第二章 法律责任\n\n第一章\u{3000}总则\n\
                    第一条\u{3000}为了规范，制定本条例。\n\u{3000}\u{3000}第二款在此。\n第 二 条 适用。\n\
                    第三条之一\u{3000}增加。\n第二章 法律责任\n第十条违反第三条\n第三条规定的，处罚款：\n\
                    （一）甲；\n第十一条违反规定。\n第十一条之一 又。\r\n附则\n第九条 倒退的。";
        assert_eq!(
            said(text),
            vec![
                article(1, 0, "为了规范，制定本条例。\n第二款在此。"),
                article(2, 0, "适用。"),
                article(3, 1, "增加。"),
                article(10, 0, "违反第三条\n第三条规定的，处罚款：\n（一）甲；\n第十一条违反规定。"),
                article(11, 1, "又。\n附则\n第九条 倒退的。"),
            ]
        );
    }

    #[test]
    fn glued_articles_count_behind_a_complete_sentence() {
        assert_eq!(
            said("第一条为了。\n第二条适用。\n第二条之一增加。\n第五条规定的\n第六条停"),
            vec![article(1, 0, "为了。"), article(2, 0, "适用。"), article(2, 1, "增加。\n第五条规定的\n第六条停")]
        );
    }

    #[test]
    fn a_text_without_articles_has_none() {
        assert_eq!(said("没有条文\n第一章 总则"), vec![]);
        assert_eq!(said(""), vec![]);
    }

    proptest! {
        #[test]
        fn no_words_are_lost_after_the_first_article(lines in prop::collection::vec("[第一二三条之章 甲乙]{0,12}", 0..20)) {
            let text = format!("第一条 甲\n{}", lines.join("\n"));
            let whole: String = split_articles(&text).iter().map(|article| article.text.clone()).collect();
            for line in lines.iter().map(|line| line.trim()).filter(|line| !line.starts_with('第')) {
                prop_assert!(whole.contains(line));
            }
        }
    }
}
