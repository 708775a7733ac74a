//! Mappings that lack a field, have an unknown one, or one with a name that cannot stand there.

use super::annotate::{place_in_schema, property_description, sentence};
use super::{Explainer, Fault, is_dependent};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::ContentKind;
use crate::model::shape::fold;
use crate::nearest::nearest;
use crate::schema::fields::{Field, Fields, Present};
use crate::schema::part::Part;
use crate::schema::words::shown;
use crate::schema::{rules, values};
use crate::source::{Format, Span};
use crate::syntax::Entry;
use crate::words::{and, counted, or, quoted};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// What Hugo, Jekyll, Docusaurus, Eleventy, Astro, Zola, MkDocs, Obsidian, pandoc, R Markdown and Quarto, their
/// widespread themes and the papers of journals read in front matter, by their documentation; folded and sorted.
#[rustfmt::skip]
const SITE_FIELDS: &[&str] = &[
    "about", "abstract", "abstracttitle", "affiliations", "alwaysallowhtml", "appendixstyle", "authorprofile",
    "banner", "bannerimage", "biblatexoptions", "bibliography", "bibliostyle", "bibliotitle", "build", "canonicalurl",
    "cascade", "categories", "category", "citation", "citationabbreviations", "citationlocation", "citemethod",
    "citeproc", "classes", "codefold", "comments", "cover", "coverimage", "created", "createdat", "crossref", "csl",
    "css", "cssclass", "cssclasses", "customediturl", "date", "dateformat", "disableshare", "displayedsidebar",
    "documentclass", "draft", "editor", "editoroptions", "editpost", "editurl", "eleventyexcludefromcollections",
    "eleventynavigation", "engine", "excerpt", "excerptseparator", "execute", "expirydate", "extra", "featured",
    "featuredimage", "figcaplocation", "filters", "fontsize", "format", "freeze", "geometry", "googlescholar",
    "grandparent", "haschildren", "hastoc", "head", "header", "headerimg", "headerincludes", "headless", "hero",
    "heroimage", "hide", "hidemeta", "hidesummary", "hidetableofcontents", "hidetitle", "icon", "image", "imagealt",
    "images", "includeafterbody", "includebeforebody", "includeinheader", "insearchindex", "institute",
    "iscjklanguage", "jupyter", "keepmd", "knit", "lastmod", "lastmodified", "lastmodifiedat", "lastupdate",
    "lastupdated", "layout", "lightbox", "linkbibliography", "linkcitations", "linkcolor", "linktitle", "listing",
    "markup", "math", "mathjax", "menu", "menus", "metadescription", "metatitle", "modified", "modifiedat",
    "natbiboptions", "navexclude", "navigation", "navorder", "next", "nocite", "notesafterpunctuation",
    "numbersections", "ogimage", "otherlinks", "output", "outputs", "pagefind", "pagelayout", "pagination",
    "paginationlabel", "paginationnext", "paginationprev", "papersize", "params", "parent", "parsenumberprefixes",
    "permalink", "pin", "prev", "pubdate", "publish", "publishdate", "published", "readingtime", "readtime",
    "redirectfrom", "redirectto", "referencelocation", "referencesectiontitle", "renderwithliquid", "runtime",
    "search", "searchhidden", "seodescription", "seotitle", "series", "seriesorder", "share", "shiftheadinglevelby",
    "showbreadcrumbs", "showreadingtime", "showtableofcontents", "showtoc", "sidebar", "sidebarclassname",
    "sidebarcustomprops", "sidebarlabel", "sidebarposition", "site", "sitemap", "slug", "socialimage", "subtitle",
    "suppressbibliography", "tableofcontents", "tag", "taxonomies", "teaser", "template", "thanks", "thumbnail",
    "titleblockbanner", "titlemeta", "toc", "tocdepth", "tocicon", "toclabel", "toclocation", "tocmaxheadinglevel",
    "tocminheadinglevel", "tocopen", "tocsticky", "toctitle", "translationkey", "type", "unlisted", "updatedat",
    "updateddate", "url", "urlcolor", "vignette", "weight",
];

