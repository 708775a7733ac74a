//! Measures the claim detector on labelled sentences.
//!
//! ```text
//! cargo run --release --example claim_eval -- ../shared
//! cargo run --release --example claim_eval -- ../shared --errors   # wrongly judged `dev` sentences
//! cargo run --release --example claim_eval -- ../shared --dump     # cues per sentence, for fitting weights
//! ```
//!
//! Always measured: `tests/data/claims/labelled.tsv`. With a folder as argument also
//!
//! - `<folder>/claims/*.tsv` with the columns label, text, context (document and section, joined by `|`), where
//!   label 1 means that the author cited the sentence. An uncited sentence may still need a source, so only
//!   ranking is measured: area under the ROC curve, average precision, precision among the 10% and 20% of the
//!   sentences with the highest scores. The weights were fitted on the documents whose hash is even ("tune");
//!   quote the other half ("held out").
//! - `<folder>/corpora/articles/mmwr`: whole documents with the marks left in. A sentence that its author cited
//!   must never be reported as unsourced; printed are the sentences with a mark in the raw Markdown, and those of
//!   them that a claim without citations covers.
//! - `<folder>/corpora/exercises` and `<folder>/corpora/quizzes`: instructions, questions and choices that
//!   should be left alone.
//!
//! A set that is absent is reported as skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use caveat::config::Settings;
use caveat::facts::claims::detect::{ClaimKind, Context, Element, Judgement, Need, Role, judge};
use caveat::project::Engine;
use caveat::source::{FilePath, Format, SourceFile};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wants = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let folder = arguments.iter().find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let labelled = read_labelled();
    if wants("--errors") {
        return print_errors(&labelled);
    }
    if wants("--dump") {
        return dump(folder.as_deref(), &labelled);
    }
    report_labelled(&labelled);
    let Some(folder) = folder else {
        println!("citation sets, exercises, quizzes: skipped, no folder given");
        return;
    };
    report_citations(&folder);
    report_cited_documents(&folder);
    report_silence(&folder);
    report_speed(&folder);
}

// Labelled sentences.

struct Labelled {
    doc: String,
    role: Role,
    element: Element,
    text: String,
    previous: Option<String>,
    passes: [(Need, String); 2],
    dev: bool,
}

impl Labelled {
    fn judge(&self) -> Judgement {
        let context = Context {
            element: self.element,
            role: self.role,
            previous: self.previous.as_deref(),
            ..Context::default()
        };
        judge(&self.text, &context)
    }
}

fn read_labelled() -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/claims/labelled.tsv");
    let text =
        fs::read_to_string(&path).expect("the labelled sentences are part of the repository");
    let mut rows: Vec<Labelled> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, doc, role, element, text, need_a, kind_a, need_b, kind_b, split] = fields[..]
        else {
            panic!("{} fields: {line}", fields.len());
        };
        let previous = rows.last().filter(|row| row.doc == doc).map(|row| row.text.clone());
        rows.push(Labelled {
            doc: doc.to_string(),
            role: role_of(role),
            element: element_of(element),
            text: text.to_string(),
            previous,
            passes: [(need_of(need_a), kind_a.to_string()), (need_of(need_b), kind_b.to_string())],
            dev: split == "dev",
        });
    }
    rows
}

fn role_of(name: &str) -> Role {
    match name {
        "body" => Role::Body,
        "explanation" => Role::Explanation,
        "instruction" => Role::Instruction,
        "option" => Role::Option,
        "prompt" => Role::Prompt,
        "description" => Role::Description,
        "safety" => Role::Safety,
        _ => panic!("role {name}"),
    }
}

fn element_of(name: &str) -> Element {
    match name {
        "paragraph" => Element::Paragraph,
        "list-item" => Element::ListItem,
        "heading" => Element::Heading,
        "field" => Element::Field,
        _ => panic!("element {name}"),
    }
}

fn need_of(name: &str) -> Need {
    match name {
        "must" => Need::Must,
        "should" => Need::Should,
        "no" => Need::No,
        _ => panic!("need {name}"),
    }
}

