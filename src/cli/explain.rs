//! `caveat explain`: what a rule is about.

use super::Exit;
use super::args::{self, RuleName, SettingsFile};
use super::failure::Failure;
use super::place::{self, Place};
use super::terminal::Streams;
use caveat::config::Settings;
use caveat::render::{Layout, to_safe_json};
use caveat::rule::{Fixability, RuleInfo};
use serde::Serialize;

/// Explain a rule: why it matters, examples, and what to do
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Rule (`quiz/key-coverage`), one of its kinds, or a group of rules (`quiz`)
    #[arg(value_name = "RULE", required_unless_present = "all", value_parser = RuleName, hide_possible_values = true)]
    rule: Option<String>,
    /// Explain every rule
    #[arg(long, conflicts_with = "rule")]
    all: bool,
    /// Form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    settings: SettingsFile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let settings = settings(arguments)?;
    let rules: Vec<_> = match &arguments.rule {
        Some(name) => chosen(name, &settings)?,
        None => settings.all_rules().collect(),
    };
    let text = match arguments.format {
        // The docs are Markdown that reads well as it is.
        Format::Text | Format::Markdown => {
            rules.iter().map(|rule| page(*rule)).collect::<Vec<_>>().join("\n")
        }
        Format::Json => {
            let all: Vec<_> = rules.iter().map(|rule| JsonRule::new(*rule)).collect();
            to_safe_json(&all, Layout::Pretty)
        }
    };
    streams.print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// Those of the project, where somebody may ask for a rule of its own.
fn settings(arguments: &Arguments) -> Result<Settings, Failure> {
    let ours = Settings::default();
    match &arguments.rule {
        Some(name) if ours.check_rule_name(name).is_ok() => Ok(ours),
        _ => Ok(Place::of(place::working_folder()?, &arguments.settings)?.settings),
    }
}

/// The rules a name stands for: one, or a group.
fn chosen<'s>(name: &String, settings: &'s Settings) -> Result<Vec<RuleInfo<'s>>, Failure> {
    args::check_rule_names([name], settings)?;
    let exact = |rule: &RuleInfo<'_>| {
        let is_kind =
            || rule.kinds.iter().any(|kind| *name == format!("{}/{}", rule.id, kind.name));
        rule.id == name || is_kind()
    };
    Ok(match settings.all_rules().find(exact) {
        Some(rule) => vec![rule],
        None => settings.all_rules().filter(|rule| rule.group() == name).collect(),
    })
}

/// One rule as Markdown.
pub fn page(rule: RuleInfo<'_>) -> String {
    let mut page = format!("# {}\n\n{}\n\n", rule.id, sentence(rule.summary));
    let fix = match rule.fix {
        Fixability::Never => "never",
        Fixability::Sometimes => "sometimes",
    };
    page.push_str(&format!(
        "- level: {}\n- profile: {}\n- confidence: {}\n- looks at: {}\n- fix: {fix}\n",
        rule.level.as_str(),
        rule.profile.as_str(),
        rule.confidence.as_str(),
        rule.looks_at,
    ));
    if let Some(since) = rule.since {
        page.push_str(&format!("- since: {since}\n"));
    }
    if !rule.kinds.is_empty() {
        page.push_str("- kinds:\n");
        for kind in rule.kinds {
            page.push_str(&format!(
                "  - `{}/{}` ({}): {}\n",
                rule.id,
                kind.name,
                kind.level.as_str(),
                kind.summary
            ));
        }
    }
    page.push('\n');
    page.push_str(rule.docs.trim());
    page.push('\n');
    page
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// A rule for other programs.
#[derive(Debug, Serialize)]
pub struct JsonRule<'a> {
    id: &'a str,
    group: &'a str,
    summary: &'a str,
    level: &'static str,
    kinds: Vec<JsonRuleKind>,
    confidence: &'static str,
    /// The smallest profile in which the rule is on.
    profile: &'static str,
    fixable: bool,
    since: Option<&'a str>,
    looks_at: &'a str,
    /// Markdown.
    docs: &'a str,
}

#[derive(Debug, Serialize)]
struct JsonRuleKind {
    name: &'static str,
    level: &'static str,
    summary: &'static str,
}

impl<'a> JsonRule<'a> {
    pub fn new(rule: RuleInfo<'a>) -> Self {
        let kind = |kind: &caveat::rule::RuleKind| JsonRuleKind {
            name: kind.name,
            level: kind.level.as_str(),
            summary: kind.summary,
        };
        Self {
            id: rule.id,
            group: rule.group(),
            summary: rule.summary,
            level: rule.level.as_str(),
            kinds: rule.kinds.iter().map(kind).collect(),
            confidence: rule.confidence.as_str(),
            profile: rule.profile.as_str(),
            fixable: rule.fix == Fixability::Sometimes,
            since: rule.since,
            looks_at: rule.looks_at,
            docs: rule.docs.trim(),
        }
    }
}
