//! Which bytes to change to flip a flag.

use std::mem::discriminant;

use deployline_engine::{AxisName, FlagPlace, Parallel, ParallelSource, Pipeline, Stage, Work};
use deployline_span::Span;
use deployline_yaml::edit::{self, Refusal};
use deployline_yaml::{Budget, Document, Node, TextEdit, parse_with};

use crate::{Inputs, resolve};

/// The edit that makes an axis of stage `stage_idx` parallel or sequential: `metadata.parallel` of
/// `services`, `environments` or `environmentGroup`, replaced or added. `documents` are those of
/// `text`. Later stages that take the list by `useFromStage` follow, as they do in the product.
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
    let FlagPlace { list, path } =
        flag_of(stage, axis).ok_or_else(|| refuse(no_place(stage, axis), stage.span))?;
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
    let changed = changed_too(&before, &after, stage_idx, axis);
    match changed.into_iter().find_map(|other| shared(documents, pipeline, stage_idx, axis, other))
    {
        Some(reason) => Err(refuse(reason, list)),
        None => Ok(edit),
    }
}

fn no_place(stage: &Stage, axis: AxisName) -> &'static str {
    match axis_parallel(stage, axis) {
        None => "There is no list here: nothing to run in parallel.",
        Some(_) => {
            "This list is not written in one place of its own: change `parallel` in the YAML."
        }
    }
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

/// The other axes whose flags an edit has changed. What an expression yields is the viewer's choice.
fn changed_too(
    before: &Pipeline,
    after: &Pipeline,
    stage_idx: usize,
    axis: AxisName,
) -> Vec<(usize, AxisName)> {
    let flag = |pipeline: &Pipeline, (i, name): (usize, AxisName)| {
        let Parallel { source, value } = axis_parallel(pipeline.stages.get(i)?, name)?;
        let is_expression = matches!(source, ParallelSource::Expression(_));
        Some((discriminant(&source), value || is_expression))
    };
    let count = before.stages.len().max(after.stages.len());
    (0..count)
        .flat_map(|i| [(i, AxisName::Services), (i, AxisName::Targets)])
        .filter(|other| *other != (stage_idx, axis) && flag(before, *other) != flag(after, *other))
        .collect()
}

/// Why an edit must not change the flag of another axis as well; `None` where that axis takes the
/// list by `useFromStage`: it follows, as it does in the product.
fn shared(
    documents: &[Document],
    pipeline: &Pipeline,
    stage_idx: usize,
    axis: AxisName,
    (other_idx, other_axis): (usize, AxisName),
) -> Option<&'static str> {
    let stage = &pipeline.stages[stage_idx];
    let own = flag_of(stage, axis);
    let place = pipeline.stages.get(other_idx).and_then(|other| flag_of(other, other_axis));
    if place.is_some() && place == own {
        return Some(
            "Several stages use the template of this list: the change would be theirs too.",
        );
    }
    let place = place.filter(|_| axis == other_axis);
    let takes_it = place.is_some_and(|FlagPlace { list, path }| {
        let taker = documents.iter().find_map(|document| document.mapping_at(list));
        let from = taker.and_then(|taker| taker.at(&["useFromStage", "stage"])?.as_str());
        let has_own = taker.and_then(|taker| taker.at(path)).is_some();
        from == Some(&stage.identifier) && !has_own
    });
    let reason = "Other places share this list by an alias: the change would be theirs too.";
    (!takes_it).then_some(reason)
}

/// Whether an axis of a stage is parallel; `None` where it is no list.
pub(crate) fn axis_parallel(stage: &Stage, axis: AxisName) -> Option<Parallel> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    match axis {
        AxisName::Services => deploy.services.parallel,
        AxisName::Targets => deploy.targets.parallel,
    }
}
