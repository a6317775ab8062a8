//! The screens, one file each. A screen is its parameters and the rows that follow from them; after any write it asks
//! again. Each declares its commands beside their handlers.

pub mod baseline;
pub mod deadlines;
pub mod import;
pub mod items;
mod listing;
mod many;
pub mod overview;
mod preview;
pub mod sources;
mod standing;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::catalog::Offer;
use super::key::Key;
use super::overlays::Overlay;
use super::{Ctx, Notice};
use crate::domain::baseline::Baseline;
use crate::domain::ids::ItemId;
use crate::i18n::{Failure, Text, Words};
use crate::service::worker::{Answer, Ask};

/// What a screen wants.
#[derive(Debug)]
pub enum Step {
    /// Ask the register.
    Ask(Ask),
    /// Go to another screen.
    Go(Place),
    /// One step back.
    Back,
    /// Open a sheet.
    Open(Box<Overlay>),
    /// Say something.
    Say(Notice),
    /// Speak the other language.
    Language,
    /// Undo the last saved change.
    Undo,
    /// Do it again.
    Redo,
    /// A change of content was saved: it can be undone.
    Saved(Box<Deed>),
    /// Give the terminal to the shell for a while.
    Suspend,
    /// Leave.
    Quit,
}

impl Step {
    /// Opens a sheet.
    #[must_use]
    pub fn sheet(overlay: Overlay) -> Self {
        Self::Open(Box::new(overlay))
    }
}

/// A saved change of content, for undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Which item.
    pub item: ItemId,
    /// What people call it.
    pub name: String,
    /// Content before.
    pub before: Baseline,
    /// Content after.
    pub after: Baseline,
    /// The item's revision after it.
    pub revision: i64,
}

/// Where one can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The overview.
    Overview,
    /// The items that a filter finds.
    Items(String),
    /// An item's baseline.
    Baseline(ItemId),
    /// The duties that a filter finds.
    Deadlines(String),
    /// The sources.
    Sources,
    /// Taking in a file.
    Import,
}

/// What the loop needs of a screen.
pub trait Screen: std::fmt::Debug {
    /// Which place it is, without its parameters.
    fn place(&self) -> Place;

    /// Where I am, in words.
    fn title(&self, ctx: &Ctx) -> String;

    /// What can be done here.
    fn offers(&self, ctx: &Ctx) -> Vec<Offer>;

    /// Runs a command of its own.
    fn perform(&mut self, id: &str, ctx: &Ctx) -> Vec<Step>;

    /// Comes into sight, has another size, or something was written: asks for what it shows.
    fn appear(&mut self, ctx: &Ctx) -> Vec<Step>;

    /// Takes an answer.
    fn answered(&mut self, answer: Answer, ctx: &Ctx) -> Vec<Step>;

    /// Hears that an act or a question was refused.
    fn refused(&mut self, failure: &Failure, ctx: &Ctx) -> Vec<Step> {
        vec![Step::Say(Notice::failure(failure, ctx))]
    }

    /// Whether a field has the focus.
    fn is_typing(&self) -> bool {
        false
    }

    /// The keys that the field with the focus takes for itself, for the footer.
    fn typing_keys(&self) -> &'static [(&'static str, Text)] {
        &[]
    }

    /// Takes a key while a field has the focus; `None` leaves it to the commands.
    fn typed(&mut self, _key: Key, _ctx: &Ctx) -> Option<Vec<Step>> {
        None
    }

    /// Takes words pasted at once.
    fn pasted(&mut self, _words: &str, _ctx: &Ctx) -> Vec<Step> {
        Vec::new()
    }

    /// Takes Chinese that was typed outside a field: a list opens its filter with it, a form writes it into its cell.
    /// `None` where there is neither.
    fn begin_filter(&mut self, _words: &str, _ctx: &Ctx) -> Option<Vec<Step>> {
        None
    }

    /// Takes the answer to one of its questions; an error is shown there.
    fn filled(&mut self, _id: &str, _values: &[String], _ctx: &Ctx) -> Result<Vec<Step>, Words> {
        Ok(Vec::new())
    }

    /// Takes the choice from one of its lists.
    fn chosen(&mut self, _id: &str, _at: usize, _ctx: &Ctx) -> Vec<Step> {
        Vec::new()
    }

    /// Hears yes to one of its questions.
    fn confirmed(&mut self, _id: &str, _ctx: &Ctx) -> Vec<Step> {
        Vec::new()
    }

    /// Takes a click on a place of the body.
    fn clicked(&mut self, _x: u16, _y: u16, _ctx: &Ctx) -> Vec<Step> {
        Vec::new()
    }

    /// Draws.
    fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx);
}

/// The screen for a place.
#[must_use]
pub fn at(place: &Place) -> Box<dyn Screen> {
    match place {
        Place::Overview => Box::new(overview::Overview::default()),
        Place::Items(filter) => Box::new(items::Items::new(filter)),
        Place::Baseline(item) => Box::new(baseline::Editor::new(*item)),
        Place::Deadlines(filter) => Box::new(deadlines::Deadlines::new(filter)),
        Place::Sources => Box::new(sources::Sources::default()),
        Place::Import => Box::new(import::Import::default()),
    }
}