fn report_labelled(rows: &[Labelled]) {
    println!("labelled sentences: {}", rows.len());
    agreement(rows);
    for (name, dev) in [("dev (tuned on)", true), ("test", false)] {
        let part: Vec<(&Labelled, Judgement)> =
            rows.iter().filter(|row| row.dev == dev).map(|row| (row, row.judge())).collect();
        println!("{name}: {} sentences", part.len());
        measure("all", &part);
        let articles: Vec<_> = part.into_iter().filter(|(row, _)| row.role == Role::Body).collect();
        measure("articles", &articles);
    }
}

fn measure(name: &str, part: &[(&Labelled, Judgement)]) {
    for (pass, letter) in ["A", "B"].into_iter().enumerate() {
        let needs = |row: &Labelled| row.passes[pass].0 != Need::No;
        let hits = part.iter().filter(|(row, found)| needs(row) && found.need != Need::No).count();
        let flagged = part.iter().filter(|(_, found)| found.need != Need::No).count();
        let wanted = part.iter().filter(|(row, _)| needs(row)).count();
        let precision = ratio(hits, flagged);
        let recall = ratio(hits, wanted);
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        let must: Vec<(i32, bool)> = part
            .iter()
            .map(|(row, found)| (found.score, row.passes[pass].0 == Need::Must))
            .collect();
        let exact = part.iter().filter(|(row, found)| row.passes[pass].0 == found.need).count();
        let claims: Vec<_> = part.iter().filter(|(row, _)| needs(row)).collect();
        let kinds = claims
            .iter()
            .filter(|(row, found)| found.kind.map_or("-", ClaimKind::as_str) == row.passes[pass].1)
            .count();
        println!(
            "  {name:<9} pass {letter}: needs a source P {precision:.3} R {recall:.3} F1 {f1:.3}; must AP {:.3} AUC {:.3}; \
             same need {:.3}, same kind {:.3}",
            average_precision(&must),
            auc(&must),
            ratio(exact, part.len()),
            ratio(kinds, claims.len()),
        );
    }
}

/// Agreement of the two passes: percent and Cohen's kappa over the three needs.
fn agreement(rows: &[Labelled]) {
    let total = rows.len() as f64;
    let same = rows.iter().filter(|row| row.passes[0].0 == row.passes[1].0).count() as f64 / total;
    let share = |pass: usize, need: Need| {
        rows.iter().filter(|row| row.passes[pass].0 == need).count() as f64 / total
    };
    let chance: f64 = [Need::No, Need::Should, Need::Must]
        .into_iter()
        .map(|need| share(0, need) * share(1, need))
        .sum();
    println!(
        "passes A and B agree on {:.1}%, kappa {:.3}",
        same * 100.0,
        (same - chance) / (1.0 - chance)
    );
}

fn print_errors(rows: &[Labelled]) {
    for row in rows.iter().filter(|row| row.dev) {
        let found = row.judge();
        if found.need != row.passes[0].0 {
            let cues: Vec<String> =
                found.cues.iter().map(|cue| format!("{} {}", cue.name, cue.weight)).collect();
            println!(
                "{:?} for {:?} [{:?}] {:>4} {}\n      {}",
                found.need,
                row.passes[0].0,
                row.role,
                found.score,
                row.text,
                cues.join(", ")
            );
        }
    }
}

// Citation sets.

struct Cited {
    label: bool,
    text: String,
    document: String,
    section: String,
}

fn read_cited(path: &Path) -> Vec<Cited> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines();
    if !lines.next().is_some_and(|header| header.starts_with("label\ttext")) {
        return Vec::new();
    }
    lines
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let label = fields.next()? == "1";
            let text = fields.next()?.to_string();
            let context = fields.next().unwrap_or_default();
            let (document, section) = context.split_once('|').unwrap_or((context, ""));
            Some(Cited {
                label,
                text,
                document: document.to_string(),
                section: section.to_string(),
            })
        })
        .collect()
}

fn citation_sets(folder: &Path) -> Vec<(String, Vec<Cited>)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder.join("claims"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), read_cited(&path))
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

fn judge_cited(row: &Cited, sections: bool) -> Judgement {
    let heading = (sections && !row.section.is_empty()).then_some(row.section.as_str());
    judge(&row.text, &Context { heading, ..Context::default() })
}

