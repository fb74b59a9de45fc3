//! One long name that stands in very many deployments: what is printed stays bounded.

use deployline_engine::Assumptions;
use deployline_export::{Look, Report, Source};
use deployline_planner::{Inputs, analyze};

const SERVICE: &str = "service: {serviceRef: cart}";
const ENVIRONMENT: &str =
    "environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}";

/// The most bytes that a deployment takes in any format: some names of 256 characters, and what is
/// around them.
const MOST_PER_DEPLOYMENT: usize = 2_000;
const MANY: usize = 300;
/// More than in which expressions are looked for.
const LENGTH: usize = 1 << 17;

fn stage(name: &str, strategy: &str, service: &str, environment: &str) -> String {
    format!(
        "stages:\n- stage:\n    name: {name}\n    identifier: deploy\n    type: Deployment\n    \
         strategy: {strategy}\n    spec:\n      {service}\n      {environment}\n"
    )
}

#[test]
fn a_long_name_is_cut_wherever_it_multiplies() {
    let long = "n".repeat(LENGTH);
    let numbers: Vec<String> = (0..MANY).map(|i| i.to_string()).collect();
    let numbers = numbers.join(", ");
    let many = format!("{{parallelism: {MANY}}}");
    let service = format!("service: {{serviceRef: {long}}}");
    let services = format!(
        "services: {{values: [{{serviceRef: &a {long}}}{}]}}",
        ", {serviceRef: *a}".repeat(MANY - 1)
    );
    let infrastructures: Vec<String> = (0..MANY).map(|i| format!("{{identifier: i{i}}}")).collect();
    let environments = format!(
        "environments: {{values: [{{environmentRef: {long}, infrastructureDefinitions: [{}]}}]}}",
        infrastructures.join(", ")
    );
    let infrastructure = ENVIRONMENT.replace("eu", &long);
    let matrix = |axes: &str| format!("{{matrix: {{{axes}, b: [{numbers}]}}}}");
    for (text, is_reported) in [
        (stage(&long, &many, SERVICE, ENVIRONMENT), true),
        (stage("a", &many, &service, ENVIRONMENT), true),
        (stage("a", &many, SERVICE, &infrastructure), true),
        (stage("a", "", &services, ENVIRONMENT), true),
        (stage("a", "", SERVICE, &environments), true),
        (stage("a", &matrix(&format!("a: [{long}]")), SERVICE, ENVIRONMENT), false),
        (stage("a", &matrix(&format!("? {long} : [x]")), SERVICE, ENVIRONMENT), false),
        (stage("a", &matrix(&format!("nodeName: '{long}'")), SERVICE, ENVIRONMENT), false),
        (
            stage(
                "a",
                &matrix("a: [x]"),
                &format!("service: {{serviceRef: '{long}<+matrix.b>'}}"),
                ENVIRONMENT,
            ),
            true,
        ),
    ] {
        check(&text, is_reported);
    }
}

fn check(text: &str, is_reported: bool) {
    let assumptions = Assumptions::default();
    let analysis = analyze(&[text], &Inputs::default(), &assumptions);
    let start = text.replace(&"n".repeat(LENGTH), "LONG").chars().take(500).collect::<String>();
    let plan = &analysis.plan;
    let deployments: usize = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    assert_eq!(deployments, MANY, "{start}");
    let is_found = analysis.diagnostics.iter().any(|found| found.code == "name-too-long");
    assert_eq!(is_found, is_reported, "{start}: {:?}", analysis.diagnostics.first());
    let sources = [Source { name: "x.yaml".into(), text: text.to_owned() }];
    let report = Report::new(&analysis, &assumptions, &sources);
    for (format, printed) in [
        ("json", deployline_export::json(&report)),
        ("csv", deployline_export::csv(&report)),
        ("svg", deployline_export::picture(&report, &Look::default())),
        ("text", deployline_export::text(&report)),
    ] {
        let most = MOST_PER_DEPLOYMENT * MANY;
        assert!(printed.len() < most, "{format} has {} bytes: {start}", printed.len());
    }
}
