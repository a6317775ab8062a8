//! Citations in a legal-basis text: which sources it names, with which clauses.
//!
//! A basis names its sources and often goes on with the statute's own words («《甲法》第八十一条 违反本法第十条…»).
//! A clause inside those words belongs to the statute, not to the basis: it is never taken. A source counts as named
//! at the start, joined to the source before it, at the start of a line, or after the end of a sentence; a text that
//! gives clauses without a title is returned with an empty title, for the caller knows the source from elsewhere.

use super::clause::{Clause, Found, leading};
use super::item::{Citation, ClauseRole};
use super::source::bare_title;

/// One source as a basis cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Title without 《》 and edition; empty where the text gives clauses alone.
    pub title: String,
    /// The clauses, spelt out; empty where the text gives the title alone.
    pub clauses: Vec<Clause>,
    /// The clauses as written.
    pub written: String,
}

/// The citations in `text`, one a clause, each written in the standard form. `title` is the source that the caller
/// knows from elsewhere: it is cited where the text gives clauses alone, or nothing.
#[must_use]
pub fn citations(text: &str, title: &str, role: ClauseRole) -> Vec<Citation> {
    let title = bare_title(title);
    let mut found = Vec::new();
    for cited in parse_citations(text) {
        let of = if cited.title.is_empty() { &title } else { &cited.title };
        if of.is_empty() {
            continue;
        }
        if cited.clauses.is_empty() {
            found.push(citation(of, &cited.written, role));
        }
        found.extend(cited.clauses.iter().map(|clause| citation(of, &clause.to_string(), role)));
    }
    if found.is_empty() && !title.is_empty() {
        found.push(citation(&title, "", role));
    }
    found
}

/// One citation of a source by its bare title, with its clause as written.
#[must_use]
pub fn citation(title: &str, written: &str, role: ClauseRole) -> Citation {
    Citation {
        role,
        source: None,
        title: title.to_owned(),
        clause: Clause::parse(written),
        written: written.to_owned(),
    }
}

/// The sources that `text` cites, in its order, each with its leading clauses. Never fails; time is linear.
#[must_use]
pub fn parse_citations(text: &str) -> Vec<Cited> {
    let mut cited: Vec<Cited> = Vec::new();
    let mut place = Place { text, at: 0, opening: Opening::Start };
    while !place.rest().is_empty() {
        match place.citation(cited.last()) {
            Ok((next, end)) => {
                cited.push(next);
                place = Place { text, at: end, opening: Opening::Joined };
            }
            Err(resume) => place = Place { at: resume, ..place }.next_opening(),
        }
    }
    cited
}

/// How the place at which a citation may begin was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// The start of the text.
    Start,
    /// Directly behind another citation.
    Joined,
    /// A new line behind a complete sentence.
    Line,
    /// Behind the end of a sentence, or a line that may be wrapped.
    Sentence,
}

/// No title, edition or label is longer than this many bytes; what looks longer is an unclosed bracket.
const LONGEST: usize = 400;

/// Words that lead in a citation and are no statute's words at the start or behind a separator.
const LEADS: [&str; 8] = ["违反了", "违反", "依据", "根据", "依照", "按照", "参照", "同时"];

/// How titles of sources end, where they stand without 《》.
const TITLE_ENDS: [&str; 7] = ["法", "条例", "规定", "办法", "细则", "规则", "决定"];

/// What stood between the last citation and the place where the next may begin.
#[derive(Debug, Clone, Copy)]
struct LeadIn {
    /// Nothing but separators.
    plain: bool,
    /// The start of the text or a separator, with no blank or colon behind it: no statute's words yet.
    separated: bool,
}

#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    at: usize,
    opening: Opening,
}

