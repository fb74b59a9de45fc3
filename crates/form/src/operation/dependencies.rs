//! Stages that one waits for by name, when stages come, go and move: `dependsOn` of a DAG, `needs` of the newer schema.
//!
//! A DAG has no parallel groups: a stage runs beside another one by waiting for the same stages. In a list of the newer
//! schema the places say the order, and `needs` repeats it where the text has it for other stages.

use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::edit::{Refusal, Value};
use deployline_yaml::{Node, NodeKind};

use super::StagePosition;
use super::change_list::ChangeList;
use super::context::{Context, check_unlocked, refuse};
use super::order::{GROUPED, NO_IDENTIFIER, SAME_IDENTIFIER, UNCLEAR, check_read, key_before};
use crate::{Address, Entry, StageForm};

const WAITS_FOR_IT: &str = "The other stage waits for this one, so they can't run in parallel: change its `dependsOn` first.";

/// Key of the names of the stages that one waits for.
pub(super) fn key(cx: &Context<'_>) -> &'static str {
    if cx.is_v1() { "needs" } else { crate::read::DEPENDS_ON }
}

/// The value of that key for a new stage at a position; `None` where the text orders its stages by their places alone.
pub(super) fn of_new(cx: &Context<'_>, to: &StagePosition) -> Result<Option<Value>, Refusal> {
    if !is_used(cx)? {
        return Ok(None);
    }
    let value = match to {
        StagePosition::Before(address) => Value::List(of_place(cx, address)?),
        StagePosition::Beside(address) => match cx.form.entry(address) {
            Some(Entry::Stage(stage)) => same_as(cx, stage)?,
            _ => Value::List(of_place(cx, address)?),
        },
    };
    let is_needed = !cx.is_v1() || value != Value::List(Vec::new());
    Ok(is_needed.then_some(value))
}

/// Returns true where stages name those that they wait for. Refused where they do, or may, and a line can't be read.
fn is_used(cx: &Context<'_>) -> Result<bool, Refusal> {
    let is_used = match cx.is_v1() {
        false => cx.form.is_dag,
        true => cx.form.stages().any(|stage| names(cx, stage).is_some()),
    };
    let may_be = |(span, _): (Span, &str)| cx.up_to_end_of(span).contains(key(cx));
    if is_used || cx.unread_lines().any(may_be) {
        check_read(cx)?;
    }
    Ok(is_used)
}

/// The position in the list for one of a DAG, where nothing stands in a group.
pub(super) fn position(cx: &Context<'_>, to: &StagePosition) -> Result<StagePosition, Refusal> {
    if !cx.is_v1() && matches!(to, StagePosition::Beside(_)) {
        is_used(cx)?;
    }
    if !cx.form.is_dag {
        return Ok(to.clone());
    }
    let (StagePosition::Before(address) | StagePosition::Beside(address)) = to;
    let top = address.0.first().map(|index| Address(vec![*index]));
    if let Some(Entry::Group(group)) = top.and_then(|top| cx.form.entry(&top))
        && (address.0.len() > 1 || matches!(to, StagePosition::Beside(_)))
    {
        return Err(Refusal { reason: GROUPED, span: group.span });
    }
    Ok(match (to, address.0.as_slice()) {
        (StagePosition::Beside(_), [index]) => StagePosition::Before(Address(vec![index + 1])),
        _ => to.clone(),
    })
}

/// Makes a stage of a DAG wait for the same ones as another stage, so that both run in parallel.
pub(super) fn run_beside(
    cx: &Context<'_>,
    moved: &StageForm,
    other: &StageForm,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    if let Some(span) = way_to(cx, other, moved) {
        return Err(Refusal { reason: WAITS_FOR_IT, span });
    }
    let value = same_as(cx, other)?;
    let (path, node) = cx.stage_node(&moved.address)?;
    let Some((_, written)) = node.entry(key(cx)) else {
        changes.insert_entry(&path, key_before(node).as_deref(), key(cx), value);
        return Ok(());
    };
    if Value::of(written) == value {
        return Ok(());
    }
    changes.replace_entry(&path, key(cx), key(cx), value);
    Ok(())
}

/// The name in `dependsOn` or `needs` of a stage that is one of those.
pub(super) fn name_of_one(
    cx: &Context<'_>,
    stage: &StageForm,
    is_one: impl Fn(&str) -> bool,
) -> Option<Span> {
    let names = names(cx, stage)?;
    let mut names = names.items().chain(Some(names));
    names.find(|name| name.as_str().is_some_and(&is_one)).map(Node::span)
}

fn names<'a>(cx: &Context<'a>, stage: &StageForm) -> Option<Node<'a>> {
    cx.source.stage(&stage.address)?.1.get(key(cx))
}

