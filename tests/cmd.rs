//! Command transcripts: each `tests/cmd/*.txt` is a folder of files, and commands with what they
//! print. `UPDATE=1 cargo test --test cmd` writes what they print now.
//!
//! ```text
//! Words about the case.
//!
//! //- content/a.yaml
//! title: a file, as it is
//! //- latin.yaml (escaped)
//! title: \xe9\n
//!
//! $ caveat check --format short
//! | a line on stdout
//! ! a line on stderr
//! ? 1
//! ```
//!
//! In place of `(escaped)` may stand `(folder)`, `(pipe)`, `(unreadable)` or `(link TARGET)`. A
//! command may begin with `NAME=value`, or with `cd FOLDER &&`, and end in `< FILE`; `cat FILE` is
//! known too. ESC is shown as `\e`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn transcripts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of transcripts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|own| own == "txt"))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases {
        let expected = fs::read_to_string(&case).expect("a transcript");
        let name = case.file_stem().expect("a name").to_string_lossy().into_owned();
        let Some(now) = play(&name, &expected) else { continue };
        if now == expected {
            continue;
        }
        if update {
            fs::write(&case, now).expect("the transcript is written");
        } else {
            wrong.push(format!("{name}: {}", first_difference(&expected, &now)));
        }
    }
    assert!(wrong.is_empty(), "{}\n(UPDATE=1 rewrites them)", wrong.join("\n\n"));
}

fn first_difference(expected: &str, now: &str) -> String {
    let lines = expected.lines().zip(now.lines()).position(|(a, b)| a != b);
    let at = lines.unwrap_or_else(|| expected.lines().count().min(now.lines().count()));
    let show = |text: &str| text.lines().skip(at).take(12).collect::<Vec<_>>().join("\n  ");
    format!("line {}\nexpected:\n  {}\nnow:\n  {}", at + 1, show(expected), show(now))
}

/// The transcript as it reads now; `None` when this platform cannot make its files.
fn play(name: &str, script: &str) -> Option<String> {
    let root = std::env::temp_dir().join(format!("caveat-cmd-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    // Stops the search for settings.
    fs::create_dir_all(root.join(".git")).expect("a folder for the case");
    let root = root.canonicalize().expect("the folder is there");
    let lines: Vec<&str> = script.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("$ ")).expect("a command");
    if !write_files(&root, &lines[..first]) {
        println!("{name}: skipped here");
        fs::remove_dir_all(&root).expect("the folder is removed");
        return None;
    }
    let mut out: String = lines[..first].iter().map(|line| format!("{line}\n")).collect();
    let mut had_blank = false;
    for line in &lines[first..] {
        if let Some(command) = line.strip_prefix("$ ") {
            out.push_str(&format!("$ {command}\n"));
            out.push_str(&run(&root, command));
            had_blank = false;
        } else if is_kept(line, had_blank) {
            // Blank lines and remarks between commands.
            out.push_str(&format!("{line}\n"));
            had_blank = line.is_empty();
        }
    }
    fs::remove_dir_all(&root).expect("the folder is removed");
    let _ = fs::remove_dir_all(cache(&root));
    Some(out)
}

/// Remarks and blank lines between commands; what a command printed is not kept.
fn is_kept(line: &str, had_blank: bool) -> bool {
    let is_output = ["| ", "! ", "? "].iter().any(|mark| line.starts_with(mark));
    let is_empty_output = matches!(line, "|" | "!");
    let is_second_blank = line.is_empty() && had_blank;
    !(is_output || is_empty_output || is_second_blank)
}

fn write_files(root: &Path, lines: &[&str]) -> bool {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in lines {
        if let Some(head) = line.strip_prefix("//- ") {
            files.push((head, String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    // The blank line before the first command belongs to nobody.
    if let Some((_, text)) = files.last_mut()
        && (text.ends_with("\n\n") || text == "\n")
    {
        text.pop();
    }
    files.iter().all(|(head, text)| write_file(root, head, text))
}

fn write_file(root: &Path, head: &str, text: &str) -> bool {
    let (name, how) = match head.split_once(" (") {
        Some((name, how)) => (name, how.trim_end_matches(')')),
        None => (head, ""),
    };
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("inside the root")).expect("a folder");
    let write = |bytes: &[u8]| fs::write(&path, bytes).expect("a file");
    match how.split_once(' ').unwrap_or((how, "")) {
        ("", _) => write(text.as_bytes()),
        ("escaped", _) => write(&unescape(text)),
        ("folder", _) => fs::create_dir_all(&path).expect("a folder"),
        ("pipe", _) => {
            return Command::new("mkfifo").arg(&path).status().is_ok_and(|own| own.success());
        }
        ("unreadable", _) => {
            write(text.as_bytes());
            return make_unreadable(&path);
        }
        ("link", target) => return make_link(target, &path),
        (other, _) => panic!("unknown sort of file: {other}"),
    }
    true
}

/// `\n`, `\xHH`, `\u{H}` and `\\`; line breaks of the transcript do not count.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut chars = text.chars().filter(|c| *c != '\n');
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        match chars.next() {
            Some('n') => out.push(b'\n'),
            Some('t') => out.push(b'\t'),
            Some('x') => {
                let digits: String = chars.by_ref().take(2).collect();
                out.push(u8::from_str_radix(&digits, 16).expect("two digits"));
            }
            Some('u') => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let code = u32::from_str_radix(&digits, 16).expect("digits");
                let c = char::from_u32(code).expect("a character");
                out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            }
            Some('\\') => out.push(b'\\'),
            other => panic!("unknown escape: {other:?}"),
        }
    }
    out
}

#[cfg(unix)]
fn make_unreadable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions");
    // Some people may read everything.
    fs::File::open(path).is_err()
}

