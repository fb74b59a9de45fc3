//! GitOps stages: environments and clusters are handled inside each deployment.
//!
//! Follows `docs/semantics.md`, "Details, settled", "GitOps".

use super::Source;
use crate::resolve::Context;
use crate::resolve::text::{self, Scope, Text};
use crate::resolve::view::View;
use crate::{Axis, Target};

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
            (name.map(Into::into), clusters(view), view.span())
        }
        Source::Environments { view, .. } => {
            let all = view.value("values").map(|values| values.items()).unwrap_or_default();
            let details: Vec<String> = all.iter().map(clusters).collect();
            (None, details.join(", "), view.span())
        }
        Source::Group { view, .. } => (None, clusters(view), view.span()),
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

/// `stove, oven`, or `all clusters`.
fn clusters(view: &View<'_>) -> String {
    let list = view.value("gitOpsClusters").map(|list| list.items()).unwrap_or_default();
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
