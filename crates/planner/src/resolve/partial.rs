//! What a run of chosen stages lacks.
//!
//! Follows `docs/semantics.md`, "Partial runs".

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::Node;

use super::context::Reader;
use super::scalar;
use super::stage_names::{self, NamedStage};
use super::values::is_status;
use super::view::View;
use crate::rules;

/// Reports a pipeline that does not allow its stages to be chosen.
pub(super) fn report_setting(pipeline: &View<'_>, is_v1: bool, reader: &mut Reader<'_, '_>) {
    if reader.cx.inputs.partial.chosen.is_none() {
        return;
    }
    let key = if is_v1 { "allow-stage-executions" } else { "allowStageExecutions" };
    let setting = pipeline.value(key);
    let (span, what) = match &setting {
        Some(value) if scalar::expression(value).is_some() || scalar::flag(value) == Some(true) => {
            return;
        }
        Some(value) => (value.span(), format!("`{key}` is not `true`")),
        None => (pipeline.first_key_span(), format!("`{key}` is missing, which counts as `false`")),
    };
    let message = format!(
        "{what}: the product refuses a run of chosen stages. The run is drawn all the same. Set `{key}: true` to \
         allow it."
    );
    reader.report(&rules::PARTIAL_RUN_REFUSED, span, message);
}

/// Reports the stages that are not chosen and that a chosen one names in its expressions, each once.
pub(super) fn report_expressions(stage: &View<'_>, reader: &mut Reader<'_, '_>) {
    if reader.cx.inputs.partial.chosen.is_none() {
        return;
    }
    let mut named: Map<&str, Span> = Map::new();
    let is_missing = |stage: NamedStage<'_>| reader.cx.values.read.is_left_out(stage.identifier);
    // A status in a condition makes this unknown, and is said there.
    let in_condition = |stage: NamedStage<'_>| is_missing(stage) && !is_status(stage.rest);
    for (key, value) in stage.node().entries() {
        match key.as_str() {
            Some("when" | "if") => stage_names::add(value, &mut named, &in_condition),
            _ => stage_names::add(value, &mut named, &is_missing),
        }
    }
    for (other, span) in named {
        let own = reader.cx.values.read.current_name();
        let message = format!(
            "`{own}` names the stage `{other}` here, which is not chosen for this run: the product asks for a value \
             when the run starts. What the text itself says is drawn. Choose `{other}` as well, or give the value."
        );
        reader.report(&rules::STAGE_NOT_CHOSEN, span, message);
    }
}

/// Reports a value that a chosen stage takes from one that is not chosen.
pub(super) fn report_taken(source: Node<'_>, key: &'static str, reader: &mut Reader<'_, '_>) {
    let is_left_out = |name: &&str| reader.cx.values.read.is_left_out(name);
    let Some(name) = source.as_str().filter(is_left_out) else { return };
    let own = reader.cx.values.read.current_name();
    let message = format!(
        "`{own}` takes its `{key}` from the stage `{name}`, which is not chosen for this run: the product needs a value \
         of its own for it. It is drawn with that of `{name}`. Choose `{name}` as well, or write the `{key}` here."
    );
    reader.report(&rules::STAGE_NOT_CHOSEN, source.span(), message);
}