#[cfg(not(unix))]
fn make_unreadable(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn make_link(target: &str, path: &Path) -> bool {
    std::os::unix::fs::symlink(target, path).is_ok()
}

#[cfg(not(unix))]
fn make_link(_: &str, _: &Path) -> bool {
    false
}

/// Where the commands of a case keep their reports: each may find those of the one before.
fn cache(root: &Path) -> PathBuf {
    root.with_extension("cache")
}

fn run(root: &Path, command: &str) -> String {
    let mut words = words(command);
    let mut folder = root.to_owned();
    if words.first().is_some_and(|word| word == "cd") {
        folder = root.join(&words[1]);
        words.drain(..3);
    }
    let variables: Vec<String> = words
        .iter()
        .take_while(|word| word.contains('=') && !word.starts_with('-'))
        .cloned()
        .collect();
    words.drain(..variables.len());
    let stdin = words.iter().position(|word| word == "<").map(|at| {
        let file = words[at + 1].clone();
        words.truncate(at);
        fs::File::open(folder.join(file)).expect("the file for stdin")
    });
    if words[0] == "cat" {
        let text = fs::read_to_string(folder.join(&words[1])).expect("a file to show");
        return prefixed('|', &text);
    }
    assert_eq!(words[0], "caveat", "unknown command: {command}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command
        .current_dir(&folder)
        .args(&words[1..])
        .env("CAVEAT_CACHE_DIR", cache(root))
        .stdin(stdin.map_or_else(Stdio::null, Stdio::from));
    for name in
        ["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"]
    {
        command.env_remove(name);
    }
    for variable in variables {
        let (name, value) = variable.split_once('=').expect("a variable");
        command.env(name, value);
    }
    let output = command.output().expect("caveat runs");
    let text = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("only text is printed");
        text.replace(&*root.to_string_lossy(), "[ROOT]")
    };
    let mut out = prefixed('|', &text(&output.stdout)) + &prefixed('!', &text(&output.stderr));
    match output.status.code() {
        Some(0) => {}
        Some(code) => out.push_str(&format!("? {code}\n")),
        None => out.push_str("? killed\n"),
    }
    out
}

fn prefixed(mark: char, text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace('\x1b', "\\e").replace('\r', "\\r");
        let line = format!("{mark} {line}");
        format!("{}\n", line.trim_end())
    };
    text.lines().map(line).collect()
}

/// Words between blanks; single quotes hold a word together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("at least one").push(c),
        }
    }
    words
}

/// Somebody who closes the pipe has read enough.
#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(["explain", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("caveat runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("caveat ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
