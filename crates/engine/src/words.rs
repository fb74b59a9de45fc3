//! Sentences about a plan and its run, as the product's documentation writes them.

mod runs;
pub mod shown;

use std::borrow::Cow;

use crate::format::{count, limit};
use crate::{
    Deploy, Deployment, LoopValues, Looping, NamePart, PipelineStatus, Plan, Reason, Schedule,
    Stage, StagePlan, StageRun, Status, Target, Work,
};

pub use runs::{early_starts, moves};

/// How a name is written in what is said of it.
type Spelling = fn(&str) -> Cow<'_, str>;

fn as_it_is(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(name)
}

/// `S1 I1, S2 I1, S1 I2`: the deployments of a stage in list order.
pub fn sequence(stage: &Stage, plan: &StagePlan) -> String {
    labels(stage, plan, plan.deployments.len()).join(", ")
}

/// The labels of the first `most` deployments of a stage, each as [`label`] has it.
pub fn labels(stage: &Stage, plan: &StagePlan, most: usize) -> Vec<String> {
    labels_with(stage, plan, most, as_it_is)
}

fn labels_with(stage: &Stage, plan: &StagePlan, most: usize, spell: Spelling) -> Vec<String> {
    let indexes = 0..plan.deployments.len().min(most);
    let Work::Deploy(deploy) = &stage.work else {
        return indexes.map(|index| label_with(stage, plan, index, spell)).collect();
    };
    let targets =
        (0..).zip(&deploy.targets.items).map(|(i, _)| target_label_with(deploy, i, spell));
    let targets: Vec<String> = targets.collect();
    let target = |i: u32| targets[i as usize].as_str();
    indexes.map(|index| pair(stage, deploy, plan, index, target, spell)).collect()
}

/// `S1 I1`: one deployment, by its service and infrastructure; a stage that deploys nothing, by its
/// name. Where two environments of the stage have an infrastructure of the same name, the
/// environment is named too; where a strategy repeats a pair, what the child was given.
pub fn label(stage: &Stage, plan: &StagePlan, index: usize) -> String {
    label_with(stage, plan, index, as_it_is)
}

fn label_with(stage: &Stage, plan: &StagePlan, index: usize, spell: Spelling) -> String {
    match &stage.work {
        Work::Deploy(deploy) => {
            let target = |i| target_label_with(deploy, i, spell);
            pair(stage, deploy, plan, index, target, spell)
        }
        Work::Other | Work::Unknown => {
            let name = spell(&stage.name);
            match &stage.looping {
                Some(looping) => format!("{name} {}", spell(&child_label(looping, index))),
                None => name.into_owned(),
            }
        }
    }
}

fn pair<T: AsRef<str> + Default>(
    stage: &Stage,
    deploy: &Deploy,
    plan: &StagePlan,
    index: usize,
    target_label: impl Fn(u32) -> T,
    spell: Spelling,
) -> String {
    let Deployment { service, target, .. } = plan.deployments[index];
    let service = spell(service.map(|i| service_label(deploy, i)).unwrap_or_default());
    let target = target.map(target_label).unwrap_or_default();
    let (services, targets) = (deploy.services.items.len(), deploy.targets.items.len());
    let child =
        stage.looping.as_ref().filter(|looping| services * targets < looping.children.len());
    let child = child.map(|looping| child_label(looping, index)).unwrap_or_default();
    format!("{service} {} {}", target.as_ref(), spell(&child)).trim().replace("  ", " ")
}

/// What tells a child of a looping strategy from the others: its name, or what it was given.
pub fn child_label(looping: &Looping, index: usize) -> String {
    let Some(child) = looping.children.get(index) else { return String::new() };
    let values = looping.values.of(child.position);
    if let Some(name) = &looping.node_name {
        return NamePart::join(name, &values, (index, looping.children.len()));
    }
    if matches!(looping.values, LoopValues::Times) {
        return format!("#{}", index + 1);
    }
    let texts: Vec<String> = values.iter().map(|(_, value)| value.to_string()).collect();
    texts.join(", ")
}

/// The name of the service, or what stands for it.
pub fn service_label(deploy: &Deploy, service: u32) -> &str {
    deploy.services.items.get(service as usize).map_or("", |service| &service.name.text)
}

/// The shortest name that tells the target from the others of its stage.
pub fn target_label(deploy: &Deploy, target: u32) -> String {
    target_label_with(deploy, target, as_it_is)
}

fn target_label_with(deploy: &Deploy, target: u32, spell: Spelling) -> String {
    let Some(target) = deploy.targets.items.get(target as usize) else { return String::new() };
    let place = place_label(target);
    let same_place = |other: &&Target| place_label(other) == place;
    let is_ambiguous = deploy.targets.items.iter().filter(same_place).nth(1).is_some();
    match &target.environment {
        Some(environment) if is_ambiguous && place != environment.text => {
            format!("{}/{}", spell(&environment.text), spell(place))
        }
        _ => spell(place).into_owned(),
    }
}

