//! Values of input sets and `templateInputs` that nothing is filled with: the product takes those whose place
//! holds `<+input>`, and no others.
//!
//! ```text
//! pipeline             input set
//! a: <+input>          a: x      fills it
//! b: y                 b: x      not used
//!                      c: x      not used
//! ```
//!
//! Follows `docs/semantics.md`, "Details", "Input sets".

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{Node, NodeKind};

use super::context::Reader;
use super::runtime_input::is_input;
use super::view::{ByIdentity, View, identity_of};
use crate::inputs::ANSWERS;
use crate::rules::UNUSED_INPUT;

/// Keys whose values decide neither order nor target, or say only what an item is.
const LEFT_OUT: [&str; 16] = [
    "delegateSelectors",
    "description",
    "environmentInputs",
    "execution",
    "identifier",
    "inputs",
    "name",
    "notificationRules",
    "projectIdentifier",
    "orgIdentifier",
    "properties",
    "provisioner",
    "serviceInputs",
    "tags",
    "type",
    // Counts beside a reference that is left open, too.
    "useFromStage",
];

/// Reports the values of `given` that fill nothing in `open`, which is `owner`: ``the template `x` ``.
pub(super) fn check<'a>(open: Node<'a>, given: Node<'a>, owner: &str, reader: &mut Reader<'_, 'a>) {
    // What the viewer says stands in no text that could be mended.
    if given.span().source != ANSWERS {
        Walk { owner, reader }.pair(open, given, given.span());
    }
}

struct Walk<'w, 'r, 'a> {
    owner: &'w str,
    reader: &'w mut Reader<'r, 'a>,
}

impl<'a> Walk<'_, '_, 'a> {
    /// Compares a value with the one that would fill it, whose key is at `place`.
    fn pair(&mut self, open: Node<'a>, given: Node<'a>, place: Span) {
        let is_open = |node: Node<'a>| node.as_str().is_some_and(is_input);
        if is_open(open) || is_open(given) || given.is_null() {
            return;
        }
        match (open.kind(), given.kind()) {
            (NodeKind::Mapping, NodeKind::Mapping) => self.mappings(open, given),
            (NodeKind::Sequence, NodeKind::Sequence) if has_texts(open) && has_texts(given) => {
                if !open.items().map(Node::as_str).eq(given.items().map(Node::as_str)) {
                    self.report_fixed(open, place);
                }
            }
            (NodeKind::Sequence, NodeKind::Sequence) => self.lists(open, given),
            (NodeKind::Scalar, NodeKind::Scalar) if open.as_str() == given.as_str() => {}
            _ => self.report_fixed(open, place),
        }
    }

    fn mappings(&mut self, open: Node<'a>, given: Node<'a>) {
        let mut values = Map::new();
        for (key, value) in open.entries() {
            if let Some(key) = key.as_str() {
                values.insert(key, value);
            }
        }
        for (key, value) in given.entries() {
            let Some(name) = key.as_str().filter(|name| !LEFT_OUT.contains(name)) else { continue };
            match values.get(name) {
                Some(open) => self.pair(*open, value, key.span()),
                None if value.is_null() => {}
                None => {
                    let message = format!(
                        "{} has no `{name}` here, so this value is not used. Write it there with \
                         `<+input>`, or remove it here.",
                        self.owner
                    );
                    self.reader.report(&UNUSED_INPUT, key.span(), message);
                }
            }
        }
    }

    fn lists(&mut self, open: Node<'a>, given: Node<'a>) {
        let items: Vec<Node<'a>> = given.items().collect();
        let by_identity = ByIdentity::new(items.iter().copied().map(View::from).collect());
        let mut is_used = vec![false; items.len()];
        for (position, item) in open.items().enumerate() {
            let Some(index) = by_identity.index_of(item, position) else { continue };
            is_used[index] = true;
            self.pair(item, items[index], items[index].span());
        }
        for (item, _) in items.iter().zip(is_used).filter(|(_, is_used)| !is_used) {
            let name = identity_of(*item).map_or("such item", |identity| identity.name);
            let message = format!(
                "{} has no `{name}` in this list, so this item is not used. Make the two lists alike, or \
                 remove it here.",
                self.owner
            );
            let place = View::from(*item).first_key_span();
            self.reader.report(&UNUSED_INPUT, place, message);
        }
    }

    fn report_fixed(&mut self, open: Node<'a>, place: Span) {
        let message = format!(
            "{} has a fixed value here, so this one is not used. Write `<+input>` there, or remove it here.",
            self.owner
        );
        let found = UNUSED_INPUT.at(place, message);
        self.reader.add(found.with_related(open.span(), "The fixed value is here"));
    }
}

/// Returns `true` for a list of texts that are no inputs.
fn has_texts(list: Node<'_>) -> bool {
    list.items().all(|item| item.as_str().is_some_and(|text| !is_input(text)))
}
