//! A text as another YAML reader reads it.

pub(super) use serde_yaml::{Mapping, Value};

pub(super) use crate::other_reader::documents as of;

/// The list of stages, or the document itself where it holds no list.
pub(super) fn stages(documents: &mut [Value]) -> &mut Value {
    let is_pipeline = |document: &Value| {
        ["pipeline", "stages", "stage", "spec"].iter().any(|key| document.get(key).is_some())
            || document.is_sequence()
            || document.get("services").is_some()
    };
    let document = documents.iter_mut().find(|document| is_pipeline(document));
    let document = document.expect("there is a pipeline");
    for path in [&["pipeline", "stages"][..], &["pipeline", "spec", "stages"], &["stages"]] {
        if at(document, path).is_some() {
            return at(document, path).expect("it is there");
        }
    }
    document
}

pub(super) fn at<'a>(value: &'a mut Value, path: &[&str]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, key| value.get_mut(key))
}

pub(super) fn map(value: &mut Value) -> &mut Mapping {
    if value.is_null() {
        *value = Value::Mapping(Mapping::new());
    }
    value.as_mapping_mut().expect("keys and values")
}

pub(super) fn list(value: &mut Value) -> &mut Vec<Value> {
    if value.is_null() {
        *value = Value::Sequence(Vec::new());
    }
    value.as_sequence_mut().expect("a list")
}

/// The value of a key, made where it is missing.
pub(super) fn made<'a>(value: &'a mut Value, key: &str) -> &'a mut Value {
    map(value).entry(key.into()).or_insert(Value::Null)
}

pub(super) fn new_map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Mapping(entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>())
}

pub(super) fn is_there(value: &Value, key: &str) -> bool {
    value.get(key).is_some_and(|value| !value.is_null())
}
