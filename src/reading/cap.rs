//! Caps and floors: limits that are no amounts of their own but bind the rates before them.

use rust_decimal::Decimal;

use super::Code;
use super::amount::Pending;
use super::clause::Walk;
use super::quantity::{Bound, Quantity, Side};
use super::words::Tok;
use crate::domain::measure::{Amount, Party, Unit};

/// How many measures back a cap looks, so that endless texts are read in linear time.
const MOST_BOUND: usize = 64;

impl Walk<'_> {
    /// True where 最高, 不超过 limit what comes (「最高可处……」, 「不超过违法所得……」), and are no part of a name (「最低责任限额」).
    pub(super) fn limits(&self, at: usize) -> bool {
        let verb = |tok: Tok| {
            matches!(tok, Tok::Impose | Tok::May | Tok::Fine | Tok::FineLabel | Tok::Is | Tok::NotOver | Tok::NotUnder)
        };
        let before = self.tok(at.wrapping_sub(1));
        match self.tok(at) {
            // 「最高罚款不超过……」 limits, 「法定最高罚款额的百分之三十」 does not.
            Tok::Highest | Tok::Lowest if matches!(self.tok(at + 1), Tok::Fine | Tok::FineLabel) => {
                matches!(self.tok(at + 2), Tok::NotOver | Tok::NotUnder | Tok::Is | Tok::Currency | Tok::Colon)
                    || self.tok(at + 3) == Tok::Yuan
            }
            Tok::Highest | Tok::Lowest => verb(self.tok(at + 1)),
            _ => {
                verb(before)
                    || matches!(before, Tok::Highest | Tok::Lowest | Tok::Also | Tok::Adverb)
                    || self.tok(at + 1) == Tok::Gains
            }
        }
    }

    /// Reads a quantity that limits what stands before it and is no amount of its own; gives the token behind it.
    pub(super) fn limit(&mut self, quantity: &Quantity, rates: &[(usize, usize)]) -> Option<usize> {
        if !quantity.limits {
            return None;
        }
        if self.caps(quantity, rates) {
            return Some(self.cap(quantity));
        }
        if self.phrase.verb.is_some() {
            return None;
        }
        // 「处罚款，但最高不超过五千元」: the limit is all that is told of the amount.
        if let Some(bare) = self.take_bare_fine() {
            let pending = self.pend(quantity.clone(), rates.to_vec());
            self.pass(pending, quantity.to);
            self.complete(Some(bare));
            return Some(self.linked(quantity.to).unwrap_or(quantity.to));
        }
        self.caps_by_share(quantity).then(|| self.untold_cap(quantity))
    }

    /// True where a limit is no amount of its own but caps a rate that stands before it.
    fn caps(&self, quantity: &Quantity, rates: &[(usize, usize)]) -> bool {
        if quantity.unit != Some(Unit::Yuan) || !rates.is_empty() {
            return false;
        }
        let governed =
            quantity.from > self.phrase.from && self.phrase.verb.is_some_and(|verb| verb + 1 == quantity.from);
        // 「没有违法所得的，不超过一万元罚款」 is a fine of its own.
        let own_case = self.fine_at(quantity.to) && self.is_new_case();
        let waiting = self.phrase.pending.iter().any(Pending::is_rate);
        !governed && (waiting || !own_case && !self.is_for_another() && !self.bound().is_empty())
    }

    /// 「对个人的罚款不超过二百元，对单位的罚款不超过五千元」: the second limit is a fine of its own.
    fn is_for_another(&self) -> bool {
        let Some(party) = self.phrase.named.filter(|party| *party != Party::Unspecified) else { return false };
        let last = self.reading.measures.last();
        last.is_some_and(|last| {
            let fixed = last.amount.as_ref().is_some_and(|amount| !is_rate(amount) && amount.high.is_some());
            fixed && last.party != party && last.party != Party::Unspecified
        })
    }

    /// The fines that a cap binds: the rates since the last 。 or ；, else those of the segment before, else the last fine
    /// of the segment.
    fn bound(&self) -> Vec<usize> {
        let fines = |from: usize, to: usize, binds: fn(&Amount) -> bool| -> Vec<usize> {
            let measures = self.reading.measures.iter().enumerate().take(to).skip(from);
            let bound = measures.filter(|(_, measure)| measure.amount.as_ref().is_some_and(binds));
            bound.map(|(index, _)| index).collect()
        };
        let end = self.reading.measures.len();
        let start = self.segment_start.max(end.saturating_sub(MOST_BOUND));
        let before = self.last_segment.max(self.segment_start.saturating_sub(MOST_BOUND));
        let rates = fines(start, end, is_rate);
        let rates = if rates.is_empty() { fines(before, self.segment_start, is_rate) } else { rates };
        if rates.is_empty() { fines(start, end, |_| true).last().copied().into_iter().collect() } else { rates }
    }

    /// True where a limit is a multiple: 「罚款最多不得超过违法所得的三倍」 behind a fine.
    fn caps_by_share(&self, quantity: &Quantity) -> bool {
        quantity.is_relative() && self.segment.fined && !self.is_new_case()
    }

    /// A cap is told in yuan; one that is a multiple cannot be kept, and is said.
    fn untold_cap(&mut self, quantity: &Quantity) -> usize {
        let flaw = self.flaw(Code::R01, quantity.from, quantity.to);
        self.flag(flaw);
        self.phrase.anchor = quantity.to;
        (self.phrase.noun, self.phrase.ahead) = (None, None);
        self.linked(quantity.to).unwrap_or(quantity.to)
    }

    /// 「……罚款（以上含本数，以下不含本数）」: what the words say of the fines before them.
    pub(super) fn exclude(&mut self, at: usize) -> usize {
        let below = self.tok(at) == Tok::BelowExcludes;
        let start = self.segment_start.max(self.reading.measures.len().saturating_sub(MOST_BOUND));
        let amounts = self.reading.measures.iter_mut().skip(start).filter_map(|measure| measure.amount.as_mut());
        for amount in amounts.filter(|amount| amount.low != amount.high) {
            if below && amount.high.is_some() {
                amount.high_inclusive = false;
            } else if !below && amount.low.is_some() {
                amount.low_inclusive = false;
            }
        }
        at + 1
    }

    /// Binds rates by a cap or a floor.
    fn cap(&mut self, quantity: &Quantity) -> usize {
        let end = self.linked(quantity.to);
        for (side, floor) in [(quantity.low, true), (quantity.high, false)] {
            let Some(Side { value, .. }) = side else { continue };
            if self.phrase.pending.is_empty() {
                self.bind(value, floor);
            }
            for amount in self.phrase.pending.iter_mut().filter(|amount| amount.is_rate()) {
                *(if floor { &mut amount.floor } else { &mut amount.cap }) = Some(value);
            }
        }
        self.phrase.anchor = quantity.to;
        (self.phrase.noun, self.phrase.ahead) = (None, None);
        match end {
            Some(end) if !self.phrase.pending.is_empty() => self.settle(end),
            Some(end) => end,
            None => quantity.to,
        }
    }

    /// Binds fines that have been read. A cap for a unit and another for a person make two fines of one.
    fn bind(&mut self, value: Decimal, floor: bool) {
        let party = self.phrase.named.unwrap_or(Party::Unspecified);
        let bound = self.bound();
        let told =
            bound.iter().any(|index| self.reading.measures.get(*index).is_some_and(|measure| measure.party == party));
        let mut twins = Vec::new();
        for index in bound {
            let Some(measure) = self.reading.measures.get_mut(index) else { continue };
            let other = party != Party::Unspecified && measure.party != party;
            let Some(amount) = &mut measure.amount else { continue };
            // 「处一万元以上罚款，但不超过三万元」: the other end of a range.
            let rate = is_rate(amount);
            let open = if floor { &mut amount.low } else { &mut amount.high };
            if !rate && open.is_none() {
                *open = Some(value);
                continue;
            }
            let limit = if floor { &mut amount.floor } else { &mut amount.cap };
            if !other {
                *limit = Some(value);
            } else if limit.is_none() && measure.party == Party::Unspecified {
                *limit = Some(value);
                measure.party = party;
            } else if limit.is_some() && !told {
                let mut twin = measure.clone();
                twin.party = party;
                if let Some(amount) = &mut twin.amount {
                    *(if floor { &mut amount.floor } else { &mut amount.cap }) = Some(value);
                }
                twins.push(twin);
            }
        }
        self.reading.measures.extend(twins);
    }
}

impl Quantity {
    /// Turns a point into the ceiling or floor that words before it announced: 「最高可处三万元」.
    pub(super) fn limit(&mut self, bound: Bound) {
        if self.low != self.high {
            return;
        }
        match bound {
            Bound::Below => self.low = None,
            Bound::Above => self.high = None,
        }
        self.limits = true;
    }
}

fn is_rate(amount: &Amount) -> bool {
    amount.unit != Unit::Yuan || !amount.per.is_empty()
}
