//! A schema proposed from content that is there, and how often each field occurs.

use super::instance::to_value;
use super::union::type_name;
use crate::source::FilePath;
use crate::syntax::{Kind, Node, pointer};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// Distinct values kept for each field.
const MAX_VALUES: usize = 60;
/// A field with no more values than this may be a list of choices.
const MAX_CHOICES: usize = 12;
/// How often a choice occurs on average before it is taken for one.
const MIN_USES: usize = 3;
/// An object with more names than this, most of them rare, is a table by name.
const MAX_FIELDS: usize = 60;

/// What was learned from the records.
#[derive(Clone, Debug)]
pub struct Inferred {
    /// A schema (2020-12) that all records pass.
    pub schema: Value,
    /// One row for each field, in the order of first use.
    pub coverage: Vec<Coverage>,
}

/// How one field is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Path with `*` for list items: `/questions/*/prompt`. Items that are single values have a row
    /// of their own: `/keywords/*`.
    pub pointer: String,
    /// How many objects have the field, of how many that could; of items, how many there are.
    pub present: usize,
    pub objects: usize,
    /// JSON types by how often they occur, most frequent first.
    pub types: Vec<(&'static str, usize)>,
    /// The most frequent single values, most frequent first; ties by text.
    pub values: Vec<(Value, usize)>,
    /// Distinct single values, of which no more than a few dozen are counted.
    pub distinct: usize,
    /// Whether there are more than were counted.
    pub has_more: bool,
    /// The first file that has the field.
    pub example: Option<FilePath>,
}

