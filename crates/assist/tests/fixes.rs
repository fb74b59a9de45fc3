//! Each fix, applied: what it is for is gone, nothing else is found, and no other byte has changed.

mod support;

use deployline_assist::{fixes, hover};
use deployline_planner::rules;
use deployline_yaml::Example;

use support::{analysis, applied, check, codes, fixes_of};

#[test]
fn values_that_are_misspelt() {
    let one =
        "spec:\n  environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}\n";
    check(
        "stage:\n  type: Approval\n  when:\n    pipelineStatus: 'Al' # always\n",
        rules::PIPELINE_STATUS_INVALID,
        &["stage:\n  type: Approval\n  when:\n    pipelineStatus: 'All' # always\n"],
    );
    let services = |flag: &str| {
        format!(
            "{one}  services:\n    values: [{{serviceRef: a}}]\n    metadata: {{parallel: {flag}}}\n"
        )
    };
    for (written, meant) in
        [("\"ture\"", "\"true\""), ("yes", "true"), ("flase", "false"), ("x", "false")]
    {
        check(&services(written), rules::PARALLEL_NOT_A_FLAG, &[&services(meant)]);
    }
    let limits = |word: &str| {
        format!(
            "{one}  service: {{serviceRef: a}}\n  multiDeploymentConfig:\n    onFailure: {word}\n"
        )
    };
    check(&limits("SkipQueue"), rules::ON_FAILURE_INVALID, &[&limits("SkipQueued")]);
    assert_eq!(fixes_of(&limits("Nothing"), rules::ON_FAILURE_INVALID.code), []);
}

#[test]
fn a_stage_to_take_from() {
    let text = |name: &str| {
        format!(
            "stages:
  - stage: {{identifier: build_dev, spec: {{service: {{serviceRef: a}}, environment: {{environmentRef: e, infrastructureDefinitions: [{{identifier: i}}]}}}}}}
  - stage: {{identifier: other, type: Approval}}
  - stage: {{identifier: own, spec: {{service: {{useFromStage: {{stage: {name}}}}}, environment: {{environmentRef: f, infrastructureDefinitions: [{{identifier: i}}]}}}}}}
"
        )
    };
    check(&text("build_deb"), rules::PROPAGATION_UNKNOWN_STAGE, &[&text("build_dev")]);
    // It is the only one, so it is meant.
    check(&text("own"), rules::PROPAGATION_SAME_GROUP, &[&text("build_dev")]);
    check(&text("other"), rules::PROPAGATION_NO_VALUE, &[&text("build_dev")]);
}

#[test]
fn identifiers_and_items_that_are_there_twice() {
    check(
        "stages:\n- stage: {identifier: a, type: Custom}\n- stage: {identifier: a_2, type: Custom}\n- stage: {identifier: \"a\", type: Custom}\n",
        rules::DUPLICATE_IDENTIFIER,
        &[
            "stages:\n- stage: {identifier: a, type: Custom}\n- stage: {identifier: a_2, type: Custom}\n- stage: {identifier: \"a_3\", type: Custom}\n",
        ],
    );
    let place =
        "  environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}\n";
    for (before, after) in [
        (
            "  services:\r\n    values:\r\n      - serviceRef: a # one\r\n      - serviceRef: b\r\n      - serviceRef: a # two\r\n",
            "  services:\r\n    values:\r\n      - serviceRef: a # one\r\n      - serviceRef: b\r\n",
        ),
        (
            "  services: {values: [{serviceRef: a}, {serviceRef: a}, {serviceRef: b}]}\n",
            "  services: {values: [{serviceRef: a}, {serviceRef: b}]}\n",
        ),
        (
            "  services:\n    values:\n    - serviceRef: a\n    -   serviceRef: a\n        serviceInputs:\n          x: |\n            text\n    - serviceRef: b\n",
            "  services:\n    values:\n    - serviceRef: a\n    - serviceRef: b\n",
        ),
    ] {
        let text = |services: &str| format!("spec:\n{services}{place}");
        check(&text(before), rules::LISTED_TWICE, &[&text(after)]);
    }
}

