//! `caveat lsp`: a language server, which shows in an editor what `caveat check` would say.
//!
//! One thread takes messages and answers them. The texts of the editor take the place of those on disk; whatever else
//! changes, the project is read again, and what was found in files that are the same is in the cache. Places are told
//! when no message is waiting, and for files of which something has changed.

mod convert;

use super::Exit;
use super::accepted::Accepted;
use super::args::{self, InputArguments, SettingsArguments};
use super::explain;
use super::failure::{self, Failure};
use super::fixes::{self, Round};
use super::inputs;
use super::place::{self, Place};
use super::run::Run;
use super::terminal::Streams;
use caveat::complete::complete;
use caveat::diagnostic::{Applicability, Edit, Fix, Severity};
use caveat::discover::{self, Found};
use caveat::policy::Judged;
use caveat::render::Sources;
use caveat::rules::find_rule;
use caveat::source::{FilePath, Format, SourceFile};
use caveat::suppress;
use convert::{Encoding, Places};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, Completion, HoverRequest, RegisterCapability, Request as _, Shutdown,
};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CompletionItem, CompletionOptions, CompletionParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern, Hover,
    HoverContents, HoverParams, HoverProviderCapability, InitializeParams, MarkupContent,
    MarkupKind, MessageType, PositionEncodingKind, PublishDiagnosticsParams, Registration,
    RegistrationParams, ServerCapabilities, ShowMessageParams, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
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

    fn answer(&self, request: Request) -> Response {
        let Request { id, method, params: own } = request;
        let answer = match method.as_str() {
            CodeActionRequest::METHOD => params(own).map(|own| to_value(self.actions(&own))),
            HoverRequest::METHOD => params(own).map(|own| to_value(self.hover(&own))),
            Completion::METHOD => params(own).map(|own| to_value(self.complete(&own))),
            _ => {
                let message = format!("caveat does not know {method}");
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, message);
            }
        };
        match answer {
            Some(answer) => Response::new_ok(id, answer),
            None => {
                let message = format!("{method} lacks something");
                Response::new_err(id, ErrorCode::InvalidParams as i32, message)
            }
        }
    }

    /// The text at an address, and what is shown of it.
    fn at(&self, uri: &Uri) -> Option<(&Run, Arc<SourceFile>, &[Judged])> {
        let run = self.run.as_ref()?;
        let path = path_of(run, uri)?;
        Some((run, run.sources.source(&path)?, &self.shown.get(&path)?.judged))
    }

    /// The fixes and suppressions of what is in a range, and one fix for all that are safe.
    fn actions(&self, own: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let Some((run, file, shown)) = self.at(&own.text_document.uri) else { return Vec::new() };
        let disk = |path: &FilePath| run.sources.disk(path);
        let encoding = self.client.encoding;
        let places = Places { sources: &run.sources, disk: &disk, encoding };
        let edit = |edits: &[Edit]| places.edits(edits, |disk| self.version(disk));
        let is_asked = |kind: &CodeActionKind| {
            let only = own.context.only.as_deref();
            only.is_none_or(|only| only.iter().any(|own| is_part(kind, own)))
        };
        let is_there = |judged: &&Judged| {
            let range = encoding.range(&file, judged.diagnostic.primary.span);
            range.start <= own.range.end && own.range.start <= range.end
        };
        let mut actions = Vec::new();
        if is_asked(&CodeActionKind::QUICKFIX) {
            let action = |judged: &Judged, fix: &Fix| {
                Some(CodeAction {
                    title: fix.title.clone(),
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![places.diagnostic(judged)]),
                    edit: Some(edit(&fix.edits)?),
                    is_preferred: Some(fix.applicability == Applicability::Safe),
                    ..CodeAction::default()
                })
            };
            let here: Vec<_> = shown.iter().filter(is_there).collect();
            let fix = |judged: &&Judged| action(judged, judged.diagnostic.fix.as_deref()?);
            actions.extend(here.iter().filter_map(fix));
            let suppression = |judged: &&Judged| {
                let fix = with_room(|| suppress::offer(&file, &judged.diagnostic)).ok()??;
                action(judged, &fix)
            };
            actions.extend(here.iter().filter_map(suppression));
        }
        if is_asked(&FIX_ALL)
            && let Some(edit) = fix_all(run, &file.path, shown).and_then(|edits| edit(&edits))
        {
            actions.push(CodeAction {
                title: "apply every fix that cannot change a meaning".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(edit),
                ..CodeAction::default()
            });
        }
        actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
    }

    /// What the rules are about that reported something at a place.
    fn hover(&self, own: &HoverParams) -> Option<Hover> {
        let place = &own.text_document_position_params;
        let (_, file, shown) = self.at(&place.text_document.uri)?;
        let at = self.client.encoding.offset(&file, place.position);
        let here = shown.iter().map(|own| &*own.diagnostic).filter(|own| {
            let span = own.primary.span;
            span.start <= at && at <= span.end
        });
        let mut rules: Vec<_> = here.filter_map(|own| find_rule(own.rule)).collect();
        rules.sort_by_key(|rule| rule.id);
        rules.dedup_by_key(|rule| rule.id);
        let pages: Vec<_> = rules.into_iter().map(explain::page).collect();
        let value = pages.join("\n---\n\n");
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        (!pages.is_empty()).then_some(Hover { contents, range: None })
    }
}

impl Server<'_> {
    /// What may stand at a place.
    fn complete(&self, own: &CompletionParams) -> Vec<CompletionItem> {
        let place = &own.text_document_position;
        let items = || {
            let run = self.run.as_ref()?;
            let file = run.sources.source(&path_of(run, &place.text_document.uri)?)?;
            let at = self.client.encoding.offset(&file, place.position);
            let found = with_room(|| complete(&run.engine, &run.project, &file, at)).ok()??;
            let range = self.client.encoding.range(&file, found.span);
            Some(convert::items(found.proposals, range))
        };
        items().unwrap_or_default()
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

/// What the safe fixes of a file change in it.
fn fix_all(run: &Run, path: &FilePath, shown: &[Judged]) -> Option<Vec<Edit>> {
    let fixes = shown.iter().filter_map(fixes::fix_of);
    let fixes: Vec<_> = fixes.filter(|own| own.applicability == Applicability::Safe).collect();
    with_room(|| Round::of(run, path, &fixes)).ok()?.map(|round| round.edits)
}

/// Whether a kind of action is `wanted`, or a part of that.
fn is_part(kind: &CodeActionKind, wanted: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty())
}

fn params<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn to_value(own: impl Serialize) -> serde_json::Value {
    serde_json::to_value(own).expect("values of the protocol are JSON")
}
