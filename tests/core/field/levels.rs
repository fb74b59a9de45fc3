//! Keys that stand a level off, and groups written as in the other schema.

use deployline_assist::fixes;
use deployline_engine::{Assumptions, Schema};
use deployline_planner::Analysis;
use deployline_planner::assumed::{self, AssumedValue};
use deployline_yaml::TextEdit;

use super::{analysis, diagnostics, rows, text};

/// The text after the first fix of the diagnostic with a code.
fn mended(text: &str, analysis: &Analysis, code: &str) -> String {
    let fixes = fixes(text, &analysis.documents, &analysis.diagnostics);
    let index =
        analysis.diagnostics.iter().position(|found| found.code == code).expect("it is found");
    TextEdit::apply_all(&fixes[index].first().expect("it has a fix").edits, text)
}

/// Five of the six pairs, all at once: a limit beside `matrix` is not read.
#[test]
fn documentation_indented_wrongly() {
    let text = text("24-documentation-indented-wrongly.yaml");
    let analysis = analysis(&text, &Assumptions::default());
    let pairs = ["s1, e2", "s2, e1", "s2, e2", "s3, e1", "s3, e2"];
    assert_eq!(rows(&analysis, "echo"), pairs.map(|pair| format!("Echo {pair} 0s-1m")));
    assert_eq!(diagnostics(&text, &analysis), ["error no-stages at 5", "warning no-effect at 18"]);
    let message = &analysis.diagnostics[0].message;
    assert!(message.starts_with("`stages` stands beside `pipeline`, not below it"), "{message}");
    let mended = mended(&text, &analysis, "no-stages");
    let after = super::analysis(&mended, &Assumptions::default());
    assert_eq!(rows(&after, "echo"), rows(&analysis, "echo"));
    assert_eq!(diagnostics(&mended, &after), ["warning no-effect at 18"]);
}

#[test]
fn parallel_written_otherwise() {
    let text = text("37-parallel-written-otherwise.yaml");
    let found = analysis(&text, &Assumptions::default());
    assert_eq!(found.plan.pipeline.schema, Schema::V0);
    assert_eq!(rows(&found, "sail"), ["deck north 0s-1m"]);
    assert_eq!([rows(&found, "a"), rows(&found, "b")], [["A 1m-2m"], ["B 1m-2m"]]);
    assert_eq!(diagnostics(&text, &found), ["warning other-schema at 15"]);
    let mended = mended(&text, &found, "other-schema");
    assert!(mended.contains("    - parallel:\n          - stage: {identifier: a,"), "{mended}");
    assert_eq!(diagnostics(&mended, &analysis(&mended, &Assumptions::default())), [""; 0]);
}

#[test]
fn dag_depends_on() {
    let text = text("01-dag-depends-on.yaml");
    let found = analysis(&text, &Assumptions::default());
    assert_eq!(rows(&found, "base"), ["Base 0s-1m"]);
    assert_eq!(rows(&found, "deck"), ["deck pier 1m-2m"]);
    assert_eq!(rows(&found, "engine"), ["engine pier 1m-2m"]);
    assert_eq!(rows(&found, "paint"), ["Paint 2m-3m"]);
    assert_eq!(diagnostics(&text, &found), ["info dag-assumed at 11"]);
    let listed = assumed::list(&found.plan.pipeline, &Assumptions::default());
    let dag = listed.iter().find(|it| it.key == assumed::DAG).expect("it is assumed");
    assert_eq!(dag.value, AssumedValue::Flag(true));
    assert_eq!(dag.choices, [AssumedValue::Flag(true), AssumedValue::Flag(false)]);
}
