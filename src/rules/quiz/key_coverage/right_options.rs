//! How many options a key marks right, against how many the question wants.

use crate::model::quiz::{KeyPlace, KeyStatement, Question, QuestionKind};
use crate::normal;
use crate::rule::Sink;
use crate::syntax::{Node, Text};
use crate::words::counted;

pub(super) fn too_many(question: &Question<'_>, out: &mut Sink<'_>) {
    if question.kind == QuestionKind::Open {
        return short_order(question, out);
    }
    let Some(statement) = question.key.iter().find(|own| !own.values.is_empty()) else {
        return;
    };
    let Some(named) = question.named(statement) else {
        return;
    };
    let Some(Misfit { kind, message, help }) = misfit(question, statement, &named) else {
        return;
    };
    let diagnostic = out.report(statement.span, message).kind(kind).help(help);
    for index in named.into_iter().take(6) {
        let choice = &question.choices[index];
        if choice.span != diagnostic.primary.span {
            diagnostic.related(choice.span, "marked right");
        }
    }
}

/// What is wrong with how many options are marked right.
struct Misfit {
    kind: &'static str,
    message: String,
    help: &'static str,
}

fn misfit(
    question: &Question<'_>,
    statement: &KeyStatement<'_>,
    named: &[usize],
) -> Option<Misfit> {
    let (number, keyed, kind) = (question.number, named.len(), question.kind);
    let told = |kind, message, help| Some(Misfit { kind, message, help });
    if let Some(wanted) = asked_number(question).filter(|wanted| *wanted != keyed) {
        let asked = counted(wanted, "answer");
        let message = format!("question {number} asks for {asked}, and its key has {keyed}");
        return told("wrong-number", message, "correct the key or the prompt");
    }
    // A text below `answers` is what is accepted.
    let holds_options = |own: Node<'_>| {
        own.get("options").is_some()
            || own.get("answers").is_some_and(|own| own.items().all(Node::is_mapping))
    };
    let has_options = question.node.is_none_or(holds_options);
    if keyed == 1 && question.choices.len() == 1 && has_options {
        let message = format!("question {number} has one option, and it is right");
        return told("all-keyed", message, "add the wrong options, or ask for an answer in words");
    }
    if keyed < 2 {
        return None;
    }
    if let Some(index) = named.iter().find(|index| speaks_of_none(question, **index)) {
        let name = question.choice_name(*index);
        let message = format!("question {number} has `{name}` right beside another option");
        return told("multiple-key", message, "keep one of the two");
    }
    if keyed == question.choices.len() && !asks_for_several(question) && !is_order(statement) {
        let message = format!("every option of question {number} is marked right");
        return told("all-keyed", message, "mark only the right options");
    }
    let takes_one = format!("question {number} takes one answer, and {keyed} are marked right");
    if kind == QuestionKind::SingleChoice {
        return told("multiple-key", takes_one, "keep one, or say `type: multiple-choice`");
    }
    if kind == QuestionKind::Unknown && asks_for_one(question) {
        return told("multiple-key", takes_one, "keep one, or ask for several");
    }
    let is_flagged = kind == QuestionKind::Unknown && statement.place == KeyPlace::Flags;
    if is_flagged && !asks_for_several(question) {
        let message = format!(
            "question {number} has {keyed} right options and does not say that several are right"
        );
        let help = "say `type: multiple-choice`, or ask to \"choose two\"";
        return told("undeclared-multiple", message, help);
    }
    None
}

fn speaks_of_none(question: &Question<'_>, choice: usize) -> bool {
    let text = question.choices.get(choice).and_then(|choice| choice.text.as_ref());
    let text = text.map(|text| normal::bare(text.as_str())).unwrap_or_default();
    matches!(text.as_str(), "none of above" | "none of these" | "none of them")
}

