//! `caveat lsp`, as an editor meets it.

use lsp_server::{ErrorCode, Message, Notification, Request, Response, ResponseError};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const QUIZ: &str = "title: Hüfte 🦵\nquestions:\n  - prompt: Which muscle?\n    options: [psoas, soleus]\n    answer: 🦵 sartorius\n";
const BRIDGE: &str =
    "name: Bridge\nlevel: Beginner\ninstructions: [Lie on your back., Lift your hips.]\n";

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("caveat-lsp-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let own = Self(root.canonicalize().unwrap_or(root));
        files.iter().for_each(|(path, text)| own.write(path, text));
        own
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn uri(&self, path: &str) -> String {
        uri(&self.0, path)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command.current_dir(&self.0).env("CAVEAT_CACHE_DIR", self.0.with_extension("cache"));
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_dir_all(self.0.with_extension("cache"));
    }
}

fn uri(root: &Path, path: &str) -> String {
    format!("file://{}", root.join(path).display())
}

struct Editor {
    server: Child,
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
    root: PathBuf,
    /// What is shown of each file, by its address.
    shown: BTreeMap<String, Vec<Value>>,
    /// How often something was shown.
    times: usize,
    /// Messages for people.
    told: Vec<String>,
    requests: i32,
}

impl Editor {
    fn start(folder: &Folder, capabilities: Value) -> Self {
        Self::start_at(folder, folder.0.clone(), capabilities)
    }

