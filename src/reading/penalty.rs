//! The measures that are no fines: warnings, confiscation, orders, detention, references.

use super::clause::Walk;
use super::party;
use super::words::Tok;
use crate::domain::measure::{Days, MeasureKind, Party};

/// How far an object or a reference may reach, in tokens.
const REACH: usize = 80;

impl Walk<'_> {
    /// Reads what begins at a token; gives the token behind it.
    pub(super) fn penalty(&mut self, at: usize) -> usize {
        match self.tok(at) {
            Tok::Give => self.give(at),
            Tok::By => {
                self.phrase.agency = true;
                at + 1
            }
            Tok::Warning => self.simple(MeasureKind::Warning, at),
            Tok::Criticism => self.simple(MeasureKind::Criticism, at),
            Tok::Circulate => self.circulate(at),
            Tok::NoPenalty if self.tok(at + 1) != Tok::Of => self.one(MeasureKind::NoPenalty, at, at + 1),
            Tok::DailyContinuous => self.daily(at),
            Tok::Detain => self.detain(at),
            Tok::Confiscate => self.confiscate(at),
            Tok::Revoke => self.licence(MeasureKind::RevokeLicence, at),
            Tok::Cancel if self.strikes_licence(at) => self.cancel(at),
            Tok::Suspend if self.strikes_licence(at) => self.licence(MeasureKind::SuspendLicence, at),
            Tok::Halt => self.halt(at),
            Tok::Downgrade => self.downgrade(at),
            Tok::Order => self.order(at),
            Tok::Deadline if self.chained(at) || self.phrase.ordered.is_some() => self.deadline(at),
            Tok::RestrictBusiness if self.commanded(at) => self.one(MeasureKind::RestrictBusiness, at, at + 1),
            Tok::StopBusiness if self.commanded(at) => self.one(MeasureKind::OrderSuspend, at, at + 1),
            Tok::CloseDown if self.commanded(at) => self.one(MeasureKind::OrderClose, at, at + 1),
            Tok::Ban => self.ban(at),
            Tok::Transfer => self.transfer(at),
            Tok::According => self.according(at),
            Tok::Following => {
                self.phrase.following = Some(at);
                at + 1
            }
            Tok::Punish => self.punish(at),
            Tok::Gains | Tok::Goods => {
                self.remember(at);
                at + 1
            }
            _ => at + 1,
        }
    }

    /// A measure without more to it.
    pub(super) fn one(&mut self, kind: MeasureKind, from: usize, to: usize) -> usize {
        let measure = self.measure(kind, from, to);
        self.push(measure);
        to
    }

    fn give(&mut self, at: usize) -> usize {
        self.phrase.chain = at + 1;
        at + 1
    }

    /// A warning or a criticism; those of officials (处分) are none.
    fn simple(&mut self, kind: MeasureKind, at: usize) -> usize {
        let official = (at + 1..self.phrase.to.min(at + REACH)).any(|next| self.tok(next) == Tok::Sanction)
            && self.tok(at + 1) != Tok::Also;
        if self.chained(at) && !official { self.one(kind, at, at + 1) } else { at + 1 }
    }

    /// Bare 通报 is a criticism; 通报有关部门 is not.
    fn circulate(&mut self, at: usize) -> usize {
        let bare = matches!(
            self.tok(at + 1),
            Tok::Comma | Tok::Semicolon | Tok::Stop | Tok::End | Tok::Also | Tok::Or | Tok::Colon | Tok::Pause
        );
        if bare && self.chained(at) { self.one(MeasureKind::Criticism, at, at + 1) } else { at + 1 }
    }

    /// 按日连续处罚.
    fn daily(&mut self, at: usize) -> usize {
        if self.tok(at + 1) == Tok::Of {
            return at + 1;
        }
        let mut measure = self.measure(MeasureKind::Fine, at, at + 1);
        measure.daily_continuous = true;
        self.push(measure);
        at + 1
    }

    /// 拘留 whose days are not told.
    fn detain(&mut self, at: usize) -> usize {
        if !self.chained(at) || self.phrase.court {
            return at + 1;
        }
        let told = self.period(at + 1);
        let end = told.map_or(at + 1, |(_, end)| end);
        let mut measure = self.measure(MeasureKind::Detention, at, end);
        measure.days = told.map(|(days, _)| days);
        self.push(measure);
        end
    }

    /// 「十日以上十五日以下拘留」: a number of days that ends with 拘留.
    pub(super) fn days(&mut self, at: usize) -> Option<usize> {
        let (days, next) = self.period(at)?;
        let next = next + usize::from(self.tok(next) == Tok::Of);
        if self.tok(next) != Tok::Detain {
            return None;
        }
        if self.phrase.court {
            return Some(next + 1);
        }
        let from = self.lead().unwrap_or(at);
        let mut measure = self.measure(MeasureKind::Detention, from, next + 1);
        measure.days = Some(days);
        self.push(measure);
        self.phrase.verb = None;
        Some(next + 1)
    }

    /// One or two ends in days, with the token behind them.
    fn period(&self, at: usize) -> Option<(Days, usize)> {
        let mut next = at;
        let mut days = Days { low: None, high: None };
        let mut ends = 0;
        loop {
            let under = self.tok(next) == Tok::NotOver;
            next += usize::from(under);
            // 「五至十日」: the unit stands once.
            let shared = ends == 0 && self.tok(next + 1) == Tok::To && self.tok(next + 3) == Tok::Day;
            if self.tok(next + 1) != Tok::Day && !shared {
                return None;
            }
            let day = self.whole_number(next)?;
            next += if shared { 1 } else { 2 };
            ends += 1;
            let (above, below) = (self.tok(next) == Tok::Above, self.tok(next) == Tok::Below || under);
            next += usize::from(matches!(self.tok(next), Tok::Above | Tok::Below));
            match (above, below, ends) {
                (true, ..) => days.low = Some(day),
                (_, true, _) => days.high = Some(day),
                (_, _, 1) => (days.low, days.high) = (Some(day), Some(day)),
                _ => days.high = Some(day),
            }
            let joint = usize::from(matches!(self.tok(next), Tok::To | Tok::Pause));
            let more = next + joint + usize::from(self.tok(next + joint) == Tok::NotOver);
            if ends == 2 || self.tok(more) != Tok::Number || self.tok(more + 1) != Tok::Day {
                return Some((days, next));
            }
            next += joint;
        }
    }

    fn whole_number(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|token| token.tok == Tok::Number)?;
        let numeral = super::numeral::read(self.script.chars(token.start, token.end))?;
        u32::try_from(numeral.value).ok()
    }

    /// 没收 with its objects: gains and things are two measures.
    fn confiscate(&mut self, at: usize) -> usize {
        // 「没收的违法所得必须上缴」, 「将没收、收缴的物品移交」 speak about things that are confiscated.
        if self.tok(at + 1) == Tok::Of || self.script.at(self.start(at).wrapping_sub(1)) == '将' {
            return at + 1;
        }
        let end = self.object_end(at + 1);
        let (mut gains, mut things) = (None, None);
        let mut part = at + 1;
        for next in at + 1..=end {
            let joint = matches!(self.tok(next), Tok::Pause | Tok::And | Tok::Or);
            if next < end && !joint {
                continue;
            }
            let slot = if self.names_gains(part, next) { &mut gains } else { &mut things };
            if next > part {
                *slot = match *slot {
                    Some((first, last)) if last + 1 == part => Some((first, next)),
                    Some(kept) => Some(kept),
                    None => Some((part, next)),
                };
            }
            part = next + 1;
        }
        let mut found: Vec<(MeasureKind, (usize, usize))> = Vec::with_capacity(2);
        found.extend(gains.map(|part| (MeasureKind::ConfiscateGains, part)));
        found.extend(things.map(|part| (MeasureKind::ConfiscateProperty, part)));
        if found.is_empty() {
            found = self.confiscated_before(at);
        }
        found.sort_by_key(|(_, part)| part.0);
        for (index, (kind, (from, to))) in found.into_iter().enumerate() {
            let measure = self.measure(kind, if index == 0 { at } else { from }, to.max(at + 1));
            self.push(measure);
        }
        if let Some(gains) = (at + 1..end).rev().find(|inside| self.tok(*inside) == Tok::Gains) {
            self.remember(gains);
        }
        self.phrase.chain = end;
        end
    }

    /// True where tokens name what was earned: 违法所得, 所获收入, 收取的费用.
    fn names_gains(&self, from: usize, to: usize) -> bool {
        let (start, end) = (self.start(from), self.end(to));
        (from..to).any(|inside| self.tok(inside) == Tok::Gains)
            || (start..end).any(|index| ["收入", "费用", "利润"].iter().any(|word| self.script.has(index, word)))
    }

    /// 「有违法所得、非法财物的，予以没收」: the objects stand in the condition.
    fn confiscated_before(&self, at: usize) -> Vec<(MeasureKind, (usize, usize))> {
        let from = (at.saturating_sub(REACH)..at)
            .rev()
            .find(|before| matches!(self.tok(*before), Tok::Stop | Tok::Semicolon))
            .map_or(at.saturating_sub(REACH), |stop| stop + 1);
        let gains = (from..at).any(|before| self.tok(before) == Tok::Gains);
        let things = (from..at).any(|before| self.tok(before) == Tok::Text && self.names_things(before));
        let place = (at, at + 1);
        match (gains, things) {
            (true, true) => vec![(MeasureKind::ConfiscateGains, place), (MeasureKind::ConfiscateProperty, place)],
            (true, false) => vec![(MeasureKind::ConfiscateGains, place)],
            _ => vec![(MeasureKind::ConfiscateProperty, place)],
        }
    }

    fn names_things(&self, at: usize) -> bool {
        let (start, end) = (self.start(at), self.end(at + 1));
        (start..end).any(|index| {
            self.script.has(index, "财物") || self.script.has(index, "物品") || self.script.has(index, "工具")
        })
    }

    /// Where the object of a verb ends: at the end of the phrase or where the next predicate begins.
    pub(super) fn object_end(&self, from: usize) -> usize {
        let to = self.phrase.to.min(from + REACH);
        let mut at = from;
        while at < to {
            let predicate = |at: usize| {
                matches!(
                    self.tok(at),
                    Tok::Impose
                        | Tok::Order
                        | Tok::Confiscate
                        | Tok::Revoke
                        | Tok::May
                        | Tok::Cancel
                        | Tok::Suspend
                        | Tok::Warning
                        | Tok::Downgrade
                        | Tok::By
                        | Tok::StopBusiness
                        | Tok::NoPenalty
                        | Tok::Detain
                        | Tok::Halt
                ) || self.tok(at) == Tok::Give && !self.script.has(self.start(at), "进行")
            };
            match self.tok(at) {
                Tok::Also => break,
                // 「撤销批准文件、收回专用标识」.
                Tok::Pause if self.script.has(self.start(at + 1), "收回") => break,
                Tok::Or | Tok::And | Tok::Pause
                    if predicate(at + 1)
                        || matches!(
                            self.tok(at + 1),
                            Tok::Deadline | Tok::Fine | Tok::CloseDown | Tok::RestrictBusiness
                        )
                        || at > from && self.tok(at + 1) == Tok::Ban =>
                {
                    break;
                }
                _ if predicate(at) => break,
                _ => at += 1,
            }
        }
        at
    }

    /// 责令: an order, unless what is ordered is a penalty of its own kind.
    fn order(&mut self, at: usize) -> usize {
        // 「自责令改正之日起」, 「经责令改正后」: the order has been given already.
        let before = self.script.at(self.start(at).wrapping_sub(1));
        if at > self.phrase.from && matches!(before, '自' | '经' | '从' | '在' | '因' | '受' | '未') {
            return at + 1;
        }
        self.phrase.ordered = Some(at);
        self.phrase.agency = false;
        let end = (at + 1..self.phrase.to)
            .find(|next| {
                matches!(
                    self.tok(*next),
                    Tok::Or
                        | Tok::And
                        | Tok::Also
                        | Tok::Pause
                        | Tok::Impose
                        | Tok::Confiscate
                        | Tok::May
                        | Tok::Give
                        | Tok::Order
                        | Tok::Revoke
                )
            })
            .unwrap_or(self.phrase.to);
        let own = (at + 1..end).find(|next| {
            matches!(
                self.tok(*next),
                Tok::StopBusiness
                    | Tok::CloseDown
                    | Tok::RestrictBusiness
                    | Tok::Downgrade
                    | Tok::Halt
                    | Tok::Ban
                    | Tok::Suspend
                    | Tok::Cancel
            )
        });
        match own {
            Some(own) => {
                self.phrase.chain = own;
                let before = self.reading.measures.len();
                let next = self.penalty(own);
                // 「责令暂停施工」 is an order like any other.
                if self.reading.measures.len() == before { self.one(MeasureKind::Order, at, end) } else { next }
            }
            None if end == at + 1 || self.done_before(at, end) => end,
            None => self.one(MeasureKind::Order, at, end),
        }
    }

    /// 「责令改正之日起」, 「责令其召回后」, 「责令限期改正决定」: an order of the past.
    fn done_before(&self, at: usize, end: usize) -> bool {
        let past = |index: usize| match self.script.at(index) {
            '之' => self.script.at(index + 1) == '日',
            '期' => self.script.at(index + 1) == '间',
            _ => false,
        };
        (self.start(at)..self.end(end)).any(past)
            || self.script.at(self.end(end).wrapping_sub(1)) == '后'
            || (at..end).any(|inside| self.tok(inside) == Tok::Decide)
    }

    /// 限期 without 责令, or behind it in a list.
    fn deadline(&mut self, at: usize) -> usize {
        let end = self.object_end(at + 1);
        if self.done_before(at, end) {
            return end;
        }
        self.one(MeasureKind::Order, at, end.max(at + 1))
    }

    /// True where 停业, 关闭 and their like are ordered, given or stand alone, and are not merely mentioned.
    fn commanded(&self, at: usize) -> bool {
        self.chained(at) || self.phrase.ordered.is_some()
    }

    /// 「五年内不得从事……」, 「禁止从事……」 behind a condition or another measure.
    fn ban(&mut self, at: usize) -> usize {
        let near = self.phrase.to.min(at + 8);
        let work = (at + 1..near).any(|next| self.tok(next) == Tok::Occupation);
        let before = self.phrase.from.max(at.saturating_sub(8));
        let timed = (before..at).any(|before| matches!(self.tok(before), Tok::Number | Tok::Period))
            || self.script.chars(self.start(at).saturating_sub(4), self.start(at)).contains(&'终');
        let after_penalty = self.script.at(self.start(at)) == '禁'
            && (self.reading.measures.len() > self.segment_start
                || self.phrase.ordered.is_some()
                || self.tok(at.wrapping_sub(1)) == Tok::Give
                || self.conditioned());
        if work && (timed || after_penalty) {
            let to = self.phrase.to;
            let from = if timed { self.phrase.from.max(self.phrase.chain.min(at)) } else { at };
            // 「其主要负责人终身不得从事……」: the person is the subject.
            let subject = (self.phrase.chain..at).rev().find_map(|before| party::named(self.tok(before)));
            let mut measure = self.measure(MeasureKind::RestrictEmployment, from, to);
            if let Some(person) = subject.filter(|subject| *subject != Party::Unit) {
                measure.party = person;
            }
            self.push(measure);
            return to;
        }
        // 「一年内不得参加投标」 bars from business, not from work.
        let market = || ["采购", "投标", "竞买"].iter().any(|word| self.stand_near(at, word));
        if timed && self.stand_near(at, "参加") && market() {
            let from = self.phrase.from.max(self.phrase.chain.min(at));
            return self.one(MeasureKind::RestrictBusiness, from, self.phrase.to);
        }
        at + 1
    }

    /// 移送公安机关.
    fn transfer(&mut self, at: usize) -> usize {
        let to = self.phrase.to.min(at + REACH);
        match (at + 1..to).find(|next| self.tok(*next) == Tok::Authority) {
            Some(_) => self.one(MeasureKind::Transfer, at, to),
            None => at + 1,
        }
    }

    /// 依照: a reference may follow.
    fn according(&mut self, at: usize) -> usize {
        self.segment.reference = Some(at);
        if self.phrase.verb.is_none() {
            self.phrase.anchor = at + 1;
            self.phrase.measured = true;
        }
        at + 1
    }

    /// 处罚 behind 依照 and what it refers to.
    fn punish(&mut self, at: usize) -> usize {
        let Some(from) = self.segment.reference.take() else { return at + 1 };
        let refers = (from + 1..at).any(|next| matches!(self.tok(next), Tok::Rule | Tok::Title | Tok::Article));
        let following = (from + 1..at).any(|next| matches!(self.tok(next), Tok::Following | Tok::FineLabel));
        let spoken_of = at.checked_sub(1).is_some_and(|before| self.tok(before) == Tok::Of)
            || self.tok(at + 1) == Tok::Of && self.tok(at + 2) != Tok::Beyond;
        if refers && !following && !spoken_of { self.one(MeasureKind::CrossReference, from, at + 1) } else { at + 1 }
    }
}
