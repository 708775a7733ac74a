//! Schemas that cannot be used, and why.

use super::address::{copy_help, join, shown};
use super::files::LoadError;
use super::words;
use crate::source::{FilePath, Span, reason};
use crate::syntax::{self, Document};
use std::fmt;

/// A schema that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    pub path: FilePath,
    /// The place in the schema's file; `None` when the file as a whole is meant.
    pub span: Option<Span>,
    pub cause: SchemaErrorCause,
    /// One line, lower case.
    pub message: String,
    pub help: Option<String>,
}

/// Why a schema cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaErrorCause {
    /// The file could not be read.
    Unreadable,
    /// Neither JSON nor YAML.
    Syntax,
    /// A keyword has a value that JSON Schema does not allow.
    Keyword,
    /// A `pattern` that is too large, wrong, or needs look-around.
    Pattern,
    /// A `$ref` that leads nowhere, or to the network.
    Reference,
}

impl SchemaError {
    /// A schema file that could not be read.
    pub fn unreadable(path: FilePath, error: &std::io::Error) -> Self {
        let message = format!("cannot read schema {path}: {}", reason(error));
        let cause = SchemaErrorCause::Unreadable;
        Self { path, span: None, cause, message, help: None }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for SchemaError {}

/// What the validator says of a schema, before it is put at a place.
#[derive(Debug)]
pub(super) struct Problem {
    cause: SchemaErrorCause,
    /// Pointer in the schema; for references the address that was asked for.
    place: String,
    pub(super) message: String,
    help: Option<String>,
}

impl Problem {
    pub(super) fn new(error: jsonschema::ValidationError<'static>) -> Self {
        use jsonschema::ReferencingError;
        use jsonschema::error::ValidationErrorKind;
        let place = error.instance_path().as_str().to_owned();
        let reference = |place: &str, message: String| Self {
            cause: SchemaErrorCause::Reference,
            place: place.to_owned(),
            message,
            help: None,
        };
        match error.kind() {
            ValidationErrorKind::Referencing(problem) => match problem {
                ReferencingError::Unretrievable { uri, source } => {
                    let is_remote = matches!(source.downcast_ref(), Some(LoadError::Remote));
                    Self {
                        help: is_remote.then(|| copy_help(uri)),
                        ..reference(uri, format!("`{}` cannot be loaded: {source}", shown(uri)))
                    }
                }
                ReferencingError::PointerToNowhere { pointer } => {
                    reference(pointer, format!("`{pointer}` leads nowhere"))
                }
                ReferencingError::NoSuchAnchor { anchor }
                | ReferencingError::InvalidAnchor { anchor } => {
                    reference(anchor, format!("no part of the schema has the anchor `{anchor}`"))
                }
                ReferencingError::UnknownSpecification { specification } => reference(
                    specification,
                    format!("`{specification}` is no draft of JSON Schema that is known here"),
                ),
                _ => reference("", "a reference cannot be resolved".to_owned()),
            },
            kind => {
                let keyword = match place.rsplit_once('/') {
                    Some((_, keyword)) => format!("`{keyword}`"),
                    None => "the schema".to_owned(),
                };
                // The linear-time engine refuses what it cannot match in linear time.
                let is_pattern = keyword == "`pattern`"
                    || place.contains("/patternProperties")
                    || matches!(kind, ValidationErrorKind::Format { format } if format == "regex");
                if is_pattern {
                    Self {
                        cause: SchemaErrorCause::Pattern,
                        message: format!("{keyword} is a pattern that cannot be used"),
                        help: Some(
                            "patterns are matched in linear time: look-around and \
                             back-references do not work, and the pattern may not be huge"
                                .to_owned(),
                        ),
                        place,
                    }
                } else {
                    Self {
                        cause: SchemaErrorCause::Keyword,
                        message: words::keyword_problem(&keyword, kind),
                        help: None,
                        place,
                    }
                }
            }
        }
    }

    pub(super) fn located(
        self,
        path: &FilePath,
        address: &str,
        document: &Document,
    ) -> SchemaError {
        let root = document.tree.root();
        let found = root.and_then(|root| match self.cause {
            SchemaErrorCause::Reference => reference_node(root, address, &self.place),
            _ => root.pointer(&self.place),
        });
        SchemaError {
            path: path.clone(),
            span: found.map(syntax::Node::span),
            cause: self.cause,
            message: self.message,
            help: self.help,
        }
    }
}

/// The `$ref` that asks for `wanted`: an address, or the end of one.
fn reference_node<'a>(
    root: syntax::Node<'a>,
    address: &str,
    wanted: &str,
) -> Option<syntax::Node<'a>> {
    let is_wanted = |node: &syntax::Node<'a>| {
        node.as_str().is_some_and(|reference| {
            let full = join(address, reference);
            full == wanted
                || full.split('#').next() == Some(wanted)
                || full.ends_with(&format!("#{wanted}"))
        })
    };
    let entries =
        root.descendants().filter(|node| node.is_mapping()).flat_map(|node| node.entries());
    let references = entries.filter(|entry| entry.key().starts_with('$')).map(|entry| entry.value);
    references.filter(|value| !wanted.is_empty() && value.as_str().is_some()).find(is_wanted)
}
