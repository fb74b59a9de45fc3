//! Choices for what the text does not leave open.

use deployline_engine::{Assumptions, Plan};
use deployline_map::Set;

use super::{Stages, Unmatched, listed};
use crate::{Inputs, assumed};

/// Choices of flags and conditions that no stage leaves open.
pub(super) fn unmatched(
    plan: &Plan,
    stages: &Stages<'_>,
    inputs: &Inputs,
    assumptions: &Assumptions,
) -> Vec<Unmatched> {
    if inputs.parallel.is_empty() && inputs.conditions.is_empty() {
        return Vec::new();
    }
    let open = assumed::list(&plan.pipeline, assumptions);
    let open: Vec<&str> =
        open.iter().map(|open| open.key.as_str()).filter(|key| key.contains(':')).collect();
    let known: Set<&str> = open.iter().copied().collect();
    let flags =
        inputs.parallel.keys().map(|(stage, axis)| (stage, assumed::flag_key(stage, *axis)));
    let conditions = inputs.conditions.keys().map(|stage| (stage, assumed::condition_key(stage)));
    let unmatched = flags.chain(conditions).filter(|(_, key)| !known.contains(key.as_str()));
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
    found.collect()
}