fn report_citations(folder: &Path) {
    let sets = citation_sets(folder);
    if sets.is_empty() {
        println!("citation sets: skipped, none in {}", folder.join("claims").display());
    }
    for (name, rows) in sets {
        for (part, tune) in [("tune", Some(true)), ("held out", Some(false)), ("whole", None)] {
            for (how, sections) in [("sentence alone", false), ("with section", true)] {
                let scored: Vec<(i32, bool)> = rows
                    .iter()
                    .filter(|row| tune.is_none_or(|tune| tunes(&row.document) == tune))
                    .map(|row| (judge_cited(row, sections).score, row.label))
                    .collect();
                println!(
                    "{name:<26} {part:<9} {how:<15} n {:>5} AUC {:.3} AP {:.3} P@10% {:.3} P@20% {:.3} base {:.3}",
                    scored.len(),
                    auc(&scored),
                    average_precision(&scored),
                    precision_at(&scored, 0.1),
                    precision_at(&scored, 0.2),
                    ratio(scored.iter().filter(|(_, label)| *label).count(), scored.len()),
                );
            }
        }
    }
}

// Documents with their marks.

/// Marks as the authors wrote them, `(_3_)`, `(_2--5,7_)`, found without the help of the library: their starts.
fn raw_marks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("(_") {
        let inner = &text[at + 2..];
        let Some(end) = inner.find("_)") else { continue };
        let marks = !inner[..end].is_empty()
            && inner[..end]
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '\u{2013}' | '_'));
        if marks && inner[..end].starts_with(|c: char| c.is_ascii_digit()) {
            found.push(at);
        }
    }
    found
}

fn report_cited_documents(folder: &Path) {
    let folder = folder.join("corpora/articles/mmwr");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == "md"))
        .collect();
    files.sort();
    if files.is_empty() {
        println!("cited sentences: skipped, no {}", folder.display());
        return;
    }
    let engine = Engine::new(Settings::default()).expect("the built-in schemas are right");
    let (mut cited, mut covered, mut wrong) = (0, 0, 0);
    for path in &files {
        let text = fs::read_to_string(path).unwrap_or_default();
        let marks = raw_marks(&text);
        let name = format!("articles/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let file = SourceFile::new(FilePath::new(&name), text, Format::Markdown);
        let analyzed = engine.analyze(&file);
        cited += marks.len();
        for claim in &analyzed.facts.claims {
            // A mark stands in the sentence or right behind it.
            let own = |at: &&usize| {
                claim.site.span.start as usize <= **at && **at < claim.site.span.end as usize + 2
            };
            if marks.iter().any(|at| own(&at)) {
                covered += 1;
                if claim.citations.is_empty() {
                    wrong += 1;
                    println!("  reported though cited: {}", claim.text);
                }
            }
        }
    }
    println!(
        "cited sentences: {} documents, {cited} marks in the text, {covered} claims with a mark, {wrong} of them \
         without a citation ({:.2}%)",
        files.len(),
        100.0 * ratio(wrong, covered)
    );
}

/// Half of the documents, by FNV-1a of the name.
fn tunes(document: &str) -> bool {
    let hash = document.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) & 1 == 0
}

fn dump(folder: Option<&Path>, labelled: &[Labelled]) {
    let line = |found: &Judgement, set: &str, tune: bool, label: &str, text: &str| {
        let cues: Vec<&str> = found.cues.iter().map(|cue| cue.name).collect();
        println!("{set}\t{}\t{label}\t{}\t{text}", u8::from(tune), cues.join("|"));
    };
    for row in labelled {
        line(&row.judge(), "labelled", row.dev, &format!("{:?}", row.passes[0].0), &row.text);
    }
    for (name, rows) in folder.map(citation_sets).unwrap_or_default() {
        for row in rows {
            let label = if row.label { "1" } else { "0" };
            line(&judge_cited(&row, true), &name, tunes(&row.document), label, &row.text);
        }
    }
}

// Text that asserts nothing.

