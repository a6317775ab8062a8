//! Overview (总览): where the register stands today; every figure opens its list.

use chrono::{Datelike as _, NaiveDate};
use ratatui::layout::Rect;

use super::listing::{condition, exactly, thousands};
use super::{Place, Screen, Step};
use crate::domain::duty::{DutyRule, Standing};
use crate::domain::filter::Field;
use crate::domain::label::Term as _;
use crate::domain::stage::Stage;
use crate::i18n::{Lang, Text};
use crate::service::worker::{Answer, Ask, Deadline, Overview as Figures, OverviewAgency, Progress};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, About, Offer, Spec, always};
use crate::tui::theme::{Sign, Theme, Tone};
use crate::tui::widgets::burnup::Burnup;
use crate::tui::widgets::heat;
use crate::tui::{Ctx, layout};

/// The screen's name.
pub const TITLE: Text = Text::new("总览", "Overview");

/// The overview.
#[derive(Debug, Default)]
pub struct Overview {
    figures: Option<Box<Figures>>,
    progress: Option<Box<Progress>>,
    /// The figure with the cursor: which block, row and column of it.
    at: At,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct At {
    block: Block,
    row: usize,
    column: usize,
}

/// The blocks of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Block {
    /// Deadlines by standing.
    #[default]
    Deadlines,
    /// Items by stage.
    Stages,
    /// Agencies by stage.
    Agencies,
    /// The burn-up.
    Progress,
}

/// What this screen can do.
pub const COMMANDS: &[Spec<Overview>] = &[
    Spec {
        about: About {
            id: "overview.open",
            keys: &["Enter", "F8"],
            label: Text::new("打开清单", "open list"),
            help: Text::new("打开选中数字背后的清单", "open the list behind the figure"),
            footer: true,
        },
        ready: always,
        run: |screen, ctx| screen.list_behind(ctx.lang).map(Step::Go).into_iter().collect(),
    },
    Spec {
        about: About {
            id: "overview.next",
            keys: &["Tab"],
            label: Text::new("下一块", "next block"),
            help: Text::new("到下一块数字", "to the next block of figures"),
            footer: true,
        },
        ready: always,
        run: |screen, _| screen.turn(Turn::Next),
    },
    Spec {
        about: About {
            id: "overview.previous",
            keys: &["Shift-Tab"],
            label: Text::new("上一块", "block before"),
            help: Text::new("到上一块数字", "to the block of figures before"),
            footer: false,
        },
        ready: always,
        run: |screen, _| screen.turn(Turn::Back),
    },
    step("overview.up", &["Up", "k"], Text::new("向上", "up"), |screen, _| screen.step(-1, 0)),
    step("overview.down", &["Down", "j"], Text::new("向下", "down"), |screen, _| screen.step(1, 0)),
    step("overview.left", &["Left", "h"], Text::new("向左", "left"), |screen, _| screen.step(0, -1)),
    step("overview.right", &["Right", "l"], Text::new("向右", "right"), |screen, _| screen.step(0, 1)),
];

const fn step(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    run: fn(&mut Overview, &Ctx) -> Vec<Step>,
) -> Spec<Overview> {
    let help = Text::new("移到相邻的数字", "to the figure beside it");
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

/// The stages that the heat table shows; the rarer ones are reached by filter.
const HEAT: &[(Stage, Text)] = &[
    (Stage::Listed, Text::new("待核", "list")),
    (Stage::Verified, Text::new("已核", "verif")),
    (Stage::Drafting, Text::new("起草", "draft")),
    (Stage::Returned, Text::new("退回", "retn")),
    (Stage::Submitted, Text::new("报送", "subm")),
    (Stage::Accepted, Text::new("通过", "accp")),
    (Stage::Approved, Text::new("审定", "appr")),
    (Stage::Published, Text::new("公布", "publ")),
];

/// The standings that a deadline shows, the worst first.
const STANDINGS: &[Standing] = &[
    Standing::Overdue,
    Standing::DueSoon,
    Standing::OnTrack,
    Standing::NotStarted,
    Standing::DoneLate,
    Standing::Done,
];

/// Round the blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Next,
    Back,
}

