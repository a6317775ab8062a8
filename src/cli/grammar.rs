//! The grammar of the command line, without a word for people: those stand in `words`, in both languages.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::filter::written_day;

mod checking;
mod mappings;
mod questions;

pub use checking::{Check, CheckCommand, Explain, Findings, Read, SettingCommand};
pub use mappings::MappingCommand;
pub use questions::*;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "cailiang", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// The command; none opens the overview.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    #[arg(long, global = true, env = "CAILIANG_DB", hide_env = true, value_name = "PATH")]
    pub db: Option<PathBuf>,
    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<NaiveDate>,
    #[arg(long = "as", global = true, value_name = "ACCOUNT")]
    pub account: Option<String>,
    #[arg(long, global = true, value_name = "PATH")]
    pub config: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_enum,
        hide_possible_values = true,
        value_name = "table|json|jsonl|csv|text|sarif"
    )]
    pub format: Option<Format>,
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Text,
    Sarif,
}

/// A day as people write it, `2023-11-01` or `2023年11月1日`; anything else is told with its words.
pub fn day(words: &str) -> Result<NaiveDate, String> {
    written_day(words).ok_or_else(|| "2023-11-01".to_owned())
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(Demo),
    Init(Init),
    #[command(subcommand)]
    Agency(AgencyCommand),
    #[command(subcommand)]
    Source(SourceCommand),
    #[command(subcommand)]
    Item(ItemCommand),
    #[command(subcommand)]
    Baseline(BaselineCommand),
    #[command(subcommand)]
    Step(StepCommand),
    #[command(subcommand)]
    Batch(BatchCommand),
    #[command(subcommand)]
    Event(EventCommand),
    #[command(subcommand)]
    Training(TrainingCommand),
    Import(Import),
    #[command(subcommand)]
    Mapping(MappingCommand),
    Check(Check),
    #[command(subcommand)]
    Setting(SettingCommand),
    Read(Read),
    Explain(Explain),
    Status(Status),
    Overdue(Overdue),
    List(List),
    Show(Show),
    Find(Find),
    #[command(subcommand)]
    Duty(DutyCommand),
    #[command(subcommand)]
    Plan(PlanCommand),
    Export(Export),
    Backup(Backup),
    Restore(Restore),
    Doctor(Doctor),
    Completions(Completions),
    Keys,
    Man,
}

#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long, value_name = "N")]
    pub items: Option<u64>,
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Init {
    #[arg(long)]
    pub city: Option<String>,
    #[arg(long)]
    pub year: Option<i32>,
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    #[arg(long)]
    pub rehearsal: bool,
}

#[derive(Debug, Subcommand)]
pub enum AgencyCommand {
    Add(AgencyAdd),
    List,
    Import { file: PathBuf },
}

#[derive(Debug, Args)]
pub struct AgencyAdd {
    pub name: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub code: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub short: String,
    #[arg(long, default_value = "", hide_default_value = true, value_name = "FORM")]
    pub form: String,
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
    #[arg(long, default_value = "", hide_default_value = true, value_name = "AGENCY")]
    pub parent: String,
    #[arg(long)]
    pub government: bool,
    #[arg(long)]
    pub vertical: bool,
}

