//! Notes on hover: what stands there, and what it does to the order.

use deployline_engine::{
    AxisName, Ms, ParallelSource, Schedule, Skips, Status, Work, format, words,
};
use deployline_planner::{Analysis, edit};
use deployline_schema::{EntityKind, Key, Takes};
use deployline_span::{SourceId, Span};
use deployline_yaml::Fix;

use crate::deployments_at::{StageDeployments, deployments_at};
use crate::lenient::{EntryId, EntryKind, LenientTree};

/// A note about something in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// Span of the key or name.
    pub span: Span,
    /// Title: the key, or the kind and name of the entity.
    pub title: String,
    /// Meaning and effect on the order; then the effect in this stage, where that is known. Of a
    /// person's text only names: never markup.
    pub text: Vec<String>,
    /// Edits that are offered.
    pub actions: Vec<Fix>,
}

/// The note about the key or name at byte `offset`. `analysis` is that of this very text, or an empty
/// one: then the note leaves out the values of this pipeline.
///
/// ```
/// use deployline_planner::Analysis;
/// let text = "stage:\n  type: Approval\n";
/// let note = deployline_assist::hover(text, 10, &Analysis::default()).expect("it is on `type`");
/// assert_eq!(note.title, "type");
/// assert!(note.text[0].starts_with("Type of the stage."));
/// ```
pub fn hover(text: &str, offset: usize, analysis: &Analysis) -> Option<Hover> {
    let tree = LenientTree::new(text, usize::MAX);
    let id = entry_at(&tree, offset)?;
    let entry = tree.entry(id);
    let owner = if entry.kind == EntryKind::Item { entry.parent? } else { id };
    let key = tree.key(owner)?;
    let is_name =
        entry.kind == EntryKind::Key && (entry.name.start..=entry.name.end).contains(&offset);
    let range = if is_name { entry.name.clone() } else { entry.value.clone() };
    let title = match (is_name, entity_title(key)) {
        (false, Some(what)) => format!("{what} {}", tree.value(id)),
        _ => key.name.to_owned(),
    };
    let selected = deployments_at(text, &analysis.plan.pipeline, offset);
    let mut lines = vec![tree.doc(owner)?.to_owned()];
    lines.extend(effect_in_stage(key, &selected, analysis));
    lines.extend(condition_in_words(entry.value.start, &selected, analysis));
    let actions = write_default(text, key, &selected, analysis);
    let span = Span::new(SourceId::default(), range.start, range.end);
    Some(Hover { span, title, text: lines, actions })
}

/// The key whose name or value holds the offset, or the item whose value does; else the one that ends
/// there, as a cursor may be behind a word.
fn entry_at(tree: &LenientTree<'_>, offset: usize) -> Option<EntryId> {
    let holds = |id: &EntryId, offset: usize| {
        let entry = tree.entry(*id);
        let in_name = entry.kind == EntryKind::Key && entry.name.contains(&offset);
        in_name || entry.value.contains(&offset)
    };
    let behind = || offset.checked_sub(1).and_then(|at| tree.ids().find(|id| holds(id, at)));
    tree.ids().find(|id| holds(id, offset)).or_else(behind)
}

fn entity_title(key: &Key) -> Option<&'static str> {
    key.takes.iter().find_map(|takes| match takes {
        Takes::Reference(refers) | Takes::References(refers) => Some(match refers {
            EntityKind::Service => "Service",
            EntityKind::Stage => "Stage",
            EntityKind::Environment => "Environment",
            EntityKind::Infrastructure => "Infrastructure",
            EntityKind::Group => "Environment group",
            EntityKind::Template => "Template",
        }),
        _ => None,
    })
}

/// A sentence about what a key comes to in its stage.
fn effect_in_stage(
    key: &Key,
    selected: &[StageDeployments],
    analysis: &Analysis,
) -> Option<String> {
    const OF_THE_STAGE: [&str; 12] = [
        "parallel",
        "metadata",
        "services",
        "service",
        "environments",
        "environment",
        "environmentGroup",
        "maxConcurrency",
        "multiDeploymentConfig",
        "strategy",
        "stage",
        "spec",
    ];
    if entity_title(key).is_some() && key.name != "stage" && key.name != "templateRef" {
        return run_times_in_words(selected, analysis);
    }
    if !OF_THE_STAGE.contains(&key.name) {
        return None;
    }
    let index = selected.first()?.stage;
    let stage = analysis.plan.pipeline.stages.get(index)?;
    let plan = analysis.plan.stages.get(index)?;
    let run = analysis.schedule.stages.get(index)?;
    let Work::Deploy(deploy) = &stage.work else { return None };
    let runs = plan.deployments.len();
    let limit = format::limit(run.max_concurrency, runs);
    if stage.looping.is_some() || deploy.listed.is_some() {
        return Some(format!("Here: {}, {limit}.", format::count(runs, "deployment")));
    }
    let services = format::count(deploy.services.items.len(), "service");
    let targets = format::count(deploy.targets.items.len(), "target");
    Some(format!("Here: {services} × {targets}, {limit}."))
}

