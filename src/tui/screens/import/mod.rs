//! Import (导入): a file tried first, its columns looked at and corrected, then taken in.

mod draw;
mod roles;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{Place, Screen, Step};
use crate::domain::kind::Kind;
use crate::domain::label::Term as _;
use crate::i18n::{Failure, Text, Words};
use crate::service::worker::{Answer, Ask, Trial};
use crate::service::{ImportOptions, ImportStage, ReadingOptions, mapping_of};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, About, Offer, Ready, Spec, always};
use crate::tui::key::Key;
use crate::tui::overlays::{Blank, Choose, Confirm, Overlay, Prompt};
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::{Ctx, Notice};
use crate::words;

/// The screen's name.
pub const TITLE: Text = Text::new("导入", "Import");

/// The import of one file.
#[derive(Debug)]
pub struct Import {
    file: TextField,
    agency: TextField,
    kind: Option<Kind>,
    stage: ImportStage,
    /// Corrections of the mapping: role and column, 0 for none.
    mapping: BTreeMap<String, u32>,
    focus: Focus,
    trial: Option<Box<Trial>>,
    /// What was sent and has not been answered.
    running: Option<Running>,
    column: usize,
    line: usize,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            file: TextField::new("", Lines::One),
            agency: TextField::new("", Lines::One),
            kind: None,
            stage: ImportStage::Drafting,
            mapping: BTreeMap::new(),
            focus: Focus::File,
            trial: None,
            running: None,
            column: 0,
            line: 0,
        }
    }
}

/// Where the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    File,
    Agency,
    Kind,
    Stage,
    Columns,
    Report,
}

/// What runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Running {
    Trial,
    Apply,
}

/// What this screen can do.
pub const COMMANDS: &[Spec<Import>] = &[
    Spec {
        about: About {
            id: "import.try",
            keys: &["F7", "Ctrl-T"],
            label: Text::new("试读", "try"),
            help: Text::new(
                "试读文件：什么都不写入，列出会新增、更新什么，哪些行不能读入",
                "try the file: nothing is written; shows what would be new or changed, and rows that cannot be read",
            ),
            footer: true,
        },
        ready: Import::has_file,
        run: |screen, _| screen.send(Running::Trial, false),
    },
    Spec {
        about: About {
            id: "import.apply",
            keys: &["F9", "Ctrl-S"],
            label: Text::new("写入", "apply"),
            help: Text::new(
                "把试读过的内容写入登记库，全部写入或一点不写",
                "write what was tried, all of it or nothing",
            ),
            footer: true,
        },
        ready: Import::was_tried,
        run: |screen, _| screen.ask_to_apply(),
    },
    Spec {
        about: About {
            id: "import.change",
            keys: &["Enter", "F8"],
            label: Text::new("改", "change"),
            help: Text::new(
                "选种类、进入阶段，或改正一列的用途",
                "choose the kind or the stage, or correct what a column holds",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, _| screen.change(),
    },
    Spec {
        about: About {
            id: "import.next",
            keys: &["Tab"],
            label: Text::new("下一处", "next"),
            help: Text::new(
                "到下一格：文件、机关、种类、阶段、各列、报告",
                "to the next: file, agency, kind, stage, columns, report",
            ),
            footer: true,
        },
        ready: always,
        run: |screen, _| screen.turn(Turn::Next),
    },
    Spec {
        about: About {
            id: "import.previous",
            keys: &["Shift-Tab"],
            label: Text::new("上一处", "before"),
            help: Text::new("到上一格", "to the one before"),
            footer: false,
        },
        ready: always,
        run: |screen, _| screen.turn(Turn::Back),
    },
    cursor("import.up", &["Up"], Text::new("向上", "up"), |screen, _| screen.step(-1)),
    cursor("import.down", &["Down"], Text::new("向下", "down"), |screen, _| screen.step(1)),
    cursor("import.page_up", &["PageUp"], Text::new("上一页", "page up"), |screen, _| screen.step(-10)),
    cursor("import.page_down", &["PageDown"], Text::new("下一页", "page down"), |screen, _| screen.step(10)),
];

const fn cursor(
    id: &'static str,
    keys: &'static [&'static str],
    label: Text,
    run: fn(&mut Import, &Ctx) -> Vec<Step>,
) -> Spec<Import> {
    let help = Text::new("移动光标", "move the cursor");
    Spec { about: About { id, keys, label, help, footer: false }, ready: always, run }
}

/// Round the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Next,
    Back,
}

/// The places in their order.
const PLACES: &[Focus] = &[Focus::File, Focus::Agency, Focus::Kind, Focus::Stage, Focus::Columns, Focus::Report];

impl Import {
    fn path(&self) -> PathBuf {
        // A file dragged onto a terminal comes in quotes.
        PathBuf::from(self.file.text().trim().trim_matches(['\'', '"']))
    }

