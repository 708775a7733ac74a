//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::{SourceFile, Span};
use crate::syntax::{Block, BlockKind, Mark, MarkKind, Prose, parse_field};
use crate::words::quoted;

pub static RULE: Rule = Rule {
    id: "text/vague-link-text",
    summary: "the text of a link does not say where it leads",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Many readers go from link to link, and those who have the page read to them hear the links alone: a list of `here`
and `read more` tells them nothing (WCAG 2.4.4 and 2.4.9).

```markdown fail
# Low back pain

Most back pain passes within weeks. Click [here](https://www.nhs.uk/conditions/back-pain/) for the leaflet.
```

```markdown pass
# Low back pain

Most back pain passes within weeks, says the [leaflet on back pain](https://www.nhs.uk/conditions/back-pain/).
```

Told are links with a text such as "here", "click here", "this link", "read more" or "website" and nothing else, and
what says the same in the languages of which the words are known. Links with a title (`[more](address "Stretches for
the hip")`), marks of sources, and links in tables, whose row and column name the target, are left alone.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if let Some(body) = record.body.filter(|_| record.is_markdown()) {
        check_prose(record, body, out);
    }
    for text in record.running_texts().filter(|text| text.as_str().contains("](")) {
        check_prose(record, &parse_field(&text), out);
    }
}

fn check_prose(record: &Record<'_>, prose: &Prose, out: &mut Sink<'_>) {
    let links = prose.marks.iter().enumerate().filter(|(_, mark)| {
        matches!(mark.kind, MarkKind::Link { autolink: false, .. }) && mark.text.len() <= LONGEST
    });
    for (index, mark) in links {
        let shown = &prose.text[mark.text.clone()];
        let holds_picture = || {
            let inner = prose.marks[index + 1..].iter();
            inner.take_while(|own| own.text.start <= mark.text.end).any(Mark::is_image)
        };
        if is_vague(shown, record)
            && !is_named_before(prose, mark)
            && !has_title(record.file(), mark.span)
            && !is_in_table(prose, mark)
            && !holds_picture()
        {
            let shown = quoted(shown.trim());
            out.report(mark.span, format!("the link text {shown} does not say where it leads"))
                .help("link the words that name the page");
        }
    }
}

/// Bytes; no text of the list is longer, with arrows behind it.
const LONGEST: usize = 60;

fn is_vague(shown: &str, record: &Record<'_>) -> bool {
    let plain = normal::plain(shown);
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let language = || record.text("inLanguage").map(|own| own.as_str().to_ascii_lowercase());
    let is_in = |languages: &[&str]| {
        language()
            .is_some_and(|own| languages.contains(&own.split(['-', '_']).next().unwrap_or("")))
    };
    match plain {
        // A word of several languages.
        "more" => record.is_english(),
        "her" => is_in(&["da", "nb", "nn", "no"]),
        "mer" => is_in(&["nb", "nn", "no", "sv"]),
        _ => VAGUE.contains(&plain) || PLACES.contains(&plain),
    }
}

// Source: catalogue of rules, R1; WCAG 2.2, failure F84; what stands there in other languages.
#[rustfmt::skip]
const VAGUE: &[&str] = &[
    // English
    "here", "click", "click here", "click this", "click this link", "press here", "tap here", "see here", "look here",
    "read here", "go here", "over here", "found here", "available here", "read more", "read more here", "read this",
    "see more", "learn more", "learn more here", "find out more", "find out more here", "more info",
    "more information", "more details", "further information", "this", "this one", "this link", "the link",
    "this page", "this site", "this website", "this web page", "this webpage", "the website",
    "see details", "continue reading",
    // Swedish
    "här", "klicka här", "läs mer", "läs mer här", "läs här", "se här", "länk", "länken", "denna länk",
    "den här länken", "den här sidan", "mer information", "mer info",
    // Danish and Norwegian
    "klik her", "klikk her", "læs mere", "læs mere her", "les mer", "les mer her", "dette link", "denne lenken",
    "mere information", "mer informasjon",
    // German
    "hier", "hier klicken", "klick hier", "klicken sie hier", "mehr", "mehr dazu", "mehr erfahren", "mehr lesen",
    "mehr informationen", "weitere informationen", "weiterlesen", "dieser link", "diesem link", "diese seite",
    // Dutch
    "klik hier", "lees meer", "meer lezen", "meer informatie", "deze link", "deze pagina",
    // French
    "ici", "cliquez ici", "cliquer ici", "en savoir plus", "lire la suite", "plus d'informations", "ce lien",
    "cette page",
    // Spanish
    "aquí", "haz clic aquí", "haga clic aquí", "clic aquí", "leer más", "ver más", "saber más", "más información",
    "este enlace", "enlace", "esta página",
    // Portuguese
    "aqui", "clique aqui", "leia mais", "saiba mais", "ver mais", "mais informações", "este link",
    // Italian
    "qui", "clicca qui", "leggi di più", "scopri di più", "per saperne di più", "questo link", "questa pagina",
    // Finnish
    "tästä", "täältä", "klikkaa tästä", "lue lisää", "lisätietoja", "tämä linkki",
    // Polish
    "tutaj", "kliknij tutaj", "czytaj więcej", "więcej informacji", "ten link",
];

