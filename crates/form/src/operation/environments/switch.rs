//! From `environment` to `environments` or `environmentGroup`, and back.

use deployline_yaml::Node;
use deployline_yaml::edit::{Change, Refusal, Step, Value};

use super::to_list::{V1_GROUP, to_many};
use crate::lists::{self, List};
use crate::operation::EnvironmentsKind;
use crate::operation::change_list::{ChangeList, join};
use crate::operation::context::{Context, check_unlocked, refuse};
use crate::operation::one_item;
use crate::operation::services::TAKEN;
use crate::{Address, Environments, EnvironmentsMode};

pub(in crate::operation) fn switch(
    cx: &Context<'_>,
    address: &Address,
    to: EnvironmentsKind,
    keep: Option<usize>,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let form = &cx.deploy(address)?.environments;
    check_unlocked(form.lock.as_ref())?;
    let (path, spec) = cx.spec(address)?;
    let Some(spec) = spec else { return Err(cx.not_in_text()) };
    let (_, list) = lists::environments(spec, cx.source.schema);
    let Some(key) = list.steps.first().copied() else {
        return refuse("There is no environment yet.", spec);
    };
    let holder = join(&path, &[key]);
    let holder_node = spec.get(key).unwrap_or(spec);
    if cx.is_v1() && (to == EnvironmentsKind::Group || form.mode == EnvironmentsMode::Group) {
        return refuse(V1_GROUP, holder_node);
    }
    match (form.mode, to) {
        (EnvironmentsMode::One, EnvironmentsKind::One)
        | (EnvironmentsMode::Many, EnvironmentsKind::Many)
        | (EnvironmentsMode::Group, EnvironmentsKind::Group) => Ok(()),
        (EnvironmentsMode::One, EnvironmentsKind::Many) => {
            to_many(changes, &holder, cx.is_v1());
            Ok(())
        }
        (EnvironmentsMode::One, EnvironmentsKind::Group) => {
            changes.nest(&holder, vec!["environments".into(), 0.into()]);
            name_group(changes, &holder);
            Ok(())
        }
        (EnvironmentsMode::Many, EnvironmentsKind::One) => {
            let node = list.node.unwrap_or(holder_node);
            one_infrastructure(form, keep)?;
            one_item::keep(changes, &holder, holder_node, &list, node, keep)?;
            if !cx.is_v1() {
                changes.rename(&holder, "environment");
            }
            Ok(())
        }
        (EnvironmentsMode::Many, EnvironmentsKind::Group) => {
            if list.steps.len() < 2 || list.node.is_none() {
                return refuse("Write the environments under `values:` first.", holder_node);
            }
            changes.rename(&join(&holder, &["values"]), "environments");
            name_group(changes, &holder);
            Ok(())
        }
        (EnvironmentsMode::Group, _) => {
            out_of_group(changes, &holder, holder_node, &list, to, keep, form)
        }
        (EnvironmentsMode::FromStage, _) => refuse(TAKEN, holder_node),
        _ => refuse("There is no environment yet.", spec),
    }
}

/// Makes what holds `environments` a group, whose reference is open.
fn name_group(changes: &mut ChangeList, holder: &[Step]) {
    let holder_now = changes.now(holder);
    changes.list.push(Change::InsertEntry {
        map: holder_now,
        after: None,
        key: "envGroupRef".to_owned(),
        value: Value::text("<+input>"),
    });
    changes.rename(holder, "environmentGroup");
}

fn out_of_group(
    changes: &mut ChangeList,
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
        let open = super::all_of(Value::text("<+input>"));
        let value = if is_one { open } else { Value::map([("values", Value::List(vec![open]))]) };
        changes.replace_entry(parent, "environmentGroup", key, value);
        return Ok(());
    };
    if is_one {
        one_infrastructure(form, keep)?;
    }
    for key in ["envGroupRef", "deployToAll", "environmentGroupInputs", "gitBranch"] {
        if node.get(key).is_some() {
            changes.remove(&join(holder, &[key]));
        }
    }
    if is_one {
        one_item::keep(changes, holder, node, list, listed, keep)?;
    } else {
        changes.rename(&join(holder, &["environments"]), "values");
    }
    changes.rename(holder, key);
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
