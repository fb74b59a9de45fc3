//! Skeletons of what a mapping lacks, with names to replace.

use deployline_span::Span;
use deployline_yaml::{Fix, Node, NodeKind, TextEdit};

use crate::completion::keys::line_break;

/// A key with what belongs below it: lines with their depth, or all of it in brackets.
pub(super) struct Skeleton {
    title: &'static str,
    key: &'static str,
    /// Levels below the key, and what stands there.
    lines: &'static [(usize, &'static str)],
    flow: &'static str,
}

pub(super) const SERVICE: Skeleton = Skeleton {
    title: "Add a service",
    key: "service",
    lines: &[(1, "serviceRef: my_service")],
    flow: "{serviceRef: my_service}",
};

pub(super) const SERVICES: Skeleton = Skeleton {
    title: "Add a service to the list",
    key: "values",
    lines: &[(1, "- serviceRef: my_service")],
    flow: "[{serviceRef: my_service}]",
};

pub(super) const ENVIRONMENT: Skeleton = Skeleton {
    title: "Add an environment",
    key: "environment",
    lines: &[
        (1, "environmentRef: my_environment"),
        (1, "infrastructureDefinitions:"),
        (2, "- identifier: my_infrastructure"),
    ],
    flow: "{environmentRef: my_environment, infrastructureDefinitions: [{identifier: my_infrastructure}]}",
};

pub(super) const ENVIRONMENTS: Skeleton = Skeleton {
    title: "Add an environment to the list",
    key: "values",
    lines: &[
        (1, "- environmentRef: my_environment"),
        (1, "  infrastructureDefinitions:"),
        (2, "  - identifier: my_infrastructure"),
    ],
    flow: "[{environmentRef: my_environment, infrastructureDefinitions: [{identifier: my_infrastructure}]}]",
};

pub(super) const INFRASTRUCTURES: Skeleton = Skeleton {
    title: "Add an infrastructure",
    key: "infrastructureDefinitions",
    lines: &[(1, "- identifier: my_infrastructure")],
    flow: "[{identifier: my_infrastructure}]",
};

/// Adds what a mapping lacks: behind the key where that is there with nothing in it, else before the
/// first key.
pub(super) fn add(text: &str, mapping: Node<'_>, skeleton: &Skeleton) -> Option<Fix> {
    let title = skeleton.title.to_owned();
    let fix = |span, insert| Some(Fix { title, edits: vec![TextEdit { span, insert }] });
    let source = mapping.span().source;
    let (first, _) = mapping.entries().next()?;
    let first_at = first.span().start as usize;
    let column = column_of(text, first_at);
    let lines = || block(text, column, skeleton);
    match mapping.entry(skeleton.key) {
        Some((_, value)) if value.is_aliased() => None,
        Some((key, value)) if value.is_null() && value.span().range().is_empty() => {
            let behind = key.span().end as usize;
            let colon = behind + text.get(behind..)?.find(':')? + 1;
            let span = Span::new(source, colon, colon);
            let insert = if mapping.is_flow() { format!(" {}", skeleton.flow) } else { lines() };
            fix(span, insert)
        }
        Some((_, value)) if value.is_null() || is_empty_list(value) => {
            fix(value.span(), skeleton.flow.to_owned())
        }
        Some(_) => None,
        None => {
            let span = Span::new(source, first_at, first_at);
            let insert = match mapping.is_flow() {
                true => format!("{}: {}, ", skeleton.key, skeleton.flow),
                false => {
                    let indent = " ".repeat(column);
                    format!("{}:{}{}{indent}", skeleton.key, lines(), line_break(text))
                }
            };
            fix(span, insert)
        }
    }
}

fn is_empty_list(value: Node<'_>) -> bool {
    value.kind() == NodeKind::Sequence && value.items().len() == 0
}

/// The lines below a key in this column, each with the break before it.
fn block(text: &str, column: usize, skeleton: &Skeleton) -> String {
    let step = crate::lenient::LenientTree::new(text, usize::MAX).indent();
    let line = |(depth, content): &(usize, &str)| {
        format!("{}{}{content}", line_break(text), " ".repeat(column + depth * step))
    };
    skeleton.lines.iter().map(line).collect()
}

fn column_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}
