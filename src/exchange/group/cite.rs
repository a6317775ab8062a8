//! Which sources and clauses the words of a legal basis cite.
//!
//! A title counts where a citation stands: at the beginning of a line, or right behind another citation. Titles that
//! the quoted law itself mentions are no citations of the item.

use crate::domain::item::{Citation, ClauseRole};
use crate::domain::source::bare_title;

/// The citations in `words`; where no title stands there, `title` is cited with what is written of the clause.
pub(crate) fn citations(words: &str, title: &str, role: ClauseRole) -> Vec<Citation> {
    let mut found = Vec::new();
    for line in words.lines() {
        cite_line(line, role, &mut found);
    }
    if found.is_empty() && !title.is_empty() {
        let written = clause_words(words).0;
        found.push(citation(title, written, role));
    }
    found
}

/// One citation. The clause itself is read where clauses are.
pub(crate) fn citation(title: &str, written: &str, role: ClauseRole) -> Citation {
    Citation { role, source: None, title: bare_title(title), clause: None, written: written.to_owned() }
}

fn cite_line(line: &str, role: ClauseRole, found: &mut Vec<Citation>) {
    let mut rest = without_lead(line);
    while let Some((title, after)) = title_at(rest) {
        let after = without_note(after);
        let (written, after) = clause_words(after);
        found.push(citation(title, written, role));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || "、；;，,。和及与".contains(c));
    }
}

/// A line without the number and the words that lead to its first title.
fn without_lead(line: &str) -> &str {
    let number =
        |c: char| c.is_whitespace() || c.is_ascii_digit() || "、.．：:（）()①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十".contains(c);
    let mut rest = line.trim_start_matches(number);
    let leads =
        ["法律依据", "处罚依据", "依据", "根据", "依照", "按照", "违反", "违反了", "违反条款", "设定依据", "执法依据"];
    for lead in leads {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    rest.trim_start_matches(number)
}

/// A title in 《》 at the very beginning, and what follows it.
fn title_at(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('《')?;
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.split_at_checked(at + c.len_utf8());
        }
    }
    None
}

/// Without the note of edition in brackets that follows a title.
fn without_note(text: &str) -> &str {
    let text = text.trim_start();
    for (open, close) in [('（', '）'), ('(', ')')] {
        if let Some(inside) = text.strip_prefix(open) {
            // «（一）» begins an item of a list; a note of edition names a year or says what the text is.
            let note =
                inside.split_once(close).filter(|(note, _)| note.contains('年') || !note.chars().all(is_numeral));
            if let Some((_, after)) = note {
                return after.trim_start();
            }
        }
    }
    text
}

/// The words that name clauses at the beginning of a text, and what follows them.
fn clause_words(text: &str) -> (&str, &str) {
    let start = text.trim_start();
    if !start.starts_with('第') {
        return ("", start);
    }
    let part = |c: char| is_numeral(c) || "第条款项目之、和及至（）() \u{3000}".contains(c);
    let end = start.find(|c: char| !part(c)).unwrap_or(start.len());
    let (words, _) = start.split_at_checked(end).unwrap_or((start, ""));
    // The last sign of a clause ends it: what stands behind belongs to the words of the law.
    let last = words.char_indices().rfind(|(_, c)| "条款项目".contains(*c));
    let end = match last {
        Some((at, sign)) => at + sign.len_utf8() + suffix(words.get(at + sign.len_utf8()..).unwrap_or_default()),
        None => return ("", start),
    };
    start.split_at_checked(end).map_or(("", start), |(written, after)| (written.trim_end(), after))
}

/// Length of «之一» behind an article.
fn suffix(text: &str) -> usize {
    let Some(number) = text.strip_prefix('之') else { return 0 };
    let digits = number.find(|c: char| !is_numeral(c)).unwrap_or(number.len());
    if digits == 0 { 0 } else { '之'.len_utf8() + digits }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千两０１２３４５６７８９".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_stand_where_a_citation_can_stand() {
        type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);
        let cases: [Case<'_>; 7] = [
            (
                "《甲法》（2018年修订）第三十一条第一款：违反《乙法》第二条的，处罚款",
                "",
                &[("甲法", "第三十一条第一款")],
            ),
            (
                "1、《甲法》第十条第（二）项；\n2、《甲省实施〈甲法〉办法》第八十五条之一第3款",
                "",
                &[("甲法", "第十条第（二）项"), ("甲省实施〈甲法〉办法", "第八十五条之一第3款")],
            ),
            (
                "《甲法》第九十九条第一款第一项、第二款；《乙办法》第八十五条第一项",
                "",
                &[("甲法", "第九十九条第一款第一项、第二款"), ("乙办法", "第八十五条第一项")],
            ),
            ("第十八条第二、三款", "《甲条例》", &[("甲条例", "第十八条第二、三款")]),
            ("", "甲条例", &[("甲条例", "")]),
            ("由主管部门责令改正", "", &[]),
            ("根据《甲法》第五条（一）规定", "", &[("甲法", "第五条")]),
        ];
        for (words, title, wanted) in cases {
            let found = citations(words, title, ClauseRole::Authority);
            let found: Vec<(&str, &str)> = found.iter().map(|c| (c.title.as_str(), c.written.as_str())).collect();
            assert_eq!(found, wanted, "{words}");
        }
    }
}
