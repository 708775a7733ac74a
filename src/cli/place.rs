//! Where a run stands: its settings, and the folder that paths are relative to.

use super::args::{self, RuleArguments, SettingsArguments, SettingsFile};
use super::failure::Failure;
use caveat::config::{self, Mapping, Settings};
use caveat::diagnostic::Diagnostic;
use caveat::discover::{self, Found, Unreadable};
use caveat::model::ContentKind;
use caveat::project::Engine;
use caveat::render::View;
use caveat::rule::Profile;
use caveat::schema::SchemaError;
use caveat::source::{FilePath, Format, SourceFile, Span, reason};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folder that is checked when nothing says what to check.
pub const CONTENT_FOLDER: &str = "content";

/// The settings of a run and where it stands.
#[derive(Debug)]
pub struct Place {
    pub working_folder: PathBuf,
    /// Folder that paths are relative to: that of the settings file, else the working folder.
    pub root: PathBuf,
    pub settings: Settings,
    /// The settings file, when there is one, and where each setting stands in it.
    pub file: Option<(Arc<SourceFile>, config::Origins)>,
}

impl Place {
    /// Find and read the settings of the working folder.
    pub fn new(arguments: &SettingsArguments) -> Result<Self, Failure> {
        Self::at(working_folder()?, arguments)
    }

    /// Find and read the settings of a folder, as if somebody worked in it.
    pub fn at(working_folder: PathBuf, arguments: &SettingsArguments) -> Result<Self, Failure> {
        let mut place = Self::of(working_folder, &arguments.file)?;
        if let Some(profile) = arguments.profile.as_deref().and_then(Profile::from_name) {
            place.settings.profile = profile;
        }
        Ok(place)
    }

    /// The settings of a folder as they are written.
    pub fn of(working_folder: PathBuf, file: &SettingsFile) -> Result<Self, Failure> {
        if let Some(disk) = settings_file(file, &working_folder)? {
            return Self::with_file(working_folder, disk);
        }
        let root = root_without_settings(&working_folder).to_owned();
        let settings = Settings { root: root.clone(), ..Settings::default() };
        Ok(Self { working_folder, root, settings, file: None })
    }

    fn with_file(working_folder: PathBuf, disk: PathBuf) -> Result<Self, Failure> {
        let root = disk.parent().unwrap_or(&disk).to_owned();
        let found = Found::new(disk, &root);
        let unreadable = |why: Unreadable| {
            Failure::usage(format!("settings {}: {}", found.disk.display(), why.message))
        };
        let mut file =
            discover::load(&found, config::DEFAULT_MAX_FILE_BYTES).map_err(unreadable)?;
        // `--config` takes a file of any name.
        file.format = Format::Yaml;
        let file = Arc::new(file);
        let (mut settings, origins) = config::parse_with_origins(&file).map_err(|diagnostics| {
            let view = View::new(&root, &working_folder);
            Failure::Settings { diagnostics, files: vec![file.clone()], view }
        })?;
        settings.root.clone_from(&root);
        Ok(Self { working_folder, root, settings, file: Some((file, origins)) })
    }

    /// The settings with the schemas they name.
    pub fn engine(&self) -> Result<Engine, Failure> {
        Engine::new(self.settings.clone()).map_err(|error| self.schema_failure(&error))
    }

    /// A schema that cannot be used: shown at its place, and where the settings name it.
    pub fn schema_failure(&self, error: &SchemaError) -> Failure {
        let found = Found { path: error.path.clone(), disk: self.root.join(error.path.as_str()) };
        let schema = discover::load(&found, self.settings.max_file_bytes).ok().map(Arc::new);
        let at = |path: &FilePath, span| {
            Diagnostic::new("schema", path.clone(), span, error.message.as_str())
        };
        let mut diagnostic = match (self.names_schema(&error.path), &schema) {
            (Some((file, span)), None) => {
                let mut at_its_name = at(&file.path, span);
                at_its_name.label("named here");
                at_its_name
            }
            (named, _) => {
                let mut in_schema = at(&error.path, error.span.unwrap_or_default());
                if let Some((file, span)) = named {
                    in_schema.related_at(file.path.clone(), span, "named here");
                }
                in_schema
            }
        };
        diagnostic.help = error.help.clone().map(Into::into);
        let settings = self.file.as_ref().map(|(file, _)| file.clone());
        Failure::Settings {
            diagnostics: vec![diagnostic],
            files: schema.into_iter().chain(settings).collect(),
            view: self.view(),
        }
    }

    /// Where the settings name a schema.
    fn names_schema(&self, path: &FilePath) -> Option<(&SourceFile, Span)> {
        let (file, origins) = self.file.as_ref()?;
        let is_named =
            |own: &Mapping| own.schema.as_deref().map(FilePath::new).as_ref() == Some(path);
        let index = self.settings.mappings.iter().position(is_named)?;
        Some((file, *origins.get(&format!("kinds.{index}.schema"))?))
    }

    /// From where paths are shown.
    pub fn view(&self) -> View {
        View::new(&self.root, &self.working_folder)
    }

    /// How a path is called to whoever started the run, safe to print.
    pub fn shown(&self, path: &FilePath) -> String {
        self.view().printed(path)
    }

    /// Whether there are no settings and one stands below the root.
    pub fn is_inside_content(&self) -> bool {
        self.file.is_none() && self.root != self.working_folder
    }

    pub fn found(&self, path: &Path) -> Found {
        Found::new(discover::clean(path, &self.working_folder), &self.root)
    }

    /// Set which rules run.
    pub fn select(&mut self, rules: &RuleArguments) -> Result<(), Failure> {
        args::check_rule_names(rules.only.iter().chain(&rules.skip), &self.settings)?;
        self.settings.only.clone_from(&rules.only);
        self.settings.skip.clone_from(&rules.skip);
        match self.settings.all_rules().any(|rule| self.settings.runs(rule)) {
            true => Ok(()),
            false => Err(Failure::usage_with_help(
                "no rule is left: `--skip` names all that `--only` asks for",
                "`caveat rules` lists them",
            )),
        }
    }
}

pub fn working_folder() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| {
        Failure::usage(format!("the working folder cannot be used: {}", reason(&error)))
    })
}

/// The working folder, but above the folders whose names say what lies in them: who stands in
/// `content/quizzes` checks quizzes.
fn root_without_settings(working_folder: &Path) -> &Path {
    let telling = |folder: &&Path| {
        let name = folder.file_name().and_then(|name| name.to_str());
        let kinds = ContentKind::BUILT_IN.iter().map(ContentKind::folder);
        name.is_some() && kinds.chain([Some(CONTENT_FOLDER)]).any(|own| own == name)
    };
    let topmost = working_folder.ancestors().filter(telling).last();
    topmost.and_then(Path::parent).unwrap_or(working_folder)
}

/// The file that holds the settings of a folder.
pub fn settings_file(
    arguments: &SettingsFile,
    working_folder: &Path,
) -> Result<Option<PathBuf>, Failure> {
    if arguments.no_config {
        return Ok(None);
    }
    match &arguments.config {
        Some(file) => Ok(Some(discover::clean(file, working_folder))),
        None => match config::locate(working_folder) {
            Ok(located) => Ok(located.map(|located| located.file)),
            Err(error) => Err(Failure::usage(error.to_string())),
        },
    }
}
