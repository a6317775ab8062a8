//! Questions: status, overdue, list, find.

use super::super::grammar::{AsOf, Find, Format, List, Overdue, Status};
use super::super::out::{Desk, broken};
use super::super::table::{Cell, Column, column};
use super::super::usage;
use crate::domain::duty::{Closing, DutyRule, Standing};
use crate::domain::filter::Filter;
use crate::domain::item::Verification;
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::stage::Stage;
use crate::i18n::{Failure, Text};
use crate::service::{
    DutyLine, ItemLine, Key, Of, Question, Register, Result, Window, days_late, parse_filter, parse_sort,
};
use crate::words;

impl From<&AsOf> for Question {
    fn from(at: &AsOf) -> Self {
        Self { as_of: at.as_of, known_on: at.known_on }
    }
}

/// Without a command: where the register stands today.
pub(super) fn overview(desk: &mut Desk<'_, '_>, register: &Register) -> Result<u8> {
    let today = register.today();
    let plan_year = register.facts().plan_year;
    let city = register.facts().city.clone();
    desk.say(&words!("{city}　{today}　{plan_year} 年计划", "{city}  {today}  plan of {plan_year}"))?;
    let everything = Filter::Everything;
    for (of, keys) in [(Of::Items, [Key::Stage].as_slice()), (Of::Duties, &[Key::Duty, Key::Standing])] {
        writeln!(desk.out).map_err(broken)?;
        print_groups(desk, register, of, keys, &everything, Question::default())?;
    }
    desk.talk(&words!("\n用 cailiang --help 看全部命令。", "\nSee cailiang --help for all commands."));
    Ok(0)
}

pub(super) fn status(desk: &mut Desk<'_, '_>, args: &Status) -> Result<u8> {
    let of = match args.of.as_str() {
        "items" | "事项" => Of::Items,
        "duties" | "任务" => Of::Duties,
        other => {
            return Err(Failure::usage(
                words!("--of 没有「{other}」这个值。", "\"{other}\" will not do for --of."),
                words!("写 items（事项）或 duties（任务）。", "Write items or duties."),
            ));
        }
    };
    let keys = keys(of, &args.by)?;
    let filter = args.filter.as_deref().map_or(Ok(Filter::Everything), parse_filter)?;
    let register = desk.open()?;
    let question = Question::from(&args.at);
    print_groups(desk, &register, of, &keys, &filter, question)?;
    caveat(desk, &register, question);
    Ok(0)
}

