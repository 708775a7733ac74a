//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{
    self, KeyForm, KeyPlace, KeySection, KeyStatement, Question, QuestionKind, Quiz,
};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub static RULE: Rule = Rule {
    id: "quiz/duplicate-answer-key",
    summary: "an answer key is stated twice",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "section",
            level: Level::Error,
            summary: "one quiz has two answer key sections",
        },
        RuleKind {
            name: "entry",
            level: Level::Error,
            summary: "one key has two entries for one question",
        },
        RuleKind {
            name: "mapping",
            level: Level::Error,
            summary: "the key's field stands twice in one mapping",
        },
        RuleKind {
            name: "field",
            level: Level::Error,
            summary: "two fields of one question state the same key",
        },
        RuleKind { name: "value", level: Level::Error, summary: "a key names one option twice" },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A second key is a copy that drifts away from the first: sooner or later one of the two is mended
and the other is not, and programs that read the file keep whichever comes last.

```yaml fail
title: Hips
questions:
  - prompt: Which muscle bends the hip?
    options: [psoas major, gluteus maximus, soleus]
    answer: a
    answer: a
```

Keys of two quizzes in one file are fine: a key belongs to the quiz heading before it. So are keys of two
parts of one quiz, as "Answers to part A".

```yaml pass
title: Hips
questions:
  - prompt: Which muscle bends the hip?
    options: [psoas major, gluteus maximus, soleus]
    answer: a
```

A key that lists one option twice is half of another mistake: a second right option is missing from
it.

```yaml fail
title: Hips
questions:
  - prompt: Which of these bend the hip?
    type: multiple-choice
    options: [psoas major, rectus femoris, soleus]
    answer: [a, a]
```

Delete one of the two. Where they disagree, find out which is right first; two *fields* that
disagree are reported as `quiz/conflicting-answer-key`, two lines "Answer: ..." below a question here.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    mappings(context, out);
    for (record, quizzes) in context.records.iter().zip(context.quizzes) {
        out.set_record(record.id_or_stem());
        for quiz in quizzes {
            sections(quiz, out);
            quiz.keys.iter().for_each(|section| entries(section, out));
            for question in quiz.questions.iter() {
                fields(context, &question, out);
                question.key.iter().for_each(|key| values(&question, key, out));
            }
        }
    }
}

fn mappings(context: &FileContext<'_>, out: &mut Sink<'_>) {
    let tree = &context.document.tree;
    let (records, quizzes) = (context.records, context.quizzes);
    let has_quiz = quizzes.iter().flatten().any(|own| !own.is_empty());
    for duplicate in tree.duplicate_keys() {
        let (first, again) = (tree.node(duplicate.first), tree.node(duplicate.again));
        let key = again.scalar_text();
        let mapping = tree.node(duplicate.mapping);
        if !has_quiz || !quiz::states_answer_key(mapping, key, records, quizzes) {
            continue;
        }
        out.report(again.span(), format!("the answer key `{key}` is stated twice"))
            .kind("mapping")
            .label("again here")
            .related(first.span(), "first here")
            .help("delete the one that is wrong");
    }
}

fn sections(quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    // That no question can be read is told of the quiz, and two keys may be those of two parts.
    let is_in_vain = quiz.key_of.is_none() && quiz.questions.is_empty();
    let [first, rest @ ..] = quiz.keys.as_slice() else { return };
    if is_in_vain && quiz.questions.are_text() {
        return;
    }
    let mut named = names_of(first);
    let mut disagreements = disagreements(quiz);
    for (index, again) in rest.iter().enumerate() {
        let own = names_of(again);
        let is_apart = !own.is_empty() && own.is_disjoint(&named);
        named.extend(own);
        // Each part of the quiz has its key, and what is told in words may explain the first.
        if is_apart || again.is_unread {
            continue;
        }
        let diagnostic = out.report(again.anchor, "this quiz has two answer keys");
        diagnostic
            .kind("section")
            .label("second key")
            .related(first.anchor, "first key")
            .help("delete one of the two");
        for (number, here, there) in disagreements.remove(&(index + 1)).into_iter().flatten() {
            diagnostic.related(here.span(), format!("question {number}: `{}` here", here.as_str()));
            diagnostic
                .related(there.span(), format!("question {number}: `{}` there", there.as_str()));
        }
    }
}

/// Questions that the entries of a key are for.
fn names_of(key: &KeySection<'_>) -> BTreeSet<usize> {
    key.entries.iter().filter_map(|entry| entry.names).collect()
}

