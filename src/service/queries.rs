//! Questions about the register: counts, lists, late duties, one item whole, search. All can be asked as of a past day.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{Days, NaiveDate};

use super::{Register, Result};
use crate::domain::duty::{Closing, DutyRule};
use crate::domain::filter::{Comparison, Condition, Day, DayField, Filter, Matching, Sort};
use crate::domain::ids::{AgencyId, ItemId};
use crate::domain::item::Item;
use crate::domain::procedure::StepRecord;
use crate::domain::search;
use crate::domain::stage::Stage;
use crate::i18n::Words;
use crate::store::{
    At, Checkable, Content, DutyLine, DutyRow, Group, Hit, ItemLine, ItemState, Key, Of, Recorded, Version, Viewpoint,
    Window,
};
use crate::words;

/// The day that a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Question {
    /// As of which day; today where not told.
    pub as_of: Option<NaiveDate>,
    /// With what had been recorded by which day; everything where not told.
    pub known_on: Option<NaiveDate>,
}

/// An item with all that belongs to it.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// The item.
    pub item: Item,
    /// Its state.
    pub state: ItemState,
    /// The line that lists show of it.
    pub line: ItemLine,
    /// Versions, oldest first.
    pub versions: Vec<Version>,
    /// Steps of the newest version, in the order in which they were recorded.
    pub steps: Vec<StepRecord>,
    /// Duties.
    pub duties: Vec<DutyRow>,
    /// Entries of the trail.
    pub trail: Vec<Recorded>,
}

/// Calls off what a register does: the statement that runs, and the work of many statements.
pub(super) struct Interrupter {
    statement: Box<dyn Fn() + Send>,
    called_off: Arc<AtomicBool>,
    /// Whether no statement of the work shall run to its end once it is called off.
    is_question: Arc<AtomicBool>,
}

impl Interrupter {
    /// Calls off what runs now.
    pub(super) fn interrupt(&self) {
        self.called_off.store(true, Ordering::Relaxed);
        (self.statement)();
    }

    /// A question begins: called off, it ends wherever it stands.
    pub(super) fn begin_question(&self) {
        self.called_off.store(false, Ordering::Relaxed);
        self.is_question.store(true, Ordering::Relaxed);
    }

    /// A piece of work begins that decides itself what it still does once it is called off.
    pub(super) fn begin_act(&self) {
        self.called_off.store(false, Ordering::Relaxed);
        self.is_question.store(false, Ordering::Relaxed);
    }
}

impl ItemView {
    /// The version that was in force on a day.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions.iter().rev().find(|version| {
            let life = &version.life;
            life.in_force_from.is_some_and(|from| from <= day) && life.in_force_to.is_none_or(|to| day <= to)
        })
    }
}

impl Register {
    /// Counts items or duties by keys.
    pub fn count(&self, of: Of, keys: &[Key], filter: &Filter, question: Question) -> Result<Vec<Group>> {
        let (at, view) = self.look(question)?;
        self.catch_up(filter)?;
        Ok(self.store.count(of, keys, filter, at, view, &self.lookup())?)
    }

    /// Items by a filter, row by row.
    pub fn each_item(
        &self,
        window: &Window,
        question: Question,
        take: impl FnMut(ItemLine) -> Result<()>,
    ) -> Result<()> {
        let (at, view) = self.look(question)?;
        self.catch_up(&window.filter)?;
        self.store.each_item(window, at, view, &self.lookup(), take)
    }

