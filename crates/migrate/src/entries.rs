//! Entries of a mapping that is to be written.

use std::borrow::Cow;

use deployline_yaml::write::Value;

/// Keys and values in the order in which they are written.
#[derive(Default)]
pub(crate) struct Entries(Vec<(Cow<'static, str>, Value)>);

impl Entries {
    /// Adds a key with its value.
    pub(crate) fn add(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        value: impl Into<Option<Value>>,
    ) {
        if let Some(value) = value.into() {
            self.0.push((key.into(), value));
        }
    }

    /// Writes another value for a key that is there, with the same comments.
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        if let Some((_, old)) = self.0.iter_mut().find(|(name, _)| name == key) {
            *old = match std::mem::replace(old, Value::Null) {
                Value::WithComments(_, comments) => value.with_comments(*comments),
                _ => value,
            };
        }
    }

    /// Adds the entries of another mapping behind its own.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Returns true where a key has been added.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(name, _)| name == key)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_value(mut self) -> Value {
        // It grows by more than most mappings need, and there may be hundreds of thousands. The next one takes the
        // room that this one had; cut short in its place, each would leave a hole behind it.
        let mut entries = Vec::with_capacity(self.0.len());
        entries.append(&mut self.0);
        Value::Map(entries)
    }

    /// The mapping; `None` where nothing is in it.
    pub(crate) fn some(self) -> Option<Value> {
        (!self.is_empty()).then(|| self.into_value())
    }
}

/// A mapping with one key.
pub(crate) fn one(key: &'static str, value: Value) -> Value {
    Value::Map(vec![(key.into(), value)])
}

/// The value alone where the list has one, else the list.
pub(crate) fn one_or_list(mut values: Vec<Value>) -> Value {
    match values.len() {
        1 => values.remove(0),
        _ => Value::List(values),
    }
}

/// A flag.
pub(crate) fn flag(value: bool) -> Value {
    Value::word(if value { "true" } else { "false" })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There may be a million of them, below 256 MB in all.
    #[test]
    fn a_mapping_holds_no_more_room_than_it_needs() {
        let mut entries = Entries::default();
        entries.add("service", Value::Null);
        entries.add("steps", Value::List(Vec::new()));
        let Value::Map(entries) = entries.into_value() else { panic!("a mapping") };
        assert_eq!(entries.capacity(), 2);
        assert!(size_of_val(&entries[..]) <= 2 * 56, "{} bytes", size_of_val(&entries[..]));
        assert!(entries.iter().all(|(key, _)| matches!(key, Cow::Borrowed(_))), "keys are copied");
    }
}
