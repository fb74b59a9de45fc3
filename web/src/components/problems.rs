//! What was found in the text, each with the way to its place.

use deployline_planner::{Severity, Span, words};
use deployline_yaml::LineIndex;
use yew::prelude::*;

use crate::derived::{Derived, Shared};

/// How many are listed; the editor marks all of them.
const MOST: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct ProblemsProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) on_go_to: Callback<Span>,
}

#[function_component(Problems)]
pub(crate) fn problems(ProblemsProps { derived, on_go_to }: &ProblemsProps) -> Html {
    let found = &derived.analysis.diagnostics;
    if found.is_empty() {
        return Html::default();
    }
    let index = LineIndex::new(&derived.text);
    let items = found.iter().take(MOST).map(|diagnostic| {
        let at = index.line_column(&derived.text, diagnostic.span.start as usize);
        let span = diagnostic.span;
        let severity = diagnostic.severity.as_str();
        html! {
            <li class={format!("dl-problem dl-{severity}")}>
                <button type="button" onclick={on_go_to.reform(move |_| span)}
                    title="Show in the YAML">
                    <span class="dl-severity">{severity}</span>
                    <span class="dl-place">{format!("{}:{}", at.line, at.column)}</span>
                    <span>{&diagnostic.message}</span>
                </button>
            </li>
        }
    });
    let more = found.len().saturating_sub(MOST);
    html! {
        <section class="dl-problems" aria-label="Problems" tabindex="0">
            <h2>{heading(derived)}</h2>
            <ul>
                {for items}
                if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
            </ul>
        </section>
    }
}

fn heading(derived: &Derived) -> String {
    let counts =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let found = &derived.analysis.diagnostics;
    let parts = counts.into_iter().filter_map(|(severity, word)| {
        let n = found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (n > 0).then(|| words::count(n, word))
    });
    parts.collect::<Vec<_>>().join(", ")
}
