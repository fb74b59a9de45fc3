//! The mappings of a document that have a table of keys.

use deployline_schema::MappingKind;
use deployline_yaml::{Items, Mapping, Node, NodeKind};

use crate::document_kind::{is_beside_pipeline, is_entity, is_newer_source, is_v1, is_v1_list};

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

/// The mappings of a document that have a table of keys, in the order of the text.
pub(crate) struct Mappings<'a> {
    next: Option<Found<'a>>,
    /// Those whose inside is looked through, the innermost last.
    open: Vec<Inside<'a>>,
}

/// One mapping, or a list of them.
enum Found<'a> {
    One(Place<'a>),
    Several(Inside<'a>),
}

/// What is left of a mapping or of a list of them.
enum Inside<'a> {
    Mapping {
        entries: Mapping<'a>,
        kind: MappingKind,
        /// The text of `type`. Asked once: a mapping may have very many keys.
        type_text: Option<&'a str>,
    },
    /// Each item is a mapping of one kind.
    List { items: Items<'a>, kind: MappingKind, around: Option<(&'a str, MappingKind)> },
}

impl<'a> Mappings<'a> {
    /// Those of the document with this root.
    pub(crate) fn of(root: Node<'a>) -> Self {
        Self { next: of_document(root), open: Vec::new() }
    }
}

impl<'a> Iterator for Mappings<'a> {
    type Item = Place<'a>;

    fn next(&mut self) -> Option<Place<'a>> {
        loop {
            let found = match self.next.take() {
                Some(found) => Some(found),
                None => self.open.last_mut()?.next(),
            };
            match found {
                None => drop(self.open.pop()),
                Some(Found::Several(list)) => self.open.push(list),
                Some(Found::One(place)) => {
                    self.open.push(inside(place));
                    return Some(place);
                }
            }
        }
    }
}

impl<'a> Inside<'a> {
    fn next(&mut self) -> Option<Found<'a>> {
        match self {
            Self::Mapping { entries, kind, type_text } => {
                entries.find_map(|(key, value)| below((*kind, *type_text), key.as_str()?, value))
            }
            Self::List { items, kind, around } => {
                let (kind, around) = (*kind, *around);
                items.next().map(|node| Found::One(Place { node, kind, around }))
            }
        }
    }
}

fn of_document(root: Node<'_>) -> Option<Found<'_>> {
    // Keys of an input set are the names of inputs, and no public source has all of an overlay.
    if is_newer_source(root) {
        return None;
    }
    let is_v1 = is_v1(root);
    let around = None;
    if root.kind() == NodeKind::Sequence {
        let kind = if is_v1 { MappingKind::V1Stage } else { MappingKind::Entry };
        return Some(Found::Several(Inside::List { items: root.items(), kind, around }));
    }
    let kind = match is_beside_pipeline(root) {
        true if is_v1 => MappingKind::V1Pipeline,
        true => MappingKind::Pipeline,
        false => MappingKind::of_document(&|path| root.at(path).is_some(), is_v1),
    };
    Some(Found::One(Place { node: root, kind, around }))
}

fn inside(Place { node, kind, .. }: Place<'_>) -> Inside<'_> {
    let type_text = node.get("type").and_then(Node::as_str);
    Inside::Mapping { entries: node.entries(), kind, type_text }
}

/// What stands below a key of a mapping of this kind, if that has a table of keys.
fn below<'a>(
    (around, type_text): (MappingKind, Option<&str>),
    key: &'a str,
    value: Node<'a>,
) -> Option<Found<'a>> {
    let is_list = value.kind() == NodeKind::Sequence;
    let kind = match around.below(key, is_list, type_text)? {
        // An input set fills a pipeline of either schema.
        MappingKind::Pipeline if is_v1_list(value, value.get("stages")) => MappingKind::V1Pipeline,
        kind => kind,
    };
    let around = Some((key, around));
    Some(match is_list {
        true => Found::Several(Inside::List { items: value.items(), kind, around }),
        false => Found::One(Place { node: value, kind, around }),
    })
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
            let root = Mappings::of(parsed.documents[0].root()).next();
            assert_eq!(root.map(|place| place.kind), Some(expected), "{text}");
        }
    }
}