#[test]
fn stages_beside_the_pipeline() {
    for (before, after) in [
        (
            "pipeline:\nname: a\nstages:\n- stage:\n    identifier: a\n    type: Custom\n",
            "pipeline:\n  name: a\n  stages:\n  - stage:\n      identifier: a\n      type: Custom\n",
        ),
        (
            "    pipeline: # all\r\n    # its stages\r\n    stages:\r\n\r\n        - stage: {identifier: a, type: Custom}\r\n",
            "    pipeline: # all\r\n        # its stages\r\n        stages:\r\n\r\n            - stage: {identifier: a, type: Custom}\r\n",
        ),
    ] {
        check(before, rules::NO_STAGES, &[after]);
    }
    let behind = "name: a\npipeline:\nstages: [{stage: {identifier: a, type: Custom}}]\n";
    assert_eq!(fixes_of(behind, rules::NO_STAGES.code), []);
}

#[test]
fn a_group_of_the_other_schema() {
    let alone = "- stage: {identifier: z, type: Custom}\n";
    for (before, after) in [
        (
            "- parallel:\n    stages:\n      - stage: {identifier: a, type: Custom} # one\n      - stage: {identifier: b, type: Custom}\n",
            "- parallel:\n      - stage: {identifier: a, type: Custom} # one\n      - stage: {identifier: b, type: Custom}\n",
        ),
        (
            "- parallel:\r\n    stages: # both\r\n    - stage: {identifier: a, type: Custom}\r\n",
            "- parallel:\r\n    # both\r\n    - stage: {identifier: a, type: Custom}\r\n",
        ),
        (
            "- parallel: {stages: [{stage: {identifier: a, type: Custom}}]}\n",
            "- parallel: [{stage: {identifier: a, type: Custom}}]\n",
        ),
        (
            "- parallel:\n    stages: [{stage: {identifier: a, type: Custom}}]\n",
            "- parallel:\n    [{stage: {identifier: a, type: Custom}}]\n",
        ),
    ] {
        let text = |entry: &str| format!("stages:\n{alone}{entry}");
        check(&text(before), rules::OTHER_SCHEMA, &[&text(after)]);
    }
}

#[test]
fn what_is_missing() {
    let service = "  service: {serviceRef: a}\n";
    let place =
        "  environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}\n";
    check(
        &format!("spec:\n{place}"),
        rules::MISSING_SERVICE,
        &[&format!("spec:\n  service:\n    serviceRef: my_service\n{place}")],
    );
    check(
        &format!("spec:\n{service}"),
        rules::MISSING_ENVIRONMENT,
        &[&format!(
            "spec:\n  environment:\n    environmentRef: my_environment\n    infrastructureDefinitions:\n      - identifier: my_infrastructure\n{service}"
        )],
    );
    check(
        "spec: {service: {serviceRef: a}}\n",
        rules::MISSING_ENVIRONMENT,
        &[
            "spec: {environment: {environmentRef: my_environment, infrastructureDefinitions: [{identifier: my_infrastructure}]}, service: {serviceRef: a}}\n",
        ],
    );
    for (before, after) in [
        (
            "    services:\n        metadata: {parallel: true}\n",
            "    services:\n        values:\n            - serviceRef: my_service\n        metadata: {parallel: true}\n",
        ),
        (
            "    services:\n        values: # none\n        metadata: {parallel: true}\n",
            "    services:\n        values:\n            - serviceRef: my_service # none\n        metadata: {parallel: true}\n",
        ),
        ("    services: {values: []}\n", "    services: {values: [{serviceRef: my_service}]}\n"),
    ] {
        let text = |services: &str| {
            format!("spec:\n{services}  {place}").replace("\n  environment", "\n    environment")
        };
        check(&text(before), rules::EMPTY_SERVICES, &[&text(after)]);
    }
    check(
        &format!("spec:\n{service}  environments:\n    values:\n      - environmentRef: e\n"),
        rules::MISSING_INFRASTRUCTURE,
        &[&format!(
            "spec:\n{service}  environments:\n    values:\n      - infrastructureDefinitions:\n          - identifier: my_infrastructure\n        environmentRef: e\n"
        )],
    );
    check(
        &format!("spec:\n{service}  environments:\n    values: []\n"),
        rules::EMPTY_ENVIRONMENTS,
        &[&format!(
            "spec:\n{service}  environments:\n    values: [{{environmentRef: my_environment, infrastructureDefinitions: [{{identifier: my_infrastructure}}]}}]\n"
        )],
    );
}

