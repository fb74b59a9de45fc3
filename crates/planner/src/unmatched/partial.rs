//! Stages of a partial run that are not there.

use super::{Stages, Unmatched};
use crate::{Inputs, assumed};

/// Names of stages that no stage has, and stages to repeat the run from that are not chosen.
pub(super) fn unmatched(stages: &Stages<'_>, inputs: &Inputs) -> Vec<Unmatched> {
    let partial = &inputs.partial;
    let chosen = partial.chosen.iter().flat_map(|chosen| chosen.iter());
    let chosen = chosen.map(|stage| (assumed::RUN_STAGES, stage));
    let again = partial.rerun_from.iter().map(|stage| (assumed::RERUN_FROM, stage));
    let found = chosen.chain(again).filter_map(|(key, stage)| {
        let why = match stages.get(stage) {
            None => stages.no_stage(stage),
            Some(same) if same.stages.iter().all(|stage| stage.path_len > 0) => {
                "this stage is of a pipeline that another stage runs. Name that one.".to_owned()
            }
            Some(_) if partial.is_chosen(stage) => return None,
            Some(_) => format!("this stage is not among those of `{}`.", assumed::RUN_STAGES),
        };
        let message = format!("`{key}` names `{stage}`, but {why}");
        Some(Unmatched { span: stages.span_of(stage), message })
    });
    found.collect()
}
