//! The grammar of saved mappings of columns.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum MappingCommand {
    List {
        #[arg(long)]
        agency: Option<String>,
    },
    Show {
        agency: String,
        name: String,
    },
    Remove {
        agency: String,
        name: String,
    },
}
