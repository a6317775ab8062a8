//! What the lists share: a windowed table, and a filter that answers while one types.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Step;
use crate::domain::filter::{Field, Filter, Sort, SortKey};
use crate::domain::selection::Selection;
use crate::i18n::{Failure, Lang, Term, Text, Words};
use crate::service::worker::{Ask, Page};
use crate::service::{DutyLine, ItemLine, Window, parse_filter};
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::widgets::table::{self, Cell, Column, Order, Windowed};
use crate::tui::{Ctx, layout};

/// The keys of a filter that is being typed.
pub const TYPING_KEYS: &[(&str, Text)] = &[
    ("Enter", Text::new("到列表", "to the list")),
    ("Down", Text::new("选行", "select")),
    ("Ctrl-U", Text::new("清空", "empty")),
    ("Esc", Text::new("清除筛选", "clear filter")),
];

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The least first.
    Up,
    /// The greatest first.
    Down,
}

/// By how many fields a list is sorted at most.
const SORTS: usize = 3;

/// A list with its filter.
#[derive(Debug)]
pub struct Listing<T> {
    /// The rows.
    pub table: Windowed<T>,
    /// The order; the list's own where empty.
    pub sort: Sort,
    /// What is always asked for beside the words; shown as a word of its own.
    base: Option<(Text, Filter)>,
    words: TextField,
    /// The words that the list was opened with: what stands behind a figure, an article, a day.
    given: String,
    filter: Filter,
    trouble: Option<Failure>,
    typing: bool,
    /// What is marked.
    marks: Selection,
    ask_rows: fn(Window) -> Ask,
    ask_count: fn(Filter) -> Ask,
}

impl<T> Listing<T> {
    /// A list of what a filter finds; `ask_rows` and `ask_count` are the questions that it puts.
    pub fn new(filter: &str, ask_rows: fn(Window) -> Ask, ask_count: fn(Filter) -> Ask) -> Self {
        let mut listing = Self {
            table: Windowed::default(),
            sort: Sort::default(),
            base: None,
            words: TextField::new(filter, Lines::One),
            given: filter.to_owned(),
            filter: Filter::Everything,
            trouble: None,
            typing: false,
            marks: Selection::default(),
            ask_rows,
            ask_count,
        };
        listing.read_filter();
        listing
    }

    /// Sorts by a field first; by it already, the other way round. `usual` is the way in which it begins.
    pub fn sort_by(&mut self, field: Field, usual: Way) {
        let descending = match self.sort.0.first() {
            Some(first) if first.field == field => !first.descending,
            _ => usual == Way::Down,
        };
        let others = self.sort.0.iter().filter(|key| key.field != field).take(SORTS - 1).copied();
        self.sort = Sort(std::iter::once(SortKey { field, descending }).chain(others).collect());
        self.table.begin_anew();
    }

    /// The place of a field in the order, for its heading.
    pub fn order_of(&self, field: Field) -> Option<Order> {
        let at = self.sort.0.iter().position(|key| key.field == field)?;
        let sign = if self.sort.0.get(at)?.descending { Sign::Down } else { Sign::Up };
        Some(if self.sort.0.len() == 1 { Order::Only(sign) } else { Order::OneOf(sign, at + 1) })
    }

    /// Whether the filter is being typed.
    pub const fn is_typing(&self) -> bool {
        self.typing
    }

    /// Sets what is always asked for.
    pub fn set_base(&mut self, base: Option<(Text, Filter)>) {
        self.base = base;
        self.read_filter();
    }

    /// Whether something is always asked for.
    pub const fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// What is always asked for, by its name.
    pub fn base(&self) -> Option<Text> {
        self.base.as_ref().map(|(name, _)| *name)
    }

    /// How many rows a table has in an area: one line is the filter's, one the headings'.
    pub const fn height(area: Rect) -> u16 {
        area.height.saturating_sub(2)
    }

    /// Lets a person type.
    pub const fn begin_typing(&mut self) {
        self.typing = true;
    }

    /// Ends typing.
    pub const fn end_typing(&mut self) {
        self.typing = false;
    }

    /// Ends typing and takes away the filter that a person wrote; false where there was neither: then a step back is
    /// meant, and a filter that was given with the list stays.
    pub fn clear(&mut self) -> bool {
        let was_typing = std::mem::take(&mut self.typing);
        let had = was_typing || self.has_own_words();
        if had {
            self.words = TextField::new("", Lines::One);
        }
        had
    }

    /// Whether a person wrote the filter, or changed the one that was given.
    pub fn has_own_words(&self) -> bool {
        !self.words.text().is_empty() && self.words.text() != self.given
    }

