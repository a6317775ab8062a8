//! An amount on its way to a fine: with its rate, its base and its party, until its 罚款 has come.

use rust_decimal::Decimal;

use super::Code;
use super::clause::Walk;
use super::numeral::unit;
use super::party;
use super::quantity::Quantity;
use super::words::Tok;
use crate::domain::measure::{Amount, Measure, MeasureKind, Party, Unit};

/// The longest base that is kept, in characters.
const LONGEST_BASE: usize = 80;

/// An amount whose 罚款 has not come yet.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) quantity: Quantity,
    /// Characters of the measure words of its rate.
    pub(super) rates: Vec<(usize, usize)>,
    /// First token of the words that it was read from.
    from: usize,
    /// Characters of what a multiple is taken of.
    base: Option<(usize, usize)>,
    /// A verb governs it: it is a fine even if no 罚款 comes.
    pub(super) verb: bool,
    /// 按照 or a rate leads to it: a verb may follow.
    pub(super) measured: bool,
    pub(super) party: Option<Party>,
    pub(super) cap: Option<Decimal>,
    pub(super) floor: Option<Decimal>,
}

impl Pending {
    /// True for what a cap can bind: multiples, percentages and amounts per measure.
    pub(super) fn is_rate(&self) -> bool {
        self.quantity.unit != Some(Unit::Yuan) || !self.rates.is_empty()
    }
}

