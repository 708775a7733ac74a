//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::model::quiz::quizzes;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};

pub static RULE: Rule = Rule {
    id: "quiz/unsourced-explanation",
    summary: "an explanation cites nothing, and neither does its question or quiz",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
An explanation is where a quiz teaches, so it is held to what articles are held to: readers and reviewers can look
up what it says.

```yaml fail
title: Stretching
questions:
  - prompt: On how many days a week should adults stretch?
    options: [On two or more, On none]
    answer: a
    explanation: Twice a week or more is the usual advice.
```

```yaml pass
title: Stretching
questions:
  - prompt: On how many days a week should adults stretch?
    options: [On two or more, On none]
    answer: a
    explanation: Twice a week or more is the usual advice [@acsm-2011].
    sources: [acsm-2011]
```

A citation in the explanation or `sources` of the question, its section or the quiz will do. So will `covers`: a quiz
that tests an article rests on what the article cites. Where no question of a quiz cites anything, that is told once.
Quizzes in running text are left alone, since the sources of their article are theirs.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if record.body.is_some() || rests_on_others(record) {
        return;
    }
    let mut marks: Vec<u32> =
        context.facts.citations.iter().map(|own| own.site.span.start).collect();
    marks.sort_unstable();
    for quiz in quizzes(record) {
        let mut asked = 0;
        let mut bare = Vec::new();
        for question in quiz.questions.iter().filter(|own| own.scored) {
            let (Some(explanation), Some(node)) = (&question.explanation, question.node) else {
                continue;
            };
            if explanation.as_str().trim().is_empty() {
                continue;
            }
            asked += 1;
            if !has_filled(node, "sources") && !cites(&marks, explanation) {
                bare.push(explanation.span());
            }
        }
        report(quiz.anchor, asked, &bare, out);
    }
}

/// Whether a quiz or a section of it says what it rests on.
fn rests_on_others(record: &Record<'_>) -> bool {
    let Some(node) = record.node else { return false };
    let mut sections = record.field("sections").into_iter().flat_map(Node::items);
    ["sources", "covers"].iter().any(|name| has_filled(node, name))
        || sections.any(|own| has_filled(own, "sources"))
}

fn has_filled(node: Node<'_>, field: &str) -> bool {
    let is_text = |own: Node<'_>| !own.is_null() && !own.is_empty_text();
    node.get(field).is_some_and(|value| match value.is_sequence() {
        true => value.items().any(is_text),
        false => is_text(value),
    })
}

/// Whether a text names a source; `marks` is where citations begin, in order.
fn cites(marks: &[u32], text: &Text<'_>) -> bool {
    let (whole, written) = (text.span(), text.as_str());
    let first = marks.partition_point(|mark| *mark < whole.start);
    let is_marked = marks.get(first).is_some_and(|mark| *mark < whole.end);
    is_marked || written.contains("://") || written.contains("doi")
}

/// What no question has is told once, at the quiz.
fn report(anchor: Span, asked: usize, bare: &[Span], out: &mut Sink<'_>) {
    if asked > 1 && bare.len() == asked {
        out.report(anchor, format!("none of the {asked} explanations cites a source"))
            .related(bare[0], "the first of them")
            .help("add `sources` to the quiz or its questions, or name the article it `covers`");
        return;
    }
    for span in bare {
        out.report(*span, "the explanation cites no source")
            .help("cite one in it, or add `sources` to the question");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn one_explanation_and_all_of_a_quiz() {
        check(
            &RULE,
            r#"
title: Rygg
questions:
  - {prompt: Vad är bäst?, options: [Rörelse, Vila], answer: a, explanation: Rörelse läker.}
                                                                             ^^^^^^^^^^^^^^ the explanation cites no source
  - {prompt: Vad är sämst?, options: [Rörelse, Vila], answer: b, explanation: "Vila stelnar [@ek-2019]."}
  - {prompt: Hur mår du?, options: [Bra, Illa], scored: false, explanation: Bra.}
"#,
        );
        check(
            &RULE,
            r#"
title: Rygg – först
       ^^^^^^^^^^^^ none of the 2 explanations cites a source
questions:
  - {prompt: Vad är bäst?, options: [Rörelse, Vila], answer: a, explanation: Rörelse läker.}
                                                                             -------------- the first of them
  - {prompt: Vad är sämst?, options: [Rörelse, Vila], answer: b, explanation: Vila stelnar., sources: []}
"#,
        );
    }

    #[test]
    fn sources_beside_and_above() {
        let question = "{prompt: Vad är bäst?, options: [Rörelse, Vila], answer: a, explanation: Rörelse läker.}";
        let quiz = |beside: &str| format!("{beside}\nquestions:\n  - {question}\n");
        silent(&RULE, &quiz("sources: [ek-2019]"));
        silent(&RULE, &quiz("covers: rygg"));
        silent(
            &RULE,
            &format!("sections:\n  - sources: [ek-2019]\n    questions:\n      - {question}\n"),
        );
        silent(
            &RULE,
            r#"
questions:
  - prompt: Vad är bäst?
    options: [Rörelse, Vila]
    answer: a
    explanation: Rörelse läker (https://example.org/rygg).
"#,
        );
        silent(
            &RULE,
            "# Rygg\n\n1. Vad är bäst?\n   - [x] Rörelse\n   - [ ] Vila\n\n   Explanation: läker.\n",
        );
    }
}
