//! Import (导入): a file tried first, its columns looked at and corrected, then taken in. Every correction tries again;
//! nothing is written before somebody says so.

mod choices;
mod commands;
mod draw;
mod report;
mod roles;
mod sheets;
mod told;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

pub use commands::COMMANDS;

use self::report::Report;
use self::sheets::Sheet;
use self::told::Part;
use super::{Place, Screen, Step};
use crate::domain::ids::AgencyId;
use crate::domain::kind::Kind;
use crate::i18n::{Failure, Text, Words};
use crate::service::worker::{Answer, Ask, Trial};
use crate::service::{
    Completion, ImportOptions, ImportStage, Looks, Mapping, ReadingOptions, Saved, path_of, rejected,
};
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{self, Offer};
use crate::tui::key::Key;
use crate::tui::overlays::{Confirm, Overlay};
use crate::tui::widgets::field::{Lines, TextField};
use crate::tui::{Ctx, Notice};
use crate::words;

/// The screen's name.
pub const TITLE: Text = Text::new("导入", "Import");

/// The import of one file.
#[derive(Debug)]
pub struct Import {
    file: TextField,
    /// Names among which there is a choice while the file is named.
    names: Vec<String>,
    agency: Option<(AgencyId, String)>,
    kind: Option<Kind>,
    stage: ImportStage,
    saved: Saved,
    /// The name of the mapping that is being saved.
    saving: Option<String>,
    /// The mapping as corrected by hand; `None` where nothing was.
    told: Option<Mapping>,
    /// The names of the saved mappings in the list that is open.
    offered: Vec<String>,
    focus: Focus,
    trial: Option<Box<Trial>>,
    /// Why the file could not be tried.
    trouble: Option<Words>,
    /// What was sent last and is waited for, and how much has not been answered: of a file that is named no longer
    /// nobody waits for the trial.
    running: Option<Running>,
    unanswered: u32,
    sheets: Vec<Sheet>,
    sheet: usize,
    column: usize,
    report: Report,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            file: TextField::new("", Lines::One),
            names: Vec::new(),
            agency: None,
            kind: None,
            stage: ImportStage::Drafting,
            saved: Saved::Fitting,
            saving: None,
            told: None,
            offered: Vec::new(),
            focus: Focus::File,
            trial: None,
            trouble: None,
            running: None,
            unanswered: 0,
            sheets: Vec::new(),
            sheet: 0,
            column: 0,
            report: Report::default(),
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
    Mapping,
    Columns,
    Report,
}

/// What runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Running {
    /// Nothing is written.
    Trial,
    /// It is written where no row is rejected.
    Apply,
}

/// Round the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Next,
    Back,
}

/// The places in their order.
const PLACES: &[Focus] =
    &[Focus::File, Focus::Agency, Focus::Kind, Focus::Stage, Focus::Mapping, Focus::Columns, Focus::Report];

/// How many of them there are without a trial: no columns, no report.
const FORM: usize = 5;

impl Import {
    /// Tries the file as everything stands now, or writes what was tried.
    fn send(&mut self, running: Running) -> Vec<Step> {
        let tried = self.trial.as_deref().map(|trial| &trial.imported);
        // What is written is read by the very mapping that was tried, whatever has been saved since.
        let (mapping, saved) = match (running, tried) {
            (Running::Apply, Some(tried)) => (tried.outcome.mapping.clone(), Saved::None),
            _ => (self.told.clone(), self.saved.clone()),
        };
        let skip_rejected = running == Running::Apply && tried.is_some_and(|tried| tried.rejected > 0);
        let reading = ReadingOptions { kind: self.kind, mapping, looks: Looks::Wanted, ..ReadingOptions::default() };
        let options = ImportOptions {
            apply: running == Running::Apply,
            skip_rejected,
            stage: self.stage.clone(),
            agency: self.agency.as_ref().map(|(_, name)| name.clone()),
            saved,
            reading,
        };
        self.names.clear();
        self.trouble = None;
        self.running = Some(running);
        self.unanswered += 1;
        vec![Step::Ask(Ask::Import { path: path_of(self.file.text()), options: Box::new(options) })]
    }

