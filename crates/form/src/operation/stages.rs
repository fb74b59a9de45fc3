//! The strip: stages come, go, move, and run beside each other.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::names::Names;
use super::plan::{Plan, item, join};
use super::scene::{GONE, Scene, open, refuse};
use super::{Place, StageKind, fresh_stage};
use crate::locks::Shared;
use crate::source::{Written, written};
use crate::{Address, Entry, StageForm};

pub(super) fn add(
    scene: &Scene<'_>,
    kind: StageKind,
    to: &Place,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    open(scene.form.lock.as_ref())?;
    let value = fresh_stage::value(scene, kind);
    let (list, at) = room(scene, to, plan)?;
    plan.changes.push(Change::InsertItem { list, at, value });
    Ok(())
}

pub(super) fn duplicate(
    scene: &Scene<'_>,
    address: &Address,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let stage = match entry(scene, address)? {
        Entry::Stage(stage) => stage,
        Entry::Group(group) => {
            let reason = "A group can't be duplicated as a whole: duplicate its stages.";
            return Err(Refusal { reason, span: group.span });
        }
    };
    if let Some(span) = Shared::of(scene.source.document).any_in(stage.span) {
        let reason = "An alias repeats a part of this stage elsewhere: copy it in the YAML.";
        return Err(Refusal { reason, span });
    }
    let Some((path, _)) = scene.source.entry(address) else { return Err(scene.gone()) };
    let Some((Step::Index(at), list)) = path.split_last() else { return Err(scene.gone()) };
    plan.copy_item(&path, list, at + 1);
    let steps: &[&str] = if scene.is_v1() { &[] } else { &["stage"] };
    let copy = join(&item(list, at + 1), steps);
    let names = Names::of(scene.form);
    let id_key = if scene.is_v1() { "id" } else { "identifier" };
    let fields = [(id_key, &stage.identifier), ("name", &stage.name)];
    for (key, field) in fields {
        let Some(text) = &field.text else { continue };
        open(field.lock.as_ref().filter(|_| !text.contains("<+")))?;
        let new = if key == "name" { names.name(text) } else { names.identifier(text) };
        plan.changes.push(Change::Replace { at: join(&copy, &[key]), value: Value::text(new) });
    }
    Ok(())
}

pub(super) fn remove(scene: &Scene<'_>, address: &Address, plan: &mut Plan) -> Result<(), Refusal> {
    let removed = stages_of(entry(scene, address)?);
    if let Some(taker) = taker(scene, &removed) {
        return Err(taker);
    }
    let Some((path, _)) = scene.source.entry(address) else { return Err(scene.gone()) };
    plan.remove(&path);
    tidy(scene, address, plan)
}

/// The stage or group at an address, if it may move.
fn entry<'a>(scene: &Scene<'a>, address: &Address) -> Result<&'a Entry, Refusal> {
    open(scene.form.lock.as_ref())?;
    for depth in 1..address.0.len() {
        if let Some(Entry::Group(group)) = scene.form.entry(&Address(address.0[..depth].to_vec())) {
            open(group.lock.as_ref())?;
        }
    }
    let entry = scene.form.entry(address).ok_or_else(|| scene.gone())?;
    if let Entry::Stage(stage) = entry {
        open(stage.lock.as_ref())?;
    }
    Ok(entry)
}

fn stages_of(entry: &Entry) -> Vec<&StageForm> {
    match entry {
        Entry::Stage(stage) => vec![stage],
        Entry::Group(group) => group.members.iter().flat_map(stages_of).collect(),
    }
}

/// A stage that stays and takes something from one of those that go.
fn taker(scene: &Scene<'_>, removed: &[&StageForm]) -> Option<Refusal> {
    let goes = |identifier: &str| {
        removed.iter().any(|stage| stage.identifier.text.as_deref() == Some(identifier))
    };
    let staying =
        scene.form.stages().filter(|it| !removed.iter().any(|gone| gone.index == it.index));
    let fields = staying
        .filter_map(|stage| stage.deploy.as_ref())
        .flat_map(|deploy| [&deploy.services.from_stage, &deploy.environments.from_stage]);
    let field = fields.into_iter().find(|field| field.text.as_deref().is_some_and(goes))?;
    let reason =
        "Another stage takes its services or environments from this one: change that first.";
    Some(Refusal { reason, span: field.span })
}

pub(super) fn relocate(
    scene: &Scene<'_>,
    address: &Address,
    to: &Place,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let moved = entry(scene, address)?;
    if stays(address, to) {
        return Ok(());
    }
    let Some((path, node)) = scene.source.entry(address) else { return Err(scene.gone()) };
    if let Place::Before(Address(there)) | Place::Beside(Address(there)) = to
        && there.len() > address.0.len()
        && there.starts_with(&address.0)
    {
        return refuse("A group can't go into itself.", node);
    }
    let joins = matches!(to, Place::Beside(_)) || group_of(to).len() > address.0.len() - 1;
    if let (Entry::Group(group), false, true) =
        (moved, scene.is_v1(), joins && !group_of_is_top(to))
    {
        let reason = "A group can't go into another group: move its stages one by one.";
        return Err(Refusal { reason, span: group.span });
    }
    let (list, at) = room(scene, to, plan)?;
    let from = plan.now(&path);
    let is_same_list = from.split_last().is_some_and(|(_, of)| of == list);
    plan.changes.push(Change::MoveItem { from, list, to: at });
    if is_same_list {
        return Ok(());
    }
    tidy(scene, address, plan)
}

