//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::GENERIC_ALT;
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{MarkKind, Node, Text};
use crate::words::quoted;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    id: "text/image-alt",
    summary: "a picture has no useful text alternative, or a film no transcript",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "missing", level: Level::Error, summary: "there is no text alternative" },
        RuleKind {
            name: "filename",
            level: Level::Error,
            summary: "the text alternative is the name of the file",
        },
        RuleKind {
            name: "generic",
            level: Level::Error,
            summary: "the text alternative says `image` and the like",
        },
        RuleKind {
            name: "same",
            level: Level::Warning,
            summary: "different pictures have one text alternative",
        },
        RuleKind {
            name: "no-transcript",
            level: Level::Warning,
            summary: "a film or recording has no transcript",
        },
        RuleKind {
            name: "too-short",
            level: Level::Info,
            summary: "an exercise picture is described in one or two words",
        },
        RuleKind {
            name: "too-long",
            level: Level::Info,
            summary: "the text alternative is longer than a sentence or two",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Pictures carry instructions; those who do not see them read the text alternative (WCAG 1.1.1, 1.2).

```markdown fail
# Bridge

![](img_0042.jpg)
```

```markdown pass
# Bridge

![Man lying on his back, knees bent, hips lifted in line with shoulders and knees](bridge.jpg)
```

Looked at are pictures of Markdown and HTML and the entries of `media`; `{fig-alt="..."}` behind a picture is its
text alternative, and so is `imageAlt` beside a single one. A picture that is only
decoration says so: `decorative: true` in `media`, `alt=""` in HTML. An exercise picture takes at
least 3 words, no picture more than 250 characters; a longer description belongs in the text. Films
and recordings need `captions` or a `transcript`. The pictures of `media` that have no text
alternative are one diagnostic.
"#,
    check: Check::Record(check),
};

// Source: catalogue of rules, TX008: shorter texts name a thing but no position; screen readers read
// an alternative in one go.
const MIN_WORDS: usize = 3;
const MAX_CHARS: usize = 250;

/// One picture with its text alternative.
struct Picture<'a> {
    alt: Option<Text<'a>>,
    target: String,
    /// Where to point.
    span: Span,
}

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let mut pictures = Vec::new();
    media(record, &mut pictures, out);
    for mark in
        record.body.into_iter().flat_map(|body| body.marks.iter().map(move |mark| (body, mark)))
    {
        let (body, mark) = mark;
        let MarkKind::Image { target, has_alt } = &mark.kind else { continue };
        let html = record.file().text[mark.span.range()].starts_with('<');
        let alt = Text::of_prose(body, mark.text.clone());
        let is_empty = alt.as_str().trim().is_empty();
        if html && *has_alt && is_empty {
            // HTML's way to say that it is decoration.
            continue;
        }
        if is_empty && has_attribute(&record.file().text[mark.span.end as usize..]) {
            continue;
        }
        if is_empty {
            out.report(mark.span, "the picture has no text alternative")
                .kind("missing")
                .help("describe what it shows: position and movement");
            continue;
        }
        pictures.push(Picture { alt: Some(alt), target: target.clone(), span: mark.span });
    }
    for picture in &pictures {
        judge(record, picture, out);
    }
    same(&pictures, out);
}

/// Whether a block of attributes follows a picture and has its alternative: `{fig-alt="..."}` of Quarto, `{: alt="..."}`
/// of kramdown.
fn has_attribute(behind: &str) -> bool {
    const MAX_BYTES: usize = 1000;
    let Some(inner) = behind.strip_prefix('{') else { return false };
    let inner = &inner.as_bytes()[..inner.len().min(MAX_BYTES)];
    let Some(end) = memchr::memchr2(b'}', b'\n', inner).filter(|end| inner[*end] == b'}') else {
        return false;
    };
    let names = memchr::memmem::find_iter(&inner[..end], b"alt=").map(|at| &inner[..at]);
    names
        .map(|own| own.strip_suffix(b"fig-").unwrap_or(own))
        .any(|before| before.last().is_none_or(|byte| matches!(byte, b' ' | b'\t' | b':')))
}

