//! `caveat report`: the evidence report.

use super::Exit;
use super::failure::Failure;
use super::terminal::Streams;

/// Report which claims have a source
#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_: &Arguments, _: &Streams) -> Result<Exit, Failure> {
    Err(Failure::usage("not there yet"))
}
