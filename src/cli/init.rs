//! `caveat init`: settings proposed from the files that are there.

use super::Exit;
use super::args::{InputArguments, SettingsFile};
use super::failure::Failure;
use super::inputs::Inputs;
use super::place::{Place, working_folder};
use super::run::each_file;
use super::terminal::Streams;
use super::write;
use caveat::config::{self, FILE_NAMES, Globs};
use caveat::discover::Found;
use caveat::model::ContentKind;
use caveat::project::Engine;
use caveat::render::sanitize;
use caveat::schema::likeness::{Likeness, likeness};
use caveat::source::FilePath;
use caveat::syntax;
use caveat::words::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Propose settings from the files that are there, and write them to caveat.yaml
///
/// Files of which nothing says a kind get one by their fields, or by what their text is made of. Look through the
/// result: it is a proposal. Its path is printed on stdout. A file that is there is never written over.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// File to write, in place of caveat.yaml; `-` is stdout
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let without_settings = SettingsFile { no_config: true, ..SettingsFile::default() };
    let place = Place::of(working_folder()?, &without_settings)?;
    if arguments.output.is_none() {
        refuse_second(&place)?;
    }
    let engine = place.engine()?;
    let inputs = Inputs::gather(&place, &InputArguments::default(), streams)?;
    let look = |found: &Found| Seen::new(&inputs, found, &place, &engine);
    let files: Vec<Seen> = each_file(&inputs.files, None, look)?.into_iter().flatten().collect();
    let proposal = Proposal::of(&files);
    let text = proposal.to_yaml();
    let to_stdout = arguments.output.as_ref().is_some_and(|file| file.as_os_str() == "-");
    if to_stdout {
        streams.print(|out| out.write_all(text.as_bytes()))?;
    } else {
        let file = match &arguments.output {
            Some(file) => place.found(file),
            None => Found::new(place.root.join(FILE_NAMES[0]), &place.root),
        };
        let shown = place.shown(&file.path);
        write::fresh(&file.disk, &text, &shown, "name another file with --output; `-` is stdout")?;
        streams.print(|out| writeln!(out, "{shown}"))?;
    }
    proposal.tell(streams);
    Ok(Exit::Clean)
}

/// Settings that are in effect here already would be hidden by new ones.
fn refuse_second(place: &Place) -> Result<(), Failure> {
    let located = config::locate(&place.working_folder);
    let located = located.map_err(|error| Failure::usage(error.to_string()))?;
    match located {
        None => Ok(()),
        Some(located) => {
            let path = place.shown(&place.found(&located.file).path);
            Err(Failure::usage_with_help(
                format!("settings are there already: {path}"),
                "`caveat init --output -` prints what would be proposed without them",
            ))
        }
    }
}

/// A file, and what it holds.
#[derive(Clone, Debug)]
struct Seen {
    path: FilePath,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    /// Its kind is told without settings.
    Told(ContentKind),
    Like(Likeness),
    Anything,
}

impl Seen {
    /// `None` for what cannot be read: `caveat check` tells of it.
    fn new(inputs: &Inputs, found: &Found, place: &Place, engine: &Engine) -> Option<Self> {
        let file = inputs.load(found, place.settings.max_file_bytes).ok()?;
        let content = match engine.decide(&file, &syntax::parse(&file)).kind {
            Some(kind) => Content::Told(kind),
            None => likeness(&file, engine.catalogue()).map_or(Content::Anything, Content::Like),
        };
        Some(Self { path: found.path.clone(), content })
    }

    fn likeness(&self) -> Option<&Likeness> {
        match &self.content {
            Content::Like(like) => Some(like),
            Content::Told(_) | Content::Anything => None,
        }
    }

