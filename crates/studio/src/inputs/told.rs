//! Which entities the texts describe, so that nobody needs to be asked about them.

use std::collections::{BTreeMap, BTreeSet};

use deployline_planner::{BY_HAND, document_kind, unscoped};
use deployline_yaml::{Document, Node};

/// By their names without `account.` and `org.`.
#[derive(Default)]
pub(crate) struct Told<'a> {
    /// Environments that have infrastructures here.
    pub(crate) with_infrastructures: BTreeSet<&'a str>,
    pub(crate) has_environments: bool,
    /// With the identifiers of their environments.
    pub(crate) groups: BTreeMap<&'a str, Vec<&'a str>>,
    pub(crate) templates: BTreeSet<&'a str>,
    /// With their tags.
    pub(crate) services: BTreeMap<&'a str, Option<Node<'a>>>,
}

impl<'a> Told<'a> {
    /// By what was written, and not by what was made from answers.
    pub(crate) fn new(documents: &'a [Document]) -> Self {
        let mut told = Self::default();
        for document in documents.iter().filter(|document| document.source() != BY_HAND) {
            let root = document.root();
            if let Some((kind, entity)) =
                document_kind(root).and_then(|kind| Some((kind, root.get(kind)?)))
            {
                told.add(kind, entity);
            }
        }
        told
    }

    fn add(&mut self, kind: &str, entity: Node<'a>) {
        let text = |key| entity.get(key).and_then(Node::as_str).map(unscoped);
        let Some(name) = text("identifier") else { return };
        match kind {
            "environment" => self.has_environments = true,
            "infrastructureDefinition" => self.with_infrastructures.extend(text("environmentRef")),
            "environmentGroup" => {
                let members = entity.get("envIdentifiers").into_iter().flat_map(Node::items);
                let members: Vec<&str> = members.filter_map(Node::as_str).collect();
                if !members.is_empty() {
                    self.groups.entry(name).or_insert(members);
                }
            }
            "template" => {
                self.templates.insert(name);
            }
            "service" => {
                self.services.entry(name).or_insert(entity.get("tags"));
            }
            _ => {}
        }
    }

    pub(crate) fn has_infrastructures(&self, environment: &str) -> bool {
        self.with_infrastructures.contains(unscoped(environment))
    }

    pub(crate) fn members(&self, group: &str) -> Option<&[&'a str]> {
        self.groups.get(unscoped(group)).map(Vec::as_slice)
    }
}
