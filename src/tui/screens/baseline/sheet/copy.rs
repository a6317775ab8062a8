//! Another baseline taken over: an earlier version of the item, or another item found while one types; all of it, its
//! ladders, or their conditions alone.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::domain::baseline::{Baseline, Ladder, Tier};
use crate::domain::ids::{AgencyId, ItemId};
use crate::domain::kind::Kind;
use crate::i18n::{Lang, Text};
use crate::service::worker::Ask;
use crate::service::{ItemLine, ItemView};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::overlays::sheet;
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::field::{Lines, TextField};

/// The choice so far.
#[derive(Debug)]
pub(in super::super) struct Copying {
    kind: Kind,
    agency: AgencyId,
    words: TextField,
    /// Earlier versions of the item: number, day, content.
    versions: Vec<(String, Baseline)>,
    items: Vec<ItemLine>,
    cursor: usize,
    /// The item that was chosen and has not come yet.
    awaited: Option<ItemId>,
    /// What was chosen, and how much of it is taken.
    chosen: Option<(String, Baseline, usize)>,
}

/// The keys of the list.
const KEYS_IN_LIST: &[(&str, Text)] =
    &[("Enter", Text::new("选定", "take")), ("↑↓", Text::new("选择", "choose")), ("Esc", Text::new("取消", "cancel"))];

/// The keys on what was chosen.
const KEYS_ON_CHOSEN: &[(&str, Text)] =
    &[("Enter", Text::new("套用", "copy")), ("↑↓", Text::new("选取", "how much")), ("Esc", Text::new("返回", "back"))];

/// How much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Everything,
    Ladders,
    Conditions,
}

impl What {
    const ALL: [Self; 3] = [Self::Everything, Self::Ladders, Self::Conditions];

    const fn label(self) -> Text {
        match self {
            Self::Everything => Text::new("全部内容", "everything"),
            Self::Ladders => Text::new("只要阶次", "only the ladders"),
            Self::Conditions => Text::new("只要适用条件", "only the conditions"),
        }
    }
}

impl Copying {
    pub(super) fn new(view: &ItemView) -> Self {
        // The newest is the one that is being written.
        let versions = view.versions.iter().rev().skip(1).map(|version| {
            let day = version.life.published_on.unwrap_or(version.created_on);
            (format!("第 {} 版　{day}", version.no), version.baseline.clone())
        });
        Self {
            kind: view.state.kind,
            agency: view.item.agency,
            words: TextField::new("", Lines::One),
            versions: versions.collect(),
            items: Vec::new(),
            cursor: 0,
            awaited: None,
            chosen: None,
        }
    }

    /// Asks for the items that match the words.
    pub(super) fn ask(&self) -> Ask {
        Ask::Models { kind: self.kind, near: self.agency, words: self.words.text().to_owned() }
    }

