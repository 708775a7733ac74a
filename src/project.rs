//! A run: a map over files and a reduce over their facts.
//!
//! [`Engine::analyze`] looks at one file and depends on nothing but its bytes, its path, the
//! schemas, and the settings' mappings and rules. [`Project::resolve`] looks at all reports together. Command
//! line, editor and sharded runs are callers of these two.

mod echoes;

use crate::config::{Globs, Settings};
use crate::diagnostic::{Diagnostic, Identity, Severity};
use crate::facts::{self, Facts, OtherFiles, ProjectFacts, Requested, Sourced};
use crate::lasting::Lasting;
use crate::model::exercise::exercises;
use crate::model::quiz::{Quiz, quizzes};
use crate::model::shape::{self, Shapes};
use crate::model::{self, ContentKind, Record};
use crate::policy::{self, Judged};
use crate::rule::{Check, Collect, FileContext, Profile, Rule, Sink};
use crate::rules::custom::{self, CustomRule};
use crate::rules::quiz::key_files;
use crate::rules::{self, RULES, builtin, claim};
use crate::schema::mapping::{self, Decision};
use crate::schema::{Catalogue, Quota, Schema, SchemaError, SchemaRef, validate};
use crate::source::{FilePath, SourceFile};
use crate::suppress::{self, Hidden, Suppression};
use crate::syntax::{self, Document, Node};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use thin_vec::ThinVec;
use xxhash_rust::xxh3::xxh3_128;

/// Settings and schemas, ready to look at files. Shared between threads.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    catalogue: Catalogue,
    /// Those the settings ask for.
    rules: Vec<&'static Rule>,
    /// Those of the project's own that the settings ask for.
    custom: Vec<Arc<CustomRule>>,
    sourced: Sourced,
    requested: Requested,
}

/// What one file gave.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileReport {
    #[serde(skip)]
    pub path: FilePath,
    /// Number of records found.
    pub records: usize,
    /// Whether some kind was found for the file; files without one get syntax checks only.
    pub has_kind: bool,
    pub diagnostics: ThinVec<Arc<Diagnostic>>,
    pub suppressions: ThinVec<Suppression>,
    pub facts: Facts,
    /// For each rule of the project's own that ran: how much it looked at.
    pub(crate) looked_at: ThinVec<u32>,
    /// Whether it depends on a file beside the one it is of: on a schema that is none of the built-in.
    #[serde(skip)]
    pub(crate) reads_others: bool,
}

/// The reports of all files.
#[derive(Debug)]
pub struct Project {
    engine: Arc<Engine>,
    reports: BTreeMap<FilePath, Box<FileReport>>,
    others: Option<OtherFiles>,
}

/// What a run says.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Sorted by path, span and rule.
    pub diagnostics: Vec<Judged>,
    /// Those that do not count, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// Those that a baseline accepts, in the same order.
    pub baselined: Vec<Suppressed>,
    /// Rules of the project's own, for those who describe rules.
    pub custom: Vec<Arc<CustomRule>>,
    /// What is to be said of the run as a whole, by whoever started it; counted nowhere.
    pub notices: Vec<Diagnostic>,
    pub summary: Summary,
    /// The severity from which the run fails, as [`Settings::fail_on`].
    pub fail_on: Option<Severity>,
}

/// A diagnostic that somebody says does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    pub judged: Judged,
    /// In their words; may be empty.
    pub reason: Arc<str>,
}

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub files: usize,
    pub records: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Files for which no kind is known: only their syntax was checked.
    pub unmapped: usize,
    /// Diagnostics that would be among these if nobody had said that they do not count.
    pub suppressed: usize,
    /// Diagnostics that would be among these if a baseline did not accept them.
    pub baselined: usize,
}

