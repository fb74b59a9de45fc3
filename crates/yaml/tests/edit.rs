//! Minimal edits: the expected text differs from the given one in nothing but what was asked.

use deployline_yaml::{edit, parse};

/// Sets `services › metadata › parallel` and compares the whole text.
#[track_caller]
fn check(text: &str, value: &str, expected: &str) {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "the given text is valid");
    let services = parsed.documents[0].root().get("services").expect("services");
    let edit = edit::set(text, services, &["metadata", "parallel"], value).expect("it is safe");
    let edited = edit.apply(text);
    assert_eq!(edited, expected);
    let again = parse(&edited);
    assert_eq!(again.diagnostics, [], "the edited text is valid");
    let read = again.documents[0].root().at(&["services", "metadata", "parallel"]);
    assert_eq!(read.and_then(|node| node.as_str()), Some(value));
}

#[test]
fn replaces_a_value_within_its_quotes() {
    check(
        "services:\n  metadata:\n    parallel:   true # why\n",
        "false",
        "services:\n  metadata:\n    parallel:   false # why\n",
    );
    check(
        "services: {metadata: {parallel: \"true\"}, values: []}\n",
        "false",
        "services: {metadata: {parallel: \"false\"}, values: []}\n",
    );
    check(
        "services:\n  metadata:\n    parallel: 'no'\n",
        "true",
        "services:\n  metadata:\n    parallel: 'true'\n",
    );
}

#[test]
fn adds_what_is_missing_in_the_style_of_its_neighbours() {
    check(
        "services:\n  values:\n    - a # last\n  # after\nx: 1\n",
        "false",
        "services:\n  values:\n    - a # last\n  metadata:\n    parallel: false\n  # after\nx: 1\n",
    );
    check(
        "services:\n    values:\n        - a",
        "false",
        "services:\n    values:\n        - a\n    metadata:\n        parallel: false",
    );
    check(
        "services:\r\n  values: [a]\r\nx: 1\r\n",
        "true",
        "services:\r\n  values: [a]\r\n  metadata:\r\n    parallel: true\r\nx: 1\r\n",
    );
    check(
        "services: {values: [a], }\n",
        "true",
        "services: {values: [a], metadata: {parallel: true}, }\n",
    );
    check(
        "{\"services\": {\"values\": [\"a\"]}}\n",
        "true",
        "{\"services\": {\"values\": [\"a\"], \"metadata\": {\"parallel\": true}}}\n",
    );
    check(
        "services:\n  values: [a]\n  metadata: {}\n",
        "true",
        "services:\n  values: [a]\n  metadata: {parallel: true}\n",
    );
    check(
        "services:\n  metadata: {other: 1}\n",
        "true",
        "services:\n  metadata: {other: 1, parallel: true}\n",
    );
    check(
        "services:\n  values:\n    - |\n      text\n\n  # c\nx: 1\n",
        "true",
        "services:\n  values:\n    - |\n      text\n  metadata:\n    parallel: true\n\n  # c\nx: 1\n",
    );
}

#[test]
fn fills_an_empty_value() {
    check(
        "services:\n  metadata:\n  values: [a]\n",
        "true",
        "services:\n  metadata:\n    parallel: true\n  values: [a]\n",
    );
    check(
        "services:\n  metadata: # soon\n  values: [a]\n",
        "true",
        "services:\n  metadata: # soon\n    parallel: true\n  values: [a]\n",
    );
    check(
        "services:\n  metadata: null # none\n",
        "true",
        "services:\n  metadata: # none\n    parallel: true\n",
    );
    check(
        "services: {metadata: , values: [a]}\n",
        "true",
        "services: {metadata: {parallel: true}, values: [a]}\n",
    );
    check(
        "services:\n  metadata:\n    parallel:\n",
        "true",
        "services:\n  metadata:\n    parallel: true\n",
    );
}

/// A key without a colon ends where its own line does.
#[test]
fn adds_behind_a_key_in_long_form() {
    check(
        "services:\n  inner:\n    ? odd: a\nx: 1\n",
        "true",
        "services:\n  inner:\n    ? odd: a\n  metadata:\n    parallel: true\nx: 1\n",
    );
}

#[test]
fn refuses_what_other_places_share() {
    for text in [
        "base: &m {parallel: true}\nservices: {metadata: *m}\n",
        "base: &s\n  metadata:\n    parallel: true\nservices: *s\n",
        "services:\n  metadata: text\n",
        "services:\n  metadata: [1]\n",
    ] {
        let parsed = parse(text);
        let services = parsed.documents[0].root().get("services").expect("services");
        let edit = edit::set(text, services, &["metadata", "parallel"], "false");
        assert!(edit.is_err(), "{text:?} gave {edit:?}");
    }
}
