//! Which form of a union (`oneOf`, `anyOf`) a value was meant to have.
//!
//! First by constants that tell the forms apart, then by type, then by the fewest errors that
//! remain, then by the most fields that the form knows.

use super::part::Part;
use super::validate::Fault;
use super::words::{shown, type_words};
use crate::normal::name_in_words;
use crate::syntax::{Kind, Node};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use jsonschema::json::Node as _;
use serde_json::Value;

/// How to tell of a union that failed.
#[derive(Debug)]
pub(super) enum Verdict {
    /// As one of its branches.
    Branch(Branch),
    /// No branch has this value: of the field that tells them apart, or of the value itself.
    Value {
        name: Option<String>,
        options: Vec<Value>,
    },
    /// The field that tells the branches apart is missing.
    Missing {
        name: String,
        options: Vec<Value>,
    },
    /// No branch takes this type; the types they take.
    Types(Vec<String>),
    Unclear,
}

/// The branch that was meant.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) index: usize,
    /// To follow "because".
    pub(super) why: String,
    /// Whether a constant or the type decided.
    pub(super) certain: bool,
}

pub(super) fn judge(
    fault: &Fault<'_, '_, '_>,
    errors: &[Vec<ValidationError<'static>>],
) -> Verdict {
    let keyword = fault.error.kind().keyword();
    let branches = fault.trail.owner().list(keyword);
    if branches.len() != errors.len() || branches.is_empty() {
        return Verdict::Unclear;
    }
    let node = fault.place.node;
    let mut open: Vec<usize> = (0..branches.len()).collect();

    let accepted: Vec<Option<Vec<String>>> = branches.iter().map(types).collect();
    let takes = |index: usize| {
        accepted[index].as_ref().is_none_or(|types| types.iter().any(|name| has_type(node, name)))
    };
    open.retain(|&index| takes(index));
    if open.is_empty() {
        return no_type(node, &branches, &accepted);
    }
    let by_type = open.len() < branches.len();
    if let [only] = open.as_slice() {
        let why = format!("it is {}", type_words(&Value::from(type_name(node))));
        return Verdict::Branch(Branch { index: *only, why, certain: true });
    }

    if node.is_mapping() {
        match by_constants(node, &branches, &mut open) {
            Constants::Decided(verdict) => return verdict,
            Constants::Because(why) if open.len() == 1 => {
                return Verdict::Branch(Branch { index: open[0], why, certain: true });
            }
            Constants::Because(_) | Constants::Nothing => {}
        }
    } else if let Some(options) = all_options(&branches, &open)
        && (node.is_scalar() || node.is_null())
    {
        return Verdict::Value { name: None, options };
    }

    let best = open.iter().copied().min_by_key(|&index| {
        let known = matched_fields(node, &branches[index]);
        (weight(&errors[index]), usize::MAX - known, index)
    });
    match best {
        Some(index) => {
            let why = match by_type {
                true => "of the forms for its type it is the nearest",
                false => "that form is the nearest",
            };
            Verdict::Branch(Branch { index, why: why.to_owned(), certain: false })
        }
        None => Verdict::Unclear,
    }
}

/// What to call a branch: its title, the name of its definition, or its number.
pub(super) fn branch_name(fault: &Fault<'_, '_, '_>, index: usize) -> String {
    let keyword = fault.error.kind().keyword();
    let Some(branch) =
        fault.trail.owner().step(keyword).and_then(|list| list.step(&index.to_string()))
    else {
        return format!("form {}", index + 1);
    };
    let together = branch.together();
    if let Some(title) = together.iter().find_map(|part| part.text("title")) {
        return format!("`{}`", name_in_words(title));
    }
    let reference = branch.text("$ref").and_then(|reference| reference.rsplit_once('/'));
    match reference {
        Some((_, name)) => format!("`{}`", name_in_words(name)),
        None => match types(&branch) {
            Some(names) => {
                let names = names.into_iter().map(Value::from).collect();
                format!("form {} ({})", index + 1, type_words(&Value::Array(names)))
            }
            None => format!("form {}", index + 1),
        },
    }
}

/// The types a schema takes; `None` when it does not say.
fn types(part: &Part<'_>) -> Option<Vec<String>> {
    let mut found: Option<Vec<String>> = None;
    for part in part.together() {
        let own: Option<Vec<String>> = match part.get("type") {
            Some(Value::String(name)) => Some(vec![name.clone()]),
            Some(Value::Array(names)) => {
                Some(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            _ => options(&part).map(|options| {
                let mut names: Vec<String> =
                    options.iter().map(|own| json_type(own).to_owned()).collect();
                names.dedup();
                names
            }),
        };
        found = match (found, own) {
            (Some(found), Some(own)) => {
                Some(found.into_iter().filter(|name| own.contains(name)).collect())
            }
            (found, own) => found.or(own),
        };
    }
    found
}

fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The name JSON Schema has for what the node is.
pub(super) fn type_name(node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::Null | Kind::Alias => "null",
        Kind::Bool(_) => "boolean",
        Kind::Integer => "integer",
        Kind::Float => "number",
        Kind::String(_) => "string",
        Kind::Sequence => "array",
        Kind::Mapping => "object",
    }
}

fn has_type(node: Node<'_>, name: &str) -> bool {
    let own = type_name(node);
    own == name || (own == "integer" && name == "number") || (own == "number" && name == "integer")
}

/// The values a schema lists with `const` or `enum`.
fn options(part: &Part<'_>) -> Option<Vec<Value>> {
    match (part.get("const"), part.get("enum")) {
        (Some(only), _) => Some(vec![only.clone()]),
        (None, Some(Value::Array(options))) => Some(options.clone()),
        _ => None,
    }
}

fn options_together(part: &Part<'_>) -> Option<Vec<Value>> {
    part.together().iter().find_map(options)
}

/// The values of all open branches, when each lists its values.
fn all_options(branches: &[Part<'_>], open: &[usize]) -> Option<Vec<Value>> {
    let mut all = Vec::new();
    for &index in open {
        all.extend(options_together(&branches[index])?);
    }
    all.dedup();
    Some(all)
}

fn no_type(node: Node<'_>, branches: &[Part<'_>], accepted: &[Option<Vec<String>>]) -> Verdict {
    let every: Vec<usize> = (0..branches.len()).collect();
    if let Some(options) = all_options(branches, &every)
        && node.is_scalar()
    {
        return Verdict::Value { name: None, options };
    }
    let mut wanted: Vec<String> = Vec::new();
    for name in accepted.iter().flatten().flatten() {
        if !wanted.contains(name) {
            wanted.push(name.clone());
        }
    }
    Verdict::Types(wanted)
}

enum Constants {
    Decided(Verdict),
    /// They left these branches open, for this reason.
    Because(String),
    Nothing,
}

/// Fields that branches limit to values, and that are not limited alike everywhere.
fn discriminators<'s>(branches: &[Part<'s>]) -> Vec<(&'s str, Vec<Option<Vec<Value>>>)> {
    let mut found: Vec<(&str, Vec<Option<Vec<Value>>>)> = Vec::new();
    for (index, branch) in branches.iter().enumerate() {
        for part in branch.together() {
            for (name, property) in part.table("properties") {
                let Some(options) = options_together(&property) else {
                    continue;
                };
                let at = found.iter().position(|(own, _)| *own == name).unwrap_or_else(|| {
                    found.push((name, vec![None; branches.len()]));
                    found.len() - 1
                });
                found[at].1[index] = Some(options);
            }
        }
    }
    found.retain(|(_, by_branch)| by_branch.iter().any(|own| *own != by_branch[0]));
    found
}

