//! Which bytes to change to flip a flag.

use deployline_yaml::edit::{self, Refusal};
use deployline_yaml::{Budget, Document, Span, TextEdit, parse_with};

use crate::{AxisName, Inputs, Parallel, Pipeline, Stage, Work, resolve};

/// The edit that makes an axis of stage `stage_idx` parallel or sequential: `metadata.parallel` of
/// `services`, `environments` or `environmentGroup`, replaced or added. `documents` are those of
/// `text`.
///
/// # Errors
/// Where the stage has no such list, or the text can't be changed safely; says why.
pub fn set_parallel(
    text: &str,
    documents: &[Document],
    pipeline: &Pipeline,
    stage_idx: usize,
    axis: AxisName,
    parallel: bool,
) -> Result<TextEdit, Refusal> {
    let stage = &pipeline.stages[stage_idx];
    let refuse = |reason, span| Refusal { reason, span };
    let list = list_of(stage, axis)
        .ok_or_else(|| refuse("There is no list here: nothing to run in parallel.", stage.span))?;
    let node =
        documents.iter().find_map(|document| document.mapping_at(list)).ok_or_else(|| {
            refuse("The list comes from an alias, which other places share; change it there.", list)
        })?;
    let value = if parallel { "true" } else { "false" };
    let edit = edit::set(text, node, &["metadata", "parallel"], value)?;
    if flag_after(&edit.apply(text), list, stage_idx, axis) == Some(parallel) {
        return Ok(edit);
    }
    Err(refuse("This can't be changed safely here; write `metadata.parallel` by hand.", list))
}

fn list_of(stage: &Stage, axis: AxisName) -> Option<Span> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    match axis {
        AxisName::Services => deploy.services.list,
        AxisName::Targets => deploy.targets.list,
    }
}

/// What the edited text says: the proof that the edit does what was asked.
fn flag_after(edited: &str, list: Span, stage_idx: usize, axis: AxisName) -> Option<bool> {
    let parsed = parse_with(edited, list.source, Budget::default());
    let (pipeline, _) = resolve(&parsed.documents, &Inputs::default());
    axis_parallel(pipeline.stages.get(stage_idx)?, axis).map(|parallel| parallel.value)
}

/// Whether an axis of a stage is parallel; `None` where it is no list.
pub(crate) fn axis_parallel(stage: &Stage, axis: AxisName) -> Option<Parallel> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    match axis {
        AxisName::Services => deploy.services.parallel,
        AxisName::Targets => deploy.targets.parallel,
    }
}
