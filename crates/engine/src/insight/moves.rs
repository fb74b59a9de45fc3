//! Moves of deployments by a change: where each was before, and how far it moved.
//!
//! ```text
//! before   a (S1 I1), b (S2 I1)          key: stage, service, target, occurrence
//! after    b (S2 I1), c (S3 I1)          b moved, c is new, a is gone
//! ```

use deployline_map::Map;

use crate::{DeploymentId, Ms, Plan, Reference, Schedule, Stage, Status, Target, Work};

/// Differences of two runs, deployment by deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// One list per stage and one move per deployment of the plan after.
    pub stages: Vec<Vec<Move>>,
    /// Places before of those that ran before and do not run any more, in order.
    pub gone: Vec<DeploymentId>,
    /// Number of those that start earlier, or start at the same time and end earlier.
    pub earlier: u32,
    /// Number of those that start later, or start at the same time and end later.
    pub later: u32,
    /// Number of those that run exactly when they ran before.
    pub unmoved: u32,
    /// Number of those that run now and did not before.
    pub new: u32,
    /// End of the pipeline before.
    pub end_before: Ms,
    /// End of the pipeline now.
    pub end_after: Ms,
}

/// Former place of a deployment, and how far it moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// Its place before; `None` where it was not there. It may have been skipped there.
    pub before: Option<DeploymentId>,
    /// By how many milliseconds its start moved, below 0 for earlier; 0 unless it runs in both.
    pub start_ms: i64,
    /// By how many milliseconds its end moved.
    pub end_ms: i64,
}

/// Compares two runs. A deployment is the same one where stage identifier, service and target have
/// the same names; of several such ones in a stage, or in a stage that deploys nothing, the first is
/// the first, and so on. What never started runs in neither: skipped now is gone, no longer skipped
/// is new.
pub fn moves(before: (&Plan, &Schedule), after: (&Plan, &Schedule)) -> Moves {
    let mut names = Names::default();
    let (old, new) = (names.keyed(before.0), names.keyed(after.0));
    let empty = |stage: &crate::StagePlan| vec![Move::default(); stage.deployments.len()];
    let mut moves = Moves {
        stages: after.0.stages.iter().map(empty).collect(),
        end_before: before.1.end,
        end_after: after.1.end,
        ..Moves::default()
    };
    let mut is_gone: Vec<Vec<bool>> =
        before.0.stages.iter().map(|stage| vec![false; stage.deployments.len()]).collect();
    merge(&old, &new, |was, is| {
        if let Some(gone) = moves.count(before.1, was, after.1, is) {
            is_gone[gone.stage as usize][gone.index as usize] = true;
        }
    });
    let places = (0..).zip(&is_gone).flat_map(|(stage, is_gone)| {
        (0..).zip(is_gone).map(move |(index, is_gone)| (DeploymentId { stage, index }, *is_gone))
    });
    moves.gone = places.filter(|(_, is_gone)| *is_gone).map(|(at, _)| at).collect();
    moves
}

impl Moves {
    /// Notes one deployment that was there before, is there now, or both; gives its place if it
    /// does not run any more.
    fn count(
        &mut self,
        old: &Schedule,
        was: Option<DeploymentId>,
        new: &Schedule,
        is: Option<DeploymentId>,
    ) -> Option<DeploymentId> {
        let ran = |schedule: &Schedule, at: DeploymentId| {
            schedule.run(at).copied().filter(|run| run.status != Status::Skipped)
        };
        let run_before = was.and_then(|at| ran(old, at));
        let run_after = is.and_then(|at| ran(new, at));
        let mut moved = Move { before: was, ..Move::default() };
        match (run_before, run_after) {
            (Some(before), Some(after)) => {
                moved.start_ms = signed(before.start, after.start);
                moved.end_ms = signed(before.end, after.end);
                let by = if moved.start_ms == 0 { moved.end_ms } else { moved.start_ms };
                match by {
                    ..0 => self.earlier += 1,
                    0 => self.unmoved += 1,
                    1.. => self.later += 1,
                }
            }
            (None, Some(_)) => self.new += 1,
            (_, None) => {}
        }
        if let Some(at) = is {
            self.stages[at.stage as usize][at.index as usize] = moved;
        }
        was.filter(|_| run_before.is_some() && run_after.is_none())
    }
}

