//! Measures on licences, grades and lines of business: 吊销, 撤销, 暂扣, 暂停, 降低.

use super::clause::Walk;
use super::words::Tok;
use crate::domain::measure::MeasureKind;

/// How far words beside a measure may stand, in tokens.
const REACH: usize = 80;

impl Walk<'_> {
    /// True where the object is a licence or what stands for one.
    pub(super) fn strikes_licence(&self, at: usize) -> bool {
        let shared = self.tok(at + 1) == Tok::Or && self.tok(at + 2) == Tok::Revoke;
        shared || self.names_licence(self.start(at + 1), self.end(self.object_end(at + 1)))
    }

    /// True where characters name a licence: 证 in 许可证 and its like, not in 认证 or 证券.
    fn names_licence(&self, start: usize, end: usize) -> bool {
        let others = ["执照", "牌照", "资质", "资格", "许可", "登记", "批准文", "注册", "文号", "号牌"];
        let holds = |word: &str| (start..end).any(|index| self.script.has(index, word));
        let certificate = |index: usize| {
            self.script.at(index) == '证'
                && !matches!(self.script.at(index + 1), '券' | '明' | '据' | '实' | '人' | '监')
                && !matches!(self.script.at(index.wrapping_sub(1)), '认' | '保' | '公' | '验' | '论' | '求')
        };
        !holds("商标") && (others.iter().any(|word| holds(word)) || (start..end).any(certificate))
    }

    /// 吊销, 暂扣 with the licence as written.
    pub(super) fn licence(&mut self, kind: MeasureKind, at: usize) -> usize {
        let end = self.object_end(at + 1);
        // 「对已撤销登记的品种进行推广」, 「受吊销证书的处罚」 tell what has been.
        let undergone = matches!(self.script.at(self.start(at).wrapping_sub(1)), '已' | '受');
        let Some(name) = self.name_end(at + 1, end).filter(|_| !undergone) else { return end };
        let mut object = self.licence_words(at + 1, name);
        // 「暂扣或者吊销许可证」: the licence stands once.
        if object.is_none() && matches!(self.tok(end), Tok::Or | Tok::Pause) {
            object = self.licence_words(end + 2, self.object_end(end + 2));
        }
        // 「除吊销许可证外」, 「吊销许可证等处罚」.
        let behind = if name < end { '等' } else { '外' };
        if let Some(object) = object.as_mut().filter(|object| object.ends_with(behind)) {
            object.pop();
        }
        let mut measure = self.measure(kind, at, name.max(at + 1));
        // The licence of a person is struck with the person.
        let personal = ["从业", "执业", "任职", "导游", "驾驶", "适任"];
        if object.as_ref().is_some_and(|object| personal.iter().any(|word| object.contains(word))) {
            measure.party = self.segment.party.party;
        }
        measure.object = object;
        self.push(measure);
        end
    }

    /// Where the name of a licence ends within the object of its verb: before 「等处罚」 and 「的处罚」. `None` where the words
    /// speak about the measure: 「吊销许可证后」, 「吊销许可证之日起」, 「吊销许可证的处罚由……」.
    fn name_end(&self, from: usize, end: usize) -> Option<usize> {
        let last = end.saturating_sub(1);
        match self.tok(last) {
            Tok::Decide => None,
            Tok::Punish => {
                let of = self.tok(last - 1) == Tok::Of;
                let among = of || self.script.at(self.end(last) - 1) == '等';
                let imposed = among && last > from && end == self.phrase.to;
                (imposed && !self.is_left_to_others(end)).then_some(last - usize::from(of))
            }
            _ => {
                let (start, stop) = (self.start(from), self.end(end));
                let past = (start..stop).any(|index| self.script.has(index, "之日"))
                    || matches!(self.script.at(stop.wrapping_sub(1)), '后' | '前');
                (!past).then_some(end)
            }
        }
    }

    /// The name of a licence, without 其 and without the time that stands before, within or behind it.
    fn licence_words(&self, from: usize, to: usize) -> Option<String> {
        // The 三 of 三轮车 counts no time.
        let counts = |at: usize| {
            let timed = matches!(self.tok(at + 1), Tok::Period | Tok::Day | Tok::To | Tok::Above | Tok::Below);
            self.tok(at) == Tok::Number && (timed || self.script.at(self.start(at + 1)) == '年')
        };
        let time = |at: usize| {
            counts(at)
                || matches!(
                    self.tok(at),
                    Tok::Its
                        | Tok::Period
                        | Tok::Day
                        | Tok::Above
                        | Tok::Below
                        | Tok::To
                        | Tok::Of
                        | Tok::Pause
                        | Tok::Also
                )
        };
        let mut first = from;
        while first < to && time(first) {
            first += 1;
        }
        let number = (first..to).find(|at| counts(*at));
        let mut last = number.unwrap_or(to);
        while last > first && time(last - 1) {
            last -= 1;
        }
        if number.is_some() && !self.names_licence(self.start(first), self.end(last)) {
            let behind = (last..to)
                .rev()
                .find(|at| matches!(self.tok(*at), Tok::Period | Tok::Day | Tok::Below))
                .map_or(last, |time| time + 1);
            return self.licence_words(behind, to).filter(|_| behind > last);
        }
        (first < last).then(|| self.script.words(self.start(first), self.end(last)))
    }

    /// 暂停 strikes a licence, a business or an occupation, as its object says.
    pub(super) fn halt(&mut self, at: usize) -> usize {
        let end = self.object_end(at + 1);
        let start = self.start(at);
        let holds =
            |words: &[&str]| (start..self.end(end)).any(|index| words.iter().any(|word| self.script.has(index, word)));
        // The number of who put up bills is switched off by its operator.
        if holds(&["期间"]) || holds(&["服务"]) && self.stand_near(at, "号码") {
            return end;
        }
        if holds(&["执业", "从业"]) && !holds(&["证"]) {
            return self.one(MeasureKind::RestrictEmployment, at, end.max(at + 1));
        }
        let shared = matches!(self.tok(end), Tok::Or | Tok::Pause)
            && matches!(self.tok(end + 1), Tok::Cancel | Tok::Revoke)
            && self.strikes_licence(end + 1);
        if shared && end == at + 1 || self.names_licence(start, self.end(end)) {
            return self.licence(MeasureKind::SuspendLicence, at);
        }
        if holds(&["业务", "经营", "生产", "营业", "服务", "交易", "活动", "投标", "销售"]) {
            return self.one(MeasureKind::RestrictBusiness, at, end.max(at + 1));
        }
        at + 1
    }

    /// True where characters stand near a token in its phrase.
    pub(super) fn stand_near(&self, at: usize, words: &str) -> bool {
        let (from, to) = (self.phrase.from.max(at.saturating_sub(REACH)), self.phrase.to.min(at + REACH));
        (self.start(from)..self.end(to)).any(|index| self.script.has(index, words))
    }

    /// 取消资格: of a business where it is one to take part for a time, else a licence.
    pub(super) fn cancel(&mut self, at: usize) -> usize {
        let end = self.object_end(at + 1);
        let timed = (at + 1..end).any(|inside| self.tok(inside) == Tok::Number);
        if timed
            && (self.start(at)..self.end(end))
                .any(|index| self.script.has(index, "参加") || self.script.has(index, "投标"))
        {
            return self.one(MeasureKind::RestrictBusiness, at, end);
        }
        self.licence(MeasureKind::RevokeLicence, at)
    }

    /// 降低资质等级.
    pub(super) fn downgrade(&mut self, at: usize) -> usize {
        let end = self.object_end(at + 1);
        let (start, stop) = (self.start(at + 1), self.end(end));
        let holds = |word: &str| (start..stop).any(|index| self.script.has(index, word));
        let graded = (holds("资质") || holds("等级") || holds("资格")) && !holds("岗位") && !holds("信用");
        if !graded {
            return at + 1;
        }
        let mut measure = self.measure(MeasureKind::Downgrade, at, end);
        measure.object = self.licence_words(at + 1, end);
        self.push(measure);
        end
    }
}
