//! `caveat schema`: the JSON Schemas.

use super::Exit;
use super::args::SettingsArguments;
use super::failure::Failure;
use super::run::Place;
use super::terminal::Streams;
use caveat::nearest::nearest;
use std::path::PathBuf;

/// Print the JSON Schema of a kind, or say which one a file gets
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// exercise, quiz, resource, article, or settings
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Which(WhichArguments),
}

/// Say which kind and schema a file gets, and why
#[derive(Debug, clap::Args)]
struct WhichArguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    settings: SettingsArguments,
}

// The schema catalogue is the owner of these texts; read them from it once it is there.
const EMBEDDED: &[(&str, &str)] = &[
    (
        "exercise",
        include_str!("../../schemas/exercise.schema.json"),
    ),
    ("quiz", include_str!("../../schemas/quiz.schema.json")),
    (
        "resource",
        include_str!("../../schemas/resource.schema.json"),
    ),
    ("article", include_str!("../../schemas/article.schema.json")),
    (
        "settings",
        include_str!("../../schemas/settings.schema.json"),
    ),
];

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let text = match (&arguments.command, &arguments.kind) {
        (Some(Command::Which(which)), _) => answer(which)?,
        (None, Some(kind)) => schema(kind)?.to_owned(),
        (None, None) => EMBEDDED
            .iter()
            .map(|(name, _)| format!("{name}\n"))
            .collect(),
    };
    streams.print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn schema(kind: &str) -> Result<&'static str, Failure> {
    let names = || EMBEDDED.iter().map(|(name, _)| *name);
    match EMBEDDED.iter().find(|(name, _)| *name == kind) {
        Some((_, text)) => Ok(text),
        None => {
            let help = match nearest(kind, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
            };
            Err(Failure::usage_with_help(
                format!("no schema is called `{kind}`"),
                help,
            ))
        }
    }
}

/// HOOK: the engine decides the kind; ask it here once it tells its reason.
fn answer(which: &WhichArguments) -> Result<String, Failure> {
    let place = Place::new(&which.settings)?;
    let found = place.found(&which.file);
    Ok(match place.settings.mapping(&found.path) {
        Some(mapping) => format!(
            "{}: {} (settings: files {})\n",
            found.path,
            mapping.kind.name(),
            mapping.files.patterns().join(", ")
        ),
        None => format!("{}: no kind in the settings\n", found.path),
    })
}
