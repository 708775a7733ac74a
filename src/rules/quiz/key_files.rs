//! Keys that stand in a file of their own, held against their quizzes. What is wrong with them is told by the
//! rules that tell it of a key beside its questions.

use super::{answer_not_in_options, duplicate_answer_key, key_coverage};
use crate::diagnostic::Diagnostic;
use crate::facts::{KeyEntryFact, KeyFact, Located, OpenQuestion, OpenQuiz, ProjectFacts};
use crate::model::ContentKind;
use crate::nearest::nearest;
use crate::rule::{Rule, Sink};
use crate::source::FilePath;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A fact and the file it is of.
type Placed<'a, T> = (&'a FilePath, &'a T);

/// Hold every key against its quiz, as far as the rules run; in `out` nothing is said any more of the lack of
/// keys that are there after all.
pub fn check(facts: &ProjectFacts<'_>, rules: &[&'static Rule], out: &mut Vec<Arc<Diagnostic>>) {
    let mut by_quiz = BTreeMap::<&str, Vec<Placed<'_, KeyFact>>>::new();
    for (&path, file) in &facts.files {
        for key in &file.keys {
            by_quiz.entry(&key.quiz).or_default().push((path, key));
        }
    }
    if by_quiz.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for (&path, file) in &facts.files {
        for quiz in file.open_quizzes.iter().filter(|quiz| by_quiz.contains_key(&*quiz.id)) {
            let key = by_quiz[&*quiz.id][0];
            out.retain(|own| !tells_lack(own, path, quiz));
            Match { quiz: (path, quiz), key, rules, out: &mut found }.check();
        }
    }
    for (id, keys) in by_quiz {
        twice(facts, id, &keys, rules, &mut found);
    }
    out.append(&mut found);
}

/// Whether a diagnostic says that the quiz has no key.
fn tells_lack(own: &Diagnostic, path: &FilePath, quiz: &OpenQuiz) -> bool {
    own.rule == key_coverage::RULE.id
        && own.kind == Some("no-key")
        && own.primary.path == *path
        && own.identity.record.as_deref() == Some(&*quiz.id)
}

