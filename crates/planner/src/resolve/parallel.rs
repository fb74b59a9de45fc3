//! Whether an axis is parallel.
//!
//! Follows `docs/semantics.md`, the table "Is an axis parallel?".

use deployline_yaml::{Node, NodeKind};

use super::{Context, is_expression, value};
use crate::{Parallel, ParallelSource};

/// The list whose `metadata` decides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Services,
    Environments,
    EnvironmentGroup,
}

/// Reads `metadata.parallel` of `list`. `both` tells whether both axes are lists; `choice` is what
/// the viewer chose for an expression.
pub(super) fn read(
    list: Node<'_>,
    kind: ListKind,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Parallel {
    if kind == ListKind::EnvironmentGroup && both {
        return Parallel { value: true, source: ParallelSource::AlwaysForGroup };
    }
    let Some(metadata) = value(list, "metadata") else {
        return Parallel { value: true, source: ParallelSource::Default };
    };
    let flag = match metadata.kind() {
        NodeKind::Scalar => Some(metadata),
        _ => value(metadata, "parallel"),
    };
    match flag {
        Some(flag) => written(flag, choice, cx),
        None => missing_in(metadata, kind, both, cx),
    }
}

fn written(flag: Node<'_>, choice: Option<bool>, cx: &mut Context<'_>) -> Parallel {
    let text = flag.as_str().unwrap_or_default();
    let span = flag.span();
    if !is_expression(text) {
        let value = text.eq_ignore_ascii_case("true");
        return Parallel { value, source: ParallelSource::Written(span) };
    }
    let value = choice.unwrap_or(true);
    let drawn = if value { "parallel" } else { "sequential" };
    cx.warning(
        "parallel-expression",
        flag,
        format!(
            "`{text}` decides at run time whether this is parallel. It is drawn as {drawn}; the \
         checkbox changes the picture, not the text."
        ),
    );
    Parallel { value, source: ParallelSource::Expression(span) }
}

/// `metadata` is there, `parallel` is not.
fn missing_in(metadata: Node<'_>, kind: ListKind, both: bool, cx: &mut Context<'_>) -> Parallel {
    match (kind, both) {
        (ListKind::Services, true) => {
            cx.error(
                "services-metadata-without-parallel",
                metadata,
                "The product rejects `services.metadata` without `parallel` in a stage that also \
                 lists environments. Add `parallel: true` or `parallel: false`, or remove \
                 `metadata`. It is drawn as parallel.",
            );
            Parallel { value: true, source: ParallelSource::Rejected(metadata.span()) }
        }
        (ListKind::Environments, true) => {
            Parallel { value: false, source: ParallelSource::Default }
        }
        _ => Parallel { value: true, source: ParallelSource::Default },
    }
}
