//! Options of the commands around a project file.

use clap::Args;
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
