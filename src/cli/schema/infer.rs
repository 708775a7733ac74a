//! `caveat schema infer`: a schema proposed from content that is there.

use super::super::Exit;
use super::super::args::{self, Formats, InputArguments, Output, SettingsArguments};
use super::super::failure::{self, Failure};
use super::super::inputs::Inputs;
use super::super::place::Place;
use super::super::run::each_file;
use super::super::terminal::Streams;
use caveat::diagnostic::{Diagnostic, Severity};
use caveat::discover::Found;
use caveat::model::{self, ContentKind, Record};
use caveat::project::Engine;
use caveat::render::{Layout, sanitize, to_safe_json};
use caveat::rules::builtin;
use caveat::schema::infer::{Coverage, Inferred, infer};
use caveat::source::{FilePath, SourceFile};
use caveat::syntax::{self, Document};
use caveat::words::counted;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Propose a JSON Schema from files, with how often each field occurs and its values
///
/// The schema goes to stdout: `caveat schema infer recipes > schemas/recipe.schema.json`. Every record
/// that was read passes it. Look through it before it is used: what the records have in common need
/// not be what they must have.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files and folders with records of one kind; `-` is the standard input
    #[arg(value_name = "PATHS", required_unless_present = "files_from")]
    paths: Vec<PathBuf>,
    /// JSON pointer to the records in each file, such as `/exercises`; default: what `kinds` in the
    /// settings says
    #[arg(long, value_name = "POINTER", value_parser = pointer)]
    records: Option<String>,
    /// File with more paths, one a line; `-` is the standard input
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    files_from: Option<PathBuf>,
    /// Path that the standard input is taken for; tells its format
    #[arg(long, value_name = "PATH", help_heading = "Files")]
    stdin_filename: Option<PathBuf>,
    /// What to print on stdout: the schema, a table of the fields, or both as one JSON object
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_parser = format_names())]
    format: Option<String>,
    /// Also write the result in this form, to a file: `schema=new.schema.json`; may be repeated
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = "Output", value_parser = output)]
    output: Vec<Output<Format>>,
    #[command(flatten)]
    settings: SettingsArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Schema,
    Coverage,
    Json,
}

const FORMATS: Formats<Format> =
    &[("schema", Format::Schema), ("coverage", Format::Coverage), ("json", Format::Json)];

fn format_names() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|(name, _)| *name).collect::<Vec<_>>().into()
}

fn output(text: &str) -> Result<Output<Format>, String> {
    args::output(text, FORMATS)
}

fn pointer(text: &str) -> Result<String, String> {
    match text.is_empty() || text.starts_with('/') {
        true => Ok(text.to_owned()),
        false => Err(format!("a JSON pointer starts with `/`: `/{text}`")),
    }
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let named = |name: &String| FORMATS.iter().find(|(own, _)| own == name).map(|(_, own)| *own);
    let format = arguments.format.as_ref().and_then(named);
    let outputs = args::outputs(format, &arguments.output, Format::Schema)?;
    let place = Place::new(&arguments.settings)?;
    let engine = place.engine()?;
    let input = InputArguments {
        paths: arguments.paths.clone(),
        files_from: arguments.files_from.clone(),
        stdin_filename: arguments.stdin_filename.clone(),
        ..InputArguments::default()
    };
    let inputs = Inputs::asked(&place, &input, streams)?;
    if let Some(why) = &inputs.why_nothing {
        streams.complain(&format!("nothing was read: {}", sanitize::one_line(why)));
        return Ok(Exit::Nothing);
    }
    let pointer = arguments.records.as_deref();
    let look = |found: &Found| Read::new(&inputs, found, &place, &engine, pointer);
    let read = each_file(&inputs.files, None, look)?;
    let broken = show_broken(&inputs, &read, &place, streams);
    let records: Vec<Record<'_>> = read.iter().flat_map(Read::records).collect();
    tell_odd_files(&read, &place, streams);
    if records.is_empty() && broken > 0 {
        return Ok(Exit::Findings);
    }
    if records.is_empty() {
        streams.complain("nothing was read: no record is in these files");
        return Ok(Exit::Nothing);
    }
    let nodes: Vec<_> =
        records.iter().filter_map(|record| Some((record.path().clone(), record.node?))).collect();
    let result = Proposal {
        inferred: infer(&nodes),
        files: nodes.iter().map(|(path, _)| path).collect::<BTreeSet<_>>().len(),
        records: nodes.len(),
    };
    for output in &outputs {
        output.write(streams, |_, out| out.write_all(result.text(output.format).as_bytes()))?;
    }
    let from = format!(
        "proposed from {} in {}",
        counted(result.records, "record"),
        counted(result.files, "file")
    );
    streams.remark(&match outputs.iter().any(|output| output.format != Format::Schema) {
        true => from,
        false => format!("{from}; `--format coverage` shows how each field is used"),
    });
    Ok(if broken > 0 { Exit::Findings } else { Exit::Clean })
}

