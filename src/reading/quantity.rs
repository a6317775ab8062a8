//! Quantities: one or two ends with their bounds and units.
//!
//! ```text
//! quantity = end [joint end]
//! joint    = "至" | "," | "、" | "且" | nothing, as the bounds of both ends allow
//! end      = [prefix] value [brackets] [suffix] [brackets]
//! prefix   = 不超过 | 不低于 | 超过 | 不足 | 最高 | 最低 …
//! value    = number [元 | 倍 | % | ‰] | 百分之 number | 等值
//! suffix   = 以上 | 以下 | 以外
//! brackets = "（" (含 | 不含) … "）"
//! ```

use rust_decimal::Decimal;

use super::lexer::Token;
use super::numeral;
use super::script::Script;
use super::words::Tok;
use super::{Code, Flaw};
use crate::domain::baseline::Conventions;
use crate::domain::measure::Unit;

/// How far brackets behind an amount may reach, in tokens.
const BRACKETS: usize = 12;

/// How many words may stand before the number: 「人民币最高不超过」.
const PREFIXES: usize = 4;

/// A quantity as read, without what it is taken of.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// `None` where the ends cannot be joined: two ceilings, yuan beside a multiple.
    pub(super) unit: Option<Unit>,
    pub(super) low: Option<Side>,
    pub(super) high: Option<Side>,
    /// Tokens from..to.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Its bounds are 不超过, 最高, 不低于, 最低 alone: it caps a rate that stands before it.
    pub(super) limits: bool,
    /// The unit was nowhere written: an amount only where 罚款 stands beside it.
    pub(super) bare: bool,
    pub(super) flaws: Vec<Flaw>,
}

/// One side of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) value: Decimal,
    pub(super) inclusive: bool,
}

/// On which side of its value an end lies open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Above,
    Below,
}

#[derive(Debug, Clone, Copy)]
struct End {
    value: Decimal,
    unit: Option<Unit>,
    shared: i64,
    bound: Option<Bound>,
    inclusive: bool,
    /// The bound stands before the value and is one of those that limit a rate.
    limits: bool,
    dropped: bool,
    /// Tokens of a doubled or stray 元, 以上, 以下.
    stray: Option<(usize, usize)>,
    from: usize,
    to: usize,
}

impl End {
    fn side(&self) -> Side {
        Side { value: self.value.normalize(), inclusive: self.inclusive }
    }
}

impl Quantity {
    /// True for multiples and percentages, which need a base.
    pub(super) fn is_relative(&self) -> bool {
        matches!(self.unit, Some(Unit::Times | Unit::Percent))
    }
}

/// Reads quantities out of tokens.
pub(super) struct Quantities<'a> {
    pub(super) script: &'a Script<'a>,
    pub(super) tokens: &'a [Token],
    pub(super) conventions: &'a Conventions,
}

