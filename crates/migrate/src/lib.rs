//! A pipeline in the other schema: from v0 to v1 and back, with what has no counterpart there.
//!
//! 1. The planner's views say what counts: input sets, templates and `useFromStage` stand in their place;
//! 2. `layout` finds the entries for what each stage waits for, or what only a DAG can say;
//! 3. `newer` and `older` write a pipeline in one schema each; `condition`, `strategy`, `failure` and `words`
//!    have what differs in words alone, for both directions;
//!    `inputs` has what stands in the place of those of v1, `identifiers` makes those that are missing, `waiting` notes what no stage waits for;
//! 4. `comparison` compares both plans.
//!
//! Follows `docs/semantics.md`, "Schema v1". This crate knows Harness' keys and no pixel, DOM, clock or I/O.

mod comments;
mod comparison;
mod condition;
mod entries;
mod expressions;
mod failure;
mod identifiers;
mod inputs;
mod layout;
mod migration;
mod newer;
mod note;
mod older;
mod strategy;
mod waiting;
mod words;

use deployline_engine::{Assumptions, Schema};
use deployline_planner::{Inputs, is_entity, views};
use deployline_yaml::Document;
use deployline_yaml::write::{Layout, Value, Writer};

use migration::Migration;

pub use note::{Note, NoteKind};

/// A pipeline in the other schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The schema of `text`.
    pub schema: Schema,
    /// The pipeline and the documents of its entities.
    pub text: String,
    /// Differences, in the order of the source.
    pub notes: Vec<Note>,
}

/// Writes the pipeline of `text`, whose documents come first in `documents`, in the other schema; `None` where
/// they hold none.
///
/// ```
/// use deployline_engine::Assumptions;
/// use deployline_migrate::migrated;
/// use deployline_planner::Inputs;
/// let text = "
/// pipeline:
///   identifier: shop
///   stages:
///     - stage:
///         identifier: live
///         type: Deployment
///         spec:
///           services: {values: [{serviceRef: cart}, {serviceRef: api}]}
///           environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
/// ";
/// let documents = deployline_yaml::parse(text).documents;
/// let newer = migrated(text, &documents, &Inputs::default(), &Assumptions::default()).expect("a pipeline");
/// assert_eq!(newer.text, "\
/// version: 1
/// pipeline:
///   id: shop
///   stages:
///     - id: live
///       service:
///         items:
///           - cart
///           - api
///         parallel: true
///       environment:
///         id: prod
///         deploy-to: eu
///       steps: []
/// ");
/// assert_eq!(newer.notes, []);
/// ```
pub fn migrated(
    text: &str,
    documents: &[Document],
    inputs: &Inputs,
    assumptions: &Assumptions,
) -> Option<Migrated> {
    let views = views(documents, inputs);
    if views.pipeline.stages.is_empty() && views.root.is_none() {
        return None;
    }
    let mut migration = Migration::of(&views);
    waiting::check(&views, &mut migration);
    let schema = migration.to;
    let root = match schema {
        Schema::V1 => newer::document(&views, documents, &mut migration),
        Schema::V0 => older::document(&views, &mut migration),
    };
    let mut result = written(&root);
    for document in documents {
        migration.document(document, &mut result);
    }
    if let Some(span) = comments::first(text, documents) {
        migration.lost(span, "Comments are not carried.");
    }
    let (mut notes, order) = migration.into_parts();
    note::sort(&mut notes);
    comparison::compare(&views, (&result, &order), (inputs, assumptions), &mut notes);
    note::sort(&mut notes);
    Some(Migrated { schema, text: result, notes })
}

/// The text of a document.
fn written(root: &Value) -> String {
    let mut writer = Writer::new(Layout::default());
    writer.item(0, root);
    writer.text + "\n"
}

/// Returns true for the document of an entity that is the same in both schemas.
fn is_shared_entity(document: &Document) -> bool {
    let root = document.root();
    let kinds = ["service", "environment", "infrastructureDefinition", "environmentGroup"];
    is_entity(root) && kinds.iter().any(|kind| root.get(kind).is_some())
}
