//! What a rule is, and running a list of rules.
//!
//! A [`Rule`] is a value: its words and one function. The variant of [`Check`] says what the
//! function sees; the engine walks, the rule looks. Whoever asks for the words alone takes a
//! [`RuleInfo`].

use crate::diagnostic::{Confidence, Diagnostic, Identity, Level, TextHash};
use crate::facts::{Facts, ProjectFacts, Site};
use crate::lasting::Lasting;
use crate::model::Record;
use crate::model::exercise::Exercise;
use crate::model::quiz::{Question, Quiz};
use crate::normal::single_spaced;
use crate::source::{FilePath, SourceFile, Span};
use crate::syntax::Document;
use std::fmt;
use std::sync::Arc;

/// One rule: what it looks for, in words and in code.
#[derive(Debug)]
pub struct Rule {
    /// `group/name`, the only identity.
    pub id: &'static str,
    /// What is wrong when the rule reports, in one line.
    pub summary: &'static str,
    /// Default level of diagnostics without a kind.
    pub level: Level,
    /// Sub-cases with a level of their own; settings name them `group/name/kind`.
    pub kinds: &'static [RuleKind],
    pub confidence: Confidence,
    pub fix: Fixability,
    /// The profiles in which the rule is on.
    pub profile: Profile,
    /// First version with this rule.
    pub since: &'static str,
    /// Markdown: why it matters, examples (` ```yaml fail `, ` ```yaml pass `, run as tests), repair.
    pub docs: &'static str,
    pub check: Check,
}

/// A sub-case of a rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleKind {
    pub name: &'static str,
    pub level: Level,
    pub summary: &'static str,
}

/// Whether a rule's diagnostics carry fixes of its own. A misspelt name that is told with what is missing for it
/// brings its fix along, whatever the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixability {
    Never,
    Sometimes,
}

/// A set of rules and levels to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Only what must stop a release.
    Relaxed,
    /// Every rule that is right nearly always.
    #[default]
    Default,
    /// All rules; unknown fields are errors.
    Strict,
}

impl Profile {
    pub const NAMES: &'static [&'static str] = &["relaxed", "default", "strict"];

    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "relaxed" => Self::Relaxed,
            "default" => Self::Default,
            "strict" => Self::Strict,
            _ => return None,
        })
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relaxed => "relaxed",
            Self::Default => "default",
            Self::Strict => "strict",
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// A whole file.
    File(fn(&FileContext<'_>, &mut Sink<'_>)),
    /// Every record of the kinds that the function cares for.
    Record(fn(&FileContext<'_>, &Record<'_>, &mut Sink<'_>)),
    Exercise(fn(&FileContext<'_>, &Exercise<'_>, &mut Sink<'_>)),
    Resource(fn(&FileContext<'_>, &Record<'_>, &mut Sink<'_>)),
    /// Every quiz: quiz records, and quiz sections of articles.
    Quiz(fn(&FileContext<'_>, &Quiz<'_>, &mut Sink<'_>)),
    Question(fn(&FileContext<'_>, &Quiz<'_>, &Question<'_>, &mut Sink<'_>)),
    /// The facts of all files together.
    Project(fn(&ProjectFacts<'_>, &mut Sink<'_>)),
    /// Documented here, reported by the engine itself.
    Engine,
}

impl Check {
    /// For people: what the rule looks at.
    pub const fn looks_at(&self) -> &'static str {
        match self {
            Self::File(_) => "whole files",
            Self::Record(_) => "records",
            Self::Exercise(_) => "exercises",
            Self::Resource(_) => "resources",
            Self::Quiz(_) => "quizzes",
            Self::Question(_) => "quiz questions",
            Self::Project(_) => "all files together",
            Self::Engine => "what is read, before any rule",
        }
    }
}

/// A rule in words, whoever wrote it.
#[derive(Clone, Copy, Debug)]
pub struct RuleInfo<'a> {
    /// `group/name`.
    pub id: Lasting,
    /// What is wrong when the rule reports, in one line.
    pub summary: &'a str,
    /// Default level of diagnostics without a kind.
    pub level: Level,
    pub kinds: &'a [RuleKind],
    pub confidence: Confidence,
    pub fix: Fixability,
    /// The smallest profile in which the rule is on.
    pub profile: Profile,
    /// First version with this rule; `None` for one that is not of caveat.
    pub since: Option<&'a str>,
    /// Markdown.
    pub docs: &'a str,
    /// For people: what the rule looks at.
    pub looks_at: &'a str,
}

impl Rule {
    /// The part of the id before the `/`.
    pub fn group(&self) -> &'static str {
        self.info().group()
    }

    pub const fn info(&self) -> RuleInfo<'_> {
        RuleInfo {
            id: self.id,
            summary: self.summary,
            level: self.level,
            kinds: self.kinds,
            confidence: self.confidence,
            fix: self.fix,
            profile: self.profile,
            since: Some(self.since),
            docs: self.docs,
            looks_at: self.check.looks_at(),
        }
    }
}

impl RuleInfo<'_> {
    /// The part of the id before the `/`.
    pub fn group(&self) -> Lasting {
        self.id.split_once('/').map_or(self.id, |(group, _)| group)
    }

    /// Default level of a diagnostic of this rule.
    pub fn level_of(&self, kind: Option<&str>) -> Level {
        let found = self.kinds.iter().find(|own| Some(own.name) == kind);
        found.map_or(self.level, |own| own.level)
    }

    /// The level in a profile, before settings.
    pub fn level_in(&self, profile: Profile, kind: Option<&str>) -> Level {
        let level = self.level_of(kind);
        match profile {
            Profile::Strict if self.id == "schema/unknown-field" => Level::Error,
            Profile::Relaxed if level < Level::Error => Level::Off,
            _ if self.profile <= profile => level,
            _ => Level::Off,
        }
    }
}

/// What a rule over one file may see.
#[derive(Debug)]
pub struct FileContext<'a> {
    pub file: &'a SourceFile,
    pub document: &'a Document,
    pub records: &'a [Record<'a>],
    /// The quizzes of each record.
    pub quizzes: &'a [Vec<Quiz<'a>>],
    pub facts: &'a Facts,
}