#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    Add(SourceFacts),
    List,
    Show {
        source: String,
    },
    Import {
        file: PathBuf,
        #[command(flatten)]
        facts: SourceText,
    },
    Explain {
        source: String,
        article: String,
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct SourceFacts {
    pub title: String,
    #[command(flatten)]
    pub about: SourceAbout,
}

#[derive(Debug, Args)]
pub struct SourceText {
    #[arg(long, default_value = "", hide_default_value = true)]
    pub title: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub label: String,
    #[command(flatten)]
    pub about: SourceAbout,
}

#[derive(Debug, Args)]
pub struct SourceAbout {
    #[arg(long)]
    pub rank: Option<String>,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub issuer: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub number: String,
    #[arg(long, value_parser = day, value_name = "DATE")]
    pub promulgated: Option<NaiveDate>,
    #[arg(long, value_parser = day, value_name = "DATE")]
    pub effective: Option<NaiveDate>,
    #[arg(long, value_parser = day, value_name = "DATE")]
    pub amended: Option<NaiveDate>,
    #[arg(long)]
    pub status: Option<String>,
}

/// Which items a verb that takes many is about.
#[derive(Debug, Args)]
pub struct Items {
    #[arg(id = "items", value_name = "ITEM")]
    pub named: Vec<String>,
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
}

/// Items and a reason.
#[derive(Debug, Args)]
pub struct ItemsBecause {
    #[command(flatten)]
    pub items: Items,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub reason: String,
}

#[derive(Debug, Subcommand)]
pub enum ItemCommand {
    Add(ItemAdd),
    Propose {
        #[command(flatten)]
        item: ItemAdd,
        #[arg(long)]
        reason: String,
    },
    Verify {
        #[command(flatten)]
        items: Items,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
    },
    Dispute(ItemsBecause),
    Settle {
        #[command(flatten)]
        items: ItemsBecause,
        #[arg(long)]
        agency: Option<String>,
    },
    Assign {
        #[command(flatten)]
        items: Items,
        #[arg(long)]
        agency: String,
    },
    Exclude(ItemsBecause),
}

#[derive(Debug, Args)]
pub struct ItemAdd {
    pub title: String,
    #[arg(long)]
    pub agency: String,
    #[arg(long, default_value = "penalty")]
    pub kind: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub code: String,
    #[arg(long)]
    pub level: Option<String>,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub basis: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub duty: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub batch: String,
    #[arg(long, value_parser = day)]
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    Edit {
        item: String,
        #[arg(value_name = "FILE.json")]
        file: Option<PathBuf>,
    },
    Ready(Items),
    Submit(Items),
    Return(ItemsBecause),
    Accept(Items),
    Approve {
        #[command(flatten)]
        items: Items,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
        #[arg(long)]
        number: String,
    },
    Reopen(ItemsBecause),
    Revise(Items),
    Repeal {
        #[command(flatten)]
        items: ItemsBecause,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
    },
}

#[derive(Debug, Subcommand)]
pub enum StepCommand {
    Record(StepRecordArgs),
}

#[derive(Debug, Args)]
pub struct StepRecordArgs {
    #[arg(required_unless_present = "filter")]
    pub item: Option<String>,
    #[arg(required_unless_present = "filter")]
    pub step: Option<String>,
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[arg(long = "step", value_name = "STEP", requires = "filter")]
    pub step_option: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_parser = day)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_parser = day)]
    pub from: Option<NaiveDate>,
    #[arg(long, value_parser = day)]
    pub to: Option<NaiveDate>,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub number: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub note: String,
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum BatchCommand {
    New {
        name: String,
        #[command(flatten)]
        items: Items,
    },
    Publish {
        name: String,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
        #[arg(long)]
        number: String,
    },
    Show {
        name: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum EventCommand {
    Register(EventArgs),
    Affected {
        event: i64,
    },
    Confirm {
        event: i64,
        #[command(flatten)]
        items: Items,
    },
    List,
}

#[derive(Debug, Args)]
pub struct EventArgs {
    #[arg(value_name = "FORM")]
    pub form: String,
    #[arg(long)]
    pub source: Option<String>,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub articles: String,
    #[arg(long, value_parser = day)]
    pub date: Option<NaiveDate>,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub note: String,
}

#[derive(Debug, Subcommand)]
pub enum TrainingCommand {
    Record {
        agency: String,
        #[arg(long)]
        title: String,
        #[arg(long, value_parser = day)]
        date: Option<NaiveDate>,
        #[arg(long, default_value_t = 0, hide_default_value = true)]
        people: u32,
        #[arg(long, default_value = "", hide_default_value = true)]
        note: String,
    },
    List,
}

#[derive(Debug, Args)]
pub struct Import {
    pub file: PathBuf,
    #[arg(long)]
    pub apply: bool,
    #[arg(long, conflicts_with = "apply")]
    pub dry_run: bool,
    #[arg(long)]
    pub skip_rejected: bool,
    #[arg(long, default_value = "drafting", value_name = "drafting|published")]
    pub stage: String,
    #[arg(long, value_parser = day)]
    pub date: Option<NaiveDate>,
    #[arg(long, default_value = "", hide_default_value = true)]
    pub number: String,
    #[arg(long)]
    pub agency: Option<String>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long, value_name = "FILE|NAME")]
    pub mapping: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub save_mapping: Option<String>,
}

#[derive(Debug, Args)]
pub struct Export {
    pub file: PathBuf,
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[arg(long, value_name = "csv|xlsx|json|schema")]
    pub to: Option<String>,
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Backup {
    pub file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Restore {
    pub file: PathBuf,
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Doctor {
    #[arg(long)]
    pub rebuild: bool,
}

#[derive(Debug, Args)]
pub struct Completions {
    pub shell: clap_complete::Shell,
}
