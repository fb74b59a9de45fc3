//! The stages in the order of the text, and which of them run side by side.

use deployline_yaml::{Node, NodeKind, Span};

use super::find::{Found, StageSource};
use super::{Context, expression, stage, value};
use crate::{PipelineStatus, Stage, Work};

pub(super) fn read(found: &Found<'_>, cx: &mut Context<'_>) -> Vec<Stage> {
    match found.stages {
        StageSource::None => Vec::new(),
        StageSource::Stage(node) => vec![stage::read(node, 0, 0, cx)],
        StageSource::Spec(spec) => vec![stage::read_spec_alone(spec, cx)],
        StageSource::List(list) if found.is_v1 => flat_schema(list, cx),
        StageSource::List(list) => entries(list, cx),
    }
}

fn entries(list: Node<'_>, cx: &mut Context<'_>) -> Vec<Stage> {
    if list.kind() != NodeKind::Sequence {
        return no_list(list, cx);
    }
    let mut stages = Vec::new();
    for (item, entry) in list.items().zip(0..) {
        match value(item, "parallel") {
            Some(parallel) => {
                for item in parallel.items() {
                    stages.push(entry_stage(item, entry, stages.len(), cx));
                }
            }
            None => stages.push(entry_stage(item, entry, stages.len(), cx)),
        }
    }
    stages
}

fn no_list(list: Node<'_>, cx: &mut Context<'_>) -> Vec<Stage> {
    match expression(list) {
        Some(text) => cx.warning(
            "runtime-input",
            list,
            format!("The stages are given by `{text}`, which only a run knows."),
        ),
        None => cx.error(
            "no-stages",
            list,
            "Expected a list of stages: each starts with `- stage:` or `- parallel:`.",
        ),
    }
    vec![unknown("stages", 0, list.span())]
}

fn entry_stage(item: Node<'_>, entry: u32, position: usize, cx: &mut Context<'_>) -> Stage {
    if let Some(stage) = value(item, "stage") {
        return stage::read(stage, entry, position, cx);
    }
    cx.warning(
        "unknown-stage-entry",
        item,
        "Expected `stage:` with its contents, or `parallel:` with a list of stages. \
         A placeholder stands for it.",
    );
    unknown(&format!("stage {}", position + 1), entry, item.span())
}

/// A bar for what can't be read.
pub(super) fn unknown(name: &str, entry: u32, span: Span) -> Stage {
    Stage {
        identifier: name.replace(' ', "_"),
        name: name.to_owned(),
        stage_type: String::new(),
        entry,
        span,
        pipeline_status: PipelineStatus::default(),
        work: Work::Unknown,
    }
}

/// The newer schema: a bar per entry.
fn flat_schema(list: Node<'_>, cx: &mut Context<'_>) -> Vec<Stage> {
    cx.warning(
        "schema-v1",
        list.items().next().unwrap_or(list),
        "This is the newer, flat pipeline schema (version 1). Each of its stages is drawn as one \
         bar; services and targets are not multiplied out.",
    );
    let stages = list.items().zip(0..).flat_map(|(item, entry)| {
        let inner = item.at(&["parallel", "stages"]);
        let members: Vec<Node<'_>> = inner.map_or(vec![item], |stages| stages.items().collect());
        members.into_iter().map(move |member| (member, entry))
    });
    let stages = stages.enumerate().map(|(position, (item, entry))| {
        let text = |key| item.get(key).and_then(|node| node.as_str());
        let made_up = format!("stage {}", position + 1);
        let identifier = text("id").unwrap_or(&made_up);
        let name = text("name").unwrap_or(identifier);
        Stage { name: name.to_owned(), ..unknown(identifier, entry, item.span()) }
    });
    stages.collect()
}
