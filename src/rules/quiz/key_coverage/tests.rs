//! Quizzes whose questions and keys line up, in the many forms that they have, and some that do not.

use super::RULE;
use crate::testing::{check, diagnostics, files, silent};

#[test]
fn statements_to_judge_need_no_options() {
    silent(
        &RULE,
        "# Sant\n\n1. Pain means damage – true or false?\n2. Rest is best. True or false?\n\n## Answers\n\n1. False\n2. False\n",
    );
}

#[test]
fn markdown_states_keys_in_many_ways() {
    let ways = [
        "- a) psoas\n- b) soleus\n\n<details>\n<summary>Show answer</summary>\n\n**A.** It bends it.\n\n</details>\n",
        "- psoas\n- soleus\n\n<details><summary>Answer</summary>Psoas. It bends it.</details>\n",
        "- psoas\n- soleus\n\n<details>\n<summary>Answer</summary>\n\nIt is the psoas that does.\n\n</details>\n",
        "- psoas\n- soleus\n\n<details>\n<summary>Answer</summary>\n\nIt depends.\n\n</details>\n",
        "a) psoas\nb) soleus\n**Answer: a**\n",
        "- psoas \u{2705}\n- soleus\n",
        "- psoas (correct)\n- soleus\n",
        "- A) psoas\n- B) soleus\n- **Answer: A**\n",
        "1. psoas\n2. soleus\n\nAnswer: 1\n",
        "- a) psoas\n- b) soleus\n\nThe correct answer is A.\n",
        "- a) psoas\n- b) soleus\n\n**Answers:** 1 \u{2013} A\n",
        "- a) psoas\n- b) soleus\n\n(Answer: a)\n",
        "- a) psoas\n- b) soleus\n\n[Correct answer: a]\n",
        "- a) psoas\n- b) soleus\n\nCorrect option: a\n",
        "- a) psoas\n- b) soleus\n\nAnswer: letter a\n",
        "- a) psoas\n- b) soleus\n\n\u{2705} a\n",
        "- psoas \u{2190} correct\n- soleus\n",
        "- a) psoas \u{2013} correct\n- b) soleus\n",
        "*a) psoas\nb) soleus\n",
        "- a) psoas\n- b) soleus\n\n**\u{2705} R\u{e9}ponse correcte : a**\nIt bends it.\n",
        "- a) psoas\n- b) soleus\n\nRespuesta correcta: a\n",
        "- soleus\n- psoas (correct option)\n",
        "- soleus\n- psoas (richtige Antwort)\n",
        "1. [ ] soleus\n   > It is below the knee.\n1. [x] psoas\n1. [ ] deltoid\n",
    ];
    for way in ways {
        silent(&RULE, &format!("# Quiz\n\n## Which bends the hip?\n\n{way}"));
    }
    let starred = "1. Which bends the hip?\na) psoas\n*b) soleus\nc) biceps\n\n2. Which bends the knee?\n*a) biceps\nb) psoas\n";
    silent(&RULE, &format!("//- quizzes/a.txt\n{starred}"));
    let unmarked = starred.replace("*a", "a");
    let said = diagnostics(&files(&RULE, &format!("//- quizzes/a.txt\n{unmarked}")));
    assert!(said.iter().any(|own| own.message == "question 2 has no key"), "{said:#?}");
}

#[test]
fn fields_state_keys_in_many_ways() {
    let question = |options: &str| format!("  - {{prompt: Which bends?, options: [{options}]}}\n");
    let [one, other] = ["psoas, soleus", "psoas, soleus, deltoid"].map(question);
    for key in ["answerKey: [a, c]", "answers: {1: a, 2: c}", "correct_answers: [a, c]"] {
        silent(&RULE, &format!("title: Höft\nquestions:\n{one}{other}{key}\n"));
    }
    for marked in
        ["psoas *, soleus", "'*psoas', soleus", "psoas (correct), soleus", "psoas ✓, soleus"]
    {
        silent(&RULE, &format!("title: Höft\nquestions:\n{}", question(marked)));
    }
    for unmarked in ["'*psoas', '*soleus'", "'*psoas*', soleus", "'*', soleus", "psoas ✗, soleus"]
    {
        let text = format!("title: Höft\nquestions:\n{}", question(unmarked));
        let said = diagnostics(&files(&RULE, &text));
        assert!(said.iter().any(|own| own.rule == RULE.id), "{text}");
    }
}

