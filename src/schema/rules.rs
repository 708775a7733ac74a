//! What the schema reports, as rules: one for each keyword, so that each has a level of its own and
//! can be suppressed alone.

use crate::diagnostic::{Confidence, Level};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind};

const fn keyword(id: &'static str, summary: &'static str, docs: &'static str) -> Rule {
    Rule {
        id,
        summary,
        level: Level::Error,
        kinds: &[],
        confidence: Confidence::High,
        fix: Fixability::Never,
        profile: Profile::Relaxed,
        since: "0.1.0",
        docs,
        check: Check::Engine,
    }
}

const fn advice(id: &'static str, summary: &'static str, docs: &'static str) -> Rule {
    Rule { level: Level::Warning, profile: Profile::Default, ..keyword(id, summary, docs) }
}

pub static REQUIRED: Rule = Rule {
    fix: Fixability::Sometimes,
    ..keyword(
        "schema/required",
        "a field that the schema requires is missing",
        r#"
Whoever uses the record counts on the field being there.

```yaml fail
name: Hold times
questions:
  - options: [10 s, 30 s]
    answer: 10 s
```

Add the field; the help line says what belongs in it. Where another key looks like a misspelling of it, the
fix renames that key.
"#,
    )
};

pub static TYPE: Rule = Rule {
    fix: Fixability::Sometimes,
    kinds: &[RuleKind {
        name: "empty",
        level: Level::Warning,
        summary: "a field of front matter that holds text or a list was left empty",
    }],
    ..keyword(
        "schema/type",
        "a value has another type than the schema asks for",
        r#"
Programs that read the record expect one type and fail on another.

```yaml fail
name: Bridge
dosage:
  sets: [3]
```

Write the value in the type that is named. Text that YAML reads as a number or as true or false needs quotes.
Templates for pages come with fields to fill in: one that stays empty in front matter (`tags:`) is a warning,
`schema/type/empty`.
"#,
    )
};

pub static ENUM: Rule = Rule {
    fix: Fixability::Sometimes,
    kinds: &[RuleKind {
        name: "case",
        level: Level::Warning,
        summary: "a listed value is written in other letters, capital or small",
    }],
    ..keyword(
        "schema/enum",
        "a value is not one of those the schema lists",
        r#"
Search, filters and translations know only the listed values.

```yaml fail
name: Bridge
level: beginer
```

Take one of the listed values. Where only capital and small letters differ (`Beginner`) it is clear which one is
meant: that is a warning, `schema/enum/case`, though other programs refuse the file.
"#,
    )
};

pub static CONST: Rule = Rule {
    fix: Fixability::Sometimes,
    ..keyword(
        "schema/const",
        "a value is not the one the schema asks for",
        r#"
The value says what the record is; another one contradicts the place it stands in.

```yaml fail
# yaml-language-server: $schema=https://caveat.dev/schemas/0.1/quiz.schema.json
kind: exercise
name: Hold times
questions:
  - prompt: How long?
    options: [10 s, 30 s]
    answer: 10 s
```

Write the value that is named, or use the schema for what the record is.
"#,
    )
};

pub static PATTERN: Rule = keyword(
    "schema/pattern",
    "a text does not match the pattern of its field",
    r#"
Ids and codes are put into addresses and compared by programs; a stray character breaks them.

```yaml fail
id: my bridge
name: Bridge
```

The label points at the part that is in the way, where there is one.
"#,
);

pub static FORMAT: Rule = Rule {
    fix: Fixability::Sometimes,
    ..keyword(
        "schema/format",
        "a text is not the date, address or code it should be",
        r#"
Programs sort by dates and follow addresses; they can do neither with free text.

```yaml fail
name: Bridge
lastReviewed: 21.11.2026
```

Write the value like the example in the help line.
"#,
    )
};

pub static UNKNOWN_FIELD: Rule = Rule {
    fix: Fixability::Sometimes,
    kinds: &[RuleKind {
        name: "care",
        level: Level::Error,
        summary: "a misspelt field would say what to watch for, when to stop or who should not do it",
    }],
    profile: Profile::Relaxed,
    ..advice(
        "schema/unknown-field",
        "a field is not in the schema",
        r#"
A misspelt field is read by nobody, and its content is lost without a word.

```yaml fail
name: Bridge
describtion: Lift the hips.
```

Take the name that is proposed. Fields of your own may begin with `x-`. What site generators read in
the front matter of Markdown, such as `date`, `layout` or `weight`, is left to them.
"#,
    )
};

