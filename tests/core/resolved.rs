//! The resolved text plans as its source does.

use deployline_inputs::Answers;
use deployline_inputs::resolved::{LineKind, lines, resolved};
use deployline_planner::Inputs;
use deployline_yaml::Severity;
use proptest::prelude::*;

use crate::open::{analysis, filled, opened, outcome};
use crate::oracle::generate;
use crate::{corpus, diff, edits, other_reader};

proptest! {
    #![proptest_config(crate::cases::cases(150))]

    #[test]
    fn in_pipelines_of_any_layout(
        case in generate::case(),
        layout in edits::layout(),
        seed in any::<u64>(),
    ) {
        let text = layout.apply(&propagated(&opened(&case.yaml(), seed), seed));
        check(&text, &Inputs::default(), &Answers::new());
        let (inputs, answers) = filled(&text, seed);
        check(&text, &inputs, &answers);
    }
}

#[test]
fn in_the_corpus() {
    for (file, text) in corpus::texts() {
        if file == "19-input-set.yaml" {
            continue;
        }
        check(&text, &Inputs::default(), &Answers::new());
        for seed in 0..8 {
            let (inputs, answers) = filled(&text, seed);
            check(&text, &inputs, &answers);
        }
    }
    let together = ["11-runtime-inputs.yaml", "19-input-set.yaml"].map(corpus::text).join("---\n");
    check(&together, &Inputs::default(), &Answers::new());
}

/// What the corpus shows is resolved: nothing is taken, no flag is left to a default.
#[test]
fn nothing_is_left_to_be_looked_up() {
    for file in [
        "03-dev-qa-prod-propagation.yaml",
        "15-approvals-custom-crlf.yaml",
        "18-entities-after-the-pipeline.yaml",
    ] {
        let text = corpus::text(file);
        let after = check(&text, &Inputs::default(), &Answers::new());
        for word in ["useFromStage", "deployToAll: true", "filters:", "<+input>"] {
            assert!(!after.contains(word), "{file}: {word}\n{after}");
        }
    }
    let text = corpus::text("06-metadata-missing.yaml");
    let after = check(&text, &Inputs::default(), &Answers::new());
    assert!(after.contains("parallel: <+input> # unknown until run time"), "{after}");
    assert!(!after.contains("metadata: {}"), "{after}");
}

/// What variables say stands in its place, but for an axis of a matrix: as a list it would come before others.
#[test]
fn values_of_variables_stand_in_their_places() {
    let text = "pipeline:
  identifier: ferry
  variables:
    - {name: fleet, type: String, value: 'deck,engine'}
    - {name: port, type: String, value: <+input>.default(dock)}
    - {name: hurry, type: String, value: 'false'}
  stages:
    - stage:
        identifier: sail
        type: Deployment
        spec:
          services:
            values: [{serviceRef: <+stage.identifier>}, {serviceRef: '<+pipeline.variables.port>_2'}]
            metadata: {parallel: <+pipeline.variables.hurry>}
          environment: {environmentRef: <+pipeline.variables.port>, infrastructureDefinitions: [{identifier: pier}]}
    - stage:
        identifier: rest
        type: Custom
        strategy: {repeat: {items: '<+pipeline.variables.fleet.split(\",\")>', maxConcurrency: 1}}
    - stage:
        identifier: again
        type: Custom
        strategy: {matrix: {part: '<+pipeline.variables.fleet.split(\",\")>', side: [a, b]}}
";
    let after = check(text, &Inputs::default(), &Answers::new());
    for expected in [
        "values: [{serviceRef: sail}, {serviceRef: dock_2}]",
        "parallel: false",
        "environmentRef: dock,",
        "items: [deck, engine]",
        "part: '<+pipeline.variables.fleet.split(",
    ] {
        assert!(after.contains(expected), "{expected}\n{after}");
    }
}

/// Behind the last line of a block scalar, a comment would be a part of its text.
#[test]
fn comments_are_no_part_of_a_block_scalar() {
    let place = "environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}";
    for (header, expected) in [
        ("|", "serviceRef: | # unknown until run time\n        <+pipeline.a>\n"),
        (
            ">- # which?",
            "serviceRef: >- # which? # unknown until run time\n        <+pipeline.a>\n",
        ),
    ] {
        for below in ["", "      x: 1\n"] {
            let text = format!(
                "stage:\n  identifier: a\n  spec:\n    {place}\n    service:\n      \
                 serviceRef: {header}\n        <+pipeline.a>\n{below}"
            );
            let after = check(&text, &Inputs::default(), &Answers::new());
            assert!(after.contains(&format!("{expected}{below}")), "{after}");
        }
    }
}

