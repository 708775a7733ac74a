//! `caveat lsp`: a language server, which shows in an editor what `caveat check` would say.
//!
//! One thread takes messages and answers them. The texts of the editor take the place of those on disk; whatever else
//! changes, the project is read again, and what was found in files that are the same is in the cache. Places are told
//! when no message is waiting, and for files of which something has changed.

mod answers;
mod convert;

use super::Exit;
use super::accepted::Accepted;
use super::args::{self, InputArguments, SettingsArguments};
use super::failure::{self, Failure};
use super::inputs;
use super::place::{self, Place};
use super::run::Run;
use super::terminal::Streams;
use caveat::diagnostic::Severity;
use caveat::discover::{self, Found};
use caveat::policy::Judged;
use caveat::render::Sources;
use caveat::source::{FilePath, Format, SourceFile};
use convert::{Encoding, Places};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{RegisterCapability, Request as _, Shutdown};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern,
    HoverProviderCapability, InitializeParams, MessageType, OneOf, PositionEncodingKind,
    PublishDiagnosticsParams, Registration, RegistrationParams, RenameOptions, ServerCapabilities,
    ShowMessageParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    Uri, WorkDoneProgressOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Speak the language server protocol on stdin and stdout, for an editor
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    settings: SettingsArguments,
    /// Use stdin and stdout, which is all there is
    #[arg(long, hide = true)]
    stdio: bool,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let broken = |error: &dyn std::fmt::Display| Failure::usage(format!("no editor: {error}"));
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start().map_err(|error| broken(&error))?;
    let params: InitializeParams =
        serde_json::from_value(params).map_err(|error| broken(&error))?;
    let client = Client::new(&params);
    let answer = serde_json::json!({
        "capabilities": capabilities(&client),
        "serverInfo": {"name": "caveat", "version": env!("CARGO_PKG_VERSION")},
    });
    connection.initialize_finish(id, answer).map_err(|error| broken(&error))?;
    // As the editor calls it: where links lead has other addresses.
    let root = client.root.clone().map_or_else(place::working_folder, Ok)?;
    let mut server = Server {
        connection,
        client,
        root,
        settings: &arguments.settings,
        streams,
        run: None,
        open: BTreeMap::new(),
        shown: BTreeMap::new(),
        is_stale: true,
    };
    server.watch();
    let ended = server.serve();
    // The writer ends when nobody can give it messages.
    drop(server);
    threads.join().map_err(|error| broken(&error))?;
    ended
}

/// What the editor is and can.
#[derive(Debug)]
struct Client {
    root: Option<PathBuf>,
    encoding: Encoding,
    can_watch: bool,
}

impl Client {
    fn new(params: &InitializeParams) -> Self {
        let own = &params.capabilities;
        let folder = params.workspace_folders.iter().flatten().next().map(|own| &own.uri);
        #[expect(deprecated, reason = "editors without folders in a workspace send this one")]
        let root = folder.or(params.root_uri.as_ref());
        let encodings = own.general.as_ref().and_then(|own| own.position_encodings.as_ref());
        let takes_bytes = encodings.is_some_and(|own| own.contains(&PositionEncodingKind::UTF8));
        let watched = own.workspace.as_ref().and_then(|own| own.did_change_watched_files);
        Self {
            root: root.and_then(convert::disk).map(|disk| discover::clean(&disk, Path::new(""))),
            encoding: if takes_bytes { Encoding::Utf8 } else { Encoding::Utf16 },
            can_watch: watched.is_some_and(|own| own.dynamic_registration == Some(true)),
        }
    }
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::FULL),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
        ..CodeActionOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(match client.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", " "].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// Known to editors by its first words, and to settings that name caveat by all of them.
const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.caveat");

/// How long to wait for more of what is typed.
const PAUSE: Duration = Duration::from_millis(5);

struct Server<'a> {
    connection: Connection,
    client: Client,
    /// The folder to work in.
    root: PathBuf,
    settings: &'a SettingsArguments,
    streams: &'a Streams,
    /// The project as it was last read; `None` while its settings are broken.
    run: Option<Run>,
    /// What the editor holds, by the places on disk.
    open: BTreeMap<PathBuf, OpenText>,
    /// What is shown, by file.
    shown: BTreeMap<FilePath, Shown>,
    /// Whether the project has to be read again.
    is_stale: bool,
}

/// A text that the editor holds.
#[derive(Debug)]
struct OpenText {
    text: String,
    version: i32,
    /// Whether it has changed since it was last looked at.
    is_new: bool,
}

/// What an editor shows of a file.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    disk: PathBuf,
    judged: Vec<Judged>,
}