impl<'a> Place<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The citation that begins here with the offset behind it, or the offset from which to look on.
    fn citation(mut self, last: Option<&Cited>) -> Result<(Cited, usize), usize> {
        let lead_in = self.skip_lead_in();
        if let Some(end) = title_end(self.rest()) {
            let title = self.rest().get(..end).unwrap_or_default();
            self.titled(title, self.at + end)
        } else if let Some(title) = bare(self.rest()).filter(|_| lead_in.separated || self.opening == Opening::Line) {
            self.titled(title, self.at + title.len())
        } else {
            self.untitled(last.filter(|_| lead_in.plain || self.opening == Opening::Line))
        }
    }

    fn titled(&self, title: &str, end: usize) -> Result<(Cited, usize), usize> {
        let after = skip_edition(self.text, end);
        let title = bare_title(title);
        match leading(self.text, after) {
            Some(found) if self.accepts(&found) => {
                Ok((cited(self.text, title, found.clone()), skip_tail(self.text, found.end)))
            }
            Some(found) => Err(found.end),
            None if self.stands_alone(after) => {
                Ok((Cited { title, clauses: Vec::new(), written: String::new() }, after))
            }
            None => Err(end),
        }
    }

    /// Clauses without a title: those of the source named before, or of one known from elsewhere.
    fn untitled(&self, last: Option<&Cited>) -> Result<(Cited, usize), usize> {
        let title = match (self.opening, last) {
            (Opening::Start, None) => String::new(),
            (Opening::Joined | Opening::Line, Some(last)) => last.title.clone(),
            _ => return Err(self.at),
        };
        let found = leading(self.text, self.at).ok_or(self.at)?;
        let after = self.text.get(found.end..).unwrap_or_default().chars().next();
        if self.opening == Opening::Line && after.is_some_and(|sign| !(sign.is_whitespace() || is_colon(sign))) {
            return Err(found.end);
        }
        Ok((cited(self.text, title, found.clone()), skip_tail(self.text, found.end)))
    }

    fn accepts(&self, found: &Found) -> bool {
        let own_words = self.text.get(found.end..).is_some_and(|after| after.trim_start().starts_with("规定的"));
        !(own_words && matches!(self.opening, Opening::Line | Opening::Sentence))
    }

    /// Whether a title without a clause is cited: inside a statute's words only if it fills its line.
    fn stands_alone(&self, after: usize) -> bool {
        let next = self.text.get(after..).and_then(|rest| rest.chars().next());
        match self.opening {
            Opening::Start | Opening::Joined => true,
            Opening::Line => next.is_none_or(|sign| sign == '\n' || sign == '\r'),
            Opening::Sentence => false,
        }
    }

    /// Skips blanks, numbers of a list, labels in 【】 and, where they cannot be a statute's words, lead words.
    fn skip_lead_in(&mut self) -> LeadIn {
        let (mut plain, mut may_lead) = (true, self.opening == Opening::Start);
        if self.opening == Opening::Start {
            self.at += label(self.rest());
        }
        loop {
            let rest = self.rest();
            let Some(sign) = rest.chars().next() else { return LeadIn { plain, separated: may_lead } };
            let joined = self.opening == Opening::Joined;
            if joined && "、，,；;。和与及以或者".contains(sign) {
                may_lead |= "、，,；;。".contains(sign);
                self.at += sign.len_utf8();
            } else if sign.is_whitespace() || (joined && is_colon(sign)) {
                if joined {
                    (plain, may_lead) = (false, false);
                }
                self.at += sign.len_utf8();
            } else if let Some(length) = list_number(rest) {
                plain = false;
                self.at += length;
            } else if let Some(lead) = LEADS.iter().find(|lead| may_lead && rest.starts_with(**lead)) {
                plain = false;
                self.at += lead.len();
            } else {
                return LeadIn { plain, separated: may_lead };
            }
        }
    }

    /// The next place, from here on, at which a citation may begin.
    fn next_opening(self) -> Self {
        let rest = self.rest();
        let Some(offset) = rest.find(['\n', '。', '；', ';']) else {
            return Self { at: self.text.len(), ..self };
        };
        let (words, tail) = rest.split_at(offset);
        let stop = tail.chars().next().unwrap_or('\n');
        let behind = tail.get(stop.len_utf8()..).unwrap_or_default();
        let blanks = behind.len()
            - behind.trim_start_matches(|sign: char| sign.is_whitespace() || "”’」』".contains(sign)).len();
        let new_line = stop == '\n' || behind.get(..blanks).is_some_and(|blanks| blanks.contains('\n'));
        let complete = stop != '\n' || words.trim_end().ends_with(['：', ':', '》', '”']);
        let opening = if new_line && complete { Opening::Line } else { Opening::Sentence };
        Self { at: self.at + offset + stop.len_utf8() + blanks, opening, ..self }
    }
}

fn cited(text: &str, title: String, found: Found) -> Cited {
    let written = text.get(found.start..found.end).unwrap_or_default().to_owned();
    Cited { title, clauses: found.clauses, written }
}

