//! Deadlines (期限): the agenda, late first, and the year with its load; extend, waive, close.

mod commands;

use std::borrow::Cow;

use chrono::{NaiveDate, Weekday};
use ratatui::layout::Rect;

use super::listing::{Clicked, Listing, TYPING_KEYS, Way, thousands};
use super::many::{self, Acts, day, reason, reason_blank};
use super::standing::standing;
use super::{Place, Screen, Step};
use crate::domain::duty::Standing;
use crate::domain::filter::{Comparison, Condition, Day, DayField, Field, Filter, Span};
use crate::domain::label::Term as _;
use crate::i18n::{Lang, Text, Words};
use crate::service::worker::{Answer, Ask};
use crate::service::{DutyLine, DutyVerb, Verb};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, Offer, Ready};
use crate::tui::key::Key;
use crate::tui::overlays::Blank;
use crate::tui::theme::{Theme, Tone};
use crate::tui::widgets::table::{Cell, Column};
use crate::tui::widgets::year::{Forward, Year};
use crate::tui::{Ctx, Notice, layout};
use crate::words;

pub use commands::COMMANDS;

/// The screen's name.
pub const TITLE: Text = Text::new("期限", "Deadlines");

/// What has still to be done.
fn still_open() -> (Text, Filter) {
    use Standing::{DueSoon, NotStarted, OnTrack, Overdue};
    let open = Filter::Field(Condition::Standing(vec![Overdue, DueSoon, OnTrack, NotStarted]));
    (Text::new("未办结", "still open"), open)
}

/// What of it is due in the week of a day, from Monday to Sunday.
fn still_open_in_week(day: NaiveDate) -> (Text, Filter) {
    let monday = Day::On(day.week(Weekday::Mon).first_day());
    let sunday = Day::On(day.week(Weekday::Mon).last_day());
    let due =
        Condition::Day { field: DayField::Due, test: Comparison::Within(vec![Span { first: monday, last: sunday }]) };
    let (_, open) = still_open();
    (Text::new("本周到期", "due this week"), Filter::all(vec![Filter::Field(due), open]))
}

/// The agenda and the calendar.
#[derive(Debug)]
pub struct Deadlines {
    list: Listing<DutyLine>,
    year: Option<Year>,
    /// Whether the keys move in the calendar.
    in_calendar: bool,
    acts: Acts,
    /// The filter before a day of the calendar was opened, and the filter of that day.
    opened_day: Option<[String; 2]>,
}

impl Deadlines {
    /// The duties that a filter finds; without one, those that are open.
    #[must_use]
    pub fn new(filter: &str) -> Self {
        let mut list = Listing::new(filter, Ask::Duties, Ask::CountDuties);
        list.set_base(filter.is_empty().then(still_open));
        Self { list, year: None, in_calendar: false, acts: Acts::default(), opened_day: None }
    }

    fn selected(&self) -> Option<&DutyLine> {
        self.list.table.selected()
    }

    fn in_agenda(&self, ctx: &Ctx) -> Ready {
        match self.selected() {
            _ if self.in_calendar => {
                let key = ctx.key("deadlines.calendar");
                Err(words!(
                    "请先按 {key} 回到日程，选一项任务。",
                    "{key} goes back to the agenda: select a duty there."
                ))
            }
            None => Err(words!("没有选中的任务。", "No duty is selected.")),
            Some(_) => Ok(()),
        }
    }

    fn has_open(&self, ctx: &Ctx) -> Ready {
        if !self.list.marks().is_empty() && !self.in_calendar {
            return Ok(());
        }
        self.in_agenda(ctx)?;
        match self.selected() {
            None => Err(words!("没有选中的任务。", "No duty is selected.")),
            Some(line) if !line.standing.is_open() => Err(words!("这项任务已经结束。", "This duty has ended already.")),
            Some(_) => Ok(()),
        }
    }

