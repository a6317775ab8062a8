//! The table of keys in the README is made from the catalogue; `UPDATE_README=1 cargo test` writes it.

use cailiang::i18n::Lang;
use cailiang::tui::catalog::key_table;

#[test]
fn the_readme_has_the_keys_of_the_catalogue() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(mut text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: there is no README.md");
        return;
    };
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let (begin, end) = (format!("<!-- keys:{name} -->\n"), format!("<!-- /keys:{name} -->"));
        let Some((head, rest)) = text.split_once(&begin) else { continue };
        let (present, tail) = rest.split_once(&end).expect("the end of the table of keys");
        let table = key_table(lang);
        if std::env::var_os("UPDATE_README").is_some() {
            text = format!("{head}{begin}{table}{end}{tail}");
            std::fs::write(&path, &text).unwrap();
        } else {
            assert_eq!(present, table, "run UPDATE_README=1 cargo test");
        }
    }
}
