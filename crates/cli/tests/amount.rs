//! Bounds of the output, for any input.

mod support;

use support::{deployline, stderr, stdout};

#[test]
fn of_each_kind_the_first_hundred_are_printed_and_a_count() {
    let text = format!("stages: [{}]\n", "{},".repeat(1_350));
    let output = deployline(&["plan", "-"], &text);
    let said = stderr(&output);
    assert_eq!(said.matches("warning[unknown-stage-entry]: Expected").count(), 100);
    assert!(
        said.contains("\n\nwarning[unknown-stage-entry]: There are 1250 more like this"),
        "{said}"
    );
    assert!(said.len() < 100_000, "{} bytes", said.len());
    assert!(
        stdout(&output).ends_with("\n… and 1,150 more stages; `--format json` has all of them\n")
    );
    let output = deployline(&["plan", "-", "--format", "json"], &text);
    let plan: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(plan["diagnostics"].as_array().map(Vec::len), Some(100));
    let more = serde_json::json!([
        {"severity": "warning", "code": "unknown-stage-entry", "count": 1_250}
    ]);
    assert_eq!(plan["moreDiagnostics"], more);
    // A mistake that is not shown is still one.
    let text = "stages:\n".to_owned() + &"- stage: {identifier: a, type: Aproval}\n".repeat(150);
    assert_eq!(deployline(&["plan", "-"], &text).status.code(), Some(1));
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let filler = "é".repeat(70_000);
    let before = format!(
        "stage: {{identifier: b, name: \"{filler}\", type: Deployment, spec: {{注: 1, services: "
    );
    let text = format!("{before}{{values: []}}}}, description: {filler}}}\n");
    let said = stderr(&deployline(&["plan", "-"], &text));
    let place = format!("standard input:1:{}\n", before.chars().count() + 1);
    let shown = said.split_once(&place).expect(&said).1;
    let lines: Vec<&str> = shown.lines().skip(1).take(2).collect();
    assert!(lines[0].starts_with("1 | …") && lines[0].ends_with("éé…"), "{shown}");
    assert!(lines[0].contains("注: 1, services: {values: []}}, description: éé"), "{shown}");
    assert!(lines[0].chars().count() <= 130, "{shown}");
    // The letter in front takes two columns of a terminal.
    let place = lines[0].find("{values").map(|at| lines[0][..at].chars().count() + 1);
    assert_eq!(lines[1].find("^^^^"), place, "{shown}");
    assert!(said.len() < 5_000, "{} bytes", said.len());
}

#[test]
fn places_far_from_each_other_are_shown_apart() {
    let filler = "# \n".repeat(5_000);
    let stage = |name: &str| format!("- stage: {{identifier: a, name: {name}, type: Approval}}\n");
    let text = format!("stages:\n{}{filler}{}", stage("A"), stage("B"));
    let said = stderr(&deployline(&["plan", "-"], &text));
    assert!(said.contains("\n    --> standard input:5003:23\n     |\n5003 | - stage: "), "{said}");
    assert!(said.contains("\n    ::: standard input:2:23\n     |\n   2 | - stage: "), "{said}");
    assert!(said.lines().count() < 20, "{said}");
}

#[test]
fn of_many_related_places_the_first_ones_are_shown() {
    // All in one long line.
    let services = "{serviceRef: <+matrix.s>}, ".repeat(50);
    let text = format!(
        "stage: {{type: Deployment, spec: {{services: {{values: [{services}]}}, environment: \
         {{environmentRef: E, infrastructureDefinitions: [{{identifier: I}}]}}}}, \
         strategy: {{matrix: {{s: <+input>}}}}}}\n"
    );
    let said = stderr(&deployline(&["plan", "-"], &text));
    assert_eq!(said.matches("`matrix.s` is used here too").count(), 8, "{said}");
    assert!(said.contains("\n  = note: and 41 more places\n"), "{said}");
    assert!(said.len() < 5_000, "{} bytes", said.len());
}

#[test]
fn a_message_does_not_repeat_a_text_of_megabytes() {
    let name = "n".repeat(1 << 20);
    let text = format!("stages:\n- stage: {{identifier: {name}, type: Approval, {name}: 1}}\n");
    let output = deployline(&["plan", "-"], &text);
    assert!(stderr(&output).len() < 10_000, "{} bytes", stderr(&output).len());
    assert!(stdout(&output).len() < 10_000, "{} bytes", stdout(&output).len());
    let output = deployline(&["plan", "-", "--format", &name[..100_000]], "");
    assert!(stderr(&output).len() < 10_000, "{} bytes", stderr(&output).len());
    let output = deployline(&["plan", &name[..100_000]], "");
    assert!(stderr(&output).len() < 1_000, "{} bytes", stderr(&output).len());
    assert!(stderr(&output).contains("(os error "), "{}", stderr(&output));
}
