//! Both plans side by side: a difference that remains is a note.

use deployline_engine::{Assumptions, Plan, Schedule, Schema, format, plan_and_schedule, words};
use deployline_planner::{Inputs, Views, resolve};
use deployline_span::Span;

use crate::note::{Note, NoteKind};

/// Adds a note for each stage of the source that runs in another way in the migrated `text`, whose stages stand
/// for those of the source in this `order`. The notes so far are in the order of the source.
pub(crate) fn compare(
    views: &Views<'_>,
    (text, order): (&str, &[usize]),
    (inputs, assumptions): (&Inputs, &Assumptions),
    notes: &mut Vec<Note>,
) {
    let source = plan_and_schedule(views.pipeline.clone(), assumptions);
    let documents = deployline_yaml::parse(text).documents;
    // Input sets stand in their place already.
    let (pipeline, _) = resolve(&documents, &Inputs { input_sets: None, ..inputs.clone() });
    let result = plan_and_schedule(pipeline, assumptions);
    let mut places: Vec<Option<usize>> = vec![None; source.0.stages.len()];
    for (place, index) in order.iter().enumerate().take(result.0.stages.len()) {
        places[*index] = Some(place);
    }
    let mut earlier: Option<&str> = None;
    let mut found = Vec::new();
    let own = source.0.own_stage_count();
    for (index, stage) in source.0.pipeline.stages.iter().enumerate().take(own) {
        let other = places[index].map(|place| (&result, place));
        let Some(what) = difference((&source, index), other) else { continue };
        let since = match (lost_inside(stage.span, notes), earlier) {
            _ if what.contains("since") => String::new(),
            (_, Some(earlier)) if what.starts_with("starts") => {
                format!(", since `{earlier}` differs")
            }
            _ if stage.chained.is_some() => {
                ", since the pipeline that it runs is not in the result".to_owned()
            }
            (Some(note), _) => format!(", since {}", note.message.trim_end_matches('.')),
            (None, _) => String::new(),
        };
        let message = format!("Stage `{}` {what}{since}.", stage.name);
        found.push(Note { kind: NoteKind::Plan, span: stage.span, message: message.into() });
        earlier.get_or_insert(&stage.name);
    }
    notes.append(&mut found);
}

/// The first note about something that the result is without, of those inside of a stage.
fn lost_inside(stage: Span, notes: &[Note]) -> Option<&Note> {
    let first = notes.partition_point(|note| note.span < Span { end: stage.start, ..stage });
    let inside = notes[first..]
        .iter()
        .take_while(|note| note.span.source == stage.source && note.span.start < stage.end);
    let mut inside = inside.filter(|note| stage.to(note.span) == stage);
    inside.find(|note| note.kind == NoteKind::NoCounterpart)
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

/// The deployments of a stage in their order, without the names of the stage and of what a strategy repeats, which
/// may be others.
fn labels((plan, _): &Run, index: usize) -> Vec<String> {
    let mut stage = plan.pipeline.stages[index].clone();
    stage.name.clear();
    stage.looping = None;
    words::labels(&stage, &plan.stages[index], usize::MAX)
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
