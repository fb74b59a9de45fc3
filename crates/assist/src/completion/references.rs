//! Identifiers that a text knows: those of its documents, and those that it refers to elsewhere.

use deployline_map::Set;
use deployline_schema::{EntityKind, MappingKind};

use crate::sketch::{Id, Kind, Sketch};

/// A name, and where it is known from.
pub(super) struct Found<'t> {
    pub(super) name: &'t str,
    pub(super) detail: String,
}

/// What the value of `key`, or an item of its list, may refer to.
pub(super) fn find<'t>(sketch: &Sketch<'t>, key: Id, refers: EntityKind) -> Vec<Found<'t>> {
    match refers {
        EntityKind::Service => named(sketch, key, &["serviceRef"], "service"),
        EntityKind::Environment => named(sketch, key, &["environmentRef"], "environment"),
        EntityKind::Group => named(sketch, key, &["envGroupRef"], "environmentGroup"),
        EntityKind::Template => named(sketch, key, &["templateRef"], "template"),
        EntityKind::Infrastructure => infrastructures(sketch, key),
        EntityKind::Stage => stages(sketch, key),
    }
}

/// Names in the order of the text, each once, without those that stand beside the cursor already.
struct Names<'t> {
    taken: Set<&'t str>,
    found: Vec<Found<'t>>,
}

impl<'t> Names<'t> {
    fn new(sketch: &Sketch<'t>, key: Id) -> Self {
        Self { taken: beside(sketch, key), found: Vec::new() }
    }

    fn add(&mut self, name: &'t str, detail: &str) {
        let is_name = !name.is_empty()
            && !name.contains("<+")
            && !name.starts_with(['*', '{', '[', '|', '>']);
        if is_name && self.taken.insert(name) {
            self.found.push(Found { name, detail: detail.to_owned() });
        }
    }
}

/// What the other items of the list around `key` refer to: it is not listed twice.
fn beside<'t>(sketch: &Sketch<'t>, key: Id) -> Set<&'t str> {
    let name = sketch.name(key);
    let Some(item) = sketch.parent(key).filter(|id| sketch.entry(*id).kind == Kind::Item) else {
        return Set::new();
    };
    let list = sketch.parent(item);
    let mut names = Set::new();
    for other in list.into_iter().flat_map(|list| sketch.children(list)).filter(|id| *id != item) {
        names.extend(sketch.text_of(other, name));
    }
    names
}

/// Names that documents of a kind have, then those that these keys refer to elsewhere.
fn named<'t>(sketch: &Sketch<'t>, own: Id, keys: &[&str], kind: &'static str) -> Vec<Found<'t>> {
    let mut names = Names::new(sketch, own);
    for entity in entities(sketch, kind) {
        let detail = sketch.text_of(entity, "name").unwrap_or_default();
        names.add(sketch.text_of(entity, "identifier").unwrap_or_default(), detail);
    }
    for id in sketch.ids().filter(|id| *id != own) {
        let is_key = sketch.entry(id).kind == Kind::Key && keys.contains(&sketch.name(id));
        if is_key || refers_in_v1(sketch, id, kind) {
            names.add(sketch.value(id), "");
        }
    }
    names.found
}

/// The newer schema has names behind `service:`, `id:` and as items.
fn refers_in_v1(sketch: &Sketch<'_>, id: Id, kind: &str) -> bool {
    if sketch.entry(id).value.is_empty() {
        return false;
    }
    let holder = sketch.outwards(id).skip(1).take(3).find(|id| sketch.entry(*id).kind == Kind::Key);
    let is_v1_holder = |id: Id| {
        sketch.is_key(id, kind)
            && sketch.parent(id).is_some_and(|stage| sketch.get(stage, "id").is_some())
    };
    match sketch.entry(id).kind {
        Kind::Document => false,
        Kind::Key if sketch.is_key(id, kind) => is_v1_holder(id),
        Kind::Key => {
            sketch.is_key(id, "id")
                && holder.is_some_and(|of| is_v1_holder(of) || is_items_of(sketch, of, kind))
        }
        Kind::Item => holder.is_some_and(|of| {
            (is_v1_holder(of) || is_items_of(sketch, of, kind)) && sketch.parent(id) == Some(of)
        }),
    }
}

/// Whether this is `items` of `service:` or the like.
fn is_items_of(sketch: &Sketch<'_>, id: Id, kind: &str) -> bool {
    sketch.is_key(id, "items") && sketch.parent(id).is_some_and(|of| sketch.is_key(of, kind))
}

