//! Advice of messages, followed: what it is about is gone then, and nothing else is wrong.
//!
//! What a fix does is tested with the fixes, and the example of each rule that is fine with the rules.

use deployline_engine::Assumptions;
use deployline_inputs::answers;
use deployline_planner::{Analysis, Inputs, analyze, identity_of, rules};
use deployline_span::Span;
use deployline_yaml::edit::{Change, Path, Step, change};
use deployline_yaml::{Diagnostic, Node, NodeKind, TextEdit, parse};
use serde_json::{Value, json};

use crate::{corpus, field, open};

/// Examples of all rules, and what people write.
fn texts() -> Vec<String> {
    let chapters = rules::chapters().into_iter().flat_map(|chapter| chapter.rules);
    let examples = chapters.map(|docs| docs.bad.text()).filter(|text| text.len() < 10_000);
    let of_corpus = corpus::texts().into_iter().map(|(_, text)| text);
    examples.chain(of_corpus).chain(field::texts()).chain(OPEN.map(str::to_owned)).collect()
}

/// Inputs in places of each kind.
const OPEN: [&str; 15] = [
    "stages: [{stage: {identifier: a, type: Custom, when: <+input>}}]",
    "stages: [{stage: {identifier: a, type: Custom, when: {pipelineStatus: <+input>}}}]",
    "stages: [{stage: {identifier: a, type: Custom, when: {pipelineStatus: All, condition: <+input>}}}]",
    "stages: [{stage: {identifier: a, type: Custom, when: {pipelineStatus: All, condition: <+input> == \"x\"}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {matrix: {b: <+input>, maxConcurrency: <+input>}}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {repeat: {items: <+input>}}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {repeat: {times: <+input>}}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {parallelism: <+input>}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {when: <+input>, parallelism: 2}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {services: {values: [{serviceRef: <+input>}], metadata: \
     {parallel: <+input>}}, environments: {values: <+input>}, multiDeploymentConfig: {maxConcurrency: <+input>, \
     onFailure: <+input>}}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, failureStrategies: <+input>, spec: {service: <+input>, \
     environment: <+input>}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, failureStrategies: [{onFailure: {errors: <+input>, action: \
     {type: <+input>}}}], spec: {service: {serviceRef: s}, environment: {environmentRef: e, infrastructureDefinitions: \
     <+input>}}}}]",
    "stages: [{stage: {identifier: a, type: Custom, failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: \
     Retry, spec: {retryCount: <+input>, retryIntervals: [<+input>], onRetryFailure: {action: {type: <+input>}}}}}}]}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {gitOpsEnabled: true, services: {values: <+input>}, \
     environment: {environmentRef: e, gitOpsClusters: <+input>}}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {service: {serviceRef: s}, environments: {filters: \
     [{identifier: f, type: tags, entities: [environments, infrastructures], spec: {tags: <+input>, matchType: any}}]}}}}]",
];

fn analysis(text: &str) -> Analysis {
    analyze(&[text], &Inputs::default(), &Assumptions::default())
}

#[test]
fn an_input_set_fills_in_what_it_is_said_to() {
    let advises = |found: &&Diagnostic| found.message.contains("can fill it in");
    let mut count = 0;
    for text in texts() {
        let before = analysis(&text);
        let advised = before.diagnostics.iter().filter(advises).count();
        if advised == 0 || before.is_broken {
            continue;
        }
        let (_, given) = open::filled(&text, 0);
        let made = answers::for_people(&before.documents, &Inputs::default(), &given);
        let added = answers::append_documents(&text, &made.text);
        // What the page does not ask for is filled in by hand.
        for found in analysis(&added).diagnostics.iter().filter(advises) {
            let is_gone = |value: &Value| {
                let after = analysis(&with_input_set(&added, found.span, value));
                let is_same = |it: &&Diagnostic| it.span == found.span;
                !after.diagnostics.iter().filter(advises).any(|it| is_same(&it))
            };
            assert!(VALUES.iter().map(read).any(|value| is_gone(&value)), "{found:#?}\n{added}");
        }
        count += advised;
    }
    assert!(count >= 30, "only {count}");
}

