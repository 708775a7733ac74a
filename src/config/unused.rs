//! Settings that do nothing: globs that match no file, entries that are never used.
//!
//! Only a run over the whole project can tell. Left alone are `exclude` and globs with `!`, which may
//! well stand guard against files that are not there.

use super::{Globs, Origins, Settings};
use crate::diagnostic::Diagnostic;
use crate::lasting::Lasting;
use crate::nearest::nearest;
use crate::source::{FilePath, SourceFile, Span};

/// What every notice carries in place of a rule.
const CODE: &str = "settings";

/// The settings of a run over a whole project, and what the run met.
#[derive(Clone, Copy, Debug)]
pub struct Used<'a> {
    pub settings: &'a Settings,
    /// The settings file, and where each setting stands in it.
    pub file: &'a SourceFile,
    pub origins: &'a Origins,
    /// All files that were looked at.
    pub paths: &'a [&'a FilePath],
    /// For each entry of `kinds`, every field its schema knows; empty where that is not known.
    pub fields: &'a [Vec<String>],
    /// For each rule of the project's own that ran: how much it looked at.
    pub looked_at: &'a [(Lasting, u32)],
    /// Keys of `schemas` under which nothing was looked for.
    pub unused_schemas: &'a [&'a str],
}

/// A notice for each setting that does nothing, in source order.
pub fn unused(used: &Used<'_>) -> Vec<Diagnostic> {
    let settings = used.settings;
    let mut out = Vec::new();
    used.globs(&settings.include, "include", &mut out);
    for index in 0..settings.mappings.len() {
        used.kind(index, &mut out);
        used.aliases(index, &mut out);
    }
    for (index, own) in settings.overrides.iter().enumerate() {
        used.globs(&own.files, &format!("overrides.{index}.files"), &mut out);
    }
    out.extend(idle_rules(settings, used.file, used.origins, used.looked_at));
    for key in used.unused_schemas {
        let span = used.span(&format!("schemas.{key}"));
        let message = format!("no schema is looked for under `{key}`");
        let mut notice = used.notice(span, message, "does nothing");
        notice.help("a `$schema` or `$ref` has to begin with it, letter by letter; else delete it");
        out.push(notice);
    }
    out.sort_by_key(|notice| notice.primary.span);
    out
}

/// A notice for each rule of the project's own that looked at nothing.
pub fn idle_rules(
    settings: &Settings,
    file: &SourceFile,
    origins: &Origins,
    looked_at: &[(Lasting, u32)],
) -> Vec<Diagnostic> {
    let idle = looked_at.iter().filter(|(_, count)| *count == 0);
    let notice = |&(id, _): &(Lasting, u32)| {
        let at = |name: String| origins.get(&name).copied();
        let selected = at(format!("custom.{id}.select"));
        let span = selected.or_else(|| at(format!("custom.{id}"))).unwrap_or_default();
        let message = format!("`{id}` finds nothing to look at in the whole project");
        let mut notice = Diagnostic::new(CODE, file.path.clone(), span, message);
        notice.label("does nothing");
        let is_of_kinds = settings.custom.iter().any(|own| own.id == id && !own.kinds.is_empty());
        notice.help(match (selected, is_of_kinds) {
            (None, _) => "there are no records of its kinds",
            (Some(_), false) => "a pointer leads from the record on, by the names of fields",
            (Some(_), true) => {
                "a pointer leads from the record on, by the names of fields; look at `kinds`, too"
            }
        });
        notice
    };
    idle.map(notice).collect()
}

