//! Services and targets: how they are spelt, taken and refused.

use deployline_engine::{Assumptions, Reference, Work};
use deployline_planner::Analysis;

use super::{analysis, diagnostics, rows, text};

/// The deployments of a stage: `deck → sea/north`, placeholders in brackets.
fn pairs(analysis: &Analysis, stage: &str) -> Vec<String> {
    let stages = &analysis.plan.pipeline.stages;
    let index = stages.iter().position(|it| it.identifier == stage).expect("the stage is there");
    let Work::Deploy(deploy) = &stages[index].work else { panic!("{stage} deploys nothing") };
    let name = |it: &Reference| match it.is_known {
        true => it.text.clone(),
        false => format!("({})", it.text),
    };
    let pair = |it: &deployline_engine::Deployment| {
        let service = it.service.map(|at| name(&deploy.services.items[at as usize].name));
        let target = &deploy.targets.items[it.target.expect("it has a target") as usize];
        let places = [&target.environment, &target.infrastructure].into_iter().flatten();
        let places: Vec<String> = places.map(name).collect();
        format!("{} → {}", service.unwrap_or_else(|| "-".to_owned()), places.join("/"))
    };
    analysis.plan.stages[index].deployments.iter().map(pair).collect()
}

fn check(file: &str, stages: &[(&str, &[&str])], found: &[&str]) -> Analysis {
    let text = text(file);
    let analysis = analysis(&text, &Assumptions::default());
    for (stage, expected) in stages {
        assert_eq!(pairs(&analysis, stage), *expected, "{stage} of {file}");
    }
    assert_eq!(diagnostics(&text, &analysis), found, "{file}");
    analysis
}

/// Messages of a code, each with the parts of the text that it names.
fn message(analysis: &Analysis, code: &str) -> String {
    let found = analysis.diagnostics.iter().find(|it| it.code == code);
    found.unwrap_or_else(|| panic!("{code}")).message.clone()
}

#[test]
fn older_and_rarer_spellings() {
    let analysis = check(
        "09-singular-and-ref.yaml",
        &[
            ("singular", &["deck → sea/north"]),
            ("by_ref", &["deck → sea/north"]),
            ("old_ref", &["deck → sea/(no infrastructure)"]),
            ("expression", &["deck → sea/(<+input>)"]),
        ],
        &[
            "error infrastructure-key at 27",
            "error missing-infrastructure at 35",
            "error refused-together at 36",
            "error infrastructure-key at 36",
            "warning runtime-input at 46",
        ],
    );
    let found = analysis.diagnostics.iter().find(|it| it.code == "infrastructure-key").unwrap();
    assert!(found.message.contains("`ref`") && found.message.contains("`identifier`"), "{found:?}");
    assert_eq!(found.fix.as_ref().map(|fix| fix.edits[0].insert.as_str()), Some("identifier"));
}

#[test]
fn a_custom_stage_with_an_environment() {
    let analysis = check(
        "14-custom-stage-with-environment.yaml",
        &[
            ("migrate", &["- → sea/north"]),
            ("sail", &["deck → sea/north"]),
            ("check", &["- → sea/north"]),
            ("back", &["deck → (not taken)"]),
        ],
        &["error propagation-no-value at 38"],
    );
    let message = message(&analysis, "propagation-no-value");
    assert!(message.starts_with("`migrate` is a Custom stage and can't be propagated from"));
    // It has no constraint: `migrate` and `sail` run at once.
    assert_eq!(rows(&analysis, "migrate"), ["Migrate north 0s-1m"]);
    assert_eq!(rows(&analysis, "sail"), ["deck north 0s-1m"]);
    assert_eq!(rows(&analysis, "check"), ["Check north 1m-2m"]);
}

/// The overlay lays `night` first and `base` last, so that `sail` deploys the deck.
#[test]
fn an_overlay_and_one_place_of_two_stages() {
    let analysis = check(
        "18-input-set-and-overlay.yaml",
        &[("sail", &["deck → sea/north", "deck → sea/south", "deck → dock/pier"])],
        &["warning deploy-to-all-alone at 46"],
    );
    assert_eq!(
        rows(&analysis, "sail"),
        ["deck north 0s-1m", "deck south 0s-1m", "deck pier 0s-1m"]
    );
    assert_eq!(rows(&analysis, "rest"), ["deck pier 1m-2m", "engine pier 2m-3m"]);
}

#[test]
fn a_type_of_stage_that_does_not_exist() {
    let analysis = check(
        "22-stage-type-misspelt.yaml",
        &[("sail", &["deck → sea/north", "engine → sea/north"]), ("low", &["deck → sea/north"])],
        &["error stage-type-unknown at 9", "error stage-type-unknown at 17"],
    );
    assert!(message(&analysis, "stage-type-unknown").contains("did you mean `Deployment`?"));
    let fixes = analysis.diagnostics.iter().filter_map(|it| it.fix.as_ref());
    assert_eq!(fixes.filter(|fix| fix.edits[0].insert == "Deployment").count(), 2);
}

#[test]
fn lists_by_expression_and_empty_references() {
    let analysis = check(
        "30-lists-by-expression.yaml",
        &[(
            "mixed",
            &[
                "deck → (no environment)/(no infrastructure)",
                "(<+input>) → (no environment)/(no infrastructure)",
            ],
        )],
        &[
            "error list-by-expression at 13",
            "warning parallel-expression at 16",
            "error list-by-expression at 17",
            "warning runtime-input at 25",
            "error missing-environment at 26",
            "error missing-infrastructure at 26",
        ],
    );
    assert!(message(&analysis, "missing-environment").contains("is empty"));
    assert!(message(&analysis, "missing-infrastructure").contains("is empty"));
    assert!(message(&analysis, "list-by-expression").contains("refuses to save"));
}

#[test]
fn propagation_through_templates() {
    check(
        "31-propagate-through-templates.yaml",
        &[
            ("dock", &["deck → dock/pier"]),
            ("near", &["deck → sea/north"]),
            ("far", &["deck → sea/south"]),
        ],
        &[],
    );
}

#[test]
fn pairs_that_the_product_refuses() {
    let analysis = check(
        "40-refused-together.yaml",
        &[
            ("one", &["deck → sea/north"]),
            ("env_both", &["deck → dock/(no infrastructure)"]),
            ("services_both", &["engine → sea/north"]),
            ("two_kinds", &["deck → dock/pier"]),
            ("service_and_services", &["engine → sea/north", "mast → sea/north"]),
            ("old_and_new", &["(no service) → sea/north"]),
            ("env_filter_inside", &["deck → sea/(by filter)"]),
            ("gitops_all_and_some", &["deck → sea"]),
        ],
        &[
            "error refused-together at 21",
            "error refused-together at 28",
            "error refused-together at 37",
            "error refused-together at 45",
            "error refused-together at 53",
            "error refused-together at 65",
            "error refused-together at 74",
        ],
    );
    let refused = analysis.diagnostics.iter().filter(|it| it.code == "refused-together");
    let related = refused.map(|it| it.related.len());
    assert!(related.into_iter().all(|count| count == 1));
}