/// What stands between a day and a time.
fn is_before_time(c: char) -> bool {
    matches!(c, 'T' | 't' | ' ')
}

/// Fields that an object lacks.
pub(super) struct Missing<'f, 'e, 'a, 's> {
    pub(super) fault: &'f Fault<'e, 'a, 's>,
    pub(super) names: Vec<&'f str>,
}

/// What an object can have and has.
pub(super) struct Here<'f> {
    pub(super) fields: &'f Fields,
    pub(super) present: &'f Present,
    /// Keys that were told as misspellings of missing fields.
    pub(super) explained: &'f HashSet<Span>,
}

impl<'a> Explainer<'a> {
    pub(super) fn missing(
        &mut self,
        missing: &Missing<'_, '_, 'a, 'a>,
        explained: &mut HashSet<Span>,
        out: &mut Vec<Diagnostic>,
    ) {
        let fault = missing.fault;
        let place = &fault.place;
        let noun = self.noun(fault);
        let strangers = strangers(fault);
        let mut lacking = Vec::new();
        for &name in &missing.names {
            let kind = self.kind_as_type(fault, name);
            let Some(meant) = nearest_key(name, &strangers, explained).or(kind.as_ref()) else {
                lacking.push(name);
                continue;
            };
            explained.insert(meant.key_span());
            let written = quoted(meant.key());
            let message =
                format!("`{name}` is missing in {noun}; {written} is probably meant to be it");
            let diagnostic = self.report(&rules::REQUIRED, place, meant.key_span(), message, out);
            diagnostic.identity.step_to(name);
            diagnostic.label(format!("did you mean `{name}`?"));
            let mut fields = fault.trail.here.iter().map(Part::fields);
            if fields.all(|own| own.get(name).is_none_or(|own| own.takes(meant.value))) {
                rename(diagnostic, meant, name);
            }
            self.annotate(diagnostic, fault, "required", Some(name));
        }
        if lacking.is_empty() {
            return;
        }
        let names: Vec<_> = lacking.iter().map(|name| format!("`{name}`")).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} missing in {noun}", and(&names));
        let span = self.anchor(place);
        let diagnostic = self.report(&rules::REQUIRED, place, span, message, out);
        diagnostic.identity.step_to(lacking[0]);
        diagnostic.label(format!("has no {}", or(&names)));
        let descriptions: Vec<_> = lacking
            .iter()
            .filter_map(|name| {
                let words = property_description(&fault.trail, name)?;
                Some(if lacking.len() == 1 { words } else { format!("`{name}`: {words}") })
            })
            .take(3)
            .collect();
        if !descriptions.is_empty() {
            diagnostic.help(descriptions.join("\n"));
        }
        if lacking.len() == 1 {
            self.annotate(diagnostic, fault, "required", Some(lacking[0]));
        } else {
            self.explain_demand(diagnostic, fault, "required", Some(lacking[0]));
            place_in_schema(diagnostic, fault);
        }
    }

    pub(super) fn unknown_field(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        name: &str,
        here: &Here<'_>,
        out: &mut Vec<Diagnostic>,
    ) {
        let Here { fields, present, explained } = here;
        let Some(entry) = self.lookup.entry(fault.place.node, name) else {
            return;
        };
        if explained.contains(&entry.key_span()) {
            return;
        }
        let is_known = fields.has(name);
        if is_known && fault.is_echo {
            return;
        }
        if self.is_for_the_site(fault, name) {
            return self.date_for_the_site(fault, &entry, out);
        }
        if is_known {
            return self.field_of_other_form(fault, &entry, out);
        }
        let folded = fold(name);
        let is_free = |field: &Field| !present.has(field);
        if fields.all.iter().any(|field| field.is_called(&folded) && !is_free(field)) {
            // The same field under two names is told by the reader of names.
            return;
        }
        if let Some((field, value)) = glued(&entry, fields) {
            let (written, whole) = (quoted(entry.key()), format!("{}: {value}", field.name));
            let message = format!("no blank stands behind the colon of {written}");
            let diagnostic = self.at_key(fault, &entry, message, out);
            diagnostic.label("read as a name without a value");
            let title = format!("write `{whole}`");
            diagnostic.fix(title, Applicability::Unsafe, entry.key_span(), whole);
            return;
        }
        let written = quoted(entry.key());
        // What cannot hold the value is meant by a name that is all but the same: `goals: [...]`.
        let near = fields
            .nearest(name, is_free)
            .filter(|field| field.takes(entry.value) || field.is_nearly(name));
        // The right one may stand beside it; `correctFeedback` beside `correct` is something else.
        let says_more = |own: &&str| name.starts_with(own) && name.len() > own.len() + 2;
        let twin =
            || fields.nearest_name(name, |field| !is_free(field)).filter(|own| !says_more(own));
        let diagnostic = if let Some(field) = near {
            let message = format!("unknown field {written}; did you mean `{}`?", field.name);
            let diagnostic = self.at_key(fault, &entry, message, out);
            meant(diagnostic, &entry, &folded, field);
            diagnostic
        } else if let Some(home) = fields.home_of(&folded) {
            let noun = self.noun(fault);
            let message = format!("field {written} does not stand in {noun}, but in `{home}`");
            let diagnostic = self.at_key(fault, &entry, message, out);
            diagnostic.label(format!("a field of `{home}`"));
            diagnostic.help(format!("move it below `{home}:`"))
        } else if let Some(twin) = twin() {
            let message = format!("unknown field {written} beside `{twin}`");
            let diagnostic = self.at_key(fault, &entry, message, out);
            diagnostic.label("not a field of the schema").help("keep one of the two")
        } else {
            let message = format!("unknown field {written} in {}", self.noun(fault));
            let diagnostic = self.at_key(fault, &entry, message, out);
            diagnostic.label("not a field of the schema");
            let current = fields.all.iter().filter(|own| is_free(own) && !own.is_deprecated);
            let names: Vec<_> = current.map(|field| field.name.as_str()).collect();
            if !names.is_empty() {
                diagnostic.help(format!("fields that can stand here: {}", listed(&names)));
            }
            diagnostic
        };
        self.annotate(diagnostic, fault, fault.error.kind().keyword(), None);
    }

    fn field_of_other_form(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        entry: &Entry<'a>,
        out: &mut Vec<Diagnostic>,
    ) {
        let (written, noun) = (quoted(entry.key()), self.noun(fault));
        let message = format!("field {written} belongs to another form of {noun}");
        let diagnostic = self.at_key(fault, entry, message, out);
        diagnostic.label("not a field of this form");
        self.annotate(diagnostic, fault, fault.error.kind().keyword(), None);
    }

    /// Report a field that is not in the schema.
    fn at_key<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        entry: &Entry<'a>,
        message: String,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let span = entry.key_span();
        let diagnostic = self.report(&rules::UNKNOWN_FIELD, &fault.place, span, message, out);
        diagnostic.identity.step_to(entry.name());
        diagnostic
    }

    /// The `kind` of a resource that has no `type`, where it names no kind of record: "kind: webpage".
    fn kind_as_type(&self, fault: &Fault<'_, 'a, 'a>, name: &str) -> Option<Entry<'a>> {
        let is_asked = name == "type" && fault.place.steps.is_empty() && self.schema.is_built_in();
        let kind = fault.place.node.entry("kind").filter(|_| is_asked)?;
        let written = kind.value.as_str()?;
        ContentKind::BUILT_IN.iter().all(|own| own.name() != written).then_some(kind)
    }

    /// Whether a field of front matter is one that site generators read, which our schemas know nothing of.
    fn is_for_the_site(&self, fault: &Fault<'_, 'a, 'a>, name: &str) -> bool {
        self.context.file.format == Format::Markdown
            && fault.place.steps.is_empty()
            && self.schema.is_built_in()
            && SITE_FIELDS.binary_search(&fold(name).as_str()).is_ok()
    }

    /// A day that no calendar has, alone or before a time, in a field that holds a date wherever it is read.
    fn date_for_the_site(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        entry: &Entry<'a>,
        out: &mut Vec<Diagnostic>,
    ) {
        const DATES: &[&str] = &[
            "created",
            "createdat",
            "date",
            "expirydate",
            "lastmod",
            "lastmodified",
            "lastmodifiedat",
            "modified",
            "modifiedat",
            "pubdate",
            "publishdate",
            "published",
            "updatedat",
            "updateddate",
        ];
        const DAY: usize = "2026-11-21".len();
        let value = entry.value;
        if value.is_alias() || !DATES.contains(&fold(entry.key()).as_str()) {
            return;
        }
        let text = value.as_str().unwrap_or("").trim();
        let day = text.get(..DAY).filter(|_| text[DAY..].chars().next().is_none_or(is_before_time));
        let Some(why) = day.and_then(values::no_day) else { return };
        let (key, found) = (quoted(entry.key()), quoted(text));
        let message = format!("{key} must be a date, found the text {found}: {why}");
        self.report(&rules::FORMAT, &fault.place, value.span(), message, out).label(why);
    }

    pub(super) fn dependent(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        property: &Value,
        out: &mut Vec<Diagnostic>,
    ) {
        let Some(name) = property.as_str() else {
            return;
        };
        let needing = dependents(fault.trail.owner(), name);
        let trigger = needing.into_iter().find_map(|own| self.lookup.entry(fault.place.node, own));
        let (span, reason) = match trigger {
            Some(entry) => (entry.key_span(), quoted(entry.key())),
            None => (self.anchor(&fault.place), "another field".to_owned()),
        };
        let message = format!("`{name}` is missing; {reason} needs it");
        let diagnostic = self.report(&rules::DEPENDENT_REQUIRED, &fault.place, span, message, out);
        diagnostic.identity.step_to(name);
        diagnostic.label(format!("needs `{name}` beside it"));
        if let Some(words) = property_description(&fault.trail, name) {
            diagnostic.help(words);
        }
        self.annotate(diagnostic, fault, "dependentRequired", Some(name));
    }

    pub(super) fn property_name<'o>(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        inner: &ValidationError<'_>,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let name = inner.instance().as_str().unwrap_or("").to_owned();
        let entry = self.lookup.entry(fault.place.node, &name);
        let span = entry.map_or(self.value_span(&fault.place), |entry| entry.key_span());
        let reason = match inner.kind() {
            Kind::Pattern { pattern } => format!("names here match `{pattern}`"),
            Kind::MaxLength { limit } => {
                format!("names here have at most {}", counted(*limit, "character"))
            }
            Kind::MinLength { limit } => {
                format!("names here have at least {}", counted(*limit, "character"))
            }
            Kind::Enum { options } => {
                let options: Vec<_> = options.as_array().into_iter().flatten().map(shown).collect();
                format!("names here are {}", or(&options))
            }
            Kind::Format { format } => {
                format!("names here must be {}", values::format_words(format).0)
            }
            _ => "the schema limits the names that can stand here".to_owned(),
        };
        let message = format!("{} cannot be the name of a field here", quoted(&name));
        let diagnostic = self.report(&rules::PROPERTY_NAMES, &fault.place, span, message, out);
        diagnostic.label("not a name that can stand here").help(reason)
    }
}

