//! `caveat check --fix`: apply fixes, look again, and write the files or show the difference.

use super::failure::Failure;
use super::run::Run;
use super::terminal::Streams;
use super::write;
use caveat::diagnostic::{Applicability, Edit, Fix};
use caveat::fix::{self, Fixed};
use caveat::policy::Judged;
use caveat::project::{FileReport, Outcome};
use caveat::render::{Sources, sanitize};
use caveat::source::{FilePath, SourceFile, reason};
use caveat::words::counted;
use rayon::prelude::*;
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

/// What to fix, as typed.
#[derive(Debug, clap::Args)]
pub struct FixArguments {
    /// Apply the fixes that cannot change a meaning, and print what is left
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,
    /// With --fix or --diff: apply those too that somebody should look at, such as corrected names of fields
    #[arg(long, help_heading = "Fixes")]
    pub unsafe_fixes: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long, help_heading = "Fixes")]
    pub diff: bool,
}

impl FixArguments {
    /// # Errors
    ///
    /// When they do not go together.
    pub fn check(&self) -> Result<(), Failure> {
        match self.unsafe_fixes && !self.fix && !self.diff {
            true => Err(Failure::usage_with_help(
                "`--unsafe-fixes` says which fixes, and not what to do with them",
                "add `--diff` to see them, or `--fix` to apply them",
            )),
            false => Ok(()),
        }
    }
}

/// Files that fixes have changed, and how many were applied.
#[derive(Debug, Default)]
pub struct Fixes {
    files: BTreeMap<FilePath, Changed>,
}

#[derive(Debug)]
struct Changed {
    before: Arc<SourceFile>,
    after: Arc<SourceFile>,
    applied: usize,
}

/// A file before and after the fixes that go together.
pub struct Round {
    before: Arc<SourceFile>,
    after: Arc<SourceFile>,
    report: FileReport,
    applied: usize,
    /// Between the two.
    pub edits: Vec<Edit>,
}

impl Round {
    /// `None` when nothing was applied, or the file would be the worse for it.
    pub fn of(run: &Run, path: &FilePath, fixes: &[&Fix]) -> Option<Self> {
        let before = run.sources.source(path)?;
        let Fixed { text, edits, applied } = fix::apply(&before.text, fixes.iter().copied())?;
        let after = Arc::new(SourceFile::new(path.clone(), text, before.format));
        let report = run.look_again(&after);
        let is_sound = syntax_errors(&report) <= syntax_errors(run.project.report(path)?);
        is_sound.then_some(Self { before, after, report, applied, edits })
    }
}

/// A fix may make room for the next one; no more often than this.
const MOST_ROUNDS: usize = 10;

impl Fixes {
    /// Apply the fixes of what the run reports, look at the changed files again, and so on until nothing changes. The
    /// run knows the files as they are afterwards; nothing is written.
    pub fn make(run: &mut Run, with_unsafe: bool) -> Self {
        let mut fixes = Self::default();
        let mut given_up = BTreeSet::new();
        for _ in 0..MOST_ROUNDS {
            let outcome = run.outcome();
            let mut wanted = by_file(&outcome, with_unsafe);
            wanted.retain(|path, _| !given_up.contains(*path));
            if wanted.is_empty() {
                break;
            }
            // On the threads that looked at the files before: these have room for what nests deep.
            let tried =
                wanted.into_par_iter().map(|(path, own)| (path, Round::of(run, path, &own)));
            for (path, round) in tried.collect::<Vec<_>>() {
                match round {
                    Some(round) => fixes.take(run, path, round),
                    None => drop(given_up.insert(path.clone())),
                }
            }
        }
        fixes
    }

    /// The files with these edits made, or the first file that would be the worse for them. Nothing is
    /// written.
    pub fn of_edits(run: &mut Run, title: &str, edits: Vec<Edit>) -> Result<Self, FilePath> {
        let mut by_file = BTreeMap::<FilePath, Vec<Edit>>::new();
        for edit in edits {
            by_file.entry(edit.path.clone()).or_default().push(edit);
        }
        let mut fixes = Self::default();
        for (path, edits) in by_file {
            let applicability = Applicability::Safe;
            let fix = Fix { title: title.to_owned(), applicability, edits };
            match Round::of(run, &path, &[&fix]) {
                Some(round) => fixes.take(run, &path, round),
                None => return Err(path),
            }
        }
        Ok(fixes)
    }

