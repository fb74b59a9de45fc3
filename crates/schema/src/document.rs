//! Whole documents, known by the keys at their root.

use crate::MappingKind;

/// Keys at the root of a document that say what it is: a pipeline, or one of the entities.
pub(super) const ROOTS: &[&str] = &[
    "pipeline",
    "service",
    "environment",
    "infrastructureDefinition",
    "environmentGroup",
    "template",
    "inputSet",
    "overlayInputSet",
];

/// The kind of a document that holds no pipeline: `has` tells whether something stands at a path of keys
/// from its root.
///
/// ```
/// use deployline_schema::entity_kind;
/// let of = |keys: &[&[&str]]| entity_kind(&|path| keys.contains(&path));
/// assert_eq!(of(&[&["service"], &["service", "identifier"]]), Some("service"));
/// assert_eq!(of(&[&["service"], &["service", "serviceRef"]]), None);
/// ```
pub fn entity_kind(has: &dyn Fn(&[&str]) -> bool) -> Option<&'static str> {
    let kind = ROOTS[1..].iter().copied().find(|kind| has(&[*kind]))?;
    // `service: {serviceRef: …}` is a part of a stage; an entity has an identifier.
    let is_part = ["serviceRef", "environmentRef", "useFromStage", "envGroupRef"]
        .iter()
        .any(|key| has(&[kind, key]));
    (!is_part || has(&[kind, "identifier"])).then_some(kind)
}

impl MappingKind {
    /// The kind of a whole document: `has` tells whether something stands at a path of keys from its
    /// root, `is_v1` whether it is written in the newer schema.
    pub fn of_document(has: &dyn Fn(&[&str]) -> bool, is_v1: bool) -> Self {
        let is_entity = entity_kind(has).is_some();
        if is_entity || has(&["pipeline"]) {
            return if is_v1 && !is_entity { Self::V1Document } else { Self::Document };
        }
        if is_v1 {
            return if has(&["stages"]) { Self::V1Pipeline } else { Self::V1Document };
        }
        let part = [("stages", Self::Pipeline), ("stage", Self::Entry), ("spec", Self::Stage)];
        let part = part.into_iter().find(|(key, _)| has(&[*key])).map(|(_, place)| place);
        let is_spec = Self::Spec.one_of().iter().copied().flatten().any(|key| has(&[*key]));
        part.or(is_spec.then_some(Self::Spec)).unwrap_or(Self::Document)
    }
}