    /// After a change: what was tried is tried again.
    fn again(&mut self) -> Vec<Step> {
        if self.trial.is_none() && self.running.is_none() && self.trouble.is_none() {
            return Vec::new();
        }
        self.send(Running::Trial)
    }

    /// Another file: what was told of the last one does not hold for it, nor what is still to come of its trial.
    fn forget(&mut self) {
        if self.running == Some(Running::Trial) {
            self.running = None;
        }
        (self.trial, self.told, self.trouble) = (None, None, None);
        self.saved = Saved::Fitting;
        self.names.clear();
        self.sheets.clear();
        self.report = Report::default();
        (self.sheet, self.column) = (0, 0);
    }

    fn ask_to_apply(&self) -> Vec<Step> {
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
        let count = if self.trial.is_some() { PLACES.len() } else { FORM };
        let next = match turn {
            Turn::Next => (at + 1) % count,
            Turn::Back => (at + count - 1) % count,
        };
        self.names.clear();
        self.focus = PLACES.get(next).copied().unwrap_or(Focus::File);
        Vec::new()
    }

    fn step(&mut self, by: isize) -> Vec<Step> {
        if self.focus == Focus::Report && self.report.step(by) {
            return Vec::new();
        }
        self.turn(if by > 0 { Turn::Next } else { Turn::Back })
    }

    fn sideways(&mut self, by: isize) -> Vec<Step> {
        match self.focus {
            Focus::Columns => {
                let last = self.sheets.get(self.sheet).map_or(0, Sheet::width).saturating_sub(1);
                self.column = self.column.saturating_add_signed(by).min(last);
            }
            Focus::Report => self.report.turn(by),
            _ => {}
        }
        Vec::new()
    }

    fn page(&mut self, by: isize) -> Vec<Step> {
        if self.focus == Focus::Report {
            self.report.step(by * 10);
        } else {
            self.look_at(self.sheet.saturating_add_signed(by));
        }
        Vec::new()
    }

    fn look_at(&mut self, sheet: usize) {
        let sheet = sheet.min(self.sheets.len().saturating_sub(1));
        if sheet != self.sheet {
            (self.sheet, self.column) = (sheet, 0);
        }
    }

