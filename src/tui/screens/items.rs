//! Items (事项台账): any number of them by a filter, with a preview of the baseline.

use std::borrow::Cow;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::listing::Listing;
use super::{Place, Screen, Step, preview};
use crate::domain::duty::Standing;
use crate::domain::filter::{Field, Sort, SortKey};
use crate::domain::ids::ItemId;
use crate::domain::label::Term as _;
use crate::i18n::{Failure, Text, Words};
use crate::service::worker::{Act, Answer, Ask};
use crate::service::{ItemLine, ItemView};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, About, Offer, Ready, Spec, always};
use crate::tui::key::Key;
use crate::tui::overlays::{Blank, Choose, Overlay, Prompt};
use crate::tui::theme::{Theme, Tone};
use crate::tui::widgets::table::{self, Cell, Column};
use crate::tui::{Ctx, Notice, layout};
use crate::words;

/// The screen's name.
pub const TITLE: Text = Text::new("事项台账", "Items");

/// The list of items.
#[derive(Debug)]
pub struct Items {
    list: Listing<ItemLine>,
    preview: Option<Box<ItemView>>,
    /// First line of the preview.
    scroll: usize,
    /// The first row is to be opened as soon as it comes: Enter was faster than the answer to the filter.
    open_first: bool,
}

/// What this screen can do.
pub const COMMANDS: &[Spec<Items>] = &[
    Spec {
        about: About {
            id: "items.open",
            keys: &["Enter", "F8"],
            label: Text::new("打开", "open"),
            help: Text::new("打开选中的事项，查看和编辑基准", "open the selected item, to read and edit its baseline"),
            footer: true,
        },
        ready: |screen, ctx| if screen.list.table.is_fresh() { screen.has_selected(ctx) } else { Ok(()) },
        run: |screen, _| screen.open(),
    },
    Spec {
        about: About {
            id: "items.filter",
            keys: &["/", "Ctrl-F"],
            label: Text::new("筛选", "filter"),
            help: Text::new(
                "边输入边筛选：词、两个汉字、拼音首字母、条件如 阶段:起草中",
                "filter as you type: words, two characters, pinyin initials, conditions such as stage:drafting",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, _| {
            screen.list.begin_typing();
            Vec::new()
        },
    },
    Spec {
        about: About {
            id: "items.sort",
            keys: &["s", "Ctrl-O"],
            label: Text::new("排序", "sort"),
            help: Text::new("选择排序；前一个排序成为次要的", "choose an order; the one before becomes the second"),
            footer: true,
        },
        ready: always,
        run: |_, _| {
            let choices = ORDERS.iter().map(|(label, _)| Words::from(*label)).collect();
            vec![Step::sheet(Overlay::Choose(Choose::new("items.sort", words!("按什么排序", "Sort by"), choices)))]
        },
    },
    Spec {
        about: About {
            id: "items.verify",
            keys: &["v", "F7"],
            label: Text::new("核对确认", "verify"),
            help: Text::new("确认这个事项属于本机关", "confirm that the item is the agency's own"),
            footer: false,
        },
        ready: Items::has_selected,
        run: |screen, _| screen.act(Act::Verify, ""),
    },
    Spec {
        about: About {
            id: "items.dispute",
            keys: &["x", "F9"],
            label: Text::new("提出异议", "dispute"),
            help: Text::new(
                "事项不属于本机关或没有裁量空间，写明理由",
                "the item is not the agency's or leaves no discretion: say why",
            ),
            footer: false,
        },
        ready: Items::has_selected,
        run: |screen, _| {
            let title = screen.selected().map(|line| line.title.clone()).unwrap_or_default();
            let blanks = vec![Blank::new(Text::new("理由", "reason"), "")];
            let title = words!("提出异议：{title}", "Dispute: {title}");
            vec![Step::sheet(Overlay::Prompt(Prompt::new("items.dispute", title, blanks)))]
        },
    },
    Spec {
        about: About {
            id: "items.submit",
            keys: &["m", "F10"],
            label: Text::new("报送", "submit"),
            help: Text::new("把草稿报送司法局审查", "send the draft to the bureau for review"),
            footer: false,
        },
        ready: Items::has_selected,
        run: |screen, _| screen.act(Act::Submit, ""),
    },
    Spec {
        about: About {
            id: "items.up",
            keys: &["Up", "k"],
            label: Text::new("上一行", "up"),
            help: Text::new("上移一行", "one row up"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| screen.move_by(-1, ctx),
    },
    Spec {
        about: About {
            id: "items.down",
            keys: &["Down", "j"],
            label: Text::new("下一行", "down"),
            help: Text::new("下移一行", "one row down"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| screen.move_by(1, ctx),
    },
    Spec {
        about: About {
            id: "items.page_up",
            keys: &["PageUp", "Ctrl-B"],
            label: Text::new("上一页", "page up"),
            help: Text::new("上移一屏", "one screen up"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| screen.move_by(-i64::from(height(ctx)), ctx),
    },
    Spec {
        about: About {
            id: "items.page_down",
            keys: &["PageDown", "Ctrl-D"],
            label: Text::new("下一页", "page down"),
            help: Text::new("下移一屏", "one screen down"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| screen.move_by(i64::from(height(ctx)), ctx),
    },
    Spec {
        about: About {
            id: "items.first",
            keys: &["Home", "g"],
            label: Text::new("首行", "first"),
            help: Text::new("到第一行", "to the first row"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| screen.move_by(i64::MIN, ctx),
    },
    Spec {
        about: About {
            id: "items.last",
            keys: &["End", "G"],
            label: Text::new("末行", "last"),
            help: Text::new("到最后一行", "to the last row"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| screen.move_by(i64::MAX, ctx),
    },
    Spec {
        about: About {
            id: "items.scroll",
            keys: &["Tab"],
            label: Text::new("翻预览", "scroll preview"),
            help: Text::new(
                "预览下翻一屏，到底后回到开头",
                "the preview one screen on, from its end back to its beginning",
            ),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| {
            screen.scroll_on(ctx);
            Vec::new()
        },
    },
    Spec {
        about: About {
            id: "items.clear",
            keys: &["Esc"],
            label: Text::new("清除筛选", "clear filter"),
            help: Text::new("清除筛选；没有筛选时退回上一屏", "clear the filter; without one, a step back"),
            footer: false,
        },
        ready: always,
        run: |screen, ctx| if screen.list.clear() { screen.changed(ctx) } else { vec![Step::Back] },
    },
];

/// The orders offered.
const ORDERS: &[(Text, Option<SortKey>)] = &[
    (Text::new("登记先后", "order of listing"), None),
    (Text::new("到期，最早在前", "due, earliest first"), Some(SortKey { field: Field::Due, descending: false })),
    (Text::new("到期，最晚在前", "due, latest first"), Some(SortKey { field: Field::Due, descending: true })),
    (Text::new("机关", "agency"), Some(SortKey { field: Field::Agency, descending: false })),
    (Text::new("阶段", "stage"), Some(SortKey { field: Field::Stage, descending: false })),
    (Text::new("编码", "code"), Some(SortKey { field: Field::Code, descending: false })),
    (Text::new("名称", "title"), Some(SortKey { field: Field::Title, descending: false })),
    (Text::new("法源", "source"), Some(SortKey { field: Field::Source, descending: false })),
    (Text::new("最近更新在前", "last updated first"), Some(SortKey { field: Field::Updated, descending: true })),
];

impl Items {
    /// The items that a filter finds.
    #[must_use]
    pub fn new(filter: &str) -> Self {
        Self { list: Listing::new(filter, Ask::Items, Ask::CountItems), preview: None, scroll: 0, open_first: false }
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

    fn open(&mut self) -> Vec<Step> {
        self.open_first = !self.list.table.is_fresh();
        self.selected().map(|line| Step::Go(Place::Baseline(line.id))).into_iter().collect()
    }

    fn act(&self, act: Act, reason: &str) -> Vec<Step> {
        let ask = |line: &ItemLine| Step::Ask(Ask::Act { item: line.id, act, reason: reason.to_owned() });
        self.selected().map(ask).into_iter().collect()
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

    fn columns(width: u16) -> Vec<Column> {
        let column = |zh, en, width| Column { title: Text::new(zh, en), width, right: false };
        let mut columns = vec![column("编码", "code", 10), column("名称", "title", 0)];
        columns.push(column("机关", "agency", if width > 90 { 16 } else { 12 }));
        if width >= 76 {
            columns.push(column("阶段", "stage", 10));
        }
        columns.push(column("情况", "standing", 14));
        columns
    }
}

fn height(ctx: &Ctx) -> u16 {
    Listing::<ItemLine>::height(layout::split(ctx.body).0)
}

fn cell<'a>(line: &'a ItemLine, at: usize, last: usize, ctx: &'a Ctx, theme: Theme) -> Cell<'a> {
    match at {
        at if at == last => standing(line.standing, line.due, ctx, theme),
        0 if line.code.is_empty() => (Cow::Owned(format!("#{}", line.id)), Tone::Faint),
        0 => (Cow::Borrowed(&line.code), Tone::Normal),
        1 => (Cow::Borrowed(&line.title), Tone::Normal),
        2 => (Cow::Borrowed(ctx.agency(line.agency)), Tone::Normal),
        _ => (Cow::Borrowed(line.stage.label().say(ctx.lang)), Tone::Normal),
    }
}

/// A standing with its sign, and how many days late or left.
pub(super) fn standing<'a>(
    standing: Option<Standing>,
    due: Option<chrono::NaiveDate>,
    ctx: &Ctx,
    theme: Theme,
) -> Cell<'a> {
    let Some(standing) = standing else { return (Cow::Borrowed(""), Tone::Faint) };
    let (sign, tone) = Theme::standing(standing);
    let sign = theme.sign(sign);
    let days = due.map_or(0, |due| (due - ctx.today()).num_days());
    let words = match (standing, ctx.lang) {
        (Standing::Overdue, crate::i18n::Lang::Zh) => format!("{sign} 逾期 {} 天", -days),
        (Standing::Overdue, crate::i18n::Lang::En) => format!("{sign} {} days late", -days),
        (Standing::DueSoon, crate::i18n::Lang::Zh) if days == 0 => format!("{sign} 今天到期"),
        (Standing::DueSoon, crate::i18n::Lang::En) if days == 0 => format!("{sign} due today"),
        (Standing::DueSoon, crate::i18n::Lang::Zh) => format!("{sign} {days} 天内到期"),
        (Standing::DueSoon, crate::i18n::Lang::En) => format!("{sign} due in {days}"),
        _ => format!("{sign} {}", standing.label().say(ctx.lang)),
    };
    (Cow::Owned(words), tone)
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
        catalog::offers(COMMANDS, self, ctx)
    }

    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step> {
        catalog::perform(COMMANDS, id, self, ctx).unwrap_or_default()
    }

    fn appear(&mut self, ctx: &Ctx) -> Vec<Step> {
        self.look(ctx, true)
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
            Answer::Done => vec![Step::Say(Notice::done(words!("已办理。", "Done.")))],
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, failure: &Failure, _ctx: &Ctx) -> Vec<Step> {
        self.list.table.ask_again();
        vec![Step::Say(Notice::failure(failure))]
    }

    fn is_typing(&self) -> bool {
        self.list.is_typing()
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        match key.code {
            KeyCode::Enter if !key.ctrl && !key.alt => {
                self.list.end_typing();
                Some(self.changed(ctx))
            }
            _ => {
                let changed = self.list.key(key, ctx)?;
                Some(if changed { self.changed(ctx) } else { Vec::new() })
            }
        }
    }

    fn pasted(&mut self, words: &str, ctx: &Ctx) -> Vec<Step> {
        self.list.insert(words);
        self.changed(ctx)
    }

    fn begin_filter(&mut self, words: &str, ctx: &Ctx) -> Option<Vec<Step>> {
        self.list.insert(words);
        Some(self.changed(ctx))
    }

    fn filled(&mut self, _id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        match values {
            [reason] if !reason.is_empty() => Ok(self.act(Act::Dispute, reason)),
            _ => Err(words!("请写明理由。", "Say why.")),
        }
    }

    fn chosen(&mut self, _id: &str, at: usize, ctx: &Ctx) -> Vec<Step> {
        match ORDERS.get(at) {
            Some((_, Some(key))) => {
                let mut keys = vec![*key];
                keys.extend(self.list.sort.0.iter().filter(|other| other.field != key.field).take(2));
                self.list.sort = Sort(keys);
            }
            _ => self.list.sort = Sort::default(),
        }
        self.list.table.begin_anew();
        self.look(ctx, true)
    }

    fn clicked(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        let (list, _) = layout::split(ctx.body);
        if x >= list.right() {
            return Vec::new();
        }
        let Some(line) = y.checked_sub(list.y + 2) else {
            self.list.begin_typing();
            return Vec::new();
        };
        self.list.end_typing();
        if self.list.table.click(line, height(ctx)) {
            return self.open();
        }
        self.look(ctx, false)
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let (list, beside) = layout::split(area);
        self.list.view_filter(canvas, list, ctx, Text::new("个事项", "items"));
        let (_, rows) = layout::above(list, 1);
        if self.list.trouble().is_some() {
            self.list.view_trouble(canvas, rows, ctx);
            return;
        }
        let theme = canvas.theme();
        let columns = Self::columns(list.width);
        let last = columns.len() - 1;
        table::view(canvas, rows, &columns, &self.list.table, ctx.lang, |line, at| cell(line, at, last, ctx, theme));
        if self.list.table.is_empty() {
            let (_, below) = layout::above(rows, 2);
            let key = ctx.key("items.clear");
            canvas.paragraphs(
                Rect { x: below.x + 2, width: below.width.saturating_sub(2), ..below },
                words!("没有符合条件的事项。按 {key} 清除筛选。", "No item fits. {key} clears the filter.")
                    .say(ctx.lang),
                Tone::Faint,
                0,
            );
        }
        if let Some(area) = beside {
            canvas.wall(area.x.saturating_sub(1), area);
            if let Some(view) =
                self.preview.as_ref().filter(|view| Some(view.item.id) == self.selected().map(|line| line.id))
            {
                preview::view(
                    canvas,
                    Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area },
                    view,
                    self.scroll,
                    ctx,
                );
            }
        }
    }
}
