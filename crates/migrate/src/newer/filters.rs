//! Filters of v1: what they keep of environments and of infrastructures.
//!
//! ```text
//! v0   {type: tags, entities: [infrastructures], spec: {matchType: any, tags: {region: eu}}}
//! v1   {environments: all, infrastructures: [{tags: {in: {region: eu}}}]}
//! ```

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::{Entries, one};
use crate::migration::Migration;

/// `filters` for those of `holder`, if it has some.
pub(super) fn newer(holder: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let filters = holder.value("filters")?;
    if filters.kind() != NodeKind::Sequence {
        return Some(migration.value(&filters));
    }
    let mut out = Entries::default();
    for kind in ["environments", "infrastructures"] {
        let (mut conditions, mut is_all) = (Vec::new(), false);
        for filter in filters.items() {
            let entities = filter.value("entities");
            let of = entities.iter().flat_map(View::items).any(|it| it.as_str() == Some(kind));
            match (of, filter.str_of("type")) {
                (false, _) => {}
                (true, Some("all")) => is_all = true,
                (true, _) => conditions.extend(condition(&filter, migration)),
            }
        }
        let keeps_all = is_all || conditions.is_empty();
        out.add(kind, if keeps_all { Value::text("all") } else { Value::List(conditions) });
    }
    let clusters = filters.items();
    let mut clusters = clusters.iter().filter_map(|filter| filter.value("entities"));
    if let Some(entities) =
        clusters.find(|it| it.items().iter().any(|name| name.as_str() == Some("gitOpsClusters")))
    {
        migration.lost(entities.span(), "v1 has no filters for clusters.");
    }
    Some(Value::List(vec![out.into_value()]))
}

fn condition(filter: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let tags = filter.at(&["spec", "tags"])?;
    let is_every = filter.at(&["spec", "matchType"]).is_some_and(|it| it.as_str() == Some("all"));
    let tags = migration.value(&tags);
    Some(one("tags", one(if is_every { "all" } else { "in" }, tags)))
}