impl Walk<'_> {
    /// An amount with what stands before it.
    pub(super) fn pend(&mut self, quantity: Quantity, rates: Vec<(usize, usize)>) -> Pending {
        let base = if quantity.is_relative() {
            self.base(quantity.from).or_else(|| self.base_before_rate(quantity.from))
        } else {
            None
        };
        let lead = self.lead().filter(|_| self.phrase.pending.is_empty());
        let from = lead.unwrap_or_else(|| self.first_word(quantity.from));
        let measured = self.phrase.measured || !rates.is_empty();
        if base.is_none() && self.phrase.junk.is_none() {
            self.phrase.junk = self.unread_money(self.phrase.anchor, quantity.from);
        }
        Pending {
            quantity,
            rates,
            from,
            base,
            verb: self.phrase.verb.is_some(),
            measured,
            party: self.phrase.struck.or(self.named_party()),
            cap: None,
            floor: None,
        }
    }

    /// A sum of money before an amount that is no part of it: 「二万兀以上五万元以下」.
    fn unread_money(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let money = |at: &usize| {
            let characters = self.script.chars(self.start(*at), self.end(at + 1));
            let large = characters.iter().any(|char| unit(*char).is_some_and(|unit| unit > 10));
            let counted = matches!(self.tok(at + 1), Tok::Period | Tok::Day);
            self.tok(*at) == Tok::Number && !counted && (large || characters.len() > 2)
        };
        (from..to).find(money).map(|at| (self.start(at), self.end(to)))
    }

    /// First token of the words that lead to an amount without a verb.
    fn first_word(&self, at: usize) -> usize {
        let mut first = self.phrase.anchor.min(at);
        while first > self.phrase.from && self.tok(first - 1) == Tok::Per {
            first -= 1;
        }
        while first < at && matches!(self.tok(first), Tok::Or | Tok::And | Tok::Also | Tok::Pause | Tok::Of) {
            first += 1;
        }
        first
    }

    /// The noun phrase between the verb and a multiple, without 其 and 的.
    fn base(&self, to: usize) -> Option<(usize, usize)> {
        let mut from = self.phrase.anchor;
        while from < to
            && match self.tok(from) {
                Tok::Or | Tok::And | Tok::Also | Tok::Pause | Tok::May | Tok::Its | Tok::Impose | Tok::Is => true,
                // 「处应当缴纳的税款一倍」 is of what should have been paid.
                Tok::Adverb => self.tok(from + 1) != Tok::Text,
                _ => false,
            }
        {
            from += 1;
        }
        let mut end = to;
        while end > from && matches!(self.tok(end - 1), Tok::Of | Tok::Its) {
            end -= 1;
        }
        self.base_between(from, end)
    }

    /// 「处所欠费用每日千分之五的罚款」: the base stands before the rate.
    fn base_before_rate(&self, to: usize) -> Option<(usize, usize)> {
        let verb = self.phrase.verb.filter(|verb| *verb + 1 < to && self.tok(to - 1) == Tok::Per)?;
        let rate = (verb + 1..to).find(|at| self.tok(*at) == Tok::Per)?;
        self.base_between(verb + 1, rate)
    }

    fn base_between(&self, from: usize, end: usize) -> Option<(usize, usize)> {
        let (mut start, end) = (self.start(from), self.end(end));
        for prefix in ["相当于", "以", "与", "在", "其"] {
            if self.script.has(start, prefix) && start < end {
                start += prefix.chars().count();
            }
        }
        (start < end && end - start <= LONGEST_BASE).then_some((start, end))
    }

    /// The words of a base, without asides such as 「（包括已售出的，下同）」.
    fn base_words(&self, (start, end): (usize, usize)) -> String {
        let mut words = String::new();
        let mut at = start;
        while at < end {
            let aside = self.script.at(at) == '('
                && ["包括", "含", "不含", "以下", "下同", "下称"].iter().any(|word| self.script.has(at + 1, word));
            if let Some(close) = (at..end).find(|close| aside && self.script.at(*close) == ')') {
                at = close;
            } else {
                words.push(self.script.at(at));
            }
            at += 1;
        }
        words
    }

    /// Makes fines of the amounts that wait, the last of which ends with its 罚款.
    pub(super) fn settle(&mut self, end: usize) -> usize {
        let mut pending = std::mem::take(&mut self.phrase.pending);
        if self.nominal(end) {
            self.phrase.verb = None;
            return end;
        }
        if let Some(junk) = self.phrase.junk {
            self.garbled(end, junk);
            return end;
        }
        let end = pending.last_mut().map_or(end, |last| self.behind_noun(last, end));
        if let (Some([first, second]), [one, other]) = (self.pair(), pending.as_mut_slice())
            && (one.party, other.party) == (None, None)
        {
            (one.party, other.party) = (Some(first), Some(second));
        }
        let noun = self.phrase.noun.take();
        // 「处以罚款，罚款数额为……」: the amount of the fine before.
        let mut bare = noun.filter(|noun| self.tok(*noun) == Tok::FineLabel).and_then(|_| self.take_bare_fine());
        let last = pending.len().saturating_sub(1);
        for (index, mut amount) in pending.drain(..).enumerate() {
            // 「罚款五百元」: the noun opens the words.
            if let Some(noun) = noun {
                amount.from = amount.from.min(noun);
            }
            let to = if index == last { end } else { amount.quantity.to };
            self.pass(amount, to);
            self.complete(bare.take());
        }
        self.phrase.pending = pending;
        (self.phrase.verb, self.phrase.junk, self.phrase.struck) = (None, None, None);
        self.phrase.anchor = end;
        end
    }

    /// The two parties of the phrase, where 分别 gives each an amount of its own.
    fn pair(&self) -> Option<[Party; 2]> {
        let verb = self.phrase.verb?;
        let apart = |at: usize| self.script.has(self.start(at), "分别");
        let object = self.phrase.object.filter(|_| apart(verb) || apart(verb.wrapping_sub(1)))? + 1;
        let end = party::object(self.script, self.tokens, object, self.phrase.to).end;
        party::pair(self.tokens, object, end)
    }

    /// What may stand behind 罚款: the rate (「罚款/次」) and the party in brackets (「罚款（单位）」).
    fn behind_noun(&self, amount: &mut Pending, end: usize) -> usize {
        let mut end = end;
        if let Some(token) =
            self.tokens.get(end).filter(|token| token.tok == Tok::Per && self.script.at(token.start) == '/')
        {
            amount.rates.push((token.mark, token.end));
            end += 1;
        }
        if let Some(party) = self.party_aside(end) {
            amount.party = Some(party);
            end += 3;
        }
        end
    }

    /// Takes back the last measure if it is a fine without an amount.
    pub(super) fn take_bare_fine(&mut self) -> Option<Measure> {
        let measures = &mut self.reading.measures;
        let bare = measures.len() > self.segment_start
            && measures
                .last()
                .is_some_and(|last| last.kind == MeasureKind::Fine && last.amount.is_none() && !last.daily_continuous);
        if bare { measures.pop() } else { None }
    }

    /// Gives the last fine the party, the force and the trigger of the words that announced it.
    pub(super) fn complete(&mut self, bare: Option<Measure>) {
        if let (Some(bare), Some(last)) = (bare, self.reading.measures.last_mut()) {
            let [start, _] = bare.span;
            let [_, end] = last.span;
            (last.party, last.force, last.trigger, last.span) = (bare.party, bare.force, bare.trigger, [start, end]);
        }
    }

    /// Adds one fine.
    pub(super) fn pass(&mut self, amount: Pending, to: usize) {
        let Pending { quantity, rates, from, base, party, cap, floor, .. } = amount;
        let mut measure = self.measure(MeasureKind::Fine, from, to);
        if let Some(party) = party {
            measure.party = party;
        }
        let relative = quantity.is_relative();
        let base = if relative { base.or_else(|| self.distant_base()) } else { None };
        match base {
            Some(_) => self.antecedent = base,
            None if relative => {
                let flaw = self.flaw(Code::R05, quantity.from, quantity.to);
                self.flag(flaw);
            }
            None => {}
        }
        for flaw in std::mem::take(&mut self.phrase.flaws).into_iter().chain(quantity.flaws) {
            self.flag(flaw);
        }
        measure.amount = quantity.unit.map(|unit| Amount {
            unit,
            low: quantity.low.map(|side| side.value),
            high: quantity.high.map(|side| side.value),
            low_inclusive: quantity.low.is_none_or(|side| side.inclusive),
            high_inclusive: quantity.high.is_none_or(|side| side.inclusive),
            base: base.map(|base| self.base_words(base)),
            per: rates.iter().map(|(start, end)| self.script.words(*start, *end)).collect(),
            cap,
            floor,
        });
        if let Some(announced) = self.announced.take() {
            self.reading.measures.remove(announced);
            for start in [&mut self.last_segment, &mut self.segment_start] {
                *start = start.saturating_sub(usize::from(*start > announced));
            }
        }
        self.push(measure);
    }

    /// The base in the phrase before (「按照转让价款，处百分之十」), or the gains of which the sentence speaks.
    fn distant_base(&mut self) -> Option<(usize, usize)> {
        match self.segment.apart_base.take() {
            Some((from, to)) => self.base_between(from, to),
            None => self.antecedent,
        }
    }
}
