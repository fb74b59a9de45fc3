//! Expressions that name a stage which has not ended in any case: `<+pipeline.stages.ID…>`.

use deployline_map::Map;
use deployline_span::Span;

use super::names::Names;
use crate::resolve::context::Reader;
use crate::resolve::graph::Graph;
use crate::resolve::item::Item;
use crate::resolve::stage_names;
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
        stage_names::add(stage.node(), &mut named, &|_| true);
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

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
