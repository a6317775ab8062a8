//! The structure of a clause: what a trigger, a party and a force reach, and the walk from phrase to phrase.

use super::fine::{Limit, Pending};
use super::lexer::Token;
use super::party;
use super::phrase::Phrase;
use super::quantity::Quantities;
use super::script::Script;
use super::words::Tok;
use super::{Code, Flaw, Problem, Reading};
use crate::domain::baseline::Conventions;
use crate::domain::measure::{Force, Measure, MeasureKind, Party, Trigger};

/// The longest trigger that is kept; without the limit a text of one endless condition would be copied for each measure.
const LONGEST_TRIGGER: usize = 200;

/// Reads phrases into measures.
pub(super) fn read<'a>(script: &'a Script<'a>, tokens: &'a [Token], phrases: &'a [Phrase], conventions: &'a Conventions) -> Reading {
    let mut walk = Walk {
        script,
        tokens,
        phrases,
        quantities: Quantities { script, tokens, conventions },
        reading: Reading::default(),
        segment: Segment::default(),
        phrase: InPhrase::default(),
        given: Cursor::default(),
        done: 0,
        list: None,
        announced: None,
        antecedent: None,
        segment_start: 0,
        last_segment: 0,
    };
    for (index, phrase) in phrases.iter().enumerate() {
        walk.enter(phrase);
        if !phrase.mute {
            walk.condition(phrase);
            walk.predicate(index, phrase);
        }
    }
    walk.reading.problems.sort_by_key(|problem| problem.span);
    walk.reading
}

/// A walk over the phrases of one text.
pub(super) struct Walk<'a> {
    pub(super) script: &'a Script<'a>,
    pub(super) tokens: &'a [Token],
    pub(super) phrases: &'a [Phrase],
    pub(super) quantities: Quantities<'a>,
    pub(super) reading: Reading,
    pub(super) segment: Segment,
    pub(super) phrase: InPhrase,
    /// How far triggers have been copied out of the text as given.
    given: Cursor,
    /// The token behind all that have been read.
    done: usize,
    /// Trigger and party of an introduction, for the items of its list.
    list: Option<Segment>,
    /// A fine without an amount before a list: it only announces, if the items have amounts.
    pub(super) announced: Option<usize>,
    /// Characters of the last 违法所得, 货值金额 or base of the sentence: the base of a multiple that names none.
    pub(super) antecedent: Option<(usize, usize)>,
    /// First measure of the segment and of the segment before it.
    pub(super) segment_start: usize,
    pub(super) last_segment: usize,
}

/// A place in the text as given, in characters and in bytes; it only moves on, so that all triggers together cost one pass.
#[derive(Debug, Clone, Copy, Default)]
struct Cursor {
    place: usize,
    byte: usize,
}

/// What holds up to the next ； or 。.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    trigger: Option<Trigger>,
    /// Characters of phrases that open a condition and have not closed it with 的.
    opening: Option<(usize, usize)>,
    pub(super) party: Seen,
    may: May,
    /// Tokens of 依照, 按照 … whose 处罚 has not come yet.
    pub(super) reference: Option<usize>,
    /// What the last phrase left over: amounts and a rate whose verb may stand behind the comma.
    pub(super) left: Vec<Pending>,
    pub(super) rates: Vec<(usize, usize)>,
    /// 罚款 before a colon, whose amount comes behind it.
    pub(super) noun: Option<usize>,
    /// The tokens behind 按照 of the phrase before: a base that stands apart.
    pub(super) apart_base: Option<(usize, usize)>,
}

/// The party in force and where it came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) party: Party,
    /// The token of 对, where the party is its object.
    object: Option<usize>,
    /// The segment holds fines for others before it, or several objects of 对.
    several: bool,
    used: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Self { party: Party::Unspecified, object: None, several: false, used: false }
    }
}

/// How far a 可以 has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum May {
    #[default]
    None,
    /// It waits for its predicate; `before_object` where 对 follows it.
    Waiting { before_object: bool },
    /// It has one; others of the same phrase share it.
    Used { before_object: bool },
}