/// A file that was read.
struct Read {
    path: FilePath,
    /// Nothing when the file cannot be read.
    content: Option<(Arc<SourceFile>, Document)>,
    kind: Option<ContentKind>,
    /// Where its records are.
    pointer: String,
    /// What is wrong with it.
    diagnostics: Vec<Arc<Diagnostic>>,
}

impl Read {
    fn new(
        inputs: &Inputs,
        found: &caveat::discover::Found,
        place: &Place,
        engine: &Engine,
        pointer: Option<&str>,
    ) -> Self {
        let path = found.path.clone();
        let file = match inputs.load(found, place.settings.max_file_bytes) {
            Ok(file) => file,
            Err(unreadable) => {
                let diagnostics = unreadable.into_report(path.clone()).diagnostics.to_vec();
                return Self {
                    path,
                    content: None,
                    kind: None,
                    pointer: String::new(),
                    diagnostics,
                };
            }
        };
        let document = syntax::parse(&file);
        let decision = engine.decide(&file, &document);
        let mut diagnostics = Vec::new();
        builtin::report_syntax(&file, &document, &[], &[], &mut diagnostics);
        Self {
            path,
            pointer: pointer.map_or(decision.pointer, str::to_owned),
            kind: decision.kind,
            diagnostics: diagnostics.into_iter().map(Arc::new).collect(),
            content: Some((Arc::new(file), document)),
        }
    }

    /// Its records; none of a file whose syntax is broken, since they may lack fields.
    fn records(&self) -> Vec<Record<'_>> {
        let whole = self.content.as_ref().filter(|(_, document)| document.errors.is_empty());
        let Some((file, document)) = whole else { return Vec::new() };
        // The kind plays no part in where records are.
        let records =
            model::records(file, document, &ContentKind::Custom("record".into()), &self.pointer);
        records.into_iter().filter(|record| record.node.is_some()).collect()
    }
}

/// Tell what is wrong with files; how many have something.
fn show_broken(inputs: &Inputs, read: &[Read], place: &Place, streams: &Streams) -> usize {
    let mut sources = BTreeMap::new();
    for (file, _) in read.iter().filter_map(|own| own.content.as_ref()) {
        sources.insert(file.path.clone(), file.clone());
    }
    let unreadable = inputs.unreadable.iter().map(|report| report.diagnostics.as_slice());
    let broken = unreadable.chain(read.iter().map(|own| own.diagnostics.as_slice()));
    let broken: Vec<_> = broken.filter(|diagnostics| !diagnostics.is_empty()).collect();
    let diagnostics = broken.iter().flat_map(|own| own.iter()).map(|own| &**own);
    failure::show_diagnostics(diagnostics, Severity::Error, &sources, &place.view(), streams);
    if !broken.is_empty() {
        let left_out = counted(broken.len(), "file");
        streams.complain(&format!(
            "{left_out} could not be read whole; what is broken is not in the result"
        ));
    }
    broken.len()
}

/// Tell of files without a record, and of kinds that do not belong together.
fn tell_odd_files(read: &[Read], place: &Place, streams: &Streams) {
    let whole = || read.iter().filter(|own| own.diagnostics.is_empty());
    let without: Vec<_> = whole().filter(|own| own.records().is_empty()).collect();
    if let [first, others @ ..] = without.as_slice() {
        let path = place.view().shown(first.path.as_str());
        let at = if first.pointer.is_empty() {
            String::new()
        } else {
            format!(" at `{}`", first.pointer)
        };
        let more = match others.len() {
            0 => String::new(),
            count => format!(", nor in {}", counted(count, "other file")),
        };
        streams
            .complain(&sanitize::one_line(&format!("warning: no record is in {path}{at}{more}")));
    }
    let kinds: BTreeSet<_> =
        whole().filter_map(|own| own.kind.as_ref()).map(ContentKind::name).collect();
    if kinds.len() > 1 {
        let kinds: Vec<_> = kinds.into_iter().collect();
        let kinds = kinds.join(", ");
        streams.complain(&sanitize::one_line(&format!(
            "warning: one schema is proposed for files of several kinds: {kinds}"
        )));
    }
}