pub(super) fn missing_fields<'f, 'e, 'a, 's>(
    faults: &'f [Fault<'e, 'a, 's>],
    supplied: &[&str],
) -> Vec<Missing<'f, 'e, 'a, 's>> {
    let mut found: Vec<Missing<'f, 'e, 'a, 's>> = Vec::new();
    let mut by_node: BTreeMap<u32, usize> = BTreeMap::new();
    for fault in faults {
        let Kind::Required { property: Value::String(name) } = fault.error.kind() else {
            continue;
        };
        let is_supplied = fault.place.steps.is_empty() && supplied.contains(&name.as_str());
        if is_supplied || is_dependent(fault) {
            continue;
        }
        let at = *by_node.entry(fault.place.node.id().index()).or_insert_with(|| {
            found.push(Missing { fault, names: Vec::new() });
            found.len() - 1
        });
        if !found[at].names.contains(&name.as_str()) {
            found[at].names.push(name);
        }
    }
    found
}

/// The object's entries that its schema does not know.
fn strangers<'a>(fault: &Fault<'_, 'a, '_>) -> Vec<Entry<'a>> {
    let here: Vec<_> = fault.trail.here.iter().map(Part::fields).collect();
    let is_known = |name: &str| here.iter().any(|fields| fields.has(name));
    // The settings may say of a field that it is the collection's own.
    let is_own = |entry: &Entry<'_>| entry.name() != entry.key() && entry.name().starts_with("x-");
    let entries = fault.place.node.entries();
    entries.filter(|entry| !is_known(entry.name()) && !is_own(entry)).collect()
}