impl Used<'_> {
    /// Tell of each glob of a list that matches no file.
    fn globs(&self, globs: &Globs, name: &str, out: &mut Vec<Diagnostic>) {
        let positive = globs.patterns().iter().enumerate().filter(|(_, own)| !own.starts_with('!'));
        for (index, pattern) in positive {
            let Ok(alone) = Globs::new([pattern.as_str()]) else { continue };
            if !self.paths.iter().any(|path| alone.matches(path)) {
                let message = format!("`{pattern}` matches no file that is checked");
                out.push(self.notice(
                    self.span(&format!("{name}.{index}")),
                    message,
                    "does nothing",
                ));
            }
        }
    }

    /// Tell of an entry of `kinds` of which no file is one.
    fn kind(&self, index: usize, out: &mut Vec<Diagnostic>) {
        let mapping = &self.settings.mappings[index];
        let name = format!("kinds.{index}.files");
        let before = out.len();
        self.globs(&mapping.files, &name, out);
        // Entries before this one may take all its files.
        let taker = |path: &FilePath| {
            let entries = &self.settings.mappings[..=index];
            entries.iter().position(|own| own.files.matches(path))
        };
        if self.paths.iter().any(|path| taker(path) == Some(index)) {
            return;
        }
        let matched = self.paths.iter().filter(|path| mapping.files.matches(path));
        match matched.filter_map(|path| taker(path)).min() {
            None => {
                if let (Some(notice), Some(schema)) = (out.get_mut(before), &mapping.schema) {
                    notice.note(format!("so the schema {schema} is not used"));
                }
            }
            Some(taker) => {
                let message = "an earlier entry takes every file of this one".to_owned();
                let span = self.span(&format!("{name}.0"));
                let mut notice = self.notice(span, message, "does nothing");
                let earlier = self.span(&format!("kinds.{taker}.files.0"));
                notice
                    .related(earlier, "the first that matches counts")
                    .help("put the narrower entry first");
                out.push(notice);
            }
        }
    }

    /// Tell of spellings of a field that the schema does not have.
    fn aliases(&self, index: usize, out: &mut Vec<Diagnostic>) {
        let mapping = &self.settings.mappings[index];
        let Some(fields) = self.fields.get(index).filter(|fields| !fields.is_empty()) else {
            return;
        };
        let is_known = |name: &String| name.starts_with("x-") || fields.contains(name);
        for (written, name) in mapping.aliases.iter().filter(|(_, name)| !is_known(name)) {
            let span = self.span(&format!("kinds.{index}.aliases.{written}"));
            let message = format!("`{name}` is no field of the kind `{}`", mapping.kind.name());
            let mut notice = self.notice(span, message, "does nothing");
            notice.help(match nearest(name, fields.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`x-{name}` makes it a field of the collection's own"),
            });
            out.push(notice);
        }
    }

    fn span(&self, name: &str) -> Span {
        self.origins.get(name).copied().unwrap_or_default()
    }

    fn notice(&self, span: Span, message: String, label: &str) -> Diagnostic {
        let mut notice = Diagnostic::new(CODE, self.file.path.clone(), span, message);
        notice.label(label.to_owned());
        notice
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    /// The notices, each with what it points at.
    fn told(settings: &str, paths: &[&str], unused_schemas: &[&str]) -> Vec<String> {
        told_of(settings, paths, unused_schemas, &[])
    }

    fn told_of(
        settings: &str,
        paths: &[&str],
        unused_schemas: &[&str],
        looked_at: &[(Lasting, u32)],
    ) -> Vec<String> {
        let file = SourceFile::new(FilePath::new("caveat.yaml"), settings, Format::Yaml);
        let (settings, origins) = super::super::parse_with_origins(&file).expect("good settings");
        let paths: Vec<_> = paths.iter().map(|path| FilePath::new(path)).collect();
        let paths: Vec<_> = paths.iter().collect();
        let notices = unused(&Used {
            settings: &settings,
            file: &file,
            origins: &origins,
            paths: &paths,
            fields: &[vec!["id".to_owned(), "name".to_owned()]],
            looked_at,
            unused_schemas,
        });
        let show = |own: &Diagnostic| format!("{}: {}", file.slice(own.primary.span), own.message);
        notices.iter().map(show).collect()
    }

    #[test]
    fn globs_that_match_nothing_are_told() {
        let text = "include: [content, extra/]\nexclude: [none/, '*.bak']\n\
                    kinds:\n- {files: ['*.ex.yaml', x/, '!y/'], kind: exercise}\n\
                    overrides:\n- {files: old/, rules: {}}\n";
        assert_eq!(
            told(text, &["content/a.ex.yaml"], &[]),
            [
                "extra/: `extra/` matches no file that is checked",
                "x/: `x/` matches no file that is checked",
                "old/: `old/` matches no file that is checked",
            ]
        );
        let used = ["content/a.ex.yaml", "extra/x/b.yaml", "old/c.yaml"];
        assert_eq!(told(text, &used, &[]), [""; 0]);
    }

    #[test]
    fn entries_in_the_shadow_of_others_are_told() {
        let text =
            "kinds:\n- {files: content/, kind: quiz}\n- {files: content/a, kind: exercise}\n";
        assert_eq!(
            told(text, &["content/a/b.yaml"], &[]),
            ["content/a: an earlier entry takes every file of this one"]
        );
        let text =
            "kinds:\n- {files: content/a, kind: quiz}\n- {files: content/, kind: exercise}\n";
        assert_eq!(told(text, &["content/a/b.yaml", "content/c.yaml"], &[]), [""; 0]);
    }

    #[test]
    fn spellings_of_no_field_are_told() {
        let text = "kinds:\n- {files: a/, kind: quiz, aliases: {pk: x-pk, slug: id, naam: nme}}\n";
        assert_eq!(told(text, &["a/b.yaml"], &[]), ["nme: `nme` is no field of the kind `quiz`"]);
    }

    #[test]
    fn rules_of_ones_own_that_look_at_nothing_are_told() {
        let text = "custom:\n  house/a: {select: /stepz/*, matches: a, message: b}\n  \
                    house/b: {kinds: quiz, missing: a, message: b}\n";
        assert_eq!(
            told_of(text, &["a.yaml"], &[], &[("house/a", 0), ("house/b", 0)]),
            [
                "/stepz/*: `house/a` finds nothing to look at in the whole project",
                "house/b: `house/b` finds nothing to look at in the whole project",
            ]
        );
        assert_eq!(told_of(text, &["a.yaml"], &[], &[("house/a", 1)]), [""; 0]);
    }

    #[test]
    fn unused_schemas_are_told_at_their_key() {
        let text = "schemas:\n  https://e.org/: a/\n  https://f.org/: b/\n";
        assert_eq!(
            told(text, &[], &["https://f.org/"]),
            ["https://f.org/: no schema is looked for under `https://f.org/`"]
        );
    }
}