    fn take(&mut self, run: &mut Run, path: &FilePath, round: Round) {
        let Round { before, after, report, applied, edits: _ } = round;
        run.project.insert(report);
        run.sources.replace(after.clone());
        let first = || Changed { before, after: after.clone(), applied: 0 };
        let changed = self.files.entry(path.clone()).or_insert_with(first);
        changed.applied += applied;
        changed.after = after;
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// "3 mistakes in 2 files".
    pub fn counted(&self) -> String {
        let applied: usize = self.files.values().map(|own| own.applied).sum();
        format!("{} in {}", counted(applied, "mistake"), counted(self.files.len(), "file"))
    }

    /// Write the files. One that is no longer what was looked at is left alone.
    ///
    /// # Errors
    ///
    /// After all others are written, when one could not be.
    pub fn write(&self, run: &Run, streams: &Streams) -> Result<(), Failure> {
        let mut failed = Vec::new();
        for (path, changed) in &self.files {
            let disk = run.sources.disk(path);
            let written = match fs::read(&disk) {
                Ok(bytes) if bytes == changed.before.text.as_bytes() => {
                    write::whole(&disk, changed.after.text.as_bytes())
                        .map_err(|error| reason(&error).to_string())
                }
                Ok(_) => Err("it was changed in the meantime".to_owned()),
                Err(error) => Err(reason(&error).to_string()),
            };
            if let Err(why) = written {
                failed.push(format!("cannot write {}: {why}", run.place.shown(path)));
            }
        }
        let Some(last) = failed.pop() else { return Ok(()) };
        failed
            .iter()
            .for_each(|line| streams.complain(&format!("error: {}", sanitize::one_line(line))));
        Err(Failure::usage(last))
    }

    /// Print the difference, as `patch` reads it.
    pub fn show(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for (path, Changed { before, after, .. }) in &self.files {
            let mut name = run.place.shown(path);
            if name.contains(' ') {
                // Where a name ends that holds blanks.
                name.push('\t');
            }
            let diff = TextDiff::from_lines(&*before.text, &*after.text);
            let mut unified = diff.unified_diff();
            unified.header(&format!("a/{name}"), &format!("b/{name}"));
            write!(out, "{unified}")?;
        }
        Ok(())
    }
}

/// What a program can do about a diagnostic. What reaches into other files is for people.
pub fn fix_of(judged: &Judged) -> Option<&Fix> {
    let path = &judged.diagnostic.primary.path;
    let fix = judged.diagnostic.fix.as_deref()?;
    fix.edits.iter().all(|edit| edit.path == *path).then_some(fix)
}

/// The fixes to apply, by file.
fn by_file(outcome: &Outcome, with_unsafe: bool) -> BTreeMap<&FilePath, Vec<&Fix>> {
    let mut files: BTreeMap<&FilePath, Vec<&Fix>> = BTreeMap::new();
    for judged in &outcome.diagnostics {
        let is_wanted = |own: &&Fix| with_unsafe || own.applicability == Applicability::Safe;
        if let Some(fix) = fix_of(judged).filter(is_wanted) {
            files.entry(&judged.diagnostic.primary.path).or_default().push(fix);
        }
    }
    files
}

/// How many diagnostics can be fixed, and how many of them safely; `None` when there are none.
pub fn offer(outcome: &Outcome) -> Option<String> {
    let count = |wanted| {
        let fixes = outcome.diagnostics.iter().filter_map(fix_of);
        fixes.filter(|own| own.applicability == wanted).count()
    };
    match (count(Applicability::Safe), count(Applicability::Unsafe)) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} can be fixed with `--fix`")),
        (0, others) => Some(format!("{others} can be fixed with `--fix --unsafe-fixes`")),
        (safe, others) => {
            Some(format!("{safe} can be fixed with `--fix`, {others} more with `--unsafe-fixes`"))
        }
    }
}

fn syntax_errors(report: &FileReport) -> usize {
    report.diagnostics.iter().filter(|own| own.rule.starts_with("syntax/")).count()
}
