//! Answers to what an editor asks about a place: fixes, pages of rules, what may stand there, where
//! it is named.

use super::convert::{self, Places};
use super::{FIX_ALL, Server, params, path_of, to_value, with_room};
use crate::cli::explain;
use crate::cli::fixes::{self, Round};
use crate::cli::run::Run;
use caveat::complete::complete;
use caveat::diagnostic::{Applicability, Edit, Fix};
use caveat::mentions::{self, Mention, RenameError};
use caveat::policy::Judged;
use caveat::render::Sources;
use caveat::source::{FilePath, SourceFile};
use caveat::suppress;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{
    CodeActionRequest, Completion, GotoDefinition, HoverRequest, PrepareRenameRequest, References,
    Rename, Request as _,
};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CompletionItem,
    CompletionParams, GotoDefinitionParams, Hover, HoverContents, HoverParams, Location,
    MarkupContent, MarkupKind, Range, ReferenceParams, RenameParams, TextDocumentPositionParams,
    Uri, WorkspaceEdit,
};
use std::sync::Arc;

impl Server<'_> {
    pub(super) fn answer(&self, request: Request) -> Response {
        let Request { id, method, params: own } = request;
        let answer = match method.as_str() {
            CodeActionRequest::METHOD => params(own).map(|own| to_value(self.actions(&own))),
            HoverRequest::METHOD => params(own).map(|own| to_value(self.hover(&own))),
            Completion::METHOD => params(own).map(|own| to_value(self.complete(&own))),
            GotoDefinition::METHOD => params(own).map(|own| to_value(self.define(&own))),
            References::METHOD => params(own).map(|own| to_value(self.refer(&own))),
            PrepareRenameRequest::METHOD => params(own).map(|own| to_value(self.prepare(&own))),
            Rename::METHOD => match params(own).map(|own| self.rename(&own)) {
                Some(Err(why)) => {
                    let code = ErrorCode::RequestFailed as i32;
                    return Response::new_err(id, code, why.to_string());
                }
                edit => edit.map(|own| to_value(own.unwrap_or_default())),
            },
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

    /// The text at an address.
    fn text(&self, uri: &Uri) -> Option<(&Run, Arc<SourceFile>)> {
        let run = self.run.as_ref()?;
        Some((run, run.sources.source(&path_of(run, uri)?)?))
    }

    /// A place in a text.
    fn place(&self, own: &TextDocumentPositionParams) -> Option<(&Run, Arc<SourceFile>, u32)> {
        let (run, file) = self.text(&own.text_document.uri)?;
        let at = self.client.encoding.offset(&file, own.position);
        Some((run, file, at))
    }

    /// What is shown of a file.
    fn shown(&self, file: &SourceFile) -> &[Judged] {
        self.shown.get(&file.path).map_or(&[], |own| &own.judged)
    }

    /// The fixes and suppressions of what is in a range, and one fix for all that are safe.
    fn actions(&self, own: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let Some((run, file)) = self.text(&own.text_document.uri) else { return Vec::new() };
        let shown = self.shown(&file);
        let (sources, encoding) = (&run.sources, self.client.encoding);
        let places = Places { sources, disk: &|path| sources.disk(path), encoding };
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
            let settings = &run.place.settings;
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
                let fix =
                    with_room(|| suppress::offer(&file, &judged.diagnostic, settings)).ok()??;
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
        let (run, file, at) = self.place(&own.text_document_position_params)?;
        let settings = &run.place.settings;
        let here = self.shown(&file).iter().map(|own| &*own.diagnostic).filter(|own| {
            let span = own.primary.span;
            span.start <= at && at <= span.end
        });
        let mut rules: Vec<_> = here.filter_map(|own| settings.find_rule(own.rule)).collect();
        rules.sort_by_key(|rule| rule.id);
        rules.dedup_by_key(|rule| rule.id);
        let pages: Vec<_> = rules.into_iter().map(explain::page).collect();
        let value = pages.join("\n---\n\n");
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        (!pages.is_empty()).then_some(Hover { contents, range: None })
    }

    /// What may stand at a place.
    fn complete(&self, own: &CompletionParams) -> Vec<CompletionItem> {
        let items = || {
            let (run, file, at) = self.place(&own.text_document_position)?;
            let found = with_room(|| complete(&run.engine, &run.project, &file, at)).ok()??;
            let range = self.client.encoding.range(&file, found.span);
            Some(convert::items(found.proposals, range))
        };
        items().unwrap_or_default()
    }

    /// Where what stands at a place is defined.
    fn define(&self, own: &GotoDefinitionParams) -> Vec<Location> {
        self.named(&own.text_document_position_params, |own| own.is_definition)
    }

    /// Where what stands at a place is used.
    fn refer(&self, own: &ReferenceParams) -> Vec<Location> {
        let with_definition = own.context.include_declaration;
        self.named(&own.text_document_position, |own| with_definition || !own.is_definition)
    }

    fn named(
        &self,
        place: &TextDocumentPositionParams,
        is_wanted: impl Fn(&Mention) -> bool,
    ) -> Vec<Location> {
        let Some((run, file, at)) = self.place(place) else { return Vec::new() };
        let (sources, encoding) = (&run.sources, self.client.encoding);
        let places = Places { sources, disk: &|path| sources.disk(path), encoding };
        let all = mentions::mentions(&run.project, &file.path, at);
        let wanted = all.into_iter().filter(is_wanted);
        wanted.filter_map(|own| places.location(&own.path, own.span)).collect()
    }

    /// The id at a place, to be given another one.
    fn prepare(&self, own: &TextDocumentPositionParams) -> Option<Range> {
        let (run, file, at) = self.place(own)?;
        let span = mentions::word(&run.project, &run.sources, &file.path, at)?;
        Some(self.client.encoding.range(&file, span))
    }

    /// Another id for what stands at a place, wherever it is named.
    fn rename(&self, own: &RenameParams) -> Result<Option<WorkspaceEdit>, RenameError> {
        let place = self.place(&own.text_document_position);
        let (run, file, at) = place.ok_or(RenameError::NoName)?;
        let edits = mentions::rename_at(&run.project, &run.sources, &file.path, at, &own.new_name)?;
        let (sources, encoding) = (&run.sources, self.client.encoding);
        let places = Places { sources, disk: &|path| sources.disk(path), encoding };
        Ok(places.edits(&edits, |disk| self.version(disk)))
    }
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
