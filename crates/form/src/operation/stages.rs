//! The strip: stages come, go, move, and run beside each other.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::change_list::{ChangeList, item, join};
use super::context::{Context, NOT_IN_TEXT, check_unlocked, refuse};
use super::taken_names::{TakenNames, has_word, names_value};
use super::{StageKind, StagePosition, dependencies, new_stage};
use crate::locks::AliasedSpans;
use crate::stage_source::{EntryKind, entry_kind};
use crate::{Address, Entry, StageForm};

pub(super) fn add(
    cx: &Context<'_>,
    kind: StageKind,
    to: &StagePosition,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    check_unlocked(cx.form.lock.as_ref())?;
    let mut value = new_stage::value(cx, kind)?;
    if let Some(names) = dependencies::of_new(cx, to)? {
        dependencies::add_to(cx, &mut value, names);
    }
    let (list, at) = room(cx, &dependencies::position(cx, to)?, changes)?;
    changes.list.push(Change::InsertItem { list, at, value });
    Ok(())
}

pub(super) fn duplicate(
    cx: &Context<'_>,
    address: &Address,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let stage = match entry(cx, address)? {
        Entry::Stage(stage) => stage,
        Entry::Group(group) => {
            let reason = "A group can't be duplicated as a whole: duplicate its stages.";
            return Err(Refusal { reason, span: group.span });
        }
    };
    if let Some(span) = AliasedSpans::of(cx.source.document).any_in(stage.span) {
        let reason = "An alias repeats a part of this stage elsewhere: copy it in the YAML.";
        return Err(Refusal { reason, span });
    }
    let Some((path, _)) = cx.source.entry(address) else { return Err(cx.not_in_text()) };
    let Some((Step::Index(at), list)) = path.split_last() else { return Err(cx.not_in_text()) };
    changes.copy_item(&path, list, at + 1);
    let steps: &[&str] = if cx.is_v1() { &[] } else { &["stage"] };
    let copy = join(&item(list, at + 1), steps);
    let names = TakenNames::of(cx);
    let id_key = if cx.is_v1() { "id" } else { "identifier" };
    let fields = [(id_key, &stage.identifier), ("name", &stage.name)];
    for (key, field) in fields {
        let Some(text) = &field.text else { continue };
        check_unlocked(field.lock.as_ref().filter(|_| !text.contains("<+")))?;
        let new = if key == "name" { names.name(text) } else { names.identifier(text) };
        changes.list.push(Change::Replace { at: join(&copy, &[key]), value: Value::text(new) });
    }
    Ok(())
}

pub(super) fn remove(
    cx: &Context<'_>,
    address: &Address,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let removed = stages_of(entry(cx, address)?);
    if let Some(taker) = taker(cx, &removed) {
        return Err(taker);
    }
    let Some((path, _)) = cx.source.entry(address) else { return Err(cx.not_in_text()) };
    changes.remove(&path);
    tidy(cx, address, changes)
}

/// The stage or group at an address, if it may move.
fn entry<'a>(cx: &Context<'a>, address: &Address) -> Result<&'a Entry, Refusal> {
    check_unlocked(cx.form.lock.as_ref())?;
    for depth in 1..address.0.len() {
        if let Some(Entry::Group(group)) = cx.form.entry(&Address(address.0[..depth].to_vec())) {
            check_unlocked(group.lock.as_ref())?;
        }
    }
    let entry = cx.form.entry(address).ok_or_else(|| cx.not_in_text())?;
    if let Entry::Stage(stage) = entry {
        check_unlocked(stage.lock.as_ref())?;
    }
    Ok(entry)
}

fn stages_of(entry: &Entry) -> Vec<&StageForm> {
    match entry {
        Entry::Stage(stage) => vec![stage],
        Entry::Group(group) => group.members.iter().flat_map(stages_of).collect(),
    }
}