/// A key that puts some of the items in order, and not all.
fn short_order(question: &Question<'_>, out: &mut Sink<'_>) {
    let [statement] = question.key.as_slice() else { return };
    let Some(named) = question.named(statement).filter(|_| question.asks_for_order()) else {
        return;
    };
    let is_once = named.len() == statement.values.len();
    if named.len() < 2 || !is_once {
        return;
    }
    let left_out = (0..question.choices.len()).find(|index| !named.contains(index));
    let Some(index) = left_out else { return };
    let name = question.choice_name(index);
    out.report(
        statement.span,
        format!("the order of question {} leaves out `{name}`", question.number),
    )
    .kind("short-order")
    .label("the key")
    .related(question.choices[index].span, "this item")
    .help("put it in its place in the key");
}

/// How many options are to be chosen: "Choose two", "Which two of these ...". Options that are pairs themselves are
/// another matter.
fn asked_number(question: &Question<'_>) -> Option<usize> {
    const CUES: &[&str] = &["choose", "select", "pick", "tick", "which"];
    const BEHIND_WHICH: &[&str] =
        &["of", "belong", "are", "can", "should", "would", "bend", "help"];
    const UNITS: &[&str] = &[
        "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours",
        "minute", "minutes", "second", "seconds", "litre", "litres", "kg", "km", "mg", "g", "ml",
        "cm", "mm", "metre", "metres", "meter", "meters", "times", "or", "to", "and", "part",
        "more",
    ];
    let prompt = question.prompt.as_ref().map(Text::as_str).filter(|own| has_cue(own))?;
    let bare = normal::bare(prompt);
    // "Choose the best two"
    let is_praise = |word: &&str| matches!(*word, "best" | "correct" | "right");
    let words: Vec<&str> = bare.split(' ').filter(|word| !is_praise(word)).collect();
    let at = words
        .windows(2)
        .position(|pair| CUES.contains(&pair[0]) && matches!(pair[1], "2" | "3" | "4" | "5"))?;
    let next = words.get(at + 2).copied().unwrap_or("");
    let is_pair = |text: &str| {
        text.contains([',', '&', '+', '/', ';'])
            || text.contains(" and ")
            || text.contains(" och ")
            || text.contains(" - ")
            || text.contains(" \u{2013} ")
    };
    let has_pairs = question
        .choices
        .iter()
        .any(|choice| choice.text.as_ref().is_some_and(|text| is_pair(text.as_str())));
    let wanted = words[at + 1].parse().ok()?;
    // "Which two-joint muscle"
    let is_compound = prompt.contains(['-', '\u{2010}', '\u{2011}']) && {
        let lower = prompt.to_lowercase();
        ["two", "three", "four", "five", "2", "3", "4", "5"].iter().any(|own| {
            ["-", "\u{2010}", "\u{2011}"].iter().any(|sign| lower.contains(&format!("{own}{sign}")))
        })
    };
    let fits = wanted < question.choices.len()
        && !is_compound
        && (words[at] != "which" || next.ends_with('s') || BEHIND_WHICH.contains(&next));
    (fits && !has_pairs && !UNITS.contains(&next)).then_some(wanted)
}

/// Whether it is worth to look for a number in a prompt.
fn has_cue(prompt: &str) -> bool {
    const CUES: &[&str] = &[
        "two", "Two", "TWO", "three", "Three", "THREE", "four", "FOUR", "five", "2", "3", "4", "5",
    ];
    CUES.iter().any(|cue| prompt.contains(cue))
}

/// Whether the key names options in another order than they have, as a question for their order wants.
fn is_order(statement: &KeyStatement<'_>) -> bool {
    let named = statement.values.iter().map(|value| value.choice);
    statement.place != KeyPlace::Flags && !named.is_sorted()
}

/// "(Choose one)", "Select one answer".
fn asks_for_one(question: &Question<'_>) -> bool {
    const CUES: &[&str] = &["choose", "select", "pick", "tick", "check"];
    const BEHIND: &[&str] = &["", "answer", "option"];
    let Some(prompt) = question.prompt.as_ref().map(Text::as_str) else { return false };
    if !prompt.contains("one") && !prompt.contains("ONE") {
        return false;
    }
    let bare = normal::bare(prompt);
    let words: Vec<&str> = bare.split(' ').collect();
    let next = |at: usize| words.get(at + 2).copied().unwrap_or("");
    let mut pairs = words.windows(2).enumerate();
    pairs.any(|(at, pair)| CUES.contains(&pair[0]) && pair[1] == "1" && BEHIND.contains(&next(at)))
}

