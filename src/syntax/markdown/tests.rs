//! What blocks, marks and definitions the reader finds, and where.

use super::*;
use crate::syntax::{ItemId, MarkKind};

/// One line per block: what it is, then its visible text.
fn outline(text: &str) -> String {
    let prose = parse_prose(text, 0);
    let mut lines = String::new();
    for block in &prose.blocks {
        lines += if block.quoted { "> " } else { "" };
        if let Some(index) = block.footnote {
            lines += &format!("[^{}] ", prose.definitions[index as usize].label);
        }
        lines += &match &block.kind {
            BlockKind::Heading { level, .. } => format!("heading {level}"),
            BlockKind::Item { number, task, depth, list } => {
                let number = number.map_or(String::new(), |number| format!(" {number}"));
                let task = task.map_or("", |(done, _)| if done { " done" } else { " open" });
                format!("item{number}{task} in list {list} at depth {depth}")
            }
            BlockKind::TableCell { header: true, column, .. } => format!("head {column}"),
            BlockKind::TableCell { row, column, .. } => format!("cell {row} {column}"),
            BlockKind::Paragraph => "paragraph".to_owned(),
            BlockKind::Code => "code".to_owned(),
            BlockKind::Html => "html".to_owned(),
        };
        if let Some(ItemId(item)) = block.item
            && !matches!(block.kind, BlockKind::Item { .. })
        {
            lines += &format!(" of item {item}");
        }
        lines += &format!(": {}\n", prose.block_text(block).replace('\n', "⏎"));
    }
    lines
}

#[track_caller]
fn check_outline(text: &str, wanted: &str) {
    assert_eq!(outline(text.trim_start_matches('\n')), wanted.trim_start_matches('\n'));
}

fn describe(mark: &MarkKind) -> String {
    match mark {
        MarkKind::Emphasis => "emphasis".to_owned(),
        MarkKind::Strong => "strong".to_owned(),
        MarkKind::Strikethrough => "struck".to_owned(),
        MarkKind::Superscript => "superscript".to_owned(),
        MarkKind::Code => "code".to_owned(),
        MarkKind::Link { target, autolink: false } => format!("link {target}"),
        MarkKind::Link { target, autolink: true } => format!("address {target}"),
        MarkKind::Image { target, has_alt: true } => format!("image {target}"),
        MarkKind::Image { target, has_alt: false } => format!("image {target} without alt"),
        MarkKind::Footnote { label } => format!("footnote {label}"),
        MarkKind::Html => "tag".to_owned(),
    }
}

/// `annotated` is Markdown with lines of carets: each stands under a span of the line before it
/// and says what is there, `kind: visible text` for marks, `reads: text` for visible text. All
/// marks and comments are to be named.
#[track_caller]
fn check(annotated: &str) {
    let mut text = String::new();
    let mut wanted = Vec::new();
    let mut line_start = 0;
    for line in annotated.trim_start_matches('\n').split_inclusive('\n') {
        let carets = line.trim_start();
        if !carets.starts_with('^') {
            line_start = text.len();
            text += line;
            continue;
        }
        let label = carets.trim_start_matches('^');
        let columns = line.chars().count() - carets.chars().count();
        let count = carets.len() - label.len();
        let byte = |column: usize| {
            let line = &text[line_start..];
            line_start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
        };
        let span = Span::from_usize(byte(columns)..byte(columns + count));
        wanted.push((span, label.trim().to_owned()));
    }
    let (prose, comments) = Reader::new(&text, 0).read();
    let marks = prose.marks.iter().map(|mark| {
        let visible = prose.text[mark.text.clone()].replace('\n', "⏎");
        (mark.span, format!("{}: {visible}", describe(&mark.kind)).trim_end().to_owned())
    });
    let comments = comments.into_iter().map(|span| (span, "comment".to_owned()));
    let mut found: Vec<_> = marks.chain(comments).collect();
    for (span, label) in &wanted {
        if let Some(words) = label.strip_prefix("reads: ") {
            let words = words.replace('⏎', "\n");
            let at = prose.text.match_indices(&words).map(|(at, _)| at);
            let mut spans = at.map(|at| prose.span(at..at + words.len()));
            if spans.any(|found| found == *span) {
                found.push((*span, label.clone()));
            }
        }
    }
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "visible: {:?}", prose.text);
}

