//! Stages that another one may wait for, all but those that wait for it; and those that it does wait for.

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

/// Identifiers of the stages that the one at `own` waits for, directly or through others, the last of the text first;
/// `None` where no stage says what it waits for.
pub(super) fn ancestors<'t>(tree: &LenientTree<'t>, own: EntryId) -> Option<Vec<&'t str>> {
    let mut stages: Vec<(&str, Option<EntryId>)> = Vec::new();
    let mut lists: Map<&str, EntryId> = Map::new();
    for stage in tree.ids().filter(|id| tree.is_key(*id, "stage")) {
        let identifier = tree.text_of(stage, "identifier").or_else(|| tree.text_of(stage, "name"));
        let list = tree.get(stage, "dependsOn");
        stages.push((identifier.unwrap_or_default(), list));
        if let (Some(identifier), Some(list)) = (identifier, list) {
            lists.or_insert_with(identifier, || list);
        }
    }
    if stages.iter().all(|(_, list)| list.is_none()) {
        return None;
    }
    let mut found: Set<&str> = Set::new();
    let mut rest: Vec<EntryId> = tree.get(own, "dependsOn").into_iter().collect();
    while let Some(list) = rest.pop() {
        for name in names_in(tree, list) {
            if found.insert(name) {
                rest.extend(lists.get(name).copied());
            }
        }
    }
    let names = stages.into_iter().rev().map(|(name, _)| name);
    Some(names.filter(|name| found.contains(*name) && !name.contains("<+")).collect())
}

/// The names in a list, or the one name in its place.
fn names_in<'t>(tree: &LenientTree<'t>, list: EntryId) -> Vec<&'t str> {
    let items = tree.children(list).map(|item| tree.value(item));
    items.chain([tree.value(list)]).filter(|name| !name.is_empty()).collect()
}
