//! Diagnostics and placeholders in the formats.

use std::path::Path;

use deployline_engine::Assumptions;
use deployline_export::{Report, Source};
use deployline_planner::{Inputs, analyze, rules};

/// The plan of a text in a format.
fn exported(text: &str, format: fn(&Report<'_>) -> String) -> String {
    let assumptions = Assumptions::default();
    let analysis = analyze(&[text], &Inputs::default(), &assumptions);
    let sources = [Source { name: "text".to_owned(), text: text.to_owned() }];
    format(&Report::new(&analysis, &assumptions, &sources))
}

/// Examples of all rules, and what people really write.
fn texts() -> Vec<(String, String)> {
    let chapters = rules::chapters().into_iter().flat_map(|chapter| chapter.rules);
    let mut texts: Vec<(String, String)> =
        chapters.map(|docs| (docs.rule.code.to_owned(), docs.bad.text())).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    for folder in ["field", "corpus"].map(|name| folder.join(name)) {
        let files = std::fs::read_dir(folder).expect("the folder is there");
        let files = files.map(|file| file.expect("it is listed").path());
        for file in files.filter(|file| file.extension().is_some_and(|it| it == "yaml")) {
            let text = std::fs::read_to_string(&file).expect("it is text");
            texts.push((file.display().to_string(), text));
        }
    }
    texts
}

/// A mark over several lines hides what it is about.
#[test]
fn each_diagnostic_marks_one_line() {
    let mut count = 0;
    for (name, text) in texts() {
        let plan: serde_json::Value =
            serde_json::from_str(&exported(&text, deployline_export::json)).expect("JSON");
        for found in plan["diagnostics"].as_array().expect("a list") {
            assert_eq!(found["line"], found["endLine"], "{name}: {found}");
            count += 1;
        }
    }
    assert!(count > 150, "only {count}");
}

#[test]
fn rows_of_the_text_format_say_that_they_are_placeholders() {
    let text = "\
stages:
  - stage: {name: Copied, identifier: copied, template: {templateRef: elsewhere}}
  - stage:
      name: Ship
      identifier: ship
      type: Deployment
      spec:
        services: {values: [{serviceRef: deck}, {serviceRef: <+input>}]}
        environment: {environmentRef: sea, infrastructureDefinitions: [{identifier: north}]}
";
    let expected = "\
Pipeline: 2 stages, 2 deployments, 2m

Copied  0s to 1m

             0s                                            2m
  1  Copied  ████████████████████████ placeholder

Ship  Deployment  2 × 1 = 2 deployments, all at once  1m to 2m
  deck north, <+input> north

                     0s                                            2m
  1  deck north                              ████████████████████████
  2  <+input> north                          ████████████████████████ placeholder
";
    assert_eq!(exported(text, deployline_export::text), expected);
}