/// The value of the condition that begins at an offset, in the present run.
fn condition_in_words(
    start: usize,
    selected: &[StageDeployments],
    analysis: &Analysis,
) -> Option<String> {
    let index = selected.first()?.stage;
    let (pipeline, schedule) = (&analysis.plan.pipeline, &analysis.schedule);
    let conditions = &pipeline.stages.get(index)?.conditions;
    let is_here = |span: Span| span.source.0 == 0 && span.range().contains(&start);
    let condition = conditions.iter().find(|condition| is_here(condition.span))?;
    let run = schedule.stages.get(index)?;
    let value = match condition.skips_with(|ask| schedule.outcome(index, ask)) {
        // It may not have been asked.
        Skips::None if run.status == Status::Skipped => return None,
        Skips::None => "true".to_owned(),
        Skips::All => "false".to_owned(),
        Skips::Some(skipped) => {
            let count = skipped.iter().filter(|is_skipped| **is_skipped).count();
            format!("false for {count} of {}", skipped.len())
        }
    };
    let drawn = if condition.missing.is_some() { "drawn as " } else { "" };
    let text = words::condition(pipeline, schedule, index, condition, |text| text.into());
    Some(format!("Here {drawn}{value}: {text}"))
}

/// A sentence about the deployments that a name takes part in: how many, and when.
fn run_times_in_words(selected: &[StageDeployments], analysis: &Analysis) -> Option<String> {
    let mut count = 0;
    let mut times: Option<(Ms, Ms)> = None;
    for part in selected {
        let Some(plan) = analysis.plan.stages.get(part.stage) else { continue };
        for (index, _) in
            plan.deployments.iter().enumerate().filter(|(_, deployment)| part.holds(deployment))
        {
            count += 1;
            times = with(times, &analysis.schedule, part.stage, index);
        }
    }
    let count_in_words = format::count(count, "deployment");
    match times {
        _ if count == 0 => None,
        None => Some(format!("Here: {count_in_words}, skipped.")),
        Some((start, end)) => Some(format!("Here: {count_in_words}, from {start} to {end}.")),
    }
}

fn with(
    times: Option<(Ms, Ms)>,
    schedule: &Schedule,
    stage: usize,
    index: usize,
) -> Option<(Ms, Ms)> {
    let run = schedule.stages.get(stage).and_then(|stage| stage.runs.get(index));
    let Some(run) = run.filter(|run| run.status != Status::Skipped) else { return times };
    let (start, end) = times.unwrap_or((run.start, run.end));
    Some((start.min(run.start), end.max(run.end)))
}

/// The fix that writes down a default that decides: of a list without `metadata`.
fn write_default(
    text: &str,
    key: &Key,
    selected: &[StageDeployments],
    analysis: &Analysis,
) -> Vec<Fix> {
    let axis = match key.name {
        "services" => AxisName::Services,
        "environments" | "environmentGroup" => AxisName::Targets,
        _ => return Vec::new(),
    };
    let [part] = selected else { return Vec::new() };
    let Analysis { documents, plan, .. } = analysis;
    let Some(Work::Deploy(deploy)) = plan.pipeline.stages.get(part.stage).map(|stage| &stage.work)
    else {
        return Vec::new();
    };
    let Some(parallel) = deploy.parallel(axis).filter(|it| it.source == ParallelSource::Default)
    else {
        return Vec::new();
    };
    let value = parallel.value;
    let edit = edit::set_parallel(text, documents, &plan.pipeline, part.stage, axis, value);
    let title = format!("Write the default down: `parallel: {value}`");
    edit.map(|edit| vec![Fix { title, edits: vec![edit] }]).unwrap_or_default()
}
