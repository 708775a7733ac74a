//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::CitationTarget;
use crate::model::Record;
use crate::nearest::Names;
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::schema::is_broken_start;
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "text/dead-link-text",
    summary: "a text is written as a link and leads nowhere",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "empty-target", level: Level::Warning, summary: "the link has no target" },
        RuleKind {
            name: "missing-anchor",
            level: Level::Warning,
            summary: "the link leads to a heading that the text does not have",
        },
        RuleKind {
            name: "undefined-reference",
            level: Level::Warning,
            summary: "nothing defines the reference, and readers see its brackets",
        },
        RuleKind {
            name: "broken-address",
            level: Level::Warning,
            summary: "the address is not whole, or one of somebody's own disk",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
Links are lost when texts are copied and headings reworded, and the reader who needs the page behind them is sent
nowhere.

```markdown fail
# Low back pain

Call a doctor at once when one of the [warning signs](#warning-sings) is there.

## Warning signs

Numbness between the legs, and trouble to pass water.
```

```markdown pass
# Low back pain

Call a doctor at once when one of the [warning signs](#warning-signs) is there.

## Warning signs

Numbness between the legs, and trouble to pass water.
```

Links with an empty target, with `TODO` for one or a bare `#`, and references that nothing defines (`[the guideline][nice]` without a line
`[nice]: ...`), are told wherever they stand, and so are addresses that begin as none does (`www.nhs.uk`, which is a
folder of the own site, `https//www.nhs.uk`, `https://https://www.nhs.uk`) and files of one's own disk. Programs make anchors of headings in different ways, so that letters
and digits alone are compared, and ids that the text sets itself count (`{#id}`, `<a id="...">`). An anchor is told
where it is near that of a heading, or where other anchors of the text lead somewhere: a page that was taken from its
site has the anchors of the site.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let Some(body) = record.body.filter(|body| record.is_markdown() && !body.is_cut) else {
        return;
    };
    let source = &record.file().text;
    let mut anchors: Vec<(&str, Span)> = Vec::new();
    for mark in &body.marks {
        if let MarkKind::Link { target, autolink: false } | MarkKind::Image { target, .. } =
            &mark.kind
        {
            broken_address(source, target, mark.span, out);
        }
        if mark.kind == MarkKind::Html && is_anchor_to_nothing(&source[mark.span.range()]) {
            empty(mark.span, "has no target", out);
        }
        let MarkKind::Link { target, autolink: false } = &mark.kind else { continue };
        let written = &source[mark.span.range()];
        // What a template puts there is not known.
        let is_filled = written.contains("{{") || written.contains("{%");
        match target.strip_prefix('#') {
            _ if is_filled || mark.text.is_empty() => {}
            Some("") => empty(mark.span, "leads to the top of its own page", out),
            Some(anchor) => anchors.push((anchor, mark.span)),
            None if target.is_empty() => empty(mark.span, "has no target", out),
            None if is_to_do(target) => {
                empty(mark.span, &format!("has `{target}` in place of a target"), out);
            }
            None => {}
        }
    }
    if !anchors.is_empty() && !may_include_others(body) {
        missing_anchors(context, record, body, &anchors, out);
    }
    if memchr::memmem::find(body.text.as_bytes(), BETWEEN).is_none() {
        return;
    }
    for block in &body.blocks {
        if !matches!(block.kind, BlockKind::Code | BlockKind::Html) {
            undefined_references(body, block, out);
        }
    }
}

/// `<a href="">`.
fn is_anchor_to_nothing(tag: &str) -> bool {
    tag.starts_with("<a ") && [" href=\"\"", " href=''"].iter().any(|own| tag.contains(own))
}

/// Whether somebody meant to write the address later.
fn is_to_do(target: &str) -> bool {
    ["todo", "tbd", "tbc", "fixme", "xxx"].iter().any(|own| target.eq_ignore_ascii_case(own))
}

fn empty(span: Span, what: &str, out: &mut Sink<'_>) {
    out.report(span, format!("the link {what}"))
        .kind("empty-target")
        .help("add the address, or take the brackets away");
}

