//! Deadlines (期限): the agenda, late first, and the year with its load; extend, waive, close.

use std::borrow::Cow;

use chrono::NaiveDate;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::listing::{Listing, thousands};
use super::{Place, Screen, Step, items};
use crate::domain::duty::Standing;
use crate::domain::filter::{Condition, Filter};
use crate::domain::ids::DutyId;
use crate::domain::label::Term as _;
use crate::i18n::{Lang, Text, Words};
use crate::service::DutyLine;
use crate::service::worker::{Answer, Ask, DutyAct};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, About, Offer, Ready, Spec, always};
use crate::tui::key::Key;
use crate::tui::overlays::{Blank, Overlay, Prompt};
use crate::tui::theme::{Theme, Tone};
use crate::tui::widgets::table::{self, Cell, Column};
use crate::tui::widgets::year::{Forward, Year};
use crate::tui::{Ctx, Notice, layout};
use crate::words;

/// The screen's name.
pub const TITLE: Text = Text::new("期限", "Deadlines");

/// What has still to be done.
fn still_open() -> (Text, Filter) {
    use Standing::{DueSoon, NotStarted, OnTrack, Overdue};
    let open = Filter::Field(Condition::Standing(vec![Overdue, DueSoon, OnTrack, NotStarted]));
    (Text::new("未办结", "still open"), open)
}

/// The agenda and the calendar.
#[derive(Debug)]
pub struct Deadlines {
    list: Listing<DutyLine>,
    year: Option<Year>,
    /// Whether the keys move in the calendar.
    in_calendar: bool,
    /// The duty that a question is about.
    asked: Option<DutyId>,
}

