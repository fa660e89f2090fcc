//! The command line: reads options, runs a command, turns what happened into an exit code.
//!
//! Data goes to the standard output, messages to the standard error. 0 done; 1 stale or different; 2 an error, or some input could
//! not be read. A reader that closes the pipe ends the run quietly.

mod about;
mod annotate;
mod explain;
mod extract;
mod flags;
mod gazetteer;
mod inputs;
mod message;
mod object;
mod outputs;
mod project;
mod replace;
mod run;
mod sorter;
mod terminal;
mod timeml;
#[cfg(feature = "train")]
mod train;

use clap::Parser;
use flags::{Cli, Command, Inputs};
use run::{Stop, Tally};
use std::process::ExitCode;

/// Exit code of outputs that are stale or different.
pub(crate) const DIFFERENT: u8 = 1;
/// Exit code of errors, and of inputs that could not be read.
pub(crate) const FAILED: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Extract(options) => extract::extract(options).map(|tally| code(&tally, &options.inputs)),
        Command::Annotate(options) => annotate::annotate(options).map(|tally| code(&tally, &options.inputs)),
        Command::Explain(options) => explain::explain(options).map(|tally| code(&tally, &options.inputs)),
        Command::Run(options) => project::run::run(options),
        Command::Check(options) => project::check::check(options),
        Command::Diff(options) => project::diff::diff(options),
        Command::Correct(options) => project::correct::correct(options).map(|()| ExitCode::SUCCESS),
        Command::Init(options) => project::init::init(options).map(|()| ExitCode::SUCCESS),
        Command::Schema(options) => about::schema(options).map(|()| ExitCode::SUCCESS),
        Command::Gazetteer(command) => gazetteer::gazetteer(command).map(|()| ExitCode::SUCCESS),
        Command::Completions { shell } => about::completions(*shell).map(|()| ExitCode::SUCCESS),
        Command::Man => about::man().map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "train")]
        Command::Train(options) => train::train(options).map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Failed(error)) => {
            message::error(error);
            ExitCode::from(FAILED)
        }
    }
}

fn code(tally: &Tally, options: &Inputs) -> ExitCode {
    if tally.is_whole() || options.allow_unreadable { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}
