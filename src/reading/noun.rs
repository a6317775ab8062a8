//! The noun 罚款: it claims amounts that wait, opens its own, or stands for a fine without one.

use super::amount::Pending;
use super::clause::Walk;
use super::state::Tone;
use super::words::Tok;
use super::{Code, Flaw};
use crate::domain::measure::MeasureKind;

/// How far the next break may be, in tokens.
const REACH: usize = 40;

impl Walk<'_> {
    /// 罚款 that no amount has claimed: it shares amounts that wait, opens its own, or has none.
    pub(super) fn fine(&mut self, at: usize) -> usize {
        if self.phrase.tone != Tone::Imposing {
            return at + 1;
        }
        if let Some(verb) = self.phrase.verb
            && let Some(junk) = self.phrase.junk.take().or_else(|| self.unread_number(verb, at))
        {
            self.garbled(at + 1, junk);
            return at + 1;
        }
        // 「五干元以下罚款」: without a verb, words of an amount right before the noun are one that cannot be read.
        let beside = self.phrase.junk.filter(|(_, end)| *end == self.start(at) && self.phrase.pending.is_empty());
        if let Some(junk) = beside {
            self.garbled(at + 1, junk);
            return at + 1;
        }
        let left = std::mem::take(&mut self.segment.left);
        if self.phrase.pending.is_empty() && !left.is_empty() && self.led_by_verb(at) {
            self.phrase.pending = left;
            return self.settle(at + 1);
        }
        let imposed = matches!(self.tok(at.wrapping_sub(1)), Tok::Impose | Tok::Give);
        if self.phrase.pending.iter().any(|amount| amount.verb || amount.measured && imposed) {
            return self.settle(at + 1);
        }
        if self.nominal(at + 1) {
            return at + 1;
        }
        // 「罚款（元）：500」: the head of a column and what stood in it.
        if self.tok(at + 1) == Tok::Open && self.tok(at + 2) == Tok::Yuan && self.tok(at + 3) == Tok::Close {
            self.garbled(at + 1, (self.start(at + 1), self.end(self.phrase.to)));
            return self.phrase.to;
        }
        let waits = matches!(
            self.tok(at + 1),
            Tok::Number | Tok::Fraction | Tok::Currency | Tok::Per | Tok::Is | Tok::Text | Tok::According | Tok::Vague
        );
        self.phrase.noun.get_or_insert(at);
        if !waits && !self.opens_amount(at + 1) && self.phrase.pending.is_empty() && at + 1 < self.phrase.to {
            self.phrase.noun = None;
            self.unpriced(at);
        }
        at + 1
    }

    /// A number between the verb and 罚款 that made no amount: 「处五百美元罚款」.
    fn unread_number(&self, verb: usize, at: usize) -> Option<(usize, usize)> {
        let number = (verb.max(self.phrase.anchor.wrapping_sub(1)) + 1..at).find(|number| {
            let (start, end) = (self.start(*number), self.end(*number + 1));
            self.tok(*number) == Tok::Number
                && (end - start > 1 || self.script.at(start).is_ascii_digit() || self.tok(*number + 1) == Tok::Period)
        });
        number.filter(|_| self.phrase.pending.is_empty()).map(|number| (self.start(number), self.end(at)))
    }

    /// A fine whose amount cannot be read.
    pub(super) fn garbled(&mut self, to: usize, (start, end): (usize, usize)) {
        self.phrase.pending.clear();
        let from = self.lead().or(self.phrase.noun).unwrap_or(to - 1);
        let measure = self.measure(MeasureKind::Fine, from, to);
        self.push(measure);
        self.flag(Flaw { code: Code::R01, start, end });
        (self.phrase.verb, self.phrase.noun, self.phrase.junk) = (None, None, None);
    }

    /// 罚款数额 opens an amount; behind 按照 it is the base of one, and behind an amount its end.
    pub(super) fn fine_label(&mut self, at: usize) -> usize {
        if self.phrase.pending.iter().any(Pending::is_rate) {
            return self.settle(at + 1);
        }
        let opens = matches!(
            self.tok(at + 1),
            Tok::Is | Tok::NotOver | Tok::NotUnder | Tok::Highest | Tok::Lowest | Tok::Currency | Tok::Colon | Tok::End
        );
        let leads = self.tok(at + 1) == Tok::Number && self.phrase.anchor == self.phrase.from;
        // 「罚款金额＝A×B」 is a formula.
        let formula = self.script.at(self.start(at + 1)) == '=' && self.tok(at + 2) != Tok::Number;
        if leads || opens && !formula {
            self.phrase.noun.get_or_insert(at);
            self.phrase.anchor = at + 1;
        }
        at + 1
    }

    /// True where only verbs and adverbs stand before 罚款 in its phrase.
    fn led_by_verb(&self, at: usize) -> bool {
        (self.phrase.from..at)
            .all(|before| matches!(self.tok(before), Tok::Impose | Tok::May | Tok::Also | Tok::Adverb | Tok::Give))
    }

    /// A fine whose amount is not told.
    pub(super) fn unpriced(&mut self, noun: usize) {
        self.fining |= self.phrase.after == Some(Tok::Colon) && self.phrase.verb.is_some();
        if self.phrase.following.is_some() || !self.chained_noun(noun) || self.tok(noun) != Tok::Fine {
            return;
        }
        let verb = self.phrase.verb.filter(|verb| *verb >= self.phrase.chain.saturating_sub(1) && *verb < noun);
        let from = match verb {
            Some(verb) => self.phrase.lead.filter(|object| *object < verb).unwrap_or(verb),
            None => noun,
        };
        let measure = self.measure(MeasureKind::Fine, from, noun + 1);
        self.push(measure);
        if self.phrase.after == Some(Tok::Colon) && self.opens_cases(self.phrase.to + 1) {
            self.announced = Some(self.reading.measures.len() - 1);
        }
    }

    /// True where the items of a list begin, or cases without a number: 「处以罚款：超标一倍以下的，处……」.
    fn opens_cases(&self, at: usize) -> bool {
        self.tok(at) == Tok::Item || self.ends_with(at, Tok::Of)
    }

    /// True where a token stands before the next break from `at` on.
    fn ends_with(&self, at: usize, last: Tok) -> bool {
        let breaks = |tok: Tok| matches!(tok, Tok::Stop | Tok::Semicolon | Tok::Comma | Tok::End);
        (at..at + REACH).find(|end| breaks(self.tok(*end))).is_some_and(|end| self.tok(end - 1) == last)
    }

    /// A bare 罚款 is a fine behind its verb, behind another measure, or alone; 「规定的罚款」 and 「罚款必须……」 are none.
    fn chained_noun(&self, noun: usize) -> bool {
        let next = self.tok(noun + 1);
        let goes_on = matches!(next, Tok::Of | Tok::Adverb | Tok::Decide | Tok::By | Tok::Passive | Tok::Is)
            || next == Tok::Text && noun + 1 < self.phrase.to && !self.script.has(self.start(noun + 1), "等");
        // 「处以相应的罚款」: the verb reaches over the words between.
        if !goes_on && self.phrase.verb.is_some_and(|verb| verb < noun) {
            return true;
        }
        if goes_on || noun > self.phrase.from && self.tok(noun - 1) == Tok::Of {
            return false;
        }
        // 「给予适当罚款」.
        let chain = self.phrase.chain;
        if chain > self.phrase.from
            && self.tok(chain - 1) == Tok::Give
            && self.tok(chain) == Tok::Text
            && noun == chain + 1
        {
            return true;
        }
        self.chained(noun)
            || noun.checked_sub(1).is_some_and(|before| matches!(self.tok(before), Tok::Impose | Tok::Give))
    }

    /// 「……罚款的决定」, 「……罚款的，」 speak about a fine.
    pub(super) fn nominal(&self, end: usize) -> bool {
        let punished = matches!(self.tok(end + 1), Tok::Punish | Tok::Standard);
        self.tok(end) == Tok::Of && !punished || self.tok(end) == Tok::Decide || self.is_left_to_others(end)
    }

    /// 「……罚款由某机关决定」, 「……罚款，可以由某机关决定」: who decides about a fine, not a fine.
    pub(super) fn is_left_to_others(&self, end: usize) -> bool {
        let apart = self.tok(end) == Tok::Comma;
        let by = end + usize::from(apart) + usize::from(apart && self.tok(end + 1) == Tok::May);
        self.tok(by) == Tok::By && self.ends_with(by, Tok::Decide)
    }
}