fn signed(before: Ms, after: Ms) -> i64 {
    let by = i128::from(after.0) - i128::from(before.0);
    by.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// Numbers of stage, service and target; the same name has the same number in both plans.
type Key = (u32, Option<u32>, Option<u32>);

type TargetName<'a> = (Option<&'a Reference>, Option<&'a Reference>, Option<&'a str>);

/// Each name once, so that a deployment is compared by numbers.
#[derive(Default)]
struct Names<'a> {
    stages: Map<&'a str, u32>,
    services: Map<&'a Reference, u32>,
    targets: Map<TargetName<'a>, u32>,
}

impl<'a> Names<'a> {
    /// All deployments of a plan, those with the same names side by side and in order.
    fn keyed(&mut self, plan: &'a Plan) -> Vec<(Key, DeploymentId)> {
        let count = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
        let mut keyed = Vec::with_capacity(count);
        for (number, (stage, of_stage)) in (0..).zip(plan.pipeline.stages.iter().zip(&plan.stages))
        {
            let stage_name = numbered(&mut self.stages, stage.identifier.as_str());
            let (services, targets) = self.axes(stage);
            keyed.extend((0..).zip(&of_stage.deployments).map(|(index, deployment)| {
                let service = deployment.service.map(|i| services[i as usize]);
                let target = deployment.target.map(|i| targets[i as usize]);
                ((stage_name, service, target), DeploymentId { stage: number, index })
            }));
        }
        deployline_map::sort_by(&mut keyed, Ord::cmp);
        keyed
    }

    /// The numbers of a stage's services and targets.
    fn axes(&mut self, stage: &'a Stage) -> (Vec<u32>, Vec<u32>) {
        let Work::Deploy(deploy) = &stage.work else { return (Vec::new(), Vec::new()) };
        let services = deploy.services.items.iter();
        let targets = deploy.targets.items.iter();
        (
            services.map(|service| numbered(&mut self.services, &service.name)).collect(),
            targets.map(|target| numbered(&mut self.targets, target_name(target))).collect(),
        )
    }
}

fn target_name(target: &Target) -> TargetName<'_> {
    let detail = target.detail.as_deref().filter(|_| target.infrastructure.is_none());
    (target.environment.as_ref(), target.infrastructure.as_ref(), detail)
}

fn numbered<K: Ord>(numbers: &mut Map<K, u32>, key: K) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.or_insert_with(key, || next)
}

