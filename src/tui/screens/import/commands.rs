//! What can be done while a file is taken in.

use super::{Focus, Import, Running, Turn};
use crate::i18n::Text;
use crate::service::Fate;
use crate::tui::Ctx;
use crate::tui::catalog::{About, Ready, Spec, always};
use crate::tui::screens::Step;
use crate::words;

/// What this screen can do.
pub const COMMANDS: &[Spec<Import>] = &[
    act(
        "import.change",
        &["Enter", "F8"],
        Text::new("改", "change"),
        Text::new(
            "选机关、种类、进入阶段、列对应关系，或改正一列的用途",
            "choose agency, kind, stage or mapping, or correct what a column holds",
        ),
        Import::may_change,
        Import::change,
    ),
    act(
        "import.try",
        &["F7", "Ctrl-T"],
        Text::new("试读", "try"),
        Text::new(
            "试读文件：什么都不写入，列出会新增、更新什么，哪些行不能读入",
            "try the file: nothing is written; shows what would be new or changed, and rows that cannot be read",
        ),
        Import::has_file,
        |screen, _| screen.send(Running::Trial),
    ),
    act(
        "import.apply",
        &["F9", "Ctrl-S"],
        Text::new("写入", "apply"),
        Text::new("把试读过的内容写入登记库，全部写入或一点不写", "write what was tried, all of it or nothing"),
        Import::was_tried,
        |screen, _| screen.ask_to_apply(),
    ),
    act(
        "import.heading",
        &["t", "F11"],
        Text::new("表头行", "headings"),
        Text::new("指明表头在哪一行", "tell in which row the headings stand"),
        Import::may_correct,
        |screen, _| screen.choose_heading(),
    ),
    act(
        "import.save_mapping",
        &["w", "Ctrl-O"],
        Text::new("存对应", "save mapping"),
        Text::new(
            "把列对应关系存给这个机关，以后相同的表自动采用",
            "save the mapping for the agency; tables of the same form use it by themselves",
        ),
        Import::may_save,
        |screen, _| screen.ask_for_name(),
    ),
    act(
        "import.sheet",
        &["s", "F10"],
        Text::new("工作表", "sheets"),
        Text::new("看另一个工作表", "look at another sheet"),
        Import::has_sheets,
        |screen, _| screen.choose_sheet(),
    ),
    act(
        "import.leave_out",
        &["x", "F12"],
        Text::new("读/不读此表", "take/skip sheet"),
        Text::new("这个工作表读入或不读", "take this sheet or leave it out"),
        Import::has_sheets,
        |screen, _| screen.turn_sheet(),
    ),
    step("import.next", &["Tab"], Text::new("下一处", "next"), |screen, _| screen.turn(Turn::Next)),
    step("import.previous", &["Shift-Tab"], Text::new("上一处", "before"), |screen, _| screen.turn(Turn::Back)),
    step("import.up", &["Up", "k"], Text::new("向上", "up"), |screen, _| screen.step(-1)),
    step("import.down", &["Down", "j"], Text::new("向下", "down"), |screen, _| screen.step(1)),
    step("import.left", &["Left", "h"], Text::new("左一列", "column left"), |screen, _| screen.sideways(-1)),
    step("import.right", &["Right", "l"], Text::new("右一列", "column right"), |screen, _| screen.sideways(1)),
    step("import.page_up", &["PageUp", "Ctrl-B"], Text::new("上一页", "page up"), |screen, _| screen.page(-1)),
    step("import.page_down", &["PageDown", "Ctrl-D"], Text::new("下一页", "page down"), |screen, _| screen.page(1)),
    step("import.first", &["Home", "g"], Text::new("首列", "first column"), |screen, _| screen.sideways(isize::MIN)),
    step("import.last", &["End", "G"], Text::new("末列", "last column"), |screen, _| screen.sideways(isize::MAX)),
];

const fn act(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    help: Text,
    ready: fn(&Import, &Ctx) -> Ready,
    run: fn(&mut Import, &Ctx) -> Vec<Step>,
) -> Spec<Import> {
    Spec { about: About { id, keys, label, help, footer: true }, ready, run }
}

