//! A service or infrastructure that a stage lists twice: the same deployment would run twice.

use deployline_engine::{Deploy, Plan, Work};
use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{Diagnostics, Example, Rule, RuleDocs};

/// A service or infrastructure listed twice.
pub const LISTED_TWICE: Rule = Rule::warning("listed-twice");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: LISTED_TWICE,
    explanation: "A service or an infrastructure is listed twice, so its deployments run twice. The second one waits for the first, because only one deployment of a service runs on an infrastructure at a time. Remove one of the two.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: cart}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

/// Looks at the lists of each deployment stage.
pub(super) fn check(plan: &Plan) -> Diagnostics {
    let stages = plan.distinct_stages().map(|(_, stage)| stage);
    let stages = stages.filter(|stage| stage.looping.is_none());
    let deploys = stages.filter_map(|stage| match &stage.work {
        Work::Deploy(deploy) => Some(deploy),
        Work::Other | Work::Unknown => None,
    });
    let mut found = Diagnostics::default();
    deploys.for_each(|deploy| found.append(of_stage(deploy)));
    found
}

fn of_stage(deploy: &Deploy) -> Diagnostics {
    let services = deploy.services.items.iter().filter(|service| service.name.is_known);
    let services = services.map(|service| (&service.name.text, service.span));
    let mut found = twice(services, |name| format!("The service `{name}`"));
    let targets = deploy.targets.items.iter().filter(|target| !target.is_placeholder());
    let targets = targets.filter_map(|target| {
        let environment = target.environment.as_ref()?;
        Some(((&environment.text, &target.infrastructure.as_ref()?.text), target.span))
    });
    found.append(twice(targets, |(environment, infrastructure)| {
        format!("The infrastructure `{infrastructure}` of `{environment}`")
    }));
    found
}

fn twice<K: Ord + Copy>(
    items: impl Iterator<Item = (K, Span)>,
    name: impl Fn(K) -> String,
) -> Diagnostics {
    let mut first_places: Map<K, Span> = Map::new();
    let mut found = Diagnostics::default();
    for (key, span) in items {
        let first = *first_places.or_insert_with(key, || span);
        if first == span {
            continue;
        }
        found.push_with(&LISTED_TWICE, span, &|| {
            let message = format!(
                "{} is listed twice in this stage, so its deployments run twice, one after the \
                 other. Remove one of the two.",
                name(key)
            );
            LISTED_TWICE.at(span, message).with_related(first, "First listed here")
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use deployline_engine::expand;

    use super::*;
    use crate::{Inputs, resolve};

    /// The texts of what is listed again.
    fn again(spec: &str) -> Vec<String> {
        let text = format!("stage: {{spec: {{{spec}}}}}");
        let (pipeline, _) = resolve(&deployline_yaml::parse(&text).documents, &Inputs::default());
        check(&expand(pipeline))
            .into_vec()
            .iter()
            .map(|found| text[found.span.range()].to_owned())
            .collect()
    }

    #[test]
    fn finds_the_second_of_two_equal_ones() {
        let one = "environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}";
        let services = |list: &str| format!("services: {{values: [{list}]}}, {one}");
        let targets =
            |list: &str| format!("service: {{serviceRef: S}}, environments: {{values: [{list}]}}");
        let at = |environment: &str, infrastructures: &str| {
            format!(
                "{{environmentRef: {environment}, infrastructureDefinitions: [{infrastructures}]}}"
            )
        };
        for (spec, expected) in [
            (services("{serviceRef: S}, {serviceRef: T}"), vec![]),
            (
                services("{serviceRef: S}, {serviceRef: T}, {serviceRef: S}"),
                vec!["{serviceRef: S}"],
            ),
            (services("{serviceRef: <+input>}, {serviceRef: <+input>}"), vec![]),
            (targets(&at("E", "{identifier: I}, {identifier: I}")), vec!["{identifier: I}"]),
            (targets(&[at("E", "{identifier: I}"), at("F", "{identifier: I}")].join(", ")), vec![]),
        ] {
            assert_eq!(again(&spec), expected, "{spec}");
        }
    }
}
