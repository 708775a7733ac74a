//! What holds for every run, whatever the files say.

use caveat::baseline::{Baseline, is_acceptable};
use caveat::cache::Cache;
use caveat::complete::complete;
use caveat::rule::Profile;
use caveat::{
    Applicability, Diagnostic, Engine, FilePath, Fix, Format, Judged, Level, Outcome, Project,
    Settings, SourceFile, fix,
};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The files of `content/`, and copies that somebody broke.
fn files() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&Path::new(ROOT).join("content"), &mut paths);
    let mut out = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(ROOT).unwrap().to_str().unwrap();
        let format = Format::of_name(name).unwrap();
        out.push(SourceFile::new(FilePath::new(name), text.as_str(), format));
        let folder = name.rsplit_once('/').unwrap().0;
        let extension = name.rsplit_once('.').unwrap().1;
        let broken = format!("{folder}/broken-{index}.{extension}");
        let text = damage(&text, index as u64);
        out.push(SourceFile::new(FilePath::new(&broken), text, format));
    }
    out
}

fn collect(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out);
        } else if Format::of_name(path.to_str().unwrap()).is_some() {
            out.push(path);
        }
    }
}

/// The same text with a few pieces cut, doubled or replaced; the same for the same seed.
fn damage(text: &str, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % n as u64).unwrap()
    };
    let mut out = text.to_owned();
    for _ in 0..6 {
        let at = out.floor_char_boundary(below(out.len().max(1)));
        let end = out.floor_char_boundary((at + below(12)).min(out.len()));
        let piece =
            ["", "\"", ": ", "\n\t- ", "[@", "ä\u{301}", "- ", "&a *a", "80 percent of "][below(9)];
        out.replace_range(at..end.max(at), piece);
    }
    out
}

fn run(files: &[&SourceFile], settings: Settings) -> Vec<Judged> {
    outcome(files.iter().copied(), settings).diagnostics
}

fn outcome<'f>(files: impl IntoIterator<Item = &'f SourceFile>, settings: Settings) -> Outcome {
    let engine = Arc::new(Engine::new(settings).unwrap());
    let mut project = Project::new(engine.clone());
    for file in files {
        project.insert(engine.analyze(file));
    }
    project.resolve(|_| true)
}

#[test]
fn the_order_of_files_changes_nothing() {
    let files = files();
    let forward: Vec<_> = files.iter().collect();
    let backward: Vec<_> = files.iter().rev().collect();
    let said = run(&forward, Settings::default());
    assert!(said.len() > files.len(), "broken files are reported");
    assert_eq!(said, run(&backward, Settings::default()));
}

#[test]
fn every_span_is_a_slice_of_its_file() {
    let files = files();
    let text = |path: &FilePath| &files.iter().find(|file| file.path == *path).unwrap().text;
    for own in run(&files.iter().collect::<Vec<_>>(), Settings::default()) {
        let Diagnostic { primary, related, fix, .. } = &*own.diagnostic;
        for label in std::iter::once(primary).chain(related) {
            assert!(text(&label.path).get(label.span.range()).is_some(), "{label:?}");
        }
        for edit in fix.iter().flat_map(|fix| &fix.edits) {
            assert!(text(&edit.path).get(edit.span.range()).is_some(), "{edit:?}");
        }
    }
}

