//! The grammar of `check`, `read` and `explain`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub struct Check {
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

#[derive(Debug, Args)]
pub struct Read {
    pub text: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Explain {
    pub topic: Option<String>,
}
