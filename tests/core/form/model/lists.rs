//! Services, environments and infrastructures of a stage.

use deployline_form::operation::{EnvironmentsKind, ListChange};

use super::super::tree::{Value, is_there, list, made, map, new_map};

/// Changes a list; `key` is the key of an item's name.
pub(super) fn change_list(
    items: &mut Vec<Value>,
    change: &ListChange,
    fresh: &dyn Fn(&str) -> Value,
    key: &str,
) {
    match change {
        ListChange::Add { at, name } => items.insert(*at, fresh(name)),
        ListChange::Remove { at } => {
            items.remove(*at);
        }
        ListChange::Move { from, to } => {
            let moved = items.remove(*from);
            items.insert(*to, moved);
        }
        ListChange::Rename { at, name } => match &mut items[*at] {
            item if item.is_mapping() => *made(item, key) = name.as_str().into(),
            item => *item = name.as_str().into(),
        },
        ListChange::Replace { at, name } => items[*at] = fresh(name),
    }
}

pub(super) fn services(spec: &mut Value, change: &ListChange) {
    let fresh = |name: &str| new_map([("serviceRef", name.into())]);
    let is_list = is_there(spec, "services");
    if !is_list && is_there(spec, "service") {
        if !matches!(change, ListChange::Add { .. }) {
            return change_one(made(spec, "service"), change, &fresh, "serviceRef");
        }
        to_many(spec, "service", "services");
    } else if !is_list {
        let ListChange::Add { name, .. } = change else { panic!("there is none") };
        *made(spec, "service") = fresh(name);
        return;
    }
    let services = made(spec, "services");
    let items = if services.is_sequence() { services } else { made(services, "values") };
    change_list(list(items), change, &fresh, "serviceRef");
}

pub(super) fn environments(spec: &mut Value, change: &ListChange) {
    let fresh = all_of;
    let holder = ["environments", "environmentGroup"].into_iter().find(|key| is_there(spec, key));
    let items = match holder {
        Some("environments") => made(made(spec, "environments"), "values"),
        Some(group) => made(made(spec, group), "environments"),
        None if is_there(spec, "environment") => {
            if !matches!(change, ListChange::Add { .. }) {
                return change_one(made(spec, "environment"), change, &fresh, "environmentRef");
            }
            to_many(spec, "environment", "environments");
            made(made(spec, "environments"), "values")
        }
        None => {
            let ListChange::Add { name, .. } = change else { panic!("there is none") };
            *made(spec, "environment") = fresh(name);
            return;
        }
    };
    change_list(list(items), change, &fresh, "environmentRef");
}

/// An environment with all its infrastructures.
fn all_of(name: &str) -> Value {
    new_map([
        ("environmentRef", name.into()),
        ("deployToAll", true.into()),
        ("infrastructureDefinitions", "<+input>".into()),
    ])
}

/// True where `<+input>` beside the flag stands for all infrastructures.
fn has_all(environment: &Value) -> bool {
    let list = environment.get("infrastructureDefinitions").and_then(Value::as_str);
    let all = environment.get("deployToAll").and_then(Value::as_bool);
    all == Some(true) && list.is_some_and(|text| text.starts_with("<+input>"))
}

pub(super) fn deploy_to_all(environment: &mut Value, on: bool) {
    let had_all = has_all(environment);
    *made(environment, "deployToAll") = on.into();
    match (on, had_all) {
        (true, false) => *made(environment, "infrastructureDefinitions") = "<+input>".into(),
        (false, true) => drop(map(environment).shift_remove("infrastructureDefinitions")),
        _ => {}
    }
}

pub(super) fn environment_of(spec: &mut Value, index: usize) -> &mut Value {
    if is_there(spec, "environments") {
        return &mut list(made(made(spec, "environments"), "values"))[index];
    }
    if is_there(spec, "environmentGroup") {
        return &mut list(made(made(spec, "environmentGroup"), "environments"))[index];
    }
    made(spec, "environment")
}

pub(super) fn infrastructures(environment: &mut Value, change: &ListChange) {
    let fresh = |name: &str| new_map([("identifier", name.into())]);
    let all = environment.get("deployToAll").and_then(Value::as_bool);
    if has_all(environment) {
        map(environment).shift_remove("infrastructureDefinitions");
    }
    if matches!(change, ListChange::Add { .. }) && is_there(environment, "deployToAll") {
        let had_none = !is_there(environment, "infrastructureDefinitions");
        if all == Some(true) || had_none {
            *made(environment, "deployToAll") = false.into();
        }
    }
    let definitions = made(environment, "infrastructureDefinitions");
    change_list(list(definitions), change, &fresh, "identifier");
    if list(definitions).is_empty() {
        map(environment).shift_remove("infrastructureDefinitions");
    }
}

pub(super) fn switch(spec: &mut Value, one: &str, many: &str, to_list: bool, keep: Option<usize>) {
    let is_list = is_there(spec, many);
    if to_list && !is_list {
        to_many(spec, one, many);
    } else if !to_list && is_list {
        let mut old = map(spec).shift_remove(many).expect("it is there");
        let items = if old.is_sequence() { &mut old } else { made(&mut old, "values") };
        *made(spec, one) = list(items).remove(keep.unwrap_or_default());
    }
}

pub(super) fn switch_environments(spec: &mut Value, to: EnvironmentsKind, mut keep: Option<usize>) {
    if is_there(spec, "environmentGroup") && to != EnvironmentsKind::Group {
        let mut group = map(spec).shift_remove("environmentGroup").expect("it is there");
        let environments = map(&mut group).shift_remove("environments");
        let listed = environments.filter(|it| it.as_sequence().is_some_and(|it| !it.is_empty()));
        let open = || Value::Sequence(vec![all_of("<+input>")]);
        if listed.is_none() {
            // The group lists no environment that `keep` could refer to.
            (group, keep) = (Value::Null, None);
        }
        for key in ["envGroupRef", "deployToAll", "environmentGroupInputs", "gitBranch"] {
            map(&mut group).shift_remove(key);
        }
        *made(&mut group, "values") = listed.unwrap_or_else(open);
        *made(spec, "environments") = group;
    }
    match to {
        EnvironmentsKind::One => switch(spec, "environment", "environments", false, keep),
        EnvironmentsKind::Many => switch(spec, "environment", "environments", true, None),
        EnvironmentsKind::Group if !is_there(spec, "environmentGroup") => {
            switch(spec, "environment", "environments", true, None);
            let mut old = map(spec).shift_remove("environments").expect("it is there");
            let values = map(&mut old).shift_remove("values").expect("a list");
            *made(&mut old, "environments") = values;
            *made(&mut old, "envGroupRef") = "<+input>".into();
            *made(spec, "environmentGroup") = old;
        }
        EnvironmentsKind::Group => {}
    }
}

/// Changes a single service or environment as the only item of a list.
fn change_one(one: &mut Value, change: &ListChange, fresh: &dyn Fn(&str) -> Value, key: &str) {
    let mut items = vec![one.clone()];
    change_list(&mut items, change, fresh, key);
    *one = items.remove(0);
}

/// Replaces the value of `one` by a list of it under `many`.
fn to_many(spec: &mut Value, one: &str, many: &str) {
    let old = map(spec).shift_remove(one).expect("it is there");
    *made(spec, many) = new_map([("values", Value::Sequence(vec![old]))]);
}
