//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{ProjectFacts, QuestionFact};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "quiz/near-duplicate-question",
    summary: "two questions ask the same thing, and have the same answer",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "within", level: Level::Warning, summary: "in one file" },
        RuleKind { name: "across", level: Level::Info, summary: "in two files" },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
The fact counts twice, and when one copy is corrected the other is forgotten.

```yaml fail
title: Stretching
questions:
  - prompt: How long is the stretch held?
    options: [20 seconds, 60 seconds]
    answer: 20 seconds
  - prompt: "How long is the stretch held?"
    options: [60 seconds, 20 seconds]
    answer: b
```

```yaml pass
title: Stretching
questions:
  - prompt: How long is the stretch held?
    options: [20 seconds, 60 seconds]
    answer: 20 seconds
  - prompt: How long is the rest?
    options: [20 seconds, 60 seconds]
    answer: 20 seconds
```

Prompts and options are the same when they differ in case, punctuation and order alone. Copies with different keys are
told by `quiz/conflicting-answers`. Delete one, or let it ask for something else.
"#,
    check: Check::Project(check),
};

type Copy<'a> = (&'a FilePath, &'a QuestionFact);

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    // What is asked, of what, and with which answer.
    type Asked<'a> = (u64, Vec<u64>, &'a [u64]);
    let mut copies = BTreeMap::<Asked<'_>, Vec<Copy<'_>>>::new();
    for (&path, file) in &facts.files {
        for question in &file.questions {
            let mut choices = question.choices().to_vec();
            choices.sort_unstable();
            let asked = (question.prompt, choices, question.key());
            copies.entry(asked).or_default().push((path, question));
        }
    }
    for copies in copies.into_values() {
        let [(first_path, first), others @ ..] = copies.as_slice() else { continue };
        for (path, again) in others {
            let kind = if path == first_path { "within" } else { "across" };
            out.report_at(path, &again.prompt_site, "the same question with the same answer again")
                .kind(kind)
                .label("asked again")
                .related_at((*first_path).clone(), first.prompt_site.span, "asked here")
                .help("delete one of them, or let it ask for something else");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn copies_in_one_file_and_in_two() {
        check(
            &RULE,
            r#"
//- quizzes/a.yaml
questions:
  - prompt: Hur länge hålls töjningen?
            -------------------------- asked here
            -------------------------- asked here
    options: [20 sekunder, 60 sekunder]
    answer: 20 sekunder
  - prompt: hur länge hålls töjningen
            ^^^^^^^^^^^^^^^^^^^^^^^^^ the same question with the same answer again
    options: [60 sekunder, 20 sekunder]
    answer: b
//- quizzes/b.yaml
questions:
  - prompt: Hur länge hålls töjningen
            ^^^^^^^^^^^^^^^^^^^^^^^^^ the same question with the same answer again
    options: [20 sekunder, 60 sekunder]
    answer: a
"#,
        );
    }

    #[test]
    fn other_options_answers_and_figures() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Which is true?, options: [Rest heals, Rest harms], answer: b}
  - {prompt: Which is true?, options: [Heat heals, Heat harms], answer: b}
  - {prompt: How long?, options: [20 s, 60 s], answer: 20 s}
  - {prompt: How long?, options: [20 s, 60 s], answer: 60 s}
  - {prompt: Which muscle is shown in the picture?, options: [psoas, soleus], answer: psoas}
  - {prompt: Which muscle is shown in the picture?, options: [psoas, soleus], answer: psoas}
"#,
        );
    }
}
