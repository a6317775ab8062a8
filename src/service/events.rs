//! Events: a change of the law or a provincial baseline proposes every affected item and, confirmed, opens a clock of
//! one month on each (S2.2, S2.3).

use chrono::NaiveDate;
use serde_json::json;

use super::{Register, Result, duties};
use crate::domain::clause::Clause;
use crate::domain::duty::DutyRule;
use crate::domain::filter::{Condition, Filter, Matching, TextField};
use crate::domain::ids::{EventId, ItemId};
use crate::domain::source::{Source, SourceStatus};
use crate::i18n::{Failure, Text};
use crate::store::{Done, Entry, Event};
use crate::words;

/// An event to be registered.
#[derive(Debug, Clone)]
pub struct EventForm {
    /// `amended`, `repealed`, `circumstances`, `provincial_baseline`.
    pub form: String,
    /// Which source, as a person names it.
    pub source: Option<String>,
    /// Articles concerned; empty for the whole source.
    pub articles: String,
    /// Day of entry into force; today where not told.
    pub on: Option<NaiveDate>,
    /// What changed.
    pub note: String,
}

/// An event with the items that it strikes.
#[derive(Debug, Clone)]
pub struct EventView {
    /// The event.
    pub event: Event,
    /// Title of its source.
    pub source: String,
    /// Items that it strikes, by source and article.
    pub affected: Vec<ItemId>,
}

const FORMS: [(&str, Text); 4] = [
    ("amended", Text::new("修改", "amended")),
    ("repealed", Text::new("废止", "repealed")),
    ("circumstances", Text::new("情况变化", "circumstances changed")),
    ("provincial_baseline", Text::new("省级基准", "provincial baseline")),
];

/// The form of an event by its identifier or its name: the identifier and the label.
#[must_use]
pub fn event_form(words: &str) -> Option<(&'static str, Text)> {
    FORMS.into_iter().find(|(id, label)| words == *id || words == label.zh || words == label.en)
}

impl Register {
    /// Registers an event. An amendment or repeal is noted at the source too.
    pub fn register_event(&mut self, form: &EventForm) -> Result<EventId> {
        let Some((kind, _)) = event_form(form.form.trim()) else {
            let zh = FORMS.map(|(id, label)| format!("{id}（{}）", label.zh)).join("、");
            let en = FORMS.map(|(id, _)| id).join(", ");
            return Err(Failure::usage(
                words!("没有「{}」这种事件。", "There is no event \"{}\".", form.form),
                words!("可以写：{zh}。", "One of: {en}."),
            ));
        };
        let source = form.source.as_deref().map(|words| self.find_source(words)).transpose()?;
        if source.is_none() && kind != "circumstances" {
            return Err(Failure::usage(
                words!("要写明是哪部法源。", "An event of this form takes its source."),
                words!("请用 --source 写明。", "Give it with --source."),
            ));
        }
        if !form.articles.trim().is_empty() && clauses_of(&form.articles).is_empty() {
            return Err(Failure::usage(
                words!("「{}」里没有条款。", "\"{}\" names no clause.", form.articles),
                words!("写成 第八条、第九条。", "Write 第八条、第九条."),
            ));
        }
        let on = form.on.unwrap_or(self.clock.day);
        let event = Event {
            id: EventId(0),
            form: kind.to_owned(),
            source: source.as_ref().map(|source| source.id),
            articles: form.articles.trim().to_owned(),
            on,
            note: form.note.trim().to_owned(),
        };
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let id = write.add_event(&event)?;
            match (source, kind) {
                (Some(source), "amended") => {
                    write.change_source(&Source { status: SourceStatus::Amended, amended: Some(on), ..source })?;
                }
                (Some(source), "repealed") => {
                    write.change_source(&Source { status: SourceStatus::Repealed, ..source })?;
                }
                _ => {}
            }
            let detail = json!({ "form": kind, "source": event.source, "articles": event.articles, "on": on });
            Ok::<_, Failure>(Done::Wrote(
                id,
                Entry { verb: "event.register", record: "event", record_id: id.0, detail },
            ))
        })
    }

    /// Every event with the items that it strikes.
    pub fn events(&self) -> Result<Vec<EventView>> {
        self.store.events()?.into_iter().map(|event| self.event_view(event)).collect()
    }

    /// One event.
    pub fn find_event(&self, id: EventId) -> Result<EventView> {
        let event = self.store.events()?.into_iter().find(|event| event.id == id);
        event.map(|event| self.event_view(event)).ok_or_else(|| {
            Failure::refused(
                words!("没有编号 {id} 的事件。", "There is no event {id}."),
                words!("cailiang event list 列出全部。", "cailiang event list shows all."),
            )
        })?
    }

    fn event_view(&self, event: Event) -> Result<EventView> {
        let sources = self.store.sources()?;
        let source = sources.into_iter().find(|source| Some(source.id) == event.source);
        let title = source.map(|source| source.title).unwrap_or_default();
        let affected = if title.is_empty() {
            Vec::new()
        } else {
            let of_source =
                Condition::Text { field: TextField::Source, matching: Matching::Whole, values: vec![title.clone()] };
            let mut parts = vec![Filter::Field(of_source)];
            let clauses = clauses_of(&event.articles);
            if !clauses.is_empty() {
                parts.push(Filter::Field(Condition::Clause { matching: Matching::Part, values: clauses }));
            }
            self.items_where(&Filter::all(parts))?
        };
        Ok(EventView { event, source: title, affected })
    }

    /// Confirms items that an event strikes: a clock of one month starts on each. Returns how many clocks were opened;
    /// those that run already are left as they are.
    pub fn confirm_event(&mut self, id: EventId, items: &[ItemId]) -> Result<usize> {
        let view = self.find_event(id)?;
        let rule = if view.event.form == "provincial_baseline" { DutyRule::Refine } else { DutyRule::Adjust };
        let plans = self.plans()?;
        let stamp = self.stamp()?;
        let tree = &self.agencies;
        self.store.write(&stamp, |write| {
            let mut opened = Vec::new();
            for item in items {
                let state = write.state(*item)?;
                if duties::open_clock(write, &plans, tree, &state, rule, Some(id), view.event.on)? {
                    opened.push(*item);
                }
            }
            if opened.is_empty() {
                return Ok::<_, Failure>(Done::Nothing(0));
            }
            let detail = json!({ "rule": rule, "items": opened });
            let entry = Entry { verb: "event.confirm", record: "event", record_id: id.0, detail };
            Ok(Done::Wrote(opened.len(), entry))
        })
    }
}

fn clauses_of(articles: &str) -> Vec<Clause> {
    match articles.trim().parse::<u32>() {
        Ok(number) => vec![Clause::article(number)],
        Err(_) => Clause::parse_all(articles),
    }
}
