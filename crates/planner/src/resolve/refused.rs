//! Keys that the product refuses to save beside each other.
//!
//! Follows `docs/semantics.md`, "Details".

use deployline_span::Span;

use super::context::Reader;
use super::view::View;
use crate::rules;

/// Keys of services in the newer model.
const SERVICES: &[&str] = &["services", "service"];
/// Keys of environments in the newer model.
const ENVIRONMENTS: &[&str] = &["environments", "environmentGroup", "environment"];
/// Keys of the older model.
pub(super) const OLDER: &[&str] = &["serviceConfig", "infrastructure"];

/// Reports keys of a `spec` that can't stand together. Of each pair the first is drawn.
pub(super) fn check(spec: &View<'_>, reader: &mut Reader<'_, '_>) {
    for keys in [SERVICES, ENVIRONMENTS] {
        let mut there = keys.iter().filter(|key| spec.value(key).is_some());
        let Some(drawn) = there.next() else { continue };
        for other in there {
            report_keys(spec, drawn, other, reader);
        }
    }
    report_reference_in_older(spec, reader);
    let newer = SERVICES.iter().chain(ENVIRONMENTS).find(|key| spec.value(key).is_some());
    let Some(drawn) = newer else { return };
    for other in OLDER.iter().filter(|key| spec.value(key).is_some()) {
        let (half, instead) = match *other {
            "infrastructure" => (ENVIRONMENTS, "environment"),
            _ => (SERVICES, "service"),
        };
        let advice = match half.iter().any(|key| spec.value(key).is_some()) {
            true => "Remove it.".to_owned(),
            false => format!("Write `{instead}` instead."),
        };
        let message = format!(
            "`{other}` is of the older model and `{drawn}` of the newer one: the product refuses a \
             stage that mixes them. Of this stage the newer model is drawn. {advice}"
        );
        report([spec.key_span(other), spec.key_span(drawn)], message, drawn, reader);
    }
}

/// Reports a reference to an infrastructure in the older model, which has inline definitions only.
fn report_reference_in_older(spec: &View<'_>, reader: &mut Reader<'_, '_>) {
    let reference = spec.value("infrastructure");
    let Some((key, name)) = reference.and_then(|it| it.entry("infrastructureDefinitionRef")) else {
        return;
    };
    let message = format!(
        "`infrastructureDefinitionRef` stands here, and the product doesn't read it. Write \
         `infrastructureDefinitions` with `- identifier: {}` below `environment`.",
        name.as_str().unwrap_or("…")
    );
    reader.report(&rules::INFRASTRUCTURE_KEY, key.span(), message);
}

/// Returns `true` where a `spec` has keys of the newer model, so that those of the older one don't count.
pub(super) fn is_newer(spec: &View<'_>) -> bool {
    SERVICES.iter().chain(ENVIRONMENTS).any(|key| spec.value(key).is_some())
}

/// Reports a reference beside `useFromStage`, which `beside` has: the reference is drawn.
pub(super) fn report_reference(
    own: &View<'_>,
    beside: &View<'_>,
    reference: &str,
    reader: &mut Reader<'_, '_>,
) {
    let holder = if own.value(reference).is_some() { own } else { beside };
    let places = [beside.key_span("useFromStage"), holder.key_span(reference)];
    report_pair(places, "useFromStage", reference, reader);
}

/// Reports two keys of one mapping, of which the first is drawn.
pub(super) fn report_keys(
    holder: &View<'_>,
    drawn: &str,
    other: &str,
    reader: &mut Reader<'_, '_>,
) {
    report_pair([holder.key_span(other), holder.key_span(drawn)], other, drawn, reader);
}

fn report_pair(places: [Span; 2], other: &str, drawn: &str, reader: &mut Reader<'_, '_>) {
    let message = format!(
        "The product refuses `{other}` beside `{drawn}`. `{drawn}` is drawn. Remove one of the two."
    );
    report(places, message, drawn, reader);
}

fn report([other, place]: [Span; 2], message: String, drawn: &str, reader: &mut Reader<'_, '_>) {
    let diagnostic = rules::REFUSED_TOGETHER.at(other, message);
    reader.add(diagnostic.with_related(place, format!("`{drawn}` is here")));
}
