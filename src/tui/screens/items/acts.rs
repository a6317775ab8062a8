//! What can be done to items: each act with the question that it asks first.

use std::path::PathBuf;

use chrono::Months;

use super::Items;
use crate::domain::ids::AgencyId;
use crate::domain::selection::Selection;
use crate::domain::stage::{Act, decide};
use crate::i18n::{Failure, Text, Words};
use crate::service::worker::Ask;
use crate::service::{ItemVerb, Overwrite, Verb};
use crate::tui::catalog::Ready;
use crate::tui::overlays::{Blank, Choose, Confirm, Overlay};
use crate::tui::screens::many::{self, day, reason, reason_blank};
use crate::tui::screens::{Step, listing::thousands};
use crate::tui::{Ctx, Notice};
use crate::words;

/// What the acts are about.
const NOUN: Text = Text::new("个事项", "items");

impl Items {
    /// Whether an act can be tried: on one item as the stage table says, on marked ones in any case.
    pub(super) fn can(&self, act: Act) -> Ready {
        let Some(line) = self.any_target()? else { return Ok(()) };
        // The reason is asked for later.
        decide(act, line.stage, "…").map(drop).map_err(|refusal| Failure::from(refusal).reason)
    }

    /// Whether there is something to act on; the item, where it is one alone.
    pub(super) fn any_target(&self) -> Result<Option<&crate::service::ItemLine>, Words> {
        match (self.list.marks().is_empty(), self.list.table.selected()) {
            (false, _) => Ok(None),
            (true, Some(line)) => Ok(Some(line)),
            (true, None) => Err(words!("没有选中的事项。", "No item is selected.")),
        }
    }

    /// Does a verb, or tries it on what is marked.
    pub(super) fn begin(&mut self, verb: ItemVerb) -> Vec<Step> {
        self.acts.begin(&self.list, Verb::Item(verb))
    }

    /// Asks what an act needs to know.
    pub(super) fn ask(&self, id: &'static str, verb: Text, blanks: Vec<Blank>) -> Vec<Step> {
        many::ask(id, verb, &self.list, |line| Words::same(line.title.clone()), NOUN, blanks)
    }

    /// Asks for the reason of an act.
    pub(super) fn ask_reason(&self, id: &'static str, verb: Text) -> Vec<Step> {
        self.ask(id, verb, vec![reason_blank()])
    }

    /// Asks for the new due day: a month after the present one at first.
    pub(super) fn ask_extension(&self, ctx: &Ctx) -> Vec<Step> {
        let due = self.list.table.selected().and_then(|line| line.due).unwrap_or_default().max(ctx.today());
        let to = due.checked_add_months(Months::new(1)).unwrap_or(due);
        let blanks = vec![Blank::new(Text::new("新的到期日", "new due day"), to.to_string()), reason_blank()];
        self.ask("items.extend", Text::new("延期", "Extend"), blanks)
    }

    /// Asks which agency the items go to.
    pub(super) fn ask_agency(&self, ctx: &Ctx) -> Vec<Step> {
        let Some(about) = many::about(&self.list, |line| Words::same(line.title.clone()), NOUN) else {
            return Vec::new();
        };
        let agencies = ctx.facts.as_ref().map(|facts| facts.agencies.as_slice()).unwrap_or_default();
        let choices = agencies.iter().map(|agency| Words::same(agency.name.clone())).collect();
        let title = about.before("交办给哪个机关：", "Assign to which agency: ");
        vec![Step::sheet(Overlay::Choose(Choose::new("items.assign", title, choices)))]
    }

    /// Asks for the file to export to.
    pub(super) fn ask_file(&self, ctx: &Ctx) -> Vec<Step> {
        let all = self.list.table.total().map_or_else(|| "…".to_owned(), thousands);
        let (zh, en) = match (self.list.marks().is_empty(), self.list.marks().count(self.list.table.total())) {
            (true, _) => (format!("筛选出的 {all} 个事项"), format!("the {all} items found")),
            (false, marked) => {
                let marked = marked.map_or_else(|| "…".to_owned(), thousands);
                (format!("标记的 {marked} 个事项"), format!("the {marked} marked items"))
            }
        };
        let title =
            words!("导出{zh}（文件名以 .csv、.xlsx 或 .json 结尾）", "Export {en} (name ends in .csv, .xlsx, .json)");
        let name = match ctx.lang {
            crate::i18n::Lang::Zh => format!("事项台账-{}.xlsx", ctx.today()),
            crate::i18n::Lang::En => format!("items-{}.xlsx", ctx.today()),
        };
        let blanks = vec![Blank::new(Text::new("文件", "file"), name)];
        vec![Step::sheet(Overlay::Prompt(crate::tui::overlays::Prompt::new("items.export", title, blanks)))]
    }

