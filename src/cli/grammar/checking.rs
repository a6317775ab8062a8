//! The grammar of `check`, `setting`, `read` and `explain`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Check {
    #[command(subcommand)]
    pub command: Option<CheckCommand>,
    #[arg(value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    #[arg(long = "where", value_name = "FILTER", conflicts_with = "paths")]
    pub filter: Option<String>,
    #[arg(long)]
    pub strict: bool,
    #[arg(long)]
    pub notes: bool,
    #[arg(long, value_name = "FILE")]
    pub baseline_file: Option<PathBuf>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum CheckCommand {
    Answer {
        #[command(flatten)]
        findings: Findings,
        #[arg(long)]
        text: String,
    },
    Withdraw(Findings),
    Severity {
        #[arg(requires = "level")]
        code: Option<String>,
        #[arg(id = "level", value_name = "LEVEL")]
        severity: Option<String>,
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
    },
}

/// Findings of one check in one item or many: the code stands behind the items.
#[derive(Debug, Args)]
pub struct Findings {
    #[arg(required = true, value_name = "ITEM… CODE")]
    pub words: Vec<String>,
    #[arg(long, value_name = "N")]
    pub ladder: Option<usize>,
    #[arg(long, value_name = "TIER")]
    pub tier: Option<String>,
    #[arg(long, value_name = "FIELD")]
    pub field: Option<String>,
    #[arg(long)]
    pub all: bool,
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub enum SettingCommand {
    List,
    Set {
        key: String,
        value: String,
        #[arg(long)]
        reason: String,
    },
    Clear {
        key: String,
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct Read {
    pub text: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Explain {
    pub topic: Option<String>,
}
