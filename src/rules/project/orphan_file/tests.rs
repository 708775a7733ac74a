use super::RULE;
use crate::config::Settings;
use crate::diagnostic::Level;
use crate::project::{Engine, Project};
use crate::testing::{check, files, silent};
use std::sync::Arc;

/// Sources with these ids, one to a line.
fn sources(ids: &[&str]) -> String {
    let lines = ids.iter().map(|id| format!("- {{id: {id}, title: Work {id} on hips}}\n"));
    format!("//- resources/a.yaml\n{}", lines.collect::<String>())
}

const EIGHT: &[&str] = &["ahn", "berg", "chen", "diaz", "egan", "fox", "gray", "hall"];

#[test]
fn a_source_that_nothing_cites() {
    check(
        &RULE,
        "
//- resources/a.yaml
- {id: ahn, title: A}
- {id: berg, title: B}
- {id: chen, title: C, URL: 'https://a.org/c'}
- {id: diaz, title: D, DOI: 10.1000/abc}
- {id: egan, title: Rörelse och vila}
- {id: fox, title: F, author: [{family: Fox}], issued: 2020}
- {id: gray, title: G}
- {id: hall, title: H}
- {id: ito, title: Åldrande knän}
                   ^^^^^^^^^^^^^ nothing uses the resource `ito`
- {id: jung, title: J, status: draft}
- {id: kent, title: K, role: organisation}
//- articles/a.md
---
title: Höften
sources: [ahn]
---

Text [@berg], [see](https://www.a.org/c/), doi:10.1000/ABC and *Rörelse och vila*. Walking helps (Fox, 2020).
//- plans/monday.yaml
cite: {gray: 2}
also: hall, berg
",
    );
}

#[test]
fn a_collection_that_is_a_library() {
    let (many, text) = (["ito", "jung", "kent", "lee"], EIGHT.join(", "));
    let cites = format!("//- articles/a.md\n---\ntitle: A\nsources: [{text}]\n---\n\nText.\n");
    // A third of them is used by nothing.
    silent(&RULE, &format!("{}{cites}", sources(&[EIGHT, &many].concat())));
    // Few are used.
    silent(
        &RULE,
        "//- resources/a.yaml\n- {id: a, title: A}\n- {id: b, title: B}\n//- articles/a.md\nText [@a].\n",
    );
    // They name each other.
    let all: Vec<_> = EIGHT.iter().chain(&many).collect();
    let next = |at: usize| all[(at + 1) % all.len()];
    let files = all.iter().enumerate().map(|(at, id)| {
        format!("//- exercises/{id}.yaml\nname: Rörelse {id}\nprogression: [{}]\n", next(at))
    });
    silent(&RULE, &files.collect::<String>());
}

#[test]
fn an_exercise_that_no_plan_has() {
    let used = EIGHT.iter().map(|id| format!("//- exercises/{id}.yaml\nname: Lyft {id}\n"));
    let plan = format!("//- plans/a.json\n{{\"days\": [\"{}\"]}}\n", EIGHT.join("\", \""));
    let left = "//- exercises/vrid.yaml\nname: Vridning\n";
    let said = "      ^^^^^^^^ nothing uses the exercise `vrid`\n";
    let fixture = format!("{}{left}{said}{plan}", used.collect::<String>());
    check(&RULE, &fixture);
    // One of its kind leads to it.
    let fixture =
        fixture.replace(said, "").replace("name: Lyft hall", "name: H\nprogression: [vrid]");
    silent(&RULE, &fixture);
}

#[test]
fn pictures_that_nothing_shows() {
    let names = "abcdefgh".chars().map(|own| format!("![Höft](bilder/{own}.png)"));
    let text = format!(
        "//- articles/a.md\n# A\n\n{}\n//- exercises/bro.yaml\nname: Bro\nimageUrl: /static/x.png\n",
        names.collect::<Vec<_>>().join("\n")
    );
    let files = files(&RULE, &text);
    let rules = [(RULE.id.to_owned(), Level::Info)].into_iter().collect();
    let engine = Engine::new(Settings { rules, ..Settings::default() });
    let engine = Arc::new(engine.expect("the built-in schemas are right"));
    let others = "a b c d e f g h a-2 bro gammal".split(' ').map(|own| format!("{own}.png"));
    let others: Vec<_> = others.chain(["README.md".to_owned()]).collect();
    let names = move |folder: &str| match folder {
        "articles/bilder" => others.clone(),
        _ => Vec::new(),
    };
    let is_there = |path: &str| path.starts_with("articles/bilder/");
    let mut project = Project::new(engine.clone()).with_others(is_there).with_folders(names);
    files.iter().for_each(|file| project.insert(engine.analyze(file)));
    let said = project.diagnostics(|_| true);
    let said: Vec<_> = said.iter().filter(|own| own.rule == RULE.id).collect();
    let told: Vec<_> = said.iter().map(|own| (own.primary.path.as_str(), &*own.message)).collect();
    assert_eq!(told, [("articles/bilder/gammal.png", "nothing shows `gammal.png`")]);
}
