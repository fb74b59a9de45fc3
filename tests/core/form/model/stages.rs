//! Stages: where they are, and what adding, copying, moving and removing them does.

use std::collections::BTreeSet;

use deployline_form::operation::StagePosition;
use deployline_form::{Address, Form};

use super::super::tree::{self, Value, at, list, made};

pub(super) fn stage<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    if root.is_sequence() {
        return made(entry(root, address), "stage");
    }
    if root.get("stage").is_some() { made(root, "stage") } else { root }
}

pub(super) fn spec<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    let is_bare = !root.is_sequence() && root.get("stage").is_none() && root.get("spec").is_none();
    let stage = stage(root, address);
    if is_bare { stage } else { made(stage, "spec") }
}

pub(super) fn insert(root: &mut Value, to: &StagePosition, new: Value) {
    match to {
        StagePosition::Before(Address(address)) => match address.as_slice() {
            [at] => list(root).insert(*at, new),
            [group, at] => list(made(&mut list(root)[*group], "parallel")).insert(*at, new),
            _ => panic!("no deeper in this schema"),
        },
        StagePosition::Beside(Address(address)) => {
            let top = &mut list(root)[address[0]];
            match (top.get("parallel").is_some(), address.get(1)) {
                (true, None) => list(made(top, "parallel")).push(new),
                (true, Some(member)) => list(made(top, "parallel")).insert(member + 1, new),
                (false, _) => {
                    let old = std::mem::take(top);
                    *made(top, "parallel") = Value::Sequence(vec![old, new]);
                }
            }
        }
    }
}

pub(super) fn remove(root: &mut Value, address: &Address) {
    *entry(root, address) = gap();
    close_gaps(root);
}

pub(super) fn move_to(root: &mut Value, address: &Address, to: &StagePosition) {
    if matches!(to, StagePosition::Beside(there) if there == address) {
        return;
    }
    let moved = std::mem::replace(entry(root, address), gap());
    insert(root, to, moved);
    close_gaps(root);
}

/// The stage that the edited text has and the form before had not.
pub(super) fn added(form: &Form, edited: &str) -> Value {
    let (address, _) = found_new(form, edited);
    let mut documents = tree::of(edited).expect("it can be read");
    entry(tree::stages(&mut documents), &address).clone()
}

pub(super) fn duplicate(root: &mut Value, address: &Address, form: &Form, edited: &str) {
    let mut copy = entry(root, address).clone();
    let name = copy.get("stage").and_then(|stage| stage.get("name")).cloned();
    if let Some(old) = &name {
        // Its new name is its own, too.
        let after = deployline_form::read(edited, &deployline_yaml::parse(edited).documents);
        let names: Vec<_> = after.stages().filter_map(|it| it.name.text.clone()).collect();
        let of_copy = Address(
            [&address.0[..address.0.len() - 1], &[address.0.last().expect("some") + 1]].concat(),
        );
        let new = after.stage(&of_copy).and_then(|it| it.name.text.clone()).expect("a name");
        assert_eq!(names.iter().filter(|name| **name == new).count(), 1, "{old:?}");
        copy["stage"]["name"] = new.into();
    }
    if copy.get("stage").and_then(|stage| stage.get("identifier")).is_some() {
        copy["stage"]["identifier"] = found_new(form, edited).1.into();
    }
    let mut next = address.clone();
    *next.0.last_mut().expect("an address") += 1;
    insert(root, &StagePosition::Before(next), copy);
}

fn entry<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    let (first, rest) = address.0.split_first().expect("an address");
    let entry = &mut list(root)[*first];
    match rest {
        [] => entry,
        [member] => &mut list(made(entry, "parallel"))[*member],
        _ => panic!("no deeper in this schema"),
    }
}

/// Stands where a stage was, so that addresses stay right until `close_gaps`.
fn gap() -> Value {
    "the place of a stage that left".into()
}

/// Removes gaps, empty groups, and groups that are left with one stage.
fn close_gaps(root: &mut Value) {
    list(root).retain(|entry| *entry != gap());
    list(root).retain_mut(|entry| {
        let Some(members) = at(entry, &["parallel"]) else { return true };
        let Value::Sequence(members) = members else { return true };
        let count = members.len();
        members.retain(|member| *member != gap());
        if members.len() == 1 && count == 2 {
            *entry = members.remove(0);
            return true;
        }
        !(members.is_empty() && count == 1)
    });
}

/// The address and identifier of the stage that was not there before.
fn found_new(form: &Form, edited: &str) -> (Address, String) {
    let before = identifiers(form);
    let after = deployline_form::read(edited, &deployline_yaml::parse(edited).documents);
    let new = after.stages().find_map(|stage| {
        let identifier = stage.identifier.text.clone().filter(|it| !before.contains(it))?;
        Some((stage.address.clone(), identifier))
    });
    new.expect("a stage with an identifier of its own")
}

fn identifiers(form: &Form) -> BTreeSet<String> {
    form.stages().filter_map(|stage| stage.identifier.text.clone()).collect()
}