/// A stage that stays and takes something from one of those that go, or waits for it.
fn taker(cx: &Context<'_>, removed: &[&StageForm]) -> Option<Refusal> {
    let goes = |identifier: &str| {
        removed.iter().any(|stage| stage.identifier.text.as_deref() == Some(identifier))
    };
    let staying = cx.form.stages().filter(|it| !removed.iter().any(|gone| gone.index == it.index));
    let staying: Vec<&StageForm> = staying.collect();
    let named = staying.iter().find_map(|stage| dependencies::name_of_one(cx, stage, goes));
    if let Some(span) = named {
        let reason = match cx.is_v1() {
            false => "Another stage waits for this one: change its `dependsOn` first.",
            true => "Another stage waits for this one: change its `needs` first.",
        };
        return Some(Refusal { reason, span });
    }
    let fields = staying
        .into_iter()
        .filter_map(|stage| stage.deploy.as_ref())
        .flat_map(|deploy| [&deploy.services.from_stage, &deploy.environments.from_stage]);
    if let Some(field) = fields.into_iter().find(|it| it.text.as_deref().is_some_and(goes)) {
        let reason =
            "Another stage takes its services or environments from this one: change that first.";
        return Some(Refusal { reason, span: field.span });
    }
    let identifiers = removed.iter().filter_map(|stage| stage.identifier.text.as_deref());
    let names_it = |line: &str| {
        // The name itself may stand in the next line.
        line.contains("useFromStage")
            || identifiers.clone().any(|it| {
                names_value(line, "stage:", it) || has_word(line, dependencies::key(cx), it)
            })
    };
    let (span, _) = cx.unread_lines().find(|(span, _)| names_it(cx.up_to_end_of(*span)))?;
    let reason = "A line that can't be read may name this stage: mend it first.";
    Some(Refusal { reason, span })
}

pub(super) fn relocate(
    cx: &Context<'_>,
    address: &Address,
    to: &StagePosition,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let moved = entry(cx, address)?;
    let place = dependencies::position(cx, to)?;
    if let (true, StagePosition::Beside(other), Entry::Stage(stage)) = (cx.form.is_dag, to, moved)
        && other != address
    {
        dependencies::run_beside(cx, stage, cx.stage(other)?, changes)?;
    }
    let to = &place;
    if stays(address, to) {
        return Ok(());
    }
    let Some((path, node)) = cx.source.entry(address) else { return Err(cx.not_in_text()) };
    if let StagePosition::Before(Address(there)) | StagePosition::Beside(Address(there)) = to
        && there.len() > address.0.len()
        && there.starts_with(&address.0)
    {
        return refuse("A group can't go into itself.", node);
    }
    let joins = matches!(to, StagePosition::Beside(_)) || group_of(to).len() > address.0.len() - 1;
    if let (Entry::Group(group), false, true) = (moved, cx.is_v1(), joins && !group_of_is_top(to)) {
        let reason = "A group can't go into another group: move its stages one by one.";
        return Err(Refusal { reason, span: group.span });
    }
    let (list, at) = room(cx, to, changes)?;
    let from = changes.now(&path);
    let is_same_list = from.split_last().is_some_and(|(_, of)| of == list);
    changes.list.push(Change::MoveItem { from, list, to: at });
    if is_same_list {
        return Ok(());
    }
    tidy(cx, address, changes)
}

fn group_of(to: &StagePosition) -> &[usize] {
    match to {
        StagePosition::Before(Address(at)) => &at[..at.len().saturating_sub(1)],
        StagePosition::Beside(Address(at)) => at,
    }
}

fn group_of_is_top(to: &StagePosition) -> bool {
    matches!(to, StagePosition::Before(Address(at)) if at.len() == 1)
}

/// True where a move would change nothing.
fn stays(address: &Address, to: &StagePosition) -> bool {
    let Some((at, group)) = address.0.split_last() else { return true };
    match to {
        StagePosition::Before(Address(there)) => there
            .split_last()
            .is_some_and(|(to, to_group)| to_group == group && (to == at || *to == at + 1)),
        StagePosition::Beside(there) => there == address,
    }
}

