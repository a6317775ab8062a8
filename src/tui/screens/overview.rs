//! Overview.

use ratatui::layout::Rect;

use super::{Place, Screen, Step};
use crate::i18n::Text;
use crate::service::worker::Answer;
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::catalog::{Offer, Spec};

/// The screen's name.
pub const TITLE: Text = Text::new("总览", "Overview");

/// The screen.
#[derive(Debug, Default)]
pub struct Overview;

/// What this screen can do.
pub const COMMANDS: &[Spec<Overview>] = &[];

impl Overview {
    /// A new one.
    #[must_use]
    pub fn new<T>(_: T) -> Self { Self }
}

impl Screen for Overview {
    fn place(&self) -> Place { Place::Overview }
    fn title(&self, ctx: &Ctx) -> String { TITLE.say(ctx.lang).to_owned() }
    fn offers(&self, _ctx: &Ctx) -> Vec<Offer> { Vec::new() }
    fn perform(&mut self, _id: &str, _ctx: &Ctx) -> Vec<Step> { Vec::new() }
    fn appear(&mut self, _ctx: &Ctx) -> Vec<Step> { Vec::new() }
    fn answered(&mut self, _answer: Answer, _ctx: &Ctx) -> Vec<Step> { Vec::new() }
    fn view(&self, _canvas: &mut Canvas<'_>, _area: Rect, _ctx: &Ctx) {}
}
