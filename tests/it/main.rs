//! The one integration test binary.

mod notation;
mod reading_rules;