/// The entries of `media`; those without any text alternative are reported together.
fn media<'a>(record: &Record<'a>, pictures: &mut Vec<Picture<'a>>, out: &mut Sink<'_>) {
    let Some(field) = record.field("media") else { return };
    let entries: Vec<Node<'a>> =
        if field.is_sequence() { field.items().collect() } else { vec![field] };
    let (beside, is_only) = (record.field("imageAlt"), entries.len() == 1);
    let mut missing = Vec::new();
    for entry in entries {
        let source = entry.text().or_else(|| entry.get("src")?.text());
        let target = source.as_ref().map_or("", |text| text.as_str()).to_owned();
        let span = source.as_ref().map_or(entry.span(), Text::span);
        if entry.get("decorative").and_then(Node::as_bool) == Some(true) {
            continue;
        }
        if is_film(&target) {
            if !["captions", "transcript"]
                .iter()
                .any(|field| entry.get(field).is_some_and(|own| !own.is_null()))
            {
                out.report(span, format!("`{target}` has no transcript"))
                    .kind("no-transcript")
                    .help("add `transcript:` with what is said and shown, or `captions:`");
            }
            continue;
        }
        let alt = entry.get("alt").or_else(|| beside.filter(|_| is_only)).and_then(Node::text);
        let alt = alt.filter(|alt| !alt.as_str().trim().is_empty());
        match alt {
            Some(alt) => pictures.push(Picture { span: alt.span(), alt: Some(alt), target }),
            None if !target.is_empty() || entry.is_mapping() => missing.push(span),
            None => {}
        }
    }
    let Some((first, rest)) = missing.split_first() else { return };
    let message = match missing.len() {
        1 => "the picture has no text alternative".to_owned(),
        count => format!("{count} pictures have no text alternative"),
    };
    let diagnostic = out.report(*first, message);
    diagnostic.kind("missing").help("write `{src: ..., alt: ...}` with position and movement");
    for span in rest {
        diagnostic.related(*span, "nor has this");
    }
}

fn is_film(target: &str) -> bool {
    const ENDINGS: &[&str] =
        &["mp4", "m4v", "mov", "webm", "avi", "mkv", "ogv", "mp3", "m4a", "wav", "ogg", "flac"];
    let path = target.split(['?', '#']).next().unwrap_or(target);
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.iter().any(|own| ending.eq_ignore_ascii_case(own)))
}

fn judge(record: &Record<'_>, picture: &Picture<'_>, out: &mut Sink<'_>) {
    let Some(alt) = &picture.alt else { return };
    let (words, plain) = (alt.as_str().split_whitespace().count(), normal::plain(alt.as_str()));
    let span = if alt.span().is_empty() { picture.span } else { alt.span() };
    let shown = quoted(alt.as_str().trim());
    if is_file_name(&plain, &picture.target) {
        out.report(span, format!("{shown} is the name of a file, not a description"))
            .kind("filename")
            .help("describe what the picture shows");
    } else if record.is_english() && GENERIC_ALT.contains(&plain) {
        out.report(span, format!("{shown} does not say what the picture shows"))
            .kind("generic")
            .help("describe position and movement, or mark it as decorative");
    } else if alt.as_str().chars().count() > MAX_CHARS {
        let count = alt.as_str().chars().count();
        out.report(
            span,
            format!("the text alternative has {count} characters, more than {MAX_CHARS}"),
        )
        .kind("too-long")
        .help("keep the gist, and move the rest into the text");
    } else if record.kind == ContentKind::Exercise && words < MIN_WORDS && record.is_english() {
        out.report(span, format!("{shown} hardly describes an exercise picture"))
            .kind("too-short")
            .help("say the position and what moves");
    }
}

/// Whether an alternative is a file's name: it ends like one, or is the picture's own.
fn is_file_name(plain: &str, target: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".heic", ".avif",
    ];
    let path = target.split(['?', '#']).next().unwrap_or(target);
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let camera = ["img_", "img-", "dsc_", "dsc0", "dscn", "image0", "screenshot_", "photo_"];
    if plain.contains(' ') {
        return false;
    }
    // A name without marks is a word as well: `bridge.jpg` may show a bridge.
    let is_stem = plain.contains(['_', '-']) && plain == stem.to_lowercase();
    is_stem
        || ENDINGS.iter().any(|ending| plain.ends_with(ending))
        || camera.iter().any(|prefix| plain.starts_with(prefix))
}

