//! The commands of the items.

use super::Items;
use crate::domain::stage::Act;
use crate::i18n::{Text, Words};
use crate::service::ItemVerb;
use crate::tui::Ctx;
use crate::tui::catalog::{About, Ready, Spec, always};
use crate::tui::overlays::{Arrange, Blank, Overlay};
use crate::tui::screens::Step;
use crate::tui::screens::many::reason_blank;
use crate::words;

type Keys = &'static [&'static str];
type Run = fn(&mut Items, &Ctx) -> Vec<Step>;

const fn cursor(id: &'static str, keys: Keys, label: Text, help: Text, run: Run) -> Spec<Items> {
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

const fn act(
    id: &'static str,
    keys: Keys,
    label: Text,
    help: Text,
    ready: fn(&Items, &Ctx) -> Ready,
    run: Run,
) -> Spec<Items> {
    Spec { about: About { id, keys, label, help, footer: false }, ready, run }
}

/// A command that the footer shows.
const fn shown(spec: Spec<Items>) -> Spec<Items> {
    Spec { about: About { footer: true, ..spec.about }, ..spec }
}

/// The commands that the footer shows while something is marked.
pub const WITH_MARKS: &[&str] =
    &["items.mark", "items.verify", "items.assign", "items.submit", "items.extend", "items.export", "items.clear"];

/// What this screen can do.
pub const COMMANDS: &[Spec<Items>] = &[
    shown(act(
        "items.open",
        &["Enter", "F8"],
        Text::new("打开", "open"),
        Text::new("打开选中的事项，查看和编辑基准", "open the selected item, to read and edit its baseline"),
        |screen, ctx| if screen.list.table.is_fresh() { screen.has_selected(ctx) } else { Ok(()) },
        |screen, _| screen.open(),
    )),
    shown(act(
        "items.mark",
        &["Space", "Insert"],
        Text::new("标记", "mark"),
        Text::new("标记这一行（再按取消）并下移", "mark the row, or take its mark away, and go down"),
        Items::has_selected,
        |screen, ctx| {
            screen.list.turn_mark();
            screen.move_by(1, ctx)
        },
    )),
    shown(act(
        "items.filter",
        &["/", "Ctrl-F"],
        Text::new("筛选", "filter"),
        Text::new(
            "边输入边筛选：词、两个汉字、拼音首字母、条件如 阶段:起草中",
            "filter as you type: words, two characters, pinyin initials, conditions such as stage:drafting",
        ),
        always,
        |screen, _| {
            screen.list.begin_typing();
            Vec::new()
        },
    )),
    shown(act(
        "items.views",
        &["o", "Alt-O"],
        Text::new("视图", "views"),
        Text::new("打开常用的或自己保存的视图", "open a view, built in or saved"),
        always,
        |screen, _| screen.choose_view(),
    )),
    shown(act(
        "items.sort",
        &["s", "Ctrl-O"],
        Text::new("排序", "sort"),
        Text::new("选择排序；前一个排序成为次要的", "choose an order; the one before becomes the second"),
        always,
        |screen, ctx| screen.choose_sort(ctx),
    )),
    act(
        "items.reverse",
        &["S", "Alt-S"],
        Text::new("倒序", "reverse"),
        Text::new("把第一排序倒过来", "turn the first order round"),
        |screen, ctx| match screen.list.sort.0.first() {
            Some(_) => Ok(()),
            None => {
                let key = ctx.key("items.sort");
                Err(words!("还没有排序，按 {key} 选择。", "There is no order yet; {key} chooses one."))
            }
        },
        Items::reverse,
    ),
    shown(act(
        "items.columns",
        &["c", "Alt-C"],
        Text::new("栏目", "columns"),
        Text::new("选择显示哪些栏目和先后", "choose the columns and their order"),
        always,
        |screen, ctx| {
            let title = words!("显示哪些栏目", "Which columns to show");
            let arrange = Arrange::new("items.columns", title, screen.entries(), super::list_area(ctx).width);
            vec![Step::sheet(Overlay::Arrange(arrange))]
        },
    )),
    act(
        "items.mark_all",
        &["*", "Ctrl-A"],
        Text::new("全部标记", "mark all"),
        Text::new(
            "标记筛选出的全部事项，再按取消",
            "mark everything that the filter finds; again takes the marks away",
        ),
        Items::has_any,
        |screen, _| {
            screen.mark_all();
            Vec::new()
        },
    ),
    act(
        "items.unmark",
        &["-", "Ctrl-N"],
        Text::new("取消标记", "unmark"),
        Text::new("取消全部标记", "take every mark away"),
        Items::has_marks,
        |screen, _| {
            screen.list.unmark();
            Vec::new()
        },
    ),
    act(
        "items.verify",
        &["v", "F7"],
        Text::new("核对确认", "verify"),
        Text::new("确认事项属于本机关", "confirm that the items are the agency's own"),
        |screen, _| screen.can(Act::Verify),
        |screen, _| screen.begin(ItemVerb::Verify),
    ),
    act(
        "items.dispute",
        &["x", "F9"],
        Text::new("提出异议", "dispute"),
        Text::new(
            "事项不属于本机关或没有裁量空间，写明理由",
            "the items are not the agency's or leave no discretion: say why",
        ),
        |screen, _| screen.can(Act::Dispute),
        |screen, _| screen.ask_reason("items.dispute", Text::new("提出异议", "Dispute")),
    ),
    act(
        "items.assign",
        &["a", "Alt-A"],
        Text::new("交办", "assign"),
        Text::new("把还没有报送的事项交给另一个机关", "give items that are not yet submitted to another agency"),
        |screen, _| screen.any_target().map(drop),
        |screen, ctx| screen.ask_agency(ctx),
    ),
    act(
        "items.settle",
        &["t", "Alt-T"],
        Text::new("裁定", "settle"),
        Text::new(
            "裁定异议或提议，写明理由，可以另交机关",
            "settle disputes and proposals, with a reason; they may go elsewhere",
        ),
        |screen, _| screen.can(Act::Settle),
        |screen, _| {
            let agency = Blank::new(Text::new("交给机关（不变则留空）", "to agency (empty: stays)"), "");
            screen.ask("items.settle", Text::new("裁定", "Settle"), vec![reason_blank(), agency])
        },
    ),
    act(
        "items.exclude",
        &["X", "Alt-X"],
        Text::new("排除", "exclude"),
        Text::new("把事项排除出台账，写明理由；任务随之免除", "take items out, with a reason; their duties are waived"),
        |screen, _| screen.can(Act::Exclude),
        |screen, _| screen.ask_reason("items.exclude", Text::new("排除", "Exclude")),
    ),
    act(
        "items.ready",
        &["r", "Alt-R"],
        Text::new("提请法制审核", "mark ready"),
        Text::new("草稿写好了，提请法制审核", "the draft is written: before the legal officer"),
        |screen, _| screen.can(Act::Ready),
        |screen, _| screen.begin(ItemVerb::Ready),
    ),
    act(
        "items.submit",
        &["m", "F10"],
        Text::new("报送", "submit"),
        Text::new("把草稿报送司法局审查", "send the draft to the bureau for review"),
        |screen, _| screen.can(Act::Submit),
        |screen, _| screen.begin(ItemVerb::Submit),
    ),
    act(
        "items.extend",
        &["e", "Alt-E"],
        Text::new("延期", "extend"),
        Text::new(
            "给最先到期的任务一个更晚的到期日，写明理由",
            "give the duty that is due first a later day, with a reason",
        ),
        |screen, _| screen.can_extend(),
        |screen, ctx| screen.ask_extension(ctx),
    ),
    act(
        "items.batch",
        &["b", "Alt-B"],
        Text::new("编入批次", "batch"),
        Text::new(
            "编入公布批次；没有这个批次时新建",
            "put into a publication batch, which is made where there is none",
        ),
        |screen, _| screen.any_target().map(drop),
        |screen, _| {
            let now = screen.list.table.selected().map(|line| line.batch.clone()).unwrap_or_default();
            let blanks = vec![Blank::new(Text::new("批次名称", "name of the batch"), now)];
            screen.ask("items.batch", Text::new("编入批次", "Put into a batch"), blanks)
        },
    ),
    act(
        "items.export",
        &["w", "Alt-W"],
        Text::new("导出", "export"),
        Text::new(
            "把标记的或筛选出的事项导出为 CSV、XLSX、JSON",
            "write what is marked, or else found, as CSV, XLSX, JSON",
        ),
        Items::has_any,
        |screen, ctx| screen.ask_file(ctx),
    ),
    act(
        "items.results",
        &["l", "Alt-L"],
        Text::new("上次结果", "last results"),
        Text::new("再看上一次办理的结果，一行一个", "what the last act came to, one result a row"),
        |screen, _| screen.acts.has_last(),
        |screen, ctx| screen.acts.show_last(ctx),
    ),
    act(
        "items.save_view",
        &["O", "Alt-V"],
        Text::new("保存视图", "save view"),
        Text::new("把现在的筛选、排序和栏目存为视图", "save filter, order and columns under a name"),
        always,
        |screen, _| screen.ask_view_name(),
    ),
    act(
        "items.rename_view",
        &["N", "Alt-N"],
        Text::new("视图改名", "rename view"),
        Text::new("给保存的视图改名", "give a saved view another name"),
        Items::has_views,
        |screen, _| screen.choose_saved("items.choose_renamed", words!("给哪个视图改名", "Which view to rename")),
    ),
    act(
        "items.delete_view",
        &["D", "Alt-D"],
        Text::new("删除视图", "delete view"),
        Text::new("删除保存的视图", "delete a saved view"),
        Items::has_views,
        |screen, _| screen.choose_saved("items.choose_deleted", words!("删除哪个视图", "Which view to delete")),
    ),
    cursor(
        "items.up",
        &["Up", "k"],
        Text::new("上一行", "up"),
        Text::new("上移一行", "one row up"),
        |screen, ctx| screen.move_by(-1, ctx),
    ),
    cursor(
        "items.down",
        &["Down", "j"],
        Text::new("下一行", "down"),
        Text::new("下移一行", "one row down"),
        |screen, ctx| screen.move_by(1, ctx),
    ),
    cursor(
        "items.page_up",
        &["PageUp", "Ctrl-B"],
        Text::new("上一页", "page up"),
        Text::new("上移一屏", "one screen up"),
        |screen, ctx| screen.move_by(-i64::from(super::height(ctx)), ctx),
    ),
    cursor(
        "items.page_down",
        &["PageDown", "Ctrl-D"],
        Text::new("下一页", "page down"),
        Text::new("下移一屏", "one screen down"),
        |screen, ctx| screen.move_by(i64::from(super::height(ctx)), ctx),
    ),
    cursor(
        "items.first",
        &["Home", "g"],
        Text::new("首行", "first"),
        Text::new("到第一行", "to the first row"),
        |screen, ctx| screen.move_by(i64::MIN, ctx),
    ),
    cursor(
        "items.last",
        &["End", "G"],
        Text::new("末行", "last"),
        Text::new("到最后一行", "to the last row"),
        |screen, ctx| screen.move_by(i64::MAX, ctx),
    ),
    cursor(
        "items.scroll",
        &["Tab"],
        Text::new("翻预览", "scroll preview"),
        Text::new("预览下翻一屏，到底后回到开头", "the preview one screen on, from its end back to its beginning"),
        |screen, ctx| {
            screen.scroll_on(ctx);
            Vec::new()
        },
    ),
    cursor(
        "items.clear",
        &["Esc"],
        Text::new("取消", "clear"),
        Text::new(
            "先取消标记，再清除自己写的筛选；都没有时退回上一屏",
            "take marks away, then the filter that you wrote; without either, a step back",
        ),
        Items::clear,
    ),
];

/// The words of a choice with a sign before it.
pub fn with_sign(label: Text, sign: &str) -> Words {
    if sign.is_empty() {
        return label.into();
    }
    Words { zh: format!("{} {sign}", label.zh), en: format!("{} {sign}", label.en) }
}
