//! Completion: what is offered at a cursor, and what choosing it writes. The cursor is `‸`.

use deployline_assist::{Completions, complete};

const STAGES: &str = "pipeline:\n  stages:\n";

fn at(marked: &str) -> (String, usize) {
    let offset = marked.find('‸').expect("a cursor");
    (marked.replace('‸', ""), offset)
}

fn found(marked: &str) -> Option<Completions> {
    let (text, offset) = at(marked);
    complete(&text, offset)
}

fn labels(marked: &str) -> Vec<String> {
    let items = found(marked).map(|found| found.items).unwrap_or_default();
    items.into_iter().map(|item| item.label).collect()
}

/// The text after choosing `label`, with the cursor.
fn chosen(marked: &str, label: &str) -> String {
    let (text, _) = at(marked);
    let found = found(marked).unwrap_or_else(|| panic!("nothing for {marked}"));
    let item = found.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("no {label} for {marked}"));
    format!("{}{}‸{}", &text[..found.from], item.insert, &text[found.to..])
}

fn first(marked: &str, count: usize) -> Vec<String> {
    labels(marked).into_iter().take(count).collect()
}

#[test]
fn keys_that_the_mapping_has_not() {
    for (text, expected) in [
        (
            "stage:\n  spec:\n    services:\n      ‸",
            &["values", "metadata", "useFromStage", "failureStrategies"][..],
        ),
        (
            "stage:\n  spec:\n    services:\n      metadata:\n        parallel: true\n      ‸",
            &["values", "useFromStage", "failureStrategies"],
        ),
        (
            "stage:\n  spec:\n    services:\n      ‸\n      values: [{serviceRef: a}]\n",
            &["metadata", "failureStrategies"],
        ),
        (
            "stage:\n  spec:\n    services:\n      met‸\n      values: []\n",
            &["metadata", "failureStrategies"],
        ),
        (
            "stage:\n  spec:\n    services: {‸values: []}\n",
            &["values", "metadata", "useFromStage", "failureStrategies"],
        ),
        ("stage:\n  spec:\n    services: {values: [], ‸}\n", &["metadata", "failureStrategies"]),
        (
            "stage:\n  spec:\n    services: {values: [], ‸\n    environment: {}\n",
            &["metadata", "failureStrategies"],
        ),
        (
            "stage:\n  spec:\n    services:\n      values:\n        - ‸\n",
            &["serviceRef", "serviceInputs", "useFromStage", "gitBranch", "failureStrategies"],
        ),
        (
            "stage:\n  spec:\n    services:\n      values:\n      - serviceRef: a\n        ‸",
            &["serviceInputs", "gitBranch", "failureStrategies"],
        ),
        ("stage:\n  when:\n    ‸\n  type: Approval\n", &["pipelineStatus", "condition"]),
        (
            "stages:\n  - id: a\n    service:\n      ‸",
            &["items", "parallel", "id", "ref", "with", "type", "on-failure"],
        ),
        (
            "environmentGroup:\n  identifier: g\n  envI‸",
            &[
                "name",
                "envIdentifiers",
                "tags",
                "color",
                "description",
                "orgIdentifier",
                "projectIdentifier",
            ],
        ),
    ] {
        assert_eq!(labels(text), expected, "{text}");
    }
}

#[test]
fn a_service_or_services_and_never_both() {
    let beside = |there: &str| labels(&format!("stage:\n  spec:\n    {there}\n    ‸"));
    assert!(!beside("service: {serviceRef: a}").contains(&"services".to_owned()));
    assert!(beside("service: {serviceRef: a}").contains(&"environments".to_owned()));
    assert!(!beside("environmentGroup: {}").contains(&"environment".to_owned()));
}

