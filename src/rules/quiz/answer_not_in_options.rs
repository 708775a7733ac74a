//! See `docs`.

use crate::diagnostic::{Confidence, Diagnostic, Level};
use crate::lexicon::LEXICON;
use crate::model::quiz::{KeyPlace, KeyValue, Question, Quiz, letter_and_text, stated_letter};
use crate::nearest::nearest;
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::Text;

pub static RULE: Rule = Rule {
    id: "quiz/answer-not-in-options",
    summary: "the key names no option of its question",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "ambiguous-index",
            level: Level::Warning,
            summary: "the key is a bare number that could count from 0 or from 1",
        },
        RuleKind {
            name: "other-words",
            level: Level::Warning,
            summary: "the key has the letter of an option, and words of none",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
The question cannot be answered. It happens when options are edited and the key is not.

```yaml fail
title: First aid
questions:
  - prompt: What helps a fresh sprain?
    options: [Rest, Ice, Heat]
    answer: Cold
```

A key may be an option's id, its letter, or its text; case and punctuation do not matter.

```yaml pass
title: First aid
questions:
  - prompt: What helps a fresh sprain?
    options: [Rest, Ice, Heat]
    answer: ice
```

Where a field has a letter and words (`b) Heat`), both are held against the option. Correct the key, or put the
missing option back. A number is read as an option's text, and
as a position where the keys of a quiz show that they count: from 0, when one of them is 0, and from 1,
when one of four or more is the number of options. Where they do not, they are one warning of a quiz:
the file says no more than that readers have to know. Write `answerIndex`, which counts from 0. A key `TBC` is a placeholder, and told as one.
"#,
    check: Check::Question(check),
};

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    if !question.has_choices() {
        return;
    }
    for statement in &question.key {
        for value in &statement.values {
            // That a key is still to be written is told of every text.
            let is_to_do = || LEXICON.residue.is_to_do(value.text.as_str());
            if value.choice.is_none() && value.torn.is_none() && !is_to_do() {
                report(quiz, question, statement.place, value, out);
            }
            other_words(question, value, out);
        }
    }
}

fn report(
    quiz: &Quiz<'_>,
    question: &Question<'_>,
    place: KeyPlace,
    value: &KeyValue<'_>,
    out: &mut Sink<'_>,
) {
    let whole = value.text.as_str();
    // "D. It is the longest one": the letter is the key.
    let is_in_text = question.node.is_none() && !question.choices.is_empty();
    let letter = stated_letter(whole).filter(|_| is_in_text);
    let (wanted, span) = match letter {
        Some(letter) => (&whole[letter.clone()], value.text.span_of(letter)),
        None => (whole, value.text.span()),
    };
    let own = Unmatched { quiz, question, wanted, span };
    let base = quiz.questions.numbers().base;
    let diagnostic = match base {
        _ if place == KeyPlace::Index => Some(own.as_index(out)),
        Some(base) if value.ambiguous => Some(own.as_number_from(base, out)),
        None if value.ambiguous => own.as_some_number(out),
        _ if question.choices.is_empty() => Some(own.as_truth(out)),
        _ => own.as_text(out),
    };
    if let Some((diagnostic, options)) = diagnostic.zip(question.choices_span()) {
        diagnostic.related(options, "the options");
    }
}

/// A value of a key that names no option.
struct Unmatched<'q> {
    quiz: &'q Quiz<'q>,
    question: &'q Question<'q>,
    wanted: &'q str,
    span: Span,
}

impl Unmatched<'_> {
    /// How many options there are, as in "there are 3 options".
    fn there(&self) -> String {
        match self.question.choices.len() {
            1 => "is 1 option".to_owned(),
            count => format!("are {count} options"),
        }
    }

    fn as_index<'s>(&self, out: &'s mut Sink<'_>) -> &'s mut Diagnostic {
        let (wanted, count) = (self.wanted, self.question.choices.len());
        let message = format!("`answerIndex` is {wanted}, but there {}", self.there());
        let diagnostic = out.report(self.span, message);
        diagnostic.label(format!("counts from 0, so it is at most {}", count.saturating_sub(1)));
        if wanted.parse() == Ok(count) && count > 0 {
            diagnostic.help(match may_count_from_1(self.quiz) {
                true => "all indices of this quiz may be counted from 1: then each is 1 too high, also those that name an option".to_owned(),
                false => format!("it looks counted from 1: the last option is {}", count - 1),
            });
        }
        diagnostic
    }

    /// In a quiz whose other numbers tell from where they count.
    fn as_number_from<'s>(&self, base: usize, out: &'s mut Sink<'_>) -> &'s mut Diagnostic {
        let count = self.question.choices.len();
        let message = format!("the key is {}, but there {}", self.wanted, self.there());
        out.report(self.span, message).label(match base {
            0 => format!("this quiz counts from 0, so it is at most {}", count.saturating_sub(1)),
            _ => format!("this quiz counts from 1, so it is 1 to {count}"),
        })
    }

    /// In a quiz where nobody knows from where numbers count; of many, the first is told.
    fn as_some_number<'s>(&self, out: &'s mut Sink<'_>) -> Option<&'s mut Diagnostic> {
        let (wanted, numbers) = (self.wanted, self.quiz.questions.numbers());
        if numbers.are_many() && self.question.number != numbers.first {
            return None;
        }
        let message = format!("the key `{wanted}` is a number, and no option reads `{wanted}`");
        let diagnostic = out.report(self.span, message);
        if wanted.parse::<usize>().is_ok_and(|own| own <= self.question.choices.len()) {
            diagnostic
                .kind("ambiguous-index")
                .label("counted from 0 or from 1?")
                .help("write the option's id or text, or `answerIndex` with a position from 0");
        } else {
            diagnostic
                .label("no option has this id, letter or text")
                .help("write the right option's id or text");
        }
        if numbers.are_many() {
            diagnostic.note(format!("so are the keys of {} more questions", numbers.count - 1));
        }
        Some(diagnostic)
    }

    fn as_truth<'s>(&self, out: &'s mut Sink<'_>) -> &'s mut Diagnostic {
        out.report(self.span, neither(self.wanted))
            .label("key of a true/false question")
            .help("write `true` or `false`")
    }

    fn as_text<'s>(&self, out: &'s mut Sink<'_>) -> Option<&'s mut Diagnostic> {
        let Self { question, wanted, .. } = self;
        let names = question.choices.iter().flat_map(|choice| [&choice.id, &choice.text]);
        let near = nearest(wanted, names.flatten().map(Text::as_str));
        let is_meant = || {
            question.node.is_none() && is_explained(wanted) || is_letter_of_copy(question, wanted)
        };
        if near.is_none() && is_meant() {
            return None;
        }
        let message = format!("the key `{wanted}` is none of the options");
        let diagnostic =
            out.report(self.span, message).label("no option has this id, letter or text");
        let count = question.choices.len();
        if let Some(near) = near {
            diagnostic.help(format!("did you mean `{near}`?"));
        } else if count <= 6 {
            let name = |index| format!("`{}`", question.choice_name(index));
            let all: Vec<_> = (0..count).map(name).collect();
            diagnostic.help(format!("the options are {}", all.join(", ")));
        }
        Some(diagnostic)
    }
}

