//! The one integration test binary.

mod notation;
mod reading_properties;
mod reading_rules;
mod reading_sample;
