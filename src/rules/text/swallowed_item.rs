//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Kind, Node, Style};

pub static RULE: Rule = Rule {
    id: "text/swallowed-item",
    summary: "a list item is indented so that YAML reads it as part of the text above it",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
One blank too many makes two steps one, and no program complains.

```yaml fail
name: Clamshell
instructions:
  - Lie on your side.
   - Open the top knee.
  - Close slowly.
```

```yaml pass
name: Clamshell
instructions:
  - Lie on your side.
  - Open the top knee.
  - Close slowly.
```

Texts in quotes and block texts (`|`, `>`) may hold lines that begin with a hyphen.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let Some(node) = record.node else { return };
    for text in node.descendants().filter(|own| is_folded(*own)) {
        let span = text.span();
        let written = context.file.slice(span);
        let mut lines = written.split_inclusive('\n');
        let first = lines.next().unwrap_or("");
        let mut at = span.start as usize + first.len();
        for line in lines {
            let indent = line.len() - line.trim_start().len();
            if line[indent..].starts_with("- ") {
                let hyphen = Span::from_usize(at + indent..at + indent + 1);
                let above = Span::new(span.start, span.start + first.trim_end().len() as u32);
                out.report(hyphen, "this list item is read as part of the text above it")
                    .label("no item begins here")
                    .related(above, "the text")
                    .help("align it with the items above, or put the text in quotes");
                break;
            }
            at += line.len();
        }
    }
}

/// Whether a text without quotes runs over several lines.
fn is_folded(node: Node<'_>) -> bool {
    node.kind() == Kind::String(Style::Plain) && !node.is_alias() && !node.is_as_written()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn an_item_one_blank_too_deep() {
        check(
            &RULE,
            "
name: Sidoläge
instructions:
  - Ligg på sidan – lie on your side.
    --------------------------------- the text
   - Open the top knee.
   ^ this list item is read as part of the text above it
  - Close slowly.
",
        );
    }

    #[test]
    fn texts_that_may_hold_hyphens() {
        silent(
            &RULE,
            "
name: Bridge
description: |
  - Lie down.
   - Lift.
notes: Slowly - and
  without pain - lift.
goal: \"Slowly
  - very\"
",
        );
    }
}