fn group_of(to: &Place) -> &[usize] {
    match to {
        Place::Before(Address(at)) => &at[..at.len().saturating_sub(1)],
        Place::Beside(Address(at)) => at,
    }
}

fn group_of_is_top(to: &Place) -> bool {
    matches!(to, Place::Before(Address(at)) if at.len() == 1)
}

/// Whether a move would change nothing.
fn stays(address: &Address, to: &Place) -> bool {
    let Some((at, group)) = address.0.split_last() else { return true };
    match to {
        Place::Before(Address(there)) => there
            .split_last()
            .is_some_and(|(to, to_group)| to_group == group && (to == at || *to == at + 1)),
        Place::Beside(there) => there == address,
    }
}

/// Where a stage goes, as the tree is by then: into a list that is there, or into a new group.
fn room(scene: &Scene<'_>, to: &Place, plan: &mut Plan) -> Result<(Path, usize), Refusal> {
    let address = match to {
        Place::Before(address) => {
            let (at, group) = address.0.split_last().ok_or_else(|| scene.gone())?;
            let (path, list) = scene.source.list(group).ok_or_else(|| scene.gone())?;
            open_groups(scene, group)?;
            return match list.kind() {
                NodeKind::Sequence if *at <= list.items().len() => Ok((path, *at)),
                _ => refuse(GONE, list),
            };
        }
        Place::Beside(address) => address,
    };
    open_groups(scene, &address.0)?;
    let (path, node) = scene.source.entry(address).ok_or_else(|| scene.gone())?;
    let depth = address.0.len() - 1;
    if let Written::Group { steps, list, is_parallel: true } =
        written(node, scene.source.schema, depth)
    {
        return Ok((join(&path, steps), list.items().len()));
    }
    // A stage that is in a parallel group already has others beside it.
    if let Some((at, group)) = address.0.split_last().filter(|(_, group)| !group.is_empty()) {
        let is_parallel = matches!(
            scene.form.entry(&Address(group.to_vec())),
            Some(Entry::Group(group)) if group.is_parallel
        );
        let (path, _) = scene.source.list(group).ok_or_else(|| scene.gone())?;
        if is_parallel {
            return Ok((path, at + 1));
        }
    }
    entry(scene, address)?;
    new_group(scene, &path, node, plan)
}

fn open_groups(scene: &Scene<'_>, group: &[usize]) -> Result<(), Refusal> {
    for depth in 1..=group.len() {
        if let Some(Entry::Group(group)) = scene.form.entry(&Address(group[..depth].to_vec())) {
            open(group.lock.as_ref())?;
        }
    }
    Ok(())
}

/// Puts the entry at `path` into a parallel group of its own.
fn new_group(
    scene: &Scene<'_>,
    path: &[Step],
    node: Node<'_>,
    plan: &mut Plan,
) -> Result<(Path, usize), Refusal> {
    let Some((Step::Index(at), list)) = path.split_last() else { return refuse(GONE, node) };
    let (empty, steps): (_, &[&str]) = if scene.is_v1() {
        let stages = Value::map([("stages", Value::List(Vec::new()))]);
        (Value::map([("parallel", stages)]), &["parallel", "stages"])
    } else {
        (Value::map([("parallel", Value::List(Vec::new()))]), &["parallel"])
    };
    plan.insert_item(list, *at, empty);
    let members = join(&item(list, *at), steps);
    plan.changes.push(Change::MoveItem { from: item(list, at + 1), list: members.clone(), to: 0 });
    Ok((members, 1))
}

/// A parallel group that something has left: with one stage left it is that stage, with none it goes.
fn tidy(scene: &Scene<'_>, left: &Address, plan: &mut Plan) -> Result<(), Refusal> {
    let Some((_, group)) = left.0.split_last().filter(|(_, group)| !group.is_empty()) else {
        return Ok(());
    };
    let group = Address(group.to_vec());
    let Some(Entry::Group(form)) = scene.form.entry(&group) else { return Err(scene.gone()) };
    let (path, node) = scene.source.entry(&group).ok_or_else(|| scene.gone())?;
    match form.members.len() {
        0 | 1 => {
            plan.remove(&path);
            tidy(scene, &group, plan)
        }
        2 if form.is_parallel => {
            let (members, _) = scene.source.list(&group.0).ok_or_else(|| scene.gone())?;
            let path = plan.now(&path);
            let Some((Step::Index(at), list)) = path.split_last() else {
                return refuse(GONE, node);
            };
            let from = item(&plan.now(&members), 0);
            plan.changes.push(Change::MoveItem { from, list: list.to_vec(), to: at + 1 });
            plan.changes.push(Change::Remove { at: path.clone(), keeps_comments: true });
            Ok(())
        }
        _ => Ok(()),
    }
}