impl Overview {
    fn turn(&mut self, turn: Turn) -> Vec<Step> {
        let next = match (self.at.block, turn) {
            (Block::Deadlines, Turn::Next) | (Block::Agencies, Turn::Back) => Block::Stages,
            (Block::Stages, Turn::Next) | (Block::Progress, Turn::Back) => Block::Agencies,
            (Block::Agencies, Turn::Next) | (Block::Deadlines, Turn::Back) => Block::Progress,
            (Block::Progress, Turn::Next) | (Block::Stages, Turn::Back) => Block::Deadlines,
        };
        self.at = At { block: next, ..At::default() };
        Vec::new()
    }

    /// To the figure beside; beyond the last row of a block lies the next block.
    fn step(&mut self, down: isize, right: isize) -> Vec<Step> {
        let (rows, columns) = self.extent(self.at.block);
        match self.at.row.checked_add_signed(down) {
            Some(row) if row < rows => self.at.row = row,
            None if self.at.block != Block::Deadlines => {
                self.turn(Turn::Back);
                self.at.row = self.extent(self.at.block).0.saturating_sub(1);
            }
            Some(_) if self.at.block != Block::Progress => {
                self.turn(Turn::Next);
            }
            _ => {}
        }
        self.at.column = self.at.column.saturating_add_signed(right).min(columns.saturating_sub(1));
        Vec::new()
    }

    /// Rows and columns of a block.
    fn extent(&self, block: Block) -> (usize, usize) {
        let figures = self.figures.as_deref();
        match block {
            Block::Deadlines => (figures.map_or(0, |figures| figures.deadlines.len()), STANDINGS.len()),
            Block::Stages => (1, figures.map_or(0, |figures| figures.stages.len())),
            Block::Agencies => (figures.map_or(0, |figures| figures.agencies.len()), HEAT.len() + 1),
            Block::Progress => (1, 2),
        }
    }

    /// The list behind the figure with the cursor.
    fn list_behind(&self, lang: Lang) -> Option<Place> {
        let figures = self.figures.as_deref()?;
        let of_stage = |stage| condition(Field::Stage, stage, lang);
        let of_duty = |rule, standing| {
            format!("{} {}", condition(Field::Duty, rule, lang), condition(Field::Standing, standing, lang))
        };
        match self.at.block {
            Block::Deadlines => {
                let rule = figures.deadlines.get(self.at.row)?.rule;
                Some(Place::Deadlines(of_duty(rule, *STANDINGS.get(self.at.column)?)))
            }
            Block::Stages => {
                let (stage, _) = figures.stages.get(self.at.column)?;
                Some(Place::Items(of_stage(*stage)))
            }
            Block::Agencies => {
                let agency = exactly(Field::Agency, &figures.agencies.get(self.at.row)?.name, lang);
                Some(match self.at.column.checked_sub(1) {
                    None => {
                        let late = condition(Field::Standing, Standing::Overdue, lang);
                        Place::Deadlines(format!("{agency} {late}"))
                    }
                    Some(at) => Place::Items(format!("{agency} {}", of_stage(HEAT.get(at)?.0))),
                })
            }
            Block::Progress => {
                let rule = if self.at.column == 0 { DutyRule::Draft } else { DutyRule::Publish };
                Some(Place::Deadlines(of_duty(rule, Standing::Done)))
            }
        }
    }