fn keys(of: Of, words: &[String]) -> Result<Vec<Key>> {
    let words: Vec<&str> = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Ok(if of == Of::Items { vec![Key::Stage] } else { vec![Key::Duty, Key::Standing] });
    }
    let mut keys = Vec::new();
    for word in words {
        let key: Key = usage::term(Text::new("--by ", "key of --by"), word)?;
        let fits = match of {
            Of::Items => !matches!(key, Key::Duty | Key::Year),
            Of::Duties => matches!(key, Key::Agency | Key::Duty | Key::Year | Key::Standing),
        };
        if !fits {
            return Err(Failure::usage(
                words!("这里不能按「{word}」计数。", "One cannot count by \"{word}\" here."),
                words!(
                    "duty、year 只用于 --of duties；任务只能按 agency、duty、year、standing。",
                    "duty and year go with --of duties; duties are counted by agency, duty, year, standing."
                ),
            ));
        }
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

fn print_groups(
    desk: &mut Desk<'_, '_>,
    register: &Register,
    of: Of,
    keys: &[Key],
    filter: &Filter,
    question: Question,
) -> Result<()> {
    let groups = register.count(of, keys, filter, question)?;
    let mut columns: Vec<Column> = keys.iter().map(|key| Column { key: key.id(), label: key.label() }).collect();
    columns.push(column("count", "数量", "count"));
    let rows = groups.into_iter().map(|group| {
        let cells = keys.iter().zip(group.keys).map(|(key, value)| key_cell(*key, value));
        cells.chain([Cell::Number(group.count)]).collect()
    });
    let rows = rows.collect();
    desk.list(&columns, rows)
}

fn key_cell(key: Key, value: String) -> Cell {
    fn term<T: Term>(value: String) -> Cell {
        T::from_id(&value).map_or(Cell::Text(value), Cell::term)
    }
    if value.is_empty() {
        return Cell::Null;
    }
    match key {
        Key::Kind => term::<Kind>(value),
        Key::Level => term::<crate::domain::agency::Level>(value),
        Key::Stage => term::<Stage>(value),
        Key::Standing => term::<Standing>(value),
        Key::Verification => term::<Verification>(value),
        Key::Duty => term::<DutyRule>(value),
        Key::InForce => Cell::Flag(value == "true"),
        Key::Year => value.parse().map_or(Cell::Null, Cell::Number),
        Key::Agency | Key::Source => Cell::Text(value),
    }
}

fn caveat(desk: &mut Desk<'_, '_>, register: &Register, question: Question) {
    if let Some(words) = register.caveat(question) {
        desk.talk(&words);
    }
}

const DUTIES: &[Column] = &[
    column("id", "编号", "id"),
    column("duty", "任务", "duty"),
    column("clause", "依据", "clause"),
    column("agency", "机关", "agency"),
    column("item", "事项", "item"),
    column("title", "名称", "title"),
    column("starts", "起算", "starts"),
    column("due", "到期", "due"),
    column("original_due", "原定", "original due"),
    column("extended", "延期", "extended"),
    column("done", "办结", "done"),
    column("standing", "情况", "standing"),
    column("days_late", "逾期天数", "days late"),
    column("chased", "催办", "chased"),
    column("last_chased", "最近催办", "last chased"),
];

/// What a person wants to see in a table; programs get every column.
const DUTIES_SHOWN: &[&str] = &["id", "duty", "agency", "item", "title", "due", "standing", "days_late"];

fn duty_cells(line: DutyLine, agency: String, day: chrono::NaiveDate) -> Vec<Cell> {
    let late = days_late(line.closing, line.due, day);
    let done = if let Closing::Done(on) = line.closing { Cell::Day(on) } else { Cell::Null };
    let item = Some(line.code).filter(|code| !code.is_empty());
    let title = Some(line.title).filter(|title| !title.is_empty());
    vec![
        Cell::Number(line.id.0),
        Cell::term(line.rule),
        Cell::Text(clauses(line.rule)),
        Cell::Text(agency),
        Cell::or_null(item, Cell::Text),
        Cell::or_null(title, Cell::Text),
        Cell::or_null(line.starts, Cell::Day),
        Cell::or_null(line.due, Cell::Day),
        Cell::or_null(line.original_due, Cell::Day),
        Cell::Flag(line.due != line.original_due),
        done,
        Cell::term(line.standing),
        Cell::Number(late),
        // Nothing is chased before chase letters exist.
        Cell::Number(0),
        Cell::Null,
    ]
}

pub(super) fn overdue(desk: &mut Desk<'_, '_>, args: &Overdue) -> Result<u8> {
    let within = args.within.as_deref().map_or(Ok(0), days)?;
    let filter = parse_filter(&args.filter.join(" "))?;
    let question = Question::from(&args.at);
    let register = desk.open()?;
    print_duties(desk, &register, question, |take| register.each_overdue(within, filter, question, take))
}

pub(super) fn duties(desk: &mut Desk<'_, '_>, filter: &[String], at: &AsOf) -> Result<u8> {
    let window = Window::of(parse_filter(&filter.join(" "))?);
    let question = Question::from(at);
    let register = desk.open()?;
    print_duties(desk, &register, question, |take| register.each_duty(&window, question, take))
}

fn print_duties(
    desk: &mut Desk<'_, '_>,
    register: &Register,
    question: Question,
    ask: impl FnOnce(&mut dyn FnMut(DutyLine) -> Result<()>) -> Result<()>,
) -> Result<u8> {
    let day = question.as_of.unwrap_or(register.today());
    let shown = shown(desk.format(), DUTIES, DUTIES_SHOWN);
    let columns: Vec<Column> = shown.iter().filter_map(|at| DUTIES.get(*at).copied()).collect();
    let mut printer = desk.printer(&columns);
    ask(&mut |line| {
        let agency = register.agencies().name(line.agency);
        printer.row(pick(duty_cells(line, agency, day), &shown)).map_err(broken)
    })?;
    let rows = printer.finish().map_err(broken)?;
    if rows == 0 && desk.format() == Format::Table {
        desk.talk(&words!("没有。", "None."));
    }
    caveat(desk, register, question);
    Ok(0)
}

/// Days as `14d`, `14天` or `14`.
fn days(words: &str) -> Result<u32> {
    words.trim().trim_end_matches(['d', 'D', '天', '日']).trim().parse().map_err(|_| {
        Failure::usage(
            words!("「{words}」不是天数。", "\"{words}\" is no number of days."),
            words!("写成 14d。", "Write 14d."),
        )
    })
}

const ITEMS: &[Column] = &[
    column("code", "编码", "code"),
    column("title", "名称", "title"),
    column("kind", "种类", "kind"),
    column("agency", "机关", "agency"),
    column("level", "层级", "level"),
    column("source", "法源", "source"),
    column("clause", "条款", "clause"),
    column("sources", "全部法源", "sources"),
    column("stage", "阶段", "stage"),
    column("in_force", "现行版本", "in force"),
    column("verification", "核对", "verification"),
    column("standing", "情况", "standing"),
    column("due", "到期", "due"),
    column("version", "版本", "version"),
    column("updated", "更新", "updated"),
];

const ITEMS_SHOWN: &[&str] = &["code", "title", "agency", "stage", "standing", "due"];

fn item_cells(line: ItemLine, agency: String) -> Vec<Cell> {
    let number = |no: i64| if no > 0 { Cell::Number(no) } else { Cell::Null };
    vec![
        Cell::Text(line.code),
        Cell::Text(line.title),
        Cell::term(line.kind),
        Cell::Text(agency),
        Cell::term(line.level),
        Cell::Text(line.source),
        Cell::Text(line.clause),
        Cell::Text(line.sources),
        Cell::term(line.stage),
        number(line.in_force),
        Cell::term(line.verification),
        Cell::or_null(line.standing, Cell::term),
        Cell::or_null(line.due, Cell::Day),
        number(line.version),
        Cell::Text(line.updated),
    ]
}

pub(super) fn list(desk: &mut Desk<'_, '_>, args: &List) -> Result<u8> {
    let window = Window {
        sort: args.sort.as_deref().map(parse_sort).transpose()?.unwrap_or_default(),
        limit: args.limit,
        ..Window::of(parse_filter(&args.filter.join(" "))?)
    };
    let question = Question::from(&args.at);
    let register = desk.open()?;
    let shown = shown(desk.format(), ITEMS, ITEMS_SHOWN);
    let columns: Vec<Column> = shown.iter().filter_map(|at| ITEMS.get(*at).copied()).collect();
    let mut printer = desk.printer(&columns);
    register.each_item(&window, question, |line| {
        let agency = register.agencies().name(line.agency);
        printer.row(pick(item_cells(line, agency), &shown)).map_err(broken)
    })?;
    let rows = printer.finish().map_err(broken)?;
    if desk.format() == Format::Table {
        desk.talk(&words!("{rows} 个事项。", "{rows} items."));
    }
    caveat(desk, &register, question);
    Ok(0)
}

pub(super) fn find(desk: &mut Desk<'_, '_>, args: &Find) -> Result<u8> {
    const HITS: &[Column] = &[
        column("id", "编号", "id"),
        column("code", "编码", "code"),
        column("title", "名称", "title"),
        column("agency", "机关", "agency"),
        column("kind", "种类", "kind"),
        column("stage", "阶段", "stage"),
    ];
    let register = desk.open()?;
    let hits = register.find(&args.text.join(" "), args.limit)?;
    let none = hits.is_empty();
    let mut rows = Vec::new();
    for hit in hits {
        let line = register.item_line(hit.id)?;
        rows.push(vec![
            Cell::Number(hit.id.0),
            Cell::Text(hit.code),
            Cell::Text(hit.title),
            Cell::Text(register.agencies().name(line.agency)),
            Cell::term(line.kind),
            Cell::term(line.stage),
        ]);
    }
    desk.list(HITS, rows)?;
    if none && desk.format() == Format::Table {
        desk.talk(&words!("没有找到。", "Nothing was found."));
    }
    Ok(0)
}

/// Which columns are shown: a few in a table, all for programs.
fn shown(format: Format, all: &[Column], few: &[&str]) -> Vec<usize> {
    let wanted = |column: &Column| format != Format::Table || few.contains(&column.key);
    all.iter().enumerate().filter(|(_, column)| wanted(column)).map(|(at, _)| at).collect()
}

fn pick(cells: Vec<Cell>, shown: &[usize]) -> Vec<Cell> {
    if cells.len() == shown.len() {
        return cells;
    }
    cells.into_iter().enumerate().filter(|(at, _)| shown.contains(at)).map(|(_, cell)| cell).collect()
}

/// The clauses of a duty's rule, as lists show them.
pub(super) fn clauses(rule: DutyRule) -> String {
    rule.clauses().join(", ")
}
