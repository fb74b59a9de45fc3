//! The service axis: `services`, `service`, or `serviceConfig` of the older model.

use deployline_engine::{Axis, FlagPlace, Reference, Service};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::parallel::{self, ListKind};
use super::room::{Item, List};
use super::text::{self, Scope, Text, expression};
use super::view::View;
use super::{Context, propagation, start_of};
use crate::rules;

/// Where the services are written.
pub(super) enum Source<'a> {
    List {
        view: View<'a>,
        own: View<'a>,
    },
    Single(View<'a>),
    Older(View<'a>),
    /// Nothing could be taken from the named stage.
    NotTaken {
        span: Span,
        is_list: bool,
    },
    Missing(Span),
}

/// Where services may be written, the first that is there counts.
pub(super) const KEYS: [&str; 3] = ["services", "service", "serviceConfig"];

impl<'a> Source<'a> {
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::List { .. } | Self::NotTaken { is_list: true, .. })
    }

    /// The key and value that are read.
    pub(super) fn view(&self) -> Option<(&'static str, View<'a>)> {
        match self {
            Self::List { view, .. } => Some(("services", view.clone())),
            Self::Single(view) => Some(("service", view.clone())),
            Self::Older(view) => Some(("serviceConfig", view.clone())),
            Self::NotTaken { .. } | Self::Missing(_) => None,
        }
    }
}

/// Finds the services of a `spec`, taken from another stage where it says so.
pub(super) fn source<'a>(spec: &View<'a>, entry: u32, cx: &mut Context<'a>) -> Source<'a> {
    if let Some(own) = spec.value("services") {
        if own.value("useFromStage").is_none() {
            return Source::List { view: own.clone(), own };
        }
        let span = own.span();
        return match propagation::take(&own, &["services"], entry, cx) {
            Some((_, view)) => Source::List { view, own },
            None => Source::NotTaken { span, is_list: true },
        };
    }
    let Some((key, own)) =
        ["service", "serviceConfig"].iter().find_map(|key| Some((*key, spec.value(key)?)))
    else {
        return Source::Missing(start_of(spec));
    };
    let (key, view) = if own.value("useFromStage").is_some() {
        let span = own.span();
        match propagation::take(&own, &["service", "serviceConfig"], entry, cx) {
            Some(taken) => taken,
            None => return Source::NotTaken { span, is_list: false },
        }
    } else {
        (key, own)
    };
    if key == "service" { Source::Single(view) } else { Source::Older(view) }
}

/// Reads the axis.
pub(super) fn read<'a>(
    source: &Source<'a>,
    both: bool,
    choice: Option<bool>,
    scope: &Scope<'_>,
    cx: &mut Context<'a>,
) -> Axis<Service> {
    let single = |service| Axis { items: vec![service], parallel: None, flag: None };
    match source {
        Source::List { view, own } => {
            let parallel = parallel::read(view, ListKind::Services, both, choice, cx);
            let can_edit = own.is_own() && own.kind() == NodeKind::Mapping;
            let flag = can_edit.then(|| FlagPlace::in_metadata(own.span()));
            Axis { items: values(view, scope, cx), parallel: Some(parallel), flag }
        }
        Source::Single(view) => single(referenced(view, scope, cx)),
        Source::Older(view) => single(older_model(view, scope, cx)),
        Source::NotTaken { span, is_list } => {
            let parallel = is_list.then(parallel::by_default);
            Axis { parallel, ..single(unknown("not taken", *span)) }
        }
        Source::Missing(span) => {
            cx.report(
                &rules::MISSING_SERVICE,
                *span,
                "The stage names no service. Expected `service:` with `serviceRef`, or `services:` \
                 with `values`.",
            );
            single(unknown("no service", *span))
        }
    }
}

fn values(services: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Vec<Service> {
    let values = services.value("values");
    let values = values.as_ref().unwrap_or(services);
    if let Some(text) = expression(values) {
        return vec![runtime(values.span(), text, "The list of services is", cx)];
    }
    let count = values.node().items().len();
    let list = List { name: "services", of: None, count, span: values.span() };
    if !cx.room.hold(Item::Service, &list) {
        return Vec::new();
    }
    let items = values.items();
    if items.is_empty() {
        cx.report(
            &rules::EMPTY_SERVICES,
            services.span(),
            "The list of services is empty. Expected `values:` with items like \
             `- serviceRef: my_service`. A placeholder stands for them.",
        );
        return vec![unknown("no service", services.span())];
    }
    items.iter().map(|item| referenced(item, scope, cx)).collect()
}

/// A mapping with `serviceRef`, or the reference itself.
fn referenced(view: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Service {
    let reference = view.value("serviceRef");
    named(reference.as_ref().unwrap_or(view), view.span(), scope, cx)
}

fn named(reference: &View<'_>, span: Span, scope: &Scope<'_>, cx: &mut Context<'_>) -> Service {
    match text::read(reference, scope, cx) {
        Some(Text::Known(name)) => Service { name: Reference::known(name), span },
        Some(Text::Runtime(name)) => {
            let place = reference.span();
            Service { span, ..runtime(place, &name, "The service is", cx) }
        }
        None => {
            let message = "Expected `serviceRef:` with the identifier of a service.";
            cx.report(&rules::MISSING_SERVICE, reference.span(), message);
            unknown("no service", span)
        }
    }
}

fn older_model(config: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Service {
    let reference = config
        .value("serviceRef")
        .or_else(|| config.at(&["service", "identifier"]))
        .or_else(|| config.value("service"));
    named(reference.as_ref().unwrap_or(config), config.span(), scope, cx)
}

fn runtime(span: Span, text: &str, what: &str, cx: &mut Context<'_>) -> Service {
    cx.report(
        &rules::RUNTIME_INPUT,
        span,
        format!(
            "{what} given by `{text}`, which only a run knows. A placeholder stands for it; an \
             input set (`inputSet:`) in the same text can fill it in."
        ),
    );
    unknown(text, span)
}

pub(super) fn unknown(text: &str, span: Span) -> Service {
    Service { name: Reference::unknown(text), span }
}
