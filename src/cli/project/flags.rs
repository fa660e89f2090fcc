//! Options of the commands around a project file.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Where the project is.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// The project file, or its folder; without it, dateline.toml here or in the nearest folder above.
    #[arg(long, value_name = "FILE")]
    pub(crate) project: Option<PathBuf>,
    /// Number of threads; 0 is one per core. The output is the same with any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    /// There is no other mode: nothing is ever fetched.
    #[arg(long)]
    pub(crate) offline: bool,
}

/// `dateline run`
#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) place: Where,
    /// Overwrite outputs that were changed by hand since the last run.
    #[arg(long)]
    pub(crate) force: bool,
    /// Say only what went wrong.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// `dateline check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) place: Where,
    /// How to tell what is stale.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: CheckFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Lines for a terminal.
    Human,
    /// One object.
    Json,
    /// Annotations of GitHub Actions, at the lines of the articles.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// `dateline diff`
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Folder, file, git revision, or both as in HEAD~1:output.
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The same for the other side; without it, the outputs of the project.
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<PathBuf>,
    /// The project whose outputs are meant; without it, that of dateline.toml here or in the nearest folder above.
    #[arg(long, value_name = "FILE")]
    pub(crate) project: Option<PathBuf>,
    /// How to tell the difference; Markdown stays under 1 MiB.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
    Markdown,
}
