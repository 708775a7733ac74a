//! The settings file: reading it, and pointing at what is wrong in it.

mod custom;

use super::names::{check_rule_name, did_you_mean};
use super::{Globs, Mapping, Override, Settings};
use crate::diagnostic::{Diagnostic, Level};
use crate::facts::ScopeMode;
use crate::model::ContentKind;
use crate::nearest::nearest;
use crate::rule::Profile;
use crate::source::{SourceFile, Span};
use crate::syntax::{self, Entry, Node};
use std::collections::BTreeMap;

/// Every key of the file's root.
pub const KEYS: &[&str] = &[
    "$schema",
    "include",
    "exclude",
    "profile",
    "fail-on",
    "max-warnings",
    "max-file-bytes",
    "rules",
    "kinds",
    "custom",
    "overrides",
    "schemas",
    "citation-scope",
    "ratchet",
    "baseline",
];

const KIND_KEYS: &[&str] = &["files", "kind", "records", "aliases", "schema"];
const OVERRIDE_KEYS: &[&str] = &["files", "rules"];
const SEVERITIES: &[&str] = &["info", "warning", "error"];

/// What diagnostics of a settings file carry in place of a rule.
const CODE: &str = "settings";

/// Where each setting of a file stands, by key; rules as `rules.quiz/key-coverage`, parts of lists as
/// `include.0` and `kinds.2.files.0`.
pub type Origins = BTreeMap<String, Span>;

/// Read a settings file.
///
/// # Errors
///
/// Every mistake in it, in source order; at least one.
pub fn parse(file: &SourceFile) -> Result<Settings, Vec<Diagnostic>> {
    parse_with_origins(file).map(|(settings, _)| settings)
}

/// Read a settings file, and remember where each setting stands.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_with_origins(file: &SourceFile) -> Result<(Settings, Origins), Vec<Diagnostic>> {
    let document = syntax::parse(file);
    let mut reader =
        Reader { file, errors: Vec::new(), origins: Origins::new(), own_names: Vec::new() };
    reader.syntax(&document);
    let mut settings = Settings::default();
    if reader.errors.is_empty() {
        reader.root(&document, &mut settings);
    }
    if reader.errors.is_empty() {
        Ok((settings, reader.origins))
    } else {
        reader.errors.sort_by_key(|error| error.primary.span);
        Err(reader.errors)
    }
}

