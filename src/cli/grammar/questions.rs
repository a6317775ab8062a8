//! Questions about the register, duties and plans.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::day;

/// The day that a question is about.
#[derive(Debug, Clone, Args)]
pub struct AsOf {
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known_on: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct Status {
    #[arg(long, value_name = "KEY,…", value_delimiter = ',')]
    pub by: Vec<String>,
    #[arg(long, default_value = "items", value_name = "items|duties")]
    pub of: String,
    #[command(flatten)]
    pub at: AsOf,
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
}

#[derive(Debug, Args)]
pub struct Overdue {
    #[arg(long, value_name = "14d")]
    pub within: Option<String>,
    #[command(flatten)]
    pub at: AsOf,
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
}

#[derive(Debug, Args)]
pub struct List {
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    #[arg(long, value_name = "KEY,…", allow_hyphen_values = true)]
    pub sort: Option<String>,
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    #[command(flatten)]
    pub at: AsOf,
}

#[derive(Debug, Args)]
pub struct Show {
    pub item: String,
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    #[arg(long, value_name = "N")]
    pub version: Option<i64>,
}

#[derive(Debug, Args)]
pub struct Find {
    #[arg(required = true)]
    pub text: Vec<String>,
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
}

#[derive(Debug, Subcommand)]
pub enum DutyCommand {
    List {
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        #[command(flatten)]
        at: AsOf,
    },
    Extend {
        duty: Vec<i64>,
        #[command(flatten)]
        many: Duties,
        #[arg(long, value_parser = day)]
        to: NaiveDate,
        #[arg(long)]
        reason: String,
    },
    Waive {
        duty: Vec<i64>,
        #[command(flatten)]
        many: Duties,
        #[arg(long)]
        reason: String,
    },
    Close {
        duty: Vec<i64>,
        #[command(flatten)]
        many: Duties,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
        #[arg(long)]
        reason: String,
    },
    Receive {
        agency: String,
        #[arg(long, default_value = "annual", value_name = "annual|progress")]
        form: String,
        #[arg(long)]
        year: Option<i32>,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
        #[arg(long, default_value = "", hide_default_value = true)]
        note: String,
    },
}

/// Which duties a verb that takes many is about, beside those named.
#[derive(Debug, Args)]
pub struct Duties {
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    Show { year: Option<i32> },
    New { year: Option<i32> },
    Load { file: PathBuf },
    RestDays { file: PathBuf },
}