    fn open(&mut self, ctx: &Ctx) -> Vec<Step> {
        if let Some(year) = self.year.as_ref().filter(|_| self.in_calendar) {
            let due = Text::new("到期", "due").say(ctx.lang);
            let day = format!("{due}:{}", year.cursor);
            let before = self.list.words().to_owned();
            self.list.set(&day);
            self.opened_day = Some([before, day]);
            self.in_calendar = false;
            return self.changed(ctx);
        }
        match self.selected() {
            Some(DutyLine { item: Some(item), .. }) => vec![Step::Go(Place::Baseline(*item))],
            Some(_) => {
                vec![Step::Say(Notice::know(words!("这项任务不属于某个事项。", "This duty is about no single item.")))]
            }
            None => Vec::new(),
        }
    }

    /// One step back within the screen: out of the calendar, or from a day back to it; marks, filter, then out.
    fn step_back(&mut self, ctx: &Ctx) -> Vec<Step> {
        let typing = self.list.is_typing();
        if std::mem::take(&mut self.in_calendar) || (!typing && self.list.unmark()) {
            return Vec::new();
        }
        if let Some([before, day]) = self.opened_day.take()
            && self.list.words() == day
            && !typing
        {
            self.list.set(&before);
            self.in_calendar = true;
            return self.changed(ctx);
        }
        if self.list.clear() { self.changed(ctx) } else { vec![Step::Back] }
    }

    /// Asks for day and reason.
    fn ask(&self, id: &'static str, ctx: &Ctx) -> Vec<Step> {
        let (verb, day) = match id {
            "deadlines.extend" => {
                let due = self.selected().and_then(|line| line.due).unwrap_or_default().max(ctx.today());
                let to = due.checked_add_months(chrono::Months::new(1)).unwrap_or(due);
                (Text::new("延期", "Extend"), Some((Text::new("新的到期日", "new due day"), to)))
            }
            "deadlines.close" => (Text::new("办结", "Close"), Some((Text::new("办结日期", "done on"), ctx.today()))),
            _ => (Text::new("免除", "Waive"), None),
        };
        let mut blanks: Vec<Blank> = day.map(|(label, day)| Blank::new(label, day.to_string())).into_iter().collect();
        blanks.push(reason_blank());
        let name = |line: &DutyLine| {
            let rule = line.rule.label();
            let name = if line.title.is_empty() { ctx.agency(line.agency) } else { &line.title };
            Words { zh: format!("{}　{name}", rule.zh), en: format!("{}   {name}", rule.en) }
        };
        many::ask(id, verb, &self.list, name, Text::new("项任务", "duties"), blanks)
    }

    fn step(&mut self, right: i64, down: i32, ctx: &Ctx) -> Vec<Step> {
        match self.year.as_mut().filter(|_| self.in_calendar) {
            Some(year) => {
                year.move_days(right);
                year.move_months(down);
                Vec::new()
            }
            None => self.move_by(down.into(), ctx),
        }
    }

    fn page(&mut self, by: i64, ctx: &Ctx) -> Vec<Step> {
        match self.year.as_mut().filter(|_| self.in_calendar) {
            Some(year) => {
                year.move_to_load(if by > 0 { Forward::Yes } else { Forward::No });
                Vec::new()
            }
            None => self.move_by(by.saturating_mul(i64::from(height(ctx))), ctx),
        }
    }

    fn move_by(&mut self, by: i64, ctx: &Ctx) -> Vec<Step> {
        self.list.table.move_by(by, height(ctx));
        self.list.ask(height(ctx), false)
    }

    fn changed(&mut self, ctx: &Ctx) -> Vec<Step> {
        self.list.read_filter();
        self.list.ask(height(ctx), false)
    }

    /// What is said where no duty is listed: what shows more, or how duties come about.
    fn nothing(&self, ctx: &Ctx) -> Words {
        let none = words!("没有符合条件的任务。", "No duty fits.");
        if let Some(nothing) = self.list.nothing_fits(none, ctx.key("deadlines.clear")) {
            return nothing;
        }
        let (key, Text { zh, en }) = (ctx.key("import"), super::import::TITLE);
        let whence = words!(
            "任务随事项产生：按 {key} 到「{zh}」读入表格。",
            "Duties come with items: {key} goes to {en}, which takes in a table."
        );
        match self.list.base() {
            None => whence.before("还没有任务。", "There are no duties yet. "),
            Some(base) if base == still_open().0 => {
                let key = ctx.key("deadlines.all");
                let none = words!(
                    "没有未办结的任务。按 {key} 列出全部任务。",
                    "No duty is still open. {key} lists those that are done, too. "
                );
                whence.before(&none.zh, &none.en)
            }
            Some(_) => {
                let key = ctx.key("deadlines.week");
                words!(
                    "本周没有未办结的任务到期。按 {key} 列出全部未办结的任务。",
                    "No open duty is due this week. {key} lists all that are still open."
                )
            }
        }
    }

