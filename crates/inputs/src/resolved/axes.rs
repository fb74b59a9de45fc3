//! The services and environments of a stage, taken and expanded.

use deployline_engine::{AxisName, Deploy, Parallel, ParallelSource, Stage, Target, Work};
use deployline_planner::{Inputs, View, flag};
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use super::tree::Trees;

/// True where all that a stage deploys can be listed in it. The children of a strategy and what the tags
/// of services choose can't: they follow from more than one place.
pub(super) fn can_be_expanded(stage: &Stage) -> bool {
    match &stage.work {
        Work::Deploy(deploy) => stage.looping.is_none() && deploy.listed.is_none(),
        Work::Other | Work::Unknown => true,
    }
}

/// An axis of a stage as it counts: its key, and its value where that has to be written anew.
pub(super) fn services(
    (key, view): &(&'static str, View<'_>),
    own: &View<'_>,
    trees: &mut Trees,
) -> Option<(&'static str, Value)> {
    own.use_from_stage()?;
    let mut tree = trees.of(view);
    remove(&mut tree, "useFromStage");
    if *key == "services" {
        // Only the values are taken.
        remove(&mut tree, "metadata");
        if let Some(metadata) = own.value("metadata") {
            *tree.entry("metadata") = trees.of(&metadata);
        }
    }
    Some((key, tree))
}

/// The same for environments.
pub(super) fn targets(
    (key, view): &(&'static str, View<'_>),
    own: &View<'_>,
    stage: &Stage,
    trees: &mut Trees,
) -> Option<(&'static str, Value)> {
    let is_taken = own.use_from_stage().is_some();
    let mut tree = None;
    if is_taken {
        let mut taken = trees.of(view);
        remove(&mut taken, "useFromStage");
        tree = Some(taken);
    }
    if let Work::Deploy(deploy) = &stage.work
        && can_be_expanded(stage)
        && !deploy.is_gitops
    {
        expand(key, view, deploy, &mut tree, trees);
    }
    tree.map(|tree| (*key, tree))
}

/// Lists the items that `deployToAll`, a group or filters stand for.
fn expand(
    key: &str,
    view: &View<'_>,
    deploy: &Deploy,
    tree: &mut Option<Value>,
    trees: &mut Trees,
) {
    let targets = &deploy.targets.items;
    let has_filters = view.value("filters").is_some();
    match key {
        "environment" if (stands_for_all(view) || has_filters) && targets.iter().all(is_known) => {
            let names = targets.iter().map(infrastructure).collect();
            list_in(tree.get_or_insert_with(|| trees.of(view)), names);
        }
        "environments" if has_filters && targets.iter().all(is_known) => {
            whole_list(tree.get_or_insert_with(|| trees.of(view)), "values", targets);
        }
        "environmentGroup" if targets.iter().all(is_known) => {
            let listed = view.value("environments");
            let listed = listed.filter(|list| list.node().items().len() > 0 && !has_filters);
            match listed {
                None => {
                    whole_list(tree.get_or_insert_with(|| trees.of(view)), "environments", targets);
                }
                Some(list) => each(&list, &["environments"], targets, view, tree, trees),
            }
        }
        "environmentGroup" => {
            if let Some(list) = view.value("environments") {
                each(&list, &["environments"], targets, view, tree, trees);
            }
        }
        "environments" => match view.value("values") {
            Some(list) => each(&list, &["values"], targets, view, tree, trees),
            None => each(view, &[], targets, view, tree, trees),
        },
        _ => {}
    }
}

