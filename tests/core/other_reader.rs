//! A second YAML reader (libyaml), and the texts that both readers understand in the same way.

use deployline_yaml::{Node, NodeKind, ScalarStyle};
use serde::Deserialize;
use serde_yaml::Value;

/// All documents; `None` where the second reader refuses the text.
pub(crate) fn documents(text: &str) -> Option<Vec<Value>> {
    let documents = serde_yaml::Deserializer::from_str(text);
    documents.map(|document| Value::deserialize(document).ok()).collect()
}

/// Asserts that both readers find the same documents in a text.
pub(crate) fn check_agreement(text: &str) {
    let others = documents(text).unwrap_or_else(|| panic!("the other reader refuses\n{text}"));
    let others: Vec<Value> = others.into_iter().filter(|other| !other.is_null()).collect();
    let parsed = deployline_yaml::parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    assert_eq!(parsed.documents.len(), others.len(), "{text}");
    for (document, other) in parsed.documents.iter().zip(&others) {
        if let Err(difference) = same(document.root(), other) {
            panic!("{difference}\n{text}");
        }
    }
}

fn same(node: Node<'_>, other: &Value) -> Result<(), String> {
    let differ = || Err(format!("{:?} and {other:?}", deployline_yaml::write::Value::of(node)));
    match (node.kind(), other) {
        (NodeKind::Null, Value::Null) => Ok(()),
        (NodeKind::Scalar, Value::String(text)) if node.as_str() == Some(text) => Ok(()),
        // Flags and numbers have no quotes.
        (NodeKind::Scalar, Value::Bool(_) | Value::Number(_))
            if node.style() == Some(ScalarStyle::Plain) =>
        {
            Ok(())
        }
        (NodeKind::Sequence, Value::Sequence(others)) if node.items().len() == others.len() => {
            node.items().zip(others).try_for_each(|(item, other)| same(item, other))
        }
        (NodeKind::Mapping, Value::Mapping(others)) if node.entries().len() == others.len() => {
            node.entries().zip(others).try_for_each(|((key, value), (other_key, other))| {
                same(key, other_key)?;
                same(value, other)
            })
        }
        _ => differ(),
    }
}

/// All texts in a value that are neither flags nor numbers for the second reader.
pub(crate) fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Sequence(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Mapping(entries) => entries.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}
