//! Names of rules in settings and flags, and what was meant by one that there is not.

use crate::nearest::nearest;
use crate::rule::Rule;
use crate::rules::{RULES, find_rule};

/// Whether settings and flags may name this: a group, a rule, or a rule's kind; `own` are the ids of the project's
/// own rules. `Err` is the help.
pub(super) fn check_rule_name(name: &str, own: &[&str]) -> Result<(), String> {
    let ids = || RULES.iter().map(|rule| rule.id).chain(own.iter().copied());
    if ids().any(|id| id == name || group_of(id) == name) {
        return Ok(());
    }
    if let Some((rule, kind)) = of_kind(name) {
        let kinds: Vec<_> = rule.kinds.iter().map(|own| own.name).collect();
        return match kinds.as_slice() {
            known if known.contains(&kind) => Ok(()),
            [] => Err(format!("`{}` has no kinds", rule.id)),
            known => Err(match nearest(kind, known.iter().copied()) {
                Some(near) => format!("did you mean `{}/{near}`?", rule.id),
                None => did_you_mean(kind, std::iter::empty(), "its kinds are", known),
            }),
        };
    }
    let bare = |id: &&str| id.split_once('/').is_some_and(|(_, own)| own == name);
    let names = ids().flat_map(|id| [id, group_of(id)]);
    let near = ids().find(bare).or_else(|| nearest(name, names));
    let begun: Vec<_> = ids().filter(|id| !name.is_empty() && id.starts_with(name)).collect();
    Err(match (near, begun.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "`caveat rules` lists them".to_owned(),
        (None, all) => format!("did you mean one of `{}`?", all.join("`, `")),
    })
}

fn group_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(group, _)| group)
}

/// The rule whose kind this may be, and the kind.
fn of_kind(name: &str) -> Option<(&'static Rule, &str)> {
    let (id, kind) = name.rsplit_once('/')?;
    Some((find_rule(id)?, kind))
}

/// The nearest of the candidates, else all that are known.
pub(super) fn did_you_mean<'k>(
    word: &str,
    candidates: impl Iterator<Item = &'k str>,
    lead: &str,
    known: &[&str],
) -> String {
    match nearest(word, candidates) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("{lead} {}", known.join(", "))
        }
    }
}