/// `b) Heat` where b is something else, and no option is heat.
fn other_words(question: &Question<'_>, value: &KeyValue<'_>, out: &mut Sink<'_>) {
    // In running text, reasons follow the letter.
    const LONGEST: usize = 4;
    let Some((index, option)) = value
        .choice
        .filter(|_| question.node.is_some())
        .and_then(|index| Some((index, question.choices.get(index)?.text.as_ref()?)))
    else {
        return;
    };
    let whole = value.text.as_str();
    if normal::bare(whole) == normal::bare(option.as_str()) {
        return;
    }
    let Some((letter, words)) = letter_and_text(whole) else { return };
    if words.split_whitespace().count() > LONGEST || !are_strangers(words, option.as_str()) {
        return;
    }
    let name = question.choice_name(index);
    out.report(
        value.text.span(),
        format!("the key says `{words}`, and option {letter} is `{name}`"),
    )
    .kind("other-words")
    .label("the letter of one option, and words of none")
    .related(option.span(), format!("option {letter}"))
    .help("find out which is right, and write the option as it is");
}

/// Whether two texts have no word in common, and neither is short for the other.
fn are_strangers(one: &str, other: &str) -> bool {
    const JUDGEMENTS: &[&str] = &["correct", "right", "true", "false", "yes", "no", "answer"];
    let (one, other) = (normal::stemmed(&normal::bare(one)), normal::stemmed(&normal::bare(other)));
    let initials = |text: &str| text.split(' ').filter_map(|word| word.chars().next()).collect();
    let is_short = |short: &str, long: &str| {
        let initials: String = initials(long);
        short == initials || long.replace(' ', "").starts_with(&short.replace(' ', ""))
    };
    let shares = one.split(' ').any(|word| other.split(' ').any(|own| own == word));
    let is_judged = one.split(' ').any(|word| JUDGEMENTS.contains(&word));
    let are_words = [&one, &other].iter().all(|own| own.contains(char::is_alphabetic));
    are_words && !shares && !is_judged && !is_short(&one, &other) && !is_short(&other, &one)
}

/// Whether a key is the letter of an option that has the letter of the one before it, which is told as the mistake.
fn is_letter_of_copy(question: &Question<'_>, wanted: &str) -> bool {
    let [letter] = wanted.as_bytes() else { return false };
    let id = |index: usize| question.choices.get(index)?.id.as_ref().map(Text::as_str);
    let place = letter.to_ascii_lowercase().checked_sub(b'a').map(usize::from);
    let before = place.and_then(|place| Some((place.checked_sub(1)?, place)));
    before.is_some_and(|(before, own)| id(own).is_some() && id(own) == id(before))
}

/// Whether an answer in running text is put in words of its own: people tell which option they mean.
fn is_explained(answer: &str) -> bool {
    answer.split_whitespace().count() > 3
}

/// Whether several questions have an index and none of them is 0, as far as it takes to tell.
fn may_count_from_1(quiz: &Quiz<'_>) -> bool {
    const ENOUGH: usize = 50;
    let mut indices = 0;
    for question in quiz.questions.iter().take(ENOUGH) {
        for statement in question.key.iter().filter(|own| own.place == KeyPlace::Index) {
            if statement.values.iter().any(|value| value.choice == Some(0)) {
                return false;
            }
            indices += 1;
        }
    }
    indices > 1
}

/// What is wrong with the key of a statement.
pub fn neither(wanted: &str) -> String {
    format!("`{wanted}` is neither true nor false")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn a_key_that_is_no_option() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad hjälper?
    options: [Vila, Kyla, Värme]
              ----------------- the options
    answer: Läkare
            ^^^^^^ the key `Läkare` is none of the options
"#,
        );
    }

    #[test]
    fn true_and_false_in_the_words_of_a_language() {
        let words = [
            ("rätt", "fel"),
            ("sandt", "falsk"),
            ("sant", "usant"),
            ("riktig", "galt"),
            ("oikein", "väärin"),
            ("wahr", "unwahr"),
            ("waar", "niet waar"),
            ("juist", "onjuist"),
            ("cierto", "falso"),
            ("vero", "falso"),
            ("verdadeiro", "falso"),
        ];
        for (right, wrong) in words {
            let quiz = format!(
                "title: Höft\nquestions:\n  - {{prompt: A, type: true-false, answer: {right}}}\n  - {{prompt: B, type: true-false, answer: {wrong}}}\n  - {{prompt: C, options: [{right}, {wrong}], answer: false}}\n"
            );
            silent(&RULE, &quiz);
        }
        let quiz = "title: Höft\nquestions:\n  - {prompt: A, type: true-false, answer: kanske}\n";
        assert!(diagnostics(&files(&RULE, quiz)).iter().any(|own| own.rule == RULE.id));
    }

    #[test]
    fn options_in_the_lines_of_a_prompt() {
        check(
            &RULE,
            r#"
//- quizzes/hips.json
{"questions": [
  {"question": "Vilken led böjs?\n a) Knä\n b) Höft", "answer": "b"},
  {"question": "Vilken led böjs mest?\n a) Knä\n b) Höft", "answer": "e"}
                                        ---------------- the options
                                                                     ^^^ the key `e` is none of the options
]}
"#,
        );
        check(
            &RULE,
            "
questions:
  - prompt: |
      Which joint turns?
      A. The knee
      ----------- the options
      B. The hip
    answer: [B, C]
                ^ the key `C` is none of the options
  - prompt: |
      Say what bends here.
      a) Where is the hip?
      b) Where is the knee?
    answer: Above the thigh, and below it.
  - prompt: |
      It begins with vitamin
      A. Then, what follows?
    answer: C
",
        );
    }

    #[test]
    fn a_letter_past_the_last_option() {
        check(
            &RULE,
            r#"
questions:
  - prompt: What helps?
    options: [Rest, Ice]
              --------- the options
    answer: [a, d]
                ^ the key `d` is none of the options
"#,
        );
    }

    #[test]
    fn a_letter_with_words_of_no_option() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer höften?
    options: [Psoas – den stora, Soleus, Anterior cruciate ligament]
                                 ------ option b
    answer: b) Gluteus
            ^^^^^^^^^^ the key says `Gluteus`, and option b is `Soleus`
