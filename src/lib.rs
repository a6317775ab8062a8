//! cailiang (裁量): a city's register of administrative discretion baselines.
//!
//! | module | may use |
//! |---|---|
//! | [`domain`] | std, date and decimal crates |
//! | [`demo`], [`reading`], [`i18n`] | domain |
//! | [`checks`] | domain, reading |
//! | [`store`] | domain |
//! | [`exchange`] | domain, reading, i18n |
//! | [`service`] | domain, reading, checks, store, exchange, i18n |
//! | [`settings`] | domain, i18n |
//! | [`cli`] | domain, i18n, service, settings |
//! | [`tui`] | domain, i18n, service, settings; the only one that knows terminal crates |

pub mod checks;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod i18n;
pub mod reading;
pub mod service;
pub mod settings;
pub mod store;
pub mod tui;
