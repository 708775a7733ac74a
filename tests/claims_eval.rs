//! Floors for the claim detector on `tests/data/claims/labelled.tsv` and `documents.tsv`, and laws that hold for
//! any text. The figures themselves are printed by `cargo run --release --example claim_eval` and, for whole
//! documents, by `cargo test --test claims_eval -- --nocapture`.

use caveat::config::Settings;
use caveat::facts::ClaimFact;
use caveat::project::Engine;
use caveat::source::{FilePath, Format, SourceFile};
use std::collections::HashMap;
use std::path::Path;

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

/// One sentence of a whole document: whether each pass asks for a source, whether the first says *must*, and
/// what the detector says of it in its place.
struct Sentence {
    text: &'static str,
    asked: [bool; 2],
    must: bool,
    claim: bool,
    score: i32,
}

/// The sentences of the documents that no weight and no word list was tuned on.
fn sentences_of_documents() -> Vec<Sentence> {
    let table = include_str!("data/claims/documents.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut judged: HashMap<&str, Vec<ClaimFact>> = HashMap::new();
    rows.map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|fields| fields[7] == "test")
        .map(|fields| {
            let [file, _, text, need_a, _, need_b, _, _] = fields[..] else {
                panic!("{} fields", fields.len())
            };
            let claims = judged.entry(file).or_insert_with(|| claims_of(file));
            let same =
                |claim: &ClaimFact| claim.text.split_whitespace().eq(text.split_whitespace());
            // Every sentence once, in order: a text may stand twice.
            let at = claims.iter().position(same).unwrap_or_else(|| panic!("{file}: {text}"));
            let claim = claims.remove(at);
            Sentence {
                text,
                asked: [need_a != "no", need_b != "no"],
                must: need_a == "must",
                claim: claim.need != Need::No,
                score: claim.score,
            }
        })
        .collect()
}

fn claims_of(file: &str) -> Vec<ClaimFact> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/claims/documents");
    let text =
        std::fs::read_to_string(folder.join(file)).expect("the documents are beside the table");
    let engine =
        Engine::new(Settings { all_sentences: true, ..Settings::default() }).expect("settings");
    let format = Format::of_name(file).expect("a known format");
    engine.analyze(&SourceFile::new(FilePath::new(file), text, format)).facts.claims.into()
}

#[test]
fn claims_are_found_in_whole_documents() {
    let sentences = sentences_of_documents();
    let count =
        |of: &dyn Fn(&Sentence) -> bool| sentences.iter().filter(|own| of(own)).count() as f64;
    let found = count(&|own| own.claim);
    for pass in 0..2 {
        let both = count(&|own| own.claim && own.asked[pass]);
        let asked = count(&|own| own.asked[pass]);
        let (precision, recall) = (both / found, both / asked);
        let f1 = 2.0 * both / (found + asked);
        println!("pass {pass}: F1 {f1:.3}, precision {precision:.3}, recall {recall:.3}");
        assert!(
            f1 >= 0.84 && precision >= 0.88,
            "pass {pass}: F1 {f1:.3}, precision {precision:.3}"
        );
    }
    let mut ranked: Vec<&Sentence> = sentences.iter().collect();
    ranked.sort_by_key(|own| -own.score);
    let (mut hits, mut sum) = (0.0, 0.0);
    for (index, _) in ranked.iter().enumerate().filter(|(_, own)| own.must) {
        hits += 1.0;
        sum += hits / (index + 1) as f64;
    }
    println!("average precision for must: {:.3}", sum / hits);
    assert!(sum / hits >= 0.75);
    assert!(!sentences.iter().any(|own| own.text.ends_with('?') && own.claim));
}
