//! The environments of a stage and their infrastructures.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::list_change::{self, Target};
use super::plan::{Plan, item, join};
use super::scene::{Scene, open, put, refuse};
use super::services::{ONE, TAKEN, keep_one, rename_one};
use super::{EnvironmentsKind, ListChange};
use crate::form::lists::{self, List};
use crate::form::{Address, Environments, EnvironmentsMode, Field};

const LAST: &str = "A stage needs an environment: give it another one instead.";
const LAST_INFRASTRUCTURE: &str =
    "An environment needs an infrastructure, or `deployToAll`: give it another one instead.";
const GROUP_WHOLE: &str = "The group lists no environments: it deploys to all it knows.";
const V1_GROUP: &str = "Groups are written in the YAML in this schema.";

pub(super) fn change(
    scene: &Scene<'_>,
    address: &Address,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let form = &scene.deploy(address)?.environments;
    let (path, spec) = scene.spec(address)?;
    let fresh = |name: &str| fresh(scene, name);
    let Some(spec) = spec else {
        return match change {
            ListChange::Add { name, .. } => {
                let (stage_path, stage) = scene.stage_node(address)?;
                put(plan, &stage_path, stage, &["spec", "environment"], Some("type"), fresh(name));
                Ok(())
            }
            _ => Err(scene.gone()),
        };
    };
    let (_, list) = lists::environments(spec, scene.source.schema);
    let list_path = join(&path, &list.steps);
    match (form.mode, change, list.node) {
        (EnvironmentsMode::FromStage, ..) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        (EnvironmentsMode::Older, ..) => open(form.lock.as_ref()),
        (EnvironmentsMode::Missing, ListChange::Add { name, .. }, _) => {
            open(form.lock.as_ref())?;
            let after = ["services", "service"].into_iter().find(|key| spec.get(key).is_some());
            put(plan, &path, spec, &["environment"], after, fresh(name));
            Ok(())
        }
        (EnvironmentsMode::Missing, ..) => refuse("There is no environment yet.", spec),
        (EnvironmentsMode::One, _, Some(node)) => {
            change_one(plan, &list_path, node, &list, form, change, scene)
        }
        (EnvironmentsMode::Many | EnvironmentsMode::Group, _, Some(node)) => {
            let target = Target {
                path: list_path,
                node,
                items: form.items.iter().map(|environment| &environment.item).collect(),
                lock: form.lock.as_ref(),
                name_key: Some(list.name_key),
                last: LAST,
            };
            list_change::plan(plan, &target, change, &fresh)
        }
        (_, ListChange::Add { name, .. }, None) if !list.steps.is_empty() => {
            open(form.lock.as_ref())?;
            if scene.is_v1() {
                return refuse(V1_GROUP, spec);
            }
            put(plan, &path, spec, &list.steps, None, Value::List(vec![fresh(name)]));
            Ok(())
        }
        _ => refuse(GROUP_WHOLE, spec),
    }
}

fn fresh(scene: &Scene<'_>, name: &str) -> Value {
    let name = Value::text(name);
    if scene.is_v1() {
        return Value::map([("id", name), ("deploy-to", Value::Word("all".to_owned()))]);
    }
    Value::map([("environmentRef", name), ("deployToAll", Value::Word("true".to_owned()))])
}

fn change_one(
    plan: &mut Plan,
    path: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    form: &Environments,
    change: &ListChange,
    scene: &Scene<'_>,
) -> Result<(), Refusal> {
    let Some(one) = form.items.first().map(|environment| &environment.item) else {
        return Err(scene.gone());
    };
    match change {
        ListChange::Add { at, name } => {
            open(form.lock.as_ref())?;
            let list = to_many(plan, path, scene.is_v1());
            let value = match node.kind() {
                NodeKind::Scalar => Value::text(name.clone()),
                _ => fresh(scene, name),
            };
            plan.changes.push(Change::InsertItem { list, at: (*at).min(1), value });
            Ok(())
        }
        ListChange::Rename { at: 0, name } => {
            open(one.name.lock.as_ref())?;
            rename_one(plan, path, node, list.name_key, name);
            Ok(())
        }
        ListChange::Replace { at: 0, name } => {
            open(one.lock.as_ref())?;
            let key = list.steps[0];
            replace_entry(plan, &path[..path.len() - 1], key, key, fresh(scene, name));
            Ok(())
        }
        ListChange::Remove { .. } => refuse(LAST, node),
        ListChange::Move { from: 0, to: 0 } => Ok(()),
        _ => refuse(ONE, node),
    }
}

/// Another key and value in the place of an entry.
pub(super) fn replace_entry(plan: &mut Plan, map: &[Step], key: &str, new_key: &str, value: Value) {
    // Under another name first, since a key can't be there twice.
    const OLD: &str = "replaced";
    let at = join(map, &[key]);
    plan.rename(&at, OLD);
    plan.insert_entry(map, Some(OLD), new_key, value);
    plan.changes.push(Change::Remove { at: join(map, &[OLD]), keeps_comments: true });
}

