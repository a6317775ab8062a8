//! The structure of a clause: what a trigger, a party and a force reach, and the walk from phrase to phrase.

use super::amount::Pending;
use super::lexer::Token;
use super::party;
use super::phrase::Phrase;
use super::quantity::Quantities;
use super::script::Script;
use super::state::{Cursor, InPhrase, May, Seen, Segment, Tone};
use super::words::Tok;
use super::{Code, Flaw, Problem, Reading};
use crate::domain::baseline::Conventions;
use crate::domain::measure::{Force, Measure, MeasureKind, Party};

/// Reads phrases into measures; amounts wait in the room given.
pub(super) fn read<'a>(
    script: &'a Script<'a>,
    tokens: &'a [Token],
    phrases: &'a [Phrase],
    conventions: &'a Conventions,
    room: &mut Vec<Pending>,
) -> Reading {
    let mut walk = Walk {
        script,
        tokens,
        phrases,
        quantities: Quantities { script, tokens, conventions },
        reading: Reading::default(),
        segment: Segment::default(),
        phrase: InPhrase { pending: std::mem::take(room), ..InPhrase::default() },
        given: Cursor::default(),
        done: 0,
        list: None,
        announced: None,
        fining: false,
        antecedent: None,
        sentence_start: 0,
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
    *room = walk.phrase.pending;
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
    pub(super) given: Cursor,
    /// The token behind all that have been read.
    done: usize,
    /// Trigger and party of an introduction, for the items of its list.
    pub(super) list: Option<Segment>,
    /// A fine without an amount before a list: it only announces, if the items have amounts.
    pub(super) announced: Option<usize>,
    /// A list of fines has been announced: its amounts need no 罚款.
    pub(super) fining: bool,
    /// Characters of the last 违法所得, 货值金额 or base of the sentence: the base of a multiple that names none.
    pub(super) antecedent: Option<(usize, usize)>,
    /// First measure of the sentence.
    pub(super) sentence_start: usize,
    /// First measure of the segment and of the segment before it.
    pub(super) segment_start: usize,
    pub(super) last_segment: usize,
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
                (self.sentence_start, self.fining) = (measures, false);
                (self.last_segment, self.segment_start) = (self.segment_start, measures);
                self.segment = Segment::default();
            }
            Tok::Semicolon => {
                (self.last_segment, self.segment_start) = (self.segment_start, measures);
                // A subject holds on to the end of its sentence, an object of 对 does not.
                let subject = Some(self.segment.party).filter(|seen| seen.object.is_none() && !seen.several);
                let carried = Segment { party: subject.unwrap_or_default(), ..Segment::default() };
                self.segment = self.list.clone().unwrap_or(carried);
            }
            Tok::Item => {
                (self.last_segment, self.segment_start) = (self.segment_start, measures);
                let introduced =
                    Segment { trigger: self.segment.trigger.clone(), party: self.segment.party, ..Segment::default() };
                self.segment = self.list.get_or_insert(introduced).clone();
            }
            _ => {
                let first = phrase.from + usize::from(self.tok(phrase.from) == Tok::Also);
                let parallel = matches!(self.tok(first), Tok::Toward | Tok::Unit | Tok::Individual | Tok::InCharge);
                let joined = self.tok(phrase.from) == Tok::Impose && self.script.has(self.start(phrase.from), "并");
                self.segment.may = match self.segment.may {
                    waiting @ May::Waiting { bridges: true, .. } => waiting,
                    used @ May::Used { before_object: true } if parallel => used,
                    // 「可以没收工具，并处一万元罚款」: one predicate with two verbs.
                    used @ May::Used { .. } if joined => used,
                    _ => May::None,
                };
            }
        }
        let mut pending = std::mem::take(&mut self.phrase.pending);
        pending.clear();
        self.phrase = InPhrase {
            pending,
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
            Tok::Number
            | Tok::Fraction
            | Tok::EqualValue
            | Tok::Currency
            | Tok::NotOver
            | Tok::NotUnder
            | Tok::Over
            | Tok::Under
            | Tok::Highest
            | Tok::Lowest => self.quantity(at),
            Tok::Fine => self.fine(at),
            Tok::FineLabel => self.fine_label(at),
            Tok::Yuan | Tok::Times | Tok::Percent | Tok::Permille | Tok::Above | Tok::Below => self.stray(at),
            Tok::Vague => self.vague(at),
            Tok::Step
                if !matches!(
                    self.tok(at + 1),
                    Tok::Number | Tok::Fine | Tok::Fraction | Tok::FineLabel | Tok::Impose
                ) =>
            {
                at + 1
            }
            // 「处滞纳金同等数额的罚款」.
            Tok::Surcharge if self.phrase.verb.is_some_and(|verb| verb + 1 == at) && self.fined_later(at) => at + 1,
            Tok::Step | Tok::Surcharge => {
                self.phrase.tone = Tone::Stepping;
                self.phrase.pending.clear();
                self.phrase.noun = None;
                at + 1
            }
            Tok::AboveExcludes | Tok::BelowExcludes => self.exclude(at),
            Tok::Unit | Tok::Individual | Tok::InCharge => self.struck_subject(at),
            Tok::Passive => self.passive(at),
            _ if self.phrase.tone == Tone::Past => at + 1,
            _ => self.penalty(at),
        }
    }

    /// True where 罚款 ends the phrase.
    fn fined_later(&self, at: usize) -> bool {
        at + 1 < self.phrase.to && self.tok(self.phrase.to - 1) == Tok::Fine
    }

    /// 可以, where a measure or words that lead to one follow.
    fn may(&mut self, at: usize) -> usize {
        let mut next = at + 1;
        while matches!(self.tok(next), Tok::Adverb | Tok::Also) {
            next += 1;
        }
        let leads_on = |char: char| matches!(char, '自' | '在' | '从' | '以' | '向' | '视' | '就' | '单' | '报');
        let (leads, bridges) = match self.tok(next) {
            Tok::Text if leads_on(self.script.at(self.start(next))) => (true, true),
            Tok::According | Tok::Toward => (true, true),
            // 「可视情节轻重，给予……」.
            Tok::Comma if next > at + 1 => (true, true),
            Tok::Text
            | Tok::Number
            | Tok::Yuan
            | Tok::Unit
            | Tok::Individual
            | Tok::Stop
            | Tok::Comma
            | Tok::Passive
            | Tok::Its
            | Tok::Is => (false, false),
            _ => (true, next > at + 1),
        };
        // 「可以强制拆除」 has its predicate at once, which is none of ours.
        self.segment.may =
            if leads { May::Waiting { before_object: false, bridges } } else { May::Used { before_object: false } };
        self.phrase.anchor = at + 1;
        at + 1
    }

    /// The object of 对; behind 处 it belongs to a base (「处对单位罚款数额百分之五」).
    fn toward(&mut self, at: usize) -> usize {
        if at > self.phrase.from && self.tok(at - 1) == Tok::Impose {
            return at + 1;
        }
        if let May::Waiting { before_object, .. } = &mut self.segment.may {
            *before_object = true;
        }
        let object = party::object(self.script, self.tokens, at + 1, self.phrase.to);
        let before = self.segment.party;
        let verb = object.end < self.phrase.to;
        if object.party != Party::Unspecified || verb {
            let several = before.several
                || before.object.is_some() && before.party != object.party
                || self.segment.fined && object.party == Party::PersonInCharge;
            self.segment.party = Seen { party: object.party, object: Some(at), several, used: false };
        }
        if verb {
            (self.phrase.object, self.phrase.lead) = (Some(at), Some(at));
            self.phrase.named = Some(object.party);
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

    /// 「单位处五千元、个人处五百元罚款」, 「主管人员处五百元」: the party stands right before its verb.
    fn struck_subject(&mut self, at: usize) -> usize {
        let verb = matches!(self.tok(at + 1), Tok::Impose | Tok::Number)
            || self.tok(at + 1) == Tok::Fine && self.tok(at + 2) == Tok::Number;
        let party = match self.tok(at) {
            Tok::InCharge => Some(Party::PersonInCharge),
            _ => party::bare(self.script, self.tokens, at),
        };
        let object = self.segment.party.object.is_some() && self.phrase.object.is_some();
        if let Some(party) = party.filter(|_| verb && !object && !self.phrase.agency) {
            self.segment.party = Seen { party, ..Seen::default() };
            self.phrase.named = Some(party);
        }
        at + 1
    }

    /// 被吊销, 受到罚款处罚: done already, if a measure follows within the phrase.
    fn passive(&mut self, at: usize) -> usize {
        let direct = (at + 1..self.phrase.to.min(at + 5))
            .find(|next| !matches!(self.tok(*next), Tok::Text | Tok::Adverb | Tok::Number | Tok::By));
        if direct.is_some_and(|next| is_measure(self.tok(next))) {
            self.phrase.tone = Tone::Past;
        }
        at + 1
    }

    /// 可以 reaches a measure.
    pub(super) fn force(&mut self) -> Force {
        match self.segment.may {
            May::None => Force::Must,
            May::Waiting { before_object, .. } | May::Used { before_object } => {
                self.segment.may = May::Used { before_object };
                Force::May
            }
        }
    }

    /// A measure that stands from token to token, with what is in force there.
    pub(super) fn measure(&mut self, kind: MeasureKind, from: usize, to: usize) -> Measure {
        let span = self.script.span(self.start(from), self.end(to));
        let measure = Measure {
            party: self.party(kind),
            force: self.force(),
            trigger: self.trigger(),
            ..Measure::new(kind, span)
        };
        self.phrase.chain = to;
        self.phrase.anchor = self.phrase.anchor.max(to);
        (self.phrase.agency, self.phrase.lead) = (false, None);
        self.segment.reference = None;
        self.segment.party.used = true;
        measure
    }

    /// Where the words of the next amount begin: at its object or its verb. 「处警告或者五百元罚款」 has spent its verb.
    pub(super) fn lead(&self) -> Option<usize> {
        let direct = self.phrase.verb.is_none_or(|verb| self.phrase.chain <= verb + 1);
        self.phrase.lead.or(self.phrase.verb).filter(|_| direct)
    }

    pub(super) fn push(&mut self, measure: Measure) {
        self.segment.fined |= measure.kind == MeasureKind::Fine;
        self.reading.measures.push(measure);
    }

    /// Whom a measure strikes. Orders and measures on goods or licences are not those of a person named for a fine before.
    fn party(&mut self, kind: MeasureKind) -> Party {
        let seen = self.segment.party;
        let personal = matches!(
            kind,
            MeasureKind::Fine
                | MeasureKind::Warning
                | MeasureKind::Criticism
                | MeasureKind::Detention
                | MeasureKind::RestrictEmployment
                | MeasureKind::NoPenalty
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
        while first > self.phrase.chain
            && matches!(
                self.tok(first - 1),
                Tok::Or | Tok::And | Tok::Also | Tok::Pause | Tok::May | Tok::Adverb | Tok::Its
            )
        {
            first -= 1;
        }
        if first > self.phrase.chain {
            return matches!(self.tok(first - 1), Tok::Impose | Tok::Give);
        }
        let verbless = first == self.phrase.from && first == at;
        // 「罚款、拘留必须经院长批准」 speaks about measures.
        !verbless
            || !(at..self.phrase.to.min(at + 20))
                .any(|next| matches!(self.tok(next), Tok::Adverb | Tok::By | Tok::Decide | Tok::Of))
    }
}

/// True for words that name a measure or its verb.
fn is_measure(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Impose
            | Tok::Give
            | Tok::Order
            | Tok::Confiscate
            | Tok::Revoke
            | Tok::Cancel
            | Tok::Suspend
            | Tok::Fine
            | Tok::Warning
            | Tok::Criticism
            | Tok::CloseDown
            | Tok::StopBusiness
            | Tok::Detain
            | Tok::Downgrade
            | Tok::Punish
            | Tok::Currency
    )
}
