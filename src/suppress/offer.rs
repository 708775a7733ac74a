//! Writing a suppression for somebody, where it hides one diagnostic and as little else as can be.

use super::{FIELD, add_units, collect, directive, hygiene, rule_and_kind};
use crate::config::Settings;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::fix;
use crate::source::{Format, SourceFile, Span};
use crate::syntax::{BlockKind, Document, Node, Prose, parse};

/// The suppression of a diagnostic whose place is in `file`, without its reason, which is for the author to write.
/// `None` when none can hide it: rules that need a name, files that cannot be read, places where a comment would be
/// text.
pub fn offer(file: &SourceFile, own: &Diagnostic, settings: &Settings) -> Option<Fix> {
    let code = own.code();
    let (rule, _) = rule_and_kind(&code, settings)?;
    let is_ours = matches!(rule.group(), "syntax" | "engine") || rule.id == hygiene::RULE.id;
    if is_ours || hygiene::PROTECTED.contains(&rule.id) {
        return None;
    }
    let document = parse(file);
    let at = own.primary.span.start;
    let mut offers = edits(file, &document, &code, at).into_iter().map(|edit| Fix {
        title: format!("suppress `{code}` here, and write why"),
        edits: vec![edit],
        applicability: Applicability::Unsafe,
    });
    offers.find(|offer| hides(file, &document, offer, own, settings))
}

/// Where it may be written, the narrowest first.
fn edits(file: &SourceFile, document: &Document, code: &str, at: u32) -> Vec<Edit> {
    let insert = |at: u32, text: String| Edit {
        path: file.path.clone(),
        span: Span::empty(at),
        replacement: text,
    };
    let above = |span: Span, comment: &str| {
        let (start, indent, end) = line_of(file, span.start);
        insert(start, format!("{indent}{comment}{end}"))
    };
    let words = format!("{} {code} reason=\"\"", directive::DISABLE);
    if let Some(block) = document.body.as_ref().and_then(|body| innermost(body, at)) {
        let comment = match file.path.as_str().ends_with(".mdx") {
            true => format!("{{/* {words} */}}"),
            false => format!("<!-- {words} -->"),
        };
        return match block {
            (BlockKind::Heading { .. } | BlockKind::Code | BlockKind::Html, span) => {
                vec![above(span, &comment)]
            }
            (_, span) => vec![insert(span.end, format!(" {comment}"))],
        };
    }
    if file.format == Format::Json {
        let field = |open: Span, first: Span| {
            let blank = &file.text[open.start as usize + 1..first.start as usize];
            insert(open.start + 1, format!("{blank}\"{FIELD}\": \"{code} reason=''\","))
        };
        let around = document.tree.nodes().filter(|own| own.is_mapping() && holds(own.span(), at));
        let first =
            |own: Node<'_>| own.entries().next().map(|entry| field(own.span(), entry.span()));
        return around.filter_map(first).last().into_iter().collect();
    }
    let mut units = Vec::new();
    document.tree.roots().for_each(|root| add_units(root, &mut units));
    units.retain(|own| holds(*own, at) && begins_line(file, *own));
    units.sort_by_key(|own| own.len());
    let mark = if file.format == Format::Bibtex { '%' } else { '#' };
    units.into_iter().map(|unit| above(unit, &format!("{mark} {words}"))).collect()
}

fn holds(span: Span, at: u32) -> bool {
    span.start <= at && at <= span.end
}

/// The smallest block that holds a byte.
fn innermost(body: &Prose, at: u32) -> Option<(&BlockKind, Span)> {
    let around = body.blocks.iter().filter(|own| holds(own.span, at));
    around.map(|own| (&own.kind, own.span)).min_by_key(|(_, span)| span.len())
}

/// Where the line begins that a byte is on, the blanks there, and how lines end.
fn line_of(file: &SourceFile, at: u32) -> (u32, &str, &str) {
    let line = file.lines().line_of(at);
    let span = file.lines().line_span(line).unwrap_or(Span::empty(at));
    let text = file.text.get(span.range()).unwrap_or("");
    let inner = text.trim_start_matches('\u{feff}');
    let indent = &inner[..inner.len() - inner.trim_start().len()];
    let end = if text.ends_with("\r\n") { "\r\n" } else { "\n" };
    (span.start + (text.len() - inner.len()) as u32, indent, end)
}

/// Whether nothing but the marks of list items stands before it on its line.
fn begins_line(file: &SourceFile, unit: Span) -> bool {
    let (start, _, _) = line_of(file, unit.start);
    let before = file.text.get(start as usize..unit.start as usize);
    before.is_some_and(|own| own.chars().all(|c| c.is_whitespace() || c == '-'))
}