/// Propose a schema for records; they are read in the order given.
pub fn infer(records: &[(FilePath, Node<'_>)]) -> Inferred {
    let mut stats = Stats::default();
    for (path, node) in records {
        stats.see(path, *node);
    }
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.extend(stats.schema());
    let mut coverage = Vec::new();
    stats.cover("", &mut coverage);
    Inferred { schema: Value::Object(schema), coverage }
}

/// Everything seen at one place.
#[derive(Debug, Default)]
struct Stats {
    seen: usize,
    example: Option<FilePath>,
    types: BTreeMap<&'static str, usize>,
    /// Single values and how often each occurs, by what they are in JSON.
    values: HashMap<String, (usize, Value)>,
    has_more_values: bool,
    has_empty_text: bool,
    has_empty_list: bool,
    longest: usize,
    dates: usize,
    addresses: usize,
    fields: Vec<(String, Stats)>,
    positions: HashMap<String, usize>,
    items: Option<Box<Stats>>,
    lists_with_repeats: usize,
}

impl Stats {
    fn see(&mut self, path: &FilePath, node: Node<'_>) {
        self.seen += 1;
        self.example.get_or_insert_with(|| path.clone());
        *self.types.entry(type_name(node)).or_default() += 1;
        match node.kind() {
            Kind::Mapping => {
                for entry in node.merged_entries() {
                    let name = entry.name();
                    let at = *self.positions.entry(name.to_owned()).or_insert_with(|| {
                        self.fields.push((name.to_owned(), Stats::default()));
                        self.fields.len() - 1
                    });
                    self.fields[at].1.see(path, entry.value);
                }
            }
            Kind::Sequence => {
                let items = self.items.get_or_insert_with(Box::default);
                let mut count = 0;
                for item in node.items() {
                    items.see(path, item);
                    count += 1;
                }
                self.has_empty_list |= count == 0;
                self.lists_with_repeats += usize::from(super::values::repeated(node).is_some());
            }
            _ => self.see_value(node),
        }
    }

    fn see_value(&mut self, node: Node<'_>) {
        let text = node.scalar_text();
        if node.as_str().is_some() {
            self.has_empty_text |= text.is_empty();
            self.longest = self.longest.max(text.chars().count());
            self.dates += usize::from(is_date(text));
            self.addresses += usize::from(is_address(text));
        }
        // A text and a number that read the same are two values.
        let name = if node.as_str().is_some() { format!("\"{text}") } else { text.to_owned() };
        if let Some((count, _)) = self.values.get_mut(&name) {
            *count += 1;
        } else if self.values.len() < MAX_VALUES {
            self.values.insert(name, (1, to_value(node)));
        } else {
            self.has_more_values = true;
        }
    }

    fn count(&self, name: &str) -> usize {
        self.types.get(name).copied().unwrap_or(0)
    }

    /// Single values, most frequent first, then by text.
    fn ranked(&self) -> Vec<(&Value, usize)> {
        let mut values: Vec<_> = self.values.iter().collect();
        values.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
        values.into_iter().map(|(_, (count, value))| (value, *count)).collect()
    }

    fn schema(&self) -> Map<String, Value> {
        let mut schema = Map::new();
        let mut names: Vec<&str> = self.types.keys().copied().collect();
        if names.contains(&"number") {
            names.retain(|name| *name != "integer");
        }
        match names.as_slice() {
            [] => {}
            [only] => drop(schema.insert("type".to_owned(), json!(only))),
            several => drop(schema.insert("type".to_owned(), json!(several))),
        }
        if self.count("string") > 0 {
            self.describe_text(&mut schema);
        }
        if let Some(items) = &self.items {
            if !self.has_empty_list {
                schema.insert("minItems".to_owned(), json!(1));
            }
            if self.lists_with_repeats == 0 && items.seen > items.values.len().max(1) {
                schema.insert("uniqueItems".to_owned(), json!(true));
            }
            schema.insert("items".to_owned(), Value::Object(items.schema()));
        }
        if self.count("object") > 0 {
            self.describe_fields(&mut schema);
        }
        schema
    }

    fn describe_text(&self, schema: &mut Map<String, Value>) {
        let texts = self.count("string");
        if let Some(choices) = self.choices() {
            schema.insert("enum".to_owned(), choices);
        } else if self.dates == texts {
            schema.insert("format".to_owned(), json!("date"));
        } else if self.addresses == texts {
            schema.insert("format".to_owned(), json!("uri"));
        } else if !self.has_empty_text {
            schema.insert("minLength".to_owned(), json!(1));
        }
        if !schema.contains_key("enum") {
            let ranked = self.ranked();
            if let Some((text, _)) = ranked.iter().find(|(value, _)| value.is_string()) {
                schema.insert("examples".to_owned(), json!([text]));
            }
        }
    }

    /// The values as a list of choices, when they look like one: a few short texts, over and over.
    /// `null` may be among them.
    fn choices(&self) -> Option<Value> {
        const LONGEST_CHOICE: usize = 40;
        let (texts, nulls) = (self.count("string"), self.count("null"));
        let mut values: Vec<&Value> = self.values.values().map(|(_, value)| value).collect();
        values.retain(|value| value.is_string());
        let looks_chosen = !self.has_more_values
            && texts + nulls == self.seen
            && (2..=MAX_CHOICES).contains(&values.len())
            && texts >= values.len() * MIN_USES
            && self.longest <= LONGEST_CHOICE
            && !self.has_empty_text;
        values.sort_by_key(|value| value.as_str());
        if nulls > 0 {
            values.push(&Value::Null);
        }
        looks_chosen.then(|| json!(values))
    }

    fn describe_fields(&self, schema: &mut Map<String, Value>) {
        let objects = self.count("object");
        let rare = self.fields.iter().filter(|(_, field)| field.seen * 10 < objects).count();
        if self.fields.len() > MAX_FIELDS && rare * 2 > self.fields.len() {
            schema.insert("additionalProperties".to_owned(), json!(true));
            return;
        }
        let required: Vec<&str> = self
            .fields
            .iter()
            .filter(|(_, field)| field.seen == objects && objects > 1 && field.count("null") == 0)
            .map(|(name, _)| name.as_str())
            .collect();
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        let properties: Map<String, Value> = self
            .fields
            .iter()
            .map(|(name, field)| (name.clone(), Value::Object(field.schema())))
            .collect();
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("additionalProperties".to_owned(), json!(false));
    }

    fn cover(&self, pointer: &str, out: &mut Vec<Coverage>) {
        for (name, field) in &self.fields {
            let pointer = format!("{pointer}/{}", pointer::escaped(name));
            out.push(field.row(&pointer, self.count("object")));
            field.cover(&pointer, out);
        }
        if let Some(items) = &self.items {
            let pointer = format!("{pointer}/*");
            if !items.values.is_empty() {
                out.push(items.row(&pointer, items.seen));
            }
            items.cover(&pointer, out);
        }
    }

    fn row(&self, pointer: &str, objects: usize) -> Coverage {
        const SHOWN: usize = 8;
        let mut types: Vec<_> = self.types.iter().map(|(name, count)| (*name, *count)).collect();
        types.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let ranked = self.ranked().into_iter().take(SHOWN);
        Coverage {
            pointer: pointer.to_owned(),
            present: self.seen,
            objects,
            types,
            values: ranked.map(|(value, count)| (value.clone(), count)).collect(),
            distinct: self.values.len(),
            has_more: self.has_more_values,
            example: self.example.clone(),
        }
    }
}

/// Year, month and day with hyphens, as `format: date` has it.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && super::values::nearby_date(text).is_none()
        && super::values::nearby_date(&text.replace('-', "/")).is_some()
}

/// A plain web address: one that every reading of `format: uri` takes.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/?#!$&'()*+,;=:@".contains(&byte);
    !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        && path.bytes().all(is_plain)
        && path.matches('#').count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Catalogue, SchemaRef};
    use crate::source::{Format, SourceFile};
    use crate::syntax::{self, Document};

    fn documents(texts: &[&str]) -> Vec<(FilePath, Document)> {
        let numbered = texts.iter().enumerate();
        numbered
            .map(|(index, text)| {
                let path = FilePath::new(&format!("{index}.yaml"));
                let file = SourceFile::new(path.clone(), *text, Format::Yaml);
                (path, syntax::parse(&file))
            })
            .collect()
    }

    fn records_of(documents: &[(FilePath, Document)]) -> Vec<(FilePath, Node<'_>)> {
        documents
            .iter()
            .map(|(path, document)| (path.clone(), document.tree.root().unwrap()))
            .collect()
    }

    fn assert_all_pass(schema: &Value, records: &[(FilePath, Node<'_>)]) {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("found.schema.json");
        catalogue.add(None, path.clone(), schema.to_string());
        let schema = catalogue.schema(&SchemaRef::Path(path)).unwrap().unwrap();
        for (path, record) in records {
            assert!(schema.is_valid(*record), "{path} does not pass {:#}", schema.root().value);
        }
    }

    #[test]
    fn a_schema_is_proposed_that_all_records_pass() {
        let documents = documents(&[
            "id: a\nlevel: easy\ndate: 2026-01-02\ntags: [x, y]\nn: 1\n",
            "id: b\nlevel: hard\ndate: 2026-02-03\ntags: [x]\nn: 1.5\n",
            "id: c\nlevel: easy\ndate: 2026-03-04\nurl: https://e.org\nn: 2\n",
            "id: d\nlevel: hard\ndate: 2026-03-05\nn: 2\nsteps: [{do: it}, {do: that, long: true}]\n",
            "id: e\nlevel: hard\ndate: 2026-03-05\nn: 2\n",
            "id: f\nlevel: easy\ndate: 2026-03-05\nn: 2\n",
        ]);
        let records = records_of(&documents);
        let found = infer(&records);
        assert_eq!(found.schema["required"], json!(["id", "level", "date", "n"]));
        assert_eq!(found.schema["properties"]["level"]["enum"], json!(["easy", "hard"]));
        assert_eq!(found.schema["properties"]["date"]["format"], "date");
        assert_eq!(found.schema["properties"]["url"]["format"], "uri");
        assert_eq!(found.schema["properties"]["n"]["type"], "number");
        assert_eq!(found.schema["properties"]["steps"]["items"]["required"], json!(["do"]));

        assert_all_pass(&found.schema, &records);

        let level = found.coverage.iter().find(|row| row.pointer == "/level").unwrap();
        assert_eq!((level.present, level.objects, level.distinct), (6, 6, 2));
        assert_eq!(level.values[0], (json!("easy"), 3));
        let long = found.coverage.iter().find(|row| row.pointer == "/steps/*/long").unwrap();
        assert_eq!((long.present, long.objects), (1, 2));
    }

    /// What a schema may be wrong about: values that look alike, and what `format` is strict about.
    #[test]
    fn records_that_are_hard_to_tell_pass_too() {
        let documents = documents(&[
            "a: 1\nb: 'null'\nc: https://e.org/ä\nd: []\ne: {x: 1}\n\"f/~g\": .nan\nh: &h [x, *h0]\n",
            "a: '1'\nb: ~\nc: https://e.org/a\nd: [[], [1]]\ne: {}\nh: ''\n",
            "a: 1.5\nb: yes\nc: http://[::1\nd: [a, a]\ne: text\ni: 99999999999999999999\n",
            "<<: {a: 2}\nb: b\nc: https://\nd: ~\nk: 2026-02-30\nb: c\n",
        ]);
        let records = records_of(&documents);
        assert_all_pass(&infer(&records).schema, &records);
    }

    #[test]
    fn choices_may_be_left_open() {
        let documents =
            documents(&["{a: x}", "{a: x}", "{a: y}", "{a: ~}", "{a: x}", "{a: y}", "{a: y}"]);
        let records = records_of(&documents);
        let found = infer(&records);
        assert_eq!(found.schema["properties"]["a"]["enum"], json!(["x", "y", null]));
        assert_all_pass(&found.schema, &records);
    }

    #[test]
    fn items_of_lists_are_covered() {
        let documents = documents(&["{a: [x, y]}", "{a: [x]}", "{b: x}"]);
        let records = records_of(&documents);
        let coverage = infer(&records).coverage;
        let row = coverage.iter().find(|row| row.pointer == "/a/*").unwrap();
        assert_eq!((row.present, row.objects, row.distinct), (3, 3, 2));
        assert_eq!(row.values, [(json!("x"), 2), (json!("y"), 1)]);
    }

    #[test]
    fn dates_are_dates() {
        assert!(is_date("2026-02-28"));
        assert!(!is_date("2026-02-30"));
        assert!(!is_date("2026-2-3"));
        assert!(!is_date("0000-00-00"));
    }
}
