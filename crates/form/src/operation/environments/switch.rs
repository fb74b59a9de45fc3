//! From `environment` to `environments` or `environmentGroup`, and back.

use deployline_yaml::Node;
use deployline_yaml::edit::{Change, Refusal, Step, Value};

use super::{V1_GROUP, replace_entry, to_many};
use crate::lists::{self, List};
use crate::operation::EnvironmentsKind;
use crate::operation::plan::{Plan, join};
use crate::operation::scene::{Scene, open, refuse};
use crate::operation::services::{TAKEN, keep_one};
use crate::{Address, Environments, EnvironmentsMode};

pub(in crate::operation) fn switch(
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