struct Reader<'a> {
    file: &'a SourceFile,
    errors: Vec<Diagnostic>,
    origins: Origins,
    /// Rules that the file states, good or bad.
    own_names: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn error(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.errors.push(Diagnostic::new(CODE, self.file.path.clone(), span, message));
        self.errors.last_mut().expect("just pushed")
    }

    fn syntax(&mut self, document: &syntax::Document) {
        for error in &document.errors {
            let diagnostic = self.error(error.span, error.message.clone());
            diagnostic.label(error.label.clone());
            for (span, label) in &error.related {
                diagnostic.related(*span, label.clone());
            }
            diagnostic.help = error.help.clone().map(Into::into);
        }
        for duplicate in document.tree.duplicate_keys() {
            let first = document.tree.node(duplicate.first);
            let again = document.tree.node(duplicate.again);
            self.error(again.span(), format!("the key `{}` stands twice", again.scalar_text()))
                .label("again here")
                .related(first.span(), "first here")
                .help("delete one of the two");
        }
    }

    fn root(&mut self, document: &'a syntax::Document, settings: &mut Settings) {
        if let Some(second) = document.tree.roots().nth(1) {
            self.error(second.span(), "a settings file is one YAML document").label("a second one");
        }
        // An empty file, or one of comments only, changes nothing.
        let Some(root) = document.tree.root().filter(|root| !root.is_null()) else {
            return;
        };
        let mut entries = self.entries(root, "settings", KEYS, &[]);
        // Levels name rules, and rules name kinds, wherever they stand.
        entries.sort_by_key(|entry| match entry.key() {
            "rules" | "overrides" => 2,
            "custom" => 1,
            _ => 0,
        });
        for entry in entries {
            self.origins.insert(entry.key().to_owned(), entry.key_span());
            self.setting(&entry, settings);
        }
    }

    fn setting(&mut self, entry: &Entry<'a>, settings: &mut Settings) {
        let value = entry.value;
        match entry.key() {
            "include" => settings.include = self.globs(value, "include"),
            "exclude" => settings.exclude = self.globs(value, "exclude"),
            "profile" => {
                let found = self.one_of(value, "profile", Profile::NAMES, Profile::from_name);
                settings.profile = found.unwrap_or_default();
            }
            "fail-on" => {
                settings.fail_on = self.one_of(value, "severity", SEVERITIES, |name| {
                    Level::from_name(name).and_then(Level::severity)
                });
            }
            "max-warnings" => {
                settings.max_warnings = self.count(value).and_then(|n| n.try_into().ok())
            }
            "max-file-bytes" => {
                settings.max_file_bytes =
                    self.count(value).unwrap_or(super::DEFAULT_MAX_FILE_BYTES);
            }
            "rules" => {
                settings.rules = self.levels(value);
                for own in value.entries() {
                    self.origins.insert(format!("rules.{}", own.key()), own.key_span());
                }
            }
            "kinds" => settings.mappings = self.list(value, Self::mapping),
            "custom" => settings.custom = self.custom(value, &settings.mappings),
            "overrides" => settings.overrides = self.list(value, Self::own_levels),
            "schemas" => {
                settings.schemas = self.texts(value);
                for own in value.entries() {
                    self.origins.insert(format!("schemas.{}", own.key()), own.key_span());
                }
            }
            "citation-scope" => {
                let found =
                    self.one_of(value, "citation scope", ScopeMode::NAMES, ScopeMode::from_name);
                settings.citation_scope = found.unwrap_or_default();
            }
            "ratchet" => settings.ratchet = self.count(value).and_then(|n| n.try_into().ok()),
            "baseline" => {
                settings.baseline = self.text(value).map(str::to_owned);
                self.origins.insert("baseline".to_owned(), value.span());
            }
            // For editors.
            "$schema" => {}
            // `entries` lets no other key through.
            _ => {}
        }
    }

    /// The entries whose keys are known; others are errors, and so are required keys that are not
    /// there. A misspelt key is one mistake, not two.
    fn entries(
        &mut self,
        node: Node<'a>,
        what: &str,
        known: &[&'static str],
        required: &[&'static str],
    ) -> Vec<Entry<'a>> {
        if !node.is_mapping() {
            self.wrong_type(node, &format!("a mapping with the keys of {what}"));
            return Vec::new();
        }
        let (good, bad): (Vec<_>, Vec<_>) =
            node.merged_entries().into_iter().partition(|entry| known.contains(&entry.key()));
        let mut missing = required.to_vec();
        missing.retain(|key| good.iter().all(|entry| entry.key() != *key));
        for entry in bad {
            let key = entry.key().to_owned();
            let help = did_you_mean(&key, known.iter().copied(), "keys are", known);
            self.error(entry.key_span(), format!("`{key}` is no key of {what}"))
                .label("not known")
                .help(help);
            let meant = nearest(&key, known.iter().copied());
            missing.retain(|key| Some(*key) != meant);
        }
        for key in missing {
            self.error(self.file.first_line(node.span()), format!("{what} needs `{key}`"));
        }
        good
    }

    fn wrong_type(&mut self, node: Node<'a>, wanted: &str) {
        let is = describe(node);
        self.error(self.file.first_line(node.span()), format!("expected {wanted}, found {is}"))
            .label(is);
    }

    /// A text; an error for everything else.
    fn text(&mut self, node: Node<'a>) -> Option<&'a str> {
        if node.is_scalar() {
            return Some(node.scalar_text());
        }
        self.wrong_type(node, "a text");
        None
    }

    fn count(&mut self, node: Node<'a>) -> Option<u64> {
        let count = node.as_i64().and_then(|number| u64::try_from(number).ok());
        if count.is_none() {
            self.wrong_type(node, "a whole number, 0 or more");
        }
        count
    }

    fn one_of<T>(
        &mut self,
        node: Node<'a>,
        what: &str,
        names: &[&'static str],
        from_name: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let name = self.text(node)?;
        let found = from_name(name);
        if found.is_none() {
            let help = did_you_mean(name, names.iter().copied(), "use", names);
            self.error(node.span(), format!("`{name}` is no {what}")).label("not known").help(help);
        }
        found
    }

    /// One glob or a list of them; where each stands is remembered as `name.0`, `name.1`, ...
    fn globs(&mut self, node: Node<'a>, name: &str) -> Globs {
        let items: Vec<Node<'a>> =
            if node.is_sequence() { node.items().collect() } else { vec![node] };
        let texts: Vec<(Node<'a>, &str)> =
            items.into_iter().filter_map(|item| Some((item, self.text(item)?))).collect();
        for (index, (item, text)) in texts.iter().enumerate() {
            self.origins.insert(format!("{name}.{index}"), item.span());
            if text.is_empty() {
                self.error(item.span(), "an empty glob matches nothing").help("delete it");
            }
        }
        match Globs::new(texts.iter().map(|(_, text)| *text)) {
            Ok(globs) => globs,
            Err(bad) => {
                let (item, text) = texts[bad.index.min(texts.len() - 1)];
                self.error(item.span(), format!("`{text}` is no glob: {}", bad.reason))
                    .help("globs are those of .gitignore: `*.md`, `content/**/*.yaml`, `drafts/`");
                Globs::default()
            }
        }
    }

    /// A list whose items are read with their index.
    fn list<T>(
        &mut self,
        node: Node<'a>,
        read: fn(&mut Self, Node<'a>, usize) -> Option<T>,
    ) -> Vec<T> {
        if !node.is_sequence() {
            self.wrong_type(node, "a list");
            return Vec::new();
        }
        node.items().enumerate().filter_map(|(index, item)| read(self, item, index)).collect()
    }

    /// A mapping of texts.
    fn texts(&mut self, node: Node<'a>) -> BTreeMap<String, String> {
        if !node.is_mapping() {
            self.wrong_type(node, "a mapping of texts");
            return BTreeMap::new();
        }
        let pair =
            |entry: Entry<'a>| Some((entry.key().to_owned(), self.text(entry.value)?.to_owned()));
        node.merged_entries().into_iter().filter_map(pair).collect()
    }

    fn levels(&mut self, node: Node<'a>) -> BTreeMap<String, Level> {
        if !node.is_mapping() {
            self.wrong_type(node, "a mapping of rules to levels");
            return BTreeMap::new();
        }
        let mut levels = BTreeMap::new();
        for entry in node.merged_entries() {
            if let Err(help) = check_rule_name(entry.key(), &self.own_names) {
                self.error(entry.key_span(), format!("`{}` is no rule", entry.key()))
                    .label("not known")
                    .help(help);
            }
            if let Some(level) = self.one_of(entry.value, "level", Level::NAMES, Level::from_name) {
                levels.insert(entry.key().to_owned(), level);
            }
        }
        levels
    }

    fn own_levels(&mut self, node: Node<'a>, index: usize) -> Option<Override> {
        let entries = self.entries(node, "an override", OVERRIDE_KEYS, OVERRIDE_KEYS);
        let value =
            |key: &str| entries.iter().find(|entry| entry.key() == key).map(|entry| entry.value);
        let files = self.globs(value("files")?, &format!("overrides.{index}.files"));
        Some(Override { files, rules: self.levels(value("rules")?) })
    }

    fn mapping(&mut self, node: Node<'a>, index: usize) -> Option<Mapping> {
        let entries = self.entries(node, "a kind", KIND_KEYS, &["files", "kind"]);
        let value =
            |key: &str| entries.iter().find(|entry| entry.key() == key).map(|entry| entry.value);
        let files = value("files").map(|files| self.globs(files, &format!("kinds.{index}.files")));
        let schema = value("schema").and_then(|schema| {
            self.origins.insert(format!("kinds.{index}.schema"), schema.span());
            self.text(schema).map(str::to_owned)
        });
        let kind = value("kind").and_then(|kind| self.kind(kind, schema.is_some()));
        let records = value("records").map_or(String::new(), |records| self.pointer(records));
        let aliases = value("aliases").map(|aliases| self.texts(aliases)).unwrap_or_default();
        for own in value("aliases").into_iter().flat_map(Node::entries) {
            let name = format!("kinds.{index}.aliases.{}", own.key());
            self.origins.insert(name, own.value.span());
        }
        Some(Mapping { files: files?, kind: kind?, records, aliases, schema })
    }

    fn kind(&mut self, node: Node<'a>, has_schema: bool) -> Option<ContentKind> {
        let name = self.text(node)?;
        let built_in = ContentKind::built_in(name);
        if built_in.is_none() && !has_schema {
            let names: Vec<_> = ContentKind::BUILT_IN.iter().map(ContentKind::name).collect();
            let help = did_you_mean(name, names.iter().copied(), "kinds are", &names);
            self.error(node.span(), format!("`{name}` is no kind"))
                .label("not known")
                .note("a kind of your own needs `schema`: the path of its JSON Schema")
                .help(help);
            return None;
        }
        Some(built_in.unwrap_or_else(|| ContentKind::Custom(name.into())))
    }

    fn pointer(&mut self, node: Node<'a>) -> String {
        let Some(text) = self.text(node) else {
            return String::new();
        };
        if !text.is_empty() && !text.starts_with('/') {
            self.error(node.span(), format!("`{text}` is no JSON pointer"))
                .help(format!("a pointer starts with `/`: `/{text}`"));
        }
        text.to_owned()
    }
}

/// The node in words.
fn describe(node: Node<'_>) -> &'static str {
    match node.kind() {
        syntax::Kind::Null => "nothing",
        syntax::Kind::Alias => "an alias of nothing",
        syntax::Kind::Bool(_) => "true or false",
        syntax::Kind::Integer | syntax::Kind::Float => "a number",
        syntax::Kind::String(_) => "a text",
        syntax::Kind::Sequence => "a list",
        syntax::Kind::Mapping => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::{FilePath, Format};

    fn read(text: &str) -> Result<Settings, Vec<String>> {
        let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
        parse(&file).map_err(|errors| {
            let show = |error: Diagnostic| {
                let help = error.help.map(|help| format!("; {help}")).unwrap_or_default();
                format!("{}: {}{help}", file.slice(error.primary.span), error.message)
            };
            errors.into_iter().map(show).collect()
        })
    }

    fn mistakes(text: &str) -> Vec<String> {
        read(text).expect_err("mistakes in the file")
    }

    #[test]
    fn every_key_is_read() {
        let settings = read(
            "$schema: https://example.org/settings.schema.json\n\
             include: [content]\nexclude: drafts/\nprofile: strict\nfail-on: warning\n\
             max-warnings: 3\nmax-file-bytes: 1000\nrules: {syntax/limit: off, engine: info}\n\
             kinds:\n- {files: '*.yaml', kind: recipe, records: /items, aliases: {naam: name}, schema: r.json}\n\
             overrides: [{files: old/, rules: {syntax: warning}}]\n\
             schemas: {'https://example.org/a.json': schemas/a.json}\ncitation-scope: strict\nratchet: 4\n",
        )
        .expect("good settings");
        assert_eq!(settings.exclude.patterns(), ["drafts/"]);
        assert_eq!(settings.profile, Profile::Strict);
        assert_eq!(settings.fail_on, Some(Severity::Warning));
        assert_eq!((settings.max_warnings, settings.max_file_bytes), (Some(3), 1000));
        assert_eq!(settings.rules["syntax/limit"], Level::Off);
        assert_eq!(settings.mappings[0].kind, ContentKind::Custom("recipe".into()));
        assert_eq!(settings.mappings[0].aliases["naam"], "name");
        assert_eq!(settings.overrides[0].rules["syntax"], Level::Warning);
        assert_eq!(settings.schemas.len(), 1);
        assert_eq!((settings.citation_scope, settings.ratchet), (ScopeMode::Strict, Some(4)));
    }

    #[test]
    fn nothing_written_changes_nothing() {
        assert_eq!(read(""), Ok(Settings::default()));
        assert_eq!(read("# later\n"), Ok(Settings::default()));
    }

    #[test]
    fn misspelt_names_get_the_nearest_one() {
        assert_eq!(
            mistakes("exlude: a\n"),
            ["exlude: `exlude` is no key of settings; did you mean `exclude`?"]
        );
        assert_eq!(
            mistakes("profile: strickt\n"),
            ["strickt: `strickt` is no profile; did you mean `strict`?"]
        );
        assert_eq!(
            mistakes("rules: {syntax/limt: off}\n"),
            ["syntax/limt: `syntax/limt` is no rule; did you mean `syntax/limit`?"]
        );
        assert_eq!(
            mistakes("rules: {syntax: of}\n"),
            ["of: `of` is no level; use `off`, `info`, `warning`, `error`"]
        );
        assert_eq!(
            mistakes("kinds: [{files: a, kind: exercize}]\n"),
            ["exercize: `exercize` is no kind; did you mean `exercise`?"]
        );
    }

    #[test]
    fn a_misspelt_key_is_one_mistake() {
        assert_eq!(
            mistakes("kinds: [{file: a, kind: quiz}]\n"),
            ["file: `file` is no key of a kind; did you mean `files`?"]
        );
        assert_eq!(mistakes("kinds: [{fils: a, knd: quiz}]\n").len(), 2);
        assert_eq!(mistakes("kinds: [{fils: a}]\n")[0], "{fils: a}: a kind needs `kind`");
    }

    #[test]
    fn the_place_of_each_glob_is_known() {
        let text = "include: a\nkinds:\n- {files: [b, c], kind: quiz, schema: d}\n\
                    overrides:\n- {files: e, rules: {}}\nschemas: {'https://f/': g}\n";
        let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
        let (_, origins) = parse_with_origins(&file).expect("good settings");
        let at = |name: &str| file.slice(origins[name]);
        assert_eq!((at("include.0"), at("kinds.0.files.1")), ("a", "c"));
        assert_eq!((at("kinds.0.schema"), at("overrides.0.files.0")), ("d", "e"));
        assert_eq!(at("schemas.https://f/"), "'https://f/'");
    }

    #[test]
    fn wrong_types_are_told_in_words() {
        assert_eq!(
            mistakes("- a\n"),
            ["- a: expected a mapping with the keys of settings, found a list"]
        );
        assert_eq!(
            mistakes("max-warnings: -1\n"),
            ["-1: expected a whole number, 0 or more, found a number"]
        );
        assert_eq!(
            mistakes("rules: [a]\n"),
            ["[a]: expected a mapping of rules to levels, found a list"]
        );
        assert_eq!(mistakes("include: [[a]]\n"), ["[a]: expected a text, found a list"]);
        assert_eq!(mistakes("include:\n"), [": expected a text, found nothing"]);
    }

    #[test]
    fn several_mistakes_are_told_at_once() {
        let told = mistakes(
            "include: ['a{b']\nkinds: [{kind: quiz, records: x}]\noverrides: [{files: a}]\n",
        );
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(told[0].contains("is no glob: unclosed"), "{told:#?}");
        assert!(told[1].contains("a kind needs `files`"), "{told:#?}");
        assert!(told[2].contains("no JSON pointer"), "{told:#?}");
        assert!(told[3].contains("an override needs `rules`"), "{told:#?}");
    }

    #[test]
    fn yaml_mistakes_are_told_as_everywhere() {
        assert_eq!(
            mistakes("a: 1\na: 2\n")[0],
            "a: the key `a` stands twice; delete one of the two"
        );
        assert_eq!(mistakes("--- {}\n--- {}\n").len(), 1);
        assert!(!mistakes("a: [\n").is_empty());
    }

    #[test]
    fn the_schema_of_settings_knows_the_same_keys_and_words() {
        let text = include_str!("../../schemas/settings.schema.json");
        let schema: serde_json::Value = serde_json::from_str(text).expect("the schema is JSON");
        let keys = |of: &serde_json::Value| -> Vec<String> {
            let mut keys: Vec<_> =
                of["properties"].as_object().expect("keys").keys().cloned().collect();
            keys.sort();
            keys
        };
        let sorted = |names: &[&str]| -> Vec<String> {
            let mut names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            names.sort();
            names
        };
        let words = |of: &serde_json::Value| -> Vec<String> {
            let words = of["enum"].as_array().expect("words").iter();
            words.map(|word| word.as_str().expect("a word").to_owned()).collect()
        };
        let own = &schema["properties"];
        assert_eq!(keys(&schema), sorted(KEYS));
        assert_eq!(keys(&own["kinds"]["items"]), sorted(KIND_KEYS));
        assert_eq!(keys(&own["overrides"]["items"]), sorted(OVERRIDE_KEYS));
        let rule = &own["custom"]["additionalProperties"];
        assert_eq!(keys(rule), sorted(&custom::keys()));
        assert_eq!(words(&rule["properties"]["level"]), Level::NAMES);
        assert_eq!(words(&own["profile"]), Profile::NAMES);
        assert_eq!(words(&own["fail-on"]), SEVERITIES);
        assert_eq!(words(&own["citation-scope"]), ScopeMode::NAMES);
        assert_eq!(words(&schema["$defs"]["levels"]["additionalProperties"]), Level::NAMES);
        let shown = own["rules"]["examples"][0].as_object().expect("levels");
        for name in shown.keys().map(String::as_str).chain(["quiz", "quiz/key-coverage/no-key"]) {
            assert_eq!(Settings::default().check_rule_name(name), Ok(()), "{name}");
        }
        assert_eq!(own["max-file-bytes"]["default"], super::super::DEFAULT_MAX_FILE_BYTES);
    }

    #[test]
    fn what_is_shown_reads_back_as_the_same_settings() {
        let text = "include: [a]\nprofile: strict\nrules: {syntax: off}\n\
                    kinds: [{files: a, kind: quiz, records: /q}]\n\
                    custom: {house/a: {kinds: quiz, select: [/a/**, sentences], matches: 'b\\d', message: c}}\n\
                    overrides: [{files: b, rules: {}}]\n";
        let settings = read(text).expect("good settings");
        let mut again =
            read(&super::super::Written::from(&settings).to_yaml()).expect("good settings");
        assert_eq!(again.fail_on.take(), Some(Severity::Error));
        assert_eq!(again, settings);
    }
}
