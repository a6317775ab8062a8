//! The `cailiang` program: the one place that looks at the clock, the environment and the terminal.

use std::io::IsTerminal;
use std::process::ExitCode;

use cailiang::cli::{self, Surroundings, Terminal};
use cailiang::service::Clock;
use etcetera::BaseStrategy as _;

fn main() -> ExitCode {
    let stdout = std::io::stdout();
    let terminal = stdout.is_terminal().then(|| Terminal { width: terminal_width() });
    let mut out = std::io::BufWriter::with_capacity(1 << 16, stdout.lock());
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
    });
    ExitCode::from(code)
}

/// The time in UTC+8, whatever the machine says: the register's days are those of China.
fn now() -> Clock {
    let china = chrono::Utc::now() + chrono::Duration::hours(8);
    Clock { day: china.date_naive(), time: china.format("%H:%M:%S").to_string(), told: false }
}

/// The width of the terminal as the shell tells it, else 80 columns.
fn terminal_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|width| width.parse().ok()).unwrap_or(80)
}
