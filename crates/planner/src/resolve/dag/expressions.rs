//! Expressions that name a stage which has not ended in any case: `<+pipeline.stages.ID…>`.

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::Node;

use super::names::Names;
use crate::expression::{TextPart, is_expression, parts};
use crate::resolve::context::Reader;
use crate::resolve::graph::Graph;
use crate::resolve::item::Item;
use crate::rules;

/// Reports the stages that another one names and does not depend on, each once.
pub(super) fn report(
    items: &[Item<'_>],
    graph: &Graph,
    names: &Names<'_>,
    reader: &mut Reader<'_, '_>,
) {
    for (index, item) in items.iter().enumerate() {
        let Some(stage) = item.view.value("stage") else { continue };
        let mut named: Map<&str, Span> = Map::new();
        add_named(stage.node(), &mut named);
        for (name, span) in named {
            let other = names.index_of(name).filter(|other| *other != index);
            if let Some(other) = other
                && !graph.has_ancestor(index_u32(index), index_u32(other))
            {
                let advice = match graph.has_ancestor(index_u32(other), index_u32(index)) {
                    true => format!("`{name}` waits for this one: remove the expression"),
                    false => format!("Add `{name}` to `dependsOn`"),
                };
                let message = format!(
                    "This names the stage `{name}`, which this one does not depend on, directly or through others: \
                     what comes of it may not be there yet. {advice}."
                );
                reader.report(&rules::NOT_A_DEPENDENCY, span, message);
            }
        }
    }
}

/// Adds the stages that the texts of a node name. What an alias shares belongs to no one stage.
fn add_named<'a>(node: Node<'a>, named: &mut Map<&'a str, Span>) {
    if node.is_aliased() {
        return;
    }
    if let Some(text) = node.as_str().filter(|text| is_expression(text)) {
        for name in parts(text).flat_map(stages_in) {
            named.or_insert_with(name, || node.span());
        }
    }
    node.entries().for_each(|(_, value)| add_named(value, named));
    node.items().for_each(|item| add_named(item, named));
}

/// The stages in an expression, as in `<+pipeline.stages.ID.status>`.
fn stages_in(part: TextPart<'_>) -> impl Iterator<Item = &str> {
    const PATH: &str = "pipeline.stages.";
    let inner = match part {
        TextPart::Expression { inner, .. } => inner,
        TextPart::Literal(_) => "",
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    inner.match_indices(PATH).filter_map(move |(at, _)| {
        let is_start = !inner[..at].ends_with(|c| is_name(c) || c == '.');
        let rest = &inner[at + PATH.len()..];
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        is_start.then_some(&rest[..end])
    })
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
