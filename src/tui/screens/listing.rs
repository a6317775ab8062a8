//! What the lists share: a windowed table, and a filter that answers while one types.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Step;
use crate::domain::filter::{Field, Filter, Sort};
use crate::i18n::{Failure, Lang, Term, Text};
use crate::service::worker::{Ask, Page};
use crate::service::{Window, parse_filter};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::theme::Tone;
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::widgets::table::Windowed;

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
    filter: Filter,
    trouble: Option<Failure>,
    typing: bool,
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
            filter: Filter::Everything,
            trouble: None,
            typing: false,
            ask_rows,
            ask_count,
        };
        listing.read_filter();
        listing
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

    /// Whether the filter has words that do not read.
    pub const fn trouble(&self) -> Option<&Failure> {
        self.trouble.as_ref()
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

    /// Takes the filter away; false where there was none.
    pub fn clear(&mut self) -> bool {
        self.typing = false;
        let had = !self.words.text().is_empty();
        self.words = TextField::new("", Lines::One);
        had
    }

    /// Sets the filter.
    pub fn set(&mut self, words: &str) {
        self.words = TextField::new(words, Lines::One);
    }

    /// Writes into the filter.
    pub fn insert(&mut self, words: &str) {
        self.typing = true;
        self.words.insert(words);
    }

    /// Takes a key for the filter; true where it changed the words.
    pub fn key(&mut self, key: Key, ctx: &Ctx) -> Option<bool> {
        if matches!(key.code, KeyCode::Enter | KeyCode::Esc | KeyCode::Up | KeyCode::Down) && !key.ctrl && !key.alt {
            return None;
        }
        let before = self.words.text().to_owned();
        self.words.key(key, ctx.ruler, 200).then(|| before != self.words.text())
    }

    /// Reads the filter anew. Words that do not read leave the list as it is; the trouble is shown.
    pub fn read_filter(&mut self) {
        match parse_filter(self.words.text()) {
            Ok(filter) => {
                self.trouble = None;
                let base = self.base.as_ref().map_or(Filter::Everything, |(_, base)| base.clone());
                let filter = Filter::all(vec![base, filter]);
                if filter != self.filter {
                    self.filter = filter;
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
    pub fn view_trouble(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let place = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
        if let Some(trouble) = &self.trouble {
            canvas.paragraphs(place, &trouble.say(ctx.lang), Tone::Late, 0);
        }
    }

    /// Draws the line of the filter.
    pub fn view_filter(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx, noun: Text) {
        let count = self.table.total().map_or_else(|| "…".to_owned(), thousands);
        let count = format!("{count} {}", noun.say(ctx.lang));
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
