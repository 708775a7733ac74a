//! `caveat completions`: what a shell needs to complete the command line.

use super::Exit;
use super::failure::Failure;
use super::terminal::Streams;
use clap::CommandFactory;
use clap_complete::{Shell, generate};

/// Print what a shell needs to complete commands, flags and names of rules
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// `C` is the command line that is completed.
pub fn run<C: CommandFactory>(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    streams.print(|out| out.write_all(&script::<C>(arguments.shell)))?;
    Ok(Exit::Clean)
}

fn script<C: CommandFactory>(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    generate(shell, &mut C::command(), "caveat", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap_complete::Shell::{Bash, Fish, Zsh};

    #[test]
    fn rules_and_groups_are_completed() {
        for shell in [Bash, Fish, Zsh] {
            let script = String::from_utf8(script::<super::super::Arguments>(shell)).expect("text");
            // Behind --only, --skip and explain.
            assert!(script.matches("quiz/key-coverage").count() >= 3, "{shell}: {script}");
            assert!(script.contains("fail-on"), "{shell}: {script}");
        }
    }
}