fn broken_address(source: &str, target: &str, span: Span, out: &mut Sink<'_>) {
    let begins =
        |word: &str| target.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
    let is_drive = || {
        let mut chars = target.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.next() == Some(':')
            && matches!(chars.next(), Some('\\' | '/'))
    };
    let (what, help) = if begins("file:///") || is_drive() {
        ("is a file of somebody's own disk", "link the place where readers find it")
    } else if begins("www.") || begins("http//") || begins("https//") || is_broken_start(target) {
        ("is not a whole address", "write `https://` and the host")
    } else {
        return;
    };
    let written = &source[span.range()];
    if written.contains("{{") || written.contains("{%") {
        return;
    }
    let at = written.rfind(target).map(|at| span.start as usize + at);
    let own = at.map_or(span, |at| Span::from_usize(at..at + target.len()));
    out.report(own, format!("`{target}` {what}"))
        .kind("broken-address")
        .label("leads nowhere")
        .help(help);
}

/// Whether parts of the page come from elsewhere, with headings of their own.
fn may_include_others(body: &Prose) -> bool {
    let is_part = |block: &Block| {
        let text = body.block_text(block);
        block.kind == BlockKind::Html
            && (["include", "import ", "embed"].iter().any(|word| text.contains(word))
                || text.strip_prefix('<').is_some_and(|tag| tag.starts_with(char::is_uppercase)))
    };
    body.blocks.iter().any(is_part) || body.text.contains("--8<--")
}

/// Anchors of one file that are looked at: no table of contents has more.
const MOST_ANCHORS: usize = 200;

fn missing_anchors(
    context: &FileContext<'_>,
    record: &Record<'_>,
    body: &Prose,
    anchors: &[(&str, Span)],
    out: &mut Sink<'_>,
) {
    // With the blocks that they are.
    let mut headings: BTreeMap<String, Option<&Block>> = BTreeMap::new();
    let title = record.title();
    let title = title.iter().map(|title| (title.as_str(), None));
    let others = body.blocks.iter().filter(|own| matches!(own.kind, BlockKind::Heading { .. }));
    for (text, block) in others.map(|block| (body.block_text(block), Some(block))).chain(title) {
        let whole = normal::anchor(text);
        let unnumbered = whole.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
        for own in [whole, unnumbered].into_iter().filter(|own| !own.is_empty()) {
            headings.entry(own).or_insert(block);
        }
    }
    let source = &record.file().text;
    let leads = |anchor: &str| {
        let anchor = decoded(anchor);
        let own = normal::anchor(&anchor);
        let counted = own.trim_end_matches(|c: char| c.is_ascii_digit());
        own.is_empty()
            || headings.contains_key(&own)
            || headings.contains_key(counted)
            || is_set(source, &anchor)
    };
    let mut known = HashSet::new();
    let (found, missing): (Vec<_>, Vec<_>) = anchors
        .iter()
        .filter(|(anchor, _)| is_of_author(anchor))
        .filter(|(anchor, _)| known.len() < MOST_ANCHORS && known.insert(*anchor))
        .partition(|(anchor, _)| leads(anchor));
    if missing.is_empty() {
        return;
    }
    let mut names = Names::new(headings.keys().map(String::as_str));
    for (anchor, span) in missing {
        let near = names.nearest(&normal::anchor(&decoded(anchor)));
        if near.is_none() && found.is_empty() || is_cited_in_vain(context, span) {
            continue;
        }
        let diagnostic = out.report(span, format!("no heading has the anchor `#{anchor}`"));
        diagnostic.kind("missing-anchor").label("leads nowhere");
        let heading = near.and_then(|near| headings.get(near).copied().flatten());
        match heading {
            Some(block) => {
                diagnostic.related(body.span(block.text.clone()), "this heading is near");
                diagnostic.help("correct the anchor");
            }
            None => {
                diagnostic.help("correct the anchor, or add the heading");
            }
        }
    }
}

/// Whether a link is the mark of a reference that is not in the list, which is told of the mark.
fn is_cited_in_vain(context: &FileContext<'_>, link: Span) -> bool {
    context.facts.citations.iter().any(|own| {
        matches!(own.target, CitationTarget::Number { number, listed } if number > listed)
            && link.contains(own.site.span)
    })
}

