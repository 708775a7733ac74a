//! Rules for JSON Schemas as content: what a schema lets through or can never take.
//!
//! They look at every file whose `$schema` names a draft of JSON Schema, in YAML or JSON. Each rule has a file; what
//! they look at, the schemas in a file, is found by `subschemas`.

mod empty_allowed;
mod impossible_pattern;
mod impossible_required;
mod missing_description;
mod open_object;
mod open_tuple;
mod subschemas;
mod twin_values;
mod unknown_keyword;
mod unreachable_branch;

pub use empty_allowed::EMPTY_ALLOWED;
pub use impossible_pattern::IMPOSSIBLE_PATTERN;
pub use impossible_required::IMPOSSIBLE_REQUIRED;
pub use missing_description::MISSING_DESCRIPTION;
pub use open_object::OPEN_OBJECT;
pub use open_tuple::OPEN_TUPLE;
pub use twin_values::TWIN_VALUES;
pub use unknown_keyword::UNKNOWN_KEYWORD;
pub use unreachable_branch::UNREACHABLE_BRANCH;

use crate::diagnostic::{Confidence, Level};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};

type CheckFile = fn(&FileContext<'_>, &mut Sink<'_>);

const fn rule(
    id: &'static str,
    level: Level,
    summary: &'static str,
    docs: &'static str,
    check: CheckFile,
) -> Rule {
    Rule {
        id,
        summary,
        level,
        kinds: &[],
        confidence: Confidence::High,
        fix: Fixability::Never,
        profile: Profile::Default,
        since: "0.1.0",
        docs,
        check: Check::File(check),
    }
}

#[cfg(test)]
mod tests {
    use super::subschemas::schemas;
    use super::*;
    use crate::facts::Facts;
    use crate::rules::RULES;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax;

    /// Text under each label, and the message.
    pub(super) fn reports(rule: &'static Rule, schema: &str) -> Vec<(String, String)> {
        let text = format!("$schema: https://json-schema.org/draft/2020-12/schema\n{schema}");
        let file = SourceFile::new(FilePath::new("a.schema.yaml"), text.as_str(), Format::Yaml);
        let document = syntax::parse(&file);
        assert!(document.errors.is_empty(), "{:?}", document.errors);
        let facts = Facts::default();
        let context = FileContext {
            file: &file,
            document: &document,
            records: &[],
            quizzes: &[],
            facts: &facts,
        };
        let mut out: Vec<crate::diagnostic::Diagnostic> = Vec::new();
        let Check::File(check) = rule.check else { panic!("schema rules look at files") };
        check(&context, &mut Sink::for_file(rule, &file, &mut out));
        out.into_iter().map(|own| (file.slice(own.primary.span).to_owned(), own.message)).collect()
    }

    pub(super) fn places(rule: &'static Rule, schema: &str) -> Vec<String> {
        reports(rule, schema).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn other_files_are_left_alone() {
        let file = SourceFile::new(FilePath::new("a.yaml"), "properties: {a: {}}\n", Format::Yaml);
        let document = syntax::parse(&file);
        let facts = Facts::default();
        let context = FileContext {
            file: &file,
            document: &document,
            records: &[],
            quizzes: &[],
            facts: &facts,
        };
        assert!(schemas(&context).is_empty());
    }

    /// The schemas that come with caveat keep these rules themselves.
    #[test]
    fn built_in_schemas_are_clean() {
        let catalogue = crate::schema::Catalogue::new();
        for kind in crate::model::ContentKind::BUILT_IN {
            let (path, text) = catalogue.text_for(kind).unwrap();
            let file = SourceFile::new(path.clone(), text, Format::Json);
            let document = syntax::parse(&file);
            let facts = Facts::default();
            let context = FileContext {
                file: &file,
                document: &document,
                records: &[],
                quizzes: &[],
                facts: &facts,
            };
            let rules = RULES.iter().filter(|rule| rule.group() == "json-schema");
            for rule in rules.filter(|rule| rule.profile <= Profile::Default) {
                let mut out: Vec<crate::diagnostic::Diagnostic> = Vec::new();
                let Check::File(check) = rule.check else { panic!("schema rules look at files") };
                check(&context, &mut Sink::for_file(rule, &file, &mut out));
                let messages: Vec<_> = out.iter().map(|own| &own.message).collect();
                assert!(out.is_empty(), "{path} {}: {messages:?}", rule.id);
            }
        }
    }
}
