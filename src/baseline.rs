//! A baseline: diagnostics that were there when a collection was taken on, and are accepted until somebody mends
//! them.
//!
//! It is a file of JSON lines: first what it is, then one accepted diagnostic a line, so that a change of it reads well
//! in version control. Diagnostics are known by their fingerprints, which stay when lines move; rule, path and message
//! are there for people, and to tell what a run can have looked for.

use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::policy::{Fingerprint, Judged};
use crate::project::{Outcome, Suppressed};
use crate::render::{Layout, to_safe_json};
use crate::source::{FilePath, SourceFile, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How the file is called unless somebody calls it otherwise.
pub const FILE_NAME: &str = "caveat-baseline.jsonl";

const VERSION: u32 = 1;

/// What diagnostics of a baseline carry in place of a rule.
const CODE: &str = "baseline";

const MAKE_ANEW: &str = "delete the file, and `caveat baseline` writes it anew";
const RESOLVE: &str = "delete it and keep the lines of both sides; `caveat baseline --prune` drops what is not needed";

/// What is accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Why, in the words of whoever accepted it; may be empty.
    pub reason: String,
    entries: BTreeMap<Fingerprint, Entry>,
}

/// One accepted diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub path: FilePath,
    /// The rule's id, with the kind for rules that have kinds: `group/name/kind`.
    pub rule: String,
    pub fingerprint: Fingerprint,
    /// What was said when it was accepted; nothing is decided by it.
    pub message: String,
    /// Path and rule on its line in the file it was read from.
    #[serde(skip)]
    span: Span,
}

/// The first line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    version: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
}

impl Baseline {
    /// Read a baseline file.
    ///
    /// # Errors
    ///
    /// The first line that is none of a baseline.
    pub fn parse(file: &SourceFile) -> Result<Self, Box<Diagnostic>> {
        let mut lines = lines(file);
        let (span, first) = lines.next().unwrap_or_default();
        let header: Header = serde_json::from_str(first).map_err(|error| {
            wrong(file, span, format!("this is no baseline: {}", reason(&error)), MAKE_ANEW)
        })?;
        if header.version != VERSION {
            let Header { version, .. } = header;
            let message = format!(
                "the baseline is of version {version}, and this caveat reads version {VERSION}"
            );
            return Err(wrong(file, span, message, MAKE_ANEW));
        }
        let mut entries = BTreeMap::new();
        for (span, line) in lines {
            let entry: Entry = serde_json::from_str(line).map_err(|error| {
                if CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)) {
                    return wrong(file, span, "a merge left this line behind".to_owned(), RESOLVE);
                }
                let message = format!("this line is no accepted diagnostic: {}", reason(&error));
                wrong(file, span, message, MAKE_ANEW)
            })?;
            let shown = line.find(",\"fingerprint\"").unwrap_or(line.len());
            let end = span.start + u32::try_from(shown).expect("files are under 4 GiB");
            entries.insert(entry.fingerprint, Entry { span: Span::new(span.start, end), ..entry });
        }
        Ok(Self { reason: header.reason, entries })
    }

    /// The text of its file: sorted by path and rule.
    pub fn to_text(&self) -> String {
        let header = Header { version: VERSION, reason: self.reason.clone() };
        let mut entries: Vec<_> = self.entries.values().collect();
        entries.sort_by_key(|own| (&own.path, &own.rule, own.fingerprint));
        let lines = entries.into_iter().map(|entry| to_safe_json(entry, Layout::Line));
        [to_safe_json(&header, Layout::Line)].into_iter().chain(lines).collect()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn has(&self, fingerprint: Fingerprint) -> bool {
        self.entries.contains_key(&fingerprint)
    }

    /// Accept what a run says, as far as it may be accepted.
    pub fn accept(&mut self, outcome: &Outcome) {
        for own in outcome.diagnostics.iter().filter(|own| is_acceptable(own)) {
            let entry = |fingerprint| (fingerprint, Entry::new(&own.diagnostic, fingerprint));
            self.entries.extend(own.fingerprints().map(entry));
        }
    }

    /// Put what is accepted apart from what a run says.
    pub fn hide(&self, outcome: &mut Outcome) {
        let is_accepted = |own: &mut Judged| {
            own.fingerprints().all(|fingerprint| self.has(fingerprint)) && is_acceptable(own)
        };
        let reason: Arc<str> = self.reason.as_str().into();
        let hidden = outcome.diagnostics.extract_if(.., is_accepted);
        outcome
            .baselined
            .extend(hidden.map(|judged| Suppressed { judged, reason: reason.clone() }));
        // Where one mistake is told for many places, some may be new.
        for own in outcome.diagnostics.iter_mut().filter(|own| !own.others.is_empty()) {
            let accepted = own.fingerprints().filter(|own| self.has(*own)).count();
            if accepted > 0 {
                let note = format!("{accepted} of them are in the baseline");
                Arc::make_mut(&mut own.diagnostic).note(note);
            }
        }
        outcome.recount();
    }

    /// The entries that a run would have found again and did not, in the order of their lines; `was_looked_at` says of
    /// which files the run knows. Of what was not read to its end, nothing is known.
    pub fn gone(
        &self,
        outcome: &Outcome,
        settings: &Settings,
        was_looked_at: impl Fn(&FilePath) -> bool,
    ) -> Vec<&Entry> {
        let accepted = outcome.baselined.iter().map(|own| &own.judged);
        let found: BTreeSet<_> =
            outcome.diagnostics.iter().chain(accepted).flat_map(Judged::fingerprints).collect();
        let unread = outcome.diagnostics.iter().filter(|own| !is_acceptable(own));
        let unread: BTreeSet<_> = unread.map(|own| own.diagnostic.primary.path.as_str()).collect();
        let is_read = |path: &str| {
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            !folders.chain([path]).any(|own| unread.contains(own))
        };
        let is_gone = |own: &&Entry| {
            !found.contains(&own.fingerprint)
                && was_looked_at(&own.path)
                && is_read(own.path.as_str())
                && own.is_looked_for(settings)
        };
        let mut gone: Vec<_> = self.entries.values().filter(is_gone).collect();
        gone.sort_by_key(|own| own.span);
        gone
    }

    /// The same without some of its entries.
    #[must_use]
    pub fn without(&self, entries: &[&Entry]) -> Self {
        let mut kept = self.clone();
        for entry in entries {
            kept.entries.remove(&entry.fingerprint);
        }
        kept
    }
}