#[test]
fn emphasis_links_and_code() {
    check(
        "
Rest *helps* **most _of_ all**, ~~not~~ `co de`.
     ^^^^^^^ emphasis: helps
             ^^^^^^^^^^^^^^^^^ strong: most of all
                    ^^^^ emphasis: of
                                ^^^^^^^ struck: not
                                        ^^^^^^^ code: co de
               ^^^^^^^^^^^^^ reads: most of all
See [the *site*](http://a.b/c \"T\") or <http://x.y> or <a@b.c>.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ link http://a.b/c: the site
         ^^^^^^ emphasis: site
                                      ^^^^^^^^^^^^ address http://x.y: http://x.y
                                                      ^^^^^^^ address mailto:a@b.c: a@b.c
",
    );
}

#[test]
fn bare_addresses() {
    check(
            "
Überall: https://é.org/a_(b), (http://c.d/e?f=1&amp;g). *www.h.org!*
         ^^^^^^^^^^^^^^^^^^^ address https://é.org/a_(b): https://é.org/a_(b)
                               ^^^^^^^^^^^^^^^^^^^^^^ address http://c.d/e?f=1&g: http://c.d/e?f=1&g
                                                        ^^^^^^^^^^^^ emphasis: www.h.org!
                                                         ^^^^^^^^^ address https://www.h.org: www.h.org
No: `http://a.b` http:// xhttp://a.b
    ^^^^^^^^^^^^ code: http://a.b
",
        );
}

#[test]
fn entities_escapes_and_breaks() {
    check(
        "
Fish &amp; chips \\*now\\* and
^^^^^^^^^^^^^^^^ reads: Fish & chips
                  ^^^^^^ reads: *now*
here <br> there
     ^^^^ tag: ⏎
",
    );
}

#[test]
fn superscripts_and_footnotes() {
    check(
            "
pain.^1,2^ Word^[3](http://x.y/z)^ x^2 + y^2 2^10^. Note.[^n] And. [^n] But [^none].
    ^^^^^ reads: .1,2
     ^^^^^ superscript: 1,2
               ^^^^^^^^^^^^^^^^^^^ superscript: 3
                ^^^^^^^^^^^^^^^^^ link http://x.y/z: 3
                                              ^^^^ superscript: 10
                                                         ^^^^ footnote n:
                                                                   ^^^^ footnote n:
                                                                            ^^^^^^^ footnote none: [^none]

[^n]: The note.
",
        );
    let prose = parse_prose("Rest. [^a] Go.\n\n[^a]: x\n", 0);
    let first = prose.sentences(&prose.blocks[0])[0].clone();
    assert_eq!(&prose.text[first.clone()], "Rest.");
    assert_eq!(prose.marks_in(first).count(), 1);
}

#[test]
fn images_have_alt_texts_or_not() {
    check(
            "
![A *b*](i.png) ![](e.png) <img src=x.png> <img alt='' src=\"y.png\"/> <img src=z alt=\"Zed\">
^^^^^^^^^^^^^^^ image i.png: A b
    ^^^ emphasis: b
                ^^^^^^^^^^ image e.png:
                           ^^^^^^^^^^^^^^^ image x.png without alt:
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ image y.png:
                                                                     ^^^^^^^^^^^^^^^^^^^^^ image z: Zed

<div><img src=q.png alt=Q></div>
     ^^^^^^^^^^^^^^^^^^^^^ image q.png: Q
",
        );
    let prose = parse_prose("![A bridge](b.png) Lift your hips. ![Up](u.png)\n", 0);
    let sentences = prose.sentences(&prose.blocks[0]);
    let texts: Vec<_> = sentences.into_iter().map(|range| &prose.text[range]).collect();
    assert_eq!(texts, ["A bridge", "Lift your hips.", "Up"]);
}

#[test]
fn lines_with_a_label_each_are_apart() {
    let sentences = |text: &str| {
        let prose = parse_prose(text, 0);
        let found = prose.sentences(&prose.blocks[0]);
        found.into_iter().map(|range| prose.text[range].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        sentences("**Mål**: Höft\n**Level:** Beginner. Easy.\n**Why:** It helps.\n"),
        ["Mål: Höft", "Level: Beginner.", "Easy.", "Why: It helps."]
    );
    let alone = "Lift **one thing:** the hip and **another:** the knee.";
    assert_eq!(sentences(alone).len(), 1);
    assert_eq!(sentences("**Mål** is one thing: the hip, **the knee**.").len(), 1);
}

#[test]
fn comments_and_tags() {
    check(
        "
Text <!-- why --> and <b>bold</b>.
     ^^^^^^^^^^^^ comment
     ^^^^^^^^^^^^ tag:
                      ^^^ tag:
                             ^^^^ tag:

<!-- block -->
^^^^^^^^^^^^^^ comment
",
    );
}

#[test]
fn templates_do_not_derail_the_prose() {
    check(
        "
In {{ site.a_b }} see [it]({{< ref \"c_d.md\" >}}) *now*{{% x %}}, <Tip kind={[1]}>ok</Tip>.
   ^^^^^^^^^^^^^^ tag:
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ link {{< ref \"c_d.md\" >}}: it
                                                 ^^^^^ emphasis: now
                                                      ^^^^^^^^^ tag:
                                                                 ^^^^^^^^^^^^^^^^ tag:
                                                                                   ^^^^^^ tag:
Write `{{ x }}` or {{`.
      ^^^^^^^^^ code: {{ x }}
",
    );
    check_outline(
        "
import Chart from '../chart'
export const year = 2020

Import duties rose from 3 to 5.

{{< figure src=\"a.png\" alt=\"A bridge\" >}}

<Callout type={{a: 1}}>
Body **text**.
</Callout>

{% include note.html %}
",
        "
html: import Chart from '../chart'⏎export const year = 2020
paragraph: Import duties rose from 3 to 5.
paragraph: A bridge
paragraph:  Body text.\x20
html: {% include note.html %}
",
    );
}

#[test]
fn lists_and_tasks() {
    check_outline(
        "
- [ ] rest
- [x] move

  more
-
- - inner
3. three
   soft
1) other
- # Heading
",
        "
item open in list 0 at depth 1: rest
item done in list 0 at depth 1: move
paragraph of item 1: more
item in list 0 at depth 1:\x20
item in list 0 at depth 1:\x20
item in list 1 at depth 2: inner
item 3 in list 2 at depth 1: three soft
item 1 in list 3 at depth 1: other
item in list 4 at depth 1:\x20
heading 1 of item 7: Heading
",
    );
}

#[test]
fn tables_quotes_code_and_footnotes() {
    check_outline(
        "
Set
===

| a | b |
|---|---|
| c `x\\|y` |
|  | e |

> [!NOTE]
> said `a
> b`
lazy

```rust
let x;

```

    tab

<p>
raw

[^n]: first

    second
",
        "
heading 1: Set
head 0: a
head 1: b
cell 1 0: c x|y
cell 2 0:\x20
cell 2 1: e
> paragraph: said a b lazy
code: let x;⏎
code: tab
paragraph: raw
[^n] paragraph: first
[^n] paragraph: second
",
    );
}

#[test]
fn raw_html_is_read_as_readers_see_it() {
    check_outline(
        "
<div class=\"note\">
Stop if you &lt;feel&gt;
  <b>chest</b>&nbsp;pain<br>at once.
</div>

<details><summary>More</summary><p>One.
<p>Two.</p> <h3 id=x>Three</h3>
<script>let x = '<p>no</p>';</script></details>

<ol>
  <li>First<p>and more</p></li>
  <li> <ul><li>Inner</ul></li>
  <li><a href=\"x\"></a></li>
  <li>Last
</ol>
<blockquote>Said</blockquote> <!-- why --> <p>Next</p>

> <table><tr><th>A<th>B
> <tr><td>c
> d<td></table>

<pre>code</pre>

<p><a name=\"top\"></a></p>

<div><svg><text>none</text></svg></div>
",
        "
html: <div class=\"note\">
paragraph: Stop if you <feel> chest\u{a0}pain⏎at once.
html: </div>
html: <details><summary>More</summary>
paragraph: One.
paragraph: Two.
heading 3: Three
html: <script>let x = '<p>no</p>';</script></details>
html: <ol>
item 1 in list 0 at depth 1: First
paragraph of item 0: and more
item in list 1 at depth 2: Inner
html: <li><a href=\"x\"></a></li>
item 4 in list 0 at depth 1: Last
> html: <blockquote>
> paragraph: Said
html: </blockquote>
html: <!-- why -->
paragraph: Next
> html: <table>
> head 0: A
> head 1: B
> cell 1 0: c d
html: <pre>code</pre>
html: <p><a name=\"top\"></a></p>
html: <div><svg><text>none</text></svg></div>
",
    );
    check(
        "
<aside>
<p>Über &amp; <b>40 %</b> <!-- why --> of <img src=a.png alt=A> them {{ x }}.</p>
   ^^^^^^^^^^ reads: Über &
              ^^^ tag:
                 ^^^^ reads: 40 %
                     ^^^^ tag:
                          ^^^^^^^^^^^^ comment
                          ^^^^^^^^^^^^ tag:
                                          ^^^^^^^^^^^^^^^^^^^^^ image a.png: A
                                                                     ^^^^^^^ tag:
</aside>
",
    );
}

#[test]
fn attributes_are_no_text() {
    check_outline(
        r#"
## Discs {#sec-discs .unnumbered}

See ![discs](d.png){#fig-discs width=80% fig-alt="80 of 100"} and [these]{.smallcaps}.

Wide.
{: .note title="One {two}"}

: By age {#tbl-age tbl-colwidths="[80,20]"}

1. Femur {.correct}

The set {a, b} is [here] {#not} so, f(x){x = 1} and {.text} too.
"#,
        "
heading 2: Discs\x20
paragraph: See discs and [these].
paragraph: Wide.\x20
paragraph: : By age\x20
item 1 in list 0 at depth 1: Femur {.correct}
paragraph: The set {a, b} is [here] {#not} so, f(x){x = 1} and {.text} too.
",
    );
}

#[test]
fn comments_of_notes_are_no_text() {
    check_outline(
        "
%% Ask *Ana*. %%

Rest. %%One
two.%% Walk.

At 5%% or 10%% of it, %% alone.

Not `%% code %%`. %% Open

and %% closed.
",
        "
html: %% Ask *Ana*. %%
paragraph: Rest.  Walk.
paragraph: At 5%% or 10%% of it, %% alone.
paragraph: Not %% code %%. %% Open
paragraph: and %% closed.
",
    );
}

#[test]
fn boxes_are_set_apart() {
    check_outline(
        "
Text
:::tip Keep going
One. `a`
:::
More
- item
  ::: {.callout-note}
  In it.
  :::
  on
> :::::warning[Title]
> Quoted.
> :::::

!!! note \"Title\"
    First.

    Second.

        code

    1. a
    2. b

After

???+ question
\tHm.
=== \"Tab {{ x }}\"

    A.
!!! note
    B <Tip>c</Tip>.

!!! wow

::: one line :::

```
:::tip
!!! note
    x
```
",
        "
paragraph: Text
html: :::tip Keep going
paragraph: One. a
html: :::
paragraph: More
item in list 0 at depth 1: item
html of item 0: ::: {.callout-note}
paragraph of item 0: In it.
html of item 0: :::
paragraph of item 0: on
> html: :::::warning[Title]
> paragraph: Quoted.
> html: :::::
html: !!! note \"Title\"
paragraph: First.
paragraph: Second.
code: code
item 1 in list 1 at depth 1: a
item 2 in list 1 at depth 1: b
html:\x20
paragraph: After
html: ???+ question
paragraph: Hm.
html:\x20
html: === \"Tab {{ x }}\"
paragraph: A.
html:\x20
html: !!! note
paragraph: B c.
html:\x20
paragraph: !!! wow
paragraph: ::: one line :::
code: :::tip⏎!!! note⏎    x
",
    );
}

#[test]
fn definitions() {
    let text = "[b]: http://b.c 'T'\n\nx [b] [^a]\n\n[^a]: note\n\n[A b]: <d e>\n";
    let prose = parse_prose(text, 0);
    let found = prose.definitions.iter().map(|definition| {
        (definition.label.as_str(), definition.target.as_str(), &text[definition.span.range()])
    });
    let wanted = [
        ("a", "", "[^a]: note"),
        ("b", "http://b.c", "[b]: http://b.c 'T'"),
        ("A b", "d e", "[A b]: <d e>"),
    ];
    assert_eq!(found.collect::<Vec<_>>(), wanted);
}

#[test]
fn code_spans_map_line_by_line() {
    let text = "> see `a b\n> c` now\n";
    let prose = parse_prose(text, 0);
    assert_eq!(prose.text, "see a b c now");
    let code = prose.marks[0].text.clone();
    assert_eq!(&text[prose.span(code.clone()).range()], "a b\n> c");
    assert_eq!(&text[prose.span(code.end - 1..code.end).range()], "c");
}

#[test]
fn fields_point_into_the_file() {
    // A Markdown string in a quoted scalar: `a \"*b*\" c` at byte 4.
    let decoded = "a \"*b*\" c";
    let mut outer = crate::syntax::OffsetMap::default();
    for (len, start, end) in [(2, 4, 6), (1, 6, 8), (3, 8, 11), (1, 11, 13), (2, 13, 15)] {
        outer.push(len, Span::new(start, end));
    }
    let prose = parse_prose(decoded, 0).mapped_through(&outer);
    assert_eq!(prose.marks[0].span, Span::new(8, 11));
    assert_eq!(prose.span(0..prose.text.len()), Span::new(4, 15));
}

#[test]
fn too_deep_nesting_is_an_error_not_a_hang() {
    let text = format!("{}text\n{}", "> ".repeat(100_000), "> b\n".repeat(1_000));
    let document = parse(&Arc::new(text.clone()));
    assert_eq!(document.errors[0].code, SyntaxErrorCode::Limit);
    assert_eq!(document.errors[0].span.start, 256);
    let rule = format!("{}\n", "* ".repeat(500));
    assert!(parse(&Arc::new(rule.clone())).errors.is_empty());
}

#[test]
fn front_matter_and_body() {
    let text = "\u{feff}---\r\ntitle: x\r\n---\r\n# Head\r\n";
    let document = parse(&Arc::new(text.to_owned()));
    assert!(document.errors.is_empty());
    let body = document.body.expect("Markdown has a body");
    assert_eq!(body.text, "Head");
    assert_eq!(&text[body.blocks[0].span.range()], "# Head");
}