impl Server<'_> {
    fn serve(&mut self) -> Result<Exit, Failure> {
        let mut is_down = false;
        loop {
            // Changes that come close together are looked at once.
            let message = self.connection.receiver.recv_timeout(PAUSE).or_else(|_| {
                self.show();
                self.connection.receiver.recv()
            });
            let Ok(message) = message else { return Ok(Exit::Clean) };
            match message {
                Message::Request(Request { id, .. }) if is_down => {
                    let message = "the server was shut down".to_owned();
                    self.send(Response::new_err(id, ErrorCode::InvalidRequest as i32, message));
                }
                Message::Request(Request { id, method, .. }) if method == Shutdown::METHOD => {
                    is_down = true;
                    self.send(Response::new_ok(id, ()));
                }
                Message::Request(request) => {
                    // Answers are about what the editor holds now.
                    self.show();
                    let response = self.answer(request);
                    self.send(response);
                }
                Message::Notification(own)
                    if own.method == lsp_types::notification::Exit::METHOD =>
                {
                    // The protocol wants 1 where no shutdown was asked for before.
                    return Ok(if is_down { Exit::Clean } else { Exit::Findings });
                }
                Message::Notification(own) => self.heed(own),
                Message::Response(_) => {}
            }
        }
    }

    fn send(&self, message: impl Into<Message>) {
        // Nobody is left to be told when the editor is gone; the next message to wait for ends the loop.
        let _ = self.connection.sender.send(message.into());
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        self.send(Notification::new(N::METHOD.to_owned(), params));
    }

    /// Ask to be told of files that change beside those in the editor.
    fn watch(&self) {
        if !self.client.can_watch {
            return;
        }
        let watcher = |extension: &str| FileSystemWatcher {
            glob_pattern: GlobPattern::String(format!("**/*.{extension}")),
            kind: None,
        };
        let extensions = Format::EXTENSIONS.iter().map(|(extension, _)| *extension);
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: extensions.chain(["jsonl"]).map(watcher).collect(),
        };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        let method = RegisterCapability::METHOD.to_owned();
        self.send(Request::new("watch".to_owned().into(), method, params));
    }

    fn heed(&mut self, own: Notification) {
        match own.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(DidOpenTextDocumentParams { text_document: own }) = params(own.params) {
                    // It may be new.
                    self.is_stale |= !self.is_known(&own.uri);
                    self.put(&own.uri, own.text, own.version);
                }
            }
            DidChangeTextDocument::METHOD => {
                let Some(own) = params::<DidChangeTextDocumentParams>(own.params) else { return };
                if let Some(last) = own.content_changes.into_iter().next_back() {
                    self.put(&own.text_document.uri, last.text, own.text_document.version);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(DidCloseTextDocumentParams { text_document: own }) = params(own.params)
                {
                    convert::disk(&own.uri).and_then(|disk| self.open.remove(&disk));
                    self.is_stale = true;
                }
            }
            DidSaveTextDocument::METHOD | DidChangeWatchedFiles::METHOD => self.is_stale = true,
            _ => {}
        }
    }

    /// Whether the project has the file.
    fn is_known(&self, uri: &Uri) -> bool {
        let known = |run: &Run| run.project.report(&path_of(run, uri)?).map(drop);
        self.run.as_ref().and_then(known).is_some()
    }

    fn put(&mut self, uri: &Uri, text: String, version: i32) {
        if let Some(disk) = convert::disk(uri) {
            self.open.insert(disk, OpenText { text, version, is_new: true });
        }
    }

    /// Look at what is new, and show what has changed.
    fn show(&mut self) {
        if std::mem::take(&mut self.is_stale) {
            self.read();
        } else if !self.open.values().any(|own| own.is_new) {
            return;
        }
        let Some(run) = &mut self.run else { return };
        let mut new = Vec::new();
        for (disk, own) in self.open.iter_mut().filter(|(_, own)| own.is_new) {
            own.is_new = false;
            // What is on disk and not in the project was left out of it.
            let is_known = |path: &FilePath| run.project.report(path).is_some() || !disk.exists();
            let file = inputs::text_of(&run.place, disk, &own.text);
            new.extend(file.filter(|file| is_known(&file.path)).map(Arc::new));
        }
        if let Err(fault) = look_at(run, &new) {
            self.tell(MessageType::ERROR, fault);
        }
        self.publish(&new);
    }

    /// Read the project and its settings again.
    fn read(&mut self) {
        self.open.values_mut().for_each(|own| own.is_new = true);
        match load(self.root.clone(), self.settings, self.streams) {
            Ok(run) => self.run = Some(run),
            Err(failure) => {
                self.run = None;
                self.show_failure(failure);
            }
        }
    }

    /// Show what is wrong with the settings, and nothing else.
    fn show_failure(&mut self, failure: Failure) {
        let message = match failure {
            Failure::Settings { diagnostics, files, view } => {
                let files: BTreeMap<FilePath, Arc<SourceFile>> =
                    files.into_iter().map(|file| (file.path.clone(), file)).collect();
                let all = diagnostics.into_iter().map(|own| Judged::new(Severity::Error, own));
                let folder = self.root.clone();
                let disk = |path: &FilePath| {
                    discover::clean(Path::new(&view.shown(path.as_str())), &folder)
                };
                return self.publish_all(all, &files, &disk, &[]);
            }
            Failure::Usage { message, help: Some(help) } => format!("{message}\n{help}"),
            Failure::Usage { message, help: None } | Failure::Fault { message } => message,
        };
        let shown = std::mem::take(&mut self.shown);
        shown.values().for_each(|own| self.publish_file(&own.disk, Vec::new()));
        self.tell(MessageType::ERROR, message);
    }

    fn tell(&self, typ: MessageType, message: String) {
        self.notify::<ShowMessage>(ShowMessageParams { typ, message });
    }

    fn publish(&mut self, new: &[Arc<SourceFile>]) {
        let Some(run) = self.run.take() else { return };
        let notices = run.notices().into_iter().map(|own| Judged::new(Severity::Warning, own));
        let all = run.outcome().diagnostics.into_iter().chain(notices);
        self.publish_all(all, &run.sources, &|path| run.sources.disk(path), new);
        self.run = Some(run);
    }

    /// Show these, and nothing else. Files whose texts are new may have the same spans at other places.
    fn publish_all(
        &mut self,
        all: impl Iterator<Item = Judged>,
        sources: &dyn Sources,
        disk: &dyn Fn(&FilePath) -> PathBuf,
        new: &[Arc<SourceFile>],
    ) {
        let mut by_file = BTreeMap::<FilePath, Vec<Judged>>::new();
        for own in all {
            by_file.entry(own.diagnostic.primary.path.clone()).or_default().push(own);
        }
        let places = Places { sources, disk, encoding: self.client.encoding };
        let mut before = std::mem::take(&mut self.shown);
        for (path, judged) in by_file {
            let now = Shown { disk: disk(&path), judged };
            let is_same = before.remove(&path).is_some_and(|before| before == now);
            if !is_same || new.iter().any(|file| file.path == path) {
                let all = now.judged.iter().map(|own| places.diagnostic(own)).collect();
                self.publish_file(&now.disk, all);
            }
            self.shown.insert(path, now);
        }
        for gone in before.into_values() {
            self.publish_file(&gone.disk, Vec::new());
        }
    }

    fn publish_file(&self, disk: &Path, diagnostics: Vec<lsp_types::Diagnostic>) {
        if let Some(uri) = convert::uri(disk) {
            let version = self.version(disk);
            self.notify::<PublishDiagnostics>(PublishDiagnosticsParams {
                uri,
                diagnostics,
                version,
            });
        }
    }

    fn version(&self, disk: &Path) -> Option<i32> {
        self.open.get(disk).map(|own| own.version)
    }
}

