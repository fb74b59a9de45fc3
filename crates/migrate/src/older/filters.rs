//! Filters of v0: each chooses one kind of entity by its tags.

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::Entries;
use crate::migration::Migration;

/// `filters` for those of `holder`, if it has some.
pub(super) fn older(holder: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let filters = holder.value("filters")?;
    if filters.kind() != NodeKind::Sequence {
        return Some(migration.value(&filters));
    }
    let items = filters.items();
    if items.len() > 1 {
        migration.lost(
            filters.span(),
            "In v1 each filter keeps pairs of its own environments and infrastructures. v0 has no pairs: all of the \
             environments meet all of the infrastructures.",
        );
    }
    let mut out = Vec::new();
    for kind in ["environments", "infrastructures"] {
        for item in &items {
            add(&mut out, kind, item.value(kind), migration);
        }
    }
    Some(Value::List(out))
}

fn add(out: &mut Vec<Value>, kind: &str, kept: Option<View<'_>>, migration: &mut Migration<'_>) {
    let all = |out: &mut Vec<Value>| out.push(filter(out.len(), kind, None));
    let Some(kept) = kept else { return all(out) };
    let conditions = match kept.kind() {
        NodeKind::Sequence => kept.items(),
        NodeKind::Mapping if kept.value("tags").is_some() => vec![kept],
        NodeKind::Mapping => {
            if let Some(and) = kept.value("and") {
                migration.lost(
                    and.span(),
                    "v0 can't ask for several conditions at once: one of them is enough there.",
                );
            }
            ["or", "and"]
                .iter()
                .filter_map(|key| kept.value(key))
                .flat_map(|list| list.items())
                .collect()
        }
        _ => return all(out),
    };
    if conditions.is_empty() {
        return all(out);
    }
    for condition in conditions {
        let tags = [("in", "any"), ("all", "all")];
        let found =
            tags.iter().find_map(|(key, word)| Some((condition.at(&["tags", key])?, *word)));
        let Some((tags, word)) = found else { continue };
        let mut spec = Entries::default();
        spec.add("matchType", Value::text(word));
        spec.add("tags", migration.value(&tags));
        out.push(filter(out.len(), kind, spec.some()));
    }
}

/// A filter: of tags, or of all.
fn filter(index: usize, kind: &str, spec: Option<Value>) -> Value {
    let mut out = Entries::default();
    out.add("identifier", Value::text(format!("filter_{}", index + 1)));
    out.add("type", Value::text(if spec.is_some() { "tags" } else { "all" }));
    out.add("entities", Value::List(vec![Value::text(kind)]));
    out.add("spec", spec);
    out.into_value()
}
