//! Memory of a deployment, in plan and schedule together: at most 64 bytes, so that
//! 100,000 of them are no burden for a browser.

use std::mem::size_of;

use deployline_engine::{Assumptions, Deployment, Run};
use deployline_planner::{Inputs, analyze};

const MAX_BYTES: usize = 64;

#[test]
fn a_deployment_and_its_run_are_small() {
    assert!(size_of::<Deployment>() + size_of::<Run>() <= MAX_BYTES);
}

#[test]
fn lists_hold_no_more_room_than_they_need() {
    let list = |key: &str, n: usize| {
        (0..n).map(|i| format!("{{{key}: x{i}}}")).collect::<Vec<_>>().join(", ")
    };
    let text = format!(
        "spec:\n  services: {{values: [{}]}}\n  environments: {{values: [{{environmentRef: e, \
         infrastructureDefinitions: [{}]}}]}}\n",
        list("serviceRef", 100),
        list("identifier", 1_000)
    );
    let analysis = analyze(&[&text], &Inputs::default(), &Assumptions::default());
    let planned = &analysis.plan.stages[0].deployments;
    let runs = &analysis.schedule.stages[0].runs;
    assert_eq!((planned.len(), runs.len()), (100_000, 100_000));
    let held = planned.capacity() * size_of::<Deployment>() + runs.capacity() * size_of::<Run>();
    assert!(held <= MAX_BYTES * 100_000, "{} bytes a deployment", held / 100_000);
}