pub static LENGTH: Rule = keyword(
    "schema/length",
    "a text is too short or too long",
    r#"
An empty title is as bad as none, and a long one is cut by those who show it.

```yaml fail
name: ""
```

Write at least something; shorten what is too long.
"#,
);

pub static RANGE: Rule = keyword(
    "schema/range",
    "a number is outside its limits",
    r#"
A number outside the limits is nearly always a slip of the keyboard or a wrong unit.

```yaml fail
name: Bridge
dosage:
  sets: -3
```

Correct the number; check its unit.
"#,
);

pub static ITEMS: Rule = keyword(
    "schema/items",
    "a list has too few or too many items",
    r#"
A quiz without questions, or a pair with three values, cannot be used.

```yaml fail
name: Hold times
questions: []
```

Add what is missing or delete what is too much.
"#,
);

pub static UNIQUE_ITEMS: Rule = keyword(
    "schema/unique-items",
    "a list has one item twice",
    r#"
Where items are counted or shown, the repeated one counts twice.

```yaml fail
name: Bridge
primaryMuscles: [gluteus maximus, gluteus maximus]
```

Delete one of the two.
"#,
);

pub static UNION: Rule = Rule {
    fix: Fixability::Sometimes,
    ..keyword(
        "schema/union",
        "a value fits none of the forms it may have, or several",
        r#"
Some values may be written in several forms; this one is in none of them, or in two where only one may fit. Only
schemas of your own have such forms (`anyOf`, `oneOf`).

```yaml
# Of the schema:
load: {oneOf: [{type: number}, {type: object, required: [min, max]}]}
# Of the record, neither a number nor a range:
load: heavy
```

Write it in the form that is meant. The note says which one was taken for it, and why; `--all-branches` shows the
others too.
"#,
    )
};

pub static NOT: Rule = keyword(
    "schema/not",
    "a value has a form that the schema refuses",
    r#"
Two fields that contradict each other leave the reader to guess which one holds. Only schemas of your own say so
(`not`).

```yaml
# Of the schema:
not: {required: [price, free]}
# Of the record:
price: 5
free: true
```

Delete what the message names.
"#,
);

pub static CONTAINS: Rule = keyword(
    "schema/contains",
    "a list lacks an item that it must contain",
    r#"
The list is complete only with an item of this sort. Only schemas of your own ask for one (`contains`).

```yaml
# Of the schema:
tags: {contains: {enum: [standing, lying, sitting]}}
# Of the record, without a position:
tags: [hip, strength]
```

Add such an item.
"#,
);

pub static DEPENDENT_REQUIRED: Rule = keyword(
    "schema/dependent-required",
    "a field is missing that another field needs",
    r#"
Half of a pair says nothing: a scale without its value, a value without its scale.

```yaml fail
name: Bridge
contraindications:
  none-known: true
```

Add the missing field, or delete the one that needs it.
"#,
);

pub static PROPERTY_NAMES: Rule = keyword(
    "schema/property-names",
    "the name of a field is not allowed",
    r#"
Names of fields are used as ids here. Only schemas of your own ask for a form of names (`propertyNames`).

```yaml
# Of the schema:
translations: {propertyNames: {pattern: "^[a-z]{2}$"}}
# Of the record:
translations: {swedish: Höftlyft}
```

Rename the field as the help line says.
"#,
);

pub static FIELDS: Rule = keyword(
    "schema/fields",
    "a mapping has too few or too many fields",
    r#"
An empty mapping looks like content but says nothing.

```yaml fail
name: Bridge
dosage: {}
```

Add a field, or delete the mapping.
"#,
);

pub static FALSE_SCHEMA: Rule = keyword(
    "schema/false-schema",
    "a value stands where nothing is allowed",
    r#"
The schema closes this place on purpose. Only schemas of your own do so, with `false` in place of a schema.

```yaml
# Of the schema:
properties: {legacyId: false}
# Of the record:
legacyId: 12
```

Delete the value.
"#,
);

pub static CONTENT: Rule = keyword(
    "schema/content",
    "a text is not in the encoding it should be",
    r#"
Programs that decode the text will fail. Only schemas of your own ask for an encoding (`contentEncoding`).

```yaml
# Of the schema:
thumbnail: {contentEncoding: base64}
# Of the record:
thumbnail: not base64!
```

Encode the text again.
"#,
);

pub static DEPRECATED: Rule = advice(
    "schema/deprecated",
    "a field is deprecated",
    r#"
The field still works, and will stop to. Only schemas of your own call fields `deprecated`.

```yaml
# Of the schema:
muscle: {type: string, deprecated: true, x-replaced-by: primaryMuscles}
# Of the record:
muscle: gluteus maximus
```

Use what the help line names instead.
"#,
);