/// Walks down two sorted lists at once; equal keys meet in order, the first with the first.
fn merge(
    old: &[(Key, DeploymentId)],
    new: &[(Key, DeploymentId)],
    mut each: impl FnMut(Option<DeploymentId>, Option<DeploymentId>),
) {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((was, _)), Some((is, _))) => was.cmp(is),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => return,
        };
        let was = old.next_if(|_| order.is_le()).map(|(_, at)| *at);
        let is = new.next_if(|_| order.is_ge()).map(|(_, at)| *at);
        each(was, is);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Assumptions, samples, schedule, schedule_in_waves, words};

    fn check(before: (&Plan, &Schedule), after: (&Plan, &Schedule), expected: &str) -> Moves {
        let moves = moves(before, after);
        assert_eq!(words::moves(&moves), expected);
        moves
    }

    #[test]
    fn a_flag_moves_what_it_moves() {
        let sequential = samples::under(samples::one((2, false), (2, false), 0), "");
        let parallel = samples::under(samples::one((2, true), (2, false), 0), "");
        let (before, after) = ((&sequential.0, &sequential.1), (&parallel.0, &parallel.1));
        check(before, before, "Nothing moves: the run ends at 4m, as before.");
        let moves = check(
            before,
            after,
            "The run ends 2m earlier, at 2m instead of 4m: 3 deployments run earlier, 1 as before.",
        );
        let shifts = moves.stages[0].iter().map(|moved| (moved.start_ms, moved.end_ms));
        let minute = 60_000;
        let by = |minutes: i64| (-minutes * minute, -minutes * minute);
        assert_eq!(shifts.collect::<Vec<_>>(), [by(0), by(1), by(1), by(2)]);
        check(
            after,
            before,
            "The run ends 2m later, at 4m instead of 2m: 3 deployments run later, 1 as before.",
        );
    }

    #[test]
    fn another_order_is_no_other_deployment() {
        let by_target = samples::under(samples::one((3, true), (2, false), 0), "S1=2m");
        let by_service = samples::under(samples::one((2, false), (3, true), 0), "S1=2m");
        let moves = check(
            (&by_target.0, &by_target.1),
            (&by_service.0, &by_service.1),
            "The run ends at 3m, as before: 1 deployment runs earlier, 2 later, 1 as before, 2 are \
             new, 2 are gone.",
        );
        // By target: S1 I1, S2 I1, S3 I1, S1 I2, …; by service: S1 I1, S1 I2, S1 I3, S2 I1, …
        let before = moves.stages[0].iter().map(|moved| moved.before.map(|at| at.index));
        assert_eq!(before.collect::<Vec<_>>(), [Some(0), Some(3), None, Some(1), Some(4), None]);
        assert_eq!(samples::places(&moves.gone), "0:2 0:5");
    }

    #[test]
    fn what_is_skipped_does_not_run() {
        let plan = samples::plan([samples::deploy((1, true), (1, true), 0), samples::other("b")]);
        let failures = samples::failures(&[("a", 0)]);
        let good = schedule(&plan, &Assumptions::default());
        let bad = schedule(&plan, &Assumptions { failures, ..Assumptions::default() });
        let end = "1 deployment runs as before";
        let moves = check(
            (&plan, &good),
            (&plan, &bad),
            &format!("The run ends 1m earlier, at 1m instead of 2m: {end}, 1 is gone."),
        );
        assert_eq!(
            moves.stages[1][0],
            Move { before: moves.gone.first().copied(), ..Move::default() }
        );
        check(
            (&plan, &bad),
            (&plan, &good),
            &format!("The run ends 1m later, at 2m instead of 1m: {end}, 1 is new."),
        );
        check((&plan, &bad), (&plan, &bad), "Nothing moves: the run ends at 1m, as before.");
    }

    #[test]
    fn what_repeats_is_paired_in_order() {
        let times = |count: u32| {
            let looping = Some(samples::times(count));
            samples::under(samples::pipeline([Stage { looping, ..samples::other("a") }]), "")
        };
        let (two, three) = (times(2), times(3));
        let moves = check(
            (&two.0, &two.1),
            (&three.0, &three.1),
            "The run ends at 1m, as before: 2 deployments run as before, 1 is new.",
        );
        let before = moves.stages[0].iter().map(|moved| moved.before.map(|at| at.index));
        assert_eq!(before.collect::<Vec<_>>(), [Some(0), Some(1), None]);
    }

    #[test]
    fn everything_has_its_place() {
        samples::grid(|plan, assumptions| {
            let (window, waves) =
                (schedule(plan, assumptions), schedule_in_waves(plan, assumptions));
            let moves = moves((plan, &window), (plan, &waves));
            let same = (0..).zip(&moves.stages).all(|(stage, of_stage)| {
                (0..)
                    .zip(of_stage)
                    .all(|(index, m)| m.before == Some(DeploymentId { stage, index }))
            });
            assert!(same);
            let ran = |schedule: &Schedule| {
                let runs = schedule.stages.iter().flat_map(|stage| &stage.runs);
                runs.filter(|run| run.status != Status::Skipped).count()
            };
            let in_both = (moves.earlier + moves.later + moves.unmoved) as usize;
            assert_eq!(in_both + moves.new as usize, ran(&waves));
            assert_eq!(in_both + moves.gone.len(), ran(&window));
        });
    }
}
