//! The newer, flat schema: stages, groups and axes by its own rules.
//!
//! Follows `docs/semantics.md`, "Schema v1".

mod axes;

use std::sync::Arc;

use deployline_engine::{Stage, Work};
use deployline_yaml::NodeKind;

use super::children::Axes as _;
use super::find::StageSource;
use super::stages::{made_up_name, unknown};
use super::text::Scope;
use super::view::View;
use super::{Context, children, stage, steps, strategy, views};
use crate::rules;
use axes::Sources;

/// Reads all stages, those of groups in their place.
pub(super) fn stages<'a>(source: &StageSource<'a>, cx: &mut Context<'a>) -> Vec<Stage> {
    let mut stages = Vec::new();
    if let StageSource::List(list) = source {
        if list.kind() != NodeKind::Sequence {
            cx.report(
                &rules::NO_STAGES,
                list.span(),
                "Expected a list of stages, each with an `id`.",
            );
        }
        let mut after = Arc::default();
        for (item, entry) in list.items().iter().zip(0..) {
            after = add(&mut stages, item, entry, after, cx);
        }
    }
    stages
}

/// Adds an entry that waits for the stages `after`; returns those that the next one waits for.
fn add<'a>(
    stages: &mut Vec<Stage>,
    item: &View<'a>,
    entry: u32,
    after: Arc<[u32]>,
    cx: &mut Context<'a>,
) -> Arc<[u32]> {
    if let Some(group) = item.at(&["parallel", "stages"]) {
        let mut ends = Vec::new();
        for branch in group.items() {
            let of_branch = add(stages, &branch, entry, Arc::clone(&after), cx);
            // A branch without stages has ended before the others start.
            if !Arc::ptr_eq(&of_branch, &after) {
                ends.extend_from_slice(&of_branch);
            }
        }
        return if ends.is_empty() { after } else { ends.into() };
    }
    if let Some(group) = item.at(&["group", "stages"]) {
        let members = group.items();
        return members.iter().fold(after, |after, member| add(stages, member, entry, after, cx));
    }
    let index = u32::try_from(stages.len()).unwrap_or(u32::MAX);
    let stage = read(item, entry, stages.len(), cx);
    stages.push(Stage { after, ..stage });
    Arc::new([index])
}

fn read<'a>(view: &View<'a>, entry: u32, position: usize, cx: &mut Context<'a>) -> Stage {
    views::keep(view, cx);
    let mut stage = unknown(&made_up_name(position), entry, view.span());
    if let Some(id) = view.str_of("id").or_else(|| view.str_of("name")) {
        stage.identifier = id.to_owned();
        stage.name = view.str_of("name").unwrap_or(id).to_owned();
    }
    stage.pipeline_status = stage::pipeline_status(view, view, cx);
    stage.steps = steps::read(view, cx);
    let deploys = view.value("service").is_some() || view.value("environment").is_some();
    stage.stage_type = match (view.str_of("type"), deploys) {
        (_, true) => "Deployment".to_owned(),
        (Some(kind), false) => kind.to_owned(),
        (None, false) => String::new(),
    };
    if deploys {
        stage::contents(&mut stage, cx, |stage, cx| deploy_stage(stage, view, cx));
    } else {
        stage.work = Work::Other;
        stage::contents(&mut stage, cx, |stage, cx| {
            let strategy = strategy::read_v1(view, cx);
            stage.looping = strategy.map(|strategy| children::bare(&strategy));
        });
    }
    stage
}

fn deploy_stage<'a>(stage: &mut Stage, view: &View<'a>, cx: &mut Context<'a>) {
    let strategy = strategy::read_v1(view, cx);
    let Some(strategy) = strategy else {
        stage.work =
            Work::Deploy(Box::new(Sources::find(view, stage, cx).deploy(&Scope::default(), cx)));
        return axes::explain_nesting(stage, view, cx);
    };
    let found = cx.diagnostics.len();
    let sources = Sources::find(view, stage, cx);
    let once = sources.deploy(&Scope::default(), cx);
    let is_multi = once.services.parallel.is_some() || once.targets.items.len() > 1;
    if is_multi {
        let key = super::key_span(view, "strategy");
        stage.work = Work::Deploy(Box::new(once));
        return stage::strategy_beside_lists(key, view, cx);
    }
    cx.diagnostics.truncate(found);
    children::add(stage, &strategy, &sources, cx);
}
