//! Steps that wait: for a time, for an approval, at a barrier, in a queue.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".

use deployline_engine::{StepWait, Timeout, WaitKind, bounded_name};
use deployline_yaml::Node;

use crate::expression::is_expression;
use crate::resolve::context::Reader;
use crate::resolve::view::View;
use crate::resolve::written_wait::{Text, WrittenKind, WrittenWait};

/// The wait of a step of the older schema.
pub(super) fn of_older(kind: &str, step: Node<'_>) -> Option<WrittenWait> {
    let scope = || step.at(&["spec", "scope"]).and_then(Node::as_str) == Some("Stage");
    let (kind, path): (_, &[&str]) = match kind {
        "Wait" => (WrittenKind::Time, &["spec", "duration"]),
        "Barrier" => (WrittenKind::Barrier, &["spec", "barrierRef"]),
        "Queue" => (WrittenKind::Queue { is_of_stage: scope() }, &["spec", "key"]),
        kind if deployline_schema::WAITING_STEPS.contains(&kind) => (WrittenKind::Approval, &[]),
        _ => return None,
    };
    Some(written(step, kind, path))
}

/// The wait of a step of the newer schema.
pub(super) fn of_newer(kind: &str, step: Node<'_>) -> Option<WrittenWait> {
    let scope = || step.at(&["queue", "scope"]).and_then(Node::as_str);
    let (kind, path): (_, &[&str]) = match kind {
        "wait" => (WrittenKind::Time, &["wait", "duration"]),
        "barrier" => (WrittenKind::Barrier, &["barrier", "name"]),
        "queue" => {
            let is_of_stage = scope().is_some_and(|scope| scope.eq_ignore_ascii_case("stage"));
            (WrittenKind::Queue { is_of_stage }, &["queue", "key"])
        }
        "approval" => (WrittenKind::Approval, &[]),
        _ => return None,
    };
    Some(written(step, kind, path))
}

fn written(step: Node<'_>, kind: WrittenKind, path: &'static [&'static str]) -> WrittenWait {
    // A `Wait` has no timeout in the product.
    let timeout = (kind != WrittenKind::Time).then(|| Text::read(step, &["timeout"])).flatten();
    let value = Some(path).filter(|path| !path.is_empty()).and_then(|path| Text::read(step, path));
    WrittenWait { step: 0, kind, value, timeout }
}

/// Returns `true` where an expression gives a value of one of them.
pub(super) fn are_open(written: &[WrittenWait]) -> bool {
    written.iter().any(|wait| [&wait.value, &wait.timeout].into_iter().flatten().any(is_open))
}

/// The waits of a stage, with the values of its own expressions; `views` are those of its steps.
pub(super) fn settled(
    written: &[WrittenWait],
    views: &[View<'_>],
    reader: &mut Reader<'_, '_>,
) -> Vec<StepWait> {
    let settle = |wait: &WrittenWait| {
        let view = views.get(wait.step as usize);
        let mut text =
            |text: &Option<Text>| text.as_ref().and_then(|text| value(text, view, reader));
        let value = text(&wait.value);
        let timeout = text(&wait.timeout).and_then(|text| text.parse().ok());
        let span = wait.timeout.as_ref().map(|timeout| timeout.span);
        let kind = match wait.kind {
            WrittenKind::Time => WaitKind::Time(value.and_then(|value| value.parse().ok())),
            WrittenKind::Approval => WaitKind::Approval,
            WrittenKind::Barrier => WaitKind::Barrier(bounded_name(&value.unwrap_or_default())),
            WrittenKind::Queue { is_of_stage } => {
                WaitKind::Queue(value.filter(|_| is_of_stage).map(|key| bounded_name(&key)))
            }
        };
        let timeout = timeout.zip(span).map(|(after, span)| Timeout { after, span });
        StepWait { step: wait.step, kind, timeout }
    };
    written.iter().map(settle).collect()
}

fn is_open(text: &Text) -> bool {
    is_expression(&text.text)
}

/// Value of a scalar in this stage; `None` where only a run knows it.
fn value(text: &Text, step: Option<&View<'_>>, reader: &mut Reader<'_, '_>) -> Option<String> {
    if !is_open(text) {
        return Some(text.text.clone());
    }
    let here = step?.at(text.path)?;
    let written = here.as_str()?;
    match is_expression(written) {
        true => Some(reader.evaluate(written).ok()?.into_text()),
        false => Some(written.to_owned()),
    }
}
