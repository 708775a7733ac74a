//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{LinkFact, ProjectFacts};
use crate::nearest::Names;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    id: "project/missing-file",
    summary: "a link or a picture leads to a file that is not there",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "link", level: Level::Warning, summary: "a page that is not there" },
        RuleKind { name: "picture", level: Level::Warning, summary: "a picture that is not there" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Files are renamed and moved, and the texts that lead to them stay behind. Readers miss the picture that the step is
explained by, or the page that says when to stop.

```markdown fail
# Hip pain

See [when to seek help](seek-help.md) first.
```

```markdown pass
# Hip pain

See [when to seek help](https://www.nhs.uk/conditions/hip-pain/) first.
```

Looked at are paths from the file itself (`seek-help.md`, `../images/bridge.png`), to files that caveat reads and to
pictures, films, sound, tables and PDF. Addresses, paths that begin with `/`, which are those of the site, paths that leave the
project, and what a template fills in are left alone. Where a program puts files together that lie apart, switch the
rule off for them. A program that embeds caveat says with `Project::with_others` which files there are.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut known = None;
    for (&path, file) in &facts.files {
        for link in file.links.iter().filter(|link| facts.is_missing(&link.file)) {
            let known = known.get_or_insert_with(|| Known::new(facts));
            report(path, link, known, out);
        }
    }
}

/// The files of the project, to find the one that is meant.
struct Known<'f> {
    by_name: HashMap<&'f str, Vec<&'f FilePath>>,
    by_folder: HashMap<&'f str, Names<'f>>,
}

impl<'f> Known<'f> {
    fn new(facts: &'f ProjectFacts<'_>) -> Self {
        let mut by_name = HashMap::<_, Vec<_>>::new();
        let mut by_folder = HashMap::<_, Vec<_>>::new();
        for &path in facts.files.keys() {
            by_name.entry(path.file_name()).or_default().push(path);
            by_folder.entry(path.folder()).or_default().push(path.file_name());
        }
        let names =
            by_folder.into_iter().map(|(folder, own)| (folder, Names::new(own.into_iter())));
        Self { by_name, by_folder: names.collect() }
    }

    /// What to do about a file that is not there.
    fn help(&mut self, link: &LinkFact) -> String {
        let file = FilePath::new(&link.file);
        if let Some([moved]) = self.by_name.get(file.file_name()).map(Vec::as_slice) {
            return format!("a file of this name is `{moved}`");
        }
        match self.by_folder.get_mut(file.folder()).and_then(|own| own.nearest(file.file_name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the path, or add the file".to_owned(),
        }
    }
}

fn report(path: &FilePath, link: &LinkFact, known: &mut Known<'_>, out: &mut Sink<'_>) {
    out.report_at(path, &link.site, format!("there is no file `{}`", link.file))
        .kind(if link.is_picture { "picture" } else { "link" })
        .label("leads nowhere")
        .help(known.help(link));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn pages_and_pictures_that_are_not_there() {
        check(
            &RULE,
            "
//- articles/höft.md
# Höften

Läs – som [vanligt](knä.md#smärta) – om [knät](knäd.md), [ryggen](../rygg.md) och [axeln](axel.md).
                                        ^^^^^^^^^^^^^^^ there is no file `articles/knäd.md`
                                                         ^^^^^^^^^^^^^^^^^^^^ there is no file `rygg.md`
                                                                                  ^^^^^^^^^^^^^^^^ there is no file `articles/axel.md`

![Bäckenlyft](bilder/lyft.png)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ there is no file `articles/bilder/lyft.png`
//- articles/knä.md
# Knä

Se [höften](./höft.md).
//- articles/mer/axel.md
# Axel
",
        );
    }

    #[test]
    fn what_is_no_path_from_here() {
        silent(
            &RULE,
            "
# Hips

[a](/b.md) [a](https://a.org/b.md) [a](b) [a](b.html) [a](#b) [a]({{ b }}.md) [a](../../b.md) `[a](b.md)`
",
        );
    }
}