/// Each environment of a list by itself.
fn each(
    list: &View<'_>,
    path: &[&str],
    targets: &[Target],
    whole: &View<'_>,
    tree: &mut Option<Value>,
    trees: &mut Trees,
) {
    let items = list.items();
    let chosen: Vec<Option<Vec<Value>>> = items.iter().map(|item| chosen(item, targets)).collect();
    if chosen.iter().all(Option::is_none) {
        return;
    }
    let tree = tree.get_or_insert_with(|| trees.of(whole));
    let list = path.iter().fold(tree, |tree, key| tree.entry(key));
    let Value::List(written) = list else { return };
    let resolve = |(mut tree, chosen): (Value, Option<Vec<Value>>)| match chosen {
        None => Some(tree),
        // Filters have left it none.
        Some(names) if names.is_empty() => None,
        Some(names) => {
            list_in(&mut tree, names);
            Some(tree)
        }
    };
    let has_filters: Vec<bool> = items.iter().map(|it| it.value("filters").is_some()).collect();
    let trees = std::mem::take(written).into_iter().zip(chosen).zip(has_filters);
    // Those without filters come first.
    let (filtered, plain): (Vec<_>, Vec<_>) = trees.partition(|(_, has_filters)| *has_filters);
    let in_order = plain.into_iter().chain(filtered);
    *written = in_order.filter_map(|(tree, _)| resolve(tree)).collect();
}

/// The infrastructures of an environment that are not listed and yet known.
fn chosen(item: &View<'_>, targets: &[Target]) -> Option<Vec<Value>> {
    let is_mapping = item.kind() == NodeKind::Mapping;
    if !is_mapping || !(stands_for_all(item) || item.value("filters").is_some()) {
        return None;
    }
    let of_it: Vec<&Target> = targets.iter().filter(|it| it.span == item.span()).collect();
    // An item without targets is sure to have none only where all other targets are known.
    let others = if of_it.is_empty() { targets.iter().collect() } else { of_it.clone() };
    let is_told = others.into_iter().all(is_known);
    is_told.then(|| of_it.into_iter().map(infrastructure).collect())
}

/// An environment's infrastructures in place of what chose them.
fn list_in(tree: &mut Value, names: Vec<Value>) {
    remove(tree, "deployToAll");
    remove(tree, "filters");
    *tree.entry("infrastructureDefinitions") = Value::List(names);
}

/// All targets by environment in place of what chose them.
fn whole_list(tree: &mut Value, key: &str, targets: &[Target]) {
    remove(tree, "deployToAll");
    remove(tree, "filters");
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for target in targets {
        let name = target.environment.as_ref().map_or("", |name| &name.text);
        match groups.last_mut() {
            Some((last, names)) if *last == name => names.push(infrastructure(target)),
            _ => groups.push((name, vec![infrastructure(target)])),
        }
    }
    let group = |(name, names): (&str, Vec<Value>)| {
        Value::map([
            ("environmentRef", Value::text(name)),
            ("infrastructureDefinitions", Value::List(names)),
        ])
    };
    *tree.entry(key) = Value::List(groups.into_iter().map(group).collect());
}

fn infrastructure(target: &Target) -> Value {
    let name = target.infrastructure.as_ref().map_or("", |name| &name.text);
    Value::map([("identifier", Value::text(name))])
}

fn is_known(target: &Target) -> bool {
    target.environment.is_some() && target.infrastructure.is_some() && !target.is_placeholder()
}

/// Returns `true` for an environment whose infrastructures are all there are: nothing is listed beside
/// `deployToAll`.
fn stands_for_all(view: &View<'_>) -> bool {
    let is_listed = view
        .value("infrastructureDefinitions")
        .is_some_and(|list| list.kind() == NodeKind::Sequence && list.node().items().len() > 0);
    !is_listed && view.get("deployToAll").and_then(|all| flag(&all)) == Some(true)
}

pub(super) fn remove(tree: &mut Value, key: &str) {
    if let Value::Map(entries) = tree {
        entries.retain(|(name, _)| name != key);
    }
}

/// The value to write for the flag of an axis; `None` where it is written, or only a run knows it.
pub(super) fn explicit(stage: &Stage, axis: AxisName, inputs: &Inputs) -> Option<&'static str> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    // Where tags of services choose, only a written flag limits how many run at once.
    if deploy.listed.is_some() {
        return None;
    }
    let Parallel { value, source } = deploy.parallel(axis)?;
    let is_chosen = || inputs.parallel.contains_key(&(stage.identifier.clone(), axis));
    let is_written = match source {
        ParallelSource::Written(_) => true,
        ParallelSource::Expression(_) => !is_chosen(),
        ParallelSource::Default | ParallelSource::Rejected(_) | ParallelSource::AlwaysForGroup => {
            false
        }
    };
    (!is_written).then_some(if value { "true" } else { "false" })
}
