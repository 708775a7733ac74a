//! `caveat rules`: the list of rules.

use super::Exit;
use super::explain::JsonRule;
use super::failure::Failure;
use super::terminal::Streams;
use caveat::render::{Layout, to_safe_json};
use caveat::rule::{Fixability, Rule};
use caveat::rules::RULES;
use std::fmt::Write;

/// List the rules
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Form of the result
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "Output"
    )]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let text = match arguments.format {
        Format::Text => table(RULES),
        Format::Markdown => markdown(RULES),
        Format::Json => {
            let all: Vec<_> = RULES.iter().map(|rule| JsonRule::new(rule)).collect();
            to_safe_json(&all, Layout::Pretty)
        }
    };
    streams.print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn table(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules {
        let fix = match rule.fix {
            Fixability::Never => " ",
            Fixability::Sometimes => "*",
        };
        let (id, level, profile) = (rule.id, rule.level.as_str(), rule.profile.as_str());
        writeln!(
            out,
            "{id:width$}  {level:7}  {profile:7} {fix} {}",
            rule.summary
        )
        .expect("writing to memory");
    }
    out.push_str("\nrule, level, smallest profile, * has fixes, what is wrong; `caveat explain RULE` tells more\n");
    out
}

fn markdown(rules: &[&Rule]) -> String {
    let mut out = String::from(
        "| rule | level | profile | confidence | fix | what is wrong |\n|---|---|---|---|---|---|\n",
    );
    for rule in rules {
        let fix = if rule.fix == Fixability::Sometimes {
            "yes"
        } else {
            ""
        };
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
