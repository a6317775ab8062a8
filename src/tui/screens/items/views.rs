//! Saved views: a filter with its order and columns under a name. Some are built in.

use super::Items;
use super::columns::ItemColumn;
use crate::domain::filter::Sort;
use crate::domain::label::Term as _;
use crate::i18n::{Text, Words};
use crate::service::worker::Ask;
use crate::service::{Arrangement, View, parse_sort};
use crate::tui::catalog::Ready;
use crate::tui::overlays::{Blank, Choose, Confirm, Overlay, Prompt};
use crate::tui::screens::Step;
use crate::tui::{Ctx, Notice};
use crate::words;

/// A view that everybody has: name, filter in either language, order.
struct BuiltIn {
    name: Text,
    filter: Text,
    sort: &'static str,
}

const BUILT_IN: &[BuiltIn] = &[
    built_in("全部事项", "all items", "", "", ""),
    built_in("逾期", "overdue", "情况:逾期", "standing:overdue", "due"),
    built_in("七天内到期", "due within a week", "到期:今天..+7d", "due:today..+7d", "due"),
    built_in("待核对", "to be verified", "阶段:待核对", "stage:listed", "due"),
    built_in("有异议", "disputed", "核对:有异议", "verification:disputed", "updated"),
    built_in("已退回", "returned", "阶段:已退回", "stage:returned", "due"),
    built_in("已报送待审", "submitted", "阶段:已报送", "stage:submitted", "updated"),
];

const fn built_in(
    zh: &'static str,
    en: &'static str,
    filter: &'static str,
    and: &'static str,
    sort: &'static str,
) -> BuiltIn {
    BuiltIn { name: Text::new(zh, en), filter: Text::new(filter, and), sort }
}

impl Items {
    /// The views to choose from.
    pub(super) fn choose_view(&self) -> Vec<Step> {
        let built_in = BUILT_IN.iter().map(|view| Words::from(view.name));
        let saved = self.arrangement.views.iter().map(named);
        let choices = built_in.chain(saved).collect();
        let title = words!("打开哪个视图", "Which view to open");
        vec![Step::sheet(Overlay::Choose(Choose::new("items.views", title, choices)))]
    }

    /// Opens the view that was chosen.
    pub(super) fn open_view(&mut self, at: usize, ctx: &Ctx) -> Vec<Step> {
        let (filter, sort, columns) =
            match (BUILT_IN.get(at), self.arrangement.views.get(at.wrapping_sub(BUILT_IN.len()))) {
                (Some(view), _) => (view.filter.say(ctx.lang).to_owned(), view.sort, None),
                (None, Some(view)) => (view.filter.clone(), view.sort.as_str(), Some(ItemColumn::read(&view.columns))),
                (None, None) => return Vec::new(),
            };
        // An order that no longer reads is none; the filter tells its own trouble.
        let sort = parse_sort(sort).unwrap_or_default();
        self.columns = columns.unwrap_or_else(|| ItemColumn::read(&self.arrangement.columns));
        self.list.end_typing();
        self.list.set(&filter);
        self.set_sort(sort);
        self.changed(ctx)
    }

    /// Asks under which name to save what is looked at now.
    pub(super) fn ask_view_name(&self) -> Vec<Step> {
        let title = words!("把现在的筛选、排序和栏目存为视图", "Save filter, order and columns as a view");
        let blanks = vec![Blank::new(Text::new("名称", "name"), self.list.words())];
        vec![Step::sheet(Overlay::Prompt(Prompt::new("items.save_view", title, blanks)))]
    }

    /// Saves the view; one of the same name is replaced.
    pub(super) fn save_view(&mut self, name: &str) -> Result<Vec<Step>, Words> {
        if name.is_empty() {
            return Err(words!("请写一个名称。", "Give it a name."));
        }
        let view = View {
            name: name.to_owned(),
            filter: self.list.words().to_owned(),
            sort: self.list.sort.to_string(),
            columns: ids(&self.columns),
        };
        let views = &mut self.arrangement.views;
        match views.iter_mut().find(|other| other.name == view.name) {
            Some(other) => *other = view,
            None => views.push(view),
        }
        Ok(vec![
            self.keep(),
            Step::Say(Notice::done(words!("已保存视图「{name}」。", "The view \"{name}\" is saved."))),
        ])
    }

