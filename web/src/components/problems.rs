//! Problems that were found in the text, each with the way to its place and its fixes.

use deployline_engine::format;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Fix, LineIndex, Severity, TextEdit, first_line};
use yew::prelude::*;

use super::go_to::use_go_to;
use super::rich_text::rich_text;
use crate::chunk::{Loading, chunk, use_chunk};
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::Action;

/// Number of problems that are listed; the editor marks all of them.
const MAX_ITEMS: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct ProblemsProps {
    pub(crate) derived: Shared<Derived>,
}

#[function_component(Problems)]
pub(crate) fn problems(ProblemsProps { derived }: &ProblemsProps) -> Html {
    html! {
        if !derived.analysis.diagnostics.is_empty() {
            <ProblemList derived={derived.clone()} />
        }
    }
}

chunk!(tools: load_fixes -> fn(&Derived, usize) -> Vec<Fix> = fixes);

fn fixes(derived: &Derived, diagnostic: usize) -> Vec<Fix> {
    derived.fixes(diagnostic).to_vec()
}

/// The problems. Their fixes join them as soon as what finds these is loaded.
#[function_component(ProblemList)]
fn problem_list(ProblemsProps { derived }: &ProblemsProps) -> Html {
    let act = use_act();
    let go_to = use_go_to(&derived.text);
    let chunk = use_chunk(load_fixes);
    let found = &derived.analysis.diagnostics;
    let index = LineIndex::new(&derived.text);
    let items = found.iter().take(MAX_ITEMS).enumerate().map(|(number, diagnostic)| {
        let fixes = match chunk.loading {
            Loading::Ready(fixes) => fixes(derived, number),
            Loading::Pending | Loading::Failed => Vec::new(),
        };
        let severity = diagnostic.severity.as_str();
        html! {
            <li class={format!("dl-problem dl-{severity}")}>
                {place(derived, &index, diagnostic, &go_to)}
                { for fixes.into_iter().map(|fix| fix_button(derived, fix, &act)) }
            </li>
        }
    });
    let more = found.len().saturating_sub(MAX_ITEMS);
    html! {
        <section class="dl-problems" aria-label="Problems" tabindex="0">
            <h2>{heading(derived)}</h2>
            <ul>
                {for items}
                if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
            </ul>
            {chunk.draw(|_| Html::default())}
        </section>
    }
}

fn place(
    derived: &Derived,
    index: &LineIndex,
    diagnostic: &Diagnostic,
    go_to: &Callback<Span>,
) -> Html {
    let span = first_line(&derived.text, diagnostic.span);
    let at = index.line_column(&derived.text, span.start as usize);
    html! {
        <button type="button" class="dl-problem-place" onclick={go_to.reform(move |_| span)}
            title="Show in the YAML">
            <span class="dl-severity">{diagnostic.severity.as_str()}</span>
            <span class="dl-place">{format!("{}:{}", at.line, at.column)}</span>
            <span>{rich_text(&diagnostic.message)}</span>
        </button>
    }
}

fn fix_button(derived: &Derived, fix: Fix, act: &Callback<Action>) -> Html {
    let title = fix.title.replace('`', "");
    let of = derived.text.clone();
    let onclick = act.reform(move |_: MouseEvent| Action::Edit {
        text: TextEdit::apply_all(&fix.edits, &of).into(),
        of: of.clone(),
    });
    html! { <button type="button" class="dl-fix" {onclick}>{title}</button> }
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