    fn columns(&self, width: u16) -> [Column; 5] {
        COLUMNS.map(|(field, title, [narrow, wide])| {
            let width = if width > 100 { wide } else { narrow };
            Column { title, width, right: false, order: self.list.order_of(field) }
        })
    }

    fn view_calendar(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let Some(year) = &self.year else { return };
        let calendar = ctx.facts.as_ref().map(|facts| &facts.calendar);
        let place = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        year.view(canvas, place, ctx.today(), calendar, ctx.lang);
        let y = area.y + 13;
        if y < area.bottom() {
            let load = thousands(year.load(year.cursor));
            let words = match ctx.lang {
                Lang::Zh => format!("{}　{load} 项到期", crate::tui::app::day_words(year.cursor, ctx.lang)),
                Lang::En => format!("{}   {load} due", crate::tui::app::day_words(year.cursor, ctx.lang)),
            };
            let tone = if self.in_calendar { Tone::Accent } else { Tone::Faint };
            let x = canvas.text(place.x, y, place.width, &words, tone) + 4;
            let legend =
                ctx.say("+ 十项以上　# 百项以上　- 休息日", "+ ten and more   # a hundred and more   - rest day");
            canvas.text(x, y, place.right().saturating_sub(x), legend, Tone::Faint);
        }
    }
}

/// Where agenda and calendar stand: the calendar below where there is room for both.
const fn places(body: Rect) -> (Rect, Option<Rect>) {
    if body.height < 30 {
        return (body, None);
    }
    let (agenda, calendar) = layout::below(body, 15);
    (agenda, Some(Rect { y: calendar.y + 1, height: 14, ..calendar }))
}

fn height(ctx: &Ctx) -> u16 {
    Listing::<DutyLine>::height(places(ctx.body).0)
}

fn cell<'a>(line: &'a DutyLine, at: usize, ctx: &'a Ctx, theme: Theme) -> Cell<'a> {
    match at {
        0 => match line.due {
            Some(due) if line.original_due != line.due => (Cow::Owned(format!("{due}+")), Tone::Normal),
            Some(due) => (Cow::Owned(due.to_string()), Tone::Normal),
            None => {
                let age = line.starts.map_or(0, |starts| (ctx.today() - starts).num_days().max(0));
                let words = match ctx.lang {
                    Lang::Zh => format!("已 {age} 天"),
                    Lang::En => format!("{age} d old"),
                };
                (Cow::Owned(words), Tone::Faint)
            }
        },
        1 => standing(Some(line.standing), line.due, ctx, theme),
        2 => (Cow::Borrowed(line.rule.label().say(ctx.lang)), Tone::Normal),
        3 => (Cow::Borrowed(ctx.agency(line.agency)), Tone::Normal),
        _ if line.title.is_empty() => (Cow::Owned(line.year.to_string()), Tone::Faint),
        _ => (Cow::Owned(format!("{} {}", line.code, line.title)), Tone::Normal),
    }
}

impl Screen for Deadlines {
    fn place(&self) -> Place {
        Place::Deadlines(String::new())
    }

    fn title(&self, ctx: &Ctx) -> String {
        TITLE.say(ctx.lang).to_owned()
    }