/// Wherever one stands in a file, whole, broken or cut off there.
#[test]
fn a_completion_takes_the_place_of_a_word_where_one_stands() {
    let files = files();
    let engine = Arc::new(Engine::new(Settings::default()).unwrap());
    let mut project = Project::new(engine.clone());
    files.iter().for_each(|file| project.insert(engine.analyze(file)));
    let mut found = 0;
    for (index, file) in files.iter().enumerate() {
        for at in (index % 61..file.text.len()).step_by(487) {
            let at = u32::try_from(file.text.floor_char_boundary(at)).unwrap();
            let text = file.text[..at as usize].to_owned();
            let cut = SourceFile::new(file.path.clone(), text, file.format);
            for file in [file, &cut] {
                let Some(own) = complete(&engine, &project, file, at) else { continue };
                assert!(file.text.get(own.span.range()).is_some(), "{} at {at}", file.path);
                assert!(own.span.start <= at && at <= own.span.end, "{} at {at}", file.path);
                found += own.proposals.len();
            }
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn fixes_come_to_an_end_and_cost_nothing() {
    const SLIPS: &[(&str, &str)] = &[
        ("safety:", "safty:"),
        ("instructions:", "Instrutions:"),
        ("level: ", "level: B"),
        ("DOI: ", "DOI: https://dx.doi.org/"),
        ("questions:", "qestions:"),
        ("repetitions:", "repetions:"),
    ];
    const ENOUGH_ROUNDS: usize = 5;
    let mut applied = 0;
    for file in files() {
        let text =
            SLIPS.iter().fold(file.text.to_string(), |text, (own, slip)| text.replace(own, slip));
        let said = |text: &str| {
            let file = SourceFile::new(file.path.clone(), text, file.format);
            run(&[&file], Settings::default())
        };
        let syntax_errors = |said: &[Judged]| {
            said.iter().filter(|own| own.diagnostic.rule.starts_with("syntax/")).count()
        };
        for with_unsafe in [false, true] {
            let (mut text, mut rounds) = (text.clone(), 0);
            let mut now = said(&text);
            let first = syntax_errors(&now);
            let wanted = |own: &&Fix| with_unsafe || own.applicability == Applicability::Safe;
            while let Some(fixed) = fix::apply(
                &text,
                now.iter().filter_map(|own| own.diagnostic.fix.as_deref()).filter(wanted),
            ) {
                assert_ne!(fixed.text, text, "{}: a fix that changes nothing", file.path);
                (text, applied, rounds) = (fixed.text, applied + fixed.applied, rounds + 1);
                now = said(&text);
                assert!(syntax_errors(&now) <= first, "{}: {text}", file.path);
                assert!(rounds <= ENOUGH_ROUNDS, "{}: {now:?}", file.path);
            }
        }
    }
    assert!(applied > 0);
}

#[test]
fn fingerprints_differ_and_stay_when_lines_move() {
    let quiz = "title: Hips\nquestions:\n  - {id: q1, prompt: One?, options: [a1, b1], answer: c1}\n  - {id: q2, prompt: Two?, options: [a2, b2], answer: c2}\n";
    let moved = format!("# A comment\n\n{quiz}");
    let prints = |text: &str| {
        let file = SourceFile::new(FilePath::new("quizzes/a.yaml"), text, Format::Yaml);
        let said = run(&[&file], Settings::default());
        said.into_iter().map(|own| own.fingerprint).collect::<Vec<_>>()
    };
    let before = prints(quiz);
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len());
    assert_eq!(before, prints(&moved));
}

#[test]
fn levels_act_on_what_was_found_and_find_nothing_new() {
    let files = files();
    let files: Vec<_> = files.iter().collect();
    let all = run(&files, Settings::default());
    let mut quiet = Settings::default();
    quiet.rules.insert("claim".to_owned(), Level::Off);
    quiet.rules.insert("schema/unknown-field".to_owned(), Level::Error);
    let fewer = run(&files, quiet);
    let kept = all.iter().filter(|own| !own.diagnostic.rule.starts_with("claim/"));
    let kept: Vec<_> = kept.map(|own| &own.diagnostic).collect();
    assert_eq!(kept, fewer.iter().map(|own| &own.diagnostic).collect::<Vec<_>>());
}

/// Suppressions hide diagnostics of the rules they name, change none, and find none but of themselves.
#[test]
fn suppressions_hide_what_they_name_and_nothing_else() {
    const RULES: [&str; 3] =
        ["claim/unsourced-statistic", "schema/unknown-field", "syntax/invalid"];
    let rules = RULES.join(", ");
    let words = format!("caveat-disable {rules} reason=\"as a test of the law\"");
    let with_comments = |file: SourceFile| {
        let (begin, end) = match file.format {
            Format::Markdown => ("<!-- ", " -->"),
            Format::Yaml => ("# ", ""),
            _ => return file,
        };
        let lines = file.text.split_inclusive('\n').enumerate();
        let text: String = lines
            .map(|(at, line)| match at % 5 {
                4 => format!("{begin}{words}{end}\n{line}"),
                _ => line.to_owned(),
            })
            .collect();
        SourceFile::new(file.path, text, file.format)
    };
    let files: Vec<_> = files().into_iter().map(with_comments).collect();
    let files: Vec<_> = files.iter().collect();
    let ignore_suppressions = Settings { ignore_suppressions: true, ..Settings::default() };
    let all = run(&files, ignore_suppressions);
    let kept = run(&files, Settings::default());
    let is_own = |own: &Judged| own.diagnostic.rule == "project/suppression-hygiene";
    let kept: Vec<_> =
        kept.into_iter().filter(|own| !is_own(own)).map(|own| own.diagnostic).collect();
    let all: Vec<_> =
        all.into_iter().filter(|own| !is_own(own)).map(|own| own.diagnostic).collect();
    assert!(kept.iter().all(|own| all.contains(own)), "nothing new is found");
    let hidden: Vec<_> = all.iter().filter(|own| !kept.contains(own)).collect();
    assert!(!hidden.is_empty(), "something is hidden");
    assert!(hidden.iter().all(|own| RULES.contains(&own.rule)), "{hidden:?}");
}

/// A baseline hides all that it was made of, also when lines have moved, and nothing of it is gone.
#[test]
fn a_baseline_hides_what_it_was_made_of() {
    let moved = |file: &SourceFile| match file.format {
        Format::Yaml => {
            let text = format!("# One line more.\n{}", file.text);
            SourceFile::new(file.path.clone(), text, file.format)
        }
        _ => file.clone(),
    };
    let settings = Settings { profile: Profile::Strict, ..Settings::default() };
    let files = files();
    let before = outcome(&files, settings.clone());
    let mut made = Baseline::default();
    made.accept(&before);
    let file = SourceFile::new(FilePath::new("baseline"), made.to_text(), Format::Text);
    let read = Baseline::parse(&file).unwrap();
    let files: Vec<_> = files.iter().map(moved).collect();
    let mut after = outcome(&files, settings.clone());
    read.hide(&mut after);
    assert!(after.summary.baselined > 40, "{:?}", after.summary);
    assert!(!after.diagnostics.is_empty(), "some files are broken");
    let left: Vec<_> = after.diagnostics.iter().filter(|own| is_acceptable(own)).collect();
    assert!(left.is_empty(), "{left:#?}");
    assert!(read.gone(&after, &settings, |_| true).is_empty());
}

/// Reports that went through a cache are those that were made.
#[test]
fn a_cache_changes_nothing() {
    let folder = std::env::temp_dir().join(format!("caveat-laws-{}", std::process::id()));
    let files = files();
    let for_reports =
        Settings { all_sentences: true, keep_cues: true, root: ROOT.into(), ..Settings::default() };
    let lean = Settings { keep_claims: false, ..for_reports.clone() };
    for settings in [Settings::default(), for_reports, lean] {
        let engine = Engine::new(settings).unwrap();
        let made: Vec<_> = files.iter().map(|file| format!("{:?}", engine.analyze(file))).collect();
        for round in ["cold", "warm"] {
            let cache = Cache::open(&folder, &engine).unwrap();
            for (file, made) in files.iter().zip(&made) {
                let report = cache.analyze(&engine, file);
                assert!(format!("{report:?}") == *made, "{round}: {}", file.path);
            }
            cache.save(true);
        }
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(kept, 3, "one cache for each of the settings, and no draft");
}

/// Rules of a project's own that look at all there is.
fn own_rules(pattern: &str) -> Settings {
    let text = format!(
        "custom:\n  house/word: {{select: [/**, sentences, headings], matches: '{pattern}', message: '{{text}}'}}\n  \
         house/many: {{select: /**/*/**, fewer-than: 2, message: '{{text}}'}}\n  \
         house/long: {{select: [/**, sentences], more-words-than: 3, message: '{{text}}'}}\n  \
         house/author: {{select: ['', /**], missing: author, message: '{{text}}'}}\n"
    );
    let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
    let settings = caveat::config::parse(&file).unwrap();
    Settings { only: vec!["house".to_owned()], ..settings }
}

#[test]
fn rules_of_ones_own_point_at_slices_of_their_files() {
    let mut files = files();
    let hostile =
        [("a.yaml", "["), ("b.json", "["), ("c.yaml", "- "), ("d.md", "> "), ("e.yaml", "a: {")];
    for (name, piece) in hostile {
        let path = FilePath::new(&format!("content/articles/{name}"));
        let format = Format::of_name(name).unwrap();
        files.push(SourceFile::new(path, piece.repeat(100_000), format));
    }
    let text = |path: &FilePath| &files.iter().find(|file| file.path == *path).unwrap().text;
    let said = run(&files.iter().collect::<Vec<_>>(), own_rules("\\w."));
    for rule in ["house/word", "house/many", "house/long", "house/author"] {
        assert!(said.iter().any(|own| own.diagnostic.rule == rule), "{rule}");
    }
    for own in &said {
        let label = &own.diagnostic.primary;
        let words = text(&label.path).get(label.span.range()).unwrap();
        assert!(!words.is_empty() || own.diagnostic.rule != "house/word", "{own:?}");
        assert!(!own.diagnostic.message.contains('\n'), "{own:?}");
    }
}

#[test]
fn a_rule_of_ones_own_that_changed_is_asked_again() {
    let folder = std::env::temp_dir().join(format!("caveat-laws-own-{}", std::process::id()));
    let files = files();
    let cached = |pattern: &str| {
        let engine = Engine::new(own_rules(pattern)).unwrap();
        let cache = Cache::open(&folder, &engine).unwrap();
        let mut project = Project::new(Arc::new(engine));
        let engine = Engine::new(own_rules(pattern)).unwrap();
        for file in &files {
            project.insert(cache.analyze(&engine, file));
        }
        cache.save(true);
        (project.resolve(|_| true).diagnostics, project.looked_at())
    };
    for pattern in ["the", "a", "the"] {
        let (said, looked_at) = cached(pattern);
        assert_eq!(said, run(&files.iter().collect::<Vec<_>>(), own_rules(pattern)), "{pattern}");
        assert!(looked_at.iter().all(|(_, count)| *count > 0), "{looked_at:?}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let output = |threads: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(ROOT)
            .args([
                "report",
                "content",
                "--format",
                "json",
                "--threads",
                threads,
                "--all-sentences",
                "--no-cache",
            ])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        run.stdout
    };
    let one = output("1");
    assert!(one.len() > 1000);
    assert_eq!(one, output("4"));
    assert_eq!(one, output("1"));
}
