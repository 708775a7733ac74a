//! `caveat config`: the settings in effect.

use super::Exit;
use super::args::SettingsArguments;
use super::failure::Failure;
use super::place::Place;
use super::terminal::Streams;
use caveat::config::Written;

/// Show the settings
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Show(ShowArguments),
}

/// Print the settings in effect, as a settings file would state them
#[derive(Debug, clap::Args)]
struct ShowArguments {
    /// Print where each setting comes from
    #[arg(long)]
    origin: bool,
    #[command(flatten)]
    settings: SettingsArguments,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let Command::Show(show) = &arguments.command;
    let place = Place::new(&show.settings)?;
    let text = if show.origin {
        origins(&place, &show.settings)
    } else {
        Written::from(&place.settings).to_yaml()
    };
    streams.print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// A line per setting: its name, and the file and line, the flag, or the default that set it.
fn origins(place: &Place, arguments: &SettingsArguments) -> String {
    let written = |name: &str| {
        let (file, origins) = place.file.as_ref()?;
        let span = origins.get(name)?;
        let line = file.lines().line_column(&file.text, span.start).line;
        Some(format!("{}:{line}", place.shown(&file.path)))
    };
    let flag = |name: &str| {
        (name == "profile" && arguments.profile.is_some()).then(|| "--profile".to_owned())
    };
    let rules = place.settings.rules.keys().map(|rule| format!("rules.{rule}"));
    let names = caveat::config::KEYS.iter().filter(|key| **key != "$schema" && **key != "rules");
    let names = names.map(|key| (*key).to_owned()).chain(rules);
    names
        .map(|name| {
            let origin =
                flag(&name).or_else(|| written(&name)).unwrap_or_else(|| "default".to_owned());
            format!("{name}: {origin}\n")
        })
        .collect()
}
