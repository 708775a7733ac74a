//! Names of rules in settings and flags, and what was meant by one that there is not.

use crate::nearest::nearest;
use crate::rule::RuleInfo;

/// Whether settings and flags may name this: a group, a rule, or a rule's kind. `Err` is the help.
pub(super) fn check_rule_name(name: &str, rules: &[RuleInfo<'_>]) -> Result<(), String> {
    let is_group = |name: &str| rules.iter().any(|rule| rule.group() == name);
    let is_rule = |name: &str| rules.iter().any(|rule| rule.id == name);
    if is_group(name) || is_rule(name) {
        return Ok(());
    }
    let of_kind = name
        .rsplit_once('/')
        .and_then(|(id, kind)| rules.iter().find(|rule| rule.id == id).map(|rule| (rule, kind)));
    if let Some((rule, kind)) = of_kind {
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
    let bare = |rule: &&RuleInfo<'_>| rule.id.split_once('/').is_some_and(|(_, own)| own == name);
    let names = rules.iter().flat_map(|rule| [rule.id, rule.group()]);
    let near = rules.iter().find(bare).map(|rule| rule.id).or_else(|| nearest(name, names));
    let begins = |rule: &&RuleInfo<'_>| !name.is_empty() && rule.id.starts_with(name);
    let begun: Vec<_> = rules.iter().filter(begins).map(|rule| rule.id).collect();
    Err(match (near, begun.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "`caveat rules` lists them".to_owned(),
        (None, all) => format!("did you mean one of `{}`?", all.join("`, `")),
    })
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