/// "Which two ...", "Select all that apply", "Which of these are ...".
fn asks_for_several(question: &Question<'_>) -> bool {
    let prompt =
        question.prompt.as_ref().map(|prompt| normal::bare(prompt.as_str())).unwrap_or_default();
    let words: Vec<&str> = prompt.split(' ').collect();
    let has = |word: &str| words.contains(&word);
    has("all")
        || has("are")
        || has("2")
        || has("3")
        || has("4")
        || has("every")
        || has("each")
        || ["select", "choose", "mark", "tick", "check", "which muscles"]
            .iter()
            .any(|cue| prompt.contains(cue))
}

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn two_answers_to_a_single_choice() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Which one?
    type: single-choice
    options: [four, five, six]
              ---- marked right
                    ---- marked right
    answer: [a, b]
            ^^^^^^ question 1 takes one answer, and 2 are marked right
"#,
        );
    }

    #[test]
    fn a_prompt_that_wants_one() {
        check(
            &RULE,
            r#"
# Quiz

## Which muscle bends the hip – most? (Choose one)

- [x] psoas
  ^^^ question 1 takes one answer, and 2 are marked right
      ----- marked right
- [x] iliacus
      ------- marked right
- [ ] soleus
"#,
        );
        silent(
            &RULE,
            "
questions:
  - {prompt: Choose one or more., options: [four, five, six], answer: [a, b]}
  - {prompt: Choose one of each kind., options: [four, five, six], answer: [a, b]}
  - {prompt: Choose one., options: [four, five, six], answer: a}
",
        );
    }

    #[test]
    fn every_option_right() {
        check(
            &RULE,
            r#"
# Quiz

## Which one?

- [x] four
  ^^^ every option of question 1 is marked right
      ---- marked right
- [x] five
      ---- marked right
"#,
        );
    }

    #[test]
    fn the_order_of_options_is_a_key_that_names_all() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Put these in order., type: ordering, options: [Main part, Warm-up, Cool-down], answer: [Warm-up, Main part, Cool-down]}
  - {prompt: Put these in order., type: ordering, options: [Warm-up, Main part], answer: [a, b]}
  - {prompt: What comes first?, options: [Main part, Warm-up], answer: [b, a]}
  - {prompt: Which bend it?, type: multiple-select, options: [psoas, iliacus, soleus], answer: [a, b]}
"#,
        );
    }

    #[test]
    fn a_prompt_that_asks_for_two() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Välj - choose two., options: [psoas, iliacus, soleus], answer: [psoas]}
                                           ----- marked right
                                                                            ^^^^^^^ question 1 asks for 2 answers, and its key has 1
  - {prompt: Which bend the elbow?, type: multiple-choice, options: [biceps, triceps, None of the above], answer: [a, c]}
                                                                     ------ marked right
                                                                                      ----------------- marked right
                                                                                                                  ^^^^^^ question 2 has `None of the above` right beside another option
"#,
        );
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Which two bend it?, options: [psoas and iliacus, psoas and soleus, soleus and gastrocnemius], answer: a}
  - {prompt: Which two minute break is best?, options: [a walk, a nap, a snack], answer: a walk}
  - {prompt: Which two-joint muscle is it?, options: [gastrocnemius, soleus, psoas], answer: a}
  - {prompt: Choose the best two minute break., options: [a walk, a nap, a snack], answer: a walk}
  - {prompt: Choose two or three., type: multiple-choice, options: [psoas, iliacus, soleus, biceps], answer: [a, b, c]}
"#,
        );
    }

    #[test]
    fn the_best_two() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Välj – choose the best two., options: [psoas, iliacus, soleus], answer: soleus}
                                                                    ------ marked right
                                                                                     ^^^^^^ question 1 asks for 2 answers, and its key has 1
"#,
        );
    }

    #[test]
    fn an_order_that_leaves_an_item_out() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Put these in order., type: ordering, options: [Värm upp, Träna, Varva ned], answer: [a, b]}
                                                                             --------- this item
                                                                                                 ^^^^^^ the order of question 1 leaves out `Varva ned`
"#,
        );
    }
}