    /// The keys that work now, for the footer.
    pub(super) const fn keys(&self) -> &'static [(&'static str, Text)] {
        if self.chosen.is_some() { KEYS_ON_CHOSEN } else { KEYS_IN_LIST }
    }

    pub(super) fn take_items(&mut self, items: Vec<ItemLine>, own: ItemId) {
        self.items = items.into_iter().filter(|line| line.id != own).collect();
        self.cursor = self.cursor.min(self.count().saturating_sub(1));
    }

    pub(super) fn waits_for(&self, item: ItemId) -> bool {
        self.awaited == Some(item)
    }

    pub(super) fn take_item(&mut self, view: &ItemView) {
        self.awaited = None;
        if let Some(version) = view.versions.last() {
            let name = format!("{} {}", view.item.text.code, view.item.text.title);
            self.chosen = Some((name, version.baseline.clone(), 0));
        }
    }

    /// Versions stand first, as long as nothing is looked for.
    fn versions(&self) -> &[(String, Baseline)] {
        if self.words.text().trim().is_empty() { &self.versions } else { &[] }
    }

    fn count(&self) -> usize {
        self.versions().len() + self.items.len()
    }

    pub(super) fn paste(&mut self, words: &str) -> Option<Ask> {
        self.words.insert(words);
        self.cursor = 0;
        self.chosen.is_none().then(|| self.ask())
    }

    pub(super) fn key(&mut self, key: Key, baseline: &Baseline, view: &ItemView, ctx: &Ctx) -> Outcome {
        if self.chosen.is_some() {
            return self.key_on_chosen(key, baseline);
        }
        match key.code {
            KeyCode::Esc => Outcome::Close,
            KeyCode::Up => {
                self.cursor = self.cursor.saturating_sub(1);
                Outcome::Stay
            }
            KeyCode::Down => {
                self.cursor = (self.cursor + 1).min(self.count().saturating_sub(1));
                Outcome::Stay
            }
            KeyCode::Enter => self.choose(view),
            _ if self.words.key(key, ctx.ruler, 60) => {
                self.cursor = 0;
                Outcome::Ask(self.ask())
            }
            _ => Outcome::Stay,
        }
    }

    fn choose(&mut self, view: &ItemView) -> Outcome {
        let versions = self.versions();
        if let Some((name, baseline)) = versions.get(self.cursor) {
            self.chosen = Some((format!("{}　{name}", view.item.text.code), baseline.clone(), 0));
            return Outcome::Stay;
        }
        let item = self.items.get(self.cursor - versions.len()).map(|line| line.id);
        self.awaited = item;
        item.map_or(Outcome::Stay, |item| Outcome::Ask(Ask::Preview(item)))
    }

    fn key_on_chosen(&mut self, key: Key, baseline: &Baseline) -> Outcome {
        let Some((_, from, what)) = &mut self.chosen else { return Outcome::Stay };
        match key.as_command().code {
            KeyCode::Esc => self.chosen = None,
            KeyCode::Down | KeyCode::Tab | KeyCode::Char('j') => *what = (*what + 1) % What::ALL.len(),
            KeyCode::Up | KeyCode::BackTab | KeyCode::Char('k') => {
                *what = (*what + What::ALL.len() - 1) % What::ALL.len();
            }
            KeyCode::Enter | KeyCode::F(10) => {
                let what = What::ALL.get(*what).copied().unwrap_or(What::Everything);
                return Outcome::Take(Box::new(copied(baseline, from, what)));
            }
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let width = 100.min(area.width.saturating_sub(4));
        match &self.chosen {
            Some((name, from, what)) => view_chosen(canvas, area, width, (name, from, *what), ctx),
            None => self.view_list(canvas, area, width, ctx),
        }
    }

    fn view_list(&self, canvas: &mut Canvas<'_>, area: Rect, width: u16, ctx: &Ctx) {
        let title =
            ctx.say("套用　以往版本或别的事项，可输入字词查找", "Copy   from a version or an item, found by words");
        let place = sheet(canvas, area, width, 16, title);
        canvas.text(place.x, place.y, 2, "> ", Tone::Accent);
        let field = Rect { x: place.x + 2, width: place.width.saturating_sub(2), height: 1, ..place };
        self.words.view(canvas, field, true);
        let list = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
        let versions =
            self.versions().iter().map(|(name, _)| (ctx.say("本事项", "this item").to_owned(), name.clone()));
        let items =
            self.items.iter().map(|line| (ctx.agency(line.agency).to_owned(), format!("{} {}", line.code, line.title)));
        let top = (self.cursor + 1).saturating_sub(usize::from(list.height));
        for ((at, (agency, name)), y) in versions.chain(items).enumerate().skip(top).zip(list.y..list.bottom()) {
            canvas.text(list.x, y, 14, &agency, Tone::Faint);
            canvas.text(list.x + 16, y, list.width.saturating_sub(16), &name, Tone::Normal);
            if at == self.cursor {
                canvas.tint(Rect { y, height: 1, ..list }, Tone::Selected);
            }
        }
    }
}

/// What was chosen, with its ladders, and how much of it is taken.
fn view_chosen(canvas: &mut Canvas<'_>, area: Rect, width: u16, chosen: (&str, &Baseline, usize), ctx: &Ctx) {
    let (name, from, what) = chosen;
    let lines = from.ladders.iter().map(|ladder| ladder.tiers.len() + 1).sum::<usize>() + What::ALL.len() + 1;
    let place = sheet(canvas, area, width, u16::try_from(lines).unwrap_or(u16::MAX), name);
    for (at, (choice, y)) in What::ALL.iter().zip(place.y..).enumerate() {
        if at == what {
            canvas.sign(place.x, y, Sign::Here, Tone::Accent);
        }
        let tone = if at == what { Tone::Strong } else { Tone::Faint };
        canvas.text(place.x + 2, y, place.width.saturating_sub(2), choice.label().say(ctx.lang), tone);
    }
    let mut y = place.y + 4;
    for (at, ladder) in from.ladders.iter().enumerate() {
        let numbered =
            if ctx.lang == Lang::Zh { format!("第 {} 序列", at + 1) } else { format!("ladder {}", at + 1) };
        if y < place.bottom() {
            canvas.text(place.x, y, place.width, ladder.label.as_deref().unwrap_or(&numbered), Tone::Faint);
        }
        for (tier, y) in ladder.tiers.iter().zip(y + 1..place.bottom()) {
            super::view_tier(canvas, Rect { y, height: 1, ..place }, tier);
        }
        y = y.saturating_add(u16::try_from(ladder.tiers.len() + 1).unwrap_or(u16::MAX));
    }
}