#[test]
fn a_chosen_key_brings_what_it_says_nothing_without() {
    for (text, label, expected) in [
        (
            "stage:\n  spec:\n    ser‸\n    environment: {}\n",
            "services",
            "stage:\n  spec:\n    services:\n      values:\n        - serviceRef: ‸\n    environment: {}\n",
        ),
        (
            "stage:\n    spec:\n        ‸",
            "environments",
            "stage:\n    spec:\n        environments:\n            values:\n                - environmentRef: ‸",
        ),
        (
            "pipeline:\r\n  ‸\r\n",
            "stages",
            "pipeline:\r\n  stages:\r\n    - stage:\r\n        name: ‸\r\n",
        ),
        ("stage:\n  ‸", "strategy", "stage:\n  strategy:\n    ‸"),
        ("stage:\n  ‸", "tags", "stage:\n  tags:‸"),
        (
            "stage:\n  spec:\n    services:\n      values:\n        ‸",
            "serviceRef",
            "stage:\n  spec:\n    services:\n      values:\n        - serviceRef: ‸",
        ),
        ("stage:\n  spec: {ser‸}\n", "services", "stage:\n  spec: {services: ‸}\n"),
        // A key that has its colon keeps it, and its value.
        ("stage:\n  spe‸: {}\n", "spec", "stage:\n  spec‸: {}\n"),
        ("stage:\n  \"spe‸\": {}\n", "spec", "stage:\n  \"spec‸\": {}\n"),
        ("stage:\n  type:‸\n", "Approval", "stage:\n  type: Approval‸\n"),
        ("stage:\n  type: \"Dep‸\"\n", "Deployment", "stage:\n  type: \"Deployment‸\"\n"),
        ("stage:\n  type: App‸roval # asks\n", "Custom", "stage:\n  type: Custom‸ # asks\n"),
        (
            "spec:\n  services: {metadata: {parallel:‸}}\n",
            "true",
            "spec:\n  services: {metadata: {parallel: true‸}}\n",
        ),
    ] {
        assert_eq!(chosen(text, label), expected);
    }
}

#[test]
fn words_behind_a_key() {
    for (text, expected) in [
        ("stage:\n  when:\n    pipelineStatus: ‸\n", &["Success", "Failure", "All"][..]),
        ("spec:\n  multiDeploymentConfig:\n    onFailure: Sk‸\n", &["RunAll", "SkipQueued"]),
        ("spec:\n  services:\n    metadata:\n      parallel: ‸", &["true", "false"]),
        ("spec: {services: {metadata: {parallel: ‸}}}", &["true", "false"]),
        ("stage:\n  strategy: {repeat: {items: [a], unit: ‸}}\n", &["Count", "Percentage"]),
        ("spec:\n  environments:\n    filters:\n      - type: ‸\n", &["tags", "all"]),
        (
            "spec:\n  environments:\n    filters:\n      - entities:\n          - ‸\n",
            &["environments", "infrastructures", "gitOpsClusters"],
        ),
        ("environment:\n  identifier: e\n  type: ‸", &["Production", "PreProduction"]),
        ("stage:\n  name: ‸\n", &[]),
    ] {
        assert_eq!(labels(text), expected, "{text}");
    }
}