/// `environment` to a list of it; where that is afterwards.
fn to_many(plan: &mut Plan, path: &[Step], is_v1: bool) -> Path {
    if is_v1 {
        plan.nest(path, vec!["items".into(), 0.into()]);
        return join(path, &["items"]);
    }
    plan.nest(path, vec!["values".into(), 0.into()]);
    plan.rename(path, "environments");
    join(&path[..path.len() - 1], &["environments", "values"])
}

pub(super) fn switch(
    scene: &Scene<'_>,
    address: &Address,
    to: EnvironmentsKind,
    keep: Option<usize>,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let form = &scene.deploy(address)?.environments;
    open(form.lock.as_ref())?;
    let (path, spec) = scene.spec(address)?;
    let Some(spec) = spec else { return Err(scene.gone()) };
    let (_, list) = lists::environments(spec, scene.source.schema);
    let Some(key) = list.steps.first().copied() else {
        return refuse("There is no environment yet.", spec);
    };
    let holder = join(&path, &[key]);
    let holder_node = spec.get(key).unwrap_or(spec);
    if scene.is_v1() && (to == EnvironmentsKind::Group || form.mode == EnvironmentsMode::Group) {
        return refuse(V1_GROUP, holder_node);
    }
    match (form.mode, to) {
        (EnvironmentsMode::One, EnvironmentsKind::One)
        | (EnvironmentsMode::Many, EnvironmentsKind::Many)
        | (EnvironmentsMode::Group, EnvironmentsKind::Group) => Ok(()),
        (EnvironmentsMode::One, EnvironmentsKind::Many) => {
            to_many(plan, &holder, scene.is_v1());
            Ok(())
        }
        (EnvironmentsMode::One, EnvironmentsKind::Group) => {
            plan.nest(&holder, vec!["environments".into(), 0.into()]);
            name_group(plan, &holder);
            Ok(())
        }
        (EnvironmentsMode::Many, EnvironmentsKind::One) => {
            let node = list.node.unwrap_or(holder_node);
            one_infrastructure(form, keep)?;
            keep_one(plan, &holder, holder_node, &list, node, keep)?;
            if !scene.is_v1() {
                plan.rename(&holder, "environment");
            }
            Ok(())
        }
        (EnvironmentsMode::Many, EnvironmentsKind::Group) => {
            if list.steps.len() < 2 || list.node.is_none() {
                return refuse("Write the environments under `values:` first.", holder_node);
            }
            plan.rename(&join(&holder, &["values"]), "environments");
            name_group(plan, &holder);
            Ok(())
        }
        (EnvironmentsMode::Group, _) => {
            out_of_group(plan, &holder, holder_node, &list, to, keep, form)
        }
        (EnvironmentsMode::FromStage, _) => refuse(TAKEN, holder_node),
        _ => refuse("There is no environment yet.", spec),
    }
}

/// Makes what holds `environments` a group, whose reference is open.
fn name_group(plan: &mut Plan, holder: &[Step]) {
    let holder_now = plan.now(holder);
    plan.changes.push(Change::InsertEntry {
        map: holder_now,
        after: None,
        key: "envGroupRef".to_owned(),
        value: Value::text("<+input>"),
    });
    plan.rename(holder, "environmentGroup");
}

fn out_of_group(
    plan: &mut Plan,
    holder: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    to: EnvironmentsKind,
    keep: Option<usize>,
    form: &Environments,
) -> Result<(), Refusal> {
    let listed = list.node.filter(|listed| listed.items().len() > 0);
    let is_one = to == EnvironmentsKind::One;
    let key = if is_one { "environment" } else { "environments" };
    let Some(listed) = listed else {
        // Which environments the group has is not in the text.
        let parent = &holder[..holder.len() - 1];
        let open = Value::map([
            ("environmentRef", Value::text("<+input>")),
            ("deployToAll", Value::Word("true".to_owned())),
        ]);
        let value = if is_one { open } else { Value::map([("values", Value::List(vec![open]))]) };
        replace_entry(plan, parent, "environmentGroup", key, value);
        return Ok(());
    };
    if is_one {
        one_infrastructure(form, keep)?;
    }
    for key in ["envGroupRef", "deployToAll", "environmentGroupInputs", "gitBranch"] {
        if node.get(key).is_some() {
            plan.remove(&join(holder, &[key]));
        }
    }
    if is_one {
        keep_one(plan, holder, node, list, listed, keep)?;
    } else {
        plan.rename(&join(holder, &["environments"]), "values");
    }
    plan.rename(holder, key);
    Ok(())
}

/// `environment` deploys to one infrastructure.
fn one_infrastructure(form: &Environments, keep: Option<usize>) -> Result<(), Refusal> {
    let kept = match (keep, form.items.as_slice()) {
        (Some(keep), items) => items.get(keep),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    match kept.and_then(|kept| kept.infrastructures.get(1)) {
        None => Ok(()),
        Some(second) => {
            let reason = "`environment` deploys to one infrastructure: remove the others first.";
            Err(Refusal { reason, span: second.span })
        }
    }
}

/// An environment of a stage: where it is, the form of it.
struct Place<'a> {
    path: Path,
    node: Node<'a>,
    form: &'a crate::form::EnvironmentForm,
}

