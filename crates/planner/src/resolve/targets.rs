//! The target axis: environments and their infrastructures, flattened in the order of the text.

mod environment;
mod filters;
mod gitops;
mod group;
mod older;

use deployline_engine::{Axis, FlagPlace, Reference, Service, Target};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::parallel::{self, ListKind};
use super::room::{Item, List};
use super::text::{Scope, expression};
use super::view::View;
use super::{Context, propagation, start_of};
use crate::rules;

pub(super) use environment::{all_infrastructures, known};
pub(super) use filters::ByServiceTags;
pub(super) use gitops::read as gitops;

/// Where the targets are written.
pub(super) enum Source<'a> {
    Environments {
        view: View<'a>,
        own: View<'a>,
    },
    Group {
        view: View<'a>,
        own: View<'a>,
    },
    Single(View<'a>),
    Older(View<'a>),
    /// Nothing could be taken from the named stage.
    NotTaken(Span),
    Missing(Span),
}

/// Where environments may be written, the first that is there counts.
pub(super) const KEYS: [&str; 4] =
    ["environments", "environmentGroup", "environment", "infrastructure"];

impl<'a> Source<'a> {
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::Environments { .. } | Self::Group { .. })
    }

    /// The key and value that are read.
    pub(super) fn view(&self) -> Option<(&'static str, View<'a>)> {
        match self {
            Self::Environments { view, .. } => Some(("environments", view.clone())),
            Self::Group { view, .. } => Some(("environmentGroup", view.clone())),
            Self::Single(view) => Some(("environment", view.clone())),
            Self::Older(view) => Some(("infrastructure", view.clone())),
            Self::NotTaken(_) | Self::Missing(_) => None,
        }
    }

    /// The filters whose result depends on the service, if these are such.
    pub(super) fn by_service_tags(&self, cx: &mut Context<'a>) -> Option<ByServiceTags<'a>> {
        match self {
            Self::Environments { view, .. } => filters::by_service_tags(view, None, cx),
            Self::Group { view, .. } => {
                let members = group::members(view, cx);
                filters::by_service_tags(view, members, cx)
            }
            _ => None,
        }
    }
}

/// Finds the targets of a `spec`, taken from another stage where it says so.
pub(super) fn source<'a>(spec: &View<'a>, entry: u32, cx: &mut Context<'a>) -> Source<'a> {
    let found = KEYS.iter().find_map(|key| Some((*key, spec.value(key)?)));
    let Some((key, own)) = found else { return Source::Missing(start_of(spec)) };
    let (key, view) = if own.value("useFromStage").is_some() {
        let keys: &[&'static str] = match key {
            "infrastructure" => &["infrastructure", "environment"],
            _ => &["environment", "environments", "environmentGroup", "infrastructure"],
        };
        match propagation::take(&own, keys, entry, cx) {
            Some(taken) => taken,
            None => return Source::NotTaken(own.span()),
        }
    } else {
        (key, own.clone())
    };
    match key {
        "environments" => Source::Environments { view, own },
        "environmentGroup" => Source::Group { view, own },
        "environment" => Source::Single(view),
        _ => Source::Older(view),
    }
}

/// Reads the axis.
pub(super) fn read<'a>(
    source: &Source<'a>,
    both: bool,
    choice: Option<bool>,
    scope: &Scope<'_>,
    cx: &mut Context<'a>,
) -> Axis<Target> {
    match source {
        Source::Environments { view, own } => {
            let items = environments(view, scope, cx);
            list(view, own, ListKind::Environments, items, both, choice, cx)
        }
        Source::Group { view, own } => {
            let items = group::read(view, scope, cx);
            list(view, own, ListKind::EnvironmentGroup, items, both, choice, cx)
        }
        Source::Single(view) => single(environment::single(view, scope, cx)),
        Source::Older(view) => single(older::read(view, scope, cx)),
        Source::NotTaken(span) => single(unknown("not taken", None, *span)),
        Source::Missing(span) => {
            cx.report(
                &rules::MISSING_ENVIRONMENT,
                *span,
                "The stage names no environment. Expected `environment:` with `environmentRef` and \
                 `infrastructureDefinitions`, or `environments:` with `values`.",
            );
            single(unknown("no environment", None, *span))
        }
    }
}

