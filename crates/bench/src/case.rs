//! Pipelines that are planned.

use deployline_engine::{AccountPlan, Assumptions, DurationKey, Ms};
use deployline_map::Map;

use crate::random::Random;
use crate::text::{self, name};

/// A text and what is assumed about its run. Durations are uneven, so that ends come in no order.
#[derive(Clone, Debug)]
pub struct Case {
    /// The pipeline.
    pub text: String,
    /// Durations of its deployments.
    pub assumptions: Assumptions,
}

impl Case {
    /// `n` deployments of one stage: services times infrastructures, as square as can be, services
    /// parallel, infrastructures one after another, each service with its own duration.
    pub fn grid(n: usize) -> Self {
        let (services, infrastructures) = sides(n);
        Self::new(text::grid(services, infrastructures), by_service(services))
    }

    /// [`Case::grid`] with a duration for each service on each infrastructure.
    pub fn pairs(n: usize) -> Self {
        let (services, infrastructures) = sides(n);
        let mut random = Random::new();
        let pairs = (0..services).flat_map(|s| (0..infrastructures).map(move |i| (s, i)));
        let key = |(s, i)| DurationKey::ServiceInfrastructure(name("service", s), name("infra", i));
        let durations = pairs.map(|pair| (key(pair), random.duration())).collect();
        Self::new(text::grid(services, infrastructures), durations)
    }

    /// The children of one stage's matrix: `n` of them.
    pub fn matrix(n: usize) -> Self {
        let (services, infrastructures) = sides(n);
        Self::new(text::matrix(services, infrastructures), by_service(services))
    }

    /// `n` stages of one deployment each, one after another.
    pub fn stages(n: usize) -> Self {
        Self::new(text::stages(n), by_service(50))
    }

    /// The longest file of the corpus: some 1,500 lines, as people write them.
    pub fn real() -> Self {
        let text = include_str!("../../../tests/corpus/24-forty-services.yaml");
        Self::new(text.to_owned(), Map::new())
    }

    /// The case of a name, as the measuring programs take it: `grid`, `pairs`, `matrix`, `stages`,
    /// `real`. `n` says how large, but for the last.
    pub fn named(name: &str, n: usize) -> Option<Self> {
        Some(match name {
            "grid" => Self::grid(n),
            "pairs" => Self::pairs(n),
            "matrix" => Self::matrix(n),
            "stages" => Self::stages(n),
            "real" => Self::real(),
            _ => return None,
        })
    }

    fn new(text: String, durations: Map<DurationKey, Ms>) -> Self {
        // Sizes are what is measured, whatever an account allows.
        let account_plan = AccountPlan::None;
        Self {
            text,
            assumptions: Assumptions { durations, account_plan, ..Assumptions::default() },
        }
    }
}

fn by_service(services: usize) -> Map<DurationKey, Ms> {
    let mut random = Random::new();
    let key = |service| DurationKey::Service(name("service", service));
    (0..services).map(|service| (key(service), random.duration())).collect()
}

/// The two factors of `n` nearest to each other, the smaller one first.
fn sides(n: usize) -> (usize, usize) {
    let smaller = (1..=n.isqrt()).rev().find(|side| n.is_multiple_of(*side)).unwrap_or(1);
    (smaller, n / smaller)
}

#[cfg(test)]
mod tests {
    use deployline_planner::{Inputs, analyze};
    use deployline_yaml::{Diagnostic, Severity};

    use super::*;

    #[test]
    fn sides_are_as_square_as_can_be() {
        assert_eq!(sides(10_000), (100, 100));
        assert_eq!(sides(1_000), (25, 40));
        assert_eq!(sides(7), (1, 7));
    }

    #[test]
    fn every_case_has_its_deployments_and_no_fault() {
        for name in ["grid", "pairs", "matrix", "stages"] {
            let case = Case::named(name, 60).unwrap();
            let analysis = analyze(&[&case.text], &Inputs::default(), &case.assumptions);
            let count: usize = analysis.plan.stages.iter().map(|s| s.deployments.len()).sum();
            assert_eq!(count, 60, "{name}");
            let is_fault = |found: &Diagnostic| found.severity != Severity::Info;
            assert!(!analysis.diagnostics.iter().any(is_fault), "{name}");
            let mut lengths: Vec<_> =
                analysis.schedule.stages.iter().flat_map(|s| &s.runs).collect();
            lengths.sort_by_key(|run| run.end - run.start);
            lengths.dedup_by_key(|run| run.end - run.start);
            assert!(lengths.len() > 5, "{name}: uneven durations reach the schedule");
        }
    }
}
