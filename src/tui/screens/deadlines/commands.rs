//! The commands of the deadlines.

use super::{Deadlines, still_open, still_open_in_week};
use crate::i18n::Text;
use crate::tui::Ctx;
use crate::tui::catalog::{About, Spec, always};
use crate::tui::screens::Step;

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
    mark(
        "deadlines.mark",
        &["Space", "Insert"],
        Text::new("标记", "mark"),
        Text::new("标记这一项（再按取消）并下移", "mark the duty, or take its mark away, and go down"),
        |screen, ctx| {
            screen.list.turn_mark();
            screen.move_by(1, ctx)
        },
    ),
    Spec {
        about: About {
            id: "deadlines.filter",
            keys: &["/", "Ctrl-F"],
            label: Text::new("筛选", "filter"),
            help: Text::new(
                "边输入边筛选日程：机关、事项、任务:起草、到期<=+14d",
                "filter the agenda as you type: agency, item, duty:draft, due<=+14d",
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
    mark(
        "deadlines.mark_all",
        &["*", "Alt-A"],
        Text::new("全部标记", "mark all"),
        Text::new("标记筛选出的全部任务", "mark everything that the filter finds"),
        |screen, _| {
            screen.list.mark_all();
            Vec::new()
        },
    ),
    mark(
        "deadlines.unmark",
        &["-", "Ctrl-N"],
        Text::new("取消标记", "unmark"),
        Text::new("取消全部标记", "take every mark away"),
        |screen, _| {
            screen.list.unmark();
            Vec::new()
        },
    ),
    Spec {
        about: About {
            id: "deadlines.results",
            keys: &["r", "Alt-L"],
            label: Text::new("上次结果", "last results"),
            help: Text::new("再看上一次办理的结果，一行一个", "what the last act came to, one result a row"),
            footer: false,
        },
        ready: |screen, _| screen.acts.has_last(),
        run: |screen, ctx| screen.acts.show_last(ctx),
    },
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
    Spec {
        about: About {
            id: "deadlines.week",
            keys: &["t", "Ctrl-T"],
            label: Text::new("本周", "this week"),
            help: Text::new(
                "只列本周（周一到周日）到期、还没有办结的；再按一次列出全部未办结的",
                "only what is open and due this week, Monday to Sunday; again shows all that is open",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, ctx| {
            screen.in_calendar = false;
            let week = still_open_in_week(ctx.today());
            let is_week = screen.list.base() == Some(week.0);
            screen.list.set_base(Some(if is_week { still_open() } else { week }));
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
            label: Text::new("取消", "clear"),
            help: Text::new(
                "退出年历，取消标记，清除自己写的筛选；都没有时退回上一屏",
                "out of the calendar, take marks away, clear the filter that you wrote; else a step back",
            ),
            footer: false,
        },
        ready: always,
        run: Deadlines::step_back,
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

const fn mark(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    help: Text,
    run: fn(&mut Deadlines, &Ctx) -> Vec<Step>,
) -> Spec<Deadlines> {
    Spec { about: About { id, keys, label, help, footer: false }, ready: Deadlines::in_agenda, run }
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
