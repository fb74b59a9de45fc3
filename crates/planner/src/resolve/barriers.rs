//! The barriers of a pipeline, which its steps name.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".

use deployline_engine::{Stage, WaitKind};
use deployline_map::Set;

use super::context::Reader;
use super::view::View;
use crate::rules;
use crate::spelling::closest_word;

/// The most names that a message lists, and that a misspelt one is compared with.
const MAX_NAMES: usize = 100;

/// Reports steps at barriers that the pipeline does not have.
pub(super) fn check(pipeline: &View<'_>, stages: &[Stage], reader: &mut Reader<'_, '_>) {
    let of_stage = |stage: &Stage| {
        stage.steps.waits.iter().any(|wait| matches!(wait.kind, WaitKind::Barrier(_)))
    };
    if !stages.iter().any(of_stage) {
        return;
    }
    let list = pipeline.at(&["flowControl", "barriers"]).or_else(|| pipeline.value("barriers"));
    let items = list.map(|list| list.items()).unwrap_or_default();
    let name = |item: &View<'_>| Some(item.str_of("identifier").or(item.as_str())?.to_owned());
    let names: Set<String> = items.iter().filter_map(name).collect();
    let some: Vec<&str> = names.iter().take(MAX_NAMES).map(String::as_str).collect();
    for stage in stages {
        for wait in &stage.steps.waits {
            let WaitKind::Barrier(name) = &wait.kind else { continue };
            let Some(step) = stage.steps.tree.get(wait.step as usize) else { continue };
            if name.is_empty() || names.contains(name.as_str()) {
                continue;
            }
            let expected = match (closest_word(name, &mut some.iter().copied()), &some[..]) {
                (Some(close), _) => format!("Did you mean `{close}`?"),
                (None, []) => "Add it to `barriers` of the pipeline.".to_owned(),
                (None, names) => format!("Expected one of `{}`.", names.join("`, `")),
            };
            let message = format!("The pipeline has no barrier `{name}`. {expected}");
            reader.report(&rules::BARRIER_UNKNOWN, step.span, message);
        }
    }
}
