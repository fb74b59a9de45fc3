//! GitOps stages: environments and clusters are handled inside each deployment.
//!
//! Follows `docs/semantics.md`, "Details", "GitOps".

use deployline_engine::{Target, bounded_name};

use super::source::TargetSource;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::refused;
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::{fix, rules};

/// Reads the one target without an infrastructure; its clusters are a detail.
pub(in crate::resolve) fn read(source: &TargetSource<'_>, reader: &mut Reader<'_, '_>) -> Target {
    let (environment, detail, span) = match source {
        TargetSource::Single(view) => {
            let reference = view.value("environmentRef");
            let name = reference.as_ref().and_then(|reference| scalar::read(reference, reader));
            if let (Some(reference), Some(Scalar::Runtime(_))) = (&reference, &name) {
                let subject = "The environment is";
                scalar::report_runtime(
                    reference.span(),
                    subject,
                    scalar::written(reference),
                    reader,
                );
            }
            if let (Some(reference), Some(Scalar::Several(_)) | None) = (&reference, &name) {
                let expected = "Expected `environmentRef:` with the identifier of an environment.";
                found::report(&rules::MISSING_ENVIRONMENT, reference, expected, reader);
            }
            (name.map(Into::into), clusters(view, true, reader), view.span())
        }
        TargetSource::Environments { view, .. } => {
            let details = view.value("values").map(|values| clusters_of_each(&values, reader));
            (None, details.unwrap_or_default().join(", "), view.span())
        }
        TargetSource::Group { view, .. } => (None, clusters(view, false, reader), view.span()),
        TargetSource::Older(view) => (None, String::new(), view.span()),
        TargetSource::NotTaken(span)
        | TargetSource::Refused(span)
        | TargetSource::Missing(span) => (None, String::new(), *span),
    };
    let detail = if detail.is_empty() { "its clusters".to_owned() } else { detail };
    Target {
        environment,
        infrastructure: None,
        detail: Some(bounded_name(&detail)),
        allows_simultaneous: true,
        constraint_values: None,
        span,
    }
}

fn clusters_of_each(values: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<String> {
    if !take("environments", values, reader) {
        return Vec::new();
    }
    values.items().iter().map(|item| clusters(item, true, reader)).collect()
}

fn take(name: &str, list: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    let list = CountedList { name, of: None, count: list.item_count(), span: list.span() };
    reader.cx.budget.take(Item::Value, &list)
}

/// `stove, oven`, or `all clusters`. An environment needs one of the two.
fn clusters(view: &View<'_>, is_environment: bool, reader: &mut Reader<'_, '_>) -> String {
    let written = view.value("gitOpsClusters");
    let list = written.clone().filter(|list| take("gitOpsClusters", list, reader));
    let list = list.map(|list| list.items()).unwrap_or_default();
    let names: Vec<&str> = list.iter().filter_map(|item| identifier(item, reader)).collect();
    let to_all = view.value("deployToAll");
    let is_to_all = to_all.as_ref().and_then(scalar::flag) == Some(true);
    if !names.is_empty() {
        if is_to_all {
            refused::report_keys(view, "gitOpsClusters", "deployToAll", reader);
        }
        return names.join(", ");
    }
    if view.value("filters").is_some() {
        return "clusters by filter".to_owned();
    }
    let is_open = [&written, &to_all]
        .into_iter()
        .any(|value| value.as_ref().is_some_and(|it| expression(it).is_some()));
    if is_environment && !is_to_all && !is_open && expression(view).is_none() {
        let message = "The environment has no clusters. Expected `gitOpsClusters:` with items like \
                       `- identifier: my_cluster`, or `deployToAll: true`.";
        let is_taken = view.value("useFromStage").is_some();
        let key = if is_taken { "useFromStage" } else { "environmentRef" };
        reader.report(&rules::MISSING_CLUSTERS, view.key_span(key), message);
    }
    let environment = view.str_of("environmentRef").unwrap_or_default();
    format!("all clusters of {environment}").trim_end_matches(" of ").to_owned()
}

/// The identifier of a cluster.
fn identifier<'v>(cluster: &View<'v>, reader: &mut Reader<'_, '_>) -> Option<&'v str> {
    if let Some(identifier) = cluster.str_of("identifier") {
        return Some(identifier);
    }
    let (key, name) = cluster.entry("ref")?;
    let message =
        "`ref` stands here, and the product reads `identifier`. The cluster is drawn as meant.";
    // Beside an empty one, it would be there twice.
    let fix = fix::key(key, "identifier").filter(|_| cluster.get("identifier").is_none());
    reader.report_with_fix(&rules::CLUSTER_BY_REF, key.span(), message, fix);
    name.as_str()
}
