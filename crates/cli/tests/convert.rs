//! `deployline convert` as people who migrate use it.

mod support;

use support::{deployline, stderr, stdout};

const OLDER: &str = "\
pipeline:
  identifier: shop
  stages:
    - stage:
        identifier: live
        type: Deployment
        spec:
          services: {values: [{serviceRef: cart}, {serviceRef: api}], metadata: {parallel: false}}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
          multiDeploymentConfig: {onFailure: RunAll}
";

const NEWER: &str = "\
version: 1
pipeline:
  id: shop
  stages:
    - id: live
      service:
        items:
          - cart
          - api
        parallel: false
      environment:
        id: prod
        deploy-to: eu
      steps: []
";

#[test]
fn the_text_is_printed_and_what_is_lost_reported() {
    let output = deployline(&["convert", "-"], OLDER);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), NEWER);
    let report = "\
warning[migration-no-counterpart]: `onFailure` has no counterpart in v1.
  --> standard input:10:35
   |
10 |           multiDeploymentConfig: {onFailure: RunAll}
   |                                   ^^^^^^^^^

";
    assert_eq!(stderr(&output), report);
}

#[test]
fn the_way_back_is_the_other_schema() {
    let output = deployline(&["convert", "-"], NEWER);
    assert_eq!(output.status.code(), Some(0));
    let back = stdout(&output);
    assert!(back.contains("        type: Deployment\n"), "{back}");
    let again = deployline(&["convert", "-"], &back);
    let expected = NEWER.replace("  id: shop\n", "  id: shop\n  name: shop\n");
    let expected = expected.replace("- id: live\n", "- id: live\n      name: live\n");
    // v0 needs a rule for all errors, which says what holds without it.
    let again = stdout(&again)
        .replace("      on-failure:\n        - errors: all\n          action: fail\n", "");
    assert_eq!(again, expected);
}

#[test]
fn a_text_that_cannot_be_read_gives_nothing() {
    for (text, code, reason) in [
        ("a: [", "yaml-", "what can't be read would be lost"),
        ("service: {identifier: a}", "entities-alone", "there is no pipeline in it"),
    ] {
        let output = deployline(&["convert", "-"], text);
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains(code), "{}", stderr(&output));
        let last = stderr(&output).lines().last().map(str::to_owned).unwrap_or_default();
        assert!(last.starts_with("error: nothing is converted"), "{last}");
        assert!(last.contains(reason), "{last}");
        assert_eq!(output.status.code(), Some(1), "{text}");
    }
}

#[test]
fn the_schema_to_write_may_be_named() {
    for (text, to, other) in [(OLDER, "v1", "v0"), (NEWER, "v0", "v1")] {
        let output = deployline(&["convert", "-", "--to", to], text);
        assert_eq!(stdout(&output), stdout(&deployline(&["convert", "-"], text)));
        let refused = deployline(&["convert", "-", "--to", other], text);
        assert_eq!((refused.status.code(), stdout(&refused).as_str()), (Some(2), ""));
        let expected = format!("is written in {other} already");
        assert!(stderr(&refused).contains(&expected), "{}", stderr(&refused));
    }
}

#[test]
fn comments_go_with_what_they_are_about() {
    let text = OLDER.replace("identifier: live\n", "identifier: live # to all\n");
    let output = deployline(&["convert", "-"], &format!("# the shop\n{text}"));
    let newer = NEWER.replace("- id: live\n", "- id: live # to all\n");
    assert_eq!(stdout(&output), format!("# the shop\n{newer}"));
}
