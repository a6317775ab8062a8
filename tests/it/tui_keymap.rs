//! Keys of one's own: what the settings file asks for is what is pressed, shown and told everywhere.

use std::path::Path;
use std::sync::Arc;

use cailiang::i18n::Lang;
use cailiang::settings::Settings;
use cailiang::tui::Options;
use cailiang::tui::keymap::Keymap;
use cailiang::tui::theme::Theme;
use cailiang::tui::width::Ruler;

use super::tui_desk::{Desk, city};

fn desk(table: &str) -> Desk {
    let settings = Settings::parse(&format!("[keys]\n{table}"), Path::new("settings.toml")).unwrap();
    let keys = Arc::new(Keymap::new(&settings.keys).unwrap());
    let theme = Theme { colour: true, plain: false };
    Desk::look(city(), Options { lang: Lang::Zh, theme, ruler: Ruler::default(), keys }, (80, 24))
}

#[track_caller]
fn sees(desk: &Desk, words: &str) {
    let text = desk.text();
    assert!(text.contains(words), "no {words} in\n{text}");
}

#[test]
fn a_key_of_ones_own_works_and_is_shown_and_told() {
    let keys = "help = \"F13\"\nitems = [\"F3\", \"9\"]\npalette = \"F14\"\nquit = [\"Q\", \"F18\"]\n\
                overview.open = [\"o\", \"F17\"]\nbaseline.verify = [\"Z\", \"F15\"]\nsources.turn = \"F16\"\n";
    let mut desk = desk(keys);
    // The footer, and what the key of before does now.
    sees(&desk, "o 打开清单");
    sees(&desk, "F13 帮助");
    desk.press("?");
    assert!(!desk.text().contains("这一屏的按键"));
    desk.press("F13");
    sees(&desk, "o F17");
    desk.press("Esc F14 9");
    sees(&desk, "F3 9");
    // From the palette and by the key itself.
    desk.press("Enter");
    sees(&desk, "事项台账");
    desk.press("F2 o");
    sees(&desk, "任务:核对并起草");
    // Told in a sentence: the key that works with an input method on.
    desk.press("F3 / stage:listed Enter Enter Enter");
    sees(&desk, "先按 F15 核对确认。");
    desk.press("F15");
    sees(&desk, "已核对");
    desk.press("F5 e");
    sees(&desk, "按 F16 到条文");
    desk.press("Esc Esc Esc Esc Esc Esc Esc Esc");
    sees(&desk, "按 Q 退出");
    desk.press("q");
    assert!(!desk.left);
    desk.press("Q");
    assert!(desk.left);
}

#[test]
fn the_wheel_moves_the_cursor_whatever_its_key_is() {
    let mut desk = desk("sources.down = \"F13\"\n");
    desk.press("4");
    let before = desk.text();
    desk.press("Down");
    assert_eq!(desk.text(), before);
    desk.update(cailiang::tui::msg::Msg::Wheel(1));
    let wheeled = desk.text();
    assert_ne!(wheeled, before);
    desk.press("Up F13");
    assert_eq!(desk.text(), wheeled);
}
