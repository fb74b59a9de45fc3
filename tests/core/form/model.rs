//! What each operation means, on plain values: nothing of how it is written.

use std::collections::BTreeSet;

use deployline_form::operation::{
    AxisChange, EnvironmentsKind, ExcludeChange, FieldName, ListChange, Operation, StagePosition,
};
use deployline_form::{Address, Form, StrategyKind};

use super::tree::{self, Mapping, Value, at, list, made, map};

/// The documents after an operation that was accepted. Only what the product leaves open is taken
/// from the edited text: the contents of a new stage, the name of a copy.
pub(super) fn after(
    before: &[Value],
    form: &Form,
    operation: &Operation,
    edited: &str,
) -> Vec<Value> {
    let mut documents = before.to_vec();
    let root = tree::stages(&mut documents);
    match operation {
        Operation::AddStage { to, .. } => {
            let new = new_stage(form, edited);
            insert(root, to, new);
        }
        Operation::DuplicateStage { stage } => duplicate(root, stage, form, edited),
        Operation::RemoveStage { stage } => {
            *entry(root, stage) = marker();
            sweep(root);
        }
        Operation::MoveStage { stage, to } => {
            let stays = matches!(to, StagePosition::Beside(there) if there == stage);
            if !stays {
                let moved = std::mem::replace(entry(root, stage), marker());
                insert(root, to, moved);
                sweep(root);
            }
        }
        Operation::Services { stage, change } => services(spec(root, stage), change),
        Operation::Environments { stage, change } => environments(spec(root, stage), change),
        Operation::Infrastructures { stage, environment, change } => {
            infrastructures(environment_of(spec(root, stage), *environment), change);
        }
        Operation::DeployToAll { stage, environment, on } => {
            *made(environment_of(spec(root, stage), *environment), "deployToAll") = (*on).into();
        }
        Operation::SwitchServices { stage, many, keep } => {
            let spec = spec(root, stage);
            switch(spec, "service", "services", *many, *keep);
        }
        Operation::SwitchEnvironments { stage, to, keep } => {
            switch_environments(spec(root, stage), *to, *keep);
        }
        Operation::Set { stage, field, value } => set(root, stage, *field, value.as_deref()),
        Operation::SetStrategy { stage, kind } => strategy(self::stage(root, stage), *kind),
        Operation::Axes { stage, change } => axes(matrix(root, stage), change),
        Operation::AxisValues { stage, axis, change } => {
            let values = made(matrix(root, stage), axis);
            change_list(list(values), change, &|name| name.into(), "");
        }
        Operation::Exclude { stage, change } => exclude(matrix(root, stage), change),
        Operation::RepeatItems { stage, change } => {
            let repeat = at(self::stage(root, stage), &["strategy", "repeat"]).expect("repeat");
            map(repeat).shift_remove("times");
            change_list(list(made(repeat, "items")), change, &|name| name.into(), "");
        }
    }
    documents
}

fn marker() -> Value {
    "the place that something left".into()
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

fn stage<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    if root.is_sequence() {
        return made(entry(root, address), "stage");
    }
    if root.get("stage").is_some() { made(root, "stage") } else { root }
}

fn spec<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    let is_bare = !root.is_sequence() && root.get("stage").is_none() && root.get("spec").is_none();
    let stage = stage(root, address);
    if is_bare { stage } else { made(stage, "spec") }
}

fn matrix<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    at(stage(root, address), &["strategy", "matrix"]).expect("a matrix")
}

