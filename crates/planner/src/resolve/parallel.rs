//! The flag that makes an axis parallel or sequential.
//!
//! Follows `docs/semantics.md`, the table "Is an axis parallel?".

use deployline_engine::{Parallel, ParallelSource};
use deployline_yaml::NodeKind;

use super::context::Reader;
use super::found;
use super::scalar::{self, Given, Scalar};
use super::view::View;
use crate::spelling::closest_word;
use crate::{fix, rules};

/// The list whose `metadata` decides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Services,
    Environments,
    EnvironmentGroup,
}

/// Circumstances that decide about the flag of a list beside its own text.
#[derive(Clone, Copy)]
pub(super) struct FlagContext {
    /// `true` where services and targets of the stage are both lists.
    pub(super) both_are_lists: bool,
    /// The viewer's choice for an expression.
    pub(super) choice: Option<bool>,
}

/// The flag of a list without `metadata`.
pub(super) fn by_default() -> Parallel {
    Parallel { value: true, source: ParallelSource::Default }
}

/// Reads `metadata.parallel` of `list`.
pub(super) fn read(
    list: &View<'_>,
    kind: ListKind,
    flag_context: FlagContext,
    reader: &mut Reader<'_, '_>,
) -> Parallel {
    let FlagContext { both_are_lists, choice } = flag_context;
    if kind == ListKind::EnvironmentGroup && both_are_lists {
        return Parallel { value: true, source: ParallelSource::AlwaysForGroup };
    }
    let Some(metadata) = list.value("metadata") else { return by_default() };
    let flag = match metadata.kind() {
        NodeKind::Scalar => Some(metadata.clone()),
        _ => metadata.value("parallel"),
    };
    match flag {
        Some(flag) => written(&flag, choice, reader),
        None => missing_in(&metadata, kind, both_are_lists, reader),
    }
}

/// Reads a flag that is there, in either schema.
pub(super) fn written(
    flag: &View<'_>,
    choice: Option<bool>,
    reader: &mut Reader<'_, '_>,
) -> Parallel {
    let span = flag.span();
    // What a run takes where nobody says otherwise, the viewer may say otherwise.
    if let Some(value) = choice.filter(|_| scalar::expression(flag).is_some())
        && scalar::unsettled(flag).is_none()
    {
        return Parallel { value, source: ParallelSource::Expression(span) };
    }
    match scalar::read(flag, reader) {
        Some(Scalar::Several(_)) | None => {
            let expected = "Expected `true` or `false` here. The list is drawn as sequential.";
            found::report(&rules::PARALLEL_INVALID, flag, expected, reader);
            Parallel { value: false, source: ParallelSource::Written(span) }
        }
        Some(Scalar::Known(text)) => {
            let value = text.eq_ignore_ascii_case("true");
            if !value && !text.eq_ignore_ascii_case("false") {
                let expected = format!(
                    "`{text}` is neither `true` nor `false`, so the product takes it for `false`: \
                     sequential. Write `true` or `false`."
                );
                // An expression is not what was misspelt.
                let written = flag_meant(&text).filter(|_| scalar::expression(flag).is_none());
                let fix = written.and_then(|word| fix::keyword(flag.node(), word));
                let rule = &rules::PARALLEL_NOT_A_FLAG;
                found::report_with_fix(rule, flag, &expected, fix, reader);
            }
            Parallel { value, source: ParallelSource::Written(span) }
        }
        Some(Scalar::Runtime(_)) => {
            let value = choice.unwrap_or(true);
            let drawn = if value { "parallel" } else { "sequential" };
            let Given { clause, advice, .. } = scalar::given_by(scalar::written(flag), reader);
            let message = format!(
                "Whether this is parallel is {clause}. The list is drawn as {drawn}; the checkbox changes \
                 the picture, not the text.{advice}"
            );
            reader.report(&rules::PARALLEL_EXPRESSION, span, message);
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
    closest_word(text, &mut ["true", "false"].into_iter()).or(Some("false"))
}

/// The flag of a list with `metadata` that has no `parallel`.
fn missing_in(
    metadata: &View<'_>,
    kind: ListKind,
    both_are_lists: bool,
    reader: &mut Reader<'_, '_>,
) -> Parallel {
    match (kind, both_are_lists) {
        (ListKind::Services, true) => {
            let span = metadata.span();
            reader.report(
                &rules::SERVICES_METADATA_WITHOUT_PARALLEL,
                span,
                "The product rejects `services.metadata` without `parallel` in a stage that also \
                 lists environments. Add `parallel: true` or `parallel: false`, or remove \
                 `metadata`. The list is drawn as parallel.",
            );
            Parallel { value: true, source: ParallelSource::Rejected(span) }
        }
        (ListKind::Environments, true) => {
            Parallel { value: false, source: ParallelSource::Default }
        }
        _ => by_default(),
    }
}
