//! A pipeline in the other schema: from v0 to v1 and back, with what has no counterpart there.
//!
//! 1. The planner's views say what counts: input sets, templates and `useFromStage` stand in their place;
//! 2. `layout` finds the entries for what each stage waits for, or what only a DAG can say;
//! 3. `newer` and `older` write a pipeline in one schema each; `condition`, `strategy`, `failure`, `chain` and `words`
//!    have both directions of one part each, `holders` what stands around the stages of a list;
//!    `inputs` has what stands in the place of those of v1, `identifiers` makes those that are missing, `waiting` notes what no stage waits for;
//! 4. `comments` finds what each comment is about, and goes with what stands for that;
//! 5. `comparison` compares both plans.
//!
//! Follows `docs/semantics.md`, "Schema v1". This crate knows Harness' keys and no pixel, DOM, clock or I/O.

mod chain;
mod comments;
mod comparison;
mod condition;
mod entries;
mod expressions;
mod failure;
mod holders;
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
use deployline_planner::{Inputs, View, Views, is_entity, is_pipeline, views};
use deployline_span::Span;
use deployline_yaml::write::{Layout, Value, Writer};
use deployline_yaml::{Document, LineIndex};

use comments::Comments;
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
    let mut migration = Migration::of(&views, Comments::of(text, documents));
    waiting::check(&views, &mut migration);
    let schema = migration.to;
    let root = match schema {
        Schema::V1 => newer::document(&views, documents, &mut migration),
        Schema::V0 => older::document(&views, &mut migration),
    };
    let mut result = written(&with_comments_of_root(root, &views, documents, &mut migration));
    let main = documents.iter().position(|document| is_pipeline(document.root()));
    for (index, document) in documents.iter().enumerate() {
        migration.document(document, main == Some(index), &mut result);
    }
    note_comments(text, &mut migration);
    let (mut notes, order) = migration.into_parts();
    note::sort(&mut notes);
    comparison::compare(&views, (&result, &order), (inputs, assumptions), &mut notes);
    note::sort(&mut notes);
    Some(Migrated { schema, text: result, notes })
}

/// The document of the pipeline with the comments of the one in the source.
fn with_comments_of_root(
    root: Value,
    views: &Views<'_>,
    documents: &[Document],
    migration: &mut Migration<'_>,
) -> Value {
    let Some(place) = views.root.as_ref().or(views.list.as_ref()).map(View::span) else {
        return root;
    };
    let holds = |document: &&Document| document.root().span().to(place) == document.root().span();
    match documents.iter().find(holds) {
        Some(document) => root.with_comments(migration.comments.take_of(document.root())),
        None => root,
    }
}

/// The most lines that are named.
const MAX_LINES: usize = 20;

/// Notes the comments that have no place in the result.
fn note_comments(text: &str, migration: &mut Migration<'_>) {
    let left: Vec<Span> = migration.comments.left().collect();
    let Some(first) = left.first() else { return };
    let index = LineIndex::new(text);
    let line = |span: &Span| index.line_column(text, span.range().start).line.to_string();
    let mut lines: Vec<String> = left.iter().take(MAX_LINES).map(line).collect();
    let more = left.len() - lines.len();
    if more > 0 {
        lines.push(format!("{more} more"));
    }
    let schema = migration.schema();
    let message = match (left.len(), lines.pop()) {
        (1, Some(line)) => format!("The comment in line {line} has no place in {schema}."),
        (count, last) => format!(
            "{count} comments have no place in {schema}: those in the lines {} and {}.",
            lines.join(", "),
            last.unwrap_or_default()
        ),
    };
    migration.lost(*first, message);
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