/// Questions to which a section gives another answer than the first section, by its index.
fn disagreements<'a>(quiz: &Quiz<'a>) -> HashMap<usize, Vec<(usize, Text<'a>, Text<'a>)>> {
    let mut out: HashMap<_, Vec<_>> = HashMap::new();
    for question in quiz.questions.iter() {
        let Some(there) = question.key.iter().find(|own| own.place == KeyPlace::Section(0)) else {
            continue;
        };
        let Some(said) = question.named(there) else { continue };
        let mut last = 0;
        for here in &question.key {
            let KeyPlace::Section(index) = here.place else { continue };
            // Only the first entry of each section.
            if index == std::mem::replace(&mut last, index)
                || question.named(here).is_none_or(|own| own == said)
            {
                continue;
            }
            if let (Some(here), Some(there)) = (here.values.first(), there.values.first()) {
                let found = (question.number, here.text.clone(), there.text.clone());
                out.entry(index).or_default().push(found);
            }
        }
    }
    out
}

fn entries(section: &KeySection<'_>, out: &mut Sink<'_>) {
    let mut seen = BTreeMap::new();
    for entry in &section.entries {
        let name = match entry.names {
            Some(index) => (None, format!("#{index}")),
            None => (entry.part(), entry.question.clone()),
        };
        let Some((first, written)) = seen.insert(name, (entry.span, &entry.question)) else {
            continue;
        };
        // One key twice in a mapping is told as that.
        if section.form == KeyForm::Mapping && *written == entry.question {
            continue;
        }
        out.report(
            entry.span,
            format!("question `{}` has two entries in this key", entry.question),
        )
        .kind("entry")
        .label("second entry")
        .related(first, "first entry")
        .help("delete the one that is wrong");
    }
}

fn fields(context: &FileContext<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    // What is left over at an option is told as that.
    let left_over = question.left_over_mark(&context.file.text);
    let counts = |own: &&KeyStatement<'_>| !own.values.is_empty() && Some(own.span) != left_over;
    let stated: Vec<_> = question.key.iter().filter(counts).collect();
    let [first, rest @ ..] = stated.as_slice() else {
        return;
    };
    for again in rest {
        let both_sections =
            matches!((first.place, again.place), (KeyPlace::Section(_), KeyPlace::Section(_)));
        let (Some(one), Some(other)) = (question.named(first), question.named(again)) else {
            continue;
        };
        let same = one == other;
        if both_sections || !same && !question.has_two_answer_lines(first, again) {
            continue;
        }
        out.report(again.span, format!("question {} states its key twice", question.number))
            .kind("field")
            .label("again here")
            .related(first.span, "first here")
            .help(if same { "keep one way to state the key" } else { "keep the right one" });
    }
}

