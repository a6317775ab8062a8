//! What can be done on every screen, one record a command.

use super::App;
use crate::i18n::Text;
use crate::tui::catalog::{About, Ready, Spec, always};
use crate::tui::overlays::{Help, Overlay, Palette};
use crate::tui::screens::{Deed, Place, Step};
use crate::tui::{Ctx, signals};

const fn go(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    help: Text,
    run: fn(&mut App, &Ctx) -> Vec<Step>,
) -> Spec<App> {
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

/// What can be done on every screen.
pub const COMMANDS: &[Spec<App>] = &[
    Spec {
        about: About {
            id: "help",
            keys: &["?", "F1"],
            label: Text::new("帮助", "help"),
            help: Text::new("这一屏的全部按键", "every key of this screen"),
            footer: true,
        },
        ready: always,
        run: |app, ctx| vec![Step::sheet(Overlay::Help(Help::new(app.offers(ctx))))],
    },
    Spec {
        about: About {
            id: "palette",
            keys: &[":", "Ctrl-P"],
            label: Text::new("命令", "commands"),
            help: Text::new("查找并执行任何命令", "find and run any command"),
            footer: true,
        },
        ready: always,
        run: |app, ctx| vec![Step::sheet(Overlay::Palette(Palette::new(app.offers(ctx))))],
    },
    go("overview", &["F2", "1"], Text::new("总览", "overview"), Text::new("到总览", "to the overview"), |_, _| {
        vec![Step::Go(Place::Overview)]
    }),
    go(
        "items",
        &["F3", "2"],
        Text::new("事项台账", "items"),
        Text::new("到事项台账", "to the items"),
        |_, _| vec![Step::Go(Place::Items(String::new()))],
    ),
    go(
        "deadlines",
        &["F4", "3"],
        Text::new("期限", "deadlines"),
        Text::new("到期限", "to the deadlines"),
        |_, _| vec![Step::Go(Place::Deadlines(String::new()))],
    ),
    go("sources", &["F5", "4"], Text::new("法规", "sources"), Text::new("到法规", "to the sources"), |_, _| {
        vec![Step::Go(Place::Sources)]
    }),
    go(
        "import",
        &["F6", "5"],
        Text::new("导入", "import"),
        Text::new("读入表格文件", "take in a file"),
        |_, _| vec![Step::Go(Place::Import)],
    ),
    go(
        "language",
        &["L", "Ctrl-L"],
        Text::new("English", "中文"),
        Text::new("切换语言", "switch the language"),
        |_, _| vec![Step::Language],
    ),
    Spec {
        about: About {
            id: "undo",
            keys: &["u", "Alt-z"],
            label: Text::new("撤销", "undo"),
            help: Text::new("撤销自己最近一次保存的内容改动", "undo your own last saved change of content"),
            footer: false,
        },
        ready: |app, _| some(app.done.last(), "没有可以撤销的改动。", "There is no change to undo."),
        run: |_, _| vec![Step::Undo],
    },
    Spec {
        about: About {
            id: "redo",
            keys: &["Ctrl-R"],
            label: Text::new("恢复", "redo"),
            help: Text::new("恢复刚撤销的改动", "do again what was undone"),
            footer: false,
        },
        ready: |app, _| some(app.undone.last(), "没有可以恢复的改动。", "There is nothing to redo."),
        run: |_, _| vec![Step::Redo],
    },
    go(
        "back",
        &["Esc"],
        Text::new("返回", "back"),
        Text::new("退回上一屏；有长任务时先取消它", "one step back; calls off long work first"),
        |_, _| vec![Step::Back],
    ),
    Spec {
        about: About {
            id: "suspend",
            keys: &["Ctrl-Z"],
            label: Text::new("挂起", "suspend"),
            help: Text::new("暂时回到命令行；输入 fg 回来", "to the shell for a while; fg comes back"),
            footer: false,
        },
        ready: |_, _| signals::may_stop(),
        run: |_, _| vec![Step::Suspend],
    },
    Spec {
        about: About {
            id: "quit",
            keys: &["q", "Ctrl-Q", "Ctrl-C"],
            label: Text::new("退出", "quit"),
            help: Text::new("退出程序；草稿留在登记库文件旁", "leave; drafts are kept beside the register's file"),
            footer: false,
        },
        ready: always,
        run: |_, _| vec![Step::Quit],
    },
];

fn some(deed: Option<&Deed>, zh: &'static str, en: &'static str) -> Ready {
    deed.map(|_| ()).ok_or_else(|| Text::new(zh, en).into())
}
