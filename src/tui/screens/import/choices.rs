//! The lists and questions of an import, and what follows from their answers.

use super::{Import, Step, roles, told};
use crate::domain::kind::Kind;
use crate::domain::label::Term as _;
use crate::i18n::{Text, Words};
use crate::service::worker::Ask;
use crate::service::{Fate, ImportStage, Role, Saved, SavedMapping};
use crate::tui::overlays::{Blank, Choose, Overlay, Prompt};
use crate::tui::screens::many;
use crate::tui::{Ctx, Notice};
use crate::words;

fn open(id: &'static str, title: Words, choices: Vec<Words>) -> Vec<Step> {
    vec![Step::sheet(Overlay::Choose(Choose::new(id, title, choices)))]
}

/// What stands first in a list: leave it to the file.
fn by_file() -> std::iter::Once<Words> {
    std::iter::once(words!("由文件说明", "as the file says"))
}

impl Import {
    pub(super) fn choose_agency(ctx: &Ctx) -> Vec<Step> {
        let agencies = ctx.facts.iter().flat_map(|facts| &facts.agencies);
        let name = |name: &String, short: &String| {
            if short.is_empty() { name.clone() } else { format!("{name}（{short}）") }
        };
        let names = agencies.map(|agency| Words::same(name(&agency.name, &agency.short)));
        open(
            "import.agency",
            words!("表中没有机关一栏的，归哪个机关", "The agency, where no column tells it"),
            by_file().chain(names).collect(),
        )
    }

    pub(super) fn choose_kind() -> Vec<Step> {
        let choices = by_file().chain(Kind::ALL.iter().map(|kind| Words::from(kind.label()))).collect();
        open("import.kind", words!("事项种类", "Kind of item"), choices)
    }

    pub(super) fn choose_stage() -> Vec<Step> {
        let choices = vec![words!("起草中", "drafting"), words!("已公布，现行有效", "published, in force")];
        open("import.stage", words!("进入登记库时是", "Enters the register as"), choices)
    }

    pub(super) fn ask_for_mappings(&self) -> Vec<Step> {
        match (self.has_agency(), &self.agency) {
            (Err(reason), _) => vec![Step::Say(Notice::know(reason))],
            (Ok(()), agency) => agency.iter().map(|(_, name)| Step::Ask(Ask::Mappings(name.clone()))).collect(),
        }
    }

    pub(super) fn choose_mapping(&mut self, saved: Vec<SavedMapping>) -> Vec<Step> {
        let mut choices = vec![
            words!("自动：表头相符就用已保存的，否则按表头识别", "a saved one that fits, else as recognised"),
            words!("只按表头识别", "as recognised only"),
        ];
        choices.extend(saved.iter().map(|saved| words!("已保存的「{}」", "saved \"{}\"", saved.name)));
        self.offered = saved.into_iter().map(|saved| saved.name).collect();
        open("import.mapping", words!("列对应关系", "Mapping of columns"), choices)
    }

    /// What the column holds; a sheet without headings is asked for them first.
    pub(super) fn choose_role(&self, ctx: &Ctx) -> Vec<Step> {
        if let Err(reason) = self.may_correct(ctx) {
            return vec![Step::Say(Notice::know(reason))];
        }
        if self.sheets.get(self.sheet).is_some_and(|sheet| sheet.look.fate == Fate::NoHeading) {
            return self.choose_heading();
        }
        let none = std::iter::once(words!("（不用这一列，按原文保留）", "(no role: kept as written)"));
        let choices = none.chain(roles::all().into_iter().map(|(_, label)| Words::from(label))).collect();
        let number = self.column + 1;
        let heading = self.sheets.get(self.sheet).map_or("", |sheet| sheet.heading(self.column));
        let now = self.sheets.get(self.sheet).map(|sheet| sheet.role(self.column)).unwrap_or_default();
        open(
            "import.role",
            words!(
                "第 {number} 列「{heading}」，现在：{}；改为",
                "Column {number} \"{heading}\", now: {}; to hold",
                now.say(ctx.lang)
            ),
            choices,
        )
    }

    pub(super) fn choose_heading(&self) -> Vec<Step> {
        let rows = self.sheets.get(self.sheet).into_iter().flat_map(|sheet| &sheet.look.rows);
        let row = |(number, cells): &(u32, Vec<String>)| {
            let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
            let cells = cells.join(" | ");
            words!("第 {number} 行　{cells}", "row {number}   {cells}")
        };
        let first = [words!("自动识别", "recognise it"), words!("没有表头，第 1 行就是内容", "none: row 1 is content")];
        open(
            "import.heading",
            words!("表头在哪一行", "Where the headings stand"),
            first.into_iter().chain(rows.map(row)).collect(),
        )
    }

