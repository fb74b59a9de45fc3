//! `infrastructure:` of the older model.
//!
//! Follows `docs/semantics.md`, "Details", "Older model".

use deployline_engine::{Reference, Target, bounded_name};

use super::infrastructure::constraint_values;
use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::view::View;
use crate::rules;

/// Reads one environment with an inline infrastructure, which has no identifier.
pub(super) fn read(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Target {
    let reference = view
        .value("environmentRef")
        .or_else(|| view.at(&["environment", "identifier"]))
        .or_else(|| view.value("environment"));
    let reference = reference.as_ref().unwrap_or(view);
    match scalar::read(reference, reader) {
        Some(Scalar::Runtime(text)) => {
            let span = reference.span();
            scalar::report_runtime(span, "The environment is", scalar::written(reference), reader);
            Target::placeholder(text, None, span)
        }
        Some(Scalar::Known(name)) => Target {
            environment: Some(Reference::known(name)),
            infrastructure: None,
            detail: view
                .value("infrastructureDefinition")
                .and_then(|node| detail(&node))
                .map(|detail| bounded_name(&reader.substitute(&detail))),
            allows_simultaneous: view
                .get("allowSimultaneousDeployments")
                .and_then(|view| scalar::settled_flag(&view, reader))
                .unwrap_or(false),
            constraint_values: view
                .value("infrastructureDefinition")
                .and_then(|definition| constraint_values(definition.node())),
            span: view.span(),
        },
        Some(Scalar::Several(_)) | None => {
            let expected = "Expected `environmentRef:` or `environment:` with an `identifier`.";
            found::report(&rules::MISSING_ENVIRONMENT, reference, expected, reader);
            Target::placeholder("no environment", None, view.span())
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
