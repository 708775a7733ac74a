//! `caveat check --watch`, as somebody meets it who saves files while it runs.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// A run that goes on until the end of the test.
struct Watching {
    child: Child,
    /// Of stdout and of stderr, which have no common order.
    results: Receiver<String>,
    remarks: Receiver<String>,
    root: PathBuf,
}

const QUIZ: &str =
    "title: Bones\nquestions:\n  - prompt: How many?\n    options: [a, b]\n    answer: ";

impl Watching {
    fn start(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("caveat-watch-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        files.iter().for_each(|(path, text)| write(&root, path, text));
        let mut child = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .args(["check", "--watch", "--format", "short", "--output", "json=content/out.json"])
            .env("CAVEAT_CACHE_DIR", root.with_extension("cache"))
            .current_dir(&root)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("caveat starts");
        let results = lines(child.stdout.take().expect("a pipe"));
        let remarks = lines(child.stderr.take().expect("a pipe"));
        Self { child, results, remarks, root }
    }

    /// Wait until it is printed.
    #[track_caller]
    fn prints(&self, wanted: &str) {
        wait_for(&self.results, wanted);
    }

    /// Wait until it is said on stderr.
    #[track_caller]
    fn remarks(&self, wanted: &str) {
        wait_for(&self.remarks, wanted);
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.root, path, text);
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    lines
}

/// Saving may be seen in two steps, so other lines may come before.
#[track_caller]
fn wait_for(lines: &Receiver<String>, wanted: &str) {
    // Long after it should have come, so that the test ends.
    const AT_LAST: Duration = Duration::from_secs(60);
    while !lines.recv_timeout(AT_LAST).expect(wanted).contains(wanted) {}
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
    fs::write(file, text).expect("the file");
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.root);
        let _ = fs::remove_dir_all(self.root.with_extension("cache"));
    }
}

#[test]
fn what_is_saved_is_checked_again() {
    let watching = Watching::start("saved", &[("content/quizzes/a.yaml", &format!("{QUIZ}c\n"))]);
    watching.prints("a.yaml:5:13: error[quiz/answer-not-in-options]");
    watching.write("content/quizzes/a.yaml", &format!("{QUIZ}a\n"));
    watching.remarks("checked 2 files, 1 record: nothing to report");
    // A new file in a new folder, where no file was before.
    watching.write("content/quizzes/more/b.yaml", &format!("{QUIZ}d\n"));
    watching.prints("b.yaml:5:13: error[quiz/answer-not-in-options]");
    watching.remarks("checked 3 files, 2 records: 1 error");
    fs::remove_file(watching.root.join("content/quizzes/more/b.yaml")).expect("it was there");
    watching.remarks("checked 2 files, 1 record: nothing to report");
    // A folder that is made anew, as when somebody changes branches.
    fs::remove_dir_all(watching.root.join("content/quizzes")).expect("it was there");
    watching.write("content/quizzes/a.yaml", &format!("{QUIZ}e\n"));
    watching.prints("a.yaml:5:13: error[quiz/answer-not-in-options] the key `e`");
    watching.write("content/quizzes/a.yaml", &format!("{QUIZ}f\n"));
    watching.prints("a.yaml:5:13: error[quiz/answer-not-in-options] the key `f`");
}

#[test]
fn settings_may_break_and_be_mended() {
    let files =
        [("content/quizzes/a.yaml", &*format!("{QUIZ}c\n")), ("caveat.yaml", "profil: strict\n")];
    let watching = Watching::start("settings", &files);
    watching.remarks("`profil`");
    watching.write("caveat.yaml", "rules: {quiz/answer-not-in-options: warning}\n");
    watching.prints("warning[quiz/answer-not-in-options]");
}