impl Engine {
    /// Settings with the schemas they name. Only those are read; the built-in ones are compiled
    /// when a file first needs them.
    ///
    /// # Errors
    ///
    /// The first schema of the settings that cannot be used.
    pub fn new(settings: Settings) -> Result<Self, Arc<SchemaError>> {
        let mut catalogue = Catalogue::new().with_root(settings.root.clone());
        for (address, place) in &settings.schemas {
            catalogue = catalogue.with_copies(address, settings.root.join(place));
        }
        for mapping in &settings.mappings {
            let Some(path) = &mapping.schema else { continue };
            let text = std::fs::read_to_string(settings.root.join(path))
                .map_err(|error| SchemaError::unreadable(FilePath::new(path), &error))?;
            catalogue.add(Some(mapping.kind.clone()), FilePath::new(path), text);
            catalogue.schema_for(&mapping.kind)?;
        }
        let rules = RULES.iter().copied().filter(|rule| settings.asks_for(rule.info())).collect();
        let sourced = if settings.keep_claims {
            Sourced::All
        } else if settings.asks_for(claim::READS_SOURCED.info()) {
            Sourced::Firm
        } else {
            Sourced::None
        };
        let requested = Requested {
            exercises: settings.asks_for(rules::READS_EXERCISES.info()),
            versions: settings.asks_for(rules::READS_VERSIONS.info()),
            bodies: settings.asks_for(rules::READS_BODIES.info()),
            named: settings.asks_for(rules::READS_NAMED.info()),
            aging: settings.asks_for(rules::READS_AGING.info()),
            front_pages: settings.asks_for(rules::READS_FRONT_PAGES.info()),
        };
        let asked_for = |rule: &&Arc<CustomRule>| settings.asks_for(rule.info());
        let custom = settings.custom.iter().filter(asked_for).cloned().collect();
        Ok(Self { settings, catalogue, rules, custom, sourced, requested })
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Of everything beside the file that [`Engine::analyze`] depends on, except for files that
    /// schemas of the project name.
    pub(crate) fn digest(&self) -> u128 {
        // What only the reduce and the levels ask for makes no difference.
        let settings = Settings {
            include: Globs::default(),
            exclude: Globs::default(),
            profile: Profile::default(),
            rules: BTreeMap::new(),
            fail_on: None,
            max_warnings: None,
            overrides: Vec::new(),
            only: Vec::new(),
            skip: Vec::new(),
            ratchet: None,
            baseline: None,
            ignore_suppressions: false,
            today: None,
            ..self.settings.clone()
        };
        let own = self.custom.iter().map(|rule| rule.id);
        let rules: Vec<_> = self.rules.iter().map(|rule| rule.id).chain(own).collect();
        let schemas: Vec<_> = self.catalogue.own_texts().collect();
        xxh3_128(format!("{settings:?} {rules:?} {:?} {schemas:?}", self.sourced).as_bytes())
    }

    /// Kind and schema of a file, and why.
    pub fn decide(&self, file: &SourceFile, document: &Document) -> Decision {
        mapping::decide(file, document, &self.settings.mappings, &self.catalogue)
    }

    /// Kind and schema of a file that is being written. The fields of its records get their canonical
    /// names.
    pub(crate) fn name_fields(
        &self,
        file: &SourceFile,
        document: &mut Document,
    ) -> (Decision, Option<Arc<Schema>>) {
        let mut untold = Bounded::new(file);
        let decision = self.decide(file, document);
        let schema = self.schema(file, document, &decision, &mut untold);
        let shapes = self.shapes(schema.as_deref(), &decision);
        let place = Place { decision: &decision, shapes: &shapes };
        name_fields(file, document, place, &mut untold);
        drop(shapes);
        (decision, schema)
    }

    /// Look at one file.
    pub fn analyze(&self, file: &SourceFile) -> FileReport {
        let mut document = syntax::parse(file);
        let mut found = Bounded::new(file);
        let decision = self.decide(file, &document);
        let schema = self.schema(file, &document, &decision, &mut found);
        let schema = schema.as_deref();
        if decision.kind.is_none()
            && let Some((written, near)) = mapping::misspelt_kind(&document, &self.catalogue)
        {
            builtin::report_misspelt_kind(file, &written, &near, &mut found);
        }
        let shapes = self.shapes(schema, &decision);
        let place = Place { decision: &decision, shapes: &shapes };
        let is_sound = schema.is_some_and(|own| place.is_sound(file, &document, own));
        if !is_sound {
            name_fields(file, &mut document, place, &mut found);
        }
        let records = place.records(file, &document);
        if let Some(last) = records.get(syntax::most_records(file.text.len())) {
            builtin::report_too_many_records(file, last, &mut found);
        }
        let quizzes: Vec<_> = records.iter().map(quizzes).collect();
        builtin::report_syntax(file, &document, &records, &quizzes, &mut found);
        if let Some(schema) = schema.filter(|own| !is_sound || own.mentions_deprecated()) {
            self.validate(file, &records, schema, &mut found);
        }
        let is_whole = document.errors.is_empty();
        let mut facts = facts::extract(&records, &quizzes, self.extraction(&shapes, is_whole));
        if !is_whole && decision.kind.is_some() {
            facts.unread_ids = facts::unread_ids(file, &facts);
        }
        if self.requested.named {
            facts.fill_named(file, &document, &records);
        }
        let context = FileContext {
            file,
            document: &document,
            records: &records,
            quizzes: &quizzes,
            facts: &facts,
        };
        self.report_no_records(&context, &decision, &mut found);
        run_rules(&self.rules, &context, &mut found);
        let looked_at = custom::check(&self.custom, &context, &mut found);
        let suppressions = suppress::collect(file, &document, &self.settings, &mut found);
        let diagnostics = told_once(&context, &suppressions, found);
        if !self.settings.keep_claims {
            facts.claims = ThinVec::new();
        }
        FileReport {
            path: file.path.clone(),
            records: records.len(),
            has_kind: decision.kind.is_some(),
            diagnostics: diagnostics.into(),
            suppressions: suppressions.into(),
            facts,
            looked_at,
            reads_others: schema.is_some_and(|own| !own.is_built_in())
                || !matches!(decision.schema, None | Some(SchemaRef::Kind(_))),
        }
    }

    /// What the settings ask to be kept of a file. Of one that could not be read whole nobody knows what it lacks.
    fn extraction<'s>(&self, shapes: &'s Shapes, is_whole: bool) -> facts::Extraction<'s> {
        let versions = self.requested.versions && is_whole;
        facts::Extraction {
            shapes,
            all_sentences: self.settings.all_sentences,
            cues: self.settings.keep_cues,
            sourced: self.sourced,
            scope: self.settings.citation_scope,
            requested: Requested { versions, ..self.requested },
        }
    }

    /// Report what stands where records should and is none, and a file without any.
    fn report_no_records(&self, context: &FileContext<'_>, decision: &Decision, out: &mut Bounded) {
        let FileContext { file, document, records, .. } = *context;
        let Some(kind) = &decision.kind else { return };
        builtin::report_strays(file, kind, model::strays(document, kind, &decision.pointer), out);
        if document.errors.is_empty() {
            let named = decision.mapping.map(|at| &*self.settings.mappings[at].records);
            builtin::report_empty(file, kind, named, records.len(), out);
        }
    }

    /// The schema of the decision. One that cannot be used is reported where the file names it, and
    /// the kind's own takes its place.
    fn schema(
        &self,
        file: &SourceFile,
        document: &Document,
        decision: &Decision,
        out: &mut Bounded,
    ) -> Option<Arc<Schema>> {
        let wanted = decision.schema.as_ref()?;
        let problem = match (self.catalogue.schema(wanted), wanted) {
            (Ok(Some(schema)), _) => return Some(schema),
            (Ok(None), SchemaRef::Kind(_)) => return None,
            (Ok(None), SchemaRef::Address(address)) if is_meta_schema(address) => return None,
            (Ok(None), SchemaRef::Address(_) | SchemaRef::Path(_)) => None,
            (Err(error), _) => Some(error),
        };
        builtin::report_unusable_schema(file, document, wanted, problem.as_deref(), out);
        self.catalogue.schema_for(decision.kind.as_ref()?).ok().flatten()
    }

    /// Names of the fields, with the spellings the settings give for this collection.
    fn shapes<'s>(&self, schema: Option<&'s Schema>, decision: &Decision) -> Cow<'s, Shapes> {
        let Some(schema) = schema else { return Cow::Owned(Shapes::default()) };
        let aliases = decision.mapping.map(|at| &self.settings.mappings[at].aliases);
        match aliases.filter(|aliases| !aliases.is_empty()) {
            Some(aliases) => Cow::Owned(schema.shapes_with(aliases)),
            None => Cow::Borrowed(schema.shapes()),
        }
    }

    fn validate(
        &self,
        file: &SourceFile,
        records: &[Record<'_>],
        schema: &Schema,
        out: &mut Bounded,
    ) {
        let quota = Quota::for_diagnostics(out.most);
        for record in records {
            if out.is_full() || out.is_cut {
                return;
            }
            let Some(node) = record.node else { continue };
            let context = validate::Context {
                file,
                record: record.id_or_stem().map(Into::into),
                noun: record.kind.name(),
                all_branches: self.settings.all_branches,
                quota: &quota,
            };
            if record.kind == ContentKind::Quiz && model::is_questions(node) {
                validate_questions(node, schema, &context, out);
                continue;
            }
            let supplied = validate::supplied_by_body(record);
            for own in validate::validate_beside_body(node, schema, &context, &supplied) {
                out.collect(own);
            }
            out.is_cut = quota.is_used_up();
        }
    }
}

