//! Labels of deployments: `S1 I1`.

use std::borrow::Cow;

use crate::{Deploy, Deployment, LoopValues, Looping, NamePart, Plan, Stage, StagePlan, Work};

/// Spelling of a name in a label or a sentence.
pub(super) type Spelling = fn(&str) -> Cow<'_, str>;

/// The name itself, as formats that others read have it.
pub(super) fn as_it_is(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(name)
}

/// `Sail`: the name of a stage; of one of another pipeline behind the deployment that runs it: `Regions north › Sail`.
pub fn stage_name(plan: &Plan, stage_idx: usize) -> Cow<'_, str> {
    stage_name_with(plan, stage_idx, as_it_is)
}

pub(super) fn stage_name_with(plan: &Plan, stage_idx: usize, spell: Spelling) -> Cow<'_, str> {
    let Some(stage) = plan.pipeline.stages.get(stage_idx) else { return Cow::Borrowed("") };
    let name = spell(&stage.name);
    let Some(child) = plan.child_of(stage_idx) else { return name };
    let (of, index) = (child.of.stage as usize, child.of.index as usize);
    let around = label_with(&plan.pipeline.stages[of], &plan.stages[of], index, spell);
    Cow::Owned(format!("{around} › {name}"))
}

/// `S1 I1, S2 I1, S1 I2`: the deployments of a stage in list order.
pub fn sequence(stage: &Stage, plan: &StagePlan) -> String {
    labels(stage, plan, plan.deployments.len()).join(", ")
}

/// The labels of the first `most` deployments of a stage, each as [`label`] has it.
pub fn labels(stage: &Stage, plan: &StagePlan, most: usize) -> Vec<String> {
    labels_with(stage, plan, most, as_it_is)
}

pub(super) fn labels_with(
    stage: &Stage,
    plan: &StagePlan,
    most: usize,
    spell: Spelling,
) -> Vec<String> {
    let indexes = 0..plan.deployments.len().min(most);
    let Work::Deploy(deploy) = &stage.work else {
        return indexes.map(|index| label_with(stage, plan, index, spell)).collect();
    };
    let targets = (0..).zip(&deploy.targets.items);
    let targets: Vec<String> =
        targets.map(|(i, _)| target_label_with(deploy, plan, i, spell)).collect();
    let target = |i: u32| targets[i as usize].as_str();
    indexes.map(|index| pair(stage, deploy, plan, index, target, spell)).collect()
}

/// `S1 I1`: one deployment, by its service and infrastructure; of a stage without services by the name of
/// the stage. Where two environments of the stage have an infrastructure of the same name, the
/// environment is named too; where a strategy repeats a pair, the values of the child.
pub fn label(stage: &Stage, plan: &StagePlan, index: usize) -> String {
    label_with(stage, plan, index, as_it_is)
}

pub(super) fn label_with(stage: &Stage, plan: &StagePlan, index: usize, spell: Spelling) -> String {
    match &stage.work {
        Work::Deploy(deploy) => {
            let target = |i| target_label_with(deploy, plan, i, spell);
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
    let service = spell(service.map_or(stage.name.as_str(), |i| service_label(deploy, i)));
    let target = target.map(target_label).unwrap_or_default();
    let (services, targets) = (deploy.services.items.len(), deploy.targets.items.len());
    let child =
        stage.looping.as_ref().filter(|looping| services * targets < looping.children.len());
    let child = child.map(|looping| child_label(looping, index)).unwrap_or_default();
    format!("{service} {} {}", target.as_ref(), spell(&child)).trim().replace("  ", " ")
}

/// Label that tells a child of a looping strategy from the others: its name, or its values.
pub fn child_label(looping: &Looping, index: usize) -> String {
    let Some(child) = looping.children.get(index) else { return String::new() };
    let values = looping.values.of(child.position);
    if let Some(name) = &looping.node_name {
        let post_fix = looping.values.post_fix(child.position, index);
        return NamePart::join(name, &values, (index, looping.children.len()), &post_fix);
    }
    if matches!(looping.values, LoopValues::Times) {
        return format!("#{}", index + 1);
    }
    let texts: Vec<String> = values.iter().map(|(_, value)| value.to_string()).collect();
    texts.join(", ")
}

/// The name of the service, or its placeholder.
pub fn service_label(deploy: &Deploy, service: u32) -> &str {
    deploy.services.items.get(service as usize).map_or("", |service| &service.name.text)
}

/// The shortest name that tells the target from the others of its stage.
pub fn target_label(deploy: &Deploy, plan: &StagePlan, target: u32) -> String {
    target_label_with(deploy, plan, target, as_it_is)
}

pub(super) fn target_label_with(
    deploy: &Deploy,
    plan: &StagePlan,
    target_idx: u32,
    spell: Spelling,
) -> String {
    let Some(target) = deploy.targets.items.get(target_idx as usize) else { return String::new() };
    let name = target.short_name();
    let is_ambiguous = || plan.ambiguous_targets.binary_search(&target_idx).is_ok();
    match &target.environment {
        Some(environment) if name != environment.text && is_ambiguous() => {
            format!("{}/{}", spell(&environment.text), spell(name))
        }
        _ => spell(name).into_owned(),
    }
}