    fn offers(&self, ctx: &Ctx) -> Vec<Offer> {
        catalog::offers(COMMANDS, self, ctx)
    }

    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        catalog::perform(COMMANDS, id, self, ctx).unwrap_or_default()
    }

    fn appear(&mut self, ctx: &Ctx) -> Vec<Step> {
        let mut steps = self.list.ask(height(ctx), true);
        steps.push(Step::Ask(Ask::DueDays));
        steps
    }

    fn answered(&mut self, answer: Answer, ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Duties(page) => {
                self.list.put(page, height(ctx));
                self.list.ask(height(ctx), false)
            }
            Answer::Count(total) => {
                self.list.table.put_total(total, height(ctx));
                self.list.ask(height(ctx), false)
            }
            Answer::DueDays(load) => {
                self.year.get_or_insert_with(|| Year::new(ctx.today())).put(load);
                Vec::new()
            }
            Answer::Many(results) => self.acts.answered(*results, &mut self.list, ctx),
            _ => Vec::new(),
        }
    }

    fn is_typing(&self) -> bool {
        self.list.is_typing()
    }

    fn typing_keys(&self) -> &'static [(&'static str, Text)] {
        TYPING_KEYS
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        let changed = self.list.typed(key, ctx)?;
        Some(if changed { self.changed(ctx) } else { Vec::new() })
    }

    fn pasted(&mut self, words: &str, ctx: &Ctx) -> Vec<Step> {
        self.list.insert(words);
        self.changed(ctx)
    }

    fn begin_filter(&mut self, words: &str, ctx: &Ctx) -> Option<Vec<Step>> {
        self.in_calendar = false;
        self.list.insert(words);
        Some(self.changed(ctx))
    }

    fn filled(&mut self, id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        let verb = match (id, values) {
            ("deadlines.extend", [to, why]) => DutyVerb::Extend { to: day(to)?, reason: reason(why)? },
            ("deadlines.close", [on, why]) => DutyVerb::Close { on: day(on)?, reason: reason(why)? },
            ("deadlines.waive", [why]) => DutyVerb::Waive { reason: reason(why)? },
            _ => return Ok(Vec::new()),
        };
        Ok(self.acts.begin(&self.list, Verb::Duty(verb)))
    }

    fn confirmed(&mut self, id: &str, _ctx: &Ctx) -> Vec<Step> {
        if id == many::APPLY { self.acts.confirmed() } else { Vec::new() }
    }

    fn clicked(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        let (agenda, below) = places(ctx.body);
        let calendar = below.or_else(|| self.in_calendar.then_some(agenda)).filter(|area| area.contains((x, y).into()));
        if let (Some(area), Some(year)) = (calendar, &mut self.year) {
            self.in_calendar = true;
            if let Some(day) = year.day_at(Rect { x: area.x + 1, ..area }, x, y) {
                year.cursor = day;
            }
            return Vec::new();
        }
        self.in_calendar = false;
        match self.list.clicked(x, y, agenda, &self.columns(agenda.width)) {
            Clicked::Again => self.open(ctx),
            Clicked::Heading(at) => {
                if let Some((field, ..)) = COLUMNS.get(at) {
                    self.list.sort_by(*field, Way::Up);
                }
                self.list.ask(height(ctx), true)
            }
            _ => self.list.ask(height(ctx), false),
        }
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let (agenda, below) = places(area);
        if let Some(area) = below {
            canvas.rule(Rect { y: area.y - 1, height: 1, ..area });
            self.view_calendar(canvas, area, ctx);
        } else if self.in_calendar {
            self.view_calendar(canvas, area, ctx);
            return;
        }
        let theme = canvas.theme();
        let nothing = self.nothing(ctx);
        let words = (Text::new("项任务", "duties"), &nothing);
        let cell = |line, at| cell(line, at, ctx, theme);
        self.list.view(canvas, agenda, ctx, &self.columns(agenda.width), words, cell);
    }
}

/// The columns: what they are sorted by, their headings, their width in a narrow and in a wide list.
const COLUMNS: [(Field, Text, [u16; 2]); 5] = [
    (Field::Due, Text::new("到期", "due"), [11, 11]),
    (Field::Standing, Text::new("情况", "standing"), [14, 14]),
    (Field::Duty, Text::new("任务", "duty"), [12, 22]),
    (Field::Agency, Text::new("机关", "agency"), [12, 18]),
    (Field::Title, Text::new("事项", "item"), [0, 0]),
];