/// A quiz that is nothing but questions has no other fields to look at.
fn validate_questions(
    questions: Node<'_>,
    schema: &Schema,
    context: &validate::Context<'_>,
    out: &mut Bounded,
) {
    let Some(question) = schema.items_of("questions") else { return };
    let context = validate::Context { noun: "question", ..context.clone() };
    for (index, item) in model::members(questions).enumerate() {
        if out.is_full() || context.quota.is_used_up() {
            break;
        }
        for mut own in validate::validate(item, &question, &context) {
            own.identity.nest_in(&format!("/{index}"));
            out.collect(own);
        }
    }
    out.is_cut = context.quota.is_used_up();
}

/// The diagnostics of a file, each mistake told once, ready to be kept.
fn told_once(
    context: &FileContext<'_>,
    suppressions: &[Suppression],
    found: Bounded,
) -> Vec<Arc<Diagnostic>> {
    let FileContext { file, document, records, .. } = *context;
    let is_cut = found.is_cut || found.is_full();
    let mut diagnostics = found.kept;
    if !document.errors.is_empty() {
        echoes::drop_hidden(records, &mut diagnostics);
    }
    echoes::drop_outdone(&mut diagnostics);
    echoes::drop_emptied(records, &mut diagnostics);
    echoes::join_misspelt(records, &mut diagnostics);
    echoes::join_flat(records, &mut diagnostics);
    let covered = suppress::covered(suppressions, &diagnostics);
    echoes::join_habits(records.len(), &covered, &mut diagnostics);
    if is_cut {
        builtin::report_too_many(file, diagnostics.len(), &mut diagnostics);
    }
    for own in diagnostics.iter_mut().filter_map(Arc::get_mut) {
        if file.text.len() <= MOST_NOTED {
            own.note_lines(file);
        }
        // It is kept as long as the run.
        own.message.shrink_to_fit();
    }
    diagnostics
}

