//! Stage by stage: its template, what it takes from others, its lists and its flags.

use std::borrow::Cow;

use deployline_engine::{AxisName, Schema, Stage, Work};
use deployline_planner::{Inputs, StageView, View, Views};
use deployline_yaml::write::Value;
use deployline_yaml::{Document, NodeKind};

use super::axes;
use super::edits::Edits;
use super::tree::Trees;

const SERVICES: [&str; 3] = ["services", "service", "serviceConfig"];
const TARGETS: [&str; 4] = ["environments", "environmentGroup", "environment", "infrastructure"];

/// Resolves a pipeline in its text.
pub(super) fn resolve(
    views: &Views<'_>,
    documents: &[Document],
    inputs: &Inputs,
    edits: &mut Edits<'_>,
    trees: &mut Trees,
) {
    let written = |view: &View<'_>| {
        let is_there = |document: &Document| document.mapping_at(view.span()).is_some();
        documents.iter().any(is_there)
    };
    if let Some(root) = &views.root {
        let mut roots = documents.iter().filter_map(|document| document.root().get("pipeline"));
        if let Some(own) = roots.find(|own| own.get("template").is_some())
            && own.span() != root.span()
        {
            return whole_template(own, root, views, inputs, edits, trees);
        }
    }
    for (view, stage) in views.stages.iter().zip(&views.pipeline.stages) {
        // What is shared by an alias is written anew as a whole.
        if view.stage.node().is_aliased() || !written(&view.stage) {
            continue;
        }
        match views.pipeline.schema {
            Schema::V0 => in_text(view, stage, inputs, edits, trees),
            Schema::V1 => flat(view, stage, edits),
        }
    }
    let whole = views.root.as_ref().or(views.list.as_ref());
    match whole {
        Some(whole) => edits.fill(whole, trees),
        None => views.stages.iter().for_each(|view| edits.fill(&view.stage, trees)),
    }
}

/// A stage of the text itself.
fn in_text(
    view: &StageView<'_>,
    stage: &Stage,
    inputs: &Inputs,
    edits: &mut Edits<'_>,
    trees: &mut Trees,
) {
    let node = view.stage.node();
    if let Some((key, _)) = node.entry("template") {
        if view.body.span() != view.stage.span() {
            let mut body = body(view, stage, inputs, trees);
            // What stands beside the template counts.
            if let Value::Map(entries) = &mut body {
                entries.retain(|(key, _)| node.get(key).is_none_or(|own| own.is_null()));
                edits.replace_entry(node, key, entries);
            }
        }
        return;
    }
    // A lone `spec` has no stage around it.
    let spec = view.body.value("spec").unwrap_or_else(|| view.body.clone());
    if spec.in_place_of().is_some() || spec.node().is_aliased() {
        return;
    }
    for (axis, keys) in [(AxisName::Services, &SERVICES[..]), (AxisName::Targets, &TARGETS[..])] {
        let Some((key, own)) = own_axis(&spec, keys) else { continue };
        match anew(view, stage, axis, &own, inputs, trees) {
            Some(entry) => edits.replace_entry(spec.node(), key, &[entry]),
            None => {
                let value = axes::explicit(stage, axis, inputs);
                let is_here = own.node().kind() == NodeKind::Mapping && !own.node().is_aliased();
                if let Some(value) = value.filter(|_| is_here && own.in_place_of().is_none()) {
                    set_flag(&own, value, edits);
                }
            }
        }
    }
}

/// Sets `metadata.parallel` in a list of the text.
fn set_flag(own: &View<'_>, value: &str, edits: &mut Edits<'_>) {
    let entry = own.node().entry("metadata");
    match entry {
        // An expression for the whole of it, or one that an input set fills.
        Some((key, metadata)) if metadata.kind() == NodeKind::Scalar || metadata.is_aliased() => {
            let flag = Value::map([("parallel", Value::word(value.to_owned()))]);
            edits.replace_entry(own.node(), key, &[("metadata".into(), flag)]);
        }
        Some((_, metadata)) => match metadata.entry("parallel").filter(|(_, flag)| !flag.is_null())
        {
            Some((key, _)) => {
                let flag = Value::word(value.to_owned());
                edits.replace_entry(metadata, key, &[("parallel".into(), flag)]);
            }
            None => edits.set(own.node(), &["metadata", "parallel"], value),
        },
        None => edits.set(own.node(), &["metadata", "parallel"], value),
    }
}

fn own_axis<'a>(spec: &View<'a>, keys: &[&str]) -> Option<(deployline_yaml::Node<'a>, View<'a>)> {
    let key = keys.iter().find(|key| spec.value(key).is_some())?;
    let (_, own) = spec.entry(key)?;
    let (key, _) = spec.node().entry(key)?;
    Some((key, own))
}

