//! Inputs of the newer schema that are lists or mappings: each takes the place of an expression that names it.
//!
//! ```text
//! inputs: {list: {default: [cart, api]}}     service: {items: "${{ inputs.list }}"}  =  service: {items: [cart, api]}
//! ```
//!
//! A view with them reads such a list as one that is written in its place. What stands in it is read as it is, so
//! that an input that names itself has an end.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use std::rc::Rc;

use deployline_map::Map;
use deployline_yaml::{Node, NodeKind};

use crate::expression::{TextPart, parts};

/// Keys and values of input sets, by name.
pub(super) type Given<'a> = Map<&'a str, (Node<'a>, Node<'a>)>;

/// The most inputs that are followed where one names the next.
const MAX_HOPS: usize = 8;

/// What the inputs of a pipeline have, by name.
pub(super) struct NamedInputs<'a> {
    by_name: Map<&'a str, Node<'a>>,
}

impl<'a> NamedInputs<'a> {
    /// The `inputs` of a pipeline: of each, the value of an input set, else its default. `None` where none of them
    /// is a list or a mapping.
    pub(super) fn new(inputs: Node<'a>, given: &Given<'a>) -> Option<Rc<Self>> {
        let mut by_name = Map::new();
        let mut has_lists = false;
        for (key, input) in inputs.entries() {
            let Some(name) = key.as_str() else { continue };
            let Some(value) = value(name, input, given) else { continue };
            has_lists |= matches!(value.kind(), NodeKind::Sequence | NodeKind::Mapping);
            by_name.insert(name, value);
        }
        has_lists.then(|| Rc::new(Self { by_name }))
    }

    /// The list or mapping that an expression names; `None` for anything else.
    pub(super) fn of(&self, node: Node<'a>) -> Option<Node<'a>> {
        let mut node = node;
        for _ in 0..MAX_HOPS {
            let mut keys = path(node.as_str()?)?.split('.');
            let value = self.by_name.get(keys.next()?)?;
            node = keys.try_fold(*value, |node, key| node.get(key))?;
            if matches!(node.kind(), NodeKind::Sequence | NodeKind::Mapping) {
                return Some(node);
            }
        }
        None
    }
}

/// What an input has: what an input set gives it, else its default.
pub(super) fn value<'a>(name: &str, input: Node<'a>, given: &Given<'a>) -> Option<Node<'a>> {
    let given = given.get(name).map(|(_, value)| *value);
    given.or_else(|| input.get("default").filter(|default| !default.is_null()))
}

/// `list` of `${{ inputs.list }}`; `None` for any other text.
fn path(text: &str) -> Option<&str> {
    let mut parts = parts(text.trim());
    let (Some(TextPart::Expression { inner, .. }), None) = (parts.next(), parts.next()) else {
        return None;
    };
    inner.trim().strip_prefix("inputs.")
}