/// The names that another stage has, or none.
fn same_as(cx: &Context<'_>, stage: &StageForm) -> Result<Value, Refusal> {
    match names(cx, stage) {
        Some(names) if names.kind() == NodeKind::Mapping => refuse(UNCLEAR, names),
        Some(names) if !names.is_null() => Ok(Value::of(names)),
        _ => Ok(Value::List(Vec::new())),
    }
}

/// Names of the stages that have ended where a list comes to this place.
fn of_place(cx: &Context<'_>, Address(place): &Address) -> Result<Vec<Value>, Refusal> {
    let Some((index, group)) = place.split_last() else { return Ok(Vec::new()) };
    let group = Address(group.to_vec());
    let is_parallel =
        matches!(cx.form.entry(&group), Some(Entry::Group(group)) if group.is_parallel);
    let before = index.checked_sub(1).filter(|_| !is_parallel);
    let Some(before) = before else { return of_place(cx, &group) };
    let before = Address([group.0.as_slice(), &[before]].concat());
    let mut stages = Vec::new();
    cx.form.entry(&before).into_iter().for_each(|entry| collect(entry, &mut stages));
    let mut counts: Map<&str, usize> = Map::new();
    let all = cx.form.stages().filter_map(|stage| stage.identifier.text.as_deref());
    all.for_each(|name| *counts.or_default(name) += 1);
    let names = stages.into_iter().filter_map(|stage| match identifier(stage, &counts) {
        // In a list, the place says it as well.
        Err(_) if cx.is_v1() => None,
        name => Some(name),
    });
    names.collect()
}

fn collect<'f>(entry: &'f Entry, stages: &mut Vec<&'f StageForm>) {
    match entry {
        Entry::Stage(stage) => stages.push(stage),
        Entry::Group(group) => group.members.iter().for_each(|member| collect(member, stages)),
    }
}

/// The name of a stage, which no other one has.
fn identifier(stage: &StageForm, counts: &Map<&str, usize>) -> Result<Value, Refusal> {
    let field = &stage.identifier;
    check_unlocked(field.lock.as_ref())?;
    let refused = |reason| Err(Refusal { reason, span: field.span });
    let Some(text) = field.text.as_deref() else { return refused(NO_IDENTIFIER) };
    match counts.get(text) {
        Some(1) => Ok(Value::text(text)),
        _ => refused(SAME_IDENTIFIER),
    }
}

/// The name by which `from` waits for `to`, directly or through others.
fn way_to(cx: &Context<'_>, from: &StageForm, to: &StageForm) -> Option<Span> {
    let stages: Vec<&StageForm> = cx.form.stages().collect();
    let mut by_name: Map<&str, &StageForm> = Map::new();
    for stage in &stages {
        if let Some(name) = stage.identifier.text.as_deref() {
            by_name.insert(name, stage);
        }
    }
    let mut seen: Set<usize> = Set::new();
    let mut open: Vec<(&StageForm, Option<Span>)> = vec![(from, None)];
    while let Some((stage, name)) = open.pop() {
        if stage.index == to.index && name.is_some() {
            return name;
        }
        if !seen.insert(stage.index) {
            continue;
        }
        let Some(list) = names(cx, stage) else { continue };
        for item in list.items().chain(Some(list)) {
            if let Some(next) = item.as_str().and_then(|it| by_name.get(it)) {
                open.push((next, name.or(Some(item.span()))));
            }
        }
    }
    None
}

/// Adds the key to the contents of a new stage, behind what says which one it is.
pub(super) fn add_to(cx: &Context<'_>, stage: &mut Value, value: Value) {
    let stage = match stage {
        Value::Map(entries) if !cx.is_v1() => entries.first_mut().map(|(_, stage)| stage),
        _ => Some(stage),
    };
    let Some(Value::Map(entries)) = stage else { return };
    let named = ["identifier", "id", "name", "type"];
    let at = entries.iter().rposition(|(key, _)| named.contains(&&**key));
    entries.insert(at.map_or(0, |at| at + 1), (key(cx).into(), value));
}