fn by_constants(node: Node<'_>, branches: &[Part<'_>], open: &mut Vec<usize>) -> Constants {
    let discriminators = discriminators(branches);
    let mut passes = vec![0_usize; branches.len()];
    let mut rejects = vec![0_usize; branches.len()];
    let mut reasons: Vec<(String, Vec<usize>)> = Vec::new();
    for (name, by_branch) in &discriminators {
        let Some(value) = node.get(name) else {
            continue;
        };
        let is_option =
            |option: &Value| super::instance::Instance::from(value).equals_value(option);
        let mut passing = Vec::new();
        for (index, options) in by_branch.iter().enumerate() {
            match options {
                Some(options) if options.iter().any(is_option) => {
                    passes[index] += 1;
                    passing.push(index);
                }
                Some(_) => rejects[index] += 1,
                None => {}
            }
        }
        let limited = by_branch.iter().flatten().count();
        if passing.is_empty() && limited > 1 {
            let mut options: Vec<Value> = Vec::new();
            for option in by_branch.iter().flatten().flatten() {
                if !options.contains(option) {
                    options.push(option.clone());
                }
            }
            let name = Some((*name).to_owned());
            return Constants::Decided(Verdict::Value { name, options });
        }
        if !passing.is_empty() && value.is_scalar() {
            let value = shown(&super::instance::to_value(value));
            reasons.push((format!("`{name}` is {value}"), passing));
        }
    }
    let left: Vec<usize> = open.iter().copied().filter(|&index| rejects[index] == 0).collect();
    let most = left.iter().map(|&index| passes[index]).max().unwrap_or(0);
    if left.is_empty() || most == 0 {
        if let Some(verdict) = missing_discriminator(node, &discriminators, branches, open) {
            return Constants::Decided(verdict);
        }
        if !left.is_empty() {
            *open = left;
        }
        return Constants::Nothing;
    }
    *open = left.into_iter().filter(|&index| passes[index] == most).collect();
    let reason =
        reasons.into_iter().find(|(_, passing)| open.iter().all(|index| passing.contains(index)));
    Constants::Because(reason.map_or("of its constants".to_owned(), |(reason, _)| reason))
}

/// A field that every branch requires and limits to values of its own, and that is not there.
fn missing_discriminator(
    node: Node<'_>,
    discriminators: &[(&str, Vec<Option<Vec<Value>>>)],
    branches: &[Part<'_>],
    open: &[usize],
) -> Option<Verdict> {
    let requires = |part: &Part<'_>, name: &str| {
        part.together().iter().any(|part| {
            let required = part.get("required").and_then(Value::as_array);
            required.is_some_and(|names| names.iter().any(|own| own == name))
        })
    };
    let (name, by_branch) = discriminators.iter().find(|(name, by_branch)| {
        node.get(name).is_none()
            && open.len() > 1
            && open
                .iter()
                .all(|&index| by_branch[index].is_some() && requires(&branches[index], name))
    })?;
    let options = open.iter().filter_map(|&index| by_branch[index].clone()).flatten().collect();
    Some(Verdict::Missing { name: (*name).to_owned(), options })
}

/// Errors to mend until a branch is fulfilled.
fn weight(errors: &[ValidationError<'_>]) -> usize {
    let of = |error: &ValidationError<'_>| match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.iter().map(|errors| weight(errors)).min().unwrap_or(1)
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected.len(),
        // These repeat what a failed branch did not take.
        ValidationErrorKind::UnevaluatedProperties { .. }
        | ValidationErrorKind::UnevaluatedItems { .. } => 1,
        _ => 1,
    };
    errors.iter().map(of).sum()
}

fn matched_fields(node: Node<'_>, branch: &Part<'_>) -> usize {
    let fields = branch.fields();
    node.entries().filter(|entry| fields.has(entry.name())).count()
}
