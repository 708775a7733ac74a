//! `caveat rules`: the list of rules.

mod test;

use super::Exit;
use super::args::SettingsFile;
use super::explain::JsonRule;
use super::failure::Failure;
use super::place::{self, Place};
use super::terminal::Streams;
use caveat::config::Settings;
use caveat::render::{Layout, to_safe_json};
use caveat::rule::{Fixability, RuleInfo};
use std::fmt::Write;

/// List the rules, or test those of your own
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    settings: SettingsFile,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Test(test::Arguments),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    if let Some(Command::Test(own)) = &arguments.command {
        return test::run(own, streams);
    }
    let place = Place::of(place::working_folder()?, &arguments.settings);
    // Who is told of a name in the settings that is no rule comes here to see which there are.
    let (settings, exit) = match place {
        Ok(place) => (place.settings, Exit::Clean),
        Err(failure) => (Settings::default(), failure.show(streams)),
    };
    let rules: Vec<_> = settings.all_rules().collect();
    let text = match arguments.format {
        Format::Text => table(&rules),
        Format::Markdown => markdown(&rules),
        Format::Json => {
            let all: Vec<_> = rules.iter().map(|rule| JsonRule::new(*rule)).collect();
            to_safe_json(&all, Layout::Pretty)
        }
    };
    streams.print(|out| out.write_all(text.as_bytes()))?;
    Ok(exit)
}

fn table(rules: &[RuleInfo<'_>]) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules {
        let fix = match rule.fix {
            Fixability::Never => " ",
            Fixability::Sometimes => "*",
        };
        let (id, level, profile) = (rule.id, rule.level.as_str(), rule.profile.as_str());
        writeln!(out, "{id:width$}  {level:7}  {profile:7} {fix} {}", rule.summary)
            .expect("writing to memory");
    }
    out.push_str("\nrule, level, smallest profile, * has fixes, what is wrong; `caveat explain RULE` tells more\n");
    out
}

fn markdown(rules: &[RuleInfo<'_>]) -> String {
    let mut out = String::from(
        "| rule | level | profile | confidence | fix | what is wrong |\n|---|---|---|---|---|---|\n",
    );
    for rule in rules {
        let fix = if rule.fix == Fixability::Sometimes { "yes" } else { "" };
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {fix} | {} |",
            rule.id,
            rule.level.as_str(),
            rule.profile.as_str(),
            rule.confidence.as_str(),
            rule.summary.replace('|', "\\|")
        )
        .expect("writing to memory");
    }
    out
}