#[test]
fn right_options_may_be_set_off() {
    let ask = |which: &str, options: &str| format!("## Which bends the {which}?\n\n{options}\n");
    let quiz = |options: [&str; 3]| {
        let [knee, hip, ankle] = options;
        format!("# Böj\n\n{}{}{}", ask("knee", knee), ask("hip", hip), ask("ankle", ankle))
    };
    let knee = "- A. psoas\n- **B. hamstrings**\n- C. deltoid\n";
    let hip = "- **psoas**\n- hamstrings\n";
    let ankle = "a) psoas\nb) **soleus**\nc) deltoid\n";
    silent(&RULE, &quiz([knee, hip, ankle]));
    silent(&RULE, &quiz([knee, hip, ankle]).replace("**", "*"));
    check(
        &RULE,
        "
# Quiz

## Which bends the knee?

- A. psoas
- **B. hamstrings**

## Which bends the hip?

- **psoas**
- hamstrings

## Which bends the ankle?
   ^^^^^^^^^^^^^^^^^^^^^^ question 3 has no key

- psoas
- soleus
",
    );
    // One alone may be an emphasis, and an answer says more.
    let said = "- **psoas**\n- hamstrings\n\nAnswer: hamstrings\n";
    silent(&RULE, &quiz([said, said, said]));
    check(
        &RULE,
        "
# Quiz
^^^^^^ none of the 2 questions has a key

## Which bends the knee?
   --------------------- the first of them

- A. psoas
- **B. hamstrings**

## Which bends the hip?

- psoas
- hamstrings
",
    );
}

#[test]
fn a_list_of_questions_may_hold_open_ones() {
    let quiz = "# Quiz\n\n1. Which bends?\n   - A. Elbow\n   - B. Hip\n2. True or false: it extends.\n3. Name one more.\n4. Where is it? a) Arm b) Leg\n\n";
    silent(&RULE, &format!("{quiz}## Answer key\n\n1. B\n2. True\n3. The knee.\n4. b\n"));
    let draft = format!("//- quizzes/a.txt\n{}", quiz.replace("# Quiz", "QUIZ"));
    silent(&RULE, &format!("{draft}ANSWER KEY\n1. B   2. True   3. The knee\n4. b\n"));
}

#[test]
fn a_quiz_in_a_form_that_is_not_known() {
    check(
        &RULE,
        "
# Hip quiz
^^^^^^^^^^ no question of this quiz can be read

| Muscle | What does it do? |
|---|---|
| 1. Psoas | A. bends the hip |
",
    );
    silent(&RULE, "# Quizzes\n\n- [Hips](hips.md)\n");
}

#[test]
fn a_row_without_its_key() {
    check(
        &RULE,
        "
# Quiz

| Question | A | B | Key | Rationale |
|---|---|---|---|---|
| Vad böjer höften? | psoas | vaden | A | |
| Vad böjer knät? | psoas | vaden | | The thigh does. |
  ^^^^^^^^^^^^^^^ question 2 has no key

| Statement | True | False |
|---|:-:|:-:|
| The hand has one bone. | | \u{2713} |
| The thigh has one bone. | | |
  ^^^^^^^^^^^^^^^^^^^^^^^ question 4 has no key
",
    );
    // A sheet to be filled in, right options in bold, and words for answers.
    silent(
        &RULE,
        "# Quiz\n\n| Statement | True | False |\n|---|---|---|\n| It bends. | | |\n| It turns. | | |\n",
    );
    silent(
        &RULE,
        "# Quiz\n\n| Question | A | B |\n|---|---|---|\n| Which? | **x1** | y1 |\n| What? | x2 | **y2** |\n",
    );
    silent(
        &RULE,
        "# Quiz\n\n| Question | Answer |\n|---|---|\n| What bends? | The hip. |\n| What turns? | |\n",
    );
}

#[test]
fn an_entry_for_no_question() {
    check(
        &RULE,
        r#"
title: Hips
       ---- in this quiz
questions:
  - {id: q1, prompt: One?, options: [four, five]}
answerKey:
  q1: a
  q7: b
  ^^ the key has an entry for `q7`, which is no question
"#,
    );
}

#[test]
fn an_entry_for_no_question_of_its_part() {
    check(
        &RULE,
        r#"
---
title: Höft
       ---- in this quiz
---

## Del A

1. Vad böjer höften? (a) psoas (b) vaden
2. Vad sträcker den? (a) sätet (b) vaden

## Del B

1. Vilken är en gångjärnsled? (a) armbågen (b) höften

## Facit

### Del A

1. a
2. a

### Del B

1. a
2. b
   ^ the key has an entry for `2`, which is no question
"#,
    );
}

