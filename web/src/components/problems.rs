//! What was found in the text, each with the way to its place.

use deployline_engine::format;
use deployline_span::Span;
use deployline_yaml::{Fix, LineIndex, Severity};
use yew::prelude::*;

use super::rich_text::rich_text;
use crate::derived::{Derived, Shared};

/// How many are listed; the editor marks all of them.
const MOST: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct ProblemsProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) on_go_to: Callback<Span>,
    /// Applies what mends one of them to the text that it was found in.
    pub(crate) on_fix: Callback<Fix>,
}

#[function_component(Problems)]
pub(crate) fn problems(props: &ProblemsProps) -> Html {
    let ProblemsProps { derived, on_go_to, on_fix } = props;
    let found = &derived.analysis.diagnostics;
    if found.is_empty() {
        return Html::default();
    }
    let index = LineIndex::new(&derived.text);
    let items = found.iter().take(MOST).enumerate().map(|(number, diagnostic)| {
        let at = index.line_column(&derived.text, diagnostic.span.start as usize);
        let span = diagnostic.span;
        let severity = diagnostic.severity.as_str();
        let fixes = derived.fixes(number).iter().map(|fix| {
            let (title, fix) = (fix.title.replace('`', ""), fix.clone());
            html! {
                <button type="button" class="dl-fix" onclick={on_fix.reform(move |_| fix.clone())}>
                    {title}
                </button>
            }
        });
        html! {
            <li class={format!("dl-problem dl-{severity}")}>
                <button type="button" class="dl-problem-place" onclick={on_go_to.reform(move |_| span)}
                    title="Show in the YAML">
                    <span class="dl-severity">{severity}</span>
                    <span class="dl-place">{format!("{}:{}", at.line, at.column)}</span>
                    <span>{rich_text(&diagnostic.message)}</span>
                </button>
                {for fixes}
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
        (n > 0).then(|| format::count(n, word))
    });
    parts.collect::<Vec<_>>().join(", ")
}
