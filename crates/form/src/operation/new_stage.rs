//! Contents of a new stage: what the product needs, its references open.

use deployline_span::Span;
use deployline_yaml::Node;
use deployline_yaml::edit::{Refusal, Value};

use super::StageKind;
use super::context::Context;
use super::taken_names::TakenNames;

/// Refused where a line that can't be read may say what the new stage is to have.
pub(super) fn value(cx: &Context<'_>, kind: StageKind) -> Result<Value, Refusal> {
    let names = TakenNames::of(cx);
    let (identifier, name, stage_type) = match kind {
        StageKind::Deployment => ("deploy", "Deploy", "Deployment"),
        StageKind::Approval => ("approve", "Approve", "Approval"),
        StageKind::Custom => ("custom", "Custom", "Custom"),
    };
    let name = Value::text(names.name_or(name));
    let identifier = Value::text(names.identifier_or(identifier));
    let empty = || Value::List(Vec::new());
    if cx.is_v1() {
        let mut entries = vec![("id".into(), identifier), ("name".into(), name)];
        if kind == StageKind::Deployment {
            let input = || Value::text("<+input>");
            let environment = Value::map([("id", input()), ("deploy-to", input())]);
            entries.push(("service".into(), input()));
            entries.push(("environment".into(), environment));
        } else {
            entries.push(("type".into(), Value::text(stage_type)));
        }
        entries.push(("steps".into(), empty()));
        return Ok(Value::Map(entries));
    }
    let steps = Value::map([("steps", empty()), ("rollbackSteps", empty())]);
    let spec = match kind {
        StageKind::Deployment => deployment(deployment_type(cx)?, steps),
        _ => Value::map([("execution", Value::map([("steps", empty())]))]),
    };
    let mut entries = vec![
        ("name".into(), name),
        ("identifier".into(), identifier),
        ("type".into(), Value::text(stage_type)),
        ("spec".into(), spec),
    ];
    if kind == StageKind::Deployment {
        // The product asks for one in every deployment stage.
        let action = Value::map([("type", Value::text("StageRollback"))]);
        let errors = Value::List(vec![Value::text("AllErrors")]);
        let strategy =
            Value::map([("onFailure", Value::map([("errors", errors), ("action", action)]))]);
        entries.push(("failureStrategies".into(), Value::List(vec![strategy])));
    }
    Ok(Value::map([("stage", Value::Map(entries))]))
}

fn deployment(deployment_type: &str, steps: Value) -> Value {
    let input = || Value::text("<+input>");
    let infrastructure = Value::map([("identifier", input())]);
    Value::map([
        ("deploymentType", Value::text(deployment_type)),
        ("service", Value::map([("serviceRef", input())])),
        (
            "environment",
            Value::map([
                ("environmentRef", input()),
                ("deployToAll", Value::word("false")),
                ("infrastructureDefinitions", Value::List(vec![infrastructure])),
            ]),
        ),
        ("execution", steps),
    ])
}

/// That of the first stage that has one. Refused where a line before it that can't be read names one.
fn deployment_type<'a>(cx: &Context<'a>) -> Result<&'a str, Refusal> {
    let of = |address| cx.source.spec(address)?.1?.get("deploymentType");
    let first =
        cx.form.stages().find_map(|stage| of(&stage.address).filter(|it| it.as_str().is_some()));
    let is_before = |span: Span| first.is_none_or(|first| span.start < first.span().start);
    // The value alone may be what can't be read.
    let names_one = |span: Span| cx.up_to_end_of(span).contains("deploymentType");
    let mut unread = cx.unread_lines();
    if let Some((span, _)) = unread.find(|(span, _)| is_before(*span) && names_one(*span)) {
        return Err(Refusal {
            reason: "A line that can't be read names a `deploymentType`: mend it first.",
            span,
        });
    }
    Ok(first.and_then(Node::as_str).unwrap_or("Kubernetes"))
}
