//! Names in `dependsOn` and `needs` that the result is without.

use std::sync::Arc;

use deployline_engine::Schema;
use deployline_map::{Map, sort_numbers};
use deployline_planner::{Settled, View, Views};
use deployline_yaml::NodeKind;

use crate::migration::Migration;

/// Notes each stage that another one is to wait for, where the result doesn't say so.
pub(crate) fn check(views: &Views<'_>, migration: &mut Migration<'_>) {
    let stages = &views.pipeline.stages;
    let key = match views.pipeline.schema {
        Schema::V0 => "dependsOn",
        Schema::V1 => "needs",
    };
    let is_unused = views.pipeline.schema == Schema::V0 && views.pipeline.dag == Some(false);
    let mut by_name: Map<&str, u32> = Map::new();
    for (index, stage) in (0..).zip(stages) {
        by_name.or_insert_with(stage.identifier.as_str(), || index);
    }
    // Stages side by side share what they wait for.
    let mut last: Option<(&Arc<[u32]>, Vec<u32>)> = None;
    for (view, stage) in views.stages.iter().zip(stages) {
        let Some(list) = view.stage.value(key) else { continue };
        if is_unused {
            migration.lost_key(&view.stage, key, "the order of the text is drawn, as is chosen");
            continue;
        }
        let shared = last.take().filter(|(after, _)| Arc::ptr_eq(after, &stage.after));
        let (_, after) =
            last.insert(shared.unwrap_or_else(|| (&stage.after, sorted(&stage.after))));
        for item in names(&list) {
            let name = match views.settled.get(&item.span()) {
                Some(Settled::Text(name)) => name.as_str(),
                _ => item.as_str().unwrap_or_default(),
            };
            match by_name.get(name) {
                Some(index) if after.binary_search(index).is_ok() => {}
                Some(_) => migration.differs(
                    item.span(),
                    format!(
                        "`{key}: {name}` adds nothing to the order that is drawn: it is left out."
                    ),
                ),
                None => migration.lost(
                    item.span(),
                    match name.trim() {
                        "" => format!("This names no stage for `{key}`: it is left out."),
                        _ => format!(
                            "`{name}` is no stage of this text: `{key}` is written without it."
                        ),
                    },
                ),
            }
        }
    }
}

fn names<'a>(list: &View<'a>) -> Vec<View<'a>> {
    match list.kind() {
        NodeKind::Sequence => list.items(),
        _ => vec![list.clone()],
    }
}

fn sorted(after: &[u32]) -> Vec<u32> {
    let mut after = after.to_vec();
    sort_numbers(&mut after, &|a, b| a.cmp(&b));
    after
}
