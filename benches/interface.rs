//! How fast a key is answered and a screen is drawn. A table holds a window, so that the length of the list behind it
//! counts for nothing here; what the register needs is not measured.

// What a bench begins with must be there.
#![allow(clippy::expect_used)]

use std::sync::Arc;

use cailiang::i18n::Lang;
use cailiang::service::worker::{Report, answer, facts_of};
use cailiang::service::{Clock, Register};
use cailiang::tui::key::Key;
use cailiang::tui::keymap::Keymap;
use cailiang::tui::msg::{Effect, Msg};
use cailiang::tui::theme::Theme;
use cailiang::tui::width::Ruler;
use cailiang::tui::{App, Options};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

const WIDE: Rect = Rect { x: 0, y: 0, width: 120, height: 40 };

/// An interface on the made-up city, after some keys.
fn desk(keys: &str) -> (App, Register) {
    let day = "2023-09-12".parse().expect("a day");
    let clock = Clock { day, time: "09:00:00".to_owned(), told: false };
    let register = Register::demo(None, &clock).expect("the made-up city");
    let options = Options {
        lang: Lang::Zh,
        theme: Theme { colour: true, plain: false },
        ruler: Ruler::default(),
        keys: Arc::new(Keymap::default()),
    };
    let mut desk = (App::new(options, WIDE), register);
    let facts = facts_of(&desk.1);
    update(&mut desk, Msg::Worker(Report::Opened(facts)));
    for name in keys.split(' ') {
        if let Some(key) = Key::named(name) {
            update(&mut desk, Msg::Key(key));
        }
    }
    desk
}

/// Takes a message and everything that follows from it.
fn update((app, register): &mut (App, Register), msg: Msg) {
    let mut effects = std::collections::VecDeque::from(app.update(msg));
    while let Some(effect) = effects.pop_front() {
        if let Effect::Ask(ticket, ask) = effect {
            let answered = answer(register, ask, &mut |_| {});
            effects.extend(app.update(Msg::Worker(Report::Answered(ticket, answered))));
        }
    }
}

#[divan::bench(args = ["", "2", "2 Down Down Enter", "3", "4", "2 F1", "2 Ctrl-P"])]
fn draw(bencher: divan::Bencher<'_, '_>, keys: &str) {
    let (app, _register) = desk(keys);
    let mut buffer = Buffer::empty(WIDE);
    bencher.bench_local(|| {
        buffer.reset();
        app.view(&mut buffer)
    });
}

#[divan::bench(args = ["2", "2 Down Down Enter", "3"])]
fn key(bencher: divan::Bencher<'_, '_>, keys: &str) {
    let (mut app, _register) = desk(keys);
    let keys = ["Down", "Up"].map(|name| Key::named(name).expect("a key"));
    bencher.bench_local(|| keys.map(|key| app.update(Msg::Key(key)).len()));
}

/// One key in the field of a standard, with the checks of the draft, its bars and the drawing.
#[divan::bench]
fn key_in_the_editor_with_its_checks(bencher: divan::Bencher<'_, '_>) {
    let mut desk = desk("2 / G A - 0 0 6 Enter Enter Enter");
    let keys = ["1", "Backspace"].map(|name| Key::named(name).expect("a key"));
    let mut buffer = Buffer::empty(WIDE);
    bencher.bench_local(|| {
        for key in keys {
            // What the register does with the draft is not waited for.
            desk.0.update(Msg::Key(key));
            buffer.reset();
            desk.0.view(&mut buffer);
        }
    });
}

/// The same at the end of words of so many characters.
#[divan::bench(args = [200, 2_000, 10_000])]
fn key_in_a_long_standard(bencher: divan::Bencher<'_, '_>, length: usize) {
    let mut desk = desk("2 / G A - 0 0 6 Enter Enter Enter");
    let sentence = "逾期不足十日改正的，处二万元以上五万元以下罚款；情节严重的，吊销许可证件。";
    let words: String = sentence.chars().cycle().take(length).collect();
    update(&mut desk, Msg::Paste(words));
    let keys = ["1", "Backspace"].map(|name| Key::named(name).expect("a key"));
    let mut buffer = Buffer::empty(WIDE);
    bencher.bench_local(|| {
        for key in keys {
            desk.0.update(Msg::Key(key));
            buffer.reset();
            desk.0.view(&mut buffer);
        }
    });
}

/// One key in the filter, with what the register needs for it.
#[divan::bench]
fn key_in_the_filter(bencher: divan::Bencher<'_, '_>) {
    let mut desk = desk("2 / s t");
    let keys = ["h", "Backspace"].map(|name| Key::named(name).expect("a key"));
    bencher.bench_local(|| keys.map(|key| update(&mut desk, Msg::Key(key))));
}
