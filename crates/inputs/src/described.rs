//! Entities that the texts describe: nobody needs to be asked about them.

use deployline_map::Map;
use deployline_planner::{ANSWERS, document_kind, unscoped};
use deployline_yaml::{Document, Node};

/// Entities by kind, and by their names without `account.` and `org.`; an infrastructure by its environment's.
#[derive(Default)]
pub(crate) struct DescribedEntities<'a> {
    entities: Map<(&'static str, &'a str), Node<'a>>,
    pub(crate) has_environments: bool,
}

impl<'a> DescribedEntities<'a> {
    /// Those of the texts, without what was made from answers.
    pub(crate) fn new(documents: &'a [Document]) -> Self {
        let mut described = Self::default();
        for document in documents.iter().filter(|document| document.source() != ANSWERS) {
            let root = document.root();
            let Some(kind) = document_kind(root) else { continue };
            let Some(entity) = root.get(kind) else { continue };
            let key =
                if kind == "infrastructureDefinition" { "environmentRef" } else { "identifier" };
            described.has_environments |=
                kind == "environment" && entity.get("identifier").is_some();
            if let Some(name) = entity.get(key).and_then(Node::as_str) {
                described.entities.or_insert_with((kind, unscoped(name)), || entity);
            }
        }
        described
    }

    fn get(&self, kind: &'static str, name: &str) -> Option<Node<'a>> {
        self.entities.get(&(kind, unscoped(name))).copied()
    }

    pub(crate) fn has_infrastructures(&self, environment: &str) -> bool {
        self.get("infrastructureDefinition", environment).is_some()
    }

    pub(crate) fn has_service(&self, name: &str) -> bool {
        self.get("service", name).is_some()
    }

    pub(crate) fn has_template(&self, name: &str) -> bool {
        self.get("template", name).is_some()
    }

    /// The environments of a group; `None` where none are described.
    pub(crate) fn members(&self, group: &str) -> Option<Vec<&'a str>> {
        let members = self.get("environmentGroup", group)?.get("envIdentifiers")?.items();
        let names: Vec<&str> = members.filter_map(Node::as_str).collect();
        (!names.is_empty()).then_some(names)
    }
}