    /// Writes what is marked, or else what the filter finds.
    pub(super) fn export(&self, path: PathBuf, overwrite: Overwrite, ctx: &Ctx) -> Vec<Step> {
        let marks = self.list.marks();
        let filter = if marks.is_empty() { self.list.filter().clone() } else { marks.filter() };
        vec![Step::Ask(Ask::Export { path, filter, lang: ctx.lang, overwrite })]
    }

    /// A file stands there: over it only after yes.
    pub(super) fn ask_overwrite(&mut self, path: PathBuf) -> Vec<Step> {
        let question = words!("{} 已经存在。要覆盖它吗？", "{} exists. Write over it?", path.display());
        self.file = Some(path);
        vec![Step::sheet(Overlay::Confirm(Confirm::new("items.overwrite", question)))]
    }

    /// Takes the answer to a question about an act.
    pub(super) fn answer(&mut self, id: &str, values: &[String], ctx: &Ctx) -> Result<Vec<Step>, Words> {
        let verb = match (id, values) {
            ("items.export", [path]) if path.is_empty() => return Err(words!("请写文件名。", "Name the file.")),
            ("items.export", [path]) => return Ok(self.export(PathBuf::from(path), Overwrite::Refuse, ctx)),
            ("items.columns", chosen) => return Ok(self.arrange(chosen)),
            ("items.save_view", [name]) => return self.save_view(name),
            ("items.rename_view", [name]) => return self.rename_view(name),
            ("items.dispute", [why]) => ItemVerb::Dispute { reason: reason(why)? },
            ("items.exclude", [why]) => ItemVerb::Exclude { reason: reason(why)? },
            ("items.settle", [why, agency]) => {
                ItemVerb::Settle { reason: reason(why)?, agency: agency_named(agency, ctx)? }
            }
            ("items.extend", [to, why]) => ItemVerb::Extend { to: day(to)?, reason: reason(why)? },
            ("items.batch", [name]) if name.is_empty() => return Err(words!("请写批次名称。", "Name the batch.")),
            ("items.batch", [name]) => ItemVerb::Batch(name.clone()),
            _ => return Ok(Vec::new()),
        };
        Ok(self.begin(verb))
    }

    /// The agency at this place of the list.
    pub(super) fn assign(&mut self, at: usize, ctx: &Ctx) -> Vec<Step> {
        let agency = ctx.facts.as_ref().and_then(|facts| facts.agencies.get(at)).map(|agency| agency.id);
        agency.map(|agency| self.begin(ItemVerb::Assign(agency))).unwrap_or_default()
    }

    /// Says that a file was written.
    pub(super) fn exported(path: &std::path::Path, count: Option<u64>) -> Step {
        let file = path.display();
        Step::Say(Notice::done(match count.map(thousands) {
            Some(count) => words!("已导出 {count} 个事项到 {file}。", "Exported {count} items to {file}."),
            None => words!("已导出到 {file}。", "Exported to {file}."),
        }))
    }

    /// Marks everything that the filter finds, or nothing where all of it is marked already.
    pub(super) fn mark_all(&mut self) {
        if *self.list.marks() == Selection::all(self.list.filter().clone()) {
            self.list.unmark();
        } else {
            self.list.mark_all();
        }
    }
}

/// The agency of that name, short name or code; none for no words.
fn agency_named(words: &str, ctx: &Ctx) -> Result<Option<AgencyId>, Words> {
    let agencies = ctx.facts.as_ref().map(|facts| facts.agencies.as_slice()).unwrap_or_default();
    let is_it = |agency: &&crate::domain::agency::Agency| {
        [&agency.name, &agency.short, &agency.code].contains(&&words.to_owned())
    };
    match (words.is_empty(), agencies.iter().find(is_it)) {
        (true, _) => Ok(None),
        (false, Some(agency)) => Ok(Some(agency.id)),
        (false, None) => Err(words!(
            "没有机关「{words}」；写全称、简称或代码。",
            "There is no agency \"{words}\"; give its name, short name or code."
        )),
    }
}
