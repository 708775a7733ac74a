use super::RULE;
use crate::testing::{check, silent};

#[test]
fn what_one_version_does_not_warn_of() {
    check(
        &RULE,
        "
//- exercises/a.yaml
- id: a
  inLanguage: en
  name: Calf stretch
  instructions: [Stand., Hold.]
  safety: [Stop if it hurts., 'Hold on to something, and wear shoes.', Ask a physiotherapist.]
  ------ those of the original
  contraindications: [A torn muscle]
  ----------------- those of the original
  stopIf: [Pain, Numbness]
  ------ those of the original
//- exercises/b.yaml
id: b
inLanguage: sv
translationOf: a
name: Vadstretch – tå
      ^^^^^^^^^^^^^^^ no warning sign, and the original has 2
instructions: [Stå., Håll.]
safety: [Sluta om det gör ont.]
^^^^^^ 1 safety note, and the original has 3
contraindications: none-known
^^^^^^^^^^^^^^^^^ none is known here, and the original has 1 contraindication
",
    );
}

#[test]
fn another_dose() {
    check(
        &RULE,
        "
//- exercises/a.yaml
id: a
name: Calf stretch
dosage: {sets: 2, hold: 30 s, frequency: {count: 2, per: week}, rest: 1 min}
                        ---- the dose in the original
                                         --------------------- the dose in the original
                                                                      ----- the dose in the original
instructions: [Hold for 30 seconds., Do it 3 times.]
                        ---------- the number in the original
//- exercises/b.yaml
id: b
translationOf: a
name: Vadstretch
dosage: {sets: 2, hold: 3 s, frequency: {perDay: 2}}
^^^^^^ the dose has no `rest`, and the original has `1 min`
                        ^^^ `hold` is `3 s` here, and `30 s` in the original
                                        ^^^^^^^^^^^ `frequency` is `2 per day` here, and `2 per week` in the original
instructions: [Håll i 3 sekunder., Gör det 3 gånger.]
                      ^^^^^^^^^^ `3 sekunder` here, and `30 seconds` in the original
",
    );
}

#[test]
fn another_key() {
    check(
        &RULE,
        "
//- quizzes/a.yaml
id: a
title: A
questions:
  - {id: one, prompt: How long?, options: [10 s, 60 s], answer: b}
                                                                -- the key in the original
  - {id: two, prompt: Which?, options: [{id: hip, text: hip}, {id: knee, text: knee}], answer: hip}
                                                                                               --- the key in the original
  - {id: three, prompt: Rest heals., type: true-false, answer: true}
                                                               ---- the key in the original
  - {id: four, prompt: Where?, options: [hip, knee, toe], answer: a}
                       ------ the question in the original
//- quizzes/b.yaml
id: b
translationOf: a
title: B
questions:
  - {id: four, prompt: Var?, options: [höft, knä], answer: a}
                       ^^^^ 2 options, and the original has 3
  - {id: one, prompt: Hur länge?, options: [10 s, 60 s], answer: a}
                                                                 ^ the key is `10 s` here, and `60 s` in the original
  - {id: two, prompt: Vilken?, options: [{id: knee, text: knä}, {id: hip, text: höft}], answer: knee}
                                                                                                ^^^^ the key is `knä` here, and `hip` in the original
  - {id: three, prompt: Vila läker., type: true-false, answer: false}
                                                               ^^^^^ the key is `false` here, and `true` in the original
",
    );
}

#[test]
fn versions_with_one_id() {
    check(
        &RULE,
        "
//- exercises/en/a.yaml
- id: a
  inLanguage: en
  name: Calf stretch
  instructions: [Stand., Hold., Rest.]
  ------------ those of the other language
  safety: [Stop if it hurts.]
  ------ those of the other language
  contraindications: [A torn muscle.]
//- exercises/sv/a.md
---
id: a
    ^ no safety note, and the other language has 1
inLanguage: sv
---

# Vadstretch

## Så gör du
^^^^^^^^^^^^ 2 steps, and the other language has 3

1. Stå.
2. Håll.

## Kontraindikationer

- Trasig vad.
",
    );
}

#[test]
fn the_original_was_changed() {
    check(
        &RULE,
        "
//- articles/a.md
---
id: a
title: A
       -- those of the original
dateModified: 2025-03-01
              ---------- the day in the original
---

# A

## B
//- articles/b.md
---
id: b
title: Å
       ^ 1 heading, and the original has 2
translationOf: a
translatedFrom: 2025-02-01
                ^^^^^^^^^^ translated from the version of 2025-02-01, and the original was changed on 2025-03-01
dateModified: 2025-02-02
---

# Å
",
    );
}

#[test]
fn versions_that_agree() {
    silent(
        &RULE,
        "
//- exercises/a.yaml
id: a
inLanguage: en
name: Calf stretch
dateModified: 2025-02-01
dosage: {hold: 1 min, frequency: {count: 1, per: day}, repetitions: 10}
instructions: [Stand 10 cm from a wall., 'Lean in for 1 minute, twice.', Rest 30 s. Do it 3 times.]
safety: [Stop., Rest.]
//- exercises/b.yaml
id: b
translationOf: a
translatedFrom: 2025-02-01
name: Vadstretch
dosage: {hold: 60 sekunder, frequency: varje dag, repetitions: 10}
instructions: ['Stå 4 tum från en vägg.', Luta dig in i 60 sekunder 2 gånger., Vila 30 sekunder. Gör det tre gånger.]
safety: ['Sluta, i så fall. Vila.', Ring 112.]
//- exercises/c.yaml
id: c
translationOf: b
translatedFrom: v2
name: Wadendehnung
dosage: 60 s halten
instructions: Stehe. Dehne. Ruhe.
safety: Nicht bei Schmerzen. Ruhe. Arzt.
//- exercises/d.yaml
id: d
translationOf: nobody
name: D
//- exercises/e.yaml
id: e
translationOf: e
name: E
safety: [1 s]
//- exercises/sv/a.md
---
id: a
inLanguage: sv
---

# Vadstretch

Stå. Håll i en minut. Sluta om det gör ont.
//- exercises/list.yaml
- {id: 1, name: A, inLanguage: en, safety: [a, b], stopIf: [c]}
- {id: 1, name: B, inLanguage: sv}
- {id: broken, inLanguage: en, name: C, stopIf: [c]}
//- exercises/broken.yaml
id: broken
inLanguage: sv
name: C
stopIf: [
//- quizzes/a.yaml
id: a
title: A
questions:
  - {prompt: Where?, options: [psoas, knee, hip], answer: psoas}
  - {prompt: Which?, options: [knee, hip], answer: nothing}
  - {prompt: How?, options: [well], answer: 7}
//- quizzes/b.yaml
id: b
translationOf: a
title: B
questions:
  - {prompt: Var?, options: [knä, höft, psoas], answer: psoas}
  - {prompt: Vilken?, options: [knä, höft], answer: a}
  - {prompt: Hur?, options: [bra], answer: [b, {c: d}]}
",
    );
}
