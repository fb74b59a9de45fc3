//! Plans to draw.

use std::sync::LazyLock;

use deployline_engine::{Assumptions, DurationKey, Ms};
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_timeline::Planned;

/// One stage with `services` × `targets`, services in parallel.
pub(crate) fn grid_text(services: usize, targets: usize, limit: usize) -> String {
    let list = |prefix: &str, key: &str, numbers: std::ops::Range<usize>| {
        numbers.map(|i| format!("{{{key}: {prefix}{i}}}")).collect::<Vec<_>>().join(", ")
    };
    let half = targets / 2;
    let environment = |name: &str, infrastructures: String| {
        format!("{{environmentRef: {name}, infrastructureDefinitions: [{infrastructures}]}}")
    };
    let environments = [
        environment("Dev", list("i", "identifier", 0..half)),
        environment("Prod", list("i", "identifier", half..targets)),
    ];
    let environments = &environments[usize::from(half == 0)..];
    format!(
        "pipeline: {{identifier: p, stages: [{{stage: {{identifier: ship, name: Ship, type: \
         Deployment, spec: {{services: {{metadata: {{parallel: true}}, values: [{}]}}, \
         environments: {{metadata: {{parallel: false}}, values: [{}]}}, multiDeploymentConfig: \
         {{maxConcurrency: {limit}}}}}}}}}, {{stage: {{identifier: after, name: After, type: \
         Custom}}}}]}}\n",
        list("s", "serviceRef", 0..services),
        environments.join(", "),
    )
}

/// The grid with durations that differ by service.
pub(crate) fn grid(services: usize, targets: usize, limit: usize) -> Analysis {
    let mut assumptions = Assumptions::default();
    for i in 0..services {
        let duration = Ms(20_000 + 7_000 * (i as u64 % 5));
        assumptions.durations.insert(DurationKey::Service(format!("s{i}")), duration);
    }
    analyze(&[&grid_text(services, targets, limit)], &Inputs::default(), &assumptions)
}

/// Assumptions of pictures that show no steps.
static ASSUMPTIONS: LazyLock<Assumptions> = LazyLock::new(Assumptions::default);

/// Plan and schedule that a picture is made from.
pub(crate) fn planned(analysis: &Analysis) -> Planned<'_> {
    Planned { plan: &analysis.plan, schedule: &analysis.schedule, assumptions: &ASSUMPTIONS }
}