    fn extension(&self) -> &str {
        self.path.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

/// The files of one kind, with the records at one place in each.
#[derive(Debug, Default, PartialEq, Eq)]
struct Group {
    globs: Vec<String>,
    files: usize,
}

/// What to write.
#[derive(Debug, Default)]
struct Proposal {
    include: BTreeSet<String>,
    groups: BTreeMap<Likeness, Group>,
    /// Folders with files of several kinds, too many to name each, and how many are in them.
    mixed: Vec<(String, usize)>,
    told: usize,
    /// Files that look like nothing and are not included.
    left_out: usize,
}

/// Files of one folder that are named one by one.
const MOST_NAMED: usize = 12;

impl Proposal {
    fn of(files: &[Seen]) -> Self {
        let mut out = Self::default();
        out.visit("", &files.iter().collect::<Vec<_>>());
        let told = files.iter().filter(|own| matches!(own.content, Content::Told(_)));
        let tops: BTreeSet<_> = told.clone().map(|own| top(&own.path)).collect();
        out.told = told.count();
        let globs = out.groups.values().flat_map(|group| &group.globs).cloned();
        let mixed = out.mixed.iter().map(|(folder, _)| whole(folder));
        let include: BTreeSet<_> = globs.chain(tops).chain(mixed).collect();
        let taken = Globs::new(&include).expect("what is special in a glob is escaped");
        out.left_out = files.iter().filter(|own| !taken.matches(&own.path)).count();
        if out.left_out > 0 {
            out.include = include;
        }
        out
    }

    /// The files below a folder: all with one glob, else those of one extension, else folder by folder.
    fn visit(&mut self, folder: &str, files: &[&Seen]) {
        if !files.iter().any(|own| own.likeness().is_some()) {
            return;
        }
        let inside = escaped(folder);
        if let Some(like) = only(files).filter(|_| !folder.is_empty()) {
            return self.add(like, whole(folder), files.len());
        }
        let mut rest = Vec::new();
        for (extension, own) in by(files, Seen::extension) {
            match only(&own).filter(|_| !folder.is_empty()) {
                Some(like) => {
                    self.add(like, format!("{inside}/**/*.{}", escaped(extension)), own.len());
                }
                None => rest.extend(own),
            }
        }
        let (here, below): (Vec<&Seen>, Vec<_>) =
            rest.into_iter().partition(|own| own.path.folder() == folder);
        for (extension, own) in by(&here, Seen::extension) {
            match only(&own).filter(|_| own.len() > 1) {
                Some(like) => {
                    self.add(like, format!("{inside}/*.{}", escaped(extension)), own.len());
                }
                None => self.name_each(folder, &own),
            }
        }
        for (child, own) in by(&below, |own| child(folder, &own.path)) {
            self.visit(child, &own);
        }
    }

    fn name_each(&mut self, folder: &str, files: &[&Seen]) {
        let like: Vec<_> = files.iter().filter_map(|own| Some((own, own.likeness()?))).collect();
        if like.len() > MOST_NAMED {
            return self.mixed.push((folder.to_owned(), like.len()));
        }
        for (own, like) in like {
            self.add(like, format!("/{}", escaped(own.path.as_str())), 1);
        }
    }

    fn add(&mut self, like: &Likeness, glob: String, files: usize) {
        let group = self.groups.entry(like.clone()).or_default();
        group.globs.push(glob);
        group.files += files;
    }

    /// A settings file.
    fn to_yaml(&self) -> String {
        let mut out =
            "# Settings of caveat; `caveat schema settings` describes every field.\n".to_owned();
        if !self.include.is_empty() {
            out.push_str("include:\n");
            self.include.iter().for_each(|glob| add_line(&mut out, "  - ", glob));
        }
        out.push_str(
            "profile: default # relaxed: only what must stop a release; strict: every rule\n",
        );
        if !self.groups.is_empty() {
            out.push_str("kinds:\n");
        }
        for (like, group) in &self.groups {
            add_line(&mut out, "  - kind: ", like.kind.name());
            if !like.pointer.is_empty() {
                add_line(&mut out, "    records: ", &like.pointer);
            }
            out.push_str("    files:\n");
            group.globs.iter().for_each(|glob| add_line(&mut out, "      - ", glob));
        }
        out
    }

    /// Say what was found, and what to do next.
    fn tell(&self, streams: &Streams) {
        let say = |line: String| streams.remark(&sanitize::one_line(&line));
        if self.told > 0 {
            let verb = if self.told == 1 { "says" } else { "say" };
            say(format!("{} {verb} what they are without settings", counted(self.told, "file")));
        }
        for (like, group) in &self.groups {
            let kinds = like.kind.folder().unwrap_or("records");
            let at = match like.pointer.as_str() {
                "" => String::new(),
                pointer => format!(" at {pointer}"),
            };
            let verb = if group.globs.len() == 1 { "looks" } else { "look" };
            let (globs, files) = (group.globs.join(", "), counted(group.files, "file"));
            say(format!("{globs} {verb} like {kinds}{at} ({files})"));
        }
        for (folder, count) in &self.mixed {
            let folder = if folder.is_empty() { "this folder" } else { folder };
            streams.complain(&sanitize::one_line(&format!(
                "warning: {} in {folder} are of several kinds: give each a `kind`, or a folder for each kind",
                counted(*count, "file")
            )));
        }
        if !self.include.is_empty() {
            say(format!("{} left out by `include`", counted(self.left_out, "other file")));
        }
        let is_bare = self.told == 0 && self.groups.is_empty() && self.mixed.is_empty();
        let next = match is_bare {
            true => {
                "nothing here looks like content yet; `caveat new exercise bridge` writes a first record"
            }
            false => {
                "  help: look through it, then `caveat check`; `caveat baseline` accepts what is wrong now"
            }
        };
        streams.remark(next);
    }
}

/// What the files look like, when they all look alike but for a few that may be anything.
fn only<'s>(files: &[&'s Seen]) -> Option<&'s Likeness> {
    let first = files.iter().find_map(|own| own.likeness())?;
    let fits = |content: &Content| match content {
        Content::Like(like) => like == first,
        Content::Told(kind) => *kind == first.kind && first.pointer.is_empty(),
        Content::Anything => true,
    };
    let unknown = files.iter().filter(|own| own.content == Content::Anything).count();
    (files.iter().all(|own| fits(&own.content)) && unknown * 5 <= files.len()).then_some(first)
}

