//! Items (事项台账): any number of them by a filter, with a preview of the baseline. Rows are marked, and what is done
//! is done to all that is marked.

mod acts;
mod columns;
mod commands;
mod views;

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::listing::{Clicked, Listing, TYPING_KEYS, Way, condition};
use super::many::{self, Acts};
use super::{Place, Screen, Step, preview};
use crate::domain::duty::Standing;
use crate::domain::filter::{Field, Sort, SortKey};
use crate::domain::ids::ItemId;
use crate::domain::label::Term as _;
use crate::i18n::{Failure, Lang, Text, Words};
use crate::service::worker::{Answer, Ask};
use crate::service::{Arrangement, ItemLine, ItemView, Overwrite};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, Offer, Ready};
use crate::tui::key::Key;
use crate::tui::overlays::{Choose, Entry, Overlay};
use crate::tui::widgets::table::Column;
use crate::tui::{Ctx, Notice, layout};
use crate::words;
use columns::ItemColumn;

pub use commands::COMMANDS;

/// The screen's name.
pub const TITLE: Text = Text::new("事项台账", "Items");

/// The list of items.
#[derive(Debug)]
pub struct Items {
    list: Listing<ItemLine>,
    acts: Acts,
    columns: Vec<ItemColumn>,
    /// Columns and views as they are kept.
    arrangement: Arrangement,
    /// The saved view that a question is about.
    chosen_view: Option<String>,
    /// The file that a question is about.
    file: Option<PathBuf>,
    preview: Option<Box<ItemView>>,
    /// First line of the preview.
    scroll: usize,
    /// The first row is to be opened as soon as it comes: Enter was faster than the answer to the filter.
    open_first: bool,
}

/// The fields that items are sorted by; none is the order of listing.
const ORDERS: &[Option<Field>] = &[
    None,
    Some(Field::Due),
    Some(Field::Agency),
    Some(Field::Stage),
    Some(Field::Code),
    Some(Field::Title),
    Some(Field::Kind),
    Some(Field::Source),
    Some(Field::Verification),
    Some(Field::Version),
    Some(Field::InForce),
    Some(Field::Updated),
];

impl Items {
    /// The items that a filter finds.
    #[must_use]
    pub fn new(filter: &str) -> Self {
        Self {
            list: Listing::new(filter, Ask::Items, Ask::CountItems),
            acts: Acts::default(),
            columns: columns::USUAL.to_vec(),
            arrangement: Arrangement::default(),
            chosen_view: None,
            file: None,
            preview: None,
            scroll: 0,
            open_first: false,
        }
    }

    fn selected(&self) -> Option<&ItemLine> {
        self.list.table.selected()
    }

    fn has_selected(&self, _: &Ctx) -> Ready {
        match self.selected() {
            Some(_) => Ok(()),
            None => Err(words!("没有选中的事项。", "No item is selected.")),
        }
    }

    fn has_marks(&self, _: &Ctx) -> Ready {
        if self.list.marks().is_empty() {
            return Err(words!("没有标记。", "Nothing is marked."));
        }
        Ok(())
    }

    fn has_any(&self, _: &Ctx) -> Ready {
        if self.list.table.is_empty() {
            return Err(words!("没有符合条件的事项。", "No item fits."));
        }
        Ok(())
    }

    fn can_extend(&self) -> Ready {
        match self.any_target()? {
            Some(line) if line.standing.is_none_or(|standing| !standing.is_open()) || line.due.is_none() => {
                Err(words!("事项没有未办结的、有到期日的任务。", "The item has no open duty with a due day."))
            }
            _ => Ok(()),
        }
    }

    /// The condition that was meant where a word of the filter is a term of standing: words find titles and codes.
    fn hint_at_standing(&self) -> Words {
        let mut words = self.list.words().split_whitespace();
        words.find_map(Standing::from_words).map_or_else(Words::default, |standing| {
            let (of_zh, of_en) = (standing.label().zh, standing.label().en);
            let zh = condition(Field::Standing, standing, Lang::Zh);
            let en = condition(Field::Standing, standing, Lang::En);
            words!("\n要找{of_zh}的，请用 {zh}。", "\nFor what is {of_en}, use {en}.")
        })
    }