/// Whether the file with the edit has a suppression that is about the diagnostic, and reads as well as before.
fn hides(
    file: &SourceFile,
    before: &Document,
    offer: &Fix,
    own: &Diagnostic,
    settings: &Settings,
) -> bool {
    let Some(fixed) = fix::apply(&file.text, [offer]) else { return false };
    let file = SourceFile::new(file.path.clone(), fixed.text, file.format);
    let after = parse(&file);
    let found = collect(&file, &after, settings, &mut Vec::<Diagnostic>::new());
    let at = own.primary.span.start;
    let before_it = offer.edits.iter().filter(|edit| edit.span.start <= at);
    let at = at + before_it.map(|edit| edit.replacement.len() as u32).sum::<u32>();
    let mistakes = |own: &Document| own.errors.len() + own.tree.duplicate_keys().len();
    mistakes(&after) <= mistakes(before)
        && found.iter().any(|one| one.is_about(own) && holds(one.covers, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FilePath;

    /// A text, with a suppression of what begins at `^`.
    fn offered(path: &str, text: &str, rule: &'static str) -> Option<String> {
        let at = text.find('^').expect("a place");
        let text = text.replacen('^', "", 1);
        let format = Format::of_name(path).expect("a format");
        let file = SourceFile::new(FilePath::new(path), text, format);
        let place = Span::empty(u32::try_from(at).expect("a short text"));
        let own = Diagnostic::new(rule, file.path.clone(), place, "");
        let fix = offer(&file, &own, &Settings::default())?;
        Some(fix::apply(&file.text, [&fix]).expect("it can be applied").text)
    }

    const VAGUE: &str = "exercise/missing-laterality";
    const NUMBER: &str = "claim/unsourced-statistic";

    #[test]
    fn fields_and_items_have_it_above_them() {
        let yaml = "name: Bridge\ninstructions:\n  - Lie down.\n  - text: >\n      Lift your\n      ^hips.\n";
        assert_eq!(
            offered("a.yaml", yaml, VAGUE).unwrap(),
            "name: Bridge\ninstructions:\n  - Lie down.\n  # caveat-disable exercise/missing-laterality reason=\"\"\n  - text: >\n      Lift your\n      hips.\n"
        );
        let wide = "name: A\r\ninstructions: [one,\r\n  ^two]\r\n";
        assert_eq!(
            offered("a.yaml", wide, VAGUE).unwrap(),
            "name: A\r\ninstructions: [one,\r\n  # caveat-disable exercise/missing-laterality reason=\"\"\r\n  two]\r\n"
        );
        let first = "\u{feff}^name: A\n";
        assert_eq!(
            offered("a.yaml", first, VAGUE).unwrap(),
            "\u{feff}# caveat-disable exercise/missing-laterality reason=\"\"\nname: A\n"
        );
    }

    #[test]
    fn paragraphs_have_it_behind_them_and_headings_above() {
        let text = "---\ntitle: ^A\n---\n\n# Back pain\n\nMost get better.\nOf ten, ^four do not.\n\n- Six in ten walk.\n- Two do not.\n";
        let (head, rest) = text.split_once('^').unwrap();
        let front = offered("a.md", &format!("{head}^{}", rest.replacen('^', "", 1)), VAGUE);
        assert!(front.unwrap().starts_with(
            "---\n# caveat-disable exercise/missing-laterality reason=\"\"\ntitle: A\n---\n"
        ));
        let body = offered("a.md", &format!("{head}{rest}"), NUMBER).unwrap();
        let comment = "<!-- caveat-disable claim/unsourced-statistic reason=\"\" -->";
        assert!(body.contains(&format!("four do not. {comment}\n\n- Six")), "{body}");
        let item = text.replace('^', "").replace("Six", "^Six");
        let item = offered("a.md", &item, NUMBER).unwrap();
        assert!(item.contains(&format!("- Six in ten walk. {comment}\n- Two")), "{item}");
        let heading = offered("a.md", "Text.\n\n## ^Ten\n\nMore.\n", NUMBER).unwrap();
        assert_eq!(heading, format!("Text.\n\n{comment}\n## Ten\n\nMore.\n"));
        let mdx = offered("a.mdx", "Of ten, ^four do not.\n", NUMBER).unwrap();
        assert_eq!(
            mdx,
            "Of ten, four do not. {/* caveat-disable claim/unsourced-statistic reason=\"\" */}\n"
        );
    }

    #[test]
    fn objects_have_a_field() {
        let text = "{\n  \"a\": [\n    {\n      \"name\": \"^Bridge\"\n    }\n  ]\n}\n";
        assert_eq!(
            offered("a.json", text, VAGUE).unwrap(),
            "{\n  \"a\": [\n    {\n      \"x-caveat-disable\": \"exercise/missing-laterality reason=''\",\n      \"name\": \"Bridge\"\n    }\n  ]\n}\n"
        );
        assert_eq!(
            offered("a.json", "{\"x-caveat-disable\": \"a\", \"name\": \"^B\"}", VAGUE),
            None
        );
    }

    #[test]
    fn what_needs_a_name_or_cannot_be_hidden_has_none() {
        assert_eq!(offered("a.yaml", "name: ^A\n", "exercise/missing-safety-note"), None);
        assert_eq!(offered("a.yaml", "name: ^A\n", "syntax/invalid"), None);
        assert_eq!(offered("a.yaml", "^A\n", VAGUE), None);
    }
}