/// `efter%C3%A5t` as it is read.
fn decoded(anchor: &str) -> Cow<'_, str> {
    percent_decode_str(anchor).decode_utf8_lossy()
}

/// Whether the text sets the id itself: `{#id}`, `<a id="id">`, `(id)=`, `^id`.
fn is_set(source: &str, anchor: &str) -> bool {
    const BEFORE: &[&str] =
        &["id=\"", "id='", "id=", "name=\"", "name='", "name=", "{#", " #", "^", "label: "];
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let anchor = anchor.trim_start_matches('^');
    !anchor.is_empty()
        && memchr::memmem::find_iter(source.as_bytes(), anchor).any(|at| {
            let (before, behind) = (&source[..at], &source[at + anchor.len()..]);
            let is_label = before.ends_with('(') && behind.starts_with(")=");
            is_label
                || !behind.starts_with(is_inside) && BEFORE.iter().any(|own| before.ends_with(own))
        })
}

/// Whether somebody wrote the anchor: programs make those of notes, references and the page itself.
fn is_of_author(anchor: &str) -> bool {
    const MADE: &[&str] = &[
        "fn", "ref", "cite", "bib", "top", "toc", "content", "main", "page", "comment", "respond",
        "tab", "fig", "tbl", "eq", "sec-",
    ];
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '%');
    let lower = anchor.to_ascii_lowercase();
    anchor.chars().all(is_name) && !MADE.iter().any(|own| lower.starts_with(own))
}

/// What stands between the two halves of a reference.
const BETWEEN: &[u8] = b"][";

/// `[text][label]`, of which readers see the brackets.
fn undefined_references(body: &Prose, block: &Block, out: &mut Sink<'_>) {
    let text = body.block_text(block);
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), BETWEEN) {
        let Some((words, whole)) = reference(text, from, at) else { continue };
        from = whole.end;
        let own = block.text.start + whole.start..block.text.start + whole.end;
        // No mark begins in code.
        let before = body.marks.partition_point(|mark| mark.text.start <= own.start);
        let is_code = before.checked_sub(1).is_some_and(|last| {
            let mark = &body.marks[last];
            mark.kind == MarkKind::Code && mark.text.end > own.start
        });
        if is_code {
            continue;
        }
        let label = &text[at + 2..whole.end - 1];
        let label = if label.is_empty() { &text[words] } else { label };
        out.report(body.span(own), format!("nothing defines the reference `{label}`"))
            .kind("undefined-reference")
            .label("readers see the brackets")
            .help(format!("add a line `[{label}]: ...` with the address, or link in place"));
    }
}

