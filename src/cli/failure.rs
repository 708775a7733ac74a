//! Why a run ends early, and faults that are caught.

use super::Exit;
use super::terminal::Streams;
use caveat::diagnostic::{Diagnostic, Severity};
use caveat::policy::Judged;
use caveat::render::{self, Sources, View, sanitize};
use caveat::source::{FilePath, SourceFile};
use std::collections::BTreeMap;
use std::panic;
use std::sync::{Arc, Mutex};

/// What follows a fault.
pub const PLEASE_REPORT: &str =
    "  help: nothing in your files should do this; please report it with a file that shows it";

/// Why there is no result.
#[derive(Debug)]
pub enum Failure {
    /// Arguments that cannot be followed, files that cannot be written: one line, and maybe help.
    Usage { message: String, help: Option<String> },
    /// Mistakes in the settings or in a schema they name.
    Settings { diagnostics: Vec<Diagnostic>, files: Vec<Arc<SourceFile>>, view: View },
    /// A mistake of ours.
    Fault { message: String },
}

impl Failure {
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    pub fn usage_with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: Some(help.into()) }
    }

    /// `place` is the file that was looked at, or empty.
    pub fn fault(place: &str, what: &str) -> Self {
        let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
        Self::Fault { message: format!("fault in caveat{place}: {what}") }
    }

    /// Tell people, and end.
    pub fn show(&self, streams: &Streams) -> Exit {
        match self {
            Self::Usage { message, help } => {
                let help =
                    help.as_ref().map(|help| format!("\n\n  help: {help}")).unwrap_or_default();
                streams.complain(&format!(
                    "error: {}{}",
                    sanitize::one_line(message),
                    sanitize::lines(&help)
                ));
                Exit::Usage
            }
            Self::Settings { diagnostics, files, view } => {
                let files: BTreeMap<FilePath, Arc<SourceFile>> =
                    files.iter().map(|file| (file.path.clone(), file.clone())).collect();
                show_diagnostics(diagnostics, Severity::Error, &files, view, streams);
                Exit::Usage
            }
            Self::Fault { message } => {
                streams.complain(&sanitize::one_line(message));
                streams.complain(PLEASE_REPORT);
                Exit::Fault
            }
        }
    }
}

/// Diagnostics of what is no result, on stderr.
pub fn show_diagnostics<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    severity: Severity,
    files: &dyn Sources,
    view: &View,
    streams: &Streams,
) {
    let style = streams.remark_style(view);
    for diagnostic in diagnostics {
        let judged = Judged::new(severity, diagnostic.clone());
        streams.complain(&render::snippet(&judged, files, &style));
        streams.complain("");
    }
}

static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Keep the words of a panic for [`last_panic`] in place of printing them at once.
pub fn remember_panics() {
    panic::set_hook(Box::new(|info| {
        let words = info.payload_as_str().unwrap_or("no words");
        let place =
            info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = format!("{words}{place}");
        }
    }));
}

/// The words of the last panic on any thread.
pub fn last_panic() -> String {
    LAST_PANIC.lock().map(|last| last.clone()).unwrap_or_default()
}
