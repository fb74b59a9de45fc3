//! Whether an axis is parallel.
//!
//! Follows `docs/semantics.md`, the table "Is an axis parallel?".

use deployline_engine::{Parallel, ParallelSource};
use deployline_yaml::NodeKind;

use super::Context;
use super::text::{self, Scope, Text};
use super::view::View;
use crate::fix;
use crate::rules;
use crate::spelling::meant;

/// The list whose `metadata` decides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Services,
    Environments,
    EnvironmentGroup,
}

/// Parallel because nothing says otherwise.
pub(super) fn by_default() -> Parallel {
    Parallel { value: true, source: ParallelSource::Default }
}

/// Reads `metadata.parallel` of `list`. `both` tells whether both axes are lists; `choice` is what
/// the viewer chose for an expression.
pub(super) fn read(
    list: &View<'_>,
    kind: ListKind,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Parallel {
    if kind == ListKind::EnvironmentGroup && both {
        return Parallel { value: true, source: ParallelSource::AlwaysForGroup };
    }
    let Some(metadata) = list.value("metadata") else { return by_default() };
    let flag = match metadata.kind() {
        NodeKind::Scalar => Some(metadata.clone()),
        _ => metadata.value("parallel"),
    };
    match flag {
        Some(flag) => written(&flag, choice, cx),
        None => missing_in(&metadata, kind, both, cx),
    }
}

/// A flag that is there, in either schema.
pub(super) fn written(flag: &View<'_>, choice: Option<bool>, cx: &mut Context<'_>) -> Parallel {
    let span = flag.span();
    // What a run takes where nobody says otherwise, the viewer may say otherwise.
    if let Some(value) = choice.filter(|_| text::expression(flag).is_some())
        && text::unsettled(flag).is_none()
    {
        return Parallel { value, source: ParallelSource::Expression(span) };
    }
    match text::read(flag, &Scope::default(), cx) {
        None => {
            cx.report(
                &rules::PARALLEL_INVALID,
                span,
                "Expected `true` or `false` here. It is drawn as sequential.",
            );
            Parallel { value: false, source: ParallelSource::Written(span) }
        }
        Some(Text::Known(text)) => {
            let value = text.eq_ignore_ascii_case("true");
            if !value && !text.eq_ignore_ascii_case("false") {
                let message =
                    format!("`{text}` is neither `true` nor `false`: it counts as sequential.");
                let fix = flag_meant(&text).and_then(|word| fix::word(flag.node(), word));
                cx.report_with(&rules::PARALLEL_NOT_A_FLAG, span, message, fix);
            }
            Parallel { value, source: ParallelSource::Written(span) }
        }
        Some(Text::Runtime(text)) => {
            let value = choice.unwrap_or(true);
            let drawn = if value { "parallel" } else { "sequential" };
            cx.report(
                &rules::PARALLEL_EXPRESSION,
                span,
                format!(
                    "`{text}` decides at run time whether this is parallel. It is drawn as \
                     {drawn}; the checkbox changes the picture, not the text."
                ),
            );
            Parallel { value, source: ParallelSource::Expression(span) }
        }
    }
}

/// The flag that a text was probably to be; of one that is like neither, what it counts as.
fn flag_meant(text: &str) -> Option<&'static str> {
    let same = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if same(&["yes", "on", "y", "1", "parallel"]) {
        return Some("true");
    }
    meant(text, &mut ["true", "false"].into_iter()).or(Some("false"))
}

/// `metadata` is there, `parallel` is not.
fn missing_in(metadata: &View<'_>, kind: ListKind, both: bool, cx: &mut Context<'_>) -> Parallel {
    match (kind, both) {
        (ListKind::Services, true) => {
            let span = metadata.span();
            cx.report(
                &rules::SERVICES_METADATA_WITHOUT_PARALLEL,
                span,
                "The product rejects `services.metadata` without `parallel` in a stage that also \
                 lists environments. Add `parallel: true` or `parallel: false`, or remove \
                 `metadata`. It is drawn as parallel.",
            );
            Parallel { value: true, source: ParallelSource::Rejected(span) }
        }
        (ListKind::Environments, true) => {
            Parallel { value: false, source: ParallelSource::Default }
        }
        _ => by_default(),
    }
}
