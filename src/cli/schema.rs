//! `caveat schema`: the JSON Schemas.

mod infer;

use super::Exit;
use super::args::SettingsArguments;
use super::failure::Failure;
use super::place::Place;
use super::terminal::Streams;
use caveat::discover;
use caveat::model::ContentKind;
use caveat::nearest::nearest;
use caveat::project::Engine;
use caveat::render::sanitize;
use caveat::schema::SchemaRef;
use caveat::syntax;
use std::path::PathBuf;

/// Print the JSON Schema of a kind, say which one a file gets, or propose one
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// exercise, quiz, resource, article, a kind of your own, settings, or output (of `check --format json`);
    /// without it, their names
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: SettingsArguments,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Which(WhichArguments),
    Infer(infer::Arguments),
}

/// Say which kind and schema a file gets, and why
#[derive(Debug, clap::Args)]
struct WhichArguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// The schemas of what is not content; those of content are the catalogue's.
const OWN: &[(&str, &str)] = &[
    ("settings", include_str!("../../schemas/settings.schema.json")),
    ("output", include_str!("../../schemas/output.schema.json")),
];

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let text = match (&arguments.command, &arguments.kind) {
        (Some(Command::Infer(arguments)), _) => return infer::run(arguments, streams),
        (Some(Command::Which(which)), _) => answer(which)?,
        (None, Some(kind)) => schema(kind, &arguments.settings)?,
        (None, None) => names(&engine(&arguments.settings)?).join("\n") + "\n",
    };
    streams.print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn engine(settings: &SettingsArguments) -> Result<Engine, Failure> {
    Place::new(settings)?.engine()
}

/// The kinds that have a schema, and what is ours.
fn names(engine: &Engine) -> Vec<String> {
    let kinds = engine.catalogue().kinds();
    let names = kinds.iter().map(|kind| kind.name().to_owned());
    names.chain(OWN.iter().map(|(name, _)| (*name).to_owned())).collect()
}

fn schema(name: &str, settings: &SettingsArguments) -> Result<String, Failure> {
    if let Some((_, text)) = OWN.iter().find(|(own, _)| *own == name) {
        return Ok((*text).to_owned());
    }
    let engine = engine(settings)?;
    let kinds = engine.catalogue().kinds();
    let kind = kinds.iter().find(|kind| kind.name() == name);
    match kind.and_then(|kind| engine.catalogue().text_for(kind)) {
        Some((_, text)) => Ok(text.to_owned()),
        None => Err(no_such("schema", name, &names(&engine))),
    }
}

/// `name` is none of `names`.
pub fn no_such(what: &str, name: &str, names: &[String]) -> Failure {
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    };
    Failure::usage_with_help(format!("no {what} is called `{name}`"), help)
}

/// The file's kind and schema, and the reason.
fn answer(which: &WhichArguments) -> Result<String, Failure> {
    let place = Place::new(&which.settings)?;
    let engine = place.engine()?;
    let found = place.found(&which.file);
    let file = discover::load(&found, place.settings.max_file_bytes)
        .map_err(|why| Failure::usage(format!("{}: {}", which.file.display(), why.message)))?;
    let decision = engine.decide(&file, &syntax::parse(&file));
    let kind = decision.kind.as_ref().map_or("no kind, syntax only", ContentKind::name);
    let schema = match &decision.schema {
        Some(SchemaRef::Kind(kind)) => match engine.catalogue().text_for(kind) {
            Some((path, _)) => path.to_string(),
            None => "none".to_owned(),
        },
        Some(SchemaRef::Path(path)) => path.to_string(),
        Some(SchemaRef::Address(address)) => address.clone(),
        None => "none".to_owned(),
    };
    let path = place.view().shown(found.path.as_str());
    let records = match decision.pointer.as_str() {
        "" => String::new(),
        pointer => format!("records: {pointer}\n"),
    };
    let text = format!(
        "file: {path}\nkind: {kind}\nschema: {schema}\n{records}because: {}\n",
        decision.reason
    );
    Ok(sanitize::lines(&text) + "\n")
}