    fn view_deadlines(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, ctx: &Ctx) {
        let (name, when, cell) = if area.width > 90 { (26, 20, 8) } else { (16, 18, 7) };
        canvas.text(area.x + 1, area.y, area.width, ctx.say("期限", "Deadlines"), Tone::Strong);
        let mut x = area.x + 3 + name + when;
        for standing in STANDINGS {
            let (sign, tone) = Theme::standing(*standing);
            let sign = canvas.theme().sign(sign);
            let label = short_standing(*standing).say(ctx.lang);
            canvas.right(x, area.y, cell - 1, &format!("{sign}{label}"), tone);
            x += cell;
        }
        let cursor = if self.at.block == Block::Deadlines { self.at.row } else { 0 };
        let top = (cursor + 2).saturating_sub(usize::from(area.height));
        for ((row, deadline), y) in figures.deadlines.iter().enumerate().skip(top).zip(area.y + 1..area.bottom()) {
            canvas.text(area.x + 1, y, name, deadline.rule.label().say(ctx.lang), Tone::Normal);
            let (words, tone) = days_to(deadline, ctx);
            canvas.text(area.x + 3 + name, y, when - 2, &words, tone);
            let mut x = area.x + 3 + name + when;
            for (column, standing) in STANDINGS.iter().enumerate() {
                let count = deadline.standings.iter().find(|(at, _)| at == standing).map_or(0, |(_, count)| *count);
                let tone = if count == 0 { Tone::Faint } else { Theme::standing(*standing).1 };
                canvas.right(x, y, cell - 1, &figure(count), tone);
                self.mark(canvas, Block::Deadlines, row, column, Rect::new(x, y, cell - 1, 1));
                x += cell;
            }
        }
    }

    fn view_stages(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, ctx: &Ctx) {
        let head = match ctx.lang {
            Lang::Zh => format!("事项 {}　现行有效 {}", thousands(figures.items), thousands(figures.in_force)),
            Lang::En => format!("Items {}   in force {}", thousands(figures.items), thousands(figures.in_force)),
        };
        canvas.text(area.x + 1, area.y, area.width, &head, Tone::Strong);
        let mut x = area.x + 1;
        for (column, (stage, count)) in figures.stages.iter().enumerate() {
            let label = if area.width < layout::WIDE { short_stage(*stage) } else { stage.label() };
            let words = format!("{} {}", label.say(ctx.lang), thousands(*count));
            let width = u16::try_from(ctx.ruler.of(&words)).unwrap_or(u16::MAX);
            if x.saturating_add(width) > area.right() {
                break;
            }
            canvas.text(x, area.y + 1, width, &words, Tone::Normal);
            self.mark(canvas, Block::Stages, 0, column, Rect::new(x, area.y + 1, width, 1));
            x += width + if area.width < layout::WIDE { 2 } else { 3 };
        }
    }

    fn view_agencies(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, ctx: &Ctx) {
        let (name, cell) = if area.width > 76 { (14, 7) } else { (16, 6) };
        canvas.text(area.x + 1, area.y, name, ctx.say("机关", "Agencies"), Tone::Strong);
        let late = format!("{}{}", canvas.theme().sign(Sign::Late), ctx.say("逾期", "late"));
        canvas.right(area.x + 2 + name, area.y, cell - 1, &late, Tone::Late);
        let mut x = area.x + 2 + name + cell;
        for (_, label) in HEAT {
            canvas.right(x, area.y, cell - 1, label.say(ctx.lang), Tone::Faint);
            x += cell;
        }
        let count_of = |agency: &OverviewAgency, stage: Stage| {
            agency.stages.iter().find(|(at, _)| *at == stage).map_or(0, |(_, count)| *count)
        };
        let largest = figures
            .agencies
            .iter()
            .flat_map(|agency| HEAT.iter().map(move |(stage, _)| count_of(agency, *stage)))
            .max()
            .unwrap_or(0);
        let height = usize::from(area.height.saturating_sub(1));
        let cursor = if self.at.block == Block::Agencies { self.at.row } else { 0 };
        let top = (cursor + 1).saturating_sub(height);
        for ((row, agency), y) in figures.agencies.iter().enumerate().skip(top).zip(area.y + 1..area.bottom()) {
            canvas.text(area.x + 1, y, name, short_name(&agency.name, ctx), Tone::Normal);
            let tone = if agency.overdue > 0 { Tone::Late } else { Tone::Faint };
            canvas.right(area.x + 2 + name, y, cell - 1, &figure(agency.overdue), tone);
            self.mark(canvas, Block::Agencies, row, 0, Rect::new(area.x + 2 + name, y, cell - 1, 1));
            let mut x = area.x + 2 + name + cell;
            for (column, (stage, _)) in HEAT.iter().enumerate() {
                let count = count_of(agency, *stage);
                let tone = Tone::Heat(heat::depth(count, largest));
                canvas.text(x, y, cell - 1, &" ".repeat(usize::from(cell - 1)), tone);
                canvas.right(x, y, cell - 1, &figure(count), tone);
                self.mark(canvas, Block::Agencies, row, column + 1, Rect::new(x, y, cell - 1, 1));
                x += cell;
            }
        }
    }