#[test]
fn a_short_key_list() {
    check(
        &RULE,
        r#"
title: Hips
       ---- 3 questions
questions:
  - {prompt: One?, options: [four, five]}
  - {prompt: Two?, options: [four, five]}
  - {prompt: Three?, options: [four, five]}
answerKey: [a, b]
^^^^^^^^^ the key has 2 entries for 3 questions
"#,
    );
}

#[test]
fn a_numbered_key_that_lacks_an_entry() {
    check(
        &RULE,
        r#"
---
title: Höft
       ---- 2 questions
---

1. Vad böjer höften?
   a) psoas
   b) vaden

2. Vad sträcker höften?
   -------------------- has no entry
   a) sätet
   b) vaden

## Facit
   ^^^^^ the key has 1 entry for 2 questions

1. b
"#,
    );
}

#[test]
fn two_questions_with_one_id() {
    check(
        &RULE,
        r#"
title: Höft
questions:
  - {id: q1, prompt: Vad böjer höften?, options: [psoas, vaden]}
         -- first here
  - {id: q1, prompt: Vad sträcker höften?, options: [sätet, vaden]}
         ^^ two questions have the id `q1`
answerKey: {q1: a}
"#,
    );
}

#[test]
fn lists_below_headings_that_ask_nothing_are_no_options() {
    silent(
        &RULE,
        "
# Laravel quiz

## How to use this document

1. **Read each question** carefully
2. **Choose your answer**

## Objectives

- Know the framework
- Know its commands

### **Question 1:** What is Laravel?

**A)** A framework  \n**B)** A database

<details>
<summary>Show the answer</summary>

**✅ Correct Answer: A) A framework**

</details>

## Hip flexors

Which muscle bends the hip?

- psoas
- soleus

Answer: psoas

## Part B

4. Which twists?
   a) obliques
   b) soleus

   Answer: a

## Sources

1. Smith 2020
2. Doe 2021
",
    );
    check(
        &RULE,
        "
# Quiz

## 1. Höftböjare

- psoas
- vaden

Answer: psoas

## Böjare

Vilken böjer höften?

- psoas
- vaden

## 3. Sträckare
      ^^^^^^^^^ question 3 has no key

- psoas
- vaden

## Facit
   ----- the key does not name it

2. a
",
    );
    let about =
        "//- articles/a.md\n# App\n\n## Quiz options\n\n### Quiz formatting\n\n- width\n- colour\n";
    silent(&RULE, about);
    let asks = about.replace("formatting", "1: Vad böjer höften?");
    let said = diagnostics(&files(&RULE, &asks));
    assert!(said.iter().any(|own| own.rule == RULE.id), "{said:#?}");
}

#[test]
fn flags_in_quotes_are_read() {
    check(
        &RULE,
        r#"
questions:
  - {prompt: One?, options: [{text: Kraft, correct: "true"}, {text: Fart, correct: "false"}]}
  - {prompt: Two?, options: [{text: Kraft, correct: 1}, {text: Fart, correct: 0}]}
  - {prompt: Three?, options: [{text: Kraft, correct: "false"}, {text: Fart}]}
             ^^^^^^ question 3 has no key
"#,
    );
}

/// Two questions with letters, without a key.
const ASKED: &str = "1. Vad böjer knät?\n   a) hamstrings\n   b) vaden\n2. Vad böjer armen?\n   a) biceps\n   b) triceps\n";

#[test]
fn lists_beside_the_questions_are_no_questions() {
    let boxes = "### The knee bends with\n\n- [x] hamstrings\n- [ ] quads\n";
    for before in [
        "## Learning objectives\n\n1. Name the joints.\n2. Name the muscles.\n",
        "## What you need\n\n- a pen\n- paper\n",
        "## Rules\n\n- [ ] phone off\n- [ ] books shut\n",
        "## Are you ready?\n\n- [ ] I have a pen\n- [ ] I have read it\n",
        "## Who is this for?\n\n- Year 7\n- Year 8\n",
    ] {
        silent(&RULE, &format!("# T\n\n{before}\n## Quiz\n\n{ASKED}\n## Answers\n\n1. a\n2. a\n"));
        silent(&RULE, &format!("# T\n\n{before}\n## Questions\n\n{boxes}"));
    }
    for behind in [
        "## Sources\n\n1. Gray H. Anatomy.\n2. Smith J. Knees.\n",
        "## How did you score?\n\n- 2: great\n- 0-1: read again\n",
        "## Why?\n\n1. People bend.\n2. They do.\n",
        "## Next time\n\n- [ ] Read on\n- [ ] Rest\n",
    ] {
        silent(&RULE, &format!("# T\n\n{ASKED}\n## Answers\n\n1. a\n2. a\n\n{behind}"));
    }
}

