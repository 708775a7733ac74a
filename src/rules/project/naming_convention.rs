//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{Definition, Facts, ProjectFacts, Site};
use crate::model::ContentKind;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::{FilePath, Format};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "project/naming-convention",
    summary: "a file or an id is not named like the others, or cannot be on every system",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "portability",
            level: Level::Warning,
            summary: "the path is none, or that of another file, on some systems",
        },
        RuleKind {
            name: "file",
            level: Level::Warning,
            summary: "a file is not named like the others of its kind",
        },
        RuleKind {
            name: "id",
            level: Level::Warning,
            summary: "an id is not written like the others of its kind",
        },
        RuleKind {
            name: "id-and-file",
            level: Level::Warning,
            summary: "an id is not the name of its file, as the others of its kind are",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Names become addresses and references. Whoever guesses one by the others looks for the odd one in vain, and a file whose
name only some systems can have is missing from the others.

```yaml fail
# file: exercises/con.yaml
name: Contralateral reach
```

```yaml pass
# file: exercises/contralateral-reach.yaml
name: Contralateral reach
```

How a project names things is read from it: at least ten files, or ids, of one kind, and nine of ten of them, are
small letters and digits with hyphens between them, or with underscores; then the odd ones are told. In the same way
the id of a record that has a file of its own is compared with the name of the file. Numbers, bibliographies, `README`
and the page of a folder (`index.md`) are left alone; a language at the end (`bridge.sv.yaml`) is no part of a name.

Windows keeps `con`, `prn`, `aux`, `nul`, `com1` and `lpt1` to itself, whatever the extension, allows no `< > : " | ? *` and
no dot or blank at the end; it and macOS take two names that differ only by case for one.

Rename the file or the id, and whatever refers to it.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    portability(facts, out);
    let mut kinds: BTreeMap<&ContentKind, Vec<Own<'_>>> = BTreeMap::new();
    for (&path, &file) in &facts.files {
        if Format::of_name(path.file_name()) == Some(Format::Bibtex) {
            continue;
        }
        for definition in &file.definitions {
            let is_alone = file.definitions.len() == 1;
            kinds.entry(&definition.kind).or_default().push(Own { path, definition, is_alone });
        }
    }
    for (kind, all) in &kinds {
        files_of(kind, all, out);
        ids_of(kind, all, out);
        ids_and_files_of(kind, all, out);
    }
}

/// A record with its file.
#[derive(Clone, Copy)]
struct Own<'a> {
    path: &'a FilePath,
    definition: &'a Definition,
    /// Whether it has the file for itself.
    is_alone: bool,
}

impl<'a> Own<'a> {
    /// The name of its file without extension and language; `None` for pages of folders and the like.
    fn file_name(&self) -> Option<&'a str> {
        let stem = self.path.stem();
        let name = stem.split_once('.').map_or(stem, |(name, _)| name);
        let is_page =
            ["index", "_index", "readme"].iter().any(|own| name.eq_ignore_ascii_case(own));
        (self.is_alone && !name.is_empty() && !is_page).then_some(name)
    }

    fn written_id(&self) -> Option<&'a str> {
        let id = &*self.definition.id;
        let is_name = self.definition.written && !id.bytes().all(|byte| byte.is_ascii_digit());
        is_name.then_some(id)
    }
}

/// How the words of a name are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Hyphens,
    Underscores,
}

impl Style {
    const ALL: [Self; 2] = [Self::Hyphens, Self::Underscores];

    const fn joint(self) -> char {
        match self {
            Self::Hyphens => '-',
            Self::Underscores => '_',
        }
    }

    const fn said(self) -> &'static str {
        match self {
            Self::Hyphens => "small letters, digits and hyphens",
            Self::Underscores => "small letters, digits and underscores",
        }
    }

    fn fits(self, name: &str) -> bool {
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        name.split(self.joint()).all(|part| !part.is_empty() && part.chars().all(is_part))
    }

    /// The name in this style; `None` where its letters are not all those of ASCII.
    fn of(self, name: &str) -> Option<String> {
        if name.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
            return None;
        }
        let mut out = String::new();
        let words = name.split(|c: char| !c.is_ascii_alphanumeric());
        for word in words.filter(|word| !word.is_empty()) {
            if !out.is_empty() {
                out.push(self.joint());
            }
            out.push_str(&word.to_ascii_lowercase());
        }
        self.fits(&out).then_some(out)
    }
}

