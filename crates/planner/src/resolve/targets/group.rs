//! `environmentGroup`: its listed environments, or all that its document names.

use deployline_yaml::{Node, Span};

use super::{environment, filters, runtime, unknown};
use crate::resolve::entities::unscoped;
use crate::resolve::text::{self, Scope, Text, expression};
use crate::resolve::view::View;
use crate::resolve::{Context, key_span};
use crate::rules;
use crate::{Reference, Target};

/// Reads the targets of a group.
pub(super) fn read<'a>(view: &View<'a>, scope: &Scope<'_>, cx: &mut Context<'a>) -> Vec<Target> {
    let reference = view.value("envGroupRef");
    let name = reference.as_ref().and_then(|reference| text::read(reference, scope, cx));
    if view.value("filters").is_some()
        && let Some(members) = members(view, cx)
    {
        return filters::environments(view, Some(members), cx);
    }
    let deploys_to_all = view.get("deployToAll").and_then(|all| text::flag(&all)) == Some(true);
    if !deploys_to_all && let Some(listed) = view.value("environments") {
        if let Some(text) = expression(&listed) {
            let what = "The choice of environments is";
            return vec![runtime(listed.span(), text, what, cx)];
        }
        let items = listed.items();
        let mut targets = Vec::new();
        for item in &items {
            targets.extend(environment::listed(item, scope, cx));
        }
        if targets.is_empty() {
            targets.extend(filters::nothing_left_of(&items, cx));
        }
        if !targets.is_empty() {
            return targets;
        }
    }
    if let Some(members) = members(view, cx) {
        return all_of(&members, view.span(), key_span(view, "envGroupRef"), cx);
    }
    let place = if view.value("deployToAll").is_some() { "deployToAll" } else { "envGroupRef" };
    match name {
        Some(Text::Runtime(text)) => {
            let span = reference.map_or(view.span(), |reference| reference.span());
            vec![runtime(span, &text, "The environment group is", cx)]
        }
        Some(Text::Known(name)) => {
            vec![not_told(&name, view.span(), key_span(view, place), cx)]
        }
        None => vec![not_told("the group", view.span(), key_span(view, place), cx)],
    }
}

/// The environments that the group's document names, if there is such a document.
pub(super) fn members<'a>(view: &View<'a>, cx: &Context<'a>) -> Option<Vec<&'a str>> {
    members_of(view.str_of("envGroupRef")?, cx)
}

fn members_of<'a>(name: &str, cx: &Context<'a>) -> Option<Vec<&'a str>> {
    let group = cx.entities.group(name)?;
    let names: Vec<&str> = group.get("envIdentifiers")?.items().filter_map(Node::as_str).collect();
    (!names.is_empty()).then_some(names)
}

/// All targets of the group with this name.
pub(super) fn all_by_name(name: &Reference, span: Span, cx: &mut Context<'_>) -> Vec<Target> {
    match members_of(&name.text, cx) {
        Some(members) => all_of(&members, span, span, cx),
        None if name.is_known => vec![not_told(&name.text, span, span, cx)],
        None => vec![unknown(&name.text, None, span)],
    }
}

fn all_of(members: &[&str], span: Span, place: Span, cx: &mut Context<'_>) -> Vec<Target> {
    let environments = members.iter().map(|name| Reference::known(*name));
    environments.flat_map(|name| environment::all_infrastructures(&name, span, place, cx)).collect()
}

fn not_told(name: &str, span: Span, place: Span, cx: &mut Context<'_>) -> Target {
    cx.report(
        &rules::ENVIRONMENT_GROUP_MEMBERS,
        place,
        format!(
            "Which environments `{name}` holds is not in this text. A placeholder stands for all of \
             them; a document `environmentGroup:` with `identifier: {}` would tell.",
            unscoped(name)
        ),
    );
    unknown(&format!("all of {name}"), None, span)
}
