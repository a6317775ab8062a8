//! What can be done with a baseline, one record a command.

use super::found::Way;
use super::{Editor, Focus, Row, Step, form, shape};
use crate::domain::baseline::Baseline;
use crate::domain::kind::{Kind, Need};
use crate::i18n::Text;
use crate::service::worker::Act;
use crate::tui::catalog::{About, Ready, Spec, always};
use crate::tui::{Ctx, Notice};
use crate::words;

const fn cursor(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    run: fn(&mut Editor, &Ctx) -> Vec<Step>,
) -> Spec<Editor> {
    let help = Text::new("移动到相邻的格", "to the cell beside it");
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

const fn change(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    help: Text,
    ready: fn(&Editor, &Ctx) -> Ready,
    run: fn(&mut Editor, &Ctx) -> Vec<Step>,
) -> Spec<Editor> {
    Spec { about: About { id, keys, label, help, footer: false }, ready, run }
}

/// A command that the footer shows.
const fn shown(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    help: Text,
    ready: fn(&Editor, &Ctx) -> Ready,
    run: fn(&mut Editor, &Ctx) -> Vec<Step>,
) -> Spec<Editor> {
    Spec { about: About { id, keys, label, help, footer: true }, ready, run }
}

/// What this screen can do.
pub const COMMANDS: &[Spec<Editor>] = &[
    shown(
        "baseline.edit",
        &["Enter", "F8"],
        Text::new("编辑", "edit"),
        Text::new(
            "编辑这一格：Enter 完成，Ctrl-J 换行，Tab 下一格，Esc 放弃",
            "edit the cell: Enter ends, Ctrl-J breaks the line, Tab goes on, Esc gives up",
        ),
        Editor::may_edit,
        Editor::begin,
    ),
    shown(
        "baseline.save",
        &["Ctrl-S"],
        Text::new("保存", "save"),
        Text::new(
            "保存到登记库；别人改过时两边都留着，由您决定",
            "save to the register; where another has changed it, both are kept and you decide",
        ),
        Editor::may_edit,
        |screen, _| screen.save(),
    ),
    shown(
        "baseline.mend",
        &["x", "Ctrl-X"],
        Text::new("改正", "mend"),
        Text::new("按提示改正这一处：改法写在发现的下面", "mend this place as shown below the finding"),
        Editor::may_mend,
        Editor::mend,
    ),
    shown(
        "baseline.next_finding",
        &["f", "Ctrl-F"],
        Text::new("下一问题", "next finding"),
        Text::new("到检查发现的下一处", "to the next place where the checks found something"),
        Editor::has_findings,
        |screen, ctx| screen.jump(Way::Forward, ctx),
    ),
    change(
        "baseline.previous_finding",
        &["F", "Alt-F"],
        Text::new("上一问题", "finding before"),
        Text::new("到检查发现的上一处", "to the place before where the checks found something"),
        Editor::has_findings,
        |screen, ctx| screen.jump(Way::Back, ctx),
    ),
    change(
        "baseline.findings",
        &["c", "Ctrl-O"],
        Text::new("检查", "findings"),
        Text::new(
            "进入检查清单：Enter 到那一处，Esc 回表格",
            "into the list of findings: Enter goes there, Esc leaves",
        ),
        Editor::has_findings,
        |screen, _| screen.list_findings(),
    ),
    change(
        "baseline.explain",
        &["e", "Alt-E"],
        Text::new("说明检查", "explain"),
        Text::new("这项检查为什么这样查，错例和对例", "why the check looks at this, a wrong and a right example"),
        Editor::has_findings,
        |screen, _| screen.explain(),
    ),
    change(
        "baseline.answer",
        &["w", "Alt-W"],
        Text::new("写说明", "answer"),
        Text::new(
            "用文字说明一条警告为什么不改；清空即收回",
            "say in words why a warning stands; empty words withdraw it",
        ),
        Editor::may_answer,
        |screen, _| screen.ask_answer(),
    ),
    change(
        "baseline.split",
        &["s", "Alt-S"],
        Text::new("分档", "split"),
        Text::new("把法定幅度按方案分成阶次，先看后用", "split a band of the law into tiers, seen before it is taken"),
        Editor::may_edit_penalty,
        |screen, _| screen.begin_split(),
    ),
    change(
        "baseline.copy",
        &["y", "Alt-Y"],
        Text::new("套用", "copy from"),
        Text::new("从以往版本或别的事项取用内容", "take from an earlier version or another item"),
        Editor::may_edit,
        |screen, _| screen.begin_copy(),
    ),
    shown(
        "baseline.undo",
        &["u", "Alt-z"],
        Text::new("撤销", "undo"),
        Text::new("撤销上一步改动", "undo the last change"),
        |screen, _| match &screen.open {
            Some(open) if !open.undo.is_empty() => Ok(()),
            _ => Err(words!("没有可以撤销的改动。", "There is no change to undo.")),
        },
        |screen, _| screen.undo(),
    ),
    change(
        "baseline.redo",
        &["Ctrl-R"],
        Text::new("恢复", "redo"),
        Text::new("恢复刚撤销的改动", "do again what was undone"),
        |screen, _| match &screen.open {
            Some(open) if !open.redo.is_empty() => Ok(()),
            _ => Err(words!("没有可以恢复的改动。", "There is nothing to redo.")),
        },
        |screen, _| screen.redo(),
    ),
    shown(
        "baseline.add_tier",
        &["a", "F7"],
        Text::new("加阶次", "add tier"),
        Text::new(
            "在光标下方加一个阶次；还没有阶次时建第一个",
            "add a tier below the cursor; the first where there is none",
        ),
        Editor::may_edit_penalty,
        |screen, _| screen.alter(shape::add_tier),
    ),
    change(
        "baseline.add_ladder",
        &["A", "Ctrl-G"],
        Text::new("加阶次序列", "add ladder"),
        Text::new(
            "为另一个对象或另一种情形加一列平行的阶次",
            "add a parallel ladder for another party or another case",
        ),
        Editor::may_edit_penalty,
        |screen, _| screen.alter(|baseline, _| shape::add_ladder(baseline)),
    ),
    change(
        "baseline.delete",
        &["d", "F9"],
        Text::new("删阶次", "delete tier"),
        Text::new(
            "删去光标所在的阶次或整个序列；u 可撤销",
            "delete the tier with the cursor, or its whole ladder; u undoes it",
        ),
        Editor::may_edit_tier,
        |screen, _| {
            screen.alter(|baseline, row| {
                shape::remove(baseline, row);
                None
            })
        },
    ),
    change(
        "baseline.move_up",
        &["K", "Ctrl-Up"],
        Text::new("阶次上移", "tier up"),
        Text::new("把阶次上移一位", "move the tier up by one"),
        Editor::may_edit_tier,
        |screen, _| screen.alter(|baseline, row| shape::move_tier(baseline, row, -1)),
    ),
    change(
        "baseline.move_down",
        &["J", "Ctrl-Down"],
        Text::new("阶次下移", "tier down"),
        Text::new("把阶次下移一位", "move the tier down by one"),
        Editor::may_edit_tier,
        |screen, _| screen.alter(|baseline, row| shape::move_tier(baseline, row, 1)),
    ),
    change(
        "baseline.not_applicable",
        &["n", "F10"],
        Text::new("不适用", "not applicable"),
        Text::new("说明这一要素为什么不适用", "say why the element does not apply"),
        |screen, ctx| {
            screen.may_edit(ctx)?;
            match screen.row() {
                Some(Row::Field(field)) if matches!(field.need, Need::Conditional(_)) => Ok(()),
                _ => Err(words!(
                    "只有视情况填写的要素可以写不适用。",
                    "Only an element that is asked for conditionally can be not applicable."
                )),
            }
        },
        |screen, _| screen.ask_not_applicable(),
    ),
    change(
        "baseline.theirs",
        &["T", "F11"],
        Text::new("采用对方的", "take theirs"),
        Text::new("采用别人保存的内容；您写的可用 u 取回", "take what another has saved; u has yours back"),
        |screen, _| match &screen.open {
            Some(open) if open.theirs.is_some() => Ok(()),
            _ => Err(words!("没有别人的改动。", "There is no change of another.")),
        },
        |screen, _| screen.take_theirs(),
    ),
    change(
        "baseline.verify",
        &["v", "Ctrl-E"],
        Text::new("核对确认", "verify"),
        Text::new("确认这个事项属于本机关", "confirm that the item is the agency's own"),
        always,
        |screen, _| screen.act(Act::Verify),
    ),
    change(
        "baseline.ready",
        &["r", "Ctrl-T"],
        Text::new("提请法制审核", "mark ready"),
        Text::new("草稿写好，交法制审核员", "the draft is done: to the legal officer"),
        saved,
        |screen, _| screen.act(Act::Ready),
    ),
    change(
        "baseline.submit",
        &["m", "Ctrl-N"],
        Text::new("报送", "submit"),
        Text::new("报送司法局审查；报送后不能再改", "to the bureau for review; a submitted version is not edited"),
        saved,
        Editor::submit,
    ),
    change(
        "baseline.revise",
        &["R", "F12"],
        Text::new("启动修订", "revise"),
        Text::new("从已公布的版本开始新的一版", "begin a new version from the published one"),
        always,
        |screen, _| screen.act(Act::Revise),
    ),
    change(
        "baseline.scroll",
        &["Space", "Ctrl-D"],
        Text::new("翻法条", "scroll the law"),
        Text::new("法律依据下翻，到底后回到开头", "the legal text on, from its end back to its beginning"),
        always,
        |screen, ctx| {
            screen.scroll_on(ctx);
            Vec::new()
        },
    ),
    change(
        "baseline.band",
        &["b", "Ctrl-B"],
        Text::new("幅度图/法条", "band/law"),
        Text::new("小窗口里换看法定幅度图或法律依据", "on a small screen, the band as a bar or the legal text"),
        always,
        |screen, _| {
            screen.band = !screen.band;
            Vec::new()
        },
    ),
    cursor("baseline.up", &["Up", "k"], Text::new("向上", "up"), |screen, _| screen.move_by(-1, 0)),
    cursor("baseline.down", &["Down", "j"], Text::new("向下", "down"), |screen, _| screen.move_by(1, 0)),
    cursor("baseline.left", &["Left", "h"], Text::new("向左", "left"), |screen, _| screen.move_by(0, -1)),
    cursor("baseline.right", &["Right", "l"], Text::new("向右", "right"), |screen, _| screen.move_by(0, 1)),
    cursor("baseline.next", &["Tab"], Text::new("下一格", "next cell"), |screen, _| screen.next_cell(1)),
    cursor("baseline.previous", &["Shift-Tab"], Text::new("上一格", "cell before"), |screen, _| {
        screen.next_cell(-1)
    }),
    cursor("baseline.first", &["Home", "g"], Text::new("首行", "first"), |screen, _| screen.move_by(isize::MIN, 0)),
    cursor("baseline.last", &["End", "G"], Text::new("末行", "last"), |screen, _| screen.move_by(isize::MAX, 0)),
    change(
        "baseline.back",
        &["Esc"],
        Text::new("返回", "back"),
        Text::new("退回上一屏；没有保存的草稿会留着", "one step back; an unsaved draft is kept"),
        always,
        |screen, _| {
            if screen.focus == Focus::Findings {
                screen.focus = Focus::Form;
                return Vec::new();
            }
            let kept = screen.open.as_ref().is_some_and(super::Open::is_changed);
            let notice = Notice::know(words!(
                "没有保存的草稿留着，下次打开时恢复。",
                "The unsaved draft is kept and comes back when the item is opened."
            ));
            let said = kept.then_some(Step::Say(notice));
            std::iter::once(Step::Back).chain(said).collect()
        },
    ),
];

/// Acts on the stage go with what is in the register.
fn saved(screen: &Editor, ctx: &Ctx) -> Ready {
    match &screen.open {
        Some(open) if open.is_changed() => {
            let key = ctx.key("baseline.save");
            Err(words!("请先按 {key} 保存。", "Save first with {key}."))
        }
        _ => Ok(()),
    }
}

impl Editor {
    fn may_edit_penalty(&self, ctx: &Ctx) -> Ready {
        self.may_edit(ctx)?;
        match self.open.as_ref().map(|open| open.work.kind) {
            Some(Kind::Penalty) => Ok(()),
            _ => Err(words!("只有行政处罚有阶次。", "Only penalties have tiers.")),
        }
    }

    /// Changes the structure of what is being written; the cursor goes to the row that the change names.
    fn alter(&mut self, change: impl FnOnce(&mut Baseline, Row) -> Option<Row>) -> Vec<Step> {
        let (Some(open), Some(row)) = (&self.open, self.row()) else { return Vec::new() };
        let mut next = open.work.clone();
        let to = change(&mut next, row);
        if let Some(at) = to.and_then(|to| form::rows(&next).iter().position(|row| *row == to)) {
            self.at.row = at;
            if !matches!(to, Some(Row::Tier(..))) {
                self.at.cell = 0;
            }
        }
        let steps = self.change(next);
        self.hold();
        steps
    }
}