/// A key with more than one right option that has one of them twice lacks another, for the most part.
fn values(question: &Question<'_>, key: &KeyStatement<'_>, out: &mut Sink<'_>) {
    let is_choice = matches!(
        question.kind,
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice | QuestionKind::TrueFalse
    ) || question.asks_for_order();
    let mut seen = HashMap::new();
    let mut again = None;
    for value in &key.values {
        let (Some(choice), span) = (value.choice, value.text.span()) else { return };
        let name = (choice, value.text.as_str().trim().to_lowercase());
        match seen.entry(name) {
            Entry::Vacant(place) => drop(place.insert(span)),
            Entry::Occupied(first) => again = again.or(Some((value, *first.get()))),
        }
    }
    // Keys that pair things name options as often as they fit.
    let Some((value, first)) = again.filter(|_| is_choice || seen.len() == 1) else { return };
    let words = value.text.as_str().trim();
    out.report(value.text.span(), format!("the key names `{words}` twice"))
        .kind("value")
        .label("again here")
        .related(first, "first here")
        .help("delete one, or name the option that was meant");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn two_names_of_one_key() {
        check(
            &RULE,
            "
questions:
  - prompt: Which joint bends?
    options: [Elbow, Hip]
    correct: a
    ------- first here
    correct_answer: b
    ^^^^^^^^^^^^^^ `correct_answer` and `correct` are two names of one field
",
        );
    }

    #[test]
    fn other_names_of_a_key() {
        check(
            &RULE,
            "
questions:
  - prompt: Vilken led?
    options: [Elbow, Hip]
    correct_option: Elbow
    -------------- first here
    right_answer: Hip
    ^^^^^^^^^^^^ `right_answer` and `correct_option` are two names of one field
  - prompt: Which joint bends?
    options: [Elbow, Hip]
    correct_option: Elbow
    -------------- first here
    correct_option: Hip
    ^^^^^^^^^^^^^^ the answer key `correct_option` is stated twice
  - prompt: Which joint turns?
    options: [{key: a, letter: b, text: Elbow}, {key: b, text: Hip}]
    answer: Hip
",
        );
    }

    #[test]
    fn a_folded_answer_explains_what_is_ticked() {
        for words in ["It is the hip.", "The hip. It bends most.", "B", "The knee turns as well."] {
            let fence = "- [ ] The knee\n- [x] The hip\n\n!!! answer\n    ";
            silent(&RULE, &format!("# Quiz\n\n1. Which joint turns?\n\n{fence}{words}\n"));
        }
    }

    #[test]
    fn an_option_named_twice() {
        check(
            &RULE,
            "
questions:
  - prompt: Which of these bend the hip?
    type: multiple-choice
    options: [{id: o1, text: Psoas}, {id: o2, text: Rectus femoris}, {id: o3, text: Soleus}]
    answer: [o1, o2, o1]
             -- first here
                     ^^ the key names `o1` twice
",
        );
    }

    #[test]
    fn an_order_that_names_an_item_twice() {
        check(
            &RULE,
            "
questions:
  - {prompt: Ordna., type: ordering, options: [Höft, Knä, Fot], answer: [Höft, Knä, Knä]}
                                                                               --- first here
                                                                                    ^^^ the key names `Knä` twice
",
        );
    }

    #[test]
    fn options_that_are_named_once_or_as_often_as_they_fit() {
        let with = |question: &str| format!("questions:\n  - {{prompt: Which?, {question}}}\n");
        for question in [
            "options: [a, b, c], answer: [a, c]",
            // Pairs: the key of each statement.
            "options: [Hip, Knee, Foot], answer: [a, b, a, c]",
            "type: ordering, options: [Hip, Knee, Foot], answer: [c, a, b]",
            "type: short-answer, answer: [colour, color, Colour]",
            // A letter and the words it stands before.
            "options: [Hip, Knee], answer: [a, Hip]",
            "options: [Hip, hip, Knee], answer: [a, b]",
        ] {
            silent(&RULE, &with(question));
        }
    }

    #[test]
    fn two_sections() {
        check(
            &RULE,
            r#"
# Hip quiz

## 1. Which muscle bends the hip?

- psoas major
- soleus

## Answer key
   ---------- first key

1. a

## Answers
   ^^^^^^^ this quiz has two answer keys
"#,
        );
    }

    #[test]
    fn parts_that_ask_in_words_have_a_key_each() {
        let part = |title: &str| {
            format!(
                "## {title}\n\n1. Vad är en höft?\n2. Vad är ett knä?\n\n<details>\n\
                 <summary>Answers</summary>\n\n1. En led\n2. En led till\n\n</details>\n\n"
            )
        };
        silent(&RULE, &format!("# Quiz\n\n{}{}", part("Leder"), part("Fler leder")));
    }

    #[test]
    fn two_sections_that_disagree() {
        check(
            &RULE,
            r#"
# Höftquiz

1. Vilken muskel böjer höften? (a) psoas (b) vaden

## Facit
   ----- first key

1. a
   -- question 1: `a` there

## Rätt svar
   ^^^^^^^^^ this quiz has two answer keys

1. b
   -- question 1: `b` here
"#,
        );
    }

    #[test]
    fn two_entries() {
        check(
            &RULE,
            r#"
title: Höft
questions:
  - {id: q1, prompt: Vad böjer höften?, options: [psoas, vaden]}
answerKey:
  q1: a
  -- first entry
  1: b
  ^ question `1` has two entries in this key
"#,
        );
    }

    #[test]
    fn one_key_twice_in_a_mapping() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Which one?
    options: [four, five]
    answer: a
    ------ first here
    answer: a
    ^^^^^^ the answer key `answer` is stated twice
"#,
        );
    }

    #[test]
    fn a_flag_twice_in_an_option() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vilken muskel böjer höften?
    options:
      - {text: psoas, correct: true, correct: false}
                      ------- first here
                                     ^^^^^^^ the answer key `correct` is stated twice
      - {text: vaden}
