//! Placeholder of a template that no text holds, made from the inputs that it is given.

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use super::document::{PlaceholderDocument, answer};
use crate::open_place::{A_DEPLOYMENT, AnswerTarget, OpenPlace, TemplateUse};

/// A `template:` for each answer.
pub(super) fn documents(found: &[OpenPlace<'_>]) -> Vec<PlaceholderDocument<'static>> {
    let document = |found: &OpenPlace<'_>| {
        let answer = answer(found)?;
        let AnswerTarget::Template(of) = &found.target else { return None };
        let tree =
            Value::WithSource(Box::new(template(of, answer == A_DEPLOYMENT)), found.input.span);
        Some((("template", tree), vec![found.input.key.clone()]))
    };
    found.iter().filter_map(document).collect()
}

fn template(of: &TemplateUse<'_>, deploys: bool) -> Value {
    let mut entries =
        vec![("name".into(), Value::text(&of.name)), ("identifier".into(), Value::text(&of.name))];
    if let Some(version) = &of.version {
        entries.push(("versionLabel".into(), Value::text(version)));
    }
    entries.push(("type".into(), Value::text("Stage")));
    entries.push(("spec".into(), body(of, deploys)));
    Value::Map(entries)
}

fn body(of: &TemplateUse<'_>, deploys: bool) -> Value {
    if !deploys {
        return Value::map([("type", Value::text("Custom")), ("spec", Value::Map(Vec::new()))]);
    }
    let mut body = Value::map([("type", Value::text("Deployment"))]);
    for inputs in &of.inputs {
        add_shape(&mut body, inputs);
    }
    let spec = body.entry("spec");
    if ["services", "service", "serviceConfig"].iter().all(|key| spec.get(key).is_none()) {
        *spec.entry("service") = Value::map([("serviceRef", placeholder("service_of", of))]);
    }
    let places = ["environments", "environmentGroup", "environment", "infrastructure"];
    if places.iter().all(|key| spec.get(key).is_none()) {
        spec.entry("environment");
    }
    if let Some(Value::Map(_)) = spec.get("environment") {
        complete(spec.entry("environment"), of);
    }
    body
}

/// An environment of which its users give only a part.
fn complete(environment: &mut Value, of: &TemplateUse<'_>) {
    let has = |environment: &Value, key| environment.get(key).is_some();
    if !has(environment, "environmentRef") && !has(environment, "useFromStage") {
        *environment.entry("environmentRef") = placeholder("environment_of", of);
    }
    let places = [
        "infrastructureDefinitions",
        "infrastructureDefinition",
        "deployToAll",
        "filters",
        "useFromStage",
    ];
    if !places.iter().any(|key| has(environment, key)) {
        let infrastructure = Value::map([("identifier", placeholder("infrastructure_of", of))]);
        *environment.entry("infrastructureDefinitions") = Value::List(vec![infrastructure]);
    }
}

fn placeholder(what: &str, of: &TemplateUse<'_>) -> Value {
    Value::Text(format!("{what}_{}", of.name.replace('.', "_")))
}

/// Adds the keys of the given inputs, with an input for each value.
fn add_shape(tree: &mut Value, given: &View<'_>) {
    for (key, value) in given.entries() {
        let Some(key) = key.as_str() else { continue };
        // The type is written already.
        if key == "type" {
            continue;
        }
        let place = tree.entry(key);
        if value.kind() == NodeKind::Mapping {
            add_shape(place, &value);
        } else {
            *place = Value::word("<+input>");
        }
    }
}
