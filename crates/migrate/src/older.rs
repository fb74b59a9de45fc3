//! A pipeline of v1 in v0: the pipeline itself.

mod axes;
mod combinations;
mod filters;
mod stages;
mod steps;
mod templates;
mod work;

use deployline_planner::{View, Views};
use deployline_yaml::write::Value;

use crate::entries::{Entries, one};
use crate::holders::commented_list;
use crate::identifiers::{Identifiers, valid};
use crate::inputs;
use crate::migration::Migration;

/// The document of the pipeline.
pub(crate) fn document(views: &Views<'_>, migration: &mut Migration<'_>) -> Value {
    let mut pipeline = Entries::default();
    if let Some(root) = &views.root {
        settings(root, views, &mut pipeline, migration);
    }
    let stages = stages::all(views, migration);
    pipeline.add("stages", commented_list(views, stages, migration));
    let pipeline = pipeline.into_value();
    one(
        "pipeline",
        match &views.root {
            Some(root) => migration.commented(root, pipeline),
            None => pipeline,
        },
    )
}

fn settings(root: &View<'_>, views: &Views<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    let name = root.value("name").or_else(|| root.value("id"));
    if let Some(text) = name.as_ref().and_then(View::as_str) {
        let identifier = Identifiers::default().of(root.value("id"), text, migration);
        let identifier = Value::text(identifier);
        out.add(
            "identifier",
            match root.value("id") {
                Some(id) => migration.commented(&id, identifier),
                None => identifier,
            },
        );
    }
    out.add("name", name.map(|name| migration.value(&name)));
    migration.carry(out, root, "tags", "tags");
    migration.carry(out, root, "timeout", "timeout");
    if let Some(list) = root.value("inputs") {
        let value = inputs::variables(&list, views, migration);
        migration.add(out, root, ("inputs", "variables"), value);
    }
    if let Some(barriers) = root.value("barriers") {
        let barrier = |view: &View<'_>| {
            let mut out = Entries::default();
            let name = view.as_str().unwrap_or_default();
            out.add("name", Value::text(name));
            out.add("identifier", Value::text(valid(name)));
            migration.commented(view, out.into_value())
        };
        let barriers = Value::List(barriers.items().iter().map(barrier).collect());
        migration.add(out, root, ("barriers", "flowControl"), one("barriers", barriers));
    }
    migration.carry(out, root, "allow-stage-executions", "allowStageExecutions");
    migration.carry(out, root, "fixed-inputs-on-rerun", "fixedInputsOnRerun");
    if let Some(template) = root.value("template") {
        out.add("template", templates::reference(&template, migration));
    }
    migration.rest(
        root,
        &[
            "id",
            "name",
            "tags",
            "timeout",
            "inputs",
            "barriers",
            "allow-stage-executions",
            "fixed-inputs-on-rerun",
            "template",
            "stages",
            "if",
            "service",
            "environment",
            "version",
            "kind",
            "spec",
        ],
    );
}
