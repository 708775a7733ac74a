//! The cases that are written beside the rules of a project's own: running them.
//!
//! A case is a record, or the text of an article. It is looked at where it stands, so that whatever is said of it
//! points into the settings file.

use super::Settings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lasting::Lasting;
use crate::model::{ContentKind, Record};
use crate::policy::Judged;
use crate::rules::custom::{self, CustomRule};
use crate::source::{SourceFile, Span};
use crate::syntax::{self, Node, Prose};
use std::slice;
use std::sync::Arc;

/// What came of the cases.
#[derive(Clone, Debug, Default)]
pub struct Tested {
    /// How many each rule has, in the order of the rules.
    pub cases: Vec<(Lasting, usize)>,
    /// Cases that do not end as they should are errors, rules without any are warnings; in source order.
    pub wrong: Vec<Judged>,
}

/// Run every case in a settings file, which `settings` were read from.
pub fn test(settings: &Settings, file: &SourceFile) -> Tested {
    let document = syntax::parse(file);
    let cases = settings.custom.iter().map(|rule| (rule.id, 0)).collect();
    let mut tested = Tested { cases, wrong: Vec::new() };
    let Some(rules) = document.tree.root().and_then(|root| root.get("custom")) else {
        return tested;
    };
    for entry in rules.merged_entries() {
        if let Some(at) = settings.custom.iter().position(|own| own.id == entry.key()) {
            let mut test =
                Test { rule: &settings.custom[at], file, count: 0, wrong: &mut tested.wrong };
            test.all(entry.key_span(), entry.value);
            tested.cases[at].1 = test.count;
        }
    }
    tested
}

/// The cases of one rule.
struct Test<'a> {
    rule: &'a Arc<CustomRule>,
    file: &'a SourceFile,
    count: usize,
    wrong: &'a mut Vec<Judged>,
}

impl Test<'_> {
    fn all(&mut self, key: Span, rule: Node<'_>) {
        let cases = |name: &str| rule.get(name).into_iter().flat_map(Node::items);
        for case in cases("fail") {
            self.fail(case);
        }
        for case in cases("pass") {
            self.pass(case);
        }
        if cases("fail").next().is_none() {
            let message = format!("no case of `{}` fails", self.rule.id);
            self.wrong(Severity::Warning, key, message).help(
                "write one that does under `fail`, and under `pass` one that is nearly the same",
            );
        }
    }

    fn fail(&mut self, case: Node<'_>) {
        let (selected, found) = self.run(case);
        if !found.is_empty() {
            return;
        }
        let own = self.wrong(Severity::Error, case.span(), "this case should fail, and passes");
        own.label(if selected == 0 { "nothing is selected" } else { "nothing is wrong" });
    }

    fn pass(&mut self, case: Node<'_>) {
        let (selected, found) = self.run(case);
        if let Some(first) = found.first() {
            let own =
                self.wrong(Severity::Error, first.primary.span, "this case should pass, and fails");
            own.label(first.message.clone());
        } else if selected == 0 {
            self.wrong(Severity::Error, case.span(), "this case passes, whatever the condition")
                .label("nothing is selected")
                .help("write a case with what `select` leads to");
        }
    }

    /// How much of a case is selected, and what is reported of it.
    fn run(&mut self, case: Node<'_>) -> (u32, Vec<Diagnostic>) {
        self.count += 1;
        let prose: Option<Prose> = case.text().map(|text| syntax::parse_field(&text));
        let node = Some(case).filter(|_| prose.is_none());
        let usual = if node.is_some() { ContentKind::Exercise } else { ContentKind::Article };
        let kind = self.rule.kinds.first().cloned().unwrap_or(usual);
        let record = Record::new(self.file, kind, node, prose.as_ref(), String::new(), 0);
        let mut found = Vec::new();
        let rules = slice::from_ref(self.rule);
        let selected = custom::check_record(rules, self.file, &record, None, &mut found);
        (selected.into_iter().sum(), found)
    }

    fn wrong(
        &mut self,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let own = Diagnostic::new(self.rule.id, self.file.path.clone(), span, message);
        self.wrong.push(Judged::new(severity, own));
        let last = self.wrong.last_mut().expect("just pushed");
        Arc::get_mut(&mut last.diagnostic).expect("nobody else has it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format};

    /// What is wrong with the cases of settings, each with what it points at.
    fn told(text: &str) -> Vec<String> {
        let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
        let settings = crate::config::parse(&file).expect("good settings");
        let tested = test(&settings, &file);
        let show = |own: &Judged| {
            let own = &own.diagnostic;
            format!("{}: {}: {}", file.slice(own.primary.span), own.message, own.primary.message)
        };
        tested.wrong.iter().map(show).collect()
    }

    #[test]
    fn cases_are_run_where_they_stand() {
        let text = "custom:\n  house/promise:\n    select: [sentences, /steps/*]\n    matches: lov(ar|a)\n    \
                    message: '`{text}` is much'\n    \
                    fail:\n      - Vi **lovar** det.\n      - {steps: [\"we l\\u006fva\"]}\n    \
                    pass: [Vi hoppas det., {steps: [hope]}]\n";
        assert_eq!(told(text), [""; 0]);
        let turned =
            text.replace("fail:", "x").replace("pass:", "fail:").replace("    x", "    pass:");
        assert_eq!(
            told(&turned),
            [
                "Vi hoppas det.: this case should fail, and passes: nothing is wrong",
                "{steps: [hope]}: this case should fail, and passes: nothing is wrong",
                "lovar: this case should pass, and fails: `lovar` is much",
                "l\\u006fva: this case should pass, and fails: `lova` is much",
            ]
        );
    }

    #[test]
    fn cases_that_show_nothing_are_told() {
        let text = "custom:\n  house/a: {select: /steps/*, matches: a, message: b, fail: [{stepz: [a]}]}\n  \
                    house/b: {missing: author, message: b, pass: [{author: me}]}\n  \
                    house/c: {select: headings, longer-than: 2, message: b, fail: ['# abc'], pass: [abc]}\n";
        assert_eq!(
            told(text),
            [
                "{stepz: [a]}: this case should fail, and passes: nothing is selected",
                "house/b: no case of `house/b` fails: ",
                "abc: this case passes, whatever the condition: nothing is selected",
            ]
        );
    }
}
