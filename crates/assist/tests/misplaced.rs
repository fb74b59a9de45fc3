//! Keys on the wrong level, moved to where they are read: the text before and after.

mod support;

use deployline_planner::rules::{MISPLACED_KEY, NO_EFFECT};

use support::{check, fixes_of};

const PLACE: &str =
    "    environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}\n";

/// A Deployment stage with these lines in its `spec`, and those behind it.
fn stage(spec: &str, behind: &str) -> String {
    format!("stage:\n  type: Deployment\n  spec:\n{spec}{PLACE}{behind}")
}

#[test]
fn to_a_mapping_that_is_there() {
    for (before, after) in [
        (
            "    services:\n      values: [{serviceRef: a}]\n      # one by one\n      parallel: false # for now\n      metadata:\n        owner: b # me\n",
            "    services:\n      values: [{serviceRef: a}]\n      metadata:\n        owner: b # me\n        # one by one\n        parallel: false # for now\n",
        ),
        (
            "    services: {values: [{serviceRef: a}], parallel: false, metadata: {}}\n",
            "    services: {values: [{serviceRef: a}], metadata: {parallel: false}}\n",
        ),
        (
            "    services:\n        values: [{serviceRef: a}]\n        parallel: false\n        metadata: {}\n",
            "    services:\n        values: [{serviceRef: a}]\n        metadata: {parallel: false}\n",
        ),
    ] {
        check(&stage(before, ""), MISPLACED_KEY, &[&stage(after, "")]);
    }
}

#[test]
fn to_a_mapping_that_is_made() {
    for (before, after) in [
        (
            "    services:\n      values: [{serviceRef: a}]\n      parallel: false # for now\n",
            "    services:\n      values: [{serviceRef: a}]\n      metadata: {parallel: false} # for now\n",
        ),
        (
            "    services: {values: [{serviceRef: a}]}\n    # at most two\n    maxConcurrency: 2\n",
            "    services: {values: [{serviceRef: a}]}\n    # at most two\n    multiDeploymentConfig: {maxConcurrency: 2}\n",
        ),
    ] {
        check(&stage(before, ""), MISPLACED_KEY, &[&stage(after, "")]);
    }
    check(
        "stage:\r\n  type: Custom\r\n  # at sea\r\n  environment: # one\r\n    environmentRef: e\r\n    infrastructureDefinitions: [{identifier: i}]\r\n",
        MISPLACED_KEY,
        &[
            "stage:\r\n  type: Custom\r\n  # at sea\r\n  spec: # one\r\n    environment:\r\n      environmentRef: e\r\n      infrastructureDefinitions: [{identifier: i}]\r\n",
        ],
    );
}

#[test]
fn one_level_up() {
    let service = "    service: {serviceRef: a}\n";
    check(
        &stage(
            &format!(
                "{service}    # also after a failure\n    when:\n      pipelineStatus: All # always\n      # no condition\n"
            ),
            "",
        ),
        MISPLACED_KEY,
        &[&stage(
            service,
            "  # also after a failure\n  when:\n    pipelineStatus: All # always\n    # no condition\n",
        )],
    );
    // Behind the list whose item it stood in.
    let environments = |item: &str, behind: &str| {
        format!(
            "spec:\n  service: {{serviceRef: a}}\n  environments:\n    values:\n      - environmentRef: e\n{item}        infrastructureDefinitions: [{{identifier: i}}]\n{behind}"
        )
    };
    check(
        &environments("        metadata: {parallel: true}\n", ""),
        MISPLACED_KEY,
        &[&environments("", "    metadata: {parallel: true}\n")],
    );
}

/// Its key is known where it stands, and has no effect.
#[test]
fn a_limit_to_its_loop() {
    let stage = |strategy: &str| format!("stage:\n  type: Custom\n  strategy:\n{strategy}");
    for (before, after) in [
        (
            "    matrix:\n      region: [eu, us] # both\n    # one by one\n    maxConcurrency: 1\n",
            "    matrix:\n      region: [eu, us] # both\n      # one by one\n      maxConcurrency: 1\n",
        ),
        (
            "    maxConcurrency: 2\n    repeat: {times: 3}\n",
            "    repeat: {times: 3, maxConcurrency: 2}\n",
        ),
    ] {
        check(&stage(before), NO_EFFECT, &[&stage(after)]);
    }
    let beside_another = "    maxConcurrency: 2\n    repeat: {times: 3, maxConcurrency: 1}\n";
    assert_eq!(fixes_of(&stage(beside_another), NO_EFFECT.code), []);
    // It alone says how many run at once.
    let of_number = "    maxConcurrency: 2\n    parallelism: 3\n";
    assert_eq!(fixes_of(&stage(of_number), NO_EFFECT.code), []);
}

#[test]
fn nothing_is_lost_or_overwritten() {
    let services = |keys: &str| stage(&format!("    services:\n{keys}"), "");
    for text in [
        // `metadata` has the key already.
        services(
            "      values: [{serviceRef: a}]\n      parallel: false\n      metadata: {parallel: true}\n",
        ),
        // The product refuses both together.
        format!(
            "stage:\n  type: Deployment\n  spec:\n    service: {{serviceRef: a}}\n{PLACE}  services: {{values: [{{serviceRef: b}}]}}\n"
        ),
        // `metadata` holds no mapping.
        services("      values: [{serviceRef: a}]\n      parallel: false\n      metadata: 1\n"),
        // Another place shares it.
        format!(
            "stages:\n- stage:\n    type: Deployment\n    spec:\n      services: &s {{values: [{{serviceRef: a}}], parallel: false}}\n  {PLACE}- stage:\n    type: Deployment\n    spec:\n      services: *s\n  {PLACE}"
        ),
        // A comment would have to go into brackets.
        services(
            "      values: [{serviceRef: a}]\n      parallel: false # b\n      metadata: {}\n",
        ),
    ] {
        assert_eq!(fixes_of(&text, MISPLACED_KEY.code), [], "{text}");
    }
}