/// Bytes of a file whose lines are noted with its diagnostics. To read a larger one again costs less than to keep
/// its lines beside all else that is kept of it.
const MOST_NOTED: usize = 1 << 20;

/// The diagnostics of one file, as far as anybody reads them.
#[derive(Debug)]
struct Bounded {
    kept: Vec<Arc<Diagnostic>>,
    most: usize,
    /// The last that was too many.
    spare: Option<Box<Diagnostic>>,
    /// Not all was looked for.
    is_cut: bool,
}

impl Bounded {
    fn new(file: &SourceFile) -> Self {
        let most = (10_000 + file.text.len() / 512).min(100_000);
        Self { kept: Vec::new(), most, spare: None, is_cut: false }
    }

    /// Whether there is no room for more.
    fn is_full(&self) -> bool {
        self.spare.is_some()
    }
}

impl Collect for Bounded {
    fn collect(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        if self.kept.len() < self.most {
            self.kept.collect(diagnostic)
        } else {
            self.spare.insert(Box::new(diagnostic))
        }
    }
}

/// Whether an address names a draft of JSON Schema itself: the file is a schema.
fn is_meta_schema(address: &str) -> bool {
    address.contains("//json-schema.org/")
}

/// What was decided of a file, for reading its records.
#[derive(Clone, Copy)]
struct Place<'a> {
    decision: &'a Decision,
    shapes: &'a Cow<'a, Shapes>,
}

