//! Which bytes to change to flip a flag.

use std::mem::{Discriminant, discriminant};

use deployline_yaml::edit::{self, Refusal};
use deployline_yaml::{Budget, Document, Node, Span, TextEdit, parse_with};

use crate::{
    AxisName, FlagPlace, Inputs, Parallel, ParallelSource, Pipeline, Stage, Work, resolve,
};

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
    let FlagPlace { list, path } = flag_of(stage, axis)
        .ok_or_else(|| refuse("There is no list here: nothing to run in parallel.", stage.span))?;
    let node =
        documents.iter().find_map(|document| document.mapping_at(list)).ok_or_else(|| {
            refuse("The list comes from an alias, which other places share; change it there.", list)
        })?;
    if let Some(flag) = node.at(path).filter(|flag| is_expression(*flag)) {
        let reason = "An expression stands here, and its value comes from elsewhere.";
        return Err(refuse(reason, flag.span()));
    }
    let value = if parallel { "true" } else { "false" };
    let edit = edit::set(text, node, path, value)?;
    let ((before, problems_before), (after, problems_after)) =
        (resolved(text, list), resolved(&edit.apply(text), list));
    let flag = after.stages.get(stage_idx).and_then(|stage| axis_parallel(stage, axis));
    // Among broken lines, an edit may mend or break more than it says.
    if flag.map(|flag| flag.value) != Some(parallel) || problems_before != problems_after {
        let reason = "This can't be changed safely here; write `parallel` by hand.";
        return Err(refuse(reason, list));
    }
    if other_flags(&after, stage_idx, axis) != other_flags(&before, stage_idx, axis) {
        let reason = "Other places share this list by an alias: the change would be theirs too.";
        return Err(refuse(reason, list));
    }
    Ok(edit)
}

fn is_expression(node: Node<'_>) -> bool {
    node.as_str().is_some_and(|text| text.contains("<+"))
}

fn flag_of(stage: &Stage, axis: AxisName) -> Option<FlagPlace> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    match axis {
        AxisName::Services => deploy.services.flag,
        AxisName::Targets => deploy.targets.flag,
    }
}

/// What a text says by itself, and what is wrong with it: the proof that an edit does what was
/// asked, and no more.
fn resolved(text: &str, list: Span) -> (Pipeline, Vec<&'static str>) {
    let parsed = parse_with(text, list.source, Budget::default());
    let problems = parsed.diagnostics.iter().map(|problem| problem.code).collect();
    (resolve(&parsed.documents, &Inputs::default()).0, problems)
}

/// What is written of all flags but one. What an expression yields is the viewer's choice.
fn other_flags(
    pipeline: &Pipeline,
    stage_idx: usize,
    axis: AxisName,
) -> Vec<Option<(Discriminant<ParallelSource>, bool)>> {
    let flag = |stage: &Stage, axis| {
        let Parallel { source, value } = axis_parallel(stage, axis)?;
        let is_expression = matches!(source, ParallelSource::Expression(_));
        Some((discriminant(&source), value || is_expression))
    };
    let stages = pipeline.stages.iter().enumerate();
    let axes = stages.flat_map(|(i, stage)| {
        [AxisName::Services, AxisName::Targets].map(|name| (i, name, stage))
    });
    let others = axes.filter(|(i, name, _)| (*i, *name) != (stage_idx, axis));
    others.map(|(_, name, stage)| flag(stage, name)).collect()
}

/// Whether an axis of a stage is parallel; `None` where it is no list.
pub(crate) fn axis_parallel(stage: &Stage, axis: AxisName) -> Option<Parallel> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    match axis {
        AxisName::Services => deploy.services.parallel,
        AxisName::Targets => deploy.targets.parallel,
    }
}