fn nearest_key<'f, 'a>(
    name: &str,
    strangers: &'f [Entry<'a>],
    explained: &HashSet<Span>,
) -> Option<&'f Entry<'a>> {
    let free = || strangers.iter().filter(|entry| !explained.contains(&entry.key_span()));
    let near = nearest(name, free().map(|entry| entry.key()))?;
    free().find(|entry| entry.key() == near)
}

/// The fields that ask for `name` beside them.
fn dependents<'s>(owner: &Part<'s>, name: &str) -> Vec<&'s str> {
    let tables =
        ["dependentRequired", "dependencies"].into_iter().filter_map(|keyword| owner.get(keyword));
    let entries = tables.filter_map(Value::as_object).flatten();
    let asking = entries.filter(|(_, needed)| match needed {
        Value::Array(needed) => needed.iter().any(|own| own == name),
        other => *other == name,
    });
    asking.map(|(own, _)| own.as_str()).collect()
}

fn listed(names: &[&str]) -> String {
    const MOST: usize = 12;
    let shown = &names[..names.len().min(MOST)];
    let mut words = format!("`{}`", shown.join("`, `"));
    if names.len() > MOST {
        words.push_str(&format!(", and {} more", names.len() - MOST));
    }
    words
}

/// The field and the value that a key without a value is, which lacks the blank between them.
fn glued<'f, 'k>(entry: &Entry<'k>, fields: &'f Fields) -> Option<(&'f Field, &'k str)> {
    let (name, value) = entry.key().split_once(':').filter(|_| entry.value.is_null())?;
    let folded = fold(name);
    let is_meant = |field: &&Field| field.name == name || field.is_called(&folded);
    Some((fields.all.iter().find(is_meant)?, value))
}