/// The entities of a kind that have a document of their own.
fn entities<'s>(sketch: &'s Sketch<'_>, kind: &'s str) -> impl Iterator<Item = Id> + 's {
    let documents = sketch.ids().filter(|id| sketch.entry(*id).kind == Kind::Document);
    documents.filter_map(move |document| sketch.get(document, kind))
}

/// Those of the environment around the cursor first.
fn infrastructures<'t>(sketch: &Sketch<'t>, key: Id) -> Vec<Found<'t>> {
    let environment = environment_around(sketch, key);
    let mut names = Names::new(sketch, key);
    let mut all: Vec<(&'t str, &'t str)> = Vec::new();
    for entity in entities(sketch, "infrastructureDefinition") {
        let name = sketch.text_of(entity, "identifier").unwrap_or_default();
        all.push((sketch.text_of(entity, "environmentRef").unwrap_or_default(), name));
    }
    for list in sketch.ids().filter(|id| {
        sketch.is_key(*id, "infrastructureDefinitions") || sketch.is_key(*id, "deploy-to")
    }) {
        let of = sketch.parent(list).and_then(|of| name_of_environment(sketch, of));
        let of = of.unwrap_or_default();
        if list != key {
            all.push((of, sketch.value(list)));
        }
        for item in sketch.children(list) {
            let name = sketch.get(item, "identifier").filter(|id| *id != key);
            let name = name.map_or(sketch.value(item), |name| sketch.value(name));
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

fn environment_around<'t>(sketch: &Sketch<'t>, key: Id) -> Option<&'t str> {
    sketch.outwards(key).find_map(|id| name_of_environment(sketch, id))
}

fn name_of_environment<'t>(sketch: &Sketch<'t>, holder: Id) -> Option<&'t str> {
    let is_v1 = || sketch.get(holder, "deploy-to").is_some();
    let of_v1 = || sketch.text_of(holder, "id").filter(|_| is_v1());
    sketch.text_of(holder, "environmentRef").or_else(of_v1)
}

/// Stages that the value can be taken from: earlier deployment stages in no group with this one, which
/// have the value themselves.
fn stages<'t>(sketch: &Sketch<'t>, key: Id) -> Vec<Found<'t>> {
    let mut names = Names::new(sketch, key);
    let mut around = sketch.outwards(key).skip(1);
    let wanted = around.find(|id| sketch.place_key_is_axis(*id)).map(|id| sketch.name(id));
    let entry_of = |id: Id| {
        let mut outwards = sketch.outwards(id);
        outwards.find(|id| sketch.parent(*id).is_some_and(|of| sketch.is_stages(of)))
    };
    let Some(own) = entry_of(key) else { return names.found };
    let list = sketch.parent(own);
    for id in sketch.ids().take_while(|id| *id < own).filter(|id| sketch.is_key(*id, "stage")) {
        let entry = entry_of(id);
        let is_earlier = entry.is_some_and(|entry| entry < own && sketch.parent(entry) == list);
        if is_earlier && has_value(sketch, id, wanted) {
            let name = sketch.text_of(id, "name").unwrap_or_default();
            let identifier = sketch.text_of(id, "identifier").unwrap_or(name);
            names.add(identifier, name);
        }
    }
    names.found
}

/// Whether a stage has what is wanted, and itself.
fn has_value(sketch: &Sketch<'_>, stage: Id, wanted: Option<&str>) -> bool {
    let is_deployment = sketch.text_of(stage, "type").is_none_or(|kind| kind == "Deployment");
    let Some(spec) = sketch.get(stage, "spec").filter(|_| is_deployment) else { return false };
    let keys: &[&str] = match wanted {
        Some("services") => &["services"],
        Some("service" | "serviceConfig") => &["service", "serviceConfig"],
        _ => &["environment", "environments", "environmentGroup", "infrastructure"],
    };
    let value = keys.iter().find_map(|key| sketch.get(spec, key));
    value.is_some_and(|value| sketch.get(value, "useFromStage").is_none())
}

impl Sketch<'_> {
    /// Whether this is the list of stages of a pipeline.
    fn is_stages(&self, id: Id) -> bool {
        self.is_key(id, "stages")
            || (self.entry(id).kind == Kind::Document
                && self.children(id).next().is_some_and(|id| self.entry(id).kind == Kind::Item))
    }

    /// Whether this is a key of `spec` with services or environments.
    fn place_key_is_axis(&self, id: Id) -> bool {
        let name = self.name(id);
        self.entry(id).kind == Kind::Key
            && MappingKind::Spec.one_of().iter().any(|group| group.contains(&name))
    }
}
