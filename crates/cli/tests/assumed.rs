//! Keys of `--assume`, and what they change.

mod support;

use support::{deployline, stderr, stdout};

/// Stages and a step that have names alone, with what parts keys and lists in them.
const NAMES: &str = "\
version: 1
stages:
  - {name: 'Build, test', steps: [{run: x}]}
  - {name: a/b, steps: [{name: Ask me, approval: {uses: harness}}]}
";

#[test]
fn names_stand_in_keys_as_in_addresses() {
    let output = deployline(&["plan", "-"], NAMES);
    assert!(stderr(&output).contains("`wait:a%2Fb/Ask%20me`"), "{}", stderr(&output));
    for (assumed, expected) in [
        ("wait:a%2Fb/Ask%20me=3m", "2 stages, 0 deployments, 4m"),
        // As it is typed.
        ("wait:a%2fb/Ask me=3m", "2 stages, 0 deployments, 4m"),
        ("run-stages=Build%2C%20test", "a/b  not chosen"),
    ] {
        let output = deployline(&["plan", "-", "--assume", assumed], NAMES);
        assert!(stdout(&output).contains(expected), "{assumed}: {}", stdout(&output));
    }
    let output = deployline(&["plan", "-", "--assume", "run-stages=Build, test"], NAMES);
    let expected = "error: --assume run-stages: the pipeline has no stage Build, expected some of: Build%2C%20test, a%2Fb\n";
    assert!(stderr(&output).ends_with(expected), "{}", stderr(&output));
}

#[test]
fn a_chart_of_mermaid_says_which_stages_do_not_run() {
    let arguments = ["plan", "-", "--format", "mermaid", "--assume", "run-stages=a%2Fb"];
    let chart = stdout(&deployline(&arguments, NAMES));
    assert!(chart.contains("section Build#44; test ("), "{chart}");
    assert_eq!(chart.matches("not chosen").count(), 1, "{chart}");
}

#[test]
fn a_duration_that_is_too_long_is_said_to_be_that() {
    let output = deployline(&["plan", "-", "--assume", "rollback=100000000h"], NAMES);
    assert_eq!(output.status.code(), Some(2));
    let expected = "`100000000h` is too long: expected a hundred years at most";
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
}