const LISTS: &str = "spec:
  services:
    values: [{serviceRef: a}]
    metadata: {x: 1}
  environments:
    values: [{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}]
";

#[test]
fn what_decides_can_be_written_down() {
    check(
        LISTS,
        rules::SERVICES_METADATA_WITHOUT_PARALLEL,
        &[
            &LISTS.replace("{x: 1}", "{x: 1, parallel: true}"),
            &LISTS.replace("{x: 1}", "{x: 1, parallel: false}"),
        ],
    );
    let text = LISTS.replace("    metadata: {x: 1}\n", "");
    let before = analysis(&text);
    for (key, value) in [("services", "{serviceRef: a}]"), ("environments", "{identifier: i}]}]")] {
        let note = hover(&text, text.find(key).expect("it is there"), &before).expect("a note");
        let [fix] = &note.actions[..] else { panic!("{key}: {:?}", note.actions) };
        assert_eq!(fix.title, "Write the default down: `parallel: true`");
        let written = format!("{value}\n    metadata:\n      parallel: true\n");
        assert_eq!(applied(&text, fix), text.replace(&format!("{value}\n"), &written));
        assert_eq!(codes(&analysis(&applied(&text, fix))), codes(&before));
    }
    let written = LISTS.replace("{x: 1}", "{parallel: true}");
    let note = hover(&written, written.find("services").expect("it is there"), &analysis(&written));
    assert_eq!(note.expect("a note").actions, [], "it is written already");
}

/// Of the examples of the documentation: a fix never leaves what it is for, nor breaks the YAML.
#[test]
fn of_every_documented_example() {
    let mut count = 0;
    for docs in rules::chapters().into_iter().flat_map(|chapter| chapter.rules) {
        let Example::Text(text) = docs.bad else { continue };
        let before = analysis(text);
        if before.is_broken {
            continue;
        }
        let all = fixes(text, &before.documents, &before.diagnostics);
        for (found, fixes) in before.diagnostics.iter().zip(all) {
            for fix in fixes {
                let after = analysis(&applied(text, &fix));
                let left = codes(&after).iter().filter(|code| **code == found.code).count();
                let had = codes(&before).iter().filter(|code| **code == found.code).count();
                assert_eq!(left, had - 1, "{}: {}", found.code, applied(text, &fix));
                assert!(!after.is_broken, "{}", found.code);
                count += 1;
            }
        }
    }
    assert!(count >= 12, "only {count}");
}

#[test]
fn a_dependency_that_can_not_be_is_removed() {
    let text = |list: &str| {
        format!(
            "stages:\n  - stage: {{identifier: a, type: Custom, dependsOn: []}}\n  - stage:\n      identifier: b\n      \
             type: Custom\n      dependsOn: {list}\n"
        )
    };
    for (before, after) in [
        ("[b]", "[]"),
        ("[b, a]", "[a]"),
        ("[a, b]", "[a]"),
        ("\n        - b # itself\n        - a", "\n        - a"),
        ("\n        - a\n        - b # itself", "\n        - a"),
    ] {
        check(&text(before), rules::DEPENDENCY_CYCLE, &[&text(after)]);
    }
    check(&text("[a, nobody]"), rules::DEPENDENCY_UNKNOWN, &[&text("[a]")]);
    // The last item of a block has no list to leave behind.
    check(&text("\n        - b"), rules::DEPENDENCY_CYCLE, &[]);
}
