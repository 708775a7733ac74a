//! Reading the rules of a project's own.

use super::Reader;
use crate::config::Mapping;
use crate::config::names::did_you_mean;
use crate::diagnostic::Level;
use crate::model::ContentKind;
use crate::rules::RULES;
use crate::rules::custom::{BadPointer, Condition, CustomRule, Example, Pattern, Pointer};
use crate::rules::custom::{Select, TEXT};
use crate::source::{SourceFile, Span};
use crate::syntax::{Entry, Node};
use std::sync::Arc;

/// Keys beside the names of conditions.
const WORDS: &[&str] = &["kinds", "select", "message", "help", "level", "fail", "pass"];

/// Every key of a rule.
pub fn keys() -> Vec<&'static str> {
    WORDS.iter().chain(Condition::NAMES).copied().collect()
}

impl<'a> Reader<'a> {
    /// The rules that are written without a mistake, in the order of their ids. The names of all of them are known
    /// from here on.
    pub(super) fn custom(&mut self, node: Node<'a>, mappings: &[Mapping]) -> Vec<Arc<CustomRule>> {
        if !node.is_mapping() {
            self.wrong_type(node, "a mapping of rules, as `house/no-jargon: {...}`");
            return Vec::new();
        }
        let mut rules: Vec<_> = node
            .merged_entries()
            .into_iter()
            .filter_map(|entry| {
                self.own_names.push(entry.key());
                self.origins.insert(format!("custom.{}", entry.key()), entry.key_span());
                self.custom_rule(&entry, mappings).map(Arc::new)
            })
            .collect();
        rules.sort_by_key(|rule| rule.id);
        rules
    }

    fn custom_rule(&mut self, rule: &Entry<'a>, mappings: &[Mapping]) -> Option<CustomRule> {
        let before = self.errors.len();
        self.own_id(rule);
        let entries = self.entries(rule.value, "a rule", &keys(), &["message"]);
        let find = |key: &str| entries.iter().find(|entry| entry.key() == key);
        let condition = self.only_condition(rule, &entries);
        let message = find("message").and_then(|own| self.line(own.value));
        if let (Some(entry), Some(message)) = (find("message"), message) {
            self.placeholders(entry.value, message);
        }
        let kinds = find("kinds").map(|own| self.own_kinds(own.value, mappings));
        let select = find("select").map(|own| self.selects(own.value, rule.key()));
        let help = find("help").and_then(|own| self.line(own.value));
        let level = find("level")
            .map(|own| self.one_of(own.value, "level", Level::NAMES, Level::from_name));
        let cases = [("fail", true), ("pass", false)]
            .into_iter()
            .filter_map(|(key, fails)| Some((find(key)?.value, fails)));
        let examples: Vec<_> = cases.flat_map(|(own, fails)| self.examples(own, fails)).collect();
        let select = select.unwrap_or_else(|| vec![Select::default()]);
        if let Some((entry, condition)) = condition.as_ref().filter(|_| self.errors.len() == before)
        {
            self.fits(entry, condition, &select, find("select"));
        }
        let (_, condition) = condition.filter(|_| self.errors.len() == before)?;
        let own = CustomRule {
            kinds: kinds.unwrap_or_default(),
            select,
            help: help.map(|own| own.trim_end_matches('.').to_owned()),
            level: level.flatten().unwrap_or(Level::Warning),
            ..CustomRule::new(rule.key(), condition, message?.to_owned())
        };
        Some(own.explained(&examples))
    }

    /// A rule of one's own is called `group/name`, and no group of caveat's is in the way.
    fn own_id(&mut self, rule: &Entry<'a>) {
        let id = rule.key();
        let is_name = |name: &str| {
            let form = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            !name.is_empty() && name.bytes().all(form)
        };
        match id.split_once('/').filter(|(group, name)| is_name(group) && is_name(name)) {
            None => {
                self.error(rule.key_span(), format!("`{id}` is no name of a rule")).help(
                    "write `group/name` in small letters, digits and hyphens: `house/no-jargon`",
                );
            }
            Some((group, name)) if RULES.iter().any(|own| own.group() == group) => {
                self.error(rule.key_span(), format!("the group `{group}` is one of caveat's own"))
                    .help(format!("take a group of your own: `house/{name}`"));
            }
            Some(_) => {}
        }
    }

