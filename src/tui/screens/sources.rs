//! Sources (法规): each with the coverage of its articles: which have an item, which have none, and why.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::listing::{TYPING_KEYS, exactly, thousands};
use super::{Place, Screen, Step};
use crate::domain::clause::Clause;
use crate::domain::filter::Field;
use crate::domain::label::Term as _;
use crate::domain::search;
use crate::i18n::{Lang, Text, Words};
use crate::service::worker::{Answer, Ask};
use crate::service::{Covered, SourcePage, SourceView};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, About, Offer, Ready, Spec, always};
use crate::tui::key::Key;
use crate::tui::overlays::{Blank, Overlay, Prompt};
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::{Ctx, Notice, layout};
use crate::words;

/// The screen's name.
pub const TITLE: Text = Text::new("法规", "Sources");

/// The list of sources, and the articles of one of them.
#[derive(Debug, Default)]
pub struct Sources {
    all: Option<Vec<SourcePage>>,
    words: TextField,
    typing: bool,
    /// The source with the cursor, among those found.
    at: usize,
    shown: Option<Box<SourceView>>,
    /// The article with the cursor, once the articles have the focus.
    article: Option<usize>,
}

/// What this screen can do.
pub const COMMANDS: &[Spec<Sources>] = &[
    Spec {
        about: About {
            id: "sources.open",
            keys: &["Enter", "F8"],
            label: Text::new("打开", "open"),
            help: Text::new(
                "到条文；在条文上打开以它为依据的事项",
                "to the articles; on an article, the items that rest on it",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, ctx| screen.open(ctx),
    },
    Spec {
        about: About {
            id: "sources.explain",
            keys: &["e", "F7"],
            label: Text::new("说明无事项", "explain"),
            help: Text::new("说明这一条为什么没有事项", "say why no item rests on the article"),
            footer: true,
        },
        ready: Sources::has_bare_article,
        run: |screen, _| screen.ask_reason(),
    },
    Spec {
        about: About {
            id: "sources.filter",
            keys: &["/", "Ctrl-F"],
            label: Text::new("筛选", "filter"),
            help: Text::new("按名称筛选：汉字或拼音首字母", "filter by title: characters or pinyin initials"),
            footer: true,
        },
        ready: always,
        run: |screen, _| {
            screen.typing = true;
            screen.article = None;
            Vec::new()
        },
    },
    Spec {
        about: About {
            id: "sources.turn",
            keys: &["Tab"],
            label: Text::new("法规/条文", "sources/articles"),
            help: Text::new("在法规和条文之间切换", "between the sources and the articles"),
            footer: true,
        },
        ready: always,
        run: |screen, _| {
            screen.article = if screen.article.is_some() { None } else { screen.first_bare() };
            Vec::new()
        },
    },
    cursor("sources.up", &["Up", "k"], Text::new("向上", "up"), |screen, _| screen.step(-1)),
    cursor("sources.down", &["Down", "j"], Text::new("向下", "down"), |screen, _| screen.step(1)),
    cursor("sources.page_up", &["PageUp", "Ctrl-B"], Text::new("上一页", "page up"), |screen, _| screen.step(-10)),
    cursor("sources.page_down", &["PageDown", "Ctrl-D"], Text::new("下一页", "page down"), |screen, _| {
        screen.step(10)
    }),
    cursor("sources.first", &["Home", "g"], Text::new("首行", "first"), |screen, _| screen.step(isize::MIN)),
    cursor("sources.last", &["End", "G"], Text::new("末行", "last"), |screen, _| screen.step(isize::MAX)),
    Spec {
        about: About {
            id: "sources.clear",
            keys: &["Esc"],
            label: Text::new("返回法规", "back to sources"),
            help: Text::new(
                "从条文回到法规，清除筛选，或退回上一屏",
                "from the articles to the sources, clear the filter, or a step back",
            ),
            footer: false,
        },
        ready: always,
        run: |screen, _| screen.step_back(),
    },
];

const fn cursor(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    run: fn(&mut Sources, &Ctx) -> Vec<Step>,
) -> Spec<Sources> {
    let help = Text::new("移动光标", "move the cursor");
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

impl Sources {
    fn found(&self) -> impl Iterator<Item = &SourcePage> {
        let words = self.words.text();
        self.all
            .iter()
            .flatten()
            .filter(move |page| words.split_whitespace().all(|word| search::matches(word, &page.source.title)))
    }

    fn selected(&self) -> Option<&SourcePage> {
        self.found().nth(self.at)
    }

    /// The source that is shown, if it is the selected one.
    fn articles(&self) -> &[Covered] {
        let same = |view: &&SourceView| self.selected().is_some_and(|page| page.source.id == view.source.id);
        self.shown.as_deref().filter(same).map(|view| view.articles.as_slice()).unwrap_or_default()
    }

    fn first_bare(&self) -> Option<usize> {
        let articles = self.articles();
        let bare = articles.iter().position(|covered| covered.items == 0 && covered.article.no_item_reason.is_empty());
        bare.or((!articles.is_empty()).then_some(0))
    }

    fn article(&self) -> Option<&Covered> {
        self.articles().get(self.article?)
    }

    fn has_bare_article(&self, ctx: &Ctx) -> Ready {
        match self.article() {
            None => {
                let key = ctx.key("sources.turn");
                Err(words!("光标不在条文上；按 {key} 到条文。", "The cursor is on no article; {key} goes there."))
            }
            Some(covered) if covered.items > 0 => Err(words!("这一条有事项。", "Items rest on this article.")),
            Some(_) => Ok(()),
        }
    }

    fn open(&mut self, ctx: &Ctx) -> Vec<Step> {
        let Some(page) = self.selected() else { return Vec::new() };
        let Some(covered) = self.article() else {
            self.article = self.first_bare();
            if self.article.is_some() {
                return Vec::new();
            }
            // Without articles there is still what rests on the source as a whole.
            let title = self.selected().map(|page| exactly(Field::Source, &page.source.title, ctx.lang));
            return title.map(|title| Step::Go(Place::Items(title))).into_iter().collect();
        };
        let clause = clause_of(covered);
        let field = if ctx.lang == Lang::Zh { Field::Clause.label().zh } else { Field::Clause.id() };
        let filter = format!("{} {field}:{clause}", exactly(Field::Source, &page.source.title, ctx.lang));
        vec![Step::Go(Place::Items(filter))]
    }

    fn ask_reason(&self) -> Vec<Step> {
        let Some(covered) = self.article() else { return Vec::new() };
        let clause = clause_of(covered);
        let title = words!("{clause}为什么没有事项", "Why no item rests on {clause}");
        let blanks = vec![Blank::new(Text::new("理由", "reason"), covered.article.no_item_reason.clone())];
        vec![Step::sheet(Overlay::Prompt(Prompt::new("sources.explain", title, blanks)))]
    }

    fn step(&mut self, by: isize) -> Vec<Step> {
        if let Some(article) = self.article {
            let last = self.articles().len().saturating_sub(1);
            self.article = Some(article.saturating_add_signed(by).min(last));
            return Vec::new();
        }
        self.at = self.at.saturating_add_signed(by).min(self.found().count().saturating_sub(1));
        self.show()
    }

    /// Asks for the selected source.
    fn show(&self) -> Vec<Step> {
        self.selected().map(|page| Step::Ask(Ask::Source(page.source.title.clone()))).into_iter().collect()
    }

    fn step_back(&mut self) -> Vec<Step> {
        if self.article.take().is_some() {
            return Vec::new();
        }
        self.typing = false;
        if self.words.text().is_empty() {
            return vec![Step::Back];
        }
        self.words = TextField::default();
        self.at = 0;
        self.show()
    }

    fn refiltered(&mut self) -> Vec<Step> {
        self.at = 0;
        self.article = None;
        self.show()
    }

    /// What is said where no source is listed: what takes the filter away, or how sources come in.
    fn nothing(&self, ctx: &Ctx) -> Option<Words> {
        let all = self.all.as_ref()?;
        if all.is_empty() {
            return Some(words!(
                "还没有法规。用 cailiang source import 收入法规全文。",
                "There are no sources yet. cailiang source import takes in the full text of one."
            ));
        }
        let key = ctx.key("sources.clear");
        let nothing = words!("没有符合条件的法规。按 {key} 清除筛选。", "No source fits. {key} clears the filter.");
        self.found().next().is_none().then_some(nothing)
    }

    fn view_list(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let label = ctx.say("筛选", "filter");
        let x = canvas.text(area.x + 2, area.y, 10, label, if self.typing { Tone::Accent } else { Tone::Faint }) + 2;
        self.words.view(canvas, Rect { x, width: area.right().saturating_sub(x + 14), height: 1, ..area }, self.typing);
        let count = format!("{} {}", thousands(self.found().count() as u64), ctx.say("部法规", "sources"));
        canvas.right(area.right().saturating_sub(14), area.y, 14, &count, Tone::Faint);
        let (_, rows) = layout::above(area, 2);
        canvas.text(area.x + 2, area.y + 1, area.width.saturating_sub(28), ctx.say("名称", "title"), Tone::Faint);
        canvas.right(area.right().saturating_sub(24), area.y + 1, 10, ctx.say("位阶", "rank"), Tone::Faint);
        canvas.right(
            area.right().saturating_sub(13),
            area.y + 1,
            13,
            ctx.say("有事项/条文", "with items"),
            Tone::Faint,
        );
        if let Some(nothing) = self.nothing(ctx) {
            let place = layout::above(rows, 1).1;
            let place = Rect { x: place.x + 2, width: place.width.saturating_sub(3), ..place };
            canvas.paragraphs(place, nothing.say(ctx.lang), Tone::Faint, 0);
        }
        let top = (self.at + 1).saturating_sub(usize::from(rows.height));
        for ((at, page), y) in self.found().enumerate().skip(top).zip(rows.y..rows.bottom()) {
            let here = at == self.at;
            if here {
                canvas.sign(area.x, y, Sign::Here, Tone::Accent);
            }
            canvas.text(area.x + 2, y, area.width.saturating_sub(30), &page.source.title, Tone::Normal);
            let rank = page.source.rank.map_or("", |rank| rank.label().say(ctx.lang));
            canvas.right(area.right().saturating_sub(26), y, 12, rank, Tone::Faint);
            let open = page.articles - page.covered - page.explained;
            let tone = if page.articles > 0 && open == 0 { Tone::Done } else { Tone::Normal };
            let words =
                if page.articles == 0 { "—".to_owned() } else { format!("{}/{}", page.covered, page.articles) };
            canvas.right(area.right().saturating_sub(13), y, 12, &words, tone);
            if here && self.article.is_none() {
                canvas.tint(Rect { y, height: 1, ..area }, Tone::Selected);
            }
        }
    }

    fn view_articles(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let Some(view) = self.shown.as_deref().filter(|_| !self.articles().is_empty() || self.selected().is_some())
        else {
            return;
        };
        let source = &view.source;
        canvas.text(area.x, area.y, area.width, &source.title, Tone::Strong);
        let facts = [
            source.rank.map_or("", |rank| rank.label().say(ctx.lang)).to_owned(),
            source.status.label().say(ctx.lang).to_owned(),
            source.number.clone(),
            source.effective.map(|day| format!("{}{day}", ctx.say("施行 ", "in force "))).unwrap_or_default(),
            format!("{} {}", view.items, ctx.say("个事项", "items")),
        ];
        let facts = facts.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("　");
        canvas.text(area.x, area.y + 1, area.width, &facts, Tone::Faint);
        let (_, rows) = layout::above(area, 2);
        if view.articles.is_empty() {
            let words = ctx.say(
                "还没有收入条文。用 cailiang source import 收入全文。",
                "No articles have been taken in. cailiang source import takes in the full text.",
            );
            canvas.paragraphs(rows, words, Tone::Faint, 0);
            return;
        }
        // The article with the cursor is read whole at the foot.
        let (list, whole) = if self.article.is_some() {
            layout::below(rows, rows.height / 3)
        } else {
            (rows, Rect { height: 0, ..rows })
        };
        let at = self.article.unwrap_or(0);
        let top = (at + 1).saturating_sub(usize::from(list.height));
        for ((index, covered), y) in view.articles.iter().enumerate().skip(top).zip(list.y..list.bottom()) {
            view_article(canvas, Rect { y, height: 1, ..list }, covered, ctx);
            if self.article == Some(index) {
                canvas.tint(Rect { y, height: 1, ..list }, Tone::Selected);
            }
        }
        if let Some(covered) = self.article().filter(|_| whole.height > 1) {
            canvas.rule(whole);
            let text = format!("{}　{}", clause_of(covered), covered.article.text);
            canvas.paragraphs(layout::above(whole, 1).1, &text, Tone::Normal, 0);
        }
    }
}

fn clause_of(covered: &Covered) -> Clause {
    Clause { suffix: covered.article.suffix, ..Clause::article(covered.article.number) }
}

/// One article: its number, how many items rest on it or why none does, its first words.
fn view_article(canvas: &mut Canvas<'_>, area: Rect, covered: &Covered, ctx: &Ctx) {
    let (sign, tone, words) = match (covered.items, covered.article.no_item_reason.as_str()) {
        (0, "") => (Sign::Idle, Tone::Soon, ctx.say("无事项", "none").to_owned()),
        (0, reason) => (Sign::Waived, Tone::Faint, reason.to_owned()),
        (items, _) => (Sign::Done, Tone::Done, format!("{items} {}", ctx.say("个事项", "items"))),
    };
    let sign = canvas.theme().sign(sign);
    let x = canvas.text(area.x, area.y, 2, sign, tone).max(area.x + 2);
    let x = canvas.text(x, area.y, 14, &clause_of(covered).to_string(), Tone::Normal).max(area.x + 14);
    let x = canvas.text(x + 1, area.y, 18.min(area.width / 3), &words, tone).max(x + 11);
    canvas.text(x + 1, area.y, area.right().saturating_sub(x + 1), &covered.article.text, Tone::Faint);
}

impl Screen for Sources {
    fn place(&self) -> Place {
        Place::Sources
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

    fn appear(&mut self, _ctx: &Ctx) -> Vec<Step> {
        vec![Step::Ask(Ask::Sources)]
    }

    fn answered(&mut self, answer: Answer, _ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Sources(pages) => {
                self.all = Some(pages);
                self.at = self.at.min(self.found().count().saturating_sub(1));
                self.show()
            }
            Answer::Source(view) => {
                self.shown = Some(view);
                Vec::new()
            }
            Answer::Done => vec![Step::Say(Notice::done(words!("已登记。", "Recorded.")))],
            _ => Vec::new(),
        }
    }

    fn is_typing(&self) -> bool {
        self.typing
    }

    fn typing_keys(&self) -> &'static [(&'static str, Text)] {
        TYPING_KEYS
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        match key.code {
            KeyCode::Enter => {
                self.typing = false;
                Some(Vec::new())
            }
            KeyCode::Esc | KeyCode::Up | KeyCode::Down | KeyCode::Tab => None,
            _ => self.words.key(key, ctx.ruler, 60).then(|| self.refiltered()),
        }
    }

    fn pasted(&mut self, words: &str, _ctx: &Ctx) -> Vec<Step> {
        self.typing = true;
        self.words.insert(words);
        self.refiltered()
    }

    fn begin_filter(&mut self, words: &str, _ctx: &Ctx) -> Option<Vec<Step>> {
        self.typing = true;
        self.words = TextField::new(self.words.text(), Lines::One);
        self.words.insert(words);
        Some(self.refiltered())
    }

    fn filled(&mut self, _id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        let [reason] = values else { return Ok(Vec::new()) };
        if reason.is_empty() {
            return Err(words!("请写明理由。", "Say why."));
        }
        let (Some(page), Some(covered)) = (self.selected(), self.article()) else { return Ok(Vec::new()) };
        Ok(vec![Step::Ask(Ask::Explain {
            source: page.source.title.clone(),
            article: clause_of(covered).to_string(),
            reason: reason.clone(),
        })])
    }

    fn clicked(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        let (list, _) = layout::split(ctx.body);
        let Some(line) = y.checked_sub(list.y + 2).filter(|_| x < list.right() && self.article.is_none()) else {
            return Vec::new();
        };
        let top = (self.at + 1).saturating_sub(usize::from(list.height.saturating_sub(2)));
        self.typing = false;
        self.at = (top + usize::from(line)).min(self.found().count().saturating_sub(1));
        self.show()
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        match layout::split(area) {
            (list, Some(beside)) => {
                self.view_list(canvas, list, ctx);
                canvas.wall(beside.x - 1, beside);
                let inner = Rect { x: beside.x + 1, width: beside.width.saturating_sub(1), ..beside };
                self.view_articles(canvas, inner, ctx);
            }
            (area, None) if self.article.is_some() => {
                let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
                self.view_articles(canvas, inner, ctx);
            }
            (area, None) => self.view_list(canvas, area, ctx),
        }
    }
}
