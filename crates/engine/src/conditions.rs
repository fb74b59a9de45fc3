//! Deployments that never start, since a condition is false for them.
//!
//! Follows `docs/semantics.md`, "Conditions".

use crate::{Condition, Deployment, Plan, Skips, Stage, Work};

impl Plan {
    /// The condition that skips a deployment; `None` where none does.
    pub fn skipping_condition(&self, stage_idx: usize, index: usize) -> Option<&Condition> {
        let stage = self.pipeline.stages.get(stage_idx)?;
        if stage.conditions.is_empty() {
            return None;
        }
        let deployment = *self.stages.get(stage_idx)?.deployments.get(index)?;
        let place = place_of(stage, deployment, index);
        let is_whole = !self.is_beyond_budget(stage_idx);
        let skips = |condition: &&Condition| match &condition.skips {
            Skips::None => false,
            Skips::All => true,
            // One bar may stand for more deployments than a plan holds.
            Skips::Some(skipped) => is_whole && skipped.get(place) == Some(&true),
        };
        stage.conditions.iter().find(skips)
    }

    /// By index: `true` for a deployment of a stage that a condition skips; empty where none does.
    pub(crate) fn skipped_by_condition(&self, stage_idx: usize) -> Vec<bool> {
        let conditions = &self.pipeline.stages[stage_idx].conditions;
        if conditions.iter().all(|condition| condition.skips == Skips::None) {
            return Vec::new();
        }
        let count = self.stages[stage_idx].deployments.len();
        (0..count).map(|index| self.skipping_condition(stage_idx, index).is_some()).collect()
    }
}

/// Place of a deployment in [`Skips::Some`].
fn place_of(stage: &Stage, deployment: Deployment, index: usize) -> usize {
    match (&stage.work, deployment.service, deployment.target) {
        (Work::Deploy(deploy), Some(service), Some(target))
            if stage.looping.is_none() && deploy.listed.is_none() =>
        {
            service as usize * deploy.targets.items.len() + target as usize
        }
        _ => index,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Assumptions, Condition, Plan, Schedule, Skips, Stage, Status, samples, schedule,
        schedule_in_waves,
    };

    fn with(stage: Stage, skips: Skips) -> Plan {
        let condition = Condition {
            text: "<+a>".to_owned(),
            span: stage.span,
            is_of_loop: false,
            skips,
            missing: None,
            assumed: true,
            otherwise: None,
        };
        let stage = Stage { conditions: vec![condition], ..stage };
        samples::plan([stage, samples::other("b")])
    }

    fn lines(run: &Schedule) -> Vec<String> {
        let runs = run.stages.iter().flat_map(|stage| &stage.runs);
        let line = |run: &crate::Run| match run.status {
            Status::Skipped => format!("{}, skipped", run.end),
            _ => format!("{}-{} in {}", run.start, run.end, run.lane),
        };
        runs.map(line).collect()
    }

    #[test]
    fn a_skipped_deployment_frees_its_slot_at_once() {
        // S1 I1, S2 I1, S1 I2, S2 I2, two at a time.
        let skips = |of: [u8; 4]| Skips::Some(of.iter().map(|it| *it == 1).collect());
        // The conditions are by service and target: S1 I1, S1 I2, S2 I1, S2 I2.
        for (of, expected) in [
            ([0, 0, 1, 0], ["0s-1m in 0", "0s, skipped", "0s-1m in 1", "1m-2m in 0", "2m-3m in 0"]),
            (
                [1, 1, 0, 1],
                ["0s, skipped", "0s-1m in 0", "0s, skipped", "0s, skipped", "1m-2m in 0"],
            ),
        ] {
            let plan = with(samples::deploy((2, true), (2, false), 0), skips(of));
            let run = schedule(&plan, &Assumptions::default());
            assert_eq!(run.stages[0].status, Status::Succeeded);
            assert_eq!(lines(&run), expected, "{of:?}");
        }
    }

    #[test]
    fn a_wave_without_a_run_is_over_at_once() {
        let skips = Skips::Some(vec![true, false, true, false]);
        let plan = with(samples::deploy((2, true), (2, false), 0), skips);
        let run = schedule_in_waves(&plan, &Assumptions::default());
        assert_eq!(
            lines(&run),
            ["0s, skipped", "0s, skipped", "0s-1m in 0", "0s-1m in 1", "1m-2m in 0"]
        );
    }

    #[test]
    fn a_stage_that_is_skipped_counts_as_success() {
        let plan = with(samples::deploy((2, true), (1, true), 0), Skips::All);
        let run = schedule(&plan, &Assumptions::default());
        assert_eq!(run.stages[0].status, Status::Skipped);
        assert_eq!(run.stages[1].status, Status::Succeeded);
        assert_eq!(lines(&run), ["0s, skipped", "0s, skipped", "0s-1m in 0"]);
        assert_eq!(plan.skipping_condition(0, 1).map(|it| it.text.as_str()), Some("<+a>"));
        assert_eq!(plan.skipping_condition(1, 0), None);
    }
}