fn by<'s>(
    files: &[&'s Seen],
    key: impl Fn(&'s Seen) -> &'s str,
) -> BTreeMap<&'s str, Vec<&'s Seen>> {
    let mut out = BTreeMap::<_, Vec<_>>::new();
    for own in files {
        out.entry(key(own)).or_default().push(*own);
    }
    out
}

/// The folder in `folder` that a path goes through.
fn child<'p>(folder: &str, path: &'p FilePath) -> &'p str {
    let path = path.as_str();
    let from = if folder.is_empty() { 0 } else { folder.len() + 1 };
    path[from..].find('/').map_or(path, |at| &path[..from + at])
}

/// A glob for what a path goes through first.
fn top(path: &FilePath) -> String {
    match child("", path) {
        folder if folder != path.as_str() => whole(folder),
        file => format!("/{}", escaped(file)),
    }
}

/// A glob for all that is in a folder. Without a slash before or inside it, folders of this name match wherever they
/// are.
fn whole(folder: &str) -> String {
    if folder.is_empty() {
        return "/*".to_owned();
    }
    let before = if folder.contains('/') { "" } else { "/" };
    format!("{before}{}/", escaped(folder))
}

/// A glob that matches nothing but this text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '!' | '#' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn add_line(out: &mut String, before: &str, text: &str) {
    let written = serde_yaml::to_string(text).expect("a text can be written");
    writeln!(out, "{before}{}", written.trim_end()).expect("writing to memory");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(path: &str) -> Seen {
        let like =
            |kind, pointer: &str| Content::Like(Likeness { kind, pointer: pointer.to_owned() });
        let content = match path.rsplit('/').next().and_then(|name| name.split(['-', '.']).next()) {
            Some("ex") => like(ContentKind::Exercise, ""),
            Some("qz") => like(ContentKind::Quiz, ""),
            Some("bank") => like(ContentKind::Quiz, "/data/list"),
            Some("told") => Content::Told(ContentKind::Exercise),
            _ => Content::Anything,
        };
        Seen { path: FilePath::new(path), content }
    }

    fn globs(paths: &[&str]) -> Vec<(String, Vec<String>)> {
        let files: Vec<_> = paths.iter().map(|path| seen(path)).collect();
        let proposal = Proposal::of(&files);
        for own in &files {
            let taken = proposal
                .groups
                .iter()
                .filter(|(_, group)| Globs::new(&group.globs).expect("globs").matches(&own.path));
            let taken: Vec<_> = taken.map(|(like, _)| like).collect();
            match &own.content {
                Content::Like(like) => assert_eq!(taken, [like], "{}", own.path),
                _ => assert!(taken.len() < 2, "{}", own.path),
            }
        }
        let groups = proposal.groups.into_iter();
        groups
            .map(|(like, group)| (like.kind.name().to_owned() + &like.pointer, group.globs))
            .collect()
    }

    fn one(kind: &str, glob: &str) -> (String, Vec<String>) {
        (kind.to_owned(), vec![glob.to_owned()])
    }

    #[test]
    fn folders_extensions_and_names() {
        assert_eq!(globs(&["a/ex-1.yaml", "a/b/ex-2.yaml"]), [one("exercise", "/a/")]);
        assert_eq!(
            globs(&["a/ex-1.yaml", "a/b/ex-2.yaml", "a/qz.json", "a/b/qz.json"]),
            [one("exercise", "a/**/*.yaml"), one("quiz", "a/**/*.json")]
        );
        assert_eq!(
            globs(&["a/b/ex-1.yaml", "a/b/ex-2.yaml", "a/c/qz-1.yaml", "a/c/qz-2.yaml"]),
            [one("exercise", "a/b/"), one("quiz", "a/c/")]
        );
        assert_eq!(
            globs(&["a/ex-1.yaml", "a/qz-1.yaml"]),
            [one("exercise", "/a/ex-1.yaml"), one("quiz", "/a/qz-1.yaml")]
        );
        assert_eq!(globs(&["bank.json", "package.json"]), [one("quiz/data/list", "/bank.json")]);
        assert_eq!(
            globs(&["a/ex.yaml", "b/c/ex.yaml", "b/a/x.yaml"]),
            [("exercise".to_owned(), vec!["/a/".to_owned(), "b/c/".to_owned()])]
        );
        assert_eq!(globs(&["ex-1.yaml", "ex-2.yaml"]), [one("exercise", "/*.yaml")]);
        assert_eq!(globs(&["a [1]/ex.yaml"]), [one("exercise", r"/a \[1\]/")]);
    }

    #[test]
    fn a_few_that_may_be_anything_are_taken_along() {
        let mut paths: Vec<_> = (0..8).map(|at| format!("a/ex-{at}.yaml")).collect();
        paths.extend(["a/told.yaml".to_owned(), "a/x.yaml".to_owned()]);
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        assert_eq!(globs(&paths), [one("exercise", "/a/")]);
        assert_eq!(globs(&["a/ex.yaml", "a/x.yaml"]), [one("exercise", "/a/ex.yaml")]);
        assert_eq!(globs(&["a/told.yaml", "a/x.yaml"]), []);
    }

    #[test]
    fn too_many_names_are_told_and_not_written() {
        let paths = (0..20).flat_map(|at| [format!("a/ex-{at}.yaml"), format!("a/qz-{at}.yaml")]);
        let mut files: Vec<_> = paths.map(|path| seen(&path)).collect();
        let proposal = Proposal::of(&files);
        assert_eq!(proposal.mixed, [("a".to_owned(), 40)]);
        assert!(proposal.groups.is_empty());
        // They are to get a kind, so they are not left out.
        files.push(seen("package.json"));
        let include = Proposal::of(&files).include;
        assert_eq!(include.into_iter().collect::<Vec<_>>(), ["/a/"]);
    }

    #[test]
    fn what_is_written_is_read_as_it_is_meant() {
        let files = ["a: b/ex-1.yaml", "a: b/ex-2.yaml", "*.json/bank.json", "package.json"];
        let proposal = Proposal::of(&files.map(seen));
        let text = proposal.to_yaml();
        let file =
            caveat::SourceFile::new(FilePath::new("caveat.yaml"), text, caveat::Format::Yaml);
        let settings = config::parse(&file).expect("settings");
        assert_eq!(settings.mappings.len(), 2);
        assert_eq!(
            settings.mapping(&FilePath::new("a: b/ex-1.yaml")).unwrap().kind,
            ContentKind::Exercise
        );
        let bank = settings.mapping(&FilePath::new("*.json/bank.json")).unwrap();
        assert_eq!(bank.records, "/data/list");
        assert!(!settings.include.matches(&FilePath::new("package.json")));
    }
}