#[test]
fn keys_have_many_headings_and_forms() {
    for key in [
        "## Key (teachers only)\n\n1. a\n2. a\n",
        "## Answers with comments\n\n1. **a** \u{2013} hamstrings. (b) is wrong.\n2. a\n",
        "## Answer sheet\n\n- 1: a\n- 2: a\n",
        "## How did you do?\n\n1. a\n2. a\n",
        "## Check your answers\n\n1. a\n2. a\n",
        "## Answers and explanations\n\n### 1\n\na. They bend it.\n\n### 2\n\na. Biceps.\n",
        "## Feedback\n\n1. a\n2. a\n",
        "## Answers (see pages 12 and 14)\n\n1. a\n2. a\n",
        "Marking scheme\n---\n\n1. A (1 mark)\n2. A (1 mark)\n",
        "## Answer grid\n\n| 1 | 2 |\n|---|---|\n| A | A |\n",
        "| Q | Key |\n|---|---|\n| 1 | a |\n| 2 | a |\n",
        "*Answers: 1a 2a*\n",
        "**Answers to quiz 1:** 1 a \u{b7} 2 a\n",
        "Answers (upside down in print): 1. A  2. A\n",
        "Answer key: AA\n",
        "## Correct answers\n\na, a\n",
        "Right answers: 1a and 2a.\n",
        "```text\nAnswers: 1a 2a\n```\n",
        "<!-- answers: 1 a, 2 a -->\n",
        "---\n<sub>1 a, 2 a</sub>\n",
    ] {
        silent(&RULE, &format!("# T\n\n{ASKED}\n{key}"));
    }
    silent(&RULE, &format!("---\ntitle: T\nanswerKey: {{1: a, 2: a}}\n---\n\n{ASKED}"));
    silent(&RULE, &format!("//- quizzes/t.txt\nT\n\n{ASKED}\nKEY: 1. a   2. a\n"));
}

#[test]
fn the_key_of_one_question_has_many_forms() {
    for question in [
        "1. Which bends?\n   A. psoas\n   B. soleus\n   **Ans.** A\n",
        "1. Which bends?  \n   A. psoas  \n   B. soleus  \n   **Solution:** A because it does.\n",
        "1. Which bends?\n   A. psoas\n   B. soleus\n   \u{2192} A\n",
        "### Q1\nWhich bends?\n- A. psoas\n- B. soleus\n\n### A1\nA. psoas\n",
        "1. Which bends?\n   - (x) psoas\n   - ( ) soleus\n",
        "1. Which bends?\n   a) psoas *\n   b) soleus\n\n\\* = correct\n",
        "1. Which bends?\n   - **psoas**\n   - soleus\n\n*Right answers in bold.*\n",
        "## 1. Which bends?\n\n1. psoas\n2. soleus\n\n<!-- answer: 1 -->\n",
        "## 1. Which bends?\n\na) psoas\n\nb) soleus\n\n??? success \"Answer\"\n    a\n",
        "**Vraag 1** Wat buigt?\n\nA. psoas\nB. soleus\n\n**Antwoord:** A\n",
        "1. T / F  Knees bend.\n2. T / F  Elbows fly.\n\nKey: 1 T, 2 F\n",
        "1. Bones live. \u{2610} True \u{2610} False\n2. Bones fly. \u{2610} True \u{2610} False\n\n**Answers:** 1. True 2. False\n",
        "1. What stores calcium?\n    1. Bones\n    2. Lungs\n2. What beats?\n    1. The heart\n    2. The liver\n\n**Answers:** 1-1, 2-1\n",
    ] {
        silent(&RULE, &format!("# T\n\n{question}"));
    }
}

#[test]
fn what_can_not_be_read_is_neither_missing_nor_surplus() {
    check(
        &RULE,
        "
# Para ihop
^^^^^^^^^^^ no question of this quiz can be read

Options: (a) calf stretch (b) hamstring stretch

1. You feel it in the thigh.
2. You feel it below the knee.

Key: 1 b, 2 a
",
    );
    check(
        &RULE,
        "
# Knän

1. Vad böjer knät?
   a) hamstrings
   b) vaden

