//! The `cailiang` program: the one place that looks at the clock, the environment and the terminal.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

use cailiang::cli::{self, Surroundings, Terminal};
use cailiang::service::Clock;
use cailiang::tui::{self, keymap::Keymap, theme::Theme, width::Ruler};
use etcetera::BaseStrategy as _;

fn main() -> ExitCode {
    let stdout = std::io::stdout();
    let terminal = stdout.is_terminal().then(|| Terminal { width: terminal_width() });
    let both = stdout.is_terminal() && std::io::stdin().is_terminal();
    let interface: cli::Interface<'_> = &|open, lang, keys| tui::run(open, look(lang, keys));
    // Not locked: the interface writes to it as well, and a thread that panics puts the terminal back.
    let mut out = std::io::BufWriter::with_capacity(1 << 16, stdout);
    let mut err = std::io::stderr();
    let progress = err.is_terminal();
    let code = cli::run(Surroundings {
        arguments: std::env::args_os().collect(),
        clock: now(),
        data_folder: etcetera::choose_base_strategy().ok().map(|strategy| strategy.data_dir()),
        settings_file: etcetera::choose_base_strategy()
            .ok()
            .map(|strategy| strategy.config_dir().join("cailiang").join("settings.toml")),
        lang: std::env::var("CAILIANG_LANG").ok().and_then(|words| cli::language(&words)),
        editor: std::env::var_os("VISUAL").or_else(|| std::env::var_os("EDITOR")),
        out: &mut out,
        err: &mut err,
        terminal,
        progress,
        interface: both.then_some(interface),
    });
    ExitCode::from(code)
}

/// The look of the interface: `NO_COLOR` takes the colours away, `CAILIANG_PLAIN` every sign beyond ASCII but the
/// words themselves, and `CAILIANG_WIDE` tells that the terminal draws ambiguous signs two columns wide.
fn look(lang: cailiang::i18n::Lang, keys: Arc<Keymap>) -> tui::Options {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let ambiguous_wide = is_set("CAILIANG_WIDE");
    let poor = std::env::var("TERM").is_ok_and(|term| matches!(term.as_str(), "linux" | "vt100" | "vt220"));
    // Rules and bars are ambiguous signs themselves.
    let theme = Theme { colour: !is_set("NO_COLOR"), plain: is_set("CAILIANG_PLAIN") || ambiguous_wide || poor };
    tui::Options { lang, theme, ruler: Ruler { ambiguous_wide }, keys }
}

/// The time in UTC+8, whatever the machine says: the register's days are those of China.
fn now() -> Clock {
    let china = chrono::Utc::now() + chrono::Duration::hours(8);
    Clock { day: china.date_naive(), time: china.format("%H:%M:%S").to_string(), told: false }
}

/// The width of the terminal: as `COLUMNS` wishes it, else as the terminal tells it, else 80 columns.
fn terminal_width() -> usize {
    let wished = std::env::var("COLUMNS").ok().and_then(|width| width.parse().ok()).filter(|width| *width > 0);
    wished.or_else(|| tui::terminal_width().map(usize::from)).unwrap_or(80)
}