/// Fewer are no convention.
const LEAST: usize = 10;

const fn is_convention(fitting: usize, all: usize) -> bool {
    fitting >= LEAST && fitting * 10 >= all * 9
}

/// The style of nearly all names, and how many are of it.
fn convention(names: &[&str]) -> Option<(Style, usize)> {
    let count = |style: Style| names.iter().filter(|name| style.fits(name)).count();
    let styles = Style::ALL.map(|style| (style, count(style)));
    let mut conventions = styles.into_iter().filter(|(_, own)| is_convention(*own, names.len()));
    conventions.next()
}

fn files_of(kind: &ContentKind, all: &[Own<'_>], out: &mut Sink<'_>) {
    let named: Vec<_> = all.iter().filter_map(|own| Some((own, own.file_name()?))).collect();
    let names: Vec<_> = named.iter().map(|(_, name)| *name).collect();
    let Some((style, fitting)) = convention(&names) else { return };
    for (own, name) in named.into_iter().filter(|(_, name)| !style.fits(name)) {
        let file = own.path.file_name();
        out.report_at(
            own.path,
            &own.definition.site,
            format!("the file `{file}` is not named like the others"),
        )
        .kind("file")
        .note(note(kind, "files", fitting, names.len(), style))
        .help(renamed("the file", style.of(name).map(|new| file.replacen(name, &new, 1))));
    }
}

fn ids_of(kind: &ContentKind, all: &[Own<'_>], out: &mut Sink<'_>) {
    let named: Vec<_> = all.iter().filter_map(|own| Some((own, own.written_id()?))).collect();
    let names: Vec<_> = named.iter().map(|(_, name)| *name).collect();
    let Some((style, fitting)) = convention(&names) else { return };
    for (own, name) in named.into_iter().filter(|(_, name)| !style.fits(name)) {
        out.report_at(
            own.path,
            &own.definition.site,
            format!("the id `{name}` is not written like the others"),
        )
        .kind("id")
        .note(note(kind, "ids", fitting, names.len(), style))
        .help(renamed("the record", style.of(name)));
    }
}

fn ids_and_files_of(kind: &ContentKind, all: &[Own<'_>], out: &mut Sink<'_>) {
    let both = all.iter().filter_map(|own| Some((own, own.written_id()?, own.file_name()?)));
    let both: Vec<_> = both.collect();
    let fitting = both.iter().filter(|(_, id, file)| id == file).count();
    if !is_convention(fitting, both.len()) {
        return;
    }
    for (own, id, file) in both.iter().filter(|(_, id, file)| id != file) {
        out.report_at(
            own.path,
            &own.definition.site,
            format!("the id is `{id}`, and the file is called `{file}`"),
        )
        .kind("id-and-file")
        .note(format!(
            "{fitting} of {} {} files are called as their record",
            both.len(),
            kind.name()
        ))
        .help(format!("call the file `{id}`, or the record `{file}`"));
    }
}

fn note(kind: &ContentKind, noun: &str, fitting: usize, all: usize, style: Style) -> String {
    let (kind, style) = (kind.name(), style.said());
    format!("{fitting} of {all} {kind} {noun} are {style}")
}

fn renamed(what: &str, new: Option<String>) -> String {
    match new {
        Some(new) => format!("call {what} `{new}`"),
        None => format!("call {what} like the others"),
    }
}

/// Paths that are none, or not their own, on some systems.
fn portability(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut known: BTreeMap<String, (&FilePath, &Facts)> = BTreeMap::new();
    for (&path, &file) in &facts.files {
        if let Some((part, why)) =
            path.as_str().split('/').find_map(|own| Some((own, trouble(own)?)))
        {
            out.report_at(path, &place(file), format!("no file on Windows can be called `{part}`"))
                .kind("portability")
                .label(why)
                .help("rename it, and whatever refers to it");
        }
        // Most files differ in more than case.
        let Some((first, other)) = known.insert(path.as_str().to_lowercase(), (path, file)) else {
            continue;
        };
        // `project/duplicate-id` tells of records that go by such names.
        let goes_by_name = |own: &Facts| own.definitions.iter().any(|own| !own.written);
        if !(goes_by_name(file) && goes_by_name(other)) {
            out.report_at(
                path,
                &place(file),
                format!("`{path}` and `{first}` differ only by case"),
            )
            .kind("portability")
            .label("one file with the other on Windows and macOS")
            .related_at(first.clone(), place(other).span, "the other one")
            .help("rename one of them, and whatever refers to it");
        }
    }
}

/// Where to point when a file is meant.
fn place(file: &Facts) -> Site {
    file.records.first().map_or_else(Site::default, |own| own.anchor)
}

/// Why no file or folder on Windows has this name.
fn trouble(name: &str) -> Option<&'static str> {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    let base = name.split('.').next().unwrap_or(name).trim_end();
    let is_port = |own: &str| {
        let (device, number) = own.split_at_checked(3).unwrap_or_default();
        let is_device = ["com", "lpt"].iter().any(|known| device.eq_ignore_ascii_case(known));
        is_device && matches!(number.as_bytes(), [b'1'..=b'9'])
    };
    if RESERVED.iter().any(|own| base.eq_ignore_ascii_case(own)) || is_port(base) {
        return Some("a device has this name");
    }
    if name.contains(|c: char| c.is_control() || "<>:\"|?*".contains(c)) {
        return Some("it has a sign that no name may have");
    }
    name.ends_with(['.', ' ']).then_some("it ends in a dot or a blank")
}

#[cfg(test)]
mod tests {
    use super::{RULE, Style, trouble};
    use crate::testing::{check, silent};

    /// `count` exercises with an id that is their file's name.
    fn others(count: usize) -> String {
        let one = |n| format!("//- exercises/lift-{n}.yaml\nid: lift-{n}\nname: Lyft – {n}\n");
        (0..count).map(one).collect()
    }

    #[test]
    fn files_and_ids_unlike_the_others() {
        check(
            &RULE,
            &(others(19)
                + "
//- exercises/Glute Bridge FINAL(2).yaml
name: Rygg – bridge
      ^^^^^^^^^^^^^ the file `Glute Bridge FINAL(2).yaml` is not named like the others
//- exercises/knee_push.sv.yaml
id: kneePush
    ^^^^^^^^ the file `knee_push.sv.yaml` is not named like the others
    ^^^^^^^^ the id `kneePush` is not written like the others
    ^^^^^^^^ the id is `kneePush`, and the file is called `knee_push`
name: Knä
"),
        );
    }

    #[test]
    fn no_convention() {
        silent(
            &RULE,
            &(others(9) + "//- exercises/Glute Bridge.yaml\nid: gluteBridge\nname: Bridge\n"),
        );
        silent(&RULE, &(others(12) + "//- exercises/lift-twenty.sv.yaml\nid: 20\nname: A\n"));
        silent(
            &RULE,
            &(others(12) + "//- articles/My Notes.md\n# Notes\n\nText.\n//- README.md\n# Read\n"),
        );
    }

    #[test]
    fn names_that_some_systems_cannot_have() {
        check(
            &RULE,
            "
//- articles/Nul.md
# Höft
^^^^^^ no file on Windows can be called `Nul.md`
//- exercises/bridge.yaml
id: bridge-1
name: Brygga
      ^^^^^^ `exercises/bridge.yaml` and `exercises/Bridge.yaml` differ only by case
//- exercises/Bridge.yaml
id: bridge-2
name: Brygga
      ------ the other one
",
        );
        assert!(trouble("lpt9.tar.gz").is_some() && trouble("a.").is_some());
        assert!(trouble("why?").is_some() && trouble("com10.md").is_none());
        assert!(trouble("å").is_none() && trouble("console.md").is_none());
    }

    #[test]
    fn names_in_a_style() {
        assert_eq!(
            Style::Hyphens.of("Glute Bridge FINAL(2)").as_deref(),
            Some("glute-bridge-final-2")
        );
        assert_eq!(Style::Underscores.of("knee-push").as_deref(), Some("knee_push"));
        assert_eq!(Style::Hyphens.of("höft"), None);
        assert!(
            !Style::Hyphens.fits("a--b") && !Style::Hyphens.fits("") && Style::Hyphens.fits("a-1")
        );
    }
}