    /// Whether there is a view to rename or delete.
    pub(super) fn has_views(&self, _: &Ctx) -> Ready {
        if self.arrangement.views.is_empty() {
            return Err(words!("还没有自己保存的视图。", "You have saved no view yet."));
        }
        Ok(())
    }

    /// Asks which saved view is to be renamed or deleted.
    pub(super) fn choose_saved(&self, id: &'static str, title: Words) -> Vec<Step> {
        let choices = self.arrangement.views.iter().map(named).collect();
        vec![Step::sheet(Overlay::Choose(Choose::new(id, title, choices)))]
    }

    /// The saved view that was chosen: asks for its new name.
    pub(super) fn ask_new_name(&mut self, at: usize) -> Vec<Step> {
        let Some(view) = self.arrangement.views.get(at) else { return Vec::new() };
        self.chosen_view = Some(view.name.clone());
        let title = words!("给视图「{}」改名", "Rename the view \"{}\"", view.name);
        let blanks = vec![Blank::new(Text::new("名称", "name"), view.name.clone())];
        vec![Step::sheet(Overlay::Prompt(Prompt::new("items.rename_view", title, blanks)))]
    }

    /// Renames the chosen view.
    pub(super) fn rename_view(&mut self, name: &str) -> Result<Vec<Step>, Words> {
        let chosen = self.chosen_view.clone().unwrap_or_default();
        let views = &mut self.arrangement.views;
        if name.is_empty() {
            return Err(words!("请写一个名称。", "Give it a name."));
        }
        if name != chosen && views.iter().any(|view| view.name == name) {
            return Err(words!("已经有视图「{name}」。", "There is a view \"{name}\" already."));
        }
        if let Some(view) = views.iter_mut().find(|view| view.name == chosen) {
            name.clone_into(&mut view.name);
        }
        Ok(vec![self.keep()])
    }

    /// The saved view that was chosen: asks whether to delete it.
    pub(super) fn ask_delete(&mut self, at: usize) -> Vec<Step> {
        let Some(view) = self.arrangement.views.get(at) else { return Vec::new() };
        self.chosen_view = Some(view.name.clone());
        let question =
            words!("删除视图「{}」？事项不受影响。", "Delete the view \"{}\"? No item is touched.", view.name);
        vec![Step::sheet(Overlay::Confirm(Confirm::new("items.delete_view", question)))]
    }

    /// Deletes the chosen view.
    pub(super) fn delete_view(&mut self) -> Vec<Step> {
        let chosen = self.chosen_view.take();
        self.arrangement.views.retain(|view| Some(&view.name) != chosen.as_ref());
        vec![self.keep()]
    }

    /// Takes the columns that were chosen.
    pub(super) fn arrange(&mut self, chosen: &[String]) -> Vec<Step> {
        self.columns = ItemColumn::read(chosen);
        self.arrangement.columns = ids(&self.columns);
        vec![self.keep()]
    }

    /// Takes how the account likes its lists. Columns of an open view stay, unless others were chosen elsewhere.
    pub(super) fn put_arrangement(&mut self, arrangement: Arrangement) {
        if arrangement.columns != self.arrangement.columns {
            self.columns = ItemColumn::read(&arrangement.columns);
        }
        self.arrangement = arrangement;
    }

    fn keep(&self) -> Step {
        Step::Ask(Ask::KeepArrangement(Box::new(self.arrangement.clone())))
    }

    fn set_sort(&mut self, sort: Sort) {
        self.list.sort = sort;
        self.list.table.begin_anew();
    }
}

fn ids(columns: &[ItemColumn]) -> Vec<String> {
    columns.iter().map(|column| column.id().to_owned()).collect()
}

/// A saved view as it is offered: its name, and the filter where that says more.
fn named(view: &View) -> Words {
    if view.filter.is_empty() || view.filter == view.name {
        return Words::same(view.name.clone());
    }
    Words::same(format!("{}　{}", view.name, view.filter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::service::parse_filter;

    #[test]
    fn built_in_views_read_and_mean_the_same_in_both_languages() {
        for view in BUILT_IN {
            let read = |lang| parse_filter(view.filter.say(lang)).unwrap();
            assert_eq!(read(Lang::Zh), read(Lang::En), "{}", view.name.en);
            parse_sort(view.sort).unwrap();
        }
    }
}