    /// The one condition of a rule, with its entry.
    fn only_condition(
        &mut self,
        rule: &Entry<'a>,
        entries: &[Entry<'a>],
    ) -> Option<(Entry<'a>, Condition)> {
        let mut conditions = entries.iter().filter(|own| Condition::NAMES.contains(&own.key()));
        let Some(first) = conditions.next() else {
            let names: Vec<_> = Condition::NAMES.iter().map(|own| format!("`{own}`")).collect();
            // A misspelt key is one mistake, not two.
            let all = keys();
            if !entries.is_empty() && rule.value.entries().all(|own| all.contains(&own.key())) {
                let message = format!("`{}` does not say what is wrong", rule.key());
                let help = format!("conditions are {}", names.join(", "));
                self.error(rule.key_span(), message).help(help);
            }
            return None;
        };
        for second in conditions {
            self.error(second.key_span(), "a rule has one condition")
                .label("a second one")
                .related(first.key_span(), "the first")
                .help("make two rules of it");
        }
        Some((*first, self.condition(first)?))
    }

    fn condition(&mut self, entry: &Entry<'a>) -> Option<Condition> {
        let value = entry.value;
        let count = |own: &mut Self| usize::try_from(own.count(value)?).ok();
        Some(match entry.key() {
            "matches" => Condition::Matches(self.pattern(value)?),
            "does-not-match" => Condition::DoesNotMatch(self.pattern(value)?),
            "one-of" => Condition::OneOf(self.values(value)?),
            "not-one-of" => Condition::NotOneOf(self.values(value)?),
            "longer-than" => Condition::LongerThan(count(self)?),
            "shorter-than" => Condition::ShorterThan(count(self)?),
            "more-words-than" => Condition::MoreWordsThan(count(self)?),
            "more-than" => Condition::MoreThan(count(self)?),
            "fewer-than" => Condition::FewerThan(count(self)?),
            "has" => Condition::Has(self.field_name(value)?),
            "missing" => Condition::Missing(self.field_name(value)?),
            _ => return None,
        })
    }

    /// Words are looked for in texts, and fields in values.
    fn fits(
        &mut self,
        entry: &Entry<'a>,
        condition: &Condition,
        select: &[Select],
        selected: Option<&Entry<'a>>,
    ) {
        let name = entry.key();
        if condition.is_of_structure() {
            let is_text = |own: &&Select| !matches!(own, Select::Pointer(_));
            if let (Some(own), Some(at)) = (select.iter().find(is_text), selected) {
                let what = own.as_str();
                self.error(at.value.span(), format!("{what} have no fields for `{name}`"))
                    .related(entry.key_span(), "asked for here")
                    .help(
                        "select values by a pointer, or leave `select` out: then it is the record",
                    );
            }
        } else if select.iter().all(Select::is_record) {
            let at = selected.map_or(entry.key_span(), |own| own.value.span());
            self.error(at, format!("a record is no text for `{name}`")).help(
                "add `select`: `/title` is a field, `/steps/*` are the items of a list, `/**` is every value, and \
                 there are `sentences` and `headings`",
            );
        }
    }

    fn pattern(&mut self, node: Node<'a>) -> Option<Pattern> {
        let text = self.text(node)?;
        // What looks like `\b` is none any more.
        if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n')) {
            self.error(node.span(), "a backslash between double quotes is one of YAML")
                .help("write the pattern between single quotes");
            return None;
        }
        if let Err(error) = regex_syntax::parse(text) {
            let (span, why) = match &error {
                regex_syntax::Error::Parse(own) => (own.span(), own.kind().to_string()),
                regex_syntax::Error::Translate(own) => (own.span(), own.kind().to_string()),
                _ => return None,
            };
            let range = span.start.offset..span.end.offset;
            let place = node.text().map(|own| own.span_of(range)).filter(|own| !own.is_empty());
            self.error(place.unwrap_or(node.span()), format!("this is no pattern: {why}"))
                .help("patterns are those of the Rust crate `regex`: `(?i)` for any case, `\\b` for the end of a word");
            return None;
        }
        let pattern = Pattern::new(text);
        if pattern.is_none() {
            self.error(node.span(), "this pattern is too large")
                .help("repeat less often, or make several rules of it");
        }
        pattern
    }