"#,
        );
        let key = |own: &str| {
            format!(
                "questions:\n  - {{prompt: Vad?, options: [The big psoas, Soleus, Anterior cruciate ligament], answer: '{own}'}}\n"
            )
        };
        for own in [
            "c) ACL",
            "a) psoas",
            "b) correct",
            "b) Sol.",
            "b",
            "b) because it ends below the knee",
        ] {
            silent(&RULE, &key(own));
        }
    }

    #[test]
    fn a_letter_that_two_options_share_is_told_once() {
        let quiz = |key: &str| {
            let options = "[A) höft, A) knä, C) fot]";
            format!(
                "title: Höft\nquestions:\n  - {{prompt: Vad?, options: {options}, answer: {key}}}\n"
            )
        };
        let rules =
            |key: &str| told(&quiz(key)).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
        assert_eq!(rules("B"), ["quiz/duplicate-or-overlapping-options"]);
        assert_eq!(rules("D"), [RULE.id, "quiz/duplicate-or-overlapping-options"]);
    }

    #[test]
    fn a_key_to_be_written_is_told_as_a_placeholder() {
        let quiz = |key: &str| {
            format!(
                "title: Höft\nquestions:\n  - {{prompt: Vad?, options: [psoas, vaden], answer: {key}}}\n"
            )
        };
        for key in ["TBC", "[TODO]", "' TBD '"] {
            let said = diagnostics(&files(&RULE, &quiz(key)));
            let own = said.iter().filter(|own| !own.rule.starts_with("project/"));
            let rules: Vec<_> = own.map(|own| own.rule).collect();
            assert_eq!(rules, ["text/placeholder-or-boilerplate"], "{key}");
        }
        for key in ["tbc", "'???'", "TBC1"] {
            assert_eq!(told(&quiz(key)).len(), 1, "{key}");
        }
        let text = "# Quiz\n\n1. Vad?\n   a) psoas\n   b) vaden\n\n   Answer: TBC\n";
        assert_eq!(told(text), []);
    }

    #[test]
    fn a_word_behind_the_number_of_a_question() {
        check(
            &RULE,
            "
# Quiz

1. True or false: höften är en led.
2. True or false: knät är ett ben.

## Answer key

**Question 1**: TRUE
**Why**: Two bones meet.

**Question 2**: Kanske
                ^^^^^^ `Kanske` is neither true nor false
",
        );
    }

    #[test]
    fn what_stands_behind_a_letter_is_no_part_of_the_key() {
        let quiz = |key: &str| {
            format!(
                "# Quiz\n\n1. Vad böjer knät?\n   a) hamstrings\n   b) vaden\n2. Vad böjer armen?\n   a) biceps\n   b) triceps\n\n## Answers\n\n1. {key}\n2. a\n"
            )
        };
        for key in [
            "a (p. 12)",
            "a [1]",
            "a [@smith]",
            "Option a",
            "The answer is a.",
            "a or hamstrings",
            "a hamstrings",
            "a because it does",
            "The muscle behind the thigh",
        ] {
            assert_eq!(told(&quiz(key)), [], "{key}");
        }
        for key in ["d (p. 12)", "d [1]", "d or hamstrings", "d. Steroids, not food.", "d"] {
            let text = quiz(key);
            let at = text.find("1. d").expect("it is there") + 3;
            assert_eq!(told(&text), [(RULE.id, at)], "{key}");
        }
        assert_eq!(told(&quiz("Option d")).len(), 1);
    }

    #[test]
    fn options_have_signs_of_many_kinds() {
        for (options, right, wrong) in [
            ("   i. Elbow\n   ii. Hip\n", "ii", "iv"),
            ("   a: Elbow\n   b: Hip\n", "b", "d"),
            ("   \u{2460} Elbow\n   \u{2461} Hip\n", "\u{2461}", "\u{2464}"),
            ("   a) Elbow (b) Hip\n", "(b)", "(d)"),
            ("   - [a] Elbow\n   - [b] Hip\n", "b", "d"),
        ] {
            let quiz = |key: &str| format!("# Quiz\n\n1. Which bends?\n{options}\nAnswer: {key}\n");
            assert_eq!(told(&quiz(right)), [], "{options}");
            let rules: Vec<_> = told(&quiz(wrong)).into_iter().map(|(rule, _)| rule).collect();
            assert_eq!(rules, [RULE.id], "{options}");
        }
    }

    #[test]
    fn an_index_out_of_range() {
        check(
            &RULE,
            r#"
questions:
  - prompt: What helps?
    options: [Rest, Ice]
              --------- the options
    answerIndex: 2
                 ^ `answerIndex` is 2, but there are 2 options
"#,
        );
    }

    #[test]
    fn a_letter_that_is_left_out() {
        check(
            &RULE,
            "
//- quizzes/a.md
# Höft

1. Which muscle bends the hip?
   - A) Psoas
        ----- the options
   - C) Biceps
   - D) Deltoid

Answer: B
        ^ the key `B` is none of the options
//- quizzes/b.yaml
questions:
  - prompt: Vad böjer knät?
    options: [A. Hamstrings, C. Soleus]
              ------------------------ the options
    answer: B
            ^ the key `B` is none of the options
  - prompt: Who was first?
    options: [A. Lincoln, G. Washington, T. Jefferson]
    answer: B
