//! Documents beside the pipeline: services, environments, infrastructures, groups, templates and
//! input sets.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use deployline_yaml::{Document, Node};

/// Roots that other kinds of documents have.
const KINDS: [&str; 7] = [
    "service",
    "environment",
    "infrastructureDefinition",
    "environmentGroup",
    "template",
    "inputSet",
    "overlayInputSet",
];

/// All entities in the order of the texts.
#[derive(Default)]
pub(super) struct Entities<'a> {
    services: Vec<Node<'a>>,
    environments: Vec<Node<'a>>,
    infrastructures: Vec<Node<'a>>,
    groups: Vec<Node<'a>>,
    templates: Vec<Node<'a>>,
    input_sets: Vec<Node<'a>>,
}

impl<'a> Entities<'a> {
    pub(super) fn new(documents: &'a [Document]) -> Self {
        let mut entities = Self::default();
        for document in documents {
            let root = document.root();
            let Some(kind) = kind(root) else { continue };
            let Some(entity) = root.get(kind) else { continue };
            match kind {
                "service" => entities.services.push(entity),
                "environment" => entities.environments.push(entity),
                "infrastructureDefinition" => entities.infrastructures.push(entity),
                "environmentGroup" => entities.groups.push(entity),
                "template" => entities.templates.push(entity),
                _ => entities.input_sets.push(entity),
            }
        }
        entities
    }

    pub(super) fn service(&self, reference: &str) -> Option<Node<'a>> {
        named(&self.services, reference)
    }

    /// All environments, by identifier.
    pub(super) fn environments(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        self.environments.iter().filter_map(|node| Some((identifier(*node)?, *node)))
    }

    /// One environment, with its own identifier.
    pub(super) fn environment(&self, reference: &str) -> Option<(&'a str, Node<'a>)> {
        self.environments().find(|(name, _)| same(name, reference))
    }

    pub(super) fn group(&self, reference: &str) -> Option<Node<'a>> {
        named(&self.groups, reference)
    }

    /// The infrastructures of an environment, by identifier.
    pub(super) fn infrastructures(
        &self,
        environment: &str,
    ) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let of_it = move |node: &&Node<'a>| {
            let reference = node.get("environmentRef").and_then(Node::as_str);
            reference.is_some_and(|reference| same(reference, environment))
        };
        self.infrastructures
            .iter()
            .filter(of_it)
            .filter_map(|node| Some((identifier(*node)?, *node)))
    }

    /// One infrastructure of an environment.
    pub(super) fn infrastructure(&self, environment: &str, reference: &str) -> Option<Node<'a>> {
        let mut all = self.infrastructures(environment);
        all.find(|(name, _)| same(name, reference)).map(|(_, node)| node)
    }

    /// A template of a kind (`Stage`, `Pipeline`), of a version where one is named.
    pub(super) fn template(
        &self,
        kind: &str,
        reference: &str,
        version: Option<&str>,
    ) -> Option<Node<'a>> {
        let is_it = |node: &&Node<'a>| {
            let text = |key| node.get(key).and_then(Node::as_str);
            text("identifier").is_some_and(|name| same(name, reference))
                && text("type").is_none_or(|of| of == kind)
                && (version.is_none() || text("versionLabel").is_none_or(|v| Some(v) == version))
        };
        self.templates.iter().find(is_it).copied()
    }

    /// The pipelines of the input sets, in order.
    pub(super) fn input_set_pipelines(&self) -> impl Iterator<Item = Node<'a>> {
        self.input_sets.iter().filter_map(|node| node.get("pipeline"))
    }
}

/// The kind of a document that is no pipeline.
pub(super) fn kind(root: Node<'_>) -> Option<&'static str> {
    let kind = KINDS.into_iter().find(|kind| root.get(kind).is_some())?;
    // `service: {serviceRef: …}` is a part of a stage; an entity has an identifier.
    let entity = root.get(kind)?;
    let is_part = ["serviceRef", "environmentRef", "useFromStage", "envGroupRef"]
        .iter()
        .any(|key| entity.get(key).is_some());
    (!is_part || entity.get("identifier").is_some()).then_some(kind)
}

fn named<'a>(nodes: &[Node<'a>], reference: &str) -> Option<Node<'a>> {
    let is_it = |node: &&Node<'a>| identifier(**node).is_some_and(|name| same(name, reference));
    nodes.iter().find(is_it).copied()
}

fn identifier(node: Node<'_>) -> Option<&str> {
    node.get("identifier")?.as_str()
}

/// Whether two references mean one entity: `account.x`, `org.x` and `x` do, since the documents of
/// one text don't say where they are kept.
fn same(a: &str, b: &str) -> bool {
    unscoped(a) == unscoped(b)
}

/// A reference without `account.` or `org.`, as the entity's own document has it.
pub(super) fn unscoped(reference: &str) -> &str {
    ["account.", "org."].iter().find_map(|scope| reference.strip_prefix(scope)).unwrap_or(reference)
}
