//! What the law and the work are made of.
//!
//! Nothing here reads a file, a clock or an environment variable, draws a random number or speaks to a person:
//! the rules of the policy stand here so that neither a screen nor the command line can go round them.
//! Clause ids such as S2.1 are those of the public document 连政办发〔2023〕38号.

pub mod agency;
pub mod articles;
pub mod baseline;
pub mod calendar;
pub mod cite;
pub mod clause;
pub mod duty;
pub mod filter;
pub mod ids;
pub mod item;
pub mod kind;
pub mod label;
pub mod measure;
pub mod plan;
pub mod procedure;
pub mod search;
pub mod selection;
pub mod source;
pub mod stage;
pub mod tier_label;
pub mod tier_number;
pub mod toml_error;
