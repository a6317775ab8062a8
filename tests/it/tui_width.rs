//! Whatever the data hold, no line is wider than the terminal and no screen panics.

use cailiang::domain::baseline::{Baseline, Ladder, Tier};
use cailiang::domain::kind::Kind;
use cailiang::i18n::Lang;
use cailiang::service::{ItemForm, NewAgency, NewRegister, Register};
use cailiang::tui::Options;
use cailiang::tui::theme::Theme;
use cailiang::tui::width::Ruler;
use proptest::prelude::*;

use super::tui_desk::{Desk, clock, form};

/// A register in a file of which every word is `words`.
fn register(folder: &std::path::Path, words: &str) -> Register {
    let new = NewRegister { city: "云泽市".to_owned(), year: None, plan: None, rehearsal: true };
    let mut register = Register::init(&folder.join("r.db"), clock(), "test", &new).unwrap();
    let name = format!("局{words}");
    register.add_agency(&NewAgency { name: name.clone(), ..NewAgency::default() }).unwrap();
    let code: String = words.chars().take(9).collect();
    let basis = format!("《条例{words}》第九条");
    let form = ItemForm { basis, ..form(&name, &code, &format!("行为{words}")) };
    let item = register.add_item(&form).unwrap();
    register.verify_item(item, None).unwrap();
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", words);
    baseline.set_text("basis", words.repeat(4));
    let tier = Tier {
        label: words.to_owned(),
        conditions: vec![words.to_owned(), words.repeat(3)],
        standard: words.repeat(5),
        remarks: words.to_owned(),
        ..Tier::default()
    };
    baseline.ladders =
        vec![Ladder { label: Some(words.to_owned()), tiers: vec![tier.clone(), tier], ..Ladder::default() }];
    register.edit_baseline(item, &baseline, None).unwrap();
    register
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn no_line_is_wider_than_the_terminal(
        words in "[裁量①Ⅳ№“”…—e\u{301}\u{200d}👨👩ｱ한ไ́\u{202e}\u{1b}a-c（），。]{1,30}",
        wide in any::<bool>(),
        plain in any::<bool>(),
        width in 40..130_u16,
        height in 10..40_u16,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let ruler = Ruler { ambiguous_wide: wide };
        let theme = Theme { colour: true, plain: plain || wide };
        let options = Options { lang: Lang::Zh, theme, ruler, keys: std::sync::Arc::default() };
        let mut desk = Desk::look(register(folder.path(), &words), options, (width, height));
        for keys in ["", "Tab Tab", "2", "/ 行 Enter", "Enter", "Enter", "Esc", "Down Down Down", "F4", "Tab", "e", "Esc", "F5", "F6", "F1", "Esc", "Ctrl-P"] {
            desk.press(keys);
            let (text, cursor) = desk.draw();
            for line in text.lines() {
                prop_assert!(ruler.of(line) <= usize::from(width), "{keys}: {} > {width}\n{text}", ruler.of(line));
            }
            prop_assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
            let harmful = text.contains(['\u{1b}', '\u{202e}']);
            prop_assert!(!harmful);
        }
    }
}