    /// The root as the editor calls it.
    fn start_at(folder: &Folder, root: PathBuf, capabilities: Value) -> Self {
        let mut server = folder.command();
        // The root is told, and not where the server was started.
        server.current_dir(env!("CARGO_MANIFEST_DIR")).args(["lsp", "--stdio"]);
        let mut server =
            server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("caveat starts");
        let to = BufWriter::new(server.stdin.take().unwrap());
        let from = BufReader::new(server.stdout.take().unwrap());
        let (shown, told) = (BTreeMap::new(), Vec::new());
        let mut editor = Self { server, to, from, root, shown, times: 0, told, requests: 0 };
        let root = editor.uri("");
        let params = json!({"processId": null, "capabilities": capabilities, "rootUri": root});
        let answer = editor.ask("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "caveat");
        editor.notify("initialized", json!({}));
        editor.settle();
        editor
    }

    fn send(&mut self, message: impl Into<Message>) {
        message.into().write(&mut self.to).expect("the server listens");
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// The answer to a request; what was shown and told before it is noted.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.try_to_ask(method, params).expect("no error")
    }

    fn try_to_ask(&mut self, method: &str, params: Value) -> Result<Value, ResponseError> {
        self.requests += 1;
        let id = self.requests;
        self.send(Request::new(id.into(), method.to_owned(), params));
        loop {
            match Message::read(&mut self.from).expect("a message").expect("an answer") {
                Message::Response(own) => {
                    assert_eq!(own.id, id.into());
                    return own.response_result;
                }
                Message::Notification(own) => self.note(own),
                Message::Request(own) => self.send(Response::new_ok(own.id, Value::Null)),
            }
        }
    }

    fn note(&mut self, own: Notification) {
        match own.method.as_str() {
            "textDocument/publishDiagnostics" => {
                let uri = own.params["uri"].as_str().unwrap().to_owned();
                let all = own.params["diagnostics"].as_array().unwrap().clone();
                self.times += 1;
                self.shown.insert(uri, all);
            }
            "window/showMessage" => {
                self.told.push(own.params["message"].as_str().unwrap().to_owned());
            }
            other => panic!("{other} was not expected"),
        }
    }

    fn uri(&self, path: &str) -> String {
        uri(&self.root, path)
    }

    /// Wait until all that was sent has been dealt with.
    fn settle(&mut self) {
        let nowhere = json!({"textDocument": {"uri": self.uri("nowhere.md")}, "position": {"line": 0, "character": 0}});
        assert_eq!(self.ask("textDocument/hover", nowhere), Value::Null);
    }

    fn open(&mut self, path: &str, text: &str) {
        let document =
            json!({"uri": self.uri(path), "languageId": "yaml", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
        self.settle();
    }

    fn change(&mut self, path: &str, version: i32, text: &str) {
        self.type_on(path, version, text);
        self.settle();
    }

    /// A change with more to come.
    fn type_on(&mut self, path: &str, version: i32, text: &str) {
        let document = json!({"uri": self.uri(path), "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.notify("textDocument/didChange", params);
    }

    fn close(&mut self, path: &str) {
        let document = json!({"uri": self.uri(path)});
        self.notify("textDocument/didClose", json!({"textDocument": document}));
        self.settle();
    }

    fn codes(&self, path: &str) -> Vec<&str> {
        let shown = self.shown.get(&self.uri(path)).map_or(&[][..], Vec::as_slice);
        shown.iter().map(|own| own["code"].as_str().unwrap()).collect()
    }

    fn actions(&mut self, path: &str, line: u32) -> Vec<Value> {
        let place = json!({"line": line, "character": 8});
        let params = json!({
            "textDocument": {"uri": self.uri(path)},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": []},
        });
        let answer = self.ask("textDocument/codeAction", params);
        answer.as_array().expect("a list").clone()
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.server.wait().expect("it ends").code(), Some(0));
    }
}

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("caveat.yaml", "exclude: [content/drafts/]\n"),
        ("content/quizzes/hips.yaml", QUIZ),
        ("content/exercises/bridge.yaml", BRIDGE),
        ("content/articles/broken.md", "---\ntitle: [\n---\n"),
        ("content/articles/sitting.md", "# Sitting\n\nAbout 80 percent of people sit all day.\n"),
        ("content/drafts/later.yaml", "name: [\n"),
    ]
}

/// The editor is shown what the command line says, at the same places.
#[test]
fn the_editor_and_the_command_line_agree() {
    for encoding in ["utf-8", "utf-16"] {
        let folder = Folder::new(&format!("agree-{encoding}"), &files());
        let general = json!({"general": {"positionEncodings": [encoding]}});
        let editor = Editor::start(&folder, general);
        let output = folder.command().args(["check", "--format", "json"]).output().unwrap();
        let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let mut expected = Vec::new();
        for own in said["diagnostics"].as_array().unwrap() {
            let path = own["path"].as_str().unwrap();
            let text = fs::read_to_string(folder.0.join(path)).unwrap();
            let place = |offset: &Value| {
                let before = &text[..usize::try_from(offset.as_u64().unwrap()).unwrap()];
                let line = before.rsplit('\n').next().unwrap();
                let column = match encoding {
                    "utf-8" => line.len(),
                    _ => line.encode_utf16().count(),
                };
                json!({"line": before.matches('\n').count(), "character": column})
            };
            let rule = own["rule"].as_str().unwrap();
            let code = own["kind"].as_str().map_or(rule.into(), |kind| format!("{rule}/{kind}"));
            let range =
                json!({"start": place(&own["span"]["start"]), "end": place(&own["span"]["end"])});
            let message = own["message"].as_str().unwrap().to_owned();
            expected.push((folder.uri(path), code, range, message));
        }
        assert!(expected.len() >= 5, "{expected:?}");
        let shown: Vec<_> = editor
            .shown
            .iter()
            .flat_map(|(uri, all)| all.iter().map(move |own| (uri, own)))
            .map(|(uri, own)| {
                let code = own["code"].as_str().unwrap().to_owned();
                let message = own["message"].as_str().unwrap().lines().next().unwrap();
                (uri.clone(), code, own["range"].clone(), message.to_owned())
            })
            .collect();
        assert_eq!(shown, expected);
        editor.end();
    }
}

/// What is in the editor counts, and what is on disk counts again when it is closed.
#[test]
fn the_text_in_the_editor_counts() {
    const PATH: &str = "content/quizzes/hips.yaml";
    let folder = Folder::new("text", &files());
    let mut editor = Editor::start(&folder, json!({}));
    let wrong = ["quiz/answer-not-in-options"];
    assert_eq!(editor.codes(PATH), wrong);
    let right = QUIZ.replace("🦵 sartorius", "soleus");
    editor.open(PATH, &right);
    assert_eq!(editor.codes(PATH), [""; 0]);
    editor.change(PATH, 2, &right.replace("soleus]", "soleus, soleus]"));
    assert_eq!(editor.codes(PATH), ["quiz/duplicate-or-overlapping-options/duplicate"]);
    editor.close(PATH);
    assert_eq!(editor.codes(PATH), wrong);
    folder.write(PATH, &right);
    editor.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    editor.settle();
    assert_eq!(editor.codes(PATH), [""; 0]);
    let untitled = json!({"uri": "untitled:1", "languageId": "yaml", "version": 1, "text": "a: ["});
    editor.notify("textDocument/didOpen", json!({"textDocument": untitled}));
    editor.open("content/drafts/later.yaml", "name: [");
    assert_eq!(editor.codes("content/drafts/later.yaml"), [""; 0], "it is excluded");
    editor.open("content/exercises/new.yaml", BRIDGE);
    assert!(!editor.codes("content/exercises/new.yaml").is_empty(), "not on disk, and checked");
    editor.close("content/exercises/new.yaml");
    assert_eq!(editor.codes("content/exercises/new.yaml"), [""; 0]);
    editor.end();
}

#[test]
fn fixes_and_rules_are_at_hand() {
    const PATH: &str = "content/exercises/bridge.yaml";
    let folder = Folder::new("fixes", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.open(PATH, BRIDGE);
    let actions = editor.actions(PATH, 1);
    let kinds: Vec<_> = actions.iter().map(|own| own["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["quickfix", "quickfix", "source.fixAll.caveat"]);
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": folder.uri(PATH), "version": 1}));
    let range = json!({"start": {"line": 1, "character": 7}, "end": {"line": 1, "character": 15}});
    assert_eq!(change["edits"], json!([{"range": range, "newText": "beginner"}]));
    assert_eq!(actions[2]["edit"], actions[0]["edit"], "all is one, and no more is touched");
    let change = &actions[1]["edit"]["documentChanges"][0]["edits"][0];
    let line = "# caveat-disable schema/enum/case reason=\"\"\n";
    let place = json!({"line": 1, "character": 0});
    assert_eq!(change, &json!({"range": {"start": place, "end": place}, "newText": line}));
    assert_eq!(editor.actions(PATH, 2).len(), 1, "nothing to mend there, but in the file");
    let place = json!({"line": 1, "character": 9});
    let params = json!({"textDocument": {"uri": editor.uri(PATH)}, "position": place});
    let hover = editor.ask("textDocument/hover", params);
    assert_eq!(hover["contents"]["kind"], "markdown");
    let page = hover["contents"]["value"].as_str().unwrap();
    assert!(page.starts_with("# schema/enum\n"), "{page}");
    editor.end();
}

/// What is typed is completed from the schema and from the project as the editor has it, in the
/// front matter of Markdown too, and the columns are those of the editor.
#[test]
fn words_are_completed() {
    const PATH: &str = "content/articles/sitting.md";
    let folder = Folder::new("complete", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.open("content/exercises/squat.yaml", "name: Squat\n");
    editor.open(PATH, "---\ntitle: 🦵\nexercises: [sq]\nsta\n---\nText.\n");
    let mut at = |line: u32, character: u32| {
        let place = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": editor.uri(PATH)}, "position": place});
        editor.ask("textDocument/completion", params)
    };
    let item = |all: &Value, name: &str| {
        let all = all.as_array().expect("a list").iter();
        let found = all.filter(|own| own["label"] == name).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0].clone()
    };
    let range = |line: u32, start: u32, end: u32| json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}});
    let status = item(&at(3, 3), "status");
    assert_eq!(status["textEdit"], json!({"newText": "status: ", "range": range(3, 0, 3)}));
    assert!(status["documentation"].as_str().is_some_and(|own| !own.is_empty()));
    let squat = item(&at(2, 14), "squat");
    assert_eq!(squat["textEdit"], json!({"newText": "squat", "range": range(2, 12, 14)}));
    assert_eq!(squat["documentation"], "exercise in content/exercises/squat.yaml");
    assert_eq!(at(5, 2), json!([]), "nothing in running text");
    editor.end();
}

/// From a use to the definition, from there to every use, and a new name for all of them.
#[test]
fn ids_lead_to_each_other() {
    const PATH: &str = "content/articles/sitting.md";
    let folder = Folder::new("ids", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.open("content/exercises/squat.yaml", "id: squat\nname: Squat\n");
    editor.open(PATH, "---\ntitle: 🦵\nexercises: [squat]\n---\nText.\n");
    let (article, squat) = (editor.uri(PATH), editor.uri("content/exercises/squat.yaml"));
    let at = |uri: &str, line: u32, character: u32| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let range = |line: u32, start: u32, end: u32| json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}});
    let definition = json!({"uri": squat, "range": range(0, 4, 9)});
    let usage = json!({"uri": article, "range": range(2, 12, 17)});
    assert_eq!(editor.ask("textDocument/definition", at(&article, 2, 14)), json!([definition]));
    let mut params = at(&squat, 0, 4);
    params["context"] = json!({"includeDeclaration": true});
    assert_eq!(editor.ask("textDocument/references", params), json!([definition, usage]));
    let prepared = editor.ask("textDocument/prepareRename", at(&article, 2, 14));
    assert_eq!(prepared, range(2, 12, 17));
    assert_eq!(editor.ask("textDocument/prepareRename", at(&article, 4, 1)), Value::Null);
    let mut params = at(&article, 2, 14);
    params["newName"] = json!("deep-squat");
    let edit = editor.ask("textDocument/rename", params.clone());
    let changes = edit["documentChanges"].as_array().expect("changes").iter();
    let files: Vec<_> = changes.map(|own| own["textDocument"]["uri"].as_str().unwrap()).collect();
    assert_eq!(files, [article.as_str(), squat.as_str()]);
    params["newName"] = json!("deep squat");
    let error = editor.try_to_ask("textDocument/rename", params).expect_err("no id");
    assert!(error.message.contains("`deep squat` is no id"), "{}", error.message);
    editor.end();
}