/// What holds within one phrase.
#[derive(Debug, Default)]
pub(super) struct InPhrase {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) after: Option<Tok>,
    /// The verb that governs the next amount.
    pub(super) verb: Option<usize>,
    /// Where the base of the next amount may begin.
    pub(super) anchor: usize,
    pub(super) rates: Vec<(usize, usize)>,
    pub(super) pending: Vec<Pending>,
    /// 罚款 that waits for its amount.
    pub(super) noun: Option<usize>,
    /// 不超过 or 最高 that stands before the base or the verb.
    pub(super) ahead: Option<Limit>,
    /// The phrase tells steps: its amounts are no fines.
    pub(super) step: bool,
    pub(super) passive: bool,
    pub(super) court: bool,
    /// 按照 has opened the words of an amount.
    pub(super) measured: bool,
    /// Words of an amount that could not be read.
    pub(super) junk: Option<(usize, usize)>,
    /// Flaws that count only once there is a fine.
    pub(super) flaws: Vec<Flaw>,
    /// Behind the last measure or verb of the chain.
    pub(super) chain: usize,
    pub(super) agency: bool,
    pub(super) ordered: bool,
    pub(super) following: bool,
    pub(super) object: Option<usize>,
    /// A party named right behind the verb (「处单位……」), for that amount alone.
    pub(super) struck: Option<Party>,
}

