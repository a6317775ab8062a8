//! From text to filter: words, brackets, «and», «or», «not». What stands behind a field is read in [`super::value`].

use super::value::{Value, condition};
use super::{Field, Filter, FilterError, FilterProblem, Operator};

/// How deep brackets and «not» may nest: the parser recurses, and no person goes near it.
const DEEPEST: usize = 64;

pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let signs: Vec<char> = text.chars().collect();
    let mut parser = Parser { signs: &signs, at: 0, depth: 0 };
    parser.skip_gaps();
    if parser.sign().is_none() {
        return Ok(Filter::Everything);
    }
    let filter = parser.alternatives()?;
    match parser.sign() {
        None => Ok(filter),
        Some(_) => Err(error(FilterProblem::UnopenedBracket, parser.at, parser.at + 1)),
    }
}

/// True for a value that needs no quotes: no syntax, no word of the language.
pub(super) fn is_plain(word: &str) -> bool {
    let special = |sign: char| is_blank(sign) || "\",:=<>()!≤≥≠、\\".contains(half_width(sign));
    !word.is_empty()
        && !word.contains(special)
        && !word.starts_with(['-', '－'])
        && keyword(word).is_none()
        && !is_none(word)
}

/// The word that stands for «has none».
pub(super) fn is_none(word: &str) -> bool {
    word.eq_ignore_ascii_case("none") || matches!(word, "无" | "空")
}

/// The half-width sign of a full-width one; Chinese quotation marks are quotation marks.
pub(super) fn half_width(sign: char) -> char {
    match sign {
        '“' | '”' => '"',
        '！'..='～' => char::from_u32(u32::from(sign) - u32::from('！') + u32::from('!')).unwrap_or(sign),
        _ => sign,
    }
}

pub(super) fn error(problem: FilterProblem, start: usize, end: usize) -> FilterError {
    FilterError { problem, span: [start, end] }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keyword {
    And,
    Or,
    Not,
}

fn keyword(word: &str) -> Option<Keyword> {
    match word.to_ascii_lowercase().as_str() {
        "and" | "且" => Some(Keyword::And),
        "or" | "或" | "或者" => Some(Keyword::Or),
        "not" | "非" => Some(Keyword::Not),
        _ => None,
    }
}

fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200b}' | '\u{feff}')
}

