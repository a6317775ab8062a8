//! The interface without a terminal: keys in, a screen of text out. Questions are answered at once by a register in
//! memory, so that a test is a list of keys and the text that they lead to.

use std::sync::Arc;

use cailiang::domain::kind::Kind;
use cailiang::i18n::Lang;
use cailiang::service::worker::{Ask, Report, Ticket, answer, facts_of};
use cailiang::service::{Clock, ItemForm, Register};
use cailiang::tui::canvas::screen_text;
use cailiang::tui::key::Key;
use cailiang::tui::keymap::Keymap;
use cailiang::tui::msg::{Effect, Msg};
use cailiang::tui::theme::Theme;
use cailiang::tui::width::Ruler;
use cailiang::tui::{App, Options};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// An interface on a register.
pub struct Desk {
    app: App,
    pub register: Register,
    area: Rect,
    ruler: Ruler,
    /// Set once it was left.
    pub left: bool,
}

/// The size of an old terminal, and of a wide one.
pub const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// A penalty item as a person lists it, without basis.
pub fn form(agency: &str, code: &str, title: &str) -> ItemForm {
    ItemForm {
        agency: agency.to_owned(),
        code: code.to_owned(),
        title: title.to_owned(),
        kind: Kind::Penalty,
        level: None,
        basis: String::new(),
        duty: String::new(),
        batch: String::new(),
        listed_on: None,
        proposed: None,
    }
}

/// The day of the made-up city.
pub fn clock() -> Clock {
    Clock { day: "2023-09-12".parse().unwrap(), time: "09:00:00".to_owned(), told: false }
}

/// The made-up city.
pub fn city() -> Register {
    Register::demo(None, &clock()).unwrap()
}

impl Desk {
    /// The interface on a register, as it is once the first answers have come.
    pub fn open(register: Register, lang: Lang, (width, height): (u16, u16)) -> Self {
        Self::look(
            register,
            Options {
                lang,
                theme: Theme { colour: true, plain: false },
                ruler: Ruler::default(),
                keys: Arc::new(Keymap::default()),
            },
            (width, height),
        )
    }

    /// Likewise with a look of its own.
    pub fn look(register: Register, options: Options, (width, height): (u16, u16)) -> Self {
        let (area, ruler) = (Rect::new(0, 0, width, height), options.ruler);
        let mut desk = Self { app: App::new(options, area), register, area, ruler, left: false };
        let facts = facts_of(&desk.register).unwrap();
        desk.update(Msg::Worker(Report::Opened(Ok(facts))));
        desk
    }

    /// Takes a message and everything that follows from it.
    pub fn update(&mut self, msg: Msg) {
        let mut waiting = std::collections::VecDeque::from(self.app.update(msg));
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Ask(ticket, ask) => {
                    let answered = answer(&mut self.register, ask, &mut |_| {});
                    waiting.extend(self.app.update(Msg::Worker(Report::Answered(ticket, answered))));
                }
                Effect::CallOff(_) | Effect::Suspend | Effect::Retake => {}
                Effect::Quit => self.left = true,
            }
        }
    }

    /// Presses keys and leaves what follows from them unanswered.
    pub fn press_unanswered(&mut self, keys: &str) -> Vec<(Ticket, Ask)> {
        let keys = keys.split(' ').map(|name| Msg::Key(Key::named(name).unwrap()));
        let effects: Vec<Effect> = keys.flat_map(|msg| self.app.update(msg)).collect();
        let ask = |effect| if let Effect::Ask(ticket, ask) = effect { Some((ticket, ask)) } else { None };
        effects.into_iter().filter_map(ask).collect()
    }

    /// Answers one thing that was asked.
    pub fn answer(&mut self, ticket: Ticket, ask: Ask) {
        let answered = answer(&mut self.register, ask, &mut |_| {});
        self.update(Msg::Worker(Report::Answered(ticket, answered)));
    }

    /// Whether an answer is waited for.
    pub fn is_waiting(&self) -> bool {
        self.app.is_waiting()
    }

    /// Presses keys by name, parted by blanks; a word that is no key is typed.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ').filter(|word| !word.is_empty()) {
            match Key::named(word) {
                Some(key) => self.update(Msg::Key(key)),
                None => word.chars().for_each(|c| self.update(Msg::Key(Key::named(&c.to_string()).unwrap()))),
            }
        }
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.area = Rect::new(0, 0, width, height);
        self.update(Msg::Resize(width, height));
        self
    }

    /// The screen, and where the cursor stands.
    pub fn draw(&self) -> (String, Option<Position>) {
        let mut buffer = Buffer::empty(self.area);
        let cursor = self.app.view(&mut buffer);
        (screen_text(&buffer, self.ruler), cursor)
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.draw().0
    }
}