## Answers
   ^^^^^^^ this answer key can not be read

Ask your teacher for the sheet.
",
    );
}

#[test]
fn a_key_for_some_of_the_questions() {
    silent(&RULE, &format!("# T\n\n{ASKED}\n## Answers to odd-numbered questions\n\n1. a\n"));
}

#[test]
fn two_questions_with_one_number() {
    check(
        &RULE,
        "
# T

## Question 2
   ---------- first here

- [x] psoas
- [ ] soleus

## Question 2
   ^^^^^^^^^^ two questions have the number 2

- [x] biceps
- [ ] triceps
",
    );
}

#[test]
fn every_question_behind_options_that_are_not_indented_is_read() {
    check(
        &RULE,
        r#"
# Quiz

1. Vad är en röd flagga?
- [x] Feber
- [ ] Ålder

2. Vad är en gul flagga?
   ^^^^^^^^^^^^^^^^^^^^^ question 2 has no key
- [ ] Rädsla
- [ ] Flagga

3. Vad är en grön flagga?
- [x] Rädsla
  ^^^ every option of question 3 is marked right
      ------ marked right
- [x] Rädsla igen
      ----------- marked right
"#,
    );
    silent(
        &RULE,
        r#"
# Quiz

1. Vad är en röd flagga?
- A) Feber
- B) Ålder
2. Vad är en gul flagga?
- A) Rädsla
- B) Flagga
3. Vad är en grön flagga?
- A) Rädsla
- B) Flagga

## Facit

1. A
2. B
3. B
"#,
    );
}

#[test]
fn types_of_other_programs_need_no_right_option() {
    let told = |kind: &str| {
        let quiz = format!(
            "title: Leder\nquestions:\n  - {{type: {kind}, prompt: Vad?, answers: [Hip, Knee], subject: Ben, topic: Leder}}\n"
        );
        let said = diagnostics(&files(&RULE, &quiz));
        let rules = said.iter().map(|own| own.rule).filter(|own| !own.starts_with("project/"));
        rules.collect::<Vec<_>>()
    };
    for kind in ["cloze", "fill-blank", "dropdown", "drag-and-drop", "flashcard", "match"] {
        assert_eq!(told(kind), [""; 0], "{kind}");
    }
    assert_eq!(told("multiple-answers"), [RULE.id]);
    assert_eq!(told("TrueFalse"), [RULE.id]);
    assert_eq!(told("kloze"), ["schema/enum", RULE.id]);
}

#[test]
fn types_and_fields_as_authors_spell_them() {
    let told = |fields: &str| {
        let quiz = format!(
            "title: Leder\nquestions:\n  - prompt: Vilka b\u{f6}jer h\u{f6}ften?\n    options: [psoas, iliacus, vaden]\n    answer: [psoas, iliacus]\n    {fields}\n"
        );
        let said = diagnostics(&files(&RULE, &quiz));
        let is_own = |own: &&str| own.starts_with("s") || *own == RULE.id;
        let rules = said.iter().map(|own| own.rule).filter(is_own);
        rules.collect::<Vec<_>>()
    };
    for fields in [
        "type: multi-select",
        "type: multipleChoice",
        "type: Multiple Choice",
        "multiple: true",
        "feedback: {correct: Ja., incorrect: Nej.}",
        "rationale: [Ja., Nej., Nej.]",
        "explanation: Ja.\n    feedback: Bra.",
        "tags: [h\u{f6}ft]\n    marks: 2\n    level: B1\n    bloom: recall\n    reference: Smith 2020\n    number: 1",
    ] {
        assert_eq!(told(fields), [""; 0], "{fields}");
    }
    assert_eq!(told("type: singleSelect"), [RULE.id]);
    assert_eq!(told("tagz: h\u{f6}ft"), ["schema/unknown-field"]);
}

