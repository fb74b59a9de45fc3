//! A run with one assumption otherwise, to see what depends on it.

use std::borrow::Cow;

use deployline_engine::{AccountPlan, Assumptions, Ms, Plan, leave_out};
use deployline_map::Set;

use super::keys::{
    ACCOUNT_LIMIT, ACCOUNT_PLAN, BARRIER_IN_LOOPS, RERUN_FROM, ROLLBACK, RUN_STAGES, STEP, WAIT,
    WHEN, name_of, wait_place,
};
use super::waits;

/// A plan and assumptions with the one of `key` otherwise, to see what depends on it; `None` where the plan would
/// have other bars.
pub fn otherwise<'p>(
    key: &str,
    plan: &'p Plan,
    assumptions: &Assumptions,
) -> Option<(Cow<'p, Plan>, Assumptions)> {
    let mut other = assumptions.clone();
    match key {
        ACCOUNT_PLAN => other.account_plan = AccountPlan::None,
        ACCOUNT_LIMIT => other.account_limit = None,
        ROLLBACK => {
            other.rollback = if assumptions.rollback.is_none() { Some(Ms(0)) } else { None };
        }
        RUN_STAGES | RERUN_FROM => return Some((Cow::Owned(with_more_stages(key, plan)), other)),
        BARRIER_IN_LOOPS => other.barrier_in_loops = !assumptions.barrier_in_loops,
        _ if key.starts_with(WAIT) => {
            let place = wait_place(key.strip_prefix(WAIT)?);
            // Twice as long, or a minute instead of none.
            let stage =
                plan.pipeline.stages.iter().find(|stage| stage.own_identifier() == place.0)?;
            let length = waits::length(stage, &place.1, assumptions);
            other.waits.insert(place, if length == Ms(0) { Ms(60_000) } else { length + length });
        }
        _ if key.starts_with(STEP) => {
            other.step_durations.remove(&wait_place(key.strip_prefix(STEP)?));
        }
        _ => {
            let stage = name_of(key.strip_prefix(WHEN)?);
            return Some((Cow::Owned(with_other_condition(&stage, plan)), other));
        }
    }
    Some((Cow::Borrowed(plan), other))
}

/// The plan of a run that leaves out less.
fn with_more_stages(key: &str, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let partial = &mut plan.pipeline.partial;
    match key {
        RUN_STAGES => partial.chosen = None,
        _ => partial.rerun_from = Set::new(),
    }
    leave_out(&mut plan.pipeline);
    plan
}

/// The plan with the other value for what is missing in the conditions of a stage.
fn with_other_condition(stage: &str, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let stages = plan.pipeline.stages.iter_mut().filter(|it| it.own_identifier() == stage);
    for condition in stages.flat_map(|stage| &mut stage.conditions) {
        if !condition.otherwise.is_empty() {
            condition.skips = std::mem::take(&mut condition.otherwise);
        }
    }
    plan
}