fn wrong(file: &SourceFile, span: Span, message: String, help: &'static str) -> Box<Diagnostic> {
    let mut wrong = Diagnostic::new(CODE, file.path.clone(), span, message);
    wrong.help(help);
    Box::new(wrong)
}

impl Entry {
    fn new(diagnostic: &Diagnostic, fingerprint: Fingerprint) -> Self {
        Self {
            path: diagnostic.primary.path.clone(),
            rule: diagnostic.code(),
            fingerprint,
            message: diagnostic.message.clone(),
            span: Span::default(),
        }
    }

    /// Whether its rule is on where it was found; a rule that is no more is never found again.
    fn is_looked_for(&self, settings: &Settings) -> bool {
        let end = self.rule.match_indices('/').nth(1).map_or(self.rule.len(), |(at, _)| at);
        let kind = self.rule.get(end + 1..);
        let level = |rule| settings.level(rule, kind, &self.path);
        settings.find_rule(&self.rule[..end]).is_none_or(|rule| level(rule).severity().is_some())
    }
}

/// Tell of accepted diagnostics that are gone, at their lines in the file of the baseline; `None` without any.
pub fn notice(file: &SourceFile, gone: &[&Entry]) -> Option<Diagnostic> {
    const SHOWN: usize = 5;
    let (first, others) = gone.split_first()?;
    let message = match gone.len() {
        1 => "an accepted diagnostic is gone".to_owned(),
        count => format!("{count} accepted diagnostics are gone"),
    };
    let mut notice = Diagnostic::new(CODE, file.path.clone(), first.span, message);
    for entry in others.iter().take(SHOWN - 1) {
        notice.related(entry.span, "");
    }
    if let Some(more) = gone.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        notice.note(format!("and {more} more"));
    }
    notice.help("`caveat baseline --prune` brings the baseline up to date");
    Some(notice)
}