/// Values of each kind that an input may have.
const VALUES: [&str; 11] = [
    "\"1m\"",
    "\"Success\"",
    "true",
    "2",
    "[\"x\"]",
    "{\"pipelineStatus\": \"All\"}",
    "[{\"onFailure\": {\"errors\": [\"AllErrors\"], \"action\": {\"type\": \"Ignore\"}}}]",
    "[\"AllErrors\"]",
    "\"Ignore\"",
    "{\"a\": \"b\"}",
    "[{\"identifier\": \"x\"}]",
];

fn read(json: &&str) -> Value {
    serde_json::from_str(json).expect("it is JSON")
}

/// The text with an input set that has `value` at the place of a span.
fn with_input_set(text: &str, span: Span, value: &Value) -> String {
    let parsed = parse(text);
    let mut roots = parsed.documents.iter().map(|document| document.root());
    let filled = roots.find_map(|root| {
        let filled = around(root, span, value)?;
        // A stage that was pasted alone is the first of its pipeline.
        let is_stage = root.get("stage").is_some();
        Some(if is_stage { json!({"stages": [named(root, filled)]}) } else { filled })
    });
    let filled = filled.expect("the span is in the text");
    let pipeline = filled.get("pipeline").unwrap_or(&filled);
    let set = json!({"inputSet": {"identifier": "advised", "pipeline": pipeline}});
    format!("{}\n---\n{set}\n", text.trim_end())
}

/// What leads to the place of a span, with `value` there: items of lists by what they are known by.
fn around(node: Node<'_>, span: Span, value: &Value) -> Option<Value> {
    if node.span() == span {
        return Some(value.clone());
    }
    let entry = node
        .entries()
        .find_map(|(key, below)| Some(json!({key.as_str()?: around(below, span, value)?})));
    entry.or_else(|| {
        node.items().enumerate().find_map(|(index, item)| {
            let filled = named(item, around(item, span, value)?);
            let before = if identity_of(item).is_none() { index } else { 0 };
            Some([vec![Value::Null; before], vec![filled]].concat().into())
        })
    })
}

/// A part of an item, with the key that the item is known by.
fn named(item: Node<'_>, mut filled: Value) -> Value {
    if let Some(identity) = identity_of(item) {
        let named = match identity.wrapper {
            Some(key) => &mut filled[key],
            None => &mut filled,
        };
        named[identity.key] = identity.name.into();
    }
    filled
}

/// Keys that do nothing where they stand.
const WITHOUT_EFFECT: [&str; 8] = [
    "stages: [{stage: {identifier: a, type: Custom, strategy: {matrix: {b: [x, y]}, maxConcurrency: 1}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {repeat: {times: 3}, maxConcurrency: 1}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {parallelism: 3, maxConcurrency: 1}}}]",
    "stages: [{stage: {identifier: a, type: Custom, strategy: {repeat: {times: 3, maxConcurrency: 0}}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {service: {serviceRef: s}, environments: {values: \
     [{environmentRef: e, deployToAll: true, infrastructureDefinitions: [{identifier: i}]}]}}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {service: {serviceRef: s}, environmentGroup: {envGroupRef: \
     g, deployToAll: true, environments: [{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}]}}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {service: {serviceRef: s}, environment: {environmentRef: e, \
     infrastructureDefinitions: [{identifier: i}], filters: [{identifier: f, type: all, entities: [infrastructures]}]}}}}]",
    "stages: [{stage: {identifier: a, type: Deployment, spec: {service: {serviceRef: s}, environments: {values: \
     [{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}], filters: [{identifier: f, type: all, entities: \
     [environments]}]}}}}]",
];

