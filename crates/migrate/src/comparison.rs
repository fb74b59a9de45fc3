//! Both plans side by side: a difference that remains is a note.

use deployline_engine::{Assumptions, Plan, Schedule, Schema, format, plan_and_schedule, words};
use deployline_map::Map;
use deployline_planner::{Inputs, Views, resolve};

use crate::note::{Note, NoteKind};

/// Adds a note for each stage of the source that runs in another way in the migrated `text`.
pub(crate) fn compare(
    views: &Views<'_>,
    text: &str,
    (inputs, assumptions): (&Inputs, &Assumptions),
    notes: &mut Vec<Note>,
) {
    let source = plan_and_schedule(views.pipeline.clone(), assumptions);
    let documents = deployline_yaml::parse(text).documents;
    // Input sets stand in their place already.
    let (pipeline, _) = resolve(&documents, &Inputs { input_sets: None, ..inputs.clone() });
    let result = plan_and_schedule(pipeline, assumptions);
    let mut by_name: Map<&str, usize> = Map::new();
    for (index, stage) in result.0.pipeline.stages.iter().enumerate() {
        by_name.or_insert_with(stage.identifier.as_str(), || index);
    }
    let mut earlier: Option<&str> = None;
    let mut found = Vec::new();
    for (index, stage) in source.0.pipeline.stages.iter().enumerate() {
        let other = by_name.get(stage.identifier.as_str()).copied();
        let other = other.or((result.0.stages.len() > index).then_some(index));
        let Some(what) = difference((&source, index), other.map(|other| (&result, other))) else {
            continue;
        };
        let is_inside = |note: &&Note| {
            note.kind == NoteKind::NoCounterpart && stage.span.to(note.span) == stage.span
        };
        let since = match (notes.iter().find(is_inside), earlier) {
            _ if what.contains("since") => String::new(),
            (_, Some(earlier)) if what.starts_with("starts") => {
                format!(", since `{earlier}` differs")
            }
            (Some(note), _) => format!(", since {}", note.message.trim_end_matches('.')),
            (None, _) => String::new(),
        };
        let message = format!("Stage `{}` {what}{since}.", stage.name);
        found.push(Note { kind: NoteKind::Plan, span: stage.span, message });
        earlier.get_or_insert(&stage.name);
    }
    notes.append(&mut found);
}

type Run = (Plan, Schedule);

/// The first difference of a stage, in words.
fn difference((source, at): (&Run, usize), other: Option<(&Run, usize)>) -> Option<String> {
    let Some((result, to)) = other else { return Some("is not in the result".to_owned()) };
    let count = |(plan, _): &Run, index: usize| plan.stages[index].deployments.len();
    let (before, after) = (count(source, at), count(result, to));
    if before != after {
        return Some(format!("is {} instead of {before}", format::count(after, "bar")));
    }
    if labels(source, at) != labels(result, to) {
        return Some(other_order(labels(source, at), labels(result, to), source.0.pipeline.schema));
    }
    let (before, after) = (&source.1.stages[at], &result.1.stages[to]);
    if before.max_concurrency != after.max_concurrency {
        return Some(format!(
            "runs {} at a time instead of {}",
            after.max_concurrency, before.max_concurrency
        ));
    }
    if before.start != after.start {
        return Some(format!("starts at {} instead of {}", after.start, before.start));
    }
    if before.end != after.end {
        return Some(format!("ends at {} instead of {}", after.end, before.end));
    }
    let times = before.runs.iter().zip(&after.runs);
    let other = times.clone().position(|(a, b)| (a.start, a.end) != (b.start, b.end))?;
    let (a, b) = (&before.runs[other], &after.runs[other]);
    Some(format!("runs its bar {} at {} instead of {}", other + 1, b.start, a.start))
}

/// The deployments of a stage in their order.
fn labels((plan, _): &Run, index: usize) -> Vec<String> {
    words::labels(&plan.pipeline.stages[index], &plan.stages[index], usize::MAX)
}

fn other_order(mut before: Vec<String>, mut after: Vec<String>, schema: Schema) -> String {
    deployline_map::sort_by(&mut before, Ord::cmp);
    deployline_map::sort_by(&mut after, Ord::cmp);
    let since = match schema {
        _ if before != after => return "deploys something else".to_owned(),
        Schema::V0 => "v1 goes target by target, whatever the flags say",
        Schema::V1 => {
            "v0 goes service by service where services are one by one and targets side by side"
        }
    };
    format!("has another order, since {since}")
}