"#,
        );
    }

    #[test]
    fn one_entry_twice_in_the_key() {
        check(
            &RULE,
            r#"
questions:
  - {id: q1, prompt: Vilken muskel böjer höften?, options: [psoas, vaden]}
answerKey:
  q1: a
  -- first here
  q1: b
  ^^ the answer key `q1` is stated twice
"#,
        );
    }

    #[test]
    fn the_whole_key_twice() {
        check(
            &RULE,
            r#"
  questions:
    - {id: q1, prompt: Vilken muskel böjer höften?, options: [psoas, vaden]}
  answerKey: {q1: a}
  --------- first here
  answerKey: {q1: b}
  ^^^^^^^^^ the answer key `answerKey` is stated twice
"#,
        );
    }

    #[test]
    fn other_keys_of_the_same_name_are_no_answer_keys() {
        silent(
            &RULE,
            r#"
x-colours: {key: red, key: blue, correct: a, correct: b}
questions:
  - prompt: Vilken muskel böjer höften?
    x-notes: {answer: c, answer: d}
    options:
      - {key: a, key: b, text: psoas}
      - {key: c, text: vaden}
    answer: a
"#,
        );
    }

    #[test]
    fn a_field_and_a_flag() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Which one?
    options:
      - {id: x, text: four, correct: true}
                                     ---- first here
      - {id: y, text: five}
    answer: x
            ^ question 1 states its key twice
"#,
        );
    }

    #[test]
    fn two_answer_lines() {
        check(
            &RULE,
            r#"
# Quiz

1. Vad böjer höften?
   - A) psoas
   - B) vaden

   Correct answer: psoas
                   ----- first here
   Correct answer: B
                   ^ question 1 states its key twice
"#,
        );
        check(
            &RULE,
            r#"
# Quiz

1. What bends the hip?
   - A) psoas
   - B) soleus

   **Answer: A)**
             -- first here

   It bends it.

   **Answer: B**
             ^ question 1 states its key twice
"#,
        );
    }

    #[test]
    fn an_answer_may_be_told_again_with_its_reason() {
        let quiz = "# Quiz\n\n1. What bends the hip?\n   - [x] psoas\n   - [ ] soleus\n\n";
        silent(&RULE, &format!("{quiz}   Answer: psoas. It bends it.\n"));
        let quiz = "# Quiz\n\n1. What bends the hip?\n   - A) psoas\n   - B) soleus\n\n";
        silent(&RULE, &format!("{quiz}   Answer: A\n   The correct answer is A.\n"));
        silent(&RULE, &format!("{quiz}   Answer: A\n   Solution: it bends the hip.\n"));
    }

    #[test]
    fn keys_of_two_quizzes_are_fine() {
        silent(
            &RULE,
            r#"
# Hips and backs

## Quiz: hips

1. Which muscle? (a) psoas (b) soleus

## Answer key

1. a

## Quiz: backs

1. Which muscle? (a) multifidus (b) soleus

## Answer key

1. a
"#,
        );
    }

    #[test]
    fn keys_of_two_parts_are_fine() {
        let part = |name: &str| {
            format!(
                "## Part {name}\n\n1. Which muscle? (a) psoas (b) soleus\n2. Which joint? (a) hip (b) knee\n\n"
            )
        };
        let (a, b) = (part("A"), part("B"));
        silent(
            &RULE,
            &format!("# Quiz\n\n{a}### Answers\n\n1. a\n2. b\n\n{b}### Answers\n\n1. b\n2. a\n"),
        );
        for [first, second] in [
            ["## Answers to part A", "## Answers to part B"],
            ["## Part A: answer key", "## Part B: answer key"],
            ["**Answers (part A):**", "**Answers (part B):**"],
        ] {
            let keys = format!("{first}\n\n1. a\n2. b\n\n{second}\n\n1. b\n2. a\n");
            silent(&RULE, &format!("# Quiz\n\n{a}{b}{keys}"));
        }
    }

    #[test]
    fn an_answer_in_the_text_is_no_key() {
        silent(
            &RULE,
            r#"
# Quiz

## Which is the answer?

- [x] four
- [ ] five

The answer: four, since two and two are four.
"#,
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_told_once_whatever_the_file_is() {
        let told = |fixture: &str| {
            let files = crate::testing::files(&RULE, fixture);
            let said = crate::testing::diagnostics(&files);
            let rules = said.iter().map(|own| own.rule);
            rules
                .filter(|rule| [RULE.id, "syntax/duplicate-key"].contains(rule))
                .collect::<Vec<_>>()
        };
        let article = "//- articles/a.md\n---\ntitle: Hips\nanswer: a\nanswer: b\n---\n";
        let section = "## Quiz\n\n1. Which one? (a) psoas (b) soleus\n";
        assert_eq!(told(&format!("{article}{section}")), [RULE.id]);
        assert_eq!(told(article), ["syntax/duplicate-key"]);
        assert_eq!(told(&article.replace("articles", "quizzes")), ["syntax/duplicate-key"]);
    }
}
