//! The mappings of a document that have a table of keys.

use deployline_schema::MappingKind;
use deployline_yaml::{Node, NodeKind};

use crate::document_kind::{is_beside_pipeline, is_entity, is_v1, newer_input_set, newer_overlay};

/// The mappings of a document to look through, and the kind of each.
fn roots(root: Node<'_>) -> Vec<(Node<'_>, MappingKind)> {
    // Keys of an input set are the names of inputs, and no public source has all of an overlay.
    if newer_input_set(root).or_else(|| newer_overlay(root)).is_some() {
        return Vec::new();
    }
    let is_v1 = is_v1(root);
    if root.kind() == NodeKind::Sequence {
        let kind = if is_v1 { MappingKind::V1Stage } else { MappingKind::Entry };
        return root.items().map(|item| (item, kind)).collect();
    }
    if is_beside_pipeline(root) {
        return vec![(root, if is_v1 { MappingKind::V1Pipeline } else { MappingKind::Pipeline })];
    }
    vec![(root, MappingKind::of_document(&|path| root.at(path).is_some(), is_v1))]
}

/// The mappings below the keys of a mapping, each with its key and its kind.
fn below<'a>(kind: MappingKind, holder: Node<'a>) -> Vec<(&'a str, Node<'a>, MappingKind)> {
    // Asked once: a mapping may have very many keys.
    let type_text = holder.get("type").and_then(Node::as_str);
    let mut mappings = Vec::new();
    for (key, value) in holder.entries() {
        let is_list = value.kind() == NodeKind::Sequence;
        let Some(key) = key.as_str() else { continue };
        match kind.below(key, is_list, type_text) {
            None => {}
            Some(kind) if is_list => mappings.extend(value.items().map(|item| (key, item, kind))),
            Some(kind) => mappings.push((key, value, kind)),
        }
    }
    mappings
}

/// A mapping, and the key that holds it with the kind of mapping around.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) kind: MappingKind,
    pub(crate) around: Option<(&'a str, MappingKind)>,
}

impl Place<'_> {
    /// The known keys that are there.
    pub(crate) fn present(&self) -> Vec<&'static str> {
        let known = self.kind.keys().iter().map(|key| key.name);
        known.filter(|name| self.node.get(name).is_some()).collect()
    }
}

/// Calls `look` with every mapping of a document that has a table of keys, in the order of the text.
pub(crate) fn for_each<'a>(root: Node<'a>, look: &mut dyn FnMut(Place<'a>)) {
    let place = |(node, kind)| Place { node, kind, around: None };
    let mut rest: Vec<Place<'a>> = roots(root).into_iter().map(place).collect();
    rest.reverse();
    while let Some(place) = rest.pop() {
        look(place);
        let from = rest.len();
        rest.extend(below(place.kind, place.node).into_iter().map(|(key, node, kind)| Place {
            node,
            kind,
            around: Some((key, place.kind)),
        }));
        rest[from..].reverse();
    }
}

/// The lists of stages in a document, of either schema.
pub(crate) fn stage_lists(root: Node<'_>) -> Vec<Node<'_>> {
    if root.kind() == NodeKind::Sequence {
        return vec![root];
    }
    let pipeline = root.get("pipeline").filter(|_| !is_beside_pipeline(root)).unwrap_or(root);
    let list = pipeline.get("stages").or_else(|| pipeline.at(&["spec", "stages"]));
    list.filter(|_| !is_entity(root)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_its_keys() {
        for (text, expected) in [
            ("pipeline: {stages: []}", MappingKind::Document),
            ("version: 1\npipeline: {stages: []}", MappingKind::V1Document),
            ("stages: [{stage: {}}]", MappingKind::Pipeline),
            ("stages: [{id: a}]", MappingKind::V1Pipeline),
            ("stage: {}", MappingKind::Entry),
            ("type: Deployment\nspec: {services: {}}", MappingKind::Stage),
            ("services: {}", MappingKind::Spec),
            ("service: {serviceRef: a}", MappingKind::Spec),
            ("service: {identifier: a}", MappingKind::Document),
            ("pipline: {}", MappingKind::Document),
        ] {
            let parsed = deployline_yaml::parse(text);
            let found: Vec<MappingKind> =
                roots(parsed.documents[0].root()).into_iter().map(|(_, kind)| kind).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }
}