impl Place<'_> {
    /// Whether every record fulfils its schema as it is written, so that no field needs its canonical
    /// name: most records do.
    fn is_sound(&self, file: &SourceFile, document: &Document, schema: &Schema) -> bool {
        let has_own_names = matches!(self.shapes, Cow::Owned(_));
        let records = self.records(file, document);
        let nodes = records.iter().filter_map(|record| record.node);
        !has_own_names && nodes.clone().all(|node| schema.is_valid_as_written(node))
    }

    fn records<'d>(&self, file: &'d SourceFile, document: &'d Document) -> Vec<Record<'d>> {
        match &self.decision.kind {
            Some(kind) => model::records(file, document, kind, &self.decision.pointer),
            None => Vec::new(),
        }
    }
}

/// Write the canonical names of fields into the tree, and report fields that a record states twice
/// under different names.
fn name_fields(file: &SourceFile, document: &mut Document, place: Place<'_>, out: &mut Bounded) {
    let mut names = Vec::new();
    for node in place.records(file, document).iter().filter_map(|record| record.node) {
        let (own, twice) = shape::canonical_names(node, place.shapes);
        names.extend(own);
        for same in twice {
            builtin::report_same_field(file, document, place.decision.kind.as_ref(), &same, out);
        }
    }
    if !names.is_empty() {
        shape::rename(&mut document.tree, names);
    }
}

