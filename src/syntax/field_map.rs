//! A map by the names of fields, in which an entry of a tree finds its own at one look.

use super::node::{Entry, mark_of};

/// What is known of fields, by name. Made once and asked often.
#[derive(Clone, Debug)]
pub struct FieldMap<T> {
    fields: Vec<Field<T>>,
    /// By the mark of a name: one more than the index of the last field with it.
    last: Box<[u32; MARKS]>,
}

#[derive(Clone, Debug)]
struct Field<T> {
    name: Box<str>,
    value: T,
    /// One more than the index of the field before it with the same mark.
    before: u32,
}

const MARKS: usize = u8::MAX as usize + 1;

impl<T> Default for FieldMap<T> {
    fn default() -> Self {
        Self { fields: Vec::new(), last: Box::new([0; MARKS]) }
    }
}

impl<T> FieldMap<T> {
    /// The names, in the order in which they came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| &*field.name)
    }

    /// Names and what is known of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.fields.iter().map(|field| (&*field.name, &field.value))
    }

    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn get(&self, name: &str) -> Option<&T> {
        self.position(mark_of(name), |own| own == name).map(|at| &self.fields[at].value)
    }

    /// What is known of an entry by its canonical name.
    pub fn of(&self, entry: &Entry<'_>) -> Option<&T> {
        let at = self.position(entry.mark(), |own| entry.has_name(own))?;
        Some(&self.fields[at].value)
    }

    /// The name and what is known of an entry by its key, in a tree without canonical names.
    pub fn of_key(&self, entry: &Entry<'_>) -> Option<(&str, &T)> {
        let field = &self.fields[self.position(entry.mark(), |own| entry.has_key(own))?];
        Some((&field.name, &field.value))
    }

    /// Put a field in, in place of one with the same name.
    pub fn insert(&mut self, name: &str, value: T) {
        let mark = mark_of(name);
        if let Some(known) = self.position(mark, |own| own == name) {
            self.fields[known].value = value;
            return;
        }
        let last = &mut self.last[usize::from(mark)];
        self.fields.push(Field { name: name.into(), value, before: *last });
        *last = u32::try_from(self.fields.len()).expect("files are under 4 GiB");
    }

    #[inline]
    fn position(&self, mark: u8, is: impl Fn(&str) -> bool) -> Option<usize> {
        let mut at = self.last[usize::from(mark)];
        loop {
            let position = at.checked_sub(1)? as usize;
            let field = &self.fields[position];
            if is(&field.name) {
                return Some(position);
            }
            at = field.before;
        }
    }
}

impl<T> std::ops::Index<&str> for FieldMap<T> {
    type Output = T;

    fn index(&self, name: &str) -> &T {
        self.get(name).unwrap_or_else(|| panic!("there is a field `{name}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax;

    #[test]
    fn fields_are_found_by_their_names() {
        let mut map = FieldMap::default();
        let names: Vec<String> = (0..1000).map(|number| format!("field{number}")).collect();
        for (number, name) in names.iter().enumerate() {
            map.insert(name, number);
        }
        assert!(names.iter().enumerate().all(|(number, name)| map[name.as_str()] == number));
        assert!(!map.contains("field1000") && !map.contains(""));
        map.insert("field7", 0);
        assert_eq!((map["field7"], map.names().count()), (0, 1000));
    }

    #[test]
    fn entries_find_their_fields() {
        let mut map = FieldMap::default();
        map.insert("höft", 1);
        map.insert("name", 2);
        let text = "a: &key name\n\"h\\u00f6ft\": 1\n*key : 2\nother: 3\n";
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        let document = syntax::parse(&file);
        let entries = document.tree.root().unwrap().entries();
        let found: Vec<_> = entries.map(|entry| map.of(&entry).copied()).collect();
        assert_eq!(found, [None, Some(1), Some(2), None]);
    }
}