/// How the run calls the file at an address.
fn path_of(run: &Run, uri: &Uri) -> Option<FilePath> {
    Some(Found::new(convert::disk(uri)?, &run.place.root).path)
}

/// The project as the settings of a folder have it.
fn load(root: PathBuf, settings: &SettingsArguments, streams: &Streams) -> Result<Run, Failure> {
    let mut place = Place::at(root, settings)?;
    place.settings.keep_claims = false;
    place.settings.today = Some(args::today());
    let accepted = Accepted::load(&place, None)?;
    let mut run = Run::new(place, &InputArguments::default(), streams)?;
    run.accepted = accepted;
    Ok(run)
}

/// Look at texts that take the place of those on disk.
///
/// # Errors
///
/// A fault of ours.
fn look_at(run: &mut Run, texts: &[Arc<SourceFile>]) -> Result<(), String> {
    for file in texts {
        let report = with_room(|| run.look_again(file))
            .map_err(|fault| format!("fault in caveat at {}: {fault}", file.path))?;
        run.project.insert(report);
        run.sources.replace(file.clone());
    }
    Ok(())
}

/// Do what content may need more stack for than this thread has.
///
/// # Errors
///
/// The words of a panic.
fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(|| rayon::scope(|_| work())))
        .map_err(|_| failure::last_panic())
}

fn params<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn to_value(own: impl Serialize) -> serde_json::Value {
    serde_json::to_value(own).expect("values of the protocol are JSON")
}