/// Destination of a stage in the tree as it is by then: a list that is there, or a new group.
fn room(
    cx: &Context<'_>,
    to: &StagePosition,
    changes: &mut ChangeList,
) -> Result<(Path, usize), Refusal> {
    let address = match to {
        StagePosition::Before(address) => {
            let (at, group) = address.0.split_last().ok_or_else(|| cx.not_in_text())?;
            let (path, list) = cx.source.list(group).ok_or_else(|| cx.not_in_text())?;
            open_groups(cx, group)?;
            return match list.kind() {
                NodeKind::Sequence if *at <= list.items().len() => Ok((path, *at)),
                _ => refuse(NOT_IN_TEXT, list),
            };
        }
        StagePosition::Beside(address) => address,
    };
    open_groups(cx, &address.0)?;
    let (path, node) = cx.source.entry(address).ok_or_else(|| cx.not_in_text())?;
    let depth = address.0.len() - 1;
    if let EntryKind::Group { steps, list, is_parallel: true } =
        entry_kind(node, cx.source.schema, depth)
    {
        return Ok((join(&path, steps), list.items().len()));
    }
    // A stage that is in a parallel group already has others beside it.
    if let Some((at, group)) = address.0.split_last().filter(|(_, group)| !group.is_empty()) {
        let is_parallel = matches!(
            cx.form.entry(&Address(group.to_vec())),
            Some(Entry::Group(group)) if group.is_parallel
        );
        let (path, _) = cx.source.list(group).ok_or_else(|| cx.not_in_text())?;
        if is_parallel {
            return Ok((path, at + 1));
        }
    }
    entry(cx, address)?;
    new_group(cx, &path, node, changes)
}

fn open_groups(cx: &Context<'_>, group: &[usize]) -> Result<(), Refusal> {
    for depth in 1..=group.len() {
        if let Some(Entry::Group(group)) = cx.form.entry(&Address(group[..depth].to_vec())) {
            check_unlocked(group.lock.as_ref())?;
        }
    }
    Ok(())
}

/// Puts the entry at `path` into a parallel group of its own.
fn new_group(
    cx: &Context<'_>,
    path: &[Step],
    node: Node<'_>,
    changes: &mut ChangeList,
) -> Result<(Path, usize), Refusal> {
    let Some((Step::Index(at), list)) = path.split_last() else { return refuse(NOT_IN_TEXT, node) };
    let (empty, steps): (_, &[&str]) = if cx.is_v1() {
        let stages = Value::map([("stages", Value::List(Vec::new()))]);
        (Value::map([("parallel", stages)]), &["parallel", "stages"])
    } else {
        (Value::map([("parallel", Value::List(Vec::new()))]), &["parallel"])
    };
    changes.insert_item(list, *at, empty);
    let members = join(&item(list, *at), steps);
    changes.list.push(Change::MoveItem { from: item(list, at + 1), list: members.clone(), to: 0 });
    Ok((members, 1))
}

/// A parallel group that something has left: with one stage left it is that stage, with none it goes.
fn tidy(cx: &Context<'_>, left: &Address, changes: &mut ChangeList) -> Result<(), Refusal> {
    let Some((_, group)) = left.0.split_last().filter(|(_, group)| !group.is_empty()) else {
        return Ok(());
    };
    let group = Address(group.to_vec());
    let Some(Entry::Group(form)) = cx.form.entry(&group) else { return Err(cx.not_in_text()) };
    let (path, node) = cx.source.entry(&group).ok_or_else(|| cx.not_in_text())?;
    match form.members.len() {
        0 | 1 => {
            changes.remove(&path);
            tidy(cx, &group, changes)
        }
        2 if form.is_parallel => {
            let (members, _) = cx.source.list(&group.0).ok_or_else(|| cx.not_in_text())?;
            let path = changes.now(&path);
            let Some((Step::Index(at), list)) = path.split_last() else {
                return refuse(NOT_IN_TEXT, node);
            };
            let from = item(&changes.now(&members), 0);
            changes.list.push(Change::MoveItem { from, list: list.to_vec(), to: at + 1 });
            changes.list.push(Change::Remove { at: path.clone(), keeps_comments: true });
            Ok(())
        }
        _ => Ok(()),
    }
}