impl Quantities<'_> {
    fn tok(&self, index: usize) -> Tok {
        self.tokens.get(index).map_or(Tok::End, |token| token.tok)
    }

    /// The characters of a run of tokens, as a flaw's place.
    fn flaw(&self, code: Code, from: usize, to: usize) -> Flaw {
        let start = self.tokens.get(from).map_or(self.script.len(), |token| token.start);
        let end = self.tokens.get(to.wrapping_sub(1)).map_or(self.script.len(), |token| token.end);
        Flaw { code, start, end }
    }

    /// The quantity that begins at a token.
    pub(super) fn read(&self, from: usize) -> Option<Quantity> {
        let mut first = self.end(from)?;
        match self.second(&mut first) {
            Some((second, flaw)) => Some(self.join(first, second, flaw)),
            None => Some(self.alone(first)),
        }
    }

    /// One end; a number without a unit or a bound is one only on the way to another (「五百至一千元」).
    fn end(&self, from: usize) -> Option<End> {
        let mut at = from;
        let (mut bound, mut inclusive, mut limits) = (None, true, false);
        while at < from + PREFIXES {
            let (side, includes, limit) = match self.tok(at) {
                Tok::NotOver | Tok::Highest => (Bound::Below, true, true),
                Tok::NotUnder | Tok::Lowest => (Bound::Above, true, true),
                Tok::Over => (Bound::Above, false, false),
                Tok::Under => (Bound::Below, false, false),
                Tok::Currency => {
                    at += 1;
                    continue;
                }
                _ => break,
            };
            (bound, inclusive, limits) = (Some(side), inclusive && includes, limits || limit);
            at += 1;
        }
        let mut end = self.value(at)?;
        end.from = from;
        if self.tok(end.to) == Tok::Currency {
            end.to += 1;
        }
        (end.bound, end.inclusive, end.limits) = (bound, inclusive, limits);
        self.brackets(&mut end);
        self.suffix(&mut end);
        self.brackets(&mut end);
        Some(end)
    }

    /// A number with its unit.
    fn value(&self, at: usize) -> Option<End> {
        let mut end = End {
            value: Decimal::ONE,
            unit: Some(Unit::Times),
            shared: 1,
            bound: None,
            inclusive: true,
            limits: false,
            dropped: false,
            stray: None,
            from: at,
            to: at + 1,
        };
        let numeral = match self.tok(at) {
            Tok::EqualValue => return Some(end),
            Tok::Number => self.numeral(at)?,
            Tok::Fraction => {
                let numeral = self.numeral(at + 1)?;
                end.value = (numeral.value * self.hundred_over(at)?).normalize();
                (end.unit, end.to, end.dropped) = (Some(Unit::Percent), at + 2, numeral.dropped);
                return Some(end);
            }
            _ => return None,
        };
        (end.value, end.shared, end.dropped) = (numeral.value, numeral.unit, numeral.dropped);
        end.unit = match self.tok(at + 1) {
            Tok::Yuan => Some(Unit::Yuan),
            Tok::Times => Some(Unit::Times),
            Tok::TimesHalf => {
                end.value += Decimal::new(5, 1);
                Some(Unit::Times)
            }
            Tok::Percent => Some(Unit::Percent),
            Tok::Permille => {
                end.value = (end.value * Decimal::new(1, 1)).normalize();
                Some(Unit::Percent)
            }
            _ => None,
        };
        end.to = if end.unit.is_some() { at + 2 } else { at + 1 };
        if end.unit == Some(Unit::Yuan) {
            self.skip_stray(&mut end, &[Tok::Yuan]);
        }
        Some(end)
    }

    fn numeral(&self, at: usize) -> Option<numeral::Numeral> {
        let token = self.tokens.get(at).filter(|token| token.tok == Tok::Number)?;
        numeral::read(self.script.chars(token.start, token.end))
    }

    /// What 百分之, 千分之, 三分之 make of their number in per cent; `None` where that is no finite decimal.
    fn hundred_over(&self, at: usize) -> Option<Decimal> {
        let token = self.tokens.get(at)?;
        let divisor = match self.script.chars(token.start, token.end.saturating_sub(2)) {
            [single] => numeral::unit(*single).map(Decimal::from),
            _ => None,
        }
        .or_else(|| {
            numeral::read(self.script.chars(token.start, token.end.saturating_sub(2))).map(|numeral| numeral.value)
        })?;
        let share = Decimal::ONE_HUNDRED.checked_div(divisor)?;
        (share.checked_mul(divisor)? == Decimal::ONE_HUNDRED).then_some(share)
    }

    /// 以上, 以下, 以外 behind the value.
    fn suffix(&self, end: &mut End) {
        let (bound, inclusive) = match self.tok(end.to) {
            Tok::Above => (Bound::Above, self.conventions.above_includes),
            Tok::Below => (Bound::Below, self.conventions.below_includes),
            Tok::Beyond => (Bound::Above, false),
            _ => return,
        };
        let word = self.tok(end.to);
        end.inclusive = end.inclusive && inclusive;
        end.bound = Some(bound);
        end.to += 1;
        self.skip_stray(end, &[word, Tok::Yuan]);
    }

    /// Passes over words that are doubled or have strayed in: 「二万元元」, 「以下以下」, 「以下元」.
    fn skip_stray(&self, end: &mut End, words: &[Tok]) {
        let from = end.to;
        while words.contains(&self.tok(end.to)) && end.to < from + PREFIXES {
            end.to += 1;
        }
        if end.to > from {
            end.stray = Some((from, end.to));
        }
    }

    /// 「（含五万元）」, 「（不含）」 say whether the value is in the range.
    fn brackets(&self, end: &mut End) {
        if self.tok(end.to) != Tok::Open {
            return;
        }
        let inclusive = match self.tok(end.to + 1) {
            Tok::Includes => true,
            Tok::Excludes => false,
            _ => return,
        };
        if let Some(close) = (2..BRACKETS).find(|offset| self.tok(end.to + offset) == Tok::Close) {
            end.inclusive = inclusive;
            end.to += close + 1;
        }
    }

    /// The second end, with the flaw in how the two stand together.
    fn second(&self, first: &mut End) -> Option<(End, Option<Code>)> {
        if let Some(second) = self.compared(first) {
            first.inclusive &= self.tok(first.to) == Tok::NotOver;
            return Some((second, None));
        }
        let mut at = first.to;
        while self.tok(at) == Tok::To && at < first.to + PREFIXES {
            at += 1;
        }
        if at > first.to {
            let second = self.end(at)?;
            return self.known(first, &second).then_some((second, None));
        }
        let apart = matches!(self.tok(at), Tok::Comma | Tok::Pause | Tok::And | Tok::Also);
        if apart {
            at += 1;
        }
        if apart && self.tok(at) == Tok::Also {
            at += 1;
        }
        let second = self.end(at)?;
        let flaw = match (first.bound, second.bound) {
            _ if !self.known(first, &second) => return None,
            // 「……罚款，最高不超过三万元」 is a cap of what stands before it, not the end of a range.
            (Some(Bound::Below), Some(Bound::Below)) if second.limits => return None,
            _ if second.limits && first.unit != second.unit => return None,
            (Some(Bound::Above), Some(Bound::Below)) | (Some(Bound::Below), Some(Bound::Above)) => None,
            (Some(_), Some(_)) if apart && self.tok(first.to) != Tok::Pause => return None,
            (Some(_), Some(_)) => Some(Code::R02),
            (Some(Bound::Above), None) | (None, Some(Bound::Below)) if !apart && second.unit.is_some() => {
                Some(Code::R07)
            }
            _ => return None,
        };
        Some((second, flaw))
    }

    /// 「一万元≤罚款<三万元」: the noun stands between the signs.
    fn compared(&self, first: &End) -> Option<End> {
        let sign = |at: usize| matches!(self.tok(at), Tok::NotOver | Tok::Under);
        let noun = matches!(self.tok(first.to + 1), Tok::Fine | Tok::FineLabel);
        let second = (sign(first.to) && noun && sign(first.to + 2)).then(|| self.end(first.to + 2))??;
        second.unit.is_some().then_some(second)
    }

    /// True where two ends make an amount: a unit is written, or 罚款 stands beside them.
    fn known(&self, first: &End, second: &End) -> bool {
        let before = self.tok(first.from.wrapping_sub(1));
        first.unit.is_some()
            || second.unit.is_some()
            || self.fined(second.to)
            || matches!(before, Tok::Fine | Tok::FineLabel | Tok::Impose)
    }

    /// True where 罚款 stands at a token or one 的 behind it.
    fn fined(&self, at: usize) -> bool {
        self.tok(at) == Tok::Fine || self.tok(at) == Tok::Of && self.tok(at + 1) == Tok::Fine
    }

    fn join(&self, mut first: End, mut second: End, flaw: Option<Code>) -> Quantity {
        let mut flaws = self.flaws(&[first, second]);
        let ranged = self.tok(first.to) == Tok::To;
        if ranged
            && first.unit.is_none()
            && first.shared == 1
            && first.value < second.value / Decimal::from(second.shared)
        {
            first.value *= Decimal::from(second.shared);
        }
        match (first.unit, second.unit) {
            (None, None) => flaws.push(self.flaw(Code::R03, first.from, second.to)),
            (None, Some(_)) if !ranged => flaws.push(self.flaw(Code::R03, first.from, first.to)),
            (Some(_), None) if !ranged => flaws.push(self.flaw(Code::R03, second.from, second.to)),
            _ => {}
        }
        if let Some(code) = flaw {
            flaws.push(self.flaw(code, first.from, second.to));
        }
        let either = first.unit.or(second.unit);
        let bare = either.is_none();
        let unit = match (first.unit.or(either), second.unit.or(either)) {
            (Some(one), Some(other)) if one == other => Some(one),
            (Some(Unit::Percent), Some(Unit::Times)) => {
                first.value /= Decimal::ONE_HUNDRED;
                Some(Unit::Times)
            }
            (Some(Unit::Times), Some(Unit::Percent)) => {
                second.value /= Decimal::ONE_HUNDRED;
                Some(Unit::Times)
            }
            (None, None) => Some(Unit::Yuan),
            _ => {
                flaws.push(self.flaw(Code::R01, first.from, second.to));
                None
            }
        };
        let reversed = first.bound == Some(Bound::Below) && second.bound == Some(Bound::Above);
        let (low, high) = if reversed { (second, first) } else { (first, second) };
        Quantity {
            unit: if flaw == Some(Code::R02) { None } else { unit },
            low: Some(low.side()),
            high: Some(high.side()),
            from: first.from,
            to: second.to,
            limits: first.limits && second.limits,
            bare,
            flaws,
        }
    }

    fn alone(&self, end: End) -> Quantity {
        let mut flaws = self.flaws(&[end]);
        if end.unit.is_none() {
            flaws.push(self.flaw(Code::R03, end.from, end.to));
        }
        Quantity {
            unit: Some(end.unit.unwrap_or(Unit::Yuan)),
            low: (end.bound != Some(Bound::Below)).then_some(end.side()),
            high: (end.bound != Some(Bound::Above)).then_some(end.side()),
            from: end.from,
            to: end.to,
            limits: end.limits,
            bare: end.unit.is_none(),
            flaws,
        }
    }

    /// What is wrong with each end by itself.
    fn flaws(&self, ends: &[End]) -> Vec<Flaw> {
        let dropped = ends.iter().filter(|end| end.dropped).map(|end| self.flaw(Code::R04, end.from, end.to));
        let stray = ends.iter().filter_map(|end| end.stray).map(|(from, to)| self.flaw(Code::R06, from, to));
        dropped.chain(stray).collect()
    }
}