    fn has_file(&self, _: &Ctx) -> Ready {
        if self.running.is_some() {
            return Err(words!("正在读，请稍等。", "Reading; please wait."));
        }
        if self.file.text().trim().is_empty() {
            return Err(words!("请先写文件名。", "Name the file first."));
        }
        Ok(())
    }

    fn was_tried(&self, ctx: &Ctx) -> Ready {
        self.has_file(ctx)?;
        match &self.trial {
            None => Err(words!("请先按 F7 试读。", "Try it first with F7.")),
            Some(trial) if trial.imported.written => Err(words!("已经写入了。", "It has been written already.")),
            Some(trial) if trial.imported.created + trial.imported.updated == 0 => {
                Err(words!("登记库里已经都有，没有要写入的。", "The register has it all; there is nothing to write."))
            }
            Some(_) => Ok(()),
        }
    }

    fn send(&mut self, running: Running, skip_rejected: bool) -> Vec<Step> {
        self.running = Some(running);
        let agency = Some(self.agency.text().trim().to_owned()).filter(|words| !words.is_empty());
        let mapping = (!self.mapping.is_empty()).then(|| mapping_of(&self.mapping));
        let options = ImportOptions {
            apply: running == Running::Apply,
            skip_rejected,
            stage: self.stage.clone(),
            agency,
            reading: ReadingOptions { kind: self.kind, mapping },
        };
        vec![Step::Ask(Ask::Import { path: self.path(), options: Box::new(options) })]
    }

    fn ask_to_apply(&mut self) -> Vec<Step> {
        let Some(trial) = &self.trial else { return Vec::new() };
        let (created, updated) = (trial.imported.created, trial.imported.updated);
        let question = match trial.imported.rejected {
            0 => words!(
                "写入登记库：新增 {created} 个事项，更新 {updated} 个。",
                "Write to the register: {created} new items, {updated} updated."
            ),
            rejected => words!(
                "有 {rejected} 行不能读入。跳过它们，写入其余的：新增 {created} 个事项，更新 {updated} 个？",
                "{rejected} rows cannot be read. Pass over them and write the rest: {created} new items, {updated} updated?"
            ),
        };
        vec![Step::sheet(Overlay::Confirm(Confirm::new("import.apply", question)))]
    }

    fn turn(&mut self, turn: Turn) -> Vec<Step> {
        let at = PLACES.iter().position(|place| *place == self.focus).unwrap_or(0);
        // Without a trial there are no columns and no report.
        let count = if self.trial.is_some() { PLACES.len() } else { 4 };
        let next = match turn {
            Turn::Next => (at + 1) % count,
            Turn::Back => (at + count - 1) % count,
        };
        self.focus = PLACES.get(next).copied().unwrap_or(Focus::File);
        Vec::new()
    }

    fn step(&mut self, by: isize) -> Vec<Step> {
        let last = |count: usize| count.saturating_sub(1);
        match self.focus {
            Focus::Columns => self.column = self.column.saturating_add_signed(by).min(last(self.columns().len())),
            Focus::Report => self.line = self.line.saturating_add_signed(by).min(last(self.report_lines())),
            _ => {
                self.turn(if by > 0 { Turn::Next } else { Turn::Back });
            }
        }
        Vec::new()
    }

    fn change(&mut self) -> Vec<Step> {
        let open = |id, title, choices| vec![Step::sheet(Overlay::Choose(Choose::new(id, title, choices)))];
        match self.focus {
            Focus::File | Focus::Agency => self.turn(Turn::Next),
            Focus::Kind => {
                let by_file = std::iter::once(words!("由文件说明", "as the file says"));
                let choices = by_file.chain(Kind::ALL.iter().map(|kind| Words::from(kind.label()))).collect();
                open("import.kind", words!("事项种类", "Kind of item"), choices)
            }
            Focus::Stage => {
                let choices = vec![words!("起草中", "drafting"), words!("已公布，现行有效", "published, in force")];
                open("import.stage", words!("进入登记库时是", "Enters the register as"), choices)
            }
            Focus::Columns => {
                let none = std::iter::once(words!("（不读这一列的用途）", "(no role)"));
                let choices = none.chain(roles::all().into_iter().map(|(_, label)| Words::from(label))).collect();
                open("import.role", words!("这一列是", "This column holds"), choices)
            }
            Focus::Report => Vec::new(),
        }
    }

    /// The columns of the first table: number, heading, role, sample.
    fn columns(&self) -> Vec<(u32, String, Option<&'static str>, Vec<String>)> {
        let Some(trial) = &self.trial else { return Vec::new() };
        let width = trial.sample.iter().map(Vec::len).max().unwrap_or(0);
        let sheet = trial.imported.outcome.sheets.first();
        let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
        (0..width)
            .map(|at| {
                let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
                let role = sheet.and_then(|sheet| sheet.mapping.iter().find(|(_, column)| *column == number));
                let heading = trial.sample.first().map(|row| cell(row, at)).unwrap_or_default();
                let sample = trial.sample.iter().skip(1).map(|row| cell(row, at)).filter(|words| !words.is_empty());
                (number, heading, role.map(|(role, _)| *role), sample.take(2).collect())
            })
            .collect()
    }