fn is_colon(sign: char) -> bool {
    matches!(sign, '：' | ':')
}

/// The length of 《…》 with whatever stands nested in it, where the text begins with one.
fn title_end(rest: &str) -> Option<usize> {
    if !rest.starts_with('《') {
        return None;
    }
    let mut open = 0_usize;
    for (offset, sign) in rest.char_indices().take_while(|&(offset, _)| offset < LONGEST) {
        match sign {
            '《' => open += 1,
            '》' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(offset + sign.len_utf8());
        }
    }
    None
}

/// A title without 《》: words up to 第 that end like a title, are no other words («违反本法») and stand unbroken.
fn bare(rest: &str) -> Option<&str> {
    let end = rest.char_indices().take_while(|&(offset, _)| offset < LONGEST).find(|&(_, sign)| sign == '第')?.0;
    let words = rest.get(..end)?.trim_end();
    let bare = bare_title(words);
    let broken = words.contains(|sign: char| "，,。；;：:、《》\n".contains(sign));
    let verb = LEADS.iter().any(|lead| bare.contains(lead));
    let names: Vec<&str> = TITLE_ENDS.iter().filter_map(|end| bare.strip_suffix(end)).collect();
    let titled = !names.is_empty() && names.iter().all(|name| !name.is_empty() && !name.ends_with(['本', '该', '此']));
    (titled && !broken && !verb).then_some(words)
}

/// Skips the notes in brackets behind a title («（2018年修订）», «（国务院令第682号）») and a joining 的, 中 or colon.
fn skip_edition(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let blank = rest.len() - trimmed.len();
        let close = match trimmed.chars().next() {
            Some('（') => '）',
            Some('(') => ')',
            Some('〔') => '〕',
            Some('[') => ']',
            Some('的' | '中' | '：') if trimmed.get('的'.len_utf8()..).is_some_and(begins_clause) => {
                return at + blank + '的'.len_utf8();
            }
            Some(':') if trimmed.get(1..).is_some_and(begins_clause) => return at + blank + 1,
            _ => return at,
        };
        let end = trimmed.char_indices().take_while(|&(offset, _)| offset < LONGEST).find(|&(_, sign)| sign == close);
        match end {
            Some((offset, _)) => at += blank + offset + close.len_utf8(),
            None => return at,
        }
    }
}

fn begins_clause(rest: &str) -> bool {
    rest.trim_start().starts_with('第')
}

/// Skips 「的规定」 behind the clauses.
fn skip_tail(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let tail = ["的规定", "之规定", "规定"].iter().find(|tail| rest.starts_with(**tail)).map_or(0, |tail| tail.len());
    at + tail
}

/// The length of a label in front of everything («处罚依据：»), up to its colon.
fn label(rest: &str) -> usize {
    let colon = rest.char_indices().take(12).find(|&(_, sign)| is_colon(sign));
    match colon {
        Some((offset, sign)) if !rest.get(..offset).is_some_and(|words| words.contains(['第', '《', '\n', '。'])) => {
            offset + sign.len_utf8()
        }
        _ => 0,
    }
}

/// The length of a number or mark of a list: «1、», «2.», «（一）», «①», «•», «【法律】».
fn list_number(rest: &str) -> Option<usize> {
    let is_number = |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十０１２３４５６７８９".contains(sign);
    let mut signs = rest.char_indices();
    let (_, first) = signs.next()?;
    match first {
        '①'..='⒇' | '•' | '·' | '●' | '■' | '*' | '★' => Some(first.len_utf8()),
        '【' => {
            let (offset, sign) = signs.take(12).find(|&(_, sign)| sign == '】')?;
            Some(offset + sign.len_utf8())
        }
        '（' | '(' => {
            let mut inner = signs.skip_while(|&(offset, sign)| is_number(sign) && offset < 16);
            let (offset, sign) = inner.next().filter(|&(offset, _)| offset > first.len_utf8())?;
            matches!(sign, '）' | ')').then_some(offset + sign.len_utf8())
        }
        _ if is_number(first) => {
            let (offset, sign) = signs.find(|&(offset, sign)| !is_number(sign) || offset > 12)?;
            matches!(sign, '、' | '.' | '．' | '）' | ')').then_some(offset + sign.len_utf8())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