    pub(super) fn choose_sheet(&self) -> Vec<Step> {
        let choices = self.sheets.iter().map(|sheet| {
            let (name, items) = (&sheet.look.name, sheet.read.as_ref().map_or(0, |table| table.items));
            match sheet.look.fate {
                Fate::LeftOut => words!("{name}　不读", "{name}   left out"),
                Fate::NoHeading => words!("{name}　没有认出表头", "{name}   no headings recognised"),
                Fate::Read | Fate::Fixed => words!("{name}　{items} 个事项", "{name}   {items} items"),
            }
        });
        open("import.sheet", words!("工作表", "Sheets"), choices.collect())
    }

    pub(super) fn turn_sheet(&mut self) -> Vec<Step> {
        self.correct(|mapping, _, sheet| told::turn_sheet(mapping, &sheet.look.name))
    }

    pub(super) fn ask_for_name(&self) -> Vec<Step> {
        let name = match &self.saved {
            Saved::Named(name) => name.clone(),
            _ => self.trial.as_deref().and_then(|trial| trial.imported.outcome.used.clone()).unwrap_or_default(),
        };
        let agency = self.agency.as_ref().map_or("", |(_, name)| name);
        let title = words!("把列对应关系存给{agency}，名称", "Save the mapping for {agency} under a name");
        let blank = Blank::new(Text::new("名称", "name"), name);
        vec![Step::sheet(Overlay::Prompt(Prompt::new("import.save_mapping", title, vec![blank])))]
    }

    pub(super) fn save_mapping(&mut self, name: &str) -> Result<Vec<Step>, Words> {
        if name.is_empty() {
            return Err(words!("请写一个名称。", "Give it a name."));
        }
        let (Some((_, agency)), Some(trial)) = (&self.agency, &self.trial) else { return Ok(Vec::new()) };
        let outcome = &trial.imported.outcome;
        let mapping = Box::new(outcome.mapping.clone().unwrap_or_default().to_save(&outcome.sheets));
        let ask = Ask::SaveMapping { agency: agency.clone(), name: name.to_owned(), mapping };
        (self.saved, self.told) = (Saved::Named(name.to_owned()), None);
        self.saving = Some(name.to_owned());
        Ok(vec![Step::Ask(ask)])
    }

    pub(super) fn published(&mut self, on: &str, number: &str) -> Result<Vec<Step>, Words> {
        let day = many::day(on)?;
        if number.is_empty() {
            return Err(words!("请写文号。", "Give the number of the document."));
        }
        self.stage = ImportStage::Published { on: day, number: number.to_owned() };
        Ok(self.again())
    }

    pub(super) fn choose(&mut self, id: &str, at: usize, ctx: &Ctx) -> Vec<Step> {
        match id {
            "import.agency" => {
                let agencies = ctx.facts.iter().flat_map(|facts| &facts.agencies);
                let chosen = at.checked_sub(1).and_then(|at| agencies.into_iter().nth(at));
                self.agency = chosen.map(|agency| (agency.id, agency.name.clone()));
                // What was saved for another agency does not go with this one.
                self.saved = Saved::Fitting;
                self.again()
            }
            "import.kind" => {
                self.kind = at.checked_sub(1).and_then(|at| Kind::ALL.get(at)).copied();
                self.again()
            }
            "import.stage" if at == 0 => {
                self.stage = ImportStage::Drafting;
                self.again()
            }
            "import.stage" => {
                let blanks = vec![
                    Blank::new(Text::new("施行日期", "in force from"), ctx.today().to_string()),
                    Blank::new(Text::new("文号", "number"), ""),
                ];
                let title = words!("作为已公布读入", "To enter as published");
                vec![Step::sheet(Overlay::Prompt(Prompt::new("import.published", title, blanks)))]
            }
            "import.mapping" => {
                self.told = None;
                self.saved = match at {
                    0 => Saved::Fitting,
                    1 => Saved::None,
                    at => self.offered.get(at - 2).cloned().map_or(Saved::Fitting, Saved::Named),
                };
                self.again()
            }
            "import.sheet" => {
                self.look_at(at);
                self.focus = super::Focus::Columns;
                Vec::new()
            }
            "import.heading" => {
                let rows = self.sheets.get(self.sheet).map(|sheet| &sheet.look.rows);
                let number = at.checked_sub(2).and_then(|at| rows?.get(at)).map(|(number, _)| *number);
                let row = if at == 1 { Some(0) } else { number };
                self.correct(|mapping, part, _| told::tell_heading(mapping, part, row))
            }
            _ => {
                let role = at.checked_sub(1).and_then(|at| roles::all().into_iter().nth(at));
                let (role, column) = (role.and_then(|(id, _)| Role::from_id(id)), self.column);
                self.correct(|mapping, part, sheet| {
                    if let Some(column) = sheet.column(column) {
                        told::tell_role(mapping, part, column, role);
                    }
                })
            }
        }
    }
}
