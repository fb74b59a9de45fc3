//! Identifiers that a text knows: those of its documents, and those that it refers to elsewhere.

use deployline_map::Set;
use deployline_schema::{EntityKind, MappingKind};

use super::candidate::Candidate;
use super::dependencies;
use crate::lenient::{EntryId, EntryKind, LenientTree};

/// Names that the value of `key`, or an item of its list, may refer to.
pub(super) fn find<'t>(
    tree: &LenientTree<'t>,
    key: EntryId,
    refers: EntityKind,
) -> Vec<Candidate<'t>> {
    match refers {
        EntityKind::Service => named(tree, key, &["serviceRef"], "service"),
        EntityKind::Environment => named(tree, key, &["environmentRef"], "environment"),
        EntityKind::Group => named(tree, key, &["envGroupRef"], "environmentGroup"),
        EntityKind::Template => named(tree, key, &["templateRef"], "template"),
        EntityKind::Infrastructure => infrastructures(tree, key),
        EntityKind::Stage if tree.is_key(key, "dependsOn") => dependencies::find(tree, key),
        EntityKind::Stage => stages(tree, key),
    }
}

/// Names in the order of the text, each once, without those that stand beside the cursor already.
struct Names<'t> {
    taken: Set<&'t str>,
    found: Vec<Candidate<'t>>,
}

impl<'t> Names<'t> {
    fn new(tree: &LenientTree<'t>, key: EntryId) -> Self {
        Self { taken: beside(tree, key), found: Vec::new() }
    }

    fn add(&mut self, name: &'t str, detail: &str) {
        let is_name = !name.is_empty()
            && !name.contains("<+")
            && !name.starts_with(['*', '{', '[', '|', '>']);
        if is_name && self.taken.insert(name) {
            self.found.push(Candidate { name, detail: detail.to_owned() });
        }
    }
}

/// References of the other items of the list around `key`: none is listed twice.
fn beside<'t>(tree: &LenientTree<'t>, key: EntryId) -> Set<&'t str> {
    let name = tree.name(key);
    let Some(item) = tree.parent(key).filter(|id| tree.entry(*id).kind == EntryKind::Item) else {
        return Set::new();
    };
    let list = tree.parent(item);
    let mut names = Set::new();
    for other in list.into_iter().flat_map(|list| tree.children(list)).filter(|id| *id != item) {
        names.extend(tree.text_of(other, name));
    }
    names
}

/// Names that documents of a kind have, then those that these keys refer to elsewhere.
fn named<'t>(
    tree: &LenientTree<'t>,
    own: EntryId,
    keys: &[&str],
    kind: &'static str,
) -> Vec<Candidate<'t>> {
    let mut names = Names::new(tree, own);
    for entity in entities(tree, kind) {
        let detail = tree.text_of(entity, "name").unwrap_or_default();
        names.add(tree.text_of(entity, "identifier").unwrap_or_default(), detail);
    }
    for id in tree.ids().filter(|id| *id != own) {
        let is_key = tree.entry(id).kind == EntryKind::Key && keys.contains(&tree.name(id));
        if is_key || refers_in_v1(tree, id, kind) {
            names.add(tree.value(id), "");
        }
    }
    names.found
}

/// The newer schema has names behind `service:`, `id:` and as items.
fn refers_in_v1(tree: &LenientTree<'_>, id: EntryId, kind: &str) -> bool {
    if tree.entry(id).value.is_empty() {
        return false;
    }
    let holder =
        tree.outwards(id).skip(1).take(3).find(|id| tree.entry(*id).kind == EntryKind::Key);
    let is_v1_holder = |id: EntryId| {
        tree.is_key(id, kind)
            && tree.parent(id).is_some_and(|stage| tree.get(stage, "id").is_some())
    };
    match tree.entry(id).kind {
        EntryKind::Document => false,
        EntryKind::Key if tree.is_key(id, kind) => is_v1_holder(id),
        EntryKind::Key => {
            tree.is_key(id, "id")
                && holder.is_some_and(|of| is_v1_holder(of) || is_items_of(tree, of, kind))
        }
        EntryKind::Item => holder.is_some_and(|of| {
            (is_v1_holder(of) || is_items_of(tree, of, kind)) && tree.parent(id) == Some(of)
        }),
    }
}

/// True where this is `items` of `service:` or the like.
fn is_items_of(tree: &LenientTree<'_>, id: EntryId, kind: &str) -> bool {
    tree.is_key(id, "items") && tree.parent(id).is_some_and(|of| tree.is_key(of, kind))
}

/// The entities of a kind that have a document of their own.
fn entities<'s>(tree: &'s LenientTree<'_>, kind: &'s str) -> impl Iterator<Item = EntryId> + 's {
    let documents = tree.ids().filter(|id| tree.entry(*id).kind == EntryKind::Document);
    documents.filter_map(move |document| tree.get(document, kind))
}