/// One text for different pictures.
fn same(pictures: &[Picture<'_>], out: &mut Sink<'_>) {
    let mut first: HashMap<String, &Picture<'_>> = HashMap::new();
    for picture in pictures {
        let Some(alt) = &picture.alt else { continue };
        let plain = normal::plain(alt.as_str());
        if GENERIC_ALT.contains(&plain) {
            continue;
        }
        match first.get(&plain) {
            Some(before) if before.target != picture.target => {
                out.report(picture.span, "another picture has the same text alternative")
                    .kind("same")
                    .related(before.span, "first here")
                    .help("say what is different in this one");
            }
            Some(_) => {}
            None => {
                first.insert(plain, picture);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn markdown_pictures() {
        check(
            &RULE,
            "# Höftlyft – bridge

![](img_0042.jpg)
^^^^^^^^^^^^^^^^^ the picture has no text alternative

![](a.png){width=50%} alt=
^^^^^^^^^^ the picture has no text alternative

![IMG_0042.jpg](img_0042.jpg) and ![image](b.png) here
  ^^^^^^^^^^^^ `IMG_0042.jpg` is the name of a file, not a description
                                    ^^^^^ `image` does not say what the picture shows
",
        );
    }

    #[test]
    fn html_pictures() {
        check(
            &RULE,
            "# Hips

Text with <img src=\"a.png\"> here.
          ^^^^^^^^^^^^^^^^^ the picture has no text alternative
",
        );
        silent(&RULE, "# Hips\n\nText with <img src=\"line.png\" alt=\"\"> here.\n");
    }

    #[test]
    fn entries_of_media() {
        check(
            &RULE,
            "
- name: Bridge
  media: [images/a.jpg, images/b.jpg]
          ^^^^^^^^^^^^ 2 pictures have no text alternative
                        ------------ nor has this
- name: Clam
  image: img/clam.jpg
  imageAlt: image
            ^^^^^ `image` does not say what the picture shows
- name: Twist
  images: [a.jpg, b.jpg]
           ^^^^^ 2 pictures have no text alternative
                  ----- nor has this
  imageAlt: Woman lying on her side
- name: Plank
  media:
    - {src: plank.mp4}
            ^^^^^^^^^ `plank.mp4` has no transcript
    - {src: plank.jpg, alt: A plank}
                            ^^^^^^^ `A plank` hardly describes an exercise picture
    - {src: a.jpg, alt: Woman on her forearms and toes}
                        ------------------------------ first here
    - {src: b.jpg, alt: Woman on her forearms and toes.}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ another picture has the same text alternative
",
        );
    }

    #[test]
    fn a_text_that_is_too_long() {
        let long = "a long leg, ".repeat(27) + "longer";
        check(
            &RULE,
            &format!(
                "# Hips\n\n![{long}](a.png)\n  {} the text alternative has 330 characters, more than 250\n",
                "^".repeat(330)
            ),
        );
    }

    #[test]
    fn useful_and_decorative_pictures() {
        silent(
            &RULE,
            "
- {name: A, media: [{src: line.svg, decorative: true}]}
- {name: B, media: [{src: b.jpg, alt: 'Man lying on his back, knees bent'}]}
- {name: C, media: [{src: c.mp4, transcript: She lies down.}]}
- {name: D, inLanguage: sv, media: [{src: d.jpg, alt: Höftlyft liggande}]}
- {name: E}
- {name: F, image: f.jpg, image_alt: 'Kvinna på rygg, höfterna lyfta'}
",
        );
        silent(
            &RULE,
            "# Hips\n\n![](a.png){#fig-a fig-alt=\"A man lies on his back\"} ![](b.png){: alt=\"A wall\"}\n",
        );
        silent(&RULE, "# Hips\n\n![WHO logo](who-logo.png)\n\n![Bridge](bridge.jpg)\n");
    }
}
