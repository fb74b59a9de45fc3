//! Plans for the tests of this module.

use deployline_map::Map;

use crate::{Assumptions, At, DurationKey, Inputs, Ms, Plan, Schedule, expand, resolve, schedule};

/// Two stages side by side that deploy the same service to the same infrastructure.
pub(crate) const RESOURCE: &str = "stages:
  - parallel:
      - stage:
          identifier: a
          type: Deployment
          spec: &spec
            service: {serviceRef: S}
            environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}
      - stage: {identifier: b, type: Deployment, spec: *spec}
";

pub(crate) fn plan(text: &str) -> Plan {
    let parsed = deployline_yaml::parse(text);
    assert!(parsed.diagnostics.is_empty(), "{:?}\n{text}", parsed.diagnostics);
    expand(resolve(&parsed.documents, &Inputs::default()).0)
}

/// The text, planned and run with durations as in `S1=2m stage:a=3m`.
pub(crate) fn under(text: &str, durations: &str) -> (Plan, Schedule) {
    let plan = plan(text);
    let durations = durations_of(durations);
    let run = schedule(&plan, &Assumptions { durations, ..Assumptions::default() });
    (plan, run)
}

pub(crate) fn durations_of(text: &str) -> Map<DurationKey, Ms> {
    let each = text.split_whitespace().filter_map(|pair| pair.split_once('='));
    each.map(|(key, value)| (DurationKey::from_text(key), value.parse().expect("a duration")))
        .collect()
}

/// One stage `a` of services `S1…` to infrastructures `I1…` of `E`; flags as given, a limit where
/// it is above 0.
pub(crate) fn stage(services: (u32, bool), targets: (u32, bool), limit: u32) -> String {
    let list = |key: &str, prefix: &str, count: u32| {
        let items = (1..=count).map(|i| format!("{{{key}: {prefix}{i}}}"));
        items.collect::<Vec<_>>().join(", ")
    };
    let config = match limit {
        0 => String::new(),
        limit => format!("        multiDeploymentConfig: {{maxConcurrency: {limit}}}\n"),
    };
    let (services_list, targets_list) =
        (list("serviceRef", "S", services.0), list("identifier", "I", targets.0));
    let (of_services, of_targets) = (services.1, targets.1);
    format!(
        "  - stage:
      identifier: a
      type: Deployment
      spec:
{config}        services: {{values: [{services_list}], metadata: {{parallel: {of_services}}}}}
        environments:
          metadata: {{parallel: {of_targets}}}
          values: [{{environmentRef: E, infrastructureDefinitions: [{targets_list}]}}]
"
    )
}

pub(crate) fn one(services: (u32, bool), targets: (u32, bool), limit: u32) -> String {
    format!("stages:\n{}", stage(services, targets, limit))
}

/// Each small pipeline of a grid, run under each of several assumptions.
pub(crate) fn all(mut check: impl FnMut(&Plan, &Schedule)) {
    grid(|plan, assumptions| check(plan, &schedule(plan, assumptions)));
}

/// Each small pipeline of a grid with each of several assumptions.
pub(crate) fn grid(mut check: impl FnMut(&Plan, &Assumptions)) {
    let flags = [(false, false), (true, false), (false, true), (true, true)];
    let mut texts = vec![RESOURCE.to_owned(), "stages: []".to_owned()];
    for (services, targets, limit) in [(1, 3, 2), (2, 2, 0), (2, 3, 4), (3, 2, 0), (3, 3, 5)] {
        texts.extend(flags.map(|(of_services, of_targets)| {
            let first = stage((services, of_services), (targets, of_targets), limit);
            let second = "  - stage: {identifier: b, type: Custom}\n";
            format!("stages:\n{first}{second}{}", first.replace("identifier: a", "identifier: c"))
        }));
    }
    for plan in texts.iter().map(|text| plan(text)) {
        for seed in 0..12 {
            check(&plan, &assumptions(seed));
        }
    }
}

/// Durations from none to 4 minutes, sometimes a failure or a limit.
fn assumptions(seed: u32) -> Assumptions {
    let mut random = seed;
    let mut next = |below: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 16) % below
    };
    let mut durations = Map::new();
    for (service, infrastructure) in (1..=3).flat_map(|s| (1..=3).map(move |i| (s, i))) {
        let key = format!("S{service}@I{infrastructure}");
        durations.insert(DurationKey::from_text(&key), Ms(u64::from(next(5)) * 60_000));
    }
    let failing = (seed % 3 == 2).then(|| ("a".to_owned(), next(4)));
    Assumptions {
        durations,
        failures: failing.into_iter().collect(),
        account_limit: (seed % 4 == 3).then_some(2),
        ..Assumptions::default()
    }
}

/// `0:0 1:3`: stage and index.
pub(crate) fn places(all: &[At]) -> String {
    all.iter().map(|at| format!("{}:{}", at.stage, at.index)).collect::<Vec<_>>().join(" ")
}

pub(crate) fn all_places(plan: &Plan) -> Vec<At> {
    let stages = (0..).zip(&plan.stages);
    let of_stage = |(stage, plan): (u32, &crate::StagePlan)| {
        (0..).zip(&plan.deployments).map(move |(index, _)| At { stage, index }).collect::<Vec<_>>()
    };
    stages.flat_map(of_stage).collect()
}