    /// One text or a list of them.
    fn values(&mut self, node: Node<'a>) -> Option<Vec<String>> {
        let items = if node.is_sequence() { node.items().collect() } else { vec![node] };
        if items.is_empty() {
            self.error(node.span(), "an empty list is of no value").help("write the values");
        }
        items.into_iter().map(|own| self.text(own).map(str::to_owned)).collect()
    }

    fn field_name(&mut self, node: Node<'a>) -> Option<String> {
        let name = self.text(node)?;
        if name.starts_with('/') {
            self.error(node.span(), format!("`{name}` is no name of a field"))
                .help("`select` leads to what has the field, and this is its name alone");
        }
        Some(name.to_owned())
    }

    /// A text of one line that says something.
    fn line(&mut self, node: Node<'a>) -> Option<&'a str> {
        let text = self.text(node)?.trim();
        if text.is_empty() || text.contains('\n') {
            let why = if text.is_empty() { "nothing is said" } else { "this has several lines" };
            self.error(self.file.first_line(node.span()), why).help("write one line");
        }
        Some(text)
    }

    /// Nothing but [`TEXT`] stands for something else in a message.
    fn placeholders(&mut self, node: Node<'a>, message: &str) {
        let named = message.split('{').skip(1).filter_map(|own| Some(own.split_once('}')?.0));
        let is_name = |own: &&str| !own.is_empty() && own.bytes().all(|b| b.is_ascii_lowercase());
        if let Some(name) = named.filter(is_name).find(|own| format!("{{{own}}}") != TEXT) {
            self.error(node.span(), format!("`{{{name}}}` stands for nothing"))
                .help(format!("`{TEXT}` stands for the words that are reported"));
        }
    }

    fn own_kinds(&mut self, node: Node<'a>, mappings: &[Mapping]) -> Vec<ContentKind> {
        let items = if node.is_sequence() { node.items().collect() } else { vec![node] };
        let own = mappings.iter().map(|own| &own.kind);
        let known: Vec<_> = ContentKind::BUILT_IN.iter().chain(own).collect();
        let mut kinds = Vec::new();
        for item in items {
            let Some(name) = self.text(item) else { continue };
            match known.iter().find(|own| own.name() == name) {
                Some(kind) => kinds.push((*kind).clone()),
                None => {
                    let names: Vec<_> = known.iter().map(|own| own.name()).collect();
                    let help = did_you_mean(name, names.iter().copied(), "kinds are", &names);
                    self.error(item.span(), format!("`{name}` is no kind"))
                        .label("not known")
                        .help(help);
                }
            }
        }
        kinds
    }

    /// One selector or a list of them; where they stand is remembered as `custom.ID.select`.
    fn selects(&mut self, node: Node<'a>, id: &str) -> Vec<Select> {
        self.origins.insert(format!("custom.{id}.select"), self.file.first_line(node.span()));
        let items = if node.is_sequence() { node.items().collect() } else { vec![node] };
        if items.is_empty() {
            self.error(node.span(), "an empty list selects nothing")
                .help("leave `select` out: then it is the record");
        }
        items.into_iter().filter_map(|item| self.select(item)).collect()
    }

    fn select(&mut self, node: Node<'a>) -> Option<Select> {
        let text = self.text(node)?;
        match text {
            Select::SENTENCES => return Some(Select::Sentences),
            Select::HEADINGS => return Some(Select::Headings),
            _ => {}
        }
        match Pointer::new(text) {
            Ok(pointer) => Some(Select::Pointer(pointer)),
            Err(BadPointer::NoSlash) => {
                let names = [Select::SENTENCES, Select::HEADINGS];
                let near = crate::nearest::nearest(text, names.into_iter());
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "a pointer starts with `/`: `/{text}`; there are `sentences` and `headings`, too"
                    ),
                };
                self.error(node.span(), format!("`{text}` is no JSON pointer")).help(help);
                None
            }
            Err(BadPointer::TooLong) => {
                let most = Pointer::MOST_PARTS;
                self.error(node.span(), format!("a pointer has at most {most} parts"))
                    .help("`**` stands for any number of them");
                None
            }
        }
    }

    /// The cases of a rule, as they are shown. `config::cases` runs them.
    fn examples(&mut self, node: Node<'a>, fails: bool) -> Vec<Example> {
        if !node.is_sequence() {
            self.wrong_type(node, "a list of cases");
        }
        let example = |item: Node<'a>| {
            if let Some(text) = item.text() {
                return Some(Example {
                    fails,
                    language: "markdown",
                    text: text.as_str().to_owned(),
                });
            }
            if item.is_mapping() || item.is_sequence() {
                let text = moved_left(self.file, whole(item));
                return Some(Example { fails, language: "yaml", text });
            }
            self.wrong_type(item, "a record, or the text of an article");
            None
        };
        node.items().filter_map(example).collect()
    }
}