const fn step(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    run: fn(&mut Import, &Ctx) -> Vec<Step>,
) -> Spec<Import> {
    let help =
        Text::new("在各格、各列、报告各行之间移动", "move among the fields, the columns, the lines of the report");
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

impl Import {
    /// While it is written, nothing may change; a trial gives way to a newer one.
    fn is_free(&self, _: &Ctx) -> Ready {
        match self.running {
            Some(Running::Apply) => Err(words!("正在写入，请稍等。", "Writing; please wait.")),
            _ => Ok(()),
        }
    }

    fn is_tried(&self) -> Ready {
        match self.running {
            Some(_) => Err(words!("正在试读，请稍等。", "It is being tried; please wait.")),
            None => Ok(()),
        }
    }

    fn may_change(&self, ctx: &Ctx) -> Ready {
        self.is_free(ctx)?;
        match self.focus {
            Focus::File => Err(words!("在这一格直接写文件名。", "Type the name of the file here.")),
            Focus::Report => Err(words!("报告只能看。", "The report is for reading.")),
            _ => Ok(()),
        }
    }

    pub(super) fn has_file(&self, ctx: &Ctx) -> Ready {
        self.is_free(ctx)?;
        if self.file.text().trim().is_empty() {
            return Err(words!("请先写文件名。", "Name the file first."));
        }
        Ok(())
    }

    fn was_tried(&self, ctx: &Ctx) -> Ready {
        self.has_file(ctx)?;
        self.is_tried()?;
        let imported = self.trial.as_deref().map(|trial| &trial.imported);
        match imported {
            None => {
                let key = ctx.key("import.try");
                Err(words!("请先按 {key} 试读。", "Try it first with {key}."))
            }
            Some(imported) if imported.written => Err(words!("已经写入了。", "It has been written already.")),
            Some(imported) if imported.unplaced > 0 => Err(words!(
                "有 {} 个事项没有指明机关；请先在「机关」一格选定。",
                "No agency is told for {} items; choose it in the field \"agency\" first.",
                imported.unplaced
            )),
            Some(imported) if imported.created + imported.updated == 0 && imported.rejected > 0 => {
                Err(words!("没有一行能读入；原因见报告。", "No row can be taken in; the report says why."))
            }
            Some(imported) if imported.created + imported.updated == 0 => {
                Err(words!("登记库里已经都有，没有要写入的。", "The register has it all; there is nothing to write."))
            }
            Some(_) => Ok(()),
        }
    }

    /// Columns and headings can be told of a sheet that was looked at and is in no form of its own.
    pub(super) fn may_correct(&self, ctx: &Ctx) -> Ready {
        self.is_free(ctx)?;
        match self.sheets.get(self.sheet).map(|sheet| sheet.look.fate) {
            None => Err(words!("还没有试读文件。", "The file has not been tried yet.")),
            Some(Fate::Fixed) => Err(words!(
                "这是本系统导出的表或权重表，各列是固定的。",
                "This is an export of this program or a table of weights: its columns are settled."
            )),
            Some(Fate::LeftOut) => {
                let key = ctx.key("import.leave_out");
                Err(words!("这个工作表不读；按 {key} 改为读入。", "This sheet is left out; {key} takes it again."))
            }
            Some(Fate::Read | Fate::NoHeading) => Ok(()),
        }
    }

    fn has_sheets(&self, ctx: &Ctx) -> Ready {
        self.is_free(ctx)?;
        match self.sheets.len() {
            0 => Err(words!("还没有试读文件。", "The file has not been tried yet.")),
            1 => Err(words!("文件只有一个工作表。", "The file has one sheet only.")),
            _ => Ok(()),
        }
    }

    fn may_save(&self, ctx: &Ctx) -> Ready {
        self.is_free(ctx)?;
        // What is saved is what the last trial came to.
        self.is_tried()?;
        if !self.sheets.iter().any(|sheet| sheet.look.fate == Fate::Read) {
            return Err(words!("没有可以保存的列对应关系。", "There is no mapping to save."));
        }
        self.has_agency()
    }

    pub(super) fn has_agency(&self) -> Ready {
        match self.agency {
            Some(_) => Ok(()),
            None => Err(words!(
                "列对应关系按机关保存；请先在「机关」一格选定。",
                "Mappings are saved for an agency; choose it in the field \"agency\" first."
            )),
        }
    }

    fn change(&mut self, ctx: &Ctx) -> Vec<Step> {
        match self.focus {
            Focus::Agency => Self::choose_agency(ctx),
            Focus::Kind => Self::choose_kind(),
            Focus::Stage => Self::choose_stage(),
            Focus::Mapping => self.ask_for_mappings(),
            Focus::Columns => self.choose_role(ctx),
            Focus::File | Focus::Report => Vec::new(),
        }
    }
}
