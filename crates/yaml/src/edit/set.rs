//! One value set, with the keys that lead to it.

use deployline_span::Span;

use super::path::{self, PathTarget, Step};
use super::refusal::{ALIASED, NOT_A_MAPPING, Refusal};
use super::{insert, replace};
use crate::write::Value;
use crate::{Node, NodeKind, TextEdit};

/// Returns the edit that sets the value at `path` below the mapping `node` to the word `value`, such
/// as `true`.
///
/// A scalar that is there is replaced within its quotes; a missing key is added, and the mappings
/// on the way to it, laid out as the text around it.
///
/// ```
/// let text = "services:\n    values: [a, b] # two\n";
/// let parsed = deployline_yaml::parse(text);
/// let services = parsed.documents[0].root().get("services").expect("it is there");
/// let edit = deployline_yaml::edit::set(text, services, &["metadata", "parallel"], "false");
/// assert_eq!(
///     edit.expect("it is safe").apply(text),
///     "services:\n    values: [a, b] # two\n    metadata:\n        parallel: false\n"
/// );
/// ```
///
/// # Errors
/// Fails if an alias leads there, or if something on the way is not a mapping.
pub fn set(text: &str, node: Node<'_>, path: &[&str], value: &str) -> Result<TextEdit, Refusal> {
    let mut target = PathTarget { node, parent: None, key: None, position: 0 };
    let mut missing = path;
    let nested = |keys: &[&str]| {
        keys.iter().rev().fold(Value::word(value), |value, key| Value::map([(*key, value)]))
    };
    while !target.node.is_aliased() {
        let Some((key, rest)) = missing.split_first().filter(|_| !target.node.is_null()) else {
            let edits = replace::at_target(text, &target, &nested(missing))?;
            return Ok(merged(text, &edits));
        };
        if target.node.kind() != NodeKind::Mapping {
            return Err(Refusal::at(NOT_A_MAPPING, target.node));
        }
        let Some(child) = path::child(target.node, &Step::from(*key)) else {
            let edits = insert::entry_at(text, &target, None, key, &nested(rest))?;
            return Ok(merged(text, &edits));
        };
        (target, missing) = (child, rest);
    }
    Err(Refusal { reason: ALIASED, span: target.node.span() })
}

/// Edits as one that reaches from the first to the last of them.
fn merged(text: &str, edits: &[TextEdit]) -> TextEdit {
    let changes = || edits.iter().filter(|edit| text[edit.span.range()] != edit.insert);
    let start = changes().map(|edit| edit.span.range().start).min().unwrap_or_default();
    let end = changes().map(|edit| edit.span.range().end).max().unwrap_or(start);
    let source = edits.first().map(|edit| edit.span.source).unwrap_or_default();
    let after = TextEdit::apply_all(edits, text);
    let insert = after[start..after.len() - (text.len() - end)].to_owned();
    TextEdit { span: Span::new(source, start, end), insert }
}