/// From the first byte of a value to the last one of what is in it.
fn whole(node: Node<'_>) -> Span {
    let last = node.entries().last().map(|own| own.value).or_else(|| node.items().last());
    let inner = last.filter(|_| !node.is_alias()).map(whole);
    inner.filter(|own| own.end > node.span().end).map_or(node.span(), |own| node.span().to(own))
}

/// What stands at a span, moved to the beginning of its lines.
fn moved_left(file: &SourceFile, span: Span) -> String {
    let line = file.lines().line_of(span.start);
    let start = file.lines().line_span(line).map_or(span.start, |own| own.start);
    let indent = (span.start - start) as usize;
    let lines = file.slice(span).lines().enumerate().map(|(at, line)| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if at == 0 { line } else { &line[blanks.min(indent)..] }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use crate::config::parse;
    use crate::source::{FilePath, Format, SourceFile};

    /// Each mistake with what it points at and its help.
    fn mistakes(text: &str) -> Vec<String> {
        let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
        let Err(errors) = parse(&file) else { return Vec::new() };
        let show = |own: crate::diagnostic::Diagnostic| {
            let help = own.help.map(|help| format!("; {help}")).unwrap_or_default();
            format!("{}: {}{help}", file.slice(own.primary.span), own.message)
        };
        errors.into_iter().map(show).collect()
    }

    /// The one mistake in a rule that is otherwise good.
    fn mistake(keys: &str) -> String {
        let all = mistakes(&format!("custom:\n  house/a: {{{keys}}}\n"));
        assert_eq!(all.len(), 1, "{all:#?}");
        all.into_iter().next().expect("one")
    }

    #[test]
    fn a_rule_has_a_name_of_its_own() {
        let rule = "{message: a, missing: b}";
        let names = |name: &str| mistakes(&format!("custom:\n  {name}: {rule}\n"));
        assert_eq!(names("house/no-jargon"), [""; 0]);
        assert_eq!(
            names("quiz/jargon"),
            [
                "quiz/jargon: the group `quiz` is one of caveat's own; take a group of your own: `house/jargon`"
            ]
        );
        assert_eq!(names("text/doubled-word").len(), 1);
        for name in ["jargon", "House/jargon", "house/no_jargon", "house/a/b", "/a", "höft/a"] {
            let told = names(name);
            assert!(told.len() == 1 && told[0].contains("is no name of a rule"), "{told:?}");
        }
        assert!(mistakes("custom: [a]\n")[0].contains("expected a mapping of rules"));
    }

    #[test]
    fn a_rule_has_one_condition_and_a_message() {
        assert!(mistake("message: a").starts_with("house/a: `house/a` does not say what is wrong"));
        assert_eq!(
            mistake("message: a, missing: b, has: c"),
            "has: a rule has one condition; make two rules of it"
        );
        assert!(mistake("missing: b").contains("a rule needs `message`"));
        assert_eq!(
            mistake("message: a, mising: b, has: c"),
            "mising: `mising` is no key of a rule; did you mean `missing`?"
        );
        assert_eq!(mistakes("custom: {house/a: x}\n").len(), 1);
        assert_eq!(
            mistake("message: a, select: /a, match: b"),
            "match: `match` is no key of a rule; did you mean `matches`?"
        );
        assert!(mistake("message: '', missing: b").contains("nothing is said"));
        assert_eq!(
            mistake("message: '`{word}` is bad', missing: b"),
            "'`{word}` is bad': `{word}` stands for nothing; `{text}` stands for the words that are reported"
        );
    }

    #[test]
    fn patterns_are_told_where_they_go_wrong() {
        let with =
            |pattern: &str| mistake(&format!("message: a, select: /a, matches: '{pattern}'"));
        assert!(with("så (bra").starts_with("(: this is no pattern: unclosed group"));
        assert!(with("a(?=b)").starts_with("(?=: this is no pattern: look-around"));
        assert!(with("(a{1000}){1000}").contains("this pattern is too large"));
        assert!(with("\\p{Nothing}").contains("this is no pattern"));
        assert_eq!(
            mistake("message: a, select: /a, matches: \"\\bben\\b\""),
            "\"\\bben\\b\": a backslash between double quotes is one of YAML; write the pattern between single quotes"
        );
    }

    #[test]
    fn what_is_selected_fits_the_condition() {
        assert!(mistake("message: a, matches: b").starts_with("matches: a record is no text"));
        assert!(mistake("message: a, select: '', one-of: b").contains("a record is no text"));
        assert!(
            mistake("message: a, select: [/a, sentences], missing: b")
                .starts_with("[/a, sentences]: sentences have no fields for `missing`")
        );
        assert_eq!(
            mistake("message: a, select: steps/*, matches: b"),
            "steps/*: `steps/*` is no JSON pointer; a pointer starts with `/`: `/steps/*`; there are `sentences` and \
             `headings`, too"
        );
        assert!(mistake("message: a, select: sentence, matches: b").ends_with("`sentences`?"));
        let long = "/a".repeat(61);
        assert!(mistake(&format!("message: a, select: {long}, matches: b")).contains("at most 60"));
        assert!(mistake("message: a, select: [], matches: b").contains("selects nothing"));
        assert!(mistake("message: a, missing: /b").contains("is no name of a field"));
        assert_eq!(
            mistake("message: a, kinds: [quiz, recipe], missing: b"),
            "recipe: `recipe` is no kind; kinds are `exercise`, `quiz`, `resource`, `article`"
        );
        assert!(mistake("message: a, missing: b, fail: [1]").contains("expected a record"));
    }

    #[test]
    fn cases_are_shown_as_they_are_written() {
        let text = "custom:\n  house/a:\n    missing: b\n    message: '`{text}` is no b'\n    \
                    fail:\n      - steps:\n          - sitt\n        tags: [a]\n    pass: ['b ```c```']\n";
        let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
        let rule = parse(&file).expect("good settings").custom.remove(0);
        assert_eq!(rule.summary, "`…` is no b");
        assert_eq!(
            rule.docs,
            "It looks at the record as a whole in records of every kind, and reports what lacks `b`.\n\n\
             ```yaml fail\nsteps:\n  - sitt\ntags: [a]\n```\n\n\
             ````markdown pass\nb ```c```\n````\n\n\
             It is a rule of the project's own, under `custom` in the settings.\n"
        );
    }

    #[test]
    fn levels_know_rules_of_ones_own_wherever_they_stand() {
        let own = "custom:\n  house/a: {message: a, missing: b, kinds: recipe}\n\
                   kinds: [{files: r/, kind: recipe, schema: r.json}]\n";
        let levels = |names: &str| {
            mistakes(&format!(
                "rules: {{{names}}}\noverrides: [{{files: a, rules: {{{names}}}}}]\n{own}"
            ))
        };
        assert_eq!(levels("house: off, house/a: error"), [""; 0]);
        assert_eq!(
            levels("house/b: off")[0],
            "house/b: `house/b` is no rule; did you mean `house/a`?"
        );
        // A rule that cannot be read is one mistake.
        assert_eq!(mistakes("rules: {house/a: off}\ncustom: {house/a: {message: a}}\n").len(), 1);
    }
}