#[test]
fn numbers_go_on_from_another_quiz() {
    let quiz = |numbers: [u32; 3], keys: [u32; 3]| {
        let asked = numbers.map(|own| format!("**Q{own}.** Was?\n\n- A) Hüfte\n- B) Knie\n\n"));
        let told = keys.map(|own| format!("{own}. A\n"));
        format!("//- quizzes/a.md\n# Quiz\n\n{}## Answer key\n\n{}", asked.concat(), told.concat())
    };
    let told = |numbers, keys| {
        let said = diagnostics(&files(&RULE, &quiz(numbers, keys)));
        said.into_iter()
            .filter(|own| own.rule == RULE.id)
            .map(|own| own.message.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(told([11, 12, 13], [11, 12, 13]), [""; 0]);
    silent(
        &RULE,
        "# Quiz\n\n### Question 8 \u{2013} hard\n\nVad?\n\n- A) Höft\n- B) Knä\n\n### Question 9 (two points)\n\nVar?\n\n\
         - A) Höft\n- B) Knä\n\n## Answer key\n\n| Q# | Answer |\n|---|---|\n| 8 | B |\n| 9 | A |\n",
    );
    // One was taken out.
    assert_eq!(told([1, 2, 4], [1, 2, 4]), [""; 0]);
    // Misnumbered, on one side or the other.
    assert_eq!(told([1, 2, 4], [1, 2, 3]), [""; 0]);
    assert_eq!(told([11, 12, 13], [1, 2, 3]), [""; 0]);
    assert_eq!(
        told([11, 12, 13], [11, 12, 14]),
        ["question 3 has no key", "the key has an entry for `14`, which is no question"]
    );
}

#[test]
fn answers_without_options_are_what_is_accepted() {
    silent(
        &RULE,
        r#"
title: Muskeln
questions:
  - question: Which muscle bends the hip?
    answers: [psoas major]
  - question: Name a muscle of the thigh.
    answers: [rectus femoris, vastus medialis]
"#,
    );
    check(
        &RULE,
        r#"
title: Muskeln
       ^^^^^^^ none of the 2 questions has a key
questions:
  - question: Which muscle bends the hip?
              --------------------------- the first of them
    answers: [psoas major, soleus]
  - question: Name a muscle of the thigh.
    answers: [rectus femoris, soleus]
"#,
    );
}

#[test]
fn answers_stand_below_the_numbers_of_a_key() {
    let quiz = "# Quiz\n\n## Question 1\n\nVad böjer höften?\n\n- [ ] psoas\n- [ ] vaden\n\n\
                ## Question 2\n\nVad böjer knät?\n\n- [ ] sätet\n- [ ] hamstrings\n\n";
    let key = "### Question 1\n\n- **Correct answer:** psoas\n- **Why:** It bends.\n\n\
               ### Question 2\n\nAnswer: B\n\n- Why: It is behind.\n";
    silent(&RULE, &format!("{quiz}## Answer key\n\n{key}"));
    let folded = |key: &str| {
        format!("<details>\n<summary>Show all answers</summary>\n\n{key}\n</details>\n")
    };
    silent(&RULE, &format!("{quiz}{}", folded(key)));
    silent(&RULE, &format!("{quiz}## Answer key\n\n{}", folded(key)));
    silent(&RULE, &format!("{quiz}{}", folded("1. **A**: it bends.\n2. **B**: it is behind.\n")));
    let one = "# Quiz\n\n## Question 1\n\nVad böjer höften?\n\n- [ ] psoas\n- [ ] vaden\n\n";
    let show = |answer: &str| {
        format!("<details>\n<summary>Show answers</summary>\n\n{answer}\n\n</details>\n\n")
    };
    let next = "## Question 2\n\nVad böjer knät?\n\n- [ ] sätet\n- [ ] hamstrings\n\n";
    silent(&RULE, &format!("{one}{}{next}{}", show("A"), show("B, since it is behind.")));
    let first = "### Question 1\n\n- **Correct answer:** psoas\n- **Why:** It bends.\n";
    let said = diagnostics(&files(&RULE, &format!("{quiz}## Answer key\n\n{first}")));
    let told: Vec<_> =
        said.iter().filter(|own| own.rule == RULE.id).map(|own| &*own.message).collect();
    assert_eq!(told, ["the key has 1 entry for 2 questions"]);
}

#[test]
fn what_applies_to_readers_has_no_key() {
    silent(
        &RULE,
        "# Quiz\n\nTick the symptoms that apply to you:\n\n- [ ] Ont\n- [ ] Trött\n\n\
         1. Vad böjer höften?\n   - [x] psoas\n   - [ ] vaden\n",
    );
    let survey = |prompts: [&str; 2]| {
        let asked =
            prompts.map(|own| format!("- {{title: {own}, options: [Bra, Okej, Dåligt]}}\n"));
        format!("//- quizzes/a.yaml\n{}", asked.concat())
    };
    silent(&RULE, &survey(["How would you say you feel?", "How is your health?"]));
    for prompts in [
        ["How do you feel?", "How is a hip?"],
        ["When should you stop?", "Which of your muscles bends the hip?"],
        ["Vad sitter i ryggen?", "Vad sitter i höften?"],
    ] {
        let said = diagnostics(&files(&RULE, &survey(prompts)));
        let told: Vec<_> =
            said.iter().filter(|own| own.rule == RULE.id).map(|own| &*own.message).collect();
        assert_eq!(told, ["none of the 2 questions has a key"]);
    }
}

#[test]
fn questions_that_are_lacking_are_told_once() {
    silent(
        &RULE,
        "title: H\u{f6}fter\nquestion: Which muscle bends it?\nanswers: [psoas, soleus]\n",
    );
}

#[test]
fn boxes_stand_before_options_without_a_list() {
    silent(
        &RULE,
        "# Ben\n\n>>Which bone is longest?<<\n\n( ) shin bone\n(x) thigh bone\n\n>>Which are in the arm?<<\n\n[x] ulna\n[ ] fibula\n[x] radius\n",
    );
    check(
        &RULE,
        "
# Ben

>>Which bone is longest?<<

( ) shin bone
(x) thigh bone

>>Which one is in the h\u{e4}nd?<<
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ question 2 has no key

( ) fibula
( ) lunate
",
    );
}

#[test]
fn questions_and_answers_in_two_lines() {
    silent(
        &RULE,
        "# Kn\u{e4}n\n\nQ: What bends it?\nA: The hamstrings.\n\n**Q:** What extends it?\n**A:** The quadriceps.\n",
    );
    // Where more letters follow, they are options.
    let lettered = files(&RULE, "# H\u{f6}ft\n\nQ: What bends it?\nA: psoas\nB: soleus\n");
    assert!(diagnostics(&lettered).iter().all(|own| !own.message.contains("conflict")));
}

#[test]
fn results_of_a_test_are_no_options() {
    silent(
        &RULE,
        "# Resultat\n\n1. Which one bends the hip?\n   - Selected Answer: soleus\n   - Correct Answer: psoas\n   - Result: wrong\n2. Which one extends it?\n   - Selected Answer: none\n   - Correct Answer: gluteus\n   - Result: wrong\n",
    );
}

#[test]
fn a_title_ends_what_was_asked_above_it() {
    silent(
        &RULE,
        "## H\u{f6}fter\n\n# Quiz\n\nHow to take it:\n\n- read\n- think\n\n## Which one bends it?\n\n- [x] psoas\n- [ ] soleus\n",
    );
}

#[test]
fn a_folded_answer_may_name_several() {
    let asks = "# Quiz\n\n## Which bend the hip? (Choose TWO)\n\n- A. psoas\n- B. soleus\n- C. sartorius\n\n";
    for answer in ["Correct answer: A, C\nReason: both cross it.", "A and C. Both cross it."] {
        silent(&RULE, &format!("{asks}<details><summary>Answer</summary>\n{answer}\n</details>\n"));
    }
    silent(&RULE, &format!("{asks}<details><summary>Answer</summary>\n\nA, C\n\n</details>\n"));
}

#[test]
fn an_answer_that_was_left_out() {
    check(
        &RULE,
        "
# Quiz

1. Vad böjer höften?
   - a) psoas
   - b) vaden

   <details><summary>Answer</summary>
   Correct answer: a
   </details>

2. Vad böjer knät?
   ^^^^^^^^^^^^^^^ question 2 has no key
   - a) psoas
   - b) vaden

   <details><summary>Answer</summary>
   Correct answer:
   </details>
