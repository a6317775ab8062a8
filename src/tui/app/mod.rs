//! The whole interface as a value: messages in, effects out. `update` never waits; `view` changes nothing.

mod commands;
mod draw;
mod pending;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use crate::i18n::{Failure, FailureKind, Lang};
use crate::service::worker::{Facts, Report};
use crate::tui::catalog::{self, Offer};
use crate::tui::key::Key;
use crate::tui::layout;
use crate::tui::msg::{Effect, Msg};
use crate::tui::overlays::{Outcome, Overlay};
use crate::tui::screens::{self, Deed, Place, Screen, Step};
use crate::tui::{Ctx, Notice, Options, signals};
use crate::words;

pub use commands::COMMANDS;
pub use draw::day_words;
use pending::{Pending, Way};

/// The interface.
#[derive(Debug)]
pub struct App {
    options: Options,
    area: Rect,
    facts: Option<Arc<Facts>>,
    screens: Vec<(u64, Box<dyn Screen>)>,
    overlay: Option<Box<Overlay>>,
    /// A form that was filled in: back with the reason where what it asked for is refused.
    form: Option<Box<Overlay>>,
    notice: Option<Notice>,
    pending: Vec<Pending>,
    next: u64,
    done: Vec<Deed>,
    undone: Vec<Deed>,
    changed: bool,
    end: Option<Result<u8, Failure>>,
}

impl App {
    /// The interface at its beginning, on the overview.
    #[must_use]
    pub fn new(options: Options, area: Rect) -> Self {
        Self {
            options,
            area,
            facts: None,
            screens: vec![(0, screens::at(&Place::Overview))],
            overlay: None,
            form: None,
            notice: None,
            pending: Vec::new(),
            next: 1,
            done: Vec::new(),
            undone: Vec::new(),
            changed: true,
            end: None,
        }
    }

    /// Whether something changed since the last call: then a draw is due.
    pub const fn take_changed(&mut self) -> bool {
        let changed = self.changed;
        self.changed = false;
        changed
    }

    /// How it ended: with an exit code, or why it could not go on. `None` while it goes on.
    #[must_use]
    pub const fn end(&self) -> Option<&Result<u8, Failure>> {
        self.end.as_ref()
    }

