//! Arguments, streams and exit codes.
//!
//! Each command is a file in `cli/` with its arguments as typed and one function that runs it.
//! Results go to stdout, everything else to stderr. [`Exit`] is what scripts rely on.

mod accepted;
mod args;
mod baseline;
mod check;
mod completions;
mod config;
mod explain;
mod failure;
mod fixes;
mod init;
mod inputs;
mod lsp;
mod new;
mod place;
mod rename;
mod report;
mod rules;
mod run;
mod schema;
mod terminal;
mod watch;
mod write;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use terminal::{Streams, Terminal};

/// How a run ended; the numbers are promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above the level that fails a run.
    Clean = 0,
    /// Something at or above it.
    Findings = 1,
    /// Wrong arguments, settings or schemas.
    Usage = 2,
    /// No file was checked.
    Nothing = 3,
    /// A fault in caveat.
    Fault = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

const AFTER_HELP: &str = "\
Exit codes:
  0  clean
  1  diagnostics at or above --fail-on
  2  wrong arguments, settings or schemas
  3  nothing was checked
  4  a fault in caveat";

/// Checks exercise, quiz, resource and article files, and points at the exact bytes.
#[derive(Debug, Parser)]
#[command(name = "caveat", version, after_help = AFTER_HELP, max_term_width = 100, args_override_self = true)]
struct Arguments {
    #[command(flatten)]
    terminal: Terminal,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Report(report::Arguments),
    Baseline(baseline::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Schema(schema::Arguments),
    New(new::Arguments),
    Rename(rename::Arguments),
    Init(init::Arguments),
    Config(config::Arguments),
    Lsp(lsp::Arguments),
    Completions(completions::Arguments),
}

/// Parse the arguments and run the command. No panic leaves this function.
pub fn main() -> Exit {
    failure::remember_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no reason to complain.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Clean };
        }
    };
    let streams = Streams::new(&arguments.terminal);
    let ran = panic::catch_unwind(AssertUnwindSafe(|| run(arguments.command, &streams)));
    match ran {
        Ok(Ok(exit)) => exit,
        Ok(Err(failure)) => failure.show(&streams),
        Err(_) => Failure::fault("", &failure::last_panic()).show(&streams),
    }
}

fn run(command: Command, streams: &Streams) -> Result<Exit, Failure> {
    match command {
        Command::Check(arguments) => check::run(&arguments, streams),
        Command::Report(arguments) => report::run(&arguments, streams),
        Command::Baseline(arguments) => baseline::run(&arguments, streams),
        Command::Explain(arguments) => explain::run(&arguments, streams),
        Command::Rules(arguments) => rules::run(&arguments, streams),
        Command::Schema(arguments) => schema::run(&arguments, streams),
        Command::New(arguments) => new::run(&arguments, streams),
        Command::Rename(arguments) => rename::run(&arguments, streams),
        Command::Init(arguments) => init::run(&arguments, streams),
        Command::Config(arguments) => config::run(&arguments, streams),
        Command::Lsp(arguments) => lsp::run(&arguments, streams),
        Command::Completions(arguments) => completions::run::<Arguments>(&arguments, streams),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