",
        );
    }

    #[test]
    fn numbers_that_show_where_they_count_from() {
        let told = |keys: &[usize]| {
            let question = |key| {
                format!(
                    "  - {{prompt: Vad?, options: [Vila, Kyla, Värme], correctAnswer: {key}}}\n"
                )
            };
            let questions: String = keys.iter().map(question).collect();
            let said = diagnostics(&files(&RULE, &format!("questions:\n{questions}")));
            let own = said.iter().filter(|own| own.rule == RULE.id);
            own.map(|own| own.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(told(&[0, 2, 1]), [""; 0]);
        assert_eq!(told(&[1, 3, 2, 1]), [""; 0]);
        assert_eq!(told(&[0, 3]), ["the key is 3, but there are 3 options"]);
        assert_eq!(told(&[1, 3, 2, 4]), ["the key is 4, but there are 3 options"]);
        assert_eq!(told(&[2]), ["the key `2` is a number, and no option reads `2`"]);
        assert_eq!(told(&[1, 3]).len(), 2);
        assert_eq!(told(&[1, 2, 1, 2, 2]).len(), 1);
    }

    #[test]
    fn lists_of_numbers_show_it_too() {
        let told = |field: &str, keys: &[&str]| {
            let question = |key: &&str| {
                format!("  - {{prompt: Vad?, options: [Vila, Kyla, Värme], {field}: {key}}}\n")
            };
            let questions: String = keys.iter().map(question).collect();
            let said = diagnostics(&files(&RULE, &format!("questions:\n{questions}")));
            let own = said.iter().filter(|own| own.rule == RULE.id);
            own.map(|own| own.message.clone()).collect::<Vec<_>>()
        };
        for field in ["correctAnswers", "answer", "answers"] {
            assert_eq!(told(field, &["[0]", "[1, 2]"]), [""; 0], "{field}");
            let past = ["the key is 3, but there are 3 options"];
            assert_eq!(told(field, &["[0]", "[1, 3]"]), past, "{field}");
            assert_eq!(told(field, &["[2]", "[1]"]).len(), 2, "{field}");
            assert_eq!(told(field, &["[1]", "[1, 3]", "[2]", "[1, 2]"]), [""; 0], "{field}");
        }
    }

    #[test]
    fn numbers_beside_columns_show_it_too() {
        let told = |keys: &[usize]| {
            let question =
                |key| format!("- {{q: Vad?, opa: Vila, opb: Kyla, opc: Värme, cop: {key}}}\n");
            let questions: String = keys.iter().map(question).collect();
            let said = diagnostics(&files(&RULE, &questions));
            let own = said.iter().filter(|own| own.rule == RULE.id);
            own.map(|own| own.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(told(&[1, 3, 2, 1]), [""; 0]);
        assert_eq!(told(&[0, 2, 1]), [""; 0]);
        assert_eq!(told(&[1, 3, 2, 4]), ["the key is 4, but there are 3 options"]);
    }

    #[test]
    fn topics_of_one_file_count_alike() {
        let told = |first: usize| {
            let topic =
                |key| format!("[{{question: Vad?, options: [Vila, Kyla], correct: {key}}}]");
            let text = format!("knä: {}\nhöft: {}\n", topic(first), topic(1));
            let said = diagnostics(&files(&RULE, &text));
            said.iter().filter(|own| own.rule == RULE.id).count()
        };
        assert_eq!(told(0), 0);
        assert_eq!(told(1), 2);
    }

    #[test]
    fn questions_may_have_names_and_topics() {
        let told = |open: &str, close: &str, key: &str| {
            let asked = |prompt: &str, key: &str| {
                format!("{{question: {prompt}, options: [Höft, Knä], answer: {key}}}")
            };
            let text = open.replace("ONE", &asked("Vad?", "Höft"));
            let text = format!("{text}{}{close}", asked("Var?", key));
            let said = diagnostics(&files(&RULE, &text));
            let known = said.iter().filter(|own| !own.rule.starts_with("project/"));
            known.map(|own| (own.rule, own.message.to_string())).collect::<Vec<_>>()
        };
        for (open, close) in [
            ("{q1: ONE, q2: ", "}"),
            ("{quiz: {ben: {q1: ONE}, leder: {q1: ONE, q2: ", "}}}"),
            ("{leder: {easy: [ONE], hard: [ONE, ", "]}}"),
            ("{success: true, data: {title: Leder, questions: [ONE, ", "]}}"),
            ("{version: 1, data: {leder: {q1: ONE, q2: ", "}}}"),
            ("{title: Leder, questions: {q1: ONE, q2: ", "}}"),
        ] {
            assert_eq!(told(open, close, "Knä"), [], "{open}");
            let wrong = (RULE.id, "the key `Fot` is none of the options".to_owned());
            assert_eq!(told(open, close, "Fot"), [wrong], "{open}");
        }
        // A question may itself be a mapping, and so may what stands beside the questions.
        for text in [
            "{questions: [{prompt: {prompt: Vad?, distractors: [Höft]}, answer: Knä}]}",
            "{example: {question: Vad?}, title: Leder, questions: [{q: Vad?, a: [Ja, Nej], correct: Ja}]}",
        ] {
            let said = diagnostics(&files(&RULE, text));
            assert!(said.iter().all(|own| own.rule != RULE.id), "{text}");
        }
        // What is no mapping of questions is the schema's.
        let question = "prompt: Vad?, options: [Ja, Nej], answer: Fot";
        for held in [question.to_owned(), format!("items: [{{{question}}}]")] {
            let text = format!("{{title: Leder, questions: {{{held}}}}}");
            let said = diagnostics(&files(&RULE, &text));
            let own: Vec<_> = said.iter().filter(|own| own.rule == "schema/type").collect();
            let [own] = own.as_slice() else { panic!("{said:?}") };
            assert_eq!(own.message, "expected a list for `questions`, found a mapping");
        }
        assert_eq!(told("{meta: {a: {b: 1}}, rest: ", "}", "Fot")[0].0, "schema/required");
    }

    #[test]
    fn letters_in_one_mapping_of_a_list() {
        let told = |options: &str, key: &str| {
            let text =
                format!("questions: [{{prompt: Var?, options: {options}, answer: {key}}}]\n");
            let said = diagnostics(&files(&RULE, &text));
            said.iter().filter(|own| own.rule == RULE.id).map(|own| own.message.clone()).collect()
        };
        let none: [String; 0] = [];
        let said: Vec<String> = told("[{a: Höft, b: Knä}]", "b");
        assert_eq!(said, none);
        let said: Vec<String> = told("[{a: Höft, b: Knä}]", "c");
        assert_eq!(said, ["the key `c` is none of the options"]);
        let said: Vec<String> = told("[{id: x, text: Höft}]", "x");
        assert_eq!(said, none);
    }

    #[test]
    fn a_number_that_an_option_reads_counts_nothing() {
        let quiz = |options: &str| {
            let text = format!(
                "questions:\n  - {{prompt: Hur?, options: {options}, answer: 3}}\n  - {{prompt: Vad?, options: [a, b], answer: 0}}\n"
            );
            let said = diagnostics(&files(&RULE, &text));
            said.iter().filter(|own| own.rule == RULE.id).count()
        };
        assert_eq!(quiz("[3, 0]"), 0);
        assert_eq!(quiz("{3: Vila, 0: Kyla}"), 0);
        assert_eq!(quiz("[{id: 3, text: Vila}, {id: 4, text: Kyla}]"), 0);
        assert_eq!(quiz("[Vila, Kyla]"), 1);
    }

    #[test]
    fn indices_that_may_all_count_from_1() {
        let help = |indices: [usize; 3]| {
            let question = |index| {
                format!(
                    "  - {{prompt: Vad?, options: [Vila, Kyla, Värme], answerIndex: {index}}}\n"
                )
            };
            let questions: String = indices.into_iter().map(question).collect();
            let said = diagnostics(&files(&RULE, &format!("questions:\n{questions}")));
            let own: Vec<_> = said.iter().filter(|own| own.rule == RULE.id).collect();
            assert_eq!(own.len(), 1, "{own:#?}");
            own[0].help.clone().unwrap_or_default().into_owned()
        };
        assert!(help([1, 3, 2]).starts_with("all indices of this quiz may be counted from 1"));
        assert_eq!(help([1, 3, 0]), "it looks counted from 1: the last option is 2");
        assert_eq!(help([1, 4, 2]), "");
    }

    #[test]
    fn an_empty_key_is_told_by_the_schema_alone() {
        for key in
            ["answer: ''", "answer: null", "answerIndex: -1", "answerIndex: '1'", "correct: ''"]
        {
            let quiz = format!("questions:\n  - {{prompt: Vad?, options: [Vila, Kyla], {key}}}\n");
            let said = diagnostics(&files(&RULE, &quiz));
            let rules: Vec<_> =
                said.iter().map(|own| own.rule).filter(|own| own.starts_with("quiz/")).collect();
            assert_eq!(rules, [""; 0], "{key}");
            assert!(said.iter().any(|own| own.rule.starts_with("schema/")), "{key}: {said:#?}");
        }
    }

    #[test]
    fn a_bare_number() {
        check(
            &RULE,
            r#"
questions:
  - prompt: What helps?
    options: [Rest, Ice]
              --------- the options
    answer: 1
            ^ the key `1` is a number, and no option reads `1`
"#,
        );
    }

    #[test]
    fn a_label_is_an_id_beside_a_text() {
        let said = |options: &str, answer: &str| {
            let quiz = format!(
                "//- quizzes/a.json\n{{\"title\": \"L\", \"questions\": [{{\"prompt\": \"Vad?\", \"options\": [{options}], \"answer\": \"{answer}\"}}]}}\n"
            );
            let said = diagnostics(&files(&RULE, &quiz));
            let rules = said.iter().map(|own| own.rule);
            rules.filter(|rule| !rule.starts_with("project/")).collect::<Vec<_>>()
        };
        let both = r#"{"label": "A", "text": "Domningar"}, {"label": "B", "text": "Stelhet"}"#;
        let alone = r#"{"label": "Domningar"}, {"label": "Stelhet"}"#;
        assert_eq!(said(both, "A"), [""; 0]);
        assert_eq!(said(both, "Stelhet"), [""; 0]);
        assert_eq!(said(both, "C"), [RULE.id]);
        assert_eq!(said(alone, "Stelhet"), [""; 0]);
        let three = r#"{"id": "x", "label": "A", "text": "Domningar"}, "Stelhet""#;
        assert_eq!(said(three, "Stelhet"), ["syntax/duplicate-key"]);
    }

    #[test]
    fn ids_letters_and_texts_are_fine() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: A, options: [Rest, Ice], answer: b}
  - {prompt: B, options: [Rest, Ice], answer: "B)"}
  - {prompt: C, options: [Rest, Ice], answer: ice.}
  - {prompt: D, options: [{id: r, text: Rest}, {id: i, text: Ice}], answer: i}
  - {prompt: E, options: [10, 20, 30], answer: 20}
  - {prompt: F, type: true-false, answer: true}
  - {prompt: G, type: short-answer, answer: forty}
  - {prompt: H, type: numeric, answer: 4}
  - {prompt: I, answer: Rest, distractors: [Ice]}
  - {prompt: J, options: [Yes, No], answer: false}
"#,
        );
    }

    #[test]
    fn a_list_of_questions_is_a_quiz() {
        check(
            &RULE,
            "
- question: Which joint bends?
  choices: {A: Elbow, B: Hip}
            ---------------- the options
  answer: C
          ^ the key `C` is none of the options
- question: Which is a hinge joint?
  correct_answer: Knee
  incorrect_answers: [Hip]
- q: How many bones meet there?
  options: [Two, Three]
  answer: 3
",
        );
    }

    /// Quizzes as people write them, `KEY` the key of a question whose right option is the second one.
    const FORMS: &[&str] = &[
        "Which joint bends in a squat?\n\n- [ ] Elbow\n- [ ] Hip\n\nAnswer: KEY\n",
        "Which joint bends in a squat?\n\nA. Elbow\nB. Hip\n\nAnswer: KEY\n",
        "**Q1. Which joint bends?**\n\n- A. Elbow\n- B. Hip\n\n**Answer:** KEY\n",
        "**Question 1:** Which joint bends?\n\nA) Elbow\n\nB) Hip\n\n*Correct answer: KEY*\n",
        "#### Q1\nWhich joint bends?\n* [ ] Elbow\n* [ ] Hip\n\nCorrect: KEY\n",
        "1. Which joint bends?\\\n   a) Elbow\\\n   b) Hip\n\n   Answer: KEY\n",
        "1. Which joint bends?  \n   a) Elbow  \n   b) Hip  \n   Answer: KEY\n",
        "1. The hip is a ____ joint.\n   - a. hinge\n   - b. ball-and-socket\n   - Answer: KEY\n",
        "## 1. Which joint bends?\n\n> A. Elbow\n> B. Hip\n\nAnswer: KEY\n",
        "1. Which joint bends?\n\n   A - Elbow\n   B - Hip\n\n   Answer: KEY\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n   **Explanation:** It does.\n   **Answer:** KEY\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n   ||Answer: KEY||\n",
        "**1) In a squat, which joint bends most:**\n\n(a) elbow\n(b) hip\n(c) jaw\n\n_Ans: (KEY)_\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n---\n\n**Answer Key**\n\n1. KEY\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n### Answer key\n\n- Question 1: KEY\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n## Answer key\n\n**1.** KEY \u{2013} in a squat.\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n**Answers:** 1 \u{2192} KEY\n",
        "**Q1.** Which joint bends?\n\n- A) Elbow\n- B) Hip\n**Answer:** KEY\n",
        "**Q1.** Which joint bends?\nA. Elbow\nB. Hip\n\n**Correct answer: KEY**\n*Explanation:* It does.\n",
    ];

    /// The same with what drafts have not.
    const MARKDOWN: &[&str] = &[
        "1. Which joint bends?\n\n   A. Elbow\n\n   B. Hip\n\n> [!question]- Show answer\n> **Correct Answer: KEY**\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n<details>\n<summary>Answer</summary>\n\n**KEY.** It does.\n\n</details>\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n<details>\n<summary>Answers</summary>\n\n1. KEY\n\n</details>\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n<details>\n<summary>Answers</summary>\n1. KEY<br>\n</details>\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n## Answers\n\n| Question | Answer |\n|---|---|\n| 1 | KEY |\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n??? success \"Answer\"\n    KEY. It does.\n\nThat was all.\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n??? answer\n\n    KEY\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n:::details Answer\nKEY. It does.\n:::\n",
        "1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n<details><summary>Answer</summary><p>KEY. It does.</p></details>\n",
        "| # | Question | A | B | Answer |\n|---|---|---|---|---|\n| 1 | Which joint bends? | Elbow | Hip | KEY |\n",
        "| Frage | Option A | Option B | L\u{f6}sung |\n|---|---|---|---|\n| Which joint bends? | Elbow | Hip | KEY |\n",
        "| Question | Choices | Key |\n|---|---|---|\n| Which joint bends? | a) Elbow<br>b) Hip | KEY |\n",
        "| Question | Options | Correct answer | Why |\n|---|---|---|---|\n| Which joint bends? | Elbow; Hip | Option KEY | It does. |\n",
        "| Question | A | B |\n|---|---|---|\n| Which joint bends? | Elbow | Hip |\n\n## Answers\n\n1. KEY\n",
        ":::note\n1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\nAnswer: KEY\n:::\n",
        "1. Which joint bends?\n\n   A) Elbow\n   B) Hip\n\n   Answer key: KEY\n",
        "**Q: Which joint bends?**\n\na. Elbow\nb. Hip\n\nA: KEY\n",
        "Q1. Which joint bends?\n(a) Elbow (b) Hip\nA1. KEY\n",
        "Q 1) Which joint bends?\n\nA) Elbow\n\nB) Hip\n\nA: KEY\n",
    ];

    /// The rules of quizzes that say something, each with where.
    fn told(text: &str) -> Vec<(&'static str, usize)> {
        let said = diagnostics(&files(&RULE, text));
        let own = said.iter().filter(|own| own.rule.starts_with("quiz/"));
        own.map(|own| (own.rule, own.primary.span.start as usize)).collect()
    }

    #[test]
    fn parts_number_their_questions_anew() {
        let titles = [
            "## Part A\n\nQ\n## Part B\n\nR\n",
            "**Section A: muscles**\n\nQ\n**Section B: joints**\n\nR\n",
            "## Muscles\n\nQ\n## Joints\n\nR\n",
            "Q\n---\n\nR\n",
        ];
        let keys = [
            "## Answer key\n\n### Part A\n\n1. b\n2. c\n\n### Part B\n\n1. c\n2. KEY\n",
            "## Answer key\n\n**Part A**\n\n1. b\n2. c\n\n**Part B**\n\n1. c\n2. KEY\n",
            "## Answers\n\nPart A: 1. b, 2. c\n\nPart B: 1. c, 2. KEY\n",
            "## Answers\n\n- Part A: 1-b, 2-c\n- Part B: 1-c, 2-KEY\n",
            "## Answers\n\n- Part A\n  1. b\n  2. c\n- Part B\n  1. c\n  2. KEY\n",
            "## Answers\n\n### Muscles\n\n1. b\n2. c\n\n### Joints\n\n1. c\n2. KEY\n",
            "## Answers to part A\n\n1. b\n2. c\n\n## Answers to part B\n\n1. c\n2. KEY\n",
        ];
        let asked = |words: &str| {
            format!(
                "1. Which {words} is one?\n   - a) Elf\n   - b) Two\n\n2. Which {words} is the other?\n   - a) Ape\n   - b) Bee\n   - c) Cow\n"
            )
        };
        let muscles = asked("muscle");
        let joints = "1. Which joint is one?\n   - a) Arm\n   - b) Box\n   - c) Car\n\n2. Which joint is the other?\n   - a) Ear\n   - b) Fly\n";
        for title in titles {
            let body = title.replace('Q', &muscles).replace('R', joints);
            for key in keys {
                let text = format!("# Quiz\n\n{body}\n{key}");
                assert_eq!(told(&text.replace("KEY", "a")), [], "{text}");
                let at = text.find("KEY").expect("it is there");
                assert_eq!(told(&text.replace("KEY", "c")), [(RULE.id, at)], "{text}");
            }
        }
        let tables = [
            "| Question | Answer |\n|---|---|\n| A1 | b |\n| A2 | c |\n| B1 | c |\n| B2 | KEY |\n",
            "| Part | Question | Answer |\n|---|---|---|\n| A | 1 | b |\n| A | 2 | c |\n| B | 1 | c |\n| B | 2 | KEY |\n",
            "- A1: b\n- A2: c\n- B1: c\n- B2: KEY\n",
        ];
        for key in tables {
            let body = titles[0].replace('Q', &muscles).replace('R', joints);
            let text = format!("# Quiz\n\n{body}\n## Answers\n\n{key}");
            assert_eq!(told(&text.replace("KEY", "a")), [], "{text}");
            let at = text.find("KEY").expect("it is there");
            assert_eq!(told(&text.replace("KEY", "c")), [(RULE.id, at)], "{text}");
        }
    }

    #[test]
    fn options_in_lines_of_their_own_make_a_question() {
        for head in ["Question N\n\n", "**Question N**\n", "Q N. ", "QN - ", ""] {
            let asked = |number: usize, key: &str| {
                let head = head.replace('N', &number.to_string());
                format!(
                    "{head}The {number} is a ____ joint.\nA. hinge\nB. ball\n\nAnswer: {key}\n\n"
                )
            };
            let quiz =
                |keys: [&str; 2]| format!("# Quiz\n\n{}{}", asked(1, keys[0]), asked(2, keys[1]));
            assert_eq!(told(&quiz(["A", "B"])), [], "{head}");
            let text = quiz(["A", "Z"]);
            let at = text.find("Z").expect("it is there");
            assert_eq!(told(&text), [(RULE.id, at)], "{head}");
        }
    }

    #[test]
    fn numbered_questions_with_their_answers_below_a_heading_are_no_options() {
        let quiz = |answers: [&str; 2]| {
            format!(
                "# Fot\n\n## Easy Level\n\n1. **Which joint bends?**  \n   **Answer:** {}\n\n2. **Which one turns?**  \n   **Answer:** {}\n",
                answers[0], answers[1]
            )
        };
        assert_eq!(told(&quiz(["The knee", "The hip"])), []);
        // Options that do not ask are those of the heading above.
        let text = "# Fot\n\n## Which joint bends?\n\n1. The knee\n2. The hip\n   Answer: Ö\n";
        let at = text.find("Ö").expect("it is there");
        assert_eq!(told(text), [(RULE.id, at)]);
    }

    #[test]
    fn lists_in_explanations_are_no_questions() {
        let asked = |number: usize, key: &str| {
            [
                format!(
                    "{number}. Which of the {number} bends?\n- A) Elbow\n- B) Hip\n\nAnswer: {key}\n\nExplanation:\n\n1. It bends.\n2. It does.\n3. So it is.\n\n"
                ),
                format!(
                    "## {number}. Which of the {number} bends?\n\n- A) Elbow\n- B) Hip\n\nExplanation:\n\n1. It bends.\n2. It does.\n\nAnswer: {key}\n\n"
                ),
                format!(
                    "{number}. Which of the {number} bends?\n\n   A) Elbow\n   B) Hip\n\nAnswer: {key}\n\n### Explanation\n\n1. It bends.\n2. It does.\n\n"
                ),
            ]
        };
        for form in 0..3 {
            let quiz = |keys: [&str; 3]| {
                let each = keys.into_iter().enumerate();
                let each = each.map(|(index, key)| asked(index + 1, key)[form].clone());
                format!("# Quiz\n\n{}", each.collect::<String>())
            };
            assert_eq!(told(&quiz(["A", "B", "A"])), [], "{form}");
            let text = quiz(["A", "Z", "A"]);
            let at = text.find("Z").expect("it is there");
            assert_eq!(told(&text), [(RULE.id, at)], "{form}");
        }
    }

    #[test]
    fn hints_and_distractors_are_not_all_the_options() {
        let asked = |number: usize, aside: &str| {
            format!("### {number}. Which joint of {number} bends?\n\n{aside}\n\n")
        };
        for aside in [
            "Answer: the hip\n\nDistractors:\n\n- the skull\n- the jaw",
            "**Wrong answers:**\n\n* the skull\n* the jaw\n\n**Correct answer:** the hip",
            "Answer: the hip\n\nHints:\n1. It is big.\n2. It is deep.",
            "#### Hints\n\n- It is big.\n- It is deep.\n\nAnswer: the hip",
            "- Answer: the hip\n- Explanation: It does.\n- Level: easy",
        ] {
            let quiz = format!("# Quiz\n\n{}{}", asked(1, aside), asked(2, aside));
            assert_eq!(told(&quiz), [], "{aside}");
        }
        // "Hint: ..." says one, and the options follow.
        let text = "# Quiz\n\n### 1. Which joint bends?\n\nHint: It is big.\n\n- the hip\n- the skull\n\nAnswer: the jaw\n";
        let at = text.find("the jaw").expect("it is there");
        assert_eq!(told(text), [(RULE.id, at)]);
        let text = "# Quiz\n\n### 1. Which joint bends?\n\nHints:\n\n- It is big.\n\nOptions:\n\n- a) the hip\n- b) the skull\n\nAnswer: z\n";
        let at = text.rfind('z').expect("it is there");
        assert_eq!(told(text), [(RULE.id, at)]);
    }

    #[test]
    fn a_folded_letter_that_is_not_offered() {
        let quiz = |answer: &str| {
            format!(
                "# Quiz\n\n1. Which joint bends?\n   - A. Elbow\n   - B. Hip\n\n<details>\n<summary>Answer</summary>\n\n{answer}\n\n</details>\n"
            )
        };
        for right in [
            "B",
            "**B**",
            "B. It does.",
            "Hip",
            "The hip does.",
            "It depends.",
            "A hinge joint does not.",
        ] {
            assert_eq!(told(&quiz(right)), [], "{right}");
        }
        for wrong in
            ["F", "**F**", "F. It does.", "F) Knee", "The correct answer is F.", "F is correct."]
        {
            let text = quiz(wrong);
            let at = text.find("F").expect("it is there");
            assert_eq!(told(&text), [(RULE.id, at)], "{wrong}");
        }
    }

    #[test]
    fn a_value_beside_a_label_is_a_letter_or_a_text() {
        let forms = [
            "{label: A, value: Hip}, {label: B, value: Knee}",
            "{value: a, label: Hip}, {value: b, label: Knee}",
            "{value: a, text: Hip}, {value: b, text: Knee}",
            "{key: a, value: Hip}, {key: b, value: Knee}",
            "{letter: A, text: Hip}, {letter: B, text: Knee}",
        ];
        for form in forms {
            let rules = |answer: &str| {
                let quiz = format!(
                    "title: Leder\nquestions:\n  - {{prompt: Which joint?, options: [{form}], answer: {answer}}}\n"
                );
                let said = diagnostics(&files(&RULE, &quiz));
                let rules = said.iter().map(|own| own.rule);
                rules.filter(|rule| !rule.starts_with("project/")).collect::<Vec<_>>()
            };
            assert_eq!(rules("b"), [""; 0], "{form}");
            assert_eq!(rules("Knee"), [""; 0], "{form}");
            assert_eq!(rules("Foot"), [RULE.id], "{form}");
        }
        let scored = "title: Leder\nquestions:\n  - {prompt: Which joint?, options: [{text: Hip, value: true}, Knee], answer: Hip}\n";
        let said = diagnostics(&files(&RULE, scored));
        let rules: Vec<_> =
            said.iter().map(|own| own.rule).filter(|own| own.starts_with("schema/")).collect();
        assert_eq!(rules, [""; 0]);
    }

    #[test]
    fn a_letter_that_no_option_has_in_a_folded_answer() {
        check(
            &RULE,
            "
# Fot

## Which bone is at the heel?

- A) the talus
     --------- the options
- B) the calcaneus

<details><summary>Answer</summary>

**D** \u{2013} the calcaneus
  ^ the key `D` is none of the options

</details>
",
        );
    }

    #[test]
    fn collections_have_names_of_their_own() {
        let rules = |question: &str| {
            let quiz = format!("title: Leder\nquestions:\n  - {{{question}}}\n");
            let said = diagnostics(&files(&RULE, &quiz));
            let rules = said.iter().map(|own| own.rule);
            rules.filter(|rule| !rule.starts_with("project/")).collect::<Vec<_>>()
        };
        let forms = [
            "title: Which joint?, choices: [Hip, Knee], answerKey: KEY",
            "title: Knees, text: Which joint?, options: [Hip, Knee], answer: KEY",
            "question: Which joint?, text: A knee hurts., options: [Hip, Knee], solution: KEY",
            "q: Which joint?, answerChoices: [Hip, Knee], correct_response: KEY",
            "statement: Which joint?, options: [Hip, Knee], answer: KEY, solution: The knee bends.",
            "Question: Which joint?, Option A: Hip, Option B: Knee, Option C: '', Correct Answer: KEY",
            "question: Which joint?, option1: Hip, option2: Knee, answer: KEY",
            "q: Which joint?, a: Hip, b: Knee, correct: KEY",
            "q: Which joint?, a: [Hip, Knee], correct: KEY",
            "question: Which joint?, opa: Hip, opb: Knee, cop: KEY, exp: It bends.",
            "stem: Which joint?, alternatives: [{text: Hip}, {text: Knee}], answer: KEY",
        ];
        for form in forms {
            assert_eq!(rules(&form.replace("KEY", "Knee")), [""; 0], "{form}");
            assert_eq!(rules(&form.replace("KEY", "Foot")), [RULE.id], "{form}");
        }
        // Names of columns, and of options by their letters, name options.
        for (options, key) in [
            ("option_a: Hip, option_b: Knee", "option_b"),
            ("option1: Hip, option2: Knee", "2"),
            ("a: Hip, b: Knee", "Option B"),
            ("choices: {a: Hip, b: Knee}", "Choice b"),
        ] {
            let form = format!("question: Which joint?, {options}, answer: KEY");
            assert_eq!(rules(&form.replace("KEY", key)), [""; 0], "{form}: {key}");
            assert_eq!(rules(&form.replace("KEY", "option 4")), [RULE.id], "{form}");
        }
        // A card with a question and its answer, and other spellings of an answer.
        assert_eq!(rules("q: Which joint?, a: The knee."), [""; 0]);
        assert_eq!(rules("q: Which joint?, answer: knee, alternatives: [knees]"), [""; 0]);
        let flagged = [
            "{answer: Hip, correct: false}, {answer: Knee, correct: true}",
            "{text: Hip, answer: false}, {text: Knee, answer: true}",
            "{option: Hip, is_right: false}, {option: Knee, is_right: true}",
        ];
        for options in flagged {
            let right = format!("question: Which joint?, type: many_choice, answers: [{options}]");
            assert_eq!(rules(&right), [""; 0], "{options}");
            let none = right.replace("true", "false");
            assert_eq!(rules(&none), ["quiz/key-coverage"], "{options}");
        }
    }

    #[test]
    fn questions_go_on_behind_options_that_are_not_indented() {
        let ask = |number: usize, options: &str| {
            format!("{number}. Which of the {number} bends?\n{options}\n")
        };
        let options = [
            ("a) Elbow\nb) Hip\n", "b"),
            ("- Elbow\n- Hip\n", "Hip"),
            ("- A) Elbow\n- B) Hip\n", "B"),
            ("\nA. Elbow\n\nB. Hip\n", "B"),
        ];
        for (options, key) in options {
            let quiz = |keys: [&str; 3]| {
                let questions = keys
                    .into_iter()
                    .enumerate()
                    .map(|(index, key)| ask(index + 1, &format!("{options}\nAnswer: {key}\n")));
                format!("# Quiz\n\n{}", questions.collect::<String>())
            };
            let rules = |text: String| {
                let said = diagnostics(&files(&RULE, &text));
                said.iter()
                    .filter(|own| own.rule.starts_with("quiz/"))
                    .map(|own| (own.rule, own.primary.span.start))
                    .collect::<Vec<_>>()
            };
            assert_eq!(rules(quiz([key; 3])), [], "{options}");
            for place in 0..3 {
                let mut keys = [key; 3];
                keys[place] = "Z";
                let text = quiz(keys);
                let at = text.find("Z").expect("it is there") as u32;
                assert_eq!(rules(text), [(RULE.id, at)], "{options}");
            }
        }
    }

    #[test]
    fn lists_beside_questions_are_none() {
        silent(
            &RULE,
            "
# Quiz

1. Read each question.
2. Choose one answer.

Begin:

1. Which joint bends in a squat?
- A) Elbow
- B) Hip