    /// Sets the filter.
    pub fn set(&mut self, words: &str) {
        self.words = TextField::new(words, Lines::One);
    }

    /// Writes into the filter. What is written after the filter was left is a word of its own.
    pub fn insert(&mut self, words: &str) {
        let goes_on = self.typing || self.words.text().is_empty() || self.words.text().ends_with(char::is_whitespace);
        if !goes_on {
            self.words.insert(" ");
        }
        self.typing = true;
        self.words.insert(words);
    }

    /// Takes a key while the filter is typed; true where the list must be looked at anew. Enter ends typing.
    pub fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<bool> {
        if key == Key::plain(KeyCode::Enter) {
            self.end_typing();
            return Some(true);
        }
        self.key(key, ctx)
    }

    /// Takes a key for the filter; true where it changed the words.
    fn key(&mut self, key: Key, ctx: &Ctx) -> Option<bool> {
        if matches!(key.code, KeyCode::Enter | KeyCode::Esc | KeyCode::Up | KeyCode::Down) && !key.ctrl && !key.alt {
            return None;
        }
        let before = self.words.text().to_owned();
        self.words.key(key, ctx.ruler, 200).then(|| before != self.words.text())
    }

    /// The filter of the moment.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What is said where no row fits: what the key of a step back within the list, an Esc, does then.
    pub fn nothing_fits(&self, nothing: Words, key: &str) -> Option<Words> {
        let (zh, en) = match self.words.text() {
            "" => return None,
            words if words == self.given && !self.typing => ("返回。", "goes back."),
            _ => ("清除筛选。", "clears the filter."),
        };
        Some(nothing.after(&format!("按 {key} {zh}"), &format!(" {key} {en}")))
    }

    /// The words of the filter.
    pub fn words(&self) -> &str {
        self.words.text()
    }

    /// What is marked.
    pub const fn marks(&self) -> &Selection {
        &self.marks
    }

    /// Marks something else.
    pub fn set_marks(&mut self, marks: Selection) {
        self.marks = marks;
    }

    /// Marks everything that the filter finds.
    pub fn mark_all(&mut self) {
        self.marks = Selection::all(self.filter.clone());
    }

    /// Takes every mark away; false where there was none.
    pub fn unmark(&mut self) -> bool {
        !std::mem::take(&mut self.marks).is_empty()
    }

    /// Reads the filter anew. Words that do not read leave the list as it is; the trouble is shown. Marks on single
    /// rows stay; «everything that the filter finds» ends with the filter.
    pub fn read_filter(&mut self) {
        match parse_filter(finished(self.words.text(), self.typing)) {
            Ok(filter) => {
                self.trouble = None;
                let base = self.base.as_ref().map_or(Filter::Everything, |(_, base)| base.clone());
                let filter = Filter::all(vec![base, filter]);
                if filter != self.filter {
                    self.filter = filter;
                    if matches!(self.marks, Selection::AllBut { .. }) {
                        self.marks = Selection::default();
                    }
                    self.table.begin_anew();
                }
            }
            Err(failure) => self.trouble = Some(failure),
        }
    }

    /// Asks for the rows in sight that are not in hand; for all of them again after a write.
    pub fn ask(&mut self, height: u16, again: bool) -> Vec<Step> {
        let anew = again || !self.table.is_fresh();
        let Some((skip, limit)) = self.table.need(height, again) else { return Vec::new() };
        let window = Window { filter: self.filter.clone(), sort: self.sort.clone(), skip, limit: Some(limit) };
        let mut steps = vec![Step::Ask((self.ask_rows)(window))];
        if anew {
            steps.push(Step::Ask((self.ask_count)(self.filter.clone())));
        }
        steps
    }

    /// Takes rows.
    pub fn put(&mut self, page: Page<T>, height: u16) {
        self.table.put(page, height);
    }

    /// Draws why the filter does not read, in the place of the rows.
    fn view_trouble(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let place = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
        if let Some(trouble) = &self.trouble {
            canvas.paragraphs(place, &trouble.say(ctx.lang), Tone::Late, 0);
        }
    }