/// What this screen can do.
pub const COMMANDS: &[Spec<Deadlines>] = &[
    Spec {
        about: About {
            id: "deadlines.open",
            keys: &["Enter", "F8"],
            label: Text::new("打开", "open"),
            help: Text::new(
                "打开任务的事项；在年历中打开当天到期的任务",
                "open the duty's item; in the calendar, what is due on the day",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, ctx| screen.open(ctx),
    },
    Spec {
        about: About {
            id: "deadlines.filter",
            keys: &["/", "Ctrl-F"],
            label: Text::new("筛选", "filter"),
            help: Text::new(
                "边输入边筛选：机关、事项、任务:起草、到期<=+14d",
                "filter as you type: agency, item, duty:draft, due<=+14d",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, _| {
            screen.in_calendar = false;
            screen.list.begin_typing();
            Vec::new()
        },
    },
    act(
        "deadlines.extend",
        &["e", "F7"],
        Text::new("延期", "extend"),
        Text::new(
            "给任务一个更晚的到期日，写明理由；原定日期留在每份报表里",
            "give the duty a later day, with a reason; the original one stays in every report",
        ),
        |screen, ctx| screen.ask("deadlines.extend", ctx),
    ),
    act(
        "deadlines.waive",
        &["w", "F9"],
        Text::new("免除", "waive"),
        Text::new("免除任务，写明理由", "waive the duty, with a reason"),
        |screen, ctx| screen.ask("deadlines.waive", ctx),
    ),
    act(
        "deadlines.close",
        &["c", "F10"],
        Text::new("办结", "close"),
        Text::new("登记任务已在某天办结，写明理由", "record that the duty was done on a day, with a reason"),
        |screen, ctx| screen.ask("deadlines.close", ctx),
    ),
    Spec {
        about: About {
            id: "deadlines.calendar",
            keys: &["Tab", "Ctrl-Y"],
            label: Text::new("年历/日程", "calendar/agenda"),
            help: Text::new("在日程和年历之间切换", "between the agenda and the calendar of the year"),
            footer: true,
        },
        ready: always,
        run: |screen, _| {
            screen.in_calendar = !screen.in_calendar && screen.year.is_some();
            Vec::new()
        },
    },
    Spec {
        about: About {
            id: "deadlines.all",
            keys: &["a", "Ctrl-A"],
            label: Text::new("全部/未办结", "all/open"),
            help: Text::new(
                "连已办结和已免除的也列出，或只列未办结的",
                "with what is done and waived, or only what is still open",
            ),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| {
            let base = (!screen.list.has_base()).then(still_open);
            screen.list.set_base(base);
            screen.changed(ctx)
        },
    },
    go("deadlines.up", &["Up", "k"], Text::new("向上", "up"), |screen, ctx| screen.step(0, -1, ctx)),
    go("deadlines.down", &["Down", "j"], Text::new("向下", "down"), |screen, ctx| screen.step(0, 1, ctx)),
    go("deadlines.left", &["Left", "h"], Text::new("前一天", "day before"), |screen, ctx| screen.step(-1, 0, ctx)),
    go("deadlines.right", &["Right", "l"], Text::new("后一天", "day after"), |screen, ctx| screen.step(1, 0, ctx)),
    go("deadlines.page_up", &["PageUp", "Ctrl-B"], Text::new("上一页", "page up"), |screen, ctx| {
        screen.page(-1, ctx)
    }),
    go("deadlines.page_down", &["PageDown", "Ctrl-D"], Text::new("下一页", "page down"), |screen, ctx| {
        screen.page(1, ctx)
    }),
    go("deadlines.first", &["Home", "g"], Text::new("首行", "first"), |screen, ctx| screen.page(i64::MIN, ctx)),
    go("deadlines.last", &["End", "G"], Text::new("末行", "last"), |screen, ctx| screen.page(i64::MAX, ctx)),
    Spec {
        about: About {
            id: "deadlines.clear",
            keys: &["Esc"],
            label: Text::new("清除筛选", "clear filter"),
            help: Text::new(
                "退出年历或清除筛选；都没有时退回上一屏",
                "out of the calendar, or clear the filter; else a step back",
            ),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| {
            if std::mem::take(&mut screen.in_calendar) {
                return Vec::new();
            }
            if !screen.list.clear() {
                return vec![Step::Back];
            }
            screen.changed(ctx)
        },
    },
];

const fn act(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    help: Text,
    run: fn(&mut Deadlines, &Ctx) -> Vec<Step>,
) -> Spec<Deadlines> {
    Spec { about: About { id, keys, label, help, footer: true }, ready: Deadlines::has_open, run }
}

const fn go(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    run: fn(&mut Deadlines, &Ctx) -> Vec<Step>,
) -> Spec<Deadlines> {
    let help = Text::new(
        "移动光标；年历中左右一天，上下一月，翻页到有任务的日子",
        "move the cursor; in the calendar by a day, a month, to the next day with duties",
    );
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

impl Deadlines {
    /// The duties that a filter finds; without one, those that are open.
    #[must_use]
    pub fn new(filter: &str) -> Self {
        let mut list = Listing::new(filter, Ask::Duties, Ask::CountDuties);
        list.set_base(filter.is_empty().then(still_open));
        Self { list, year: None, in_calendar: false, asked: None }
    }

    fn selected(&self) -> Option<&DutyLine> {
        self.list.table.selected()
    }

    fn has_open(&self, ctx: &Ctx) -> Ready {
        match self.selected() {
            _ if self.in_calendar => {
                let key = ctx.key("deadlines.calendar");
                Err(words!(
                    "请先按 {key} 回到日程，选一项任务。",
                    "{key} goes back to the agenda: select a duty there."
                ))
            }
            None => Err(words!("没有选中的任务。", "No duty is selected.")),
            Some(line) if !line.standing.is_open() => Err(words!("这项任务已经结束。", "This duty has ended already.")),
            Some(_) => Ok(()),
        }
    }

    fn open(&mut self, ctx: &Ctx) -> Vec<Step> {
        if let Some(year) = self.year.as_ref().filter(|_| self.in_calendar) {
            let due = Text::new("到期", "due").say(ctx.lang);
            self.list.set(&format!("{due}:{}", year.cursor));
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

    /// Asks for day and reason.
    fn ask(&mut self, id: &'static str, ctx: &Ctx) -> Vec<Step> {
        let Some(line) = self.selected() else { return Vec::new() };
        let rule = line.rule.label();
        let name = if line.title.is_empty() { ctx.agency(line.agency) } else { &line.title };
        let (verb, day) = match id {
            "deadlines.extend" => {
                let to = line.due.and_then(|due| due.max(ctx.today()).checked_add_months(chrono::Months::new(1)));
                (Text::new("延期", "Extend"), to.map(|to| (Text::new("新的到期日", "new due day"), to)))
            }
            "deadlines.close" => (Text::new("办结", "Close"), Some((Text::new("办结日期", "done on"), ctx.today()))),
            _ => (Text::new("免除", "Waive"), None),
        };
        let title = Words {
            zh: format!("{}：{}　{name}", verb.zh, rule.zh),
            en: format!("{}: {}   {name}", verb.en, rule.en),
        };
        let mut blanks: Vec<Blank> = day.map(|(label, day)| Blank::new(label, day.to_string())).into_iter().collect();
        blanks.push(Blank::new(Text::new("理由", "reason"), ""));
        self.asked = Some(line.id);
        vec![Step::sheet(Overlay::Prompt(Prompt::new(id, title, blanks)))]
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
        1 => items::standing(Some(line.standing), line.due, ctx, theme),
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
            Answer::Done => vec![Step::Say(Notice::done(words!("已登记。", "Recorded.")))],
            _ => Vec::new(),
        }
    }

    fn is_typing(&self) -> bool {
        self.list.is_typing()
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        if key == Key::plain(KeyCode::Enter) {
            self.list.end_typing();
            return Some(self.changed(ctx));
        }
        let changed = self.list.key(key, ctx)?;
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
        let day = |words: &str| {
            words.parse::<NaiveDate>().map_err(|_| {
                words!("「{words}」不是日期；写成 2023-10-31。", "\"{words}\" is no day; write 2023-10-31.")
            })
        };
        let (act, reason) = match (id, values) {
            ("deadlines.extend", [to, reason]) => (DutyAct::Extend(day(to)?), reason),
            ("deadlines.close", [on, reason]) => (DutyAct::Close(day(on)?), reason),
            (_, [reason]) => (DutyAct::Waive, reason),
            _ => return Ok(Vec::new()),
        };
        if reason.is_empty() {
            return Err(words!("请写明理由。", "Say why."));
        }
        let ask = |duty| Step::Ask(Ask::ActOnDuty { duty, act, reason: reason.clone() });
        Ok(self.asked.take().map(ask).into_iter().collect())
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
        let Some(line) = y.checked_sub(agenda.y + 2) else {
            self.list.begin_typing();
            return Vec::new();
        };
        self.list.end_typing();
        if self.list.table.click(line, height(ctx)) { self.open(ctx) } else { self.list.ask(height(ctx), false) }
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
        self.list.view_filter(canvas, agenda, ctx, Text::new("项任务", "duties"));
        let (_, rows) = layout::above(agenda, 1);
        if self.list.trouble().is_some() {
            self.list.view_trouble(canvas, rows, ctx);
            return;
        }
        let column = |zh, en, width| Column { title: Text::new(zh, en), width, right: false };
        let wide = agenda.width > 100;
        let columns = [
            column("到期", "due", 11),
            column("情况", "standing", 14),
            column("任务", "duty", if wide { 22 } else { 12 }),
            column("机关", "agency", if wide { 18 } else { 12 }),
            column("事项", "item", 0),
        ];
        let theme = canvas.theme();
        table::view(canvas, rows, &columns, &self.list.table, ctx.lang, |line, at| cell(line, at, ctx, theme));
    }
}