/// Where a rule's diagnostics go.
#[derive(Debug)]
pub struct Sink<'a> {
    rule: Lasting,
    confidence: Confidence,
    path: Option<&'a FilePath>,
    text: &'a str,
    record: Option<Arc<str>>,
    out: &'a mut dyn Collect,
}

/// A list of diagnostics, to be gone on with or to be kept.
pub trait Collect: fmt::Debug {
    fn collect(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic;
}

impl Collect for Vec<Diagnostic> {
    fn collect(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.push(diagnostic);
        self.last_mut().expect("just pushed")
    }
}

impl Collect for Vec<Arc<Diagnostic>> {
    fn collect(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.push(Arc::new(diagnostic));
        self.last_mut().and_then(Arc::get_mut).expect("just pushed, and shared with nobody")
    }
}

impl<'a> Sink<'a> {
    /// For a rule over one file.
    pub fn for_file(rule: &'static Rule, file: &'a SourceFile, out: &'a mut dyn Collect) -> Self {
        Self { path: Some(&file.path), text: &file.text, ..Self::for_project(rule, out) }
    }

    /// For a rule over one file, whoever wrote it.
    pub fn of(rule: RuleInfo<'_>, file: &'a SourceFile, out: &'a mut dyn Collect) -> Self {
        Self {
            rule: rule.id,
            confidence: rule.confidence,
            path: Some(&file.path),
            text: &file.text,
            record: None,
            out,
        }
    }

    /// For a rule over all files.
    pub fn for_project(rule: &'static Rule, out: &'a mut dyn Collect) -> Self {
        Self { rule: rule.id, confidence: rule.confidence, path: None, text: "", record: None, out }
    }

    /// The id of the record that the next reports belong to.
    pub fn set_record(&mut self, id: Option<impl Into<Arc<str>>>) {
        self.record = id.map(Into::into);
    }

    /// Report at a span of the file.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let path = self.path.expect("rules over one file have a file").clone();
        let text = TextHash::of(self.text.get(span.range()).unwrap_or(""));
        self.push(path, span, text, message.into())
    }

    /// Report at a site of some file.
    pub fn report_at(
        &mut self,
        path: &FilePath,
        site: &Site,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(path.clone(), site.span, site.text, message.into())
    }

    fn push(
        &mut self,
        path: FilePath,
        span: Span,
        text: TextHash,
        mut message: String,
    ) -> &mut Diagnostic {
        // What content says may be of several lines.
        if memchr::memchr2(b'\n', b'\r', message.as_bytes()).is_some() {
            message = single_spaced(&message);
        }
        // Messages are kept as long as the run.
        message.shrink_to_fit();
        self.out.collect(Diagnostic {
            confidence: self.confidence,
            identity: Identity { record: self.record.clone(), pointer: Box::default(), text },
            ..Diagnostic::new(self.rule, path, span, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::quiz::answer_not_in_options::RULE;
    use crate::testing::check;

    #[test]
    fn a_message_is_one_line_whatever_it_quotes() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad töjs?
    options: [vaden, höften]
              ------------- the options
    answer: "knäts\n baksida"
            ^^^^^^^^^^^^^^^^^ the key `knäts baksida` is none of the options
"#,
        );
    }
}