impl Walk<'_> {
    pub(super) fn tok(&self, index: usize) -> Tok {
        self.tokens.get(index).map_or(Tok::End, |token| token.tok)
    }

    /// First character of a token.
    pub(super) fn start(&self, index: usize) -> usize {
        self.tokens.get(index).map_or(self.script.len(), |token| token.start)
    }

    /// Character behind the token before `index`.
    pub(super) fn end(&self, index: usize) -> usize {
        self.tokens.get(index.wrapping_sub(1)).map_or(0, |token| token.end)
    }

    /// What the punctuation before a phrase ends.
    fn enter(&mut self, phrase: &Phrase) {
        let measures = self.reading.measures.len();
        match phrase.before {
            Tok::Stop => {
                (self.list, self.announced, self.antecedent) = (None, None, None);
                (self.last_segment, self.segment_start) = (self.segment_start, measures);
                self.segment = Segment::default();
            }
            Tok::Semicolon => {
                (self.last_segment, self.segment_start) = (self.segment_start, measures);
                self.segment = self.list.clone().unwrap_or_default();
            }
            Tok::Item => {
                (self.last_segment, self.segment_start) = (self.segment_start, measures);
                let introduced = Segment { trigger: self.segment.trigger.clone(), party: self.segment.party, ..Segment::default() };
                self.segment = self.list.get_or_insert(introduced).clone();
            }
            _ => {
                let first = phrase.from + usize::from(self.tok(phrase.from) == Tok::Also);
                let parallel = matches!(self.tok(first), Tok::Toward | Tok::Unit | Tok::Individual | Tok::InCharge);
                let joined = self.tok(phrase.from) == Tok::Impose && self.script.has(self.start(phrase.from), "并");
                self.segment.may = match self.segment.may {
                    May::Used { before_object: true } if parallel => self.segment.may,
                    // 「可以没收工具，并处一万元罚款」: one predicate with two verbs.
                    May::Used { .. } if joined => self.segment.may,
                    May::Used { .. } => May::None,
                    waiting => waiting,
                };
            }
        }
        self.phrase = InPhrase {
            from: phrase.from,
            to: phrase.to,
            after: Some(phrase.after),
            court: phrase.court,
            anchor: phrase.body,
            chain: phrase.body,
            rates: std::mem::take(&mut self.segment.rates),
            noun: self.segment.noun.take(),
            ..InPhrase::default()
        };
    }

    /// Takes trigger and subject from the condition of a phrase.
    fn condition(&mut self, phrase: &Phrase) {
        if let Some(party) = party::subject(self.script, self.tokens, phrase) {
            self.segment.party = Seen { party, ..Seen::default() };
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
            if !opening || self.verbs(phrase) {
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
        // 「三十元以上不满一百元的」: a threshold is a trigger whatever it counts.
        let threshold = |at: usize| self.tok(at) == Tok::Yuan && matches!(self.tok(at + 1), Tok::Above | Tok::Below | Tok::Of);
        let strong = (first..phrase.body).any(|at| matches!(self.tok(at), Tok::Trigger | Tok::Gains | Tok::Goods) || threshold(at));
        let weak = opens(self.tok(first)) || self.tok(first) == Tok::Toward && opens(self.tok(first + 1));
        // 「对没有违法所得的」 is 没有违法所得的; 「对林木未造成毁坏的」 needs its 对.
        let given = ["有", "没有", "无"].iter().any(|word| self.script.has(self.start(first + 1), word));
        if self.tok(first) == Tok::Toward && (given || opens(self.tok(first + 1))) {
            first += 1;
        }
        let trigger = (strong || weak).then(|| {
            let start = self.segment.opening.map_or(self.start(first), |(start, _)| start);
            (start, self.end(phrase.body))
        });
        self.open_case(trigger);
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
        if secondary {
            *seen = Seen::default();
        }
        self.segment.may = May::None;
        self.segment.opening = None;
        self.segment.trigger = trigger.or_else(|| self.list.as_ref().and_then(|list| list.trigger.clone()));
    }

    /// True where a phrase holds a verb of its own: it is no open condition.
    fn verbs(&self, phrase: &Phrase) -> bool {
        (phrase.from..phrase.to).any(|at| {
            matches!(self.tok(at), Tok::Impose | Tok::Order | Tok::Confiscate | Tok::Revoke | Tok::Fine | Tok::Give | Tok::May | Tok::NoPenalty | Tok::By)
        })
    }

    /// Reads the predicate of a phrase token by token.
    fn predicate(&mut self, index: usize, phrase: &Phrase) {
        // An amount may reach over a comma: 「五千元以上，一万元以下」.
        let mut at = phrase.body.max(self.done);
        while at < phrase.to {
            at = self.token(at).max(at + 1);
        }
        self.done = at;
        self.close_phrase(index, phrase);
    }

    /// Reads what begins at a token; gives the token behind it.
    fn token(&mut self, at: usize) -> usize {
        match self.tok(at) {
            Tok::May => self.may(at),
            Tok::Toward => self.toward(at),
            Tok::Impose => self.impose(at),
            Tok::Per => self.rate(at),
            Tok::Number | Tok::Fraction | Tok::EqualValue | Tok::Currency | Tok::NotOver | Tok::NotUnder | Tok::Over | Tok::Under | Tok::Highest | Tok::Lowest => {
                self.quantity(at)
            }
            Tok::Fine => self.fine(at),
            Tok::FineLabel => self.fine_label(at),
            Tok::Yuan | Tok::Times | Tok::Percent | Tok::Permille | Tok::Above | Tok::Below => self.stray(at),
            Tok::Step if !matches!(self.tok(at + 1), Tok::Number | Tok::Fine | Tok::Fraction | Tok::FineLabel | Tok::Impose) => at + 1,
            Tok::Step | Tok::Surcharge => {
                self.phrase.step = true;
                self.phrase.pending.clear();
                self.phrase.noun = None;
                at + 1
            }
            Tok::Passive => self.passive(at),
            _ if self.phrase.passive => at + 1,
            _ => self.penalty(at),
        }
    }

    /// 可以, where a measure or words that lead to one follow.
    fn may(&mut self, at: usize) -> usize {
        let mut next = at + 1;
        while matches!(self.tok(next), Tok::Adverb | Tok::Also) {
            next += 1;
        }
        let leads = match self.tok(next) {
            Tok::Text => matches!(self.script.at(self.start(next)), '自' | '在' | '从' | '以' | '向' | '视' | '就' | '单' | '报'),
            Tok::Number | Tok::Yuan | Tok::Unit | Tok::Individual | Tok::Stop | Tok::Comma | Tok::Passive | Tok::Its | Tok::Is => false,
            _ => true,
        };
        // 「可以强制拆除」 has its predicate at once, which is none of ours.
        self.segment.may = if leads { May::Waiting { before_object: false } } else { May::Used { before_object: false } };
        self.phrase.anchor = at + 1;
        at + 1
    }

    /// The object of 对; behind 处 it belongs to a base (「处对单位罚款数额百分之五」).
    fn toward(&mut self, at: usize) -> usize {
        if at > self.phrase.from && self.tok(at - 1) == Tok::Impose {
            return at + 1;
        }
        if let May::Waiting { before_object } = &mut self.segment.may {
            *before_object = true;
        }
        let object = party::object(self.script, self.tokens, at + 1, self.phrase.to);
        let before = self.segment.party;
        let verb = object.end < self.phrase.to;
        if object.party != Party::Unspecified || verb {
            let fined = self.reading.measures.iter().skip(self.segment_start).any(|measure| measure.kind == MeasureKind::Fine);
            let several = before.several || before.object.is_some() && before.party != object.party || fined && object.party == Party::PersonInCharge;
            self.segment.party = Seen { party: object.party, object: Some(at), several, used: false };
        }
        if verb {
            self.phrase.object = Some(at);
        }
        for inside in at + 1..object.end {
            if self.tok(inside) == Tok::Per {
                self.rate(inside);
            }
        }
        self.phrase.anchor = object.end;
        self.phrase.chain = object.end;
        object.end
    }

    /// 被吊销, 受到罚款处罚: done already, if a measure follows within the phrase.
    fn passive(&mut self, at: usize) -> usize {
        let direct = (at + 1..self.phrase.to.min(at + 5)).find(|next| !matches!(self.tok(*next), Tok::Text | Tok::Adverb | Tok::Number | Tok::By));
        self.phrase.passive |= direct.is_some_and(|next| {
            matches!(
                self.tok(next),
                Tok::Impose | Tok::Give | Tok::Order | Tok::Confiscate | Tok::Revoke | Tok::Cancel | Tok::Suspend | Tok::Fine | Tok::Warning | Tok::Criticism
                    | Tok::CloseDown | Tok::StopBusiness | Tok::Detain | Tok::Downgrade | Tok::Punish | Tok::Currency
            )
        });
        at + 1
    }

    pub(super) fn force(&mut self) -> Force {
        match self.segment.may {
            May::None => Force::Must,
            May::Waiting { before_object } | May::Used { before_object } => {
                self.segment.may = May::Used { before_object };
                Force::May
            }
        }
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

    /// A measure that stands from token to token, with what is in force there.
    pub(super) fn measure(&mut self, kind: MeasureKind, from: usize, to: usize) -> Measure {
        let span = self.script.span(self.start(from), self.end(to));
        let measure = Measure { party: self.party(kind), force: self.force(), trigger: self.trigger(), ..Measure::new(kind, span) };
        self.phrase.chain = to;
        self.phrase.agency = false;
        self.segment.reference = None;
        self.segment.party.used = true;
        measure
    }

    pub(super) fn push(&mut self, measure: Measure) {
        self.reading.measures.push(measure);
    }

    /// True where a condition is in force or opens.
    pub(super) fn conditioned(&self) -> bool {
        self.segment.trigger.is_some() || self.segment.opening.is_some()
    }

    /// Whom a measure strikes. Orders and measures on goods or licences are not those of a person named for a fine before.
    fn party(&mut self, kind: MeasureKind) -> Party {
        let seen = self.segment.party;
        let personal = matches!(
            kind,
            MeasureKind::Fine | MeasureKind::Warning | MeasureKind::Criticism | MeasureKind::Detention | MeasureKind::RestrictEmployment | MeasureKind::NoPenalty
        );
        let elsewhere = seen.object.is_some() && self.phrase.object.is_none() && seen.used;
        if !personal && elsewhere && seen.party != Party::Unit {
            return Party::Unspecified;
        }
        seen.party
    }

    /// The party in force, where the words have named one.
    pub(super) fn named_party(&self) -> Option<Party> {
        Some(self.segment.party.party).filter(|party| *party != Party::Unspecified)
    }

    pub(super) fn flag(&mut self, flaw: Flaw) {
        self.reading.problems.push(Problem { code: flaw.code, span: self.script.span(flaw.start, flaw.end) });
    }

    /// A flaw over a run of tokens.
    pub(super) fn flaw(&self, code: Code, from: usize, to: usize) -> Flaw {
        Flaw { code, start: self.start(from), end: self.end(to) }
    }

    /// True where a measure at a token hangs on a verb, on the measure before it or on nothing at all.
    pub(super) fn chained(&self, at: usize) -> bool {
        if self.phrase.agency {
            return true;
        }
        let mut first = at;
        while first > self.phrase.chain && matches!(self.tok(first - 1), Tok::Or | Tok::And | Tok::Also | Tok::Pause | Tok::May | Tok::Adverb | Tok::Its) {
            first -= 1;
        }
        if first > self.phrase.chain {
            return matches!(self.tok(first - 1), Tok::Impose | Tok::Give);
        }
        let verbless = first == self.phrase.from && first == at;
        // 「罚款、拘留必须经院长批准」 speaks about measures.
        !verbless || !(at..self.phrase.to.min(at + 20)).any(|next| matches!(self.tok(next), Tok::Adverb | Tok::By | Tok::Decide | Tok::Of))
    }
}