    /// Corrects the mapping in force, then tries again.
    fn correct(&mut self, change: impl FnOnce(&mut Mapping, Part<'_>, &Sheet)) -> Vec<Step> {
        let Some(sheet) = self.sheets.get(self.sheet) else { return Vec::new() };
        let in_force = self.trial.as_deref().and_then(|trial| trial.imported.outcome.mapping.clone());
        let mut mapping = self.told.take().or(in_force).unwrap_or_default();
        let part = if self.sheets.len() == 1 { Part::All } else { Part::Sheet(&sheet.look.name) };
        change(&mut mapping, part, sheet);
        self.told = Some(mapping);
        self.send(Running::Trial)
    }

    fn take(&mut self, trial: Box<Trial>, ctx: &Ctx) -> Vec<Step> {
        let imported = &trial.imported;
        let (created, updated, refused) = (imported.created, imported.updated, imported.rejected);
        let (applied, written) = (self.running == Some(Running::Apply), imported.written);
        self.running = None;
        self.sheets = sheets::of(&imported.outcome, ctx.ruler);
        self.report = Report::of(&trial);
        if self.trial.is_none() {
            self.focus = if refused > 0 { Focus::Report } else { Focus::Columns };
            self.sheet = self.sheets.iter().position(|sheet| sheet.read.is_some()).unwrap_or(0);
        }
        self.look_at(self.sheet);
        self.sideways(0);
        self.trial = Some(trial);
        let said = match (applied, written) {
            (false, _) => return Vec::new(),
            (true, true) => Notice::done(words!(
                "已写入：新增 {created}，更新 {updated}。",
                "Written: {created} new, {updated} updated."
            )),
            (true, false) => Notice::failure(&rejected(refused), ctx),
        };
        vec![Step::Say(said)]
    }

    /// Goes on with the name of the file as far as there is one way; with nothing to go on with, to the next place.
    fn complete(&mut self, completion: Completion) -> Vec<Step> {
        let Completion { begun, words, choices } = completion;
        if begun != self.file.text() || self.focus != Focus::File {
            return Vec::new();
        }
        if words != begun {
            self.file = TextField::new(words, Lines::One);
        } else if choices.len() < 2 || choices == self.names {
            return self.turn(Turn::Next);
        }
        self.names = if choices.len() > 1 { choices } else { Vec::new() };
        Vec::new()
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

    fn answered(&mut self, answer: Answer, ctx: &Ctx) -> Vec<Step> {
        match answer {
            Answer::Trial(trial) => {
                self.unanswered = self.unanswered.saturating_sub(1);
                // Of a trial that a newer one has overtaken, or another file, nobody wants to know.
                if self.unanswered == 0 && self.running.is_some() { self.take(trial, ctx) } else { Vec::new() }
            }
            Answer::Completion(completion) => self.complete(completion),
            Answer::Mappings(saved) => self.choose_mapping(saved),
            Answer::Done => {
                let Some(name) = self.saving.take() else { return Vec::new() };
                // Another file may have been named meanwhile: it is none of this mapping's.
                let mut steps = if self.saved == Saved::Named(name.clone()) { self.again() } else { Vec::new() };
                let said = words!("已保存列对应关系「{name}」。", "The mapping \"{name}\" is saved.");
                steps.push(Step::Say(Notice::done(said)));
                steps
            }
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, failure: &Failure, ctx: &Ctx) -> Vec<Step> {
        if self.unanswered > 0 {
            self.unanswered -= 1;
            if self.unanswered > 0 || self.running.take().is_none() {
                return Vec::new();
            }
            if self.trial.is_none() {
                let Notice { words, .. } = Notice::failure(failure, ctx);
                self.trouble = Some(words);
                return Vec::new();
            }
        }
        vec![Step::Say(Notice::failure(failure, ctx))]
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::File
    }

    fn typed(&mut self, key: Key, ctx: &Ctx) -> Option<Vec<Step>> {
        if key == Key::plain(KeyCode::Enter) {
            // With a file named, Enter tries it.
            return Some(match self.has_file(ctx) {
                Ok(()) => self.send(Running::Trial),
                Err(reason) => vec![Step::Say(Notice::know(reason))],
            });
        }
        if key == Key::plain(KeyCode::Tab) {
            return Some(vec![Step::Ask(Ask::Complete(self.file.text().to_owned()))]);
        }
        if matches!(key.code, KeyCode::Up | KeyCode::Down | KeyCode::BackTab | KeyCode::Esc) {
            return None;
        }
        let before = self.file.text().to_owned();
        let taken = self.file.key(key, ctx.ruler, 200);
        if taken && self.file.text() != before {
            self.forget();
        }
        taken.then(Vec::new)
    }

    fn pasted(&mut self, words: &str, _ctx: &Ctx) -> Vec<Step> {
        if self.focus == Focus::File {
            if self.file.text().is_empty() {
                self.file = TextField::new(path_of(words).display().to_string(), Lines::One);
            } else {
                self.file.insert(words);
            }
            self.forget();
        }
        Vec::new()
    }

    fn filled(&mut self, id: &str, values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        match (id, values) {
            ("import.published", [on, number]) => self.published(on, number),
            ("import.save_mapping", [name]) => self.save_mapping(name),
            _ => Ok(Vec::new()),
        }
    }

    fn chosen(&mut self, id: &str, at: usize, ctx: &Ctx) -> Vec<Step> {
        self.choose(id, at, ctx)
    }

    fn confirmed(&mut self, _id: &str, _ctx: &Ctx) -> Vec<Step> {
        self.send(Running::Apply)
    }

    fn clicked(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        if let Some(place) = Self::place_at(x, y, ctx.body) {
            self.focus = place;
        }
        Vec::new()
    }

    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        self.draw(canvas, area, ctx);
    }
}