Answer: B

How to do one:

1. Stand.
2. Bend.
3. Rise.

2. Which is a hinge?
- A) Elbow
- B) Hip

Answer: A
",
        );
    }

    #[test]
    fn answers_may_have_a_reason() {
        silent(
            &RULE,
            "
# Quiz

1. True or false: Vila är bäst.

   **Answer: False.** Keep moving.

2. Which is a hinge?
   - Armbåge
   - Höft

   **Answer:** Armbåge. It does nothing else.

3. Which is a ball?
   - Armbåge
   - Höft
   Answer: Höft (the one with a socket)

4. Which is it?
   a) Armbåge
   b) Höft
   Answer: b
",
        );
        check(
            &RULE,
            "
# Quiz

1. True or false: Vila är bäst.

   **Answer: Maybe.** Keep moving.
             ^^^^^^^^^^^^^^^^^^^^^ `Maybe. Keep moving.` is neither true nor false

2. Which is a ball?
   - Armbåge
     ------- the options
   - Höft
   Answer: Knä
           ^^^ the key `Knä` is none of the options
",
        );
    }

    #[test]
    fn a_line_alone_above_numbered_answers_is_a_key() {
        let quiz = "
# Quiz

1. Which joint bends?
   a) Elbow
      ----- the options
   b) Hip

