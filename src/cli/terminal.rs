//! The streams: what goes where, and in which colours.

use super::failure::Failure;
use anstream::{AutoStream, ColorChoice};
use caveat::render::{Style, View};
use std::io::{self, BufWriter, IsTerminal, Write};

/// Flags of every command.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Terminal {
    /// When to write colours; NO_COLOR and FORCE_COLOR are heeded
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Output"
    )]
    color: When,
    /// Print results only, no summary and no remarks
    #[arg(long, short, global = true, help_heading = "Output")]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// stdout for results, stderr for the rest.
#[derive(Clone, Debug)]
pub struct Streams {
    when: When,
    pub quiet: bool,
}

impl Streams {
    pub fn new(terminal: &Terminal) -> Self {
        Self { when: terminal.color, quiet: terminal.quiet }
    }

    /// The same without remarks.
    pub fn quietly(&self) -> Self {
        Self { quiet: true, ..self.clone() }
    }

    /// Begin at the top of an empty window, where there is a window.
    pub fn clear(&self) {
        const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";
        if io::stdout().is_terminal() {
            // A window that is gone needs no clearing.
            let _ = write!(io::stdout(), "{CLEAR}").and_then(|()| io::stdout().flush());
        }
    }

    /// How results for people look on stdout.
    pub fn style(&self, view: &View) -> Style {
        let auto = || AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        let color = self.color(auto);
        let width = if io::stdout().is_terminal() { columns() } else { None };
        Style { color, width: width.unwrap_or(Style::DEFAULT_WIDTH), view: view.clone() }
    }

    /// How remarks look on stderr.
    pub fn remark_style(&self, view: &View) -> Style {
        let color = self.color(|| AutoStream::choice(&io::stderr()) != ColorChoice::Never);
        Style { color, view: view.clone(), ..Style::default() }
    }

    /// How results look in a file.
    pub fn file_style(&self, view: &View) -> Style {
        let color = self.when == When::Always;
        Style { color, view: view.clone(), ..Style::default() }
    }

    fn color(&self, auto: impl Fn() -> bool) -> bool {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_forced =
            std::env::var_os("FORCE_COLOR").is_some_and(|value| !value.is_empty() && value != "0");
        match self.when {
            When::Always => true,
            When::Never => false,
            When::Auto if is_set("NO_COLOR") => false,
            When::Auto => is_forced || auto(),
        }
    }

    /// Write results to stdout. Somebody who closes the pipe has read enough.
    pub fn print(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::usage(
                format!("cannot write to stdout: {}", caveat::source::reason(&error)),
            )),
            _ => Ok(()),
        }
    }

    /// A line on stderr, unless `--quiet`.
    pub fn remark(&self, line: &str) {
        if !self.quiet {
            self.complain(line);
        }
    }

    /// Text on stderr, `--quiet` or not.
    pub fn complain(&self, text: &str) {
        // Nobody is left to be told when stderr is closed.
        let _ = writeln!(io::stderr(), "{}", text.trim_end());
    }
}

/// The width people have set for their terminal.
fn columns() -> Option<usize> {
    const MIN: usize = 40;
    let columns: usize = std::env::var("COLUMNS").ok()?.parse().ok()?;
    // The gutter and the frame take some.
    (columns >= MIN).then(|| columns - 8)
}