fn insert(root: &mut Value, to: &StagePosition, new: Value) {
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

/// Takes out what left, and groups that hold too little then.
fn sweep(root: &mut Value) {
    list(root).retain(|entry| *entry != marker());
    list(root).retain_mut(|entry| {
        let Some(members) = at(entry, &["parallel"]) else { return true };
        let Value::Sequence(members) = members else { return true };
        let count = members.len();
        members.retain(|member| *member != marker());
        if members.len() == 1 && count == 2 {
            *entry = members.remove(0);
            return true;
        }
        !(members.is_empty() && count == 1)
    });
}

fn identifiers(form: &Form) -> BTreeSet<String> {
    form.stages().filter_map(|stage| stage.identifier.text.clone()).collect()
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

fn new_stage(form: &Form, edited: &str) -> Value {
    let (address, _) = found_new(form, edited);
    let mut documents = tree::of(edited).expect("it can be read");
    entry(tree::stages(&mut documents), &address).clone()
}

fn duplicate(root: &mut Value, address: &Address, form: &Form, edited: &str) {
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

/// `key` is that of an item's name.
fn change_list(
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

fn new_map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Mapping(entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>())
}

fn is_there(spec: &Value, key: &str) -> bool {
    spec.get(key).is_some_and(|value| !value.is_null())
}

/// `one` to a list of it under `many`.
fn to_many(spec: &mut Value, one: &str, many: &str) {
    let old = map(spec).shift_remove(one).expect("it is there");
    *made(spec, many) = new_map([("values", Value::Sequence(vec![old]))]);
}

fn services(spec: &mut Value, change: &ListChange) {
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

fn change_one(one: &mut Value, change: &ListChange, fresh: &dyn Fn(&str) -> Value, key: &str) {
    let mut items = vec![one.clone()];
    change_list(&mut items, change, fresh, key);
    *one = items.remove(0);
}

fn environments(spec: &mut Value, change: &ListChange) {
    let fresh =
        |name: &str| new_map([("environmentRef", name.into()), ("deployToAll", true.into())]);
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

fn environment_of(spec: &mut Value, index: usize) -> &mut Value {
    if is_there(spec, "environments") {
        return &mut list(made(made(spec, "environments"), "values"))[index];
    }
    if is_there(spec, "environmentGroup") {
        return &mut list(made(made(spec, "environmentGroup"), "environments"))[index];
    }
    made(spec, "environment")
}

fn infrastructures(environment: &mut Value, change: &ListChange) {
    let fresh = |name: &str| new_map([("identifier", name.into())]);
    let all = environment.get("deployToAll").and_then(Value::as_bool);
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

fn switch(spec: &mut Value, one: &str, many: &str, to_list: bool, keep: Option<usize>) {
    let is_list = is_there(spec, many);
    if to_list && !is_list {
        to_many(spec, one, many);
    } else if !to_list && is_list {
        let mut old = map(spec).shift_remove(many).expect("it is there");
        let items = if old.is_sequence() { &mut old } else { made(&mut old, "values") };
        *made(spec, one) = list(items).remove(keep.unwrap_or_default());
    }
}

fn switch_environments(spec: &mut Value, to: EnvironmentsKind, mut keep: Option<usize>) {
    if is_there(spec, "environmentGroup") && to != EnvironmentsKind::Group {
        let mut group = map(spec).shift_remove("environmentGroup").expect("it is there");
        let environments = map(&mut group).shift_remove("environments");
        let listed = environments.filter(|it| it.as_sequence().is_some_and(|it| !it.is_empty()));
        let open = || {
            Value::Sequence(vec![new_map([
                ("environmentRef", "<+input>".into()),
                ("deployToAll", true.into()),
            ])])
        };
        if listed.is_none() {
            // Which one to keep of none is no question.
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

fn set(root: &mut Value, address: &Address, field: FieldName, value: Option<&str>) {
    let limit = |stage: &Value| {
        let strategy = stage.get("strategy").expect("a strategy");
        ["matrix", "repeat"].into_iter().find(|key| is_there(strategy, key))
    };
    let mut path = match field {
        FieldName::Name => vec!["name"],
        FieldName::ServicesFromStage | FieldName::EnvironmentsFromStage => {
            return from_stage(spec(root, address), field == FieldName::ServicesFromStage, value);
        }
        FieldName::Group => vec!["spec", "environmentGroup", "envGroupRef"],
        FieldName::GroupDeployToAll => vec!["spec", "environmentGroup", "deployToAll"],
        FieldName::MaxConcurrency => vec!["spec", "multiDeploymentConfig", "maxConcurrency"],
        FieldName::OnFailure => vec!["spec", "multiDeploymentConfig", "onFailure"],
        FieldName::PipelineStatus => vec!["when", "pipelineStatus"],
        FieldName::Condition => vec!["when", "condition"],
        FieldName::StrategyMaxConcurrency => {
            let kind = limit(stage(root, address));
            ["strategy"].into_iter().chain(kind).chain(["maxConcurrency"]).collect()
        }
        FieldName::StrategyOnFailure => vec!["strategy", "onFailure"],
        FieldName::NodeName => vec!["strategy", "matrix", "nodeName"],
        FieldName::Times => vec!["strategy", "repeat", "times"],
        FieldName::Start => vec!["strategy", "repeat", "start"],
        FieldName::End => vec!["strategy", "repeat", "end"],
        FieldName::Unit => vec!["strategy", "repeat", "unit"],
        FieldName::PartitionSize => vec!["strategy", "repeat", "partitionSize"],
        FieldName::Parallelism => vec!["strategy", "parallelism"],
    };
    let is_bare = !root.is_sequence() && root.get("stage").is_none() && root.get("spec").is_none();
    if is_bare {
        path.retain(|key| *key != "spec");
    }
    let stage = stage(root, address);
    let Some(value) = value else { return clear(stage, &path) };
    if field == FieldName::Condition && !is_there(stage, "when") {
        *made(made(stage, "when"), "pipelineStatus") = "Success".into();
    }
    if field == FieldName::Times {
        let repeat = at(stage, &["strategy", "repeat"]).expect("repeat");
        for key in ["items", "start", "end", "unit", "partitionSize"] {
            map(repeat).shift_remove(key);
        }
    }
    // Counts and flags are such, and all else is text.
    let old = at(stage, &path).cloned();
    let place = path.iter().fold(stage, |value, key| made(value, key));
    let typed: Value = serde_yaml::from_str(value).unwrap_or_else(|_| value.into());
    let is_typed =
        (typed.is_number() || typed.is_bool()) && !old.is_some_and(|old| old.is_string());
    *place = if is_typed { typed } else { value.into() };
}

/// Takes a value away, and what holds nothing else.
fn clear(value: &mut Value, path: &[&str]) {
    let Some((key, rest)) = path.split_first() else { return };
    let Some(below) = value.get_mut(key) else { return };
    if !rest.is_empty() {
        let had = at(below, rest).is_some();
        clear(below, rest);
        if !had || below.as_mapping().is_none_or(|it| !it.is_empty()) {
            return;
        }
    }
    map(value).shift_remove(*key);
}

fn from_stage(spec: &mut Value, is_services: bool, value: Option<&str>) {
    let (keys, one, reference): (&[&str], _, _) = if is_services {
        (&["services", "service", "serviceConfig"], "service", "serviceRef")
    } else {
        let keys = &["environments", "environmentGroup", "environment", "infrastructure"];
        (keys, "environment", "environmentRef")
    };
    let key = keys.iter().copied().find(|key| is_there(spec, key));
    let takes = key.is_some_and(|key| spec[key].get("useFromStage").is_some());
    match (key, value) {
        (Some(key), Some(stage)) if takes => spec[key]["useFromStage"]["stage"] = stage.into(),
        (Some(_), None) if !takes => {}
        (_, value) => {
            let key = key.inspect(|key| {
                map(spec).shift_remove(*key);
            });
            let new = if value.is_some() && key == Some("services") { "services" } else { one };
            *made(spec, new) = match value {
                Some(stage) => new_map([("useFromStage", new_map([("stage", stage.into())]))]),
                None => new_map([(reference, "<+input>".into())]),
            };
        }
    }
}

fn strategy(stage: &mut Value, kind: StrategyKind) {
    let (key, value) = match kind {
        StrategyKind::Matrix => {
            ("matrix", new_map([("item", Value::Sequence(vec!["one".into(), "two".into()]))]))
        }
        StrategyKind::Repeat => ("repeat", new_map([("times", 2.into())])),
        StrategyKind::Parallelism => ("parallelism", 2.into()),
        StrategyKind::None | StrategyKind::Unknown => {
            map(stage).shift_remove("strategy");
            return;
        }
    };
    let strategy = made(stage, "strategy");
    if is_there(strategy, key) {
        return;
    }
    for old in ["matrix", "repeat", "parallelism"] {
        map(strategy).shift_remove(old);
    }
    *made(strategy, key) = value;
}

fn axes(matrix: &mut Value, change: &AxisChange) {
    match change {
        AxisChange::Add { name, values } => {
            let values = values.iter().map(|value| value.as_str().into());
            *made(matrix, name) = Value::Sequence(values.collect());
        }
        AxisChange::Remove { name } => {
            map(matrix).shift_remove(name.as_str());
            each_row(matrix, &mut |row| {
                map(row).shift_remove(name.as_str());
            });
        }
        AxisChange::Rename { name, to } => {
            let mut rename = |value: &mut Value| {
                if let Some(old) = map(value).shift_remove(name.as_str()) {
                    *made(value, to) = old;
                }
            };
            rename(matrix);
            each_row(matrix, &mut rename);
        }
    }
}

/// Changes the rows of `exclude`; those left empty go, and an empty list does.
fn each_row(matrix: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    let Some(Value::Sequence(rows)) = matrix.get_mut("exclude") else { return };
    let count = rows.len();
    rows.retain_mut(|row| {
        change(row);
        row.as_mapping().is_none_or(|row| !row.is_empty())
    });
    if rows.is_empty() && count > 0 {
        map(matrix).shift_remove("exclude");
    }
}

fn exclude(matrix: &mut Value, change: &ExcludeChange) {
    match change {
        ExcludeChange::Add { cells } => {
            let cells = cells
                .iter()
                .map(|(axis, value)| (Value::from(axis.as_str()), Value::from(value.as_str())));
            let row = Value::Mapping(cells.collect());
            list(made(matrix, "exclude")).push(row);
        }
        ExcludeChange::Remove { row } => {
            list(made(matrix, "exclude")).remove(*row);
            if list(made(matrix, "exclude")).is_empty() {
                map(matrix).shift_remove("exclude");
            }
        }
        ExcludeChange::Set { row, axis, value } => {
            let row = &mut list(made(matrix, "exclude"))[*row];
            match value {
                Some(value) => *made(row, axis) = value.as_str().into(),
                None => {
                    map(row).shift_remove(axis.as_str());
                }
            }
        }
    }
}