const ELSEWHERE: &str = "
    - stage:
        identifier: first
        spec:
          services: {values: [{serviceRef: cart}, {serviceRef: \"web\"}, {serviceRef: <+input>}]}
          environment: {environmentRef: dev, infrastructureDefinitions: [{identifier: dev_1}]}
---
service: {identifier: billing, name: Billing}
---
infrastructureDefinition: {identifier: prod_1, environmentRef: prod}
---
infrastructureDefinition: {identifier: prod_2, environmentRef: prod}
";

#[test]
fn services_and_places_that_are_known_elsewhere() {
    for (stage, expected) in [
        ("spec:\n          service:\n            serviceRef: ‸", &["billing", "cart", "web"][..]),
        // None is offered that the list has already.
        (
            "spec:\n          services:\n            values:\n            - serviceRef: cart\n            - serviceRef: ‸",
            &["billing", "web"],
        ),
        ("spec:\n          environment:\n            environmentRef: ‸", &["prod", "dev"]),
        // Those of the environment come first.
        (
            "spec:\n          environment:\n            environmentRef: prod\n            infrastructureDefinitions:\n              - identifier: ‸",
            &["prod_1", "prod_2", "dev_1"],
        ),
        (
            "spec:\n          environment: {environmentRef: dev, infrastructureDefinitions: [{identifier: ‸",
            &["dev_1", "prod_1", "prod_2"],
        ),
    ] {
        let text = format!("{STAGES}    - stage:\n        {stage}\n{}", &ELSEWHERE[1..]);
        let mut found = labels(&text);
        found.sort();
        let mut sorted: Vec<&str> = expected.to_vec();
        sorted.sort_unstable();
        assert_eq!(found, sorted, "{text}");
        if stage.contains("prod\n") || stage.contains("{environmentRef: dev") {
            assert_eq!(labels(&text), expected, "{text}");
        }
    }
}

#[test]
fn names_of_the_newer_schema() {
    let text = "version: 1\npipeline:\n  stages:\n    - id: a\n      service: {items: [cart, {id: web}]}\n      \
                environment: {id: dev, deploy-to: [one, two]}\n    - id: b\n      service: ‸\n";
    assert_eq!(labels(text), ["cart", "web"]);
    let place = text.replace("service: ‸", "environment:\n        id: dev\n        deploy-to: ‸");
    assert_eq!(labels(&place), ["one", "two", "all"]);
}

#[test]
fn stages_to_take_from_are_earlier_ones_that_have_the_value() {
    let stage = |indent: &str, id: &str, spec: &str| {
        format!(
            "{indent}- stage:\n{indent}    identifier: {id}\n{indent}    type: Deployment\n{indent}    spec:\n{indent}      {spec}\n"
        )
    };
    let text = [
        STAGES.to_owned(),
        stage("    ", "one", "service: {serviceRef: a}"),
        "    - stage: {identifier: ask, type: Approval}\n".into(),
        stage("    ", "several", "services: {values: [{serviceRef: a}]}"),
        stage("    ", "taker", "service: {useFromStage: {stage: one}}"),
        "    - parallel:\n".into(),
        stage("        ", "beside", "service: {serviceRef: b}"),
        stage(
            "        ",
            "own",
            "service:\n                useFromStage:\n                  stage: ‸",
        ),
        stage("    ", "later", "service: {serviceRef: c}"),
    ]
    .concat();
    assert_eq!(labels(&text), ["one"]);
    assert_eq!(labels(&text.replace("service:\n   ", "services:\n   ")), ["several"]);
    assert_eq!(labels(&text.replace("service:\n   ", "environment:\n   ")), [""; 0]);
    let text = text.replace("service: {serviceRef: a}", "environment: {environmentRef: e}");
    let text = text.replace("services: {values: [{serviceRef: a}]}", "environments: {values: []}");
    assert_eq!(labels(&text.replace("service:\n   ", "environment:\n   ")), ["one"]);
}

#[test]
fn variables_of_the_strategy_around() {
    let stage = |strategy: &str| {
        format!("stage:\n  strategy: {strategy}\n  spec:\n    service:\n      serviceRef: <+‸\n")
    };
    let always = ["<+strategy.iteration>", "<+strategy.iterations>"];
    for (strategy, expected) in [
        (
            "{matrix: {service: [a], region: [b], maxConcurrency: 1}}",
            &["<+matrix.service>", "<+matrix.region>"][..],
        ),
        ("{repeat: {items: [a]}}", &["<+repeat.item>"]),
        ("{repeat: {items: [a], partitionSize: 2}}", &["<+repeat.partition>"]),
        ("{parallelism: 3}", &[]),
    ] {
        assert_eq!(labels(&stage(strategy)), [expected, &always].concat(), "{strategy}");
    }
    assert_eq!(labels("stage:\n  spec:\n    service:\n      serviceRef: <+‸\n"), [""; 0]);
    let inside = "stage:\n  strategy:\n    parallelism: ‸\n";
    assert_eq!(labels(inside), [""; 0]);
}

#[test]
fn nothing_where_nothing_can_be_typed() {
    for text in [
        "stage:\n  # ty‸\n  type: Custom\n",
        "stage:\n  type: Custom # a‸\n",
        "stage:\n  description: |\n    sp‸\n",
        "stage:\n  description: |\n    text\n\n    ‸\n",
        "stage:\n  description: \"one\n    ‸two\"\n",
        "stage:\n  description: text\n    more‸\n",
        "stage:\n  -‸\n",
        "stage:\n  spec: {services: {values: [], # a‸\n  }}\n",
        "stage:\n  type: Custom\n ‸\n",
        "stage:\n  spec:\n    provisioner:\n      ‸\n",
    ] {
        assert_eq!(labels(text), [""; 0], "{text}");
    }
}

#[test]
fn an_empty_text_starts_with_a_pipeline() {
    assert_eq!(first("‸", 2), ["pipeline", "service"]);
    assert_eq!(chosen("pip‸", "pipeline"), "pipeline:\n  name: ‸");
}

#[test]
fn broken_lines_elsewhere_change_nothing() {
    for around in
        ["tags: [a, {b\n", "x: \"open\n", "  : :\n", "\tkey\n", "- - -\n", "name: &a *b\n"]
    {
        for text in [
            format!(
                "pipeline:\n  {around}  stages:\n    - stage:\n        when:\n          pipelineStatus: ‸\n"
            ),
            format!(
                "pipeline:\n  stages:\n    - stage:\n        when:\n          pipelineStatus: ‸\n        {around}"
            ),
        ] {
            assert_eq!(labels(&text), ["Success", "Failure", "All"], "{text}");
        }
    }
}

#[test]
fn stages_to_wait_for_make_no_cycle() {
    const LAST: &str = "    - stage: {identifier: d, name: Last, dependsOn: []}\n";
    for (list, expected) in [
        // `c` waits for `b` and that for `a`; all others may be waited for.
        ("[‸]", &["d"][..]),
        ("[d, ‸]", &[]),
    ] {
        let text = format!(
            "{STAGES}    - stage: {{identifier: b, dependsOn: [a]}}\n    - parallel:\n        - stage: \
             {{identifier: c, dependsOn: b}}\n    - stage:\n        identifier: a\n        dependsOn: {list}\n{LAST}"
        );
        assert_eq!(labels(&text), expected, "{text}");
    }
    let text = format!(
        "{STAGES}    - stage: {{identifier: a}}\n    - stage:\n        identifier: c\n        dependsOn:\n          \
         - a\n          - ‸\n{LAST}"
    );
    assert_eq!(labels(&text), ["d"]);
    assert!(chosen(&text, "d").contains("          - d‸\n"), "{}", chosen(&text, "d"));
}

#[test]
fn outcomes_that_a_condition_may_ask_for() {
    let text = |condition: &str| {
        format!(
            "{STAGES}  - stage: {{identifier: a}}\n  - parallel:\n    - stage: {{identifier: b}}\n    - stage: \
             {{identifier: c}}\n  - parallel:\n    - stage: {{identifier: d}}\n    - stage:\n        identifier: e\n        \
             when:\n          condition: {condition}\n  - stage: {{identifier: f}}\n"
        )
    };
    let of_pipeline = ["<+OnPipelineSuccess>", "<+OnPipelineFailure>"];
    let of_stages = ["c", "b", "a"].map(|stage| format!("<+pipeline.stages.{stage}.status>"));
    let expected: Vec<&str> = of_stages.iter().map(String::as_str).chain(of_pipeline).collect();
    assert_eq!(labels(&text("‸")), expected);
    let choice = "<+pipeline.stages.b.status>";
    for (before, after) in [
        ("<+pip‸", "<+pipeline.stages.b.status>‸"),
        ("<+x> == 'y' && <+‸", "<+x> == 'y' && <+pipeline.stages.b.status>‸"),
        ("!(‸ == 'y')", "!(<+pipeline.stages.b.status>‸ == 'y')"),
        ("!(<+pip‸eline.x> == 'y')", "!(<+pipeline.stages.b.status>‸ == 'y')"),
        ("\"<+pip‸\"", "\"<+pipeline.stages.b.status>‸\""),
    ] {
        assert_eq!(chosen(&text(before), choice), text(after), "{before}");
    }
    let v1 = "version: 1\npipeline:\n  stages:\n  - {id: a}\n  - id: b\n    if: ‸\n";
    let of_v1 = [&["<+pipeline.stages.a.status>"][..], &of_pipeline].concat();
    assert_eq!(labels(v1), of_v1);
    // Of a step nothing is computed.
    let step = "stage:\n  spec:\n    execution:\n      steps:\n      - step:\n          when:\n            condition: ‸\n";
    assert_eq!(labels(step), [""; 0]);
}

#[test]
fn a_dag_offers_the_stages_that_this_one_waits_for() {
    let text = |inner: &str| {
        format!(
            "{STAGES}    - stage: {{identifier: a, dependsOn: [d], spec: {{service: {{serviceRef: s}}}}}}\n    - stage: \
             {{identifier: b, dependsOn: [], spec: {{service: {{serviceRef: s}}}}}}\n    - stage:\n        identifier: \
             c\n        dependsOn:\n        - a\n{inner}    - stage: {{identifier: d, dependsOn: [], spec: {{service: \
             {{serviceRef: s}}}}}}\n    - stage: {{identifier: e, dependsOn: [c]}}\n"
        )
    };
    let condition = text("        when:\n          condition: ‸\n");
    let of_stages = ["<+pipeline.stages.d.status>", "<+pipeline.stages.a.status>"];
    let of_pipeline = ["<+OnPipelineSuccess>", "<+OnPipelineFailure>"];
    assert_eq!(labels(&condition), [of_stages, of_pipeline].concat());
    let service = text(
        "        spec:\n          service:\n            useFromStage:\n              stage: ‸\n",
    );
    assert_eq!(labels(&service), ["a", "d"]);
}
