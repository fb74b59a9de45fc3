//! Check of the input sets, stages, deployments and conditions that arguments name: a what-if about one that is
//! not there would look like one that changes nothing.

use anyhow::{Result, bail};
use deployline_engine::{Assumptions, Plan, StepKind};
use deployline_planner::{Analysis, assumed, input_set_identifiers};

use crate::args::PlanArgs;

/// Checks the input sets of `--input-set`, the deployments of `--fail` and the keys of `--assume`.
///
/// # Errors
/// Names the first that the files or the pipeline don't have, and what they have.
pub(crate) fn check(args: &PlanArgs, analysis: &Analysis, assumptions: &Assumptions) -> Result<()> {
    let Analysis { plan, documents, .. } = analysis;
    let input_sets = input_set_identifiers(documents);
    for input_set in &args.input_set {
        check_input_set(input_set, &input_sets)?;
    }
    for ((stage, index), _) in &args.fail {
        check_deployment(stage, *index, plan)?;
    }
    for (key, value) in &args.assume {
        if [assumed::RUN_STAGES, assumed::RERUN_FROM].contains(&key.as_str()) {
            let stages = assumed::stages(value).map_err(anyhow::Error::msg)?;
            stages.iter().try_for_each(|stage| check_stage(key, stage, plan))?;
        }
    }
    let open: Vec<String> =
        assumed::list(&plan.pipeline, assumptions).into_iter().map(|open| open.key).collect();
    for (key, _) in args.assume.iter().filter(|(key, _)| key.contains(':')) {
        if !open.contains(&assumed::canonical(key)) {
            check_step(key, plan)?;
            bail!(
                "--assume {key}: the pipeline leaves no such thing open, expected one of: {}",
                open.join(", ")
            );
        }
    }
    Ok(())
}

/// Names the steps that can have a duration, where a key is of one.
fn check_step(key: &str, plan: &Plan) -> Result<()> {
    let Some((stage, step)) = assumed::step_place(key) else {
        return Ok(());
    };
    let (stage, step) = (stage.as_str(), step.as_str());
    let stages = plan.pipeline.stages.iter();
    let Some(found) = stages.clone().find(|other| other.own_identifier() == stage) else {
        let mut names: Vec<&str> = stages.map(|stage| stage.own_identifier()).collect();
        names.dedup();
        bail!(
            "--assume {key}: the pipeline has no stage {stage}, expected one of: {}",
            names.join(", ")
        );
    };
    let steps = found.steps.tree.iter();
    if steps.clone().any(|other| other.identifier == step && other.kind == StepKind::Wait) {
        bail!("--assume {key}: this step waits, expected the key wait:{stage}/{step}");
    }
    let works = steps.filter(|step| step.kind == StepKind::Work && !step.identifier.is_empty());
    let mut keys: Vec<String> = Vec::new();
    for key in works.map(|step| assumed::step_key(stage, &step.identifier)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let expected = match &keys[..] {
        [] => "none of its steps works and has an identifier".to_owned(),
        some => format!("expected one of: {}", some.join(", ")),
    };
    bail!("--assume {key}: the stage {stage} has no step {step} that works, {expected}");
}

fn check_input_set(input_set: &str, known: &[&str]) -> Result<()> {
    if known.contains(&input_set) {
        return Ok(());
    }
    const NONE: &str =
        "they have none: give its document (`inputSet:` or `overlayInputSet:`) as a further file";
    let expected = match known {
        [] => NONE.to_owned(),
        known => format!("expected one of: {}", known.join(", ")),
    };
    bail!("--input-set {input_set}: the files have no input set {input_set}, {expected}");
}

fn check_stage(key: &str, stage: &str, plan: &Plan) -> Result<()> {
    // A run is started for stages of the pipeline itself, and not for those of pipelines that it runs.
    let own = || plan.pipeline.stages.iter().take(plan.own_stage_count());
    let names = || own().map(|stage| stage.identifier.as_str());
    if names().any(|name| name == stage) {
        return Ok(());
    }
    bail!(
        "--assume {key}: the pipeline has no stage {stage}, expected some of: {}",
        names().map(assumed::word_of).collect::<Vec<_>>().join(", ")
    );
}

fn check_deployment(stage: &str, index: u32, plan: &Plan) -> Result<()> {
    let stages = &plan.pipeline.stages;
    let of_name = || stages.iter().zip(&plan.stages).filter(|(other, _)| other.identifier == stage);
    let Some(count) = of_name().map(|(_, plan)| plan.deployments.len()).max() else {
        let names: Vec<&str> = stages.iter().map(|stage| stage.identifier.as_str()).collect();
        bail!(
            "--fail {stage}:{index}: the pipeline has no stage {stage}, expected one of: {}",
            names.join(", ")
        );
    };
    if index as usize >= count {
        bail!(
            "--fail {stage}:{index}: the stage {stage} has {count} deployments, with indexes from 0"
        );
    }
    Ok(())
}
