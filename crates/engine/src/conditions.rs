//! Deployments that never start, since a condition is false for them.
//!
//! Follows `docs/semantics.md`, "Conditions".

use crate::{Ask, Condition, Deployment, Plan, Schedule, Skips, Stage, Status, Work};

impl Plan {
    /// The condition that skips a deployment in a run; `None` where none does.
    pub fn skipping_condition(
        &self,
        schedule: &Schedule,
        stage_idx: usize,
        index: usize,
    ) -> Option<&Condition> {
        let conditions = &self.pipeline.stages.get(stage_idx)?.conditions;
        conditions.iter().find(|condition| {
            let skips = condition.skips_with(|ask| schedule.outcome(stage_idx, ask));
            self.skips_one(skips, stage_idx, index)
        })
    }

    /// Deployments of a stage that its conditions skip with these outcomes: by index.
    pub(crate) fn skipped_by_conditions(
        &self,
        stage_idx: usize,
        outcome: impl Fn(Ask) -> Status,
    ) -> Skips {
        let conditions = &self.pipeline.stages[stage_idx].conditions;
        let all: Vec<&Skips> =
            conditions.iter().map(|condition| condition.skips_with(&outcome)).collect();
        if all.contains(&&Skips::All) {
            return Skips::All;
        }
        if all.iter().all(|skips| **skips == Skips::None) {
            return Skips::None;
        }
        let count = self.stages[stage_idx].deployments.len();
        let is_skipped = |index| all.iter().any(|skips| self.skips_one(skips, stage_idx, index));
        Skips::Some((0..count).map(is_skipped).collect())
    }

    fn skips_one(&self, skips: &Skips, stage_idx: usize, index: usize) -> bool {
        let skipped = match skips {
            Skips::None => return false,
            Skips::All => return true,
            Skips::Some(skipped) => skipped,
        };
        let deployment = self.stages.get(stage_idx).and_then(|it| it.deployments.get(index));
        // One bar may stand for more deployments than a plan holds.
        let deployment = deployment.filter(|_| !self.is_beyond_budget(stage_idx));
        deployment.is_some_and(|deployment| {
            let place = place_of(&self.pipeline.stages[stage_idx], *deployment, index);
            skipped.get(place) == Some(&true)
        })
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
        Ask, Assumptions, Condition, ErrorType, FailureAction, FailureRule, FailureStrategies,
        PipelineStatus, Plan, Schedule, Skips, Stage, Status, outcome_combinations, samples,
        schedule, schedule_in_waves, words,
    };

    fn asking(stage: Stage, asks: &[Ask], skips: Vec<Skips>) -> Stage {
        let condition = Condition {
            text: "<+a>".to_owned(),
            span: stage.span,
            is_of_loop: false,
            asks: asks.to_vec(),
            skips,
            missing: None,
            assumed: true,
            otherwise: Vec::new(),
        };
        Stage { conditions: vec![condition], ..stage }
    }

    fn with(stage: Stage, skips: Skips) -> Plan {
        samples::plan([asking(stage, &[], vec![skips]), samples::other("b")])
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
        assert_eq!(plan.skipping_condition(&run, 0, 1).map(|it| it.text.as_str()), Some("<+a>"));
        assert_eq!(plan.skipping_condition(&run, 1, 0), None);
    }

    /// `a` fails with an action, `b` is skipped unless it fails, and `c` runs after `wanted` outcomes of `a`, `b` and
    /// all of it alone.
    fn asked(action: Option<FailureAction>, wanted: [Status; 3]) -> (Plan, Schedule) {
        let failures = samples::failures(if action.is_some() { &[("a", 0)] } else { &[] });
        let rule = |action| FailureRule { errors: vec![ErrorType::AllErrors], action };
        let of_stage = action.into_iter().map(rule).collect::<Vec<_>>();
        let failure = FailureStrategies { of_stage, ..FailureStrategies::default() };
        let asks = [Ask::Stage(0), Ask::Stage(1), Ask::SoFar];
        let skips = |row: Vec<Status>| if row == wanted { Skips::None } else { Skips::All };
        let c = asking(samples::other("c"), &asks, outcome_combinations(3).map(skips).collect());
        let pipeline_status = PipelineStatus::All;
        let plan = samples::plan([
            Stage { failure, ..samples::other("a") },
            Stage { pipeline_status: PipelineStatus::Failure, ..samples::other("b") },
            Stage { pipeline_status, ..c },
        ]);
        let run = schedule(&plan, &Assumptions { failures, ..Assumptions::default() });
        (plan, run)
    }

    #[test]
    fn a_stage_runs_by_the_outcomes_that_it_asks_for() {
        use Status::{Failed, Ignored, Skipped, Succeeded};
        for (action, outcomes) in [
            (None, [Succeeded, Skipped, Succeeded]),
            (Some(FailureAction::MarkAsSuccess), [Succeeded, Skipped, Succeeded]),
            (Some(FailureAction::Ignore), [Ignored, Skipped, Ignored]),
            (Some(FailureAction::MarkAsFailure), [Failed, Succeeded, Failed]),
            (Some(FailureAction::StageRollback), [Failed, Succeeded, Failed]),
        ] {
            for wanted in outcome_combinations(3) {
                let wanted = [wanted[0], wanted[1], wanted[2]];
                let (_, run) = asked(action.clone(), wanted);
                let expected = if wanted == outcomes { Succeeded } else { Skipped };
                assert_eq!(run.stages[2].status, expected, "{action:?} {wanted:?}");
            }
        }
    }

    #[test]
    fn what_is_skipped_names_the_outcomes() {
        let (plan, run) = asked(Some(FailureAction::Ignore), [Status::Succeeded; 3]);
        assert_eq!(
            words::why(&plan, &run, 2, 0),
            "Skipped: its condition is false: <+a> (a is IGNORE_FAILED, b is SKIPPED, the pipeline so far is \
             IGNORE_FAILED)"
        );
    }
}
