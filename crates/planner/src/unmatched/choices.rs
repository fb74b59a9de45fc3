//! Choices for what the text does not leave open.

use deployline_engine::{Assumptions, Plan, Schema};
use deployline_map::Set;

use super::{Stages, Unmatched, listed, start_of_text};
use crate::{Inputs, assumed};

/// Choices of flags and conditions that no stage leaves open.
pub(super) fn unmatched(
    plan: &Plan,
    stages: &Stages<'_>,
    inputs: &Inputs,
    assumptions: &Assumptions,
) -> Vec<Unmatched> {
    let mut of_dag = of_dag(plan, inputs);
    let has_lengths = !assumptions.waits.is_empty() || !assumptions.step_durations.is_empty();
    if inputs.parallel.is_empty() && inputs.conditions.is_empty() && !has_lengths {
        return of_dag;
    }
    let open = assumed::list(&plan.pipeline, assumptions);
    let open: Vec<&str> =
        open.iter().map(|open| open.key.as_str()).filter(|key| key.contains(':')).collect();
    let known: Set<&str> = open.iter().copied().collect();
    let flags =
        inputs.parallel.keys().map(|(stage, axis)| (stage, assumed::flag_key(stage, *axis)));
    let conditions = inputs.conditions.keys().map(|stage| (stage, assumed::condition_key(stage)));
    let waits =
        assumptions.waits.keys().map(|(stage, step)| (stage, assumed::wait_key(stage, step)));
    let steps = assumptions
        .step_durations
        .keys()
        .map(|(stage, step)| (stage, assumed::step_key(stage, step)));
    let all = flags.chain(conditions).chain(waits).chain(steps);
    let unmatched = all.filter(|(_, key)| !known.contains(key.as_str()));
    let found = unmatched.map(|(stage, key)| {
        let why = match stages.get(stage) {
            Some(_) => "the text does not leave it open.".to_owned(),
            None => stages.no_stage(stage),
        };
        let expected = match &open[..] {
            [] => String::new(),
            open => format!(" Open are {}.", listed(open)),
        };
        let message = format!("`{key}` is assumed, but {why}{expected}");
        Unmatched { span: stages.span_of(stage), message }
    });
    of_dag.extend(found);
    of_dag
}

/// The choices between a list and a DAG, where no stage has the key that each is about.
fn of_dag(plan: &Plan, inputs: &Inputs) -> Vec<Unmatched> {
    let is_open = |schema| assumed::dag_choice(&plan.pipeline, schema).is_some();
    let dag = inputs.dag.filter(|_| !is_open(Schema::V0));
    let dag = dag.map(|is_dag| format!("{}={is_dag}", assumed::DAG));
    let needs = inputs.needs_as_dag && !is_open(Schema::V1);
    let needs = needs.then(|| format!("{}=true", assumed::NEEDS_AS_DAG));
    let both = [(dag, "dependsOn"), (needs, "needs")].into_iter();
    let found = both.filter_map(|(choice, key)| {
        let message =
            format!("`{}` is assumed, but no stage has `{key}`: it changes nothing.", choice?);
        Some(Unmatched { span: start_of_text(), message })
    });
    found.collect()
}
