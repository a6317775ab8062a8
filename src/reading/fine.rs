//! Fines: the verb, the quantity and the noun 罚款, in whatever order they come.

use super::Code;
use super::amount::Pending;
use super::clause::Walk;
use super::party;
use super::phrase::Phrase;
use super::quantity::{Bound, Quantity};
use super::state::Tone;
use super::words::Tok;
use crate::domain::measure::{MeasureKind, Party, Unit};

/// How many amounts of one phrase may wait for their 罚款.
const MOST_PENDING: usize = 64;

/// How many characters a cell has at most that is taken for an amount mistyped; longer ones are sentences.
const LONGEST_JUNK: usize = 12;

impl Walk<'_> {
    /// 处, 并处, 处以; a second one at once is stray.
    pub(super) fn impose(&mut self, at: usize) -> usize {
        // 「追缴滞纳金并处……」 leaves the surcharge behind, 「增加处……」 does not.
        if self.phrase.tone == Tone::Stepping && self.tok(at.wrapping_sub(1)) != Tok::Step {
            self.phrase.tone = Tone::Imposing;
        }
        if self.phrase.tone != Tone::Imposing {
            return at + 1;
        }
        if at > self.phrase.from && self.tok(at - 1) == Tok::Impose && !self.script.has(self.start(at), "罚") {
            let flaw = self.flaw(Code::R06, at - 1, at + 1);
            self.phrase.flaws.push(flaw);
        } else {
            self.phrase.verb = Some(at);
        }
        (self.phrase.anchor, self.phrase.chain, self.phrase.agency) = (at + 1, at + 1, false);
        (self.phrase.struck, self.phrase.junk) = (None, None);
        let again = self.script.at(self.start(at + 1)) == '以' && self.end(at + 2) == self.start(at + 1) + 1;
        if self.tok(at + 1) == Tok::Text && again && self.opens_amount(at + 2) {
            let flaw = self.flaw(Code::R06, at + 1, at + 2);
            self.phrase.flaws.push(flaw);
        }
        // 「处单位一万元罚款」: the party stands behind the verb.
        let party = party::named(self.tok(at + 1));
        if party.is_some() && (self.opens_amount(at + 2) || self.tok(at + 2) == Tok::Gains) {
            self.phrase.struck = party;
            self.phrase.anchor = at + 2;
            return at + 2;
        }
        at + 1
    }

    pub(super) fn opens_amount(&self, at: usize) -> bool {
        matches!(
            self.tok(at),
            Tok::Number
                | Tok::Fraction
                | Tok::Currency
                | Tok::NotOver
                | Tok::NotUnder
                | Tok::Per
                | Tok::Fine
                | Tok::Highest
                | Tok::Lowest
        )
    }

    /// 每平方米, 按日.
    pub(super) fn rate(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return at + 1 };
        let measure = (token.mark, token.end);
        // 「十元每平方米」, 「50元/株」: the rate stands behind its amount.
        match self.phrase.pending.last_mut().filter(|last| last.quantity.to == at) {
            Some(last) => {
                last.rates.push(measure);
                last.quantity.to = at + 1;
            }
            None if self.phrase.rates.len() < 8 => self.phrase.rates.push(measure),
            None => {}
        }
        self.phrase.anchor = at + 1;
        at + 1
    }

    /// A quantity, or a limit whose amount comes later.
    pub(super) fn quantity(&mut self, at: usize) -> usize {
        if self.phrase.tone != Tone::Imposing {
            return at + 1;
        }
        if let Some(next) = self.days(at) {
            return next;
        }
        let Some(mut quantity) = self.quantities.read(at) else { return self.unread(at) };
        let beside = at > self.phrase.from && matches!(self.tok(at - 1), Tok::Impose | Tok::Fine | Tok::FineLabel);
        if quantity.bare && !(self.fine_at(quantity.to) || beside && quantity.to >= self.phrase.to) {
            return at + 1;
        }
        if let Some(bound) = self.phrase.ahead.take() {
            quantity.limit(bound);
        }
        // A rate right behind its amount belongs to it.
        let mut rates = std::mem::take(&mut self.phrase.rates);
        let mut to = quantity.to;
        while self.tok(to) == Tok::Per {
            rates.extend(self.tokens.get(to).map(|token| (token.mark, token.end)));
            to += 1;
        }
        quantity.to = to;
        // 「（不足一万元的按一万元处罚）」 tells how to round.
        if self.tok(to) == Tok::Of && self.tok(to + 1) == Tok::According {
            self.phrase.tone = Tone::Stepping;
            return to;
        }
        match self.limit(&quantity, &rates) {
            Some(end) => end,
            None => self.await_noun(quantity, rates),
        }
    }

    /// Keeps an amount until its 罚款 comes, which may be at once.
    fn await_noun(&mut self, quantity: Quantity, rates: Vec<(usize, usize)>) -> usize {
        let mut to = quantity.to;
        let mut pending = self.pend(quantity, rates);
        if let Some(party) = self.party_aside(to) {
            pending.party = Some(party);
            to += 3;
            pending.quantity.to = to;
        }
        // A phrase of endless amounts without a 罚款 is no fine; the bound keeps the time linear.
        if self.phrase.pending.len() < MOST_PENDING {
            self.phrase.pending.push(pending);
        }
        self.phrase.anchor = to;
        match self.linked(to) {
            Some(end) => self.settle(end),
            None if self.phrase.noun.is_some() => {
                let end = self.settle(to);
                // 「罚款二万元（单位）、二千元（个人）」: the noun stands once.
                if self.tok(end) == Tok::Pause && self.tok(end + 1) == Tok::Number && self.tok(end + 2) == Tok::Yuan {
                    self.phrase.noun = Some(end + 1);
                }
                end
            }
            None => to,
        }
    }

    /// 「五千元（个人）」: the party in brackets behind its amount.
    pub(super) fn party_aside(&self, at: usize) -> Option<Party> {
        let named = party::named(self.tok(at + 1));
        named.filter(|_| self.tok(at) == Tok::Open && self.tok(at + 2) == Tok::Close)
    }

    /// Words of an amount that make none.
    fn unread(&mut self, at: usize) -> usize {
        let bound = match self.tok(at) {
            Tok::NotOver | Tok::Highest if self.limits(at) => Bound::Below,
            Tok::NotUnder | Tok::Lowest if self.limits(at) => Bound::Above,
            Tok::Number if matches!(self.tok(at + 1), Tok::Yuan | Tok::Times | Tok::Percent) => {
                self.junk(at, at + 2);
                return at + 2;
            }
            Tok::Fraction | Tok::EqualValue => {
                self.junk(at, at + 1);
                return at + 1;
            }
            _ => return at + 1,
        };
        self.phrase.ahead = Some(bound);
        self.phrase.anchor = at + 1;
        at + 1
    }

    /// A unit or a bound that belongs to no amount.
    pub(super) fn stray(&mut self, at: usize) -> usize {
        // 「下列罚款」, 「以下罚款」 behind the verb announce what follows.
        if self.tok(at) == Tok::Below
            && self.tok(at + 1) == Tok::Fine
            && self.phrase.verb == at.checked_sub(1)
            && self.phrase.after == Some(Tok::Colon)
        {
            self.phrase.following = Some(at);
        } else if self.phrase.tone != Tone::Imposing {
            // Amounts that are no fines need not be read.
        } else if matches!(self.tok(at), Tok::Yuan | Tok::Times | Tok::Percent | Tok::Permille)
            || matches!(self.tok(at.wrapping_sub(1)), Tok::Impose | Tok::Yuan | Tok::Above | Tok::Below)
        {
            self.junk(self.number_before(at), at + 1);
        }
        at + 1
    }

    /// 「处若干罚款」, 「罚款若干」: no amount that anyone could read.
    pub(super) fn vague(&mut self, at: usize) -> usize {
        let beside = self.phrase.verb.is_some_and(|verb| verb + 1 == at) || self.tok(at.wrapping_sub(1)) == Tok::Fine;
        if beside && self.phrase.tone == Tone::Imposing {
            self.junk(at, at + 1);
        }
        at + 1
    }

    /// Where an amount begins whose unit stands at a token: at a number that a slip of the pen parts from it, as in
    /// 「五干元」.
    fn number_before(&self, at: usize) -> usize {
        let slip = at.checked_sub(2).filter(|number| {
            let one_sign = self.end(at) == self.start(at - 1) + 1 && self.start(at) == self.end(at);
            *number >= self.phrase.from && one_sign && self.tok(at - 1) == Tok::Text && self.tok(*number) == Tok::Number
        });
        slip.unwrap_or(at)
    }

    fn junk(&mut self, from: usize, to: usize) {
        let (start, end) = (self.start(from), self.end(to));
        self.phrase.junk = Some(self.phrase.junk.map_or((start, end), |(first, _)| (first, end)));
    }

    /// True where 罚款 stands at a token or one 的 behind it.
    pub(super) fn fine_at(&self, at: usize) -> bool {
        self.tok(at) == Tok::Fine || self.tok(at) == Tok::Of && self.tok(at + 1) == Tok::Fine
    }

    /// Where 罚款 ends if it stands behind an amount, perhaps with a verb of its own: 「十元的标准处以罚款」.
    pub(super) fn linked(&mut self, at: usize) -> Option<usize> {
        let mut flaws = Vec::new();
        let mut next = at;
        while matches!(self.tok(next), Tok::Yuan | Tok::Above | Tok::Below | Tok::Times | Tok::Percent) {
            next += 1;
        }
        if next > at {
            flaws.push(self.flaw(Code::R06, at, next));
        }
        let mut words = 0;
        loop {
            match self.tok(next) {
                Tok::Fine => break,
                // 「按每车五百元的标准处罚」.
                Tok::Punish if self.phrase.measured => return Some(next + 1),
                Tok::Of if self.tok(next + 1) == Tok::Of => {
                    flaws.push(self.flaw(Code::R06, next, next + 2));
                    next += 1;
                }
                Tok::Of | Tok::Standard | Tok::Currency => {}
                Tok::Impose | Tok::Give | Tok::May | Tok::Adverb | Tok::Also if words == 0 => {}
                Tok::Text if self.short_text(next) && words == 0 => {
                    words += 1;
                    if self.is_stray_text(next) {
                        flaws.push(self.flaw(Code::R06, next, next + 1));
                    }
                }
                _ => return None,
            }
            next += 1;
        }
        if self.tok(next + 1) == Tok::Fine {
            flaws.push(self.flaw(Code::R06, next, next + 2));
            next += 1;
        }
        self.phrase.flaws.append(&mut flaws);
        Some(next + 1)
    }

    /// Half a word left over: 「以下下罚款」.
    fn is_stray_text(&self, at: usize) -> bool {
        let (start, end) = (self.start(at), self.end(at + 1));
        end == start + 1 && matches!(self.script.at(start), '上' | '下' | '以' | '款' | '罚' | '处' | '万')
    }

    /// 行政, 不等, 现金 between an amount and 罚款.
    fn short_text(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.end - token.start <= 4)
    }

    /// What stands open at the end of a phrase.
    pub(super) fn close_phrase(&mut self, index: usize, phrase: &Phrase) {
        let shared = self.shares_verb(index);
        if let Some((start, end)) = self.phrase.junk {
            if self.phrase.verb.is_some() || self.phrase.noun.is_some_and(|noun| self.end(noun + 1) == start) {
                self.garbled(phrase.to, (start, end));
            } else if self.is_only_junk(phrase) {
                self.garbled(phrase.to, (self.start(phrase.from), end));
            }
        }
        let mut pending = std::mem::take(&mut self.phrase.pending);
        if let Some(noun) = self.phrase.noun.filter(|_| pending.is_empty()) {
            let opens = self.phrases.get(index + 1).is_some_and(|next| {
                matches!(
                    self.tok(next.from),
                    Tok::Number
                        | Tok::Per
                        | Tok::Fraction
                        | Tok::Unit
                        | Tok::Individual
                        | Tok::Toward
                        | Tok::Highest
                        | Tok::NotOver
                        | Tok::Currency
                        | Tok::Gains
                        | Tok::Goods
                )
            });
            if opens && phrase.after == Tok::Colon {
                self.segment.noun = Some(noun);
            } else {
                self.unpriced(noun);
            }
        }
        let whole = self.is_whole(phrase, &pending);
        self.segment.left.clear();
        self.segment.apart_base = None;
        if shared {
            self.segment.left = pending;
        } else {
            for amount in pending.drain(..).filter(|amount| amount.verb || whole) {
                let to = amount.quantity.to;
                self.pass(amount, to);
            }
            self.phrase.pending = pending;
        }
        if phrase.after == Tok::Comma && self.tok(phrase.body) == Tok::According && self.phrase.chain == phrase.body {
            self.segment.apart_base = Some((phrase.body + 1, phrase.to));
        }
        let only_rate = !self.phrase.rates.is_empty()
            && self.phrase.tone == Tone::Imposing
            && matches!(self.tok(phrase.body), Tok::Per | Tok::Toward | Tok::According | Tok::Text);
        if only_rate && phrase.after == Tok::Comma {
            self.segment.rates = std::mem::take(&mut self.phrase.rates);
        }
    }

    /// True where the next phrase begins with 处以罚款, which may claim the amounts of this one.
    fn shares_verb(&self, index: usize) -> bool {
        let Some(next) = self.phrases.get(index + 1).filter(|next| next.before == Tok::Comma) else { return false };
        (next.from..next.to)
            .find(|at| !matches!(self.tok(*at), Tok::Impose | Tok::May | Tok::Also | Tok::Adverb | Tok::Give))
            .is_some_and(|at| self.tok(at) == Tok::Fine && !self.opens_amount(at + 1))
    }

    /// A text that is words of an amount and nothing else: 「5OO元」, 「X万元以下」.
    fn is_only_junk(&self, phrase: &Phrase) -> bool {
        let alone = phrase.before == Tok::Stop && matches!(phrase.after, Tok::Stop | Tok::End);
        let of_amount =
            |at: usize| matches!(self.tok(at), Tok::Text | Tok::Number | Tok::Yuan | Tok::Above | Tok::Below);
        alone
            && self.end(phrase.to) - self.start(phrase.from) <= LONGEST_JUNK
            && (phrase.from..phrase.to).all(of_amount)
            && matches!(self.tok(phrase.to - 1), Tok::Yuan | Tok::Above | Tok::Below)
    }

    /// A text that is an amount and nothing else, as cells of tables are.
    fn is_whole(&self, phrase: &Phrase, pending: &[Pending]) -> bool {
        let [only] = pending else { return false };
        let mut from = phrase.from;
        while matches!(self.tok(from), Tok::Toward | Tok::Unit | Tok::Individual | Tok::InCharge | Tok::Per) {
            from += 1;
        }
        // 「单位五千元以上一万元以下罚款，个人五百元以上一千元以下」: the noun stands once.
        let after_fine = self.reading.measures.len() > self.segment_start
            && self.reading.measures.last().is_some_and(|last| last.kind == MeasureKind::Fine && last.amount.is_some());
        let starts = after_fine
            || matches!(phrase.before, Tok::Stop | Tok::Semicolon | Tok::Item | Tok::Colon)
            || self.fining && phrase.before == Tok::Comma;
        let ends = after_fine || matches!(phrase.after, Tok::Stop | Tok::Semicolon | Tok::End);
        starts
            && ends
            && from == only.quantity.from
            && only.quantity.to >= phrase.to
            && only.quantity.unit == Some(Unit::Yuan)
            && !only.quantity.bare
    }
}
