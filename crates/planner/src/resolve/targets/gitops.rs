//! GitOps stages: environments and clusters are handled inside each deployment.
//!
//! Follows `docs/semantics.md`, "Details", "GitOps".

use deployline_engine::{Target, bounded_name};

use super::source::TargetSource;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::view::View;

/// Reads the one target without an infrastructure; its clusters are a detail.
pub(in crate::resolve) fn read(source: &TargetSource<'_>, reader: &mut Reader<'_, '_>) -> Target {
    let (environment, detail, span) = match source {
        TargetSource::Single(view) => {
            let reference = view.value("environmentRef");
            let name = reference.as_ref().and_then(|reference| scalar::read(reference, reader));
            if let (Some(reference), Some(Scalar::Runtime(text))) = (&reference, &name) {
                let subject = "The environment is";
                scalar::report_runtime_input(reference.span(), subject, text, reader);
            }
            (name.map(Into::into), clusters(view, reader), view.span())
        }
        TargetSource::Environments { view, .. } => {
            let details = view.value("values").map(|values| clusters_of_each(&values, reader));
            (None, details.unwrap_or_default().join(", "), view.span())
        }
        TargetSource::Group { view, .. } => (None, clusters(view, reader), view.span()),
        TargetSource::Older(view) => (None, String::new(), view.span()),
        TargetSource::NotTaken(span) | TargetSource::Missing(span) => (None, String::new(), *span),
    };
    let detail = if detail.is_empty() { "its clusters".to_owned() } else { detail };
    Target {
        environment,
        infrastructure: None,
        detail: Some(bounded_name(&detail)),
        allows_simultaneous: true,
        span,
    }
}

fn clusters_of_each(values: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<String> {
    if !take("environments", values, reader) {
        return Vec::new();
    }
    values.items().iter().map(|item| clusters(item, reader)).collect()
}

fn take(name: &str, list: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    let list = CountedList { name, of: None, count: list.item_count(), span: list.span() };
    reader.cx.budget.take(Item::Value, &list)
}

/// `stove, oven`, or `all clusters`.
fn clusters(view: &View<'_>, reader: &mut Reader<'_, '_>) -> String {
    let list = view.value("gitOpsClusters").filter(|list| take("gitOpsClusters", list, reader));
    let list = list.map(|list| list.items()).unwrap_or_default();
    let names: Vec<&str> = list.iter().filter_map(|item| item.str_of("identifier")).collect();
    let environment = view.str_of("environmentRef").unwrap_or_default();
    match (names.is_empty(), view.value("filters").is_some()) {
        (false, _) => names.join(", "),
        (true, true) => "clusters by filter".to_owned(),
        (true, false) => {
            format!("all clusters of {environment}").trim_end_matches(" of ").to_owned()
        }
    }
}
