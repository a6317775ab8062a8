//! Pieces that screens are made of. They hold what a person sees and types, and nothing of the register.

pub mod band;
pub mod burnup;
pub mod field;
pub mod heat;
pub mod table;
pub mod year;
