//! The service axis: `services`, `service`, or `serviceConfig` of the older model.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit".

use deployline_engine::{Axis, FlagPlace, Reference, Service};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::budget::{CountedList, Item};
use super::context::Reader;
use super::found;
use super::parallel::{self, FlagContext, ListKind};
use super::propagation::{self, Taker, Takes, Value};
use super::refused;
use super::scalar::{self, Scalar, expression};
use super::view::View;
use crate::rules;

/// The services as they are written.
pub(super) enum ServiceSource<'a> {
    List {
        /// The list, after `useFromStage`.
        view: View<'a>,
        /// The value that this stage has in its place.
        own: View<'a>,
    },
    Single(View<'a>),
    Older(View<'a>),
    /// Nothing could be taken from the named stage.
    NotTaken {
        span: Span,
        is_list: bool,
    },
    /// There are keys of the older model, which don't count beside those of the newer one.
    Refused(Span),
    Missing(Span),
}

const LIST: Takes = Takes { keys: &["services"], references: &["values"] };
const SINGLE: Takes = Takes { keys: &["service", "serviceConfig"], references: &["serviceRef"] };

/// Keys that may hold services; the first that is there counts.
const KEYS: [&str; 3] = ["services", "service", "serviceConfig"];

impl<'a> ServiceSource<'a> {
    /// Finds the services of a `spec`, following `useFromStage`.
    pub(super) fn find(spec: &View<'a>, taker: Taker<'a>, reader: &mut Reader<'_, 'a>) -> Self {
        let found = KEYS.iter().find_map(|key| Some((*key, spec.value(key)?)));
        let Some((key, own)) = found else { return Self::Missing(spec.first_key_span()) };
        if key == "serviceConfig" && refused::is_newer(spec) {
            return Self::Refused(spec.key_span(key));
        }
        let is_list = key == "services";
        let takes = if is_list { &LIST } else { &SINGLE };
        let (key, view) = match propagation::follow(&own, takes, taker, reader) {
            Value::Own => (key, own.clone()),
            Value::Taken(key, view) => (key, view),
            Value::NotTaken => return Self::NotTaken { span: own.span(), is_list },
        };
        match key {
            "services" => Self::List { view, own },
            "service" => Self::Single(view),
            _ => Self::Older(view),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::List { .. } | Self::NotTaken { is_list: true, .. })
    }

    /// The key and value that are read.
    pub(super) fn view(&self) -> Option<(&'static str, View<'a>)> {
        match self {
            Self::List { view, .. } => Some(("services", view.clone())),
            Self::Single(view) => Some(("service", view.clone())),
            Self::Older(view) => Some(("serviceConfig", view.clone())),
            Self::NotTaken { .. } | Self::Refused(_) | Self::Missing(_) => None,
        }
    }

    /// Reads the axis.
    pub(super) fn read(
        &self,
        flag_context: FlagContext,
        reader: &mut Reader<'_, '_>,
    ) -> Axis<Service> {
        let single = |service| Axis { items: vec![service], parallel: None, flag: None };
        match self {
            Self::List { view, own } => {
                // Only the values are taken: `metadata` is the stage's own.
                let parallel = parallel::read(own, ListKind::Services, flag_context, reader);
                let can_edit = own.is_own() && own.kind() == NodeKind::Mapping;
                let flag = can_edit.then(|| FlagPlace::in_metadata(own.span()));
                Axis { items: values(view, reader), parallel: Some(parallel), flag }
            }
            Self::Single(view) => single(referenced(view, reader)),
            Self::Older(view) => single(older_model(view, reader)),
            Self::NotTaken { span, is_list } => {
                let parallel = is_list.then(parallel::by_default);
                Axis { parallel, ..single(Service::placeholder("not taken", *span)) }
            }
            Self::Refused(span) => single(Service::placeholder("no service", *span)),
            Self::Missing(span) => {
                reader.report(
                    &rules::MISSING_SERVICE,
                    *span,
                    "The stage names no service. Expected `service:` with `serviceRef`, or \
                     `services:` with `values`.",
                );
                single(Service::placeholder("no service", *span))
            }
        }
    }
}

fn values(services: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<Service> {
    let values = services.value("values");
    let values = values.as_ref().unwrap_or(services);
    if let Some(text) = expression(values) {
        scalar::report_list(values.span(), "The list of services is", text, reader);
        return vec![Service::placeholder(text, values.span())];
    }
    let count = values.item_count();
    let list = CountedList { name: "services", of: None, count, span: values.span() };
    if !reader.cx.budget.take(Item::Service, &list) {
        return Vec::new();
    }
    let items = values.items();
    if items.is_empty() {
        reader.report(
            &rules::EMPTY_SERVICES,
            services.span(),
            "The list of services is empty. Expected `values:` with items like \
             `- serviceRef: my_service`. A placeholder stands for them.",
        );
        return vec![Service::placeholder("no service", services.span())];
    }
    items.iter().map(|item| referenced(item, reader)).collect()
}

/// Reads a mapping with `serviceRef`, or the reference itself.
fn referenced(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    let reference = view.value("serviceRef");
    named(reference.as_ref().unwrap_or(view), view.span(), reader)
}

fn older_model(config: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    let reference = config
        .value("serviceRef")
        .or_else(|| config.at(&["service", "identifier"]))
        .or_else(|| config.value("service"));
    named(reference.as_ref().unwrap_or(config), config.span(), reader)
}

fn named(reference: &View<'_>, span: Span, reader: &mut Reader<'_, '_>) -> Service {
    let message = match scalar::read(reference, reader) {
        Some(Scalar::Known(name)) if !name.trim().is_empty() => {
            return Service { name: Reference::known(name), span };
        }
        Some(Scalar::Runtime(text)) => {
            scalar::report_runtime(
                reference.span(),
                "The service is",
                scalar::written(reference),
                reader,
            );
            return Service::placeholder(text, span);
        }
        Some(Scalar::Known(_)) => "The reference is empty. Expected the identifier of a service.",
        Some(Scalar::Several(_)) | None => {
            "Expected `serviceRef:` with the identifier of a service."
        }
    };
    found::report(&rules::MISSING_SERVICE, reference, message, reader);
    Service::placeholder("no service", span)
}
