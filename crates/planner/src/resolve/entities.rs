//! Documents beside the pipeline: services, environments, infrastructures, groups and templates.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use std::rc::Rc;

use deployline_map::Map;
use deployline_yaml::{Diagnostics, Node};

use super::documents::Documents;
use super::input_sets::{InputSets, SetDocuments};
use super::named_inputs;
use super::newer_input_sets::{NewerInputSets, NewerSetDocuments};
use super::view::View;
use crate::Inputs;
use crate::document_kind::{PipelinePart, unscoped};
use crate::rules::template_too_deep::MAX_NESTED_TEMPLATES;

/// The entities, and the values that are laid over a pipeline.
#[derive(Default)]
pub(super) struct Entities<'a> {
    /// Those that a pipeline shares with the ones that it runs.
    known: Rc<Known<'a>>,
    pub(super) input_sets: InputSets<'a>,
    /// Keys and values of the input sets of the newer schema, by name: the last one wins.
    pub(super) newer_inputs: named_inputs::Given<'a>,
    /// What is wrong with these input sets.
    pub(super) of_newer_sets: Diagnostics,
}

/// All entities, by what refers to them: looking through all of them for each reference would take
/// the square of their number.
#[derive(Default)]
struct Known<'a> {
    services: Map<&'a str, Node<'a>>,
    /// In the order of the texts, each with its own identifier.
    environments: Vec<(&'a str, Node<'a>)>,
    environments_by_name: Map<&'a str, (&'a str, Node<'a>)>,
    infrastructures: Map<&'a str, Infrastructures<'a>>,
    groups: Map<&'a str, Node<'a>>,
    templates: Map<TemplateKey<'a>, Template<'a>>,
    pipelines: Map<&'a str, Vec<PipelineDocument<'a>>>,
    sets: SetDocuments<'a>,
    newer_sets: NewerSetDocuments<'a>,
}

/// A pipeline with an identifier, which a stage of another one may run.
#[derive(Clone, Copy)]
pub(super) struct PipelineDocument<'a> {
    pub(super) root: Node<'a>,
    /// Its mapping.
    pub(super) body: Node<'a>,
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
        let sets = SetDocuments::new(documents);
        let input_sets = InputSets::new(documents, &sets, inputs.input_sets.as_deref());
        let newer_sets = NewerSetDocuments::new(documents);
        let of_stages = documents.sets_of_stages();
        let newer = NewerInputSets::new(&newer_sets, &of_stages, inputs.input_sets.as_deref());
        let newer_inputs = newer.in_order.into_iter().flat_map(values_by_name).collect();
        let mut known = Known { sets, newer_sets, ..Known::default() };
        for &(kind, root) in &documents.entities {
            let Some(entity) = root.get(kind) else { continue };
            if let Some(name) = text(entity, "identifier") {
                known.add(kind, name, entity);
            }
        }
        for (root, part) in &documents.pipelines {
            known.add_pipeline(*root, part);
        }
        let of_newer_sets = newer.findings;
        Self { known: Rc::new(known), input_sets, newer_inputs, of_newer_sets }
    }

    /// The same entities, for a pipeline that is given other values: those of input sets, and over them others by name.
    pub(super) fn with_inputs<'b>(
        &self,
        input_sets: InputSets<'b>,
        newer_sets: NewerInputSets<'b>,
        given: Option<Node<'b>>,
    ) -> Entities<'b>
    where
        'a: 'b,
    {
        let known: Rc<Known<'b>> = Rc::<Known<'a>>::clone(&self.known);
        let NewerInputSets { in_order, findings: of_newer_sets } = newer_sets;
        let newer_inputs = in_order.into_iter().chain(given).flat_map(values_by_name).collect();
        Entities { known, input_sets, newer_inputs, of_newer_sets }
    }

    /// The pipelines with an identifier, in the order of the texts.
    pub(super) fn pipelines(&self, reference: &str) -> &[PipelineDocument<'a>] {
        self.known.pipelines.get(unscoped(reference)).map_or(&[], Vec::as_slice)
    }

    /// The documents of input sets and overlays.
    pub(super) fn sets(&self) -> &SetDocuments<'a> {
        &self.known.sets
    }

    /// The same of the newer schema.
    pub(super) fn newer_sets(&self) -> &NewerSetDocuments<'a> {
        &self.known.newer_sets
    }

    pub(super) fn service(&self, reference: &str) -> Option<Node<'a>> {
        self.known.services.get(unscoped(reference)).copied()
    }

    /// All environments, by identifier.
    pub(super) fn environments(&self) -> &[(&'a str, Node<'a>)] {
        &self.known.environments
    }

    /// One environment, with its own identifier.
    pub(super) fn environment(&self, reference: &str) -> Option<(&'a str, Node<'a>)> {
        self.known.environments_by_name.get(unscoped(reference)).copied()
    }

    pub(super) fn group(&self, reference: &str) -> Option<Node<'a>> {
        self.known.groups.get(unscoped(reference)).copied()
    }

    /// The infrastructures of an environment, by identifier.
    pub(super) fn infrastructures(&self, environment: &str) -> &[(&'a str, Node<'a>)] {
        self.known.infrastructures.get(unscoped(environment)).map_or(&[], |of_it| &of_it.all)
    }

    /// One infrastructure of an environment.
    pub(super) fn infrastructure(&self, environment: &str, reference: &str) -> Option<Node<'a>> {
        let of_it = self.known.infrastructures.get(unscoped(environment))?;
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
            versions
                .iter()
                .filter_map(move |version| self.known.templates.get(&(name, kind, *version)))
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

impl<'a> Known<'a> {
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

    /// Keeps a pipeline by its identifier; a part of one has none.
    fn add_pipeline(&mut self, root: Node<'a>, part: &PipelinePart<'a>) {
        let body = match part {
            PipelinePart::Pipeline(body) => *body,
            PipelinePart::Stages { .. } => root,
            PipelinePart::Stage(_) | PipelinePart::Spec(_) => return,
        };
        let name = ["identifier", "id"].into_iter().find_map(|key| text(body, key));
        if let Some(name) = name {
            self.pipelines.or_default(unscoped(name)).push(PipelineDocument { root, body });
        }
    }
}

/// Keys and values of a mapping by name, those without a value left out.
fn values_by_name<'a>(mapping: Node<'a>) -> impl Iterator<Item = (&'a str, (Node<'a>, Node<'a>))> {
    let entries = mapping.entries().filter(|(_, value)| !value.is_null());
    entries.filter_map(|(key, value)| Some((key.as_str()?, (key, value))))
}

fn text<'a>(node: Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key)?.as_str()
}