Answer key

1. c
   ^ the key `c` is none of the options
";
        check(&RULE, quiz);
        check(&RULE, &quiz.replace("key\n\n", "key\n"));
    }

    #[test]
    fn keys_are_found_in_every_form() {
        let said = |form: &str, path: &str, key: &str| {
            let text = format!("# Quiz\n\n{}", form.replace("KEY", key));
            let fixture = format!("//- {path}\n{text}");
            let said = diagnostics(&files(&RULE, &fixture));
            let rules = said.iter().map(|own| own.rule).filter(|rule| rule.starts_with("quiz/"));
            rules.collect::<Vec<_>>()
        };
        let drafts = FORMS.iter().map(|form| (form, "quizzes/a.txt"));
        let markdown = FORMS.iter().chain(MARKDOWN).map(|form| (form, "quizzes/a.md"));
        for (form, path) in markdown.chain(drafts) {
            assert_eq!(said(form, path, "b"), [""; 0], "{path}: {form}");
            // A sentence may begin with any letter, so it is a key only where it names an option.
            if !form.contains("KEY.") {
                assert_eq!(said(form, path, "Z"), [RULE.id], "{path}: {form}");
            }
        }
    }

    #[test]
    fn a_row_of_a_table_is_a_question() {
        check(
            &RULE,
            "
# Quiz

| Nr | Fråga | 1 | 2 | 3 | Answer |
|---|---|---|---|---|---|
| 1 | Vad böjer höften? | psoas | vaden | - | 3 |
                          ------------- the options
                                              ^ the key `3` is none of the options
| 2 | Vad böjer knät? | vaden | magen | ryggen | 1 |

| Statement | T/F |
|---|---|
| The thigh has one bone. | True |
| The hand has one bone. | Mostly false |
| The arm has one bone. | Maybe |
                          ^^^^^ `Maybe` is neither true nor false
",
        );
    }

    #[test]
    fn other_tables_are_no_questions() {
        for table in [
            "| Question | A | B |\n|---|---|---|\n| 1 | x | |\n| 2 | | x |\n",
            "| Question | Yes | No |\n|---|---|---|\n| Does it hurt? | [ ] | [ ] |\n",
            "| Muscle | A | B | Answer |\n|---|---|---|---|\n| Psoas | 1 | 2 | 7 |\n",
            "| Question | A | B |\n|---|---|---|\n| Which? | **one** two | three |\n",
        ] {
            assert_eq!(
                told(&format!("# Joint quiz\n\n1. Is it? a) No b) Yes\n\nAnswer: a\n\n{table}")),
                []
            );
        }
        // Commas may be of one option, dashes are none, and answers may be free.
        for row in [
            "| Which way? | up, then down | up, then down, then up |",
            "| Which way? | - | down |",
            "| Which way? | up / down | up |",
            "| How long? | 5 min / day, 10 min / day | 10 min / day |",
            "| Which way? | up, down | b |",
        ] {
            let head = "| Question | Options | Answer |\n|---|---|---|\n";
            assert_eq!(told(&format!("# Joint quiz\n\n{head}{row}\n")), [], "{row}");
        }
    }

    #[test]
    fn keys_that_name_several_options_in_words_or_places() {
        for (options, key) in [
            ("type: ordering, options: [Up, Down, Out]", "[2, 1, 3]"),
            ("type: ordering, options: [Up, Down, Out]", "[0, 2, 1]"),
            ("options: [quadriceps, hamstrings, deltoid]", "\"quadriceps, Hamstrings\""),
            ("options: [up; then down, down, out]", "down; out"),
        ] {
            silent(&RULE, &format!("questions:\n  - {{prompt: One?, {options}, answer: {key}}}\n"));
        }
        for (options, key) in [
            ("type: ordering, options: [Up, Down, Out]", "[2, 1, 4]"),
            ("options: [Up, Down, Out]", "[2, 1, 3]"),
            ("options: [quadriceps, hamstrings, deltoid]", "\"quadriceps, triceps\""),
        ] {
            let text = format!("questions:\n  - {{prompt: One?, {options}, answer: {key}}}\n");
            assert!(told(&text).iter().any(|(rule, _)| *rule == RULE.id), "{text}");
        }
    }

    #[test]
    fn questions_stand_in_groups() {
        for (before, behind) in [
            ("sections:\n  - title: Legs\n    questions:\n", "  - {name: Arms, questions: [Q]}\n"),
            ("rounds:\n  - name: Legs\n    items:\n", "  - {name: Arms, items: [Q]}\n"),
            ("quiz:\n", "      - Q\n"),
        ] {
            let one = "      - {prompt: Which joint bends?, options: [Elbow, Hip], answer: Hip}\n";
            let other = "{prompt: Which is it?, options: [{a: Elbow}, {b: Hip}], answer: KEY}";
            let text = format!("title: Joints\n{before}{one}{}", behind.replace('Q', other));
            let said = |key: &str| diagnostics(&files(&RULE, &text.replace("KEY", key)));
            let rules = |key: &str| said(key).iter().map(|own| own.rule).collect::<Vec<_>>();
            let is_told = |rules: &[&str]| rules.contains(&RULE.id);
            assert!(!is_told(&rules("b")) && is_told(&rules("c")), "{text}: {:#?}", said("c"));
            assert!(rules("b").iter().all(|own| !own.starts_with("schema/")), "{:#?}", said("b"));
        }
        // Groups that hold no questions are tags.
        let tags = "title: T\ncategories: [hip, knee]\nquestions:\n  - {prompt: One?, options: [x, y], answer: x}\n";
        let said = diagnostics(&files(&RULE, tags));
        let own: Vec<_> = said.iter().filter(|own| own.rule.starts_with("schema/")).collect();
        assert_eq!(own.len(), 1, "{own:#?}");
        assert_eq!(own[0].message, "unknown field `categories` in this quiz");
    }

    #[test]
    fn a_statement_that_another_file_keys() {
        check(
            &RULE,
            "
//- quizzes/hips.yaml
id: hips
questions:
  - {id: q1, prompt: Höften böjs., type: true-false}
                     ------------ the question
  - {id: q2, prompt: It bends., type: true-false}
//- quizzes/key.yaml
quiz: hips
answerKey:
  q1: kanske
      ^^^^^^ `kanske` is neither true nor false
  q2: false
",
        );
    }

    #[test]
    fn words_below_the_number_of_a_key() {
        check(
            &RULE,
            "
# Quiz

## Question 1

Vad böjer höften?

- [ ] psoas
- [ ] vaden

## Question 2

Vad böjer knät?

- [ ] sätet
      ----- the options
- [ ] hamstrings

## Answers

### Question 1

* Correct answer: psoas
* Why: It bends.

### Question 2

* Correct answer: tåböjaren
                  ^^^^^^^^^ the key `tåböjaren` is none of the options
* Why: It is behind.
",
        );
        silent(
            &RULE,
            "# Quiz\n\n1. Vad böjer höften?\n   a) psoas\n   b) vaden\n\n## Answer key\n\n1. Answer: psoas\n",
        );
    }

    #[test]
    fn questions_in_the_front_matter_of_articles() {
        check(
            &RULE,
            "
//- articles/a.md
---
title: Hips
mcqs:
  - question: Vad böjer höften?
    choices: [psoas, vaden, sätet]
              ------------------- the options
    correctAnswer: tån
                   ^^^ the key `tån` is none of the options
---

Text.
",
        );
        silent(
            &RULE,
            "//- articles/a.md\n---\ntitle: Hips\nquiz:\n  - {question: Vad?, options: [psoas, vaden], answer: vaden}\n---\n",
        );
        silent(&RULE, "//- articles/a.md\n---\ntitle: Hips\nquiz: hips\n---\n");
    }

    #[test]
    fn a_solution_beside_the_key_explains_it() {
        silent(
            &RULE,
            "questions:\n  - question: Vad?\n    options: [psoas, vaden]\n    correctAnswer: psoas\n    solution: 'Answer: A. Psoas böjer.'\n",
        );
        check(
            &RULE,
            "
- title: Vad böjer höften?
  choices: [psoas, vaden]
            ------------ the options
  solution: tån
            ^^^ the key `tån` is none of the options
",
        );
    }

    #[test]
    fn columns_of_wrong_answers() {
        let first = r#"{"question": "Vad böjer höften?", "correctAnswer": "psoas", "answer1": "vaden", "answer2": "sätet"}"#;
        let second = r#"{"question": "Vad böjer knät?", "correctAnswer": "vaden", "answer1": "psoas", "answer2": "sätet"}"#;
        silent(&RULE, &format!("//- quizzes/a.json\n[{first},\n{second}]\n"));
        // In one of them, the right answer is among the columns.
        check(
            &RULE,
            r#"
//- quizzes/a.json
[{"question": "Vad?", "correctAnswer": "tån", "answer1": "psoas", "answer2": "vaden"},
                                       ^^^^^ the key `tån` is none of the options
                                              -------------------------------------- the options
{"question": "Var?", "correctAnswer": "psoas", "answer1": "psoas", "answer2": "vaden"}]
"#,
        );
    }

    #[test]
    fn a_field_key_names_an_option() {
        check(
            &RULE,
            "
questions:
  - prompt: Vad böjer höften?
    options: [psoas, vaden]
              ------------ the options
    key: e
         ^ the key `e` is none of the options
  - {prompt: Vad sträcker den?, options: [vaden, gluteus], key: gluteus}
  - {key: q3, prompt: Vad lyfter den?, options: [{text: psoas, correct: true}, {text: vaden}]}
",
        );
    }

    #[test]
    fn numbers_before_the_texts_of_options() {
        check(
            &RULE,
            "
# Höft

## Which one bends it?

1. psoas
2. soleus
3. vaden

Answer: 1) psoas

## Which one extends it?

1. psoas
   ----- the options
2. gluteus
3. vaden

Answer: 5) gluteusen
        ^^^^^^^^^^^^ the key `5) gluteusen` is none of the options
",
        );
    }
}