#[derive(Clone, Copy)]
struct Parser<'a> {
    signs: &'a [char],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// The sign here, in half width.
    fn sign(&self) -> Option<char> {
        self.sign_at(self.at)
    }

    fn sign_at(&self, at: usize) -> Option<char> {
        self.signs.get(at).copied().map(half_width)
    }

    fn skip_blanks(&mut self) {
        while self.sign().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// Skips blanks, and commas between words, where they mean no more than a blank.
    fn skip_gaps(&mut self) {
        while self.sign().is_some_and(|sign| is_blank(sign) || sign == ',') {
            self.at += 1;
        }
    }

    fn alternatives(&mut self) -> Result<Filter, FilterError> {
        let mut parts = vec![self.conjunction()?];
        while let Some((Keyword::Or, end)) = self.keyword() {
            self.at = end;
            parts.push(self.conjunction()?);
        }
        Ok(Filter::any(parts))
    }

    /// Everything up to «or», a closing bracket or the end.
    fn conjunction(&mut self) -> Result<Filter, FilterError> {
        let mut parts = Vec::new();
        let mut wanted = true;
        loop {
            self.skip_gaps();
            match (self.sign(), self.keyword()) {
                (None | Some(')'), _) | (_, Some((Keyword::Or, _))) if wanted => {
                    return Err(self.operand_missing());
                }
                (None | Some(')'), _) | (_, Some((Keyword::Or, _))) => return Ok(Filter::all(parts)),
                (_, Some((Keyword::And, _))) if wanted => return Err(self.operand_missing()),
                (_, Some((Keyword::And, end))) => {
                    self.at = end;
                    wanted = true;
                }
                _ => {
                    parts.push(self.operand()?);
                    wanted = false;
                }
            }
        }
    }

    fn operand(&mut self) -> Result<Filter, FilterError> {
        if self.depth == DEEPEST {
            return Err(error(FilterProblem::TooDeep, self.at, self.at + 1));
        }
        self.depth += 1;
        let operand = self.negated_or_plain();
        self.depth -= 1;
        operand
    }

    fn negated_or_plain(&mut self) -> Result<Filter, FilterError> {
        let start = self.at;
        let negation = match (self.sign(), self.keyword()) {
            (Some('-' | '!'), _) if self.sign_at(start + 1) != Some('=') => Some(start + 1),
            (_, Some((Keyword::Not, end))) => Some(end),
            _ => None,
        };
        if let Some(end) = negation {
            self.at = end;
            self.skip_blanks();
            return match (self.sign(), self.keyword()) {
                (None | Some(')' | ','), _) | (_, Some((Keyword::Or | Keyword::And, _))) => {
                    Err(error(FilterProblem::OperandMissing, start, end))
                }
                _ => Ok(self.operand()?.opposite()),
            };
        }
        match self.sign() {
            Some('(') => self.group(),
            Some('"') => Ok(Filter::Phrase(self.quoted()?)),
            _ => self.word_or_field(),
        }
    }

    fn group(&mut self) -> Result<Filter, FilterError> {
        let open = self.at;
        self.at += 1;
        let inner = self.alternatives()?;
        if self.sign() != Some(')') {
            return Err(error(FilterProblem::UnclosedBracket, open, open + 1));
        }
        self.at += 1;
        Ok(inner)
    }

    fn word_or_field(&mut self) -> Result<Filter, FilterError> {
        let start = self.at;
        let word = self.word();
        let end = self.at;
        self.skip_blanks();
        let Some(operator) = self.operator() else {
            self.at = end;
            return Ok(if is_plain(&word) { Filter::Word(word) } else { Filter::Phrase(word) });
        };
        if word.is_empty() {
            return Err(error(FilterProblem::FieldMissing, start, self.at));
        }
        let (field, negated) = match (Field::named(&word), word.strip_prefix('非').and_then(Field::named)) {
            (Some(field), _) => (field, false),
            (None, Some(field)) => (field, true),
            (None, None) => {
                let nearest = Field::nearest(&word);
                return Err(error(FilterProblem::UnknownField { word, nearest }, start, end));
            }
        };
        let values = self.values(field, start)?;
        let found = condition(field, operator, &values, [start, self.at])?;
        let differs = operator == Operator::Differs;
        Ok(if negated ^ differs { found.opposite() } else { found })
    }

    fn operator(&mut self) -> Option<Operator> {
        let next = self.sign_at(self.at + 1);
        let (operator, length) = match (self.sign()?, next) {
            ('<', Some('=')) => (Operator::UpTo, 2),
            ('>', Some('=')) => (Operator::From, 2),
            ('!', Some('=')) | ('<', Some('>')) => (Operator::Differs, 2),
            ('≤', _) => (Operator::UpTo, 1),
            ('≥', _) => (Operator::From, 1),
            ('≠', _) => (Operator::Differs, 1),
            (':', _) => (Operator::Is, 1),
            ('=', _) => (Operator::Equals, 1),
            ('<', _) => (Operator::Below, 1),
            ('>', _) => (Operator::Above, 1),
            _ => return None,
        };
        self.at += length;
        Some(operator)
    }

    /// The values behind an operator; a comma is followed by another one.
    fn values(&mut self, field: Field, start: usize) -> Result<Vec<Value>, FilterError> {
        let mut values = Vec::new();
        loop {
            self.skip_blanks();
            let from = self.at;
            let quoted = self.sign() == Some('"');
            let words = if quoted { self.quoted()? } else { self.bare_value() };
            if self.at == from {
                return Err(error(FilterProblem::ValueMissing(field), start, self.at));
            }
            values.push(Value { words, quoted, span: [from, self.at] });
            if self.sign() != Some(',') {
                return Ok(values);
            }
            self.at += 1;
        }
    }

    /// A bare word: up to a blank, a comma, a quotation mark, an operator or a bracket that is not its own.
    fn word(&mut self) -> String {
        self.run(|parser, sign| {
            matches!(sign, ',' | '"' | ':' | '=' | '<' | '>' | '≤' | '≥' | '≠')
                || (sign == '!' && parser.sign_at(parser.at + 1) == Some('='))
        })
    }

    /// A value without quotes: up to a blank, a comma or a bracket that is not its own.
    fn bare_value(&mut self) -> String {
        self.run(|_, sign| sign == ',')
    }

    /// The signs up to a blank or one that `ends` them. Brackets inside belong to the run, but one behind a word of
    /// the language («或（») does not.
    fn run(&mut self, ends: impl Fn(&Self, char) -> bool) -> String {
        let mut word = String::new();
        let mut open = 0_usize;
        while let Some(sign) = self.sign() {
            match sign {
                _ if is_blank(sign) || ends(self, sign) => break,
                ')' if open == 0 => break,
                '(' if word.is_empty() || keyword(&word).is_some() => break,
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            word.extend(self.signs.get(self.at));
            self.at += 1;
        }
        word
    }

    /// What stands between quotation marks; a backslash takes the next sign as it is.
    fn quoted(&mut self) -> Result<String, FilterError> {
        let open = self.at;
        let chinese = matches!(self.signs.get(open), Some('“' | '”'));
        let mut words = String::new();
        self.at += 1;
        while let Some(&sign) = self.signs.get(self.at) {
            self.at += 1;
            match sign {
                '“' | '”' if chinese => return Ok(words),
                '"' | '＂' if !chinese => return Ok(words),
                '\\' => {
                    words.extend(self.signs.get(self.at));
                    self.at += 1;
                }
                _ => words.push(sign),
            }
        }
        Err(error(FilterProblem::UnclosedQuote, open, open + 1))
    }

    /// The word of the language that stands here, with the offset behind it.
    fn keyword(&self) -> Option<(Keyword, usize)> {
        let mut ahead = *self;
        let mut word = String::new();
        // The longest keyword has three signs: a longer word is none, and need not be read.
        while word.chars().count() <= 3
            && let Some(sign) = ahead.sign().filter(|&sign| !is_blank(sign) && !"(),\":=<>".contains(sign))
        {
            word.push(sign);
            ahead.at += 1;
        }
        keyword(&word).map(|keyword| (keyword, ahead.at))
    }

    fn operand_missing(&self) -> FilterError {
        let end = self.keyword().map_or_else(|| (self.at + 1).min(self.signs.len()), |(_, end)| end);
        error(FilterProblem::OperandMissing, self.at, end)
    }
}
