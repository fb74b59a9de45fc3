//! Documents beside the pipeline: services, environments, infrastructures, groups and templates.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use deployline_map::Map;
use deployline_yaml::{Diagnostics, Node};

use super::documents::Documents;
use super::input_sets::InputSets;
use super::named_inputs;
use super::newer_input_sets::NewerInputSets;
use super::view::View;
use crate::Inputs;
use crate::document_kind::unscoped;
use crate::rules::template_too_deep::MAX_NESTED_TEMPLATES;

/// All entities, by what refers to them: looking through all of them for each reference would take
/// the square of their number.
#[derive(Default)]
pub(super) struct Entities<'a> {
    services: Map<&'a str, Node<'a>>,
    /// In the order of the texts, each with its own identifier.
    environments: Vec<(&'a str, Node<'a>)>,
    environments_by_name: Map<&'a str, (&'a str, Node<'a>)>,
    infrastructures: Map<&'a str, Infrastructures<'a>>,
    groups: Map<&'a str, Node<'a>>,
    templates: Map<TemplateKey<'a>, Template<'a>>,
    pub(super) input_sets: InputSets<'a>,
    /// Keys and values of the input sets of the newer schema, by name: the last one wins.
    pub(super) newer_inputs: named_inputs::Given<'a>,
    /// What is wrong with these input sets.
    pub(super) of_newer_sets: Diagnostics,
}

/// A template by its name, its type (`Stage`, `Pipeline`) and its version, as far as they are written; the
/// version is `None` for the first of all versions.
type TemplateKey<'a> = (&'a str, Option<&'a str>, Option<Option<&'a str>>);

/// A template, and its number in the order of the texts.
#[derive(Clone, Copy)]
struct Template<'a> {
    order: usize,
    node: Node<'a>,
}

/// Those of one environment.
#[derive(Default)]
struct Infrastructures<'a> {
    /// In the order of the texts, each with its own identifier.
    all: Vec<(&'a str, Node<'a>)>,
    by_name: Map<&'a str, Node<'a>>,
}

impl<'a> Entities<'a> {
    pub(super) fn new(documents: &Documents<'a>, inputs: &Inputs) -> Self {
        let input_sets = InputSets::new(documents, inputs.input_sets.as_deref());
        let newer_sets = NewerInputSets::new(documents, inputs.input_sets.as_deref());
        let mut entities = Self { input_sets, ..Self::default() };
        for (key, value) in newer_sets.in_order.into_iter().flat_map(Node::entries) {
            if let Some(name) = key.as_str().filter(|_| !value.is_null()) {
                entities.newer_inputs.insert(name, (key, value));
            }
        }
        entities.of_newer_sets = newer_sets.findings;
        for &(kind, root) in &documents.entities {
            let Some(entity) = root.get(kind) else { continue };
            if let Some(name) = text(entity, "identifier") {
                entities.add(kind, name, entity);
            }
        }
        entities
    }

    /// Of several with one name, the first counts.
    fn add(&mut self, kind: &str, name: &'a str, entity: Node<'a>) {
        let key = unscoped(name);
        match kind {
            "service" => {
                self.services.or_insert_with(key, || entity);
            }
            "environmentGroup" => {
                self.groups.or_insert_with(key, || entity);
            }
            "template" => self.add_template(key, entity),
            "environment" => {
                self.environments.push((name, entity));
                self.environments_by_name.or_insert_with(key, || (name, entity));
            }
            "inputSet" | "overlayInputSet" => {}
            _ => {
                let Some(environment) = text(entity, "environmentRef") else { return };
                let of_it = self.infrastructures.or_default(unscoped(environment));
                of_it.all.push((name, entity));
                of_it.by_name.or_insert_with(key, || entity);
            }
        }
    }

    fn add_template(&mut self, name: &'a str, node: Node<'a>) {
        let (kind, version) = (text(node, "type"), text(node, "versionLabel"));
        let template = Template { order: self.templates.len(), node };
        for version in [Some(version), None] {
            self.templates.or_insert_with((name, kind, version), || template);
        }
    }

    pub(super) fn service(&self, reference: &str) -> Option<Node<'a>> {
        self.services.get(unscoped(reference)).copied()
    }

    /// All environments, by identifier.
    pub(super) fn environments(&self) -> &[(&'a str, Node<'a>)] {
        &self.environments
    }

    /// One environment, with its own identifier.
    pub(super) fn environment(&self, reference: &str) -> Option<(&'a str, Node<'a>)> {
        self.environments_by_name.get(unscoped(reference)).copied()
    }

    pub(super) fn group(&self, reference: &str) -> Option<Node<'a>> {
        self.groups.get(unscoped(reference)).copied()
    }

    /// The infrastructures of an environment, by identifier.
    pub(super) fn infrastructures(&self, environment: &str) -> &[(&'a str, Node<'a>)] {
        self.infrastructures.get(unscoped(environment)).map_or(&[], |of_it| &of_it.all)
    }

    /// One infrastructure of an environment.
    pub(super) fn infrastructure(&self, environment: &str, reference: &str) -> Option<Node<'a>> {
        let of_it = self.infrastructures.get(unscoped(environment))?;
        of_it.by_name.get(unscoped(reference)).copied()
    }

    /// The first template of a kind (`Stage`, `Pipeline`), of a version where one is named. One that does
    /// not say its type or its version is of any.
    pub(super) fn template(
        &self,
        kind: &str,
        reference: &str,
        version: Option<&str>,
    ) -> Option<Node<'a>> {
        let name = unscoped(reference);
        let versions = match version {
            Some(version) => vec![Some(Some(version)), Some(None)],
            None => vec![None],
        };
        let found = [Some(kind), None].into_iter().flat_map(|kind| {
            versions.iter().filter_map(move |version| self.templates.get(&(name, kind, *version)))
        });
        Some(found.min_by_key(|template| template.order)?.node)
    }

    /// The stage, or the body of the template that it uses; `None` where the texts don't hold that. Nothing is
    /// reported: reading the stage does.
    pub(super) fn stage_body(&self, stage: &View<'a>) -> Option<View<'a>> {
        let mut view = stage.clone();
        for _ in 0..=MAX_NESTED_TEMPLATES {
            let Some(template) = view.value("template") else { return Some(view) };
            let (name, version) =
                (template.str_of("templateRef")?, template.str_of("versionLabel"));
            let spec = self.template("Stage", name, version)?.get("spec")?;
            view = View::from(spec).filled_by(template.value("templateInputs"));
        }
        None
    }
}

fn text<'a>(node: Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key)?.as_str()
}
