//! The plan in words, as the product's documentation writes it.

use crate::{Deploy, Deployment, Plan, Reason, Schedule, Stage, StagePlan, Status, Target, Work};

/// `S1 I1, S2 I1, S1 I2`: the deployments of a stage in list order.
pub fn sequence(stage: &Stage, plan: &StagePlan) -> String {
    labels(stage, plan, plan.deployments.len()).join(", ")
}

/// The labels of the first `most` deployments of a stage, each as [`label`] has it.
pub fn labels(stage: &Stage, plan: &StagePlan, most: usize) -> Vec<String> {
    let first = plan.deployments.iter().take(most);
    let Work::Deploy(deploy) = &stage.work else {
        return first.map(|deployment| label(stage, *deployment)).collect();
    };
    let targets = (0..).zip(&deploy.targets.items).map(|(i, _)| target_label(deploy, i));
    let targets: Vec<String> = targets.collect();
    let pair = |deployment: &Deployment| {
        let service = deployment.service.map(|i| service_label(deploy, i)).unwrap_or_default();
        let target = deployment.target.map(|i| targets[i as usize].as_str()).unwrap_or_default();
        format!("{service} {target}").trim().to_owned()
    };
    first.map(pair).collect()
}

/// `S1 I1`: one deployment, by its service and infrastructure; a stage that deploys nothing, by its
/// name. Where two environments of the stage have an infrastructure of the same name, the
/// environment is named too.
pub fn label(stage: &Stage, deployment: Deployment) -> String {
    match &stage.work {
        Work::Deploy(deploy) => {
            let service = deployment.service.map(|i| service_label(deploy, i)).unwrap_or_default();
            let target = deployment.target.map(|i| target_label(deploy, i)).unwrap_or_default();
            format!("{service} {target}").trim().to_owned()
        }
        Work::Other | Work::Unknown => stage.name.clone(),
    }
}

/// The name of the service, or what stands for it.
pub fn service_label(deploy: &Deploy, service: u32) -> &str {
    deploy.services.items.get(service as usize).map_or("", |service| &service.name.text)
}

/// The shortest name that tells the target from the others of its stage.
pub fn target_label(deploy: &Deploy, target: u32) -> String {
    let Some(target) = deploy.targets.items.get(target as usize) else { return String::new() };
    let place = place_label(target);
    let same_place = |other: &&Target| place_label(other) == place;
    let is_ambiguous = deploy.targets.items.iter().filter(same_place).nth(1).is_some();
    match &target.environment {
        Some(environment) if is_ambiguous && place != environment.text => {
            format!("{}/{place}", environment.text)
        }
        _ => place.to_owned(),
    }
}

/// The infrastructure, or what stands for it.
pub fn place_label(target: &Target) -> &str {
    let infrastructure = target.infrastructure.as_ref().map(|name| name.text.as_str());
    let environment = || target.environment.as_ref().map(|name| name.text.as_str());
    infrastructure.or(target.detail.as_deref()).or_else(environment).unwrap_or_default()
}

/// `1 service`, `99,856 deployments`: how many of something.
pub fn count(n: usize, word: &str) -> String {
    format!("{} {word}{}", number(n), if n == 1 { "" } else { "s" })
}

/// Digits in groups of three.
fn number(n: usize) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}

/// `2 × 4 = 8 deployments, 2 at a time`: what a stage multiplies, and its limit.
pub fn product(deploy: &Deploy, plan: &StagePlan, max_concurrency: u32) -> String {
    let deployments = plan.deployments.len();
    let total = count(deployments, "deployment");
    if deployments == 1 {
        return total;
    }
    let (services, targets) = (deploy.services.items.len(), deploy.targets.items.len());
    format!("{services} × {targets} = {total}, {}", limit(max_concurrency, deployments))
}

/// `one at a time`, `all at once`, `2 at a time`.
pub fn limit(max_concurrency: u32, deployments: usize) -> String {
    match max_concurrency {
        _ if deployments <= 1 => "one deployment".to_owned(),
        1 => "one at a time".to_owned(),
        n if n as usize >= deployments => "all at once".to_owned(),
        n => format!("{n} at a time"),
    }
}

/// Why a deployment did not start earlier, as a sentence.
pub fn why(plan: &Plan, schedule: &Schedule, stage_idx: usize, index: usize) -> String {
    let run = schedule.stages[stage_idx].runs[index];
    if run.status == Status::Skipped {
        return "Skipped: this stage runs only when something before it has failed.".to_owned();
    }
    let Some(waits_for) = run.waits_for else {
        return "Starts with the pipeline.".to_owned();
    };
    let other_stage = &plan.pipeline.stages[waits_for.stage as usize];
    let other = plan.stages[waits_for.stage as usize].deployments[waits_for.index as usize];
    let (start, other_label) = (run.start, label(other_stage, other));
    match waits_for.reason {
        Reason::Slot => format!("Starts at {start}, when {other_label} ended and freed its slot."),
        Reason::Stage if matches!(other_stage.work, Work::Deploy(_)) => {
            let name = &other_stage.name;
            format!("Starts at {start}, when {name} had ended; its last was {other_label}.")
        }
        Reason::Stage => format!("Starts at {start}, when {} had ended.", other_stage.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_plural_and_groups_of_digits() {
        for (n, expected) in [
            (0, "0 stages"),
            (1, "1 stage"),
            (999, "999 stages"),
            (1_000, "1,000 stages"),
            (1_234_567, "1,234,567 stages"),
        ] {
            assert_eq!(count(n, "stage"), expected);
        }
    }
}