/// A baseline with as much of another as is wanted.
fn copied(to: &Baseline, from: &Baseline, what: What) -> Baseline {
    match what {
        What::Everything => from.clone(),
        What::Ladders => {
            let mut next = to.clone();
            // A ladder is tied to a band of its own baseline.
            let untied = |ladder: &Ladder| Ladder { band: None, ..ladder.clone() };
            next.ladders = from.ladders.iter().map(untied).collect();
            next
        }
        What::Conditions => {
            let mut next = to.clone();
            if next.ladders.is_empty() {
                let bare = |tier: &Tier| Tier { standard: String::new(), measures: Vec::new(), ..tier.clone() };
                next.ladders = from
                    .ladders
                    .iter()
                    .map(|ladder| Ladder {
                        band: None,
                        tiers: ladder.tiers.iter().map(bare).collect(),
                        ..ladder.clone()
                    })
                    .collect();
                return next;
            }
            for (ladder, model) in next.ladders.iter_mut().zip(&from.ladders) {
                let labels: Vec<String> = ladder.tiers.iter().map(|tier| tier.label.clone()).collect();
                for (at, tier) in ladder.tiers.iter_mut().enumerate() {
                    let named = model.tiers.iter().find(|other| !other.label.is_empty() && other.label == tier.label);
                    // Where the labels of two ladders have nothing in common, the places tell.
                    let strange = !model.tiers.iter().any(|other| labels.contains(&other.label));
                    let placed = model.tiers.get(at).filter(|_| strange);
                    if let Some(model) = named.or(placed).filter(|model| !model.conditions.is_empty()) {
                        tier.conditions.clone_from(&model.conditions);
                    }
                }
            }
            next
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline(basis: &str, tiers: &[(&str, &str, &str)]) -> Baseline {
        let mut baseline = Baseline::new(Kind::Penalty);
        baseline.set_text("basis", basis);
        let tier = |(label, condition, standard): &(&str, &str, &str)| Tier {
            label: (*label).to_owned(),
            conditions: vec![(*condition).to_owned()],
            standard: (*standard).to_owned(),
            ..Tier::default()
        };
        if !tiers.is_empty() {
            baseline.ladders = vec![Ladder { tiers: tiers.iter().map(tier).collect(), ..Ladder::default() }];
        }
        baseline
    }

    #[test]
    fn as_much_is_taken_as_was_wanted() {
        let to = baseline("甲", &[("较轻", "甲一", "处一元罚款"), ("较重", "甲二", "处二元罚款")]);
        let from = baseline("乙", &[("较重", "乙二", "处四元罚款"), ("严重", "乙三", "处五元罚款")]);
        assert_eq!(copied(&to, &from, What::Everything), from);
        let ladders = copied(&to, &from, What::Ladders);
        assert_eq!((ladders.text("basis"), &ladders.ladders), ("甲", &from.ladders));
        let conditions = copied(&to, &from, What::Conditions);
        // By the label: 较轻 has no model, 较重 has.
        let expected = baseline("甲", &[("较轻", "甲一", "处一元罚款"), ("较重", "乙二", "处二元罚款")]);
        assert_eq!(conditions, expected);
    }

    #[test]
    fn conditions_go_by_place_where_no_label_is_shared_and_make_tiers_where_there_are_none() {
        let to = baseline("甲", &[("一", "甲一", "处一元罚款")]);
        let from = baseline("乙", &[("较轻", "乙一", "处四元罚款")]);
        assert_eq!(copied(&to, &from, What::Conditions), baseline("甲", &[("一", "乙一", "处一元罚款")]));
        assert_eq!(copied(&baseline("甲", &[]), &from, What::Conditions), baseline("甲", &[("较轻", "乙一", "")]));
    }
}
