//! Input sets and overlays of the newer schema: which give values, and in which order.
//!
//! ```text
//! kind: input-set, id: base, spec: {city: oslo}             values by the names of inputs
//! kind: overlay-input-set, spec: {input_sets: [base]}       stands for those it names, in its order and place
//! ```
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::{Diagnostics, Document, Node, TextEdit};

use super::documents::Documents;
use crate::document_kind::{newer_input_set, newer_overlay};
use crate::rules;
use crate::spelling::closest_word;

/// In how many input sets a name is looked for that is spelt like another.
const MAX_SETS: usize = 100;

/// The documents that bring values.
#[derive(Default)]
pub(super) struct NewerSetDocuments<'a> {
    in_order: Vec<Source<'a>>,
    /// Values of the input sets alone.
    sets: Map<&'a str, Node<'a>>,
    by_name: Map<&'a str, Source<'a>>,
}

impl<'a> NewerSetDocuments<'a> {
    pub(super) fn new(documents: &Documents<'a>) -> Self {
        let roots = documents.newer_sources.iter();
        let in_order: Vec<Source<'a>> = roots.filter_map(|root| Source::of(*root)).collect();
        let (mut sets, mut by_name) = (Map::new(), Map::new());
        for source in &in_order {
            let Some(name) = source.identifier else { continue };
            by_name.or_insert_with(name, || *source);
            if let Brings::Values(values) = source.brings {
                sets.or_insert_with(name, || values);
            }
        }
        Self { in_order, sets, by_name }
    }
}

/// The values of input sets in the order in which they count: the last one wins.
#[derive(Default)]
pub(super) struct NewerInputSets<'a> {
    pub(super) in_order: Vec<Node<'a>>,
    /// What is wrong with them.
    pub(super) findings: Diagnostics,
}

/// A document that brings values.
#[derive(Clone, Copy)]
struct Source<'a> {
    /// Names are not in the published schema: `id` is an assumption.
    identifier: Option<&'a str>,
    brings: Brings<'a>,
}

#[derive(Clone, Copy)]
enum Brings<'a> {
    Values(Node<'a>),
    /// A list of input sets.
    Those(Node<'a>),
}

impl<'a> Source<'a> {
    fn of(root: Node<'a>) -> Option<Self> {
        let values = newer_input_set(root).map(Brings::Values);
        let brings = values.or_else(|| newer_overlay(root).map(Brings::Those))?;
        let mut keys = ["id", "identifier", "name"].into_iter();
        Some(Self { identifier: keys.find_map(|key| root.get(key)?.as_str()), brings })
    }
}

/// Identifiers of the input sets and overlays of the newer schema.
pub(super) fn identifiers(documents: &[Document]) -> impl Iterator<Item = &str> {
    let sources = documents.iter().filter_map(|document| Source::of(document.root()));
    sources.filter_map(|source| source.identifier)
}

impl<'a> NewerInputSets<'a> {
    /// Puts those of all documents in order, but those that stages name for the pipelines that they run; with `chosen`
    /// identifiers, only these.
    pub(super) fn new(
        all: &NewerSetDocuments<'a>,
        of_stages: &Set<&str>,
        chosen: Option<&[String]>,
    ) -> Self {
        let mut found = Self::default();
        match chosen {
            Some(chosen) => {
                for source in chosen.iter().filter_map(|name| all.by_name.get(name.as_str())) {
                    found.add(*source, &all.sets);
                }
            }
            None => found.add_all(all, of_stages),
        }
        found.keep_last();
        found
    }

    /// Those that a stage names for the pipeline that it runs, by name and place.
    pub(super) fn of_stage(names: &[(String, Span)], all: &NewerSetDocuments<'a>) -> Self {
        let mut found = Self::default();
        for (name, span) in names {
            match all.by_name.get(name.as_str()) {
                Some(source) => found.add(*source, &all.sets),
                None => found.report_unknown(*span, name, &all.sets),
            }
        }
        found.keep_last();
        found
    }

    fn add_all(&mut self, all: &NewerSetDocuments<'a>, of_stages: &Set<&str>) {
        let overlays = all.in_order.iter().filter_map(|source| match source.brings {
            Brings::Those(list) => Some(list),
            Brings::Values(_) => None,
        });
        let named: Set<&str> = overlays.flat_map(Node::items).filter_map(Node::as_str).collect();
        for source in &all.in_order {
            let is_in = |names: &Set<&str>| source.identifier.is_some_and(|it| names.contains(it));
            let is_named = is_in(&named) && matches!(source.brings, Brings::Values(_));
            if !is_named && !is_in(of_stages) {
                self.add(*source, &all.sets);
            }
        }
    }

    fn add(&mut self, source: Source<'a>, sets: &Map<&'a str, Node<'a>>) {
        let list = match source.brings {
            Brings::Values(values) => return self.in_order.push(values),
            Brings::Those(list) => list,
        };
        for reference in list.items() {
            let Some(name) = reference.as_str() else { continue };
            match sets.get(name) {
                Some(values) => self.in_order.push(*values),
                None => self.report_unknown(reference.span(), name, sets),
            }
        }
    }

    fn report_unknown(&mut self, place: Span, name: &str, known: &Map<&'a str, Node<'a>>) {
        let message = format!(
            "No input set in the text has the name `{name}`. Write `id: {name}` beside `kind: input-set` of its document. \
             Input sets without `id` are laid in the order of their documents."
        );
        let mut found = rules::OVERLAY_INPUT_SET_UNKNOWN.at(place, message);
        let mut names = known.keys().copied().filter(|_| known.len() <= MAX_SETS);
        if let Some(meant) = closest_word(name, &mut names) {
            let edit = TextEdit { span: place, insert: meant.to_owned() };
            found = found.with_fix(format!("Change it to `{meant}`"), vec![edit]);
        }
        self.findings.push(found);
    }

    /// Of an input set that counts several times, only the last time decides.
    fn keep_last(&mut self) {
        let mut seen = Set::new();
        self.in_order.reverse();
        self.in_order.retain(|values| seen.insert(values.span()));
        self.in_order.reverse();
    }
}
