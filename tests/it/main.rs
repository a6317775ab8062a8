//! The one integration test binary.

// The lints know a test by its attribute; what tests share has none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// Rules stand as tables, each row a tuple.
#![allow(clippy::type_complexity)]

mod as_of;
mod care;
mod check_command;
mod check_corpora;
mod check_elements;
mod check_life;
mod check_properties;
mod check_rules;
mod cli;
mod cli_bad_input;
mod cli_contracts;
mod cli_duties;
mod cli_filled;
mod cli_language;
mod cli_mappings;
mod cli_story;
mod exchange_files;
mod exchange_real;
mod filled;
mod gates;
mod independent;
mod notation;
#[cfg(unix)]
mod pty_signals;
mod pty_story;
mod pty_terminal;
mod reading;
mod reading_clauses;
mod reading_properties;
mod reading_rules;
mod reading_sample;
mod reading_shapes;
mod readme;
mod register_schema;
mod search;
mod tidy;
mod transfer;
mod tui_desk;
mod tui_editor;
mod tui_empty;
mod tui_import;
mod tui_items;
mod tui_keymap;
mod tui_keys;
mod tui_screens;
mod tui_width;
mod tui_work;
mod tui_worker;