    /// What is said where no item is listed: what takes the filter away, or how items come in.
    fn nothing(&self, ctx: &Ctx) -> Words {
        let none = words!("没有符合条件的事项。", "No item fits.");
        if let Some(nothing) = self.list.nothing_fits(none, ctx.key("items.clear")) {
            let hint = self.hint_at_standing();
            return nothing.after(&hint.zh, &hint.en);
        }
        let (key, Text { zh, en }) = (ctx.key("import"), super::import::TITLE);
        words!(
            "还没有事项。按 {key} 到「{zh}」读入表格，或者用 cailiang item add 逐个列入。",
            "There are no items yet. {key} goes to {en}, which takes in a table; cailiang item add lists a single item."
        )
    }

    fn open(&mut self) -> Vec<Step> {
        self.open_first = !self.list.table.is_fresh();
        self.selected().map(|line| Step::Go(Place::Baseline(line.id))).into_iter().collect()
    }

    fn move_by(&mut self, by: i64, ctx: &Ctx) -> Vec<Step> {
        self.list.table.move_by(by, height(ctx));
        self.look(ctx, false)
    }

    /// The filter or the order changed.
    fn changed(&mut self, ctx: &Ctx) -> Vec<Step> {
        self.list.read_filter();
        self.look(ctx, false)
    }

    /// One step back within the screen: marks, filter, then out.
    fn clear(&mut self, ctx: &Ctx) -> Vec<Step> {
        if !self.list.is_typing() && self.list.unmark() {
            return Vec::new();
        }
        if self.list.clear() { self.changed(ctx) } else { vec![Step::Back] }
    }

    /// Asks for what is in sight: rows, and the preview of the selected one.
    fn look(&mut self, ctx: &Ctx, again: bool) -> Vec<Step> {
        let mut steps = self.list.ask(height(ctx), again);
        let shown: Option<ItemId> = self.preview.as_ref().map(|view| view.item.id);
        let wanted = self.selected().map(|line| line.id);
        if layout::split(ctx.body).1.is_some() && (again || shown != wanted) {
            if shown != wanted {
                self.scroll = 0;
            }
            steps.extend(wanted.map(|item| Step::Ask(Ask::Preview(item))));
        }
        steps
    }

    fn scroll_on(&mut self, ctx: &Ctx) {
        let (Some(area), Some(view)) = (layout::split(ctx.body).1, &self.preview) else { return };
        let lines = preview::lines(view, area.width, ctx).len();
        let page = usize::from(area.height).max(1);
        self.scroll = if self.scroll + page < lines { self.scroll + page } else { 0 };
    }

    fn table_columns(&self, width: u16) -> Vec<Column> {
        columns::columns(&self.columns, width, |field| self.list.order_of(field))
    }

    fn entries(&self) -> Vec<Entry> {
        columns::entries(&self.columns)
    }

    /// The orders to choose from, each with its direction and place where it counts already.
    fn choose_sort(&self, ctx: &Ctx) -> Vec<Step> {
        let (up, down) = if ctx.ruler.ambiguous_wide { ("^", "v") } else { ("↑", "↓") };
        let choice = |field: &Option<Field>| {
            let Some(field) = field else { return Text::new("登记先后", "order of listing").into() };
            let at = self.list.sort.0.iter().position(|key| key.field == *field);
            let key = at.and_then(|at| self.list.sort.0.get(at));
            let sign = key.map_or(String::new(), |key| {
                let arrow = if key.descending { down } else { up };
                format!("{arrow}{}", at.map_or(0, |at| at + 1))
            });
            commands::with_sign(field.label(), &sign)
        };
        let title = words!("按什么排序（再选一次倒过来）", "Sort by (again turns it round)");
        vec![Step::sheet(Overlay::Choose(Choose::new("items.sort", title, ORDERS.iter().map(choice).collect())))]
    }

    /// Sorts by a field first; by it already, the other way round.
    fn sort_by(&mut self, field: Option<Field>, ctx: &Ctx) -> Vec<Step> {
        let Some(field) = field else {
            self.list.sort = Sort::default();
            return self.sorted(ctx);
        };
        let newest_first = matches!(field, Field::Updated | Field::Version | Field::InForce);
        self.list.sort_by(field, if newest_first { Way::Down } else { Way::Up });
        self.look(ctx, true)
    }

    fn reverse(&mut self, ctx: &Ctx) -> Vec<Step> {
        let first = self.list.sort.0.first().map(|key| key.field);
        self.sort_by(first, ctx)
    }

    fn sorted(&mut self, ctx: &Ctx) -> Vec<Step> {
        self.list.table.begin_anew();
        self.look(ctx, true)
    }
}

/// Where the list stands.
fn list_area(ctx: &Ctx) -> Rect {
    layout::split(ctx.body).0
}

fn height(ctx: &Ctx) -> u16 {
    Listing::<ItemLine>::height(list_area(ctx))
}

