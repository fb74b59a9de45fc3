//! Conditions that are false, and the outcomes that made them so.

use std::borrow::Cow;

use crate::{Ask, Condition, Pipeline, Schedule};

/// The condition with the outcomes that decided it in a run: `<+pipeline.stages.build.status> == "FAILED"
/// (build is SUCCEEDED)`.
pub fn condition(
    pipeline: &Pipeline,
    schedule: &Schedule,
    stage_idx: usize,
    condition: &Condition,
    spell: impl Fn(&str) -> Cow<'_, str>,
) -> String {
    let text = spell(&condition.text);
    if condition.asks.is_empty() {
        return text.into_owned();
    }
    let outcomes = condition.asks.iter().map(|ask| {
        let status = schedule.outcome(stage_idx, *ask).in_expressions();
        match ask {
            Ask::Stage(other) => {
                let stage = pipeline.stages.get(*other as usize);
                format!("{} is {status}", spell(stage.map_or("", |stage| &stage.name)))
            }
            Ask::Child(other, index) => {
                let stage = pipeline.stages.get(*other as usize);
                let name = stage.and_then(|stage| stage.identifier_of_child(*index as usize));
                format!("{} is {status}", spell(&name.unwrap_or_default()))
            }
            Ask::SoFar => format!("the pipeline so far is {status}"),
        }
    });
    format!("{text} ({})", outcomes.collect::<Vec<_>>().join(", "))
}