/// Every form in which a thing may be written: aliases, flow style, templates of both kinds.
#[test]
fn in_any_style() {
    let place = "environmentRef: E, infrastructureDefinitions: [{identifier: I}, {identifier: J}]";
    let template = "---
template:
  identifier: T
  type: Stage
  spec:
    type: Deployment
    spec:
      services: {values: <+input>}
      environments: {values: [{environmentRef: <+input>, deployToAll: true}]}
    strategy: null
---
infrastructureDefinition: {identifier: one, environmentRef: prod}
---
infrastructureDefinition: {identifier: two, environmentRef: prod}
";
    let inputs = "templateInputs: {spec: {services: {values: [{serviceRef: a}, {serviceRef: b}]}, environments: {values: [{environmentRef: prod}]}}}";
    let whole = "---
template:
  identifier: P
  type: Pipeline
  spec:
    stages:
      - stage: {identifier: a, spec: {service: {serviceRef: <+input>}, environments: {values: [{environmentRef: prod, deployToAll: true}]}}}
      - parallel:
          - stage: {identifier: b, spec: {service: {useFromStage: {stage: a}}, environment: {environmentRef: x, infrastructureDefinitions: [{identifier: i}]}}}
          - stage: {identifier: c, type: Approval}
---
infrastructureDefinition: {identifier: one, environmentRef: prod}
";
    // A group as in the newer schema.
    let group = whole.replace(
        "          - stage: {identifier: b, ",
        "          stages:\n          - stage: {identifier: b, ",
    );
    for text in [
        format!("stages: [{{stage: {{identifier: a, spec: {{services: &s {{values: [{{serviceRef: A}}]}}, environments: &e {{values: [{{{place}}}]}}}}}}}}, {{stage: {{identifier: b, spec: {{services: *s, environments: *e}}}}}}]"),
        format!("stages:\n  - stage: &one\n      identifier: a\n      spec: {{service: {{serviceRef: <+input>.default(x)}}, environments: {{values: [{{{place}}}]}}}}\n  - stage: *one\n"),
        format!("pipeline:\n  stages:\n    - stage:\n        name: a\n        template:\n          templateRef: account.T # which\n          {inputs}\n        when: {{pipelineStatus: All}}\n{template}"),
        format!("pipeline: {{identifier: p, template: {{templateRef: P, templateInputs: {{stages: [{{stage: {{identifier: a, spec: {{service: {{serviceRef: cart}}}}}}}}]}}}}}}\n{whole}"),
        format!("pipeline: {{identifier: p, template: {{templateRef: P, templateInputs: {{stages: [{{stage: {{identifier: a, spec: {{service: {{serviceRef: cart}}}}}}}}]}}}}}}\n{group}"),
        format!("stages:\n- stage: {{identifier: z, type: Custom}}\n- parallel:\n    stages:\n    - stage: {{identifier: a, spec: {{service: {{serviceRef: <+input>}}, environments: {{values: [{{{place}}}]}}}}}}\n    - stage: {{identifier: b, type: Custom}}\n"),
        "spec:\n  services:\n    values: [{serviceRef: a}]\n    metadata:\n  environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}".to_owned(),
        "inputSet: {identifier: x, pipeline: {stages: [{stage: {identifier: a, spec: {services: {values: [{serviceRef: q}]}}}}]}}\n---\nstages:\n  - stage:\n      identifier: a\n      spec:\n        services:\n          values: <+input>   # which?\n        environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}\n".to_owned(),
        "stages:\n- stage:\n    identifier: a\n    spec:\n      service:\n        serviceRef: |\n          <+input>\n      environments: {values: [{environmentRef: e, deployToAll: true}], metadata: {parallel: }}\n---\ninfrastructureDefinition: {identifier: i, environmentRef: e}\n".to_owned(),
    ] {
        check(&text, &Inputs::default(), &Answers::new());
        let (inputs, answers) = filled(&text, 2);
        check(&text, &inputs, &answers);
    }
}

/// Some stages take their lists from the first one.
fn propagated(yaml: &str, seed: u64) -> String {
    let mut out = Vec::new();
    let (mut number, mut skips, mut blanks) = (0, false, 0);
    for line in yaml.lines() {
        let indent = line.len() - line.trim_start().len();
        if line.contains("identifier: st") {
            number += 1;
        }
        if skips && indent > blanks {
            continue;
        }
        skips = false;
        let key = line.trim_start().split(':').next().unwrap_or_default();
        let is_axis = matches!(key, "services" | "service" | "environments" | "environment");
        if is_axis && number > 1 && seed >> (number + indent) & 3 == 0 {
            let own = if key.starts_with('s') { key } else { "environment" };
            out.push(format!("{}{own}: {{useFromStage: {{stage: st0}}}}", " ".repeat(indent)));
            (skips, blanks) = (true, indent);
            continue;
        }
        out.push(line.to_owned());
    }
    out.join("\n") + "\n"
}

/// Resolves a text and compares; gives what it found.
fn check(text: &str, inputs: &Inputs, answers: &Answers) -> String {
    let before = analysis(text, inputs, answers);
    let resolved = resolved(text, &before.documents, inputs, answers);
    let after = analysis(&resolved.text, &Inputs::default(), &Answers::new());
    let show = || format!("{text}\n=== resolved\n{}\n{answers:#?}", resolved.text);
    assert!(!after.is_broken, "{:#?}\n{}", after.diagnostics, show());
    if other_reader::documents(text).is_some() && !before.is_broken {
        other_reader::check_agreement(&resolved.text);
    }
    let (expected, actual) = (outcome(&before), outcome(&after));
    assert!(
        expected == actual,
        "- source, + resolved\n{}\n{}",
        diff::lines(&expected, &actual),
        show()
    );
    let errors = |of: &deployline_planner::Analysis| {
        of.diagnostics.iter().filter(|it| it.severity == Severity::Error).count()
    };
    assert!(errors(&after) <= errors(&before), "{:#?}\n{}", after.diagnostics, show());

    let lines = lines(text, &resolved.edits);
    let of = |kind: LineKind| -> String {
        lines
            .iter()
            .filter(|line| line.kind != kind)
            .map(|line| format!("{}\n", line.text))
            .collect()
    };
    let plain = |text: &str| -> String { text.lines().map(|line| format!("{line}\n")).collect() };
    assert_eq!(of(LineKind::Added), plain(text), "{}", show());
    assert_eq!(of(LineKind::Removed), plain(&resolved.text), "{}", show());
    resolved.text
}
