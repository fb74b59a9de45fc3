//! `infrastructure:` of the older model.
//!
//! Follows `docs/semantics.md`, "Details, settled", "Older model".

use deployline_engine::{Reference, Target};

use super::{runtime, unknown};
use crate::resolve::Context;
use crate::resolve::text::{self, Scope, Text};
use crate::resolve::view::View;
use crate::rules;

/// One environment with an inline infrastructure, which has no identifier.
pub(super) fn read(view: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Target {
    let reference = view
        .value("environmentRef")
        .or_else(|| view.at(&["environment", "identifier"]))
        .or_else(|| view.value("environment"));
    let reference = reference.as_ref().unwrap_or(view);
    match text::read(reference, scope, cx) {
        Some(Text::Runtime(text)) => runtime(reference.span(), &text, "The environment is", cx),
        Some(Text::Known(name)) => Target {
            environment: Some(Reference::known(name)),
            infrastructure: None,
            detail: view.value("infrastructureDefinition").and_then(|node| detail(&node)),
            allows_simultaneous: view
                .get("allowSimultaneousDeployments")
                .and_then(|view| text::flag(&view))
                .unwrap_or(false),
            span: view.span(),
        },
        None => {
            cx.report(
                &rules::MISSING_ENVIRONMENT,
                view.span(),
                "Expected `environmentRef:` or `environment:` with an `identifier`.",
            );
            unknown("no environment", None, view.span())
        }
    }
}

/// `KubernetesDirect ledger`: the type, and the namespace or cluster where it has one.
fn detail(definition: &View<'_>) -> Option<String> {
    let kind = definition.str_of("type")?;
    let spec = definition.value("spec");
    let place = ["namespace", "cluster"]
        .iter()
        .find_map(|key| spec.as_ref().and_then(|spec| spec.str_of(key)));
    Some(place.map_or(kind.to_owned(), |place| format!("{kind} {place}")))
}