",
    );
}

#[test]
fn several_letters_stand_before_a_reason() {
    let options = "- a) psoas\n- b) iliacus\n- c) soleus\n\n";
    for answer in [
        "**Answer:** A, B",
        "**Answer:** a and b \u{2013} both do.",
        "**Answer:** A, B. Both do.",
        "**Answer:** A) psoas, B) iliacus",
        "**Answer:** psoas and iliacus",
        "**Svar / Answer:** a, b",
        "<details><summary>Answer</summary>A, B. Both do.</details>",
        "<details>\n<summary>Answer</summary>\n\n**A, B** Both do.\n\n</details>",
        "<Details summary=\"Answer\">\n\nA, B: both do.\n\n</Details>",
        "??? success \"Answer\"\n\n    **A, B**. Both do.",
        "> [!tip]- Answer\n> A, B. Both do.",
        "{{< expand \"Answer\" >}}\nA, B. Both do.\n{{< /expand >}}",
        "{{% details \"Answer\" %}}\n\nA, B. Both do.\n\n{{% /details %}}",
    ] {
        let text = format!("# H\u{f6}ft\n\n## Which two bend it?\n\n{options}{answer}\n");
        silent(&RULE, &text);
        let one = text.replace("A, B", "A").replace("a, b", "a").replace("a and b", "a");
        let one = one.replace(", B) iliacus", "").replace(" and iliacus", "");
        let said = diagnostics(&files(&RULE, &one));
        assert!(said.iter().any(|own| own.message.contains("asks for 2")), "{one}{said:#?}");
    }
    let other = "2. Which one bends the knee?\n   - a) psoas\n   - b) biceps\n";
    let list = "1. Which two bend the hip?\n   - a) psoas\n   - b) iliacus\n   - c) soleus\n";
    for key in [
        "1. A, B \u{2013} both do\n2. B \u{2013} it does",
        "- **1:** a, b. Both do.\n- **2:** b. It does.",
        "1-A, B, 2-B",
        "**1.** A, B - both do\n\n**2.** B - it does",
        "**Question 1.** (a, b) Both do.\n\n**Question 2.** (b) It does.",
        "### Question 1\n\nA, B\n\nBoth do.\n\n### Question 2\n\nB, because it does.",
        "1. psoas, iliacus\n2. biceps",
    ] {
        silent(&RULE, &format!("# H\u{f6}ft\n\n{list}{other}\n## Answer key\n\n{key}\n"));
    }
}

