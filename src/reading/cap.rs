//! Caps and floors: limits that are no amounts of their own but bind the rates before them.

use super::amount::Pending;
use super::clause::Walk;
use super::quantity::{Quantity, Side};
use super::words::Tok;
use crate::domain::measure::{Amount, Party, Unit};
use rust_decimal::Decimal;

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
            Tok::Highest | Tok::Lowest => verb(self.tok(at + 1)),
            _ => {
                verb(before)
                    || matches!(before, Tok::Highest | Tok::Lowest | Tok::Also | Tok::Adverb)
                    || self.tok(at + 1) == Tok::Gains
            }
        }
    }

    /// True where a limit is no amount of its own but caps a rate that stands before it.
    pub(super) fn caps(&self, quantity: &Quantity, rates: &[(usize, usize)]) -> bool {
        if !quantity.limits || quantity.unit != Some(Unit::Yuan) || !rates.is_empty() {
            return false;
        }
        let governed =
            quantity.from > self.phrase.from && self.phrase.verb.is_some_and(|verb| verb + 1 == quantity.from);
        // 「没有违法所得的，不超过一万元罚款」 is a fine of its own.
        let own_case = self.fine_at(quantity.to) && self.is_new_case();
        let waiting = self.phrase.pending.iter().any(Pending::is_rate);
        !governed && (waiting || !own_case && !self.bound_rates().is_empty())
    }

    /// The rates that a cap binds: those since the last 。 or ；, or of the segment before where there are none.
    fn bound_rates(&self) -> Vec<usize> {
        let rates = |from: usize, to: usize| -> Vec<usize> {
            let measures = self.reading.measures.iter().enumerate().take(to).skip(from);
            measures
                .filter(|(_, measure)| measure.amount.as_ref().is_some_and(is_rate))
                .map(|(index, _)| index)
                .collect()
        };
        let end = self.reading.measures.len();
        let now = rates(self.segment_start.max(end.saturating_sub(MOST_BOUND)), end);
        if now.is_empty() {
            rates(self.last_segment.max(self.segment_start.saturating_sub(MOST_BOUND)), self.segment_start)
        } else {
            now
        }
    }

    /// Binds rates by a cap or a floor.
    pub(super) fn cap(&mut self, quantity: &Quantity) -> usize {
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
        let party = self.segment.party.party;
        let bound = self.bound_rates();
        let told =
            bound.iter().any(|index| self.reading.measures.get(*index).is_some_and(|measure| measure.party == party));
        let mut twins = Vec::new();
        for index in bound {
            let Some(measure) = self.reading.measures.get_mut(index) else { continue };
            let other = party != Party::Unspecified && measure.party != party;
            let Some(amount) = &mut measure.amount else { continue };
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

fn is_rate(amount: &Amount) -> bool {
    amount.unit != Unit::Yuan || !amount.per.is_empty()
}
