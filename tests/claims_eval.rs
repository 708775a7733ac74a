//! Floors for the claim detector on `tests/data/claims/labelled.tsv`, and laws that hold for any text. The
//! figures themselves are printed by `cargo run --release --example claim_eval`.

use caveat::facts::claims::detect::{Context, Element, Judgement, Need, Role, judge};

struct Row<'a> {
    role: Role,
    element: Element,
    text: &'a str,
    needs: [bool; 2],
    test: bool,
}

fn rows() -> Vec<Row<'static>> {
    include_str!("data/claims/labelled.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [_, _, role, element, text, need_a, _, need_b, _, split] = fields[..] else {
                panic!("{} fields: {line}", fields.len());
            };
            Row {
                role: match role {
                    "body" => Role::Body,
                    "explanation" => Role::Explanation,
                    "instruction" => Role::Instruction,
                    "option" => Role::Option,
                    "prompt" => Role::Prompt,
                    "description" => Role::Description,
                    "safety" => Role::Safety,
                    _ => panic!("role {role}"),
                },
                element: if element == "heading" { Element::Heading } else { Element::Paragraph },
                text,
                needs: [need_a != "no", need_b != "no"],
                test: split == "test",
            }
        })
        .collect()
}

fn judged(row: &Row<'_>) -> Judgement {
    judge(row.text, &Context { role: row.role, element: row.element, ..Context::default() })
}

#[test]
fn sentences_that_need_a_source_are_found() {
    for pass in 0..2 {
        let test: Vec<(bool, bool)> = rows()
            .iter()
            .filter(|row| row.test)
            .map(|row| (row.needs[pass], judged(row).need != Need::No))
            .collect();
        let count =
            |wanted: (bool, bool)| test.iter().filter(|pair| **pair == wanted).count() as f64;
        let f1 = 2.0 * count((true, true))
            / (2.0 * count((true, true)) + count((true, false)) + count((false, true)));
        assert!(f1 >= 0.88, "F1 {f1:.3} of pass {pass}");
    }
}

#[test]
fn options_and_prompts_are_left_alone() {
    for row in rows().iter().filter(|row| matches!(row.role, Role::Option | Role::Prompt)) {
        assert_eq!(judged(row).need, Need::No, "{}", row.text);
    }
}

#[test]
fn every_range_is_a_slice_of_the_text() {
    let check = |text: &str| {
        let found = judge(text, &Context::default());
        assert!(text.get(found.focus.clone()).is_some(), "{text}: {found:?}");
        assert_eq!(found.score, found.cues.iter().map(|cue| cue.weight).sum::<i32>(), "{text}");
        for cue in &found.cues {
            assert!(text.get(cue.range.clone()).is_some(), "{text}: {cue:?}");
        }
    };
    for row in rows() {
        let odd = row.text.replace(' ', "\u{202f}").replace('e', "é").replace('.', "\u{2019}")
            + "7\u{2013}9\u{a0}%";
        for text in [row.text, &odd] {
            for (at, _) in text.char_indices() {
                check(&text[..at]);
                check(&text[at..]);
            }
        }
    }
    check(&"studies show 80% é ".repeat(1000));
}