fn place<'a>(
    scene: &Scene<'a>,
    address: &Address,
    environment: usize,
) -> Result<Place<'a>, Refusal> {
    let form = &scene.deploy(address)?.environments;
    let (path, spec) = scene.spec(address)?;
    let Some(spec) = spec else { return Err(scene.gone()) };
    let (_, list) = lists::environments(spec, scene.source.schema);
    let found = list.items().get(environment).copied().zip(form.items.get(environment));
    let Some((node, form)) = found else { return Err(scene.gone()) };
    let path = join(&path, &list.steps);
    let path = if list.is_one { path } else { item(&path, environment) };
    Ok(Place { path, node, form })
}

pub(super) fn infrastructures(
    scene: &Scene<'_>,
    address: &Address,
    environment: usize,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Place { path, node, form } = place(scene, address, environment)?;
    let lock = form.infrastructures_lock.as_ref();
    let list = lists::infrastructures(node, scene.source.schema);
    let fresh = |name: &str| match scene.is_v1() {
        true => Value::text(name),
        false => Value::map([("identifier", Value::text(name))]),
    };
    let list_path = join(&path, &list.steps);
    let is_add = matches!(change, ListChange::Add { .. });
    if is_add {
        open(lock)?;
        open(form.deploys_to_all.lock.as_ref())?;
    }
    match (list.node, change) {
        (None, ListChange::Add { name, .. }) => {
            add_first(plan, &path, node, &list, fresh(name), scene.is_v1());
        }
        (None, _) => return refuse(super::scene::GONE, node),
        (Some(one), ListChange::Rename { at: 0, name }) if list.is_one => {
            open(form.infrastructures.first().and_then(|one| one.name.lock.as_ref()))?;
            let _ = one;
            plan.replace(&list_path, Value::text(name.clone()));
        }
        (Some(_), ListChange::Add { at, name }) if list.is_one => {
            plan.nest(&list_path, vec![0.into()]);
            plan.changes.push(Change::InsertItem {
                list: list_path,
                at: (*at).min(1),
                value: Value::text(name.clone()),
            });
        }
        (Some(one), _) if list.is_one => return refuse(ONE, one),
        (Some(written), _) => {
            let target = Target {
                path: list_path.clone(),
                node: written,
                items: form.infrastructures.iter().collect(),
                lock,
                name_key: Some(list.name_key),
                last: LAST_INFRASTRUCTURE,
            };
            let is_last = matches!(change, ListChange::Remove { .. }) && target.items.len() == 1;
            if is_last && form.deploys_to_all.is_true() && !scene.is_v1() {
                open(lock)?;
                plan.remove(&list_path);
                return Ok(());
            }
            list_change::plan(plan, &target, change, &fresh)?;
            if is_add && form.deploys_to_all.is_true() {
                plan.replace(&join(&path, &["deployToAll"]), Value::Word("false".to_owned()));
            }
        }
    }
    Ok(())
}

/// The first infrastructure of an environment, instead of all of them.
fn add_first(
    plan: &mut Plan,
    path: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    new: Value,
    is_v1: bool,
) {
    let key = list.steps[0];
    if is_v1 {
        match node.get(key) {
            Some(_) => plan.replace(&join(path, &[key]), new),
            None => plan.insert_entry(path, Some("id"), key, new),
        }
        return;
    }
    let is_there = node.get("deployToAll").is_some_and(|all| !all.is_null());
    if is_there {
        plan.replace(&join(path, &["deployToAll"]), Value::Word("false".to_owned()));
    }
    let after = if is_there { "deployToAll" } else { "environmentRef" };
    put(plan, path, node, &[key], Some(after), Value::List(vec![new]));
}

pub(super) fn deploy_to_all(
    scene: &Scene<'_>,
    address: &Address,
    environment: usize,
    on: bool,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Place { path, node, form } = place(scene, address, environment)?;
    let Field { lock, .. } = &form.deploys_to_all;
    open(lock.as_ref())?;
    if !scene.is_v1() {
        let word = Value::Word(if on { "true" } else { "false" }.to_owned());
        put(plan, &path, node, &["deployToAll"], Some("environmentRef"), word);
        return Ok(());
    }
    if on == form.deploys_to_all.is_true() {
        return Ok(());
    }
    if !on {
        return refuse("Add an infrastructure instead: `deploy-to` then names it.", node);
    }
    let all = Value::Word("all".to_owned());
    match node.get("deploy-to").map(Node::kind) {
        None => plan.insert_entry(&path, Some("id"), "deploy-to", all),
        Some(NodeKind::Scalar | NodeKind::Null) => plan.replace(&join(&path, &["deploy-to"]), all),
        Some(_) => replace_entry(plan, &path, "deploy-to", "deploy-to", all),
    }
    Ok(())
}
