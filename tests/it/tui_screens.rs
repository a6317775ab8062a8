//! Every screen at both sizes and in both languages, as text.

use cailiang::i18n::Lang;

use super::tui_desk::{Desk, SIZES, city};

#[test]
fn every_screen_as_text() {
    let screens = [
        ("overview", ""),
        ("overview_progress", "Tab Tab Tab"),
        ("items", "2"),
        ("items_filter", "2 / gaj Down"),
        ("items_nothing", "2 / 没有这样的事项"),
        ("items_wrong_filter", "2 / 阶段:无"),
        ("items_marked", "2 Space Space Down Space"),
        ("items_preview", "2 * v"),
        ("items_sorted", "2 s 机关 Enter s 到期 Enter"),
        ("items_columns", "2 c Down Space Down Right"),
        ("items_views", "2 o"),
        ("items_assign", "2 Space a sfj"),
        ("items_export", "2 w"),
        ("deadlines_marked", "3 Space Space w"),
        ("baseline", "2 / GA-003 Enter Enter"),
        ("baseline_editing", "2 / CG-017 Enter Enter Enter"),
        ("baseline_other_kind", "2 / 强制 Enter Enter"),
        ("deadlines", "3"),
        ("deadlines_year", "3 Tab PageUp"),
        ("deadlines_extend", "3 e"),
        ("sources", "4"),
        ("sources_articles", "4 Tab Down"),
        ("import", "5"),
        ("help", "2 F1"),
        ("palette", "2 Ctrl-P px"),
    ];
    // Nothing here writes: one city serves all.
    let mut city = city();
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in SIZES {
            for (name, keys) in screens {
                let mut desk = Desk::open(city, lang, (width, height));
                desk.press(keys);
                let name = format!("{name}_{width}_{}", if lang == Lang::Zh { "zh" } else { "en" });
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(name, desk.text());
                });
                city = desk.register;
            }
        }
    }
}
