//! Notes, the outline, and which deployments a line makes.

use deployline_assist::{deployments_at, hover, outline};
use deployline_engine::Assumptions;
use deployline_planner::{Analysis, Inputs, analyze};

const TEXT: &str = "pipeline:
  stages:
    - parallel:
        - stage:
            name: Deploy
            identifier: deploy
            type: Deployment
            spec:
              services:
                metadata:
                  parallel: true
                values:
                  - serviceRef: cart
                  - serviceRef: web
              environments:
                metadata:
                  parallel: false
                values:
                  - environmentRef: dev
                    infrastructureDefinitions:
                      - identifier: d1
                  - environmentRef: prod
                    infrastructureDefinitions:
                      - identifier: p1
                      - identifier: p2
    - stage:
        name: Again
        identifier: again
        type: Deployment
        spec:
          services:
            useFromStage:
              stage: deploy
          environment: {environmentRef: dev, infrastructureDefinitions: [{identifier: d9}]}
    - stage: {name: Ask, identifier: ask, type: Approval}
---
service: {identifier: cart, name: Cart}
";

fn analysis() -> Analysis {
    analyze(&[TEXT], &Inputs::default(), &Assumptions::default())
}

fn at(part: &str) -> usize {
    TEXT.find(part).expect("it is in the text")
}

/// Title and lines of the note at the start of a part of the text.
fn note(part: &str, behind: usize) -> (String, Vec<String>) {
    let note = hover(TEXT, at(part) + behind, &analysis()).expect("there is a note");
    assert!(note.span.range().contains(&(at(part) + behind)));
    (note.title, note.text)
}

#[test]
fn a_note_says_what_a_key_means_and_comes_to() {
    for (part, behind, title, here) in [
        ("parallel: true", 0, "parallel", "Here: 2 services × 3 targets, 2 at a time."),
        ("services:", 2, "services", "Here: 2 services × 3 targets, 2 at a time."),
        ("environments:", 2, "environments", "Here: 2 services × 3 targets, 2 at a time."),
        // The later stage takes the service from here.
        ("serviceRef: cart", 14, "Service cart", "Here: 4 deployments, from 0s to 4m."),
        ("identifier: p2", 12, "Infrastructure p2", "Here: 2 deployments, from 2m to 3m."),
        ("environmentRef: prod", 16, "Environment prod", "Here: 4 deployments, from 1m to 3m."),
    ] {
        let (found, lines) = note(part, behind);
        assert_eq!(found, title);
        assert_eq!(lines.get(1).map(String::as_str), Some(here), "{part}");
    }
    let (title, lines) = note("type: Approval", 0);
    assert_eq!((title.as_str(), lines.len()), ("type", 1));
    let behind = at("serviceRef: web") + "serviceRef: web".len();
    let note = hover(TEXT, behind, &analysis()).expect("the cursor may be behind it");
    assert_eq!(note.title, "Service web");
    assert_eq!(hover(TEXT, at("- stage"), &analysis()), None);
    assert_eq!(hover(TEXT, TEXT.len() + 9, &analysis()), None);
}

#[test]
fn a_note_without_a_plan_says_what_the_key_means() {
    let note = hover("spec:\n  services: [", 9, &Analysis::default()).expect("a note");
    assert_eq!((note.title.as_str(), note.text.len()), ("services", 1));
}

#[test]
fn the_outline_has_stages_and_what_they_deploy() {
    let lines: Vec<String> = outline(TEXT)
        .iter()
        .map(|item| format!("{}{} {}", "  ".repeat(item.depth), item.kind.as_str(), item.label))
        .collect();
    assert_eq!(
        lines,
        [
            "parallel stages In parallel",
            "  stage Deploy",
            "    service cart",
            "    service web",
            "    environment dev",
            "      infrastructure d1",
            "    environment prod",
            "      infrastructure p1",
            "      infrastructure p2",
            "stage Again",
            "  environment dev",
            "    infrastructure d9",
            "stage Ask",
            "document cart",
        ]
    );
    let place = outline(TEXT)[1].span;
    assert_eq!(&TEXT[place.range()], "name: Deploy");
    let v1 = "version: 1\npipeline:\n  stages:\n    - id: a\n      service: [s]\n      environment: {id: e, deploy-to: i}\n";
    let labels: Vec<String> = outline(v1).into_iter().map(|item| item.label).collect();
    assert_eq!(labels, ["a", "s", "e", "i"]);
}

/// Stage, services and targets at the start of a part of the text, by name.
fn deployments(part: &str) -> Vec<String> {
    let analysis = analysis();
    let plan = &analysis.plan;
    let places = deployments_at(TEXT, &plan.pipeline, at(part));
    let of = |place: &deployline_assist::StageDeployments| {
        let deployments = &plan.stages[place.stage].deployments;
        let count = deployments.iter().filter(|deployment| place.holds(deployment)).count();
        format!("{} {count}", plan.pipeline.stages[place.stage].identifier)
    };
    places.iter().map(of).collect()
}

#[test]
fn a_line_stands_for_its_deployments() {
    for (part, expected) in [
        ("serviceRef: cart", &["deploy 3", "again 1"][..]),
        ("identifier: p2", &["deploy 2"]),
        ("environmentRef: prod", &["deploy 4"]),
        ("name: Deploy", &["deploy 6"]),
        ("parallel: false", &["deploy 6"]),
        ("stage:\n        name: Again", &["again 2"]),
        ("useFromStage", &["again 2"]),
        ("{identifier: d9", &["again 2"]),
        ("name: Ask", &["ask 1"]),
        ("pipeline:", &[]),
        ("service: {identifier: cart", &[]),
    ] {
        assert_eq!(deployments(part), expected, "{part}");
    }
}

#[test]
fn a_note_says_what_a_condition_comes_to() {
    let last = |condition: &str, key: &str| {
        let text = format!(
            "pipeline:\n  stages:\n  - stage: {{identifier: load, type: Custom}}\n  - stage:\n      identifier: sail\n      \
             type: Custom\n      strategy: {{repeat: {{times: 3}}}}\n      when: {{pipelineStatus: Success, condition: \
             {condition}}}\n"
        );
        let analysis = analyze(&[&text], &Inputs::default(), &Assumptions::default());
        let note = hover(&text, text.find(key).expect("it is there"), &analysis);
        note.expect("there is a note").text.pop().expect("a line")
    };
    let asks = "<+pipeline.stages.load.status> == \"SKIPPED\"";
    let one = "<+strategy.iteration> == 1";
    for (condition, expected) in [
        (one, format!("Here false for 2 of 3: {one}")),
        (asks, format!("Here false: {asks} (load is SUCCEEDED)")),
        ("<+trigger.type>", "Here drawn as true: <+trigger.type>".to_owned()),
    ] {
        assert_eq!(last(condition, "condition"), expected);
        assert_eq!(last(condition, condition), expected);
    }
}