#[test]
fn statements_with_true_and_false_below_them() {
    silent(
        &RULE,
        "# Ont\n\n## Which helps?\n\n1. r\u{f6}relse\n2. vila\n\n**Answer:** r\u{f6}relse\n\n## Pain means damage.\n\n1. True\n2. False\n\n**Answer:** False\n",
    );
    silent(
        &RULE,
        "# Ont\n\n**Q1: Which helps?**\n\n- r\u{f6}relse\n- vila\n\n**Answer:** r\u{f6}relse\n\n**Q2: Pain means damage.**\n\n- True\n- False\n\n**Answer:** False\n",
    );
    // Two answers below a heading that is no question are a key all the same.
    silent(
        &RULE,
        "# Ont\n\n1. Rest is best. True or false?\n2. Pain means damage. True or false?\n\n## How did you do?\n\n1. True\n2. False\n",
    );
}

#[test]
fn questions_in_bullets() {
    check(
        &RULE,
        "
# H\u{f6}ft

- **Question 1:** Which one bends it?
  - A: psoas
  - B: soleus
  - Correct: A
  - Explanation: It bends it.
- **Question 2:** Which one extends it?
                  ^^^^^^^^^^^^^^^^^^^^^ question 2 has no key
  - A: psoas
  - B: gluteus
",
    );
}

#[test]
fn one_item_below_a_question_answers_it() {
    silent(
        &RULE,
        "# Quiz\n\n1. What bends the hip?\n   - The psoas\n2. The knee is a hinge.\n   - True\n3. Which nerve?\n   - Tibial\n",
    );
    // Below one of them are options.
    check(
        &RULE,
        "
# Quiz
^^^^^^ none of the 2 questions has a key

1. What bends the hip?
   ------------------- the first of them
   - The psoas
2. What bends the knee?
   - The calf
   - The thigh
",
    );
}

#[test]
fn the_number_of_a_question_is_none_of_its_words() {
    check(
        &RULE,
        "
# H\u{f6}ft

## 2. What bends it?

- psoas \u{2705}
  ----- marked right
        ^ question 1 has 2 right options and does not say that several are right
- iliacus \u{2705}
  ------- marked right
- soleus
",
    );
}

#[test]
fn what_a_quiz_is_for_asks_nothing() {
    silent(
        &RULE,
        "# Quiz\n\n## Learning objectives\n\nBehind this quiz you will be able to:\n\n- name muscles\n- say what they do\n\n## Question 1\n\nWhat bends the hip?\n- [ ] soleus\n- [x] psoas\n",
    );
}

#[test]
fn one_option_is_no_choice() {
    check(
        &RULE,
        "
questions:
  - {prompt: Vad b\u{f6}jer h\u{f6}ften?, options: [psoas], answer: a}
                                          ----- marked right
                                                          ^ question 1 has one option, and it is right
",
    );
    silent(
        &RULE,
        "questions:\n  - {prompt: Vad str\u{e4}cker h\u{f6}ften?, type: text, answers: [gluteus]}\n",
    );
}
