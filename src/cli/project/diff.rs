//! `dateline diff`: what changed between two datasets.

use super::datasets::{self, Side};
use super::flags::{Diff, DiffFormat};
use super::open;
use crate::about::print;
use crate::run::Stop;
use dateline::error::{Error, ErrorKind};
use dateline::project::diff::Difference;
use dateline::project::tell;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Runs the command: 0 when nothing is different, 1 when something is.
pub(crate) fn diff(options: &Diff) -> Result<ExitCode, Stop> {
    // Two folders can be compared without a project.
    let opened = open(options.project.as_deref()).ok();
    let new = match (&options.new, &opened) {
        (Some(new), opened) => Side::named(new, opened.as_ref())?,
        (None, Some(opened)) => Side::folder(&opened.path(&opened.project.output)),
        (None, None) => {
            return Err(Error::new(ErrorKind::Usage, "there is no project here to compare with")
                .help("name both sides: dateline diff OLD NEW")
                .into());
        }
    };
    let old = Side::named(&options.old, opened.as_ref())?;
    let (old, new) = datasets::read(&old, &new)?;
    let found = Difference::between(&old, &new);
    let colours =
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let told = match options.format {
        DiffFormat::Text => tell::text(&found, colours),
        DiffFormat::Json => tell::json(&found),
        DiffFormat::Markdown => tell::markdown(&found),
    };
    print(told.as_bytes())?;
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(crate::DIFFERENT) })
}