/// Whether a diagnostic may be accepted. Of a file that cannot be read, or only in part, nobody knows what else is
/// wrong with it.
pub fn is_acceptable(judged: &Judged) -> bool {
    let rule = judged.diagnostic.rule;
    !(rule.starts_with("engine/") || matches!(rule, "syntax/invalid" | "syntax/limit"))
}

const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// The lines that hold something, and where.
fn lines(file: &SourceFile) -> impl Iterator<Item = (Span, &str)> {
    let lines = (0..file.lines().count()).filter_map(|line| file.lines().line_span(line));
    let inner = lines.map(|line| {
        let text = file.slice(line).trim_start_matches(is_blank);
        let text_start = line.end as usize - text.len();
        let text = text.trim_end_matches(is_blank);
        (Span::from_usize(text_start..text_start + text.len()), text)
    });
    inner.filter(|(span, _)| !span.is_empty())
}

/// Blanks, and the byte order mark.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The words of an error without its place, which is shown.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check_str;
    use crate::source::Format;

    const BARE: &str =
        "id: bridge\nname: Bridge\ninstructions: [Lie down., Lift the hips slowly.]\n";

    fn outcome(text: &str) -> Outcome {
        check_str("exercises/a.yaml", text, &Settings::default()).expect("no schema of its own")
    }

    fn accepting(outcome: &Outcome) -> Baseline {
        let mut baseline = Baseline { reason: "taken on".to_owned(), ..Baseline::default() };
        baseline.accept(outcome);
        baseline
    }

    fn file(text: &str) -> SourceFile {
        SourceFile::new(FilePath::new(FILE_NAME), text, Format::Text)
    }

    fn gone(baseline: &Baseline, outcome: &Outcome) -> Vec<String> {
        let gone = baseline.gone(outcome, &Settings::default(), |_| true);
        gone.iter().map(|entry| entry.rule.clone()).collect()
    }

    #[test]
    fn what_is_accepted_is_hidden_wherever_it_moves() {
        let before = outcome(BARE);
        assert_eq!(before.summary.errors, 2, "{before:?}");
        let baseline = accepting(&before);
        let mut after = outcome(&format!("# A bridge.\n\nx-own: 1\n{BARE}category: strength\n"));
        baseline.hide(&mut after);
        assert_eq!((after.summary.errors, after.summary.baselined), (0, 2));
        assert_eq!(*after.baselined[0].reason, *"taken on");
        assert_eq!(gone(&baseline, &after), [""; 0]);
    }

    #[test]
    fn what_is_new_is_reported_and_what_is_gone_is_told() {
        let baseline = accepting(&outcome(BARE));
        let text = BARE.replace("Lift the hips slowly.", "TODO");
        let mut after =
            outcome(&format!("{text}safety: [Stop and see a doctor when the pain gets worse.]\n"));
        baseline.hide(&mut after);
        let rules: Vec<_> = after.diagnostics.iter().map(|own| own.diagnostic.rule).collect();
        assert!(rules.contains(&"text/placeholder-or-boilerplate"), "{rules:?}");
        assert_eq!(gone(&baseline, &after), ["exercise/missing-safety-note/absent"]);
        let skip = vec!["exercise".to_owned()];
        let skipping = Settings { skip, ..Settings::default() };
        assert!(baseline.gone(&after, &skipping, |_| true).is_empty(), "nobody looked");
        assert!(baseline.gone(&after, &Settings::default(), |_| false).is_empty());
    }

    #[test]
    fn an_item_before_another_one_makes_nothing_new() {
        let quiz = |questions: &str| {
            let text = format!("title: Hips\nquestions:\n{questions}");
            check_str("quizzes/hips.yaml", &text, &Settings::default()).expect("no own schema")
        };
        const SPELT_WRONG: &str =
            "- prompt: Where is the hip?\n  option: [here, there]\n  answer: here\n";
        let before = quiz(SPELT_WRONG);
        let baseline = accepting(&before);
        assert!(!baseline.is_empty());
        let mut after = quiz(&format!(
            "- prompt: Which one bends the hip?\n  options: [psoas major, soleus]\n  answer: soleus\n{SPELT_WRONG}"
        ));
        baseline.hide(&mut after);
        assert_eq!(after.summary.baselined, before.diagnostics.len(), "{after:?}");
        assert_eq!(gone(&baseline, &after), [""; 0]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_accepted() {
        let baseline = accepting(&outcome("name: [\n"));
        assert!(baseline.is_empty(), "{baseline:?}");
    }

    #[test]
    fn nothing_is_known_to_be_gone_from_a_file_that_cannot_be_read() {
        let baseline = accepting(&outcome(BARE));
        let broken = outcome(&format!("{BARE}category: [\n"));
        assert_eq!(gone(&baseline, &broken), [""; 0]);
        let elsewhere = check_str("exercises/b.yaml", "name: [\n", &Settings::default());
        assert_eq!(gone(&baseline, &elsewhere.expect("no schema of its own")).len(), 2);
    }

    /// What many records of a file have in common is told once, and each of them is accepted.
    #[test]
    fn a_habit_is_accepted_record_by_record() {
        let items = |ids: std::ops::Range<u32>, others: &str| {
            let item = |id| format!("- {{id: r{id}, title: Rest {id}}}\n");
            let text: String = ids.map(item).chain([others.to_owned()]).collect();
            check_str("resources/a.yaml", &text, &Settings::default()).expect("no own schema")
        };
        let lacks_type = |outcome: &Outcome| {
            let rules = outcome.diagnostics.iter().map(|own| &own.diagnostic);
            rules.filter(|own| own.rule == "schema/required").cloned().collect::<Vec<_>>()
        };
        let before = items(0..6, "");
        assert_eq!(lacks_type(&before).len(), 1, "{before:?}");
        let baseline = accepting(&before);
        let mut one_is_better = items(0..6, "- {id: better, type: report, title: Rest}\n");
        assert_eq!(lacks_type(&one_is_better).len(), 6);
        baseline.hide(&mut one_is_better);
        assert_eq!(lacks_type(&one_is_better), []);
        let mut one_is_gone = items(1..6, "");
        baseline.hide(&mut one_is_gone);
        assert_eq!(lacks_type(&one_is_gone), []);
        let mut one_is_new = items(0..7, "");
        baseline.hide(&mut one_is_new);
        let told = lacks_type(&one_is_new);
        assert_eq!(told[0].message, "`type` is missing in this resource (7 times)");
        assert_eq!(told[0].notes.last().expect("a note"), "6 of them are in the baseline");
    }

    #[test]
    fn a_baseline_is_read_as_it_was_written() {
        let baseline = accepting(&outcome(BARE));
        let text = baseline.to_text();
        let read = Baseline::parse(&file(&text.replace('\n', "\r\n"))).expect("a baseline");
        assert_eq!(read.to_text(), text);
        let entry = read.entries.values().next().expect("two were accepted");
        assert!(text.replace('\n', "\r\n")[entry.span.range()].starts_with("{\"path\":"));
    }

    #[test]
    fn a_line_that_is_none_is_pointed_at() {
        let told = |text: &str| {
            let file = file(text);
            let wrong = Baseline::parse(&file).expect_err("no baseline");
            (wrong.message.clone(), file.text[wrong.primary.span.range()].to_owned())
        };
        let (message, at) = told("{\"version\":2}\n");
        assert_eq!(at, "{\"version\":2}");
        assert_eq!(message, "the baseline is of version 2, and this caveat reads version 1");
        assert_eq!(told("").1, "");
        assert_eq!(told("{\"version\":1}\n<<<<<<< ours\n").0, "a merge left this line behind");
        let (message, at) = told("{\"version\":1}\n\n  {\"path\":\"a.yaml\"}\n");
        assert_eq!(message, "this line is no accepted diagnostic: missing field `rule`");
        assert_eq!(at, "{\"path\":\"a.yaml\"}");
        let entry = |fingerprint: &str| {
            format!(
                "{{\"version\":1}}\n{{\"path\":\"a\",\"rule\":\"a/b\",\"fingerprint\":\"{fingerprint}\",\"message\":\"\"}}"
            )
        };
        assert!(told(&entry("12")).0.ends_with("`12` is no fingerprint"));
        assert!(Baseline::parse(&file(&entry("0123456789abcdef"))).is_ok());
    }
}