    /// Items by a filter with what their newest versions say.
    pub(super) fn each_item_whole(
        &self,
        window: &Window,
        take: impl FnMut(ItemLine, Option<Content<'_>>) -> Result<()>,
    ) -> Result<()> {
        let (at, view) = self.look(Question::default())?;
        self.catch_up(&window.filter)?;
        self.store.each_item_whole(window, at, view, &self.lookup(), take)
    }

    /// Items by a filter as the checks read them.
    pub(super) fn each_checkable(&self, filter: &Filter, take: impl FnMut(Checkable) -> Result<()>) -> Result<()> {
        let (_, view) = self.look(Question::default())?;
        self.catch_up(filter)?;
        self.store.each_checkable(filter, view, &self.lookup(), take)
    }

    /// A window of items, for a screen.
    pub fn item_window(&self, window: &Window) -> Result<Vec<ItemLine>> {
        let mut rows = Vec::new();
        self.each_item(window, Question::default(), |line| {
            rows.push(line);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Open duties by due day: how many are due on which.
    pub fn due_days(&self) -> Result<Vec<(NaiveDate, i64)>> {
        Ok(self.store.due_days()?)
    }

    /// How many duties of a rule were done on which day.
    pub fn done_days(&self, rule: DutyRule) -> Result<Vec<(NaiveDate, i64)>> {
        Ok(self.store.done_days(rule)?)
    }

    /// What calls off the work that runs now, from another thread.
    pub(super) fn interrupter(&mut self) -> Result<Interrupter> {
        let (handle, called_off) = (self.store.interrupter(), Arc::clone(&self.called_off));
        let is_question = Arc::new(AtomicBool::new(false));
        let (off, question) = (Arc::clone(&called_off), Arc::clone(&is_question));
        self.store.call_off_when(move || question.load(Ordering::Relaxed) && off.load(Ordering::Relaxed))?;
        Ok(Interrupter { statement: Box::new(move || handle.interrupt()), called_off, is_question })
    }

    /// The items that a filter finds, by number: for verbs that change many.
    pub fn items_where(&self, filter: &Filter) -> Result<Vec<ItemId>> {
        let mut found = Vec::new();
        self.each_item(&Window::of(filter.clone()), Question::default(), |line| {
            found.push(line.id);
            Ok(())
        })?;
        Ok(found)
    }

    /// Duties by a filter, row by row, the earliest due day first.
    pub fn each_duty(
        &self,
        window: &Window,
        question: Question,
        take: impl FnMut(DutyLine) -> Result<()>,
    ) -> Result<()> {
        let (at, view) = self.look(question)?;
        self.catch_up(&window.filter)?;
        self.store.each_duty(window, at, view, &self.lookup(), take)
    }

    /// The late duties, the latest first, and those that fall due within so many days.
    pub fn each_overdue(
        &self,
        within: u32,
        filter: Filter,
        question: Question,
        take: impl FnMut(DutyLine) -> Result<()>,
    ) -> Result<()> {
        let (_, view) = self.look(question)?;
        let until = view.day.checked_add_days(Days::new(u64::from(within))).unwrap_or(NaiveDate::MAX);
        let test = if within == 0 { Comparison::Below(Day::On(view.day)) } else { Comparison::UpTo(Day::On(until)) };
        let late = Filter::Field(Condition::Day { field: DayField::Due, test });
        let open = {
            use crate::domain::duty::Standing::{DueSoon, NotStarted, OnTrack, Overdue};
            Filter::Field(Condition::Standing(vec![Overdue, DueSoon, OnTrack, NotStarted]))
        };
        let window = Window::of(Filter::all(vec![late, open, filter]));
        self.each_duty(&window, question, take)
    }

    /// An item with all that belongs to it.
    pub fn show_item(&self, id: ItemId) -> Result<ItemView> {
        let item = self.store.item(id)?;
        let state = self.store.item_state(id)?;
        let (_, view) = self.look(Question::default())?;
        Ok(ItemView {
            line: self.store.item_line(id, view)?,
            versions: self.store.versions(id)?,
            steps: self.store.steps(id, state.version_no, state.batch)?,
            duties: self.store.duties_of_item(id)?,
            trail: self.store.trail_of_item(id)?,
            item,
            state,
        })
    }

    /// An item's words and place.
    pub fn item(&self, id: ItemId) -> Result<Item> {
        Ok(self.store.item(id)?)
    }

    /// The stage of an item.
    pub fn item_stage(&self, id: ItemId) -> Result<Stage> {
        Ok(self.store.item_state(id)?.stage)
    }

    /// The line that lists show of an item.
    pub fn item_line(&self, id: ItemId) -> Result<ItemLine> {
        let (_, view) = self.look(Question::default())?;
        Ok(self.store.item_line(id, view)?)
    }

    /// Items whose code, title or agency match every word.
    pub fn find(&self, text: &str, limit: usize) -> Result<Vec<Hit>> {
        let terms: Vec<&str> = text.split_whitespace().collect();
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        self.index_all()?;
        let mut hits = self.store.search(None, &terms, limit)?;
        // Words that name an agency find its items, the other words narrow them down.
        let (agency_terms, other): (Vec<&str>, Vec<&str>) =
            terms.iter().partition(|term| self.agencies.matching(term).next().is_some());
        if hits.len() < limit && !agency_terms.is_empty() {
            let fits = |id: &AgencyId| {
                self.agencies.get(*id).is_some_and(|agency| {
                    agency_terms.iter().all(|term| {
                        [&agency.name, &agency.short, &agency.code].iter().any(|words| search::matches(term, words))
                    })
                })
            };
            let agencies: Vec<AgencyId> = self.agencies.all().iter().map(|agency| agency.id).filter(fits).collect();
            let more = self.store.search(Some(&agencies), &other, limit.saturating_add(hits.len()))?;
            let new: Vec<Hit> = more.into_iter().filter(|hit| !hits.contains(hit)).take(limit - hits.len()).collect();
            hits.extend(new);
        }
        Ok(hits)
    }

    /// Indexes what waits, all of it: before a search, after an import.
    pub fn index_all(&self) -> Result<()> {
        while self.store.search_is_behind()? {
            self.store.index_some(50_000)?;
        }
        Ok(())
    }

    /// A search by words needs an index that is not behind.
    pub(super) fn catch_up(&self, filter: &Filter) -> Result<()> {
        if has_words(filter) { self.index_all() } else { Ok(()) }
    }

    fn look(&self, question: Question) -> Result<(At, Viewpoint)> {
        let day = question.as_of.unwrap_or(self.clock.day);
        let at = self.store.look_at(day, question.known_on)?;
        Ok((at, Viewpoint { day, lead: self.plans()?.lead() }))
    }

    /// What must be said of an answer about a day before the record began.
    #[must_use]
    pub fn caveat(&self, question: Question) -> Option<Words> {
        let day = question.as_of.unwrap_or(self.clock.day);
        (day < self.facts.opened_on).then(|| {
            words!(
                "登记库 {} 才建立：{day} 的情况按现有台账和各项行为的日期推算。",
                "The register was opened on {}: {day} is reconstructed from the items now listed and the days of acts.",
                self.facts.opened_on
            )
        })
    }

    /// Which agencies a word stands for.
    fn lookup(&self) -> impl Fn(&str, Matching) -> Vec<AgencyId> + '_ {
        |words, matching| match matching {
            Matching::Part => self.agencies.matching(words).map(|agency| agency.id).collect(),
            Matching::Whole => {
                let whole = |agency: &&crate::domain::agency::Agency| {
                    agency.name == words || agency.short == words || agency.code == words
                };
                self.agencies.all().iter().filter(whole).map(|agency| agency.id).collect()
            }
        }
    }
}

fn has_words(filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().any(has_words),
        Filter::Not(inner) => has_words(inner),
        Filter::Word(_) | Filter::Phrase(_) => true,
        Filter::Everything | Filter::Field(_) => false,
    }
}

/// Days late of a duty on a day, from a due day: until it was done, or until the day asked.
#[must_use]
pub fn days_late(closing: Closing, due: Option<NaiveDate>, day: NaiveDate) -> i64 {
    let until = match closing {
        Closing::Open => day,
        Closing::Done(on) => on.min(day),
        Closing::Waived(_) => return 0,
    };
    due.map_or(0, |due| (until - due).num_days().max(0))
}

/// Reads a filter; an error points at the word.
pub fn parse_filter(text: &str) -> Result<Filter> {
    Filter::parse(text).map_err(|error| super::filter_words::failure(text, &error))
}

/// Reads an order.
pub fn parse_sort(text: &str) -> Result<Sort> {
    text.parse().map_err(|error| super::filter_words::failure(text, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::FailureKind;
    use crate::service::Clock;

    /// The statement has not begun when it is called off: an interrupt that hits only what runs would be lost.
    #[test]
    fn a_question_called_off_before_its_statement_runs_is_not_answered() {
        let clock = Clock { day: "2023-09-12".parse().unwrap(), time: "09:00:00".to_owned(), told: false };
        let mut register = Register::demo(None, &clock).unwrap();
        let interrupter = register.interrupter().unwrap();
        let duties = parse_filter("agency:局 or duty:draft").unwrap();
        let count = |register: &Register| register.count(Of::Duties, &[Key::Agency], &duties, Question::default());

        interrupter.begin_question();
        interrupter.interrupt();
        assert_eq!(count(&register).unwrap_err().kind, FailureKind::Refused);
        interrupter.begin_act();
        interrupter.interrupt();
        assert!(count(&register).is_ok(), "an act decides itself");
        interrupter.begin_question();
        assert!(count(&register).is_ok(), "another question is not called off");
    }
}