    /// Draws the line of the filter.
    fn view_filter(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx, noun: Text) {
        let count = self.table.total().map_or_else(|| "…".to_owned(), thousands);
        let marked = self.marks.count(self.table.total()).map_or_else(|| "…".to_owned(), thousands);
        let count = match ctx.lang {
            _ if self.marks.is_empty() => format!("{count} {}", noun.say(ctx.lang)),
            Lang::Zh => format!("已标记 {marked} / {count} {}", noun.zh),
            Lang::En => format!("{marked} marked / {count} {}", noun.en),
        };
        let width = u16::try_from(ctx.ruler.of(&count)).unwrap_or(0).min(area.width / 2);
        let label = ctx.say("筛选", "filter");
        let tone = if self.typing { Tone::Accent } else { Tone::Faint };
        let x = canvas.text(area.x + 2, area.y, area.width, label, tone) + 2;
        let x = match &self.base {
            Some((name, _)) => canvas.text(x, area.y, 20, name.say(ctx.lang), Tone::Normal) + 2,
            None => x,
        };
        let field = Rect { x, width: area.right().saturating_sub(x + width + 2), height: 1, ..area };
        if self.words.text().is_empty() && !self.typing {
            canvas.text(
                x,
                area.y,
                field.width,
                ctx.say("（按 / 输入：词、拼音首字母、条件）", "(press /: words, initials, conditions)"),
                Tone::Faint,
            );
        } else {
            self.words.view(canvas, field, self.typing);
        }
        let tone = if self.trouble.is_some() { Tone::Late } else { Tone::Faint };
        canvas.right(area.right() - width, area.y, width, &count, tone);
    }
}

/// A row that has a number in the register.
pub trait Numbered {
    /// The number.
    fn number(&self) -> i64;
}

impl Numbered for ItemLine {
    fn number(&self) -> i64 {
        self.id.0
    }
}

impl Numbered for DutyLine {
    fn number(&self) -> i64 {
        self.id.0
    }
}

/// Where a click fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clicked {
    /// On the line of the filter: it is being typed now.
    Filter,
    /// On the heading of a column.
    Heading(usize),
    /// Before a row: its mark was turned.
    Mark,
    /// On a row, which has the cursor now.
    Row,
    /// On the row that had the cursor already.
    Again,
}

impl<T: Numbered> Listing<T> {
    /// Marks the row with the cursor, or takes its mark away.
    pub fn turn_mark(&mut self) {
        if let Some(id) = self.table.selected().map(Numbered::number) {
            self.marks.turn(id);
        }
    }

    /// What an act is about: what is marked, else the row with the cursor.
    pub fn target(&self) -> Option<Filter> {
        if !self.marks.is_empty() {
            return Some(self.marks.filter());
        }
        self.table.selected().map(|row| Selection::only(row.number()).filter())
    }

    /// Takes a click inside the list.
    pub fn clicked(&mut self, x: u16, y: u16, area: Rect, columns: &[Column]) -> Clicked {
        let Some(line) = y.checked_sub(area.y + 2) else {
            return match table::column_at(area, columns, x).filter(|_| y > area.y) {
                Some(column) => Clicked::Heading(column),
                None => {
                    self.begin_typing();
                    Clicked::Filter
                }
            };
        };
        self.end_typing();
        let again = self.table.click(line, Self::height(area));
        if x < area.x + 2 {
            self.turn_mark();
            return Clicked::Mark;
        }
        if again { Clicked::Again } else { Clicked::Row }
    }

    /// Draws the list: the line of the filter, then the rows, or why there are none.
    pub fn view<'a>(
        &'a self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        ctx: &Ctx,
        columns: &[Column],
        (noun, nothing): (Text, &Words),
        cell: impl Fn(&'a T, usize) -> Cell<'a>,
    ) {
        self.view_filter(canvas, area, ctx, noun);
        let (_, rows) = layout::above(area, 1);
        if self.trouble.is_some() {
            return self.view_trouble(canvas, rows, ctx);
        }
        table::view(canvas, rows, columns, &self.table, ctx.lang, cell, |row| self.marks.has(row.number()));
        if self.table.is_empty() {
            let (_, below) = layout::above(rows, 2);
            let place = Rect { x: below.x + 2, width: below.width.saturating_sub(2), ..below };
            canvas.paragraphs(place, nothing.say(ctx.lang), Tone::Faint, 0);
        }
    }
}

/// The words without a single Latin letter at their end: it finds next to nothing, and is the first of more.
fn finished(words: &str, typing: bool) -> &str {
    let (head, last) = words.rsplit_once(' ').unwrap_or(("", words));
    if typing && last.len() == 1 && last.chars().all(|c| c.is_ascii_lowercase()) { head } else { words }
}

/// A condition of the filter language in the words of a language: `阶段:起草中`, `stage:drafting`.
pub fn condition<T: Term>(field: Field, value: T, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}:{}", field.label().zh, value.label().zh),
        Lang::En => format!("{}:{}", field.id(), value.id()),
    }
}

/// A condition on the whole of a field of words, likewise.
pub fn exactly(field: Field, words: &str, lang: Lang) -> String {
    let name = if lang == Lang::Zh { field.label().zh } else { field.id() };
    format!("{name}=\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A number with its thousands apart.
pub fn thousands(number: impl Into<i128>) -> String {
    let digits = number.into().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 && digit != '-' {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
