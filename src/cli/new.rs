//! `caveat new`: the file of a new record.

use super::Exit;
use super::args::SettingsArguments;
use super::failure::Failure;
use super::place::{CONTENT_FOLDER, Place};
use super::schema::no_such;
use super::terminal::Streams;
use super::write;
use caveat::config::Globs;
use caveat::model::ContentKind;
use caveat::project::{Engine, Project};
use caveat::render::sanitize;
use caveat::schema::skeleton::{Skeleton, skeleton};
use caveat::source::{FilePath, Format, SourceFile};
use caveat::syntax;
use caveat::words::counted;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// Write the file of a new record, that passes `caveat check` and shows what to fill in
///
/// It goes to the folder of its kind: where `kinds` in the settings says, else to `exercises/`,
/// `quizzes/`, `resources/` or `articles/` among the content. Its path is printed on stdout. A file
/// that is there is never written over.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// exercise, quiz, resource, article, or a kind of your own
    #[arg(value_name = "KIND")]
    kind: String,
    /// Id of the record, and name of its file: `half-kneeling-stretch`
    #[arg(value_name = "ID", value_parser = id)]
    id: String,
    /// File to write, in place of one in the folder of the kind; `-` is stdout
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// Small letters and digits, joined by hyphens.
fn id(text: &str) -> Result<String, String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let id = words.join("-");
    match id.as_str() {
        "" => Err("an id is made of small letters, digits and hyphens".to_owned()),
        same if same == text => Ok(id),
        _ => {
            Err(format!("an id is made of small letters, digits and hyphens; did you mean `{id}`?"))
        }
    }
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let place = Place::new(&arguments.settings)?;
    let engine = Arc::new(place.engine()?);
    let kinds = engine.catalogue().kinds();
    let Some(kind) = kinds.iter().find(|kind| kind.name() == arguments.kind) else {
        let names: Vec<_> = kinds.iter().map(|kind| kind.name().to_owned()).collect();
        return Err(no_such("kind", &arguments.kind, &names));
    };
    let to_stdout = arguments.output.as_ref().is_some_and(|file| file.as_os_str() == "-");
    let path = match arguments.output.as_ref().filter(|_| !to_stdout) {
        Some(file) => place.found(file).path,
        None => own_path(&place, kind, &arguments.id).or_else(|failure| match to_stdout {
            // Only the form of the text hangs on it.
            true => Ok(FilePath::new(&file_names(kind, &arguments.id)[0])),
            false => Err(failure),
        })?,
    };
    let Some(format) = Format::of_name(path.as_str())
        .filter(|own| matches!(own, Format::Yaml | Format::Json | Format::Markdown))
    else {
        let message = format!("{path} has no extension of a format that is written");
        return Err(Failure::usage_with_help(message, "write .yaml, .json or .md"));
    };
    let record = NewRecord::new(&place, &engine, kind, &arguments.id, path, format)?;
    if to_stdout {
        streams.print(|out| out.write_all(record.file.text.as_bytes()))?;
    } else {
        record.write(&place)?;
        streams.print(|out| writeln!(out, "{}", place.shown(&record.file.path)))?;
    }
    record.tell(&engine, &place, streams);
    Ok(Exit::Clean)
}

/// The names a new file may have, the usual one first.
fn file_names(kind: &ContentKind, id: &str) -> [String; 4] {
    let extensions = match kind {
        ContentKind::Article => ["md", "markdown", "yaml", "json"],
        _ => ["yaml", "yml", "json", "md"],
    };
    extensions.map(|extension| format!("{id}.{extension}"))
}

/// The path that makes a file one of its kind.
fn own_path(place: &Place, kind: &ContentKind, id: &str) -> Result<FilePath, Failure> {
    let settings = &place.settings;
    let names = file_names(kind, id);
    let in_folder = |folder: &str, name: &String| match folder {
        "" => FilePath::new(name),
        folder => FilePath::new(&format!("{folder}/{name}")),
    };
    // Files of a collection hold many records; a new one is no file of its own.
    let own = settings.mappings.iter().filter(|own| own.kind == *kind && own.records.is_empty());
    for mapping in own {
        for folder in folders(&mapping.files) {
            let paths = names.iter().map(|name| in_folder(&folder, name));
            let is_of_kind = |path: &FilePath| settings.mapping(path) == Some(mapping);
            if let Some(path) = paths.into_iter().find(is_of_kind) {
                return Ok(path);
            }
        }
    }
    let found = kind.folder().and_then(|folder| {
        let mut paths = content_folders(place).into_iter().map(|content| {
            let content = if content.is_empty() { content } else { content + "/" };
            FilePath::new(&format!("{content}{folder}/{}", names[0]))
        });
        paths.find(|path| settings.include.is_empty() || settings.include.matches(path))
    });
    found.filter(|path| !settings.exclude.matches(path)).ok_or_else(|| {
        let name = kind.name();
        let mappings = settings.mappings.iter().filter(|own| own.kind == *kind);
        let globs: Vec<_> = mappings.flat_map(|own| own.files.patterns()).cloned().collect();
        let globs = match globs.as_slice() {
            [] => String::new(),
            globs => format!("; files of this kind are {}", globs.join(", ")),
        };
        Failure::usage_with_help(
            format!("no folder is known for new files of the kind `{name}`"),
            format!("name the file: caveat new {name} {id} --output FILE{globs}"),
        )
    })
}