fn report_silence(folder: &Path) {
    let exercises = json_files(&folder.join("corpora/exercises"));
    let quizzes = json_files(&folder.join("corpora/quizzes"));
    if exercises.is_empty() {
        println!("instructions: skipped, no {}", folder.join("corpora/exercises").display());
    }
    if quizzes.is_empty() {
        println!("quizzes: skipped, no {}", folder.join("corpora/quizzes").display());
    }
    let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for value in &exercises {
        collect(value, &["instructions", "steps"], texts.entry("instruction").or_default());
    }
    for value in &quizzes {
        collect(value, &["prompt"], texts.entry("prompt").or_default());
        collect(value, &["distractors", "answer"], texts.entry("option").or_default());
    }
    for (name, list) in texts {
        let role = role_of(name);
        for (how, role) in [("role given", role), ("as body text", Role::Body)] {
            let context = Context { role, ..Context::default() };
            let sentences: Vec<&str> = list.iter().flat_map(|text| split(text)).collect();
            let count = |wanted: fn(Need) -> bool| {
                sentences.iter().filter(|text| wanted(judge(text, &context).need)).count()
            };
            println!(
                "{name:<12} {how:<13} {:>6} sentences: must {:.2}%, must or should {:.2}%",
                sentences.len(),
                100.0 * ratio(count(|need| need == Need::Must), sentences.len()),
                100.0 * ratio(count(|need| need != Need::No), sentences.len()),
            );
        }
    }
}

fn json_files(folder: &Path) -> Vec<serde_json::Value> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json")
            && let Ok(text) = fs::read_to_string(&path)
            && let Ok(value) = serde_json::from_str(&text)
        {
            found.push(value);
        }
    }
    found
}

/// All strings under the keys, at any depth.
fn collect(value: &serde_json::Value, keys: &[&str], out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                if keys.contains(&key.as_str()) {
                    strings(value, out);
                } else {
                    collect(value, keys, out);
                }
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, keys, out)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

fn strings(value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => out.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|value| strings(value, out)),
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                if key == "prompt" || key == "answer" {
                    strings(value, out);
                }
            }
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// Sentences of plain text, roughly: a stop, a space, no lower-case letter.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '!', '?', '\n']) {
        let after = &text[at + 1..];
        let ends = text.as_bytes()[at] == b'\n'
            || after.starts_with([' ', '\n'])
                && !after.trim_start().starts_with(|c: char| c.is_lowercase());
        if ends {
            parts.push(text[from..=at].trim());
            from = at + 1;
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| part.bytes().filter(u8::is_ascii_alphabetic).count() > 2);
    parts
}

// Speed.

fn report_speed(folder: &Path) {
    let texts: Vec<String> =
        citation_sets(folder).into_iter().flat_map(|(_, rows)| rows).map(|row| row.text).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    if bytes == 0 {
        return;
    }
    let mut best = f64::INFINITY;
    for _ in 0..7 {
        let start = Instant::now();
        let total: i64 =
            texts.iter().map(|text| i64::from(judge(text, &Context::default()).score)).sum();
        std::hint::black_box(total);
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "speed: {:.0} MB/s, {:.2} microseconds per sentence (best of 7, one core)",
        bytes as f64 / best / 1e6,
        best / texts.len() as f64 * 1e6
    );
}

// Measures.

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Chance that a positive scores above a negative; ties count half.
fn auc(scored: &[(i32, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_unstable_by_key(|(score, _)| *score);
    let positives = sorted.iter().filter(|(_, label)| *label).count();
    let negatives = sorted.len() - positives;
    let mut below = 0;
    let mut wins = 0.0;
    for group in sorted.chunk_by(|left, right| left.0 == right.0) {
        let good = group.iter().filter(|(_, label)| *label).count();
        let bad = group.len() - good;
        wins += good as f64 * (below as f64 + bad as f64 / 2.0);
        below += bad;
    }
    wins / (positives as f64 * negatives as f64).max(1.0)
}

/// Mean precision at the positives; sentences of equal score share their mean precision.
fn average_precision(scored: &[(i32, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_unstable_by_key(|(score, _)| std::cmp::Reverse(*score));
    let positives = sorted.iter().filter(|(_, label)| *label).count();
    let (mut seen, mut hits, mut sum) = (0, 0, 0.0);
    for group in sorted.chunk_by(|left, right| left.0 == right.0) {
        let good = group.iter().filter(|(_, label)| *label).count();
        seen += group.len();
        hits += good;
        sum += good as f64 * ratio(hits, seen);
    }
    sum / (positives as f64).max(1.0)
}

fn precision_at(scored: &[(i32, bool)], share: f64) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let count = (sorted.len() as f64 * share).round() as usize;
    ratio(sorted[..count].iter().filter(|(_, label)| *label).count(), count)
}