    /// The language of the moment.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.options.lang
    }

    /// Whether something is waited for.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.facts.is_none() || !self.pending.is_empty()
    }

    fn ctx(&self) -> Ctx {
        let body = layout::frame(self.area).body;
        let Options { lang, ruler, ref keys, .. } = self.options;
        Ctx { lang, ruler, keys: Arc::clone(keys), facts: self.facts.clone(), body }
    }

    /// Takes a message.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let ctx = self.ctx();
        let steps = match msg {
            Msg::Tick => {
                self.tick();
                return Vec::new();
            }
            Msg::Worker(Report::Answered(ticket, answered)) => return self.answered(ticket, answered),
            Msg::Worker(Report::Came(ticket, came)) => {
                self.came(ticket, came);
                return Vec::new();
            }
            Msg::Worker(Report::Opened(Ok(facts))) => {
                self.facts = Some(Arc::new(facts));
                let ctx = self.ctx();
                self.screen_mut().map(|screen| screen.appear(&ctx)).unwrap_or_default()
            }
            Msg::Worker(Report::Opened(Err(failure))) => {
                self.end = Some(Err(failure));
                return vec![Effect::Quit];
            }
            Msg::Worker(Report::Ended) => return self.ended(),
            Msg::InputEnded => return self.leave(signals::HANGUP),
            Msg::End(code) => return self.leave(code),
            Msg::Resumed => return vec![Effect::Retake],
            Msg::Resize(width, height) => {
                self.area = Rect::new(0, 0, width, height);
                let ctx = self.ctx();
                self.screen_mut().map(|screen| screen.appear(&ctx)).unwrap_or_default()
            }
            Msg::Key(key) => self.key(key, &ctx),
            Msg::Paste(words) => self.paste(&words, &ctx),
            Msg::Click { x, y } => self.click(x, y, &ctx),
            Msg::Wheel(lines) => self.wheel(lines, &ctx),
        };
        self.changed = true;
        let effects = self.take(steps);
        self.form = None;
        effects
    }

    fn screen(&self) -> Option<&dyn Screen> {
        self.screens.last().map(|(_, screen)| screen.as_ref())
    }

    fn screen_mut(&mut self) -> Option<&mut Box<dyn Screen>> {
        self.screens.last_mut().map(|(_, screen)| screen)
    }

    /// What can be done now: the screen's own commands first.
    fn offers(&self, ctx: &Ctx) -> Vec<Offer> {
        let mut offers = self.screen().map(|screen| screen.offers(ctx)).unwrap_or_default();
        offers.extend(catalog::offers(COMMANDS, self, ctx));
        offers
    }

    fn key(&mut self, key: Key, ctx: &Ctx) -> Vec<Step> {
        self.notice = None;
        if let Some(overlay) = &mut self.overlay {
            let outcome = overlay.key(key, ctx);
            return self.outcome(outcome, ctx);
        }
        // Long work is called off before Esc means anything else.
        if self.long_work().is_some() && ctx.keys.of("back").has(key) {
            return vec![Step::Back];
        }
        let typing = self.screen().is_some_and(Screen::is_typing);
        if typing && let Some(steps) = self.screen_mut().and_then(|screen| screen.typed(key, ctx)) {
            return steps;
        }
        let command = if typing { key } else { key.as_command() };
        let means = |offer: &Offer| ctx.keys.of(offer.about.id).has(command);
        if (!typing || command.works_while_typing())
            && let Some(offer) = self.offers(ctx).into_iter().find(means)
        {
            return self.run(&offer, ctx);
        }
        match key.character() {
            Some(c) if !typing && !c.is_ascii() => self.filter_with(c, ctx),
            _ => Vec::new(),
        }
    }

    /// Chinese typed outside a field opens the filter with it; where there is none, that of the items.
    fn filter_with(&mut self, c: char, ctx: &Ctx) -> Vec<Step> {
        let words = c.to_string();
        if let Some(steps) = self.screen_mut().and_then(|screen| screen.begin_filter(&words, ctx)) {
            return steps;
        }
        let mut items = screens::items::Items::new("");
        let steps = items.begin_filter(&words, ctx).unwrap_or_default();
        self.push(Box::new(items));
        steps
    }

    fn run(&mut self, offer: &Offer, ctx: &Ctx) -> Vec<Step> {
        if let Err(reason) = &offer.ready {
            self.notice = Some(Notice::know(reason.clone()));
            return Vec::new();
        }
        let id = offer.about.id;
        match catalog::perform(COMMANDS, id, self, ctx) {
            Some(steps) => steps,
            None => self.screen_mut().map(|screen| screen.perform(id, ctx)).unwrap_or_default(),
        }
    }

    fn outcome(&mut self, outcome: Outcome, ctx: &Ctx) -> Vec<Step> {
        match outcome {
            Outcome::Stay => Vec::new(),
            Outcome::Close => {
                self.overlay = None;
                Vec::new()
            }
            Outcome::Run(id) => {
                self.overlay = None;
                let offer = self.offers(ctx).into_iter().find(|offer| offer.about.id == id);
                offer.map(|offer| self.run(&offer, ctx)).unwrap_or_default()
            }
            Outcome::Filled(id, values) => {
                let filled = self.screen_mut().map_or(Ok(Vec::new()), |screen| screen.filled(id, &values, ctx));
                match (filled, &mut self.overlay) {
                    (Err(trouble), Some(overlay)) => {
                        overlay.refuse(trouble);
                        Vec::new()
                    }
                    (filled, _) => {
                        self.form = self.overlay.take();
                        filled.unwrap_or_default()
                    }
                }
            }
            Outcome::Chosen(id, at) => {
                self.overlay = None;
                self.screen_mut().map(|screen| screen.chosen(id, at, ctx)).unwrap_or_default()
            }
            Outcome::Confirmed(id) => {
                self.overlay = None;
                self.screen_mut().map(|screen| screen.confirmed(id, ctx)).unwrap_or_default()
            }
        }
    }

    fn paste(&mut self, words: &str, ctx: &Ctx) -> Vec<Step> {
        self.notice = None;
        match &mut self.overlay {
            Some(overlay) => {
                overlay.paste(words);
                Vec::new()
            }
            None => self.screen_mut().map(|screen| screen.pasted(words, ctx)).unwrap_or_default(),
        }
    }

    fn click(&mut self, x: u16, y: u16, ctx: &Ctx) -> Vec<Step> {
        let inside = ctx.body.contains(Position { x, y });
        if self.overlay.is_some() || !inside {
            return Vec::new();
        }
        self.screen_mut().map(|screen| screen.clicked(x, y, ctx)).unwrap_or_default()
    }

    fn wheel(&mut self, lines: i64, ctx: &Ctx) -> Vec<Step> {
        use crossterm::event::KeyCode;
        let (name, code) = if lines < 0 { ("Up", KeyCode::Up) } else { ("Down", KeyCode::Down) };
        let over = self.overlay.is_some() || self.screen().is_some_and(Screen::is_typing);
        // The command that moves the cursor, whatever its key is now.
        let moves = |offer: &Offer| offer.about.keys.contains(&name);
        let turn = |app: &mut Self| match app.offers(ctx).into_iter().find(moves).filter(|_| !over) {
            Some(offer) => app.run(&offer, ctx),
            None => app.key(Key::plain(code), ctx),
        };
        (0..lines.unsigned_abs()).flat_map(|_| turn(self)).collect()
    }

    /// Carries out what was wanted.
    fn take(&mut self, steps: Vec<Step>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut steps = std::collections::VecDeque::from(steps);
        while let Some(step) = steps.pop_front() {
            match step {
                Step::Ask(ask) => effects.push(self.ask(ask, None)),
                Step::Go(place) => steps.extend(self.go(&place)),
                Step::Back => match self.back() {
                    Ok(more) => steps.extend(more),
                    Err(effect) => effects.push(effect),
                },
                Step::Open(overlay) => self.overlay = Some(overlay),
                Step::Say(notice) => self.notice = Some(notice),
                Step::Refuse(failure) => self.refuse(&failure),
                Step::Language => self.options.lang = other(self.options.lang),
                Step::Undo => effects.extend(self.take_back(Way::Undo)),
                Step::Redo => effects.extend(self.take_back(Way::Redo)),
                Step::Saved(deed) => {
                    self.undone.clear();
                    self.done.push(*deed);
                }
                Step::Suspend => effects.push(Effect::Suspend),
                Step::Quit => effects.extend(self.leave(0)),
            }
        }
        effects
    }

    /// Tells why an act was refused: in its form, so that nothing has to be written again, or else in a line.
    fn refuse(&mut self, failure: &Failure) {
        let notice = Notice::failure(failure, &self.ctx());
        match self.form.take().filter(|_| self.overlay.is_none()) {
            Some(mut form) => {
                form.refuse(notice.words);
                self.overlay = Some(form);
            }
            None => self.notice = Some(notice),
        }
    }

    fn leave(&mut self, code: u8) -> Vec<Effect> {
        self.end = Some(Ok(code));
        vec![Effect::Quit]
    }

    fn push(&mut self, screen: Box<dyn Screen>) {
        self.screens.push((self.next, screen));
        self.next += 1;
    }

    /// Goes to a place. One that is open already and is asked for as such comes to the front as it was left.
    fn go(&mut self, place: &Place) -> Vec<Step> {
        let open = self.screens.iter().rposition(|(_, screen)| screen.place() == *place);
        match open {
            Some(at) => {
                let screen = self.screens.remove(at);
                self.screens.push(screen);
            }
            None => self.push(screens::at(place)),
        }
        self.reappear()
    }

    fn reappear(&mut self) -> Vec<Step> {
        let ctx = self.ctx();
        if self.facts.is_none() {
            return Vec::new();
        }
        self.screen_mut().map(|screen| screen.appear(&ctx)).unwrap_or_default()
    }

    /// One step back: long work is called off first; the last screen stays.
    fn back(&mut self) -> Result<Vec<Step>, Effect> {
        if let Some(ticket) = self.long_work() {
            return Err(Effect::CallOff(ticket));
        }
        if self.screens.len() > 1 {
            self.screens.pop();
            return Ok(self.reappear());
        }
        let quit = self.options.keys.of("quit").first();
        self.notice =
            Some(Notice::know(words!("这已是第一屏。按 {quit} 退出。", "This is the first screen. {quit} leaves.")));
        Ok(Vec::new())
    }

    fn ended(&mut self) -> Vec<Effect> {
        if self.end.is_none() {
            self.end = Some(Err(Failure::new(
                FailureKind::Internal,
                words!("读写登记库的线程意外结束。", "The thread that owns the register has ended unexpectedly."),
                words!(
                    "草稿留在登记库文件旁；请重新打开。",
                    "Drafts are kept beside the register's file; please open it again."
                ),
            )));
        }
        vec![Effect::Quit]
    }
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}