/// The words of a reference whose two brackets meet at `at`, and the whole of it, behind `from`.
fn reference(text: &str, from: usize, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    /// Bytes of a label.
    const LONGEST: usize = 60;
    /// Bytes of the words that link.
    const LONGEST_WORDS: usize = 200;
    let first = text.floor_char_boundary(at.saturating_sub(LONGEST_WORDS)).max(from);
    let open = first + text[first..at].rfind('[')?;
    let rest = &text[at + 2..];
    let end = rest[..rest.floor_char_boundary(LONGEST)].find([']', '['])?;
    let (words, label) = (&text[open + 1..at], &rest[..end]);
    let is_closed = rest[end..].starts_with(']');
    // "[12][13]", "[^1][^2]", "[@a][@b]", "x[i][j]", "[a-z][0-9]", "[NAME][DATE]".
    let is_cited = |own: &str| own.starts_with(['^', '@', '!']) || own.contains(']');
    let mut run = 0;
    let reads = words.chars().any(|c| {
        run = if c.is_lowercase() { run + 1 } else { 0 };
        run > 2
    });
    let before = text[..open].chars().next_back();
    let is_apart = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ']' | ')' | '\\'));
    let behind = &rest[end + usize::from(is_closed)..];
    let ends = !behind.starts_with(['[', '(']);
    let is_reference =
        is_closed && is_apart && ends && reads && !is_cited(words) && !is_cited(label);
    is_reference.then_some((open + 1..at, open..at + 2 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn links_without_a_target() {
        check(
            &RULE,
            "
# Ländrygg

Läs [vår guide]() och [mer](#).
    ^^^^^^^^^^^^^ the link has no target
                      ^^^^^^^^ the link leads to the top of its own page

Läs <a class=\"x\" href=\"\">vår guide</a> och <a href=\"guide\">mer</a>.
    ^^^^^^^^^^^^^^^^^^^^^ the link has no target

Läs [vår guide](TODO) och [mer](todo.md).
    ^^^^^^^^^^^^^^^^^ the link has `TODO` in place of a target
",
        );
        silent(&RULE, "# Rygg\n\n[Guide]({{< ref \"guide\" >}}) and [top](#top).\n");
    }

    #[test]
    fn addresses_that_are_not_whole() {
        check(
            &RULE,
            "
# Ländrygg

Läs [NHS](www.nhs.uk/conditions/back-pain/) och [NICE](https//www.nice.org.uk).
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `www.nhs.uk/conditions/back-pain/` is not a whole address
                                                       ^^^^^^^^^^^^^^^^^^^^^^ `https//www.nice.org.uk` is not a whole address
See [a](https://https://a.org), [b](htps://b.org) and ![two women walk in a park](C:/jo/walk.png).
        ^^^^^^^^^^^^^^^^^^^^^ `https://https://a.org` is not a whole address
                                    ^^^^^^^^^^^^ `htps://b.org` is not a whole address
                                                                                  ^^^^^^^^^^^^^^ `C:/jo/walk.png` is a file of somebody's own disk
",
        );
        silent(
            &RULE,
            "[a](/www.nhs.uk) [b](https://www.nhs.uk/a,b) [c](//www.nhs.uk) [d](http-guide.md) [e](c.md) \
             [f](https://web.archive.org/web/2020/http://a.org) [g](mailto:a@b.org) [h](https:{{ site.url }}) \
             [i](https://www.nhs.uk/ländrygg) <https://a.org>\n",
        );
    }

    #[test]
    fn anchors_of_headings() {
        check(
            &RULE,
            "
# Guide

- [Varningstecken](#varningstecken)
- [Pain that lasts](#pain-that-last)
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no heading has the anchor `#pain-that-last`
- [Sources](#källor)
  ^^^^^^^^^^^^^^^^^^ no heading has the anchor `#källor`

## Varningstecken

## 2. Pain that lasts!
   ------------------- this heading is near
",
        );
        check(
            &RULE,
            "
# Guide

[Efteråt](#efter%C3%A5)
^^^^^^^^^^^^^^^^^^^^^^^ no heading has the anchor `#efter%C3%A5`

## Efteråt
   ------- this heading is near
",
        );
        for text in [
            "[A](#pain-lasts) [b](#2-pain-lasts-1) [c](#mine) [d](#yours) [e](#fn1)\n\n## 2. Pain lasts\n\n### Other {#mine}\n\n<a id=\"yours\"></a>\n",
            "[A](#was-ich-tun-kann)\n\n## Was ich tun kann?\n",
            // Told of the mark.
            "It helps.[[1]](#r1) It lasts.[[3]](#r3)\n\n## References\n\n1. <a id=\"r1\"></a>Roe 2020.\n2. Lee 2021.\n",
            // The anchors of a site.
            "[Search](#search) [Menu](#menu)\n\n## Pain\n",
            "[A](#parts) [b](#pain)\n\n{% include parts.md %}\n\n## Pain\n",
        ] {
            silent(&RULE, text);
        }
    }

    #[test]
    fn references_that_nothing_defines() {
        check(
            &RULE,
            "
# Guide

En ny studie, [a large trial][smith], and [the guideline][nice].
              ^^^^^^^^^^^^^^^^^^^^^^ nothing defines the reference `smith`

See [the leaflet][].
    ^^^^^^^^^^^^^^^ nothing defines the reference `the leaflet`

[nice]: https://www.nice.org.uk/guidance/ng59
",
        );
        silent(
            &RULE,
            "It helps [12][13], says [@smith][@jones]. Use `[text][label]`, x[first][second], [a-z][0-9] or [NAME][DATE].\n\n    [the code][block]\n",
        );
    }
}
