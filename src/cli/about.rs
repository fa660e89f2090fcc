//! What the program says of itself: its columns, shell completions, its manual page.

use crate::flags::{Cli, Schema, SchemaFormat};
use crate::run::Stop;
use clap::CommandFactory;
use dateline::write::describe;
use std::io::Write;

/// `dateline schema`
pub(crate) fn schema(options: &Schema) -> Result<(), Stop> {
    print(
        match options.format {
            SchemaFormat::Text => describe::text(),
            SchemaFormat::Markdown => describe::markdown(),
            SchemaFormat::JsonSchema => describe::json_schema(),
            SchemaFormat::Project => dateline::project::key::json_schema(),
        }
        .as_bytes(),
    )
}

/// `dateline completions`
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<(), Stop> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut bytes);
    print(&bytes)
}

/// `dateline man`: the manual page of the program, with its commands behind it.
pub(crate) fn man() -> Result<(), Stop> {
    let mut bytes = Vec::new();
    let mut command = Cli::command();
    command.build();
    let render = |command: clap::Command, bytes: &mut Vec<u8>| clap_mangen::Man::new(command).render(bytes);
    render(command.clone(), &mut bytes).map_err(Stop::writing)?;
    for sub in command.get_subcommands() {
        render(sub.clone(), &mut bytes).map_err(Stop::writing)?;
    }
    print(&bytes)
}

pub(crate) fn print(bytes: &[u8]) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(Stop::writing)
}