/// What says enough behind a name: "the team's [page]".
const PLACES: &[&str] =
    &["link", "links", "page", "site", "web page", "webpage", "website", "info", "details"];

/// Whether the words before a link say whose page it is.
fn is_named_before(prose: &Prose, mark: &Mark) -> bool {
    const ARTICLES: &[&str] = &[
        "the",
        "a",
        "our",
        "my",
        "your",
        "their",
        "its",
        "this",
        "that",
        "following",
        "see",
        "visit",
    ];
    let shown = normal::plain(&prose.text[mark.text.clone()]);
    let before = prose.text[..mark.text.start].trim_end_matches(' ');
    let word = before.chars().rev().take(LONGEST_ARTICLE + 1).take_while(|c| !c.is_whitespace());
    let word: Vec<_> = word.collect();
    let is = |own: &str| own.chars().rev().eq(word.iter().map(char::to_ascii_lowercase));
    PLACES.contains(&shown.as_str()) && !word.is_empty() && !ARTICLES.iter().any(|own| is(own))
}

const LONGEST_ARTICLE: usize = "following".len();

/// `[text](address "title")`.
fn has_title(file: &SourceFile, link: Span) -> bool {
    let written = file.slice(link).trim_end_matches(')').trim_end();
    written.ends_with(['"', '\'']) && written.contains("](")
}

fn is_in_table(prose: &Prose, mark: &Mark) -> bool {
    let behind = prose.blocks.partition_point(|block| block.text.start <= mark.text.start);
    let block: Option<&Block> = behind.checked_sub(1).map(|at| &prose.blocks[at]);
    block.is_some_and(|block| matches!(block.kind, BlockKind::TableCell { .. }))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn links_that_say_nothing() {
        check(
            &RULE,
            "
# Höften

Click [here](https://www.nhs.uk/hips), or [**Read more** »](../hips.md). Våra råd: [läs mer][råd].
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the link text `here` does not say where it leads
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the link text `Read more »` does not say where it leads
                                                                                   ^^^^^^^^^^^^^^ the link text `läs mer` does not say where it leads

- Visit our [website](https://www.nhs.uk) and see [this
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the link text `website` does not say where it leads
                                                  ^^^^^ the link text `this page` does not say where it leads
  page](#hips).

[råd]: https://www.1177.se
",
        );
    }

    #[test]
    fn fields_hold_links_too() {
        check(
            &RULE,
            "
- name: Bridge
  description: Lifts the hips, see [this link](https://www.nhs.uk/hips).
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the link text `this link` does not say where it leads
- name: Bro
  inLanguage: nb
  description: Les om hoften [her](https://www.helsenorge.no).
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the link text `her` does not say where it leads
- name: Hers
  description: It is [her](https://www.nhs.uk/hips) own.
",
        );
    }

    #[test]
    fn links_that_say_enough() {
        silent(
            &RULE,
            "
# Hips

[Click here for the leaflet](a.md), [more](b.md \"Stretches for the hip\"), [more on hips](c.md) and
[1](#r1), the NHS's [website](https://www.nhs.uk), <https://www.nhs.uk/here>, `[here](d.md)`, [![here](e.png)](f.md).

| Site | Address |
|---|---|
| NHS | [link](https://www.nhs.uk) |
",
        );
        silent(&RULE, "---\ntitle: Kolk\ninLanguage: sl\n---\n\nTo je [more](a.md).\n");
    }
}
