//! Stages that expressions name: `<+pipeline.stages.ID…>`.

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::Node;

use crate::expression::{TextPart, is_expression, parts};

/// A stage in an expression, and what is asked of it.
#[derive(Clone, Copy)]
pub(super) struct NamedStage<'t> {
    pub(super) identifier: &'t str,
    /// The rest of the path: `status`, `variables.x`.
    pub(super) rest: &'t str,
}

/// Adds the wanted stages that the texts of a node name, each with the first place. What an alias shares belongs to no
/// one stage.
pub(super) fn add<'a>(
    node: Node<'a>,
    named: &mut Map<&'a str, Span>,
    is_wanted: &dyn Fn(NamedStage<'a>) -> bool,
) {
    if node.is_aliased() {
        return;
    }
    if let Some(text) = node.as_str().filter(|text| is_expression(text)) {
        for stage in parts(text).flat_map(stages_in).filter(|stage| is_wanted(*stage)) {
            named.or_insert_with(stage.identifier, || node.span());
        }
    }
    node.entries().for_each(|(_, value)| add(value, named, is_wanted));
    node.items().for_each(|item| add(item, named, is_wanted));
}

/// The stages in an expression, as in `<+pipeline.stages.ID.status>`.
fn stages_in(part: TextPart<'_>) -> impl Iterator<Item = NamedStage<'_>> {
    const PATH: &str = "pipeline.stages.";
    let inner = match part {
        TextPart::Expression { inner, .. } => inner,
        TextPart::Literal(_) => "",
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    inner.match_indices(PATH).filter_map(move |(at, _)| {
        let is_start = !inner[..at].ends_with(|c| is_name(c) || c == '.');
        let path = &inner[at + PATH.len()..];
        let end = path.find(|c| !is_name(c)).unwrap_or(path.len());
        let (identifier, rest) = path.split_at(end);
        let rest = rest.strip_prefix('.').unwrap_or_default();
        let end = rest.find(|c| !is_name(c) && c != '.').unwrap_or(rest.len());
        is_start.then_some(NamedStage { identifier, rest: &rest[..end] })
    })
}
