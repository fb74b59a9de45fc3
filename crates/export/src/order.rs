//! The order of each stage in words.

use deployline_engine::{Status, Work, format, words};

use crate::{Report, without_controls};

/// Deployments named of a stage; a sentence longer than that is not read.
const MAX_NAMED: usize = 500;

/// What is said of a stage.
pub(crate) struct StageWords {
    pub(crate) name: String,
    /// `2 × 2 = 4 deployments, 2 at a time, 0s to 2m`
    pub(crate) facts: String,
    /// `S1 I1, S2 I1, S1 I2, S2 I2`; of a stage that deploys nothing, empty.
    pub(crate) sequence: String,
}

/// Each stage in order.
pub(crate) fn stages(report: &Report<'_>) -> Vec<StageWords> {
    let plan = report.plan;
    plan.shown_order()
        .into_iter()
        .map(|index| {
            let (stage, of_stage) = (&plan.pipeline.stages[index], &plan.stages[index]);
            let run = &report.schedule.stages[index];
            let product = words::product(stage, of_stage, run.max_concurrency);
            let product = if product.is_empty() { "Stage" } else { &product };
            let facts = match (words::left_out(stage, run), run.status) {
                (Some(left_out), _) => format!("{product}, {left_out}"),
                (None, Status::Skipped) => format!("{product}, skipped"),
                (None, Status::Succeeded) => format!("{product}, {} to {}", run.start, run.end),
                (None, status) => {
                    format!("{product}, {} to {}, {}", run.start, run.end, words::fails(status))
                }
            };
            let held = crate::held(report, index).map(|held| format!(". {held}"));
            let facts = format!("{facts}{}", held.unwrap_or_default());
            let labels = match stage.work {
                Work::Deploy(_) => words::labels(stage, of_stage, MAX_NAMED),
                Work::Other | Work::Unknown => Vec::new(),
            };
            let hidden = of_stage.deployments.len().saturating_sub(labels.len());
            let more = match labels.is_empty() || hidden == 0 {
                true => String::new(),
                false => format!(", … and {} more", format::number(hidden)),
            };
            let sequence = format!("{}{more}", labels.join(", "));
            StageWords {
                name: without_controls(&words::stage_name(plan, index)),
                facts: without_controls(&facts),
                sequence: without_controls(&sequence),
            }
        })
        .collect()
}
