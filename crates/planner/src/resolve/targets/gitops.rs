//! GitOps stages: environments and clusters are handled inside each deployment.
//!
//! Follows `docs/semantics.md`, "Details, settled", "GitOps".

use deployline_engine::{Axis, Target};

use super::Source;
use crate::resolve::Context;
use crate::resolve::room::{Item, List};
use crate::resolve::text::{self, Scope, Text};
use crate::resolve::view::View;

/// One target without an infrastructure; its clusters are a detail.
pub(in crate::resolve) fn read(
    source: &Source<'_>,
    scope: &Scope<'_>,
    cx: &mut Context<'_>,
) -> Axis<Target> {
    let (environment, detail, span) = match source {
        Source::Single(view) => {
            let reference = view.value("environmentRef");
            let name = reference.as_ref().and_then(|reference| text::read(reference, scope, cx));
            if let (Some(reference), Some(Text::Runtime(text))) = (&reference, &name) {
                super::runtime(reference.span(), text, "The environment is", cx);
            }
            (name.map(Into::into), clusters(view, cx), view.span())
        }
        Source::Environments { view, .. } => {
            let details = view.value("values").map(|values| clusters_of_each(&values, cx));
            (None, details.unwrap_or_default().join(", "), view.span())
        }
        Source::Group { view, .. } => (None, clusters(view, cx), view.span()),
        Source::Older(view) => (None, String::new(), view.span()),
        Source::NotTaken(span) | Source::Missing(span) => (None, String::new(), *span),
    };
    let detail = if detail.is_empty() { "its clusters".to_owned() } else { detail };
    let target = Target {
        environment,
        infrastructure: None,
        detail: Some(detail),
        allows_simultaneous: true,
        span,
    };
    Axis { items: vec![target], parallel: None, flag: None }
}

fn clusters_of_each(values: &View<'_>, cx: &mut Context<'_>) -> Vec<String> {
    if !has_room("environments", values, cx) {
        return Vec::new();
    }
    values.items().iter().map(|item| clusters(item, cx)).collect()
}

fn has_room(name: &str, list: &View<'_>, cx: &mut Context<'_>) -> bool {
    let count = list.node().items().len();
    cx.room.hold(Item::Value, &List { name, of: None, count, span: list.span() })
}

/// `stove, oven`, or `all clusters`.
fn clusters(view: &View<'_>, cx: &mut Context<'_>) -> String {
    let list = view.value("gitOpsClusters").filter(|list| has_room("gitOpsClusters", list, cx));
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