/// An axis that has to be written anew, with its flag.
fn anew(
    view: &StageView<'_>,
    stage: &Stage,
    axis: AxisName,
    own: &View<'_>,
    inputs: &Inputs,
    trees: &mut Trees,
) -> Option<(Cow<'static, str>, Value)> {
    let (key, mut tree) = match axis {
        AxisName::Services => axes::services(view.services.as_ref()?, own, trees)?,
        AxisName::Targets => axes::targets(view.targets.as_ref()?, own, stage, trees)?,
    };
    if let Some(value) = axes::explicit(stage, axis, inputs) {
        *tree.entry("metadata").entry("parallel") = Value::word(value.to_owned());
    }
    Some((key.to_owned().into(), tree))
}

/// Resolves a stage: everything that it takes from elsewhere stands in it.
fn body(view: &StageView<'_>, stage: &Stage, inputs: &Inputs, trees: &mut Trees) -> Value {
    let mut body = trees.of(&view.body);
    let Some(spec) = view.body.value("spec").filter(|_| matches!(stage.work, Work::Deploy(_)))
    else {
        return body;
    };
    for (axis, keys) in [(AxisName::Services, &SERVICES[..]), (AxisName::Targets, &TARGETS[..])] {
        let Some((old, own)) = own_axis(&spec, keys) else { continue };
        let tree = body.entry("spec");
        match anew(view, stage, axis, &own, inputs, trees) {
            Some((key, value)) => {
                axes::remove(tree, old.as_str().unwrap_or_default());
                *tree.entry(&key) = value;
            }
            None => {
                if let Some(value) = axes::explicit(stage, axis, inputs) {
                    let list = tree.entry(old.as_str().unwrap_or_default());
                    *list.entry("metadata").entry("parallel") = Value::word(value.to_owned());
                }
            }
        }
    }
    body
}

/// A pipeline that is all in a template: its stages take the place of `template:`.
fn whole_template(
    own: deployline_yaml::Node<'_>,
    root: &View<'_>,
    views: &Views<'_>,
    inputs: &Inputs,
    edits: &mut Edits<'_>,
    trees: &mut Trees,
) {
    let Some((key, _)) = own.entry("template") else { return };
    let Value::Map(mut entries) = trees.of(root) else { return };
    if views.pipeline.schema == Schema::V0
        && let Some((_, Value::List(items))) = entries.iter_mut().find(|(key, _)| key == "stages")
    {
        let mut stages = views.stages.iter().zip(&views.pipeline.stages);
        let mut resolve = |item: &mut Value| {
            let Some((view, stage)) = stages.next() else { return };
            if item.get("stage").is_some() {
                resolve_item(item.entry("stage"), view, stage, inputs, trees);
            }
        };
        for item in items {
            if item.get("parallel").is_none() {
                resolve(item);
                continue;
            }
            let group = item.entry("parallel");
            let has_key = group.get("stages").is_some();
            if let Value::List(members) = if has_key { group.entry("stages") } else { group } {
                members.iter_mut().for_each(&mut resolve);
            }
        }
    }
    entries.retain(|(key, _)| own.get(key).is_none());
    edits.replace_entry(own, key, &entries);
}

fn resolve_item(
    tree: &mut Value,
    view: &StageView<'_>,
    stage: &Stage,
    inputs: &Inputs,
    trees: &mut Trees,
) {
    let body = body(view, stage, inputs, trees);
    let Value::Map(entries) = body else { return };
    let has_template = tree.get("template").is_some();
    if has_template && view.body.span() == view.stage.span() {
        return;
    }
    axes::remove(tree, "template");
    for (key, value) in entries {
        let is_own = has_template && tree.get(&key).is_some();
        if !is_own {
            *tree.entry(&key) = value;
        }
    }
}

/// A stage of the newer schema: its flags are made explicit.
fn flat(view: &StageView<'_>, stage: &Stage, edits: &mut Edits<'_>) {
    let Work::Deploy(deploy) = &stage.work else { return };
    let axes = [
        ("service", deploy.services.parallel, deploy.services.flag),
        ("environment", deploy.targets.parallel, deploy.targets.flag),
    ];
    for (key, parallel, place) in axes {
        let Some((parallel, place)) = parallel.zip(place) else { continue };
        let Some(own) = view.stage.node().get(key) else { continue };
        let is_default = parallel.source == deployline_engine::ParallelSource::Default;
        if is_default && own.span() == place.list {
            edits.set(own, place.path, if parallel.value { "true" } else { "false" });
        }
    }
}