    fn mark(&self, canvas: &mut Canvas<'_>, block: Block, row: usize, column: usize, area: Rect) {
        if self.at == (At { block, row, column }) {
            canvas.tint(area, Tone::Selected);
        }
    }

    fn view_burnup(&self, canvas: &mut Canvas<'_>, area: Rect, figures: &Figures, ctx: &Ctx) {
        let Some(progress) = self.progress.as_deref() else { return };
        let sum = |series: &[(NaiveDate, i64)]| series.iter().map(|(_, count)| count).sum::<i64>();
        let (drafted, published) = (thousands(sum(&progress.drafted)), thousands(sum(&progress.published)));
        let total = thousands(progress.total);
        let (one, other) = (canvas.theme().sign(Sign::Other), canvas.theme().sign(Sign::Point));
        let head = match ctx.lang {
            Lang::Zh => format!("进度　{one}报送 {drafted}　{other}公布 {published}　共 {total}"),
            Lang::En => format!("{one} drafted {drafted}  {other} published {published}  of {total}"),
        };
        let tone = if self.at.block == Block::Progress { Tone::Accent } else { Tone::Strong };
        canvas.text(area.x + 1, area.y, area.width.saturating_sub(1), &head, tone);
        let today = ctx.today();
        let mut marks: Vec<(NaiveDate, String)> = figures
            .deadlines
            .iter()
            .filter(|deadline| matches!(deadline.rule, DutyRule::Draft | DutyRule::Publish))
            .filter_map(|deadline| Some((deadline.due?, short_day(deadline.due?))))
            .collect();
        marks.push((today, format!("{}{}", ctx.say("今天", "today "), short_day(today))));
        marks.sort();
        let year = ctx.facts.as_ref().map_or(today.year(), |facts| facts.plan_year);
        let days = year_of(year, progress, today);
        let burnup = Burnup {
            days,
            total: progress.total,
            upper: &progress.drafted,
            lower: &progress.published,
            today,
            marks: &marks,
        };
        let place = Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(1),
        };
        burnup.view(canvas, place);
    }
}

/// From the first thing done in the year, but no later than its July, to its end.
fn year_of(year: i32, progress: &Progress, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(today);
    let first = progress.drafted.iter().chain(&progress.published).map(|(day, _)| *day).min();
    let start = first.filter(|first| first.year() == year).map_or(day(8, 1), |first| first.min(day(8, 1)));
    (start, day(12, 31).max(today))
}

/// A count; nothing is a dot.
fn figure(count: i64) -> String {
    if count == 0 { "·".to_owned() } else { thousands(count) }
}

/// Month and day.
fn short_day(day: NaiveDate) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

fn short_name<'a>(name: &'a str, ctx: &'a Ctx) -> &'a str {
    let agencies = ctx.facts.as_ref().map(|facts| facts.agencies.as_slice()).unwrap_or_default();
    let known = agencies.iter().find(|agency| agency.name == name && !agency.short.is_empty());
    known.map_or(name, |agency| &agency.short)
}

/// How far a deadline is away, or how long ago it was.
fn days_to(deadline: &Deadline, ctx: &Ctx) -> (String, Tone) {
    let Some(due) = deadline.due else {
        let words = if deadline.in_a_month {
            ctx.say("各自一个月内", "a month each")
        } else {
            ctx.say("无固定日期", "no fixed day")
        };
        return (words.to_owned(), Tone::Faint);
    };
    let days = (due - ctx.today()).num_days();
    let is_open = deadline.standings.iter().any(|(standing, count)| standing.is_open() && *count > 0);
    let day = short_day(due);
    let words = match (days, ctx.lang) {
        (0, Lang::Zh) => format!("{day} 今天"),
        (0, Lang::En) => format!("{day} today"),
        (1.., Lang::Zh) => format!("{day} 还有 {days} 天"),
        (1.., Lang::En) => format!("{day} in {days} d"),
        (_, Lang::Zh) => format!("{day} 已过 {} 天", -days),
        (_, Lang::En) => format!("{day} {} d ago", -days),
    };
    let tone = match days {
        _ if !is_open => Tone::Faint,
        ..0 => Tone::Late,
        0..=14 => Tone::Soon,
        _ => Tone::Normal,
    };
    (words, tone)
}