    fn report_lines(&self) -> usize {
        self.trial
            .as_ref()
            .map_or(0, |trial| trial.rejected.len() + trial.notices.len() + trial.missing.len() + trial.items.len())
    }

    fn field(&mut self) -> Option<&mut TextField> {
        match self.focus {
            Focus::File => Some(&mut self.file),
            Focus::Agency => Some(&mut self.agency),
            _ => None,
        }
    }
}

impl Screen for Import {
    fn place(&self) -> Place {
        Place::Import
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
        Vec::new()
    }

    fn answered(&mut self, answer: Answer, _ctx: &Ctx) -> Vec<Step> {
        let Answer::Trial(trial) = answer else { return Vec::new() };
        let (created, updated) = (trial.imported.created, trial.imported.updated);
        let written = trial.imported.written;
        self.running = None;
        self.focus = if trial.imported.rejected > 0 { Focus::Report } else { Focus::Columns };
        (self.column, self.line) = (0, 0);
        self.trial = Some(trial);
        let said = words!("已写入：新增 {created}，更新 {updated}。", "Written: {created} new, {updated} updated.");
        written.then_some(Step::Say(Notice::done(said))).into_iter().collect()
    }

    fn refused(&mut self, failure: &Failure, _ctx: &Ctx) -> Vec<Step> {
        self.running = None;
        vec![Step::Say(Notice::failure(failure))]
    }

    fn is_typing(&self) -> bool {
        matches!(self.focus, Focus::File | Focus::Agency)
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        if key == Key::plain(KeyCode::Enter) {
            // With a file named, Enter tries it.
            return Some(match self.has_file(ctx) {
                Ok(()) => self.send(Running::Trial, false),
                Err(reason) => vec![Step::Say(Notice::know(reason))],
            });
        }
        if matches!(key.code, KeyCode::Up | KeyCode::Down | KeyCode::Tab | KeyCode::BackTab | KeyCode::Esc) {
            return None;
        }
        let field = self.field()?;
        let before = field.text().to_owned();
        let taken = field.key(key, ctx.ruler, 200);
        if taken && field.text() != before {
            // Another file or another agency: what was tried does not hold for it.
            self.trial = None;
            self.mapping.clear();
        }
        taken.then(Vec::new)
    }

    fn pasted(&mut self, words: &str, _ctx: &Ctx) -> Vec<Step> {
        if let Some(field) = self.field() {
            field.insert(words);
            self.trial = None;
            self.mapping.clear();
        }
        Vec::new()
    }

    fn filled(&mut self, _id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        let [on, number] = values else { return Ok(Vec::new()) };
        let day: NaiveDate = on
            .parse()
            .map_err(|_| words!("「{on}」不是日期；写成 2023-10-31。", "\"{on}\" is no day; write 2023-10-31."))?;
        if number.is_empty() {
            return Err(words!("请写文号。", "Give the number of the document."));
        }
        self.stage = ImportStage::Published { on: day, number: number.clone() };
        self.trial = None;
        Ok(Vec::new())
    }

    fn chosen(&mut self, id: &str, at: usize, ctx: &Ctx) -> Vec<Step> {
        match id {
            "import.kind" => self.kind = at.checked_sub(1).and_then(|at| Kind::ALL.get(at)).copied(),
            "import.stage" if at == 0 => self.stage = ImportStage::Drafting,
            "import.stage" => {
                let blanks = vec![
                    Blank::new(Text::new("施行日期", "in force from"), ctx.today().to_string()),
                    Blank::new(Text::new("文号", "number"), ""),
                ];
                let title = words!("作为已公布读入", "To enter as published");
                return vec![Step::sheet(Overlay::Prompt(Prompt::new("import.published", title, blanks)))];
            }
            _ => {
                let Some((number, _, old, _)) = self.columns().into_iter().nth(self.column) else { return Vec::new() };
                if let Some(old) = old {
                    self.mapping.insert(old.to_owned(), 0);
                }
                if let Some((role, _)) = at.checked_sub(1).and_then(|at| roles::all().into_iter().nth(at)) {
                    self.mapping.insert(role.to_owned(), number);
                }
                let column = self.column;
                let steps = self.send(Running::Trial, false);
                self.column = column;
                return steps;
            }
        }
        self.trial = None;
        Vec::new()
    }

    fn confirmed(&mut self, _id: &str, _ctx: &Ctx) -> Vec<Step> {
        let skip = self.trial.as_ref().is_some_and(|trial| trial.imported.rejected > 0);
        self.send(Running::Apply, skip)
    }

    fn clicked(&mut self, _x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        if let Some(place) = PLACES.get(usize::from(y - ctx.body.y)).filter(|_| y < ctx.body.y + 4) {
            self.focus = *place;
        }
        Vec::new()
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        self.draw(canvas, area, ctx);
    }
}
