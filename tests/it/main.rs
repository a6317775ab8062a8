//! The one integration test binary.

// The lints know a test by its attribute; what tests share has none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod care;
mod exchange_files;
mod exchange_real;
mod filled;
mod independent;
mod notation;
mod reading;
mod reading_clauses;
mod reading_properties;
mod reading_rules;
mod reading_sample;
mod readme;
mod register_schema;
mod search;
mod tidy;
mod transfer;