/// A stage in two characters.
fn short_stage(stage: Stage) -> Text {
    let shown = HEAT.iter().find(|(of, _)| *of == stage).map(|(_, label)| *label);
    shown.unwrap_or_else(|| match stage {
        Stage::Excluded => Text::new("排除", "excl"),
        Stage::Superseded => Text::new("替代", "supd"),
        Stage::Repealed => Text::new("废止", "repl"),
        other => other.label(),
    })
}

const fn short_standing(standing: Standing) -> Text {
    match standing {
        Standing::Overdue => Text::new("逾期", "late"),
        Standing::DueSoon => Text::new("临期", "soon"),
        Standing::OnTrack => Text::new("进行", "begun"),
        Standing::NotStarted => Text::new("未动", "idle"),
        Standing::DoneLate => Text::new("迟办", "dn.lt"),
        Standing::Done => Text::new("办结", "done"),
        Standing::Waived => Text::new("免除", "waiv."),
    }
}

impl Screen for Overview {
    fn place(&self) -> Place {
        Place::Overview
    }

    fn title(&self, ctx: &Ctx) -> String {
        let year = ctx.facts.as_ref().map(|facts| facts.plan_year);
        match (year, ctx.lang) {
            (None, lang) => TITLE.say(lang).to_owned(),
            (Some(year), Lang::Zh) => format!("总览　{year} 年计划"),
            (Some(year), Lang::En) => format!("Overview   plan of {year}"),
        }
    }

    fn offers(&self, ctx: &Ctx) -> Vec<Offer> {
        catalog::offers(COMMANDS, self, ctx)
    }

    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        catalog::perform(COMMANDS, id, self, ctx).unwrap_or_default()
    }

    fn appear(&mut self, _ctx: &Ctx) -> Vec<Step> {
        vec![Step::Ask(Ask::Overview), Step::Ask(Ask::Progress)]
    }

    fn answered(&mut self, answer: Answer, _ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Overview(figures) => {
                // The first figure that asks for work is where the cursor belongs.
                if self.figures.is_none() {
                    let late = |deadline: &Deadline| deadline.standings.iter().any(|(at, _)| *at == Standing::Overdue);
                    self.at.row = figures.deadlines.iter().position(late).unwrap_or(0);
                }
                self.figures = Some(figures);
            }
            Answer::Progress(progress) => self.progress = Some(progress),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let Some(figures) = self.figures.as_deref() else { return };
        let deadlines = u16::try_from(figures.deadlines.len() + 2).unwrap_or(u16::MAX).min(area.height * 9 / 20);
        let (top, rest) = layout::above(area, deadlines);
        self.view_deadlines(canvas, Rect { height: top.height.saturating_sub(1), ..top }, figures, ctx);
        let (stages, rest) = layout::above(rest, 3);
        self.view_stages(canvas, stages, figures, ctx);
        // Beside each other where there is room, else the table above and the picture below.
        if rest.width >= layout::WIDE {
            let (left, right) = layout::beside(rest, 74);
            self.view_agencies(canvas, left, figures, ctx);
            self.view_burnup(canvas, right, figures, ctx);
        } else if rest.height > 16 {
            let (upper, lower) = layout::below(rest, 8);
            self.view_agencies(canvas, Rect { height: upper.height - 1, ..upper }, figures, ctx);
            self.view_burnup(canvas, lower, figures, ctx);
        } else if self.at.block == Block::Progress {
            self.view_burnup(canvas, rest, figures, ctx);
        } else {
            self.view_agencies(canvas, rest, figures, ctx);
        }
    }
}
