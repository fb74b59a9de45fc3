//! Stages that another one may wait for: all but those that wait for it.

use deployline_map::{Map, Set};

use super::candidate::Candidate;
use crate::lenient::{EntryId, LenientTree};

/// The stages that the one around the list `key` may wait for, without those in the list already.
pub(super) fn find<'t>(tree: &LenientTree<'t>, key: EntryId) -> Vec<Candidate<'t>> {
    let Some(own) = tree.parent(key) else { return Vec::new() };
    let mut not_allowed: Set<&str> = Set::new();
    not_allowed.extend(names_in(tree, key));
    // Whoever waits for a stage: names, by that of the stage.
    let mut waiting: Map<&str, Vec<&str>> = Map::new();
    let mut stages = Vec::new();
    for stage in tree.ids().filter(|id| tree.is_key(*id, "stage")) {
        let name = tree.text_of(stage, "name").unwrap_or_default();
        let identifier = tree.text_of(stage, "identifier").unwrap_or(name);
        if stage != own {
            stages.push(Candidate { name: identifier, detail: name.to_owned() });
        }
        let list = tree.get(stage, "dependsOn");
        for dependency in list.into_iter().flat_map(|list| names_in(tree, list)) {
            waiting.or_default(dependency).push(identifier);
        }
    }
    let name = tree.text_of(own, "name").unwrap_or_default();
    let mut rest = vec![tree.text_of(own, "identifier").unwrap_or(name)];
    let mut behind: Set<&str> = Set::new();
    while let Some(stage) = rest.pop() {
        if behind.insert(stage) {
            rest.extend(waiting.get(stage).into_iter().flatten());
        }
    }
    let is_allowed = |it: &Candidate<'_>| {
        !it.name.is_empty() && !behind.contains(it.name) && !not_allowed.contains(it.name)
    };
    stages.into_iter().filter(is_allowed).collect()
}

/// The names in a list, or the one name in its place.
fn names_in<'t>(tree: &LenientTree<'t>, list: EntryId) -> Vec<&'t str> {
    let items = tree.children(list).map(|item| tree.value(item));
    items.chain([tree.value(list)]).filter(|name| !name.is_empty()).collect()
}