/// Those of the environment around the cursor first.
fn infrastructures<'t>(tree: &LenientTree<'t>, key: EntryId) -> Vec<Candidate<'t>> {
    let environment = environment_around(tree, key);
    let mut names = Names::new(tree, key);
    let mut all: Vec<(&'t str, &'t str)> = Vec::new();
    for entity in entities(tree, "infrastructureDefinition") {
        let name = tree.text_of(entity, "identifier").unwrap_or_default();
        all.push((tree.text_of(entity, "environmentRef").unwrap_or_default(), name));
    }
    for list in tree
        .ids()
        .filter(|id| tree.is_key(*id, "infrastructureDefinitions") || tree.is_key(*id, "deploy-to"))
    {
        let of = tree.parent(list).and_then(|of| name_of_environment(tree, of));
        let of = of.unwrap_or_default();
        if list != key {
            all.push((of, tree.value(list)));
        }
        for item in tree.children(list) {
            let name = tree.get(item, "identifier").filter(|id| *id != key);
            let name = name.map_or(tree.value(item), |name| tree.value(name));
            all.push((of, name));
        }
    }
    for is_own in [true, false] {
        for (of, name) in &all {
            let is_of_it = environment.is_none_or(|environment| environment == *of);
            if is_of_it == is_own && *name != "all" {
                names.add(name, of);
            }
        }
    }
    names.found
}

fn environment_around<'t>(tree: &LenientTree<'t>, key: EntryId) -> Option<&'t str> {
    tree.outwards(key).find_map(|id| name_of_environment(tree, id))
}

fn name_of_environment<'t>(tree: &LenientTree<'t>, holder: EntryId) -> Option<&'t str> {
    let is_v1 = || tree.get(holder, "deploy-to").is_some();
    let of_v1 = || tree.text_of(holder, "id").filter(|_| is_v1());
    tree.text_of(holder, "environmentRef").or_else(of_v1)
}

/// Stages that the value can be taken from: earlier deployment stages in no group with this one, in a DAG those that it
/// waits for, which have the value themselves.
fn stages<'t>(tree: &LenientTree<'t>, key: EntryId) -> Vec<Candidate<'t>> {
    let mut names = Names::new(tree, key);
    let mut around = tree.outwards(key).skip(1);
    let wanted = around.find(|id| tree.is_key_of_axis(*id)).map(|id| tree.name(id));
    let entry_of = |id: EntryId| {
        let mut outwards = tree.outwards(id);
        outwards.find(|id| tree.parent(*id).is_some_and(|of| tree.is_stages(of)))
    };
    let Some(own) = entry_of(key) else { return names.found };
    let list = tree.parent(own);
    let stage = tree.outwards(key).skip(1).find(|id| tree.is_key(*id, "stage"));
    let ancestors = stage.and_then(|stage| dependencies::ancestors(tree, stage));
    let ancestors: Option<Set<&str>> = ancestors.map(|names| names.into_iter().collect());
    for id in tree.ids().filter(|id| tree.is_key(*id, "stage")) {
        let name = tree.text_of(id, "name").unwrap_or_default();
        let identifier = tree.text_of(id, "identifier").unwrap_or(name);
        let is_earlier = || {
            let entry = entry_of(id);
            entry.is_some_and(|entry| entry < own && tree.parent(entry) == list)
        };
        let has_ended = match &ancestors {
            Some(ancestors) => ancestors.contains(identifier),
            None => id < own && is_earlier(),
        };
        if has_ended && has_value(tree, id, wanted) {
            names.add(identifier, name);
        }
    }
    names.found
}

/// True where a stage has the wanted value as its own, not by `useFromStage`.
fn has_value(tree: &LenientTree<'_>, stage: EntryId, wanted: Option<&str>) -> bool {
    let is_deployment = tree.text_of(stage, "type").is_none_or(|kind| kind == "Deployment");
    let Some(spec) = tree.get(stage, "spec").filter(|_| is_deployment) else { return false };
    let keys: &[&str] = match wanted {
        Some("services") => &["services"],
        Some("service" | "serviceConfig") => &["service", "serviceConfig"],
        _ => &["environment", "infrastructure"],
    };
    let value = keys.iter().find_map(|key| tree.get(spec, key));
    value.is_some_and(|value| tree.get(value, "useFromStage").is_none())
}

impl LenientTree<'_> {
    /// True where this is the list of stages of a pipeline.
    fn is_stages(&self, id: EntryId) -> bool {
        self.is_key(id, "stages")
            || (self.entry(id).kind == EntryKind::Document
                && self
                    .children(id)
                    .next()
                    .is_some_and(|id| self.entry(id).kind == EntryKind::Item))
    }

    /// True where this is a key of `spec` with services or environments.
    fn is_key_of_axis(&self, id: EntryId) -> bool {
        let name = self.name(id);
        self.entry(id).kind == EntryKind::Key
            && MappingKind::Spec.one_of().iter().any(|group| group.contains(&name))
    }
}