/// "Remove it", and "Move it below": what it is about is gone, the deployments stay, and nothing else is found.
#[test]
fn a_key_without_effect_goes_as_advised() {
    let mut count = 0;
    for text in texts().into_iter().chain(WITHOUT_EFFECT.map(str::to_owned)) {
        let before = analysis(&text);
        for found in &before.diagnostics {
            let Some(edited) = followed(&text, found) else { continue };
            let after = analysis(&edited);
            assert_eq!(names(&after), names(&before), "{}\n{text}\n{edited}", found.message);
            let mut left = codes(&before);
            left.remove(left.iter().position(|code| *code == found.code).expect("it is there"));
            assert_eq!(codes(&after), left, "{}\n{text}\n{edited}", found.message);
            count += 1;
        }
    }
    assert!(count >= 10, "only {count}");
}

fn codes(analysis: &Analysis) -> Vec<&str> {
    let mut codes: Vec<&str> = analysis.diagnostics.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes
}

/// The text with the advice of a `no-effect` followed, where it has one.
fn followed(text: &str, found: &Diagnostic) -> Option<String> {
    if found.code != rules::NO_EFFECT.code {
        return None;
    }
    let parsed = parse(text);
    let paths = parsed.documents.iter().map(|document| path_to_key(document.root(), found));
    let (document_idx, from) = paths.enumerate().find_map(|(index, path)| Some((index, path?)))?;
    let below =
        found.message.split_once("Move it below `").and_then(|(_, rest)| rest.split_once('`'));
    let step = match below {
        Some((inner, _)) => {
            let map = [&from[..from.len() - 1], &[Step::from(inner)]].concat();
            Change::MoveEntry { from, map, after: None }
        }
        None if found.message.ends_with("Remove it.") => {
            Change::Remove { at: from, keeps_comments: false }
        }
        None => return None,
    };
    let edits = change(text, &parsed, document_idx, &[step]).expect("it can be done");
    Some(TextEdit::apply_all(&edits, text))
}

fn path_to_key(node: Node<'_>, found: &Diagnostic) -> Option<Path> {
    let (step, below) = match node.kind() {
        NodeKind::Mapping => node.entries().find_map(|(key, value)| {
            let step = Step::from(key.as_str()?);
            let is_here = [key.span(), value.span()].contains(&found.span);
            let below = if is_here { Some(Path::new()) } else { path_to_key(value, found) };
            Some((step, below?))
        })?,
        _ => node
            .items()
            .enumerate()
            .find_map(|(index, item)| Some((Step::from(index), path_to_key(item, found)?)))?,
    };
    Some([vec![step], below].concat())
}

/// The stages that are drawn, each with its deployments.
fn names(analysis: &Analysis) -> Vec<(String, usize)> {
    let stages = analysis.plan.pipeline.stages.iter().zip(&analysis.plan.stages);
    stages.map(|(stage, plan)| (stage.identifier.clone(), plan.deployments.len())).collect()
}

#[test]
fn a_pipeline_that_is_added_is_drawn() {
    let stage = "stages: [{stage: {identifier: a, type: Pipeline, spec: {org: o, project: p, pipeline: other}}}]";
    let before = analysis(stage);
    let code = rules::CHAINED_PIPELINE_MISSING.code;
    let found = before.diagnostics.iter().find(|found| found.code == code).expect("it is found");
    assert!(
        found
            .message
            .contains("Add its document (`pipeline:` with `identifier: other`) after `---`")
    );
    let other = "pipeline: {identifier: other, stages: [{stage: {identifier: b, type: Approval}}]}";
    let same_text = analysis(&format!("{stage}\n---\n{other}"));
    let further = analyze(&[stage, other], &Inputs::default(), &Assumptions::default());
    for after in [same_text, further] {
        assert_eq!(after.diagnostics, []);
        let stages = after.plan.pipeline.stages.iter().map(|stage| stage.identifier.as_str());
        assert_eq!(stages.collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
