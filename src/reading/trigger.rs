//! Conditions and the triggers that they bring into force.

use super::clause::Walk;
use super::party;
use super::phrase::Phrase;
use super::state::{May, Seen};
use super::words::Tok;
use crate::domain::measure::{Party, Trigger};

/// The longest trigger that is kept; without the limit a text of one endless condition would be copied for each measure.
const LONGEST_TRIGGER: usize = 200;

impl Walk<'_> {
    /// Takes trigger and subject from the condition of a phrase.
    pub(super) fn condition(&mut self, phrase: &Phrase) {
        if let Some(party) = party::subject(self.script, self.tokens, phrase) {
            let before = self.segment.party.party;
            let several = before != Party::Unspecified && before != party;
            self.segment.party = Seen { party, several, ..Seen::default() };
            self.phrase.named = Some(party);
        }
        let mut first = phrase.from;
        while first < phrase.body && matches!(self.tok(first), Tok::Article | Tok::Also | Tok::Or | Tok::Pause) {
            first += 1;
        }
        let opens = |tok: Tok| matches!(tok, Tok::Trigger | Tok::Opening | Tok::Gains | Tok::Goods);
        if phrase.body == phrase.from {
            // 「情节严重，处……」, 「情节恶劣，造成重大后果的」: a condition that goes on or is never closed by 的.
            let mut at = phrase.from;
            while matches!(self.tok(at), Tok::Article | Tok::Also) {
                at += 1;
            }
            let opening = (self.tok(at) == Tok::Trigger || self.script.has(self.start(at), "发生")) && at < phrase.to;
            // 「无违法所得：处……」: the head of a case.
            let heads = phrase.after == Tok::Colon
                && (at..phrase.to).any(|inside| matches!(self.tok(inside), Tok::Gains | Tok::Goods))
                && !(at..phrase.to)
                    .any(|inside| matches!(self.tok(inside), Tok::Times | Tok::Percent | Tok::FineLabel));
            // 「第二次处一千元罚款」: the condition is one word.
            if opening && self.tok(at) == Tok::Trigger && matches!(self.tok(at + 1), Tok::Impose | Tok::Fine) {
                self.segment.opening = Some((self.start(at), self.end(at + 1)));
                return;
            }
            if !(opening || heads) || self.verbs(phrase) {
                return;
            }
            let start = self.segment.opening.map_or(self.start(at), |(start, _)| start);
            self.segment.opening = Some((start, self.end(phrase.to)));
            return;
        }
        for at in phrase.from..phrase.body {
            if matches!(self.tok(at), Tok::Gains | Tok::Goods) {
                self.remember(at);
            }
        }
        if self.tells_how_to_count(phrase) {
            return;
        }
        // 「三十元以上不满一百元的」: a threshold is a trigger whatever it counts.
        let threshold =
            |at: usize| self.tok(at) == Tok::Yuan && matches!(self.tok(at + 1), Tok::Above | Tok::Below | Tok::Of);
        let strong = (first..phrase.body)
            .any(|at| matches!(self.tok(at), Tok::Trigger | Tok::Gains | Tok::Goods) || threshold(at));
        let weak = (opens(self.tok(first)) || self.tok(first) == Tok::Toward && opens(self.tok(first + 1)))
            && !self.is_violation(first, phrase);
        // 「对没有违法所得的」 is 没有违法所得的; 「对林木未造成毁坏的」 needs its 对.
        let given = |at: usize| ["有", "没有", "无"].iter().any(|word| self.script.has(self.start(at), word));
        // 「对重大事故负有责任的」 keeps it too.
        let answers = self.script.has(self.end(phrase.body).saturating_sub(5), "负有责任");
        if self.tok(first) == Tok::Toward && (opens(self.tok(first + 1)) || given(first + 1)) && !answers {
            first += 1;
        }
        let trigger = (strong || weak || self.segment.opening.is_some()).then(|| {
            let start = self.segment.opening.map_or(self.start(first), |(start, _)| start);
            (start, self.end(phrase.body))
        });
        // 「情节严重的，处……罚款，有许可证的吊销许可证」: a case within the case.
        let within = trigger.is_none()
            && self.segment.trigger.is_some()
            && self.tok(first) == Tok::Text
            && self.script.at(self.start(first)) == '有'
            && !self.script.has(self.start(first), "有下列");
        if !within {
            self.open_case(trigger);
        }
    }

    /// 「拒绝检查的，处……」 is the violation itself; only behind a measure of its sentence it makes the case worse.
    fn is_violation(&self, first: usize, phrase: &Phrase) -> bool {
        let told = ["拒绝", "危害", "涉及", "不具备"].iter().any(|word| self.script.has(self.start(first), word));
        let begun = phrase.before == Tok::Semicolon || self.reading.measures.len() > self.sentence_start;
        told && (phrase.before == Tok::Item || !begun)
    }

    /// 「货值金额不足一万元的，按一万元计算」: no case of its own.
    fn tells_how_to_count(&self, phrase: &Phrase) -> bool {
        let counts = |at: usize| ["计算", "计罚", "计"].iter().any(|word| self.script.has(self.start(at), word));
        phrase.body == phrase.to
            && self.tok(phrase.to) == Tok::Comma
            && (self.tok(phrase.to + 1) == Tok::According || self.script.at(self.start(phrase.to + 1)) == '以')
            && (phrase.to + 2..phrase.to + 6).any(counts)
    }

    /// Keeps 违法所得 and its like as the base of a multiple to come.
    pub(super) fn remember(&mut self, at: usize) {
        self.antecedent = Some((self.start(at), self.end(at + 1)));
    }

    /// A new case: what a former one brought ends.
    fn open_case(&mut self, trigger: Option<(usize, usize)>) {
        let trigger = trigger.and_then(|(start, end)| self.copy_trigger(start, end));
        let seen = &mut self.segment.party;
        let secondary = seen.object.is_some() && (seen.several || trigger.is_none());
        // A new violation has a subject of its own.
        let other = trigger.is_none() && seen.object.is_none() && self.phrase.named.is_none();
        if secondary || other {
            *seen = Seen::default();
        }
        self.segment.may = May::None;
        self.segment.opening = None;
        self.segment.trigger = trigger.or_else(|| self.list.as_ref().and_then(|list| list.trigger.clone()));
    }

    /// True where a phrase holds a verb of its own: it is no open condition.
    fn verbs(&self, phrase: &Phrase) -> bool {
        (phrase.from..phrase.to).any(|at| {
            matches!(
                self.tok(at),
                Tok::Impose
                    | Tok::Order
                    | Tok::Confiscate
                    | Tok::Revoke
                    | Tok::Fine
                    | Tok::Give
                    | Tok::May
                    | Tok::NoPenalty
                    | Tok::By
            )
        })
    }

    /// The trigger in force.
    pub(super) fn trigger(&mut self) -> Option<Trigger> {
        if let Some((start, end)) = self.segment.opening.take() {
            self.segment.trigger = self.copy_trigger(start, end);
        }
        self.segment.trigger.clone()
    }

    /// Characters of the script as a trigger in the words as given.
    fn copy_trigger(&mut self, start: usize, end: usize) -> Option<Trigger> {
        let span @ [from, to] = self.script.span(start, end);
        if end - start > LONGEST_TRIGGER || to - from > 2 * LONGEST_TRIGGER {
            return None;
        }
        let mut rest = self.script.given().get(self.given.byte..)?.chars();
        while self.given.place < from {
            self.given.byte += rest.next()?.len_utf8();
            self.given.place += 1;
        }
        Some(Trigger { text: rest.take(to - from).collect(), span })
    }

    /// True where a condition is in force that the last measure did not have.
    pub(super) fn is_new_case(&self) -> bool {
        let last = self.reading.measures.last().and_then(|last| last.trigger.as_ref());
        self.segment.trigger.as_ref().is_some_and(|trigger| last.is_none_or(|last| last.span != trigger.span))
    }

    /// True where a condition is in force or opens.
    pub(super) fn conditioned(&self) -> bool {
        self.segment.trigger.is_some() || self.segment.opening.is_some()
    }
}
