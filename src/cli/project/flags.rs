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

/// `dateline correct`
#[derive(Debug, Args)]
pub(crate) struct Correct {
    /// Id of the happening, or its first letters; from the column id.
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Headline.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// When: 2016-12-22, 2016-12, 2016-12-15/2016-12-22 or 2016-12-22T18:30; empty for unknown.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Where: a gazetteer id such as geonames:170063; empty for unknown.
    #[arg(long, value_name = "ID")]
    pub(crate) place: Option<String>,
    /// asserted, reported, denied, possible or planned.
    #[arg(long, value_name = "WORD")]
    pub(crate) status: Option<String>,
    /// What kind of happening.
    #[arg(long = "type", value_name = "WORD")]
    pub(crate) kind: Option<String>,
    /// Number of dead.
    #[arg(long, value_name = "N")]
    pub(crate) killed: Option<String>,
    /// Number of injured.
    #[arg(long, value_name = "N")]
    pub(crate) injured: Option<String>,
    /// Number of displaced or evacuated.
    #[arg(long, value_name = "N")]
    pub(crate) displaced: Option<String>,
    /// Leave the happening out.
    #[arg(long, group = "action")]
    pub(crate) drop: bool,
    /// Make these happenings part of it.
    #[arg(long, value_name = "ID", value_delimiter = ',', group = "action")]
    pub(crate) merge: Vec<String>,
    /// Take these tellings out of it, by the ids they had; `aliases` of dateline.lock lists them.
    #[arg(long, value_name = "ID", value_delimiter = ',', group = "action")]
    pub(crate) split: Vec<String>,
    /// Add a happening; give at least --title.
    #[arg(long, group = "action", requires = "title")]
    pub(crate) add: bool,
    /// A sentence that tells the happening to add.
    #[arg(long, value_name = "TEXT", requires = "add")]
    pub(crate) description: Option<String>,
    /// Let a place name stand for --place.
    #[arg(long, value_name = "NAME", group = "action")]
    pub(crate) pin: Option<String>,
    /// Read nothing from this phrase.
    #[arg(long, value_name = "PHRASE", group = "action")]
    pub(crate) ignore: Option<String>,
    /// Only in this article, by its id; from the column `doc_id`.
    #[arg(long = "in", value_name = "ID")]
    pub(crate) document: Option<String>,
    /// Why, for those who read it later.
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    /// Who says so.
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
    /// The project file, or its folder; without it, dateline.toml here or in the nearest folder above.
    #[arg(long, value_name = "FILE")]
    pub(crate) project: Option<PathBuf>,
}

/// `dateline init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Folder of the new project.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// What to read, from that folder: files, folders or patterns.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) sources: Vec<String>,
    /// Also a GitHub Actions workflow: regenerates every night, and checks each push.
    #[arg(long)]
    pub(crate) github: bool,
    /// Also a GitLab CI file.
    #[arg(long)]
    pub(crate) gitlab: bool,
    /// Also a hook for the tool pre-commit.
    #[arg(long)]
    pub(crate) pre_commit: bool,
    /// Also a systemd timer and its service.
    #[arg(long)]
    pub(crate) systemd: bool,
}