/// A suppression from the menu hides what it was asked for, and is told to say why.
#[test]
fn suppressions_are_at_hand() {
    const PATH: &str = "content/articles/sitting.md";
    const TEXT: &str = "# Sitting\n\nAbout 80 percent of people sit all day.\n";
    let folder = Folder::new("suppress", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.open(PATH, TEXT);
    let rest: Vec<_> = editor.codes(PATH).into_iter().map(str::to_owned).collect();
    assert!(rest.contains(&"claim/unsourced-statistic".to_owned()), "{rest:?}");
    let titles = |own: &Value| own["title"].as_str().unwrap().contains("unsourced-statistic");
    let action = editor.actions(PATH, 2).into_iter().find(titles).expect("an offer");
    let change = &action["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(change["range"]["start"], json!({"line": 2, "character": 39}));
    let comment = change["newText"].as_str().unwrap();
    editor.change(PATH, 2, &TEXT.replace("day.", &format!("day.{comment}")));
    let now = editor.codes(PATH);
    assert!(!now.contains(&"claim/unsourced-statistic"), "{now:?}");
    assert!(now.contains(&"project/suppression-hygiene/no-reason"), "{now:?}");
    assert_eq!(now.len(), rest.len(), "{now:?} in place of {rest:?}");
    editor.end();
}

/// A rule of the project's own is shown, explained and suppressed as any other, and is another as soon as it is saved.
#[test]
fn rules_of_ones_own_are_at_hand() {
    const PATH: &str = "content/exercises/bridge.yaml";
    let settings = |word: &str| {
        format!(
            "custom: {{house/word: {{select: /level, matches: {word}, message: no}}}}\nrules: {{exercise: off, schema: off}}\n"
        )
    };
    let folder = Folder::new("own", &files());
    folder.write("caveat.yaml", &settings("Begin"));
    let mut editor = Editor::start(&folder, json!({}));
    assert_eq!(editor.codes(PATH), ["house/word"]);
    editor.open(PATH, BRIDGE);
    let action = editor.actions(PATH, 1).into_iter().next().expect("an offer");
    let change = &action["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(change["newText"], "# caveat-disable house/word reason=\"\"\n");
    let place = json!({"line": 1, "character": 9});
    let params = json!({"textDocument": {"uri": editor.uri(PATH)}, "position": place});
    let hover = editor.ask("textDocument/hover", params);
    let page = hover["contents"]["value"].as_str().unwrap();
    assert!(page.starts_with("# house/word\n"), "{page}");
    folder.write("caveat.yaml", &settings("End"));
    let saved = json!({"textDocument": {"uri": editor.uri("caveat.yaml")}});
    editor.notify("textDocument/didSave", saved);
    editor.settle();
    assert_eq!(editor.codes(PATH), [""; 0]);
    editor.end();
}

/// Settings that are broken are shown at their place, and mended they hold.
#[test]
fn settings_are_read_again() {
    let folder = Folder::new("settings", &files());
    folder.write("caveat.yaml", "profil: strict\n");
    let mut editor = Editor::start(&folder, json!({}));
    assert_eq!(editor.codes("caveat.yaml"), ["settings"]);
    assert_eq!(editor.codes("content/exercises/bridge.yaml"), [""; 0]);
    folder.write("caveat.yaml", "rules: {exercise: off, schema: off}\n");
    let saved = json!({"textDocument": {"uri": editor.uri("caveat.yaml")}});
    editor.notify("textDocument/didSave", saved.clone());
    editor.settle();
    assert_eq!(editor.codes("caveat.yaml"), [""; 0]);
    assert_eq!(editor.codes("content/exercises/bridge.yaml"), [""; 0]);
    assert_eq!(editor.codes("content/quizzes/hips.yaml"), ["quiz/answer-not-in-options"]);
    folder.write("caveat.yaml", "baseline: none.jsonl\n");
    editor.notify("textDocument/didSave", saved.clone());
    editor.settle();
    assert_eq!(editor.codes("caveat.yaml"), ["settings"]);
    assert_eq!(editor.told, [""; 0]);
    folder.write("caveat.yaml", "baseline: none.yaml\n");
    editor.notify("textDocument/didSave", saved);
    editor.settle();
    assert!(
        editor.told[0].starts_with("none.yaml would be taken for content"),
        "{:?}",
        editor.told
    );
    assert!(editor.shown.values().all(Vec::is_empty), "{:?}", editor.shown);
    editor.end();
}

/// Files that the command line does not find are not checked because somebody opens them.
#[test]
fn what_is_left_out_stays_out() {
    const IGNORED: &str = "content/exercises/made/bridge.yaml";
    const NEW: &str = "content/exercises/new.yaml";
    let folder = Folder::new("ignored", &files());
    folder.write("content/.gitignore", "made/\n");
    folder.write(IGNORED, BRIDGE);
    let mut editor = Editor::start(&folder, json!({}));
    editor.open(IGNORED, BRIDGE);
    assert_eq!(editor.codes(IGNORED), [""; 0]);
    // Nobody told of it, and it is found when it is opened.
    folder.write(NEW, BRIDGE);
    editor.open(NEW, BRIDGE);
    assert!(!editor.codes(NEW).is_empty());
    editor.end();
}

/// Files go by the addresses that the editor has for them.
#[cfg(unix)]
#[test]
fn a_root_may_be_a_link() {
    const PATH: &str = "content/quizzes/hips.yaml";
    let folder = Folder::new("linked", &files());
    let link = folder.0.join("link");
    std::os::unix::fs::symlink(&folder.0, &link).unwrap();
    let mut editor = Editor::start_at(&folder, link, json!({}));
    assert_eq!(editor.codes(PATH), ["quiz/answer-not-in-options"]);
    editor.open(PATH, &QUIZ.replace("🦵 sartorius", "soleus"));
    assert_eq!(editor.codes(PATH), [""; 0]);
    editor.end();
}

/// A folder that is not there yet has nothing to check, and may come.
#[test]
fn a_root_may_come_later() {
    let folder = Folder::new("later", &[]);
    let root = folder.0.join("site");
    let mut editor = Editor::start_at(&folder, root, json!({}));
    assert_eq!(editor.told, [""; 0]);
    folder.write("site/content/exercises/bridge.yaml", BRIDGE);
    editor.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    editor.settle();
    assert!(!editor.codes("content/exercises/bridge.yaml").is_empty());
    editor.end();
}

#[test]
fn what_is_typed_fast_is_looked_at_once() {
    const PATH: &str = "content/exercises/bridge.yaml";
    const CHANGES: i32 = 200;
    let folder = Folder::new("fast", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.open(PATH, BRIDGE);
    let before = editor.times;
    for version in 2..CHANGES {
        let lines = "# more\n".repeat(usize::try_from(version).unwrap());
        editor.type_on(PATH, version, &format!("{lines}{BRIDGE}"));
    }
    editor.settle();
    assert!(editor.times - before < 50, "{}", editor.times - before);
    let line = editor.shown[&editor.uri(PATH)][0]["range"]["start"]["line"].as_i64();
    assert_eq!(line, Some(i64::from(CHANGES) - 1));
    editor.end();
}

#[test]
fn after_the_end_nothing_is_answered() {
    let folder = Folder::new("end", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.ask("shutdown", Value::Null);
    let error = editor.try_to_ask("textDocument/hover", json!({})).expect_err("it is down");
    assert_eq!(error.code, ErrorCode::InvalidRequest as i32);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().expect("it ends").code(), Some(0));
}

#[test]
fn an_end_without_a_shutdown_is_told_by_the_exit_code() {
    let folder = Folder::new("exit", &files());
    let mut editor = Editor::start(&folder, json!({}));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().expect("it ends").code(), Some(1));
}

/// An editor that goes away without a word leaves no server behind.
#[test]
fn an_editor_that_is_gone_is_no_fault() {
    let folder = Folder::new("gone", &files());
    let Editor { mut server, to, .. } = Editor::start(&folder, json!({}));
    drop(to);
    assert_eq!(server.wait().expect("it ends").code(), Some(0));
}