/// A key beside another one, in a file or in the quiz itself.
fn twice(
    facts: &ProjectFacts<'_>,
    id: &str,
    keys: &[Placed<'_, KeyFact>],
    rules: &[&'static Rule],
    out: &mut Vec<Arc<Diagnostic>>,
) {
    if !runs(rules, &duplicate_answer_key::RULE) {
        return;
    }
    let mut sink = Sink::for_project(&duplicate_answer_key::RULE, out);
    let is_quiz = |own: &&Located<'_>| own.definition.kind == ContentKind::Quiz;
    let quiz = facts.definitions(id).iter().find(is_quiz);
    let is_open = |path: &FilePath| facts.files[path].open_quizzes.iter().any(|own| *own.id == *id);
    let (first_path, first) = keys[0];
    if let Some(quiz) = quiz.filter(|own| !is_open(own.path)) {
        sink.report_at(first_path, &first.site, format!("the quiz `{id}` has a key of its own"))
            .kind("section")
            .label("this is a second one")
            .related_at(quiz.path.clone(), quiz.definition.site.span, "the quiz")
            .help("keep one of the two keys");
    }
    for (path, again) in &keys[1..] {
        sink.report_at(path, &again.site, format!("two files hold the key of `{id}`"))
            .kind("section")
            .label("again here")
            .related_at(first_path.clone(), first.site.span, "first here")
            .help("keep one of the two keys");
    }
}

fn runs(rules: &[&'static Rule], wanted: &Rule) -> bool {
    rules.iter().any(|rule| rule.id == wanted.id)
}

/// A quiz and the key that another file holds.
struct Match<'a> {
    quiz: Placed<'a, OpenQuiz>,
    key: Placed<'a, KeyFact>,
    rules: &'a [&'static Rule],
    out: &'a mut Vec<Arc<Diagnostic>>,
}

impl Match<'_> {
    fn check(mut self) {
        let (_, quiz) = self.quiz;
        let questions = quiz.questions.iter().enumerate();
        let by_id: HashMap<_, _> =
            questions.filter_map(|(at, own)| Some((own.id.as_deref()?, at))).collect();
        let entries = &self.key.1.entries;
        let mut numbers = HashSet::new();
        let mut by_number = entries.iter().filter(|own| !by_id.contains_key(&*own.question));
        // Parts that number their questions anew: all of them in order, or nobody can tell.
        let is_in_order = by_number.any(|own| own.number.is_some_and(|own| !numbers.insert(own)));
        if is_in_order && entries.len() != quiz.questions.len() {
            return;
        }
        let mut is_named = vec![false; quiz.questions.len()];
        for (place, entry) in entries.iter().enumerate() {
            let counted = || match is_in_order {
                true => Some(place),
                false => (entry.number? as usize).checked_sub(1),
            };
            let named = by_id.get(&*entry.question).copied().or_else(counted);
            match named.and_then(|at| Some((at, quiz.questions.get(at)?))) {
                Some((at, question)) => {
                    is_named[at] = true;
                    self.values(entry, question);
                }
                None => self.extra(entry),
            }
        }
        for (at, question) in quiz.questions.iter().enumerate() {
            if question.needs_key && !is_named[at] {
                self.missing(at + 1, question);
            }
        }
    }

    /// What may be reported under a rule, if it runs.
    fn sink(&mut self, rule: &'static Rule) -> Option<Sink<'_>> {
        runs(self.rules, rule).then(|| Sink::for_project(rule, self.out))
    }

    fn values(&mut self, entry: &KeyEntryFact, question: &OpenQuestion) {
        let (quiz_path, _) = self.quiz;
        let (path, _) = self.key;
        let Some(mut out) = self.sink(&answer_not_in_options::RULE) else { return };
        for (value, site) in
            entry.values.iter().filter(|(value, _)| !question.asked.takes_key(value))
        {
            if question.asked.is_true_or_false() {
                out.report_at(path, site, answer_not_in_options::neither(value))
                    .label("key of a true/false question")
                    .related_at(quiz_path.clone(), question.anchor.span, "the question")
                    .help("write `true` or `false`");
                continue;
            }
            let message = format!("the key `{value}` is none of the options");
            let own = out.report_at(path, site, message);
            own.label("no option has this id, letter or text");
            if let Some(span) = question.choices_span {
                own.related_at(quiz_path.clone(), span, "the options");
            }
            let names =
                question.asked.choices.iter().flat_map(|(id, text)| id.iter().chain([text]));
            if let Some(near) = nearest(value, names.map(|name| &**name)) {
                own.help(format!("did you mean `{near}`?"));
            }
        }
    }

    fn extra(&mut self, entry: &KeyEntryFact) {
        let (quiz_path, quiz) = self.quiz;
        let (path, _) = self.key;
        let Some(mut out) = self.sink(&key_coverage::RULE) else { return };
        let message =
            format!("the key has an entry for `{}`, which is no question", entry.question);
        out.report_at(path, &entry.site, message)
            .kind("extra-key")
            .label(format!("not in `{}`", quiz.id))
            .related_at(quiz_path.clone(), quiz.anchor.span, "in this quiz")
            .help("delete the entry, or put the question back");
    }

    fn missing(&mut self, number: usize, question: &OpenQuestion) {
        let (quiz_path, quiz) = self.quiz;
        let (path, key) = self.key;
        let Some(mut out) = self.sink(&key_coverage::RULE) else { return };
        out.set_record(Some(quiz.id.clone()));
        out.report_at(quiz_path, &question.anchor, format!("question {number} has no key"))
            .kind("no-key")
            .related_at(path.clone(), key.site.span, "the key does not name it")
            .help("add it to the key, or say `scored: false`");
    }
}
