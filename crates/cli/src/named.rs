//! Check of the stages, deployments and conditions that arguments name: a what-if about one that is not there
//! would look like one that changes nothing.

use anyhow::{Result, bail};
use deployline_engine::{Assumptions, Plan};
use deployline_planner::assumed;

use crate::args::PlanArgs;

/// Checks the deployments of `--fail` and the keys of `--assume`.
///
/// # Errors
/// Names the first that the pipeline doesn't have, and what it has.
pub(crate) fn check(args: &PlanArgs, plan: &Plan, assumptions: &Assumptions) -> Result<()> {
    for ((stage, index), _) in &args.fail {
        check_deployment(stage, *index, plan)?;
    }
    let open: Vec<String> =
        assumed::list(&plan.pipeline, assumptions).into_iter().map(|open| open.key).collect();
    for (key, _) in args.assume.iter().filter(|(key, _)| key.contains(':')) {
        if !open.contains(key) {
            bail!(
                "--assume {key}: the pipeline leaves no such thing open, expected one of: {}",
                open.join(", ")
            );
        }
    }
    Ok(())
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