/// What is printed.
struct Proposal {
    inferred: Inferred,
    files: usize,
    records: usize,
}

impl Proposal {
    fn text(&self, format: Format) -> String {
        match format {
            Format::Schema => to_safe_json(&self.inferred.schema, Layout::Pretty),
            Format::Coverage => table(&self.inferred.coverage),
            Format::Json => to_safe_json(&JsonProposal::new(self), Layout::Pretty),
        }
    }
}

/// A row for each field: how many of the objects that could have it do, its types, and its values.
fn table(coverage: &[Coverage]) -> String {
    let mut rows =
        vec![["present".to_owned(), "field".to_owned(), "type".to_owned(), "values".to_owned()]];
    rows.extend(coverage.iter().map(|row| {
        let present = format!("{} of {}", row.present, row.objects);
        [present, sanitize::one_line(&row.pointer).into_owned(), types(row), values(row)]
    }));
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (present, field, kind) = (width(0), width(1), width(2));
    let mut out = String::new();
    for row in &rows {
        let line = format!("{:>present$}  {:field$}  {:kind$}  {}", row[0], row[1], row[2], row[3]);
        writeln!(out, "{}", line.trim_end()).expect("writing to memory");
    }
    out
}

/// `string`, or each type with its count where there are several.
fn types(row: &Coverage) -> String {
    match row.types.as_slice() {
        [(only, _)] => (*only).to_owned(),
        several => {
            let counts: Vec<_> =
                several.iter().map(|(name, count)| format!("{name} {count}")).collect();
            counts.join(", ")
        }
    }
}

/// The most frequent values with their counts, as many as stay readable; all of them when there are
/// few.
fn values(row: &Coverage) -> String {
    const LONGEST_VALUE: usize = 32;
    const SHOWN: usize = 4;
    let shown = if row.distinct <= row.values.len() { row.values.len() } else { SHOWN };
    let value = |(value, count): &(Value, usize)| {
        let times = if *count > 1 { format!(" ×{count}") } else { String::new() };
        let Some(text) = value.as_str() else { return format!("{value}{times}") };
        let clipped: String = text.chars().take(LONGEST_VALUE).collect();
        let dots = if clipped.len() < text.len() { "..." } else { "" };
        format!("\"{}{dots}\"{times}", sanitize::one_line(&clipped))
    };
    let mut parts: Vec<String> = row.values.iter().take(shown).map(value).collect();
    if row.has_more {
        parts.push(format!("more than {} in all", row.distinct));
    } else if row.distinct > parts.len() {
        parts.push(format!("{} in all", row.distinct));
    }
    parts.join(", ")
}

/// What `schema infer --format json` prints, version 1. Fields may be added; none changes its
/// meaning or goes away without a new version.
#[derive(Serialize)]
struct JsonProposal<'a> {
    version: u32,
    files: usize,
    records: usize,
    schema: &'a Value,
    /// In the order of first use.
    coverage: Vec<JsonCoverage<'a>>,
}

#[derive(Serialize)]
struct JsonCoverage<'a> {
    /// `*` stands for each item of a list: `/questions/*/prompt`.
    pointer: &'a str,
    present: usize,
    /// Objects that could have the field; for items of a list, all items.
    objects: usize,
    /// Most frequent first.
    types: Vec<JsonType>,
    /// The most frequent ones, most frequent first.
    values: Vec<JsonValue<'a>>,
    /// Different values; at least as many when `more` is set.
    distinct: usize,
    more: bool,
    /// The first file that has the field.
    example: Option<&'a FilePath>,
}

#[derive(Serialize)]
struct JsonType {
    r#type: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct JsonValue<'a> {
    value: &'a Value,
    count: usize,
}

impl<'a> JsonProposal<'a> {
    fn new(proposal: &'a Proposal) -> Self {
        let row = |row: &'a Coverage| JsonCoverage {
            pointer: &row.pointer,
            present: row.present,
            objects: row.objects,
            types: row.types.iter().map(|&(r#type, count)| JsonType { r#type, count }).collect(),
            values: row
                .values
                .iter()
                .map(|(value, count)| JsonValue { value, count: *count })
                .collect(),
            distinct: row.distinct,
            more: row.has_more,
            example: row.example.as_ref(),
        };
        Self {
            version: 1,
            files: proposal.files,
            records: proposal.records,
            schema: &proposal.inferred.schema,
            coverage: proposal.inferred.coverage.iter().map(row).collect(),
        }
    }
}
