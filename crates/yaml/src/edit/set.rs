//! One value set, with the keys that lead to it.

use super::path::{self, PathTarget, Step};
use super::refusal::{ALIASED, NOT_A_MAPPING, NOT_SAFE, Refusal};
use super::unread::UnreadLines;
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
    let unread = UnreadLines::of(text, node.document());
    let nested = |keys: &[&str]| {
        keys.iter()
            .rev()
            .fold(Value::word(value.to_owned()), |value, key| Value::map([(*key, value)]))
    };
    while !target.node.is_aliased() {
        let Some((key, rest)) = missing.split_first().filter(|_| !target.node.is_null()) else {
            unread.check_value(target.node)?;
            let edits = replace::at_target(text, &target, &nested(missing))?;
            return merged(text, &edits).ok_or_else(|| Refusal::at(NOT_SAFE, target.node));
        };
        if target.node.kind() != NodeKind::Mapping {
            return Err(Refusal::at(NOT_A_MAPPING, target.node));
        }
        unread.check_collection(target.node)?;
        let Some(child) = path::child(target.node, &Step::from(*key)) else {
            unread.check_insertion(target.node)?;
            let edits = insert::entry_at(text, &target, None, key, &nested(rest))?;
            return merged(text, &edits).ok_or_else(|| Refusal::at(NOT_SAFE, target.node));
        };
        (target, missing) = (child, rest);
    }
    Err(Refusal { reason: ALIASED, span: target.node.span() })
}

/// Edits in the order of the text as one that reaches from the first to the last of them.
fn merged(text: &str, edits: &[TextEdit]) -> Option<TextEdit> {
    let is_empty = |edit: &TextEdit| edit.span.range().is_empty() && edit.insert.is_empty();
    let mut edits = edits.iter().filter(|edit| !is_empty(edit));
    let mut merged = edits.next()?.clone();
    for edit in edits {
        merged.insert += text.get(merged.span.range().end..edit.span.range().start)?;
        merged.insert += &edit.insert;
        merged.span = merged.span.to(edit.span);
    }
    TextEdit::are_apart(std::slice::from_ref(&merged), text).then_some(merged)
}