fn rename(diagnostic: &mut Diagnostic, entry: &Entry<'_>, name: &str) {
    let node = entry.key_node;
    if node.is_alias() {
        return;
    }
    let span = node.text().map_or(node.span(), |text| text.inner_span());
    diagnostic.fix(format!("rename it to `{name}`"), Applicability::Unsafe, span, name);
}

/// Say of an unknown field which one is meant.
fn meant(diagnostic: &mut Diagnostic, entry: &Entry<'_>, folded: &str, field: &Field) {
    diagnostic.label(format!("did you mean `{}`?", field.name));
    if is_misspelt_care(folded, &field.name) {
        diagnostic.kind("care");
    }
    if field.takes(entry.value) {
        rename(diagnostic, entry, &field.name);
    }
    if let Some(words) = &field.description {
        diagnostic.help(format!("`{}`: {}", field.name, sentence(words)));
    }
}

/// Whether a field that nobody reads would say what to watch for. `safetyRating` is a field of somebody's own.
fn is_misspelt_care(folded: &str, meant: &str) -> bool {
    const CARE: &[&str] = &["safety", "contraindications", "stopIf"];
    let meant_folded = fold(meant);
    CARE.contains(&meant) && !folded.starts_with(&meant_folded) && !meant_folded.starts_with(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FilePath;
    use crate::testing;

    #[test]
    fn fields_for_the_site_are_folded_and_sorted() {
        assert!(SITE_FIELDS.is_sorted());
        assert!(SITE_FIELDS.iter().all(|name| fold(name) == *name));
    }

    #[test]
    fn fields_left_empty_in_front_matter() {
        let told = |path: &str, text: &str| {
            let files = testing::files(&rules::TYPE, &format!("//- {path}\n{text}"));
            let said = testing::diagnostics(&files);
            let own = said.iter().filter(|own| own.rule == rules::TYPE.id);
            own.map(|own| own.kind).collect::<Vec<_>>()
        };
        let page = |fields: &str| format!("---\n{fields}\n---\n\nText.\n");
        assert_eq!(told("articles/a.md", &page("title: Höft\ntags:")), [Some("empty")]);
        assert_eq!(told("articles/a.md", &page("title: Höft\ntags: 3")), [None]);
        // What must be there cannot be left out.
        assert_eq!(told("articles/a.md", &page("title:")), [None]);
        assert_eq!(told("exercises/a.md", &page("title: Höft\ndosage:")), [None]);
        assert_eq!(told("articles/a.yaml", "title: Höft\ntags:\n"), [None]);
    }

    #[test]
    fn dates_for_the_site_are_days() {
        let said = |front_matter: &str| {
            let file =
                format!("//- articles/a.md\n---\ntitle: Höft\n{front_matter}---\n\n# Höft\n");
            let said = testing::diagnostics(&testing::files(&rules::FORMAT, &file));
            let own = said.iter().filter(|own| own.rule == rules::FORMAT.id);
            own.map(|own| own.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            said("date: 2026-13-10 20:28:00 +0200\nlastmod: \"2026-02-30\"\n"),
            [
                "`date` must be a date, found the text `2026-13-10 20:28:00 +0200`: there are 12 months",
                "`lastmod` must be a date, found the text `2026-02-30`: that month has 28 days",
            ]
        );
        let fine = "date: 2026-11-21T20:28:00Z\nlastmod: May 2026\npubDate: 2026-13-100\nslug: 2026-02-30\n";
        assert_eq!(said(fine), [""; 0]);
    }

    #[test]
    fn what_is_left_empty() {
        let said = |file: &str| {
            let said = testing::diagnostics(&testing::files(&rules::TYPE, file));
            let own =
                said.iter().filter(|own| [rules::TYPE.id, rules::ENUM.id].contains(&own.rule));
            own.map(|own| (own.kind, own.message.clone())).collect::<Vec<_>>()
        };
        let found = "expected text or a list for `tags`, found nothing".to_owned();
        let front_matter = "//- articles/a.md\n---\ntitle: Höft\ntags:\n---\n\n# Höft\n";
        assert_eq!(said(front_matter), [(Some("empty"), found.clone())]);
        assert_eq!(said("//- articles/a.yaml\ntitle: Höft\ntags:\n"), [(None, found)]);
        let kinds = said("//- exercises/a.md\n---\nname: Höft\ndosage:\n---\n\n# Höft\n");
        assert!(kinds.iter().all(|(kind, _)| kind.is_none()), "{kinds:?}");
        assert_eq!(
            said("//- exercises/a.yaml\nname: Höft\ncategory: \"\"\n"),
            [(None, "the empty text is not a value of `category`".to_owned())]
        );
    }

    #[test]
    fn what_nobody_reads_may_be_anything() {
        let front_matter = "title: Hüften\nupdated: 2026\nregion:\nbodyPart: upper legs\n";
        let file = format!("//- articles/a.md\n---\n{front_matter}---\n\n# Hüften\n");
        let said = testing::diagnostics(&testing::files(&rules::TYPE, &file));
        let said: Vec<_> = said.iter().filter(|own| own.rule.starts_with("schema/")).collect();
        assert!(said.is_empty(), "{said:#?}");
    }

    #[test]
    fn the_type_of_a_resource_may_stand_as_its_kind() {
        let file = "//- resources/a.yaml\nid: a\nkind: webpage\ntitle: Hüfte\nURL: https://example.org/a\n";
        let said = testing::diagnostics(&testing::files(&rules::REQUIRED, file));
        let said: Vec<_> = said.iter().filter(|own| own.rule.starts_with("schema/")).collect();
        let messages: Vec<_> = said.iter().map(|own| own.message.as_str()).collect();
        let meant = "`type` is missing in this resource; `kind` is probably meant to be it";
        assert_eq!(messages, [meant]);
    }

    #[test]
    fn what_a_field_cannot_hold_is_not_meant_by_it() {
        let file = "//- resources/a.yaml\nid: a\ntype: software\ntitle: Hüfte\npricing: true\npublihser: Press\n\
            //- resources/b.yaml\nid: b\ntypes: [cli]\ntitle: Hüfte\n";
        let said = testing::diagnostics(&testing::files(&rules::UNKNOWN_FIELD, file));
        let said: Vec<_> = said.iter().filter(|own| own.rule.starts_with("schema/")).collect();
        let told: Vec<_> =
            said.iter().map(|own| (own.message.as_str(), own.fix.is_some())).collect();
        assert_eq!(
            told,
            [
                ("unknown field `pricing` in this resource", false),
                ("unknown field `publihser`; did you mean `publisher`?", true),
                ("`type` is missing in this resource; `types` is probably meant to be it", false),
            ]
        );
    }

    #[test]
    fn front_matter_may_hold_what_the_site_reads() {
        let front_matter = "title: Hips\ndate: 2026-05-01T10:00:00Z\nnav_order: 3\n";
        let unknown = |path: &str, text: String| {
            let files = testing::files(&rules::UNKNOWN_FIELD, &format!("//- {path}\n{text}"));
            assert_eq!(files[0].path, FilePath::new(path));
            let said = testing::diagnostics(&files);
            said.iter().filter(|own| own.rule == rules::UNKNOWN_FIELD.id).count()
        };
        let body = "\n# Hips\n\nThey move.\n";
        assert_eq!(unknown("articles/a.md", format!("---\n{front_matter}---\n{body}")), 0);
        assert_eq!(unknown("articles/a.md", format!("---\n{front_matter}dat: 1\n---\n{body}")), 1);
        let pandoc = "bibliography: refs.bib\nlink-citations: true\nnocite: '@*'\n";
        assert_eq!(unknown("articles/a.md", format!("---\ntitle: Hips\n{pandoc}---\n{body}")), 0);
        let sites = "cssclasses: [wide]\nabstract: Of hips.\ncitation: true\nlastUpdated: false\n";
        assert_eq!(unknown("articles/a.md", format!("---\ntitle: Hips\n{sites}---\n{body}")), 0);
        // In a file of data nobody else reads them.
        assert_eq!(unknown("articles/a.yaml", front_matter.to_owned()), 2);
    }

    #[test]
    fn the_state_of_a_page_is_for_the_site() {
        let told = |path: &str, text: &str| {
            let files = testing::files(&rules::ENUM, &format!("//- {path}\n{text}"));
            let said = testing::diagnostics(&files);
            said.iter().filter(|own| own.rule == rules::ENUM.id).count()
        };
        let page =
            |status: &str| format!("---\ntitle: Höfter\nstatus: {status}\n---\nThey move.\n");
        assert_eq!(told("articles/a.md", &page("new")), 0);
        assert_eq!(told("articles/a.md", &page("publish")), 0);
        assert_eq!(told("articles/a.md", &page("publised")), 1);
        assert_eq!(told("articles/a.yaml", "title: Höfter\nstatus: new\n"), 1);
    }

    #[test]
    fn a_type_may_be_the_kind() {
        let told = |text: &str| {
            let files = testing::files(&rules::ENUM, &format!("//- {text}"));
            let said = testing::diagnostics(&files).into_iter().map(|own| own.rule);
            said.filter(|rule| *rule == rules::ENUM.id).collect::<Vec<_>>()
        };
        let exercise = "exercises/a.yaml\nname: Höft\ninstructions: [Sit.]\n";
        assert!(told(&format!("{exercise}type: exercise\n")).is_empty());
        assert_eq!(told(&format!("{exercise}type: excercise\n")), [rules::ENUM.id]);
        let page = |kind: &str| format!("exercises/a.md\n---\ntype: {kind}\n---\n\n1. Sit.\n");
        assert!(told(&page("post")).is_empty());
        assert_eq!(told(&page("strenght")), [rules::ENUM.id]);
        // The type of a work is another thing.
        let work = "resources/a.yaml\nid: a\ntitle: Höft\nURL: https://example.org/a\n";
        assert_eq!(told(&format!("{work}type: resource\n")), [rules::ENUM.id]);
    }
}