/// Run the rules that look at one file.
fn run_rules(rules: &[&'static Rule], context: &FileContext<'_>, out: &mut Bounded) {
    for rule in rules {
        if let Check::File(check) = rule.check {
            check(context, &mut Sink::for_file(rule, context.file, out));
        }
    }
    for (index, record) in context.records.iter().enumerate() {
        if out.is_full() {
            return;
        }
        let id = context.facts.records[index].id.as_ref();
        run_record_rules(rules, context, record, (id, &context.quizzes[index]), out);
    }
}

fn run_record_rules(
    rules: &[&'static Rule],
    context: &FileContext<'_>,
    record: &Record<'_>,
    (id, quizzes): (Option<&Arc<str>>, &[Quiz<'_>]),
    out: &mut Bounded,
) {
    let exercises = exercises(record);
    for rule in rules {
        let mut sink = Sink::for_file(rule, context.file, out);
        sink.set_record(id.cloned());
        match rule.check {
            Check::Record(check) => check(context, record, &mut sink),
            Check::Exercise(check) => {
                exercises.iter().for_each(|own| check(context, own, &mut sink));
            }
            Check::Resource(check) if record.kind == ContentKind::Resource => {
                check(context, record, &mut sink);
            }
            Check::Quiz(check) => quizzes.iter().for_each(|quiz| check(context, quiz, &mut sink)),
            Check::Resource(_)
            | Check::Question(_)
            | Check::File(_)
            | Check::Project(_)
            | Check::Engine => {}
        }
    }
    // Going through questions may cost more than one look at each.
    for quiz in quizzes {
        for question in quiz.questions.iter() {
            for rule in rules {
                let Check::Question(check) = rule.check else { continue };
                let mut sink = Sink::for_file(rule, context.file, out);
                sink.set_record(id.cloned());
                check(context, quiz, &question, &mut sink);
            }
        }
    }
}

impl FileReport {
    /// Put everything it says into the file at `path`.
    pub(crate) fn place_in(&mut self, path: &FilePath) {
        self.path.clone_from(path);
        for own in &mut self.diagnostics {
            let own = Arc::get_mut(own).expect("nobody else has a report that was just read");
            own.place_in(path);
        }
    }
}

impl Project {
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { engine, reports: BTreeMap::new(), others: None }
    }

    /// Tell which other files there are, by their paths from the root, so that links to missing ones are found.
    #[must_use]
    pub fn with_others(self, is_there: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self { others: Some(OtherFiles::new(is_there)), ..self }
    }

    /// List the names of the files in a folder, so that those are found which nothing uses.
    #[must_use]
    pub fn with_folders(self, names: impl Fn(&str) -> Vec<String> + Send + Sync + 'static) -> Self {
        Self { others: self.others.map(|own| own.with_folders(names)), ..self }
    }

    /// Put a file's report in, in place of an earlier one of the same path.
    pub fn insert(&mut self, report: impl Into<Box<FileReport>>) {
        let report = report.into();
        self.reports.insert(report.path.clone(), report);
    }

    pub fn report(&self, path: &FilePath) -> Option<&FileReport> {
        self.reports.get(path).map(Box::as_ref)
    }

    pub fn reports(&self) -> impl Iterator<Item = &FileReport> {
        self.reports.values().map(Box::as_ref)
    }

    /// For each rule of the project's own that runs: how many values and sentences there are for it.
    pub fn looked_at(&self) -> Vec<(Lasting, u32)> {
        let mut all: Vec<_> = self.engine.custom.iter().map(|rule| (rule.id, 0_u32)).collect();
        for report in self.reports.values() {
            let counts = report.looked_at.iter();
            all.iter_mut().zip(counts).for_each(|((_, sum), own)| *sum = sum.saturating_add(*own));
        }
        all
    }

    /// Every diagnostic of every rule that the settings ask for, in the files for which `wanted`
    /// holds, before levels; without those that are suppressed.
    pub fn diagnostics(&self, wanted: impl Fn(&FilePath) -> bool) -> Vec<Arc<Diagnostic>> {
        let mut diagnostics = self.all_diagnostics(&wanted);
        let hidden = self.suppress(&mut diagnostics, wanted);
        diagnostics.retain(|own| hidden.reason(own).is_none());
        diagnostics
    }

    /// Find what is suppressed, and report suppressions that hide nothing.
    fn suppress(
        &self,
        diagnostics: &mut Vec<Arc<Diagnostic>>,
        wanted: impl Fn(&FilePath) -> bool,
    ) -> Hidden {
        if self.engine.settings.ignore_suppressions {
            return Hidden::default();
        }
        let reports = self.reports.values().filter(|report| wanted(&report.path));
        let suppressions = reports.map(|report| (&report.path, report.suppressions.as_slice()));
        suppress::apply(diagnostics, suppressions, &self.engine.settings)
    }

    fn all_diagnostics(&self, wanted: impl Fn(&FilePath) -> bool) -> Vec<Arc<Diagnostic>> {
        let files = self.reports.values().map(|report| (&report.path, &report.facts));
        let facts = ProjectFacts::new(files).on(self.engine.settings.today);
        let facts = facts.among(self.others.clone());
        let by_rule = self.engine.rules.par_iter().with_max_len(1).map(|rule| {
            let mut found = Vec::new();
            if let Check::Project(check) = rule.check {
                check(&facts, &mut Sink::for_project(rule, &mut found));
            }
            found
        });
        let found: Vec<Vec<Arc<Diagnostic>>> = by_rule.collect();
        let own = self.reports.values().flat_map(|report| report.diagnostics.iter().cloned());
        let mut all: Vec<_> = own.chain(found.into_iter().flatten()).collect();
        key_files::check(&facts, &self.engine.rules, &mut all);
        all.retain(|diagnostic| wanted(&diagnostic.primary.path));
        all
    }

    /// Run the rules over all files and judge everything. Only diagnostics of files for which
    /// `wanted` holds are kept.
    pub fn resolve(&self, wanted: impl Fn(&FilePath) -> bool) -> Outcome {
        let settings = &self.engine.settings;
        let is_wanted = |own: &Diagnostic| wanted(&own.primary.path);
        let mut diagnostics = self.all_diagnostics(|_| true);
        drop_unwanted(&mut diagnostics, is_wanted);
        let hidden = self.suppress(&mut diagnostics, &wanted);
        let mut diagnostics = policy::apply(diagnostics, settings);
        diagnostics.retain(|own| is_wanted(&own.diagnostic));
        let is_hidden = |own: &mut Judged| hidden.reason(&own.diagnostic).is_some();
        let suppressed: Vec<_> = diagnostics
            .extract_if(.., is_hidden)
            .filter_map(|own| {
                Some(Suppressed { reason: hidden.reason(&own.diagnostic)?, judged: own })
            })
            .collect();
        echoes::drop_unknown_sources(&mut diagnostics);
        let looked_at = || self.reports.values().filter(|report| wanted(&report.path));
        let summary = Summary {
            files: looked_at().count(),
            records: looked_at().map(|report| report.records).sum(),
            unmapped: looked_at().filter(|report| !report.has_kind).count(),
            ..Summary::default()
        };
        let (custom, fail_on) = (self.engine.custom.clone(), settings.fail_on);
        let mut outcome =
            Outcome { diagnostics, suppressed, custom, summary, fail_on, ..Outcome::default() };
        outcome.recount();
        outcome
    }
}

/// Drop what is not wanted, but for what may be equal to something that is: equal ones are told apart in all files,
/// and a part of the project must not give one the number of another.
fn drop_unwanted(all: &mut Vec<Arc<Diagnostic>>, is_wanted: impl Fn(&Diagnostic) -> bool) {
    let others: Vec<_> = all.extract_if(.., |own| !is_wanted(own)).collect();
    if others.is_empty() {
        return;
    }
    let identities = all.iter().flat_map(|own| own.identities());
    let ids: HashSet<_> = identities.filter_map(|own| own.record.clone()).collect();
    let is_shared = |own: &Identity| own.record.as_ref().is_some_and(|id| ids.contains(id));
    all.extend(others.into_iter().filter(|own| own.identities().any(is_shared)));
}

impl Outcome {
    /// The diagnostics of each file that has some.
    pub fn by_file(&self) -> impl Iterator<Item = &[Judged]> {
        self.diagnostics.chunk_by(|a, b| a.diagnostic.primary.path == b.diagnostic.primary.path)
    }

    /// Bring the summary up to date with the diagnostics.
    pub(crate) fn recount(&mut self) {
        let of = |severity| move |judged: &&Judged| judged.severity == severity;
        let count = |severity| self.diagnostics.iter().filter(of(severity)).count();
        self.summary = Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            suppressed: self.suppressed.len(),
            baselined: self.baselined.len(),
            ..self.summary
        };
    }
}