/// Folders that may hold the folders of the kinds.
fn content_folders(place: &Place) -> Vec<String> {
    let include = &place.settings.include;
    if !include.is_empty() {
        return folders(include);
    }
    let content = place.root.join(CONTENT_FOLDER).is_dir();
    vec![if content { CONTENT_FOLDER.to_owned() } else { String::new() }]
}

/// The folders that globs name: each as a whole, else the part before its first wildcard.
fn folders(globs: &Globs) -> Vec<String> {
    let whole = globs.patterns().iter().filter(|own| !own.contains(['*', '?', '[', '{', '!']));
    let whole = whole.map(|own| own.trim_start_matches("./").trim_matches('/').to_owned());
    whole.chain(globs.folders().into_iter().map(str::to_owned)).collect()
}

struct NewRecord {
    file: SourceFile,
    skeleton: Skeleton,
}

impl NewRecord {
    fn new(
        place: &Place,
        engine: &Engine,
        kind: &ContentKind,
        id: &str,
        path: FilePath,
        format: Format,
    ) -> Result<Self, Failure> {
        let schema =
            engine.catalogue().schema_for(kind).map_err(|error| place.schema_failure(&error))?;
        let schema = schema.expect("the kind is one of those that have a schema");
        let title = title(id);
        let given = [("id", id), ("name", &*title), ("title", &*title), ("kind", kind.name())];
        let with = |given: &[(&str, &str)]| {
            let skeleton = skeleton(&schema, given);
            let file = SourceFile::new(path.clone(), text(&skeleton, format, kind), format);
            Self { file, skeleton }
        };
        // The kind is stated only where nothing else tells it.
        let record = with(&given[..3]);
        let decision = engine.decide(&record.file, &syntax::parse(&record.file));
        Ok(if decision.kind.as_ref() == Some(kind) { record } else { with(&given) })
    }

    fn write(&self, place: &Place) -> Result<(), Failure> {
        let disk = place.root.join(self.file.path.as_str());
        let shown = place.view().shown(self.file.path.as_str());
        disk.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .map_err(|own| write::cannot(&shown, &own))?;
        let help = "choose another id, or name another file with --output";
        write::fresh(&disk, &self.file.text, &shown, help)
    }

    /// Say what to fill in, and what the schema asks for beyond what could be made up.
    fn tell(&self, engine: &Arc<Engine>, place: &Place, streams: &Streams) {
        let open = self.skeleton.fields.iter().filter(|field| field.is_open);
        let open: Vec<_> = open.map(|field| format!("`{}`", field.name)).collect();
        if !open.is_empty() {
            let open = sanitize::one_line(&open.join(", ")).into_owned();
            streams.remark(&format!("fill in {open}: their values are examples"));
        }
        let mut project = Project::new(engine.clone());
        project.insert(engine.analyze(&self.file));
        let errors = project.resolve(|_| true).summary.errors;
        if errors > 0 {
            let path = place.shown(&self.file.path);
            streams.complain(&format!(
                "`caveat check {path}` shows {} to mend",
                counted(errors, "error")
            ));
        }
    }
}

fn text(skeleton: &Skeleton, format: Format, kind: &ContentKind) -> String {
    match format {
        Format::Json => skeleton.to_json(),
        Format::Markdown => {
            let body = if *kind == ContentKind::Article {
                "\nHere the text begins: fill this in.\n"
            } else {
                ""
            };
            format!("---\n{}---\n{body}", skeleton.to_yaml())
        }
        Format::Yaml | Format::Text | Format::Bibtex => skeleton.to_yaml(),
    }
}

/// `Half kneeling stretch` for `half-kneeling-stretch`.
fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_small_letters_and_hyphens() {
        assert_eq!(id("knäböj-2"), Ok("knäböj-2".to_owned()));
        let help = |text| id(text).expect_err("no id").split("; ").nth(1).map(str::to_owned);
        assert_eq!(
            help("Half Kneeling_Stretch"),
            Some("did you mean `half-kneeling-stretch`?".to_owned())
        );
        assert_eq!(help("-a--b-"), Some("did you mean `a-b`?".to_owned()));
        assert_eq!(help("../.."), None);
        assert_eq!(help(""), None);
        assert_eq!(title("knäböj-2"), "Knäböj 2");
    }

    #[test]
    fn globs_name_folders() {
        let folders = |glob: &str| folders(&Globs::new([glob]).expect("a glob"));
        assert_eq!(folders("recipes/")[0], "recipes");
        assert_eq!(folders("./content/recipes")[0], "content/recipes");
        assert_eq!(folders("content/recipes/**/*.yaml"), ["content/recipes"]);
        assert_eq!(folders("*.yaml"), [""]);
    }
}