impl Screen for Items {
    fn place(&self) -> Place {
        Place::Items(String::new())
    }

    fn title(&self, ctx: &Ctx) -> String {
        let by = |key: &SortKey| key.field.label().say(ctx.lang);
        let keys = self.list.sort.0.iter().map(by).collect::<Vec<_>>().join(ctx.say("、", ", "));
        if keys.is_empty() {
            return TITLE.say(ctx.lang).to_owned();
        }
        format!("{}{}{keys}", TITLE.say(ctx.lang), ctx.say("　按", "   by "))
    }

    fn offers(&self, ctx: &Ctx) -> Vec<Offer> {
        let mut offers = catalog::offers(COMMANDS, self, ctx);
        if !self.list.marks().is_empty() {
            for offer in &mut offers {
                offer.about.footer = commands::WITH_MARKS.contains(&offer.about.id);
            }
        }
        offers
    }

    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        catalog::perform(COMMANDS, id, self, ctx).unwrap_or_default()
    }

    fn appear(&mut self, ctx: &Ctx) -> Vec<Step> {
        let mut steps = vec![Step::Ask(Ask::Arrangement)];
        steps.extend(self.look(ctx, true));
        steps
    }

    fn answered(&mut self, answer: Answer, ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Items(page) => {
                self.list.put(page, height(ctx));
                if std::mem::take(&mut self.open_first) {
                    return self.open();
                }
                self.look(ctx, false)
            }
            Answer::Count(total) => {
                self.list.table.put_total(total, height(ctx));
                self.look(ctx, false)
            }
            Answer::Item(view, _) => {
                self.preview = Some(view);
                Vec::new()
            }
            Answer::Many(results) => self.acts.answered(*results, &mut self.list, ctx),
            Answer::Exported { path, count } => vec![Self::exported(&path, count)],
            Answer::StandsAlready(path) => self.ask_overwrite(path),
            Answer::Arrangement(arrangement) => {
                self.put_arrangement(*arrangement);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, failure: &Failure, ctx: &Ctx) -> Vec<Step> {
        self.list.table.ask_again();
        vec![Step::Say(Notice::failure(failure, ctx))]
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
        self.list.insert(words);
        Some(self.changed(ctx))
    }

    fn filled(&mut self, id: &str, values: &[String], ctx: &Ctx) -> Result<Vec<Step>, Words> {
        self.answer(id, values, ctx)
    }

    fn chosen(&mut self, id: &str, at: usize, ctx: &Ctx) -> Vec<Step> {
        match id {
            "items.assign" => self.assign(at, ctx),
            "items.views" => self.open_view(at, ctx),
            "items.choose_renamed" => self.ask_new_name(at),
            "items.choose_deleted" => self.ask_delete(at),
            _ => ORDERS.get(at).map(|field| self.sort_by(*field, ctx)).unwrap_or_default(),
        }
    }

    fn confirmed(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        match id {
            many::APPLY => self.acts.confirmed(),
            "items.overwrite" => {
                self.file.take().map(|path| self.export(path, Overwrite::Replace, ctx)).unwrap_or_default()
            }
            "items.delete_view" => self.delete_view(),
            _ => Vec::new(),
        }
    }

    fn clicked(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        let area = list_area(ctx);
        if x >= area.right() {
            return Vec::new();
        }
        match self.list.clicked(x, y, area, &self.table_columns(area.width)) {
            Clicked::Heading(at) => {
                let field = self.columns.get(at).and_then(|column| column.field());
                field.map(|field| self.sort_by(Some(field), ctx)).unwrap_or_default()
            }
            Clicked::Again => self.open(),
            Clicked::Filter | Clicked::Mark | Clicked::Row => self.look(ctx, false),
        }
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let (list, beside) = layout::split(area);
        let theme = canvas.theme();
        let shown = self.table_columns(list.width);
        let nothing = self.nothing(ctx);
        let cell = |line, at| {
            let column: ItemColumn = self.columns.get(at).copied().unwrap_or(ItemColumn::Title);
            column.cell(line, ctx, theme)
        };
        self.list.view(canvas, list, ctx, &shown, (Text::new("个事项", "items"), &nothing), cell);
        let Some(area) = beside else { return };
        canvas.wall(area.x.saturating_sub(1), area);
        let selected = self.selected().map(|line| line.id);
        if let Some(view) = self.preview.as_ref().filter(|view| Some(view.item.id) == selected) {
            let place = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
            preview::view(canvas, place, view, self.scroll, ctx);
        }
    }
}