/// The axis of a list whose items depend on the service; the items come from all services.
pub(super) fn read_by_service<'a>(
    source: &Source<'a>,
    filters: &ByServiceTags<'a>,
    services: &[Service],
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'a>,
) -> (Axis<Target>, Vec<(u32, u32)>) {
    let (items, pairs) = filters.targets(services, cx);
    let axis = match source {
        Source::Group { view, own } => {
            list(view, own, ListKind::EnvironmentGroup, items, both, choice, cx)
        }
        Source::Environments { view, own } => {
            list(view, own, ListKind::Environments, items, both, choice, cx)
        }
        _ => Axis { items, parallel: None, flag: None },
    };
    (axis, pairs)
}

fn single(target: Target) -> Axis<Target> {
    Axis { items: vec![target], parallel: None, flag: None }
}

fn list(
    view: &View<'_>,
    own: &View<'_>,
    kind: ListKind,
    items: Vec<Target>,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Axis<Target> {
    let parallel = parallel::read(view, kind, both, choice, cx);
    let can_edit = own.is_own() && own.kind() == NodeKind::Mapping;
    let flag = can_edit.then(|| FlagPlace::in_metadata(own.span()));
    Axis { items, parallel: Some(parallel), flag }
}

fn environments<'a>(view: &View<'a>, scope: &Scope<'_>, cx: &mut Context<'a>) -> Vec<Target> {
    if view.value("filters").is_some() {
        return filters::environments(view, None, cx);
    }
    let values = view.value("values");
    let values = values.as_ref().unwrap_or(view);
    if let Some(text) = expression(values) {
        return vec![runtime(values.span(), text, "The list of environments is", cx)];
    }
    let count = values.node().items().len();
    let list = List { name: "environments", of: None, count, span: values.span() };
    if !cx.room.hold(Item::Target, &list) {
        return Vec::new();
    }
    let items = values.items();
    let targets = all_listed(&items, scope, cx);
    if cx.room.is_full() {
        return targets;
    }
    if targets.is_empty()
        && let Some(nothing) = filters::nothing_left_of(&items, cx)
    {
        return vec![nothing];
    }
    if targets.is_empty() {
        cx.report(
            &rules::EMPTY_ENVIRONMENTS,
            view.span(),
            "The list of environments is empty. Expected `values:` with items like \
             `- environmentRef: my_environment`. A placeholder stands for them.",
        );
        return vec![unknown("no environment", None, view.span())];
    }
    targets
}

/// The targets of environments, each of which has been counted once; not all where they are too many.
fn all_listed<'a>(items: &[View<'a>], scope: &Scope<'_>, cx: &mut Context<'a>) -> Vec<Target> {
    let mut targets = Vec::new();
    for item in items {
        targets.extend(environment::listed(item, usize::MAX, scope, cx));
        if cx.room.is_full() {
            break;
        }
    }
    targets
}

/// What filters choose that stand by themselves.
pub(super) fn filtered<'a>(view: &View<'a>, cx: &mut Context<'a>) -> Vec<Target> {
    filters::environments(view, None, cx)
}

/// All targets of a group, as its document names them.
pub(super) fn all_of_group(name: &Reference, span: Span, cx: &mut Context<'_>) -> Vec<Target> {
    group::all_by_name(name, span, cx)
}

fn runtime(span: Span, text: &str, what: &str, cx: &mut Context<'_>) -> Target {
    cx.report(
        &rules::RUNTIME_INPUT,
        span,
        format!(
            "{what} given by `{text}`, which only a run knows. A placeholder stands for it; an \
             input set (`inputSet:`) in the same text can fill it in."
        ),
    );
    unknown(text, None, span)
}

/// A target of which not even the environment is known, or not the infrastructure.
pub(super) fn unknown(text: &str, environment: Option<Reference>, span: Span) -> Target {
    let unknown = Some(Reference::unknown(text));
    let (environment, infrastructure) = match environment {
        Some(environment) => (Some(environment), unknown),
        None => (unknown, None),
    };
    Target { environment, infrastructure, detail: None, allows_simultaneous: true, span }
}
