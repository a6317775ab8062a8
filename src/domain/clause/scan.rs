//! The grammar of clause lists, over the text as given: blanks are skipped wherever they stand.
//!
//! ```text
//! list   = group { [and | to] group }
//! group  = ["第"] number { [and | to] ["第"] number } unit ["之" number]
//! number = digits | Chinese numeral | "（" either "）" | ㈡ ⑵ ②
//! unit   = "条" | "款" | "项" | "目"
//! and    = 、 ， ； 和 与 及 以及 或 或者 /
//! to     = 至 到 — – - ~
//! ```
//!
//! A group of a deeper unit that follows without «and» replaces the clause before it by its parts; every other group
//! takes from the clause before it whatever stands above its own unit.

use super::{Clause, numeral};

/// A range longer than this is kept as its two ends: no citation means thousands of clauses one by one.
const LONGEST_RANGE: u32 = 200;

/// A list of clauses and where it stands.
#[derive(Debug, Clone)]
pub(in crate::domain) struct Found {
    /// The clauses, spelt out; never empty.
    pub(in crate::domain) clauses: Vec<Clause>,
    /// Byte offset of its first sign.
    pub(in crate::domain) start: usize,
    /// Byte offset after its last sign.
    pub(in crate::domain) end: usize,
}

/// Every list in the text.
pub(super) fn all(text: &str) -> Vec<Found> {
    let mut lists = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('第')).map(|offset| at + offset) {
        match (Cursor { text, at: start }).list(Wording::Amid) {
            Ok(found) => {
                at = found.end;
                lists.push(found);
            }
            Err(scanned) => at = scanned.max(start + '第'.len_utf8()),
        }
    }
    lists
}

/// The list with which the text begins after byte `at`, blanks aside.
pub(in crate::domain) fn leading(text: &str, at: usize) -> Option<Found> {
    let mut cursor = Cursor { text, at };
    cursor.skip_blanks();
    if cursor.rest().starts_with('第') { cursor.list(Wording::Amid).ok() } else { None }
}

/// The list that is the whole text but for blanks and a stop at the end.
pub(super) fn whole(text: &str) -> Option<Found> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.skip_blanks();
    let found = cursor.list(Wording::Alone).ok()?;
    let rest = text.get(found.end..)?;
    rest.chars().all(|sign| sign.is_whitespace() || "。；;，,：:".contains(sign)).then_some(found)
}

/// What surrounds a clause, which decides how much of it may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wording {
    /// Other words: a group needs its 第 or its brackets, or it is a count (「第二十条三项制度」).
    Amid,
    /// Nothing else: 82条1款 is a clause.
    Alone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Article,
    Paragraph,
    Item,
    SubItem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    None,
    And,
    To,
}

#[derive(Debug, Clone, Copy)]
struct Number {
    value: u32,
    bracketed: bool,
}

struct Group {
    /// The numbers, each with what joins it to the one before.
    numbers: Vec<(Joint, u32)>,
    unit: Unit,
    suffix: u32,
    /// Whether 第 or brackets mark it as a clause.
    marked: bool,
}