/// The infrastructure, or what stands for it.
pub fn place_label(target: &Target) -> &str {
    let infrastructure = target.infrastructure.as_ref().map(|name| name.text.as_str());
    let environment = || target.environment.as_ref().map(|name| name.text.as_str());
    infrastructure.or(target.detail.as_deref()).or_else(environment).unwrap_or_default()
}

/// `2 × 4 = 8 deployments, 2 at a time`: what a stage multiplies, and its limit.
pub fn product(stage: &Stage, plan: &StagePlan, max_concurrency: u32) -> String {
    let runs = plan.deployments.len();
    let limit = limit(max_concurrency, runs);
    match (&stage.work, &stage.looping) {
        (Work::Other | Work::Unknown, None) => stage.stage_type.clone(),
        (Work::Other | Work::Unknown, Some(_)) => {
            format!("{}, {}, {limit}", stage.stage_type, count(runs, "run"))
        }
        (Work::Deploy(_), _) if runs == 1 => count(runs, "deployment"),
        (Work::Deploy(deploy), None) if deploy.listed.is_none() => format!(
            "{} × {} = {}, {limit}",
            deploy.services.items.len(),
            deploy.targets.items.len(),
            count(runs, "deployment")
        ),
        (Work::Deploy(_), _) => format!("{}, {limit}", count(runs, "deployment")),
    }
}

/// Why a deployment did not start earlier, or not at all, as a sentence: one link of a
/// [`crate::insight::chain`]. Slots count from 1, as on the page.
pub fn why(plan: &Plan, schedule: &Schedule, stage_idx: usize, index: usize) -> String {
    why_with(plan, schedule, (stage_idx, index), as_it_is)
}

fn why_with(
    plan: &Plan,
    schedule: &Schedule,
    (stage_idx, index): (usize, usize),
    spell: Spelling,
) -> String {
    let run = schedule.stages[stage_idx].runs[index];
    if run.status == Status::Skipped {
        return why_skipped(&plan.pipeline.stages[stage_idx], &schedule.stages[stage_idx]);
    }
    let Some(waits_for) = run.waits_for else {
        return "Starts with the pipeline.".to_owned();
    };
    let other_stage = &plan.pipeline.stages[waits_for.stage as usize];
    let other_plan = &plan.stages[waits_for.stage as usize];
    let other_label = label_with(other_stage, other_plan, waits_for.index as usize, spell);
    let start = run.start;
    let name = spell(&other_stage.name);
    match waits_for.reason {
        Reason::Slot => {
            let slot = run.lane + 1;
            format!("Starts at {start}: slot {slot} was taken by {other_label} until then.")
        }
        Reason::Resource => format!(
            "Starts at {start}: until then the same service ran on the same infrastructure, in \
             {name}."
        ),
        Reason::Wave => {
            format!("Starts at {start}, when {other_label} ended, the last of the wave before.")
        }
        Reason::Stage if matches!(other_stage.work, Work::Deploy(_)) => {
            format!("Starts at {start}, when {name} had ended; its last was {other_label}.")
        }
        Reason::Stage => format!("Starts at {start}, when {name} had ended."),
    }
}

fn why_skipped(stage: &Stage, run: &StageRun) -> String {
    match (run.status, stage.pipeline_status) {
        (Status::Skipped, PipelineStatus::Failure) => {
            "Skipped: this stage runs only when something before it has failed.".to_owned()
        }
        (Status::Skipped, _) => "Skipped: something before this stage has failed.".to_owned(),
        _ => "Skipped: one before it has failed, and `onFailure: SkipQueued` stops the rest."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::critical_path;
    use crate::samples;

    #[test]
    fn each_link_of_a_chain_is_a_sentence() {
        let slots = samples::pipeline([
            samples::deploy((2, true), (2, false), 0),
            Stage { name: "Ask".to_owned(), ..samples::other("ask") },
            samples::other("end"),
        ]);
        for (pipeline, durations, expected) in [
            (
                slots,
                "S1=12m",
                &[
                    "Starts with the pipeline.",
                    "Starts at 12m: slot 1 was taken by S1 I1 until then.",
                    "Starts at 13m, when a had ended; its last was S2 I2.",
                    "Starts at 14m, when Ask had ended.",
                ][..],
            ),
            (
                samples::same_resource(),
                "",
                &[
                    "Starts with the pipeline.",
                    "Starts at 1m: until then the same service ran on the same infrastructure, in a.",
                ],
            ),
        ] {
            let (plan, schedule) = samples::under(pipeline, durations);
            let path = critical_path(&schedule).into_iter();
            let sentences =
                path.map(|at| why(&plan, &schedule, at.stage as usize, at.index as usize));
            assert_eq!(sentences.collect::<Vec<_>>(), expected, "{durations}");
        }
    }
}
