use caveat::{config::Settings, project::*, source::*};
use std::sync::Arc;
fn main() {
    let engine = Arc::new(Engine::new(Settings::default()).unwrap());
    let mut project = Project::new(engine.clone());
    let show: Option<String> = std::env::args().nth(2);
    let mut files = vec![];
    fn walk(p: &std::path::Path, f: &mut Vec<std::path::PathBuf>) { if p.is_dir() { let mut e: Vec<_> = std::fs::read_dir(p).unwrap().map(|e| e.unwrap().path()).collect(); e.sort(); for e in e { walk(&e, f) } } else { f.push(p.into()) } }
    walk(std::env::args().nth(1).unwrap().as_ref(), &mut files);
    let t = std::time::Instant::now();
    for f in &files {
        let Some(format) = Format::of_name(f.to_str().unwrap()) else { continue };
        let Ok(text) = std::fs::read_to_string(f) else { continue };
        let file = SourceFile::new(FilePath::new(f.to_str().unwrap()), text, format);
        project.insert(engine.analyze(&file));
    }
    let out = project.resolve(|_| true);
    eprintln!("{:?} {:?}", out.summary, t.elapsed());
    let mut counts = std::collections::BTreeMap::new();
    for j in &out.diagnostics {
        let d = &j.diagnostic;
        let name = format!("{:7} {}{}", j.severity.as_str(), d.rule, d.kind.map(|k| format!("/{k}")).unwrap_or_default());
        *counts.entry(name.clone()).or_insert(0) += 1;
        if show.as_ref().is_some_and(|s| name.contains(s.as_str())) {
            let text = std::fs::read_to_string(d.primary.path.as_str()).unwrap();
            let lc = LineIndex::new(&text).line_column(&text, d.primary.span.start);
            println!("{}:{}:{}: {} | {}", d.primary.path, lc.line, lc.column, d.message, d.identity.text.chars().take(160).collect::<String>());
        }
    }
    for (k, v) in counts { println!("{v:6} {k}"); }
}
