//! What a schedule assumes, in words: no picture of a run without it.

use deployline_engine::{Assumptions, DurationKey};

/// A sentence for each assumption, the general one first.
pub(crate) fn sentences(assumptions: &Assumptions) -> Vec<String> {
    let Assumptions { duration, durations, uneven, account_limit, failures } = assumptions;
    let mut said = vec![match uneven {
        Some(seed) => format!("Durations are made up around {duration}, from the number {seed}."),
        None => format!("Each deployment is assumed to take {duration}."),
    }];
    said.extend(durations.iter().map(|(key, duration)| format!("{}: {duration}.", subject(key))));
    said.extend(
        account_limit.map(|limit| format!("The account runs at most {limit} at once in a stage.")),
    );
    let number = |index: &u32| u64::from(*index) + 1;
    let failures = failures.iter();
    said.extend(
        failures.map(|(stage, index)| format!("Number {} of {stage} fails.", number(index))),
    );
    said
}

fn subject(key: &DurationKey) -> String {
    match key {
        DurationKey::Stage(stage) => format!("Everything in {stage}"),
        DurationKey::Infrastructure(infrastructure) => format!("Everything to {infrastructure}"),
        DurationKey::Target(environment, infrastructure) => {
            format!("Everything to {environment}/{infrastructure}")
        }
        DurationKey::Service(service) => service.clone(),
        DurationKey::ServiceInfrastructure(service, infrastructure) => {
            format!("{service} to {infrastructure}")
        }
        DurationKey::ServiceTarget(service, environment, infrastructure) => {
            format!("{service} to {environment}/{infrastructure}")
        }
        DurationKey::Deployment(stage, index) => {
            format!("Number {} of {stage}", u64::from(*index) + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Ms;

    use super::*;

    #[test]
    fn each_assumption_is_a_sentence() {
        let assumptions = Assumptions {
            duration: Ms(300_000),
            durations: [
                (DurationKey::Target("prod".into(), "eu-1".into()), Ms(60_000)),
                (DurationKey::Deployment("deploy".into(), 2), Ms(1_000)),
            ]
            .into(),
            uneven: None,
            account_limit: Some(3),
            failures: [("deploy".to_owned(), 0)].into(),
        };
        let expected = [
            "Each deployment is assumed to take 5m.",
            "Everything to prod/eu-1: 1m.",
            "Number 3 of deploy: 1s.",
            "The account runs at most 3 at once in a stage.",
            "Number 1 of deploy fails.",
        ];
        assert_eq!(sentences(&assumptions), expected);
        let uneven = sentences(&Assumptions { uneven: Some(7), ..Assumptions::default() });
        assert_eq!(uneven, ["Durations are made up around 1m, from the number 7."]);
    }
}