#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.rest().chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// The list that starts here, or how far the text was looked at in vain.
    fn list(mut self, wording: Wording) -> Result<Found, usize> {
        let start = self.at;
        let first = self.group()?;
        if first.unit != Unit::Article || (wording == Wording::Amid && !first.marked) {
            return Err(self.at);
        }
        let mut clauses = Vec::new();
        add(&mut clauses, Joint::None, &first);
        loop {
            let mut ahead = self;
            let joint = ahead.joint();
            if joint == Joint::And
                && let Some(suffix) = ahead.suffix_alone(&clauses)
            {
                clauses.push(suffix);
                self = ahead;
                continue;
            }
            let Ok(group) = ahead.group() else { break };
            let continues = joint != Joint::None && clauses.last().is_some_and(|last| depth(last) == group.unit);
            if !(group.marked || continues || wording == Wording::Alone) {
                break;
            }
            add(&mut clauses, joint, &group);
            self = ahead;
        }
        Ok(Found { clauses, start, end: self.at })
    }

    fn group(&mut self) -> Result<Group, usize> {
        let mut marked = self.take('第');
        let first = self.number().ok_or(self.at)?;
        marked |= first.bracketed;
        let mut numbers = vec![(Joint::None, first.value)];
        loop {
            let mut ahead = *self;
            let joint = ahead.joint();
            let ordinal = ahead.take('第');
            match ahead.number() {
                Some(next) if joint != Joint::None || (next.bracketed && !ordinal) => {
                    numbers.push((joint, next.value));
                    *self = ahead;
                }
                _ => break,
            }
        }
        let unit = self.unit().ok_or(self.at)?;
        let suffix = if unit == Unit::Article { self.suffix().unwrap_or(0) } else { 0 };
        let largest = if unit == Unit::Article { 9999 } else { 999 };
        if numbers.iter().any(|&(_, value)| value > largest) {
            return Err(self.at);
        }
        Ok(Group { numbers, unit, suffix, marked })
    }

    /// The 之 number of an article; 之 before any other word stays where it is.
    fn suffix(&mut self) -> Option<u32> {
        let mut ahead = *self;
        if !ahead.take('之') {
            return None;
        }
        let number = ahead.number().filter(|number| number.value <= 999)?;
        *self = ahead;
        Some(number.value)
    }

    /// 「、之二」 after 第十三条之一.
    fn suffix_alone(&mut self, clauses: &[Clause]) -> Option<Clause> {
        let last = clauses.last().filter(|last| depth(last) == Unit::Article)?;
        Some(Clause { suffix: self.suffix()?, ..*last })
    }

    fn joint(&mut self) -> Joint {
        let mut joint = Joint::None;
        loop {
            let rest = match self.peek() {
                Some('以') if self.rest().starts_with("以及") => "以及",
                Some('或') if self.rest().starts_with("或者") => "或者",
                Some('、' | '，' | ',' | '；' | ';' | '和' | '与' | '及' | '或' | '/' | '／') => "",
                Some('至' | '到' | '—' | '–' | '-' | '－' | '~' | '～') => {
                    joint = Joint::To;
                    self.skip_one();
                    continue;
                }
                _ => return joint,
            };
            if joint == Joint::None {
                joint = Joint::And;
            }
            if rest.is_empty() {
                self.skip_one();
            } else {
                self.at += rest.len();
            }
        }
    }

    fn skip_one(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn unit(&mut self) -> Option<Unit> {
        let unit = match self.peek()? {
            '条' => Unit::Article,
            '款' => Unit::Paragraph,
            '项' => Unit::Item,
            '目' => Unit::SubItem,
            _ => return None,
        };
        self.skip_one();
        Some(unit)
    }

    fn number(&mut self) -> Option<Number> {
        let sign = self.peek()?;
        if let Some(value) = numeral::enclosed(sign) {
            self.skip_one();
            return Some(Number { value, bracketed: true });
        }
        let mut ahead = *self;
        let bracketed = matches!(sign, '（' | '(');
        if bracketed {
            ahead.skip_one();
        }
        let value = ahead.numeral()?;
        if bracketed && !(ahead.take('）') || ahead.take(')')) {
            return None;
        }
        *self = ahead;
        Some(Number { value, bracketed })
    }

    /// A run of signs of one style, blanks inside it aside.
    fn numeral(&mut self) -> Option<u32> {
        let digits = numeral::arabic(self.peek()?).is_some();
        let belongs = |sign: char| if digits { numeral::arabic(sign).is_some() } else { numeral::is_chinese(sign) };
        let rest = self.rest();
        let run = rest.split_once(|sign: char| !belongs(sign) && !is_blank(sign)).map_or(rest, |(run, _)| run);
        self.at += run.trim_end_matches(is_blank).len();
        numeral::read(run.chars().filter(|&sign| !is_blank(sign)))
    }
}

/// Blanks, and the zero-width signs that come with text copied from a page.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200b}'..='\u{200d}' | '\u{feff}')
}

fn add(clauses: &mut Vec<Clause>, joint: Joint, group: &Group) {
    let mut prefix = clauses.last().copied().unwrap_or(Clause::article(0));
    if joint == Joint::None && group.unit > depth(&prefix) {
        clauses.pop();
    }
    for (at, &(inner, value)) in group.numbers.iter().enumerate() {
        let joint = if at == 0 { joint } else { inner };
        let mut next = placed(&prefix, group.unit, value);
        if at + 1 == group.numbers.len() {
            next.suffix = if group.unit == Unit::Article { group.suffix } else { next.suffix };
        }
        if joint == Joint::To {
            between(&prefix, &next, clauses);
        }
        clauses.push(next);
        prefix = next;
    }
}

fn depth(clause: &Clause) -> Unit {
    match clause {
        Clause { sub_item: 1.., .. } => Unit::SubItem,
        Clause { item: 1.., .. } => Unit::Item,
        Clause { paragraph: 1.., .. } => Unit::Paragraph,
        _ => Unit::Article,
    }
}

/// The clause `value` of that unit, under what stands above the unit in `prefix`.
fn placed(prefix: &Clause, unit: Unit, value: u32) -> Clause {
    let mut clause = *prefix;
    match unit {
        Unit::Article => clause = Clause::article(value),
        Unit::Paragraph => (clause.paragraph, clause.item, clause.sub_item) = (value, 0, 0),
        Unit::Item => (clause.item, clause.sub_item) = (value, 0),
        Unit::SubItem => clause.sub_item = value,
    }
    clause
}

/// Pushes what stands strictly between two ends of a range. Between parts of different articles those are the whole
/// articles between them.
fn between(from: &Clause, to: &Clause, clauses: &mut Vec<Clause>) {
    let unit = depth(to);
    let same_parent = depth(from) == unit && placed(from, unit, 0) == placed(to, unit, 0);
    let (low, high) = match unit {
        Unit::Article if from.article == to.article => (from.suffix, to.suffix),
        Unit::Paragraph if same_parent => (from.paragraph, to.paragraph),
        Unit::Item if same_parent => (from.item, to.item),
        Unit::SubItem if same_parent => (from.sub_item, to.sub_item),
        _ => (from.article, to.article + u32::from(unit == Unit::Article && to.suffix > 0)),
    };
    if high.saturating_sub(low) > LONGEST_RANGE {
        return;
    }
    clauses.extend((low + 1..high).map(|value| match unit {
        Unit::Article if from.article == to.article => Clause { suffix: value, ..*from },
        _ if same_parent && unit != Unit::Article => placed(to, unit, value),
        _ => Clause::article(value),
    }));
}
