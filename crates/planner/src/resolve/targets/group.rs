//! `environmentGroup`: its listed environments, or all that its document names.

use deployline_engine::{Reference, Target};
use deployline_span::Span;
use deployline_yaml::Node;

use super::{environment, filters, runtime, unknown};
use crate::resolve::entities::unscoped;
use crate::resolve::room::{Item, List};
use crate::resolve::text::{self, Scope, Text, expression};
use crate::resolve::view::View;
use crate::resolve::{Context, key_span};
use crate::rules;

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
        let count = listed.node().items().len();
        let list = List { name: "environments", of: None, count, span: listed.span() };
        if !cx.room.hold(Item::Target, &list) {
            return Vec::new();
        }
        let items = listed.items();
        let mut targets = super::all_listed(&items, scope, cx);
        if targets.is_empty() && !cx.room.is_full() {
            targets.extend(filters::nothing_left_of(&items, cx));
        }
        if !targets.is_empty() || cx.room.is_full() {
            return targets;
        }
    }
    if let Some(members) = members(view, cx) {
        let name = view.str_of("envGroupRef").unwrap_or_default();
        return all_of(name, &members, view.span(), key_span(view, "envGroupRef"), cx);
    }
    if cx.room.is_full() {
        return Vec::new();
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
pub(super) fn members<'a>(view: &View<'a>, cx: &mut Context<'a>) -> Option<Vec<&'a str>> {
    members_of(view.str_of("envGroupRef")?, key_span(view, "envGroupRef"), cx)
}

fn members_of<'a>(name: &str, place: Span, cx: &mut Context<'a>) -> Option<Vec<&'a str>> {
    let members = cx.entities.group(name)?.get("envIdentifiers")?.items();
    let list = environments_of(name, members.len(), place);
    if !cx.room.look_at(members.len(), &list) {
        return None;
    }
    let names: Vec<&str> = members.filter_map(Node::as_str).collect();
    (!names.is_empty()).then_some(names)
}

fn environments_of(group: &str, count: usize, span: Span) -> List<'_> {
    List { name: "environments", of: Some(group), count, span }
}

/// All targets of the group with this name.
pub(super) fn all_by_name(name: &Reference, span: Span, cx: &mut Context<'_>) -> Vec<Target> {
    match members_of(&name.text, span, cx) {
        Some(members) => all_of(&name.text, &members, span, span, cx),
        None if name.is_known => vec![not_told(&name.text, span, span, cx)],
        None => vec![unknown(&name.text, None, span)],
    }
}

fn all_of(
    group: &str,
    members: &[&str],
    span: Span,
    place: Span,
    cx: &mut Context<'_>,
) -> Vec<Target> {
    let mut targets = Vec::new();
    if !cx.room.hold(Item::Target, &environments_of(group, members.len(), place)) {
        return targets;
    }
    for name in members.iter().map(|name| Reference::known(*name)) {
        targets.extend(environment::all_infrastructures(&name, usize::MAX, span, place, cx));
        if cx.room.is_full() {
            break;
        }
    }
    targets
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
